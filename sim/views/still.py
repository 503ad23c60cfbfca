"""A comparison that stands still, for a saved notebook: verdicts in a table, panels as pictures."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sim.experiment import Comparison, Estimate
from sim.measures import MEASURES, Measure
from sim.views import formats, looks, sentences
from sim.views.panel_data import PanelData, panel_data

ROWS = (
    "promise_kept",
    "days_at_bar",
    "answered_in_promise",
    "wait_mean",
    "abandonment_rate",
    "first_contact_resolution",
    "worst_tenth_minutes",
    "cost_per_contact",
    "cost_per_resolved_issue",
)
"""The measures of the table: the customer, then money."""
COLUMNS = ("Measure", looks.NOW.word, looks.PLAN.word, "plan − now", "verdict")
UNITS = {"share": "of 100", "minutes": "minutes", "dollars": "dollars", "count": ""}
FAMILY = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Line:
    """One line of the table of verdicts, in words."""

    measure: str
    now: str
    plan: str
    difference: str
    word: str

    @property
    def verdict(self) -> str:
        """The verdict's mark and word."""
        return sentences.verdict_cell(self.word)


@dataclass(frozen=True)
class Still:
    """A comparison as a notebook keeps it: a headline, the table of verdicts, and the four panels."""

    comparison: Comparison

    @property
    def headline(self) -> str:
        """The finding."""
        return sentences.headline(sentences.findings(self.comparison), same=is_same(self.comparison))

    def lines(self) -> list[Line]:
        """The table of verdicts."""
        return [line_of(self.comparison, name) for name in ROWS]

    def __repr__(self) -> str:
        rows = [
            COLUMNS,
            *((one.measure, one.now, one.plan, one.difference, one.verdict) for one in self.lines()),
        ]
        widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
        table = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
        )
        return "\n".join([self.headline, "", *(line.rstrip() for line in table)])

    def _repr_html_(self) -> str:
        told = sentences.findings(self.comparison)
        below = sentences.sub_sentence_html(told, same=is_same(self.comparison))
        pictures = "".join(
            f'<img alt="{escape(alt)}" width="432" src="{source}" style="margin:8px 12px 0 0">'
            for alt, source in pictures_of(self.comparison, ("waiting", "consistency", "journey", "cost"))
        )
        return (
            f'<div style="max-width:920px;font-family:{FAMILY};color:{looks.INK}">'
            f'<h3 style="margin:0">{escape(self.headline)}</h3>'
            f"<p>{below}<br>{escape(basis(self.comparison))}</p>{table_html(self.lines())}{pictures}</div>"
        )


def is_same(comparison: Comparison) -> bool:
    """Whether both sides are the same operation in the same world."""
    before, after = comparison.before.scenario, comparison.after.scenario
    return (before.plan, before.assumptions) == (after.plan, after.assumptions)


def line_of(comparison: Comparison, name: str) -> Line:
    """One measure of a comparison in words, both sides with the same decimals."""
    measure, found = MEASURES[name], sentences.finding(comparison, name)
    scale = 100 if measure.kind == "share" else 1
    places = _decimals(measure, found.now, found.plan)
    return Line(
        _named(measure),
        formats.number(scale * found.now.mean, places),
        formats.number(scale * found.plan.mean, places),
        f"{formats.signed(scale * found.difference.mean, places)} "
        f"{formats.plus_minus(found.difference, scale, places)}".strip(),
        found.word,
    )


def _named(measure: Measure) -> str:
    unit = UNITS[measure.kind]
    return measure.title if unit in measure.title.lower() else f"{measure.title}, {unit}"


def _decimals(measure: Measure, *sides: Estimate) -> int:
    if measure.kind == "dollars":
        return formats.decimals_for(*(side.mean for side in sides))
    return 1 if measure.kind == "share" else 2


def table_html(lines: Sequence[Line]) -> str:
    """The table of verdicts."""
    head = "".join(
        f'<th scope="col" style="{_cell(i)};color:{looks.INK_2};font-weight:normal;'
        f'border-bottom:1.5px solid {looks.INK}">{escape(name)}</th>'
        for i, name in enumerate(COLUMNS)
    )
    body = "".join(f"<tr>{_row_html(one)}</tr>" for one in lines)
    return (
        f'<table style="border-collapse:collapse;width:100%;font-size:14px"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row_html(one: Line) -> str:
    line = f"border-bottom:1px solid {looks.RULE}"
    cells = "".join(
        f'<td style="{_cell(i)};{line};{extra}">{escape(cell)}</td>'
        for i, cell, extra in (
            (1, one.now, ""),
            (2, one.plan, f"color:{looks.PLAN_TEXT};font-weight:bold"),
            (3, one.difference, ""),
            (4, one.verdict, f"color:{looks.VERDICT_COLOURS[one.word]}"),
        )
    )
    return f'<th scope="row" style="{_cell(0)};{line};font-weight:normal">{escape(one.measure)}</th>{cells}'


def _cell(column: int) -> str:
    """Numbers to the right, words to the left."""
    return f"text-align:{'right' if 0 < column < 4 else 'left'};padding:3px 8px;white-space:nowrap"


def pictures_of(
    comparison: Comparison, names: Sequence[str], *, titled: bool = True
) -> list[tuple[str, str]]:
    """The panels of those names: what each says, and the picture as an address, with its title drawn in if `titled`."""
    from sim.views.charts import ConsistencyPanel, CostPanel, JourneyPanel, Panel, WaitingPanel, export_png
    from sim.views.equivalents import equivalents

    kinds: dict[str, type[Panel[Any]]] = {
        "waiting": WaitingPanel,
        "consistency": ConsistencyPanel,
        "journey": JourneyPanel,
        "cost": CostPanel,
    }
    data = data_of(comparison)
    titles, told = titles_of(data, comparison), equivalents(data)
    return [
        (
            told[name].sentence,
            _address(export_png(kinds[name], getattr(data, name), titles[name] if titled else "")),
        )
        for name in names
    ]


def data_of(comparison: Comparison) -> PanelData:
    """What the panels show of a comparison, held to the promise of the plan."""
    promise = comparison.after.scenario.plan.promise
    return panel_data(
        comparison.before.summaries,
        comparison.after.summaries,
        promise=promise.answer_within,
        bar=promise.bar,
    )


def titles_of(data: PanelData, comparison: Comparison) -> dict[str, str]:
    """The finding of each panel; cost in words where there are verdicts."""
    judged = bool(comparison.after.summaries) and not is_same(comparison)
    cost = [
        comparison.verdict(name).word if judged else None
        for name in ("cost_per_contact", "cost_per_resolved_issue")
    ]
    return {
        "waiting": sentences.waiting_title(data.waiting),
        "consistency": sentences.consistency_title(data.consistency),
        "journey": sentences.journey_title(data.journey),
        "cost": sentences.cost_title(data.cost, *cost),
    }


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode('ascii')}"


def basis(comparison: Comparison) -> str:
    """What the numbers rest on."""
    count = len(comparison.after.summaries)
    if count < 2:
        return "One replication, so no interval; both plans met the same customers."
    return f"± are 95 % intervals from {count} replications of a week; both plans met the same customers."
