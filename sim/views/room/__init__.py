"""The control room: one page on which four levers move and a service operation answers."""

from sim.views.room.room import ControlRoom, control_room

__all__ = ["ControlRoom", "control_room"]
