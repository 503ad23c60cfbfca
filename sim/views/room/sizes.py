"""How much a run of the page is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.season.season import SETTLED_WEEKS

REPLICATIONS, SEASONS = 20, 10
MORE, MORE_SEASONS = 20, 10


@dataclass(frozen=True)
class Sizes:
    """How much a run is asked for: replications of weeks, seasons, weeks to settle before them; and the seed."""

    replications: int = REPLICATIONS
    seasons: int = SEASONS
    settle: int = SETTLED_WEEKS
    seed: int = 1

    def more(self) -> Sizes:
        """The same, with more of both."""
        seasons = self.seasons and self.seasons + MORE_SEASONS
        return replace(self, replications=self.replications + MORE, seasons=seasons)
