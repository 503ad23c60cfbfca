"""What passes between the rooms of the season: customers and staff as arrays, the state of a season, a week's record.

Customers stand in places: whoever comes takes the first free one, so that one who leaves moves nobody. Weeks are
counted from the beginning of the season's luck; points are those of satisfaction, 0 to 100.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from sim.flow.contract import Bools, Floats, Ints, Table

WEEKS_PER_YEAR = 52.0
WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12


class Reason(IntEnum):
    """What made an issue worse than a smooth one, by which churn is split."""

    NOT_SETTLED = 0
    WAITED = 1
    PASSED_ON = 2
    MANY_CONTACTS = 3
    DECISION = 4
    BOT = 5
    RUDENESS = 6


class Cause(IntEnum):
    """What drove somebody away: the reasons of `Reason`, then what follows from all of them, then none of them."""

    NOT_SETTLED = 0
    WAITED = 1
    PASSED_ON = 2
    MANY_CONTACTS = 3
    DECISION = 4
    BOT = 5
    RUDENESS = 6
    REMEMBERED = 7
    ERRATIC = 8
    ANYHOW = 9


class Taste(IntEnum):
    """What a customer minds most."""

    DELAY = 0
    EFFORT = 1
    COLDNESS = 2


MINDED = {
    Taste.DELAY: (Reason.WAITED, Reason.DECISION),
    Taste.EFFORT: (Reason.PASSED_ON, Reason.MANY_CONTACTS, Reason.BOT),
    Taste.COLDNESS: (Reason.RUDENESS,),
}
"""The reasons that each taste makes weigh more; an issue never settled weighs the same for all."""


@dataclass(frozen=True)
class Customers:
    """One element a place.

    `difficult`: abusive or unclear; `taste`: what the customer minds most, a `Taste`.
    `joined`: the week in which the customer came, below 0 for those who were there; `expectation`, `belief`: points;
    `doubt`: the variance of the belief; `spread`: the variability felt, a variance; `failures`: remembered; `kept`: the
    customer's own share of promises kept; `delights`: recent ones; `losses`: points lost by reason, a row a place.
    """

    alive: Bools
    core: Bools
    difficult: Bools
    taste: Ints
    joined: Ints
    expectation: Floats
    belief: Floats
    doubt: Floats
    spread: Floats
    failures: Floats
    kept: Floats
    delights: Floats
    losses: Floats


@dataclass(frozen=True)
class Staff:
    """One element a post: whose team it is, its number there, and who holds it.

    `begins`: the week in which its holder takes contacts, later than now while the post is empty; `hired`: the week
    from which the holder has learnt; `pace` and `skill`: standard normal luck; `attitude` and `exhaustion`: 0 to 1.
    """

    team: Ints
    number: Ints
    begins: Ints
    hired: Ints
    pace: Floats
    skill: Floats
    attitude: Floats
    exhaustion: Floats


@dataclass(frozen=True)
class Standard:
    """The time standard, for the house and for the partner, as a share of the time a contact needs (E20).

    `held`: what people have come to think right; `work`: minutes of work a week, as pressure is felt.
    """

    held: Floats
    work: Floats


@dataclass(frozen=True)
class State:
    """A season on a Sunday night: everything the next week needs, and nothing of the plan.

    `week`: the number of the next week; `since`: that in which the plan of now began, from which events are counted;
    `waiting`: issues that go on, and `open` what has become of each so far; `causes`: the share of preventable causes
    that is left; `usual`: customers at the beginning, of whom a share joins each week; `followed`: places of the
    customers whose story is told.
    """

    seed: int
    replication: int
    week: int
    since: int
    customers: Customers
    staff: Staff
    standard: Standard
    waiting: Table
    open: Table
    causes: float
    usual: float
    followed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Told:
    """What happened to a customer whose story is told: `what` is one of issue, left, joined; numbers by name."""

    place: int
    week: int
    what: str
    facts: dict[str, float] = field(default_factory=dict)


def mean_of(found: Floats) -> float:
    """The mean, NaN of nothing."""
    return float(found.mean()) if len(found) else float("nan")


@dataclass(frozen=True)
class WeekRecord:
    """One week in numbers: values by the name of a measure, losses by cause, promises by desk.

    `causes`: customers of the beginning, that of the plan of now, who were lost, by `Cause`.
    `desks`: issues held last by each desk, a row for broken and one for kept promises: the desks of the house, then
    specialists, then the partner. `by_contacts`: issues settled in 1, 2, 3 ... contacts, and the sum of what their
    customers felt.
    """

    week: int
    values: dict[str, float]
    causes: Floats
    desks: Ints
    by_contacts: Floats
    told: tuple[Told, ...] = ()
