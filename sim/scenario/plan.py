"""What a manager may choose: the four levers and the policy drawer; what acts over months is in `policy`."""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from sim.scenario.fields import Part, quantity
from sim.scenario.policy import Delight, People, Personalisation, Prevention, Protection, Recovery
from sim.scenario.types import ISSUE_TYPES, MINUTES_PER_DAY, Clock

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NINE, EIGHTEEN = 540.0, 1080.0
ServiceLevelDefinition = Literal["of_answered", "of_offered", "short_abandoned_excluded"]
Vendor = Literal["cost", "quality"]
TypeName = Literal["simple", "standard", "complex", "complaint"]


class OpenDay(Part):
    """Opening and closing time of one day; open from the first minute, closed at the last."""

    opens: Clock = quantity(NINE, "Opens", "When the line opens", unit="minute of the day", low=0, high=1440)
    closes: Clock = quantity(
        EIGHTEEN, "Closes", "When the line closes", unit="minute of the day", low=0, high=1440
    )

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(
                f"opens at minute {self.opens:g} but closes at minute {self.closes:g}; it must open first"
            )
        return self


class Hours(Part):
    """The week's opening hours; a day left empty is closed."""

    monday: OpenDay | None = Field(OpenDay(), title="Monday")
    tuesday: OpenDay | None = Field(OpenDay(), title="Tuesday")
    wednesday: OpenDay | None = Field(OpenDay(), title="Wednesday")
    thursday: OpenDay | None = Field(OpenDay(), title="Thursday")
    friday: OpenDay | None = Field(OpenDay(), title="Friday")
    saturday: OpenDay | None = Field(None, title="Saturday")
    sunday: OpenDay | None = Field(None, title="Sunday")

    @classmethod
    def daily(cls, opens: float | str, closes: float | str, days: int = 7) -> "Hours":
        """The same hours on the first `days` days of the week, closed on the others."""
        day = OpenDay.model_validate({"opens": opens, "closes": closes})
        return cls(**{name: day if at < days else None for at, name in enumerate(WEEKDAYS)})

    def days(self) -> tuple[OpenDay | None, ...]:
        """Monday to Sunday."""
        return tuple(getattr(self, name) for name in WEEKDAYS)

    def windows(self) -> tuple[tuple[float, float], ...]:
        """Open intervals in minutes since Monday 00:00, one for each open day."""
        return tuple(
            (at * MINUTES_PER_DAY + day.opens, at * MINUTES_PER_DAY + day.closes)
            for at, day in enumerate(self.days())
            if day
        )


class Staffing(Part):
    """People on the phones, and the shape of their day."""

    agents: int = quantity(
        9,
        "Staffing",
        "First-line people on the phones at the busiest hour",
        unit="agents",
        low=0,
        high=2000,
        evidence="season 1",
    )
    specialists: int = quantity(
        3,
        "Specialists",
        "Second-line people who take what is passed on",
        unit="agents",
        low=0,
        high=500,
        evidence="no anchor",
    )
    shift_minutes: float = quantity(
        540.0,
        "Length of a shift",
        "Longer opening hours are covered by staggered shifts",
        unit="minutes",
        low=30,
        high=1440,
        evidence="season 1",
    )
    lunch_minutes: float = quantity(
        60.0,
        "Lunch",
        "One break a shift, staggered over the middle third",
        unit="minutes",
        low=0,
        high=120,
        evidence="season 1",
    )
    short_breaks: int = quantity(
        2,
        "Short breaks",
        "Further breaks a shift, one before and one after lunch",
        unit="a shift",
        low=0,
        high=2,
        evidence="season 1",
    )
    short_break_minutes: float = quantity(
        20.0,
        "Length of a short break",
        "Each of the short breaks",
        unit="minutes",
        low=0,
        high=60,
        evidence="season 1",
    )
    curve: tuple[tuple[float, ...], ...] | None = quantity(
        None,
        "Staffing curve",
        "Agents on duty through the day as shares of the most at one time: one row for every open day, or one row for "
        "all; each row is cut into equal slots from opening to closing. Replaces shifts and breaks",
        unit="share of agents",
        evidence="the operation's own roster",
    )

    @field_validator("curve")
    @classmethod
    def _shares(cls, curve: tuple[tuple[float, ...], ...] | None) -> tuple[tuple[float, ...], ...] | None:
        if curve is not None and (not curve or any(not row for row in curve)):
            raise ValueError("has an empty row; every row needs at least one share")
        if curve and any(not 0 <= share <= 1 for row in curve for share in row):
            raise ValueError(
                "has a share outside 0 to 1; divide the agents of each slot by the most at one time"
            )
        return curve


class Outsourcing(Part):
    """The partner who answers a share of the contacts."""

    share: float = quantity(
        0.0,
        "Outsourcing",
        "Share of contacts answered by the partner team",
        unit="share of contacts",
        low=0,
        high=1,
        evidence="B6",
    )
    vendor: Vendor = quantity("cost", "Partner chosen on", "What the partner was chosen for", evidence="B6")
    agents: int | None = quantity(
        None,
        "Partner's agents",
        "Left empty: the share of the agents handed over, with a square-root margin",
        unit="agents",
        low=0,
        high=2000,
        evidence="E4",
    )


class Chatbot(Part):
    """The bot that may try before a person."""

    coverage: float = quantity(
        0.25,
        "Chatbot coverage",
        "Share of contacts the bot may try before a person",
        unit="share of contacts",
        low=0,
        high=1,
        evidence="B3, E5",
    )
    hands_over: bool = quantity(
        True, "Bot hands over to a person", "Without it, the bot is a dead end", evidence="B3"
    )
    carries_context: bool = quantity(
        True, "Bot passes the story on", "Without it, the customer tells it again", evidence="B3"
    )
    types: tuple[TypeName, ...] = quantity(
        ("simple", "standard"), "Issues the bot takes", "Types of issue the bot may try", evidence="C64"
    )

    def takes(self) -> tuple[bool, ...]:
        """Whether the bot takes each type, in the order of `IssueType`."""
        return tuple(name in self.types for name in ISSUE_TYPES)


class Empowerment(Part):
    """What the front line may decide, and who decides the rest."""

    authority_limit: float = quantity(
        20.0,
        "Empowerment",
        "What an agent may give a customer without asking",
        unit="dollars",
        low=0,
        high=100_000,
        evidence="B5, E8",
    )
    supervisors: int = quantity(
        1, "Supervisors", "People who approve the rest", unit="supervisors", low=0, high=200, evidence="B5"
    )
    hold_limit: int = quantity(
        2,
        "Longest line on hold",
        "With this many customers already on hold, the next is called back",
        unit="customers",
        low=0,
        high=100,
        evidence="E8",
    )
    rule_density: float = quantity(
        0.0,
        "Rule density",
        "More rules mean more issues that need an exception",
        low=0,
        high=1,
        evidence="E8, C53",
    )
    trust: float = quantity(
        0.8,
        "Trust in customers",
        "Benefit of the doubt when a customer asks for an exception",
        low=0,
        high=1,
        evidence="E8, C61",
    )


class Teamwork(Part):
    """Silos: who gets the contact, and whether the story travels with it."""

    departments: int = quantity(
        2,
        "Departments",
        "Departments among which a contact must find the right one; each further one is another chance to miss it",
        unit="departments",
        low=1,
        high=10,
        evidence="E7, C54",
    )
    routing_accuracy: float = quantity(
        0.75,
        "Routing accuracy",
        "Share of contacts that find the right one of two departments",
        unit="share",
        low=0,
        high=1,
        evidence="E7, B4",
    )
    cross_skill: float = quantity(
        0.2,
        "Cross-skill",
        "Share of misrouted contacts that the agent can settle anyway",
        unit="share",
        low=0,
        high=1,
        evidence="E7",
    )
    repeats_first: bool = quantity(
        False,
        "Repeated contacts first",
        "Whoever has to contact us again goes to the front of the line",
        evidence="C44",
    )
    context_kept: float = quantity(
        0.5,
        "Story kept",
        "Share of transfers and repeat contacts where the story is already known",
        unit="share",
        low=0,
        high=1,
        evidence="E7, C47",
    )


class Promise(Part):
    """What customers are promised, and how service level is counted."""

    answer_within: float = quantity(
        2.0,
        "Promise: answered within",
        "Every contact answered in time",
        unit="minutes",
        low=0,
        high=240,
        evidence="season 6.3",
    )
    contacts: int = quantity(
        2,
        "Promise: contacts to settle",
        "Settled in this many contacts",
        unit="contacts",
        low=1,
        high=6,
        evidence="season 6.3",
    )
    decision_within: float = quantity(
        540.0,
        "Promise: decision within",
        "Minutes of opening time from asking to the decision",
        unit="open minutes",
        low=0,
        high=10_080,
        evidence="season 6.3",
    )
    story_once: bool = quantity(
        True, "Promise: story told once", "Nobody tells it twice", evidence="season 6.3"
    )
    bar: float = quantity(
        0.75,
        "The bar",
        "A day is at the bar when this share of its issues has the promise kept",
        unit="share",
        low=0,
        high=1,
        evidence="no anchor",
    )
    answer_target: float = quantity(
        1 / 3,
        "Answer target",
        "The target of the service level",
        unit="minutes",
        low=0,
        high=60,
        evidence="B2",
    )
    service_level_definition: ServiceLevelDefinition = quantity(
        "of_offered",
        "Service level counts",
        "How abandoned contacts enter the service level",
        evidence="design 7",
    )


class Plan(Part):
    """Everything a manager may choose."""

    hours: Hours = Field(Hours(), title="Opening hours")
    staffing: Staffing = Field(Staffing(), title="Staffing")
    outsourcing: Outsourcing = Field(Outsourcing(), title="Outsourcing")
    chatbot: Chatbot = Field(Chatbot(), title="Chatbot")
    empowerment: Empowerment = Field(Empowerment(), title="Empowerment")
    teamwork: Teamwork = Field(Teamwork(), title="Teamwork")
    promise: Promise = Field(Promise(), title="Promise")
    time_standard: float = quantity(
        1.0,
        "Time standard",
        "Time an agent may take, as a share of what the contact needs",
        unit="share",
        low=0.3,
        high=1.5,
        evidence="E3, E6, E20",
    )
    recovery: Recovery = Field(Recovery(), title="Recovery")
    delight: Delight = Field(Delight(), title="Delight")
    prevention: Prevention = Field(Prevention(), title="Prevention")
    people: People = Field(People(), title="People")
    personalisation: Personalisation = Field(Personalisation(), title="Personalisation")
    protection: Protection = Field(Protection(), title="Protection")
    core_first: bool = quantity(
        False, "Core customers first", "Core customers go to the front of the line", evidence="C29"
    )
