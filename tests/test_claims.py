"""Is every claim of the articles there, in plain words, with levers and measures that the model has?"""

import json
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sim.cli import app
from sim.experiment.claims import CLAIMS, DERIVED, Article, Claim
from sim.measures import MEASURES
from sim.scenario import INDUSTRIES, Scenario, fields, industry
from sim.scenario.events import EVENT_KINDS
from sim.season.week import beginning, week

COUNT = 64
LONGEST = {"claim": 120, "expected": 100, "why": 200}
"""Characters; a longer sentence is two."""
MACHINE_WORDS = re.compile(
    r"_|\w\.\w|[=<>/\\{}\[\]()]|\b[A-Z]{2,}|\b[CES]\d|\b(None|True|False|lever:|param\w*|boolean|default)\b"
)
SMALL = {
    "assumptions.demand.customers": 2000,
    "assumptions.demand.issues_per_day": 46,
    "plan.staffing.agents": 2,
}


def each() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.number)


def sentences(claim: Claim) -> Iterator[str]:
    yield claim.claim
    yield claim.why


@pytest.fixture(scope="module")
def measured() -> set[str]:
    """Names of all that is measured: in a week, in a week of a season, over a season."""
    plan = Scenario().changed(SMALL)
    _, record = week(beginning(plan, 1, 0), plan)
    return {*MEASURES, *record.values, *DERIVED}


def test_all_claims_are_there_in_order() -> None:
    assert [claim.number for claim in CLAIMS] == [f"C{number:02}" for number in range(1, COUNT + 1)]


def test_no_two_claims_say_the_same() -> None:
    for words in ("claim", "why", "expected"):
        assert len({getattr(claim, words) for claim in CLAIMS}) == COUNT


def test_every_article_claims_something() -> None:
    assert {article for claim in CLAIMS for article in claim.articles} == set(get_args(Article))


@each()
def test_every_lever_is_a_field_or_a_kind_of_event(claim: Claim) -> None:
    assert set(claim.fields()) <= set(fields())
    assert set(claim.events()) <= set(EVENT_KINDS)
    assert len(claim.fields()) + len(claim.events()) == len(set(claim.levers))


@each()
def test_every_measure_is_measured(claim: Claim, measured: set[str]) -> None:
    assert set(claim.measures) <= measured
    assert len(claim.measures) == len(set(claim.measures))


@each()
def test_what_can_be_tested_moves_a_lever_and_reads_a_measure(claim: Claim) -> None:
    assert claim.articles
    assert claim.measures
    assert claim.levers or not claim.testable


@pytest.mark.parametrize("number", ["C17", "C25"])
def test_claims_about_industries_move_whatever_sets_an_industry_apart(number: str) -> None:
    (claim,) = (claim for claim in CLAIMS if claim.number == number)
    usual = Scenario()
    apart = {
        path for name in INDUSTRIES for path in fields() if industry(name).value(path) != usual.value(path)
    }
    assert set(claim.levers) == apart


@each()
def test_the_sentences_are_plain(claim: Claim) -> None:
    for words in sentences(claim):
        assert words[0].isupper()
        assert re.fullmatch(r"[^.?!:]+\.", words), words
    for words in (*sentences(claim), claim.expected):
        assert not MACHINE_WORDS.search(words), words
        assert words == words.strip()
        assert "  " not in words
    assert claim.expected
    assert not claim.expected.endswith(".")
    assert {
        name: len(getattr(claim, name)) for name in LONGEST if len(getattr(claim, name)) > LONGEST[name]
    } == {}


def told(*words: str, width: int = 80) -> str:
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(app, ["claims", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_tells_how_many_can_be_tested_and_every_claim() -> None:
    page = told(width=400)
    able = sum(claim.testable for claim in CLAIMS)
    assert page.startswith(f"{able} of {COUNT} claims can be tested by the model today.\n")
    for claim in CLAIMS:
        assert f"{claim.number} {claim.claim}" in page
        assert claim.why in page
    assert len(re.findall(r"(?m)^C\d\d .*\bnot yet\b", page)) == COUNT - able


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_table_fits_the_terminal_and_loses_no_claim(width: int) -> None:
    lines = told(width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert re.findall(r"(?m)^C\d\d", "\n".join(lines)) == [claim.number for claim in CLAIMS]


def test_json_has_every_claim_with_the_keys_its_help_names() -> None:
    rows = json.loads(told("--json"))
    assert [row["name"] for row in rows] == [claim.number for claim in CLAIMS]
    promise = get_command(app).commands["claims"].help.split("With --json: a list of ")[1]  # type: ignore[attr-defined]  # a group
    assert set(rows[0]) == set(re.findall(r"\w+", promise))
    for row, claim in zip(rows, CLAIMS, strict=True):
        assert (row["testable"], row["why"]) == (claim.testable, claim.why)
        assert (tuple(row["levers"]), tuple(row["measures"])) == (claim.levers, claim.measures)
