"""Dates and times of day as reports write them: ISO or local, 12 or 24 hours, 24:00, ranges, spreadsheet serials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

YEARS: Final = (1980, 2099)
NEVER: Final = -1
"""A day or second that is not there."""

BLANK, UNREADABLE, ISO, NUMBERS, NAMED, SERIAL = -2, -1, 0, 1, 2, 3
"""How a date is written; `NUMBERS` is day and month by number, whose order only the whole column can tell."""

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
DAY_ZERO: Final = date(1970, 1, 1).toordinal()
SERIAL_ZERO: Final = date(1899, 12, 30).toordinal() - DAY_ZERO
DAY_SECONDS: Final = 24 * 3600

TEXT: Final = re.compile(
    r"(?P<day>.*?)(?P<time>[t\s]*\d{1,2}:\d{2}.*|(?:^|\s)\d{1,2}\s*[ap]\.?m\.?)?", re.DOTALL
)
TIME: Final = re.compile(
    r"(?P<iso>t)?\s*(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:(?P<half>[ap])\.?\s?m\.?)?\s*(?P<rest>.*)"
)
OFFSET: Final = re.compile(r"z|utc|gmt|[+-]\d{2}:?\d{2}")
RANGE: Final = re.compile(r"(?:-|–|—|to|until)\s*\d{1,2}[:.h]?\d{0,2}.*")
WEEKDAY: Final = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+|[\s,]+(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$"
)
YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")
YEAR_LAST: Final = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})")
DAY_NAME: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/.\s]*([a-z]{3,9})[-/.,\s]*(\d{4}|\d{2})")
NAME_DAY: Final = re.compile(r"([a-z]{3,9})[-/.\s]*(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+(\d{4}|\d{2})")
SERIAL_TEXT: Final = re.compile(r"(\d{5})(?:[.,](\d+))?")

QUICK: Final = (
    (ISO, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M"),
    (ISO, "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S"),
    (ISO, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
    (NUMBERS, "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"),
    (NUMBERS, "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"),
    (NUMBERS, "%d.%m.%Y %H:%M", "%m.%d.%Y %H:%M"),
    (NUMBERS, "%d.%m.%Y %H:%M:%S", "%m.%d.%Y %H:%M:%S"),
    (NUMBERS, "%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p"),
)
"""Ways of writing that pandas reads whole columns of at once: style, with the day first, with the month first."""

Whole = npt.NDArray[np.int32]


class Moment(NamedTuple):
    """One text read both ways: days since 1970 with the day first and with the month first, second of the day."""

    day_first: int = NEVER
    month_first: int = NEVER
    style: int = UNREADABLE
    second: int = NEVER
    offset: bool = False


@dataclass(frozen=True)
class Moments:
    """Many moments: a row for each, a column for each part of `Moment`."""

    table: Whole

    @property
    def day_first(self) -> Whole:
        """Days since 1970 if the day is written before the month, else `NEVER`."""
        return self.table[:, 0]

    @property
    def month_first(self) -> Whole:
        """Days since 1970 if the month is written before the day, else `NEVER`."""
        return self.table[:, 1]

    @property
    def style(self) -> Whole:
        """How the date is written."""
        return self.table[:, 2]

    @property
    def second(self) -> Whole:
        """Second of the day, up to and including 24:00."""
        return self.table[:, 3]

    @property
    def offset(self) -> npt.NDArray[np.bool_]:
        """Whether an offset from UTC was written behind the time."""
        return self.table[:, 4].astype(np.bool_)


def moments(texts: Sequence[str]) -> Moments:
    """Read different `texts`; the usual ways of writing are read at once, the others one by one."""
    return _at_once(texts) or _gathered([moment(text) for text in texts])


def times_alone(texts: Sequence[str], *, hours: bool = False) -> Moments:
    """Read different `texts` of a column that holds the time of day; see `time_alone`."""
    return _gathered([time_alone(text, hours=hours) for text in texts])


def moment(text: str) -> Moment:
    """Read one date, time of day, or both."""
    text = text.strip().casefold()
    if not text:
        return Moment(style=BLANK)
    serial = SERIAL_TEXT.fullmatch(text)
    if serial:
        return _from_serial(int(serial[1]), serial[2] or "0")
    parts = TEXT.fullmatch(text)
    day_text, time_text = (parts["day"], parts["time"]) if parts else (text, None)
    day = _day(day_text.strip(" ,t")) if day_text.strip() else Moment()
    second, offset = _time(time_text) if time_text else (NEVER, False)
    if (day_text.strip() and day.style == UNREADABLE) or (time_text and second == NEVER):
        return Moment()
    return day._replace(second=second, offset=offset)


def time_alone(text: str, *, hours: bool = False) -> Moment:
    """Read a time of day that stands in a column of its own, where 0730, 7.30 and .3125 are times too.

    With `hours`, a bare 7 is seven o'clock.
    """
    found = moment(text)
    bare = text.strip().casefold().replace(",", ".")
    if found.second != NEVER or found.style == BLANK:
        return found
    dated = TEXT.fullmatch(bare)
    if dated and dated["time"]:
        return Moment(second=_time(dated["time"])[0])
    if re.fullmatch(r"\d{3,4}", bare):
        return Moment(second=_time(f"{bare[:-2]}:{bare[-2:]}")[0])
    if re.fullmatch(r"0?\.\d+|0|1\.0+|0\.0+", bare) and not (hours and bare == "0"):
        return Moment(second=_minute(float(bare)))
    if re.fullmatch(r"\d{1,2}\.\d{2}", bare) or (hours and re.fullmatch(r"\d{1,2}", bare)):
        return Moment(second=_time(bare)[0])
    return Moment()


def _from_serial(days: int, fraction: str) -> Moment:
    """A spreadsheet's own date: days since the end of 1899, with the time of day behind the decimal mark."""
    day = SERIAL_ZERO + days
    if not YEARS[0] <= date.fromordinal(day + DAY_ZERO).year <= YEARS[1]:
        return Moment()
    return Moment(day, day, SERIAL, _minute(float(f"0.{fraction}")))


def _minute(fraction: float) -> int:
    """The second of the day of a fraction of a day, to the nearest minute: spreadsheets store it inexactly."""
    return round(fraction * 24 * 60) * 60


@lru_cache(maxsize=4096)
def _day(text: str) -> Moment:
    text = WEEKDAY.sub("", text).strip()
    found = YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        number = _number(year, month, day)
        return Moment(number, number, ISO if number != NEVER else UNREADABLE)
    found = YEAR_LAST.fullmatch(text)
    if found:
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        days, months = _number(year, second, first), _number(year, first, second)
        return Moment(days, months, NUMBERS if max(days, months) != NEVER else UNREADABLE)
    return _named_day(text)


def _named_day(text: str) -> Moment:
    for pattern, (day, month) in ((DAY_NAME, (1, 2)), (NAME_DAY, (2, 1))):
        found = pattern.fullmatch(text)
        if found and found[month][:3] in MONTHS:
            number = _number(_year(found[3]), MONTHS[found[month][:3]], int(found[day]))
            return Moment(number, number, NAMED if number != NEVER else UNREADABLE)
    return Moment()


def _year(text: str) -> int:
    """A year of two digits belongs to the years we read: 80 to 99 are 1980 to 1999."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= YEARS[0] - 1900 else 2000)


def _number(year: int, month: int, day: int) -> int:
    try:
        return date(year, month, day).toordinal() - DAY_ZERO if YEARS[0] <= year <= YEARS[1] else NEVER
    except ValueError:
        return NEVER


@lru_cache(maxsize=4096)
def _time(text: str) -> tuple[int, bool]:
    """Second of the day (86,400 for 24:00), and whether an offset from UTC stood behind it."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return NEVER, False
    offset = bool(
        OFFSET.fullmatch(found["rest"]) and (found["iso"] or found["second"] or found["rest"].isalpha())
    )
    if found["rest"] and not offset and not RANGE.fullmatch(found["rest"]):
        return NEVER, False
    return _second(
        int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0), found["half"]
    ), offset


def _second(hour: int, minute: int, second: int, half: str | None) -> int:
    if minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        return NEVER
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    total = hour * 3600 + minute * 60 + second
    return total if total <= DAY_SECONDS else NEVER


def _at_once(texts: Sequence[str]) -> Moments | None:
    """Read all `texts` in the way the first of them is written, or None if that does not read every one."""
    for style, day_first, month_first in QUICK:
        days = _read(texts[:1], day_first)
        months = _read(texts[:1], month_first)
        if (days >= 0).any() or (months >= 0).any():
            days = _read(texts, day_first)
            months = days if style == ISO else _read(texts, month_first)
            return _quick(days, months, style)
    return None


def _read(texts: Sequence[str], pattern: str) -> npt.NDArray[np.int64]:
    """Seconds since 1970; negative where the text does not fit the pattern or the year is none of ours."""
    times = pd.to_datetime(pd.Series(texts, dtype=object), format=pattern, errors="coerce")
    seconds = times.to_numpy().astype("datetime64[s]").astype(np.int64)
    return np.where(times.dt.year.between(*YEARS), seconds, NEVER)


def _quick(days: npt.NDArray[np.int64], months: npt.NDArray[np.int64], style: int) -> Moments | None:
    if (np.maximum(days, months) < 0).any():
        return None
    parts = (
        np.where(days < 0, NEVER, days // DAY_SECONDS),
        np.where(months < 0, NEVER, months // DAY_SECONDS),
        np.full(len(days), style),
        np.maximum(days, months) % DAY_SECONDS,
        np.zeros(len(days)),
    )
    return Moments(np.column_stack(parts).astype(np.int32))


def _gathered(found: Sequence[Moment]) -> Moments:
    return Moments(np.array(found, np.int32).reshape(-1, len(Moment._fields)))
