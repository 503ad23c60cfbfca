"""The projector: a small server inside the desk's kernel, for a page on the same computer and nobody else."""

import hmac
import json
import os
import secrets
import socketserver
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import RLock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sim.views.projector import door as doors
from sim.views.projector.door import HOST, Door
from sim.views.projector.page import page
from sim.views.projector.screen import Booklet, Screen
from sim.views.room.log import log
from sim.workshop.session import Session

LONGEST_PATH = 300
SECONDS_A_REQUEST_MAY_TAKE = 10.0
SECONDS_TO_STOP = 0.05


class Projector(Screen):
    """A screen with a page of its own.

    It answers on 127.0.0.1 only, to those who know the token in its address, and ends with the process. Port and token
    are kept in the session's folder, so that a page left open goes on by itself when the desk comes back.
    """

    def __init__(
        self,
        session: Session,
        folder: Path,
        lock: "RLock | None" = None,
        *,
        on_next: Callable[[], str | None] | None = None,
        on_back: Callable[[], str | None] | None = None,
        booklet: Booklet | None = None,
        **named: Any,
    ) -> None:
        super().__init__(session, lock or RLock(), on_next=on_next, on_back=on_back, booklet=booklet, **named)
        self._folder = Path(folder)
        self._server: _Server | None = None
        self.door: Door | None = None
        self.told = ""

    @property
    def address(self) -> str:
        """The address of the page; empty before it is started."""
        return self.door.address if self.door else ""

    def start(self) -> str:
        """Begin to answer, at the address of before where that is free; returns the address.

        `told` is then what the facilitator has to know, empty when all is as it was.
        """
        if self._server is not None:
            return self.address
        before = doors.kept(self._folder)
        self._server, self.door = self._opened(before or doors.new())
        self.told = self._to_tell(before, doors.keep(self._folder, self.door))
        Thread(
            target=self._server.serve_forever, args=(SECONDS_TO_STOP,), name="projector", daemon=True
        ).start()
        return self.address

    def stop(self) -> None:
        """Answer nobody any more; the page keeps its last picture."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def _opened(self, door: Door) -> "tuple[_Server, Door]":
        try:
            server = _Server(self, door)
        except OSError:  # somebody else is at this port
            server = _Server(self, Door(0, door.token))
        return server, server.door

    def _to_tell(self, before: Door | None, kept: bool) -> str:
        if before and self.door and before.port != self.door.port:
            return f"Port {before.port} was taken: open the projector's page anew, at {self.address}"
        if not kept:
            return "The projector's address could not be kept: after a crash, open its page anew."
        return ""


class _Server(ThreadingHTTPServer):
    """Answers for one screen."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there, it would let a second server in
    request_queue_size = 32

    def __init__(self, screen: Screen, door: Door) -> None:
        self.screen = screen
        super().__init__((HOST, door.port), _Answer)
        self.door = Door(int(self.server_address[1]), door.token)

    def server_bind(self) -> None:
        """Take the port without asking a name server who we are, which may take long in a hotel."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note what went wrong in the log; a print would push the desk's page down."""
        del request, client_address
        log().debug("A request to the projector ended early.", exc_info=True)


class _Answer(BaseHTTPRequestHandler):
    """One request: the page, its state, or a press of the space bar."""

    server: _Server
    server_version = "projector"
    sys_version = ""
    timeout = SECONDS_A_REQUEST_MAY_TAKE

    def do_GET(self) -> None:
        """Answer with the page, or with what has changed on it."""
        what = self._asked()
        if what == "":
            view, nonce = self.server.screen.view(), secrets.token_urlsafe(16)
            self._send(page(view.title, view.version, view.picture, view.words, nonce), "text/html", nonce)
        elif what == "state":
            view = self.server.screen.view()
            known = parse_qs(urlsplit(self.path).query).get("since", [""])[0] == view.version
            self._send(json.dumps({"version": view.version} if known else asdict(view)), "application/json")
        elif what is not None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")

    def do_POST(self) -> None:
        """Do what the space bar does."""
        what = self._asked()
        steps = {"next": self.server.screen.next, "back": self.server.screen.back}
        if what is None:
            return
        if what not in steps or self._from_elsewhere():
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
            return
        before = self.server.screen.view().version
        said = steps[what]()
        moved = self.server.screen.view().version != before
        self._send(json.dumps({"refused": "" if moved else said}), "application/json")

    def _asked(self) -> str | None:
        """What is asked for, after the token; None when it was refused."""
        if self.headers.get("Host") not in self._hosts():
            self._refuse(HTTPStatus.FORBIDDEN, "This page is for the computer it runs on.")
            return None
        token, slash, what = urlsplit(self.path[:LONGEST_PATH]).path.removeprefix("/").partition("/")
        if not slash or not hmac.compare_digest(token.encode(), self.server.door.token.encode()):
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
            return None
        return what

    def _hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self.server.door.port}" for name in (HOST, "localhost"))

    def _from_elsewhere(self) -> bool:
        origin = self.headers.get("Origin")
        return origin is not None and origin not in {f"http://{host}" for host in self._hosts()}

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._send(sentence, "text/plain", status=status)

    def _send(self, text: str, sort: str, nonce: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        content = text.encode()
        own = f"'nonce-{nonce}'" if nonce else "'none'"
        self.send_response(status)
        self.send_header("Content-Type", f"{sort}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {own}; style-src {own}; connect-src 'self'; img-src data:; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        )
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name that the library calls it by
        """Say nothing: a request every half second is no news."""
