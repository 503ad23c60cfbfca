"""Does the bench measure what it says? Never how fast: that depends on the machine."""

from math import isfinite

import pytest

from sim.experiment import bench as benching
from sim.experiment.bench import bench, memory, one_day, textbook
from sim.experiment.published import twenty_agents
from sim.experiment.replications import Progress
from sim.scenario import Scenario

RATIOS = [
    "mm20_journey_over_textbook",
    "mm20_all_in_over_textbook",
    "week_journey_over_textbook",
    "week_all_in_over_textbook",
]
FIGURES = [
    "mm20_textbook_per_cpu_s",
    "mm20_simpy_journey_per_cpu_s",
    "mm20_simpy_all_in_per_cpu_s",
    "week_simpy_journey_per_cpu_s",
    "week_simpy_all_in_per_cpu_s",
    "day_simpy_all_in_per_cpu_s",
    "day_all_in_ms",
    "bytes_per_contact",
    "bytes_per_issue",
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


@pytest.mark.usefixtures("small")
def test_the_bench_gives_ratios_first_and_every_figure_once() -> None:
    told: list[Progress] = []

    figures = bench(told.append, rounds=2)

    assert list(figures) == RATIOS + FIGURES
    assert all(isfinite(figure) and figure > 0 for figure in figures.values())
    assert told[-1].done == told[-1].total == 3 * 6
    assert [now.done for now in told] == sorted(now.done for now in told)


def test_the_textbook_model_is_the_operation_it_is_compared_with() -> None:
    came, left = textbook(seed=1, minutes=960.0)

    assert came == pytest.approx(19 * 960, rel=0.03)
    assert left / came == pytest.approx(0.0370570, abs=0.01)


def test_the_textbook_model_repeats_itself() -> None:
    assert textbook(seed=3, minutes=30.0) == textbook(seed=3, minutes=30.0)
    assert textbook(seed=3, minutes=30.0) != textbook(seed=4, minutes=30.0)


def test_one_day_is_a_monday_of_the_default_week() -> None:
    assert one_day().plan.hours.windows() == Scenario().plan.hours.windows()[:1]


def test_memory_counts_contacts_and_issues_of_the_same_week() -> None:
    found = memory(one_day(), replication=3)

    assert found["bytes_per_issue"] >= found["bytes_per_contact"] > 100
