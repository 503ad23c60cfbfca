"""Where the details of what went wrong go, since a page shows one sentence and a kernel's prints reach nobody."""

import logging
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

NAME = "control-room.log"
LARGEST_BYTES = 500_000


@cache
def log() -> logging.Logger:
    """The page's logger; it writes to a file of the user's, or nowhere if that cannot be written."""
    logger = logging.getLogger("sim.views.room")
    logger.propagate = False
    logger.addHandler(_handler(log_file()))
    return logger


def log_file() -> Path:
    """The file the details go to."""
    return user_log_path("meet-the-bar") / NAME


def _handler(file: Path) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=LARGEST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler
