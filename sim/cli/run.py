"""`sim run`: what theory guesses, what a run finds, and how sure it is."""

from typing import Any

from sim.cli import figures, screen
from sim.cli.choose import Chosen, with_unit
from sim.cli.screen import Column, Row, Section
from sim.cli.theory import guessed, show_guess
from sim.cli.watch import Ask, Measured, Outcome, watched
from sim.experiment import Estimate, Results
from sim.experiment.gathering import FEWEST
from sim.experiment.guess import Guess, guess
from sim.measures import MEASURES
from sim.scenario import LEVERS, Scenario, fields

COLUMNS = (
    Column("", number=False),
    Column("mean"),
    Column("", number=False),
    Column("95 % interval"),
    Column("theory"),
)
PROMISE, MONEY = "promise_kept", "cost_per_resolved_issue"


def run(choice: Chosen, ask: Ask, *, everything: bool, as_json: bool) -> None:
    """Run one scenario and show what came of it."""
    expected = guess(choice.scenario)
    if not as_json:
        show_scenario(choice)
        show_guess(expected, choice.scenario)
    found = watched(
        [choice.scenario], ask, promise_so_far, lambda runs, name: runs[0].estimate(name).half_width
    )
    if as_json:
        screen.show_json(content(choice, ask, found, expected))
    else:
        show(found, ask, expected, everything=everything)


def show_scenario(choice: Chosen) -> None:
    """Print the name of a scenario, its four levers, and what the command line changed."""
    screen.say(choice.scenario.title, "bold")
    screen.say(levers(choice.scenario))
    if choice.changes:
        screen.say(f"Changed: {'; '.join(choice.changes)}.")
    screen.say()


def levers(scenario: Scenario) -> str:
    """The four levers in a line."""
    told = ((fields()[path], scenario.value(path)) for path in LEVERS.values())
    return "; ".join(f"{facts.title} {with_unit(facts, value)}" for facts, value in told) + "."


def promise_so_far(results: Measured) -> str:
    """The promise kept, in the few words that fit beside a bar: of one scenario, or of the first and the last."""
    measure = MEASURES[PROMISE]
    ends = results if len(results) < 3 else (results[0], results[-1])
    believed = len(results[0].summaries) >= FEWEST
    tell = figures.with_half_width if believed else figures.mean
    return f"{measure.title} {' and '.join(tell(measure, found.estimate(PROMISE)) for found in ends)} of 100"


# ------------------------------------------------------------------------------------------------ for people


def show(found: Outcome, ask: Ask, expected: Guess, *, everything: bool) -> None:
    """Print the finding, the measures, and how they were come by."""
    results = found.results[0]
    screen.say(headline(results), "bold")
    screen.say()
    rows: list[Row] = []
    for title, measures in figures.groups(everything=everything).items():
        rows.append(Section(title))
        for measure in measures:
            estimate = results.estimate(measure.name)
            rows.append(
                (
                    measure.title,
                    figures.mean(measure, estimate),
                    figures.unit(measure),
                    figures.interval(measure, estimate),
                    guessed(measure.name, expected),
                )
            )
    screen.show_table(COLUMNS, rows)
    for words in closing(found, ask):
        screen.say(words)


def headline(results: Results) -> str:
    """The finding in one sentence: customers first, then money."""
    promise, money = results.estimate(PROMISE), results.estimate(MONEY)
    if not promise.replications:
        return "No issue came in, so no promise was kept or broken."
    kept = f"{figures.with_half_width(MEASURES[PROMISE], promise)} of 100 promises are kept"
    if not money.replications:
        return f"{kept}; no issue was resolved."
    return f"{kept}; a resolved issue costs ${figures.with_half_width(MEASURES[MONEY], money)}."


def closing(found: Outcome, ask: Ask) -> list[str]:
    """How the numbers were come by, and what cut them short."""
    words = []
    if found.stopped:
        words.append(f"Stopped at {found.replications} of {ask.total}. The bands are wider than asked for.")
    elif ask.until and not found.reached:
        words.append(not_reached(ask))
    many = "One replication" if found.replications == 1 else f"{found.replications} replications"
    band = "; intervals come with the second" if found.replications == 1 else "; ± is half of a 95 % interval"
    words.append(f"{many} of {ask.spell}, seed {ask.seed}{band}.")
    return words


def not_reached(ask: Ask) -> str:
    """What to say when the cap came before the half-widths asked for."""
    asked = ", ".join(MEASURES[name].title.lower() for name in ask.until)
    return (
        f"{ask.total} replications were not enough for the half-width asked of {asked}; "
        "ask for more with --replications."
    )


# ---------------------------------------------------------------------------------------------- for machines


def content(choice: Chosen, ask: Ask, found: Outcome, expected: Guess) -> dict[str, Any]:
    """What `sim run --json` prints."""
    results = found.results[0]
    return {
        "command": "run",
        "scenario": scenario_content(choice),
        **ask_content(ask, found),
        "theory": {
            "handle_time": expected.handle_time,
            "offered_load": expected.load,
            "busiest": vars(expected.busiest),
            "measures": expected.values,
        },
        "measures": {
            name: {"title": measure.title, "unit": measure.unit, **estimate_content(results.estimate(name))}
            for name, measure in MEASURES.items()
        },
    }


def scenario_content(choice: Chosen) -> dict[str, Any]:
    """A scenario as every command's JSON names it."""
    return {
        "asked": choice.word,
        "name": choice.scenario.name,
        "title": choice.scenario.title,
        "changes": choice.changes,
    }


def ask_content(ask: Ask, found: Outcome) -> dict[str, Any]:
    """How a run was asked for and how it ended, as every command's JSON says it."""
    return {
        "seed": ask.seed,
        "weeks": ask.weeks,
        "replications": found.replications,
        "replications_asked": ask.total,
        "until": ask.until,
        "reached": found.reached if ask.until else None,
        "stopped": found.stopped,
    }


def estimate_content(found: Estimate) -> dict[str, Any]:
    """An estimate as every command's JSON gives it: shares from 0 to 1, minutes, dollars."""
    return {
        "mean": found.mean,
        "low": found.low,
        "high": found.high,
        "half_width": found.half_width,
        "confidence": found.confidence,
        "replications": found.replications,
    }
