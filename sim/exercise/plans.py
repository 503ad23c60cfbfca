"""What a plan changes in an operation of the kit."""

from typing import Any

from sim.experiment.questions import opened
from sim.scenario import Scenario, fields


def changed(scenario: Scenario, operation: str) -> dict[str, Any]:
    """The plan's fields that differ from the operation's, by path."""
    base = opened(operation, {})
    return {
        path: scenario.value(path)
        for path, facts in fields().items()
        if facts.side == "plan" and scenario.value(path) != base.value(path)
    }
