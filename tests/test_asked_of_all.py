"""Is a prediction that asks all teams the same answered once, kept with the round, and judged alike for everybody?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_workshop import CONTENT, small

from sim.experiment import Comparison, Results, replicate
from sim.scenario import BadInput
from sim.views.projector import guesses, slides
from sim.views.projector.shapes import Box, Mark
from sim.workshop import robots
from sim.workshop import session as session_module
from sim.workshop.debrief import predicted_and_came
from sim.workshop.forecast import cup, official, outcome_of
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Ask, Workshop
from workshops import on

QUESTION = {"measure": "promise_kept", "after": {"staffing": 2}, "form": "difference"}
ALL: dict[str, Any] = {
    "id": "fewer", "kind": "number", "ask": "With two people?", "question": QUESTION, "unit": "points", "low": -100,
}  # fmt: skip


def asking(issues: int = 200, **changes: Any) -> Workshop:
    """The small workshop, asking all teams the same before it asks them of their own plan."""
    first, *rest = CONTENT["rounds"]
    asked = [{**ALL, **changes}, *first["predictions"]]
    operation = {"assumptions.demand.issues_per_day": issues}
    return small(rounds=[{**first, "predictions": asked}, *rest], operation=operation)


def the_ask(session: Session) -> Ask:
    found = session.workshop.rounds[0].ask("fewer")
    assert found
    return found


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path, asking()) as opened:
        for name in ("Larks", "Otters", "Harbour"):
            opened.add_team(name)
        yield opened


@pytest.fixture
def played(session: Session) -> Session:
    """A round computed, with predictions of two teams and different plans."""
    on(session, "predict", predicting=False)
    for team, value in ((1, -40), (2, 10)):
        session.predict(team, "fewer", value)
    on(session, "decide")
    for team, agents in ((1, 6), (2, 9), (3, 12)):
        session.decide(team, {"plan.staffing.agents": agents})
    on(session, "computed", predicting=False)
    return session


def result_of(session: Session) -> RoundResult:
    result = session.state.of("staff").result
    assert result
    return result


def test_it_is_what_the_model_says_of_those_plans_on_the_rounds_customers(played: Session) -> None:
    workshop, result = played.workshop, result_of(played)
    plans = workshop.besides(workshop.rounds[0])["fewer"]
    assert [plan.plan.staffing.agents for plan in plans] == [9, 2]
    before, after = (replicate(plan, workshop.replications, seed=workshop.seed, workers=1) for plan in plans)
    there = Comparison(before, after).difference("promise_kept")
    came = outcome_of(the_ask(played), result, result.results[0])
    assert came.mean == pytest.approx(100 * there.mean)
    assert came.half_width == pytest.approx(100 * there.half_width)
    assert came.mean < -20


def test_it_is_the_same_for_all_whatever_they_decided(played: Session) -> None:
    result, ask = result_of(played), the_ask(played)
    came = {outcome_of(ask, result, result.results[at]) for at in result.plan_of.values()}
    assert len(came) == 1
    assert len({official(played, "staff", team, ask) for team in (1, 2, 3)}) == 1
    points = predicted_and_came(played, "staff", "fewer")
    assert [(each.name, each.predicted) for each in points] == [("Larks", -40), ("Otters", 10)]
    assert {each.came for each in points} == {came.pop().mean}


def test_the_cup_judges_all_by_the_one_answer(played: Session) -> None:
    ask, result = the_ask(played), result_of(played)
    came = outcome_of(ask, result, result.results[0]).mean
    rows = {row.name: row for row in cup(played, "staff").rows}
    for name, said in (("Larks", -40), ("Otters", 10)):
        first = max(0.0, 1 - abs(said - came) / 200)
        assert rows[name].made == 1
        assert rows[name].near == pytest.approx(first / 2), "the other prediction was not made"
    assert {row.came[0] for row in rows.values()} == {f"{came:.0f} points"}


def test_it_is_kept_with_the_result_and_not_simulated_again(
    played: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = outcome_of(the_ask(played), result_of(played), result_of(played).results[0])
    played.close()
    monkeypatch.setattr(session_module, "play", lambda *_, **__: pytest.fail("simulated again"))
    with Session.open(tmp_path, asking()) as again:
        assert result_of(again) == result_of(played)
        assert outcome_of(the_ask(again), result_of(again), result_of(again).results[0]) == before


def test_a_plan_that_somebody_plays_too_is_simulated_once(played: Session) -> None:
    result = result_of(played)
    assert result.asked_of["fewer"][0] == result.today == result.plan_of[2]
    assert len(result.results) == 4  # 6, 9, 12 and 2 people


def test_the_room_sees_its_dots_the_models_line_and_its_band(played: Session) -> None:
    on(played, "reveal", predicting=False)
    first = slides(played)[0]
    ask, result = the_ask(played), result_of(played)
    came = outcome_of(ask, result, result.results[0])
    scale = (1800.0 - 120.0) / 200
    (band,) = (each for each in first.picture if isinstance(each, Box))
    assert band.x == pytest.approx(120.0 + scale * (max(-100.0, came.low) + 100), abs=0.1)
    assert band.width == pytest.approx(scale * (came.high - max(-100.0, came.low)), abs=0.1)
    assert sum(isinstance(each, Mark) for each in first.picture) == 3
    assert any(f"{came.mean:.0f} points".replace("-", "−") in text for text in first.words)


def test_an_earlier_file_without_the_answer_says_what_to_do(played: Session) -> None:
    content = {key: value for key, value in result_of(played).content.items() if key != "asked_of"}
    early = RoundResult.from_content(content)
    with pytest.raises(Refused, match="compute it again"):
        outcome_of(the_ask(played), early, early.results[0])


def test_what_cannot_be_told_is_nobodys_fault(tmp_path: Path) -> None:
    """Where nobody waits today, nothing is longer by a percentage."""
    longer = {"measure": "wait_mean", "after": {"staffing": 6}, "form": "percent"}
    with Session.open(tmp_path, asking(issues=10, question=longer)) as session:
        session.add_team("Larks")
        on(session, "predict", predicting=False)
        session.predict(1, "fewer", 10)
        on(session, "reveal", predicting=False)
        assert official(session, "staff", 1, the_ask(session)) == "cannot be told"
        assert predicted_and_came(session, "staff", "fewer") == ()
        assert slides(session)[0].headline == guesses.UNTOLD
        (row,) = cup(session, "staff").rows
        assert (row.near, row.said[0]) == (0.5, "10 points")


def test_robots_answer_it_too(tmp_path: Path) -> None:
    with Session.open(tmp_path, asking()) as session:
        robots.seat(session)
        session.go("predict")
        robots.predict(session)
        said = [each for each in session.state.now.predictions.values() if each.ask == "fewer"]
    assert len(said) == 13
    assert len({each.value for each in said}) > 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measure": "promise_kept"}, "has a measure and a question; leave one out"),
        ({"question": {**QUESTION, "seed": 3}}, "seed is the round's own; leave it out"),
        ({"question": {**QUESTION, "over": "year", "measure": "stays_12"}}, "over is the round's own"),
        ({"question": {**QUESTION, "after": {"stafing": 2}}}, "stafing"),
        ({"question": {**QUESTION, "measure": "kept"}}, "kept: no such measure"),
        ({"question": None}, "is no measure"),
        (
            {
                "kind": "ranking",
                "options": [{"id": "a", "title": "A", "low": 1}, {"id": "b", "title": "B", "low": 2}],
            },
            "a ranking is of choices",
        ),
    ],
)
def test_what_is_amiss_in_a_question_is_told_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput) as told:
        asking(**changes)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_bands_may_ask_all_the_same_too(tmp_path: Path) -> None:
    bands = [{"id": "much", "title": "Much", "high": -20}, {"id": "little", "title": "Little", "low": -20}]
    with Session.open(tmp_path, asking(kind="choice", options=bands)) as session:
        session.add_team("Larks")
        on(session, "predict", predicting=False)
        session.predict(1, "fewer", "Much")
        on(session, "computed", predicting=False)
        assert official(session, "staff", 1, the_ask(session)) == "Much"
        assert isinstance(result_of(session).results[0], Results)
