"""Is nonsense refused with the name of the field, and does a scenario survive being saved?"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import (
    LEVERS,
    BadInput,
    Hours,
    Scenario,
    fields,
    in_industry,
    industries,
    industry,
    json_schema,
    load,
    named,
    names,
    parse,
    path_of,
    save,
)

TODAY = Scenario()


def refusal(path: str, value: object) -> str:
    with pytest.raises(BadInput) as error:
        TODAY.changed(path, value)
    return str(error.value)


def test_every_field_says_what_it_is() -> None:
    for facts in fields().values():
        assert facts.title, facts.path
        assert facts.title[0].isupper(), facts.path
        if not facts.path.startswith("plan.hours."):
            assert facts.help, facts.path
            assert facts.evidence, facts.path


def test_every_default_lies_in_its_range() -> None:
    numbers = [facts for facts in fields().values() if isinstance(TODAY.value(facts.path), int | float)]
    assert len(numbers) > 80
    for facts in numbers:
        value = TODAY.value(facts.path)
        if not isinstance(value, bool):
            assert facts.low is not None, facts.path
            assert facts.high is not None, facts.path
            assert facts.low <= value <= facts.high, facts.path


def test_the_four_levers_are_fields_of_the_plan() -> None:
    assert [fields()[path].side for path in LEVERS.values()] == ["plan"] * 4


def test_a_change_leaves_the_original_alone() -> None:
    changed = TODAY.changed("plan.staffing.agents", 14)
    assert (TODAY.plan.staffing.agents, changed.plan.staffing.agents) == (9, 14)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            "plan.staffing.agents",
            2500,
            "Staffing (plan.staffing.agents): 2500 is outside 0 to 2000; nearest 2000.",
        ),
        (
            "plan.staffing.agents",
            "many",
            "Staffing (plan.staffing.agents): 'many' is not a whole number within 0 to 2000; usual 9.",
        ),
        (
            "plan.outsourcing.share",
            -0.1,
            "Outsourcing (plan.outsourcing.share): -0.1 is outside 0 to 1; nearest 0.",
        ),
        ("plan.staffing.agnts", 3, "plan.staffing.agnts: no such field; nearest is plan.staffing.agents."),
        (
            "plan.outsourcing.vendor",
            "costs",
            "Partner chosen on (plan.outsourcing.vendor): 'costs' is not one of cost, quality; nearest is cost.",
        ),
        (
            "plan.hours.monday",
            {"opens": "10:00", "closes": "9:00"},
            "Monday (plan.hours.monday): opens at minute 600 but closes at minute 540; it must open first.",
        ),
        (
            "assumptions.demand.mix.simple",
            0.9,
            "Demand (assumptions.demand): issue mix adds up to 1.4; the four shares must add up to 1.",
        ),
        (
            "plan.staffing.specialists",
            0,
            (
                "Specialists: 0 is too few while 20 of 100 contacts are passed on; nearest 1, "
                "or set routing accuracy to 1."
            ),
        ),
        ("plan.staffing.agents", 0, "Staffing: 0 agents is too few while contacts come in-house; nearest 1."),
        (
            "plan.empowerment.supervisors",
            0,
            "Supervisors: 0 is too few while some issues need an exception; nearest 1.",
        ),
    ],
)
def test_nonsense_gets_one_sentence_with_field_value_range_and_nearest(
    path: str, value: object, sentence: str
) -> None:
    assert refusal(path, value) == sentence


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, [], {}, "", "nine"])
def test_what_is_no_number_is_refused_by_name(value: object) -> None:
    assert refusal("plan.chatbot.coverage", value).startswith("Chatbot coverage (plan.chatbot.coverage): ")


def test_closing_every_day_is_refused() -> None:
    closed = {f"plan.hours.{day}": None for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    with pytest.raises(BadInput, match=r"no day is open; open at least one\.$"):
        TODAY.changed(closed)


def test_rows_of_a_profile_match_the_open_days() -> None:
    assert refusal("assumptions.demand.intraday", ((1.0,), (1.0,))) == (
        "Intraday profile: 2 rows for 5 open days; give one row, or 5."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no scenario; it begins with a line like kit: 1."),
        ("name: today", "the line kit: 1 is missing; it says which format the file is in."),
        ("kit: 2", "kit: 2 is newer than this kit, which reads up to 1; update the kit."),
        ("kit: 1\nplan: {staffin: {}}", "plan.staffin: no such field; nearest is staffing."),
        ("kit: 1\nplan: {staffing: {agents: 3, agents: 4}}", "line 2: agents stands twice; keep one."),
        ("kit: 1\nname: &a today\ntitle: *a", "line 3: aliases are not used in scenario files."),
        ("kit: 1\nplan: 7", "Plan (plan): 7 is not a group of fields."),
    ],
)
def test_a_bad_file_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        parse(text)
    assert str(error.value) == sentence


@pytest.mark.parametrize("text", ["a: [", "!!python/object/apply:os.system ['ls']", "\x00", "{" * 5000])
def test_yaml_tricks_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)


def told(text: str) -> str:
    try:
        parse(text)
    except BadInput as error:
        return str(error)
    return "read."


@given(st.text(max_size=200))
def test_no_text_brings_anything_but_a_sentence(text: str) -> None:
    assert told("kit: 1\n" + text).endswith(".")


@pytest.mark.parametrize("name", names())
def test_a_saved_scenario_is_the_same_when_loaded(name: str, tmp_path: Path) -> None:
    save(named(name), tmp_path / "plan.yaml")
    assert load(tmp_path / "plan.yaml") == named(name)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="could not be written"):
        save(TODAY, tmp_path / "no such folder" / "plan.yaml")
    assert list(tmp_path.iterdir()) == []


def test_a_file_error_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"^plan\.yaml: is not UTF-8 text"):
        load(tmp_path / "plan.yaml")


def test_clock_times_may_be_written_as_people_write_them() -> None:
    monday = parse("kit: 1\nplan: {hours: {monday: {opens: '9:30', closes: 17:00}}}").plan.hours.monday
    assert monday is not None
    assert (monday.opens, monday.closes) == (570, 1020)


def test_named_scenarios_differ_from_today_only_where_they_say() -> None:
    for name in names()[1:]:
        same = named(name).model_copy(update={"name": TODAY.name, "title": TODAY.title, "plan": TODAY.plan})
        assert same == TODAY
        assert named(name).plan != TODAY.plan


@pytest.mark.parametrize("name", industries())
@pytest.mark.parametrize("base", names())
def test_a_plan_moves_to_an_industry_and_takes_its_world_along_with_both_names(base: str, name: str) -> None:
    moved = in_industry(named(base), name)
    assert moved.plan == named(base).plan
    assert moved.assumptions == industry(name).assumptions
    assert moved.name == f"{base}_{name}"
    assert moved.title.startswith(named(base).title[:30])
    assert moved.title.endswith(industries()[name].lower())


def test_what_an_industry_leaves_alone_stays_as_the_scenario_has_it() -> None:
    mine = TODAY.changed({"assumptions.money.margin": 9.0, "assumptions.demand.issues_per_day": 99.0})
    found = in_industry(mine, "bank")
    assert found.value("assumptions.demand.issues_per_day") == 99.0
    assert found.value("assumptions.money.margin") == industry("bank").value("assumptions.money.margin")


def test_the_longest_name_and_title_still_have_an_industry() -> None:
    found = in_industry(TODAY.changed({"name": "a" * 40, "title": "W" * 60}), "telco")
    assert (len(found.name), len(found.title)) == (40, 60)
    assert found.title.endswith(", telephone company")


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(BadInput, match="nearest is bank"):
        in_industry(TODAY, "bnak")
    with pytest.raises(BadInput, match="nearest is cheap_partner"):
        named("cheap_partnr")


def test_levers_and_fields_are_found_by_short_name() -> None:
    assert path_of("staffing") == "plan.staffing.agents"
    assert path_of("day_factor_cv") == "assumptions.demand.day_factor_cv"
    with pytest.raises(BadInput, match="several fields have this name"):
        path_of("handle_time")


def test_the_schema_carries_units_and_ranges() -> None:
    coverage = json.loads(json.dumps(json_schema()))["$defs"]["Chatbot"]["properties"]["coverage"]
    assert (coverage["minimum"], coverage["maximum"], coverage["unit"]) == (0, 1, "share of contacts")


def test_hours_of_one_kind_are_written_in_one_line() -> None:
    assert Hours.daily("8:00", "20:00", days=2).windows() == ((480, 1200), (1920, 2640))
