"""The facilitator's projector: a page that the whole room sees, operated with the space bar only."""

from sim.views.projector.leaders import whole
from sim.views.projector.screen import Screen, View
from sim.views.projector.server import Projector
from sim.views.projector.slide import STAGES, Shown, Slide, slide, slides

__all__ = ["STAGES", "Projector", "Screen", "Shown", "Slide", "View", "slide", "slides", "whole"]
