"""`sim workshop`: the desk of one, which workshops there are, and a rehearsal with robot teams."""

from pathlib import Path

from sim.cli import screen
from sim.cli.pages import Server, folder_with, free_port, serve
from sim.cli.progress import Stopped, stoppable
from sim.cli.screen import Column
from sim.cli.watch import let_workers_go
from sim.scenario import BadInput
from sim.views.serving import DESK_FOLDER, DESK_WORKSHOP, HOST, voila_command, voila_environment
from sim.workshop.rehearsal import Rehearsal
from sim.workshop.rehearsal import rehearse as play
from sim.workshop.source import Workshop, workshop, workshop_names
from sim.workshop.store import NAME

COLUMNS = (Column("name", number=False), Column("title", number=False), Column("minutes"), Column("rounds"))


DESK = Path("notebooks/facilitator.ipynb")


def open_desk(name: str, folder: Path | None, port: int, *, browser: bool, as_json: bool) -> int:
    """Open the desk of a workshop as a page, and stay until Ctrl-C; raises BadInput when there is no such workshop."""
    chosen, root, free = workshop(name), folder_with(DESK), free_port(port)
    environment = {**voila_environment(), DESK_WORKSHOP: chosen.name}
    environment |= {DESK_FOLDER: str(folder.expanduser().resolve())} if folder else {}
    server = Server(
        f"Desk of {chosen.name}", voila_command(DESK, free), environment, root, free, f"http://{HOST}:{free}/"
    )
    return serve(server, browser=browser, as_json=as_json)


def list_workshops(*, as_json: bool) -> None:
    """Print every workshop."""
    found = [workshop(name) for name in workshop_names()]
    if as_json:
        screen.show_json(
            [
                {"name": each.name, "title": each.title, "minutes": each.minutes, "rounds": len(each.rounds)}
                for each in found
            ]
        )
    else:
        screen.show_table(COLUMNS, [_row(each) for each in found])


def rehearse(name: str, folder: Path | None, *, real_time: bool, as_json: bool) -> None:
    """Play a workshop with robot teams and print what it came to.

    Raises:
        BadInput: when there is no such workshop, or the folder cannot be used.
        Stopped: on Ctrl-C; what was played so far is in the folder.
    """
    chosen, where = workshop(name), folder or new_folder(name)
    with stoppable() as stop:
        try:
            found = play(chosen, where, real_time=real_time, tell=screen.tell, stop=stop)
        except BadInput:
            if not stop.is_set():
                raise
            let_workers_go()
            raise Stopped(f"Stopped; what was played so far is in {where / NAME}.") from None
    if as_json:
        screen.show_json(plain(found))
    else:
        show(chosen, found)


def new_folder(name: str) -> Path:
    """A folder here that does not exist yet."""
    number, folder = 1, Path(f"{name}-rehearsal")
    while folder.exists():
        number += 1
        folder = Path(f"{name}-rehearsal-{number}")
    return folder


def plain(found: Rehearsal) -> dict[str, object]:
    """A rehearsal as JSON has it."""
    return {
        "teams": found.teams,
        "rounds": found.rounds,
        "acknowledged": found.acknowledged,
        "stored": found.stored,
        "round_seconds": [round(seconds, 3) for seconds in found.round_seconds],
        "file": str(found.file),
        "report": str(found.report),
    }


def show(chosen: Workshop, found: Rehearsal) -> None:
    """Print a rehearsal in sentences."""
    longest = max(found.round_seconds)
    screen.say(f"{chosen.title}: {found.teams} robot teams played {found.rounds} rounds.", "bold")
    screen.say(
        f"{found.stored} of {found.acknowledged} acknowledged events are in the session's file. "
        f"Computing a round took {longest:.1f} s at most."
    )
    screen.say(f"Session: {found.file}")
    screen.say(f"Report: {found.report}")


def _row(each: Workshop) -> tuple[str, str, str, str]:
    return each.name, each.title, f"{each.minutes:g}", f"{len(each.rounds)}"
