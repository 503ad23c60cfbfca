"""What can still be read of a damaged session file, event by event."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

Row = tuple[int, str, str, str, str]
ONE = "SELECT number, at, kind, payload, kit FROM events WHERE number = ?"
ALL = "SELECT number, at, kind, payload, kit FROM events ORDER BY number"
LOST_IN_A_ROW = 10_000
"""Events not found one after another, after which none is looked for any more."""
PAGE = 4096
"""Bytes of a page; of an emptier file SQLite would throw the companion away."""
ASIDE = ("", "-wal")
"""What the session's file and its companion, which holds the latest events, are called beyond its name."""


def as_found(path: Path) -> dict[str, bytes]:
    """The file and its companion as they are before anything opens them, which may change both. Raises OSError."""
    parts = {ending: path.with_name(path.name + ending) for ending in ASIDE}
    return {ending: part.read_bytes() for ending, part in parts.items() if part.exists()}


def set_aside(path: Path, found: Mapping[str, bytes]) -> Path:
    """Keep a copy of a damaged file as it was found, on the disk by now; returns its place. Raises OSError."""
    damaged = path.with_name(f"{path.name}.damaged")
    number = 1
    while damaged.exists():
        number += 1
        damaged = path.with_name(f"{path.name}.damaged-{number}")
    for ending, content in {"": b"", **found}.items():
        with damaged.with_name(damaged.name + ending).open("wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
    return damaged


def unfinished(path: Path) -> Path:
    """Where the file of the events that were saved is made."""
    return path.with_name(f"{path.name}.rescued.part")


def built(path: Path) -> Path:
    """Where that file waits, whole, to take the session's place."""
    return path.with_name(f"{path.name}.rescued")


def finished(path: Path) -> bool:
    """Let the file that waits take the place of the damaged one; whether there was any. Raises OSError.

    A rescue that was cut short goes on here. The companion goes first: it would be read into the new file.
    """
    if not built(path).exists():
        return False
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    built(path).replace(path)
    return True


def rescued(damaged: Path) -> list[Row]:
    """The events that can be read, in order; the damaged file itself is left as it is. Raises OSError."""
    found: dict[int, Row] = {}
    work = [damaged.with_name(f"{damaged.name}.reading{ending}") for ending in ASIDE]
    for copy, ending in zip(work, ASIDE, strict=True):
        part = damaged.with_name(damaged.name + ending)
        if part.exists():
            copy.write_bytes(part.read_bytes().ljust(PAGE if ending == "" else 0, b"\x00"))
    try:
        for row in _readable(work[0]):
            found[row[0]] = row
    finally:
        for left in (*work, work[0].with_name(f"{work[0].name}-shm")):
            left.unlink(missing_ok=True)
    return [found[number] for number in sorted(found)]


def _readable(path: Path) -> Iterator[Row]:
    """Events in order until one cannot be read, then one by one."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = lambda content: content.decode(errors="replace")
        # Or a file that is shorter than its head says is not read at all.
        connection.execute("PRAGMA writable_schema=ON")
        last = 0
        for row in _some(connection, ALL):
            yield row
            last = row[0]
        lost = 0
        while lost < LOST_IN_A_ROW:
            last += 1
            there = list(_some(connection, ONE, last))
            lost = 0 if there else lost + 1
            yield from there


def _some(connection: sqlite3.Connection, question: str, *values: int) -> Iterator[Row]:
    """Sound rows of an answer, up to the first that cannot be read."""
    with suppress(sqlite3.Error):
        for row in connection.execute(question, values):
            if _sound(row):
                yield row


def _sound(row: tuple[object, ...]) -> bool:
    number, *words = row
    if not isinstance(number, int) or number < 1 or not all(isinstance(word, str) for word in words):
        return False
    with suppress(ValueError):
        return isinstance(json.loads(str(words[2])), dict)
    return False
