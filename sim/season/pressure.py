"""Cutting corners: work pressure shortens the time a contact gets, and then what people think right (E20)."""

import numpy as np

from sim.flow.contract import Floats
from sim.scenario.workforce import Pressure


def felt(work: Floats, capacity: Floats, held: Floats, like: Pressure) -> Floats:
    """Work pressure p: work at the held standard over what the rostered people can do; 1 is no pressure."""
    room = capacity * like.occupancy
    return np.divide(work * held, room, out=np.zeros_like(work), where=room > 0)


def time_taken(pressure: Floats, held: Floats, like: Pressure) -> Floats:
    """T: the share of the needed time that a contact gets (Oliva & Sterman 2001); never more than it needs."""
    hurried = held * np.maximum(pressure, 1e-9) ** like.elasticity
    return np.clip(hurried, like.floor, 1.0)


def standard_after(held: Floats, taken: Floats, pressure: Floats, like: Pressure) -> Floats:
    """T*: what people think right follows what they do, quickly down and slowly up."""
    weeks = np.where(taken < held, like.erodes_weeks, like.recovers_weeks)
    moved = held + (taken - held) * -np.expm1(-1 / weeks)
    return np.where(np.abs(pressure - 1) > like.dead_band, moved, held)


def smoothed(work: Floats, latest: Floats, like: Pressure) -> Floats:
    """Work as pressure is felt: averaged over some weeks."""
    return work + (latest - work) / like.smoothing_weeks
