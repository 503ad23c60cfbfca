"""What months were like for single customers, in plain sentences."""

from collections.abc import Mapping, Sequence

from sim.season.contract import Cause, Told
from sim.views import formats

NAMES = ("Ana", "Bela", "Chidi")
CAUSES = {
    Cause.NOT_SETTLED: "issues never settled",
    Cause.WAITED: "waiting",
    Cause.PASSED_ON: "being passed on",
    Cause.MANY_CONTACTS: "too many contacts",
    Cause.DECISION: "waiting for decisions",
    Cause.BOT: "the bot",
    Cause.RUDENESS: "rudeness",
    Cause.REMEMBERED: "failures remembered",
    Cause.ERRATIC: "never knowing what to expect",
    Cause.ANYHOW: "nothing we did",
}
"""Causes of leaving, in words."""
NEXT_DAY = 1.0


def stories(told: Sequence[Told], followed: Sequence[int], since: int) -> dict[str, tuple[str, ...]]:
    """The story of each followed customer, one sentence an event; weeks are counted from 1 at `since`."""
    found = {}
    for name, place in zip(NAMES, followed, strict=False):
        events = [event for event in told if event.place == place]
        lines = tuple(sentence(event, since) for event in events) or ("Never needed us in this time.",)
        still = not any(event.what == "left" for event in events)
        found[name] = (*lines, "Is still with us.") if still else lines
    return found


def sentence(event: Told, since: int) -> str:
    """One event in one sentence."""
    week = f"Week {event.week - since + 1}"
    if event.what == "left":
        cause, share = CAUSES[Cause(int(event.facts["cause"]))], formats.of_hundred(event.facts["share"])
        return f"{week}: left; most of it was {cause} ({share} of 100)."
    facts = event.facts
    parts = [part for part in (_course(facts), _ending(facts), _recovery(facts)) if part]
    felt = f"satisfied {formats.number(facts['satisfied'])} of 100"
    return f"{week}: {'; '.join(parts)}; {felt}."


def _course(facts: Mapping[str, float]) -> str:
    """The way the issue took: contacts, the longest wait, and what went wrong on it."""
    contacts = int(facts["contacts"])
    way = ["one contact" if contacts == 1 else f"{contacts} contacts"]
    if facts["longest_wait"] > 0:
        way.append(f"waited {formats.number(facts['longest_wait'], 1)} minutes")
    if facts["bot_failed"]:
        way.append("the bot could not help")
    if facts["cold"] > 0:
        way.append("was passed on and told the story again")
    elif facts["warm"] > 0:
        way.append("was passed on")
    if facts["held"]:
        way.append("held the line for a decision")
    if facts["decision_days"] > NEXT_DAY:
        way.append(f"waited {formats.number(facts['decision_days'], 1)} days for a decision")
    if facts["rude"]:
        way.append("met rudeness")
    return ", ".join(way)


def _ending(facts: Mapping[str, float]) -> str:
    if not facts["settled"]:
        return "never settled"
    return "settled as promised" if facts["kept"] else "settled, but not as promised"


def _recovery(facts: Mapping[str, float]) -> str:
    pleased = "with something beyond the promise" if facts["delighted"] else ""
    if not facts["helped"]:
        return pleased
    return "complained, and it was put right" if facts["complained"] else "we noticed, and put it right"
