"""What a debrief looks at: the moment it broke, one average with two outcomes, and one lever swapped."""

from collections.abc import Callable
from threading import Event

import ipywidgets as w

from sim.scenario import BadInput, fields
from sim.views.desk.jobs import Tell, Work
from sim.views.desk.seen import Seen
from sim.views.room.parts import Safely, button, column, row, tag, text
from sim.workshop import debrief
from sim.workshop.session import Session

NOT_YET = "The debrief's facts show here once this round is computed."
SAME = "These two plans are the same; choose two teams that decided differently."


def menu(name: str) -> w.Dropdown:
    """A list to choose from, known to screen readers by `name`."""
    made = w.Dropdown(description=name, layout=w.Layout(margin="0", width="auto"))
    made.add_class("kit-menu-box")
    return made


class Debrief:
    """Facts for the debrief of the round under way; `start` begins a swap, `project` shows it to the room."""

    def __init__(
        self, start: Callable[[str, Work], None], project: Callable[[debrief.Swap], None], safely: Safely
    ) -> None:
        self._start, self._project = start, project
        self._seen: Seen | None = None
        self.facts, self.swapped = text("", "kit-facts"), text("", "kit-swapped")
        self.one, self.other, self.lever = menu("Team"), menu("with a lever of team"), menu("Lever")
        self.swap = button("Try it")
        for each in (self.one, self.other):
            each.observe(safely(lambda _change: self._levers()), "value")
        self.swap.on_click(safely(lambda _button: self._swap()))
        picker = column(
            text(tag("h4", "What if one team had had another's lever?")),
            row(
                self.one,
                text(tag("span", "with")),
                self.other,
                text(tag("span", "’s")),
                classes="kit-buttons",
            ),
            row(self.lever, self.swap, classes="kit-buttons"),
            self.swapped,
            classes="kit-swap",
        )
        self.picker = picker
        self.widget: w.VBox = column(self.facts, picker)

    def show(self, seen: Seen) -> None:
        """Show what the round's result tells."""
        self._seen = seen
        known = seen.session.state.now.result is not None
        self.facts.value = _facts(seen.session) if known else tag("p", NOT_YET, "kit-help")
        self.picker.layout.display = None if known else "none"
        self._offer([(team.name, team.number) for team in seen.session.state.teams])
        self._levers()

    def _offer(self, teams: list[tuple[str, int]]) -> None:
        """Offer these teams, leaving those chosen as they are while they are two."""
        if list(self.one.options) == teams:
            return
        numbers = [number for _, number in teams]
        one, other = self.one.value, self.other.value
        self.one.options = self.other.options = teams
        if one not in numbers or other not in numbers or one == other:
            one, other = (*numbers[:2], *numbers[:1], None, None)[:2]
        self.one.value, self.other.value = one, other

    def tell(self, sentence: str) -> None:
        """Show what a swap came to."""
        self.swapped.value = tag("p", sentence)

    def _levers(self) -> None:
        if self._seen is None or self.one.value is None or self.other.value is None:
            return
        paths = debrief.levers_between(self._seen.session, self.one.value, self.other.value)
        options = [(fields()[path].title, path) for path in paths]
        if list(self.lever.options) != options:
            self.lever.options = options
            self.lever.value = options[0][1] if options else None
        self.lever.disabled = self.swap.disabled = not options

    def _swap(self) -> None:
        if self._seen is None or not self.lever.value:
            raise BadInput(SAME)
        session, one, other, lever = self._seen.session, self.one.value, self.other.value, self.lever.value

        def swap(tell: Tell, stop: Event) -> str:
            found = debrief.swap(session, one, other, lever, progress=tell, stop=stop)
            self.tell(found.sentence)
            self._project(found)
            return found.sentence

        self._start("Swapping", swap)


def _facts(session: Session) -> str:
    parts = [tag("h4", "The moment it broke")]
    parts += [tag("p", sentence) for sentence in _moments(session)]
    pair = debrief.same_average(session, session.round.id)
    parts += [
        tag("h4", "The same average"),
        tag("p", pair.sentence if pair else "No two teams show it in this round."),
    ]
    return "".join(parts)


def _moments(session: Session) -> list[str]:
    """One sentence for each plan that broke, by the first team that has it; else the one that came nearest."""
    result, found, plans = session.state.now.result, [], set()
    for team in session.state.teams:
        at = result.plan_of.get(team.number) if result else None
        if at is None or at in plans:
            continue
        plans.add(at)
        try:
            found.append(debrief.moment_it_broke(session, session.round.id, team.number))
        except BadInput:
            continue  # nobody queued
    broke = [each.sentence for each in found if each.broke]
    longest = sorted(found, key=lambda each: -each.wait)[:1]
    return broke or [each.sentence for each in longest] or ["Nobody had to queue, so nothing broke."]
