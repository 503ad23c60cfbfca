"""Numbers as people set them: shares in percent, a range that fits the operation, and a sentence for what does not."""

from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10
from typing import Any

from sim.scenario import FieldFacts

PERCENT = 100
REACH = {"agents": (2, 10), "dollars": (5, 100)}
"""By unit: a lever reaches this many times its value now, and at least so far."""
SLIDER_STEPS = 20


@dataclass(frozen=True)
class Reading:
    """What was typed, as a value of the scenario, and the sentence to show if it had to be put right."""

    value: float
    sentence: str = ""


@dataclass(frozen=True)
class Dial:
    """One number of a scenario as a slider or a box shows it; `low`, `high` and `step` are as shown.

    `scale` turns a value of the scenario into what is shown: 100 for shares, which are shown in percent.
    """

    path: str
    name: str
    unit: str
    scale: int
    low: float
    high: float
    step: float
    whole: bool

    def shown(self, value: float) -> float:
        """What a value of the scenario is on the dial."""
        return round(value * self.scale, 8)

    def text(self, value: float) -> str:
        """The same as it stands in a box."""
        return plain(self.shown(value))

    def value(self, shown: float) -> float:
        """The value of the scenario for a place on the dial."""
        return round(shown) if self.whole else round(shown / self.scale, 10)

    def read(self, typed: str, kept: float) -> Reading:
        """Understand what was typed, or say what is wrong with it and what was set instead; `kept` stays set."""
        if not typed.strip():
            return Reading(kept, f"✕ The box was empty. Kept at {self.text(kept)}.")
        number = number_in(typed)
        if number is None:
            return Reading(kept, f"✕ “{cut(typed)}” is not a number. Kept at {self.text(kept)}.")
        nearest = self._nearest(number)
        told = f"✕ {self._with_unit(number)}"
        if not self.low <= number <= self.high:
            within = f"{plain(self.low)} to {plain(self.high)}"
            return Reading(self.value(nearest), f"{told} is outside {within}. Set to {plain(nearest)}.")
        if nearest != number:
            return Reading(self.value(nearest), f"{told}: whole numbers only. Set to {plain(nearest)}.")
        return Reading(self.value(number))

    def place_of(self, value: float) -> float:
        """Where a value stands on the slider, in percent of its length."""
        length = self.high - self.low
        return 100 * min(max((self.shown(value) - self.low) / length, 0.0), 1.0) if length else 0.0

    def _nearest(self, number: float) -> float:
        inside = min(max(number, self.low), self.high)
        return float(floor(inside + 0.5)) if self.whole else inside

    def _with_unit(self, number: float) -> str:
        return f"{plain(number)} {'%' if self.scale == PERCENT else self.unit.split(',')[0]}".rstrip()


def dial_of(facts: FieldFacts) -> Dial:
    """The dial of a field, over all it allows."""
    scale = PERCENT if is_share(facts) else 1
    low, high = (facts.low or 0.0) * scale, inf if facts.high is None else facts.high * scale
    whole = isinstance(facts.default, int) and not isinstance(facts.default, bool)
    return Dial(facts.path, facts.title, unit_of(facts), scale, low, high, 1.0, whole)


def lever_dial(facts: FieldFacts, *values: float) -> Dial:
    """The dial of a lever, over what makes sense for an operation where it stands at `values`."""
    dial = dial_of(facts)
    if dial.scale == PERCENT:
        return dial
    times, least = REACH.get(facts.unit, (2, 10))
    high = min(dial.high, max(least, *(rounded_up(times * dial.shown(value)) for value in values)))
    low = min(1.0, *values) if dial.whole else dial.low
    return Dial(
        dial.path, dial.name, dial.unit, dial.scale, low, high, step_for(high - low, dial.whole), dial.whole
    )


def is_share(facts: FieldFacts) -> bool:
    """Whether a field is shown in percent."""
    whole_range = (facts.low, facts.high) == (0, 1) and isinstance(facts.default, float)
    return facts.unit.split(" ")[0] == "share" or whole_range


def unit_of(facts: FieldFacts) -> str:
    """The unit as shown beside a name: % of contacts, agents, minutes."""
    return f"%{facts.unit.removeprefix('share')}" if is_share(facts) else facts.unit


def step_for(length: float, whole: bool) -> float:
    """A round step that takes a slider over `length` in about twenty steps; people are moved one by one."""
    if whole and length <= 100:
        return 1.0
    wanted = length / SLIDER_STEPS
    power = 10.0 ** floor(log10(wanted))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= wanted)
    return max(step, 1.0) if whole else step


def rounded_up(value: float) -> float:
    """The next round number: in fives to a hundred, above in quarters of a power of ten."""
    if value <= 10:
        return 10.0
    part = 5.0 if value < 100 else 10.0 ** floor(log10(value)) / 4
    return part * ceil(round(value / part, 9))


def number_in(typed: str) -> float | None:
    """The number that somebody typed, with or without its unit's sign; None if there is none."""
    text = typed.strip().replace("−", "-").strip("%$ ").replace(" ", "")
    if text.count(",") == 1 and "." not in text:
        whole, rest = text.split(",")
        text = whole + rest if len(rest) == 3 and whole.strip("-") not in ("", "0") else f"{whole}.{rest}"
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in text else None


def plain(number: float) -> str:
    """A number with no more digits than it needs: 9, 12.5, 100,000, −3."""
    text = f"{abs(number):,.6f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else f"{abs(number):.3g}"
    return f"−{text}" if number < 0 else text


def cut(typed: str) -> str:
    """What was typed, shortened to fit on the line it is told on."""
    text = " ".join(typed.split())
    return text if len(text) <= 12 else f"{text[:11]}…"


def same(one: Any, other: Any) -> bool:
    """Whether two values of a field are the same, lists and tuples alike."""
    return list(one) == list(other) if isinstance(one, list | tuple) else bool(one == other)
