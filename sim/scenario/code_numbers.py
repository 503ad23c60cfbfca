"""How numbers, and the kinds of value a plan has, become one large number, and how they are read back from it.

A writer is given digits, each with the number of values it could have; what it holds is

    digit + values * (next digit + values * (...)),

so that a reader takes them out in the same order by dividing. Zeros at the end cost nothing, and what has been read to
its end goes on giving zeros. That is why everything common is coded as 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from math import isfinite
from typing import Any

from pydantic import ValidationError

from sim.scenario.errors import BadInput
from sim.scenario.plan import OpenDay
from sim.scenario.types import ISSUE_TYPES

NO_PLAN = "stands for no plan; compare it with the original."
NEWER = "was made with a newer kit, which has choices that this one lacks; update the kit."


class Writer:
    """Digits on their way into one number."""

    def __init__(self) -> None:
        self._digits: list[tuple[int, int]] = []

    def put(self, digit: int, values: int) -> None:
        """Add a digit that could have so many values."""
        self._digits.append((digit, values))

    def total(self) -> int:
        """All digits as one number."""
        number = 0
        for digit, values in reversed(self._digits):
            number = number * values + digit
        return number


class Reader:
    """Digits taken out of one number, in the order in which they were put in."""

    def __init__(self, number: int) -> None:
        self._left = number

    def take(self, values: int) -> int:
        """The next digit, of so many values."""
        self._left, digit = divmod(self._left, values)
        return digit


# ----------------------------------------------------------------------------------------------- plain numbers


def write_count(to: Writer, number: int) -> None:
    """A whole number from 0: decimal digits, the last first, each of which says whether another follows."""
    while number > 9:
        to.put(number % 10 + 10, 20)
        number = number // 10 - 1
    to.put(number, 20)


def read_count(of: Reader) -> int:
    """The whole number that `write_count` wrote."""
    number, place = 0, 1
    while (digit := of.take(20)) > 9:
        number += place * digit
        place *= 10
    return number + place * digit


EXPONENTS = (-1, 0, -2, 1, 2, -3, 3)
"""Powers of ten that people use, the most common first; the last digit of eight says that another one follows."""


def write_decimal(to: Writer, value: float) -> None:
    """A number from 0 as the shortest decimal that means it: its digits and a power of ten."""
    _, digits, exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    write_count(to, int("".join(map(str, digits))))
    power = int(exponent)
    if power in EXPONENTS:
        to.put(EXPONENTS.index(power), len(EXPONENTS) + 1)
    else:
        to.put(len(EXPONENTS), len(EXPONENTS) + 1)
        write_count(to, 2 * power if power >= 0 else -2 * power - 1)


def read_decimal(of: Reader) -> float:
    """The number that `write_decimal` wrote."""
    digits, at = read_count(of), of.take(len(EXPONENTS) + 1)
    power = EXPONENTS[at] if at < len(EXPONENTS) else _read_power(of)
    value = float(f"{digits}e{power}")
    if not isfinite(value):
        raise BadInput(NO_PLAN)
    return value


def _read_power(of: Reader) -> int:
    written = read_count(of)
    return -(written + 1) // 2 if written % 2 else written // 2


# -------------------------------------------------------------------------------------------- kinds of value

Write = Callable[[Writer, Any, Any], None]
Read = Callable[[Reader, Any], Any]


@dataclass(frozen=True)
class Kind:
    """How one kind of value is written and read; both are told the value of the change before it."""

    write: Write
    read: Read


def _plain(write: Callable[[Writer, Any], None], read: Callable[[Reader], Any]) -> Kind:
    return Kind(lambda to, value, _: write(to, value), lambda of, _: read(of))


def _write_switch(to: Writer, value: bool) -> None:
    to.put(int(value), 2)


def _read_switch(of: Reader) -> bool:
    return bool(of.take(2))


def _write_choice(to: Writer, value: str, choices: tuple[str, ...]) -> None:
    write_count(to, choices.index(value))


def _read_choice(of: Reader, choices: tuple[str, ...]) -> str:
    at = read_count(of)
    if at >= len(choices):
        raise BadInput(NEWER)
    return choices[at]


def one_of(*choices: str) -> Kind:
    """One of a few words; a further one may be added at the end only."""
    return _plain(partial(_write_choice, choices=choices), partial(_read_choice, choices=choices))


def _write_row(to: Writer, values: tuple[Any, ...], each: Callable[[Writer, Any], None]) -> None:
    write_count(to, len(values))
    for value in values:
        each(to, value)


def _read_row(of: Reader, each: Callable[[Reader], Any]) -> tuple[Any, ...]:
    count = read_count(of)
    if count > MOST_IN_A_ROW:
        raise BadInput(NEWER)
    return tuple(each(of) for _ in range(count))


MOST_IN_A_ROW = 1500
"""More than the minutes of a day is no row of a plan, and would take long to read out of nothing."""


def _row_of(write: Callable[[Writer, Any], None], read: Callable[[Reader], Any]) -> Kind:
    return _plain(partial(_write_row, each=write), partial(_read_row, each=read))


def _or_none(kind: Kind) -> Kind:
    """That kind, or None."""

    def write(to: Writer, value: Any, before: Any) -> None:
        to.put(int(value is not None), 2)
        if value is not None:
            kind.write(to, value, before)

    def read(of: Reader, before: Any) -> Any:
        return kind.read(of, before) if of.take(2) else None

    return Kind(write, read)


CLOSED, AS_BEFORE, GIVEN = range(3)
QUARTERS = 5
"""Minutes past the hour: 0, 15, 30, 45, or any other."""


def _write_day(to: Writer, value: OpenDay | None, before: Any) -> None:
    if value is None:
        to.put(CLOSED, 3)
    elif value == before:
        to.put(AS_BEFORE, 3)
    else:
        to.put(GIVEN, 3)
        for minute in (value.opens, value.closes):
            _write_clock(to, int(minute))


def _read_day(of: Reader, before: Any) -> OpenDay | None:
    kind = of.take(3)
    if kind == CLOSED:
        return None
    try:
        times = {"opens": _read_clock(of), "closes": _read_clock(of)} if kind == GIVEN else before
        return OpenDay.model_validate(times)
    except ValidationError as error:
        raise BadInput(NO_PLAN) from error


def _write_clock(to: Writer, minute: int) -> None:
    hour, past = divmod(minute, 60)
    to.put(hour, 25)
    at, odd = divmod(past, 15)
    to.put(QUARTERS - 1 if odd else at, QUARTERS)
    if odd:
        to.put(past, 60)


def _read_clock(of: Reader) -> float:
    hour, at = of.take(25), of.take(QUARTERS)
    return 60.0 * hour + (of.take(60) if at == QUARTERS - 1 else 15 * at)


COUNT = _plain(write_count, read_count)
DECIMAL = _plain(write_decimal, read_decimal)
SWITCH = _plain(_write_switch, _read_switch)
TYPE = one_of(*ISSUE_TYPES)
KINDS: Mapping[str, Kind] = {
    "count": COUNT,
    "count or none": _or_none(COUNT),
    "decimal": DECIMAL,
    "switch": SWITCH,
    "vendor": one_of("cost", "quality"),
    "service level": one_of("of_answered", "of_offered", "short_abandoned_excluded"),
    "types": _row_of(partial(_write_choice, choices=ISSUE_TYPES), partial(_read_choice, choices=ISSUE_TYPES)),
    "curve": _or_none(
        _row_of(
            partial(_write_row, each=write_decimal),
            partial(_read_row, each=read_decimal),
        )
    ),
    "day": Kind(_write_day, _read_day),
}
"""Every kind of value by name; how one is written never changes, or older codes would be read otherwise."""
