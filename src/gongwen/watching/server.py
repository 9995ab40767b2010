"""The board handed out to browsers on this machine: one secret address, and nothing for anyone who does not have it.

Only this machine is listened to. Requests that do not name it are refused, so that no page from elsewhere can reach it by a name of
its own; what is handed out may run no script but ours and load nothing from elsewhere, whatever a draft or a template says.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from gongwen.watching.board import Board
from gongwen.watching.preview import FACES, PICTURES, Content, Preview

HOST: Final = "127.0.0.1"
_NAMES: Final = (HOST, "localhost")
_PAGE: Final = Path(__file__).parent / "page"
_NUMBER: Final = re.compile("[0-9]{1,9}")
_OF_DRAFT: Final = re.compile(r"drafts/(?P<number>[0-9]{1,9})/(?:(?P<folder>[a-z]+)/)?(?P<name>[\w.-]{0,99})", re.ASCII)
_OWN: Final = {"": "text/html", "page.js": "text/javascript", "page.css": "text/css"}
_PATIENCE: Final = 10
"""Seconds that a browser has for its request, and for taking what it gets."""
_ALIVE: Final = 15.0
"""Seconds after which something is sent, though there is no news: so it is seen that a browser has gone."""

_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
_PAGE_POLICY: Final = f"{_POLICY}script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
_FRAME_POLICY: Final = (
    f"{_POLICY}style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; sandbox allow-same-origin"
)
"""Pages have their places in attributes of style; no script runs there, ours neither."""
_FILE_POLICY: Final = f"{_POLICY}style-src 'unsafe-inline'; sandbox"
_PDF_POLICY: Final = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


class Server:
    """The server of a board. ``port`` 0 is any that is free. Raises OSError where it cannot be had."""

    def __init__(self, board: Board, port: int = 0) -> None:
        self._token = secrets.token_urlsafe(24)
        self._server = _Server((HOST, port), _handler(board, self._token))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self._server.server_port}/{self._token}/"

    def close(self) -> None:
        """Serve no longer. Who still waits for the board is let go by the board."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False  # on Windows it would let two programs share a port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nobody's fault."""


def _handler(board: Board, token: str) -> type[BaseHTTPRequestHandler]:
    """The class that answers requests about a board."""

    class Handler(_Handler):
        pass

    Handler.board, Handler.token = board, token
    return Handler


class _Handler(BaseHTTPRequestHandler):
    """One request. Whatever is not understood is not there, and nothing says why."""

    board: Board
    token: str
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Answer, if the request names this machine and the secret."""
        address, _, query = self.path.partition("?")
        port = self.connection.getsockname()[1]
        names = {f"{name}:{port}" for name in _NAMES}
        token, slash, path = address.removeprefix("/").partition("/")
        is_ours = secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        if not is_ours or not slash or self.headers.get_all("Host", []) not in [[name] for name in names]:
            self._refuse()
        elif path == "events":
            self._events(query)
        else:
            self._found(path)

    def _found(self, path: str) -> None:
        for answer in (self._own, self._of_draft):
            if (found := answer(path)) is not None:
                self._answer(*found)
                return
        self._refuse()

    def _own(self, path: str) -> tuple[Content, str] | None:
        """Our own page."""
        if path not in _OWN:
            return None
        return Content(_OWN[path], (_PAGE / (path or "page.html")).read_bytes()), _PAGE_POLICY

    def _of_draft(self, path: str) -> tuple[Content, str] | None:
        """What belongs to a draft: drafts/3/ and what is in it."""
        match = _OF_DRAFT.fullmatch(path)
        seen = self.board.preview(int(match["number"])) if match else None
        if match is None or seen is None:
            return None
        kind, data, policy = "", None, _FILE_POLICY
        match match["folder"] or "", match["name"]:
            case "", "":
                kind, data, policy = "text/html", _frame(seen), _FRAME_POLICY
            case "", "style.css":
                kind, data = "text/css", seen.css.encode("utf-8", "replace")
            case "", "screen.css":
                kind, data = "text/css", (_PAGE / "screen.css").read_bytes()
            case "pdf", index if _NUMBER.fullmatch(index):
                kind, data, policy = (
                    "application/pdf",
                    _read(self.board.pdf(int(match["number"]), int(index))),
                    _PDF_POLICY,
                )
            case folder, name if folder == PICTURES and name in seen.pictures:
                kind, data = seen.pictures[name]
            case folder, name if folder == FACES:
                kind, data = "font/otf", _read(seen.faces.get(name))
        return None if data is None else (Content(kind, data), policy)

    def _events(self, query: str) -> None:
        """What changes, as long as the browser listens."""
        chosen = int(query) if _NUMBER.fullmatch(query) else None
        self._begin("text/event-stream", _PAGE_POLICY)
        version = -1
        with contextlib.suppress(OSError):  # the browser has gone
            while (news := self.board.since(version, chosen, _ALIVE)) is not None:
                version, text = news
                self.wfile.write(f"data: {text}\n\n".encode() if text else b":\n\n")

    def _answer(self, content: Content, policy: str) -> None:
        self._begin(content.type, policy, len(content.data))
        with contextlib.suppress(OSError):
            self.wfile.write(content.data)

    def _begin(self, kind: str, policy: str, length: int | None = None, status: int = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in (
            ("Content-Security-Policy", policy),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        self.end_headers()

    def _refuse(self) -> None:
        with contextlib.suppress(OSError):
            self._begin("text/plain", _FILE_POLICY, 0, HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the library calls it so
        """Another method, or no good request: that is not there either."""
        self.close_connection = True
        self._refuse()

    def version_string(self) -> str:
        """What the server calls itself."""
        return "gongwen"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Requests are nobody's business."""


def _read(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


def _frame(seen: Preview) -> bytes:
    """The document that pages stand in; they are put there as they come."""
    own = '<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="screen.css"><gongwen-pages></gongwen-pages>'
    return f"{seen.before}{own}{seen.after}".encode("utf-8", "replace")
