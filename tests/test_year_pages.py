"""In a real browser: does the room opened on its months answer under Voila, fit its window, and ask no other host?"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from test_pages import (
    CUT,
    DESK,
    NOTEBOOKS,
    OUTSIDE,
    PATIENCE,
    PROJECTOR,
    READABLE,
    SCALES,
    SMALLEST,
    WIDTHS,
    Shown,
    free_port,
    opened,
    private,
    served,
)

from sim.scenario import fields
from sim.views.room.gallery import VIEWS, View
from sim.views.room.menu import RESTS
from sim.views.serving import HOST, voila_command, voila_environment

pytestmark = pytest.mark.browser

NOTEBOOK = "the_year.ipynb"


@pytest.fixture(scope="module")
def lived(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The page of the notebook of the year, as it is shipped, once its run is done."""
    folder: Path = tmp_path_factory.mktemp("year")
    copy(NOTEBOOKS / NOTEBOOK, folder)
    port = free_port()
    command, env = voila_command(folder / NOTEBOOK, port), private(folder, voila_environment())
    with served(command, port, env, folder / "voila.log"), opened(browser, f"http://{HOST}:{port}/") as shown:
        done(shown)
        yield shown


@pytest.fixture
def year(lived: Shown) -> Shown:
    """The same at a desk, on its months, with nothing open."""
    lived.resize(DESK)
    if lived.view() != "months":
        lived.turn_to("months")
    return lived


def done(shown: Shown) -> None:
    expect(shown.page.locator(".kit-progress")).to_contain_text("done", timeout=PATIENCE)
    assert "✕" not in shown.page.locator(".kit-line").inner_text()


def test_the_notebook_opens_on_the_months(lived: Shown) -> None:
    assert lived.view() == "months"
    assert len(lived.read()["pictures"]) == len(VIEWS["months"])
    assert "not run yet" not in " ".join(lived.read()["sentences"])


@pytest.mark.parametrize("size", [DESK, PROJECTOR], ids=["desk", "projector"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fills_the_window_and_nothing_is_cut(
    year: Shown, view: View, size: tuple[int, int]
) -> None:
    year.resize(size)
    year.turn_to(view)
    assert year.page.evaluate("document.documentElement.scrollHeight") == size[1]
    assert year.page.evaluate(OUTSIDE) == []
    assert year.page.evaluate(CUT) == []
    scales = year.page.evaluate(SCALES, WIDTHS[view])
    assert len(scales) == len(VIEWS[view])
    assert min(scales) * SMALLEST[view] >= READABLE


def test_a_lever_is_lived_through_and_the_months_follow(year: Shown) -> None:
    before = year.read()
    year.box("empowerment").fill("100")
    year.box("empowerment").press("Enter")
    year.wait_for_change(before)
    done(year)


def test_a_choice_of_the_drawer_is_lived_through_and_undo_takes_it_back(year: Shown) -> None:
    before, button = year.read(), year.page.locator("button", has_text="Policy drawer")
    changed = button.inner_text()
    button.click()
    box = year.page.locator(".kit-drawer-body").get_by_label(
        fields()["plan.people.support"].title, exact=True
    )
    box.fill("90")
    box.press("Enter")
    expect(button).not_to_have_text(changed.replace("▸", "▾"), timeout=PATIENCE)
    year.wait_for_change(before)
    assert year.page.evaluate(CUT) == []
    year.page.get_by_role("button", name="Undo", exact=True).click()
    expect(button).to_have_text(changed.replace("▸", "▾"), timeout=PATIENCE)
    button.click()
    expect(year.page.locator(".kit-drawer-body")).to_be_hidden(timeout=PATIENCE)
    done(year)


def test_what_befalls_both_is_lived_through_and_told(year: Shown) -> None:
    before = year.read()
    year.page.get_by_label("What befalls both").select_option("Sickness")
    expect(year.page.locator(".kit-help-line", has_text="Both, from week 13")).to_be_visible(timeout=PATIENCE)
    year.wait_for_change(before)
    assert year.page.evaluate(CUT) == []
    done(year)


def test_what_it_rests_on_opens_and_closes(year: Shown) -> None:
    button = year.page.get_by_role("button", name=RESTS, exact=True)
    sheet = year.page.locator(".kit-sheet", has_text="not proved here")
    button.click()
    expect(sheet).to_be_visible(timeout=PATIENCE)
    assert year.page.evaluate(CUT) == []
    button.click()
    expect(sheet).to_be_hidden(timeout=PATIENCE)


def test_no_request_leaves_this_computer(year: Shown) -> None:
    hosts = {urlsplit(url).hostname for url in year.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {HOST}
