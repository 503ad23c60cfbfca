"""Measures, defined once: from weeks of contacts to what happened."""

from sim.measures.catalogue import MEASURES, Measure
from sim.measures.summary import Summary, summarise

__all__ = ["MEASURES", "Measure", "Summary", "summarise"]
