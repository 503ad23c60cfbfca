"""The sentences of the page that are not about a finding: how far a run is, what the plan is, what a picture is."""

from math import ceil, isfinite

from sim.scenario import BadInput, FieldFacts, Scenario, fields
from sim.scenario.codes import shortest
from sim.season.contract import WEEKS_PER_YEAR
from sim.views import formats, looks, sentences
from sim.views.months.data import HORIZONS
from sim.views.months.sentences import NOT_RUN, disagreement
from sim.views.months.still import SeasonStill
from sim.views.room.dial import dial_of, plain
from sim.views.room.runs import Found
from sim.views.room.worlds import Choice
from sim.views.sentences import Finding, verdict_cell
from sim.views.still import Still

SAME_CUSTOMERS = "Both plans meet the same customers."
WIDE = "The bands are wider than asked for."
BROKEN = "That run did not finish. Your plan is kept. Move a lever to try again; details are in {}."
TROUBLE = "That did not work. Your plan is kept; details are in {}."
FIRST = "A first look at one average day comes first, whole weeks follow."
OLDER = "Of the choice before; the months of this one are being lived through."
FIRST_MONTHS = "The operation of now settles first; then both live through the same weeks."
UNMOVED = "As if nobody minded variability or remembered failures"
UNMOVED_ON = "Both are set to 0, for now and plan: what still differs does not rest on them."
UNMOVED_OFF = "Takes away two assumptions on which “consistency before delight” rests."
TOO_SHORT = "Choose 52 weeks or more to see money over whole years."
THOUSAND = 1e-3
CHIP_LETTERS = 30
LONGEST_CODE = 54
"""Letters and hyphens of the longest code that the page shows, in two lines."""
NO_CODE = "none, its numbers are your own. Use Save."
LONG_CODE = "none, too many choices differ. Use Save."
OWN = {"name": "plan", "title": "Your plan"}
"""What a plan is called once a lever has moved; its chip says what it changes."""


def progress(found: Found, *, months: bool = False) -> tuple[str, str]:
    """How far the run is, in bold and after it; of weeks first, or of the `months` where those are looked at."""
    if found.state == "finished":
        return f"{found.total} replications", f"{found.seasons} seasons, done" if found.seasons else "done"
    name, done, total = part(found, months=months)
    if found.state == "stopped":
        return f"Stopped at {done} of {total}.", ""
    if found.glance and not months:
        return "First look", "one average day"
    return f"{name} {done} of {total}", time_left(found.seconds_left)


def part(found: Found, *, months: bool = False) -> tuple[str, int, int]:
    """What is being run: its name, how many are done, how many are asked for."""
    weeks, seasons = ("Replication", found.done, found.total), ("Season", found.lived, found.seasons)
    first, second = (seasons, weeks) if months else (weeks, seasons)
    return second if first[1] >= first[2] and second[2] else first


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


def code_of(plan: Scenario) -> tuple[str, str]:
    """The decision code of a plan; or no code, and why."""
    try:
        code = shortest(plan)
    except BadInput:
        return "", NO_CODE
    return (code, "") if len(code) <= LONGEST_CODE else ("", LONG_CODE)


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


def horizon(name: str, one: Finding) -> tuple[str, str, str]:
    """A horizon in three cells: its name, plan less now in thousand dollars, the verdict."""
    less = f"{formats.signed(THOUSAND * one.difference.mean)} {formats.plus_minus(one.difference, THOUSAND)}"
    return name, less.strip(), verdict_cell(one.word)


def horizons(still: SeasonStill) -> tuple[list[tuple[str, str, str, str]], str]:
    """The horizons that the season reaches, each with its verdict's colour, and a sentence about them."""
    reached = [name for name in HORIZONS if name in still.found]
    told = [
        (*horizon(name, still.found[name]), looks.VERDICT_COLOURS[still.found[name].word]) for name in reached
    ]
    if still.weeks < WEEKS_PER_YEAR:
        return told, TOO_SHORT
    return told, disagreement(still.found, reached) if reached else NOT_RUN
