"""What came of a round: the board with its luck, and the forecasters' cup once predictions may be read."""

from html import escape

from sim.views.desk.seen import Seen
from sim.views.room.parts import tag, text
from sim.workshop.board import Board, Row, board, rule
from sim.workshop.forecast import Cup, cup

MOVED = {"up": "▲ up", "down": "▼ down", "same": "= same", "new": ""}
NOT_YET = "Results show here once this round is computed."
LUCK = (
    "Luck band: 95 of 100 single weeks of the same plan lie in it. Places are told on the same customers; where luck "
    "cannot tell teams apart, they share places."
)


class Results:
    """The board and the cup of the round under way."""

    def __init__(self) -> None:
        self.widget = text("", "kit-results")

    def show(self, seen: Seen) -> None:
        """Show what came, if it is known."""
        session = seen.session
        if session.state.now.result is None:
            self.widget.value = tag("p", NOT_YET, "kit-help")
            return
        found = board(session)
        parts = [tag("h3", found.headline), _board(found), tag("p", LUCK, "kit-help")]
        parts.append(tag("p", rule(session.workshop, session.round), "kit-help"))
        if seen.predictions:
            parts += [_cup(cup(session, session.round.id))]
        self.widget.value = "".join(parts)


def _board(found: Board) -> str:
    heads = "".join(tag("th", each) for each in ("Place", "Team", "Points", "Luck band", "Business", "Plan"))
    rows, tier = [], ""
    for each in found.rows:
        rows.append(_row(each, new=each.tier != tier))
        tier = each.tier
    return f'<table class="kit-board-table"><tr>{heads}</tr>{"".join(rows)}</table>'


def _row(each: Row, *, new: bool) -> str:
    moved = f" {MOVED[each.movement]}" if MOVED[each.movement] else ""
    plan = f"{each.plan} (carried over)" if each.carried else each.plan
    cells = (
        f"{each.place}{moved}", each.name, f"{each.points:.0f}", f"{each.low:.0f} to {each.high:.0f}", each.tier, plan,
    )  # fmt: skip
    return f"<tr{' class=kit-tier' if new else ''}>{''.join(tag('td', cell) for cell in cells)}</tr>"


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
