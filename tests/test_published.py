"""Do we say what others published, and would we notice if we did not?"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from heapq import heapreplace
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm
from scipy.special import betainc, digamma, gammaincc, pdtr

from sim.experiment import check as checking
from sim.experiment.check import MEASURES, Check, by_formula, check
from sim.experiment.estimate import Estimate
from sim.experiment.observed import team_of
from sim.experiment.published import CASES, Case, between, erlang_a, exact, printed
from sim.experiment.replications import Progress
from sim.experiment.yardsticks import (
    Team,
    adjusted,
    area,
    crowd,
    crowd_expected,
    fast_agent,
    fast_agent_expected,
    fast_agent_from_empty,
    path,
    ratio,
)
from sim.flow import Week, weeks
from sim.measures.journal import wait_in
from sim.scenario import Hours, Scenario, bare, load, save
from sim.scenario.library import BARE
from sim.theory import erlang_c_queue

Floats = npt.NDArray[np.float64]
BY_NAME = {found.scenario.name: found for found in CASES}


@pytest.fixture(scope="module")
def quick() -> dict[str, Check]:
    return {row.name: row for row in check(quick=True)}


def one_week(scenario: Scenario, seed: int = 1) -> Week:
    return next(weeks(scenario, seed, 0, 1, follow_up=False))


def one_hour(scenario: Scenario) -> Scenario:
    """The same operation for the first hour of the week."""
    return scenario.changed(
        {
            "plan.hours": Hours.daily(0, 60, days=1),
            "assumptions.demand.issues_per_day": 60 * team_of(scenario).rate,
        }
    )


# --------------------------------------------------------------------- do the published numbers come out


def test_every_formula_gives_the_published_digits() -> None:
    rows = by_formula()

    assert {row.name for row in rows if not row.ok} == set()
    assert len(rows) == 18


def test_every_simulated_number_holds_the_published_one_in_a_narrow_interval(
    quick: dict[str, Check],
) -> None:
    simulated = {name: row for name, row in quick.items() if row.replications}

    assert {name: row for name, row in simulated.items() if not row.ok} == {}
    for row in simulated.values():
        assert row.low <= row.got <= row.high
        assert row.high - row.low <= 2 * 4 * max(0.02 * row.expected, 0.002)


def test_no_published_number_is_left_out(quick: dict[str, Check]) -> None:
    expected = [0.467774, 0.030912, 3.709, 2.968, 0.930324, 0.943019]  # Erlang A
    expected += [0.694456, 20.83, 0.583183, 0.0370570, 0.185285]  # Erlang C, M/M/20+M
    expected += [0.888350, 0.174132, 0.14526, 0.013984, 0.916792]  # pyworkforce
    expected += [0.901, 0.100, 0.697, 0.974, 0.024, 0.677, 0.968]  # ContactCenters
    expected += [(1814.6 + 1816.3) / 2, (59.17 + 59.59) / 2, (1906.0 + 1907.1) / 2]

    simulated = {row.expected for row in quick.values() if row.replications}

    assert set(expected) <= simulated


def test_those_who_abandon_are_the_queue_over_patience(quick: dict[str, Check]) -> None:
    law = MEASURES["patience_law"].title

    rows = [row for row in quick.values() if row.name.endswith(law)]

    assert len(rows) == 2
    assert all(row.low <= 1 <= row.high for row in rows)


# ------------------------------------------------------------------------ would a wrong number be noticed


def checked(monkeypatch: pytest.MonkeyPatch, *cases: Case, workers: int = 1) -> list[Check]:
    """The simulated rows of a quick check of these cases alone."""
    monkeypatch.setattr(checking, "CASES", cases)
    return [row for row in check(quick=True, workers=workers) if row.replications]


def small(name: str, quick: int = 6) -> Case:
    """A few short replications of a published case."""
    return replace(BY_NAME[name], scenario=one_hour(BY_NAME[name].scenario), warm_up=20.0, quick=quick)


def test_a_wrong_number_is_reported_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "QUICK", 100.0)
    right = replace(small("erlang_a", 8), numbers=(printed("waited", "0.467774"),), laws=())
    wrong = replace(right, numbers=(printed("waited", "0.750"),))

    (agrees,) = checked(monkeypatch, right)
    (differs,) = checked(monkeypatch, wrong)

    assert agrees.ok
    assert not differs.ok
    assert differs.high < 0.7
    assert (agrees.got, agrees.low, agrees.high) == (differs.got, differs.low, differs.high)


@pytest.mark.parametrize(
    ("mean", "reach"),
    [
        (0.5, (0.4, 0.6)),
        (0.604, (0.5, 0.704)),
        (0.606, (0.506, 0.706)),
        (0.396, (0.296, 0.5)),
        (0.394, (0.294, 0.494)),
    ],
)
def test_an_end_that_prints_like_the_published_number_reaches_it(
    mean: float, reach: tuple[float, float]
) -> None:
    got = Estimate(mean, 0.1, 0.99, 9)

    assert checking.reach(printed("waited", "0.50"), got) == pytest.approx(reach)


def test_an_interval_too_wide_to_mean_anything_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "QUICK", 0.01)
    right = replace(small("erlang_a", 8), numbers=(printed("waited", "0.467774"),), laws=())

    (row,) = checked(monkeypatch, right)

    assert row.low <= row.expected <= row.high
    assert not row.ok
    assert "too wide" in row.note


def test_a_wrong_formula_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(BY_NAME["erlang_a"], numbers=(printed("waited", "0.467776"),))
    monkeypatch.setattr(checking, "CASES", (wrong,))

    assert [row.ok for row in by_formula()] == [False]


def test_one_core_and_two_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = (small("nobody_waits", 5), small("patience_like_talk", 5))

    assert checked(monkeypatch, *cases, workers=1) == checked(monkeypatch, *cases, workers=2)


def test_a_stopped_check_keeps_the_operations_it_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CASES", (small("nobody_waits", 5), small("patience_like_talk", 5)))
    told, stop = [], Event()

    def progress(now: Progress) -> None:
        told.append(now)
        if now.done == 6:
            stop.set()

    rows = [row for row in check(progress, stop, workers=1, quick=True) if row.replications]

    assert [now.done for now in told] == [1, 2, 3, 4, 5, 6]
    assert {now.total for now in told} == {10}
    assert {row.name.partition(":")[0] for row in rows} == {"Nobody waits"}


@pytest.mark.parametrize(
    ("digits", "low", "high"),
    [("0.901", 0.9005, 0.9015), ("20.83", 20.825, 20.835), ("0.0370570", 0.03705695, 0.03705705)],
)
def test_printed_digits_leave_room_for_their_rounding(digits: str, low: float, high: float) -> None:
    number = printed("waited", digits)

    assert [number.low, number.high] == pytest.approx([low, high], abs=1e-12)
    assert number.expected == float(digits)


# ----------------------------------------------------------------------- are they scenarios like any other


@pytest.mark.parametrize("name", BY_NAME)
def test_a_published_operation_survives_its_file(name: str, tmp_path: Path) -> None:
    scenario = BY_NAME[name].scenario

    save(scenario, tmp_path / "case.yaml")

    assert load(tmp_path / "case.yaml") == scenario


def test_bare_is_the_default_operation_with_every_complication_off() -> None:
    scenario = bare({})

    assert scenario == Scenario().changed(BARE)
    week = one_week(scenario)
    assert set(week.log["contact"].tolist()) == {0}
    assert np.isnan(week.log["queued_2"]).all()
    assert np.isnan(week.log["bot_ended"]).all()
    assert np.isnan(week.log["asked"]).all()
    assert (week.log["freed"] == week.log["ended"])[np.isfinite(week.log["freed"])].all()
    assert set(week.operation.agents["pace"].tolist()) == {1.0}


def test_round_the_clock_is_one_stretch() -> None:
    week = one_week(BY_NAME["hundred_calls"].scenario.changed("assumptions.demand.issues_per_day", 50.0))

    assert week.operation.hours.tolist() == [(0.0, 2880.0)]
    assert {(starts, ends) for _, starts, ends in week.operation.on_duty.tolist()} == {(0.0, 2880.0)}


# ------------------------------------------------- what holds exactly, on every path, whatever the numbers


@st.composite
def operations(draw: st.DrawFn) -> Scenario:
    agents = draw(st.integers(1, 8))
    return bare(
        {
            "plan.hours": Hours.daily(0, 120, days=draw(st.integers(1, 2))),
            "plan.staffing.agents": agents,
            "assumptions.demand.issues_per_day": 120 * agents * draw(st.floats(0.2, 1.5)) / 3,
            "assumptions.handling.talk_mean": 3.0,
            "assumptions.handling.talk_kind": draw(st.sampled_from(["exponential", "lognormal", "fixed"])),
            "assumptions.handling.wrap_up_mean": draw(st.sampled_from([0.0, 1.0])),
            "assumptions.patience.kind": draw(st.sampled_from(["exponential", "weibull", "infinite"])),
            "assumptions.patience.mean": draw(st.floats(0.1, 10)),
        }
    )


@settings(max_examples=40)
@given(operations(), st.integers(1, 1000))
def test_littles_law_holds_to_the_last_bit(scenario: Scenario, seed: int) -> None:
    log = one_week(scenario, seed).log
    waits = wait_in(log, "")
    answered = log[np.isfinite(log["answered"])]

    queue = path(log["queued"], log["queued"] + waits)
    busy = path(answered["answered"], answered["freed"])

    assert area(queue, (0.0, np.inf)) == waits.sum()
    assert area(busy, (0.0, np.inf)) == (answered["freed"] - answered["answered"]).sum()
    assert busy.level[:-1][np.diff(busy.times) > 0].max(initial=0.0) <= scenario.plan.staffing.agents


def first_come_first_served(arrives: Floats, talk: Floats, patience: Floats, agents: int) -> list[float]:
    """Waits in order of arrival, of those who hang up too, by who is free first; no clock, no events."""
    free, waits = [0.0] * agents, []
    for now, needs, bears in zip(arrives.tolist(), talk.tolist(), patience.tolist(), strict=True):
        wait = max(0.0, free[0] - now)
        if wait <= bears:
            heapreplace(free, now + wait + needs)
        waits.append(min(wait, bears))
    return waits


@pytest.mark.parametrize("name", BY_NAME)
def test_the_journey_waits_as_a_plain_recursion_waits(name: str) -> None:
    scenario = one_hour(BY_NAME[name].scenario)
    week = one_week(scenario)
    talk = np.floor(week.draws["talk"] * 2**20 + 0.5) / 2**20

    waits = first_come_first_served(
        week.log["arrived"], talk, week.draws["patience"], scenario.plan.staffing.agents
    )

    assert len(waits) > 100
    assert wait_in(week.log, "").tolist() == waits


# ------------------------------------------------------------ days from empty: another road to the numbers


def days_from_empty(patience: float) -> dict[str, float]:
    """ContactCenters' day, exactly: the birth-death chain from empty over 480 minutes.

    A contact that finds k waiting waits a sum of k + 1 exponential times; in units of patience that is -log of a
    Beta variable, without patience a gamma variable. Arrivals see the chain's average (they are Poisson).
    """
    rate, finish, agents, minutes, target = 4.2, 0.5, 12, 480.0, 1 / 3
    hurry = 1 / patience
    inside = np.arange(agents + (250 if hurry == 0 else 90))
    ahead = np.maximum(inside - agents, 0)
    leave = np.minimum(inside, agents) * finish + ahead * hurry
    chain = np.diag(np.full(inside.size - 1, rate), 1) + np.diag(leave[1:], -1)
    chain -= np.diag(chain.sum(axis=1))
    there = simpson_over_time(chain, minutes)
    all_busy, pull = inside >= agents, agents * finish
    if hurry == 0:
        served, in_time = np.ones(inside.size), 1 - all_busy * gammaincc(ahead + 1, pull * target)
        waited, gone_late = all_busy * (ahead + 1) / pull, np.zeros(inside.size)
    else:
        pull /= hurry
        chance = pull / (pull + ahead + 1)
        stays = np.exp(-hurry * target)
        served = np.where(all_busy, chance, 1.0)
        in_time = np.where(all_busy, chance * betainc(ahead + 1, pull + 1, 1 - stays), 1.0)
        waited = all_busy * chance * (digamma(pull + ahead + 2) - digamma(pull + 1)) / hurry
        gone_late = all_busy * (stays * betainc(pull, ahead + 1, stays) - (served - in_time))
    answered, in_target = rate * there @ served, rate * there @ in_time
    return {
        "in_target_a_day": in_target,
        "abandoned_a_day": rate * there @ (1 - served),
        "in_target_of_answered": in_target / answered,
        "speed_of_answer": rate * there @ waited / answered,
        "occupancy": there @ np.minimum(inside, agents) / agents / minutes,
        "in_target_of_stayed": in_target / (answered + rate * there @ gone_late),
    }


def simpson_over_time(chain: Floats, minutes: float, step: float = 0.25) -> Floats:
    """Minutes spent in each state, from empty."""
    move, now = expm(chain * step), np.eye(len(chain))[0]
    last = round(minutes / step)
    total = np.zeros(len(chain))
    for at in range(last + 1):
        total += now * (1 if at in (0, last) else 4 if at % 2 else 2) * step / 3
        now = now @ move
    return total


@pytest.mark.parametrize(("name", "patience"), [("eight_hours", np.inf), ("eight_impatient_hours", 1.0)])
def test_days_that_begin_empty_match_the_exact_chain(
    quick: dict[str, Check], name: str, patience: float
) -> None:
    found, truth = BY_NAME[name], days_from_empty(patience)

    for number in found.numbers:
        row = quick[f"{found.scenario.title}: {MEASURES[number.measure].title}"]
        assert row.low <= truth[number.measure] <= row.high, row.name


# ------------------------------------------------------------------------------------- are the yardsticks true

TEAM = Team(rate=3.0, talk=2.0, agents=7)


def customers(seed: int, minutes: float) -> tuple[Floats, Floats]:
    luck = np.random.default_rng(seed)
    count = luck.poisson(TEAM.rate * minutes)
    return np.sort(luck.random(count)) * minutes, luck.exponential(TEAM.talk, count)


def within_luck(values: Iterable[float], expected: float) -> bool:
    known = np.array(list(values))
    return bool(abs(known.mean() - expected) < 4 * known.std(ddof=1) / np.sqrt(len(known)))


def test_the_crowd_is_poisson_from_its_first_minute() -> None:
    window = (0.0, 30.0)
    seen = [crowd(*customers(seed, 30.0), TEAM.agents, window) for seed in range(2000)]

    for got, expected in zip(zip(*seen, strict=True), crowd_expected(TEAM, window), strict=True):
        assert within_luck(got, expected)


def test_the_crowd_in_the_long_run_is_poisson_by_the_table() -> None:
    large, beyond = crowd_expected(TEAM, (1000.0, 1001.0))
    counts = np.arange(7, 60)
    shares = pdtr(counts, 6.0) - pdtr(counts - 1, 6.0)

    assert large == pytest.approx(shares.sum(), rel=1e-9)
    assert beyond == pytest.approx(shares @ (counts - 7), rel=1e-9)


def test_the_fast_agent_waits_as_one_agent_does() -> None:
    theory = erlang_c_queue(TEAM.rate, TEAM.talk / TEAM.agents, 1)
    seen = []
    for seed in range(300):
        arrives, talk = customers(seed, 400.0)
        seen.append(fast_agent(arrives, talk, TEAM.agents, arrives >= 100.0))

    assert fast_agent_expected(TEAM, 300.0) == pytest.approx(TEAM.rate * 300 * theory.wait_mean, rel=1e-12)
    assert within_luck(seen, fast_agent_expected(TEAM, 300.0))


def test_the_fast_agent_begins_its_day_without_work() -> None:
    seen = []
    for seed in range(2000):
        arrives, talk = customers(seed, 20.0)
        seen.append(fast_agent(arrives, talk, TEAM.agents, arrives >= 0.0))
    whole = fast_agent_expected(TEAM, 1000.0)

    assert within_luck(seen, fast_agent_from_empty(TEAM, 20.0))
    assert fast_agent_from_empty(TEAM, 20.0) < 0.85 * fast_agent_expected(TEAM, 20.0)
    assert whole * 0.98 < fast_agent_from_empty(TEAM, 1000.0) < whole


def covered(
    seed: int, make: Callable[[np.random.Generator], tuple[Floats, Floats, Floats]], truth: float
) -> bool:
    found = ratio(*make(np.random.default_rng(seed)), 0.99)
    return found.low <= truth <= found.high


def test_intervals_hold_the_truth_99_times_in_100() -> None:
    def make(luck: np.random.Generator) -> tuple[Floats, Floats, Floats]:
        off = luck.normal(size=(12, 2))
        bottom = 10 + 0.3 * off[:, 0] + 0.1 * luck.normal(size=12)
        top = 5 + 0.4 * off[:, 1] + 0.2 * luck.normal(size=12)
        return top, bottom, off

    share = np.mean([covered(seed, make, 0.5) for seed in range(3000)])

    assert 0.983 < share < 0.996


def test_yardsticks_take_out_what_they_explain_and_nothing_else() -> None:
    luck = np.random.default_rng(1)
    off, own = luck.normal(size=(40, 1)), luck.normal(size=40)
    values = 3 + 10 * off[:, 0] + own

    plain = adjusted(values, np.empty((40, 0)), 0.99)
    narrow = adjusted(values, off, 0.99)

    assert plain.mean == pytest.approx(values.mean())
    assert narrow.half_width < plain.half_width / 5
    assert abs(narrow.mean - 3) < narrow.half_width


def test_what_never_varies_is_left_as_it_is() -> None:
    off = np.random.default_rng(1).normal(size=(9, 3))

    found = adjusted(np.full(9, 1.0), off, 0.99)

    assert (found.mean, found.half_width) == (1.0, 0.0)


def test_numbers_are_written_in_three_ways() -> None:
    assert between("waited", 1.0, 3.0).expected == 2.0
    assert exact("waited", 2.0).low < 2.0 < exact("waited", 2.0).high
    assert erlang_a().name == "erlang_a"
