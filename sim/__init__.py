"""Meet the Bar: a service operation in minutes, to run, compare and question.

from sim import named, compare
compare(named("today"), named("lean")).verdict("promise_kept").sentence
"""

from sim.experiment import Comparison, Estimate, Results, Span, Sweep, compare, replicate, sweep
from sim.measures import MEASURES
from sim.scenario import LEVERS, BadInput, Hours, Scenario, load, named, names, save

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
    "compare",
    "load",
    "named",
    "names",
    "replicate",
    "save",
    "sweep",
]
