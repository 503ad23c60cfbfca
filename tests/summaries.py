"""Summaries made by hand, so that what a chart is given is known to the last contact."""

from dataclasses import replace
from math import nan

import numpy as np

from sim.measures import Summary

SLOTS = np.arange(480.0, 1080.0, 30.0)
TEAMS = ("In-house", "Partner", "Specialists")


def journey(
    *,
    bot: tuple[int, int, int] = (150, 20, 40),
    handed_over: int = 140,
    straight: int = 650,
    at_once: tuple[int, int] = (430, 90),
    passed_on: tuple[int, int, int, int] = (120, 50, 18, 12),
    left: tuple[int, int] = (60, 10),
    come_back: int = 140,
) -> dict[str, int]:
    """A journey whose counts keep the identities of `Summary.journey`.

    `bot` settled, stranded, gave up; `at_once` resolved, unresolved; `passed_on` resolved, unresolved, abandoned, in
    progress; `left` abandoned, turned away.
    """
    answered = sum(at_once) + sum(passed_on)
    return {
        "arrived": sum(bot) + handed_over + straight,
        "to_bot": sum(bot) + handed_over,
        "bot_settled": bot[0],
        "bot_stranded": bot[1],
        "bot_gave_up": bot[2],
        "handed_over": handed_over,
        "straight": straight,
        "queued": answered + sum(left),
        "answered": answered,
        "abandoned": left[0],
        "turned_away": left[1],
        "passed_on": sum(passed_on),
        "resolved_at_once": at_once[0],
        "unresolved_at_once": at_once[1],
        "resolved_passed_on": passed_on[0],
        "unresolved_passed_on": passed_on[1],
        "abandoned_passed_on": passed_on[2],
        "in_progress": passed_on[3],
        "come_back": come_back,
    }


def week(
    replication: int = 0, *, wait: float = 3.0, keep: tuple[float, ...] = (0.72, 0.6, 0.75), cost: float = 6.0
) -> Summary:
    """One replication of a busy week; the same number gives the same week."""
    luck = np.random.default_rng(replication)
    waits = luck.exponential(wait, 2000)
    issues = np.tile([300, 120, 40], (5, 1))
    kept = luck.binomial(issues, np.clip(luck.normal(keep, 0.1, (5, 3)), 0, 1))
    shape = 0.3 + 1.6 * np.exp(-(((SLOTS / 60) - 11) ** 2))
    values = {
        "promise_kept": float(kept.sum() / issues.sum()),
        "answered_in_promise": float(np.mean(waits < 2) * 0.9),
        "wait_mean": float(waits.mean()),
        "wait_p90": float(np.quantile(waits, 0.9)),
        "overtime_minutes": float(60 + luck.normal(0, 5)),
        "cost_per_contact": cost * float(luck.normal(1, 0.01)),
        "cost_per_resolved_issue": 1.6 * cost * float(luck.normal(1, 0.02)),
    }
    counts = np.bincount(np.minimum(waits // 0.25, 240).astype(np.int64), minlength=241)
    slot_wait = wait * shape * luck.normal(1, 0.1, len(SLOTS))
    return Summary(
        values, counts, SLOTS, slot_wait, TEAMS, kept, issues, journey(), kept.sum(axis=1), issues.sum(axis=1)
    )


def nobody(replication: int = 0) -> Summary:
    """A week in which no contact came in: nothing to measure anywhere."""
    full = week(replication)
    return replace(
        full,
        values=dict.fromkeys(full.values, nan),
        wait_counts=np.zeros(241, np.int64),
        slot_wait=np.full(len(SLOTS), nan),
        day_kept=np.zeros(5, np.int64),
        day_issues=np.zeros(5, np.int64),
        kept=np.zeros((5, 3), np.int64),
        issues=np.zeros((5, 3), np.int64),
        journey=dict.fromkeys(full.journey, 0),
    )


def waiting(summary: Summary, minutes: float, in_time: float) -> Summary:
    """The same week, but everybody who queued waited `minutes`."""
    counts = np.zeros(241, np.int64)
    counts[min(int(minutes // 0.25), 240)] = 1000
    values = summary.values | {"wait_mean": minutes, "wait_p90": minutes, "answered_in_promise": in_time}
    return replace(summary, values=values, wait_counts=counts, slot_wait=np.full(len(SLOTS), float(minutes)))


def costing(summary: Summary, contact: float, resolved: float) -> Summary:
    """The same week at other costs, in dollars."""
    money = {"cost_per_contact": contact, "cost_per_resolved_issue": resolved}
    return replace(summary, values=summary.values | money)


def keeping(summary: Summary, share: float) -> Summary:
    """The same week with this share of every team's promises kept, every day."""
    return replace(summary, kept=np.round(summary.issues * share).astype(np.int64))


def of_teams(summary: Summary, *teams: str) -> Summary:
    """The same week with no other team than these."""
    columns = [summary.teams.index(team) for team in teams]
    return replace(summary, teams=teams, kept=summary.kept[:, columns], issues=summary.issues[:, columns])


def going(summary: Summary, way: dict[str, int]) -> Summary:
    """The same week with another journey."""
    return replace(summary, journey=way)
