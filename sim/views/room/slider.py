"""How long a slider takes to its first picture, and how much of that is the picture."""

from statistics import median
from time import perf_counter

from sim.experiment import Results
from sim.experiment.replications import one
from sim.flow import prepare
from sim.scenario import LEVERS, Scenario
from sim.views.room.board import QUICK, Gallery
from sim.views.room.runs import GLANCE, Found
from sim.views.room.worlds import average_day

ROUNDS = 9
SEED = 1


def slider() -> dict[str, float]:
    """Milliseconds from a moved slider to its four pictures, the same from constant data, and their ratio."""
    engine, gallery, now = prepare(), Gallery(), average_day(Scenario())
    known = one([now], 0, SEED, GLANCE, engine).summaries
    found = Found(0, Results(now, known), Results(now, known), True, 1, "running")
    moved, drawn = [], []
    for number in range(ROUNDS + 1):
        start = perf_counter()
        plan = average_day(Scenario().changed(LEVERS["staffing"], 5 + number))
        summaries = one([plan], 0, SEED, GLANCE, engine).summaries
        found = Found(0, found.now, Results(plan, summaries), True, 1, "running")
        gallery.draw(found, QUICK)
        middle = perf_counter()
        gallery.draw(found, QUICK)
        moved.append(middle - start)
        drawn.append(perf_counter() - middle)
    slider_ms, picture_ms = 1000 * median(moved[1:]), 1000 * median(drawn[1:])
    return {"slider_ratio": slider_ms / picture_ms, "slider_ms": slider_ms, "picture_ms": picture_ms}
