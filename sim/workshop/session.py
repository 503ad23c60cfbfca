"""A session as a desk uses it: every command is one event in the file, and answers in one sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event as Stop
from threading import RLock
from types import TracebackType
from typing import Any, Self

from sim.exercise import numbers
from sim.experiment import Progress
from sim.scenario import BadInput, Scenario
from sim.workshop import answers, limits
from sim.workshop.event import Event, Kind
from sim.workshop.exhibits import lacking
from sim.workshop.names import team_name
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused
from sim.workshop.rounds import play
from sim.workshop.source import PHASES, Phase, Round, Workshop
from sim.workshop.state import COMPUTED, FROZEN, State, Team, fold, step, undoable
from sim.workshop.store import NAME, Store, now

MOST_TEAMS = 60
LONGEST_NOTE = 2000
PREDICT = PHASES.index("predict")
LATE_SHOWN = "late predictions are shown, but count nothing in the cup"
TOO_LATE = "too late; the outcome was shown. Undo that if it was a mistake."
JOINED_LATE = "joined after this round was computed"
NOT_KNOWN = "its decision is not known to this version; plays"
UNKNOWN = (BadInput, KeyError, TypeError, ValueError)
"""What a decision of another version comes to: levers or values that are not known here."""


@dataclass(frozen=True)
class Plan:
    """What a team plays in a round; `carried` when it handed in nothing that is known, and `why` then says so."""

    team: Team
    scenario: Scenario
    told: str
    carried: bool = False
    why: str = ""


class Session:
    """A workshop under way. Safe to call from several threads.

    Commands return one sentence for the status line, and raise BadInput with one sentence when they change nothing.
    `state` is the fold of `events`. `told` is what opening the file had to say, empty when all was well.
    """

    def __init__(self, workshop: Workshop, store: Store) -> None:
        self.workshop, self.store = workshop, store
        self._lock = RLock()
        self._state = fold(store.events)
        self.told = " ".join(filter(None, (store.told, lacking(workshop))))
        if not self._state.workshop:
            self._add(
                "opened", {"workshop": workshop.name, "round": workshop.rounds[0].id, "seed": workshop.seed}
            )
        elif self._state.workshop != workshop.name:
            raise BadInput(
                f"{store.path.name}: is a session of {self._state.workshop}, not of {workshop.name}; "
                "choose another folder."
            )
        elif self._state.round not in [each.id for each in workshop.rounds]:
            raise BadInput(
                f"{store.path.name}: is in round {self._state.round}, which {workshop.name} no longer has; "
                "choose another folder."
            )

    @classmethod
    def open(cls, folder: Path, workshop: Workshop, clock: Callable[[], str] = now) -> "Session":
        """Open the session in a folder, going on where it was left, or begin one; raises BadInput."""
        store = Store.open(Path(folder) / NAME, clock)
        try:
            return cls(workshop, store)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the file, so that another desk may open it."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --------------------------------------------------------------------------------------------- looking

    @property
    def state(self) -> State:
        """What it has come to."""
        with self._lock:
            return self._state

    @property
    def events(self) -> tuple[Event, ...]:
        """All that happened, what was undone included."""
        return self.store.events

    @property
    def round(self) -> Round:
        """The round under way, as the source has it."""
        return self.round_named(self.state.round)

    @property
    def round_number(self) -> int:
        """The number of the round under way, from 1."""
        return self.workshop.rounds.index(self.round) + 1

    def plans(self, round_: str | None = None) -> tuple[Plan, ...]:
        """What every team plays in a round, the one under way if none is named; who is missing is carried over."""
        return tuple(self.plan(team, round_) for team in self.state.teams)

    def plan(self, team: Team, round_: str | None = None) -> Plan:
        """What a team plays in a round: its decision, or its last one as far as this round allows, or today's plan."""
        state, where = self.state, self.round_named(round_ or self.state.round)
        made = state.of(where.id).decisions.get(team.number)
        if not made:
            result = state.of(where.id).result
            late = result is not None and result.of(team.number) is None
            carried = self._carried(state, where, team)
            return replace(carried, why=f"{team.name}: {JOINED_LATE}.") if late else carried
        try:
            told = limits.told(self.workshop, where, made.changes, made.choice)
            return Plan(team, self.workshop.plan(made.changes), told)
        except UNKNOWN:  # a decision of another version: the session goes on without it
            carried = self._carried(state, where, team)
            return replace(carried, why=f"{team.name}: {NOT_KNOWN} {carried.told}.")

    def _carried(self, state: State, where: Round, team: Team) -> Plan:
        before = self.workshop.rounds[: self.workshop.rounds.index(where)]
        for earlier in reversed(before):
            made = state.of(earlier.id).decisions.get(team.number)
            if made:
                kept = limits.allowed(self.workshop, where, made.changes, made.choice)
                if kept:
                    told = limits.told(self.workshop, where, kept, None)
                    why = f"{team.name}: nothing handed in; plays its plan of {earlier.called}, {told}."
                    return Plan(team, self.workshop.plan(kept), told, carried=True, why=why)
                break
        told = limits.told(self.workshop, where, {}, None)
        why = f"{team.name}: nothing handed in; plays today's plan."
        return Plan(team, self.workshop.today, told, carried=True, why=why)

    # ----------------------------------------------------------------------------------------------- teams

    def add_team(self, name: str) -> str:
        """Take in a team; raises Refused for a name that is empty, taken, or longer than 40 characters."""
        with self._lock:
            if len(self._state.teams) >= MOST_TEAMS:
                raise Refused("name", f"{MOST_TEAMS} teams are in; a session takes no more.")
            plain = team_name(name, [team.name for team in self._state.teams])
            number = self._state.ever + 1
            self._add("team_joined", {"team": number, "name": plain})
            return f"{plain}: is in, as team {number}."

    def rename_team(self, team: int, name: str) -> str:
        """Give a team another name; raises Refused."""
        with self._lock:
            old = self.team(team)
            plain = team_name(name, [each.name for each in self._state.teams if each.number != team])
            self._add("team_renamed", {"team": team, "name": plain})
            return f"{old.name}: is now called {plain}."

    def remove_team(self, team: int) -> str:
        """Take a team out; what it handed in stays in the file."""
        with self._lock:
            old = self.team(team)
            self._add("team_left", {"team": team})
            return f"{old.name}: is out; undo brings it back."

    # ---------------------------------------------------------------------------------------------- phases

    def next(self) -> str:
        """Go one step on: the next phase, the next stage of the reveal, or the next round."""
        with self._lock:
            state = self._state
            if state.phase == "reveal" and state.stage < len(self.round.reveal):
                return self._move(state.round, "reveal", state.stage + 1)
            if state.phase == "debrief":
                return self._next_round()
            return self.go(PHASES[PHASES.index(state.phase) + 1])

    def back(self) -> str:
        """Go one step back, to an earlier stage, phase or round; nothing that came in is lost."""
        with self._lock:
            state = self._state
            if state.phase == "reveal" and state.stage > 1:
                return self._move(state.round, "reveal", state.stage - 1)
            at = PHASES.index(state.phase)
            if at:
                last = len(self.round.reveal)
                return self._move(state.round, PHASES[at - 1], last if PHASES[at - 1] == "reveal" else 0)
            number = self.round_number
            if number == 1:
                raise Refused("not now", "This is where the workshop begins; there is nothing to go back to.")
            return self._move(self.workshop.rounds[number - 2].id, "debrief", 0)

    def go(self, phase: Phase, round_: str | None = None) -> str:
        """Go to a phase of a round, the one under way if none is named; raises Refused without a result to show."""
        with self._lock:
            where = self.round_named(round_ or self._state.round)
            if phase not in PHASES:
                raise Refused("not now", f"{phase}: is no phase; choose from {', '.join(PHASES)}.")
            if PHASES.index(phase) >= COMPUTED and self._state.of(where.id).result is None:
                raise Refused("not now", f"{where.called}: has no result yet; compute it first.")
            return self._move(where.id, phase, 1 if phase == "reveal" else 0)

    def _next_round(self) -> str:
        number = self.round_number
        if number == len(self.workshop.rounds):
            raise Refused("not now", "That was the last round; the debrief goes on as long as you like.")
        return self._move(self.workshop.rounds[number].id, "brief", 0)

    def _move(self, round_: str, phase: Phase, stage: int) -> str:
        self._add("moved", {"round": round_, "phase": phase, "stage": stage})
        where = self.round_named(round_)
        told = f"Round {self.workshop.rounds.index(where) + 1}, {where.called}: {phase}"
        return f"{told}, {where.reveal[stage - 1]} ({stage} of {len(where.reveal)})." if stage else f"{told}."

    # ----------------------------------------------------------------------------- predictions and decisions

    def predict(self, team: int, ask: str, typed: object, *, accept_late: bool = False) -> str:
        """Take a team's prediction for the round under way, as typed; a newer one replaces an older one.

        Raises:
            Refused: when it cannot be understood, or comes after the phase predict and the facilitator has not said
                that it is shown; in the cup a late one never counts.
        """
        with self._lock:
            who, question = self.team(team), self._ask(ask)
            value = answers.answer(question, typed)
            late = self._late(who, "prediction", PREDICT, accept_late)
            before = self._state.now.predictions.get((team, ask))
            self._add(
                "predicted",
                {
                    "round": self._state.round, "team": team, "ask": ask,
                    "value": value, "typed": numbers.shown(typed), "late": late,
                },
            )  # fmt: skip
            told = f"{who.name}: predicts {answers.told(question, value)}"
            said = _sentence(told, late, answers.told(question, before.value) if before else "")
            return f"{said[:-1]}; {LATE_SHOWN}." if late else said

    def decide(
        self,
        team: int,
        changes: Mapping[str, Any] | None = None,
        *,
        choice: str | None = None,
        via: str = "grid",
        typed: str = "",
        accept_late: bool = False,
    ) -> str:
        """Take a team's decision for the round under way; a newer one replaces an older one, and is told so.

        `changes` are lever values by path, as typed; `choice` is the id of one of the round's choices.

        Raises:
            Refused: when a lever is locked in this round or out of its limits, or when it comes after the phase decide
                and the facilitator has not said that it counts; after the outcome was shown it never counts.
        """
        with self._lock:
            who, where = self.team(team), self.round
            if self._state.now.shown:
                raise Refused("late", f"{who.name}: {TOO_LATE}")
            late = self._late(who, "decision", FROZEN - 1, accept_late)
            taken = limits.checked(self.workshop, where, changes or {}, choice)
            told = limits.told(self.workshop, where, taken, choice)
            old = self.plan(who).told if team in self._state.now.decisions else ""
            self._add(
                "decided",
                {
                    "round": where.id, "team": team, "changes": taken, "choice": choice,
                    "via": via, "typed": numbers.shown(typed) if typed else "", "late": late,
                },
            )  # fmt: skip
            return _sentence(f"{who.name}: {told}", late, old)

    def _late(self, who: Team, what: str, last: int, accept: bool) -> bool:
        """Whether it comes after its phase, or after the outcome was shown; raises Refused where it does not count."""
        at, shown = PHASES.index(self._state.phase), self._state.now.shown
        if at > COMPUTED:
            raise Refused("late", f"{who.name}: {TOO_LATE}")
        if (at > last or shown) and not accept:
            why = "the outcome was shown" if shown else f"the phase is {PHASES[at]}"
            cup = f" ({LATE_SHOWN})" if what == "prediction" else ""
            raise Refused("late", f"{who.name}: the {what} is late; {why}. Accept it{cup}, or leave it out.")
        return at > last or shown

    # --------------------------------------------------------------------------------------------- results

    def compute(
        self,
        progress: Callable[[Progress], None] | None = None,
        stop: Stop | None = None,
        workers: int | None = None,
    ) -> str:
        """Simulate all plans of the round on the same customers, and keep the official result.

        Raises:
            Refused: when decisions are not frozen, no team is in, it was stopped, or either changed meanwhile.
        """
        with self._lock:
            before, where = self._state, self.round
            if PHASES.index(before.phase) < FROZEN:
                raise Refused("not now", f"{where.called}: decisions are still open; freeze them first.")
            if not before.teams:
                raise Refused("not now", "No team is in; add one first.")
            plans = {plan.team.number: plan.scenario for plan in self.plans()}
        result = self._played(where, plans, progress, stop, workers)
        with self._lock:
            if self._state.round != where.id or {p.team.number: p.scenario for p in self.plans()} != plans:
                raise Refused(
                    "not now", "A team or a decision changed while it was computed; compute once more."
                )
            self._add("computed", {"round": where.id, "result": result.content})
        return (
            f"{where.called}: computed, {result.replications} weeks for each of {len(plans)} teams, "
            "on the same customers."
        )

    def _played(
        self,
        where: Round,
        plans: Mapping[int, Scenario],
        progress: Callable[[Progress], None] | None,
        stop: Stop | None,
        workers: int | None,
    ) -> RoundResult:
        choices = {choice.id: self.workshop.plan(choice.plan) for choice in where.choices}
        return play(
            plans,
            today=self.workshop.today,
            choices=choices,
            besides=self.workshop.besides(where),
            replications=self.workshop.replications,
            seed=self.workshop.seed,
            progress=progress,
            stop=stop,
            workers=workers,
        )

    # --------------------------------------------------------------------------------- undo, clock and notes

    def undo(self) -> str:
        """Take back the latest event that was not taken back yet; the file keeps both."""
        with self._lock:
            event = undoable(self.store.events)
            if event is None:
                raise Refused("not now", "There is nothing to undo.")
            self.store.append("undone", {"of": event.number})
            self._state = fold(self.store.events)
            return f"Undone: {event.kind.replace('_', ' ')}, event {event.number}."

    def start_clock(self) -> str:
        """Start the workshop's clock; raises Refused when it runs."""
        return self._clock("start", self.state.clock.started is None, "The clock has started.")

    def pause_clock(self) -> str:
        """Let the clock stand still; raises Refused when it does not run."""
        clock = self.state.clock
        return self._clock("pause", bool(clock.started) and not clock.paused, "The clock stands still.")

    def resume_clock(self) -> str:
        """Let the clock run on; raises Refused when it does not stand still."""
        return self._clock("resume", bool(self.state.clock.paused), "The clock runs on.")

    def give_minutes(self, minutes: float) -> str:
        """Put the clock back by some minutes, to give the room more time; raises Refused."""
        if not 0 < minutes <= 120:
            raise Refused("out of limits", f"{minutes:g} minutes: is outside 1 to 120; nearest 2.")
        with self._lock:
            if not self._state.clock.started:
                raise Refused("not now", "The clock has not started; start it first.")
            self._add("clock", {"do": "give", "minutes": float(minutes)})
            return f"{minutes:g} minutes more."

    def note(self, text: str) -> str:
        """Keep a note of what the room said."""
        plain = " ".join(text.encode("utf-8", "replace").decode().split())
        if not plain or len(plain) > LONGEST_NOTE:
            raise Refused(
                "not understood", f"The note has {len(plain)} characters; type 1 to {LONGEST_NOTE}."
            )
        with self._lock:
            self._add("noted", {"text": plain})
            return "The note is kept."

    def _clock(self, do: str, fits: bool, told: str) -> str:
        with self._lock:
            if not fits:
                raise Refused("not now", f"The clock cannot {do} now.")
            self._add("clock", {"do": do})
            return told

    # -------------------------------------------------------------------------------------------- in common

    def _add(self, kind: Kind, payload: Mapping[str, Any]) -> None:
        event = self.store.append(kind, payload)
        self._state = step(self._state, event)

    def team(self, number: int) -> Team:
        """The team of that number; raises Refused."""
        team = self._state.team(number)
        if team is None:
            known: Sequence[str] = [f"{each.number} {each.name}" for each in self._state.teams]
            raise Refused(
                "unknown team", f"Team {number}: is not in; in are {', '.join(known) or 'none yet'}."
            )
        return team

    def _ask(self, id_: str) -> Any:
        ask = self.round.ask(id_)
        if ask is None:
            known = ", ".join(each.id for each in self.round.predictions) or "none"
            raise Refused("not now", f"{id_}: is no prediction of {self.round.called}; there are {known}.")
        return ask

    def round_named(self, id_: str) -> Round:
        """The round of that id; raises Refused."""
        found = next((each for each in self.workshop.rounds if each.id == id_), None)
        if found is None:
            raise Refused("not now", f"{id_}: is no round of {self.workshop.title}.")
        return found


def _sentence(told: str, late: bool, replaced: str) -> str:
    return f"{told}{', late' if late else ''}{f'; replaces {replaced}' if replaced else ''}."
