"""What a session has come to: a pure fold over its events, which takes any events and never fails."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sim.scenario import BadInput
from sim.workshop.event import KEPT_FOR_GOOD, Event
from sim.workshop.outcome import RoundResult
from sim.workshop.source import PHASES, Phase


@dataclass(frozen=True)
class Team:
    """A team by its number, which never changes, and its name, which may."""

    number: int
    name: str


@dataclass(frozen=True)
class Predicted:
    """A team's latest answer to one prediction of a round; `value` is a number, an option's id, or ids in order."""

    team: int
    ask: str
    value: float | str | tuple[str, ...]
    typed: str
    late: bool
    at: str


@dataclass(frozen=True)
class Decided:
    """A team's latest decision in a round: its changes of today's plan by path, and the choice taken if there is one.

    `via` says how it came in: grid, code, choice or robot; `times` counts the team's decisions in this round.
    """

    team: int
    changes: Mapping[str, Any]
    choice: str | None
    via: str
    typed: str
    late: bool
    at: str
    times: int = 1


@dataclass(frozen=True)
class RoundState:
    """What came in for one round, its official result once computed, and whether any of that was shown."""

    predictions: Mapping[tuple[int, str], Predicted] = field(default_factory=dict)
    decisions: Mapping[int, Decided] = field(default_factory=dict)
    result: RoundResult | None = None
    shown: bool = False


@dataclass(frozen=True)
class Clock:
    """The workshop's clock: when it started, since when it stands (ISO, UTC), and minutes it stood or was given."""

    started: str | None = None
    paused: str | None = None
    left_out: float = 0.0


@dataclass(frozen=True)
class State:
    """All a desk needs to know; `stage` counts the stages of the reveal from 1, and is 0 in other phases."""

    workshop: str = ""
    teams: tuple[Team, ...] = ()
    ever: int = 0
    round: str = ""
    phase: Phase = "brief"
    stage: int = 0
    rounds: Mapping[str, RoundState] = field(default_factory=dict)
    clock: Clock = Clock()
    notes: tuple[str, ...] = ()

    def of(self, round_: str) -> RoundState:
        """What came in for a round; empty where nothing did."""
        return self.rounds.get(round_, RoundState())

    @property
    def now(self) -> RoundState:
        """What came in for the round under way."""
        return self.of(self.round)

    def team(self, number: int) -> Team | None:
        """The team of that number, None where there is none."""
        return next((team for team in self.teams if team.number == number), None)


def fold(events: Iterable[Event]) -> State:
    """The state after these events; what an undo took back is left out, what cannot be understood changes nothing."""
    events = tuple(events)
    gone, state = undone(events), State()
    for event in events:
        if event.number not in gone:
            state = step(state, event)
    return state


def undone(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of the events that later ones took back."""
    there: set[int] = set()
    gone: set[int] = set()
    for event in events:
        if event.kind == "undone":
            taken_back = event.payload.get("of")
            gone |= there & {taken_back if isinstance(taken_back, int) else 0}
        elif event.kind not in KEPT_FOR_GOOD:
            there.add(event.number)
    return frozenset(gone)


def undoable(events: Iterable[Event]) -> Event | None:
    """The latest event that an undo would take back, None where there is none."""
    events = tuple(events)
    gone = undone(events)
    left = (event for event in reversed(events) if event.number not in gone)
    return next((event for event in left if event.kind not in KEPT_FOR_GOOD), None)


def step(state: State, event: Event) -> State:
    """The state after one event more, which is no undo."""
    change = _CHANGES.get(event.kind)
    if change is None:
        return state
    try:
        return change(state, event.payload, event.at)
    except (BadInput, KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        return state  # an event of another version, or a damaged one: the session goes on without it


def _opened(state: State, payload: Mapping[str, Any], _at: str) -> State:
    if state.workshop:
        return state
    return replace(state, workshop=_text(payload, "workshop"), round=_text(payload, "round"))


def _joined(state: State, payload: Mapping[str, Any], _at: str) -> State:
    team = Team(_whole(payload, "team"), _text(payload, "name"))
    if state.team(team.number):
        return state
    return replace(state, teams=(*state.teams, team), ever=max(state.ever, team.number))


def _renamed(state: State, payload: Mapping[str, Any], _at: str) -> State:
    team = Team(_whole(payload, "team"), _text(payload, "name"))
    return replace(state, teams=tuple(team if each.number == team.number else each for each in state.teams))


def _left(state: State, payload: Mapping[str, Any], _at: str) -> State:
    number = _whole(payload, "team")
    return replace(state, teams=tuple(team for team in state.teams if team.number != number))


def _moved(state: State, payload: Mapping[str, Any], _at: str) -> State:
    phase = _text(payload, "phase")
    if phase not in PHASES:
        return state
    name, stage = _text(payload, "round"), max(1, _whole(payload, "stage")) if phase == "reveal" else 0
    if PHASES.index(phase) > COMPUTED:
        state = _with(state, name, replace(state.of(name), shown=True))
    return replace(state, round=name, phase=phase, stage=stage)


def _predicted(state: State, payload: Mapping[str, Any], at: str) -> State:
    made = Predicted(
        _whole(payload, "team"), _text(payload, "ask"), _answer(payload["value"]),
        str(payload.get("typed", "")), bool(payload.get("late")), at,
    )  # fmt: skip
    name = _text(payload, "round")
    before = state.of(name)
    made_so_far = {**before.predictions, (made.team, made.ask): made}
    return _with(state, name, replace(before, predictions=made_so_far))


def _decided(state: State, payload: Mapping[str, Any], at: str) -> State:
    name, team = _text(payload, "round"), _whole(payload, "team")
    before = state.of(name)
    earlier = before.decisions.get(team)
    made = Decided(
        team, dict(payload["changes"]), _choice(payload.get("choice")), str(payload.get("via", "")),
        str(payload.get("typed", "")), bool(payload.get("late")), at, earlier.times + 1 if earlier else 1,
    )  # fmt: skip
    state = _with(state, name, replace(before, decisions={**before.decisions, team: made}, result=None))
    stale = before.result is not None and state.round == name and PHASES.index(state.phase) > FROZEN
    return replace(state, phase="frozen", stage=0) if stale else state


def _computed(state: State, payload: Mapping[str, Any], _at: str) -> State:
    name = _text(payload, "round")
    result = RoundResult.from_content(payload["result"])
    return replace(
        _with(state, name, replace(state.of(name), result=result)), round=name, phase="computed", stage=0
    )


def _clock(state: State, payload: Mapping[str, Any], at: str) -> State:
    clock, do = state.clock, payload["do"]
    if do == "start" and clock.started is None:
        clock = replace(clock, started=at)
    elif do == "pause" and clock.started and clock.paused is None:
        clock = replace(clock, paused=at)
    elif do == "resume" and clock.paused:
        clock = replace(clock, paused=None, left_out=clock.left_out + minutes_between(clock.paused, at))
    elif do == "give":
        clock = replace(clock, left_out=clock.left_out + float(payload["minutes"]))
    return replace(state, clock=clock)


def _noted(state: State, payload: Mapping[str, Any], _at: str) -> State:
    return replace(state, notes=(*state.notes, _text(payload, "text")))


def minutes_between(since: str, until: str) -> float:
    """Minutes from one moment to another (ISO 8601); raises ValueError."""
    return (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds() / 60


def _with(state: State, name: str, round_: RoundState) -> State:
    return replace(state, rounds={**state.rounds, name: round_})


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload[name]
    if not isinstance(value, str) or not value:
        raise TypeError(name)
    return value


def _whole(payload: Mapping[str, Any], name: str) -> int:
    value = payload[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(name)
    return value


def _choice(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _answer(value: Any) -> float | str | tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return value if isinstance(value, str) else float(value)


FROZEN, COMPUTED = PHASES.index("frozen"), PHASES.index("computed")
_CHANGES: dict[str, Callable[[State, Mapping[str, Any], str], State]] = {
    "opened": _opened,
    "team_joined": _joined,
    "team_renamed": _renamed,
    "team_left": _left,
    "moved": _moved,
    "predicted": _predicted,
    "decided": _decided,
    "computed": _computed,
    "clock": _clock,
    "noted": _noted,
}
