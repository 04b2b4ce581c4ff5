"""A browser of sorts for the site: asks, reads, follows links. No test here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from httpx2 import Response
from starlette.testclient import TestClient

from readout.present.web.app import create
from readout.present.web.archive import Archive

_LINK = re.compile(r'<a [^>]*href="([^"]*)"')


def visit(archive: Archive, *, hosts: tuple[str, ...] = (), notice: str = "") -> TestClient:
    """A client that follows no redirect and gets error pages as a browser would."""
    site = create(archive, hosts=hosts, notice=notice)
    return TestClient(site, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)


@dataclass(frozen=True)
class Visit:
    """One page that was read on the way."""

    address: str
    response: Response


def crawl(client: TestClient, most: int = 400) -> Iterator[Visit]:
    """Every page that can be reached from the front page by links of the site, each address once."""
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) <= most:
        address = waiting.pop()
        response = client.get(address)
        yield Visit(address, response)
        for found in links(response.text):
            target = found.partition("#")[0]
            if target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)


def links(text: str) -> list[str]:
    """The targets of a page's links."""
    return [html.unescape(found) for found in _LINK.findall(text)]
