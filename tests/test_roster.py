"""Does the plan put the right people on duty at the right time?"""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.flow import chances, engine, weeks
from sim.flow.contract import CONTACT, ISSUE, TICK, Operation, Roster, Table, Team
from sim.flow.roster import operation, spread, team_sizes
from sim.scenario import BadInput, Scenario
from sim.scenario.plan import Hours

DAY = 1440.0
ALL_THERE = {"assumptions.handling.absence": 0.0}
STRAIGHT = ALL_THERE | {"plan.staffing.lunch_minutes": 0.0, "plan.staffing.short_breaks": 0}
ROUND_THE_CLOCK = STRAIGHT | {"plan.hours": Hours.daily(0, 1440), "plan.staffing.shift_minutes": 1440.0}
Segment = tuple[float, float]


def made(changes: dict[str, Any] | None = None, week: int = 0) -> Operation:
    return operation(Scenario().changed(ALL_THERE | (changes or {})), 5, 0, week)


def members(concrete: Operation, team: Team = Team.IN_HOUSE) -> list[int]:
    return np.flatnonzero(concrete.agents["team"] == team).tolist()


def shifts(concrete: Operation, team: Team = Team.IN_HOUSE) -> list[list[Segment]]:
    """The segments on duty of each member of a team."""
    rows = concrete.on_duty
    return [rows[rows["who"] == who][["starts", "ends"]].tolist() for who in members(concrete, team)]


def on_duty(concrete: Operation, at: float, team: Team = Team.IN_HOUSE) -> int:
    return sum(start <= at < end for mine in shifts(concrete, team) for start, end in mine)


# ------------------------------------------------------------------------------------- hours and the roster


def test_line_opens_and_closes_as_the_hours_say() -> None:
    hours = made(
        {"plan.hours.wednesday": None, "plan.hours.friday": {"opens": "10:00", "closes": "12:30"}}
    ).hours
    assert hours.tolist() == [(540, 1080), (1980, 2520), (4860, 5400), (6360, 6510)]


def test_roster_lists_every_change_once_in_order() -> None:
    concrete = made({"plan.outsourcing.share": 0.4})
    changes = concrete.roster.tolist()
    assert changes == sorted(changes)
    starts = [(at, who) for at, change, who in changes if change == Roster.SHIFT_STARTS]
    ends = [(at, who) for at, change, who in changes if change == Roster.SHIFT_ENDS]
    assert sorted((row["starts"], row["who"]) for row in concrete.on_duty) == starts
    assert sorted((row["ends"], row["who"]) for row in concrete.on_duty) == ends
    assert [at for at, change, _ in changes if change == Roster.LINE_OPENS] == concrete.hours[
        "opens"
    ].tolist()
    assert [at for at, change, _ in changes if change == Roster.LINE_CLOSES] == concrete.hours[
        "closes"
    ].tolist()


def test_round_the_clock_has_no_gap_at_midnight() -> None:
    concrete = made(ROUND_THE_CLOCK)
    assert concrete.hours.tolist() == [(0, 7 * DAY)]
    for team in (Team.IN_HOUSE, Team.SPECIALISTS):
        assert shifts(concrete, team) == [[(0, 7 * DAY)]] * len(members(concrete, team))


def test_round_the_clock_on_a_curve_has_no_gap_at_midnight() -> None:
    always = ROUND_THE_CLOCK | {"plan.staffing.curve": ((1.0, 0.5, 1.0),), "plan.staffing.agents": 2}
    concrete = made(always)
    assert shifts(concrete)[0] == [(0, 7 * DAY)]
    night = [(day * DAY + 960, (day + 1) * DAY + 480) for day in range(6)]
    assert shifts(concrete)[1] == [(0, 480), *night, (6 * DAY + 960, 7 * DAY)]
    assert concrete.hours.tolist() == [(0, 7 * DAY)]


def test_agent_keeps_the_place_over_midnight() -> None:
    """Two contacts at 23:00: the first agent then stands behind the second, on this and the next day."""
    concrete = made(ROUND_THE_CLOCK | {"plan.staffing.agents": 3})
    issues, contacts = np.zeros(4, ISSUE), np.zeros((4, 1), CONTACT)
    issues["arrives"] = [DAY - 60, DAY - 50, DAY + 10, DAY + 20]
    contacts["talk"], contacts["patience"] = 1.0, math.inf
    log = engine.run(concrete, chances.told(issues, contacts)).log
    assert log["agent"].tolist() == [0, 1, 2, 0]


def test_two_open_stretches_that_touch_at_midnight_are_one() -> None:
    late = {
        "plan.hours.monday": {"opens": 540, "closes": 1440},
        "plan.hours.tuesday": {"opens": 0, "closes": 720},
    }
    assert made(late).hours[0].tolist() == (540, DAY + 720)


@pytest.mark.parametrize("minutes", [1e-7, 1 / 3, 0.1])
def test_breaks_and_hours_of_any_length_lie_on_ticks(minutes: float) -> None:
    odd = {"plan.staffing.lunch_minutes": minutes, "plan.hours.monday": {"opens": 540.1, "closes": 1080.3}}
    concrete = made(odd)
    moments = np.concatenate([concrete.roster["at"], concrete.on_duty["starts"], concrete.on_duty["ends"]])
    assert np.all(moments / TICK % 1 == 0)
    for mine in shifts(concrete):
        assert all(start < end for start, end in mine)
        assert all(one[1] < other[0] for one, other in pairwise(mine))


def test_tiny_break_breaks_nothing() -> None:
    """A break shorter than the clock's step once left an agent twice in the line of the idle."""
    tiny = {"plan.staffing.lunch_minutes": 1e-7, "assumptions.demand.issues_per_day": 20.0}
    assert len(next(weeks(Scenario().changed(tiny), 1, 0, 1, follow_up=False)).log) > 0


# ------------------------------------------------------------------ when shifts start and end, and breaks


def test_shift_is_the_whole_day_less_its_breaks() -> None:
    for mine in shifts(made()):
        for day in range(5):
            today = [(start, end) for start, end in mine if start // DAY == day]
            assert (today[0][0], today[-1][1]) == (day * DAY + 540, day * DAY + 1080)
            gaps = [after - before for (_, before), (after, _) in pairwise(today)]
            assert gaps == [20, 60, 20]


@pytest.mark.parametrize(
    ("short_breaks", "lunch", "gaps"), [(0, 0, []), (0, 45, [45]), (1, 45, [20, 45]), (2, 0, [20, 20])]
)
def test_breaks_are_as_many_and_as_long_as_planned(
    short_breaks: int, lunch: float, gaps: list[float]
) -> None:
    concrete = made({"plan.staffing.short_breaks": short_breaks, "plan.staffing.lunch_minutes": lunch})
    for mine in shifts(concrete):
        today = [(start, end) for start, end in mine if start < DAY]
        assert [after - before for (_, before), (after, _) in pairwise(today)] == gaps


def test_even_a_team_of_one_is_there_at_opening_and_at_closing() -> None:
    concrete = made({"plan.staffing.agents": 1, "plan.staffing.specialists": 2})
    for team in (Team.IN_HOUSE, Team.SPECIALISTS):
        for at in (540, 549, 1071, 1080 - TICK):
            assert on_duty(concrete, at, team) == len(members(concrete, team))


def test_another_agent_moves_nobody() -> None:
    few, many = made({"plan.staffing.agents": 6}), made({"plan.staffing.agents": 11})
    assert shifts(many)[:6] == shifts(few)
    assert many.agents[:6].tolist() == few.agents[:6].tolist()
    assert shifts(many, Team.SPECIALISTS) == shifts(few, Team.SPECIALISTS)
    assert many.agents[many.agents["team"] == Team.SPECIALISTS].tolist() == few.agents[6:].tolist()


def test_another_agent_makes_nobody_ill() -> None:
    often = {"assumptions.handling.absence": 0.3}
    few, many = made(often | {"plan.staffing.agents": 6}), made(often | {"plan.staffing.agents": 11})
    assert shifts(many)[:6] == shifts(few)
    assert shifts(many, Team.SPECIALISTS) == shifts(few, Team.SPECIALISTS)


def test_the_first_people_of_any_number_are_spread_evenly() -> None:
    assert [spread(number) for number in range(9)] == [0, 1, 1 / 2, 1 / 4, 3 / 4, 1 / 8, 5 / 8, 3 / 8, 7 / 8]
    assert len({spread(number) for number in range(2_000)}) == 2_000


@pytest.mark.parametrize("agents", [2, 3, 4, 6, 9, 14, 25])
def test_breaks_are_staggered(agents: int) -> None:
    """Never are more than six in ten away at once, of two or three people never more than one."""
    concrete = made({"plan.staffing.agents": agents})
    present = [on_duty(concrete, at) for at in np.arange(540.0, 1080.0, 5.0)]
    assert agents - min(present) <= max(1, 0.6 * agents)


@pytest.mark.parametrize("length", [300.0, 480.0, 537.0])
def test_short_shifts_cover_the_day_between_them_and_no_more(length: float) -> None:
    concrete = made(STRAIGHT | {"plan.staffing.shift_minutes": length, "plan.staffing.agents": 4})
    mine = shifts(concrete)
    assert all(end - start == length for person in mine for start, end in person)
    first, last = min(person[0][0] for person in mine), max(person[0][1] for person in mine)
    assert (first, last) == (540, 1080)


def test_paid_minutes_are_whole_shifts_of_all_who_are_employed() -> None:
    concrete = made({"assumptions.handling.absence": 0.5, "plan.outsourcing.share": 0.4})
    sizes = [len(members(concrete, team)) for team in Team]
    assert concrete.paid_minutes == tuple(size * 5 * 540.0 for size in sizes)
    assert concrete.supervisor_minutes == 5 * 540
    assert made({"plan.staffing.agents": 1}).paid_minutes[0] == 2700


def test_paid_minutes_on_a_curve_are_those_on_duty() -> None:
    concrete = made({"plan.staffing.curve": ((0.5, 1.0),), "plan.staffing.agents": 4})
    assert concrete.paid_minutes == (5 * 270 * (2 + 4), 0.0, 5 * 540 * 3)


# --------------------------------------------------------------------------------------------- the curve

share = st.floats(0, 1)
CURVES = st.lists(share, min_size=1, max_size=18).map(tuple)


@settings(max_examples=60)
@given(CURVES, st.integers(1, 40))
def test_curve_gives_exactly_the_people_asked(curve: tuple[float, ...], agents: int) -> None:
    concrete = made({"plan.staffing.curve": (curve,), "plan.staffing.agents": agents})
    slot = 540 / len(curve)
    for day in range(5):
        for at, part in enumerate(curve):
            start = day * DAY + 540 + at * slot
            for moment in (start + 0.01, start + slot / 2, start + slot - 0.01):
                assert on_duty(concrete, moment) == round(part * agents)
    assert on_duty(concrete, 539.99) == on_duty(concrete, 1080) == 0


def test_each_day_may_have_its_own_curve() -> None:
    rows = ((1.0,), (0.5,), (0.0, 1.0), (0.25,), (0.75,))
    concrete = made({"plan.staffing.curve": rows, "plan.staffing.agents": 8})
    assert [on_duty(concrete, day * DAY + 600) for day in range(5)] == [8, 4, 0, 2, 6]
    assert on_duty(concrete, 2 * DAY + 900) == 8


def test_specialists_work_the_whole_day_whatever_the_curve() -> None:
    concrete = made({"plan.staffing.curve": ((0.0, 1.0),)})
    assert shifts(concrete, Team.SPECIALISTS) == [[(d * DAY + 540, d * DAY + 1080) for d in range(5)]] * 3


# ------------------------------------------------------------------------------------------------ absence


def absent_days(week: int, changes: dict[str, Any]) -> Any:
    """Which of 400 people are away on which of five days."""
    concrete = made({"plan.staffing.agents": 400} | changes, week)
    return np.array(
        [[not any(s // DAY == day for s, _ in mine) for day in range(5)] for mine in shifts(concrete)]
    )


def test_as_many_are_absent_as_asked_and_for_whole_days() -> None:
    away = np.array([absent_days(week, {"assumptions.handling.absence": 0.055}) for week in range(4)])
    assert abs(away.mean() - 0.055) < 4 * math.sqrt(0.055 * 0.945 / away.size)
    per_day = away.mean(axis=(0, 1))
    assert np.all(np.abs(per_day - 0.055) < 4 * math.sqrt(0.055 * 0.945 / (away.size / 5)))
    assert not np.array_equal(away[0], away[1])


def test_more_absence_only_adds_days_away() -> None:
    few, many = (absent_days(0, {"assumptions.handling.absence": at}) for at in (0.05, 0.3))
    assert np.all(many[few])
    assert many.sum() > few.sum() > 0


def test_all_may_be_absent() -> None:
    concrete = made({"assumptions.handling.absence": 1.0})
    assert (len(concrete.on_duty), len(concrete.roster)) == (0, 10)


# -------------------------------------------------------------------------------------------- team sizes


@pytest.mark.parametrize(
    ("agents", "share_out", "own", "sizes"),
    [
        (9, 0.0, None, (9, 0, 3)),
        (9, 0.4, None, (5, 5, 3)),  # 3.6 handed over, and half of its root on top: 4.55
        (10, 0.5, None, (5, 7, 3)),
        (10, 0.01, None, (10, 1, 3)),
        (10, 0.99, None, (1, 12, 3)),
        (10, 1.0, None, (0, 12, 3)),
        (0, 1.0, 7, (0, 7, 3)),
        (9, 0.4, 2, (5, 2, 3)),
    ],
)
def test_partner_takes_its_share_and_a_margin(
    agents: int, share_out: float, own: int | None, sizes: tuple[int, int, int]
) -> None:
    plan = {
        "plan.staffing.agents": agents,
        "plan.outsourcing.share": share_out,
        "plan.outsourcing.agents": own,
    }
    assert team_sizes(Scenario().changed(plan)) == sizes
    assert [len(members(made(plan), team)) for team in Team] == list(sizes)


def test_partner_without_margin_and_with_a_negative_one() -> None:
    for margin, partner in ((0.0, 4), (-2.0, 1)):
        plan = {"plan.outsourcing.share": 0.4, "assumptions.partner.margin": margin}
        assert team_sizes(Scenario().changed(plan))[1] == partner


def test_partners_people_answer_on_the_vendors_terms() -> None:
    same = {"plan.outsourcing.share": 0.5, "plan.staffing.agents": 60}
    cost, quality = (made(same | {"plan.outsourcing.vendor": vendor}) for vendor in ("cost", "quality"))
    theirs = members(cost, Team.PARTNER)
    np.testing.assert_allclose(cost.agents["pace"][theirs], 0.95 * quality.agents["pace"][theirs])
    less = math.log(0.56 / 0.44) - math.log(0.679 / 0.321)
    np.testing.assert_allclose(cost.agents["ability"][theirs] - quality.agents["ability"][theirs], less)
    ours = members(cost)
    assert cost.agents[ours].tolist() == quality.agents[ours].tolist()


def test_specialists_know_more() -> None:
    plain, better = (made({"assumptions.resolution.specialist_bonus": bonus}) for bonus in (0.0, 0.5))
    gain = better.agents["ability"] - plain.agents["ability"]
    np.testing.assert_allclose(gain, np.where(plain.agents["team"] == Team.SPECIALISTS, 0.5, 0.0))


def test_agents_keep_pace_and_skill_from_week_to_week_but_not_between_replications() -> None:
    assert made(week=0).agents.tolist() == made(week=5).agents.tolist()
    other: Table = operation(Scenario(), 5, 1, 0).agents
    assert not np.any(other["pace"] == made().agents["pace"])


def test_everyone_has_the_limit_of_the_plan() -> None:
    assert set(made({"plan.empowerment.authority_limit": 35.0}).agents["limit"]) == {35.0}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"plan.staffing.agents": 0}, "0 agents"),
        ({"plan.staffing.specialists": 0}, "Specialists"),
        ({"plan.outsourcing.share": 0.5, "plan.outsourcing.agents": 0}, "Partner"),
        ({"plan.empowerment.supervisors": 0}, "Supervisors"),
    ],
)
def test_a_line_without_people_is_refused(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(BadInput, match=word):
        Scenario().changed(changes)
