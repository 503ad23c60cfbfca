"""Where the projector's page is found: a port and a secret word, kept with the session so that both outlive a crash."""

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sim.scenario import BadInput
from sim.scenario.files import write_whole

NAME = "projector.json"
HOST = "127.0.0.1"
SHORTEST = 20
"""Letters of a token that nobody guesses."""


@dataclass(frozen=True)
class Door:
    """A port of this computer, 0 for any that is free, and the token without which nothing is answered."""

    port: int
    token: str

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}/{self.token}/"


def kept(folder: Path) -> Door | None:
    """The door that a session had before, None where there is none or it cannot be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        port, token = content["port"], content["token"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    sound = isinstance(port, int) and 0 < port < 65536 and isinstance(token, str)
    return Door(port, token) if sound and len(token) >= SHORTEST and token.isalnum() else None


def new() -> Door:
    """A door with a token of its own, at any free port."""
    return Door(0, secrets.token_hex(16))


def keep(folder: Path, door: Door) -> bool:
    """Keep a door with its session, for this user's eyes only; returns whether that was possible."""
    path = folder / NAME
    try:
        write_whole(path, json.dumps({"port": door.port, "token": door.token}).encode())
    except (BadInput, OSError):
        return False
    with suppress(OSError):  # a folder shared between systems may know no such rights
        path.chmod(0o600)
    return True
