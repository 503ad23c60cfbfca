"""What every lever does in a year: all in one table, one at a time as a picture, and a page to choose from."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import ipywidgets as w

from sim.experiment.estimate import CONFIDENCE, Estimate
from sim.experiment.levers import Response, earns, stored_responses
from sim.scenario import BadInput, fields
from sim.scenario.words import nearest
from sim.season.catalogue import MEASURES
from sim.views import formats, looks
from sim.views.charts.panel import export_png
from sim.views.charts.responses import (
    ResponsesData,
    ResponsesPanel,
    difference_shown,
    judged,
    known,
    most,
    outcome_in_words,
    replications,
    responses_data,
    responses_equivalent,
    scaled,
    unit_shown,
    value_in_words,
    values_in_words,
)
from sim.views.sentences import with_verdicts
from sim.views.serving import under_voila
from sim.views.still import FAMILY

NO_RESPONSES = "No responses are stored yet; sim levers -o sim/experiment/levers.csv makes them."
COLUMNS = (
    "Lever", "Does most to", "Set to", "Change from today", "Verdict", "Cost of a year, dollars", "Earns its place",
)  # fmt: skip
LUCK = "nothing beyond luck"
SAME = "The same in a table."
NO_WORD = "No word: no difference that matters, or none that can be told."


# -------------------------------------------------------------------------------------------- what was stored


def read_responses(rows: Sequence[Mapping[str, str]]) -> list[Response]:
    """Responses as `save_responses` wrote them."""
    return [_response(row) for row in rows]


def _response(row: Mapping[str, str]) -> Response:
    size, width, sure = (float(row[name]) for name in ("difference", "half_width", "deviations"))
    found = Estimate(size, width, CONFIDENCE, int(row["replications"]))
    value = _value(row["path"], row["value"])
    return Response(row["lever"], row["path"], value, row["outcome"], found, sure)


def _value(path: str, text: str) -> Any:
    """A value as its field has it."""
    usual = fields()[path].default
    if isinstance(usual, bool):
        return text == "True"
    if isinstance(usual, tuple):
        return tuple(text.split("+"))
    return int(text) if isinstance(usual, int) else float(text)


def stored() -> list[Response]:
    """The stored responses; none where there is no such file."""
    try:
        return read_responses(stored_responses())
    except FileNotFoundError:
        return []


def by_lever(found: Sequence[Response]) -> dict[str, list[Response]]:
    """The responses to each lever by its title, in the order they were found."""
    levers: dict[str, list[Response]] = {}
    for each in found:
        levers.setdefault(each.lever, []).append(each)
    return levers


# ----------------------------------------------------------------------------------------------- all in a table


@dataclass(frozen=True)
class LeverRow:
    """One lever in words, column by column."""

    lever: str
    most: str
    value: str
    change: str
    verdict: str
    cost: str
    earns: str

    @property
    def cells(self) -> tuple[str, ...]:
        """All columns in order."""
        return self.lever, self.most, self.value, self.change, self.verdict, self.cost, self.earns


def lever_row(lever: str, found: Sequence[Response]) -> LeverRow:
    """What a lever does most to, what that costs, and whether it earns its place."""
    place = "yes" if earns(known(found)) else "no"
    best = most(found)
    if best is None:
        return LeverRow(lever, LUCK, "", "", "", "", place)
    measure = MEASURES[best.outcome]
    change = f"{difference_shown(measure, scaled(measure, best.difference))} {unit_shown(measure)}"
    words = outcome_in_words(best.outcome), value_in_words(best), change, judged(best)
    return LeverRow(lever, *words, _cost(best, found), place)


def _cost(best: Response, found: Sequence[Response]) -> str:
    """The change of a year's cost at the value at which a lever does most."""
    same = (each for each in found if each.outcome == "cost_12" and each.value == best.value)
    cost = next(same, None)
    if cost is None:
        return formats.NONE
    return f"{formats.signed(cost.difference.mean)} {formats.plus_minus(cost.difference)}".strip()


@dataclass(frozen=True)
class LeversTable:
    """Every lever in one table: what it does most to, what it costs, and whether it earns its place."""

    found: Sequence[Response] = field(default_factory=stored)

    @property
    def headline(self) -> str:
        """How many levers earn their place, and what that rests on."""
        levers = by_lever(self.found)
        if not levers:
            return NO_RESPONSES
        good = sum(earns(known(each)) for each in levers.values())
        return f"{good} of {len(levers)} levers earn their place; {replications(self.found)} of a year each"

    def rows(self) -> list[LeverRow]:
        """One row a lever."""
        return [lever_row(lever, each) for lever, each in by_lever(self.found).items()]

    def __repr__(self) -> str:
        return "\n".join([self.headline, *(" | ".join(row.cells) for row in self.rows())])

    def _repr_html_(self) -> str:
        if not self.found:
            return f"<p>{escape(NO_RESPONSES)}</p>"
        head = "".join(f'<th scope="col" style="{_STUCK}">{escape(name)}</th>' for name in COLUMNS)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in self.rows())
        table = f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return (
            f'<div style="font-family:{FAMILY};color:{looks.INK}"><p><b>{escape(self.headline)}</b></p>'
            f'<div tabindex="0" role="region" aria-label="Levers" style="max-height:{HEIGHT}px;overflow:auto">'
            f"{table}</div></div>"
        )


HEIGHT = 520
"""Css pixels of the table, which scrolls."""
_CELL = "text-align:left;vertical-align:top;padding:3px 10px 3px 0"
_VERDICT = COLUMNS.index("Verdict")
_STUCK = f"{_CELL};position:sticky;top:0;background:{looks.PAPER};color:{looks.INK}"


def _cells(row: LeverRow) -> str:
    first = f'<th scope="row" style="{_CELL};font-weight:normal">{escape(row.lever)}</th>'
    return first + "".join(
        f'<td style="{_CELL}{";white-space:nowrap" if at == _VERDICT else ""}">{with_verdicts(cell)}</td>'
        for at, cell in enumerate(row.cells[1:], start=1)
    )


# -------------------------------------------------------------------------------------------- one as a picture


@dataclass(frozen=True)
class LeverResponses:
    """What one lever does to every outcome: the finding, the picture, and the same in a table.

    `title`: of the lever; `found`: the responses to it, and maybe to others, the stored ones unless given.
    """

    title: str
    found: Sequence[Response] = field(default_factory=stored)

    @property
    def responses(self) -> list[Response]:
        """Those to this lever; raises BadInput for a title that is none."""
        levers = by_lever(self.found)
        if self.title not in levers:
            raise BadInput(f"{self.title}: no such lever; {nearest(self.title, levers)}.")
        return levers[self.title]

    @property
    def data(self) -> ResponsesData:
        """What is drawn."""
        return responses_data(self.title, self.responses)

    def png(self, scale: float = 2.0) -> bytes:
        """The picture with its title drawn in, as PNG bytes."""
        data = self.data
        return export_png(ResponsesPanel, data, data.headline, data.below, scale)

    def html(self) -> str:
        """The finding in words, the picture, and the table."""
        if not self.found:
            return f"<p>{escape(NO_RESPONSES)}</p>"
        data = self.data
        panel = ResponsesPanel()
        panel.update(data)
        source = f"data:image/png;base64,{b64encode(panel.png(2.0)).decode('ascii')}"
        caption = f"{SAME} {values_in_words(data)} {NO_WORD}"
        alt = f"{data.title}: change from today, outcome by outcome; the table says the same."
        return (
            f'<div style="max-width:920px;font-family:{FAMILY};color:{looks.INK}">'
            f'<div role="status"><h3 style="margin:0">{escape(data.headline)}</h3><p>{escape(data.below)}</p></div>'
            f'<img alt="{escape(alt)}" width="{ResponsesPanel.size[0]}" style="max-width:100%" src="{source}">'
            f"{replace(responses_equivalent(data), sentence=caption).html()}</div>"
        )

    def __repr__(self) -> str:
        return responses_equivalent(self.data).markdown() if self.found else NO_RESPONSES

    def _repr_html_(self) -> str:
        return self.html()


# --------------------------------------------------------------------------------------------- one to be chosen


def all_responses(found: Sequence[Response] | None = None) -> "ResponsesPage":
    """A list of levers, and below it the picture of the one that is chosen; the stored responses unless given."""
    return ResponsesPage(stored() if found is None else found)


class ResponsesPage:
    """A list to choose a lever from and its picture; show `widget`, or leave the page as the last line of a cell."""

    def __init__(self, found: Sequence[Response]) -> None:
        self._found = found
        titles = list(by_lever(found))
        self.choose = w.Dropdown(
            options=titles, description="Lever", disabled=not titles, layout=w.Layout(width="480px")
        )
        self.shown = w.HTML()
        self.widget = w.VBox([self.choose, self.shown])
        self.choose.observe(self._chosen, "value")
        self._chosen()

    @property
    def responses(self) -> LeverResponses:
        """What is shown."""
        return LeverResponses(self.choose.value or "", self._found)

    def still(self) -> LeverResponses | None:
        """What is shown, as a picture and a table that stay in a saved notebook; nothing on a page of its own."""
        return None if under_voila() else self.responses

    def _chosen(self, _: Any = None) -> None:
        self.shown.value = self.responses.html()

    def __repr__(self) -> str:
        return f"All levers. {self.responses.data.headline}." if self._found else NO_RESPONSES

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}
