"""Does a code carry exactly the plan it was made from, for ever, and is any slip in one told?"""

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.scenario import LEVERS, BadInput, FieldFacts, Hours, Scenario, fields, in_industry, industry, named
from sim.scenario import names as names_of_scenarios
from sim.scenario.code_alphabet import LETTERS, LONGEST, carried, length_for, with_checks
from sim.scenario.code_fields import FIELDS, OPERATIONS, PLACES
from sim.scenario.code_numbers import (
    KINDS,
    Reader,
    Writer,
    read_count,
    read_decimal,
    write_count,
    write_decimal,
)
from sim.scenario.codes import VERSION, decode, encode, found_in, meant_as_code, operation, shortest, spoken
from sim.scenario.library import INDUSTRIES
from sim.scenario.plan import WEEKDAYS

STAFFED = "MYHQ-33YD"
"""Today with ten agents, as it was given out first; the second letter follows the numbers of Today."""
GIVEN_OUT: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8")
)
PLAN = {path: facts for path, facts in fields().items() if facts.side == "plan"}
LONG = Scenario().changed(
    {"plan.people.training": 1 / 3, "plan.people.support": 2 / 3, "plan.people.pay": 1.1}
)

# ------------------------------------------------------------------------------------------- any plan at all


def minutes() -> st.SearchStrategy[dict[str, float] | None]:
    times = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda ends: ends[0] < ends[1])
    return st.none() | times.map(lambda ends: {"opens": float(ends[0]), "closes": float(ends[1])})


def values_of(path: str, facts: FieldFacts) -> st.SearchStrategy[Any]:
    """Any value that a field of the plan may have."""
    if path.startswith("plan.hours."):
        return minutes()
    if path == "plan.staffing.curve":
        shares = st.lists(st.floats(0, 1), min_size=1, max_size=4).map(tuple)
        return st.none() | shares.map(lambda row: (row,))
    if path == "plan.chatbot.types":
        return st.lists(st.sampled_from(("simple", "standard", "complex", "complaint")), max_size=5).map(
            tuple
        )
    if path == "plan.outsourcing.vendor":
        return st.sampled_from(("cost", "quality"))
    if path == "plan.promise.service_level_definition":
        return st.sampled_from(("of_answered", "of_offered", "short_abandoned_excluded"))
    return number_of(facts)


def number_of(facts: FieldFacts) -> st.SearchStrategy[Any]:
    if isinstance(facts.default, bool):
        return st.booleans()
    assert facts.low is not None
    assert facts.high is not None
    low, high = facts.low, facts.high
    if facts.default is None or isinstance(facts.default, int):
        whole = st.integers(int(low), int(high))
        return whole if facts.default is not None else st.none() | whole
    twentieths = st.integers(0, 20).map(lambda part: round(low + part * (high - low) / 20, 6))
    return st.floats(low, high) | twentieths


BASES = [f"{name}@{place}" if place else name for name in OPERATIONS for place in PLACES]


@st.composite
def any_plan(draw: st.DrawFn, most: int = 8) -> tuple[str, Scenario]:
    """An operation of the kit, and it with a few choices changed."""
    base = draw(st.sampled_from(BASES))
    chosen = draw(st.lists(st.sampled_from([*PLAN]), max_size=most, unique=True))
    changes = {path: draw(values_of(path, PLAN[path])) for path in chosen}
    try:
        return base, operation(base).changed(changes)
    except BadInput:
        assume(False)
        raise


def any_code() -> st.SearchStrategy[str]:
    return any_plan().map(lambda made: encode(made[1], made[0]))


@settings(max_examples=300)
@given(made=any_plan())
def test_what_is_read_is_what_was_written(made: tuple[str, Scenario]) -> None:
    base, scenario = made
    read = decode(encode(scenario, base))
    assert read.scenario.plan == scenario.plan
    assert repr(read.scenario.plan).replace("-0.0", "0.0") == repr(scenario.plan).replace("-0.0", "0.0")
    assert (read.scenario.assumptions, read.scenario.events) == (scenario.assumptions, scenario.events)
    assert (read.told, read.base) == ("", base)


@given(made=any_plan())
def test_a_plan_has_one_code_wherever_it_began(made: tuple[str, Scenario]) -> None:
    base, scenario = made
    code = shortest(scenario)
    assert decode(code).scenario.plan == scenario.plan
    assert len(code) <= len(encode(scenario, base))
    assert shortest(decode(code).scenario) == code


@given(number=st.integers(0, 10**30))
def test_any_whole_number_is_read_back(number: int) -> None:
    to = Writer()
    write_count(to, number)
    assert read_count(Reader(to.total())) == number


@given(value=st.floats(0, allow_nan=False, allow_infinity=False))
def test_any_number_is_read_back_to_the_last_digit(value: float) -> None:
    to = Writer()
    write_decimal(to, value)
    assert read_decimal(Reader(to.total())) == value


@given(text=st.text(alphabet=LETTERS, min_size=8, max_size=40) | st.text(max_size=60))
def test_anything_typed_is_a_code_or_gets_one_sentence(text: str) -> None:
    try:
        decode(text)
    except BadInput as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)


@settings(max_examples=300)
@given(content=st.lists(st.integers(0, len(LETTERS) - 1), min_size=4, max_size=60))
def test_what_holds_together_is_a_plan_or_gets_one_sentence(content: list[int]) -> None:
    """Letters that pass every check, but that no plan has written."""
    letters = with_checks([VERSION, *content])
    try:
        assert encode(decode(letters).scenario, decode(letters).base)
    except BadInput as error:
        assert str(error).endswith(".")


# -------------------------------------------------------------------------------------------------- how short


@pytest.mark.parametrize(
    ("lever", "value"), [("staffing", 10), ("outsourcing", 0.4), ("chatbot", 0.65), ("empowerment", 50.0)]
)
def test_one_lever_takes_eight_letters(lever: str, value: float) -> None:
    assert len(encode(Scenario().changed(LEVERS[lever], value)).replace("-", "")) == 8


def test_all_four_levers_take_no_more_than_twenty() -> None:
    four = {"staffing": 12, "outsourcing": 0.25, "chatbot": 0.45, "empowerment": 75.0}
    code = encode(Scenario().changed({LEVERS[name]: value for name, value in four.items()}))
    assert len(code.replace("-", "")) <= 20


def test_the_same_hours_on_all_days_are_said_once() -> None:
    alike = encode(Scenario().changed("plan.hours", Hours.daily(480, 1200)))
    unlike = {
        f"plan.hours.{day}": {"opens": 480 + 60 * at, "closes": 1200} for at, day in enumerate(WEEKDAYS)
    }
    assert len(alike) <= 25
    assert len(encode(Scenario().changed(unlike))) > 1.5 * len(alike)


# -------------------------------------------------------------------------------------------- slips are caught


def refused(text: str) -> bool:
    try:
        decode(text)
    except BadInput:
        return True
    return False


def replaced(code: str, at: int, letter: str) -> str:
    return code[:at] + letter + code[at + 1 :]


def swapped(code: str, first: int, second: int) -> str:
    return replaced(replaced(code, first, code[second]), second, code[first])


EXAMPLES = (STAFFED.replace("-", ""), encode(LONG).replace("-", ""))


def test_one_example_is_longer_than_the_alphabet_and_one_is_not() -> None:
    assert len(EXAMPLES[0]) < len(LETTERS) < len(EXAMPLES[1])


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_letter_replaced_by_every_other_is_caught(code: str) -> None:
    slips = [replaced(code, at, other) for at in range(len(code)) for other in LETTERS if other != code[at]]
    assert len(slips) == len(code) * (len(LETTERS) - 1)
    assert all(refused(slip) for slip in slips)


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_two_letters_swapped_are_caught(code: str) -> None:
    pairs = [(a, b) for a, b in combinations(range(len(code)), 2) if code[a] != code[b]]
    assert len(pairs) > len(code)
    assert all(refused(swapped(code, a, b)) for a, b in pairs)


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_letter_missing_or_doubled_is_caught(code: str) -> None:
    assert all(refused(code[:at] + code[at + 1 :]) for at in range(len(code)))
    assert all(refused(code[:at] + other + code[at:]) for at in range(len(code) + 1) for other in LETTERS)


@given(code=any_code(), data=st.data())
def test_a_slip_in_any_code_is_caught(code: str, data: st.DataObject) -> None:
    code = code.replace("-", "")
    places = st.integers(0, len(code) - 1)
    at, other = data.draw(places), data.draw(places)
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != code[at]))
    assert refused(replaced(code, at, letter))
    assert code[at] == code[other] or refused(swapped(code, at, other))
    assert refused(code[:at] + code[at + 1 :])
    assert refused(code[:at] + letter + code[at:])


@given(content=st.lists(st.integers(0, len(LETTERS) - 1), min_size=1, max_size=390), data=st.data())
def test_the_checks_alone_catch_a_slip_at_any_length(content: list[int], data: st.DataObject) -> None:
    letters = with_checks(content)
    assert carried(letters)[: len(content)] == content
    places = st.integers(0, len(letters) - 1)
    one, two = data.draw(places), data.draw(places)
    other = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != letters[one]))
    for slip in {replaced(letters, one, other), swapped(letters, one, two)} - {letters}:
        with pytest.raises(BadInput, match="does not hold together"):
            carried(slip)


@pytest.mark.parametrize("length", range(8, LONGEST + 1, 4))
def test_check_letters_are_found_for_every_length(length: int) -> None:
    content = length - (2 if length <= len(LETTERS) else 3)
    letters = with_checks(list(range(content)) if content < len(LETTERS) else [7] * content)
    assert len(letters) == length
    carried(letters)


def test_a_code_written_twice_in_a_row_is_no_code() -> None:
    assert refused(STAFFED + STAFFED)


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(BadInput, match=r"too much for a code, which has at most 400 letters; save it"):
        length_for(LONGEST)
    long = tuple(one / 997 for one in range(1, 400))
    with pytest.raises(BadInput, match="save it as a file instead"):
        encode(Scenario().changed("plan.staffing.curve", (long,)))


# ---------------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No code was given; it looks like MYHQ-33YD."),
        (" - ", "No code was given; it looks like MYHQ-33YD."),
        ("MYHQ-33Y", "MYHQ-33Y: 7 letters are not a code; every group has 4, and group 2 has 3."),
        ("MYH-33YD", "MYH-33YD: 7 letters are not a code; every group has 4, and group 1 has 3."),
        ("MYHQ-33YDD", "MYHQ-33YDD: 9 letters are not a code; every group has 4, and group 2 has 5."),
        (
            "MYHQ33Y",
            "MYHQ33Y: 7 letters are not a code; it has whole groups of 4, at least 2 of them, at most 100.",
        ),
        ("MYHQ-3OYD", f"MYHQ-3OYD: letter 6 is 'O', which no code has; codes use {LETTERS}."),
        ("MYHQ-3é3D", f"MYHQ-3é3D: letter 6 is 'é', which no code has; codes use {LETTERS}."),
        (
            "MYHQ-33DY",
            "MYHQ-33DY does not hold together: a letter was changed, or two were swapped; "
            "compare it with the original.",
        ),
    ],
)
def test_what_is_no_code_gets_its_sentence(text: str, told: str) -> None:
    with pytest.raises(BadInput) as refusal:
        decode(text)
    assert str(refusal.value) == told


def made(version: int, mark: int, number: int) -> str:
    """A code by hand."""
    digits = []
    while number:
        number, digit = divmod(number, len(LETTERS))
        digits.append(digit)
    return with_checks([version, mark, *digits])


MARK = LETTERS.index(encode(Scenario())[1])
OTHER_MARK = (MARK + 1) % len(LETTERS)


def counted(*numbers: int, at_first: int = 0) -> int:
    """A switch and whole numbers as a code has them."""
    to = Writer()
    to.put(at_first, 2)
    for number in numbers:
        write_count(to, number)
    return to.total()


@pytest.mark.parametrize(
    "code",
    [
        made(VERSION + 1, MARK, counted(1, 10)),
        made(VERSION - 1, MARK, counted(1, 10)),
        made(VERSION, MARK, counted(len(FIELDS) + 1, 1)),
        made(VERSION, MARK, counted(len(OPERATIONS), 0, at_first=1)),
        made(VERSION, MARK, counted(0, len(PLACES), at_first=1)),
        made(VERSION, MARK, counted(10, 2)),
    ],
    ids=["version", "other version", "field", "operation", "industry", "choice"],
)
def test_a_code_of_a_newer_kit_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match=r"^\S+ was made with a newer kit, .*; update the kit\.$"):
        decode(code)


def test_a_value_that_the_kit_does_not_allow_is_refused_as_anywhere() -> None:
    with pytest.raises(BadInput, match=r"Staffing .*3000 is outside 0 to 2000; nearest 2000"):
        decode(made(VERSION, MARK, counted(1, 3000)))


def test_numbers_of_another_version_of_the_operation_are_told() -> None:
    code = made(VERSION, OTHER_MARK, counted(1, 10))
    read = decode(code)
    assert read.scenario.plan == Scenario().changed("plan.staffing.agents", 10).plan
    assert read.told == (
        "Made with another version of Today: played with this one's numbers, it may come out otherwise."
    )


def test_the_letter_of_an_operation_follows_its_numbers() -> None:
    letters = {base: encode(operation(base), base)[1] for base in BASES}
    assert len({*letters.values()}) > len(LETTERS) // 2
    assert letters["today"] == LETTERS[MARK]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"assumptions.demand.issues_per_day": 100}, "assumptions"),
        ({"events": [{"kind": "surge", "week": 2, "weeks": 1, "size": 0.5}]}, "events"),
    ],
)
def test_a_code_carries_the_plan_only(changes: dict[str, Any], what: str) -> None:
    scenario = Scenario().changed(changes)
    for make in (encode, shortest):
        with pytest.raises(BadInput) as refusal:
            make(scenario)
        assert str(refusal.value) == (
            f"The {what} of this plan are not those of Today, and a code carries the plan only; "
            "save it as a file instead."
        )


@pytest.mark.parametrize("base", ["todya", "today@bnak", ""])
def test_an_unknown_operation_gets_the_nearest(base: str) -> None:
    with pytest.raises(BadInput, match=r"no code begins from there; (nearest is|choose from)"):
        encode(Scenario(), base)


def test_an_operation_is_named_as_anywhere_else() -> None:
    assert operation("lean@bank") == in_industry(named("lean"), "bank")
    assert operation("bank").plan == industry("bank").plan
    assert operation("bank").assumptions == industry("bank").assumptions
    assert encode(industry("bank"), "bank") == encode(industry("bank"), "today@bank")


def test_the_plan_read_is_called_by_its_code() -> None:
    read = decode(STAFFED)
    assert (read.scenario.name, read.scenario.title) == ("plan_myhq_33yd", "Plan MYHQ-33YD")
    assert decode(encode(LONG)).scenario.title.endswith("…")


# -------------------------------------------------------------------------------------- written, said, pasted


@pytest.mark.parametrize(
    "text", ["myhq-33yd", "MYHQ33YD", " m y h q 3 3 y d ", "MYHQ\u201133YD", "MYHQ\n33YD", "Myhq – 33Yd"]
)
def test_case_spaces_and_hyphens_do_not_matter(text: str) -> None:
    assert decode(text).code == STAFFED


def test_said_aloud_every_letter_is_a_word_of_its_own() -> None:
    assert spoken("myhq-33yd") == (
        "M as in Mike, Y as in Yankee, H as in Hotel, Q as in Quebec; three, three, Y as in Yankee, D as in Delta"
    )
    said = {spoken(with_checks([at])).split(",")[0] for at in range(len(LETTERS))}
    assert len(said) == len(LETTERS)
    with pytest.raises(BadInput):
        spoken("MYHQ-33YH")


def test_no_two_letters_look_alike() -> None:
    for alike in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert not {*alike} & {*LETTERS}
    assert len({*LETTERS}) == 23


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Team 4: MYHQ-33YD thanks!", [("MYHQ-33YD", True)]),
        ("team 4: myhq-33yd", [("myhq-33yd", True)]),
        ("ours is MYHQ 33YD that is all", [("MYHQ 33YD", True)]),
        ("(MYHQ33YD), \u201cMY7D-33GM\u201d.", [("MYHQ33YD", True), ("MY7D-33GM", True)]),
        ("MYHQ-33YD MY7D-33GM", [("MYHQ-33YD", True), ("MY7D-33GM", True)]),
        ("MYHQ 33YD MY7D 33GM", [("MYHQ 33YD", True), ("MY7D 33GM", True)]),
        ("> MYHQ-\n> no", []),
        ("wrapped MYHQ-\n33YD here", [("MYHQ-\n33YD", True)]),
        ("MYHQ-33YH or MYHQ-33Y", [("MYHQ-33YH", False), ("MYHQ-33Y", False)]),
        ("one letter off: NYHQ-33YD", [("NYHQ-33YD", False)]),
        ("Most of my team may meet them more than once, m8", []),
        ("MYHQ 33YH MY7D 33GM", [("MYHQ 33YH", False), ("MY7D 33GM", True)]),
        ("many A4FK men, and the 10 most", []),
        ("M3A4 C7HX is one off", [("M3A4 C7HX", False)]),
        ("Make them more happy; mail me on 2026-1128 or 0171-2345", []),
        ("", []),
    ],
)
def test_codes_are_found_in_prose(prose: str, found: list[tuple[str, bool]]) -> None:
    tokens = found_in(prose)
    assert [(token.text, token.valid) for token in tokens] == found
    assert all(prose[token.at :].startswith(token.text) for token in tokens)
    assert all(token.valid or token.told.endswith(".") for token in tokens)


@given(code=any_code(), before=st.text(max_size=20), after=st.text(max_size=20), style=st.sampled_from("- "))
def test_any_code_is_found_between_anything(code: str, before: str, after: str, style: str) -> None:
    prose = f"{before}: {code.replace('-', style)}. {after}"
    if style == " ":
        assume(any(letter.isdigit() for letter in code))
    assert code in [token.code for token in found_in(prose)]


@given(prose=st.text(alphabet="mM3aA4 -\n.x", max_size=80))
def test_found_pieces_never_share_a_letter(prose: str) -> None:
    tokens = found_in(prose)
    assert all(one.at + len(one.text) <= two.at for one, two in pairwise(tokens))


@pytest.mark.parametrize(
    ("word", "is_like_one"),
    [
        ("MYHQ-33YD", True),
        ("myhq 33yd", True),
        ("myhq33yd", True),
        ("MYHQ-33Y", True),
        ("MYHQ 3OYD", True),
        ("today", False),
        ("lean@bank", False),
        ("my-plan", False),
        ("my-plan-2", False),
        ("my_plan_2026", False),
        ("plans/MYHQ-33YD.yaml", False),
        ("", False),
    ],
)
def test_what_somebody_meant_as_a_code_is_told_from_names(word: str, is_like_one: bool) -> None:
    assert meant_as_code(word) is is_like_one


@given(code=any_code())
def test_any_code_is_known_as_one_however_it_is_typed(code: str) -> None:
    assert all(meant_as_code(typed) for typed in (code, code.lower(), code.replace("-", "").lower()))


# ------------------------------------------------------------------------------------------------- for ever


@pytest.mark.parametrize("given_out", GIVEN_OUT, ids=lambda each: str(each["code"]))
def test_a_code_given_out_is_read_for_ever(given_out: dict[str, Any]) -> None:
    read = decode(given_out["code"])
    assert read.base == given_out["base"]
    expected = operation(read.base).changed(given_out["changes"])
    assert read.scenario.plan == expected.plan


def test_every_field_of_the_plan_has_a_number_and_a_code_given_out() -> None:
    paths = [path for path, _ in FIELDS]
    assert {*PLAN} <= {*paths}
    assert len({*paths}) == len(paths)
    assert {path for each in GIVEN_OUT for path in each["changes"]} == {*paths}


def test_every_kind_of_value_is_known() -> None:
    assert {kind for _, kind in FIELDS} == {*KINDS}


def test_numbers_that_a_plan_may_have_are_not_below_zero() -> None:
    assert all(facts.low is None or facts.low >= 0 for facts in PLAN.values())


def test_every_operation_of_the_kit_has_a_number() -> None:
    assert {*names_of_scenarios()} <= {*OPERATIONS}
    assert {*INDUSTRIES} <= {*PLACES}
