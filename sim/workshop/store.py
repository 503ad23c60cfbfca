"""The session's file: events are added and never changed, and count only once they are on the disk."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from sim.scenario import BadInput
from sim.workshop.event import Event, Kind
from sim.workshop.lock import Lock
from sim.workshop.rescue import Row, as_found, built, finished, rescued, set_aside, unfinished

NAME = "session.db"
MARK = 0x4D744272
"""The application id in the file's header: it says that the file is a session of this kit."""
HEADER = b"SQLite format 3\x00"
HEADER_BYTES = 100

TABLE = """
CREATE TABLE events (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    kit TEXT NOT NULL
) STRICT
"""
RULES = tuple(
    f"CREATE TRIGGER no_{word.lower()} BEFORE {word} ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END"
    for word in ("UPDATE", "DELETE")
)
ADD = "INSERT INTO events (number, at, kind, payload, kit) VALUES (?, ?, ?, ?, ?)"
ALL = "SELECT number, at, kind, payload, kit FROM events ORDER BY number"
NOT_UTF8 = "could not decode to utf-8"
"""What SQLite's driver says of words whose bytes were spoilt."""


def now() -> str:
    """The wall clock in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def kit_version() -> str:
    """The version of this kit."""
    try:
        return version("meet-the-bar")
    except PackageNotFoundError:
        return "not installed"


class Store:
    """An open session file; safe to call from several threads, and closed to every other desk.

    `told` is a sentence when the file was damaged and what could be read of it was saved, else empty. Use `Store.open`.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: Lock, clock: Callable[[], str]
    ) -> None:
        self.path = path
        self._connection, self._desk, self._clock = connection, lock, clock
        self._lock, self._closed = RLock(), False
        self._events = list(read(connection))
        self.told = _saved(path, self._events)

    @classmethod
    def open(cls, path: Path, clock: Callable[[], str] = now) -> "Store":
        """Open a session's file, or begin one; `clock` tells the wall clock.

        Raises:
            BadInput: in one sentence, when another desk has it open, the folder cannot be written, the disk is full, or
                the file is not a session of this kit, which is then left as it is.
        """
        with _in_a_sentence(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = Lock.taken(path)
            try:
                return cls._opened(path, lock, clock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def _opened(cls, path: Path, lock: Lock, clock: Callable[[], str]) -> "Store":
        finished(path)
        found = as_found(path)
        try:
            _refuse_foreign(path, found)
            return cls._connected(path, lock, clock)
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, _Damaged):
            return cls._from_what_is_left(path, found, lock, clock)

    @classmethod
    def _from_what_is_left(
        cls, path: Path, found: Mapping[str, bytes], lock: Lock, clock: Callable[[], str]
    ) -> "Store":
        damaged = set_aside(path, found)
        saved = rescued(damaged)
        _build(path, [*saved, _recovered(saved, damaged, clock)])
        finished(path)
        return cls._connected(path, lock, clock)

    @classmethod
    def _connected(cls, path: Path, lock: Lock, clock: Callable[[], str]) -> "Store":
        connection = _connection(path)
        try:
            return cls(path, connection, lock, clock)
        except BaseException:
            connection.close()
            raise

    def append(self, kind: Kind, payload: Mapping[str, Any]) -> Event:
        """Add one event; when this returns, it is on the disk.

        Raises:
            BadInput: in one sentence, when it could not be written; then nothing was.
        """
        text = json.dumps(payload, allow_nan=False)
        with self._lock, _in_a_sentence(self.path):
            if self._closed:
                raise BadInput(f"{self.path.name}: is closed; open the session again.")
            number = self._events[-1].number + 1 if self._events else 1
            event = Event(number, self._clock(), kind, json.loads(text), kit_version())
            self._connection.execute(ADD, (number, event.at, kind, text, event.kit))
            self._events.append(event)
            return event

    @property
    def events(self) -> tuple[Event, ...]:
        """All events acknowledged so far, in order."""
        with self._lock:
            return tuple(self._events)

    def stored(self) -> int:
        """How many events the file holds, counted anew on the disk."""
        with self._lock, _in_a_sentence(self.path):
            return int(self._connection.execute("SELECT count(*) FROM events").fetchone()[0])

    def close(self) -> None:
        """Close the file and let another desk open it; closing twice does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                with suppress(sqlite3.Error):
                    self._connection.close()
                self._desk.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_only(path: Path) -> tuple[Event, ...]:
    """The events of a session's file that stays as it is, also while a desk has it open; raises BadInput."""
    with _in_a_sentence(path):
        if not path.is_file():
            raise BadInput(f"{path.name}: is not here; nothing was opened.")
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return tuple(read(connection))


def read(connection: sqlite3.Connection) -> Iterator[Event]:
    """All events in order; raises an error of sqlite3, or `_Damaged`, where one cannot be read."""
    for number, at, kind, payload, kit in _rows(connection):
        try:
            content = json.loads(payload)
        except ValueError as error:
            raise _Damaged(number) from error
        if not isinstance(content, dict):
            raise _Damaged(number)
        yield Event(number, at, kind, content, kit)


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """All rows in order; raises `_Damaged` at words that are not UTF-8, which SQLite tells as it tells a full disk."""
    try:
        yield from connection.execute(ALL)
    except sqlite3.OperationalError as error:
        if NOT_UTF8 in str(error).lower():
            raise _Damaged from error
        raise


class _Damaged(Exception):
    """What is in the file is not what was written."""


def _recovered(saved: Sequence[Row], damaged: Path, clock: Callable[[], str]) -> Row:
    """The event that says what was saved of a damaged file."""
    number = saved[-1][0] + 1 if saved else 1
    return (
        number,
        clock(),
        "recovered",
        json.dumps({"saved": len(saved), "file": damaged.name}),
        kit_version(),
    )


def _saved(path: Path, events: Sequence[Event]) -> str:
    """The sentence about a rescue after which nothing has happened yet, in case nobody was told; else empty."""
    if not events or events[-1].kind != "recovered":
        return ""
    saved, file = events[-1].payload.get("saved"), events[-1].payload.get("file")
    told = "1 event was" if saved == 1 else f"{saved} events were"
    return f"{path.name} was damaged: {told} saved, and the damaged file is kept as {file}."


def _build(path: Path, rows: Sequence[Row]) -> None:
    """Make a file of these events that waits to take the session's place; only a whole one ever waits."""
    part, waiting = unfinished(path), built(path)
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id={MARK}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA fullfsync=ON")
        _begin(connection)
        connection.execute("BEGIN")
        connection.executemany(ADD, rows)
        connection.execute("COMMIT")
    part.replace(waiting)


def _connection(path: Path) -> sqlite3.Connection:
    """A connection to a sound session file, made if there is none."""
    new = not path.exists() or not path.stat().st_size
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)
    try:
        if new:  # before the file has a companion, so that the mark is in its head from the first byte on
            connection.execute(f"PRAGMA application_id={MARK}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA fullfsync=ON")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _Damaged
        _begin(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: sqlite3.Connection) -> None:
    """Make the table where there is none; raises `_Damaged` where another stands in its place."""
    held = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if not held:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(TABLE)
        for rule in RULES:
            connection.execute(rule)
        connection.execute("COMMIT")
    elif held != [("events",)]:
        raise _Damaged


def _refuse_foreign(path: Path, found: Mapping[str, bytes]) -> None:
    """Raise BadInput for a file of another program, before anything touches it; `_Damaged` for one without a head."""
    head = found.get("", b"")[:HEADER_BYTES]
    if not head and not found.get("-wal"):
        return
    cut_short = len(head) < HEADER_BYTES and HEADER.startswith(head[: len(HEADER)])
    if cut_short or not head.strip(b"\x00"):
        raise _Damaged
    ours = head.startswith(HEADER) and int.from_bytes(head[68:72], "big") == MARK
    if not ours:
        raise BadInput(
            f"{path.name}: is not a session of this kit; nothing was changed; choose another folder."
        )


SENTENCES = (
    ("full", "the disk is full; make room and do it again"),
    ("readonly", "the folder cannot be written; choose another folder"),
    ("unable to open", "the folder cannot be written; choose another folder"),
    ("locked", "another program holds it; close that and do it again"),
    ("disk i/o", "the disk did not take it; make room or choose another folder, and do it again"),
)
DAMAGED = "is damaged, and was left as it is; open the session in its folder to save what can be read"


@contextmanager
def _in_a_sentence(path: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says, or what a damaged event comes to, into one sentence."""
    try:
        yield
    except _Damaged as error:
        raise BadInput(f"{path.name}: {DAMAGED}.") from error
    except sqlite3.Error as error:
        told = str(error).lower()
        why = next((words for sign, words in SENTENCES if sign in told), f"it could not be written ({error})")
        raise BadInput(f"{path.name}: {why}.") from error
    except OSError as error:
        raise BadInput(
            f"{path.name}: could not be opened ({error.strerror}); choose another folder."
        ) from error
