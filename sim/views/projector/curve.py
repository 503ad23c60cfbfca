"""Promises kept against the lever, or choice by choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sim.experiment import Comparison, Estimate
from sim.views import formats, looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, round_ticks, up
from sim.views.projector.frame import Slide
from sim.views.projector.plans import KEPT, Played, hundred, offered, pitch, played, scale_of, teams, unit_of
from sim.views.projector.shapes import LEFT, RIGHT, Mark, Picture, Stroke, Words
from sim.workshop.board import result_of
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from sim.workshop.source import Lever

FROM, TO = 220.0, 1640.0
SIDE_BY_SIDE = 5
"""Dots at one place; more teams are told by their number."""


@dataclass(frozen=True)
class At:
    """A plan at the value of its lever, as it is shown."""

    value: float
    plan: Played


def curve(session: Session) -> Slide:
    """Promises kept against the lever, or against the choice where there is no number to move; raises Refused."""
    plans = played(session)
    if not plans:
        raise Refused("not now", "No team was in when this round was computed.")
    levers = [lever for lever in session.round.movable if _is_number(lever)]
    if not levers or session.round.choices:
        return _choices(offered(session))
    lever = max(levers, key=lambda each: len({plan.results.scenario.value(each.path) for plan in plans}))
    return _curve(session, plans, lever, alone=len(session.round.movable) == 1)


def _is_number(lever: Lever) -> bool:
    return isinstance(lever.facts.default, int | float) and not isinstance(lever.facts.default, bool)


def _curve(session: Session, plans: Sequence[Played], lever: Lever, *, alone: bool) -> Slide:
    result, factor = result_of(session, session.round), scale_of(lever)
    now = 100 * result.results[result.today].estimate(KEPT).mean
    shown = sorted(
        (At(factor * float(plan.results.scenario.value(lever.path)), plan) for plan in plans),
        key=lambda each: each.value,
    )
    x_ticks = round_ticks([each.value for each in shown], parts=8)
    y_ticks = hundred([now, *(end for each in shown for end in (each.plan.kept.low, each.plan.kept.high))])
    x = Scale(x_ticks[0], x_ticks[-1], FROM + 80, TO - 80)
    y = Scale(y_ticks[0], y_ticks[-1], AXIS_Y - 20, 310.0)
    line = tuple((x(each.value), y(each.plan.kept.mean)) for each in shown)
    drawn = (
        *up(y, y_ticks, FROM, TO),
        *across(
            x,
            x_ticks,
            reach=80.0,
            caption=f"{unit_of(lever) or lever.facts.title.lower()}; upwards: promises kept of 100",
        ),
        *_now(y, now),
        *((Stroke(line, looks.PLAN_BLUE, 4.0),) if alone else ()),
        *(shape for each in shown for shape in _dots(x(each.value), y, each.plan)),
    )
    sub = "Each dot is one team; the stroke is how sure the model is"
    return Slide(
        _finding(shown, lever, alone=alone),
        sub,
        "chart",
        drawn,
        tuple(each.plan.kept_in_words for each in shown),
    )


def _now(y: Scale, now: float) -> Picture:
    return (
        Stroke(((FROM, y(now)), (TO, y(now))), looks.NOW_GREY, 4.0, (16.0, 10.0)),
        Words(TO + 20, y(now) + 17, f"now: {now:.0f}", colour=looks.INK_2),
    )


def _dots(x: float, y: Scale, plan: Played) -> Picture:
    """The interval of a plan, and a dot for each of its teams, side by side."""
    dots, step, middle = min(plan.teams, SIDE_BY_SIDE), 28.0, y(plan.kept.mean)
    marks = (
        Mark(x + step * (at - (dots - 1) / 2), middle, 14.0, looks.PLAN_BLUE, looks.PAPER, 2.0)
        for at in range(dots)
    )
    ends = _inside(y, plan.kept)
    more = (Words(x, min(ends) - 16, f"× {plan.teams}", align="middle"),) if plan.teams > dots else ()
    return (Stroke(((x, ends[0]), (x, ends[1])), looks.PLAN_BLUE, 5.0), *marks, *more)


def _inside(scale: Scale, found: Estimate) -> tuple[float, float]:
    """The ends of an interval, as far as the scale goes."""
    low, high = (scale(min(max(end, scale.low), scale.high)) for end in (found.low, found.high))
    return low, high


def _finding(shown: Sequence[At], lever: Lever, *, alone: bool) -> str:
    """The largest step between neighbours that luck does not explain."""
    if len(shown) == 1:
        only = shown[0].plan
        kept = f"{only.kept.mean:.0f} of 100 promises kept"
        return fit.headline(f"{only.told}: {kept}", kept)
    if not alone:
        return _most([each.plan for each in shown])
    steps = [
        (Comparison(one.plan.results, other.plan.results).difference(KEPT), one, other)
        for one, other in pairwise(shown)
    ]
    sure = [each for each in steps if each[0].low > 0 or each[0].high < 0]
    if not sure:
        return "No step that luck could not have made"
    found, one, other = max(sure, key=lambda each: abs(each[0].mean))
    gain = round(100 * found.mean)
    many = f"{abs(gain)} {'more' if gain > 0 else 'fewer'} of 100 kept"
    span = f"From {one.value:g} to {other.value:g}"
    return fit.headline(f"{span} {unit_of(lever)}: {many}", f"{span}: {many}", many)


def _most(plans: Sequence[Played]) -> str:
    """The plan that keeps most, if it is surely better than every other."""
    best = max(plans, key=lambda plan: plan.kept.mean)
    others = [plan for plan in plans if plan is not best]
    if any(Comparison(plan.results, best.results).difference(KEPT).low <= 0 for plan in others):
        return "Luck cannot tell which of them keeps most"
    return fit.headline(f"Most kept: {best.told}", f"The best of them keeps {best.kept.mean:.0f} of 100")


def _choices(shown: Sequence[Played]) -> Slide:
    ticks = hundred([end for plan in shown for end in (plan.kept.low, plan.kept.high)])
    scale = Scale(ticks[0], ticks[-1], 800.0, 1380.0)
    step = pitch(len(shown))
    drawn = (
        *across(scale, ticks, caption="promises kept of 100"),
        *(shape for at, plan in enumerate(shown) for shape in _row(scale, 350.0 + at * step, plan)),
    )
    sub = "What each of them does, and how many teams took it"
    return Slide(_most(shown), sub, "chart", drawn, tuple(plan.kept_in_words for plan in shown))


def _row(scale: Scale, y: float, plan: Played) -> Picture:
    low, high = _inside(scale, plan.kept)
    who = looks.NOW if plan.today else looks.PLAN
    return (
        Words(LEFT, y, fit.shortened(plan.told, 680.0)),
        Stroke(((low, y - 17), (high, y - 17)), who.colour, 6.0),
        Mark(scale(plan.kept.mean), y - 17, 14.0, who.face, who.colour),
        Words(1420.0, y, formats.with_half_width(plan.kept), bold=who.bold),
        Words(RIGHT, y, "now" if plan.today else teams(plan.teams), colour=looks.INK_2, align="end"),
    )
