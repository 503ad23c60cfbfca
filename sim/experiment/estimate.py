"""An average over replications, with its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """Mean and half-width of its interval; the half-width is infinite with one replication."""

    mean: float
    half_width: float
    confidence: float
    replications: int

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.mean + self.half_width


def estimate(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """Student's t interval for the mean of independent replications; NaN replications are left out."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    count = len(known)
    if count == 0:
        return Estimate(nan, inf, confidence, 0)
    if count == 1:
        return Estimate(float(known[0]), inf, confidence, 1)
    width = t_quantile(confidence, count - 1) * float(known.std(ddof=1)) / sqrt(count)
    return Estimate(float(known.mean()), width, confidence, count)


def t_quantile(confidence: float, degrees: int) -> float:
    """Two-sided quantile of Student's t."""
    from scipy.special import stdtrit  # quick to import, unlike scipy.stats

    return float(stdtrit(degrees, 0.5 + confidence / 2))
