"""The named scenarios the notebooks and workshops use; each says what it changes and nothing else."""

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
