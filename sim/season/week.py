"""One week of a season: state -> week -> (state, record).

In order: who is there on Monday, under which time standard; who brings issues; the journey; what each issue was like and
left behind, in the order in which they ended; who leaves, who joins; what the work did to people; money.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.flow.choice import Engine
from sim.flow.contract import NOBODY, Bools, Bot, Crew, Decision, Floats, Ints, Outcome, Table, Team, Week
from sim.flow.engine import run_week
from sim.flow.issues import new_issues
from sim.flow.luck import RowLuck
from sim.flow.roster import duty_minutes
from sim.measures.columns import one_of
from sim.measures.journal import Journal, journal
from sim.measures.work import work
from sim.scenario import Scenario
from sim.season import clientele, ledger, loyalty, people, pressure, quality, recovery
from sim.season.contract import Cause, Customers, Staff, Standard, State, Told, WeekRecord
from sim.season.episodes import NOTHING_OPEN, live
from sim.season.events import in_force, turnover_at_partner
from sim.season.feeling import Impression, live_through, week_passes
from sim.season.prevention import causes_after

TOP_BOX = 65.0
"""Satisfaction from which a customer ticks the top box."""
MOST_CONTACTS = 6


def beginning(scenario: Scenario, seed: int, replication: int, followed: tuple[int, ...] = ()) -> State:
    """An operation on its first Sunday night: new customers, all posts filled, nothing waiting, no pressure."""
    from sim.flow.contract import ISSUE

    key = (seed, replication)
    return State(
        seed=seed,
        replication=replication,
        week=0,
        since=0,
        customers=clientele.first_customers(scenario, 0, key),
        staff=people.first_staff(scenario, 0, key),
        standard=Standard(np.ones(people.SIDES), np.full(people.SIDES, np.nan)),
        waiting=np.zeros(0, ISSUE),
        open=NOTHING_OPEN,
        causes=1.0,
        usual=float(scenario.assumptions.demand.customers),
        talk=0.0,
        followed=followed,
    )


def week(state: State, plan: Scenario, engine: Engine = "auto") -> tuple[State, WeekRecord]:
    """Let one week happen under a plan; the state given is left alone."""
    scenario = in_force(plan, state.week - state.since)
    key = (state.seed, state.replication)
    monday = _monday(state, plan, scenario, key)
    played = _play(state, scenario, monday.crew, engine)
    written = journal(scenario, [played], 0, 1)
    strain = scenario.assumptions.workforce.exhaustion
    attitude = people.attitude_now(monday.staff, strain)
    difficult = state.customers.difficult
    lived = live(played, written, state.week, state.open, attitude, difficult, key)
    left = impressions(scenario, lived.ended, state, key)
    customers = clientele.copied(state.customers)
    live_through(customers, left.impression, scenario.assumptions.customers)
    week_passes(customers, scenario.assumptions.customers, scenario.plan.promise)
    moves = _moves(scenario, state, customers, key)
    worked = _worked(scenario, state, monday, written, key)
    after = replace(
        state,
        week=state.week + 1,
        customers=moves.customers,
        staff=worked.staff,
        standard=worked.standard,
        waiting=played.waiting,
        open=lived.open,
        causes=causes_after(state.causes, scenario.plan.prevention, scenario.assumptions.demand),
        talk=moves.talk,
    )
    return after, _record(scenario, state, written, left, moves, worked, monday, lived.goodwill)


# ---------------------------------------------------------------------------------------------------- Monday


class Monday(NamedTuple):
    """Who is there, and the pressure they are under."""

    staff: Staff
    crew: Crew
    taken: Floats
    pressure: Floats


def _monday(state: State, plan: Scenario, scenario: Scenario, key: tuple[int, int]) -> Monday:
    staff = people.on_monday(scenario, state.staff, state.week, key)
    share = turnover_at_partner(plan, state.week - state.since)
    if share:
        luck_ = people._luck("turnover", staff.team, staff.number, state.week, key)
        gone = (staff.team == Team.PARTNER) & (luck_ < share)
        staff = people.replaced(scenario, staff, gone, state.week - 1, key)
    like = scenario.assumptions.workforce.pressure
    crew = people.crew_of(scenario, staff, np.ones(people.SIDES), state.week, key)
    room = duty_minutes(scenario) * crew.filled * (1 - crew.away) / crew.agents["pace"]
    capacity = np.bincount(staff.team, room, people.SIDES)
    held = state.standard.held
    press = pressure.felt(np.nan_to_num(state.standard.work), capacity, like)
    if like.on and not scenario.plan.protection.time_standard:
        taken = pressure.time_taken(press, held, like)
        crew = people.crew_of(scenario, staff, taken, state.week, key)
    else:
        taken = np.ones(people.SIDES)
    return Monday(staff, crew, taken, press)


def _play(state: State, scenario: Scenario, crew: Crew, engine: Engine) -> Week:
    """The week's contacts, minute by minute."""
    key = (state.seed, state.replication)
    brought = clientele.clientele(scenario, state)
    new = new_issues(scenario, *key, state.week, engine, brought)
    return run_week(scenario, *key, state.week, np.concatenate([new, state.waiting]), engine, crew)


# -------------------------------------------------------------------------------------------- what issues leave


@dataclass(frozen=True)
class Left:
    """What the week's ended issues were like; `impression` of those whose customer is still the same.

    `lifted`: points by which customers were compensated.
    """

    ended: Table
    verdict: quality.Verdict
    mended: recovery.Mended
    delighted: Bools
    lifted: float
    still: Bools
    impression: Impression


def impressions(scenario: Scenario, ended: Table, state: State, key: tuple[int, int]) -> Left:
    """E9, E10, E16: quality, delight, failure and recovery of each issue that came to its end."""
    plan, like = scenario.plan, scenario.assumptions.customers

    luck = RowLuck(*key, ended["week"], ended["row"])
    verdict = quality.judge(ended, plan.promise)
    lost = quality.by_taste(
        quality.losses(ended, like.quality, plan.promise),
        state.customers.taste[ended["customer"]],
        quality.fits(plan.personalisation.variants, like.quality),
        like.quality,
    )
    smooth = quality.smooth(ended, like.quality, plan.personalisation.variants)
    noise = np.where(verdict.kept, like.quality.noise_kept, like.quality.noise_broken)
    smooth += noise * luck.draws("normal", "mood")
    tries = np.array([luck.draws("uniform", "complains"), luck.draws("uniform", "found")])
    mended = recovery.mend(
        ended, verdict, plan.recovery, like.memory, plan.prevention.feedback, plan.empowerment.trust, tries
    )
    points = smooth - lost.sum(axis=1)
    better = recovery.after(points, smooth, mended.justice, plan.recovery, like.memory)
    points = np.where(mended.helped, better, points)
    lifted = np.maximum(0.0, plan.recovery.guarantee - points)
    points = points + lifted
    lost *= np.where(mended.helped, 1 - mended.justice, 1.0)[:, None]
    delighted = (luck.draws("uniform", "delight") < plan.delight.share) & ended["served"]
    still = _still_the_same(ended, state.customers)
    impression = Impression(
        customer=ended["customer"][still],
        quality=np.clip(points, 0.0, 100.0)[still],
        delight=(like.quality.delight * delighted)[still],
        failure=mended.remembered[still],
        kept=verdict.kept[still],
        losses=lost[still],
        satisfied=np.zeros(np.count_nonzero(still)),
        fades=1.0 if plan.delight.refreshed else like.quality.delight_fades,
    )
    return Left(ended, verdict, mended, delighted, float(lifted.sum()), still, impression)


def _still_the_same(ended: Table, customers: Customers) -> Bools:
    """Whether an issue's customer is still with us; the place may be free, or somebody else's."""
    place = ended["customer"]
    return customers.alive[place] & (customers.joined[place] <= ended["week"])


# --------------------------------------------------------------------------------------------- who comes and goes


class Moves(NamedTuple):
    """Who left and why, who joined, and how loyal those are who were there."""

    customers: Customers
    left: Ints
    why: Floats
    joined: int
    talk: float
    worth: Floats
    many: Floats
    leaving: float
    praise: float
    variability: float
    expectation: float


def _moves(scenario: Scenario, state: State, customers: Customers, key: tuple[int, int]) -> Moves:
    like = scenario.assumptions.customers.loyalty
    worth = loyalty.loyalty(customers, state.week, like)
    monthly = loyalty.hazard(worth, like)
    left = clientele.leave(customers, loyalty.weekly(monthly), state.week, key)
    why = loyalty.why(customers, left, monthly[left], like)
    bins = loyalty.spectrum(worth[customers.alive])
    talk = loyalty.talk(*bins, like)
    expected = loyalty.newcomers(state.usual, talk, like)
    joined = clientele.joining(expected, state.week, key)
    leaving = float(monthly[customers.alive].mean()) if len(bins[0]) else np.nan
    praise = loyalty.praise(*bins, like)
    felt = (
        _mean(np.sqrt(customers.spread[customers.alive])),
        _mean(customers.expectation[customers.alive]),
    )
    customers.alive[left] = False
    after = clientele.join(scenario, customers, joined, state.week + 1, key)
    return Moves(after, left, why, joined, talk, *bins, leaving, praise, *felt)


# ------------------------------------------------------------------------------------------------- what work does


class Worked(NamedTuple):
    """What the week did to people and to the time standard."""

    staff: Staff
    standard: Standard
    quits: int
    expected_quits: float
    occupancy: Floats


def _worked(
    scenario: Scenario, state: State, monday: Monday, written: Journal, key: tuple[int, int]
) -> Worked:
    staff, like = monday.staff, scenario.assumptions.workforce
    strain, occupancy = people.week_of_work(written, scenario, staff)
    there = staff.begins <= state.week
    tired = np.where(there, people.tires(staff.exhaustion, strain, like.exhaustion), staff.exhaustion)
    staff = replace(staff, exhaustion=tired)
    gone, chance = people.leavers(scenario, staff, state.week, key)
    house = staff.team != Team.PARTNER
    return Worked(
        staff=people.replaced(scenario, staff, gone, state.week, key),
        standard=_standard(scenario, state, monday, written),
        quits=int(np.count_nonzero(gone & house)),
        expected_quits=float(chance[house].sum()),
        occupancy=occupancy,
    )


def _standard(scenario: Scenario, state: State, monday: Monday, written: Journal) -> Standard:
    """E20: the work that came, as it is felt, and what people now think right."""
    like, before = scenario.assumptions.workforce.pressure, state.standard
    came = _work_that_came(written)
    work = np.where(np.isnan(before.work), came, pressure.smoothed(before.work, came, like))
    if scenario.plan.protection.time_standard or not like.on or np.isnan(before.work).all():
        return Standard(np.ones(people.SIDES), work)
    return Standard(pressure.standard_after(before.held, monday.taken, monday.pressure, like), work)


def _work_that_came(written: Journal) -> Floats:
    """Minutes of work that queued for each side, with all the time it needs and at nobody's pace."""
    fates, queued = written.fates, written.queued
    first = (fates["talk"] + fates["story"] + fates["wrap_up"])[queued]
    second = fates["talk_2"] + fates["story_2"] + fates["wrap_up_2"]
    work = np.bincount(fates["team"][queued], first, people.SIDES)
    work[Team.SPECIALISTS] += second[written.transferred].sum()
    return work


# -------------------------------------------------------------------------------------------------- the record


def _record(
    scenario: Scenario,
    state: State,
    written: Journal,
    left: Left,
    moves: Moves,
    worked: Worked,
    monday: Monday,
    goodwill: float,
) -> WeekRecord:
    causes = moves.why.sum(axis=0) if len(moves.left) else np.zeros(len(Cause))
    values = {
        **_of_issues(left, state.customers),
        **_of_queue(written),
        **_of_customers(scenario, state, moves),
        **_of_people(monday, worked, state.week),
        **_of_money(scenario, state, written, left, moves, worked, goodwill),
    }
    desks = scenario.assumptions.workforce.careers.desks + 2
    held = left.ended["desk"] != NOBODY
    place = left.verdict.kept[held] * desks + left.ended["desk"][held]
    by_desk = np.bincount(place, minlength=2 * desks).reshape(2, desks)
    told = tuple(_told(state, left, moves))
    return WeekRecord(state.week, values, causes, by_desk, _by_contacts(left), told)


def _by_contacts(left: Left) -> Floats:
    """How many issues were settled in so many contacts, and the sum of what their customers felt."""
    settled = left.ended["settled"][left.still]
    contacts = np.clip(left.ended["contacts"][left.still][settled], 1, MOST_CONTACTS) - 1
    felt = left.impression.satisfied[settled]
    return np.array(
        [np.bincount(contacts, minlength=MOST_CONTACTS), np.bincount(contacts, felt, MOST_CONTACTS)]
    )


def _share(found: Bools) -> float:
    return float(found.mean()) if len(found) else np.nan


def _mean(found: Floats) -> float:
    return float(found.mean()) if len(found) else np.nan


def _of_issues(left: Left, customers: Customers) -> dict[str, float]:
    """Shares of the issues that ended this week, and what their customers felt."""
    ended, verdict, felt = left.ended, left.verdict, left.impression.satisfied
    served = ended["served"][left.still]
    difficult = customers.difficult[left.impression.customer]
    return {
        "promise_kept": _share(verdict.kept),
        "kept_answered": _share(~verdict.late),
        "kept_contacts": _share(~verdict.many_contacts),
        "kept_story": _share(~verdict.told_again),
        "kept_decision": _share(~verdict.undecided),
        "kept_courtesy": _share(~verdict.rude),
        "unresolved": _share(verdict.unsettled),
        "first_contact_resolution": _share(ended["first_contact"]),
        "contacts_per_issue": _mean(ended["contacts"].astype(float)),
        "satisfaction": _mean(felt),
        "satisfaction_served": _mean(felt[served]),
        "satisfaction_spread": float(felt.std()) if len(felt) else np.nan,
        "difficult_gap": _mean(felt[~difficult]) - _mean(felt[difficult]),
        "top_box": _share(felt >= TOP_BOX),
        "complaints": float(np.count_nonzero(left.mended.complained)),
        "recovered": float(np.count_nonzero(left.mended.helped)),
        "delighted": _share(left.delighted),
        "issues": float(len(ended)),
    }


def _of_queue(written: Journal) -> dict[str, float]:
    queued = written.queued & written.arrived
    wait = written.wait[queued]
    core = written.weeks[0].fate.issues["core"][written.log["issue"][queued]]
    abandoned = written.ended(Outcome.ABANDONED) & queued
    return {
        "contacts": float(np.count_nonzero(written.arrived)),
        "containment_apparent": _contained(
            written, Bot.SETTLES, Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END
        ),
        "containment_true": _contained(written, Bot.SETTLES),
        "wait_mean": _mean(wait),
        "wait_core": _mean(wait[core]),
        "wait_others": _mean(wait[~core]),
        "wait_p90": float(np.quantile(wait, 0.9)) if len(wait) else np.nan,
        "abandonment_rate": _share(abandoned[queued]),
        "hold_rate": _share(one_of(written.log["decision"], Decision.ON_HOLD)[written.answered]),
    }


def _contained(written: Journal, *ends: Bot) -> float:
    """Share of the bot's sessions that ended in one of these ways."""
    return _share(one_of(written.fates["bot"][written.to_bot], *ends))


def _of_customers(scenario: Scenario, state: State, moves: Moves) -> dict[str, float]:
    many = max(1.0, moves.many.sum())
    return {
        "customers": float(np.count_nonzero(state.customers.alive)),
        "left": float(len(moves.left)),
        "joined": float(moves.joined),
        "loyalty": float((moves.worth * moves.many).sum() / many) if moves.many.sum() else np.nan,
        "leaving": moves.leaving,
        "praise": moves.praise,
        "felt_variability": moves.variability,
        "expectation": moves.expectation,
        "nps": loyalty.promoter_score(moves.worth, moves.many) if moves.many.sum() else np.nan,
    }


def _of_people(monday: Monday, worked: Worked, number: int) -> dict[str, float]:
    """Of the house; the partner's people are the partner's."""
    staff = monday.staff
    house = staff.team != Team.PARTNER
    there = house & (staff.begins <= number)
    return {
        "at_work": float(np.count_nonzero(there)),
        "vacancies": float(np.count_nonzero(house & ~there)),
        "quits": float(worked.quits),
        "expected_quits": worked.expected_quits,
        "exhaustion": _mean(worked.staff.exhaustion[there]),
        "occupancy": _mean(worked.occupancy[there]),
        "pressure": float(monday.pressure[Team.IN_HOUSE]),
        "time_taken": float(monday.taken[Team.IN_HOUSE]),
        "time_standard": float(worked.standard.held[Team.IN_HOUSE]),
    }


def _of_money(
    scenario: Scenario,
    state: State,
    written: Journal,
    left: Left,
    moves: Moves,
    worked: Worked,
    goodwill: float,
) -> dict[str, float]:
    money, here = scenario.assumptions.money, state.customers.alive
    core = int(np.count_nonzero(here & state.customers.core))
    earned = ledger.margins(
        core, int(np.count_nonzero(here)) - core, scenario.assumptions.demand.core_share, money
    )
    done = work(written)
    happened = ledger.Happened(
        delighted=int(np.count_nonzero(left.delighted)),
        helped=int(np.count_nonzero(left.mended.helped)),
        found=int(np.count_nonzero(left.mended.found)),
        quits=worked.quits,
        joined=moves.joined,
        lifted=left.lifted,
    )
    goodwill *= ledger.leakage(scenario)
    service = done["cost_week"] - done["goodwill_week"] + goodwill
    spent = ledger.costs(scenario, written, service, happened)
    total = sum(spent.values())
    return {
        "margin": earned,
        "cost": total,
        "profit": earned - total,
        "goodwill": goodwill,
        **{f"cost_{name}": dollars for name, dollars in spent.items()},
    }


def _told(state: State, left: Left, moves: Moves) -> list[Told]:
    """What happened this week to the customers whose story is told."""
    return []
