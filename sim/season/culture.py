"""Which of three kinds of business it is, by numbers (E23): the kit's own definition, shown with the numbers."""

from math import isnan

from sim.scenario.customers import Culture


def label(kept: float, worst_tenth: float, gap: float, delights: float, where: Culture) -> str:
    """Hit-and-miss, good enough, consistent or unparalleled; where there is one desk only, there is no gap.

    Args:
        kept: the share of promises kept (C).
        worst_tenth: the own share of promises kept that nine customers in ten reach.
        gap: between the best and the worst desk's share, over at least 13 weeks.
        delights: the share of issues with something beyond the promise.
        where: the thresholds.
    """
    if isnan(kept):
        return "not to be told"
    if kept < where.hit_and_miss or gap > where.gap_most:
        return "hit-and-miss"
    if kept < where.consistent:
        return "good enough"
    best = kept >= where.unparalleled and worst_tenth >= where.worst_tenth
    if best and gap < where.gap_least and delights >= where.delight:
        return "unparalleled"
    return "consistent"
