"""What the two sides of the page meet: the same demand, the same promise, and for a first look one average day."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from sim.scenario import Scenario, fields
from sim.scenario.plan import WEEKDAYS
from sim.views.room.dial import plain, same
from sim.views.room.drawer import PROMISE

ISSUES = "assumptions.demand.issues_per_day"
INDEX = "assumptions.demand.weekday_index"
FACTORS: Mapping[str, float] = {"Quiet": 0.8, "Usual": 1.0, "Busy": 1.2, "Outage": 1.0}
"""How many issues every day brings, as a share of the usual; an outage spares every day but one."""
USUAL, OUTAGE = "Usual", "Outage"
OUTAGE_TIMES = 3


@dataclass(frozen=True)
class Choice:
    """What somebody set on the page: the operation as it is, the plan, and the demand both are to meet."""

    now: Scenario
    plan: Scenario
    demand: str = USUAL

    def worlds(self) -> tuple[Scenario, Scenario]:
        """Now and plan as they are run: with the demand chosen, of the same world, held to the plan's promise."""
        met = met_by(self.now, self.demand)
        shared = {path: met.value(path) for path in (ISSUES, INDEX)}
        promise = {path: self.plan.value(path) for path in PROMISE}
        return self.now.changed({**shared, **promise}), self.plan.changed(shared)

    def changed(self) -> list[str]:
        """The paths of the plan's fields that differ from now."""
        return [
            path
            for path, facts in fields().items()
            if facts.side == "plan" and not same(self.plan.value(path), self.now.value(path))
        ]


def met_by(scenario: Scenario, demand: str) -> Scenario:
    """The scenario with a demand of FACTORS."""
    usual = scenario.value(ISSUES)
    most = fields()[ISSUES].high or usual
    changes: dict[str, object] = {ISSUES: min(usual * FACTORS[demand], most)}
    if demand == OUTAGE:
        at = outage_day(scenario)
        index = scenario.value(INDEX)
        changes[INDEX] = tuple(OUTAGE_TIMES * each if day == at else each for day, each in enumerate(index))
    return scenario.changed(changes)


def in_words(scenario: Scenario, demand: str) -> str:
    """What the demand chosen means, for the line under its buttons."""
    issues = plain(round(met_by(scenario, demand).value(ISSUES)))
    if demand != OUTAGE:
        return f"{issues} issues a day, for now and plan alike"
    day = WEEKDAYS[outage_day(scenario)].capitalize()
    return f"{issues} issues a day, on {day} three times that"


def outage_day(scenario: Scenario) -> int:
    """The day an outage strikes: the one in the middle of the open ones, Monday 0."""
    days = open_days(scenario)
    return days[len(days) // 2]


def open_days(scenario: Scenario) -> list[int]:
    """The days with opening hours, Monday 0."""
    return [at for at, day in enumerate(scenario.plan.hours.days()) if day]


def average_day(scenario: Scenario) -> Scenario:
    """The scenario open on one day a week, the one nearest the average, and exactly as busy as the average.

    A few such weeks take a fraction of the time of whole ones: enough for a first look.
    """
    days = open_days(scenario)
    index = scenario.value(INDEX)
    mean = fmean(index[at] for at in days)
    kept = min(days, key=lambda at: abs(index[at] - mean))
    changes: dict[str, object] = {f"plan.hours.{WEEKDAYS[at]}": None for at in days if at != kept}
    changes[INDEX] = tuple(mean if at == kept else each for at, each in enumerate(index))
    for path in ("assumptions.demand.intraday", "plan.staffing.curve"):
        rows = scenario.value(path)
        if rows is not None and len(rows) > 1:
            changes[path] = (rows[days.index(kept)],)
    return scenario.changed(changes)
