"""Narrow intervals at little cost: the same customers sent through simpler systems whose averages are known exactly.

A replication whose customers happen to talk long waits long here and there alike. What it lies off in the simple
system tells how far it is off in ours, and is taken out (control variates). The simple systems:

- *crowd*: everybody is served at once, by as many as it takes. The number present is Poisson (M/M/infinity).
- *fast agent*: one agent as quick as the whole team, everybody stays. Its waits are those of M/M/1.

Both need exponential talk, and the fast agent a team that can keep up.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import pdtrc

from sim.experiment.estimate import Estimate, t_quantile
from sim.flow.contract import Bools, Floats

Window = tuple[float, float]
MOST_THERE = 400
"""More never queue for a fast agent with a fifth of the time to spare."""


@dataclass(frozen=True)
class Path:
    """How many are there at any time: `level[k]` of them from `times[k]` to `times[k + 1]`."""

    times: Floats
    level: Floats

    def within(self, window: Window) -> tuple[Floats, Floats]:
        """Minutes spent at each level in a window, and the levels."""
        return np.diff(np.clip(self.times, *window)), self.level[:-1]


def path(starts: Floats, ends: Floats) -> Path:
    """The number there, from when each comes and goes."""
    times = np.concatenate([starts, ends])
    steps = np.repeat([1.0, -1.0], [len(starts), len(ends)])
    order = np.argsort(times, kind="stable")
    return Path(times[order], np.cumsum(steps[order]))


def area(present: Path, window: Window) -> float:
    """Minutes of all who are there in a window."""
    minutes, level = present.within(window)
    return float(minutes @ level)


@dataclass(frozen=True)
class Team:
    """An operation as the yardsticks see it: contacts a minute, minutes of talk, agents."""

    rate: float
    talk: float
    agents: int

    @property
    def load(self) -> float:
        """Work that arrives, in erlangs."""
        return self.rate * self.talk


def crowd(arrives: Floats, talk: Floats, agents: int, window: Window) -> tuple[float, float]:
    """Minutes in which the crowd is as large as the team or larger, and minutes of all beyond the team."""
    minutes, level = path(arrives, arrives + talk).within(window)
    return float(minutes @ (level >= agents)), float(minutes @ np.maximum(level - agents, 0.0))


@cache
def crowd_expected(team: Team, since_empty: Window) -> tuple[float, float]:
    """What `crowd` is on average: Poisson, with a mean that grows from nothing to the load."""
    at = np.linspace(*since_empty, 20_001)
    mean = team.load * -np.expm1(-at / team.talk)
    as_large = pdtrc(team.agents - 1, mean)
    beyond = mean * as_large - team.agents * pdtrc(team.agents, mean)
    return float(np.trapezoid(as_large, at)), float(np.trapezoid(beyond, at))


def fast_agent(arrives: Floats, talk: Floats, agents: int, here: Bools) -> float:
    """Minutes that these contacts wait for the fast agent (Lindley 1952)."""
    gained = np.cumsum(talk[:-1] / agents - np.diff(arrives))
    work = np.concatenate([[0.0], gained])
    return float((work - np.minimum.accumulate(work))[here].sum())


def fast_agent_expected(team: Team, minutes: float) -> float:
    """What `fast_agent` is on average over so many minutes of the long run."""
    wait = team.load / team.agents / (team.agents / team.talk - team.rate)
    return team.rate * minutes * wait


@cache
def fast_agent_from_empty(team: Team, minutes: float) -> float:
    """The same over minutes that begin empty: the chain of M/M/1, jump by jump (uniformisation).

    An arrival waits for all who are there, 1 / finish minutes for each; it finds what the average minute finds.
    """
    finish = team.agents / team.talk
    pace = team.rate + finish
    most = pace * minutes
    until_next = pdtrc(np.arange(int(most + 12 * np.sqrt(most))), most) / pace
    states = np.arange(MOST_THERE)
    shares = np.zeros(MOST_THERE)
    shares[0] = 1.0
    there = 0.0
    for stay in until_next:
        there += stay * float(shares @ states)
        left = np.append(shares[1:], 0.0)
        left[0] += shares[0]
        came = np.append(0.0, shares[:-1])
        shares = (team.rate * came + finish * left) / pace
    return team.rate * there / finish


def adjusted(values: Floats, off: Floats, confidence: float) -> Estimate:
    """The mean of values with what the yardsticks explain taken out, and its Student's t interval.

    Where all values are the same there is nothing to explain, and the interval is that value.

    Args:
        values: one number for each independent replication.
        off: for each replication, how far each yardstick lies off its known mean; one column a yardstick.
        confidence: of the interval.
    """
    if np.ptp(values) == 0:
        return Estimate(float(values[0]), 0.0, confidence, len(values))
    spread = off.std(axis=0)
    design = np.column_stack([np.ones(len(values)), off / np.where(spread > 0, spread, 1.0)])
    fit = np.linalg.lstsq(design, values)[0]
    left = values - design @ fit
    degrees = len(values) - design.shape[1]
    variance = float(left @ left) / degrees * np.linalg.inv(design.T @ design)[0, 0]
    width = t_quantile(confidence, degrees) * float(np.sqrt(variance))
    return Estimate(float(fit[0]), width, confidence, len(values))


def ratio(top: Floats, bottom: Floats, off: Floats, confidence: float) -> Estimate:
    """A ratio of two averages, such as contacts that waited over contacts, by its linear part (delta method)."""
    whole = float(top.sum() / bottom.sum())
    return adjusted(whole + (top - whole * bottom) / bottom.mean(), off, confidence)
