"""Where lessons lie, and what else quotes the model: every file with questions, and the numbers beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from sim.exercise.source import Lesson, read, read_as
from sim.experiment.expected import Questions
from sim.experiment.questions import Question
from sim.scenario import BadInput
from sim.scenario.words import nearest

PREFIX, EXPECTED = "lesson_", ".expected.yaml"
LESSONS, WORKSHOPS, GUIDE = "notebooks", "workshops", "guide.yaml"
_PACKAGE = Path(__file__).resolve().parents[2]


def expected_beside(path: Path) -> Path:
    """The file that holds the numbers which a file quotes."""
    return path.with_name(f"{path.stem}{EXPECTED}")


def lessons_in(folder: Path) -> list[Path]:
    """The lessons of a folder, in order; none where there is no such folder."""
    if not folder.is_dir():
        return []
    found = folder.glob(f"{PREFIX}*.yaml")
    return sorted(path for path in found if not path.name.endswith(EXPECTED))


def places() -> tuple[Path, ...]:
    """Where lessons are looked for, the nearest first: here, in ./notebooks, and beside the package."""
    return (Path.cwd(), Path.cwd() / LESSONS, _PACKAGE / LESSONS)


def find(name: str) -> Path:
    """A lesson's file by its number ("00"), its name ("lesson_00_first_shift") or its path; raises BadInput."""
    given = Path(name)
    if given.suffix == ".yaml":
        return given
    known = {path.stem: path for folder in reversed(places()) for path in lessons_in(folder)}
    for stem, path in known.items():
        if name in (stem, stem.removeprefix(PREFIX), stem.removeprefix(PREFIX).split("_")[0]):
            return path
    shown = name if len(name) <= 40 else f"{name[:39]}…"
    if not known:
        raise BadInput(f"{shown}: no such lesson; there is none in {places()[1]}.")
    raise BadInput(f"{shown}: no such lesson; {nearest(name, known)}.")


def opened(name: str) -> tuple[Path, Lesson]:
    """A lesson and its file; raises BadInput."""
    path = find(name)
    return path, read(path)


# ------------------------------------------------------------------------------------- what quotes the model


@dataclass(frozen=True)
class Quoting:
    """A file that quotes the model: its questions by name."""

    path: Path
    questions: Questions

    @property
    def expected(self) -> Path:
        """Where the answers are kept."""
        return expected_beside(self.path)


class _Guide(BaseModel):
    """A workshop's guide, as far as it asks the model."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    questions: dict[str, Question] = Field(default_factory=dict)


def quoting(folders: Sequence[Path]) -> Iterator[Quoting]:
    """Every lesson and every workshop's guide in these folders that asks the model; raises BadInput."""
    seen: set[Path] = set()
    for folder in folders:
        if not folder.is_dir():
            raise BadInput(f"{folder}: is no folder; give one with lessons or workshops in it.")
        for path in _files(folder):
            if path.resolve() not in seen:
                seen.add(path.resolve())
                questions = questions_of(path)
                if questions:
                    yield Quoting(path, questions)


def _files(folder: Path) -> list[Path]:
    guides = [*folder.glob(GUIDE), *folder.glob(f"*/{GUIDE}"), *folder.glob(f"{WORKSHOPS}/*/{GUIDE}")]
    return [*lessons_in(folder), *lessons_in(folder / LESSONS), *sorted(guides)]


def questions_of(path: Path) -> Questions:
    """The questions of a lesson or of a guide; raises BadInput."""
    return read(path).questions if path.name != GUIDE else read_as(_Guide, path).questions
