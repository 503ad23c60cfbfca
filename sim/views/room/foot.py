"""The foot of the lever column: how far the run is, and what can be done with the plan."""

from collections.abc import Callable
from functools import partial
from html import escape

import ipywidgets as w

from sim.scenario import Scenario
from sim.views.room import words
from sim.views.room.parts import Safely, button, column, row, tag, text
from sim.views.room.runs import Found
from sim.views.room.sizes import MORE

MOST = 200
Act = Callable[[], None]


def _without_button(act: Act, _button: w.Button) -> None:
    act()


class Foot:
    """Progress with its button, a line for what has just happened, the plan's code, and the buttons of the plan.

    The button beside the progress stops a run, goes on with one that was stopped, or adds to one that is done.
    """

    def __init__(self, run: Act, keep: Act, undo: Act, report: Act, safely: Safely) -> None:
        self.progress = text("", "kit-progress")
        self.run = button("Stop", "kit-run")
        self.line = text("", "kit-line")
        self.code = text("", "kit-code-line")
        self.keep = button("Keep this plan", tooltip="The plan becomes now")
        self.undo = button("Undo", tooltip="Take back the last move")
        self.report = button("Report", tooltip="Write what is on screen to a page beside this notebook")
        for each, act in ((self.run, run), (self.keep, keep), (self.undo, undo), (self.report, report)):
            each.on_click(safely(partial(_without_button, act)))
        self.widget: w.VBox = column(
            row(self.progress, self.run, classes="kit-progress-row"),
            self.line,
            self.code,
            row(self.keep, self.undo, self.report, classes="kit-plan-buttons"),
            classes="kit-foot",
        )
        self.say("")

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One sentence about what has just happened; without one, what always holds."""
        kind = "kit-error" if trouble else "kit-said"
        shown = tag("span", ("✕ " if trouble else "") + (sentence or words.SAME_CUSTOMERS), kind)
        self.line.value = f'<div role="status">{shown}</div>'

    def show_code(self, plan: Scenario) -> None:
        """Show the decision code of the plan, to be selected and copied; or say why it has none."""
        code, why_none = words.code_of(plan)
        shown = (
            f'<span class="kit-code" role="textbox" aria-readonly="true" tabindex="0" '
            f'aria-label="Decision code of the plan">{escape(code)}</span>'
        )
        self.code.value = f"Code {shown if code else escape(why_none)}"

    def show(self, found: Found, *, months: bool = False) -> None:
        """How far the run is; `months`: seasons are looked at, not weeks."""
        bold, rest = words.progress(found, months=months)
        _, done, total = words.part(found, months=months)
        self._bar(bold, rest, done, total)
        self.run.description = {"running": "Stop", "stopped": "Go on", "finished": f"{MORE} more"}[
            found.state
        ]
        self.run.disabled = found.state == "finished" and found.total + MORE > MOST

    def started(self, total: int) -> None:
        """A run has begun, and has nothing to show yet."""
        self._bar("Starting", "", 0, total)
        self.run.description, self.run.disabled = "Stop", False

    def broke(self, total: int) -> None:
        """A run ended for no good reason."""
        self._bar("Not finished", "", 0, total)
        self.run.description, self.run.disabled = "Go on", False

    def _bar(self, bold: str, rest: str, done: int, total: int) -> None:
        width = 100 * done / total
        self.progress.value = (
            f'<div class="kit-progress-words"><b>{escape(bold)}</b> {escape(rest)}</div>'
            f'<div class="kit-bar" role="progressbar" aria-label="Replications" aria-valuemin="0" '
            f'aria-valuemax="{total}" aria-valuenow="{done}"><div style="width:{width:.1f}%"></div></div>'
        )
