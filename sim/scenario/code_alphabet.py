"""The letters of a decision code, and the check letters that tell a code from one with a slip in it.

A code is a row of letters c(0), c(1), ... c(n-1), each a number from 0 to 22, and holds together when, modulo 23:

    1. the sum of c(i) is 1,
    2. the sum of (i mod 23) c(i) is 0,
    3. in a code longer than 23, the sum of (i div 23) c(i) is 0,

and when n is a whole number of groups of four. Proof of what that catches:

- One letter replaced by another adds d to the first sum, with 0 < |d| < 23: not 1 any more.
- Two letters c(i), c(j) that differ, swapped, adjacent or not: the second sum changes by (i - j)(c(j) - c(i)) modulo
  23, which is 0 only where i = j modulo 23, as 23 is a prime. Then i div 23 and j div 23 differ, by less than 23 as
  a code has at most 400 letters, and the third sum changes by their difference times c(j) - c(i): not 0.
- One letter missing or one too many: n is no multiple of four.
- A letter that no code has is no number at all.
- Two codes written as one: the first sum is 2.

Check letters that make it so can always be found: the sums are equations in the last two letters, whose determinant
is 1, and in a longer code in c(2) and the last two, whose determinant is -q modulo 23 where both lie in block q, and
-q - 2 where they lie in blocks q - 1 and q: never 0 up to 400 letters, which is q = 17.
"""

import re
from collections.abc import Sequence

from sim.scenario.errors import BadInput

LETTERS = "34679ACDEFGHJKMNPQRTWXY"
"""No two look alike: neither 0 nor O, 1, I nor L, 2 nor Z, 5 nor S, 8 nor B, U nor V."""
PRIME = len(LETTERS)
GROUP = 4
SHORTEST, LONGEST = 2 * GROUP, 400
MOST_SHOWN = 40
DASHES = "\u00ad\u2010-\u2015\u2212\\-"
"""For a class of a pattern: all that people and programs write for a hyphen."""
APART = re.compile(rf"[\s{DASHES}\u200b-\u200d\u2060\ufeff]+")
"""What stands between the groups of a code and does not matter."""
CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ALOUD = {
    **dict(zip("34679", ("three", "four", "six", "seven", "nine"), strict=True)),
    **{
        word[0]: f"{word[0]} as in {word}"
        for word in (
            "Alfa", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "Juliett", "Kilo", "Mike", "November",
            "Papa", "Quebec", "Romeo", "Tango", "Whiskey", "X-ray", "Yankee",
        )
    },
}  # fmt: skip


def grouped(letters: str) -> str:
    """The letters in groups of four, with hyphens between."""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def shown(text: str) -> str:
    """A text in a sentence about it: on one line, and the beginning of a long one."""
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN].rstrip('-')}…"


def spelled(letters: str) -> str:
    """The letters for reading aloud, group by group."""
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    return "; ".join(", ".join(ALOUD[letter] for letter in group) for group in groups)


def check_places(length: int) -> tuple[int, ...]:
    """Where the check letters of a code of that length stand."""
    last = (length - 2, length - 1)
    return last if length <= PRIME else (2, *last)


def length_for(letters: int) -> int:
    """The length of a code for so many letters that carry something: whole groups of four, checks included."""
    for length in range(SHORTEST, LONGEST + 1, GROUP):
        if letters + len(check_places(length)) <= length:
            return length
    raise BadInput(
        f"The plan changes too much for a code, which has at most {LONGEST} letters; save it as a file instead."
    )


def with_checks(numbers: Sequence[int]) -> str:
    """The letters of a code that carries these numbers: those of `numbers`, padded with 0, and the check letters."""
    length = length_for(len(numbers))
    places = check_places(length)
    padded = iter((*numbers, *[0] * length))
    code = [0 if at in places else next(padded) for at in range(length)]
    for place, number in zip(places, _solved(places, _missing(code)), strict=True):
        code[place] = number
    return "".join(LETTERS[number] for number in code)


def carried(letters: str) -> list[int]:
    """What the letters of a code carry, padding included; raises BadInput where they do not hold together."""
    code = [LETTERS.index(letter) for letter in letters]
    if any(_missing(code)):
        raise BadInput(
            f"{shown(grouped(letters))} does not hold together: a letter was changed, or two were swapped; "
            "compare it with the original."
        )
    places = check_places(len(code))
    return [number for at, number in enumerate(code) if at not in places]


def letters_of(text: str) -> str:
    """The letters of a code as it was typed or pasted; raises BadInput where they cannot be those of a code."""
    letters = APART.sub("", text).translate(CAPITALS)
    if not letters:
        raise BadInput("No code was given; it looks like MYHQ-33YD.")
    for at, letter in enumerate(letters):
        if letter not in LETTERS:
            raise BadInput(
                f"{shown(text)}: letter {at + 1} is {letter!r}, which no code has; codes use {LETTERS}."
            )
    if len(letters) < SHORTEST or len(letters) % GROUP or len(letters) > LONGEST:
        raise BadInput(
            f"{shown(text)}: {len(letters)} letters are not a code; {_lengths(text, len(letters))}."
        )
    return letters


def _lengths(text: str, count: int) -> str:
    """What is odd about the length, and where, as far as the hyphens tell."""
    groups = [group for group in APART.split(text.strip()) if group]
    odd = [at for at, group in enumerate(groups) if len(group) != GROUP]
    if len(groups) > 1 and len(odd) == 1 and count > SHORTEST - GROUP:
        return f"every group has {GROUP}, and group {odd[0] + 1} has {len(groups[odd[0]])}"
    return f"it has whole groups of {GROUP}, at least {SHORTEST // GROUP} of them, at most {LONGEST // GROUP}"


# --------------------------------------------------------------------------------------------- the three sums


def _weights(at: int) -> tuple[int, int, int]:
    return 1, at % PRIME, at // PRIME


def _missing(code: Sequence[int]) -> tuple[int, ...]:
    """What each sum lacks, modulo 23; zeros for a code that holds together."""
    sums = [sum(_weights(at)[row] * number for at, number in enumerate(code)) for row in range(3)]
    kept = sums if len(code) > PRIME else sums[:2]
    return tuple((wanted - found) % PRIME for wanted, found in zip((1, 0, 0), kept, strict=False))


def _solved(places: Sequence[int], missing: Sequence[int]) -> list[int]:
    """The numbers at these places that make good what is missing: Cramer's rule modulo 23."""
    size = len(places)
    columns = [_weights(place)[:size] for place in places]
    inverse = pow(_determinant(columns), -1, PRIME)
    solved = []
    for at in range(size):
        replaced = [*columns[:at], tuple(missing), *columns[at + 1 :]]
        solved.append(_determinant(replaced) * inverse % PRIME)
    return solved


def _determinant(columns: Sequence[tuple[int, ...]]) -> int:
    if len(columns) == 1:
        return columns[0][0]
    return sum(
        (-1) ** at * column[0] * _determinant([other[1:] for other in columns if other is not column])
        for at, column in enumerate(columns)
    )
