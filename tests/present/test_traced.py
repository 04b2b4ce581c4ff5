"""Words of an article are found on its page, in text and in HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from readout import Engine
from readout.models import Media, Page, Paragraph, Span
from readout.present.traced import Traced
from readout.store.memory import MemoryStore
from tests.builders import article, on, page


def test_words_of_a_text_capture_are_its_characters() -> None:
    held = page("Talks resume\n\nThe minister said on Friday that talks would go on.")
    traced = Traced(on(held, article("Talks resume", "The minister said on Friday that talks would go on.")), held)
    at = traced.reading.text.index("talks would")
    (span,) = traced.spans([Span(at, at + 14)])
    assert held.text[span.start : span.end] == "talks would go"


def test_words_of_html_are_found_in_the_source() -> None:
    source = "<h1>Talks</h1><p>The <i>minister</i> said:\n “Caf&eacute;s stay open.”</p>"
    held = Page(source.encode(), Media.HTML, "talks.html")
    begin = source.index("The")
    text = "The minister said: “Cafés stay open.”"
    made = article("Talks", text)
    made = replace(made, page=held.id, paragraphs=(Paragraph(text, (Span(begin, source.index("</p>")),)),))
    traced = Traced(made, held)
    at = traced.reading.text.index("“Cafés")
    (span,) = traced.spans([Span(at, at + len("“Cafés stay open.”"))])
    assert held.text[span.start : span.end] == "“Caf&eacute;s stay open.”"
    assert traced.words(Span(at, at + 6)) == "“Cafés"


def test_where_the_source_shows_other_words_the_paragraph_stands_for_them() -> None:
    held = Page(b"<p>Something else entirely</p>", Media.HTML, "talks.html")
    made = article("Talks", "Not on the page.")
    made = replace(made, page=held.id, paragraphs=(Paragraph("Not on the page.", (Span(3, 27),)),))
    traced = Traced(made, held)
    at = traced.reading.text.index("page")
    assert traced.spans([Span(at, at + 4)]) == (Span(3, 27),)


def test_everything_understood_of_the_sample_stands_on_its_page_where_it_is_said_to() -> None:
    engine = Engine(MemoryStore())
    engine.load_sample()
    checked = 0
    for held, annotation in engine.every_annotation():
        traced = Traced(held, engine.page(held.page))
        mentions = [mention.span for entity in annotation.entities for mention in entity.mentions]
        contents = [span for one in annotation.statements for span in one.content]
        for span in (*contents, *mentions, *(one.span for one in annotation.times)):
            assert _shown(traced, span) == "".join(traced.words(span).split()) != ""
            checked += 1
    assert checked > 1000


def _shown(traced: Traced, span: Span) -> str:
    """What a browser shows of the characters that the span is traced to, white space aside."""
    held = "".join(traced.page.text[place.start : place.end] for place in traced.spans([span]))
    if traced.page.media is Media.HTML:
        held = unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", held, flags=re.DOTALL))
    return "".join(held.split())
