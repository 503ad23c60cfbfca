"""The panels of a season in words and tables, for those who do not see the pictures."""

from collections.abc import Callable, Sequence
from math import isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats
from sim.views.equivalents import SIDES, Equivalent
from sim.views.months import sentences
from sim.views.months.data import (
    CustomersData,
    LoyaltyData,
    Path,
    ProfitData,
    SeasonData,
    StaffData,
    StaffSide,
)
from sim.views.months.sentences import Found
from sim.views.stories import CAUSES

QUARTERS = 4
Write = Callable[[Estimate], str]
Row = tuple[str, ...]


def season_equivalents(data: SeasonData, found: Found) -> dict[str, Equivalent]:
    """All four panels: loyalty, customers, profit, staff."""
    return {
        "loyalty": loyalty_equivalent(data.loyalty, found),
        "customers": customers_equivalent(data.customers),
        "profit": profit_equivalent(data.profit, found),
        "staff": staff_equivalent(data.staff, found),
    }


def loyalty_equivalent(data: LoyaltyData, found: Found) -> Equivalent:
    """Customers left at every quarter of the season, and every cause of leaving."""
    sentence = f"{sentences.loyalty_title(data, found)}. Newcomers are not counted."
    rows: list[Row] = []
    if data.now and data.plan:
        rows = [
            (
                f"Still with us after {week} weeks, of 100",
                *(shared(side.left[week]) for side in (data.now, data.plan)),
            )
            for week in quarters(data.weeks)
        ]
        rows += [
            (
                f"Lost to {words}, of 100 at first",
                *(shared(side.causes[cause], 1) for side in (data.now, data.plan)),
            )
            for cause, words in CAUSES.items()
        ]
    return Equivalent(sentence, ("Loyalty", *SIDES), tuple(rows))


def customers_equivalent(data: CustomersData) -> Equivalent:
    """Customers at every quarter of the season."""
    rows: list[Row] = []
    if data.now and data.plan:
        rows = [
            (f"After {week} weeks", *(counted(side.have[week]) for side in (data.now, data.plan)))
            for week in (0, *quarters(data.weeks))
        ]
    return Equivalent(f"{sentences.customers_title(data)}.", ("Customers", *SIDES), tuple(rows))


def profit_equivalent(data: ProfitData, found: Found) -> Equivalent:
    """Profit of a week, and what the plan brings, at every quarter and over every horizon; when it pays back."""
    columns = ("Profit, dollars", *SIDES, "plan less now, summed")
    rows: list[Row] = []
    if data.now and data.plan and data.gain:
        rows = [
            (
                f"A week, around week {week}",
                *(counted(at(side.weekly, week - side.begins)) for side in (data.now, data.plan)),
                gained(data.gain.summed[week]),
            )
            for week in quarters(data.weeks)
        ]
        rows += [
            (f"Over {word}", counted(found[word].now), counted(found[word].plan), gained(one))
            for word, one in data.horizons.items()
        ]
        back = "none" if data.gain.pays_back is None else formats.number(data.gain.pays_back)
        rows.append(("Week in which it pays back", formats.NONE, back, _how_many(data)))
    return Equivalent(f"{sentences.profit_title(data, found)}.", columns, tuple(rows))


def _how_many(data: ProfitData) -> str:
    gain = data.gain
    return f"a gain in {gain.paying} of {gain.replications}" if gain else formats.NONE


def staff_equivalent(data: StaffData, found: Found) -> Equivalent:
    """People at work, exhaustion and the time a contact gets: over the season, and at every quarter of it."""
    rows: list[Row] = []
    for name, measure, path, write in STAFF_ROWS:
        if data.now and data.plan:
            told = found[measure]
            rows.append((f"{name}, over the season", write(told.now), write(told.plan)))
            rows += [
                (f"{name}, week {week}", *(write(path(side)[week - 1]) for side in (data.now, data.plan)))
                for week in quarters(data.weeks)
            ]
    return Equivalent(f"{sentences.staff_title(data, found)}.", ("People", *SIDES), tuple(rows))


def quarters(weeks: int) -> list[int]:
    """The weeks in which the quarters of a season end."""
    return sorted({max(1, round(weeks * part / QUARTERS)) for part in range(1, QUARTERS + 1)})


def at(path: Path, place: int) -> Estimate:
    """The value at a place of a path, or the nearest there is."""
    return path[min(max(place, 0), len(path) - 1)]


def shared(share: Estimate, decimals: int = 0) -> str:
    """A share of 100 with its half-width."""
    return formats.with_half_width(share, 100, decimals)


def counted(amount: Estimate) -> str:
    """An amount with its half-width."""
    return formats.with_half_width(amount)


def gained(amount: Estimate) -> str:
    """A gain or a loss with its half-width."""
    if not isfinite(amount.mean):
        return formats.NONE
    return f"{formats.signed(amount.mean)} {formats.plus_minus(amount)}".strip()


def people(amount: Estimate) -> str:
    """How many people, with the half-width."""
    return formats.with_half_width(amount, decimals=1)


STAFF_ROWS: Sequence[tuple[str, str, Callable[[StaffSide], Path], Write]] = (
    ("At work", "at_work", lambda side: side.at_work, people),
    ("Exhaustion, of 100", "exhaustion", lambda side: side.exhaustion, shared),
    ("Time a contact gets, of 100 it needs", "time_taken", lambda side: side.time_taken, shared),
)
