"""Team names: plain text, each of them once."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sim.workshop.refused import Refused
from sim.workshop.state import Team

LONGEST = 40
"""Characters of a team's name at most."""
NEAR = 0.7
"""How much of two names is the same, from 0 to 1, where one may be the other misspelt."""
NOT_A_NAME = " \t:;,.-–—=>|*#\"'`()[]"
"""What stands around a name in a line, and is no part of it."""


def team_name(typed: str, taken: Iterable[str] = ()) -> str:
    """A name as it is kept: one space between words, nothing that cannot be seen, markup as the text it is.

    Raises:
        Refused: in one sentence, when it is empty, longer than 40 characters, or taken.
    """
    text = unicodedata.normalize("NFC", typed.encode("utf-8", "replace").decode())
    name = " ".join("".join(" " if unicodedata.category(each) in UNSEEN else each for each in text).split())
    if not name:
        raise Refused("name", "The name is empty; give the team a name of 1 to 40 characters.")
    if len(name) > LONGEST:
        raise Refused(
            "name",
            f"{name[:20]}…: has {len(name)} characters; at most {LONGEST}, such as {name[:LONGEST].strip()}.",
        )
    for other in taken:
        if same(name, other):
            raise Refused(
                "name", f"{name}: is taken by {other}; choose another, such as {_free(name, taken)}."
            )
    return name


UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode's sorts of characters that have no picture, or no place in a line."""


def same(one: str, other: str) -> bool:
    """Whether two names are one to a reader: case, spaces and forms of a letter do not count."""
    return _bare(one) == _bare(other)


def teams_meant(here: str, above: str, teams: Iterable[Team]) -> tuple[Team, ...]:
    """The teams that words before a code may mean: one where it is plain, none where no name is near, or several.

    `here` are the words on the code's own line, `above` the line above. A name in full comes first, anywhere in the
    line; a number only where nothing else is said; a name misspelt, or alone on the line above, only after that. A line
    that is nearly one team's name and holds another's means neither.
    """
    teams, words = tuple(teams), here or above
    named, near = _in_full(words, teams), _near(words, teams)
    alone = [team for team in teams if here and _key(above) == _key(team.name)]
    meant = [*named, *near] if named else [*(_by_number(words, teams) or near), *alone]
    return tuple(team for team in teams if team in meant)


def _in_full(words: str, teams: Sequence[Team]) -> list[Team]:
    """The teams whose whole names stand in a line; a name within a longer one does not count."""
    parts, keys = words.split(), {team: _key(team.name) for team in teams}
    most = 1 + max((len(team.name.split()) for team in teams), default=0)
    found = [
        (since, until, team)
        for since in range(len(parts))
        for until in range(since + 1, min(since + most, len(parts)) + 1)
        for key in (_key(" ".join(parts[since:until])),)
        for team in teams
        if key == keys[team]
    ]
    return [
        team
        for since, until, team in found
        if not any(a <= since and until <= b and b - a > until - since for a, b, _ in found)
    ]


def _by_number(words: str, teams: Sequence[Team]) -> list[Team]:
    """The team whose number is all that is said, alone or after the word team."""
    return [team for team in teams if _key(words).removeprefix("team") == str(team.number)]


def _near(words: str, teams: Sequence[Team]) -> list[Team]:
    """The teams whose names are nearest to what is said; names with other numbers or letters are other names."""
    like = {
        team: max(SequenceMatcher(None, typed, _key(team.name)).ratio() for typed in _without_team(words))
        for team in teams
        if len(words) < 2 * LONGEST and _marks(words) == _marks(team.name)
    }
    most = max(like.values(), default=0.0)
    return [team for team, ratio in like.items() if ratio == most >= NEAR]


def _without_team(words: str) -> tuple[str, str]:
    return _key(words), _key(words).removeprefix("team")


def _marks(name: str) -> list[str]:
    """What tells "Table 1" from "Table 2", and "Table A" from "Table B"."""
    return re.findall(r"\d+|\b[^\W\d_]\b", unicodedata.normalize("NFKC", name).casefold())


def _key(name: str) -> str:
    """A name without what may stand around it in a line."""
    return _bare(name.strip(NOT_A_NAME) or name)


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _free(name: str, taken: Iterable[str]) -> str:
    others = {_bare(other) for other in taken}
    free = (f"{name[: LONGEST - 3]} {number}" for number in range(2, 100))
    return next((each for each in free if _bare(each) not in others), f"{name[: LONGEST - 4]} 100")
