"""M/M/20+M as others would write it: the yardsticks for speed.

19 contacts a minute, talk 1 minute, patience 5 minutes, every number drawn when it is needed. Other simulators take
part where they are installed; the kit needs none of them.
"""

import random
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import simpy

from sim.flow.people import Process

AGENTS, RATE, TALK, PATIENCE = 20, 19.0, 1.0, 5.0

Model = Callable[[int, float], tuple[int, int]]
"""Seed and minutes -> how many came, and how many of them hung up."""


def textbook(seed: int, minutes: float) -> tuple[int, int]:
    """In SimPy as a textbook has it: one process a customer, a Resource, a timeout."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    env = simpy.Environment()
    agents = simpy.Resource(env, capacity=AGENTS)
    came = left = 0

    def customer() -> Process:
        nonlocal left
        with agents.request() as turn:
            yield turn | env.timeout(draw.expovariate(1 / PATIENCE))
            if turn.triggered:
                yield env.timeout(draw.expovariate(1 / TALK))
            else:
                left += 1

    def arrivals() -> Process:
        nonlocal came
        while True:
            yield env.timeout(draw.expovariate(RATE))
            if env.now >= minutes:
                return
            came += 1
            env.process(customer())

    env.process(arrivals())
    env.run()
    return came, left


def in_ciw(seed: int, minutes: float) -> tuple[int, int]:
    """In Ciw, which draws and keeps records by itself; those still there at the end have no record."""
    ciw: Any = import_module("ciw")
    ciw.seed(seed)
    law = ciw.dists.Exponential
    network = ciw.create_network(
        arrival_distributions=[law(RATE)],
        service_distributions=[law(1 / TALK)],
        reneging_time_distributions=[law(1 / PATIENCE)],
        number_of_servers=[AGENTS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(minutes)
    records = simulation.get_all_records()
    return len(records), sum(record.record_type == "renege" for record in records)


def in_salabim(seed: int, minutes: float) -> tuple[int, int]:
    """In salabim, one component a customer."""
    salabim: Any = import_module("salabim")
    draw = random.Random(seed)  # noqa: S311  # no secret
    env = salabim.Environment(trace=False, yieldless=False, do_reset=True)
    agents = salabim.Resource("agents", capacity=AGENTS, monitor=False)
    came = left = 0

    def customer(self: Any) -> Process:
        nonlocal left
        yield self.request(agents, fail_delay=draw.expovariate(1 / PATIENCE))
        if self.failed():
            left += 1
            return
        yield self.hold(draw.expovariate(1 / TALK))
        self.release()

    def arrivals(self: Any) -> Process:
        nonlocal came
        while env.now() < minutes:
            yield self.hold(draw.expovariate(RATE))
            came += 1
            one()

    one = type("Customer", (salabim.Component,), {"process": customer})
    type("Arrivals", (salabim.Component,), {"process": arrivals})()
    env.run()
    return came, left


PEERS: dict[str, Model] = {"ciw": in_ciw, "salabim": in_salabim}


def installed() -> dict[str, Model]:
    """The other simulators that are here."""
    return {name: model for name, model in PEERS.items() if find_spec(name)}
