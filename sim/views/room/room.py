"""The control room: four levers and a drawer of choices, now and plan side by side, and pictures that settle."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

import ipywidgets as w

from sim.experiment import Results
from sim.scenario import LEVERS, BadInput, Scenario, fields, named
from sim.views.room import files, words
from sim.views.room.board import FINE, QUICK, Board, Drawn, Gallery
from sim.views.room.demand import DemandButtons
from sim.views.room.drawer import Drawer
from sim.views.room.foot import MORE, Foot
from sim.views.room.handles import handle_names
from sim.views.room.levers import Lever
from sim.views.room.log import log, log_file
from sim.views.room.menu import Menu
from sim.views.room.parts import column, mark, row, tag, text
from sim.views.room.runs import Found, Runner
from sim.views.room.style import style_html
from sim.views.room.worlds import Choice, in_words
from sim.views.serving import under_voila
from sim.views.sheet import report_html
from sim.views.still import Still

REPLICATIONS = 20
SECONDS_BETWEEN_PICTURES = 0.4
KEPT = ", as kept"


def control_room(
    now: Scenario | str | Path = "today",
    plan: Scenario | str | Path | None = None,
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
) -> ControlRoom:
    """Open the control room; what cannot be opened is told on the page, and "today" opened instead.

    Args:
        now: The operation as it is: a scenario, the name of one, or a scenario file.
        plan: The plan to begin with; the same as now without one.
        replications: Weeks to simulate of each side.
        seed: Of all luck.
    """
    told: list[str] = []
    before = _opened(now, told) or named("today")
    after = (_opened(plan, told) if plan is not None else None) or before
    return ControlRoom(before, after, replications=replications, seed=seed, told=" ".join(told))


def _opened(source: Scenario | str | Path, told: list[str]) -> Scenario | None:
    try:
        return source if isinstance(source, Scenario) else files.opened(source)
    except BadInput as error:
        told.append(str(error))
        return None


class ControlRoom:
    """The page and what it holds; show `widget`, or leave the room as the last line of a cell.

    Callbacks come from any thread, runs tell from their own: whatever changes the page holds the lock.
    """

    def __init__(
        self,
        now: Scenario,
        plan: Scenario,
        *,
        replications: int = REPLICATIONS,
        seed: int = 1,
        told: str = "",
    ) -> None:
        self._lock = RLock()
        self._asked = self._replications = replications
        self._seed = seed
        self._history: list[Choice] = []
        self._moving: str | None = None
        self._last_picture = 0.0
        self._found: Found | None = None
        self._contacts = ""
        self._gallery = Gallery()
        self._runner = Runner(self._tell, self._broke, self._said, seed=seed)
        self.choice = Choice(now, now)
        self._build()
        try:
            self.choice = self._with(plan)
        except BadInput as error:
            told = f"{told} {error}".strip()
        self._settle()
        if told:
            self.foot.say(told, trouble=True)

    # -------------------------------------------------------------------------------- what it shows

    @property
    def found(self) -> Found | None:
        """What is on screen, None before the first picture."""
        return self._found

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until the run under way has ended; whether it has."""
        return self._runner.wait(seconds)

    def still(self, seconds: float = 60.0) -> Still | None:
        """What the room shows, once its run has ended, as a picture and tables that stay in a saved notebook.

        Nothing under Voila, where the page itself is all there is.
        """
        if under_voila():
            return None
        self.wait(seconds)
        found = self._found
        return Still(found.comparison) if found else None

    def close(self) -> None:
        """End what runs and take the page away."""
        self._runner.close()
        self.widget.close()

    def __repr__(self) -> str:
        found = self._found
        return f"Control room. {words.headline(found)}." if found else "Control room, not run yet."

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}

    # ------------------------------------------------------------------------------------ building

    def _build(self) -> None:
        page = f"kit-{secrets.token_hex(4)}"
        known = fields()
        apply = self._safely_apply
        self.levers = {name: Lever(known[path], page, apply, self._safely) for name, path in LEVERS.items()}
        self.demand = DemandButtons(self._demand_chosen, self._safely)
        self.drawer = Drawer(apply, self._drawer_opened, self._safely)
        self.foot = Foot(self._run_pressed, self._keep, self._undo, self._report, self._safely)
        self.board = Board()
        self.menu = Menu(lambda: self.choice.plan, self._open_as_plan, self._open_as_now, self._safely)
        self.chips = text("", "kit-chip-box")
        side = column(self._scrolling(), self.foot.widget, classes="kit-side")
        body = row(side, self.board.widget, classes="kit-body")
        self.page = column(self.menu.widget, body, classes="kit-page")
        self.widget: w.VBox = column(text(style_html()), handle_names(), self.page, classes="kit")

    def _scrolling(self) -> w.VBox:
        compare = column(text(tag("h4", "Compare")), self.chips)
        levers = column(*(lever.widget for lever in self.levers.values()), classes="kit-levers")
        return column(compare, levers, self.demand.widget, self.drawer.widget, classes="kit-scroll")

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

    # --------------------------------------------------------------------------------------- moves

    def _safely_apply(self, path: str, value: Any) -> str:
        """Set a field of the plan; returns a sentence where that cannot be."""
        with self._lock:
            try:
                plan = self.choice.plan.changed({path: value, **words.OWN})
                choice = Choice(self.choice.now, plan, self.choice.demand)
                choice.worlds()
            except BadInput as error:
                return str(error)
            self._move(choice, path)
            return ""

    def _move(self, choice: Choice, what: str | None) -> None:
        """Go on to another choice; moves of one lever in a row are one step for Undo."""
        self._replications = self._asked
        if what is None or what != self._moving:
            self._history.append(self.choice)
        self._moving = what
        self.choice = choice
        for lever in self.levers.values():
            lever.hush()
        for each in self.drawer.rows.values():
            each.hush()
        self._start()

    def _start(self) -> None:
        """Run what is chosen now."""
        self._words()
        self.foot.say("")
        now, plan = self.choice.worlds()
        self.foot.started(self._replications)
        self.board.redrawing(True)
        self._runner.start(now, plan, self._replications)

    def _settle(self) -> None:
        """Put every lever and button where the choice says, and run."""
        now, plan = self.choice.now, self.choice.plan
        for lever in self.levers.values():
            lever.show(plan.value(lever.facts.path), now.value(lever.facts.path))
        self.drawer.show(plan, now)
        self.demand.show(self.choice.demand, now)
        if self._found is None:
            self.board.show(self._gallery.draw(self._nothing(), QUICK))
        self._start()

    def _nothing(self) -> Found:
        now, plan = self.choice.worlds()
        return Found(0, Results(now, ()), Results(plan, ()), False, self._replications, "running")

    def _words(self) -> None:
        now, plan = words.chips(self.choice)
        chips = tag("span", now, "kit-chip", "kit-chip-now") + tag("span", plan, "kit-chip", "kit-chip-plan")
        self.chips.value = f'<div class="kit-chips">{chips}</div>'
        self.drawer.count(self.choice.plan, self.choice.now)
        self.menu.show(self.choice.now.title, self._contacts)
        self.foot.undo.disabled = not self._history
        self.foot.keep.disabled = not self.choice.changed()

    def _with(self, plan: Scenario) -> Choice:
        """What is chosen, with the plan of another scenario in the world of now; raises BadInput."""
        world = {"assumptions": self.choice.now.assumptions}
        choice = Choice(self.choice.now, plan.changed(world), self.choice.demand)
        choice.worlds()
        return choice

    def _go_to(self, choice: Choice) -> None:
        """Go on to another choice as a whole."""
        self._history.append(self.choice)
        self._moving = None
        self.choice = choice
        self._settle()

    # ------------------------------------------------------------------------------------ callbacks

    def _demand_chosen(self, demand: str) -> None:
        self._move(Choice(self.choice.now, self.choice.plan, demand), "demand")
        self.demand.show(demand, self.choice.now)

    def _drawer_opened(self, is_open: bool) -> None:
        mark(self.page, "kit-drawer-open", is_open)

    def _run_pressed(self) -> None:
        """Stop what runs; go on with what was stopped; add to what is done."""
        label = self.foot.run.description
        if label == "Stop":
            self._runner.stop()
            return
        if self._found and self._found.state == "finished":
            self._replications += MORE
        self._start()

    def _keep(self) -> None:
        now = self.choice.now
        title = now.title if now.title.endswith(KEPT) else f"{now.title[: 60 - len(KEPT)]}{KEPT}"
        kept = self.choice.plan.changed({"name": now.name, "title": title})
        self._go_to(Choice(kept, kept, self.choice.demand))
        self.foot.say("The plan is now how it is. Undo takes that back.")

    def _undo(self) -> None:
        if self._history:
            self.choice = self._history.pop()
            self._moving = None
            self._settle()

    def _open_as_plan(self, scenario: Scenario) -> None:
        self._go_to(self._with(scenario))

    def _open_as_now(self, scenario: Scenario) -> None:
        self._contacts = ""
        self._gallery.forget()
        self._go_to(Choice(scenario, scenario))

    def _report(self) -> None:
        found = self._found
        if found is None or found.glance or found.run != self._runner.newest:
            self.foot.say("There are no whole weeks to report yet; press again in a moment.")
            return
        plan, demand = words.plan_in_words(self.choice), in_words(self.choice.now, self.choice.demand)
        page = report_html(found.comparison, plan, demand, self._seed)
        path = files.written(page, Path.cwd(), "control-room", ".html")
        self.foot.say(f"Written: {path.name} in {path.parent}.")

    # --------------------------------------------------------------------------- what runs tell

    def _tell(self, found: Found) -> None:
        """Show what a run found: its progress each time, its pictures as often as eyes follow.

        Of a run that has been replaced only a first look is shown, and only until there is a newer one.
        """
        if not self._is_news(found):
            return
        drawn = self._drawn(found)
        with self._lock:
            if not self._is_news(found):
                return
            newest = found.run == self._runner.newest
            if drawn is not None:
                self._found = found
                self.board.show(drawn)
                self.board.redrawing(not newest)
                self._contacts = words.contacts_a_day(found) or self._contacts
                self.menu.show(self.choice.now.title, self._contacts)
            if newest:
                self.foot.show(found)
            if newest and found.state == "stopped":
                self.foot.say(words.WIDE)

    def _is_news(self, found: Found) -> bool:
        shown = self._found.run if self._found else 0
        return found.run == self._runner.newest or (found.glance and found.run > shown)

    def _drawn(self, found: Found) -> Drawn | None:
        first = self._found is None or found.run != self._found.run
        due = time.monotonic() - self._last_picture >= SECONDS_BETWEEN_PICTURES
        if not found.plan.summaries or not (first or due or found.state != "running"):
            return None
        drawn = self._gallery.draw(found, QUICK if found.glance else FINE)
        self._last_picture = time.monotonic()
        return drawn

    def _said(self, sentence: str) -> None:
        with self._lock:
            self.foot.say(sentence)

    def _broke(self, run: int) -> None:
        with self._lock:
            if run == self._runner.newest:
                self.board.redrawing(False)
                self.foot.broke(self._replications)
                self.foot.say(words.BROKEN.format(log_file().name), trouble=True)
