"""Addresses → Responses and Failures. The one module that opens sockets and speaks HTTP; docs/explanation/safety.md.

Every hop of every fetch takes the same way, and there is no other: `guard` judges the address as written; the pool asks
`_Network` for a connection; that resolves the name once, has `guard` judge every address of the answer, and connects to
one of those very addresses. The name in the URL goes into Host and SNI only, so a second answer of the resolver can
change nothing. All waiting and all counting is the `Transfer`'s, which the socket asks before every read: nothing that
a server does between two reads can outlast or outgrow it.

No proxies, no cookies, no credentials, no environment. HTTP/1.1 only. One Fetcher serves any number of threads; to ask
one host one thing at a time is the scheduler's part.
"""

from __future__ import annotations

import queue
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import Any, NoReturn, Self

import httpcore2

from readout.capture import coding, guard
from readout.capture.answers import NOT_MODIFIED, Failure, Reason, Redirect, Response
from readout.capture.guard import Policy
from readout.capture.instant import instant
from readout.capture.transfer import CHUNK, USUAL, Limits, Stale, Stopped, Transfer
from readout.text import addresses
from readout.text.addresses import Address

AGENT = "Readout/0.1 (a self-hosted news reader)"

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"
_WANTED = frozenset(
    {
        "cache-control",
        "content-disposition",
        "content-language",
        "content-type",
        "date",
        "expires",
        "link",
        "x-robots-tag",
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1024}")
_PIECES = 20_000  # of one body: more than that, and each is so small that it costs more to read than it carries
_IDLE, _KEPT = 15.0, 100  # seconds that an idle connection is kept, and how many
_LONGEST_RETRY = 365 * 86400.0

Resolve = Callable[[str, int], Sequence[str]]


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts; to read them takes longer than many a fetch."""
    return httpcore2.default_ssl_context()


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of IP that the system's resolver gives for a name. Raises OSError where it gives none."""
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """The network, under the contract of `answers.Fetch`. Close it, or use it as a context manager."""

    def __init__(
        self,
        policy: Policy = guard.PUBLIC,
        limits: Limits = USUAL,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        agent: str = AGENT,
    ) -> None:
        self._policy = policy
        self._limits = limits
        self._headers = [("User-Agent", agent), ("Accept", _ACCEPT), ("Accept-Encoding", coding.ACCEPTED)]
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls or _trusted(),
            max_connections=None,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_IDLE,
            network_backend=_Network(policy, resolve),
        )

    def __call__(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        after: tuple[Redirect, ...] | None = None,
    ) -> Response | Failure:
        """See `answers.Fetch`."""
        trip = _Trip(address, Transfer(self._limits), after or ())
        asked = [("If-None-Match", etag), ("If-Modified-Since", last_modified)]
        conditions = [(name, value) for name, value in asked if value and _VALIDATOR.fullmatch(value)]
        token = _TRANSFER.set(trip.transfer)
        try:
            while True:
                reply = self._ask(trip.here, conditions)
                if reply.status not in _REDIRECTS:
                    return trip.response(reply, conditional=bool(conditions))
                trip.follow(reply, alone=after is None)
        except Stopped as stopped:
            return trip.failure(stopped)
        finally:
            _TRANSFER.reset(token)

    def close(self) -> None:
        """Close the connections that are kept."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, text: str, conditions: list[tuple[str, str]]) -> _Reply:
        fault = guard.refusal(text, self._policy)
        address = addresses.parse(text)
        if fault or address is None:
            raise Stopped(Reason.REFUSED, fault or "not an address")
        while True:  # as long as connections that were kept turn out to be dead, which the deadline bounds
            try:
                return self._exchange(address, conditions)
            except Stale:
                continue

    def _exchange(self, address: Address, conditions: list[tuple[str, str]]) -> _Reply:
        transfer = _TRANSFER.get()
        transfer.begin()
        host = _bare(address.host)
        target = httpcore2.URL(scheme=address.scheme, host=host, port=address.port, target=address.target)
        named = address.host if address.port is None else f"{address.host}:{address.port}"
        extensions = {"sni_hostname": host.removesuffix("."), "timeout": {"pool": self._limits.connect}}
        headers = [("Host", named), *self._headers, *conditions]
        try:
            with self._pool.stream("GET", target, headers=headers, extensions=extensions) as answer:
                return _Reply.of(answer, transfer)
        except httpcore2.PoolTimeout as error:
            raise Stopped(Reason.NO_CONNECTION, "too many of our own") from error
        except httpcore2.ProtocolError as error:
            raise Stopped(transfer.disorder(), str(error)) from error


@dataclass(frozen=True)
class _Reply:
    """What one hop gave; `content` is empty where it does not matter."""

    status: int
    headers: dict[str, str]
    content: bytes

    @classmethod
    def of(cls, answer: httpcore2.Response, transfer: Transfer) -> Self:
        if sum(len(name) + len(value) + 4 for name, value in answer.headers) > transfer.limits.headers:
            raise Stopped(Reason.HEADERS_TOO_LARGE)
        transfer.in_headers = False
        headers = _joined(answer.headers)
        wanted = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
        return cls(answer.status, headers, _body(answer, headers, transfer) if wanted else _left_out(answer, headers))

    @property
    def retry_after(self) -> float | None:
        """Source: RFC 9110, 10.2.3: seconds, or a date."""
        said = self.headers.get("retry-after", "").strip()
        if re.fullmatch(r"[0-9]{1,12}", said):
            return min(float(said), _LONGEST_RETRY)
        then = instant(said) if said else None
        return min(max(then.timestamp() - time.time(), 0.0), _LONGEST_RETRY) if then else None

    def validator(self, name: str) -> str | None:
        said = self.headers.get(name, "")
        return said if _VALIDATOR.fullmatch(said) else None


class _Trip:
    """One fetch: where it began, where it is, and the redirects between."""

    def __init__(self, asked: str, transfer: Transfer, redirects: tuple[Redirect, ...]) -> None:
        self.asked = self.here = asked
        self.transfer = transfer
        self.redirects = redirects

    def follow(self, reply: _Reply, *, alone: bool) -> None:
        """Go where the redirect leads. Raises Stopped where it may not be followed, before anything is asked there, and
        where it is not followed here `alone`.
        """
        said = reply.headers.get("location", "")
        there = addresses.parse(said, self.here) if said else None
        if there is None:
            raise Stopped(Reason.NOWHERE, said[:200] or "no address in it")
        if fault := guard.ill_written(said):
            raise Stopped(Reason.REFUSED, fault)
        if len(self.redirects) >= self.transfer.limits.redirects:
            raise Stopped(Reason.TOO_MANY_REDIRECTS, f"more than {self.transfer.limits.redirects}")
        here = addresses.parse(self.here)
        if here and here.scheme == "https" and there.scheme == "http":
            raise Stopped(Reason.UNSAFE_REDIRECT, there.href)
        self.redirects = (*self.redirects, Redirect(reply.status, there.href))
        self.here = there.href
        if not alone:
            raise Stopped(Reason.REDIRECTED, there.href)

    def response(self, reply: _Reply, *, conditional: bool) -> Response:
        known = reply.status == NOT_MODIFIED and conditional
        if not known and not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
            raise Stopped(Reason.STATUS, _phrase(reply.status), reply.status, reply.retry_after)
        return Response(
            address=self.asked,
            answered=self.here,
            status=reply.status,
            content=reply.content,
            headers=tuple((name, value) for name, value in reply.headers.items() if name in _WANTED),
            redirects=self.redirects,
            etag=reply.validator("etag"),
            last_modified=reply.validator("last-modified"),
            retry_after=reply.retry_after,
            elapsed=self.transfer.elapsed,
        )

    def failure(self, stopped: Stopped) -> Failure:
        return Failure(
            address=self.asked,
            answered=self.here,
            reason=stopped.reason,
            detail=stopped.detail,
            status=stopped.status,
            redirects=self.redirects,
            retry_after=stopped.retry_after,
            elapsed=self.transfer.elapsed,
        )


_TRANSFER: ContextVar[Transfer] = ContextVar("transfer")  # of the fetch that this thread is at


class _Network(httpcore2.NetworkBackend):
    """Makes the pool's connections: resolve once, judge all, connect to what was judged."""

    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._policy = policy
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the transfer knows better
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        transfer = _TRANSFER.get()
        transfer.fresh = True
        ips = [host] if guard.literal(host) else self._resolved(host, port, transfer)
        if not self._policy.allows(f"[{host}]" if ":" in host else host, port):
            fault = guard.refused_answer(ips, self._policy) or _own(ips)
            if fault:
                raise Stopped(Reason.REFUSED, fault)
        return _connected(ips, port, transfer)

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 - never
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> NoReturn:
        raise Stopped(Reason.REFUSED, "a local socket")

    def _resolved(self, host: str, port: int, transfer: Transfer) -> Sequence[str]:
        """Ask in a thread of its own: the system's resolver knows no deadline, and cannot be called off."""
        box: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                box.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                box.put(error)

        patience = transfer.within(transfer.limits.connect, Reason.NO_NAME_SERVICE)
        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        try:
            found = box.get(timeout=patience)
        except queue.Empty:
            raise Stopped(Reason.NO_NAME_SERVICE, host) from None
        if isinstance(found, socket.gaierror) and found.errno in {socket.EAI_AGAIN, socket.EAI_FAIL}:
            raise Stopped(Reason.NO_NAME_SERVICE, host) from found
        if isinstance(found, Exception) or not found or not all(map(guard.literal, found)):
            raise Stopped(Reason.NO_SUCH_NAME, host)
        return found


class _Stream(httpcore2.NetworkStream):
    """A socket whose every wait is the transfer's to allow."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the transfer knows better
        transfer = _TRANSFER.get()
        seconds, reason = transfer.patience()
        self._sock.settimeout(seconds)
        try:
            data = self._sock.recv(min(max_bytes, CHUNK))
        except TimeoutError as error:
            raise Stopped(reason) from error
        except OSError:  # reset: to us the same as closed
            data = b""
        transfer.received(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        transfer = _TRANSFER.get()
        self._sock.settimeout(transfer.within(transfer.limits.first_byte, Reason.NO_ANSWER))
        try:
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise Stopped(Reason.NO_ANSWER) from error
        except OSError as error:  # there may be an answer all the same, and the pool goes on to read it
            raise httpcore2.WriteError(str(error)) from error
        transfer.asked = time.monotonic()

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.NetworkStream:
        transfer = _TRANSFER.get()
        try:
            self._sock.settimeout(transfer.within(transfer.limits.connect, Reason.NO_CONNECTION))
            return _Stream(ssl_context.wrap_socket(self._sock, server_hostname=server_hostname))
        except TimeoutError as error:
            raise Stopped(Reason.NO_CONNECTION, "while agreeing on encryption") from error
        except ssl.SSLCertVerificationError as error:
            raise Stopped(Reason.INSECURE, error.verify_message) from error
        except (OSError, ValueError) as error:
            raise Stopped(Reason.INSECURE, str(getattr(error, "reason", "") or error)) from error

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the library's own type
        return self._closed() if info == "is_readable" else None

    def _closed(self) -> bool:
        """An idle connection on which there is something to read has been closed, or has nothing good to say."""
        if self._sock.fileno() < 0:
            return True
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        return bool(poll.poll(0))


def _connected(ips: Sequence[str], port: int, transfer: Transfer) -> _Stream:
    """A connection to the first of these that takes one; each gets its share of the time."""
    end = time.monotonic() + transfer.limits.connect
    error: OSError | None = None
    for number, ip in enumerate(ips):
        share = max((end - time.monotonic()) / (len(ips) - number), 0.05)
        try:
            return _Stream(_dialled(ip, port, transfer.within(share, Reason.NO_CONNECTION)))
        except OSError as failed:
            error = failed
    raise Stopped(_unconnected(error), f"{', '.join(ips[:4])} port {port}") from error


def _dialled(ip: str, port: int, seconds: float) -> socket.socket:
    sock = socket.socket(_family(ip), socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect((ip, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        sock.close()
        raise
    return sock


def _family(ip: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in ip else socket.AF_INET


def _unconnected(error: OSError | None) -> Reason:
    if isinstance(error, ConnectionRefusedError):
        return Reason.CONNECTION_REFUSED
    return Reason.NO_CONNECTION if isinstance(error, TimeoutError) else Reason.UNREACHABLE


def _own(ips: Iterable[str]) -> str | None:
    """Whether one of them is this machine's: the system would speak to it from the very same address. Sends nothing."""
    return next((f"{ip} is this machine itself" for ip in ips if _speaks_from(ip) == ip), None)


def _speaks_from(ip: str) -> str | None:
    try:
        with socket.socket(_family(ip), socket.SOCK_DGRAM) as probe:
            probe.connect((ip, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None  # no way there at all, as will be found out


def _body(answer: httpcore2.Response, headers: dict[str, str], transfer: Transfer) -> bytes:
    if _length(headers) > transfer.limits.wire:
        raise Stopped(Reason.TOO_LARGE, f"more than {transfer.limits.wire:,} bytes")
    pieces: list[bytes] = []
    for piece in answer.iter_stream():
        pieces.append(piece)
        if len(pieces) > _PIECES:
            raise Stopped(Reason.BROKEN, "cut into too many pieces")
    packed = headers.get("content-encoding", "")
    content = coding.undo(packed, b"".join(pieces), transfer.limits.decoded)
    if isinstance(content, Reason):
        raise Stopped(content, packed[:100])
    return content


def _left_out(answer: httpcore2.Response, headers: dict[str, str]) -> bytes:
    """Read past a short body that does not matter, so that the connection can be kept."""
    if answer.status == NOT_MODIFIED or ("content-length" in headers and _length(headers) <= CHUNK):
        with suppress(Stopped, httpcore2.ProtocolError):
            for _ in answer.iter_stream():
                pass
    return b""


def _length(headers: dict[str, str]) -> int:
    """What the server says; 0 where it says nothing, which is checked as it comes."""
    said = headers.get("content-length", "")
    return int(said) if re.fullmatch(r"[0-9]{1,20}", said) else 0


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw, value in headers:
        name, text = raw.decode("latin-1").lower(), _text(value)
        joined[name] = f"{joined[name]}, {text}" if name in joined else text
    return joined


def _text(value: bytes) -> str:
    """What servers put into headers is UTF-8 where it is more than ASCII; the standard says Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _bare(host: str) -> str:
    return host.removeprefix("[").removesuffix("]")


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
