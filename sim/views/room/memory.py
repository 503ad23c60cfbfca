"""What the page remembers: weeks, settled operations and seasons by what was run, the oldest forgotten first."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from sim.measures import Summary
from sim.scenario import Scenario
from sim.season.contract import State
from sim.season.summary import SeasonSummary

Thing = TypeVar("Thing")
MOST_WEEKS = 2000
MOST_OPERATIONS = 60
"""Settled operations kept, of a few megabytes each."""
MOST_SEASONS = 2000


class Kept(Generic[Thing]):
    """Things by their key, the oldest forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[tuple[int, ...], Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[int, ...]) -> Thing | None:
        """The thing of that key, if it is there."""
        with self._lock:
            return self._things.get(key)

    def keep(self, key: tuple[int, ...], thing: Thing) -> None:
        """Remember a thing."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self.most:
                self._things.popitem(last=False)


@dataclass(frozen=True)
class Side:
    """An operation as it is run, and the number its world is remembered by."""

    world: int
    scenario: Scenario


class Memory:
    """All that a page has run so far."""

    def __init__(self) -> None:
        self.weeks: Kept[Summary] = Kept(MOST_WEEKS)
        self.operations: Kept[State] = Kept(MOST_OPERATIONS)
        self.seasons: Kept[SeasonSummary] = Kept(MOST_SEASONS)
        self._worlds: dict[object, int] = {}
        self._lock = Lock()

    def side(self, scenario: Scenario) -> Side:
        """A scenario by the number of its world, so that it is compared in full only once."""
        with self._lock:
            return Side(self._worlds.setdefault(world(scenario), len(self._worlds)), scenario)


def world(scenario: Scenario) -> tuple[object, ...]:
    """What a run depends on: not its name, and not its title."""
    return scenario.plan, scenario.assumptions, scenario.events
