"""Was the promise kept? One verdict for each issue, and how it spreads over days, teams, groups and hours."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, NOBODY, Bools, Bot, Decision, Floats, Ints, Outcome, Team
from sim.measures.columns import count, one_of
from sim.measures.journal import Journal
from sim.scenario.types import MINUTES_PER_DAY

HOURS_PER_DAY = 24
ENOUGH = 30
"""Issues a team, group or hour needs before its share is compared with another's."""

TEAMS = {Team.IN_HOUSE: "In-house", Team.SPECIALISTS: "Specialists", Team.PARTNER: "Partner"}


@dataclass(frozen=True)
class Issues:
    """What became of the issues that began in the measured weeks.

    `by_day_and_team`: how many promises were broken and kept, a row a day and a column a team that last held the issue,
    the last column for nobody. `by_hour_and_group`: the same by hour of the day, for other and core customers.
    """

    standards: dict[str, Bools]
    kept: Bools
    first_contact: Bools
    contacts: Ints
    minutes_lost: Floats
    by_day_and_team: Ints
    by_hour_and_group: Ints


def issues_of(journal: Journal) -> Issues:
    """Judge every issue by all of its contacts, those of later weeks included."""
    promise, contacts = journal.scenario.plan.promise, _contacts(journal)
    standards = {
        "kept_answered": ~journal.issues_with(late(journal)),
        "kept_contacts": contacts <= promise.contacts,
        "kept_story": ~journal.issues_with(told_again(journal)),
        "kept_decision": ~journal.issues_with(_undecided(journal)),
        "settled": journal.issues_with(journal.settles),
    }
    promised = [held for name, held in standards.items() if promise.story_once or name != "kept_story"]
    kept = np.logical_and.reduce(promised)
    return Issues(
        standards=standards,
        kept=kept,
        first_contact=journal.issues_with(journal.settles & one_of(journal.log["contact"], 0)),
        contacts=contacts,
        minutes_lost=_minutes_lost(journal),
        by_day_and_team=_count(kept, *_day(journal), _last_team(journal), len(Team) + 1),
        by_hour_and_group=_count(kept, _hour(journal), HOURS_PER_DAY, journal.issues["core"], 2),
    )


def _count(kept: Bools, rows: Ints, height: int, columns: Ints, width: int) -> Ints:
    """Two tables, of promises broken and kept; `rows` and `columns` say where each issue is counted."""
    cell = (kept * height + rows) * width + columns
    return np.bincount(cell, minlength=2 * height * width).reshape(2, height, width)


def spread(journal: Journal, issues: Issues) -> dict[str, float]:
    """Promise kept between days, teams, groups and hours, and the worst-off tenth."""
    bar = journal.scenario.plan.promise.bar
    by_day = _shares(issues.by_day_and_team.sum(axis=2), 1)
    by_team = issues.by_day_and_team.sum(axis=1)[:, : len(Team)]
    return {
        "day_sd": float(by_day.std(ddof=1)) if len(by_day) > 1 else np.nan,
        "days_at_bar": float((by_day >= bar).mean()) if len(by_day) else np.nan,
        "team_gap": _gap(_shares(by_team, ENOUGH)),
        "group_gap": _gap(_shares(issues.by_hour_and_group.sum(axis=1), ENOUGH)),
        "hour_gap": _gap(_shares(issues.by_hour_and_group.sum(axis=2), ENOUGH)),
        "worst_tenth_minutes": _worst_tenth(issues.minutes_lost),
    }


def by_day_and_team(issues: Issues) -> tuple[tuple[str, ...], Ints, Ints]:
    """Names of the teams that held issues; promise kept and issues, one row a day, one column a team."""
    broken, kept = issues.by_day_and_team
    held = broken + kept
    there = [team for team in TEAMS if held[:, team].any()]
    return tuple(TEAMS[team] for team in there), kept[:, there], held[:, there]


def late(journal: Journal) -> Bools:
    """Contacts that were not answered in time, in either queue; who hung up was not answered."""
    within = journal.scenario.plan.promise.answer_within
    left = journal.ended(Outcome.ABANDONED, Outcome.TURNED_AWAY)
    return left | (journal.wait > within) | (journal.wait_2 > within)


def told_again(journal: Journal) -> Bools:
    """Contacts in which a person had to be told the story again."""
    second = np.isfinite(journal.log["answered_2"])
    return (journal.fates["told_again"] & journal.answered) | (journal.fates["told_again_2"] & second)


def _undecided(journal: Journal) -> Bools:
    """Requests not decided within the promised opening time; some are only decided in a later week."""
    asked = np.flatnonzero(journal.asked & journal.arrived)
    decided = journal.log["decided"][asked]
    decided = np.where(np.isnan(decided), _called_back(journal)[journal.of_issue[asked]], decided)
    took = journal.open_minutes(journal.log["asked"][asked], decided)
    undecided = np.zeros(len(journal.log), bool)
    undecided[asked] = ~(took <= journal.scenario.plan.promise.decision_within)
    return undecided


def _called_back(journal: Journal) -> Floats:
    """When the call-back left over from an earlier week was decided, by issue; NaN where there was none."""
    finished = ~journal.arrived
    decided = np.full(len(journal.issues) + 1, np.nan)
    decided[journal.of_issue[finished]] = journal.log["decided"][finished]
    return decided


def _contacts(journal: Journal) -> Ints:
    return np.bincount(journal.of_issue[journal.arrived], minlength=len(journal.issues) + 1)[:-1]


def _minutes_lost(journal: Journal) -> Floats:
    """Waits, holds for a decision, and sessions with a bot that did not settle the issue."""
    log, bot = journal.log, journal.fates["bot"]
    lost = np.where(journal.queued, journal.wait, 0.0)
    lost += np.where(journal.transferred, journal.wait_2, 0.0)
    on_hold = journal.decided & one_of(log["decision"], Decision.ON_HOLD)
    lost += np.where(on_hold, log["decided"] - log["asked"], 0.0)
    failed = journal.to_bot & ~one_of(bot, Bot.SETTLES)
    lost += np.where(failed, journal.fates["bot_time"], 0.0)
    return np.bincount(journal.of_issue, lost, len(journal.issues) + 1)[:-1].astype(np.float64)


def _last_team(journal: Journal) -> Ints:
    """The team that last held the issue; where no person did, the number after the last team's."""
    held = journal.team != NOBODY
    team = np.full(len(journal.issues) + 1, len(Team))
    team[journal.of_issue[held]] = journal.team[held]
    return team[:-1]


def _day(journal: Journal) -> tuple[Ints, int]:
    """The open day on which each issue began, counted from the first measured one, and the number of days."""
    is_open = np.array([day is not None for day in journal.scenario.plan.hours.days()] * journal.measured)
    since = journal.issues["arrives"] - journal.warm_up * MINUTES_PER_WEEK
    opened = is_open.cumsum() - 1
    return opened[(since / MINUTES_PER_DAY).astype(np.int64)], count(is_open)


def _hour(journal: Journal) -> Ints:
    """The hour of the day in which each issue began."""
    return (journal.issues["arrives"] / 60).astype(np.int64) % HOURS_PER_DAY


def _shares(counts: Ints, enough: int) -> Floats:
    """The share kept in every group of at least `enough` issues."""
    broken, kept = counts
    issues = broken + kept
    return kept[issues >= enough] / issues[issues >= enough]


def _gap(shares: Floats) -> float:
    return float(shares.max() - shares.min()) if len(shares) > 1 else np.nan


def _worst_tenth(minutes: Floats) -> float:
    if not len(minutes):
        return np.nan
    worst = max(1, len(minutes) // 10)
    return float(np.partition(minutes, -worst)[-worst:].mean())
