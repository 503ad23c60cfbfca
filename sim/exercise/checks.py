"""What is said to an answer: what to look at next, never the answer itself. The same answer gets the same verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from sim.exercise.answers import understood
from sim.exercise.plans import changed
from sim.exercise.source import Aim, Check, Misconception
from sim.exercise.truth import Answer, truth
from sim.experiment.estimate import Estimate
from sim.experiment.expected import Told
from sim.experiment.questions import Question, answers
from sim.measures import MEASURES
from sim.scenario import BadInput, Scenario, fields, path_of

Word = Literal["not attempted", "met", "not yet", "cannot be read"]
Plan = Callable[[str], Scenario]
"""Turns a decision code into a plan; raises BadInput."""
Ask = Callable[[Sequence[Question]], Sequence[Estimate]]
"""Asks the model, perhaps with progress and a way to stop; raises BadInput."""


@dataclass(frozen=True)
class Verdict:
    """What came of an answer: one word, one sentence, and the misconception it shows, if any."""

    word: Word
    says: str
    misconception: str = ""

    @property
    def counts(self) -> bool:
        """Whether it was an attempt."""
        return self.word in ("met", "not yet")


BLANK = Verdict("not attempted", "Not attempted yet.")


def check(
    asked: Check, given: Any, told: Mapping[str, Told], plan: Plan | None = None, ask: Ask = answers
) -> Verdict:
    """The verdict on an answer of any type; only where the model must be `ask`ed does it take a while."""
    try:
        answer = understood(asked, given)
        if answer is None:
            return BLANK
        if asked.kind == "scenario":
            return _plan_reaches(asked, str(answer), plan, ask)
    except BadInput as error:
        return Verdict("cannot be read", str(error))
    if _meets(asked, answer, told):
        return Verdict("met", asked.right)
    for each in asked.misconceptions:
        if _shows(each, answer):
            return Verdict("not yet", each.hint, each.name)
    return Verdict("not yet", asked.look)


def _meets(asked: Check, answer: Answer, told: Mapping[str, Told]) -> bool:
    found = truth(asked, told)
    if found.texts:
        return (answer if isinstance(answer, tuple) else (answer,)) == found.texts
    given = answer if isinstance(answer, tuple) else (answer,)
    rows = zip(given, found.values, found.around, strict=True)
    return all(abs(float(one) - right) <= max(asked.within, around) for one, right, around in rows)


def _shows(each: Misconception, answer: Answer) -> bool:
    if each.near is not None:
        return isinstance(answer, float) and isfinite(answer) and abs(answer - each.near) <= each.within
    return answer in (each.option, each.order)


def _plan_reaches(asked: Check, code: str, plan: Plan | None, ask: Ask) -> Verdict:
    """Run the plan on the exercise's customers and compare it with every aim."""
    if plan is None:
        raise BadInput("A plan cannot be run here.")
    scenario = plan(code)
    _only_these(asked, scenario)
    reached = list(zip(asked.aims, _reached(asked, scenario, ask), strict=True))
    short = [(aim, value) for aim, value in reached if _misses(aim, value)]
    if short:
        return Verdict("not yet", f"{asked.look} {_gaps(short)}")
    return Verdict("met", f"{asked.right} {_gaps(reached)}")


def _only_these(asked: Check, scenario: Scenario) -> None:
    allowed = {path_of(name) for name in asked.levers}
    others = [path for path in changed(scenario, asked.operation) if path not in allowed]
    if others:
        raise BadInput(f"{fields()[others[0]].title}: is not a lever of this task; leave it as it is.")


def _reached(asked: Check, scenario: Scenario, ask: Ask) -> list[float]:
    before = changed(scenario, asked.operation)
    questions = [
        Question(measure=aim.measure, operation=asked.operation, before=before) for aim in asked.aims
    ]
    return [each.mean for each in ask(questions)]


def _misses(aim: Aim, value: float) -> bool:
    low, high = aim.at_least, aim.at_most
    return (low is not None and value < low) or (high is not None and value > high)


def _gaps(reached: Sequence[tuple[Aim, float]]) -> str:
    told = "; ".join(_gap(aim, value) for aim, value in reached)
    return f"{told[0].upper()}{told[1:]}."


def _gap(aim: Aim, value: float) -> str:
    """What a plan reaches, what was asked for, and how much lies between; shares are told of 100."""
    measure = MEASURES[aim.measure]
    at_most = aim.at_least is None or (aim.at_most is not None and value > aim.at_most)
    edge, word = (aim.at_most or 0.0, "at most") if at_most else (aim.at_least or 0.0, "at least")
    scale, unit = (100, "of 100") if measure.kind == "share" else (1, measure.unit)
    shown, asked, between = (_plain(scale * number) for number in (value, edge, abs(value - edge)))
    margin = f"{between} {'short' if _misses(aim, value) else 'to spare'}"
    return f"{measure.title.lower()} is {shown} {unit}, {word} {asked} asked: {margin}"


def _plain(number: float) -> str:
    """A number with one decimal where it is below a hundred and needs it."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.1f}".removesuffix(".0")
