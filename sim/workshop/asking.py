"""Everything a workshop's paper quotes, asked of the model anew and kept beside its guide."""

from pathlib import Path

from sim.experiment import expected
from sim.experiment.replications import Report
from sim.workshop import paper
from sim.workshop.guide import EXPECTED, FILE, read


def ask_again(folder: Path, progress: Report | None = None) -> None:
    """Ask, and replace what was kept; raises BadInput, and then the old answers stay."""
    guide = read(folder / FILE)
    told = expected.ask(guide.questions, progress)
    if guide.paper is None:
        expected.keep(folder / EXPECTED, told)
        return
    found = paper.looked_up(guide, progress=progress), paper.days_of(guide), paper.hours_of(guide)
    expected.keep(folder / EXPECTED, told)
    paper.keep(folder, *found)
