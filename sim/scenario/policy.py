"""The part of the plan that acts over weeks and months: recovery, delight, prevention, people, protection."""

from sim.scenario.fields import Part, quantity


class Recovery(Part):
    """What is done about failures: for those who complain, and perhaps for those who do not."""

    offered: bool = quantity(
        True, "Recovery", "Failures that customers complain about are put right", evidence="E16, C58"
    )
    fix_hours: float = quantity(
        72.0,
        "Fixed within",
        "Hours from the failure to its fix; faster costs more a case",
        unit="hours",
        low=1,
        high=720,
        evidence="E16, C58",
    )
    apology: bool = quantity(True, "Apology", "The customer hears that we are sorry", evidence="B8, C59")
    surprise: bool = quantity(
        False, "Surprise", "Something unexpected comes with the fix", evidence="E16, C58"
    )
    guarantee: float = quantity(
        0.0,
        "Guaranteed quality",
        "Points below which nobody is left: whoever fared worse is compensated at once",
        unit="points",
        low=0,
        high=80,
        evidence="C48",
    )
    reaches_out: float = quantity(
        0.0,
        "Reaches out",
        "Share of silent failures that are found and put right unasked",
        unit="share",
        low=0,
        high=1,
        evidence="season 2: proactive recovery",
    )


class Delight(Part):
    """Something beyond what was promised."""

    share: float = quantity(
        0.0,
        "Delight",
        "Share of served issues that get something beyond the promise",
        unit="share of issues",
        low=0,
        high=1,
        evidence="E9, C01",
    )
    refreshed: bool = quantity(
        False, "Delight refreshed", "Always something new, which costs more", evidence="C38"
    )


class Prevention(Part):
    """Taking causes away instead of mending what they do."""

    effort: float = quantity(
        0.0,
        "Prevention",
        "Effort spent on causes, as a share of all that could be spent",
        unit="share",
        low=0,
        high=1,
        evidence="E24, C41",
    )
    feedback: float = quantity(
        0.5,
        "Feedback heard",
        "Share of what customers report that reaches those who can change it",
        unit="share",
        low=0,
        high=1,
        evidence="E24, C35",
    )


class People(Part):
    """Whom the operation hires, how it pays and trains them, and how it keeps them."""

    training: float = quantity(
        0.5,
        "Training",
        "Share of the fullest training that everybody gets, year after year",
        unit="share",
        low=0,
        high=1,
        evidence="B10, C24",
    )
    hires_attitude: float = quantity(
        0.6,
        "Hiring for attitude",
        "Mean liking for service among new people; more choosy takes longer and costs more",
        low=0.3,
        high=0.9,
        evidence="E21, C56",
    )
    support: float = quantity(
        0.2,
        "Support",
        "Coaching and help for those on the phones, as a share of the fullest; it buffers strain",
        unit="share",
        low=0,
        high=1,
        evidence="E21, C34",
    )
    recognition: float = quantity(
        0.0,
        "Recognition",
        "Praise and prizes, as a share of the fullest programme",
        unit="share",
        low=0,
        high=1,
        evidence="C34",
    )
    heroes: float = quantity(
        0.0,
        "Heroes",
        "Share of posts held by stars, who settle more and cost more",
        unit="share",
        low=0,
        high=0.5,
        evidence="C24",
    )
    pay: float = quantity(
        1.0,
        "Pay",
        "Pay relative to what others in town pay",
        unit="ratio",
        low=0.7,
        high=1.5,
        evidence="E21, C56",
    )


class Personalisation(Part):
    """Treating different customers differently."""

    variants: int = quantity(
        0,
        "Personalisation",
        "Kinds of treatment that everybody must know",
        unit="variants",
        low=0,
        high=8,
        evidence="C28, C46, C57",
    )


class Protection(Part):
    """What management keeps from wearing away."""

    from_abuse: float = quantity(
        0.0,
        "Staff protected from abuse",
        "How far people may end an abusive contact, which settles nothing, and recover from it",
        unit="share",
        low=0,
        high=1,
        evidence="E21, C32",
    )
    time_standard: bool = quantity(
        False,
        "Time standard protected",
        "Management holds the time a contact may take, whatever the pressure",
        evidence="E20, C63",
    )
