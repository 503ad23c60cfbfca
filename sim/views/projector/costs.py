"""What a contact costs, and what an issue that was solved costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.experiment import estimate
from sim.measures.catalogue import MEASURES
from sim.views import formats, looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import across, round_ticks
from sim.views.projector.frame import Slide
from sim.views.projector.plans import Played, offered, pitch
from sim.views.projector.shapes import LEFT, RIGHT, Mark, Picture, Stroke, Words
from sim.workshop.session import Session

CONTACT_END, SOLVED_END = 1580.0, RIGHT
Weeks = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cost:
    """Dollars a contact and a solved issue, week by week; `added` is the price asked for the plan, dollars a week."""

    plan: Played
    contact: Weeks
    solved: Weeks
    added: float

    @property
    def means(self) -> tuple[float, float]:
        """Dollars a contact, and a solved issue."""
        return float(self.contact.mean()), float(self.solved.mean())

    @property
    def known(self) -> bool:
        """Whether anything was solved at all."""
        return bool(np.isfinite(self.means).all())


def cost(session: Session) -> Slide:
    """What a contact costs and what a solved issue costs, plan by plan; raises Refused without a result."""
    plans = offered(session)
    costs = [_cost(plan) for plan in plans]
    ticks = round_ticks([0.0, *(mean for each in costs if each.known for mean in each.means)], parts=4)
    scale, step = Scale(ticks[0], ticks[-1], 800.0, 1320.0), pitch(len(costs), 120.0)
    drawn = (
        Words(CONTACT_END, 300.0, "○ contact", colour=looks.INK_2, align="end"),
        Words(SOLVED_END, 300.0, "● solved", align="end"),
        *across(scale, ticks, caption="dollars", write=lambda tick: f"${formats.short(tick)}"),
        *(shape for at, each in enumerate(costs) for shape in _row(scale, 390.0 + at * step, each)),
    )
    return Slide(_finding(costs), _sub(costs), "chart", drawn, tuple(_told(each) for each in costs))


def _cost(plan: Played) -> Cost:
    """A plan's cost, with the price asked for it where the model does not charge it."""
    share = 1 + plan.added / _weeks(plan, "cost_week")
    contact, solved = (_weeks(plan, name) * share for name in ("cost_per_contact", "cost_per_resolved_issue"))
    return Cost(plan, contact, solved, plan.added)


def _weeks(plan: Played, measure: str) -> Weeks:
    return np.array(plan.results.values(measure), np.float64)


def _row(scale: Scale, y: float, cost: Cost) -> Picture:
    name = Words(LEFT, y, fit.shortened(cost.plan.told, 680.0))
    if not cost.known:
        return (name, Words(800.0, y, "nothing was solved", colour=looks.INK_2))
    contact, solved = cost.means
    return (
        name,
        Stroke(((scale(contact), y - 17), (scale(solved), y - 17)), looks.INK_3, 5.0),
        Mark(scale(contact), y - 17, 14.0, looks.PAPER, looks.INK),
        Mark(scale(solved), y - 17, 14.0, looks.INK, looks.INK),
        Words(CONTACT_END, y, f"${formats.number(contact, 2)}", colour=looks.INK_2, align="end"),
        Words(SOLVED_END, y, f"${formats.number(solved, 2)}", bold=True, align="end"),
    )


def _sub(costs: Sequence[Cost]) -> str:
    added = [each for each in costs if each.added]
    if not added:
        return "What one contact costs, and one issue that was solved"
    if len(added) > 1:
        return "Per contact and per solved issue, with the prices asked"
    return f"With the price asked for it: {added[0].plan.told}, ${formats.number(added[0].added)} a week"


def _finding(costs: Sequence[Cost]) -> str:
    known = [each for each in costs if each.known]
    if len(known) < 2:
        return "What a contact costs, and a solved issue"
    contact, solved = (min(known, key=lambda each, at=at: each.means[at]) for at in (0, 1))  # type: ignore[misc]
    dearer = estimate([float(each) for each in contact.solved - solved.solved])
    if dearer.low > 0 and dearer.mean >= MEASURES["cost_per_resolved_issue"].matters:
        return "Cheapest per contact is not cheapest per issue"
    prices = [formats.number(each, 2) for each in sorted(each.means[1] for each in known)]
    return fit.headline(f"A solved issue costs ${prices[0]} to ${prices[-1]}", "What a solved issue costs")


def _told(cost: Cost) -> str:
    if not cost.known:
        return f"{cost.plan.told}: nothing was solved"
    contact, solved = (formats.number(each, 2) for each in cost.means)
    return f"{cost.plan.told}: ${contact} a contact, ${solved} a solved issue"
