"""The commands of `sim workshop` and their options. What they do is imported when they are called."""

import sys

import typer

from sim.cli.printing import print_command

workshop_app = typer.Typer(
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Workshops for a room of teams.",
)


@workshop_app.callback()
def _options(context: typer.Context) -> None:
    """Workshops for a room of teams."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")


workshop_app.command("print", short_help="Print a workshop's guide, booklets and cards.")(print_command)
