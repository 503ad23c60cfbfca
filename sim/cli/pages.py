"""`sim lab` and `sim app`: the notebooks in JupyterLab, and the control room as a page of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sim
from sim.cli import screen
from sim.cli.guard import FINE, log_folder
from sim.scenario import BadInput
from sim.views.serving import HOST, voila_command, voila_environment

START: Final = Path("notebooks/00_start_here.ipynb")
CONTROL_ROOM: Final = Path("notebooks/control_room.ipynb")
PAGES: Final = {
    "room": ("Control room", CONTROL_ROOM),
    "year": ("The year", Path("notebooks/the_year.ipynb")),
    "00": ("Your first shift", Path("notebooks/lesson_00_your_first_shift.ipynb")),
    "01": ("Invisible when it works", Path("notebooks/lesson_01_invisible_when_it_works.ipynb")),
    "02": ("Three businesses", Path("notebooks/lesson_02_three_businesses.ipynb")),
    "03": ("Wow can't save us", Path("notebooks/lesson_03_wow_cant_save_us.ipynb")),
}
"""The pages that can be opened on their own: their titles and notebooks."""
SECONDS_TO_START: Final = 90
SECONDS_TO_END: Final = 10
PORTS_TRIED: Final = 10


@dataclass(frozen=True)
class Server:
    """A program that serves pages to this computer: what it is called, how it is started, where it answers.

    `environment` is all of its environment; `log` takes its words.
    """

    title: str
    command: Sequence[str]
    environment: Mapping[str, str]
    root: Path
    port: int
    address: str

    @property
    def log(self) -> Path:
        """Where its words go."""
        return log_folder() / f"{self.title.lower().replace(' ', '-')}.log"


def lab(port: int, *, browser: bool, as_json: bool) -> int:
    """Open the start notebook in JupyterLab, and stay until Ctrl-C."""
    root, chosen, token = folder_with(START), free_port(port), secrets.token_hex(16)
    address = f"http://{HOST}:{chosen}/lab/tree/{START.as_posix()}?token={token}"
    # The token goes by way of the environment, where other users of the computer cannot read it.
    environment = {**os.environ, "JUPYTER_TOKEN": token}
    server = Server("JupyterLab", lab_command(root, chosen), environment, root, chosen, address)
    return serve(server, browser=browser, as_json=as_json)


def app(port: int, *, browser: bool, as_json: bool, page: str = "room") -> int:
    """Open a page without code, and stay until Ctrl-C."""
    title, notebook = PAGES[page]
    root, chosen = folder_with(notebook), free_port(port)
    command, environment = voila_command(notebook, chosen), voila_environment()
    server = Server(title, command, environment, root, chosen, f"http://{HOST}:{chosen}/")
    return serve(server, browser=browser, as_json=as_json)


def folder_with(notebook: Path) -> Path:
    """The folder that holds the kit's notebooks: beside the package, or here; raises BadInput."""
    for root in (Path(sim.__file__).resolve().parent.parent, Path.cwd()):
        if (root / notebook).is_file():
            return root
    raise BadInput(
        f"{notebook.as_posix()} is not here; run this in the kit's folder, the one that holds kit.py."
    )


def lab_command(root: Path, port: int) -> list[str]:
    """How JupyterLab is started: for this computer only, at this port or not at all."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.ip={HOST}"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}"]
    return [*command, "--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else command


def free_port(first: int) -> int:
    """The first free port among a few from this one on; raises BadInput when none of them is."""
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise BadInput(
        f"--port: {first} and the {PORTS_TRIED - 1} after it are taken; choose another, such as 9000."
    )


def serve(server: Server, *, browser: bool, as_json: bool) -> int:
    """Start a server, say where it is, and stay until Ctrl-C; it never outlives this command."""
    server.log.parent.mkdir(parents=True, exist_ok=True)
    screen.tell(f"{server.title} is starting.")
    with server.log.open("wb") as output, _terminable(), _running(server, output.fileno()) as process:
        try:
            _wait_until_answering(server, process)
            _announce(server, as_json=as_json)
            if browser:
                webbrowser.open(server.address)
            code = process.wait()
        except KeyboardInterrupt:
            screen.tell("Closing.")
            return FINE
    raise RuntimeError(f"{server.title} ended by itself with code {code}; its words are in {server.log}")


def _announce(server: Server, *, as_json: bool) -> None:
    if as_json:
        screen.show_json({"address": server.address})
    else:
        screen.say(f"{server.title} is open at")
        print(f"\n    {server.address}\n")  # noqa: T201  # an address is never wrapped
        screen.say("Keep this window open; Ctrl-C here closes it.")
    sys.stdout.flush()


@contextmanager
def _running(server: Server, output: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The server's process, ended with the block, kindly first."""
    process = subprocess.Popen(  # noqa: S603  # our own command, no shell
        server.command,
        cwd=server.root,
        env={**server.environment, "PYTHONPATH": _path_to_the_kit(), "JUPYTER_PREFER_ENV_PATH": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        # Ctrl-C is for this command, which then closes the server in order.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _path_to_the_kit() -> str:
    """So that the notebooks find this very kit, installed or not."""
    home = str(Path(sim.__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH")
    return os.pathsep.join([home, before]) if before else home


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a closed terminal or a stopped container end the server as Ctrl-C would."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _wait_until_answering(server: Server, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(SECONDS_TO_START * 5):
        if process.poll() is not None:
            break
        try:
            socket.create_connection((HOST, server.port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    words = server.log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"no answer on port {server.port}; the server's last words were:\n{words}")
