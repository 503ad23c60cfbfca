"""The sentences of the page that are not about a finding: how far a run is, and what the two sides are."""

from math import ceil, isfinite

from sim.scenario import Scenario
from sim.season.contract import WEEKS_PER_YEAR
from sim.views import formats, looks
from sim.views.months.data import HORIZONS
from sim.views.months.sentences import NOT_RUN, disagreement
from sim.views.months.still import SeasonStill
from sim.views.sentences import Finding, verdict_cell
from sim.views.year.runs import Found

SAME_CUSTOMERS = "Both plans meet the same customers with the same luck."
WIDE = "The bands are wider than asked for."
BROKEN = "That run did not finish. Your choice is kept. Choose again to try once more; details are in {}."
TROUBLE = "That did not work. Your choice is kept; details are in {}."
FIRST = "The operation settles first; then both plans live through the same weeks."
UNMOVED = "As if nobody minded variability or remembered failures"
UNMOVED_ON = "Both are set to 0, for now and plan: what still differs does not rest on them."
UNMOVED_OFF = "Takes away two assumptions on which “consistency before delight” rests."
TOO_SHORT = "Choose 52 weeks or more to see money over whole years."
THOUSAND = 1e-3


def progress(found: Found) -> tuple[str, str]:
    """How far the run is: in bold, and after it."""
    if found.state == "finished":
        return f"{found.total} replications", "done"
    if found.state == "stopped":
        return f"Stopped at {found.done} of {found.total}.", ""
    return f"Replication {found.done} of {found.total}", time_left(found.seconds_left)


def time_left(seconds: float | None) -> str:
    """The seconds left, in whole seconds or minutes."""
    if seconds is None or not isfinite(seconds):
        return ""
    return f"{ceil(seconds)} s left" if seconds < 90 else f"{ceil(seconds / 60)} min left"


def still_of(found: Found) -> SeasonStill:
    """What was found, as a thing that stands still."""
    return SeasonStill(found.seasons, found.weeks)


def whose(now: Scenario, found: Found | None) -> str:
    """The operation, and how many customers it has once that is known."""
    if found is None or not found.done:
        return now.title
    first = found.seasons.summaries[0][0].weekly["customers"][0]
    return f"{now.title}, about {formats.number(float(f'{first:.2g}'))} customers"


def horizon(name: str, one: Finding) -> tuple[str, str, str]:
    """A horizon in three cells: its name, plan less now in thousand dollars, the verdict."""
    less = f"{formats.signed(THOUSAND * one.difference.mean)} {formats.plus_minus(one.difference, THOUSAND)}"
    return name, less.strip(), verdict_cell(one.word)


def horizons(still: SeasonStill) -> tuple[list[tuple[str, str, str, str]], str]:
    """The horizons that the season reaches, each with its verdict's colour, and a sentence about them."""
    reached = [name for name in HORIZONS if name in still.found]
    told = [
        (*horizon(name, still.found[name]), looks.VERDICT_COLOURS[still.found[name].word]) for name in reached
    ]
    if still.weeks < WEEKS_PER_YEAR:
        return told, TOO_SHORT
    return told, disagreement(still.found, reached) if reached else NOT_RUN
