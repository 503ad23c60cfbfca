"""Are measures what their names say, on weeks small enough to check by hand, and do they add up on real ones?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.flow import weeks
from sim.flow.contract import MINUTES_PER_WEEK, Outcome, Table
from sim.measures import MEASURES, Summary, summarise
from sim.measures.columns import end_to_end, one_of
from sim.measures.intervals import FAR_APART, Intervals, on_one_line, passed_within
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


def test_a_week_in_which_nobody_comes_to_work_is_measured_too() -> None:
    found = measured(Scenario().changed("assumptions.handling.absence", 1)).values
    assert np.isnan(found["occupancy"])
    assert found["answered"] == found["overtime_minutes"] == 0
    assert found["cost_week"] > 0


def test_days_are_counted_from_the_first_measured_week_even_if_nobody_called_in_it() -> None:
    nobody = list(weeks(Scenario().changed("assumptions.demand.issues_per_day", 0), 1, 0, 1, False))
    run = list(weeks(Scenario(), 1, 0, 2, True))
    found = summarise(Scenario(), nobody + run[1:], 0, 2)
    assert found.issues[:5].sum() == 0
    assert (found.issues[5:].sum(axis=1) > 0).all()


def test_every_contact_finds_its_issue_in_whatever_week_it_began() -> None:
    run = list(weeks(Scenario().changed("plan.staffing.agents", 5), 1, 0, 3, True))
    written = journal(Scenario(), run, 1, 2)
    began = [*zip(written.issues["week"], written.issues["row"], strict=True), None]
    met = [week.fate.issues[week.log["issue"]] for week in run]
    issues = [one for rows in met for one in zip(rows["week"], rows["row"], strict=True)]
    assert [began[at] for at in written.of_issue] == [one if one[0] in {1, 2} else None for one in issues]
    late = written.of_issue[written.log.week == 3]
    assert set(written.issues["week"][late[late < len(written.issues)]]) == {1, 2}


# ------------------------------------------------------------------------------------ tables column by column

TINY = np.dtype([("at", "f8"), ("share", "f8"), ("code", "i1")])


def tables(*of: list[tuple[float, float, int]]) -> list[Table]:
    return [np.array(rows, TINY) for rows in of]


def test_weeks_are_laid_end_to_end_and_only_moments_count_from_the_first_monday() -> None:
    found = end_to_end(tables([(1, 0.1, 1)], [], [(2, 0.2, 2), (np.nan, 0.3, 3)]), ["at"])
    assert len(found) == 3
    assert found.week.tolist() == [0, 2, 2]
    np.testing.assert_array_equal(found["at"], [1, 2 + 2 * MINUTES_PER_WEEK, np.nan])
    assert found["share"].tolist() == [0.1, 0.2, 0.3]
    assert found["code"].tolist() == [1, 2, 3]


def test_a_column_is_read_once_and_is_nobody_elses() -> None:
    (table,) = tables([(1, 0.1, 1)])
    found = end_to_end([table])
    assert found["at"] is found["at"]
    assert not np.shares_memory(found["at"], table)


def test_rows_can_be_chosen_one_by_one_and_by_the_week() -> None:
    found = end_to_end(tables([(1, 0, 1), (2, 0, 2)], [], [(3, 0, 3)]))
    assert found.where(np.array([True, False, True]))["code"].tolist() == [1, 3]
    assert [found.of_week(number)["code"].tolist() for number in range(3)] == [[1, 2], [], [3]]
    assert found.in_weeks(1, 2).tolist() == [False, False, True]
    assert len(found.of_week(1)) == 0


def test_tables_without_rows_have_columns_without_rows() -> None:
    found = end_to_end(tables([], []), ["at"])
    assert len(found) == len(found["at"]) == len(found["code"]) == 0
    assert len(found.where(np.zeros(0, bool))["at"]) == 0


def test_codes_are_looked_up_among_those_wanted() -> None:
    codes = np.arange(len(Outcome), dtype=np.int8)
    assert codes[one_of(codes, Outcome.ABANDONED)].tolist() == [Outcome.ABANDONED]
    assert codes[one_of(codes, Outcome.CONTAINED, Outcome.RESOLVED)].tolist() == [0, 4]


# ------------------------------------------------------------------------------------------------- intervals


def stretches() -> st.SearchStrategy[Intervals]:
    """Those of two agents in the first minutes of the week, each with a beginning and an end."""
    one = st.tuples(st.integers(0, 1), st.integers(0, 9), st.integers(0, 9))
    return st.lists(one.filter(lambda of: of[1] <= of[2]), max_size=6).map(_laid)


def _laid(of: list[tuple[int, int, int]]) -> Intervals:
    who, starts, ends = np.array(of, np.int64).reshape(-1, 3).T
    return on_one_line(who, starts.astype(np.float64), ends.astype(np.float64))


def shifts() -> st.SearchStrategy[Intervals]:
    """Those of two agents one after the other, with a minute off between two of them."""
    edges = st.lists(st.integers(0, 9), unique=True, max_size=6).map(sorted)
    pairs = st.tuples(edges, edges).map(
        lambda both: [
            (who, *pair) for who in (0, 1) for pair in zip(both[who][::2], both[who][1::2], strict=False)
        ]
    )
    return pairs.map(_laid)


def minute_by_minute(of: Intervals) -> list[set[float]]:
    return [
        {start + at for at in range(int(end - start))} for start, end in zip(of.starts, of.ends, strict=True)
    ]


@given(stretches(), shifts())
def test_minutes_inside_shifts_are_those_counted_one_by_one(busy: Intervals, on_duty: Intervals) -> None:
    worked = minute_by_minute(busy)
    duty: set[float] = set().union(*minute_by_minute(on_duty))
    assert busy.minutes_inside(on_duty).tolist() == [len(minutes & duty) for minutes in worked]


@given(stretches(), shifts())
def test_what_lies_inside_one_shift_has_no_minute_outside(busy: Intervals, on_duty: Intervals) -> None:
    inside = busy.inside_one_of(on_duty)
    pairs = [
        any((on_duty.starts <= start) & (end <= on_duty.ends))
        for start, end in zip(busy.starts, busy.ends, strict=True)
    ]
    assert inside.tolist() == pairs
    within = busy.where(inside)
    assert within.minutes_inside(on_duty).tolist() == within.minutes.tolist()


def test_agents_are_laid_on_one_line_far_apart() -> None:
    laid = _laid([(0, 1, 2), (3, 1, 2)])
    assert laid.starts.tolist() == [1, 3 * FAR_APART + 1]
    assert laid.minutes.tolist() == [1, 1]


def test_time_passes_inside_intervals_only() -> None:
    starts, ends = np.array([2.0, 6.0]), np.array([4.0, 7.0])
    at = np.array([0.0, 3.0, 5.0, 6.5, 9.0])
    assert passed_within(starts, ends, at).tolist() == [0, 1, 2, 2.5, 3]
    assert passed_within(np.zeros(0), np.zeros(0), at).tolist() == [0] * 5
