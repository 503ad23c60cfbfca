"""What was done with a lesson's cards, a line each in a file, so that a locked prediction outlives its kernel."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from platformdirs import user_state_path

from sim.exercise.answers import understood
from sim.exercise.attempt import Attempt, Try, Which
from sim.exercise.checks import Verdict, Word
from sim.exercise.source import Card
from sim.experiment.expected import Told
from sim.scenario import BadInput

Did = Literal["lock", "reveal", "observe", "explain", "answer", "hint", "solve"]
LARGEST_BYTES = 5_000_000


def file_for(lesson: Path) -> Path:
    """Where the attempts at a lesson are kept: a file of the user's, another one for each folder and lesson."""
    folder = sha256(str(lesson.resolve().parent).encode()).hexdigest()[:12]
    return user_state_path("meet-the-bar") / "lessons" / f"{lesson.stem}-{folder}.jsonl"


@dataclass(frozen=True)
class Step:
    """One thing that was done with a card, and what JSON keeps of it."""

    card: str
    did: Did
    what: Mapping[str, Any]


class Diary:
    """The steps of one lesson in their order; without a file nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def steps(self) -> list[Step]:
        """What was done so far; lines that cannot be read are passed over."""
        try:
            if self.file is None or self.file.stat().st_size > LARGEST_BYTES:
                return []
            lines = self.file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []
        return list(_read(lines))

    def add(self, step: Step) -> None:
        """Keep a step; raises BadInput where the file cannot be written."""
        if self.file is None:
            return
        line = json.dumps({"card": step.card, "did": step.did, **step.what}, ensure_ascii=False)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as out:
                out.write(f"{line}\n")
        except OSError as error:
            raise BadInput(
                f"{self.file.name}: could not be written; this lasts as long as the page."
            ) from error

    def start_over(self, at: datetime) -> Path | None:
        """Put the file aside under a name of its own; returns that name, None where there was none."""
        if self.file is None or not self.file.exists():
            return None
        aside = self.file.with_name(f"{self.file.stem}-until-{at:%Y%m%d-%H%M%S-%f}.jsonl")
        try:
            return self.file.replace(aside)
        except OSError as error:
            raise BadInput(f"{self.file.name}: could not be put aside; nothing was changed.") from error


def _read(lines: list[str]) -> Iterator[Step]:
    for line in lines:
        try:
            content = json.loads(line)
            what = {name: value for name, value in content.items() if name not in ("card", "did")}
            step = Step(str(content["card"]), content["did"], what)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        if step.did in get_args(Did):
            yield step


# ----------------------------------------------------------------------------------------------- steps of an attempt


def steps_between(before: Attempt, after: Attempt) -> Iterator[Step]:
    """What has to be kept so that `before` becomes `after` again."""
    name = after.card.id
    for which, locked in after.locked.items():
        if which not in before.locked:
            what = {"which": which, "answer": locked.answer, "sure": locked.sure, "at": locked.at.isoformat()}
            yield Step(name, "lock", what)
    yield from (Step(name, "reveal", {"which": which}) for which in sorted(after.ran - before.ran))
    for each in after.observed[len(before.observed) :]:
        yield Step(name, "observe", _tried(each))
    if after.why != before.why:
        yield Step(name, "explain", {"why": after.why})
    for each in after.tries[len(before.tries) :]:
        yield Step(name, "answer", _tried(each))
    if after.hints != before.hints:
        yield Step(name, "hint", {"hints": after.hints})
    if after.solution_seen and not before.solution_seen:
        yield Step(name, "solve", {})


def _tried(each: Try) -> dict[str, Any]:
    plain = each.given if isinstance(each.given, str | float | int | list | tuple | None) else str(each.given)
    return {"given": plain, "verdict": asdict(each.verdict)}


def attempt_from(card: Card, steps: list[Step], told: Mapping[str, Told]) -> Attempt:
    """The attempt at a card that its steps lead to; those that no longer fit the card are passed over."""
    attempt = Attempt(card)
    for step in steps:
        if step.card == card.id:
            try:
                attempt = _again(attempt, step, told)
            except (BadInput, KeyError, TypeError, ValueError):
                continue
    return attempt


def _again(attempt: Attempt, step: Step, told: Mapping[str, Told]) -> Attempt:
    what = step.what
    if step.did == "lock":
        return attempt.lock(what["answer"], what["sure"], datetime.fromisoformat(what["at"]), what["which"])
    if step.did == "reveal":
        return attempt.reveal(_shown(attempt, what["which"], told), what["which"])
    if step.did == "explain":
        return attempt.explain(what["why"])
    if step.did == "hint":
        return replace(attempt, hints=min(len(attempt.card.hints), int(what["hints"])))
    if step.did == "solve":
        return attempt.solve()
    tried = _answered(attempt, step)
    if step.did == "observe":
        return replace(attempt, observed=(*attempt.observed, tried))
    return replace(attempt, tries=(*attempt.tries, tried))


def _answered(attempt: Attempt, step: Step) -> Try:
    """An answer as it was given; raises KeyError or BadInput where the card asks otherwise now."""
    asked = attempt.card.observe if step.did == "observe" else attempt.card.check
    if asked is None:
        raise KeyError(step.did)
    tried = Try(step.what["given"], _verdict(step.what["verdict"]))
    if tried.verdict.counts and asked.kind != "scenario":
        understood(asked, tried.given)
    return tried


def _shown(attempt: Attempt, which: Which, told: Mapping[str, Told]) -> dict[str, Told]:
    """The numbers of a reveal, as they are kept with the lesson; raises KeyError where they are not."""
    return {name: told[name] for name in attempt.prediction(which).shown()}


def _verdict(kept: Mapping[str, Any]) -> Verdict:
    if kept["word"] not in get_args(Word):
        raise ValueError(kept["word"])
    return Verdict(kept["word"], str(kept["says"]), str(kept["misconception"]))
