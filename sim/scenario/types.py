"""Numbers that differ by type of issue, and clock times."""

from enum import IntEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from sim.scenario.fields import Part, Range

MINUTES_PER_DAY = 1440.0


class IssueType(IntEnum):
    """What kind of issue a customer brings; the order of every by-type table."""

    SIMPLE = 0
    STANDARD = 1
    COMPLEX = 2
    COMPLAINT = 3


ISSUE_TYPES = tuple(kind.name.lower() for kind in IssueType)


class ByType(Part):
    """One number for each type of issue."""

    simple: float
    standard: float
    complex: float
    complaint: float

    def row(self) -> tuple[float, float, float, float]:
        """The four numbers in the order of `IssueType`."""
        return self.simple, self.standard, self.complex, self.complaint


def by_type(simple: Range, standard: Range, complex_: Range, complaint: Range) -> dict[str, Range]:
    """The plausible ranges of such a table."""
    return dict(zip(ISSUE_TYPES, (simple, standard, complex_, complaint), strict=True))


class ShareByType(ByType):
    """A share (0 to 1) for each type of issue."""

    simple: float = Field(title="Simple", ge=0, le=1)
    standard: float = Field(title="Standard", ge=0, le=1)
    complex: float = Field(title="Complex", ge=0, le=1)
    complaint: float = Field(title="Complaint", ge=0, le=1)


class FactorByType(ByType):
    """A multiplier (0.1 to 10) for each type of issue."""

    simple: float = Field(title="Simple", ge=0.1, le=10)
    standard: float = Field(title="Standard", ge=0.1, le=10)
    complex: float = Field(title="Complex", ge=0.1, le=10)
    complaint: float = Field(title="Complaint", ge=0.1, le=10)


class LogOddsByType(ByType):
    """Log-odds (-20 to 20) for each type of issue."""

    simple: float = Field(title="Simple", ge=-20, le=20)
    standard: float = Field(title="Standard", ge=-20, le=20)
    complex: float = Field(title="Complex", ge=-20, le=20)
    complaint: float = Field(title="Complaint", ge=-20, le=20)


def _minute_of_day(value: object) -> object:
    """Turn "9:30" into 570; leave anything else for the range check to judge."""
    if isinstance(value, str) and value.count(":") == 1:
        hours, minutes = value.split(":")
        if hours.isdigit() and minutes.isdigit() and int(minutes) < 60:
            return int(hours) * 60.0 + int(minutes)
    return value


def _whole_minute(value: float) -> float:
    return float(round(value))


Clock = Annotated[float, BeforeValidator(_minute_of_day), AfterValidator(_whole_minute)]
"""A time of day to the minute: "9:30" or minutes since midnight."""
