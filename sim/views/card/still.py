"""A card that stands still, for a saved notebook: what a student reads before working on it."""

from html import escape

from sim.exercise.source import Asked, Card
from sim.views import looks
from sim.views.room.parts import tag
from sim.views.still import FAMILY


def still_html(card: Card) -> str:
    """The card as a student reads it before working on it; run the cell to work on it."""
    parts = [f'<h3 style="margin:0">{escape(card.title)}</h3>']
    parts.append(f"<p>Level {card.level} · {card.minutes:g} minutes. Run this cell to work on the card.</p>")
    named = (
        ("Predict", card.predict),
        ("What do you see?", None if card.predict else card.observe),
        ("Task", card.check),
        ("Predict again", card.again),
    )
    parts += [_asked(name, asked) for name, asked in named if asked]
    parts += [f"<p><b>Why?</b> {escape(card.explain.ask)}</p>"] if card.explain and not card.asked() else []
    return f'<div style="max-width:620px;font-family:{FAMILY};color:{looks.INK}">{"".join(parts)}</div>'


def _asked(name: str, asked: Asked) -> str:
    options = "".join(tag("li", text) for text in asked.texts)
    low, high = asked.scale
    scale = f" ({low:g} to {high:g} {escape(asked.unit)})" if asked.kind in ("number", "curve") else ""
    return f"<p><b>{escape(name)}.</b> {escape(asked.ask)}{scale}</p>" + (
        f"<ul>{options}</ul>" if options else ""
    )
