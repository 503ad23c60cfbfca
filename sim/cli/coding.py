"""`sim code`: a plan as a short code, and what a code changes, in words."""

from typing import Any

from rich.text import Text

from sim.cli import screen
from sim.cli.choose import chosen, differences, is_code
from sim.scenario import Scenario
from sim.scenario.codes import Decoded, decode, operation, shortest, spoken


def code(word: str, sets: list[str], *, as_json: bool) -> None:
    """Print the code of a scenario, or what a code changes; raises BadInput where there is none."""
    asked = decode(word) if is_code(word) and not sets else None
    read = asked or decode(shortest(chosen(word, sets).scenario))
    if as_json:
        screen.show_json(content(read))
    elif asked:
        show_meaning(asked)
    else:
        show_code(read)


def show_code(read: Decoded) -> None:
    """Print the code on a line of its own, what it stands for, and how to read it aloud."""
    screen.out().print(Text(read.code, "bold"), soft_wrap=True)
    screen.say(f"{_beginning(read).title}: {_otherwise(read)}.")
    screen.say(f"Aloud: {spoken(read.code)}.")


def show_meaning(read: Decoded) -> None:
    """Print what the code changes, one choice a line."""
    screen.say(f"{read.code} begins from {_beginning(read).title}.", "bold")
    for change in _changes(read) or ["Nothing is otherwise"]:
        screen.say(f"{change}.")
    if read.told:
        screen.say(read.told)


def _beginning(read: Decoded) -> Scenario:
    return operation(read.base)


def _changes(read: Decoded) -> tuple[str, ...]:
    return differences(_beginning(read), read.scenario)


def _otherwise(read: Decoded) -> str:
    return "; ".join(_changes(read)) or "nothing is otherwise"


def content(read: Decoded) -> dict[str, Any]:
    """A code as JSON."""
    return {
        "command": "code",
        "code": read.code,
        "aloud": spoken(read.code),
        "base": read.base,
        "title": read.scenario.title,
        "changes": _changes(read),
        "told": read.told,
    }
