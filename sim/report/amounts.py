"""Numbers, shares and lengths of time as reports write them, read once for each different text of a column."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Amounts = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MISSING: Final = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "nan",
        "null",
        "none",
        "#div/0!",
        "#value!",
        "#ref!",
    )
)
PLAIN: Final = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?", re.ASCII)
GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)
SPACED: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
CLOCK: Final = re.compile(r"(?:(\d{1,4}):(?=\d{2}:))?(\d{0,4}):(\d{2})(?:[.,](\d+))?", re.ASCII)
SPOKEN: Final = re.compile(
    r"(?:(?P<h>[\d.,]+)\s*h(?:ours?|rs?)?)?[\s,]*(?:(?P<m>[\d.,]+)\s*m(?:in(?:ute)?s?)?\.?)?[\s,]*"
    r"(?:(?P<s>[\d.,]+)\s*s(?:ec(?:ond)?s?)?\.?)?[\s,]*(?:(?P<ms>[\d.,]+)\s*ms(?:ecs?)?\.?)?",
    re.ASCII,
)
SPOKEN_SECONDS: Final = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
COMMA_SHAPE: Final = re.compile(
    r"[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+)\s*%?", re.ASCII
)
DOT_SHAPE: Final = re.compile(
    r"[+-]?(?:0\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+)\s*%?", re.ASCII
)


def read(text: "pd.Series[str]", reader: Callable[[str], float | None]) -> tuple[Amounts, Mask, list[str]]:
    """Apply `reader` to a column: amounts (nan where missing), where a cell could not be read, the different texts."""
    codes, texts = different(text)
    found = [reader(cell) for cell in texts]
    amounts = np.array([np.nan if amount is None else amount for amount in found], np.float64)
    return amounts[codes], np.array([amount is None for amount in found], np.bool_)[codes], texts


def different(text: "pd.Series[str]") -> tuple[npt.NDArray[np.intp], list[str]]:
    """The different texts of a column, and for each row which of them it holds."""
    codes, seen = pd.factorize(text)
    return codes, seen.to_numpy(object).tolist()


def number(text: str, *, comma: bool = False) -> float | None:
    """A number; nan for an empty cell, None for one that holds something else. `comma` is the decimal mark."""
    text = text.strip().casefold()
    if text in MISSING:
        return np.nan
    text = SPACED.sub("", text)
    if "," in text or (comma and "." in text):
        text = _with_point(text, comma=comma)
    return float(text) if PLAIN.fullmatch(text) else None


def count(text: str, *, comma: bool = False) -> float | None:
    """A number of contacts: as `number`, but 1.234 or 1,234 that would not be whole is in thousands."""
    found = number(text, comma=comma)
    if found is None or np.isnan(found) or found.is_integer():
        return found
    bare = text.strip()
    return float(re.sub("[.,]", "", bare)) if GROUPED.fullmatch(bare) else found


def share(text: str, *, comma: bool = False) -> float | None:
    """A share: 85% is .85, a number without the sign stays as it is."""
    bare = text.strip()
    if not bare.endswith("%"):
        return number(bare, comma=comma)
    found = number(bare[:-1], comma=comma)
    return None if found is None else found / 100


def duration(
    text: str, *, comma: bool = False, unit: float = 1.0, hours_minutes: bool = False
) -> float | None:
    """A length of time in seconds: mm:ss, hh:mm:ss, "3 min 5 s", or a bare number of `unit` seconds.

    With `hours_minutes`, 3:05 is three hours and five minutes.
    """
    bare = text.strip().casefold()
    clock = CLOCK.fullmatch(bare)
    if clock:
        return _clock(clock, hours_minutes=hours_minutes)
    found = number(bare, comma=comma)
    return _spoken(bare, comma=comma) if found is None else found * unit


def says_unit(texts: Iterable[str]) -> bool:
    """Whether any cell tells its own unit, as 3:05 and 185 s do."""
    return any(
        ":" in text or text.strip()[-1:].isalpha() for text in texts if text.strip().casefold() not in MISSING
    )


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Whether numbers such as 185,5 show that the decimal mark is a comma; None if nothing shows it."""
    commas = points = 0
    for text in texts:
        commas += bool(COMMA_SHAPE.fullmatch(text.strip()))
        points += bool(DOT_SHAPE.fullmatch(text.strip()))
    return None if commas == points else commas > points


def _with_point(text: str, *, comma: bool) -> str:
    """The number with a decimal point and no thousands separators; unchanged when it makes no sense."""
    if "," in text and "." in text:
        decimal, thousands = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        whole = text.partition(decimal)[0]
        return text.replace(thousands, "").replace(decimal, ".") if GROUPED.fullmatch(whole) else text
    mark = "," if "," in text else "."
    grouped = GROUPED.fullmatch(text)
    if grouped and (text.count(mark) > 1 or (mark == ",") != comma):
        return text.replace(mark, "")
    return text.replace(mark, ".") if text.count(mark) == 1 else text


def _clock(found: re.Match[str], *, hours_minutes: bool) -> float | None:
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    if hours_minutes and not found[1]:
        hours, minutes, seconds = minutes, seconds, 0
    return hours * 3600 + minutes * 60 + seconds + float(f"0.{found[4] or 0}")


def _spoken(text: str, *, comma: bool) -> float | None:
    found = SPOKEN.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    amounts = {unit: number(amount, comma=comma) for unit, amount in found.groupdict().items() if amount}
    seconds = [None if amount is None else amount * SPOKEN_SECONDS[unit] for unit, amount in amounts.items()]
    return None if None in seconds else sum(amount for amount in seconds if amount is not None)
