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

KNOWN: dict[str, str] = {
    "T02 Promises kept where delight does most": (
        "Delight does most where about half the promises are kept, and less and less above: smooth issues "
        "come near 90 points, and the scale ends at 100. It holds where a smooth issue is worth 80 points, the "
        "low end, or variability is disliked twice as much, the high end."
    ),
    "T02 Delight's effect at half": ("For the same reason: it is hardly weaker at half the promises kept."),
    "T03": (
        "The scale ends at 100: where smooth issues are near 90 points there is no room for 12 more. It holds "
        "where a delight is worth 6 points, the low end."
    ),
    "T08 A failure put right after ten days": (
        "A late fix with an apology still gives four fifths of the way back, and what is remembered of it "
        "(.8 of a failure, 6 points, fading in 3 months) moves loyal customers little. It fails at both "
        "ends of all ten assumptions it hangs on."
    ),
    "T09 The first less the second": (
        "One per cent of the causes a month takes away a tenth in a year, and only .6 of the issues can be "
        "prevented (no anchor); recovery helps from the first week. What is earned by either is of the "
        "order of $100,000 a year. It holds where a customer brings no more than $5 a month, the low end, and "
        "cannot be told where prevention takes 8% of causes a month or few complain."
    ),
    "T10 Profit at the best limit": (
        "No optimum inside: goodwill leaks by a tenth at most, and what authority saves in holds, call-"
        "backs and refusals is worth more at every limit tried. It holds where three tenths leak, the high end."
    ),
    "T12 Bot without people: satisfaction": (
        "Those whom the bot sends away no longer stand in line: everybody else is answered sooner, and that "
        "weighs more than what the bot spoils. It depends on how short of people the operation is, and may turn "
        "where a failed bot costs 10 points, or an issue never settled 46, the high ends."
    ),
    "T13 A bank's line: share that abandons": (
        "The bank's own numbers disagree: 34 s of wait at .14 abandoned means a patience of 243 s, its "
        "fitted law has a mean of 492 s. With the fitted law fewer abandon; it holds with a mean of 252 s, the "
        "low end."
    ),
}
"""Beginnings of names of statements that fail, and why; a finding, not a fault to be tuned away."""


def why_known(name: str) -> str:
    """Why a statement is known to fail, or nothing."""
    return next((why for beginning, why in KNOWN.items() if name.startswith(beginning)), "")
