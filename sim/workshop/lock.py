"""One desk at a time: a lock that ends with the process that holds it, however that ends."""

import sqlite3
from pathlib import Path

from sim.scenario import BadInput


class Lock:
    """Held on a small file beside the session's.

    The operating system holds it for SQLite, so that it is gone when the process is, a killed one too, on every system.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def taken(cls, path: Path) -> "Lock":
        """Take the lock of a session's file; raises BadInput when another desk has it."""
        connection = sqlite3.connect(
            path.with_name(f"{path.name}.desk"), isolation_level=None, check_same_thread=False, timeout=0
        )
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if "locked" in str(error):
                raise BadInput(
                    f"{path.name}: another desk has this session open; close that one first, or choose another folder."
                ) from error
            raise
        return cls(connection)

    def release(self) -> None:
        """Let another desk have it."""
        self._connection.close()
