"""The people and lines of one week as tables, for the compiled journey: the twin of `people`.

Whoever is written `who` is the row of an issue, `agent` and `boss` are numbers of people. One contact of an issue is
under way at a time, so what is known of a contact stands in the row of its issue in `visits`.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import isfunction
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

import numba
import numpy as np
from numba.extending import overload, register_jitable
from platformdirs import user_cache_path

from sim.flow import arrival, counter, fate, rules
from sim.flow.contract import (
    CARRIED,
    CONTACT,
    FRONT,
    LOG,
    NOBODY,
    PER_STEP,
    Decision,
    Fate,
    Ints,
    Operation,
    Outcome,
    Owed,
    Step,
    Table,
    Team,
)
from sim.scenario.types import IssueType

Function = TypeVar("Function", bound=Callable[..., Any])

njit: Any = numba.njit  # its stubs leave out the options that matter here
typeof: Any = numba.typeof
NUMBER = PER_STEP - 1
PATIENCE_ENDS = int(Step.PATIENCE_ENDS) * PER_STEP
config: Any = numba.config
SOURCES = (
    "contract.py",
    "rules.py",
    "counter.py",
    "fate.py",
    "arrival.py",
    "compiled_people.py",
    "compiled.py",
)


def code_folder(*others: Path) -> Path:
    """Where machine code is kept; it has the name of its sources, for numba looks only at the file of the caller.

    `others`: sources beside those of the flow.
    """
    here = Path(__file__).parent
    sources = [*((here / source).read_bytes() for source in SOURCES), bytes(IssueType)]
    sources += [source.read_bytes() for source in others]
    name = hashlib.sha256(b"".join(sources)).hexdigest()[:16]
    return user_cache_path("meet-the-bar") / "machine-code" / name


@contextmanager
def kept_in(folder: Path) -> Iterator[bool]:
    """Let numba keep what is compiled within in `folder`; gives whether that can be written to.

    Elsewhere numba would keep it by the date of one file, and run old code after a rule has changed.
    """
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        yield _can_be_written(folder)
    finally:
        config.CACHE_DIR = before


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def step(function: Function) -> Function:
    """Compile a part of the journey into whoever calls it.

    Nothing in a week makes or frees an array, so numba need not count who holds one: `_nrt=False` is twice as fast.
    """
    compiled: Function = njit(
        nogil=True, forceinline=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled


def part(function: Function) -> Function:
    """Compile a part of the journey for itself: many steps call it, and as many copies would take seconds to make."""
    compiled: Function = njit(nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function
    )
    return compiled


@overload(counter.wrapped)
def _wrapped(number: Any) -> Callable[[Any], Any]:  # noqa: ARG001  # numba looks at its name
    def unsigned(number: Any) -> Any:
        return np.uint64(number)

    return unsigned


def compile_parts(room: ModuleType) -> None:
    """Let compiled functions take in the plain ones of a room: handing over what they need takes longer than most."""
    for name, function in vars(room).items():
        if isfunction(function) and function.__module__ == room.__name__ and name != "wrapped":
            register_jitable(forceinline=True)(function)


for room in (counter, rules, fate, arrival):
    compile_parts(room)

write = part(fate.write)

# ------------------------------------------------------------------------------------------------ tables

STATE = np.dtype(
    [
        ("now", "f8"),
        ("arrival", "i8"),
        ("change", "i8"),
        ("rows", "i8"),
        ("carried", "i8"),
        ("events", "i8"),
        ("soon", "i8"),
        ("live_holds", "i8"),
        ("open", "?"),
        ("on_duty", "?"),
        ("supervisors", "i8"),
        ("hold_limit", "i8"),
        ("classes", "i8"),
        ("told", "i8"),
        ("most_contacts", "i8"),
        ("after_transfer", "f8"),
    ],
    align=True,
)
EVENT = np.dtype([("at", "f8"), ("rank", "i8")], align=True)
LINE = np.dtype([("first", "i8"), ("last", "i8")])
LINK = np.dtype([("ahead", "i8"), ("behind", "i8")])
VISIT = np.dtype(
    [
        ("patience", "f8"),
        ("contact", "i8"),
        ("team", "i8"),
        ("line", "i8"),
        ("place", "i8"),
        ("agent", "i8"),
        ("boss", "i8"),
        ("row", "i4"),
        ("draws", "i4"),
        ("rank", "i4"),
        ("usual_rank", "i4"),
        ("outcome", "i1"),
        ("kind", "i1"),
        ("stranded", "?"),
        ("second", "?"),
    ],
    align=True,
)
"""The contact of an issue that is under way; `draws` is where its fate stands.

`place` is that of its patience among the events, while it waits. Whole numbers that a step is given have one size, here
and in lines and crew, for every other size would be another version of the step, to be compiled too.
"""
CREW = np.dtype([("team", "i8"), ("on_duty", "?"), ("busy", "?")], align=True)


class World(NamedTuple):
    """All that a week consists of; `state` has one row, the others one for each of whom they tell.

    `draws` has a row for each contact in the log or, where its fates were told, for each that there can be.
    """

    state: Any
    hours: Any
    roster: Any
    agents: Any
    issues: Any
    chances: Any
    luck: Any
    week: Any
    shares: Any
    minutes: Any
    draws: Any
    order: Any
    visits: Any
    lines: Any
    callers: Any
    crew: Any
    idle: Any
    colleagues: Any
    idle_bosses: Any
    bosses: Any
    events: Any
    log: Any
    carried: Any


def world(concrete: Operation, fates: Fate, room: int) -> World:
    """The week before its first event, with room for some contacts; `larger` makes more.

    Of events there is at most one for each issue, one for each agent, and one that is next.
    """
    issues, agents = len(fates.issues), len(concrete.agents)
    classes = _classes(fates)
    log = np.empty(issues + issues // 4 + room, LOG)
    idle_bosses, bosses = _line_of(concrete.supervisors)
    return World(
        state=_state(concrete, fates, len(classes)),
        hours=plain(concrete.hours),
        roster=plain(concrete.roster),
        agents=plain(concrete.agents),
        issues=plain(fates.issues),
        chances=plain(fates.chances),
        luck=plain(fates.luck),
        week=plain(fates.week),
        shares=plain(fates.profile[0]),
        minutes=plain(fates.profile[1]),
        draws=np.zeros(len(log), CONTACT) if fates.told is None else plain(fates.told.ravel()),
        order=np.argsort(fates.issues["arrives"], kind="stable"),
        visits=_visits(fates.issues, classes),
        lines=_empty_lines(len(Team) * len(classes) + 2),
        callers=np.empty(issues, LINK),
        crew=_crew(concrete.agents),
        idle=_empty_lines(len(Team)),
        colleagues=np.empty(agents, LINK),
        idle_bosses=idle_bosses,
        bosses=bosses,
        events=np.empty(issues + agents + 2, EVENT),
        log=log,
        carried=np.empty(issues, CARRIED),
    )


def _classes(fates: Fate) -> Ints:
    """Each priority once, the most important first; before them those first in line, where there may be any."""
    priority = fates.issues["priority"]
    known = np.unique(priority) if priority.any() else np.zeros(1, np.int64)
    return np.concatenate([[FRONT], known]) if _some_go_first(fates) else known


def _some_go_first(fates: Fate) -> bool:
    """Whether any contact may go before all classes."""
    may = fates.chances["repeats_first"] if fates.told is None else fates.told["first_in_line"]
    return bool(may.any())


def _state(concrete: Operation, fates: Fate, classes: int) -> Table:
    state = np.zeros(1, STATE)
    state["supervisors"], state["hold_limit"] = concrete.supervisors, concrete.hold_limit
    state["classes"], state["events"] = classes, 1
    state["told"] = 0 if fates.told is None else fates.told.shape[1]
    state["most_contacts"] = min(concrete.most_contacts, state["told"][0] or fates.luck.shape[1])
    state["after_transfer"] = concrete.patience_after_transfer
    return state


def _visits(issues: Table, classes: Ints) -> Table:
    visits = np.zeros(len(issues), VISIT)
    visits["contact"] = issues["first_contact"] - 1
    visits["kind"], visits["stranded"] = issues["kind"], issues["stranded"]
    if len(classes) > 1:
        visits["usual_rank"] = np.searchsorted(classes, issues["priority"])
    return visits


def _crew(agents: Table) -> Table:
    crew = np.zeros(len(agents), CREW)
    crew["team"] = agents["team"]
    return crew


def plain(table: Any) -> Any:
    """The table in the one layout that the machine code was made for; numbers stay."""
    return np.require(table, requirements=["C", "W"]) if isinstance(table, np.ndarray) else table


def larger(w: World) -> World:
    """The same week with room for twice as many contacts, for it to go on where it stopped."""
    draws = w.draws if w.state["told"][0] else _twice(w.draws)
    return w._replace(log=_twice(w.log), draws=draws)


def _twice(table: Table) -> Table:
    longer = np.zeros(2 * len(table), table.dtype)
    longer[: len(table)] = table
    return longer


def _line_of(count: int) -> tuple[Any, Any]:
    """One line in which 0, 1, 2 ... stand."""
    lines, links = _empty_lines(1), np.full(count, np.array((NOBODY, NOBODY), LINK))
    if count:
        lines[0] = 0, count - 1
        links["ahead"][1:] = np.arange(count - 1)
        links["behind"][:-1] = np.arange(1, count)
    return lines, links


def _empty_lines(count: int) -> Any:
    return np.full(count, np.array((NOBODY, NOBODY), LINE))


# ------------------------------------------------------------------------------------------------ events


@step
def put(w: World, place: int, at: float, rank: int) -> None:
    """Write an event, field by field, for numba copies whole rows byte by byte; who waits remembers where."""
    w.events[place].at, w.events[place].rank = at, rank
    if rank >= PATIENCE_ENDS:
        w.visits[rank & NUMBER].place = place


@step
def before(at: float, rank: int, other_at: float, other_rank: int) -> bool:
    """Whether one event comes before another; without branches, for none of them could be foreseen."""
    return (at < other_at) | ((at == other_at) & (rank < other_rank))


@step
def moment(w: World, at: float, kind: int, number: int) -> None:
    """Something is to happen; events of one instant come in order of step and number, whoever set them.

    An event that comes before all others is remembered beside the heap, for most such happen at once.
    """
    s, rank = w.state[0], kind * PER_STEP + number
    if s.soon == 0 and (s.events == 1 or before(at, rank, w.events[1].at, w.events[1].rank)):
        s.soon = 1
        put(w, 0, at, rank)
    else:
        s.events += 1
        rise(w, s.events - 1, at, rank)


@step
def rise(w: World, place: int, at: float, rank: int) -> None:
    """Put an event here or above."""
    events = w.events
    while place > 1:
        above = place >> 1
        if before(events[above].at, events[above].rank, at, rank):
            break
        put(w, place, events[above].at, events[above].rank)
        place = above
    put(w, place, at, rank)


@step
def sink(w: World, place: int, at: float, rank: int) -> None:
    """Put an event here or below."""
    events, count = w.events, w.state[0].events
    below = 2 * place
    while below < count:
        right = min(below + 1, count - 1)
        below += (right - below) * before(
            events[right].at, events[right].rank, events[below].at, events[below].rank
        )
        if before(at, rank, events[below].at, events[below].rank):
            break
        put(w, place, events[below].at, events[below].rank)
        place, below = below, 2 * below
    put(w, place, at, rank)


@step
def forget(w: World, place: int) -> None:
    """Take out an event: the first, or one that will not happen any more."""
    s, events = w.state[0], w.events
    if place == 0:
        s.soon = 0
        return
    s.events -= 1
    at, rank = events[s.events].at, events[s.events].rank
    if place == s.events:
        return
    if place > 1 and before(at, rank, events[place >> 1].at, events[place >> 1].rank):
        rise(w, place, at, rank)
    else:
        sink(w, place, at, rank)


@step
def first_event(w: World) -> int:
    """Where the first event stands; past the last one if there is none."""
    s = w.state[0]
    if s.soon == 0:
        return 1
    if s.events > 1 and before(w.events[1].at, w.events[1].rank, w.events[0].at, w.events[0].rank):
        return 1
    return 0


# ------------------------------------------------------------------------------------------------- lines


@step
def join(lines: Any, line: int, links: Any, who: int) -> None:
    """Stand at the back."""
    last = lines[line].last
    links[who].ahead, links[who].behind = last, NOBODY
    if last == NOBODY:
        lines[line].first = who
    else:
        links[last].behind = who
    lines[line].last = who


@step
def leave(lines: Any, line: int, links: Any, who: int) -> None:
    """Step out, from wherever one stands."""
    ahead, behind = links[who].ahead, links[who].behind
    if ahead == NOBODY:
        lines[line].first = behind
    else:
        links[ahead].behind = behind
    if behind == NOBODY:
        lines[line].last = ahead
    else:
        links[behind].ahead = ahead


@step
def first_of(lines: Any, line: int, links: Any) -> int:
    """Take out the first, or nobody."""
    who = lines[line].first
    if who != NOBODY:
        leave(lines, line, links, who)
    return who


@step
def next_waiting(w: World, team: int) -> int:
    """Take out the first who still waits for a team, the most important class first, or nobody."""
    for line in range(team * w.state[0].classes, (team + 1) * w.state[0].classes):
        who = first_of(w.lines, line, w.callers)
        if who != NOBODY:
            if w.visits[who].place != NOBODY:
                forget(w, w.visits[who].place)
            return who
    return NOBODY


# ------------------------------------------------------------------------------------------------ contacts


@step
def begin(w: World, who: int) -> None:
    """The next contact of an issue arrives."""
    s, visit = w.state[0], w.visits[who]
    new = w.log[s.rows]
    visit.row, visit.second, visit.outcome = s.rows, False, Outcome.IN_PROGRESS
    s.rows += 1
    new.issue, new.contact, new.owed = who, visit.contact, Owed.NOTHING
    new.arrived, new.bot_ended = s.now, math.nan
    new.queued = new.answered = new.ended = new.freed = math.nan
    new.queued_2 = new.answered_2 = new.ended_2 = new.freed_2 = math.nan
    new.asked = new.heard = new.decided = new.closed = math.nan
    new.agent = new.agent_2 = new.supervisor = NOBODY
    new.decision, new.outcome = Decision.NOT_NEEDED, Outcome.IN_PROGRESS
    look_up(w, who)


@step
def look_up(w: World, who: int) -> None:
    """The fate of a contact that begins; what the bot will do to it marks the issue from now on."""
    told, visit, issue = w.state[0].told, w.visits[who], w.issues[who]
    visit.draws = who * told + visit.contact if told else visit.row
    draws = w.draws[visit.draws]
    if not told:
        luck, profile = w.luck[w.week[who], visit.contact], (w.shares, w.minutes)
        write(draws, w.chances[visit.kind], profile, luck, issue, visit.contact, visit.stranded)
    visit.patience, visit.team = draws.patience, draws.team
    visit.rank = 0 if draws.first_in_line else visit.usual_rank
    visit.stranded = visit.stranded or fate.strands(draws.bot)
    if draws.complains:
        visit.kind = IssueType.COMPLAINT


@step
def close(w: World, who: int, outcome: int) -> None:
    """Write down how it ended, and when the customer contacts us again."""
    row = w.log[w.visits[who].row]
    row.outcome, row.closed = outcome, w.state[0].now
    tries_again(w, who)


@step
def carry(w: World, who: int, contact: int, owed: int, due: float) -> None:
    """Leave an issue for a later week."""
    s, visit = w.state[0], w.visits[who]
    left = w.carried[s.carried]
    left.issue, left.contact, left.owed, left.due = who, contact, owed, due
    left.kind, left.stranded, left.lateness = visit.kind, visit.stranded, w.draws[visit.draws].lateness
    s.carried += 1


@part
def tries_again(w: World, who: int) -> None:
    """Set the next contact this week, or carry the issue to a later one."""
    s, visit = w.state[0], w.visits[who]
    draws, number = w.draws[visit.draws], visit.contact + 1
    after = rules.tries_again_after(
        w.log[visit.row].outcome,
        (draws.stranded_again, draws.stranded_after),
        (draws.redials, draws.redial_after),
        (draws.returns, draws.return_after),
        draws.after_closing,
    )
    if after == rules.NEVER or number >= s.most_contacts:
        return
    due = rules.next_opening(s.now + after, draws.lateness, w.hours)
    if due == rules.NEVER:
        carry(w, who, number, Owed.NOTHING, s.now + after)
    else:
        moment(w, due, Step.ARRIVES, who)


# ------------------------------------------------------------------------------------------------- agents


@step
def wrap_up(w: World, agent: int, minutes: float) -> float:
    """Finish the notes; the customer is gone. Returns when."""
    freed = w.state[0].now + minutes
    moment(w, freed, Step.AGENT_FREE, agent)
    return freed


@step
def somebody_present(w: World, team: int) -> bool:
    """Whether anyone of a team is on duty or still busy."""
    for agent in range(len(w.crew)):
        if w.crew[agent].team == team and (w.crew[agent].on_duty or w.crew[agent].busy):
            return True
    return False


@step
def answer(w: World, team: int) -> int:
    """The agent idle longest, now busy, or nobody."""
    agent = first_of(w.idle, team, w.colleagues)
    if agent != NOBODY:
        w.crew[agent].busy = True
    return agent


@step
def stop(w: World, agent: int) -> None:
    """End a shift: at once when idle, after the contact in hand when busy."""
    w.crew[agent].on_duty = False
    if not w.crew[agent].busy:
        leave(w.idle, w.crew[agent].team, w.colleagues, agent)


@step
def queue(w: World, who: int) -> None:
    """Join the line; patience begins to run."""
    s, visit = w.state[0], w.visits[who]
    visit.line = visit.team * s.classes + visit.rank
    visit.place = NOBODY
    join(w.lines, visit.line, w.callers, who)
    if visit.patience < math.inf:
        moment(w, s.now + visit.patience, Step.PATIENCE_ENDS, who)
