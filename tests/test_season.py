"""Does a season keep its books, its luck and its word? Whole weeks of a small operation, one after the other.

Two thousand customers bring 46 issues a day to two agents and a specialist.
"""

import hashlib
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
from any_scenario import any_scenario
from engines import HERE, needs_numba
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.experiment.seasons import Months, lived, seasons, still_there
from sim.flow import Engine
from sim.flow.contract import NOBODY, Bools, Floats, Ints, Table, Team
from sim.flow.issues import new_issues
from sim.flow.roster import team_sizes
from sim.scenario import BadInput, Scenario
from sim.scenario.events import EVENT_KINDS, Event
from sim.season import episodes, people, saving
from sim.season import week as room
from sim.season.clientele import clientele
from sim.season.contract import Reason, State, WeekRecord
from sim.season.events import in_force
from sim.season.season import branch, season, settled
from sim.season.summary import SeasonSummary
from sim.season.week import beginning, week

Changes = Mapping[str, Any]
LOYALTY = "assumptions.customers.loyalty"
SMALL = {
    "assumptions.demand.customers": 2000,
    "assumptions.demand.issues_per_day": 46.0,
    "plan.staffing.agents": 2,
    "plan.staffing.specialists": 1,
}
EVERYTHING: Changes = MappingProxyType(
    {
        "plan.chatbot.coverage": 0.5,
        "plan.outsourcing.share": 0.5,
        "plan.staffing.agents": 4,
        "plan.empowerment.authority_limit": 5.0,
        "plan.delight.share": 0.2,
        "plan.recovery.reaches_out": 0.3,
        "plan.recovery.guarantee": 40.0,
        "plan.prevention.effort": 0.5,
        "plan.personalisation.variants": 2,
        "plan.core_first": True,
        "assumptions.workforce.careers.quits": 3.0,
        "assumptions.customers.memory.months": 1.0,
    }
)
"""Something of all that can happen."""
NOTHING: Changes = MappingProxyType({})


def small(changes: Changes = NOTHING, *events: Event) -> Scenario:
    """The small operation with these changes and events."""
    return Scenario().changed({**SMALL, **changes, "events": events})


class Weeks(NamedTuple):
    """States from before the first week to after the last, and the record of each week."""

    states: list[State]
    records: list[WeekRecord]

    def values(self, name: str) -> Floats:
        """One measure, week by week."""
        return np.array([record.values[name] for record in self.records])


def run(plan: Scenario, weeks: int, begins: State | None = None, engine: Engine = "auto") -> Weeks:
    """Some weeks of a plan, from its first Sunday night or from another."""
    states, records = [begins or beginning(plan, 1, 0)], []
    for state, record in season(states[0], plan, weeks, engine):
        states.append(state)
        records.append(record)
    return Weeks(states, records)


def frozen(found: Any) -> Any:
    """Everything in a state, a record or a summary, to the bit."""
    if isinstance(found, np.ndarray):
        return str(found.dtype), found.shape, found.tobytes()
    if is_dataclass(found):
        return {one.name: frozen(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, dict):
        return {name: frozen(one) for name, one in found.items()}
    return repr(found)


def same(one: Weeks, other: Weeks) -> None:
    """Both went the same way, to the bit."""
    assert [frozen(record) for record in one.records] == [frozen(record) for record in other.records]
    assert [frozen(state) for state in one.states] == [frozen(state) for state in other.states]


# ------------------------------------------------------------------------------------------- the books


class Went(NamedTuple):
    """A week: its plan with the events in force, before and after, what was told, the issues that came and went."""

    plan: Scenario
    before: State
    after: State
    record: WeekRecord
    new: Table
    lived: episodes.Lived


@contextmanager
def watched() -> Iterator[list[episodes.Lived]]:
    """What becomes of each week's issues."""
    found: list[episodes.Lived] = []

    def live(*told: Any) -> episodes.Lived:
        found.append(episodes.live(*told))
        return found[-1]

    with patch.object(room, "live", live):
        yield found


def went(plan: Scenario, weeks: int, seed: int = 1, engine: Engine = "auto") -> Iterator[Went]:
    """Some weeks as they went."""
    state = beginning(plan, seed, 0)
    for _ in range(weeks):
        now = in_force(plan, state.week - state.since)
        new = new_issues(now, seed, 0, state.week, engine, clientele(now, state))
        with watched() as found:
            after, record = week(state, plan, engine)
        yield Went(now, state, after, record, new, found[0])
        state = after


def luck_of(table: Table) -> list[tuple[int, int]]:
    """Which issue each row is: the week and the row of its luck."""
    return list(zip(table["week"].tolist(), table["row"].tolist(), strict=True))


def any_plan() -> st.SearchStrategy[Scenario]:
    """A small operation with anything in it, and up to three events within its first three weeks."""
    event = st.builds(
        Event,
        kind=st.sampled_from(list(EVENT_KINDS)),
        week=st.integers(0, 2),
        weeks=st.integers(1, 3),
        size=st.floats(0, 1) | st.just(3.0),
    )
    events = st.lists(event, max_size=3).map(tuple)
    return st.builds(
        lambda plan, now: plan.changed({"assumptions.demand.customers": 1000, "events": now}),
        any_scenario(),
        events,
    )


def books(question: Callable[[Went], None]) -> Callable[[], None]:
    """Ask the same of every one of three weeks of many plans."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(any_plan(), st.integers(0, 2**31))
    def asked(plan: Scenario, seed: int) -> None:
        for one in went(plan, 3, seed):
            question(one)

    asked.__name__ = asked.__qualname__ = question.__name__
    return asked


@books
def test_no_customer_appears_or_vanishes(one: Went) -> None:
    values, here = one.record.values, one.before.customers.alive
    assert values["customers"] == here.sum()
    assert one.after.customers.alive.sum() == here.sum() - values["left"] + values["joined"]


@books
def test_no_issue_is_lost_and_none_ends_twice(one: Went) -> None:
    brought = luck_of(one.new) + luck_of(one.before.open)
    became = luck_of(one.lived.ended) + luck_of(one.after.open)
    assert len(set(brought)) == len(brought)
    assert sorted(became) == sorted(brought)
    assert one.record.values["issues"] == len(one.lived.ended)


@books
def test_what_waits_is_what_is_open(one: Went) -> None:
    assert sorted(luck_of(one.after.waiting)) == sorted(luck_of(one.after.open))


@books
def test_every_post_of_the_plan_is_there_once(one: Went) -> None:
    staff, sizes = one.after.staff, team_sizes(one.plan)
    assert np.bincount(staff.team, minlength=len(Team)).tolist() == list(sizes)
    for team, size in zip(Team, sizes, strict=True):
        assert staff.number[staff.team == team].tolist() == list(range(size))
    assert one.record.values["at_work"] + one.record.values["vacancies"] == sum(sizes) - sizes[Team.PARTNER]


@books
def test_money_adds_up(one: Went) -> None:
    values = one.record.values
    assert values["profit"] == pytest.approx(values["margin"] - values["cost"])
    spent = [dollars for name, dollars in values.items() if name.startswith("cost_")]
    assert values["cost"] == pytest.approx(sum(spent))
    assert min(spent) >= 0


@books
def test_causes_add_up_to_the_customers_lost(one: Went) -> None:
    assert one.record.causes.sum() == pytest.approx(one.record.values["left"])
    assert (one.record.causes >= 0).all()


@books
def test_desks_share_out_the_issues_that_a_person_held(one: Went) -> None:
    held = one.lived.ended["desk"] != NOBODY
    assert one.record.desks.sum() == np.count_nonzero(held)
    assert one.record.desks.sum(axis=0).tolist() == np.bincount(
        one.lived.ended["desk"][held], minlength=one.record.desks.shape[1]
    ).tolist()


@books
def test_nothing_is_without_a_number(one: Went) -> None:
    """But the record of promises of somebody who never had an issue."""
    nothing_missing(one.after, one.record)


def nothing_missing(state: State, record: WeekRecord) -> None:
    """No NaN and nothing infinite in people and money; shares are shares."""
    for part in (state.customers, state.staff):
        for one in fields(part):
            assert one.name == "kept" or np.isfinite(getattr(part, one.name)).all(), one.name
    kept = state.customers.kept
    for share in (kept[~np.isnan(kept)], state.staff.exhaustion, state.staff.attitude, state.standard.held):
        assert ((share >= 0) & (share <= 1)).all()
    money = [v for name, v in record.values.items() if name.startswith("cost") or name in DOLLARS]
    assert np.isfinite(money).all()


DOLLARS = ("margin", "profit", "goodwill")
