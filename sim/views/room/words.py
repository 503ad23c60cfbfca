"""The sentences of the page that are not about a finding: how far a run is, what the plan is, what a picture is."""

from math import ceil, isfinite

from sim.scenario import FieldFacts, Scenario, fields
from sim.views import formats, looks, sentences
from sim.views.room.dial import dial_of, plain
from sim.views.room.runs import Found
from sim.views.room.worlds import Choice
from sim.views.still import Still

SAME_CUSTOMERS = "Both plans meet the same customers."
WIDE = "The bands are wider than asked for."
BROKEN = "That run did not finish. Your plan is kept. Move a lever to try again; details are in {}."
TROUBLE = "That did not work. Your plan is kept; details are in {}."
FIRST = "A first look at one average day comes first, whole weeks follow."
CHIP_LETTERS = 30
OWN = {"name": "plan", "title": "Your plan"}
"""What a plan is called once a lever has moved; its chip says what it changes."""


def progress(found: Found) -> tuple[str, str]:
    """How far the run is: in bold, and after it."""
    if found.state == "finished":
        return f"{found.total} replications", "done"
    if found.state == "stopped":
        return f"Stopped at {found.done} of {found.total}.", ""
    if found.glance:
        return "First look", "one average day"
    return f"Replication {found.done} of {found.total}", time_left(found.seconds_left)


def time_left(seconds: float | None) -> str:
    """The seconds left, in whole seconds or minutes."""
    if seconds is None or not isfinite(seconds):
        return ""
    return f"{ceil(seconds)} s left" if seconds < 90 else f"{ceil(seconds / 60)} min left"


def headline(found: Found) -> str:
    """The finding of the page."""
    return Still(found.comparison).headline


def below(found: Found) -> str:
    """The sentence under the headline, as HTML; it says so where all rests on one average day."""
    told = sentences.findings(found.comparison)
    if not found.glance or found.same:
        return sentences.sub_sentence_html(told, running=found.state == "running", same=found.same)
    difference = 100 * told[sentences.PROMISES].difference.mean
    by = f"Plan minus now: {formats.signed(difference)} promises per 100" if isfinite(difference) else ""
    return f"{by or 'First look'}, on one average day; whole weeks follow."


def plan_chip(choice: Choice) -> str:
    """What the plan is, in few letters."""
    changed = choice.changed()
    if not changed:
        return "same as now"
    if choice.plan.name not in (choice.now.name, OWN["name"]):
        return shortened(choice.plan.title)
    if len(changed) == 1:
        told = in_words(changed[0], choice.plan)
        return told if len(told) <= CHIP_LETTERS else "1 choice changed"
    return f"{len(changed)} choices changed"


def in_words(path: str, scenario: Scenario) -> str:
    """A field and its value: Staffing 7 agents."""
    facts = fields()[path]
    return f"{facts.title} {value_in_words(facts, scenario.value(path))}"


def value_in_words(facts: FieldFacts, value: object) -> str:
    """A value with its unit, as a reader meets it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        dial = dial_of(facts)
        return f"{dial.text(value)} {dial.unit.split(' of ')[0]}".strip()
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return ", ".join(value) or "none"
    return str(value) if isinstance(value, str) else "changed"


def contacts_a_day(found: Found) -> str:
    """About how many contacts now receives on an open day, once whole weeks have been run."""
    days = len(found.now.scenario.plan.hours.windows())
    week = found.now.estimate("contacts").mean
    if found.glance or not isfinite(week):
        return ""
    return f"about {plain(float(f'{week / days:.2g}'))} contacts a day"


def plan_in_words(choice: Choice) -> str:
    """The choices of the plan that differ from now, in one sentence."""
    told = [
        f"{facts.title.lower()} {value_in_words(facts, choice.plan.value(path))} "
        f"(now {value_in_words(facts, choice.now.value(path))})"
        for path in choice.changed()
        for facts in [fields()[path]]
    ]
    return f"Plan: {', '.join(told)}." if told else "The plan is the same as now."


def chips(choice: Choice) -> tuple[str, str]:
    """The two identities: mark, word and whose it is."""
    return f"○ {looks.NOW.word}: {shortened(choice.now.title)}", f"● {looks.PLAN.word}: {plan_chip(choice)}"


def shortened(title: str) -> str:
    """A title with at most as many letters as a chip has room for."""
    return title if len(title) <= CHIP_LETTERS else f"{title[: CHIP_LETTERS - 1].rstrip()}…"
