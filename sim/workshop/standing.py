"""Who is in, late, or odd in the round under way, and how the decisions spread."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.workshop import limits
from sim.workshop.session import Plan, Session
from sim.workshop.source import Lever, Round
from sim.workshop.state import RoundState

FEWEST_TO_BE_ODD = 4
"""Decisions in, below which nobody is told to stand out."""


@dataclass(frozen=True)
class Standing:
    """One team in the round under way: predictions in, decision in, any late, and what is odd, a sentence or empty."""

    team: int
    name: str
    predicted: bool
    decided: bool
    late: bool
    plan: str
    odd: str


@dataclass(frozen=True)
class Spread:
    """How the plans spread over one lever, or over the choices: values in words, and how many teams have each."""

    title: str
    counts: tuple[tuple[str, int], ...]


def standings(session: Session) -> tuple[Standing, ...]:
    """All teams, in the order they came in."""
    where, came, plans = session.round, session.state.now, session.plans()
    return tuple(_standing(where, came, plan, plans) for plan in plans)


def spreads(session: Session) -> tuple[Spread, ...]:
    """The spread of every lever that may be moved in this round, and of its choices; no names in it."""
    where, decisions = session.round, session.state.now.decisions.values()
    there = {team.number for team in session.state.teams}
    made = [each for each in decisions if each.team in there]
    found = [
        Spread(lever.facts.title, _counts(session, where, lever, made_plans(session)))
        for lever in where.movable
    ]
    if where.choices:
        taken = Counter(each.choice for each in made)
        counts = [(choice.title, taken[choice.id]) for choice in where.choices]
        found.append(Spread(where.title, tuple(counts)))
    return tuple(found)


def made_plans(session: Session) -> tuple[Plan, ...]:
    """The plans that were handed in in this round, those carried over left out."""
    return tuple(plan for plan in session.plans() if not plan.carried)


def _counts(
    session: Session, where: Round, lever: Lever, plans: Iterable[Plan]
) -> tuple[tuple[str, int], ...]:
    values = Counter(plan.scenario.value(lever.path) for plan in plans)
    return tuple(
        (limits.told(session.workshop, where, {lever.path: value}, None).split(", ")[0], values[value])
        for value in sorted(values, key=lambda each: (isinstance(each, str), each))
    )


def _standing(where: Round, came: RoundState, plan: Plan, plans: Sequence[Plan]) -> Standing:
    team = plan.team
    asked = [ask.id for ask in where.predictions]
    said = [came.predictions[team.number, ask] for ask in asked if (team.number, ask) in came.predictions]
    made = came.decisions.get(team.number)
    late = any(each.late for each in said) or bool(made and made.late)
    odd = plan.why or _odd(where, plan, plans)
    return Standing(
        team.number, team.name, len(said) == len(asked), made is not None, late, plan.told, odd
    )  # fmt: skip


def _odd(where: Round, plan: Plan, plans: Sequence[Plan]) -> str:
    """A sentence where a team is alone at the edge of what all decided."""
    others = [each for each in plans if not each.carried and each.team != plan.team]
    if len(others) + 1 < FEWEST_TO_BE_ODD:
        return ""
    for lever in where.movable:
        mine, theirs = plan.scenario.value(lever.path), [each.scenario.value(lever.path) for each in others]
        if not isinstance(mine, int | float) or isinstance(mine, bool):
            continue
        if mine < min(theirs) or mine > max(theirs):
            most = "fewest" if mine < min(theirs) else "most"
            return f"{plan.team.name}: {plan.told}, the {most} of all."
    return ""
