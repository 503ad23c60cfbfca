"""`sim import-report`: a telephone system's report in, a scenario and its calibration out."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

from rich.text import Text

from sim.cli import figures, screen
from sim.cli.choose import free_to_write
from sim.cli.progress import Stopped, View, Work, stoppable, view_of
from sim.cli.run import estimate_content
from sim.cli.screen import Column
from sim.experiment import Progress
from sim.measures import MEASURES
from sim.report import Imported, Row, import_report, try_on
from sim.report.fit import ROUNDS
from sim.scenario import BadInput, save
from sim.views import formats, looks

COLUMNS = (
    Column("", number=False),
    Column("model says"),
    Column("you said"),
    Column("your usual days"),
    Column("", number=False),
)
NOTHING_WRITTEN = "Stopped before the model was fitted. Nothing was written."


def import_to(
    path: Path,
    target: Path | None,
    other: Path | None,
    *,
    force: bool,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Turn a report into a scenario file, and lay the model beside the report."""
    if target is None:
        raise BadInput(f"-o is missing: say where the scenario goes, such as -o {path.stem}.yaml.")
    free_to_write(target, force=force)
    opening = f"Reading {path.name} and fitting the model to it; Ctrl-C stops and writes nothing."
    with stoppable() as stop, view_of(Work(ROUNDS, opening, "Fitting, round", at_most=True)) as view:
        made = _fitted(path, seed, workers, stop, view)
    tested = try_on(made, other, seed=seed, workers=workers) if other else None
    save(made.scenario, target)
    if as_json:
        screen.show_json(content(made, target, tested))
    else:
        show(made, target, path, tested, other)


def _fitted(path: Path, seed: int, workers: int | None, stop: Event, view: View) -> Imported:
    def watch(done: int, most: int) -> None:
        view.show(Progress(done, most, None))

    try:
        made = import_report(path, seed=seed, workers=workers, watch=watch, stop=stop)
    except BadInput:
        raise
    except Exception as error:
        if stop.is_set():
            raise Stopped(NOTHING_WRITTEN) from error
        raise
    if stop.is_set():
        raise Stopped(NOTHING_WRITTEN)
    return made


# ------------------------------------------------------------------------------------------------ for people


def show(made: Imported, target: Path, path: Path, tested: Imported | None, other: Path | None) -> None:
    """Print what was made of the report, how well the model meets it, and what was repaired or assumed."""
    screen.say(headline(made, path), "bold")
    screen.say()
    _table(made.calibration)
    if tested and other:
        screen.say(f"The same model, not fitted again, with the volumes and agents of {other.name}", "bold")
        screen.say()
        _table(tested.calibration)
    screen.say_notes("What was repaired, assumed or fitted", made.notes)
    if tested and other:
        screen.say_notes(f"What was repaired in {other.name}", tested.notes)
    screen.say(f"Written to {target}. Next: sim run {target}")


def headline(made: Imported, path: Path) -> str:
    """Whether the model meets the report, in one sentence."""
    rows, poor = made.calibration, made.poor
    if not poor:
        return f"The model meets {path.name} on all {len(rows)} measures it tells."
    named = " and ".join(
        [", ".join(row.title.lower() for row in poor[:-1]), poor[-1].title.lower()][len(poor) < 2 :]
    )
    return f"The model meets {path.name} on {len(rows) - len(poor)} of {len(rows)} measures; not on {named}."


def _table(rows: Sequence[Row]) -> None:
    screen.show_table(COLUMNS, [_cells(row) for row in rows])
    for row in rows:
        if not row.fits:
            screen.say(row.sentence)
    if not all(row.fits for row in rows):
        screen.say()


def _cells(row: Row) -> tuple[str | Text, ...]:
    measure = MEASURES[row.measure]
    places, scale = figures.decimals(measure, row.report, row.model.mean), figures.scale(measure)
    days = f"{formats.number(scale * row.low, places)} to {formats.number(scale * row.high, places)}"
    return (
        f"{row.title}, {'' if row.measure == 'offered' else figures.unit(measure)}".removesuffix(", "),
        formats.with_half_width(row.model, scale, places),
        formats.number(scale * row.report, places),
        days,
        Text("fits") if row.fits else Text("✕ does not fit", looks.WORSE),
    )


# ---------------------------------------------------------------------------------------------- for machines


def content(made: Imported, target: Path, tested: Imported | None) -> dict[str, Any]:
    """What `sim import-report --json` prints."""
    return {
        "command": "import-report",
        "file": target,
        "scenario": {"name": made.scenario.name, "title": made.scenario.title},
        "fits": not made.poor,
        "calibration": [_row_content(row) for row in made.calibration],
        "tested_on": [_row_content(row) for row in tested.calibration] if tested else None,
        "notes": made.notes,
    }


def _row_content(row: Row) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "title": row.title,
        "kind": row.kind,
        "model": estimate_content(row.model),
        "report": row.report,
        "low": row.low,
        "high": row.high,
        "fits": row.fits,
        "sentence": row.sentence,
    }
