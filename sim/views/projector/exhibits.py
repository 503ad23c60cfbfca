"""The exhibits of a round: slides of the guide's own numbers, in the phase that the source names them for."""

from collections.abc import Callable

from sim.scenario import BadInput
from sim.views.projector.ends import ends
from sim.views.projector.frame import Slide
from sim.views.projector.halfhours import stopped, whole_day
from sim.views.projector.operations import by_wait, day_by_day
from sim.views.projector.stays import stays
from sim.views.room.log import log
from sim.workshop import exhibits
from sim.workshop.session import Session
from sim.workshop.source import Exhibit, Phase, Workshop

Made = Callable[[Workshop], tuple[Slide, ...]]


def exhibited(session: Session, phase: Phase, *names: Exhibit) -> tuple[Slide, ...]:
    """The slides of those exhibits that the round under way has in a phase; of all where none is named.

    What cannot be shown is left out: it was told when the session was opened, and is nothing for the room.
    """
    there = session.round.exhibits.get(phase, ())
    wanted = [each for each in there if not names or each in names]
    return tuple(slide for each in wanted for slide in _made(session.workshop, each))


def _made(workshop: Workshop, name: Exhibit) -> tuple[Slide, ...]:
    try:
        return _SLIDES[name](workshop)
    except BadInput as error:
        log().info("Not shown: %s", error)
        return ()


def _day(workshop: Workshop) -> tuple[Slide, ...]:
    shown = exhibits.day(workshop)
    return stopped(shown), whole_day(shown)


def _people(workshop: Workshop) -> tuple[Slide, ...]:
    return (ends(exhibits.people(workshop)),)


def _two(workshop: Workshop) -> tuple[Slide, ...]:
    shown = exhibits.two_operations(workshop)
    return by_wait(shown), day_by_day(shown)


def _worth(workshop: Workshop) -> tuple[Slide, ...]:
    return (stays(exhibits.worth(workshop)),)


_SLIDES: dict[Exhibit, Made] = {"day": _day, "people": _people, "two_operations": _two, "worth": _worth}
