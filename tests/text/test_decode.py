"""Which codec reads bytes: what is certain, what is guessed, what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text import decode

FRENCH = (
    "Le président a reçu l’émissaire à l’aéroport, où « personne » n’attendait déjà plus. Ça s’est passé très tôt. "
)
GERMAN = "Die Außenministerin erklärte, man prüfe die Vorschläge; über Änderungen müsse später beraten werden. "
POLISH = "Rząd zapowiedział, że rozmowy będą trwały dłużej, niż się wcześniej spodziewano; źródła są zgodne. "
SPANISH = "El presidente dijo que la reunión será mañana; según él, también habrá una declaración común. "
TURKISH = "Başbakan, görüşmelerin önümüzdeki hafta süreceğini ve ayrıntıların açıklanacağını söyledi. "
CZECH = "Ministr řekl, že jednání budou pokračovat příští týden a že podrobnosti ještě nejsou známy. "
LITHUANIAN = "Ministras pirmininkas sakė, kad derybos tęsis kitą savaitę, o išsamesnė žinia dar nežinoma. "
ENGLISH = "The president said: “We are ready” — and left for São Paulo the same evening, it’s said. "
RUSSIAN = "Министр заявил, что переговоры продолжатся на следующей неделе, и поблагодарил посредников за работу. "
JAPANESE = "首相は記者会見で、来週にも会談が行われる見通しだと述べた。詳しい日程はまだ決まっていないという。"
KOREAN = "대통령은 기자회견에서 다음 주에 회담이 열릴 것이라고 말했다. 자세한 일정은 아직 정해지지 않았다. "
CHINESE = "总理在记者会上表示，会谈预计将于下周举行，具体日程尚未确定，双方仍在就细节进行磋商。"


@pytest.mark.parametrize(
    ("text", "written_in"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        (SPANISH, "cp1252"),
        (ENGLISH, "cp1252"),
        (FRENCH, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859_2"),
        (TURKISH, "cp1254"),
        (LITHUANIAN, "cp1257"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (CHINESE, "gb18030"),
    ],
)
def test_legacy_encodings_are_recognised_from_the_text_alone(text: str, written_in: str) -> None:
    content = (text * 6).encode(written_in, "ignore")
    found = decode.codec(content)
    assert found
    assert content.decode(found) == content.decode(written_in)


@pytest.mark.parametrize("written_in", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_dress(written_in: str) -> None:
    content = ("A plain title\n" + FRENCH).encode(written_in)
    found = decode.codec(content)
    assert found
    assert content.decode(found) == "A plain title\n" + FRENCH


@given(st.text())
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    content = codecs.BOM_UTF8 + text.encode()
    assert content.decode(decode.codec(content) or "") == text


@given(st.binary(max_size=2_000))
def test_every_answer_can_be_decoded_with(content: bytes) -> None:
    found = decode.codec(content)
    assert found is None or isinstance(content.decode(found, "replace"), str)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=20)
)
def test_a_cut_through_the_last_character_changes_nothing(text: str) -> None:
    whole = text.encode()
    assert decode.codec(whole[:-1]) == decode.codec(whole) == "utf-8"


def test_a_few_broken_bytes_do_not_make_utf8_something_else() -> None:
    content = (JAPANESE * 5).encode() + b"\xff\xfe" + (JAPANESE * 5).encode()
    assert decode.codec(content) == "utf-8"


@pytest.mark.parametrize(
    ("label", "codec"),
    [("iso-8859-1", "cp1252"), ("Shift_JIS", "cp932"), ("gb2312", "gb18030"), ("windows-1251", "cp1251")],
)
def test_html_says_what_it_is_written_in(label: str, codec: str) -> None:
    words = {"cp1252": "été", "cp932": "首相", "gb18030": "总理", "cp1251": "мир"}[codec]
    content = f'<html><head><meta charset="{label}"><title>{words}</title>'.encode(codec)
    assert decode.codec(content) == codec


def test_bytes_that_are_utf8_are_read_so_whatever_they_say() -> None:
    assert decode.codec('<meta charset="iso-8859-1"><p>Zürich — “now”</p>'.encode()) == "utf-8"


@pytest.mark.parametrize("label", ["rot13", "base64", "unicode_escape", "zlib", "idna", "no-such-thing"])
def test_a_page_cannot_choose_a_codec_that_is_no_encoding(label: str) -> None:
    content = f'<meta charset="{label}"><p>d\u00e9j\u00e0 vu, d\u00e9j\u00e0 lu</p>'.encode("cp1252")
    assert decode.codec(content) not in {label, None}


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"%PDF-1.7\n1 0 obj",
        b"\x1f\x8b\x08" + bytes(20),
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
    ],
    ids=["image", "document", "compressed", "every byte", "counters"],
)
def test_binary_content_is_no_text(content: bytes) -> None:
    assert decode.codec(content) is None


def test_a_nul_in_a_title_is_still_text() -> None:
    assert decode.codec(b"Talks re\x00sume\nThe two sides met on Friday.") == "utf-8"


def test_nothing_is_text_too() -> None:
    assert decode.codec(b"") == "utf-8"


def test_a_guess_takes_no_longer_for_a_large_text() -> None:
    content = b"plain words " * 1_000_000 + (FRENCH * 1_000).encode("cp1252", "ignore")
    found = decode.codec(content)
    assert found
    assert FRENCH.encode("cp1252").decode("cp1252") in content.decode(found)
