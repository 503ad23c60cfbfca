"""What a result hangs on: a plan against today on one measure, while one assumption after the other is doubted.

Two ways. One at a time: each assumption at both ends of its plausible range. Morris: all of them together, in a few
walks through their ranges, which shows what matters wherever the others stand (Morris 1991; Campolongo 2007).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.experiment.assumed import Doubt, Ranges, doubts
from sim.experiment.estimate import Estimate, estimate
from sim.experiment.replications import Report, stream
from sim.experiment.seasons import Months
from sim.flow import Engine
from sim.flow.contract import Floats
from sim.measures import Measure
from sim.scenario import BadInput, Scenario
from sim.scenario.words import nearest
from sim.season.catalogue import MEASURES

if TYPE_CHECKING:
    import pandas as pd

SHORT = Months(52, settle=26)
"""A year, after half a year in which the operation settles: enough to see where a result bends."""
REPLICATIONS, WALKS, REPLICATIONS_OF_WALKS = 4, 4, 2
LEVELS = 4
"""Values of each assumption that a walk may visit."""
YEAR = 52

Point = Mapping[str, float]
Word = Literal["depends on", "holds", "cannot tell yet"]


# ------------------------------------------------------------------------------------------------- what is simulated


@dataclass(frozen=True)
class Brief:
    """Some measures of one season."""

    values: dict[str, float]


@dataclass(frozen=True)
class Attack:
    """Today and plans under many sets of assumptions: each number stands for a set and a replication of it.

    The same replication has the same luck under every set.
    """

    points: tuple[Point, ...]
    replications: int
    measures: tuple[str, ...]
    months: Months

    def __len__(self) -> int:
        return len(self.points) * self.replications

    def summaries(
        self, scenarios: Sequence[Scenario], replication: int, seed: int, engine: Engine
    ) -> tuple[Brief, ...]:
        """All operations under one set of assumptions, on the luck of one replication."""
        point, own = divmod(replication, self.replications)
        under = [scenario.changed(self.points[point]) for scenario in scenarios]
        found = self.months.summaries(under, own, seed, engine)
        return tuple(Brief({name: each.values[name] for name in self.measures}) for each in found)


@dataclass(frozen=True)
class How:
    """How an attack is run: on which luck, in how many processes, who is told and who may stop it."""

    seed: int = 1
    engine: Engine = "auto"
    workers: int | None = None
    progress: Report | None = None
    stop: Event | None = None


def differences(today: Scenario, plan: Scenario, attack: Attack, how: How) -> list[list[float] | None]:
    """Plan less today by set of assumptions, replication by replication; None for a set that was not finished."""
    return less_today(lived_under([today, plan], attack, how), attack, attack.measures[0], 1)


def lived_under(scenarios: Sequence[Scenario], attack: Attack, how: How) -> dict[int, tuple[Brief, ...]]:
    """What came of every number of an attack that was finished, scenario by scenario."""
    for scenario in scenarios:
        for point in attack.points:
            scenario.changed(point)  # here, so that a refusal comes before the first season
    finished = stream(
        scenarios, range(len(attack)), seed=how.seed, span=attack, engine=how.engine,
        workers=how.workers, stop=how.stop, progress=how.progress,
    )  # fmt: skip
    return {each.replication: each.summaries for each in finished}


def less_today(
    found: Mapping[int, tuple[Brief, ...]], attack: Attack, measure: str, plan: int
) -> list[list[float] | None]:
    """One plan less today on a measure, by set of assumptions; None for a set that was not finished."""
    done = {
        number: briefs[plan].values[measure] - briefs[0].values[measure] for number, briefs in found.items()
    }
    return [_whole(done, at * attack.replications, attack.replications) for at in range(len(attack.points))]


def _whole(done: Mapping[int, float], first: int, count: int) -> list[float] | None:
    numbers = range(first, first + count)
    return [done[number] for number in numbers] if all(number in done for number in numbers) else None


def measured(name: str) -> Measure:
    """A measure of a season; raises BadInput with the nearest name."""
    if name not in MEASURES:
        raise BadInput(f"{name}: no such measure of a season; {nearest(name, MEASURES)}.")
    return MEASURES[name]


def weeks_for(measure: str) -> int:
    """Weeks that a season needs for a measure: two years, or one; raises BadInput for an unknown name."""
    measured(measure)
    return 2 * YEAR if "_24" in measure else YEAR if measure.endswith("_12") else 1


def long_enough(measure: str, months: Months) -> None:
    """Raises BadInput where a season is too short for a measure."""
    needed = weeks_for(measure)
    exact = measure == "profit_24_with_value"
    if months.weeks < needed or (exact and months.weeks > needed):
        raise BadInput(f"{measure}: cannot be measured in {months.weeks} weeks; nearest {needed}.")


# ----------------------------------------------------------------------------------------------------- one at a time


@dataclass(frozen=True)
class End:
    """The result where one assumption stands at an end of its range; all others as they are."""

    value: float
    difference: Estimate

    @property
    def sign(self) -> int:
        """1 or -1 where the whole interval lies on that side of zero, else 0: it cannot be told."""
        return sign(self.difference)


def sign(difference: Estimate) -> int:
    """The side of zero on which an interval lies, 0 where it lies on both or is not known."""
    return int(difference.low > 0) - int(difference.high < 0)


@dataclass(frozen=True)
class Swing:
    """What one assumption does to the result, from the low end of its range to the high one.

    `word`: "depends on" where the difference has another sign at an end than as things are assumed, or can be told at
    one and not at the other; "cannot tell yet" where it can be told nowhere. `reach`: how far the result moves at most.
    """

    doubt: Doubt
    low: End
    high: End
    word: Word
    reach: float


@dataclass(frozen=True)
class OneAtATime:
    """A result, and every assumption tried at both ends, those that move it most first.

    `base`: plan less today as things are assumed; `swings`: what was finished; `asked`: how many were to be.
    """

    today: Scenario
    plan: Scenario
    measure: str
    base: Estimate
    swings: tuple[Swing, ...]
    asked: int
    replications: int
    months: Months
    seed: int
    stopped: bool

    @property
    def hangs_on(self) -> tuple[Swing, ...]:
        """The assumptions that the result depends on."""
        return tuple(swing for swing in self.swings if swing.word == "depends on")

    def table(self) -> "pd.DataFrame":
        """One row an assumption: its ends, the difference with its interval at both, and the word."""
        import pandas as pd

        return pd.DataFrame([_row(swing) for swing in self.swings]).set_index("path")


def _row(swing: Swing) -> dict[str, Any]:
    row: dict[str, Any] = {"path": swing.doubt.path, "title": swing.doubt.facts.title, "word": swing.word}
    for name, end in (("low", swing.low), ("high", swing.high)):
        found = end.difference
        row |= {name: end.value, f"difference at {name}": found.mean, f"± at {name}": found.half_width}
    return row


def one_at_a_time(
    today: Scenario,
    plan: Scenario,
    measure: str,
    names: Sequence[str] = (),
    replications: int = REPLICATIONS,
    *,
    ranges: Ranges | None = None,
    months: Months = SHORT,
    seed: int = 1,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> OneAtATime:
    """Try what a plan does to a measure with each assumption at both ends of its range, all on the same luck.

    `names` are assumptions or groups of them, none for the usual ones (see `doubts`); `ranges` are ends of one's own,
    by field. Each set of assumptions has so many replications. Progress is told in pairs of seasons; a stop keeps the
    assumptions that are finished. The numbers are the same for any number of workers.

    Raises:
        BadInput: for a name that is none, or a season too short for the measure.
    """
    long_enough(measure, months)
    tried = doubts(today, plan, names, ranges)
    ends: list[Point] = [{one.path: end} for one in tried for end in (one.low, one.high)]
    attack = Attack(({}, *ends), replications, (measure,), months)
    found = differences(today, plan, attack, How(seed, engine, workers, progress, stop))
    base, swings = estimate(found[0] or []), tuple(swings_of(tried, found))
    asked, stopped = len(tried), None in found
    return OneAtATime(today, plan, measure, base, swings, asked, replications, months, seed, stopped)


def swings_of(tried: Sequence[Doubt], found: Sequence[list[float] | None]) -> list[Swing]:
    """Every assumption that was finished at both ends, those that move the result most first."""
    base, *ends = found
    if base is None:
        return []
    swings = [
        _swing(one, estimate(base), low, high)
        for one, low, high in zip(tried, ends[::2], ends[1::2], strict=True)
        if low is not None and high is not None
    ]
    return sorted(swings, key=lambda swing: swing.reach, reverse=True)


def _swing(doubt: Doubt, base: Estimate, low: Sequence[float], high: Sequence[float]) -> Swing:
    ends = End(doubt.low, estimate(low)), End(doubt.high, estimate(high))
    reach = max(abs(end.difference.mean - base.mean) for end in ends)
    return Swing(doubt, *ends, _word(sign(base), {end.sign for end in ends}), float(np.nan_to_num(reach)))


def _word(base: int, ends: set[int]) -> Word:
    if ends != {base}:
        return "depends on"
    return "holds" if base else "cannot tell yet"


# ------------------------------------------------------------------------------------------------------------ Morris


@dataclass(frozen=True)
class Effect:
    """What one assumption does to the result over its whole range, in units of the measure.

    `size` (mu*) is how far it moves the result on average, whichever way; `half_width` is of the 95% interval of that;
    `mean` (mu) is the same with its sign; `spread` (sigma) is large where it depends on the other assumptions.
    """

    doubt: Doubt
    size: float
    half_width: float
    mean: float
    spread: float


@dataclass(frozen=True)
class Morris:
    """Assumptions by how far they move a result, wherever the others stand, the strongest first.

    `walks`: how many walks through the ranges were finished, `asked` how many were to be.
    """

    today: Scenario
    plan: Scenario
    measure: str
    effects: tuple[Effect, ...]
    walks: int
    asked: int
    replications: int
    months: Months
    seed: int

    @property
    def stopped(self) -> bool:
        """Whether fewer walks were finished than asked for."""
        return self.walks < self.asked

    def table(self) -> "pd.DataFrame":
        """One row an assumption: mu*, its half-width, mu and sigma."""
        import pandas as pd

        rows = [
            (one.doubt.path, one.doubt.facts.title, one.size, one.half_width, one.mean, one.spread)
            for one in self.effects
        ]
        return pd.DataFrame(rows, columns=["path", "title", "mu*", "±", "mu", "sigma"]).set_index("path")


def morris(
    today: Scenario,
    plan: Scenario,
    measure: str,
    names: Sequence[str] = (),
    walks: int = WALKS,
    replications: int = REPLICATIONS_OF_WALKS,
    *,
    ranges: Ranges | None = None,
    months: Months = SHORT,
    seed: int = 1,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Morris:
    """Rank assumptions by their elementary effects on a result: few runs, all assumptions moving.

    Each walk begins somewhere in the ranges and moves one assumption after the other; `replications` of every step, on
    the same luck. Otherwise as `one_at_a_time`.

    Raises:
        BadInput: for a name that is none, a season too short for the measure, or fewer than two walks.
    """
    long_enough(measure, months)
    if walks < 2:
        raise BadInput(f"walks: {walks} is too few to see how effects differ; nearest 2.")
    tried = doubts(today, plan, names, ranges)
    steps = _walks(tried, walks, seed)
    attack = Attack(tuple(_points(tried, steps)), replications, (measure,), months)
    found = differences(today, plan, attack, How(seed, engine, workers, progress, stop))
    whole = list(_whole_walks(steps, found, len(tried) + 1))
    empty = Morris(today, plan, measure, (), len(whole), walks, replications, months, seed)
    return replace(empty, effects=_effects(tried, whole, seed)) if len(whole) > 1 else empty


def _problem(tried: Sequence[Doubt]) -> dict[str, Any]:
    """What SALib wants to know; every assumption runs from 0 to 1 of its range."""
    return {
        "num_vars": len(tried),
        "names": [one.path for one in tried],
        "bounds": [[0.0, 1.0] for _ in tried],
    }


def _walks(tried: Sequence[Doubt], walks: int, seed: int) -> Floats:
    from SALib.sample.morris import sample

    return np.asarray(sample(_problem(tried), walks, num_levels=LEVELS, seed=seed), np.float64)


def _points(tried: Sequence[Doubt], steps: Floats) -> Iterator[Point]:
    for step in steps:
        yield {one.path: one.at(float(share)) for one, share in zip(tried, step, strict=True)}


def _whole_walks(
    steps: Floats, found: Sequence[Sequence[float] | None], length: int
) -> Iterator[tuple[Floats, Floats]]:
    """Steps and results of the walks that were finished."""
    for first in range(0, len(steps), length):
        results = [one for one in found[first : first + length] if one is not None]
        if len(results) == length:
            yield steps[first : first + length], np.mean(results, axis=1)


def _effects(tried: Sequence[Doubt], whole: Sequence[tuple[Floats, Floats]], seed: int) -> tuple[Effect, ...]:
    from SALib.analyze.morris import analyze

    steps, results = (np.concatenate(part) for part in zip(*whole, strict=True))
    found = analyze(_problem(tried), steps, results, num_levels=LEVELS, seed=seed)
    columns = (found[name] for name in ("mu_star", "mu_star_conf", "mu", "sigma"))
    effects = [Effect(one, *map(float, numbers)) for one, *numbers in zip(tried, *columns, strict=True)]
    return tuple(sorted(effects, key=lambda one: one.size, reverse=True))
