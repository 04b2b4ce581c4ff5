"""Captures with a manifest: the sample corpus is one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from readout.capture import manifest
from readout.models import CaptureBasis, Media


def test_pages_have_the_time_and_address_that_were_written_down(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Talks", "utf-8")
    (tmp_path / "feed.xml").write_text("<rss/>", "utf-8")
    entries = [
        {"file": "feed.xml", "media": "application/rss+xml", "captured": "2031-01-01T00:00:00Z", "address": None},
        {"file": "a.html", "media": "text/html", "captured": "2031-03-04T18:05:00Z", "address": "https://a.example/1"},
    ]
    (tmp_path / manifest.MANIFEST).write_text("".join(json.dumps(entry) + "\n" for entry in entries), "utf-8")
    (found,) = manifest.pages(tmp_path)
    assert (found.media, found.content, found.address) == (Media.HTML, b"<p>Talks", "https://a.example/1")
    assert (found.captured, found.captured_basis) == (datetime(2031, 3, 4, 18, 5, tzinfo=UTC), CaptureBasis.DECLARED)
    assert found.name == f"{tmp_path.name}/a.html"
