"""Plan -> chances: the probabilities, means and laws that the fate of a contact is looked up with, by type of issue."""

from functools import lru_cache
from math import gamma

import numpy as np

from sim.flow.contract import CHANCES, Fate, Floats, Law, Table, Words
from sim.flow.fate import LATENESS, STREAMS
from sim.flow.luck import stream
from sim.flow.rules import snap
from sim.scenario import Scenario
from sim.scenario.plan import Hours, Teamwork
from sim.scenario.types import IssueType

Intraday = tuple[tuple[float, ...], ...]
LAWS = {"fixed": Law.FIXED, "exponential": Law.EXPONENTIAL, "lognormal": Law.LOGNORMAL}


def fate_of(scenario: Scenario, issues: Table, seed: int, replication: int) -> Fate:
    """What decides about these issues under this plan; `issues` says in which week and row each one's luck lies."""
    in_week = np.bincount(issues["week"]) > 0
    weeks, week = np.flatnonzero(in_week).tolist(), (np.cumsum(in_week) - 1)[issues["week"]]
    contacts = most_contacts(scenario)
    luck = [_streams(seed, replication, number, contacts) for number in weeks]
    starts = np.array(luck, np.uint64).reshape(len(weeks), contacts, len(STREAMS))
    first_day = profile(scenario.assumptions.demand.intraday, scenario.plan.hours, 0)
    return Fate(issues, chances(scenario), starts, week, first_day)


def told(issues: Table, contacts: Table) -> Fate:
    """A fate written by hand: a row an issue, a column a contact."""
    return Fate(
        issues=issues,
        chances=np.zeros(0, CHANCES),
        luck=np.zeros((0, 0, 0), np.uint64),
        week=np.zeros(len(issues), np.int64),
        profile=(np.zeros(0), np.zeros(0)),
        told=contacts,
    )


def met(contacts: Table, log: Table) -> Table:
    """Of fates written by hand, those of the contacts in a log."""
    return contacts.ravel().take(log["issue"] * contacts.shape[1] + log["contact"])


@lru_cache(maxsize=64)
def _streams(seed: int, replication: int, week: int, contacts: int) -> Words:
    """Where the streams of a week's contacts begin; lateness is that of the contact that follows."""
    late = STREAMS[LATENESS]
    starts = np.array(
        [
            [stream(seed, replication, week, name, contact + (name == late)) for name in STREAMS]
            for contact in range(contacts)
        ],
        np.uint64,
    )
    starts.flags.writeable = False  # they are kept
    return starts


def most_contacts(scenario: Scenario) -> int:
    """Contacts one issue can come to: 1 where nobody ever tries again."""
    repeats, coverage = scenario.assumptions.repeats, scenario.plan.chatbot.coverage
    if coverage == 0 and max(repeats.returns, repeats.redials, repeats.after_closing) == 0:
        return 1
    return repeats.most_contacts


@lru_cache(maxsize=64)
def profile(intraday: Intraday, hours: Hours, day: int) -> tuple[Floats, Floats]:
    """The share of an open day's contacts that has come, and the minute after opening by which it has."""
    opens, closes = hours.windows()[day]
    come = np.concatenate([[0.0], np.cumsum(intraday[day % len(intraday)])])
    shares, minutes = come / come[-1], np.linspace(0, closes - opens, len(come))
    shares.flags.writeable = minutes.flags.writeable = False  # they are kept
    return shares, minutes


@lru_cache(maxsize=64)
def chances(scenario: Scenario) -> Table:
    """The chances of each type of issue: a row of `CHANCES` each."""
    table = np.zeros(len(IssueType), CHANCES)
    for columns in (_bot, _queue, _transfer, _talk, _approval, _again):
        for name, values in columns(scenario).items():
            table[name] = values
    table.flags.writeable = False  # it is kept
    return table


Columns = dict[str, object]


def _bot(scenario: Scenario) -> Columns:
    plan, answers = scenario.plan.chatbot, scenario.assumptions.bot
    return {
        "bot_offered": plan.coverage * np.array(plan.takes()),
        "bot_settles": answers.settles.row(),
        "bot_seems_to_settle": answers.seems_to_settle,
        "bot_gives_up": answers.gives_up,
        "bot_hands_over": plan.hands_over,
        "bot_carries_context": plan.carries_context,
        "bot_session": answers.session_minutes,
        "dead_end_complains": answers.dead_end_complains,
        "dead_end_again": answers.dead_end_complains + answers.dead_end_phones,
    }


def _queue(scenario: Scenario) -> Columns:
    patience = scenario.assumptions.patience
    shape = patience.shape if patience.kind == "weibull" else 1.0
    scale = np.inf if patience.kind == "infinite" else patience.mean / gamma(1 + 1 / shape)
    return {
        "outsourced": scenario.plan.outsourcing.share,
        "patience_scale": scale,
        "patience_power": 1 / shape,
        "hangs_up_at_once": patience.hangs_up_at_once,
    }


def misses(team: Teamwork) -> float:
    """Share of contacts that are passed on: in the wrong department, which cannot settle them either (E7)."""
    return (1 - team.routing_accuracy ** (team.departments - 1)) * (1 - team.cross_skill)


def _transfer(scenario: Scenario) -> Columns:
    team, handling = scenario.plan.teamwork, scenario.assumptions.handling
    missed = misses(team)
    return {
        "transfer": missed * np.array(handling.transfer_by_type.row()),
        "context_kept": team.context_kept,
        "story": snap(handling.story_minutes),
    }


def _talk(scenario: Scenario) -> Columns:
    """Talk and wrap-up (E3), and what one of no ability settles, in log-odds (E6)."""
    handling, resolution = scenario.assumptions.handling, scenario.assumptions.resolution
    standard = scenario.plan.time_standard
    hurry = resolution.hurry * max(0.0, 1 - standard)
    treated = 1 + handling.variant_talk * scenario.plan.personalisation.variants
    return {
        "talk": np.array(handling.talk_by_type.row()) * handling.talk_mean * standard * treated,
        "talk_before_transfer": handling.talk_before_transfer,
        "talk_law": LAWS[handling.talk_kind],
        "talk_ln_sd": handling.talk_ln_sd,
        "wrap_up": handling.wrap_up_mean + _protection(scenario),
        "wrap_up_law": LAWS[handling.wrap_up_kind],
        "wrap_up_ln_sd": handling.wrap_up_ln_sd,
        "resolved": np.array(resolution.base.row()) - hurry,
        "difficult_talk": handling.difficult_talk,
        "difficult_settles": resolution.difficult + scenario.plan.protection.from_abuse * resolution.ended,
    }


def _protection(scenario: Scenario) -> float:
    """Minutes after a contact, on average, in which people are protected from abuse."""
    strain = scenario.assumptions.workforce.exhaustion
    return scenario.plan.protection.from_abuse * strain.abuse_share * strain.protection_minutes


def _approval(scenario: Scenario) -> Columns:
    authority = scenario.assumptions.authority
    return {
        "granted": 1 - (1 - scenario.plan.empowerment.trust) * authority.refused_at_no_trust,
        "approved": authority.approved,
        "approval": authority.approval_minutes,
        "call_back_longer": authority.call_back_minutes,
        "supervisors_share": 1 - authority.supervisors_elsewhere,
    }


def _again(scenario: Scenario) -> Columns:
    repeats = scenario.assumptions.repeats
    return {
        "returns": repeats.returns,
        "return_median": repeats.return_median,
        "return_ln_sd": repeats.return_ln_sd,
        "redials": repeats.redials,
        "redial_median": repeats.redial_median,
        "redial_ln_sd": repeats.redial_ln_sd,
        "after_closing": repeats.after_closing,
        "repeats_first": scenario.plan.teamwork.repeats_first,
    }
