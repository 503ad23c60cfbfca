"""The curve that is predicted: your diamonds at each of its points, and after the reveal the model's line and band."""

from collections.abc import Iterator, Sequence

from sim.exercise.source import Asked
from sim.views import looks
from sim.views.card import words
from sim.views.card.picture import Axis, area, circle, diamond, said, stroke, svg, tick_words
from sim.views.card.scale import Model

HEIGHT, TOP, BOTTOM = 262.0, 34.0, 206.0
LEFT, RIGHT = 64.0, 500.0
POINT_WORDS, AXIS_WORDS = 228.0, 252.0
NAME_APART = 18.0
Heights = Sequence[float | None]


def across(asked: Asked) -> Axis:
    """Where the points stand."""
    return Axis(min(asked.points), max(asked.points), LEFT + 24, RIGHT - 24)


def upward(asked: Asked) -> Axis:
    """Where the heights stand."""
    return Axis(*asked.scale, BOTTOM, TOP)


def curve_html(
    asked: Asked, you: Heights, models: Sequence[Model] = (), gap: str = "", *, marked: bool = True
) -> str:
    """The axes with what is known; `marked`: whether your marks are drawn, rather than the sliders' handles."""
    x, y = across(asked), upward(asked)
    parts = [*_axes(asked, x, y)]
    mine = [(x.at(at), y.at(one)) for at, one in zip(asked.points, you, strict=True) if one is not None]
    if models:
        parts += _model(asked, x, y, models)
    if len(mine) == len(you):
        parts.append(stroke(mine, looks.INK, 1.5))
    if marked:
        parts += [diamond(*place, 8) for place in mine]
    if models and mine:
        parts += _names(mine[-1][1], y.at(models[-1].value))
    return svg(HEIGHT, parts, equivalent(asked, you, models, gap))


def equivalent(asked: Asked, you: Heights, models: Sequence[Model], gap: str) -> str:
    """The same in words: the heights at each point."""
    rows = []
    for number, (at, one) in enumerate(zip(asked.points, you, strict=True)):
        mine = "not given yet" if one is None else f"you {words.amount(one, asked)}"
        theirs = f", the model {models[number].shown} ({models[number].range})" if models else ""
        rows.append(f"at {at:g}: {mine}{theirs}")
    told = f"A curve over {asked.axis or 'its points'}, in {asked.unit or 'numbers'}; {'; '.join(rows)}."
    return f"{told} {gap.capitalize()}." if gap else told


def _axes(asked: Asked, x: Axis, y: Axis) -> Iterator[str]:
    for value in y.ticks():
        yield stroke([(LEFT, y.at(value)), (RIGHT, y.at(value))], looks.GRID, 1)
        yield said(LEFT - 8, y.at(value) + 5, tick_words(value, y), align="end")
    yield said(0, TOP - 18, asked.unit)
    yield stroke([(LEFT, BOTTOM), (RIGHT, BOTTOM)], looks.INK_3, 1.2)
    for at in asked.points:
        yield stroke([(x.at(at), BOTTOM), (x.at(at), BOTTOM + 5)], looks.INK_3)
        yield said(x.at(at), POINT_WORDS, f"{at:g}", align="middle")
    yield said((LEFT + RIGHT) / 2, AXIS_WORDS, asked.axis, align="middle")


def _model(asked: Asked, x: Axis, y: Axis, models: Sequence[Model]) -> Iterator[str]:
    places = [x.at(at) for at in asked.points]
    upper = [(at, y.at(each.value + each.around)) for at, each in zip(places, models, strict=True)]
    lower = [(at, y.at(each.value - each.around)) for at, each in zip(places, models, strict=True)]
    yield area([*upper, *reversed(lower)], looks.PLAN_BLUE, looks.PLAN.band_alpha)
    middle = [(at, y.at(each.value)) for at, each in zip(places, models, strict=True)]
    yield stroke(middle, looks.PLAN_BLUE, looks.LINE_WIDTH)
    yield from (circle(*place, 5) for place in middle)


def _names(you: float, model: float) -> Iterator[str]:
    """The names of both curves at their right ends, apart from each other."""
    if abs(you - model) < NAME_APART:
        middle = min(max((you + model) / 2, TOP + NAME_APART / 2), BOTTOM - NAME_APART / 2)
        upper, lower = middle - NAME_APART / 2, middle + NAME_APART / 2
        you, model = (upper, lower) if you <= model else (lower, upper)
    yield said(RIGHT + 2, you + 5, "you", size=15, bold=True, colour=looks.INK)
    yield said(RIGHT + 2, model + 5, "model", size=15, bold=True, colour=looks.PLAN_TEXT)
