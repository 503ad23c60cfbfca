"""Seasons: weeks one after the other, from a beginning, from a settled operation, or from a branch."""

from collections.abc import Iterator
from dataclasses import replace

from sim.flow.choice import Engine
from sim.scenario import Scenario
from sim.season.contract import State, WeekRecord
from sim.season.week import beginning, happen, week

SETTLED_WEEKS = 78
"""Weeks after which the default operation has forgotten how it began (`settling` says how near that is)."""


def season(
    state: State, plan: Scenario, weeks: int, engine: Engine = "auto"
) -> Iterator[tuple[State, WeekRecord]]:
    """So many weeks under a plan, each with the state it leaves; the state given is left alone."""
    for _ in range(weeks):
        state, record = week(state, plan, engine)
        yield state, record


def branch(state: State) -> State:
    """The same operation, in which a plan begins next Monday: its events are counted from there."""
    return replace(state, since=state.week)


def settled(
    scenario: Scenario, seed: int, replication: int, weeks: int = SETTLED_WEEKS, engine: Engine = "auto"
) -> State:
    """An operation that has run for a while under a plan without its events, and where a plan begins now."""
    uneventful = scenario.model_copy(update={"events": ()})
    state = beginning(uneventful, seed, replication)
    for _ in range(weeks):
        state, _ = happen(state, uneventful, uneventful, engine)
    return branch(replace(state, followed=some_customers(state)))


def some_customers(state: State, count: int = 3) -> tuple[int, ...]:
    """Places of a few customers whose story can be told: one of the core, then others, spread over the places."""
    alive, core = state.customers.alive, state.customers.core
    groups = [(alive & core).nonzero()[0], (alive & ~core).nonzero()[0]]
    chosen = [int(group[len(group) // 2]) for group in groups if len(group)]
    rest = [int(place) for place in groups[1][:: max(1, len(groups[1]) // 7)] if int(place) not in chosen]
    return tuple((chosen + rest)[:count])
