"""`sim compare`: plans on the same customers with the same luck, and which differences are told."""

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from sim.cli import figures, screen
from sim.cli.choose import Chosen, differences
from sim.cli.run import ask_content, closing, estimate_content, promise_so_far, scenario_content
from sim.cli.screen import Column, Row, Section
from sim.cli.watch import Ask, Measured, Outcome, watched, widest
from sim.experiment import Comparison, Results, Verdict
from sim.measures import MEASURES, Measure
from sim.scenario import BadInput
from sim.views import looks

SIDE_BY_SIDE = 72
"""Narrowest terminal, in characters, on which a difference has a column of its own."""

COLOURS = {"better": looks.BETTER, "worse": looks.WORSE}
KEY = "▲ better  ▼ worse  ○ cannot tell yet  = no difference that matters"
MOST_CHANGES = 6
MOST_PLANS = 8
SHORT_LABEL = 14
PROMISE, MONEY = "promise_kept", "cost_per_resolved_issue"
TOO_MANY = 1000
"""From here on `Verdict.more` only says that it is more than this."""


def compare(choices: Sequence[Chosen], ask: Ask, *, everything: bool, as_json: bool) -> None:
    """Run all plans together and tell how each differs from the first."""
    if not 2 <= len(choices) <= MOST_PLANS:
        raise BadInput(
            f"compare: {len(choices)} given; it takes 2 to {MOST_PLANS} scenarios, such as sim compare today lean."
        )
    found = watched([choice.scenario for choice in choices], ask, promise_so_far, _widest)
    if as_json:
        screen.show_json(content(choices, ask, found))
    else:
        show(choices, found, ask, everything=everything)


def pairs(results: Measured) -> list[Comparison]:
    """Every plan against the first."""
    first, *others = results
    return [Comparison(first, other) for other in others]


def _widest(results: Measured, name: str) -> float:
    return widest(pair.difference(name) for pair in pairs(results))


# ------------------------------------------------------------------------------------------------ for people


def show(choices: Sequence[Chosen], found: Outcome, ask: Ask, *, everything: bool) -> None:
    """Print the finding of every plan, what each changes, and the measures."""
    names, compared = labels(choices), pairs(found.results)
    for name, pair in zip(names[1:], compared, strict=True):
        screen.say(headline(name, names[0], pair), "bold")
    screen.say()
    show_plans(names, choices)
    measures = figures.groups(everything=everything)
    if len(compared) == 1 and screen.out().width >= SIDE_BY_SIDE:
        screen.show_table(*side_by_side(names, compared[0], measures))
    else:
        screen.show_table(*in_cells(names, found.results, measures), together=1)
        screen.say(KEY)
    for words in (*untold(compared, measures), *closing(found, ask)):
        screen.say(words)


def labels(choices: Sequence[Chosen]) -> list[str]:
    """What each plan is called: its own name where names are short and differ, else A, B, C."""
    names = [choice.scenario.name for choice in choices]
    if len(set(names)) == len(names) and all(len(name) <= SHORT_LABEL for name in names):
        return names
    return [chr(ord("A") + at) for at in range(len(names))]


def show_plans(names: Sequence[str], choices: Sequence[Chosen]) -> None:
    """Print the plans by label and title, and what each has otherwise than the first."""
    screen.say(f"{names[0]} ({choices[0].scenario.title}): the others are compared with it.")
    for name, choice in zip(names[1:], choices[1:], strict=True):
        otherwise = differences(choices[0].scenario, choice.scenario)
        more = len(otherwise) - MOST_CHANGES
        told = [*otherwise[:MOST_CHANGES], *([f"and {more} more"] if more > 0 else [])]
        screen.say(f"{name} ({choice.scenario.title}): {'; '.join(told) or 'nothing is otherwise'}.")
    screen.say()


def headline(name: str, first: str, pair: Comparison) -> str:
    """What a plan changes for customers, then for money, in one sentence."""
    return f"{name} {_promises(first, pair)}, and {_money(pair)}."


def _promises(first: str, pair: Comparison) -> str:
    word, difference = pair.verdict(PROMISE).word, pair.difference(PROMISE)
    if word in COLOURS:
        more = "more" if word == "better" else "fewer"
        return f"keeps {figures.amount(MEASURES[PROMISE], difference)} {more} promises per 100 than {first}"
    if word == "no difference that matters":
        return f"keeps as many promises as {first}"
    return f"may keep more or fewer promises than {first} (cannot tell yet)"


def _money(pair: Comparison) -> str:
    word, difference = pair.verdict(MONEY).word, pair.difference(MONEY)
    if word in COLOURS:
        by = figures.amount(MEASURES[MONEY], difference)
        return f"a resolved issue is ${by} {'cheaper' if word == 'better' else 'dearer'}"
    if word == "no difference that matters":
        return "a resolved issue costs the same"
    return "a resolved issue may be cheaper or dearer (cannot tell yet)"


def side_by_side(
    names: Sequence[str], pair: Comparison, measures: dict[str, tuple[Measure, ...]]
) -> tuple[list[Column], list[Row]]:
    """The table of two plans: both means, the difference, and the verdict in words."""
    columns = [Column("", number=False), *map(Column, names), Column("difference"), Column("", number=False)]
    rows: list[Row] = []
    for title, group in measures.items():
        rows.append(Section(title))
        for measure in group:
            places = _places(measure, (pair.before, pair.after))
            values = (
                figures.shown(measure, side.estimate(measure.name).mean, places)
                for side in (pair.before, pair.after)
            )
            verdict = pair.verdict(measure.name)
            told = figures.difference(measure, pair.difference(measure.name), places)
            rows.append((_title(measure), *values, told, _coloured(_in_words(measure, verdict), verdict)))
    return columns, rows


def in_cells(
    names: Sequence[str], results: Measured, measures: dict[str, tuple[Measure, ...]]
) -> tuple[list[Column], list[Row]]:
    """The table of several plans: in each cell the mean with its mark, and the difference to the first below."""
    rows: list[Row] = []
    for title, group in measures.items():
        rows.append(Section(title))
        for measure in group:
            places = _places(measure, results)
            first = figures.shown(measure, results[0].estimate(measure.name).mean, places)
            rows.append((_title(measure), first, *(_cell(measure, pair, places) for pair in pairs(results))))
    return [Column("", number=False), *map(Column, names)], rows


def _cell(measure: Measure, pair: Comparison, places: int) -> Text:
    mean = figures.shown(measure, pair.after.estimate(measure.name).mean, places)
    difference = figures.difference(measure, pair.difference(measure.name), places)
    verdict = pair.verdict(measure.name)
    mark = looks.VERDICT_MARKS[verdict.word] if measure.better else " "
    return _coloured(f"{mean} {mark}\n{difference}  ", verdict)


def _places(measure: Measure, results: Measured) -> int:
    """One number of decimals for a row."""
    return figures.decimals(measure, *(found.estimate(measure.name).mean for found in results))


def _title(measure: Measure) -> str:
    return measure.title if measure.name == figures.PER_ISSUE else f"{measure.title}, {figures.unit(measure)}"


def _in_words(measure: Measure, verdict: Verdict) -> str:
    """The verdict as a cell: mark and word, on at most two lines; a measure that is neither good nor bad has none."""
    if not measure.better:
        return ""
    mark = looks.VERDICT_MARKS[verdict.word]
    if verdict.word == "no difference that matters":
        return f"{mark} no difference\n  that matters"
    if verdict.word == "cannot tell yet" and 0 < verdict.more < TOO_MANY:
        return f"{mark} cannot tell yet:\n  run about {verdict.more} more"
    return f"{mark} {verdict.word}"


def _coloured(words: str, verdict: Verdict) -> Text:
    return Text(words, COLOURS.get(verdict.word, ""))


def untold(compared: Sequence[Comparison], measures: dict[str, tuple[Measure, ...]]) -> list[str]:
    """A sentence on what more replications would tell, where some difference cannot be told yet."""
    verdicts = [
        pair.verdict(measure.name)
        for pair in compared
        for group in measures.values()
        for measure in group
        if measure.better
    ]
    open_ones = [verdict.more for verdict in verdicts if verdict.word == "cannot tell yet" and verdict.more]
    if not open_ones:
        return []
    more = min(open_ones)
    count = f"{len(open_ones)} difference{'s' if len(open_ones) > 1 else ''} cannot be told yet"
    if more >= TOO_MANY:
        return [f"{count}; more than {TOO_MANY:,} more replications would be needed."]
    return [f"{count}; the first would be told by about {more} more replications."]


# ---------------------------------------------------------------------------------------------- for machines


def content(choices: Sequence[Chosen], ask: Ask, found: Outcome) -> dict[str, Any]:
    """What `sim compare --json` prints: every plan's measures, and every difference to the first."""
    return {
        "command": "compare",
        "scenarios": [scenario_content(choice) for choice in choices],
        **ask_content(ask, found),
        "measures": {name: _measure_content(measure, found.results) for name, measure in MEASURES.items()},
    }


def _measure_content(measure: Measure, results: Sequence[Results]) -> dict[str, Any]:
    return {
        "title": measure.title,
        "unit": measure.unit,
        "plans": [estimate_content(found.estimate(measure.name)) for found in results],
        "differences": [_difference_content(measure, pair) for pair in pairs(results)],
    }


def _difference_content(measure: Measure, pair: Comparison) -> dict[str, Any]:
    verdict = pair.verdict(measure.name)
    return {
        **estimate_content(pair.difference(measure.name)),
        "verdict": verdict.word,
        "sentence": verdict.sentence,
        "more": verdict.more,
    }
