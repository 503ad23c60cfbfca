"""Every measure, defined once: name, unit, which way is better, and the smallest difference that matters."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "minutes", "dollars", "count"]


@dataclass(frozen=True)
class Measure:
    """One measure; `better` is 1 where more is better, -1 where less is, 0 where neither."""

    name: str
    title: str
    unit: str
    better: int
    matters: float
    kind: Kind
    help: str


def _share(name: str, title: str, better: int, help_: str, matters: float = 0.01) -> Measure:
    return Measure(name, title, "share", better, matters, "share", help_)


def _minutes(name: str, title: str, better: int, help_: str, matters: float = 0.1) -> Measure:
    return Measure(name, title, "minutes", better, matters, "minutes", help_)


def _dollars(name: str, title: str, help_: str, matters: float) -> Measure:
    return Measure(name, title, "dollars", -1, matters, "dollars", help_)


def _count(name: str, title: str, better: int, help_: str, matters: float) -> Measure:
    return Measure(name, title, "a week", better, matters, "count", help_)


MEASURES = {
    measure.name: measure
    for measure in (
        _share("promise_kept", "Promise kept", 1, "Issues for which every standard of the promise held"),
        _share("kept_answered", "Answered as promised", 1, "Issues whose every contact was answered in time"),
        _share("kept_contacts", "Settled in few contacts", 1, "Issues with no more contacts than promised"),
        _share("kept_story", "Story told once", 1, "Issues whose story was told once"),
        _share("kept_decision", "Decided in time", 1, "Issues decided in the promised time"),
        _share("settled", "Settled", 1, "Issues that were settled in the end"),
        _share("unresolved", "Not settled", -1, "Issues that were never settled"),
        _share(
            "service_level", "Service level", 1, "Answered in target, by the definition the scenario chose"
        ),
        _share("service_level_of_answered", "Service level of answered", 1, "In target over answered"),
        _share("service_level_of_offered", "Service level of offered", 1, "In target over offered"),
        _share(
            "service_level_short_excluded",
            "Service level less short abandonments",
            1,
            "In target over offered, abandonments within the target left out",
        ),
        _share(
            "answered_in_promise", "Answered in time", 1, "Contacts that queued and were answered as promised"
        ),
        _minutes("wait_mean", "Mean wait", -1, "Wait of all who queued, answered or not"),
        _minutes("speed_of_answer", "Speed of answer", -1, "Mean wait of the answered"),
        _minutes(
            "handle_time", "Handle time", 0, "Talk, holds and wrap-up of an answered contact, all agents"
        ),
        _minutes("wait_p50", "Median wait", -1, "Half of all who queued waited less"),
        _minutes("wait_p90", "Wait of 9 in 10", -1, "Nine in ten who queued waited less", 0.25),
        _minutes("wait_p95", "Wait of 19 in 20", -1, "Nineteen in twenty who queued waited less", 0.25),
        _minutes("longest_wait", "Longest wait", -1, "The longest anybody queued", 1.0),
        _share("waited", "Had to wait", -1, "Contacts that queued and were not answered at once"),
        _share("abandonment_rate", "Abandoned", -1, "Contacts that queued and hung up"),
        _share("turned_away_rate", "Turned away", -1, "Contacts that queued and met a closed line"),
        _share(
            "first_contact_resolution",
            "Settled in the first contact",
            1,
            "Issues settled in their first contact",
        ),
        Measure(
            "contacts_per_issue",
            "Contacts per issue",
            "an issue",
            -1,
            0.02,
            "count",
            "Contacts an issue came to",
        ),
        _share(
            "containment_apparent",
            "Contained, as bots report it",
            0,
            "Bot sessions that ended with no person",
        ),
        _share("containment_true", "Settled by the bot", 1, "Bot sessions that truly settled the issue"),
        _share("transfer_rate", "Passed on", -1, "Answered contacts passed to another team"),
        _share("approval_rate", "Sent for approval", -1, "Answered contacts a supervisor had to decide"),
        _share("hold_rate", "On hold for approval", -1, "Answered contacts that held for a supervisor"),
        _minutes(
            "decision_minutes", "Time to a decision", -1, "Opening time from asking to the decision", 1.0
        ),
        _share("occupancy", "Occupancy", 0, "Busy time, wrap-up included, over time on duty"),
        _minutes("overtime_minutes", "Overtime", -1, "Work outside shifts, a week", 30.0),
        _share("day_sd", "Spread between days", -1, "Standard deviation of promise kept between days"),
        _share("team_gap", "Gap between teams", -1, "Best less worst team in promise kept"),
        _share("group_gap", "Gap between groups", -1, "Difference in promise kept, core and other customers"),
        _share("hour_gap", "Gap between hours", -1, "Best less worst hour of the day in promise kept"),
        _share("days_at_bar", "Days at the bar", 1, "Days on which promise kept reached the bar", 0.05),
        _minutes(
            "worst_tenth_minutes",
            "Minutes lost, worst tenth",
            -1,
            "Waits, holds and failed bot sessions of the tenth of issues that lost most",
            0.5,
        ),
        _dollars(
            "cost_per_contact", "Cost of a contact", "All costs over all contacts, the bot's included", 0.1
        ),
        _dollars("cost_per_resolved_issue", "Cost of a resolved issue", "All costs over issues settled", 0.2),
        _dollars("cost_week", "Cost of a week", "People, partner, bot sessions and goodwill", 200.0),
        _dollars("goodwill_week", "Goodwill of a week", "What exceptions gave away", 50.0),
        _count("issues", "Issues", 0, "Issues that began", 1.0),
        _count("contacts", "Contacts", 0, "Contacts that arrived", 1.0),
        _count("offered", "Offered", 0, "Contacts that joined a queue", 1.0),
        _count("answered", "Answered", 0, "Contacts a person answered", 1.0),
        _count("abandoned", "Abandoned contacts", -1, "Contacts that hung up", 1.0),
        _count("in_target", "Answered in target", 1, "Contacts answered within the answer target", 1.0),
    )
}
