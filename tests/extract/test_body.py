"""The lines of one article cut into body, captions and what does not belong."""

from __future__ import annotations

from collections.abc import Sequence

from readout.extract import body
from readout.extract.lines import lines
from readout.extract.looks import marks
from readout.models import Paragraph, ParagraphKind

BODY = ParagraphKind.BODY


def read(*text: str, title: str = "", outlet: str | None = None, titles: Sequence[str] = ()) -> body.Body:
    page = "\n".join(text)
    return body.read([(BODY, line) for line in lines(page)], body.Context(marks(page), title, outlet, titles))


def told(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str]]:
    return [(str(one.kind), one.text) for one in paragraphs]


def test_a_body_of_plain_paragraphs_is_kept_as_it_is() -> None:
    assert told(read("It rained.", "Then it stopped.").paragraphs) == [
        ("body", "It rained."),
        ("body", "Then it stopped."),
    ]


def test_a_title_repeated_in_front_of_a_flattened_body_is_cut() -> None:
    found = read("Rain in Lenn Rain in Lenn It rained on Monday.", title="Rain in Lenn Rain in Lenn")
    assert told(found.paragraphs) == [("body", "It rained on Monday.")]
    assert len(found.furniture) == 1


def test_a_leading_caption_is_set_apart() -> None:
    found = read("A wet street in Lenn. (MW pic) LENN : It rained on Monday. It will rain again.")
    assert told(found.paragraphs) == [
        ("caption", "A wet street in Lenn."),
        ("photo credit", "(MW pic)"),
        ("body", "LENN : It rained on Monday. It will rain again."),
    ]
    assert found.dateline == "LENN"


def test_a_caption_opens_with_no_dateline() -> None:
    found = read("LENN — It rained on Monday. A wet street. Photo: Ivar Moss The rain went on.")
    assert told(found.paragraphs)[0] == ("caption", "A wet street.")
    assert found.paragraphs[-1].text == "LENN — It rained on Monday. The rain went on."


def test_the_outlets_name_in_front_owns_the_picture() -> None:
    found = read("The Harbour Post A man on the quay of Lenn. It rained on Monday.", outlet="Harbour Post")
    assert told(found.paragraphs) == [
        ("photo credit", "The Harbour Post"),
        ("caption", "A man on the quay of Lenn."),
        ("body", "It rained on Monday."),
    ]


def test_promotions_and_pointers_leave_one_paragraph_with_several_spans() -> None:
    found = read(
        "It rained. Download the Kanal 7 app now. It stopped. READ MORE: Sun in Lenn It rained again.",
        titles=["Sun in Lenn"],
    )
    assert told(found.paragraphs) == [("body", "It rained. It stopped. It rained again.")]
    assert len(found.paragraphs[0].spans) == 3
    assert len(found.furniture) == 2


def test_credits_may_take_up_the_last_lines_whole() -> None:
    found = read("It rained.", "(Meridian)", "(Reporting by Ana Poe; Editing by Jo Roe)")
    assert told(found.paragraphs) == [("body", "It rained.")]
    assert [credit.name for credit in found.credits] == ["Meridian"]


def test_an_outlet_does_not_credit_itself_beside_another() -> None:
    assert [one.name for one in read("It rained. (Tidende and Meridian)", outlet="Tidende").credits] == ["Meridian"]
    assert [one.name for one in read("It rained. (Tidende)", outlet="Tidende").credits] == ["Tidende"]


def test_a_body_that_is_nothing_but_a_credit_leaves_no_paragraph() -> None:
    assert read("(Meridian)").paragraphs == ()


def test_no_lines_no_paragraphs() -> None:
    assert read().paragraphs == ()


def test_a_photo_of_the_outlet_itself_is_credited_to_its_whole_name() -> None:
    line = "The two sides met by the lake. Photo: Kanal 7 Ana Poe told reporters on Thursday that talks go on."
    found = read(line, outlet="Kanal 7")
    assert [p.text for p in found.paragraphs if p.kind is ParagraphKind.BODY] == [line.partition("Kanal 7 ")[2]]
