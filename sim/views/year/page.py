"""The year: two plans live through the same months, and customers, money and people answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

import ipywidgets as w

from sim.experiment.seasons import Seasons
from sim.scenario import BadInput, Scenario, named, names
from sim.season.season import SETTLED_WEEKS
from sim.views.months.still import SeasonStill
from sim.views.room import files
from sim.views.room.log import log, log_file
from sim.views.room.parts import column, row, text
from sim.views.serving import under_voila
from sim.views.year import words
from sim.views.year.board import Gallery, YearBoard
from sim.views.year.choice import Choice
from sim.views.year.foot import YearFoot
from sim.views.year.menu import YearMenu
from sim.views.year.runs import Found, Runner
from sim.views.year.side import Side
from sim.views.year.style import style_html

WEEKS, REPLICATIONS = 52, 10
MOST_WEEKS, MOST_REPLICATIONS = 520, 200
SECONDS_BETWEEN_PICTURES = 0.4


def year_page(
    now: Scenario | str | Path = "today",
    plan: Scenario | str | Path = "lean",
    *,
    weeks: int = WEEKS,
    replications: int = REPLICATIONS,
    settle: int = SETTLED_WEEKS,
    seed: int = 1,
) -> YearPage:
    """Open the year; what cannot be opened is told on the page, and "today" opened instead.

    Args:
        now: The operation as it is: a scenario, the name of one, or a scenario file.
        plan: The plan to begin with.
        weeks: To live through: 52 or 104, or another number up to 520.
        replications: Seasons on independent luck, up to 200.
        settle: Weeks in which the operation of now settles before the plan begins.
        seed: Of all luck.
    """
    told: list[str] = []
    before, after = (_opened(source, told) for source in (now, plan))
    length = _within("weeks", weeks, MOST_WEEKS, told)
    often = _within("replications", replications, MOST_REPLICATIONS, told)
    choice = Choice(before, after, length, often)
    return YearPage(choice, settle=max(0, settle), seed=seed, told=" ".join(told))


def _opened(source: Scenario | str | Path, told: list[str]) -> Scenario:
    try:
        return source if isinstance(source, Scenario) else files.opened(source)
    except BadInput as error:
        told.append(str(error))
        return named("today")


def _within(name: str, value: int, most: int, told: list[str]) -> int:
    nearest = min(max(1, value), most)
    if nearest != value:
        told.append(f"{value} {name} is outside 1 to {most}. Set to {nearest}.")
    return nearest


class YearPage:
    """The page and what it holds; show `widget`, or leave the page as the last line of a cell.

    Callbacks come from any thread, runs tell from their own: whatever changes the page holds the lock.
    """

    def __init__(self, choice: Choice, *, settle: int = SETTLED_WEEKS, seed: int = 1, told: str = "") -> None:
        self._lock = RLock()
        self._last_picture = 0.0
        self._found: Found | None = None
        self._gallery = Gallery()
        self._runner = Runner(self._tell, self._broke, self._said, settle=settle, seed=seed)
        self.choice = choice
        self._build()
        self.side.show(choice)
        self._show(self._nothing())
        self._safely(self._start)()
        if told:
            self.foot.say(told, trouble=True)

    # -------------------------------------------------------------------------------- what it shows

    @property
    def found(self) -> Found | None:
        """What is on screen, None before the first picture of a run."""
        return self._found

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until the run under way has ended; whether it has."""
        return self._runner.wait(seconds)

    def still(self, seconds: float = 100.0) -> SeasonStill | None:
        """What the page shows, once its run has ended, as pictures and a table that stay in a saved notebook.

        Nothing under Voila, where the page itself is all there is.
        """
        if under_voila():
            return None
        self.wait(seconds)
        return words.still_of(self._found) if self._found else None

    def close(self) -> None:
        """End what runs and take the page away."""
        self._runner.close()
        self.widget.close()

    def __repr__(self) -> str:
        return (
            f"The year. {words.still_of(self._found).headline}." if self._found else "The year, not run yet."
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}

    # ------------------------------------------------------------------------------------ building

    def _build(self) -> None:
        known = [*map(named, names())]
        known += [one for one in (self.choice.now, self.choice.plan) if one not in known]
        self.side = Side(known, self.choice, self._change, self._safely)
        self.foot = YearFoot(self._run_pressed, self._safely)
        self.board = YearBoard()
        self.menu = YearMenu(self._safely)
        left = column(self.side.widget, self.foot.widget, classes="kit-side")
        body = row(left, self.board.widget, classes="kit-body")
        self.page = column(self.menu.widget, body, classes="kit-page kit-year")
        self.widget: w.VBox = column(text(style_html()), self.page, classes="kit")

    def _safely(self, act: Callable[..., None]) -> Callable[..., None]:
        """A callback that loses nothing: one at a time, and what it raises is told and logged."""

        def safe(*args: Any, **kwargs: Any) -> None:
            with self._lock:
                try:
                    act(*args, **kwargs)
                except BadInput as error:
                    self.foot.say(str(error), trouble=True)
                except Exception:  # noqa: BLE001  # nobody hears what a callback raises
                    log().exception("callback %s", act)
                    self.foot.say(words.TROUBLE.format(log_file().name), trouble=True)

        return safe

    # --------------------------------------------------------------------------------------- choices

    def _change(self, name: str, value: Any) -> None:
        """Choose one thing anew, and run; what cannot be run is refused and taken back."""
        before, changes = self.choice, {name: value}
        self.choice = replace(before, **changes)
        try:
            self._start()
        except BadInput:
            self.choice = before
            raise
        finally:
            self.side.show(self.choice)

    def _start(self) -> None:
        """Run what is chosen now; raises BadInput where the two do not go together."""
        now, plan = self.choice.worlds()
        self.foot.say("")
        self.foot.started(self.choice.replications)
        self.board.redrawing(self._found is not None)
        self._runner.start(now, plan, self.choice.weeks, self.choice.replications)

    def _run_pressed(self) -> None:
        """Stop what runs; go on with what was stopped."""
        if self.foot.run.description == "Stop":
            self._runner.stop()
        else:
            self._start()

    def _nothing(self) -> Found:
        seasons = Seasons((self.choice.now, self.choice.plan), ())
        return Found(0, seasons, self.choice.weeks, self.choice.replications, "running")

    # --------------------------------------------------------------------------- what runs tell

    def _tell(self, found: Found) -> None:
        """Show what a run found: its progress each time, its pictures as often as eyes follow."""
        with self._lock:
            if found.run != self._runner.newest:
                return
            if self._due(found):
                self._show(found)
                self._found = found
                self.board.redrawing(False)
            elif found.state != "running":
                self.board.redrawing(False)
            self.foot.show(found)
            if found.state == "stopped":
                self.foot.say(words.WIDE)

    def _due(self, found: Found) -> bool:
        first = self._found is None or found.run != self._found.run
        passed = time.monotonic() - self._last_picture >= SECONDS_BETWEEN_PICTURES
        return bool(found.done) and (first or passed or found.state != "running")

    def _show(self, found: Found) -> None:
        """Draw what was found, on fresh axes where it is of another operation or length."""
        shown = self._found
        if shown and (shown.weeks, shown.seasons.plans[0]) != (found.weeks, found.seasons.plans[0]):
            self._gallery.forget()
        self.board.show(self._gallery.draw(found))
        self.board.remind(found)
        self.side.tell(words.still_of(found))
        self.menu.show(words.whose(self.choice.now, found), *found.seasons.plans[:2])
        self._last_picture = time.monotonic()

    def _said(self, sentence: str) -> None:
        with self._lock:
            self.foot.say(sentence)

    def _broke(self, run: int) -> None:
        with self._lock:
            if run == self._runner.newest:
                self.board.redrawing(False)
                self.foot.broke(self.choice.replications)
                self.foot.say(words.BROKEN.format(log_file().name), trouble=True)
