"""What every test shares: luck that repeats, and a browser where there is one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from sim.views.serving import DESK_FOLDER

# The same examples on every run, and no verdict by the clock: a slow machine is not a wrong answer.
settings.register_profile("kit", derandomize=True, deadline=None)
settings.load_profile("kit")

# The desk's notebook opens no session of the user's.
os.environ.setdefault(DESK_FOLDER, str(Path(tempfile.mkdtemp()) / "rehearsal"))

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A browser under test asks nobody but the page under test.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = (
    "no Chromium or Chrome found: install one (on Debian and Ubuntu, apt-get install chromium), "
    "or set CHROMIUM to the path of one."
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome: as CHROMIUM says, on the PATH, or in a usual place."""
    said = os.environ.get("CHROMIUM")
    if said:
        return shutil.which(said)
    on_path = (shutil.which(name) for name in BROWSER_NAMES)
    installed = (place for place in BROWSER_PLACES if Path(place).is_file())
    return next(filter(None, on_path), None) or next(installed, None)


def require_chromium() -> str:
    """The path of a browser; without one the test fails where CI=true, and is skipped elsewhere."""
    found = find_chromium()
    if found is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(NO_BROWSER)
    return found


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked browser need one, whether or not they use the fixtures below."""
    if item.get_closest_marker("browser"):
        require_chromium()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium or Chrome."""
    return require_chromium()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless browser for the tests of one module.

    Not for the session: while it lives, playwright keeps an event loop running in this thread, and tests of
    other modules (and the notebooks) need to run their own.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium_path, headless=True, args=list(BROWSER_FLAGS)
        )
        yield launched
        launched.close()
