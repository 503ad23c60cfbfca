"""Do exercises say what to look at next and never the answer, refuse nothing rudely, and keep what was locked?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lessons_found import PATHS, SAMPLE, card, cards, found, telling
from pydantic import BaseModel

from sim.exercise import diary, shelf
from sim.exercise.answers import number, understood
from sim.exercise.attempt import Attempt
from sim.exercise.checks import BLANK, Verdict, check
from sim.exercise.diary import Diary, attempt_from, steps_between
from sim.exercise.plans import changed
from sim.exercise.source import Asked, Card, Check, Misconception, read
from sim.exercise.spoken import open_numbers, spoken
from sim.exercise.truth import truth
from sim.exercise.words import VIEWS, card_in_words, lesson_in_words
from sim.experiment.expected import fill, quoted
from sim.experiment.questions import opened
from sim.scenario import BadInput, Scenario, fields, path_of

AT = datetime(2026, 3, 2, 10, 42, tzinfo=UTC)
JUNK: tuple[Any, ...] = (
    None, "", "   ", "abc", [], (), {}, object(), float("nan"), float("inf"), float("-inf"), 1e400, "1e400", 10**5000,
    True, "x" * 100_000, "<script>alert(1)</script>", b"12", [None], ["a", "b"], [float("nan")] * 3, -1e300, "−", "%",
)  # fmt: skip
EVERY = [pytest.param(name, each, id=each) for name, each in cards()]
CHECKED = [
    pytest.param(name, each, which, id=f"{each}-{which}")
    for name, each in cards()
    for which in ("observe", "check")
    if getattr(card(name, each), which)
]
ONE_ANSWER = [
    pytest.param(name, each, which, id=f"{each}-{which}")
    for name, each in cards()
    for which in ("observe", "check")
    if getattr(card(name, each), which) and getattr(card(name, each), which).kind != "scenario"
]
"""A task for a plan has many right answers; some are run below."""
MISLED = [
    pytest.param(name, each, which, at, id=f"{each}-{which}-{misled.name}")
    for name, each in cards()
    for which in ("observe", "check")
    if getattr(card(name, each), which)
    for at, misled in enumerate(getattr(card(name, each), which).misconceptions)
]


def asked_of(name: str, card_id: str, which: str) -> Check:
    asked = getattr(card(name, card_id), which)
    assert isinstance(asked, Check)
    return asked


def right_answer(asked: Asked, name: str) -> Any:
    """The model's answer as a learner would give it; of numbers, brought onto their scale."""
    answer = truth(asked, found(name).told)
    low, high = asked.scale
    values = tuple(min(max(value, low), high) for value in answer.values)
    if asked.kind in ("ranking", "curve"):
        return answer.texts or values
    return answer.texts[0] if answer.texts else values[0]


def given_by(misled: Misconception) -> Any:
    return misled.near if misled.near is not None else misled.option or misled.order


# --------------------------------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize(("name", "card_id", "which"), CHECKED)
@pytest.mark.parametrize("blank", [None, "", "  ", [], ()])
def test_a_blank_is_not_attempted(name: str, card_id: str, which: str, blank: Any) -> None:
    assert check(asked_of(name, card_id, which), blank, found(name).told) == BLANK
    assert not BLANK.counts


@pytest.mark.parametrize(("name", "card_id", "which"), ONE_ANSWER)
def test_the_models_answer_is_met(name: str, card_id: str, which: str) -> None:
    asked = asked_of(name, card_id, which)
    verdict = check(asked, right_answer(asked, name), found(name).told)
    assert verdict == Verdict("met", asked.right)


@pytest.mark.parametrize(("name", "card_id", "which", "at"), MISLED)
def test_a_misconception_gets_its_own_hint_and_no_other(name: str, card_id: str, which: str, at: int) -> None:
    asked = asked_of(name, card_id, which)
    misled = asked.misconceptions[at]
    verdict = check(asked, given_by(misled), found(name).told)
    assert verdict == Verdict("not yet", misled.hint, misled.name)


@pytest.mark.parametrize(("name", "card_id", "which"), CHECKED)
@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
def test_junk_gets_a_sentence(name: str, card_id: str, which: str, junk: Any) -> None:
    verdict = check(asked_of(name, card_id, which), junk, found(name).told, _no_plan)
    assert verdict.word in ("not attempted", "cannot be read", "not yet")
    assert 0 < len(verdict.says) < 400
    assert verdict.says.endswith((".", "?"))
    assert "Traceback" not in verdict.says


def _no_plan(code: str) -> Any:
    raise BadInput(f"“{code[:20]}” is no decision code; one looks like MYHQ-33YD.")


@pytest.mark.parametrize(("name", "card_id", "which"), CHECKED)
def test_the_same_answer_gets_the_same_verdict(name: str, card_id: str, which: str) -> None:
    asked, told = asked_of(name, card_id, which), found(name).told
    answers = [*JUNK, *(given_by(misled) for misled in asked.misconceptions)]
    if asked.kind != "scenario":
        answers.append(right_answer(asked, name))
    first = [check(asked, answer, told, _no_plan) for answer in answers]
    assert first == [check(asked, answer, told, _no_plan) for answer in reversed(answers)][::-1]


@given(
    typed=st.text(max_size=40) | st.floats() | st.integers() | st.lists(st.floats() | st.text(), max_size=4)
)
def test_whatever_is_given_is_answered(typed: Any) -> None:
    for name, each in cards():
        for which in ("observe", "check"):
            asked = getattr(card(name, each), which)
            if asked and name == SAMPLE.stem:
                assert check(asked, typed, found(name).told, _no_plan).says


def test_a_number_is_met_within_its_tolerance_and_not_beyond() -> None:
    asked, told = asked_of(SAMPLE.stem, "number", "check"), found(SAMPLE.stem).told
    middle, reach = told["kept_three"].value, max(asked.within, told["kept_three"].tolerance)
    assert check(asked, middle + reach - 0.01, told).word == "met"
    assert check(asked, middle + reach + 0.01, told).word == "not yet"
    narrow = asked.model_copy(update={"within": 0.0})
    assert check(narrow, middle + told["kept_three"].tolerance - 0.01, told).word == "met"


def test_what_is_said_to_an_answer_never_tells_it() -> None:
    for name, each in cards():
        for which in ("observe", "check"):
            asked = getattr(card(name, each), which)
            if asked and asked.kind == "number":
                said = " ".join([asked.look, *(misled.hint for misled in asked.misconceptions)])
                assert str(found(name).told[str(asked.answer)]) not in said.split()


@pytest.mark.parametrize(("name", "card_id"), EVERY)
def test_the_models_answer_to_a_prediction_lies_on_its_scale(name: str, card_id: str) -> None:
    source = card(name, card_id)
    for asked in (source.predict, source.again):
        if asked:
            found_answer = truth(asked, found(name).told)
            low, high = asked.scale
            assert all(low <= value <= high for value in found_answer.values)
            assert understood(asked, right_answer(asked, name)) is not None


# ------------------------------------------------------------------------------------------------------- plans


def test_a_plan_is_run_and_its_margin_told() -> None:
    asked = asked_of(SAMPLE.stem, "scenario", "check")
    verdicts = {
        agents: check(asked, str(agents), {}, lambda code: opened("lean", {"staffing": int(code)}))
        for agents in (8, 10)
    }
    assert [verdict.word for verdict in verdicts.values()] == ["met", "not yet"]
    assert "to spare" in verdicts[8].says
    assert "short" in verdicts[10].says
    assert "dollars" in verdicts[10].says


def test_a_plan_that_moves_another_lever_is_refused_by_name() -> None:
    asked = asked_of(SAMPLE.stem, "scenario", "check")
    verdict = check(asked, "code", {}, lambda _: opened("lean", {"empowerment": 0.5}))
    title = fields()[path_of("empowerment")].title
    assert verdict == Verdict("cannot be read", f"{title}: is not a lever of this task; leave it as it is.")


def test_only_the_plan_counts_as_changed() -> None:
    scenario = opened("lean", {"staffing": 11, "issues_per_day": 50})
    assert changed(scenario, "lean") == {path_of("staffing"): 11}


# ----------------------------------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("25", 25), (" 25 % ", 25), ("+3.5", 3.5), ("−12", -12), ("-12", -12), ("1,250", 1250), ("0,5", 0.5), ("$40", 40),
     ("twelve", 12), ("Zero", 0), (7, 7), (2.5, 2.5)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: Any, meant: float) -> None:
    assert number(typed) == meant


def test_outside_the_scale_names_range_and_nearest() -> None:
    asked = card(SAMPLE.stem, "number").predict
    assert asked
    with pytest.raises(BadInput, match="500 is outside 0 to 400; nearest 400"):
        understood(asked, "500")


@pytest.mark.parametrize(
    "order", [["three agents", "three agents", "five agents"], ["five agents"], "five agents"]
)
def test_an_order_gives_each_answer_one_place(order: Any) -> None:
    asked = card(SAMPLE.stem, "ranking").predict
    assert asked
    with pytest.raises(BadInput, match="place"):
        understood(asked, order)


@pytest.mark.parametrize("heights", [[1, 2], [1, "", 2], "1 2 3", 5])
def test_a_curve_has_a_height_at_every_point(heights: Any) -> None:
    asked = card(SAMPLE.stem, "curve").predict
    assert asked
    with pytest.raises(BadInput, match="at each of its 3 points"):
        understood(asked, heights)


# ---------------------------------------------------------------------------------------------------- attempts


def locked(card_id: str = "number", answer: Any = "25") -> Attempt:
    return Attempt(card(SAMPLE.stem, card_id)).lock(answer, "fairly", AT)


def test_what_is_locked_cannot_be_changed() -> None:
    attempt = locked()
    with pytest.raises(BadInput, match="locked; it cannot be changed"):
        attempt.lock("30", "very", AT)
    assert attempt.locked["predict"].answer == 25.0


@pytest.mark.parametrize("blank", [None, "", "abc", "500"])
def test_nothing_is_locked_that_is_no_prediction(blank: Any) -> None:
    with pytest.raises(BadInput):
        locked(answer=blank)


def test_how_sure_is_one_of_three() -> None:
    with pytest.raises(BadInput, match="how sure"):
        Attempt(card(SAMPLE.stem, "number")).lock("25", "quite", AT)  # type: ignore[arg-type]


def test_there_is_no_reveal_before_the_lock() -> None:
    with pytest.raises(BadInput, match="Lock the prediction first"):
        Attempt(card(SAMPLE.stem, "number")).reveal(found(SAMPLE.stem).told)
    with pytest.raises(BadInput, match="Lock the prediction first"):
        locked().reveal(found(SAMPLE.stem).told, "again")


def test_nothing_is_there_to_see_before_the_run() -> None:
    with pytest.raises(BadInput, match="Run it first"):
        locked().observe("falls", found(SAMPLE.stem).told)


@pytest.mark.parametrize(("given", "seen"), [(None, False), ("abc", False), ("3", True), ("58", True)])
def test_the_solution_is_seen_only_after_an_attempt(given: Any, seen: bool) -> None:
    attempt = locked()
    with pytest.raises(BadInput, match="Try it once"):
        attempt.solve()
    attempt = attempt.answer(given, found(SAMPLE.stem).told)
    if seen:
        assert attempt.solve().solution_seen
    else:
        with pytest.raises(BadInput, match="Try it once"):
            attempt.solve()


def test_hints_end_with_the_last() -> None:
    attempt = locked()
    for expected in (1, 2, 3, 3):
        attempt = attempt.hint()
        assert attempt.hints == expected


def test_a_card_without_a_check_says_so() -> None:
    attempt = Attempt(card(SAMPLE.stem, "direction"))
    for act in (
        lambda: attempt.answer("x", {}),
        lambda: attempt.observe("x", {}),
        lambda: attempt.prediction("again"),
    ):
        with pytest.raises(BadInput):
            act()


# ------------------------------------------------------------------------------------------------------- diary


def worked_through() -> list[Attempt]:
    """An attempt after every step of the sample's first card."""
    told = found(SAMPLE.stem).told
    steps = [Attempt(card(SAMPLE.stem, "number"))]
    steps.append(steps[-1].lock("25", "fairly", AT))
    steps.append(steps[-1].reveal({name: told[name] for name in ("longer", "wait_four", "wait_three")}))
    steps.append(steps[-1].observe("falls", told))
    steps.append(steps[-1].explain("Because of the queue.\nTwo lines, “quoted”."))
    steps.append(steps[-1].hint())
    steps.append(steps[-1].answer("100", told))
    steps.append(steps[-1].answer("abc", told))
    steps.append(steps[-1].solve())
    steps.append(steps[-1].lock("70", "very", AT, "again"))
    steps.append(steps[-1].reveal({"kept_five": told["kept_five"]}, "again"))
    return steps


def test_a_diary_leads_back_to_where_it_ended(tmp_path: Path) -> None:
    book = Diary(tmp_path / "deep" / "lesson.jsonl")
    attempts = worked_through()
    for before, after in pairwise(attempts):
        for step in steps_between(before, after):
            book.add(step)
        assert attempt_from(after.card, book.steps(), found(SAMPLE.stem).told) == after


def test_a_curve_and_an_order_come_back_as_they_were(tmp_path: Path) -> None:
    for card_id, answer in (
        ("curve", ("3", "2", "1.5")),
        ("ranking", ("five agents", "four agents", "three agents")),
    ):
        book = Diary(tmp_path / f"{card_id}.jsonl")
        attempt = locked(card_id, answer)
        for step in steps_between(Attempt(attempt.card), attempt):
            book.add(step)
        assert attempt_from(attempt.card, book.steps(), {}) == attempt


LOCK = '{"card": "number", "did": "lock", "which": "predict", "answer": "abc", "sure": "very", "at": "x"}'
BROKEN = (
    "", "{", "[]", "null", '{"card": "number"}', '{"card": "number", "did": "lock"}', "\x00", LOCK, "[" * 5000,
    '{"card": "number", "did": "answer", "given": 1, "verdict": {"word": "cheated"}}',
    '{"card": "number", "did": "reveal", "which": "again"}', '{"card": "number", "did": "hint", "hints": [1]}',
)  # fmt: skip


@pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_passed_over(tmp_path: Path, line: str) -> None:
    file = tmp_path / "lesson.jsonl"
    attempt = locked()
    (step,) = steps_between(Attempt(attempt.card), attempt)
    file.write_text(f"{line}\n", encoding="utf-8")
    Diary(file).add(step)
    assert attempt_from(attempt.card, Diary(file).steps(), found(SAMPLE.stem).told) == attempt


def test_a_second_lock_in_a_diary_changes_nothing(tmp_path: Path) -> None:
    book = Diary(tmp_path / "lesson.jsonl")
    for attempt in (locked(answer="25"), locked(answer="99")):
        (step,) = steps_between(Attempt(attempt.card), attempt)
        book.add(step)
    found_again = attempt_from(card(SAMPLE.stem, "number"), book.steps(), {})
    assert found_again.locked["predict"].answer == 25.0


def test_starting_over_keeps_the_old_file_aside(tmp_path: Path) -> None:
    book = Diary(tmp_path / "lesson.jsonl")
    assert book.start_over(AT) is None
    (step,) = steps_between(Attempt(locked().card), locked())
    book.add(step)
    aside = book.start_over(AT)
    assert aside
    assert Diary(aside).steps() == [step]
    assert book.steps() == []


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("")
    (step,) = steps_between(Attempt(locked().card), locked())
    with pytest.raises(BadInput, match="could not be written"):
        Diary(tmp_path / "wall" / "lesson.jsonl").add(step)
    Diary(None).add(step)
    assert Diary(None).steps() == []


def test_each_folder_and_lesson_has_a_diary_of_its_own(tmp_path: Path) -> None:
    paths = [
        tmp_path / "a" / "lesson_00.yaml",
        tmp_path / "b" / "lesson_00.yaml",
        tmp_path / "a" / "lesson_01.yaml",
    ]
    assert len({diary.file_for(path) for path in paths}) == 3


# ------------------------------------------------------------------------------------------------ what is said


def texts_of(part: BaseModel) -> Iterator[str]:
    """Every text in a part of a lesson."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str):
                yield each
            elif isinstance(each, BaseModel):
                yield from texts_of(each)


@pytest.mark.parametrize(("name", "card_id"), EVERY)
def test_every_number_quoted_is_asked(name: str, card_id: str) -> None:
    source = found(name).lesson.card(card_id)
    for text in texts_of(source):
        assert set(quoted(text)) <= set(found(name).lesson.questions), text
        assert "{" not in fill(text, found(name).told)


@pytest.mark.parametrize(("name", "card_id"), EVERY)
def test_every_plan_that_is_asked_about_can_be_opened(name: str, card_id: str) -> None:
    lesson = found(name).lesson
    for asked in lesson.card(card_id).asked():
        for each in asked.quoted():
            assert lesson.questions[each].scenarios()
        assert all(path_of(lever) in fields() for lever in asked.levers)
        assert isinstance(opened(asked.operation, {}), Scenario)


@pytest.mark.parametrize(("name", "card_id"), EVERY)
def test_a_student_reads_no_answer(name: str, card_id: str) -> None:
    source, told = found(name).lesson.card(card_id), found(name).told
    student = card_in_words(source, told, "student")
    assert source.title in student
    for secret in secrets_of(source):
        assert fill(secret, told) not in student
        assert secret not in student
    assert not set(open_numbers(source, told)) & {name for asked in source.asked() for name in asked.quoted()}


def secrets_of(source: Card) -> list[str]:
    """The texts that a student's view must not hold."""
    found_texts = [source.solution, source.instructor, *(each.reply for each in source.watch), *source.hints]
    for asked in (source.observe, source.check):
        if asked:
            found_texts += [asked.right, asked.look, *(misled.hint for misled in asked.misconceptions)]
    for prediction in (source.predict, source.again):
        if prediction:
            found_texts += [prediction.reveal, prediction.below]
    if source.surprise:
        found_texts += [source.surprise.says, source.surprise.turns]
    if source.explain:
        found_texts += source.explain.points
    return [text for text in found_texts if len(text) > 3]


def test_a_students_view_leaves_blanks_for_what_a_run_will_show() -> None:
    source, told = telling(), found(SAMPLE.stem).told
    blanked = spoken(source, open_numbers(source, told))
    assert blanked.explain
    assert blanked.explain.ask == "Why … and not …, on 2?"
    assert "**Why?**" not in card_in_words(source, told, "student")
    assert "**Why?**" in card_in_words(source, told, "solution")
    assert f"Why {told['longer'].pm} and not" in card_in_words(source, told, "solution")


@pytest.mark.parametrize("name", PATHS)
def test_views_add_to_each_other(name: str) -> None:
    student, solution, instructor = (
        lesson_in_words(found(name).lesson, found(name).told, view) for view in VIEWS
    )
    assert len(student) < len(solution) < len(instructor)
    for source in found(name).lesson.cards:
        if source.solution:
            assert fill(source.solution, found(name).told) in solution
        if source.instructor:
            assert fill(source.instructor, found(name).told) not in solution
            assert fill(source.instructor, found(name).told) in instructor


# ----------------------------------------------------------------------------------------------------- sources


def changed_sample(tmp_path: Path, **changes: Any) -> Path:
    """The sample with changes to its first card."""
    content = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    content["cards"][0] |= changes
    path = tmp_path / "lesson_98_changed.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


CHOICE = {
    "ask": "?",
    "kind": "choice",
    "options": [{"text": "a"}, {"text": "b"}],
    "right": "Yes.",
    "look": "Look.",
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"observe": {**CHOICE, "key": 2}}, "lacks what its answer is told by"),
        ({"observe": {**CHOICE, "answer": "longer"}}, "lacks what its answer is told by"),
        (
            {"observe": {**CHOICE, "options": [{"text": "a"}, {"text": "A"}], "key": 0}},
            "two of the options are the same",
        ),
        (
            {"observe": {**CHOICE, "key": 0, "misconceptions": [{"name": "x", "hint": "h", "option": "c"}]}},
            "nobody can",
        ),
        ({"hints": ["one"]}, "needs 3 hints"),
        ({"level": 9}, "level"),
        (
            {"surprise": {"kind": "assumed", "says": "s", "turns": "t", "flip": "nothing"}},
            "no question is named nothing",
        ),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_source_that_cannot_be_asked_is_refused(tmp_path: Path, changes: Any, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        read(changed_sample(tmp_path, **changes))
    assert "lesson_98_changed.yaml" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", ["a: [", "", "[]", "a: &x [*x]", "\x00", "- - -"])
def test_a_file_that_is_no_lesson_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lesson_97.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=r"lesson_97\.yaml") as refused:
        read(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["99", "99_sample", "lesson_99_sample"])
def test_a_lesson_is_found_by_number_and_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(SAMPLE.parent)
    assert shelf.find(name).resolve() == SAMPLE
    assert shelf.find(str(SAMPLE)) == SAMPLE


@pytest.mark.parametrize("name", ["9x", "", "*", "../lesson", "x" * 500])
def test_a_lesson_that_is_not_there_is_told_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(SAMPLE.parent)
    with pytest.raises(BadInput, match="no such lesson"):
        shelf.find(name)


def test_the_nearest_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, tmp_path / "notebooks"):
        folder.mkdir(exist_ok=True)
        (folder / SAMPLE.name).write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert shelf.find("99") == tmp_path / SAMPLE.name


def test_guides_of_workshops_ask_too(tmp_path: Path) -> None:
    guide = tmp_path / "workshops" / "w1" / "guide.yaml"
    guide.parent.mkdir(parents=True)
    guide.write_text(
        "title: A room\nquestions:\n  kept: {measure: promise_kept, replications: 2}\n", encoding="utf-8"
    )
    (tmp_path / "workshops" / "w2").mkdir()
    (tmp_path / "workshops" / "w2" / "guide.yaml").write_text("title: Asks nothing\n", encoding="utf-8")
    (each,) = shelf.quoting([tmp_path, tmp_path / "workshops"])
    assert (each.path, list(each.questions)) == (guide, ["kept"])
    assert each.expected.name == "guide.expected.yaml"


def test_an_attempt_is_never_changed_in_place() -> None:
    before = locked()
    copy = replace(before)
    before.hint().answer("3", found(SAMPLE.stem).told)
    assert before == copy


def test_an_answer_to_a_card_that_reads_otherwise_now_is_passed_over() -> None:
    """The card is not lost with it."""
    source = card("lesson_00_your_first_shift", "00-when")
    assert source.observe
    told = found("lesson_00_your_first_shift").told
    attempt = Attempt(source).lock("10:30", "fairly", AT).reveal(told)
    attempt = attempt.observe(source.observe.texts[0], told)
    steps = list(steps_between(Attempt(source), attempt))
    options = tuple(each.model_copy(update={"text": f"{each.text} now"}) for each in source.observe.options)
    reworded = source.model_copy(update={"observe": source.observe.model_copy(update={"options": options})})
    again = attempt_from(reworded, steps, told)
    assert again.locked == attempt.locked
    assert again.observed == ()
