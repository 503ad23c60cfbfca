"""Does the projector answer only whom it is for, keep its place through a crash, and never fall over?"""

import http.client
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import pytest
from rooms import private_log

from sim.experiment import Estimate
from sim.views.projector import Projector, Screen, slides
from sim.views.projector import door as doors
from sim.views.projector import screen as screens
from sim.views.projector.page import WAITING
from sim.workshop.debrief import Swap
from sim.workshop.refused import Refused
from sim.workshop.session import Session
from workshops import begun, on, short

PATIENCE = 20.0
"""Seconds that a busy machine may take; nothing waits for them to pass."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float = 1.0) -> None:
        self.now += seconds


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def content(self) -> Any:
        return json.loads(self.text)


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with private_log(tmp_path, monkeypatch) as file:
        yield file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with begun(tmp_path / "session", names=["Ash", "<i>Birch</i>", "Cedar"]) as made:
        yield made


@pytest.fixture
def projector(session: Session, tmp_path: Path, clock: Clock) -> Iterator[Projector]:
    made = Projector(session, tmp_path / "session", clock=clock)
    made.start()
    yield made
    made.stop()


def ask(
    projector: Projector,
    what: str = "",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    token: str = "",
) -> Answer:
    assert projector.door
    connection = http.client.HTTPConnection(doors.HOST, projector.door.port, timeout=PATIENCE)
    connection.request(method, f"/{token or projector.door.token}/{what}", headers=headers or {})
    answer = connection.getresponse()
    found = Answer(answer.status, answer.read().decode(), dict(answer.getheaders()))
    connection.close()
    return found


# ----------------------------------------------------------------------------------------- whom it answers


def test_the_page_shows_the_slide_at_once(projector: Projector) -> None:
    page = ask(projector)
    assert page.status == 200
    assert "<title>Meet the bar before you beat it</title>" in page.text
    assert 'role="status"' in page.text
    assert "<h1>Meet the bar before you beat it</h1>" in page.text


def test_it_listens_on_this_computer_only(projector: Projector) -> None:
    assert projector.address.startswith("http://127.0.0.1:")
    assert projector._server is not None
    assert projector._server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("what", ["", "state", "next", "page.js", "../", "state/", "%00", "a" * 5000])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_token_nothing_is_answered(projector: Projector, what: str, method: str) -> None:
    before = projector.view()
    answer = ask(projector, what, method, token="0" * 32)
    assert answer.status == 404
    assert "Meet" not in answer.text
    assert projector.view() == before


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost", "evil.test:80", ""])
def test_another_hosts_name_is_refused(projector: Projector, host: str) -> None:
    for method, what in (("GET", ""), ("GET", "state"), ("POST", "next")):
        assert ask(projector, what, method, {"Host": host}).status == 403


def test_the_name_localhost_is_this_computer_too(projector: Projector) -> None:
    assert projector.door
    assert ask(projector, "state", headers={"Host": f"localhost:{projector.door.port}"}).status == 200


def test_another_page_cannot_press_the_space_bar(projector: Projector) -> None:
    before = projector.view()
    assert ask(projector, "next", "POST", {"Origin": "http://evil.test"}).status == 404
    assert projector.view() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_do_nothing(projector: Projector, method: str) -> None:
    before = projector.view()
    assert ask(projector, "next", method).status == 501
    assert projector.view() == before


@pytest.mark.parametrize("what", ["next", "back", "page.js", "next/", "state.json", "..%2fstate"])
def test_only_the_page_and_its_state_can_be_looked_at(projector: Projector, what: str) -> None:
    before = projector.view()
    assert ask(projector, what).status == 404
    assert projector.view() == before


def test_the_page_may_run_its_own_script_and_nothing_else(projector: Projector) -> None:
    page = ask(projector)
    policy = page.headers["Content-Security-Policy"]
    nonce = policy.split("script-src 'nonce-")[1].split("'")[0]
    assert "default-src 'none'" in policy
    assert f'<script nonce="{nonce}">' in page.text
    assert ask(projector).headers["Content-Security-Policy"] != policy
    assert "http://" not in page.text.replace("http://www.w3.org/2000/svg", "")
    assert page.headers["Cache-Control"] == "no-store"


def test_markup_in_a_name_reaches_the_page_as_text(session: Session, projector: Projector) -> None:
    on(session, "debrief")
    for number in range(len(projector.headlines)):
        projector.show(number)
        state = ask(projector, "state").content
        for html in (ask(projector).text, state["picture"], state["words"]):
            assert "<i>" not in html
    assert "&lt;i&gt;Birch" in html


# ---------------------------------------------------------------------------------------------- its state


def test_a_page_that_knows_the_slide_gets_the_version_only(projector: Projector) -> None:
    now = ask(projector, "state").content
    assert set(now) == {"version", "title", "picture", "words", "status"}
    assert ask(projector, f"state?since={now['version']}").content == {"version": now["version"]}
    projector.show(1)
    later = ask(projector, f"state?since={now['version']}").content
    assert later["title"] == "Longest wait: before noon, or after?"


def test_what_the_desk_does_is_seen_at_the_next_look(session: Session, projector: Projector) -> None:
    session.go("predict")
    session.predict(1, "wait", 50)
    first = projector.view()
    session.predict(1, "kept", 50)
    assert projector.view().version != first.version
    session.undo()
    assert projector.view() == first


def test_each_press_goes_one_slide_on_and_then_one_step(
    session: Session, projector: Projector, clock: Clock
) -> None:
    seen = [(session.state.phase, projector.view().title)]
    for _ in range(5):
        assert ask(projector, "next", "POST").content == {"refused": ""}
        clock.later()
        seen.append((session.state.phase, projector.view().title))
    assert seen == [
        ("brief", "Meet the bar before you beat it"),
        ("brief", "Longest wait: before noon, or after?"),
        ("brief", "The longest wait comes at 13:30, after noon"),
        ("brief", "How many people?"),
        ("predict", "Predict before you see: 2 questions"),
        ("decide", "Decide: How many people?"),
    ]
    for phase, title in (seen[4], seen[0]):  # the first slide of the phase before
        ask(projector, "back", "POST")
        clock.later()
        assert (session.state.phase, projector.view().title) == (phase, title)


def test_wherever_the_session_goes_its_first_slide_is_shown(session: Session, projector: Projector) -> None:
    on(session, "debrief")
    projector.show(2)
    assert projector.page == 2
    session.back()
    assert projector.page == 0
    session.next()
    assert projector.page == 0


def test_a_lever_swapped_is_of_its_round(session: Session, projector: Projector) -> None:
    on(session, "debrief")
    some = Estimate(60.0, 2.0, 0.95, 20)
    projector.swap(Swap("Ash", "Cedar", "plan.staffing.agents", some, some, some, "Ash with 11 agents."))
    assert any(head.startswith("One lever swapped") for head in projector.headlines)
    on(session, "debrief")
    assert not any(head.startswith("One lever swapped") for head in projector.headlines)


def test_a_finger_that_bounces_is_one_press(session: Session, projector: Projector, clock: Clock) -> None:
    session.go("predict")
    for _ in range(5):
        projector.next()
        clock.later(screens.SECONDS_APART / 6)
    assert projector.view().title == "Decide: How many people?"
    clock.later(screens.SECONDS_APART)
    projector.next()
    assert projector.view().title == "Hands off"


def test_while_it_is_computed_a_press_does_nothing(
    session: Session, projector: Projector, clock: Clock
) -> None:
    on(session, "frozen")
    projector.computing(12, 20, 9.4)
    view = projector.view()
    assert "Replication 12 of 20, 9 s left" in view.words
    assert projector.next() == ""
    assert session.state.phase == "frozen"
    projector.computing(13, 20, None)
    assert "Replication 13 of 20." in projector.view().words
    session.compute(workers=1)
    assert projector.view().title == "Ready: press space"
    clock.later()
    projector.next()
    assert session.state.stage == 1


def test_when_the_desk_stopped_computing_a_press_counts_again(
    session: Session, projector: Projector, clock: Clock
) -> None:
    on(session, "frozen")
    projector.computing(1, 20)
    projector.idle()
    clock.later()
    assert projector.next() == "How many people: has no result yet; compute it first."


def test_the_desk_may_do_the_step_itself(session: Session, clock: Clock) -> None:
    on(session, "frozen")
    asked: list[str] = []
    screen = Screen(
        session, RLock(), on_next=lambda: asked.append("next"), on_back=lambda: "Not now.", clock=clock
    )
    assert screen.next() == ""
    clock.later()
    assert screen.back() == "Not now."
    assert asked == ["next"]


def test_at_the_end_a_press_is_answered_in_a_sentence(
    session: Session, projector: Projector, clock: Clock
) -> None:
    for _ in range(2):
        on(session, "debrief")
    projector.show(99)
    assert projector.page == len(projector.headlines) - 1
    clock.later()
    told = ask(projector, "next", "POST").content
    assert told["refused"] == "That was the last round; the debrief goes on as long as you like."


def test_the_booklet_page_follows_the_phase(session: Session, clock: Clock) -> None:
    screen = Screen(session, RLock(), booklet=lambda each: {"predict": 7}.get(each.state.phase), clock=clock)
    assert "booklet page" not in screen.view().words
    session.go("predict")
    assert "booklet page 7" in screen.view().words


# ------------------------------------------------------------------------------------------- when it breaks


def _broken(*_: object) -> Any:
    raise RuntimeError("boom in /some/file.py")


def test_a_slide_that_cannot_be_drawn_is_a_sentence(
    projector: Projector, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    monkeypatch.setattr(screens, "slides", _broken)
    answer = ask(projector, "state")
    assert answer.status == 200
    assert answer.content["title"] == "One moment"
    assert screens.NOT_DRAWN in answer.content["words"]
    assert "boom" not in answer.text
    assert "boom" in log.read_text()


def test_a_step_that_fails_is_a_sentence(session: Session, clock: Clock, log: Path) -> None:
    screen = Screen(session, RLock(), on_next=_broken, clock=clock)
    screen.show(3)
    assert screen.next() == "That did nothing; go on from the desk."
    assert "boom" in log.read_text()


def test_a_step_refused_is_told(session: Session, clock: Clock) -> None:
    def refuse() -> None:
        raise Refused("not now", "Two teams are missing.")

    screen = Screen(session, RLock(), on_next=refuse, clock=clock)
    screen.show(3)
    assert screen.next() == "Two teams are missing."


@pytest.mark.parametrize(
    "sent", [b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"G"]
)
def test_what_is_no_request_is_no_trouble(
    projector: Projector, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert projector.door
    with socket.create_connection((doors.HOST, projector.door.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
    assert ask(projector, "state").status == 200
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_hangs_up_is_no_trouble(
    projector: Projector, capfd: pytest.CaptureFixture[str]
) -> None:
    assert projector.door
    for _ in range(20):
        with socket.create_connection((doors.HOST, projector.door.port), timeout=PATIENCE) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.sendall(f"GET /{projector.door.token}/ HTTP/1.0\r\n".encode())
    assert ask(projector, "state").status == 200
    assert capfd.readouterr() == ("", "")


def test_while_the_desk_holds_the_session_the_last_picture_stays(session: Session, clock: Clock) -> None:
    lock = RLock()
    screen = Screen(session, lock, clock=clock)
    before = screen.view()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            done.wait(PATIENCE)

    desk = threading.Thread(target=hold)
    desk.start()
    try:
        assert held.wait(PATIENCE)
        screen.computing(1, 2)  # never waits
        assert screen.view() == before
        assert Screen(session, lock, clock=clock).view().title == screens.BUSY
        assert screen.next() == screens.BUSY
    finally:
        done.set()
        desk.join(PATIENCE)
    assert session.state.phase == "brief"


def test_many_at_once_are_all_answered(session: Session, projector: Projector, clock: Clock) -> None:
    failures: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(8):
                assert ask(projector, "state").status == 200
                assert ask(projector, "next", "POST").status == 200
        except BaseException as error:  # noqa: BLE001  # told to the test below
            failures.append(error)

    session.go("predict")
    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for team in range(1, 4):
        session.predict(team, "kept", 50 + team, accept_late=True)
    for thread in threads:
        thread.join(PATIENCE)
    assert not failures
    assert session.state.phase == "decide", "64 presses without a second between them are one"
    clock.later()


# ----------------------------------------------------------------------------------- a crash, and coming back


def test_after_a_crash_it_is_at_the_same_address(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "session"
    first = Projector(session, folder)
    address = first.start()
    assert first.start() == address
    before = first.view()
    first.stop()
    with pytest.raises(OSError, match="refused"):
        ask(first, "state")
    again = Projector(session, folder)
    try:
        assert again.start() == address
        assert again.told == ""
        assert ask(again, f"state?since={before.version}").content == {"version": before.version}
    finally:
        again.stop()


def test_a_port_that_is_taken_is_told(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "session"
    with socket.socket() as other:
        other.bind((doors.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        doors.keep(folder, doors.Door(port, "a" * 32))
        made = Projector(session, folder)
        try:
            address = made.start()
            assert made.told == f"Port {port} was taken: open the projector's page anew, at {address}"
            assert made.door
            assert made.door.token == "a" * 32
            assert doors.kept(folder) == made.door
        finally:
            made.stop()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", '{"port": 0, "token": "x"}', '{"port": 8888, "token": "../../../../../../../../x"}',
     '{"port": "8888", "token": "aaaaaaaaaaaaaaaaaaaaaaaa"}', "\x00\xff"],
)  # fmt: skip
def test_a_damaged_address_is_replaced(session: Session, tmp_path: Path, content: str) -> None:
    folder = tmp_path / "session"
    (folder / doors.NAME).write_text(content, encoding="latin-1")
    made = Projector(session, folder)
    try:
        made.start()
        assert made.told == ""
        assert doors.kept(folder) == made.door
        assert ask(made, "state").status == 200
    finally:
        made.stop()


def test_two_sessions_have_two_tokens() -> None:
    tokens = {doors.new().token for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= doors.SHORTEST


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_the_token_is_for_this_user_only(projector: Projector, tmp_path: Path) -> None:
    assert projector.door
    assert stat.S_IMODE((tmp_path / "session" / doors.NAME).stat().st_mode) == 0o600


def test_an_address_that_cannot_be_kept_is_told(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doors, "write_whole", full)
    made = Projector(session, tmp_path / "session")
    try:
        assert made.start()
        assert made.told == "The projector's address could not be kept: after a crash, open its page anew."
    finally:
        made.stop()


def test_the_page_says_what_it_waits_for(projector: Projector) -> None:
    assert f"'{WAITING}'" in ask(projector).text


def test_every_view_is_the_slide_of_the_session(session: Session, projector: Projector) -> None:
    _each_place(session, lambda: projector.headlines == tuple(each.headline for each in slides(session)))


def _each_place(session: Session, holds: Callable[[], bool]) -> None:
    for phase in ("predict", "decide", "frozen", "computed", "reveal", "debrief"):
        on(session, phase)
        assert holds(), phase


DESK = """
import sys, time
from pathlib import Path
from sim.experiment import Estimate
from sim.views.projector import Projector
from sim.workshop.session import Session
from sim.workshop.source import workshop
folder = Path(sys.argv[1])
projector = Projector(Session.open(folder, workshop("w1")), folder)
sys.stdout.write(projector.start() + "\\n")
sys.stdout.flush()
time.sleep(600)
"""


def test_after_a_kill_the_next_desk_is_at_the_same_address(tmp_path: Path) -> None:
    desk = subprocess.Popen([sys.executable, "-c", DESK, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert desk.stdout
        address = desk.stdout.readline().strip()
    finally:
        desk.kill()
        desk.communicate(timeout=PATIENCE)
    with Session.open(tmp_path, short()) as session:
        again = Projector(session, tmp_path)
        try:
            assert again.start() == address
            assert again.told == ""
            assert ask(again, "state").status == 200
        finally:
            again.stop()
