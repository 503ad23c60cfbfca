"""What a workshop's desk needs of its source: rounds, levers, choices, predictions, and the steps of the clock."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from sim.experiment.questions import Question
from sim.measures.catalogue import MEASURES, Measure
from sim.scenario import BadInput, FieldFacts, Scenario, fields, path_of
from sim.scenario.codes import operation
from sim.scenario.fields import Part
from sim.scenario.files import plain_content
from sim.scenario.words import nearest, sentence

FORMAT = 1
FILE = "workshop.yaml"
LARGEST_BYTES = 1_000_000

Phase = Literal["brief", "predict", "decide", "frozen", "computed", "reveal", "debrief"]
PHASES: tuple[Phase, ...] = ("brief", "predict", "decide", "frozen", "computed", "reveal", "debrief")
"""The phases of every round, in order."""

Exhibit = Literal["day", "people", "two_operations", "worth"]
EXHIBITED: tuple[Phase, ...] = ("brief", "reveal", "debrief")
"""The phases that may have exhibits; those of the reveal follow the curve, where there is one."""

Access = Literal["hidden", "locked", "open", "limited"]
Kind = Literal["number", "choice", "ranking"]
Name = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
Value = bool | int | float | str | tuple[str, ...]


class Lever(Part):
    """One field of the plan in one round: whether teams see it, and how far they may move it.

    `low`, `high` and `step` are in the field's own unit; `options` lists the only values allowed. `price` is in dollars
    a week for one unit more, for the desk to show; scores do not know money.
    """

    path: str
    access: Access = "open"
    low: float | None = None
    high: float | None = None
    step: float | None = Field(None, ge=0.001)
    options: tuple[Value, ...] = ()
    price: float = 0.0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.path not in fields() or not self.path.startswith("plan."):
            plans = (path for path in fields() if path.startswith("plan."))
            raise ValueError(f"lever {self.path}: no such field of the plan; {nearest(self.path, plans)}")
        if self.access == "limited" and not self.options and (self.low is None or self.high is None):
            raise ValueError(f"lever {self.path}: is limited; give low and high, or options")
        return self

    @property
    def movable(self) -> bool:
        """Whether teams may move it in this round."""
        return self.access in ("open", "limited")

    @property
    def facts(self) -> FieldFacts:
        """Title, unit, range and help of the field."""
        return fields()[self.path]

    @property
    def lowest(self) -> float | None:
        """The lowest value allowed in this round; None where there is no end."""
        return self.facts.low if self.low is None else self.low

    @property
    def highest(self) -> float | None:
        """The highest value allowed in this round; None where there is no end."""
        return self.facts.high if self.high is None else self.high


class Choice(Part):
    """A named set of plan changes that a team takes whole; `price` in dollars a week, as it is shown to teams.

    `price_in_week`: whether the model's cost of a week holds that price already.
    """

    id: str = Name
    title: str
    plan: dict[str, Value]
    price: float = 0.0
    price_in_week: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for path in self.plan:
            if path not in fields() or not path.startswith("plan."):
                plans = (each for each in fields() if each.startswith("plan."))
                raise ValueError(f"choice {self.id}: {path} is no field of the plan; {nearest(path, plans)}")
        return self


class Option(Part):
    """One answer to a prediction: a choice of the round by its id, or a band of the measure, `low` to below `high`."""

    id: str = Name
    title: str
    low: float | None = None
    high: float | None = None


class Ask(Part):
    """What each team's forecaster predicts, and the measure of its own plan that it is scored on.

    With a `question` in place of the measure, the answer is the same for all: it is about the operation of the
    workshop, and is asked on the round's customers. A share is predicted "of 100". `low` to `high` is the range a
    number may have, and the scale its error is judged by; `step` is the width of a dot's column on the projector.
    Rankings and choices without bands are about the choices of the round: a ranking puts the highest value of the
    measure first.
    """

    id: str = Name
    kind: Kind
    ask: str
    measure: str = ""
    question: Question | None = None
    unit: str = ""
    low: float = 0.0
    high: float = 100.0
    step: float = Field(5.0, ge=0.001)
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.question is not None:
            self._asks_of_the_round(self.question)
        elif self.measure not in MEASURES:
            raise ValueError(
                f"prediction {self.id}: {self.measure} is no measure; {nearest(self.measure, MEASURES)}"
            )
        if self.kind != "number" and len(self.options) < 2:
            raise ValueError(f"prediction {self.id}: a {self.kind} needs two options or more")
        if self.low >= self.high:
            raise ValueError(f"prediction {self.id}: low {self.low:g} is not below high {self.high:g}")
        return self

    def _asks_of_the_round(self, question: Question) -> None:
        if self.measure:
            raise ValueError(f"prediction {self.id}: has a measure and a question; leave one out")
        if self.kind == "ranking":
            raise ValueError(f"prediction {self.id}: a ranking is of choices; give it a measure, no question")
        given = question.model_fields_set & {"operation", "seed", "replications", "over"}
        if given:
            raise ValueError(
                f"prediction {self.id}: {min(given)} is the round's own; leave it out of the question"
            )

    @property
    def measured(self) -> Measure:
        """The measure it is scored on."""
        return self.question.measure_of() if self.question else MEASURES[self.measure]

    @property
    def scale(self) -> float:
        """What the measure is multiplied by to be in the unit of the prediction: 100 for shares."""
        if self.question:
            return self.question.times
        return 100.0 if self.measured.kind == "share" else 1.0


class Round(Part):
    """One round: what teams may move, what they predict, and in which stages the outcome is revealed.

    `exhibits`: what is shown in a phase that is no team's result, from the numbers of the printed guide.
    """

    id: str = Name
    title: str
    brief: str = ""
    levers: tuple[Lever, ...] = ()
    choices: tuple[Choice, ...] = ()
    predictions: tuple[Ask, ...] = ()
    delight_counts: bool = False
    reveal: tuple[str, ...] = ("predictions", "curve", "board")
    exhibits: dict[Phase, tuple[Exhibit, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.reveal:
            raise ValueError(f"round {self.id}: the reveal has no stage; name one")
        unshown = sorted(set(self.exhibits) - set(EXHIBITED))
        if unshown:
            raise ValueError(
                f"round {self.id}: exhibits are shown in {', '.join(EXHIBITED)}, not in {unshown[0]}"
            )
        if not self.choices and not any(lever.movable for lever in self.levers):
            raise ValueError(f"round {self.id}: teams have nothing to decide; open a lever or give choices")
        known = {choice.id for choice in self.choices}
        for ask in self.predictions:
            for option in ask.options:
                if option.low is None and option.high is None and option.id not in known:
                    raise ValueError(
                        f"prediction {ask.id}: {option.id} is no choice of round {self.id}; {nearest(option.id, known)}"
                    )
        return self

    @property
    def called(self) -> str:
        """Its title as it stands within a sentence."""
        return self.title.rstrip("?!. ")

    @property
    def movable(self) -> tuple[Lever, ...]:
        """The levers that teams may move."""
        return tuple(lever for lever in self.levers if lever.movable)

    def lever(self, path: str) -> Lever | None:
        """The lever of that path, None where the source does not name it, which hides it."""
        return next((lever for lever in self.levers if lever.path == path), None)

    def choice(self, id_: str) -> Choice | None:
        """The choice of that id, if there is one."""
        return next((choice for choice in self.choices if choice.id == id_), None)

    def ask(self, id_: str) -> Ask | None:
        """The prediction of that id, if there is one."""
        return next((ask for ask in self.predictions if ask.id == id_), None)


class Step(Part):
    """One step of the clock: `at` is in minutes since the beginning; `say` is one line for the facilitator.

    `cut` is what to leave out when `cut_after` minutes behind the plan or more.
    """

    at: float = Field(ge=0)
    title: str
    phase: Phase | None = None
    round: str | None = None
    do: str = ""
    say: str = ""
    cut: str = ""
    cut_after: float = Field(5.0, gt=0)


class Workshop(Part):
    """A workshop as its desk needs it.

    `base` is a named scenario, and `operation` what differs from it in this workshop, assumptions allowed: together
    they are the operation of today, that every round begins from. `delight_worth` is the rule of the game: points for
    delighting everybody on a day at the bar. `replications` weeks are simulated for each plan.
    """

    kit: Literal[1] = 1
    name: str = Name
    title: str
    minutes: float = Field(ge=1)
    base: str = "today"
    operation: dict[str, Value] = Field(default_factory=dict)
    seed: int = 1
    replications: int = Field(20, ge=2, le=200)
    delight_worth: float = Field(50.0, ge=0, le=1000)
    rounds: tuple[Round, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ids = [round_.id for round_ in self.rounds]
        if len(set(ids)) < len(ids):
            raise ValueError("two rounds have one id; give each its own")
        times = [step.at for step in self.steps]
        if times != sorted(times) or (times and times[-1] > self.minutes):
            raise ValueError(f"the steps are not in the order of the clock, within {self.minutes:g} minutes")
        for step in self.steps:
            if step.round is not None and step.round not in ids:
                raise ValueError(f"step at {step.at:g}: {step.round} is no round; {nearest(step.round, ids)}")
        self._plans_hold()
        return self

    def _plans_hold(self) -> None:
        try:
            for round_ in self.rounds:
                for choice in round_.choices:
                    self.today.changed(choice.plan)
                self.besides(round_)
        except BadInput as error:
            raise ValueError(f"the operation, a choice or a question: {str(error).rstrip('.')}") from error

    @cached_property
    def origin(self) -> Scenario:
        """The kit's own operation that decision codes begin from; raises BadInput."""
        return operation(self.base)

    @cached_property
    def today(self) -> Scenario:
        """The operation that every round begins from; raises BadInput."""
        return self.origin.changed(self.operation)

    def besides(self, where: Round) -> dict[str, tuple[Scenario, ...]]:
        """The plans that a round's own questions are about, by prediction; raises BadInput."""
        return {
            ask.id: tuple(self._asked(changes) for changes in _changes(ask.question))
            for ask in where.predictions
            if ask.question
        }

    def _asked(self, changes: Mapping[str, Any]) -> Scenario:
        return self.today.changed({path_of(name): value for name, value in changes.items()})

    def plan(self, changes: Mapping[str, Any]) -> Scenario:
        """Today's operation with these changes of its plan; raises BadInput."""
        return self.today.changed(changes)


def _changes(question: Question) -> tuple[Mapping[str, Any], ...]:
    """What a question changes: of the one or two plans it is about."""
    return (question.before,) if question.after is None else (question.before, question.after)


def workshops_folder() -> Path:
    """The folder of the workshops: beside the package, or here; raises BadInput."""
    for root in (Path(__file__).resolve().parents[2], Path.cwd()):
        if any((root / "workshops").glob(f"*/{FILE}")):
            return root / "workshops"
    raise BadInput("workshops/ is not here; run this in the kit's folder, the one that holds kit.py.")


def workshop_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of all workshops, in order; raises BadInput when there is no folder of them."""
    return tuple(sorted(path.parent.name for path in (folder or workshops_folder()).glob(f"*/{FILE}")))


def workshop(name: str, folder: Path | None = None) -> Workshop:
    """The workshop of that name; raises BadInput with the nearest name, or with what its file has amiss."""
    known = workshop_names(folder)
    if name not in known:
        raise BadInput(f"{name}: no workshop has this name; {nearest(name, known)}.")
    return load_workshop((folder or workshops_folder()) / name / FILE)


def load_workshop(path: Path) -> Workshop:
    """Read a workshop's source; raises BadInput with one sentence naming the file."""
    where = f"{path.parent.name}/{path.name}"
    try:
        return workshop_from(plain_content(path.read_text(encoding="utf-8")))
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error
    except OSError as error:
        raise BadInput(f"{where}: could not be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{where}: is not UTF-8 text; save it as UTF-8.") from error


def workshop_from(content: Any) -> Workshop:
    """A workshop from plain data; raises BadInput with one sentence."""
    if not isinstance(content, dict):
        raise BadInput("holds no workshop; it begins with a line like kit: 1.")
    try:
        return Workshop.model_validate(content)
    except ValidationError as error:
        raise BadInput(sentence(error, Workshop)) from error
