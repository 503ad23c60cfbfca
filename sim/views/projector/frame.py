"""What every slide has: a headline, a line below it, a picture, a footer, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sim.views import looks
from sim.views.projector import fit
from sim.views.projector.shapes import LEFT, RIGHT, SMALLEST, Mark, Picture, Shape, Words

Kind = Literal["title", "words", "progress", "chart", "board"]
HEADLINES = (76.0, 70.0, 64.0, 58.0, 52.0, SMALLEST)
"""Sizes a headline may have, the first that fits on its line."""
BODIES = (84.0, 76.0, 70.0, 64.0, 58.0, 52.0, SMALLEST)
"""Sizes of sentences below it."""
TOP, BOTTOM, FOOT = 300.0, 990.0, 1052.0
"""Where the picture begins and ends, and the baseline of the footer."""
BOARD_TOP = 140.0
ROOM = RIGHT - LEFT


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        headline: the finding, of at most 46 characters.
        sub: a line below it, or none.
        kind: which sort of slide.
        body: what is drawn below.
        words: what is drawn, in sentences, for those who do not see it.
        footer: which page of the booklet stands in for it, or nothing.
    """

    headline: str
    sub: str
    kind: Kind
    body: Picture
    words: tuple[str, ...] = ()
    footer: str = ""

    @property
    def picture(self) -> Picture:
        """All that is drawn, the headline and the footer included."""
        drawn: list[Shape] = [] if self.kind == "title" else [*self._head()]
        if self.footer:
            drawn.append(Words(RIGHT, FOOT, self.footer, colour=looks.INK_2, align="end"))
        return (*drawn, *self.body)

    def _head(self) -> Picture:
        size, lines = fit.largest(self.headline, ROOM, HEADLINES, bold=True)
        _, below = fit.largest(self.sub, ROOM, (SMALLEST,), most=2)
        y = 96.0 if self.kind == "board" else 122.0
        head = (Words(LEFT, y, line, size, bold=True) for line in lines)
        return (*head, *fit.block(below, LEFT, 192.0, colour=looks.INK_2))


@dataclass(frozen=True)
class Said:
    """A sentence of a slide; `item` makes it one of a list."""

    text: str
    item: bool = False


def flow(said: Sequence[Said], top: float = TOP, bottom: float = BOTTOM) -> tuple[Words, ...]:
    """Sentences below each other, as large as the room allows; what does not fit at the smallest size ends in dots."""
    for size in BODIES:
        laid = _laid(said, top + fit.ABOVE * size, size)
        if not laid or laid[-1].y + fit.BELOW * size <= bottom:
            return laid
    there = [words for words in laid if words.y + fit.BELOW * SMALLEST <= bottom]
    return (*there[:-1], replace(there[-1], text=_ended(there[-1])))


def _laid(said: Sequence[Said], y: float, size: float) -> tuple[Words, ...]:
    found: list[Words] = []
    for at, each in enumerate(said):
        if at and said[at - 1].item and not each.item:
            y += 0.27 * size
        x = LEFT + (0.9 * size if each.item else 0.0)
        if each.item:
            found.append(Words(LEFT, y, "–", size, looks.INK_2))
        broken = fit.balanced(fit.lines(each.text, RIGHT - x, size), RIGHT - x, size)
        found += fit.block(broken, x, y, size, colour=looks.INK)
        y += 1.22 * size * len(broken) + (0.18 if each.item else 0.45) * size
    return tuple(found)


def _ended(words: Words) -> str:
    return fit.shortened(f"{words.text} …", RIGHT - words.x, words.size, bold=words.bold)


def counted(done: int, of: int, word: str) -> Picture:
    """Dots that fill up, one for each team without a name, with the count in words above them."""
    rows = -(-of // 30) or 1
    radius, pitch = (20.0, 58.0) if rows == 1 else (17.0, 58.0)
    marks = [
        Mark(
            LEFT + radius + 3 + pitch * (at % 30), 936.0 + 46.0 * (at // 30), radius,
            looks.INK if at < done else looks.PAPER, looks.INK, 4.0,
        )
        for at in range(min(of, 60))
    ]  # fmt: skip
    return (Words(LEFT, 886.0, f"{done} of {of} {word}", 60.0, bold=True), *marks)
