"""Decision codes: a plan as a short word, to be read aloud, written down, sent and played again.

A code says what a plan changes about one of the kit's own operations, and nothing else: no name, no assumption, no
event. `MYHQ-33YD` is: the version (M), a letter that stands for the numbers of the operation it begins from, what is
changed, and check letters. Upper and lower case, spaces and hyphens do not matter. It is a promise that

- any single letter replaced by another is caught, any two letters swapped, one missing, one too many;
- a code of an older kit is read as it was meant; one of a newer kit is refused in a sentence;
- the plan that is read is the plan that was written, to the last digit.

The first is proved in `code_alphabet`, the second rests on the lists of `code_fields`, to which lines are only added.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from sim.scenario.code_alphabet import (
    LETTERS,
    PRIME,
    carried,
    grouped,
    letters_of,
    shown,
    spelled,
    with_checks,
)
from sim.scenario.code_fields import FIELDS, OPERATIONS, PLACES
from sim.scenario.code_numbers import KINDS, NEWER, NO_PLAN, Reader, Writer, read_count, write_count
from sim.scenario.code_prose import Token, looks_like_one, tokens
from sim.scenario.errors import BadInput
from sim.scenario.library import in_industry, named
from sim.scenario.scenario import Scenario
from sim.scenario.words import nearest

__all__ = ["Decoded", "Token", "decode", "encode", "found_in", "meant_as_code", "shortest", "spoken"]

VERSION = LETTERS.index("M")
"""The number of the first letter of every code of this version."""
IN = "@"
"""Between an operation and the industry it is played in."""
Changes = Mapping[int, Any]
"""Values by the numbers of their fields."""


@dataclass(frozen=True)
class Decoded:
    """What a code stands for.

    Attributes:
        scenario: The operation the code begins from, with the plan changed.
        told: A sentence about what may differ from what the code was made for; empty where nothing does.
        base: The operation it begins from, by name: "today", "lean@bank".
        code: The code in capitals and groups of four.
    """

    scenario: Scenario
    told: str
    base: str
    code: str


def encode(scenario: Scenario, base: str = "today") -> str:
    """The code of a scenario's plan, as what it changes about an operation of the kit.

    Args:
        scenario: Its assumptions and events must be those of `base`, for a code carries the plan only.
        base: "today" or another named scenario, an industry, or both as in "lean@bank".

    Raises:
        BadInput: where assumptions or events differ, the plan changes too much, or no operation has that name.
    """
    start = operation(base)
    for what in ("assumptions", "events"):
        if getattr(scenario, what) != getattr(start, what):
            raise BadInput(
                f"The {what} of this plan are not those of {start.title}, and a code carries the plan only; "
                "save it as a file instead."
            )
    changed = {
        number: scenario.value(path)
        for number, (path, _) in enumerate(FIELDS, start=1)
        if scenario.value(path) != start.value(path)
    }
    return grouped(_letters(_mark(base), _numbers(base), changed))


def shortest(scenario: Scenario) -> str:
    """The shortest code of a plan, whichever operation of the kit it begins from; raises BadInput where none can be.

    Of equally short ones the one from the operation that is listed first, so that the same plan has the same code.
    """
    world = scenario.assumptions, scenario.events
    able = [base for base in _bases() if (operation(base).assumptions, operation(base).events) == world]
    return min((encode(scenario, base) for base in able or ["today"]), key=len)


def decode(text: str) -> Decoded:
    """The plan that a code stands for; raises BadInput with one sentence where it is none, or of a newer kit."""
    letters = letters_of(text)
    version, mark, *digits = carried(letters)
    if version != VERSION:
        raise BadInput(f"{shown(grouped(letters))} {NEWER}")
    try:
        numbers, changed = _read(sum(digit * PRIME**at for at, digit in enumerate(digits)))
        if _letters(mark, numbers, changed) != letters:
            raise BadInput(NO_PLAN)
    except BadInput as error:
        raise BadInput(f"{shown(grouped(letters))} {error}") from error
    base = OPERATIONS[numbers[0]] + (f"{IN}{PLACES[numbers[1]]}" if numbers[1] else "")
    return Decoded(_played(base, changed, letters), _told(base, mark), base, grouped(letters))


def found_in(text: str) -> tuple[Token, ...]:
    """The codes in a text pasted from anywhere, and what nearly are codes, each with its place."""
    return tuple(tokens(text, _amiss))


def meant_as_code(text: str) -> bool:
    """Whether somebody who wrote this meant a code: it is one, or is written as they are."""
    return looks_like_one(text) or not _amiss(text)


def spoken(code: str) -> str:
    """A code for reading aloud: "M as in Mike, three, ..."; raises BadInput where it is none."""
    letters = letters_of(code)
    carried(letters)
    return spelled(letters)


@cache
def operation(base: str) -> Scenario:
    """An operation of the kit by name: a scenario, an industry, or both; raises BadInput with the nearest name."""
    scenario, place = (named(OPERATIONS[0]), base) if base in PLACES[1:] else _split(base)
    return in_industry(scenario, place) if place else scenario


# --------------------------------------------------------------------------------------------------- letters


def _letters(mark: int, numbers: tuple[int, int], changed: Changes) -> str:
    """The letters of a code: version, mark, and all else as one number."""
    to = Writer()
    to.put(int(numbers != (0, 0)), 2)
    if numbers != (0, 0):
        write_count(to, numbers[0])
        write_count(to, numbers[1])
    last, before = 0, None
    for number, value in changed.items():
        write_count(to, number - last)
        KINDS[FIELDS[number - 1][1]].write(to, value, before)
        last, before = number, value
    digits, left = [], to.total()
    while left:
        left, digit = divmod(left, PRIME)
        digits.append(digit)
    return with_checks([VERSION, mark, *digits])


def _read(number: int) -> tuple[tuple[int, int], dict[int, Any]]:
    """The numbers of operation and industry, and the changes by the numbers of their fields; raises BadInput."""
    of = Reader(number)
    numbers = (read_count(of), read_count(of)) if of.take(2) else (0, 0)
    if numbers[0] >= len(OPERATIONS) or numbers[1] >= len(PLACES):
        raise BadInput(NEWER)
    changed: dict[int, Any] = {}
    at, before = 0, None
    while step := read_count(of):
        at += step
        if at > len(FIELDS):
            raise BadInput(NEWER)
        changed[at] = before = KINDS[FIELDS[at - 1][1]].read(of, before)
    return numbers, changed


def _played(base: str, changed: Changes, letters: str) -> Scenario:
    name = f"plan_{grouped(letters[:16]).lower().replace('-', '_')}"
    values = {FIELDS[number - 1][0]: value for number, value in changed.items()}
    return operation(base).changed({**values, "name": name, "title": f"Plan {shown(grouped(letters))}"})


# -------------------------------------------------------------------------------------------- where it begins


def _split(base: str) -> tuple[Scenario, str]:
    name, _, place = base.partition(IN)
    for given, known in ((name, OPERATIONS), (place, PLACES)):
        if given not in known:
            raise BadInput(
                f"{base}: no code begins from there; {nearest(given, [*OPERATIONS, *PLACES[1:]])}."
            )
    return named(name), place


def _numbers(base: str) -> tuple[int, int]:
    """The numbers of the operation and of the industry."""
    name, _, place = base.partition(IN)
    return (0, PLACES.index(base)) if base in PLACES[1:] else (OPERATIONS.index(name), PLACES.index(place))


@cache
def _bases() -> tuple[str, ...]:
    return tuple(f"{name}{IN}{place}" if place else name for place in PLACES for name in OPERATIONS)


@cache
def _mark(base: str) -> int:
    """One letter's worth of the numbers an operation has: another with other numbers mostly has another letter."""
    start = operation(base)
    numbers = {"plan": start.plan.model_dump(mode="json"), "world": start.assumptions.model_dump(mode="json")}
    content = json.dumps(numbers, sort_keys=True).encode()
    return int.from_bytes(sha256(content).digest(), "big") % PRIME


def _told(base: str, mark: int) -> str:
    if mark == _mark(base):
        return ""
    title = operation(base).title
    return f"Made with another version of {title}: played with this one's numbers, it may come out otherwise."


def _amiss(text: str) -> str:
    try:
        decode(text)
    except BadInput as error:
        return str(error)
    return ""
