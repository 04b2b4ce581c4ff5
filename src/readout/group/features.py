"""What an article is compared by: its telling words, names and numbers with their weights, and its day. One pass.

Nothing here knows a story or another article. Words go by 32-bit hashes of their stems; what is rare in news at large
weighs more (inverse document frequency, Spärck Jones 1972), from a table that was counted once and ships with the
package, so that two articles compare alike whenever and in whatever order they arrive. Names come from the annotation
where there is one, and else from capitals.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log

import numpy as np
from numpy.typing import NDArray

from readout.models import Annotation, Article, EntityKind, Precision
from readout.text.stems import stem

NAME, NUMBER, TITLE, LEAD = 1, 2, 4, 8
KEPT = 96  # features of an article
READ = 60_000  # characters of a body: what comes later in a long text tells little about its matter
LEAD_CHARACTERS = 500
OPENING_CHARACTERS = 1_500
BUCKETS = 1 << 18
STEPS = 20  # of the stored rarity to one of the logarithm
_IN_TITLE, _IN_LEAD, _IS_NAME = 1.7, 0.5, 1.3
_DAY = 86_400

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?…:;\n\"“”„«»。！？]")
_STOPS = frozenset('.!?…:;\n"“”„«»。！？')
_UNSPACED = re.compile("[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_JOINERS = frozenset("of the de del la al bin von van der and".split())


@dataclass(frozen=True)
class Features:
    """An article as others see it. `ids` (uint32) ascend; `weights` (float32) have length 1; `kinds` are bits of NAME,
    NUMBER, TITLE and LEAD. `day` counts from 1970-01-01, None where unknown; `words` name the ids, for reasons.
    `meaning` is a vector of what the text means, of length 1, where one was made: see `opening`.
    """

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    day: int | None
    outlet: str
    words: tuple[str, ...] = ()
    meaning: NDArray[np.float16] | None = None


@dataclass
class _Tally:
    """One stem's count in an article while it is read."""

    word: str
    count: float = 0.0
    kinds: int = 0
    middle: bool = False  # met with a capital where no sentence begins


def features(article: Article, annotation: Annotation | None = None) -> Features:
    """The features of an article; with an annotation, its entities say which words are names."""
    tallies: dict[int, _Tally] = {}
    _read(article.body[:READ], tallies, LEAD_CHARACTERS)
    _read_title(article.title, tallies)
    if annotation is not None:
        _mark_names(annotation, tallies)
    return _weighed(tallies, day(article), article.outlet or "")


def of_text(title: str, body: str, day: int | None = None, outlet: str = "") -> Features:
    """The features of a title and a body."""
    tallies: dict[int, _Tally] = {}
    _read(body[:READ], tallies, LEAD_CHARACTERS)
    _read_title(title, tallies)
    return _weighed(tallies, day, outlet)


def opening(title: str, body: str) -> str:
    """What of an article a vector of its meaning is made from."""
    return f"{title}. {body[:OPENING_CHARACTERS]}"


def day(article: Article) -> int | None:
    """The day an article was published, in days since 1970-01-01; None where it is not known to the day."""
    moment = article.published
    if moment is None or moment.precision in {Precision.MONTH, Precision.YEAR}:
        return None
    return int(moment.at.timestamp() // _DAY)


def stems_of(text: str) -> set[int]:
    """The ids of everything that tells in a text."""
    return {id_ for token in _TOKEN.findall(text[:READ]) for id_, _, _ in _keys(token)}


def _read(text: str, tallies: dict[int, _Tally], lead: int) -> None:
    opens = True
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _STOPS:
            opens = True
            continue
        kinds = LEAD if match.start() < lead else 0
        for id_, word, is_number in _keys(token):
            tally = tallies.get(id_)
            if tally is None:
                tally = tallies[id_] = _Tally(word)
            tally.count += 1
            tally.kinds |= kinds | (NUMBER if is_number else 0)
            if not opens and not is_number and token[0].isupper():
                tally.middle = True
        opens = False


def _read_title(title: str, tallies: dict[int, _Tally]) -> None:
    """Capitals say little in a title: a word of it is a name when the body says so, or when only it is in capitals."""
    tokens = [token for token in _TOKEN.findall(title) if token not in _STOPS]
    capitals = sum(token[0].isupper() for token in tokens)
    telling = capitals * 2 <= len(tokens)
    for position, token in enumerate(tokens):
        for id_, word, is_number in _keys(token):
            tally = tallies.setdefault(id_, _Tally(word))
            tally.count += 1
            tally.kinds |= TITLE | (NUMBER if is_number else 0)
            if telling and position and not is_number and token[0].isupper():
                tally.middle = True


def _mark_names(annotation: Annotation, tallies: dict[int, _Tally]) -> None:
    named: set[int] = set()
    for entity in annotation.entities:
        if entity.kind is not EntityKind.OTHER:
            named |= {id_ for token in _TOKEN.findall(entity.name) for id_, _, _ in _keys(token)}
    for id_, tally in tallies.items():
        tally.middle = id_ in named


@lru_cache(maxsize=200_000)
def _keys(token: str) -> tuple[tuple[int, str, bool], ...]:
    """The ids of a token with their words: one, none for what tells nothing, or pairs of signs where a script sets no
    spaces.
    """
    if token[0].isdigit():
        telling = len(token) > 1 and not (len(token) == 4 and token[:2] in {"19", "20"})  # noqa: PLR2004 - a year
        return ((_id("#" + token.replace(",", "")), token, True),) if telling else ()
    if _UNSPACED.match(token):
        return tuple((_id(token[at : at + 2]), token[at : at + 2], False) for at in range(max(1, len(token) - 1)))
    lower = token.replace(".", "").lower()
    for mark in ("'", "’"):
        lower = lower.partition(mark)[0] if len(lower) - lower.find(mark) <= 3 else lower.replace(mark, "")  # noqa: PLR2004
    if len(lower) < 2 or lower in stop_words():  # noqa: PLR2004 - one letter
        return ()
    return ((_id(stem(lower)), lower, False),)


def _id(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _weighed(tallies: dict[int, _Tally], day: int | None, outlet: str) -> Features:
    idf = rarity()
    found = []
    for id_, tally in tallies.items():
        kinds = tally.kinds | (NAME if tally.middle else 0)
        weight = (1 + log(tally.count)) * idf[id_ % BUCKETS]
        factor = 1.0 + _IN_TITLE * bool(kinds & TITLE) + _IN_LEAD * bool(kinds & LEAD)
        found.append((weight * factor * (_IS_NAME if kinds & NAME else 1.0), id_, kinds, tally.word))
    found.sort(key=lambda one: (-one[0], one[1]))
    kept = sorted(found[:KEPT], key=lambda one: one[1])
    weights = np.array([weight for weight, _, _, _ in kept], dtype=np.float32)
    norm = float(np.linalg.norm(weights)) or 1.0
    return Features(
        np.array([id_ for _, id_, _, _ in kept], dtype=np.uint32),
        weights / np.float32(norm),
        np.array([kinds for _, _, kinds, _ in kept], dtype=np.uint8),
        day,
        outlet,
        tuple(word for _, _, _, word in kept),
    )


@cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing of a matter."""
    import tomllib

    lists = tomllib.loads(files("readout.group").joinpath("words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in words.split())


@cache
def rarity() -> Sequence[float]:
    """The inverse document frequency of each bucket of ids, as counted over news of many years; see the card."""
    with files("readout.group").joinpath("rarity.npz").open("rb") as file, np.load(file, allow_pickle=False) as table:
        values: NDArray[np.uint8] = table["idf"]
    return tuple((values.astype(np.float64) / STEPS).tolist())
