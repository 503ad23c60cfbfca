"""The few rules that need the clock or the agent; every engine of the journey calls these same functions."""

import math

from sim.flow.contract import TICK, Decision, Outcome, Table

NEVER = -1.0


def snap(minutes: float) -> float:
    """The nearest tick of the clock; infinity stays."""
    return math.floor(minutes / TICK + 0.5) * TICK if minutes < math.inf else minutes


def talk_time(talk: float, pace: float, story: float) -> float:
    """Minutes of talk: the contact's need at this agent's pace, plus the story told again."""
    return snap(talk * pace) + story


def patience_left(patience: float, waited: float, share: float) -> float:
    """Patience that remains after a transfer (E7)."""
    return snap((patience - waited) * share) if patience < math.inf else patience


def decided_by(needs: float, limit: float, may_hold: bool) -> int:
    """Who decides an exception worth `needs` dollars: nobody, the agent, or a supervisor live or later (E8)."""
    if needs <= 0.0:
        return Decision.NOT_NEEDED
    if needs <= limit:
        return Decision.BY_AGENT
    return Decision.ON_HOLD if may_hold else Decision.BY_CALL_BACK


def may_hold(on_duty: int, idle: int, live_holds: int, hold_limit: int) -> bool:
    """Whether the customer waits on the line for a supervisor."""
    return on_duty > 0 and (idle > 0 or live_holds < hold_limit)


def verdict(allowed: bool, hurdle: float, ability: float) -> int:
    """Whether the contact settles the issue (E6); a refused request never does."""
    return Outcome.RESOLVED if allowed and hurdle < ability else Outcome.UNRESOLVED


def tries_again_after(
    outcome: int,
    stranded: tuple[bool, float],
    redials: tuple[bool, float],
    returns: tuple[bool, float],
    after_closing: bool,
) -> float:
    """Minutes until the customer tries again, or `NEVER`."""
    again, after = False, 0.0
    if outcome == Outcome.STRANDED:
        again, after = stranded
    elif outcome == Outcome.ABANDONED:
        again, after = redials
    elif outcome == Outcome.UNRESOLVED:
        again, after = returns
    elif outcome == Outcome.TURNED_AWAY:
        again = after_closing
    return after if again else NEVER


def next_opening(due: float, lateness: float, hours: Table) -> float:
    """When a customer due at `due` gets through to an open line; `NEVER` when it opens no more this week.

    Due while the line is open: then. Otherwise at the next opening plus a lateness, so that not everybody
    due overnight comes in the first second of the day.
    """
    for day in range(len(hours)):  # the compiled journey knows neither zip with strict nor rows as tuples
        opens, closes = hours["opens"][day], hours["closes"][day]
        if due < opens:
            return float(min(opens + lateness, closes - TICK))
        if due < closes:
            return due
    return NEVER
