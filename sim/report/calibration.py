"""The calibration table: for each measure, what the model says and what the report said, and where the fit is poor."""

from dataclasses import dataclass

import numpy as np

from sim.experiment import Estimate, Results
from sim.measures import MEASURES as KNOWN
from sim.report.profile import MEASURES, Profile

TITLES = {"offered": "Contacts a day"}


@dataclass(frozen=True)
class Row:
    """One measure; shares from 0 to 1, times in minutes. `low` and `high`: the report's usual day, mean ± one SD."""

    measure: str
    title: str
    kind: str
    model: Estimate
    report: float
    low: float
    high: float

    @property
    def fits(self) -> bool:
        """Whether the model's mean lies within the report's own day-to-day spread."""
        return self.low <= self.model.mean <= self.high

    @property
    def sentence(self) -> str:
        """How well this measure fits, in words; a poor fit says in which direction and what may lie behind it."""
        if self.fits:
            return f"{self.title}: within your day-to-day spread."
        side = "above" if self.model.mean > self.high else "below"
        return f"{self.title}: the model lies {side} your usual days. {WHY[self.measure]}"


WHY = {
    "offered": "The report's volume may hold repeats that come back within the day.",
    "handle_time": "Handle time may differ between busy and quiet hours, which the model does not know.",
    "abandonment_rate": "Patience alone cannot explain it: announcements, call-back offers or a second queue may.",
    "speed_of_answer": (
        "The agents column may count people who were on the phones for only part of an interval, "
        "or some callers may be served first."
    ),
    "service_level": (
        "The model spreads waits over all callers; routing that serves some first, or breaks taken together, "
        "would spread them otherwise."
    ),
}


def calibration(found: Profile, results: Results) -> tuple[Row, ...]:
    """Model against report for every measure the report tells."""
    return tuple(row for measure in MEASURES if np.isfinite((row := _row(found, results, measure)).report))


def _row(found: Profile, results: Results, measure: str) -> Row:
    model = results.estimate(measure)
    if measure == "offered":
        days = len(found.weekdays)
        model = Estimate(model.mean / days, model.half_width / days, model.confidence, model.replications)
    reported, spread = found.reported(measure), float(found.daily[measure].std())
    return Row(
        measure=measure,
        title=TITLES.get(measure, KNOWN[measure].title),
        kind=KNOWN[measure].kind,
        model=model,
        report=reported,
        low=reported - spread,
        high=reported + spread,
    )
