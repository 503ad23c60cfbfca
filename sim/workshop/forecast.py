"""The forecasters' cup: how near each prediction came to the official outcome, and dots for the projector."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isfinite

from sim.experiment import Estimate, Results, estimate
from sim.experiment.questions import shifted
from sim.workshop import answers
from sim.workshop.board import result_of
from sim.workshop.outcome import RoundResult
from sim.workshop.ranks import places
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Ask, Option, Round
from sim.workshop.state import Predicted, State, Team, fold

NEAREST = 0.005
"""Less than this apart, two forecasters are told as equals: half a point of 100."""


@dataclass(frozen=True)
class Forecast:
    """One team in the cup: `near` from 0 to 1, its mean over all predictions asked; 1 is exactly what came.

    The latest prediction made in time counts; where there is none it counts 0, late ones too. `said` and `came` are
    words, by prediction; `made` counts those in time. Places are ranges, as on the board.
    """

    team: int
    name: str
    near: float
    first: int
    last: int
    made: int
    said: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True)
class Cup:
    """The cup of a round, or of all rounds so far (`round` empty), the nearest first, and the sentence above it."""

    round: str
    rows: tuple[Forecast, ...]
    headline: str


@dataclass(frozen=True)
class Dots:
    """The predictions of a room: columns of dots with their labels, in order, and how many teams said nothing."""

    title: str
    columns: tuple[tuple[str, int], ...]
    missing: int
    sentence: str


@dataclass(frozen=True)
class _Judged:
    """One prediction judged: how near, how much of that is luck of the official outcome, and both in words."""

    near: float
    slack: float
    said: str
    came: str
    made: bool


def cup(session: Session, round_: str = "") -> Cup:
    """The forecasters' cup of one computed round, or of all of them; raises Refused where there is no result."""
    rounds = [session.round_named(round_)] if round_ else _computed(session)
    in_time = _in_time(session)
    judged = {team: _judged(session, in_time, rounds, team) for team in _there(session, rounds)}
    near = {team: _mean([each.near for each in found]) for team, found in judged.items()}
    slack = {team: max(NEAREST, _mean([each.slack for each in found])) for team, found in judged.items()}
    ranges = places(list(near), lambda one, other: near[one] - near[other] > max(slack[one], slack[other]))
    rows = [
        Forecast(
            team.number, team.name, near[team], *ranges[team], sum(each.made for each in found),
            tuple(each.said for each in found), tuple(each.came for each in found),
        )
        for team, found in judged.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.near, row.name.casefold()))
    return Cup(round_, tuple(rows), _headline(rows))


def dots(session: Session, round_: str, ask: Ask) -> Dots:
    """The tally of one prediction, without names; needs no result."""
    there = {team.number for team in session.state.teams}
    made = session.state.of(round_).predictions.values()
    said = [each.value for each in made if each.ask == ask.id and each.team in there]
    columns = _number_columns(ask, said) if ask.kind == "number" else _word_columns(ask, said)
    missing = len(there) - len(said)
    return Dots(ask.ask, columns, missing, _dots_sentence(columns, len(said), missing))


def official(session: Session, round_: str, team: int, ask: Ask) -> str:
    """What officially came of a prediction for a team's own plan, in words; raises Refused where there is no result."""
    result = result_of(session, session.round_named(round_))
    return _came(ask, result, _own(session, result, team))


def outcome_of(ask: Ask, result: RoundResult, own: Results) -> Estimate:
    """What came of a prediction in its own unit, with its interval: for a team's own plan, or the same for all.

    Raises:
        Refused: when the round was computed before the prediction's own question was asked.
    """
    if ask.question is None:
        return estimate([ask.scale * value for value in own.values(ask.measure)])
    places = result.asked_of.get(ask.id)
    if places is None:
        raise Refused("not now", f"{ask.ask} That was asked after the round was computed; compute it again.")
    weeks = zip(*(result.results[at].summaries for at in places), strict=True)
    return shifted(ask.question.answer([*weeks]), 0.0, ask.scale)


def order_of(ask: Ask, result: RoundResult) -> tuple[tuple[str, ...], dict[tuple[str, str], int]]:
    """The options in order, the highest measure first, and for each pair 1 or −1 where it can be told, 0 where not."""
    values = {
        option.id: result.results[result.choice_of[option.id]].values(ask.measure) for option in ask.options
    }
    ordered = sorted(values, key=lambda each: -estimate(values[each]).mean)
    pairs = {
        (one, other): _sign(estimate([a - b for a, b in zip(values[one], values[other], strict=True)]))
        for one, other in combinations(values, 2)
    }
    return tuple(ordered), pairs


def _computed(session: Session) -> list[Round]:
    found = [each for each in session.workshop.rounds if session.state.of(each.id).result is not None]
    if not found:
        raise Refused("not now", "No round has a result yet; compute one first.")
    return found


def _in_time(session: Session) -> State:
    """All predictions as they stood without those made late, which leave an earlier one what it was in the cup."""
    return fold(
        event
        for event in session.events
        if event.kind == "undone" or (event.kind == "predicted" and not event.payload.get("late"))
    )


def _there(session: Session, rounds: Sequence[Round]) -> list[Team]:
    results = [result_of(session, each) for each in rounds]
    return [team for team in session.state.teams if any(team.number in each.plan_of for each in results)]


def _judged(session: Session, in_time: State, rounds: Sequence[Round], team: Team) -> list[_Judged]:
    found = []
    for where in rounds:
        result = result_of(session, where)
        for ask in where.predictions:
            made = in_time.of(where.id).predictions.get((team.number, ask.id))
            made = made or session.state.of(where.id).predictions.get((team.number, ask.id))
            found.append(_judge(ask, made, result, result.of(team.number)))
    return found


def _judge(ask: Ask, made: Predicted | None, result: RoundResult, own: Results | None) -> _Judged:
    came = _came(ask, result, own) if own else ""
    if made is None or own is None:
        return _Judged(0.0, 0.0, "nothing", came, made=False)
    said = answers.told(ask, made.value)
    if made.late:
        return _Judged(0.0, 0.0, f"{said}, late", came, made=False)
    near, slack = _near(ask, made.value, result, own)
    return _Judged(near, slack, said, came, made=True)


def _near(ask: Ask, value: answers.Answer, result: RoundResult, own: Results) -> tuple[float, float]:
    if isinstance(value, tuple):
        return _pairs_right(ask, value, result), 0.0
    if isinstance(value, str):
        return float(value in _right(ask, result, own)), 0.0
    came = outcome_of(ask, result, own)
    if not isfinite(came.mean):  # nobody's fault
        return 1.0, 0.0
    scale = ask.high - ask.low
    return max(0.0, 1 - abs(value - came.mean) / scale), came.half_width / scale


def _pairs_right(ask: Ask, order: tuple[str, ...], result: RoundResult) -> float:
    """The share of pairs in the right order, of those that can be told; 1 where none can."""
    _, pairs = order_of(ask, result)
    told = {pair: sign for pair, sign in pairs.items() if sign}
    right = [(order.index(pair[0]) < order.index(pair[1])) == (sign > 0) for pair, sign in told.items()]
    return sum(right) / len(right) if right else 1.0


def _right(ask: Ask, result: RoundResult, own: Results) -> tuple[str, ...]:
    """The options that are right: the band the outcome lies in, or the choices that no other is surely above."""
    banded = [option for option in ask.options if option.low is not None or option.high is not None]
    if banded:
        came = outcome_of(ask, result, own).mean
        return tuple(option.id for option in banded if _in_band(option, came))
    _, pairs = order_of(ask, result)
    beaten = {other if sign > 0 else one for (one, other), sign in pairs.items() if sign}
    return tuple(option.id for option in ask.options if option.id not in beaten)


def _in_band(option: Option, value: float) -> bool:
    return (option.low is None or value >= option.low) and (option.high is None or value < option.high)


def _came(ask: Ask, result: RoundResult, own: Results) -> str:
    titles = {option.id: option.title for option in ask.options}
    if ask.kind == "ranking":
        ordered, pairs = order_of(ask, result)
        words = titles[ordered[0]]
        for one, other in pairwise(ordered):
            sign = pairs.get((one, other), pairs.get((other, one), 0))
            words += f" {'>' if sign else 'level with'} {titles[other]}"
        return words
    if ask.kind == "choice":
        return " or ".join(titles[each] for each in _right(ask, result, own)) or "none of them"
    came = outcome_of(ask, result, own)
    return f"{came.mean:.0f} {ask.unit}".strip() if isfinite(came.mean) else "cannot be told"


def _own(session: Session, result: RoundResult, team: int) -> Results:
    own = result.of(team)
    if own is None:
        raise Refused("not now", f"{session.team(team).name}: joined after this round was computed.")
    return own


def _sign(difference: Estimate) -> int:
    return 1 if difference.low > 0 else -1 if difference.high < 0 else 0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _headline(rows: Sequence[Forecast]) -> str:
    best = [row.name for row in rows if row.first == 1 and row.made]
    if not best:
        return "Nobody predicted in time."
    if len(best) == 1:
        return f"{best[0]} came nearest to what happened."
    if len(best) > 4:
        return f"{len(best)} teams share the cup: luck cannot tell them apart."
    return f"{', '.join(best[:-1])} and {best[-1]} share the cup."


def _number_columns(ask: Ask, said: Sequence[answers.Answer]) -> tuple[tuple[str, int], ...]:
    """Columns of one step's width, from the lowest said to the highest, empty ones between them kept."""
    cells = Counter(int((value - ask.low) // ask.step) for value in said if isinstance(value, float))
    if not cells:
        return ()
    return tuple((_cell(ask, at), cells[at]) for at in range(min(cells), max(cells) + 1))


def _cell(ask: Ask, at: int) -> str:
    low = ask.low + at * ask.step
    whole = ask.step == int(ask.step) and ask.step > 1
    return f"{low:g}–{min(low + ask.step - 1, ask.high):g}" if whole and low < ask.high else f"{low:g}"


def _word_columns(ask: Ask, said: Sequence[answers.Answer]) -> tuple[tuple[str, int], ...]:
    counts = Counter(answers.told(ask, value) for value in said)
    if ask.kind == "choice":
        return tuple((option.title, counts[option.title]) for option in ask.options)
    return tuple(counts.most_common())


def _dots_sentence(columns: Sequence[tuple[str, int]], said: int, missing: int) -> str:
    if not said:
        return "Nobody has predicted yet."
    most = max(columns, key=lambda column: column[1])
    left = f"; {missing} {'has' if missing == 1 else 'have'} not" if missing else ""
    return f"{said} {'team has' if said == 1 else 'teams have'} predicted{left}; most often {most[0]} ({most[1]})."
