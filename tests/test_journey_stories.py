"""Does each branch of the journey happen, to the minute, and do ties fall as the rules say?"""

import math

import numpy as np
import pytest
from stories import Brought, Told, agent, fates, issue, moments, operation, play, specialist, times

from sim.flow import chances, engine
from sim.flow.contract import (
    MINUTES_PER_WEEK,
    NOBODY,
    TICK,
    Bot,
    Decision,
    Fate,
    Operation,
    Outcome,
    Owed,
    Table,
    Team,
    Week,
)
from sim.scenario import Scenario
from sim.scenario.types import IssueType

TWO_DAYS = ((0.0, 100.0), (200.0, 300.0))
RESOLVED, UNRESOLVED, ABANDONED = Outcome.RESOLVED, Outcome.UNRESOLVED, Outcome.ABANDONED
TURNED_AWAY, STRANDED, CONTAINED = Outcome.TURNED_AWAY, Outcome.STRANDED, Outcome.CONTAINED
HOLD, CALL_BACK = Decision.ON_HOLD, Decision.BY_CALL_BACK


BUSY_SPECIALIST = issue(0, team=Team.SPECIALISTS, talk=50)
"""Leaves the second line without anybody until 51."""


def answered(told: Told) -> list[float]:
    """When each contact was answered, in order of arrival."""
    return [row.answered for row in told.rows()]


def agents(told: Told) -> list[int]:
    """Who answered each contact, in order of arrival."""
    return [row.agent for row in told.rows()]


def goes_on(told: Told) -> list[tuple[int, int, int, float]]:
    """The issues carried to a later week: row, next contact, what a call-back owes, and when they are due."""
    return told.carried[["issue", "contact", "owed", "due"]].tolist()  # type: ignore[no-any-return]


def decisions(told: Told) -> list[Decision]:
    """Who decided, contact by contact."""
    return [Decision(row.decision) for row in told.rows()]


# -------------------------------------------------------------------------------------------- the chatbot


def test_bot_settles_and_nobody_is_troubled() -> None:
    told = play(operation(agent()), issue(5, bot=Bot.SETTLES, bot_time=3, stranded_again=True))
    assert times(told[0]) == moments(arrived=5, bot_ended=8, closed=8)
    assert (told[0].agent, told.outcomes()) == (NOBODY, [CONTAINED])


LEAVES_STRANDED = (Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END)


@pytest.mark.parametrize("bot", LEAVES_STRANDED, ids=lambda bot: bot.name)
def test_customer_whom_the_bot_left_stranded_stays_away(bot: Bot) -> None:
    told = play(operation(agent()), issue(5, bot=bot, bot_time=3, returns=True, redials=True))
    assert times(told[0]) == moments(arrived=5, bot_ended=8, closed=8)
    assert told.outcomes() == [STRANDED]


@pytest.mark.parametrize("bot", LEAVES_STRANDED, ids=lambda bot: bot.name)
def test_customer_whom_the_bot_left_stranded_phones(bot: Bot) -> None:
    told = play(operation(agent()), issue(0, bot=bot, bot_time=2, stranded_again=True, stranded_after=7))
    assert times(told[1]) == moments(arrived=9, queued=9, answered=9, ended=12, freed=13, closed=12)
    assert told.outcomes() == [STRANDED, RESOLVED]


def test_bot_hands_over_and_the_agent_knows_the_story() -> None:
    told = play(operation(agent(pace=2)), issue(0, bot=Bot.HANDS_OVER, bot_time=2, talk=3))
    happened = moments(arrived=0, bot_ended=2, queued=2, answered=2, ended=8, freed=9, closed=8)
    assert times(told[0]) == happened


def test_bot_hands_over_cold_and_the_story_is_told_again_at_nobodys_pace() -> None:
    told = play(operation(agent(pace=2)), issue(0, bot=Bot.HANDS_OVER, bot_time=2, talk=3, story=1.5))
    assert (told[0].answered, told[0].ended, told[0].freed) == (2, 2 + 6 + 1.5, 10.5)


def test_patience_begins_when_the_bot_has_handed_over() -> None:
    told = play(operation(agent((50, 99))), issue(0, bot=Bot.HANDS_OVER, bot_time=20, patience=5))
    assert times(told[0]) == moments(arrived=0, bot_ended=20, queued=20, closed=25)
    assert told.outcomes() == [ABANDONED]


def test_bot_hands_over_after_closing_when_all_have_gone() -> None:
    told = play(operation(agent(), hours=[(0, 10)]), issue(9, bot=Bot.HANDS_OVER, bot_time=3))
    assert times(told[0]) == moments(arrived=9, bot_ended=12, queued=12, closed=12)
    assert told.outcomes() == [TURNED_AWAY]


def test_bot_hands_over_after_closing_while_somebody_still_talks() -> None:
    late = issue(9, bot=Bot.HANDS_OVER, bot_time=3)
    told = play(operation(agent(), hours=[(0, 10)]), issue(5, talk=8), late)
    assert times(told[1]) == moments(
        arrived=9, bot_ended=12, queued=12, answered=14, ended=17, freed=18, closed=17
    )


def test_bot_hands_over_after_closing_while_somebody_is_on_duty() -> None:
    late = issue(9, bot=Bot.HANDS_OVER, bot_time=3)
    told = play(operation(agent((0, 20)), hours=[(0, 10)]), late)
    assert (told[0].answered, told.outcomes()) == (12, [RESOLVED])


# ---------------------------------------------------------------------------------- waiting and patience


def test_contact_is_answered_at_once() -> None:
    told = play(operation(agent()), issue(7))
    assert times(told[0]) == moments(arrived=7, queued=7, answered=7, ended=10, freed=11, closed=10)


def test_talk_at_an_agents_pace_lasts_whole_ticks() -> None:
    """A third of a minute is 349,525.3 ticks, and two thirds of the patience left are 699,050.7."""
    told = play(operation(agent(pace=1 / 3)), issue(0, talk=1))
    assert told[0].ended == 349_525 * TICK
    passed_on = issue(0, transfer=True, patience=1)
    told = play(operation(agent(), specialist(), after_transfer=2 / 3), BUSY_SPECIALIST, passed_on)
    assert told[1].closed - told[1].queued_2 == 699_051 * TICK


def test_second_contact_waits_for_the_notes_on_the_first() -> None:
    told = play(operation(agent()), issue(0, talk=3, wrap_up=1), issue(1, talk=2))
    assert times(told[1]) == moments(arrived=1, queued=1, answered=4, ended=6, freed=7, closed=6)
    assert told[0].closed == 3


def test_impatient_customer_hangs_up_and_leaves_the_place_to_the_next() -> None:
    told = play(operation(agent()), issue(0, talk=9), issue(1, patience=2), issue(2))
    assert times(told[1]) == moments(arrived=1, queued=1, closed=3)
    assert (told[1].agent, told[2].answered) == (NOBODY, 10)
    assert told.outcomes() == [RESOLVED, ABANDONED, RESOLVED]


def test_who_would_hang_up_at_once_is_answered_by_an_idle_agent() -> None:
    assert answered(play(operation(agent()), issue(3, patience=0))) == [3]


def test_who_would_hang_up_at_once_is_answered_by_an_agent_free_in_that_instant() -> None:
    assert answered(play(operation(agent()), issue(0), issue(4, patience=0))) == [0, 4]


def test_who_would_hang_up_at_once_hangs_up() -> None:
    told = play(operation(agent()), issue(0), issue(4 - TICK, patience=0))
    assert times(told[1]) == moments(arrived=4 - TICK, queued=4 - TICK, closed=4 - TICK)
    assert told.outcomes() == [RESOLVED, ABANDONED]


def test_patience_does_not_end_before_an_agent_freed_in_the_instant_of_arrival() -> None:
    """The smallest case the prototype found (flow.md X1)."""
    one = operation(agent((0, 1)), hours=())
    told = play(one, issue(0, talk=0, wrap_up=0), issue(0, talk=0, wrap_up=0, patience=0))
    assert (answered(told), told.outcomes()) == ([0, 0], [RESOLVED, RESOLVED])


def test_patience_that_ends_as_an_agent_frees_has_sufficed() -> None:
    assert answered(play(operation(agent()), issue(0), issue(1, patience=3))) == [0, 4]


def test_patience_that_ends_a_tick_before_an_agent_frees_has_not() -> None:
    told = play(operation(agent()), issue(0), issue(1, patience=3 - TICK))
    assert (told[1].closed, told.outcomes()[1]) == (4 - TICK, ABANDONED)


def test_patience_that_ends_as_a_shift_starts_has_sufficed() -> None:
    assert answered(play(operation(agent((10, 50))), issue(6, patience=4))) == [10]


def test_customer_of_infinite_patience_waits_over_lunch() -> None:
    assert answered(play(operation(agent((0, 10), (60, 100))), issue(20))) == [60]


def test_who_hung_up_redials() -> None:
    told = play(operation(agent((50, 99))), issue(1, patience=2, redials=True, redial_after=57))
    assert [row.arrived for row in told.rows()] == [1, 60]
    assert [row.contact for row in told.rows()] == [0, 1]
    assert (told.outcomes(), told[1].answered) == ([ABANDONED, RESOLVED], 60)


def test_who_hung_up_goes_silent() -> None:
    told = play(operation(agent((50, 99))), issue(1, patience=2, returns=True, stranded_again=True))
    assert (told.outcomes(), len(told.carried)) == ([ABANDONED], 0)


# ------------------------------------------------------------------------------- resolved, or coming back


def test_unresolved_customer_comes_back() -> None:
    told = play(operation(agent()), issue(0, hurdle=1, returns=True, return_after=40))
    assert [(row.arrived, row.outcome) for row in told.rows()] == [(0, UNRESOLVED), (43, RESOLVED)]


def test_unresolved_customer_does_not_come_back() -> None:
    told = play(operation(agent()), issue(0, hurdle=1, redials=True, stranded_again=True, after_closing=True))
    assert (told.outcomes(), len(told.carried)) == ([UNRESOLVED], 0)


def test_resolved_customer_does_not_come_back() -> None:
    assert len(play(operation(agent()), issue(0, returns=True, redials=True, stranded_again=True))) == 1


def test_customer_may_come_back_in_the_same_instant() -> None:
    told = play(operation(agent()), issue(0, hurdle=1, returns=True, return_after=0))
    assert [(row.arrived, row.answered) for row in told.rows()] == [(0, 0), (3, 4)]


def test_customer_gives_up_after_the_most_contacts() -> None:
    stubborn = {"hurdle": 1, "returns": True}
    told = play(operation(agent(), most_contacts=3), issue(0, *[stubborn] * 5, **stubborn))
    assert [row.contact for row in told.rows()] == [0, 1, 2]
    assert len(told.carried) == 0


def test_customer_gives_up_after_the_last_column_of_fate() -> None:
    stubborn = {"hurdle": 1, "returns": True}
    told = play(operation(agent(), most_contacts=99), issue(0, *[stubborn] * 5, **stubborn))
    assert [row.contact for row in told.rows()] == [0, 1, 2, 3, 4, 5]


def test_contacts_of_last_week_count_among_the_most() -> None:
    stubborn = {"hurdle": 1, "returns": True}
    told = play(operation(agent()), issue(0, *[stubborn] * 5, first_contact=4, **stubborn))
    assert [row.contact for row in told.rows()] == [4, 5]


def test_hurdle_just_below_the_ability_is_cleared_and_an_equal_one_is_not() -> None:
    able = operation(agent(ability=0.5), agent(ability=0.5))
    told = play(able, issue(0, hurdle=0.5), issue(0, hurdle=np.nextafter(0.5, 0)))
    assert told.outcomes() == [UNRESOLVED, RESOLVED]


def test_the_agent_who_answers_decides_what_is_cleared() -> None:
    told = play(operation(agent(ability=-2), agent(ability=2)), issue(0), issue(0))
    assert (agents(told), told.outcomes()) == ([0, 1], [UNRESOLVED, RESOLVED])


# -------------------------------------------------------------------------- the line is closed, or closes


def test_return_due_while_closed_comes_after_the_next_opening_by_its_own_lateness() -> None:
    comes_back = issue(50, {"lateness": 99}, hurdle=1, returns=True, return_after=67, lateness=7)
    told = play(operation(agent(), hours=TWO_DAYS), comes_back)
    assert [row.arrived for row in told.rows()] == [50, 207]


@pytest.mark.parametrize(
    ("due", "arrives"), [(100 - TICK, 100 - TICK), (100, 207), (200 - TICK, 207), (200, 200)]
)
def test_open_from_the_first_instant_and_closed_at_the_last(due: float, arrives: float) -> None:
    comes_back = issue(50, hurdle=1, returns=True, return_after=due - 53, lateness=7)
    assert play(operation(agent(), hours=TWO_DAYS), comes_back)[1].arrived == arrives


def test_lateness_ends_just_before_closing() -> None:
    comes_back = issue(50, hurdle=1, returns=True, return_after=67, lateness=500)
    told = play(operation(agent(), hours=TWO_DAYS), comes_back)
    assert (told[1].arrived, told[1].answered) == (300 - TICK, 300 - TICK)


def test_return_due_after_the_last_closing_is_carried() -> None:
    told = play(operation(agent(), hours=TWO_DAYS), issue(250, hurdle=1, returns=True, return_after=60))
    assert (len(told), goes_on(told)) == (1, [(0, 1, Owed.NOTHING, 313.0)])


LEFT = {"bot": Bot.DEAD_END, "complains": True, "stranded_again": True}
LATE = {"hurdle": 1, "returns": True, "return_after": 2000, "lateness": 7}


@pytest.mark.parametrize(
    ("comes", "became"),
    [
        (issue(0, kind=1, **LATE), (1, False, 7)),
        (issue(0, kind=1, stranded=True, **LATE), (1, True, 7)),
        (issue(0, LATE, kind=1, lateness=99, bot=Bot.HANDS_OVER, hurdle=1, returns=True), (1, False, 7)),
        (issue(0, {"lateness": 99}, kind=1, stranded_after=2000, lateness=7, **LEFT), (3, True, 7)),
        (issue(0, LATE, kind=1, lateness=99, **LEFT), (3, True, 7)),
        (issue(0, LATE, kind=1, **LEFT | {"complains": False}), (1, True, 7)),
        (issue(0, kind=1, needs=1, lateness=7), (1, False, 7)),
        (issue(0, {"lateness": 7}, kind=1, needs=1, lateness=99, **LEFT), (3, True, 7)),
    ],
)
def test_issue_takes_along_what_has_become_of_it(comes: Brought, became: tuple[int, bool, float]) -> None:
    told = play(operation(agent()), issue(900), comes)
    assert told.carried[["issue", "kind", "stranded", "lateness"]].tolist() == [(1, *became)]


@pytest.mark.parametrize("bot", Bot)
def test_only_a_bot_without_a_solution_leaves_its_mark(bot: Bot) -> None:
    told = play(operation(agent()), issue(0, bot=bot, stranded_again=True, stranded_after=2000, **LATE))
    assert told.carried["stranded"].tolist() == [bot in LEAVES_STRANDED] * (bot != Bot.SETTLES)


def test_contact_exactly_at_opening_is_in_time() -> None:
    assert answered(play(operation(agent(), hours=TWO_DAYS), issue(200))) == [200]


def test_contact_exactly_at_closing_is_too_late() -> None:
    told = play(operation(agent(), hours=TWO_DAYS), issue(100))
    assert (times(told[0]), told.outcomes()) == (moments(arrived=100, queued=100, closed=100), [TURNED_AWAY])


def test_contact_just_before_closing_is_served_out() -> None:
    told = play(operation(agent(), hours=TWO_DAYS), issue(99), issue(100 - TICK))
    assert (answered(told), told[1].freed) == ([99, 103], 107)


def test_waiting_customers_are_turned_away_at_closing_when_nobody_is_there() -> None:
    told = play(operation(agent((0, 50)), hours=[(0, 100)]), issue(60), issue(70))
    assert [times(row) for row in told.rows()] == [
        moments(arrived=at, queued=at, closed=100) for at in (60, 70)
    ]
    assert (told.outcomes(), len(told.carried)) == ([TURNED_AWAY, TURNED_AWAY], 0)


def test_who_was_turned_away_comes_at_the_next_opening() -> None:
    away = issue(60, {"lateness": 99}, after_closing=True, lateness=7)
    told = play(operation(agent((0, 50), (200, 300)), hours=TWO_DAYS), away)
    assert [(row.arrived, row.outcome) for row in told.rows()] == [(60, TURNED_AWAY), (207, RESOLVED)]


def test_who_was_turned_away_at_the_last_closing_is_carried() -> None:
    told = play(operation(agent((0, 50)), hours=[(0, 100)]), issue(60, after_closing=True))
    assert goes_on(told) == [(0, 1, Owed.NOTHING, 100.0)]


def test_closing_comes_before_the_end_of_patience() -> None:
    told = play(operation(agent((0, 50)), hours=[(0, 100)]), issue(60, patience=40))
    assert told.outcomes() == [TURNED_AWAY]


def test_a_busy_colleague_of_another_team_keeps_nobody_in_the_line() -> None:
    busy = issue(95, team=Team.PARTNER, talk=20)
    told = play(operation(agent((0, 50)), agent(team=Team.PARTNER), hours=[(0, 100)]), issue(60), busy)
    assert (told.outcomes(), told[0].closed) == ([TURNED_AWAY, RESOLVED], 100)


def test_one_busy_agent_serves_out_the_whole_line() -> None:
    told = play(operation(agent(), hours=[(0, 10)]), *[issue(at) for at in (6, 7, 8, 9)])
    assert (answered(told), told[3].freed) == ([6, 10, 14, 18], 22)


def test_all_agents_of_the_team_serve_out_the_line() -> None:
    told = play(operation(agent(), agent(), hours=[(0, 10)]), *[issue(at) for at in (7, 8, 9, 9)])
    assert answered(told) == [7, 8, 11, 12]


def test_patience_goes_on_while_the_line_is_served_out() -> None:
    told = play(operation(agent(), hours=[(0, 10)]), issue(5, talk=20), issue(9, patience=5))
    assert (told[1].closed, told.outcomes()) == (14, [RESOLVED, ABANDONED])


def test_nobody_stays_for_a_contact_still_with_another_team() -> None:
    two_lines = operation(agent(), specialist(), hours=[(0, 10)])
    told = play(two_lines, issue(9, transfer=True))
    assert times(told[0]) == moments(
        arrived=9, queued=9, answered=9, ended=12, freed=13, queued_2=12, closed=12
    )
    assert told.outcomes() == [TURNED_AWAY]


# ---------------------------------------------------------------------------------------------- transfers


def test_passed_on_with_the_story() -> None:
    told = play(operation(agent(), specialist()), issue(0, transfer=True, talk=3, talk_2=2))
    assert times(told[0]) == moments(
        arrived=0,
        queued=0,
        answered=0,
        ended=3,
        freed=4,
        queued_2=3,
        answered_2=3,
        ended_2=5,
        freed_2=6,
        closed=5,
    )
    assert (told[0].agent, told[0].agent_2, told.outcomes()) == (0, 1, [RESOLVED])


def test_passed_on_without_the_story() -> None:
    told = play(operation(agent(), specialist()), issue(0, transfer=True, story_2=1.5, wrap_up_2=4))
    assert (told[0].ended_2, told[0].freed_2) == (6.5, 10.5)


def test_patience_left_after_a_transfer_is_shortened() -> None:
    """Of 7 minutes 3 were waited; half of the other 4 remain."""
    passed_on = issue(1, transfer=True, patience=7)
    told = play(operation(agent(), specialist()), BUSY_SPECIALIST, issue(0), passed_on)
    row = told.of(2)[0]
    assert (row.answered, row.queued_2, row.closed, row.outcome) == (4, 7, 9, ABANDONED)
    assert (row.agent, row.agent_2) == (0, NOBODY)


def test_infinite_patience_survives_a_transfer() -> None:
    for_years = operation(agent((0, 9)), specialist((2e6, 3e6)), hours=[(0, 3e6)])
    told = play(for_years, issue(0, transfer=True))
    assert (told[0].queued_2, told[0].answered_2) == (3, 2e6)


def test_patience_of_the_first_queue_does_nothing_in_the_second() -> None:
    """It would have ended at 9; in the second queue (8 - 3) / 2 remain from 7 on."""
    passed_on = issue(1, transfer=True, patience=8)
    told = play(operation(agent(), specialist()), BUSY_SPECIALIST, issue(0), passed_on)
    assert (told.of(2)[0].answered, told.of(2)[0].closed) == (4, 9.5)


@pytest.mark.parametrize(("busy", "outcome"), [(True, ABANDONED), (False, RESOLVED)])
def test_patience_used_up_before_a_transfer(busy: bool, outcome: Outcome) -> None:
    before = [BUSY_SPECIALIST] if busy else []
    told = play(operation(agent(), specialist()), *before, issue(0), issue(1, transfer=True, patience=3))
    assert (told[-1].answered, told[-1].queued_2, told.outcomes()[-1]) == (4, 7, outcome)


def test_who_hung_up_on_the_specialists_redials_and_begins_again() -> None:
    passed_on = issue(0, transfer=True, patience=4, redials=True)
    told = play(operation(agent(), specialist()), BUSY_SPECIALIST, passed_on)
    first, again = told.of(1)
    assert (first.closed, first.outcome) == (5, ABANDONED)
    assert (again.arrived, again.agent, again.agent_2, again.outcome) == (15, 0, NOBODY, RESOLVED)


def test_passed_on_to_the_back_of_the_specialists_line() -> None:
    early, later = issue(2, team=Team.SPECIALISTS), issue(4, team=Team.SPECIALISTS)
    told = play(operation(agent(), specialist()), BUSY_SPECIALIST, issue(0, transfer=True), early, later)
    assert [told[1].answered_2, told[2].answered, told[3].answered] == [55, 51, 58]


def test_transferring_agent_wraps_up_while_the_customer_waits() -> None:
    told = play(operation(agent(), specialist()), issue(0, transfer=True, wrap_up=6), issue(5))
    assert (told[0].answered_2, told[0].freed, told[1].answered) == (3, 9, 9)


def test_specialist_settles_by_the_second_hurdle_and_the_own_ability() -> None:
    two_lines = operation(agent(ability=9), specialist(ability=0.5))
    told = play(
        two_lines,
        issue(0, transfer=True, hurdle=-5, hurdle_2=0.5),
        issue(10, transfer=True, hurdle=20, hurdle_2=0.25),
        issue(20, transfer=False, hurdle=5, hurdle_2=20),
    )
    assert told.outcomes() == [UNRESOLVED, RESOLVED, RESOLVED]


def test_only_the_last_agent_decides() -> None:
    generous_first = operation(agent(limit=100), specialist(limit=0))
    generous_last = operation(agent(limit=0), specialist(limit=100))
    passed_on = issue(0, transfer=True, needs=50)
    assert play(generous_first, passed_on)[0].decision == CALL_BACK
    assert play(generous_last, passed_on)[0].decision == Decision.BY_AGENT


# ---------------------------------------------------------------------------------- who is next, who answers


def test_first_class_goes_first_and_each_class_in_order_of_joining() -> None:
    line = [issue(at, priority=rank) for at, rank in ((1, 1), (2, 0), (3, 1), (4, 0))]
    told = play(operation(agent()), issue(0, talk=9), *line)
    assert answered(told) == [0, 18, 10, 22, 14]


def test_first_class_does_not_interrupt() -> None:
    told = play(operation(agent()), issue(0, priority=1, talk=9), issue(1, priority=0))
    assert answered(told) == [0, 10]


def test_first_in_line_goes_before_every_class() -> None:
    again = issue(0, {"first_in_line": True}, priority=1, hurdle=1, returns=True)
    told = play(operation(agent()), again, issue(12, priority=0), issue(12, priority=0))
    assert [(row.issue, row.contact, row.answered) for row in told.rows()] == [
        (0, 0, 0),
        (1, 0, 12),
        (2, 0, 20),
        (0, 1, 16),
    ]


def test_class_goes_with_the_contact_to_the_specialists() -> None:
    waits, passed_on = issue(1, team=Team.SPECIALISTS, priority=1), issue(0, transfer=True, priority=0)
    told = play(operation(agent(), specialist()), BUSY_SPECIALIST, passed_on, waits)
    assert (told[1].answered_2, told[2].answered) == (51, 54)


def test_the_agent_idle_longest_answers() -> None:
    told = play(operation(agent(), agent()), issue(0), issue(5), issue(6), issue(12))
    assert agents(told) == [0, 1, 0, 1]


def test_agents_who_start_together_stand_in_roster_order() -> None:
    told = play(operation(*[agent()] * 4), *[issue(5)] * 4)
    assert agents(told) == [0, 1, 2, 3]


def test_agents_who_free_together_stand_in_roster_order() -> None:
    """The second agent is freed by an earlier issue, the first by a later one."""
    told = play(operation(agent((2, 99)), agent()), issue(0, talk=9), issue(2, talk=7), issue(20), issue(21))
    assert agents(told) == [1, 0, 0, 1]


def test_after_a_break_one_stands_at_the_end() -> None:
    told = play(operation(agent((0, 10), (12, 99)), agent()), issue(13), issue(13))
    assert agents(told) == [1, 0]


def test_idle_since_the_end_of_notes_not_of_talk() -> None:
    told = play(
        operation(agent(), agent()), issue(0, talk=3, wrap_up=5), issue(0, talk=4, wrap_up=1), issue(9)
    )
    assert agents(told) == [0, 1, 1]


def test_teams_have_their_own_lines() -> None:
    told = play(operation(agent(), agent(team=Team.PARTNER)), issue(0), issue(1), issue(2, team=Team.PARTNER))
    assert (agents(told), answered(told)) == ([0, 0, 1], [0, 4, 2])


# ------------------------------------------------------------------ when shifts start and end, and breaks


def test_idle_agent_is_gone_in_the_instant_the_shift_ends() -> None:
    assert answered(play(operation(agent((0, 10)), agent((30, 40))), issue(10))) == [30]


def test_busy_agent_finishes_and_takes_no_new_contact_while_the_line_is_open() -> None:
    told = play(operation(agent((0, 10)), agent((30, 40))), issue(8, talk=5), issue(9))
    assert (told[0].freed, agents(told), answered(told)) == (14, [0, 1], [8, 30])


def test_busy_agent_takes_the_next_contact_when_the_line_has_closed() -> None:
    told = play(operation(agent((0, 5)), hours=[(0, 10)]), issue(4, talk=8), issue(9))
    assert (answered(told), told[1].freed) == ([4, 13], 17)


def test_break_falls_in_the_middle_of_a_line_that_goes_on() -> None:
    told = play(operation(agent((0, 10), (15, 99))), issue(9), issue(11))
    assert (told[0].freed, told[1].answered) == (13, 15)


def test_break_swallowed_by_a_long_talk_is_lost() -> None:
    told = play(operation(agent((0, 10), (15, 99))), issue(8, talk=10), issue(11), issue(30))
    assert (told[0].freed, answered(told)) == (19, [8, 19, 30])


@pytest.mark.parametrize(("talk", "wrap_up"), [(10, 0), (7, 3)])
def test_shift_that_ends_as_the_agent_frees_has_ended(talk: float, wrap_up: float) -> None:
    told = play(operation(agent((0, 10)), agent((30, 40))), issue(0, talk=talk, wrap_up=wrap_up), issue(5))
    assert (told[0].freed, answered(told)) == (10, [0, 30])


def test_line_that_closes_as_the_agent_frees_is_served_out() -> None:
    told = play(operation(agent(), hours=[(0, 10)]), issue(0, talk=7, wrap_up=3), issue(5))
    assert answered(told) == [0, 10]


def test_line_that_opens_as_an_agent_off_duty_frees_is_left_to_others() -> None:
    told = play(operation(agent((0, 10)), hours=[(0, 10), (20, 30)]), issue(9, talk=8, wrap_up=3), issue(20))
    assert (told[0].freed, told.outcomes(), told[1].closed) == (20, [RESOLVED, TURNED_AWAY], 30)


def test_shift_that_starts_during_overtime_only_puts_the_agent_on_duty() -> None:
    told = play(operation(agent(), hours=[(0, 10), (20, 30)]), issue(9, talk=15), issue(22), issue(26))
    assert (told[0].freed, answered(told)) == (25, [9, 25, 29])


def test_overtime_that_lasts_past_the_end_of_the_next_shift_ends_with_the_contact() -> None:
    told = play(operation(agent(), hours=[(0, 10), (20, 30)]), issue(9, talk=30), issue(22), issue(25))
    assert (told[0].freed, answered(told)) == (40, [9, 40, 44])


def test_shift_starts_before_another_ends_and_both_before_a_contact_arrives() -> None:
    assert agents(play(operation(agent((0, 10)), agent((10, 20))), issue(10))) == [1]


def test_agent_who_starts_takes_the_one_who_waits() -> None:
    told = play(operation(agent((10, 20)), agent((10, 20))), issue(3), issue(4), issue(5))
    assert (agents(told), answered(told)) == ([0, 1, 0], [10, 10, 14])


# --------------------------------------------------------------------------------- authority and supervisors


def test_no_exception_needed_no_decision() -> None:
    told = play(operation(agent(), supervisors=1), issue(0, needs=0, granted=False, approved=False))
    assert (decisions(told), told.outcomes()) == ([Decision.NOT_NEEDED], [RESOLVED])
    assert told[0].supervisor == NOBODY
    assert math.isnan(told[0].asked)


@pytest.mark.parametrize(("granted", "outcome"), [(True, RESOLVED), (False, UNRESOLVED)])
def test_agent_decides_up_to_the_own_limit_in_no_time(granted: bool, outcome: Outcome) -> None:
    within = issue(0, needs=20, granted=granted, approved=not granted)
    told = play(operation(agent(limit=20), supervisors=1), within)
    assert times(told[0]) == moments(arrived=0, queued=0, answered=0, ended=3, freed=4, closed=3)
    assert (told[0].decision, told.outcomes()) == (Decision.BY_AGENT, [outcome])


@pytest.mark.parametrize(
    ("approved", "hurdle", "outcome"),
    [(True, -1, RESOLVED), (False, -1, UNRESOLVED), (True, 1, UNRESOLVED)],
)
def test_customer_holds_the_line_for_a_supervisor(approved: bool, hurdle: float, outcome: Outcome) -> None:
    beyond = issue(0, needs=20.01, approved=approved, granted=not approved, hurdle=hurdle)
    told = play(operation(agent(limit=20), supervisors=1), beyond)
    assert times(told[0]) == moments(
        arrived=0, queued=0, answered=0, asked=3, heard=3, decided=5, ended=5, freed=6, closed=5
    )
    assert (told[0].decision, told[0].supervisor, told.outcomes()) == (HOLD, 0, [outcome])


def test_agent_stays_with_the_customer_on_hold_and_then_writes_notes() -> None:
    told = play(operation(agent(), supervisors=1), issue(0, needs=1, approval=20, wrap_up=2), issue(1))
    assert (told[0].ended, told[0].freed, told[1].answered) == (23, 25, 25)


def test_specialist_holds_with_the_second_wrap_up_and_hurdle() -> None:
    passed_on = issue(0, transfer=True, needs=1, wrap_up_2=9, hurdle_2=1)
    told = play(operation(agent(), specialist(), supervisors=1), passed_on)
    assert (told[0].asked, told[0].ended_2, told[0].freed_2, told.outcomes()) == (5, 7, 16, [UNRESOLVED])


def test_customers_on_hold_are_heard_in_order_and_patience_does_not_run() -> None:
    told = play(operation(*[agent()] * 3, supervisors=1), *[issue(0, needs=1, patience=1)] * 3)
    assert [(row.asked, row.heard, row.decided) for row in told.rows()] == [(3, 3, 5), (3, 5, 7), (3, 7, 9)]
    assert {row.decision for row in told.rows()} == {HOLD}


def test_when_the_hold_line_is_full_the_customer_is_called_back() -> None:
    told = play(operation(*[agent()] * 3, supervisors=1, hold_limit=1), *[issue(0, needs=1)] * 3)
    assert decisions(told) == [HOLD, HOLD, CALL_BACK]
    assert times(told[2]) == moments(
        arrived=0, queued=0, answered=0, ended=3, freed=4, asked=3, heard=7, decided=11, closed=11
    )


def test_without_room_on_hold_an_idle_supervisor_still_hears_at_once() -> None:
    told = play(operation(*[agent()] * 2, supervisors=1, hold_limit=0), *[issue(0, needs=1)] * 2)
    assert decisions(told) == [HOLD, CALL_BACK]


def test_those_called_back_take_no_room_on_hold() -> None:
    asks = [issue(at, needs=1, approval=50) for at in (0, 1, 2)]
    told = play(operation(*[agent()] * 4, supervisors=1, hold_limit=1), *asks, issue(51, needs=1))
    assert decisions(told) == [HOLD, HOLD, CALL_BACK, HOLD]
    assert [row.heard for row in told.rows()] == [3, 53, 105, 103]


@pytest.mark.parametrize(("approved", "owed"), [(True, Owed.WILL_SETTLE), (False, Owed.WILL_NOT)])
def test_call_back_left_over_at_the_weeks_end_is_carried(approved: bool, owed: Owed) -> None:
    told = play(operation(agent()), issue(0, needs=1, approved=approved, returns=True))
    assert times(told[0]) == moments(arrived=0, queued=0, answered=0, ended=3, freed=4, asked=3)
    assert (told[0].decision, told.outcomes()) == (CALL_BACK, [Outcome.IN_PROGRESS])
    assert goes_on(told) == [(0, 0, owed, 0.0)]


def test_talk_that_ends_after_closing_is_called_back_in_the_morning() -> None:
    told = play(operation(agent(), hours=TWO_DAYS, supervisors=1), issue(99, needs=1))
    row = told[0]
    assert (row.ended, row.asked, row.heard, row.decided, row.closed) == (102, 102, 200, 204, 204)
    assert (row.decision, told.outcomes()) == (CALL_BACK, [RESOLVED])


def test_refused_call_back_brings_the_customer_back_after_the_decision() -> None:
    refused = issue(99, needs=1, approved=False, returns=True)
    told = play(operation(agent(), hours=TWO_DAYS, supervisors=1), refused)
    assert [(row.arrived, row.outcome) for row in told.rows()] == [(99, UNRESOLVED), (214, RESOLVED)]


def test_holds_are_served_out_after_closing_and_call_backs_are_not() -> None:
    asks = [issue(90, needs=1, talk=talk, approval=3) for talk in (9, 9.5, 9.75)]
    told = play(operation(*[agent()] * 3, hours=TWO_DAYS, supervisors=1, hold_limit=1), *asks)
    assert [row.heard for row in told.rows()] == [99, 102, 200]
    assert decisions(told) == [HOLD, HOLD, CALL_BACK]


def test_supervisor_who_decides_at_the_very_closing_leaves_the_call_back_for_the_morning() -> None:
    asks = [issue(90, needs=1, talk=9, approval=1), issue(90, needs=1, talk=9)]
    told = play(operation(*[agent()] * 2, hours=TWO_DAYS, supervisors=1, hold_limit=0), *asks)
    assert [(row.heard, row.decided) for row in told.rows()] == [(99, 100), (200, 204)]


def test_supervisor_busy_over_night_hears_the_call_back_when_free() -> None:
    asks = [issue(90, needs=1, talk=9, approval=120), issue(90, needs=1, talk=9)]
    told = play(operation(*[agent()] * 2, hours=TWO_DAYS, supervisors=1, hold_limit=0), *asks)
    assert [(row.heard, row.decided) for row in told.rows()] == [(99, 219), (219, 223)]


def test_call_backs_are_heard_in_order_by_all_supervisors_at_the_opening() -> None:
    asks = [issue(90, needs=1, talk=talk) for talk in (12, 11, 13)]
    told = play(operation(*[agent()] * 3, hours=TWO_DAYS, supervisors=2), *asks)
    assert [(row.heard, row.supervisor) for row in told.rows()] == [(200, 1), (200, 0), (204, 1)]


def test_the_supervisor_idle_longest_decides() -> None:
    told = play(operation(agent(), supervisors=2), *[issue(at, needs=1) for at in (0, 10, 20)])
    assert [row.supervisor for row in told.rows()] == [0, 1, 0]


def test_repeat_asks_again() -> None:
    told = play(operation(agent(), supervisors=1), issue(0, needs=1, approved=False, returns=True))
    assert (decisions(told), told.outcomes()) == ([HOLD, HOLD], [UNRESOLVED, RESOLVED])


@pytest.mark.parametrize(("owed", "outcome"), [(Owed.WILL_SETTLE, RESOLVED), (Owed.WILL_NOT, UNRESOLVED)])
def test_call_back_owed_since_last_week_only_waits_for_its_decision(owed: Owed, outcome: Outcome) -> None:
    """What was promised holds, whatever this week's fate of the contact says."""
    left_over = issue(0, first_contact=2, owed=owed, needs=1, hurdle=-1)
    told = play(operation(agent(), supervisors=1), left_over)
    assert (told[0].contact, told[0].owed, told[0].decision) == (2, owed, CALL_BACK)
    assert times(told[0]) == moments(arrived=0, asked=0, heard=0, decided=4, closed=4)
    assert told.outcomes() == [outcome]


def test_call_back_owed_that_settles_nothing_brings_the_customer_back() -> None:
    told = play(operation(agent(), supervisors=1), issue(0, owed=Owed.WILL_NOT, needs=1, returns=True))
    assert [(row.arrived, row.owed, row.contact) for row in told.rows()] == [
        (0, Owed.WILL_NOT, 0),
        (14, 0, 1),
    ]


# -------------------------------------------------------------------------- ties: in the order of the steps


def test_line_opens_and_shifts_start_before_anyone_arrives() -> None:
    told = play(operation(agent((200, 300)), hours=TWO_DAYS), issue(200, patience=0))
    assert (told[0].answered, told.outcomes()) == (200, [RESOLVED])


def test_arrival_comes_before_the_end_of_a_bot_session() -> None:
    told = play(operation(agent()), issue(3, bot=Bot.HANDS_OVER, bot_time=2), issue(5))
    assert [told.of(0)[0].answered, told.of(1)[0].answered] == [9, 5]


def test_return_comes_before_the_end_of_a_bot_session_too() -> None:
    bot = issue(10, bot=Bot.HANDS_OVER, bot_time=3)
    told = play(operation(agent()), bot, issue(0, hurdle=1, returns=True, return_after=10))
    assert [row.answered for row in told.of(1)] == [0, 13]
    assert told.of(0)[0].answered == 17


def test_bot_session_ends_before_a_talk() -> None:
    """Both join the specialists' line at 3, the one from the bot first."""
    bot = issue(0, team=Team.SPECIALISTS, bot=Bot.HANDS_OVER, bot_time=3)
    told = play(operation(agent(), specialist()), issue(0, transfer=True), BUSY_SPECIALIST, bot)
    assert (told.of(2)[0].answered, told.of(0)[0].answered_2) == (51, 55)


def test_talk_ends_before_a_supervisor_decides() -> None:
    """The one who asks as the supervisor decides finds the supervisor busy."""
    asks = [issue(0, needs=1, talk=5), issue(0, needs=1, talk=3)]
    told = play(operation(agent(), agent(), supervisors=1, hold_limit=0), *asks)
    assert decisions(told) == [CALL_BACK, HOLD]
    assert (told[0].asked, told[1].decided, told[0].heard) == (5, 5, 5)


def test_supervisor_decides_before_agents_free() -> None:
    """The held agent of the lower number frees in the same instant and is the first to take a call."""
    held = issue(0, needs=1, talk=3, approval=2, wrap_up=0)
    waiting = [issue(2), issue(2)]
    told = play(operation(agent(), agent(), supervisors=1), held, issue(0, talk=4, wrap_up=1), *waiting)
    assert [(row.answered, row.agent) for row in told.rows()[2:]] == [(5, 0), (5, 1)]


def test_decision_opens_room_on_hold_only_for_talks_that_end_later() -> None:
    asks = [issue(0, needs=1, talk=talk, approval=5) for talk in (3, 4, 8, 8.5)]
    told = play(operation(*[agent()] * 4, supervisors=1, hold_limit=1), *asks)
    assert decisions(told) == [HOLD, HOLD, CALL_BACK, HOLD]


def test_within_a_step_the_lower_row_comes_first() -> None:
    told = play(operation(agent()), *[issue(5)] * 3)
    assert [row.issue for row in told.rows()] == [0, 1, 2]
    assert answered(told) == [5, 9, 13]


def test_return_and_first_contacts_of_one_instant_come_in_order_of_rows() -> None:
    told = play(operation(agent()), issue(13), issue(0, hurdle=1, returns=True), issue(13))
    assert [row.issue for row in told.rows()] == [1, 0, 1, 2]


def test_talks_that_end_together_join_the_next_line_in_order_of_rows() -> None:
    """The later row was answered first and by the first agent; rows decide all the same."""
    passed_on = [issue(1, transfer=True, talk=2), issue(0, transfer=True, talk=3)]
    told = play(operation(agent(), agent(), specialist()), *passed_on)
    assert (told.of(0)[0].answered_2, told.of(1)[0].answered_2) == (3, 6)


def test_patience_that_ends_together_ends_for_all() -> None:
    told = play(operation(agent((50, 60))), issue(3, patience=4), issue(5, patience=2))
    assert [row.closed for row in told.rows()] == [7, 7]


def test_chain_of_zeros_is_over_before_patience_ends() -> None:
    nothing = {"talk": 0, "wrap_up": 0}
    told = play(operation(agent((5, 9))), *[issue(2, patience=3, **nothing)] * 4)
    assert answered(told) == [5, 5, 5, 5]


# ------------------------------------------------------------------------------------- from week to week


@pytest.fixture
def run_weeks(monkeypatch: pytest.MonkeyPatch) -> "Weeks":
    return Weeks(monkeypatch)


class Weeks:
    """Hand-made weeks run by `run_week`, as many as asked, with the same operation and fates each week."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def __call__(self, concrete: Operation, drawn: Fate, count: int) -> list[Week]:
        def fate_of(_scenario: Scenario, issues: Table, _seed: int, _replication: int) -> Fate:
            assert drawn.told is not None
            return chances.told(issues, drawn.told[issues["row"]])

        self.monkeypatch.setattr(engine, "operation", lambda *_: concrete)
        self.monkeypatch.setattr(engine, "fate_of", fate_of)
        weeks, waiting = [], drawn.issues
        for number in range(count):
            weeks.append(engine.run_week(Scenario(), 1, 0, number, waiting))
            waiting = weeks[-1].waiting
        return weeks


def arrivals(weeks: list[Week]) -> list[list[float]]:
    """When contacts arrived, week by week."""
    return [week.log["arrived"].tolist() for week in weeks]


def test_return_due_over_the_weekend_comes_on_monday_by_its_lateness(run_weeks: Weeks) -> None:
    comes_back = issue(250, {"lateness": 99}, hurdle=1, returns=True, return_after=100, lateness=7)
    weeks = run_weeks(operation(agent(), hours=TWO_DAYS), fates([comes_back]), 3)
    assert arrivals(weeks) == [[250], [7], []]
    assert (weeks[1].log["contact"][0], weeks[1].log["outcome"][0]) == (1, RESOLVED)


def test_return_due_in_an_open_line_of_next_week_comes_on_the_minute(run_weeks: Weeks) -> None:
    after = MINUTES_PER_WEEK - 253 + 220
    comes_back = issue(250, hurdle=1, returns=True, return_after=after, lateness=7)
    assert arrivals(run_weeks(operation(agent(), hours=TWO_DAYS), fates([comes_back]), 2)) == [[250], [220]]


@pytest.mark.parametrize(("due", "comes"), [(299.0, 299.0), (300.0, None), (5000.0, None)])
def test_return_due_later_than_next_week_stays_on_the_shelf(
    run_weeks: Weeks, due: float, comes: float | None
) -> None:
    after = 2 * MINUTES_PER_WEEK - 253 + due
    comes_back = issue(250, hurdle=1, returns=True, return_after=after, lateness=7)
    weeks = run_weeks(operation(agent(), hours=TWO_DAYS), fates([comes_back]), 4)
    assert arrivals(weeks) == ([[250], [], [comes], []] if comes else [[250], [], [], [7]])
    assert [len(week.waiting) for week in weeks] == [1, 1, 0 if comes else 1, 0]


def test_shelf_keeps_week_row_and_contact_of_the_issue(run_weeks: Weeks) -> None:
    gone_long = issue(250, hurdle=1, returns=True, return_after=3 * MINUTES_PER_WEEK)
    weeks = run_weeks(operation(agent(), hours=TWO_DAYS), fates([issue(0), issue(1), gone_long]), 3)
    for week in weeks:
        assert week.waiting[["week", "row", "first_contact", "owed"]].tolist() == [(0, 2, 1, 0)]
    assert [week.waiting["arrives"][0] for week in weeks] == [
        253 + left * MINUTES_PER_WEEK for left in (2, 1, 0)
    ]


def test_shelf_keeps_what_has_become_of_the_issue(run_weeks: Weeks) -> None:
    """It complained after a dead end, and then came back in vain."""
    again = {"hurdle": 1, "returns": True, "return_after": 2 * MINUTES_PER_WEEK, "lateness": 7}
    left = issue(250, again, kind=1, bot=Bot.DEAD_END, complains=True, stranded_again=True, lateness=99)
    weeks = run_weeks(operation(agent(), hours=TWO_DAYS), fates([issue(0), left]), 3)
    shelf = [week.waiting[["kind", "stranded", "lateness"]].tolist() for week in weeks]
    assert shelf == [[(IssueType.COMPLAINT, True, 7)], [(IssueType.COMPLAINT, True, 7)], []]
    assert weeks[2].fate.issues[["kind", "stranded"]].tolist() == [(IssueType.COMPLAINT, True)]


def test_who_was_turned_away_on_friday_comes_on_monday(run_weeks: Weeks) -> None:
    away = issue(60, {"lateness": 99}, after_closing=True, lateness=8)
    weeks = run_weeks(operation(agent((0, 50)), hours=[(0, 100)]), fates([away]), 2)
    assert (arrivals(weeks), weeks[1].log["outcome"].tolist()) == ([[60], [8]], [RESOLVED])


def test_call_back_left_over_is_the_first_thing_next_week(run_weeks: Weeks) -> None:
    asks = issue(299, needs=1, approved=False, returns=True, return_after=30)
    weeks = run_weeks(operation(agent(), hours=((50, 100), (200, 300)), supervisors=1), fates([asks]), 3)
    owed, again = weeks[1].log
    assert weeks[0].log["outcome"].tolist() == [Outcome.IN_PROGRESS]
    assert (owed["contact"], owed["owed"], owed["asked"], owed["decided"]) == (0, Owed.WILL_NOT, 50, 54)
    assert (owed["outcome"], again["arrived"], again["contact"], again["owed"]) == (UNRESOLVED, 84, 1, 0)
    assert len(weeks[2].log) == 0


def test_call_back_nobody_has_time_for_stays_owed(run_weeks: Weeks) -> None:
    weeks = run_weeks(operation(agent()), fates([issue(5, needs=1)]), 3)
    assert [week.log["owed"].tolist() for week in weeks] == [[0], [Owed.WILL_SETTLE], [Owed.WILL_SETTLE]]
    assert weeks[2].waiting[["first_contact", "owed"]].tolist() == [(0, Owed.WILL_SETTLE)]


def test_customer_gives_up_after_the_most_contacts_of_all_weeks(run_weeks: Weeks) -> None:
    stubborn = {"hurdle": 1, "returns": True, "return_after": 5_000}
    weeks = run_weeks(operation(agent(), most_contacts=3), fates([issue(0, *[stubborn] * 5, **stubborn)]), 5)
    assert [week.log["contact"].tolist() for week in weeks] == [[0], [1], [2], [], []]


def test_week_without_issues_is_quiet(run_weeks: Weeks) -> None:
    week = run_weeks(operation(agent()), fates([]), 1)[0]
    assert (len(week.log), len(week.carried), len(week.waiting)) == (0, 0, 0)
