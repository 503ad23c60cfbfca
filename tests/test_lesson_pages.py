"""In a real browser: can a learner do lessons 00 and 03 from start to end by keyboard, and see no result too early?"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from lessons_found import PATHS, Found, found
from playwright.sync_api import Browser, Locator, Page, expect
from test_pages import PATIENCE, free_port, lab_served, opened, private, run_all_cells, served

from sim.exercise.shelf import expected_beside
from sim.exercise.source import Asked, Card, Prediction
from sim.exercise.spoken import spoken
from sim.exercise.truth import truth
from sim.experiment.expected import fill
from sim.views.serving import HOST, voila_command, voila_environment

pytestmark = pytest.mark.browser

LESSONS = ("lesson_00_your_first_shift", "lesson_03_wow_cant_save_us")
PLANS = {"00-shift": {"Staffing": "11"}, "03-plan": {"Story kept": "100"}}
"""For each card that asks for a plan, the levers that reach its aims."""
MOST_TABS = 80
ROOT = Path(__file__).resolve().parents[1]


class Learner:
    """Somebody who works through a lesson with nothing but a keyboard."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.found = page, found(name)

    def tab_to(self, wanted: Locator) -> None:
        """Go forward with the Tab key until that has the focus."""
        expect(wanted).to_be_visible(timeout=PATIENCE)
        for _ in range(MOST_TABS):
            if wanted.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"the Tab key does not come to {wanted}")

    def press(self, button: Locator) -> None:
        expect(button).to_be_enabled(timeout=PATIENCE)
        self.tab_to(button)
        self.page.keyboard.press("Enter")

    def write(self, box: Locator, words: str) -> None:
        self.tab_to(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    # ---------------------------------------------------------------------------------- one card

    def do(self, place: Locator, card: Card) -> None:
        """All steps of a card, in order."""
        place.locator("button:enabled, input:enabled, textarea:enabled").first.focus()
        steps = place.locator(".kit-step-predict")
        if card.predict:
            self.predict(steps.first, card.predict)
        if card.observe:
            step = place.locator(".kit-step-observe")
            self.give(step, card.observe)
            self.press(step.get_by_role("button", name="Say what I see"))
            expect(step).to_contain_text("✓ met", timeout=PATIENCE)
        if card.explain:
            self.write(place.locator(".kit-step-why textarea"), "Hands were missing where work came.")
            self.press(place.get_by_role("button", name="Keep my words"))
            expect(place.locator(".kit-step-why")).to_contain_text(card.explain.points[0], timeout=PATIENCE)
        if card.check:
            self.solve(place.locator(".kit-step-task"), card)
        if card.again:
            self.predict(steps.nth(1), card.again)

    def predict(self, step: Locator, asked: Prediction) -> None:
        """Predict what the model does not say, lock it, and only then see what it says."""
        finding = fill(asked.reveal, self.found.told)
        self.give(step, asked, right=False)
        self.press(step.get_by_role("button", name="fairly"))
        self.sees_nothing_of(finding)
        self.press(step.get_by_role("button", name="Lock my prediction"))
        run = step.get_by_role("button", name="Run the ")
        expect(run).to_be_enabled(timeout=PATIENCE)
        self.sees_nothing_of(finding)
        self.press(run)
        expect(step.locator("h3")).to_have_text(finding, timeout=PATIENCE)

    def sees_nothing_of(self, finding: str) -> None:
        assert finding not in self.page.content()
        assert finding not in self.page.locator("body").inner_text()

    def give(self, step: Locator, asked: Asked, *, right: bool = True) -> None:
        """Give an answer: the model's, or another."""
        answer = truth(asked, self.found.told)
        if asked.kind == "number":
            middle = answer.values[0] if right else asked.low or 0.0
            self.write(step.locator(".kit-answer input").first, f"{middle:.0f}")
            self.page.keyboard.press("Enter")
        else:
            texts = answer.texts if right else [text for text in asked.texts if text not in answer.texts]
            self.press(step.get_by_role("button", name=texts[0], exact=True))

    def solve(self, step: Locator, card: Card) -> None:
        assert card.check is not None
        if card.check.kind == "scenario":
            for title, value in PLANS[card.id].items():
                self.write(step.get_by_role("textbox", name=title).first, value)
                self.page.keyboard.press("Enter")
            self.press(step.get_by_role("button", name="Run my plan and check"))
        else:
            self.give(step, card.check)
            self.press(step.get_by_role("button", name="Check"))
        expect(step).to_contain_text("✓ met", timeout=PATIENCE)


# --------------------------------------------------------------------------------------------- where it is done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lessons, in a folder of their own."""
    made = tmp_path_factory.mktemp("lessons")
    for name in LESSONS:
        for path in (PATHS[name], expected_beside(PATHS[name]), PATHS[name].with_suffix(".ipynb")):
            shutil.copy(path, made / path.name)
    return made


def with_kit(env: dict[str, str]) -> dict[str, str]:
    return {**env, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def test_a_lesson_is_done_by_keyboard_as_a_page(browser: Browser, folder: Path) -> None:
    for name in LESSONS:
        port, env = free_port(), with_kit(private(folder / f"voila-{name}", voila_environment()))
        command = voila_command(folder / f"{name}.ipynb", port)
        with (
            served(command, port, env, folder / f"{name}.log"),
            opened(browser, f"http://{HOST}:{port}/") as shown,
        ):
            work_through(shown.page, name)


def test_a_lesson_is_done_by_keyboard_in_jupyterlab(browser: Browser, folder: Path) -> None:
    with lab_served(folder, folder / "lab", with_kit(dict(os.environ))) as lab:
        for name in LESSONS:
            with opened(browser, f"{lab}/{name}.ipynb?reset") as shown:
                run_all_cells(shown.page)
                work_through(shown.page, name)


def work_through(page: Page, name: str) -> None:
    """Every card of the lesson in turn; in the end the strip says so."""
    learner, cards = Learner(page, name), cards_of(found(name))
    places = page.locator(".kit-card:not(.kit-strip-card)")
    for at, card in enumerate(cards):
        expect(places.nth(at)).to_be_attached(timeout=PATIENCE)
        places.nth(at).scroll_into_view_if_needed()
        learner.do(places.nth(at), card)
    told = f"{len(cards)} of {len(cards)} cards done."
    expect(page.locator(".kit-strip-card")).to_contain_text(told, timeout=PATIENCE)


def cards_of(lesson: Found) -> Sequence[Card]:
    """The cards with their numbers in their texts."""
    return [spoken(card, lesson.told) for card in lesson.lesson.cards]
