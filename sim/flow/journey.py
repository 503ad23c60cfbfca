"""What happens to a contact, told as SimPy processes. Begin with `visit`.

Nothing is drawn here: luck and plan settled each contact's `draws` before the clock began; `fate` looks them up.
"""

import gc
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import simpy

from sim.flow.arrival import COUNT, Demand, bring, bring_from, count, room_for
from sim.flow.chances import met
from sim.flow.contract import (
    CARRIED,
    CONTACT,
    ISSUE,
    LOG,
    Bot,
    Clientele,
    Decision,
    Fate,
    Operation,
    Outcome,
    Owed,
    Played,
    Step,
    Table,
    Team,
)
from sim.flow.people import (
    DRAWS,
    ISSUE_COLUMNS,
    NO_ISSUE,
    ROW,
    Agent,
    Centre,
    Contact,
    Issue,
    Leg,
    Moment,
    Process,
)
from sim.flow.rules import decided_by, may_hold, patience_left, talk_time, verdict


def arrivals(centre: Centre, issues: Iterable[Issue]) -> Process:
    """Send every issue on its way when it first arrives; `issues` come in order of time."""
    for issue in issues:
        yield Moment(centre.env, issue.arrives, Step.ARRIVES, issue.number)
        centre.env.process(follow(centre, issue))


def follow(centre: Centre, issue: Issue) -> Process:
    """One issue: a visit (or a call-back owed since last week), and another each time the customer tries again."""
    contact = centre.begin(issue, issue.first_contact)
    yield from called_back(centre, contact) if issue.owed else visit(centre, contact)
    while (due := centre.tries_again(contact)) is not None:
        yield Moment(centre.env, due, Step.ARRIVES, issue.number)
        contact = centre.begin(issue, contact.contact + 1)
        yield from visit(centre, contact)


def visit(centre: Centre, contact: Contact) -> Process:
    """One contact: the chatbot, a queue, an agent, perhaps a specialist, perhaps a decision.

    1. Where the bot is offered, it settles the issue, leaves the customer stranded, or hands over.
    2. Wait for an agent of the team, and talk.
    3. In the wrong department, wait for a specialist and talk again; patience goes on, shortened.
    4. Settle the issue or not.
    """
    env, draws = centre.env, contact.draws
    if draws.bot != Bot.NONE:
        yield Moment(env, env.now + draws.bot_time, Step.BOT_ENDS, contact.number)
        contact.bot_ended = env.now
        if draws.bot != Bot.HANDS_OVER:
            contact.close(Outcome.CONTAINED if draws.bot == Bot.SETTLES else Outcome.STRANDED, at=env.now)
            return

    leg = contact.first
    agent = yield from talk(centre, contact, leg, draws.team, draws.patience, draws.talk, draws.story)
    if agent and draws.transfer:
        leg.ended = env.now
        agent.wrap_up(leg, draws.wrap_up)
        patience = patience_left(
            draws.patience, leg.answered - leg.queued, centre.operation.patience_after_transfer
        )
        leg = contact.second = Leg()
        agent = yield from talk(centre, contact, leg, Team.SPECIALISTS, patience, draws.talk_2, draws.story_2)
    if agent:
        yield from settle(centre, contact, leg, agent)


def talk(
    centre: Centre, contact: Contact, leg: Leg, to: int, patience: float, talk: float, story: float
) -> Generator[simpy.Event, Any, Agent | None]:
    """Queue for a team and talk to the agent idle longest. Returns the agent, or None if it came to no talk."""
    env, team = centre.env, centre.teams[to]
    leg.queued = env.now
    if not centre.open and not team.somebody_present():
        contact.close(Outcome.TURNED_AWAY, at=env.now)
        return None
    agent = team.answer() or (yield team.queue(contact, patience))
    if not isinstance(agent, Agent):
        contact.close(agent, at=env.now)
        return None
    leg.agent, leg.answered = agent.number, env.now
    yield Moment(env, env.now + talk_time(talk, agent.pace, story), Step.TALK_ENDS, contact.number)
    return agent


def settle(centre: Centre, contact: Contact, leg: Leg, agent: Agent) -> Process:
    """End the talk: decide an exception where one is needed, by the agent, on hold, or by calling back."""
    env, draws, needs = centre.env, contact.draws, contact.issue.needs
    last = contact.second is leg
    hurdle, wrap_up = (draws.hurdle_2, draws.wrap_up_2) if last else (draws.hurdle, draws.wrap_up)
    bosses = centre.supervisors
    contact.decision = decided_by(
        needs,
        agent.limit,
        may_hold(
            bosses.on_duty * bosses.count, len(bosses.idle), bosses.live_holds, centre.operation.hold_limit
        ),
    )
    allowed = draws.granted if contact.decision == Decision.BY_AGENT else draws.approved
    outcome = verdict(allowed or not needs, hurdle, agent.ability)

    if contact.decision == Decision.ON_HOLD:
        yield from ask(centre, contact, True, draws.approval)
    leg.ended = env.now
    agent.wrap_up(leg, wrap_up)
    if contact.decision == Decision.BY_CALL_BACK:
        contact.promised = outcome
        yield from ask(centre, contact, False, draws.call_back)
    contact.close(outcome, at=env.now)


def ask(centre: Centre, contact: Contact, live: bool, minutes: float) -> Process:
    """Wait for a supervisor, who then decides."""
    env, bosses = centre.env, centre.supervisors
    contact.asked = env.now
    contact.supervisor = yield bosses.queue(live)
    contact.heard = env.now
    yield Moment(env, env.now + minutes, Step.DECIDES, contact.number)
    contact.decided = env.now
    bosses.free(contact.supervisor)


def called_back(centre: Centre, contact: Contact) -> Process:
    """A call-back left over from last week only waits for its decision."""
    contact.owed, contact.decision = contact.issue.owed, Decision.BY_CALL_BACK
    contact.promised = Outcome.RESOLVED if contact.owed == Owed.WILL_SETTLE else Outcome.UNRESOLVED
    yield from ask(centre, contact, False, contact.draws.call_back)
    contact.close(contact.promised, at=centre.env.now)


# ---------------------------------------------------------------------------------------------- a whole week


def newcomers(demand: Demand, expected: float, week: int) -> Table:
    """The new issues of a week, in order of their luck, where so many are expected."""
    plain = Demand._make(part.tolist() if isinstance(part, np.ndarray) else part for part in demand)
    issues = [Issue(0, NO_ISSUE) for _ in range(count(expected, plain.luck[COUNT]))]
    bring(issues, plain, week)
    return np.array([ISSUE_COLUMNS(issue) for issue in issues], ISSUE)


def issues_of(demand: Demand, clientele: Clientele, week: int) -> Table:
    """The new issues of a clientele in a week, in order of their luck."""
    plain = Demand._make(part.tolist() if isinstance(part, np.ndarray) else part for part in demand)
    issues = [Issue(0, NO_ISSUE) for _ in range(room_for(clientele))]
    who = clientele.issues.tolist(), clientele.core.tolist(), clientele.difficult.tolist()
    came = bring_from(issues, plain, *who, clientele.most, week)
    return np.array([ISSUE_COLUMNS(issue) for issue in issues[:came]], ISSUE)


def run(concrete: Operation, fates: Fate) -> Played:
    """The journey in SimPy."""
    centre = Centre(concrete, fates)
    order = np.argsort(fates.issues["arrives"], kind="stable").tolist()
    rows = fates.issues.tolist()
    centre.env.process(arrivals(centre, [Issue(number, rows[number]) for number in order]))
    with without_collector():
        centre.env.run()
    for contact in centre.contacts:
        if contact.outcome == Outcome.IN_PROGRESS:
            centre.carry(contact, contact.contact, _owed(contact), 0.0)
    log = np.array([ROW(contact) for contact in centre.contacts], LOG)
    if fates.told is None:
        draws = np.array([DRAWS(contact.draws) for contact in centre.contacts], CONTACT)
    else:
        draws = met(fates.told, log)
    return Played(log, draws, np.array(sorted(centre.carried), CARRIED))


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing in a week is garbage before its end; looking for it costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _owed(contact: Contact) -> int:
    return Owed.WILL_SETTLE if contact.promised == Outcome.RESOLVED else Owed.WILL_NOT
