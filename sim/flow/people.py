"""The people and lines of one week, as SimPy objects: agents, teams, supervisors, contacts, and the clock's moments."""

import math
from collections import deque, namedtuple
from collections.abc import Callable, Generator
from heapq import heappop, heappush
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np
import simpy

from sim.flow.contract import (
    CHANCES,
    CONTACT,
    FRONT,
    ISSUE,
    NOBODY,
    PER_STEP,
    Fate,
    Operation,
    Outcome,
    Owed,
    Roster,
    Step,
    Team,
)
from sim.flow.fate import strands, write
from sim.flow.rules import NEVER, next_opening, tries_again_after
from sim.scenario.types import IssueType

Process = Generator[simpy.Event, Any, None]

# Their fields are the columns of the contract; mypy wants such tuples written out, which would say it twice.
_named_tuple: Any = namedtuple
Chances = _named_tuple("Chances", CHANCES.names)
Draws = _named_tuple("Draws", CONTACT.names)
BLANK = dict(zip(CONTACT.names or (), np.zeros(1, CONTACT)[0].item(), strict=True))
NO_ISSUE = np.zeros(1, ISSUE)[0].item()
DRAWS, ISSUE_COLUMNS = attrgetter(*(CONTACT.names or ())), attrgetter(*(ISSUE.names or ()))
"""The columns of a contact's fate and of an issue, in their order."""


class Moment(simpy.Event):
    """An event at a set time; events of one instant come in order of step and number, whoever set them."""

    def __init__(self, env: simpy.Environment, at: float, step: Step, number: int) -> None:
        self.env = env
        self.callbacks = []
        self._ok, self._value = True, None
        env.schedule(self, step * PER_STEP + number, at - env.now)  # type: ignore[arg-type]  # any int ranks


class Issue(SimpleNamespace):
    """What a customer needs: the columns of `ISSUE`; `kind` and `stranded` may change as it goes on."""

    def __init__(self, number: int, row: tuple[Any, ...]) -> None:
        super().__init__(number=number, **dict(zip(ISSUE.names or (), row, strict=True)))


class Fates:
    """Where the fate of a contact is looked up when it begins."""

    def __init__(self, fate: Fate) -> None:
        self.told, self.week = fate.told, fate.week.tolist()
        self.first_told = [] if fate.told is None else fate.told[:, 0].tolist()
        self.chances = [Chances._make(row) for row in fate.chances.tolist()]
        self.luck = fate.luck.tolist()
        self.profile = tuple(side.tolist() for side in fate.profile)
        self.most_contacts = fate.luck.shape[1] if fate.told is None else fate.told.shape[1]

    def of(self, issue: Issue, number: int) -> Any:
        """Contact `number` of an issue: the columns of `CONTACT`."""
        if self.told is not None:
            row = self.told[issue.number, number].item() if number else self.first_told[issue.number]
            return Draws._make(row)
        draws = SimpleNamespace(**BLANK)
        luck = self.luck[self.week[issue.number]][number]
        write(draws, self.chances[issue.kind], self.profile, luck, issue, number, issue.stranded)
        return draws


class Leg:
    """One team's part of a contact."""

    __slots__ = ("agent", "answered", "ended", "freed", "queued")

    def __init__(self) -> None:
        self.queued = self.answered = self.ended = self.freed = math.nan
        self.agent = NOBODY


NO_LEG = Leg()


class Contact:
    """One attempt to be helped, with its fate and its times."""

    __slots__ = (
        "arrived", "asked", "bot_ended", "closed", "contact", "decided", "decision", "draws", "first", "heard",
        "issue", "number", "outcome", "owed", "priority", "promised", "second", "supervisor",
    )  # fmt: skip

    def __init__(self, issue: Issue, contact: int, draws: Any, arrived: float) -> None:
        self.issue, self.number = issue, issue.number
        self.priority = FRONT if draws.first_in_line else issue.priority
        self.contact, self.draws, self.arrived = contact, draws, arrived
        self.owed: int = Owed.NOTHING
        self.bot_ended = self.asked = self.heard = self.decided = self.closed = math.nan
        self.first, self.second = Leg(), NO_LEG
        self.supervisor = NOBODY
        self.decision = 0
        self.outcome: int = Outcome.IN_PROGRESS
        self.promised: int = Outcome.IN_PROGRESS

    def close(self, outcome: int, at: float) -> None:
        """Write down how it ended."""
        self.outcome, self.closed = outcome, at


ROW = attrgetter(
    "number", "contact", "owed", "arrived", "bot_ended",
    *(f"first.{name}" for name in ("queued", "answered", "ended", "freed", "agent")),
    *(f"second.{name}" for name in ("queued", "answered", "ended", "freed", "agent")),
    "asked", "heard", "decided", "supervisor", "decision", "outcome", "closed",
)  # fmt: skip
"""The columns of the log, in its order."""


class Waiting:
    """Those in a line, by class and order of joining; leaving it early costs nothing."""

    def __init__(self) -> None:
        self._line: list[tuple[int, int, simpy.Event]] = []
        self._tickets = 0

    def join(self, rank: int, turn: simpy.Event) -> None:
        """Stand at the back of one's class."""
        self._tickets += 1
        heappush(self._line, (rank, self._tickets, turn))

    def next(self) -> simpy.Event | None:
        """Take out the first who still waits, or None."""
        while self._line:
            turn = heappop(self._line)[2]
            if not turn.triggered:
                return turn
        return None


class Agent:
    """A person who answers; at work while on duty or busy."""

    __slots__ = ("ability", "busy", "env", "limit", "number", "on_duty", "pace", "team")

    def __init__(
        self,
        env: simpy.Environment,
        team: "AgentTeam",
        number: int,
        pace: float,
        ability: float,
        limit: float,
    ) -> None:
        self.env, self.team, self.number = env, team, number
        self.pace, self.ability, self.limit = pace, ability, limit
        self.on_duty = self.busy = False

    def wrap_up(self, leg: Leg, minutes: float) -> None:
        """Finish the notes; the customer is gone."""
        leg.freed = self.env.now + minutes
        Moment(self.env, leg.freed, Step.AGENT_FREE, self.number).callbacks.append(self.free)

    def free(self, _: simpy.Event | None = None) -> None:
        """Take the next contact, wait for one, or go home."""
        self.busy = False
        self.team.seek_work(self)

    def start(self, _: simpy.Event) -> None:
        """Begin a shift, or come back from a break."""
        self.on_duty = True
        if not self.busy:
            self.team.seek_work(self)

    def stop(self, _: simpy.Event) -> None:
        """End a shift: at once when idle, after the contact in hand when busy."""
        self.on_duty = False
        if not self.busy:
            self.team.idle.remove(self)


class AgentTeam:
    """Agents who share one queue; the agent idle longest answers."""

    def __init__(self, centre: "Centre") -> None:
        self.centre = centre
        self.agents: list[Agent] = []
        self.idle: deque[Agent] = deque()
        self.waiting = Waiting()

    def seek_work(self, agent: Agent) -> None:
        """What an agent with free hands does next (tie rules T1 to T3)."""
        turn = self.waiting.next() if agent.on_duty or not self.centre.open else None
        if turn is not None:
            agent.busy = True
            turn.succeed(agent)
        elif agent.on_duty:
            self.idle.append(agent)

    def somebody_present(self) -> bool:
        """Whether anyone is on duty or still busy."""
        return any(agent.on_duty or agent.busy for agent in self.agents)

    def answer(self) -> Agent | None:
        """The agent idle longest, now busy, or None."""
        if not self.idle:
            return None
        agent = self.idle.popleft()
        agent.busy = True
        return agent

    def queue(self, contact: Contact, patience: float) -> simpy.Event:
        """Join the line; the event brings the agent, or None when patience ends or the line closes first."""
        env = self.centre.env
        turn = env.event()
        self.waiting.join(contact.priority, turn)
        if patience < math.inf:
            Moment(env, env.now + patience, Step.PATIENCE_ENDS, contact.number).callbacks.append(
                _leaves(turn)
            )
        return turn

    def turn_away_all(self) -> None:
        """Nobody is there to serve out the queue."""
        while (turn := self.waiting.next()) is not None:
            turn.succeed(Outcome.TURNED_AWAY)


def _leaves(turn: simpy.Event) -> Callable[[simpy.Event], None]:
    def leave(_: simpy.Event) -> None:
        if not turn.triggered:
            turn.succeed(Outcome.ABANDONED)

    return leave


class Supervisors:
    """Those who decide what agents may not: live holds first, call-backs when no hold waits."""

    def __init__(self, centre: "Centre", count: int) -> None:
        self.centre = centre
        self.count = count
        self.idle: deque[int] = deque(range(count))
        self.on_duty = False
        self.holds, self.call_backs = Waiting(), Waiting()
        self.live_holds = 0

    def queue(self, live: bool) -> simpy.Event:
        """Ask for a decision; the event brings the number of the supervisor who hears it."""
        turn = self.centre.env.event()
        if self.on_duty and self.idle:
            turn.succeed(self.idle.popleft())
        elif live:
            self.live_holds += 1
            self.holds.join(0, turn)
        else:
            self.call_backs.join(0, turn)
        return turn

    def free(self, supervisor: int) -> None:
        """Hear the next: holds at any hour, call-backs only on duty."""
        turn = self.holds.next()
        if turn is not None:
            self.live_holds -= 1
        elif self.on_duty:
            turn = self.call_backs.next()
        if turn is None:
            self.idle.append(supervisor)
        else:
            turn.succeed(supervisor)

    def start(self) -> None:
        """Supervisors work while the line is open."""
        self.on_duty = True
        for _ in range(len(self.idle)):
            self.free(self.idle.popleft())


class Centre:
    """The operation at work in one week."""

    def __init__(self, operation: Operation, fate: Fate) -> None:
        self.env = simpy.Environment()
        self.operation = operation
        self.fates = Fates(fate)
        self.open = False
        self.teams = [AgentTeam(self) for _ in Team]
        self.supervisors = Supervisors(self, operation.supervisors)
        self.contacts: list[Contact] = []
        self.carried: list[tuple[Any, ...]] = []
        self._employ()

    def begin(self, issue: Issue, number: int) -> Contact:
        """A contact arrives; what the bot will do to it marks the issue from now on."""
        contact = Contact(issue, number, self.fates.of(issue, number), self.env.now)
        issue.stranded = issue.stranded or strands(contact.draws.bot)
        issue.kind = IssueType.COMPLAINT if contact.draws.complains else issue.kind
        self.contacts.append(contact)
        return contact

    def tries_again(self, contact: Contact) -> float | None:
        """When the customer contacts us again this week; None when never, or when it is carried to a later one."""
        draws, number = contact.draws, contact.contact + 1
        after = tries_again_after(
            contact.outcome,
            (draws.stranded_again, draws.stranded_after),
            (draws.redials, draws.redial_after),
            (draws.returns, draws.return_after),
            draws.after_closing,
        )
        if after == NEVER or number >= min(self.operation.most_contacts, self.fates.most_contacts):
            return None
        due = next_opening(self.env.now + after, draws.lateness, self.operation.hours)
        if due == NEVER:
            self.carry(contact, number, Owed.NOTHING, self.env.now + after)
            return None
        return due

    def carry(self, contact: Contact, number: int, owed: int, due: float) -> None:
        """Leave an issue for a later week, to go on with this contact or with number `number`."""
        issue = contact.issue
        self.carried.append(
            (issue.number, number, owed, due, issue.kind, issue.stranded, contact.draws.lateness)
        )

    def _employ(self) -> None:
        for number, (team, pace, ability, limit) in enumerate(self.operation.agents.tolist()):
            members = self.teams[team]
            members.agents.append(Agent(self.env, members, number, pace, ability, limit))
        people = [agent for team in self.teams for agent in team.agents]
        people.sort(key=lambda agent: agent.number)
        for at, change, who in self.operation.roster.tolist():
            # Set at time zero and before anything else, so that in any instant the roster comes first.
            self.env.timeout(at).callbacks.append(self._change(change, people, who))

    def _change(self, change: int, people: list[Agent], who: int) -> Callable[[simpy.Event], None]:
        if change == Roster.SHIFT_STARTS:
            return people[who].start
        if change == Roster.SHIFT_ENDS:
            return people[who].stop
        return self._opens if change == Roster.LINE_OPENS else self._closes

    def _opens(self, _: simpy.Event) -> None:
        self.open = True
        self.supervisors.start()

    def _closes(self, _: simpy.Event) -> None:
        self.open = self.supervisors.on_duty = False
        for team in self.teams:
            if not team.somebody_present():
                team.turn_away_all()
