"""The lookup booklet: the model on paper, and charts for the wall, page by page as screens name them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from reportlab.platypus import Spacer, Table

from sim.experiment.estimate import Estimate
from sim.experiment.questions import opened
from sim.measures import MEASURES
from sim.views.print.blocks import ROOMY, TIGHT, ruled
from sim.views.print.charts import Curve, DayStrip, Dots
from sim.views.print.press import Press
from sim.views.print.styles import words
from sim.workshop.guide import Guide, Page, Paper, Quoting, Situation, minute_of
from sim.workshop.paper import Day, Hour, Row, paper_of

USUAL: Final = "usual"
TEAMS = 15
HEADS: Final[Mapping[str, str]] = MappingProxyType(
    {"share": ", of 100", "minutes": ", minutes", "dollars": ", dollars", "count": ""}
)


@dataclass(frozen=True)
class Numbers:
    """What the model said, as kept."""

    rows: Sequence[Row]
    days: Sequence[Day]
    hours: Sequence[Hour]


def booklet(guide: Guide, quote: Quoting, numbers: Numbers, paper: str) -> Press:
    """The booklet; raises BadInput when a page holds too much."""
    press = Press(paper, f"{guide.title}: lookup booklet", "booklet")
    for page in paper_of(guide).pages:
        press.page(page.title, list(_page(guide, page, quote, numbers, press.inside.width)))
    return press


def _page(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:
    yield words(page.title, "title")
    yield from (words(quote(text)) for text in page.above)
    yield from SHOWN[page.shows](guide, page, quote, numbers, width)
    yield from (words(quote(text), "entry") for text in page.below)


def _tables(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:
    paper = paper_of(guide)
    for situation in paper.situations:
        yield words(quote(situation.title), "heading")
        yield _table(paper, _rows(numbers, situation, page), width)
    yield Spacer(1, 4)


def _rows(numbers: Numbers, situation: Situation, page: Page) -> list[Row]:
    return [row for row in numbers.rows if (row.situation, row.variant) == (situation.name, page.variant)]


def _table(paper: Paper, rows: Sequence[Row], width: float) -> Any:
    names = [MEASURES[name] for name in paper.measures]
    head = [words("People", "head"), *(words(each.title + HEADS[each.kind], "head_number") for each in names)]
    body = [_line(row, paper.now) for row in rows]
    widths = [width * 0.16, *[width * 0.84 / len(names)] * len(names)]
    return Table([head, *body], colWidths=widths, style=[*ruled(len(body) + 1), *TIGHT], hAlign="LEFT")


def _line(row: Row, now: int) -> list[Any]:
    people = f"{row.value}  ○ today" if row.value == now else str(row.value)
    told = [words(shown(name, found), "number", bold=row.value == now) for name, found in row.told.items()]
    return [words(people, "cell", bold=row.value == now), *told]


def shown(name: str, found: Estimate) -> str:
    """A mean with its half-width, in the unit of the table."""
    kind = MEASURES[name].kind
    scale, digits = (100.0, 0) if kind == "share" else (1.0, 2 if kind == "minutes" else 0)
    return f"{found.mean * scale:,.{digits}f} ±{found.half_width * scale:,.{digits}f}"


def _day(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:  # noqa: ARG001  # one of several
    yield DayStrip(numbers.hours, minute_of(page.covered) if page.covered else None)


def _curve(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:  # noqa: ARG001
    paper = paper_of(guide)
    usual = next((each for each in paper.situations if each.name == USUAL), paper.situations[0])
    told = [row.told["promise_kept"] for row in _rows(numbers, usual, page)]
    yield Curve(paper.values, told, paper.now, bar_of(guide))


def _days(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:  # noqa: ARG001
    yield Dots(numbers.days, bar_of(guide))


def _score(guide: Guide, page: Page, quote: Quoting, numbers: Numbers, width: float) -> Iterator[Any]:  # noqa: ARG001
    names = ("Team", "Round one", "Round two", "Delight", "Together", "Forecast off by")
    head = [words(name, "head") for name in names]
    rows = [head, *([""] * len(names) for _ in range(TEAMS))]
    widths = [width * share for share in (0.3, 0.14, 0.14, 0.12, 0.14, 0.16)]
    heights = [None, *[ROOMY] * TEAMS]
    yield Table(rows, colWidths=widths, rowHeights=heights, style=ruled(len(rows)), hAlign="LEFT")


def bar_of(guide: Guide) -> float:
    """The bar of the guide's operation, a share."""
    return float(opened(guide.operation, {}).plan.promise.bar)


Show = Callable[[Guide, Page, Quoting, Numbers, float], Iterator[Any]]
SHOWN: Final[Mapping[str, Show]] = MappingProxyType(
    {"table": _tables, "day": _day, "curve": _curve, "days": _days, "score": _score}
)
