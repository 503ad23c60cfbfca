"""A week in numbers: every measure of `catalogue`, and what months are split by."""

from typing import NamedTuple

import numpy as np

from sim.flow.contract import NOBODY, Bools, Bot, Floats, Ints, Team, Week
from sim.measures.work import service
from sim.scenario import Scenario
from sim.season import ledger, loyalty, people
from sim.season.contract import Customers, State, WeekRecord, mean_of
from sim.season.episodes import PARTNER, SPECIALISTS
from sim.season.impressions import Left
from sim.season.monday import Monday
from sim.season.moves import Moves
from sim.season.stories import told
from sim.season.tally import Tally
from sim.season.worked import Worked

TOP_BOX = 65.0
"""Satisfaction from which a customer ticks the top box."""
MOST_CONTACTS = 6


class Seen(NamedTuple):
    """A week as it went: contacts and what they come to, who was there, dollars given away, issues, customers, work."""

    played: Week
    counted: Tally
    monday: Monday
    goodwill: float
    left: Left
    moves: Moves
    worked: Worked


def record(scenario: Scenario, state: State, seen: Seen) -> WeekRecord:
    """The week in numbers; `state` is that of its beginning."""
    values = {
        **_of_issues(seen.left, state.customers),
        **_of_queue(seen.counted),
        **_of_customers(state, seen.moves),
        **_of_people(seen.monday, seen.worked, state.week),
        **_of_money(scenario, state, seen),
    }
    causes = _causes(state, seen.moves)
    desks = _by_desk(seen.left, scenario.assumptions.workforce.careers.desks)
    return WeekRecord(
        state.week, values, causes, desks, _by_contacts(seen.left), told(state, seen.left, seen.moves)
    )


def _causes(state: State, moves: Moves) -> Floats:
    """Customers of the beginning who left, by cause; newcomers are not of those whom retention counts."""
    of_the_beginning = state.customers.joined[moves.left] <= state.since
    return np.asarray(moves.why[of_the_beginning].sum(axis=0), float)


def _by_desk(left: Left, in_house: int) -> Ints:
    """Promises broken and kept, by the desk that held the issue last: those of the house, specialists, the partner."""
    held = left.ended["desk"] != NOBODY
    desk = left.ended["desk"][held]
    # The plan may have fewer desks now than when an issue was held.
    column = np.where(desk < 0, in_house + SPECIALISTS - desk, desk % in_house)
    width = in_house + len((SPECIALISTS, PARTNER))
    return np.bincount(left.verdict.kept[held] * width + column, minlength=2 * width).reshape(2, width)


def _by_contacts(left: Left) -> Floats:
    """How many issues were settled in so many contacts, and the sum of what their customers felt."""
    settled = left.ended["settled"][left.still]
    contacts = np.clip(left.ended["contacts"][left.still][settled], 1, MOST_CONTACTS) - 1
    felt = left.impression.satisfied[settled]
    return np.array(
        [np.bincount(contacts, minlength=MOST_CONTACTS), np.bincount(contacts, felt, MOST_CONTACTS)]
    )


def _share(found: Bools) -> float:
    return np.count_nonzero(found) / len(found) if len(found) else np.nan


def _reached(found: Floats, share: float) -> float:
    """What this share of them do not exceed, between the two nearest: as `numpy.quantile`, in a tenth of the time."""
    if not len(found):
        return np.nan
    place, off = divmod(share * (len(found) - 1), 1)
    around = np.partition(found, (int(place), -1))[int(place) :]
    below, above = float(around[0]), float(around[1:].min(initial=around[-1]))
    return below + off * (above - below)


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
        "contacts_per_issue": mean_of(ended["contacts"].astype(float)),
        "satisfaction": mean_of(felt),
        "satisfaction_served": mean_of(felt[served]),
        "satisfaction_spread": float(felt.std()) if len(felt) else np.nan,
        "difficult_gap": mean_of(felt[~difficult]) - mean_of(felt[difficult]),
        "top_box": _share(felt >= TOP_BOX),
        "complaints": float(np.count_nonzero(left.mended.complained)),
        "recovered": float(np.count_nonzero(left.mended.helped)),
        "delighted": _share(left.delighted),
        "issues": float(len(ended)),
    }


def _of_queue(counted: Tally) -> dict[str, float]:
    wait, core, bots = counted.waits, counted.core, counted.bots
    arrived, queued, abandoned, answered, on_hold = counted.number[0].tolist()
    return {
        "contacts": float(arrived),
        "containment_apparent": _contained(
            bots, Bot.SETTLES, Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END
        ),
        "containment_true": _contained(bots, Bot.SETTLES),
        "wait_mean": mean_of(wait),
        "wait_core": mean_of(wait[core]),
        "wait_others": mean_of(wait[~core]),
        "wait_p90": _reached(wait, 0.9),
        "abandonment_rate": abandoned / queued if queued else np.nan,
        "hold_rate": on_hold / answered if answered else np.nan,
    }


def _contained(bots: Ints, *ends: Bot) -> float:
    """Share of the bot's sessions that ended in one of these ways."""
    sessions = bots.sum() - bots[Bot.NONE]
    return float(bots[list(ends)].sum() / sessions) if sessions else np.nan


def _of_customers(state: State, moves: Moves) -> dict[str, float]:
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
        "exhaustion": mean_of(worked.staff.exhaustion[there]),
        "occupancy": mean_of(worked.occupancy[there]),
        "pressure": float(monday.pressure[Team.IN_HOUSE]),
        "time_taken": float(monday.taken[Team.IN_HOUSE]),
        "time_standard": float(worked.standard.held[Team.IN_HOUSE]),
    }


def _of_money(scenario: Scenario, state: State, seen: Seen) -> dict[str, float]:
    played, counted, left, moves, worked = seen.played, seen.counted, seen.left, seen.moves, seen.worked
    money, here = scenario.assumptions.money, state.customers.alive
    core = int(np.count_nonzero(here & state.customers.core))
    earned = ledger.margins(
        core, int(np.count_nonzero(here)) - core, scenario.assumptions.demand.core_share, money
    )
    happened = ledger.Happened(
        delighted=int(np.count_nonzero(left.delighted)),
        helped=int(np.count_nonzero(left.mended.helped)),
        found=int(np.count_nonzero(left.mended.found)),
        quits=worked.quits,
        joined=moves.joined,
        lifted=left.lifted,
        stars=people.stars(scenario, seen.monday.staff, state),
    )
    goodwill = seen.goodwill * ledger.leakage(scenario)
    served = service(scenario, played, counted.bots, counted.posts["overtime"])
    spent = ledger.costs(scenario, played.operation.paid_minutes, served + goodwill, happened)
    total = sum(spent.values())
    return {
        "margin": earned,
        "cost": total,
        "profit": earned - total,
        "goodwill": goodwill,
        **{f"cost_{name}": dollars for name, dollars in spent.items()},
    }
