"""One replication in brief: every measure, and the distributions the charts show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Bools, Bot, Decision, Floats, Ints, Outcome, Week
from sim.measures.columns import count, one_of
from sim.measures.journal import Journal, journal
from sim.measures.promise import Issues, by_day_and_team, issues_of, spread
from sim.measures.work import work
from sim.scenario import Scenario
from sim.scenario.plan import Hours, Promise

WAIT_BIN = 0.25
WAIT_BINS = 241
SLOT = 30.0
SLOTS_PER_DAY = 48
QUANTILES = {"wait_p50": 0.5, "wait_p90": 0.9, "wait_p95": 0.95, "longest_wait": 1.0}
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
    `kept`, `issues`: promise kept and issues, a row a day and a column a team of `teams`, of issues that a person held.
    `day_kept`, `day_issues`: the same of all issues, also those that only the bot met or nobody, one number a day.
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
    day_kept: Ints
    day_issues: Ints


def summarise(scenario: Scenario, weeks: Sequence[Week], warm_up: int, measured: int) -> Summary:
    """Summarise a run: `warm_up` weeks not counted, `measured` weeks counted, later ones only to see issues end."""
    written = journal(scenario, weeks, warm_up, measured)
    issues, queue = issues_of(written), _queue(written)
    values = {
        **_of_issues(issues),
        **spread(written, issues),
        **_of_queue(queue, scenario.plan.promise, measured),
        **_of_contacts(written),
        **work(written),
    }
    settled = count(issues.standards["settled"]) / measured
    values["cost_per_contact"] = _ratio(values["cost_week"], values["contacts"])
    values["cost_per_resolved_issue"] = _ratio(values["cost_week"], settled)
    teams, kept, held = by_day_and_team(issues)
    starts, slot_wait = _by_slot(queue, scenario.plan.hours)
    broken, all_kept = issues.by_day_and_team.sum(axis=2)
    return Summary(
        values, _wait_counts(queue), starts, slot_wait, teams, kept, held, _journey(written),
        all_kept, broken + all_kept,
    )  # fmt: skip


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _of_issues(issues: Issues) -> dict[str, float]:
    all_ = len(issues.kept)
    return {
        "promise_kept": _ratio(count(issues.kept), all_),
        **{name: _ratio(count(held), all_) for name, held in issues.standards.items()},
        "unresolved": _ratio(count(~issues.standards["settled"]), all_),
        "first_contact_resolution": _ratio(count(issues.first_contact), all_),
        "contacts_per_issue": _ratio(issues.contacts.sum(), all_),
    }


@dataclass(frozen=True)
class _Queue:
    """The measured contacts that joined a first queue: when (minutes), how long they waited, and who left how."""

    joined: Floats
    wait: Floats
    answered: Bools
    abandoned: Bools


def _queue(written: Journal) -> _Queue:
    here = written.queued & written.counted
    return _Queue(
        joined=written.log["queued"][here],
        wait=written.wait[here],
        answered=written.answered[here],
        abandoned=written.ended(Outcome.ABANDONED)[here],
    )


def _of_queue(queue: _Queue, promise: Promise, measured: int) -> dict[str, float]:
    """Waits and service level."""
    wait, offered, answered = queue.wait, len(queue.wait), count(queue.answered)
    within_target = wait <= promise.answer_target
    in_target = count(queue.answered & within_target)
    short = count(queue.abandoned & ~queue.answered & within_target)
    levels = {
        "service_level_of_answered": _ratio(in_target, answered),
        "service_level_of_offered": _ratio(in_target, offered),
        "service_level_short_excluded": _ratio(in_target, offered - short),
    }
    return {
        **levels,
        "service_level": levels[CHOSEN[promise.service_level_definition]],
        "answered_in_promise": _ratio(count(queue.answered & (wait <= promise.answer_within)), offered),
        "wait_mean": _ratio(wait.sum(), offered),
        "speed_of_answer": _ratio(wait[queue.answered].sum(), answered),
        **_quantiles(wait),
        "waited": _ratio(count((wait > 0) | ~queue.answered), offered),
        "in_target": in_target / measured,
    }


def _quantiles(wait: Floats) -> dict[str, float]:
    shares = list(QUANTILES.values())
    found = np.quantile(wait, shares) if len(wait) else np.full(len(shares), np.nan)
    return dict(zip(QUANTILES, found.tolist(), strict=True))


def _of_contacts(written: Journal) -> dict[str, float]:
    def here(contacts: Bools) -> int:
        return count(contacts & written.counted)

    queued, answered, abandoned = (
        here(who) for who in (written.queued, written.answered, written.ended(Outcome.ABANDONED))
    )
    on_hold = one_of(written.log["decision"], Decision.ON_HOLD)
    bots, took = written.bots, _decision_minutes(written)
    sessions = bots.sum() - bots[Bot.NONE]
    return {
        "handle_time": _ratio(_handled(written, "") + _handled(written, "_2"), answered),
        "abandonment_rate": _ratio(abandoned, queued),
        "turned_away_rate": _ratio(here(written.ended(Outcome.TURNED_AWAY)), queued),
        "containment_apparent": _ratio(sessions - bots[Bot.HANDS_OVER], sessions),
        "containment_true": _ratio(bots[Bot.SETTLES], sessions),
        "transfer_rate": _ratio(here(written.transferred), answered),
        "approval_rate": _ratio(here(written.asked), answered),
        "hold_rate": _ratio(here(written.asked & on_hold), answered),
        "decision_minutes": _ratio(took.sum(), len(took)),
        "issues": len(written.issues) / written.measured,
        "contacts": count(written.counted) / written.measured,
        "offered": queued / written.measured,
        "answered": answered / written.measured,
        "abandoned": abandoned / written.measured,
    }


def _handled(written: Journal, leg: str) -> float:
    """Minutes of talk, holds and wrap-up."""
    minutes = written.log["freed" + leg] - written.log["answered" + leg]
    return float(minutes[np.isfinite(minutes) & written.counted].sum())


def _decision_minutes(written: Journal) -> Floats:
    """Opening time from asking to the decision, of requests that were decided."""
    log, decided = written.log, np.flatnonzero(written.decided & written.counted)
    return written.open_minutes(log["asked"][decided], log["decided"][decided])


def _wait_counts(queue: _Queue) -> Ints:
    return np.bincount(np.minimum(queue.wait / WAIT_BIN, WAIT_BINS - 1).astype(np.int64), minlength=WAIT_BINS)


def _by_slot(queue: _Queue, hours: Hours) -> tuple[Floats, Floats]:
    days = [day for day in hours.days() if day]
    starts = np.arange(min(day.opens for day in days) // SLOT * SLOT, max(day.closes for day in days), SLOT)
    slot = (queue.joined / SLOT).astype(np.int64) % SLOTS_PER_DAY
    joined = np.bincount(slot, minlength=SLOTS_PER_DAY)
    waited = np.bincount(slot, queue.wait, SLOTS_PER_DAY)
    mean = np.divide(waited, joined, out=np.full(SLOTS_PER_DAY, np.nan), where=joined > 0)
    return starts, mean[(starts / SLOT).astype(np.int64)]


def _journey(written: Journal) -> dict[str, int]:
    here, bots = written.counted, written.bots
    unanswered, at_once, passed_on = _ends(written)
    turns = {
        "arrived": bots.sum(),
        "to_bot": bots.sum() - bots[Bot.NONE],
        "straight": bots[Bot.NONE],
        "bot_settled": bots[Bot.SETTLES],
        "bot_stranded": bots[Bot.SEEMS_TO_SETTLE] + bots[Bot.DEAD_END],
        "bot_gave_up": bots[Bot.GIVES_UP],
        "handed_over": bots[Bot.HANDS_OVER],
        "queued": count(written.queued & here),
        "answered": at_once.sum() + passed_on.sum(),
        "abandoned": unanswered[Outcome.ABANDONED],
        "turned_away": unanswered[Outcome.TURNED_AWAY],
        "passed_on": passed_on.sum(),
        "resolved_at_once": at_once[Outcome.RESOLVED],
        "unresolved_at_once": at_once[Outcome.UNRESOLVED],
        "resolved_passed_on": passed_on[Outcome.RESOLVED],
        "unresolved_passed_on": passed_on[Outcome.UNRESOLVED],
        "abandoned_passed_on": passed_on[Outcome.ABANDONED] + passed_on[Outcome.TURNED_AWAY],
        "in_progress": passed_on[Outcome.IN_PROGRESS],
        "come_back": count(~written.settles & _goes_on(written) & here),
    }
    return {name: int(number) for name, number in turns.items()}


def _ends(written: Journal) -> Ints:
    """Measured contacts by outcome: a row for those not answered, those answered and not passed on, and the others."""
    row = written.answered.astype(np.int8) + (written.answered & (written.transferred | written.asked))
    cell = row * len(Outcome) + written.log["outcome"]
    return np.bincount(cell[written.counted], minlength=3 * len(Outcome)).reshape(3, len(Outcome))


def _goes_on(written: Journal) -> Bools:
    """Contacts after which the same issue makes another; the log is in order of arrival."""
    last = np.zeros(len(written.issues) + 1, np.int8)
    last[written.of_issue] = written.log["contact"]
    last[-1] = 0
    return written.log["contact"] < last[written.of_issue]
