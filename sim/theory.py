"""What queueing theory expects: Erlang B, C and A, offered load and square-root staffing.

Times are in minutes, rates per minute, shares from 0 to 1. Everything here is the long run of one team of
equal agents, contacts at random (Poisson) at a constant rate and exponential handle times: the guess before a
run, and the check after it. Numbers that do not fit raise `BadInput`, one sentence that names the argument.
"""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Protocol, TypeVar, cast

import numpy as np
import numpy.typing as npt

from sim.scenario.errors import BadInput
from sim.scenario.plan import ServiceLevelDefinition

Floats = npt.NDArray[np.float64]
Amount = TypeVar("Amount", float, Floats)

MOST = 1e9
MOST_AGENTS = 1_000_000
MOST_LOAD = MOST_AGENTS / 4


def offered_load(contacts_per_minute: Amount, handle_time: float) -> Amount:
    """Work that arrives per minute, in erlangs: the agents needed if nobody ever waited or idled."""
    return _checked("contacts_per_minute", contacts_per_minute) * _checked("handle_time", handle_time)


def erlang_b(load: Amount, agents: int) -> Amount:
    """Share of contacts turned away when nobody may wait, for a load in erlangs (Erlang 1917).

    Also the share of time all agents are busy in that system. One with no agents.
    """
    load = _checked("load", load)
    blocked = load * 0.0 + 1.0
    for busy in range(1, _whole("agents", agents) + 1):
        blocked = load * blocked / (busy + load * blocked)
    return blocked


def erlang_c(load: Amount, agents: int) -> Amount:
    """Share of contacts that wait when everyone stays until answered, for a load in erlangs (Erlang 1917).

    One when the load is as large as the number of agents or larger: the queue then grows for ever.
    """
    blocked = erlang_b(load, agents)
    idle = np.maximum(1 - _checked("load", load) / agents, 0.0) if agents else 0.0
    return _like(load, blocked / (blocked + idle * (1 - blocked)))


def square_root_staffing(load: Amount, beta: float) -> Amount:
    """Agents for a load in erlangs: load + beta √load, and never below zero (Halfin and Whitt 1981).

    The same beta keeps about the same share waiting at any size. Beta near 0 runs lean, 1 and more runs safe;
    below 0 it leans on customers who hang up (Garnett, Mandelbaum and Reiman 2002). Not rounded.
    """
    load, beta = _checked("load", load), _checked("beta", beta, low=-MOST)
    return _like(load, np.maximum(load + beta * load**0.5, 0.0))


def beta_of(load: Amount, agents: float) -> Amount:
    """The beta of square-root staffing that a number of agents amounts to: (agents - load) / √load.

    With no load it is infinite, and nan when there are no agents either.
    """
    load, agents = _checked("load", load), _checked("agents", agents)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _like(load, np.divide(agents - load, np.sqrt(load)))


class Waits(Protocol):
    """How waiting goes for a contact that finds every agent busy."""

    def beyond(self, minutes: float) -> float:
        """Share still waiting after so many minutes."""

    def answered_within(self, minutes: float) -> float:
        """Share answered within so many minutes."""


@dataclass(frozen=True)
class Expectation:
    """What a contact meets in the long run; minutes and shares, nan where a figure has no meaning.

    Attributes:
        p_wait: share that find every agent busy.
        p_abandon: share that hang up before they are answered.
        p_answered: share that are answered.
        wait_mean: mean minutes in the queue over all contacts, those who hang up included.
        queue_length: mean number waiting.
        occupancy: share of the agents' time that is busy; nan with no agents.
        speed_of_answer: mean wait of those who are answered; nan when nobody is.
        waits: how waiting goes for a contact that finds every agent busy.
    """

    p_wait: float
    p_abandon: float
    p_answered: float
    wait_mean: float
    queue_length: float
    occupancy: float
    speed_of_answer: float
    waits: Waits = field(repr=False)

    def waits_beyond(self, minutes: float) -> float:
        """Share of all contacts still waiting after so many minutes."""
        minutes = _checked("minutes", minutes)
        return self.p_wait * self.waits.beyond(minutes) if self.p_wait else 0.0

    def answered_within(self, minutes: float) -> float:
        """Share of all contacts answered within so many minutes; those who never wait included."""
        minutes = _checked("minutes", minutes)
        return 1 - self.p_wait + self.p_wait * self.waits.answered_within(minutes) if self.p_wait else 1.0

    def service_level(self, answer_target: float, definition: ServiceLevelDefinition = "of_offered") -> float:
        """Share answered within the target, in minutes, counted as the definition says.

        Args:
            answer_target: minutes within which an answer counts as in time.
            definition: what the answered in time are divided by. "of_offered": all contacts. "of_answered":
                those answered, however late. "short_abandoned_excluded": all but those who hang up within the
                target.

        Returns:
            A share from 0 to 1; nan when there is nothing to divide by, as when nobody is ever answered.
        """
        in_time = self.answered_within(_checked("answer_target", answer_target))
        counted = {
            "of_offered": 1.0,
            "of_answered": self.p_answered,
            "short_abandoned_excluded": in_time + self.waits_beyond(answer_target),
        }
        if definition not in counted:
            raise BadInput(f"definition: {definition!r} is not known; choose from {', '.join(counted)}.")
        return min(in_time / counted[definition], 1.0) if counted[definition] else math.nan


def erlang_c_queue(contacts_per_minute: float, handle_time: float, agents: int) -> Expectation:
    """Erlang C (M/M/n): everyone stays until answered.

    When the load is as large as the number of agents, or larger, there is no long run: the queue grows for
    ever. That is no error: everyone waits, and waits and queue are infinite.
    """
    load = offered_load(contacts_per_minute, handle_time)
    p_wait = erlang_c(load, agents)
    rate = _rate_of_relief(load, handle_time, agents)
    wait = p_wait / rate if rate else math.inf
    return Expectation(
        p_wait=p_wait,
        p_abandon=0.0,
        p_answered=1.0,
        wait_mean=wait,
        queue_length=contacts_per_minute * wait if rate else math.inf,
        occupancy=min(load / agents, 1.0) if agents else math.nan,
        speed_of_answer=wait,
        waits=_PatientWaits(rate),
    )


def erlang_a_queue(
    contacts_per_minute: float, handle_time: float, agents: int, mean_patience: float
) -> Expectation:
    """Erlang A (M/M/n+M): those who wait hang up after an exponential patience with this mean, in minutes.

    Exact for every load, with or without enough agents. Infinite patience is Erlang C, no patience Erlang B.
    """
    load = offered_load(contacts_per_minute, handle_time)
    patience = _checked("mean_patience", mean_patience, high=math.inf)
    blocked = erlang_b(load, agents)
    if math.isinf(patience) or (agents and not load):
        return erlang_c_queue(contacts_per_minute, handle_time, agents)
    finished = agents * patience / handle_time if agents else 0.0
    waits = _ImpatientWaits(finished, contacts_per_minute * patience, patience)
    p_wait = waits.p_wait(blocked)
    answered = 1 - p_wait + p_wait * waits.p_answered
    wait = patience * p_wait * waits.p_abandon
    return Expectation(
        p_wait=p_wait,
        p_abandon=p_wait * waits.p_abandon,
        p_answered=answered,
        wait_mean=wait,
        queue_length=contacts_per_minute * wait,
        occupancy=min(load * answered / agents, 1.0) if agents else math.nan,
        speed_of_answer=p_wait * waits.minutes_answered / answered if answered else math.nan,
        waits=waits,
    )


def agents_for_service_level(
    contacts_per_minute: float,
    handle_time: float,
    service_level: float,
    answer_target: float,
    *,
    mean_patience: float = math.inf,
    definition: ServiceLevelDefinition = "of_offered",
) -> int:
    """The fewest agents whose long-run service level is at least this (0 to 0.9999); the target in minutes."""
    load = offered_load(contacts_per_minute, handle_time)
    _checked("contacts_per_minute × handle_time", load, high=MOST_LOAD)
    _checked("service_level", service_level, high=0.9999)

    def enough(agents: int) -> bool:
        queue = erlang_a_queue(contacts_per_minute, handle_time, agents, mean_patience)
        return queue.service_level(answer_target, definition) >= service_level

    most = 1
    while not enough(most):
        most *= 2
    return bisect_left(range(most), True, key=enough)


def _rate_of_relief(load: float, handle_time: float, agents: int) -> float:
    """How many more contacts per minute the agents could finish than arrive; 0 when they cannot keep up."""
    if load >= agents:
        return 0.0
    return (agents - load) / handle_time if handle_time else math.inf


@dataclass(frozen=True)
class _PatientWaits:
    """Everyone stays: the wait of those who wait is exponential with this rate per minute."""

    rate: float

    def beyond(self, minutes: float) -> float:
        return math.exp(-self.rate * minutes)

    def answered_within(self, minutes: float) -> float:
        return -math.expm1(-self.rate * minutes)


@dataclass(frozen=True)
class _ImpatientWaits:
    """The wait of those who wait when patience is exponential, exactly.

    Let v be the wait a contact would have if it stayed, in units of mean patience. Among those who find all
    agents busy its density is proportional to exp(joining (1 - e^-v) - finished v): the birth-death chain of
    the queue, seen by one who waits in it (Palm 1957; Baccelli and Hebuterne 1981). The contact is answered
    with probability e^-v. Parts turn every figure into a sum of positive terms in one bell-shaped density,
    exp(joining (1 - e^-v) - (finished + 1) v), so that nothing cancels at any load or patience. Sums below are
    relative to the peak of that density, smooth enough for one Gauss-Legendre rule on either side of it.
    """

    finished: float  # contacts all agents can finish in one mean patience
    joining: float  # contacts that arrive in one mean patience
    patience: float  # mean, in minutes

    @property
    def p_answered(self) -> float:
        return self.finished * self._answered / self._all

    @property
    def p_abandon(self) -> float:
        return (self._answered + self.joining * self._sum(_share_gone)) / self._all if self.finished else 1.0

    @property
    def minutes_answered(self) -> float:
        """Mean over those who wait of the wait in minutes when answered, 0 when not."""
        return self.patience * self.finished * self._sum(_itself) / self._all

    def p_wait(self, blocked: float) -> float:
        """Share that wait, given the share that would be turned away if nobody might (Erlang B)."""
        return min(blocked * self._all / (self._start + blocked * self.joining * self._answered), 1.0)

    def beyond(self, minutes: float) -> float:
        since = self._in_patience(minutes)
        later = math.exp(-since) * self.joining * self._sum(_one, since)
        return min((math.exp(-self._drop(since - self._peak)) + later) / self._all, 1.0)

    def answered_within(self, minutes: float) -> float:
        return self.finished * self._sum(_one, 0.0, self._in_patience(minutes)) / self._all

    def _in_patience(self, minutes: float) -> float:
        return minutes / self.patience if self.patience else math.inf

    @property
    def _fall(self) -> float:
        return self.finished + 1

    @cached_property
    def _peak(self) -> float:
        """The most likely v; 0 unless more contacts join than leave."""
        return math.log(self.joining / self._fall) if self.joining > self._fall else 0.0

    @cached_property
    def _slope(self) -> float:
        """How fast the density falls at v = 0 when its peak is there."""
        return max(self._fall - self.joining, 0.0)

    @cached_property
    def _start(self) -> float:
        return math.exp(-self._drop(-self._peak))

    @cached_property
    def _answered(self) -> float:
        return self._sum(_one)

    @cached_property
    def _all(self) -> float:
        return self._start + self.joining * self._answered

    def _drop(self, offset: float) -> float:
        return float(_drop(np.float64(offset), self._slope, self._fall))

    @cached_property
    def _reach(self) -> tuple[float, float]:
        """Offsets from the peak past which the density is below e^-45, from simple bounds on its fall."""
        depth = 45.0
        bend = 2 * self._slope - depth
        right = 4 * depth / (math.sqrt(bend * bend + 8 * depth * self._fall) + bend)
        return -math.sqrt(2 * depth / self._fall), right

    def _sum(self, weight: Callable[[Floats], Floats], low: float = 0.0, high: float = math.inf) -> float:
        """The integral of weight times density from low to high, each side of the peak on its own."""
        left, right = max(self._reach[0], low - self._peak), min(self._reach[1], high - self._peak)
        return self._piece(weight, left, min(right, 0.0)) + self._piece(weight, max(left, 0.0), right)

    def _piece(self, weight: Callable[[Floats], Floats], left: float, right: float) -> float:
        if right <= left:
            return 0.0
        points, shares = _gauss_legendre()
        offsets = left + (right - left) * points
        density = np.exp(-_drop(offsets, self._slope, self._fall))
        return float((right - left) * (shares @ (density * weight(self._peak + offsets))))


def _drop(offset: Floats | np.float64, slope: float, fall: float) -> Floats:
    """How far the logarithm of the density lies below its peak, at an offset from it; two positive terms."""
    return slope * -np.expm1(-offset) + fall * _sag(offset)


def _sag(x: Floats | np.float64) -> Floats:
    """Return e^-x - 1 + x; by its series near 0, where the terms would cancel."""
    near = np.abs(x) < 0.1
    small = np.where(near, x, 0.0)
    series = small / 10
    for term in range(9, 2, -1):
        series = small / term * (1 - series)
    return np.where(near, small * small / 2 * (1 - series), np.expm1(-x) + x)


@cache
def _gauss_legendre() -> tuple[Floats, Floats]:
    """Points and weights on 0 to 1; 96 points leave an error below 1e-12 on either side of the peak."""
    points, weights = np.polynomial.legendre.leggauss(96)
    return (points + 1) / 2, weights / 2


def _one(v: Floats) -> Floats:
    return np.ones_like(v)


def _itself(v: Floats) -> Floats:
    return v


def _share_gone(v: Floats) -> Floats:
    return -np.expm1(-v)


def _checked(name: str, value: Amount, low: float = 0.0, high: float = MOST) -> Amount:
    """The value as float or floats, when all of it lies from low to high."""
    numbers = np.asarray(value)
    if numbers.dtype.kind not in "iuf":
        raise BadInput(f"{name}: {value!r} is not a number; give {_range(low, high)}.")
    outside = numbers[~((numbers >= low) & (numbers <= high))]
    if outside.size:
        raise BadInput(f"{name}: {_fault(float(outside[0]), low, high)}.")
    return _like(value, numbers.astype(float))


def _fault(value: float, low: float, high: float) -> str:
    if math.isnan(value):
        return f"nan is not a number; give {_range(low, high)}"
    return f"{_said(value)} is outside {_range(low, high)}; nearest {_said(low if value < low else high)}"


def _range(low: float, high: float) -> str:
    return f"{_said(low)} to {_said(high)}"


def _said(number: float) -> str:
    return f"{number:,.10g}".replace("inf", "infinity")


def _whole(name: str, value: float) -> int:
    number = _checked(name, value, high=MOST_AGENTS)
    if number != int(number):
        raise BadInput(f"{name}: {number:g} is not a whole number; nearest {math.ceil(number)}.")
    return int(number)


def _like(given: Amount, result: object) -> Amount:
    """A float for a single number, an array for an array."""
    return cast(Amount, np.asarray(result) if np.ndim(given) else float(cast(float, result)))
