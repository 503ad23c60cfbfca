"""What the two sides of the page meet: the same demand, the same promise, and for a first look one average day."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from sim.scenario import Scenario, fields
from sim.scenario.events import EVENT_KINDS, TYPICAL
from sim.scenario.plan import WEEKDAYS
from sim.views.room.dial import plain, same
from sim.views.room.drawer import PROMISE

ISSUES = "assumptions.demand.issues_per_day"
INDEX = "assumptions.demand.weekday_index"
FACTORS: Mapping[str, float] = {"Quiet": 0.8, "Usual": 1.0, "Busy": 1.2, "Outage": 1.0}
"""How many issues every day brings, as a share of the usual; an outage spares every day but one."""
USUAL, OUTAGE = "Usual", "Outage"
OUTAGE_TIMES = 3
UNMOVED: Mapping[str, object] = {
    "assumptions.customers.loyalty.risk_aversion": 0.0,
    "assumptions.customers.loyalty.failure_weight": 0.0,
}
"""Customers who mind neither variability nor remembered failures."""
NO_EVENT = ""
BEFALLS_IN_WEEK = 13
YEAR = 52


@dataclass(frozen=True)
class Choice:
    """What somebody set on the page: the operation as it is, the plan, and the demand both are to meet.

    For the months: how many `weeks`, the kind of `event` that befalls both, and whether customers are `unmoved`.
    """

    now: Scenario
    plan: Scenario
    demand: str = USUAL
    weeks: int = YEAR
    event: str = NO_EVENT
    unmoved: bool = False

    def worlds(self) -> tuple[Scenario, Scenario]:
        """Now and plan as they are run: with the demand chosen, of the same world, held to the plan's promise."""
        met = met_by(self.now, self.demand)
        shared = {path: met.value(path) for path in (ISSUES, INDEX)}
        promise = {path: self.plan.value(path) for path in PROMISE}
        return self.now.changed({**shared, **promise}), self.plan.changed(shared)

    def seasons(self) -> tuple[Scenario, Scenario, Scenario]:
        """The operation that settles, and now and plan as they begin in it: with one demand, one world, one fate."""
        lasting = USUAL if self.demand == OUTAGE else self.demand
        world = met_by(self.now, lasting).assumptions
        settles = self.now.changed({"assumptions": world, **(UNMOVED if self.unmoved else {})})
        befalls = [*self._outage(), *self._event()]
        now, plan = (
            each.changed({"assumptions": settles.assumptions, "events": [*each.events, *befalls]})
            for each in (self.now, self.plan)
        )
        return settles, now, plan

    def _outage(self) -> list[dict[str, object]]:
        """One day three times as busy, in the first week."""
        more = (OUTAGE_TIMES - 1) / len(open_days(self.now))
        return [{"kind": "surge", "week": 0, "weeks": 1, "size": more}] if self.demand == OUTAGE else []

    def _event(self) -> list[dict[str, object]]:
        if not self.event:
            return []
        size, weeks = TYPICAL[self.event]
        return [{"kind": self.event, "week": BEFALLS_IN_WEEK, "weeks": weeks, "size": size}]

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


def event_in_words(kind: str) -> str:
    """What befalls both, for the line under the menu."""
    if not kind:
        return ""
    size, weeks = TYPICAL[kind]
    lasts = f"{weeks} weeks" if weeks < YEAR else "for good"
    return f"Both, from week {BEFALLS_IN_WEEK}, {lasts}: {plain(size)} {EVENT_KINDS[kind][1]}"


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
