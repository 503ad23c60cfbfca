"""Blocks of a sheet -> what the press can print."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from reportlab.platypus import Spacer, Table

from sim.views.print.forms import Letters, Lines, Sketch
from sim.views.print.styles import BOX, INK, RULE, listed, words
from sim.workshop.blocks import Block, Grid, Sheet

Quote = Callable[[str], str]
ROOMY = 26.0
"""Points of height for a cell that is written into."""
PAD, TALL = 4, 1e6


def sheet(page: Sheet, quote: Quote, width: float, title: str = "title") -> list[Any]:
    """A page or a card: its title, then its blocks."""
    return [
        words(quote(page.title), title),
        *(part for each in page.blocks for part in block(each, quote, width)),
    ]


def block(each: Block, quote: Quote, width: float) -> Iterator[Any]:
    """A block with its heading, which is never printed alone: sheets are never broken."""
    if each.heading:
        yield words(quote(each.heading), "heading")
    if each.text:
        yield words(quote(each.text))
    if each.lines:
        yield Lines(each.lines)
    yield from (listed(quote(text), BOX) for text in each.options)
    yield from (listed(quote(text)) for text in each.points)
    if each.axes:
        yield Sketch(each.axes)
    if each.grid:
        yield grid(each.grid, quote, width)
        yield Spacer(1, 6)
    if each.code:
        yield words(quote(each.code.label), "head")
        yield Letters(each.code)


def grid(each: Grid, quote: Quote, width: float) -> Any:
    """A table with room to write where it is roomy."""
    head = [words(quote(cell), "head") for cell in each.head]
    rows = [head, *([words(quote(cell), "entry") for cell in row] for row in each.rows)]
    shares = each.widths or [1.0] * len(head)
    widths = [width * share / sum(shares) for share in shares]
    heights = _heights(rows, widths) if each.roomy else None
    return Table(rows, colWidths=widths, rowHeights=heights, style=ruled(len(rows)), hAlign="LEFT")


def _heights(rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> list[float]:
    """Rows as high as their words, and never too low for a pen."""
    heights = [
        max(cell.wrap(width - 2 * PAD, TALL)[1] for cell, width in zip(row, widths, strict=True)) + 2 * PAD
        for row in rows
    ]
    return [heights[0], *(max(ROOMY, height) for height in heights[1:])]


TIGHT: Final = (("TOPPADDING", (0, 1), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 1), (-1, -1), 2.5))
"""For a table that is only read: rows close to each other."""


def ruled(rows: int) -> list[tuple[Any, ...]]:
    """A head above a black rule, a grey rule under every row."""
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, 1), (-1, rows - 1), 0.5, RULE),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PAD),
    ]
