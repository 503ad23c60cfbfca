"""What printed pages and cards are made of: a few kinds of block, each of which is one thing to read or to fill in."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from sim.scenario.fields import Part

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Axes(Part):
    """Blank axes to sketch on, with a scale that does not know the answer.

    `left`, `below`: what the axes say; `up`, `along`: their marks from the origin on; `height` in points.
    """

    left: Words
    below: Words
    up: tuple[float, ...] = Field(min_length=2)
    along: tuple[Words, ...] = Field(min_length=2)
    height: float = Field(180.0, ge=60, le=420)


class Grid(Part):
    """A table to fill in, or one that is full: empty cells stay empty; `widths` of columns, each against the others."""

    head: tuple[str, ...] = Field(min_length=1)
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)
    widths: tuple[float, ...] = ()
    roomy: bool = False

    @model_validator(mode="after")
    def _is_even(self) -> Self:
        if self.widths and len(self.widths) != len(self.head):
            raise ValueError(f"{len(self.widths)} widths under {len(self.head)} headings")
        short = next((row for row in self.rows if len(row) != len(self.head)), None)
        if short is not None:
            raise ValueError(f"a row of {len(short)} cells under {len(self.head)} headings")
        return self


class Code(Part):
    """Boxes for a decision code, one a letter, in groups."""

    label: Words
    groups: tuple[int, ...] = Field(min_length=1)


class Block(Part):
    """One thing on a page; exactly one of its fields is given, `heading` aside, which may stand above any.

    `lines`: so many lines to write on. `options`: boxes to tick. `points`: a list. `axes`, `grid`, `code`: as they are.
    """

    heading: str = ""
    text: str = ""
    lines: int = Field(0, ge=0, le=20)
    options: tuple[Words, ...] = ()
    points: tuple[Words, ...] = ()
    axes: Axes | None = None
    grid: Grid | None = None
    code: Code | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        given = [name for name in type(self).model_fields if name != "heading" and getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"a block is one thing, this is {', '.join(given) or 'none'}")
        return self

    def words(self) -> tuple[str, ...]:
        """Every text of it that may quote {names}."""
        cells = [cell for row in (self.grid.head, *self.grid.rows) for cell in row] if self.grid else []
        label = self.code.label if self.code else ""
        return tuple(filter(None, (self.heading, self.text, *self.options, *self.points, *cells, label)))


class Sheet(Part):
    """A page, or a card, with its title."""

    title: Words
    blocks: tuple[Block, ...] = Field(min_length=1)

    def words(self) -> tuple[str, ...]:
        """Every text of it that may quote {names}."""
        return (self.title, *(text for block in self.blocks for text in block.words()))


class Cards(Part):
    """Cards of one kind: for whom they are printed, and how many fill a sheet of paper."""

    name: Words
    each: Literal["person", "team"]
    on_a_page: Literal[1, 2, 4] = 2
    cards: tuple[Sheet, ...] = Field(min_length=1)
