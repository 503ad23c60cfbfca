"""Do intervals cover, do pairs beat independent runs, and are the numbers the same on one core and on all?"""

from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import BadInput, Scenario, Span, compare, replicate, sweep
from sim.experiment import Estimate, Progress, estimate, verdict
from sim.experiment.replications import stream
from sim.measures import MEASURES

SMALL = Scenario().changed({"assumptions.demand.issues_per_day": 60, "plan.staffing.agents": 2})
DAY = Span(weeks=1, warm_up=0, follow_up=False)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    luck = np.random.default_rng(7)
    hits = [abs(estimate(luck.normal(size=8).tolist()).mean) for _ in range(2000)]
    luck = np.random.default_rng(7)
    widths = [estimate(luck.normal(size=8).tolist()).half_width for _ in range(2000)]
    covered = np.mean(np.array(hits) <= np.array(widths))
    assert 0.935 < covered < 0.965


def test_one_replication_has_no_interval() -> None:
    found = estimate([3.0])
    assert (found.mean, found.half_width, found.replications) == (3.0, np.inf, 1)


def test_replications_with_nothing_to_measure_are_left_out() -> None:
    assert estimate([1.0, float("nan"), 3.0]).mean == 2.0
    assert estimate([float("nan")]).replications == 0


def test_same_numbers_on_one_core_and_on_two() -> None:
    alone = replicate(SMALL, 4, span=DAY, workers=1)
    together = replicate(SMALL, 4, span=DAY, workers=2)
    assert [s.values for s in alone.summaries] == [s.values for s in together.summaries]


def test_same_seed_same_numbers_and_another_seed_others() -> None:
    first, again, other = (replicate(SMALL, 2, seed=seed, span=DAY, workers=1) for seed in (3, 3, 4))
    assert first.values("wait_mean") == again.values("wait_mean") != other.values("wait_mean")


def test_pairing_on_common_luck_beats_independent_runs() -> None:
    more = SMALL.changed("plan.staffing.agents", 3)
    paired = compare(SMALL, more, 12, span=DAY, workers=1).difference("wait_mean")
    before = replicate(SMALL, 12, seed=1, span=DAY, workers=1).values("wait_mean")
    after = replicate(more, 12, seed=2, span=DAY, workers=1).values("wait_mean")
    independent = estimate((np.array(after) - np.array(before)).tolist())
    assert paired.half_width < independent.half_width


def test_nothing_changed_is_no_difference_that_matters() -> None:
    same = compare(SMALL, SMALL, 3, span=DAY, workers=1)
    assert same.difference("promise_kept").mean == 0
    assert same.verdict("promise_kept").word == "no difference that matters"


def test_more_agents_are_better_for_waits_and_said_to_be() -> None:
    change = compare(SMALL, SMALL.changed("plan.staffing.agents", 5), 10, span=DAY, workers=1)
    assert change.verdict("wait_mean").word == "better"
    assert change.verdict("cost_per_contact").word == "worse"


@pytest.mark.parametrize(
    ("mean", "half_width", "word"),
    [
        (0.05, 0.02, "better"),
        (-0.05, 0.02, "worse"),
        (0.002, 0.003, "no difference that matters"),
        (0.05, 0.08, "cannot tell yet"),
        (0.009, 0.004, "cannot tell yet"),
    ],
)
def test_the_four_words(mean: float, half_width: float, word: str) -> None:
    assert verdict(MEASURES["promise_kept"], Estimate(mean, half_width, 0.95, 10)).word == word


@given(st.floats(-1, 1), st.floats(1e-6, 1), st.integers(2, 50))
def test_cannot_tell_yet_says_how_many_more_and_the_others_none(mean: float, width: float, runs: int) -> None:
    found = verdict(MEASURES["promise_kept"], Estimate(mean, width, 0.95, runs))
    assert (found.more > 0) == (found.word == "cannot tell yet")
    assert found.sentence.endswith(".")


def test_less_is_better_where_less_is_better() -> None:
    assert verdict(MEASURES["wait_mean"], Estimate(-2.0, 0.5, 0.95, 10)).word == "better"


def test_runs_until_the_half_width_asked_for_and_no_longer() -> None:
    found = replicate(SMALL, 60, until={"promise_kept": 0.05}, span=DAY, workers=1)
    assert not found.stopped
    assert 5 <= len(found.summaries) < 60
    assert found.estimate("promise_kept").half_width <= 0.05
    one_less = estimate(found.values("promise_kept")[:-1])
    assert len(found.summaries) == 5 or one_less.half_width > 0.05


def test_the_cap_is_kept_and_said() -> None:
    found = replicate(SMALL, 6, until={"promise_kept": 1e-6}, span=DAY, workers=1)
    assert len(found.summaries) == 6


def test_stopping_keeps_what_is_finished() -> None:
    stop, seen = Event(), []

    def halfway(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 3:
            stop.set()

    found = replicate(SMALL, 10, span=DAY, workers=1, progress=halfway, stop=stop)
    assert found.stopped
    assert len(found.summaries) == 3
    assert [p.done for p in seen] == [1, 2, 3]


def test_stopping_on_several_cores_keeps_whole_replications() -> None:
    stop = Event()
    kept = []
    for done in stream([SMALL], range(20), span=DAY, workers=2, stop=stop):
        kept.append(done)
        stop.set()
    assert 1 <= len(kept) < 20
    assert all(len(done.summaries) == 1 for done in kept)


def test_a_sweep_varies_one_field_on_common_luck() -> None:
    found = sweep(SMALL, "staffing", [2, 3, 4], 2, span=DAY, workers=1)
    waits = [results.estimate("wait_mean").mean for results in found.results]
    assert waits == sorted(waits, reverse=True)
    assert list(found.table("wait_mean").index) == [2, 3, 4]


def test_an_unknown_measure_or_lever_offers_the_nearest() -> None:
    with pytest.raises(BadInput, match="nearest is promise_kept"):
        replicate(SMALL, 1, span=DAY, workers=1).estimate("promise_kep")
    with pytest.raises(BadInput, match="nearest is staffing"):
        sweep(SMALL, "stafing", [1], 1)


def test_the_table_has_a_row_for_every_measure() -> None:
    table = replicate(SMALL, 2, span=DAY, workers=1).table()
    assert list(table.index) == list(MEASURES)
    assert list(table.columns) == ["title", "mean", "low", "high", "unit"]
