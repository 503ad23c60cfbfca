"""Plan + luck -> fate: one row an issue, one column a contact, settled before the clock runs.

All probabilities, distributions, exponentials and logarithms of the week live here; the engines hold only when and
who. An event of probability p happens when its uniform is below p, so raising p only ever adds events.
"""

from itertools import pairwise
from math import gamma

import numpy as np
from scipy.special import gammaincinv

from sim.flow.contract import CONTACT, ISSUE, TICK, Bools, Bot, Fate, Floats, Ints, Table, Team
from sim.flow.luck import Luck, draws
from sim.scenario import Scenario
from sim.scenario.assumptions import Demand
from sim.scenario.types import IssueType

STRANDS = np.array([bot in {Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END} for bot in Bot])
"""By what the bot does: whether it leaves the customer without a solution."""


def snap(minutes: Floats | float) -> Floats:
    """Whole ticks, element by element; infinity stays."""
    return np.asarray(np.floor(minutes / TICK + 0.5) * TICK)


def new_issues(scenario: Scenario, seed: int, replication: int, week: int) -> Table:
    """The issues that begin this week, one row each; more demand only adds rows.

    Poisson given the week's day factors: the n-th issue exists when the n-th point of a unit Poisson process lies
    below the week's expected number (E1).
    """
    expected = _expected_by_day(scenario, (seed, replication, week))
    total = float(expected.sum())
    count = _count_below(total, (seed, replication, week))
    luck = Luck(seed, replication, (week,), (np.arange(count),))
    arrives = _arrivals(scenario, expected, luck)
    order = np.argsort(arrives, kind="stable")  # neighbours in time lie side by side in memory
    table = np.zeros(count, ISSUE)
    table["week"], table["row"], table["arrives"] = week, order, arrives[order]
    return table


def fate(scenario: Scenario, issues: Table, seed: int, replication: int) -> Fate:
    """The fate of these issues under this plan; `issues` says in which week and row each one's luck lies."""
    luck = _luck_of(issues, seed, replication)
    issues = issues.copy()
    _who(scenario, issues, luck)
    columns = most_contacts(scenario)
    contacts = np.zeros((len(issues), columns), CONTACT)
    stranded = np.zeros(len(issues), bool)
    kind: Ints = issues["kind"].astype(np.int64)
    for number in range(columns):
        _one_contact(scenario, contacts[:, number], kind, stranded, luck, number)
        complains = _dead_end(scenario, contacts[:, number], luck, number)
        kind = np.where(complains, IssueType.COMPLAINT, kind)
        stranded |= STRANDS[contacts["bot"][:, number]]
    return Fate(issues, contacts)


def most_contacts(scenario: Scenario) -> int:
    """Contacts one issue can come to: 1 where nobody ever tries again."""
    repeats, bot = scenario.assumptions.repeats, scenario.plan.chatbot.coverage
    if bot == 0 and max(repeats.returns, repeats.redials, repeats.after_closing) == 0:
        return 1
    return repeats.most_contacts


def _luck_of(issues: Table, seed: int, replication: int) -> Luck:
    """Luck in the order of the rows: runs of equal week stay together."""
    edges = [0, *(np.flatnonzero(np.diff(issues["week"])) + 1).tolist(), len(issues)]
    parts = [issues[a:b] for a, b in pairwise(edges)]
    weeks = tuple(int(part["week"][0]) if len(part) else 0 for part in parts)
    return Luck(seed, replication, weeks, tuple(part["row"] for part in parts))


def _expected_by_day(scenario: Scenario, key: tuple[int, int, int]) -> Floats:
    """Expected issues of each open day: average, weekday and a gamma day factor with mean 1."""
    demand = scenario.assumptions.demand
    open_days = [at for at, day in enumerate(scenario.plan.hours.days()) if day]
    usual = demand.issues_per_day * np.array(demand.weekday_index)[open_days]
    if demand.day_factor_cv == 0:
        return usual
    shape = demand.day_factor_cv**-2
    luck = draws("uniform", key, "day factor", 0, 7)[open_days]
    return usual * gammaincinv(shape, luck) / shape


def _count_below(total: float, key: tuple[int, int, int]) -> int:
    drawn = int(total + 10 * np.sqrt(total) + 50)
    points = np.cumsum(draws("exponential", key, "count", 0, drawn))
    return int(np.searchsorted(points, total))


def _arrivals(scenario: Scenario, expected: Floats, luck: Luck) -> Floats:
    """Times in opening hours: the day in proportion to its expected issues, the minute by its profile."""
    if not len(luck.rows[0]):
        return np.empty(0)
    shares = np.cumsum(expected) / expected.sum()
    day = np.minimum(np.searchsorted(shares, luck.uniform("day"), side="right"), len(expected) - 1)
    minute = luck.uniform("minute")
    times = np.empty(len(minute))
    for at, (opens, closes) in enumerate(scenario.plan.hours.windows()):
        here = day == at
        times[here] = opens + _minute(scenario.assumptions.demand, at, closes - opens, minute[here])
        times[here] = np.minimum(snap(times[here]), closes - TICK)
    return times


def _minute(demand: Demand, day: int, length: float, luck: Floats) -> Floats:
    """Minutes after opening with the day's profile: the inverse of its piecewise linear distribution."""
    weights = demand.intraday[day % len(demand.intraday)]
    cumulative = np.concatenate([[0.0], np.cumsum(weights)])
    return np.interp(luck, cumulative / cumulative[-1], np.linspace(0, length, len(cumulative)))


def _who(scenario: Scenario, issues: Table, luck: Luck) -> None:
    """Type, customer, priority, and the worth of the exception the issue needs (0: none)."""
    demand, authority, plan = scenario.assumptions.demand, scenario.assumptions.authority, scenario.plan
    steps = np.cumsum(demand.mix.row())[:-1]
    issues["kind"] = np.searchsorted(steps, luck.uniform("type"), side="right")
    customer = luck.uniform("customer")
    issues["customer"] = customer * demand.customers
    issues["core"] = customer < demand.core_share
    issues["priority"] = np.where(issues["core"] | (not plan.core_first), 0, 1)
    share = authority.needed * (1 + plan.empowerment.rule_density) + plan.empowerment.trust * authority.cheats
    worth = authority.worth_median * np.exp(authority.worth_ln_sd * luck.normal("worth"))
    issues["needs"] = np.where(luck.uniform("needs") < share, worth, 0.0)


def _one_contact(
    scenario: Scenario, column: Table, kind: Ints, stranded: Bools, luck: Luck, number: int
) -> None:
    """Fill one column of the contact table."""
    _bot(scenario, column, kind, stranded, luck, number)
    _queue(scenario, column, luck, number)
    _transfer(scenario, column, kind, luck, number)
    _talk(scenario, column, kind, luck, number)
    _hurdles(scenario, column, kind, luck, number)
    _approval(scenario, column, luck, number)
    _again(scenario, column, luck, number)


def _bot(scenario: Scenario, column: Table, kind: Ints, stranded: Bools, luck: Luck, number: int) -> None:
    """What the bot does (E5); a customer whom the bot once left without a solution does not try it again."""
    plan, answers = scenario.plan.chatbot, scenario.assumptions.bot
    if plan.coverage == 0:
        return
    offered = (luck.uniform("offer", number) < plan.coverage) & np.array(plan.takes())[kind] & ~stranded
    settles = luck.uniform("bot", number) < np.array(answers.settles.row())[kind]
    seems = luck.uniform("seems", number) < answers.seems_to_settle
    gives_up = luck.uniform("gives up", number) < answers.gives_up
    failed = np.where(gives_up, Bot.GIVES_UP, Bot.HANDS_OVER) if plan.hands_over else Bot.DEAD_END
    fates = np.where(settles, Bot.SETTLES, np.where(seems, Bot.SEEMS_TO_SETTLE, failed))
    column["bot"] = np.where(offered, fates, Bot.NONE)
    column["bot_time"] = snap(answers.session_minutes * luck.exponential("bot time", number))


def _queue(scenario: Scenario, column: Table, luck: Luck, number: int) -> None:
    """Which team, and how long the contact would wait there (E2)."""
    outsourced = luck.uniform("partner", number) < scenario.plan.outsourcing.share
    column["team"] = np.where(outsourced, Team.PARTNER, Team.IN_HOUSE)
    patience = scenario.assumptions.patience
    if patience.kind == "infinite":
        waits: Floats | float = np.inf
    else:
        shape = patience.shape if patience.kind == "weibull" else 1.0
        scale = patience.mean / gamma(1 + 1 / shape)
        waits = scale * luck.exponential("patience", number) ** (1 / shape)
    at_once = luck.uniform("hangs up at once", number) < patience.hangs_up_at_once
    column["patience"] = snap(np.where(at_once, 0.0, waits))


def _transfer(scenario: Scenario, column: Table, kind: Ints, luck: Luck, number: int) -> None:
    """Whether the contact is passed on (E7), and where the story is told again (E3)."""
    team, handling = scenario.plan.teamwork, scenario.assumptions.handling
    missed = (1 - team.routing_accuracy) * (1 - team.cross_skill)
    if missed:
        by_type = np.array(handling.transfer_by_type.row())[kind]
        column["transfer"] = luck.uniform("transfer", number) < missed * by_type
        lost = luck.uniform("story 2", number) >= team.context_kept
        column["told_again_2"] = column["transfer"] & lost
    cold = (column["bot"] == Bot.HANDS_OVER) & (not scenario.plan.chatbot.carries_context)
    repeat_lost = number > 0 and luck.uniform("story", number) >= team.context_kept
    column["told_again"] = cold | repeat_lost
    minutes = snap(np.array(handling.story_minutes))
    column["story"] = np.where(column["told_again"], minutes, 0.0)
    column["story_2"] = np.where(column["told_again_2"], minutes, 0.0)


def _talk(scenario: Scenario, column: Table, kind: Ints, luck: Luck, number: int) -> None:
    """Talk and wrap-up of both legs, before the agent's pace (E3)."""
    handling = scenario.assumptions.handling
    needed = np.array(handling.talk_by_type.row())[kind] * handling.talk_mean * scenario.plan.time_standard
    first = needed * np.where(column["transfer"], handling.talk_before_transfer, 1.0)
    column["talk"] = first * _duration(handling.talk_kind, handling.talk_ln_sd, luck, "talk", number)
    notes = (handling.wrap_up_kind, handling.wrap_up_ln_sd, luck)
    if handling.wrap_up_mean:
        column["wrap_up"] = snap(handling.wrap_up_mean * _duration(*notes, "wrap-up", number))
    if column["transfer"].any():
        column["talk_2"] = needed * _duration(handling.talk_kind, handling.talk_ln_sd, luck, "talk 2", number)
        column["wrap_up_2"] = snap(handling.wrap_up_mean * _duration(*notes, "wrap-up 2", number))


def _hurdles(scenario: Scenario, column: Table, kind: Ints, luck: Luck, number: int) -> None:
    """The ability an agent must exceed to settle the issue, in log-odds (E6)."""
    resolution = scenario.assumptions.resolution
    base = np.array(resolution.base.row())[kind] - resolution.hurry * max(
        0.0, 1 - scenario.plan.time_standard
    )
    legs = (("hurdle", "resolve"), ("hurdle_2", "resolve 2"))
    for name, stream in legs if column["transfer"].any() else legs[:1]:
        luck_of_it = luck.uniform(stream, number)
        column[name] = np.log(luck_of_it) - np.log1p(-luck_of_it) - base


def _approval(scenario: Scenario, column: Table, luck: Luck, number: int) -> None:
    """Whether an exception is allowed by agent or supervisor, and what deciding takes (E8)."""
    authority, trust = scenario.assumptions.authority, scenario.plan.empowerment.trust
    if authority.needed + authority.cheats == 0:
        return
    refused = (1 - trust) * authority.refused_at_no_trust
    column["granted"] = luck.uniform("grant", number) < 1 - refused
    column["approved"] = luck.uniform("approve", number) < authority.approved
    work = authority.approval_minutes * luck.exponential("approval", number)
    share = 1 - authority.supervisors_elsewhere
    column["approval"] = snap(work / share)
    column["call_back"] = snap((work + authority.call_back_minutes) / share)


def _again(scenario: Scenario, column: Table, luck: Luck, number: int) -> None:
    """Who tries again after each kind of ending, and when (E2)."""
    repeats = scenario.assumptions.repeats
    if most_contacts(scenario) == 1:
        return
    column["returns"] = luck.uniform("return", number) < repeats.returns
    column["redials"] = luck.uniform("redial", number) < repeats.redials
    delay = repeats.return_median * np.exp(repeats.return_ln_sd * luck.normal("return after", number))
    column["return_after"] = snap(delay)
    delay = repeats.redial_median * np.exp(repeats.redial_ln_sd * luck.normal("redial after", number))
    column["redial_after"] = snap(delay)
    column["after_closing"] = luck.uniform("after closing", number) < repeats.after_closing
    opens, closes = scenario.plan.hours.windows()[0]
    column["lateness"] = snap(
        _minute(scenario.assumptions.demand, 0, closes - opens, luck.uniform("lateness", number))
    )
    seems = column["bot"] == Bot.SEEMS_TO_SETTLE
    column["stranded_again"] = np.where(seems, column["returns"], column["redials"])
    column["stranded_after"] = np.where(seems, column["return_after"], column["redial_after"])


def _dead_end(scenario: Scenario, column: Table, luck: Luck, number: int) -> Bools:
    """After a dead end: complain, phone or leave (E5). Returns who complains."""
    answers, ends = scenario.assumptions.bot, column["bot"] == Bot.DEAD_END
    if not ends.any():
        return ends
    wants = luck.uniform("dead end", number)
    again = wants < answers.dead_end_complains + answers.dead_end_phones
    column["stranded_again"] = np.where(ends, again, column["stranded_again"])
    return ends & (wants < answers.dead_end_complains)


def _duration(kind: str, ln_sd: float, luck: Luck, name: str, number: int) -> Floats | float:
    """A duration with mean 1; every law is a rising function of the same luck."""
    if kind == "fixed":
        return 1.0
    if kind == "exponential":
        return luck.exponential(name, number)
    return np.exp(ln_sd * luck.normal(name, number) - ln_sd**2 / 2)
