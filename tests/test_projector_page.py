"""In a real browser: can a whole workshop be shown with the space bar only, readable, whole, and through a crash?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from rooms import private_log

from sim.views.projector import Projector
from sim.views.projector.page import WAITING
from sim.views.projector.screen import SECONDS_APART
from sim.workshop.session import Session
from workshops import begun, one_step

pytestmark = pytest.mark.browser

SIZES = [(1280, 720), (1920, 1080)]
PATIENCE = 60_000.0
"""Milliseconds that a busy machine may take; nothing waits for them to pass."""
LOOK = """() => {
  const texts = [...document.querySelectorAll('svg text')].map(e => {
    const r = e.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
    return {text: e.textContent, size, x: r.x, y: r.y, right: r.right, bottom: r.bottom};
  });
  const root = document.documentElement;
  return {texts, scrolls: root.scrollWidth > innerWidth || root.scrollHeight > innerHeight,
          heading: document.querySelector('h1').innerText, title: document.title};
}"""


BOX = """() => {
  const r = document.querySelector('svg').getBoundingClientRect();
  return [r.x, r.y, r.right, r.bottom];
}"""
HEIGHTS = """() => [...document.querySelectorAll('svg rect.grows')].map(
  e => [e.getBoundingClientRect().height, e.height.baseVal.value * e.ownerSVGElement.getScreenCTM().a])"""
SHOWN = "version => document.getElementById('stage').dataset.version === version"
CHANGED = SHOWN.replace("===", "!==")


class Clock:
    """Seconds that pass with every press, so that none bounces."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 2 * SECONDS_APART
        return self.now


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with private_log(tmp_path, monkeypatch) as file:
        yield file


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with begun(tmp_path / "session") as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


def through_the_teams(session: Session) -> Any:
    """One step, with what the teams and the desk do in it."""

    def step() -> str:
        one_step(session)
        return ""

    return step


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_whole_workshop_is_shown_with_the_space_bar_only(
    session: Session, page: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    projector = Projector(session, tmp_path / "session", on_next=through_the_teams(session), clock=Clock())
    seen = []
    try:
        address = projector.start()
        page.goto(address, timeout=PATIENCE)
        while True:
            now = projector.view()
            page.wait_for_function(SHOWN, arg=now.version, timeout=PATIENCE)
            seen.append((session.state.round, session.state.phase, session.state.stage))
            _is_whole(page, now.title, size)
            at_end = session.round_number == 2 and session.state.phase == "debrief"
            if at_end and projector.page == len(projector.headlines) - 1:
                break
            page.keyboard.press("Space")
            page.wait_for_function(CHANGED, arg=now.version, timeout=PATIENCE)
    finally:
        projector.stop()
    assert {place[1] for place in seen} >= {
        "brief",
        "predict",
        "decide",
        "frozen",
        "computed",
        "reveal",
        "debrief",
    }
    assert len({place for place in seen if place[1] == "reveal"}) == 11
    assert not said
    assert all(url.startswith((address, "data:,")) for url in asked)


def _is_whole(page: Page, title: str, size: tuple[int, int]) -> None:
    """Every text is large enough, inside the window, and apart from every other."""
    found = page.evaluate(LOOK)
    assert found["title"] == found["heading"] == title
    assert not found["scrolls"]
    for text in found["texts"]:
        assert text["size"] >= size[1] / 22.5 - 0.01, (title, text)
        assert 0 <= text["x"] < text["right"] <= size[0], (title, text)
        assert -2 <= text["y"] < text["bottom"] <= size[1] + 2, (title, text)
    for at, one in enumerate(found["texts"]):
        for other in found["texts"][at + 1 :]:
            aside = one["right"] <= other["x"] or other["right"] <= one["x"]
            slack = 0.24 * max(one["size"], other["size"])  # a box is higher than its letters
            apart = one["bottom"] - slack <= other["y"] or other["bottom"] - slack <= one["y"]
            assert aside or apart, (title, one, other)


def test_the_space_bar_works_wherever_the_focus_is(session: Session, page: Page, tmp_path: Path) -> None:
    projector = Projector(session, tmp_path / "session", clock=Clock())
    try:
        page.goto(projector.start(), timeout=PATIENCE)
        page.mouse.click(300, 300)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        for other in ("Enter", "ArrowRight", "Escape", "a", "Control+Space", "Shift+Space", "Backspace"):
            page.keyboard.press(other)
        assert projector.page == 0
        assert session.state.phase == "brief"
        page.keyboard.press("Space")
        expect(page).to_have_title("Longest wait: before noon, or after?", timeout=PATIENCE)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Space")
        expect(page).to_have_title("The longest wait comes at 13:30, after noon", timeout=PATIENCE)
    finally:
        projector.stop()


def test_what_the_desk_changes_appears_without_a_reload(session: Session, page: Page, tmp_path: Path) -> None:
    projector = Projector(session, tmp_path / "session")
    try:
        page.goto(projector.start(), timeout=PATIENCE)
        page.evaluate("window.stillHere = true")
        session.go("predict")
        expect(page.locator("svg text", has_text="0 of 15 locked")).to_be_visible(timeout=PATIENCE)
        session.predict(1, "wait", 50)
        session.predict(1, "kept", 50)
        expect(page.locator("svg text", has_text="1 of 15 locked")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("status")).to_contain_text("Predict before you see")
        assert page.evaluate("window.stillHere")
    finally:
        projector.stop()


def test_the_picture_stays_through_a_crash_and_goes_on_by_itself(
    session: Session, page: Page, tmp_path: Path
) -> None:
    first = Projector(session, tmp_path / "session")
    page.goto(first.start(), timeout=PATIENCE)
    session.go("predict")
    expect(page).to_have_title("Predict before you see: 2 questions", timeout=PATIENCE)
    first.stop()
    notice = page.locator("#notice")
    expect(notice).to_have_text(WAITING, timeout=PATIENCE)
    assert page.title() == "Predict before you see: 2 questions"
    assert page.locator("svg text").count() > 3
    size = page.evaluate("parseFloat(getComputedStyle(document.getElementById('notice')).fontSize)")
    assert size >= page.evaluate("document.getElementById('stage').clientHeight / 22.5") - 0.01
    page.keyboard.press("Space")
    session.go("decide")
    again = Projector(session, tmp_path / "session")
    try:
        assert again.start() == first.address
        expect(page).to_have_title("Decide: How many people?", timeout=PATIENCE)
        expect(notice).to_be_hidden(timeout=PATIENCE)
    finally:
        again.stop()
    assert session.state.phase == "decide", "a press while nobody listened is not kept for later"


def test_a_refusal_is_said_in_one_calm_line(session: Session, page: Page, tmp_path: Path) -> None:
    session.go("frozen")
    projector = Projector(session, tmp_path / "session", clock=Clock())
    try:
        page.goto(projector.start(), timeout=PATIENCE)
        page.keyboard.press("Space")
        sentence = "How many people: has no result yet; compute it first."
        expect(page.locator("#notice")).to_have_text(sentence, timeout=PATIENCE)
        expect(page.get_by_role("status")).to_have_text(sentence)
        box = page.locator("#notice").bounding_box()
        height = page.evaluate("innerHeight")
        assert box
        assert box["y"] + box["height"] <= height
        session.go("decide")
        expect(page.locator("#notice")).to_be_hidden(timeout=PATIENCE)
    finally:
        projector.stop()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_day_plays_unless_less_motion_is_wanted_and_ends_in_the_same_picture(
    session: Session, page: Page, tmp_path: Path, motion: Any
) -> None:
    page.emulate_media(reduced_motion=motion)
    projector = Projector(session, tmp_path / "session")
    try:
        page.goto(projector.start(), timeout=PATIENCE)
        projector.show(1)
        expect(page).to_have_title("Longest wait: before noon, or after?", timeout=PATIENCE)
        moving = page.evaluate(
            "document.getAnimations().map(each => each.effect.getComputedTiming().endTime)"
        )
        assert len(moving) == (4 if motion == "no-preference" else 0)
        assert not moving or 8_000 <= max(moving) <= 12_000
        page.evaluate("document.getAnimations().forEach(each => each.finish())")
        high = page.evaluate(HEIGHTS)
    finally:
        projector.stop()
    assert len(high) == 4
    assert all(shown == pytest.approx(drawn, rel=0.01) for shown, drawn in high)


def test_a_window_of_another_shape_shows_the_whole_slide(
    session: Session, page: Page, tmp_path: Path
) -> None:
    projector = Projector(session, tmp_path / "session")
    try:
        page.goto(projector.start(), timeout=PATIENCE)
        for width, height in ((1024, 768), (1600, 600), (800, 1200)):
            page.set_viewport_size({"width": width, "height": height})
            box = page.evaluate(BOX)
            assert box[0] >= -1
            assert box[1] >= -1
            assert box[2] <= width + 1
            assert box[3] <= height + 1
            assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(16 / 9, rel=0.01)
    finally:
        projector.stop()
