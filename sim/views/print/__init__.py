"""Printed pages: what a workshop hands out, on A4 and on Letter."""

from sim.views.print.pack import KINDS, print_pack
from sim.views.print.press import PAPERS

__all__ = ["KINDS", "PAPERS", "print_pack"]
