"""The header: whose page it is, the views, and what opens below it on the right: Save, Load, what it rests on, Help."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets as w

from sim.scenario import BadInput, Scenario, names
from sim.views.hanging import depends_on
from sim.views.months import notes
from sim.views.room import files
from sim.views.room.gallery import VIEWS, View
from sim.views.room.parts import Safely, box, button, choice_buttons, column, mark, row, tag, text

HELP = """
<h4>What you see</h4>
<p><b>○ now</b> is the operation as it is: grey, hollow, dashed. <b>● plan</b> is what you make of it: blue and filled.
Both meet the same customers, with the same patience and the same luck, so that a difference comes from the plan.</p>
<h4>What you do</h4>
<p>Move a lever with the mouse or the arrow keys, or type in its box. The short grey mark on its line is now. A first
look at one average day comes at once; then whole weeks are simulated one after the other, and the bands, which
hold the truth about the model 95 times in 100, grow narrower. ▲ better and ▼ worse are said only when the whole
interval says so; ○ cannot tell yet means that more replications would.</p>
<p>The <b>code</b> at the foot is the plan in a few letters: read it aloud or send it, and Load opens it elsewhere.</p>
<h4>Week, Months, Journey</h4>
<p><b>Week</b> shows minutes and, in the panel of loyalty, the months that follow. <b>Months</b> lets now and plan begin
in the same settled operation and live through one or two years: people tire, quit and learn, customers leave and
join. <b>Journey</b> shows where 1,000 contacts go.</p>
<h4>What it is not</h4>
<p>It is not a forecast. What it assumes stands in the scenario file, each number with its source; another operation
needs its own numbers. “What this rests on” says what to keep in mind.</p>
"""
RESTS = "What this rests on"
NAMES: Mapping[str, View] = {view.capitalize(): view for view in VIEWS}
Take = Callable[[Scenario], None]


class Menu:
    """The header bar with its views and its panels, of which at most one is open.

    Args:
        view: That which is shown at first.
        turn: Told which view is wanted.
        plan: The plan that Save writes.
        as_plan: Takes what Load opened as the plan.
        as_now: Takes it as now.
        safely: Wraps every callback.
    """

    def __init__(
        self,
        view: View,
        turn: Callable[[View], None],
        plan: Callable[[], Scenario],
        as_plan: Take,
        as_now: Take,
        safely: Safely,
    ) -> None:
        self._plan = plan
        self._safely = safely
        self.shown = ""
        self.whose = text("", "kit-whose")
        self.said = {name: text("", "kit-said-line") for name in ("Save", "Load")}
        self.views = choice_buttons("View", list(NAMES))
        self.views.value = view.capitalize()
        self.views.observe(safely(lambda change: turn(NAMES[change["new"]])), "value")
        self.rests = text("")
        panels = {
            "Save": self._save_panel(),
            "Load": self._load_panel(as_plan, as_now),
            RESTS: self.rests,
            "Help": text(HELP),
        }
        self.panels = {name: column(panel, classes="kit-sheet kit-gone") for name, panel in panels.items()}
        self.buttons = {name: button(name, "kit-menu") for name in panels}
        for name, each in self.buttons.items():
            each.on_click(safely(lambda _button, name=name: self.open(name)))
        title = text(tag("h1", "Control room"))
        menus = row(*self.buttons.values(), classes="kit-menus")
        bar = row(title, self.whose, self.views, menus, classes="kit-header")
        self.widget: w.VBox = column(bar, *self.panels.values(), classes="kit-top")

    def show(self, title: str, contacts: str) -> None:
        """Say whose operation it is, and how many contacts it receives once that is known."""
        self.whose.value = tag("span", ", ".join(filter(None, (title, contacts))))

    def remind(self, view: View, now: Scenario, plan: Scenario) -> None:
        """Say in full what the results of a view about these two rest on."""
        told = notes.in_full(now, plan, VIEWS[view] if view != "journey" else notes.WEEK)
        if view == "months" and now.plan == Scenario().plan:
            told = [*depends_on(plan.name), *told]
        self.rests.value = "".join(tag("p", note) for note in told)

    def open(self, name: str) -> None:
        """Open one panel and close the others; close it if it is open."""
        self.shown = "" if name == self.shown else name
        for each, panel in self.panels.items():
            mark(panel, "kit-gone", each != self.shown)
            mark(self.buttons[each], "kit-down", each == self.shown)
        if name == "Load":
            self.source.options = (*names(), *files.elsewhere(), *files.in_folder(Path.cwd()))
        for line in self.said.values():
            line.value = ""

    def _save_panel(self) -> w.VBox:
        self.name = box("File name")
        self.name.value = "my-plan"
        do_save = button("Save the plan")
        do_save.on_click(self._safely(lambda _button: self._answered("Save", self._save)))
        told = tag("span", "Writes the plan as a scenario file beside this notebook, with its usual demand.")
        return column(text(told), row(self.name, do_save), self.said["Save"])

    def _save(self) -> str:
        path = files.saved(self._plan(), self.name.value, Path.cwd())
        return f"Saved as {path.name} in {path.parent}."

    def _load_panel(self, as_plan: Take, as_now: Take) -> w.VBox:
        self.source = w.Combobox(
            description="Scenario, code or file",
            placeholder="scenario, code or file name",
            layout=w.Layout(width="auto", margin="0", min_width="0"),
        )
        self.source.add_class("kit-box")
        self.upload = w.FileUpload(
            accept=",".join(files.ENDINGS),
            description="Choose a file",
            icon="",
            layout=w.Layout(width="auto", margin="0"),
        )
        self.upload.observe(self._safely(self._chosen), "value")
        self._content: tuple[str, bytes] | None = None
        does = []
        for label, take in (("Open as the plan", as_plan), ("Open as now", as_now)):
            do = button(label)
            do.on_click(
                self._safely(lambda _button, take=take: self._answered("Load", lambda: self._load(take)))
            )
            does.append(do)
        self.open_as_plan, self.open_as_now = does
        told = tag(
            "span",
            "A scenario of the kit, also in another industry as in today@bank; the code of a plan, as in MYHQ-33YD; "
            "or a file, from here or your computer.",
        )
        return column(text(told), row(self.source, self.upload), row(*does), self.said["Load"])

    def _chosen(self, change: dict[str, Any]) -> None:
        if change["new"]:
            file = change["new"][0]
            self._content = str(file["name"]), bytes(file["content"])
            self.source.value = self._content[0]
            self.said["Load"].value = tag("span", f"{self._content[0]} is ready to open.")

    def _load(self, take: Take) -> str:
        name = self.source.value.strip()
        if self._content and self._content[0] == name:
            scenario, told = files.uploaded(*self._content), ""
        else:
            scenario, told = files.opened_and_told(name)
        take(scenario)
        return f"Opened {scenario.title}. {told}".rstrip()

    def _answered(self, name: str, act: Callable[[], str]) -> None:
        """Do it, and say in the panel what came of it."""
        try:
            said = tag("span", act(), "kit-said")
        except BadInput as error:
            said = tag("b", f"✕ {error}", "kit-error")
        self.said[name].value = f'<div role="status">{said}</div>'
