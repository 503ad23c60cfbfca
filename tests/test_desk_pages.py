"""In a real browser: can one person run the workshop by keyboard, and does it go on when its kernel is killed?"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from test_card_pages import CONTRAST, SMALLEST
from test_pages import NOTEBOOKS, PATIENCE, READABLE, end, free_port, private, wait_until_answering

from sim.views.desk import words
from sim.views.serving import DESK_FOLDER, DESK_WORKSHOP, HOST, voila_command, voila_environment
from sim.workshop.robots import ROBOTS
from sim.workshop.state import State, fold
from sim.workshop.store import NAME, read_only

pytestmark = pytest.mark.browser

NOTEBOOK = "facilitator.ipynb"
LAPTOP, PROJECTOR = (1280, 720), (1920, 1080)
SECONDS_TO_RESUME = 60.0
MOST_TABS = 250
MILLISECONDS_APART = 800
"""Between two presses of the space bar; one that comes sooner is taken for the same."""
MAIN = ".kit-steps .kit-main"
FOCUS = "() => document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"
CUT = """() => [...document.querySelectorAll('.kit-page *')]
  .filter(e => e.offsetParent && getComputedStyle(e).display != 'inline')
  .filter(e => !e.closest('.kit-hidden, .widget-label, input, select, .kit-c-stands'))
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.className} ${e.innerText.slice(0, 40)}`)"""
OUTSIDE = """() => [...document.querySelectorAll('.kit-header, .kit-strip, .kit-moving, .kit-say, .kit-left, ' +
    '.kit-right, .kit-add, .kit-desk-foot, .kit-desk-top button, .kit-add button')]
  .filter(e => e.offsetParent)
  .filter(e => { const r = e.getBoundingClientRect(); return r.bottom > innerHeight + 1 || r.right > innerWidth + 1; })
  .map(e => e.className)"""
OVERLAPPING = """() => { const found = [...document.querySelectorAll('.kit-desk-top button, .kit-clock, .kit-add > *')]
    .filter(e => e.offsetParent).map(e => [e, e.getBoundingClientRect()]);
  return found.flatMap(([e, r], i) => found.slice(i + 1)
    .filter(([f, s]) => !e.contains(f) && !f.contains(e) &&
      r.left < s.right - 1 && s.left < r.right - 1 && r.top < s.bottom - 1 && s.top < r.bottom - 1)
    .map(([f]) => `${e.innerText} over ${f.innerText}`)); }"""


@dataclass
class Facilitator:
    """Somebody at the desk with a keyboard."""

    page: Page
    server: "subprocess.Popen[bytes]"
    address: str
    file: Path

    def tab_to(self, name: str) -> None:
        """Go on from field to field until one of that name has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUS).strip() == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name}: cannot be reached by keyboard")

    def press(self, name: str, says: str) -> None:
        """Press a button by keyboard, and wait for its sentence."""
        self.tab_to(name)
        self.page.keyboard.press("Enter")
        self.says(says)

    def says(self, sentence: str) -> None:
        """Wait until the status line says this."""
        expect(self.page.locator(".kit-line")).to_contain_text(re.compile(sentence), timeout=PATIENCE)

    def next(self, phase: str) -> None:
        """Press the main button by keyboard, and wait for the phase."""
        self.press_main()
        self.stands_at(phase)

    def press_main(self) -> None:
        """Press the main button by keyboard; its words may come a moment after the phase."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(f"document.activeElement.matches('{MAIN}')"):
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("The main button cannot be reached by keyboard")

    def stands_at(self, phase: str) -> None:
        """Wait until the strip marks that phase."""
        expect(self.page.locator(".kit-phase-now")).to_contain_text(f"● {phase}", timeout=PATIENCE)

    def type(self, name: str, typed: str) -> None:
        """Type in a box, by keyboard."""
        box = self.page.get_by_label(name, exact=True)
        box.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(typed)
        self.page.keyboard.press("Enter")

    def projector(self) -> Page:
        """Follow the link to the projector's page, which opens a window of its own."""
        self.tab_to("Open the projector")
        with self.page.expect_popup() as opened:
            self.page.keyboard.press("Enter")
        return opened.value

    def state(self) -> State:
        """What the session's file holds, told or not."""
        return fold(read_only(self.file))

    def kernel(self) -> int:
        """The process of the page's kernel: the one that has the session's file open."""
        children = import_module("psutil").Process(self.server.pid).children()
        holds = [each.pid for each in children if str(self.file) in [file.path for file in each.open_files()]]
        (pid,) = holds
        return int(pid)

    def crash(self) -> float:
        """Kill the kernel as a crash would, open the page again, and return the seconds until it went on."""
        os.kill(self.kernel(), signal.SIGKILL)
        started = time.monotonic()
        self.page.goto(self.address, timeout=PATIENCE, wait_until="commit")
        self.says("^Resumed in round")
        return time.monotonic() - started

    def fits(self) -> None:
        """Nothing is cut, covered, outside the window, small or pale, on a laptop and on a large screen."""
        page = self.page.locator(".kit-page")
        for width, height in (LAPTOP, PROJECTOR):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_function(f"() => innerWidth == {width} && innerHeight == {height}")
            assert self.page.evaluate("document.documentElement.scrollHeight") == height
            assert self.page.evaluate(OUTSIDE) == []
            assert self.page.evaluate(CUT) == []
            assert self.page.evaluate(OVERLAPPING) == []
            assert page.evaluate(SMALLEST) >= READABLE
            assert page.evaluate(CONTRAST) == []
        self.page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})


@contextmanager
def at_the_desk(browser: Browser, folder: Path) -> Iterator[Facilitator]:
    """A desk on a rehearsal in the folder, as a Voila page."""
    copy(NOTEBOOKS / NOTEBOOK, folder)
    port, session = free_port(), folder / "sessions" / "w1-rehearsal"
    env = private(folder, {**voila_environment(), DESK_WORKSHOP: "w1", DESK_FOLDER: str(session)})
    log = folder / "voila.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            voila_command(folder / NOTEBOOK, port), env=env, stdout=output, stderr=output, cwd=folder
        )
        try:
            wait_until_answering(server, port, log)
            page = browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
            address = f"http://{HOST}:{port}/"
            page.goto(address, timeout=PATIENCE, wait_until="commit")
            yield Facilitator(page, server, address, session / NAME)
            page.close()
        finally:
            end(server)


def test_one_person_runs_the_workshop_by_keyboard_and_a_killed_kernel_loses_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    with at_the_desk(browser, tmp_path) as one:
        asked: list[str] = []
        one.page.on("request", lambda request: asked.append(request.url))
        come_in(one)
        room = one.projector()
        predict(one)
        goes_on(one, "predict")
        sees(room, one)
        decide(one)
        to_the_end_of_the_round(one)
        sees(room, one)
        one.next("brief")
        predict(one)
        decide(one)
        goes_on(one, "decide")
        sees(room, one)
        with_the_space_bar(room, one)
        assert all(one.state().of(each).result is not None for each in ("staff", "one_of_three"))
        hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
        assert hosts == {HOST}


def come_in(one: Facilitator) -> None:
    """The clock is started, and all teams come in, one of them with the longest name."""
    one.says("A new session begins")
    one.fits()
    one.press("Start the clock", "clock has started")
    one.type("Name of a new team", "The longest name that a team can have 40")
    one.says("is in, as team 1")
    one.press("Add all", f"{len(ROBOTS)} robot teams")
    one.fits()


def predict(one: Facilitator) -> None:
    one.next("predict")
    one.press("Robots fill in", "have predicted")


def decide(one: Facilitator) -> None:
    one.next("decide")
    one.press("Robots fill in", "have decided")
    one.fits()


def goes_on(one: Facilitator, phase: str) -> None:
    """The kernel is killed; opened again, the page stands in the same phase with everything it had told."""
    before = one.state()
    assert one.crash() < SECONDS_TO_RESUME
    one.stands_at(phase)
    assert one.state() == before
    one.says(f"{phase}: {len(ROBOTS) + 1} teams, {len(before.now.predictions)} predictions")
    one.fits()


def test_a_page_opened_again_has_the_session_and_a_second_one_can_take_it_over(
    browser: Browser, tmp_path: Path
) -> None:
    with at_the_desk(browser, tmp_path) as one:
        one.says("A new session begins")
        one.type("Name of a new team", "Otters")
        one.says("Otters: is in")
        one.page.reload(timeout=PATIENCE, wait_until="commit")
        one.says("^Resumed in round 1, brief: 1 team")
        second = browser.new_page()
        second.goto(one.address, timeout=PATIENCE, wait_until="commit")
        other = Facilitator(second, one.server, one.address, one.file)
        other.says("only reads")
        other.type("Name of a new team", "Voles")
        other.says("✕ Another page has this session open")
        other.press("Sessions", "only reads")
        other.press("Take over here", "^Resumed in round 1, brief: 1 team")
        one.says("Another page took this session over")
        other.type("Name of a new team", "Newts")
        other.says("Newts: is in")
        assert [team.name for team in one.state().teams] == ["Otters", "Newts"]
        second.close()


def to_the_end_of_the_round(one: Facilitator) -> None:
    """It is computed, revealed stage by stage, and debriefed."""
    one.next("computed")
    main = one.page.locator(MAIN)
    expect(main).to_have_text("Reveal the predictions", timeout=PATIENCE)  # comes a moment after the phase
    one.fits()
    while not main.inner_text().startswith("Begin round") and main.inner_text() != words.OVER:
        label = main.inner_text()
        one.press_main()
        one.says("reveal|debrief")
        expect(main).not_to_have_text(label, timeout=PATIENCE)
    one.fits()


def sees(room: Page, one: Facilitator) -> None:
    """The projector's window shows what the desk says it shows, also after the kernel it came from was killed."""
    heading, told = room.locator("h1"), one.page.locator(".kit-projected")
    expect(heading).to_be_attached(timeout=PATIENCE)
    deadline = time.monotonic() + PATIENCE / 1000
    while heading.inner_text() not in told.inner_text():
        assert time.monotonic() < deadline, f"{heading.inner_text()} is not {told.inner_text()}"
        room.wait_for_timeout(200)


def with_the_space_bar(room: Page, one: Facilitator) -> None:
    """The rest of the round, turned from the projector's window with nothing but the space bar."""
    room.bring_to_front()
    deadline = time.monotonic() + PATIENCE / 1000
    while one.state().phase != "debrief":
        assert time.monotonic() < deadline, one.state().phase
        room.keyboard.press("Space")
        room.wait_for_timeout(MILLISECONDS_APART)
    one.page.bring_to_front()
    one.stands_at("debrief")
