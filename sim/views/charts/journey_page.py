"""The journey on a page of its own: where 1,000 contacts of one operation go, as bands that never cross."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import ClassVar

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Canvas, Label
from sim.views.charts.panel import Panel, replications_note
from sim.views.charts.placing import kept_apart
from sim.views.panel_data import PAGE_ENDS, PER, JourneySide

NODE = 12.0
X = {"arrive": 40.0, "bot": 285.0, "queue": 450.0, "answered": 610.0, "passed_on": 800.0, "ends": 985.0}
LOST_LEFT, LOST_TOP = 420.0, 28.0
"""Where the end of those lost at the bot begins: they leave upwards, and so cross nobody."""
BOTTOM = 580.0
FIRST_TOP = 92.0
CLEAR = 62.0
"""Css pixels between what the bot settled and the queue below it."""
THINNEST = 1.5
END_LABEL, END_GAP = 46.0, 8.0
LARGEST_SCALE = 0.42
LINE = 19.0
END_TEXT, NODE_TEXT = 18.0, 15.0

HATCHED = {"bot_lost", "abandoned", "turned_away", "abandoned_passed_on"}
COLOURS = {
    "bot_settled": looks.END_RESOLVED,
    "resolved_at_once": looks.END_RESOLVED,
    "resolved_passed_on": looks.END_RESOLVED,
    "unresolved_at_once": looks.END_UNRESOLVED,
    "unresolved_passed_on": looks.END_UNRESOLVED,
} | dict.fromkeys(HATCHED, looks.END_LOST)


@dataclass(frozen=True)
class End:
    """Where bands end: its name in PAGE_ENDS, its mark and words, its colours."""

    name: str
    words: str
    colour: str
    text_colour: str

    @property
    def leaves(self) -> tuple[str, ...]:
        """The bands that meet here, top to bottom."""
        return PAGE_ENDS[self.name]


ENDS = (
    End("resolved", "● Resolved", looks.BETTER, looks.BETTER_TEXT),
    End("call_back", "Waiting for a call back", looks.INK_3, looks.INK_2),
    End("hung_up_passed_on", "× Hung up, passed on", looks.INK, looks.INK),
    End("unresolved", "▲ Unresolved", looks.WORSE, looks.WORSE_TEXT),
    End("hung_up", "× Hung up", looks.INK, looks.INK),
    End("turned_away", "× Turned away", looks.INK, looks.INK),
)
"""The ends on the right, top to bottom."""
LOST = End("bot_lost", "× Lost at the bot", looks.INK, looks.INK)


SOURCES = {
    "bot_settled": "bot",
    "bot_lost": "bot",
    "abandoned": "queue",
    "turned_away": "queue",
    "resolved_at_once": "answered",
    "unresolved_at_once": "answered",
    "resolved_passed_on": "passed_on",
    "in_progress": "passed_on",
    "abandoned_passed_on": "passed_on",
    "unresolved_passed_on": "passed_on",
}
"""The node that each leaf leaves."""


@dataclass(frozen=True)
class Band:
    """One band: its height, and its top where it starts and where it ends."""

    start_x: float
    end_x: float
    start: float
    end: float
    height: float

    def middle(self, share: float) -> float:
        """Pixels of its middle line, `share` of the way along."""
        eased = share * share * (3 - 2 * share)
        return self.start + (self.end - self.start) * eased + self.height / 2

    @property
    def path(self) -> Path:
        """Its outline: two level-ended curves, closed; never too thin to see."""
        a, b, mid = self.start_x, self.end_x, (self.start_x + self.end_x) / 2
        h = max(self.height, THINNEST)
        points = [(a, self.start), (mid, self.start), (mid, self.end), (b, self.end)]
        back = [(b, self.end + h), (mid, self.end + h), (mid, self.start + h), (a, self.start + h)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        return Path([*points, *back, points[0]], codes)


class Layout:
    """Heights and places, in css pixels, of every node and band of a journey of 1,000 contacts.

    Exits leave a node in the order, top to bottom, in which their ends stand, so that no two bands cross; those lost
    at the bot leave upwards. The scale is the largest at which all ends have room for their names.
    """

    def __init__(self, whole: Mapping[str, int]) -> None:
        self.n = dict(whole)
        self.n["passed_on"] = sum(whole[leaf] for leaf, node in SOURCES.items() if node == "passed_on")
        self.n["answered"] = whole["resolved_at_once"] + self.n["passed_on"] + whole["unresolved_at_once"]
        self.n["queue"] = self.n["answered"] + whole["abandoned"] + whole["turned_away"]
        self.n["handed_over"] = whole["to_bot"] - whole["bot_settled"] - whole["bot_lost"]
        self.n["straight"] = self.n["queue"] - self.n["handed_over"]
        self.n["arrive"] = PER
        self.scale = LARGEST_SCALE
        while not self._fits():
            self.scale *= 0.98

    def _fits(self) -> bool:
        left = self.top + self.high("arrive") + CLEAR
        right = self.top + self.high("bot_lost") + sum(self._room(end) for end in self.ends)
        return max(left, right) <= BOTTOM

    def high(self, *names: str) -> float:
        """Pixels of so many contacts."""
        return self.scale * sum(self.n[name] for name in names)

    @property
    def top(self) -> float:
        """Where the arrivals begin, below the end of those lost at the bot."""
        return max(FIRST_TOP, LOST_TOP + self.high("bot_lost") + 36)

    @property
    def queue_top(self) -> float:
        """Where the queue begins, below what the bot settled."""
        above = self.high("bot_lost", "bot_settled")
        return self.top + above + (CLEAR if self.n["to_bot"] else 0.0)

    @property
    def passed_top(self) -> float:
        """Where those passed on are met: a little higher than they left, in the room the resolved leave."""
        return self.queue_top + self.high("resolved_at_once") - (CLEAR / 3 if self.n["to_bot"] else 0.0)

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends that any contact reaches."""
        return tuple(end for end in ENDS if any(self.n[leaf] for leaf in end.leaves))

    def _room(self, end: End) -> float:
        return max(self.high(*end.leaves), END_LABEL) + END_GAP

    @cached_property
    def end_middles(self) -> dict[str, float]:
        """Pixels of the middle of each end, as near to where its bands come from as the names allow."""
        wanted: list[float] = []
        for end in self.ends:
            level = self._source(end.leaves[-1]) + self.high(end.leaves[-1]) - self.high(*end.leaves) / 2
            wanted.append(max(level, wanted[-1] + 0.01) if wanted else self.top + self.high("bot_lost"))
        if self.ends and self.ends[0] is ENDS[0]:
            wanted[0] += self.high(*ENDS[0].leaves) / 2
        low = self.top + self.high("bot_lost") - END_LABEL / 2
        places = kept_apart(wanted, [self._room(end) for end in self.ends], low, BOTTOM + END_GAP)
        return {end.name: place for end, place in zip(self.ends, places, strict=True)}

    def _source(self, leaf: str) -> float:
        """Top of a leaf's band where it leaves its node."""
        queue, passed = self.queue_top, self.passed_top
        return {
            "bot_lost": self.top,
            "bot_settled": self.top + self.high("bot_lost"),
            "resolved_at_once": queue,
            "unresolved_at_once": queue + self.high("resolved_at_once", "passed_on"),
            "resolved_passed_on": passed,
            "in_progress": passed + self.high("resolved_passed_on"),
            "abandoned_passed_on": passed + self.high("resolved_passed_on", "in_progress"),
            "unresolved_passed_on": passed
            + self.high("resolved_passed_on", "in_progress", "abandoned_passed_on"),
            "abandoned": queue + self.high("answered"),
            "turned_away": queue + self.high("answered", "abandoned"),
        }[leaf]

    @cached_property
    def bands(self) -> dict[str, Band]:
        """Every band that any contact takes, by the name of its count."""
        bands = self._first_bands() | {
            leaf: self._last_band(leaf, end, self.high(*end.leaves[:i]))
            for end in self.ends
            for i, leaf in enumerate(end.leaves)
        }
        return {name: band for name, band in bands.items() if self.n[name]}

    def _last_band(self, leaf: str, end: End, above: float) -> Band:
        top = self.end_middles[end.name] - self.high(*end.leaves) / 2 + above
        return Band(X[SOURCES[leaf]] + NODE, X["ends"], self._source(leaf), top, self.high(leaf))

    def _first_bands(self) -> dict[str, Band]:
        top, queue = self.top, self.queue_top
        bot, handed = X["bot"] + NODE, self.high("bot_lost", "bot_settled")
        answered, passed = X["answered"] + NODE, queue + self.high("resolved_at_once")
        arrive = X["arrive"] + NODE
        straight = queue + self.high("handed_over")
        return {
            "to_bot": Band(arrive, X["bot"], top, top, self.high("to_bot")),
            "bot_lost": Band(bot, LOST_LEFT, top, LOST_TOP, self.high("bot_lost")),
            "handed_over": Band(bot, X["queue"], top + handed, queue, self.high("handed_over")),
            "straight": Band(arrive, X["queue"], top + self.high("to_bot"), straight, self.high("straight")),
            "answered": Band(X["queue"] + NODE, X["answered"], queue, queue, self.high("answered")),
            "passed_on": Band(answered, X["passed_on"], passed, self.passed_top, self.high("passed_on")),
        }

    @property
    def nodes(self) -> dict[str, tuple[float, float, float]]:
        """Left, top and height of each node."""
        return {
            "arrive": (X["arrive"], self.top, self.high("arrive")),
            "bot": (X["bot"], self.top, self.high("to_bot")),
            "queue": (X["queue"], self.queue_top, self.high("queue")),
            "answered": (X["answered"], self.queue_top, self.high("answered")),
            "passed_on": (X["passed_on"], self.passed_top, self.high("passed_on")),
        }


BAND_WORDS = {
    "bot_settled": "settled by the bot",
    "straight": "straight to a person",
    "handed_over": "handed over",
    "resolved_at_once": "resolved at once",
    "passed_on": "passed on",
    "unresolved_at_once": "unresolved",
    "resolved_passed_on": "resolved",
    "unresolved_passed_on": "unresolved",
}
INSIDE = NODE + 10
COLUMNS: tuple[dict[str, tuple[float, float]], ...] = (
    {"bot_settled": (480.0, 0.3)},
    {"handed_over": (308.0, 0.2), "straight": (150.0, 0.4)},
    dict.fromkeys(("resolved_at_once", "passed_on", "unresolved_at_once"), (X["answered"] + INSIDE, 0.15)),
    dict.fromkeys(("resolved_passed_on", "unresolved_passed_on"), (X["passed_on"] + INSIDE, 0.25)),
)
"""The bands named inside, in columns kept from overlapping: where the words begin, how far along the band that is."""

NODE_WORDS = {"arrive": "Arrive", "bot": "Chatbot", "queue": "Queue", "answered": "Answered"}
NODE_COUNTS = {"arrive": "arrive", "bot": "to_bot", "queue": "queue", "answered": "answered"}


class JourneyPage(Panel[JourneySide]):
    """The journey of one operation. Give it a strip, or use `export_png`, to have its title drawn in."""

    size: ClassVar[tuple[int, int]] = looks.FULL_PAGE
    title_strip: ClassVar[float] = looks.FULL_PAGE_STRIP
    title_size: ClassVar[float] = looks.PAGE_TITLE
    below_size: ClassVar[float] = looks.PAGE_TEXT
    title_left: ClassVar[float] = X["arrive"]

    def _build(self) -> None:
        canvas = self.canvas
        names = [*COLOURS, "in_progress", "to_bot", "handed_over", "straight", "answered", "passed_on"]
        self._bands = {name: _band(canvas, name) for name in names}
        self._nodes = {name: _bar(canvas, looks.INK_2) for name in (*NODE_WORDS, "passed_on")}
        self._ends = {end.name: _bar(canvas, end.colour) for end in (*ENDS, LOST)}
        self._node_labels = {name: canvas.text(size=NODE_TEXT, bold=True) for name in NODE_WORDS}
        self._end_labels = {end.name: EndLabel(canvas, end) for end in (*ENDS, LOST)}
        self._words = {name: canvas.text(size=looks.PAGE_TEXT) for name in BAND_WORDS}
        self._foot = canvas.text(X["arrive"], 608, size=looks.PAGE_TEXT)

    def _show(self, data: JourneySide) -> None:
        layout = Layout(data.whole)
        for name, patch in self._bands.items():
            band = layout.bands.get(name)
            patch.set_visible(band is not None)
            if band:
                patch.set_path(band.path)
        self._show_nodes(layout)
        self._show_ends(layout, data)
        lows = (layout.top, layout.top, layout.queue_top, layout.queue_top)
        for column, low in zip(COLUMNS, lows, strict=True):
            self._show_words(layout, column, low)
        self._foot.set_text(foot_sentence(data))

    def _show_nodes(self, layout: Layout) -> None:
        for name, (x, y, height) in layout.nodes.items():
            self._nodes[name].set_bounds(x, y, NODE, height)
        for name, label in self._node_labels.items():
            count = layout.n[NODE_COUNTS[name]]
            x, y, _ = layout.nodes[name]
            right = name == "bot"
            label.set(x=x + NODE * right, y=y - 8, horizontalalignment="right" if right else "left")
            label.set_text(f"{NODE_WORDS[name]}  {formats.number(count)}" if count else "")

    def _show_ends(self, layout: Layout, data: JourneySide) -> None:
        for end in ENDS:
            middle = layout.end_middles.get(end.name)
            height = layout.high(*end.leaves) if middle is not None else 0.0
            self._ends[end.name].set_bounds(X["ends"], (middle or 0) - height / 2, NODE, height)
            self._end_labels[end.name].show(data, X["ends"] + NODE + 12, middle)
        height = layout.high("bot_lost")
        self._ends[LOST.name].set_bounds(LOST_LEFT, LOST_TOP, NODE, height)
        self._end_labels[LOST.name].show(
            data, LOST_LEFT + NODE + 10, LOST_TOP + max(height, 24) / 2 if height else None
        )

    def _show_words(self, layout: Layout, column: Mapping[str, tuple[float, float]], low: float) -> None:
        shown = [name for name in column if name in layout.bands]
        wanted = [layout.bands[name].middle(column[name][1]) for name in shown]
        places = dict(zip(shown, kept_apart(wanted, [LINE] * len(shown), low, BOTTOM), strict=True))
        for name, (left, _) in column.items():
            words = f"{formats.number(layout.n[name])} {BAND_WORDS[name]}" if name in places else ""
            label = self._words[name]
            label.set(x=left, y=places.get(name, 0) + 5, text=words)
            label.halo = name in places and layout.bands[name].height < LINE


class EndLabel:
    """The name of an end in bold, and under it the number with its interval; on one line where they leave upwards."""

    def __init__(self, canvas: Canvas, end: End) -> None:
        self._end = end
        self._name: Label = canvas.text(size=END_TEXT, bold=True, colour=end.text_colour)
        self._number: Label = canvas.text(size=END_TEXT, colour=looks.INK)

    def show(self, data: JourneySide, x: float, middle: float | None) -> None:
        """Show the label beside the middle of its end; nothing if no contact gets there."""
        number = with_interval(
            sum(data.whole[leaf] for leaf in self._end.leaves), data.page_ends[self._end.name]
        )
        one_line = self._end is LOST
        y = middle or 0.0
        self._name.set(x=x, y=y + (6 if one_line else -5), text="" if middle is None else self._end.words)
        right = x + self._name.width + 12 if one_line else x
        self._number.set(x=right, y=y + (6 if one_line else 17), text="" if middle is None else number)


def with_interval(count: int, estimate: Estimate) -> str:
    """Whole contacts, and in brackets the two ends of the interval."""
    if not formats.has_interval(estimate):
        return formats.number(count)
    low, high = max(estimate.low, 0.0), min(estimate.high, PER)
    return f"{formats.number(count)}  ({formats.number(low)}–{formats.number(high)})"


def foot_sentence(data: JourneySide) -> str:
    """The sum of those without a solution, and how many of them come again."""
    lost = data.whole["bot_lost"]
    hung_up = data.whole["abandoned"] + data.whole["abandoned_passed_on"]
    parts = [lost, data.contacts("unresolved"), hung_up, data.whole["turned_away"]]
    total = " + ".join(formats.number(part) for part in parts if part)
    summed = f"{total} = {formats.number(data.no_solution)}" if total.count("+") else total or "0"
    again = f" About {formats.number(data.come_back.mean)} of them contact us again and join the same queue."
    note = replications_note(None, data)
    known = isfinite(data.come_back.mean) and round(data.come_back.mean) > 0
    return f"No solution: {summed}.{again if known else ''}{f' From {note}.' if note else ''}"


def _band(canvas: Canvas, name: str) -> PathPatch:
    hatched = name in HATCHED
    patch = PathPatch(
        Path([(0, 0)]),
        facecolor=COLOURS.get(name, looks.FLOW),
        edgecolor=looks.INK_3 if hatched else "none",
        hatch="////" if hatched else None,
        linewidth=0,
        zorder=1,
    )
    canvas.add(patch)
    return patch


def _bar(canvas: Canvas, colour: str) -> Rectangle:
    bar = Rectangle((0, 0), NODE, 0, facecolor=colour, edgecolor="none", zorder=2)
    canvas.add(bar)
    return bar
