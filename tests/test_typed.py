"""Is what people type in a workshop understood, or told in one sentence?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.exercise.numbers import ONES, TENS, number
from sim.scenario import BadInput
from sim.workshop.answers import answer, told
from sim.workshop.refused import Refused
from sim.workshop.source import Ask, Option

KEPT = Ask(id="kept", kind="number", ask="How many?", measure="promise_kept", unit="of 100 issues")
WAIT = Ask(id="wait", kind="number", ask="How long?", measure="wait_mean", unit="minutes", low=0, high=30)
ORDER = Ask.model_validate(
    {
        "id": "order", "kind": "ranking", "ask": "In which order?", "measure": "promise_kept",
        "options": [
            {"id": "agent", "title": "One agent more"},
            {"id": "wow", "title": "A wow programme"},
            {"id": "story", "title": "The story kept"},
        ],
    }
)  # fmt: skip
WHICH = ORDER.model_copy(update={"kind": "choice"})


@pytest.mark.parametrize(
    ("typed", "value", "of_hundred"),
    [
        ("9", 9, False),
        (9, 9, False),
        ("nine", 9, False),
        (" Ten agents", 10, False),
        ("twenty-five", 25, False),
        ("one hundred and seven", 107, False),
        ("two thousand three hundred", 2300, False),
        ("a dozen", 12, False),
        ("58 of 100", 58, True),
        ("fifty-eight in a hundred", 58, True),
        ("58%", 58, True),
        ("58 per cent", 58, True),
        ("$1,430", 1430, False),
        ("1,430.50 dollars", 1430.5, False),
        ("7,5", 7.5, False),
        (".5", 0.5, False),
        ("−3", -3, False),
        ("–3", -3, False),
        ("0,614", 0.614, False),
        ("12,614", 12614, False),
        ("nine-ish", 9, False),
        ("9 - I think", 9, False),
        ("about 12, I think", 12, False),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: object, value: float, of_hundred: bool) -> None:
    found = number(typed)
    assert (found.value, found.of_hundred) == (value, of_hundred)


@pytest.mark.parametrize(
    "typed",
    ["", "many", "9 or 10", "nine ten", "twenty twenty", "nan", "inf", None, "9-10", "3,5,7", "1.2.3"],
)
def test_what_is_no_one_number_is_told_in_a_sentence(typed: object) -> None:
    with pytest.raises(BadInput, match=r"number.*\.$"):
        number(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "two thirds", "one third", "three quarters", "nine and a half", "half a dozen", "2½", "2 ½", "⅔ or 1", "9 1/2",
        "one tenth", "minus ten", "minus 10", "negative 4", "- 5", "– 5", "-ten", "- ten", "-$5",
    ],
)  # fmt: skip
def test_a_part_of_a_number_or_a_sign_apart_is_not_passed_over(typed: str) -> None:
    with pytest.raises(BadInput, match=r"number.*\.$"):
        number(typed)


@given(st.integers(0, 99))
def test_every_number_below_a_hundred_is_read_in_words(value: int) -> None:
    tens, ones = divmod(value, 10)
    words = ONES[value] if value < 20 else f"{TENS[tens - 2]}-{ONES[ones]}" if ones else TENS[tens - 2]
    assert number(words).value == value


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_anything_is_a_finite_number_or_refused(typed: object) -> None:
    try:
        found = number(typed).value
    except BadInput as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)
    else:
        assert abs(found) < float("inf")


@pytest.mark.parametrize(
    ("ask", "typed", "value"),
    [
        (KEPT, "58", 58),
        (KEPT, "58%", 58),
        (KEPT, "0.58%", 0.58),
        (KEPT, "0", 0),
        (WAIT, "2 minutes", 2),
        (WAIT, "0.5", 0.5),
        (WHICH, "wow", "wow"),
        (WHICH, "a WOW program", "wow"),
        (WHICH, "2", "wow"),
        (WHICH, "agent", "agent"),
        (ORDER, "story > agent > wow", ("story", "agent", "wow")),
        (ORDER, "2 3 1", ("story", "agent", "wow")),
        (ORDER, "2, 3, 1", ("story", "agent", "wow")),
        (ORDER, "2nd 3rd 1st", ("story", "agent", "wow")),
        (ORDER, "3 1 2", ("wow", "story", "agent")),
        (ORDER, "agent 2, wow 3, story 1", ("story", "agent", "wow")),
        (ORDER, "story=1 agent=2 wow=3", ("story", "agent", "wow")),
        (ORDER, "2. agent 3. wow 1. story", ("story", "agent", "wow")),
        (ORDER, "1. story > 2. agent > 3. wow", ("story", "agent", "wow")),
        (ORDER, "second agent, third wow, first story", ("story", "agent", "wow")),
        (ORDER, "story agent wow", ("story", "agent", "wow")),
        (ORDER, "The story kept, then one agent more, then wow", ("story", "agent", "wow")),
        (ORDER, ["story", "agent", "wow"], ("story", "agent", "wow")),
    ],
)
def test_a_prediction_is_read_as_it_is_typed(ask: Ask, typed: object, value: object) -> None:
    assert answer(ask, typed) == value


@pytest.mark.parametrize(
    ("ask", "typed", "words"),
    [
        (KEPT, "0.58", "0.58: is that 58 of 100? Type 58, or 0.58%."),
        (KEPT, "120", "120 of 100 issues: is outside 0 to 100; nearest 100."),
        (KEPT, "-3", "-3 of 100 issues: is outside 0 to 100; nearest 0."),
        (
            WHICH,
            "",
            "nothing typed: is none of One agent more, A wow programme, The story kept; type one of them.",
        ),
        (ORDER, "wow > agent", "wow > agent: name each of them once, such as "),
        (ORDER, "wow > wow > agent", "wow > wow > agent: name each of them once, such as "),
        (ORDER, "3 3 2", "3 3 2: name each of them once, such as "),
        (ORDER, "3 1", "3 1: name each of them once, such as "),
        (ORDER, "0 1 2", "0 1 2: name each of them once, such as "),
        (ORDER, "3 > 1 > 2", "3 > 1 > 2: name each of them once, such as "),
        (ORDER, "agent 2 > wow 3 > story 1", "agent 2 > wow 3 > story 1: name each of them once, such as "),
        (ORDER, "agent 2, wow, story 1", "agent 2, wow, story 1: name each of them once, such as "),
        (ORDER, "agent 2, agent 3, story 1", "agent 2, agent 3, story 1: name each of them once, such as "),
        (ORDER, "about a lot", "about a lot: name each of them once, such as "),
    ],
)
def test_a_prediction_that_is_none_is_told_what_fits(ask: Ask, typed: object, words: str) -> None:
    with pytest.raises(Refused) as refused:
        answer(ask, typed)
    assert str(refused.value).startswith(words)


def test_numbers_in_the_names_of_options_are_no_places() -> None:
    named = [("a1", "1 agent more"), ("a2", "2 agents more")]
    ask = ORDER.model_copy(update={"options": tuple(Option(id=id_, title=title) for id_, title in named)})
    assert answer(ask, "2 agents more > 1 agent more") == ("a2", "a1")
    assert answer(ask, ["a2", "a1"]) == ("a2", "a1")


@given(st.permutations(["agent", "wow", "story"]))
def test_the_places_on_the_card_are_the_order_in_words(order: list[str]) -> None:
    card = [order.index(option.id) + 1 for option in ORDER.options]
    assert answer(ORDER, " ".join(str(place) for place in card)) == answer(ORDER, " > ".join(order))


def test_an_answer_is_told_as_people_say_it() -> None:
    assert told(KEPT, 58.0) == "58 of 100 issues"
    assert told(ORDER, ("story", "wow", "agent")) == "The story kept > A wow programme > One agent more"
    assert told(WHICH, "wow") == "A wow programme"
