"""Callbacks that lose nothing: one at a time, what they refuse is said, and what breaks is logged and said."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sim.scenario import BadInput
from sim.views.room.log import log, log_file

Act = Callable[..., None]


def safely(act: Act, lock: AbstractContextManager[Any], refuse: Callable[[str], None], trouble: str) -> Act:
    """The callback, held by the page's lock; nobody hears what a callback raises.

    Args:
        act: What is to be done.
        lock: Of the page.
        refuse: Says a sentence where the page says what could not be done.
        trouble: The sentence for what broke, with a place for the name of the log's file.
    """

    def safe(*args: Any, **kwargs: Any) -> None:
        with lock:
            try:
                act(*args, **kwargs)
            except BadInput as error:
                refuse(str(error))
            except Exception:  # noqa: BLE001  # nobody hears what a callback raises
                log().exception("callback %s", act)
                refuse(trouble.format(log_file().name))

    return safe
