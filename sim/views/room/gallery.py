"""What there is to see of a run, view by view: the week, the months, and the journey on a page of its own."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from sim.views import sentences
from sim.views.charts import (
    ConsistencyPanel,
    CostPanel,
    CustomersPanel,
    JourneyPage,
    LoyaltyPanel,
    ProfitPanel,
    StaffPanel,
    WaitingPanel,
)
from sim.views.charts.canvas import DRAWING
from sim.views.equivalents import Equivalent, equivalents, journey_equivalent
from sim.views.months import notes
from sim.views.months import sentences as month_sentences
from sim.views.months.equivalents import season_equivalents
from sim.views.room import words
from sim.views.room.runs import Found
from sim.views.still import data_of, titles_of

View = Literal["week", "months", "journey"]
VIEWS: Mapping[View, tuple[str, ...]] = {
    "week": ("waiting", "consistency", "loyalty", "cost"),
    "months": ("loyalty", "customers", "profit", "staff"),
    "journey": ("journey",),
}
"""The panels of each view, row by row."""
KINDS: Mapping[str, type[Any]] = {
    "waiting": WaitingPanel,
    "consistency": ConsistencyPanel,
    "cost": CostPanel,
    "loyalty": LoyaltyPanel,
    "customers": CustomersPanel,
    "profit": ProfitPanel,
    "staff": StaffPanel,
    "journey": JourneyPage,
}
QUICK, FINE = 1.0, 2.0
"""Dots to a css pixel: of a first look, and of a picture that stays."""


@dataclass(frozen=True)
class Drawn:
    """All that a view shows: a headline, the sentence below it as HTML, and title, picture and note of each panel."""

    view: View
    headline: str
    below: str
    titles: Mapping[str, str]
    pictures: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """Each panel of some in data, in words for those who do not see it, and its finding."""

    data: Mapping[str, Any]
    equivalents: Mapping[str, Equivalent]
    titles: Mapping[str, str]


class Gallery:
    """The pictures; they keep their axes while a run refines, and are drawn only where they are looked at."""

    def __init__(self) -> None:
        self._panels: dict[str, Any] = {}
        self._weeks = 0
        self._months_seen = False

    def forget(self) -> None:
        """Let the axes fit another operation afresh."""
        self._months_seen = False
        for panel in self._panels.values():
            panel.forget()

    def draw(self, found: Found, scale: float, view: View = "week", whose: str = "plan") -> Drawn:
        """Draw what was found; until there is something, axes, thresholds and words.

        Beside a week the months of the choice before stay, and say so, until those of this one are there.
        `whose` journey is shown, on the page of the journey: that of the plan, or of now.
        """
        if found.weeks != self._weeks:
            self.forget()
            self._weeks = found.weeks
        if view == "journey":
            return self._journey(found, scale, whose)
        names = VIEWS[view]
        told = [_of_week(found)] if view == "week" else []
        if view == "months" or found.lived or not self._months_seen:
            told.append(_of_months(found))
            self._months_seen = found.lived > 0
        titles = {name: each.titles[name] for each in told for name in names if name in each.titles}
        pictures = {
            name: self._picture(name, each.data[name], each.equivalents[name], scale)
            for each in told
            for name in names
            if name in each.titles
        }
        headline, below = _of_week_in_words(found) if view == "week" else _of_months_in_words(found)
        said = {name: _note(name, found) if name in titles else words.OLDER for name in names}
        return Drawn(view, headline, below, titles, pictures, said)

    def _journey(self, found: Found, scale: float, whose: str) -> Drawn:
        data = data_of(found.comparison).journey
        side = data.now if whose == "now" else data.plan
        if side is None:
            return _journey_page(sentences.headline_of_now(None), words.FIRST, "")
        picture = self._picture("journey", side, journey_equivalent(data), scale)
        below = sentences.journey_below(side, "now" if whose == "now" else "the plan")
        return _journey_page(sentences.journey_headline(side), below, picture)

    def _picture(self, name: str, data: Any, told: Equivalent, scale: float) -> str:
        with DRAWING:
            panel = self._panels.get(name) or self._panels.setdefault(name, KINDS[name]())
            panel.update(data)
            png = panel.png(scale)
        return picture_html(png, told)


def _journey_page(headline: str, below: str, picture: str) -> Drawn:
    """The one picture under its headline."""
    return Drawn("journey", headline, escape(below), {"journey": ""}, {"journey": picture})


def _note(name: str, found: Found) -> str:
    """What to keep in mind below a panel: a sentence below those of the week, two below those of the months."""
    return notes.short(name, *found.months.plans[:2], most=1 + (name in notes.MONTHS))


def _of_week(found: Found) -> Told:
    data = data_of(found.comparison)
    return Told(vars(data), equivalents(data), titles_of(data, found.comparison))


def _of_months(found: Found) -> Told:
    still = found.season
    return Told(vars(still.data), season_equivalents(still.data, still.found), still.titles())


def _of_week_in_words(found: Found) -> tuple[str, str]:
    if not found.plan.summaries:
        return sentences.headline_of_now(None), escape(words.FIRST)
    return words.headline(found), words.below(found)


def _of_months_in_words(found: Found) -> tuple[str, str]:
    still = found.season
    below = month_sentences.below(still.found, running=found.state == "running", same=still.same)
    return still.headline, sentences.with_verdicts(below) if found.lived else escape(words.FIRST_MONTHS)


def picture_html(png: bytes, told: Equivalent) -> str:
    """A picture with its sentence for those who do not see it, and its table behind it."""
    source = f"data:image/png;base64,{b64encode(png).decode('ascii')}"
    image = f'<img class="kit-picture" decoding="sync" alt="{escape(told.sentence)}" src="{source}">'
    return f'{image}<div class="kit-hidden">{told.html()}</div>'
