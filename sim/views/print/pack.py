"""Everything a workshop prints, in one go."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sim.scenario import BadInput
from sim.views.print.booklet import Numbers, booklet
from sim.views.print.handouts import cards, see, takeaway
from sim.views.print.press import PAPERS, Press
from sim.views.print.say import say
from sim.workshop import guide as guides
from sim.workshop import paper as papers
from sim.workshop.guide import Guide, Quoting

BOOKLET: Final = "lookup-booklet"
Make = Callable[[Guide, Quoting, Numbers, str], Press]
KINDS: Final[Mapping[str, Make]] = MappingProxyType(
    {
        "say-guide": lambda guide, quote, _, paper: say(guide, quote, paper),
        "see-booklet": lambda guide, quote, _, paper: see(guide, quote, paper),
        "cards-person": lambda guide, quote, _, paper: cards(guide, quote, paper, "person"),
        "cards-team": lambda guide, quote, _, paper: cards(guide, quote, paper, "team"),
        BOOKLET: booklet,
        "take-away": lambda guide, quote, _, paper: takeaway(guide, quote, paper),
    }
)
"""What is printed, by the name in its file."""


def print_pack(source: Path, folder: Path, paper: str = "a4") -> list[Path]:
    """Print everything of the workshop whose guide lies in `source`: the files written, in order.

    Kinds that the guide has nothing for are left out. Raises BadInput when a page holds more than fits, or a number was
    never asked of the model; then nothing is written.
    """
    if paper not in PAPERS:
        raise BadInput(f"Paper: {paper} is not one of {', '.join(PAPERS)}.")
    guide = guides.read(source / guides.FILE)
    quote, numbers = guides.quoting(source, guide), _numbers(source, guide)
    made = {
        name: make(guide, quote, numbers, paper)
        for name, make in KINDS.items()
        if guide.paper or name != BOOKLET
    }
    _ready(folder)
    return [
        press.write(folder / f"{guide.workshop}-{name}-{paper}.pdf")
        for name, press in made.items()
        if press.number
    ]


def _numbers(source: Path, guide: Guide) -> Numbers:
    if guide.paper is None:
        return Numbers((), (), ())
    return Numbers(papers.kept_rows(source), papers.kept_days(source), papers.kept_hours(source))


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"{folder.name}: is no folder to write to ({error.strerror}); choose another."
        ) from error
