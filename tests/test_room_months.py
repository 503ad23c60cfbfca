"""Do the months of the control room answer every choice, keep what is finished, and lose neither a run nor an error?"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import ipywidgets as w
import numpy as np
import pytest
from rooms import PATIENCE, closing, overheard, private_log, run_here, settled
from seasons import years

from sim import BadInput, Scenario, named
from sim.experiment import Results
from sim.experiment.seasons import Months, Seasons, seasons
from sim.scenario.events import EVENT_KINDS, TYPICAL
from sim.scenario.files import text_of
from sim.views import looks
from sim.views.background import replication
from sim.views.background_seasons import seasons_after, seasons_from
from sim.views.months.still import PANELS, SeasonStill
from sim.views.room import ControlRoom, control_room, runner, words
from sim.views.room.gallery import QUICK, VIEWS, Gallery
from sim.views.room.memory import Memory
from sim.views.room.menu import RESTS
from sim.views.room.runs import FIRST_WEEKS, Asked, Found, RoomWork, SeasonTask
from sim.views.room.worlds import BEFALLS_IN_WEEK, INDEX, ISSUES, OUTAGE_TIMES, UNMOVED, Choice
from sim.views.still import Still

SMALL = Scenario().changed(
    {
        "name": "small",
        "title": "Small",
        "assumptions.demand.customers": 2000,
        "assumptions.demand.issues_per_day": 46,
        "plan.staffing.agents": 2,
        "plan.staffing.specialists": 1,
    }
)
HALF = SMALL.changed({"plan.chatbot.coverage": 0.5, "title": "Half"})
MOST = SMALL.changed({"plan.chatbot.coverage": 0.75, "title": "Most"})
"""Plans that differ from the first week on, as posts do not: people have to be found for them."""
WEEKS, SETTLE, FEW = 6, 3, 2
Open = Callable[..., ControlRoom]


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Details go to a folder of the test's, not to the user's."""
    with private_log(tmp_path, monkeypatch) as file:
        yield file


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens rooms on the months of a small operation and closes them in the end."""
    with closing() as rooms:

        def open_room(now: Any = SMALL, plan: Any = HALF, **changes: Any) -> ControlRoom:
            usual = {"view": "months", "replications": 1, "seasons": FEW, "weeks": WEEKS, "settle": SETTLE}
            rooms.append(control_room(now, plan, **{**usual, **changes}))
            return rooms[-1]

        yield open_room


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms that run nothing."""
    monkeypatch.setattr(runner.Runner, "start", lambda *_: None)


def plain(html: str) -> str:
    return re.sub("<.*?>", "", html)


def shown(widget: w.Widget) -> bool:
    return "kit-gone" not in widget._dom_classes


def every_widget(root: w.Widget) -> Iterator[w.Widget]:
    yield root
    for child in getattr(root, "children", ()):
        yield from every_widget(child)


def called(monkeypatch: pytest.MonkeyPatch) -> list[runner.Call]:
    """All that runs have done by others from now on."""
    calls: list[runner.Call] = []
    submitted = runner.Runner._submitted

    def hear(one: runner.Runner[Found], call: runner.Call) -> Any:
        calls.append(call)
        return submitted(one, call)

    monkeypatch.setattr(runner.Runner, "_submitted", hear)
    return calls


# ------------------------------------------------------------------------------------ what is shown


@pytest.mark.usefixtures("idle")
def test_before_the_first_run_the_panels_show_axes_and_words(opened: Open) -> None:
    room = opened()
    months = room.board.pages["months"]
    assert room.found is None
    assert tuple(months.titles) == VIEWS["months"] == PANELS
    for name in PANELS:
        assert "not run yet" in months.titles[name].value
        assert 'src="data:image/png;base64,' in months.pictures[name].value
    assert words.FIRST_MONTHS in room.board.below.value
    assert "The first run is under way" in room.board.headline.value
    assert "±" not in room.months.horizons.value + room.months.culture.value


def test_the_months_end_with_the_numbers_that_seasons_give(opened: Open) -> None:
    found = settled(opened())
    expected = seasons([SMALL, HALF], FEW, months=Months(WEEKS, SETTLE), workers=1)
    assert (found.state, found.lived, found.done) == ("finished", FEW, 1)
    for name in ("promise_kept", "customers", "profit", "exhaustion"):
        for plan in (0, 1):
            assert found.months.values(name, plan) == expected.values(name, plan)


def test_every_picture_has_words_for_those_who_do_not_see_it(opened: Open) -> None:
    room = opened()
    settled(room)
    months = room.board.pages["months"]
    for name in PANELS:
        picture = months.pictures[name].value
        assert re.search(r'<img [^>]*alt="[^"]{10,}"', picture)
        assert '<th scope="row">' in picture
        assert len(plain(months.titles[name].value)) <= looks.TITLE_LIMIT
    assert len(plain(room.board.headline.value)) <= looks.HEADLINE_LIMIT


def test_seasons_arrive_one_by_one_and_are_counted(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    run_here(monkeypatch)
    told = overheard(monkeypatch)
    room = opened(seasons=5)
    settled(room)
    lived = [found.lived for found in told]
    assert lived == sorted(lived)
    assert [*dict.fromkeys(lived)] == [0, 2, 4, 5], "two at a time on one core"
    assert words.progress(replace(told[0], seconds_left=11.2), months=True) == ("Season 0 of 5", "12 s left")
    assert "5 seasons, done" in room.foot.progress.value


def test_the_horizons_and_the_culture_stand_beside_the_pictures(opened: Open) -> None:
    room = opened(weeks=52)
    settled(room)
    horizons, culture = plain(room.months.horizons.value), plain(room.months.culture.value)
    assert re.match(r"12 months[+−]?[\d,]+ ±[\d,]+", horizons)
    assert "24 months" not in horizons
    assert re.search(
        r"now (hit-and-miss|good enough): \d+ of 100 promises kept, gap between desks \d+ points", culture
    )
    assert "nine in ten customers have at least" in culture


def test_a_season_too_short_for_horizons_says_so(opened: Open) -> None:
    room = opened()
    settled(room)
    assert words.TOO_SHORT in room.months.horizons.value


def test_what_a_result_rests_on_stands_beside_it_and_in_full_in_the_sheet(opened: Open) -> None:
    room = opened(SMALL, SMALL.changed("plan.outsourcing.share", 0.4))
    settled(room)
    notes = {name: plain(note.value) for name, note in room.board.pages["months"].notes.items()}
    assert "memory of failures" in notes["loyalty"]
    assert "How waits weigh is a choice" in notes["loyalty"]
    assert "Bot figures" in notes["customers"]
    assert "partner" in notes["profit"]
    assert "authority" not in notes["staff"]
    assert not shown(room.menu.panels[RESTS])
    room.menu.buttons[RESTS].click()
    assert shown(room.menu.panels[RESTS])
    assert room.menu.rests in room.menu.panels[RESTS].children
    assert "not proved here" in room.menu.rests.value
    assert "authority by itself" not in room.menu.rests.value


@pytest.mark.usefixtures("idle")
def test_every_control_has_a_name(opened: Open) -> None:
    room = opened()
    kinds = w.Text | w.Combobox | w.FloatSlider | w.ToggleButtons | w.Dropdown | w.Checkbox | w.Button
    controls = [each for each in every_widget(room.widget) if isinstance(each, kinds)]
    assert {room.months.weeks, room.months.event, room.months.unmoved, room.menu.views} <= {*controls}
    assert all(control.description for control in controls)


def test_the_same_plan_is_called_the_same_and_lived_once(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = called(monkeypatch)
    room = opened(SMALL, SMALL)
    found = settled(room)
    assert "The plan is the same as now" in room.board.headline.value
    assert len(found.months.summaries) == FEW
    assert all(now is plan for now, plan in found.months.summaries)
    assert [call.run for call in calls] == [seasons_after] * FEW + [replication]
    assert [len(call.arguments[4]) for call in calls[:FEW]] == [1] * FEW, (
        "plans, from the same settled operation"
    )


# ------------------------------------------------------------------------------------------ choices


def test_another_plan_begins_where_now_has_settled_and_now_is_not_lived_again(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened()
    before = settled(room)
    calls = called(monkeypatch)
    room.levers["chatbot"].slider.value = 75
    found = settled(room)
    lived = [call for call in calls if call.run is not replication]
    assert [call.run for call in lived] == [seasons_from] * FEW
    assert [[plan.plan for plan in call.arguments[1]] for call in lived] == [[MOST.plan]] * FEW
    assert found.months.values("profit", 0) == before.months.values("profit", 0)
    expected = seasons([SMALL, MOST], FEW, months=Months(WEEKS, SETTLE), workers=1)
    assert found.months.values("profit", 1) == expected.values("profit", 1)


def test_what_was_lived_through_is_not_run_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened()
    first = settled(room)
    room.levers["chatbot"].slider.value = 75
    assert settled(room).months.values("profit", 1) != first.months.values("profit", 1)
    calls = called(monkeypatch)
    room.foot.undo.click()
    again = settled(room)
    assert (again.state, calls) == ("finished", [])
    assert again.months.values("profit", 1) == first.months.values("profit", 1)


def test_a_newer_choice_ends_the_older_run(opened: Open) -> None:
    room = opened(seasons=4)
    for percent in (75, 50, 75):
        room.levers["chatbot"].slider.value = percent
    found = settled(room)
    assert found.months.plans[1].plan == MOST.plan
    assert found.lived == 4
    assert room.board.waiting.value == ""


def test_a_late_answer_of_an_older_run_is_not_shown(opened: Open) -> None:
    room = opened()
    late = settled(room)
    room.levers["chatbot"].slider.value = 75
    newer = settled(room)
    before = room.board.headline.value, room.foot.progress.value
    room._tell(replace(late, seasons=9))
    assert room.found is newer
    assert (room.board.headline.value, room.foot.progress.value) == before


def test_weeks_are_chosen_with_buttons(opened: Open) -> None:
    room = opened()
    assert (settled(room).weeks, room.months.weeks.value) == (WEEKS, None)
    assert room.months.weeks.options == ("52", "104")
    room.months.weeks.value = "52"
    found = settled(room)
    assert (found.lived, found.weeks) == (FEW, 52)
    assert all(len(season.weekly["profit"]) == 52 for pair in found.months.summaries for season in pair)
    room.foot.undo.click()
    assert (settled(room).weeks, room.months.weeks.value) == (WEEKS, None)


def test_months_of_another_length_are_drawn_on_fresh_axes() -> None:
    long, short = _of_years(104, profit=900_000.0), _of_years(52, profit=40_000.0)
    gallery, fresh = Gallery(), Gallery()
    gallery.draw(long, QUICK, "months")
    assert (
        gallery.draw(short, QUICK, "months").pictures["profit"]
        == fresh.draw(short, QUICK, "months").pictures["profit"]
    )


def test_months_of_the_same_length_keep_their_axes() -> None:
    high, low = (_of_years(52, profit=profit) for profit in (900_000.0, 40_000.0))
    gallery, fresh = Gallery(), Gallery()
    gallery.draw(high, QUICK, "months")
    assert (
        gallery.draw(low, QUICK, "months").pictures["profit"]
        != fresh.draw(low, QUICK, "months").pictures["profit"]
    )


def _of_years(weeks: int, **plan: float) -> Found:
    """What a run found that has lived through seasons made by hand, and no week."""
    months = Seasons((SMALL, HALF), tuple(map(tuple, years(10, weeks, **plan))))
    now, then = Results(SMALL, ()), Results(HALF, ())
    return Found(1, now, then, False, 1, "finished", months, weeks, 10)


def test_the_switch_takes_both_assumptions_away_from_both_plans(opened: Open) -> None:
    room = opened()
    first = settled(room)
    assert not shown(room.months._unmoved_line)
    room.months.unmoved.value = True
    found = settled(room)
    for lives in (*found.months.plans, room._asked().begins):
        assert all(lives.value(path) == 0 for path in UNMOVED)
    assert found.months.values("customers", 0) != first.months.values("customers", 0)
    assert shown(room.months._unmoved_line)
    assert words.UNMOVED_ON in room.months._unmoved_line.value
    room.months.unmoved.value = False
    assert all(plan.value(path) > 0 for plan in settled(room).months.plans for path in UNMOVED)


def test_a_plan_from_another_world_is_lived_in_that_of_now(opened: Open) -> None:
    far = HALF.changed("assumptions.demand.customers", 50_000)
    for settles, now, plan in (Choice(SMALL, far).seasons(), opened(SMALL, far).choice.seasons()):
        assert plan.assumptions == now.assumptions == settles.assumptions == SMALL.assumptions
        assert plan.plan == HALF.plan


def test_a_choice_that_cannot_be_run_is_refused_and_taken_back(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened()
    settled(room)
    before, run = room.choice, room._runner.newest

    def refused(_choice: Choice) -> Any:
        raise BadInput("Two things do not go together.")

    monkeypatch.setattr(Choice, "seasons", refused)
    room.months.event.value = "surge"
    assert "✕ Two things do not go together." in room.foot.line.value
    assert (room.choice, room.months.event.value, room._runner.newest) == (before, "", run)
    assert room.foot.undo.disabled


# ------------------------------------------------------------------------- what befalls, and demand


@pytest.mark.parametrize("kind", EVENT_KINDS)
@pytest.mark.usefixtures("idle")
def test_an_event_befalls_both_plans_and_undo_takes_it_back(opened: Open, kind: str) -> None:
    room = opened()
    room.months.event.value = kind
    settles, now, plan = room.choice.seasons()
    (event,) = now.events
    assert plan.events == now.events
    assert (event.kind, event.week) == (kind, BEFALLS_IN_WEEK)
    assert (event.size, event.weeks) == TYPICAL[kind]
    assert settles.events == ()
    assert shown(room.months._event_line)
    assert "Both, from week 13" in room.months._event_line.value
    room.foot.undo.click()
    assert (room.choice.event, room.months.event.value) == ("", "")
    assert all(lives.events == () for lives in room.choice.seasons())
    assert not shown(room.months._event_line)


def test_an_event_changes_nothing_before_its_week_and_both_plans_from_then_on(opened: Open) -> None:
    room = opened(weeks=BEFALLS_IN_WEEK + 3)
    spared = settled(room)
    room.months.event.value = "surge"
    struck = settled(room)
    for calm, stormy in zip(spared.months.summaries, struck.months.summaries, strict=True):
        for before, after in zip(calm, stormy, strict=True):
            same = before.weekly["profit"] == after.weekly["profit"]
            assert same[:BEFALLS_IN_WEEK].all()
            assert not same[BEFALLS_IN_WEEK:].any()


def test_an_outage_strikes_the_first_week_only() -> None:
    settles, now, plan = Choice(SMALL, HALF, "Outage").seasons()
    (event,) = now.events
    assert plan.events == now.events
    assert (event.kind, event.week, event.weeks) == ("surge", 0, 1)
    assert event.size == pytest.approx((OUTAGE_TIMES - 1) / 5), "one of five days, that much busier"
    assert settles == SMALL, "which settles as on usual days"
    assert all(lives.value(path) == SMALL.value(path) for lives in (now, plan) for path in (ISSUES, INDEX))


def test_an_outage_and_an_event_befall_the_same_months() -> None:
    _, now, plan = Choice(SMALL, HALF, "Outage", event="sickness").seasons()
    assert [(event.kind, event.week) for event in now.events] == [("surge", 0), ("sickness", 13)]
    assert plan.events == now.events


def test_busy_demand_reaches_the_months(opened: Open) -> None:
    room = opened()
    usual = settled(room)
    room.demand.buttons.value = "Busy"
    busy = settled(room)
    for lives in (room._asked().begins, *busy.months.plans):
        assert lives.value(ISSUES) == pytest.approx(1.2 * SMALL.value(ISSUES))
    assert busy.months.values("profit", 0) != usual.months.values("profit", 0)


# -------------------------------------------------------------------------------------------- views


def test_the_buttons_show_one_view_at_a_time(opened: Open) -> None:
    room = opened(seasons=0)
    settled(room)
    assert room.menu.views.value == "Months"
    for view in VIEWS:
        room.menu.views.value = view.capitalize()
        assert [name for name, page in room.board.pages.items() if shown(page.widget)] == [view]
        assert shown(room.board.whose) == (view == "journey")


def test_what_is_looked_at_is_run_first() -> None:
    weeks_first, months_first = (
        [isinstance(task, SeasonTask) for task in RoomWork(_asked(wanted), Memory()).tasks()]
        for wanted in (False, True)
    )
    sides, more = 2, 5
    assert weeks_first == [False] * sides * FIRST_WEEKS + [True] * FEW + [False] * sides * more
    assert months_first == [True] * FEW + [False] * sides * (FIRST_WEEKS + more)


def _asked(months_first: bool) -> Asked:
    return Asked(SMALL, HALF, SMALL, SMALL, HALF, FIRST_WEEKS + 5, FEW, WEEKS, SETTLE, 1, months_first)


def test_turning_to_months_makes_seasons_come_first_and_loses_nothing(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(monkeypatch)
    calls, told = called(monkeypatch), overheard(monkeypatch)
    tell, turned = ControlRoom._tell, Event()

    def turn_at_the_first_week(room: ControlRoom, found: Found) -> None:
        tell(room, found)
        if found.done and found.run == 1:
            room.menu.views.value = "Months"
            turned.set()

    monkeypatch.setattr(ControlRoom, "_tell", turn_at_the_first_week)
    room = opened(view="week", replications=8)
    assert turned.wait(PATIENCE)
    found = settled(room)
    assert (found.state, found.done, found.lived) == ("finished", 8, FEW)
    assert {each.run for each in told if each.lived} == {2}
    kinds = [call.run for call in calls]
    assert kinds == [replication] * 2 + [seasons_after] * FEW + [replication] * 2 * 7
    weeks = [(call.arguments[0].plan, call.arguments[1]) for call in calls if call.run is replication]
    assert all(weeks.count(week) == 1 for week in weeks), "no week is run twice"


def test_turning_before_the_first_picture_of_a_run_counts_too(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(view="week")
    settled(room)
    monkeypatch.setattr(runner.Runner, "_run", lambda _runner, job: job.ended.set())
    room.levers["chatbot"].slider.value = 75
    room.menu.views.value = "Months"
    job = room._runner._job
    assert job is not None
    assert isinstance(job.work, RoomWork)
    assert job.work.asked.months_first
    assert job.work.asked.plan.plan == MOST.plan


def test_turning_once_all_is_done_runs_nothing(opened: Open) -> None:
    room = opened()
    found, run = settled(room), room._runner.newest
    for view in ("Week", "Journey", "Months"):
        room.menu.views.value = view
        assert (room._runner.newest, room.found) == (run, found)
    assert "not run yet" not in "".join(title.value for title in room.board.pages["week"].titles.values())


def test_months_keep_their_pictures_until_there_is_a_season_of_the_newer_choice(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened()
    before = settled(room)
    monkeypatch.setattr(runner.Runner, "_run", lambda _runner, job: job.ended.set())
    room.levers["chatbot"].slider.value = 75
    look = replace(before, run=room._runner.newest, state="running", months=Seasons((SMALL, MOST), ()))
    picture = room.board.pages["months"].pictures["loyalty"].value
    room._tell(look)
    assert room.found is before
    assert room.board.pages["months"].pictures["loyalty"].value == picture
    assert "redrawing" in room.board.waiting.value
    assert f"Season 0 of {FEW}" in room.foot.progress.value
    first = replace(look, months=replace(before.months, summaries=before.months.summaries[:1]))
    room._tell(first)
    assert room.found is first
    assert room.board.pages["months"].pictures["loyalty"].value != picture
    assert room.board.waiting.value == ""


def test_the_journey_is_that_of_the_plan_or_of_now(opened: Open) -> None:
    room = opened(SMALL, SMALL.changed("plan.chatbot.coverage", 0.9), view="journey", seasons=0)
    found = settled(room)
    page = room.board.pages["journey"]
    told = {}
    for button, whose, name in (("● plan", "plan", "the plan"), ("○ now", "now", "now")):
        room.board.whose.value = button
        drawn = Gallery().draw(found, 2.0, "journey", whose)
        assert page.pictures["journey"].value == drawn.pictures["journey"]
        assert plain(room.board.headline.value) == drawn.headline
        assert f"A week under {name}." in room.board.below.value
        told[whose] = drawn
    assert told["plan"].headline != told["now"].headline
    assert told["plan"].pictures != told["now"].pictures


@pytest.mark.usefixtures("idle")
def test_a_journey_that_was_not_run_has_words(opened: Open) -> None:
    room = opened(view="journey")
    assert room.board.pages["journey"].pictures["journey"].value == ""
    assert words.FIRST in room.board.below.value


# --------------------------------------------------------------------------------------------- runs


def test_stop_keeps_what_is_finished_and_the_run_can_go_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(monkeypatch)
    one_in, tell = Event(), ControlRoom._tell

    def stop_at_the_first(room: ControlRoom, found: Found) -> None:
        tell(room, found)
        if found.lived and not one_in.is_set():
            one_in.set()
            room.foot.run.click()

    monkeypatch.setattr(ControlRoom, "_tell", stop_at_the_first)
    room = opened(seasons=5)
    found = settled(room)
    assert one_in.is_set()
    assert (found.state, found.lived) == ("stopped", 2)
    assert "Stopped at 2 of 5." in room.foot.progress.value
    assert words.WIDE in room.foot.line.value
    assert room.foot.run.description == "Go on"
    room.foot.run.click()
    assert (settled(room).state, settled(room).lived) == ("finished", 5)
    assert room.foot.run.description == "20 more"


def test_more_adds_seasons_too(opened: Open) -> None:
    room = opened()
    settled(room)
    room.foot.run.click()
    found = settled(room)
    assert (found.done, found.lived) == (21, FEW + 10)


def test_stop_at_once_leaves_axes_and_no_error(opened: Open) -> None:
    room = opened(seasons=4)
    settled(room)
    with room._lock:
        room.levers["chatbot"].slider.value = 75
        room.foot.run.click()
    found = settled(room)
    assert (found.state, found.lived) == ("stopped", 0)
    assert "not run yet" in room.board.pages["months"].titles["loyalty"].value
    assert "Stopped at 0 of 4." in room.foot.progress.value
    assert room.board.waiting.value == ""
    assert "✕" not in room.foot.line.value


def test_a_broken_run_is_told_and_logged_and_the_choice_is_kept(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    room = opened()
    settled(room)

    def broken(_workers: int) -> Any:
        raise RuntimeError("no more memory on board")

    with monkeypatch.context() as patch:
        patch.setattr(runner, "executor", broken)
        room.months.event.value = "sickness"
        assert room.wait(PATIENCE)
    assert "That run did not finish. Your plan is kept." in room.foot.line.value
    assert room.choice.event == room.months.event.value == "sickness"
    assert room.board.waiting.value == ""
    assert "no more memory on board" in log_file.read_text()
    assert "RuntimeError" not in room.foot.line.value
    room.foot.run.click()
    found = settled(room)
    assert (found.state, found.lived, found.months.plans[1].events[0].kind) == ("finished", FEW, "sickness")


def test_an_error_in_a_callback_is_told_and_logged(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    room = opened()
    settled(room)

    def broken(*_: Any) -> None:
        raise RuntimeError("a wire came loose")

    monkeypatch.setattr(room._runner, "start", broken)
    room.months.unmoved.value = True
    assert "That did not work. Your plan is kept" in room.foot.line.value
    assert "a wire came loose" in log_file.read_text()


def test_a_callback_never_waits_for_a_run(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened()
    settled(room)
    go = Event()
    run = runner.Runner._run

    def held(one: runner.Runner[Found], job: runner.Job[Found]) -> None:
        go.wait(PATIENCE)
        run(one, job)

    monkeypatch.setattr(runner.Runner, "_run", held)
    for kind in ("surge", "sickness", "bot_breaks"):
        room.months.event.value = kind
    assert "redrawing" in room.board.waiting.value
    assert not go.is_set()
    go.set()
    assert [event.kind for event in settled(room).months.plans[0].events] == ["bot_breaks"]


def test_what_ends_after_its_run_was_replaced_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    late: Future[int] = Future()
    kept: list[int] = []
    slow = SimpleNamespace(submit=lambda *_: late)
    monkeypatch.setattr(runner, "executor", lambda _workers: slow)
    nobody = runner.Runner[Found](lambda _: None, lambda _: None, lambda _: None)
    nobody._submitted(runner.Call(len, ("ab",), kept.append))
    assert kept == []
    late.set_result(2)
    assert kept == [2]


def test_nothing_is_printed(opened: Open, capfd: pytest.CaptureFixture[str]) -> None:
    room = opened()
    room.months.unmoved.value = True
    room.menu.views.value = "Journey"
    settled(room)
    room.close()
    assert capfd.readouterr() == ("", "")


def test_choices_from_many_threads_end_with_what_the_controls_say(opened: Open) -> None:
    room = opened()
    controls = {"event": room.months.event, "unmoved": room.months.unmoved, "view": room.menu.views}
    values = {"event": ("surge", "sickness"), "unmoved": (True, False, True), "view": ("Week", "Months")}

    def choose(name: str) -> None:
        for value in values[name]:
            controls[name].value = value

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(choose, controls))
    found = settled(room)
    assert room.choice.event == room.months.event.value == "sickness"
    assert room.choice.unmoved
    assert room.months.unmoved.value
    assert found.months.plans == room.choice.seasons()[1:]
    assert shown(room.board.pages["months"].widget)


# -------------------------------------------------------------------------------- opening and keeping


@pytest.mark.usefixtures("idle")
def test_months_open_on_scenarios_names_and_files(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text_of(HALF), encoding="utf-8")
    assert opened(path, "lean").choice.now == HALF
    room = opened("today", "lean", weeks=104)
    assert (room.choice.now, room.choice.plan) == (named("today"), named("lean"))
    assert (room.choice.weeks, room.months.weeks.value) == (104, "104")
    assert "plan: Lean" in room.chips.value


@pytest.mark.usefixtures("idle")
def test_months_that_cannot_be_opened_say_so(opened: Open) -> None:
    room = opened("tody")
    assert "tody: no scenario has this name; nearest is today." in room.foot.line.value
    assert room.choice.now == named("today")
    room = opened(weeks=5000, seasons=300)
    assert "✕ 5000 weeks is outside 1 to 520. Set to 520." in room.foot.line.value
    assert "300 seasons is outside 0 to 200. Set to 200." in room.foot.line.value
    assert (room.choice.weeks, room._sizes.seasons) == (520, 200)
    assert "0 weeks is outside 1 to 520. Set to 1." in opened(weeks=0).foot.line.value


@pytest.mark.usefixtures("idle")
def test_another_now_keeps_the_length_of_the_months(opened: Open) -> None:
    room = opened(weeks=104)
    room.months.event.value = "surge"
    room._open_as_now(MOST)
    assert (room.choice.now, room.choice.weeks, room.choice.event) == (MOST, 104, "")
    assert (room.months.weeks.value, room.months.event.value) == ("104", "")


def test_a_kept_plan_keeps_the_length_and_what_befalls(opened: Open) -> None:
    room = opened()
    room.months.event.value = "surge"
    room.foot.keep.click()
    found = settled(room)
    assert (found.weeks, found.same, found.season.same) == (WEEKS, True, True)
    assert found.months.plans[0].plan == HALF.plan
    assert [event.kind for event in found.months.plans[0].events] == ["surge"]


def test_what_the_months_show_can_stay_in_a_notebook(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened()
    still = room.still(PATIENCE)
    assert isinstance(still, SeasonStill)
    html = still._repr_html_()
    assert html.count("data:image/png;base64,") == len(PANELS)
    for told in (still.headline, "Still with us after 6 weeks, of 100", "What this rests on"):
        assert told in html
    assert "Promise kept, of 100" in repr(still)
    assert "good enough" in repr(still) or "hit-and-miss" in repr(still)
    assert "text/plain" in room._repr_mimebundle_()
    assert repr(room) == f"Control room. {still.headline}."
    assert still.headline in plain(room.board.headline.value)
    room.menu.views.value = "Week"
    assert isinstance(room.still(PATIENCE), Still)
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert room.still() is None


def test_the_report_carries_the_months_that_were_lived_through(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, lived in (("control-room.html", FEW), ("control-room-2.html", 0)):
        room = opened(seasons=lived, replications=2)
        settled(room)
        room.foot.report.click()
        page = plain((tmp_path / name).read_text(encoding="utf-8"))
        told = ("Still with us after 6 weeks, of 100", f"Months: {FEW} seasons of 6 weeks", "keep in mind")
        assert [words in page for words in told] == [bool(lived)] * len(told)


def test_the_weeks_of_the_room_are_those_of_the_demand_not_of_the_months(opened: Open) -> None:
    room = opened()
    before = settled(room)
    room.months.event.value = "surge"
    room.months.unmoved.value = True
    after = settled(room)
    assert after.now.scenario == before.now.scenario
    assert np.array_equal(after.plan.values("wait_mean"), before.plan.values("wait_mean"))


def test_beside_a_week_the_months_of_before_stay_until_those_of_the_new_choice_are_there(
    opened: Open,
) -> None:
    room = opened(view="week")
    settled(room)
    page, told = room.board.pages["week"], []
    title = page.titles["loyalty"].value
    page.notes["loyalty"].observe(
        lambda change: told.append((change["new"], page.titles["loyalty"].value)), "value"
    )
    room.levers["chatbot"].slider.value = 80
    settled(room)
    assert told[0][1] == title
    assert words.OLDER in told[0][0]
    assert words.OLDER not in page.notes["loyalty"].value
    assert "not run yet" not in "".join(shown_then for _, shown_then in told)
