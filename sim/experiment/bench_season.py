"""Speed of the months: a default year over merely drawing its luck, and over the same year on SimPy."""

import time
from dataclasses import dataclass

from sim.flow import Engine
from sim.flow.contract import Week
from sim.flow.fate import STREAMS
from sim.flow.luck import RowLuck, draws, stream
from sim.scenario import Scenario
from sim.season.contract import State
from sim.season.season import season, settled
from sim.season.week import issues_of_week, play

SEED, SETTLE, WEEKS, SIMPY_WEEKS = 3, 12, 52, 3
OF_ENDED = ("mood", "complains", "found", "delight")
OF_CONTACTS = ("rude", "rude_2")


def year(engine: Engine) -> dict[str, float]:
    """Seconds of a default year on one core, and its ratios to its luck and to SimPy."""
    scenario = Scenario()
    begins = settled(scenario, SEED, 0, SETTLE, engine)
    lived = _timed(scenario, begins, WEEKS, engine)
    slow = _timed(scenario, begins, SIMPY_WEEKS, "simpy")
    quick = _timed(scenario, begins, SIMPY_WEEKS, engine)
    return {
        "year_seconds": lived.seconds,
        "year_over_luck": lived.seconds / sum(_luck(scenario, state, engine) for state in lived.states),
        "year_compiled_over_simpy": slow.seconds / quick.seconds,
    }


@dataclass(frozen=True)
class Lived:
    """Weeks lived through, the state before each, and the seconds of CPU they took."""

    states: list[State]
    seconds: float


def _timed(scenario: Scenario, begins: State, weeks: int, engine: Engine) -> Lived:
    states, started = [begins], time.process_time()
    states += [state for state, _ in season(begins, scenario, weeks, engine)]
    return Lived(states[:-1], time.process_time() - started)


def _luck(scenario: Scenario, state: State, engine: Engine) -> float:
    """Seconds to draw what a week asks of luck: issues, fates of the contacts that came, customers, people."""
    happened = play(state, scenario, None, engine)
    stream.cache_clear()  # where a stream begins is luck too
    started = time.process_time()
    issues_of_week(state, scenario, engine)
    _draw(state, happened)
    return time.process_time() - started


def _draw(state: State, happened: Week) -> None:
    issues, log = happened.fate.issues, happened.log
    key, of = (state.seed, state.replication), log["issue"]
    contacts = RowLuck(*key, issues["week"][of], issues["row"][of], log["contact"])
    for name in (*STREAMS, *OF_CONTACTS):
        contacts.draws("uniform", name)
    ended = RowLuck(*key, issues["week"], issues["row"])
    for name in OF_ENDED:
        ended.draws("uniform", name)
    for name, count in (("leaves", len(state.customers.alive)), ("quits", len(state.staff.team))):
        draws("uniform", (*key, state.week), name, count)
