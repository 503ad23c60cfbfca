"""The journey of `journey`, compiled: the same steps under the same names, over the same fate and the same rules.

Where SimPy's processes wait, this file is told of the event: a contact that arrives, a bot's session, a talk or a
decision that ends, an agent who is free, patience that ends. The two logs are equal bit for bit.
"""

import math
from threading import Event, Lock

import numpy as np

from sim.flow import arrival, rules
from sim.flow.arrival import Demand
from sim.flow.chances import met, told
from sim.flow.compiled_people import (
    NUMBER,
    World,
    answer,
    before,
    begin,
    carry,
    close,
    code_folder,
    first_event,
    first_of,
    forget,
    join,
    kept_in,
    larger,
    leave,
    moment,
    next_waiting,
    njit,
    queue,
    somebody_present,
    step,
    stop,
    typeof,
    world,
    wrap_up,
)
from sim.flow.contract import (
    AGENT,
    CONTACT,
    ISSUE,
    NOBODY,
    PER_STEP,
    ROSTER,
    SHIFT,
    WINDOW,
    Bot,
    Clientele,
    Decision,
    Fate,
    Operation,
    Outcome,
    Owed,
    Played,
    Roster,
    Step,
    Table,
    Team,
)

TEAMS = len(Team)
NOBODY_WORKS = Operation(
    hours=np.zeros(0, WINDOW),
    agents=np.zeros(0, AGENT),
    roster=np.zeros(0, ROSTER),
    on_duty=np.zeros(0, SHIFT),
    supervisors=0,
    paid_minutes=(0.0, 0.0, 0.0),
    supervisor_minutes=0.0,
    hold_limit=0,
    patience_after_transfer=1.0,
    most_contacts=1,
)
NOTHING_HAPPENS = told(np.zeros(0, ISSUE), np.zeros((0, 1), CONTACT))
NO_DEMAND = Demand(
    *(np.zeros(0),) * 3,
    *(np.zeros((0, 0)),) * 2,
    np.zeros(0),
    0.0,
    0.0,
    False,
    0.0,
    0.0,
    0.0,
    np.zeros(0, np.uint64),
)
NO_ISSUES = np.zeros(0, ISSUE).view(np.recarray)
NO_CLIENTELE = Clientele(np.zeros(0), np.zeros(0, bool), np.zeros(0, bool), 1.0)
STEP_BITS = PER_STEP.bit_length() - 1
STEP_ARRIVES = Step.ARRIVES * PER_STEP


def run(concrete: Operation, fates: Fate, room: int = 64) -> Played:
    """The journey, compiled; `room`: contacts beyond the usual that there is room for at first."""
    w = clock(concrete, fates, room)
    for table in (w.log,) if fates.told is not None else (w.log, w.draws):
        table.resize(w.state[0]["rows"], refcheck=False)  # gives back what was not needed, and copies nothing
    draws = w.draws if fates.told is None else met(fates.told, w.log)
    carried = w.carried[: w.state[0]["carried"]]
    return Played(w.log, draws, carried.take(np.argsort(carried["issue"])))


def clock(concrete: Operation, fates: Fate, room: int = 64) -> World:
    """The week after its last event."""
    get_ready()
    w = world(concrete, fates, room)
    while not play(w):
        w = larger(w)
    return w


def is_kept() -> bool:
    """Whether the machine code of these sources lies on disk."""
    return any(CODE.rglob("*.nbc"))


def is_ready() -> bool:
    """Whether the machine code is loaded."""
    return _is_ready.is_set()


def get_ready() -> None:
    """Load the machine code, or make it: once, for the one kind of tables there is."""
    if not is_ready():
        with GETTING_READY:
            if not is_ready():
                for kernel, given in (
                    (play, (world(NOBODY_WORKS, NOTHING_HAPPENS, 1),)),
                    (count, (0.0, np.uint64(0))),
                    (bring, (NO_ISSUES, NO_DEMAND, 0)),
                    (bring_from, (NO_ISSUES, NO_DEMAND, *NO_CLIENTELE, 0)),
                ):
                    kernel.compile(tuple(map(typeof, given)))
                    kernel.disable_compile()
                _is_ready.set()


def newcomers(demand: Demand, expected: float, week: int) -> Table:
    """The new issues of a week, in order of their luck, where so many are expected."""
    get_ready()
    issues = np.zeros(count(expected, demand.luck[arrival.COUNT]), ISSUE)
    bring(issues.view(np.recarray), demand, week)
    return issues


def issues_of(demand: Demand, clientele: Clientele, week: int) -> Table:
    """The new issues of a clientele in a week, in order of their luck."""
    get_ready()
    issues = np.zeros(arrival.room_for(clientele), ISSUE)
    came = bring_from(issues.view(np.recarray), demand, *clientele, week)
    return issues[:came]


# ------------------------------------------------------------------------------------------------ a contact


@step
def visit(w: World, who: int) -> None:
    """One contact begins: the chatbot, or a queue."""
    draws = w.draws[w.visits[who].draws]
    if draws.bot != Bot.NONE:
        moment(w, w.state[0].now + draws.bot_time, Step.BOT_ENDS, who)
    else:
        talk(w, who)


@step
def bot_ends(w: World, who: int) -> None:
    """The bot settles the issue, leaves the customer stranded, or hands over."""
    draws = w.draws[w.visits[who].draws]
    w.log[w.visits[who].row].bot_ended = w.state[0].now
    if draws.bot == Bot.HANDS_OVER:
        talk(w, who)
    else:
        close(w, who, Outcome.CONTAINED if draws.bot == Bot.SETTLES else Outcome.STRANDED)


@step
def talk(w: World, who: int) -> None:
    """Queue for a team and talk to the agent idle longest."""
    s, visit = w.state[0], w.visits[who]
    row = w.log[visit.row]
    if visit.second:
        row.queued_2 = s.now
    else:
        row.queued = s.now
    if not s.open and not somebody_present(w, visit.team):
        close(w, who, Outcome.TURNED_AWAY)
        return
    agent = answer(w, visit.team)
    if agent == NOBODY:
        queue(w, who)
    else:
        talk_begins(w, who, agent)


@step
def talk_begins(w: World, who: int, agent: int) -> None:
    """The agent answers."""
    s, row = w.state[0], w.log[w.visits[who].row]
    draws = w.draws[w.visits[who].draws]
    w.visits[who].agent = agent
    if w.visits[who].second:
        row.agent_2, row.answered_2 = agent, s.now
        minutes = rules.talk_time(draws.talk_2, w.agents[agent].pace, draws.story_2)
    else:
        row.agent, row.answered = agent, s.now
        minutes = rules.talk_time(draws.talk, w.agents[agent].pace, draws.story)
    moment(w, s.now + minutes, Step.TALK_ENDS, who)


@step
def talk_ends(w: World, who: int) -> None:
    """Pass the contact on to a specialist, or settle it."""
    visit = w.visits[who]
    draws = w.draws[visit.draws]
    if visit.second or not draws.transfer:
        settle(w, who)
        return
    row = w.log[visit.row]
    leg_ends(w, who)
    visit.patience = rules.patience_left(draws.patience, row.answered - row.queued, w.state[0].after_transfer)
    visit.second, visit.team = True, Team.SPECIALISTS
    talk(w, who)


@step
def leg_ends(w: World, who: int) -> None:
    """The customer is gone from this agent, who goes on to the notes."""
    s, visit = w.state[0], w.visits[who]
    draws, row = w.draws[visit.draws], w.log[visit.row]
    if visit.second:
        row.ended_2 = s.now
        row.freed_2 = wrap_up(w, visit.agent, draws.wrap_up_2)
    else:
        row.ended = s.now
        row.freed = wrap_up(w, visit.agent, draws.wrap_up)


@step
def settle(w: World, who: int) -> None:
    """End the talk: decide an exception where one is needed, by the agent, on hold, or by calling back."""
    s, visit = w.state[0], w.visits[who]
    draws, row, needs = w.draws[visit.draws], w.log[visit.row], w.issues[who].needs
    agent = w.agents[visit.agent]
    hurdle = draws.hurdle_2 if visit.second else draws.hurdle
    idle = 0 if w.idle_bosses[0].first == NOBODY else 1
    on_duty = s.supervisors if s.on_duty else 0
    decision = rules.decided_by(needs, agent.limit, rules.may_hold(on_duty, idle, s.live_holds, s.hold_limit))
    row.decision = decision
    allowed = draws.granted if decision == Decision.BY_AGENT else draws.approved
    visit.outcome = rules.verdict(allowed or needs == 0.0, hurdle, agent.ability)
    if decision == Decision.ON_HOLD:
        ask(w, who)
        return
    leg_ends(w, who)
    if decision == Decision.BY_CALL_BACK:
        ask(w, who)
    else:
        close(w, who, visit.outcome)


# --------------------------------------------------------------------------------------------- supervisors


@step
def ask(w: World, who: int) -> None:
    """Wait for a supervisor: live holds first, call-backs when no hold waits."""
    s, row = w.state[0], w.log[w.visits[who].row]
    row.asked = s.now
    boss = first_of(w.idle_bosses, 0, w.bosses) if s.on_duty else NOBODY
    if boss != NOBODY:
        hears(w, who, boss)
    elif row.decision == Decision.ON_HOLD:
        s.live_holds += 1
        join(w.lines, TEAMS * s.classes, w.callers, who)
    else:
        join(w.lines, TEAMS * s.classes + 1, w.callers, who)


@step
def hears(w: World, who: int, boss: int) -> None:
    """A supervisor hears the case."""
    s, visit = w.state[0], w.visits[who]
    draws, row = w.draws[visit.draws], w.log[visit.row]
    visit.boss = boss
    row.supervisor, row.heard = boss, s.now
    minutes = draws.approval if row.decision == Decision.ON_HOLD else draws.call_back
    moment(w, s.now + minutes, Step.DECIDES, who)


@step
def decides(w: World, who: int) -> None:
    """The supervisor has decided and hears the next; the contact ends."""
    visit = w.visits[who]
    row = w.log[visit.row]
    row.decided = w.state[0].now
    boss_free(w, visit.boss)
    if row.decision == Decision.ON_HOLD:
        leg_ends(w, who)
    close(w, who, visit.outcome)


@step
def boss_free(w: World, boss: int) -> None:
    """Hear the next: holds at any hour, call-backs only on duty."""
    s = w.state[0]
    who = first_of(w.lines, TEAMS * s.classes, w.callers)
    if who != NOBODY:
        s.live_holds -= 1
    elif s.on_duty:
        who = first_of(w.lines, TEAMS * s.classes + 1, w.callers)
    if who == NOBODY:
        join(w.idle_bosses, 0, w.bosses, boss)
    else:
        hears(w, who, boss)


@step
def called_back(w: World, who: int) -> None:
    """A call-back left over from last week only waits for its decision."""
    row, owed = w.log[w.visits[who].row], w.issues[who].owed
    row.owed, row.decision = owed, Decision.BY_CALL_BACK
    w.visits[who].outcome = Outcome.RESOLVED if owed == Owed.WILL_SETTLE else Outcome.UNRESOLVED
    ask(w, who)


# ------------------------------------------------------------------------------------------------- the day


@step
def seek_work(w: World, agent: int) -> None:
    """What an agent with free hands does next (tie rules T1 to T3)."""
    on_duty, team = w.crew[agent].on_duty, w.crew[agent].team
    who = next_waiting(w, team) if on_duty or not w.state[0].open else NOBODY
    if who != NOBODY:
        w.crew[agent].busy = True
        talk_begins(w, who, agent)
    elif on_duty:
        join(w.idle, team, w.colleagues, agent)


@step
def opens(w: World) -> None:
    """The line opens; supervisors take up what waits for them."""
    s = w.state[0]
    s.open = s.on_duty = True
    count, boss = 0, w.idle_bosses[0].first
    while boss != NOBODY:
        count, boss = count + 1, w.bosses[boss].behind
    for _ in range(count):
        boss_free(w, first_of(w.idle_bosses, 0, w.bosses))


@step
def closes(w: World) -> None:
    """The line closes; a team with nobody present turns its callers away."""
    w.state[0].open = w.state[0].on_duty = False
    for team in range(TEAMS):
        if not somebody_present(w, team):
            who = next_waiting(w, team)
            while who != NOBODY:
                close(w, who, Outcome.TURNED_AWAY)
                who = next_waiting(w, team)


@step
def changes(w: World) -> None:
    """The next change of the roster."""
    s = w.state[0]
    change = w.roster[s.change]
    s.change += 1
    s.now = change.at
    if change.change == Roster.LINE_OPENS:
        opens(w)
    elif change.change == Roster.LINE_CLOSES:
        closes(w)
    elif change.change == Roster.SHIFT_ENDS:
        stop(w, change.who)
    else:
        w.crew[change.who].on_duty = True
        if not w.crew[change.who].busy:
            seek_work(w, change.who)


@step
def carry_call_backs(w: World) -> None:
    """Leave call-backs that nobody has decided for next week."""
    s = w.state[0]
    for at in range(s.rows):
        row = w.log[at]
        if row.outcome == Outcome.IN_PROGRESS:
            settles = w.visits[row.issue].outcome == Outcome.RESOLVED
            carry(
                w, row.issue, w.visits[row.issue].contact, Owed.WILL_SETTLE if settles else Owed.WILL_NOT, 0.0
            )


@step
def arrives(w: World, who: int) -> None:
    """The next contact of an issue arrives: the first of this week, or another try."""
    w.visits[who].contact += 1
    begin(w, who)
    if w.issues[who].owed and w.visits[who].contact == w.issues[who].first_contact:
        called_back(w, who)
    else:
        visit(w, who)


@step
def gives_up(w: World, who: int) -> None:
    """Patience ends: the customer leaves the line."""
    leave(w.lines, w.visits[who].line, w.callers, who)
    close(w, who, Outcome.ABANDONED)


@step
def happens(w: World, kind: int, number: int) -> None:
    """The first event of all."""
    if kind == Step.ARRIVES:
        arrives(w, number)
    elif kind == Step.BOT_ENDS:
        bot_ends(w, number)
    elif kind == Step.TALK_ENDS:
        talk_ends(w, number)
    elif kind == Step.DECIDES:
        decides(w, number)
    elif kind == Step.AGENT_FREE:
        w.crew[number].busy = False
        seek_work(w, number)
    else:
        gives_up(w, number)


def _play(w: World) -> bool:
    """Let the week happen until nothing is left (True), or until there is no room for one more contact (False)."""
    s = w.state[0]
    while s.rows < len(w.log):
        change = w.roster[s.change].at if s.change < len(w.roster) else math.inf
        first, newcomer = math.inf, STEP_ARRIVES
        if s.arrival < len(w.order):
            newcomer += w.order[s.arrival]
            first = w.issues[w.order[s.arrival]].arrives
        event, rank, place = math.inf, 0, first_event(w)
        if place < s.events:
            event, rank = w.events[place].at, w.events[place].rank
        if change <= first and change <= event:
            if change == math.inf:
                carry_call_backs(w)
                return True
            changes(w)
            continue
        if before(first, newcomer, event, rank):
            s.now, rank = first, newcomer
            s.arrival += 1
        else:
            s.now = event
            forget(w, place)
        happens(w, rank >> STEP_BITS, rank & NUMBER)
    return False


CODE = code_folder()
GETTING_READY, _is_ready = Lock(), Event()
with kept_in(CODE) as can_be_kept:
    play, count, bring, bring_from = (
        njit(nogil=True, cache=can_be_kept, _nrt=False)(kernel)
        for kernel in (_play, arrival.count, arrival.bring, arrival.bring_from)
    )
