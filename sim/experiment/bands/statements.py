"""The statements by number, and what is known to fail and why."""

TITLES = {
    "T01": "Five points of promises kept, or delight on one issue in five",
    "T02": "Delight does most where promises are mostly kept",
    "T03": "The survey does not see the difference",
    "T04": "Consistency first hangs on fear and memory",
    "T05": "Spread costs customers",
    "T06": "Good steps, bad journeys",
    "T07": "Every further contact costs satisfaction",
    "T08": "A failure, put right or not",
    "T09": "Prevention or recovery",
    "T10": "Authority",
    "T11": "A partner",
    "T12": "A bot with and without people",
    "T13": "A bank's telephone line",
    "T14": "Erlang A",
    "T15": "Busy days",
    "T16": "The standard after an overload",
    "T17": "A budget cut",
    "T18": "Turnover",
    "T19": "What a customer is worth",
    "T20": "Core customers first",
    "T21": "Delight is absorbed",
    "T22": "A barrier that falls",
}

KNOWN: dict[str, str] = {}
"""Beginnings of names of statements that fail, and why; a finding, not a fault to be tuned away."""


def why_known(name: str) -> str:
    """Why a statement is known to fail, or nothing."""
    return next((why for beginning, why in KNOWN.items() if name.startswith(beginning)), "")
