"""What the processes of the pool run for a page of months: seasons of some plans from one settled operation.

A module of its own, as `background` is: a process imports no more than this and the simulation.
"""

from collections.abc import Sequence

from sim.experiment.seasons import lived
from sim.flow import Engine
from sim.scenario import Scenario
from sim.season.contract import State
from sim.season.season import settled
from sim.season.summary import SeasonSummary
from sim.views.background import step_back

Lived = tuple[State, tuple[SeasonSummary, ...]]


def seasons_from(begins: State, plans: Sequence[Scenario], weeks: int, engine: Engine) -> Lived:
    """One season of each plan, all from the same operation, which comes back with them."""
    step_back()
    return begins, tuple(lived(plan, begins, weeks, engine) for plan in plans)


def seasons_after(
    now: Scenario, settle: int, number: int, seed: int, plans: Sequence[Scenario], weeks: int, engine: Engine
) -> Lived:
    """The same from the operation of now, which first runs until it has settled."""
    step_back()
    return seasons_from(settled(now, seed, number, settle, engine), plans, weeks, engine)
