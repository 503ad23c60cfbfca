"""Operations that others published numbers for, as plain scenarios, each with its numbers and where they stand.

Begin with `bare`, and change what the operation at hand needs. An engineer writes any of these in ten lines.
"""

from dataclasses import dataclass

from scipy.special import pdtrc

from sim.scenario import Hours, Scenario, bare
from sim.theory import erlang_b


def erlang_a() -> Scenario:
    """Fifty agents, 48 contacts a minute, people who wait two minutes on average."""
    return bare(
        {
            "name": "erlang_a",
            "title": "Erlang A: 50 agents",
            "plan.hours": Hours.daily("0:00", "8:00", days=1),
            "plan.staffing.agents": 50,
            "assumptions.demand.issues_per_day": 48.0 * 480,
            "assumptions.handling.talk_mean": 1.0,
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 2.0,
        }
    )


def erlang_c() -> Scenario:
    """The same fifty agents when everybody stays; 12 hours, for at 96% load a queue takes 49 minutes to forget."""
    return erlang_a().changed(
        {
            "name": "erlang_c",
            "title": "Erlang C: 50 agents",
            "plan.hours": Hours.daily("0:00", "12:00", days=1),
            "assumptions.demand.issues_per_day": 48.0 * 720,
            "assumptions.patience.kind": "infinite",
        }
    )


def twenty_agents() -> Scenario:
    """M/M/20+M, the operation that the speed of simulators is measured on."""
    return bare(
        {
            "name": "twenty_agents",
            "title": "M/M/20+M",
            "plan.hours": Hours.daily("0:00", "16:00", days=1),
            "plan.staffing.agents": 20,
            "assumptions.demand.issues_per_day": 19.0 * 960,
            "assumptions.handling.talk_mean": 1.0,
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 5.0,
        }
    )


def hundred_calls() -> Scenario:
    """A hundred calls in half an hour for 14 agents, everybody stays; two days without a break."""
    return bare(
        {
            "name": "hundred_calls",
            "title": "100 calls in 30 minutes",
            "plan.hours": Hours.daily("0:00", "24:00", days=2),
            "plan.staffing.agents": 14,
            "assumptions.demand.issues_per_day": 100 / 30 * 1440,
            "assumptions.handling.talk_mean": 3.0,
            "assumptions.patience.kind": "infinite",
        }
    )


def hundred_impatient_calls() -> Scenario:
    """The same hundred calls when people wait five minutes on average."""
    return hundred_calls().changed(
        {
            "name": "hundred_impatient_calls",
            "title": "100 calls in 30 minutes, impatient",
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 5.0,
        }
    )


def patience_like_talk() -> Scenario:
    """The same calls with patience as long as talk: leaving is as quick as being served, so all might be served."""
    return hundred_impatient_calls().changed(
        {
            "name": "patience_like_talk",
            "title": "Patience like talk: M/M/infinity",
            "assumptions.patience.mean": 3.0,
        }
    )


def nobody_waits() -> Scenario:
    """The same calls when all who would have to wait hang up at once: no waiting places."""
    return hundred_impatient_calls().changed(
        {
            "name": "nobody_waits",
            "title": "Nobody waits: Erlang B",
            "assumptions.patience.hangs_up_at_once": 1.0,
        }
    )


def eight_hours() -> Scenario:
    """MMC of ContactCenters: seven days of eight hours, each from empty; arrivals stop, and the queue drains."""
    return bare(
        {
            "name": "eight_hours",
            "title": "ContactCenters MMC",
            "plan.hours": Hours.daily("0:00", "8:00", days=7),
            "plan.staffing.agents": 12,
            "assumptions.demand.issues_per_day": 4.2 * 480,
            "assumptions.handling.talk_mean": 2.0,
            "assumptions.patience.kind": "infinite",
        }
    )


def eight_impatient_hours() -> Scenario:
    """MMCAb of ContactCenters: the same days when people wait one minute on average."""
    return eight_hours().changed(
        {
            "name": "eight_impatient_hours",
            "title": "ContactCenters MMCAb",
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 1.0,
        }
    )


@dataclass(frozen=True)
class Number:
    """A published number of one measure: what its printed digits, or its own interval, leave possible."""

    measure: str
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Case:
    """A published operation and its numbers.

    Attributes:
        scenario: the operation.
        source: who published the numbers.
        numbers: what was published, or follows from another formula.
        laws: what holds in any operation, of this one's figures (see `check`).
        warm_up: minutes after opening that are not counted; 0 where the published days begin empty.
        replications: replications of a full check.
        quick: replications of a quick check.
        long_run: whether queueing theory's long run is what was published.
        fast_agent: whether one fast agent's queue is a yardstick (see `yardsticks`).
        note: what a reader of the table should know.
    """

    scenario: Scenario
    source: str
    numbers: tuple[Number, ...]
    warm_up: float
    replications: int
    quick: int
    long_run: bool = True
    fast_agent: bool = False
    laws: tuple[str, ...] = ("little",)
    note: str = ""


def printed(measure: str, digits: str) -> Number:
    """A number as printed: anything that rounds to it fits."""
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    return Number(measure, float(digits), float(digits) - half, float(digits) + half)


def between(measure: str, low: float, high: float) -> Number:
    """A number published as an interval: expected is its middle."""
    return Number(measure, (low + high) / 2, low, high)


def exact(measure: str, value: float) -> Number:
    """A number that holds to the last digit, as far as floating point goes."""
    return Number(measure, value, value * (1 - ROUNDING), value * (1 + ROUNDING))


ROUNDING = 1e-9
CHAIN = "exact birth-death chain"
PYWORKFORCE = "pyworkforce, its own tests"
TWENTY_THOUSAND = "ContactCenters doc/examples, 20,000 days"

CASES = (
    Case(
        erlang_c(),
        CHAIN,
        (printed("waited", "0.694456"), printed("wait_seconds", "20.83")),
        warm_up=240.0,
        replications=80,
        quick=12,
        fast_agent=True,
    ),
    Case(
        erlang_a(),
        CHAIN,
        (
            printed("waited", "0.467774"),
            printed("abandoned", "0.030912"),
            printed("wait_seconds", "3.709"),
            printed("queue_length", "2.968"),
            printed("occupancy", "0.930324"),
            printed("in_target", "0.943019"),
        ),
        warm_up=30.0,
        replications=48,
        quick=16,
        laws=("little", "patience_law"),
    ),
    Case(
        twenty_agents(),
        CHAIN,
        (
            printed("waited", "0.583183"),
            printed("abandoned", "0.0370570"),
            printed("wait_minutes", "0.185285"),
        ),
        warm_up=60.0,
        replications=56,
        quick=20,
        laws=("little", "patience_law"),
    ),
    Case(
        hundred_calls(),
        PYWORKFORCE,
        (printed("waited", "0.174132"), printed("in_target", "0.888350")),
        warm_up=120.0,
        replications=48,
        quick=8,
        fast_agent=True,
    ),
    Case(
        hundred_impatient_calls(),
        PYWORKFORCE,
        (printed("waited", "0.14526"), printed("abandoned", "0.013984"), printed("in_target", "0.916792")),
        warm_up=120.0,
        replications=48,
        quick=8,
    ),
    Case(
        eight_hours(),
        TWENTY_THOUSAND,
        (
            between("in_target_a_day", 1814.6, 1816.3),
            printed("in_target_of_answered", "0.901"),
            printed("speed_of_answer", "0.100"),
            printed("occupancy", "0.697"),
        ),
        warm_up=0.0,
        replications=100,
        quick=7,
        long_run=False,
        fast_agent=True,
        note="1,000 days of the same program: 1816.158, 0.902, 0.099, 0.695",
    ),
    Case(
        eight_impatient_hours(),
        TWENTY_THOUSAND,
        (
            between("abandoned_a_day", 59.17, 59.59),
            between("in_target_a_day", 1906.0, 1907.1),
            printed("in_target_of_answered", "0.974"),
            printed("speed_of_answer", "0.024"),
            printed("occupancy", "0.677"),
            printed("in_target_of_stayed", "0.968"),
        ),
        warm_up=0.0,
        replications=49,
        quick=7,
        long_run=False,
        note="1,000 days of the same program: 58.609, 1906.008, 0.975, 0.024, 0.675, 0.968",
    ),
    Case(
        patience_like_talk(),
        "identity: the number present is Poisson",
        (exact("waited", float(pdtrc(13, 10.0))),),
        warm_up=120.0,
        replications=24,
        quick=8,
    ),
    Case(
        nobody_waits(),
        "identity: no waiting places gives Erlang B",
        (exact("abandoned", erlang_b(10.0, 14)),),
        warm_up=120.0,
        replications=24,
        quick=8,
        laws=(),
    ),
)
"""Every published operation, the costliest first."""
