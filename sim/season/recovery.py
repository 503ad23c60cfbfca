"""What is done about failures, and what it leaves (E14, E16, E17)."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Bools, Floats, Table
from sim.scenario.customers import Memory
from sim.scenario.policy import Recovery
from sim.season.quality import Verdict

FAST_HOURS = 24.0
JUST = 0.7
"""A surprise pleases only with a recovery at least as just as this (E16)."""
MANNER = {"apology": 0.5, "courtesy": 0.25, "belief": 0.25}
"""What good manner is made of (E16 names the three; equal weight to the last two is ours)."""
PASSED_AROUND = 0.7


@dataclass(frozen=True)
class Mended:
    """Of each issue: the weight of its failure (0: none), who complained, whom we helped, how just it was."""

    weight: Floats
    complained: Bools
    found: Bools
    helped: Bools
    justice: Floats
    remembered: Floats


def ladder(verdict: Verdict, memory: Memory) -> tuple[Floats, Floats]:
    """Weight in memory and gravity of each issue's failure; 0 where the promise was kept."""
    late = verdict.late | verdict.many_contacts | verdict.undecided
    other = verdict.told_again | verdict.rude
    step = np.where(verdict.unsettled, 3, np.where(late, 2, other))
    weights = np.array([0.0, memory.severity_other, memory.severity_late, 1.0])
    return weights[step], np.array([0.0, *reversed(memory.severity)])[step]


def complains(gravity: Floats, memory: Memory, feedback: float) -> Floats:
    """Chance that a failure is reported (E17); where nobody listens fewer bother."""
    chance = memory.complains_least + memory.complains_slope * gravity
    return np.where(gravity > 0, chance * (1 - memory.futility * (1 - feedback)), 0.0)


def justice(plan: Recovery, memory: Memory, rude: Bools, passed_around: Bools, trust: float) -> Floats:
    """How just a recovery is felt to be, 0 to 1: the fix, the manner, the speed (E16)."""
    manner = (
        MANNER["apology"] * plan.apology + MANNER["courtesy"] * ~np.asarray(rude) + MANNER["belief"] * trust
    )
    speed = 2.0 ** (-max(0.0, plan.fix_hours - memory.full_credit_hours) / memory.half_credit_hours)
    in_time = speed * np.where(passed_around, PASSED_AROUND, 1.0)
    return np.asarray(
        memory.fix_weight + memory.manner_weight * manner + memory.speed_weight * in_time, np.float64
    )


def remembered(plan: Recovery, memory: Memory) -> float:
    """What a failure leaves that was put right (E14); never less than .3."""
    if plan.fix_hours > FAST_HOURS:
        return memory.slow
    return memory.surprised if plan.surprise else memory.fast


def after(failed: Floats, smooth: Floats, just: Floats, plan: Recovery, memory: Memory) -> Floats:
    """Points after a recovery: part of the way back, a surprise on top, a little beyond at most (E16)."""
    surprise = memory.surprise * (plan.surprise & (just > JUST))
    return np.minimum(failed + just * (smooth - failed) + surprise, smooth + memory.paradox_most)


def mend(
    ended: Table, verdict: Verdict, plan: Recovery, memory: Memory, listens: float, trust: float, luck: Floats
) -> Mended:
    """Who complained or was found, and what the failure leaves in them.

    `luck`: two uniform numbers an issue, for complaining and for being found; `listens`: the share of feedback heard.
    """
    weight, gravity = ladder(verdict, memory)
    complained = luck[0] < complains(gravity, memory, listens)
    found = (weight > 0) & ~complained & (luck[1] < plan.reaches_out)
    helped = (complained | found) & plan.offered
    around = (ended["cold"] + ended["warm"] > 1) | verdict.many_contacts
    left = np.where(helped, remembered(plan, memory), memory.unrecovered)
    just = np.zeros(len(ended))
    just[helped] = justice(plan, memory, verdict.rude[helped], around[helped], trust)
    return Mended(
        weight=weight,
        complained=complained,
        found=found & plan.offered,
        helped=helped,
        justice=just,
        remembered=weight * left,
    )
