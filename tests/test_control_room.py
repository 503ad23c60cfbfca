"""Does the control room answer every move, refuse nonsense in a sentence, and lose neither a run nor an error?"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import ipywidgets as w
import pytest
from engines import compiled, needs_numba
from hypothesis import given
from hypothesis import strategies as st
from rooms import PATIENCE, closing, overheard, private_log, run_here, settled

from sim import LEVERS, BadInput, Scenario, compare, load, named, names
from sim.flow import choice
from sim.scenario import fields, in_industry, industries
from sim.scenario.code_alphabet import LETTERS, carried, with_checks
from sim.scenario.codes import decode, encode
from sim.scenario.files import text_of
from sim.views import looks
from sim.views.room import ControlRoom, control_room, files, runner, style, words
from sim.views.room import log as room_log
from sim.views.room.dial import dial_of, lever_dial, plain
from sim.views.room.drawer import PATHS, PROMISE, choices_of
from sim.views.room.foot import Foot
from sim.views.room.gallery import VIEWS
from sim.views.room.runs import Found
from sim.views.room.worlds import FACTORS, INDEX, ISSUES, OUTAGE_TIMES, Choice, average_day, open_days
from sim.views.serving import voila_command, voila_environment
from sim.views.sheet import report_html
from sim.views.still import ROWS, Still

SMALL = Scenario().changed(
    {"name": "small", "title": "Small", ISSUES: 20, "plan.staffing.agents": 2, "plan.staffing.specialists": 1}
)
FEW = 4
STAFFING = LEVERS["staffing"]
Open = Callable[..., ControlRoom]


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Details go to a folder of the test's, not to the user's."""
    with private_log(tmp_path, monkeypatch) as file:
        yield file


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens rooms on a small operation, in which no season is lived through, and closes them in the end."""
    with closing() as rooms:

        def open_room(now: Any = SMALL, plan: Any = None, replications: int = FEW) -> ControlRoom:
            rooms.append(control_room(now, plan, replications=replications, seasons=0))
            return rooms[-1]

        yield open_room


def type_in(box: w.Text, typed: str) -> None:
    """Type as the browser does: what is the same as before is no change."""
    box.value = typed


# ------------------------------------------------------------------------------------ what is shown


def test_before_the_first_run_the_panels_show_axes_and_words(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner.Runner, "start", lambda *_: None)
    room = opened()
    assert room.found is None
    week = room.board.pages["week"]
    for name in VIEWS["week"]:
        assert "not run yet" in week.titles[name].value
        assert 'src="data:image/png;base64,' in week.pictures[name].value
    assert words.FIRST in room.board.below.value


def test_the_page_ends_with_the_numbers_that_compare_gives(opened: Open) -> None:
    plan = SMALL.changed(STAFFING, 3)
    found = settled(opened(SMALL, plan))
    expected = compare(SMALL, plan, FEW, workers=1)
    assert (found.state, found.done, found.glance) == ("finished", FEW, False)
    for name in ("promise_kept", "wait_mean", "cost_per_resolved_issue"):
        assert found.now.values(name) == expected.before.values(name)
        assert found.plan.values(name) == expected.after.values(name)


def test_a_first_look_comes_before_whole_weeks_which_arrive_one_by_one(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(monkeypatch)
    told = overheard(monkeypatch)
    settled(opened(SMALL, SMALL.changed(STAFFING, 3)))
    assert told[0].glance
    assert len(told[0].now.summaries) == len(told[0].plan.summaries) == 1
    weeks = [found.done for found in told if not found.glance]
    assert not any(found.glance for found in told[-len(weeks) :])
    assert weeks == [*range(1, FEW + 1), FEW]


def test_every_picture_has_words_for_those_who_do_not_see_it(opened: Open) -> None:
    room = opened(SMALL, SMALL.changed(STAFFING, 3))
    settled(room)
    week = room.board.pages["week"]
    for name in VIEWS["week"]:
        shown = week.pictures[name].value
        assert re.search(r'<img [^>]*alt="[^"]{10,}"', shown)
        assert len(re.sub("<.*?>", "", week.titles[name].value)) <= looks.TITLE_LIMIT
    filled = [name for name, picture in week.pictures.items() if '<th scope="row">' in picture.value]
    assert filled == ["waiting", "consistency", "cost"], "and no table of loyalty without a season"


def test_the_same_plan_is_called_the_same(opened: Open) -> None:
    room = opened()
    settled(room)
    assert "The plan is the same as now" in room.board.headline.value
    assert "plan: same as now" in room.chips.value
    assert room.foot.keep.disabled


def test_everything_to_type_or_slide_has_a_name(opened: Open) -> None:
    room = opened()
    found = [each for each in every_widget(room.widget) if isinstance(each, w.Text | w.FloatSlider)]
    assert len(found) > 2 * len(LEVERS)
    assert all(each.description for each in found)


def every_widget(root: w.Widget) -> Iterator[w.Widget]:
    yield root
    for child in getattr(root, "children", ()):
        yield from every_widget(child)


# ------------------------------------------------------------------------------------------- levers


@pytest.mark.parametrize("name", LEVERS)
def test_slider_and_box_move_the_plan_and_each_other(opened: Open, name: str) -> None:
    room = opened()
    lever = room.levers[name]
    lever.slider.value = lever.slider.min + 3 * lever.slider.step
    assert lever.box.value == plain(lever.slider.value)
    assert lever.dial.shown(room.choice.plan.value(LEVERS[name])) == lever.slider.value
    before = settled(room)
    type_in(lever.box, plain(lever.slider.min + 5 * lever.slider.step))
    assert lever.slider.value == lever.slider.min + 5 * lever.slider.step
    assert lever.dial.shown(room.choice.plan.value(LEVERS[name])) == lever.slider.value
    assert settled(room).plan.scenario != before.plan.scenario
    assert room.choice.now == SMALL


@pytest.mark.parametrize(
    ("typed", "set_to", "sentence"),
    [
        ("25", "10", "✕ 25 agents is outside 1 to 10. Set to 10."),
        ("0", "1", "✕ 0 agents is outside 1 to 10. Set to 1."),
        ("-3", "1", "✕ −3 agents is outside 1 to 10. Set to 1."),
        ("7.6", "8", "✕ 7.6 agents: whole numbers only. Set to 8."),
        ("", "2", "✕ The box was empty. Kept at 2."),
        ("nine", "2", "✕ “nine” is not a number. Kept at 2."),
        ("nan", "2", "✕ “nan” is not a number. Kept at 2."),
        ("1e9", "10", "✕ 1,000,000,000 agents is outside 1 to 10. Set to 10."),
        (" 5 ", "5", ""),
        ("6.0", "6", ""),
    ],
)
def test_what_is_typed_is_answered(opened: Open, typed: str, set_to: str, sentence: str) -> None:
    room = opened()
    lever = room.levers["staffing"]
    type_in(lever.box, typed)
    assert (lever.box.value, lever.sentence) == (set_to, sentence)
    assert room.choice.plan.value(STAFFING) == int(set_to) == lever.slider.value
    assert (sentence or fields()[STAFFING].help) in lever.widget.children[-1].value


def test_a_sentence_goes_when_another_lever_moves(opened: Open) -> None:
    room = opened()
    type_in(room.levers["staffing"].box, "25")
    type_in(room.levers["chatbot"].box, "140")
    assert room.levers["staffing"].sentence == ""
    assert room.levers["chatbot"].sentence == "✕ 140 % is outside 0 to 100. Set to 100."


def test_what_two_fields_together_forbid_is_refused_and_nothing_moves(opened: Open) -> None:
    room = opened()
    row = room.drawer.rows["plan.staffing.specialists"]
    type_in(row.control.widget, "0")
    assert "Specialists: 0 is too few" in row.sentence
    assert row.control.widget.value == "1"
    assert room.choice.plan == SMALL


@given(
    typed=st.text(max_size=20) | st.floats().map(str) | st.integers().map(str),
    name=st.sampled_from([*LEVERS]),
)
def test_whatever_is_typed_a_lever_stays_in_its_range(typed: str, name: str) -> None:
    facts = fields()[LEVERS[name]]
    dial = lever_dial(facts, facts.default)
    reading = dial.read(typed, facts.default)
    assert dial.low <= dial.shown(reading.value) <= dial.high
    assert not reading.sentence or re.fullmatch(r"✕ .*(Set to|Kept at) \S+\.", reading.sentence, re.DOTALL)
    Scenario().changed(LEVERS[name], reading.value)


@given(now=st.integers(0, 2000), plan=st.integers(0, 2000))
def test_a_staffing_lever_fits_operations_of_any_size(now: int, plan: int) -> None:
    dial = lever_dial(fields()[STAFFING], now, plan)
    assert dial.low <= min(now, plan) <= max(now, plan) <= dial.high <= 2000
    assert dial.high <= 10 or dial.high <= 2.5 * max(now, plan) + 1
    assert 0 <= dial.place_of(now) <= 100


@pytest.mark.parametrize(
    "path", [*LEVERS.values(), *(p for p in PATHS if isinstance(fields()[p].default, float))]
)
def test_a_number_shown_is_read_back_as_it_was(path: str) -> None:
    dial = dial_of(fields()[path])
    for value in (fields()[path].default, dial.value(min(max(dial.low, 1), dial.high))):
        assert dial.read(dial.text(value), -1).value == pytest.approx(value, abs=1e-6)


def test_moves_of_one_lever_in_a_row_are_one_step_to_undo(opened: Open) -> None:
    room = opened()
    for agents in (3, 4, 5):
        room.levers["staffing"].slider.value = agents
    room.levers["chatbot"].slider.value = 60
    room.foot.undo.click()
    assert room.choice.plan.value(STAFFING) == 5
    room.foot.undo.click()
    assert room.choice.plan == SMALL
    assert room.levers["staffing"].slider.value == 2
    assert room.foot.undo.disabled


def test_a_kept_plan_becomes_now_and_can_be_taken_back(opened: Open) -> None:
    room = opened()
    room.levers["staffing"].slider.value = 4
    room.foot.keep.click()
    assert room.choice.now.value(STAFFING) == 4
    assert room.choice.now.title == "Small, as kept"
    assert "now 4" in room.levers["staffing"].widget.children[0].children[1].value
    room.foot.undo.click()
    assert (room.choice.now.value(STAFFING), room.choice.plan.value(STAFFING)) == (2, 4)


# ------------------------------------------------------------------------------------------- drawer


NOT_IN_THE_DRAWER = {
    "plan.hours.": "seven pairs of times, which belong to the operation: its scenario file has them",
    "plan.staffing.shift_minutes": "the roster is drawn up in the scenario file; here people are counted",
    "plan.staffing.lunch_minutes": "the same",
    "plan.staffing.short_breaks": "the same",
    "plan.staffing.short_break_minutes": "the same",
    "plan.staffing.curve": "a table, not a number",
    "plan.outsourcing.agents": "follows from the lever's share where it is left empty",
    "plan.promise.answer_target": "of the service level, which the room does not show",
    "plan.promise.service_level_definition": "the same",
}


def test_the_drawer_holds_every_choice_of_the_plan_but_the_levers_and_what_is_left_out_for_a_reason() -> None:
    choices = [path for path, facts in fields().items() if facts.side == "plan"]
    left_out = {path for path in choices if path.startswith(tuple(NOT_IN_THE_DRAWER))}
    assert {*choices} - {*PATHS} == left_out | {*LEVERS.values()}
    assert not left_out & {*PATHS}
    assert len({*PATHS}) == len(PATHS)


def test_every_choice_of_the_drawer_can_be_made(opened: Open) -> None:
    room = opened()
    for path, row in room.drawer.rows.items():
        before = room.choice.plan.value(path)
        change(row.control.widget, path, before)
        assert room.choice.plan.value(path) != before, path
        assert row.sentence == "", path
    assert room.drawer.button.description == f"▸ Policy drawer: {len(PATHS)} of {len(PATHS)} changed"


def change(control: w.Widget, path: str, before: Any) -> None:
    """Set a control of the drawer to something else."""
    if isinstance(control, w.Text):
        dial = dial_of(fields()[path])
        near = (dial.shown(before) + 1, dial.shown(before) - 1, dial.low)
        type_in(control, plain(next(number for number in near if dial.low <= number <= dial.high)))
    elif isinstance(control, w.ToggleButtons):
        control.value = next(option for option in control.options if option != control.value)
    else:
        control.children[0].value = not control.children[0].value


def test_choices_are_those_of_the_scenario() -> None:
    assert choices_of("plan.outsourcing.vendor") == ("cost", "quality")
    assert choices_of("plan.chatbot.types") == ("simple", "standard", "complex", "complaint")


def test_both_sides_are_held_to_the_plans_promise() -> None:
    plan = SMALL.changed({"plan.promise.answer_within": 5, "plan.promise.bar": 0.5})
    now, then = Choice(SMALL, plan).worlds()
    for path in PROMISE:
        assert now.value(path) == then.value(path) == plan.value(path)
    assert now.value(STAFFING) == SMALL.value(STAFFING)


def test_the_open_drawer_is_marked_on_the_page(opened: Open) -> None:
    room = opened()
    room.drawer.button.value = True
    assert "kit-drawer-open" in room.page._dom_classes
    assert room.drawer.button.description.startswith("▾")
    room.drawer.button.value = False
    assert "kit-drawer-open" not in room.page._dom_classes


# ------------------------------------------------------------------------------------------- demand


@pytest.mark.parametrize("demand", FACTORS)
def test_demand_is_the_same_for_now_and_plan(demand: str) -> None:
    now, plan = Choice(SMALL, SMALL.changed(STAFFING, 3), demand).worlds()
    assert now.assumptions == plan.assumptions
    assert now.value(ISSUES) == pytest.approx(SMALL.value(ISSUES) * FACTORS[demand])


def test_an_outage_strikes_one_open_day() -> None:
    saturdays = SMALL.changed({f"plan.hours.{day}": None for day in ("monday", "tuesday", "wednesday")})
    for scenario in (SMALL, saturdays):
        struck, _ = Choice(scenario, scenario, "Outage").worlds()
        ratios = [new / old for new, old in zip(struck.value(INDEX), scenario.value(INDEX), strict=True)]
        days = [at for at, ratio in enumerate(ratios) if ratio == pytest.approx(OUTAGE_TIMES)]
        assert len(days) == 1
        assert days[0] in open_days(scenario)


def test_the_demand_buttons_run_both_sides_again(opened: Open) -> None:
    room = opened()
    room.demand.buttons.value = "Busy"
    assert settled(room).now.scenario.value(ISSUES) == pytest.approx(1.2 * SMALL.value(ISSUES))
    assert "24 issues a day" in room.demand.widget.children[-1].value
    room.foot.undo.click()
    assert room.demand.buttons.value == "Usual"


def test_a_first_look_takes_one_day_with_its_own_rows() -> None:
    rows = tuple((float(day), 1.0) for day in range(1, 6))
    week = SMALL.changed({"assumptions.demand.intraday": rows, "plan.staffing.curve": ((1.0,),) * 5})
    day = average_day(week)
    (kept,) = open_days(day)
    assert day.value("assumptions.demand.intraday") == (rows[kept],)
    assert len(day.value("plan.staffing.curve")) == 1
    index = week.value(INDEX)
    assert day.value(INDEX)[kept] == pytest.approx(sum(index[:5]) / 5)


# --------------------------------------------------------------------------------------------- runs


def test_a_newer_move_ends_the_older_run(opened: Open) -> None:
    room = opened(replications=6)
    for agents in (3, 4, 5, 6):
        room.levers["staffing"].slider.value = agents
    found = settled(room)
    assert found.plan.scenario.value(STAFFING) == 6
    assert found.done == 6


def test_a_late_answer_of_an_older_run_is_not_shown(opened: Open) -> None:
    room = opened()
    late = settled(room)
    room.levers["staffing"].slider.value = 5
    newer = settled(room)
    shown = room.board.headline.value, room.foot.progress.value
    room._tell(late)
    assert room.found is newer
    assert (room.board.headline.value, room.foot.progress.value) == shown


def test_while_a_lever_is_dragged_first_looks_follow(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened()
    before = settled(room)
    monkeypatch.setattr(runner.Runner, "_run", lambda _runner, job: job.ended.set())
    for agents in (4, 5, 6):
        room.levers["staffing"].slider.value = agents
    newest = room._runner.newest
    look = replace(before, run=newest - 1, glance=True, state="running")
    room._tell(look)
    assert room.found is look
    assert "redrawing" in room.board.waiting.value
    room._tell(replace(look, run=newest - 2))
    room._tell(replace(look, glance=False))
    assert room.found is look
    room._tell(replace(look, run=newest))
    assert room.board.waiting.value == ""


def test_stop_keeps_what_is_finished_and_the_run_can_go_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(replications=10)
    one_in = Event()
    tell = room._runner._tell

    def stop_at_the_first(found: Found) -> None:
        tell(found)
        if found.done and not one_in.is_set():
            one_in.set()
            room.foot.run.click()

    monkeypatch.setattr(room._runner, "_tell", stop_at_the_first)
    room.levers["staffing"].slider.value = 3
    found = settled(room)
    assert one_in.is_set()
    assert found.state == "stopped"
    assert 1 <= found.done < 10
    assert f"Stopped at {found.done} of 10." in room.foot.progress.value
    assert words.WIDE in room.foot.line.value
    assert room.foot.run.description == "Go on"
    room.foot.run.click()
    assert settled(room).done == 10
    room.foot.run.click()
    assert settled(room).done == 30


def test_stop_at_once_leaves_a_first_look(opened: Open) -> None:
    room = opened(replications=10)
    settled(room)
    with room._lock:
        room.levers["staffing"].slider.value = 4
        room.foot.run.click()
    found = settled(room)
    assert found.glance
    assert found.plan.scenario.value(STAFFING) == 4
    assert "Stopped at 0 of 10." in room.foot.progress.value
    assert room.board.waiting.value == ""


def test_what_was_run_is_not_run_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened(SMALL, SMALL.changed(STAFFING, 3))
    first = settled(room)
    monkeypatch.setattr(runner, "executor", lambda _workers: pytest.fail("it ran again"))
    room.levers["staffing"].slider.value = 2
    room.foot.undo.click()
    again = settled(room)
    assert again.plan.values("wait_mean") == first.plan.values("wait_mean")
    assert again.state == "finished"


def test_a_broken_run_is_told_and_logged_and_the_plan_is_kept(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    room = opened()
    settled(room)

    def broken(_workers: int) -> Any:
        raise RuntimeError("no more memory on board")

    with monkeypatch.context() as patch:
        patch.setattr(runner, "executor", broken)
        room.levers["staffing"].slider.value = 5
        assert room.wait(PATIENCE)
    assert "That run did not finish. Your plan is kept." in room.foot.line.value
    assert room.choice.plan.value(STAFFING) == 5
    assert "no more memory on board" in log_file.read_text()
    assert "RuntimeError" not in room.foot.line.value
    assert room.foot.run.description == "Go on"
    room.foot.run.click()
    assert (settled(room).state, settled(room).done) == ("finished", FEW)


def test_an_error_in_a_callback_is_told_and_logged(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    room = opened()

    def broken(*_: Any) -> str:
        raise RuntimeError("a wire came loose")

    monkeypatch.setattr(words, "chips", broken)
    room.levers["staffing"].slider.value = 5
    assert "That did not work. Your plan is kept" in room.foot.line.value
    assert "a wire came loose" in log_file.read_text()


def test_a_log_that_cannot_be_written_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(room_log, "log_file", lambda: tmp_path / "file" / "below" / "log")
    room_log.log.cache_clear()
    room_log.log().error("nobody reads this")


def test_nothing_is_printed(opened: Open, capfd: pytest.CaptureFixture[str]) -> None:
    room = opened()
    type_in(room.levers["staffing"].box, "25")
    room.demand.buttons.value = "Outage"
    room.foot.undo.click()
    settled(room)
    room.close()
    assert capfd.readouterr() == ("", "")


def test_moves_from_many_threads_end_with_what_the_levers_say(opened: Open) -> None:
    room = opened()

    def pull(name: str) -> None:
        lever = room.levers[name]
        for step in (5, 2, 7, 3, 6):
            lever.slider.value = lever.slider.min + step * lever.slider.step

    with ThreadPoolExecutor(len(LEVERS)) as threads:
        list(threads.map(pull, LEVERS))
    found = settled(room)
    for name, lever in room.levers.items():
        assert lever.dial.shown(room.choice.plan.value(LEVERS[name])) == lever.slider.value
    assert found.plan.scenario.plan == room.choice.plan.plan


# -------------------------------------------------------------------------------- opening and saving


def test_a_room_opens_on_scenarios_names_and_files(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text_of(SMALL.changed(STAFFING, 7)), encoding="utf-8")
    assert opened(path).choice.now.value(STAFFING) == 7
    room = opened("today", "lean")
    assert room.choice.plan.value(STAFFING) == named("lean").value(STAFFING)
    assert "plan: Lean" in room.chips.value


def test_a_scenario_is_opened_in_another_industry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.opened("today@bank").assumptions == in_industry(named("today"), "bank").assumptions
    assert [files.opened(name).title for name in files.elsewhere()] == [
        in_industry(named("today"), name).title for name in industries()
    ]
    monkeypatch.chdir(tmp_path)
    Path("lean@bank").write_text(text_of(SMALL), encoding="utf-8")
    assert files.opened("lean@bank") == SMALL, "a file of that name goes first"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("replications", 0, "✕ 0 replications is outside 1 to 5000. Set to 1."),
        ("replications", 9999, "✕ 9999 replications is outside 1 to 5000. Set to 5000."),
        ("view", "year", "✕ year is not one of week, months, journey. Set to week."),
    ],
)
def test_a_room_opened_with_nonsense_says_what_it_does_instead(
    name: str, value: Any, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner.Runner, "start", lambda *_: None)
    room = control_room(SMALL, **{name: value})
    assert sentence in room.foot.line.value
    assert room.menu.views.value == "Week"


def test_a_room_that_cannot_open_says_so_and_opens_today(opened: Open, tmp_path: Path) -> None:
    room = opened("tody")
    assert "tody: no scenario has this name; nearest is today." in room.foot.line.value
    assert room.choice.now == named("today")
    assert "could not be read" in opened(tmp_path / "none.yaml").foot.line.value


def test_an_imported_operation_of_28_agents_has_room_to_move(opened: Open) -> None:
    room = opened(SMALL.changed(STAFFING, 28))
    assert room.levers["staffing"].slider.max >= 56
    room.levers["staffing"].slider.value = 40
    assert room.choice.plan.value(STAFFING) == 40


def test_save_writes_a_plan_and_never_over_another(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    room = opened()
    room.levers["staffing"].slider.value = 4
    room.demand.buttons.value = "Busy"
    room.menu.name.value = "Friday plan"
    save = room.menu.panels["Save"].children[0].children[1].children[1]
    save.click()
    save.click()
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == ["Friday plan-2.yaml", "Friday plan.yaml"]
    back = load(tmp_path / "Friday plan.yaml")
    assert back.plan == room.choice.plan.plan
    assert back.assumptions == SMALL.assumptions
    assert f"Friday plan-2.yaml in {tmp_path}" in room.menu.said["Save"].value


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "con:", "x" * 61, ".yaml", "a\nb"])
def test_a_name_that_is_no_file_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^(No name|“).*such as my-plan"):
        files.saved(SMALL, name, tmp_path)
    assert not list(tmp_path.iterdir())


@given(name=st.text(min_size=1, max_size=70))
def test_any_name_is_saved_or_refused_in_a_sentence(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("saved")
    try:
        path = files.saved(SMALL, name, folder)
    except BadInput:
        assert not list(folder.iterdir())
    else:
        assert load(path).plan == SMALL.plan


def test_load_opens_a_plan_in_the_world_of_now(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = SMALL.changed({STAFFING: 6, "assumptions.handling.talk_mean": 9, "title": "Other"})
    (tmp_path / "other.yaml").write_text(text_of(other), encoding="utf-8")
    room = opened()
    room.menu.open("Load")
    assert set(room.menu.source.options) == {*names(), *files.elsewhere(), "other.yaml"}
    room.menu.source.value = "other.yaml"
    room.menu.open_as_plan.click()
    assert room.choice.plan.value(STAFFING) == 6
    assert room.choice.plan.assumptions == SMALL.assumptions
    assert "Opened Other" in room.menu.said["Load"].value
    room.menu.open_as_now.click()
    assert room.choice.now.assumptions == other.assumptions
    assert room.choice.plan == room.choice.now
    room.foot.undo.click()
    assert room.choice.now == SMALL


TEN = encode(named("today").changed(STAFFING, 10))


def code_shown(room: ControlRoom) -> str:
    """The decision code in the foot; empty where there is none."""
    return "".join(re.findall(r'aria-label="Decision code of the plan">([^<]*)<', room.foot.code.value))


def test_the_foot_shows_the_code_of_the_plan_which_opens_it_again(opened: Open) -> None:
    room = opened("today")
    assert decode(code_shown(room)).scenario.plan == named("today").plan
    room.levers["staffing"].slider.value = 10
    assert code_shown(room) == TEN
    room.levers["chatbot"].slider.value = 60
    both = code_shown(room)
    room.foot.undo.click()
    assert code_shown(room) == TEN
    room.menu.source.value = both.lower()
    room.menu.open_as_plan.click()
    assert f"Opened Plan {both}." in room.menu.said["Load"].value
    assert room.choice.plan.value(LEVERS["chatbot"]) == 0.6
    assert code_shown(room) == both
    assert f"plan: Plan {both}" in room.chips.value


def test_an_operation_of_ones_own_has_no_code_and_says_why(opened: Open) -> None:
    room = opened(SMALL)
    assert code_shown(room) == ""
    assert words.NO_CODE in room.foot.code.value


def test_a_code_too_long_for_its_line_is_not_shown(opened: Open) -> None:
    many = {path: 1 / 3 for path in PATHS if isinstance(fields()[path].default, float)}
    fine = {path: value for path, value in many.items() if (fields()[path].low or 0) <= value}
    room = opened("today", named("today").changed(fine | {"plan.recovery.fix_hours": 24}))
    assert code_shown(room) == ""
    assert words.LONG_CODE in room.foot.code.value


def test_a_room_opens_on_codes_and_tells_what_other_numbers_made(opened: Open) -> None:
    room = opened("today", TEN)
    assert room.choice.plan.value(STAFFING) == 10
    first, mark, *content = carried(TEN.replace("-", ""))
    other = with_checks([first, (mark + 1) % len(LETTERS), *content])
    room.menu.source.value = other
    room.menu.open_as_plan.click()
    assert "Made with another version of Today" in room.menu.said["Load"].value
    assert "Made with another version of Today" in opened("today", other).foot.line.value


def test_a_file_named_like_a_code_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("MYHQ-33YD.yaml").write_text(text_of(SMALL), encoding="utf-8")
    assert files.opened("MYHQ-33YD") == SMALL


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "No name was given"),
        ("MYHQ-33DY", "MYHQ-33DY does not hold together"),
        ("MYHQ-33Y", "group 2 has 3"),
        ("MYHQ-" * 99 + "33YD", "does not hold together"),
        ("x" * 400, "no scenario has this name"),
        ("leen", "nearest is lean"),
        ("none.yaml", "none.yaml: could not be read"),
        ("today@moon", "no industry has this name"),
        ("leen@bank", "nearest is lean"),
    ],
)
def test_load_says_what_it_could_not_open(opened: Open, name: str, sentence: str) -> None:
    room = opened()
    room.menu.source.value = name
    room.menu.open_as_plan.click()
    assert sentence in room.menu.said["Load"].value
    assert room.choice.plan == SMALL


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "mine.yaml: is not UTF-8 text"),
        (b"kit: 1\nplan:\n  staffing: {agents: many}\n", "mine.yaml: Staffing"),
        (b"x" * 1_000_001, "mine.yaml: the file is larger than 1 MB"),
        (b"- 1", "mine.yaml: holds no scenario"),
    ],
)
def test_an_upload_that_is_no_scenario_is_told_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=re.escape(sentence)):
        files.uploaded("mine.yaml", content)


def test_an_upload_is_opened_by_its_name(opened: Open) -> None:
    room = opened()
    content = text_of(SMALL.changed(STAFFING, 5)).encode()
    room.menu._chosen({"new": ({"name": "mine.yaml", "content": memoryview(content)},)})
    assert "mine.yaml is ready" in room.menu.said["Load"].value
    room.menu.open_as_plan.click()
    assert room.choice.plan.value(STAFFING) == 5


def test_one_sheet_of_the_menu_is_open_at_a_time(opened: Open) -> None:
    menu = opened().menu

    def shown() -> list[str]:
        return [name for name, sheet in menu.panels.items() if "kit-gone" not in sheet._dom_classes]

    assert shown() == []
    for name in menu.panels:
        menu.buttons[name].click()
        assert shown() == [name]
    menu.buttons["Help"].click()
    assert shown() == []


def test_a_plan_for_other_days_is_refused_in_a_sentence(opened: Open) -> None:
    rows = tuple((1.0, float(day)) for day in range(5))
    now = SMALL.changed("assumptions.demand.intraday", rows)
    plan = SMALL.changed("plan.hours.friday", None)
    room = opened(now, plan)
    assert "5 rows for 4 open days" in room.foot.line.value
    assert room.choice.plan == now
    with pytest.raises(BadInput):
        room._open_as_plan(plan)
    assert room.choice.plan == now


def test_a_report_waits_for_whole_weeks(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runner.Runner, "start", lambda *_: None)
    room = opened()
    room.foot.report.click()
    assert "no whole weeks to report yet" in room.foot.line.value
    assert not list(tmp_path.glob("*.html"))


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^page\.html: could not be written"):
        files.written("page", tmp_path / "nowhere", "page", ".html")


# ---------------------------------------------------------------------------------- what stays behind


def test_a_still_says_what_the_page_says(opened: Open) -> None:
    room = opened(SMALL, SMALL.changed(STAFFING, 3))
    still = room.still(PATIENCE)
    assert isinstance(still, Still)
    assert still.headline in room.board.headline.value
    assert len(still.lines()) == len(ROWS)
    shown = still._repr_html_()
    assert shown.count("data:image/png") == 4
    assert f"{FEW} replications" in shown
    assert still.headline in repr(still)


def test_there_is_no_still_under_voila(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert opened().still(0.0) is None


def test_the_report_is_one_file_that_asks_nobody(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    room = opened(SMALL, SMALL.changed(STAFFING, 3))
    settled(room)
    room.foot.report.click()
    page = (tmp_path / "control-room.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert not re.search(r"https?:|url\(|<script|<link", page)
    assert "staffing 3 agents (now 2 agents)" in page
    assert page.count("<img ") == 2
    assert "control-room.html" in room.foot.line.value


def test_a_report_of_one_replication_claims_no_interval() -> None:
    page = report_html(compare(SMALL, SMALL.changed(STAFFING, 3), 1, workers=1), "<plan>", "<demand>", 1)
    assert "One replication, so no interval" in page
    assert "&lt;plan&gt;" in page
    assert "&lt;demand&gt;" in page


# ------------------------------------------------------------------------------------ page and server


def test_the_sheet_touches_nothing_but_the_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    for selector in selectors(style.style_html()):
        assert ".kit" in selector, selector
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert any(selector.startswith("body") for selector in selectors(style.style_html()))


def selectors(html: str) -> list[str]:
    """Every selector of the rules in a style element."""
    sheet = re.sub(r"@container[^{]*\{", "", html.removeprefix("<style>").removesuffix("</style>"))
    found = re.findall(r"([^{}]+)\{", sheet)
    return [one.strip() for group in found for one in group.split(",") if ":has(" in group or one.strip()]


def test_the_sheet_has_every_colour_from_the_looks() -> None:
    sheet = style.style_html()
    for name in re.findall(r"var\(--([a-z0-9-]+)\)", sheet):
        assert f"--{name}:" in sheet, name


def test_voila_is_served_to_this_computer_only_and_asks_nobody() -> None:
    command = voila_command(Path("room.ipynb"), 8866, "python")
    assert "--Voila.ip=127.0.0.1" in command
    assert any("cull_idle_timeout" in word for word in command)
    folder = Path(voila_environment()["JUPYTER_PATH"].split(":")[0])
    assert (folder / "voila" / "templates" / "kit" / "index.html.j2").is_file()


# --------------------------------------------------------------------------------------- getting ready


@pytest.fixture
def unready(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As on a computer where nothing has been compiled yet."""
    monkeypatch.setattr(choice, "_known", None)
    monkeypatch.setattr(compiled, "is_ready", lambda: False)
    monkeypatch.setattr(compiled, "is_kept", lambda: False)
    return monkeypatch


@needs_numba
def test_making_machine_code_is_said_on_the_page_while_it_lasts(
    opened: Open, unready: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    unready.setattr(Foot, "say", lambda _, sentence, trouble=False: said.append(sentence))  # noqa: ARG005
    unready.setattr(compiled, "get_ready", lambda: said.append("compiling"))
    settled(opened())
    at = said.index(choice.GETTING_READY)
    assert said[at + 1 : at + 3] == ["compiling", ""]


@needs_numba
def test_without_numba_the_page_says_that_simpy_stands_in(opened: Open, unready: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    unready.setattr(compiled, "get_ready", missing)
    room = opened()
    settled(room)
    assert "numba is not installed" in room.foot.line.value
