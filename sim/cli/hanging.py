"""`sim hangs`: what the findings about the plans of the kit depend on."""

from pathlib import Path
from typing import Any, cast

from sim.cli import screen
from sim.cli.checking import figure
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.experiment.estimate import Estimate
from sim.experiment.hangs import PLANS, Hangs, save_hangs, what_hangs
from sim.flow import Engine, prepare
from sim.scenario import named
from sim.season.catalogue import MEASURES

OPENING = "Living through a year of {} plans under every doubtful assumption; Ctrl-C ends it."


def hanging(
    *, replications: int, output: Path | None, workers: int | None, engine: str, as_json: bool
) -> None:
    """Attack every result of the kit's plans; print, and perhaps store, what each depends on."""
    ready = prepare(cast(Engine, engine), screen.tell)
    with stoppable() as stop, view_of(Work(1, OPENING.format(len(PLANS)), "Year")) as view:
        found = what_hangs(replications, engine=ready, workers=workers, progress=view.show, stop=stop)
    if stop.is_set():
        raise Stopped("Stopped before the end, so nothing is said and nothing is stored.")
    if output:
        save_hangs(found, output)
        screen.tell(f"Saved as {output.name}.")
    if as_json:
        screen.show_json([_plain(each) for each in found])
        return
    for each in found:
        show(each)


def show(each: Hangs) -> None:
    """Print one result, what it depends on, and of how many assumptions it does not."""
    screen.say(
        f"{named(each.plan).title}: {MEASURES[each.result].title.lower()} {_with_interval(each.base)}", "bold"
    )
    for swing in each.swings:
        if swing.word == "depends on":
            low, high = _with_interval(swing.low.difference), _with_interval(swing.high.difference)
            ends = f"{low} at {figure(swing.low.value)}, {high} at {figure(swing.high.value)}"
            screen.say(f"  depends on {swing.doubt.facts.title} ({swing.doubt.path}): {ends}")
    others = sum(swing.word != "depends on" for swing in each.swings)
    screen.say(f"  and not on the other {others}, one at a time.")
    screen.say()


def _with_interval(found: Estimate) -> str:
    return f"{figure(found.mean)} ±{figure(found.half_width)}"


def _plain(each: Hangs) -> dict[str, Any]:
    return {
        "plan": each.plan,
        "result": each.result,
        "difference": each.base.mean,
        "half_width": each.base.half_width,
        "assumptions": len(each.swings),
        "depends_on": [swing.doubt.path for swing in each.swings if swing.word == "depends on"],
    }
