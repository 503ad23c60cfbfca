"""The press: pages of a size, one after another, each with its header, its name, and nothing that does not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame

from sim.scenario import BadInput
from sim.scenario.files import write_whole
from sim.views.print.forms import Soft
from sim.views.print.styles import BOLD, INK, INK_2, INK_3, REGULAR, SMALLEST, fonts

PAPERS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType({"a4": A4, "letter": LETTER})
MARGIN: Final = 42.0
"""Points left free on every side; printers reach no further than about 18."""
HEADER: Final = 24.0
CARD_PAD: Final = 30.0
"""Between the edge of a card and what stands on it; a card's edge may be the paper's."""
CUT: Final = 10.0
"""Length of a cut mark."""
AUTHOR: Final = "Meet the Bar"


@dataclass(frozen=True)
class Place:
    """A rectangle of a page, in points from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


class Press:
    """Pages in the making."""

    def __init__(self, paper: str, title: str, pages: str) -> None:
        fonts()
        self.size = PAPERS[paper]
        self.paper, self.title, self.pages = paper, title, pages
        self.number = 0
        self._content = BytesIO()
        self.canvas: Any = Canvas(
            self._content, pagesize=self.size, invariant=1, lang="en", pageCompression=1
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(AUTHOR)
        self.canvas.setSubject(pages)
        self.canvas.setCreator(AUTHOR)

    @property
    def inside(self) -> Place:
        """What is printed on, below the header."""
        width, height = self.size
        return Place(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN - HEADER)

    def page(self, name: str, story: Sequence[Any]) -> None:
        """One page; raises BadInput when there is more than fits."""
        left = self._fill(name, spread(story, self.inside), self.inside)
        if left:
            raise BadInput(
                f"{self.pages} page {self.number} ({name}): holds more than fits on {self.paper}; shorten it."
            )
        self._turn()

    def flow(self, name: str, story: Sequence[Any]) -> None:
        """As many pages as it takes; raises BadInput when one thing is larger than a page."""
        left = list(story)
        while left:
            before = len(left)
            left = self._fill(name, left, self.inside)
            if len(left) == before:
                raise BadInput(
                    f"{self.pages} ({name}): one part is larger than a page of {self.paper}; shorten it."
                )
            self._turn()

    def cards(
        self, name: str, on_a_page: int, cards: Sequence[Sequence[Any]], mirrored: bool = False
    ) -> None:
        """A page of cards with cut marks; `mirrored`: as the back of one. Raises BadInput when one does not fit."""
        self._begin(name)
        places = self.places(on_a_page)
        if mirrored and on_a_page == 4:
            places = [places[at] for at in (1, 0, 3, 2)]
        for place, story in zip(places, cards, strict=False):
            frame = _frame(place, CARD_PAD)
            left = spread(story, inner(place))
            frame.addFromList(left, self.canvas)
            if left:
                raise BadInput(f"{name}: a card holds more than fits on {self.paper}; shorten it.")
        self._cut_marks(on_a_page)
        self._turn()

    def places(self, on_a_page: int) -> list[Place]:
        """Where cards lie, from the upper left."""
        width, height = self.size
        across, down = (2 if on_a_page == 4 else 1), (1 if on_a_page == 1 else 2)
        return [
            Place(width / across * column, height / down * (down - 1 - row), width / across, height / down)
            for row in range(down)
            for column in range(across)
        ]

    def bookmark(self, name: str) -> None:
        """A name in the reader's list of contents, for the page that is being printed."""
        key = f"{self.number}-{name}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(name, key, 0)

    def write(self, path: Path) -> Path:
        """Write the file, whole or not at all; raises BadInput."""
        self.canvas.save()
        write_whole(path, self._content.getvalue())
        return path

    def _fill(self, name: str, story: list[Any], place: Place) -> list[Any]:
        self._begin(name)
        self._header()
        _frame(place, 0).addFromList(story, self.canvas)
        return story

    def _begin(self, name: str) -> None:
        self.number += 1
        self.bookmark(name)

    def _turn(self) -> None:
        self.canvas.showPage()

    def _header(self) -> None:
        width, height = self.size
        top = height - MARGIN
        self.canvas.setFillColor(INK_2)
        self.canvas.setFont(REGULAR, SMALLEST)
        self.canvas.drawString(MARGIN, top - 9, self.title)
        self.canvas.setFillColor(INK)
        self.canvas.setFont(BOLD, SMALLEST)
        self.canvas.drawRightString(width - MARGIN, top - 9, f"{self.pages} page {self.number}")
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(1)
        self.canvas.line(MARGIN, top - 14, width - MARGIN, top - 14)

    def _cut_marks(self, on_a_page: int) -> None:
        width, height = self.size
        self.canvas.setStrokeColor(INK_3)
        self.canvas.setLineWidth(0.6)
        self.canvas.setDash(3, 3)
        if on_a_page > 1:
            self.canvas.line(CUT, height / 2, width - CUT, height / 2)
        if on_a_page > 2:
            self.canvas.line(width / 2, CUT, width / 2, height - CUT)
        self.canvas.setDash()


def inner(place: Place) -> Place:
    """What is printed on of a card."""
    pad = CARD_PAD
    return Place(place.left + pad, place.bottom + pad, place.width - 2 * pad, place.height - 2 * pad)


def spread(story: Sequence[Any], place: Place) -> list[Any]:
    """The story with what is soft in it grown into the room that is left."""
    used = sum(
        each.wrap(place.width, place.height)[1] + each.getSpaceBefore() + each.getSpaceAfter()
        for each in story
    )
    soft = [each for each in story if isinstance(each, Soft)]
    give = sum(each.give for each in soft)
    for each in soft:
        each.grow(max(0.0, min(1.0, (place.height - used - 1) / give)))
    return list(story)


def _frame(place: Place, pad: float) -> Any:
    inner = {f"{side}Padding": pad for side in ("left", "right", "top", "bottom")}
    return Frame(place.left, place.bottom, place.width, place.height, showBoundary=0, **inner)
