"""Cost: of a contact, times the contacts it takes, is the cost of a resolved issue."""

from collections.abc import Sequence
from math import isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Label, move, span
from sim.views.charts.panel import (
    HALF_LINE,
    BottomAxis,
    Panel,
    ends,
    replications_note,
    room_for,
    tick_labels,
)
from sim.views.charts.placing import RoundLimits, Scale, kept_apart
from sim.views.looks import Identity
from sim.views.panel_data import CostData, CostSide

LEFT, RIGHT = 116.0, 420.0
CONTACT_Y, FACTOR_Y, RESOLVED_Y = 92.0, 150.0, 206.0
ABOVE = 16.0
"""From the middle of a mark up to the baseline of its number."""
SPACE = 10.0


class CostPanel(Panel[CostData]):
    """Three lines of an arithmetic; the two amounts of money share one scale."""

    def _build(self) -> None:
        canvas = self.canvas
        canvas.text(0, 16, "Average, with its 95 % interval", colour=looks.INK_2)
        self._note = canvas.text(0, 32, colour=looks.INK_2)
        for y, *lines in (
            (CONTACT_Y, "Cost of a contact"),
            (FACTOR_Y, "× contacts to", "resolve one issue"),
            (RESOLVED_Y, "= Cost of a", "resolved issue"),
        ):
            for i, line in enumerate(lines):
                canvas.text(0, float(y) + HALF_LINE + 15 * (i - (len(lines) - 1) / 2), str(line))
        self._limits = self.limits(RoundLimits(0, 12, parts=5, least=0.01))
        self._foot = BottomAxis(canvas, LEFT, RIGHT, "dollars")
        self._contact = MoneyRow(self, CONTACT_Y)
        self._factor = NumberPair(self, FACTOR_Y + HALF_LINE)
        self._resolved = MoneyRow(self, RESOLVED_Y)

    def _show(self, data: CostData) -> None:
        sides = (data.now, data.plan)
        self._note.set_text(replications_note(*sides))
        money = [amount for s in sides if s for amount in (s.contact, s.resolved)]
        self._show_foot(money)
        decimals = formats.decimals_for(*(amount.mean for amount in money))
        self._contact.show([s.contact if s else None for s in sides], self._foot, decimals)
        self._resolved.show([s.resolved if s else None for s in sides], self._foot, decimals)
        self._show_factor(sides)

    def _show_foot(self, money: Sequence[Estimate]) -> None:
        ticks = self._limits.hold([end for amount in money for end in room_for(amount)])
        start = "" if ticks[0] == 0 else f" (axis from {tick_labels(ticks)[0]})"
        self._foot.show(ticks, name=f"dollars{start}")

    def _show_factor(self, sides: Sequence[CostSide | None]) -> None:
        x = self._foot.scale
        words = [
            formats.with_half_width(s.contacts, decimals=2) if s and isfinite(s.contacts.mean) else ""
            for s in sides
        ]
        self._factor.show(words, [x.middle - 60, x.middle + 60], (LEFT, self.canvas.width))


class NumberPair:
    """What now and the plan amount to, side by side on one line, never one over the other."""

    def __init__(self, panel: CostPanel, y: float) -> None:
        self._labels: list[tuple[Identity, Label]] = [
            (who, panel.canvas.text(y=y, colour=who.text_colour, bold=who.bold, align="center"))
            for who in (looks.NOW, looks.PLAN)
        ]

    def show(self, words: Sequence[str], wanted: Sequence[float], room: tuple[float, float]) -> None:
        """Show the words of each side as near to `wanted` as they fit into `room`."""
        for (who, label), string in zip(self._labels, words, strict=True):
            label.set_text(f"{who.word} {string}" if string else "")
        widths = [label.width + SPACE if label.get_text() else 0.0 for _, label in self._labels]
        places = kept_apart(wanted, widths, *room)
        for (_, label), x in zip(self._labels, places, strict=True):
            label.set_x(x)


class MoneyRow:
    """Now and plan as marks on one line, tied by a bar, with their numbers above."""

    def __init__(self, panel: CostPanel, y: float) -> None:
        canvas = panel.canvas
        self._y = y
        self._tie = canvas.bars(looks.RULE, 5.0, order=1.0)
        self._marks = [canvas.marks(who, looks.LONE_MARK) for who in (looks.NOW, looks.PLAN)]
        self._bars = [canvas.bars(who.colour, who.bar_width, who.order) for who in (looks.NOW, looks.PLAN)]
        self._numbers = NumberPair(panel, y - ABOVE)
        self._room = (LEFT - 10, canvas.width)

    def show(self, amounts: Sequence[Estimate | None], foot: BottomAxis, decimals: int) -> None:
        """Show the amounts of both sides; marks that would touch stand one above the other."""
        known = [amount if amount and isfinite(amount.mean) else None for amount in amounts]
        xs = [foot.scale(amount.mean) if amount else LEFT for amount in known]
        both = [x for x, amount in zip(xs, known, strict=True) if amount]
        close = len(both) == 2 and abs(both[0] - both[1]) < looks.LONE_MARK + 2
        span(self._tie, [[(x, self._y) for x in both]] if len(both) == 2 and not close else [])
        for i, amount in enumerate(known):
            y = self._y + (looks.LONE_MARK / 2 + 1) * (2 * i - 1) * close
            move(self._marks[i], [(xs[i], y)] if amount else [])
            span(self._bars[i], [_bar(amount, foot.scale, y)] if amount else [])
        words = [formats.number(amount.mean, decimals) if amount else "" for amount in known]
        self._numbers.show(words, xs, self._room)


def _bar(amount: Estimate, scale: Scale, y: float) -> list[tuple[float, float]]:
    return [(scale(end), y) for end in ends(amount, scale.low, scale.high)]
