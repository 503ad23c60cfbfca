"""Numbers as people type them: 9, nine, 58 of 100, 58%, 1,430 dollars."""

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite

from sim.scenario import BadInput

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: at for at, word in enumerate(ONES)} | {word: 10 * at for at, word in enumerate(TENS, 2)}
WORDS |= {"none": 0, "no": 0, "a": 1, "dozen": 12}
TIMES = {"hundred": 100, "thousand": 1000}
DIGITS = re.compile(
    r"(?<![\w.,])[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?![.,]?\d|e[-+\d])"
)
OF_HUNDRED = re.compile(r"(?:of|in|out of|per|/)\s*(?:100|a hundred|hundred)\b|%|\bper\s?cent\b|\bpercent\b")
DASHES = str.maketrans(dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{FIGURE DASH}\N{HYPHEN}", "-"))
MORE_TO_IT = re.compile(
    r"\b(?:minus|negative|half|halves|quarters?|thirds?|fifths?|sixths?|eighths?|tenths?)\b"
    rf"|(?<!\w)-(?:\s+[\d.,]|\s*(?:{'|'.join([*ONES, *TENS])}))"
)
"""What stands beside a number and makes it another one: a sign in words or apart, or a part of one."""
LONGEST = 60


@dataclass(frozen=True)
class Number:
    """A number as it was typed; `of_hundred` when it was said to be one of 100."""

    value: float
    of_hundred: bool = False

    @property
    def share(self) -> float:
        """The number as a share from 0 to 1, where it was said to be of 100."""
        return self.value / 100 if self.of_hundred else self.value


def number(typed: object) -> Number:
    """The one number in what was typed; raises BadInput with one sentence where there is none, or more than one."""
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        return _finite(float(typed), str(typed), of_hundred=False)
    text = str("" if typed is None else typed).strip().lower().translate(DASHES).replace("\u00a0", " ")
    of_hundred = bool(OF_HUNDRED.search(text))
    plain = OF_HUNDRED.sub(" ", text).replace("$", " ")
    found = [_digits(each) for each in DIGITS.findall(plain)] + _in_words(DIGITS.sub(" | ", plain))
    if len(found) != 1:
        raise BadInput(f"{shown(typed)}: {_amiss(found)}")
    if MORE_TO_IT.search(plain) or any(unicodedata.category(each) == "No" for each in plain):
        raise BadInput(f"{shown(typed)}: is not plain; type one number in digits, such as 2.5 or −3.")
    return _finite(found[0], str(typed), of_hundred=of_hundred)


def _amiss(found: list[float]) -> str:
    return (
        "holds more than one number; type one." if found else "holds no number; type one, such as 9 or nine."
    )


def _finite(value: float, typed: str, *, of_hundred: bool) -> Number:
    if not isfinite(value):
        raise BadInput(f"{shown(typed)}: is not a number to count with; type one, such as 9.")
    return Number(value, of_hundred)


def _digits(text: str) -> float:
    thousands = re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", text)
    return float(text.replace(",", "") if thousands else text.replace(",", "."))


def _in_words(text: str) -> list[float]:
    """The numbers that stand there in words; words of one number follow one another, "and" between them allowed."""
    found: list[float] = []
    run: list[str] = []
    words = re.findall(r"[a-z]+|\|", text.replace("-", " "))
    for at, word in enumerate([*words, "|"]):
        joins = word == "and" and bool(run) and at + 1 < len(words) and words[at + 1] in WORDS
        if word in WORDS or (word in TIMES and run):
            run.append(word)
        elif not joins:
            found += _value(run)
            run = []
    return found


def _value(run: list[str]) -> list[float]:
    """The numbers of a run of words: one, or several where they do not make one."""
    if not run or run in (["a"], ["no"]):
        return []
    total, part, last = 0, 0, 1000
    for at, word in enumerate(run):
        if word in TIMES:
            total, part = (total + part * 1000, 0) if word == "thousand" else (total, part * 100)
            last = 100 if word == "hundred" else 1000
        elif word == "dozen" or (word == "a" and at == 0):
            part, last = 12 if word == "dozen" else 1, 1
        elif WORDS[word] < last and not (last == 10 and WORDS[word] == 0):
            part += WORDS[word]
            last = 10 if WORDS[word] >= 20 else 1
        else:
            return [float(total + part), *_value(run[at:])]
    return [float(total + part)]


def shown(typed: object) -> str:
    """What was typed, on one line and not too long, to be told in a sentence."""
    text = " ".join(str(typed).split()) or "nothing typed"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
