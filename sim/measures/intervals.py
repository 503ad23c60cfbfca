"""Stretches of time on one line, and how many minutes of one lie inside others."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, Bools, Floats, Ints

FAR_APART = 8 * MINUTES_PER_WEEK
"""Minutes between two agents laid on one line: whole days, and more than anybody ever works overtime."""


@dataclass(frozen=True)
class Intervals:
    """Stretches of agents' time, each from `starts` to `ends`; the agents are laid on one line, `FAR_APART`."""

    who: Ints
    starts: Floats
    ends: Floats

    @property
    def minutes(self) -> Floats:
        """The length of each."""
        return self.ends - self.starts

    def where(self, wanted: Bools) -> "Intervals":
        """Only those wanted."""
        return Intervals(self.who[wanted], self.starts[wanted], self.ends[wanted])

    def inside_one_of(self, others: "Intervals") -> Bools:
        """Those that lie wholly inside one of the others, which follow one another."""
        first_to_end = others.ends.searchsorted(self.ends)
        return np.append(others.starts, np.inf)[first_to_end] <= self.starts

    def minutes_inside(self, others: "Intervals") -> Floats:
        """How much of each lies inside the others, which follow one another."""
        since, until = passed_within(others.starts, others.ends, np.array([self.starts, self.ends]))
        return np.asarray(until - since, np.float64)


def on_one_line(who: Ints, starts: Floats, ends: Floats) -> Intervals:
    """The intervals of agents whose own lines all begin at 0."""
    line = who * FAR_APART
    return Intervals(who, line + starts, line + ends)


def passed_within(starts: Floats, ends: Floats, at: Floats) -> Floats:
    """Minutes inside the intervals, which follow one another, that have passed by each moment."""
    if not len(starts):
        return np.zeros_like(at)
    lengths = ends - starts
    inside = lengths.cumsum()
    edges, passed = (np.ravel(pair, order="F") for pair in ((starts, ends), (inside - lengths, inside)))
    return np.interp(at, edges, passed)
