"""Newsletters: what page a message becomes, in every coding; mboxes, Maildirs, and hostile mail."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import archive, mailbox
from readout.capture.rows import Origin
from readout.models import CaptureBasis, Media, Page, Rejection

SENT = datetime(2025, 6, 5, 6, 30, tzinfo=UTC)
SEPARATOR = b"From news@post.example Thu Jun  5 06:30:00 2025\n"
HTML = (
    "<html><head><meta charset=utf-8></head><body><h1>Žádné překvapení</h1><p>Both sides met — again.</p></body></html>"
)


def message(html: str | None = HTML, text: str | None = "Both sides met.", coding: str = "quoted-printable") -> bytes:
    """A newsletter."""
    made = EmailMessage()
    made["From"] = '"The Harbour Post" <news@post.example>'
    made["Date"] = "Thu, 05 Jun 2025 08:30:00 +0200"
    made["Subject"] = "Talks resume – and a café"
    made["Message-ID"] = "<1@post.example>"
    made["Archived-At"] = "<https://post.example/letters/1>"
    if text is not None:
        made.set_content(text, cte=coding)
    if html is not None:
        made.add_alternative(html, subtype="html", cte=coding)
        made.add_attachment(b"<html><p>not this", maintype="text", subtype="html", filename="a.html")
    return made.as_bytes()


def page(content: bytes) -> Page:
    """The page of a message that has one."""
    found = mailbox.page(content, Origin("a.eml"))
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_the_html_of_a_message_is_its_page(coding: str) -> None:
    found = page(message(coding=coding))
    assert found.media is Media.HTML
    assert "<h1>Žádné překvapení</h1><p>Both sides met — again.</p>" in found.text
    assert "not this" not in found.text
    assert (found.captured, found.captured_basis) == (SENT, CaptureBasis.DECLARED)
    assert found.address == "https://post.example/letters/1"


def test_what_the_headers_say_stands_in_the_head() -> None:
    text = page(message()).text
    assert "<title>Talks resume – and a café</title>" in text
    assert '<meta property="og:site_name" content="The Harbour Post">' in text
    assert "2025-06-05T06:30:00+00:00" in text
    assert text.index("<head>") < text.index("<title>") < text.index("</head>")


def test_a_title_of_its_own_is_kept() -> None:
    assert page(message("<title>Mine</title><p>Words")).text.count("<title>") == 1


def test_headers_cannot_bring_markup_in() -> None:
    hostile = message().replace(b"The Harbour Post", b"<script>alert(1)</script>")
    assert "<script>" not in page(hostile).text
    assert mailbox.sender(b"From: a@b.example (Ana)\n\n") == ("Ana", "b.example")


def test_without_html_the_text_stands_below_its_subject() -> None:
    found = page(message(html=None))
    assert found.media is Media.TEXT
    assert found.text.split("\n")[:3] == ["Talks resume – and a café", "", "Both sides met."]


def test_who_it_is_from() -> None:
    assert mailbox.sender(message()) == ("The Harbour Post", "post.example")
    assert mailbox.sender(b"From: a@b.example\n\n") == ("b.example", "b.example")
    assert mailbox.sender(b"\n\nFrom: nobody") == ("", "")


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("windows-1251", "Переговоры возобновились"),
        ("iso-2022-jp", "会談が再開"),
        ("gb2312", "会谈恢复"),
        ("utf-8", "naïve"),
    ],
)
def test_charsets(charset: str, words: str) -> None:
    raw = f"From: a@b.example\nDate: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert words in page(raw + words.encode(charset)).text


@pytest.mark.parametrize("charset", ["utf-8", "nonsense", "base64", "unicode_escape", "utf-16"])
def test_a_charset_that_is_wrong(charset: str) -> None:
    raw = f"From: a@b.example\nContent-Type: text/html; charset={charset}\n\n<p>".encode()
    words = "Le président est arrivé très tôt à l'aéroport, où personne n'attendait déjà plus."
    assert words in page(raw + words.encode("cp1252")).text


def test_a_message_without_text_is_rejected() -> None:
    empty = EmailMessage()
    empty.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    found = mailbox.page(empty.as_bytes(), Origin("a.eml"))
    assert isinstance(found, Rejection)
    assert (found.subject, found.reason) == ("a.eml", mailbox.NOTHING)


def test_an_mbox_holds_many(tmp_path: Path) -> None:
    quoted = message(html=None, text=">From the harbour\nno separator:\nFrom here on", coding="8bit")
    (tmp_path / "letters.mbox").write_bytes(SEPARATOR + message() + b"\n" + SEPARATOR + quoted + b"\n" + SEPARATOR)
    found = list(archive.pages(str(tmp_path / "letters.mbox")))
    assert [type(one) for one in found] == [Page, Page, Rejection]
    first, second = (one for one in found if isinstance(one, Page))
    assert first.name.endswith("letters.mbox#1")
    assert "\nFrom the harbour\nno separator:\nFrom here on" in second.text


def test_one_message_that_is_too_large_costs_only_itself() -> None:
    lines = (
        SEPARATOR + message() + b"\n" + SEPARATOR + message(text="x" * 9_000) + b"\n" + SEPARATOR + message()
    ).splitlines(keepends=True)
    found = list(mailbox.pages(lines, Origin("m"), 5_000))
    assert [type(one) for one in found] == [Page, Rejection, Page]


def test_a_folder_of_messages_and_a_maildir(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(message())
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "1717.M1P2.host:2,S").write_bytes(message())
    (tmp_path / "cur" / "broken.eml").write_bytes(b"\x00\x01" * 500)
    found = list(archive.pages(str(tmp_path)))
    assert [type(one) for one in found] == [Page, Page, Rejection]


def test_a_text_capture_about_mail_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From: the harbour\nDate: today\nThe two sides met.")
    (found,) = archive.pages(str(tmp_path))
    assert isinstance(found, Page)
    assert found.text.startswith("From: the harbour")


def _nested(depth: int) -> bytes:
    start = b"From: a@b.example\nDate: x\nMIME-Version: 1.0\n"
    inner = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(depth))
    return start + inner + b"Content-Type: text/plain\n\nDeep down."


@pytest.mark.parametrize(
    "hostile",
    [
        _nested(20_000),
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 300_000,
        b"From: " + b"(" * 500_000 + b"\n\nwords",
        b"From: " + b"=?utf-8?q?" * 200_000 + b"\n\nwords",
        b"Subject: a\n" * 300_000 + b"\nwords",
        b"Content-Type: text/html;" + b" a*0*=x;" * 20_000 + b"\n\n<p>words",
        b"Content-Transfer-Encoding: base64\n\n" + b"=" * 3_000_000,
        b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 3_000_000,
    ],
    ids=range(8),
)
def test_hostile_mail_costs_little(hostile: bytes) -> None:
    start = time.process_time()
    mailbox.page(hostile, Origin("a.eml"))
    mailbox.sender(hostile)
    assert time.process_time() - start < 4


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_mutation_raises(data: st.DataObject) -> None:
    content = message()
    at = data.draw(st.integers(0, len(content)))
    piece = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\n\n", b"=?x?b?", b'"', b"--", b"\x00", b"\xff", b";"])
    )
    content = content[:at] + piece + content[at + data.draw(st.integers(0, 40)) :]
    mailbox.page(content, Origin("a.eml"))
    assert list(mailbox.pages([SEPARATOR, *content.splitlines(keepends=True)], Origin("m"), 10_000))
