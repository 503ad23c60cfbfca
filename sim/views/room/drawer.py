"""The policy drawer: every other choice of the plan, in sections, one line each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, get_args

import ipywidgets as w

from sim.scenario import FieldFacts, Scenario, fields
from sim.views.room.dial import dial_of, same
from sim.views.room.levers import Apply
from sim.views.room.parts import Safely, box, choice_buttons, column, mark, row, tag, text

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Promise; in a week now is held to it too": (
        "plan.promise.answer_within",
        "plan.promise.contacts",
        "plan.promise.decision_within",
        "plan.promise.story_once",
        "plan.promise.bar",
    ),
    "Partner": ("plan.outsourcing.vendor",),
    "Recovery, over months": (
        "plan.recovery.offered",
        "plan.recovery.fix_hours",
        "plan.recovery.apology",
        "plan.recovery.surprise",
        "plan.recovery.reaches_out",
        "plan.recovery.guarantee",
    ),
    "Delight and prevention, over months": (
        "plan.delight.share",
        "plan.delight.refreshed",
        "plan.prevention.effort",
        "plan.prevention.feedback",
        "plan.personalisation.variants",
    ),
    "People, over months": (
        "plan.people.training",
        "plan.people.hires_attitude",
        "plan.people.pay",
        "plan.people.support",
        "plan.people.recognition",
        "plan.people.heroes",
        "plan.protection.from_abuse",
        "plan.protection.time_standard",
    ),
    "Bot": ("plan.chatbot.hands_over", "plan.chatbot.carries_context", "plan.chatbot.types"),
    "Line": ("plan.staffing.specialists", "plan.time_standard", "plan.core_first"),
    "Authority": (
        "plan.empowerment.supervisors",
        "plan.empowerment.hold_limit",
        "plan.empowerment.rule_density",
        "plan.empowerment.trust",
    ),
    "Teamwork": (
        "plan.teamwork.departments",
        "plan.teamwork.routing_accuracy",
        "plan.teamwork.cross_skill",
        "plan.teamwork.context_kept",
        "plan.teamwork.repeats_first",
    ),
}
"""Which fields the drawer holds, in its order; what each is called, means and allows the scenario says."""
PATHS = tuple(path for paths in SECTIONS.values() for path in paths)
PROMISE = next(iter(SECTIONS.values()))
"""The promise is the yardstick: both sides are held to it."""


class Control(Protocol):
    """What sets one field: boxes, or buttons to choose from."""

    widget: w.Widget

    def show(self, value: Any) -> None:
        """Stand at `value` without telling anybody."""


class Row:
    """One choice: its name, its control, and a line for what was wrong."""

    def __init__(self, facts: FieldFacts, apply: Apply, safely: Safely) -> None:
        self.facts = facts
        self._apply = apply
        self._value: Any = facts.default
        self._line = text("", "kit-lever-line", "kit-gone")
        self.control = control_for(facts, self._chosen, safely)
        name = text(tag("span", self._title(), "kit-choice-name"), "kit-choice-title")
        name.tooltip = facts.help
        self.widget = column(
            row(name, self.control.widget, classes="kit-choice"), self._line, classes="kit-choice-row"
        )

    @property
    def sentence(self) -> str:
        """The sentence under the choice, if something had to be put right."""
        return self._told

    def show(self, value: Any) -> None:
        """Stand at `value`; what was said before is taken back."""
        self._value = value
        self.control.show(value)
        self._say("")

    def _title(self) -> str:
        unit = dial_of(self.facts).unit if isinstance(self.facts.default, int | float) else ""
        return self.facts.title if unit in self.facts.title else f"{self.facts.title}, {unit}"

    def hush(self) -> None:
        """Take back what was said."""
        self._say("")

    def _say(self, sentence: str) -> None:
        self._told = sentence
        self._line.value = f'<div role="status">{tag("b", sentence, "kit-error")}</div>' if sentence else ""
        mark(self._line, "kit-gone", not sentence)

    def _chosen(self, value: Any, sentence: str = "") -> None:
        refused = "" if same(value, self._value) else self._apply(self.facts.path, value)
        self._value = self._value if refused else value
        self.control.show(self._value)
        self._say(f"✕ {refused} Kept as it was." if refused else sentence)


Chosen = Callable[..., None]
"""Called with a value, and with a sentence where what was typed had to be put right."""


def control_for(facts: FieldFacts, chosen: Chosen, safely: Safely) -> Control:
    """The control that suits a field: by what the scenario says it may hold."""
    if isinstance(facts.default, tuple):
        return Several(facts, choices_of(facts.path), chosen, safely)
    if isinstance(facts.default, bool):
        return OneOf(facts, {"yes": True, "no": False}, chosen, safely)
    if isinstance(facts.default, str):
        return OneOf(facts, {name: name for name in choices_of(facts.path)}, chosen, safely)
    return NumberBox(facts, chosen, safely)


class NumberBox:
    """A number to type."""

    def __init__(self, facts: FieldFacts, chosen: Chosen, safely: Safely) -> None:
        self._dial = dial_of(facts)
        self._value: float = facts.default
        self._chosen = chosen
        self._quiet = False
        self.widget = box(facts.title, "kit-number")
        self.widget.observe(safely(self._typed), "value")

    def show(self, value: float) -> None:
        """Stand at `value`."""
        self._value, self._quiet = value, True
        self.widget.value = self._dial.text(value)
        self._quiet = False

    def _typed(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            reading = self._dial.read(change["new"], self._value)
            self._chosen(reading.value, reading.sentence)


class OneOf:
    """Buttons of which one is down."""

    def __init__(self, facts: FieldFacts, choices: Mapping[str, Any], chosen: Chosen, safely: Safely) -> None:
        self._choices = choices
        self._chosen = chosen
        self._quiet = False
        self.widget = choice_buttons(facts.title, list(choices))
        self.widget.observe(safely(self._pressed), "value")

    def show(self, value: Any) -> None:
        """Stand at `value`."""
        self._quiet = True
        self.widget.value = next(name for name, meant in self._choices.items() if meant == value)
        self._quiet = False

    def _pressed(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self._chosen(self._choices[change["new"]])


class Several:
    """Buttons of which any may be down."""

    def __init__(self, facts: FieldFacts, names: Sequence[str], chosen: Chosen, safely: Safely) -> None:
        self._chosen = chosen
        self._quiet = False
        self.buttons = {
            name: w.ToggleButton(
                description=name,
                tooltip=f"{facts.title}: {name}",
                layout=w.Layout(width="auto", margin="0"),
            )
            for name in names
        }
        for each in self.buttons.values():
            each.observe(safely(self._pressed), "value")
        self.widget = row(*self.buttons.values(), classes="kit-several")

    def show(self, value: Sequence[str]) -> None:
        """Stand at `value`."""
        self._quiet = True
        for name, each in self.buttons.items():
            each.value = name in value
        self._quiet = False

    def _pressed(self, _change: dict[str, Any]) -> None:
        if not self._quiet:
            self._chosen(tuple(name for name, each in self.buttons.items() if each.value))


def choices_of(path: str) -> tuple[str, ...]:
    """The names a field of choices allows, as its type says."""
    model: Any = Scenario
    *parents, last = path.split(".")
    for step in parents:
        model = model.model_fields[step].annotation
    return tuple(_names_in(model.model_fields[last].annotation))


def _names_in(kind: Any) -> list[str]:
    """The strings of a Literal, also inside a tuple."""
    found: list[str] = []
    for part in get_args(kind):
        found += [part] if isinstance(part, str) else _names_in(part)
    return found


class Drawer:
    """A button that opens the sections below it."""

    def __init__(self, apply: Apply, opened: Callable[[bool], None], safely: Safely) -> None:
        known = fields()
        self.rows = {path: Row(known[path], apply, safely) for path in PATHS}
        self.button = w.ToggleButton(layout=w.Layout(width="auto", margin="0"))
        self.button.add_class("kit-drawer-button")
        self._opened = opened
        self._changed = 0
        parts: list[w.Widget] = []
        for title, paths in SECTIONS.items():
            parts += [text(tag("h4", title)), *(self.rows[path].widget for path in paths)]
        self.body = column(*parts, classes="kit-drawer-body kit-gone")
        self.button.observe(safely(self._toggled), "value")
        self.widget = column(self.button, self.body, classes="kit-drawer")

    def show(self, plan: Scenario, now: Scenario) -> None:
        """Stand at the plan's choices."""
        for path, each in self.rows.items():
            each.show(plan.value(path))
        self.count(plan, now)

    def count(self, plan: Scenario, now: Scenario) -> None:
        """Say on the button how many choices differ from now."""
        self._changed = sum(not same(plan.value(path), now.value(path)) for path in PATHS)
        self._label()

    def _label(self) -> None:
        arrow = "▾" if self.button.value else "▸"
        told = f"{self._changed} of {len(PATHS)} changed" if self._changed else f"{len(PATHS)} more choices"
        self.button.description = f"{arrow} Policy drawer: {told}"

    def _toggled(self, change: dict[str, Any]) -> None:
        mark(self.body, "kit-gone", not change["new"])
        self._label()
        self._opened(change["new"])
