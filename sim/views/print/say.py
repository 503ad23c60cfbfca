"""The SAY guide: what the facilitator does, says and asks, by the clock, with what the model expects."""

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Table

from sim.views.print.blocks import TIGHT, ruled
from sim.views.print.press import Press
from sim.views.print.styles import BOX, RULE, listed, words
from sim.workshop.guide import Guide, Quoting, Step

CLOCK, LABEL = 50.0, 54.0
SCISSORS = "✂"


def say(guide: Guide, quote: Quoting, paper: str) -> Press:
    """The guide; raises BadInput when a step is longer than a page."""
    press = Press(paper, _titled(guide), "SAY")
    width = press.inside.width
    press.page("Before the day", list(_front(guide, width)))
    press.flow("By the clock", [_step(step, quote, width) for step in guide.steps])
    return press


def _titled(guide: Guide) -> str:
    return f"{guide.workshop.upper()} · {guide.title}"


def _front(guide: Guide, width: float) -> Iterator[Any]:
    front = guide.front
    yield words(guide.title, "cover")
    yield words(guide.line, "line")
    facts = {
        "Minutes": str(front.minutes),
        "People": f"{front.people[0]} to {front.people[1]}, in teams of {front.team[0]} to {front.team[1]}",
        "For": front.audience,
        "Room": front.room,
    }
    yield _pairs([(name, [words(text, "cell")]) for name, text in facts.items()], width)
    for title, lines in (("Before", front.before), ("Print", front.print), ("Machine", front.machine)):
        yield words(title, "heading")
        yield from (listed(line, BOX, "cell") for line in lines)
    yield words("The clock at a glance", "heading")
    yield _glance(guide, width)
    yield words("How to read the next pages", "heading")
    yield words(
        "What stands in quotation marks is said aloud. Expected numbers are the model's own; ± is half of their 95 % "
        f"interval. {SCISSORS} says where to save time. If the screen fails, a page of the booklet stands in.",
        "cell",
    )


def _step(step: Step, quote: Quoting, width: float) -> Any:
    clock = [words(step.at, "clock"), words(f"{step.minutes} min", "cell")]
    if step.booklet:
        clock += [words("booklet", "small"), words(f"page {step.booklet}", "small")]
    body = [words(step.title, "step"), _pairs(list(_parts(step, quote)), width - CLOCK - 8)]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table([[clock, body]], colWidths=[CLOCK, width - CLOCK], style=style)


def _parts(step: Step, quote: Quoting) -> Iterator[tuple[str, list[Any]]]:
    yield "Do", [listed(quote(text), BOX, "cell") for text in step.do]
    for name, said in (("Say", step.say), ("Ask", step.ask)):
        if said:
            yield name, [words(f"“{quote(text)}”", "said") for text in said]
    if step.expect:
        yield "Expect", [listed(quote(text), style="cell") for text in step.expect]
    if step.watch:
        yield "Watch", [words(f"{_heard(each.says)} → {quote(each.reply)}", "cell") for each in step.watch]
    yield "If it fails", [words(quote(step.fails), "cell")]
    if step.cut:
        yield f"{SCISSORS} Cut", [words(quote(step.cut), "cell", bold=True)]


def _heard(says: str) -> str:
    """What somebody says, in quotation marks; what somebody does stands in brackets."""
    return says if says.startswith("(") else f"“{says}”"


def _pairs(rows: list[tuple[str, list[Any]]], width: float) -> Any:
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    cells = [[words(name, "label"), parts] for name, parts in rows]
    return Table(cells, colWidths=[LABEL, width - LABEL], style=style, hAlign="LEFT")


def _glance(guide: Guide, width: float) -> Any:
    """The whole clock, with room for the real minutes: the next facilitator's guide is made from them."""
    head = [words(name, "head") for name in ("At", "Step", "Minutes", "Really", "If the screen fails")]
    body = [
        [*(words(text, "cell") for text in (step.at, step.title, str(step.minutes))), "",
         words(f"booklet page {step.booklet}" if step.booklet else "", "cell")]
        for step in guide.steps
    ]  # fmt: skip
    widths = [width * share for share in (0.1, 0.36, 0.14, 0.14, 0.26)]
    return Table([head, *body], colWidths=widths, style=[*ruled(len(body) + 1), *TIGHT], hAlign="LEFT")
