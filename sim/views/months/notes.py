"""What the results of a season rest on: short sentences to stand beside them, and the same in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.scenario import Scenario

Holds = Callable[[Scenario, Scenario], bool]


@dataclass(frozen=True)
class Note:
    """One reservation: the panel it qualifies, when it applies, the short sentence and the full one."""

    panel: str
    holds: Holds
    short: str
    full: str


def _always(_now: Scenario, _plan: Scenario) -> bool:
    return True


def _outsourced(now: Scenario, plan: Scenario) -> bool:
    return max(now.plan.outsourcing.share, plan.plan.outsourcing.share) > 0


def _with_bot(now: Scenario, plan: Scenario) -> bool:
    return max(now.plan.chatbot.coverage, plan.plan.chatbot.coverage) > 0


def _recovery_differs(now: Scenario, plan: Scenario) -> bool:
    return now.plan.recovery != plan.plan.recovery


def _authority_differs(now: Scenario, plan: Scenario) -> bool:
    return now.plan.empowerment != plan.plan.empowerment


NOTES: Sequence[Note] = (
    Note(
        "loyalty",
        _always,
        "Rests on an assumed dislike of erratic service and memory of failures.",
        "That steady service pays more than delight is not proved here: it follows from assuming that customers "
        "dislike variability, remember failures, and feel losses more than gains. The direction has support in the "
        "field, the size has not. The box on the page takes the first two away.",
    ),
    Note(
        "loyalty",
        _always,
        "How waits weigh is a choice; in field data they weigh little.",
        "In field data the time in a queue has a small effect on satisfaction. How waits are felt here is a choice; "
        "long ones act mostly through people who hang up and promises that are broken.",
    ),
    Note(
        "customers",
        _always,
        "A smaller base flatters waits and costs.",
        "A plan that loses customers has fewer contacts, so waits and costs may look better: read them together "
        "with the number of customers.",
    ),
    Note(
        "customers",
        _recovery_differs,
        "Recovery wins surveys more than customers.",
        "Putting a failure right with a surprise lifts satisfaction above what it was; no study finds that it lifts "
        "loyalty so, and observed customers are rarely made whole.",
    ),
    Note(
        "customers",
        _with_bot,
        "Bot figures come from vendors, who differ by 15 to 25 of 100.",
        "Nearly all figures on what bots settle come from their vendors, whose definitions differ by 15 to 25 of 100 "
        "sessions, and bots change fast. Put in your own.",
    ),
    Note(
        "profit",
        _always,
        "Horizons can disagree: weigh all three.",
        "Rankings of plans often reverse between 12 months, 24 months, and 24 months with the customers left: "
        "what is saved comes at once, customers leave slowly.",
    ),
    Note(
        "profit",
        _outsourced,
        "How well a partner works is a guess; how it is chosen counts, not where it is.",
        "Studies of firms find outsourcing worse on average wherever the partner is; customers guess the place after a "
        "bad call. So the lever here is how a partner is chosen and managed, and how well it works is a guess.",
    ),
    Note(
        "staff",
        _always,
        "Happier people and happier customers go together only a little.",
        "The link from people to customers is positive but small, so it is not built in: it acts here only through "
        "skill, exhaustion, and people who quit.",
    ),
    Note(
        "staff",
        _authority_differs,
        "What authority alone does to speed was never measured.",
        "How much authority by itself speeds up solutions has not been measured: in the field it came together with "
        "training and pay. What it gives away and how unevenly it is used are plausible, and unmeasured too.",
    ),
)


def short(panel: str, now: Scenario, plan: Scenario, *, most: int = 2) -> str:
    """What to keep in mind beside a panel, in at most so many sentences."""
    held = [note.short for note in NOTES if note.panel == panel and note.holds(now, plan)]
    return " ".join(held[:most])


def in_full(now: Scenario, plan: Scenario) -> list[str]:
    """Everything to keep in mind, in full."""
    return [note.full for note in NOTES if note.holds(now, plan)]
