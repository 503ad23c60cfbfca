"""The control room: four levers and a drawer of choices, now and plan side by side, in a week and over months."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

import ipywidgets as w

from sim.experiment import Results
from sim.experiment.seasons import Seasons
from sim.scenario import LEVERS, BadInput, Scenario, fields
from sim.views.months.still import SeasonStill
from sim.views.room import files, words
from sim.views.room.board import Board
from sim.views.room.demand import DemandButtons
from sim.views.room.drawer import Drawer
from sim.views.room.foot import Foot
from sim.views.room.gallery import FINE, QUICK, VIEWS, Drawn, Gallery, View
from sim.views.room.handles import handle_names
from sim.views.room.levers import Lever
from sim.views.room.log import log_file
from sim.views.room.memory import Memory
from sim.views.room.menu import Menu
from sim.views.room.months import MonthsControls
from sim.views.room.parts import column, mark, row, tag, text
from sim.views.room.runner import Runner
from sim.views.room.runs import Asked, Found, RoomWork
from sim.views.room.safely import safely
from sim.views.room.sizes import Sizes
from sim.views.room.style import style_html
from sim.views.room.worlds import Choice, in_words
from sim.views.serving import under_voila
from sim.views.sheet import report_html
from sim.views.still import Still

SECONDS_BETWEEN_PICTURES = 0.4
KEPT = ", as kept"


class ControlRoom:
    """The page and what it holds; show `widget`, or leave the room as the last line of a cell.

    Callbacks come from any thread, runs tell from their own: whatever changes the page holds the lock.
    """

    def __init__(
        self, choice: Choice, plan: Scenario, sizes: Sizes, *, view: View = "week", told: str = ""
    ) -> None:
        self._lock = RLock()
        self._usual = self._sizes = sizes
        self._view: View = view
        self._whose = "plan"
        self._memory = Memory()
        self._history: list[Choice] = []
        self._moving: str | None = None
        self._last_picture = 0.0
        self._found: Found | None = None
        self._contacts = ""
        self._gallery = Gallery()
        self._runner: Runner[Found] = Runner(self._tell, self._broke, self._said)
        self.choice = choice
        self._build()
        self._turn_to(view)
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

    def still(self, seconds: float = 100.0) -> Still | SeasonStill | None:
        """What the room shows, once its run has ended, as pictures and tables that stay in a saved notebook.

        Nothing under Voila, where the page itself is all there is.
        """
        if under_voila():
            return None
        self.wait(seconds)
        found = self._found
        if found is None:
            return None
        return found.season if self._view == "months" else Still(found.comparison)

    def close(self) -> None:
        """End what runs and take the page away."""
        self._runner.close()
        self.widget.close()

    def __repr__(self) -> str:
        found = self._found
        if found is None:
            return "Control room, not run yet."
        told = found.season.headline if self._view == "months" else words.headline(found)
        return f"Control room. {told}."

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
        self.months = MonthsControls(self._months_chosen, self._safely)
        self.board = Board(self._whose_chosen, self._safely)
        self.menu = Menu(
            self._view,
            self._turned,
            lambda: self.choice.plan,
            self._open_as_plan,
            self._open_as_now,
            self._safely,
        )
        self.chips = text("", "kit-chip-box")
        side = column(self._scrolling(), self.foot.widget, classes="kit-side")
        body = row(side, self.board.widget, classes="kit-body")
        self.page = column(self.menu.widget, body, classes="kit-page")
        self.widget: w.VBox = column(text(style_html()), handle_names(), self.page, classes="kit")

    def _scrolling(self) -> w.VBox:
        compare = column(text(tag("h4", "Compare")), self.chips)
        levers = column(*(lever.widget for lever in self.levers.values()), classes="kit-levers")
        choices = (self.demand.widget, self.months.widget, self.drawer.widget)
        return column(compare, levers, *choices, self.months.outcome, classes="kit-scroll")

    def _safely(self, act: Callable[..., None]) -> Callable[..., None]:
        """A callback that loses nothing."""
        return safely(act, self._lock, lambda sentence: self.foot.say(sentence, trouble=True), words.TROUBLE)

    # --------------------------------------------------------------------------------------- moves

    def _safely_apply(self, path: str, value: Any) -> str:
        """Set a field of the plan; returns a sentence where that cannot be."""
        with self._lock:
            try:
                plan = self.choice.plan.changed({path: value, **words.OWN})
                choice = replace(self.choice, plan=plan)
                choice.worlds()
                choice.seasons()
            except BadInput as error:
                return str(error)
            self._move(choice, path)
            return ""

    def _move(self, choice: Choice, what: str | None) -> None:
        """Go on to another choice; moves of one lever in a row are one step for Undo."""
        self._sizes = self._usual
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
        self.foot.started(self._sizes.replications)
        self.board.redrawing(True)
        self._runner.start(RoomWork(self._asked(), self._memory))

    def _asked(self) -> Asked:
        """What is asked of a run by what is chosen; raises BadInput where it cannot be run."""
        sizes = self._sizes
        return Asked(
            *self.choice.worlds(), *self.choice.seasons(), sizes.replications, sizes.seasons,
            self.choice.weeks, sizes.settle, sizes.seed, self._view == "months",
        )  # fmt: skip

    def _settle(self) -> None:
        """Put every lever and button where the choice says, and run."""
        now, plan = self.choice.now, self.choice.plan
        for lever in self.levers.values():
            lever.show(plan.value(lever.facts.path), now.value(lever.facts.path))
        self.drawer.show(plan, now)
        self.demand.show(self.choice.demand, now)
        self.months.show(self.choice)
        if self._found is None:
            self.board.show(self._gallery.draw(self._nothing(), QUICK, self._view))
        self._start()

    def _nothing(self) -> Found:
        asked, sizes = self._asked(), self._sizes
        months = Seasons((asked.season_now, asked.season_plan), ())
        return Found(
            0, Results(asked.now, ()), Results(asked.plan, ()), False, sizes.replications, "running", months,
            asked.weeks, sizes.seasons,
        )  # fmt: skip

    # --------------------------------------------------------------------------------------- views

    def _turn_to(self, view: View) -> None:
        """Show the widgets of that view."""
        self._view = view
        self.board.turn_to(view)
        for each in VIEWS:
            mark(self.page, f"kit-page-{each}", each == view)

    def _turned(self, view: View) -> None:
        """Look at something else; what is known is drawn at once, and what is wanted first may change."""
        self._turn_to(view)
        self._redraw()
        if self.foot.run.description == "Stop":
            self._start()

    def _whose_chosen(self, whose: str) -> None:
        self._whose = whose
        self._redraw()

    def _redraw(self) -> None:
        """Draw what is known for the view that is shown; progress is that of the newest run."""
        found = self._found or self._nothing()
        self.board.show(self._picture(found))
        self.menu.remind(self._view, *found.months.plans[:2])
        if found.run and found.run == self._runner.newest:
            self.foot.show(found, months=self._view == "months")

    def _words(self) -> None:
        now, plan = words.chips(self.choice)
        chips = tag("span", now, "kit-chip", "kit-chip-now") + tag("span", plan, "kit-chip", "kit-chip-plan")
        self.chips.value = f'<div class="kit-chips">{chips}</div>'
        self.drawer.count(self.choice.plan, self.choice.now)
        self.menu.show(self.choice.now.title, self._contacts)
        self.foot.show_code(self.choice.plan)
        self.foot.undo.disabled = not self._history
        self.foot.keep.disabled = not self.choice.changed()

    def _with(self, plan: Scenario) -> Choice:
        """What is chosen, with the plan of another scenario in the world of now; raises BadInput."""
        world = {"assumptions": self.choice.now.assumptions}
        choice = replace(self.choice, plan=plan.changed(world))
        choice.worlds()
        choice.seasons()
        return choice

    def _go_to(self, choice: Choice) -> None:
        """Go on to another choice as a whole."""
        self._history.append(self.choice)
        self._moving = None
        self.choice = choice
        self._settle()

    # ------------------------------------------------------------------------------------ callbacks

    def _demand_chosen(self, demand: str) -> None:
        self._move(replace(self.choice, demand=demand), "demand")
        self.demand.show(demand, self.choice.now)

    def _months_chosen(self, name: str, value: Any) -> None:
        changes: dict[str, Any] = {name: value}
        choice = replace(self.choice, **changes)
        try:
            choice.seasons()
        except BadInput:
            self.months.show(self.choice)
            raise
        self._move(choice, name)
        self.months.show(choice)

    def _drawer_opened(self, is_open: bool) -> None:
        mark(self.page, "kit-drawer-open", is_open)

    def _run_pressed(self) -> None:
        """Stop what runs; go on with what was stopped; add to what is done."""
        label = self.foot.run.description
        if label == "Stop":
            self._runner.stop()
            return
        if label != "Go on":
            self._sizes = self._sizes.more()
        self._start()

    def _keep(self) -> None:
        now = self.choice.now
        title = now.title if now.title.endswith(KEPT) else f"{now.title[: 60 - len(KEPT)]}{KEPT}"
        kept = self.choice.plan.changed({"name": now.name, "title": title})
        self._go_to(replace(self.choice, now=kept, plan=kept))
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
        self._go_to(Choice(scenario, scenario, weeks=self.choice.weeks))

    def _report(self) -> None:
        found = self._found
        if found is None or found.glance or found.run != self._runner.newest:
            self.foot.say("There are no whole weeks to report yet; press again in a moment.")
            return
        plan, demand = words.plan_in_words(self.choice), in_words(self.choice.now, self.choice.demand)
        page = report_html(found.comparison, plan, demand, self._sizes.seed, found.season)
        path = files.written(page, Path.cwd(), "control-room", ".html")
        self.foot.say(f"Written: {path.name} in {path.parent}.")

    # --------------------------------------------------------------------------- what runs tell

    def _tell(self, found: Found) -> None:
        """Show what a run found: its progress each time, its pictures as often as eyes follow.

        Until there is a season, months keep the pictures of the choice before, said to be older.
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
                self.board.show(drawn if drawn.view == self._view else self._picture(found))
                self.board.redrawing(not newest)
                self._contacts = words.contacts_a_day(found) or self._contacts
                self.menu.show(self.choice.now.title, self._contacts)
                self.menu.remind(self._view, *found.months.plans[:2])
                self.months.tell(found.season)
            if newest:
                self.foot.show(found, months=self._view == "months")
            if newest and found.state == "stopped":
                self.foot.say(words.WIDE)

    def _is_news(self, found: Found) -> bool:
        shown = self._found.run if self._found else 0
        return found.run == self._runner.newest or (found.glance and found.run > shown)

    def _drawn(self, found: Found) -> Drawn | None:
        first = self._found is None or found.run != self._found.run
        due = time.monotonic() - self._last_picture >= SECONDS_BETWEEN_PICTURES
        ended = found.state != "running"
        seen = self._view != "months" or found.lived or ended
        if not found.plan.summaries or not seen or not (first or due or ended):
            return None
        drawn = self._picture(found)
        self._last_picture = time.monotonic()
        return drawn

    def _picture(self, found: Found) -> Drawn:
        """What was found, as the view that is shown has it."""
        quick = found.glance and self._view != "months"
        return self._gallery.draw(found, QUICK if quick else FINE, self._view, self._whose)

    def _said(self, sentence: str) -> None:
        with self._lock:
            self.foot.say(sentence)

    def _broke(self, run: int) -> None:
        with self._lock:
            if run == self._runner.newest:
                self.board.redrawing(False)
                self.foot.broke(self._sizes.replications)
                self.foot.say(words.BROKEN.format(log_file().name), trouble=True)
