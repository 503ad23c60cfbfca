"""The named scenarios the notebooks and workshops use; each says what it changes and nothing else."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.errors import BadInput
from sim.scenario.scenario import Scenario
from sim.scenario.words import nearest

_CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "today": ("Today", {}),
    "lean": ("Lean: two agents fewer", {"plan.staffing.agents": 7}),
    "cheap_partner": (
        "Cheap partner: 40% outsourced on cost",
        {"plan.outsourcing.share": 0.4, "plan.outsourcing.vendor": "cost"},
    ),
    "good_partner": (
        "Good partner: 40% outsourced on quality",
        {"plan.outsourcing.share": 0.4, "plan.outsourcing.vendor": "quality"},
    ),
    "bot_without_people": (
        "Bot without people: a dead end",
        {
            "plan.chatbot.coverage": 0.8,
            "plan.chatbot.hands_over": False,
            "plan.chatbot.types": ("simple", "standard", "complex", "complaint"),
        },
    ),
    "bot_with_people": (
        "Bot with people: hands over with the story",
        {"plan.chatbot.coverage": 0.8, "plan.chatbot.hands_over": True, "plan.chatbot.carries_context": True},
    ),
    "ask_the_boss": ("Ask the boss: no authority", {"plan.empowerment.authority_limit": 0.0}),
    "trusted_frontline": (
        "Trusted front line",
        {"plan.empowerment.authority_limit": 100.0, "plan.empowerment.trust": 0.95},
    ),
    "silos": (
        "Silos: passed on, told again",
        {
            "plan.teamwork.routing_accuracy": 0.6,
            "plan.teamwork.cross_skill": 0.1,
            "plan.teamwork.context_kept": 0.1,
            "plan.chatbot.carries_context": False,
        },
    ),
}


def names() -> tuple[str, ...]:
    """The named scenarios, the default first."""
    return tuple(_CHANGES)


def named(name: str) -> Scenario:
    """A named scenario; raises BadInput with the nearest name."""
    if name not in _CHANGES:
        raise BadInput(f"{name}: no scenario has this name; {nearest(name, names())}.")
    title, changes = _CHANGES[name]
    return Scenario().changed({"name": name, "title": title, **changes})


INDUSTRIES: dict[str, tuple[str, dict[str, Any]]] = {
    "bank": (
        "Bank",
        {
            "assumptions.customers.loyalty.barrier": 0.3,
            "assumptions.money.margin": 25.0,
        },
    ),
    "telco": (
        "Telephone company",
        {
            "assumptions.resolution.base": {
                "simple": 1.3,
                "standard": 0.55,
                "complex": -0.1,
                "complaint": -0.3,
            },
            "assumptions.customers.loyalty.barrier": 0.2,
            "assumptions.demand.preventable": 0.7,
        },
    ),
    "retail": (
        "Retailer",
        {
            "assumptions.resolution.base": {
                "simple": 2.3,
                "standard": 1.55,
                "complex": 0.9,
                "complaint": 0.7,
            },
            "assumptions.handling.talk_mean": 3.4,
            "assumptions.money.margin": 12.0,
        },
    ),
    "utility": (
        "Utility",
        {
            "assumptions.resolution.base": {
                "simple": 1.9,
                "standard": 1.15,
                "complex": 0.5,
                "complaint": 0.3,
            },
            "assumptions.customers.loyalty.barrier": 0.6,
            "assumptions.demand.day_factor_cv": 0.25,
            "assumptions.demand.preventable": 0.5,
        },
    ),
}
"""Four industries, told apart by what is published of them: first-contact resolution (B4: finance 71, telephone 61,
retail 78, energy 72 of 100). How they differ in barriers, margins, talk, busy days and causes has no anchor."""


LONGEST_NAME, LONGEST_TITLE = 40, 60


def industries() -> dict[str, str]:
    """The title of each industry by its name, as for a menu."""
    return {name: title for name, (title, _) in INDUSTRIES.items()}


def in_industry(scenario: Scenario, name: str) -> Scenario:
    """The same plan in an industry, named after both; raises BadInput with the nearest name.

    Assumptions that set the industry apart replace those of the scenario and the others stay, so whoever changes from
    one industry to another begins again with the scenario of before.
    """
    found = industry(name)
    ending = f", {found.title[:1].lower()}{found.title[1:]}"
    return scenario.changed(
        {
            **INDUSTRIES[name][1],
            "name": f"{scenario.name}_{name}"[:LONGEST_NAME],
            "title": scenario.title[: LONGEST_TITLE - len(ending)] + ending,
        }
    )


def industry(name: str) -> Scenario:
    """The default operation in another industry; raises BadInput with the nearest name."""
    if name not in INDUSTRIES:
        raise BadInput(f"{name}: no industry has this name; {nearest(name, INDUSTRIES)}.")
    title, changes = INDUSTRIES[name]
    return Scenario().changed({"name": name, "title": title, **changes})


BARE: dict[str, Any] = {
    "plan.chatbot.coverage": 0.0,
    "plan.outsourcing.share": 0.0,
    "plan.teamwork.routing_accuracy": 1.0,
    "plan.staffing.specialists": 0,
    "plan.staffing.curve": ((1.0,),),
    "plan.empowerment.supervisors": 0,
    "assumptions.authority.needed": 0.0,
    "assumptions.authority.cheats": 0.0,
    "assumptions.demand.weekday_index": (1.0,) * 7,
    "assumptions.demand.intraday": ((1.0,),),
    "assumptions.demand.day_factor_cv": 0.0,
    "assumptions.handling.talk_kind": "exponential",
    "assumptions.handling.talk_by_type": {"simple": 1.0, "standard": 1.0, "complex": 1.0, "complaint": 1.0},
    "assumptions.handling.wrap_up_mean": 0.0,
    "assumptions.handling.pace_cv": 0.0,
    "assumptions.handling.absence": 0.0,
    "assumptions.resolution.skill_spread": 0.0,
    "assumptions.repeats.returns": 0.0,
    "assumptions.repeats.redials": 0.0,
    "assumptions.repeats.after_closing": 0.0,
    "assumptions.patience.hangs_up_at_once": 0.0,
}
"""No bot, partner, transfers, exceptions or repeats; nobody tires, differs, rests or is away; every hour is alike."""


def bare(changes: Mapping[str, Any]) -> Scenario:
    """One queue and one team of equal agents, with these changes by path; raises BadInput."""
    return Scenario().changed({**BARE, **changes})
