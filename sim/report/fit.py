"""Profile -> scenario: what the report shows is copied, what it cannot show is fitted or stays assumed.

Fitted, so that the model meets the report: volume (the model adds repeats and redials of its own), talk time,
availability (people counted in an interval are not on the phones for all of it) and patience.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from sim.experiment import Results, Span, replicate
from sim.report.profile import Profile, weekday_names
from sim.scenario import Hours, Scenario
from sim.scenario.plan import OpenDay
from sim.theory import square_root_staffing

SPAN = Span(weeks=1, warm_up=1, follow_up=False)
REPLICATIONS = 4
ROUNDS = 12
CLOSE = 0.03
"""The fit ends when every fitted measure is within about 3% of the report's."""

LOWEST_AVAILABLE, HIGHEST_AVAILABLE = 0.2, 1.3
WRAP_UP_SHARE = 0.14
"""Wrap-up as a share of handle time: the default operation's 0.7 of 5 minutes (season 1: no anchor)."""

ROOM = {"abandonment_rate": 0.002, "speed_of_answer": 0.01}
"""Added to both sides before they are compared, so that nearly nothing and nothing count as alike."""

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Dials:
    """What is fitted, relative to the report: issues per contact offered, talk, availability; patience in minutes."""

    volume: float = 0.8
    talk: float = 0.85
    available: float = 0.9
    patience: float = 8.2


def scenario(found: Profile, dials: Dials, name: str = "imported", title: str = "Imported") -> Scenario:
    """The operation of a profile with the dials as set; raises BadInput where a number does not fit a scenario."""
    by_day = found.offered.sum(axis=1)
    handle = found.reported("handle_time") * dials.talk
    curve, agents = staffing(found, dials.available)
    day = OpenDay(opens=found.opens, closes=found.closes)
    open_days = weekday_names(found)
    index = dict(zip(found.weekdays, by_day / by_day.mean(), strict=True))
    changes = {
        "name": name,
        "title": title,
        "plan.hours": Hours(**{each: day if each in open_days else None for each in Hours.model_fields}),
        "plan.staffing.agents": agents,
        "plan.staffing.curve": curve,
        "plan.empowerment.supervisors": max(1, round(by_day.mean() / 460)),
        "plan.chatbot.coverage": 0.0,
        "plan.teamwork.routing_accuracy": 1.0,
        "assumptions.demand.issues_per_day": float(by_day.mean() * dials.volume),
        "assumptions.demand.weekday_index": tuple(float(index.get(at, 1.0)) for at in range(7)),
        "assumptions.demand.intraday": tuple(tuple(row) for row in found.offered.tolist()),
        "assumptions.handling.talk_mean": float(handle * (1 - WRAP_UP_SHARE)),
        "assumptions.handling.wrap_up_mean": float(handle * WRAP_UP_SHARE),
        "assumptions.handling.absence": 0.0,
        "assumptions.patience.mean": float(np.clip(dials.patience, 0.01, 100_000)),
    }
    if found.day_factor_cv is not None:
        changes["assumptions.demand.day_factor_cv"] = min(2.0, found.day_factor_cv)
    if found.target is not None:
        changes["plan.promise.answer_target"] = found.target / 60
    if found.reported("abandonment_rate") == 0:
        changes |= {"assumptions.patience.kind": "infinite", "assumptions.patience.hangs_up_at_once": 0.0}
    return Scenario().changed(changes)


def staffing(found: Profile, available: float) -> tuple[tuple[tuple[float, ...], ...], int]:
    """The staffing curve and its highest point; fractions of an agent are carried from slot to slot.

    Where the report tells no agents, the square-root rule with beta 0.5 stands in (E4).
    """
    slots = (found.closes - found.opens) / found.offered.shape[1]
    load = found.offered / slots * found.reported("handle_time")
    people = np.where(np.isnan(found.agents), square_root_staffing(load, 0.5), found.agents) * available
    carried = np.round(np.cumsum(people, axis=1))
    whole = np.maximum(np.diff(carried, axis=1, prepend=0.0), (people > 0) * 1.0)
    most = int(max(1, whole.max()))
    return tuple(tuple(row) for row in (whole / most).tolist()), most


def fit(
    found: Profile,
    *,
    seed: int = 1,
    workers: int | None = None,
    watch: Watch | None = None,
    stop: Event | None = None,
) -> Dials:
    """Turn the dials until the model meets the report's volume, handle time, speed of answer and abandonment.

    Broyden's method on logarithms, on common luck, so that every round meets the same customers.
    """
    from scipy.optimize import NoConvergence, broyden1

    best: list[tuple[float, Dials]] = []
    fitted = _fitted(found)

    def miss(turned: np.ndarray) -> np.ndarray:
        dials = _turned(turned, fitted)
        results = replicate(
            scenario(found, dials), REPLICATIONS, span=SPAN, seed=seed, workers=workers, stop=stop
        )
        missed = np.array([_miss(results, found, measure) for measure in fitted])
        best.append((float(np.abs(missed).max()), dials))
        if watch:
            watch(len(best), ROUNDS)
        if len(best) >= ROUNDS or (stop and stop.is_set()):
            raise NoConvergence(turned)
        return missed

    # Without convergence the best round is kept, and the calibration table says how good it is.
    with suppress(NoConvergence, ValueError):
        # The stubs of scipy know functions of one number only.
        broyden1(miss, np.zeros(len(fitted)), alpha=1.0, f_tol=CLOSE, maxiter=ROUNDS, line_search=None)  # type: ignore[arg-type]
    return min(best, key=lambda tried: tried[0])[1]


def _fitted(found: Profile) -> tuple[str, ...]:
    """The measures that can be met: those the report tells."""
    wanted = ["offered", "handle_time"]
    if not np.isnan(found.agents).all() and found.reported("speed_of_answer") > 0:
        wanted.append("speed_of_answer")
    if found.reported("abandonment_rate") > 0:
        wanted.append("abandonment_rate")
    return tuple(wanted)


def _turned(turned: np.ndarray, fitted: tuple[str, ...]) -> Dials:
    """Dials after a step; scaled so that each measure answers its own dial about one to one, downwards."""
    step = dict(zip(fitted, np.clip(turned, -4, 4), strict=True))
    start = Dials()
    available = start.available * np.exp(step.get("speed_of_answer", 0.0) / 4)
    return replace(
        start,
        volume=start.volume * float(np.exp(-step["offered"])),
        talk=start.talk * float(np.exp(-step["handle_time"])),
        available=float(np.clip(available, LOWEST_AVAILABLE, HIGHEST_AVAILABLE)),
        patience=start.patience * float(np.exp(step.get("abandonment_rate", 0.0))),
    )


def _miss(results: Results, found: Profile, measure: str) -> float:
    """Logarithm of model over report."""
    room = ROOM.get(measure, 1e-9)
    model = results.estimate(measure).mean
    if measure == "offered":
        model /= len(found.weekdays)
    return float(np.log((model + room) / (found.reported(measure) + room)))
