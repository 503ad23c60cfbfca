"""How the control room is served as a page of its own: the command, its settings, and where its template lies."""

import os
import sys
from pathlib import Path

HOST = "127.0.0.1"
DESK_WORKSHOP, DESK_FOLDER = "KIT_WORKSHOP", "KIT_WORKSHOP_FOLDER"
"""The environment in which the desk's notebook is told which workshop, and the session of which folder, to open."""
SECONDS_IDLE = 120
"""A page that was closed leaves its kernel behind; it is ended after this long."""
SECONDS_BETWEEN_LOOKS = 30
_TEMPLATES = Path(__file__).parent / "voila"


def voila_command(notebook: Path, port: int, python: str = sys.executable) -> list[str]:
    """The command that serves `notebook` as a page, to this computer only, at this port or not at all."""
    return [
        python,
        "-m",
        "voila",
        str(notebook),
        "--no-browser",
        f"--Voila.ip={HOST}",
        f"--port={port}",
        "--Voila.port_retries=0",
        "--template=kit",
        f"--MappingKernelManager.cull_idle_timeout={SECONDS_IDLE}",
        f"--MappingKernelManager.cull_interval={SECONDS_BETWEEN_LOOKS}",
        # A page that is closed or loaded again asks for the end of its kernel, which Voila refuses, for it gives no
        # page the cookie it then wants. Strangers cannot ask: they would have to guess the kernel's 122 random bits.
        "--Voila.tornado_settings={'disable_check_xsrf': True}",
    ]


def voila_environment() -> dict[str, str]:
    """This process's environment, with the folder where Voila finds the kit's template."""
    paths = [str(_TEMPLATES), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(paths)}


def under_voila() -> bool:
    """Whether this kernel serves a Voila page."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
