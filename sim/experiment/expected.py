"""Numbers that words for people quote: asked of the model once, kept beside the words, and asked again by the tests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from string import Formatter
from threading import Event
from typing import Any

import yaml

from sim.experiment.estimate import CONFIDENCE, Estimate
from sim.experiment.questions import Question, answers
from sim.experiment.replications import Report
from sim.scenario import BadInput
from sim.scenario.files import write_whole

MINUS = "\N{MINUS SIGN}"
SAME = 1e-6
"""Relative difference up to which two machines may round alike."""
HEADER = "# What the model answered. Written by `sim expected --write`, never by hand; a test asks the model again.\n"
Questions = Mapping[str, Question]


@dataclass(frozen=True)
class Told:
    """An answer as words quote it: `str()` is its middle; parts are `low`, `high`, `range`, `pm` and `abs`."""

    question: Question
    answer: Estimate

    def __str__(self) -> str:
        return self._shown(self.answer.mean)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec) if spec else str(self)

    @property
    def value(self) -> float:
        """The middle, in the unit it is shown in."""
        return self.answer.mean * self.scale

    @property
    def scale(self) -> float:
        """From the unit of the measure to the one shown: shares are shown of 100."""
        return self.question.times

    @property
    def digits(self) -> int:
        """Digits behind the point: those asked for, or as the unit wants them."""
        if self.question.digits is not None:
            return self.question.digits
        if self.question.form == "times":
            return 1
        minutes = self.question.measure_of().kind == "minutes" and self.question.form != "percent"
        return 2 if minutes else 0

    @property
    def low(self) -> str:
        """The lower end of its interval."""
        return self._shown(self.answer.low)

    @property
    def high(self) -> str:
        """The upper end of its interval."""
        return self._shown(self.answer.high)

    @property
    def range(self) -> str:
        """Both ends."""
        return f"{self.low} to {self.high}"

    @property
    def pm(self) -> str:
        """Middle and half-width."""
        return f"{self} ±{self._shown(self.answer.half_width)}"

    @property
    def abs(self) -> str:
        """The middle without its sign."""
        return self._shown(abs(self.answer.mean))

    @property
    def tolerance(self) -> float:
        """The half-width of the interval, in the unit shown."""
        return self.answer.half_width * self.scale

    def _shown(self, value: float) -> str:
        number = round(value * self.scale, self.digits) + 0.0
        return f"{number:,.{self.digits}f}".replace("-", MINUS)


def fill(text: str, told: Mapping[str, Told]) -> str:
    """The text with its {names} replaced; raises BadInput naming one that nobody asked for."""
    try:
        return text.format_map(told)
    except KeyError as error:
        raise BadInput(f"{error.args[0]}: the text quotes it, but no question has this name.") from error
    except (AttributeError, IndexError, ValueError) as error:
        raise BadInput(f"“{text[:40]}…”: what stands in braces is no number that can be quoted.") from error


def quoted(text: str) -> tuple[str, ...]:
    """The names of the questions that a text quotes; raises BadInput for braces that quote nothing."""
    try:
        found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise BadInput(f"“{text[:40]}…”: what stands in braces is no number that can be quoted.") from error
    return tuple(dict.fromkeys(re.split(r"[.\[]", name)[0] for name in found))


def ask(questions: Questions, progress: Report | None = None, stop: Event | None = None) -> dict[str, Told]:
    """Ask the model now; raises BadInput, also when stopped before the end."""
    found = answers(list(questions.values()), progress=progress, stop=stop)
    return {
        name: Told(question, each) for (name, question), each in zip(questions.items(), found, strict=True)
    }


def kept(path: Path, questions: Questions) -> dict[str, Told]:
    """What the file says the model answered; raises BadInput where an answer is missing or was to another question."""
    content = _read(path)
    missing = [name for name in questions if name not in content or not _fits(content[name], questions[name])]
    if missing:
        raise BadInput(
            f"{path.name}: {missing[0]} was never asked as it stands now; run sim expected --write."
        )
    return {
        name: Told(
            question,
            Estimate(float(at["mean"]), float(at["half_width"]), CONFIDENCE, int(at["replications"])),
        )
        for name, question in questions.items()
        for at in [content[name]]
    }


def keep(path: Path, told: Mapping[str, Told]) -> None:
    """Write the answers down, whole or not at all; raises BadInput."""
    content = {
        name: {
            "asked": _asked(each.question), "mean": each.answer.mean, "half_width": each.answer.half_width,
            "replications": each.answer.replications,
        }
        for name, each in told.items()
    }  # fmt: skip
    write_whole(path, (HEADER + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)).encode())


def drifted(was: Mapping[str, Told], now: Mapping[str, Told]) -> Sequence[str]:
    """A sentence for each answer that the model gives differently now."""
    return [
        f"{name}: the file says {was[name].pm}, the model says {now[name].pm}."
        for name in was
        if not isclose(was[name].answer.mean, now[name].answer.mean, rel_tol=SAME, abs_tol=SAME)
        or not isclose(was[name].answer.half_width, now[name].answer.half_width, rel_tol=1e-3, abs_tol=SAME)
    ]


def _asked(question: Question) -> dict[str, Any]:
    return question.model_dump(mode="json", exclude_defaults=True, exclude={"digits", "scale"})


def _fits(kept_one: Mapping[str, Any], question: Question) -> bool:
    return bool(kept_one.get("asked") == _asked(question))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path.name}: could not be read; run sim expected --write.") from error
    return content if isinstance(content, dict) else {}
