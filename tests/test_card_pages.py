"""In a real browser: can a card be worked through from the keyboard alone, in JupyterLab and under Voila, uncut?"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lessons_found import SAMPLE
from playwright.sync_api import Browser, Locator, Page, expect
from test_pages import PATIENCE, free_port, lab_served, opened, private, run_all_cells, served

from sim.exercise.shelf import expected_beside
from sim.views.serving import HOST, voila_command, voila_environment

pytestmark = pytest.mark.browser

NOTEBOOK = "cards.ipynb"
CARDS = ("number", "direction", "choice", "ranking", "curve", "scenario")
SIZES = {"small": (1280, 720), "projector": (1920, 1080)}
ARROWS, STEP = 10, 5
"""How often an arrow key is pressed on the scale of the first card, and how far it goes each time."""
HEIGHTS = ("1.5", "1", "0.5")
CUT = """card => [...card.querySelectorAll('*')]
  .filter(e => e.offsetParent && getComputedStyle(e).display != 'inline')
  .filter(e => !e.closest('.kit-hidden, .slider-container, .widget-label, svg, .widget-toggle-buttons'))
  .filter(e => e.scrollWidth > e.clientWidth + 1
    || e.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
  .map(e => `${e.className} ${e.innerText.slice(0, 40)}`)"""
WORDS = "span, p, b, h2, h3, h4, button, input, li, th, td, label, textarea"
SMALLEST = f"""card => Math.min(...[...card.querySelectorAll('{WORDS}')]
  .filter(e => e.offsetParent && (e.innerText || e.value) && !e.closest('.kit-hidden, .widget-label'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
LETTERS = """card => Math.min(...[...card.querySelectorAll('svg text')]
  .map(e => parseFloat(e.getAttribute('font-size')) * e.ownerSVGElement.getScreenCTM().a))"""
OUT_OF_PICTURE = """card => [...card.querySelectorAll('svg text')].filter(e => {
  const svg = e.ownerSVGElement.getBoundingClientRect(), box = e.getBoundingClientRect();
  return box.left < svg.left - 1 || box.right > svg.right + 1 || box.top < svg.top - 1 || box.bottom > svg.bottom + 1;
}).map(e => e.textContent)"""
MISSED = """([card, mark]) => {
  const handle = card.querySelector(mark).getBoundingClientRect();
  const line = card.querySelector('svg').getBoundingClientRect();
  return [(handle.left + handle.right) / 2 - line.left, (handle.top + handle.bottom) / 2 - line.top, line.width];
}"""
CONTRAST = """card => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) {
    const colour = parts(getComputedStyle(e).backgroundColor); if (colour.length < 4 || colour[3] > 0) return colour; }
    return [255, 255, 255]; };
  return [...card.querySelectorAll('span, p, b, h2, h3, h4, button, li, th, td')]
    .filter(e => e.offsetParent && e.innerText.trim() && !e.children.length)
    .map(e => { const a = light(parts(getComputedStyle(e).color)), b = light(behind(e));
      return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.innerText.slice(0, 30)]; })
    .filter(([ratio]) => ratio < 4.5);
}"""


@dataclass
class Shown:
    """A page with the sample's cards."""

    page: Page

    def card(self, name: str) -> Locator:
        return self.page.locator(".kit-card:not(.kit-strip-card)").nth(CARDS.index(name))

    def resize(self, size: str) -> None:
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function(f"() => innerWidth == {width}")

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def tab_to(self, wanted: Locator) -> None:
        """Go forward with the Tab key until that has the focus."""
        for _ in range(40):
            if wanted.evaluate("e => e === document.activeElement"):
                return
            self.press("Tab")
        pytest.fail(f"the Tab key does not come to {wanted}")


def notebook() -> dict[str, Any]:
    sources = ["from sim.views.card import lesson\nsample = lesson('99')", "sample.progress()"]
    sources += [f"sample.card('{name}')" for name in CARDS]
    code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**code, "id": f"cell-{at}", "source": source} for at, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook that shows every card of the sample."""
    made = tmp_path_factory.mktemp("cards")
    for path in (SAMPLE, expected_beside(SAMPLE)):
        shutil.copy(path, made / path.name)
    (made / NOTEBOOK).write_text(json.dumps(notebook()), encoding="utf-8")
    return made


def with_kit(env: dict[str, str]) -> dict[str, str]:
    """The kit of this folder, wherever the kernel starts."""
    return {**env, "PYTHONPATH": os.pathsep.join([str(SAMPLE.parents[2]), os.environ.get("PYTHONPATH", "")])}


@pytest.fixture(scope="module")
def voila(browser: Browser, folder: Path) -> Iterator[Shown]:
    """The cards as a Voila page."""
    port, env = free_port(), with_kit(private(folder, voila_environment()))
    command = voila_command(folder / NOTEBOOK, port)
    with served(command, port, env, folder / "voila.log"), opened(browser, f"http://{HOST}:{port}/") as shown:
        yield ready(shown.page)


@pytest.fixture(scope="module")
def lab(browser: Browser, folder: Path) -> Iterator[Shown]:
    """The cards in JupyterLab."""
    with (
        lab_served(folder, folder / "lab", with_kit(dict(os.environ))) as lab,
        opened(browser, f"{lab}/{NOTEBOOK}") as shown,
    ):
        run_all_cells(shown.page)
        yield ready(shown.page)


def ready(page: Page) -> Shown:
    """The page once every card is there and its sliders have their names."""
    shown = Shown(page)
    expect(page.locator(".kit-card:not(.kit-strip-card) .kit-step")).to_have_count(
        len(CARDS), timeout=PATIENCE
    )
    expect(shown.card("number").locator(".noUi-handle[aria-label]")).to_have_count(1, timeout=PATIENCE)
    return shown


@pytest.fixture(params=["voila", "lab"])
def shown(request: pytest.FixtureRequest) -> Shown:
    """Each of the two pages."""
    page: Shown = request.getfixturevalue(request.param)
    page.resize("small")
    return page


# ----------------------------------------------------------------------------------------------------- as it opens


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_everything_can_be_read(shown: Shown, size: str) -> None:
    shown.resize(size)
    for name in CARDS:
        card = shown.card(name)
        card.scroll_into_view_if_needed()
        assert card.evaluate(CUT) == [], name
        assert card.evaluate(SMALLEST) >= 12, name
        assert card.evaluate(CONTRAST) == [], name
        if card.locator("svg text").count():
            assert card.evaluate(LETTERS) >= 12, name
            assert card.evaluate(OUT_OF_PICTURE) == [], name


def test_states_and_groups_are_told_to_screen_readers(shown: Shown) -> None:
    card = shown.card("direction")
    group = card.get_by_role("group", name="How sure?")
    expect(group).to_be_visible()
    for button in group.get_by_role("button").all():
        expect(button).to_have_attribute("aria-pressed", "false")
    expect(card.locator("[aria-current=step]")).to_have_text("Predict")
    expect(card.get_by_role("status").first).to_be_attached()
    for handle in shown.card("curve").locator(".noUi-handle").all():
        assert "agents" in str(handle.get_attribute("aria-label"))


# ------------------------------------------------------------------------------------------- from the keyboard alone


def test_a_card_is_worked_through_from_the_keyboard(shown: Shown) -> None:
    card = shown.card("number")
    place_with_arrows(shown, card)
    lock_and_run(shown, card)
    expect(card.locator("h3").first).to_contain_text("The wait grew by", timeout=PATIENCE)
    expect(card.locator(".kit-svg").first).to_contain_text("model")
    answer_by_key(shown, card.locator(".kit-step-observe"), "falls", "Say what I see")
    expect(card.locator(".kit-step-observe")).to_contain_text("✓ met", timeout=PATIENCE)
    write_why(shown, card)
    surprise = card.locator(".kit-step-surprise")
    expect(surprise).to_contain_text("● structural", timeout=PATIENCE)
    press_button(shown, surprise.get_by_role("button", name="Show where it turns"))
    expect(surprise).to_contain_text("Run just now, 8 replications", timeout=PATIENCE)
    work_on_the_task(shown, card)
    again = card.locator(".kit-step-predict").nth(1)
    type_number(shown, again, "70")
    lock_and_run(shown, again)
    expect(again.locator("h3")).to_contain_text("With 5 agents", timeout=PATIENCE)
    expect(shown.page.locator(".kit-progress-strip li").first).to_contain_text("✓ 1", timeout=PATIENCE)
    assert card.evaluate(CUT) == []
    assert card.evaluate(CONTRAST) == []
    assert card.evaluate(OUT_OF_PICTURE) == []


def place_with_arrows(shown: Shown, card: Locator) -> None:
    """Move the mark with the arrow keys; the handle stands on the line where the number is."""
    handle = card.locator(".noUi-handle").first
    handle.focus()
    shown.press("ArrowRight", ARROWS)
    box = card.locator(".kit-answer input").first
    expect(box).to_have_value(f"{STEP * ARROWS}", timeout=PATIENCE)
    expect(card.locator(".kit-svg").first).to_contain_text(f"you {STEP * ARROWS} %", timeout=PATIENCE)
    across, down, width = shown.page.evaluate(MISSED, [card.element_handle(), ".noUi-handle"])
    scale = width / 572
    assert across / scale == pytest.approx(16 + 540 * STEP * ARROWS / 400, abs=2)
    assert down / scale == pytest.approx(92, abs=2)
    assert shown.page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth") == "3px"


def lock_and_run(shown: Shown, place: Locator) -> None:
    fairly = place.get_by_role("button", name="fairly")
    shown.tab_to(fairly)
    shown.press("Space")
    lock = place.get_by_role("button", name="Lock my prediction")
    expect(lock).to_be_enabled(timeout=PATIENCE)
    press_button(shown, lock)
    run = place.get_by_role("button", name="Run the week")
    expect(run).to_be_enabled(timeout=PATIENCE)
    expect(fairly).to_be_disabled()
    press_button(shown, run)


def press_button(shown: Shown, button: Locator) -> None:
    shown.tab_to(button)
    shown.press("Enter")


def answer_by_key(shown: Shown, step: Locator, option: str, button: str) -> None:
    wanted = step.get_by_role("button", name=option, exact=True)
    expect(wanted).to_be_visible(timeout=PATIENCE)
    press_button(shown, wanted)
    check = step.get_by_role("button", name=button)
    expect(check).to_be_enabled(timeout=PATIENCE)
    press_button(shown, check)


def write_why(shown: Shown, card: Locator) -> None:
    box = card.get_by_role("textbox", name="Why? Two lines in your own words.")
    expect(box).to_be_visible(timeout=PATIENCE)
    shown.tab_to(box)
    shown.page.keyboard.type("The line feeds itself.")
    press_button(shown, card.get_by_role("button", name="Keep my words"))
    expect(card.locator(".kit-step-why")).to_contain_text("Whoever waits adds", timeout=PATIENCE)


def work_on_the_task(shown: Shown, card: Locator) -> None:
    """Try what cannot be read, then a misconception, take a hint, see the solution."""
    task = card.locator(".kit-step-task")
    expect(task.get_by_role("button", name="See solution")).to_be_disabled(timeout=PATIENCE)
    type_number(shown, task, "many")
    expect(task).to_contain_text("many: holds no number", timeout=PATIENCE)
    type_number(shown, task, "100")
    press_button(shown, task.get_by_role("button", name="Check"))
    expect(task).to_contain_text("○ not yet", timeout=PATIENCE)
    press_button(shown, task.get_by_role("button", name="Hint 1/3"))
    expect(task).to_contain_text("Think of the peak.", timeout=PATIENCE)
    press_button(shown, task.get_by_role("button", name="See solution"))
    expect(task).to_contain_text("With 3 agents", timeout=PATIENCE)


def type_number(shown: Shown, place: Locator, typed: str) -> None:
    box = place.locator(".kit-answer input").first
    expect(box).to_be_visible(timeout=PATIENCE)
    shown.tab_to(box)
    shown.press("Control+a")
    shown.page.keyboard.type(typed)
    shown.press("Enter")


def test_a_curve_is_drawn_with_the_arrow_keys(shown: Shown) -> None:
    card = shown.card("curve")
    handles = card.locator(".kit-upright .noUi-handle")
    for at in range(3):
        handles.nth(at).focus()
        shown.press("ArrowUp", ARROWS * (3 - at))
        expect(card.locator(".kit-answer input").nth(at)).to_have_value(HEIGHTS[at], timeout=PATIENCE)
    across, down, width = shown.page.evaluate(MISSED, [card.element_handle(), ".kit-upright .noUi-handle"])
    scale = width / 572
    assert across / scale == pytest.approx(88, abs=2)
    assert down / scale == pytest.approx(206 - 172 * float(HEIGHTS[0]) / 4, abs=3)
    lock_and_run(shown, card)
    expect(card.locator("h3").first).to_contain_text("From", timeout=PATIENCE)
    expect(card.locator(".kit-svg").first).to_contain_text("model")
    assert card.evaluate(OUT_OF_PICTURE) == []


def test_a_ranking_is_placed_and_revealed(shown: Shown) -> None:
    card = shown.card("ranking")
    card.get_by_role("button").first.focus()
    for row, place in enumerate("213"):
        button = card.locator(".kit-place-row").nth(row).get_by_role("button", name=place, exact=True)
        press_button(shown, button)
        expect(button).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    lock_and_run(shown, card)
    expect(card.get_by_role("columnheader", name="● the model")).to_be_visible(timeout=PATIENCE)
    assert card.evaluate(CUT) == []


def test_a_plan_is_made_and_run(shown: Shown) -> None:
    card = shown.card("scenario")
    card.locator(".noUi-handle").first.focus()
    box = card.locator(".kit-lever .kit-number input").first
    shown.tab_to(box)
    shown.press("Control+a")
    shown.page.keyboard.type("8")
    shown.press("Enter")
    press_button(shown, card.get_by_role("button", name="Run my plan and check"))
    expect(card).to_contain_text("to spare", timeout=PATIENCE)
    assert card.evaluate(CUT) == []
