"""How the world answers, in minutes; what it answers over months is in `customers`, `workforce` and `money`."""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from sim.scenario.customers import Culture, Customers
from sim.scenario.fields import Part, quantity
from sim.scenario.money import Money
from sim.scenario.types import FactorByType, LogOddsByType, ShareByType, by_type
from sim.scenario.workforce import Workforce

DurationKind = Literal["lognormal", "exponential", "fixed"]
PatienceKind = Literal["weibull", "exponential", "infinite"]

HOUR_SHARES_9_TO_17 = (0.077, 0.086, 0.074, 0.067, 0.073, 0.075, 0.078, 0.079, 0.061)


class Demand(Part):
    """Who contacts us, when, and about what."""

    customers: int = quantity(
        20_000,
        "Customers",
        "People served by the operation",
        unit="customers",
        low=1,
        high=100_000_000,
        evidence="B1, season 6.1: size of the example, no anchor",
        confidence="low",
        plausible=(10_000, 40_000),
    )
    issues_per_day: float = quantity(
        460.0,
        "Demand",
        "New issues on an average open day",
        unit="issues a day",
        low=0,
        high=1_000_000,
        evidence="B1, season 6.1: .5 a customer a month, no anchor",
        confidence="low",
        plausible=(230, 920),
    )
    weekday_index: tuple[float, ...] = quantity(
        (1.07, 1.01, 1.0, 0.95, 0.97, 1.0, 1.0),
        "Weekday index",
        "How busy each day is, Monday to Sunday",
        evidence="B1",
        confidence="medium",
    )
    intraday: tuple[tuple[float, ...], ...] = quantity(
        (HOUR_SHARES_9_TO_17,),
        "Intraday profile",
        "Weights of equal slots from opening to closing: one row for every open day, or one row for all",
        evidence="B1",
        confidence="high",
    )
    day_factor_cv: float = quantity(
        0.15,
        "Day factor",
        "Coefficient of variation of the factor a whole day shares",
        low=0,
        high=2,
        evidence="B1",
        confidence="high",
        plausible=(0.08, 0.25),
    )
    mix: ShareByType = quantity(
        ShareByType(simple=0.5, standard=0.3, complex=0.15, complaint=0.05),
        "Issue mix",
        "Share of each type of issue",
        unit="share",
        evidence="B1: no anchor",
        confidence="low",
        plausible=by_type((0.35, 0.65), (0.2, 0.4), (0.1, 0.25), (0.03, 0.1)),
    )
    preventable: float = quantity(
        0.6,
        "Preventable",
        "Share of issues that come from causes which could be taken away",
        unit="share",
        low=0,
        high=1,
        evidence="B4: .65 of repeats by our own error; no anchor for all issues",
        confidence="low",
        plausible=(0.4, 0.7),
    )
    prevention_rate: float = quantity(
        0.05,
        "Causes taken away",
        "Share of the causes left that full effort, with all feedback heard, takes away in a month",
        unit="share a month",
        low=0,
        high=1,
        evidence="E24: 0-.05, no anchor",
        confidence="low",
        plausible=(0.02, 0.08),
    )
    core_share: float = quantity(
        0.2,
        "Core customers",
        "Share of customers in the core group",
        unit="share",
        low=0,
        high=1,
        evidence="season 2: no anchor",
        confidence="low",
        plausible=(0.1, 0.3),
    )

    @field_validator("weekday_index")
    @classmethod
    def _seven(cls, index: tuple[float, ...]) -> tuple[float, ...]:
        if len(index) != 7 or min(index) < 0:
            raise ValueError(f"has {len(index)} numbers; it needs seven, none below 0, Monday to Sunday")
        return index

    @field_validator("intraday")
    @classmethod
    def _weights(cls, rows: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
        if not rows or any(not row or min(row) < 0 or sum(row) <= 0 for row in rows):
            raise ValueError("has a row without a positive weight; weights are 0 or more and not all 0")
        return rows

    @model_validator(mode="after")
    def _mix_adds_up(self) -> Self:
        if abs(sum(self.mix.row()) - 1) > 1e-6:
            raise ValueError(
                f"issue mix adds up to {sum(self.mix.row()):g}; the four shares must add up to 1"
            )
        return self


class Patience(Part):
    """How long a contact would wait in a queue."""

    kind: PatienceKind = quantity(
        "weibull",
        "Law of patience",
        "Shape of the distribution of patience",
        evidence="B2",
        confidence="high",
    )
    mean: float = quantity(
        8.2,
        "Mean patience",
        "Average of the longest wait a contact would bear",
        unit="minutes",
        low=0.01,
        high=100_000,
        evidence="B2: 492 s",
        confidence="high",
        plausible=(4.2, 14.5),
    )
    shape: float = quantity(
        0.85,
        "Shape of patience",
        "Weibull shape; below 1 those who stay grow more patient",
        low=0.2,
        high=5,
        evidence="B2",
        confidence="high",
        plausible=(0.8, 1.2),
    )
    hangs_up_at_once: float = quantity(
        0.03,
        "Hangs up at once",
        "Share that leaves if it must wait at all",
        unit="share",
        low=0,
        high=1,
        evidence="season 6.7: no anchor",
        confidence="low",
        plausible=(0, 0.06),
    )
    after_transfer: float = quantity(
        0.8,
        "Patience after a transfer",
        "Share of the patience left that remains",
        unit="share",
        low=0,
        high=1,
        evidence="E7: no anchor",
        confidence="low",
        plausible=(0.6, 1),
    )


class Handling(Part):
    """Talk, notes, and how agents differ."""

    talk_kind: DurationKind = quantity(
        "lognormal",
        "Law of talk time",
        "Shape of the distribution of talk time",
        evidence="B2",
        confidence="high",
    )
    talk_mean: float = quantity(
        4.3,
        "Mean talk time",
        "Average conversation before type and agent",
        unit="minutes",
        low=0.01,
        high=1_440,
        evidence="B2, season 1: handle time 300 s",
        confidence="low",
        plausible=(3.3, 9.3),
    )
    talk_ln_sd: float = quantity(
        0.86,
        "Spread of talk time",
        "Standard deviation of the logarithm of talk time",
        low=0,
        high=2,
        evidence="B2",
        confidence="high",
        plausible=(0.75, 1),
    )
    talk_by_type: FactorByType = quantity(
        FactorByType(simple=0.75, standard=1.1, complex=1.5, complaint=1.3),
        "Talk by type",
        "Talk time of each type of issue, relative to the mean",
        evidence="season 6.7: no anchor",
        confidence="low",
        plausible=by_type((0.5, 1), (0.8, 1.4), (1.1, 2), (1, 1.8)),
    )
    wrap_up_kind: DurationKind = quantity(
        "exponential",
        "Law of wrap-up time",
        "Shape of the distribution of wrap-up",
        evidence="no anchor",
        confidence="low",
    )
    wrap_up_mean: float = quantity(
        0.7,
        "Mean wrap-up time",
        "Notes after the customer has gone",
        unit="minutes",
        low=0,
        high=1_440,
        evidence="season 1: no anchor",
        confidence="low",
        plausible=(0.35, 1.5),
    )
    wrap_up_ln_sd: float = quantity(
        0.86,
        "Spread of wrap-up time",
        "Used when wrap-up is lognormal",
        low=0,
        high=2,
        evidence="B2: that of talk time",
        confidence="medium",
        plausible=(0.75, 1),
    )
    variant_talk: float = quantity(
        0.03,
        "Talk for each variant",
        "Share of talk time added by each kind of treatment to be known",
        unit="share",
        low=0,
        high=1,
        evidence="C28: no anchor",
        confidence="low",
        plausible=(0.015, 0.045),
    )
    difficult_talk: float = quantity(
        1.2,
        "Talk with the difficult",
        "Talk with a customer who is abusive or unclear, relative to others; over months, where customers are known",
        unit="ratio",
        low=1,
        high=5,
        evidence="C31: no anchor",
        confidence="low",
        plausible=(1, 1.5),
    )
    story_minutes: float = quantity(
        1.0,
        "Story told again",
        "Extra talk when the story is not known",
        unit="minutes",
        low=0,
        high=60,
        evidence="B4: no anchor",
        confidence="low",
        plausible=(0.5, 2),
    )
    transfer_by_type: FactorByType = quantity(
        FactorByType(simple=0.6, standard=1.4, complex=1.4, complaint=1.4),
        "Transfers by type",
        "How much more often each type is passed on, relative to the mean",
        evidence="season 1: no anchor",
        confidence="low",
        plausible=by_type((0.4, 0.9), (1, 1.8), (1, 1.8), (1, 1.8)),
    )
    talk_before_transfer: float = quantity(
        0.3,
        "Talk before a transfer",
        "Share of the talk spent before passing on",
        unit="share",
        low=0,
        high=1,
        evidence="season 6.7: no anchor",
        confidence="low",
        plausible=(0.15, 0.5),
    )
    pace_cv: float = quantity(
        0.2,
        "Agents' pace",
        "Coefficient of variation of mean talk time between agents",
        low=0,
        high=1,
        evidence="B2",
        confidence="high",
        plausible=(0.15, 0.3),
    )
    absence: float = quantity(
        0.055,
        "Absence",
        "Share of agent-days lost at random",
        unit="share",
        low=0,
        high=1,
        evidence="E21, season 6.25: no anchor",
        confidence="low",
        plausible=(0.04, 0.09),
    )


class Resolution(Part):
    """Whether a contact settles the issue."""

    base: LogOddsByType = quantity(
        LogOddsByType(simple=1.8, standard=1.05, complex=0.4, complaint=0.2),
        "Chance to settle",
        "Log-odds that a contact settles each type of issue",
        unit="log-odds",
        evidence="E6, season 2: the mean set to .70 (B4), the types no anchor",
        confidence="low",
        plausible=by_type((1.3, 2.3), (0.55, 1.55), (-0.1, 0.9), (-0.3, 0.7)),
    )
    skill_spread: float = quantity(
        0.3,
        "Agents' skill",
        "Spread between agents in the chance to settle",
        unit="log-odds",
        low=0,
        high=3,
        evidence="E6: no anchor",
        confidence="low",
        plausible=(0.1, 0.5),
    )
    hurry: float = quantity(
        2.1,
        "Cost of hurry",
        "Log-odds lost for a time standard lower by one whole",
        unit="log-odds",
        low=0,
        high=20,
        evidence="E6: a 10% cut costs 4-5 points, no anchor",
        confidence="low",
        plausible=(1, 3.2),
    )
    difficult: float = quantity(
        0.4,
        "Difficult customers' loss",
        "Log-odds less to settle an issue of a customer who is abusive or unclear; over months",
        unit="log-odds",
        low=0,
        high=5,
        evidence="C31: no anchor",
        confidence="low",
        plausible=(0, 0.8),
    )
    ended: float = quantity(
        1.0,
        "Ended contacts' loss",
        "Log-odds less still to settle such an issue where people are wholly protected and may end a contact",
        unit="log-odds",
        low=0,
        high=5,
        evidence="C32: no anchor",
        confidence="low",
        plausible=(0.5, 2),
    )
    specialist_bonus: float = quantity(
        0.5,
        "Specialists' skill",
        "What a specialist adds to the chance to settle",
        unit="log-odds",
        low=-5,
        high=5,
        evidence="no anchor",
        confidence="low",
        plausible=(0, 1),
    )


class Repeats(Part):
    """Who comes back, and when."""

    returns: float = quantity(
        0.7,
        "Comes back unsettled",
        "Share that contacts us again after an unsettled contact",
        unit="share",
        low=0,
        high=1,
        evidence="season 6.7: no anchor",
        confidence="low",
        plausible=(0.5, 0.9),
    )
    return_median: float = quantity(
        2_160.0,
        "Time to come back",
        "Median delay before the next contact",
        unit="minutes",
        low=0,
        high=100_000,
        evidence="B4: 1.5 days, no anchor",
        confidence="low",
        plausible=(288, 10_080),
    )
    return_ln_sd: float = quantity(
        1.0,
        "Spread of time to come back",
        "Standard deviation of its logarithm",
        low=0,
        high=3,
        evidence="B4: range .2-7 days, no anchor",
        confidence="low",
        plausible=(0.5, 1.5),
    )
    redials: float = quantity(
        0.5,
        "Redials",
        "Share that tries again after hanging up",
        unit="share",
        low=0,
        high=1,
        evidence="B1, season 6.8",
        confidence="medium",
        plausible=(0.2, 0.7),
    )
    redial_median: float = quantity(
        19.0,
        "Time to redial",
        "Median delay before trying again",
        unit="minutes",
        low=0,
        high=100_000,
        evidence="B1, E2",
        confidence="high",
        plausible=(10, 40),
    )
    redial_ln_sd: float = quantity(
        1.5,
        "Spread of time to redial",
        "Standard deviation of its logarithm",
        low=0,
        high=3,
        evidence="E2: no anchor",
        confidence="low",
        plausible=(1, 2),
    )
    after_closing: float = quantity(
        1.0,
        "Turned away comes back",
        "Share that tries again after a closed line",
        unit="share",
        low=0,
        high=1,
        evidence="flow D14: no anchor",
        confidence="low",
        plausible=(0.5, 1),
    )
    most_contacts: int = quantity(
        6,
        "Gives up after",
        "Contacts on one issue before the customer gives up",
        unit="contacts",
        low=1,
        high=6,
        evidence="flow D6: no anchor",
        confidence="low",
        plausible=(4, 6),
    )


class BotAnswers(Part):
    """What happens in a session with the bot."""

    session_minutes: float = quantity(
        3.0,
        "Bot session",
        "Mean length of a session",
        unit="minutes",
        low=0,
        high=120,
        evidence="E5: 2-4 min, no anchor",
        confidence="low",
        plausible=(2, 4),
    )
    settles: ShareByType = quantity(
        ShareByType(simple=0.58, standard=0.4, complex=0.17, complaint=0.17),
        "Bot settles",
        "Share of sessions in which the bot truly settles each type",
        unit="share",
        evidence="B3: Gartner 2023",
        confidence="medium",
        plausible=by_type((0.5, 0.8), (0.25, 0.6), (0.05, 0.3), (0.05, 0.3)),
    )
    seems_to_settle: float = quantity(
        0.1,
        "Bot only seems to settle",
        "Share of the other sessions that end as settled but are not",
        unit="share",
        low=0,
        high=1,
        evidence="B3, season 6.19",
        confidence="low",
        plausible=(0.05, 0.4),
    )
    gives_up: float = quantity(
        0.12,
        "Leaves before hand-over",
        "Share that gives up before a person is reached",
        unit="share",
        low=0,
        high=1,
        evidence="season 6.19: no anchor",
        confidence="low",
        plausible=(0.05, 0.2),
    )
    dead_end_phones: float = quantity(
        0.45,
        "Phones after a dead end",
        "Share that phones after a dead end",
        unit="share",
        low=0,
        high=1,
        evidence="B3: no anchor",
        confidence="low",
        plausible=(0.25, 0.65),
    )
    dead_end_complains: float = quantity(
        0.1,
        "Complains after a dead end",
        "Share that comes back with a complaint",
        unit="share",
        low=0,
        high=1,
        evidence="B3: no anchor",
        confidence="low",
        plausible=(0.05, 0.2),
    )

    @model_validator(mode="after")
    def _shares_fit(self) -> Self:
        if self.dead_end_phones + self.dead_end_complains > 1 + 1e-9:
            total = self.dead_end_phones + self.dead_end_complains
            raise ValueError(f"phones and complains after a dead end add up to {total:g}; at most 1")
        return self


class Authority(Part):
    """Exceptions: how often, how large, and how decided."""

    needed: float = quantity(
        0.1,
        "Needs an exception",
        "Share of issues that need a deviation from the rules",
        unit="share",
        low=0,
        high=1,
        evidence="B5, season 6.11: no anchor",
        confidence="low",
        plausible=(0.05, 0.35),
    )
    cheats: float = quantity(
        0.02,
        "Asks without need",
        "Share of issues that ask for an exception without need, believed as far as customers are trusted",
        unit="share",
        low=0,
        high=1,
        evidence="E8, C61: 1-5%, no anchor",
        confidence="low",
        plausible=(0.01, 0.05),
    )
    leakage: float = quantity(
        0.1,
        "Over-generosity",
        "Share by which goodwill grows where full authority meets no training",
        unit="share",
        low=0,
        high=1,
        evidence="B5, E8: Bowen & Lawler 1992",
        confidence="low",
        plausible=(0, 0.3),
    )
    worth_median: float = quantity(
        20.0,
        "Worth of an exception",
        "Median value",
        unit="dollars",
        low=0.01,
        high=100_000,
        evidence="B5",
        confidence="low",
        plausible=(10, 40),
    )
    worth_ln_sd: float = quantity(
        1.0,
        "Spread of its worth",
        "Standard deviation of its logarithm",
        low=0,
        high=3,
        evidence="B5: no anchor",
        confidence="low",
        plausible=(0.5, 1.5),
    )
    approved: float = quantity(
        0.94,
        "Approved",
        "Share of requests a supervisor approves",
        unit="share",
        low=0,
        high=1,
        evidence="E8; equal in both paths, season 6.20: no anchor",
        confidence="low",
        plausible=(0.8, 0.98),
    )
    refused_at_no_trust: float = quantity(
        0.3,
        "Refused without trust",
        "Share of requests an agent refuses when nobody is trusted",
        unit="share",
        low=0,
        high=1,
        evidence="E8: no anchor",
        confidence="low",
        plausible=(0.15, 0.45),
    )
    approval_minutes: float = quantity(
        4.0,
        "Approval",
        "Mean work on one approval",
        unit="minutes",
        low=0,
        high=240,
        evidence="B5: no anchor",
        confidence="low",
        plausible=(2, 10),
    )
    call_back_minutes: float = quantity(
        3.0,
        "Call-back",
        "Extra work to reach the customer again",
        unit="minutes",
        low=0,
        high=240,
        evidence="season 0.2: no anchor",
        confidence="low",
        plausible=(1.5, 4.5),
    )
    supervisors_elsewhere: float = quantity(
        0.5,
        "Supervisors' other work",
        "Share of their time for escalations and coaching; it stretches approvals",
        unit="share",
        low=0,
        high=0.95,
        evidence="season 0.2: no anchor",
        confidence="low",
        plausible=(0.25, 0.75),
    )


class VendorTerms(Part):
    """How a partner's people answer."""

    first_contact_resolution: float = quantity(
        1.0,
        "Settles",
        "First-contact resolution relative to in-house",
        unit="ratio",
        low=0.1,
        high=1.3,
        evidence="B6",
        confidence="low",
    )
    handle_time: float = quantity(
        1.0,
        "Handle time",
        "Talk time relative to in-house",
        unit="ratio",
        low=0.3,
        high=3,
        evidence="B6",
        confidence="low",
    )
    cost: float = quantity(
        1.0,
        "Price of an hour",
        "Cost of an agent hour relative to in-house",
        unit="ratio",
        low=0,
        high=3,
        evidence="B6, season 0.2",
        confidence="low",
    )
    quits: float = quantity(
        1.0,
        "Quits",
        "Turnover relative to in-house",
        unit="ratio",
        low=0,
        high=5,
        evidence="B6",
        confidence="low",
    )
    attitude: float = quantity(
        0.6, "Attitude", "Mean liking for service among the partner's people", low=0.1, high=0.9,
        evidence="no anchor", confidence="low", plausible=(0.5, 0.7),
    )  # fmt: skip


class Partner(Part):
    """The two partners on offer."""

    cost: VendorTerms = quantity(
        VendorTerms(first_contact_resolution=0.8, handle_time=0.95, cost=0.6, quits=1.5),
        "Chosen on cost",
        plausible={
            "first_contact_resolution": (0.7, 0.95),
            "handle_time": (0.85, 1.1),
            "cost": (0.4, 0.85),
            "quits": (1.2, 2),
        },
    )
    quality: VendorTerms = quantity(
        VendorTerms(first_contact_resolution=0.97, handle_time=1.0, cost=1.0, quits=1.1),
        "Chosen on quality",
        plausible={
            "first_contact_resolution": (0.92, 1.02),
            "handle_time": (0.9, 1.1),
            "cost": (0.7, 1.1),
            "quits": (1, 1.3),
        },
    )
    margin: float = quantity(
        0.5,
        "Partner's margin",
        "Agents beyond the share, in square roots of it",
        low=-2,
        high=5,
        evidence="E4: no anchor for a partner's",
        confidence="low",
        plausible=(-0.5, 1.5),
    )


class Assumptions(Part):
    """Everything that is assumed about the world."""

    demand: Demand = Field(Demand(), title="Demand")
    patience: Patience = Field(Patience(), title="Patience")
    handling: Handling = Field(Handling(), title="Handling")
    resolution: Resolution = Field(Resolution(), title="Resolution")
    repeats: Repeats = Field(Repeats(), title="Repeats")
    bot: BotAnswers = Field(BotAnswers(), title="Chatbot")
    authority: Authority = Field(Authority(), title="Authority")
    partner: Partner = Field(Partner(), title="Partner")
    customers: Customers = Field(Customers(), title="Customers")
    workforce: Workforce = Field(Workforce(), title="Workforce")
    money: Money = Field(Money(), title="Money")
    culture: Culture = Field(Culture(), title="Three kinds of business")
