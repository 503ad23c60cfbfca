"""The plans of a round and what came of each: every different one once, with the teams that play it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sim.experiment import Estimate, Results
from sim.views import formats
from sim.views.projector.axes import round_ticks
from sim.workshop.board import result_of
from sim.workshop.session import Session
from sim.workshop.source import Ask, Lever

KEPT = "promise_kept"
COARSE = 2.0
"""Predictions in steps of this or more are told in whole numbers."""
MOST_ROWS = 9
"""Plans that a slide has rows for."""


@dataclass(frozen=True)
class Played:
    """One different plan: in words, what came, how many teams play it, and the number of one of them.

    `today` where it is the operation of today; `added`: dollars a week that the model's cost does not hold.
    """

    told: str
    results: Results
    teams: int = 0
    number: int = 0
    today: bool = False
    added: float = 0.0

    @property
    def kept(self) -> Estimate:
        """Promises kept of 100."""
        found = self.results.estimate(KEPT)
        return Estimate(100 * found.mean, 100 * found.half_width, found.confidence, found.replications)

    @property
    def kept_in_words(self) -> str:
        """Promises kept, and who plays it."""
        return f"{self.told}: {formats.with_half_width(self.kept)} of 100 promises kept, {teams(self.teams)}"


def played(session: Session) -> tuple[Played, ...]:
    """Every different plan of the round under way that a team plays; raises Refused without a result."""
    result = result_of(session, session.round)
    told = {plan.team.number: plan.told for plan in session.plans()}
    here = {team: at for team, at in sorted(result.plan_of.items()) if team in told}
    counts = Counter(here.values())
    first = {at: team for team, at in sorted(here.items(), reverse=True)}
    return tuple(
        Played(told[team], result.results[at], counts[at], team, at == result.today)
        for at, team in sorted(first.items(), key=lambda each: each[1])
    )


def offered(session: Session) -> tuple[Played, ...]:
    """Today's operation, then the choices of the round, or where it has none, the plans played; raises Refused."""
    result, where = result_of(session, session.round), session.round
    made = session.state.now.decisions
    taken = Counter(made[team].choice for team in result.plan_of if team in made)
    choices = tuple(
        Played(
            choice.title,
            result.results[result.choice_of[choice.id]],
            taken[choice.id],
            added=0.0 if choice.price_in_week else choice.price,
        )
        for choice in where.choices
        if choice.id in result.choice_of
    )
    others = choices or tuple(plan for plan in played(session) if not plan.today)
    return (Played("As today", result.results[result.today], today=True), *others)[:MOST_ROWS]


def hundred(values: Sequence[float]) -> tuple[float, ...]:
    """Round ticks for shares of 100, which never leave 0 to 100."""
    inside = [min(100.0, max(0.0, value)) for value in values]
    return tuple(tick for tick in round_ticks(inside, least=20.0) if 0 <= tick <= 100)


def teams(number: int) -> str:
    """A number of teams in words."""
    return "no team" if number == 0 else "1 team" if number == 1 else f"{number} teams"


def written(ask: Ask, value: float) -> str:
    """What came of a prediction, as finely as it was asked."""
    return formats.number(value, 0 if ask.step >= COARSE else 1)


def scale_of(lever: Lever) -> float:
    """What a lever's value is multiplied by to be shown: shares are shown of 100."""
    return 100.0 if lever.facts.unit.startswith("share") else 1.0


def unit_of(lever: Lever) -> str:
    """The unit in which a lever's value is shown."""
    return "of 100" if lever.facts.unit.startswith("share") else lever.facts.unit


def pitch(rows: int, most: float = 140.0) -> float:
    """Dots between the rows of a slide."""
    return min(most, 500.0 / max(1, rows))
