"""WARC files as crawlers write them, by warcio, one record at a time, to be put together or broken."""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = "<!doctype html><html><head><title>Talks {0}</title></head><body><p>The two sides met, {0}.</p></body></html>"
DATE = "2031-03-20T17:00:00Z"


def record(  # noqa: PLR0913 - what a record is made of
    name: str = "1",
    body: str | bytes = "",
    *,
    kind: str = "response",
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    packed: bool = True,
) -> bytes:
    """An answer of https://harbour.example/NAME, an HTML page without anything said; compressed for itself."""
    said = {"Content-Type": "text/html; charset=utf-8"} | dict(headers or {})
    content = body or HTML.format(name)
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    made = writer.create_warc_record(
        f"https://harbour.example/{name}",
        kind,
        payload=io.BytesIO(content if isinstance(content, bytes) else content.encode()),
        http_headers=StatusAndHeaders(status, list(said.items()), protocol="HTTP/1.1") if kind == "response" else None,
        warc_content_type=said["Content-Type"] if kind == "resource" else "",
        warc_headers_dict={"WARC-Date": DATE},
    )
    writer.write_record(made)
    made.raw_stream.close()
    return stream.getvalue()


def bomb(size: int) -> bytes:
    """A gzip member of that many zero bytes."""
    return gzip.compress(bytes(size), 9)
