#!/usr/bin/env python3
"""Meet the Bar, from one command.

python3 kit.py                sets up what is missing, then opens the start notebook in JupyterLab
python3 kit.py --no-browser   the same, but only prints the address
python3 kit.py --port 9000    the same, at that port if it is free
python3 kit.py test           runs every test; what follows 'test' goes to pytest

It needs Python 3.11 or newer and, the first time, the network. Everything it installs goes into the folder
.venv beside this file, in the versions and with the hashes of constraints.txt; nothing else is changed.
Ctrl-C ends it.
"""

import argparse
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def old_python_sentence(version: "tuple[int, ...]") -> str:
    """What to tell someone whose Python is too old; empty when it is new enough."""
    if version >= OLDEST_PYTHON:
        return ""
    oldest, this = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
    return f"Meet the Bar needs Python {oldest} or newer; this is Python {this}."


# Before anything that an older Python could not read: from 3.6 on they come this far.
if old_python_sentence(sys.version_info[:2]):
    sys.exit(old_python_sentence(sys.version_info[:2]))

STARTED = time.monotonic()
ROOT = Path(__file__).resolve().parent
HOST = "127.0.0.1"
START = "notebooks/00_start_here.ipynb"
PROJECT = "meet-the-bar"
# What each command needs: dependency groups of pyproject.toml beside the dependencies themselves.
GROUPS = {"lab": ("build", "wheels"), "test": ("build", "wheels", "test")}
SECONDS_BETWEEN_SIGNS = 15
SECONDS_TO_START = 90


class Trouble(Exception):
    """Something the person at the terminal has to know, as one sentence."""


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


# ---------------------------------------------------------------------------------------- what is needed


def needed(constraints: str, groups: tuple[str, ...]) -> str:
    """The entries of constraints.txt, hashes and all, that the project needs with these groups.

    Each entry says in its comments what asked for it; this follows those from the project down.
    """
    wanted = {f"{PROJECT} (pyproject.toml)", *(f"{PROJECT} (pyproject.toml:{group})" for group in groups)}
    rest = {entry.split("==")[0]: entry for entry in re.split(r"(?m)^(?=\w)", constraints) if "==" in entry}
    chosen: dict[str, str] = {}
    found = wanted
    while found:
        found = {name for name, entry in rest.items() if found & asked_by(entry)}
        chosen.update({name: rest.pop(name) for name in found})
    return "".join(chosen[name] for name in sorted(chosen))


def asked_by(entry: str) -> set[str]:
    """The names in the comments '# via NAME' of one entry of constraints.txt."""
    return set(re.findall(r"(?m)^ +# +(?:via +)?(\S.*)$", entry))


def stamp(root: Path, python_version: str) -> str:
    """A hash of all that an installation depends on; another hash means: install again."""
    parts = [str(root).encode(), python_version.encode()]
    parts += [(root / name).read_bytes() for name in ("constraints.txt", "pyproject.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(venv: Path, command: str, mark: str) -> bool:
    """Whether a finished installation for this command stands in the folder; one for tests serves all."""
    stamps = (venv / f"kit-{kind}.stamp" for kind in {command, "test"})
    return any(file.is_file() and file.read_text() == mark for file in stamps)


# ------------------------------------------------------------------------------------------- installing


def installers() -> list[str]:
    """Who may install, best first: uv where it is on the PATH, and pip everywhere."""
    return ["uv", "pip"] if shutil.which("uv") else ["pip"]


def venv_python(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def version_of(python: Path) -> str:
    """The version of a Python, such as '3.11'; empty when it does not run or is too old."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    version = answer.stdout.strip()
    return "" if old_python_sentence(tuple(map(int, version.split(".")))) else version


def run_logged(command: list[str], log: Path) -> bool:
    """Run a command with its output in the log, with a sign of life now and then; whether it went well."""
    with log.open("ab") as output:
        output.write(("$ " + " ".join(command) + "\n").encode())
        output.flush()
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while process.poll() is None:
                wait_or_sign(process)
        finally:
            end(process)
    return process.returncode == 0


def wait_or_sign(process: "subprocess.Popen[bytes]") -> None:
    """Wait for a while; say so when that was not enough."""
    try:
        process.wait(SECONDS_BETWEEN_SIGNS)
    except subprocess.TimeoutExpired:
        say(f"  still at it, {time.monotonic() - STARTED:.0f} s so far")


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that is still running: kindly first."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def make_venv(venv: Path, installer: str, log: Path) -> bool:
    """Make the virtual environment anew, with the Python that runs this file."""
    shutil.rmtree(venv, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    if installer == "uv":
        return run_logged(["uv", "venv", "--python", base, str(venv)], log)
    return run_logged([base, "-m", "venv", str(venv)], log)


def install_commands(installer: str, python: Path, requirements: Path) -> list[list[str]]:
    """The commands that install the pinned packages and then the project itself, so that edits show."""
    if installer == "uv":
        install = ["uv", "pip", "install", "--python", str(python)]
    else:
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        install = [*pip, "install", "--no-compile"]  # Python compiles what it meets: half the time of all
    return [
        [*install, "--no-deps", "--require-hashes", "-r", str(requirements)],
        [*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ]


def has_pip(python: Path, log: Path) -> bool:
    """Whether pip is there, or could be unpacked from Python itself; uv makes environments without."""
    return run_logged([str(python), "-m", "pip", "--version"], log) or run_logged(
        [str(python), "-m", "ensurepip"], log
    )


def install_with(installer: str, venv: Path, command: str, log: Path) -> bool:
    """Bring the virtual environment to what constraints.txt says; whether that went well."""
    python, unfinished = venv_python(venv), venv / "kit-unfinished"
    # A half-copied package looks whole to pip and to uv, so after a break everything is made anew.
    if (unfinished.exists() or not version_of(python)) and not make_venv(venv, installer, log):
        return False
    if installer == "pip" and not has_pip(python, log):
        return False
    unfinished.touch()
    for old in venv.glob("kit-*.stamp"):
        old.unlink()
    requirements = venv / "kit-requirements.txt"
    requirements.write_text(needed((ROOT / "constraints.txt").read_text(), GROUPS[command]))
    if not all(run_logged(step, log) for step in install_commands(installer, python, requirements)):
        return False
    unfinished.unlink()
    return True


def install(venv: Path, command: str) -> None:
    """Install with the first installer that can; raises Trouble when none could."""
    log = ROOT / "kit-install.log"
    log.unlink(missing_ok=True)
    for installer in installers():
        say(f"Setting up in {venv.name} with {installer}; this takes a minute or two the first time.")
        if install_with(installer, venv, command, log):
            (venv / f"kit-{command}.stamp").write_text(stamp(ROOT, version_of(venv_python(venv))))
            say(f"Set up in {time.monotonic() - STARTED:.0f} s.")
            return
    raise Trouble(
        f"Setting up did not finish, most often for want of a network or of disk space: the reason stands at "
        f"the end of {log.name}, and the same command tries again."
    )


def ready(command: str) -> Path:
    """The Python of an environment complete for this command; installs only when something changed."""
    venv = ROOT / ".venv"
    python = venv_python(venv)
    version = version_of(python)
    if not version or not is_installed(venv, command, stamp(ROOT, version)):
        install(venv, command)
    return python


# ----------------------------------------------------------------------------------------- opening the lab


def free_port(first: int) -> int:
    """The first free port among ten from this one on, or else any that is free."""
    for port in [*range(first, min(first + 10, 65536)), 0]:
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Trouble(f"No port of {HOST} is free, so JupyterLab cannot be opened.")


def lab_command(python: Path, port: int, *, root_user: bool) -> list[str]:
    """How JupyterLab is started: for this computer only, in this folder, at this port or not at all."""
    command = [str(python), "-m", "jupyterlab", "--no-browser", f"--ServerApp.ip={HOST}"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={ROOT}"]
    return [*command, "--allow-root"] if root_user else command


def is_root_user() -> bool:
    """Whether this runs as root, as it does in many containers."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_desktop() -> bool:
    """Whether there is a screen that a browser could open on."""
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def wait_until_answering(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until JupyterLab takes connections; raises Trouble when it ends first or takes too long."""
    for _ in range(SECONDS_TO_START * 5):
        if server.poll() is not None:
            break
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Trouble(f"JupyterLab did not start: the reason stands at the end of {log.name}.")


def serve(server: "subprocess.Popen[bytes]", address: str, log: Path, *, browser: bool) -> None:
    """Print where the lab is, show it, and stay until it is closed; raises Trouble when it broke down."""
    say(
        f"The start notebook is open at\n\n    {address}\n\nKeep this window open; Ctrl-C here closes the kit."
    )
    if browser:
        webbrowser.open(address)
    try:
        code = server.wait()
    except KeyboardInterrupt:
        say("\nClosing.")
        return
    if code:
        raise Trouble(f"JupyterLab ended by itself: the reason stands at the end of {log.name}.")


def open_lab(*, port: int, browser: bool) -> int:
    """Open the start notebook in JupyterLab; returns the exit code."""
    python, port, token, log = ready("lab"), free_port(port), secrets.token_hex(16), ROOT / "kit-lab.log"
    say("Opening JupyterLab.")
    with log.open("wb") as output:
        server = subprocess.Popen(
            lab_command(python, port, root_user=is_root_user()),
            cwd=ROOT,
            # The token goes by way of the environment, where other users of the computer cannot read it.
            env={**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_PREFER_ENV_PATH": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for this program, which then closes the lab in order.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        try:
            wait_until_answering(server, port, log)
            serve(server, f"http://{HOST}:{port}/lab/tree/{START}?token={token}", log, browser=browser)
        finally:
            end(server)
    return 0


# --------------------------------------------------------------------------------------------- commands


def run_tests(arguments: list[str]) -> int:
    """Run every test, notebooks and browser included; returns pytest's exit code."""
    python = ready("test")
    process = subprocess.Popen([str(python), "-m", "pytest", *arguments], cwd=ROOT)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()  # pytest got the same Ctrl-C and still has its summary to print
    finally:
        end(process)


def options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; ends with help or a plain sentence where asked or needed."""
    parser = argparse.ArgumentParser(
        prog="kit.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, default=8888, help="the port to try first (8888)")
    chosen = parser.parse_args(arguments)
    if not 1024 <= chosen.port <= 65535:
        parser.error(f"--port is {chosen.port}; choose one from 1024 to 65535, such as 8888.")
    return chosen


def end_in_order(*_: object) -> None:
    """Let a closed terminal or a stopped container end the lab as Ctrl-C would."""
    sys.exit(143)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end_in_order)
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        chosen = options(arguments)
        return open_lab(port=chosen.port, browser=has_desktop() and not chosen.no_browser)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The kit could not go on: {error.strerror} ({error.filename}).", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped; the same command goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
