"""What experiments return: results of one scenario, a paired comparison, a sweep."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.experiment.estimate import CONFIDENCE, Estimate, estimate
from sim.experiment.verdict import Verdict, verdict
from sim.measures import MEASURES, Summary
from sim.scenario import BadInput, Scenario
from sim.scenario.words import nearest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """Replications of one scenario, in order; `stopped` when fewer finished than were asked for."""

    scenario: Scenario
    summaries: tuple[Summary, ...]
    stopped: bool = False

    def values(self, name: str) -> list[float]:
        """One measure, replication by replication; raises BadInput for an unknown name."""
        _known(name)
        return [summary.values[name] for summary in self.summaries]

    def estimate(self, name: str, confidence: float = CONFIDENCE) -> Estimate:
        """Mean of one measure with its interval."""
        return estimate(self.values(name), confidence)

    def table(self) -> "pd.DataFrame":
        """Every measure: title, mean, low, high, unit."""
        import pandas as pd

        rows = [
            (measure.name, measure.title, found.mean, found.low, found.high, measure.unit)
            for measure in MEASURES.values()
            for found in [self.estimate(measure.name)]
        ]
        return pd.DataFrame(rows, columns=["measure", "title", "mean", "low", "high", "unit"]).set_index(
            "measure"
        )


@dataclass(frozen=True)
class Comparison:
    """Two scenarios on common luck, compared replication by replication."""

    before: Results
    after: Results

    def difference(self, name: str, confidence: float = CONFIDENCE) -> Estimate:
        """After less before, paired by replication."""
        pairs = zip(self.before.values(name), self.after.values(name), strict=True)
        return estimate([after - before for before, after in pairs], confidence)

    def verdict(self, name: str) -> Verdict:
        """The difference in words."""
        return verdict(MEASURES[name], self.difference(name))


@dataclass(frozen=True)
class Sweep:
    """One field varied over values, on common luck."""

    path: str
    values: tuple[Any, ...]
    results: tuple[Results, ...]

    def table(self, *names: str) -> "pd.DataFrame":
        """Means and half-widths of the named measures, one row a value."""
        import pandas as pd

        rows = [
            {"value": value}
            | {name: found.estimate(name).mean for name in names}
            | {f"{name} ±": found.estimate(name).half_width for name in names}
            for value, found in zip(self.values, self.results, strict=True)
        ]
        return pd.DataFrame(rows).set_index("value")


def _known(name: str) -> None:
    if name not in MEASURES:
        raise BadInput(f"{name}: no such measure; {nearest(name, MEASURES)}.")
