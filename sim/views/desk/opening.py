"""Opening the desk: on the session that was left in the middle, on the one named, or on a new one."""

import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from sim.scenario import BadInput
from sim.views.desk import folders, reading
from sim.views.desk.desk import Desk
from sim.views.serving import DESK_FOLDER, DESK_WORKSHOP
from sim.workshop.session import Session
from sim.workshop.source import Workshop, load_workshop, workshop
from sim.workshop.store import now


def desk(
    name: str | Path | Workshop = "w1",
    folder: str | Path | None = None,
    *,
    clock: Callable[[], str] = now,
    watching: bool = True,
) -> Desk:
    """Open the facilitator's desk.

    Args:
        name: Of the workshop; the file of one, or a workshop, do too.
        folder: Of the session; without one, the session that was left in the middle, or a new one in sessions/.
        clock: Tells the wall clock (ISO 8601, UTC).
        watching: Whether the page follows the clock by itself.

    Raises:
        BadInput: when there is no such workshop, or no session can be begun anywhere.
    """
    played = _workshop(name)
    asked = Path(folder).expanduser().resolve() if folder else None
    place = asked.parent if asked else folders.default_place()
    chosen = asked or folders.to_go_on_with(place, played, clock()) or folders.fresh(place, played, clock())
    session, told = _begun(chosen, played, clock)
    made = Desk(session, lambda where, what: opened(where, what, clock), place, clock, told)
    if watching:
        made.watch()
    return made


def as_asked() -> Desk:
    """The desk that `sim workshop` asked for; the first workshop where nobody asked."""
    return desk(os.environ.get(DESK_WORKSHOP) or "w1", os.environ.get(DESK_FOLDER) or None)


def opened(folder: Path, played: Workshop, clock: Callable[[], str] = now) -> Session:
    """The session in a folder; only for looking at where another desk has it; raises BadInput."""
    try:
        return Session.open(folder, played, clock)
    except BadInput as error:
        if "another desk" not in str(error):
            raise
        return reading.watched(folder, played)


def _workshop(name: str | Path | Workshop) -> Workshop:
    if isinstance(name, Workshop):
        return name
    return load_workshop(name) if isinstance(name, Path) else workshop(name)


def _begun(chosen: Path, played: Workshop, clock: Callable[[], str]) -> tuple[Session, str]:
    """A session in the folder chosen, or, where that cannot be, a new one elsewhere and the sentence that says why."""
    told = ""
    for folder in (chosen, *(folders.fresh(place, played, clock()) for place in _elsewhere())):
        try:
            return opened(folder, played, clock), told
        except BadInput as error:
            told = told or str(error)
    raise BadInput(told)


def _elsewhere() -> tuple[Path, ...]:
    return folders.default_place(), user_data_path("meet-the-bar") / folders.SESSIONS
