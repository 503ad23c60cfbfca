"""In a real browser: does the page of the year answer under Voila, fit its window, and ask no other host?"""

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
    Shown,
    free_port,
    opened,
    private,
    served,
)

from sim.views.serving import HOST, voila_command, voila_environment

pytestmark = pytest.mark.browser

NOTEBOOK = "the_year.ipynb"


@pytest.fixture(scope="module")
def year(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The page of the year, once its run is done."""
    folder: Path = tmp_path_factory.mktemp("year")
    copy(NOTEBOOKS / NOTEBOOK, folder)
    port = free_port()
    command, env = voila_command(folder / NOTEBOOK, port), private(folder, voila_environment())
    with served(command, port, env, folder / "voila.log"), opened(browser, f"http://{HOST}:{port}/") as shown:
        expect(shown.page.locator(".kit-progress")).to_contain_text("done", timeout=PATIENCE)
        yield shown


@pytest.mark.parametrize("size", [DESK, PROJECTOR], ids=["desk", "projector"])
def test_the_page_fills_the_window_and_nothing_is_cut(year: Shown, size: tuple[int, int]) -> None:
    year.page.set_viewport_size({"width": size[0], "height": size[1]})
    year.page.wait_for_function(f"() => innerWidth == {size[0]} && innerHeight == {size[1]}")
    assert year.page.evaluate("document.documentElement.scrollHeight") == size[1]
    assert year.page.evaluate(OUTSIDE) == []
    assert year.page.evaluate(CUT) == []
    sizes = year.page.evaluate(
        "() => [...document.querySelectorAll('img.kit-picture')].map(e => Math.min(e.clientWidth / 432, "
        "e.clientHeight / 266))"
    )
    assert len(sizes) == 4
    assert min(sizes) >= 1, "chart text would be smaller than twelve pixels"


def test_another_plan_is_lived_and_the_headline_follows(year: Shown) -> None:
    headline = year.page.locator(".kit-headline")
    before = headline.inner_text()
    year.page.locator(".kit-menu-box select").nth(1).select_option("Trusted front line")
    expect(headline).not_to_have_text(before, timeout=PATIENCE)
    expect(year.page.locator(".kit-progress")).to_contain_text("done", timeout=PATIENCE)
    assert "✕" not in year.page.locator(".kit-line").inner_text()


def test_what_it_rests_on_opens_and_closes(year: Shown) -> None:
    button, sheet = year.page.locator("button.kit-menu"), year.page.locator(".kit-sheet")
    button.click()
    expect(sheet).to_be_visible(timeout=PATIENCE)
    expect(sheet).to_contain_text("not proved here")
    button.click()
    expect(sheet).to_be_hidden(timeout=PATIENCE)


def test_no_request_leaves_this_computer(year: Shown) -> None:
    hosts = {urlsplit(url).hostname for url in year.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {HOST}
