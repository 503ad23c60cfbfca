"""`sim calibrate` and `sim levers`: the months' numbers as they were found, and what every lever does."""

from collections.abc import Sequence
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import cast

from rich.text import Text

from sim.cli import screen
from sim.cli.checking import figure
from sim.cli.guard import FAILED, FINE
from sim.cli.progress import Work, view_of
from sim.cli.screen import Column, Row
from sim.experiment.levers import LEVERS, Response, earns, save_responses, strongest, try_levers
from sim.experiment.months_calibrated import Met, calibrate
from sim.flow import Engine, prepare
from sim.views import looks

STEPS = (
    Column("", number=False),
    Column("aim"),
    Column("got"),
    Column("field", number=False),
    Column("value"),
    Column("", number=False),
)
OUTCOMES = (
    Column("", number=False),
    Column("value"),
    Column("does most to", number=False),
    Column("by"),
    Column("earns its place", number=False),
)


def calibrating(*, replications: int, rounds: int, engine: str, as_json: bool) -> int:
    """Go through the steps, moving what misses; returns 1 when a step still misses at the end."""
    ready = prepare(cast(Engine, engine), screen.tell)
    last: tuple[Met, ...] = ()
    for number, met in enumerate(calibrate(replications, rounds, ready), start=1):
        last = met
        if not as_json:
            screen.say(f"Round {number}", "bold")
            screen.show_table(STEPS, [_step(each) for each in met])
    if as_json:
        screen.show_json([asdict(each) | {"value": _finite(each.value)} for each in last])
    return FINE if all(each.ok for each in last) else FAILED


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _step(met: Met) -> Row:
    verdict = Text("met") if met.ok else Text("✕ missed", looks.WORSE)
    field = met.field.rsplit(".", 1)[-1]
    value = figure(met.value) if met.field else ""
    aim = f"{figure(met.target)} ±{figure(met.tolerance)}"
    return f"{met.step}. {met.title}", aim, figure(met.got), field, value, verdict


def levering(
    *, replications: int, output: Path | None, workers: int | None, engine: str, as_json: bool
) -> None:
    """Move every lever over its range, and say what each does most to and whether it earns its place."""
    ready = prepare(cast(Engine, engine), screen.tell)
    opening = f"Living through a year for every value of {len(LEVERS)} levers, {replications} times each."
    with view_of(Work(len(LEVERS), opening, "Lever")) as view:
        found = list(try_levers(replications=replications, engine=ready, workers=workers, progress=view.show))
    if output:
        save_responses([each for responses in found for each in responses], output)
        screen.tell(f"Saved as {output.name}.")
    if as_json:
        screen.show_json([_plain(each) for responses in found for each in responses])
    else:
        show(found)


def show(found: Sequence[Sequence[Response]]) -> None:
    """Print how many levers earn their place, and what each does most to."""
    good = sum(earns(responses) for responses in found)
    screen.say(f"{good} of {len(found)} levers earn their place.", "bold")
    screen.say()
    screen.show_table(OUTCOMES, [_lever(responses) for responses in found])


def _lever(responses: Sequence[Response]) -> Row:
    most = strongest(responses)
    verdict = Text("yes") if earns(responses) else Text("✕ no", looks.WORSE)
    value = figure(most.value) if isinstance(most.value, int | float) else str(most.value)
    change = f"{figure(most.difference.mean)} ({figure(most.deviations)} SD)"
    return most.lever, value, most.outcome.replace("_", " "), change, verdict


def _plain(each: Response) -> dict[str, object]:
    return {
        "lever": each.lever,
        "path": each.path,
        "value": each.value,
        "outcome": each.outcome,
        "difference": each.difference.mean,
        "low": _finite(each.difference.low),
        "high": _finite(each.difference.high),
        "deviations": _finite(each.deviations),
    }
