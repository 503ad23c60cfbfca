"""One replication in brief: every measure, and the distributions the charts show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.flow.contract import NOBODY, Bools, Bot, Decision, Floats, Ints, Outcome, Week
from sim.measures.journal import Journal, journal
from sim.measures.promise import Issues, by_day_and_team, issues_of, spread
from sim.measures.work import work
from sim.scenario import Scenario
from sim.scenario.types import MINUTES_PER_DAY

WAIT_BIN = 0.25
WAIT_BINS = 241
SLOT = 30.0
CHOSEN = {
    "of_answered": "service_level_of_answered",
    "of_offered": "service_level_of_offered",
    "short_abandoned_excluded": "service_level_short_excluded",
}


@dataclass(frozen=True)
class Summary:
    """One replication; NaN where a measure has nothing to measure.

    `wait_counts`: contacts that queued by wait, bins of `WAIT_BIN` minutes, the last for 60 and more.
    `slot_wait`: mean wait of those who joined a queue in the half-hour beginning at `slot_start` (minute of the day).
    `kept`, `issues`: promise kept and issues, a row a day and a column a team of `teams`.
    `journey`: counts of contacts at each turn of the way.
    """

    values: dict[str, float]
    wait_counts: Ints
    slot_start: Floats
    slot_wait: Floats
    teams: tuple[str, ...]
    kept: Ints
    issues: Ints
    journey: dict[str, int]


def summarise(scenario: Scenario, weeks: Sequence[Week], warm_up: int, measured: int) -> Summary:
    """Summarise a run: `warm_up` weeks not counted, `measured` weeks counted, later ones only to see issues end."""
    written = journal(scenario, weeks, warm_up, measured)
    issues = issues_of(written)
    values = {
        **_of_issues(issues),
        **spread(written, issues),
        **_of_queue(written),
        **_of_contacts(written),
        **work(written, warm_up),
    }
    settled = float(issues.standards["settled"].sum()) / measured
    values["cost_per_contact"] = _ratio(values["cost_week"], values["contacts"])
    values["cost_per_resolved_issue"] = _ratio(values["cost_week"], settled)
    teams, kept, held = by_day_and_team(issues)
    starts, slot_wait = _by_slot(written)
    return Summary(values, _wait_counts(written), starts, slot_wait, teams, kept, held, _journey(written))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _of_issues(issues: Issues) -> dict[str, float]:
    count = len(issues.kept)
    return {
        "promise_kept": _ratio(issues.kept.sum(), count),
        **{name: _ratio(held.sum(), count) for name, held in issues.standards.items()},
        "unresolved": _ratio(count - issues.standards["settled"].sum(), count),
        "first_contact_resolution": _ratio(issues.first_contact.sum(), count),
        "contacts_per_issue": _ratio(issues.contacts.sum(), count),
    }


def _of_queue(written: Journal) -> dict[str, float]:
    """Waits and service level in the first queue of every contact."""
    promise, here = written.scenario.plan.promise, written.queued & written.counted
    wait, answered = written.wait[here], written.answered[here]
    in_target = answered & (wait <= promise.answer_target)
    short = ~answered & (wait <= promise.answer_target)
    short &= written.log["outcome"][here] == Outcome.ABANDONED
    levels = {
        "service_level_of_answered": _ratio(in_target.sum(), answered.sum()),
        "service_level_of_offered": _ratio(in_target.sum(), len(wait)),
        "service_level_short_excluded": _ratio(in_target.sum(), len(wait) - short.sum()),
    }
    quantiles = np.quantile(wait, [0.5, 0.9, 0.95, 1.0]) if len(wait) else np.full(4, np.nan)
    return {
        **levels,
        "service_level": levels[CHOSEN[promise.service_level_definition]],
        "answered_in_promise": _ratio((answered & (wait <= promise.answer_within)).sum(), len(wait)),
        "wait_mean": _ratio(wait.sum(), len(wait)),
        "speed_of_answer": _ratio(wait[answered].sum(), answered.sum()),
        **dict(zip(("wait_p50", "wait_p90", "wait_p95", "longest_wait"), quantiles.tolist(), strict=True)),
        "waited": _ratio(((wait > 0) | ~answered).sum(), len(wait)),
        "in_target": float(in_target.sum()) / written.measured,
    }


def _of_contacts(written: Journal) -> dict[str, float]:
    here, log = written.counted, written.log
    queued, answered = (written.queued & here).sum(), (written.answered & here).sum()
    sessions = (written.to_bot & here).sum()
    bot = written.fates["bot"]
    asked = written.asked & here & ~np.isnan(log["decided"])
    took = written.open_minutes(log["asked"][asked], log["decided"][asked])
    abandoned = (here & (log["outcome"] == Outcome.ABANDONED)).sum()
    handled = [log[f"freed{leg}"][here] - log[f"answered{leg}"][here] for leg in ("", "_2")]
    return {
        "handle_time": _ratio(sum(float(np.nansum(minutes)) for minutes in handled), answered),
        "abandonment_rate": _ratio(abandoned, queued),
        "turned_away_rate": _ratio((here & (log["outcome"] == Outcome.TURNED_AWAY)).sum(), queued),
        "containment_apparent": _ratio((here & written.to_bot & (bot != Bot.HANDS_OVER)).sum(), sessions),
        "containment_true": _ratio((here & written.to_bot & (bot == Bot.SETTLES)).sum(), sessions),
        "transfer_rate": _ratio((here & ~np.isnan(log["queued_2"])).sum(), answered),
        "approval_rate": _ratio((here & written.asked).sum(), answered),
        "hold_rate": _ratio((here & written.asked & (log["decision"] == Decision.ON_HOLD)).sum(), answered),
        "decision_minutes": _ratio(took.sum(), len(took)),
        "issues": len(written.issues) / written.measured,
        "contacts": float(here.sum()) / written.measured,
        "offered": float(queued) / written.measured,
        "answered": float(answered) / written.measured,
        "abandoned": float(abandoned) / written.measured,
    }


def _wait_counts(written: Journal) -> Ints:
    waits = written.wait[written.queued & written.counted]
    return np.bincount(np.minimum(waits // WAIT_BIN, WAIT_BINS - 1).astype(np.int64), minlength=WAIT_BINS)


def _by_slot(written: Journal) -> tuple[Floats, Floats]:
    days = [day for day in written.scenario.plan.hours.days() if day]
    first = min(day.opens for day in days) // SLOT * SLOT
    last = max(day.closes for day in days)
    starts = np.arange(first, last, SLOT)
    here = written.queued & written.counted
    slot = ((written.log["queued"][here] % MINUTES_PER_DAY - first) // SLOT).astype(np.int64)
    inside = (slot >= 0) & (slot < len(starts))
    count = np.bincount(slot[inside], minlength=len(starts))
    total = np.bincount(slot[inside], written.wait[here][inside], len(starts))
    return starts, np.divide(total, count, out=np.full(len(starts), np.nan), where=count > 0)


def _journey(written: Journal) -> dict[str, int]:
    here, log, bot = written.counted, written.log, written.fates["bot"]
    outcome, answered = log["outcome"], written.answered
    passed = answered & (~np.isnan(log["queued_2"]) | written.asked)
    resolved, unresolved = outcome == Outcome.RESOLVED, outcome == Outcome.UNRESOLVED
    left = np.isin(outcome, (Outcome.ABANDONED, Outcome.TURNED_AWAY))
    turns: dict[str, Bools] = {
        "arrived": here,
        "to_bot": written.to_bot,
        "straight": ~written.to_bot,
        "bot_settled": written.to_bot & (bot == Bot.SETTLES),
        "bot_stranded": written.to_bot & np.isin(bot, (Bot.SEEMS_TO_SETTLE, Bot.DEAD_END)),
        "bot_gave_up": written.to_bot & (bot == Bot.GIVES_UP),
        "handed_over": written.to_bot & (bot == Bot.HANDS_OVER),
        "queued": written.queued,
        "answered": answered,
        "abandoned": ~answered & (outcome == Outcome.ABANDONED),
        "turned_away": ~answered & (outcome == Outcome.TURNED_AWAY),
        "passed_on": passed,
        "resolved_at_once": answered & ~passed & resolved,
        "unresolved_at_once": answered & ~passed & unresolved,
        "resolved_passed_on": passed & resolved,
        "unresolved_passed_on": passed & unresolved,
        "abandoned_passed_on": passed & left,
        "in_progress": passed & (outcome == Outcome.IN_PROGRESS),
        "come_back": ~written.settles & _goes_on(written),
    }
    return {name: int((who & here).sum()) for name, who in turns.items()}


def _goes_on(written: Journal) -> Bools:
    """Contacts after which the same issue makes another."""
    mine = written.of_issue != NOBODY
    last = np.zeros(max(1, len(written.issues)), np.int64)
    np.maximum.at(last, written.of_issue[mine], written.log["contact"][mine])
    return mine & (written.log["contact"] < last[np.where(mine, written.of_issue, 0)])
