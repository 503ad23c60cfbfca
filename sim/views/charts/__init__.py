"""The pictures of the control room: one class for each panel, and the journey on a page of its own."""

from sim.views.charts.consistency import ConsistencyPanel
from sim.views.charts.cost import CostPanel
from sim.views.charts.journey import JourneyPanel
from sim.views.charts.journey_page import JourneyPage
from sim.views.charts.panel import Panel, export_png
from sim.views.charts.waiting import WaitingPanel

__all__ = [
    "ConsistencyPanel",
    "CostPanel",
    "JourneyPage",
    "JourneyPanel",
    "Panel",
    "WaitingPanel",
    "export_png",
]
