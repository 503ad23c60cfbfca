"""Control rooms under test: what they write stays with the test, what they run can be run here, one by one."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sim.views import background, background_seasons
from sim.views.room import ControlRoom, runner
from sim.views.room import log as room_log
from sim.views.room.runs import Found

PATIENCE = 120.0
"""Seconds that a busy machine may take; nothing waits for them to pass."""


@contextmanager
def private_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Details go to a folder of the test's, not to the user's."""
    file = folder / "log" / room_log.NAME
    monkeypatch.setattr(room_log, "log_file", lambda: file)
    room_log.log.cache_clear()
    yield file
    logger = room_log.log()
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    room_log.log.cache_clear()


@contextmanager
def closing() -> Iterator[list[ControlRoom]]:
    """A list of rooms, which are closed in the end."""
    rooms: list[ControlRoom] = []
    yield rooms
    for room in rooms:
        room.close()
        room.wait(PATIENCE)


def settled(room: ControlRoom) -> Found:
    """What the room shows once its run has ended."""
    assert room.wait(PATIENCE)
    assert room.found is not None
    return room.found


class Here(Executor):
    """A pool without processes: what is submitted is done at once, by whoever submits it."""

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        """Do it, and return its result as a pool does."""
        future: Future[Any] = Future()
        future.set_result(call(*arguments, **named))
        return future


def run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rooms opened from now on run as on one core, task by task, so that what they tell does not rest on luck."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(runner, "executor", lambda _workers: Here())
    for module in (background, background_seasons):
        monkeypatch.setattr(module, "step_back", lambda: None)


def overheard(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """All that runs tell rooms from now on."""
    told: list[Found] = []
    tell = ControlRoom._tell

    def hear(room: ControlRoom, found: Found) -> None:
        told.append(found)
        tell(room, found)

    monkeypatch.setattr(ControlRoom, "_tell", hear)
    return told
