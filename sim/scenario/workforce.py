"""How the people of the operation, and its standards, answer the load they meet."""

from pydantic import Field

from sim.scenario.fields import Part, quantity


class Pressure(Part):
    """Cutting corners: the time a contact may take under pressure (E20)."""

    on: bool = quantity(
        True,
        "Corners are cut under pressure",
        "Off: the time standard never moves",
        evidence="E20",
        confidence="medium",
    )
    elasticity: float = quantity(
        -0.64, "Elasticity", "Of the time per contact to work pressure", low=-3, high=0,
        evidence="B10: Oliva & Sterman 2001", confidence="high", plausible=(-0.75, -0.49),
    )  # fmt: skip
    erodes_weeks: float = quantity(
        18.8, "Standard erodes", "Time constant with which the standard follows time downward", unit="weeks",
        low=1, high=1e6, evidence="B10: Oliva & Sterman 2001", confidence="medium", plausible=(8, 60),
    )  # fmt: skip
    recovers_weeks: float = quantity(
        260.0, "Standard recovers", "The same upward", unit="weeks", low=1, high=1e8,
        evidence="B10: Oliva & Sterman 2001", confidence="medium", plausible=(25, 1e6),
    )  # fmt: skip
    floor: float = quantity(
        0.3, "Least time", "Share of the time needed that is taken at the very least", unit="share",
        low=0.05, high=1, evidence="B10: no anchor", confidence="low", plausible=(0.2, 0.5),
    )  # fmt: skip
    occupancy: float = quantity(
        0.85, "Occupancy without pressure", "Share of the rostered time that work may fill", unit="share",
        low=0.1, high=1, evidence="B2, season 6.5", confidence="medium", plausible=(0.75, 0.92),
    )  # fmt: skip
    smoothing_weeks: float = quantity(
        6.0, "Pressure is felt", "Weeks over which work is averaged", unit="weeks", low=1, high=104,
        evidence="season 6.5: no anchor", confidence="low", plausible=(3, 12),
    )  # fmt: skip
    dead_band: float = quantity(
        0.05, "Unnoticed pressure", "The standard does not fall while pressure exceeds 1 by no more", low=0, high=1,
        evidence="season 6.5: no anchor", confidence="low", plausible=(0, 0.1),
    )  # fmt: skip


class Exhaustion(Part):
    """What work does to people (E21)."""

    at_rest: float = quantity(
        0.3, "Exhaustion at rest", "Of people under no strain", low=0, high=1, evidence="E21: no anchor",
        confidence="low", plausible=(0.15, 0.45),
    )  # fmt: skip
    overload: float = quantity(
        2.0, "Overload", "Strain for each unit of a day's occupancy above the threshold", low=0, high=20,
        evidence="E21: no anchor", confidence="low", plausible=(1, 3),
    )  # fmt: skip
    threshold: float = quantity(
        0.85, "Overload begins", "Occupancy of a day that nobody minds", unit="share", low=0, high=1,
        evidence="E21, B2", confidence="medium", plausible=(0.8, 0.9),
    )  # fmt: skip
    abuse: float = quantity(
        0.03, "Abuse", "Strain for each abusive contact a day beyond the usual", low=0, high=1,
        evidence="E21: Grandey 2004", confidence="low", plausible=(0.015, 0.045),
    )  # fmt: skip
    usual_abuse: float = quantity(
        10.0, "Usual abuse", "Abusive contacts a day that people are used to", unit="a day", low=0, high=100,
        evidence="B10: Grandey 2004", confidence="medium", plausible=(5, 15),
    )  # fmt: skip
    abuse_share: float = quantity(
        0.22, "Abusive contacts", "Share of the contacts that people answer", unit="share", low=0, high=1,
        evidence="B10: 10 a day; no anchor for the share", confidence="low", plausible=(0.02, 0.3),
    )  # fmt: skip
    protection: float = quantity(
        0.5, "Protection", "Share of the strain of abuse that full protection takes away", unit="share",
        low=0, high=1, evidence="E21: Li & Zhou 2013", confidence="low", plausible=(0.25, 0.75),
    )  # fmt: skip
    protection_minutes: float = quantity(
        0.5, "Time to protect", "Minutes that full protection adds to every abusive contact, after the talk",
        unit="minutes", low=0, high=60, evidence="no anchor", confidence="low", plausible=(0.25, 2),
    )  # fmt: skip
    support: float = quantity(
        0.4, "Support", "Share of all strain beyond rest that the fullest support takes away", unit="share",
        low=0, high=1, evidence="E21: Li & Zhou 2013, sign", confidence="low", plausible=(0.1, 0.5),
    )  # fmt: skip
    recognition: float = quantity(
        0.1, "Recognition", "Share of quits that the fullest recognition keeps from happening", unit="share",
        low=0, high=1, evidence="C34: no anchor", confidence="low", plausible=(0, 0.2),
    )  # fmt: skip
    powerless: float = quantity(
        1.0, "Powerlessness", "Strain if every contact needed a decision that one may not take", low=0, high=5,
        evidence="E21: Grandey 2004", confidence="low", plausible=(0.5, 1.5),
    )  # fmt: skip
    rises_weeks: float = quantity(
        6.0, "Exhaustion rises", "Time constant upward", unit="weeks", low=1, high=520,
        evidence="B10: no anchor", confidence="low", plausible=(2, 12),
    )  # fmt: skip
    falls_weeks: float = quantity(
        12.0, "Exhaustion falls", "Time constant downward", unit="weeks", low=1, high=520,
        evidence="B10: no anchor", confidence="low", plausible=(6, 26),
    )  # fmt: skip
    attitude: float = quantity(
        0.1, "Exhaustion and attitude", "Attitude lost by somebody wholly exhausted", low=0, high=1,
        evidence="E21: no anchor", confidence="low", plausible=(0.05, 0.3),
    )  # fmt: skip
    absence: float = quantity(
        0.05, "Exhaustion and absence", "Days lost by somebody wholly exhausted, beyond one at rest",
        unit="share", low=0, high=1, evidence="E21", confidence="low", plausible=(0.025, 0.1),
    )  # fmt: skip
    quits: float = quantity(
        1.0, "Exhaustion and quitting", "Growth of the logarithm of the quit rate with exhaustion", low=0,
        high=10, evidence="E21: Batt & Colvin 2011, sign", confidence="low", plausible=(0.5, 3),
    )  # fmt: skip


class Careers(Part):
    """Who leaves, who comes, and what they can (E3, E6, E21)."""

    quits: float = quantity(
        0.26, "Quits", "Share of people at rest who leave in a year", unit="share a year", low=0, high=10,
        evidence="B10; calibrated: turnover .30", confidence="high", plausible=(0.15, 0.45),
    )  # fmt: skip
    hiring_weeks: float = quantity(
        8.0, "Hiring", "Weeks until somebody new begins", unit="weeks", low=0, high=104,
        evidence="B10", confidence="medium", plausible=(4, 20),
    )  # fmt: skip
    choosy_weeks: float = quantity(
        8.0, "Choosy hiring", "Further weeks where only the best attitude is good enough", unit="weeks",
        low=0, high=104, evidence="no anchor", confidence="low", plausible=(4, 12),
    )  # fmt: skip
    training_weeks: float = quantity(
        4.0, "Initial training", "Weeks before somebody new takes contacts", unit="weeks", low=0, high=52,
        evidence="B10: Batt 2005", confidence="high", plausible=(2, 8),
    )  # fmt: skip
    rookie_time: float = quantity(
        1.4, "Rookies' handle time", "Relative to somebody who has learnt", unit="ratio", low=1, high=3,
        evidence="B10: Gans 2010", confidence="medium", plausible=(1.2, 1.8),
    )  # fmt: skip
    rookie_deficit: float = quantity(
        0.5, "Rookies settle less", "Log-odds lost on the first day: about 10 in 100 contacts",
        unit="log-odds", low=0, high=5, evidence="B10", confidence="low", plausible=(0.25, 1),
    )  # fmt: skip
    learning_weeks: float = quantity(
        10.0, "Learning", "Time constant", unit="weeks", low=1, high=104, evidence="B10",
        confidence="medium", plausible=(6, 20),
    )  # fmt: skip
    training_bonus: float = quantity(
        0.3, "Training and skill", "Log-odds that the fullest training adds, to none", unit="log-odds",
        low=0, high=5, evidence="season 2b: no anchor", confidence="low", plausible=(0, 0.6),
    )  # fmt: skip
    attitude_bonus: float = quantity(
        0.4, "Attitude and settling", "Log-odds between disliking and liking to serve", unit="log-odds",
        low=0, high=5, evidence="E6: no anchor", confidence="low", plausible=(0, 0.8),
    )  # fmt: skip
    hero_bonus: float = quantity(
        0.6, "Heroes settle more", "Log-odds that a star adds", unit="log-odds", low=0, high=5,
        evidence="C24: no anchor", confidence="low", plausible=(0.3, 0.9),
    )  # fmt: skip
    attitude_spread: float = quantity(
        0.15, "Attitudes differ", "Standard deviation of attitude among new people", low=0.01, high=0.5,
        evidence="E21: no anchor", confidence="low", plausible=(0.08, 0.22),
    )  # fmt: skip
    desks: int = quantity(
        3, "Desks", "Teams in the house with a practice of their own", unit="teams", low=1, high=50,
        evidence="season 6.17: no anchor", plausible=(2, 5), confidence="low",
    )  # fmt: skip
    practice: float = quantity(
        0.15, "Practice of the desks", "Spread of their practice, in what they settle, when trained least",
        unit="log-odds", low=0, high=3, evidence="E8, season 6.17: no anchor", confidence="low",
        plausible=(0, 0.45),
    )  # fmt: skip
    freedom_spreads: float = quantity(
        0.3, "Freedom without training", "How much full authority widens that spread among the untrained",
        unit="share", low=0, high=5, evidence="B5: Bowen & Lawler 1992", confidence="low", plausible=(0, 0.6),
    )  # fmt: skip
    full_authority: float = quantity(
        100.0, "Full authority", "Limit from which authority counts as full", unit="dollars", low=1,
        high=100_000, evidence="B5: no anchor", confidence="low", plausible=(50, 500),
    )  # fmt: skip


class Workforce(Part):
    """How people and standards answer."""

    pressure: Pressure = Field(Pressure(), title="Pressure")
    exhaustion: Exhaustion = Field(Exhaustion(), title="Exhaustion")
    careers: Careers = Field(Careers(), title="Careers")
