"""One week of a season: state -> week -> (state, record).

In order: who is there on Monday, under which time standard; who brings issues; the journey; what each issue was like
and left behind, in the order in which they ended; who leaves, who joins; what the work did to people; money.
"""

from dataclasses import replace

import numpy as np

from sim.flow.choice import Engine
from sim.flow.contract import ISSUE, Crew, Table, Week
from sim.flow.engine import one_table, run_week
from sim.flow.issues import new_issues
from sim.scenario import Scenario
from sim.season import clientele, people
from sim.season.contract import Standard, State, WeekRecord
from sim.season.episodes import NOTHING_OPEN, live
from sim.season.events import in_force
from sim.season.feeling import live_through, week_passes
from sim.season.impressions import impressions
from sim.season.monday import monday
from sim.season.moves import moves
from sim.season.prevention import causes_after
from sim.season.record import Seen, record
from sim.season.tally import tally
from sim.season.worked import worked


def beginning(scenario: Scenario, seed: int, replication: int, followed: tuple[int, ...] = ()) -> State:
    """An operation on its first Sunday night: new customers, all posts filled, nothing waiting, no pressure."""
    key = (seed, replication)
    return State(
        seed=seed,
        replication=replication,
        week=0,
        since=0,
        customers=clientele.first_customers(scenario, 0, key),
        staff=people.first_staff(scenario, 0, key),
        standard=Standard(np.ones(people.SIDES), np.full(people.SIDES, np.nan)),
        waiting=np.zeros(0, ISSUE),
        open=NOTHING_OPEN,
        causes=1.0,
        usual=float(scenario.assumptions.demand.customers),
        followed=followed,
    )


def week(state: State, plan: Scenario, engine: Engine = "auto") -> tuple[State, WeekRecord]:
    """Let one week happen under a plan; the state given is left alone."""
    scenario = in_force(plan, state.week - state.since)
    after, seen = happen(state, plan, scenario, engine)
    return after, record(scenario, state, seen)


def happen(state: State, plan: Scenario, scenario: Scenario, engine: Engine) -> tuple[State, Seen]:
    """A week without its record; `scenario` is the plan with the week's events in force."""
    here = monday(state, plan, scenario)
    played = play(state, scenario, here.crew, engine)
    attitude = people.attitude_now(here.staff, scenario.assumptions.workforce.exhaustion)
    lived = live(scenario, played, state, attitude, engine)
    left = impressions(scenario, lived.ended, state)
    customers = clientele.for_a_week(state.customers)
    live_through(customers, left.impression, scenario.assumptions.customers, engine)
    week_passes(customers, scenario.assumptions.customers, scenario.plan.promise)
    who = moves(scenario, state, customers)
    counted = tally(played, engine)
    work = worked(scenario, state, here, played, counted)
    after = replace(
        state,
        week=state.week + 1,
        customers=who.customers,
        staff=work.staff,
        standard=work.standard,
        waiting=played.waiting,
        open=lived.open,
        causes=causes_after(state.causes, scenario.plan.prevention, scenario.assumptions.demand),
    )
    return after, Seen(played, counted, here, lived.goodwill, left, who, work)


def play(state: State, scenario: Scenario, crew: Crew | None, engine: Engine) -> Week:
    """The week's contacts, minute by minute."""
    key = (state.seed, state.replication)
    issues = one_table(issues_of_week(state, scenario, engine), state.waiting)
    return run_week(scenario, *key, state.week, issues, engine, crew)


def issues_of_week(state: State, scenario: Scenario, engine: Engine) -> Table:
    """The issues that customers bring this week."""
    brought = clientele.clientele(scenario, state)
    return new_issues(scenario, state.seed, state.replication, state.week, engine, brought)
