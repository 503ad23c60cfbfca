"""What results rest on: short sentences to stand beside them, and the same in full.

They say which studies a result leans on and how far those carry. What hangs on which assumption is for `sim evidence`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.scenario import Scenario

Holds = Callable[[Scenario, Scenario], bool]
MONTHS = ("loyalty", "customers", "profit", "staff")
WEEK = ("waiting", "consistency", "cost")
"""Panels of the months and of the week that notes stand below."""
EVERYWHERE = (*MONTHS, *WEEK)
MOST = 2
"""Short notes below one panel, each short enough for a line of it."""


@dataclass(frozen=True)
class Note:
    """One reservation: the panels it qualifies, when it applies, the short sentence and the full one.

    `compares`: it applies where two plans choose differently; a plan alone is then compared with the usual one.
    """

    panels: tuple[str, ...]
    holds: Holds
    short: str
    full: str
    compares: bool = False


def _always(_now: Scenario, _plan: Scenario) -> bool:
    return True


def _either(asks: Callable[[Scenario], bool]) -> Holds:
    return lambda now, plan: asks(now) or asks(plan)


def _differ(chosen: Callable[[Scenario], object]) -> Holds:
    return lambda now, plan: chosen(now) != chosen(plan)


def _abuse(side: Scenario) -> object:
    befalls = any(event.kind == "abusive_week" for event in side.events)
    return side.plan.protection.from_abuse, befalls


def _known_patience(side: Scenario) -> bool:
    """Whether it is that of the bank, and not that of one's own customers."""
    return side.assumptions.patience == Scenario().assumptions.patience


DELIGHT = Note(
    ("loyalty",),
    _either(lambda side: side.plan.delight.share > 0),
    "Whether delight brings loyalty is contested.",
    "Studies disagree on delight. One, by a consultancy and of intentions, finds no more loyalty than where promises "
    "are merely kept; others find that good moments count, and that delight can pay where it wins rivals' customers. "
    "What it is worth here is an assumption.",
)
DAY_TO_FIX = Note(
    ("loyalty",),
    _differ(lambda side: side.plan.recovery.fix_hours),
    "That 24 hours is the limit for a fix is a rule of thumb.",
    "That a failure put right within 24 hours counts in full is a rule of thumb; no study sets that hour. Customers "
    "bear some delay; how much depends on the business and on what went wrong.",
    compares=True,
)
STEADY = Note(
    ("loyalty",),
    _always,
    "Dislike of erratic service, memory of failures: assumed.",
    "That steady service pays more than delight is not proved here: it follows from assuming that customers "
    "dislike variability, remember failures, and feel losses more than gains. The direction has support in the "
    "field, the size has not; no threshold comes out of it, and where half of the promises are broken neither helps "
    "much. The first two can be taken away to see what is left.",
)
WAITS = Note(
    ("loyalty",),
    _always,
    "How waits weigh is a choice; in the field, little.",
    "In field data the time in a queue has a small effect on satisfaction. How waits are felt here is a choice; "
    "long ones act mostly through people who hang up and promises that are broken.",
)
LOSSES = Note(
    ("loyalty",),
    _either(lambda side: side.assumptions.customers.expectation.loss_aversion != 1),
    "That losses weigh more than gains is contested.",
    "Here falling short of what was expected weighs more than exceeding it by as much. Large studies find that, but "
    "others fit as well without it: set loss aversion to 1 to see what hangs on it.",
)
REPEATS = Note(
    ("loyalty", "consistency"),
    _always,
    "Figures on repeats come from those who sell them.",
    "What further contacts, transfers and effort cost in satisfaction comes from consultancies that sell the measure, "
    "compared between firms: easy businesses may have both fewer repeats and happier customers. The true effects may "
    "be smaller.",
)
SURVEYS = Note(
    ("loyalty",),
    _always,
    "Surveys tell little of who will stay.",
    "Satisfaction explains a small part of what customers do, and the net promoter score foretells growth no better "
    "than other surveys: it is shown for comparison, and nothing here follows from it.",
)
RECOVERY = Note(
    ("customers",),
    _differ(lambda side: side.plan.recovery),
    "Recovery wins surveys more than customers.",
    "Putting a failure right with a surprise lifts satisfaction above what it was; no study finds that it lifts "
    "loyalty so, and observed customers are rarely made whole.",
    compares=True,
)
CORE_FIRST = Note(
    ("customers", "waiting"),
    _either(lambda side: side.plan.core_first),
    "In a queue, what the core gains the others wait.",
    "Managers who put core customers first report no harm to the others, while a queue must show it: whoever goes "
    "first lets somebody else wait. The one is what managers see, the other arithmetic.",
)
SMALLER_BASE = Note(
    ("customers",),
    _always,
    "A smaller base flatters waits and costs.",
    "A plan that loses customers has fewer contacts, so waits and costs may look better: read them together "
    "with the number of customers.",
)
BOT = Note(
    ("customers", "consistency"),
    _either(lambda side: side.plan.chatbot.coverage > 0),
    "Bot figures come from vendors, who differ widely.",
    "Nearly all figures on what bots settle come from their vendors, whose definitions differ by 15 to 25 of 100 "
    "sessions; a contact that a bot keeps is not one it settles, and bots change fast. Put in your own. Beside a "
    "person, as a help to agents, machines did well in the best field study; that is not modelled.",
)
COMPLAINTS = Note(
    ("customers",),
    _either(lambda side: side.plan.recovery.offered),
    "How many complain is known from old surveys.",
    "How many complain, and what they do then, is known from surveys of intentions in the 1970s and 1980s, copied "
    "ever since. From 3 to 79 of 100 complain, by how bad it was; one in 27 is a misquotation.",
)
PARTNER = Note(
    ("profit", "consistency", "cost"),
    _either(lambda side: side.plan.outsourcing.share > 0),
    "How well a partner works is a guess.",
    "Studies of firms find outsourcing worse on average wherever the partner is; customers guess the place after a "
    "bad call. So the lever here is how a partner is chosen and managed, and how well it works is a guess.",
)
HORIZONS = Note(
    ("profit",),
    _always,
    "Horizons can disagree: weigh all three.",
    "Rankings of plans often reverse between 12 months, 24 months, and 24 months with the customers left: "
    "what is saved comes at once, customers leave slowly.",
)
WORTH = Note(
    ("profit",),
    _always,
    "What customers are worth is arithmetic.",
    "What staying customers are worth follows from margin, discount and the chance to stay. The famous gains from a "
    "few more loyal customers were calculated cases, loyal customers are not always cheaper to serve, and growth "
    "claimed for good service is correlation or projection: none of these figures is used.",
)
AUTHORITY = Note(
    ("staff", "cost"),
    _differ(lambda side: side.plan.empowerment),
    "What authority alone does to speed is not known.",
    "How much authority by itself speeds up solutions has not been measured: in the field it came together with "
    "training and pay. What it gives away and how unevenly it is used are plausible, and unmeasured too.",
    compares=True,
)
ABUSE = Note(
    ("staff",),
    _differ(_abuse),
    "How often staff are abused is what they say.",
    "How often staff are abused comes from surveys of a campaigning body, whose wording and base change, and from "
    "what people at two workplaces said of themselves.",
    compares=True,
)
PRESSURE = Note(
    ("staff",),
    _either(lambda side: side.assumptions.workforce.pressure.on),
    "How pressure cuts corners was measured in one bank.",
    "That people under pressure take less time for a case, and come to think that right, was measured for a year in "
    "one lending office of one bank. How strongly they do is well known there; how fast the standard falls, and "
    "whether it ever recovers, is not. It was office work, not telephones.",
)
HAPPIER = Note(
    ("staff",),
    _always,
    "Happy people make customers only a little happier.",
    "The link from people to customers is positive but small, so it is not built in: it acts here only through "
    "skill, exhaustion, and people who quit.",
)
PATIENCE = Note(
    ("waiting",),
    _either(_known_patience),
    "Patience is that of one bank's callers in 1999.",
    "How long people wait was measured at one bank in 1999, whose callers were told their place in the queue. Six in "
    "seven were answered, so how long they would have waited is partly reckoned, and beyond ten minutes wholly. "
    "Customers with other channels may leave sooner. Put in your own.",
)
UNMEASURED = Note(
    ("profit", "cost"),
    _always,
    "Much here was never measured.",
    "Much of what is assumed was never measured. Where a result turns round within the range that is plausible, it is "
    "no finding: it depends on that assumption. Which those are, sim evidence tells.",
)

NOTES: Sequence[Note] = (
    DELIGHT, DAY_TO_FIX, STEADY, WAITS, LOSSES, SURVEYS,
    RECOVERY, CORE_FIRST, SMALLER_BASE, BOT, COMPLAINTS,
    PARTNER, HORIZONS, WORTH,
    AUTHORITY, ABUSE, PRESSURE, HAPPIER,
    PATIENCE, REPEATS,
    UNMEASURED,
)  # fmt: skip
"""In the order in which they are told; of those that hold, the first ones of a panel stand below it."""


def short(panel: str, now: Scenario, plan: Scenario, *, most: int = MOST) -> str:
    """What to keep in mind beside a panel, in at most so many sentences."""
    found = [note.short for note in NOTES if panel in note.panels and note.holds(now, plan)]
    return " ".join(found[:most])


def in_full(now: Scenario, plan: Scenario, panels: Sequence[str] = MONTHS) -> list[str]:
    """Everything to keep in mind about these panels, in full."""
    return [note.full for note in _about(panels) if note.holds(now, plan)]


def of_one(plan: Scenario) -> list[str]:
    """Everything to keep in mind about months of one plan alone, in full."""
    usual = Scenario()
    return [note.full for note in _about(EVERYWHERE) if note.holds(usual if note.compares else plan, plan)]


def _about(panels: Sequence[str]) -> Iterator[Note]:
    return (note for note in NOTES if set(note.panels) & set(panels))
