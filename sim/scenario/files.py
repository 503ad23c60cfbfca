"""Scenario files: YAML, versioned, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from sim.scenario.errors import BadInput
from sim.scenario.scenario import FORMAT, Scenario, scenario_from

LARGEST_BYTES = 1_000_000


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML without the tricks a scenario never needs: aliases and doubled keys."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
            raise BadInput(f"line {event.start_mark.line + 1}: aliases are not used in scenario files.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise BadInput(f"line {key.start_mark.line + 1}: {name} stands twice; keep one.")
            seen.add(name)
        return super().construct_mapping(node, deep)


def load(path: str | Path) -> Scenario:
    """Read a scenario file; raises BadInput with one sentence naming the file."""
    path = Path(path)
    try:
        return parse(_text(path))
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error


def parse(text: str) -> Scenario:
    """A scenario from YAML text; raises BadInput."""
    return scenario_from(_current(plain_content(text)))


def plain_content(text: str) -> Any:
    """What YAML text holds, read without the tricks that a file of the kit never needs; raises BadInput."""
    try:
        return yaml.load(text, _PlainLoader)  # noqa: S506  # a SafeLoader with less, not more
    except BadInput:
        raise
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"line {line} is not YAML ({error.problem}).") from error
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise BadInput("the text is not YAML; a scenario file is plain text saved by the kit.") from error


def save(scenario: Scenario, path: str | Path) -> None:
    """Write a scenario file, replacing an older one only when the new one is complete; raises BadInput."""
    write_whole(path, text_of(scenario).encode())


def write_whole(path: str | Path, content: bytes) -> None:
    """Write a file whole or not at all: an older one is replaced when the new one is complete; raises BadInput."""
    path = Path(path)
    if not path.name:
        raise BadInput(f"{path}: is a folder; give a file name.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path.name}: could not be written ({error.strerror}); choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def text_of(scenario: Scenario) -> str:
    """The scenario as YAML text."""
    return yaml.safe_dump(scenario.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInput("the file is larger than 1 MB; a scenario is a few kilobytes.")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"could not be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadInput("is not UTF-8 text; save it as UTF-8.") from error


def _current(content: Any) -> Any:
    if not isinstance(content, dict):
        raise BadInput("holds no scenario; it begins with a line like kit: 1.")
    version = content.get("kit")
    if version is None:
        raise BadInput("the line kit: 1 is missing; it says which format the file is in.")
    if isinstance(version, int) and version > FORMAT:
        raise BadInput(f"kit: {version} is newer than this kit, which reads up to {FORMAT}; update the kit.")
    return content
