"""`sim check season`: what must emerge from months of service, and whether it does."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any, cast

from rich.text import Text

from sim.cli import screen
from sim.cli.checking import figure
from sim.cli.guard import FAILED, FINE
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.screen import Column, Row, Section
from sim.experiment.bands import Band, check_season
from sim.experiment.bands.statements import TITLES
from sim.flow import Engine, prepare
from sim.views import looks

COLUMNS = (
    Column("", number=False),
    Column("band"),
    Column("got"),
    Column("95 % interval"),
    Column("kept"),
    Column("", number=False),
)
OPENING = "Living through two years of many operations; Ctrl-C reports what is finished."
OPEN_END = "any"


def emerging(*, quick: bool, workers: int | None, engine: str, as_json: bool) -> int:
    """Ask every statement; returns 1 when one fails that is not known to, or when stopped before the end."""
    ready = prepare(cast(Engine, engine), screen.tell)
    with stoppable() as stop, view_of(Work(1, OPENING, "Part")) as view:
        found = check_season(progress=view.show, stop=stop, workers=workers, quick=quick, engine=ready)
    if as_json:
        screen.show_json([_plain(one) for one in found])
    else:
        show(found, stopped=stop.is_set())
    if not found:
        raise Stopped("Stopped before the first statement was asked, so there is nothing to show.")
    return FINE if not unexpected(found) and not stop.is_set() else FAILED


def unexpected(found: Sequence[Band]) -> list[Band]:
    """Statements that fail and are not known to."""
    return [one for one in found if one.verdict == "fails" and not one.because]


def show(found: Sequence[Band], *, stopped: bool) -> None:
    """Print how many statements hold, and each of them under its number."""
    asked = [one for one in found if one.verdict != "reported"]
    holds = sum(one.verdict == "holds" for one in asked)
    screen.say(f"{holds} of {len(asked)} statements hold.", "bold")
    screen.say()
    screen.show_table(COLUMNS, list(_rows(found)))
    for one in found:
        if one.verdict == "fails":
            screen.say(f"✕ {one.name}. {one.because or 'Nobody has said why.'}")
    if stopped:
        screen.say("Stopped: what was not finished is not in the table.")


def _rows(found: Sequence[Band]) -> Iterator[Row]:
    last = ""
    for one in found:
        number, what = one.name.split(" ", 1)
        if number != last:
            yield Section(f"{number} {TITLES[number]}")
            last = number
        kept = f"{100 * one.kept:.0f}" if isfinite(one.kept) else ""
        yield what, _band(one), figure(one.got), f"{_end(one.low)} to {_end(one.high)}", kept, _verdict(one)


def _verdict(one: Band) -> Text:
    if one.verdict == "fails":
        return Text("✕ fails, as known" if one.because else "✕ fails", looks.WORSE)
    return Text(one.verdict)


def _band(one: Band) -> str:
    if one.verdict == "reported":
        return ""
    return f"{_end(one.expected_low)} to {_end(one.expected_high)}"


def _end(value: float) -> str:
    return figure(value) if isfinite(value) else OPEN_END


def _plain(one: Band) -> dict[str, Any]:
    """As every check's JSON, with the verdict; an open end is null."""
    low, high = _number(one.expected_low), _number(one.expected_high)
    middle = [end for end in (low, high) if end is not None]
    return {
        "name": one.name,
        "expected": sum(middle) / len(middle) if middle else None,
        "got": _number(one.got),
        "low": _number(one.low),
        "high": _number(one.high),
        "ok": one.ok,
        "expected_low": low,
        "expected_high": high,
        "source": one.source,
        "half_width": _number((one.high - one.low) / 2),
        "note": one.note,
        "replications": one.replications,
        "verdict": one.verdict,
        "promise_kept": _number(one.kept),
        "known_to_fail": one.because,
    }


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
