"""`sim season`: months of a plan, from a settled operation or from one that was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from sim.cli import screen
from sim.cli.choose import Chosen
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.run import show_scenario
from sim.cli.screen import Column, Row, Section
from sim.experiment.estimate import Estimate
from sim.experiment.seasons import Months, Seasons, lived_from, seasons
from sim.flow import Engine, prepare
from sim.measures import Measure
from sim.season.catalogue import GROUPS, MEASURES
from sim.season.contract import Cause, State
from sim.season.saving import load, save
from sim.season.season import SETTLED_WEEKS, branch, settled
from sim.views import formats
from sim.views.months import notes
from sim.views.stories import CAUSES, stories

COLUMNS = (
    Column("", number=False),
    Column("mean"),
    Column("", number=False),
    Column("95 % interval"),
)
DECIMALS = {"share": 1, "minutes": 2, "dollars": 0, "count": 2}
CENTS = ("cost_per_contact", "cost_per_resolved_issue")


@dataclass(frozen=True)
class Asked:
    """How a season is asked for on the command line."""

    weeks: int
    replications: int
    seed: int
    workers: int | None
    engine: str
    begins: Path | None
    saved: Path | None


def season(choice: Chosen, ask: Asked, *, as_json: bool) -> None:
    """Live through months of a plan and show what came of them."""
    ready = prepare(cast(Engine, ask.engine), screen.tell)
    if not as_json:
        show_scenario(choice)
    one = ask.begins is not None or ask.saved is not None
    found, begins = _one(choice, ask, ready) if one else _many(choice, ask, ready)
    if as_json:
        screen.show_json(_content(choice, ask, found))
    else:
        show(found, begins)
        screen.say()
        screen.say_notes("What this rests on", notes.of_one(choice.scenario))


def _many(choice: Chosen, ask: Asked, engine: Engine) -> tuple[Seasons, State | None]:
    many = ask.replications
    opening = f"Living through {ask.weeks} weeks, {many} times; Ctrl-C stops and keeps what is finished."
    with stoppable() as stop, view_of(Work(many, opening)) as view:
        found = seasons(
            [choice.scenario], many, months=Months(ask.weeks), seed=ask.seed, engine=engine,
            workers=ask.workers, progress=view.show, stop=stop,
        )  # fmt: skip
    if not found.summaries:
        raise Stopped("Stopped before the first replication was finished, so there is nothing to show.")
    return found, None


def _one(choice: Chosen, ask: Asked, engine: Engine) -> tuple[Seasons, State]:
    """One season, from a saved one or to be saved."""
    begins = (
        branch(load(ask.begins)[0])
        if ask.begins
        else settled(choice.scenario, ask.seed, 0, SETTLED_WEEKS, engine)
    )
    summary, after = lived_from(choice.scenario, begins, ask.weeks, engine)
    if ask.saved:
        save(after, choice.scenario, ask.saved)
        screen.tell(f"Saved as {ask.saved.name}: week {after.week}, with the same customers and luck.")
    return Seasons((choice.scenario,), ((summary,),)), begins


# ------------------------------------------------------------------------------------------------ for people


def show(found: Seasons, begins: State | None) -> None:
    """Print the finding, the measures, what drove customers away, and three customers' stories."""
    screen.say(headline(found), "bold")
    screen.say()
    rows: list[Row] = []
    for title, measures in GROUPS.items():
        estimates = {row[0]: found.estimate(row[0]) for row in measures}
        rows.append(Section(title))
        rows += [_row(MEASURES[name], each) for name, each in estimates.items() if each.replications]
    screen.show_table(COLUMNS, rows)
    for words in (lost(found), cultures(found)):
        screen.say(words)
    if begins is not None:
        _show_stories(found, begins)
    many = len(found.summaries)
    screen.say(
        "One season; intervals come with more." if many == 1 else f"{many} seasons on independent luck."
    )


def _row(measure: Measure, estimate: Estimate) -> tuple[str, str, str, str]:
    scale = 100.0 if measure.kind == "share" else 1.0
    places = 2 if measure.name in CENTS else DECIMALS[measure.kind]
    unit = "of 100" if measure.kind == "share" else measure.unit
    mean = formats.number(scale * estimate.mean, places)
    return measure.title, mean, unit, formats.interval(estimate, scale, places)


def headline(found: Seasons) -> str:
    """Customers first, then money, in one sentence."""
    kept, customers = found.estimate("promise_kept"), found.estimate("customers")
    if not np.isfinite(kept.mean):
        return "No issue came to its end, so no promise was kept or broken."
    told = formats.with_half_width(kept, 100)
    stays = found.estimate("retention_12")
    year = (
        f"; {formats.with_half_width(stays, 100)} of 100 customers stay a year"
        if np.isfinite(stays.mean)
        else f"; {formats.number(customers.mean)} customers on average"
    )
    return f"{told} of 100 promises are kept{year}."


def lost(found: Seasons) -> str:
    """What drove away those who were customers at the beginning, most first."""
    causes = np.mean([each[0].causes for each in found.summaries], axis=0)
    if not causes.sum():
        return "No customer of the beginning left."
    order = sorted(Cause, key=lambda cause: -causes[cause])
    shares = [f"{CAUSES[cause]} {formats.of_hundred(causes[cause] / causes.sum())}" for cause in order[:6]]
    rest = _rest(causes, order[6:])
    return f"Of 100 customers of the beginning who left, it was: {', '.join(shares)}, the rest {rest}."


def _rest(causes: Any, order: Sequence[Cause]) -> str:
    return formats.of_hundred(sum(causes[cause] for cause in order) / causes.sum())


def cultures(found: Seasons) -> str:
    """Which kind of business it was, with the numbers that say so."""
    kinds = [each[0].culture for each in found.summaries]
    word = max(set(kinds), key=kinds.count)
    often = "" if len(set(kinds)) == 1 else f" in {kinds.count(word)} of {len(kinds)} seasons"
    kept, gap, worst = (
        formats.of_hundred(found.estimate(name).mean) for name in ("promise_kept", "team_gap", "worst_tenth")
    )
    return (
        f"By the kit's own thresholds this business is {word}{often}: {kept} of 100 promises kept, "
        f"{gap} points between desks, and nine customers in ten had at least {worst} of 100 of theirs kept."
    )


def _show_stories(found: Seasons, begins: State) -> None:
    summary = found.summaries[0][0]
    for name, lines in stories(summary.told, begins.followed, begins.week).items():
        screen.say(name, "bold")
        for line in lines:
            screen.say(line)


# ---------------------------------------------------------------------------------------------- for machines


def _content(choice: Chosen, ask: Asked, found: Seasons) -> dict[str, Any]:
    from sim.cli.run import estimate_content, scenario_content

    causes = np.mean([each[0].causes for each in found.summaries], axis=0)
    return {
        "command": "season",
        "scenario": scenario_content(choice),
        "seed": ask.seed,
        "weeks": ask.weeks,
        "replications": len(found.summaries),
        "stopped": found.stopped,
        "culture": [each[0].culture for each in found.summaries],
        "lost_by_cause": {cause.name.lower(): float(causes[cause]) for cause in Cause},
        "measures": {
            name: {"title": measure.title, "unit": measure.unit, **estimate_content(found.estimate(name))}
            for name, measure in MEASURES.items()
        },
        "notes": notes.of_one(choice.scenario),
    }
