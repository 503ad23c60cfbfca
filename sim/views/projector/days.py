"""Every day of every team as a dot, against the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.measures import Summary
from sim.views import looks
from sim.views.charts.placing import Scale, swarm
from sim.views.projector import fit
from sim.views.projector.frame import BOARD_TOP, Slide
from sim.views.projector.leaders import Seen, names_seen, whole
from sim.views.projector.plans import hundred
from sim.views.projector.rows import MOST, PLOT_START, left_out, pitch, ticks_below
from sim.views.projector.shapes import LEFT, RIGHT, Picture, Specks, Stroke, Words
from sim.workshop.board import Row, board, result_of
from sim.workshop.scoring import OFTEN
from sim.workshop.session import Session

PLOT_END, RADIUS = 1500.0, 4.5


@dataclass(frozen=True)
class Days:
    """A team's days: promises kept of 100 on each, and how many of 100 days were at the bar."""

    name: str
    kept: tuple[float, ...]
    at_bar: float


def days(session: Session, seen: Seen = whole) -> Slide:
    """The days of the teams that are seen on the board, in its order; raises Refused without a result."""
    result, there = result_of(session, session.round), _there(session, seen)
    often = sum(100 * row.days_at_bar >= OFTEN for row, _ in there)
    names = fit.distinct([name for _, name in there[:MOST]], PLOT_START - LEFT - 40)
    rows = [
        Days(name, day_shares(own.summaries), 100 * row.days_at_bar)
        for (row, _), name in zip(there[:MOST], names, strict=True)
        if (own := result.of(row.team))
    ]
    who, whose = ("team", "its") if len(there) == 1 else ("teams", "their")
    head = f"{often} of {len(there)} {who} at the bar on half {whose} days"
    left = [f"and {len(there) - MOST} teams more"] if len(there) > MOST else []
    words = (
        "Each dot is one day.",
        *(f"{name}: {100 * row.days_at_bar:.0f} of 100 days at the bar" for row, name in there[:MOST]),
        *left,
    )
    bar = 100 * session.workshop.today.plan.promise.bar
    drawn = (*_drawn(rows, bar), *left_out(max(0, len(there) - MOST))) if rows else ()
    return Slide(fit.headline(head), "", "board", drawn, words)


def _there(session: Session, seen: Seen) -> list[tuple[Row, str]]:
    """The rows of the board that are seen, with the names that may be told."""
    names = names_seen(session, seen)
    return [(row, names[row.team]) for row in board(session).rows if row.team in names]


def day_shares(summaries: Sequence[Summary]) -> tuple[float, ...]:
    """Promises kept of 100 on every day that had an issue, over all replications."""
    pairs = (
        (kept, issues)
        for each in summaries
        for kept, issues in zip(each.day_kept, each.day_issues, strict=True)
    )
    return tuple(float(100 * kept / issues) for kept, issues in pairs if issues)


def swarmed(scale: Scale, kept: Sequence[float], y: float, radius: float, room: float) -> Specks:
    """Days as dots around a line, none far from it."""
    places = sorted(scale(share) for share in kept)
    offsets = swarm(places, 2 * radius, room)
    return Specks(tuple((x, y + up) for x, up in zip(places, offsets, strict=True)), radius, looks.PLAN_BLUE)


def _drawn(rows: Sequence[Days], bar: float) -> Picture:
    step = pitch(len(rows) + 1)
    top, bottom = BOARD_TOP + step, BOARD_TOP + step * (len(rows) + 1)
    ticks = hundred([100.0, bar, *(share for row in rows for share in row.kept)])
    scale = Scale(ticks[0], ticks[-1], PLOT_START, PLOT_END)
    return (
        *ticks_below(scale, ticks, "kept of 100", LEFT),
        *(shape for at, row in enumerate(rows) for shape in _row(scale, top + step * (at + 1), step, row)),
        Stroke(((scale(bar), top - 4), (scale(bar), bottom + 10)), looks.INK, 4.0),
        Words(scale(bar) + 2, top - 16, f"bar: {bar:g}", align="end"),
        Words(RIGHT, top - 16, "at bar, of 100", colour=looks.INK_2, align="end"),
    )


def _row(scale: Scale, y: float, step: float, row: Days) -> Picture:
    return (
        Words(LEFT, y, row.name),
        swarmed(scale, row.kept, y - 17, RADIUS, step / 2 - 6),
        Words(RIGHT, y, f"{row.at_bar:.0f}", bold=True, align="end"),
    )
