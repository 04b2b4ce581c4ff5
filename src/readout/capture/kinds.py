"""What kind of content a file holds, judged from how it begins; its name only breaks ties. Pure."""

from __future__ import annotations

import json
import re

from readout.capture import members, packed
from readout.models import Media

HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
TEXT_NAMES = frozenset({".txt", ".text", ""})
ROW_NAMES = frozenset({".jsonl", ".ndjson"})
MAIL_NAMES = frozenset({".eml", ".mbox"})
PACK_NAMES = frozenset(
    {".warc", ".wacz", ".gz", ".tgz", ".tar", ".zip", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".parquet"}
)

WRAPPINGS = frozenset({".gz", ".bz2", ".xz", ".zst"})

_SPACE = re.compile(r"(?:\s|\ufeff|<!--.*?-->)*", re.DOTALL)
_XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>\s*", re.IGNORECASE)
# Source: https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type, and fragments' beginnings
_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|base|article|main|section|header|nav|div|p|h1|table"
    r"|iframe|font|a|b|br|ul|ol|span|figure|blockquote)(?=[\s>/])",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?(?:p|div|html|head|body|span|a|article|h[1-6]|br|li|title)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_OTHER_MARKUP = re.compile(r"<(?:\?xml|\?php|!doctype|rss|feed|svg|opml|rdf:rdf|urlset|sitemapindex)\b", re.IGNORECASE)


def media(head: str, suffix: str) -> Media | None:
    """Text or HTML, by the first characters of the content; None for other markup (a feed, an image) and for JSON.

    `suffix` is the ending of the name in lower case, ".html"; a capture in plain text may well contain a tag or two,
    so away from the beginning tags only count where the name says HTML too.
    """
    start = head[_begin(head) :]
    declared = _XML_DECLARATION.match(start)
    inner = start[declared.end() + _begin(start[declared.end() :]) :] if declared else start
    if _HTML_START.match(inner) or (suffix in HTML_NAMES and _ANY_TAG.search(head)):
        return Media.HTML
    return None if declared or _OTHER_MARKUP.match(start) or _is_json(start, suffix) else Media.TEXT


def is_rows(head: bytes, suffix: str) -> bool:
    """Whether the content is JSON lines: named so, or its first line is one JSON object."""
    if suffix in ROW_NAMES:
        return True
    first, ended, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not first.startswith(b"{"):
        return False
    return _is_object(first) or (not ended and _begins_an_object(first))


def is_pack(head: bytes) -> bool:
    """Whether the content holds others: compressed, a tarball, a zip, a WARC or ARC file, Parquet."""
    return bool(
        packed.coding(head)
        or members.is_zip(head)
        or members.is_tar(head)
        or head.startswith((b"WARC/", b"\r\nWARC/", b"filedesc://", b"PAR1"))
    )


def _begin(text: str) -> int:
    found = _SPACE.match(text)
    return found.end() if found else 0


def _is_json(start: str, suffix: str) -> bool:
    return suffix == ".json" and start.startswith(("{", "["))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _begins_an_object(line: bytes) -> bool:
    """A first row longer than the sample: its first key has to do."""
    return re.match(rb'\{\s*"[^"\\]{1,100}"\s*:', line) is not None
