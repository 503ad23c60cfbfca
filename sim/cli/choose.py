"""From words on the command line to scenarios, values, measures and files; what does not fit gets one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from sim.cli import screen
from sim.measures import MEASURES
from sim.scenario import BadInput, FieldFacts, Scenario, fields, in_industry, load, named, names, path_of
from sim.scenario.codes import decode, meant_as_code, operation
from sim.scenario.plan import OpenDay
from sim.scenario.words import nearest
from sim.views import formats

FILES = (".yaml", ".yml")
MOST_VALUES = 50
LONGEST_VALUE = 40
ALIKE = 1e-9


@dataclass(frozen=True)
class Chosen:
    """A scenario, and what the command line, or a code on it, changed."""

    word: str
    scenario: Scenario
    changes: tuple[str, ...]


def chosen(word: str, sets: Iterable[str] = ()) -> Chosen:
    """The scenario a word names, with changes; raises BadInput.

    A word is a name, a file, a code, or one of them with more: today, my_plan.yaml, MYHQ-33YD, today@bank,
    today+staffing=12.
    """
    base, added = _split(word)
    before = found = _found(base)
    if is_code(base):
        before = operation(decode(base).base)
    after = found.changed(changes_of([*added, *sets]))
    return Chosen(word, after, differences(before, after))


def is_code(word: str) -> bool:
    """Whether a word is meant as a code: no scenario and no file has this name."""
    return word not in names() and not _is_file(word) and meant_as_code(word)


def _is_file(word: str) -> bool:
    """Whether there is such a file; a word too long for a file's name is none."""
    try:
        return Path(word).is_file()
    except OSError:
        return False


def changes_of(sets: Iterable[str]) -> dict[str, Any]:
    """Paths and values from words such as staffing=12 or plan.chatbot.coverage=40%; raises BadInput."""
    return dict(_change(words) for words in sets)


def differences(before: Scenario, after: Scenario) -> tuple[str, ...]:
    """What one scenario has otherwise than another: "Staffing 7 instead of 9 agents"."""
    return tuple(
        f"{facts.title} {value_in_words(facts, after.value(path))} instead of "
        f"{with_unit(facts, before.value(path))}"
        for path, facts in fields().items()
        if after.value(path) != before.value(path)
    )


def _split(word: str) -> tuple[str, list[str]]:
    if "+" not in word or _is_file(word):
        return word, []
    base, *added = word.split("+")
    return base, added


def _found(word: str) -> Scenario:
    if word in names():
        return named(word)
    path = Path(word)
    base, elsewhere, name = word.rpartition("@")
    if elsewhere and path.suffix.lower() not in FILES and not _is_file(word):
        return in_industry(_found(base), name)
    if path.suffix.lower() in FILES or _is_file(word):
        if not path.exists():
            raise BadInput(f"{word}: there is no such file; sim scenarios lists those that need none.")
        return load(path)
    if is_code(word):
        return _of_code(word)
    raise BadInput(
        f"{word}: no scenario has this name; {nearest(word, names())}, or give a file that ends in .yaml."
    )


def _of_code(word: str) -> Scenario:
    """The scenario of a code; what may differ from what it was made for is told beside the results."""
    read = decode(word)
    if read.told:
        screen.tell(read.told)
    return read.scenario


def _change(words: str) -> tuple[str, Any]:
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        raise BadInput(f"{words}: a change is written field=value, such as staffing=12.")
    return path_of(name.strip()), value_of(value)


def value_of(text: str) -> Any:
    """A value as YAML reads it; 40% is 0.4. Raises BadInput."""
    text = text.strip()
    if text.endswith("%"):
        return share_of(text)
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise BadInput(f"{text}: cannot be read as a value; write 12, 0.4, 40%, true or [simple].") from error


def share_of(text: str) -> float:
    """A percentage as a share: 40% is 0.4. Raises BadInput."""
    return round(number_of(text.rstrip("% "), text) / 100, 12)


def number_of(text: str, shown: str = "") -> float:
    """A finite number; raises BadInput."""
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise BadInput(f"{shown or text}: is not a number.")
    return found


# ------------------------------------------------------------------------------- values, measures, files


def values_of(words: str) -> list[Any]:
    """The values of a sweep: 6,8,10 or 6:14:2 (both ends) or cost,quality; raises BadInput."""
    values = [value for word in words.split(",") if word.strip() for value in _values_in(word.strip())]
    if not values:
        raise BadInput("--values: no value is given; write them as 6,8,10 or 6:14:2.")
    if len(values) > MOST_VALUES:
        raise BadInput(f"--values: {len(values):,} values are more than {MOST_VALUES}; take a larger step.")
    return values


def _values_in(word: str) -> list[Any]:
    if ":" not in word:
        return [value_of(word)]
    ends = [
        share_of(part) if part.strip().endswith("%") else number_of(part, word) for part in word.split(":")
    ]
    if len(ends) > 3:
        raise BadInput(f"--values: {word} has too many parts; write first:last:step, such as 6:14:2.")
    first, last, step = (*ends, 1.0)[:3]
    if step <= 0 or last < first:
        raise BadInput(f"--values: {word} holds no value; write first:last:step, such as 6:14:2.")
    count = int(min((last - first) / step + ALIKE, 1_000_000)) + 1
    if count > MOST_VALUES:
        raise BadInput(
            f"--values: {word} holds {count:,} values, more than {MOST_VALUES}; take a larger step."
        )
    return [_whole_if_whole(round(first + step * number, 12)) for number in range(count)]


def _whole_if_whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def half_widths(words: Sequence[str]) -> dict[str, float]:
    """Half-widths by measure, from words such as promise_kept=0.01 or wait_mean=.1; raises BadInput."""
    return dict(_half_width(word) for word in words)


def _half_width(word: str) -> tuple[str, float]:
    name, sign, text = (part.strip() for part in word.partition("="))
    if not sign:
        raise BadInput(f"--until: {word} is not measure=half-width; write promise_kept=0.01, for example.")
    measure = MEASURES[known_measure(name, "--until")]
    width = share_of(text) if text.endswith("%") else number_of(text, f"--until: {word}")
    if width <= 0:
        raise BadInput(f"--until: {word} asks for a half-width of {width:g}; give one above 0.")
    if measure.kind == "share" and width >= 0.5:
        raise BadInput(
            f"--until: {word} is wider than any share; shares run from 0 to 1, so for ±1 of 100 write {name}=0.01."
        )
    return name, width


def known_measure(name: str, option: str) -> str:
    """The name of a measure; raises BadInput with the nearest."""
    if name not in MEASURES:
        raise BadInput(f"{option}: {name} is no measure; {nearest(name, MEASURES)}.")
    return name


def free_to_write(path: Path, *, force: bool) -> Path:
    """A path that may be written; raises BadInput before any work is done."""
    if path.is_dir():
        raise BadInput(f"{path} is a folder; name a file in it, such as {path / 'plan.yaml'}.")
    if not path.parent.is_dir():
        raise BadInput(f"{path.parent}: there is no such folder; make it first, or choose another.")
    if path.exists() and not force:
        raise BadInput(f"{path} is there already; choose another name, or add --force to replace it.")
    return path


# ----------------------------------------------------------------------------------------------- in words


def value_in_words(facts: FieldFacts, value: Any) -> str:
    """A field's value as people say it: 40 of 100, $20, yes, none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_in_words(facts, value)
    if isinstance(value, OpenDay):
        return f"{clock(value.opens)} to {clock(value.closes)}"
    text = "none" if value is None else _flow(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def with_unit(facts: FieldFacts, value: Any) -> str:
    """A field's value with its unit, where the value does not say it: 9 agents."""
    text = value_in_words(facts, value)
    bare = isinstance(value, bool) or not isinstance(value, int | float)
    return (
        text
        if bare or facts.unit.startswith("share") or facts.unit == "dollars"
        else f"{text} {facts.unit}".strip()
    )


def _number_in_words(facts: FieldFacts, value: float) -> str:
    if facts.unit.startswith("share"):
        return f"{exact(100 * value)} of 100"
    return f"${exact(value)}" if facts.unit == "dollars" else exact(value)


def clock(minute: float) -> str:
    """A minute of the day as people write it: 9:00."""
    hours, minutes = divmod(round(minute), 60)
    return f"{hours}:{minutes:02}"


def exact(value: float) -> str:
    """A number with no more digits than it needs: 1,000,000 or 0.33."""
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return text.replace("-", formats.MINUS)


def _flow(value: Any) -> str:
    """Lists and groups on one line."""
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_flow(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_flow(inner) for inner in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
