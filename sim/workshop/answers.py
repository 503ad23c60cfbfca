"""Predictions as people type them."""

import re
from difflib import get_close_matches

from sim.exercise.numbers import shown
from sim.workshop.refused import Refused
from sim.workshop.source import Ask, Option
from sim.workshop.typed import number

Answer = float | str | tuple[str, ...]
BETWEEN = re.compile(r"\s*(?:[>,;/\n]|\bthen\b)\s*")
DOWNWARDS = re.compile(r">|\bthen\b")
PLACE = re.compile(r"(\d+)(?:st|nd|rd|th)?\b")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b")


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
    """Names, the highest first; places in the order of the card's rows; or names, each with its place."""
    text = " > ".join(str(each) for each in typed) if isinstance(typed, list | tuple) else str(typed)
    text = ORDINAL.sub(lambda found: str(1 + ORDINALS.index(found[0])), text.casefold())
    try:
        found = _placed(ask, text) if PLACE.search(text) and not _numbered(ask) else _named(ask, text)
    except Refused:
        found = ()
    if sorted(found) != sorted(option.id for option in ask.options):
        listed = " > ".join(option.title for option in ask.options)
        rows = ", ".join(option.title for option in ask.options)
        raise Refused(
            "not understood",
            f"{shown(typed)}: name each of them once, such as {listed}, or type one place for each of {rows}.",
        )
    return found


def _named(ask: Ask, text: str) -> tuple[str, ...]:
    parts = [part for part in BETWEEN.split(text.strip()) if part]
    parts = parts if len(parts) != 1 or len(ask.options) == 1 else text.split()
    return tuple(_option(ask, part).id for part in parts)


def _placed(ask: Ask, text: str) -> tuple[str, ...]:
    """The options by the places given to them; nothing where places and what stands between them disagree."""
    first, *rest = PLACE.split(text)
    numbers, after = [int(each) for each in rest[::2]], [_bare(each) for each in rest[1::2]]
    written = _said_beside(ask, [_bare(first), *after])
    if sorted(numbers) != list(range(1, len(written) + 1)):
        return ()
    ordered = tuple(option for _, option in sorted(zip(numbers, written, strict=True)))
    return () if DOWNWARDS.search(text) and ordered != written else ordered


def _said_beside(ask: Ask, names: list[str]) -> tuple[str, ...]:
    """The options in the order in which their places were written: the card's where no names stand with them."""
    if not any(name.removeprefix("then") for name in names):
        return tuple(option.id for option in ask.options)
    beside = names[:-1] if names[0] else names[1:]
    if names[0] and names[-1]:
        return ()
    return tuple(_option(ask, name).id for name in beside)


def _numbered(ask: Ask) -> bool:
    """Whether the options' own names hold numbers, so that a number is no place."""
    return any(PLACE.search(name) for option in ask.options for name in (option.id, option.title))


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
