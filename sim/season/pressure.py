"""Cutting corners: work pressure shortens the time a contact gets, and then what people think right (E20)."""

import numpy as np

from sim.flow.contract import Floats, Team
from sim.scenario.workforce import Pressure

ENDLESS = 1e6


def felt(work: Floats, capacity: Floats, like: Pressure) -> Floats:
    """Work pressure: the work that comes, with all the time it needs, over what the rostered people can do.

    1 is no pressure; work for nobody is as much pressure as there can be.
    """
    room = capacity * like.occupancy
    alone = np.where(work > 0, ENDLESS, 0.0)
    return np.divide(work, room, out=alone, where=room > 0)


def time_taken(pressure: Floats, held: Floats, like: Pressure) -> Floats:
    """T: the share of the needed time that a contact gets (Oliva & Sterman 2001); never more than it needs.

    `held`: the standard T*, in which the work is pressing as much as `pressure` says times T*.
    """
    hurried = held * np.clip(pressure * held, 1 / ENDLESS, ENDLESS) ** like.elasticity
    return np.clip(hurried, like.floor, 1.0)


def standard_after(held: Floats, taken: Floats, pressure: Floats, like: Pressure) -> Floats:
    """T*: what people think right follows what they do, quickly down and slowly up.

    Only what is lost can go unnoticed: were the way back to have a dead band too, a standard that has fallen by less
    than the band would never recover.
    """
    weeks = np.where(taken < held, like.erodes_weeks, like.recovers_weeks)
    moved = held + (taken - held) * -np.expm1(-1 / weeks)
    unnoticed = (taken < held) & (pressure * held <= 1 + like.dead_band)
    return np.where(unnoticed, held, moved)


def smoothed(work: Floats, latest: Floats, like: Pressure) -> Floats:
    """Work as pressure is felt: averaged over some weeks."""
    return work + (latest - work) / like.smoothing_weeks


def shared_out(work: Floats, share: float) -> Floats:
    """The work of both first lines, as the plan shares it out: whoever hands contacts over knows so on that Monday."""
    first = work[Team.IN_HOUSE] + work[Team.PARTNER]
    after = work.copy()
    after[Team.IN_HOUSE], after[Team.PARTNER] = first * (1 - share), first * share
    return after
