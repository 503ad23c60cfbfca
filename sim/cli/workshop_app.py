"""The commands of `sim workshop` and their options. What they do is imported when they are called."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sim.cli import options as given
from sim.cli.printing import print_command

OPEN = "open"


class _ByName(TyperGroup):
    """A group whose commands have a short form: the name of a workshop opens its desk, as in `sim workshop w1`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and _is_a_name(args):
            args = [OPEN, *args]
        return super().parse_args(ctx, args)


def _is_a_name(args: list[str]) -> bool:
    """Whether the first word names a workshop, or may be meant to: no second word follows, as one does a command."""
    alone = len(args) == 1 or args[1].startswith("-")
    return not args[0].startswith("-") and alone


workshop_app = typer.Typer(
    cls=_ByName,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Workshops for a room of teams: open the desk of one (sim workshop w1), rehearse it, print it.",
)

WorkshopWord = Annotated[
    str, typer.Argument(metavar="WORKSHOP", help="Its name; sim workshop list shows them.")
]


@workshop_app.callback()
def _options(context: typer.Context) -> None:
    """Workshops for a room of teams: open the desk of one (sim workshop w1), rehearse it, print it."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")


@workshop_app.command(OPEN, short_help="Open a workshop's desk; its name alone does.")
def open_command(
    workshop: WorkshopWord,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="FOLDER",
            help="Of the session; usually the one left in the middle, or a new one in sessions/.",
            show_default=False,
        ),
    ] = None,
    port: given.Port = 8866,
    no_browser: given.NoBrowser = False,
    as_json: given.Json = False,
) -> int:
    """Open the facilitator's desk of a workshop as a page; sim workshop w1 is short for it. Ctrl-C closes it.

    A session that was left in the middle goes on where it was. With --json: address.
    """
    from sim.cli.workshop import open_desk

    return open_desk(workshop, folder, port, browser=not no_browser, as_json=as_json)


@workshop_app.command("list", short_help="List the workshops.")
def list_command(as_json: given.Json = False) -> None:
    """List the workshops: name, title, minutes, rounds.

    With --json: a list of name, title, minutes, rounds.
    """
    from sim.cli.workshop import list_workshops

    list_workshops(as_json=as_json)


@workshop_app.command("rehearse", short_help="Play a workshop with robot teams.")
def rehearse_command(
    workshop: WorkshopWord,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="FOLDER",
            help="Where the session goes; usually a new folder here.",
            show_default=False,
        ),
    ] = None,
    real_time: Annotated[bool, typer.Option("--real-time", help="At the pace of the run sheet.")] = False,
    as_json: given.Json = False,
) -> None:
    """Play a workshop from end to end with fifteen robot teams; leaves the session's file and its report in a folder.

    With --json: teams, rounds, acknowledged, stored, round_seconds, file, report.
    """  # fmt: skip
    from sim.cli.workshop import rehearse

    rehearse(workshop, folder, real_time=real_time, as_json=as_json)


workshop_app.command("print", short_help="Print a workshop's guide, booklets and cards.")(print_command)
