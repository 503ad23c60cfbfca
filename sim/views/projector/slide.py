"""What the room sees: a session to a slide, in every phase and at every stage of the reveal."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sim.experiment import Progress
from sim.views.projector import plain
from sim.views.projector.costs import cost
from sim.views.projector.curve import curve
from sim.views.projector.days import days
from sim.views.projector.debriefing import debriefs
from sim.views.projector.exhibits import exhibited
from sim.views.projector.frame import Slide
from sim.views.projector.guesses import guesses
from sim.views.projector.leaders import Seen, leaders, whole
from sim.views.projector.moments import moment
from sim.workshop.debrief import Swap
from sim.workshop.refused import Refused
from sim.workshop.session import Session

__all__ = ["STAGES", "Shown", "Slide", "slide", "slides"]


@dataclass(frozen=True)
class Shown:
    """What the desk adds to a session for the room to see.

    Attributes:
        progress: how far the round is computed, None while nothing is.
        swap: a lever swapped, for the debrief.
        board: what the room may see of a board: `anonymous`, `top` and `hidden` of `sim.workshop.board` change it.
        booklet: page of the booklet that stands in for what is shown.
    """

    progress: Progress | None = None
    swap: Swap | None = None
    board: Seen = whole
    booklet: int | None = None


def slide(session: Session, page: int = 0, shown: Shown | None = None) -> Slide:
    """The slide of where a session stands; `page` counts those of one phase or stage from 0."""
    there = slides(session, shown)
    return there[min(max(0, page), len(there) - 1)]


def slides(session: Session, shown: Shown | None = None) -> tuple[Slide, ...]:
    """All slides of where a session stands, at least one; what cannot be shown is said in a sentence."""
    shown = shown or Shown()
    try:
        found = _slides(session, shown) or (plain.sentence("Debrief", session.round.title),)
    except Refused as refusal:
        found = (plain.sentence("Nothing to show yet", str(refusal)),)
    footer = f"booklet page {shown.booklet}" if shown.booklet else ""
    return tuple(replace(each, footer=footer) for each in found)


def _slides(session: Session, shown: Shown) -> tuple[Slide, ...]:
    phase = session.state.phase
    if phase == "brief":
        return plain.briefs(session)
    if phase == "reveal":
        return _stage(session, shown)
    if phase == "debrief":
        return debriefs(session, shown.swap, shown.board)
    if phase == "frozen":
        return (plain.frozen(session, shown.progress),)
    made = {"predict": plain.predict, "decide": plain.decide, "computed": plain.computed}
    return (made[phase](session),)


def _stage(session: Session, shown: Shown) -> tuple[Slide, ...]:
    where = session.round
    name = where.reveal[min(session.state.stage, len(where.reveal)) - 1]
    if name not in STAGES:
        return (plain.sentence(name.replace("_", " ").capitalize(), where.title),)
    curved = "curve" if "curve" in where.reveal else where.reveal[-1]
    more = exhibited(session, "reveal") if name == curved else ()
    return (*STAGES[name](session, shown), *more)


def _predictions(session: Session, _: Shown) -> tuple[Slide, ...]:
    asked = session.round.predictions
    nothing = plain.sentence("Nothing was predicted in this round", session.round.title)
    return tuple(guesses(session, ask) for ask in asked) or (nothing,)


STAGES: dict[str, Callable[[Session, Shown], tuple[Slide, ...]]] = {
    "predictions": _predictions,
    "moment": lambda session, _: (moment(session),),
    "curve": lambda session, _: (curve(session),),
    "days": lambda session, shown: (days(session, shown.board),),
    "cost": lambda session, _: (cost(session),),
    "board": lambda session, shown: (leaders(session, shown.board),),
}
"""The stages of a reveal that have a picture, by the name that a workshop's source gives them."""
