"""Are measures what their names say, on weeks small enough to check by hand, and do they add up on real ones?"""

from dataclasses import replace

import numpy as np
import pytest

from sim.flow import weeks
from sim.flow.contract import Outcome
from sim.measures import MEASURES, Summary, summarise
from sim.measures.journal import journal
from sim.measures.promise import issues_of
from sim.scenario import Hours, Scenario, named

BARE = {
    "plan.hours": Hours.daily("9:00", "17:00", days=1),
    "plan.chatbot.coverage": 0,
    "plan.teamwork.routing_accuracy": 1,
    "plan.staffing.lunch_minutes": 0,
    "plan.staffing.short_breaks": 0,
    "assumptions.demand.day_factor_cv": 0,
    "assumptions.demand.issues_per_day": 40,
    "assumptions.handling.talk_kind": "fixed",
    "assumptions.handling.talk_mean": 6,
    "assumptions.handling.talk_by_type": {"simple": 1, "standard": 1, "complex": 1, "complaint": 1},
    "assumptions.handling.wrap_up_kind": "fixed",
    "assumptions.handling.wrap_up_mean": 1,
    "assumptions.handling.pace_cv": 0,
    "assumptions.handling.absence": 0,
    "assumptions.patience.kind": "infinite",
    "assumptions.patience.hangs_up_at_once": 0,
    "assumptions.authority.needed": 0,
    "assumptions.authority.cheats": 0,
    "assumptions.resolution.base": {"simple": 20, "standard": 20, "complex": 20, "complaint": 20},
}
"""Everybody is answered at the latest at closing, every talk takes 6 minutes and 1 of notes, and settles."""


def measured(scenario: Scenario, replication: int = 0) -> Summary:
    return summarise(scenario, list(weeks(scenario, 1, replication, 1, False)), 0, 1)


@pytest.fixture(scope="module")
def default_run() -> Summary:
    run = list(weeks(Scenario(), 1, 0, 2, True))
    return summarise(Scenario(), run, 1, 1)


def test_every_measure_is_measured(default_run: Summary) -> None:
    assert set(default_run.values) == set(MEASURES)


def test_with_people_to_spare_everything_is_perfect() -> None:
    found = measured(Scenario().changed({**BARE, "plan.staffing.agents": 40})).values
    assert found["promise_kept"] == found["service_level"] == found["first_contact_resolution"] == 1
    assert found["wait_mean"] == found["abandonment_rate"] == found["unresolved"] == 0
    assert found["contacts_per_issue"] == 1


def test_occupancy_is_talk_and_notes_over_time_on_duty() -> None:
    found = measured(Scenario().changed({**BARE, "plan.staffing.agents": 40})).values
    worked = found["issues"] * 7 - found["overtime_minutes"]
    # The three specialists are on duty too, and idle: nothing is passed on.
    assert found["occupancy"] == pytest.approx(worked / (43 * 480))


def test_cost_is_paid_hours_and_nothing_else_in_a_bare_operation() -> None:
    found = measured(Scenario().changed({**BARE, "plan.staffing.agents": 40})).values
    overtime = 1.5 * found["overtime_minutes"] / 60 * 30
    assert found["cost_week"] == pytest.approx(40 * 8 * 30 + 3 * 8 * 36 + 8 * 42 + overtime)
    assert found["cost_per_contact"] == pytest.approx(found["cost_week"] / found["contacts"])


def test_one_agent_keeps_the_promise_to_the_few_who_come_first() -> None:
    few = measured(
        Scenario().changed({**BARE, "plan.staffing.agents": 1, "assumptions.demand.issues_per_day": 150})
    )
    assert few.values["kept_answered"] < 0.2
    assert few.values["settled"] == 1
    assert few.values["longest_wait"] > 100


def test_the_three_definitions_of_service_level_are_ordered(default_run: Summary) -> None:
    of = {
        name: default_run.values[f"service_level_{name}"]
        for name in ("of_answered", "of_offered", "short_excluded")
    }
    assert of["of_offered"] < of["short_excluded"]
    assert of["of_offered"] < of["of_answered"]


@pytest.mark.parametrize("name", ["of_answered", "of_offered", "short_abandoned_excluded"])
def test_the_service_level_is_the_one_that_was_chosen(name: str) -> None:
    scenario = Scenario().changed("plan.promise.service_level_definition", name)
    found = measured(scenario).values
    assert found["service_level"] == found[f"service_level_{name.replace('abandoned_', '')}"]


def test_the_journey_adds_up(default_run: Summary) -> None:
    way = default_run.journey
    assert way["arrived"] == way["to_bot"] + way["straight"]
    assert way["to_bot"] == way["bot_settled"] + way["bot_stranded"] + way["bot_gave_up"] + way["handed_over"]
    assert way["queued"] == way["handed_over"] + way["straight"]
    assert way["queued"] == way["answered"] + way["abandoned"] + way["turned_away"]
    assert way["answered"] == way["resolved_at_once"] + way["unresolved_at_once"] + way["passed_on"]
    ends = ("resolved_passed_on", "unresolved_passed_on", "abandoned_passed_on", "in_progress")
    assert way["passed_on"] == sum(way[end] for end in ends)
    assert min(way.values()) >= 0


def test_distributions_agree_with_the_counts(default_run: Summary) -> None:
    assert default_run.wait_counts.sum() == default_run.journey["queued"]
    assert default_run.issues.sum() <= default_run.values["issues"]
    assert (default_run.kept <= default_run.issues).all()
    assert default_run.issues.shape == (5, len(default_run.teams))
    assert default_run.slot_start[0] == 540
    assert len(default_run.slot_wait) == 18


def test_a_kept_promise_keeps_every_standard() -> None:
    run = list(weeks(Scenario(), 1, 0, 2, True))
    issues = issues_of(journal(Scenario(), run, 1, 1))
    everything = np.logical_and.reduce(list(issues.standards.values()))
    assert (issues.kept == everything).all()
    assert 0 < issues.kept.mean() < 1


def test_a_promise_without_story_once_is_kept_more_often() -> None:
    run = list(weeks(Scenario(), 1, 0, 2, True))
    laxer = Scenario().changed("plan.promise.story_once", False)
    assert (
        summarise(laxer, run, 1, 1).values["promise_kept"]
        > summarise(Scenario(), run, 1, 1).values["promise_kept"]
    )


def test_issues_are_followed_into_later_weeks() -> None:
    run = list(weeks(Scenario(), 1, 0, 1, True))
    alone, followed = (summarise(Scenario(), part, 0, 1).values for part in (run[:1], run))
    assert followed["contacts"] == alone["contacts"]
    assert followed["contacts_per_issue"] > alone["contacts_per_issue"]
    assert followed["settled"] > alone["settled"]


def test_a_bot_without_people_looks_better_than_it_is() -> None:
    found = measured(named("bot_without_people")).values
    assert found["containment_apparent"] == 1
    assert found["containment_true"] < 0.6


def test_without_a_bot_containment_has_nothing_to_measure() -> None:
    assert np.isnan(measured(Scenario().changed("plan.chatbot.coverage", 0)).values["containment_true"])


def test_a_week_without_customers_is_measured_without_a_fuss() -> None:
    found = measured(Scenario().changed("assumptions.demand.issues_per_day", 0))
    assert found.values["contacts"] == 0
    assert np.isnan(found.values["promise_kept"])
    assert found.values["cost_week"] > 0


def test_waits_of_abandoned_contacts_count_until_they_hang_up() -> None:
    run = list(weeks(Scenario(), 1, 0, 1, False))
    written = journal(Scenario(), run, 0, 1)
    left = written.queued & ~written.answered & (written.log["outcome"] == Outcome.ABANDONED)
    assert left.any()
    assert (written.wait[left] == written.fates["patience"][left]).all()


def test_summaries_are_plain_values() -> None:
    found = measured(Scenario())
    assert replace(found) == found
    assert all(isinstance(value, float) for value in found.values.values())
