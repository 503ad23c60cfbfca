"""`sim claims`: what the articles behind the kit claim, and what of it the model can test today."""

from collections.abc import Sequence
from dataclasses import asdict
from textwrap import fill
from typing import Any

from sim.cli import screen
from sim.cli.guard import FINE
from sim.cli.screen import Column
from sim.experiment.claims import CLAIMS, Claim

COLUMNS = (Column("claim", number=False), Column("testable", number=False), Column("why", number=False))
YES, NO = "yes", "not yet"
NARROWEST = 12
"""Characters that the reasons need at the least."""


def claims(*, as_json: bool) -> int:
    """Print every claim, whether the model can test it, and why."""
    if as_json:
        screen.show_json([_plain(claim) for claim in CLAIMS])
    else:
        show(CLAIMS)
    return FINE


def show(found: Sequence[Claim]) -> None:
    """Print how many claims can be tested, and each of them."""
    able = sum(claim.testable for claim in found)
    screen.say(f"{able} of {len(found)} claims can be tested by the model today.", "bold")
    screen.say()
    room = max(NARROWEST, (screen.out().width - len(NO) - 2 * screen.GAP) // 2)
    screen.show_table(COLUMNS, [_row(claim, room) for claim in found])


def _row(claim: Claim, room: int) -> tuple[str, str, str]:
    """A claim under its number, and the reasons in lines of no more than `room` characters."""
    return f"{claim.number} {claim.claim}", YES if claim.testable else NO, fill(claim.why, room)


def _plain(claim: Claim) -> dict[str, Any]:
    facts = asdict(claim)
    order = ("claim", "testable", "why", "levers", "measures", "expected", "evidence", "articles")
    return {"name": claim.number} | {name: facts[name] for name in order}
