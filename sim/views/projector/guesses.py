"""What the room predicted, as dots without names, beside what the model did."""

from collections import Counter
from collections.abc import Sequence
from math import isfinite
from statistics import median

from sim.experiment import Estimate
from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, round_ticks
from sim.views.projector.frame import Said, Slide, flow
from sim.views.projector.plans import teams, written
from sim.views.projector.shapes import LEFT, RIGHT, SMALLEST, Align, Box, Mark, Picture, Stroke, Words
from sim.workshop.board import result_of
from sim.workshop.debrief import Point, predicted_and_came
from sim.workshop.forecast import order_of, outcome_of
from sim.workshop.outcome import RoundResult
from sim.workshop.ranks import places, shown
from sim.workshop.session import Session
from sim.workshop.source import Ask, Option

UNTOLD = "What came cannot be told this time"
BAND_TOP, DOTS_TOP = 300.0, 460.0
TITLES_END, DOTS_START, DOTS_END = 780.0, 820.0, 1500.0


def guesses(session: Session, ask: Ask) -> Slide:
    """The slide of one prediction, with its outcome; raises Refused without a result."""
    return _numbers(session, ask) if ask.kind == "number" else _options(session, ask)


def _numbers(session: Session, ask: Ask) -> Slide:
    result = result_of(session, session.round)
    points = predicted_and_came(session, session.round.id, ask.id)
    came = [outcome_of(ask, result, result.results[at]) for at in result.plan_of.values()]
    if not all(isfinite(each.mean) for each in came):
        return _untold(ask, len(points))
    scale = Scale(ask.low, ask.high, LEFT + 40, RIGHT - 40)
    ticks = [tick for tick in round_ticks((ask.low, ask.high)) if ask.low <= tick <= ask.high]
    caption = f"{ask.measured.title.lower()}, {ask.unit}" if ask.unit else ask.measured.title.lower()
    line, low, high, told = _model(ask, came)
    drawn = (
        *_outcome(scale, line, low, high, told),
        *across(scale, ticks, caption=caption),
        *_dots(scale, ask, [point.predicted for point in points]),
    )
    words = (f"The {told[0]}, {told[1]}.", *_tally(ask, points))
    return Slide(_finding(ask, points), _sub(len(points)), "chart", drawn, words)


def _untold(ask: Ask, said: int) -> Slide:
    """The slide where nothing came that could be counted."""
    words = (ask.ask, UNTOLD)
    return Slide(UNTOLD, _sub(said), "words", flow([Said(ask.ask)]), words)


def _model(ask: Ask, came: Sequence[Estimate]) -> tuple[float, float, float, tuple[str, str]]:
    """The line, the ends of the band, and what the band is, in words: of all plans, or of the only one."""
    means = [each.mean for each in came]
    if len(set(means)) > 1:
        least, most, middle = (written(ask, value) for value in (min(means), max(means), median(means)))
        told = f"model: {least} to {most}", f"by plan; in the middle {middle}"
        return median(means), min(means), max(means), told
    low, high = max(ask.low, came[0].low), min(ask.high, came[0].high)
    unit = f" {ask.unit}" if ask.question else ""
    told = f"model: {written(ask, means[0])}{unit}", f"between {written(ask, low)} and {written(ask, high)}"
    return means[0], low, high, told


def _outcome(scale: Scale, line: float, low: float, high: float, told: tuple[str, str]) -> Picture:
    left, right = (min(max(scale(end), scale.start), scale.end) for end in (low, high))
    at = min(max(scale(line), scale.start), scale.end)
    x, align = _beside(left, at, right, max(fit.width(told[0], 60.0, bold=True), fit.width(told[1])))
    return (
        Box(left, BAND_TOP, max(2.0, right - left), AXIS_Y - BAND_TOP, looks.PLAN_BLUE, 0.18),
        Stroke(((at, BAND_TOP), (at, AXIS_Y)), looks.PLAN_BLUE, 6.0),
        Mark(at, BAND_TOP + 12, 14.0, looks.PLAN_BLUE, looks.PLAN_BLUE, 2.0),
        Words(
            x,
            BAND_TOP + 64,
            told[0],
            60.0,
            looks.PLAN_TEXT,
            bold=True,
            align=align,
        ),
        Words(x, BAND_TOP + 128, told[1], SMALLEST, looks.PLAN_TEXT, align=align),
    )


def _beside(left: float, line: float, right: float, wide: float) -> tuple[float, Align]:
    """Where words stand: on the right of the band, on its left, or where neither has room, upon it beside the line."""
    for after, before in ((right, left), (line, line)):
        if after + 28 + wide <= RIGHT:
            return after + 28, "start"
        if before - 28 - wide >= LEFT:
            return before - 28, "end"
    return RIGHT, "end"


def _dots(scale: Scale, ask: Ask, said: Sequence[float]) -> Picture:
    columns = Counter(round((value - ask.low) / ask.step) for value in said)
    if not columns:
        return ()
    beside = (scale(ask.low + ask.step) - scale(ask.low)) / 2
    radius = min(22.0, beside - 2, (AXIS_Y - DOTS_TOP) / max(columns.values()) / 2.1)
    return tuple(
        Mark(
            scale(min(ask.high, ask.low + column * ask.step)), AXIS_Y - 4 - radius * (1 + 2.1 * at),
            radius - 2, looks.PAPER, looks.NOW_GREY, 4.0,
        )
        for column, count in sorted(columns.items())
        for at in range(count)
    )  # fmt: skip


def _finding(ask: Ask, points: Sequence[Point]) -> str:
    said = len(points)
    more = sum(point.predicted > point.came + ask.step for point in points)
    less = sum(point.predicted < point.came - ask.step for point in points)
    near = said - more - less
    if not said:
        return "Nobody predicted; this is what came"
    if 2 * more > said:
        return f"{more} of {said} expected more than came"
    if 2 * less > said:
        return f"{less} of {said} expected less than came"
    if 2 * near > said:
        return fit.headline(
            f"{near} of {said} were within {ask.step:g} of what came", f"{near} of {said} came near"
        )
    parts = ((more, "expected more"), (less, "expected less" if not more else "less"), (near, "came near"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _sub(number: int) -> str:
    if not number:
        return "What the model did with your plans"
    said = "Your one prediction" if number == 1 else f"Your {number} predictions"
    return f"{said}, and what the model did"


def _tally(ask: Ask, points: Sequence[Point]) -> tuple[str, ...]:
    counts = Counter(point.predicted for point in points)
    return tuple(
        f"{value:g} {ask.unit}: {count} {'team' if count == 1 else 'teams'}"
        for value, count in sorted(counts.items())
    )


def _options(session: Session, ask: Ask) -> Slide:
    result = result_of(session, session.round)
    there = {team.number for team in session.state.teams}
    made = [
        each for each in session.state.now.predictions.values() if each.ask == ask.id and each.team in there
    ]
    first = Counter(each.value[0] if isinstance(each.value, tuple) else each.value for each in made)
    model = _by_model(ask, result)
    rows = sorted(ask.options, key=lambda option: model[option.id][0])
    drawn = _rows([(option.title, first[option.id], model[option.id][1]) for option in rows])
    word = "put first by" if ask.kind == "ranking" else "said by"
    words = tuple(
        f"{option.title}: {word} {first[option.id]} of {len(made)}; the model: {model[option.id][1] or 'not'}"
        for option in rows
    )
    sub = f"Dots: teams that {'put it first' if ask.kind == 'ranking' else 'said so'}, {len(made)} in all"
    sub = sub if made else "Nobody predicted; this is what came"
    return Slide(_first(rows, [model[option.id] for option in rows]), sub, "chart", drawn, words)


def _by_model(ask: Ask, result: RoundResult) -> dict[str, tuple[int, str]]:
    """For each option its best place, for the order, and what to write beside it."""
    if any(option.low is not None or option.high is not None for option in ask.options):
        return _bands(ask, result)
    _, pairs = order_of(ask, result)
    ids = [option.id for option in ask.options]
    ranges = places(ids, lambda one, other: pairs.get((one, other), 0) > 0 or pairs.get((other, one), 0) < 0)
    return {id_: (first, f"place {shown(first, last)}") for id_, (first, last) in ranges.items()}


def _bands(ask: Ask, result: RoundResult) -> dict[str, tuple[int, str]]:
    came = [outcome_of(ask, result, result.results[at]).mean for at in result.plan_of.values()]
    found = {}
    for at, option in enumerate(ask.options, 1):
        held = sum(_holds(option, value) for value in came)
        found[option.id] = (at, teams(held) if held else "")
    return found


def _holds(option: Option, value: float) -> bool:
    return (option.low is None or value >= option.low) and (option.high is None or value < option.high)


def _rows(rows: Sequence[tuple[str, int, str]]) -> Picture:
    pitch = min(160.0, 660.0 / max(1, len(rows)))
    most = max((count for _, count, _ in rows), default=1) or 1
    step = min(46.0, (DOTS_END - DOTS_START) / most)
    drawn: list[Words | Mark | Stroke] = []
    for at, (title, count, model) in enumerate(rows):
        y = 370.0 + at * pitch
        drawn.append(Words(LEFT, y, fit.shortened(title, TITLES_END - LEFT)))
        drawn += [
            Mark(DOTS_START + step * (i + 0.5), y - 17, step / 2 - 4, looks.PAPER, looks.NOW_GREY)
            for i in range(count)
        ]
        if model:
            drawn.append(Words(RIGHT, y, model, colour=looks.PLAN_TEXT, bold=True, align="end"))
    return (*drawn, Words(RIGHT, 300.0, "model", colour=looks.PLAN_TEXT, align="end"))


def _first(rows: Sequence[Option], model: Sequence[tuple[int, str]]) -> str:
    if model and not model[0][1].startswith("place"):
        return "What you said, and what came"
    best = [row.title for row, (place, _) in zip(rows, model, strict=True) if place == 1]
    if len(best) == 1:
        return fit.headline(f"Came first: {best[0]}", "What came first, and what you said")
    return f"Luck cannot tell the first {len(best)} apart"
