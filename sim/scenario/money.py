"""Prices, and what customers are worth."""

from sim.scenario.fields import Part, quantity


class Money(Part):
    """Prices."""

    agent_hour: float = quantity(
        30.0,
        "Agent hour",
        "Loaded cost of an in-house agent",
        unit="dollars an hour",
        low=0,
        high=1_000,
        evidence="B9",
        confidence="low",
        plausible=(22, 45),
    )
    specialist_hour: float = quantity(
        36.0,
        "Specialist hour",
        "Loaded cost of a specialist",
        unit="dollars an hour",
        low=0,
        high=1_000,
        evidence="no anchor",
        confidence="low",
        plausible=(25, 55),
    )
    supervisor_hour: float = quantity(
        42.0,
        "Supervisor hour",
        "Loaded cost of a supervisor",
        unit="dollars an hour",
        low=0,
        high=1_000,
        evidence="no anchor",
        confidence="low",
        plausible=(30, 65),
    )
    bot_session: float = quantity(
        0.8,
        "Bot session",
        "Cost of one session",
        unit="dollars",
        low=0,
        high=100,
        evidence="B3",
        confidence="low",
        plausible=(0.1, 2),
    )
    overtime: float = quantity(
        1.5,
        "Overtime",
        "Pay of overtime relative to usual",
        unit="ratio",
        low=1,
        high=5,
        evidence="no anchor",
        confidence="low",
        plausible=(1.25, 2),
    )
    margin: float = quantity(
        20.0, "Margin", "Of an ordinary customer, before service", unit="dollars a month", low=-1000,
        high=100_000, evidence="B9", confidence="low", plausible=(5, 60),
    )  # fmt: skip
    core_margin: float = quantity(
        4.0, "Core customers' margin", "Relative to an ordinary customer's", unit="ratio", low=0, high=1000,
        evidence="season 2: no anchor", confidence="low", plausible=(2, 6),
    )  # fmt: skip
    discount: float = quantity(
        0.1, "Discount", "What a dollar loses in a year of waiting", unit="share a year", low=0, high=1,
        evidence="E22", confidence="high", plausible=(0.05, 0.15),
    )  # fmt: skip
    acquisition: float = quantity(
        120.0, "New customer", "Cost of winning one: six months' margin", unit="dollars", low=0, high=100_000,
        evidence="B9", confidence="low", plausible=(60, 240),
    )  # fmt: skip
    replacement_months: float = quantity(
        3.5, "Replacing an agent", "Cost of it in months of pay, lost productivity included", unit="months",
        low=0, high=36, evidence="B10: Cornell", confidence="high", plausible=(3, 4),
    )  # fmt: skip
    choosy_hire: float = quantity(
        2.0, "Choosy hiring", "Months of pay that hiring only the best attitude costs besides",
        unit="months", low=0, high=36, evidence="no anchor", confidence="low", plausible=(1, 3),
    )  # fmt: skip
    hero_pay: float = quantity(
        0.5, "Heroes' pay", "What a star costs more, as a share of usual pay", unit="share", low=0, high=10,
        evidence="C24: no anchor", confidence="low", plausible=(0.25, 0.75),
    )  # fmt: skip
    support: float = quantity(
        0.06, "Fullest support", "Time for coaching and help, as a share of wages", unit="share", low=0,
        high=1, evidence="C34: no anchor", confidence="low", plausible=(0.03, 0.09),
    )  # fmt: skip
    recognition_year: float = quantity(
        20_000.0, "Fullest recognition", "A year of it", unit="dollars a year", low=0, high=1e9,
        evidence="C34: no anchor", confidence="low", plausible=(10_000, 30_000),
    )  # fmt: skip
    guarantee_point: float = quantity(
        0.5, "Guaranteed quality", "Each point by which somebody is compensated", unit="dollars a point",
        low=0, high=1_000, evidence="C48: no anchor", confidence="low", plausible=(0.25, 0.75),
    )  # fmt: skip
    training_weeks: float = quantity(
        4.0, "Fullest training", "Paid weeks a year of everybody: usual is 2", unit="weeks a year", low=0,
        high=52, evidence="B10: Batt 2005, 2 weeks a year", confidence="medium", plausible=(2, 6),
    )  # fmt: skip
    delight: float = quantity(
        6.0, "Delight", "Each one", unit="dollars", low=0, high=10_000, evidence="season 6.10: CEB",
        confidence="low", plausible=(3, 9),
    )  # fmt: skip
    fresh_delight: float = quantity(
        3.0, "Delight refreshed", "More for something new each time", unit="dollars", low=0, high=10_000,
        evidence="no anchor", confidence="low", plausible=(1.5, 4.5),
    )  # fmt: skip
    recovery: float = quantity(
        10.0, "Recovery", "Each case, at leisure", unit="dollars", low=0, high=10_000,
        evidence="season 6.10; B5: 25 of goodwill", confidence="low", plausible=(5, 25),
    )  # fmt: skip
    recovery_in_a_day: float = quantity(
        15.0, "Recovery within a day", "More for a fix in 24 hours; in proportion to the speed", unit="dollars",
        low=0, high=10_000, evidence="season 6.10: no anchor", confidence="low", plausible=(7, 23),
    )  # fmt: skip
    recovery_surprise: float = quantity(
        8.0, "Surprise", "More for something unexpected", unit="dollars", low=0, high=10_000,
        evidence="season 3: no anchor", confidence="low", plausible=(4, 12),
    )  # fmt: skip
    apology: float = quantity(
        1.0, "Apology", "Time to say it", unit="dollars", low=0, high=1_000, evidence="no anchor",
        confidence="low", plausible=(0.5, 2),
    )  # fmt: skip
    search: float = quantity(
        5.0, "Finding a silent failure", "Each one found", unit="dollars", low=0, high=10_000,
        evidence="no anchor", confidence="low", plausible=(2, 10),
    )  # fmt: skip
    prevention_year: float = quantity(
        400_000.0, "Prevention", "A year of full effort; look at the break-even rather than at this number",
        unit="dollars a year", low=0, high=1e9, evidence="season 6.10: no anchor", confidence="low",
        plausible=(200_000, 600_000),
    )  # fmt: skip
    feedback_year: float = quantity(
        60_000.0, "Hearing all feedback", "A year of it", unit="dollars a year", low=0, high=1e9,
        evidence="no anchor", confidence="low", plausible=(30_000, 90_000),
    )  # fmt: skip
    variant_year: float = quantity(
        10_000.0, "Each variant", "Data and training for one kind of treatment, a year", unit="dollars a year",
        low=0, high=1e9, evidence="C28: no anchor", confidence="low", plausible=(5_000, 15_000),
    )  # fmt: skip
    contract_year: float = quantity(
        40_000.0, "Managing a partner", "A year of it, for one chosen on quality", unit="dollars a year", low=0,
        high=1e9, evidence="season 0.2: no anchor", confidence="low", plausible=(20_000, 60_000),
    )  # fmt: skip
