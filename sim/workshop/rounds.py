"""The official result of a round: all teams' plans, simulated here on the same customers with the same luck."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event

from sim.experiment import Progress, Results, stream
from sim.experiment.experiments import together
from sim.experiment.replications import WEEK
from sim.flow import Engine
from sim.scenario import Scenario
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused

FEWEST = 2
"""Weeks without which nothing can be said about luck."""


def play(
    plans: Mapping[int, Scenario],
    *,
    today: Scenario,
    choices: Mapping[str, Scenario] | None = None,
    besides: Mapping[str, Sequence[Scenario]] | None = None,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    workers: int | None = None,
    engine: Engine = "auto",
) -> RoundResult:
    """Simulate a round: every different plan once, today's operation and the choices with them.

    Args:
        plans: of the teams, by team number.
        today: the operation left as it is.
        choices: plans of the round's choices, by id.
        besides: plans that the round's own questions are about, by prediction.
        replications: weeks for each plan.
        seed: of all luck, the same for all plans.
        progress: is told how far it has come.
        stop: ends it when set.
        workers: processes; None for all cores.
        engine: how the journey is played.

    Raises:
        Refused: when it was stopped; nothing is half-computed.
    """
    offered, asked = choices or {}, besides or {}
    also = [plan for pair in asked.values() for plan in pair]
    different = _different([today, *plans.values(), *offered.values(), *also])
    results = together(different, replications, None, seed, WEEK, engine, workers, progress, stop)
    if results[0].stopped:
        raise Refused("not now", "Stopped before all weeks were simulated; nothing was kept. Compute again.")
    return _result(results, different, plans, offered, asked, today, seed)


def _result(
    results: Sequence[Results],
    different: Sequence[Scenario],
    plans: Mapping[int, Scenario],
    choices: Mapping[str, Scenario],
    asked: Mapping[str, Sequence[Scenario]],
    today: Scenario,
    seed: int,
) -> RoundResult:
    """The results of the different plans, with whose they are."""
    place = partial(_place, different)
    return RoundResult.made_of(
        results,
        {team: place(plan) for team, plan in plans.items()},
        {name: place(plan) for name, plan in choices.items()},
        place(today),
        seed,
        {name: tuple(map(place, pair)) for name, pair in asked.items()},
    )


def warm_up(today: Scenario, workers: int | None = None, stop: Event | None = None) -> None:
    """Let every core load what a round needs, so that the first round is as quick as the others; takes some seconds."""
    weeks = range(2 * (workers or os.cpu_count() or 1))
    for _ in stream([today], weeks, workers=workers, stop=stop):
        pass


def _different(plans: Sequence[Scenario]) -> list[Scenario]:
    """Every different plan once, in order; names and titles make no difference."""
    found: list[Scenario] = []
    for plan in plans:
        if not any(same(plan, other) for other in found):
            found.append(plan)
    return found


def _place(different: Sequence[Scenario], plan: Scenario) -> int:
    return next(at for at, other in enumerate(different) if same(plan, other))


def same(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios are the same operation, whatever they are called."""
    return (one.plan, one.assumptions, one.events) == (other.plan, other.assumptions, other.events)
