"""Five ways to lead a fetch to each row of the address matrix, for tests that watch where connections go.

direct      the row itself is asked for
redirect    a public server sends us to the row
private     a public name resolves to the row's address
rebinding   a public name resolves to a public address, and to the row's the next time it is asked for
mixed       a public name resolves to a public address and the row's together
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from readout.capture import guard
from readout.capture.answers import Failure, Response
from readout.capture.fetch import Fetcher, Resolve
from readout.capture.guard import PUBLIC, Policy
from readout.capture.transfer import Limits
from tests import shared

LIMITS = Limits(connect=1, first_byte=1, grace=1, total=3)
NAME = "news.paper.com"


@dataclass(frozen=True)
class Row:
    """A row of the matrix: the address as written, and an address of IP that a resolver could give for it."""

    url: str
    ip: str


@dataclass(frozen=True)
class Outside:
    """The public server of a test: `endpoint` is how it is asked, and `ip` what its name resolves to."""

    ip: str
    endpoint: str = NAME
    policy: Policy = PUBLIC


def matrix() -> list[Row]:
    """All 1,116 rows; a row that is a name or a scheme stands for loopback where a resolver answers."""
    rows = json.loads(shared.data("robustness", "ssrf_matrix", "ssrf_matrix.json").read_text("utf-8"))
    return [Row(row["url"], _ip(row)) for row in rows]


def _ip(row: dict[str, str | None]) -> str:
    written = (row["whatwg_host"] or "").strip("[]")
    inner = guard.literal(written)
    return inner if inner and ":" in inner else guard.literal(row["target"] or "") or "127.0.0.1"


def attacked(rows: Sequence[Row], outside: Outside) -> Iterator[tuple[str, Response | Failure]]:
    """What every way to these rows comes to. A resolver's answer is an address of IP, however a row wrote it, so those
    ways are gone once for each address.
    """
    with _fetcher(outside, lambda _host, _port: [outside.ip]) as fetch:
        for row in rows:
            yield "direct", fetch(row.url)
            yield "redirect", fetch(f"http://{outside.endpoint}/to?{quote(row.url, safe='')}")
    for ip in resolved(rows):
        yield from _answered(ip, outside)


def resolved(rows: Sequence[Row]) -> list[str]:
    """The different addresses of IP of these rows."""
    return list(dict.fromkeys(row.ip for row in rows))


def _answered(ip: str, outside: Outside) -> Iterator[tuple[str, Response | Failure]]:
    page = f"http://{NAME}/page"
    with _fetcher(outside, lambda _host, _port: [ip]) as fetch:
        yield "private", fetch(page)
    with _fetcher(outside, _in_turn([outside.ip], [ip])) as fetch:
        fetch(page)
        fetch._pool.close()  # noqa: SLF001 - so that a second connection has to be made
        yield "rebinding", fetch(page)
    for answer in ([outside.ip, ip], [ip, outside.ip]):
        with _fetcher(outside, _in_turn(answer)) as fetch:
            yield "mixed", fetch(page)


def _fetcher(outside: Outside, resolve: Resolve) -> Fetcher:
    return Fetcher(outside.policy, LIMITS, resolve=resolve)


def _in_turn(*answers: Sequence[str]) -> Resolve:
    left = list(answers)
    return lambda _host, _port: left.pop(0) if len(left) > 1 else left[0]
