"""How the room stands: predictions in, how they lie once they may be read, how decisions spread, and who is odd."""

import ipywidgets as w

from sim.views.desk.seen import Seen
from sim.views.room.parts import column, tag, text
from sim.workshop.forecast import dots
from sim.workshop.session import Session
from sim.workshop.source import Ask
from sim.workshop.standing import spreads, standings

MOST_DOTS = 30


class Tally:
    """The room at a glance; no names but those of odd ones."""

    def __init__(self, open_hand: w.Checkbox) -> None:
        self.shown = text("", "kit-tally")
        self.widget: w.VBox = column(open_hand, self.shown)

    def show(self, seen: Seen) -> None:
        """Show the room as it stands."""
        parts = [_asked(seen, ask) for ask in seen.session.round.predictions]
        parts += [_spread(each.title, each.counts) for each in spreads(seen.session)]
        self.shown.value = "".join([*parts, _odd(seen.session)])


def _asked(seen: Seen, ask: Ask) -> str:
    session = seen.session
    teams = [team.number for team in session.state.teams]
    said = sum((team, ask.id) in session.state.now.predictions for team in teams)
    head = tag("h4", f"{said} of {len(teams)} locked: {ask.ask}")
    if not seen.predictions or not said:
        return head + tag("p", "What they predict shows here from the reveal on.", "kit-help")
    found = dots(session, session.round.id, ask)
    return head + _columns(found.columns)


def _spread(title: str, counts: tuple[tuple[str, int], ...]) -> str:
    there = [each for each in counts if each[1]]
    head = tag("h4", f"Decisions: {title.lower()}")
    return head + (_columns(tuple(there)) if there else tag("p", "None is in yet.", "kit-help"))


def _columns(counts: tuple[tuple[str, int], ...]) -> str:
    """Rows of dots with their number, which a screen reader reads as a table."""
    rows = "".join(
        f"<tr>{tag('th', label)}{tag('td', '●' * min(count, MOST_DOTS), 'kit-dots')}{tag('td', str(count))}</tr>"
        for label, count in counts
        if count
    )
    return f'<table class="kit-dot-table">{rows}</table>'


def _odd(session: Session) -> str:
    made = session.state.now.decisions
    odd = [each.odd for each in standings(session) if each.odd and each.team in made]
    return (
        "".join([tag("h4", "Odd, ask them"), *(tag("p", f"! {sentence}") for sentence in odd)]) if odd else ""
    )
