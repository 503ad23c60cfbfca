"""Fifteen robot teams with characters of their own, so that one person can rehearse a whole room.

They know a workshop by its source alone: what may be moved, what is asked. The same seed makes them do the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from sim.exercise.numbers import ONES
from sim.scenario import BadInput
from sim.workshop import collect
from sim.workshop.limits import value_of
from sim.workshop.session import Session
from sim.workshop.source import Ask, Lever, Round
from sim.workshop.state import Team

Character = Literal[
    "cutter", "hirer", "steady", "copier", "random", "mistyper", "latecomer", "absent", "changer", "delighter",
    "wordy", "pusher", "saver", "spender", "guesser",
]  # fmt: skip
Luck = np.random.Generator
Move = tuple[dict[str, Any], str | None]
"""Lever values by path, and the choice taken."""
POINTS = 5
"""Values a robot sees on a lever that has ends but no steps."""
SLACK = 1e-9


@dataclass(frozen=True)
class Robot:
    """A team that plays by itself: its name and its character."""

    name: str
    character: Character


ROBOTS = (
    Robot("Larks", "cutter"),
    Robot("Otters", "hirer"),
    Robot("Harbour", "steady"),
    Robot("Tilde", "copier"),
    Robot("Kestrel", "random"),
    Robot("Basalt", "mistyper"),
    Robot("Juniper", "latecomer"),
    Robot("Mosaic", "absent"),
    Robot("Quay", "changer"),
    Robot("Saffron", "delighter"),
    Robot("Delta", "wordy"),
    Robot("Pylon", "pusher"),
    Robot("Velvet", "saver"),
    Robot("Nimbus", "spender"),
    Robot("Anvil", "guesser"),
)
BY_CODE: tuple[Character, ...] = ("hirer", "random", "mistyper", "saver", "spender")
"""Those who hand in decision codes; the others' cards are typed in the grid."""


def seat(session: Session) -> tuple[str, ...]:
    """Put all robot teams in; returns what the session said."""
    return _said(partial(session.add_team, robot.name) for robot in ROBOTS)


def predict(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let every robot predict in the round under way; returns what the session said, refusals included."""
    said: list[str] = []
    for robot, team in _seated(session):
        if robot.character in ("absent", "latecomer"):
            continue
        for ask in session.round.predictions:
            typed = _prediction(robot, ask, _luck(session, robot, seed))
            if robot.character == "mistyper":
                said += _said([partial(session.predict, team.number, ask.id, "about a lot")])
            said += _said([partial(session.predict, team.number, ask.id, typed)])
    return tuple(said)


def decide(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let every robot hand in its decision while decisions are open; returns what the session said.

    Some hand in decision codes, which are pasted together.
    """
    said: list[str] = []
    for robot, team in _seated(session):
        if robot.character not in ("absent", "latecomer", *BY_CODE):
            said += _by_hand(session, robot, team, _luck(session, robot, seed))
    said += [outcome.sentence for outcome in collect.paste(session, pasted(session, seed))]
    return tuple(said)


def pasted(session: Session, seed: int = 1) -> str:
    """What the robots who use decision codes send, with some prose around it."""
    lines = ["Here are ours, sorry for the wait:"]
    for robot, team in _seated(session):
        if robot.character in BY_CODE:
            changes, choice = _move(session, robot, _luck(session, robot, seed))
            taken = session.round.choice(choice) if choice else None
            whole = {**_read(session.round, changes), **(taken.plan if taken else {})}
            code = collect.code_for(session.workshop, session.workshop.plan(whole))
            if robot.character == "mistyper":
                lines.append(f"{team.name}: {code[:-1]}{'7' if code[-1] != '7' else '8'}")
            lines.append(f"{team.name}: {code}")
    return "\n".join([*lines, "Good luck to all!"])


def come_late(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let those who are late hand in after the freeze: refused first, then accepted; returns what was said."""
    said: list[str] = []
    for robot, team in _seated(session):
        if robot.character == "latecomer":
            changes, choice = _move(session, robot, _luck(session, robot, seed))
            hand_in = partial(session.decide, team.number, changes, choice=choice, via="robot")
            said += _said([hand_in, partial(hand_in, accept_late=True)])
    return tuple(said)


def _by_hand(session: Session, robot: Robot, team: Team, luck: Luck) -> tuple[str, ...]:
    """Everything one robot hands in: what is refused, what it changes its mind about, and what counts."""
    changes, choice = _move(session, robot, luck)
    tries: list[Move] = []
    if robot.character == "pusher":
        tries += _too_far(session.round)
    if robot.character == "changer":
        tries.append(_move(session, Robot(robot.name, "random"), luck))
    tries.append((changes, choice))
    return _said(partial(session.decide, team.number, made[0], choice=made[1], via="robot") for made in tries)


def _move(session: Session, robot: Robot, luck: Luck) -> Move:
    """What a robot wants in the round under way."""
    where = session.round
    if robot.character == "copier":
        made = session.state.now.decisions.values()
        first = next(iter(made), None)
        if first and not (first.choice and first.choice not in {each.id for each in where.choices}):
            return _levers_of(where, first.changes), first.choice
    return _lever_values(where, robot, luck), _choice(where, robot, luck)


def _levers_of(where: Round, changes: Mapping[str, Any]) -> dict[str, Any]:
    movable = {lever.path for lever in where.movable}
    return {path: value for path, value in changes.items() if path in movable}


def _lever_values(where: Round, robot: Robot, luck: Luck) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for lever in where.movable:
        seen = _values(lever)
        if not seen or robot.character == "steady":
            continue
        at = {"cutter": 0, "saver": min(1, len(seen) - 1), "hirer": -1, "spender": -1, "pusher": -1}
        value = seen[at.get(robot.character, int(luck.integers(len(seen))))]
        wanted[lever.path] = _in_words(value) if robot.character == "wordy" else value
    return wanted


def _values(lever: Lever) -> tuple[Any, ...]:
    """The values of a lever that a robot chooses from, the lowest first."""
    if lever.options:
        return lever.options
    default = lever.facts.default
    if isinstance(default, bool):
        return (False, True)
    if not isinstance(default, int | float) or lever.lowest is None or lever.highest is None:
        return ()
    low, high = lever.lowest, lever.highest
    step = lever.step or (high - low) / (POINTS - 1)
    found = [low + step * at for at in range(int((high - low) / step + SLACK) + 1)]
    return tuple(sorted({round(each) for each in found})) if isinstance(default, int) else tuple(found)


def _choice(where: Round, robot: Robot, luck: Luck) -> str | None:
    if not where.choices or robot.character == "steady":
        return None
    by_price = sorted(where.choices, key=lambda choice: choice.price)
    if robot.character == "delighter":
        loved = [choice for choice in where.choices if any("delight" in path for path in choice.plan)]
        return (loved or list(where.choices))[0].id
    at = {"cutter": 0, "saver": 0, "hirer": -1, "spender": -1}
    return by_price[at.get(robot.character, int(luck.integers(len(by_price))))].id


def _too_far(where: Round) -> list[Move]:
    """What is refused: a lever further than its end, and one that is locked."""
    ends = [(lever.path, lever.highest) for lever in where.movable if lever.highest is not None]
    locked = [lever.path for lever in where.levers if not lever.movable]
    beyond: list[Move] = [({path: end + 1}, None) for path, end in ends[:1]]
    return [*beyond, *[({path: 1}, None) for path in locked[:1]]]


def _prediction(robot: Robot, ask: Ask, luck: Luck) -> object:
    ids = [option.id for option in ask.options]
    if ask.kind == "ranking":
        return " > ".join(ids[at] for at in luck.permutation(len(ids)))
    if ask.kind == "choice":
        return ids[int(luck.integers(len(ids)))]
    width = ask.high - ask.low
    middle = {"cutter": 0.4, "hirer": 0.9, "spender": 0.85, "saver": 0.5}.get(robot.character, 0.7)
    value = round(ask.low + width * float(np.clip(luck.normal(middle, 0.08), 0, 1)))
    return f"{value} of 100" if ask.scale == 100 and robot.character == "wordy" else value


def _in_words(value: Any) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(ONES)
    return ONES[value] if whole else value


def _read(where: Round, changes: Mapping[str, Any]) -> dict[str, Any]:
    levers = {lever.path: lever for lever in where.movable}
    return {path: value_of(levers[path], typed) for path, typed in changes.items()}


def _seated(session: Session) -> Iterable[tuple[Robot, Team]]:
    by_name = {team.name: team for team in session.state.teams}
    return [(robot, by_name[robot.name]) for robot in ROBOTS if robot.name in by_name]


def _luck(session: Session, robot: Robot, seed: int) -> Luck:
    return np.random.default_rng([seed, session.round_number, ROBOTS.index(robot)])


def _said(commands: Iterable[Callable[[], str]]) -> tuple[str, ...]:
    """What the session said to each command, refusals included."""
    said = []
    for command in commands:
        try:
            said.append(command())
        except BadInput as refused:
            said.append(str(refused))
    return tuple(said)
