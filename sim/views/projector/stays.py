"""What each offer is worth to customers over a year, and what it would be if a wow were worth twice as much."""

from sim.views import formats, looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, round_ticks
from sim.views.projector.frame import Slide
from sim.views.projector.shapes import LEFT, RIGHT, Box, Mark, Picture, Sign, Stroke, Words
from sim.workshop.exhibits import Offer, Worth, apart

TOP, PITCH = 400.0, 122.0
ABOVE = 60.0
CAPTION = "more of 100 customers who stay a year"


def stays(worth: Worth) -> Slide:
    """Customers expected to stay more, offer by offer on one scale; the band is one more person's interval."""
    ends = [end for each in worth.offers for end in (0.0, each.stay.low, each.stay.high)]
    ticks = round_ticks(ends, parts=4, least=0.1)
    scale = Scale(ticks[0], ticks[-1], 760.0, 1460.0)
    low, high = scale(worth.agent.stay.low), scale(worth.agent.stay.high)
    wows = (worth.wow, worth.twice)
    drawn = (
        Box(low, TOP - ABOVE, high - low, AXIS_Y - TOP + ABOVE, looks.FLOW, 0.5),
        *across(scale, ticks, caption=CAPTION),
        *(
            shape
            for at, each in enumerate(worth.offers)
            for shape in _row(scale, TOP + at * PITCH, each, wow=each in wows)
        ),
    )
    words = tuple(f"{each.title}: {_stay(each)} more of 100 expected to stay a year" for each in worth.offers)
    return Slide(_finding(worth), _sub(worth), "chart", drawn, (*words, f"{_sub(worth)}."))


def _row(scale: Scale, y: float, offer: Offer, *, wow: bool) -> Picture:
    sign: Sign = "diamond" if wow else "dot"
    colour = looks.PLAN_BLUE if wow else looks.INK
    low, high = scale(offer.stay.low), scale(offer.stay.high)
    return (
        Words(LEFT, y, fit.shortened(offer.title, 640.0)),
        Stroke(((low, y - 17), (high, y - 17)), colour, 6.0),
        Mark(scale(offer.stay.mean), y - 17, 18.0, colour, looks.PAPER, 3.0, sign),
        Words(RIGHT, y, _stay(offer), bold=True, align="end"),
    )


def _finding(worth: Worth) -> str:
    if apart(worth.twice.stay, worth.agent.stay):
        return "At twice its worth, wow passes one more person"
    if apart(worth.agent.stay, worth.twice.stay):
        return "At twice its worth, wow still brings less"
    return "Wow at twice its worth: luck cannot tell"


def _sub(worth: Worth) -> str:
    if apart(worth.story.stay, worth.twice.stay):
        return "Against one more person; the story kept brings more than both wows"
    if apart(worth.story.stay, worth.wow.stay):
        return "Against one more person; the story kept brings more than wow as it is"
    return "Against one more person, and against the story kept"


def _stay(offer: Offer) -> str:
    return formats.with_half_width(offer.stay, decimals=2)
