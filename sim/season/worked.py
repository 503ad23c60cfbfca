"""What a week's work did to people and to the time standard (E20, E21)."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim.flow.contract import Floats, Team, Week
from sim.scenario import Scenario
from sim.season import people, pressure
from sim.season.contract import Staff, Standard, State
from sim.season.monday import Monday
from sim.season.tally import Tally


class Worked(NamedTuple):
    """What the week did to people and to the time standard."""

    staff: Staff
    standard: Standard
    quits: int
    expected_quits: float
    occupancy: Floats


def worked(scenario: Scenario, state: State, monday: Monday, week: Week, counted: Tally) -> Worked:
    """The end of a week for those who worked in it."""
    key = (state.seed, state.replication)
    staff, like = monday.staff, scenario.assumptions.workforce
    strain, occupancy = people.week_of_work(counted, week.operation.on_duty, scenario, staff)
    there = staff.begins <= state.week
    tired = np.where(there, people.tires(staff.exhaustion, strain, like.exhaustion), staff.exhaustion)
    staff = replace(staff, exhaustion=tired)
    gone, chance = people.leavers(scenario, staff, state.week, key)
    house = staff.team != Team.PARTNER
    return Worked(
        staff=people.replaced(scenario, staff, gone, state.week, key),
        standard=_standard(scenario, state, monday, counted.work),
        quits=int(np.count_nonzero(gone & house)),
        expected_quits=float(chance[house].sum()),
        occupancy=occupancy,
    )


def _standard(scenario: Scenario, state: State, monday: Monday, came: Floats) -> Standard:
    """E20: the work that came, as it is felt, and what people now think right."""
    like, before = scenario.assumptions.workforce.pressure, state.standard
    work = np.where(np.isnan(before.work), came, pressure.smoothed(before.work, came, like))
    if scenario.plan.protection.time_standard or not like.on or np.isnan(before.work).all():
        return Standard(np.ones(people.SIDES), work)
    return Standard(pressure.standard_after(before.held, monday.taken, monday.pressure, like), work)
