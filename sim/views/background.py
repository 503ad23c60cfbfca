"""What the processes of the pool run for a page: replications, politely, so that the page stays quick.

A module of its own, and a light one: a process imports no more than this and the simulation.
"""

import os

from sim.experiment.replications import WEEK, one
from sim.flow import Engine
from sim.measures import Summary
from sim.scenario import Scenario

NICENESS = 10


def replication(scenario: Scenario, number: int, seed: int, engine: Engine) -> Summary:
    """One replication of a week, in a process that lets those go first whom somebody is watching."""
    step_back()
    summary: Summary = one([scenario], number, seed, WEEK, engine).summaries[0]
    return summary


def step_back() -> None:
    """Let those go first whom somebody is watching."""
    if hasattr(os, "nice") and os.nice(0) < NICENESS:
        os.nice(NICENESS - os.nice(0))
