"""Do the sentences say what happened, in few and plain words, whatever the numbers?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seasons import deserted, paying_back, sized, year, years
from summaries import TEAMS, costing, going, journey, keeping, nobody, of_teams, waiting, week

from sim.experiment import Comparison, Estimate, Results
from sim.experiment.verdict import MOST_MORE
from sim.measures import Summary
from sim.scenario import Scenario, named
from sim.scenario.customers import Culture
from sim.scenario.events import Event
from sim.season.summary import SeasonSummary
from sim.views import equivalents, formats, looks, sentences
from sim.views.charts.letters import Lettering
from sim.views.charts.waiting import broken
from sim.views.months import notes
from sim.views.months import sentences as told_of_months
from sim.views.months.data import Pair, season_data
from sim.views.months.equivalents import season_equivalents
from sim.views.months.findings import PROFIT, STAY, season_findings
from sim.views.panel_data import PanelData, panel_data
from sim.views.sentences import PHRASES, Finding

WORDS = ("better", "worse", "no difference that matters", "cannot tell yet")
FORBIDDEN = re.compile(
    r"significant|optimal|p-value|should|invalid|please|error|fail|%\B|nan|inf\b|-\d", re.IGNORECASE
)


def est(mean: float, half_width: float = 0.01, replications: int = 20) -> Estimate:
    return Estimate(mean, half_width if replications > 1 else inf, 0.95, replications)


def found(word: str, plan: float, now: float, half_width: float = 0.03, replications: int = 20) -> Finding:
    both = est(now, replications=replications), est(plan, replications=replications)
    return Finding(
        *both, est(plan - now, half_width, replications), word, 30 if word == "cannot tell yet" else 0
    )


def usual(**changes: Finding) -> dict[str, Finding]:
    told = {
        "promise_kept": found("worse", 0.58, 0.66),
        "wait_mean": found("better", 1.5, 3.1, 0.3),
        "overtime_minutes": found("no difference that matters", 42, 40, 4),
        "cost_per_resolved_issue": found("worse", 10.6, 9.4, 0.45),
    }
    return told | changes


SAME = found("no difference that matters", 0.66, 0.66)
WAIT_AS_NOW = found("no difference that matters", 3.1, 3.1)


def data(now: Any = (), plan: Any = (), bar: float = 0.75) -> PanelData:
    return panel_data(now, plan, promise=2.0, bar=bar)


# --------------------------------------------------------------------------------------------- headline


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Faster answers, fewer promises kept: 58 of 100 issues, now 66"),
        ({"wait_mean": WAIT_AS_NOW}, "Fewer promises kept: 58 of 100 issues, now 66"),
        ({"promise_kept": found("better", 0.74, 0.66)}, "More promises kept: 74 of 100 issues, now 66"),
        (
            {"promise_kept": found("better", 0.74, 0.66), "wait_mean": found("worse", 4, 3)},
            "Longer waits, more promises kept: 74 of 100 issues, now 66",
        ),
        ({"promise_kept": SAME}, "As many promises kept, faster answers: 1.5 minutes, now 3.1"),
        (
            {
                "promise_kept": SAME,
                "wait_mean": WAIT_AS_NOW,
                "overtime_minutes": found("worse", 1200, 40),
            },
            "As many promises kept, more overtime: 1,200 minutes a week, now 40",
        ),
        (
            {"promise_kept": SAME, "wait_mean": WAIT_AS_NOW},
            "As many promises kept, dearer per resolved issue: 10.60, now 9.40",
        ),
        (
            {
                "promise_kept": SAME,
                "wait_mean": WAIT_AS_NOW,
                "cost_per_resolved_issue": found("no difference that matters", 9.4, 9.4),
            },
            "No difference that matters: 66 of 100 promises kept, now 66",
        ),
        (
            {"promise_kept": found("cannot tell yet", 0.64, 0.66)},
            "Cannot tell yet: 64 of 100 promises kept, now 66",
        ),
        (
            {"promise_kept": found("cannot tell yet", 0.64, 0.66, replications=1)},
            "First look: 64 of 100 promises kept, now 66",
        ),
        (
            {"promise_kept": found("cannot tell yet", nan, nan)},
            "No issue came in, so no promise was kept or broken",
        ),
    ],
)
def test_the_headline_tells_of_the_customer_then_people_then_money(
    changes: dict[str, Finding], expected: str
) -> None:
    assert sentences.headline(usual(**changes)) == expected


def test_a_plan_that_is_the_same_as_now_says_so() -> None:
    same = usual(promise_kept=SAME)
    assert sentences.headline(same, same=True) == "The plan is the same as now: 66 of 100 promises kept"
    assert sentences.sub_sentence(same, same=True).startswith("Move a lever to make a plan.")


def test_before_there_is_a_plan_the_headline_tells_of_now() -> None:
    assert sentences.headline_of_now(est(0.664)) == "Now 66 of 100 promises are kept"
    assert (
        sentences.headline_of_now(None) == sentences.headline_of_now(est(nan)) == "The first run is under way"
    )


@pytest.mark.parametrize(
    ("told", "running", "expected"),
    [
        (
            usual(),
            True,
            "Plan minus now: −8 promises per 100 (−11 to −5, 95 %). ▼ worse; the interval is still narrowing.",
        ),
        (usual(), False, "Plan minus now: −8 promises per 100 (−11 to −5, 95 %). ▼ worse."),
        (
            usual(promise_kept=found("cannot tell yet", 0.67, 0.66)),
            False,
            "Plan minus now: +1 promise per 100 (−2 to +4, 95 %). ○ cannot tell yet; run about 30 more.",
        ),
        (
            usual(promise_kept=SAME),
            False,
            "Plan minus now: −1.6 minutes of waiting (−1.9 to −1.3, 95 %). ▲ better.",
        ),
        (
            usual(promise_kept=SAME, wait_mean=WAIT_AS_NOW),
            False,
            "Plan minus now: +1.20 dollars per resolved issue (+0.75 to +1.65, 95 %). ▼ worse.",
        ),
        (
            usual(promise_kept=found("cannot tell yet", 0.58, 0.66, replications=1)),
            True,
            "Plan minus now: −8 promises per 100, from one replication; its interval comes with the second.",
        ),
        (usual(promise_kept=found("cannot tell yet", nan, 0.6)), False, "There is nothing to compare."),
    ],
)
def test_the_sub_sentence_gives_the_difference_its_interval_and_its_word(
    told: dict[str, Finding], running: bool, expected: str
) -> None:
    assert sentences.sub_sentence(told, running=running) == expected


def test_on_a_page_the_verdict_is_bold_and_in_its_colour() -> None:
    marked = f'<b style="color:{looks.WORSE_TEXT}">▼ worse</b>'
    assert sentences.sub_sentence_html(usual()) == sentences.sub_sentence(usual()).replace("▼ worse", marked)


def test_every_verdict_has_a_mark_and_a_readable_colour() -> None:
    assert set(looks.VERDICT_MARKS) == set(looks.VERDICT_COLOURS) == set(WORDS)
    assert sentences.verdict_cell("no difference that matters") == "= no difference that matters"


value = st.one_of(st.floats(-1e7, 1e7), st.sampled_from([0.0, 1e-9, 12_345.67, nan]))


@st.composite
def any_findings(draw: st.DrawFn) -> dict[str, Finding]:
    told = {}
    for name in PHRASES:
        near = st.floats(0, 1) if name == "promise_kept" else value
        plan, now = draw(near), draw(near)
        runs = draw(st.sampled_from([0, 1, 2, 20]))
        half = draw(st.floats(0, 1e6))
        difference = est(plan - now, half, runs) if runs else Estimate(nan, inf, 0.95, 0)
        sides = est(now, half, runs), est(plan, half, runs)
        told[name] = Finding(
            *sides, difference, draw(st.sampled_from(WORDS)), draw(st.integers(0, MOST_MORE))
        )
    return told


@given(any_findings(), st.booleans(), st.booleans())
def test_headlines_are_short_and_plain_whatever_was_found(
    told: dict[str, Finding], running: bool, same: bool
) -> None:
    headline = sentences.headline(told, same=same)
    assert 0 < len(headline) <= looks.HEADLINE_LIMIT
    assert not FORBIDDEN.search(headline), headline
    below = sentences.sub_sentence(told, running=running, same=same)
    assert below.endswith(".")
    assert not FORBIDDEN.search(below.replace("95 %", "")), below


def test_findings_come_from_a_paired_comparison() -> None:
    now, plan = [week(i) for i in range(20)], [keeping(week(i), 0.2) for i in range(20)]
    plan = [replace(o, values=o.values | {"promise_kept": 0.2}) for o in plan]
    comparison = Comparison(Results(Scenario(), tuple(now)), Results(Scenario(), tuple(plan)))
    told = sentences.findings(comparison)
    assert set(told) == set(PHRASES)
    assert told["promise_kept"].word == "worse"
    assert told["wait_mean"].word == "no difference that matters"
    assert told["promise_kept"].difference.mean == pytest.approx(
        0.2 - sum(o.values["promise_kept"] for o in now) / 20
    )
    assert sentences.headline(told).startswith("Fewer promises kept: 20 of 100 issues, now ")


# ----------------------------------------------------------------------------------------- panel titles


def in_time(share: float) -> Summary:
    return waiting(week(), 1.0, share)


def test_the_waiting_title_counts_people() -> None:
    title = sentences.waiting_title
    assert (
        title(data([in_time(0.63)], [in_time(0.87)]).waiting) == "Waiting: 87 of 100 answered in time, now 63"
    )
    assert title(data([in_time(0.63)]).waiting) == "Waiting: now 63 of 100 answered in time"
    assert title(data((), [in_time(0.87)]).waiting) == "Waiting: 87 of 100 answered in time"
    assert title(data([nobody()], [nobody()]).waiting) == "Waiting: nobody queued"
    assert title(data([nobody()], [in_time(0.5)]).waiting) == "Waiting: 50 of 100 answered in time"
    assert title(data([in_time(0.5)], [nobody()]).waiting) == "Waiting: nobody queued"


def test_the_consistency_title_names_the_worst_team_in_days() -> None:
    def title(*plan: Summary, now: Any = (), bar: float = 0.75) -> str:
        return sentences.consistency_title(data(now, plan, bar).consistency)

    good, bad = keeping(week(), 0.9), keeping(week(), 0.1)
    kept = good.kept.copy()
    kept[:4, TEAMS.index("Partner")] = 0
    mixed = replace(good, kept=kept)
    assert title(mixed) == "Consistency: partner misses the bar 4 days in 5"
    assert title(*[mixed] * 20) == "Consistency: partner misses the bar 16 days in 20"
    assert title(of_teams(bad, "Specialists")) == "Consistency: specialists miss the bar 5 days in 5"
    assert title(*[of_teams(bad, "Specialists")] * 4) == "Consistency: specialists miss 20 days in 20"
    assert title(*[of_teams(bad, "In-house")] * 4) == "Consistency: in-house misses the bar 20 days in 20"
    assert title(good) == "Consistency: at the bar every day"
    assert title(bad) == "Consistency: no team met the bar on any day"
    assert title(now=[mixed]) == "Consistency: now partner misses 4 days in 5"
    assert title(nobody()) == "Consistency: no issues came in"
    kept[1:4] = good.kept[1:4]
    assert title(replace(good, kept=kept)) == "Consistency: partner misses the bar 1 day in 5"


def test_the_journey_titles_count_contacts_without_a_solution() -> None:
    worse = going(week(), journey(at_once=(400, 120)))
    shown = data([week()], [worse]).journey
    assert sentences.journey_title(shown) == "Journey: 318 of 1,000 get no solution, now 288"
    assert sentences.journey_title(data([week()]).journey) == "Journey: now 288 of 1,000 get no solution"
    assert sentences.journey_title(data([nobody()]).journey) == "Journey: no contacts came in"
    assert shown.plan
    assert (
        sentences.journey_headline(shown.plan)
        == "Of 1,000 contacts, 318 end without a solution, and 140 of those come back"
    )
    assert sentences.journey_below(shown.plan, "the plan") == (
        "A week under the plan. Band width: number of contacts. One replication."
    )


def test_the_cost_title_tells_per_contact_and_per_resolved_issue() -> None:
    shown = data([costing(week(), 6.1, 9.4)], [costing(week(), 5.2, 10.6)]).cost
    assert sentences.cost_title(shown) == "Cost: 10.60 for a resolved issue, now 9.40"
    told = {
        ("better", "worse"): "Cost: less per contact, more per resolved issue",
        ("worse", "worse"): "Cost: dearer per contact and per resolved issue",
        ("better", "better"): "Cost: cheaper per contact and per resolved issue",
        ("no difference that matters", "worse"): "Cost: as now per contact, more per resolved issue",
        ("cannot tell yet", "worse"): "Cost: 10.60 for a resolved issue, now 9.40",
    }
    for words, expected in told.items():
        assert sentences.cost_title(shown, *words) == expected
    assert sentences.cost_title(data([costing(week(), 6, 9)]).cost, "better", "better") == (
        "Cost: now 9.00 for a resolved issue"
    )


def test_before_the_first_run_every_title_says_so() -> None:
    assert {
        table.sentence.split(": ")[1].split(".")[0] for table in equivalents.equivalents(data()).values()
    } == {"not run yet"}


def any_side(share: float, cost: float, way: dict[str, int], teams: tuple[str, ...]) -> Summary:
    return of_teams(going(keeping(costing(in_time(share), cost, 2 * cost), share), way), *teams)


ways = st.builds(
    lambda counts: journey(at_once=(counts[0], counts[1]), left=(counts[2], counts[3]), come_back=counts[4]),
    st.tuples(*[st.integers(0, 100_000)] * 5),
)
any_sides = st.lists(
    st.builds(
        any_side,
        st.floats(0, 1),
        st.floats(0, 1e9),
        ways,
        st.sampled_from([(), ("Partner",), ("Specialists",), ("In-house", "Specialists"), TEAMS]),
    ),
    max_size=3,
)


@given(
    any_sides, any_sides, st.floats(0, 1), st.sampled_from([None, *WORDS]), st.sampled_from([None, *WORDS])
)
def test_titles_fit_their_line_whatever_the_numbers(
    now: list[Summary], plan: list[Summary], bar: float, contact: str | None, resolved: str | None
) -> None:
    shown = data(now, plan, bar)
    titles = [
        sentences.waiting_title(shown.waiting),
        sentences.consistency_title(shown.consistency),
        sentences.journey_title(shown.journey),
        sentences.cost_title(shown.cost, contact, resolved),
    ]
    for topic, title in zip(("Waiting", "Consistency", "Journey", "Cost"), titles, strict=True):
        assert title.startswith(f"{topic}: ")
        assert len(title) <= looks.TITLE_LIMIT, title
        assert "…" not in title
        assert not FORBIDDEN.search(title), title
    for side in (shown.journey.now, shown.journey.plan):
        assert side is None or len(sentences.journey_headline(side)) <= looks.PAGE_HEADLINE_LIMIT


def test_a_long_sentence_gives_way_to_a_shorter_one_and_is_cut_at_last() -> None:
    assert sentences.first_that_fits(["too long a line", "fits"], 6) == "fits"
    assert sentences.first_that_fits(["too long a line", "longer still"], 8) == "longer…"


# -------------------------------------------------------------------------------------- text equivalents


class Cells(HTMLParser):
    """The texts of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, text: str) -> None:
        self.texts.append(text)


def test_a_panel_in_words_holds_its_numbers() -> None:
    now, plan = [week(i) for i in range(20)], [week(i, wait=1.0, cost=5.0) for i in range(20)]
    shown = data(now, plan)
    told = equivalents.equivalents(shown)
    assert list(told) == ["waiting", "consistency", "journey", "cost"]
    journey_rows = {row[0]: row[1:] for row in told["journey"].rows}
    assert journey_rows["hung up"] == ("78 ±0", "78 ±0")
    assert journey_rows["resolved at once"] == ("430 ±0", "430 ±0")
    assert told["waiting"].sentence == f"{sentences.waiting_title(shown.waiting)}."
    assert told["consistency"].sentence.endswith("A day is at the bar with 75 of 100 promises kept.")
    assert [row[0] for row in told["consistency"].rows] == ["In-house", "Specialists", "Partner"]
    assert re.fullmatch(r"\d+ of 20 \(\d+ ±\d+ of 100, 100 days\)", told["consistency"].rows[0][1])
    cost = {row[0]: row[1:] for row in told["cost"].rows}
    assert re.fullmatch(r"6\.\d\d ±0\.\d\d", cost["Cost of a contact, dollars"][0])


def test_the_table_reads_the_same_as_html_and_as_markdown() -> None:
    table = equivalents.Equivalent(
        "Less <b>than</b> 2.", ("Team", "now", "plan"), (("In-house", "1 & 2", "–"),)
    )
    reader = Cells()
    reader.feed(table.html())
    assert reader.texts == ["Less <b>than</b> 2.", "Team", "now", "plan", "In-house", "1 & 2", "–"]
    assert '<th scope="row">In-house</th>' in table.html()
    assert table.markdown().splitlines() == [
        "Less <b>than</b> 2.",
        "",
        "| Team | now | plan |",
        "| --- | ---: | ---: |",
        "| In-house | 1 & 2 | – |",
    ]


@given(any_sides, any_sides)
def test_no_cell_of_a_table_is_empty_or_odd(now: list[Summary], plan: list[Summary]) -> None:
    for table in equivalents.equivalents(data(now, plan)).values():
        for row in table.rows:
            assert len(row) == len(table.columns)
            assert all(cell and not FORBIDDEN.search(cell) for cell in row), row


# ---------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("given_value", "decimals", "expected"),
    [
        (-8.2, 0, "−8"),
        (-0.2, 0, "0"),
        (12_345.67, 2, "12,345.67"),
        (nan, 0, "–"),
        (inf, 2, "–"),
        (0, 2, "0.00"),
    ],
)
def test_numbers_have_a_real_minus_and_commas(given_value: float, decimals: int, expected: str) -> None:
    assert formats.number(given_value, decimals) == expected


def test_signed_numbers_show_gains_and_not_a_signed_nothing() -> None:
    assert [formats.signed(n, 1) for n in (1.25, -1.25, 0.04, -0.04, 0)] == [
        "+1.2",
        "−1.2",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_short_numbers_have_no_more_decimals_than_they_need() -> None:
    assert [formats.short(n) for n in (2, 2.5, 1 / 3, 0.25, 240)] == ["2", "2.5", "0.33", "0.25", "240"]


def test_a_half_width_never_rounds_to_nothing_and_one_replication_has_none() -> None:
    assert formats.with_half_width(est(0.63, 0.02), 100) == "63 ±2"
    assert formats.with_half_width(est(0.63, 0.001), 100) == "63 ±1"
    assert formats.with_half_width(est(0.63, 0.0), 100) == "63 ±0"
    assert formats.with_half_width(est(0.63, replications=1), 100) == "63"
    assert formats.interval(est(0.63, replications=1), 100) == formats.NONE


def test_decimals_suit_the_amount() -> None:
    assert [formats.decimals_for(n) for n in (10.6, 0.0, 0.25, 9_999, 12_345.67, 0.0042)] == [
        2,
        2,
        2,
        2,
        0,
        4,
    ]


# ------------------------------------------------------------------------------------------------ seasons


def season_found(stay: str, profit: str, runs: int = 10) -> dict[str, Finding]:
    return {
        STAY: found(stay, 0.65, 0.67, 0.005, runs),
        PROFIT: found(profit, 2.43e6, 2.37e6, 2e4, runs),
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (season_found("worse", "better"), "More profit, fewer customers stay a year: 65 of 100, now 67"),
        (season_found("better", "worse"), "Less profit, more customers stay a year: 65 of 100, now 67"),
        (season_found("worse", "cannot tell yet"), "Fewer customers stay a year: 65 of 100, now 67"),
        (season_found("worse", "worse"), "Fewer customers stay a year: 65 of 100, now 67"),
        (
            season_found("no difference that matters", "better"),
            "More profit, as many customers: 65 of 100 stay a year, now 67",
        ),
        (
            season_found("no difference that matters", "no difference that matters"),
            "No difference that matters: 65 of 100 stay a year, now 67",
        ),
        (
            season_found("cannot tell yet", "better"),
            "Cannot tell yet: 65 of 100 customers stay a year, now 67",
        ),
        (
            season_found("cannot tell yet", "better", runs=1),
            "First look: 65 of 100 customers stay a year, now 67",
        ),
        ({}, "The first run is under way"),
    ],
)
def test_the_headline_of_a_season_tells_of_customers_then_money(
    told: dict[str, Finding], expected: str
) -> None:
    assert told_of_months.headline(told, 52) == expected


def test_the_sentence_below_a_season_gives_the_difference_its_interval_and_its_word() -> None:
    below = told_of_months.below
    assert below(season_found("worse", "better")) == (
        "Plan minus now: −2.0 customers of 100 (−2.5 to −1.5, 95 %). ▼ worse."
    )
    assert below(season_found("no difference that matters", "better"), running=True) == (
        "Plan minus now: +60 thousand dollars of profit (+40 to +80, 95 %). ▲ better; the interval is still narrowing."
    )
    assert "comes with the second" in below(season_found("cannot tell yet", "better", runs=1))
    assert below({}) == "There is nothing to compare."


def titles(pairs: Sequence[Pair], weeks: int = 52) -> list[str]:
    shown, told = season_data(pairs, weeks), season_findings(pairs, weeks)
    return [
        told_of_months.loyalty_title(shown.loyalty, told),
        told_of_months.customers_title(shown.customers),
        told_of_months.profit_title(shown.profit, told),
        told_of_months.staff_title(shown.staff, told),
    ]


def test_titles_of_a_season_tell_what_changed() -> None:
    worse = years(10, leaves=0.0082, profit=46_000.0, exhaustion=0.48)
    loyalty, customers, profit, staff = titles(worse)
    assert loyalty == "Loyalty: 2 more customers in 100 lost by week 52"
    assert re.fullmatch(r"Customers: 1\d,\d\d\d after 52 weeks, now 19,\d\d\d", customers)
    assert profit == "Profit: behind now from the first weeks on"
    assert staff == "People: more exhausted, 48 of 100, now 42"
    assert titles(years(10, time_taken=0.8))[3] == "People: less time a contact, 80 of 100, now 97"
    assert titles(years(10, leaves=0.006))[0] == "Loyalty: 6 fewer customers in 100 lost by week 52"
    assert titles(years(10, profit=50_000.0))[2] == "Profit: ahead of now from the first weeks on"
    same = titles(years())
    assert same[0] == "Loyalty: 32 of 100 lost by week 52, now 32"
    assert same[2] == "Profit: 2,491 thousand dollars, now 2,491"
    assert same[3].startswith("People: 11.")


def test_a_plan_that_pays_back_says_when_and_how_surely() -> None:
    surely = [(year(i), paying_back(year(i), 5e5, 37)) for i in range(10)]
    assert titles(surely)[2] == "Profit: pays back in week 37"
    assert titles(surely[:1])[2] == "Profit: may pay back in week 37"


def test_a_plan_that_is_ahead_and_then_behind_says_until_when() -> None:
    def turned(season: SeasonSummary) -> SeasonSummary:
        profit = season.weekly["profit"].copy()
        profit[:20] += 1000
        profit[20:] -= 3000
        return replace(season, weekly=season.weekly | {"profit": profit})

    assert titles([(year(i), turned(year(i))) for i in range(10)])[2] == (
        "Profit: ahead of now until week 26, then behind"
    )


def test_horizons_that_disagree_are_said_to() -> None:
    told = {"12 months": found("better", 2, 1), "24 months": found("worse", 1, 2)}
    assert told_of_months.disagreement(told, list(told)).startswith("The horizons disagree")
    assert told_of_months.disagreement(told, ["12 months", "never"]) == ""


def test_the_culture_comes_with_its_numbers() -> None:
    told = told_of_months.culture(years(3), 0, Culture())
    assert told == (
        "good enough: 55 of 100 promises kept, gap between desks 3 points, "
        "nine in ten customers have at least 22 of 100 kept"
    )
    nothing = [(deserted(year(i)), deserted(year(i))) for i in range(3)]
    assert told_of_months.culture(nothing, 1, Culture()) == "not to be told: no issue came to its end"


@st.composite
def any_years(draw: st.DrawFn) -> tuple[list[Pair], int]:
    weeks = draw(st.sampled_from([1, 26, 52, 104, 520]))

    def season(number: int) -> SeasonSummary:
        one = year(
            number,
            weeks=weeks,
            leaves=draw(st.floats(0, 1)),
            profit=draw(st.floats(-1e6, 1e6)),
            at_work=draw(st.floats(0, 5000)),
            exhaustion=draw(st.floats(0, 1)),
            time_taken=draw(st.floats(0, 1)),
        )
        emptied = draw(st.integers(0, 9)) == 0
        return deserted(one) if emptied else sized(one, draw(st.sampled_from([1e-4, 1, 300, 5000])))

    return [(season(i), season(i)) for i in range(draw(st.integers(0, 3)))], weeks


@settings(max_examples=30)
@given(any_years(), st.booleans(), st.booleans())
def test_sentences_of_a_season_fit_their_line_whatever_the_numbers(
    lived: tuple[list[Pair], int], running: bool, same: bool
) -> None:
    pairs, weeks = lived
    for topic, title in zip(("Loyalty", "Customers", "Profit", "People"), titles(pairs, weeks), strict=True):
        assert title.startswith(f"{topic}: ")
        assert len(title) <= looks.TITLE_LIMIT, title
        assert "…" not in title
        assert not FORBIDDEN.search(title), title
    told = season_findings(pairs, weeks)
    headline = told_of_months.headline(told, weeks, same=same)
    assert 0 < len(headline) <= looks.HEADLINE_LIMIT, headline
    assert not FORBIDDEN.search(headline), headline
    below = told_of_months.below(told, running=running, same=same)
    assert not FORBIDDEN.search(below.replace("95 %", "")), below
    for table in season_equivalents(season_data(pairs, weeks), told).values():
        for row in table.rows:
            assert len(row) == len(table.columns)
            assert all(cell and not re.search(r"nan|inf\b|-\d", cell) for cell in row), row


TODAY = named("today")
ABUSED = TODAY.changed("events", (Event(kind="abusive_week"),))


@pytest.mark.parametrize("note", notes.NOTES, ids=lambda note: note.short)
def test_a_short_note_takes_one_line_of_its_panel_and_a_full_one_is_plain(note: notes.Note) -> None:
    lettering = Lettering(("Liberation Sans", "DejaVu Sans"))
    assert lettering.width(note.short) <= looks.PANEL[0]
    assert set(note.panels) <= set(notes.EVERYWHERE)
    for words in (note.short, note.full):
        assert words.endswith(".")
        assert not FORBIDDEN.search(words.replace("failure", "")), words  # what befalls customers
    assert len(note.full) > len(note.short)


@pytest.mark.parametrize("panel", notes.EVERYWHERE)
def test_what_a_result_rests_on_stands_beside_it_in_two_lines(panel: str) -> None:
    much = ABUSED.changed(
        {
            "plan.delight.share": 0.2,
            "plan.recovery.fix_hours": 24,
            "plan.core_first": True,
            "plan.outsourcing.share": 0.4,
            "plan.empowerment.authority_limit": 100.0,
        }
    )
    lettering = Lettering(("Liberation Sans", "DejaVu Sans"))
    assert len(notes.in_full(TODAY, much, notes.EVERYWHERE)) == len(notes.NOTES)
    for plan in (TODAY, much):
        note = notes.short(panel, TODAY, plan)
        assert note
        assert len(broken(note, looks.PANEL[0], lettering)) <= notes.MOST, note


@pytest.mark.parametrize(
    ("path", "value", "panel", "word"),
    [
        ("plan.delight.share", 0.2, "loyalty", "delight"),
        ("plan.recovery.fix_hours", 24.0, "loyalty", "24 hours"),
        ("plan.recovery.surprise", True, "customers", "Recovery"),
        ("plan.core_first", True, "customers", "core"),
        ("plan.core_first", True, "waiting", "core"),
        ("plan.outsourcing.share", 0.4, "profit", "partner"),
        ("plan.outsourcing.share", 0.4, "consistency", "partner"),
        ("plan.outsourcing.share", 0.4, "cost", "partner"),
        ("plan.empowerment.authority_limit", 100.0, "staff", "authority"),
        ("plan.empowerment.authority_limit", 100.0, "cost", "authority"),
        ("plan.protection.from_abuse", 1.0, "staff", "abused"),
        ("events", ABUSED.events, "staff", "abused"),
    ],
)
def test_a_note_on_a_choice_stands_only_where_somebody_made_it(
    path: str, value: Any, panel: str, word: str
) -> None:
    other = TODAY.changed(path, value)
    assert word not in notes.short(panel, TODAY, TODAY)
    assert word in notes.short(panel, TODAY, other)
    assert word in notes.short(panel, other, TODAY)
    found = [note.full for note in notes.NOTES if word in note.short and panel in note.panels]
    assert set(found) <= set(notes.of_one(other))
    assert not set(found) & set(notes.of_one(TODAY))


@pytest.mark.parametrize(
    ("path", "value", "panel", "word"),
    [
        ("plan.chatbot.coverage", 0.0, "consistency", "Bot"),
        ("assumptions.patience.mean", 3.0, "waiting", "1999"),
        ("assumptions.workforce.pressure.on", False, "staff", "pressure"),
    ],
)
def test_a_note_goes_where_neither_plan_has_what_it_is_about(
    path: str, value: Any, panel: str, word: str
) -> None:
    without = TODAY.changed(path, value)
    assert word in notes.short(panel, TODAY, TODAY)
    assert word in notes.short(panel, TODAY, without)
    assert word not in notes.short(panel, without, without)


def test_contested_losses_are_told_until_they_weigh_as_much_as_gains() -> None:
    alike = TODAY.changed("assumptions.customers.expectation.loss_aversion", 1.0)
    told = [notes.LOSSES.full in notes.in_full(plan, plan) for plan in (TODAY, alike)]
    assert told == [True, False]


def test_the_page_of_a_week_is_told_of_the_week_and_that_of_months_of_months() -> None:
    week, months = (notes.in_full(TODAY, TODAY, panels) for panels in (notes.WEEK, notes.MONTHS))
    assert notes.PATIENCE.full in week
    assert notes.PATIENCE.full not in months
    assert notes.STEADY.full in months
    assert notes.STEADY.full not in week
    assert notes.in_full(TODAY, TODAY) == months
