"""What one run of the page does: a first look at a day, weeks of now and plan, and seasons of both, on one luck."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.experiment import Comparison, Results, Span
from sim.experiment.replications import one
from sim.experiment.seasons import Seasons
from sim.flow import Engine
from sim.measures import Summary
from sim.scenario import Scenario
from sim.season.summary import SeasonSummary
from sim.views.background import replication
from sim.views.background_seasons import Lived, seasons_after, seasons_from
from sim.views.months.still import SeasonStill
from sim.views.room.memory import Memory, Side
from sim.views.room.runner import Call, State, Task
from sim.views.room.worlds import average_day
from sim.views.still import is_same

GLANCE = Span(weeks=1, warm_up=1, follow_up=True)
"""Of the average day: once so that its unsettled issues come back, once to count, once to see them end."""
WEEKS_A_REPLICATION = 3
FIRST_WEEKS = 20
"""Replications of weeks that go before the seasons, where weeks are looked at."""


@dataclass(frozen=True)
class Asked:
    """What a run is asked for.

    `now`, `plan`: the two operations of a week; `begins`: the operation that settles, and from which the seasons of
    `season_now` and `season_plan` begin; `settle` and `weeks`: how long; `replications` of weeks, and `seasons`;
    `months_first`: seasons are wanted before weeks.
    """

    now: Scenario
    plan: Scenario
    begins: Scenario
    season_now: Scenario
    season_plan: Scenario
    replications: int
    seasons: int
    weeks: int
    settle: int
    seed: int
    months_first: bool = False


@dataclass(frozen=True)
class Found:
    """What a run found so far; `run` numbers the runs of a page, so that a late answer can be told.

    `glance`: it rests on one average day; otherwise `now` and `plan` rest on whole weeks, `total` of which are asked
    for.
    `months`: the seasons, of `weeks` weeks each, `seasons` of which are asked for.
    """

    run: int
    now: Results
    plan: Results
    glance: bool
    total: int
    state: State
    months: Seasons
    weeks: int
    seasons: int
    seconds_left: float | None = None

    @property
    def done(self) -> int:
        """Replications of whole weeks that both sides have finished."""
        return 0 if self.glance else len(self.plan.summaries)

    @property
    def lived(self) -> int:
        """Seasons that both sides have finished."""
        return len(self.months.summaries)

    @property
    def same(self) -> bool:
        """Whether the plan is the same as now."""
        return is_same(self.comparison)

    @property
    def comparison(self) -> Comparison:
        """Plan against now, in a week."""
        return Comparison(self.now, self.plan)

    @property
    def season(self) -> SeasonStill:
        """Plan against now, over months."""
        return SeasonStill(self.months, self.weeks)


@dataclass(frozen=True)
class WeekTask:
    """One replication of a week of one side."""

    memory: Memory
    side: Side
    number: int
    seed: int
    weeks: int = WEEKS_A_REPLICATION

    @property
    def _key(self) -> tuple[int, ...]:
        return self.side.world, self.number

    def known(self) -> bool:
        """Whether it is remembered."""
        return self.memory.weeks.get(self._key) is not None

    def call(self, engine: Engine) -> Call:
        """A week is one call."""
        arguments = (self.side.scenario, self.number, self.seed, engine)
        return Call(replication, arguments, lambda summary: self.memory.weeks.keep(self._key, summary))


@dataclass(frozen=True)
class SeasonTask:
    """One replication of the seasons of some plans, from the same settled operation."""

    memory: Memory
    begins: Side
    plans: tuple[Side, ...]
    number: int
    asked: Asked

    @property
    def weeks(self) -> int:
        """Those still to be lived through, and those in which the operation settles."""
        settle = 0 if self.memory.operations.get(self._begins) else self.asked.settle
        return max(1, settle + self.asked.weeks * len(self.missing()))

    @property
    def _begins(self) -> tuple[int, ...]:
        return self.begins.world, self.asked.settle, self.number

    def _key(self, plan: Side) -> tuple[int, ...]:
        return *self._begins, plan.world, self.asked.weeks

    def missing(self) -> list[Side]:
        """The sides that are still to be lived through."""
        return [plan for plan in self.plans if self.memory.seasons.get(self._key(plan)) is None]

    def known(self) -> bool:
        """Whether all are remembered."""
        return not self.missing()

    def pair(self) -> tuple[SeasonSummary, SeasonSummary] | None:
        """The first and the last plan's season, once both are remembered."""
        now, plan = (self.memory.seasons.get(self._key(side)) for side in (self.plans[0], self.plans[-1]))
        return (now, plan) if now and plan else None

    def call(self, engine: Engine) -> Call:
        """From the settled operation, if it is remembered."""
        missing, asked = self.missing(), self.asked
        plans = [side.scenario for side in missing]
        operation = self.memory.operations.get(self._begins)

        def keep(lived: Lived) -> None:
            self.memory.operations.keep(self._begins, lived[0])
            for side, summary in zip(missing, lived[1], strict=True):
                self.memory.seasons.keep(self._key(side), summary)

        if operation is not None:
            return Call(seasons_from, (operation, plans, asked.weeks, engine), keep)
        settles = (self.begins.scenario, asked.settle, self.number, asked.seed)
        return Call(seasons_after, (*settles, plans, asked.weeks, engine), keep)


class RoomWork:
    """All that is asked of one run of the page, with what is remembered of it."""

    def __init__(self, asked: Asked, memory: Memory) -> None:
        self.asked, self._memory = asked, memory
        memory.weeks.most = max(memory.weeks.most, 4 * asked.replications)
        self._sides = _distinct(memory, asked.now, asked.plan)
        self._begins = memory.side(asked.begins)
        self._plans = _distinct(memory, asked.season_now, asked.season_plan)

    def __str__(self) -> str:
        return f"{self.asked.now.name} and {self.asked.plan.name}"

    def tasks(self) -> Sequence[Task]:
        """Weeks pair by pair and seasons, whichever are looked at first."""
        asked, weeks = self.asked, list(self._weeks())
        seasons = [self._season(number) for number in range(asked.seasons)]
        first = 0 if asked.months_first else FIRST_WEEKS * len(self._sides)
        return [*weeks[:first], *seasons, *weeks[first:]]

    def _weeks(self) -> Iterator[WeekTask]:
        for number in range(self.asked.replications):
            for side in self._sides:
                yield WeekTask(self._memory, side, number, self.asked.seed)

    def _season(self, number: int) -> SeasonTask:
        return SeasonTask(self._memory, self._begins, tuple(self._plans), number, self.asked)

    def glance(self, run: int, engine: Callable[[], Engine]) -> Found | None:
        """Both sides on one average day, unless a whole week is known."""
        if self._pairs():
            return None
        for scenario in (self.asked.now, self.asked.plan):
            self._look_at(self._day(scenario), engine)
        return self._all(run, "running", None)

    def found(self, run: int, state: State, seconds_left: float | None) -> Found | None:
        """What is complete; of a run that ended, even if nothing is."""
        if state == "running" and not self._pairs() and not self._lived():
            return None
        return self._all(run, state, seconds_left)

    def _day(self, scenario: Scenario) -> Side:
        return self._memory.side(average_day(scenario))

    def _look_at(self, day: Side, engine: Callable[[], Engine]) -> None:
        if self._memory.weeks.get((day.world,)) is None:
            seen = one([day.scenario], 0, self.asked.seed, GLANCE, engine()).summaries[0]
            self._memory.weeks.keep((day.world,), seen)

    def _all(self, run: int, state: State, seconds_left: float | None) -> Found:
        asked, weeks = self.asked, self._pairs()
        pairs, stopped = weeks or self._days(), state == "stopped"
        now, plan = (
            Results(each, tuple(pair[side] for pair in pairs), stopped)
            for side, each in enumerate((asked.now, asked.plan))
        )
        months = Seasons((asked.season_now, asked.season_plan), self._lived(), stopped)
        return Found(
            run, now, plan, bool(pairs) and not weeks, asked.replications, state, months, asked.weeks,
            asked.seasons, seconds_left,
        )  # fmt: skip

    def _days(self) -> list[tuple[Summary, Summary]]:
        """Both sides' average day, once both are known."""
        now, plan = (
            self._memory.weeks.get((self._day(each).world,)) for each in (self.asked.now, self.asked.plan)
        )
        return [(now, plan)] if now and plan else []

    def _pairs(self) -> list[tuple[Summary, Summary]]:
        """Both sides of the replications that both have finished, in order."""
        now, plan = self._sides[0], self._sides[-1]
        weeks = self._memory.weeks
        found = (
            (weeks.get((now.world, number)), weeks.get((plan.world, number)))
            for number in range(self.asked.replications)
        )
        return [(before, after) for before, after in found if before and after]

    def _lived(self) -> tuple[tuple[SeasonSummary, SeasonSummary], ...]:
        """Both sides of the seasons that both have finished, in order."""
        found = (self._season(number).pair() for number in range(self.asked.seasons))
        return tuple(pair for pair in found if pair)


def _distinct(memory: Memory, now: Scenario, plan: Scenario) -> list[Side]:
    """Both sides; one where they are the same."""
    before, after = memory.side(now), memory.side(plan)
    return [before] if before.world == after.world else [before, after]
