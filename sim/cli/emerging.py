"""`sim check season`: what must emerge from months of service, and whether it does."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, cast

from rich.text import Text

from sim.cli import screen
from sim.cli.checking import figure
from sim.cli.guard import FAILED, FINE
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.screen import Column, Row, Section
from sim.experiment.bands import Band, check_season
from sim.experiment.bands.reach import Reached, reach, statement
from sim.experiment.bands.statements import TITLES
from sim.flow import Engine, prepare
from sim.scenario import fields
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
FURTHER = "Asking those that fail again, at the ends of the assumptions they hang on; Ctrl-C shows what is finished."
ENDS = (
    Column("assumption", number=False),
    Column("at"),
    Column("band"),
    Column("got"),
    Column("95 % interval"),
    Column("", number=False),
)
OPEN_END = "any"


def emerging(*, quick: bool, further: bool, workers: int | None, engine: str, as_json: bool) -> int:
    """Ask every statement; returns 1 when one fails that is not known to, or when stopped before the end.

    `further`: those that fail are asked again at the ends of the assumptions they hang on.
    """
    ready = prepare(cast(Engine, engine), screen.tell)
    with stoppable() as stop, view_of(Work(1, OPENING, "Part")) as view:
        found = check_season(progress=view.show, stop=stop, workers=workers, quick=quick, engine=ready)
    reached = _reached(found, workers, ready) if further and not stop.is_set() else {}
    if as_json:
        screen.show_json([{**_plain(one), **_plainly(reached, one)} for one in found])
    else:
        show(found, stopped=stop.is_set())
        show_reach(reached)
    if not found:
        raise Stopped("Stopped before the first statement was asked, so there is nothing to show.")
    return FINE if not unexpected(found) and not stop.is_set() else FAILED


Reach = Mapping[str, Sequence[Reached]]
"""What was found at the ends, by the name of the statement without what stands behind a comma."""


def _reached(found: Sequence[Band], workers: int | None, engine: Engine) -> Reach:
    failing = [one for one in found if one.verdict == "fails"]
    ends: dict[str, list[Reached]] = {}
    with stoppable() as stop, view_of(Work(1, FURTHER, "End")) as view:
        for one in reach(failing, engine=engine, workers=workers, progress=view.show, stop=stop):
            ends.setdefault(statement(one.band), []).append(one)
    return ends


def show_reach(ends: Reach) -> None:
    """Print at which end of which assumption a failing statement holds, or that it does at none."""
    for name, tried in ends.items():
        screen.say()
        screen.say(
            f"{name}: holds at {_ends_in_words([one for one in tried if one.band.verdict == 'holds'])}.",
            "bold",
        )
        screen.show_table(ENDS, [_end_row(one) for one in tried])


def _ends_in_words(held: Sequence[Reached]) -> str:
    if not held:
        return "no end of the assumptions it hangs on"
    return ", ".join(f"{fields()[one.assumption].title} {figure(one.end)}" for one in held)


def _end_row(one: Reached) -> Row:
    facts, band = fields()[one.assumption], one.band
    interval = f"{_end(band.low)} to {_end(band.high)}"
    return facts.title, figure(one.end), _band(band), figure(band.got), interval, band.verdict


def _plainly(ends: Reach, band: Band) -> dict[str, Any]:
    """What was found at the ends, for JSON; nothing where it was not asked."""
    if not ends:
        return {}
    tried = ends.get(statement(band), ()) if band.verdict == "fails" else ()
    return {
        "at_ends": [
            {
                "assumption": one.assumption,
                "value": one.end,
                "got": _number(one.band.got),
                "verdict": one.band.verdict,
            }
            for one in tried
        ]
    }


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
