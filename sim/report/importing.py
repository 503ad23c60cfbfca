"""Report in, scenario out: read, fit, and lay the model beside the report."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from sim.experiment import replicate
from sim.experiment.replications import Report as Told
from sim.report.calibration import Row, calibration
from sim.report.fit import SPAN, Dials, Watch, fit, scenario
from sim.report.profile import Profile, profile
from sim.report.read import read
from sim.scenario import Scenario

REPLICATIONS = 20


@dataclass(frozen=True, eq=False)
class Imported:
    """A scenario made from a report; `notes` say what was repaired, assumed or left out, and what was fitted."""

    scenario: Scenario
    calibration: tuple[Row, ...]
    notes: tuple[str, ...]
    dials: Dials

    @property
    def poor(self) -> tuple[Row, ...]:
        """The measures on which model and report disagree."""
        return tuple(row for row in self.calibration if not row.fits)


def import_report(
    path: str | os.PathLike[str],
    *,
    seed: int = 1,
    replications: int = REPLICATIONS,
    workers: int | None = None,
    watch: Watch | None = None,
    progress: Told | None = None,
    stop: Event | None = None,
) -> Imported:
    """Turn an interval report into a scenario; `watch` hears each round of the fit. Raises BadInput."""
    report = read(path)
    found = profile(report)
    dials = fit(found, seed=seed, workers=workers, watch=watch, stop=stop)
    made = scenario(found, dials, *_names(Path(path)))
    results = replicate(
        made, replications, span=SPAN, seed=seed, workers=workers, progress=progress, stop=stop
    )
    notes = (*report.repairs, *found.notes, *_fitted(found, dials), NOT_IN_THE_REPORT)
    return Imported(made, calibration(found, results), notes, dials)


def try_on(
    imported: Imported, path: str | os.PathLike[str], *, seed: int = 1, workers: int | None = None
) -> Imported:
    """The fitted model given another report's volumes and agents, beside what that report says: nothing is refitted."""
    report = read(path)
    found = profile(report)
    talk = imported.scenario.assumptions.handling.talk_mean
    made = scenario(found, imported.dials, *_names(Path(path)))
    made = made.changed(
        {
            "assumptions.handling.talk_mean": talk,
            "assumptions.handling.wrap_up_mean": imported.scenario.assumptions.handling.wrap_up_mean,
            "assumptions.demand.day_factor_cv": imported.scenario.assumptions.demand.day_factor_cv,
        }
    )
    results = replicate(made, REPLICATIONS, span=SPAN, seed=seed, workers=workers)
    return replace(imported, scenario=made, calibration=calibration(found, results), notes=report.repairs)


NOT_IN_THE_REPORT = (
    "Not in the report, so set to none: chatbot, partner, transfers. Kept as the kit assumes them: who comes back, "
    "exceptions and approvals, the spread of talk times, prices."
)


def _names(path: Path) -> tuple[str, str]:
    name = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")[:40]
    return name if re.match(r"[a-z]", name) else f"report_{name}"[:40].rstrip("_"), path.stem[:60]


def _fitted(found: Profile, dials: Dials) -> tuple[str, ...]:
    notes = [
        f"Fitted: of 100 contacts offered, {100 * dials.volume:.0f} are the first of an issue, the others come back."
    ]
    if found.reported("abandonment_rate") == 0:
        notes.append("Nobody hangs up in the report, so patience is without limit in the scenario.")
    else:
        notes.append(f"Fitted: mean patience {dials.patience:.1f} minutes.")
    if abs(dials.available - 1) > 0.02:
        notes.append(
            f"Fitted: for every 100 agents counted, {100 * dials.available:.0f} answer at any one time; "
            "the staffing lever counts those who answer."
        )
    if found.day_factor_cv is None:
        notes.append("Too few days to see how busy days differ; the usual day factor of 0.15 is assumed.")
    return tuple(notes)
