"""The article page with marks: switched by its address, each leading to its details and to the captured page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from readout.run import annotating
from readout.run.base import silent
from tests.present import speech, world
from tests.present.web.visiting import links, visit

ARTICLE = f"/article/{speech.article().id}"


@pytest.fixture
def reader() -> Iterator[TestClient]:
    """A client of the site over one annotated article."""
    with visit(speech.archive()) as client:
        yield client


def body(text: str) -> str:
    """The text of the article's body as a browser shows it."""
    (inside,) = re.findall(r'<div class="body".*?</div>', text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r'<a class="(?:ref|trace)".*?</a>', "", inside)))


def test_statements_are_marked_unless_told_otherwise(reader: TestClient) -> None:
    text = reader.get(ARTICLE).text
    assert '<span class="said is-content">“We will not close the harbour,”</span>' in text
    assert '<a class="ref" href="#statement-2"' in text
    assert 'class="named"' not in text
    assert "Statements <" in text


@pytest.mark.parametrize("marks", ["none", "statements", "names,times", "statements,names,times"])
def test_marks_change_nothing_that_is_read(reader: TestClient, marks: str) -> None:
    plain = body(reader.get(f"{ARTICLE}?marks=none").text)
    assert body(reader.get(f"{ARTICLE}?marks={marks}").text) == plain
    assert speech.FIRST in plain
    assert speech.SECOND in plain


def test_everything_that_is_marked_leads_to_its_details_and_back(reader: TestClient) -> None:
    text = reader.get(f"{ARTICLE}?marks=statements,names,times").text
    targets = {link[1:] for link in links(text) if link.startswith("#")}
    assert {"statement-2", "statement-3", "name-1", "time-1", "said-2", "said-3"} <= targets
    assert [target for target in targets if f'id="{target}"' not in text] == []
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_details_lead_to_the_characters_of_the_captured_page(reader: TestClient) -> None:
    text = reader.get(ARTICLE).text
    (address,) = {link for link in links(text) if "to=" in link and "at=29" in link}
    shown = reader.get(address.partition("#")[0]).text
    assert '<span class="label">words</span>“We will not close the harbour,”</mark>' in shown


def test_details_tell_who_through_whom_and_how_sure(reader: TestClient) -> None:
    text = " ".join(re.sub(r"<[^>]*>", " ", reader.get(ARTICLE).text).split())
    assert "Ilse Marr , in an interview commitment “We will not close the harbour”" in text
    assert "through her aide and Coast Radio denial · whether it is a statement is uncertain" in text
    assert "a quotation, told with “ told ” Said 18 July 2025" in text


def test_each_kind_can_be_switched(reader: TestClient) -> None:
    switches = [link for link in links(reader.get(ARTICLE).text) if "marks=" in link]
    assert switches == [
        f"{ARTICLE}?marks=none",
        f"{ARTICLE}?marks=statements,names",
        f"{ARTICLE}?marks=statements,times",
    ]
    edition = speech.article().edition
    of_edition = [link for link in links(reader.get(f"{ARTICLE}?edition={edition}").text) if "marks=" in link]
    assert of_edition[0] == f"{ARTICLE}?edition={edition}&marks=none"


@pytest.mark.parametrize("marks", ["", "all", "none,names", "names,names", "statements,", "none&marks=names"])
def test_what_cannot_be_marked_is_refused(reader: TestClient, marks: str) -> None:
    answer = reader.get(f"{ARTICLE}?marks={marks}")
    assert answer.status_code == 400
    assert "statements, names, times, or none" in answer.text


def test_whatever_is_annotated_can_be_shown_with_every_mark() -> None:
    store = world.archive()
    annotating.annotate(store, silent)
    with visit(store) as client:
        for one in store.articles():
            answer = client.get(f"/article/{one.id}?marks=statements,names,times")
            assert answer.status_code == 200
            assert answer.text.count("<script") == 1  # the site's own
            assert "\u202e" not in answer.text
