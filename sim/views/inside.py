"""Look inside: the lines of the model through which a lever acts, shown as they are and explained in plain words.

from sim.views.inside import inside
inside("staffing")
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from sim.scenario import BadInput, fields
from sim.scenario.words import nearest
from sim.views import looks
from sim.views.inside_entries import ENTRIES, Entry, Place
from sim.views.still import FAMILY

AROUND = 2
"""Lines shown before and after those that are pointed at."""
MARK, NO_MARK, LEFT_OUT = "▶", " ", "⋯"
TWIN = (
    "Runs mostly use a faster, compiled twin of the journey, with the same numbers to the bit. "
    "A contact's luck is drawn before the clock begins, so that now and plan meet the same customers."
)
MONTHS = "season/"
"""The folder of what acts over months, below `sim`."""


@dataclass(frozen=True)
class Line:
    """A line of source: its number in the file, its text, and whether it is one that is pointed at."""

    number: int
    text: str
    marked: bool


@dataclass(frozen=True)
class Snippet:
    """A few lines of the model: the file, the function, the lines in their order, and a sentence about them."""

    file: str
    function: str
    lines: tuple[Line, ...]
    told: str

    @property
    def where(self) -> str:
        """File, lines and function in words."""
        marked = [line.number for line in self.lines if line.marked]
        numbers = f"line {marked[0]}" if len(marked) == 1 else f"lines {marked[0]} to {marked[-1]}"
        return f"{self.file}, {numbers}, in {self.function}"


@dataclass(frozen=True)
class Inside:
    """What a lever does in the model; the last line of a cell shows it.

    Attributes:
        title: The lever's title.
        told: What it does, in a sentence.
        snippets: Where it does so, in the order in which a contact meets it.
    """

    title: str
    told: str
    snippets: tuple[Snippet, ...]

    @property
    def in_journey(self) -> bool:
        """Whether it acts on a line of the journey, or only over months."""
        return not all(f"/{MONTHS}" in snippet.file for snippet in self.snippets)

    @property
    def closing(self) -> str:
        """What holds for all of it."""
        return TWIN if self.in_journey else ""

    def __repr__(self) -> str:
        parts = [f"Look inside: {self.title}", self.told]
        for number, snippet in enumerate(self.snippets, start=1):
            parts += [f"{number}. {snippet.told}\n   ({snippet.where})", _text(snippet)]
        return "\n\n".join(filter(None, [*parts, self.closing]))

    def _repr_markdown_(self) -> str:
        parts = [f"#### Look inside: {self.title}", self.told]
        for number, snippet in enumerate(self.snippets, start=1):
            parts += [
                f"**{number}.** {snippet.told} *({snippet.where})*",
                f"````text\n{_text(snippet)}\n````",
            ]
        return "\n\n".join(filter(None, [*parts, self.closing]))

    def _repr_html_(self) -> str:
        snippets = "".join(_html(number, each) for number, each in enumerate(self.snippets, start=1))
        closing = f'<p style="{_SMALL}">{escape(self.closing)}</p>' if self.closing else ""
        return (
            f'<div style="max-width:920px;font-family:{FAMILY};color:{looks.INK};background:{looks.PAPER}">'
            f'<h4 style="margin:0">Look inside: {escape(self.title)}</h4><p>{escape(self.told)}</p>'
            f"{snippets}{closing}</div>"
        )


def inside(lever: str) -> Inside:
    """The lines through which a lever or choice acts, by its name, title or path; raises BadInput with the nearest."""
    entry = _entry(lever)
    snippets = tuple(_snippet(place) for place in entry.places)
    return Inside(fields()[entry.path].title, entry.told, snippets)


def names() -> tuple[str, ...]:
    """What there is to look inside: the levers first."""
    return tuple(ENTRIES)


def _entry(lever: str) -> Entry:
    wanted = _plain(lever)
    for name, entry in ENTRIES.items():
        if wanted in (name, entry.path, _plain(fields()[entry.path].title), entry.path.rsplit(".", 1)[-1]):
            return entry
    raise BadInput(f"{lever}: there is nothing of this name to look inside; {nearest(wanted, ENTRIES)}.")


def _plain(name: str) -> str:
    return "_".join(name.lower().split())


# ---------------------------------------------------------------------------------------------------- source


def _snippet(place: Place) -> Snippet:
    """The lines of a place as the source has them now; raises BadInput where it no longer has them."""
    source = files("sim").joinpath(place.file).read_text(encoding="utf-8")
    first, last = _extent(source, place)
    lines = dict(enumerate(source.splitlines(), start=1))
    within = range(first, last + 1)
    marked = {number for text in place.marked for number in within if text in lines[number]}
    if not all(any(text in lines[number] for number in within) for text in place.marked):
        raise BadInput(f"{place.file}: {place.function} no longer has the lines that were explained.")
    kept = [
        number for number in within if number == first or any(abs(number - at) <= AROUND for at in marked)
    ]
    shown = tuple(Line(number, lines[number], number in marked) for number in kept)
    return Snippet(f"sim/{place.file}", place.function, shown, place.told)


def _extent(source: str, place: Place) -> tuple[int, int]:
    """First and last line of a function, or of a method by class and name."""
    body: list[ast.stmt] = ast.parse(source).body
    found: ast.stmt | None = None
    for name in place.function.split("."):
        named = (
            each for each in body if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == name
        )
        found = next(named, None)
        body = found.body if isinstance(found, ast.FunctionDef | ast.ClassDef) else []
    if found is None:
        raise BadInput(f"{place.file}: there is no {place.function} any more.")
    return found.lineno, found.end_lineno or found.lineno


# --------------------------------------------------------------------------------------------------- display

_SMALL = f"font-size:13px;color:{looks.INK_2}"


def _text(snippet: Snippet) -> str:
    """The lines with their numbers, a mark before those pointed at, and a sign where lines are left out."""
    return "\n".join(_pieces(snippet, lambda line: f"{_mark(line)} {line.number:>4}  {line.text}".rstrip()))


def _html(number: int, snippet: Snippet) -> str:
    code = "\n".join(_pieces(snippet, _line_html))
    style = (
        f"margin:0 0 14px;padding:8px 10px;background:{looks.PAGE};color:{looks.INK};overflow-x:auto;"
        f"border-left:3px solid {looks.RULE};font-size:13px;line-height:1.45"
    )
    return (
        f'<p style="margin:10px 0 4px"><b>{number}.</b> {escape(snippet.told)}<br>'
        f'<span style="{_SMALL}">{escape(snippet.where)}; {MARK} marks the lines</span></p>'
        f'<pre style="{style}" tabindex="0" role="region" aria-label="{escape(snippet.where)}">{code}</pre>'
    )


def _line_html(line: Line) -> str:
    numbered = f"{_mark(line)} {line.number:>4}  {escape(line.text)}"
    if not line.marked:
        return numbered
    style = f"background:{looks.GRID};color:{looks.INK};font-weight:bold"
    return f'<mark style="{style}"><strong>{numbered}</strong></mark>'


def _mark(line: Line) -> str:
    return MARK if line.marked else NO_MARK


def _pieces(snippet: Snippet, shown: Callable[[Line], str]) -> Iterator[str]:
    before = snippet.lines[0].number
    for line in snippet.lines:
        if line.number > before + 1:
            yield f"       {LEFT_OUT}"
        yield shown(line)
        before = line.number
