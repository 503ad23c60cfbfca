"""Whether overload, exhaustion and quits feed each other: a table, and a sentence for each world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from sim.experiment.spiral import stored_loops
from sim.views import formats, looks
from sim.views.equivalents import Equivalent
from sim.views.still import FAMILY

COLUMNS = ("World, agents", "people at work", "exhaustion, of 100", "posts emptied by the loop")
RUNAWAY = 0.5
"""A loop that empties this share of the agents' posts runs away."""
NO_LOOPS = "No loops are stored yet; save_loops in sim.experiment.spiral writes them."


@dataclass(frozen=True)
class LoopRow:
    """The loop in one world with so many agents; `emptied`: posts empty with the loop, less those without."""

    world: str
    agents: int
    at_work: float
    exhaustion: float
    emptied: float
    half_width: float

    @property
    def empties(self) -> bool:
        """Whether the loop empties posts, beyond luck."""
        return self.emptied - self.half_width > 0

    @property
    def runs_away(self) -> bool:
        """Whether it empties so many that what is left cannot catch up."""
        return self.empties and self.emptied >= RUNAWAY * self.agents


def read_loops(rows: Sequence[Mapping[str, str]]) -> list[LoopRow]:
    """Loops as `save_loops` wrote them."""
    sizes = ("at_work", "exhaustion", "emptied", "half_width")
    return [LoopRow(row["world"], int(row["agents"]), *(float(row[name]) for name in sizes)) for row in rows]


def stored() -> list[LoopRow]:
    """The stored loops; none where there is no such file."""
    try:
        return read_loops(stored_loops())
    except FileNotFoundError:
        return []


@dataclass(frozen=True)
class LoopsTable:
    """The loop's strength in every world with every number of agents, and what that means."""

    found: Sequence[LoopRow] = field(default_factory=stored)

    def sentences(self) -> list[str]:
        """One sentence for each world."""
        worlds = dict.fromkeys(row.world for row in self.found)
        return [in_words(world, [row for row in self.found if row.world == world]) for world in worlds]

    def equivalent(self) -> Equivalent:
        """The table."""
        return Equivalent("With the loop, over two years", COLUMNS, tuple(map(_row, self.found)))

    def __repr__(self) -> str:
        if not self.found:
            return NO_LOOPS
        return "\n".join([*self.sentences(), "", self.equivalent().markdown()])

    def _repr_html_(self) -> str:
        if not self.found:
            return f"<p>{escape(NO_LOOPS)}</p>"
        told = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences())
        return f'<div style="font-family:{FAMILY};color:{looks.INK}">{told}{self.equivalent().html()}</div>'


def in_words(world: str, rows: Sequence[LoopRow]) -> str:
    """Where the loop empties posts in one world, and whether it runs away."""
    emptied = [row for row in rows if row.empties]
    away = [row for row in emptied if row.runs_away]
    opening = f"{world[:1].upper()}{world[1:]}"
    if not emptied:
        return f"{opening}: the loop empties no posts that can be told, whatever the number of agents."
    most = max(emptied, key=lambda row: row.emptied)
    where = f"{opening}: the loop empties posts with {_agents(emptied)} agents, at most {_size(most)}"
    if away:
        return f"{where}; it runs away with {_agents(away)}, where it empties half of the posts or more."
    return f"{where}; it does not run away: it nowhere empties half of the posts."


def _agents(rows: Sequence[LoopRow]) -> str:
    """Numbers of agents in words: 5, 6 and 7."""
    numbers = [str(row.agents) for row in rows]
    return " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))


def _size(row: LoopRow) -> str:
    return f"{formats.number(row.emptied, 1)} ±{formats.number(row.half_width, 1)} of {row.agents}"


def _row(row: LoopRow) -> tuple[str, ...]:
    return (
        f"{row.world}, {row.agents}",
        formats.number(row.at_work, 1),
        formats.of_hundred(row.exhaustion),
        f"{formats.signed(row.emptied, 2)} ±{formats.number(row.half_width, 2)}",
    )
