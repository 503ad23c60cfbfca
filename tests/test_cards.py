"""Does a card open empty, lock for good, reveal only then, refuse in a sentence, and come back after a restart?"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import ipywidgets as w
import pytest
from lessons_found import PATHS, SAMPLE, found, telling
from rooms import PATIENCE, private_log

from sim.exercise import diary
from sim.exercise.attempt import Attempt
from sim.exercise.source import Asked
from sim.exercise.spoken import spoken
from sim.exercise.truth import Truth
from sim.experiment.estimate import Estimate
from sim.experiment.expected import Told, fill
from sim.experiment.questions import Question
from sim.experiment.questions import opened as opened_plan
from sim.experiment.replications import Progress
from sim.scenario import BadInput
from sim.scenario.codes import encode
from sim.views.card import CardView, NoLesson, OpenLesson, lesson, steps, words
from sim.views.card import task as task_step
from sim.views.card.controls import Heights, NumberLine, OneOf, Places
from sim.views.card.heights import curve_html
from sim.views.card.lessons import Sentence
from sim.views.card.looking import explained
from sim.views.card.panels import PanelsStep
from sim.views.card.picture import WIDTH, Axis, side_by_side, width_of
from sim.views.card.plans import PlanLevers
from sim.views.card.prediction import PredictStep
from sim.views.card.scale import Model, scale_html
from sim.views.card.small import ObserveStep, SurpriseStep, WhyStep
from sim.views.card.strip import Strip
from sim.views.card.task import TaskStep
from sim.views.inside import inside

CHECK_SECONDS = 0.3
Asker = Callable[..., Any]


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Details go to a folder of the test's, not to the user's."""
    with private_log(tmp_path, monkeypatch) as file:
        yield file


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Attempts are kept in a folder of the test's, not in the user's."""
    monkeypatch.setattr(diary, "user_state_path", lambda _name: tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The model answers at once, with the numbers that are kept; what it was asked is listed."""
    asked: list[list[str]] = []

    def ask(questions: Mapping[str, Question], *_: Any) -> dict[str, Told]:
        asked.append(list(questions))
        return {name: found(SAMPLE.stem).told[name] for name in questions}

    monkeypatch.setattr(steps, "ask", ask)
    return asked


def opened(name: str | Path = SAMPLE, *, remember: bool = False) -> OpenLesson:
    made = lesson(name, remember=remember)
    assert isinstance(made, OpenLesson)
    return made


def card(card_id: str) -> CardView:
    made = opened().card(card_id)
    assert isinstance(made, CardView)
    return made


def predict(view: CardView, which: str = "predict") -> PredictStep:
    step = view.steps[which]
    assert isinstance(step, PredictStep)
    return step


def task(view: CardView) -> TaskStep:
    step = view.steps["check"]
    assert isinstance(step, TaskStep)
    return step


def give(control: Any, answer: Any) -> None:
    """Give an answer as the browser does."""
    if isinstance(control, NumberLine):
        control.spot.box.value = str(answer)
    elif isinstance(control, Heights):
        for spot, height in zip(control.spots, answer, strict=True):
            spot.box.value = str(height)
    elif isinstance(control, Places):
        for place, name in enumerate(answer, start=1):
            control.rows[name].value = str(place)
    else:
        assert isinstance(control, OneOf)
        control.buttons.value = answer


ANSWERS: Mapping[str, Any] = {
    "number": 60, "direction": "falls", "choice": "two agents", "curve": (3, 2, 1.5),
    "ranking": ("three agents", "five agents", "four agents"),
}  # fmt: skip


def lock(view: CardView, answer: Any = None, which: str = "predict") -> PredictStep:
    step = predict(view, which)
    give(step.control, ANSWERS[view.card.id] if answer is None else answer)
    step.sure.value = "fairly"
    step.go.click()
    return step


def reveal(view: CardView, which: str = "predict") -> PredictStep:
    step = lock(view, None if which == "predict" else 70, which)
    step.go.click()
    assert view.wait(PATIENCE)
    return step


def every_widget(root: w.Widget) -> Iterator[w.Widget]:
    yield root
    for child in getattr(root, "children", ()):
        yield from every_widget(child)


def state_of(view: CardView) -> str:
    """All that the page is sent of a card: widgets with their state, and what a saved notebook keeps."""
    sent = [each.get_state() for each in every_widget(view.widget)]
    sent += [each.layout.get_state() for each in every_widget(view.widget) if hasattr(each, "layout")]
    bundle = view._repr_mimebundle_()
    return json.dumps([*sent, bundle], default=str, ensure_ascii=False)


def told(step: Any) -> str:
    """What a step's line says."""
    return re.sub("<.*?>", "", step.line.value)


# ------------------------------------------------------------------------------------------ before the lock


def numbers_of(each: Told) -> set[str]:
    """A number as it may be written anywhere; those of one digit are everywhere."""
    mean = each.answer.mean
    written = {
        str(each),
        each.low,
        each.high,
        each.pm,
        each.range,
        repr(mean),
        f"{mean:.4f}",
        f"{each.value:.2f}",
    }
    return {text for text in written if len(text) > 3}


@pytest.mark.parametrize("card_id", ANSWERS)
def test_nothing_of_the_answer_is_in_the_page_before_the_lock(card_id: str) -> None:
    view = card(card_id)
    step = predict(view)
    give(step.control, ANSWERS[card_id])
    step.sure.value = "very"
    sent = state_of(view)
    for name in step.prediction.shown():
        assert not [text for text in numbers_of(found(SAMPLE.stem).told[name]) if text in sent], name
        assert f'"{name}"' not in sent
    assert step.prediction.reveal not in sent
    assert fill(step.prediction.reveal, found(SAMPLE.stem).told) not in sent


@pytest.mark.parametrize("card_id", ANSWERS)
def test_the_leak_would_be_seen_after_the_reveal(card_id: str, model: list[list[str]]) -> None:
    view = card(card_id)
    step = reveal(view)
    assert model
    assert fill(step.prediction.reveal, found(SAMPLE.stem).told) in state_of(view)
    if card_id in ("number", "choice", "curve"):
        numbers = [numbers_of(found(SAMPLE.stem).told[name]) for name in step.prediction.shown()]
        assert any(text in state_of(view) for each in numbers for text in each)


def test_a_saved_card_leaves_blanks_for_what_a_run_will_show() -> None:
    source, told_numbers = telling(), found(SAMPLE.stem).told
    attempt = Attempt(spoken(source, told_numbers))
    assert told_numbers["longer"].pm in str(attempt.card.explain)
    view = CardView(source, attempt, found(SAMPLE.stem).lesson.questions, lambda: told_numbers)
    assert told_numbers["longer"].pm not in state_of(view)


@pytest.mark.parametrize(("name", "source"), [(name, path) for name, path in PATHS.items()], ids=list(PATHS))
def test_no_lesson_tells_an_answer_before_it_is_due(name: str, source: Path) -> None:
    open_lesson = opened(source)
    for each in open_lesson.lesson.cards:
        view = open_lesson.card(each.id)
        assert isinstance(view, CardView)
        sent = state_of(view)
        later = [
            each.solution,
            *(hint for hint in each.hints),
            *(points for points in (each.explain.points if each.explain else ())),
        ]
        if each.predict:
            later += [each.predict.reveal, each.predict.below]
            assert not [text for text in numbers_of_answers(each.predict, found(name).told) if text in sent]
        assert not [
            text for text in later if len(text) > 3 and json.dumps(text, ensure_ascii=False)[1:-1] in sent
        ]


def numbers_of_answers(asked: Asked, numbers: Mapping[str, Told]) -> set[str]:
    return {
        text for name in asked.quoted() for text in numbers_of(numbers[name]) if "±" in text or len(text) > 4
    }


@pytest.mark.parametrize("card_id", ANSWERS)
def test_a_card_opens_empty_and_its_lock_waits(card_id: str) -> None:
    step = predict(card(card_id))
    assert step.control.given is None
    assert step.sure.value is None
    assert step.go.disabled
    assert "kit-waiting" in step.go._dom_classes
    give(step.control, ANSWERS[card_id])
    assert step.go.disabled
    assert words.SURE_NEXT in step.help.value
    step.sure.value = "a guess"
    assert not step.go.disabled
    assert words.FINAL in step.help.value


def test_no_mark_is_on_the_scale_before_it_is_placed() -> None:
    control = predict(card("number")).control
    assert isinstance(control, NumberLine)
    assert "polygon" not in control.picture.value
    assert "kit-untouched" in control.spot.slider._dom_classes
    assert control.spot.box.value == ""
    control.spot.slider.value = 120
    assert (control.given, control.spot.box.value) == (120, "120")
    assert "kit-untouched" not in control.spot.slider._dom_classes
    assert "you 120 %" in control.picture.value


@pytest.mark.parametrize("typed", ["abc", "500", "-3", "nan", "1e400", "<b>", "x" * 5000])
def test_what_is_no_number_on_the_scale_is_refused_and_what_was_there_stays(typed: str) -> None:
    step = predict(card("number"))
    control = step.control
    assert isinstance(control, NumberLine)
    control.spot.box.value = typed
    assert told(step).startswith("✕ ")
    assert told(step).endswith("Nothing is placed yet.")
    assert (control.given, control.spot.box.value) == (None, "")
    control.spot.box.value = "40"
    assert told(step) == ""
    control.spot.box.value = typed
    assert told(step).endswith("Kept at 40.")
    assert (control.given, control.spot.box.value) == (40.0, "40")
    control.spot.box.value = " "
    assert control.given is None


def test_a_place_that_is_given_away_is_given_up_elsewhere() -> None:
    step = predict(card("ranking"))
    control = step.control
    assert isinstance(control, Places)
    control.rows["four agents"].value = "1"
    control.rows["five agents"].value = "1"
    assert control.rows["four agents"].value is None
    assert told(step) == "“four agents” gave up place 1."
    control.rows["four agents"].value = "2"
    control.rows["three agents"].value = "3"
    assert control.given == ("five agents", "four agents", "three agents")
    assert told(step) == ""


def test_a_curve_is_given_once_every_point_has_its_height() -> None:
    step = predict(card("curve"))
    control = step.control
    assert isinstance(control, Heights)
    control.spots[0].slider.value = 3
    control.spots[2].box.value = "0.5"
    assert not control.given
    control.spots[1].box.value = "1"
    assert control.given == (3.0, 1.0, 0.5)
    assert control.picture.value.count("<polyline") > 1


# ------------------------------------------------------------------------------------------ lock and reveal


@pytest.mark.parametrize("card_id", ANSWERS)
def test_what_is_locked_cannot_be_moved(card_id: str) -> None:
    view = card(card_id)
    step = lock(view)
    held = view.attempt.locked["predict"]
    assert step.sure.disabled
    inputs = [each for each in every_widget(step.control.widget) if hasattr(each, "disabled")]
    assert inputs
    assert all(each.disabled for each in inputs)
    give(step.control, ANSWERS["number"] + 1 if card_id == "number" else ANSWERS[card_id])
    assert view.attempt.locked["predict"] == held
    assert "✓ Predict" in step.strip.value
    assert step.go.description == "Run the week"


@pytest.mark.parametrize("card_id", ANSWERS)
def test_a_reveal_shows_the_finding_and_the_gap(card_id: str, model: list[list[str]]) -> None:
    view = card(card_id)
    step = reveal(view)
    asked, numbers = step.prediction, found(SAMPLE.stem).told
    assert model == [list(asked.shown())]
    assert asked.reveal.format_map(numbers) in step.title.value.replace("&#x27;", "'")
    assert asked.ask.split(".")[0] in step.question.value
    shown = unescape(step.locked_at.value + getattr(step.control, "picture", w.HTML()).value)
    assert any(word in shown for word in ("short", "over", words.INSIDE, "agree", "differ", "same place"))
    assert "wrong" not in re.sub("<style>.*?</style>", "", state_of(view), flags=re.DOTALL).lower()


def test_a_second_prediction_has_its_own_lock_and_reveal(model: list[list[str]]) -> None:
    view = through_the_task(model)
    step = reveal(view, "again")
    assert view.done
    assert f"With 5 agents {found(SAMPLE.stem).told['kept_five']} of 100" in step.title.value
    assert view.attempt.locked["again"].answer == 70.0


def through_the_task(model: list[list[str]]) -> CardView:
    """The first card up to its second prediction."""
    assert model == []
    view = card("number")
    reveal(view)
    assert list(view.steps) == ["predict", "observe"]
    seen = view.steps["observe"]
    assert isinstance(seen, ObserveStep)
    give(seen.control, "rises")
    seen.check.click()
    assert "○ not yet" in seen.verdict.value
    give(seen.control, "falls")
    seen.check.click()
    assert "✓ met" in seen.verdict.value
    why = view.steps["explain"]
    assert isinstance(why, WhyStep)
    assert "Whoever waits" not in state_of(view)
    why.keep.click()
    assert "few words first" in told(why)
    why.box.value = "The queue <b>feeds</b> itself."
    why.keep.click()
    assert "Whoever waits adds" in why.points.value
    assert why.box.disabled
    surprise = view.steps["surprise"]
    assert isinstance(surprise, SurpriseStep)
    assert "structural" in surprise.told.value
    step = task(view)
    give(step.control, found(SAMPLE.stem).told["kept_three"].value // 1)
    step.go.click()
    assert "✓ met" in step.verdict.value
    return view


def test_where_it_turns_is_run_live(model: list[list[str]]) -> None:
    view = through_the_task(model)
    step = view.steps["surprise"]
    assert isinstance(step, SurpriseStep)
    step.go.click()
    assert view.wait(PATIENCE)
    assert model[-1] == ["quiet"]
    quiet = found(SAMPLE.stem).told["quiet"]
    assert f"● On a quiet line the same change adds {quiet} minutes." in step.turns.value
    assert f"Run just now, 8 replications: {quiet.pm}." in step.turns.value


def test_the_model_is_asked_for_real() -> None:
    view = card("number")
    step = lock(view)
    step.go.click()
    assert view.wait(PATIENCE)
    assert view.attempt.seen["longer"].answer.mean == pytest.approx(
        found(SAMPLE.stem).told["longer"].answer.mean
    )


def test_the_kernel_stays_free_while_the_model_runs_and_a_run_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = Event()

    def slow(_questions: Any, report: Callable[[Progress], None], stop: Event) -> Any:
        report(Progress(3, 20, 5.0))
        begun.set()
        assert stop.wait(PATIENCE)
        raise BadInput("Stopped before the answer was known; run it again.")

    monkeypatch.setattr(steps, "ask", slow)
    view = card("number")
    step = lock(view)
    step.go.click()
    assert begun.wait(PATIENCE)
    assert step.go.description == "Stop"
    assert "Replication 3 of 20" in step.bar.value
    step.go.click()
    assert view.wait(PATIENCE)
    assert told(step) == words.STOPPED
    assert step.go.description == "Run the week"
    assert not view.attempt.ran


def broken(*_: Any) -> Any:
    raise RuntimeError("the pool broke")


def test_a_run_that_breaks_shows_the_kept_numbers_and_says_so(
    monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    monkeypatch.setattr(steps, "ask", broken)
    view = card("number")
    step = reveal(view)
    assert "predict" in view.attempt.ran
    assert "numbers kept with the lesson" in told(step)
    assert "the pool broke" in log_file.read_text()
    assert "pool broke" not in state_of(view)


def test_a_run_that_breaks_without_kept_numbers_leaves_the_lock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(steps, "ask", broken)
    alone = tmp_path / SAMPLE.name
    alone.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    view = opened(alone).card("number")
    assert isinstance(view, CardView)
    step = reveal(view)
    assert view.attempt.locked
    assert not view.attempt.ran
    assert "did not finish" in told(step)


def test_a_callback_that_breaks_says_a_sentence(monkeypatch: pytest.MonkeyPatch, log_file: Path) -> None:
    view = card("number")
    monkeypatch.setattr(CardView, "take", broken)
    step = lock(view)
    assert told(step).startswith("✕ That did not work. Nothing you locked or wrote is lost")
    assert "RuntimeError" in log_file.read_text()


# --------------------------------------------------------------------------------------------------- the task


@pytest.fixture
def tasked(model: list[list[str]]) -> Callable[[str], TaskStep]:
    assert model == []

    def open_task(card_id: str) -> TaskStep:
        view = card(card_id)
        if view.card.predict:
            reveal(view)
        return task(view)

    return open_task


def test_hints_come_one_by_one_and_the_solution_after_an_attempt(tasked: Callable[[str], TaskStep]) -> None:
    step = tasked("choice")
    assert step.solve.disabled
    for number, hint in enumerate(step.attempt.card.hints, start=1):
        assert hint not in step.hints.value
        assert step.hint.description == f"Hint {number}/3"
        step.hint.click()
        assert hint in step.hints.value
    assert step.hint.disabled
    step.go.click()
    assert "not attempted" in step.verdict.value
    assert step.solve.disabled
    give(step.control, "the time of year")
    step.go.click()
    assert "What else changed?" in step.verdict.value
    step.solve.click()
    assert "How busy the agents are." in step.solution.value
    assert isinstance(step.control, OneOf)
    assert step.control.buttons.disabled


@pytest.mark.parametrize("card_id", ["choice", "ranking", "curve"])
def test_a_check_is_instant(tasked: Callable[[str], TaskStep], card_id: str) -> None:
    step = tasked(card_id)
    answers = {
        "choice": "the colour of the wall",
        "ranking": ("two agents", "three agents", "four agents"),
        "curve": (1, 2, 3),
    }
    give(step.control, answers[card_id])
    started = time.process_time()
    step.go.click()
    assert time.process_time() - started < CHECK_SECONDS
    assert "○ not yet" in step.verdict.value


def test_without_kept_numbers_a_check_says_how_to_get_them(tmp_path: Path, model: list[list[str]]) -> None:
    assert model == []
    alone = tmp_path / SAMPLE.name
    alone.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    view = opened(alone).card("curve")
    assert isinstance(view, CardView)
    reveal(view)
    give(task(view).control, (1, 2, 3))
    task(view).go.click()
    assert "run sim expected --write" in told(task(view))


def plan_task(monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[CardView, TaskStep, PlanLevers]:
    view = card("scenario")
    step = task(view)
    assert isinstance(step.control, PlanLevers)
    if monkeypatch:
        costly = [Estimate(2.0, 0.1, 0.95, 20), Estimate(25_000.0, 10.0, 0.95, 20)]
        monkeypatch.setattr(task_step, "answers", lambda *_, **__: costly)
    return view, step, step.control


def test_a_plan_is_made_with_levers_and_run() -> None:
    view, step, control = plan_task()
    step.go.click()
    assert "Move a lever first" in told(step)
    control.levers["plan.staffing.agents"].box.value = "8"
    step.go.click()
    assert view.wait(PATIENCE)
    assert "✓ met" in step.verdict.value
    assert "to spare" in step.verdict.value
    assert control.levers["plan.staffing.agents"].slider.disabled


def test_a_plan_that_falls_short_says_by_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    view, step, control = plan_task(monkeypatch)
    control.rows["plan.chatbot.hands_over"].control.show(False)
    control.levers["plan.staffing.agents"].box.value = "6"
    step.go.click()
    assert view.wait(PATIENCE)
    assert "Mean wait is 2 minutes, at most 1 asked: 1 short." in step.verdict.value
    assert not step.solve.disabled


def test_a_plan_that_is_stopped_is_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    view, step, control = plan_task()

    def stopped(*_: Any, stop: Event, **__: Any) -> Any:
        assert stop.wait(PATIENCE)
        raise BadInput("Stopped before the answer was known; run it again.")

    monkeypatch.setattr(task_step, "answers", stopped)
    control.levers["plan.staffing.agents"].box.value = "8"
    step.go.click()
    step.go.click()
    assert view.wait(PATIENCE)
    assert (told(step), view.attempt.tries) == (words.STOPPED, ())


def test_a_pasted_code_sets_the_levers() -> None:
    _, step, control = plan_task()
    code = encode(control.scenario.changed({"plan.staffing.agents": 12}), "lean")
    control.code.value = code.lower()
    assert control.levers["plan.staffing.agents"].box.value == "12"
    assert control.given == code
    assert told(step) == f"The levers stand as {code} says."
    control.code.value = "NONSENSE"
    assert told(step).startswith("✕ ")
    assert control.given == code


def test_a_code_of_another_operation_moves_what_the_task_does_not_allow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view, step, control = plan_task(monkeypatch)
    control.code.value = encode(opened_plan("silos", {}), "silos")
    step.go.click()
    assert view.wait(PATIENCE)
    assert "is not a lever of this task" in step.verdict.value
    assert step.solve.disabled


def opened_inside(view: CardView) -> list[w.ToggleButton]:
    """The buttons to look inside that there are."""
    return list(view.inside.buttons.values()) if view.inside else []


def test_look_inside_is_there_after_the_reveal_and_shows_one_lever(model: list[list[str]]) -> None:
    assert model == []
    view = card("number")
    assert not opened_inside(view)
    reveal(view)
    (button,) = opened_inside(view)
    assert button.description == "Look inside: staffing"
    assert "sim/flow" not in state_of(view)
    button.value = True
    assert "sim/flow" in state_of(view)
    button.value = False
    assert view.inside
    assert "kit-gone" in view.inside.lines._dom_classes


def test_only_levers_that_are_explained_can_be_looked_into() -> None:
    assert explained(["staffing", "delight.share", "time_standard", "short_breaks"]) == (
        "plan.staffing.agents",
        "plan.delight.share",
    )
    for name in PATHS:
        for each in found(name).lesson.cards:
            assert all(inside(path).snippets for path in explained(each.levers))


# ------------------------------------------------------------------------------------------------- the lesson


def test_what_was_locked_is_locked_after_a_restart(model: list[list[str]]) -> None:
    assert model == []
    view = opened(remember=True).card("number")
    assert isinstance(view, CardView)
    lock(view, 33)
    again = opened(remember=True).card("number")
    assert isinstance(again, CardView)
    step = predict(again)
    assert (again.attempt.locked["predict"].answer, step.stage) == (33.0, 1)
    assert step.sure.disabled
    assert isinstance(step.control, NumberLine)
    assert step.control.spot.box.value == "33"
    step.go.click()
    assert again.wait(PATIENCE)
    third = opened(remember=True).card("number")
    assert isinstance(third, CardView)
    assert list(third.steps) == ["predict", "observe"]


def test_start_over_puts_the_old_file_aside(kept_in: Path, model: list[list[str]]) -> None:
    assert model == []
    open_lesson = opened(remember=True)
    view, strip = open_lesson.card("direction"), open_lesson.progress()
    assert isinstance(view, CardView)
    reveal(view)
    assert "1 of 2 steps" in repr(strip)
    strip.again.click()
    assert "kit-gone" not in strip.sure._dom_classes
    strip.stay.click()
    assert view.attempt.ran
    strip.again.click()
    strip.sure.click()
    assert "kept as lesson_99_sample-" in strip.line.value
    assert "2. Which way: not begun" in repr(strip)
    assert predict(view).stage == 0
    assert len(list(kept_in.rglob("*until*.jsonl"))) == 1
    lock(view)
    assert len(list(kept_in.rglob("*.jsonl"))) == 2


def test_progress_follows_the_cards(model: list[list[str]]) -> None:
    assert model == []
    open_lesson = opened()
    strip = open_lesson.progress()
    view = open_lesson.card("direction")
    assert isinstance(view, CardView)
    assert "0 of 6 cards done." in strip.cells.value
    reveal(view)
    why = view.steps["explain"]
    assert isinstance(why, WhyStep)
    why.box.value = "Because."
    why.keep.click()
    assert view.done
    assert "1 of 6 cards done." in strip.cells.value
    assert "✓ 2 Which way" in strip.cells.value
    assert isinstance(strip, Strip)


def test_a_card_is_the_same_wherever_it_is_shown() -> None:
    open_lesson = opened()
    assert open_lesson.card("number") is open_lesson.card("number")


@pytest.mark.parametrize("name", ["9x", "", "nope.yaml", "../..", 7])
def test_a_lesson_that_cannot_be_opened_says_so_wherever_it_is_asked(name: Any) -> None:
    none = lesson(name)
    assert isinstance(none, NoLesson)
    for shown in (none.card("nope"), none.progress(), none.say("{x}"), none):
        assert repr(shown)
        assert "Traceback" not in repr(shown)
    assert none.told == {}
    assert '<p role="status">✕ ' in none.card("nope")._repr_html_()


def test_a_card_that_is_not_there_says_which_are() -> None:
    missing = opened().card("numbre")
    assert isinstance(missing, Sentence)
    assert "nearest is number" in missing.said


def test_a_card_that_breaks_says_a_sentence(monkeypatch: pytest.MonkeyPatch, log_file: Path) -> None:
    monkeypatch.setattr("sim.views.card.lessons.CardView", broken)
    assert "could not be opened" in repr(opened().card("number"))
    assert "the pool broke" in log_file.read_text()


def test_what_cannot_be_kept_is_shown_all_the_same(kept_in: Path) -> None:
    kept_in.write_text("a file where a folder belongs")
    view = opened(remember=True).card("number")
    assert isinstance(view, CardView)
    step = lock(view)
    assert "this lasts as long as the page" in told(step)
    assert (step.stage, step.go.description) == (1, "Run the week")


def test_say_quotes_the_kept_numbers() -> None:
    open_lesson = opened()
    told_number = open_lesson.told["longer"]
    assert open_lesson.say("It grew by {longer.pm} %.")._repr_markdown_() == f"It grew by {told_number.pm} %."
    assert "no question has this name" in repr(open_lesson.say("{nothing}"))


def test_without_its_module_of_numbers_a_lesson_still_opens(tmp_path: Path) -> None:
    alone = tmp_path / SAMPLE.name
    alone.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert opened(alone).told == {}
    assert "run sim expected --write" in repr(opened(alone).say("{longer}"))


def test_a_saved_card_reads_as_a_student_reads_it() -> None:
    bundle = card("number")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "**Predict.** 4 agents answer this line." in bundle["text/plain"]
    assert "Run this cell" in bundle["text/html"]


# ------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("answer", "said"),
    [(25.0, "59 points short"), (96.0, "12 points over"), (80.0, words.INSIDE), (83.0, "1 point short")],
)
def test_gaps_are_said_in_points(answer: float, said: str) -> None:
    asked = Asked(ask="?", kind="number", low=0, high=200, unit="%", answer="x")
    middle = 96.0 - 12 if answer == 96.0 else 84.0
    around = 5.0 if answer == 80.0 else 0.5
    question = Question(measure="wait_mean", after={"staffing": 3}, form="percent")
    number = Told(question, Estimate(middle, around, 0.95, 20))
    assert words.gap(asked, answer, Truth((middle,), (around,)), [number]) == said


def test_other_units_are_named() -> None:
    asked = Asked(ask="?", kind="number", low=0, high=20, unit="min", answer="x")
    number = Told(Question(measure="wait_mean"), Estimate(2.5, 0.1, 0.95, 20))
    assert words.gap(asked, 4.0, Truth((2.5,), (0.1,)), [number]) == "1.50 min over"


@pytest.mark.parametrize(
    ("over", "label"),
    [(["week"], "Run the week"), (["week", "year"], "Run the year"), (["two years"], "Run two years")],
)
def test_the_button_says_what_is_run(over: list[Any], label: str) -> None:
    assert words.run_label([Question(measure="promise_kept", over=each) for each in over]) == label


@pytest.mark.parametrize(
    ("low", "high"), [(0, 150), (-100, 100), (0, 1), (3, 4.5), (0, 400), (95, 100), (0, 50_000)]
)
def test_ticks_are_round_and_few(low: float, high: float) -> None:
    ticks = Axis(low, high, 0, 500).ticks()
    assert 2 <= len(ticks) <= 6
    assert low <= ticks[0]
    assert ticks[-1] <= high


@pytest.mark.parametrize("you", [0, 2, 50, 96, 98, 100, 140, 150])
@pytest.mark.parametrize("model_at", [0, 1, 96, 150, 400])
def test_names_on_a_scale_neither_touch_nor_leave_it(you: float, model_at: float) -> None:
    axis = Axis(0, 150, 16, WIDTH - 16)
    mine, theirs = f"you {you} %", f"model {model_at} %"
    left, right = side_by_side((axis.at(you), mine), (axis.at(model_at), theirs))
    ends = sorted([(left, left + width_of(mine)), (right, right + width_of(theirs))])
    assert ends[0][1] < ends[1][0]
    assert ends[0][0] >= 0
    assert ends[1][1] <= WIDTH + 0.01


def test_every_picture_says_the_same_in_words() -> None:
    asked = predict(card("number")).prediction
    shown = scale_html(asked, 25.0, Model(96, 12, "96", "84 to 108"), "59 points short")
    hidden = re.findall(r'<p class="kit-hidden">(.*?)</p>', shown)
    assert hidden == [
        "A line from 0 to 400 %, change in the average wait. You: 25 %. The model: 96 %, interval 84 to 108. "
        "59 points short."
    ]
    curve = predict(card("curve")).prediction
    drawn = curve_html(curve, [1.0, None, None])
    assert "at 2: you 1; at 3: not given yet" in drawn


def test_everything_to_type_or_choose_has_a_name(model: list[list[str]]) -> None:
    assert model == []
    for card_id in (*ANSWERS, "scenario"):
        view = card(card_id)
        inputs = [
            each
            for each in every_widget(view.widget)
            if isinstance(each, w.Text | w.FloatSlider | w.ToggleButtons)
        ]
        assert inputs
        assert all(each.description for each in inputs)


def test_the_finding_can_be_seen_on_the_panels() -> None:
    """Once it is revealed, and not before: pictures with what they say, of the plans the finding is about."""
    lesson = found("lesson_01_invisible_when_it_works").lesson
    questions = {name: each.model_copy(update={"replications": 2}) for name, each in lesson.questions.items()}
    source = spoken(lesson.card("01-fewer"), found("lesson_01_invisible_when_it_works").told)
    numbers = found("lesson_01_invisible_when_it_works").told
    view = CardView(source, Attempt(source), questions, lambda: numbers)
    assert "panels" not in view.steps
    view.take(view.attempt.lock("25", "fairly", datetime(2026, 3, 2, 10, 42, tzinfo=UTC)).reveal(numbers))
    panels = view.steps["panels"]
    assert isinstance(panels, PanelsStep)
    panels.go.click()
    assert view.wait(PATIENCE)
    assert re.findall(r'alt="(\w+)', panels.pictures.value)[:2] == ["Waiting", "Consistency"]
    assert "kit-gone" in panels.go._dom_classes


def test_a_card_that_would_tell_anothers_answer_waits_for_it() -> None:
    """Nothing of it is in the page until the other is done; starting over closes it again."""
    book = OpenLesson(
        PATHS["lesson_00_your_first_shift"], found("lesson_00_your_first_shift").lesson, diary.Diary(None)
    )
    first, later = book.card("00-when"), book.card("00-again")
    assert isinstance(first, CardView)
    assert isinstance(later, CardView)
    assert repr(later) == "Predict again. This card opens when “When is the wait longest?” is done."
    assert "lunch break" not in state_of(later)
    attempt = first.attempt.lock("10:30", "fairly", datetime(2026, 3, 2, 10, 42, tzinfo=UTC)).reveal(
        book.told
    )
    first.take(attempt.observe("longer", book.told).explain("Hands were at lunch."))
    assert "lunch break" in state_of(later)
    book.start_over()
    assert "lunch break" not in state_of(later)
