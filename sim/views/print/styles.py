"""How words look on paper: one family, ink on white, nothing under nine points."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from sim.views import looks

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
SMALLEST: Final = 9.0
"""Points; no text is smaller."""
INK: Final = HexColor(looks.INK)
INK_2: Final = HexColor(looks.INK_2)
INK_3: Final = HexColor(looks.INK_3)
RULE: Final = HexColor(looks.RULE)
GRID: Final = HexColor(looks.GRID)
FLOW: Final = HexColor(looks.FLOW)
NOW: Final = HexColor(looks.NOW_GREY)
PLAN: Final = HexColor(looks.PLAN_BLUE)
WHITE: Final = HexColor(looks.PAPER)
BOX: Final = "□"


@cache
def fonts() -> None:
    """Make the fonts known: those that come with matplotlib, of which pages hold only the letters they use."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    usual = {
        "fontName": REGULAR,
        "fontSize": size,
        "leading": round(size * 1.3, 1),
        "textColor": INK,
        "splitLongWords": 0,
    }
    return ParagraphStyle(name, **{**usual, **more})


STYLES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "cover": _style("cover", 26, fontName=BOLD, leading=31),
        "title": _style("title", 20, fontName=BOLD, leading=25, spaceAfter=8),
        "card": _style("card", 15, fontName=BOLD, leading=19, spaceAfter=5),
        "step": _style("step", 13, fontName=BOLD, leading=16, spaceAfter=1),
        "heading": _style("heading", 12, fontName=BOLD, spaceBefore=9, spaceAfter=4),
        "body": _style("body", 11, spaceAfter=5),
        "big": _style("big", 13, leading=17, spaceAfter=6),
        "said": _style("said", 10.5, leading=13.4, spaceAfter=1),
        "small": _style("small", SMALLEST, leading=11.7),
        "cell": _style("cell", 9.5, leading=12),
        "entry": _style("entry", 10.5, leading=13.5),
        "number": _style("number", 9.5, leading=12, alignment=2),
        "head": _style("head", SMALLEST, leading=11.5, textColor=INK_2),
        "head_number": _style("head_number", SMALLEST, leading=11.5, textColor=INK_2, alignment=2),
        "label": _style("label", SMALLEST, fontName=BOLD, leading=13),
        "clock": _style("clock", 17, fontName=BOLD, leading=20),
        "line": _style("line", 13, leading=17, textColor=INK_2, spaceAfter=8),
    }
)


def words(text: str, style: str = "body", *, bold: bool = False) -> Any:
    """A paragraph; the text is plain, never markup."""
    fonts()
    plain = escape(text)
    return Paragraph(f"<b>{plain}</b>" if bold else plain, STYLES[style])


def listed(text: str, mark: str = "•", style: str = "body") -> Any:
    """A paragraph of a list, with its mark hanging before it."""
    fonts()
    base = STYLES[style]
    hanging = ParagraphStyle(
        f"{style} listed", parent=base, leftIndent=base.fontSize * 1.4, bulletFontName=REGULAR,
        bulletFontSize=base.fontSize,
    )  # fmt: skip
    return Paragraph(escape(text), hanging, bulletText=mark)
