"""What an issue was like, in points (E9), and whether the promise was kept (E10)."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Bools, Floats, Table
from sim.scenario.customers import Quality
from sim.scenario.plan import Promise
from sim.scenario.types import IssueType
from sim.season.contract import Reason


@dataclass(frozen=True)
class Verdict:
    """Of each issue: whether the promise was kept, and which element was not."""

    kept: Bools
    late: Bools
    many_contacts: Bools
    told_again: Bools
    undecided: Bools
    unsettled: Bools
    rude: Bools


def judge(episodes: Table, promise: Promise) -> Verdict:
    """E10: every promised element held, courtesy among them."""
    found = {
        "late": episodes["late"],
        "many_contacts": episodes["contacts"] > promise.contacts,
        "told_again": (episodes["told_again"] > 0) & promise.story_once,
        "undecided": episodes["undecided"],
        "unsettled": ~episodes["settled"],
        "rude": episodes["rude"],
    }
    return Verdict(kept=~np.logical_or.reduce(list(found.values())), **found)


def losses(episodes: Table, like: Quality, promise: Promise) -> Floats:
    """Points that each issue lost to a smooth one, a column a `Reason` (E9)."""
    lost = np.zeros((len(episodes), len(Reason)))
    over = np.maximum(0.0, episodes["longest_wait"] - promise.answer_within)
    decision = np.minimum(like.decision_most, like.decision_day * episodes["decision_days"])
    failed = episodes["bot_failed"]
    hard = failed & (episodes["kind"] >= IssueType.COMPLEX)
    lost[:, Reason.NOT_SETTLED] = like.unresolved * ~episodes["settled"]
    lost[:, Reason.WAITED] = np.minimum(like.waiting_most, like.waiting * np.log2(1 + over))
    lost[:, Reason.PASSED_ON] = (
        like.cold * episodes["cold"] + like.warm * episodes["warm"] + like.bot_warm * episodes["bot_warm"]
    )
    lost[:, Reason.MANY_CONTACTS] = like.contact * np.maximum(0, episodes["contacts"] - 1)
    lost[:, Reason.DECISION] = like.hold * episodes["held"] + decision
    lost[:, Reason.BOT] = (
        like.bot_failed * failed
        + like.bot_angry * (failed & (episodes["kind"] == IssueType.COMPLAINT))
        + like.bot_misfit * hard
    )
    lost[:, Reason.RUDENESS] = like.rude * episodes["rude"]
    return lost


def smooth(episodes: Table, like: Quality, variants: int) -> Floats:
    """Points of the same issues had nothing gone wrong: the person's attitude, and treatment that fits (E9)."""
    fits = 1 - 2.0 ** (-variants / like.personal_half)
    personal = like.personal * fits * episodes["served"]
    return np.asarray(like.settled + like.attitude * (episodes["attitude"] - 0.5) + personal, np.float64)
