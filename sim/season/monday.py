"""Monday: who is there, and under which pressure."""

from typing import NamedTuple

import numpy as np

from sim.flow.contract import Crew, Floats
from sim.flow.roster import duty_minutes
from sim.scenario import Scenario
from sim.season import people, pressure
from sim.season.contract import Staff, State
from sim.season.events import turnover_at_partner


class Monday(NamedTuple):
    """Who is there, and the pressure they are under."""

    staff: Staff
    crew: Crew
    taken: Floats
    pressure: Floats


def monday(state: State, plan: Scenario, scenario: Scenario) -> Monday:
    """The people of the week's plan (`scenario`: with the events in force), and the time they take (E20)."""
    key = (state.seed, state.replication)
    like, held = scenario.assumptions.workforce.pressure, state.standard.held
    staff = people.on_monday(scenario, state.staff, state.week, key)
    turnover = turnover_at_partner(plan, state.week - state.since)
    staff = people.swept_out(scenario, staff, turnover, state.week, key)
    crew = people.crew_of(scenario, staff, state.week, key)
    room = duty_minutes(scenario) * crew.filled * (1 - crew.away) / crew.agents["pace"]
    capacity = np.bincount(staff.team, room, people.SIDES)
    posts = np.bincount(staff.team, minlength=people.SIDES)  # a team without posts is under no pressure
    expected = pressure.shared_out(
        np.where(np.isnan(state.standard.work), 0.0, state.standard.work), scenario.plan.outsourcing.share
    )
    work = np.where(posts > 0, expected, 0.0)
    press = pressure.felt(work, capacity.astype(np.float64), like)
    if not like.on or scenario.plan.protection.time_standard:
        return Monday(staff, crew, np.ones(people.SIDES), press)
    taken = pressure.time_taken(press, held, like)
    return Monday(staff, people.hurried(scenario, crew, taken), taken, press)
