"""Codes in prose: those that are there, and those that nearly are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.scenario.code_alphabet import APART, CAPITALS, DASHES, GROUP, LETTERS, SHORTEST, grouped

WORD = re.compile(r"[A-Za-z0-9]+")
GAP = re.compile(r"[\s\u200b-\u200d\u2060\ufeff" + DASHES + r"]{1,6}")
HYPHEN = re.compile(rf"[{DASHES}]")
LONGEST_RUN = 100
"""Words that one code may be written in."""
FIRST = "Mm"
"""The first letter of every code of today."""
Judge = Callable[[str], str]
"""Says what is amiss with a code, in a sentence; nothing where nothing is."""


@dataclass(frozen=True)
class Token:
    """A code, or what is nearly one, in a text.

    Attributes:
        text: As it stands there.
        at: Where it begins, counted in characters from 0.
        code: In capitals and groups of four where it is a code; as it stands there where it is not.
        told: What is amiss with it, in a sentence; empty for a code.
    """

    text: str
    at: int
    code: str
    told: str

    @property
    def valid(self) -> bool:
        """Whether it is a code of this kit."""
        return not self.told


def tokens(prose: str, judge: Judge) -> Iterator[Token]:
    """Codes and near codes in their order; no two share a letter."""
    words, at = list(WORD.finditer(prose)), 0
    while at < len(words):
        run = _run(prose, words, at)
        ends, told = _code(prose, run, judge)
        if ends:
            text = prose[run[0].start() : run[ends - 1].end()]
            code = text if told else grouped(APART.sub("", text).translate(CAPITALS))
            yield Token(text, run[0].start(), code, told)
        at += ends or 1


def looks_like_one(text: str) -> bool:
    """Whether a text is written as codes are, in capitals or with digits, even where it is none."""
    words = list(WORD.finditer(text.strip()))
    if not words or words[0].start() or words[-1].end() != len(text.strip()):
        return False
    whole = len(_run(text.strip(), words, 0)) == len(words)
    return whole and _nearly(text.strip(), words)


def _run(prose: str, words: Sequence[re.Match[str]], at: int) -> list[re.Match[str]]:
    """The words from there on that may belong together: after a hyphen any, after a space those like a code's."""
    run = [words[at]]
    for word in words[at + 1 : at + LONGEST_RUN]:
        gap = prose[run[-1].end() : word.start()]
        if not GAP.fullmatch(gap) or not (HYPHEN.search(gap) or _like_a_group(word[0])):
            break
        run.append(word)
    return run


def _like_a_group(word: str) -> bool:
    return _shouted(word) or {*word.translate(CAPITALS)} <= {*LETTERS}


def _code(prose: str, run: list[re.Match[str]], judge: Judge) -> tuple[int, str]:
    """How many words of the run make a code, or nearly one, and what is amiss with it; 0 for neither.

    Words with hyphens between belong together; of words with spaces between, as few as make a code.
    """
    joined = _joined(prose, run)
    first = prose[run[0].start()]
    for ends in (joined, *(ends for ends in range(1, len(run) + 1) if ends != joined)):
        text = prose[run[0].start() : run[ends - 1].end()]
        if first in FIRST and _looks(text, written=ends == joined > 1) and not judge(text):
            return ends, ""
    near = joined if joined > 1 else _fours(run)
    text = prose[run[0].start() : run[near - 1].end()]
    return (near, judge(text)) if _nearly(text, run[:near]) else (0, "")


def _joined(prose: str, run: Sequence[re.Match[str]]) -> int:
    """The words from the first on with a hyphen after each."""
    ends = 1
    while ends < len(run) and HYPHEN.search(prose, run[ends - 1].end(), run[ends].start()):
        ends += 1
    return ends


def _fours(run: Sequence[re.Match[str]]) -> int:
    """The words from the first on that are groups of four, in capitals or with digits, up to where a code may begin."""
    ends = 1
    while ends < len(run) and all(
        len(word[0]) == GROUP and _shouted(word[0]) for word in (run[0], run[ends])
    ):
        if ends > 1 and run[ends][0][0] in FIRST:
            break
        ends += 1
    return ends


def _looks(text: str, *, written: bool) -> bool:
    """Whether it may be a code at all: not a few small words in a row that happen to hold together."""
    letters = APART.sub("", text)
    return len(letters) >= SHORTEST and len(letters) % GROUP == 0 and (written or _shouted(letters))


def _shouted(letters: str) -> bool:
    return letters.isupper() or any(letter.isdigit() for letter in letters)


def _nearly(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether it is written as codes are: in groups of about four, one of them perhaps odd, with capitals or digits."""
    letters = APART.sub("", text)
    if not _shouted(letters) or letters.isdigit() or len(letters) < SHORTEST - 1:
        return False
    if len(words) == 1:
        return letters[0] in FIRST and len(letters) <= 4 * GROUP and any(each.isdigit() for each in letters)
    odd = [word for word in words if len(word[0]) != GROUP]
    near = all(GROUP - 1 <= len(word[0]) <= GROUP + 1 for word in odd)
    told = letters[0] in FIRST or any(each.isdigit() for each in letters)
    return len(odd) <= 1 and near and told
