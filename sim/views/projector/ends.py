"""What the fewest people, today's and the most come to: what more of them bring, and what not."""

from sim.experiment.expected import Told
from sim.views import formats, looks
from sim.views.projector.frame import Slide
from sim.views.projector.shapes import LEFT, RIGHT, Picture, Stroke, Words
from sim.workshop.exhibits import People, apart

ENDS = (1100.0, 1470.0, RIGHT)
"""Where the columns end."""
HEAD, FIRST, PITCH, LAST = 330.0, 450.0, 130.0, 870.0
LARGE = 60.0


def ends(people: People) -> Slide:
    """A row for the promise kept, the days at the bar, and the story told once; what one more brings below."""
    none = formats.NONE
    rows = (
        ("Whole promise kept, of 100", tuple(each.pm for each in people.kept)),
        ("Days at the bar, of 100", (none, *(each.pm for each in people.days))),
        ("Story told once, of 100", (none, *(str(each) for each in people.told_once))),
    )
    heads = (
        Words(end, HEAD, head, colour=looks.INK_2, align="end")
        for end, head in zip(ENDS, people.heads, strict=True)
    )
    drawn = (
        *heads,
        *(shape for at, row in enumerate(rows) for shape in _row(FIRST + at * PITCH, *row)),
        Words(LEFT, LAST, _brings(people)),
    )
    words = tuple(f"{title}: {', '.join(_pairs(people, cells))}" for title, cells in rows)
    sub = "What more people bring, and what they do not"
    return Slide(_finding(people), sub, "chart", drawn, (*words, f"{_brings(people)}."))


def _row(y: float, title: str, cells: tuple[str, ...]) -> Picture:
    line = Stroke(((LEFT, y - 74), (RIGHT, y - 74)), looks.RULE, 2.0)
    values = (
        Words(end, y, cell, LARGE, bold=True, align="end") for end, cell in zip(ENDS, cells, strict=True)
    )
    return (line, Words(LEFT, y, title), *values)


def _pairs(people: People, cells: tuple[str, ...]) -> list[str]:
    return [f"{head} {cell}" for head, cell in zip(people.heads, cells, strict=True) if cell != formats.NONE]


def _brings(people: People) -> str:
    first, last = (f"number {_number(each)} brings {each.pm}" for each in (people.first, people.last))
    return f"Person {first} points, {last}"


def _number(told: Told) -> str:
    """Which person it is that is asked about."""
    return formats.short(float(next(iter((told.question.after or {}).values()))))


def _finding(people: People) -> str:
    now, most = (each.answer for each in people.told_once)
    if apart(most, now) or apart(now, most):
        return "What more people bring, and what they do not"
    return "More people do not mend the story told twice"
