"""In a real browser: does the control room answer in JupyterLab and as a Voila page, fit, and ask no other host?"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from sim import LEVERS
from sim.scenario import fields
from sim.views import looks
from sim.views.room.gallery import VIEWS, View
from sim.views.serving import HOST, voila_command, voila_environment

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOK = "control_room.ipynb"
SECONDS_TO_START = 120.0
PATIENCE = 180_000.0
"""Milliseconds that a busy machine may take; nothing waits for them to pass."""
DESK, PROJECTOR = (1280, 800), (1920, 1080)
LONG_RUN = 2000
"""Replications, so that a run is still running on the quickest machine when it is stopped."""
SUBSHELLS = "@jupyterlab/apputils-extension/kernels-settings.jupyterlab-settings"

WIDTHS = {view: [looks.PANEL[0]] * len(names) for view, names in VIEWS.items()} | {
    "journey": [looks.FULL_PAGE[0]]
}
"""Of the pictures of each view as they are drawn, in css pixels."""
SMALLEST = dict.fromkeys(VIEWS, looks.CHART_TEXT) | {"journey": looks.PAGE_TEXT}
"""The smallest text in the pictures of each view as they are drawn, in css pixels."""
READABLE = 12.0
HOMES = (
    "IPYTHONDIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "XDG_STATE_HOME",
)

VISIBLE = "names => [...document.querySelectorAll(names)].filter(e => e.offsetParent)"
"""The elements of those names in the view that is shown; the others are there, and hidden."""
READ = f"""() => ({{
  sentences: ({VISIBLE})('.kit-headline, .kit-below, .kit-panel-title').map(e => e.innerText),
  pictures: ({VISIBLE})('img.kit-picture').map(e => e.src),
}})"""
CHANGED = f"""before => {{
  const now = ({READ})();
  return now.pictures.length == 4
    && now.pictures.some((source, i) => source != before.pictures[i])
    && now.sentences.some((text, i) => text != before.sentences[i]);
}}"""
PLACES = f"""() => {{
  const page = document.querySelector('.kit-page').getBoundingClientRect();
  return ({VISIBLE})('.kit-panel').map(e => e.getBoundingClientRect())
    .map(r => [r.x - page.x, r.y - page.y, r.width, r.height].map(Math.round));
}}"""
"""Where the panels lie in the page, however far a notebook is scrolled."""
STILL = f"""() => {{
  const now = JSON.stringify(({PLACES})());
  const still = window.kitPlaces === now;
  window.kitPlaces = now;
  return still;
}}"""
"""Whether the panels lie where they lay at the last look: a window that changed its size takes a moment."""
CUT = """() => [...document.querySelectorAll('.kit-page *')]
  .filter(e => e.offsetParent && getComputedStyle(e).display != 'inline')
  .filter(e => !e.closest('.kit-hidden, .slider-container, .widget-label'))
  .filter(e => e.scrollWidth > e.clientWidth + 1 || (e.matches('.kit-head, .kit-foot, .kit-panel, .kit-text')
    && e.scrollHeight > e.clientHeight + 1))
  .map(e => `${e.className} ${e.innerText.slice(0, 40)}`)"""
SCALES = f"""widths => ({VISIBLE})('img.kit-picture').map((e, at) =>
  Math.min(e.clientWidth, e.clientHeight * e.naturalWidth / e.naturalHeight) / widths[at])"""
"""How large each picture is shown, for one drawn so many css pixels wide."""
OUTSIDE = """() => [...document.querySelectorAll('.kit-panel, .kit-foot, .kit-header')]
  .filter(e => { const r = e.getBoundingClientRect(); return r.bottom > innerHeight || r.right > innerWidth; })
  .map(e => e.className)"""


@dataclass
class Shown:
    """A page that is open, and every address it asked for."""

    page: Page
    asked: list[str] = field(default_factory=list)

    def lever(self, name: str) -> Any:
        return self.page.locator(".kit-lever").nth(list(LEVERS).index(name))

    def box(self, name: str) -> Any:
        return self.lever(name).locator(".kit-number input")

    def read(self) -> Any:
        return self.page.evaluate(READ)

    def at_rest(self) -> Any:
        """What the page shows once nothing runs, so that whatever changes next is an answer."""
        run = self.page.locator("button.kit-run")
        if run.inner_text() == "Stop":
            run.click()
        expect(run).to_have_text("Go on", timeout=PATIENCE)
        return self.read()

    def view(self) -> str:
        """The view that is shown."""
        (down,) = self.page.locator(".kit-header .kit-choices button.mod-active").all_inner_texts()
        return str(down).lower()

    def turn_to(self, view: View) -> None:
        """Show another view, and wait until it is there."""
        self.page.locator(".kit-header").get_by_role("button", name=view.capitalize(), exact=True).click()
        pictures = self.page.locator(f".kit-view-{view} img.kit-picture")
        expect(pictures).to_have_count(len(VIEWS[view]), timeout=PATIENCE)
        expect(pictures.last).to_be_visible(timeout=PATIENCE)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window that size, and wait until it has it."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.wait_for_function(f"() => innerWidth == {size[0]} && innerHeight == {size[1]}")

    def wait_for_change(self, before: Any) -> None:
        self.page.wait_for_function(CHANGED, arg=before, timeout=PATIENCE)


# ------------------------------------------------------------------------------------------ servers


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: Sequence[str], port: int, env: dict[str, str], log: Path) -> Iterator[None]:
    """A server that lives as long as the tests that need it."""
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT, cwd=log.parent)
        try:
            wait_until_answering(server, port, log)
            yield
        finally:
            end(server)


def wait_until_answering(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"no answer: {log.read_text()}")


def end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the notebook: the one that is shipped, but with a run of weeks that does not end by itself."""
    folder = tmp_path_factory.mktemp("pages")
    content = json.loads((NOTEBOOKS / NOTEBOOK).read_text(encoding="utf-8"))
    cells = content["cells"]
    (at,) = (
        i
        for i, cell in enumerate(cells)
        if "control_room(" in "".join(cell["source"]) and cell["cell_type"] == "code"
    )
    source = "".join(cells[at]["source"])
    assert 'plan="lean")' in source
    cells[at]["source"] = source.replace('plan="lean")', f'plan="lean", replications={LONG_RUN}, seasons=0)')
    (folder / NOTEBOOK).write_text(json.dumps(content), encoding="utf-8")
    return folder


def private(folder: Path, env: dict[str, str]) -> dict[str, str]:
    """An environment in which nothing of the user's is read or written."""
    return {**env, **{name: str(folder / "home" / name) for name in HOMES}}


@contextmanager
def lab_served(folder: Path, home: Path, env: dict[str, str] | None = None) -> Iterator[str]:
    """JupyterLab on a folder, with callbacks in threads of their own, the harder case; the address of its files."""
    port, env = free_port(), private(home, env or dict(os.environ))
    settings = Path(env["JUPYTERLAB_SETTINGS_DIR"]) / SUBSHELLS
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"commsOverSubshells": "perCommTarget"}))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.ip={HOST}"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", "--allow-root"]
    with served(command, port, env, folder / "lab.log"):
        yield f"http://{HOST}:{port}/lab/tree"


def wait_for_kernel(page: Page) -> None:
    """Wait until the notebook that is open in JupyterLab can run something."""
    page.wait_for_function(
        """() => { const shown = window.jupyterapp?.shell?.currentWidget;
                   return shown?.sessionContext?.session?.kernel?.status == 'idle'; }""",
        timeout=PATIENCE,
    )


def run_all_cells(page: Page) -> None:
    """Run the notebook that is open in JupyterLab, from top to bottom."""
    wait_for_kernel(page)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Shown]:
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    shown = Shown(page)
    page.on("request", lambda request: shown.asked.append(request.url))
    page.on("websocket", lambda socket: shown.asked.append(socket.url))
    page.goto(address, timeout=PATIENCE, wait_until="commit")
    yield shown
    page.close()


@pytest.fixture(scope="module")
def voila(browser: Browser, folder: Path) -> Iterator[Shown]:
    """The control room as a Voila page."""
    port = free_port()
    command = voila_command(folder / NOTEBOOK, port)
    env = private(folder, voila_environment())
    with served(command, port, env, folder / "voila.log"), opened(browser, f"http://{HOST}:{port}/") as shown:
        shown.page.wait_for_selector("img.kit-picture", timeout=PATIENCE)
        yield shown


@pytest.fixture(scope="module")
def lab(browser: Browser, folder: Path) -> Iterator[Shown]:
    """The control room in JupyterLab, with callbacks in threads of their own: the harder case."""
    with lab_served(folder, folder) as lab, opened(browser, f"{lab}/{NOTEBOOK}") as shown:
        run_the_room(shown.page)
        yield shown


def run_the_room(page: Page) -> None:
    """Run the cell with the room, once the notebook has a kernel."""
    wait_for_kernel(page)
    page.locator(".jp-CodeCell", has_text="control_room(").first.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("img.kit-picture", timeout=PATIENCE)


@pytest.fixture(params=["voila", "lab"])
def shown(request: pytest.FixtureRequest) -> Shown:
    """Each of the two pages, at a desk, with the view it opened on."""
    found: Shown = request.getfixturevalue(request.param)
    found.resize(DESK)
    if found.view() != "week":
        found.turn_to("week")
    return found


# -------------------------------------------------------------------------------------------- tests


@pytest.mark.parametrize("name", LEVERS)
def test_the_arrow_keys_move_a_lever_and_the_page_answers(shown: Shown, name: str) -> None:
    before, was = shown.at_rest(), shown.box(name).input_value()
    handle = shown.lever(name).locator(".noUi-handle")
    handle.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.box(name)).not_to_have_value(was, timeout=PATIENCE)
    shown.wait_for_change(before)


@pytest.mark.parametrize(
    ("name", "typed"), [("staffing", 12), ("outsourcing", 40), ("chatbot", 70), ("empowerment", 95)]
)
def test_typing_in_a_box_moves_a_lever_and_the_page_answers(shown: Shown, name: str, typed: int) -> None:
    before = shown.at_rest()
    shown.box(name).fill(str(typed))
    shown.box(name).press("Enter")
    handle = shown.lever(name).locator(".noUi-handle")
    expect(handle).to_have_attribute("aria-valuenow", f"{typed}.0", timeout=PATIENCE)
    shown.wait_for_change(before)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("25", "✕ 25 agents is outside 1 to 20. Set to 20."),
        ("many", "✕ “many” is not a number. Kept at"),
        ("", "✕ The box was empty. Kept at"),
    ],
)
def test_nonsense_is_put_right_in_a_sentence_under_its_lever(shown: Shown, typed: str, sentence: str) -> None:
    line = shown.lever("staffing").locator(".kit-lever-line")
    height = line.bounding_box()["height"]
    shown.box("staffing").fill(typed)
    shown.box("staffing").press("Enter")
    expect(line).to_contain_text(sentence, timeout=PATIENCE)
    assert 1 <= int(shown.box("staffing").input_value()) <= 20
    assert line.bounding_box()["height"] == height


def test_stop_keeps_what_is_there(shown: Shown) -> None:
    shown.box("chatbot").fill("33")
    shown.box("chatbot").press("Enter")
    progress, run = shown.page.locator(".kit-progress"), shown.page.locator("button.kit-run")
    expect(progress).to_contain_text(f"of {LONG_RUN}", timeout=PATIENCE)
    run.click()
    expect(progress).to_contain_text("Stopped at", timeout=PATIENCE)
    expect(shown.page.locator(".kit-line")).to_contain_text("The bands are wider than asked for.")
    expect(run).to_have_text("Go on")
    assert len(shown.read()["pictures"]) == 4


@pytest.mark.parametrize("size", [DESK, PROJECTOR], ids=["desk", "projector"])
@pytest.mark.parametrize("view", ["week", "journey"])
def test_no_text_is_cut(shown: Shown, view: View, size: tuple[int, int]) -> None:
    shown.resize(size)
    shown.turn_to(view)
    assert shown.page.evaluate(CUT) == []
    assert len(shown.read()["pictures"]) == len(VIEWS[view])


@pytest.mark.parametrize("size", [DESK, PROJECTOR], ids=["desk", "projector"])
@pytest.mark.parametrize("view", ["week", "journey"])
def test_under_voila_the_page_fills_the_window_and_no_more(
    voila: Shown, view: View, size: tuple[int, int]
) -> None:
    voila.resize(size)
    voila.turn_to(view)
    assert voila.page.evaluate("document.documentElement.scrollHeight") == size[1]
    assert voila.page.evaluate("document.querySelector('.kit-header').getBoundingClientRect().top") == 0
    assert voila.page.evaluate(OUTSIDE) == []
    assert min(voila.page.evaluate(SCALES, WIDTHS[view])) * SMALLEST[view] >= READABLE


def test_in_a_notebook_pictures_are_as_wide_as_their_place(lab: Shown) -> None:
    lab.resize(DESK)
    lab.turn_to("week")
    assert min(lab.page.evaluate(SCALES, WIDTHS["week"])) * SMALLEST["week"] >= READABLE
    lab.turn_to("journey")
    (scale,) = lab.page.evaluate(SCALES, WIDTHS["journey"])
    place = lab.page.evaluate("document.querySelector('.kit-view-journey').clientWidth")
    assert scale * looks.FULL_PAGE[0] == pytest.approx(place, rel=0.01)


def test_the_journey_is_that_of_the_plan_or_of_now(shown: Shown) -> None:
    shown.at_rest()
    shown.turn_to("journey")
    below = shown.page.locator(".kit-below")
    expect(below).to_contain_text("A week under the plan.", timeout=PATIENCE)
    plan = shown.read()
    shown.page.get_by_role("button", name="○ now", exact=True).click()
    expect(below).to_contain_text("A week under now.", timeout=PATIENCE)
    assert shown.read()["pictures"] != plan["pictures"]
    shown.page.get_by_role("button", name="● plan", exact=True).click()
    expect(below).to_contain_text("A week under the plan.", timeout=PATIENCE)


def test_the_drawer_opens_without_moving_the_charts(shown: Shown) -> None:
    def places() -> Any:
        shown.page.wait_for_function(STILL, polling=400, timeout=PATIENCE)
        return shown.page.evaluate(f"() => ({PLACES})()")

    before = places()
    button = shown.page.locator("button", has_text="Policy drawer")
    button.click()
    expect(shown.page.locator(".kit-drawer-body")).to_be_visible(timeout=PATIENCE)
    assert places() == before
    assert shown.page.evaluate(CUT) == []
    button.click()
    expect(shown.page.locator(".kit-drawer-body")).to_be_hidden(timeout=PATIENCE)


def test_tab_goes_from_slider_to_box_to_the_next_slider(shown: Shown) -> None:
    shown.lever("staffing").locator(".noUi-handle").focus()
    for expected in ("staffing box", "outsourcing slider", "outsourcing box"):
        shown.page.keyboard.press("Tab")
        name, kind = expected.split()
        found = shown.box(name) if kind == "box" else shown.lever(name).locator(".noUi-handle")
        expect(found).to_be_focused()
    outline = shown.page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_every_slider_has_a_name(shown: Shown) -> None:
    for name in LEVERS:
        title = fields()[LEVERS[name]].title
        handle = shown.lever(name).locator(".noUi-handle")
        expect(handle).to_have_attribute("aria-label", title, timeout=PATIENCE)


def test_the_code_of_the_plan_can_be_reached_and_copied(shown: Shown) -> None:
    code = shown.page.get_by_role("textbox", name="Decision code of the plan")
    expect(code).to_have_text(re.compile(r"^M[0-9A-Z]{3}(-[0-9A-Z]{4})+$"), timeout=PATIENCE)
    before, agents = code.inner_text(), shown.box("staffing").input_value()
    shown.box("staffing").fill("11" if agents == "10" else "10")
    shown.box("staffing").press("Enter")
    expect(code).not_to_have_text(before, timeout=PATIENCE)
    code.click()
    assert shown.page.evaluate("() => getSelection().toString()").strip() == code.inner_text()
    code.focus()
    expect(code).to_be_focused()
    assert shown.page.evaluate(CUT) == []


def test_no_request_leaves_this_computer(shown: Shown) -> None:
    hosts = {urlsplit(url).hostname for url in shown.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {HOST}
