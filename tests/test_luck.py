"""Is everything drawn as the scenario says, from streams that never disturb each other?

Samples are large and their seed is fixed; "as asked" means within four standard errors.
"""

import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.special import gammainc
from scipy.stats import expon, kstest, norm, uniform

from sim.flow import luck as luck_room
from sim.flow.contract import ISSUE, TICK, Bot, Fate, Floats, Table, Team
from sim.flow.fate import fate, most_contacts, new_issues
from sim.flow.luck import FOR_EVER, Luck, draws, split_mix, steps, stream
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


def drawn(changes: dict[str, Any] | None = None, contacts: int = 1) -> Fate:
    """The fate of many issues, with so many contacts each."""
    plan = Scenario().changed({"assumptions.repeats.most_contacts": contacts} | (changes or {}))
    issues = np.zeros(MANY, ISSUE)
    issues["row"] = np.arange(MANY)
    return fate(plan, issues, seed=7, replication=0)


def first(drawn_fate: Fate) -> Table:
    return drawn_fate.contacts[:, 0]


@cache
def usual() -> Fate:
    return drawn(contacts=2)


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
        share_is(usual().issues["kind"] == kind, share)


def test_customers_are_anyone_and_the_core_is_always_the_same_people() -> None:
    issues = usual().issues
    assert 0 <= issues["customer"].min() < 10
    assert 19_990 <= issues["customer"].max() < 20_000
    mean_is(issues["customer"], 19_999 / 2)
    share_is(issues["core"], 0.2)
    assert (
        issues["customer"][issues["core"]].max() < 0.2 * 20_000 <= issues["customer"][~issues["core"]].min()
    )


@pytest.mark.parametrize("core_first", [True, False])
def test_core_customers_go_first_where_the_plan_says_so(core_first: bool) -> None:
    issues = drawn({"plan.core_first": core_first}).issues
    assert np.array_equal(issues["priority"] == 0, issues["core"] if core_first else np.full(MANY, True))


def test_exceptions_are_needed_as_often_and_worth_as_much_as_asked() -> None:
    needs = drawn({"plan.empowerment.rule_density": 0.5, "plan.empowerment.trust": 0.8}).issues["needs"]
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
    np.testing.assert_allclose(first(made)["talk_2"], 4.3 * 0.9 * factors, rtol=1e-12)


@pytest.mark.parametrize("kind", ["exponential", "lognormal"])
def test_wrap_up_has_the_law_and_mean_asked(kind: str) -> None:
    contacts = first(
        drawn({"assumptions.handling.wrap_up_kind": kind, "assumptions.handling.wrap_up_ln_sd": 0.5})
    )
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
    session = first(usual())["bot_time"]
    mean_is(session, 3.0)
    share_is(session > 3, math.exp(-1))


def test_after_a_dead_end_as_many_come_again_as_asked() -> None:
    contacts = first(drawn({"plan.chatbot.coverage": 1.0, "plan.chatbot.hands_over": False}, contacts=2))
    ended = contacts[contacts["bot"] == Bot.DEAD_END]
    share_is(ended["stranded_again"], 0.45 + 0.1)


def test_partner_and_transfers_take_the_shares_asked() -> None:
    made = drawn({"plan.outsourcing.share": 0.4})
    share_is(first(made)["team"] == Team.PARTNER, 0.4)
    for kind, factor in enumerate(Scenario().assumptions.handling.transfer_by_type.row()):
        share_is(first(made)["transfer"][made.issues["kind"] == kind], 0.25 * 0.8 * factor)
    passed_on = first(made)[first(made)["transfer"]]
    share_is(passed_on["told_again_2"], 0.5)
    assert not first(made)["told_again_2"][~first(made)["transfer"]].any()


def test_story_is_told_again_on_repeats_as_often_as_asked() -> None:
    contacts = drawn({"plan.teamwork.context_kept": 0.7}, contacts=2).contacts
    assert not contacts["told_again"][:, 0].any()
    share_is(contacts["told_again"][:, 1], 0.3)
    assert np.array_equal(contacts["story"], np.where(contacts["told_again"], 1.0, 0.0))


@pytest.mark.parametrize("standard", [1.0, 0.9, 1.2])
def test_contacts_settle_as_often_as_asked(standard: float) -> None:
    made = drawn({"plan.time_standard": standard})
    hurry = 2.1 * max(0.0, 1 - standard)
    for kind, base in enumerate(Scenario().assumptions.resolution.base.row()):
        mine = first(made)[made.issues["kind"] == kind]
        for ability in (-0.3, 0.0, 0.5):
            chance = 1 / (1 + math.exp(hurry - base - ability))
            share_is(mine["hurdle"] < ability, chance)
            share_is(mine["hurdle_2"] < ability, chance)


def test_approvals_take_as_long_and_are_granted_as_often_as_asked() -> None:
    contacts = first(drawn({"plan.empowerment.trust": 0.5}))
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
    for column in usual().contacts.T:
        share_is(column[wants], share)
        mean_is(np.log(column[after]), math.log(median))
        spread_is(np.log(column[after]), ln_sd)


def test_who_was_due_overnight_comes_late_as_the_day_goes() -> None:
    lateness = usual().contacts["lateness"][:, 1]
    assert 0 <= lateness.min() <= lateness.max() < LENGTH
    weights = np.array(Scenario().assumptions.demand.intraday[0])
    for hour, share in enumerate(weights / weights.sum()):
        share_is(lateness // 60 == hour, share)


def test_turned_away_come_back_as_often_as_asked() -> None:
    contacts = drawn({"assumptions.repeats.after_closing": 0.6}, contacts=2).contacts
    share_is(contacts["after_closing"][:, 0], 0.6)


NO_REPEATS = {f"assumptions.repeats.{name}": 0.0 for name in ("returns", "redials", "after_closing")}


def test_one_contact_is_enough_where_nobody_ever_tries_again() -> None:
    plain = Scenario().changed({"plan.chatbot.coverage": 0.0} | NO_REPEATS)
    assert most_contacts(plain) == 1
    for path in ("plan.chatbot.coverage", *NO_REPEATS):
        assert most_contacts(plain.changed(path, 0.1)) == 6


def test_all_times_of_fate_are_whole_ticks() -> None:
    for name in ("bot_time", "patience", "story", "wrap_up", "wrap_up_2", "approval", "call_back", "lateness",
                 "return_after", "redial_after", "stranded_after"):  # fmt: skip
        found = usual().contacts[name]
        assert np.all(found / TICK % 1 == 0), name


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


@pytest.mark.parametrize("law", ["uniform", "normal", "exponential"])
def test_more_numbers_keep_the_old_ones(law: str) -> None:
    few, many = draws(law, KEY, "any", 0, 10), draws(law, KEY, "any", 0, 5_000)
    assert np.array_equal(many[:10], few)


@pytest.mark.parametrize(
    ("law", "distribution"), [("uniform", uniform()), ("normal", norm()), ("exponential", expon())]
)
def test_laws_are_what_they_are_called(law: str, distribution: Any) -> None:
    for name in ("any", "other"):
        found = draws(law, KEY, name, 0, 100_000)
        assert kstest(found, distribution.cdf).pvalue > 0.001
        assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) < 0.01


def test_rows_pick_their_own_numbers() -> None:
    rows = np.array([5, 2_000, 0, 999, 1_000])
    alone, whole = Luck(7, 0, (0,), (rows,)), Luck(7, 0, (0,), (np.arange(3_000),))
    assert np.array_equal(alone.normal("any", 2), whole.normal("any", 2)[rows])
    two_weeks = Luck(7, 0, (0, 3), (rows, rows[:2]))
    later = Luck(7, 0, (3,), (rows[:2],))
    assert np.array_equal(
        two_weeks.uniform("any"), np.concatenate([alone.uniform("any"), later.uniform("any")])
    )


def test_no_rows_no_luck() -> None:
    assert len(Luck(7, 0, (0,), (np.arange(0),)).uniform("any")) == 0


def test_a_new_stream_moves_no_other() -> None:
    stream.cache_clear()
    before = [draws("uniform", KEY, name, 0, 100).copy() for name in ("talk", "patience")]
    stream.cache_clear()
    after = []
    for name in ("talk", "patience"):
        draws("normal", KEY, f"new before {name}", 0, 5_000)
        after.append(draws("uniform", KEY, name, 0, 100))
    assert np.array_equal(before, after)


def test_every_part_of_the_key_makes_another_stream() -> None:
    keys = [(7, 0, 0, "any", 0), (8, 0, 0, "any", 0), (7, 1, 0, "any", 0), (7, 0, 1, "any", 0),
            (7, 0, FOR_EVER, "any", 0), (7, 0, 0, "other", 0), (7, 0, 0, "any", 1), (0, 7, 0, "any", 0)]  # fmt: skip
    samples = [draws("uniform", key[:3], key[3], key[4], 2_000) for key in keys]
    for one, other in combinations(samples, 2):
        near(float(np.corrcoef(one, other)[0, 1]), 0.0, 1 / math.sqrt(2_000))


Asked = tuple[str, str, int]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Law, name and contact number of every stream asked for from now on."""
    found: list[Asked] = []
    drawn = luck_room._drawn

    def noted(law: str, name: str, contact: int, parts: Any) -> Floats:
        found.append((law, name, contact))
        return drawn(law, name, contact, parts)

    monkeypatch.setattr(luck_room, "_drawn", noted)
    return found


def draw_a_week(plan: Scenario) -> None:
    fate(plan, new_issues(plan, 7, 0, 0), 7, 0)
    operation(plan, 7, 0, 0)


def test_every_stream_has_one_law_and_a_name_of_its_own(asked: list[Asked]) -> None:
    for name in names():
        draw_a_week(named(name))
    laws = {(law, name) for law, name, _ in asked}
    streams = {name for _, name in laws}
    assert len(streams) > 30
    assert len(laws) == len(streams) == len({stream(*KEY, name) for name in streams})


@pytest.mark.parametrize("name", names())
def test_every_stream_serves_one_purpose(asked: list[Asked], name: str) -> None:
    """Two questions that share a stream would be answered alike."""
    draw_a_week(named(name))
    assert {stream: times for stream, times in Counter(asked).items() if times > 1} == {}


def test_no_two_streams_move_together(asked: list[Asked]) -> None:
    draw_a_week(named("cheap_partner"))
    samples = np.array([draws(law, KEY, name, contact, 2_000) for law, name, contact in set(asked)])
    together = np.abs(np.corrcoef(samples)[np.triu_indices(len(samples), 1)])
    assert together.max() < 6 / math.sqrt(2_000)
