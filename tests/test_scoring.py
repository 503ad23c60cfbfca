"""Does the board rank what can be told apart, and nothing else? Does delight count only where the bar is met?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workshop import result_of, small, weeks_keeping
from summaries import nobody

from sim.experiment import Results
from sim.scenario import Scenario
from sim.workshop import session as session_module
from sim.workshop.board import Board, anonymous, board, hidden, rule, top
from sim.workshop.ranks import places, shown
from sim.workshop.refused import Refused
from sim.workshop.scoring import Score, above, difference, luck_band, points, tier
from sim.workshop.session import Session

DELIGHTED = Scenario().changed("plan.delight.share", 0.5)
Shares = Sequence[Sequence[float]]


def score(shares: Shares, plan: Scenario | None = None, worth: float = 0.0) -> Score:
    return Score(Results(plan or Scenario(), weeks_keeping(shares)), worth)


# ------------------------------------------------------------------------------------------------------ points


def test_points_are_the_mean_of_the_days_and_not_of_the_issues() -> None:
    one = weeks_keeping([[0.5, 0.9]])[0]
    assert points(one, Scenario(), 0) == pytest.approx(70)


def test_delight_counts_only_on_days_at_the_bar() -> None:
    one = weeks_keeping([[0.74, 0.75, 0.8, 0.2]])[0]
    plain, delighted = points(one, Scenario(), 50), points(one, DELIGHTED, 50)
    assert delighted - plain == pytest.approx(50 * 0.5 * 2 / 4)
    assert points(one, DELIGHTED, 0) == plain


def test_the_bar_is_the_plan_s_own() -> None:
    one = weeks_keeping([[0.74, 0.75]])[0]
    higher = DELIGHTED.changed("plan.promise.bar", 0.9)
    assert points(one, higher, 50) == points(one, Scenario(), 50)


def test_a_week_without_issues_has_no_points() -> None:
    assert np.isnan(points(nobody(), Scenario(), 50))


@pytest.mark.parametrize(
    ("at_bar", "days", "name"),
    [
        (0, 100, "hit-and-miss"), (49, 100, "hit-and-miss"), (50, 100, "good enough"),
        (94, 100, "good enough"), (95, 100, "unparalleled"), (19, 20, "unparalleled"), (0, 0, "hit-and-miss"),
    ],
)  # fmt: skip
def test_the_three_businesses_begin_at_half_and_at_95_of_100_days(at_bar: int, days: int, name: str) -> None:
    assert tier(at_bar, days) == name


# -------------------------------------------------------------------------------------------------------- luck


def test_the_luck_band_holds_95_of_100_single_weeks() -> None:
    luck = np.random.default_rng(1)
    held = []
    for _ in range(2000):
        weeks = luck.normal(70, 3, 21)
        low, high = luck_band(list(weeks[:20]))
        held.append(low <= weeks[20] <= high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


def test_the_luck_band_is_about_single_weeks_and_wider_than_the_interval_of_the_mean() -> None:
    one = score([[share] for share in (0.6, 0.7, 0.65, 0.75, 0.62, 0.68)])
    low, high = one.band
    assert low < one.mean.low < one.mean.high < high


def test_one_week_ranks_nobody() -> None:
    assert not above(score([[0.7]]), score([[0.1]]))


def test_teams_are_told_apart_by_differences_on_the_same_customers() -> None:
    """Every week A is a little better than B, though weeks differ by much more than that."""
    luck = [0.50, 0.60, 0.40, 0.70, 0.55, 0.45]
    a, b = score([[share + 0.02] for share in luck]), score([[share] for share in luck])
    assert a.band[0] < b.band[1]
    assert above(a, b)
    assert not above(b, a)
    assert difference(a, b).mean == pytest.approx(2)


def test_a_difference_that_luck_may_have_made_is_a_tie() -> None:
    a, b = score([[0.5], [0.6], [0.4]]), score([[0.4], [0.65], [0.42]])
    assert not above(a, b)
    assert not above(b, a)


def test_a_lower_business_is_never_above_a_higher_one_whatever_its_points() -> None:
    high = score([[0.75, 0.75]] * 4)
    low = score([[1.0, 0.74, 0.74]] * 4, DELIGHTED, 500)
    assert low.mean.mean > high.mean.mean
    assert above(high, low)
    assert not above(low, high)


# ------------------------------------------------------------------------------------------------------ places


def test_places_are_ranges() -> None:
    strength = {"a": 3, "b": 3, "c": 2, "d": 1}
    found = places(list(strength), lambda one, other: strength[one] > strength[other])
    assert found == {"a": (1, 2), "b": (1, 2), "c": (3, 3), "d": (4, 4)}
    assert [shown(*each) for each in found.values()] == ["1–2", "1–2", "3", "4"]


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=6))
def test_places_hold_everybody_and_the_same_weeks_always_tie(teams: Shares) -> None:
    scores = [score([[share] for share in weeks]) for weeks in [*teams, teams[0]]]
    found = places(list(range(len(scores))), lambda one, other: above(scores[one], scores[other]))
    assert found[0] == found[len(scores) - 1]
    assert all(1 <= first <= last <= len(scores) for first, last in found.values())
    assert min(first for first, _ in found.values()) == 1
    assert max(last for _, last in found.values()) == len(scores)


# ------------------------------------------------------------------------------------------------------- board

STEADY, TORN, LOW = [[0.8, 0.8]] * 4, [[0.9, 0.7], [0.7, 0.9], [0.9, 0.7], [0.7, 0.9]], [[0.4, 0.5]] * 4


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Session]]:
    """Plays rounds with results made by hand, by team and round."""
    with Session.open(tmp_path, small()) as session:

        def played(
            *rounds: Mapping[int, Shares], names: Sequence[str] = ("Larks", "Otters", "Harbour")
        ) -> Session:
            for name in names:
                session.add_team(name)
            for where, shares in zip(session.workshop.rounds, rounds, strict=False):
                session.go("frozen", where.id)
                monkeypatch.setattr(
                    session_module,
                    "play",
                    lambda plans, shares=shares, **_: result_of(plans, shares, {"wow": 0, "story": 1}),
                )
                session.compute()
            return session

        yield played


def row(found: Board) -> dict[str, tuple[str, str, str]]:
    return {each.name: (each.place, each.tier, each.movement) for each in found.rows}


def test_the_board_sorts_by_business_then_points(play: Callable[..., Session]) -> None:
    found = board(play({1: LOW, 2: TORN, 3: STEADY}))
    assert row(found) == {
        "Harbour": ("1", "unparalleled", "new"),
        "Otters": ("2", "good enough", "new"),
        "Larks": ("3", "hit-and-miss", "new"),
    }
    assert [each.name for each in found.rows] == ["Harbour", "Otters", "Larks"]
    assert found.headline == "One team met the bar."
    assert [each.days_at_bar for each in found.rows] == [1, 0.5, 0]


def test_movement_is_told_only_where_places_do_not_overlap(play: Callable[..., Session]) -> None:
    session = play({1: LOW, 2: TORN, 3: STEADY}, {1: STEADY, 2: TORN, 3: TORN})
    assert row(board(session, "buy")) == {
        "Larks": ("1", "unparalleled", "up"),
        "Otters": ("2–3", "good enough", "same"),
        "Harbour": ("2–3", "good enough", "down"),
    }
    assert {moved for _, _, moved in row(board(session, "staff")).values()} == {"new"}


def test_a_better_place_that_may_be_the_same_place_is_no_movement(play: Callable[..., Session]) -> None:
    session = play({1: STEADY, 2: TORN, 3: TORN}, {1: STEADY, 2: STEADY, 3: TORN})
    assert row(board(session, "staff"))["Otters"][0] == "2–3"
    assert row(board(session, "buy"))["Otters"] == ("1–2", "unparalleled", "same")


def test_ties_are_in_the_headline(play: Callable[..., Session]) -> None:
    found = board(play({1: STEADY, 2: STEADY, 3: STEADY}))
    assert found.headline == "Three teams met the bar; luck cannot rank them."
    assert {each.place for each in found.rows} == {"1–3"}


def test_the_board_can_hide_names_or_all_but_the_first_or_everybody(play: Callable[..., Session]) -> None:
    found = board(play({1: STEADY, 2: STEADY, 3: LOW}))
    assert [each.name for each in anonymous(found).rows] == ["Team A", "Team B", "Team C"]
    assert not any(each.team or each.plan for each in anonymous(found).rows)
    assert "Larks" not in repr(anonymous(found))
    first = top(found, 1)
    assert [each.name for each in first.rows] == ["Larks", "Otters"]
    assert first.left_out == 1
    assert (hidden(found).rows, hidden(found).left_out) == ((), 3)


def test_a_team_that_joined_after_the_result_is_not_on_its_board(play: Callable[..., Session]) -> None:
    session = play({1: STEADY, 2: STEADY, 3: LOW})
    session.add_team("Late")
    assert "Late" not in row(board(session))
    session.remove_team(1)
    assert set(row(board(session))) == {"Otters", "Harbour"}


def test_there_is_no_board_without_a_result(play: Callable[..., Session]) -> None:
    with pytest.raises(Refused, match="no result yet"):
        board(play())


def test_the_rule_says_that_it_is_one() -> None:
    staff, buy = small().rounds
    assert rule(small(), staff).endswith("Delight does not count in this round.")
    assert "50 points" in rule(small(), buy)
    assert "a rule of the game, not a finding" in rule(small(), buy)


def test_delight_is_worth_nothing_in_a_round_where_it_does_not_count(play: Callable[..., Session]) -> None:
    session = play()
    session.go("decide", "buy")
    session.decide(1, choice="wow")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            session_module,
            "play",
            lambda plans, **_: result_of(plans, dict.fromkeys(plans, STEADY), {"wow": 0, "story": 1}),
        )
        session.go("frozen")
        session.compute()
    points_of = {each.name: each.points for each in board(session).rows}
    assert points_of["Larks"] == pytest.approx(80 + 50 * 0.1)
    assert points_of["Otters"] == pytest.approx(80)
