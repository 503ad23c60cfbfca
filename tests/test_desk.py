"""At the desk: is every bad input told in one sentence, nothing lost, and nothing shown before its time?"""

import html
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import ipywidgets as w
import pytest
from desks import PATIENCE, Hands, Place, forward, named, place, row, small
from rooms import private_log

from sim.scenario import BadInput
from sim.views.desk import Desk, desk, folders, words
from sim.views.desk.codes import told
from sim.views.desk.opening import as_asked
from sim.views.desk.projecting import BOARDS
from sim.views.desk.reading import ONLY_READS
from sim.workshop import robots
from sim.workshop.collect import Came, Outcome, code_for
from sim.workshop.pace import pace
from sim.workshop.session import Session
from sim.workshop.state import undoable
from sim.workshop.store import NAME, read_only

AGENTS, KEPT = "plan.staffing.agents", "kept"
NOT_PLAIN = ("Traceback", "Error", "Exception", "invalid", "Invalid", "please", "wrong", "optimal")


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A place for desks, with details going to the test's own log."""
    monkeypatch.chdir(tmp_path)
    with private_log(tmp_path, monkeypatch) as log, place(tmp_path / "sessions") as made:
        yield made
        assert not log.exists(), log.read_text()


@pytest.fixture
def page(where: Place) -> Desk:
    """A desk with two teams."""
    made = where.desk()
    named(made, "Otters", "Larks")
    return made


def plain(sentence: str) -> None:
    """Whether it is one sentence to people."""
    assert sentence.endswith((".", "?"))
    assert not [each for each in NOT_PLAIN if each in sentence]


def refused(page: Desk, *parts: str) -> None:
    """The status line holds a refusal with these parts."""
    assert "kit-error" in page.foot.line.value
    assert 'role="status"' in page.foot.line.value
    plain(page.foot.said)
    for part in parts:
        assert part in page.foot.said


def everything(page: Desk) -> str:
    """All that the page's widgets hold, as text."""
    held: list[str] = []
    seen: set[int] = set()

    def walk(widget: w.Widget) -> None:
        if id(widget) in seen:
            return
        seen.add(id(widget))
        state = widget.get_state()
        held.append(
            json.dumps(
                {key: value for key, value in state.items() if key not in ("layout", "style")}, default=str
            )
        )
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(page.page)
    return "\n".join(held)


# ------------------------------------------------------------------------------------------------- teams


def test_every_name_typed_is_a_team_in_the_file(where: Place) -> None:
    page = where.desk()
    named(page, "Otters", "  Larks  ", "<b>Bold</b>")
    names = [team.name for team in page.session.state.teams]
    assert names == ["Otters", "Larks", "<b>Bold</b>"]
    kept = [event.payload["name"] for event in read_only(page.folder / NAME) if event.kind == "team_joined"]
    assert kept == names
    assert page.name.value == ""


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("otters", ("taken", "otters 2")),
        ("x" * 80, ("80 characters", "40")),
        ("\u200b \u200b", ("empty", "1 to 40")),
    ],
)
def test_a_name_that_cannot_be_is_told_and_stays_in_its_box(
    page: Desk, typed: str, parts: tuple[str, ...]
) -> None:
    before = page.session.events
    page.name.value = typed
    refused(page, *parts)
    assert page.name.value == typed
    assert page.session.events == before


def test_the_button_says_that_nothing_was_typed_but_not_after_a_team_came_in(page: Desk) -> None:
    page.add.click()  # a click leaves the box, which took the name in
    assert "Larks: is in" in page.foot.said
    page.add.click()
    refused(page, "name is empty")


@pytest.mark.parametrize(("typed", "part"), [("", "empty"), ("Larks", "taken"), ("y" * 80, "80 characters")])
def test_a_new_name_that_cannot_be_is_told_and_the_old_one_stays(page: Desk, typed: str, part: str) -> None:
    cell = row(page, "Otters").name
    cell.widget.value = typed
    refused(page, part)
    assert cell.widget.value == "Otters"


def test_a_team_is_renamed_and_removed_and_undo_brings_it_back(page: Desk) -> None:
    row(page, "Otters").name.widget.value = "Sea Otters"
    row(page, "Sea Otters").remove.click()
    assert [team.name for team in page.session.state.teams] == ["Larks"]
    assert page.top.undo.description == "Undo Sea Otters leaving"
    page.top.undo.click()
    assert row(page, "Sea Otters").name.widget.value == "Sea Otters"


def test_markup_in_a_name_is_shown_as_text(where: Place) -> None:
    page = where.desk()
    named(page, '<img src=x onerror="a">')
    assert "<img" not in "".join(each.value for each in walk_html(page.page))


def walk_html(widget: w.Widget) -> Iterator[w.HTML]:
    """Every piece of HTML on the page."""
    if isinstance(widget, w.HTML):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from walk_html(child)


# ------------------------------------------------------------------------------------------- predictions


def test_nothing_of_a_prediction_can_be_read_before_the_reveal(page: Desk) -> None:
    forward(page, "predict")
    row(page, "Otters").asks["wait"].widget.value = "30"
    row(page, "Otters").asks[KEPT].widget.value = "83.25"
    row(page, "Otters").asks[KEPT].widget.value = "83.5"
    assert page.top.undo.description == "Undo the prediction of Otters"
    for phase in ("predict", "decide", "computed"):
        forward(page, phase)
        assert "83.5" not in everything(page)
        assert "83.25" not in everything(page)
        assert row(page, "Otters").asks[KEPT].widget.placeholder == "● locked"
        assert "● locked" in row(page, "Otters").stands.value
    forward(page, "reveal")
    assert row(page, "Otters").asks[KEPT].widget.value == "83.5"
    assert "80–84" in page.tally.shown.value


def test_predictions_are_shown_here_when_asked_for_and_hidden_again(page: Desk) -> None:
    forward(page, "predict")
    row(page, "Otters").asks[KEPT].widget.value = "83.5"
    page.open_hand.value = True
    assert row(page, "Otters").asks[KEPT].widget.value == "83.5"
    page.open_hand.value = False
    assert "83.5" not in everything(page)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("140", ("outside 0 to 100", "100")),
        ("many", ("no number",)),
        ("0.6", ("60",)),
        ("5 or 6", ("more than one",)),
    ],
)
def test_a_prediction_that_cannot_be_is_told_and_stays_in_its_box(
    page: Desk, typed: str, parts: tuple[str, ...]
) -> None:
    forward(page, "predict")
    box = row(page, "Otters").asks[KEPT].widget
    box.value = typed
    refused(page, *parts)
    assert box.value == typed
    assert "kit-refused" in box._dom_classes
    row(page, "Larks").asks[KEPT].widget.value = "sixty"
    assert box.value == typed  # redrawing takes nothing away
    box.value = "58 of 100"
    assert "kit-refused" not in box._dom_classes
    assert page.session.state.now.predictions[1, KEPT].value == 58


def test_a_late_prediction_counts_only_when_it_is_accepted(page: Desk) -> None:
    forward(page, "decide")
    box = row(page, "Otters").asks[KEPT].widget
    box.value = "60"
    refused(page, "late")
    page.late.value = True
    box.value = "61"
    assert page.foot.said == (
        "Otters: prediction locked, late; late predictions are shown, but count nothing in the cup."
    )
    assert "1 of 2 locked" in row(page, "Otters").stands.value
    row(page, "Otters").asks["wait"].widget.value = "30"
    assert "◆ locked, late" in row(page, "Otters").stands.value


# --------------------------------------------------------------------------------------------- decisions


def test_a_lever_takes_words_and_says_its_limits(page: Desk) -> None:
    forward(page, "decide")
    box = row(page, "Otters").levers[AGENTS].widget
    box.value = "eight"
    assert page.session.state.now.decisions[1].changes == {AGENTS: 8}
    assert box.value == "8"
    box.value = "13"
    refused(page, "outside 6 to 12", "12")
    assert page.session.state.now.decisions[1].changes == {AGENTS: 8}


def test_locked_and_hidden_levers_have_no_box_and_are_said_to_be_so(page: Desk) -> None:
    assert set(row(page, "Otters").levers) == {AGENTS}
    shown = page.setting.widget.value
    assert shown.count("seen and locked") == 2
    assert shown.count("hidden, as today") == 1
    assert "6 to 12" in shown


def test_choices_are_a_list_and_who_decides_nothing_is_carried_over(page: Desk) -> None:
    forward(page, "debrief")
    page.top.next.click()
    forward(page, "decide")
    row(page, "Otters").choice.widget.value = "story"  # type: ignore[union-attr]  # this round has choices
    assert page.session.state.now.decisions[1].choice == "story"
    row(page, "Otters").asks["order"].widget.value = "3 1 2"
    refused(page, "late")
    forward(page, "computed")
    assert "↻ carried over: as today" in row(page, "Larks").stands.value
    assert "● in: The story kept by the system" in row(page, "Otters").stands.value


def test_an_order_is_typed_as_places_and_shown_again_as_places(page: Desk) -> None:
    forward(page, "debrief")
    page.top.next.click()
    forward(page, "predict")
    box = row(page, "Otters").asks["order"].widget
    box.value = "2 3 1"
    assert page.session.state.now.predictions[1, "order"].value == ("story", "agent", "wow")
    assert page.foot.said == "Otters: prediction locked."
    page.open_hand.value = True
    assert box.value == "2 3 1"
    row(page, "Larks").asks["order"].widget.value = "3 3 2"
    refused(page, "once")
    box.value = "1 2 3"
    assert page.foot.said.startswith(
        "Otters: predicts One agent more > A wow programme > The story kept by the system"
    )


# ------------------------------------------------------------------------------------------------- codes


def test_an_empty_box_and_a_text_without_codes_are_told(page: Desk) -> None:
    forward(page, "decide")
    page.codes.take.click()
    refused(page, "Nothing is in the box")
    page.codes.box.value = "Good morning all"
    page.codes.take.click()
    refused(page)
    assert page.codes.box.value == "Good morning all"


def test_outcomes_are_counted_in_one_sentence() -> None:
    what: tuple[Came, ...] = ("accepted", "doubled", "late")
    came = [Outcome(at, "Otters", "X", each, "Otters: said.") for at, each in enumerate(what, 1)]
    assert told(came) == "1 of 3 codes taken in, 1 handed in before, 1 to put right, left in the box."


def test_real_codes_are_taken_in_with_words_around_them(page: Desk) -> None:
    forward(page, "decide")
    eight, nine = (code_for(page.workshop, page.workshop.plan({AGENTS: agents})) for agents in (8, 7))
    slip = f"{nine[:-1]}{'7' if nine[-1] != '7' else '8'}"
    page.codes.box.value = f"Hello, sorry for the wait!\nOtters: {eight}\n\nLarks\n{slip}\nGood luck"
    page.codes.take.click()
    assert page.session.state.now.decisions[1].changes == {AGENTS: 8}
    assert page.foot.said == "1 of 2 codes taken in, 1 to put right, left in the box."
    assert page.codes.box.value == f"Larks: {slip}"
    page.codes.box.value = f"Larks: {nine}\nVoles: Q1-AAAA-BBBB\nSee you at 10"
    page.codes.take.click()
    assert page.codes.box.value == "Voles: Q1-AAAA-BBBB"
    page.codes.box.value = f"Larks: {nine}"
    page.codes.take.click()
    assert page.session.state.now.decisions[2].changes == {AGENTS: 7}
    assert page.codes.box.value == ""


def test_codes_are_taken_in_and_those_to_put_right_stay(page: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    forward(page, "decide")
    outcomes = (
        Outcome(2, "Otters", "A", "accepted", "Otters: 8 agents."),
        Outcome(3, "Larks", "B", "mistyped code", "Larks: <i>a letter</i> is off."),
    )
    monkeypatch.setattr("sim.views.desk.codes.paste", lambda *_, **__: outcomes)
    page.codes.box.value = "Hello\nOtters: A\nLarks: B"
    page.codes.take.click()
    assert page.codes.box.value == "Larks: B"
    assert "✓ Otters: 8 agents." in page.codes.outcomes.value
    assert "✕ Larks: &lt;i&gt;a letter" in page.codes.outcomes.value


@pytest.mark.parametrize("end", ["\x0b", "\u2028", "\x0c", "\x85"])
def test_only_a_new_line_ends_a_line_of_codes(page: Desk, end: str) -> None:
    forward(page, "decide")
    code = code_for(page.workshop, page.workshop.plan({AGENTS: 8}))
    slip = f"{code[:-1]}{'7' if code[-1] != '7' else '8'}"
    page.codes.box.value = f"Hello{end}all{end}of you\nOtters: {code}\nLarks: {slip}"
    page.codes.take.click()
    assert page.codes.box.value == f"Larks: {slip}"


# ---------------------------------------------------------------------------------- steps, undo and back


def test_the_main_button_says_what_it_will_do_all_the_way(page: Desk) -> None:
    said = [page.top.next.description]
    while not page.top.next.disabled:
        page.top.next.click()
        assert page.wait(PATIENCE)
        said.append(page.top.next.description)
    assert said == [
        "Open predictions", "Open decisions", "Freeze and compute", "Reveal the predictions",
        "Reveal the moment it broke", "Reveal the curve", "Reveal the cost", "Reveal the days", "Reveal the board",
        "Go to the debrief",
        "Begin round 2", "Open predictions", "Open decisions", "Freeze and compute", "Reveal the predictions",
        "Reveal the moment it broke", "Reveal the curve", "Reveal the days", "Reveal the cost", "Go to the debrief",
        words.OVER,
    ]  # fmt: skip


def phase_of(page: Desk) -> str:
    return page.session.state.phase


def test_back_and_undo_lose_nothing(page: Desk) -> None:
    forward(page, "decide")
    row(page, "Otters").levers[AGENTS].widget.value = "8"
    page.top.back.click()
    assert phase_of(page) == "predict"
    assert page.session.state.now.decisions[1].changes == {AGENTS: 8}
    assert page.top.undo.description == "Undo going to predict"
    page.top.undo.click()
    assert phase_of(page) == "decide"
    page.top.undo.click()
    assert not page.session.state.now.decisions
    assert row(page, "Otters").levers[AGENTS].widget.value == ""
    assert len(read_only(page.folder / NAME)) == len(page.session.events)


def test_what_was_not_taken_is_asked_about_before_going_on(page: Desk) -> None:
    forward(page, "predict")
    box = row(page, "Larks").asks[KEPT].widget
    box.value = "140"
    page.top.next.click()
    refused(page, "Larks", "press again")
    assert phase_of(page) == "predict"
    page.top.next.click()
    assert phase_of(page) == "decide"
    assert box.value == ""


def test_the_phase_under_way_is_marked_by_more_than_colour(page: Desk) -> None:
    forward(page, "decide")
    strip = page.top.strip.value
    assert strip.count('aria-current="step"') == 1
    assert 'aria-current="step">● decide<' in strip
    assert "✓ predict" in strip


def test_nothing_is_computed_without_teams(where: Place) -> None:
    page = where.desk()
    forward(page, "decide")
    page.top.next.click()
    refused(page, "No team is in")
    assert page.session.state.phase == "decide"


def test_computing_can_be_stopped_and_done_again(page: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Session.compute

    def stopped(self: Session, progress: Any = None, stop: Any = None, workers: Any = None) -> str:
        page.foot.stop.click()
        return real(self, progress, stop, workers)

    forward(page, "decide")
    monkeypatch.setattr(Session, "compute", stopped)
    page.top.next.click()
    assert page.wait(PATIENCE)
    refused(page, "Stopped")
    assert (page.session.state.phase, page.session.state.now.result) == ("frozen", None)
    assert "kit-gone" in page.foot.running._dom_classes
    monkeypatch.setattr(Session, "compute", real)
    assert page.top.next.description == "Compute"
    page.top.next.click()
    assert page.wait(PATIENCE)
    assert page.session.state.phase == "computed"


def test_while_it_computes_nothing_can_be_moved(page: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def busy(_self: Session, **_: Any) -> str:
        page.top.back.click()
        said.extend((page.foot.said, page.top.next.description))
        return "Done."

    forward(page, "decide")
    monkeypatch.setattr(Session, "compute", busy)
    page.top.next.click()
    assert page.wait(PATIENCE)
    assert said[1] == "Computing"
    assert "under way" in said[0]
    assert page.session.state.phase == "frozen"


# --------------------------------------------------------------------------------------- clock and words


def test_the_clock_is_told_against_the_plan_with_what_to_leave_out(where: Place) -> None:
    page = where.desk()
    assert "clock not started · plan 0:00" in page.top.clock.value
    page.top.run_clock.click()
    where.clock.on(47)
    forward(page, "decide")
    assert "0:47 · plan 0:18 · 19 min behind: freeze at 0:25" in page.top.clock.value
    page.top.more_time.click()
    assert "0:45" in page.top.clock.value
    page.top.run_clock.click()
    where.clock.on(10)
    page.look()
    assert "0:45 (paused)" in page.top.clock.value


def test_the_line_to_say_is_that_of_the_phase(page: Desk) -> None:
    forward(page, "decide")
    assert "How many do you want?" in page.top.say.value


def test_the_store_line_says_how_much_is_on_the_disk_and_since_when(where: Place, page: Desk) -> None:
    where.clock.on(0.5)
    page.look()
    assert "3 events stored, last 30 s ago, in monday/session.db" in page.foot.store.value


@pytest.mark.parametrize(
    ("seconds", "told_"), [(2, "just now"), (34, "30 s ago"), (150, "2 min ago"), (7300, "2 h ago")]
)
def test_times_are_told_as_a_glance_needs_them(seconds: float, told_: str) -> None:
    hands = Hands()
    before = hands()
    hands.on(seconds / 60)
    assert words.since(before, hands()) == told_


def test_every_step_of_the_source_has_words_for_clock_and_undo(page: Desk) -> None:
    for step in page.workshop.steps:
        found = pace(page.workshop, page.session.state, "2026-03-02T09:00:00+00:00")
        assert words.clock(found, started=False, paused=False)
        assert step.say
    assert words.undo_label(page.session, None) == "Undo"
    assert words.undo_label(page.session, undoable(page.session.events)) == "Undo Larks joining"


# ------------------------------------------------------------------------------------- results, debrief


def test_results_and_debrief_come_with_the_result_and_the_cup_with_the_reveal(page: Desk) -> None:
    forward(page, "decide")
    assert "once this round is computed" in page.results.shown.value
    row(page, "Otters").levers[AGENTS].widget.value = "12"
    forward(page, "computed")
    assert "Luck band" in page.results.shown.value
    assert "Said" not in page.results.shown.value
    assert "Hit-and-miss" in page.results.shown.value or "enough" in page.results.shown.value
    forward(page, "reveal")
    assert "Said" in page.results.shown.value
    assert "The moment it broke" in page.debrief.facts.value


def test_one_teams_lever_is_tried_in_anothers_plan(page: Desk) -> None:
    forward(page, "decide")
    row(page, "Otters").levers[AGENTS].widget.value = "12"
    forward(page, "computed")
    assert page.debrief.lever.value == AGENTS
    before = page.session.events
    page.debrief.swap.click()
    assert page.wait(PATIENCE)
    assert page.foot.said.startswith("Otters with 9 agents, as Larks:")
    assert page.foot.said in page.debrief.swapped.value
    assert page.session.events == before
    page.debrief.other.value = page.debrief.one.value
    assert page.debrief.swap.disabled


def test_the_report_is_written_beside_the_session(page: Desk) -> None:
    forward(page, "computed")
    page.write.click()
    assert str(page.folder) in page.foot.said
    assert (page.folder / "report.md").read_text().startswith("# Meet the bar")


def test_a_note_is_kept_and_an_empty_one_told(page: Desk) -> None:
    page.notes.keep.click()
    refused(page, "0 characters")
    page.notes.box.value = "<b>Never</b> again"
    page.notes.keep.click()
    assert page.session.state.notes == ("<b>Never</b> again",)
    assert "&lt;b&gt;" in page.notes.kept.value
    assert page.notes.box.value == ""


# ------------------------------------------------------------------------------------------------ robots


def test_robots_are_seated_one_by_one_and_fill_in_every_phase(where: Place) -> None:
    page = where.desk("rehearsal-1")
    page.robots.one.click()
    page.robots.one.click()
    assert [team.name for team in page.session.state.teams] == [each.name for each in robots.ROBOTS[:2]]
    page.robots.all.click()
    assert page.foot.said == f"{len(robots.ROBOTS) - 2} robot teams came in."
    page.robots.fill.click()
    refused(page, "predict, decide and frozen")
    forward(page, "predict")
    page.robots.fill.click()
    assert page.session.state.now.predictions
    forward(page, "decide")
    page.robots.fill.click()
    assert page.session.state.now.decisions
    page.robots.one.click()
    refused(page, "All robot teams")


def test_robots_stay_out_of_a_real_room(page: Desk) -> None:
    assert "kit-gone" in page.robots.widget._dom_classes


# ------------------------------------------------------------------------------------ sessions on the disk


def test_a_session_goes_on_in_the_same_phase_with_everything_that_was_told(where: Place, page: Desk) -> None:
    forward(page, "predict")
    row(page, "Otters").asks[KEPT].widget.value = "60"
    state = page.session.state
    page.projecting.close()
    page.session.store._connection.close()  # as a process that was killed leaves it
    page.session.store._desk._connection.close()
    again = where.desk()
    assert again.session.state == state
    assert again.foot.said == "Resumed in round 1, predict: 2 teams, 1 prediction, 0 decisions."


def test_without_a_folder_the_session_left_in_the_middle_goes_on_and_an_old_one_does_not(
    where: Place,
) -> None:
    first = where.desk(None)
    assert first.folder == where.folder / "w1-2026-03-02"
    named(first, "Otters")
    first.session.close()
    second = where.desk(None)
    assert (second.folder, len(second.session.state.teams)) == (first.folder, 1)
    second.session.close()
    where.clock.on(60 * (folders.HOURS_OF_A_DAY_OUT + 1))
    third = where.desk(None)
    assert third.folder != first.folder
    assert str(first.folder) in [value for _, value in third.keeping.earlier.options]


def test_a_rehearsal_of_the_morning_does_not_open_in_the_afternoon(where: Place) -> None:
    page = where.desk(None)
    page.keeping.rehearse.click()
    assert folders.is_rehearsal(page.folder)
    page.session.close()
    where.clock.on(folders.MINUTES_OF_A_CRASH + 1)
    assert not folders.is_rehearsal(where.desk(None).folder)


def test_another_session_is_opened_from_the_list_and_this_one_let_go(page: Desk) -> None:
    first = page.folder
    page.keeping.new.click()
    assert page.folder != first
    assert page.session.state.teams == ()
    page.keeping.earlier.value = str(first)
    page.keeping.open.click()
    assert page.folder == first
    assert page.foot.said.startswith("Resumed in round 1, brief: 2 teams")
    page.keeping.earlier.value = str(first)
    page.keeping.open.click()
    refused(page, "open here already")


def test_a_second_desk_only_reads_and_follows(where: Place, page: Desk) -> None:
    second = where.desk()
    assert ONLY_READS in second.foot.said
    assert "only read here" in second.top.whose.value
    before = page.session.events
    second.name.value = "Voles"
    refused(second, ONLY_READS)
    second.top.next.click()
    refused(second, ONLY_READS)
    assert read_only(page.folder / NAME) == before
    forward(page, "predict")
    second.look()
    assert second.session.state == page.session.state
    assert "● predict" in second.top.strip.value


def test_the_second_desk_takes_over_when_the_first_lets_go(where: Place, page: Desk) -> None:
    second = where.desk()
    page.watch()
    second.keeping.take_over.click()
    named(second, "Voles")
    assert [team.name for team in second.session.state.teams] == ["Otters", "Larks", "Voles"]
    page.look()
    page.name.value = "Newts"
    refused(page, ONLY_READS)
    assert not list(page.folder.glob("*.take"))


def test_what_a_page_that_is_gone_asked_for_counts_no_more(where: Place, page: Desk) -> None:
    request = page.folder / f"{NAME}.take"
    request.touch()
    os.utime(request, (0, 0))
    page.look()
    assert "only read here" not in page.top.whose.value
    request.touch()
    page.look()
    assert "only read here" in page.top.whose.value
    page.look(tick=False)
    refused(page, "took this session over")
    os.utime(request, (0, 0))
    page.look(tick=False)
    named(page, "Newts")
    assert page.session.state.teams[-1].name == "Newts"
    assert where.opened == [page]


def test_the_second_desk_has_the_session_when_the_first_is_gone(where: Place, page: Desk) -> None:
    second = where.desk()
    second.look(tick=False)
    second.name.value = "Voles"
    refused(second, ONLY_READS)
    page.close()
    second.look(tick=False)
    assert second.foot.said == "The other page is gone; this one has the session now."
    named(second, "Newts")
    assert [team.name for team in second.session.state.teams] == ["Otters", "Larks", "Newts"]


def test_a_damaged_file_is_told_and_the_session_goes_on_with_what_was_saved(where: Place, page: Desk) -> None:
    page.session.close()
    file = page.folder / NAME
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(file.read_bytes())
    content[-200:] = b"\xff" * 200
    file.write_bytes(content)
    again = where.desk()
    assert "damaged" in again.foot.said
    plain(again.foot.said)
    named(again, "Voles")
    assert again.session.state.teams[-1].name == "Voles"


def test_a_session_that_cannot_be_read_stops_no_other_and_is_told(where: Place) -> None:
    where.desk("tuesday").close()
    where.opened.clear()
    connection = sqlite3.connect(where.folder / "tuesday" / NAME)
    connection.execute("INSERT INTO events VALUES (9, '', 'noted', 'no JSON', '1')")
    connection.commit()
    connection.close()
    page = where.desk()
    assert "tuesday: cannot be read, and is left out here." in page.foot.said
    assert "tuesday: cannot be read" in page.keeping.place.value
    assert [each.folder.name for each in folders.earlier(where.folder, page.workshop)] == ["monday"]
    assert folders.to_go_on_with(where.folder, page.workshop, where.clock()) == page.folder


def test_a_file_of_another_program_stays_as_it_is_and_a_new_session_begins_elsewhere(where: Place) -> None:
    folder = where.folder / "tuesday"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(b"notes of my own, not a session at all" * 10)
    before = (folder / NAME).read_bytes()
    page = where.desk("tuesday")
    assert "not a session of this kit" in page.foot.said
    assert page.folder.parent == where.folder
    assert page.folder != folder
    assert (folder / NAME).read_bytes() == before


def test_what_the_disk_does_not_take_is_told_and_stays_in_its_box(
    page: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward(page, "predict")

    def full(*_: object) -> None:
        raise BadInput("session.db: the disk is full; make room and do it again.")

    monkeypatch.setattr(page.session.store, "append", full)
    box = row(page, "Otters").asks[KEPT].widget
    box.value = "60"
    refused(page, "disk is full")
    assert box.value == "60"
    assert not page.session.state.now.predictions


def test_an_unknown_workshop_is_told_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="w1"):
        desk("w11")


def test_the_notebook_opens_what_the_command_line_asked_for(
    where: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIT_WORKSHOP", "w1")
    monkeypatch.setenv("KIT_WORKSHOP_FOLDER", str(where.folder / "asked"))
    page = as_asked()
    page.close()
    assert page.folder == where.folder / "asked"
    assert small().title == page.workshop.title


def test_what_breaks_is_told_in_a_sentence_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with private_log(tmp_path, monkeypatch) as log, place(tmp_path) as where:
        page = where.desk()
        monkeypatch.setattr(Session, "add_team", lambda *_: 1 / 0)
        page.name.value = "Otters"
        refused(page, "control-room.log")
        assert "ZeroDivisionError" in log.read_text()
        assert page.name.value == "Otters"


def test_a_part_that_cannot_be_drawn_is_told_and_takes_nothing_else_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with private_log(tmp_path, monkeypatch) as log, place(tmp_path) as where:
        page = where.desk()
        levers: dict[str, object] = {}
        monkeypatch.setattr(page.table, "show", lambda _seen: levers["plan.unknown"])
        named(page, "Otters")
        refused(page, "Otters: is in", "could not be drawn", "control-room.log")
        plain(page.foot.said)
        page.top.next.click()
        assert page.top.undo.description == "Undo going to predict"
        assert "KeyError" in log.read_text()


# ------------------------------------------------------------------------------------- before the room


def test_everything_is_checked_before_the_room_comes(page: Desk) -> None:
    page.preflight.check.click()
    assert page.wait(PATIENCE)
    assert page.foot.said == "Checked: everything is ready."
    found = page.preflight.found.value
    assert found.count("✓") == 5
    assert "monday can be written" in found
    assert page.projecting.address in found
    assert not list(page.folder.glob(".probe"))


def test_a_folder_that_cannot_be_written_and_a_projector_that_is_gone_are_told(
    page: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(28, "No space left on device")

    page.projecting.close()
    monkeypatch.setattr(Path, "write_bytes", refuses)
    page.preflight.check.click()
    assert page.wait(PATIENCE)
    assert (
        page.foot.said == "Checked, 2 to see to: Folder: monday cannot be written (No space left on device)."
    )
    assert "✕ Projector: has no page" in page.preflight.found.value


def test_the_robot_room_is_played_in_a_folder_of_its_own(page: Desk) -> None:
    before = page.session.events
    page.preflight.room.click()
    assert page.wait(PATIENCE)
    assert page.foot.said.startswith("15 robot teams played 2 rounds:")
    assert (page.place / "w1-robot-room" / "report.md").is_file()
    assert page.session.events == before
    plain(page.foot.said)


def test_the_room_sees_what_the_desk_says_it_sees(page: Desk) -> None:
    forward(page, "reveal")
    forward(page, "debrief")
    page.look()
    shown = page.side.projected
    assert page.projecting.slides[0] in html.unescape(shown.shown.value)
    assert len(page.projecting.slides) > 1
    shown.later.click()
    assert page.projecting.page == 1
    assert f"Slide 2 of {len(page.projecting.slides)}:" in shown.shown.value


def on_the_screen(page: Desk) -> str:
    """The projector's page, as its server gives it."""
    with urlopen(page.projecting.address, timeout=PATIENCE) as answer:  # noqa: S310  # our own page, on this computer
        return str(answer.read().decode())


def test_the_room_sees_the_board_as_the_desk_chose(page: Desk) -> None:
    forward(page, "computed")
    for way in BOARDS:
        page.side.projected.boards.value = way
        assert page.projecting.boards == way
    while page.session.round.reveal[page.session.state.stage - 1] != "board" or phase_of(page) != "reveal":
        page.top.next.click()
    assert "Otters" not in on_the_screen(page)  # only the headline
    page.side.projected.boards.value = BOARDS[0]
    assert "Otters" in on_the_screen(page)


def test_the_space_bar_of_the_projector_does_what_the_main_button_does(page: Desk) -> None:
    assert page.press_next() == page.foot.said
    assert phase_of(page) == "predict"
    page.press_back()
    assert phase_of(page) == "brief"
    assert page.press_back() == "The desk has no such step now."


def test_what_the_desk_refuses_is_not_read_out_to_the_room(page: Desk) -> None:
    forward(page, "predict")
    row(page, "Larks").asks[KEPT].widget.value = "140"
    assert page.press_next() == "Look at the desk first."
    refused(page, "Larks", "press again")
    assert phase_of(page) == "predict"
    assert "Larks" not in page.press_next()
    assert phase_of(page) == "decide"


def test_the_booklet_page_that_stands_in_is_named(page: Desk) -> None:
    forward(page, "decide")
    assert "booklet page 1 stands in" in page.side.projected.shown.value
