"""Does each equation give what a pencil gives? One small example after the other, from E1 (arrivals) to E24 (causes).

Numbers that calibration may move are written out; the arithmetic stands in a comment or in the test's name.
"""

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from engines import HERE, needs_numba
from pydantic import ValidationError

from sim.flow import arrival, fate, rules
from sim.flow.chances import chances, misses
from sim.flow.contract import (
    AGENT,
    CONTACT,
    ISSUE,
    LOG,
    NOBODY,
    SHIFT,
    Bools,
    Bot,
    Clientele,
    Decision,
    Floats,
    Outcome,
    Table,
    Team,
    Week,
)
from sim.flow.engine import run_week
from sim.flow.issues import new_issues, usual_week
from sim.flow.luck import stream
from sim.flow.roster import people_of, team_sizes
from sim.measures.journal import TIMES
from sim.scenario import Scenario, bare, fields
from sim.scenario.assumptions import Demand
from sim.scenario.customers import Belief, Culture, Expectation, Loyalty, Memory, Quality
from sim.scenario.customers import Customers as Answers
from sim.scenario.money import Money
from sim.scenario.plan import Promise
from sim.scenario.policy import Prevention, Recovery
from sim.scenario.types import IssueType
from sim.scenario.workforce import Careers, Exhaustion, Pressure
from sim.season import (
    clientele,
    culture,
    feeling,
    ledger,
    loyalty,
    people,
    plain,
    pressure,
    prevention,
    quality,
    recovery,
)
from sim.season.contacts import STREAMS, Here
from sim.season.contract import Cause, Customers, Reason, Staff, Taste
from sim.season.episodes import EPISODE
from sim.season.impressions import impressions
from sim.season.tally import tally
from sim.season.week import beginning
from sim.season.week import week as one_week
from sim.theory import square_root_staffing

A_TICK = 2e-6
WEEKS_OF_A_YEAR = 52


def of(*numbers: float) -> Floats:
    return np.array(numbers, np.float64)


def only(numbers: Any) -> float:
    """The one number there is."""
    (number,) = np.ravel(numbers).tolist()
    return float(number)


# ------------------------------------------------------------------------------------- E1: arrivals


def brought(each: Floats, engine: Any = "simpy", week: int = 0) -> Table:
    """The issues of customers who bring so many each, at most half an issue a week."""
    nobody = np.zeros(len(each), bool)
    those = Clientele(each, nobody, nobody, 0.5)
    steady = Scenario().changed("assumptions.demand.day_factor_cv", 0.0)
    return new_issues(steady, 5, 0, week, engine, those)


def test_e01_a_usual_week_has_five_days_of_460_issues() -> None:
    assert usual_week(Scenario()) == pytest.approx(2300)  # 460 (1.07 + 1.01 + 1 + .95 + .97)


def test_e01_as_many_come_as_points_lie_below_what_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "exponential", lambda _: 0.4)
    assert [arrival.count(expected, 0) for expected in (0.0, 0.3, 1.0, 1.3)] == [0, 0, 2, 3]  # at .4, .8, 1.2


def test_e01_customers_bring_as_many_issues_as_asked() -> None:
    found = sum(len(brought(np.full(200, 0.5), week=week)) for week in range(20))
    assert abs(found - 2000) < 4 * math.sqrt(2000)


@needs_numba
@pytest.mark.parametrize("customers", [0, 1, 200])
def test_e01_both_engines_bring_the_same_issues(customers: int) -> None:
    each = np.linspace(0.0, 0.5, customers)
    one, *others = [brought(each, engine).tobytes() for engine in HERE]
    assert all(other == one for other in others)


@pytest.mark.parametrize("engine", HERE)
def test_e01_one_who_leaves_moves_nobody_elses_issues(engine: str) -> None:
    everybody = np.full(200, 0.5)
    all_there = brought(everybody, engine)
    gone = all_there["customer"][3]
    everybody[gone] = 0.0
    assert brought(everybody, engine).tobytes() == all_there[all_there["customer"] != gone].tobytes()


@pytest.mark.parametrize("engine", HERE)
def test_e01_one_who_joins_moves_nobody_elses_issues(engine: str) -> None:
    before, after = brought(np.full(200, 0.5), engine), brought(np.full(230, 0.5), engine)
    assert after[after["customer"] < 200].tobytes() == before.tobytes()
    assert len(after) > len(before)


@pytest.mark.parametrize("engine", HERE)
def test_e01_fewer_causes_only_take_issues_away(engine: str) -> None:
    many, few = brought(np.full(200, 0.5), engine), brought(np.full(200, 0.3), engine)
    assert few.tobytes() == many[np.isin(many["row"], few["row"])].tobytes()
    assert 0 < len(few) < len(many)


@pytest.mark.parametrize("each", [of(), np.zeros(3)])
def test_e01_nobody_brings_nothing(each: Floats) -> None:
    assert [len(brought(each, engine)) for engine in HERE] == [0] * len(HERE)


@pytest.mark.parametrize("times", [1.05, 1.2, 2.0])
def test_e01_a_surge_adds_issues_and_moves_none(times: float) -> None:
    def rows(demand: float) -> set[tuple[int, int]]:
        plan = Scenario().changed(
            {"assumptions.demand.customers": 2000, "assumptions.demand.issues_per_day": demand}
        )
        new = new_issues(plan, 1, 0, 0, "simpy", clientele.clientele(plan, beginning(plan, 1, 0)))
        return set(zip(new["row"].tolist(), new["customer"].tolist(), strict=True))

    assert rows(46.0) < rows(46.0 * times)


# --------------------------------------------------------- E2, E5 to E8: a contact whose luck is known


@pytest.fixture
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a stream begins is its luck itself."""
    monkeypatch.setattr(fate, "uniform", lambda luck, _: luck)


def row_of(scenario: Scenario, kind: IssueType = IssueType.SIMPLE) -> Any:
    """The chances of one type of issue, by name."""
    table = chances(scenario)
    return SimpleNamespace(**dict(zip(table.dtype.names or (), table[kind].tolist(), strict=True)))


def lucky(**numbers: float) -> Floats:
    """Luck by name of stream, one half where nothing is said."""
    luck = np.full(len(fate.STREAMS), 0.5)
    for name, number in numbers.items():
        luck[fate.STREAMS.index(name.replace("_", " "))] = number
    return luck


def foretold(step: Any, scenario: Scenario, *rest: Any, **numbers: float) -> Any:
    """What one step of a contact's fate makes of this luck."""
    draws = SimpleNamespace(bot=Bot.NONE)
    step(draws, row_of(scenario), lucky(**numbers), 0, *rest)
    return draws


@pytest.mark.usefixtures("_told")
def test_e02_patience_at_luck_1_less_1_in_e_is_the_scale_of_the_weibull_law() -> None:
    draws = foretold(fate.queue, Scenario(), patience=1 - math.exp(-1))
    assert draws.patience == pytest.approx(7.537076, abs=A_TICK)  # 8.2 / gamma(1 + 1 / .85) = 8.2 / 1.087955


@pytest.mark.usefixtures("_told")
def test_e02_three_in_a_hundred_would_not_wait_at_all() -> None:
    found = [foretold(fate.queue, Scenario(), hangs_up_at_once=luck).patience for luck in (0.029, 0.031)]
    assert found[0] == 0.0 < found[1]


@pytest.mark.usefixtures("_told")
def test_e02_half_redial_and_one_in_six_after_more_than_85_minutes() -> None:
    found = [foretold(fate.again, Scenario(), redial=luck, redial_after=0.8413447461) for luck in (0.49, 0.5)]
    assert [draws.redials for draws in found] == [True, False]
    assert found[0].redial_after == pytest.approx(85.152092, abs=1e-5)  # 19 e^(1.5 x 1)


@pytest.mark.usefixtures("_told")
def test_e03_a_duration_one_spread_above_the_median() -> None:
    found = fate.duration(2, 0.86, cast(int, 0.8413447461), 0)
    assert found == pytest.approx(1.6326427, abs=1e-7)  # e^(.86 - .86^2 / 2) = e^.4902


def test_e03_talk_takes_the_agents_pace_and_the_story_does_not() -> None:
    assert rules.talk_time(4.0, 1.2, 1.0) == pytest.approx(5.8, abs=A_TICK)


def test_e04_hundred_erlangs_and_half_a_square_root_are_105_agents() -> None:
    assert square_root_staffing(100.0, 0.5) == pytest.approx(105)


def test_e04_partner_of_four_agents_work_needs_five() -> None:
    shared = Scenario().changed({"plan.staffing.agents": 10, "plan.outsourcing.share": 0.4})
    assert team_sizes(shared) == (6, 5, 3)  # 4 + .5 x 2


ALL_TO_A_BOT_ALONE = Scenario().changed(
    {
        "plan.chatbot.coverage": 1.0,
        "plan.chatbot.hands_over": False,
        "plan.chatbot.types": ("simple", "standard", "complex", "complaint"),
    }
)


def test_e05_bot_truly_settles_444_of_a_thousand_mixed_issues() -> None:
    table = chances(ALL_TO_A_BOT_ALONE)
    assert table["bot_offered"].tolist() == [1.0] * 4
    settled = table["bot_settles"] @ of(0.5, 0.3, 0.15, 0.05)  # .29 + .12 + .0255 + .0085
    assert settled == pytest.approx(0.444)


@pytest.mark.usefixtures("_told")
def test_e05_bot_alone_keeps_every_contact() -> None:
    met = {
        foretold(fate.bot, ALL_TO_A_BOT_ALONE, False, bot=luck, seems=other).bot
        for luck in (0.57, 0.59)
        for other in (0.09, 0.11)
    }
    assert met == {Bot.SETTLES, Bot.SEEMS_TO_SETTLE, Bot.DEAD_END}


@pytest.mark.usefixtures("_told")
def test_e05_bot_with_a_person_behind_it_loses_twelve_in_a_hundred_before() -> None:
    plan = Scenario().changed("plan.chatbot.coverage", 1.0)
    found = [foretold(fate.bot, plan, False, bot=0.59, gives_up=luck).bot for luck in (0.119, 0.121)]
    assert found == [Bot.GIVES_UP, Bot.HANDS_OVER]


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize(
    ("luck", "ends"), [(0.09, (True, True)), (0.54, (False, True)), (0.56, (False, False))]
)
def test_e05_after_a_dead_end_10_complain_45_phone_45_leave(luck: float, ends: tuple[bool, bool]) -> None:
    draws = foretold(fate.dead_end, ALL_TO_A_BOT_ALONE, dead_end=luck)
    assert (draws.complains, draws.stranded_again) == ends


@pytest.mark.parametrize(("luck", "ends"), [(0.858, Outcome.RESOLVED), (0.859, Outcome.UNRESOLVED)])
def test_e06_log_odds_of_1_8_settle_858_in_a_thousand(luck: float, ends: Outcome) -> None:
    assert rules.verdict(True, fate.hurdle(luck, 1.8), 0.0) == ends  # 1 / (1 + e^-1.8) = .85815


def test_e06_refused_request_settles_nothing() -> None:
    assert rules.verdict(False, fate.hurdle(0.001, 1.8), 0.0) == Outcome.UNRESOLVED


@pytest.mark.parametrize(("luck", "ends"), [(0.654, Outcome.RESOLVED), (0.655, Outcome.UNRESOLVED)])
def test_e06_a_tenth_less_time_costs_4_6_of_70_settled_contacts(luck: float, ends: Outcome) -> None:
    hurried = row_of(Scenario().changed("plan.time_standard", 0.9))
    lost = row_of(Scenario()).resolved - hurried.resolved  # 2.1 x .1
    assert rules.verdict(True, fate.hurdle(luck, 0.8472979 - lost), 0.0) == ends  # .8473: 70 in 100


def test_e06_vendor_chosen_on_cost_settles_56_where_the_house_settles_70() -> None:
    plan = Scenario().changed({"plan.outsourcing.share": 0.5, "assumptions.resolution.skill_spread": 0.0})
    _, ability = people_of(plan, np.array([Team.PARTNER]), of(0), of(0))
    assert only(ability) == pytest.approx(-0.6061358)  # ln(.56 / .44) - ln(.7 / .3) = .2411621 - .8472979


@pytest.mark.parametrize(("kind", "share"), [(IssueType.SIMPLE, 0.12), (IssueType.COMPLEX, 0.28)])
def test_e07_a_quarter_astray_of_whom_a_fifth_stay(kind: IssueType, share: float) -> None:
    assert row_of(Scenario(), kind).transfer == pytest.approx(share)  # .25 x .8 x .6, or x 1.4


@pytest.mark.parametrize(
    ("departments", "missed"),
    [(1, 0.0), (2, 0.25), (3, 0.4375), (4, 0.578125)],  # 1 - .75^0, .75, .75^2, .75^3
)
def test_e07_every_further_department_is_another_chance_to_miss_the_right_one(
    departments: int, missed: float
) -> None:
    plan = Scenario().changed(
        {
            "plan.teamwork.departments": departments,
            "plan.teamwork.routing_accuracy": 0.75,
            "plan.teamwork.cross_skill": 0.2,
        }
    )
    assert misses(plan.plan.teamwork) == pytest.approx(0.8 * missed)
    assert row_of(plan, IssueType.COMPLEX).transfer == pytest.approx(0.8 * missed * 1.4)


def test_e07_of_six_minutes_of_patience_left_80_in_100_remain() -> None:
    assert rules.patience_left(10.0, 4.0, 0.8) == pytest.approx(4.8, abs=A_TICK)
    assert rules.patience_left(math.inf, 4.0, 0.8) == math.inf


@pytest.mark.parametrize(
    ("needs", "hold", "how"),
    [
        (0.0, True, Decision.NOT_NEEDED),
        (20.0, True, Decision.BY_AGENT),
        (20.01, True, Decision.ON_HOLD),
        (20.01, False, Decision.BY_CALL_BACK),
    ],
)
def test_e08_who_decides_with_a_limit_of_20_dollars(needs: float, hold: bool, how: Decision) -> None:
    assert rules.decided_by(needs, 20.0, hold) == how


def test_e08_agents_who_trust_four_in_five_refuse_6_in_100() -> None:
    assert row_of(Scenario()).granted == pytest.approx(0.94)  # 1 - .2 x .3


def test_e08_rules_and_cheats_make_requests() -> None:
    plan = Scenario().changed({"plan.empowerment.rule_density": 0.5, "assumptions.demand.day_factor_cv": 0.0})
    asked = np.concatenate([new_issues(plan, 2, 0, week)["needs"] > 0 for week in range(10)])
    share = 0.166  # .1 x 1.5 + .8 x .02
    assert abs(asked.mean() - share) < 4 * math.sqrt(share * (1 - share) / len(asked))


FREE = Careers(practice=0.15, freedom_spreads=0.3, full_authority=100.0)


@pytest.mark.parametrize(("limit", "spread"), [(0.0, 0.15), (50.0, 0.1725), (100.0, 0.195), (1000.0, 0.195)])
def test_e08_freedom_widens_the_practice_of_the_untrained_by_30_in_100(limit: float, spread: float) -> None:
    assert people.practice_spread(limit, 0.0, FREE) == pytest.approx(spread)  # .15 (1 + .3 e)


@pytest.mark.parametrize(("training", "limit", "spread"), [(1.0, 100.0, 0.15), (0.5, 20.0, 0.1545)])
def test_e08_training_takes_away_what_freedom_adds(training: float, limit: float, spread: float) -> None:
    found = people.practice_spread(limit, training, FREE)
    assert found == pytest.approx(spread)  # .15 (1 + .3 x e (1 - training)); e = .2 at 20 dollars


def test_e08_practice_of_the_desks_is_centred_and_as_wide_as_its_spread() -> None:
    """Twice the spread sets every desk twice as far from the middle, which stays; the partner has no part in it."""
    there = staff(
        team=np.array([Team.IN_HOUSE] * 4 + [Team.PARTNER, Team.SPECIALISTS]),
        number=np.array([0, 1, 2, 3, 0, 0]),
        begins=np.full(6, -999),
        hired=np.full(6, -999),
        pace=np.zeros(6),
        skill=np.zeros(6),
        attitude=np.full(6, 0.53),
        exhaustion=np.full(6, 0.3),
    )

    def off(practice: float) -> Floats:
        """What practice adds to each one's ability."""
        plans = [
            ALIKE.changed(
                {
                    "assumptions.workforce.careers.practice": p,
                    "assumptions.workforce.careers.desks": 3,
                    "plan.people.training": 1.0,
                }
            )
            for p in (practice, 0.0)
        ]
        with_, without = (people.crew_of(plan, there, 0, (1, 0)).agents["ability"] for plan in plans)
        return np.asarray(with_ - without)

    narrow, wide = off(0.15), off(0.3)
    assert wide == pytest.approx(2 * narrow)
    assert narrow[:3].sum() == pytest.approx(0)  # three desks
    assert narrow[3] == pytest.approx(narrow[0])
    assert narrow[4:].tolist() == [0.0, 0.0]
    assert np.ptp(narrow) > 0.01


@pytest.mark.parametrize(
    ("limit", "training", "times"), [(0.0, 0.0, 1.0), (100.0, 1.0, 1.0), (100.0, 0.0, 1.1), (20.0, 0.5, 1.01)]
)
def test_e08_freedom_without_training_gives_a_tenth_more_away(
    limit: float, training: float, times: float
) -> None:
    plan = Scenario().changed(
        {
            "plan.empowerment.authority_limit": limit,
            "plan.people.training": training,
            "assumptions.authority.leakage": 0.1,
            "assumptions.workforce.careers.full_authority": 100.0,
        }
    )
    assert ledger.leakage(plan) == pytest.approx(times)  # 1 + .1 x e (1 - training); e = .2 at 20 dollars


def test_e08_what_leaks_is_paid_with_the_service() -> None:
    """The same week, with the same exceptions allowed: a tenth more goodwill, and as many dollars more in all."""
    small = Scenario().changed(
        {
            "assumptions.demand.customers": 500,
            "assumptions.demand.issues_per_day": 40.0,
            "assumptions.authority.needed": 0.8,
            "plan.empowerment.authority_limit": 1000.0,
            "plan.people.training": 0.0,
        }
    )
    tight, leaks = (
        one_week(beginning(plan, 1, 0), plan)[1].values
        for plan in (small.changed("assumptions.authority.leakage", share) for share in (0.0, 0.1))
    )
    assert tight["goodwill"] > 100
    assert leaks["goodwill"] == pytest.approx(1.1 * tight["goodwill"])
    assert leaks["cost"] - tight["cost"] == pytest.approx(0.1 * tight["goodwill"])
    assert leaks["cost_service"] - tight["cost_service"] == pytest.approx(0.1 * tight["goodwill"])


# -------------------------------------------------------------------------- E9: what an issue was like


def issues(count: int = 1, **columns: Any) -> Table:
    """Issues that went smoothly, but for what is told."""
    table = np.zeros(count, EPISODE)
    usual = {"contacts": 1, "settled": True, "served": True, "attitude": 0.5, "desk": NOBODY, "asked": np.nan}
    for name, values in (usual | columns).items():
        table[name] = values
    return table


JUDGED = Quality(settled=85.0, tastes_differ=0.3, personal=6.0, personal_half=1.5)


def points(**columns: Any) -> float:
    """Of an issue that the promise of two minutes was given for."""
    one, like = issues(**columns), JUDGED
    return only(quality.smooth(one, like, 0) - quality.losses(one, like, Promise()).sum(axis=1))


@pytest.mark.parametrize(("attitude", "found"), [(0.5, 85), (1.0, 93), (0.0, 77)])
def test_e09_smooth_issue_and_eight_points_of_attitude_either_way(attitude: float, found: float) -> None:
    assert points(attitude=attitude) == pytest.approx(found)


@pytest.mark.parametrize(("contacts", "found"), [(0, 85), (1, 85), (2, 75.5), (3, 66)])
def test_e09_every_contact_after_the_first_takes_9_5(contacts: int, found: float) -> None:
    assert points(contacts=contacts) == pytest.approx(found)


def test_e09_never_settled_takes_30() -> None:
    assert points(settled=False) == pytest.approx(55)


@pytest.mark.parametrize(("hand_over", "found"), [("cold", 73), ("warm", 81), ("bot_warm", 82)])
def test_e09_hand_overs_take_12_without_and_4_or_3_with_the_story(hand_over: str, found: float) -> None:
    assert points(**{hand_over: 1}) == pytest.approx(found)
    assert points(**{hand_over: 2}) == pytest.approx(2 * found - 85)


@pytest.mark.parametrize(
    ("wait", "found"), [(0, 85), (2, 85), (3, 79), (5, 73), (17, 61), (33, 55), (34, 55), (600, 55)]
)
def test_e09_waiting_takes_6_for_each_doubling_beyond_the_promise_and_30_at_most(
    wait: float, found: float
) -> None:
    assert points(longest_wait=wait) == pytest.approx(found)  # over by 1, 3, 15, 31: log2 of 2, 4, 16, 32


@pytest.mark.parametrize(("days", "found"), [(0, 85), (0.5, 82.5), (2, 75), (4, 65), (30, 65)])
def test_e09_waiting_for_a_decision_takes_5_a_day_and_20_at_most(days: float, found: float) -> None:
    assert points(decision_days=days) == pytest.approx(found)


def test_e09_hold_takes_8() -> None:
    assert points(held=True) == pytest.approx(77)


@pytest.mark.parametrize(
    ("met", "found"),
    [
        ({}, 79),
        ({"bot_misfit": True}, 72),  # 6 and 7
        ({"bot_misfit": True, "bot_angry": True}, 67),  # 6, 5 of anger and 7
    ],
)
def test_e09_bot_that_failed(met: dict[str, bool], found: float) -> None:
    """Whatever kind of issue it is by now: what counts is what it was when it met the bot."""
    for kind in IssueType:
        assert points(bot_failed=True, kind=kind, **met) == pytest.approx(found)
        assert points(kind=kind) == pytest.approx(85)


def test_e09_rudeness_takes_20() -> None:
    assert points(rude=True) == pytest.approx(65)


def test_e09_everything_at_once_adds_up() -> None:
    found = points(
        settled=False,
        contacts=2,
        cold=1,
        longest_wait=3.0,
        held=True,
        rude=True,
        bot_failed=True,
        attitude=0.25,
    )
    assert found == pytest.approx(-10.5)  # 85 - 4 - 30 - 9.5 - 12 - 6 - 8 - 20 - 6


def test_e09_every_loss_has_its_reason() -> None:
    lost = quality.losses(issues(contacts=2, rude=True, cold=1), JUDGED, Promise())[0]
    assert lost[[Reason.MANY_CONTACTS, Reason.RUDENESS, Reason.PASSED_ON]].tolist() == [9.5, 20.0, 12.0]
    assert lost.sum() == pytest.approx(41.5)


@pytest.mark.parametrize(("variants", "desk", "found"), [(0, 0, 85), (3, 0, 89.5), (3, NOBODY, 85)])
def test_e09_three_variants_fit_three_needs_in_four_where_a_person_treats_them(
    variants: int, desk: int, found: float
) -> None:
    assert only(quality.smooth(issues(desk=desk), JUDGED, variants)) == pytest.approx(found)


@pytest.mark.parametrize(("variants", "fit"), [(0, 0.0), (1, 0.3700395), (3, 0.75), (6, 0.9375)])
def test_c16_needs_that_some_kinds_of_treatment_fit(variants: int, fit: float) -> None:
    assert quality.fits(variants, JUDGED) == pytest.approx(fit)  # 1 - 2^(-v / 1.5)


@pytest.mark.parametrize(
    ("taste", "fit", "felt"),
    [
        (Taste.DELAY, 0.0, (10, 13, 8.5, 8.5, 13, 8.5, 8.5)),  # own x 1.3, others x .85
        (Taste.EFFORT, 0.0, (10, 8.5, 13, 13, 8.5, 13, 8.5)),
        (Taste.COLDNESS, 0.0, (10, 8.5, 8.5, 8.5, 8.5, 8.5, 13)),
        (Taste.COLDNESS, 0.75, (10, 8.5, 8.5, 8.5, 8.5, 8.5, 10.75)),  # 1 + .3 x .25
        (Taste.DELAY, 1.0, (10, 10, 8.5, 8.5, 10, 8.5, 8.5)),
    ],
)
def test_c16_what_one_minds_weighs_more_unless_treatment_fits(
    taste: Taste, fit: float, felt: tuple[float, ...]
) -> None:
    """Ten points lost by every reason, in their order; an issue never settled weighs the same for all."""
    lost = np.full((1, len(Reason)), 10.0)
    assert quality.by_taste(lost, np.array([taste]), fit, JUDGED)[0] == pytest.approx(felt)
    assert lost.tolist() == [[10.0] * len(Reason)]


def test_c16_where_tastes_do_not_differ_all_feel_the_same() -> None:
    lost = np.full((3, len(Reason)), 10.0)
    alike = JUDGED.model_copy(update={"tastes_differ": 0.0})
    assert quality.by_taste(lost, np.arange(3), 0.0, alike).tolist() == lost.tolist()


def met_rudely(
    attitude: float, share: float, difficult: bool = False, times: float = 2.0, answered: float = 1.0
) -> Bools:
    """Which of a thousand issues with one contact each, held by one person, met rudeness."""
    count = 1000
    log = np.zeros(count, LOG)
    for name in TIMES:
        log[name] = np.nan
    log["issue"], log["answered"] = np.arange(count), answered
    found = issues(count, row=np.arange(count))
    here = Here(
        began=0.0, opens=of(480), closes=of(1020), working_day=540.0, answer_within=2.0, decision_within=540.0,
        bot_carries_context=False, rude_share=share, rude_to_difficult=times, attitude=of(attitude),
        desk=np.zeros(1, np.int64), needs=np.zeros(count),
        luck=np.array([[[stream(1, 0, 0, name) for name in STREAMS]]], np.uint64),
        luck_week=np.zeros(count, np.int64), difficult=np.array([difficult]),
    )  # fmt: skip
    plain.add_all(found, log, np.zeros(count, CONTACT), here)
    return np.asarray(found["rude"], bool)


@pytest.mark.parametrize(("attitude", "rude"), [(0.0, True), (1.0, False)])
def test_e09_who_dislikes_serving_is_rude_and_who_likes_it_is_not(attitude: float, rude: bool) -> None:
    assert set(met_rudely(attitude, 1.0, difficult=False).tolist()) == {rude}


def test_e09_nobody_is_rude_whom_nobody_met() -> None:
    assert not met_rudely(0.0, 1.0, answered=math.nan).any()


@pytest.mark.parametrize(("difficult", "share"), [(False, 0.15), (True, 0.3)])
def test_c31_difficult_customers_meet_rudeness_twice_as_often(difficult: bool, share: float) -> None:
    """Somebody halfway between liking and disliking, and .3 with those who dislike it wholly."""
    found = met_rudely(0.5, 0.3, difficult)
    assert abs(found.mean() - share) < 4 * math.sqrt(share * (1 - share) / len(found))


def test_c31_who_meets_rudeness_when_polite_would_meet_it_when_difficult() -> None:
    assert (met_rudely(0.5, 0.3, difficult=True) >= met_rudely(0.5, 0.3, difficult=False)).all()
    alike = [met_rudely(0.5, 0.3, difficult, times=1.0) for difficult in (False, True)]
    assert (alike[0] == alike[1]).all()


def served(difficult: bool, engine: Any, **changes: float) -> Any:
    """The log of one contact of one customer on Monday at ten, with nobody else there."""
    plan = bare({name.replace("__", "."): value for name, value in changes.items()})
    one = np.zeros(1, ISSUE)
    one["arrives"], one["difficult"] = 600.0, difficult
    return run_week(plan, 1, 0, 0, one, engine).log[0]


@pytest.mark.parametrize("engine", HERE)
def test_c31_a_difficult_customer_of_the_same_luck_talks_a_fifth_longer(engine: Any) -> None:
    easy, difficult = (served(who, engine) for who in (False, True))
    talks = [contact["ended"] - contact["answered"] for contact in (easy, difficult)]
    assert talks[1] / talks[0] == pytest.approx(1.2, abs=1e-5)
    assert difficult["freed"] - difficult["ended"] == easy["freed"] - easy["ended"]


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize(("difficult", "settled"), [(False, True), (True, False)])
def test_c31_only_the_difficult_one_is_not_settled_where_much_is_lost(
    difficult: bool, settled: bool, engine: Any
) -> None:
    contact = served(difficult, engine, assumptions__resolution__difficult=5.0)
    assert (contact["outcome"] == Outcome.RESOLVED) == settled


def test_c31_log_odds_lost_raise_the_hurdle_and_touch_nothing_else() -> None:
    """Of both talks where a contact is passed on, of the first otherwise."""
    chance = SimpleNamespace(difficult_talk=1.5, difficult_settles=0.4)
    alone = SimpleNamespace(talk=4.0, hurdle=-1.0, transfer=False, talk_2=0.0, hurdle_2=0.0)
    fate.difficult(alone, chance)
    assert vars(alone) == {"talk": 6.0, "hurdle": -0.6, "transfer": False, "talk_2": 0.0, "hurdle_2": 0.0}
    passed_on = SimpleNamespace(talk=1.0, hurdle=-1.0, transfer=True, talk_2=2.0, hurdle_2=-2.0)
    fate.difficult(passed_on, chance)
    assert vars(passed_on) == {"talk": 1.5, "hurdle": -0.6, "transfer": True, "talk_2": 3.0, "hurdle_2": -1.6}


def test_c31_a_single_week_knows_of_no_difficult_customers() -> None:
    plan = Scenario()
    worse = plan.changed(
        {"assumptions.handling.difficult_talk": 5.0, "assumptions.resolution.difficult": 5.0}
    )
    issues_ = new_issues(plan, 1, 0, 0, "simpy")
    assert not issues_["difficult"].any()
    logs = [run_week(one, 1, 0, 0, issues_, HERE[-1]).log for one in (plan, worse)]
    assert logs[0].tobytes() == logs[1].tobytes()


def test_e09_delight_refreshed_does_not_fade() -> None:
    """Everybody has an issue a week, and a delight with it; the fifth in a row is new, or no longer is."""
    small = Scenario().changed(
        {
            "assumptions.demand.customers": 100,
            "assumptions.demand.issues_per_day": 20.0,
            "plan.delight.share": 1.0,
        }
    )
    felt = {}
    for new in (False, True):
        plan = small.changed("plan.delight.refreshed", new)
        state = beginning(plan, 1, 0)
        for _ in range(5):
            state, record = one_week(state, plan)
        felt[new] = record.values["satisfaction"]
    assert felt[True] > felt[False] + 1


@pytest.mark.parametrize(("fades", "felt"), [(1.0, (12, 12, 12)), (0.75, (12, 9, 6.75))])
def test_e09_each_recent_delight_leaves_three_quarters_of_the_next(
    fades: float, felt: tuple[float, ...]
) -> None:
    """Points above what the issue itself gave, where nothing is felt of surprise (E11)."""
    calm = Answers(expectation=Expectation(weight=0.0))
    left = impression([0, 0, 0], quality=60.0, delight=12.0)._replace(fades=fades)
    here = lived_through(customers(), left, calm)
    assert left.satisfied - 60 == pytest.approx(felt)
    assert only(here.delights) == 3.0


# ------------------------------------------------------------------------------------ E10: the promise


def is_kept(promise: Promise, **columns: Any) -> bool:
    return bool(quality.judge(issues(**columns), promise).kept[0])


def test_e10_promise_is_kept_where_no_element_was_broken() -> None:
    assert is_kept(Promise())
    assert is_kept(Promise(), contacts=2, longest_wait=600.0, cold=3, held=True)


ELEMENTS: tuple[dict[str, Any], ...] = (
    {"late": True},
    {"contacts": 3},
    {"told_again": 1},
    {"undecided": True},
    {"settled": False},
    {"rude": True},
)


@pytest.mark.parametrize("broken", ELEMENTS)
def test_e10_one_broken_element_breaks_it(broken: dict[str, Any]) -> None:
    assert not is_kept(Promise(), **broken)


def test_e10_what_was_not_promised_breaks_nothing() -> None:
    assert is_kept(Promise(story_once=False), told_again=2)
    assert is_kept(Promise(contacts=3), contacts=3)
    assert is_kept(Promise(contacts=1), contacts=1)
    assert not is_kept(Promise(contacts=1), contacts=2)


def test_e10_six_elements_each_held_95_times_in_100_are_all_held_735_in_1000() -> None:
    """T06: .95^6 = .735092; every way in which the six can go, weighed by its chance."""
    ways, columns = np.arange(2**6), {}
    share = np.ones(len(ways))
    for at, element in enumerate(ELEMENTS):
        ((name, broken),) = element.items()
        is_broken = ways >> at & 1 == 1
        columns[name] = np.where(is_broken, broken, issues()[name][0])
        share *= np.where(is_broken, 0.05, 0.95)
    kept = quality.judge(issues(len(ways), **columns), Promise()).kept
    assert share[kept].sum() == pytest.approx(0.7350919)
    assert share[~kept].sum() == pytest.approx(0.265, abs=0.01)


# ---------------------------------------------------------- E11 to E14: expectation, belief and memory


def satisfied(quality_of: float, expected: float, delight: float = 0.0, **changes: Any) -> float:
    counts = changes.pop("of", "quality") == "quality"
    return feeling.satisfaction(quality_of, delight, expected, Expectation(**changes), counts)


@pytest.mark.parametrize("found", [70.0, 73.0, 75.0, 80.0])
def test_e11_inside_the_zone_of_tolerance_nothing_is_felt(found: float) -> None:
    assert satisfied(found, 75.0) == pytest.approx(found)


def test_e11_a_surplus_of_ten_points() -> None:
    assert satisfied(85.0, 75.0) == pytest.approx(87.1213203)  # 85 + 3 x (1 - .5)^.5 = 85 + 3 x .7071068


def test_e11_a_shortfall_of_ten_points_weighs_double() -> None:
    assert satisfied(65.0, 75.0) == pytest.approx(61.5539049)  # 65 - 3 x 2 x .5^.8 = 65 - 6 x .5743492
    assert satisfied(65.0, 75.0, loss_aversion=1.0) == pytest.approx(63.2769525)  # 65 - 3 x .5743492


def test_e11_satisfaction_stays_between_0_and_100() -> None:
    assert (satisfied(100.0, 50.0), satisfied(0.0, 100.0)) == (100.0, 0.0)


def test_e11_delight_is_quality_or_only_surprise() -> None:
    assert satisfied(80.0, 75.0, 12.0) == pytest.approx(95.2863353)  # 92 + 3 x 1.2^.5 = 92 + 3 x 1.0954451
    assert satisfied(80.0, 75.0, 12.0, of="surprise") == pytest.approx(83.2863353)


@pytest.mark.parametrize(("found", "next_time"), [(85.0, 78.5), (65.0, 73.0), (75.0, 75.0)])
def test_e12_expectation_takes_over_35_of_100_above_and_20_of_100_below(
    found: float, next_time: float
) -> None:
    assert feeling.expects(75.0, found, Expectation()) == pytest.approx(next_time)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, 75),
        ({"contacts": 1}, 78),
        ({"contacts": 1, "answer_within": 1.0}, 81),
        ({"answer_within": 4.0}, 72),
    ],
)
def test_e12_a_standard_twice_as_strict_makes_people_expect_3_more(
    changes: dict[str, Any], found: float
) -> None:
    assert feeling.promised(Promise(**changes), Expectation()) == pytest.approx(found)


def test_e12_the_strictest_promise_has_an_end() -> None:
    strictest = Promise(answer_within=0.0, contacts=1, decision_within=0.0)
    assert feeling.promised(strictest, Expectation()) <= 100


def customers(count: int = 1, **columns: Any) -> Customers:
    """Customers alike, but for what is told."""
    usual: dict[str, Any] = {
        "alive": True, "core": False, "difficult": False, "taste": Taste.DELAY, "joined": 0,
        "expectation": 75.0, "belief": 72.0, "doubt": 40.0, "spread": 64.0,
        "failures": 0.0, "kept": 0.5, "delights": 0.0,
    }  # fmt: skip
    made: dict[str, Any] = {name: np.full(count, value) for name, value in (usual | columns).items()}
    return Customers(losses=np.zeros((count, len(Reason))), **made)


def after_weeks(here: Customers, weeks: int) -> Customers:
    for _ in range(weeks):
        feeling.week_passes(here, Answers(), Promise())
    return here


def test_e12_expectation_makes_good_a_fiftieth_of_its_distance_a_month() -> None:
    found = after_weeks(customers(expectation=80.0), WEEKS_OF_A_YEAR).expectation
    assert only(found) == pytest.approx(78.9235836)  # 75 + 5 x .98^12 = 75 + 5 x .7847167


def learnt(felt: float, spread: float, like: Belief | None = None) -> tuple[float, ...]:
    """Belief, doubt, variability and weight after an issue, of somebody who believed in 72 give or take 40."""
    return feeling.learns(72.0, 40.0, spread, felt, like or Belief())


def test_e13_kalman_step_after_an_issue_of_90() -> None:
    belief, doubt, _, weight = learnt(90.0, 64.0)
    assert weight == pytest.approx(0.4336283)  # (40 + 9) / (49 + 64) = 49 / 113
    assert belief == pytest.approx(79.8053097)  # 72 + 18 x .4336283
    assert doubt == pytest.approx(27.7522124)  # 49 x 64 / 113


def test_e13_erratic_service_makes_each_issue_weigh_less() -> None:
    assert learnt(90.0, 256.0)[3] == pytest.approx(0.1606557)  # 49 / (49 + 256)


def test_e13_variability_is_learnt_from_the_distance_to_the_new_belief() -> None:
    assert learnt(90.0, 64.0)[2] == pytest.approx(71.9863419)  # 64 + .2 x ((90 - 79.8053097)^2 - 64)


def test_e13_no_surprise_takes_a_fifth_of_the_variability_away() -> None:
    assert learnt(72.0, 64.0)[2] == pytest.approx(51.2)  # 64 + .2 x (0 - 64)


def test_e13_who_has_no_doubt_and_has_felt_no_variability_learns_nothing() -> None:
    sure = Belief(unsure=0.0, drift_variance=0.0, spread_rate=1.0)
    _, doubt, spread, _ = feeling.learns(72.0, 0.0, 64.0, 72.0, sure)
    assert (doubt, spread) == (0.0, 0.0)
    assert feeling.learns(72.0, doubt, spread, 80.0, sure) == (72.0, 0.0, 64.0, 0.0)


@pytest.mark.parametrize(("before", "after"), [(72.0, 78.0), (79.9, 80.0), (84.0, 84.0)])
def test_e13_quiet_belief_rises_half_a_point_a_month_to_80(before: float, after: float) -> None:
    assert only(after_weeks(customers(belief=before), WEEKS_OF_A_YEAR).belief) == pytest.approx(after)


def impression(who: list[int], **columns: Any) -> feeling.Impression:
    count = len(who)
    usual: dict[str, Any] = {"quality": 80.0, "delight": 0.0, "failure": 0.0, "kept": 1.0}
    made = {name: np.zeros(count) + value for name, value in (usual | columns).items()}
    losses, felt = np.zeros((count, len(Reason))), np.zeros(count)
    return feeling.Impression(customer=np.array(who, np.int64), losses=losses, satisfied=felt, **made)


def lived_through(here: Customers, left: feeling.Impression, like: Answers | None = None) -> Customers:
    feeling.live_through(here, left, like or Answers())
    return here


def test_e13_two_issues_of_one_customer_are_lived_through_one_after_the_other() -> None:
    """An issue of 85, then one of 60 that failed; another customer's issue of 80 lies between them."""
    steady = Answers(belief=Belief(spread_rate=0.0))
    left = impression([0, 1, 0], quality=of(85, 80, 60), failure=of(0, 0, 1), kept=of(1, 1, 0))
    found = lived_through(customers(2), left, steady)
    # 85: felt 87.1213203, belief 72 + .4336283 x 15.1213203 = 78.5570327, expected next 78.5, own record .65;
    # 60: 1.85 below, 60 - 6 x 1.35^.8 = 52.3718668; weight 36.7522124 / 100.7522124 = .3647782
    assert left.satisfied == pytest.approx([87.1213203, 80.0, 52.3718668])
    assert found.belief[0] == pytest.approx(69.0052546)
    assert found.expectation == pytest.approx([74.8, 76.75])
    assert found.kept == pytest.approx([0.455, 0.65])
    assert found.failures.tolist() == [1.0, 0.0]


def test_e13_nobody_had_an_issue() -> None:
    assert lived_through(customers(2), impression([])).belief.tolist() == [72.0, 72.0]


def test_e10_own_record_takes_over_three_tenths_of_each_issue() -> None:
    found = lived_through(customers(2, kept=0.9), impression([0, 1], kept=of(0, 1)))
    assert found.kept == pytest.approx([0.63, 0.93])


def test_e10_own_record_begins_with_the_first_issue() -> None:
    """Nobody has one before; a second issue then counts three tenths."""
    found = lived_through(customers(3, kept=np.nan), impression([0, 1, 1], kept=of(0, 1, 0)))
    assert found.kept[:2] == pytest.approx([0.0, 0.7])
    assert math.isnan(found.kept[2])


def test_e14_a_failure_is_worth_a_third_after_three_months() -> None:
    assert only(after_weeks(customers(failures=1.0), 13).failures) == pytest.approx(0.3678794)  # e^-1


@pytest.mark.parametrize(
    ("hours", "surprise", "left"),
    [
        (1, False, 0.5),
        (24, False, 0.5),
        (24.01, False, 0.8),
        (120, False, 0.8),
        (24, True, 0.35),
        (72, True, 0.8),
    ],
)
def test_e14_what_a_failure_leaves_that_was_put_right(hours: float, surprise: bool, left: float) -> None:
    plan = Recovery(fix_hours=hours, surprise=surprise)
    assert recovery.remembered(plan, Memory()) == left


@pytest.mark.parametrize(
    ("broken", "weight", "gravity"),
    [
        ({}, 0.0, 0.0),
        ({"settled": False, "rude": True}, 1.0, 0.6),
        ({"late": True, "rude": True}, 0.8, 0.3),
        ({"contacts": 3}, 0.8, 0.3),
        ({"undecided": True}, 0.8, 0.3),
        ({"told_again": 1}, 0.3, 0.1),
        ({"rude": True}, 0.3, 0.1),
    ],
)
def test_e14_the_worst_broken_element_gives_a_failure_its_weight(
    broken: dict[str, Any], weight: float, gravity: float
) -> None:
    found = recovery.ladder(quality.judge(issues(**broken), Promise()), Memory())
    assert [only(one) for one in found] == [weight, gravity]


# --------------------------------------------------------------------------- E15: loyalty and the hazard

LIKE = Loyalty(
    churn_least=0.010, churn_most=0.055, middle=60.0, width=6.0, talk_pivot=60.0, talk_power=1.3, blame=1.3,
    joins=0.01, talk_brings=0.02,
)  # fmt: skip


@pytest.mark.parametrize(
    ("spread", "failures", "years", "worth"),
    [
        (0, 0, 0, 80),
        (64, 0, 0, 76),  # .5 x 8
        (0, 0.5, 0, 77),  # 6 x .5
        (0, 3, 0, 68),  # 6 x 2, the most
        (0, 0, 3, 82.0794415),  # 1.5 ln 4
        (0, 0, 30, 85),  # 1.5 ln 31 = 5.15, but 5 at most
        (64, 0.5, 3, 75.0794415),
    ],
)
def test_e15_loyalty_of_a_belief_of_80(spread: float, failures: float, years: float, worth: float) -> None:
    here = customers(belief=80.0, spread=float(spread), failures=float(failures), joined=int(-52 * years))
    assert only(loyalty.loyalty(here, 0, LIKE)) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("worth", "monthly"),
    [
        (60, 0.0325),  # the middle: .010 + .045 / 2
        (72, 0.0153641),  # .010 + .045 / (1 + e^2)
        (1000, 0.010),
        (-1000, 0.055),
    ],
)
def test_e15_share_that_leaves_in_a_month(worth: float, monthly: float) -> None:
    assert only(loyalty.hazard(of(worth), LIKE)) == pytest.approx(monthly, abs=1e-7)


@pytest.mark.parametrize(("barrier", "monthly"), [(0.8, 0.0145), (1.0, 0.010)])
def test_e15_barrier_holds_back_only_what_is_avoidable(barrier: float, monthly: float) -> None:
    like = LIKE.model_copy(update={"barrier": barrier})
    assert only(loyalty.hazard(of(60), like)) == pytest.approx(monthly)  # .010 + .2 x .0225


def test_e15_nobody_leaves_less_at_worst_than_anyhow() -> None:
    with pytest.raises(ValidationError, match=r"leaves at worst 0\.02 is below leaves anyhow 0\.03"):
        Loyalty(churn_least=0.03, churn_most=0.02)
    assert only(loyalty.hazard(of(60), Loyalty(churn_least=0.02, churn_most=0.02))) == pytest.approx(0.02)


def test_e15_a_hazard_over_a_week_and_over_a_year() -> None:
    assert only(loyalty.weekly(of(0.0325))) == pytest.approx(0.00747195)  # 1 - e^-.0075
    assert only(loyalty.retention(of(0.0325))) == pytest.approx(0.6770569)  # e^-.39


def test_e15_causes_of_leaving_share_out_what_could_be_avoided() -> None:
    """At .02 a month half cannot be avoided; 10 points of not settled, 3 remembered, 4 of spread share the rest."""
    lost = np.zeros((1, len(Reason)))
    lost[0, Reason.NOT_SETTLED] = 10.0
    here = replace(customers(failures=0.5), losses=lost)
    shares = loyalty.why(here, np.array([0]), of(0.02), LIKE)[0]
    found = shares[[Cause.ANYHOW, Cause.NOT_SETTLED, Cause.REMEMBERED, Cause.ERRATIC]]
    assert found == pytest.approx([0.5, 5 / 17, 1.5 / 17, 2 / 17])
    assert shares.sum() == pytest.approx(1)


# ------------------------------------------------------------------ E16, E17: recovery, and who complains


def just(
    hours: float = 24.0, apology: bool = True, rude: bool = False, around: bool = False, trust: float = 1.0
) -> float:
    plan = Recovery(fix_hours=hours, apology=apology)
    return only(recovery.justice(plan, Memory(), np.array([rude]), np.array([around]), trust))


@pytest.mark.parametrize(("hours", "found"), [(1, 1.0), (24, 1.0), (72, 0.9), (120, 0.85), (720, 0.8)])
def test_e16_speed_has_full_credit_for_a_day_and_then_halves_every_two(hours: float, found: float) -> None:
    assert just(hours) == pytest.approx(found, abs=1e-5)  # .45 + .35 + .2 x (1, 1, 1/2, 1/4, 2^-14.5)


def test_e16_passed_around_leaves_seven_tenths_of_the_credit_for_speed() -> None:
    assert just(around=True) == pytest.approx(0.94)  # .8 + .2 x .7
    assert just(120, around=True) == pytest.approx(0.835)  # .8 + .2 x .25 x .7


@pytest.mark.parametrize(
    ("manner", "found"),
    [
        ({"apology": False}, 0.825),  # 1 - .35 x .5
        ({"rude": True}, 0.9125),  # 1 - .35 x .25
        ({"trust": 0.8}, 0.9825),  # 1 - .35 x .25 x .2
        ({"apology": False, "rude": True, "trust": 0.0}, 0.65),
    ],
)
def test_e16_apology_is_half_of_good_manner(manner: dict[str, Any], found: float) -> None:
    assert just(**manner) == pytest.approx(found)


def recovered(justice: float, surprise: bool, failed: float = 40.0) -> float:
    plan = Recovery(surprise=surprise)
    return only(recovery.after(of(failed), of(85), of(justice), plan, Memory()))


@pytest.mark.parametrize(
    ("justice", "surprise", "found"),
    [
        (0.0, False, 40),
        (0.5, False, 62.5),  # 40 + .5 x 45
        (0.7, True, 71.5),  # not just enough to please
        (0.7001, True, 77.5045),
        (0.8, True, 82),  # 40 + 36 + 6
        (1.0, False, 85),
        (1.0, True, 90),  # 91, but 5 above smooth at most
    ],
)
def test_e16_points_after_a_recovery(justice: float, surprise: bool, found: float) -> None:
    assert recovered(justice, surprise) == pytest.approx(found)


@pytest.mark.parametrize("name", ["fast", "slow", "surprised"])
def test_e16_no_setting_makes_a_failure_leave_less_than_3_tenths(name: str) -> None:
    least = fields()[f"assumptions.customers.memory.{name}"].low
    plan = Recovery(fix_hours=25.0 if name == "slow" else 24.0, surprise=name == "surprised")
    assert recovery.remembered(plan, Memory(**{name: least})) == 0.3


@pytest.mark.parametrize(
    ("gravity", "feedback", "share"),
    [
        (0.6, 1.0, 0.434),  # .05 + .64 x .6
        (0.6, 0.5, 0.3038),  # x (1 - .6 x .5)
        (0.6, 0.0, 0.1736),  # x (1 - .6)
        (0.1, 1.0, 0.114),
        (0.0, 1.0, 0.0),  # no failure
    ],
)
def test_e17_share_that_complains(gravity: float, feedback: float, share: float) -> None:
    assert only(recovery.complains(of(gravity), Memory(), feedback)) == pytest.approx(share)


def mended(luck: Floats, **plan: Any) -> recovery.Mended:
    """Of four issues: never settled twice, a kept promise, a rude word."""
    four = issues(4, settled=[False, False, True, True], rude=[False, False, False, True])
    verdict = quality.judge(four, Promise())
    return recovery.mend(four, verdict, Recovery(**plan), Memory(), 1.0, 0.8, luck)


def test_e17_those_who_complain_are_helped_and_those_who_do_not_keep_it_all() -> None:
    found = mended(np.array([[0.43, 0.44, 0.0, 0.12], [0.0] * 4]), fix_hours=24)  # shares .434, 0 and .114
    assert found.complained.tolist() == [True, False, False, False]
    assert found.remembered == pytest.approx([0.5, 1.0, 0.0, 0.3])
    assert found.justice == pytest.approx([0.9825, 0, 0, 0])


def test_e17_silent_failures_may_be_found() -> None:
    found = mended(np.array([[1.0] * 4, [0.2, 0.3, 0.0, 0.2]]), fix_hours=24, reaches_out=0.25)
    assert found.found.tolist() == [True, False, False, True]
    assert found.remembered == pytest.approx([0.5, 1.0, 0.0, 0.15])  # .5, 1, nothing, .3 x .5


def test_e17_without_recovery_nobody_is_helped() -> None:
    found = mended(np.zeros((2, 4)), offered=False)
    assert found.complained.tolist() == [True, True, False, True]
    assert found.remembered == pytest.approx([1.0, 1.0, 0.0, 0.3])


# ------------------------------------------------------------------------- E18, E19: talk and the survey


@pytest.mark.parametrize(
    ("worth", "told"),
    [
        (60, 0),
        (80, 0.1),
        (40, -0.13),
        (70, 0.0406126),  # .1 x .5^1.3
        (50, -0.0527964),  # .13 x .5^1.3
    ],
)
def test_e18_messages_a_month(worth: float, told: float) -> None:
    assert only(loyalty.messages(of(worth), LIKE)) == pytest.approx(told, abs=1e-7)


@pytest.mark.parametrize(("blame", "power", "told"), [(1.0, 1.3, -0.1), (2.0, 1.3, -0.2), (1.3, 2.0, -0.13)])
def test_e18_blame_weighs_more_whatever_the_exponent(blame: float, power: float, told: float) -> None:
    like = LIKE.model_copy(update={"blame": blame, "talk_power": power})
    assert loyalty.messages(of(40, 80), like) == pytest.approx([told, 0.1])  # at 20 points off 1^power


def test_e18_praise_counts_only_those_who_praise() -> None:
    assert loyalty.praise(of(80, 40), of(3, 1), LIKE) == pytest.approx(7.5)  # .3 / 4 x 100


def test_e18_three_who_praise_and_one_who_blames() -> None:
    net = loyalty.talk(of(80, 40), of(3, 1), LIKE)
    assert net == pytest.approx(4.25)  # (.3 - .13) / 4 x 100
    assert loyalty.newcomers(20_000.0, net, LIKE) == pytest.approx(217)  # 200 x (1 + .02 x 4.25)


def test_e18_nobody_joins_where_all_advise_against_it() -> None:
    assert loyalty.newcomers(20_000.0, -60.0, LIKE) == 0.0
    assert loyalty.talk(of(), of(), LIKE) == 0.0


@pytest.mark.parametrize("expected", [1e-9, 0.2, 3.0, 1e4])
def test_e18_as_many_join_as_expected(expected: float) -> None:
    found = [clientele.joining(expected, week, (1, 0)) for week in range(400)]
    assert abs(np.mean(found) - expected) < 4 * math.sqrt(expected / 400) + 1e-6


def test_e18_a_million_times_a_million_join() -> None:
    assert clientele.joining(1e12, 0, (1, 0)) == pytest.approx(1e12, rel=1e-5)


@pytest.mark.parametrize(
    ("worth", "points_of"),
    [
        (62.5, 0.0),  # 7.5 is as far from 8.5 as from 6.5
        (60.0, -13.6474),  # 7.2: 1 - .8413447 at 1.3 / 1.3, less .2951314 at -.7 / 1.3
        (1000.0, 100.0),
        (-1000.0, -100.0),
    ],
)
def test_e19_net_promoter_score(worth: float, points_of: float) -> None:
    assert loyalty.promoter_score(of(worth), of(7)) == pytest.approx(points_of, abs=1e-4)


def test_e19_score_of_two_kinds_is_their_average() -> None:
    assert loyalty.promoter_score(of(1000, -1000), of(3, 1)) == pytest.approx(50)
    assert loyalty.promoter_score(of(), of()) == 0.0


# ----------------------------------------------------------------------------------- E20: cutting corners

PRESSED = Pressure(elasticity=-0.64, erodes_weeks=18.8, recovers_weeks=260.0, floor=0.3, dead_band=0.05)


@pytest.mark.parametrize(("work", "felt"), [(850, 1.0), (935, 1.1), (425, 0.5), (0, 0)])
def test_e20_pressure_is_work_over_85_in_100_of_a_thousand_minutes(work: float, felt: float) -> None:
    assert only(pressure.felt(of(work), of(1000), PRESSED)) == pytest.approx(felt)


def test_e20_work_that_meets_nobody_presses_without_bounds() -> None:
    felt = pressure.felt(of(850, 0, 1), of(0, 0, 0), PRESSED)
    assert felt.tolist() == [pressure.ENDLESS, 0.0, pressure.ENDLESS]
    assert pressure.time_taken(felt, np.ones(3), PRESSED) == pytest.approx(
        [PRESSED.floor, 1.0, PRESSED.floor]
    )


@pytest.mark.parametrize(
    ("felt", "held", "taken"),
    [
        (1.0, 1.0, 1.0),
        (1.1, 1.0, 0.9408246),  # 1.1^-.64
        (1.1, 0.9, 0.9058077),  # .9 x .99^-.64: at the standard the work presses a tenth less
        (0.5, 1.0, 1.0),  # never more than it needs
        (0.5, 0.9, 1.0),
        (0.0, 1.0, 1.0),
        (10.0, 1.0, 0.3),  # 10^-.64 = .229, below the floor
    ],
)
def test_e20_time_taken_under_pressure(felt: float, held: float, taken: float) -> None:
    assert only(pressure.time_taken(of(felt), of(held), PRESSED)) == pytest.approx(taken, abs=1e-7)


@pytest.mark.parametrize(
    ("held", "taken", "felt", "after"),
    [
        (1.0, 0.9408246, 1.1, 0.9969346),  # 1 - .0591754 x (1 - e^(-1 / 18.8)) = 1 - .0591754 x .0518016
        (0.9, 0.8, 1.2, 0.8948198),  # .9 - .1 x .0518016, at 1.2 x .9 = 1.08
        (0.9, 1.0, 0.8, 0.9003839),  # .9 + .1 x (1 - e^(-1 / 260)) = .9 + .1 x .0038388
    ],
)
def test_e20_standard_a_week_later(held: float, taken: float, felt: float, after: float) -> None:
    found = pressure.standard_after(of(held), of(taken), of(felt), PRESSED)
    assert only(found) == pytest.approx(after, abs=1e-7)


@pytest.mark.parametrize(
    ("held", "taken", "felt", "falls"),
    [
        (1.0, 0.9694006, 1.049, False),  # 1.049^-.64: too near to 1 to be noticed
        (1.0, 0.9687, 1.051, True),
        (0.9, 0.85, 1.16, False),  # 1.16 x .9 = 1.044
        (0.9, 0.85, 1.17, True),  # 1.17 x .9 = 1.053
    ],
)
def test_e20_a_little_pressure_takes_nothing_from_the_standard(
    held: float, taken: float, felt: float, falls: bool
) -> None:
    found = only(pressure.standard_after(of(held), of(taken), of(felt), PRESSED))
    assert found == pytest.approx(held - falls * (held - taken) * 0.0518016, abs=1e-7)


@pytest.mark.parametrize("felt", [1.0, 1.05, 1.1])
def test_e20_the_way_back_goes_unnoticed_by_nobody(felt: float) -> None:
    """However near the pressure is to 1: a standard that fell by less than the band would never recover."""
    found = only(pressure.standard_after(of(0.96), of(1.0), of(felt), PRESSED))
    assert found == pytest.approx(0.9601536, abs=1e-7)  # .96 + .04 x .0038388


def test_e20_work_is_felt_over_six_weeks() -> None:
    assert only(pressure.smoothed(of(100), of(160), Pressure(smoothing_weeks=6.0))) == pytest.approx(110)


def lost_after(like: Pressure, weeks_later: int) -> float:
    """Points of 100 that the standard lost by twelve weeks of a tenth too much work, and what is left of them."""
    held = of(1)
    for week in range(12 + weeks_later):
        work = of(0.85 * 1.1) if week < 12 else of(0.85)
        felt = pressure.felt(work, of(1), like)
        held = pressure.standard_after(held, pressure.time_taken(felt, held, like), felt, like)
    return 100 * (1 - only(held))


def test_e20_twelve_weeks_of_overload_are_felt_a_year_later() -> None:
    """T16: 3.06 points at first; of them e^(-.64 x 52 / 260) are left, for at work of 1 T is T*^.36."""
    assert lost_after(PRESSED, 0) == pytest.approx(3.061, abs=5e-4)
    assert 2.5 < lost_after(PRESSED, WEEKS_OF_A_YEAR) < 4.0
    assert lost_after(PRESSED, WEEKS_OF_A_YEAR) == pytest.approx(2.693, abs=5e-3)


@pytest.mark.parametrize(
    ("erodes", "recovers", "lost"), [(18.8, 1e6, 3.1), (18.8, 260.0, 2.7), (18.8, 25.0, 0.9), (8.0, 1e6, 5.6)]
)
def test_e20_loss_a_year_later_where_everything_is_noticed(
    erodes: float, recovers: float, lost: float
) -> None:
    """T16's reference numbers, which know no dead band."""
    like = PRESSED.model_copy(update={"dead_band": 0.0, "erodes_weeks": erodes, "recovers_weeks": recovers})
    assert lost_after(like, WEEKS_OF_A_YEAR) == pytest.approx(lost, abs=0.1)


# --------------------------------------------------------------------------------------------- E21: people

STRAIN = Exhaustion(
    at_rest=0.3, overload=2.0, abuse=0.03, usual_abuse=10.0, protection=0.5, support=0.4, recognition=0.1,
    powerless=1.0, rises_weeks=6.0, falls_weeks=12.0, attitude=0.1, absence=0.05, quits=1.0,
)  # fmt: skip
ALIKE = Scenario().changed(
    {
        "assumptions.handling.pace_cv": 0.0,
        "assumptions.resolution.skill_spread": 0.0,
        "assumptions.workforce.careers.practice": 0.0,
        "assumptions.workforce.careers.quits": 0.3,
        "plan.people.hires_attitude": 0.3,
    }
)


def staff(**columns: Any) -> Staff:
    """Somebody in the house who began long ago, but for what is told."""
    usual: dict[str, Any] = {
        "team": np.array([Team.IN_HOUSE]), "number": np.array([0]), "begins": np.array([-999]),
        "hired": np.array([-999]), "pace": of(0), "skill": of(0), "attitude": of(0.53), "exhaustion": of(0.3),
    }  # fmt: skip
    return Staff(**usual | columns)


HERE_AND_THERE = {
    "team": np.array([Team.IN_HOUSE, Team.PARTNER]), "number": np.array([0, 0]),
    "begins": np.array([-999, -999]), "hired": np.array([-999, -999]), "pace": of(0, 0), "skill": of(0, 0),
    "attitude": of(0.53, 0.53), "exhaustion": of(0.3, 0.3),
}  # fmt: skip


def test_e03_rookie_after_ten_weeks_of_learning_under_a_standard_of_nine_tenths() -> None:
    there = people.crew_of(ALIKE, staff(hired=np.array([0])), 10, (1, 0))
    crew = people.hurried(ALIKE, there, of(0.9, 1, 1))
    assert only(crew.agents["pace"]) == pytest.approx(1.0324366)  # (1 + .4 / e) x .9 = 1.1471518 x .9
    assert only(crew.agents["ability"]) == pytest.approx(-0.3939397)  # -.5 / e - 2.1 x .1


@pytest.mark.parametrize(("weeks", "left"), [(-3, 1.0), (0, 1.0), (10, 0.3678794), (1000, 0.0)])
def test_e03_a_third_is_still_to_be_learnt_after_ten_weeks(weeks: float, left: float) -> None:
    assert only(people.learnt(of(weeks), Careers())) == pytest.approx(left, abs=1e-7)


def test_e06_each_team_has_a_standard_of_its_own() -> None:
    """Time taken of .9, .8 and .7, for the house, the partner and the specialists."""
    three = {name: np.repeat(values[:1], 3) for name, values in HERE_AND_THERE.items()} | {
        "team": np.arange(3)
    }
    there = people.crew_of(ALIKE, staff(**three), 0, (1, 0))
    full, hurried = there.agents, people.hurried(ALIKE, there, of(0.9, 0.8, 0.7)).agents
    assert hurried["pace"] / full["pace"] == pytest.approx([0.9, 0.8, 0.7])
    assert full["ability"] - hurried["ability"] == pytest.approx([0.21, 0.42, 0.63])  # 2.1 x what is missing


def test_c24_heroes_settle_more_and_the_same_posts_stay_theirs() -> None:
    """.6 more log-odds for those among the first line who are stars; more stars take nobody's place."""
    count = 400
    many = {name: np.repeat(values[:1], count) for name, values in HERE_AND_THERE.items()}
    many |= {
        "number": np.arange(count),
        "team": np.where(np.arange(count) < 300, Team.IN_HOUSE, Team.PARTNER),
    }
    bonus = "assumptions.workforce.careers.hero_bonus"

    def ability(share: float) -> Floats:
        plan = ALIKE.changed({"plan.people.heroes": share, bonus: 0.6})
        return np.asarray(people.crew_of(plan, staff(**many), 0, (1, 0)).agents["ability"])

    none, few, more = ability(0.0), ability(0.1), ability(0.3)
    assert set(np.round(few - none, 9)) == {0.0, 0.6}
    assert (few[300:] == none[300:]).all()
    assert (more >= few).all()
    stars = np.count_nonzero(more - none)
    assert abs(stars - 90) < 4 * math.sqrt(300 * 0.3 * 0.7)


def strain(
    overload: float = 0.0,
    abuse: float = 10.0,
    powerless: float = 0.0,
    protection: float = 0.0,
    support: float = 0.0,
) -> float:
    return only(people.stress(of(overload), of(abuse), of(powerless), protection, support, STRAIN))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (strain(), 0.3),
        (strain(overload=0.05), 0.4),  # .3 + 2 x .05
        (strain(abuse=20), 0.6),  # .3 + .03 x 10
        (strain(powerless=0.1), 0.4),
        (strain(overload=0.5), 1.0),
        (strain(abuse=20, protection=1.0), 0.3),  # half of twenty is ten, the usual
        (strain(abuse=2), 0.06),  # .3 - .03 x 8: the usual is the middle, not the least
        (strain(abuse=10, protection=0.5), 0.225),  # .3 - .03 x 2.5: protected, people rest better than usual
        (strain(abuse=0), 0.0),
    ],
)
def test_e21_strain_of_a_week(found: float, expected: float) -> None:
    assert found == pytest.approx(expected)


def test_e21_both_who_pass_on_and_who_take_over_work_and_whoever_was_last_lacked_the_power() -> None:
    """One contact of 30 minutes, passed on for 20 more with a hold, in a day of 540: abuse of a fifth of a contact."""
    log = np.zeros(1, LOG)
    for name, value in {
        "agent": 0, "answered": 600.0, "freed": 630.0, "agent_2": 1, "answered_2": 640.0, "freed_2": 660.0,
        "decision": Decision.ON_HOLD,
    }.items():  # fmt: skip
        log[name] = value
    shifts = np.zeros(3, SHIFT)
    shifts["who"], shifts["starts"], shifts["ends"] = [0, 1, 2], 540.0, 1080.0
    operation = SimpleNamespace(on_duty=shifts, agents=np.zeros(4, AGENT))
    fate = SimpleNamespace(issues=np.zeros(1, ISSUE))
    played = SimpleNamespace(log=log, draws=np.zeros(1, CONTACT), fate=fate, operation=operation)
    plan = ALIKE.changed(
        {
            "assumptions.workforce.exhaustion": STRAIN.model_copy(
                update={"abuse_share": 0.2, "usual_abuse": 0.0, "abuse": 0.1}
            ),
            "plan.people.support": 0.0,
        }
    )
    four = staff(**{name: np.repeat(values[:1], 4) for name, values in HERE_AND_THERE.items()})
    strain, share = people.week_of_work(tally(cast(Week, played)), shifts, plan, four)
    assert share == pytest.approx([30 / 540, 20 / 540, 0, 0])
    assert strain == pytest.approx(
        [0.32, 1.0, 0.3, 0.3]
    )  # .3 + .1 x .2; and 1 of powerlessness; the fourth was away


@pytest.mark.parametrize(("support", "expected"), [(0.0, 0.7), (0.5, 0.62), (1.0, 0.54)])
def test_e21_support_takes_up_to_four_tenths_of_all_strain_away(support: float, expected: float) -> None:
    """.3 of rest, and .1 of overload, .2 of abuse and .1 of powerlessness, times 1 - .4 s."""
    found = strain(overload=0.05, abuse=10 + 20 / 3, powerless=0.1, support=support)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("before", "felt", "after"), [(0.3, 0.9, 0.3921110), (0.9, 0.3, 0.8520266)])
def test_e21_exhaustion_rises_within_six_weeks_and_falls_within_twelve(
    before: float, felt: float, after: float
) -> None:
    """The exact step of a week: .3 + .6 x (1 - e^(-1 / 6)), .9 - .6 x (1 - e^(-1 / 12))."""
    assert only(people.tires(of(before), of(felt), STRAIN)) == pytest.approx(after, abs=1e-7)


def test_e21_exhaustion_comes_to_rest_where_the_strain_is() -> None:
    found = of(0.9, 0.1, 0.4)
    for _ in range(300):
        found = people.tires(found, of(0.4, 0.4, 0.4), STRAIN)
    assert found == pytest.approx([0.4, 0.4, 0.4])


@pytest.mark.parametrize(
    ("exhaustion", "pay", "rate"),
    [(0.3, 1.0, 0.3), (0.8, 1.0, 0.4946164), (0.8, 1.2, 0.4121803)],  # .3 e^.5, and that over 1.2
)
def test_e21_quits_a_year(exhaustion: float, pay: float, rate: float) -> None:
    found = people.quit_rate(of(exhaustion), of(pay), Careers(quits=0.3), STRAIN)
    assert only(found) == pytest.approx(rate)


def test_e21_quits_within_a_week() -> None:
    _, chance = people.leavers(ALIKE, staff(), 0, (1, 0))
    assert only(chance) == pytest.approx(0.0057526, abs=1e-7)  # 1 - e^(-.3 / 52)
    _, empty = people.leavers(ALIKE, staff(begins=np.array([5])), 0, (1, 0))
    assert only(empty) == 0.0


def test_e21_pay_and_recognition_keep_the_house_and_not_the_partner() -> None:
    terms = "assumptions.partner.cost.quits"
    plan = ALIKE.changed({"plan.people.pay": 1.2, "plan.people.recognition": 0.5, terms: 1.5})
    _, chance = people.leavers(plan, staff(**HERE_AND_THERE), 0, (1, 0))
    a_year = -np.log1p(-chance) * 52
    assert a_year == pytest.approx([0.2375, 0.45])  # .3 / 1.2 x (1 - .1 x .5); .3 x 1.5


def test_e21_exhaustion_takes_attitude_and_days() -> None:
    tired = staff(attitude=of(0.6), exhaustion=of(0.5))
    assert only(people.attitude_now(tired, STRAIN)) == pytest.approx(0.55)  # .6 - .1 x .5
    plan = ALIKE.changed("assumptions.handling.absence", 0.055)
    crew = people.crew_of(plan, staff(exhaustion=of(0.8)), 0, (1, 0))
    assert only(crew.away) == pytest.approx(0.08)  # .055 + .05 x (.8 - .3)


@pytest.mark.parametrize(("attitude", "weeks"), [(0.3, 12), (0.6, 12), (0.75, 16), (0.9, 20)])
def test_e21_a_post_is_empty_for_8_weeks_and_4_of_training_and_longer_for_the_choosy(
    attitude: float, weeks: int
) -> None:
    plan = ALIKE.changed("plan.people.hires_attitude", attitude)
    after = people.replaced(plan, staff(), np.array([True]), 10, (1, 0))
    assert people.hiring_weeks(plan) == weeks
    assert only(after.begins) == only(after.hired) == 11 + weeks
    assert only(after.exhaustion) == 0.3


def test_e21_nobody_is_replaced_where_nobody_quit() -> None:
    here = staff()
    assert people.replaced(ALIKE, here, np.array([False]), 10, (1, 0)) is here


# ---------------------------------------------------------------------------------------------- E22: money

PRICES = Money(
    margin=20.0, core_margin=4.0, discount=0.1, recovery=10.0, recovery_in_a_day=15.0, recovery_surprise=8.0,
    apology=1.0, replacement_months=3.5, agent_hour=30.0, hero_pay=0.5, support=0.06, recognition_year=20_000.0,
    guarantee_point=0.5, search=5.0, delight=6.0, acquisition=120.0, training_weeks=4.0,
    prevention_year=400_000.0, feedback_year=60_000.0, contract_year=40_000.0,
)  # fmt: skip


def test_e22_core_customers_bring_four_times_as_much_and_the_average_stays_20() -> None:
    found = ledger.margins(2, 8, 0.2, PRICES)
    assert found == pytest.approx(46.1538462)  # (8 x 12.5 + 2 x 50) x 12 / 52
    assert ledger.margins(0, 0, 0.2, PRICES) == 0.0


@pytest.mark.parametrize(
    ("hours", "surprise", "apology", "dollars"),
    [
        (24, False, False, 25),
        (72, False, True, 16),
        (24, True, True, 34),
        (12, False, False, 40),
        (1, False, False, 40),
    ],
)
def test_e22_price_of_a_recovery(hours: float, surprise: bool, apology: bool, dollars: float) -> None:
    plan = Recovery(fix_hours=hours, surprise=surprise, apology=apology)
    assert ledger.recovery_case(plan, PRICES) == pytest.approx(dollars)


def test_e22_costs_of_a_week_by_what_they_are_spent_on() -> None:
    paid = (2400.0, 0.0, 0.0)
    plan = ALIKE.changed(
        {
            "plan.people.pay": 1.1,
            "plan.people.support": 0.5,
            "plan.prevention.effort": 0.5,
            "plan.prevention.feedback": 0.5,
            "assumptions.money": PRICES,
        }
    )
    happened = ledger.Happened(delighted=3, helped=2, found=1, quits=2, joined=4, lifted=10.0)
    found = ledger.costs(plan, paid, 5000.0, happened)
    assert found == pytest.approx(
        {
            "service": 5120.0,  # a tenth more of 40 hours at 30
            "training": 90.3692308,  # of 1320: half of 4 weeks in 52, and .5 x .06 of coaching
            "hiring": 39963.0,  # 2 x 3.5 months x 173 hours x 33
            "joining": 480.0,
            "delight": 18.0,
            "recovery": 42.0,  # 2 x 16, one found for 5, and 10 points compensated
            "programmes": 4423.0769231,  # (200,000 + 30,000) / 52
        }
    )


def test_e22_price_of_support_recognition_heroes_and_a_partner() -> None:
    """What each adds to the same week of 40 paid hours at 30 dollars, and of none of the partner's."""
    paid = (2400.0, 600.0, 0.0)
    nothing = ledger.Happened(delighted=0, helped=0, found=0, quits=0, joined=0, lifted=0.0)
    plain = ALIKE.changed("assumptions.money", PRICES).changed("plan.people.support", 0.0)

    def added(changes: dict[str, Any]) -> dict[str, float]:
        before, after = (
            ledger.costs(plan, paid, 5000.0, nothing) for plan in (plain, plain.changed(changes))
        )
        return {name: after[name] - before[name] for name in after if after[name] != before[name]}

    assert added({"plan.people.heroes": 0.1}) == {}  # no post was drawn a star
    assert added({"plan.people.support": 0.5}) == pytest.approx({"training": 36.0})  # .5 x .06 x 1200
    assert added({"plan.people.recognition": 0.26}) == pytest.approx({"programmes": 100.0})  # 5200 / 52
    chosen = {"plan.outsourcing.share": 0.5, "plan.outsourcing.vendor": "quality"}
    assert added(chosen) == pytest.approx({"programmes": 769.2307692})  # 40,000 / 52


def test_c24_stars_are_paid_in_the_first_line_only() -> None:
    paid = (2400.0, 0.0, 2400.0)
    nothing = ledger.Happened(delighted=0, helped=0, found=0, quits=0, joined=0, lifted=0.0)
    plan, starry = ALIKE.changed("assumptions.money", PRICES), replace(nothing, stars=0.1)
    assert ledger.costs(plan, paid, 5000.0, starry)["service"] == pytest.approx(5060.0)  # .1 x .5 x 1200


def test_c48_nobody_is_left_below_what_is_guaranteed() -> None:
    """85 points, 85 - 30 never settled - 20 rude = 35, and 85 - 20 = 65: at 50 guaranteed the second gets 15."""
    plain = Scenario().changed(
        {
            "assumptions.customers.quality": JUDGED.model_copy(
                update={"tastes_differ": 0.0, "noise_kept": 0.0, "noise_broken": 0.0}
            ),
            "assumptions.demand.customers": 10,
            "plan.recovery.offered": False,
        }
    )
    ended = issues(
        3, row=[0, 1, 2], customer=[0, 1, 2], settled=[True, False, True], rude=[False, True, True]
    )
    found = {
        floor: impressions(plan, ended, beginning(plan, 1, 0))
        for floor in (0.0, 50.0)
        for plan in [plain.changed("plan.recovery.guarantee", floor)]
    }
    assert found[0.0].impression.quality == pytest.approx([85, 35, 65])
    assert found[50.0].impression.quality == pytest.approx([85, 50, 65])
    assert [one.lifted for one in found.values()] == pytest.approx([0, 15])
    for one in found.values():
        assert one.verdict.kept.tolist() == [True, False, False]  # a promise is not mended by it
        assert one.impression.failure == pytest.approx([0.0, 1.0, 0.3])


def test_e22_a_hundred_dollars_in_a_year_are_worth_90_91_today() -> None:
    weekly = np.zeros(53)
    weekly[[0, 52]] = 100.0
    assert ledger.present_value(weekly, PRICES) == pytest.approx(190.9090909)
    assert ledger.present_value(of(), PRICES) == 0.0


@pytest.mark.parametrize(("retention", "worth"), [(0.8, 640), (0.0, 0), (1.0, 2400)])
def test_e22_value_for_good_of_240_dollars_a_year(retention: float, worth: float) -> None:
    found = ledger.lifetime_value(of(240), of(retention), PRICES)
    assert only(found) == pytest.approx(worth)  # 240 x .8 / .3; 240 / .1


@pytest.mark.parametrize(("retention", "elasticity"), [(0.7, 2.75), (0.8, 3.6666667), (0.9, 5.5)])
def test_e22_a_hundredth_more_retention_is_worth_elasticity_times_as_much(
    retention: float, elasticity: float
) -> None:
    """T19: (1 + i) / (1 + i - r) = 1.1 / (1.1 - r)."""
    step = 1e-6
    low, high = ledger.lifetime_value(of(240), of(retention - step, retention + step), PRICES)
    middle = only(ledger.lifetime_value(of(240), of(retention), PRICES))
    assert (high - low) / (2 * step) * retention / middle == pytest.approx(elasticity, rel=1e-6)


@pytest.mark.parametrize(
    ("gain", "week"),
    [((1, 1), 1), ((-5, 3, 3), 3), ((-2, 2, 0), 2), ((3, -5, 4), 3), ((-5, 1, 1), None), ((), None)],
)
def test_e22_week_from_which_it_has_paid_for_itself(gain: tuple[float, ...], week: int | None) -> None:
    assert ledger.break_even(of(*gain)) == week


def test_e22_return_on_every_dollar_spent_more() -> None:
    assert ledger.return_on(130.0, 100.0, 20.0, 10.0) == pytest.approx(3)
    assert math.isnan(ledger.return_on(130.0, 100.0, 10.0, 10.0))


# ---------------------------------------------------------------------------------------- E23: the culture


@pytest.mark.parametrize(
    ("kept", "worst_tenth", "gap", "delights", "name"),
    [
        (0.4999, 0.85, 0.04, 0.05, "hit-and-miss"),
        (0.50, 0.85, 0.04, 0.05, "good enough"),
        (0.50, 0.85, 0.25, 0.05, "good enough"),
        (0.50, 0.85, 0.2501, 0.05, "hit-and-miss"),
        (0.99, 0.99, 0.2501, 0.50, "hit-and-miss"),
        (0.8999, 0.85, 0.04, 0.05, "good enough"),
        (0.90, 0.85, 0.04, 0.05, "consistent"),
        (0.9499, 0.85, 0.04, 0.05, "consistent"),
        (0.95, 0.85, 0.04, 0.05, "unparalleled"),
        (0.95, 0.8499, 0.04, 0.05, "consistent"),
        (0.95, 0.85, 0.05, 0.05, "consistent"),
        (0.95, 0.85, 0.04, 0.0499, "consistent"),
        (0.95, 0.85, math.nan, 0.05, "consistent"),  # one desk: nothing to be equal to
        (0.5, math.nan, math.nan, math.nan, "good enough"),
        (math.nan, 0.85, 0.04, 0.05, "not to be told"),
    ],
)
def test_e23_label_at_each_threshold(
    kept: float, worst_tenth: float, gap: float, delights: float, name: str
) -> None:
    assert culture.label(kept, worst_tenth, gap, delights, Culture()) == name


# ------------------------------------------------------------------------------------------ E24: the causes

WORLD = Demand(prevention_rate=0.05, preventable=0.6)


def causes_after_a_year(effort: float, feedback: float) -> float:
    causes, plan = 1.0, Prevention(effort=effort, feedback=feedback)
    for _ in range(WEEKS_OF_A_YEAR):
        causes = prevention.causes_after(causes, plan, WORLD)
    return causes


def test_e24_a_month_of_full_effort_takes_5_of_100_causes_away_and_a_year_nearly_half() -> None:
    assert causes_after_a_year(1.0, 1.0) == pytest.approx(0.5403601)  # .95^12


@pytest.mark.parametrize(("effort", "feedback"), [(0.0, 1.0), (1.0, 0.0)])
def test_e24_effort_without_feedback_takes_away_nothing_and_feedback_without_effort_neither(
    effort: float, feedback: float
) -> None:
    assert causes_after_a_year(effort, feedback) == 1.0


def test_e24_half_the_effort_on_half_the_feedback_is_a_quarter_of_the_rate() -> None:
    assert causes_after_a_year(0.5, 0.5) == pytest.approx(0.8598947)  # .9875^12


@pytest.mark.parametrize(("causes", "left"), [(1.0, 1.0), (0.5, 0.7), (0.0, 0.4)])
def test_e24_six_issues_in_ten_come_from_causes(causes: float, left: float) -> None:
    assert prevention.issues_left(causes, WORLD) == pytest.approx(left)


def test_e22_whoever_hires_only_the_best_attitude_pays_for_choosing() -> None:
    """A quit costs 3.5 months of 173 hours at 30 dollars, and 2 more where only the best is good enough."""
    paid = (2400.0, 0.0, 0.0)
    one = ledger.Happened(delighted=0, helped=0, found=0, quits=1, joined=0, lifted=0.0)
    plan = Scenario().changed("assumptions.money.agent_hour", 30.0)
    choosy = plan.changed("plan.people.hires_attitude", 0.9)
    assert ledger.costs(plan, paid, 0.0, one)["hiring"] == pytest.approx(18_165.0)  # 3.5 x 173 x 30
    assert ledger.costs(choosy, paid, 0.0, one)["hiring"] == pytest.approx(28_545.0)  # 5.5 x 173 x 30
