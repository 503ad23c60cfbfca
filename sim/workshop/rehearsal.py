"""A workshop played from end to end by robot teams, through the same session that a desk uses."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.workshop.source import Workshop


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal came to: events `acknowledged` to the players, events `stored`, and seconds each round took."""

    workshop: str
    teams: int
    rounds: int
    acknowledged: int
    stored: int
    round_seconds: tuple[float, ...]
    file: Path
    report: Path


def rehearse(
    workshop: Workshop, folder: Path, *, real_time: bool = False, tell: Callable[[str], None] = lambda _: None
) -> Rehearsal:
    """Play a workshop with robot teams in a folder that holds no session yet, and leave its file and its report there.

    With `real_time` at the pace of the run sheet. `tell` is given every sentence. Raises BadInput.
    """
    raise NotImplementedError
