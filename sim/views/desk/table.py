"""Teams and their cards: one row a team, with its name, what it predicted, what it decided, and how it stands."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from sim.views.desk import words
from sim.views.desk.cells import NOT_IN, Cell, Menu
from sim.views.desk.seen import Do, Seen
from sim.views.room.parts import Safely, button, column, mark, row, tag, text
from sim.workshop import answers
from sim.workshop.session import Session
from sim.workshop.source import Ask, Lever, Round
from sim.workshop.standing import Standing, standings

Value = Cell | Menu
AS_TODAY = "as today"


class Table:
    """The table of teams. `late` says whether what comes late is accepted."""

    def __init__(self, do: Do, late: Callable[[], bool], safely: Safely) -> None:
        self._do, self._late, self._safely = do, late, safely
        self._rows: dict[int, TeamRow] = {}
        self._round = ""
        self.head, self.body = text("", "kit-table-head"), column(classes="kit-table-body")
        self.empty = text(
            tag(
                "p",
                "No team is in yet. Type a name below and press Enter; a team joins with every Enter.",
                "kit-help",
            ),
            "kit-gone",
        )
        self.widget: w.VBox = column(self.head, self.empty, self.body, classes="kit-table")

    @property
    def rows(self) -> Mapping[int, "TeamRow"]:
        """The rows by team number."""
        return self._rows

    def show(self, seen: Seen) -> None:
        """Show every team as the session has it."""
        where = seen.session.round
        if where.id != self._round:
            self._rows, self._round = {}, where.id
            self.head.value = _head(where)
        found = standings(seen.session)
        self._seat([each.team for each in found], where)
        for each in found:
            self._rows[each.team].show(seen, each)
        mark(self.empty, "kit-gone", bool(found))

    def forget(self) -> None:
        """Let go of everything refused."""
        for each in self._rows.values():
            each.forget()

    @property
    def refused(self) -> tuple[int, ...]:
        """The teams of whose boxes one holds something that was not taken."""
        return tuple(
            number for number, row_ in self._rows.items() if any(each.refused for each in row_.values)
        )

    def _seat(self, teams: list[int], where: Round) -> None:
        gone = [number for number in self._rows if number not in teams]
        for number in gone:
            del self._rows[number]
        for number in teams:
            if number not in self._rows:
                self._rows[number] = TeamRow(number, where, self._do, self._late, self._safely)
        children = tuple(self._rows[number].widget for number in teams)
        if self.body.children != children:
            self.body.children = children


class TeamRow:
    """One team's row; what it hands in is typed here from its cards."""

    def __init__(self, team: int, where: Round, do: Do, late: Callable[[], bool], safely: Safely) -> None:
        self.team, self._where, self._do, self._late = team, where, do, late
        self._open = False
        self.number = text(tag("span", f"{team}"), "kit-c-number")
        self.name = Cell(f"Name of team {team}", "kit-c-name", self._renamed, safely, blank=True)
        self.asks: dict[str, Value] = {ask.id: self._ask_cell(ask, safely) for ask in where.predictions}
        self.levers = {lever.path: self._lever_cell(lever, safely) for lever in where.movable}
        choices = [(choice.title, choice.id) for choice in where.choices]
        self.choice = Menu("Choice", choices, self._chosen, safely) if choices else None
        self.stands = text("", "kit-c-stands")
        self.remove = button("✕", "kit-c-remove", tooltip="Take this team out")
        self.remove.on_click(safely(self._removed))
        typed = [*self.asks.values(), *self.levers.values(), *filter(None, (self.choice,))]
        boxes = [_sized(cell) for cell in typed]
        self.widget: w.HBox = row(
            self.number, self.name.widget, *boxes, self.stands, self.remove, classes="kit-team"
        )

    @property
    def values(self) -> list[Value]:
        """All its boxes but the name's."""
        return [*self.asks.values(), *self.levers.values(), *filter(None, (self.choice,))]

    def show(self, seen: Seen, standing: Standing) -> None:
        """Show the team as the session has it."""
        self.name.show(standing.name)
        self.remove.tooltip = f"Take {standing.name} out"
        state, self._open = seen.session.state.now, seen.predictions
        for ask in self._where.predictions:
            made = state.predictions.get((self.team, ask.id))
            cell = self.asks[ask.id]
            cell.call(f"{standing.name}, prediction: {_asked(ask)}")
            cell.show(*_prediction(ask, made.value if made else None, seen))
        decided = state.decisions.get(self.team)
        for path, cell in self.levers.items():
            facts = next(lever.facts for lever in self._where.movable if lever.path == path)
            cell.call(f"{standing.name}, decision: {facts.title}")
            cell.show(
                _plain(seen.session.plan(_team(seen, self.team)).scenario.value(path)) if decided else "", ""
            )
        if self.choice:
            self.choice.call(f"{standing.name}, decision: {self._where.title}")
            self.choice.show((decided.choice or "") if decided else "", AS_TODAY if decided else NOT_IN)
        self.stands.value = stands(standing, seen)

    def forget(self) -> None:
        """Let go of everything refused."""
        for each in (self.name, *self.values):
            each.forget()

    def _ask_cell(self, ask: Ask, safely: Safely) -> Value:
        entered = partial(self._predicted, ask.id)
        if ask.kind == "choice":
            return Menu(ask.ask, [(option.title, option.id) for option in ask.options], entered, safely)
        return Cell(ask.ask, "kit-c-order" if ask.kind == "ranking" else "kit-c-value", entered, safely)

    def _lever_cell(self, lever: Lever, safely: Safely) -> Value:
        entered = partial(self._moved, lever.path)
        if lever.options:
            options = [(_plain(option), _plain(option)) for option in lever.options]
            return Menu(lever.facts.title, options, entered, safely)
        return Cell(lever.facts.title, "kit-c-value", entered, safely)

    def _removed(self, _button: w.Button) -> None:
        self._do(lambda session: session.remove_team(self.team))

    def _renamed(self, typed: str) -> bool:
        self._do(lambda session: session.rename_team(self.team, typed))
        return True  # a refused name is told, and the one that holds shown again

    def _predicted(self, ask: str, typed: str) -> bool:
        def predict(session: Session) -> str:
            said = session.predict(self.team, ask, typed, accept_late=self._late())
            return said if self._open else words.prediction_taken(session.team(self.team).name, said)

        return self._do(predict)

    def _moved(self, path: str, typed: str) -> bool:
        return self._do(lambda session: self._decide(session, {path: typed}, None))

    def _chosen(self, choice: str) -> bool:
        return self._do(lambda session: self._decide(session, {}, choice))

    def _decide(self, session: Session, changes: dict[str, Any], choice: str | None) -> str:
        made = session.state.now.decisions.get(self.team)
        taken = self._where.choice(choice or (made.choice if made else None) or "")
        own = set(taken.plan) if taken else set()
        kept = {path: value for path, value in made.changes.items() if path in self.levers} if made else {}
        wanted = {path: value for path, value in (kept | changes).items() if path not in own}
        typed = " ".join(str(value) for value in changes.values())
        return session.decide(
            self.team, wanted, choice=taken.id if taken else None, typed=typed, accept_late=self._late()
        )


def stands(standing: Standing, seen: Seen) -> str:
    """How a team stands: its prediction and its decision, each with a mark and words."""
    state = seen.session.state.now
    said = [state.predictions.get((standing.team, ask.id)) for ask in seen.session.round.predictions]
    there = [each for each in said if each]
    late = any(each.late for each in there)
    if standing.predicted:
        predicted = "◆ locked, late" if late else "● locked"
    else:
        predicted = f"◐ {len(there)} of {len(said)} locked" if there else "○ no prediction"
    made = state.decisions.get(standing.team)
    if made:
        decided = f"{'◆ late' if made.late else '● in'}: {standing.plan}"
    else:
        decided = f"↻ carried over: {standing.plan}" if _counts(seen) else "○ no decision"
    odd = tag("b", " ! odd", "kit-odd") if standing.odd and made else ""
    title = standing.odd or f"{standing.name}: {predicted}, {decided}"
    shown = f"{tag('span', predicted, 'kit-said-mark')} {tag('span', decided)}{odd}"
    return f'<span title="{escape(title)}">{shown}</span>'


def _counts(seen: Seen) -> bool:
    """Whether decisions are frozen, so that who handed in nothing is carried over."""
    return seen.session.state.phase not in ("brief", "predict", "decide")


def _prediction(ask: Ask, value: answers.Answer | None, seen: Seen) -> tuple[str, str]:
    """What a box of a prediction shows, and its hint."""
    if value is None:
        return "", "like 2 3 1" if ask.kind == "ranking" else (NOT_IN if ask.kind == "choice" else "")
    if not seen.predictions:
        return "", "● locked"
    if isinstance(value, tuple):
        return " ".join(str(value.index(option.id) + 1) for option in ask.options), ""
    return (value if isinstance(value, str) else f"{value:g}"), ""


def _asked(ask: Ask) -> str:
    """What a prediction asks, and for an order how its places are typed."""
    rows = ", ".join(option.title for option in ask.options)
    return f"{ask.ask} Type the places as on the card: of {rows}." if ask.kind == "ranking" else ask.ask


def _head(where: Round) -> str:
    cells = [("", "kit-c-number", ""), ("Team", "kit-c-name", "")]
    cells += [
        (
            f"Predicts {ask.unit or ask.id}",
            "kit-c-order" if ask.kind != "number" else "kit-c-value",
            _asked(ask),
        )
        for ask in where.predictions
    ]
    cells += [
        (f"Decides {_short(lever)}", "kit-c-choice" if lever.options else "kit-c-value", lever.facts.help)
        for lever in where.movable
    ]
    cells += [(f"Decides {where.title.lower()}", "kit-c-choice", where.brief)] if where.choices else []
    cells += [("How it stands", "kit-c-stands", ""), ("", "kit-c-remove", "")]
    return "".join(
        f'<div class="{style}" title="{escape(title)}">{tag("span", name)}</div>'
        for name, style, title in cells
    )


def _short(lever: Lever) -> str:
    facts = lever.facts
    return facts.unit if facts.unit and not facts.unit.startswith("share") else facts.title.lower()


def _sized(cell: Value) -> w.Widget:
    if isinstance(cell, Menu):
        cell.widget.add_class("kit-c-choice")
    return cell.widget


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _team(seen: Seen, number: int) -> Any:
    return seen.session.team(number)
