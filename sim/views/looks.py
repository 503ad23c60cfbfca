"""The tokens of every screen: colours, type, sizes. Nothing else in the kit names a colour.

Two identities run through everything: now is grey, hollow and dashed; plan is blue, filled and solid. Two
judgements, better and worse, are never used as identities and always come with their word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

INK: Final = "#1B1B1B"
INK_2: Final = "#4A4A4A"
INK_3: Final = "#626262"
RULE: Final = "#D9D9D6"
GRID: Final = "#E9E9E6"
PAGE: Final = "#F4F4F1"
PAPER: Final = "#FFFFFF"
NOW_GREY: Final = "#555555"
PLAN_BLUE: Final = "#0072B2"
PLAN_TEXT: Final = "#00598C"
PLAN_B: Final = "#E69F00"
PLAN_B_TEXT: Final = "#7A5200"
PLAN_C: Final = "#CC79A7"
PLAN_C_TEXT: Final = "#8A3F68"
BETTER: Final = "#009E73"
BETTER_TEXT: Final = "#00694D"
WORSE: Final = "#D55E00"
WORSE_TEXT: Final = "#A84300"
CALM: Final = "#56B4E9"
FLOW: Final = "#CDD3D8"
END_RESOLVED: Final = "#9FD6C4"
END_UNRESOLVED: Final = "#F2C6A6"
END_LOST: Final = "#D0D0D0"

COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ink": INK,
        "ink-2": INK_2,
        "ink-3": INK_3,
        "rule": RULE,
        "grid": GRID,
        "page": PAGE,
        "paper": PAPER,
        "now": NOW_GREY,
        "plan": PLAN_BLUE,
        "plan-text": PLAN_TEXT,
        "plan-b": PLAN_B,
        "plan-b-text": PLAN_B_TEXT,
        "plan-c": PLAN_C,
        "plan-c-text": PLAN_C_TEXT,
        "better": BETTER,
        "better-text": BETTER_TEXT,
        "worse": WORSE,
        "worse-text": WORSE_TEXT,
        "calm": CALM,
        "flow": FLOW,
        "end-resolved": END_RESOLVED,
        "end-unresolved": END_UNRESOLVED,
        "end-lost": END_LOST,
    }
)
"""Every token by name, for style sheets and for the test that nothing else is drawn."""

FONTS: Final = ("Liberation Sans", "Arial", "Helvetica", "DejaVu Sans")
"""One family; the first that is installed is used, the last comes with matplotlib."""

CHART_TEXT: Final = 12.0
"""Smallest text on the logical canvas, in css pixels."""
PANEL_TITLE: Final = 16.0
PAGE_TITLE: Final = 26.0
PAGE_TEXT: Final = 15.0

PANEL: Final = (432, 276)
"""Logical canvas of a panel, css pixels."""
NOTED_PANEL: Final = (432, 266)
"""The same for a panel with two lines of words under its picture."""
FULL_PAGE: Final = (1280, 620)
"""Logical canvas of a chart that has a screen to itself; its title stands in the 100 css pixels above."""
FULL_PAGE_STRIP: Final = 100.0
AXIS_Y: Final = 232.0
"""Every horizontal axis lies this far below the top of its panel, so that the axes of a row align."""

THRESHOLD_WIDTH: Final = 1.2
LINE_WIDTH: Final = 2.0
AXIS_WIDTH: Final = 1.0
SWARM_MARK: Final = 5.0
ROW_MARK: Final = 7.0
LONE_MARK: Final = 10.0

COLOURS_IN_A_PICTURE: Final = 64
"""A panel's picture is reduced to this many colours before it is sent: a quarter of the bytes, no visible loss."""

TITLE_LIMIT: Final = 50
HEADLINE_LIMIT: Final = 70
PAGE_HEADLINE_LIMIT: Final = 90


@dataclass(frozen=True)
class Identity:
    """How one of the two operations compared is drawn and named, everywhere."""

    word: str
    colour: str
    text_colour: str
    face: str
    bold: bool
    dashes: tuple[float, float] | None
    band_alpha: float
    bar_width: float
    order: int


NOW: Final = Identity("now", NOW_GREY, INK_2, PAPER, False, (5.0, 2.0), 0.16, 2.0, 4)
PLAN: Final = Identity("plan", PLAN_BLUE, PLAN_TEXT, PLAN_BLUE, True, None, 0.20, 2.6, 3)

VERDICT_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"better": "▲", "worse": "▼", "cannot tell yet": "○", "no difference that matters": "="}
)
VERDICT_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "better": BETTER_TEXT,
        "worse": WORSE_TEXT,
        "cannot tell yet": INK_2,
        "no difference that matters": INK_2,
    }
)
