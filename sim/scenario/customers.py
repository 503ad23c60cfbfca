"""How customers answer what an issue was like: quality, expectation, memory, loyalty, talk.

Points are on the scale of satisfaction, 0 to 100.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.scenario.fields import Part, quantity


class Quality(Part):
    """What an issue was like, in points (E9)."""

    settled: float = quantity(
        87.5, "Quality of a smooth issue", "Settled at once, by a person of middling attitude", unit="points",
        low=0, high=100, evidence="E9; calibrated: surveyed satisfaction 77", confidence="low",
        plausible=(80, 92),
    )  # fmt: skip
    attitude: float = quantity(
        16.0, "Attitude", "Points between somebody who dislikes and somebody who likes serving", unit="points",
        low=0, high=100, evidence="E9: no anchor", confidence="low", plausible=(8, 24),
    )  # fmt: skip
    contact: float = quantity(
        9.5, "Each further contact", "Lost for every contact after the first", unit="points",
        low=0, high=50, evidence="B4, season 6.21", confidence="medium", plausible=(6, 15),
    )  # fmt: skip
    cold: float = quantity(
        12.0, "Passed on, story lost", "Lost for every hand-over without the story", unit="points",
        low=0, high=50, evidence="B4: SQM", confidence="medium", plausible=(5, 20),
    )  # fmt: skip
    warm: float = quantity(
        4.0, "Passed on, story kept", "Lost for every transfer with the story", unit="points",
        low=0, high=50, evidence="E9", confidence="low", plausible=(2, 8),
    )  # fmt: skip
    bot_warm: float = quantity(
        3.0, "Handed over by the bot", "Lost when the bot hands over with the story", unit="points",
        low=0, high=50, evidence="B3", confidence="low", plausible=(1, 6),
    )  # fmt: skip
    unresolved: float = quantity(
        30.0, "Not settled", "Lost when the issue is never settled", unit="points",
        low=0, high=100, evidence="B4, season 6.21", confidence="medium", plausible=(20, 46),
    )  # fmt: skip
    waiting: float = quantity(
        6.0, "Waiting", "Lost for each doubling of the wait beyond the promise", unit="points",
        low=0, high=50, evidence="B2, E9", confidence="low", plausible=(2, 8),
    )  # fmt: skip
    waiting_most: float = quantity(
        30.0, "Waiting, at most", "The most that waiting takes away", unit="points",
        low=0, high=100, evidence="E9: no anchor", confidence="low", plausible=(15, 45),
    )  # fmt: skip
    hold: float = quantity(
        8.0, "On hold for a decision", "Lost when an approval is waited for on the line", unit="points",
        low=0, high=50, evidence="E9", confidence="low", plausible=(4, 15),
    )  # fmt: skip
    decision_day: float = quantity(
        5.0, "Waiting for a decision", "Lost for each working day until a decision", unit="points a day",
        low=0, high=50, evidence="E9: no anchor", confidence="low", plausible=(2, 8),
    )  # fmt: skip
    decision_most: float = quantity(
        20.0, "Waiting for a decision, at most", "The most that it takes away", unit="points",
        low=0, high=100, evidence="E9: no anchor", confidence="low", plausible=(10, 30),
    )  # fmt: skip
    bot_failed: float = quantity(
        6.0, "Bot failed", "Lost when the bot did not settle the issue", unit="points",
        low=0, high=50, evidence="E9", confidence="low", plausible=(2, 10),
    )  # fmt: skip
    bot_angry: float = quantity(
        5.0, "Bot failed a complaint", "Lost besides when the bot failed somebody who is angry", unit="points",
        low=0, high=50, evidence="B3: Crolic 2022", confidence="low", plausible=(2, 10),
    )  # fmt: skip
    bot_misfit: float = quantity(
        7.0, "Complex issue sent to the bot", "Lost when the bot fails a complex issue or a complaint",
        unit="points", low=0, high=50, evidence="season 6.19: no anchor", confidence="low", plausible=(5, 10),
    )  # fmt: skip
    rude: float = quantity(
        20.0, "Rudeness", "Lost when somebody was rude or indifferent", unit="points",
        low=0, high=100, evidence="E9: no anchor", confidence="low", plausible=(10, 30),
    )  # fmt: skip
    rude_share: float = quantity(
        0.15, "Rudeness, how often", "Share of talks that are rude, with somebody who dislikes serving",
        unit="share", low=0, high=1, evidence="E9: no anchor", confidence="low", plausible=(0.07, 0.22),
    )  # fmt: skip
    difficult: float = quantity(
        0.1, "Difficult customers", "Share of customers who are abusive or unclear", unit="share", low=0,
        high=1, evidence="C31: no anchor", confidence="low", plausible=(0.05, 0.15),
    )  # fmt: skip
    rude_to_difficult: float = quantity(
        2.0, "Rude to the difficult", "How much more often they meet rudeness themselves", unit="ratio", low=1,
        high=10, evidence="C31: no anchor", confidence="low", plausible=(1, 3),
    )  # fmt: skip
    tastes_differ: float = quantity(
        0.3, "Tastes differ", "How much more one third of customers minds delay, one effort, one coldness",
        unit="share", low=0, high=2, evidence="C16: no anchor", confidence="low", plausible=(0, 0.6),
    )  # fmt: skip
    delight: float = quantity(
        12.0, "Delight", "Gained from something beyond the promise", unit="points",
        low=0, high=50, evidence="E9", confidence="low", plausible=(6, 18),
    )  # fmt: skip
    delight_fades: float = quantity(
        0.75, "Delight repeated", "What each recent delight leaves of the next one, unless it is refreshed",
        unit="share", low=0, high=1, evidence="C38: no anchor", confidence="low", plausible=(0.5, 1),
    )  # fmt: skip
    delight_months: float = quantity(
        12.0, "Delight forgotten", "Time constant with which past delights are forgotten", unit="months",
        low=0.1, high=120, evidence="C38: no anchor", confidence="low", plausible=(6, 24),
    )  # fmt: skip
    delight_is: Literal["quality", "surprise"] = quantity(
        "quality", "Delight counts as", "Quality itself, or only the distance from what was expected",
        evidence="season 6.22: no anchor", confidence="low",
    )  # fmt: skip
    personal: float = quantity(
        6.0, "Treated personally", "Gained when every need had its own treatment", unit="points",
        low=0, high=50, evidence="C46: no anchor", confidence="low", plausible=(3, 9),
    )  # fmt: skip
    personal_half: float = quantity(
        1.5, "Variants for half of it", "Kinds of treatment that fit half of all needs", unit="variants",
        low=0.1, high=20, evidence="C28: no anchor", confidence="low", plausible=(1, 3),
    )  # fmt: skip
    noise_kept: float = quantity(
        6.0, "Chance, promise kept", "Standard deviation of what nothing here explains", unit="points",
        low=0, high=50, evidence="B7", confidence="low", plausible=(4, 15),
    )  # fmt: skip
    noise_broken: float = quantity(
        10.0, "Chance, promise broken", "The same for issues whose promise was broken", unit="points",
        low=0, high=50, evidence="B7", confidence="low", plausible=(4, 15),
    )  # fmt: skip


class Expectation(Part):
    """What customers expect, and what it does to a broken or exceeded expectation (E11, E12)."""

    promise: float = quantity(
        75.0, "What the promise makes them expect", "New customers begin here, and expectation drifts here",
        unit="points", low=0, high=100, evidence="season 6.13: no anchor", confidence="low", plausible=(65, 85),
    )  # fmt: skip
    notch: float = quantity(
        3.0, "A stricter promise", "Points expected more for one standard twice as strict", unit="points",
        low=0, high=20, evidence="season 6.13: no anchor", confidence="low", plausible=(0, 6),
    )  # fmt: skip
    drift: float = quantity(
        0.02, "Drift to the promise", "Share of the distance made good in a month", unit="share a month",
        low=0, high=1, evidence="E12: no anchor", confidence="low", plausible=(0.01, 0.04),
    )  # fmt: skip
    up: float = quantity(
        0.35, "Rises", "Share of a better issue's distance taken over", unit="share",
        low=0, high=1, evidence="B7", confidence="low", plausible=(0.1, 0.5),
    )  # fmt: skip
    down: float = quantity(
        0.2, "Falls", "Share of a worse issue's distance taken over", unit="share",
        low=0, high=1, evidence="B7", confidence="low", plausible=(0.1, 0.5),
    )  # fmt: skip
    weight: float = quantity(
        3.0, "Weight of surprise", "Points of satisfaction for one unit of surprise", unit="points",
        low=0, high=20, evidence="E11: no anchor", confidence="low", plausible=(1.5, 4.5),
    )  # fmt: skip
    tolerance: float = quantity(
        0.5, "Zone of tolerance", "Distance that is not noticed, in tens of points", unit="10 points",
        low=0, high=5, evidence="B7", confidence="medium", plausible=(0.2, 1),
    )  # fmt: skip
    loss_aversion: float = quantity(
        2.0, "Loss aversion", "How much heavier a shortfall weighs; 1: as much as a surplus",
        low=0, high=5, evidence="B7", confidence="medium", plausible=(1, 2.5),
    )  # fmt: skip
    gain_power: float = quantity(
        0.5, "Surplus, diminishing", "Exponent of a surplus", low=0.1, high=1, evidence="B7",
        confidence="medium", plausible=(0.4, 0.9),
    )  # fmt: skip
    loss_power: float = quantity(
        0.8, "Shortfall, diminishing", "Exponent of a shortfall", low=0.1, high=1, evidence="B7",
        confidence="medium", plausible=(0.6, 1),
    )  # fmt: skip


class Belief(Part):
    """What customers have learnt to believe of us, and how sure they are (E13)."""

    start: float = quantity(
        72.0, "Belief at first", "Satisfaction that a new customer counts on", unit="points",
        low=0, high=100, evidence="season 6.23: no anchor", confidence="low", plausible=(65, 80),
    )  # fmt: skip
    unsure: float = quantity(
        40.0, "Doubt at first", "Variance of that belief", unit="points squared",
        low=0, high=1000, evidence="season 6.23: no anchor", confidence="low", plausible=(20, 60),
    )  # fmt: skip
    drift_variance: float = quantity(
        9.0, "Doubt grows", "Variance added by every issue", unit="points squared",
        low=0, high=1000, evidence="E13: no anchor", confidence="low", plausible=(4, 14),
    )  # fmt: skip
    spread: float = quantity(
        64.0, "Felt variability at first", "Variance of satisfaction that a new customer counts on",
        unit="points squared", low=1, high=10_000, evidence="season 6.23: no anchor", confidence="low",
        plausible=(32, 96),
    )  # fmt: skip
    spread_rate: float = quantity(
        0.2, "Felt variability learns", "Share of each new squared surprise taken over", unit="share",
        low=0, high=1, evidence="E13: no anchor", confidence="low", plausible=(0.1, 0.3),
    )  # fmt: skip
    quiet: float = quantity(
        80.0, "Belief without contact", "Where belief drifts when nothing goes wrong", unit="points",
        low=0, high=100, evidence="season 6.14: no anchor", confidence="low", plausible=(75, 85),
    )  # fmt: skip
    quiet_drift: float = quantity(
        0.5, "Drift without contact", "Points by which it drifts there in a month", unit="points a month",
        low=0, high=10, evidence="season 6.14: no anchor", confidence="low", plausible=(0, 1),
    )  # fmt: skip


class Memory(Part):
    """What a failure leaves behind (E14, E16)."""

    months: float = quantity(
        3.0, "Failures forgotten", "Time constant of forgetting", unit="months",
        low=0.1, high=120, evidence="E14: Knox & van Oest 2014", confidence="low", plausible=(1.5, 6),
    )  # fmt: skip
    unrecovered: float = quantity(
        1.0, "Failure left", "What a failure leaves that nobody put right", low=0, high=5,
        evidence="E14: no anchor", confidence="low", plausible=(0.5, 1.5),
    )  # fmt: skip
    slow: float = quantity(
        0.8, "Failure fixed late", "The same, fixed later than a day", low=0.3, high=5,
        evidence="E14: no anchor", confidence="low", plausible=(0.5, 1),
    )  # fmt: skip
    fast: float = quantity(
        0.5, "Failure fixed in a day", "The same, fixed within a day", low=0.3, high=5,
        evidence="E14: no anchor", confidence="low", plausible=(0.35, 0.75),
    )  # fmt: skip
    surprised: float = quantity(
        0.35, "Fixed in a day, with a surprise", "The same, with something unexpected", low=0.3, high=5,
        evidence="E14, E16: never below .3", confidence="low", plausible=(0.3, 0.5),
    )  # fmt: skip
    severity_late: float = quantity(
        0.8, "Weight of being late", "A failure by too many contacts or too late, to one never settled",
        low=0, high=1, evidence="season 6.9: no anchor", confidence="low", plausible=(0.4, 1),
    )  # fmt: skip
    severity_other: float = quantity(
        0.3, "Weight of other broken promises", "A story told twice or a rude word, to one never settled",
        low=0, high=1, evidence="season 6.9: no anchor", confidence="low", plausible=(0.15, 1),
    )  # fmt: skip
    full_credit_hours: float = quantity(
        24.0, "Full credit within", "A fix within so many hours is as good as at once", unit="hours",
        low=0, high=720, evidence="B8: no anchor for 24 h", confidence="low", plausible=(4, 48),
    )  # fmt: skip
    half_credit_hours: float = quantity(
        48.0, "Credit halves in", "Later, the worth of speed halves every so many hours", unit="hours",
        low=1, high=2000, evidence="B8", confidence="low", plausible=(24, 120),
    )  # fmt: skip
    fix_weight: float = quantity(
        0.45, "Weight of the fix", "Of what makes a recovery just: the fix itself", low=0, high=1,
        evidence="B8: Orsingher 2010", confidence="medium", plausible=(0.35, 0.55),
    )  # fmt: skip
    manner_weight: float = quantity(
        0.35, "Weight of manner", "Apology, courtesy, belief in the customer", low=0, high=1,
        evidence="B8: Orsingher 2010", confidence="medium", plausible=(0.25, 0.45),
    )  # fmt: skip
    speed_weight: float = quantity(
        0.2, "Weight of speed", "How soon it came", low=0, high=1,
        evidence="B8: Orsingher 2010", confidence="medium", plausible=(0.1, 0.3),
    )  # fmt: skip
    surprise: float = quantity(
        6.0, "Surprise", "Points gained by something unexpected with a just recovery", unit="points",
        low=0, high=30, evidence="E16: no anchor", confidence="low", plausible=(3, 9),
    )  # fmt: skip
    paradox_most: float = quantity(
        5.0, "Recovery paradox, at most", "How far satisfaction may rise above an issue without failure",
        unit="points", low=0, high=30, evidence="E16: de Matos 2007", confidence="low", plausible=(0, 8),
    )  # fmt: skip
    complains_least: float = quantity(
        0.05, "Complains of a trifle", "Share of the slightest failures that are reported", unit="share",
        low=0, high=1, evidence="B8, E17: TARP", confidence="medium", plausible=(0.03, 0.1),
    )  # fmt: skip
    complains_slope: float = quantity(
        0.64, "Complains of a grave failure", "Share added by the gravest of failures", unit="share",
        low=0, high=1, evidence="B8, E17: TARP", confidence="medium", plausible=(0.4, 0.75),
    )  # fmt: skip
    severity: tuple[float, float, float] = quantity(
        (0.6, 0.3, 0.1), "Gravity", "Of an issue never settled, of one late, of another broken promise: "
        "who complains", evidence="season 6.9: no anchor", confidence="low",
    )  # fmt: skip
    futility: float = quantity(
        0.6, "Futility", "Share of complaints not made where nobody listens", unit="share",
        low=0, high=1, evidence="E17: no anchor", confidence="low", plausible=(0.3, 0.8),
    )  # fmt: skip


class Loyalty(Part):
    """Who stays, who leaves, who talks (E15, E18)."""

    risk_aversion: float = quantity(
        0.5, "Dislike of variability", "Points lost for each point of felt standard deviation",
        low=0, high=5, evidence="B7: Rust 1999, Sriram 2015", confidence="low", plausible=(0, 1),
    )  # fmt: skip
    failure_weight: float = quantity(
        6.0, "Weight of remembered failures", "Points lost for one failure remembered", unit="points",
        low=0, high=50, evidence="E15: no anchor", confidence="low", plausible=(3, 9),
    )  # fmt: skip
    failures_most: float = quantity(
        2.0, "Failures remembered, at most", "More than so many weigh no more", low=0, high=20,
        evidence="E15: no anchor", confidence="low", plausible=(1, 3),
    )  # fmt: skip
    tenure: float = quantity(
        1.5, "Tenure", "Points for each unit of the logarithm of 1 + years with us", unit="points",
        low=0, high=20, evidence="E15: Bolton 1998", confidence="low", plausible=(0.75, 2.25),
    )  # fmt: skip
    tenure_most: float = quantity(
        5.0, "Tenure, at most", "The most that tenure gives", unit="points",
        low=0, high=50, evidence="E15: no anchor", confidence="low", plausible=(2.5, 7.5),
    )  # fmt: skip
    churn_least: float = quantity(
        0.010, "Leaves anyhow", "Share of the most loyal that leave in a month", unit="share a month",
        low=0, high=1, evidence="season 6.15", confidence="low", plausible=(0.005, 0.015),
    )  # fmt: skip
    churn_most: float = quantity(
        0.055, "Leaves at worst", "Share of the least loyal that leave in a month", unit="share a month",
        low=0, high=1, evidence="season 6.15", confidence="low", plausible=(0.03, 0.1),
    )  # fmt: skip
    middle: float = quantity(
        69.0, "Loyalty at the middle", "Where half of the avoidable churn is reached", unit="points",
        low=0, high=100, evidence="B9; calibrated: retention .65 at half the promises kept",
        confidence="medium", plausible=(50, 70),
    )  # fmt: skip
    width: float = quantity(
        6.0, "Width of the middle", "How gently churn falls with loyalty", unit="points",
        low=0.5, high=50, evidence="B9, season 6.15", confidence="medium", plausible=(4, 10),
    )  # fmt: skip
    barrier: float = quantity(
        0.0, "Switching barrier", "Share of avoidable churn that cannot leave", unit="share",
        low=0, high=1, evidence="E15: Jones & Sasser 1995", confidence="low", plausible=(0, 0.8),
    )  # fmt: skip
    tenure_years: float = quantity(
        3.0, "Tenure at first", "Mean years with us of the customers at the beginning", unit="years",
        low=0.01, high=50, evidence="season 6.23: no anchor", confidence="low", plausible=(1.5, 4.5),
    )  # fmt: skip
    joins: float = quantity(
        0.0077, "New customers", "Joining in a week, as a share of the customers at the beginning",
        unit="share a week", low=0, high=1, evidence="calibrated: holds the default operation steady",
        confidence="low", plausible=(0.004, 0.0115),
    )  # fmt: skip
    market: float = quantity(
        5.0, "Market", "Customers there can be at most, relative to those at the beginning", unit="ratio",
        low=1, high=50, evidence="no anchor", confidence="low", plausible=(2, 10),
    )  # fmt: skip
    talks: float = quantity(
        0.1, "Talks about us", "Messages a month of somebody 20 points off the pivot", unit="a month",
        low=0, high=10, evidence="E18: Anderson 1998", confidence="low", plausible=(0.05, 0.15),
    )  # fmt: skip
    talk_pivot: float = quantity(
        68.0, "Neither praise nor blame", "Loyalty at which people do not talk about us", unit="points",
        low=0, high=100, evidence="season 6.13; calibrated: mean of the default operation",
        confidence="low", plausible=(55, 75),
    )  # fmt: skip
    talk_power: float = quantity(
        1.3, "Talk grows", "Exponent of the distance from the pivot",
        low=0, high=5, evidence="E18: no anchor", confidence="low", plausible=(1, 1.6),
    )  # fmt: skip
    blame: float = quantity(
        1.3, "Blame", "How much more is told below the pivot than above it", unit="ratio",
        low=0, high=5, evidence="E18: Anderson 1998", confidence="low", plausible=(1, 1.6),
    )  # fmt: skip
    talk_brings: float = quantity(
        0.02, "Talk brings", "New customers gained by one net message for 100 customers", unit="share",
        low=0, high=1, evidence="E18: no anchor", confidence="low", plausible=(0.01, 0.03),
    )  # fmt: skip

    @model_validator(mode="after")
    def _most_is_more_than_least(self) -> Self:
        if self.churn_most < self.churn_least:
            raise ValueError(
                f"leaves at worst {self.churn_most:g} is below leaves anyhow {self.churn_least:g}; "
                "make it at least that"
            )
        return self


class Kept(Part):
    """How a customer's own share of promises kept is remembered (E10)."""

    weight: float = quantity(
        0.3, "Own promise kept", "Weight of the latest issue in a customer's own record", unit="share",
        low=0.01, high=1, evidence="E10: no anchor", confidence="low", plausible=(0.15, 0.45),
    )  # fmt: skip


class Customers(Part):
    """How customers answer."""

    quality: Quality = Field(Quality(), title="Quality")
    expectation: Expectation = Field(Expectation(), title="Expectation")
    belief: Belief = Field(Belief(), title="Belief")
    memory: Memory = Field(Memory(), title="Memory")
    loyalty: Loyalty = Field(Loyalty(), title="Loyalty")
    kept: Kept = Field(Kept(), title="Own record")


class Culture(Part):
    """Where the three kinds of business begin and end (E23); the kit's own definition, shown with the numbers."""

    hit_and_miss: float = quantity(
        0.5, "Hit-and-miss below", "Share of promises kept", unit="share", low=0, high=1,
        evidence="E23, S0: no anchor", confidence="low", plausible=(0.4, 0.6),
    )  # fmt: skip
    unparalleled: float = quantity(
        0.95, "Unparalleled from", "Share of promises kept", unit="share", low=0, high=1,
        evidence="E23, S0: no anchor", confidence="low", plausible=(0.93, 0.98),
    )  # fmt: skip
    consistent: float = quantity(
        0.9, "Consistent from", "Share of promises kept", unit="share", low=0, high=1,
        evidence="E23, S0: no anchor", confidence="low", plausible=(0.85, 0.92),
    )  # fmt: skip
    worst_tenth: float = quantity(
        0.85, "Unparalleled for nearly all", "Own share of promises kept that nine customers in ten reach",
        unit="share", low=0, high=1, evidence="E23, C11: no anchor", confidence="low", plausible=(0.75, 0.9),
    )  # fmt: skip
    gap_most: float = quantity(
        0.25, "Hit-and-miss gap", "Gap between desks from which a business counts as hit-and-miss",
        unit="share", low=0, high=1, evidence="E23, C05: no anchor", confidence="low", plausible=(0.15, 0.35),
    )  # fmt: skip
    gap_least: float = quantity(
        0.05, "Unparalleled gap", "Gap between desks below which it may count as unparalleled",
        unit="share", low=0, high=1, evidence="E23: no anchor", confidence="low", plausible=(0.02, 0.08),
    )  # fmt: skip
    delight: float = quantity(
        0.05, "Unparalleled delight", "Share of issues with something beyond the promise",
        unit="share", low=0, high=1, evidence="E23: no anchor", confidence="low", plausible=(0.02, 0.1),
    )  # fmt: skip
