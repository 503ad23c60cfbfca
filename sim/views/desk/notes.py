"""What the room said, kept with the session."""

import ipywidgets as w

from sim.views.desk.codes import area
from sim.views.desk.seen import Do, Seen
from sim.views.room.parts import Safely, button, column, row, tag, text


class Notes:
    """A box for a note, and the notes kept."""

    def __init__(self, do: Do, safely: Safely) -> None:
        self._do = do
        self.box = area("Note", "What somebody said, in their own words", 3)
        self.keep = button("Keep the note")
        self.keep.on_click(safely(lambda _button: self._keep()))
        self.kept = text("", "kit-notes")
        self.widget: w.VBox = column(self.box, row(self.keep, classes="kit-buttons"), self.kept)

    def show(self, seen: Seen) -> None:
        """Show the notes, the latest first."""
        items = [tag("li", note) for note in reversed(seen.session.state.notes)]
        self.kept.value = (
            f"<ul>{''.join(items)}</ul>" if items else tag("p", "No note is kept yet.", "kit-help")
        )

    def _keep(self) -> None:
        typed = self.box.value
        if self._do(lambda session: session.note(typed)):
            self.box.value = ""
