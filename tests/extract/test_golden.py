"""Captures and what a person would say they hold, one folder each under tests/golden/extract; `meta.json` says why the
case is there, and where we still fall short of the person.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from readout.extract import transcript
from readout.models import Article, Media, Page

FOLDER = Path(__file__).parents[1] / "golden" / "extract"
CASES = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def _marks(name: str) -> list[pytest.MarkDecorator]:
    short = json.loads((FOLDER / name / "meta.json").read_text(encoding="utf-8")).get("falls_short")
    return [pytest.mark.xfail(reason=short, strict=True)] if short else []


@pytest.mark.parametrize("name", [pytest.param(name, marks=_marks(name), id=name) for name in CASES])
def test_a_capture_becomes_the_articles_that_a_person_sees_in_it(name: str) -> None:
    folder = FOLDER / name
    found, rejections = transcript.articles(Page((folder / "input.txt").read_bytes(), Media.TEXT, name))
    assert [_told(article) for article in found] == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert not rejections


def _told(article: Article) -> dict[str, Any]:
    return {
        "role": str(article.role),
        "kind": str(article.kind),
        "title": article.title,
        "outlet": article.outlet,
        "age": article.age,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "credits": [credit.name for credit in article.credits],
        "section": article.section,
        "paragraphs": [{"kind": str(one.kind), "text": one.text} for one in article.paragraphs],
    }


def test_every_case_says_why_it_is_there() -> None:
    assert all(json.loads((FOLDER / name / "meta.json").read_text(encoding="utf-8"))["why"] for name in CASES)
