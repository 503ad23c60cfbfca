"""Plan -> who works when: opening hours, agents with their pace and skill, shifts, breaks, absence."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from sim.flow.contract import (
    AGENT,
    ROSTER,
    SHIFT,
    WINDOW,
    Bools,
    Column,
    Crew,
    Floats,
    Ints,
    Operation,
    Roster,
    Table,
    Team,
)
from sim.flow.luck import FOR_EVER, Key, draws
from sim.flow.rules import snap
from sim.scenario import Scenario
from sim.scenario.assumptions import VendorTerms
from sim.scenario.plan import Hours, Staffing

ANCHOR = 0.7
"""First-contact resolution at which a partner's ratio is turned into log-odds (B4)."""

ROUNDED = 5.0
DAYS = 7
Segment = tuple[float, float]
Sizes = tuple[int, int, int]
Paid = tuple[float, float, float]
"""A number for each `Team`."""

ROSTERED = np.dtype([("who", "i8"), ("day", "i8"), ("starts", "f8"), ("ends", "f8")])


def operation(
    scenario: Scenario, seed: int, replication: int, week: int, crew: Crew | None = None
) -> Operation:
    """The week's operation; agents keep pace and skill from week to week, absence is drawn each week.

    A `crew` brings its own pace, skill and absence, one row for each post of the plan.
    """
    plan, size = scenario.plan, team_sizes(scenario)
    windows, (rostered, paid) = plan.hours.windows(), _rostered(plan.staffing, plan.hours, size)
    crew = crew or unchanging(scenario, seed, replication)
    hours = np.array(_merged(windows), WINDOW)
    away = _absent(crew.away, (seed, replication, week), size)
    there = np.flatnonzero(~away[rostered["who"], rostered["day"]])
    on_duty = _joined(rostered.take(there))  # with brackets numpy would copy field by field
    return Operation(
        hours=hours,
        agents=crew.agents,
        roster=_roster(hours, on_duty),
        on_duty=on_duty,
        supervisors=plan.empowerment.supervisors,
        paid_minutes=_by_team(paid * crew.filled, crew.agents["team"]),
        supervisor_minutes=plan.empowerment.supervisors * sum(closes - opens for opens, closes in windows),
        hold_limit=plan.empowerment.hold_limit,
        patience_after_transfer=scenario.assumptions.patience.after_transfer,
        most_contacts=scenario.assumptions.repeats.most_contacts,
    )


def team_sizes(scenario: Scenario) -> Sizes:
    """Agents in-house, at the partner, and specialists.

    The share handed to a partner leaves the house; the partner staffs that share plus a square-root margin (E4).
    """
    plan, share = scenario.plan, scenario.plan.outsourcing.share
    handed = plan.staffing.agents * share
    in_house = 0 if share == 1 else max(1, plan.staffing.agents - round(handed))
    partner = plan.outsourcing.agents
    if partner is None:
        partner = int(np.ceil(handed + scenario.assumptions.partner.margin * np.sqrt(handed)))
    return in_house, max(1, partner) if share > 0 else 0, plan.staffing.specialists


def spread(number: int) -> float:
    """Where in [0, 1] the `number`-th of any number of people stands: 0, 1, 1/2, 1/4, 3/4, 1/8 ...

    One more agent moves nobody else's breaks.
    """
    if number < 2:
        return float(number)
    place, share = 0.0, 0.5
    number -= 1
    while number:
        place += share * (number & 1)
        number >>= 1
        share /= 2
    return place


def vendor_terms(scenario: Scenario) -> VendorTerms:
    """The terms of the partner that was chosen."""
    partner = scenario.assumptions.partner
    return partner.cost if scenario.plan.outsourcing.vendor == "cost" else partner.quality


def duty_minutes(scenario: Scenario) -> Floats:
    """Minutes a week for which everybody is to be on duty, breaks left out, absence not."""
    size = team_sizes(scenario)
    rostered, _ = _rostered(scenario.plan.staffing, scenario.plan.hours, size)
    minutes = np.bincount(rostered["who"], rostered["ends"] - rostered["starts"], sum(size))
    return minutes.astype(np.float64)


@lru_cache(maxsize=64)
def _rostered(staffing: Staffing, hours: Hours, size: Sizes) -> tuple[Table, Floats]:
    """Who is to be there on which open day from when to when, and the minutes paid to each."""
    windows, rows, paid, first = hours.windows(), [], [], 0
    for team in Team:
        people = [list(_week_of(staffing, windows, team, who, size[team])) for who in range(size[team])]
        paid += [_paid_minutes(staffing, windows, week) for week in people]
        for who, week in enumerate(people, start=first):
            rows += [
                (who, day, *segment) for day, segments in enumerate(week) for segment in _merged(segments)
            ]
        first += size[team]
    return np.array(rows, ROSTERED), np.array(paid, np.float64)


def _week_of(
    staffing: Staffing, windows: Sequence[Segment], team: Team, who: int, size: int
) -> Iterator[list[Segment]]:
    """The segments on duty of one agent, for every open day."""
    curve = staffing.curve
    for day, window in enumerate(windows):
        if curve is not None and team == Team.SPECIALISTS:
            yield [window]
        elif curve is not None:
            yield _on_curve(window, curve[day % len(curve)], who, size)
        else:
            yield _on_shift(staffing, window, who)


def _on_curve(window: Segment, shares: Sequence[float], who: int, size: int) -> list[Segment]:
    edges = np.linspace(*window, len(shares) + 1)
    wanted = [
        (a, b) for (a, b), share in zip(pairwise(edges), shares, strict=True) if round(share * size) > who
    ]
    return _merged(wanted)


def _on_shift(staffing: Staffing, window: Segment, who: int) -> list[Segment]:
    """A shift with a short break in its first third, lunch in the second, a short break in the last."""
    place, length = spread(who), _shift_length(staffing, window)
    slack = window[1] - window[0] - length
    start = window[0] + min(slack, _rounded(slack * place))
    edge, third = length / 12, length / 3
    parts = [
        (third, 2 * third, staffing.lunch_minutes),
        (edge, third, staffing.short_break_minutes),
        (2 * third, length - edge, staffing.short_break_minutes),
    ]
    breaks = sorted(
        (start + _rounded(earliest + (latest - minutes - earliest) * place), minutes)
        for earliest, latest, minutes in parts[: 1 + staffing.short_breaks]
        if 0 < minutes <= latest - earliest
    )
    edges = [start, *(edge for at, minutes in breaks for edge in (at, at + minutes)), start + length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _shift_length(staffing: Staffing, window: Segment) -> float:
    return min(staffing.shift_minutes, window[1] - window[0])


def _rounded(minutes: float) -> float:
    return float(round(minutes / ROUNDED) * ROUNDED)


def _paid_minutes(staffing: Staffing, windows: Sequence[Segment], week: list[list[Segment]]) -> float:
    """Whole shifts, breaks and absence included; on a staffing curve only the time on duty is known."""
    if staffing.curve is not None:
        return sum(end - start for day in week for start, end in day)
    return sum(_shift_length(staffing, window) for window in windows)


def _by_team(minutes: Floats, team: Column) -> Paid:
    """Minutes paid to each team."""
    paid = np.bincount(team, minutes, len(Team)).tolist()
    return paid[Team.IN_HOUSE], paid[Team.PARTNER], paid[Team.SPECIALISTS]


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    """Touching segments joined, or an agent would lose the place as idle longest."""
    joined: list[Segment] = []
    for start, end in ((snap(float(start)), snap(float(end))) for start, end in segments):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        elif start < end:
            joined.append((start, end))
    return joined


def _joined(rostered: Table) -> Table:
    """The shifts of those who came; two that touch are one, as around midnight."""
    who, starts, ends = (rostered[name] for name in ("who", "starts", "ends"))
    begins = np.ones(len(rostered), bool)
    begins[1:] = (who[1:] != who[:-1]) | (starts[1:] != ends[:-1])
    shifts = np.zeros(np.count_nonzero(begins), SHIFT)
    shifts["who"], shifts["starts"] = who[begins], starts[begins]
    shifts["ends"] = ends[np.roll(begins, -1)]
    return shifts


def _absent(away: Floats, key: Key, size: Sizes) -> Bools:
    """Who stays away on which open day: a row an agent."""
    luck = [draws("uniform", key, f"absence {team.name}", size[team] * DAYS) for team in Team]
    return np.concatenate(luck).reshape(-1, DAYS) < away[:, None]


def unchanging(scenario: Scenario, seed: int, replication: int) -> Crew:
    """Every post filled, by people whom the weeks do not change."""
    agents = _agents(scenario, (seed, replication), team_sizes(scenario))
    away = np.full(len(agents), scenario.assumptions.handling.absence)
    return Crew(agents, away, np.ones(len(agents), bool))


def _agents(scenario: Scenario, key: tuple[int, int], size: Sizes) -> Table:
    team = np.repeat(np.arange(len(Team)), size)
    pace, skill = (
        np.concatenate([draws("normal", (*key, FOR_EVER), f"{name} {one.name}", size[one]) for one in Team])
        for name in ("pace", "skill")
    )
    table = np.zeros(len(team), AGENT)
    table["team"], table["limit"] = team, scenario.plan.empowerment.authority_limit
    table["pace"], table["ability"] = people_of(scenario, team, pace, skill)
    return table


def people_of(scenario: Scenario, team: Ints, pace: Floats, skill: Floats) -> tuple[Floats, Floats]:
    """Pace and ability of people with this standard normal luck.

    Pace is lognormal with mean 1 (B2: between-agent CV); ability is in log-odds (E6).
    """
    handling, resolution = scenario.assumptions.handling, scenario.assumptions.resolution
    vendor = vendor_terms(scenario)
    partner = _log_odds(min(0.99, ANCHOR * vendor.first_contact_resolution)) - _log_odds(ANCHOR)
    factor, bonus = np.ones(len(Team)), np.zeros(len(Team))
    factor[Team.PARTNER], bonus[Team.PARTNER] = vendor.handle_time, partner
    bonus[Team.SPECIALISTS] = resolution.specialist_bonus
    sigma = np.sqrt(np.log1p(handling.pace_cv**2))
    return (
        factor[team] * np.exp(sigma * pace - sigma**2 / 2),
        bonus[team] + resolution.skill_spread * skill,
    )


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _roster(hours: Table, on_duty: Table) -> Table:
    """Every change of the roster, in order of time and, within an instant, of `Roster` and number."""
    nobody = np.zeros(len(hours), np.int64)
    changes = {
        Roster.LINE_OPENS: (hours["opens"], nobody),
        Roster.SHIFT_STARTS: (on_duty["starts"], on_duty["who"]),
        Roster.SHIFT_ENDS: (on_duty["ends"], on_duty["who"]),
        Roster.LINE_CLOSES: (hours["closes"], nobody),
    }
    roster = np.zeros(2 * len(hours) + 2 * len(on_duty), ROSTER)
    roster["at"], roster["who"] = (np.concatenate(column) for column in zip(*changes.values(), strict=True))
    roster["change"] = np.repeat(list(changes), [len(at) for at, _ in changes.values()])
    # They lie in order of change and, as shifts do, of number; `take`, as above.
    return roster.take(np.argsort(roster["at"], kind="stable"))
