"""The half-hour in which the wait passed the promise."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from sim.experiment import Results
from sim.views import looks
from sim.views.charts.placing import Scale, kept_apart
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, clock, round_ticks, up
from sim.views.projector.frame import Slide
from sim.views.projector.plans import Played, played
from sim.views.projector.shapes import Mark, Picture, Points, Stroke, Words
from sim.workshop.debrief import Moment, moment_it_broke
from sim.workshop.refused import Refused
from sim.workshop.session import Session

FROM, TO, NAMES = 180.0, 1460.0, 1484.0
Waits = npt.NDArray[np.float64]
Found = tuple[Played, Moment, Waits]


def moment(session: Session) -> Slide:
    """The half-hour in which the wait of the plan that broke most passed the promise; raises Refused."""
    found = [*_found(session)]
    if not found:
        raise Refused("not now", "Nobody had to queue under any plan, so nothing broke.")
    worst = max(found, key=lambda each: float(np.nanmax(each[2])))
    plan, made, waits = worst
    starts = [float(start) for start in plan.results.summaries[0].slot_start]
    y_ticks = round_ticks([0.0, made.promise, *(float(np.nanmax(each)) for _, _, each in found)], parts=4)
    x = Scale(starts[0], starts[-1] + 30, FROM + 20, TO - 20)
    y = Scale(y_ticks[0], y_ticks[-1], AXIS_Y - 4, 310.0)
    hours = [hour for hour in range(0, 24 * 60 + 1, 120) if x.low <= hour <= x.high]
    drawn = (
        *up(y, y_ticks, FROM, TO),
        *(
            Stroke(_line(x, y, starts, each), looks.INK_3, 2.0)
            for other, _, each in found
            if other is not plan
        ),
        Stroke(_line(x, y, starts, waits), looks.PLAN_BLUE, 7.0),
        Stroke(((FROM, y(made.promise)), (TO, y(made.promise))), looks.INK, 4.0),
        Mark(x(made.minute), y(made.wait), 18.0, looks.PAPER, looks.INK, 6.0),
        *across(
            x, hours, reach=20.0, caption="average wait in minutes, by half-hour of the day", write=clock
        ),
        *_names(y, waits, plan.told, made.promise),
    )
    sub = "Bold: the plan with the longest wait. Thin: the others." if len(found) > 1 else ""
    return Slide(_broke(plan, made), sub, "chart", drawn, tuple(_told(plan, made) for plan, made, _ in found))


def half_hours(results: Results) -> Waits:
    """Mean wait by half-hour over all replications, minutes; NaN where nobody queued."""
    waits = np.ma.masked_invalid(np.array([summary.slot_wait for summary in results.summaries]))
    return np.asarray(waits.mean(axis=0).filled(np.nan), np.float64)


def _found(session: Session) -> Iterable[Found]:
    for plan in played(session):
        try:
            made = moment_it_broke(session, session.round.id, plan.number)
        except Refused:  # nobody queued under this plan
            continue
        yield plan, made, half_hours(plan.results)


def _line(x: Scale, y: Scale, starts: Sequence[float], waits: Waits) -> Points:
    pairs = zip(starts, waits.tolist(), strict=True)
    return tuple((x(at), y(wait)) for at, wait in pairs if np.isfinite(wait))


def _names(y: Scale, waits: Waits, told: str, promise: float) -> Picture:
    last = float(waits[np.isfinite(waits)][-1])
    plan, bar = kept_apart([y(last), y(promise)], [54.0, 54.0], 300.0, AXIS_Y)
    return (
        Words(NAMES, plan + 17, fit.shortened(told, 356.0, bold=True), colour=looks.PLAN_TEXT, bold=True),
        Words(NAMES, bar + 17, fit.shortened(f"promise: {promise:g} min", 356.0)),
    )


def _broke(plan: Played, made: Moment) -> str:
    at = clock(made.minute)
    if not made.broke:
        return f"No average wait passes {made.promise:g} min; longest {at}"
    long = f"{plan.told}: at {at} the wait passes {made.promise:g} min"
    return fit.headline(long, f"At {at} the wait passes {made.promise:g} min")


def _told(plan: Played, made: Moment) -> str:
    at = clock(made.minute)
    if made.broke:
        return f"{plan.told}: the wait passes {made.promise:g} min at {at}"
    return f"{plan.told}: the wait is longest at {at}, {made.wait:.1f} min"
