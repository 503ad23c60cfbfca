"""What came of a round: the board with its luck, and the forecasters' cup once predictions may be read."""

from html import escape

import ipywidgets as w

from sim.views.desk.seen import Seen
from sim.views.room.parts import column, row, tag, text
from sim.workshop.board import Board, Row, board, rule
from sim.workshop.forecast import Cup, cup
from sim.workshop.scoring import TIERS

MOVED = {"up": "▲ up", "down": "▼ down", "same": "", "new": ""}
HEADS = ("Place", "Team", "Points", "Luck band", "Plan")
NOT_YET = "Results show here once this round is computed."
LUCK = (
    "Luck band: 95 of 100 single weeks of the same plan lie in it. Within a business, places are told on the same "
    "customers; where luck cannot tell teams apart, they share places."
)


class Results:
    """The board and the cup of the round under way."""

    def __init__(self, boards: w.Dropdown) -> None:
        self.shown = text("", "kit-results")
        label = text(tag("span", "The room sees the board with"), "kit-help")
        self.widget: w.VBox = column(self.shown, row(label, boards, classes="kit-buttons kit-boards"))

    def show(self, seen: Seen) -> None:
        """Show what came, if it is known."""
        session = seen.session
        if session.state.now.result is None:
            self.shown.value = tag("p", NOT_YET, "kit-help")
            return
        found = board(session)
        parts = [tag("h3", found.headline), _board(found), tag("p", LUCK, "kit-help")]
        parts.append(tag("p", rule(session.workshop, session.round), "kit-help"))
        if seen.predictions:
            parts += [_cup(cup(session, session.round.id))]
        self.shown.value = "".join(parts)


def _board(found: Board) -> str:
    heads = "".join(tag("th", each) for each in HEADS)
    parts = [f"<tr>{heads}</tr>"]
    for tier in TIERS:
        rows = found.tier(tier)
        if rows:
            parts.append(
                f'<tr class="kit-tier"><th colspan="{len(HEADS)}">{escape(_tier(tier, len(rows)))}</th></tr>'
            )
            parts += [_row(each) for each in rows]
    return f'<table class="kit-board-table">{"".join(parts)}</table>'


def _tier(tier: str, teams: int) -> str:
    return f"{tier.capitalize()}: {teams} {'team' if teams == 1 else 'teams'}"


def _row(each: Row) -> str:
    plan = f"{each.plan} (carried over)" if each.carried else each.plan
    place = f"{each.place} {MOVED[each.movement]}".strip()
    cells = (place, each.name, f"{each.points:.0f}", f"{each.low:.0f} to {each.high:.0f}", plan)
    short = ("kit-short", "", "kit-short", "kit-short", "")
    shown = (tag("td", cell, *filter(None, (style,))) for cell, style in zip(cells, short, strict=True))
    return f"<tr>{''.join(shown)}</tr>"


def _cup(found: Cup) -> str:
    heads = "".join(tag("th", each) for each in ("Place", "Team", "Near", "Said", "Came"))
    rows = []
    for each in found.rows:
        place = str(each.first) if each.first == each.last else f"{each.first}–{each.last}"
        cells = (
            place,
            each.name,
            f"{100 * each.near:.0f} of 100",
            "; ".join(each.said),
            "; ".join(each.came),
        )
        rows.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    return (
        f'{tag("h3", found.headline)}<table class="kit-board-table"><tr>{heads}</tr>{"".join(rows)}</table>'
    )
