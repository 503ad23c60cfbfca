"""Workshops under test: sessions played quickly, as far as a test wants, on a few replications."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from sim.workshop import robots
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Ask, Round, Workshop, workshop

REPLICATIONS = 2


def short(name: str = "w1", **changes: Any) -> Workshop:
    """A workshop of the kit with few replications."""
    return workshop(name).model_copy(update={"replications": REPLICATIONS, **changes})


def begun(folder: Path, source: Workshop | None = None, names: Sequence[str] | None = None) -> Session:
    """A session with these teams in, or with all robot teams where no names are given."""
    session = Session.open(folder, source or short())
    if names is None:
        robots.seat(session)
    for name in names or ():
        session.add_team(name)
    return session


def on(session: Session, phase: str, *, predicting: bool = True) -> Session:
    """The session played on to a phase of its round, or of the next one where that phase is over."""
    while True:
        one_step(session, predicting=predicting)
        if session.state.phase == phase:
            return session


def one_step(session: Session, *, predicting: bool = True) -> None:
    """Go one step on, and do what teams do there."""
    if session.state.phase == "frozen" and session.state.now.result is None:
        session.compute(workers=1)
        return
    session.next()
    if session.state.phase == "predict" and predicting:
        robots.predict(session)
        _predict(session)
    elif session.state.phase == "decide":
        robots.decide(session)
        _decide(session)
    elif session.state.phase == "frozen":
        robots.come_late(session)


def places(session: Session, *, predicting: bool = True) -> Iterator[tuple[str, str, int]]:
    """Every place of a workshop from where the session stands to its end: round, phase and stage."""
    while True:
        state = session.state
        yield state.round, state.phase, state.stage
        try:
            one_step(session, predicting=predicting)
        except Refused:
            return


def _others(session: Session) -> list[int]:
    known = {robot.name for robot in robots.ROBOTS}
    return [team.number for team in session.state.teams if team.name not in known]


def _predict(session: Session) -> None:
    for team in _others(session):
        for ask in session.round.predictions:
            session.predict(team, ask.id, _guess(ask, team))


def _guess(ask: Ask, team: int) -> object:
    if ask.kind == "number":
        return ask.low + (team * 37) % 101 / 100 * (ask.high - ask.low)
    ids = [option.id for option in ask.options]
    turned = ids[team % len(ids) :] + ids[: team % len(ids)]
    return turned if ask.kind == "ranking" else turned[0]


def _decide(session: Session) -> None:
    for team in _others(session):
        where = session.round
        choice = where.choices[team % len(where.choices)].id if where.choices else None
        session.decide(team, {} if choice else _changes(where, team), choice=choice)


def _changes(where: Round, team: int) -> dict[str, object]:
    lever = where.movable[0]
    values = lever.options or tuple(_steps(lever.lowest or 0.0, lever.highest or 1.0, lever.step or 1.0))
    return {lever.path: values[team % len(values)]}


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    for at in count():
        if low + at * step > high:
            return
        yield low + at * step
