"""Words of an article are found on its page, in text and in HTML."""

from __future__ import annotations

from dataclasses import replace

from readout.models import Media, Page, Paragraph, Span
from readout.present.traced import Traced
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
