"""What participants hold: the SEE booklet, cards, and the page they leave with."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any, Literal, TypeVar

from reportlab.platypus import Table

from sim.views.print.blocks import ruled, sheet
from sim.views.print.forms import Lines
from sim.views.print.press import CARD_PAD, Press
from sim.views.print.styles import listed, words
from sim.workshop.customers import Fate, Followed, followed, in_words
from sim.workshop.guide import Guide, Quoting, Role

QUARTERS = 4
T = TypeVar("T")
KEPT, BROKEN = "✓ kept", "✕ not kept"


def see(guide: Guide, quote: Quoting, paper: str) -> Press:
    """The participants' booklet; raises BadInput when a page holds too much."""
    press = Press(paper, guide.title, "SEE")
    for page in guide.see:
        press.page(quote(page.title), sheet(page, quote, press.inside.width))
    return press


def takeaway(guide: Guide, quote: Quoting, paper: str) -> Press:
    """The page to leave with; raises BadInput when it holds too much."""
    press = Press(paper, guide.title, "TAKE-AWAY")
    press.page(quote(guide.takeaway.title), sheet(guide.takeaway, quote, press.inside.width))
    return press


def cards(guide: Guide, quote: Quoting, paper: str, each: Literal["person", "team"]) -> Press:
    """The cards for each person or team; raises BadInput when a card holds too much."""
    press = Press(paper, f"{guide.title}: for each {each}", "cards")
    if each == "team":
        _roles(press, guide)
        _customers(press, guide)
    for kind in guide.cards:
        if kind.each == each:
            width = press.places(kind.on_a_page)[0].width - 2 * CARD_PAD
            count = max(kind.on_a_page, len(kind.cards))
            stories = [sheet(card, quote, width, "card") for card in islice(cycle(kind.cards), count)]
            for page in _by(stories, kind.on_a_page):
                press.cards(kind.name, kind.on_a_page, page)
    return press


def _roles(press: Press, guide: Guide) -> None:
    for roles in _by(guide.roles, QUARTERS):
        press.cards("Roles", QUARTERS, [list(_role(role)) for role in roles])


def _role(role: Role) -> Iterator[Any]:
    yield words(role.name, "card")
    yield from (listed(line, style="big") for line in role.does)


def _customers(press: Press, guide: Guide) -> None:
    """Fronts, and on the next page their backs: what became of them, hidden until the card is turned over."""
    width = press.places(QUARTERS)[0].width - 2 * CARD_PAD
    for people in _by(followed(guide), QUARTERS):
        own = [list(_own()) for _ in range(QUARTERS - len(people))]
        press.cards("Customers, fronts", QUARTERS, [*(list(_front(each)) for each in people), *own])
        press.cards(
            "Customers, backs", QUARTERS, [list(_back(each, width)) for each in people], mirrored=True
        )


def _front(each: Followed) -> Iterator[Any]:
    yield words(each.person.name, "cover")
    yield words(each.person.who, "line")
    article = "a complaint" if each.about == "complaint" else f"a {each.about} issue"
    yield words(f"{each.day}, {each.clock}: contacts us with {article}.", "big")
    yield words("Listen for me in every round. Turn me over only when the facilitator says so.", "big")


def _own() -> Iterator[Any]:
    """A card left for somebody the team knows."""
    yield words("A customer of ours", "card")
    yield words("Who, when, and with what? Would the promise have been kept?", "big")
    yield Lines(5)


def _back(each: Followed, width: float) -> Iterator[Any]:
    yield words(f"{each.person.name}, {each.day} {each.clock}", "card")
    head = [words("With", "head"), words("Promise, and what happened", "head")]
    rows = [head, *([words(fate.plan, "cell"), _told(fate)] for fate in each.fates)]
    yield Table(rows, colWidths=[width * 0.36, width * 0.64], style=ruled(len(rows)), hAlign="LEFT")


def _told(fate: Fate) -> list[Any]:
    return [words(KEPT if fate.kept else BROKEN, "cell", bold=True), words(in_words(fate), "cell")]


def _by(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """In groups of this size; the last may be smaller."""
    return (things[at : at + size] for at in range(0, len(things), size))
