"""Does the bench measure what it says? Never how fast: that depends on the machine."""

from math import isfinite

import numpy as np
import pytest
from engines import needs_numba

from sim.experiment import bench as benching
from sim.experiment import peers
from sim.experiment.bench import bench, crowd, memory, one_day
from sim.experiment.peers import textbook
from sim.experiment.published import twenty_agents
from sim.experiment.replications import Progress
from sim.flow import Outcome
from sim.flow.engine import run
from sim.scenario import Scenario
from sim.views.room.slider import slider

RATIOS = [
    "mm20_journey_over_textbook",
    "mm20_compiled_over_textbook",
    "week_compiled_over_simpy",
    "two_core_share_of_spin",
    "cost_growth_1e6_over_1e4",
    "cost_growth_in_fresh_memory",
]
FIGURES = [
    *(f"ns_per_contact_of_{size}" for size in (100, 200, 400)),
    "mm20_textbook_per_cpu_s",
    "mm20_simpy_journey_per_cpu_s",
    "mm20_compiled_per_cpu_s",
    "mm20_all_in_per_cpu_s",
    "week_simpy_journey_per_cpu_s",
    "week_compiled_per_cpu_s",
    "week_all_in_per_cpu_s",
    "day_all_in_per_cpu_s",
    "day_all_in_ms",
    "bytes_per_contact",
    "bytes_per_issue",
    "compile_s",
    "cached_start_s",
    "cores",
    "python",
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    hour = twenty_agents().changed(
        {"plan.hours.monday.closes": 60.0, "assumptions.demand.issues_per_day": 19.0 * 60}
    )
    monkeypatch.setattr(benching, "twenty_agents", lambda: hour)
    monkeypatch.setattr(benching, "TEXTBOOK_MINUTES", 60.0)
    monkeypatch.setattr(benching, "SIZES", (100, 200, 400))
    monkeypatch.setattr(benching, "REPLICATIONS", 2)
    monkeypatch.setattr(benching, "SPUN", 1000)
    monkeypatch.setattr(benching, "starts", lambda _: {"compile_s": 2.0, "cached_start_s": 1.0})


@needs_numba
@pytest.mark.usefixtures("small")
def test_the_bench_gives_ratios_first_and_every_figure_once() -> None:
    told: list[Progress] = []

    figures = bench(told.append, rounds=2)

    assert list(figures) == RATIOS + FIGURES
    assert all(isfinite(figure) and figure > 0 for figure in figures.values())
    assert told[-1].done == told[-1].total == 3 * 8
    assert [now.done for now in told] == sorted(now.done for now in told)


def test_the_textbook_model_is_the_operation_it_is_compared_with() -> None:
    came, left = textbook(seed=1, minutes=960.0)

    assert came == pytest.approx(19 * 960, rel=0.03)
    assert left / came == pytest.approx(0.0370570, abs=0.01)


def test_the_crowd_is_the_same_operation_however_long_it_lasts() -> None:
    log = run(*crowd(40_000)).log

    assert len(log) == 40_000
    assert np.mean(log["outcome"] == Outcome.ABANDONED) == pytest.approx(0.0370570, abs=0.01)


def test_other_simulators_take_part_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: name == "salabim")

    assert peers.installed() == {"salabim": peers.in_salabim}
    assert [name for name, _ in benching._others(peers=True)] == ["mm20_salabim"]
    assert benching._others(peers=False) == []


@needs_numba
def test_both_starts_are_measured() -> None:
    found = benching.starts("compiled")

    assert min(found["compile_s"], found["cached_start_s"]) > 0


def test_what_only_the_compiled_engine_has_is_left_out_without_it() -> None:
    assert benching.starts("simpy") == benching.growths("simpy") == {}


def test_a_slider_is_measured_with_and_without_its_simulation() -> None:
    found = slider()

    assert min(found["slider_ms"], found["picture_ms"]) > 0
    assert found["slider_ratio"] == pytest.approx(found["slider_ms"] / found["picture_ms"])


def test_the_textbook_model_repeats_itself() -> None:
    assert textbook(seed=3, minutes=30.0) == textbook(seed=3, minutes=30.0)
    assert textbook(seed=3, minutes=30.0) != textbook(seed=4, minutes=30.0)


def test_one_day_is_a_monday_of_the_default_week() -> None:
    assert one_day().plan.hours.windows() == Scenario().plan.hours.windows()[:1]


def test_memory_counts_contacts_and_issues_of_the_same_week() -> None:
    found = memory(one_day(), replication=3)

    assert found["bytes_per_issue"] >= found["bytes_per_contact"] > 100
