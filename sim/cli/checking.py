"""`sim check` and `sim bench`: does the kit reproduce what others published, and how fast is it here?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from rich.text import Text

from sim.cli import screen
from sim.cli.guard import FAILED, FINE
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.screen import Column, Row, Section
from sim.experiment.check import Check
from sim.experiment.check import check as check_all
from sim.experiment.published import CASES
from sim.flow import Engine, prepare
from sim.views import formats, looks

COLUMNS = (
    Column("", number=False),
    Column("expected"),
    Column("got"),
    Column("interval"),
    Column("", number=False),
)
DIGITS = 4
BENCHING = "Measuring speed on this machine; other programs at work make it look slower."
OPENING = "Checking formulas and simulations against published numbers; Ctrl-C reports what is finished."


def check(*, quick: bool, workers: int | None, engine: str, as_json: bool) -> int:
    """Check every published number; returns 1 when one does not hold, or when stopped before the end."""
    ready = prepare(cast(Engine, engine), screen.tell)
    with stoppable() as stop, view_of(Work(1, OPENING)) as view:
        found = check_all(progress=view.show, stop=stop, workers=workers, quick=quick, engine=ready)
    if as_json:
        screen.show_json([asdict(one) for one in found])
    else:
        show(found, stopped=stop.is_set())
    if not found:
        raise Stopped("Stopped before the first check was finished, so there is nothing to show.")
    return FINE if all(one.ok for one in found) and not stop.is_set() else FAILED


def show(found: Sequence[Check], *, stopped: bool) -> None:
    """Print how many numbers hold, and each of them."""
    fail = [one for one in found if not one.ok]
    held = f"{len(found) - len(fail)} of {len(found)} published numbers hold."
    screen.say(f"All {len(found)} published numbers hold." if not fail else held, "bold")
    screen.say()
    screen.show_table(COLUMNS, list(_rows_of(found)))
    for one in fail:
        screen.say(f"✕ {one.name}: {one.note or 'the published number lies outside'}. Source: {one.source}.")
    if stopped:
        screen.say("Stopped: what was not finished is not in the table.")


def _rows_of(found: Sequence[Check]) -> Iterator[Row]:
    """Checks of one operation together, under its name."""
    titles, last = [case.scenario.title for case in CASES], ""
    for one in found:
        operation, what = _parts(one.name, titles)
        if operation != last:
            yield Section(operation)
            last = operation
        verdict = Text("holds") if one.ok else Text("✕ not shown", looks.WORSE)
        yield what, figure(one.expected), figure(one.got), f"{figure(one.low)} to {figure(one.high)}", verdict


def _parts(name: str, titles: Sequence[str]) -> tuple[str, str]:
    """The operation a check is about, and what is checked: its name begins with the title of a published case."""
    for title in titles:
        for operation in (title, f"{title}, by formula"):
            if name.startswith(f"{operation}: "):
                return operation, name.removeprefix(f"{operation}: ")
    return "Further checks", name


def figure(value: float) -> str:
    """A number of any size with four digits that count."""
    return f"{value:,.{DIGITS}g}".replace("-", formats.MINUS) if abs(value) < 10**DIGITS else f"{value:,.0f}"


# ------------------------------------------------------------------------------------------------- speed


def bench(*, peers: bool, as_json: bool) -> None:
    """Measure the speed of the kit on this machine, and print it."""
    from sim.experiment.bench import bench as measure_all
    from sim.views.room.slider import slider

    prepare(tell=screen.tell)
    with view_of(Work(1, BENCHING, "Measurement")) as view:
        found = slider() | measure_all(progress=view.show, peers=peers)
    if as_json:
        screen.show_json(found)
    else:
        screen.show_table([Column("", number=False), Column("here")], list(_rows(found)))


def _rows(found: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in found.items():
        title = f"{prefix}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            rows += _rows(value, f"{title}, ")
        else:
            rows.append((title, figure(value) if isinstance(value, int | float) else str(value)))
    return rows
