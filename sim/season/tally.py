"""What a week's contacts come to: plain functions of one contact, as in `contacts`, that the compiled season compiles.

`contact` is a row of the log, `draws` its fate.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from sim.flow.choice import Engine
from sim.flow.contract import NOBODY, Bools, Bot, Decision, Floats, Ints, Outcome, Owed, Table, Team, Week
from sim.scenario.types import MINUTES_PER_DAY
from sim.season.choice import by
from sim.season.contacts import wait

DAYS = 7


NUMBER = np.dtype([(name, "i8") for name in ("arrived", "queued", "abandoned", "answered", "on_hold")])
"""Contacts that arrived, that queued, hung up, that a person answered, and put on hold for a decision."""
POST = np.dtype([("talks", "i8"), ("powerless", "i8"), ("overtime", "f8")])
"""What came to one post: talks, contacts held last that needed a decision one might not take, and overtime.

Overtime are minutes of talks before the first or after the last shift of a day, so that a break worked through is none.
"""


class Tally(NamedTuple):
    """What a week's contacts come to.

    `number`: one row; `bots`: contacts that arrived, by their end with the bot (`Bot`); `waits`, `core`: of those that
    queued, in order of arrival, the minutes in the first queue and whether their issue is of the core; `work`: minutes
    of work that queued for each side, with all the time it needs and at nobody's pace; `posts`: a row each; `busy`:
    minutes of talks, holds and wrap-up included, by post and day.
    """

    number: Table
    bots: Ints
    waits: Floats
    core: Bools
    work: Floats
    posts: Table
    busy: Floats


class Days(NamedTuple):
    """When the first shift of every post and day begins, and when the last ends; 0 where it has none."""

    starts: Floats
    ends: Floats


def tally(week: Week, engine: Engine = "auto") -> Tally:
    """Count a week's contacts."""
    rows, posts = len(week.log), len(week.operation.agents)
    found = Tally(
        number=np.zeros(1, NUMBER),
        bots=np.zeros(len(Bot), np.int64),
        waits=np.zeros(rows),
        core=np.zeros(rows, bool),
        work=np.zeros(len(Team)),
        posts=np.zeros(posts, POST),
        busy=np.zeros((posts, DAYS)),
    )
    core, days = week.fate.issues["core"], whole_days(week.operation.on_duty, posts)
    by(engine).count_all(found, week.log, week.draws, core, days)
    queued = int(found.number["queued"][0])
    return found._replace(waits=found.waits[:queued], core=found.core[:queued])


def whole_days(shifts: Table, posts: int) -> Days:
    """The days of every post, breaks included; shifts come post by post and in order of time."""
    place = day_of(shifts["who"], shifts["starts"])
    starts, ends = np.zeros(posts * DAYS), np.zeros(posts * DAYS)
    starts[place[::-1]] = shifts["starts"][::-1]  # where numpy writes several to one place the last one stays
    ends[place] = shifts["ends"]
    return Days(starts.reshape(posts, DAYS), ends.reshape(posts, DAYS))


def day_of(who: Ints, at: Floats) -> Ints:
    """The place of a post's day, where those of all posts follow one another."""
    return who * np.int64(DAYS) + np.minimum(at // MINUTES_PER_DAY, DAYS - 1).astype(np.int64)


def count_all(found: Tally, log: Any, draws: Any, core: Bools, days: Days) -> None:
    """Count the contacts, in order of arrival; `core`: whether each of the week's issues is."""
    for row in range(len(log)):
        contact = log[row]
        if contact.owed == Owed.NOTHING:  # the others only end a call-back owed since last week
            arrives(found, contact, draws[row].bot, core[contact.issue])
        if not math.isnan(contact.answered):
            found.number[0].answered += 1
        if contact.decision != Decision.NOT_NEEDED:
            asks(found.number[0], found.posts, contact)
        comes(found.work, contact, draws[row])
        talks(found.posts, found.busy, contact.agent, contact.answered, contact.freed, days)
        talks(found.posts, found.busy, contact.agent_2, contact.answered_2, contact.freed_2, days)


def arrives(found: Tally, contact: Any, bot: int, core: bool) -> None:
    """One contact, and its wait if it joined a queue."""
    number = found.number[0]
    number.arrived += 1
    found.bots[bot] += 1
    if not math.isnan(contact.queued):
        found.waits[number.queued] = wait(contact.queued, contact.answered, contact.closed)
        found.core[number.queued] = core
        number.queued += 1
        if contact.outcome == Outcome.ABANDONED:
            number.abandoned += 1


def asks(number: Any, posts: Any, contact: Any) -> None:
    """Whoever held the contact last might not decide, perhaps, and had to ask a supervisor."""
    if contact.decision == Decision.ON_HOLD and not math.isnan(contact.answered):
        number.on_hold += 1
    last = contact.agent if contact.agent_2 == NOBODY else contact.agent_2
    if last != NOBODY and contact.decision in (Decision.ON_HOLD, Decision.BY_CALL_BACK):
        posts[last].powerless += 1


def comes(work: Floats, contact: Any, draws: Any) -> None:
    """The work that one contact brings to those for whom it queued."""
    if not math.isnan(contact.queued):
        work[draws.team] += draws.talk + draws.story + draws.wrap_up
    if not math.isnan(contact.queued_2):
        work[Team.SPECIALISTS] += draws.talk_2 + draws.story_2 + draws.wrap_up_2


def talks(posts: Any, busy: Floats, post: int, since: float, until: float, days: Days) -> None:
    """One talk until its wrap-up is done, on the day on which it began."""
    if post != NOBODY:
        posts[post].talks += 1
        day = min(int(since // MINUTES_PER_DAY), DAYS - 1)
        busy[post][day] += until - since
        if since < days.starts[post][day] or until > days.ends[post][day]:
            posts[post].overtime += outside(since, until, days.starts[post], days.ends[post])


def outside(since: float, until: float, starts: Floats, ends: Floats) -> float:
    """Minutes that lie outside these days."""
    minutes = until - since
    for day in range(len(starts)):
        minutes -= max(0.0, min(until, ends[day]) - max(since, starts[day]))
    return minutes
