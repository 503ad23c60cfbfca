"""A number asked of the model, written in a file: for predictions, checks, and the guides that quote the model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from threading import Event
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.experiment.estimate import CONFIDENCE, Estimate, estimate
from sim.experiment.replications import WEEK, Progress, Report, Run, stream
from sim.experiment.seasons import Months
from sim.measures import MEASURES
from sim.measures.catalogue import Measure
from sim.measures.summary import SLOT, Summary
from sim.scenario import BadInput, Scenario, in_industry, named, path_of
from sim.scenario.fields import Part
from sim.scenario.words import nearest
from sim.season.catalogue import MEASURES as SEASON_MEASURES

Form = Literal["level", "difference", "percent", "times"]
AT, TIMES, IN = "@", "*", "@"
WAIT = "wait_mean"
HALF_HOUR = re.compile(r"\d\d?:[03]0")
SETTLED = 78
"""Weeks in which the operation settles before a season that is asked about."""


class Question(Part):
    """A measure of one plan, or what becomes of it when the plan is changed.

    `before`, `after`: changes of `operation` by lever or path; without `after` the question is about `before` alone.
    `measure`: a name of the catalogue; "wait_mean@13:30" is the mean wait of the half-hour beginning then, and
    "promise_kept*issues" a product. `per`: divide by the same of another measure. `form`: the level, the difference
    (after less before), the percentage by which it changes, or how many times as much it is. `over`: an ordinary week,
    or so many weeks of months, which begin in the settled operation of `before`. `digits`: shown behind the point;
    `scale`: what it is multiplied by to be shown, 100 for shares unless said otherwise.
    """

    measure: str
    per: str = ""
    operation: str = "today"
    before: Mapping[str, Any] = Field(default_factory=dict)
    after: Mapping[str, Any] | None = None
    form: Form = "level"
    over: Literal["week", "year", "two years"] = "week"
    replications: int = Field(20, ge=2, le=1000)
    seed: int = 1
    digits: int | None = None
    scale: float | None = None

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if (self.after is None) != (self.form == "level"):
            raise ValueError(f"{self.measure}: a level needs no `after`, and a change needs one")
        for name in TIMES.join(filter(None, [self.measure, self.per])).split(TIMES):
            self._measure(name)
        return self

    def measure_of(self) -> Measure:
        """The measure asked for; of a product, the first."""
        return self._measure(self.measure.split(TIMES)[0])

    def _measure(self, name: str) -> Measure:
        known = MEASURES if self.over == "week" else SEASON_MEASURES
        plain, _, at = name.partition(AT)
        if plain not in known:
            raise ValueError(f"{plain}: no such measure; {nearest(plain, known)}")
        if at and not (plain == WAIT and self.over == "week" and HALF_HOUR.fullmatch(at)):
            raise ValueError(f"{name}: only {WAIT} of a week is known by half-hours, as in {WAIT}@13:30")
        return known[plain]

    @property
    def times(self) -> float:
        """From the unit of the answer to the one shown: shares are shown of 100."""
        if self.scale is not None:
            return self.scale
        of_100 = self.measure_of().kind == "share" and self.form in ("level", "difference")
        return 100.0 if of_100 and not self.per and TIMES not in self.measure else 1.0

    def scenarios(self) -> tuple[Scenario, ...]:
        """The one or two plans it is about; raises BadInput."""
        return tuple(
            opened(self.operation, changes) for changes in (self.before, self.after) if changes is not None
        )

    def run(self) -> Run:
        """What one replication of it simulates."""
        if self.over == "week":
            return WEEK
        return Months(52 if self.over == "year" else 104, SETTLED)

    def answer(self, summaries: Sequence[Sequence[Any]]) -> Estimate:
        """The answer from replications, each with the briefs of its plans in order."""
        plans = np.array([[self._value(brief) for brief in each] for each in summaries])
        if self.form == "level":
            return self._ratio(plans[:, 0], summaries, [0]) if self.per else estimate(plans[:, 0].tolist())
        if self.form == "difference":
            change = plans[:, 1] - plans[:, 0]
            return self._ratio(change, summaries, [1, 0]) if self.per else estimate(change.tolist())
        times = ratio(plans[:, 1], plans[:, 0])
        return times if self.form == "times" else shifted(times, -1.0, 100.0)

    def _ratio(self, above: Any, summaries: Sequence[Sequence[Any]], plans: Sequence[int]) -> Estimate:
        below = np.array([[valued(each[plan], self.per) for plan in plans] for each in summaries])
        return ratio(above, below[:, 0] - below[:, 1] if len(plans) > 1 else below[:, 0])

    def _value(self, brief: Any) -> float:
        return valued(brief, self.measure)


def opened(operation: str, changes: Mapping[str, Any]) -> Scenario:
    """A named operation, perhaps in an industry ("today@bank"), with changes by lever or path; raises BadInput."""
    base, _, industry = operation.partition(IN)
    scenario = in_industry(named(base), industry) if industry else named(base)
    return scenario.changed({path_of(name): value for name, value in changes.items()})


def valued(brief: Any, measure: str) -> float:
    """A measure, or a product of measures, of one replication of one plan."""
    return prod(_of_slot(brief, name) if AT in name else brief.values[name] for name in measure.split(TIMES))


def _of_slot(brief: Summary, name: str) -> float:
    """The mean wait of the half-hour that begins at a time of day; raises BadInput outside opening hours."""
    hour, _, minute = name.split(AT)[1].partition(":")
    start = 60.0 * int(hour) + int(minute or 0)
    (at,) = np.nonzero(np.abs(brief.slot_start - start) < SLOT / 2)
    if not len(at):
        raise BadInput(f"{name}: the line is closed then; choose a half-hour from opening to closing.")
    return float(brief.slot_wait[at[0]])


def ratio(above: Any, below: Any) -> Estimate:
    """The ratio of two means over paired replications, with the interval of its linearised form."""
    bottom = float(np.mean(below))
    if not bottom:
        return Estimate(float("nan"), float("inf"), CONFIDENCE, len(above))
    middle = float(np.mean(above)) / bottom
    spread = estimate(((np.asarray(above) - middle * np.asarray(below)) / bottom).tolist())
    return Estimate(middle, spread.half_width, spread.confidence, spread.replications)


def shifted(found: Estimate, by: float, scale: float) -> Estimate:
    """An estimate moved and stretched."""
    return Estimate(
        (found.mean + by) * scale, found.half_width * abs(scale), found.confidence, found.replications
    )


@dataclass(frozen=True)
class _Group:
    """Questions that one run answers."""

    replications: int
    seed: int
    over: str
    begins: str


def answers(
    questions: Sequence[Question],
    *,
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> tuple[Estimate, ...]:
    """The answers, each plan run once for all questions about it; raises BadInput, also when stopped before the end."""
    groups: dict[_Group, list[int]] = {}
    for at, question in enumerate(questions):
        begins = question.scenarios()[0].model_dump_json() if question.over != "week" else ""
        group = _Group(question.replications, question.seed, question.over, begins)
        groups.setdefault(group, []).append(at)
    found: dict[int, Estimate] = {}
    total, done = sum(group.replications for group in groups), 0
    for group, members in groups.items():
        asked = [questions[at] for at in members]
        report = progress and partial(_of_all, progress, done, total)
        found |= zip(members, _answered(asked, workers, report, stop), strict=True)
        done += group.replications
    return tuple(found[at] for at in range(len(questions)))


def _of_all(report: Report, before: int, total: int, here: Progress) -> None:
    """Tell how far all groups have come: those that follow are guessed to take as long as this one."""
    left = here.seconds_left
    if left is not None and here.done < here.total:
        left *= (total - before - here.done) / (here.total - here.done)
    elif before + here.done < total:
        left = None
    report(Progress(before + here.done, total, left))


def _answered(
    questions: Sequence[Question], workers: int | None, progress: Report | None, stop: Event | None
) -> list[Estimate]:
    first = questions[0]
    plans: dict[str, Scenario] = {}
    keys: list[list[str]] = []
    for question in questions:
        of_this = question.scenarios()
        keys.append([plan.model_dump_json() for plan in of_this])
        plans |= zip(keys[-1], of_this, strict=True)
    place = {key: at for at, key in enumerate(plans)}
    done = sorted(
        stream(
            list(plans.values()), range(first.replications), seed=first.seed, span=first.run(),
            workers=workers, progress=progress, stop=stop,
        ),
        key=lambda each: each.replication,
    )  # fmt: skip
    if len(done) < first.replications:
        raise BadInput("Stopped before the answer was known; run it again.")
    return [
        question.answer([[each.summaries[place[key]] for key in named_by] for each in done])
        for question, named_by in zip(questions, keys, strict=True)
    ]
