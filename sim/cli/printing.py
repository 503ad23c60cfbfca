"""`sim workshop print`: a workshop's pages, ready for the printer."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options as given

PAPERS = ("a4", "letter")
"""Those of `sim.views.print`, which is not loaded to show a help page; a test holds them together."""


def print_command(
    workshop: Annotated[str, typer.Argument(metavar="WORKSHOP", help="Its name, such as w1.")],
    paper: Annotated[
        str, typer.Option(metavar="SIZE", parser=given.one_of("--paper", PAPERS), help="a4 or letter.")
    ] = "a4",
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Where the files go; usually w1-printed here.", show_default=False
        ),
    ] = None,
    ask_again: Annotated[
        bool,
        typer.Option("--ask-again", help="Ask the model for every number first; takes about a minute."),
    ] = False,
    as_json: given.Json = False,
) -> None:
    """Write a workshop's guide, booklets, cards and take-away page as PDF files; older ones are replaced.

    With --json: workshop, paper, files.
    """
    print_to(workshop, paper, folder, ask_again=ask_again, as_json=as_json)


def print_to(workshop: str, paper: str, folder: Path | None, *, ask_again: bool, as_json: bool) -> None:
    """Print a workshop and tell the names of the files; raises BadInput."""
    from sim.cli import screen
    from sim.views.print import print_pack
    from sim.workshop.asking import ask_again as ask
    from sim.workshop.guide import guide_folder

    source = guide_folder(workshop)
    if ask_again:
        screen.tell("Asking the model for every number.")
        ask(source)
    files = print_pack(source, folder or Path(f"{workshop}-printed"), paper)
    if as_json:
        screen.show_json({"workshop": workshop, "paper": paper, "files": [str(file) for file in files]})
        return
    screen.say(f"{len(files)} files for {paper.upper() if paper == 'a4' else paper.capitalize()}:")
    for file in files:
        screen.say(f"  {file}")
