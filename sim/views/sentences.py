"""The sentences above the pictures: what changed for the customer, then for people, then for money.

A panel title has at most 50 characters, a headline at most 70, a page headline at most 90: they are set in one line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

from sim.experiment import Comparison, Estimate
from sim.views import formats, looks
from sim.views.panel_data import (
    PER,
    ConsistencyData,
    ConsistencySide,
    CostData,
    CostSide,
    JourneyData,
    JourneySide,
    TeamDays,
    WaitingData,
)

BETTER, WORSE = "better", "worse"
SAME = "no difference that matters"
CANNOT_TELL = "cannot tell yet"


@dataclass(frozen=True)
class Finding:
    """One measure of a paired comparison: both sides, plan less now, and the verdict's word.

    `more` is about how many more replications would tell, 0 when it is told.
    """

    now: Estimate
    plan: Estimate
    difference: Estimate
    word: str
    more: int = 0


@dataclass(frozen=True)
class Phrases:
    """How a measure is told: `level` a value, `unit` a difference, in `scale` and with `decimals` (None: cents)."""

    better: str
    worse: str
    level: str
    unit: str
    scale: float = 1.0
    decimals: int | None = 0

    def places(self, *values: float) -> int:
        """Decimals for values told together."""
        return formats.decimals_for(*values) if self.decimals is None else self.decimals


PHRASES: Mapping[str, Phrases] = {
    "promise_kept": Phrases(
        "more promises kept", "fewer promises kept", "{} of 100 issues", "promises per 100", 100
    ),
    "wait_mean": Phrases("faster answers", "longer waits", "{} minutes", "minutes of waiting", decimals=1),
    "overtime_minutes": Phrases(
        "less overtime", "more overtime", "{} minutes a week", "minutes of overtime a week"
    ),
    "cost_per_resolved_issue": Phrases(
        "cheaper per resolved issue",
        "dearer per resolved issue",
        "{}",
        "dollars per resolved issue",
        decimals=None,
    ),
}
"""The measures a headline may turn on, in its order: customer (promises, waiting), people, money."""
PROMISES = "promise_kept"


def findings(comparison: Comparison) -> dict[str, Finding]:
    """What a comparison found on every measure a headline may turn on."""
    return {name: finding(comparison, name) for name in PHRASES}


def finding(comparison: Comparison, name: str) -> Finding:
    """What a comparison found on one measure; raises BadInput for an unknown name."""
    verdict = comparison.verdict(name)
    now, plan = comparison.before.estimate(name), comparison.after.estimate(name)
    return Finding(now, plan, comparison.difference(name), verdict.word, verdict.more)


# ----------------------------------------------------------------------------------- headline


def headline(found: Mapping[str, Finding], *, same: bool = False) -> str:
    """The finding of the whole screen, at most 70 characters.

    Args:
        found: What `findings` returns; it holds at least "promise_kept".
        same: The plan is the same as now.
    """
    promise = found[PROMISES]
    plan, now = (formats.of_hundred(side.mean) for side in (promise.plan, promise.now))
    if not (isfinite(promise.plan.mean) and isfinite(promise.now.mean)):
        return "No issue came in, so no promise was kept or broken"
    if same:
        return f"The plan is the same as now: {now} of 100 promises kept"
    if promise.word in (BETTER, WORSE):
        return f"{_contrast(found)}: {plan} of 100 issues, now {now}"
    if promise.word != SAME:
        opening = "First look" if promise.difference.replications == 1 else "Cannot tell yet"
        return f"{opening}: {plan} of 100 promises kept, now {now}"
    return _behind_the_promise(found) or f"No difference that matters: {plan} of 100 promises kept, now {now}"


def headline_of_now(promise: Estimate | None) -> str:
    """The headline while there is no plan to compare: `promise` is the estimate of now, None before the first run."""
    if promise is None or not isfinite(promise.mean):
        return "The first run is under way"
    return f"Now {formats.of_hundred(promise.mean)} of 100 promises are kept"


def _contrast(found: Mapping[str, Finding]) -> str:
    """Promises, and waiting before them where it went the other way."""
    promise, wait = found[PROMISES], found.get("wait_mean")
    words = _changed(PROMISES, promise)
    if wait and {wait.word, promise.word} == {BETTER, WORSE}:
        words = f"{_changed('wait_mean', wait)}, {words}"
    return _sentence_case(words)


def _behind_the_promise(found: Mapping[str, Finding]) -> str | None:
    """The first measure after the promise that changed, where the promise did not."""
    for name in _told(found):
        one, phrases = found[name], PHRASES[name]
        plan, now = _levels(one, phrases)
        told = phrases.level.format(plan)
        return first_that_fits(
            [
                f"As many promises kept, {_changed(name, one)}: {told}, now {now}",
                f"Promises as now, {_changed(name, one)}: {told}, now {now}",
                f"Promises as now, {_changed(name, one)}: {plan}",
            ],
            looks.HEADLINE_LIMIT,
        )
    return None


def _told(found: Mapping[str, Finding]) -> list[str]:
    return [
        name for name in PHRASES if name != PROMISES and name in found and found[name].word in (BETTER, WORSE)
    ]


def _changed(name: str, one: Finding) -> str:
    return PHRASES[name].better if one.word == BETTER else PHRASES[name].worse


def _levels(one: Finding, phrases: Phrases) -> tuple[str, str]:
    plan, now = phrases.scale * one.plan.mean, phrases.scale * one.now.mean
    places = phrases.places(plan, now)
    return formats.number(plan, places), formats.number(now, places)


# ------------------------------------------------------------------------------- sub-sentence


def sub_sentence(found: Mapping[str, Finding], *, running: bool = False, same: bool = False) -> str:
    """One sentence under the headline: the paired difference it turns on, its interval, its word.

    Args:
        found: What `findings` returns.
        running: More replications are on their way.
        same: The plan is the same as now.
    """
    if same:
        return "Move a lever to make a plan. Both will meet the same customers."
    name = next(iter(_told(found)), PROMISES) if found[PROMISES].word == SAME else PROMISES
    one, phrases = found[name], PHRASES[name]
    if not isfinite(one.difference.mean):
        return "There is nothing to compare."
    places = phrases.places(phrases.scale * one.difference.mean)
    less = formats.signed(phrases.scale * one.difference.mean, places)
    by = f"Plan minus now: {less} {_one_or_many(less, phrases.unit)}"
    if not formats.has_interval(one.difference):
        return f"{by}, from one replication; its interval comes with the second."
    ends = formats.interval(one.difference, phrases.scale, places, sign=True)
    return f"{by} ({ends}, {formats.confidence(one.difference)}). {outlook(one, running)}."


def sub_sentence_html(found: Mapping[str, Finding], *, running: bool = False, same: bool = False) -> str:
    """The same for a page: the verdict, mark and word, in bold and in its colour."""
    return with_verdicts(sub_sentence(found, running=running, same=same))


def with_verdicts(sentence: str) -> str:
    """A sentence as HTML, each verdict in it bold and in its colour."""
    text = escape(sentence)
    for word, colour in looks.VERDICT_COLOURS.items():
        cell = verdict_cell(word)
        text = text.replace(cell, f'<b style="color:{colour}">{cell}</b>')
    return text


def verdict_cell(word: str) -> str:
    """A verdict's mark and word: ▼ worse."""
    return f"{looks.VERDICT_MARKS[word]} {word}"


def _one_or_many(count: str, unit: str) -> str:
    """The unit, its first word in the singular after +1 or −1."""
    many, rest = unit.split(" ", 1)
    return f"{many.removesuffix('s')} {rest}" if count.strip("+" + formats.MINUS) == "1" else unit


def outlook(one: Finding, running: bool) -> str:
    """The verdict, and what is to come of it."""
    cell = verdict_cell(one.word)
    if running:
        return f"{cell}; the interval is still narrowing"
    if one.word == CANNOT_TELL and one.more:
        return f"{cell}; run about {formats.number(one.more)} more"
    return cell


# ------------------------------------------------------------------------------- panel titles


def waiting_title(data: WaitingData) -> str:
    """How many of 100 were answered in time, and now."""
    plan, now = (side.in_time.mean if side else None for side in (data.plan, data.now))
    told = _plan_and_now(plan, now)
    if told is None:
        return "Waiting: nobody queued" if data.plan or data.now else "Waiting: not run yet"
    first, second = told
    return f"Waiting: {first} of 100 answered in time{second}"


def _plan_and_now(plan: float | None, now: float | None) -> tuple[str, str] | None:
    """The number to begin with, and what follows about now; None where neither side has a number."""
    before = formats.of_hundred(now) if now is not None and isfinite(now) else ""
    if plan is not None and isfinite(plan):
        return formats.of_hundred(plan), f", now {before}" if before else ""
    return (f"now {before}", "") if before and plan is None else None


def consistency_title(data: ConsistencyData) -> str:
    """The team that misses the bar on most days, by name, in days: of the plan, or of now until there is a plan."""
    side = data.plan or data.now
    if side is None:
        return "Consistency: not run yet"
    if not side.teams:
        return "Consistency: no issues came in"
    return _worst_in_words(side, "" if data.plan else "now ")


def _worst_in_words(side: ConsistencySide, when: str) -> str:
    shares = [team.missed / len(team.dots) for team in side.teams]
    worst = side.teams[shares.index(max(shares))]
    if max(shares) == 0:
        return f"Consistency: {when}at the bar every day"
    if min(shares) == 1 and len(shares) > 1:
        return f"Consistency: {when}no team met the bar on any day"
    days = _days(worst)
    name = _mid_sentence(worst.team)
    misses = "miss" if name.endswith("s") else "misses"
    return first_that_fits(
        [
            f"Consistency: {when}{name} {misses} the bar {days}",
            f"Consistency: {when}{name} {misses} {days}",
            f"Consistency: {name}",
        ],
        looks.TITLE_LIMIT,
    )


def _days(worst: TeamDays) -> str:
    return f"{worst.missed} {'day' if worst.missed == 1 else 'days'} in {len(worst.dots)}"


def journey_title(data: JourneyData) -> str:
    """How many of 1,000 contacts end without a solution, and now."""
    plan, now = ((side if side and any(side.whole.values()) else None) for side in (data.plan, data.now))
    if plan is None and now is None:
        return "Journey: no contacts came in" if data.plan or data.now else "Journey: not run yet"
    if plan is None:
        return f"Journey: now {_no_solution(now)} of 1,000 get no solution"
    end = f", now {_no_solution(now)}" if now else ""
    return f"Journey: {_no_solution(plan)} of 1,000 get no solution{end}"


def _no_solution(side: JourneySide | None) -> str:
    return formats.number(side.no_solution) if side else formats.NONE


def journey_headline(side: JourneySide) -> str:
    """The title of the full-page journey, at most 90 characters."""
    if not any(side.whole.values()):
        return "No contacts came in"
    of = f"Of {formats.number(PER)} contacts, {formats.number(side.no_solution)} end without a solution"
    again = min(round(side.come_back.mean), side.no_solution) if isfinite(side.come_back.mean) else 0
    return f"{of}, and {formats.number(again)} of those come back" if again else of


def journey_below(side: JourneySide, name: str) -> str:
    """The sentence under the title of the full-page journey; `name` says whose: "the plan", "now"."""
    runs = "One replication" if side.replications == 1 else f"Mean of {side.replications} replications"
    ends = "" if side.replications == 1 else "; in brackets the 95 % interval"
    return f"A week under {name}. Band width: number of contacts. {runs}{ends}."


COST_WORDS = {BETTER: ("cheaper", "less"), WORSE: ("dearer", "more"), SAME: ("as now", "as now")}


def cost_title(data: CostData, contact: str | None = None, resolved: str | None = None) -> str:
    """What a contact and a resolved issue cost against now.

    Args:
        data: Both sides.
        contact: Verdict's word on the cost of a contact, None if there is none yet.
        resolved: Verdict's word on the cost of a resolved issue.
    """
    if data.plan and data.now and contact in COST_WORDS and resolved in COST_WORDS:
        return _cost_in_words(COST_WORDS[contact], COST_WORDS[resolved])
    plan, now = (side.resolved.mean if side else None for side in (data.plan, data.now))
    return _cost_in_numbers(data.plan or data.now, plan, now)


def _cost_in_words(contact: Sequence[str], resolved: Sequence[str]) -> str:
    if contact == resolved:
        return f"Cost: {contact[0]} per contact and per resolved issue"
    told = [f"Cost: {a} per contact, {b} per resolved issue" for a, b in zip(contact, resolved, strict=True)]
    return first_that_fits(told, looks.TITLE_LIMIT)


def _cost_in_numbers(shown: CostSide | None, plan: float | None, now: float | None) -> str:
    if shown is None:
        return "Cost: not run yet"
    known = [value for value in (plan, now) if value is not None and isfinite(value)]
    if not isfinite(shown.resolved.mean):
        return "Cost: no issue was resolved"
    places = formats.decimals_for(*known)
    first, *rest = [formats.number(value, places) for value in known]
    if plan is None:
        return first_that_fits(
            [f"Cost: now {first} for a resolved issue", f"Cost: now {first}"], looks.TITLE_LIMIT
        )
    end = f", now {rest[0]}" if rest else ""
    return first_that_fits(
        [f"Cost: {first} for a resolved issue{end}", f"Cost: {first}{end}", f"Cost: {first}"],
        looks.TITLE_LIMIT,
    )


# -------------------------------------------------------------------------------------- words


def first_that_fits(candidates: Sequence[str], limit: int) -> str:
    """The first candidate of at most `limit` characters, or the last one cut short."""
    fits = (text for text in candidates if len(text) <= limit)
    return next(fits, candidates[-1][: limit - 1].rstrip() + "…")


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _mid_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
