"""Meet the Bar: a service operation in minutes, to run, compare and question.

    from sim import named, compare
    compare(named("today"), named("lean")).verdict("promise_kept").sentence

Names are looked up when first used, so that `import sim` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment import Comparison, Estimate, Results, Span, Sweep, compare, replicate, sweep
    from sim.measures import MEASURES
    from sim.scenario import LEVERS, BadInput, Hours, Scenario, bare, load, named, names, save

_HOMES = {
    "sim.experiment": (
        "Comparison",
        "Estimate",
        "Results",
        "Span",
        "Sweep",
        "compare",
        "replicate",
        "sweep",
    ),
    "sim.measures": ("MEASURES",),
    "sim.scenario": ("LEVERS", "BadInput", "Hours", "Scenario", "bare", "load", "named", "names", "save"),
}

__all__ = [
    "LEVERS",
    "MEASURES",
    "BadInput",
    "Comparison",
    "Estimate",
    "Hours",
    "Results",
    "Scenario",
    "Span",
    "Sweep",
    "bare",
    "compare",
    "load",
    "named",
    "names",
    "replicate",
    "save",
    "sweep",
]


def __getattr__(name: str) -> Any:
    for home, held in _HOMES.items():
        if name in held:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
