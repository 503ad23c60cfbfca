"""Weeks of contacts -> what became of each issue, from its first contact to its last, however many weeks it takes."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.flow.choice import Engine
from sim.flow.contract import MINUTES_PER_WEEK, NOBODY, Floats, Ints, Owed, Table, Team, Week, Words
from sim.flow.engine import one_table
from sim.flow.issues import in_order
from sim.flow.luck import stream
from sim.scenario import Scenario
from sim.season.choice import by
from sim.season.contacts import STREAMS, Here
from sim.season.contract import State

EPISODE = np.dtype(
    [
        ("week", "i8"),
        ("row", "i8"),
        ("customer", "i8"),
        ("core", "?"),
        ("kind", "i1"),
        ("contacts", "i8"),
        ("longest_wait", "f8"),
        ("cold", "i8"),
        ("warm", "i8"),
        ("bot_warm", "i8"),
        ("told_again", "i8"),
        ("held", "?"),
        ("decision_days", "f8"),
        ("asked", "f8"),
        ("bot_failed", "?"),
        ("bot_angry", "?"),
        ("bot_misfit", "?"),
        ("rude", "?"),
        ("late", "?"),
        ("undecided", "?"),
        ("settled", "?"),
        ("served", "?"),
        ("first_contact", "?"),
        ("attitude", "f8"),
        ("desk", "i8"),
        ("goodwill", "f8"),
        ("closed", "f8"),
    ]
)
"""One issue so far.

`cold`, `warm`, `bot_warm`: hand-overs without and with the story, and by the bot with it; `asked`: minute since the
season began at which a call-back was asked for, NaN where none is owed; `bot_angry`, `bot_misfit`: the bot failed a
complaint, or an issue too hard for it; `served`: whether somebody, or the bot, answered its last contact; `goodwill`:
dollars given away; `desk`: who last held it, NOBODY where no person did; `closed`: minute of the week.
"""

NOTHING_OPEN = np.zeros(0, EPISODE)
SPECIALISTS, PARTNER = -2, -3
"""Desks outside the house's own, below all of theirs, however many there come to be."""
NEUTRAL = 0.5
"""The attitude of nobody, and of a bot."""
ROWS = 2**40
"""More rows than a week has issues."""


class Lived(NamedTuple):
    """Issues that came to their end this week, in order of their end, and those that go on; dollars given away."""

    ended: Table
    open: Table
    goodwill: float


def live(scenario: Scenario, week: Week, state: State, attitude: Floats, engine: Engine = "auto") -> Lived:
    """Add a week's contacts to what has become of each issue.

    `attitude`: everybody's liking for service this week, by post.
    """
    episodes, taken_up = _so_far(week.fate.issues, state.open)
    new = episodes["goodwill"] == 0
    by(engine).add_all(episodes, week.log, week.draws, _here(scenario, week, state, attitude))
    new &= episodes["goodwill"] > 0
    goes_on = np.zeros(len(episodes), bool)
    goes_on[week.carried["issue"]] = True
    over = np.flatnonzero(~goes_on)
    over = over[in_order(episodes["closed"][over])]
    elsewhere = np.ones(len(state.open), bool)
    elsewhere[taken_up] = False
    # `take`, for picking rows with brackets copies them field by field
    still = one_table(episodes.take(np.flatnonzero(goes_on)), state.open.take(np.flatnonzero(elsewhere)))
    return Lived(episodes.take(over), still, float(episodes["goodwill"][new].sum()))


def _luck_of(table: Table) -> Ints:
    return table["week"].astype(np.int64) * ROWS + table["row"]


def _so_far(issues: Table, open_: Table) -> tuple[Table, Ints]:
    """What has become of this week's issues before it begins, and which rows of the open ones they take up."""
    episodes = np.zeros(len(issues), EPISODE)
    for name in ("week", "row", "customer", "core", "kind"):
        episodes[name] = issues[name]
    episodes["attitude"], episodes["desk"], episodes["asked"] = NEUTRAL, NOBODY, np.nan
    here = np.flatnonzero((issues["first_contact"] > 0) | (issues["owed"] != Owed.NOTHING))
    known = _luck_of(open_)
    order = np.argsort(known)
    taken_up = order[np.searchsorted(known, _luck_of(issues.take(here)), sorter=order)]
    episodes[here] = open_.take(taken_up)
    return episodes, taken_up


def _here(scenario: Scenario, week: Week, state: State, attitude: Floats) -> Here:
    """What the week and its plan make of contacts."""
    plan, hours = scenario.plan, week.operation.hours
    like, careers = scenario.assumptions.customers.quality, scenario.assumptions.workforce.careers
    return Here(
        began=state.week * MINUTES_PER_WEEK,
        opens=hours["opens"],
        closes=hours["closes"],
        working_day=float((hours["closes"] - hours["opens"]).mean()),
        answer_within=float(plan.promise.answer_within),
        decision_within=float(plan.promise.decision_within),
        bot_carries_context=bool(plan.chatbot.carries_context),
        rude_share=float(like.rude_share),
        rude_to_difficult=float(like.rude_to_difficult),
        attitude=attitude,
        desk=desks(week.operation.agents["team"].astype(np.int64), careers.desks),
        needs=week.fate.issues["needs"],
        luck=_luck(week, state),
        luck_week=week.fate.week,
        difficult=state.customers.difficult,
    )


def _luck(week: Week, state: State) -> Words:
    """Where the streams of the week's contacts begin, by week of the issue, contact and stream."""
    began = np.zeros(int(week.fate.week.max(initial=-1)) + 1, np.int64)
    began[week.fate.week] = week.fate.issues["week"]
    contacts = int(week.log["contact"].max(initial=-1)) + 1
    starts = [_streams(state.seed, state.replication, number, contacts) for number in began.tolist()]
    return np.array(starts, np.uint64).reshape(len(began), contacts, len(STREAMS))


@lru_cache(maxsize=64)
def _streams(seed: int, replication: int, week: int, contacts: int) -> tuple[tuple[int, ...], ...]:
    """Where the streams of a week's contacts begin, a row a contact."""
    return tuple(
        tuple(stream(seed, replication, week, name, contact) for name in STREAMS)
        for contact in range(contacts)
    )


def desks(team: Ints, count: int) -> Ints:
    """The desk of every post: those of the house, so many, from 0 on, then `SPECIALISTS` and `PARTNER`."""
    in_house = np.cumsum(team == Team.IN_HOUSE) - 1
    elsewhere = np.where(team == Team.SPECIALISTS, SPECIALISTS, PARTNER)
    return np.where(team == Team.IN_HOUSE, in_house % count, elsewhere)
