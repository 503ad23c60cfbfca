"""Workshops under test: sessions played quickly, as far as a test wants, on a few replications."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from sim.views.projector import STAGES
from sim.workshop import robots
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Ask, Choice, Lever, Option, Round, Workshop, workshop

REPLICATIONS = 2


def short(name: str = "w1", **changes: Any) -> Workshop:
    """A workshop of the kit with few replications."""
    return workshop(name).model_copy(update={"replications": REPLICATIONS, **changes})


BANDS = (
    Option(id="few", title="Fewer than half of them", high=50),
    Option(id="most", title="Half or more", low=50),
)
ASKS = (
    Ask(
        id="band", kind="choice", ask="How many of 100? " * 9, measure="promise_kept", unit="of 100", options=BANDS,
    ),
    Ask(
        id="wait", kind="number", ask="How long is the wait?", measure="wait_mean", unit="minutes", high=30, step=1,
    ),
)  # fmt: skip


def another() -> Workshop:
    """A workshop that asks otherwise: two levers at once, bands, many choices, and more words than fit."""
    agents = Lever(path="plan.staffing.agents", access="limited", low=6, high=12, step=1)
    context = Lever(path="plan.teamwork.context_kept", options=(0.1, 0.5, 0.9), price=250)
    yes = Lever(path="plan.delight.refreshed", access="locked")
    long = "a rather long title " * 3
    choices = tuple(
        Choice(id=f"n{at}", title=f"{at} agents and {long}", plan={agents.path: at}, note="W " * 60)
        for at in range(6, 12)
    )
    both = tuple(Option(id=each.id, title=each.title) for each in choices)
    order = (
        Ask(id="order", kind="ranking", ask="In which order?", measure="promise_kept", options=both),
        Ask(id="best", kind="choice", ask="Which is the best?", measure="promise_kept", options=both),
    )
    stages = (*STAGES, "one_customer")
    rounds = (
        Round(
            id="two", title="Two levers at once, and a title that is far too long for one line", brief="Words. " * 120,
            levers=(agents, context, yes), predictions=ASKS, reveal=stages,
        ),
        Round(id="many", title="Many choices", choices=choices, predictions=order, reveal=stages, delight_counts=True),
        Round(id="none", title="Nothing asked", levers=(context,), reveal=stages),
    )  # fmt: skip
    return short(
        rounds=rounds,
        steps=(),
        title="Another workshop with a title that goes on and on for three lines " * 2,
    )


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
