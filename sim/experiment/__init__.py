"""Replications, paired comparisons and sweeps, with honest intervals."""

from sim.experiment.estimate import Estimate, estimate
from sim.experiment.experiments import compare, first, replicate, sweep
from sim.experiment.replications import Progress, Span, stream
from sim.experiment.results import Comparison, Results, Sweep
from sim.experiment.verdict import Verdict, verdict

__all__ = [
    "Comparison",
    "Estimate",
    "Progress",
    "Results",
    "Span",
    "Sweep",
    "Verdict",
    "compare",
    "estimate",
    "first",
    "replicate",
    "stream",
    "sweep",
    "verdict",
]
