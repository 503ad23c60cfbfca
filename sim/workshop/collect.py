"""Decisions pasted as codes, many at once and with prose around; every code comes to one outcome in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sim.exercise.numbers import shown
from sim.scenario import BadInput, Scenario, codes
from sim.workshop.limits import decision_of
from sim.workshop.names import NOT_A_NAME, teams_meant
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Workshop
from sim.workshop.state import Team

Came = Literal["accepted", "doubled", "late", "unknown team", "mistyped code", "locked", "out of limits"]
CAME: tuple[Came, ...] = (
    "accepted", "doubled", "late", "unknown team", "mistyped code", "locked", "out of limits",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of one code or line: `team` is the name matched, empty where none was; `line` counts from 1."""

    line: int
    team: str
    code: str
    came: Came
    sentence: str


def paste(session: Session, text: str, *, accept_late: bool = False) -> tuple[Outcome, ...]:
    """Take all decision codes in a text: "Team name: CODE", or a code after its team's name, on one line or two.

    A code handed in again by the same team changes nothing, and is told as doubled. All else is prose, passed over.
    """
    found, end = [], 0
    for token in codes.found_in(text):
        line, here, above = _before(text, end, token.at)
        end = token.at + len(token.text)
        meant = teams_meant(here, above, session.state.teams)
        if len(meant) == 1:
            found.append(_one(session, line, meant[0], token.text, accept_late))
        else:
            told = _nobody(session, line, here or above, token.text, meant)
            found.append(Outcome(line, "", token.text, "unknown team", told))
    return tuple(found)


def _before(text: str, since: int, at: int) -> tuple[int, str, str]:
    """The number of the line in which a code stands, the words before it there, and those of the line above."""
    lines = text[since:at].split("\n")
    above = next((line.strip(NOT_A_NAME) for line in reversed(lines[:-1]) if line.strip()), "")
    return text.count("\n", 0, at) + 1, lines[-1].strip(NOT_A_NAME), above


def code_of(session: Session, team: int) -> str:
    """The decision code of what a team plays in the round under way; raises BadInput."""
    plan = session.plan(session.team(team)).scenario
    return code_for(session.workshop, plan)


def code_for(workshop: Workshop, plan: Scenario) -> str:
    """The decision code of a plan in a workshop; raises BadInput.

    A code carries a plan and no assumptions, so the plan is told as what it changes of the kit's own operation.
    """
    return codes.encode(workshop.origin.model_copy(update={"plan": plan.plan}), workshop.base)


def _one(session: Session, line: int, team: Team, code: str, accept_late: bool) -> Outcome:
    try:
        plan = codes.decode(code).scenario
    except BadInput as error:
        return Outcome(line, team.name, code, "mistyped code", f"{team.name}: {error}")
    return _handed_in(session, line, team, code, plan, accept_late)


def _nobody(session: Session, line: int, named: str, code: str, meant: Sequence[Team]) -> str:
    if not named:
        return f"Line {line}: {shown(code)} stands without a team; write the team's name before it."
    if meant:
        either = " or ".join(each.name for each in meant)
        return f"{shown(named)}: may mean {either}; write one team's name before its code."
    known = ", ".join(each.name for each in session.state.teams) or "none yet"
    return f"{shown(named)}: no team has such a name; in are {known}."


def _handed_in(
    session: Session, line: int, team: Team, code: str, plan: Scenario, accept_late: bool
) -> Outcome:
    try:
        changes, choice = decision_of(session.workshop, session.round, plan)
        before = session.state.now.decisions.get(team.number)
        if before and (dict(before.changes), before.choice) == (changes, choice):
            words = f"{team.name}: handed in the same again; once is enough."
            return Outcome(line, team.name, code, "doubled", words)
        left = {path: value for path, value in changes.items() if not _of_choice(session, choice, path)}
        told = session.decide(
            team.number, left, choice=choice, via="code", typed=code, accept_late=accept_late
        )
    except Refused as error:
        named = str(error) if str(error).startswith(f"{team.name}:") else f"{team.name}: {error}"
        return Outcome(line, team.name, code, _came(error), named)
    return Outcome(line, team.name, code, "accepted", told)


def _of_choice(session: Session, choice: str | None, path: str) -> bool:
    taken = session.round.choice(choice) if choice else None
    return taken is not None and path in taken.plan


def _came(error: Refused) -> Came:
    return cast(Came, error.sort) if error.sort in CAME else "out of limits"
