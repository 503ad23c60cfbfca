"""Does the page of the year answer every choice, keep what is finished, and lose neither a run nor an error?"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import ipywidgets as w
import pytest

from sim import Scenario, named
from sim.experiment.seasons import Months, seasons
from sim.scenario.files import text_of
from sim.views import looks
from sim.views.months.still import PANELS, SeasonStill
from sim.views.room import log as room_log
from sim.views.year import YearPage, runs, words, year_page
from sim.views.year.choice import UNMOVED, Choice
from sim.views.year.runs import Found

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
THREE = SMALL.changed({"plan.staffing.agents": 3, "title": "Three"})
FOUR = SMALL.changed({"plan.staffing.agents": 4, "title": "Four"})
WEEKS, SETTLE, FEW = 6, 3, 2
PATIENCE = 120.0
Open = Callable[..., YearPage]


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Details go to a folder of the test's, not to the user's."""
    file = tmp_path / "log" / room_log.NAME
    monkeypatch.setattr(room_log, "log_file", lambda: file)
    room_log.log.cache_clear()
    yield file
    logger = room_log.log()
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    room_log.log.cache_clear()


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens pages on a small operation and closes them in the end."""
    pages: list[YearPage] = []

    def open_page(
        now: Any = SMALL, plan: Any = THREE, weeks: int = WEEKS, replications: int = FEW
    ) -> YearPage:
        pages.append(year_page(now, plan, weeks=weeks, replications=replications, settle=SETTLE))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
        page.wait(PATIENCE)


def settled(page: YearPage) -> Found:
    """What the page shows once its run has ended."""
    assert page.wait(PATIENCE)
    assert page.found is not None
    return page.found


def offer(page: YearPage, *more: Scenario) -> None:
    """Put more scenarios into the menus."""
    for menu in (page.side.now, page.side.plan):
        chosen = menu.value
        page.side._quiet = True
        menu.options = [*menu.options, *((one.title, one) for one in more)]
        menu.value = chosen
        page.side._quiet = False


def plain(html: str) -> str:
    return re.sub("<.*?>", "", html)


# ------------------------------------------------------------------------------------ what is shown


def test_before_the_first_run_the_panels_show_axes_and_words(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs.Runner, "start", lambda *_: None)
    page = opened()
    assert page.found is None
    for name in PANELS:
        assert "not run yet" in page.board.titles[name].value
        assert 'src="data:image/png;base64,' in page.board.pictures[name].value
    assert words.FIRST in page.board.below.value
    assert "The first run is under way" in page.board.headline.value
    assert "±" not in page.side.horizons.value + page.side.culture.value


def test_the_page_ends_with_the_numbers_that_seasons_give(opened: Open) -> None:
    found = settled(opened())
    expected = seasons([SMALL, THREE], FEW, months=Months(WEEKS, SETTLE), workers=1)
    assert (found.state, found.done) == ("finished", FEW)
    for name in ("promise_kept", "customers", "profit", "exhaustion"):
        for plan in (0, 1):
            assert found.seasons.values(name, plan) == expected.values(name, plan)


def test_every_picture_has_words_for_those_who_do_not_see_it(opened: Open) -> None:
    page = opened()
    settled(page)
    for name in PANELS:
        shown = page.board.pictures[name].value
        assert re.search(r'<img [^>]*alt="[^"]{10,}"', shown)
        assert '<th scope="row">' in shown
        assert len(plain(page.board.titles[name].value)) <= looks.TITLE_LIMIT
    assert len(plain(page.board.headline.value)) <= looks.HEADLINE_LIMIT


def test_replications_arrive_one_by_one_and_are_counted(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Found] = []
    tell = YearPage._tell

    def overheard(page: YearPage, found: Found) -> None:
        told.append(found)
        tell(page, found)

    monkeypatch.setattr(YearPage, "_tell", overheard)
    page = opened(replications=3)
    settled(page)
    done = [found.done for found in told]
    assert done == sorted(done)
    assert {0, 1, 3} <= {*done}
    assert words.progress(replace(told[0], seconds_left=11.2)) == ("Replication 0 of 3", "12 s left")
    assert "3 replications" in page.foot.progress.value
    assert page.foot.run.disabled


def test_the_horizons_and_the_culture_stand_beside_the_pictures(opened: Open) -> None:
    page = opened(weeks=52)
    settled(page)
    horizons, culture = plain(page.side.horizons.value), plain(page.side.culture.value)
    assert re.match(r"12 months[+−]?[\d,]+ ±[\d,]+", horizons)
    assert "24 months" not in horizons
    assert re.search(
        r"now (hit-and-miss|good enough): \d+ of 100 promises kept, gap between desks \d+ points", culture
    )
    assert "nine in ten customers have at least" in culture


def test_a_season_too_short_for_horizons_says_so(opened: Open) -> None:
    page = opened()
    settled(page)
    assert words.TOO_SHORT in page.side.horizons.value


def test_what_a_result_rests_on_stands_beside_it(opened: Open) -> None:
    page = opened(SMALL, SMALL.changed("plan.outsourcing.share", 0.4))
    settled(page)
    notes = {name: plain(note.value) for name, note in page.board.notes.items()}
    assert "memory of failures" in notes["loyalty"]
    assert "How waits weigh is a choice" in notes["loyalty"]
    assert "Bot figures" in notes["customers"]
    assert "partner" in notes["profit"]
    assert "authority" not in notes["staff"]
    page.menu.button.click()
    assert page.menu.shown
    assert "not proved here" in page.menu.sheet.value


def test_every_control_has_a_name(opened: Open) -> None:
    page = opened()
    assert all(control.description for control in page.side.controls().values())
    assert isinstance(page.side.controls()["plan"], w.Dropdown)


def test_the_same_plan_is_called_the_same_and_lived_once(opened: Open) -> None:
    page = opened(SMALL, SMALL)
    found = settled(page)
    assert "The plan is the same as now" in page.board.headline.value
    assert all(now is plan for now, plan in found.seasons.summaries)


# ------------------------------------------------------------------------------------------ choices


def test_another_plan_begins_where_now_has_settled_and_now_is_not_lived_again(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    before = settled(page)
    offer(page, FOUR)
    sent: list[runs.Part] = []
    submitted = runs.Runner._submitted

    def overheard(runner: runs.Runner, job: runs.Job, part: runs.Part, engine: Any) -> Any:
        sent.append(part)
        return submitted(runner, job, part, engine)

    monkeypatch.setattr(runs.Runner, "_submitted", overheard)
    monkeypatch.setattr(runs, "seasons_after", None)
    page.side.plan.value = FOUR
    found = settled(page)
    assert [part.plans for part in sent] == [[FOUR]] * FEW
    assert found.seasons.values("profit", 0) == before.seasons.values("profit", 0)
    expected = seasons([SMALL, FOUR], FEW, months=Months(WEEKS, SETTLE), workers=1)
    assert found.seasons.values("profit", 1) == expected.values("profit", 1)


def test_what_was_lived_through_is_not_run_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    first = settled(page)
    offer(page, FOUR)
    page.side.plan.value = FOUR
    settled(page)
    monkeypatch.setattr(runs, "executor", lambda _workers: pytest.fail("it ran again"))
    page.side.plan.value = THREE
    again = settled(page)
    assert again.state == "finished"
    assert again.seasons.values("profit", 1) == first.seasons.values("profit", 1)


def test_a_newer_choice_ends_the_older_run(opened: Open) -> None:
    page = opened(replications=4)
    offer(page, FOUR)
    page.side.plan.value = FOUR
    page.side.plan.value = THREE
    page.side.plan.value = FOUR
    found = settled(page)
    assert found.seasons.plans[1].plan == FOUR.plan
    assert found.done == 4
    assert page.board.waiting.value == ""


def test_a_late_answer_of_an_older_run_is_not_shown(opened: Open) -> None:
    page = opened()
    late = settled(page)
    page.side.replications.value = 4
    newer = settled(page)
    page._tell(late)
    assert page.found is newer
    assert "4 replications" in page.foot.progress.value


def test_weeks_and_replications_are_chosen_with_buttons(opened: Open) -> None:
    page = opened()
    settled(page)
    page.side.replications.value = 4
    found = settled(page)
    assert (found.done, found.weeks) == (4, WEEKS)
    assert {52, 104} <= {value for _, value in page.side.weeks.options}
    assert page.side.weeks.value == WEEKS


def test_the_switch_takes_both_assumptions_away_from_both_plans(opened: Open) -> None:
    page = opened()
    settled(page)
    page.side.unmoved.value = True
    found = settled(page)
    for plan in found.seasons.plans:
        assert all(plan.value(path) == 0 for path in UNMOVED)
    assert words.UNMOVED_ON in page.side._unmoved_line.value
    page.side.unmoved.value = False
    assert all(plan.value(path) > 0 for plan in settled(page).seasons.plans for path in UNMOVED)


def test_a_plan_from_another_world_is_lived_in_that_of_now() -> None:
    far = THREE.changed("assumptions.demand.customers", 50_000)
    now, plan = Choice(SMALL, far, WEEKS, FEW).worlds()
    assert plan.assumptions == now.assumptions
    assert plan.plan == THREE.plan


def test_a_choice_that_cannot_be_run_is_refused_and_taken_back(opened: Open) -> None:
    five_days = SMALL.changed({"assumptions.demand.intraday": ((1.0,),) * 5, "title": "Five days"})
    closed = SMALL.changed({"plan.hours.monday": None, "title": "Closed on Mondays"})
    page = opened(five_days, THREE)
    settled(page)
    offer(page, closed)
    page.side.plan.value = closed
    assert "✕ Intraday profile: 5 rows for 4 open days" in page.foot.line.value
    assert page.side.plan.value == page.choice.plan == THREE
    assert "5 rows for 4 open days" in opened(five_days, closed).foot.line.value


# --------------------------------------------------------------------------------------------- runs


def test_stop_keeps_what_is_finished_and_the_run_can_go_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    settled(page)
    one_in = Event()
    tell = page._runner._tell

    def stop_at_the_first(found: Found) -> None:
        tell(found)
        if found.done > FEW and not one_in.is_set():
            one_in.set()
            page.foot.run.click()

    monkeypatch.setattr(page._runner, "_tell", stop_at_the_first)
    page.side.replications.value = 10
    found = settled(page)
    assert one_in.is_set()
    assert found.state == "stopped"
    assert FEW < found.done < 10
    assert f"Stopped at {found.done} of 10." in page.foot.progress.value
    assert words.WIDE in page.foot.line.value
    assert page.foot.run.description == "Go on"
    page.foot.run.click()
    assert settled(page).done == 10


def test_stop_at_once_leaves_axes_and_no_error(opened: Open) -> None:
    page = opened()
    page.foot.run.click()
    assert page.wait(PATIENCE)
    assert "Stopped at" in page.foot.progress.value or "replications" in page.foot.progress.value
    assert "✕" not in page.foot.line.value


def test_a_broken_run_is_told_and_logged_and_the_choice_is_kept(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    page = opened()
    settled(page)

    def broken(_workers: int) -> Any:
        raise RuntimeError("no more memory on board")

    with monkeypatch.context() as patch:
        patch.setattr(runs, "executor", broken)
        page.side.replications.value = 4
        assert page.wait(PATIENCE)
    assert "That run did not finish. Your choice is kept." in page.foot.line.value
    assert page.choice.replications == 4
    assert "no more memory on board" in log_file.read_text()
    assert "RuntimeError" not in page.foot.line.value
    page.foot.run.click()
    assert settled(page).state == "finished"


def test_an_error_in_a_callback_is_told_and_logged(
    opened: Open, monkeypatch: pytest.MonkeyPatch, log_file: Path
) -> None:
    page = opened()
    settled(page)

    def broken(*_: Any) -> None:
        raise RuntimeError("a wire came loose")

    monkeypatch.setattr(page._runner, "start", broken)
    page.side.replications.value = 4
    assert "That did not work. Your choice is kept" in page.foot.line.value
    assert "a wire came loose" in log_file.read_text()


def test_a_callback_never_waits_for_a_run(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    settled(page)
    go = Event()
    run = runs.Runner._run

    def held(runner: runs.Runner, job: runs.Job) -> None:
        go.wait(PATIENCE)
        run(runner, job)

    monkeypatch.setattr(runs.Runner, "_run", held)
    page.side.replications.value = 4
    page.side.replications.value = 10
    page.side.replications.value = 4
    assert "redrawing" in page.board.waiting.value
    go.set()
    assert settled(page).done == 4


def test_nothing_is_printed(opened: Open, capfd: pytest.CaptureFixture[str]) -> None:
    page = opened()
    page.side.unmoved.value = True
    settled(page)
    page.close()
    assert capfd.readouterr() == ("", "")


def test_choices_from_many_threads_end_with_what_the_controls_say(opened: Open) -> None:
    page = opened()

    def choose(name: str) -> None:
        for value in {"replications": (4, FEW), "unmoved": (True, False), "weeks": (WEEKS,)}[name]:
            page.side.controls()[name].value = value

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(choose, ("replications", "unmoved", "weeks")))
    found = settled(page)
    assert found.total == page.choice.replications == page.side.replications.value
    assert page.choice.unmoved == page.side.unmoved.value


# -------------------------------------------------------------------------------- opening and keeping


def test_a_page_opens_on_scenarios_names_and_files(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs.Runner, "start", lambda *_: None)
    path = tmp_path / "mine.yaml"
    path.write_text(text_of(THREE), encoding="utf-8")
    assert opened(path, "lean").choice.now == THREE
    page = opened("today", "lean")
    assert (page.choice.now, page.choice.plan) == (named("today"), named("lean"))
    assert page.side.plan.label == "Lean: two agents fewer"
    assert [label for label, _ in page.side.plan.options].count("Today") == 1


def test_a_page_that_cannot_open_says_so_and_opens_today(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs.Runner, "start", lambda *_: None)
    page = opened("tody")
    assert "tody: no scenario has this name; nearest is today." in page.foot.line.value
    assert page.choice.now == named("today")
    page = opened(weeks=5000, replications=0)
    assert "✕ 5000 weeks is outside 1 to 520. Set to 520." in page.foot.line.value
    assert "0 replications is outside 1 to 200. Set to 1." in page.foot.line.value
    assert (page.choice.weeks, page.choice.replications) == (520, 1)


def test_what_the_page_shows_can_stay_in_a_notebook(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    still = page.still(PATIENCE)
    assert isinstance(still, SeasonStill)
    html = still._repr_html_()
    assert html.count("data:image/png;base64,") == len(PANELS)
    for told in (still.headline, "Still with us after 6 weeks, of 100", "What this rests on"):
        assert told in html
    assert "Promise kept, of 100" in repr(still)
    assert "good enough" in repr(still) or "hit-and-miss" in repr(still)
    assert "text/plain" in page._repr_mimebundle_()
    assert repr(page).startswith("The year. ")
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert page.still() is None
