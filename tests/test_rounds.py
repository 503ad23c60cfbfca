"""Is the official result of a round what the experiment finds, on the same customers for everybody, and quick?"""

import json
from threading import Event
from typing import Any

import pytest
from small_workshop import small

from sim.experiment import Progress, replicate
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused
from sim.workshop.rounds import play

AGENTS = "plan.staffing.agents"


def result(replications: int = 2, **more: Any) -> RoundResult:
    workshop = small()
    plans = {team: workshop.plan({AGENTS: agents}) for team, agents in ((1, 8), (2, 9), (3, 8), (7, 6))}
    choices = {each.id: workshop.plan(each.plan) for each in workshop.rounds[1].choices}
    return play(
        plans, today=workshop.today, choices=choices, replications=replications, seed=4, workers=1, **more
    )


@pytest.fixture(scope="module")
def played() -> RoundResult:
    return result()


def test_every_different_plan_is_simulated_once(played: RoundResult) -> None:
    assert len(played.results) == 5
    assert played.plan_of[1] == played.plan_of[3] != played.plan_of[7]
    assert played.plan_of[2] == played.today
    assert set(played.choice_of) == {"wow", "story"}


def test_the_name_of_a_plan_makes_no_difference() -> None:
    today = small().today
    found = play(
        {1: today.changed({"name": "mine", "title": "Mine"})}, today=today, replications=2, workers=1
    )
    assert len(found.results) == 1


def test_each_team_has_what_its_plan_comes_to_alone(played: RoundResult) -> None:
    for team, agents in ((1, 8), (7, 6)):
        alone = replicate(small().plan({AGENTS: agents}), 2, seed=4, workers=1)
        own = played.of(team)
        assert own
        assert own.values("promise_kept") == alone.values("promise_kept")
        assert own.values("wait_mean") == alone.values("wait_mean")


def test_everybody_meets_the_same_customers(played: RoundResult) -> None:
    assert len({tuple(each.values("issues")) for each in played.results}) == 1


def test_a_team_that_was_not_in_has_no_result(played: RoundResult) -> None:
    assert played.of(2)
    assert played.of(4) is None


def test_a_result_is_the_same_after_it_was_kept_as_json(played: RoundResult) -> None:
    again = RoundResult.from_content(json.loads(json.dumps(played.content, allow_nan=False)))
    assert again == played
    assert (again.plan_of, again.choice_of, again.today, again.seed, again.replications) == (
        played.plan_of, played.choice_of, played.today, 4, 2,
    )  # fmt: skip
    for one, other in zip(again.results, played.results, strict=True):
        assert one.scenario == other.scenario
        for ours, theirs in zip(one.summaries, other.summaries, strict=True):
            assert repr(ours) == repr(theirs)


def test_progress_is_told_and_a_stop_keeps_nothing() -> None:
    seen: list[Progress] = []
    stop = Event()

    def look(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    with pytest.raises(Refused, match="nothing was kept"):
        result(3, progress=look, stop=stop)
    assert [(each.done, each.total) for each in seen] == [(1, 3)]
    seen.clear()
    result(3, progress=seen.append)
    assert [each.done for each in seen] == [1, 2, 3]


@pytest.mark.parametrize("content", [None, {}, {"results": []}, {"results": [{}]}])
def test_what_is_no_result_is_not_taken_for_one(content: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        RoundResult.from_content(content)


def test_a_result_that_names_a_plan_it_lacks_is_not_taken(played: RoundResult) -> None:
    with pytest.raises(ValueError, match="without its result"):
        RoundResult.from_content({**played.content, "plan_of": {"1": 9}})
