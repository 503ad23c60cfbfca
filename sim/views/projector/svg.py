"""A picture as SVG with real letters: it can be read, copied and enlarged, and is crisp at every size."""

from html import escape

from sim.views import looks
from sim.views.projector.shapes import HEIGHT, WIDTH, Box, Mark, Picture, Points, Shape, Specks, Stroke, Words

FAMILY = ", ".join(f"'{font}'" if " " in font else font for font in looks.FONTS) + ", sans-serif"


def svg(picture: Picture) -> str:
    """The picture as one SVG element, hidden from screen readers, which have its words."""
    drawn = "".join(_drawn(shape) for shape in picture)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true" '
        f'focusable="false" font-family="{FAMILY}">{drawn}</svg>'
    )


def _drawn(shape: Shape) -> str:
    if isinstance(shape, Words):
        return _words(shape)
    if isinstance(shape, Stroke):
        return _stroke(shape)
    if isinstance(shape, Box):
        return _box(shape)
    return _specks(shape) if isinstance(shape, Specks) else _mark(shape)


def _words(words: Words) -> str:
    bold = ' font-weight="bold"' if words.bold else ""
    return (
        f'<text x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}" fill="{words.colour}" '
        f'text-anchor="{words.align}"{bold}>{escape(words.text)}</text>'
    )


def _stroke(stroke: Stroke) -> str:
    dashes = f' stroke-dasharray="{stroke.dashes[0]:g} {stroke.dashes[1]:g}"' if stroke.dashes else ""
    return (
        f'<polyline points="{_points(stroke.points)}" fill="none" stroke="{stroke.colour}" '
        f'stroke-width="{_n(stroke.width)}" stroke-linejoin="round"{dashes}/>'
    )


def _box(box: Box) -> str:
    turn = "" if box.turn is None else f' class="grows turn-{box.turn}"'
    return (
        f'<rect{turn} x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" '
        f'fill="{box.colour}" opacity="{box.opacity:g}"/>'
    )


def _specks(specks: Specks) -> str:
    """Strokes of no length with round ends: a thousand dots in one element."""
    moves = "".join(f"M{_n(x)} {_n(y)}h0" for x, y in specks.points)
    return (
        f'<path d="{moves}" fill="none" stroke="{specks.colour}" stroke-width="{_n(2 * specks.radius)}" '
        'stroke-linecap="round"/>'
    )


def _mark(mark: Mark) -> str:
    look = f'fill="{mark.face}" stroke="{mark.edge}" stroke-width="{_n(mark.edge_width)}"'
    if mark.sign == "dot":
        return f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}" {look}/>'
    return f'<polygon points="{_points(_corners(mark))}" {look}/>'


def _corners(mark: Mark) -> Points:
    x, y, r = mark.x, mark.y, mark.radius
    if mark.sign == "square":
        return ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
    if mark.sign == "diamond":
        return ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    return ((x, y - r), (x + r, y + r), (x - r, y + r))


def _points(points: Points) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """A coordinate to a tenth of a dot."""
    return f"{value:.1f}".removesuffix(".0")
