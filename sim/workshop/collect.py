"""Decisions pasted as codes, many at once and with prose around; every code comes to one outcome in a sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, Protocol, cast

from sim.scenario import BadInput, Scenario
from sim.workshop.limits import decision_of
from sim.workshop.names import nearest_team
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.state import Team

Came = Literal["accepted", "doubled", "late", "unknown team", "mistyped code", "locked", "out of limits"]
CAME: tuple[Came, ...] = (
    "accepted", "doubled", "late", "unknown team", "mistyped code", "locked", "out of limits",
)  # fmt: skip
NOT_A_NAME = " \t:;,.-–—=>|*#\"'`()[]"


@dataclass(frozen=True)
class Outcome:
    """What came of one code or line: `team` is the name matched, empty where none was; `line` counts from 1."""

    line: int
    team: str
    code: str
    came: Came
    sentence: str


class Token(Protocol):
    """A decision code found in a text, and where it begins."""

    @property
    def text(self) -> str:
        """The code as it stands there."""
        ...

    @property
    def at(self) -> int:
        """The place of its first character."""
        ...


class Decoded(Protocol):
    """What a decision code says."""

    @property
    def scenario(self) -> Scenario:
        """The plan."""
        ...


class Codes(Protocol):
    """What is asked of decision codes; `sim.scenario.codes` offers it."""

    def encode(self, scenario: Scenario, base: str = "today") -> str:
        """The code of a plan."""
        ...

    def decode(self, text: str) -> Decoded:
        """The plan of a code; raises BadInput."""
        ...

    def found_in(self, text: str) -> Sequence[Token]:
        """The codes in a text, in order."""
        ...


def known_codes() -> Codes:
    """The kit's decision codes."""
    return cast(Codes, import_module("sim.scenario.codes"))


def paste(
    session: Session, text: str, *, accept_late: bool = False, codes: Codes | None = None
) -> tuple[Outcome, ...]:
    """Take all decision codes in a text: "Team name: CODE", or a code on a line that begins with its team's name.

    A code handed in again by the same team changes nothing, and is told as doubled. Lines that hold nothing like a code
    are prose, and are passed over, unless they begin with a team's name and a colon.
    """
    codes = codes or known_codes()
    found: list[Outcome] = []
    team_above: Team | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        tokens = codes.found_in(line)
        alone = nearest_team(line.strip(NOT_A_NAME), session.state.teams)
        before = 0
        for token in tokens:
            named = line[before : token.at].strip(NOT_A_NAME)
            found.append(_one(session, codes, number, named, team_above, token.text, accept_late))
            before = token.at + len(token.text)
        if not tokens:
            found += _no_code(session, codes, number, line)
            team_above = alone
        else:
            team_above = None
    return tuple(found)


def code_of(session: Session, team: int, codes: Codes | None = None) -> str:
    """The decision code of what a team plays in the round under way; raises BadInput."""
    plan = session.plan(session.team(team))
    return (codes or known_codes()).encode(plan.scenario, session.workshop.base)


def _one(
    session: Session, codes: Codes, line: int, named: str, above: Team | None, code: str, accept_late: bool
) -> Outcome:
    team = _named(named, session.state.teams) if named else above
    if team is None:
        known = ", ".join(each.name for each in session.state.teams) or "none yet"
        words = f"{named}: no team has such a name; in are {known}." if named else (
            f"Line {line}: {code} stands without a team; write the team's name before it."
        )  # fmt: skip
        return Outcome(line, "", code, "unknown team", words)
    try:
        plan = codes.decode(code).scenario
    except BadInput as error:
        return Outcome(line, team.name, code, "mistyped code", f"{team.name}: {error}")
    return _handed_in(session, line, team, code, plan, accept_late)


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


def _no_code(session: Session, codes: Codes, number: int, line: str) -> list[Outcome]:
    """The outcome of a line of a team, told by its colon, in which no code can be found; prose has none."""
    name, colon, rest = line.partition(":")
    team = nearest_team(name.strip(NOT_A_NAME), session.state.teams) if colon else None
    if team is None or not re.search(r"\w", rest) or len(rest.split()) > 3 or not re.search(r"\d", rest):
        return []
    try:
        codes.decode(rest.strip())
        words = "this is no decision code; type it again."
    except BadInput as error:
        words = str(error)
    return [Outcome(number, team.name, rest.strip(), "mistyped code", f"{team.name}: {words}")]


def _named(words: str, teams: Iterable[Team]) -> Team | None:
    """The team meant by the words before a code: all of them, or the last ones after other prose."""
    teams = tuple(teams)
    parts = words.split()
    for since in range(len(parts)):
        team = nearest_team(" ".join(parts[since:]).strip(NOT_A_NAME), teams)
        if team:
            return team
    for until in range(len(parts) - 1, 0, -1):
        team = nearest_team(" ".join(parts[:until]).strip(NOT_A_NAME), teams)
        if team:
            return team
    return None
