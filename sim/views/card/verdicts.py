"""What is said to an answer, with its mark: never that it is wrong."""

from sim.exercise.checks import Verdict
from sim.views.room.parts import tag

MARKS = {
    "met": "✓ met",
    "not yet": "○ not yet",
    "not attempted": "○ not attempted",
    "cannot be read": "✕ cannot be read",
}

NOT_YET = "Not yet. "
"""Stands before the sentence already, with its mark."""


def verdict_html(verdict: Verdict) -> str:
    """A verdict's mark and word, and its sentence."""
    kind = verdict.word.replace(" ", "-")
    said = tag("b", MARKS[verdict.word]) + " " + tag("span", verdict.says.removeprefix(NOT_YET))
    return f'<div role="status" aria-live="polite" class="kit-verdict-{kind}">{said}</div>'
