"""Words by how they sound, roughly, so that two spellings of a foreign name are found together. For finding only.

Consonants by their class, vowels left out, as phonetic keys do since Soundex (Russell, 1918); unlike it the first
letter may change its class too: "Zelenskyy", "Zelenskiy" and "Selensky" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_QUIET = re.compile(r"['’ʻʼ`´]")
_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
            "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia i i e g".split(" "),
            strict=True,
        )
    )
    | {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"}
)
_CLASSES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"x", "ks"),
        (r"sch|sh|tch|ch|cz|ts|tz|zh|z|c(?=[eiy])", "s"),
        (r"kh|gh|ck|q|c|g", "k"),
        (r"ph|v|w", "f"),
        (r"th|dh|d", "t"),
        (r"[aeiouyhj]+", ""),
        (r"(.)\1+", r"\1"),
    )
)
_LONGEST = 200  # characters of a name that are looked at


def keys(name: str) -> Iterator[str]:
    """The key of each word of a name, in order."""
    plain = unicodedata.normalize("NFKD", _QUIET.sub("", name[:_LONGEST].casefold()).translate(_LATIN))
    return map(_key, _WORD.findall("".join(one for one in plain if not unicodedata.combining(one))))


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    key = word
    for pattern, to in _CLASSES:
        key = pattern.sub(to, key)
    return key or word
