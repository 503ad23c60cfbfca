"""The slides of the debrief, in its order: expected and came, same average, a lever swapped, questions, the cup."""

import re

from sim.views import formats, looks
from sim.views.projector import fit
from sim.views.projector.cups import forecasters
from sim.views.projector.exhibits import exhibited
from sim.views.projector.frame import ROOM, TOP, Said, Slide, flow
from sim.views.projector.guesses import guesses
from sim.views.projector.hindsight import hindsight
from sim.views.projector.leaders import Seen, leaders, names_told, whole
from sim.views.projector.pairs import same_wait
from sim.views.projector.shapes import LEFT
from sim.workshop.debrief import SameAverage, Swap, predicted_and_came, same_average
from sim.workshop.forecast import cup
from sim.workshop.session import Session
from sim.workshop.source import Exhibit

SIZES = (120.0, 104.0, 92.0, 80.0, 68.0, 58.0, 48.0)
"""Sizes of a question, the first at which it fits."""
MOST_LINES = 11
SENTENCES = re.compile(r"(?<=[?!.])\s+")
OPENING: tuple[Exhibit, ...] = ("two_operations",)
CLOSING: tuple[Exhibit, ...] = ("day", "worth")
"""Exhibits that the room votes on before it looks at its own results, and those that it is ready for afterwards."""
TELLS = 0.03
"""Less than this difference in promise kept, or in its spread over days, shows a room nothing."""


def debriefs(session: Session, swap: Swap | None = None, seen: Seen = whole) -> tuple[Slide, ...]:
    """All slides of the debrief of the round under way; after the last round the board too. Raises Refused."""
    last = session.round_number == len(session.workshop.rounds)
    best = cup(session, "" if last else session.round.id)
    pair = same_average(session, session.round.id)
    return (
        *exhibited(session, "debrief", *OPENING),
        *_hindsights(session),
        *([same_wait(session, pair)] if pair and _tells(pair) else []),
        *exhibited(session, "debrief", *CLOSING),
        *([swapped(swap)] if swap else []),
        *(question(text) for text in questions(session)),
        *([forecasters(best, names_told(session, seen))] if any(row.made for row in best.rows) else []),
        *([leaders(session, seen)] if last else []),
    )


def questions(session: Session) -> tuple[str, ...]:
    """What the run sheet asks the room in the debrief of this round, each once."""
    here = (step for step in session.workshop.steps if step.round == session.round.id)
    return tuple(dict.fromkeys(step.say for step in here if step.phase == "debrief" and step.say))


def question(text: str) -> Slide:
    """A question to the room, as large as it can be."""
    for size in SIZES:
        lines = [line for sentence in SENTENCES.split(text) for line in _lines(sentence, size)]
        if len(lines) * 1.22 * size <= 660:
            break
    drawn = fit.block(lines[:MOST_LINES], LEFT, TOP + size, size, colour=looks.INK, bold=True)
    return Slide("To the room", "", "words", drawn, (text,))


def swapped(swap: Swap) -> Slide:
    """What one lever of another team would have done."""
    gain, told = round(swap.difference.mean), swap.difference.low > 0 or swap.difference.high < 0
    head = f"One lever swapped: {abs(gain)} {'more' if gain >= 0 else 'fewer'} kept of 100"
    luck = "" if told else "; luck could have made it"
    before, after, difference = (
        formats.with_half_width(each) for each in (swap.before, swap.after, swap.difference)
    )
    said = [
        Said(swap.sentence),
        Said(f"As it was: {before} of 100 promises kept", item=True),
        Said(f"With the lever swapped: {after} of 100", item=True),
        Said(f"The difference: {difference}{luck}", item=True),
    ]
    head = fit.headline(head if told else "One lever swapped: luck could have done it")
    words = tuple(each.text for each in said)
    return Slide(head, "The same customers, the same luck", "words", flow(said), words)


def _lines(sentence: str, size: float) -> tuple[str, ...]:
    return fit.balanced(fit.lines(sentence, ROOM, size, bold=True), ROOM, size, bold=True)


def _tells(pair: SameAverage) -> bool:
    return max(abs(pair.kept[0] - pair.kept[1]), abs(pair.day_sd[0] - pair.day_sd[1])) >= TELLS


def _hindsights(session: Session) -> list[Slide]:
    asked = [ask for ask in session.round.predictions if ask.kind == "number"]
    found = [(ask, predicted_and_came(session, session.round.id, ask.id)) for ask in asked]
    return [
        guesses(session, ask) if ask.question else hindsight(ask, points)  # one outcome for all has no line
        for ask, points in found
        if points
    ]
