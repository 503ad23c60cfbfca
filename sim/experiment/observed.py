"""What one replication of a published case shows: sums over the counted time, and what its yardsticks say."""

from dataclasses import dataclass

import numpy as np

from sim.experiment.published import Case
from sim.experiment.yardsticks import (
    Team,
    Window,
    area,
    crowd,
    crowd_expected,
    fast_agent,
    fast_agent_expected,
    fast_agent_from_empty,
    path,
)
from sim.flow import Engine, Week, weeks
from sim.flow.contract import Bools, Floats
from sim.measures.journal import wait_in
from sim.scenario import Scenario

SEED = 1


@dataclass(frozen=True)
class Seen:
    """What one replication shows: columns of sums, and how far the yardsticks are off; a row a counted stretch."""

    columns: dict[str, Floats]
    off: Floats
    contacts: int


def observe(found: Case, replication: int, seed: int = SEED, engine: Engine = "auto") -> Seen:
    """One replication of a published case."""
    scenario = found.scenario
    week = next(weeks(scenario, seed, replication, 1, follow_up=False, engine=engine))
    view = _View(scenario, week)
    stretches = [(opens, (opens + found.warm_up, closes)) for opens, closes in week.operation.hours.tolist()]
    rows = [view.sums(window) for _, window in stretches]
    off = [view.off(opens, window, found.fast_agent) for opens, window in stretches]
    return Seen(
        {column: np.array([row[column] for row in rows]) for column in rows[0]}, np.array(off), len(week.log)
    )


def team_of(scenario: Scenario) -> Team:
    """The one team of a bare scenario, with contacts at an even rate."""
    opens, closes = scenario.plan.hours.windows()[0]
    assumptions = scenario.assumptions
    return Team(
        rate=assumptions.demand.issues_per_day / (closes - opens),
        talk=assumptions.handling.talk_mean,
        agents=scenario.plan.staffing.agents,
    )


def mean_patience(scenario: Scenario) -> float:
    """In minutes; infinite when everybody stays, none when all hang up at once."""
    patience = scenario.assumptions.patience
    if patience.hangs_up_at_once == 1:
        return 0.0
    return np.inf if patience.kind == "infinite" else patience.mean


class _View:
    """One week of a bare scenario, looked at window by window."""

    def __init__(self, scenario: Scenario, week: Week) -> None:
        self.scenario, self.team, log = scenario, team_of(scenario), week.log
        self.arrives, self.wait = log["arrived"], wait_in(log, "")
        self.talk = week.draws["talk"]
        self.answered = np.isfinite(log["answered"])
        self.in_target = self.answered & (self.wait < scenario.plan.promise.answer_target)
        self.queue = path(log["queued"], log["queued"] + self.wait)
        self.busy = path(log["answered"][self.answered], log["freed"][self.answered])

    def sums(self, window: Window) -> dict[str, float]:
        """Counts and minutes of the contacts that arrive in a window, and of the time in it."""
        minutes = window[1] - window[0]
        here = self._here(window)
        left = here & ~self.answered
        late = left & (self.wait >= self.scenario.plan.promise.answer_target)
        answered = here & self.answered
        patience = mean_patience(self.scenario)
        queue = area(self.queue, window)
        return {
            "days": 1.0,
            "minutes": minutes,
            "staffed": minutes * self.team.agents,
            "contacts": float(here.sum()),
            "waited": float((here & ((self.wait > 0) | ~self.answered)).sum()),
            "abandoned": float(left.sum()),
            "borne": float(left.sum()) * patience if np.isfinite(patience) else 0.0,
            "answered": float(answered.sum()),
            "in_target": float((here & self.in_target).sum()),
            "stayed": float((answered | late).sum()),
            "wait": float(self.wait[here].sum()),
            "wait_of_answered": float(self.wait[answered].sum()),
            "queue": queue,
            "busy": area(self.busy, window),
            "area": area(self.queue, (0.0, np.inf)),
            "all_waits": float(self.wait.sum()),
        }

    def off(self, opens: float, window: Window, fast: bool) -> list[float]:
        """How far the yardsticks lie off what they are on average."""
        team, here = self.team, self._here(window)
        talk = float(self.talk[here].sum())
        large, beyond = crowd(self.arrives, self.talk, team.agents, window)
        large_expected, beyond_expected = crowd_expected(team, (window[0] - opens, window[1] - opens))
        minutes = window[1] - window[0]
        off = [talk - team.load * minutes, large - large_expected, beyond - beyond_expected]
        if fast:
            expected = fast_agent_expected if window[0] > opens else fast_agent_from_empty
            off.append(fast_agent(self.arrives, self.talk, team.agents, here) - expected(team, minutes))
        return off

    def _here(self, window: Window) -> Bools:
        return np.asarray((self.arrives >= window[0]) & (self.arrives < window[1]))
