"""The control room: one page on which four levers move and a service operation answers, in a week and over months."""

from sim.views.room.opening import control_room
from sim.views.room.room import ControlRoom

__all__ = ["ControlRoom", "control_room"]
