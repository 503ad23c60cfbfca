"""What a control is given to work with."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.views.room.parts import Safely


@dataclass(frozen=True)
class Hands:
    """Whom a control tells of a change, where it says what it refuses, and how its callbacks are wrapped."""

    changed: Callable[[], None]
    say: Callable[[str], None]
    safely: Safely
