"""What work does to people, who quits, who comes (E21), and what they can do meanwhile (E3, E6, E8)."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from sim.flow.contract import AGENT, NOBODY, Bools, Crew, Floats, Ints, Table, Team
from sim.flow.luck import FOR_EVER, draws, draws_among
from sim.flow.roster import people_of, team_sizes, vendor_terms
from sim.scenario import Scenario
from sim.scenario.workforce import Careers, Exhaustion
from sim.season.contract import WEEKS_PER_YEAR, Staff, State
from sim.season.tally import DAYS, Tally, day_of

NEUTRAL, HALF_TRAINED = 0.5, 0.5
"""Attitude and training at which the chance to settle is what `Resolution` says."""
LEARNT_WEEKS = 1000.0
HOURS_PER_MONTH = 173.0
ATTITUDES = (0.01, 0.99)
USUAL_ATTITUDE, BEST_ATTITUDE = 0.6, 0.9

SIDES = len(Team)
"""First line, partner and specialists have a time standard each."""


# ------------------------------------------------------------------------------------------- what they can do


def learnt(weeks: Floats | Ints, like: Careers) -> Floats:
    """What is still to be learnt after so many weeks, as a share of all (E3)."""
    return np.exp(-np.maximum(0.0, weeks) / like.learning_weeks)


def freedom(limit: float, like: Careers) -> float:
    """How free the front line is to decide, 0 to 1 (e in E8)."""
    return min(1.0, limit / like.full_authority)


def practice_spread(limit: float, training: float, like: Careers) -> float:
    """Spread between the desks' practice, in log-odds: freedom without training widens it (E8)."""
    return like.practice * (1 + like.freedom_spreads * freedom(limit, like) * (1 - training))


def crew_of(scenario: Scenario, staff: Staff, week: int, key: tuple[int, int]) -> Crew:
    """The week's people with all the time they need: pace and ability of each, and how often they are away."""
    careers, strain = scenario.assumptions.workforce.careers, scenario.assumptions.workforce.exhaustion
    agents, new = np.zeros(len(staff.team), AGENT), learnt(week - staff.hired, careers)
    pace, ability = people_of(scenario, staff.team, staff.pace, staff.skill)
    trained = (scenario.plan.people.training - HALF_TRAINED) * (staff.team != Team.PARTNER)
    agents["team"] = staff.team
    agents["pace"] = pace * (1 + (careers.rookie_time - 1) * new)
    agents["ability"] = (
        ability
        - careers.rookie_deficit * new
        + careers.attitude_bonus * (attitude_now(staff, strain) - NEUTRAL)
        + careers.training_bonus * trained
        + careers.hero_bonus * _heroes(scenario, staff, key)
        + _practice(scenario, staff, key)
    )
    agents["limit"] = scenario.plan.empowerment.authority_limit
    filled = staff.begins <= week
    away = scenario.assumptions.handling.absence + strain.absence * (staff.exhaustion - strain.at_rest)
    return Crew(agents, np.where(filled, np.clip(away, 0.0, 1.0), 1.0), filled)


def hurried(scenario: Scenario, crew: Crew, taken: Floats) -> Crew:
    """The same people under the time standard `taken` of each team.

    It shortens talk as a quicker pace would, and takes away from the chance to settle (E6, E20).
    """
    agents = crew.agents.copy()
    share = taken[agents["team"]]
    agents["pace"] *= share
    agents["ability"] -= scenario.assumptions.resolution.hurry * _hurried(share, scenario.plan.time_standard)
    return Crew(agents, crew.away, crew.filled)


def _hurried(share: Floats, standard: float) -> Floats:
    """How much more of the needed time is missing than the plan's own standard takes away."""
    return np.maximum(0.0, 1 - standard * share) - max(0.0, 1 - standard)


def _heroes(scenario: Scenario, staff: Staff, key: tuple[int, int]) -> Bools:
    """Posts of the first line that stars hold; more of them move nobody else."""
    if not scenario.plan.people.heroes:
        return np.zeros(len(staff.team), bool)
    luck = _luck("hero", staff.team, staff.number, FOR_EVER, key)
    return (staff.team == Team.IN_HOUSE) & (luck < scenario.plan.people.heroes)


def stars(scenario: Scenario, staff: Staff, state: State) -> float:
    """Share of the first line at work who are stars."""
    there = (staff.team == Team.IN_HOUSE) & (staff.begins <= state.week)
    heroes = _heroes(scenario, staff, (state.seed, state.replication))
    return float(heroes[there].mean()) if there.any() else 0.0


def _practice(scenario: Scenario, staff: Staff, key: tuple[int, int]) -> Floats:
    careers, plan = scenario.assumptions.workforce.careers, scenario.plan
    spread = practice_spread(plan.empowerment.authority_limit, plan.people.training, careers)
    off = spread * _habits(*key, careers.desks)
    return np.where(staff.team == Team.IN_HOUSE, off[staff.number % careers.desks], 0.0)


@lru_cache(maxsize=64)
def _habits(seed: int, replication: int, desks: int) -> Floats:
    """How far off each desk's practice is, in standard normal luck; 0 on the whole, so that a gap betters nobody."""
    luck = draws("normal", (seed, replication, FOR_EVER), "practice", desks)
    habits = luck - luck.mean()
    habits.flags.writeable = False  # they are kept
    return habits


def attitude_now(staff: Staff, like: Exhaustion) -> Floats:
    """Liking for service, less what exhaustion takes (E21)."""
    return np.clip(staff.attitude - like.attitude * staff.exhaustion, 0.0, 1.0)


# --------------------------------------------------------------------------------------------- what they bear


def stress(
    overload: Floats, abuse: Floats, powerless: Floats, protection: float, support: float, like: Exhaustion
) -> Floats:
    """The strain of a week, 0 to 1 (E21).

    Abuse is centred on the usual (season 6.16) but has no floor there: people protected from it rest better than usual.

    Args:
        overload: a day's occupancy above the threshold, averaged over the days there.
        abuse: abusive contacts a day.
        powerless: share of contacts that needed a decision one might not take.
        protection: how far people are protected from abuse, 0 to 1.
        support: how far they are supported in all of it, 0 to 1.
        like: the assumptions.
    """
    felt = abuse * (1 - like.protection * protection) - like.usual_abuse
    strain = like.overload * overload + like.abuse * felt + like.powerless * powerless
    return np.clip(like.at_rest + strain * (1 - like.support * support), 0.0, 1.0)


def tires(exhaustion: Floats, strain: Floats, like: Exhaustion) -> Floats:
    """Exhaustion a week later: it rises quickly and falls slowly (E21)."""
    weeks = np.where(strain > exhaustion, like.rises_weeks, like.falls_weeks)
    return exhaustion + (strain - exhaustion) * -np.expm1(-1 / weeks)


def quit_rate(exhaustion: Floats, pay: Floats, careers: Careers, like: Exhaustion) -> Floats:
    """Quits a year (E21): more from the exhausted, fewer where pay is better."""
    return careers.quits * np.exp(like.quits * (exhaustion - like.at_rest)) / pay


def week_of_work(counted: Tally, on_duty: Table, scenario: Scenario, staff: Staff) -> tuple[Floats, Floats]:
    """Each one's strain this week, and share of the time on duty that was busy; nobody who was away is strained."""
    like = scenario.assumptions.workforce.exhaustion
    busy, duty = counted.busy, _duty(on_duty, len(staff.team))
    there = duty > 0
    occupancy = np.divide(busy, duty, out=np.zeros_like(busy), where=there)
    days = np.maximum(1, there.sum(axis=1))
    overload = (np.maximum(0.0, occupancy - like.threshold) * there).sum(axis=1) / days
    contacts = counted.posts["talks"]
    powerless = counted.posts["powerless"] / np.maximum(1, contacts)
    plan, abuse = scenario.plan, like.abuse_share * contacts / days
    strain = stress(overload, abuse, powerless, plan.protection.from_abuse, plan.people.support, like)
    share = np.divide(busy.sum(axis=1), duty.sum(axis=1), out=np.zeros(len(busy)), where=there.any(axis=1))
    return np.where(there.any(axis=1), strain, like.at_rest), share


def _duty(shifts: Table, posts: int) -> Floats:
    """Minutes on duty of every post and day."""
    place = day_of(shifts["who"], shifts["starts"])
    minutes = np.bincount(place, shifts["ends"] - shifts["starts"], posts * DAYS)
    return minutes.reshape(posts, DAYS).astype(np.float64)


# ------------------------------------------------------------------------------------------- who comes and goes


def hiring_weeks(scenario: Scenario) -> int:
    """Weeks from a post falling empty until its new holder takes contacts; the choosy wait longer."""
    careers = scenario.assumptions.workforce.careers
    wait = careers.hiring_weeks + careers.choosy_weeks * choosiness(scenario)
    return round(wait + careers.training_weeks)


def choosiness(scenario: Scenario) -> float:
    """How choosy hiring is, 0 (as usual, or less) to 1 (only the best attitude)."""
    best, usual = BEST_ATTITUDE, USUAL_ATTITUDE
    return float(np.clip((scenario.plan.people.hires_attitude - usual) / (best - usual), 0.0, 1.0))


def on_monday(scenario: Scenario, staff: Staff, week: int, key: tuple[int, int], full: bool = False) -> Staff:
    """The plan's posts: those there already, then new ones, which begin empty unless all are to be `full`."""
    sizes = team_sizes(scenario)
    team = np.repeat(np.arange(len(sizes)), sizes)
    number = np.concatenate([np.arange(size) for size in sizes])
    if np.array_equal(team, staff.team) and np.array_equal(number, staff.number):
        return staff
    known = {pair: at for at, pair in enumerate(zip(staff.team.tolist(), staff.number.tolist(), strict=True))}
    pairs = zip(team.tolist(), number.tolist(), strict=True)
    place = np.array([known.get(pair, NOBODY) for pair in pairs], np.int64)
    fresh = place == NOBODY
    begins = np.where(full | (team == Team.PARTNER), week, week + hiring_weeks(scenario))
    new = hired(scenario, team, number, begins, week, key)
    return Staff(**{name: _chosen(fresh, getattr(new, name), getattr(staff, name), place) for name in FIELDS})


FIELDS = tuple(Staff.__dataclass_fields__)


def _chosen(fresh: Bools, new: Any, old: Any, place: Ints) -> Any:
    found = new.copy()
    found[~fresh] = old[place[~fresh]]
    return found


def hired(
    scenario: Scenario, team: Ints, number: Ints, begins: Ints, week: int, key: tuple[int, int]
) -> Staff:
    """New people for these posts, each with the luck of the post and of the week in which it fell empty."""
    careers, strain = scenario.assumptions.workforce.careers, scenario.assumptions.workforce.exhaustion
    luck = {name: _luck(name, team, number, week, key) for name in ("pace", "skill", "attitude")}
    mean = np.where(
        team == Team.PARTNER, vendor_terms(scenario).attitude, scenario.plan.people.hires_attitude
    )
    attitude = np.clip(mean + careers.attitude_spread * ndtri(luck["attitude"]), *ATTITUDES)
    return Staff(
        team=team,
        number=number,
        begins=begins,
        hired=begins,
        pace=ndtri(luck["pace"]),
        skill=ndtri(luck["skill"]),
        attitude=attitude,
        exhaustion=np.full(len(team), strain.at_rest),
    )


def _luck(name: str, team: Ints, number: Ints, week: int, key: tuple[int, int]) -> Floats:
    """One uniform number a post; more posts move nobody's."""
    streams = [f"{name} of a hire {one.name}" for one in Team]
    return draws_among("uniform", (*key, week), streams, team, number)


def first_staff(scenario: Scenario, week: int, key: tuple[int, int]) -> Staff:
    """Everybody at the beginning: each post is held, by people who have been there for various times."""
    nobody = Staff(*(np.zeros(0, np.int64),) * 4, *(np.zeros(0),) * 4)
    staff = on_monday(scenario, nobody, week, key, full=True)
    careers = scenario.assumptions.workforce.careers
    stay = WEEKS_PER_YEAR / max(careers.quits, WEEKS_PER_YEAR / LEARNT_WEEKS)
    waited = -np.log1p(-_luck("tenure", staff.team, staff.number, week, key)) * stay
    return replace(staff, hired=week - waited.astype(np.int64))


def swept_out(scenario: Scenario, staff: Staff, share: float, week: int, key: tuple[int, int]) -> Staff:
    """The staff after a share of the partner's people was replaced at once."""
    if not share:
        return staff
    luck = _luck("turnover", staff.team, staff.number, week, key)
    return replaced(scenario, staff, (staff.team == Team.PARTNER) & (luck < share), week - 1, key)


def leavers(scenario: Scenario, staff: Staff, week: int, key: tuple[int, int]) -> tuple[Bools, Floats]:
    """Who quits on Friday, and what each one's chance to do so was."""
    careers, strain = scenario.assumptions.workforce.careers, scenario.assumptions.workforce.exhaustion
    times = np.where(staff.team == Team.PARTNER, vendor_terms(scenario).quits, 1.0)
    pay = np.where(staff.team == Team.PARTNER, 1.0, scenario.plan.people.pay)
    prized = 1 - strain.recognition * scenario.plan.people.recognition * (staff.team != Team.PARTNER)
    rate = times * prized * quit_rate(staff.exhaustion, pay, careers, strain)
    chance = np.where(staff.begins <= week, -np.expm1(-rate / WEEKS_PER_YEAR), 0.0)
    return _luck("quits", staff.team, staff.number, week, key) < chance, chance


def replaced(scenario: Scenario, staff: Staff, gone: Bools, week: int, key: tuple[int, int]) -> Staff:
    """Posts that fell empty, held by new people once these are found and trained; the partner has some at hand."""
    if not gone.any():
        return staff
    begins = np.where(staff.team == Team.PARTNER, week + 1, week + 1 + hiring_weeks(scenario))
    new = hired(scenario, staff.team, staff.number, begins, week + 1, key)
    return Staff(**{name: np.where(gone, getattr(new, name), getattr(staff, name)) for name in FIELDS})
