"""What is chosen on the page of the year, and the two scenarios that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario import Scenario

UNMOVED: Mapping[str, object] = {
    "assumptions.customers.loyalty.risk_aversion": 0.0,
    "assumptions.customers.loyalty.failure_weight": 0.0,
}
"""Customers who mind neither variability nor remembered failures."""


@dataclass(frozen=True)
class Choice:
    """Two operations, how long and how often to live through them, and whether customers are unmoved."""

    now: Scenario
    plan: Scenario
    weeks: int
    replications: int
    unmoved: bool = False

    def worlds(self) -> tuple[Scenario, Scenario]:
        """Now and plan as they are run: in the world of now; raises BadInput where the plan does not fit it."""
        now = self.now.changed(dict(UNMOVED)) if self.unmoved else self.now
        return now, self.plan.changed({"assumptions": now.assumptions})
