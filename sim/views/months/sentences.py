"""The sentences above the pictures of a season: customers, then people, then money.

A panel title has at most 50 characters, a headline at most 70: they are set in one line.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

from sim.scenario.customers import Culture
from sim.season.culture import label
from sim.views import formats, looks
from sim.views.months.data import CustomersData, LoyaltyData, Pair, Path, ProfitData, StaffData
from sim.views.months.findings import DELIGHTED, GAP, KEPT, PROFIT, STAY, WORST_TENTH, mean_of
from sim.views.sentences import BETTER, SAME, WORSE, Finding, first_that_fits, outlook

Found = Mapping[str, Finding]
NOT_RUN = "not run yet"
SPANS = {52: "a year", 104: "two years"}
UNITS = ((1.0, ""), (1e3, "thousand "), (1e6, "million "), (1e9, "billion "))
STARTING_WEEKS = 4
"""Weeks at the beginning in which being ahead is nothing to speak of."""


def span(weeks: int) -> str:
    """How long a season is, in words: a year."""
    return SPANS.get(weeks, "a week" if weeks == 1 else f"{weeks} weeks")


# ------------------------------------------------------------------------------------------ headline


def headline(found: Found, weeks: int, *, same: bool = False) -> str:
    """The finding of a season, at most 70 characters.

    Args:
        found: What `season_findings` returns.
        weeks: How long the season is.
        same: The plan is the same as now.
    """
    stay = found.get(STAY)
    if stay is None:
        return "The first run is under way"
    plan, now = (formats.of_hundred(one.mean) for one in (stay.plan, stay.now))
    if same:
        return f"The plan is the same as now: {now} of 100 customers stay {span(weeks)}"
    if stay.word in (BETTER, WORSE):
        return f"{_contrast(found, weeks)}: {plan} of 100, now {now}"
    if stay.word == SAME:
        return _behind_loyalty(found, f"{plan} of 100 stay {span(weeks)}, now {now}")
    opening = "First look" if stay.difference.replications == 1 else "Cannot tell yet"
    return f"{opening}: {plan} of 100 customers stay {span(weeks)}, now {now}"


def _contrast(found: Found, weeks: int) -> str:
    """Customers, and profit before them where it went the other way."""
    stay, profit = found[STAY], found[PROFIT]
    stayed = f"{'more' if stay.word == BETTER else 'fewer'} customers stay {span(weeks)}"
    if {stay.word, profit.word} == {BETTER, WORSE}:
        return f"{_of_profit(profit)}, {stayed}"
    return stayed[:1].upper() + stayed[1:]


def _of_profit(profit: Finding) -> str:
    return "More profit" if profit.word == BETTER else "Less profit"


def _behind_loyalty(found: Found, level: str) -> str:
    profit = found[PROFIT]
    if profit.word in (BETTER, WORSE):
        return f"{_of_profit(profit)}, as many customers: {level}"
    return f"No difference that matters: {level}"


def below(found: Found, *, running: bool = False, same: bool = False) -> str:
    """One sentence under the headline: the paired difference it turns on, its interval, its word."""
    if same:
        return "Choose another plan to compare. Both will meet the same customers."
    stay, profit = found.get(STAY), found.get(PROFIT)
    if stay is None or profit is None or not isfinite(stay.difference.mean):
        return "There is nothing to compare."
    if stay.word == SAME and profit.word in (BETTER, WORSE):
        return _difference(profit, 1e-3, 0, "thousand dollars of profit", running)
    return _difference(stay, 100, 1, "customers of 100", running)


def _difference(one: Finding, scale: float, decimals: int, unit: str, running: bool) -> str:
    by = f"Plan minus now: {formats.signed(scale * one.difference.mean, decimals)} {unit}"
    if not formats.has_interval(one.difference):
        return f"{by}, from one replication; its interval comes with the second."
    ends = formats.interval(one.difference, scale, decimals, sign=True)
    return f"{by} ({ends}, {formats.confidence(one.difference)}). {outlook(one, running)}."


def disagreement(found: Found, horizons: Sequence[str]) -> str:
    """What to say where the horizons do not agree; empty where they do."""
    words = {found[name].word for name in horizons if name in found}
    if {BETTER, WORSE} <= words:
        return "The horizons disagree: which one counts is yours to say."
    return ""


# -------------------------------------------------------------------------------------- panel titles


def loyalty_title(data: LoyaltyData, found: Found) -> str:
    """How many more or fewer of 100 customers are lost by the last week."""
    if data.now is None or data.plan is None:
        return f"Loyalty: {NOT_RUN}"
    by = f"lost by week {data.weeks}"
    stay = found.get(STAY)
    count = round(100 * abs(stay.difference.mean)) if stay and stay.word in (BETTER, WORSE) else 0
    if stay and count:
        more = "fewer" if stay.word == BETTER else "more"
        customers = "customer" if count == 1 else "customers"
        told = [f"Loyalty: {count} {more} {customers} in 100 {by}", f"Loyalty: {count} {more} in 100 {by}"]
        return first_that_fits(told, looks.TITLE_LIMIT)
    plan, now = (formats.of_hundred(1 - one.left[-1].mean) for one in (data.plan, data.now))
    return f"Loyalty: {plan} of 100 {by}, now {now}"


def customers_title(data: CustomersData) -> str:
    """How many customers there are in the last week, and now."""
    if data.now is None or data.plan is None:
        return f"Customers: {NOT_RUN}"
    plan, now = (formats.number(last(one.have)) for one in (data.plan, data.now))
    told = [f"Customers: {plan} after {data.weeks} weeks, now {now}", f"Customers: {plan}, now {now}"]
    return first_that_fits(told, looks.TITLE_LIMIT)


def profit_title(data: ProfitData, found: Found) -> str:
    """Whether and when the plan pays back, or how long it is ahead of now."""
    gain, profit = data.gain, found.get(PROFIT)
    if gain is None or profit is None:
        return f"Profit: {NOT_RUN}"
    told = profit.word
    if gain.pays_back:
        return f"Profit: {'pays' if gain.surely else 'may pay'} back in week {gain.pays_back}"
    if told == BETTER:
        return "Profit: ahead of now from the first weeks on"
    if told == WORSE and gain.ahead_until > STARTING_WEEKS:
        return f"Profit: ahead of now until week {gain.ahead_until}, then behind"
    if told == WORSE:
        return "Profit: behind now from the first weeks on"
    return _profits(profit)


def _profits(profit: Finding) -> str:
    """Profit of the season, in a unit that keeps its digits few."""
    largest = max(abs(profit.plan.mean), abs(profit.now.mean))
    divisor, word = next(one for one in UNITS if largest < 1e4 * one[0] or one is UNITS[-1])
    plan, now = (formats.number(one.mean / divisor) for one in (profit.plan, profit.now))
    told = [f"Profit: {plan} {word}dollars, now {now}", f"Profit: {plan} {word}dollars"]
    return first_that_fits(told, looks.TITLE_LIMIT)


def staff_title(data: StaffData, found: Found) -> str:
    """What the plan does to people: exhaustion, else the time they have, else how many they are."""
    if data.now is None or data.plan is None:
        return f"People: {NOT_RUN}"
    worn, time = found["exhaustion"], found["time_taken"]
    if worn.word in (BETTER, WORSE):
        return f"People: {'less' if worn.word == BETTER else 'more'} exhausted, {_shares(worn)}"
    if time.word in (BETTER, WORSE):
        return f"People: {'more' if time.word == BETTER else 'less'} time a contact, {_shares(time)}"
    plan, now = (formats.number(one.mean, 1) for one in (found["at_work"].plan, found["at_work"].now))
    return f"People: {plan} at work, now {now}"


def _shares(one: Finding) -> str:
    return f"{formats.of_hundred(one.plan.mean)} of 100, now {formats.of_hundred(one.now.mean)}"


def last(path: Path) -> float:
    """The last value there is."""
    return next((one.mean for one in reversed(path) if isfinite(one.mean)), float("nan"))


# ------------------------------------------------------------------------------------------- culture


def culture(pairs: Sequence[Pair], number: int, where: Culture) -> str:
    """Which kind of business one side was, with the numbers that say so; 0 is now, 1 the plan."""
    mean = {name: mean_of(pairs, number, name) for name in (KEPT, WORST_TENTH, GAP, DELIGHTED)}
    if not isfinite(mean[KEPT]):
        return "not to be told: no issue came to its end"
    kind = label(mean[KEPT], mean[WORST_TENTH], mean[GAP], mean[DELIGHTED], where)
    told = [f"{formats.of_hundred(mean[KEPT])} of 100 promises kept"]
    if isfinite(mean[GAP]):
        told.append(f"gap between desks {formats.of_hundred(mean[GAP])} points")
    if isfinite(mean[WORST_TENTH]):
        told.append(
            f"nine in ten customers have at least {formats.of_hundred(mean[WORST_TENTH])} of 100 kept"
        )
    return f"{kind}: {', '.join(told)}"
