"""What happened to the customers whose story is told, in numbers; sentences are the views'."""

import numpy as np

from sim.season.contract import State, Told
from sim.season.impressions import Left
from sim.season.moves import Moves

OF_EPISODE = (
    "contacts", "longest_wait", "cold", "warm", "settled", "held", "decision_days", "rude", "bot_failed", "kind",
)  # fmt: skip
OF_MENDED = ("helped", "complained")


def told(state: State, left: Left, moves: Moves) -> tuple[Told, ...]:
    """This week's events of the followed customers, who are followed until they leave."""
    found: list[Told] = []
    for place in state.followed:
        if not state.customers.alive[place] or state.customers.joined[place] > state.since:
            continue
        among = np.flatnonzero(left.impression.customer == place).tolist()
        found += [Told(place, state.week, "issue", _issue(left, moves, number, place)) for number in among]
        for number in np.flatnonzero(moves.left == place):
            causes = dict(enumerate(moves.why[number].tolist()))
            main = max(causes, key=lambda cause: causes[cause])
            found.append(Told(place, state.week, "left", {"cause": main, "share": causes[main]}))
    return tuple(found)


def _issue(left: Left, moves: Moves, among: int, place: int) -> dict[str, float]:
    """An issue, by its number among those whose customer is still the same."""
    row = int(np.flatnonzero(left.still)[among])
    return {
        **{name: float(left.ended[name][row]) for name in OF_EPISODE},
        **{name: float(getattr(left.mended, name)[row]) for name in OF_MENDED},
        "kept": float(left.verdict.kept[row]),
        "delighted": float(left.delighted[row]),
        "satisfied": float(left.impression.satisfied[among]),
        "belief": float(moves.customers.belief[place]),
    }
