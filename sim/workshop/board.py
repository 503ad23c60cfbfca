"""The board of a round: tiers first, then points within a business; places are ranges, and luck is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sim.workshop.outcome import RoundResult
from sim.workshop.ranks import places, shown
from sim.workshop.refused import Refused
from sim.workshop.scoring import TIERS, Score, Tier, above
from sim.workshop.session import Session
from sim.workshop.source import Round, Workshop

Movement = Literal["up", "down", "same", "new"]
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class Row:
    """One team on the board.

    Attributes:
        team: its number; 0 where the board is anonymous.
        name: as shown.
        points: mean of its weeks.
        low: lower end of the luck band: 95 of 100 single weeks of the same plan lie in the band.
        high: upper end of the luck band.
        half_width: of the 95% interval of `points` itself, much narrower than the band.
        first: best place it may have.
        last: worst place it may have.
        tier: which of the three businesses it is.
        days_at_bar: share of its days at the bar.
        kept: share of issues with the promise kept.
        movement: against the round before, told only where the two ranges of places do not overlap.
        plan: in a few words.
        carried: whether it handed in nothing.
    """

    team: int
    name: str
    points: float
    low: float
    high: float
    half_width: float
    first: int
    last: int
    tier: Tier
    days_at_bar: float
    kept: float
    movement: Movement
    plan: str
    carried: bool

    @property
    def place(self) -> str:
        """Its place as it is written: "4–8"."""
        return shown(self.first, self.last)


@dataclass(frozen=True)
class Board:
    """The board of a round, best first: tiers, then points within a business; `headline` is the sentence above it."""

    round: str
    rows: tuple[Row, ...]
    headline: str
    left_out: int = 0

    def tier(self, tier: Tier) -> tuple[Row, ...]:
        """The rows of one tier."""
        return tuple(row for row in self.rows if row.tier == tier)


def board(session: Session, round_: str | None = None) -> Board:
    """The board of a computed round, the one under way if none is named; raises Refused where there is no result."""
    where = _round(session, round_)
    scores = scores_of(session, where)
    ranges, before = (
        places(list(scores), lambda one, other: above(scores[one], scores[other])),
        _before(session, where),
    )
    plans = {plan.team.number: plan for plan in session.plans(where.id)}
    rows = [
        _row(
            team,
            plans[team].team.name,
            score,
            ranges[team],
            before.get(team),
            plans[team].told,
            plans[team].carried,
        )
        for team, score in scores.items()
    ]
    rows.sort(key=lambda row: (TIERS.index(row.tier), -row.points, row.name.casefold()))
    return Board(where.id, tuple(rows), headline(rows))


def scores_of(session: Session, where: Round) -> dict[int, Score]:
    """The scores of all teams that were in when the round was computed; one plan has one score. Raises Refused."""
    result = result_of(session, where)
    worth = session.workshop.delight_worth if where.delight_counts else 0.0
    scores = [Score(results, worth) for results in result.results]
    here = [team.number for team in session.state.teams if team.number in result.plan_of]
    return {team: scores[result.plan_of[team]] for team in here}


def result_of(session: Session, where: Round) -> RoundResult:
    """The official result of a round; raises Refused where there is none."""
    result = session.state.of(where.id).result
    if result is None:
        raise Refused("not now", f"{where.called}: has no result yet; compute it first.")
    return result


def anonymous(board: Board) -> Board:
    """The same board without names and without plans, which might tell them."""
    rows = tuple(
        replace(row, team=0, name=f"Team {letters(at)}", plan="") for at, row in enumerate(board.rows)
    )
    return replace(board, rows=rows)


def top(board: Board, number: int = 3) -> Board:
    """Only those who may have one of the first places, ties included; `left_out` counts the others."""
    rows = tuple(row for row in board.rows if row.first <= number)
    return replace(board, rows=rows, left_out=board.left_out + len(board.rows) - len(rows))


def hidden(board: Board) -> Board:
    """No rows at all, only the headline; `left_out` counts them."""
    return replace(board, rows=(), left_out=board.left_out + len(board.rows))


def headline(rows: Sequence[Row]) -> str:
    """The finding in a sentence: how many met the bar on nearly all days, and whether luck can rank them."""
    if not rows:
        return "No team was in when this round was computed."
    best = [row for row in rows if row.tier == "unparalleled"]
    if best:
        many = f"{_count(len(best))} {'team' if len(best) == 1 else 'teams'} met the bar"
        return f"{many}{_tied(best)}."
    enough = [row for row in rows if row.tier == "good enough"]
    if enough:
        who = "team is" if len(enough) == 1 else "teams are"
        return f"{_count(len(enough))} {who} good enough, none yet unparalleled{_tied(enough)}."
    return f"No team met the bar on half of its days{_tied(rows)}."


def rule(workshop: Workshop, where: Round) -> str:
    """How points are made, in words; what delight is worth is a rule of the game, and is called one."""
    points = "Points: promises kept of 100, the mean of all days."
    if not where.delight_counts:
        return f"{points} Delight does not count in this round."
    return (
        f"{points} Delight adds up to {workshop.delight_worth:g} points, for delighting everybody, but only on days "
        "at the bar: a rule of the game, not a finding."
    )


def _row(
    team: int,
    name: str,
    score: Score,
    range_: tuple[int, int],
    before: tuple[int, int] | None,
    plan: str,
    carried: bool,
) -> Row:
    at_bar, days = score.days
    return Row(
        team, name, score.mean.mean, *score.band, score.mean.half_width, *range_, score.tier,
        at_bar / days if days else 0.0, score.results.estimate("promise_kept").mean, _movement(range_, before),
        plan, carried,
    )  # fmt: skip


def _movement(now: tuple[int, int], before: tuple[int, int] | None) -> Movement:
    if before is None:
        return "new"
    if now[1] < before[0]:
        return "up"
    return "down" if now[0] > before[1] else "same"


def _before(session: Session, where: Round) -> dict[int, tuple[int, int]]:
    """The places of the latest computed round before this one."""
    earlier = session.workshop.rounds[: session.workshop.rounds.index(where)]
    for each in reversed(earlier):
        if session.state.of(each.id).result is not None:
            scores = scores_of(session, each)
            return places(list(scores), lambda one, other: above(scores[one], scores[other]))  # noqa: B023  # used at once
    return {}


def _round(session: Session, name: str | None) -> Round:
    return session.round if name is None else session.round_named(name)


def _tied(rows: Sequence[Row]) -> str:
    """A clause where luck cannot tell any two of several."""
    if len(rows) < 2 or len({(row.first, row.last) for row in rows}) > 1:
        return ""
    return "; luck cannot rank them"


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else str(number)


def letters(at: int) -> str:
    """The name of a place in a list without names: A to Z, then AA, AB and so on."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
