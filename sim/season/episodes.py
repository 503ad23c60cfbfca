"""Weeks of contacts -> what became of each issue, from its first contact to its last, however many weeks it takes."""

from typing import NamedTuple

import numpy as np

from sim.flow.contract import NOBODY, Bools, Bot, Decision, Floats, Ints, Owed, Table, Team
from sim.flow.luck import RowLuck
from sim.measures.columns import one_of
from sim.measures.journal import Journal
from sim.measures.promise import late, told_again
from sim.measures.work import allowed
from sim.scenario.types import IssueType
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


def live(written: Journal, state: State, attitude: Floats) -> Lived:
    """Add a week's contacts to what has become of each issue.

    `attitude`: everybody's liking for service this week, by post.
    """
    week, open_ = written.weeks[0], state.open
    episodes, taken_up = _so_far(week.fate.issues, open_)
    given = _goodwill(episodes, written)
    contact_by_contact(episodes, written, state, attitude)
    goes_on = np.zeros(len(episodes), bool)
    goes_on[week.carried["issue"]] = True
    over = np.flatnonzero(~goes_on)
    over = over[np.argsort(episodes["closed"][over], kind="stable")]
    elsewhere = np.ones(len(open_), bool)
    elsewhere[taken_up] = False
    # `take`, for picking rows with brackets copies them field by field
    still = [episodes.take(np.flatnonzero(goes_on)), open_.take(np.flatnonzero(elsewhere))]
    return Lived(episodes.take(over), np.concatenate(still), given)


def _goodwill(episodes: Table, written: Journal) -> float:
    """The worth of the exceptions allowed this week, once an issue."""
    found = np.zeros(len(episodes), bool)
    found[written.log["issue"][allowed(written)]] = True
    new = found & (episodes["goodwill"] == 0)
    episodes["goodwill"][new] = written.weeks[0].fate.issues["needs"][new]
    return float(episodes["goodwill"][new].sum())


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


def contact_by_contact(episodes: Table, written: Journal, state: State, attitude: Floats) -> None:
    """Add every contact of a week to its issue."""
    log, fates = written.log, written.fates
    of = log["issue"]
    arrived, bot = written.arrived, fates["bot"]
    second = np.isfinite(log["answered_2"])
    warm_bot = bool(written.scenario.plan.chatbot.carries_context)
    handed = one_of(bot, Bot.HANDS_OVER) & written.answered
    _add(episodes, "contacts", of, arrived)
    _add(episodes, "cold", of, second & fates["told_again_2"])
    _add(episodes, "warm", of, second & ~fates["told_again_2"])
    _add(episodes, "bot_warm" if warm_bot else "cold", of, handed)
    _add(episodes, "told_again", of, told_again(written))
    difficult = state.customers.difficult[episodes["customer"]]
    failed = written.to_bot & ~one_of(bot, Bot.SETTLES)
    kind = episodes["kind"][of]
    for name, found in (
        ("late", late(written)),
        ("settled", written.settles),
        ("held", written.decided & one_of(log["decision"], Decision.ON_HOLD)),
        ("bot_failed", failed),
        ("bot_angry", failed & (kind == IssueType.COMPLAINT)),
        ("bot_misfit", failed & (kind >= IssueType.COMPLEX)),
        ("rude", rudeness(written, attitude, difficult, (state.seed, state.replication))),
        ("first_contact", written.settles & one_of(log["contact"], 0)),
    ):
        episodes[name][of[found]] = True
    episodes["kind"][of[fates["complains"]]] = IssueType.COMPLAINT
    longest = np.zeros(len(episodes))
    np.maximum.at(longest, of, np.nan_to_num(np.fmax(written.wait, written.wait_2)))
    episodes["longest_wait"] = np.maximum(episodes["longest_wait"], longest)
    _last_holder(episodes, written, attitude)
    _decisions(episodes, written, state.week)
    closed = np.isfinite(log["closed"])
    episodes["closed"][of[closed]] = log["closed"][closed]


def _add(episodes: Table, name: str, of: Ints, contacts: Bools) -> None:
    episodes[name] += np.bincount(of[contacts], minlength=len(episodes))


def rudeness(written: Journal, attitude: Floats, difficult: Bools, key: tuple[int, int]) -> Bools:
    """Contacts in which somebody was rude or indifferent (E9): more often with those who dislike serving.

    And more often towards customers who are `difficult`, row by row of the week's issues (C31).
    """
    log, issues = written.log, written.weeks[0].fate.issues
    like = written.scenario.assumptions.customers.quality
    share = like.rude_share * np.where(difficult, like.rude_to_difficult, 1.0)[log["issue"]]
    week, row = (issues[name][log["issue"]] for name in ("week", "row"))
    rude = np.zeros(len(log), bool)
    for leg in ("", "_2"):
        held = np.flatnonzero(log["agent" + leg] != NOBODY)
        likes = attitude[log["agent" + leg][held]]
        chance = RowLuck(*key, week[held], row[held], log["contact"][held]).draws("uniform", "rude" + leg)
        rude[held] |= chance < (1 - likes) * share[held]
    return rude


def desks(written: Journal) -> Ints:
    """The desk of every post: those of the house from 0 on, then `SPECIALISTS` and `PARTNER`."""
    count = written.scenario.assumptions.workforce.careers.desks
    team = written.weeks[0].operation.agents["team"].astype(np.int64)
    in_house = np.cumsum(team == Team.IN_HOUSE) - 1
    elsewhere = np.where(team == Team.SPECIALISTS, SPECIALISTS, PARTNER)
    return np.where(team == Team.IN_HOUSE, in_house % count, elsewhere)


def _last_holder(episodes: Table, written: Journal, attitude: Floats) -> None:
    """Whoever held an issue last leaves the impression; nobody does where the last contact was not answered."""
    log = written.log
    holder = np.where(log["agent_2"] != NOBODY, log["agent_2"], log["agent"])
    held = holder != NOBODY
    of = log["issue"][held]
    episodes["attitude"][of] = attitude[holder[held]]
    episodes["desk"][of] = desks(written)[holder[held]]
    answered = (written.answered | written.settles)[written.arrived]
    episodes["served"][log["issue"][written.arrived]] = answered


def _decisions(episodes: Table, written: Journal, number: int) -> None:
    """Working days until a call-back, and which came later than promised; some come in a later week."""
    log = written.log
    day = _working_day(written)
    since = written.open_minutes
    promised = written.scenario.plan.promise.decision_within
    monday = number * 10_080.0
    of = log["issue"]
    asked = np.where(written.arrived, log["asked"] + monday, episodes["asked"][of])
    done = np.flatnonzero(written.decided)
    took = since(asked[done], log["decided"][done] + monday)
    episodes["undecided"][of[done[took > promised]]] = True
    later = one_of(log["decision"], Decision.BY_CALL_BACK)[done]
    np.add.at(episodes["decision_days"], of[done[later]], took[later] / day)
    owed = np.flatnonzero(written.asked & ~written.decided & written.arrived)
    episodes["asked"][of[owed]] = asked[owed]


def _working_day(written: Journal) -> Floats:
    hours = written.weeks[0].operation.hours
    return (hours["closes"] - hours["opens"]).mean()
