"""Decision codes, pasted many at once, and what came of every line."""

import re
from collections.abc import Sequence

import ipywidgets as w

from sim.scenario import BadInput
from sim.views.desk.seen import Do
from sim.views.room.parts import Safely, button, column, row, tag, text
from sim.workshop.collect import Outcome, paste
from sim.workshop.session import Session

HOW = "Paste codes, many at once: a line such as “Otters: CODE”. Words around them do not matter."
NONE = "No code was found; a line such as “Otters: CODE” holds one."
LIKE_A_CODE = re.compile(r"(?<!\S)(?=\S*\d)(?=\S*[A-Z])[A-Z0-9-]{6,}")
TAKEN = ("accepted", "doubled")


def area(name: str, hint: str, rows: int) -> w.Textarea:
    """A box for several lines, known to screen readers by `name`."""
    made = w.Textarea(
        description=name, placeholder=hint, rows=rows, continuous_update=False,
        layout=w.Layout(width="auto", height="auto", margin="0"),
    )  # fmt: skip
    made.add_class("kit-area")
    return made


class Codes:
    """The paste box and its list of outcomes."""

    def __init__(self, do: Do, late: w.Checkbox, safely: Safely) -> None:
        self._do, self._late = do, late
        self.box = area("Decision codes", "Otters: CODE", 6)
        self.take = button("Take the codes in")
        self.take.on_click(safely(lambda _button: self._take()))
        self.outcomes = text("", "kit-outcomes")
        self.widget: w.VBox = column(
            text(tag("p", HOW, "kit-help")), self.box, row(self.take, classes="kit-buttons"), self.outcomes
        )

    def _take(self) -> None:
        came: list[Outcome] = []

        def take(session: Session) -> str:
            came.extend(pasted(session, self.box.value, accept_late=bool(self._late.value)))
            return told(came, len(unread(self.box.value, came)))

        if self._do(take):
            self.outcomes.value = listed(came)
            self.box.value = to_put_right(self.box.value, came)


def pasted(session: Session, typed: str, *, accept_late: bool) -> tuple[Outcome, ...]:
    """What came of a text with codes; raises BadInput where there is none."""
    if not typed.strip():
        raise BadInput("Nothing is in the box; paste codes into it first.")
    came = paste(session, typed, accept_late=accept_late)
    if not came:
        raise BadInput(NONE)
    return came


def to_put_right(typed: str, came: Sequence[Outcome]) -> str:
    """The lines whose codes were not taken or not known as codes; one that stood below its team's name gets it."""
    lines, kept = typed.split("\n"), unread(typed, came)
    for each in came:
        if each.came not in TAKEN:
            line = lines[each.line - 1]
            alone = line.strip() == each.code.strip() and each.team
            kept[each.line] = f"{each.team}: {each.code}" if alone else line
    return "\n".join(kept[number] for number in sorted(kept))


def unread(typed: str, came: Sequence[Outcome]) -> dict[int, str]:
    """Lines, by their number, in which no code was found though a word looks like one."""
    known = {each.line for each in came}
    lines = enumerate(typed.split("\n"), start=1)
    return {number: line for number, line in lines if number not in known and LIKE_A_CODE.search(line)}


def told(came: Sequence[Outcome], unread_lines: int = 0) -> str:
    """What came of a text, in one sentence."""
    taken = sum(each.came == "accepted" for each in came)
    doubled = sum(each.came == "doubled" for each in came)
    left = len(came) - taken - doubled + unread_lines
    parts = [f"{taken} of {len(came) + unread_lines} codes taken in"]
    parts += [f"{doubled} handed in before"] if doubled else []
    parts += [f"{left} to put right, left in the box"] if left else []
    return f"{', '.join(parts)}."


def listed(came: Sequence[Outcome]) -> str:
    """Every outcome with its mark and sentence, as HTML."""
    items = [
        tag(
            "li",
            f"{'✓' if each.came in TAKEN else '✕'} {each.sentence}",
            "kit-said" if each.came in TAKEN else "kit-error",
        )
        for each in came
    ]
    return f'<ul aria-label="What came of the codes">{"".join(items)}</ul>'
