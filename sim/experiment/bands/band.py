"""One statement about what must emerge: its band, what came, and whether that can be told apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

import numpy as np

from sim.experiment.bands.statements import why_known
from sim.experiment.estimate import Estimate, estimate
from sim.flow.contract import Floats

Word = Literal["holds", "fails", "cannot tell yet", "reported"]


@dataclass(frozen=True)
class Band:
    """One statement, as `Check` has one published number.

    `expected_low` to `expected_high` is the band, `low` to `high` the 95% interval of `got`; `kept` is the share of
    promises kept at which it was measured, NaN where there is none. `verdict`: holds where the interval lies inside,
    fails where it lies outside, cannot tell yet where it does both; reported where no band was set. `ok`: holds, or no
    more was asked than to report. `because`: why it is expected to fail, empty where it is not.
    """

    name: str
    expected_low: float
    expected_high: float
    got: float
    low: float
    high: float
    ok: bool
    verdict: Word
    kept: float
    source: str
    because: str = ""
    note: str = ""
    replications: int = 0


def band(
    name: str,
    found: Estimate,
    low: float = -inf,
    high: float = inf,
    *,
    kept: float = float("nan"),
    source: str = "season 0",
    note: str = "",
) -> Band:
    """Judge an estimate by its band; without one it is only reported."""
    word = judge(found, low, high)
    return Band(
        name=name,
        expected_low=low,
        expected_high=high,
        got=found.mean,
        low=found.low,
        high=found.high,
        ok=word in ("holds", "reported"),
        verdict=word,
        kept=kept,
        source=source,
        because=why_known(name),
        note=note,
        replications=found.replications,
    )


def judge(found: Estimate, low: float, high: float) -> Word:
    """Where the interval lies."""
    if not isfinite(low) and not isfinite(high):
        return "reported"
    if not isfinite(found.half_width) or not isfinite(found.mean):
        return "cannot tell yet"
    if low <= found.low and found.high <= high:
        return "holds"
    return "fails" if found.high < low or found.low > high else "cannot tell yet"


def exactly(value: float) -> Estimate:
    """A number that chance has no part in."""
    return Estimate(value, 0.0, 0.95, 1)


def of_means(rows: Sequence[Sequence[float]], ask: Callable[[Floats], float]) -> Estimate:
    """Any function of means over replications, such as a ratio, with its interval by the jackknife.

    `rows`: one row a replication, one column a quantity; `ask` is given the means of the columns (Miller 1974).
    """
    table = np.array(rows, np.float64)
    count = len(table)
    whole = ask(table.mean(axis=0))
    if count < 2:
        return Estimate(whole, inf, 0.95, count)
    without = (table.sum(axis=0) - table) / (count - 1)
    pseudo = [count * whole - (count - 1) * ask(means) for means in without]
    return estimate(pseudo)
