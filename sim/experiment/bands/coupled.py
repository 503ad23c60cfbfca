"""Statements asked of whole seasons: flow, customers, people and money together, on common luck."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.bands.band import Band, band, of_means
from sim.experiment.bands.operations import (
    CAREERS,
    DELIGHT,
    FEARLESS,
    LOYALTY,
    OPERATIONS,
    WEEKS,
    Changes,
    operation,
    settles_more,
)
from sim.experiment.estimate import Estimate
from sim.experiment.seasons import Months, Seasons
from sim.flow.contract import Floats
from sim.scenario import Scenario
from sim.season.summary import SeasonSummary

Ask = Callable[[SeasonSummary], float]
HUNDRED_THOUSAND = 100_000.0


@dataclass(frozen=True)
class Question:
    """Plans to be lived through side by side from one settled operation; the first is what they are compared with."""

    plans: Mapping[str, Scenario]
    own: bool = False

    @property
    def months(self) -> Months:
        """Two years, so that every horizon can be asked."""
        return Months(WEEKS, own=self.own)


class Lived:
    """The seasons of one question, asked by the names of its plans."""

    def __init__(self, question: Question, found: Seasons) -> None:
        self._place = {name: at for at, name in enumerate(question.plans)}
        self._found = found

    def mean(self, plan: str, measure: str) -> float:
        """The mean of a measure over the replications."""
        return self._found.estimate(measure, self._place[plan]).mean

    def difference(self, measure: str, plan: str, to: str = "as is") -> Estimate:
        """One plan less another, paired."""
        return self._found.difference(measure, self._place[plan], self._place[to])

    def paired(self, ask: Callable[[Callable[[str], SeasonSummary]], float]) -> Estimate:
        """Any question asked of all plans of a replication."""
        return self._found.paired(lambda each: ask(lambda plan: each[self._place[plan]]))

    def rows(self, *asks: tuple[str, Ask]) -> list[list[float]]:
        """Quantities of plans, one row a replication: for functions of means."""
        return [[ask(each[self._place[plan]]) for plan, ask in asks] for each in self._found.summaries]

    def path(self, measure: str, plan: str, to: str = "as is") -> Floats:
        """One plan less another, week by week, averaged over the replications."""
        one, other = self._place[plan], self._place[to]
        paths = [each[one].weekly[measure] - each[other].weekly[measure] for each in self._found.summaries]
        return np.asarray(np.mean(paths, axis=0), np.float64)


def value(measure: str) -> Ask:
    """One value of a season."""
    return lambda found: found.values[measure]


# ------------------------------------------------------------------------------------------------ the questions


def _operations() -> dict[str, Question]:
    found = {}
    for name in OPERATIONS:
        plans = {"as is": operation(name), "delight": operation(name, DELIGHT)}
        if name in ("hit-and-miss", "good", "consistent"):
            plans["fearless"] = operation(name, FEARLESS)
            plans["fearless, delight"] = operation(name, FEARLESS, DELIGHT)
        if name == "good":
            plans["settles more"] = operation(name, settles_more(1.5))
            agents = OPERATIONS[name]["plan.staffing.agents"] + 2
            plans["more agents"] = operation(name, {"plan.staffing.agents": agents})
        found[name] = Question(plans)
    return found


def _today(**changes: Changes) -> Question:
    plans = {name.replace("_", " "): operation("today", change) for name, change in changes.items()}
    return Question({"as is": operation("today"), **plans})


LIMITS = (0.0, 10.0, 20.0, 35.0, 50.0, 100.0, 1000.0)
LIMIT, TRAINING = "plan.empowerment.authority_limit", "plan.people.training"
SHARE, VENDOR = "plan.outsourcing.share", "plan.outsourcing.vendor"
TWIN = {
    "assumptions.partner.quality.first_contact_resolution": 1.0,
    "assumptions.partner.quality.quits": 1.0,
}
"""A partner whose people are no worse than the house's: what is left is that lines are split."""
BOT, HANDS_OVER, TYPES = "plan.chatbot.coverage", "plan.chatbot.hands_over", "plan.chatbot.types"
ALL_TYPES = ("simple", "standard", "complex", "complaint")
CUT = {"kind": "budget_cut", "week": 0, "weeks": WEEKS, "size": 0.25}
OPENS = {"kind": "competitor_opens", "week": 52, "weeks": WEEKS, "size": 1.0}
FIRST_YEAR, LATER = slice(0, 52), slice(52, 65)


def _with_events(scenario: Scenario, *events: Mapping[str, object]) -> Scenario:
    return scenario.changed("events", [dict(event) for event in events])


QUESTIONS: dict[str, Question] = {
    **_operations(),
    "settles": _today(settles_more=settles_more(0.5)),
    "prevention": _today(
        prevention={"plan.prevention.effort": 0.4},
        no_recovery={"plan.recovery.offered": False},
        fast={"plan.recovery.fix_hours": 24.0},
    ),
    "authority": Question(
        {
            "as is": operation("today"),
            **{f"{limit:g}": operation("today", {LIMIT: limit}) for limit in LIMITS},
            "untrained, none": operation("today", {LIMIT: 0.0, TRAINING: 0.0}),
            "untrained, all": operation("today", {LIMIT: 1000.0, TRAINING: 0.0}),
        }
    ),
    "partner": _today(
        on_cost={SHARE: 1.0, VENDOR: "cost"},
        on_quality={SHARE: 1.0, VENDOR: "quality"},
        a_twin={SHARE: 1.0, VENDOR: "quality", **TWIN},
        split={SHARE: 0.4, VENDOR: "quality", **TWIN},
    ),
    "bot": _today(
        none={BOT: 0.0},
        dead_end={BOT: 0.6, HANDS_OVER: False},
        with_people={BOT: 0.6},
        all_types={BOT: 0.6, TYPES: ALL_TYPES},
    ),
    "cut": Question({"as is": operation("today"), "cut": _with_events(operation("today"), CUT)}),
    "turnover": Question(
        {
            "as is": operation("today"),
            "turnover": operation("today", {f"{CAREERS}.quits": 0.405}),
            "no rookies": operation(
                "today", {f"{CAREERS}.rookie_deficit": 0.0, f"{CAREERS}.rookie_time": 1.0}
            ),
            "turnover, no rookies": operation(
                "today",
                {f"{CAREERS}.quits": 0.405, f"{CAREERS}.rookie_deficit": 0.0, f"{CAREERS}.rookie_time": 1.0},
            ),
        },
        own=True,
    ),
    "core, busy": Question(
        {
            "as is": operation("hit-and-miss"),
            "core first": operation("hit-and-miss", {"plan.core_first": True}),
        }
    ),
    "core, quiet": Question(
        {"as is": operation("good"), "core first": operation("good", {"plan.core_first": True})}
    ),
    "barrier": Question(
        {
            "as is": operation("today"),
            "barred": _with_events(operation("today", {f"{LOYALTY}.barrier": 0.8}), OPENS),
        },
        own=True,
    ),
}


# ------------------------------------------------------------------------------------------------- the answers

Answers = Mapping[str, Lived]


def answers(found: Answers) -> list[Band]:
    """Every statement that the seasons at hand can answer."""
    rows: list[Band] = []
    for needs, ask in ASKED:
        if all(name in found for name in needs):
            rows += ask(found)
    return rows


def kept(lived: Lived, plan: str = "as is") -> float:
    """The promise-kept level at which something was measured."""
    return lived.mean(plan, "promise_kept")


def _five_points(lived: Lived, plan: str) -> Estimate:
    """Retention won by five points of promises kept, over that won by delight."""
    asks = [(one, value(measure)) for measure in ("retention_24", "promise_kept") for one in ("as is", plan)]
    table = lived.rows(*asks, ("delight", value("retention_24")))
    return of_means(
        table, lambda mean: float(0.05 * (mean[1] - mean[0]) / (mean[3] - mean[2]) / (mean[4] - mean[0]))
    )


def _consistency_or_delight(found: Answers) -> list[Band]:
    good = found["good"]
    at = kept(good)
    per_dollar = {
        plan: of_means(
            good.rows(*((one, value(m)) for m in ("retention_24", "cost_24") for one in ("as is", plan))),
            lambda mean: float(100 * (mean[1] - mean[0]) / ((mean[3] - mean[2]) / 2 / HUNDRED_THOUSAND)),
        )
        for plan in ("more agents", "delight")
    }
    return [
        band("T01 Five points of promises kept, through settling, over delight on 20%, in retention",
             _five_points(good, "settles more"), 2.0, 5.0, kept=at),
        band("T01 The same through shorter waits", _five_points(good, "more agents"), 1.3, 3.5, kept=at),
        band("T01 Points of retention for $100,000 a year: two more agents", per_dollar["more agents"], kept=at),
        band("T01 Points of retention for $100,000 a year: delight", per_dollar["delight"], kept=at),
    ]  # fmt: skip


def _effect(found: Answers, name: str, measure: str, with_: str = "delight", to: str = "as is") -> Estimate:
    return found[name].difference(measure, with_, to)


def _delight_by_level(found: Answers) -> list[Band]:
    gains = {name: _effect(found, name, "retention_24") for name in OPERATIONS}
    best = max(gains, key=lambda name: gains[name].mean)
    rows = [
        band(f"T02 Delight's effect on retention after two years: {name}", gain, kept=kept(found[name]))
        for name, gain in gains.items()
    ]
    low = [gains["hit-and-miss"], gains[best]]
    ratio = low[0].mean / low[1].mean
    spread = abs(ratio) * np.hypot(low[0].half_width / low[0].mean, low[1].half_width / low[1].mean)
    rows += [
        band("T02 Promises kept where delight does most", Estimate(kept(found[best]), 0.0, 0.95, 1), 0.7, 0.85,
             kept=kept(found[best])),
        band("T02 Delight's effect at half the promises kept, over its most",
             Estimate(ratio, float(spread), 0.95, low[0].replications), 0.4, 0.8, kept=kept(found["hit-and-miss"])),
    ]  # fmt: skip
    surveys = {name: _effect(found, name, "satisfaction_served") for name in OPERATIONS}
    means = [each.mean for each in surveys.values()]
    width = max(each.half_width for each in surveys.values())
    rows.append(
        band("T03 Spread of delight's effect on the survey, in points, over all operations",
             Estimate(max(means) - min(means), width, 0.95, next(iter(surveys.values())).replications), -0.5, 0.5)
    )  # fmt: skip
    return rows


def _fearless(found: Answers) -> list[Band]:
    ends = ("hit-and-miss", "consistent")
    usual, fearless = (
        [_effect(found, name, "retention_24", plan, to) for name in ends]
        for plan, to in (("delight", "as is"), ("fearless, delight", "fearless"))
    )

    def fall(pair: list[Estimate]) -> Estimate:
        width = float(np.hypot(pair[0].half_width, pair[1].half_width))
        return Estimate(pair[0].mean - pair[1].mean, width, 0.95, pair[0].replications)

    return [
        band("T04 With nobody minding variability or remembering failures: delight's effect in the worst operation "
             "less that in the best", fall(fearless), 0.0, kept=kept(found["hit-and-miss"])),
        band("T04 The same as people are assumed to be", fall(usual), kept=kept(found["hit-and-miss"])),
    ]  # fmt: skip


def _contacts(found: Answers) -> list[Band]:
    lived = found["settles"]

    def mean_of(contacts: int) -> Ask:
        return lambda one: float(one.by_contacts[1, contacts - 1] / one.by_contacts[0, contacts - 1])

    def drop(contacts: int) -> Estimate:
        before, after = mean_of(contacts), mean_of(contacts + 1)
        return lived.paired(lambda of: before(of("as is")) - after(of("as is")))

    rows = [
        band(f"T07 Points of satisfaction lost from contact {more} to {more + 1}", drop(more), 12.0, 20.0, kept=kept(lived))
        for more in (1, 2)
    ]  # fmt: skip
    asks = [
        (one, value(m)) for m in ("top_box", "first_contact_resolution") for one in ("as is", "settles more")
    ]
    slope = of_means(lived.rows(*asks), lambda mean: float((mean[1] - mean[0]) / (mean[3] - mean[2])))
    rows.append(band("T07 Share satisfied won for each share settled in the first contact", slope, 0.5, 1.3,
                     kept=kept(lived)))  # fmt: skip
    return rows


def _prevention(found: Answers) -> list[Band]:
    lived = found["prevention"]

    def worth(plan: str, to: str, own: str) -> Estimate:
        """Dollars a year that two years of it earn before its own price."""
        return lived.paired(
            lambda of: (
                of(plan).values["profit_24"] - of(to).values["profit_24"]
                + float(of(plan).weekly[own].sum() - of(to).weekly[own].sum())
            ) / 2
        )  # fmt: skip

    prevention = worth("prevention", "as is", "cost_programmes")
    recovery = worth("fast", "no recovery", "cost_recovery")
    both = lived.paired(
        lambda of: of("prevention").values["profit_24"] + float(of("prevention").weekly["cost_programmes"].sum())
        - of("as is").values["profit_24"] - float(of("as is").weekly["cost_programmes"].sum())
        - of("fast").values["profit_24"] - float(of("fast").weekly["cost_recovery"].sum())
        + of("no recovery").values["profit_24"] + float(of("no recovery").weekly["cost_recovery"].sum())
    )  # fmt: skip
    return [
        band("T09 Break-even price of prevention, 1% of causes a month, dollars a year", prevention, kept=kept(lived)),
        band("T09 Break-even price of recovery within a day, dollars a year", recovery, kept=kept(lived)),
        band("T09 The first less the second, over two years", both, 0.0, kept=kept(lived)),
    ]  # fmt: skip


def _authority(found: Answers) -> list[Band]:
    lived = found["authority"]
    none, full = f"{LIMITS[0]:g}", f"{LIMITS[-1]:g}"
    profits = {f"{limit:g}": lived.mean(f"{limit:g}", "profit_24") for limit in LIMITS}
    best = max(profits, key=lambda name: profits[name])
    least = min((lived.difference("profit_24", best, end) for end in (none, full)), key=lambda each: each.low)
    gap = lived.difference("team_gap", "untrained, all", "untrained, none")
    at = kept(lived)
    return [
        band("T10 Full authority: share on hold", lived.difference("hold_rate", full, none), high=0.0, kept=at),
        band("T10 Full authority: goodwill, dollars a week", lived.difference("goodwill", full, none), 0.0, kept=at),
        band(f"T10 Profit at the best limit, ${best}, less that at the nearer end, over two years", least, 1.0, kept=at),
        band("T10 Full authority without training: gap between desks", gap, 0.0, kept=at),
    ]  # fmt: skip


def _relative(lived: Lived, measure: str, plan: str, to: str = "as is") -> Estimate:
    table = lived.rows((to, value(measure)), (plan, value(measure)))
    return of_means(table, lambda mean: float(mean[1] / mean[0] - 1))


def _partner(found: Answers) -> list[Band]:
    """All contacts handed over: what the choice of the partner does beside a twin of the house, whose line is as short."""
    lived, twin = found["partner"], "a twin"
    at = kept(lived)
    less = of_means(
        lived.rows(
            *(
                (one, value(m))
                for m in ("cost_per_contact", "cost_per_resolved_issue")
                for one in (twin, "on cost")
            )
        ),
        lambda mean: float(mean[3] / mean[2] - mean[1] / mean[0]),
    )
    hidden = lived.paired(
        lambda of: (
            (of("on cost").values["satisfaction"] - of(twin).values["satisfaction"])
            - (of("on cost").values["satisfaction_served"] - of(twin).values["satisfaction_served"])
        )
    )
    cost = "T11 Chosen on cost, beside a twin of the house:"
    return [
        band(f"{cost} cost of a contact, change", _relative(lived, "cost_per_contact", "on cost", twin), high=0.0, kept=at),
        band(f"{cost} change of the cost of a settled issue less that of a contact", less, 0.0, kept=at),
        band(f"{cost} contacts for an issue, change", _relative(lived, "contacts_per_issue", "on cost", twin), 0.0, kept=at),
        band(f"{cost} share not settled", lived.difference("unresolved", "on cost", twin), 0.0, kept=at),
        band(f"{cost} satisfaction, points", lived.difference("satisfaction", "on cost", twin), high=0.0, kept=at),
        band(f"{cost} loss of satisfaction that the survey does not see, points", hidden, high=0.0, kept=at),
        band(f"{cost} expected to stay two years", lived.difference("stays_24", "on cost", twin), high=0.0, kept=at),
        band("T11 Chosen on cost, beside the house: profit over two years", lived.difference("profit_24", "on cost"), kept=at),
        band("T11 Chosen on quality, beside a twin of the house: satisfaction, points", lived.difference("satisfaction", "on quality", twin), -3.0, 3.0, kept=at),
        band("T11 A twin of the house for all contacts: mean wait, minutes (its posts are never empty)", lived.difference("wait_mean", twin), kept=at),
        band("T11 Splitting the line, 40% to a twin: mean wait, minutes", lived.difference("wait_mean", "split"), kept=at),
    ]  # fmt: skip


def _bot(found: Answers) -> list[Band]:
    lived = found["bot"]
    at = kept(lived)
    share = lived.paired(
        lambda of: of("dead end").values["containment_true"] / of("dead end").values["containment_apparent"]
    )
    return [
        band("T12 Bot without people: truly settled, of what seems contained", share, 0.4, 0.55, kept=at),
        band("T12 Bot without people: mean wait, minutes", lived.difference("wait_mean", "dead end", "none"), high=0.0, kept=at),
        band("T12 Bot without people: share not settled", lived.difference("unresolved", "dead end", "none"), 0.0, kept=at),
        band("T12 Bot without people: satisfaction of all, points", lived.difference("satisfaction", "dead end", "none"), high=0.0, kept=at),
        band("T12 Bot with people: expected to stay two years", lived.difference("stays_24", "with people", "none"), 0.0, kept=at),
        band("T12 Bot with people: cost of a settled issue, dollars", lived.difference("cost_per_resolved_issue", "with people", "none"), high=0.0, kept=at),
        band("T12 All types through the bot: satisfaction, points", lived.difference("satisfaction", "all types", "with people"), kept=at),
    ]  # fmt: skip


def _cut(found: Answers) -> list[Band]:
    lived = found["cut"]

    def change(measure: str, weeks: slice) -> Estimate:
        return lived.paired(
            lambda of: float(
                np.nanmean(of("cut").weekly[measure][weeks] - of("as is").weekly[measure][weeks])
            )
        )

    gain = lived.path("profit", "cut")
    smooth = np.convolve(gain, np.ones(13) / 13, "valid")
    under = np.flatnonzero(smooth < 0)
    month = (under[0] + 6) * 12 / 52 if len(under) else float("nan")
    back = np.flatnonzero(np.cumsum(gain) < 0)
    even = back[0] * 12 / 52 if len(back) else float("nan")
    at = kept(lived)
    month_note = "A mean path over all replications, smoothed over a quarter."
    return [
        band("T17 After a cut: promises kept, first quarter", change("promise_kept", slice(0, 13)), high=0.0, kept=at),
        band("T17 After a cut: satisfaction, first quarter, points", change("satisfaction", slice(0, 13)), high=0.0, kept=at),
        band("T17 After a cut: profit, first half-year, dollars a week", change("profit", slice(0, 26)), 0.0, kept=at),
        band("T17 After a cut: profit, second year, dollars a week", change("profit", slice(52, 104)), high=0.0, kept=at),
        band("T17 Month from which profit is below", Estimate(float(month), 0.0, 0.95, 1), kept=at, note=month_note),
        band("T17 Month from which all profit so far is below", Estimate(float(even), 0.0, 0.95, 1), kept=at, note=month_note),
    ]  # fmt: skip


def _turnover(found: Answers) -> list[Band]:
    lived = found["turnover"]
    at = kept(lived)
    vacancies = lived.difference("promise_kept", "turnover, no rookies", "no rookies")
    return [
        band("T18 Turnover half as high again: settled in the first contact", lived.difference("first_contact_resolution", "turnover"), high=0.0, kept=at),
        band("T18 Turnover half as high again: promises kept", lived.difference("promise_kept", "turnover"), high=0.0, kept=at),
        band("T18 The same if rookies were as good: what empty posts do alone", vacancies, kept=at),
    ]  # fmt: skip


def _core(found: Answers) -> list[Band]:
    rows = []
    for load in ("busy", "quiet"):
        lived = found[f"core, {load}"]
        at = kept(lived)
        rows += [
            band(f"T20 Core customers first, {load}: profit over two years", lived.difference("profit_24", "core first"),
                 *((0.0,) if load == "busy" else ()), kept=at),
            band(f"T20 Core customers first, {load}: wait of the others, minutes",
                 lived.difference("wait_others", "core first"), *((0.0,) if load == "busy" else ()), kept=at),
            band(f"T20 Core customers first, {load}: wait of the core, minutes",
                 lived.difference("wait_core", "core first"), high=0.0, kept=at),
        ]  # fmt: skip
    return rows


def _barrier(found: Answers) -> list[Band]:
    lived = found["barrier"]
    at = kept(lived)

    def leaving(weeks: slice) -> Estimate:
        asks = [
            (plan, lambda one, weeks=weeks: float(np.nanmean(one.weekly["leaving"][weeks])))
            for plan in ("as is", "barred")
        ]
        return of_means(lived.rows(*asks), lambda mean: float(mean[1] / mean[0]))

    return [
        band("T22 Behind a barrier: satisfaction, points", lived.difference("satisfaction", "barred"), high=0.0, kept=at),
        band("T22 Behind a barrier: churn, over that without one", leaving(FIRST_YEAR), 0.0, 1.0, kept=at),
        band("T22 When the barrier falls: churn, over that without one", leaving(LATER), 1.0, kept=at),
    ]  # fmt: skip


ASKED: Sequence[tuple[tuple[str, ...], Callable[[Answers], list[Band]]]] = (
    (("good",), _consistency_or_delight),
    (tuple(OPERATIONS), _delight_by_level),
    (("hit-and-miss", "consistent"), _fearless),
    (("settles",), _contacts),
    (("prevention",), _prevention),
    (("authority",), _authority),
    (("partner",), _partner),
    (("bot",), _bot),
    (("cut",), _cut),
    (("turnover",), _turnover),
    (("core, busy", "core, quiet"), _core),
    (("barrier",), _barrier),
)
"""Each group of statements, and the questions it needs."""
