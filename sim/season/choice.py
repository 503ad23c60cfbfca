"""What lives the season through, issue by issue: compiled functions or plain ones, with the same numbers to the bit."""

from types import ModuleType

from sim.flow.choice import Engine, prepare


def by(engine: Engine) -> ModuleType:
    """The room of those functions; raises BadInput when compiled is asked for and cannot be had."""
    if prepare(engine) == "simpy":
        from sim.season import plain

        return plain
    from sim.season import compiled

    return compiled
