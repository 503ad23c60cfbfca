"""Is the guess what queueing theory says of the scenario, and what a run of a plain operation finds?"""

import math
from typing import Any

import pytest

from sim.experiment import Span, replicate
from sim.experiment.guess import Guess, guess
from sim.measures import MEASURES
from sim.scenario import Hours, Scenario, bare
from sim.theory import erlang_a_queue, erlang_c_queue

TEN_HOURS = Hours.daily("8:00", "18:00", days=5)


def plain(changes: dict[str, Any] | None = None) -> Scenario:
    """A line of six agents, five days of ten hours: 60 contacts an hour, talk of 5 minutes, patience of 4."""
    return bare(
        {
            "plan.hours": TEN_HOURS,
            "plan.staffing.agents": 6,
            "assumptions.demand.issues_per_day": 600,
            "assumptions.handling.talk_mean": 5.0,
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 4.0,
            **(changes or {}),
        }
    )


def changed(path: str, value: Any) -> Guess:
    return guess(Scenario().changed(path, value))


def test_a_plain_line_is_erlang_a() -> None:
    found, queue = guess(plain()), erlang_a_queue(1.0, 5.0, 6, 4.0)
    expected = {
        "offered": 3000.0,
        "handle_time": 5.0,
        "waited": queue.p_wait,
        "wait_mean": queue.wait_mean,
        "speed_of_answer": queue.speed_of_answer,
        "abandonment_rate": queue.p_abandon,
        "occupancy": queue.occupancy,
        "service_level": queue.service_level(1 / 3),
        "answered_in_promise": queue.answered_within(2.0),
    }
    assert dict(found.values) == pytest.approx(expected)
    assert found.load == pytest.approx(5.0)


@pytest.mark.parametrize("definition", ["of_offered", "of_answered", "short_abandoned_excluded"])
def test_service_level_follows_the_scenarios_definition(definition: str) -> None:
    found = guess(plain({"plan.promise.service_level_definition": definition}))
    queue = erlang_a_queue(1.0, 5.0, 6, 4.0)
    assert found.values["service_level"] == pytest.approx(queue.service_level(1 / 3, definition))  # type: ignore[arg-type]  # a word of that list


def test_a_run_of_a_plain_line_agrees_with_the_guess() -> None:
    run = replicate(plain(), 8, span=Span(weeks=1, warm_up=0, follow_up=False), workers=1)
    expected = guess(plain()).values
    for name in ("offered", "handle_time", "waited", "abandonment_rate", "occupancy"):
        found = run.estimate(name, confidence=0.999)
        assert found.low <= expected[name] <= found.high, name


def test_without_hanging_up_it_is_erlang_c() -> None:
    found = guess(plain({"assumptions.patience.kind": "infinite"}))
    queue = erlang_c_queue(1.0, 5.0, 6)
    assert found.values["wait_mean"] == pytest.approx(queue.wait_mean)
    assert found.values["abandonment_rate"] == 0


def test_a_line_that_cannot_keep_up_and_nobody_leaves_grows() -> None:
    found = guess(plain({"assumptions.patience.kind": "infinite", "plan.staffing.agents": 4}))
    assert found.values["wait_mean"] == math.inf
    assert found.values["occupancy"] == pytest.approx(1.0)


def test_absence_lies_between_the_whole_teams() -> None:
    half_away = guess(plain({"assumptions.handling.absence": 1 / 12})).values["wait_mean"]
    six, five = (guess(plain({"plan.staffing.agents": agents})).values["wait_mean"] for agents in (6, 5))
    assert half_away == pytest.approx((six + five) / 2)


def test_hours_are_weighted_by_their_contacts() -> None:
    found = guess(plain({"assumptions.demand.intraday": ((3.0, 1.0),)}))
    busy, calm = erlang_a_queue(1.5, 5.0, 6, 4.0), erlang_a_queue(0.5, 5.0, 6, 4.0)
    assert found.values["wait_mean"] == pytest.approx((3 * busy.wait_mean + calm.wait_mean) / 4)
    assert found.values["occupancy"] == pytest.approx((busy.occupancy + calm.occupancy) / 2)


def test_the_busiest_half_hour_is_named_with_those_on_duty() -> None:
    scenario = plain({"assumptions.demand.weekday_index": (1, 1, 1.2, 1, 1, 1, 1)})
    scenario = scenario.changed("assumptions.demand.intraday", ((1.0, 1.0, 1.0, 2.0, 1.0),))
    busiest = guess(scenario).busiest
    assert busiest.minute == 2 * 1440 + 480 + 3 * 120
    assert busiest.load == pytest.approx(1.2 * 600 * 2 / 6 / 120 * 5.0)
    assert busiest.on_duty == pytest.approx(6.0)
    assert busiest.suggested == pytest.approx(busiest.load + math.sqrt(busiest.load))
    assert busiest.beta == pytest.approx((6 - busiest.load) / math.sqrt(busiest.load))


def test_what_the_bot_settles_does_not_queue() -> None:
    base = plain({"assumptions.bot.seems_to_settle": 0.0, "assumptions.bot.gives_up": 0.0})
    every = base.changed(
        {
            "plan.chatbot.coverage": 0.5,
            "plan.chatbot.types": ("simple", "standard", "complex", "complaint"),
            "assumptions.bot.settles": {"simple": 0.4, "standard": 0.4, "complex": 0.4, "complaint": 0.4},
        }
    )
    assert guess(every).values["offered"] == pytest.approx(3000 * (1 - 0.5 * 0.4))
    assert guess(every.changed("plan.chatbot.hands_over", False)).values["offered"] == pytest.approx(1500)
    cold = guess(every.changed("plan.chatbot.carries_context", False))
    assert cold.handle_time == pytest.approx(5.0 + 1.0 * (0.5 * 0.6) / (0.5 + 0.5 * 0.6))


def test_what_is_passed_on_shortens_the_first_talk_and_is_worked_on_by_specialists() -> None:
    passing = plain(
        {
            "plan.teamwork.routing_accuracy": 0.8,
            "plan.teamwork.cross_skill": 0.0,
            "plan.teamwork.context_kept": 1.0,
            "plan.staffing.specialists": 6,
            "assumptions.handling.transfer_by_type": dict.fromkeys(
                ("simple", "standard", "complex", "complaint"), 1.0
            ),
            "assumptions.handling.talk_before_transfer": 0.5,
        }
    )
    found = guess(passing)
    assert found.handle_time == pytest.approx(0.8 * 5.0 + 0.2 * 2.5)
    assert found.values["handle_time"] == pytest.approx(found.handle_time + 0.2 * 5.0)
    first = erlang_a_queue(1.0, found.handle_time, 6, 4.0)
    second = erlang_a_queue(0.2, 5.0, 6, 4.0 * 0.8)
    assert found.values["occupancy"] == pytest.approx((first.occupancy + second.occupancy) / 2)
    assert found.values["abandonment_rate"] == pytest.approx(first.p_abandon + 0.2 * second.p_abandon)
    assert found.values["wait_mean"] == pytest.approx(first.wait_mean)


def test_the_partner_takes_its_share_at_its_own_pace() -> None:
    shared = plain({"plan.outsourcing.share": 0.5, "plan.outsourcing.agents": 3, "plan.staffing.agents": 6})
    found = guess(shared)
    here = erlang_a_queue(0.5, 5.0, 3, 4.0)
    there = erlang_a_queue(0.5, 5.0 * 0.95, 3, 4.0)
    assert found.values["wait_mean"] == pytest.approx((here.wait_mean + there.wait_mean) / 2)


def test_without_demand_there_is_nothing_to_say() -> None:
    found = changed("assumptions.demand.issues_per_day", 0)
    assert found.load == 0
    assert found.values["offered"] == 0
    assert found.values["occupancy"] == 0
    assert all(math.isnan(found.values[name]) for name in ("wait_mean", "service_level", "abandonment_rate"))


@pytest.mark.parametrize("agents", [1, 5])
def test_more_agents_are_never_guessed_to_be_slower(agents: int) -> None:
    fewer, more = (changed("plan.staffing.agents", number).values for number in (agents, agents + 1))
    assert more["wait_mean"] <= fewer["wait_mean"]
    assert more["service_level"] >= fewer["service_level"]


def test_theory_speaks_only_about_measures_there_are() -> None:
    assert set(guess(Scenario()).values) <= set(MEASURES)
