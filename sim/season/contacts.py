"""What one contact adds to its issue: plain functions, as in `sim.flow.fate`, that the compiled season compiles.

`issue` is a row of `EPISODE`, `contact` one of the log, `draws` its fate, `here` what is the same for all of a week.
"""

import math
from typing import Any, NamedTuple

from sim.flow.contract import (
    MINUTES_PER_WEEK,
    Bools,
    Bot,
    Decision,
    Floats,
    Ints,
    Outcome,
    Owed,
    Words,
)
from sim.flow.counter import counted, uniform
from sim.scenario.types import IssueType

STREAMS = ("rude", "rude_2")
"""The streams of a contact's luck with whoever answers it, and with the specialist."""


class Here(NamedTuple):
    """What a week and its plan make of contacts.

    `began`: minutes of the season before it; `working_day`: minutes; `attitude` and `desk` of each post; `needs`: what
    each of the week's issues needs, in dollars; `luck`: where streams begin, by week, contact and stream; `luck_week`:
    which of its weeks an issue has; `difficult`: whether a customer is, by place.
    """

    began: float
    opens: Floats
    closes: Floats
    working_day: float
    answer_within: float
    decision_within: float
    bot_carries_context: bool
    rude_share: float
    rude_to_difficult: float
    attitude: Floats
    desk: Ints
    needs: Floats
    luck: Words
    luck_week: Ints
    difficult: Bools


def add_all(issues: Any, log: Any, draws: Any, here: Here) -> None:
    """Add a week's contacts to their issues, in order of arrival."""
    for row in range(len(log)):
        add(issues[log[row].issue], log[row], draws[row], here)


def add(issue: Any, contact: Any, draws: Any, here: Here) -> None:
    """Add one contact."""
    answered = not math.isnan(contact.answered)
    ends(issue, contact, answered)
    if contact.owed == Owed.NOTHING and draws.bot not in (Bot.NONE, Bot.SETTLES):
        bot_failed(issue)
    waits(issue, contact, here.answer_within)
    if answered:
        talks(issue, contact, draws, here)
    if contact.decision != Decision.NOT_NEEDED:
        decision(issue, contact, draws, here)
    if draws.complains:
        issue.kind = IssueType.COMPLAINT


def ends(issue: Any, contact: Any, answered: bool) -> None:
    """One contact more, unless it only ends a call-back owed since last week; and whether it settled the issue."""
    settles = contact.outcome in (Outcome.RESOLVED, Outcome.CONTAINED)
    if contact.owed == Owed.NOTHING:
        issue.contacts += 1
        issue.served = answered or settles
    issue.settled = issue.settled or settles
    issue.first_contact = issue.first_contact or (settles and contact.contact == 0)
    if not math.isnan(contact.closed):
        issue.closed = contact.closed


def bot_failed(issue: Any) -> None:
    """The bot left the issue unsettled, which was a complaint or too hard for it, perhaps."""
    issue.bot_failed = True
    if issue.kind == IssueType.COMPLAINT:
        issue.bot_angry = True
    if issue.kind >= IssueType.COMPLEX:
        issue.bot_misfit = True


def waits(issue: Any, contact: Any, within: float) -> None:
    """The longest wait, and whether any was longer than promised; who hung up was not answered."""
    if contact.outcome in (Outcome.ABANDONED, Outcome.TURNED_AWAY):
        issue.late = True
    first = wait(contact.queued, contact.answered, contact.closed)
    longest = max(first, wait(contact.queued_2, contact.answered_2, contact.closed))
    issue.late = issue.late or longest > within
    issue.longest_wait = max(issue.longest_wait, longest)


def wait(queued: float, answered: float, closed: float) -> float:
    """Minutes in a queue, to the answer or the end; none for those who never queued."""
    if math.isnan(queued):
        return 0.0
    return (closed if math.isnan(answered) else answered) - queued


def talks(issue: Any, contact: Any, draws: Any, here: Here) -> None:
    """Stories told again, hand-overs, and the manners of those who answered."""
    second = not math.isnan(contact.answered_2)
    if draws.told_again or (second and draws.told_again_2):
        issue.told_again += 1
    if draws.bot == Bot.HANDS_OVER:
        if here.bot_carries_context:
            issue.bot_warm += 1
        else:
            issue.cold += 1
    meets(issue, contact, contact.agent, 0, here)
    if second:
        if draws.told_again_2:
            issue.cold += 1
        else:
            issue.warm += 1
        meets(issue, contact, contact.agent_2, 1, here)


def meets(issue: Any, contact: Any, agent: int, leg: int, here: Here) -> None:
    """Whoever holds an issue last leaves the impression; every one of them may be rude (E9)."""
    issue.attitude, issue.desk = here.attitude[agent], here.desk[agent]
    luck = here.luck[here.luck_week[contact.issue]][contact.contact][leg]
    share = here.rude_share * (here.rude_to_difficult if here.difficult[issue.customer] else 1.0)
    if rude(uniform(luck, counted(issue.row)), here.attitude[agent], share):
        issue.rude = True


def rude(luck: float, attitude: float, share: float) -> bool:
    """Whether somebody is rude or indifferent (E9): more often who dislikes serving; `share` of those who wholly do.

    And more often towards customers who are difficult (C31).
    """
    return luck < (1 - attitude) * share


def decision(issue: Any, contact: Any, draws: Any, here: Here) -> None:
    """Who decided about an exception, and how long it took; some decisions come in a later week."""
    decided = not math.isnan(contact.decided)
    asked = here.began + contact.asked if contact.owed == Owed.NOTHING else issue.asked
    if decided:
        took = opened(here, here.began + contact.decided) - opened(here, asked)
        if took > here.decision_within:
            issue.undecided = True
        if contact.decision == Decision.ON_HOLD:
            issue.held = True
        if contact.decision == Decision.BY_CALL_BACK:
            issue.decision_days += took / here.working_day
    elif not math.isnan(contact.asked):
        issue.asked = asked
    if issue.goodwill == 0.0 and allowed(contact.decision, decided, draws.granted, draws.approved):
        issue.goodwill = here.needs[contact.issue]


def allowed(decision: int, decided: bool, granted: bool, approved: bool) -> bool:
    """Whether the exception was allowed, by the agent or by a supervisor."""
    return granted if decision == Decision.BY_AGENT else decided and approved


def opened(here: Here, at: float) -> float:
    """Minutes of opening time from the beginning of the season until a moment of it."""
    week = at // MINUTES_PER_WEEK
    minute = at - week * MINUTES_PER_WEEK
    minutes = 0.0
    for day in range(len(here.opens)):
        whole = here.closes[day] - here.opens[day]
        minutes += week * whole + min(max(0.0, minute - here.opens[day]), whole)
    return minutes
