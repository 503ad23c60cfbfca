"""Workshops under test: a session with robot teams, played quickly as far as a test wants, on a few replications."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.workshop import robots
from sim.workshop.session import Session
from sim.workshop.source import Workshop, workshop

REPLICATIONS = 2
LONG = "Die Gesellschaft der wartenden Anrufer W"
"""A name of 40 letters, nearly all of them wide."""


def short(name: str = "w1", **changes: Any) -> Workshop:
    """A workshop of the kit with few replications."""
    return workshop(name).model_copy(update={"replications": REPLICATIONS, **changes})


def begun(folder: Path, source: Workshop | None = None, names: Sequence[str] = ()) -> Session:
    """A session with these teams in, or with all robot teams where no name is given."""
    session = Session.open(folder, source or short())
    if names:
        for name in names:
            session.add_team(name)
    else:
        robots.seat(session)
    return session


def on(session: Session, phase: str) -> Session:
    """The session played on to a phase of its round, the robots among its teams predicting and deciding."""
    while session.state.phase != phase:
        if session.state.phase == "frozen" and session.state.now.result is None:
            session.compute(workers=1)
            continue
        session.next()
        if session.state.phase == "predict":
            robots.predict(session)
        elif session.state.phase == "decide":
            robots.decide(session)
    return session
