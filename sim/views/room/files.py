"""Scenario files beside the notebook: where a plan is saved, and how one is opened again."""

import re
from pathlib import Path

from sim.scenario import BadInput, Scenario, in_industry, industries, load, named, names, parse, save
from sim.scenario.codes import decode, meant_as_code
from sim.scenario.files import LARGEST_BYTES

ENDINGS = (".yaml", ".yml")


IN = "@"
"""Between a scenario and the industry it is run in."""


def opened(name: str | Path) -> Scenario:
    """A scenario by its name, its code or from a file, and after an @ the industry it is run in; raises BadInput."""
    return opened_and_told(name)[0]


def opened_and_told(name: str | Path) -> tuple[Scenario, str]:
    """The same, and a sentence where a code was made with other numbers; raises BadInput."""
    text = str(name).strip()
    base, elsewhere, industry = text.rpartition(IN)
    if elsewhere and not _exists(text):
        scenario, told = opened_and_told(base)
        return in_industry(scenario, industry.strip()), told
    if not text:
        raise BadInput("No name was given; type the name of a scenario or of its file, or a code.")
    file = None if text in names() else _file(text)
    if file is None and meant_as_code(text):
        read = decode(text)
        return read.scenario, read.told
    return load(file) if file else named(text), ""


def _file(text: str) -> Path | None:
    """The file that is meant, with or without its ending."""
    path = Path(text).expanduser()
    if path.suffix.lower() in ENDINGS or _exists(text):
        return path
    return next((path.with_suffix(end) for end in ENDINGS if _exists(f"{path.with_suffix(end)}")), None)


def _exists(text: str) -> bool:
    """Whether there is such a file; what is too long for a file's name is none."""
    try:
        return Path(text).expanduser().exists()
    except OSError:
        return False


def elsewhere() -> list[str]:
    """Today in each of the other industries."""
    return [f"today{IN}{industry}" for industry in industries()]


def uploaded(name: str, content: bytes) -> Scenario:
    """A scenario from a file that came through the browser; raises BadInput naming the file."""
    try:
        if len(content) > LARGEST_BYTES:
            raise BadInput("the file is larger than 1 MB; a scenario is a few kilobytes.")
        return parse(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: is not UTF-8 text; save it as UTF-8.") from error
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error


def saved(scenario: Scenario, name: str, folder: Path) -> Path:
    """Write a scenario to a file of that name in the folder, never over another; raises BadInput."""
    stem = stem_of(name)
    path = free_path(folder, stem, ".yaml")
    slug = re.sub(r"[^a-z0-9_]+", "_", path.stem.lower()).strip("_")[:40]
    slug = slug if re.match(r"[a-z]", slug) else f"plan_{slug}"[:40].rstrip("_")
    save(scenario.changed({"name": slug, "title": path.stem[:60]}), path)
    return path


def written(page: str, folder: Path, stem: str, ending: str) -> Path:
    """Write a page to a file of its own in the folder; raises BadInput."""
    path = free_path(folder, stem, ending)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path.name}: could not be written ({error.strerror}).") from error
    return path


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """A path in the folder that no file has: with -2, -3 and so on where needed."""
    tried = folder / f"{stem}{ending}"
    number = 2
    while tried.exists():
        tried = folder / f"{stem}-{number}{ending}"
        number += 1
    return tried


def stem_of(name: str) -> str:
    """A file's name without its ending; raises BadInput where it is no plain name."""
    stem = name.strip()
    for ending in ENDINGS:
        stem = stem.removesuffix(ending)
    if not stem:
        raise BadInput("No name was given; type one, such as my-plan.")
    if len(stem) > 60 or re.search(r'[\\/:*?"<>|\x00-\x1f]', stem) or stem.startswith("."):
        shown = " ".join(stem.split())[:30]
        raise BadInput(f"“{shown}” is not a plain file name; letters, digits and - are, such as my-plan.")
    return stem


def in_folder(folder: Path) -> list[str]:
    """The scenario files of a folder, by name."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError:
        return []
