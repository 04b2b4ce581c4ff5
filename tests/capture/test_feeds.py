"""What feeds say, in every format; and that nothing anybody puts in one hurts."""

from __future__ import annotations

from readout.capture import feeds

HOME = "https://paper.example/feeds/news.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>/</link>
<item><title>Talks resume</title><link>/2025/06/05/talks</link><guid isPermaLink="false">17</guid>
<dc:creator>Ana Sol</dc:creator><pubDate>Thu, 05 Jun 2025 14:30:00 +0200</pubDate>
<description>Both sides met.</description>
</item></channel></rss>"""


def test_rss() -> None:
    found = feeds.listing(RSS.encode(), HOME)
    assert found
    (entry,) = found.entries
    assert (found.title, found.address) == ("The Harbour Post", "https://paper.example/")
    assert (entry.title, entry.address) == ("Talks resume", "https://paper.example/2025/06/05/talks")
    assert (entry.identifier, entry.authors, entry.summary) == ("17", ("Ana Sol",), "Both sides met.")
    assert entry.published
    assert (entry.published.at.isoformat(), entry.published.zone) == ("2025-06-05T12:30:00+00:00", 120)
