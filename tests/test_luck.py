"""Is everything drawn as the scenario says, from streams that never disturb each other?

Samples are large and their seed is fixed; "as asked" means within four standard errors.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.special import gammainc, ndtri
from scipy.stats import expon, kstest, norm, uniform
from stories import Foretold, foretold, matters
from stories import operation as hand_made

from sim.flow import arrival, counter, engine, fate, issues, roster
from sim.flow.chances import fate_of, most_contacts
from sim.flow.contract import CONTACT, ISSUE, TICK, Bot, Clientele, Floats, Table, Team
from sim.flow.issues import new_issues
from sim.flow.luck import FOR_EVER, draws, draws_among, split_mix, steps, stream
from sim.flow.people import Centre, Issue
from sim.flow.roster import operation
from sim.scenario import Scenario, named, names
from sim.scenario.plan import Hours
from sim.scenario.types import ISSUE_TYPES

MANY = 20_000
ERRORS = 4.0
HOURS_OPEN = 9
DAY, LENGTH, OPENS = 1440.0, 540.0, 540.0
KEY = (7, 0, 0)

ONE_TYPE = {
    "assumptions.demand.mix": {"simple": 1.0, "standard": 0.0, "complex": 0.0, "complaint": 0.0},
    "assumptions.handling.talk_by_type": dict.fromkeys(ISSUE_TYPES, 1.0),
}
PASSED_ON = {
    "plan.teamwork.routing_accuracy": 0.0,
    "plan.teamwork.cross_skill": 0.0,
    "assumptions.handling.transfer_by_type": dict.fromkeys(ISSUE_TYPES, 1.0),
}
STEADY = {"assumptions.demand.day_factor_cv": 0.0}


def near(found: float, expected: float, error: float) -> None:
    assert error > 0
    assert abs(found - expected) <= ERRORS * error, (found, expected, error)


def mean_is(sample: Any, expected: float) -> None:
    near(float(np.mean(sample)), expected, float(np.std(sample)) / math.sqrt(len(sample)))


def share_is(events: Any, expected: float) -> None:
    near(float(np.mean(events)), expected, math.sqrt(expected * (1 - expected) / len(events)))


def spread_is(sample: Any, expected: float) -> None:
    """The standard deviation of a normal sample."""
    near(float(np.std(sample)), expected, expected / math.sqrt(2 * len(sample)))


def people(changes: dict[str, Any] | None = None) -> Table:
    """Many issues, in the order of their luck."""
    many = STEADY | {"assumptions.demand.issues_per_day": MANY / 4}
    new = new_issues(Scenario().changed(many | (changes or {})), 7, 0, 0)
    return np.sort(new, order="row")[:MANY]


def drawn(changes: dict[str, Any] | None = None, contact: int = 0) -> Foretold:
    """Many issues, and what this contact of each meets, where nobody works and no bot has failed it before."""
    brought = people(changes)
    brought["first_contact"] = contact
    luck = fate_of(Scenario().changed(changes or {}), brought, seed=7, replication=0)
    log, draws, _ = engine.run(hand_made(hours=()), luck)
    contacts = np.zeros((MANY, 1), CONTACT)
    contacts[log["issue"], 0] = draws
    return Foretold(brought, contacts)


def first(made: Foretold) -> Table:
    return made.contacts[:, 0]


@cache
def usual() -> Foretold:
    return drawn()


# --------------------------------------------------------------------------------------------- arrivals


def arrivals(changes: dict[str, Any], weeks: int) -> Iterator[Floats]:
    plan = Scenario().changed(changes)
    for week in range(weeks):
        yield new_issues(plan, 11, 0, week)["arrives"]


def days_of(times: Floats) -> Any:
    return np.bincount((times // DAY).astype(np.int64), minlength=7)


def test_issues_of_each_day_are_as_many_as_asked() -> None:
    found = sum(days_of(times) for times in arrivals(STEADY, 40))
    index = Scenario().assumptions.demand.weekday_index
    for day in range(5):
        expected = 40 * 460 * index[day]
        near(found[day], expected, math.sqrt(expected))
    assert found[5:].tolist() == [0, 0]


def test_half_hours_follow_the_profile() -> None:
    times = np.concatenate(list(arrivals(STEADY, 40))) % DAY
    found = np.bincount(((times - OPENS) // 30).astype(np.int64), minlength=2 * HOURS_OPEN)
    weights = np.repeat(Scenario().assumptions.demand.intraday[0], 2)
    for at, share in enumerate(weights / weights.sum()):
        near(found[at] / len(times), share, math.sqrt(share * (1 - share) / len(times)))


def test_each_day_may_have_its_own_profile() -> None:
    rows = ((1.0, 0.0), (0.0, 1.0), (1.0, 3.0), (0.0, 1.0, 0.0), (1.0,))
    times = np.concatenate(list(arrivals(STEADY | {"assumptions.demand.intraday": rows}, 10)))
    minute = [times[times // DAY == day] % DAY - OPENS for day in range(5)]
    assert minute[0].max() < 270 <= minute[1].min()
    share_is(minute[2] >= 270, 0.75)
    assert 180 <= minute[3].min() <= minute[3].max() < 360
    mean_is(minute[4], 270)


def test_nobody_arrives_while_the_line_is_closed_or_between_ticks() -> None:
    hours = Hours.model_validate({"monday": None, "wednesday": {"opens": "0:00", "closes": "24:00"}})
    for times in arrivals({"plan.hours": hours}, 5):
        assert set(times // DAY) == {1, 2, 3, 4}
        minute = times % DAY
        assert np.all((times // DAY == 2) | ((minute >= 540) & (minute < 1080)))
        assert np.all(times / TICK % 1 == 0)


def test_a_closed_day_takes_no_other_days_index() -> None:
    index = (1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 1.0)
    closed = {"plan.hours.tuesday": None, "assumptions.demand.weekday_index": index}
    found = sum(days_of(times) for times in arrivals(STEADY | closed, 20))
    near(found[2], 20 * 460 * 3, math.sqrt(20 * 460 * 3))
    near(found[3], 20 * 460, math.sqrt(20 * 460))


WEEKS = 400


@cache
def counts(cv: float, rate: float) -> Any:
    """Issues by week and open day, a flat week."""
    flat = {"assumptions.demand.issues_per_day": rate, "assumptions.demand.weekday_index": (1.0,) * 7}
    changes = flat | {"assumptions.demand.day_factor_cv": cv}
    return np.array([days_of(times)[:5] for times in arrivals(changes, WEEKS)])


def test_counts_are_poisson_when_days_have_no_factor() -> None:
    found = counts(0.0, 40.0)
    mean_is(found.ravel(), 40)
    for sample in (found.ravel(), found.sum(axis=1)):
        near(sample.var(ddof=1) / sample.mean(), 1.0, math.sqrt(2 / len(sample)))
    near(float(np.corrcoef(found[:, 0], found[:, 1])[0, 1]), 0.0, 1 / math.sqrt(WEEKS))


@pytest.mark.parametrize("cv", [0.15, 0.6])
def test_day_factor_is_gamma_with_mean_one_and_the_spread_asked(cv: float) -> None:
    found = counts(cv, 300.0).ravel()
    mean_is(found, 300)
    beyond_poisson = (found.var(ddof=1) - found.mean()) / found.mean() ** 2
    kurtosis = 6 * cv**2
    near(beyond_poisson, cv**2, (cv**2 + 1 / 300) * math.sqrt((2 + kurtosis) / len(found)))
    share_is(found < 300, float(gammainc(cv**-2, cv**-2)))


def test_day_factor_is_shared_by_the_whole_day_and_by_no_other() -> None:
    plan = Scenario().changed("assumptions.demand.day_factor_cv", 0.6)
    halves = []
    for week in range(60):
        times = new_issues(plan, 11, 0, week)["arrives"]
        later = times % DAY >= OPENS + LENGTH / 2
        halves += [
            (np.sum(later[times // DAY == day]), np.sum(~later[times // DAY == day])) for day in range(5)
        ]
    late, early = np.array(halves).T
    assert np.corrcoef(late, early)[0, 1] > 0.95
    near(float(np.corrcoef(late[:-1], late[1:])[0, 1]), 0.0, 1 / math.sqrt(len(late)))


def test_no_demand_no_issues() -> None:
    for changes in (
        {"assumptions.demand.issues_per_day": 0.0},
        {"assumptions.demand.weekday_index": (0.0,) * 7},
    ):
        assert [len(times) for times in arrivals(changes, 3)] == [0, 0, 0]


# ------------------------------------------------------------------------------------- who, and with what


def test_types_come_in_the_shares_asked() -> None:
    mix = Scenario().assumptions.demand.mix.row()
    for kind, share in enumerate(mix):
        share_is(people()["kind"] == kind, share)


def test_customers_are_anyone_and_the_core_is_always_the_same_people() -> None:
    issues = people()
    assert 0 <= issues["customer"].min() < 10
    assert 19_990 <= issues["customer"].max() < 20_000
    mean_is(issues["customer"], 19_999 / 2)
    share_is(issues["core"], 0.2)
    assert (
        issues["customer"][issues["core"]].max() < 0.2 * 20_000 <= issues["customer"][~issues["core"]].min()
    )


@pytest.mark.parametrize("core_first", [True, False])
def test_core_customers_go_first_where_the_plan_says_so(core_first: bool) -> None:
    issues = people({"plan.core_first": core_first})
    assert np.array_equal(issues["priority"] == 0, issues["core"] if core_first else np.full(MANY, True))


def test_exceptions_are_needed_as_often_and_worth_as_much_as_asked() -> None:
    needs = people({"plan.empowerment.rule_density": 0.5, "plan.empowerment.trust": 0.8})["needs"]
    share_is(needs > 0, 0.1 * 1.5 + 0.8 * 0.02)
    worth = np.log(needs[needs > 0])
    mean_is(worth, math.log(20))
    spread_is(worth, 1.0)


# -------------------------------------------------------------------------------------- talk and wrap-up


def test_lognormal_talk_has_the_mean_and_spread_asked() -> None:
    for ln_sd in (0.3, 0.86):
        talk = first(drawn(ONE_TYPE | {"assumptions.handling.talk_ln_sd": ln_sd}))
        straight = talk["talk"][~talk["transfer"]]
        mean_is(straight, 4.3)
        spread_is(np.log(straight), ln_sd)


def test_exponential_talk_has_the_mean_asked() -> None:
    talk = first(drawn(ONE_TYPE | {"assumptions.handling.talk_kind": "exponential"}))
    straight = talk["talk"][~talk["transfer"]]
    mean_is(straight, 4.3)
    near(straight.std() / straight.mean(), 1.0, math.sqrt(1 / len(straight)) * math.sqrt(2))
    share_is(straight > 4.3, math.exp(-1))
    share_is(straight < 0.43, 1 - math.exp(-0.1))


def test_fixed_talk_and_wrap_up_are_fixed() -> None:
    fixed = {"assumptions.handling.talk_kind": "fixed", "assumptions.handling.wrap_up_kind": "fixed"}
    contacts = first(drawn(ONE_TYPE | fixed))
    assert set(contacts["talk"][~contacts["transfer"]]) == {4.3}
    assert set(contacts["wrap_up"]) == {math.floor(0.7 / TICK + 0.5) * TICK}


def test_talk_depends_on_the_type_and_the_time_standard() -> None:
    fixed = {"assumptions.handling.talk_kind": "fixed", "plan.time_standard": 0.9}
    made = drawn(fixed)
    factors = np.array(Scenario().assumptions.handling.talk_by_type.row())[made.issues["kind"]]
    before = np.where(first(made)["transfer"], 0.3, 1.0)
    np.testing.assert_allclose(first(made)["talk"], 4.3 * 0.9 * factors * before, rtol=1e-12)
    passed_on = first(drawn(fixed | PASSED_ON))
    assert passed_on["transfer"].all()
    np.testing.assert_allclose(passed_on["talk"], 4.3 * 0.9 * factors * 0.3, rtol=1e-12)
    np.testing.assert_allclose(passed_on["talk_2"], 4.3 * 0.9 * factors, rtol=1e-12)


@pytest.mark.parametrize("kind", ["exponential", "lognormal"])
def test_wrap_up_has_the_law_and_mean_asked(kind: str) -> None:
    law = {"assumptions.handling.wrap_up_kind": kind, "assumptions.handling.wrap_up_ln_sd": 0.5}
    contacts = first(drawn(PASSED_ON | law))
    for wrap_up in (contacts["wrap_up"], contacts["wrap_up_2"]):
        mean_is(wrap_up, 0.7)
        if kind == "exponential":
            share_is(wrap_up > 0.7, math.exp(-1))
        else:
            spread_is(np.log(wrap_up), 0.5)


def test_agents_differ_in_pace_and_skill_as_much_as_asked() -> None:
    agents = operation(Scenario().changed({"plan.staffing.agents": 2_000}), 7, 0, 0).agents
    in_house = agents[agents["team"] == Team.IN_HOUSE]
    mean_is(in_house["pace"], 1.0)
    spread_is(np.log(in_house["pace"]), math.sqrt(math.log1p(0.2**2)))
    mean_is(in_house["ability"], 0.0)
    spread_is(in_house["ability"], 0.3)
    near(float(np.corrcoef(in_house["pace"], in_house["ability"])[0, 1]), 0.0, 1 / math.sqrt(2_000))


# ---------------------------------------------------------------------------------------------- patience


@pytest.mark.parametrize(
    ("kind", "shape", "beyond_mean"),
    [
        ("exponential", 0.85, math.exp(-1)),
        ("weibull", 1.0, math.exp(-1)),
        ("weibull", 2.0, math.exp(-math.pi / 4)),
    ],
)
def test_patience_has_the_law_and_mean_asked(kind: str, shape: float, beyond_mean: float) -> None:
    law = {"assumptions.patience.kind": kind, "assumptions.patience.shape": shape}
    patience = first(drawn(law | {"assumptions.patience.hangs_up_at_once": 0.0}))["patience"]
    mean_is(patience, 8.2)
    share_is(patience > 8.2, beyond_mean)


def test_patience_of_the_default_scenario() -> None:
    patience = first(usual())["patience"]
    share_is(patience == 0, 0.03)
    mean_is(patience[patience > 0], 8.2)
    scale = 8.2 / math.gamma(1 + 1 / 0.85)
    share_is(patience[patience > 0] > scale, math.exp(-1))
    share_is(patience[patience > 0] > 3 * scale, math.exp(-(3**0.85)))


def test_infinite_patience_may_still_hang_up_at_once() -> None:
    infinite = {"assumptions.patience.kind": "infinite", "assumptions.patience.hangs_up_at_once": 0.1}
    patience = first(drawn(infinite))["patience"]
    assert set(patience) == {0.0, math.inf}
    share_is(patience == 0, 0.1)


# ------------------------------------------------------------------------- the bot, teams, what comes after


def test_bot_answers_as_often_as_asked() -> None:
    made = drawn({"plan.chatbot.coverage": 0.6})
    bot, kind = first(made)["bot"], made.issues["kind"]
    assert set(bot[kind >= 2]) == {Bot.NONE}
    for at, settles in ((0, 0.58), (1, 0.4)):
        mine = bot[kind == at]
        share_is(mine != Bot.NONE, 0.6)
        asked = mine[mine != Bot.NONE]
        share_is(asked == Bot.SETTLES, settles)
        share_is(asked == Bot.SEEMS_TO_SETTLE, (1 - settles) * 0.1)
        share_is(asked == Bot.GIVES_UP, (1 - settles) * 0.9 * 0.12)
        share_is(asked == Bot.HANDS_OVER, (1 - settles) * 0.9 * 0.88)


def test_bot_sessions_last_as_long_as_asked() -> None:
    contacts = first(drawn({"plan.chatbot.coverage": 1.0}))
    session = contacts["bot_time"][contacts["bot"] != Bot.NONE]
    mean_is(session, 3.0)
    share_is(session > 3, math.exp(-1))


def test_after_a_dead_end_as_many_come_again_as_asked() -> None:
    contacts = first(drawn({"plan.chatbot.coverage": 1.0, "plan.chatbot.hands_over": False}))
    ended = contacts[contacts["bot"] == Bot.DEAD_END]
    share_is(ended["stranded_again"], 0.45 + 0.1)
    share_is(ended["complains"], 0.1)
    assert np.all(ended["stranded_again"][ended["complains"]])
    after = ended["stranded_after"][ended["stranded_again"]]
    mean_is(np.log(after), math.log(19.0))
    spread_is(np.log(after), 1.5)


def test_whom_the_bot_leaves_stranded_comes_again_as_after_any_other_failure() -> None:
    contacts = first(drawn({"plan.chatbot.coverage": 1.0}))
    for bot, wants, after in (
        (Bot.SEEMS_TO_SETTLE, "returns", "return_after"),
        (Bot.GIVES_UP, "redials", "redial_after"),
    ):
        left = contacts[contacts["bot"] == bot]
        assert 0 < left[wants].sum() < len(left)
        assert np.array_equal(left["stranded_again"], left[wants])
        assert np.array_equal(left["stranded_after"], left[after])


def test_partner_and_transfers_take_the_shares_asked() -> None:
    made = drawn({"plan.outsourcing.share": 0.4})
    share_is(first(made)["team"] == Team.PARTNER, 0.4)
    for kind, factor in enumerate(Scenario().assumptions.handling.transfer_by_type.row()):
        share_is(first(made)["transfer"][made.issues["kind"] == kind], 0.25 * 0.8 * factor)
    passed_on = first(made)[first(made)["transfer"]]
    share_is(passed_on["told_again_2"], 0.5)
    assert not first(made)["told_again_2"][~first(made)["transfer"]].any()


def test_story_is_told_again_on_repeats_as_often_as_asked() -> None:
    new, again = (first(drawn({"plan.teamwork.context_kept": 0.7}, contact)) for contact in (0, 1))
    assert not new["told_again"].any()
    share_is(again["told_again"], 0.3)
    assert np.array_equal(again["story"], np.where(again["told_again"], 1.0, 0.0))


@pytest.mark.parametrize("standard", [1.0, 0.9, 1.2])
def test_contacts_settle_as_often_as_asked(standard: float) -> None:
    made = drawn(PASSED_ON | {"plan.time_standard": standard})
    hurry = 2.1 * max(0.0, 1 - standard)
    for kind, base in enumerate(Scenario().assumptions.resolution.base.row()):
        mine = first(made)[made.issues["kind"] == kind]
        for ability in (-0.3, 0.0, 0.5):
            chance = 1 / (1 + math.exp(hurry - base - ability))
            share_is(mine["hurdle"] < ability, chance)
            share_is(mine["hurdle_2"] < ability, chance)


def test_approvals_take_as_long_and_are_granted_as_often_as_asked() -> None:
    needed = {"assumptions.authority.needed": 1.0, "plan.empowerment.trust": 0.5}
    contacts = first(drawn(needed))
    share_is(contacts["approved"], 0.94)
    share_is(contacts["granted"], 1 - 0.5 * 0.3)
    mean_is(contacts["approval"], 4.0 / 0.5)
    np.testing.assert_allclose(contacts["call_back"] - contacts["approval"], 3.0 / 0.5, atol=2 * TICK)


@pytest.mark.parametrize(
    ("wants", "after", "share", "median", "ln_sd"),
    [("returns", "return_after", 0.7, 2160.0, 1.0), ("redials", "redial_after", 0.5, 19.0, 1.5)],
)
def test_who_comes_back_does_so_as_often_and_as_late_as_asked(
    wants: str, after: str, share: float, median: float, ln_sd: float
) -> None:
    for contact in (0, 1):
        column = first(drawn(contact=contact))
        share_is(column[wants], share)
        minutes = np.log(column[after][column[wants]])
        mean_is(minutes, math.log(median))
        spread_is(minutes, ln_sd)


def test_who_was_due_overnight_comes_late_as_the_day_goes() -> None:
    weights = np.array(Scenario().assumptions.demand.intraday[0])
    for contact in (0, 1):
        lateness = first(drawn(contact=contact))["lateness"]
        assert 0 <= lateness.min() <= lateness.max() < LENGTH
        for hour, share in enumerate(weights / weights.sum()):
            share_is(lateness // 60 == hour, share)


def test_turned_away_come_back_as_often_as_asked() -> None:
    contacts = first(drawn({"assumptions.repeats.after_closing": 0.6}))
    share_is(contacts["after_closing"], 0.6)


NO_REPEATS = {f"assumptions.repeats.{name}": 0.0 for name in ("returns", "redials", "after_closing")}


def test_one_contact_is_enough_where_nobody_ever_tries_again() -> None:
    plain = Scenario().changed({"plan.chatbot.coverage": 0.0} | NO_REPEATS)
    assert most_contacts(plain) == 1
    for path in ("plan.chatbot.coverage", *NO_REPEATS):
        assert most_contacts(plain.changed(path, 0.1)) == 6


def test_all_times_of_fate_are_whole_ticks() -> None:
    for name in ("bot_time", "patience", "story", "wrap_up", "wrap_up_2", "approval", "call_back", "lateness",
                 "return_after", "redial_after", "stranded_after"):  # fmt: skip
        found = varied().contacts[name]
        assert found.any(), name
        assert np.all(found / TICK % 1 == 0), name


@cache
def varied(hands_over: bool = True) -> Foretold:
    """Everything can happen to these, but for dead ends where the bot hands over."""
    often = {"plan.chatbot.coverage": 0.5, "assumptions.authority.needed": 0.5, "plan.outsourcing.share": 0.5}
    return drawn(often | {"plan.chatbot.hands_over": hands_over}, contact=1)


@pytest.mark.parametrize("hands_over", [True, False])
def test_what_cannot_matter_to_a_contact_is_left_blank(hands_over: bool) -> None:
    made = varied(hands_over)
    partly = {name for name in CONTACT.names or () if not matters(name, *made).all()}
    assert len(partly) > 10
    for name in partly:
        somewhere = matters(name, *made)
        assert not made.contacts[name][~somewhere].any(), name
        assert made.contacts[name][somewhere].any() or (name, hands_over) == ("complains", True), name


# ----------------------------------------------------------------------------------------------- streams


def test_the_generator_gives_its_published_numbers() -> None:
    """The first numbers of SplitMix64 for the seed 1234567, as its authors' program prints them."""
    state = np.uint64(1234567) + steps(np.arange(5))
    assert split_mix(state).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_one_number_at_a_time_is_as_published_too() -> None:
    for row, published in enumerate((6457827717110365317, 3203168211198807973, 9817491932198370423)):
        assert counter.uniform(1234567, counter.counted(row)) == ((published >> 12) + 0.5) * 2.0**-52


LAWS = {
    "uniform": lambda luck: luck,
    "normal": counter.normal,
    "exponential": counter.exponential,
}


@pytest.mark.parametrize("law", LAWS)
def test_one_number_at_a_time_is_as_many_at_once(law: str) -> None:
    start, rows = stream(*KEY, "any"), range(20_000)
    uniforms = [counter.uniform(start, counter.counted(row)) for row in rows]
    assert uniforms == draws("uniform", KEY, "any", len(rows)).tolist()
    single = [LAWS[law](luck) for luck in uniforms]
    np.testing.assert_allclose(single, draws(law, KEY, "any", len(rows)), rtol=1e-14)


HALVES = 2.0 ** -np.arange(1.0, 54.0)
"""One half, and half of it, down to the least number of luck there is."""


def test_normal_numbers_are_normal_out_to_the_last() -> None:
    edges = [0.5 - counter.MIDDLE, 0.5 + counter.MIDDLE, math.exp(-25.0)]
    edges += [float(np.nextafter(edge, end)) for edge in edges for end in (0.0, 1.0)]
    luck = np.sort(np.concatenate([HALVES, 1 - HALVES, edges, np.linspace(0, 1, 20_001)[1:-1]]))
    found = np.array([counter.normal(at) for at in luck.tolist()])
    np.testing.assert_allclose(found, ndtri(luck), rtol=1e-14, atol=1e-16)
    assert np.all(np.diff(found)[np.diff(luck) > 0] >= 0)
    assert found[[0, -1]].tolist() == [pytest.approx(-8.2095361516), pytest.approx(8.2095361516)]


def test_normal_numbers_are_as_often_above_as_below() -> None:
    for luck in HALVES.tolist():
        assert counter.normal(1 - luck) == -counter.normal(luck)


@pytest.mark.parametrize("law", LAWS)
def test_more_numbers_keep_the_old_ones(law: str) -> None:
    few, many = draws(law, KEY, "any", 10), draws(law, KEY, "any", 5_000)
    assert np.array_equal(many[:10], few)


@pytest.mark.parametrize(
    ("law", "distribution"), [("uniform", uniform()), ("normal", norm()), ("exponential", expon())]
)
def test_laws_are_what_they_are_called(law: str, distribution: Any) -> None:
    for name in ("any", "other"):
        found = draws(law, KEY, name, 100_000)
        assert kstest(found, distribution.cdf).pvalue > 0.001
        assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) < 0.01


def of_weeks(*parts: tuple[int, list[int]]) -> Foretold:
    """Issues of these weeks and rows, alike but for their luck."""
    rows = np.zeros(sum(len(rows) for _, rows in parts), ISSUE)
    rows["week"] = [week for week, rows_of_week in parts for _ in rows_of_week]
    rows["row"] = [row for _, rows_of_week in parts for row in rows_of_week]
    return foretold(fate_of(Scenario(), rows, *KEY[:2]), 2)


def test_issues_pick_the_luck_of_their_own_week_and_row() -> None:
    rows = [5, 2_000, 0, 999, 1_000]
    alone, later = of_weeks((0, rows)).contacts, of_weeks((3, rows[:2])).contacts
    whole = of_weeks((0, list(range(2_001)))).contacts
    assert alone.tobytes() == whole[rows].tobytes()
    together = of_weeks((3, rows[:1]), (0, rows), (3, rows[1:2])).contacts
    assert together.tobytes() == np.concatenate([later[:1], alone, later[1:]]).tobytes()
    assert not np.any(later["hurdle"] == alone["hurdle"][:2])


def test_many_streams_at_once_give_what_each_gives() -> None:
    which, rows = np.array([1, 0, 1, 1]), np.array([3, 3, 0, 9])
    found = draws_among("normal", KEY, ["any", "other"], which, rows).tolist()
    any_, other = (draws("normal", KEY, name, 10) for name in ("any", "other"))
    assert found == [other[3], any_[3], other[0], other[9]]


def test_no_rows_no_luck() -> None:
    assert len(draws("uniform", KEY, "any", 0)) == 0
    assert of_weeks().contacts.shape == (0, 2)


def test_a_new_stream_moves_no_other() -> None:
    stream.cache_clear()
    before = [draws("uniform", KEY, name, 100).copy() for name in ("talk", "patience")]
    stream.cache_clear()
    after = []
    for name in ("talk", "patience"):
        draws("normal", KEY, f"new before {name}", 5_000)
        after.append(draws("uniform", KEY, name, 100))
    assert np.array_equal(before, after)


def sample(start: int) -> list[float]:
    """The first numbers of a stream."""
    return [counter.uniform(start, counter.counted(row)) for row in range(2_000)]


def test_every_part_of_the_key_makes_another_stream() -> None:
    keys = [(7, 0, 0, "any", 0), (8, 0, 0, "any", 0), (7, 1, 0, "any", 0), (7, 0, 1, "any", 0),
            (7, 0, FOR_EVER, "any", 0), (7, 0, 0, "other", 0), (7, 0, 0, "any", 1), (0, 7, 0, "any", 0)]  # fmt: skip
    samples = [sample(stream(*key)) for key in keys]
    for one, other in combinations(samples, 2):
        near(float(np.corrcoef(one, other)[0, 1]), 0.0, 1 / math.sqrt(2_000))


Place = tuple[tuple[str, int], ...]
"""Where a number is asked for: the functions and lines that lead there."""
ROOMS = {room.__name__ for room in (arrival, fate, issues, roster)}


class Asked:
    """Which streams are asked for, by where they begin, and at which places."""

    def __init__(self) -> None:
        self.places: dict[int, set[Place]] = defaultdict(set)
        self.drawn: dict[int, list[tuple[str, str]]] = defaultdict(list)
        """Name and law of streams of which many numbers are drawn at once."""

    def uniform(self, start: int, counted: int) -> float:
        self.places[start].add(here())
        return counter.uniform(start, counted)

    def draws(self, law: str, key: tuple[int, int, int], name: str, count: int) -> Floats:
        self.places[stream(*key, name)].add(here())
        self.drawn[stream(*key, name)].append((name, law))
        return draws(law, key, name, count)


def here() -> Place:
    frame, place = sys._getframe(2), []
    while frame.f_globals["__name__"] in ROOMS and frame.f_back:
        place.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    return tuple(place)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What is asked for from now on, where nothing is compiled."""
    found = Asked()
    for room in (arrival, fate):
        monkeypatch.setattr(room, "uniform", found.uniform)
    for room in (issues, roster):
        monkeypatch.setattr(room, "draws", found.draws)
    return found


def draw_a_week(plan: Scenario) -> dict[int, str]:
    """All there is to draw of a small week; returns what the streams of its issues and contacts are called."""
    few = plan.changed({"assumptions.demand.issues_per_day": 60.0})
    luck = fate_of(few, new_issues(few, *KEY, "simpy"), *KEY[:2])
    foretold(luck, luck.luck.shape[1])
    operation(few, *KEY)
    names = {stream(*KEY, name): name for name in arrival.STREAMS}
    for starts in luck.luck[0].tolist():
        assert not set(starts) & set(names)
        names |= dict(zip(starts, fate.STREAMS, strict=True))
    assert len(names) == len(arrival.STREAMS) + luck.luck.size
    return names


def test_every_stream_has_one_law_and_a_name_of_its_own(asked: Asked) -> None:
    known: dict[int, str] = {}
    for name in names():
        known |= draw_a_week(named(name))
    new_issues(
        named("today"),
        *KEY,
        "simpy",
        Clientele(np.full(10, 6.0), np.zeros(10, bool), np.zeros(10, bool), 8.0),
    )
    assert set(asked.places) <= set(known) | set(asked.drawn)
    assert not set(known) & set(asked.drawn)
    assert {known[start] for start in asked.places if start in known} == {*arrival.STREAMS, *fate.STREAMS}
    laws = set().union(*asked.drawn.values())
    assert len(laws) == len(asked.drawn) == len({name for name, _ in laws}) > 3


@pytest.mark.parametrize("name", names())
def test_every_stream_serves_one_purpose(asked: Asked, name: str) -> None:
    """Two questions that share a stream would be answered alike."""
    called = draw_a_week(named(name))
    purposes: dict[str, set[Place]] = defaultdict(set)
    streams: dict[Place, set[str]] = defaultdict(set)
    for start, places in asked.places.items():
        purposes[called.get(start, str(start))] |= places
        for place in places:
            streams[place] |= {called[start]} if start in called else set()
    redials = purposes.pop("redial after", set())  # after a dead end one phones as after hanging up
    assert {place[1][0] for place in redials} <= {"again", "dead_end"}
    assert len(redials) <= 2
    assert {stream: places for stream, places in purposes.items() if len(places) > 1} == {}
    assert {place: found for place, found in streams.items() if len(found) > 1} == {}
    assert [asks for asks in asked.drawn.values() if len(asks) > 1] == []


def test_every_contact_has_luck_of_its_own(asked: Asked) -> None:
    luck = fate_of(Scenario(), np.zeros(1, ISSUE), *KEY[:2])
    centre = Centre(operation(Scenario(), *KEY), luck)
    for contact in range(3):
        asked.places.clear()
        centre.begin(Issue(0, luck.issues[0].item()), contact)
        own = {stream(*KEY, name, contact) for name in fate.STREAMS if name != "lateness"}
        late = stream(*KEY, "lateness", contact + 1)
        assert set(asked.places) <= own | {late}
        assert late in asked.places


def test_no_two_streams_move_together(asked: Asked) -> None:
    draw_a_week(named("cheap_partner"))
    samples = np.array([sample(start) for start in asked.places])
    assert len(samples) > 100
    together = np.abs(np.corrcoef(samples)[np.triu_indices(len(samples), 1)])
    assert together.max() < 6 / math.sqrt(2_000)
