"""Replications as they finish: the results so far, and whether they are precise enough."""

from collections.abc import Callable, Mapping, Sequence

from sim.experiment.replications import Done
from sim.experiment.results import Results
from sim.scenario import Scenario

FEWEST = 5
"""Replications before a half-width is believed."""

Widths = Callable[[Sequence[Results], str], float]


def of_the_first(results: Sequence[Results], measure: str) -> float:
    """The half-width of a measure of the first scenario."""
    return results[0].estimate(measure).half_width


class Gathered:
    """Replications finished so far, of scenarios on common luck.

    Precision is judged in the order of the replications, so that no core's speed decides. `enough` is the first number
    of them that meets every half-width asked for, None while none does.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        asked: int,
        until: Mapping[str, float],
        widths: Widths = of_the_first,
    ) -> None:
        self.scenarios, self.asked, self.until, self.widths = scenarios, asked, until, widths
        self.finished: dict[int, Done] = {}
        self.enough: int | None = None
        self._in_order = 0

    def add(self, done: Done) -> None:
        """Take in one replication."""
        self.finished[done.replication] = done
        while self.until and self.enough is None and self._in_order in self.finished:
            self._in_order += 1
            if self._in_order >= FEWEST and self._precise():
                self.enough = self._in_order

    @property
    def stopped(self) -> bool:
        """Whether fewer finished than were asked for, though they were not precise enough."""
        return self.enough is None and len(self.finished) < self.asked

    def results(self) -> tuple[Results, ...]:
        """What is kept, scenario by scenario: up to `enough`, or everything finished."""
        return self._first(self.enough, self.stopped)

    def _precise(self) -> bool:
        results = self._first(self._in_order, stopped=False)
        return all(self.widths(results, name) <= width for name, width in self.until.items())

    def _first(self, count: int | None, stopped: bool) -> tuple[Results, ...]:
        kept = [self.finished[number] for number in sorted(self.finished)[:count]]
        return tuple(
            Results(scenario, tuple(done.summaries[at] for done in kept), stopped)
            for at, scenario in enumerate(self.scenarios)
        )
