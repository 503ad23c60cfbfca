"""`sim sweep`: one lever or field over several values, on common luck."""

from collections.abc import Sequence
from typing import Any

from sim.cli import figures, screen
from sim.cli.choose import Chosen, value_in_words
from sim.cli.run import (
    ask_content,
    closing,
    estimate_content,
    promise_so_far,
    scenario_content,
    show_scenario,
)
from sim.cli.screen import Column, Row
from sim.cli.watch import Ask, Outcome, watched, widest
from sim.experiment import Estimate
from sim.measures import MEASURES
from sim.scenario import FieldFacts, fields, path_of

USUAL = ("promise_kept", "wait_mean", "abandonment_rate", "occupancy", "cost_per_resolved_issue")
PROMISE, MONEY = "promise_kept", "cost_per_resolved_issue"


def sweep(
    choice: Chosen, lever: str, values: Sequence[Any], names: Sequence[str], ask: Ask, *, as_json: bool
) -> None:
    """Run a scenario at every value of a field, and show the measures row by row."""
    path = path_of(lever)
    scenarios = [choice.scenario.changed(path, value) for value in values]
    if not as_json:
        show_scenario(choice)
    found = watched(
        scenarios, ask, promise_so_far, lambda runs, name: widest(one.estimate(name) for one in runs)
    )
    given = [scenario.value(path) for scenario in scenarios]
    if as_json:
        screen.show_json(content(choice, path, given, ask, found))
    else:
        show(fields()[path], given, names or USUAL, ask, found)


# ------------------------------------------------------------------------------------------------ for people


def show(facts: FieldFacts, values: Sequence[Any], names: Sequence[str], ask: Ask, found: Outcome) -> None:
    """Print what changes from the first value to the last, and a row for each."""
    screen.say(headline(facts, values, found), "bold")
    screen.say()
    measures = [MEASURES[name] for name in names]
    unit = "of 100" if facts.unit.startswith("share") else facts.unit
    columns = [
        Column(f"{facts.title}, {unit}" if unit else facts.title, number=False),
        *(Column(f"{measure.title}, {figures.unit(measure)}") for measure in measures),
    ]
    rows: list[Row] = [
        (
            value_in_words(facts, value).removesuffix(" of 100"),
            *(figures.with_half_width(measure, one.estimate(measure.name)) for measure in measures),
        )
        for value, one in zip(values, found.results, strict=True)
    ]
    screen.show_table(columns, rows, together=1)
    for words in closing(found, ask):
        screen.say(words)


def headline(facts: FieldFacts, values: Sequence[Any], found: Outcome) -> str:
    """What customers and money do from the first value to the last."""
    first, last = found.results[0], found.results[-1]
    ends = [value_in_words(facts, value) for value in (values[0], values[-1])]
    if len(values) == 1:
        return f"{facts.title} {ends[0]}: {_from_to('promise_kept', first.estimate(PROMISE))} of 100 promises are kept."
    promises = _from_to(PROMISE, first.estimate(PROMISE), last.estimate(PROMISE))
    money = _from_to(MONEY, first.estimate(MONEY), last.estimate(MONEY))
    return (
        f"{facts.title} from {ends[0]} to {ends[1]}: promises kept go from {promises} of 100, "
        f"the cost of a resolved issue from {money} dollars."
    )


def _from_to(name: str, *ends: Estimate) -> str:
    return " to ".join(figures.with_half_width(MEASURES[name], end) for end in ends)


# ---------------------------------------------------------------------------------------------- for machines


def content(choice: Chosen, path: str, values: Sequence[Any], ask: Ask, found: Outcome) -> dict[str, Any]:
    """What `sim sweep --json` prints: every measure at every value."""
    return {
        "command": "sweep",
        "scenario": scenario_content(choice),
        "path": path,
        **ask_content(ask, found),
        "rows": [
            {
                "value": value,
                "measures": {name: estimate_content(one.estimate(name)) for name in MEASURES},
            }
            for value, one in zip(values, found.results, strict=True)
        ],
    }
