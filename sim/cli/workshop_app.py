"""The commands of `sim workshop` and their options. What they do is imported when they are called."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options as given
from sim.cli.printing import print_command

workshop_app = typer.Typer(
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Workshops for a room of teams: rehearse them with robot teams, print them.",
)

WorkshopWord = Annotated[
    str, typer.Argument(metavar="WORKSHOP", help="Its name; sim workshop list shows them.")
]


@workshop_app.callback()
def _options(context: typer.Context) -> None:
    """Workshops for a room of teams: rehearse them with robot teams, print them."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")


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
