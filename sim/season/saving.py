"""A season on disk: one file, written whole or not at all, and refused when it is not what was written.

The first line names the format and holds the hash of all that follows: a zip of arrays, one for each of the state's.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.flow.contract import ISSUE
from sim.scenario import BadInput, Scenario, parse, text_of
from sim.scenario.files import write_whole
from sim.season.contract import Customers, Staff, Standard, State
from sim.season.episodes import EPISODE

MARK = b"meet-the-bar season"
FORMAT = 2
"""Raised whenever the layout of what is kept changes, or what a kept number means: 2 knows difficult customers."""
PARTS: dict[str, type[Any]] = {"customers": Customers, "staff": Staff, "standard": Standard}
TABLES = {"waiting": ISSUE, "open": EPISODE}
NUMBERS = ("seed", "replication", "week", "since", "causes", "usual", "followed")


def save(state: State, plan: Scenario, path: str | Path) -> None:
    """Write a season and its plan, replacing an older file only when the new one is complete; raises BadInput."""
    content = _packed(state, plan)
    head = b"%s %d %s\n" % (MARK, FORMAT, hashlib.sha256(content).hexdigest().encode())
    write_whole(path, head + content)


def load(path: str | Path) -> tuple[State, Scenario]:
    """A saved season and its plan; raises BadInput with one sentence when the file is not whole or not ours."""
    path = Path(path)
    try:
        head, _, content = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise BadInput(f"{path.name}: could not be read ({error.strerror}).") from error
    words = head.split()
    if len(words) != 4 or b" ".join(words[:2]) != MARK:
        raise BadInput(f"{path.name}: is not a saved season.")
    if words[2] != str(FORMAT).encode():
        raise BadInput(
            f"{path.name}: was saved by another version of the kit (format {words[2].decode(errors='replace')}, "
            f"here {FORMAT}); open it with that one."
        )
    if hashlib.sha256(content).hexdigest().encode() != words[3]:
        raise BadInput(f"{path.name}: was cut short or changed since it was saved; take an earlier copy.")
    return _unpacked(content)


def _packed(state: State, plan: Scenario) -> bytes:
    arrays: dict[str, Any] = {name: getattr(state, name) for name in TABLES}
    for name in PARTS:
        part: Any = getattr(state, name)
        arrays |= {f"{name}.{field.name}": getattr(part, field.name) for field in fields(part)}
    told = {name: getattr(state, name) for name in NUMBERS} | {"plan": text_of(plan)}
    arrays["told"] = np.frombuffer(json.dumps(told).encode(), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def _unpacked(content: bytes) -> tuple[State, Scenario]:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        told = json.loads(found["told"].tobytes())
        parts = {
            name: kind(**{field.name: found[f"{name}.{field.name}"] for field in fields(kind)})
            for name, kind in PARTS.items()
        }
        tables = {name: found[name].astype(kind) for name, kind in TABLES.items()}
        plan = parse(told.pop("plan"))
        told["followed"] = tuple(told["followed"])
        return State(**told, **parts, **tables), plan
    except (KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise BadInput("the saved season lacks something that this version of the kit needs.") from error
