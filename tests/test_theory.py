"""Does theory say what the books, other programs and plain logic say?"""

import math
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from typing import Any, cast, get_args

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC
from scipy.integrate import quad
from scipy.special import betainc, digamma, erfcx, pdtrc

from sim.scenario.errors import BadInput
from sim.scenario.plan import ServiceLevelDefinition
from sim.theory import (
    Expectation,
    agents_for_service_level,
    beta_of,
    erlang_a_queue,
    erlang_b,
    erlang_c,
    erlang_c_queue,
    offered_load,
    square_root_staffing,
)

Floats = npt.NDArray[np.float64]

TWENTY_SECONDS = 1 / 3
DEFINITIONS: tuple[ServiceLevelDefinition, ...] = get_args(ServiceLevelDefinition)
SIX_DIGITS = 1e-6


# ----------------------------------------------------------- another road to Erlang A, to compare with


@dataclass(frozen=True)
class Chain:
    """Erlang A state by state: the shares of time with 0, 1, 2, ... contacts in the system.

    A contact that finds k waiting would wait a sum of k + 1 exponential times, with rates
    (agents / handle time) + j / patience, j = 0..k. In units of patience that is -log of a Beta variable.
    """

    contacts: float
    handle_time: float
    agents: int
    patience: float

    def shares(self) -> Floats:
        return self._normalised(self._states())

    def _states(self) -> int:
        joining = self.contacts * self.patience
        left_over = max(joining - self.agents * self.patience / self.handle_time, 0.0)
        return self.agents + int(left_over + 12 * math.sqrt(joining) + 300)

    def _normalised(self, states: int) -> Floats:
        inside = np.arange(1, states + 1)
        busy = np.minimum(inside, self.agents)
        leave = busy / self.handle_time + (inside - busy) / self.patience
        weights = np.concatenate(([0.0], np.cumsum(np.log(self.contacts / leave))))
        weights = np.exp(weights - weights.max())
        shares: Floats = weights / weights.sum()
        return shares

    def waiting(self) -> Floats:
        """Share of contacts that find all agents busy and k others waiting, k = 0, 1, ..."""
        return self.shares()[self.agents :]

    def queue_length(self) -> float:
        waiting = self.waiting()
        return float(waiting @ np.arange(waiting.size))

    def busy_agents(self) -> float:
        shares = self.shares()
        return float(shares @ np.minimum(np.arange(shares.size), self.agents))

    def answered_within(self, minutes: float) -> float:
        waiting = self.waiting()
        ahead = np.arange(waiting.size)
        pull = self.agents * self.patience / self.handle_time
        in_time = (
            pull / (pull + ahead + 1) * betainc(ahead + 1, pull + 1, -math.expm1(-minutes / self.patience))
        )
        return float(1 - waiting.sum() + waiting @ in_time)

    def waits_beyond(self, minutes: float) -> float:
        waiting = self.waiting()
        ahead = np.arange(waiting.size)
        pull = self.agents * self.patience / self.handle_time
        stays = math.exp(-minutes / self.patience)
        return float(stays * (waiting @ betainc(pull, ahead + 1, stays)))

    def speed_of_answer(self) -> float:
        waiting = self.waiting()
        ahead = np.arange(waiting.size)
        pull = self.agents * self.patience / self.handle_time
        answered = pull / (pull + ahead + 1)
        minutes = self.patience * (digamma(pull + ahead + 2) - digamma(pull + 1))
        return float(waiting @ (answered * minutes) / (1 - waiting.sum() + waiting @ answered))

    def expectation(self) -> Expectation:
        return erlang_a_queue(self.contacts, self.handle_time, self.agents, self.patience)


@st.composite
def operations(draw: st.DrawFn) -> Chain:
    """Operations of up to 60 erlangs, from idle to hopelessly short of agents, patient and impatient."""
    handle_time = draw(st.floats(0.1, 30))
    load = draw(st.floats(0.01, 60))
    patience = handle_time * draw(st.floats(0.005, 30))
    return Chain(load / handle_time, handle_time, draw(st.integers(1, 80)), patience)


@st.composite
def patient_operations(draw: st.DrawFn) -> tuple[float, float, int]:
    """Contacts per minute, handle time and more agents than the load."""
    agents = draw(st.integers(1, 200))
    handle_time = draw(st.floats(0.1, 30))
    return agents * draw(st.floats(0.01, 0.99)) / handle_time, handle_time, agents


# ------------------------------------------------------------------- the numbers that others published


def test_the_call_centre_of_50_agents_with_impatient_callers() -> None:
    queue = erlang_a_queue(48, 1, 50, 2)

    assert queue.p_wait == pytest.approx(0.467774, abs=5e-7)
    assert queue.p_abandon == pytest.approx(0.030912, abs=5e-7)
    assert queue.wait_mean * 60 == pytest.approx(3.709, abs=5e-4)
    assert queue.queue_length == pytest.approx(2.968, abs=5e-4)
    assert queue.occupancy == pytest.approx(0.930324, abs=5e-7)
    assert queue.service_level(TWENTY_SECONDS) == pytest.approx(0.943019, abs=5e-7)


def test_the_call_centre_of_50_agents_with_patient_callers() -> None:
    queue = erlang_c_queue(48, 1, 50)

    assert queue.p_wait == pytest.approx(0.694456, abs=5e-7)
    assert queue.wait_mean * 60 == pytest.approx(20.83, abs=5e-3)


def test_the_system_of_20_agents_that_speed_is_measured_on() -> None:
    queue = erlang_a_queue(19, 1, 20, 5)

    assert queue.p_wait == pytest.approx(0.583183, abs=5e-7)
    assert queue.p_abandon == pytest.approx(0.0370570, abs=5e-8)
    assert queue.wait_mean == pytest.approx(0.185285, abs=5e-7)


def test_a_hundred_calls_in_half_an_hour_for_14_agents() -> None:
    patient = erlang_c_queue(100 / 30, 3, 14)
    impatient = erlang_a_queue(100 / 30, 3, 14, 5)

    assert patient.p_wait == pytest.approx(0.174132, abs=5e-7)
    assert patient.service_level(TWENTY_SECONDS) == pytest.approx(0.888350, abs=5e-7)
    assert impatient.p_wait == pytest.approx(0.14526, abs=5e-6)
    assert impatient.p_abandon == pytest.approx(0.013984, abs=5e-7)
    assert impatient.occupancy == pytest.approx(0.704297, abs=5e-7)
    assert impatient.wait_mean == pytest.approx(0.069919, abs=5e-7)
    assert impatient.service_level(TWENTY_SECONDS) == pytest.approx(0.916792, abs=5e-7)


def test_long_simulations_of_the_contactcenters_library_are_near() -> None:
    """Its days of 480 minutes start empty and so wait a little less: near, on the right side, not equal."""
    patient = erlang_c_queue(4.2, 2, 12)
    impatient = erlang_a_queue(4.2, 2, 12, 1)

    assert patient.occupancy == pytest.approx(0.697, abs=0.004)
    assert patient.speed_of_answer == pytest.approx(0.100, abs=0.003)
    assert patient.service_level(TWENTY_SECONDS) == pytest.approx(0.901, abs=0.003)
    assert impatient.occupancy == pytest.approx(0.677, abs=0.003)
    assert impatient.speed_of_answer == pytest.approx(0.024, abs=0.0005)
    assert impatient.service_level(TWENTY_SECONDS, "of_answered") == pytest.approx(0.974, abs=0.0005)
    assert impatient.service_level(TWENTY_SECONDS, "short_abandoned_excluded") == pytest.approx(
        0.968, abs=0.0005
    )
    assert 480 * 4.2 * impatient.p_abandon == pytest.approx((59.17 + 59.59) / 2, rel=0.01)
    assert 480 * 4.2 * impatient.service_level(TWENTY_SECONDS) == pytest.approx(1906.5, rel=0.001)


@pytest.mark.parametrize(
    ("load", "agents", "turned_away"), [(1.0, 1, 1 / 2), (1.0, 2, 1 / 5), (2.0, 2, 2 / 5), (5.0, 0, 1.0)]
)
def test_small_cases_of_erlang_b_by_hand(load: float, agents: int, turned_away: float) -> None:
    assert erlang_b(load, agents) == pytest.approx(turned_away, rel=1e-15)


# --------------------------------------------------------- agreement with another program, pyworkforce

GRID = [(load, agents) for load in (0.05, 0.9, 4.9, 9.99, 48.0, 190.0) for agents in (1, 5, 10, 50, 200)]


def pyworkforce(load: float, answer_target: float = TWENTY_SECONDS) -> ErlangC:
    return ErlangC(transactions=load / 3 * 30, aht=3, asa=answer_target, interval=30)


@pytest.mark.parametrize(("load", "agents"), GRID)
def test_erlang_b_agrees_with_pyworkforce(load: float, agents: int) -> None:
    """Its release has no Erlang B of its own, but its Erlang C is a known function of B: undo that."""
    other_c = pyworkforce(load).waiting_probability(agents)
    other_b = other_c * (agents - load) / (agents - load * other_c)

    assert erlang_b(load, agents) == pytest.approx(other_b, rel=SIX_DIGITS)


@pytest.mark.parametrize(("load", "agents"), [(load, agents) for load, agents in GRID if agents > load])
@pytest.mark.parametrize("answer_target", [0.01, TWENTY_SECONDS, 5.0])
def test_erlang_c_agrees_with_pyworkforce(load: float, agents: int, answer_target: float) -> None:
    other = pyworkforce(load, answer_target)
    queue = erlang_c_queue(load / 3, 3, agents)

    assert erlang_c(load, agents) == pytest.approx(other.waiting_probability(agents), rel=SIX_DIGITS)
    assert queue.service_level(answer_target) == pytest.approx(other.service_level(agents), rel=SIX_DIGITS)
    assert queue.occupancy == pytest.approx(other.achieved_occupancy(agents), rel=SIX_DIGITS)


# What pyworkforce's Erlang A answers by a truncated chain and uniformization (in its development version,
# commit 20c1439; not yet in a release). Contacts per minute, handle time, agents, patience, answer target;
# then the share that wait, that abandon, occupancy, mean number waiting, mean wait, share answered in target.
ERLANG_A_BY_PYWORKFORCE = [
    ((100 / 30, 3, 14, 5, 1 / 3), (0.14526011, 0.01398374, 0.70429733, 0.23306240, 0.06991872, 0.91679209)),
    ((100 / 30, 3, 10, 5, 1 / 3), (0.59943332, 0.10943800, 0.89056200, 1.82396666, 0.54719000, 0.51681017)),
    ((100 / 30, 3, 8, 5, 2), (0.84756977, 0.23186413, 0.96016983, 3.86440224, 1.15932067, 0.59783800)),
    ((100 / 30, 3, 12, 0.5, 1 / 3), (0.20468754, 0.08888320, 0.75926400, 0.14813867, 0.04444160, 0.88352151)),
    ((100 / 30, 3, 11, 60, 1 / 3), (0.62031741, 0.01944144, 0.89141687, 3.88828771, 1.16648631, 0.46504203)),
    ((0.5, 4, 1, 2, 1 / 3), (0.80237767, 0.59881116, 0.80237767, 0.59881116, 1.19762233, 0.22908737)),
    ((0.5, 4, 3, 10, 0.5), (0.36432815, 0.07210467, 0.61859689, 0.36052333, 0.72104666, 0.69387308)),
    ((2, 6, 12, 8.2, 1 / 3), (0.57392083, 0.10556774, 0.89443226, 1.73131090, 0.86565545, 0.49474237)),
    ((2, 6, 10, 8.2, 2), (0.80090825, 0.20524250, 0.95370899, 3.36597707, 1.68298853, 0.50350210)),
    ((0.1, 3, 1, 3, 0.25), (0.25918178, 0.13606074, 0.25918178, 0.04081822, 0.40818221, 0.75808096)),
    ((10, 2, 22, 1, 0.1), (0.30461060, 0.06093816, 0.85369258, 0.60938163, 0.06093816, 0.77696656)),
    ((4.2, 2, 12, 1, 1 / 3), (0.12737228, 0.02967891, 0.67922477, 0.12465140, 0.02967891, 0.94526958)),
]


@pytest.mark.parametrize(("operation", "answers"), ERLANG_A_BY_PYWORKFORCE)
def test_erlang_a_agrees_with_pyworkforce(
    operation: tuple[float, float, int, float, float], answers: tuple[float, ...]
) -> None:
    contacts, handle_time, agents, patience, answer_target = operation
    queue = erlang_a_queue(contacts, handle_time, agents, patience)
    ours = (queue.p_wait, queue.p_abandon, queue.occupancy, queue.queue_length, queue.wait_mean)

    assert (*ours, queue.service_level(answer_target)) == pytest.approx(answers, rel=SIX_DIGITS)


@pytest.mark.parametrize("load", [0.4, 3.0, 10.0, 48.0, 190.0])
@pytest.mark.parametrize("service_level", [0.5, 0.8, 0.95])
def test_staffing_for_a_service_level_agrees_with_pyworkforce(load: float, service_level: float) -> None:
    """Its search starts one above the load, ours at nobody: compare where its start is not already enough."""
    other = pyworkforce(load).required_positions(service_level)["raw_positions"]
    ours = agents_for_service_level(load / 3, 3, service_level, TWENTY_SECONDS)

    assert ours == other or (ours < other and other == round(load + 1))


# ------------------------------------------------------------ agreement with the chain, state by state


@given(operations(), st.floats(0, 5))
def test_erlang_a_is_the_birth_and_death_chain(chain: Chain, target_in_waits: float) -> None:
    queue = chain.expectation()
    target = queue.wait_mean * target_in_waits

    assert queue.p_wait == pytest.approx(chain.waiting().sum(), rel=1e-9, abs=1e-12)
    assert queue.queue_length == pytest.approx(chain.queue_length(), rel=1e-9, abs=1e-12)
    assert queue.occupancy == pytest.approx(chain.busy_agents() / chain.agents, rel=1e-9)
    assert queue.speed_of_answer == pytest.approx(chain.speed_of_answer(), rel=1e-9, abs=1e-12)
    assert queue.answered_within(target) == pytest.approx(chain.answered_within(target), abs=1e-9)
    assert queue.waits_beyond(target) == pytest.approx(chain.waits_beyond(target), abs=1e-9)


@pytest.mark.parametrize("agents", [4_000, 4_990, 5_000, 5_060, 5_200])
@pytest.mark.parametrize("patience", [0.5, 5.0, 500.0])
def test_erlang_a_is_the_chain_at_5000_erlangs(agents: int, patience: float) -> None:
    chain = Chain(1_000.0, 5.0, agents, patience)
    queue = chain.expectation()

    assert queue.p_wait == pytest.approx(chain.waiting().sum(), rel=1e-8)
    assert queue.queue_length == pytest.approx(chain.queue_length(), rel=1e-8)
    assert queue.waits_beyond(queue.wait_mean) == pytest.approx(chain.waits_beyond(queue.wait_mean), abs=1e-8)


# ------------------------------------------------------------------------------------------ identities


@given(operations())
def test_little_and_what_patience_gives_away(chain: Chain) -> None:
    """They abandon at the rate queue / patience and are answered at the rate busy agents / handle time."""
    queue = chain.expectation()

    assert queue.queue_length == pytest.approx(chain.contacts * queue.wait_mean, rel=1e-12)
    assert queue.p_abandon == pytest.approx(
        chain.queue_length() / chain.patience / chain.contacts, rel=1e-9, abs=1e-12
    )
    assert queue.p_answered + queue.p_abandon == pytest.approx(1, abs=1e-12)
    assert chain.contacts * queue.p_answered * chain.handle_time == pytest.approx(
        chain.busy_agents(), rel=1e-9
    )


@given(patient_operations())
def test_little_where_nobody_hangs_up(operation: tuple[float, float, int]) -> None:
    contacts, handle_time, agents = operation
    queue = erlang_c_queue(*operation)
    busy_or_more = erlang_c(contacts * handle_time, agents)
    ratio = contacts * handle_time / agents

    assert queue.queue_length == pytest.approx(busy_or_more * ratio / (1 - ratio), rel=1e-9)
    assert queue.queue_length == pytest.approx(contacts * queue.wait_mean, rel=1e-12)


@given(st.floats(0.01, 5_000), st.integers(1, 5_000), st.floats(0.1, 30))
def test_patience_like_handle_time_is_a_poisson_number_of_contacts(
    load: float, agents: int, handle_time: float
) -> None:
    """Served or waiting, everyone then leaves at the same rate, however many agents there are."""
    queue = erlang_a_queue(load / handle_time, handle_time, agents, handle_time)
    waiting = load * pdtrc(agents - 1, load) - agents * pdtrc(agents, load)
    all_busy = pdtrc(agents - 1, load)

    assert queue.p_wait == pytest.approx(all_busy, rel=1e-8, abs=1e-12)
    assert queue.queue_length == pytest.approx(waiting, rel=1e-7, abs=1e-8)


@given(patient_operations(), st.sampled_from(DEFINITIONS), st.floats(0, 10))
def test_endless_patience_is_erlang_c(
    operation: tuple[float, float, int], definition: ServiceLevelDefinition, target: float
) -> None:
    patient = erlang_c_queue(*operation)
    nearly = erlang_a_queue(*operation, 1e11)
    endless = erlang_a_queue(*operation, math.inf)

    assert endless == patient
    assert astuple(nearly)[:7] == pytest.approx(astuple(patient)[:7], rel=1e-5, abs=1e-8)
    assert nearly.service_level(target, definition) == pytest.approx(
        patient.service_level(target, definition), abs=1e-6
    )


@given(operations())
def test_no_patience_is_erlang_b(chain: Chain) -> None:
    turned_away = erlang_b(chain.contacts * chain.handle_time, chain.agents)
    nearly = erlang_a_queue(chain.contacts, chain.handle_time, chain.agents, 1e-9 * chain.handle_time)
    none = erlang_a_queue(chain.contacts, chain.handle_time, chain.agents, 0)

    for queue in (nearly, none):
        assert queue.p_wait == pytest.approx(turned_away, rel=1e-6)
        assert queue.p_abandon == pytest.approx(turned_away, rel=1e-6)
    assert none.wait_mean == 0
    assert none.service_level(0, "of_answered") == 1
    assert none.service_level(0, "short_abandoned_excluded") == 1


@given(operations())
def test_the_waits_add_up_to_the_mean_wait(chain: Chain) -> None:
    """The mean of a wait is the area under the share that wait longer; past 40 means there is nothing."""
    queue = chain.expectation()
    assume(queue.p_wait > 1e-6)
    scale = queue.wait_mean / queue.p_wait
    area, _ = quad(queue.waits_beyond, 0, 40 * scale, epsabs=0, epsrel=1e-8, limit=200)

    assert area == pytest.approx(queue.wait_mean, rel=1e-7)


@given(operations(), st.floats(0, 100), st.floats(0, 100))
def test_service_levels_are_shares_in_order_and_grow_with_the_target(
    chain: Chain, target: float, more: float
) -> None:
    queue = chain.expectation()
    of_offered = queue.service_level(target, "of_offered")
    excluded = queue.service_level(target, "short_abandoned_excluded")
    of_answered = queue.service_level(target, "of_answered")

    assert 0 <= of_offered <= excluded <= of_answered + 1e-12 <= 1 + 2e-12
    for definition in ("of_offered", "of_answered"):
        assert (
            queue.service_level(target, definition) <= queue.service_level(target + more, definition) + 1e-12
        )


@given(operations())
def test_in_the_end_everyone_is_answered_or_gone(chain: Chain) -> None:
    queue = chain.expectation()

    assert queue.waits_beyond(0) == pytest.approx(queue.p_wait, rel=1e-12)
    assert queue.answered_within(0) == pytest.approx(1 - queue.p_wait, abs=1e-12)
    assert queue.waits_beyond(1e9) == 0
    assert queue.answered_within(1e9) == pytest.approx(queue.p_answered, rel=1e-12)


@given(operations(), st.sampled_from(DEFINITIONS), st.floats(0, 20))
def test_one_agent_more_never_hurts(chain: Chain, definition: ServiceLevelDefinition, target: float) -> None:
    fewer = chain.expectation()
    more = erlang_a_queue(chain.contacts, chain.handle_time, chain.agents + 1, chain.patience)
    load = chain.contacts * chain.handle_time

    assert erlang_b(load, chain.agents + 1) < erlang_b(load, chain.agents)
    assert erlang_c(load, chain.agents + 1) <= erlang_c(load, chain.agents)
    for name in ("p_wait", "p_abandon", "wait_mean", "queue_length", "occupancy"):
        assert getattr(more, name) <= getattr(fewer, name) + 1e-12
    assert more.service_level(target, definition) >= fewer.service_level(target, definition) - 1e-12


@given(operations(), st.floats(1.01, 4))
def test_more_patience_means_fewer_hang_up_and_everyone_waits_longer(chain: Chain, factor: float) -> None:
    patient = erlang_a_queue(chain.contacts, chain.handle_time, chain.agents, chain.patience * factor)
    hasty = chain.expectation()

    assert patient.p_abandon <= hasty.p_abandon + 1e-12
    assert patient.wait_mean >= hasty.wait_mean - 1e-12
    assert patient.p_wait >= hasty.p_wait - 1e-12


# ------------------------------------------------------------- the ends of the scale, and limits there


@pytest.mark.parametrize("load", [0.01, 1.0, 60.0, 4_999.0, 5_000.0])
@pytest.mark.parametrize("agents", [0, 1, 61, 5_000])
@pytest.mark.parametrize("patience", [0.0, 1e-9, 1e-3, 5.0, 1e4, 1e9])
def test_the_ends_of_the_scale_give_numbers_that_make_sense(
    load: float, agents: int, patience: float
) -> None:
    queue = erlang_a_queue(load / 5, 5, agents, patience)
    shares = [queue.p_wait, queue.p_abandon, queue.p_answered]
    shares += [queue.service_level(target) for target in (0, 1e-9, 1 / 3, 1e9)]

    assert all(0 <= share <= 1 + 1e-12 for share in shares)
    assert queue.p_abandon <= queue.p_wait + 1e-12
    assert 0 <= queue.wait_mean <= patience
    assert queue.p_answered * load <= agents * (1 + 1e-12)


@pytest.mark.parametrize("patience", [1e7, 1e9])
def test_at_exactly_enough_agents_great_patience_makes_half_a_bell_of_a_queue(patience: float) -> None:
    """With load = agents the number waiting is close to half a normal of variance contacts × patience."""
    queue = erlang_a_queue(200.0, 5.0, 1_000, patience)
    typical = math.sqrt(200.0 * patience)

    assert queue.queue_length == pytest.approx(typical * math.sqrt(2 / math.pi), rel=1e-2)
    assert queue.waits_beyond(typical / 200) == pytest.approx(math.erfc(math.sqrt(0.5)), abs=1e-2)


@pytest.mark.parametrize("patience", [1e6, 1e9])
def test_far_too_few_agents_and_great_patience_serve_what_they_can(patience: float) -> None:
    """The queue settles where as many hang up as cannot be served, and nearly everyone's wait is the same."""
    queue = erlang_a_queue(1_000.0, 5.0, 4_000, patience)
    offered_wait = patience * math.log(5_000 / 4_000)

    assert queue.p_abandon == pytest.approx(1 - 4_000 / 5_000, rel=1e-9)
    assert queue.occupancy == pytest.approx(1, rel=1e-12)
    assert queue.speed_of_answer == pytest.approx(offered_wait, rel=1e-5)
    assert queue.service_level(offered_wait * 0.99) < 1e-6
    assert queue.service_level(offered_wait * 1.01, "of_answered") > 1 - 1e-6


def hazard(x: float) -> float:
    """Density over upper tail of the normal distribution."""
    return float(math.sqrt(2 / math.pi) / erfcx(x / math.sqrt(2)))


@pytest.mark.parametrize("beta", [0.2, 0.5, 1.0, 2.0])
def test_square_root_staffing_has_the_share_waiting_of_halfin_and_whitt(beta: float) -> None:
    agents = 250_000
    load = agents - beta * math.sqrt(agents)
    limit = 1 / (1 + beta / hazard(-beta))

    assert erlang_c(load, agents) == pytest.approx(limit, rel=0.01)


@pytest.mark.parametrize("beta", [-1.0, 0.0, 0.5, 1.5])
@pytest.mark.parametrize("patience_in_handle_times", [0.25, 1.0, 4.0])
def test_square_root_staffing_has_the_share_waiting_of_garnett(
    beta: float, patience_in_handle_times: float
) -> None:
    load = 250_000.0
    agents = round(square_root_staffing(load, beta))
    scale = math.sqrt(patience_in_handle_times)
    limit = 1 / (1 + hazard(beta * scale) / hazard(-beta) / scale)

    assert erlang_a_queue(load, 1, agents, patience_in_handle_times).p_wait == pytest.approx(limit, rel=0.01)


def test_nobody_there_means_everyone_waits_until_they_hang_up() -> None:
    queue = erlang_a_queue(2, 5, 0, 8)

    assert (queue.p_wait, queue.p_abandon, queue.p_answered) == (1, 1, 0)
    assert queue.wait_mean == pytest.approx(8)
    assert queue.queue_length == pytest.approx(16)
    assert queue.waits_beyond(8) == pytest.approx(math.exp(-1))
    assert queue.service_level(1) == 0
    assert queue.service_level(1, "short_abandoned_excluded") == 0
    assert math.isnan(queue.service_level(1, "of_answered"))
    assert math.isnan(queue.speed_of_answer)
    assert math.isnan(queue.occupancy)


@pytest.mark.parametrize("patience", [0.0, 3.0, math.inf])
@pytest.mark.parametrize(("contacts", "handle_time"), [(0.0, 5.0), (3.0, 0.0), (0.0, 0.0)])
def test_no_work_means_no_wait(contacts: float, handle_time: float, patience: float) -> None:
    queue = erlang_a_queue(contacts, handle_time, 3, patience)

    assert astuple(queue)[:7] == (0, 0, 1, 0, 0, 0, 0)
    assert {queue.service_level(0, definition) for definition in DEFINITIONS} == {1.0}


@pytest.mark.parametrize(
    ("contacts", "handle_time", "agents"), [(2, 5, 0), (2, 5, 1), (2, 5, 10), (0, 5, 0), (0, 0, 0)]
)
def test_with_too_few_agents_patient_contacts_wait_for_ever(
    contacts: float, handle_time: float, agents: int
) -> None:
    queue = erlang_c_queue(contacts, handle_time, agents)

    assert queue.p_wait == 1
    assert {queue.wait_mean, queue.queue_length, queue.speed_of_answer} == {math.inf}
    assert {queue.service_level(1e6, definition) for definition in DEFINITIONS} == {0.0}
    assert queue.waits_beyond(1e6) == 1
    assert queue.occupancy == 1 if agents else math.isnan(queue.occupancy)


# ----------------------------------------------------------------------------- staffing, loads, arrays


def test_offered_load_is_contacts_times_handle_time() -> None:
    assert offered_load(48, 1.5) == 72


@given(st.floats(0.01, 5_000), st.floats(-0.05, 5))
def test_beta_is_the_inverse_of_square_root_staffing(load: float, beta: float) -> None:
    assert beta_of(load, square_root_staffing(load, beta)) == pytest.approx(beta, abs=1e-9)


def test_square_root_staffing_by_hand() -> None:
    assert square_root_staffing(100, 0.5) == 105
    assert square_root_staffing(1, -5) == 0
    assert beta_of(100, 95) == -0.5
    assert beta_of(0, 3) == math.inf
    assert math.isnan(beta_of(0, 0))


@given(
    st.floats(0.01, 60),
    st.floats(0.01, 0.999),
    st.floats(0.01, 5),
    st.floats(0.1, 50),
    st.sampled_from(DEFINITIONS),
)
def test_the_fewest_agents_reach_the_service_level_and_one_fewer_does_not(
    load: float, service_level: float, target: float, patience: float, definition: ServiceLevelDefinition
) -> None:
    fewest = agents_for_service_level(
        load / 4, 4, service_level, target, mean_patience=patience, definition=definition
    )

    assert erlang_a_queue(load / 4, 4, fewest, patience).service_level(target, definition) >= service_level
    one_fewer = erlang_a_queue(load / 4, 4, max(fewest - 1, 0), patience).service_level(target, definition)
    assert fewest == 0 or math.isnan(one_fewer) or one_fewer < service_level


def test_hang_ups_save_agents_and_the_definition_changes_how_many() -> None:
    needed = {
        definition: agents_for_service_level(
            10, 5, 0.8, TWENTY_SECONDS, mean_patience=2, definition=definition
        )
        for definition in DEFINITIONS
    }
    patient = agents_for_service_level(10, 5, 0.8, TWENTY_SECONDS)

    assert needed["of_answered"] <= needed["short_abandoned_excluded"] < needed["of_offered"] < patient


def test_nothing_promised_needs_nobody() -> None:
    assert agents_for_service_level(10, 5, 0, 1) == 0


def test_arrays_of_loads_give_arrays_of_the_same_numbers() -> None:
    loads = np.array([0.0, 0.5, 9.0, 12.0, 30.0])

    assert erlang_b(loads, 12).tolist() == [erlang_b(load, 12) for load in loads.tolist()]
    assert erlang_c(loads, 12).tolist() == [erlang_c(load, 12) for load in loads.tolist()]
    assert erlang_c(loads, 0).tolist() == [1.0] * 5
    assert offered_load(loads, 2).tolist() == [0, 1, 18, 24, 60]
    assert square_root_staffing(loads[2:], 1).tolist() == [
        square_root_staffing(load, 1) for load in (9, 12, 30)
    ]
    assert beta_of(loads[1:], 9).tolist() == [beta_of(load, 9) for load in (0.5, 9, 12, 30)]


def test_single_numbers_give_plain_floats() -> None:
    answers = [offered_load(2, 3), erlang_b(3, 4), erlang_c(3, 4), square_root_staffing(3, 1), beta_of(3, 4)]
    queue = erlang_a_queue(3, 1, 4, 2)
    figures = [getattr(queue, each.name) for each in fields(queue) if each.name != "waits"]

    assert {type(number) for number in (*answers, *figures, queue.service_level(1))} == {float}


# ------------------------------------------------------------------------------------------- bad input

MOST = "1,000,000,000"
ANY_AMOUNT = f"0 to {MOST}"
IN_ORDER = ("of_offered", "of_answered", "short_abandoned_excluded")


def a_queue() -> Expectation:
    return erlang_a_queue(1, 2, 3, 4)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: offered_load(-3, 5), f"contacts_per_minute: -3 is outside {ANY_AMOUNT}; nearest 0."),
        (lambda: offered_load(3, math.nan), f"handle_time: nan is not a number; give {ANY_AMOUNT}."),
        (
            lambda: offered_load(np.array([1.0, -2.0]), 5),
            f"contacts_per_minute: -2 is outside {ANY_AMOUNT}; nearest 0.",
        ),
        (lambda: erlang_b(math.inf, 5), f"load: infinity is outside {ANY_AMOUNT}; nearest {MOST}."),
        (lambda: erlang_b(3, -1), "agents: -1 is outside 0 to 1,000,000; nearest 0."),
        (lambda: erlang_c(3, cast(Any, 2.5)), "agents: 2.5 is not a whole number; nearest 3."),
        (lambda: erlang_c(cast(Any, "many"), 2), f"load: 'many' is not a number; give {ANY_AMOUNT}."),
        (lambda: erlang_c_queue(1, 2, cast(Any, None)), "agents: None is not a number; give 0 to 1,000,000."),
        (lambda: erlang_a_queue(1, 2, 3, -1), "mean_patience: -1 is outside 0 to infinity; nearest 0."),
        (
            lambda: erlang_a_queue(1, 2, 3, math.nan),
            "mean_patience: nan is not a number; give 0 to infinity.",
        ),
        (lambda: a_queue().service_level(-1), f"answer_target: -1 is outside {ANY_AMOUNT}; nearest 0."),
        (lambda: a_queue().waits_beyond(-1), f"minutes: -1 is outside {ANY_AMOUNT}; nearest 0."),
        (
            lambda: a_queue().service_level(1, cast(Any, "of_everything")),
            f"definition: 'of_everything' is not known; choose from {', '.join(IN_ORDER)}.",
        ),
        (lambda: square_root_staffing(3, math.nan), f"beta: nan is not a number; give -{MOST} to {MOST}."),
        (lambda: beta_of(-1, 2), f"load: -1 is outside {ANY_AMOUNT}; nearest 0."),
        (
            lambda: agents_for_service_level(1, 2, 1.0, 1),
            "service_level: 1 is outside 0 to 0.9999; nearest 0.9999.",
        ),
        (
            lambda: agents_for_service_level(1e6, 2, 0.8, 1),
            "contacts_per_minute × handle_time: 2,000,000 is outside 0 to 250,000; nearest 250,000.",
        ),
    ],
)
def test_bad_arguments_get_one_sentence_that_names_them(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        ask()
    assert str(caught.value) == sentence
