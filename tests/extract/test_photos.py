"""Photo credits and captions of many forms, and paragraphs that end in the same words."""

from __future__ import annotations

import pytest

from readout.extract import photos


@pytest.mark.parametrize(
    "line",
    [
        "A man wades through Rope Street. Photo: Mira Holt/Meridian",
        "Sandbags. (Photo by Jory Pike/Getty Images)",
        "Furniture is carried out. [Hanne Lind/Meridian]",
        "Nets in the harbour. (MW pic)",
        "The bridge. Image: Kanal 7",
        "Holm leaves. (MW Photo/Jory Pike)",
        "The canal at Eskby. Jory Pike/Reuters",
        "Waves. (Hanne Lind/Meridian)",
        "© Meridian",
        "Getty Images",
        "Photo: Ana Poe",
        "The beach — Meridian file photo",
        "The boat (file photo)",
    ],
)
def test_a_line_that_ends_in_a_credit_is_a_caption(line: str) -> None:
    assert photos.ends_in_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "It was on video, the agency said.",
        "Nothing more is known. (AFP/Reuters)",
        "He told Reuters.",
        "Lake Orn",
        "Minister defends racist photo: Matthew Moll",
        "© 2025 Harbour Post Ltd",
        "© Provided by Inland Gazette",
        "",
        "The four regions of the north [Lenn and Orrin]",
    ],
)
def test_credits_of_texts_are_no_photo_credits(line: str) -> None:
    assert not photos.ends_in_credit(line)


def test_owners_stand_alone() -> None:
    assert photos.is_owner("Getty Images")
    assert photos.is_owner("Photo: Ana Poe")
    assert not photos.is_owner("A man on the quay. Photo: Ana Poe")


@pytest.mark.parametrize(
    "line", ["Image caption The lake at dusk", "FILE - Gerd Holm speaks", "1 of 5 | Gerd Holm", "Hide caption The lake"]
)
def test_captions_are_known_by_how_they_begin(line: str) -> None:
    assert photos.starts_caption(line)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Boats were moved. Photo: Ivar Moss The rain went on.", ["Photo: Ivar Moss"]),
        ("On the quay. (AFP pic) HALMAR : The minister", ["(AFP pic)"]),
        (
            "Home. Photograph: Jenna Sollow / Harbour Post PORT ANSEL, May 4 — She",
            ["Photograph: Jenna Sollow / Harbour Post"],
        ),
        ("FILE PHOTO: U.S. President speaks. He said so.", []),
        ("She took a photo and left.", []),
    ],
)
def test_credits_in_running_text_end_with_their_owner(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in photos.inline(text, photos.hints(text).offsets)] == found


def test_every_inline_credit_has_a_hint_near_it() -> None:
    for text in ("On the quay. (AFP pic) The", "Moved. Photo: Ivar Moss The rain", "Gone — Meridian file photo The"):
        assert photos.inline(text, photos.hints(text).offsets)
        assert photos.hints(text).offsets
