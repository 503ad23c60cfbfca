"""What may befall an operation in its months: dated events, each with a size."""

from typing import Literal

from sim.scenario.fields import Part, quantity

EventKind = Literal[
    "surge",
    "sickness",
    "product_fault",
    "budget_cut",
    "vendor_turnover",
    "bot_breaks",
    "abusive_week",
    "competitor_opens",
    "bigger_promise",
    "demand_growth",
]

EVENT_KINDS: dict[str, tuple[str, str]] = {
    "surge": ("Surge", "issues more than usual, as a share of the usual"),
    "sickness": ("Sickness", "further share of people away on any day"),
    "product_fault": ("Product fault", "further issues as a share of the usual, all of them complaints"),
    "budget_cut": ("Budget cut", "share of the first-line posts taken away"),
    "vendor_turnover": ("Turnover at the partner", "share of the partner's people replaced at its beginning"),
    "bot_breaks": ("Bot update breaks intents", "share of what the bot settled that it no longer settles"),
    "abusive_week": ("Abusive customers", "abuse more than usual, as a share of the usual"),
    "competitor_opens": ("Competitor opens", "share of the switching barrier that falls"),
    "bigger_promise": ("Marketing promises more", "points by which the promise is raised"),
    "demand_growth": ("Growth", "issues more each week, as a share of the usual"),
}
"""The title of each kind, and what its size means."""

TYPICAL: dict[str, tuple[float, int]] = {
    "surge": (0.5, 4),
    "sickness": (0.2, 4),
    "product_fault": (0.3, 4),
    "budget_cut": (0.2, 1040),
    "vendor_turnover": (0.5, 1),
    "bot_breaks": (0.5, 8),
    "abusive_week": (2.0, 4),
    "competitor_opens": (1.0, 1040),
    "bigger_promise": (10.0, 1040),
    "demand_growth": (0.01, 1040),
}
"""Size and weeks of each kind where nobody names others: large enough to be seen, judgement."""


class Event(Part):
    """One dated event."""

    kind: EventKind = quantity("surge", "Kind", "What happens", evidence="design 6")
    week: int = quantity(
        0, "Begins in week", "Counted from the week in which the plan begins", unit="week", low=0, high=1040
    )
    weeks: int = quantity(4, "Lasts", "Weeks it lasts", unit="weeks", low=1, high=1040)
    size: float = quantity(0.2, "Size", "How much; what it is a share of depends on the kind", low=0, high=20)

    def in_force(self, week: int) -> bool:
        """Whether it is going on in a week counted from the plan's beginning."""
        return self.week <= week < self.week + self.weeks
