"""Which codec turns bytes into characters, judged from the bytes alone. Pure: no file, no network, no clock.

The order of evidence: a byte order mark, valid UTF-8, what an HTML page declares of itself (when the bytes agree),
and last a statistical guess on a bounded sample. UTF-8 goes before the declaration because pages saved by a browser
or a crawler are often rewritten as UTF-8 and keep their old `<meta charset>`; text in another encoding is almost
never valid UTF-8 by accident.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\x28\xb5\x2f\xfd",
    b"\x7fELF",
    b"MZ\x90",
    b"SQLite format 3",
    b"ID3",
    b"OggS",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
    b"wOF",
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b") + b"\x7f"
_HEAD = 64 * 1024
_FEW = 8  # this many control characters are an accident in a short text, not a sign of binary content

_ASIAN = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
_WINDOWS = ("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874")
_OTHERS = (
    "koi8_r",
    "koi8_u",
    "iso8859_2",
    "iso8859_5",
    "iso8859_7",
    "iso8859_15",
    "cp866",
    "mac_cyrillic",
    "mac_roman",
)
_GUESSES = [*_ASIAN, *_WINDOWS, *_OTHERS]

_WESTERN = (
    "éèêëàâçîïôûùüÿœæ",  # French
    "äöüßéà",  # German
    "áéíóúüñ¿¡ºª",  # Spanish
    "ãõáéíóúâêôçàüºª",  # Portuguese
    "åäöæøéèüð",  # the north
    "àèéìòùóîºª",  # Italian
    "ëéïöüèêç",  # Dutch
    "áðéíóúýþæö",  # Icelandic
)
_CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýžľĺŕôä",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovene
    "ăâîşţ",  # Romanian
)
_ALPHABETS = {  # the first of equals is taken
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": ("çğıöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    "mac_roman": _WESTERN,
    "iso8859_15": _WESTERN,
}
_MARKS_OF_ALL = frozenset("“”‘’„‚«»‹›–—…•·€£©®°§™\u00a0\u00ad")

# What a page calls its encoding is read as browsers read it: as the wider set that its writers used.
# Source: https://encoding.spec.whatwg.org/#names-and-labels
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "iso8859-6": "iso8859_6",
    "iso8859-8": "iso8859_8",
    "shift_jis": "cp932",
    "shift_jisx0213": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp",
}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_DECLARATION_HEAD = 4096
_SAMPLE = 32 * 1024


def codec(content: bytes, told: str | None = None) -> str | None:
    """The name of the codec that `content` is best read with, or None where it is no text at all (binary content).

    `told` is what came with it, such as the charset of a server: it counts before what a page declares of itself.

    A handful of stray bytes or a cut at the end does not change the answer: decode with "replace". Content without
    any character, or in pure ASCII, is UTF-8.
    """
    head = content[:_HEAD]
    found = _marked(head) or _wide(head)
    if found:
        return found
    if _binary(head):
        return None
    return _stateful(content) or _utf8(content) or _fitting(content, told) or _declared(content) or _guessed(content)


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: in any text with Latin letters or spaces, every other byte is mostly NUL."""
    half = len(head) // 2
    if half < _FEW:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    little, big = odd > half * 0.4 and even < half * 0.05, even > half * 0.4 and odd < half * 0.05
    name = "utf-16-le" if little else "utf-16-be"
    return name if (little or big) and not _binary(head.decode(name, "ignore").encode()) else None


def _binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.startswith(_SIGNATURES) or controls > max(_FEW, len(head) // 20)


def _stateful(content: bytes) -> str | None:
    """ISO-2022-JP is pure ASCII to look at, apart from its escape sequences."""
    escaped = b"\x1b$B" in content or b"\x1b$@" in content
    return "iso2022_jp" if escaped and _fits(content, "iso2022_jp") else None


def _utf8(content: bytes) -> str | None:
    return "utf-8" if content.isascii() or _fits(content, "utf-8") else None


def _fits(content: bytes, name: str) -> bool:
    """Whether at most one character in ten outside ASCII is unreadable; a cut through the last one does not count."""
    try:
        codecs.getincrementaldecoder(name)().decode(content)
    except UnicodeError:
        text = content.decode(name, "replace")
        return text.count("\ufffd") * 10 <= len(text) - len(text.encode("ascii", "ignore"))
    return True


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_DECLARATION_HEAD])
    return _fitting(content, found[1].decode("ascii")) if found else None


def _fitting(content: bytes, label: str | None) -> str | None:
    name = _known(label) if label else None
    return name if name and _fits(content, name) else None


def _known(label: str) -> str | None:
    """The codec for a label of a page: one of a fixed list, so that no page can choose a codec that is no encoding."""
    try:
        name = codecs.lookup(label.lower().removeprefix("x-").replace("windows-31j", "cp932")).name
    except LookupError:
        return None
    if name in _WIDER:
        return _WIDER[name]
    return next((guess for guess in _GUESSES if codecs.lookup(guess).name == name), None)


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = _sample(content)
    best = from_bytes(sample, cp_isolation=_GUESSES, preemptive_behaviour=False).best()
    found = best.encoding if best else "cp1252"
    return max(_ALPHABETS, key=lambda name: _spelt(sample, name)) if found in _ALPHABETS else found


def _spelt(sample: bytes, name: str) -> float:
    """How much of what is not ASCII one language of that codec would use: the statistics of words alone cannot tell
    the Latin codecs apart, whose texts differ in a few letters.
    """
    foreign = [
        letter
        for letter in sample.decode(name, "replace").lower()
        if not letter.isascii() and letter not in _MARKS_OF_ALL
    ]
    return max(sum(letter in alphabet for letter in foreign) for alphabet in _ALPHABETS[name]) / (len(foreign) or 1)


def _sample(content: bytes) -> bytes:
    """Up to 32 KiB from where the text leaves ASCII, cut at white space so that no character is cut in half."""
    first = next(re.finditer(rb"[\x80-\xff]", content)).start()
    start = max(content.rfind(b"\n", 0, first), content.rfind(b" ", 0, first), first - _SAMPLE) + 1
    sample = content[max(start, 0) : start + _SAMPLE]
    end = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample[:end] if len(sample) == _SAMPLE and end > _SAMPLE // 2 else sample
