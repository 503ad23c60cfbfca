"""Numbers as the screens write them: real minus sign, thousands comma, the same decimals on both sides."""

from math import floor, isfinite, log10

from sim.experiment.estimate import Estimate

MINUS = "−"
NONE = "–"
"""Stands where there is no value."""


def number(value: float, decimals: int = 0) -> str:
    """`value` with a real minus sign and a thousands comma; an en dash where there is none."""
    if not isfinite(value):
        return NONE
    text = f"{abs(value):,.{decimals}f}"
    return text if value >= 0 or not text.strip("0.,") else MINUS + text


def signed(value: float, decimals: int = 0) -> str:
    """As `number`, with a plus sign before a gain."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def short(value: float) -> str:
    """`value` with at most two decimals and no more of them than it needs: 2, 0.33, 2.5."""
    return number(value, next(places for places in (0, 1, 2) if places == 2 or round(value, places) == value))


def of_hundred(share: float) -> str:
    """A share as people out of 100: 58."""
    return number(100 * share)


def has_interval(estimate: Estimate) -> bool:
    """Whether the estimate rests on enough replications to wear an interval."""
    return estimate.replications > 1 and isfinite(estimate.mean) and isfinite(estimate.half_width)


def plus_minus(estimate: Estimate, scale: float = 1.0, decimals: int = 0) -> str:
    """The half-width with its sign, ±2, or nothing after one replication; a half-width above 0 never shows as 0."""
    if not has_interval(estimate):
        return ""
    smallest = 10.0**-decimals if estimate.half_width > 0 else 0.0
    return "±" + number(max(scale * estimate.half_width, smallest), decimals)


def with_half_width(estimate: Estimate, scale: float = 1.0, decimals: int = 0) -> str:
    """The mean and its half-width: 63 ±2."""
    return f"{number(scale * estimate.mean, decimals)} {plus_minus(estimate, scale, decimals)}".strip()


def interval(estimate: Estimate, scale: float = 1.0, decimals: int = 0, *, sign: bool = False) -> str:
    """The two ends: 708 to 732, or −11 to −5; an en dash after one replication."""
    if not has_interval(estimate):
        return NONE
    write = signed if sign else number
    return f"{write(scale * estimate.low, decimals)} to {write(scale * estimate.high, decimals)}"


def confidence(estimate: Estimate) -> str:
    """The confidence as a reader meets it: 95 %."""
    return f"{100 * estimate.confidence:g} %"


def decimals_for(*values: float) -> int:
    """Decimals that suit all of `values`: cents for everyday amounts, none for thousands, more below a dime."""
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    if largest >= 10_000:
        return 0
    if largest >= 0.1 or largest == 0:
        return 2
    return min(6, 1 - floor(log10(largest)))
