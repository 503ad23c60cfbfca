"""Predictions as people type them."""

import re
from difflib import get_close_matches

from sim.exercise.numbers import shown
from sim.workshop.refused import Refused
from sim.workshop.source import Ask, Option
from sim.workshop.typed import number

Answer = float | str | tuple[str, ...]
BETWEEN = re.compile(r"\s*(?:[>,;/\n]|\bthen\b|\d+[.)])\s*")


def answer(ask: Ask, typed: object) -> Answer:
    """What was predicted: a number in the prediction's unit, an option's id, or ids in order, the highest first.

    Raises:
        Refused: in one sentence, with the nearest answer that fits.
    """
    if ask.kind == "number":
        return _number(ask, typed)
    if ask.kind == "choice":
        return _option(ask, str(typed)).id
    return _order(ask, typed)


def told(ask: Ask, value: Answer) -> str:
    """An answer in words: "58 of 100 issues", or titles with > between them."""
    titles = {option.id: option.title for option in ask.options}
    if isinstance(value, tuple):
        return " > ".join(titles.get(each, each) for each in value)
    return titles.get(value, value) if isinstance(value, str) else f"{value:g} {ask.unit}".strip()


def _number(ask: Ask, typed: object) -> float:
    read = number(typed)
    value = read.value
    if ask.scale == 100 and 0 < value < 1 and not read.of_hundred:
        raise Refused(
            "not understood",
            f"{shown(typed)}: is that {100 * value:g} of 100? Type {100 * value:g}, or {value:g}%.",
        )
    if not ask.low <= value <= ask.high:
        near = min(max(value, ask.low), ask.high)
        raise Refused(
            "out of limits",
            f"{value:g} {ask.unit}: is outside {ask.low:g} to {ask.high:g}; nearest {near:g}.",
        )
    return value


def _option(ask: Ask, typed: str) -> Option:
    word = _bare(typed)
    names = {_bare(name): option for option in ask.options for name in (option.id, option.title)}
    names |= {str(at): option for at, option in enumerate(ask.options, 1)}
    if word in names:
        return names[word]
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    part = [option for name, option in names.items() if word and word in name.split()]
    if close or len({option.id for option in part}) == 1:
        return names[close[0]] if close else part[0]
    listed = ", ".join(option.title for option in ask.options)
    raise Refused("not understood", f"{shown(typed)}: is none of {listed}; type one of them.")


def _order(ask: Ask, typed: object) -> tuple[str, ...]:
    parts = [str(each) for each in typed] if isinstance(typed, list | tuple) else _parts(ask, str(typed))
    try:
        found = tuple(_option(ask, part).id for part in parts)
    except Refused:
        found = ()
    if sorted(found) != sorted(option.id for option in ask.options):
        listed = " > ".join(option.title for option in ask.options)
        raise Refused("not understood", f"{shown(typed)}: name each of them once, such as {listed}.")
    return found


def _parts(ask: Ask, typed: str) -> list[str]:
    parts = [part for part in BETWEEN.split(typed.strip()) if part]
    return parts if len(parts) != 1 or len(ask.options) == 1 else typed.split()


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
