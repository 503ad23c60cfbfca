"""What a learner did with a card: every step adds to it, and nothing that was locked can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sim.exercise.answers import understood
from sim.exercise.checks import BLANK, Ask, Plan, Verdict, check
from sim.exercise.source import HINTS, Card, Prediction
from sim.exercise.truth import Answer
from sim.experiment.expected import Told
from sim.experiment.questions import answers
from sim.scenario import BadInput

Sure = Literal["a guess", "fairly", "very"]
SURE: tuple[Sure, ...] = ("a guess", "fairly", "very")
Which = Literal["predict", "again"]
LONGEST_WHY = 2000


@dataclass(frozen=True)
class Locked:
    """A prediction that cannot be changed: what was said, how sure, and when."""

    answer: Answer
    sure: Sure
    at: datetime


@dataclass(frozen=True)
class Try:
    """An answer to a check, as it was given, and its verdict."""

    given: Any
    verdict: Verdict


@dataclass(frozen=True)
class Attempt:
    """All that a learner has done with one card.

    `seen`: the model's answers to the predictions that were run, by question; none before the prediction is locked.
    """

    card: Card
    locked: Mapping[str, Locked] = field(default_factory=dict)
    seen: Mapping[str, Told] = field(default_factory=dict)
    ran: frozenset[str] = frozenset()
    observed: tuple[Try, ...] = ()
    why: str = ""
    tries: tuple[Try, ...] = ()
    hints: int = 0
    solution_seen: bool = False

    def prediction(self, which: Which) -> Prediction:
        """The card's first or second prediction; raises BadInput where it has none."""
        found = self.card.predict if which == "predict" else self.card.again
        if found is None:
            raise BadInput("This card asks for no such prediction.")
        return found

    def lock(self, given: Any, sure: Sure, at: datetime, which: Which = "predict") -> "Attempt":
        """Commit to a prediction; raises BadInput for one that is blank, cannot be read, or was locked before."""
        if which in self.locked:
            raise BadInput("The prediction is locked; it cannot be changed any more.")
        if sure not in SURE:
            raise BadInput(f"Say how sure you are ({', '.join(SURE)}); then lock it.")
        answer = understood(self.prediction(which), given)
        if answer is None:
            raise BadInput("Predict first; then lock it.")
        return replace(self, locked={**self.locked, which: Locked(answer, sure, at)})

    def reveal(self, told: Mapping[str, Told], which: Which = "predict") -> "Attempt":
        """Take in what the model answered; raises BadInput before the prediction is locked."""
        if which not in self.locked:
            raise BadInput("Lock the prediction first; then run it.")
        return replace(self, seen={**self.seen, **told}, ran=self.ran | {which})

    def observe(self, given: Any, told: Mapping[str, Told]) -> "Attempt":
        """Say what is there to see; raises BadInput before there is anything."""
        if self.card.observe is None or (self.card.predict and "predict" not in self.ran):
            raise BadInput("Run it first; then say what you see.")
        return replace(self, observed=(*self.observed, Try(given, check(self.card.observe, given, told))))

    def explain(self, why: str) -> "Attempt":
        """Keep one's own words; raises BadInput for a text too long to keep."""
        if len(why) > LONGEST_WHY:
            raise BadInput(f"{len(why)} letters are more than {LONGEST_WHY}; two lines are enough.")
        return replace(self, why=why.strip())

    def answer(
        self, given: Any, told: Mapping[str, Told], plan: Plan | None = None, ask: Ask = answers
    ) -> "Attempt":
        """Try the check; a blank, or what cannot be read, is no attempt."""
        if self.card.check is None:
            raise BadInput("This card checks nothing.")
        return self.tried(given, check(self.card.check, given, told, plan, ask))

    def tried(self, given: Any, verdict: Verdict) -> "Attempt":
        """Take in the verdict on an answer to the check."""
        return replace(self, tries=(*self.tries, Try(given, verdict)))

    def hint(self) -> "Attempt":
        """Take the next hint."""
        return replace(self, hints=min(HINTS, self.hints + 1))

    @property
    def verdict(self) -> Verdict:
        """Of the last try."""
        return self.tries[-1].verdict if self.tries else BLANK

    @property
    def attempted(self) -> bool:
        """Whether the check was answered, met or not."""
        return any(each.verdict.counts for each in self.tries)

    def solve(self) -> "Attempt":
        """See the solution; raises BadInput before an attempt."""
        if not self.attempted:
            raise BadInput("Try it once; then the solution can be seen.")
        return replace(self, solution_seen=True)
