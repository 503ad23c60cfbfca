"""Hand-sized weeks as Hypothesis makes and shrinks them: whole minutes from a small set, so that ties abound."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st
from stories import Brought, Person, Segment, agent, issue, operation

from sim.flow.contract import CONTACT, Bot, Operation, Owed, Table, Team
from sim.scenario.types import IssueType

minutes = st.integers(0, 6).map(float)
paces = st.sampled_from([1.0, 0.5, 2.0])


def shifts() -> st.SearchStrategy[list[Segment]]:
    """Stretches of whole minutes that neither touch nor overlap."""
    edges = st.lists(st.integers(0, 24), unique=True, max_size=4).map(sorted)
    return edges.map(lambda at: [(float(a), float(b)) for a, b in zip(at[::2], at[1::2], strict=False)])


def columns(of: Table, **others: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the columns of a table, the others as usual."""
    names_of = [name for name in of.dtype.names or () if name not in others]
    usual = {name: st.booleans() if of.dtype[name] == np.bool_ else minutes for name in names_of}
    return st.fixed_dictionaries({}, optional=usual | others)


contacts = columns(
    np.zeros(0, CONTACT),
    bot=st.sampled_from(Bot),
    team=st.sampled_from(Team),
    patience=minutes | st.just(math.inf),
    hurdle=st.sampled_from([-1.0, 0.0, 1.0]),
    hurdle_2=st.sampled_from([-1.0, 0.0, 1.0]),
)
issue_columns = st.fixed_dictionaries(
    {},
    optional={
        "needs": st.sampled_from([1.0, 2.0]),
        "priority": st.sampled_from([0, 1]),
        "owed": st.sampled_from(Owed),
        "first_contact": st.integers(0, 5),
        "kind": st.sampled_from(IssueType),
        "stranded": st.booleans(),
    },
)


@st.composite
def issues(draw: st.DrawFn) -> Brought:
    later = draw(st.lists(contacts, max_size=2))
    return issue(float(draw(st.integers(0, 20))), *later, **draw(contacts), **draw(issue_columns))


@st.composite
def people_of(draw: st.DrawFn) -> Person:
    limit, ability = draw(st.sampled_from([0.0, 1.0])), draw(st.sampled_from([0.0, 1.0, -1.0]))
    team, pace = draw(st.sampled_from(Team)), draw(paces)
    return agent(*draw(shifts()), team=team, pace=pace, ability=ability, limit=limit)


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    return operation(
        *draw(st.lists(people_of(), min_size=1, max_size=3)),
        hours=draw(st.sampled_from([((0.0, 12.0),), ((0.0, 6.0), (12.0, 20.0))])),
        supervisors=draw(st.integers(0, 2)),
        hold_limit=draw(st.integers(0, 2)),
        most_contacts=draw(st.integers(1, 3)),
    )
