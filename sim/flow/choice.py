"""Which engine plays the journey: compiled where it can, SimPy where it cannot, with the same numbers to the bit."""

import sys
from collections.abc import Callable
from typing import Literal, get_args

from sim.flow import journey
from sim.flow.arrival import Demand
from sim.flow.contract import Clientele, Fate, Operation, Played, Table
from sim.scenario import BadInput

Engine = Literal["auto", "compiled", "simpy"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
Player = Callable[[Operation, Fate], Played]
Newcomers = Callable[[Demand, float, int], Table]
IssuesOf = Callable[[Demand, Clientele, int], Table]
Tell = Callable[[str], object]

GETTING_READY = "Getting ready: the journey is compiled once on this computer, in about 20 seconds."


def on_stderr(sentence: str) -> None:
    """Tell whoever watches a terminal or a notebook."""
    sys.stderr.write(f"{sentence}\n")


def player(engine: Engine) -> Player:
    """The engine itself; raises BadInput when compiled is asked for and cannot be had."""
    if prepare(engine) == "simpy":
        return journey.run
    from sim.flow import compiled

    return compiled.run


def newcomers(engine: Engine) -> Newcomers:
    """What writes the new issues of a week, in plain Python or compiled; raises BadInput as `player` does."""
    if prepare(engine) == "simpy":
        return journey.newcomers
    from sim.flow import compiled

    return compiled.newcomers


def issues_of(engine: Engine) -> IssuesOf:
    """What writes the new issues of a clientele; raises BadInput as `player` does."""
    if prepare(engine) == "simpy":
        return journey.issues_of
    from sim.flow import compiled

    return compiled.issues_of


def prepare(engine: Engine = "auto", tell: Tell = on_stderr) -> Engine:
    """Have an engine ready before somebody waits for it, and say what takes a while; returns which it is.

    Where numba is missing or broken, auto is SimPy, and says so once; raises BadInput when compiled is asked for there.
    """
    if engine == "simpy":
        return engine
    if engine == "auto":
        return _best(tell) if _known is None else _known
    try:
        _compile(tell)
    except Exception as error:
        raise BadInput(
            f"engine: compiled cannot be had here ({_why(error)}); simpy gives the same numbers."
        ) from error
    return engine


_known: Engine | None = None


def _best(tell: Tell) -> Engine:
    global _known  # noqa: PLW0603  # what was found out once holds for the life of the process
    try:
        _compile(tell)
        _known = "compiled"
    except Exception as error:  # noqa: BLE001  # numba can break in many ways, and SimPy stands in for all
        tell(
            f"The compiled journey cannot be used here ({_why(error)}); SimPy gives the same numbers, more slowly."
        )
        _known = "simpy"
    return _known


def _compile(tell: Tell) -> None:
    from sim.flow import compiled

    if not compiled.is_ready():
        if not compiled.is_kept():
            tell(GETTING_READY)
        compiled.get_ready()


def _why(error: Exception) -> str:
    return "numba is not installed" if isinstance(error, ImportError) else f"{type(error).__name__}"
