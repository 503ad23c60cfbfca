"""The one source of a lesson's exercises: a YAML file beside its notebook, checked as it is read."""

from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, Field, StringConstraints, ValidationError, model_validator

from sim.experiment.claims import CLAIMS
from sim.experiment.expected import quoted
from sim.experiment.questions import Question
from sim.measures import MEASURES
from sim.scenario import BadInput
from sim.scenario.fields import Part
from sim.scenario.words import nearest

Kind = Literal["number", "direction", "choice", "ranking", "curve", "scenario"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
DIRECTIONS = ("falls", "stays about the same", "rises")
HINTS = 3


class Option(Part):
    """One of several answers: its words, and the number or the question by which the model ranks it."""

    text: Words
    value: float | None = None
    question: Name | None = None


class Asked(Part):
    """A question to a learner, and where the model's answer comes from.

    number: `answer` names the question; the scale goes from `low` to `high`, chosen without looking at the answer.
    direction: `answer` names a question about a difference; less than `matters` (in the unit shown) counts as the same.
    choice: the option whose `value` is nearest to the `answer`, the option whose own question has the `best` number,
    or, where no number decides, the option at `key`. ranking: options by their questions, the `best` first.
    curve: one question of `answers` for each of `points`. scenario: a plan that meets every one of `aims`.
    """

    ask: Words
    kind: Kind
    unit: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[Option, ...] = ()
    points: tuple[float, ...] = ()
    axis: str = ""
    answer: Name | None = None
    answers: tuple[Name, ...] = ()
    best: Literal["highest", "lowest"] = "highest"
    key: int | None = None
    matters: float = 0.0
    aims: tuple["Aim", ...] = ()
    levers: tuple[str, ...] = ()
    operation: str = "today"

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        needs = {
            "number": self.answer and self._has_scale(),
            "direction": self.answer,
            "choice": len(self.options) > 1 and self._is_decided(),
            "ranking": len(self.options) > 1 and self._all_asked(),
            "curve": self._has_scale() and len(self.points) > 1 and len(self.answers) == len(self.points),
            "scenario": self.aims and self.levers,
        }
        if not needs[self.kind]:
            raise ValueError(f"a {self.kind} lacks what its answer is told by")
        if len({text.casefold() for text in self.texts}) < len(self.texts):
            raise ValueError("two of the options are the same")
        return self

    def _has_scale(self) -> bool:
        return self.low is not None and self.high is not None and self.low < self.high

    def _is_decided(self) -> bool:
        """Whether a choice has one way by which it is told which option holds."""
        if self.key is not None:
            return 0 <= self.key < len(self.options)
        if self.answer:
            return all(option.value is not None for option in self.options)
        return self._all_asked()

    def _all_asked(self) -> bool:
        return all(option.question for option in self.options)

    @property
    def scale(self) -> tuple[float, float]:
        """From where to where numbers may lie, in the unit shown."""
        return (self.low or 0.0, self.high if self.high is not None else inf)

    @property
    def texts(self) -> tuple[str, ...]:
        """The options' words; for a direction the three there are."""
        return DIRECTIONS if self.kind == "direction" else tuple(option.text for option in self.options)

    def quoted(self) -> tuple[str, ...]:
        """Names of the questions that the model's answer takes."""
        named = (self.answer, *self.answers, *(option.question for option in self.options))
        return tuple(name for name in named if name)


class Aim(Part):
    """What a plan has to reach: a measure, and the least or the most it may be, in the measure's unit."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.measure not in MEASURES:
            raise ValueError(f"{self.measure}: no such measure; {nearest(self.measure, MEASURES)}")
        if self.at_least is None and self.at_most is None:
            raise ValueError(f"{self.measure}: an aim has at_least or at_most")
        return self


class Misconception(Part):
    """A likely answer that shows a particular way of thinking, and what to look at next.

    `near` a number (within `within`), or one of `options` by its words, or a whole order of them.
    """

    name: Name
    hint: Words
    near: float | None = None
    within: float = 0.0
    option: str | None = None
    order: tuple[str, ...] | None = None


class Prediction(Asked):
    """A prediction, and the finding that replaces it: `reveal` and `below` may quote {questions}."""

    reveal: Words
    below: str = ""

    def shown(self) -> tuple[str, ...]:
        """Names of the questions whose numbers the reveal shows; raises BadInput for braces that quote nothing."""
        return tuple(dict.fromkeys((*self.quoted(), *quoted(self.reveal), *quoted(self.below))))


class Check(Asked):
    """A task whose answer is checked.

    `within`: how far a number may lie from the model's, in the unit shown, never less than the model's own interval.
    `right`: said when it is met; `look`: said to anything else that no misconception explains.
    """

    within: float = 0.0
    right: Words
    look: Words
    misconceptions: tuple[Misconception, ...] = ()

    @model_validator(mode="after")
    def _misconceptions_can_be_given(self) -> Self:
        for each in self.misconceptions:
            named = (each.option,) if each.option is not None else each.order or ()
            if (each.near is None and not named) or any(text not in self.texts for text in named):
                raise ValueError(f"{each.name}: nobody can give this answer")
        return self


class Explain(Part):
    """The why box: the question, and three points to compare one's own words with; nobody grades them."""

    ask: Words = "Why? Two lines in your own words."
    points: tuple[Words, ...] = Field(min_length=1)


class Panels(Part):
    """Pictures of the control room to see the finding in: which, and the question `of` whose plans they show."""

    names: tuple[Literal["waiting", "consistency", "journey", "cost"], ...] = Field(min_length=1)
    of: Name


class Surprise(Part):
    """What may surprise: whether any sane queue shows it or it hangs on an assumption, and where it turns.

    `flip` names the question that shows it turned; `says` and `turns` may quote {questions}.
    """

    kind: Literal["structural", "assumed"]
    says: Words
    turns: Words
    flip: Name

    def shown(self) -> tuple[str, ...]:
        """Names of the questions whose numbers it shows; raises BadInput for braces that quote nothing."""
        return tuple(dict.fromkeys((self.flip, *quoted(self.says), *quoted(self.turns))))


class Watch(Part):
    """What somebody may say, and a reply."""

    says: Words
    reply: Words


class Card(Part):
    """One exercise, step by step; what is left out is no step of it.

    `after`: the card that is done first, where this one would give its answer away. `level`: 1 read, 2 change one
    lever, 3 design under constraint, 4 criticise. `idea`: the claim of the articles that it puts to the test.
    `levers`: whose lines in the journey can be looked into. `instructor` and `watch` are for instructors only.
    """

    id: Name
    title: Words
    after: Name | None = None
    level: int = Field(ge=1, le=4)
    minutes: float = Field(gt=0, le=60)
    idea: str = ""
    predict: Prediction | None = None
    panels: Panels | None = None
    observe: Check | None = None
    explain: Explain | None = None
    surprise: Surprise | None = None
    check: Check | None = None
    hints: tuple[Words, ...] = ()
    solution: str = ""
    again: Prediction | None = None
    levers: tuple[str, ...] = ()
    instructor: str = ""
    watch: tuple[Watch, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not (self.predict or self.check or self.explain):
            raise ValueError(f"{self.id}: a card asks for a prediction, an answer or one's own words")
        if self.idea and self.idea not in {claim.number for claim in CLAIMS}:
            raise ValueError(
                f"{self.id}: {self.idea} is no claim; {nearest(self.idea, [each.number for each in CLAIMS])}"
            )
        if self.check and (len(self.hints) != HINTS or not self.solution.strip()):
            raise ValueError(f"{self.id}: a check needs {HINTS} hints and a solution")
        return self

    def asked(self) -> tuple[Asked, ...]:
        """Everything it asks, in order."""
        return tuple(each for each in (self.predict, self.observe, self.check, self.again) if each)


class Lesson(Part):
    """A lesson's exercises and every question they ask of the model."""

    lesson: Name
    title: Words
    minutes: int = Field(gt=0, le=240)
    questions: Mapping[Name, Question]
    cards: tuple[Card, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _asks_what_it_names(self) -> Self:
        ids = [card.id for card in self.cards]
        if len(set(ids)) < len(ids):
            raise ValueError(f"{max(ids, key=ids.count)}: two cards have this id")
        for at, card in enumerate(self.cards):
            if card.after and card.after not in ids[:at]:
                raise ValueError(f"{card.id}: comes after {card.after}, which is no card before it")
        for card in self.cards:
            flips = (card.surprise.flip,) if card.surprise else ()
            shown = (card.panels.of,) if card.panels else ()
            for name in (*flips, *shown, *(name for each in card.asked() for name in each.quoted())):
                if name not in self.questions:
                    raise ValueError(f"{card.id}: no question is named {name}")
            if card.panels and self.questions[card.panels.of].over != "week":
                raise ValueError(
                    f"{card.id}: panels show a week, {card.panels.of} is about a {self.questions[card.panels.of].over}"
                )
        return self

    def card(self, name: str) -> Card:
        """A card by its id; raises BadInput."""
        found = {card.id: card for card in self.cards}
        if name not in found:
            raise BadInput(f"{name}: no such card; {nearest(name, found)}.")
        return found[name]


Model = TypeVar("Model", bound=BaseModel)


def read(path: Path) -> Lesson:
    """A lesson from its file; raises BadInput with one sentence naming the file."""
    return read_as(Lesson, path)


def read_as(model: type[Model], path: Path) -> Model:
    """What a YAML file holds, checked; raises BadInput with one sentence naming the file."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name}: could not be read.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"{path.name}: line {line} is not YAML ({error.problem}).") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput(f"{path.name}: is not YAML.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadInput(f"{path.name}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error
