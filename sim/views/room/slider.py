"""How long a slider takes to its first picture, and how much of that is the picture."""

from statistics import median
from time import perf_counter

from sim.experiment import Results
from sim.experiment.replications import one
from sim.experiment.seasons import Seasons
from sim.flow import Engine, prepare
from sim.scenario import LEVERS, Scenario
from sim.views.room.gallery import QUICK, Gallery
from sim.views.room.runs import GLANCE, Found
from sim.views.room.worlds import YEAR, average_day

ROUNDS = 9
SEED, OTHER_SEED = 1, 2


def slider() -> dict[str, float]:
    """Milliseconds from a moved slider to its four pictures, the like from constant data, and their ratio.

    Every picture is a new one: letters that were drawn before cost nothing.
    """
    engine, gallery, now = prepare(), Gallery(), average_day(Scenario())
    constant = [_moved(number, OTHER_SEED, engine) for number in range(ROUNDS + 1)]
    before = Results(now, one([now], 0, SEED, GLANCE, engine).summaries)
    moved, drawn = [], []
    for number in range(ROUNDS + 1):
        start = perf_counter()
        gallery.draw(_found(before, _moved(number, SEED, engine)), QUICK)
        middle = perf_counter()
        gallery.draw(_found(before, constant[number]), QUICK)
        moved.append(middle - start)
        drawn.append(perf_counter() - middle)
    slider_ms, picture_ms = 1000 * median(moved[1:]), 1000 * median(drawn[1:])
    return {"slider_ratio": slider_ms / picture_ms, "slider_ms": slider_ms, "picture_ms": picture_ms}


def _found(now: Results, plan: Results) -> Found:
    """A first look, before any season was lived through."""
    months = Seasons((now.scenario, plan.scenario), ())
    return Found(0, now, plan, True, 1, "running", months, YEAR, 1)


def _moved(number: int, seed: int, engine: Engine) -> Results:
    plan = average_day(Scenario().changed(LEVERS["staffing"], 5 + number))
    return Results(plan, one([plan], 0, seed, GLANCE, engine).summaries)
