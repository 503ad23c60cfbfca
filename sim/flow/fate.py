"""Chances + luck -> the fate of one contact, looked up when it begins and settled long before.

Plain functions of one contact: SimPy calls them as they are, and the compiled journey compiles these same lines. All
exponentials and logarithms of a contact live here; the engines hold only when and who. An event of probability p
happens when its uniform is below p, so raising p only ever adds events. `draws` is a row of `CONTACT`, all zero at
first; `chances` one of `CHANCES`; `luck` where the streams of this contact begin; `steps` how far their counters are.
"""

import math
from typing import Any

from sim.flow.contract import Bot, Law, Team
from sim.flow.counter import counted, exponential, normal, uniform
from sim.flow.rules import snap

STREAMS = (
    "offer", "bot", "seems", "gives up", "bot time", "dead end",
    "partner", "patience", "hangs up at once",
    "transfer", "story", "story 2", "talk", "talk 2", "wrap-up", "wrap-up 2", "resolve", "resolve 2",
    "grant", "approve", "approval",
    "return", "return after", "redial", "redial after", "after closing", "lateness",
)  # fmt: skip
"""The streams of a contact's luck; one question each."""
(
    OFFER, BOT, SEEMS, GIVES_UP, BOT_TIME, DEAD_END,
    PARTNER, PATIENCE, HANGS_UP_AT_ONCE,
    TRANSFER, STORY, STORY_2, TALK, TALK_2, WRAP_UP, WRAP_UP_2, RESOLVE, RESOLVE_2,
    GRANT, APPROVE, APPROVAL,
    RETURN, RETURN_AFTER, REDIAL, REDIAL_AFTER, AFTER_CLOSING, LATENESS,
) = range(len(STREAMS))  # fmt: skip


def write(draws: Any, chances: Any, profile: Any, luck: Any, issue: Any, number: int, stranded: bool) -> None:
    """Write the fate of contact `number` of an issue; `stranded`: whether the bot failed its customer before."""
    steps = counted(issue.row)
    bot(draws, chances, luck, steps, stranded)
    queue(draws, chances, luck, steps)
    transfer(draws, chances, luck, steps, number)
    first_talk(draws, chances, luck, steps)
    if draws.transfer:
        second_talk(draws, chances, luck, steps)
    if issue.needs > 0.0:
        approval(draws, chances, luck, steps)
    if issue.difficult:
        difficult(draws, chances)
    again(draws, chances, luck, steps)
    if draws.bot == Bot.DEAD_END:
        dead_end(draws, chances, luck, steps)
    draws.lateness = lateness(profile, uniform(luck[LATENESS], steps))
    draws.first_in_line = chances.repeats_first and number > 0


def bot(draws: Any, chances: Any, luck: Any, steps: int, stranded: bool) -> None:
    """What the bot does (E5); a customer whom it once left without a solution does not try it again."""
    if stranded or uniform(luck[OFFER], steps) >= chances.bot_offered:
        draws.bot = Bot.NONE
        return
    draws.bot_time = snap(chances.bot_session * exponential(uniform(luck[BOT_TIME], steps)))
    if uniform(luck[BOT], steps) < chances.bot_settles:
        draws.bot = Bot.SETTLES
    elif uniform(luck[SEEMS], steps) < chances.bot_seems_to_settle:
        draws.bot = Bot.SEEMS_TO_SETTLE
    elif not chances.bot_hands_over:
        draws.bot = Bot.DEAD_END
    elif uniform(luck[GIVES_UP], steps) < chances.bot_gives_up:
        draws.bot = Bot.GIVES_UP
    else:
        draws.bot = Bot.HANDS_OVER


def strands(ends: int) -> bool:
    """Whether the bot leaves the customer without a solution."""
    return ends in (Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END)


def queue(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """Which team, and how long the contact would wait there (E2)."""
    outsourced = uniform(luck[PARTNER], steps) < chances.outsourced
    draws.team = Team.PARTNER if outsourced else Team.IN_HOUSE
    if uniform(luck[HANGS_UP_AT_ONCE], steps) < chances.hangs_up_at_once:
        draws.patience = 0.0
    elif chances.patience_scale < math.inf:
        waits = exponential(uniform(luck[PATIENCE], steps))
        if chances.patience_power != 1.0:
            waits **= chances.patience_power
        draws.patience = snap(chances.patience_scale * waits)
    else:
        draws.patience = math.inf


def transfer(draws: Any, chances: Any, luck: Any, steps: int, number: int) -> None:
    """Whether the contact is passed on (E7), and where the story is told again (E3)."""
    draws.transfer = uniform(luck[TRANSFER], steps) < chances.transfer
    cold = draws.bot == Bot.HANDS_OVER and not chances.bot_carries_context
    draws.told_again = cold or (number > 0 and uniform(luck[STORY], steps) >= chances.context_kept)
    draws.told_again_2 = draws.transfer and uniform(luck[STORY_2], steps) >= chances.context_kept
    draws.story = chances.story if draws.told_again else 0.0
    draws.story_2 = chances.story if draws.told_again_2 else 0.0


def first_talk(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """Talk and wrap-up before the agent's pace (E3), and the ability that settles the issue (E6)."""
    share = chances.talk_before_transfer if draws.transfer else 1.0
    talk = duration(chances.talk_law, chances.talk_ln_sd, luck[TALK], steps)
    wrap_up = duration(chances.wrap_up_law, chances.wrap_up_ln_sd, luck[WRAP_UP], steps)
    draws.talk = chances.talk * share * talk
    draws.wrap_up = snap(chances.wrap_up * wrap_up)
    draws.hurdle = hurdle(uniform(luck[RESOLVE], steps), chances.resolved)


def second_talk(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """The same at the specialists'."""
    talk = duration(chances.talk_law, chances.talk_ln_sd, luck[TALK_2], steps)
    wrap_up = duration(chances.wrap_up_law, chances.wrap_up_ln_sd, luck[WRAP_UP_2], steps)
    draws.talk_2 = chances.talk * talk
    draws.wrap_up_2 = snap(chances.wrap_up * wrap_up)
    draws.hurdle_2 = hurdle(uniform(luck[RESOLVE_2], steps), chances.resolved)


def difficult(draws: Any, chances: Any) -> None:
    """Somebody abusive or unclear takes longer to serve, and is settled less often (C31)."""
    draws.talk *= chances.difficult_talk
    draws.hurdle += chances.difficult_settles
    if draws.transfer:
        draws.talk_2 *= chances.difficult_talk
        draws.hurdle_2 += chances.difficult_settles


def duration(law: int, ln_sd: float, start: int, steps: int) -> float:
    """A duration with mean 1; every law is a rising function of the same luck."""
    if law == Law.FIXED:
        return 1.0
    luck = uniform(start, steps)
    return exponential(luck) if law == Law.EXPONENTIAL else math.exp(ln_sd * normal(luck) - ln_sd * ln_sd / 2)


def hurdle(luck: float, resolved: float) -> float:
    """The ability in log-odds that an agent must exceed to settle the issue, where one of none does `resolved`."""
    return math.log(luck) - math.log(1.0 - luck) - resolved


def approval(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """Whether an exception is allowed by agent or supervisor, and what deciding takes (E8)."""
    draws.granted = uniform(luck[GRANT], steps) < chances.granted
    draws.approved = uniform(luck[APPROVE], steps) < chances.approved
    work = chances.approval * exponential(uniform(luck[APPROVAL], steps))
    draws.approval = snap(work / chances.supervisors_share)
    draws.call_back = snap((work + chances.call_back_longer) / chances.supervisors_share)


def again(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """Who tries again after each kind of ending, and when (E2)."""
    draws.returns = uniform(luck[RETURN], steps) < chances.returns
    if draws.returns:
        draws.return_after = delay(chances.return_median, chances.return_ln_sd, luck[RETURN_AFTER], steps)
    draws.redials = uniform(luck[REDIAL], steps) < chances.redials
    if draws.redials:
        draws.redial_after = delay(chances.redial_median, chances.redial_ln_sd, luck[REDIAL_AFTER], steps)
    draws.after_closing = uniform(luck[AFTER_CLOSING], steps) < chances.after_closing
    if draws.bot == Bot.SEEMS_TO_SETTLE:
        draws.stranded_again, draws.stranded_after = draws.returns, draws.return_after
    elif draws.bot == Bot.GIVES_UP:
        draws.stranded_again, draws.stranded_after = draws.redials, draws.redial_after


def dead_end(draws: Any, chances: Any, luck: Any, steps: int) -> None:
    """After a dead end: complain, phone or leave (E5)."""
    wants = uniform(luck[DEAD_END], steps)
    draws.complains = wants < chances.dead_end_complains
    draws.stranded_again = wants < chances.dead_end_again
    if draws.stranded_again:
        draws.stranded_after = delay(chances.redial_median, chances.redial_ln_sd, luck[REDIAL_AFTER], steps)


def delay(median: float, ln_sd: float, start: int, steps: int) -> float:
    """Minutes until the customer tries again."""
    return snap(median * math.exp(ln_sd * normal(uniform(start, steps))))


def lateness(profile: Any, luck: float) -> float:
    """Minutes after opening, as the day's contacts come: the inverse of their piecewise linear distribution."""
    shares, minutes = profile
    at = 0
    while shares[at + 1] < luck:
        at += 1
    slope = (minutes[at + 1] - minutes[at]) / (shares[at + 1] - shares[at])
    return snap(slope * (luck - shares[at]) + minutes[at])
