"""What a facilitator shows that is no team's result, from the numbers kept beside the printed guide."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.experiment import Estimate
from sim.experiment.expected import Told
from sim.experiment.questions import opened, shifted
from sim.scenario import BadInput
from sim.workshop.guide import COVER, EXPECTED, FILE, Guide, Quoting, in_words, minute_of, quoting, read
from sim.workshop.paper import DAYS, HOURS, Hour, kept_days, kept_hours
from sim.workshop.source import Exhibit, Workshop, workshops_folder

ANSWERS: Mapping[Exhibit, tuple[str, ...]] = {
    "day": ("wait", "wait_90", "kept"),
    "people": (
        "kept_6",
        "kept",
        "kept_12",
        "days",
        "days_12",
        "told_once",
        "told_once_12",
        "kept_first",
        "kept_last",
    ),
    "two_operations": ("wait_a", "wait_b", "kept_a", "kept_b", "spread_a", "spread_b", "cost_b"),
    "worth": ("stay_agent", "stay_story", "stay_wow", "stay_wow_twice"),
}
"""The questions of a guide that an exhibit shows the answers to, by name."""
POINTS = "assumptions.customers.quality.delight"
"""The assumption that is handed over: how many points of quality a wow is worth."""


@dataclass(frozen=True)
class Day:
    """One day of the operation as it is: waits in minutes by half-hour, stopped first at the minute `stop`."""

    hours: tuple[Hour, ...]
    stop: float
    wait: Told
    wait_90: Told
    kept: Told


@dataclass(frozen=True)
class People:
    """What the fewest people, today's and the most come to, and what the first and the last one more bring."""

    heads: tuple[str, str, str]
    kept: tuple[Told, Told, Told]
    days: tuple[Told, Told]
    told_once: tuple[Told, Told]
    first: Told
    last: Told


@dataclass(frozen=True)
class Operation:
    """One of two operations with nearly the same average wait: promises kept of 100, day by day, and its answers."""

    letter: str
    cover: str
    days: tuple[float, ...]
    wait: Estimate
    kept: Estimate
    spread: Estimate


@dataclass(frozen=True)
class TwoOperations:
    """Two operations; what the second costs more, in dollars a week, and the bar, of 100."""

    pair: tuple[Operation, Operation]
    cost: Estimate
    bar: float


@dataclass(frozen=True)
class Offer:
    """Something bought, and of 100 customers how many more are expected to stay for a year."""

    title: str
    stay: Estimate


@dataclass(frozen=True)
class Worth:
    """One person more and the story kept; then a wow, worth as many points of quality as assumed, and twice as many."""

    agent: Offer
    story: Offer
    wow: Offer
    twice: Offer

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All of them, in the order they are shown."""
        return self.agent, self.story, self.wow, self.twice


Made = Day | People | TwoOperations | Worth


def lacking(workshop: Workshop, root: Path | None = None) -> str:
    """A sentence about the first exhibit that cannot be shown, empty where all can; they are then left out."""
    for name in dict.fromkeys(
        each for where in workshop.rounds for named in where.exhibits.values() for each in named
    ):
        try:
            _made(name, _folder(workshop, root))
        except BadInput as error:
            return f"{workshop.name}: its exhibit {name.replace('_', ' ')} is not shown; {error}"
    return ""


def day(workshop: Workshop, root: Path | None = None) -> Day:
    """One day of the operation as it is; raises BadInput."""
    return _day(*_kept(_folder(workshop, root)))


def people(workshop: Workshop, root: Path | None = None) -> People:
    """What more people bring, and what not; raises BadInput."""
    return _people(*_kept(_folder(workshop, root)))


def two_operations(workshop: Workshop, root: Path | None = None) -> TwoOperations:
    """Two operations with nearly the same average wait; raises BadInput."""
    return _two_operations(*_kept(_folder(workshop, root)))


def worth(workshop: Workshop, root: Path | None = None) -> Worth:
    """What each offer is worth to customers; raises BadInput."""
    return _worth(*_kept(_folder(workshop, root)))


def _made(name: Exhibit, folder: Path) -> Made:
    making: Mapping[Exhibit, Callable[[Path, Quoting], Made]] = {
        "day": _day,
        "people": _people,
        "two_operations": _two_operations,
        "worth": _worth,
    }
    return making[name](*_kept(folder))


def _folder(workshop: Workshop, root: Path | None) -> Path:
    return (root or workshops_folder()) / workshop.name


def _kept(folder: Path) -> tuple[Path, Quoting]:
    """The guide and its answers, read again only when a file has changed."""
    try:
        stamps = tuple((folder / name).stat().st_mtime_ns for name in (FILE, EXPECTED, HOURS, DAYS))
    except OSError as error:
        raise BadInput(f"{Path(str(error.filename)).name} is not beside workshop.yaml.") from error
    return folder, _read(folder, stamps)


@cache
def _read(folder: Path, stamps: tuple[int, ...]) -> Quoting:
    del stamps  # they make it be read anew
    return quoting(folder, read(folder / FILE))


def _answers(quote: Quoting, name: Exhibit) -> list[Told]:
    missing = [each for each in ANSWERS[name] if each not in quote.told]
    if missing:
        raise BadInput(f"{FILE}: asks no question named {missing[0]}.")
    return [quote.told[each] for each in ANSWERS[name]]


def _day(folder: Path, quote: Quoting) -> Day:
    pages = quote.guide.paper.pages if quote.guide.paper else ()
    covered = next((page.covered for page in pages if page.shows == "day" and page.covered), None)
    if covered is None:
        raise BadInput(f"{FILE}: has no booklet page that shows a day and is covered at first.")
    return Day(tuple(kept_hours(folder)), minute_of(covered), *_answers(quote, "day"))


def _people(folder: Path, quote: Quoting) -> People:
    del folder
    kept_6, kept, kept_12, days, days_12, once, once_12, first, last = _answers(quote, "people")
    heads = quote("{least} people"), quote("{agents} today"), quote("{most} people")
    return People(heads, (kept_6, kept, kept_12), (days, days_12), (once, once_12), first, last)


def _two_operations(folder: Path, quote: Quoting) -> TwoOperations:
    wait_a, wait_b, kept_a, kept_b, spread_a, spread_b, cost = map(_shown, _answers(quote, "two_operations"))
    days = kept_days(folder)
    told = zip(("a", "b"), ((wait_a, kept_a, spread_a), (wait_b, kept_b, spread_b)), strict=True)
    one, other = (
        Operation(
            name.upper(),
            _cover(quote.guide, name),
            tuple(100 * day.kept / day.issues for day in days if day.cover == name and day.issues),
            *found,
        )
        for name, found in told
    )
    bar = opened(quote.guide.operation, {}).plan.promise.bar
    return TwoOperations((one, other), cost, 100 * bar)


def _worth(folder: Path, quote: Quoting) -> Worth:
    del folder
    agent, story, wow, twice = _answers(quote, "worth")
    operation = quote.guide.operation
    points = [opened(operation, each.question.before).value(POINTS) for each in (wow, twice)]
    wows = (f"Wow, {how}: {each:g} points" for how, each in zip(("assumed", "doubled"), points, strict=True))
    titles = ("One more person", "The story kept", *wows)
    return Worth(
        *(Offer(*each) for each in zip(titles, map(_shown, (agent, story, wow, twice)), strict=True))
    )


def _cover(guide: Guide, name: str) -> str:
    if name not in guide.covers:
        raise BadInput(f"{FILE}: has no {COVER} named {name}.")
    return in_words(guide.covers[name])


def _shown(told: Told) -> Estimate:
    """An answer in the unit it is shown in."""
    return shifted(told.answer, 0.0, told.scale)


def apart(one: Estimate, other: Estimate) -> bool:
    """Whether the first is surely above the second: their intervals do not meet."""
    return one.low > other.high


def highest(hours: Sequence[Hour]) -> Hour:
    """The half-hour with the longest wait."""
    return max(hours, key=lambda hour: hour.wait)
