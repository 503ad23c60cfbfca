"""Opening the control room: on what is named, as far as that can be had."""

from __future__ import annotations

from pathlib import Path

from sim.scenario import BadInput, Scenario, named
from sim.season.season import SETTLED_WEEKS
from sim.views.room import files
from sim.views.room.gallery import VIEWS, View
from sim.views.room.room import ControlRoom
from sim.views.room.sizes import REPLICATIONS, SEASONS, Sizes
from sim.views.room.worlds import YEAR, Choice

MOST_REPLICATIONS, MOST_WEEKS, MOST_SEASONS = 5000, 520, 200


def control_room(
    now: Scenario | str | Path = "today",
    plan: Scenario | str | Path | None = None,
    *,
    view: View = "week",
    replications: int = REPLICATIONS,
    seasons: int = SEASONS,
    weeks: int = YEAR,
    settle: int = SETTLED_WEEKS,
    seed: int = 1,
) -> ControlRoom:
    """Open the control room; what cannot be opened is told on the page, and "today" opened instead.

    Args:
        now: The operation as it is: a scenario, the name of one, a decision code, or a scenario file.
        plan: The plan to begin with; the same as now without one.
        view: What to look at first: "week", "months" or "journey".
        replications: Weeks to simulate of each side, up to 5000.
        seasons: Seasons to live through on each side, up to 200.
        weeks: How long a season is: 52 or 104, or another number up to 520.
        settle: Weeks in which the operation of now settles before the seasons begin.
        seed: Of all luck.
    """
    told: list[str] = []
    length = _within("weeks", weeks, 1, MOST_WEEKS, told)
    often = _within("seasons", seasons, 0, MOST_SEASONS, told)
    repeats = _within("replications", replications, 1, MOST_REPLICATIONS, told)
    first = _known(view, told)
    before = _opened(now, told) or named("today")
    after = (_opened(plan, told) if plan is not None else None) or before
    sizes = Sizes(repeats, often, max(0, settle), seed)
    choice = Choice(before, before, weeks=length)
    return ControlRoom(choice, after, sizes, view=first, told=" ".join(told))


def _known(view: View, told: list[str]) -> View:
    if view not in VIEWS:
        told.append(f"{view} is not one of {', '.join(VIEWS)}. Set to week.")
        return "week"
    return view


def _opened(source: Scenario | str | Path, told: list[str]) -> Scenario | None:
    if isinstance(source, Scenario):
        return source
    try:
        scenario, note = files.opened_and_told(source)
    except BadInput as error:
        told.append(str(error))
        return None
    told += [note] if note else []
    return scenario


def _within(name: str, value: int, least: int, most: int, told: list[str]) -> int:
    nearest = min(max(least, value), most)
    if nearest != value:
        told.append(f"{value} {name} is outside {least} to {most}. Set to {nearest}.")
    return nearest
