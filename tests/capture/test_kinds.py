"""What a file holds, by how it begins."""

from __future__ import annotations

import pytest

from readout.capture import kinds
from readout.models import Media


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        ("<!DOCTYPE html><html>", ".txt"),
        ("\ufeff  \n<!-- saved from somewhere -->\n<html>", ""),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', ".xhtml"),
        ("<p>A fragment of a page</p>", ".jsonl"),
        ("Some words first <div class='a'>then markup</div>", ".html"),
        ("<HEAD><TITLE>Loud</TITLE>", ".php"),
    ],
)
def test_html_is_html_whatever_its_name(head: str, suffix: str) -> None:
    assert kinds.media(head, suffix) is Media.HTML


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        ("logo\nTalks resume\nRTHK13 hours ago", ".txt"),
        ("A title with <b>one</b> tag in a capture", ".txt"),
        ("No tag in here at all", ".html"),
        ("{curly} words to begin with", ".txt"),
        ("<3 from everyone at the desk", ".txt"),
        ("", ""),
    ],
)
def test_words_are_text_whatever_their_name(head: str, suffix: str) -> None:
    assert kinds.media(head, suffix) is Media.TEXT


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        ('<?xml version="1.0"?><rss version="2.0">', ".xml"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", ".txt"),
        ("<svg width='3'>", ".svg"),
        ("<?php echo 1;", ".php"),
        ('{"an": "object"}', ".json"),
        ("[1, 2]", ".json"),
    ],
)
def test_other_markup_is_neither(head: str, suffix: str) -> None:
    assert kinds.media(head, suffix) is None


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ".txt"),
        (b'\xef\xbb\xbf\n{"text": "a"}', ""),
        (b"anything", ".jsonl"),
        (b'{"text": "' + b"long " * 100, ".json"),
    ],
)
def test_rows_are_known_by_name_or_by_the_first_of_them(head: bytes, suffix: str) -> None:
    assert kinds.is_rows(head, suffix)


@pytest.mark.parametrize("head", [b'{\n  "text": 1\n}', b"{not json}\n", b"[1]\n", b"words", b"", b"[" * 100_000])
def test_other_things_are_no_rows(head: bytes) -> None:
    assert not kinds.is_rows(head, ".json")


def test_a_head_full_of_comments_is_read_in_no_time() -> None:
    assert kinds.media("<!--" * 16_000, ".html") is Media.TEXT
