"""A small web server on loopback for tests: real HTTP, and every way in which a server can be slow, broken or hostile.

    with origin() as site:
        site.page("/feed", "<rss/>", media="application/rss+xml")
        fetch = Fetcher(Policy(allow=frozenset({site.endpoint})))
        assert fetch(site.address("/feed")).content == b"<rss/>"

A path answers with pieces: bytes are sent, numbers are waited for (in seconds), b"" closes. What was told nothing is
404, or what `site.otherwise` says.
`site.asked` holds the requests in order, and `site.connections` counts connections.
"""

from __future__ import annotations

import email.utils
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus

Piece = bytes | float


@dataclass(frozen=True)
class Asked:
    """One request: `path` is as it was sent, with its query; names of headers are in lower case."""

    method: str
    path: str
    headers: dict[str, str]


Answerer = Callable[[Asked], Iterable[Piece]]


def answer(
    status: int, content: bytes | str = b"", headers: Iterable[tuple[str, str]] = (), *, length: int | None = None
) -> bytes:
    """An answer as it goes over the wire; `length` is what Content-Length says where it shall not be the truth."""
    body = content.encode() if isinstance(content, str) else content
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Status"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Site:
    """What the server answers, and what it was asked. `host` is the name that its addresses use."""

    port: int
    host: str = "127.0.0.1"
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    otherwise: Answerer = lambda _: [answer(404, "Not here")]  # for paths that were told nothing
    _answers: dict[str, Answerer] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        """What the allow-list has to hold."""
        return f"{self.host}:{self.port}"

    def address(self, path: str = "/") -> str:
        """The address of a path on this site."""
        return f"{self.scheme}://{self.endpoint}{path}"

    def asked_for(self, path: str) -> list[Asked]:
        """The requests for one path."""
        return [one for one in self.asked if one.path == path]

    def page(
        self,
        path: str,
        content: bytes | str,
        *,
        media: str = "text/html; charset=utf-8",
        modified: datetime | None = None,
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Serve this from now on, as a good server does: with an ETag, Last-Modified where given, and 304."""
        body = content.encode() if isinstance(content, str) else content
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        marks = [("ETag", etag)]
        if modified:
            marks.append(("Last-Modified", email.utils.format_datetime(modified, usegmt=True)))
        whole = answer(200, body, [("Content-Type", media), *marks, *headers])

        def serve(asked: Asked) -> Iterator[Piece]:
            known = asked.headers.get("if-none-match")
            since = asked.headers.get("if-modified-since")
            same = known == etag if known else since is not None and ("Last-Modified", since) in marks
            yield answer(304, b"", marks) if same else whole

        self._answers[path] = serve

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send whoever asks somewhere else: a path of this site, or any address."""
        self.status(path, status, headers=[("Location", to)])

    def status(
        self, path: str, status: int, content: bytes | str = b"", headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Answer with this status: 404, 410, 429 with Retry-After, and so on."""
        self.raw(path, answer(status, content, headers))

    def raw(self, path: str, *pieces: Piece) -> None:
        """Answer with exactly these pieces, and close unless they were whole."""
        self._answers[path] = lambda _: pieces

    def serve(self, path: str, answerer: Answerer) -> None:
        """Answer with whatever pieces this gives for the request; it may go on for ever."""
        self._answers[path] = answerer

    def pieces(self, asked: Asked) -> Iterable[Piece]:
        """The answer to one request."""
        self.asked.append(asked)
        return self._answers.get(asked.path, self.otherwise)(asked)


@contextmanager
def origin(*, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", bind: str = "127.0.0.1") -> Iterator[Site]:
    """A server on a free port, gone with the block. `host` is a name for it that the test's resolver knows."""
    server = _Server((bind, 0), _Handler)
    server.site = Site(server.server_address[1], host, "https" if tls else "http")
    server.tls = tls
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128
    site: Site
    tls: ssl.SSLContext | None

    def __init__(self, address: tuple[str, int], handler: type[_Handler]) -> None:
        self.closing = threading.Event()
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what many tests are about."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server
    request: socket.socket

    def handle(self) -> None:
        self.server.site.connections += 1
        self.request.settimeout(60)
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        with self.request:
            waiting = b""
            while not self.server.closing.is_set():
                while b"\r\n\r\n" not in waiting:
                    more = self.request.recv(65536)
                    if not more:
                        return
                    waiting += more
                head, _, waiting = waiting.partition(b"\r\n\r\n")
                if not self._answered(_asked(head)):
                    return

    def _answered(self, asked: Asked) -> bool:
        """Send the answer; whether the connection can go on."""
        sent = b""
        for piece in self.server.site.pieces(asked):
            if piece == b"":
                return False
            if isinstance(piece, bytes):
                self.request.sendall(piece)
                sent = sent or piece
            elif self.server.closing.wait(piece):
                return False
        return _whole(sent)


def _whole(sent: bytes) -> bool:
    """Whether that was one complete answer in one piece."""
    head, _, body = sent.partition(b"\r\n\r\n")
    said = [
        line.partition(b":")[2].strip() for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    return len(said) == 1 and said[0].isdigit() and int(said[0]) == len(body)


def _asked(head: bytes) -> Asked:
    first, *rest = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in rest)
    return Asked(method, path, {name.strip().lower(): value.strip() for name, _, value in pairs})


def forever(piece: bytes, pause: float = 0.0) -> Iterator[Piece]:
    """A piece again and again, with a pause before each."""
    while True:
        if pause:
            yield pause
        yield piece


def unused_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(told: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that another thread does. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not told():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
