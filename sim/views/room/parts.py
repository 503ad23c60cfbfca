"""Small pieces of the page: boxes, buttons and texts without the library's margins, named for style sheet and tests."""

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as w

Safely = Callable[[Callable[..., None]], Callable[..., None]]
"""Wraps a callback so that nothing it raises is lost."""


def text(content: str = "", *classes: str) -> w.HTML:
    """A piece of HTML."""
    return _styled(w.HTML(content, layout=w.Layout(margin="0")), "kit-text", *classes)


def row(*children: w.Widget, classes: str = "") -> w.HBox:
    """Widgets side by side; `classes` are parted by spaces."""
    return _styled(w.HBox(children, layout=w.Layout(margin="0")), "kit-row", *classes.split())


def column(*children: w.Widget, classes: str = "") -> w.VBox:
    """Widgets one below the other; `classes` are parted by spaces."""
    return _styled(w.VBox(children, layout=w.Layout(margin="0")), "kit-column", *classes.split())


def button(label: str, *classes: str, tooltip: str | None = None) -> w.Button:
    """A button as wide as its label."""
    made = w.Button(description=label, tooltip=tooltip, layout=w.Layout(width="auto", margin="0"))
    return _styled(made, "kit-button", *classes)


def box(name: str, *classes: str) -> w.Text:
    """A box to type in, known to screen readers by `name`; it tells what was typed once it is left."""
    made = w.Text(
        description=name, continuous_update=False, layout=w.Layout(width="auto", margin="0", min_width="0")
    )
    return _styled(made, "kit-box", *classes)


def choice_buttons(name: str, options: Sequence[str]) -> w.ToggleButtons:
    """Buttons of which one is down, known to screen readers by `name`."""
    made = w.ToggleButtons(
        options=list(options),
        description=name,
        style=w.ToggleButtonsStyle(button_width="auto"),
        layout=w.Layout(margin="0", width="auto"),
    )
    return _styled(made, "kit-choices")


def tag(name: str, content: str, *classes: str) -> str:
    """An element with plain text in it."""
    marked = f' class="{" ".join(classes)}"' if classes else ""
    return f"<{name}{marked}>{escape(content)}</{name}>"


def mark(widget: w.DOMWidget, name: str, on: bool) -> None:
    """Give a widget a class, or take it away."""
    if on:
        widget.add_class(name)
    else:
        widget.remove_class(name)


def _styled(widget: w.DOMWidget, *classes: str) -> w.DOMWidget:
    for name in classes:
        widget.add_class(name)
    return widget
