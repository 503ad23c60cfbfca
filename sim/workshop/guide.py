"""The one source of a workshop's printed pages: a YAML file whose numbers are the model's, checked as it is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import Field, StringConstraints, ValidationError, model_validator

from sim.experiment.expected import Told, kept
from sim.experiment.questions import Question, opened
from sim.scenario import BadInput
from sim.scenario.fields import Part
from sim.scenario.words import nearest, sentence
from sim.workshop.blocks import Cards, Sheet, Words

FILE = "guide.yaml"
EXPECTED = "guide.expected.yaml"
Clock = Annotated[str, StringConstraints(pattern=r"^\d:[0-5]\d$")]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^[0-2]?\d:[0-5]\d$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
COVER = "cover"
"""Words quote a cover by this and its name: {cover_a}."""


def minute_of(clock: str) -> int:
    """Minutes from the start, or from midnight: "1:07" is 67."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


class Front(Part):
    """What a facilitator has to know before the day; `people`: from and to, `team`: the same of one team."""

    audience: Words
    people: tuple[int, int]
    team: tuple[int, int]
    room: Words
    minutes: int = Field(ge=10, le=600)
    before: tuple[Words, ...] = Field(min_length=1)
    print: tuple[Words, ...] = Field(min_length=1)
    machine: tuple[Words, ...] = Field(min_length=1)


class Role(Part):
    """What somebody does in a team."""

    name: Words
    does: tuple[Words, ...] = Field(min_length=1)


class Watch(Part):
    """What somebody may say, and a reply."""

    says: Words
    reply: Words


class Step(Part):
    """One step of the facilitator's clock; `booklet`: the page of the booklet that stands in when the screen fails."""

    at: Clock
    minutes: int = Field(ge=1, le=120)
    title: Words
    do: tuple[Words, ...] = Field(min_length=1)
    say: tuple[Words, ...] = ()
    ask: tuple[Words, ...] = ()
    expect: tuple[Words, ...] = ()
    watch: tuple[Watch, ...] = ()
    fails: Words
    cut: str = ""
    booklet: int | None = Field(None, ge=1)

    def words(self) -> tuple[str, ...]:
        """Every text of it that may quote {names}."""
        replies = (text for each in self.watch for text in (each.says, each.reply))
        rest = (self.fails, self.cut)
        return (*self.do, *self.say, *self.ask, *self.expect, *replies, *rest)


class Setting(Part):
    """A number of the plan or of the assumptions, perhaps of a changed plan; shares are shown of 100 by `times`."""

    path: str
    times: float = 1.0
    changes: Mapping[str, Any] = Field(default_factory=dict)

    def told(self, operation: str) -> str:
        """As words quote it; raises BadInput."""
        return f"{opened(operation, self.changes).value(self.path) * self.times:,.6g}"


class Person(Part):
    """A customer who is followed: a name, who it is, and the issue of one replication that is theirs."""

    name: Words
    who: Words
    replication: int = Field(ge=0)
    issue: int = Field(ge=0)


class Fates(Part):
    """Customers, and the plans under which their same issue is told, by what the plan is called on a card."""

    plans: Mapping[Words, Mapping[str, Any]] = Field(min_length=1)
    people: tuple[Person, ...] = Field(min_length=1)


class Situation(Part):
    """A kind of day in the lookup booklet: what it is called, and what it changes."""

    name: Name
    title: Words
    changes: Mapping[str, Any] = Field(default_factory=dict)


class Page(Part):
    """A page of the booklet that stands in for screens.

    `shows`: "table" looks plans up, one table a situation, for `variant` of the paper's variants; "day" is a day in
    half-hours, with a dashed line where it is `covered` at first; "curve" the lever from its least to its most, "days"
    the covers day by day, "score" a form.
    """

    title: Words
    shows: Literal["table", "day", "curve", "days", "score"]
    variant: Name | None = None
    covered: TimeOfDay | None = None
    above: tuple[Words, ...] = ()
    below: tuple[Words, ...] = ()


class Paper(Part):
    """The lookup booklet: one lever, step by step, in some variants, on some kinds of day.

    `variants`: named changes of the plan; `measures`: what is told, by name in the catalogue.
    """

    lever: str
    values: tuple[int, ...] = Field(min_length=2)
    now: int
    variants: Mapping[Name, Mapping[str, Any]] = Field(min_length=1)
    situations: tuple[Situation, ...] = Field(min_length=1)
    measures: tuple[str, ...] = Field(min_length=1)
    pages: tuple[Page, ...] = Field(min_length=1)

    def words(self) -> Iterator[str]:
        """Every text of it that may quote {names}."""
        yield from (situation.title for situation in self.situations)
        yield from (text for page in self.pages for text in (*page.above, *page.below))


class Guide(Part):
    """A workshop on paper.

    `questions`, `settings`, `covers`: where the numbers come from that words quote as {name}; a cover is the number of
    agents on each open day. `see` are the participants' pages, `takeaway` the sheet they leave with.
    """

    workshop: Name
    title: Words
    line: Words
    operation: str = "today"
    seed: int = 1
    front: Front
    roles: tuple[Role, ...] = Field(min_length=1)
    settings: Mapping[Name, Setting] = Field(default_factory=dict)
    covers: Mapping[Name, tuple[int, ...]] = Field(default_factory=dict)
    questions: Mapping[Name, Question]
    steps: tuple[Step, ...] = Field(min_length=1)
    see: tuple[Sheet, ...] = Field(min_length=1, max_length=8)
    cards: tuple[Cards, ...] = ()
    fates: Fates | None = None
    paper: Paper | None = None
    takeaway: Sheet

    @model_validator(mode="after")
    def _asks_of_one_operation(self) -> Self:
        for name, asked in self.questions.items():
            if (asked.operation, asked.seed) != (self.operation, self.seed):
                raise ValueError(
                    f"{name}: asks of {asked.operation} with seed {asked.seed}; the guide is about {self.operation} "
                    f"with seed {self.seed}"
                )
        return self

    @model_validator(mode="after")
    def _keeps_its_clock(self) -> Self:
        now = 0
        for step in self.steps:
            if minute_of(step.at) != now:
                raise ValueError(
                    f"{step.title}: begins at {step.at}, but the steps before it end at {clock(now)}"
                )
            now += step.minutes
        if now != self.front.minutes:
            raise ValueError(f"the steps take {now} minutes of {self.front.minutes}; let them agree")
        return self

    def words(self) -> Iterator[str]:
        """Every text that may quote {names}."""
        yield from (text for step in self.steps for text in step.words())
        yield from (text for page in (*self.see, self.takeaway) for text in page.words())
        yield from (text for kind in self.cards for card in kind.cards for text in card.words())
        yield from self.paper.words() if self.paper else ()

    @model_validator(mode="after")
    def _quotes_what_there_is(self) -> Self:
        known = {*self.questions, *self.settings, *(f"{COVER}_{name}" for name in self.covers)}
        for text in self.words():
            unknown = quoted(text) - known
            if unknown:
                name = min(unknown)
                raise ValueError(
                    f"a text quotes {{{name}}}, but nothing has this name; {nearest(name, known)}"
                )
        return self

    @model_validator(mode="after")
    def _names_pages_there_are(self) -> Self:
        pages = len(self.paper.pages) if self.paper else 0
        for step in self.steps:
            if step.booklet and step.booklet > pages:
                raise ValueError(f"{step.title}: booklet page {step.booklet} is outside 1 to {pages}")
        return self


def quoted(text: str) -> set[str]:
    """The names that a text quotes."""
    return {name.split(".")[0] for _, name, _, _ in Formatter().parse(text) if name}


def clock(minute: int) -> str:
    """Minutes from the start as the clock shows them."""
    return f"{minute // 60}:{minute % 60:02d}"


def staffed(cover: Sequence[int]) -> dict[str, Any]:
    """What a cover changes in a plan: so many agents on each open day."""
    most = max(cover)
    return {
        "plan.staffing.agents": most,
        "plan.staffing.curve": [[agents / most] for agents in cover],
    }


def read(path: Path) -> Guide:
    """A guide from its file; raises BadInput with one sentence naming the file."""
    try:
        return Guide.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name}: could not be read.") from error
    except yaml.YAMLError as error:
        raise BadInput(f"{path.name}: is not YAML ({str(error).splitlines()[0]}).") from error
    except ValidationError as error:
        raise BadInput(f"{path.name}: {sentence(error, Guide)}") from error


@dataclass(frozen=True)
class Quoting:
    """A guide with the numbers its words quote."""

    guide: Guide
    told: Mapping[str, Told]

    @cached_property
    def _names(self) -> dict[str, Any]:
        covers = {f"{COVER}_{name}": in_words(cover) for name, cover in self.guide.covers.items()}
        return {**covers, **settings(self.guide), **self.told}

    def __call__(self, text: str) -> str:
        """The text with its {names} replaced; raises BadInput naming one that stands for nothing."""
        return filled(text, self._names)


def settings(guide: Guide) -> dict[str, str]:
    """What the settings' names stand for."""
    return {name: setting.told(guide.operation) for name, setting in guide.settings.items()}


def filled(text: str, names: Mapping[str, Any]) -> str:
    """The text with its {names} replaced; raises BadInput naming one that stands for nothing."""
    try:
        return text.format_map(names)
    except (KeyError, AttributeError) as error:
        raise BadInput(f"{error}: the text quotes it, but nothing has this name.") from error
    except (ValueError, IndexError) as error:
        raise BadInput(f"{text[:40]}: has a brace that closes or opens nothing.") from error


def quoting(folder: Path, guide: Guide) -> Quoting:
    """The guide with what the model answered, as kept beside it; raises BadInput."""
    try:
        return Quoting(guide, kept(folder / EXPECTED, guide.questions))
    except BadInput as error:
        raise BadInput(
            f"{EXPECTED}: the model was not asked all that the guide quotes; "
            f"run sim workshop print {guide.workshop} --ask-again."
        ) from error


def in_words(cover: Sequence[int]) -> str:
    """A cover as it is read aloud: "7 every day", "6, 10, 6, 10 and 8"."""
    if len(set(cover)) == 1:
        return f"{cover[0]} every day"
    return f"{', '.join(str(agents) for agents in cover[:-1])} and {cover[-1]}"


def guide_folder(name: str, root: Path | None = None) -> Path:
    """The folder of a workshop that has a guide: beside the package, or here; raises BadInput."""
    places = [root] if root else [Path(__file__).resolve().parents[2], Path.cwd()]
    known = {path.parent.name: path.parent for place in places for path in place.glob(f"workshops/*/{FILE}")}
    if not known:
        raise BadInput("workshops/ is not here; run this in the kit's folder, the one that holds kit.py.")
    if name not in known:
        raise BadInput(f"{name}: no such workshop; {nearest(name, known)}.")
    return known[name]
