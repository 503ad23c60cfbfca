"""A comparison that stands still: the verdicts in a table, the panels as pictures; in a notebook, or on a page of A4."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
NOT_IN_THE_MODEL = (
    "E-mail, and chat with a person.",
    "Holidays and new products.",
    "Months: customers and agents who leave, learn or change their minds.",
)
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
            for alt, source in _pictures(self.comparison, ("waiting", "consistency", "journey", "cost"))
        )
        return (
            f'<div style="max-width:920px;font-family:{FAMILY};color:{looks.INK}">'
            f'<h3 style="margin:0">{escape(self.headline)}</h3><p>{below}<br>{escape(basis(self.comparison))}</p>{table_html(self.lines())}'
            f"{pictures}</div>"
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
        f"{measure.title}, {UNITS[measure.kind]}".rstrip(", "),
        formats.number(scale * found.now.mean, places),
        formats.number(scale * found.plan.mean, places),
        f"{formats.signed(scale * found.difference.mean, places)} "
        f"{formats.plus_minus(found.difference, scale, places)}".strip(),
        found.word,
    )


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
    return f"text-align:{'right' if 0 < column < 4 else 'left'};padding:5px 8px;white-space:nowrap"


def _pictures(comparison: Comparison, names: Sequence[str]) -> list[tuple[str, str]]:
    """The panels of those names: what each says, and the picture with its title drawn in, as an address."""
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
            _address(export_png(kinds[name], getattr(data, name), titles[name])),
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


# --------------------------------------------------------------------------------------------- report

PAGE_STYLE = f"""
@page {{ size: A4; margin: 0; }}
body {{ margin: 0 auto; width: 794px; box-sizing: border-box; padding: 44px 52px; font: 13px/1.35 {FAMILY};
  color: {looks.INK}; background: {looks.PAPER}; }}
header, footer {{ display: flex; justify-content: space-between; color: {looks.INK_2}; }}
header {{ border-bottom: 2px solid {looks.INK}; padding-bottom: 8px; }}
footer {{ border-top: 1px solid {looks.INK}; padding-top: 8px; margin-top: 20px; }}
h1 {{ font-size: 24px; line-height: 1.2; margin: 12px 0 4px; }}
h2 {{ font-size: 14px; margin: 14px 0 4px; }}
ul {{ margin: 0; padding-left: 16px; }}
p {{ margin: 4px 0 12px; color: {looks.INK_2}; }}
main {{ display: flex; gap: 24px; margin-top: 12px; }}
main img {{ width: 432px; display: block; margin-bottom: 16px; }}
"""


def report_html(comparison: Comparison, plan_in_words: str, demand: str, seed: int) -> str:
    """A comparison on one page of A4, complete in one file: finding, verdicts, two pictures, and what is left out."""
    still = Still(comparison)
    before, after = comparison.before, comparison.after
    pictures = "".join(
        f'<img alt="{escape(alt)}" src="{source}">'
        for alt, source in _pictures(comparison, ("consistency", "cost"))
    )
    day = datetime.now().astimezone().date()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(still.headline)}</title>'
        f"<style>{PAGE_STYLE}</style></head><body>"
        f"<header><span>{escape(before.scenario.title)}</span>"
        f"<span>plan: {escape(after.scenario.title)}, {day.day} {day:%B %Y}</span></header>"
        f"<h1>{escape(still.headline)}</h1><p>{escape(plan_in_words)}</p>{table_html(still.lines())}"
        f"<p>{escape(basis(comparison))}</p>"
        f"<main><div>{pictures}</div><aside>{_aside(comparison, demand)}</aside></main>"
        f"<footer><span>seed {seed}, {len(after.summaries)} replications</span>"
        "<span>Meet the Bar</span></footer></body></html>"
    )


def basis(comparison: Comparison) -> str:
    """What the numbers rest on."""
    count = len(comparison.after.summaries)
    if count < 2:
        return "One replication, so no interval; both plans met the same customers."
    return f"± are 95 % intervals from {count} replications of a week; both plans met the same customers."


def _aside(comparison: Comparison, demand: str) -> str:
    """What was promised and met, what is still open, and what the model leaves out."""
    promise = comparison.after.scenario.plan.promise
    within = formats.short(promise.answer_within)
    kept = [
        f"Every contact answered within {within} minutes.",
        f"Settled in {promise.contacts} contacts, decided within {formats.short(promise.decision_within)} open minutes.",
        *(["The story told once."] if promise.story_once else []),
        f"The bar: {formats.of_hundred(promise.bar)} of 100 issues on a day.",
    ]
    settle = [
        f"{MEASURES[name].title}: run about {one.more} more replications."
        for name in ROWS
        if (one := sentences.finding(comparison, name)).word == sentences.CANNOT_TELL and one.more
    ]
    parts = [("The promise", kept), ("Demand", [demand]), ("Not in this model", NOT_IN_THE_MODEL)]
    parts += [("To settle what is open", settle)] if settle else []
    return "".join(f"<h2>{title}</h2>{_list(lines)}" for title, lines in parts)


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
