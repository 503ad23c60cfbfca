"""The pictures: one class for each panel of the control room and of a season, and the journey on a page of its own."""

from sim.views.charts.consistency import ConsistencyPanel
from sim.views.charts.cost import CostPanel
from sim.views.charts.customers import CustomersPanel
from sim.views.charts.journey import JourneyPanel
from sim.views.charts.journey_page import JourneyPage
from sim.views.charts.loyalty import LoyaltyPanel
from sim.views.charts.panel import Panel, export_png
from sim.views.charts.profit import ProfitPanel
from sim.views.charts.staff import StaffPanel
from sim.views.charts.waiting import WaitingPanel

__all__ = [
    "ConsistencyPanel",
    "CostPanel",
    "CustomersPanel",
    "JourneyPage",
    "JourneyPanel",
    "LoyaltyPanel",
    "Panel",
    "ProfitPanel",
    "StaffPanel",
    "WaitingPanel",
    "export_png",
]
