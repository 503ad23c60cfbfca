"""Does every week obey the laws of the operation, whatever the plan, the luck and the ties?

Each law is written down once, from the rules on paper and not from the engine's code, and judged on three kinds of
weeks: hand-sized ones that Hypothesis shrinks, a swarm of random ones full of ties, and weeks of named and extreme
scenarios.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import heappush
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pytest
import simpy
from any_scenario import KEPT, KINDS, MOST
from hypothesis import given, settings
from hypothesis import strategies as st
from small_weeks import issues, operations
from stories import (
    MOST_CONTACTS,
    SOMETIMES,
    TIMES,
    Brought,
    Draws,
    Foretold,
    Row,
    Segment,
    fates,
    foretold,
    matters,
    random_week,
)

from sim.experiment import Span, stream
from sim.flow import engine, journey, weeks
from sim.flow.chances import fate_of
from sim.flow.contract import (
    CONTACT,
    FRONT,
    ISSUE,
    LOG,
    NOBODY,
    TICK,
    WINDOW,
    Bot,
    Decision,
    Fate,
    Operation,
    Outcome,
    Owed,
    Roster,
    Step,
    Table,
    Team,
    Week,
)
from sim.flow.issues import new_issues
from sim.flow.journey import follow
from sim.flow.luck import stream as stream_of
from sim.flow.people import ROW, Centre, Issue, Moment, Process
from sim.flow.roster import operation as operation_of
from sim.flow.rules import next_opening
from sim.scenario import BadInput, Scenario, fields, named, names
from sim.scenario.plan import Hours
from sim.scenario.types import IssueType

SWARM = 600
NEVER_HEARD = math.inf
Item: Any = NamedTuple("Item", [(name, Any) for name in ("number", *(ISSUE.names or ()))])  # type: ignore[misc]


class Leg(NamedTuple):
    """One stay in a queue, and what followed; `left` is when the wait ended, answered or not."""

    row: Any
    team: int
    agent: int
    rank: int
    patience: float
    joined: float
    answered: float
    left: float
    ended: float
    freed: float
    talk: float
    story: float
    notes: float
    last: bool


@dataclass(frozen=True)
class Played:
    """A week as it was planned, drawn and lived through."""

    operation: Operation
    fates: Fate
    log: Table
    met: Table
    carried: Table

    @cached_property
    def rows(self) -> list[Any]:
        return [Row._make(row) for row in self.log.tolist()]

    @cached_property
    def issues(self) -> list[Any]:
        return [Item._make((number, *row)) for number, row in enumerate(self.fates.issues.tolist())]

    @cached_property
    def fate_of(self) -> dict[tuple[int, int], Any]:
        """What each contact met."""
        found = zip(self.rows, self.met.tolist(), strict=True)
        return {(row.issue, row.contact): Draws._make(fate) for row, fate in found}

    def draws(self, row: Any) -> Any:
        return self.fate_of[row.issue, row.contact]

    @cached_property
    def columns(self) -> int:
        """Contacts of an issue that there are fates for."""
        return int((self.fates.luck if self.fates.told is None else self.fates.told).shape[1])

    @cached_property
    def by_issue(self) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in self.issues]
        for row in self.rows:
            found[row.issue].append(row)
        return found

    @cached_property
    def hours(self) -> list[Segment]:
        return list(self.operation.hours.tolist())

    def open(self, at: float) -> bool:
        return any(opens <= at < closes for opens, closes in self.hours)

    @cached_property
    def shifts(self) -> list[list[Segment]]:
        found: list[list[Segment]] = [[] for _ in self.operation.agents]
        for who, start, end in self.operation.on_duty.tolist():
            found[who].append((start, end))
        return found

    def on_duty(self, who: int, at: float) -> bool:
        return any(start <= at < end for start, end in self.shifts[who])

    def team(self, team: int) -> list[int]:
        return [who for who, row in enumerate(self.operation.agents["team"].tolist()) if row == team]

    @cached_property
    def legs(self) -> list[Leg]:
        return [leg for row in self.rows for leg in self._legs_of(row)]

    def _legs_of(self, row: Any) -> Iterator[Leg]:
        draws = self.draws(row)
        rank = FRONT if draws.first_in_line else self.issues[row.issue].priority
        if not math.isnan(row.queued):
            yield Leg(
                row, draws.team, row.agent, rank, draws.patience, row.queued, row.answered,
                row.closed if math.isnan(row.answered) else row.answered, row.ended, row.freed,
                draws.talk, draws.story, draws.wrap_up, math.isnan(row.queued_2),
            )  # fmt: skip
        if not math.isnan(row.queued_2):
            left = draws.patience - (row.answered - row.queued)
            patience = on_tick(left * self.operation.patience_after_transfer) if left < math.inf else left
            yield Leg(
                row, Team.SPECIALISTS, row.agent_2, rank, patience, row.queued_2, row.answered_2,
                row.closed if math.isnan(row.answered_2) else row.answered_2, row.ended_2, row.freed_2,
                draws.talk_2, draws.story_2, draws.wrap_up_2, True,
            )  # fmt: skip

    @cached_property
    def busy(self) -> list[list[Segment]]:
        """When each agent was with a contact or its notes, in order of time."""
        found: list[list[Segment]] = [[] for _ in self.operation.agents]
        for leg in self.legs:
            if leg.agent != NOBODY:
                found[leg.agent].append((leg.answered, leg.freed))
        return [sorted(mine) for mine in found]

    @cached_property
    def idle(self) -> list[list[Segment]]:
        """When each agent was on duty and free."""
        return [list(gaps(mine, busy)) for mine, busy in zip(self.shifts, self.busy, strict=True)]


def on_tick(minutes: float) -> float:
    return math.floor(minutes * 2**20 + 0.5) / 2**20


def gaps(shifts: Iterable[Segment], busy: list[Segment]) -> Iterator[Segment]:
    """What the busy segments leave of the shifts; nothing of no length."""
    for start, end in shifts:
        free = start
        for began, freed in busy:
            if free < min(began, end):
                yield free, min(began, end)
            free = max(free, freed)
        if free < end:
            yield free, end


def overlap(one: Segment, other: Segment) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


# ------------------------------------------------------------------------------------------------ the laws

Law = Callable[[Played], None]
LAWS: list[Law] = []


def law(judge: Law) -> Law:
    """Put a law on the list."""
    LAWS.append(judge)
    return judge


@law
def contacts_are_written_in_order_of_arrival_on_ticks(week: Played) -> None:
    assert [row.arrived for row in week.rows] == sorted(row.arrived for row in week.rows)
    moments = np.array([week.log[name] for name in TIMES])
    assert np.all((moments / TICK % 1 == 0) | np.isnan(moments))


@law
def every_contact_meets_the_fate_of_its_issue_and_number(week: Played) -> None:
    told = foretold(week.fates, week.columns).contacts if week.fates.told is None else week.fates.told
    assert week.met.tobytes() == told[week.log["issue"], week.log["contact"]].tobytes()


@law
def every_issue_goes_on_until_it_ends_or_is_carried(week: Played) -> None:
    carried = []
    for item, mine in zip(week.issues, week.by_issue, strict=True):
        assert [row.contact for row in mine] == list(
            range(item.first_contact, item.first_contact + len(mine))
        )
        assert [row.owed for row in mine] == [item.owed, *[Owed.NOTHING] * (len(mine) - 1)]
        comes = [item.arrives, *(goes_on(week, row) for row in mine)]
        assert [row.arrived for row in mine] == comes[:-1]
        assert isinstance(comes[-1], tuple) or comes[-1] is None
        carried += [comes[-1]] if comes[-1] else []
    assert week.carried.tolist() == carried


def goes_on(week: Played, row: Any) -> Any:
    """When the issue's next contact comes, the row carried to a later week, or None: it is over."""
    draws = week.draws(row)
    if row.outcome == Outcome.IN_PROGRESS:
        return row.issue, row.contact, promised(week, row), 0.0, *became(week, row)
    wants, after = {
        Outcome.STRANDED: (draws.stranded_again, draws.stranded_after),
        Outcome.ABANDONED: (draws.redials, draws.redial_after),
        Outcome.UNRESOLVED: (draws.returns, draws.return_after),
        Outcome.TURNED_AWAY: (draws.after_closing, 0.0),
    }.get(row.outcome, (False, 0.0))
    following = row.contact + 1
    if not wants or following >= min(week.operation.most_contacts, week.columns):
        return None
    due = row.closed + after
    ahead = [window for window in week.hours if due < window[1]]
    if not ahead:
        return row.issue, following, Owed.NOTHING, due, *became(week, row)
    opens, closes = ahead[0]
    return due if due >= opens else min(opens + draws.lateness, closes - TICK)


def became(week: Played, row: Any) -> tuple[int, bool, float]:
    """What the issue takes along: its kind, whether a bot left it stranded, and how late its customer is."""
    issue = week.issues[row.issue]
    met = [week.draws(each) for each in week.by_issue[row.issue]]
    complains = any(draws.complains for draws in met)
    left = any(draws.bot in (Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END) for draws in met)
    return IssueType.COMPLAINT if complains else issue.kind, issue.stranded or left, week.draws(row).lateness


def promised(week: Played, row: Any) -> Owed:
    if row.owed:
        return Owed(row.owed)
    return Owed.WILL_SETTLE if settles(week, row) else Owed.WILL_NOT


def settles(week: Played, row: Any) -> bool:
    """Whether the last agent settles the issue, where no exception is refused."""
    draws = week.draws(row)
    last, hurdle = (row.agent_2, draws.hurdle_2) if row.agent_2 != NOBODY else (row.agent, draws.hurdle)
    allowed = draws.granted if row.decision == Decision.BY_AGENT else draws.approved
    return (allowed or not week.issues[row.issue].needs) and hurdle < week.operation.agents["ability"][last]


@law
def every_contact_ends_once_and_as_its_way_says(week: Played) -> None:
    """Contacts = contained + stranded + abandoned + turned away + resolved + unresolved + in progress."""
    for row in week.rows:
        ways = [way for way in WAYS if WAYS[way](week, row)]
        assert ways == [row.outcome]
        assert math.isnan(row.closed) == (row.outcome == Outcome.IN_PROGRESS)


def _bot_keeps(row: Any, draws: Any) -> bool:
    return not row.owed and draws.bot not in (Bot.NONE, Bot.HANDS_OVER)


def _left_a_queue(row: Any) -> bool:
    """Joined a queue and was not answered there."""
    waited = not math.isnan(row.queued) and math.isnan(row.answered)
    return waited or (not math.isnan(row.queued_2) and math.isnan(row.answered_2))


def _pending(row: Any) -> bool:
    return not math.isnan(row.asked) and math.isnan(row.decided)


def _talked(week: Played, row: Any) -> bool:
    draws = week.draws(row)
    return not row.owed and not _bot_keeps(row, draws) and not _left_a_queue(row) and not _pending(row)


def _hung_up(week: Played, row: Any) -> bool:
    last = next(leg for leg in reversed(week.legs) if leg.row is row)
    return last.joined + last.patience == row.closed and not _turned_away(week, row)


def _turned_away(week: Played, row: Any) -> bool:
    """Only a closing, or joining a closed line, turns anybody away; whether rightly is another law."""
    last = row.queued if math.isnan(row.queued_2) else row.queued_2
    closing = row.closed in [closes for _, closes in week.hours]
    return (
        not week.open(row.closed) and (closing or row.closed == last) and row.outcome == Outcome.TURNED_AWAY
    )


WAYS: dict[Outcome, Callable[[Played, Any], bool]] = {
    Outcome.CONTAINED: lambda week, row: not row.owed and week.draws(row).bot == Bot.SETTLES,
    Outcome.STRANDED: lambda week, row: (
        _bot_keeps(row, week.draws(row)) and week.draws(row).bot != Bot.SETTLES
    ),
    Outcome.ABANDONED: lambda week, row: _left_a_queue(row) and _hung_up(week, row),
    Outcome.TURNED_AWAY: lambda week, row: _left_a_queue(row) and _turned_away(week, row),
    Outcome.RESOLVED: lambda week, row: (
        settles(week, row) if _talked(week, row) else not _pending(row) and row.owed == Owed.WILL_SETTLE
    ),
    Outcome.UNRESOLVED: lambda week, row: (
        not settles(week, row) if _talked(week, row) else not _pending(row) and row.owed == Owed.WILL_NOT
    ),
    Outcome.IN_PROGRESS: lambda _, row: _pending(row) and row.decision == Decision.BY_CALL_BACK,
}


@law
def times_of_the_bot_add_up(week: Played) -> None:
    for row in week.rows:
        draws = week.draws(row)
        if row.owed or draws.bot == Bot.NONE:
            assert math.isnan(row.bot_ended)
        else:
            assert row.bot_ended == row.arrived + draws.bot_time
        if _bot_keeps(row, draws):
            assert (row.closed, row.agent) == (row.bot_ended, NOBODY)
            assert math.isnan(row.queued)
        elif not row.owed:
            assert row.queued == (row.arrived if draws.bot == Bot.NONE else row.bot_ended)


@law
def times_of_each_talk_add_up(week: Played) -> None:
    for leg in week.legs:
        if leg.agent == NOBODY:
            assert all(math.isnan(at) for at in (leg.answered, leg.ended, leg.freed))
            continue
        held = leg.last and leg.row.decision == Decision.ON_HOLD
        talked = on_tick(leg.talk * week.operation.agents["pace"][leg.agent]) + leg.story
        assert leg.answered + talked == (leg.row.asked if held else leg.ended)
        assert not held or leg.ended == leg.row.decided
        assert leg.freed == leg.ended + leg.notes


@law
def passed_on_to_the_specialists_where_fate_says_so(week: Played) -> None:
    for row in week.rows:
        passed_on = row.agent != NOBODY and week.draws(row).transfer
        assert math.isnan(row.queued_2) != passed_on
        assert row.queued_2 == row.ended or not passed_on


@law
def times_of_the_decision_add_up(week: Played) -> None:
    for row in week.rows:
        draws = week.draws(row)
        work = draws.approval if row.decision == Decision.ON_HOLD else draws.call_back
        assert math.isnan(row.decided) or row.decided == row.heard + work
        assert math.isnan(row.heard) == math.isnan(row.decided) == (row.supervisor == NOBODY)
        assert not row.heard < row.asked
        assert math.isnan(row.asked) == (row.decision < Decision.ON_HOLD)


@law
def nobody_waits_beyond_patience(week: Played) -> None:
    for leg in week.legs:
        assert leg.joined <= leg.left <= leg.joined + leg.patience


@law
def agents_hold_one_contact_at_a_time_and_only_of_their_team(week: Played) -> None:
    for busy in week.busy:
        for (_, freed), (answered, _) in pairwise(busy):
            assert freed <= answered
    teams = week.operation.agents["team"]
    assert all(leg.agent == NOBODY or teams[leg.agent] == leg.team for leg in week.legs)


@law
def nobody_begins_outside_the_shift_while_the_line_is_open(week: Played) -> None:
    for leg in week.legs:
        if leg.agent != NOBODY:
            assert week.on_duty(leg.agent, leg.answered) or not week.open(leg.answered)


@law
def overtime_goes_on_without_a_pause(week: Played) -> None:
    """Who answers off duty had just finished another contact: nobody is called back from home."""
    for leg in week.legs:
        if leg.agent != NOBODY and not week.on_duty(leg.agent, leg.answered):
            assert leg.answered in [freed for _, freed in week.busy[leg.agent]]


@law
def the_first_of_the_first_class_is_first(week: Played) -> None:
    """When somebody is taken from a line, nobody of a better class or of longer standing stays behind."""
    for team in Team:
        line = [leg for leg in week.legs if leg.team == team]
        joined, left, rank = (
            np.array([getattr(leg, name) for leg in line]) for name in ("joined", "left", "rank")
        )
        answered = np.array([leg.answered for leg in line])
        taken = np.flatnonzero(answered > joined)
        for at in taken.tolist():
            there = (joined < answered[at]) & (left > answered[at])
            assert not np.any(there & ((rank < rank[at]) | ((rank == rank[at]) & (joined < joined[at]))))


@law
def nobody_waits_while_an_agent_of_the_team_is_idle(week: Played) -> None:
    for team in Team:
        idle = [segment for who in week.team(team) for segment in week.idle[who]]
        waits = [(leg.joined, leg.left) for leg in week.legs if leg.team == team and leg.joined < leg.left]
        assert not any(overlap(wait, rest) for wait in waits for rest in idle)


@law
def nobody_hangs_up_in_the_instant_an_agent_is_free(week: Played) -> None:
    for leg in week.legs:
        if math.isnan(leg.answered) and leg.row.outcome == Outcome.ABANDONED:
            assert leg.left not in [start for who in week.team(leg.team) for start, _ in week.idle[who]]


@law
def the_agent_idle_longest_answers(week: Played) -> None:
    for leg in week.legs:
        if leg.agent != NOBODY and leg.answered == leg.joined:
            since = [start for start, end in week.idle[leg.agent] if end == leg.answered]
            rests = [rest for who in week.team(leg.team) if who != leg.agent for rest in week.idle[who]]
            longer = [rest for rest in rests if rest[0] < (since or [leg.answered])[0]]
            assert not any(start < leg.answered < end for start, end in longer)


@law
def turned_away_only_when_nobody_is_there(week: Played) -> None:
    for leg in week.legs:
        if leg.row.outcome == Outcome.TURNED_AWAY and math.isnan(leg.answered):
            assert not any(week.on_duty(who, leg.left) for who in week.team(leg.team))
            busy = [segment for who in week.team(leg.team) for segment in week.busy[who]]
            assert not any(answered <= leg.left < freed for answered, freed in busy)


@law
def nobody_is_left_in_a_closed_line_without_a_soul(week: Played) -> None:
    for leg in week.legs:
        for closes in [at for _, at in week.hours if leg.joined < at < leg.left]:
            busy = [segment for who in week.team(leg.team) for segment in week.busy[who]]
            there = any(answered <= closes <= freed for answered, freed in busy)
            assert there or any(week.on_duty(who, closes) for who in week.team(leg.team))


@law
def who_decides_follows_from_need_and_limit(week: Played) -> None:
    for row in week.rows:
        if row.owed or not _talked(week, row):
            continue
        needs = week.issues[row.issue].needs
        last = row.agent if row.agent_2 == NOBODY else row.agent_2
        limit = week.operation.agents["limit"][last]
        by_rule = Decision.NOT_NEEDED if not needs else Decision.BY_AGENT if needs <= limit else None
        assert row.decision == by_rule if by_rule is not None else row.decision >= Decision.ON_HOLD


def asks(week: Played, decision: Decision) -> list[tuple[Any, float]]:
    """Those who asked for a supervisor this way, and when they were heard."""
    mine = [row for row in week.rows if row.decision == decision and not math.isnan(row.asked)]
    return [(row, NEVER_HEARD if math.isnan(row.heard) else row.heard) for row in mine]


@law
def the_line_on_hold_is_never_longer_than_allowed(week: Played) -> None:
    holds = asks(week, Decision.ON_HOLD)
    for row, heard in holds:
        assert week.open(row.asked)
        others = [other for other, until in holds if other.asked < row.asked < until]
        assert heard == row.asked or len(others) < week.operation.hold_limit


@law
def called_back_only_when_no_supervisor_could_listen(week: Played) -> None:
    """Where moments coincide, whoever may have been there in that instant is counted as there."""
    holds, everybody = asks(week, Decision.ON_HOLD), [row for row in week.rows if row.supervisor != NOBODY]
    for row, _ in asks(week, Decision.BY_CALL_BACK):
        if not row.owed and week.open(row.asked):
            heard = {other.supervisor for other in everybody if other.heard <= row.asked <= other.decided}
            on_hold = [other for other, until in holds if other.asked <= row.asked <= until]
            assert len(heard) >= week.operation.supervisors
            assert len(on_hold) >= week.operation.hold_limit or not week.operation.supervisors


@law
def supervisors_decide_one_at_a_time(week: Played) -> None:
    for heard in _hearings(week):
        for (_, decided), (begins, _) in pairwise(heard):
            assert decided <= begins


def _hearings(week: Played) -> list[list[Segment]]:
    mine: list[list[Segment]] = [[] for _ in range(week.operation.supervisors)]
    for row in week.rows:
        if row.supervisor != NOBODY:
            mine[row.supervisor].append((row.heard, row.decided))
    return [sorted(heard) for heard in mine]


@law
def supervisors_hear_holds_first_and_each_line_in_order(week: Played) -> None:
    holds, calls = asks(week, Decision.ON_HOLD), asks(week, Decision.BY_CALL_BACK)
    for line in (holds, calls):
        for row, heard in line:
            assert not any(other.asked < row.asked and until > heard for other, until in line)
    for row, heard in calls:
        if row.asked < heard < NEVER_HEARD:
            assert not any(other.asked < heard < until for other, until in holds)
            assert week.open(heard)


@law
def nobody_waits_while_a_supervisor_is_idle(week: Played) -> None:
    rests = [rest for heard in _hearings(week) for rest in gaps(week.hours, heard)]
    for row, heard in asks(week, Decision.ON_HOLD) + asks(week, Decision.BY_CALL_BACK):
        assert not any(overlap((row.asked, heard), rest) for rest in rests)


@law
def busy_agents_never_exceed_those_on_shift_and_in_overtime(week: Played) -> None:
    for team in Team:
        mine = week.team(team)
        legs = [leg for leg in week.legs if leg.team == team and leg.agent != NOBODY]
        for at in {leg.answered for leg in legs}:
            busy = {leg.agent for leg in legs if leg.answered <= at < leg.freed}
            overtime = {who for who in busy if not week.on_duty(who, at)}
            assert len(busy) <= sum(week.on_duty(who, at) for who in mine) + len(overtime) <= len(mine)


def lived(concrete: Operation, drawn: Fate) -> Played:
    return Played(concrete, drawn, *engine.run(concrete, drawn))


# ----------------------------------------------------------------------------- a swarm of random weeks


@cache
def swarm() -> tuple[Played, ...]:
    return tuple(lived(*random_week(seed)) for seed in range(SWARM))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_random_weeks_obey(law: Law) -> None:
    for week in swarm():
        law(week)


def test_swarm_met_everything_that_can_happen() -> None:
    logs = np.concatenate([week.log for week in swarm()])
    bots = np.concatenate([week.met["bot"] for week in swarm()])
    changes = np.concatenate([week.operation.roster["change"] for week in swarm()])
    assert set(logs["outcome"]) == set(Outcome)
    assert set(logs["decision"]) == set(Decision)
    assert set(bots) == set(Bot)
    assert set(changes) == set(Roster)
    assert set(logs["owed"]) == set(Owed)
    carried = np.concatenate([week.carried for week in swarm()])
    assert set(carried["owed"]) == set(Owed)
    assert set(carried["kind"]) == set(IssueType)
    assert set(carried["stranded"]) == {False, True}


def test_swarm_met_what_is_rare() -> None:
    """Overtime, a second queue left, calls heard after a night, holds that waited, lines of two classes."""
    legs = [(week, leg) for week in swarm() for leg in week.legs]
    overtime = [
        leg for week, leg in legs if leg.agent != NOBODY and not week.on_duty(leg.agent, leg.answered)
    ]
    left_the_second = [leg for _, leg in legs if leg.last and leg.row.agent != NOBODY and leg.agent == NOBODY]
    overnight = [leg for week, leg in legs if not week.open(leg.row.asked) and leg.row.supervisor != NOBODY]
    held = [leg for _, leg in legs if leg.row.decision == Decision.ON_HOLD and leg.row.heard > leg.row.asked]
    called = [
        leg for week, leg in legs if leg.row.decision == Decision.BY_CALL_BACK and week.open(leg.row.asked)
    ]
    called_later = [leg for leg in called if leg.row.heard > leg.row.asked]
    first_class = [leg for _, leg in legs if leg.rank == 0 and leg.left > leg.joined]
    assert min(map(len, (overtime, left_the_second, overnight, held, called_later, first_class))) > 20


# ----------------------------------------------------------------------------- weeks that can be shrunk


@settings(max_examples=120)
@given(operations(), st.lists(issues(), min_size=1, max_size=5))
def test_small_weeks_obey_every_law(concrete: Operation, brought: list[Brought]) -> None:
    week = lived(concrete, fates(brought))
    for law in LAWS:
        law(week)


# -------------------------------------------------------------------------- weeks of the named scenarios

SMALL = {
    "assumptions.demand.issues_per_day": 40.0,
    "plan.staffing.agents": 2,
    "plan.staffing.specialists": 1,
}
"""Few people and long lines, so that every law is put to the test."""

STUDIES: dict[str, dict[str, Any]] = {
    "textbook": {
        "plan.chatbot.coverage": 0.0,
        "plan.teamwork.routing_accuracy": 1.0,
        "assumptions.authority.needed": 0.0,
        "assumptions.authority.cheats": 0.0,
        "assumptions.repeats.returns": 0.0,
        "assumptions.repeats.redials": 0.0,
        "assumptions.repeats.after_closing": 0.0,
        "assumptions.handling.talk_kind": "exponential",
        "assumptions.handling.wrap_up_mean": 0.0,
        "assumptions.patience.kind": "infinite",
    },
    "curve": {"plan.staffing.curve": ((0.5, 1.0, 0.0, 1.0),), "plan.core_first": True},
    "all_day": {"plan.hours": Hours.daily(0, 1440), "plan.staffing.shift_minutes": 480.0},
    "asks": {
        "plan.empowerment.authority_limit": 5.0,
        "assumptions.authority.needed": 1.0,
        "plan.empowerment.hold_limit": 1,
    },
}


EXTREMES = 20
HOURS = KINDS["plan.hours"]


def small(name: str) -> Scenario:
    return named(name).changed(SMALL) if name in names() else Scenario().changed(SMALL | STUDIES[name])


@cache
def lived_weeks(name: str) -> tuple[Week, ...]:
    return tuple(weeks(small(name), seed=3, replication=0, count=2, follow_up=True))


@pytest.mark.parametrize("name", [*names(), *STUDIES])
def test_real_weeks_obey_every_law(name: str) -> None:
    for week in lived_weeks(name):
        played = Played(week.operation, week.fate, week.log, week.draws, week.carried)
        for law in LAWS:
            law(played)


def extreme(seed: int) -> Scenario:
    """Any number of the scenario at its least, at its most, or between; few people and few issues."""
    rng = np.random.default_rng(seed)
    changes: dict[str, Any] = {"assumptions.demand.issues_per_day": 12.0}
    for path, facts in fields().items():
        if facts.low is None or facts.high is None or path.startswith(KEPT) or rng.random() > SOMETIMES:
            continue
        most = min(facts.high, MOST.get(path, facts.high))
        number = facts.low + (most - facts.low) * rng.choice([0, rng.random(), 1])
        changes[path] = int(number) if path in MOST else float(number)
    changes["plan.chatbot.hands_over"] = bool(rng.random() < SOMETIMES)
    changes["plan.hours"] = HOURS[rng.integers(len(HOURS))]
    try:
        return Scenario().changed(changes)
    except BadInput:
        return extreme(seed + EXTREMES)


@pytest.mark.parametrize("seed", range(EXTREMES))
def test_weeks_of_extreme_scenarios_obey_every_law(seed: int) -> None:
    for week in weeks(extreme(seed), seed, replication=0, count=1, follow_up=True):
        played = Played(week.operation, week.fate, week.log, week.draws, week.carried)
        for law in LAWS:
            law(played)


def identities(issues: Table) -> list[tuple[int, int]]:
    """The week and row of luck of each issue."""
    return issues[["week", "row"]].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", names())
def test_no_issue_is_dropped_or_doubled_between_weeks(name: str) -> None:
    waiting: set[tuple[int, int]] = set()
    for number, week in enumerate(lived_weeks(name)):
        new = (
            {(number, row) for row in range(len(new_issues(small(name), 3, 0, number)))}
            if number < 2
            else set()
        )
        came, goes_on = identities(week.fate.issues), identities(week.waiting)
        assert len(set(came)) == len(came)
        assert len(set(goes_on)) == len(goes_on)
        shelf = (new | waiting) - set(came)
        assert set(came) <= new | waiting
        assert set(goes_on) == shelf | {came[row] for row in week.carried["issue"].tolist()}
        waiting = set(goes_on)


@pytest.mark.parametrize("name", ["today", "bot_without_people"])
def test_issue_keeps_its_own_luck_from_week_to_week(name: str) -> None:
    """What a later week would bring it is what the first week would have brought."""
    first, second, _ = (foretold(week.fate, MOST_CONTACTS) for week in lived_weeks(name))
    place = {who: row for row, who in enumerate(identities(first.issues))}
    left_over = [(row, place[who]) for row, who in enumerate(identities(second.issues)) if who in place]
    here, there = np.array(left_over).T
    to_come = np.arange(MOST_CONTACTS) >= second.issues["first_contact"][here, np.newaxis]
    assert len(here) > 5
    assert second.contacts[here][to_come].tobytes() == first.contacts[there][to_come].tobytes()
    for column in ("needs", "core", "customer", "priority"):
        assert np.array_equal(second.issues[column][here], first.issues[column][there])


def test_issue_left_over_is_what_its_contacts_made_of_it() -> None:
    columns, marks = ["kind", "stranded", "lateness"], set()
    for name in ("today", "bot_without_people"):
        first, second, _ = lived_weeks(name)
        began, carried = first.fate.issues[first.carried["issue"]], first.carried
        made = dict(zip(identities(began), carried[columns].tolist(), strict=True))
        came = zip(identities(second.fate.issues), second.fate.issues[columns].tolist(), strict=True)
        back = {who: row for who, row in came if who in made}
        assert back == {who: made[who] for who in back}
        turned = dict(zip(identities(began), carried["kind"] != began["kind"], strict=True))
        marks |= {(stranded, bool(turned[who])) for who, (_, stranded, _) in back.items()}
    assert marks == {(False, False), (True, False), (True, True)}


def test_follow_up_only_goes_on_with_what_was_left() -> None:
    last = lived_weeks("today")[2]
    assert set(last.fate.issues["week"]) == {0, 1}
    assert len(last.log) > 0


# ------------------------------------------------------------------ order of scheduling, seeds, cores


def alone(centre: Centre, item: Any) -> Process:
    """An issue with a process of its own from the beginning."""
    yield Moment(centre.env, item.arrives, Step.ARRIVES, item.number)
    yield from follow(centre, item)


def a_third(weeks_of: Iterable[Played]) -> Iterator[tuple[Played, np.random.Generator]]:
    for number, week in enumerate(list(weeks_of)[::3]):
        yield week, np.random.default_rng(number)


def ran(week: Played, order: Iterable[Any]) -> bytes:
    """The log of a week whose issues were created at time zero in this order."""
    centre = Centre(week.operation, week.fates)
    for item in order:
        centre.env.process(alone(centre, Issue(item.number, item[1:])))
    centre.env.run()
    return np.array([ROW(contact) for contact in centre.contacts], LOG).tobytes()


def test_order_in_which_issues_are_created_does_not_matter() -> None:
    for week, rng in a_third(swarm()):
        order = [week.issues[at] for at in rng.permutation(len(week.issues))]
        assert ran(week, order) == week.log.tobytes()


class Shuffled(simpy.Environment):
    """SimPy without a memory: what is set for one instant and rank happens in any order, the roster first."""

    luck = np.random.default_rng(0)

    def schedule(self, event: simpy.Event, priority: Any = 1, delay: float = 0) -> None:
        turn = next(self._eid) if isinstance(event, simpy.Timeout) else 10**9 * (1 + self.luck.random())
        heappush(self._queue, (self.now + delay, priority, turn, event))  # type: ignore[misc]


def test_order_in_which_simpy_is_told_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simpy, "Environment", Shuffled)
    for week, _ in a_third(swarm()):
        assert journey.run(week.operation, week.fates).log.tobytes() == week.log.tobytes()


def test_order_of_scheduling_does_not_matter_in_a_real_week(monkeypatch: pytest.MonkeyPatch) -> None:
    week = lived_weeks("today")[0]
    monkeypatch.setattr(simpy, "Environment", Shuffled)
    assert journey.run(week.operation, week.fate).log.tobytes() == week.log.tobytes()


def logs(seed: int, replication: int) -> list[bytes]:
    return [week.log.tobytes() for week in weeks(small("today"), seed, replication, 1, follow_up=True)]


def test_many_customers_get_through_when_each_alone_would() -> None:
    hours = np.array([(0.0, 12.0), (20.0, 30.0), (30.0, 41.0)], WINDOW)
    due = np.arange(-2.0, 45.0, 0.5)
    for late in (0.0, 3.0, 50.0):
        alone = [next_opening(float(at), late, hours) for at in due]
        assert engine.next_openings(due, np.full(len(due), late), hours).tolist() == alone


def test_same_seed_same_log_and_another_seed_another() -> None:
    assert logs(1, 0) == logs(1, 0)
    assert len({logs(*key)[0] for key in ((1, 0), (1, 1), (2, 0), (2, 1))}) == 4


def test_log_does_not_depend_on_what_ran_before() -> None:
    before = logs(1, 0)
    stream_of.cache_clear()
    list(weeks(small("silos"), 1, 0, 1, follow_up=False))
    assert logs(1, 0) == before


def test_one_core_and_two_give_the_same_numbers() -> None:
    plans = [small("today"), small("silos")]
    one, two = (
        sorted(
            stream(plans, range(3), seed=5, span=Span(1, 0), workers=workers), key=attrgetter("replication")
        )
        for workers in (1, 2)
    )
    assert [done.replication for done in one] == [0, 1, 2]
    for here, there in zip(one, two, strict=True):
        for mine, theirs in zip(here.summaries, there.summaries, strict=True):
            np.testing.assert_equal(vars(theirs), vars(mine))
            assert mine.values["contacts"] > 0


# --------------------------------------------------- common luck: a lever only adds events of its own kind

PLENTY = {"assumptions.demand.issues_per_day": 300.0, "plan.outsourcing.share": 0.3}
CONTACTS = 3
Event = Callable[[Foretold], Any]


def drawn(plan: Scenario, contacts: int = CONTACTS) -> Foretold:
    """The new issues of a week, and the fates of their first contacts."""
    return foretold(fate_of(plan, new_issues(plan, 1, 0, 0), 1, 0), contacts)


class Raised(NamedTuple):
    """A share raised, the events it stands for, and the columns of contacts that may follow it where they matter."""

    path: str
    low: Any
    high: Any
    event: Event
    follows: tuple[str, ...]
    where: dict[str, Any] | None = None


def has(name: str, *values: Any) -> Event:
    return lambda made: np.isin(made.contacts[name], values)


def first(event: Event) -> Event:
    """Of first contacts only: what the bot did to them decides whom it may try again."""
    return lambda made: event(made)[:, 0]


BOT_FOLLOWS = ("bot", "told_again", "story", "stranded_again", "stranded_after")
DEAD_ENDS = {"plan.chatbot.hands_over": False}
BY_TYPE = ("talk", "talk_2", "hurdle", "hurdle_2", "transfer", "told_again_2", "story_2")
TRANSFER_FOLLOWS = ("transfer", "told_again_2", "story_2", "talk")
SETTLES = "assumptions.bot.settles"
NOT_ONLY = tuple(bot for bot in Bot if bot != Bot.NONE)
RAISED = (
    Raised("plan.chatbot.coverage", 0.2, 0.6, first(has("bot", *NOT_ONLY)), BOT_FOLLOWS),
    Raised(
        "plan.chatbot.coverage", 0.2, 0.6, first(has("bot", *NOT_ONLY)), BOT_FOLLOWS + BY_TYPE, DEAD_ENDS
    ),
    Raised(f"{SETTLES}.simple", 0.3, 0.6, has("bot", Bot.SETTLES), BOT_FOLLOWS),
    Raised(f"{SETTLES}.standard", 0.3, 0.6, has("bot", Bot.SETTLES), BOT_FOLLOWS),
    Raised("assumptions.bot.seems_to_settle", 0.1, 0.5, first(has("bot", Bot.SEEMS_TO_SETTLE)), BOT_FOLLOWS),
    Raised("assumptions.bot.gives_up", 0.1, 0.5, first(has("bot", Bot.GIVES_UP)), BOT_FOLLOWS),
    Raised(
        "assumptions.bot.dead_end_phones", 0.1, 0.6, has("stranded_again", True), ("stranded_again",), DEAD_ENDS
    ),
    Raised(
        "assumptions.bot.dead_end_complains", 0.1, 0.4, has("complains", True),
        ("complains", "stranded_again", *BY_TYPE), DEAD_ENDS,
    ),
    Raised("plan.outsourcing.share", 0.2, 0.5, has("team", Team.PARTNER), ("team",)),
    Raised("plan.teamwork.routing_accuracy", 0.9, 0.5, has("transfer", True), TRANSFER_FOLLOWS),
    Raised("plan.teamwork.cross_skill", 0.6, 0.2, has("transfer", True), TRANSFER_FOLLOWS),
    Raised(
        "plan.teamwork.context_kept", 0.8, 0.3, has("told_again", True),
        ("told_again", "story", "told_again_2", "story_2"),
    ),
    Raised("plan.empowerment.trust", 0.3, 0.9, has("granted", True), ("granted",)),
    Raised("plan.empowerment.trust", 0.3, 0.9, lambda made: made.issues["needs"] > 0, ("granted",)),
    Raised("plan.empowerment.rule_density", 0.0, 1.0, lambda made: made.issues["needs"] > 0, ()),
    Raised("assumptions.authority.needed", 0.1, 0.3, lambda made: made.issues["needs"] > 0, ()),
    Raised("assumptions.authority.approved", 0.6, 0.9, has("approved", True), ("approved",)),
    Raised("assumptions.patience.hangs_up_at_once", 0.02, 0.2, has("patience", 0.0), ("patience",)),
    Raised("assumptions.repeats.returns", 0.4, 0.8, has("returns", True), ("returns", "stranded_again")),
    Raised("assumptions.repeats.redials", 0.4, 0.8, has("redials", True), ("redials", "stranded_again")),
    Raised("assumptions.repeats.after_closing", 0.4, 0.8, has("after_closing", True), ("after_closing",)),
)  # fmt: skip


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: raised.path)
def test_raising_a_share_only_adds_events_of_its_kind(raised: Raised) -> None:
    plan = Scenario().changed(PLENTY | (raised.where or {}))
    low, high = (drawn(plan.changed(raised.path, share)) for share in (raised.low, raised.high))
    fewer, more = raised.event(low), raised.event(high)
    assert np.all(more[fewer])
    assert more.sum() > fewer.sum() > 0
    for name in set(CONTACT.names or ()) - set(raised.follows):
        in_both = matters(name, *low) & matters(name, *high)
        assert in_both.any() or name == "complains", name
        assert np.array_equal(low.contacts[name][in_both], high.contacts[name][in_both]), name
    need = (low.issues["needs"] > 0) & (high.issues["needs"] > 0)
    assert np.array_equal(low.issues["needs"][need], high.issues["needs"][need])
    others = [name for name in ISSUE.names or () if name != "needs"]
    assert low.issues[others].tolist() == high.issues[others].tolist()


def test_who_met_the_bot_meets_it_alike_when_it_meets_more() -> None:
    plan = Scenario().changed(PLENTY)
    low, high = (drawn(plan.changed("plan.chatbot.coverage", share)).contacts for share in (0.2, 0.6))
    met = low["bot"][:, 0] != Bot.NONE
    assert met.any()
    for name in ("bot", "bot_time"):
        assert np.array_equal(low[name][met, 0], high[name][met, 0])


def test_raising_the_authority_limit_only_adds_decisions_by_agents() -> None:
    plan = Scenario().changed("assumptions.authority.needed", 0.4)
    needs = new_issues(plan, 1, 0, 0)["needs"]
    limits = [
        operation_of(plan.changed("plan.empowerment.authority_limit", limit), 1, 0, 0).agents["limit"]
        for limit in (10.0, 40.0)
    ]
    low, high = ((needs > 0) & (needs <= limit.max()) for limit in limits)
    assert np.all(high[low])
    assert high.sum() > low.sum() > 0
    assert [set(limit) for limit in limits] == [{10.0}, {40.0}]


def test_more_demand_only_adds_issues() -> None:
    plan = Scenario()
    for low, high in ((100.0, 101.0), (400.0, 1_200.0)):
        few, many = (
            np.sort(new_issues(plan.changed("assumptions.demand.issues_per_day", rate), 1, 0, 0), order="row")
            for rate in (low, high)
        )
        assert len(few) < len(many)
        assert many[: len(few)].tobytes() == few.tobytes()
        kept, more = (foretold(fate_of(plan, issues, 1, 0), 2) for issues in (few, many))
        assert more.contacts[: len(few)].tobytes() == kept.contacts.tobytes()


def test_a_little_more_demand_never_means_fewer_issues() -> None:
    rates = np.linspace(100, 104, 17)
    plans = [Scenario().changed("assumptions.demand.issues_per_day", float(rate)) for rate in rates]
    found = [len(new_issues(plan, 1, 0, 0)) for plan in plans]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_fate_of_an_issue_does_not_depend_on_its_company() -> None:
    plan = small("silos")
    issues = new_issues(plan, 1, 0, 0)
    some = np.arange(len(issues))[::-3]
    whole, part = (foretold(fate_of(plan, who, 1, 0), CONTACTS) for who in (issues, issues[some]))
    assert part.contacts.tobytes() == whole.contacts[some].tobytes()


def test_staffing_touches_neither_fate_nor_arrivals() -> None:
    plan = Scenario()
    few, many = (
        drawn(other)
        for other in (plan, plan.changed({"plan.staffing.agents": 30, "plan.empowerment.supervisors": 5}))
    )
    assert few.contacts.tobytes() == many.contacts.tobytes()
    assert few.issues.tobytes() == many.issues.tobytes()


# ------------------------------------------------------------------- the bot's turns, as fate writes them


def after_the_bot(plan: dict[str, Any]) -> Foretold:
    """First contacts of one type that all meet a bot; talk is fixed, so that its length tells the type."""
    always = {
        "plan.chatbot.coverage": 1.0,
        "plan.chatbot.types": ("simple", "standard", "complex", "complaint"),
        "assumptions.handling.talk_kind": "fixed",
        "plan.teamwork.routing_accuracy": 1.0,
        "plan.teamwork.context_kept": 1.0,
    }
    return drawn(Scenario().changed(PLENTY | always | plan))


def test_who_was_left_stranded_goes_past_the_bot() -> None:
    bot = after_the_bot({}).contacts["bot"]
    stranded = np.isin(bot[:, 0], (Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP))
    assert stranded.any()
    assert np.all(bot[stranded, 1:] == Bot.NONE)
    assert np.all(bot[~stranded, 1] != Bot.NONE)


def test_context_lost_by_the_bot_is_told_again() -> None:
    cold = after_the_bot({"plan.chatbot.carries_context": False}).contacts
    warm = after_the_bot({"plan.chatbot.carries_context": True}).contacts
    handed_over = cold["bot"] == Bot.HANDS_OVER
    assert np.array_equal(cold["told_again"], handed_over)
    assert np.array_equal(cold["story"], np.where(handed_over, 1.0, 0.0))
    assert not warm["told_again"].any()


def test_after_a_dead_end_some_complain_some_phone_and_some_leave() -> None:
    contacts = after_the_bot(DEAD_ENDS | {"assumptions.demand.mix.simple": 0.5}).contacts
    ended, again = contacts["bot"][:, 0] == Bot.DEAD_END, contacts["stranded_again"][:, 0]
    talk = Scenario().assumptions.handling
    complaint = talk.talk_mean * talk.talk_by_type.complaint
    complains = (contacts["talk"][:, 1] == complaint) & (contacts["talk"][:, 0] != complaint)
    said_so = contacts["complains"][:, 0]
    assert np.array_equal(complains, said_so & (contacts["talk"][:, 0] != complaint))
    assert set(Bot) & set(contacts["bot"][:, 0]) == {Bot.SETTLES, Bot.SEEMS_TO_SETTLE, Bot.DEAD_END}
    assert np.all(ended[complains] & again[complains])
    phones, leaves = again & ended & ~said_so, ended & ~again
    assert 0 < complains.sum() < phones.sum() < ended.sum()
    assert leaves.sum() > 0
    assert np.all(contacts["talk"][said_so, 1:] == complaint)


def test_bot_tries_only_the_types_it_takes() -> None:
    issues, contacts = after_the_bot({"plan.chatbot.types": ("complex",)})
    assert np.array_equal(contacts["bot"][:, 0] != Bot.NONE, issues["kind"] == IssueType.COMPLEX)
