"""Whatever happens, a sentence and an exit code; never a traceback on a screen."""

import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

import typer

FINE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

LOG = "sim.log"
LOG_BYTES = 1_000_000

UsageError = cast(type[Exception], typer.BadParameter.__base__)
"""What typer raises for words it cannot place; typer exports only this heir of it."""


def guarded(action: Callable[[], object]) -> int:
    """Do it; returns the exit code: 0 fine, 1 it ran and failed, 2 bad input, 130 interrupted."""
    try:
        code = action()
        sys.stdout.flush()
    except typer.Abort:
        return _ended("Stopped.", INTERRUPTED)
    except KeyboardInterrupt:
        return _ended("Stopped.", INTERRUPTED)
    except UsageError as error:
        return _ended(_usage(error), BAD_INPUT)
    except Exception as error:  # noqa: BLE001  # nobody who uses the kit ever sees a traceback
        return _ended(*_sentence(error))
    return code if isinstance(code, int) else FINE


def _ended(words: str, code: int) -> int:
    from sim.cli.screen import tell

    tell(words)
    return code


def _usage(error: BaseException) -> str:
    """The sentence of a word typer cannot place, with the way to the help; a value's own sentence stands alone."""
    own = str(getattr(error, "message", ""))
    if isinstance(error, typer.BadParameter) and own:
        return own
    told = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "sim"
    return f"{told.rstrip('. ?')}; {command} --help shows what fits."


def _sentence(error: Exception) -> tuple[str, int]:
    from sim.cli.progress import Stopped
    from sim.scenario import BadInput

    if isinstance(error, BadInput):
        return str(error), BAD_INPUT
    if isinstance(error, Stopped):
        return str(error), FAILED
    log = write_log(error)
    detail = f"; the detail is in {log}" if log else ""
    return f"That run did not finish. No file was changed. Try again{detail}.", FAILED


def log_folder() -> Path:
    """Where this system keeps the logs of programs."""
    from platformdirs import user_log_dir

    return Path(user_log_dir("meet-the-bar", appauthor=False))


def write_log(error: BaseException) -> Path | None:
    """Append the traceback to the log; returns its path, None when no folder can be written."""
    for folder in (log_folder, lambda: Path(tempfile.mkdtemp(prefix="meet-the-bar-"))):
        try:
            return _append(folder() / LOG, error)
        except OSError:
            continue
    return None


def _append(path: Path, error: BaseException) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC: {' '.join(sys.argv)}\n")
        log.writelines(traceback.format_exception(error))
    return path
