"""The guess of queueing theory in words, before a run, and in numbers beside its results."""

from collections.abc import Iterator
from math import isfinite

from sim.cli import screen
from sim.cli.choose import clock
from sim.cli.figures import decimals, shown
from sim.experiment.guess import Busiest, Guess
from sim.measures import MEASURES
from sim.scenario import Scenario
from sim.scenario.plan import WEEKDAYS
from sim.scenario.types import MINUTES_PER_DAY
from sim.views import formats

LEFT_OUT = (
    "The guess leaves out issues that come back, redials, holds for approval, and days busier than usual: "
    "where the run differs, look there first."
)


def show_guess(found: Guess, scenario: Scenario) -> None:
    """Print what theory expects, before anything has run."""
    screen.say("What theory guesses", "bold")
    for sentence in sentences(found, scenario):
        screen.say(sentence)
    screen.say()


def sentences(found: Guess, scenario: Scenario) -> Iterator[str]:
    """The guess in a few sentences: load, who is there to meet it, and Erlang A."""
    if not found.load:
        yield "No contact asks for a person, so theory has nothing to say."
        return
    yield from _load(found, found.busiest)
    yield _expected(found, scenario)
    yield LEFT_OUT


def _load(found: Guess, busiest: Busiest) -> Iterator[str]:
    yield (
        f"Work comes in for {_one(found.load)} people on average, and for {_one(busiest.load)} in the busiest "
        f"half-hour, {moment(busiest.minute)} (offered load, in erlangs; {_two(found.handle_time)} minutes a contact)."
    )
    yield (
        f"{_one(busiest.on_duty)} people are on duty then; square-root staffing would have "
        f"{_one(busiest.suggested)} there."
    )


def _expected(found: Guess, scenario: Scenario) -> str:
    values = found.values
    if not isfinite(values["wait_mean"]):
        return "At some hours more work comes in than can be done, and nobody hangs up: the line grows for as long."
    return (
        f"Erlang A, half-hour by half-hour: {guessed('service_level', found)} of 100 answered within "
        f"{target(scenario.plan.promise.answer_target)}, mean wait {guessed('wait_mean', found)} minutes, "
        f"{guessed('abandonment_rate', found)} of 100 hang up, occupancy {guessed('occupancy', found)} of 100."
    )


def guessed(name: str, found: Guess) -> str:
    """Theory's number for a measure; empty where theory says nothing."""
    if name not in found.values:
        return ""
    value = found.values[name]
    return shown(MEASURES[name], value, decimals(MEASURES[name], value))


def moment(minute: float) -> str:
    """A minute of the week in words: Monday 10:00."""
    day, rest = divmod(minute, MINUTES_PER_DAY)
    return f"{WEEKDAYS[int(day)].capitalize()} {clock(rest)}"


def target(minutes: float) -> str:
    """A target in words: 20 s, 2 minutes."""
    return f"{60 * minutes:.3g} s" if minutes < 1 else f"{minutes:g} minute{'' if minutes == 1 else 's'}"


def _one(value: float) -> str:
    return formats.number(value, 1)


def _two(value: float) -> str:
    return formats.number(value, 2)
