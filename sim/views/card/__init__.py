"""Exercise cards: predict, lock, reveal, look, say why, try, and predict again; and the lessons they belong to."""

from sim.views.card.card import CardView
from sim.views.card.lessons import NoLesson, OpenLesson, lesson

__all__ = ["CardView", "NoLesson", "OpenLesson", "lesson"]
