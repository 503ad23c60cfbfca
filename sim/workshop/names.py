"""Team names: plain text, each of them once."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from sim.workshop.refused import Refused
from sim.workshop.state import Team

LONGEST = 40
"""Characters of a team's name at most."""


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


def nearest_team(typed: str, teams: Iterable[Team]) -> Team | None:
    """The team whose name is meant, None where none is near; one typed in full, or its number, is always meant."""
    teams = tuple(teams)
    bare = {_bare(team.name): team for team in teams}
    word = _bare(typed)
    if word in bare:
        return bare[word]
    by_number = {str(team.number): team for team in teams}
    if word.removeprefix("team") in by_number:
        return by_number[word.removeprefix("team")]
    close = get_close_matches(word, bare, n=1, cutoff=0.7)
    return bare[close[0]] if close else None


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _free(name: str, taken: Iterable[str]) -> str:
    others = {_bare(other) for other in taken}
    free = (f"{name[: LONGEST - 3]} {number}" for number in range(2, 100))
    return next((each for each in free if _bare(each) not in others), f"{name[: LONGEST - 4]} 100")
