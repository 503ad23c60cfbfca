"""Words that fit: measured in the fonts this computer has, broken into lines, shortened, or made smaller."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sim.views.charts.canvas import DRAWING
from sim.views.charts.letters import Fonts, Lettering, installed_fonts
from sim.views.projector.shapes import SMALLEST, Words

HEADLINE_LIMIT = 46
"""Characters of a headline at most, so that the last row can read it."""
ABOVE, BELOW = 0.76, 0.22
"""How far letters reach above and below their baseline, in sizes."""
ELLIPSIS = "…"


def width(text: str, size: float = SMALLEST, *, bold: bool = False, fonts: Fonts | None = None) -> float:
    """Dots that a line of text takes."""
    with DRAWING:
        return Lettering(fonts or installed_fonts(), size, bold).width(text)


def box(words: Words, fonts: Fonts | None = None) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line of text."""
    wide = width(words.text, words.size, bold=words.bold, fonts=fonts)
    left = words.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[words.align] * wide
    return left, words.y - ABOVE * words.size, left + wide, words.y + BELOW * words.size


def lines(text: str, room: float, size: float = SMALLEST, *, bold: bool = False) -> tuple[str, ...]:
    """A text broken between words into lines of at most `room` dots; a word too long for a line is shortened."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, bold=bold) <= room:
            found[-1] = longer
        else:
            found.append(shortened(word, room, size, bold=bold))
    return tuple(found)


def balanced(broken: Sequence[str], room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The same lines with their ends moved, so that none is much shorter than the others."""
    shares = (share / 20 for share in range(10, 20))
    tries = (lines(" ".join(broken), share * room, size, bold=bold) for share in shares)
    whole = (each for each in tries if len(each) == len(broken) and " ".join(each) == " ".join(broken))
    return next(whole, tuple(broken)) if len(broken) > 1 else tuple(broken)


def shortened(text: str, room: float, size: float = SMALLEST, *, bold: bool = False) -> str:
    """A line as it is, or with its end left out where it is longer than `room` dots."""
    if width(text, size, bold=bold) <= room:
        return text
    fewer, more = 0, len(text)
    while more - fewer > 1:
        middle = (fewer + more) // 2
        fits = width(text[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= room
        fewer, more = (middle, more) if fits else (fewer, middle)
    return text[:fewer].rstrip() + ELLIPSIS


def distinct(names: Sequence[str], room: float) -> tuple[str, ...]:
    """Names shortened to `room` dots; those that would look the same keep their last letters too, until they differ."""
    short = [shortened(name, room) for name in names]
    for tail in range(2, max(map(len, names), default=0)):
        same = {each for each, count in Counter(short).items() if count > 1}
        if not same:
            break
        short = [
            _ends(name, tail, room) if each in same else each for name, each in zip(names, short, strict=True)
        ]
    return tuple(short)


def _ends(name: str, tail: int, room: float) -> str:
    """The beginning of a name, and its last letters."""
    end = ELLIPSIS + name[-tail:].lstrip()
    begin = shortened(name[:-tail], room - width(end)).rstrip(ELLIPSIS).rstrip()
    return name if width(name) <= room else begin + end


def largest(
    text: str, room: float, sizes: Iterable[float], most: int = 1, *, bold: bool = False
) -> tuple[float, tuple[str, ...]]:
    """The first of `sizes` at which a text takes at most so many lines, and those lines; else the last, cut short."""
    size, broken = SMALLEST, tuple[str, ...]()
    for size in sizes:
        broken = lines(text, room, size, bold=bold)
        if len(broken) <= most:
            return size, broken
    rest = shortened(" ".join(broken[most - 1 :]), room, size, bold=bold)
    return size, (*broken[: most - 1], rest)


def block(
    text: Sequence[str], x: float, y: float, size: float = SMALLEST, *, colour: str, bold: bool = False
) -> tuple[Words, ...]:
    """Lines of text below each other, the first on the baseline `y`."""
    pitch = 1.22 * size
    return tuple(Words(x, y + at * pitch, line, size, colour, bold) for at, line in enumerate(text))


def headline(*candidates: str) -> str:
    """The first candidate that is short enough for a headline; the last one, shortened, if none is."""
    fitting = (each for each in candidates if len(each) <= HEADLINE_LIMIT)
    last = candidates[-1]
    cut = last[: HEADLINE_LIMIT - 1].rstrip() + ELLIPSIS if len(last) > HEADLINE_LIMIT else last
    return next(fitting, cut)
