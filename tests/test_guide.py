"""Does a workshop's guide quote nothing but the model, keep its clock, and tell participants no answer too early?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.experiment.expected import ask, drifted
from sim.experiment.questions import opened
from sim.scenario import BadInput
from sim.scenario.codes import encode
from sim.workshop import customers, paper
from sim.workshop.guide import (
    EXPECTED,
    FILE,
    Guide,
    Quoting,
    guide_folder,
    minute_of,
    quoted,
    quoting,
    read,
    settings,
    staffed,
)

ROOT = Path(__file__).resolve().parent.parent
W1 = ROOT / "workshops" / "w1"
CLOCK = ((0, 5), (5, 8), (13, 5), (18, 12), (30, 8), (38, 10), (48, 4), (52, 15), (67, 13), (80, 7), (87, 3))
"""When each step of W1 begins, and its minutes."""
NOT_A_NUMBER = (
    r"\{[^}]*\}",
    r"\b\d?\d:\d\d\b",
    r"(SEE|[Bb]ooklet|SAY) pages? \d( or \d)?",
    r"\b([Oo]f|in) (its )?100\b",
    r"every hundred",
    r"\d minutes behind",
)
"""What may stand in a text beside quoted numbers: times, pages, the hundred that shares are of, lateness."""


@pytest.fixture(scope="module")
def guide() -> Guide:
    return read(W1 / FILE)


@pytest.fixture(scope="module")
def quote(guide: Guide) -> Quoting:
    return quoting(W1, guide)


@cache
def source() -> str:
    return (W1 / FILE).read_text(encoding="utf-8")


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The guide with words replaced, as a file of its own."""
    text = source()
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> str:
    """The sentence with which a guide is refused."""
    with pytest.raises(BadInput) as told:
        read(path)
    sentence = str(told.value)
    assert sentence.startswith("guide.yaml: ")
    assert "\n" not in sentence
    return sentence


# ------------------------------------------------------------------------------------------------ the clock


def test_the_steps_fill_the_ninety_minutes(guide: Guide) -> None:
    assert tuple((minute_of(step.at), step.minutes) for step in guide.steps) == CLOCK
    assert sum(step.minutes for step in guide.steps) == guide.front.minutes == 90


def test_a_step_that_takes_longer_than_the_next_one_waits_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, ("    minutes: 8\n    title: One day", "    minutes: 9\n    title: One day"))
    assert "Prediction one: begins at 0:13, but the steps before it end at 0:14" in refused(path)


def test_steps_that_do_not_fill_the_time_are_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, ("  minutes: 90\n", "  minutes: 95\n"))
    assert "The steps take 90 minutes of 95" in refused(path)


def test_every_step_has_a_way_out_and_all_but_the_last_one_a_cut(guide: Guide) -> None:
    assert all(step.fails for step in guide.steps)
    assert all(step.cut for step in guide.steps[:-1])


def test_the_debrief_gets_a_third_of_the_clock(guide: Guide) -> None:
    debriefs = [step.minutes for step in guide.steps if step.ask and step.title.startswith(("Reveal", "The same",
                "Debrief", "The board", "Monday"))]  # fmt: skip
    assert sum(debriefs) >= 90 / 3


# ---------------------------------------------------------------------------------------------- the numbers


def test_the_model_still_answers_what_the_guide_quotes(guide: Guide, quote: Quoting) -> None:
    assert drifted(quote.told, ask(guide.questions)) == []


def test_a_number_that_moved_is_told(quote: Quoting) -> None:
    moved = {**quote.told}
    was = moved["kept"]
    moved["kept"] = replace(was, answer=replace(was.answer, mean=was.answer.mean + 0.01))
    assert [sentence.split(":")[0] for sentence in drifted(quote.told, moved)] == ["kept"]


def bare(text: str) -> str:
    """A text without what may be a digit in it."""
    for pattern in NOT_A_NUMBER:
        text = re.sub(pattern, "", text)
    return text


def told_texts(guide: Guide) -> Iterator[str]:
    """Everything that is told as true: all texts but the boxes to tick, which are guesses."""
    guesses = {
        option
        for sheets in (guide.see, *(kind.cards for kind in guide.cards))
        for sheet in sheets
        for block in sheet.blocks
        for option in block.options
    }
    return (text for text in guide.words() if text not in guesses)


def test_no_number_is_typed(guide: Guide) -> None:
    typed = [text for text in told_texts(guide) if re.search(r"\d", bare(text))]
    assert typed == []


def test_a_typed_number_would_be_found() -> None:
    assert re.search(r"\d", bare("The wait is {wait} minutes, or 0.4 at 13:30, of 100."))
    assert not re.search(r"\d", bare("The wait is {wait.pm} minutes at 13:30 on booklet page 3, of 100."))


def test_every_question_is_quoted(guide: Guide) -> None:
    used = {name for text in guide.words() for name in quoted(text)}
    assert set(guide.questions) - used == set()
    assert set(guide.settings) - used == set()


def test_expected_numbers_wear_their_tolerance(guide: Guide) -> None:
    """Each EXPECT line that quotes the model quotes at least one interval."""
    for step in guide.steps:
        for text in step.expect:
            asked = quoted(text) & set(guide.questions)
            assert not asked or ".pm}" in text or len(asked) >= 2, text


def test_settings_are_the_operations(guide: Guide) -> None:
    told = settings(guide)
    assert (told["agents"], told["issues"], told["bar"], told["within"]) == ("9", "460", "75", "2")
    assert (told["least"], told["most"], told["story_kept"]) == ("6", "12", "90")


def test_covers_are_staffed_as_they_are_told(guide: Guide, quote: Quoting) -> None:
    assert quote("{cover_a}; {cover_b}") == "7 every day; 6, 10, 6, 10 and 8"
    for name, cover in guide.covers.items():
        (plan,) = guide.questions[f"wait_{name}"].scenarios()
        curve = plan.plan.staffing.curve
        assert curve is not None
        assert [round(row[0] * plan.plan.staffing.agents) for row in curve] == list(cover)
        assert plan == opened(guide.operation, staffed(cover))


def test_the_guide_and_its_questions_share_operation_and_luck(guide: Guide) -> None:
    assert {(asked.operation, asked.seed) for asked in guide.questions.values()} == {("today", guide.seed)}


# ------------------------------------------------------------------------- what the guide says the model says


def test_one_fewer_makes_the_wait_longer_and_does_not_double_it(quote: Quoting) -> None:
    found = quote.told["wait_fewer"].answer
    assert found.low > 25
    assert found.high < 100


def test_waits_peak_after_noon(quote: Quoting) -> None:
    assert quote.told["lunch"].answer.low > quote.told["morning"].answer.high


def test_lumpy_cover_costs_more_and_swings_more_for_the_same_average(quote: Quoting) -> None:
    told = quote.told
    assert (
        abs(told["wait_a"].value - told["wait_b"].value) < told["wait_a"].tolerance + told["wait_b"].tolerance
    )
    assert told["spread_b"].answer.low > told["spread_a"].answer.high
    assert told["cost_b"].answer.low > 0


def test_people_alone_do_not_reach_the_bar_and_the_story_kept_nearly_does(quote: Quoting) -> None:
    told = quote.told
    assert told["days_12"].answer.high < 0.5 < told["days_story"].answer.low
    assert told["told_once_12"].value == pytest.approx(told["told_once"].value, abs=1)
    assert told["more_story"].answer.low > told["one_more"].answer.high
    assert told["kept_wow"].answer == told["kept"].answer


def test_wow_at_twice_its_worth_still_does_not_pass_the_story_kept(quote: Quoting) -> None:
    told = quote.told
    assert told["stay_agent"].value < told["stay_wow_twice"].value < told["stay_story"].value
    assert told["stay_wow"].answer.high < told["stay_wow_twice"].answer.low


# ------------------------------------------------------------------------------------- participants' pages


def test_participants_are_told_no_answer_before_they_predict(guide: Guide) -> None:
    before = [text for page in guide.see for text in page.words()]
    before += [text for kind in guide.cards for card in kind.cards for text in card.words()]
    assert {name for text in before for name in quoted(text)} & set(guide.questions) == set()


def test_the_guide_lets_places_and_not_bands_say_who_can_be_told_apart(guide: Guide) -> None:
    board = next(step for step in guide.steps if step.title == "The board")
    assert "Bands are single weeks, and may overlap where places differ." in " ".join(board.do)
    assert [each.reply for each in board.watch if "team below us" in each.says] == [
        "Look at the places. If you share one, the board cannot tell you apart."
    ]
    text = (W1 / "guide.yaml").read_text(encoding="utf-8")
    assert not re.search("bands overlap share|within the ±", text)


def test_the_codes_of_what_teams_may_choose_fit_their_boxes(guide: Guide) -> None:
    assert guide.fates is not None
    boxes = [block.code for kind in guide.cards for card in kind.cards for block in card.blocks if block.code]
    boxes += [block.code for block in guide.takeaway.blocks if block.code]
    for changes in ({"staffing": 6}, {"staffing": 12}, *guide.fates.plans.values()):
        code = encode(opened(guide.operation, changes))
        groups = [len(group) for group in code.split("-")]
        assert all(groups == list(box.groups[: len(groups)]) for box in boxes)


def test_the_booklet_of_participants_has_at_most_eight_pages(guide: Guide) -> None:
    assert len(guide.see) <= 8


def test_participants_read_no_facilitators_note(guide: Guide) -> None:
    notes = {text for step in guide.steps for text in (*step.expect, *(each.reply for each in step.watch))}
    assert notes.isdisjoint(text for page in guide.see for text in page.words())


# ------------------------------------------------------------------------------------------------ customers


def test_customers_show_what_they_were_chosen_for(guide: Guide) -> None:
    told = customers.followed(guide)
    kept = {each.person.name: "".join("k" if fate.kept else "-" for fate in each.fates) for each in told}
    assert kept == {
        "Ana": "kkkkk", "Bela": "-kkkk", "Chidi": "--kkk", "Dana": "---kk", "Emil": "----k", "Fay": "-----",
    }  # fmt: skip
    assert len({each.day for each in told}) >= 4
    assert told == customers.followed(guide)


def test_a_promise_kept_is_one_that_a_card_shows_kept(guide: Guide) -> None:
    promise = opened(guide.operation, {}).plan.promise
    for each in customers.followed(guide):
        for fate in each.fates:
            held = [not fate.late, fate.contacts <= promise.contacts, fate.told == 1, fate.settled]
            assert fate.kept == all(held), (each.person.name, fate)
            assert fate.late >= any(wait > promise.answer_within for wait in fate.waits)


def test_a_customer_who_never_comes_is_refused(guide: Guide) -> None:
    assert guide.fates is not None
    nobody = guide.fates.people[0].model_copy(update={"issue": 999_999})
    lost = guide.model_copy(update={"fates": guide.fates.model_copy(update={"people": (nobody,)})})
    with pytest.raises(BadInput, match="issue 999999 does not come"):
        customers.followed(lost)


# ------------------------------------------------------------------------------------------------- on paper


def test_the_table_has_every_plan_once_and_in_order(guide: Guide) -> None:
    rows = [(row.situation, row.variant, row.value) for row in paper.kept_rows(W1)]
    assert rows == [(situation.name, variant, value) for situation, variant, value, _ in paper.plans(guide)]
    assert len(rows) == 3 * 2 * 8


def test_rows_of_the_table_are_what_the_model_says(guide: Guide) -> None:
    kept = paper.kept_rows(W1)
    sample = [0, 11, 19, 30, 47]
    for at, row in zip(sample, paper.looked_up(guide, sample), strict=True):
        for name, found in row.told.items():
            was = kept[at].told[name]
            assert (was.mean, was.half_width) == pytest.approx(
                (found.mean, found.half_width), rel=1e-5, abs=1e-5
            )


def test_days_and_half_hours_are_what_the_model_says(guide: Guide) -> None:
    assert paper.kept_days(W1) == paper.days_of(guide)
    for was, now in zip(paper.kept_hours(W1), paper.hours_of(guide), strict=True):
        assert was.starts == now.starts
        assert was.wait == pytest.approx(now.wait, abs=1e-5)


def test_the_table_and_the_guide_say_the_same(quote: Quoting) -> None:
    rows = {(row.situation, row.variant, row.value): row.told for row in paper.kept_rows(W1)}
    for name, place in {"kept": 9, "kept_6": 6, "kept_10": 10, "kept_12": 12}.items():
        found = rows["usual", "as_now", place]["promise_kept"].mean
        assert found == pytest.approx(quote.told[name].answer.mean, abs=1e-5)
    assert rows["usual", "story_kept", 9]["days_at_bar"].mean == pytest.approx(
        quote.told["days_story"].answer.mean, abs=1e-5
    )


def test_what_is_kept_reads_back_as_it_was(tmp_path: Path) -> None:
    rows, days, hours = paper.kept_rows(W1), paper.kept_days(W1), paper.kept_hours(W1)
    paper.keep(tmp_path, rows, days, hours)
    assert (paper.kept_rows(tmp_path), paper.kept_days(tmp_path)) == (rows, days)
    for name in (paper.TABLE, paper.DAYS, paper.HOURS):
        assert (tmp_path / name).read_bytes() == (W1 / name).read_bytes()


# ------------------------------------------------------------------------------------------------- bad input

FAULTS: dict[str, tuple[str, str, str]] = {
    "a name that nobody asked for": (
        "{wait.pm} minutes of waiting",
        "{weight.pm} minutes",
        "nearest is wait",
    ),
    "a page that is not there": ("    booklet: 6\n", "    booklet: 7\n", "booklet page 7 is outside 1 to 6"),
    "a measure that is not there": (
        "kept: {measure: promise_kept,",
        "kept: {measure: promises,",
        "promises: no such",
    ),
    "luck that is not the desk's": (
        "wait: {measure: wait_mean, seed: 2026}",
        "wait: {measure: wait_mean, seed: 7}",
        "with seed 7; the guide is about today with seed 2026",
    ),
    "a field that is not there": ("    fails: Nothing is needed yet.", "    fail: Nothing.", "fail"),
    "a clock that is none": ('at: "0:05"', 'at: "five"', "at"),
    "a block of two things": ("        lines: 1\n", "        lines: 1\n        text: more\n", "one thing"),
    "a brace left open": ("{wait.pm} minutes of waiting", "{wait.pm minutes of waiting", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_fit_is_refused_in_one_sentence(fault: str, tmp_path: Path) -> None:
    old, new, words = FAULTS[fault]
    told = refused(changed(tmp_path, (old, new)))
    assert words in told


@pytest.mark.parametrize("content", ["", "- a list\n", "a: [1\n", "\x00"])
def test_a_file_that_is_no_guide_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(content, encoding="utf-8")
    assert refused(path)


def test_a_guide_that_was_never_asked_says_what_to_do(guide: Guide, tmp_path: Path) -> None:
    content: dict[str, Any] = yaml.safe_load((W1 / EXPECTED).read_text(encoding="utf-8"))
    del content["kept"]
    (tmp_path / EXPECTED).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(BadInput, match="run sim workshop print w1 --ask-again"):
        quoting(tmp_path, guide)


def test_a_workshop_is_found_by_its_name(tmp_path: Path) -> None:
    assert guide_folder("w1") == W1
    with pytest.raises(BadInput, match="w7: no such workshop; nearest is w1"):
        guide_folder("w7")
    with pytest.raises(BadInput, match="run this in the kit's folder"):
        guide_folder("w1", tmp_path)
