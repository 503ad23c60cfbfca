"""Two plans with the same average wait, and their days."""

from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across
from sim.views.projector.days import day_shares, swarmed
from sim.views.projector.frame import Slide
from sim.views.projector.plans import hundred
from sim.views.projector.shapes import LEFT, RIGHT, Picture, Stroke, Words
from sim.workshop.board import result_of
from sim.workshop.debrief import SameAverage
from sim.workshop.session import Session

ROWS = (480.0, 720.0)
LETTERS = "AB"


def same_wait(session: Session, pair: SameAverage) -> Slide:
    """The days of two plans, without the names of their teams."""
    waits, kept = [f"{wait:.1f}" for wait in pair.waits], [f"{100 * share:.0f}" for share in pair.kept]
    same = f"Both wait {waits[0]} min" if waits[0] == waits[1] else f"They wait {waits[0]} and {waits[1]} min"
    head = f"Same average wait: {kept[0]} kept here, {kept[1]} there"
    if kept[0] == kept[1]:
        head = "Same average wait, different days"
    shares = [_days_of(session, name) for name in (pair.one, pair.other)]
    words = tuple(
        f"Plan {letter} keeps {number} of 100 promises, day by day from {min(days):.0f} to {max(days):.0f}"
        for letter, number, days in zip(LETTERS, kept, shares, strict=True)
    )
    drawn = _drawn(shares, kept, 100 * session.workshop.today.plan.promise.bar)
    return Slide(fit.headline(head), f"{same} on average. Which would you stay with?", "chart", drawn, words)


def _days_of(session: Session, name: str) -> tuple[float, ...]:
    result = result_of(session, session.round)
    team = next(team for team in session.state.teams if team.name == name)
    own = result.of(team.number)
    return day_shares(own.summaries) if own else ()


def _drawn(shares: list[tuple[float, ...]], kept: list[str], bar: float) -> Picture:
    ticks = hundred([100.0, bar, *(share for days in shares for share in days)])
    scale = Scale(ticks[0], ticks[-1], 420.0, 1540.0)
    rows = zip(LETTERS, shares, kept, ROWS, strict=True)
    return (
        *across(scale, ticks, caption="promises kept of 100; each dot is one day"),
        Stroke(((scale(bar), 356.0), (scale(bar), AXIS_Y)), looks.INK, 4.0),
        Words(scale(bar), 336.0, f"bar: {bar:g}", align="middle"),
        *(shape for row in rows for shape in _row(scale, *row)),
    )


def _row(scale: Scale, letter: str, days: tuple[float, ...], kept: str, y: float) -> Picture:
    return (
        Words(LEFT, y + 20, f"plan {letter}", 60.0, bold=True),
        swarmed(scale, days, y, 9.0, 96.0),
        Words(RIGHT, y + 20, f"{kept} kept", 60.0, align="end"),
    )
