"""A difference in words: better, worse, no difference that matters, or cannot tell yet."""

from dataclasses import dataclass
from math import ceil, isfinite
from typing import Literal

from sim.experiment.estimate import Estimate
from sim.measures import Measure

Word = Literal["better", "worse", "no difference that matters", "cannot tell yet"]
MOST_MORE = 1000


@dataclass(frozen=True)
class Verdict:
    """One word, one sentence, and about how many more replications would tell (0 when it is told)."""

    word: Word
    sentence: str
    more: int


def verdict(measure: Measure, difference: Estimate) -> Verdict:
    """Judge the difference "after less before" of a measure.

    Better or worse only if the whole interval lies on one side of zero and its middle outside what does not matter.
    """
    low, high, middle = difference.low, difference.high, difference.mean
    if not isfinite(difference.half_width) and difference.replications != 1:
        return Verdict("cannot tell yet", f"{measure.title}: cannot tell yet: nothing to compare.", 0)
    if -measure.matters < low and high < measure.matters:
        return Verdict("no difference that matters", f"{measure.title}: no difference that matters.", 0)
    if (low > 0 or high < 0) and abs(middle) >= measure.matters and measure.better:
        word: Word = "better" if middle * measure.better > 0 else "worse"
        return Verdict(word, f"{measure.title}: {word}, {_signed(measure, difference)}.", 0)
    more = _more(measure, difference)
    about = (
        f"run about {more} more" if more < MOST_MORE else f"more than {MOST_MORE} more runs would be needed"
    )
    return Verdict("cannot tell yet", f"{measure.title}: cannot tell yet: {about}.", more)


def _more(measure: Measure, difference: Estimate) -> int:
    """Replications still needed, as the interval shrinks with the root of their number."""
    if not isfinite(difference.half_width):
        return 9
    middle = abs(difference.mean)
    wanted = middle if middle > measure.matters else measure.matters - middle
    if wanted * 1e3 < difference.half_width:
        return MOST_MORE
    needed = difference.replications * (difference.half_width / wanted) ** 2
    return min(MOST_MORE, max(1, ceil(needed * 1.1) - difference.replications))


def _signed(measure: Measure, difference: Estimate) -> str:
    scale, unit, digits = (100, " points", 1) if measure.kind == "share" else (1, f" {measure.unit}", 2)
    text = f"{difference.mean * scale:+.{digits}f} ±{difference.half_width * scale:.{digits}f}{unit}"
    return text.replace("-", "\N{MINUS SIGN}")
