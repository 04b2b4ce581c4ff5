"""Each page as it was last looked at. After a change that is meant, run with READOUT_SNAPSHOTS=write and look."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from readout.store.memory import MemoryStore
from tests.present import world
from tests.present.web.visiting import visit

SNAPSHOTS = Path(__file__).parent / "snapshots"
_DIGEST = re.compile(r"(/static/\w+)\.[0-9a-f]{12}\.")

HTML, CAPTURE, ARABIC = world.html_harvest(), world.capture_harvest(), world.arabic_harvest()
ADDRESSES = {
    "front": "/",
    "latest": "/latest",
    "article": f"/article/{HTML.articles[0].id}",
    "article-editions": f"/article/{CAPTURE.articles[0].id}",
    "article-headline": f"/article/{CAPTURE.articles[1].id}",
    "article-arabic": f"/article/{ARABIC.articles[0].id}",
    "article-hostile": f"/article/{world.hostile_harvest().articles[0].id}",
    "page-html": f"/page/{HTML.page.id if HTML.page else ''}",
    "page-text": f"/page/{CAPTURE.page.id if CAPTURE.page else ''}?at=30",
    "outlets": "/outlets",
    "losses": "/losses",
    "about": "/about",
    "not-found": "/nowhere",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_is_as_it_was(client: TestClient, name: str) -> None:
    _compare(name, client.get(ADDRESSES[name]).text)


def test_the_empty_archive_is_as_it_was() -> None:
    with visit(MemoryStore()) as client:
        _compare("empty", client.get("/").text)


def _compare(name: str, text: str) -> None:
    masked = _DIGEST.sub(r"\1.DIGEST.", text)
    path = SNAPSHOTS / f"{name}.html"
    if os.environ.get("READOUT_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(masked, "utf-8")
    assert path.read_text("utf-8") == masked
