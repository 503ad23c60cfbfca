"""What an issue was like, in points (E9), and whether the promise was kept (E10)."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import NOBODY, Bools, Floats, Ints, Table
from sim.scenario.customers import Quality
from sim.scenario.plan import Promise
from sim.season.contract import MINDED, Reason


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
    lost = np.zeros(
        (len(Reason), len(episodes))
    ).T  # columns lie in one piece, for they are reckoned one by one
    over = np.maximum(0.0, episodes["longest_wait"] - promise.answer_within)
    decision = np.minimum(like.decision_most, like.decision_day * episodes["decision_days"])
    lost[:, Reason.NOT_SETTLED] = like.unresolved * ~episodes["settled"]
    lost[:, Reason.WAITED] = np.minimum(like.waiting_most, like.waiting * np.log2(1 + over))
    lost[:, Reason.PASSED_ON] = (
        like.cold * episodes["cold"] + like.warm * episodes["warm"] + like.bot_warm * episodes["bot_warm"]
    )
    lost[:, Reason.MANY_CONTACTS] = like.contact * np.maximum(0, episodes["contacts"] - 1)
    lost[:, Reason.DECISION] = like.hold * episodes["held"] + decision
    lost[:, Reason.BOT] = (
        like.bot_failed * episodes["bot_failed"]
        + like.bot_angry * episodes["bot_angry"]
        + like.bot_misfit * episodes["bot_misfit"]
    )
    lost[:, Reason.RUDENESS] = like.rude * episodes["rude"]
    return lost


def fits(variants: int, like: Quality) -> float:
    """Share of needs that so many kinds of treatment fit."""
    return float(1 - 2.0 ** (-variants / like.personal_half))


def by_taste(lost: Floats, taste: Ints, fit: float, like: Quality) -> Floats:
    """The same losses as they are felt: more of what one minds most, unless treatment fits, less of the rest (C16)."""
    own, other = 1 + like.tastes_differ * (1 - fit), max(0.0, 1 - like.tastes_differ / 2)
    felt = lost.copy(order="K")
    for minds, reasons in MINDED.items():
        weight = np.where(taste == minds, own, other)
        for reason in reasons:
            felt[:, reason] *= weight
    return felt


def smooth(episodes: Table, like: Quality, variants: int) -> Floats:
    """Points of the same issues had nothing gone wrong: the person's attitude, and treatment that fits (E9)."""
    personal = like.personal * fits(variants, like) * (episodes["desk"] != NOBODY)
    return np.asarray(like.settled + like.attitude * (episodes["attitude"] - 0.5) + personal, np.float64)
