"""Was the promise kept? One verdict for each issue, and how it spreads over days, teams, groups and hours."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, NOBODY, Bools, Bot, Decision, Floats, Ints, Outcome, Team
from sim.measures.journal import Journal
from sim.scenario.types import MINUTES_PER_DAY

ENOUGH = 30
"""Issues a team, group or hour needs before its share is compared with another's."""

TEAMS = {Team.IN_HOUSE: "In-house", Team.SPECIALISTS: "Specialists", Team.PARTNER: "Partner"}


@dataclass(frozen=True)
class Issues:
    """What became of each issue that began in the measured weeks."""

    standards: dict[str, Bools]
    kept: Bools
    first_contact: Bools
    contacts: Ints
    minutes_lost: Floats
    team: Ints
    day: Ints
    days: int


def issues_of(journal: Journal) -> Issues:
    """Judge every issue by all of its contacts, those of later weeks included."""
    standards = {
        "kept_answered": ~journal.issues_with(_late(journal)),
        "kept_contacts": _contacts(journal) <= journal.scenario.plan.promise.contacts,
        "kept_story": ~journal.issues_with(_told_again(journal)),
        "kept_decision": ~journal.issues_with(_undecided(journal)),
        "settled": journal.issues_with(journal.settles),
    }
    promised = {**standards}
    if not journal.scenario.plan.promise.story_once:
        del promised["kept_story"]
    day, days = _days(journal)
    return Issues(
        standards=standards,
        kept=np.logical_and.reduce(list(promised.values())),
        first_contact=journal.issues_with(journal.settles & (journal.log["contact"] == 0)),
        contacts=_contacts(journal),
        minutes_lost=_minutes_lost(journal),
        team=_last_team(journal),
        day=day,
        days=days,
    )


def spread(journal: Journal, issues: Issues) -> dict[str, float]:
    """Promise kept between days, teams, groups and hours, and the worst-off tenth."""
    bar = journal.scenario.plan.promise.bar
    by_day = _shares(issues.kept, issues.day, 1)
    hour = (journal.issues["arrives"] % MINUTES_PER_DAY // 60).astype(np.int64)
    core = journal.issues["core"].astype(np.int64)
    return {
        "day_sd": float(np.std(by_day, ddof=1)) if len(by_day) > 1 else np.nan,
        "days_at_bar": float(np.mean(by_day >= bar)) if len(by_day) else np.nan,
        "team_gap": _gap(_shares(issues.kept, issues.team, ENOUGH)),
        "group_gap": _gap(_shares(issues.kept, core, ENOUGH)),
        "hour_gap": _gap(_shares(issues.kept, hour, ENOUGH)),
        "worst_tenth_minutes": _worst_tenth(issues.minutes_lost),
    }


def by_day_and_team(issues: Issues) -> tuple[tuple[str, ...], Ints, Ints]:
    """Names of the teams that held issues; promise kept and issues, one row a day, one column a team."""
    there = [team for team in TEAMS if np.any(issues.team == team)]
    counts = [[issues.team == team, issues.kept & (issues.team == team)] for team in there]
    table = np.array(
        [[np.bincount(issues.day[who], minlength=issues.days) for who in pair] for pair in counts], np.int64
    ).reshape(len(there), 2, issues.days)
    return tuple(TEAMS[team] for team in there), table[:, 1].T, table[:, 0].T


def _late(journal: Journal) -> Bools:
    """Contacts that were not answered in time, in either queue; who hung up was not answered."""
    within = journal.scenario.plan.promise.answer_within
    left = np.isin(journal.log["outcome"], (Outcome.ABANDONED, Outcome.TURNED_AWAY))
    return left | (journal.wait > within) | (journal.wait_2 > within)


def _told_again(journal: Journal) -> Bools:
    second = ~np.isnan(journal.log["answered_2"])
    return (journal.fates["told_again"] & journal.answered) | (journal.fates["told_again_2"] & second)


def _undecided(journal: Journal) -> Bools:
    """Requests not decided within the promised opening time; some are only decided in a later week."""
    decided = journal.log["decided"].copy()
    finished = (journal.log["owed"] > 0) & (journal.of_issue != NOBODY)
    later = np.full(len(journal.issues) + 1, np.nan)
    later[journal.of_issue[finished]] = decided[finished]
    pending = journal.asked & np.isnan(decided)
    decided[pending] = later[journal.of_issue[pending]]
    took = journal.open_minutes(journal.log["asked"], decided)
    slow = np.isnan(decided) | (took > journal.scenario.plan.promise.decision_within)
    return journal.asked & slow & (journal.log["owed"] == 0)


def _contacts(journal: Journal) -> Ints:
    real = (journal.log["owed"] == 0) & (journal.of_issue != NOBODY)
    return np.bincount(journal.of_issue[real], minlength=len(journal.issues))


def _minutes_lost(journal: Journal) -> Floats:
    log = journal.log
    failed = journal.to_bot & (journal.fates["bot"] != Bot.SETTLES)
    held = np.nan_to_num(np.where(log["decision"] == Decision.ON_HOLD, log["decided"] - log["asked"], 0.0))
    minutes = np.nan_to_num(journal.wait) + np.nan_to_num(journal.wait_2) + held
    minutes += np.where(failed, journal.fates["bot_time"], 0.0)
    mine = journal.of_issue != NOBODY
    return np.bincount(journal.of_issue[mine], minutes[mine], len(journal.issues)).astype(np.float64)


def _last_team(journal: Journal) -> Ints:
    """The team that last held the issue; where no person did, NOBODY."""
    held = (journal.team != NOBODY) & (journal.of_issue != NOBODY)
    team = np.full(len(journal.issues), NOBODY)
    team[journal.of_issue[held]] = journal.team[held]
    return team


def _days(journal: Journal) -> tuple[Ints, int]:
    """The open day on which each issue began, counted from the first measured one, and the number of days."""
    windows = journal.scenario.plan.hours.windows()
    starts = np.array([opens // MINUTES_PER_DAY for opens, _ in windows])
    week, minute = np.divmod(journal.issues["arrives"], MINUTES_PER_WEEK)
    week -= journal.issues["week"].min(initial=2**30)
    day = np.searchsorted(starts, minute // MINUTES_PER_DAY, side="right") - 1
    return (week * len(starts) + day).astype(np.int64), len(starts) * journal.measured


def _shares(kept: Bools, group: Ints, enough: int) -> Floats:
    known = group != NOBODY
    total = np.bincount(group[known])
    return (np.bincount(group[known], kept[known], len(total)) / np.maximum(total, 1))[total >= enough]


def _gap(shares: Floats) -> float:
    return float(shares.max() - shares.min()) if len(shares) > 1 else np.nan


def _worst_tenth(minutes: Floats) -> float:
    if not len(minutes):
        return np.nan
    worst = max(1, len(minutes) // 10)
    return float(np.mean(np.partition(minutes, -worst)[-worst:]))
