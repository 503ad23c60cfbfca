"""Which page of the printed booklet stands in for the screen, step by step."""

from collections.abc import Callable, Mapping

from sim.scenario import BadInput
from sim.workshop.guide import FILE, minute_of, read
from sim.workshop.pace import pace
from sim.workshop.session import Session
from sim.workshop.source import Workshop, workshops_folder


def booklet(workshop: Workshop, clock: Callable[[], str]) -> Callable[[Session], int | None]:
    """Tells the page that stands in where a session stands, None where there is none; `clock` tells the wall clock."""
    pages = _pages(workshop)

    def page(session: Session) -> int | None:
        step = pace(workshop, session.state, clock()).step
        begun = [minute for minute in pages if step is not None and minute <= step.at]
        return pages[max(begun)] if begun else None

    return page


def _pages(workshop: Workshop) -> Mapping[int, int | None]:
    """The page by the minute in which its step of the printed guide begins; none where nothing is printed."""
    try:
        guide = read(workshops_folder() / workshop.name / FILE)
    except BadInput:
        return {}
    return {minute_of(step.at): step.booklet for step in guide.steps}
