"""The header: which workshop and session, the phases of all rounds, what comes next, the clock, and the line to say."""

from collections.abc import Mapping
from dataclasses import dataclass

import ipywidgets as w

from sim.views.desk import words
from sim.views.desk.seen import Act, Seen
from sim.views.room.parts import Safely, button, column, mark, row, tag, text
from sim.workshop.pace import pace
from sim.workshop.state import undoable


@dataclass(frozen=True)
class Moves:
    """What the header's buttons do."""

    next: Act
    back: Act
    undo: Act
    more_time: Act
    clock: Act


class Top:
    """The header of the desk; `sheets` are what opens below it, by the name of their button."""

    def __init__(self, moves: Moves, sheets: Mapping[str, w.Widget], safely: Safely) -> None:
        self._safely, self.opened = safely, ""
        self.whose, self.link = text("", "kit-whose"), text("", "kit-projector-link")
        self.strip = text("", "kit-strip")
        self.clock, self.say = text("", "kit-clock"), text("", "kit-say")
        self.next = self._button("Next", moves.next, "kit-main")
        self.back = self._button("Back", moves.back, tooltip="Go one step back; nothing that came in is lost")
        self.undo = self._button(
            "Undo", moves.undo, tooltip="Take back the latest thing; the file keeps both"
        )
        self.more_time = self._button("+2 min", moves.more_time, tooltip="Give the room two minutes more")
        self.run_clock = self._button("Start the clock", moves.clock)
        self.sheets = {name: column(sheet, classes="kit-sheet kit-gone") for name, sheet in sheets.items()}
        self.menus = {name: button(name, "kit-menu") for name in sheets}
        for name, each in self.menus.items():
            each.on_click(safely(lambda _button, name=name: self.open(name)))
        self.title = text("")
        bar = row(
            self.title,
            self.whose,
            self.link,
            row(*self.menus.values(), classes="kit-menus"),
            classes="kit-header",
        )
        steps = row(self.back, self.next, self.undo, classes="kit-steps")
        time = row(self.clock, self.run_clock, self.more_time, classes="kit-time")
        moving = row(steps, time, classes="kit-moving")
        self.widget: w.VBox = column(
            bar, *self.sheets.values(), self.strip, moving, self.say, classes="kit-top kit-desk-top"
        )

    def show(self, seen: Seen) -> None:
        """Show where the session is."""
        session, state = seen.session, seen.session.state
        self.title.value = tag("h1", session.workshop.title)
        self.whose.value = tag("span", _whose(seen))
        self.strip.value = f'<div role="group" aria-label="Phases">{words.strip(session)}</div>'
        label = words.next_label(session, computing=seen.computing)
        self.next.description = label or words.OVER
        self.next.disabled = seen.computing or not label
        self.back.disabled = seen.computing or (session.round_number == 1 and state.phase == "brief")
        event = undoable(session.events)
        self.undo.description = words.undo_label(session, event)
        self.undo.disabled = seen.computing or event is None
        running, paused = state.clock.started is not None, state.clock.paused is not None
        self.run_clock.description = "Start the clock" if not running else ("Go on" if paused else "Pause")
        self.more_time.disabled = not running
        self.tick(seen)

    def tick(self, seen: Seen) -> None:
        """Show what time makes of it."""
        state = seen.session.state
        found = pace(seen.session.workshop, state, seen.now)
        running, paused = state.clock.started is not None, state.clock.paused is not None
        self.clock.value = tag("span", words.clock(found, started=running, paused=paused))
        step = found.step
        said = tag("b", f"Say: {step.say}") if step and step.say else ""
        do = tag("span", f"Do: {step.do}", "kit-do") if step and step.do else ""
        self.say.value = f"{said} {do}"

    def project(self, address: str, *, reads: bool) -> None:
        """Show where the projector's page is, if there is one; the page that has the session has it."""
        link = f'<a href="{address}" target="_blank" rel="noopener">Open the projector</a>'
        self.link.value = link if address else ("" if reads else tag("span", "no projector"))

    def open(self, name: str) -> None:
        """Open one sheet and close the others; close it if it is open."""
        self.opened = "" if name == self.opened else name
        for each, sheet in self.sheets.items():
            mark(sheet, "kit-gone", each != self.opened)
            mark(self.menus[each], "kit-down", each == self.opened)

    def _button(self, label: str, act: Act, *classes: str, tooltip: str | None = None) -> w.Button:
        made = button(label, *classes, tooltip=tooltip)
        made.on_click(self._safely(lambda _button: act()))
        return made


def _whose(seen: Seen) -> str:
    folder = seen.session.store.path.parent.name
    kind = ", a rehearsal" if seen.rehearsal else ""
    return f"session {folder}{kind}{', only read here' if seen.reads else ''}"
