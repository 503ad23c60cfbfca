"""Is the forecasters' cup about nearness to what came, with ties told as ties?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from small_workshop import result_of, small
from summaries import waiting

from sim.workshop import session as session_module
from sim.workshop.debrief import levers_between, moment_it_broke, predicted_and_came, same_average, swap
from sim.workshop.forecast import cup, dots, official
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused
from sim.workshop.session import Session

AGENTS = "plan.staffing.agents"
SHARES = {1: [[0.6]] * 4, 2: [[0.7]] * 4, 3: [[0.8]] * 4}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path, small()) as opened:
        for name in ("Larks", "Otters", "Harbour"):
            opened.add_team(name)
        yield opened


Compute = Callable[..., RoundResult]


@pytest.fixture
def compute(session: Session, monkeypatch: pytest.MonkeyPatch) -> Compute:
    """Compute the round under way, with results made by hand."""

    def computed(
        shares: Mapping[int, Sequence[Sequence[float]]] = SHARES, choices: Mapping[str, int] | None = None
    ) -> RoundResult:
        monkeypatch.setattr(
            session_module,
            "play",
            lambda plans, **_: result_of(plans, shares, choices or {"wow": 0, "story": 1}),
        )
        session.go("frozen")
        session.compute()
        result = session.state.now.result
        assert result
        return result

    return computed


def predict(session: Session, *values: object) -> None:
    session.go("predict", session.state.round)
    ask = session.round.predictions[0].id
    for team, value in enumerate(values, start=1):
        if value is not None:
            session.predict(team, ask, value)


def test_the_nearest_to_its_own_outcome_wins(session: Session, compute: Compute) -> None:
    predict(session, 60, 90, 70)
    compute()
    found = cup(session, "staff")
    assert [(row.name, round(row.near, 3), row.first, row.last) for row in found.rows] == [
        ("Larks", 1.0, 1, 1), ("Harbour", 0.9, 2, 2), ("Otters", 0.8, 3, 3),
    ]  # fmt: skip
    assert found.headline == "Larks came nearest to what happened."
    assert (found.rows[0].said, found.rows[0].came) == (("60 of 100",), ("60 of 100",))


def test_equally_near_is_a_tie_whichever_side(session: Session, compute: Compute) -> None:
    predict(session, 65, 65, None)
    compute()
    found = cup(session, "staff")
    assert [(row.name, row.first, row.last) for row in found.rows] == [
        ("Larks", 1, 2), ("Otters", 1, 2), ("Harbour", 3, 3),
    ]  # fmt: skip
    assert found.headline == "Larks and Otters share the cup."


def test_nearer_by_less_than_the_luck_of_the_outcome_is_a_tie(session: Session, compute: Compute) -> None:
    predict(session, 64, 71, 20)
    compute({1: [[0.5], [0.7], [0.5], [0.7]], 2: [[0.6], [0.8], [0.6], [0.8]], 3: [[0.8]] * 4})
    places = {row.name: (row.first, row.last) for row in cup(session, "staff").rows}
    assert places == {"Larks": (1, 2), "Otters": (1, 2), "Harbour": (3, 3)}


def test_nothing_said_and_said_too_late_count_nothing(session: Session, compute: Compute) -> None:
    predict(session, 60, None, None)
    session.go("decide")
    session.predict(2, "kept", 70, accept_late=True)
    compute()
    rows = {row.name: row for row in cup(session, "staff").rows}
    assert (rows["Otters"].near, rows["Otters"].made, rows["Otters"].said) == (0, 0, ("70 of 100, late",))
    assert (rows["Harbour"].near, rows["Harbour"].said) == (0, ("nothing",))


def test_a_late_prediction_leaves_the_one_in_time_what_it_was(session: Session, compute: Compute) -> None:
    predict(session, 50, 60, None)
    session.predict(1, "kept", 60)
    session.go("decide")
    said = session.predict(1, "kept", 20, accept_late=True)
    assert said.endswith("; late predictions are shown, but count nothing in the cup.")
    compute()
    row = next(row for row in cup(session, "staff").rows if row.name == "Larks")
    assert (row.near, row.made, row.said) == (1, 1, ("60 of 100",))
    assert "20–24" in [label for label, _ in dots(session, "staff", session.round.predictions[0]).columns]


def test_a_prediction_taken_back_does_not_count_under_a_late_one(session: Session, compute: Compute) -> None:
    predict(session, 60, None, None)
    session.undo()
    session.go("decide")
    session.predict(1, "kept", 20, accept_late=True)
    compute()
    row = next(row for row in cup(session, "staff").rows if row.name == "Larks")
    assert (row.near, row.made, row.said) == (0, 0, ("20 of 100, late",))


def test_nobody_wins_where_nobody_predicted(session: Session, compute: Compute) -> None:
    compute()
    assert cup(session, "staff").headline == "Nobody predicted in time."


def test_a_ranking_is_judged_by_the_pairs_that_can_be_told(session: Session, compute: Compute) -> None:
    session.go("brief", "buy")
    predict(session, "wow > story", "story > wow", None)
    compute(choices={"wow": 0, "story": 2})
    near = {row.name: row.near for row in cup(session, "buy").rows}
    assert near == {"Larks": 0.0, "Otters": 1.0, "Harbour": 0.0}
    assert official(session, "buy", 1, session.round.predictions[0]) == "The story kept > A wow"


def test_a_pair_that_luck_cannot_tell_is_nobody_s_fault(session: Session, compute: Compute) -> None:
    session.go("brief", "buy")
    predict(session, "wow > story", "story > wow", None)
    compute(choices={"wow": 0, "story": 0})
    found = cup(session, "buy")
    assert [(row.name, row.first, row.last) for row in found.rows][:2] == [("Larks", 1, 2), ("Otters", 1, 2)]
    assert official(session, "buy", 1, session.round.predictions[0]) == "A wow level with The story kept"


def test_the_cup_of_all_rounds_is_the_mean_of_all_predictions(session: Session, compute: Compute) -> None:
    predict(session, 60, 60, None)
    compute()
    session.go("brief", "buy")
    predict(session, "wow > story", "story > wow", None)
    compute(choices={"wow": 0, "story": 2})
    near = {row.name: (round(row.near, 3), row.made) for row in cup(session).rows}
    assert near == {"Larks": (0.5, 2), "Otters": (0.95, 2), "Harbour": (0.0, 0)}


def test_there_is_no_cup_without_a_result(session: Session) -> None:
    with pytest.raises(Refused, match="No round has a result"):
        cup(session)
    with pytest.raises(Refused, match="no result yet"):
        cup(session, "staff")


# -------------------------------------------------------------------------------------------------------- dots


def test_dots_stand_in_columns_without_names(session: Session) -> None:
    predict(session, 58, 57, 71)
    found = dots(session, "staff", session.round.predictions[0])
    assert found.columns == (("55–59", 2), ("60–64", 0), ("65–69", 0), ("70–74", 1))
    assert found.sentence == "3 teams have predicted; most often 55–59 (2)."
    assert "Larks" not in repr(found)


def test_dots_say_who_many_are_missing_but_not_who(session: Session) -> None:
    ask = session.round.predictions[0]
    assert dots(session, "staff", ask).sentence == "Nobody has predicted yet."
    predict(session, 100, None, None)
    found = dots(session, "staff", ask)
    assert found.columns == (("100", 1),)
    assert (found.missing, found.sentence) == (2, "1 team has predicted; 2 have not; most often 100 (1).")


def test_orders_are_tallied_in_words(session: Session) -> None:
    session.go("brief", "buy")
    predict(session, "wow > story", "story > wow", "story > wow")
    found = dots(session, "buy", session.round.predictions[0])
    assert found.columns == (("The story kept > A wow", 2), ("A wow > The story kept", 1))


# ----------------------------------------------------------------------------------------------------- debrief


def test_predicted_and_came_stand_side_by_side(session: Session, compute: Compute) -> None:
    predict(session, 65, None, 90)
    compute()
    found = predicted_and_came(session, "staff", "kept")
    assert [(each.name, each.predicted, round(each.came, 6)) for each in found] == [
        ("Larks", 65, 60), ("Harbour", 90, 80),
    ]  # fmt: skip
    with pytest.raises(Refused, match="no number predicted"):
        predicted_and_came(session, "staff", "order")


def wait_of(result: RoundResult, team: int, waits: Sequence[float]) -> None:
    """Let a team's people wait so long, half-hour by half-hour from the first."""
    for summary in result.results[result.plan_of[team]].summaries:
        summary.slot_wait[:] = 0.1
        summary.slot_wait[: len(waits)] = waits


def test_the_moment_it_broke_is_the_first_half_hour_past_the_promise(
    session: Session, compute: Compute
) -> None:
    result = compute()
    wait_of(result, 1, [1.0, 2.5, 9.0])
    wait_of(result, 2, [1.0, 1.9, float("nan"), 1.5])
    broke, held = moment_it_broke(session, "staff", 1), moment_it_broke(session, "staff", 2)
    assert (broke.minute, round(broke.wait, 6), broke.broke) == (510, 2.5, True)
    assert broke.sentence == "Larks: at 8:30 the mean wait first passes the promised 2 min: 2.5 min."
    assert (held.minute, held.broke) == (510, False)
    assert held.sentence == "Otters: the wait is longest at 8:30, 1.9 min, within the promised 2 min."
    wait_of(result, 3, [float("nan")] * 20)
    with pytest.raises(Refused, match="nobody had to queue"):
        moment_it_broke(session, "staff", 3)


def test_one_average_with_two_outcomes_is_found(session: Session, compute: Compute) -> None:
    result = compute()
    for team, wait in ((1, 1.0), (2, 1.04), (3, 3.0)):
        for summary in result.results[result.plan_of[team]].summaries:
            summary.values["wait_mean"] = wait
    found = same_average(session, "staff")
    assert found
    assert (found.one, found.other) == ("Otters", "Larks")
    assert [round(kept, 6) for kept in found.kept] == [0.7, 0.6]
    assert found.sentence == (
        "Otters and Larks let people wait nearly the same, 1.0 and 1.0 min on average, "
        "but keep 70 and 60 of 100 promises."
    )


def test_no_pair_is_made_up_where_none_shows_it(session: Session, compute: Compute) -> None:
    result = compute()
    for team in (1, 2, 3):
        for summary in result.results[result.plan_of[team]].summaries:
            summary.values["wait_mean"] = float(team)
    assert same_average(session, "staff") is None
    compute(dict.fromkeys((1, 2, 3), [[0.7]] * 4))
    assert same_average(session, "staff") is None


def test_a_lever_can_be_swapped_without_touching_the_session(session: Session) -> None:
    session.decide(1, {AGENTS: 6})
    session.decide(2, {AGENTS: 12, "plan.outsourcing.share": 0.2})
    assert levers_between(session, 1, 2) == (AGENTS, "plan.outsourcing.share")
    events = session.events
    found = swap(session, 1, 2, AGENTS, workers=1)
    assert session.events == events
    assert found.after.mean - found.before.mean == pytest.approx(found.difference.mean)
    assert found.sentence.startswith("Larks with 12 agents, as Otters: ")
    session.go("brief", "buy")
    assert levers_between(session, 1, 2) == ()
    assert levers_between(session, 1, 2, "staff") == (AGENTS, "plan.outsourcing.share")
    assert swap(session, 1, 2, AGENTS, "staff", workers=1) == found
    same = swap(session, 1, 1, AGENTS, workers=1)
    assert (same.difference.mean, same.difference.half_width) == (0, 0)
    with pytest.raises(Refused, match=r"no such lever; nearest is plan\.staffing\.agents"):
        swap(session, 1, 2, "plan.staffing.agnets")


def test_waits_of_the_whole_day_are_read_from_the_half_hours(session: Session, compute: Compute) -> None:
    result = compute()
    own = result.results[result.plan_of[1]]
    object.__setattr__(own, "summaries", tuple(waiting(each, 7.0, 0.1) for each in own.summaries))
    assert moment_it_broke(session, "staff", 1).minute == 480
