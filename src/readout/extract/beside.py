"""What stands beside the lines of a text capture: facts about a line that its neighbours tell. No judgement.

Every function takes the lines of a page with what is known of each alone, and gives one value a line. Each looks at a
bounded number of neighbours, or passes over the page once, so that all are linear in the number of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from readout.extract import furniture, photos, writers
from readout.extract.imprints import Imprint
from readout.extract.lines import Line

RUNNING = 12  # words from which a line is running text
NAME = 8  # words of an outlet's name
SUBHEAD = 12  # words
_BRAND = 3  # words that an outlet's name may have without a capital
_SENTENCE = 8
_FLATTENED = 120  # words that no single paragraph has
_FLATTENED_WITHIN = 6  # lines below an age
_FOLDED = 400  # characters
_NEARBY = 6  # lines within which a pull quote repeats a sentence
_PULLED = range(8, 41)  # words; what is shorter is a subhead that quotes the text
_COMPARED = 2000  # characters of a line
_QUOTES = "\"'“”‘’«»„ "
_TITLES = 40  # lines within which the main title stands
_LONGEST_TITLE = 400  # characters
_TELLING = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_BELOW = 4000  # characters of the text that a title is compared with
_REPLIES = 14  # lines within which comments show that they are some
_BULLET = re.compile(r"(?:[•·‣▪*–—-]|\d{1,2}[.)])\s+(?=\S)")


@dataclass(frozen=True)
class Known:
    """The lines of a page and what is known of each alone."""

    lines: Sequence[Line]
    texts: Sequence[str]
    words: Sequence[int]
    stops: Sequence[bool]
    interface: Sequence[bool]
    related: Sequence[bool]  # headings above other articles
    imprints: Sequence[Imprint | None]

    def is_age(self, i: int) -> bool:
        """Whether line `i` is an age or a date and names nobody."""
        imprint = self.imprints[i]
        return imprint is not None and imprint.outlet is None and not imprint.authors

    def is_text(self, i: int) -> bool:
        """Whether line `i` can only be running text."""
        return self.words[i] >= 2 * RUNNING and not self.interface[i]

    def is_sentence(self, i: int) -> bool:
        """Whether line `i` is running text by its length, or a sentence."""
        return self.words[i] >= RUNNING or (self.words[i] >= _SENTENCE and self.stops[i])


def bullet(text: str) -> str:
    """A line without its bullet or number."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def has_bullet(text: str) -> bool:
    """Whether a line begins with a bullet, a dash or a number as lists have them."""
    return _BULLET.match(text) is not None


def owners(known: Known) -> tuple[list[bool], list[bool], list[bool]]:
    """Whether a line only says whose picture something is; whether one beside it does; whether the one below does."""
    owner = [photos.is_owner(text) for text in known.texts]
    below = [*owner[1:], False]
    beside = [a or b for a, b in zip([False, *owner], below, strict=False)]
    return owner, beside, below


def repeats(known: Known) -> tuple[list[bool], list[bool]]:
    """Whether the same words stood on an earlier line; whether they stand on the line before or after."""
    seen: set[str] = set()
    copies = []
    folded = [text.casefold() if len(text) < _FOLDED else text for text in known.texts]
    for text in folded:
        copies.append(text in seen)
        seen.add(text)
    twins = [
        text in {above, below} for text, above, below in zip(folded, ["", *folded], [*folded[1:], ""], strict=False)
    ]
    return copies, twins


def pulled(known: Known) -> list[bool]:
    """Whether a line's words stand in a longer line close by, as those of a pull quote do."""
    found = []
    for i, text in enumerate(known.texts):
        candidate = known.words[i] in _PULLED and (text[0] in _QUOTES or not known.stops[i]) and not known.interface[i]
        bare = text.strip(_QUOTES) if candidate else ""
        near = (*known.texts[max(0, i - _NEARBY) : i], *known.texts[i + 1 : i + 1 + _NEARBY]) if bare else ()
        found.append(any(other.find(bare, 0, _COMPARED) >= 0 for other in near if len(other) > len(text) + 1))
    return found


def echoes(known: Known) -> list[int]:
    """How much of a line comes back in the running text below it, 0 to 3, for the lines where a main title may be."""
    found = [0] * len(known.texts)
    below = _text_below(known)
    if not below:
        return found
    for i, text in enumerate(known.texts[:_TITLES]):
        if known.is_text(i) and known.stops[i]:
            break
        if len(text) > _LONGEST_TITLE or known.interface[i] or known.imprints[i]:
            continue
        telling = {word[:_STEM] for word in _TELLING.findall(text.casefold())}
        shared = sum(1 for stem in telling if stem in below)
        if len(telling) > 1 and shared > 1:
            found[i] = 1 + (shared * 2 >= len(telling)) + (shared * 4 >= len(telling) * 3)
    return found


def _text_below(known: Known) -> str:
    """The first few paragraphs of a page, folded."""
    texts = []
    length = 0
    for text, words, stop in zip(known.texts, known.words, known.stops, strict=True):
        if words >= 2 * RUNNING or (words >= RUNNING and stop):
            texts.append(text[:_BELOW])
            length += len(text)
        if length > _BELOW:
            break
    return "\n".join(texts).casefold()


def items(known: Known) -> tuple[list[bool], list[bool]]:
    """Whether a line names an item: an age follows, or a bullet that repeats the line. Whether the next line names one,
    or is an imprint or an age.
    """
    size = len(known.texts)
    names = [
        i + 1 < size
        and known.words[i] <= NAME
        and known.imprints[i] is None
        and (
            (known.is_age(i + 1) and (known.words[i] <= _BRAND or writers.is_name(known.texts[i], NAME)))
            or bullet(known.texts[i + 1]) == known.texts[i] != known.texts[i + 1]
        )
        for i in range(size)
    ]
    leads = [i + 1 < size and (names[i + 1] or known.imprints[i + 1] is not None) for i in range(size)]
    return names, leads


def heads_text(known: Known) -> list[bool]:
    """Whether running text follows, directly or below one more line that could be a heading."""
    size = len(known.texts)
    running = [words >= RUNNING for words in known.words]
    found = [i + 1 < size and running[i + 1] for i in range(size)]
    return [
        found[i] or (i + 1 < size and found[i + 1] and known.words[i + 1] <= SUBHEAD and not known.stops[i + 1])
        for i in range(size)
    ]


def blanks(known: Known) -> tuple[list[bool], list[bool]]:
    """Whether a line is set apart by a blank line where paragraphs are set without; whether, there, it is joined to
    running text above.
    """
    solid = _solid(known)
    apart = [dense and line.after_blank for dense, line in zip(solid, known.lines, strict=True)]
    joined = []
    above = False
    for i, line in enumerate(known.lines):
        below_text = i > 0 and (above or known.words[i - 1] >= RUNNING)
        above = solid[i] and below_text and not line.after_blank and not known.interface[i]
        joined.append(above)
    return apart, joined


def _solid(known: Known) -> list[bool]:
    """Whether a line stands where paragraphs are set without blank lines, on a page that has some: in its article,
    where that has paragraphs enough to tell, or else on the page. An age or an imprint begins an article.
    """
    size = len(known.lines)
    some = any(line.after_blank for line in known.lines[1:])
    whole = _is_dense(known, 1, size)
    solid: list[bool] = []
    starts = [i for i in range(size) if known.imprints[i] is not None]
    for start, end in pairwise([0, *starts, size]):
        dense = _is_dense(known, max(1, start), end)
        solid += [some and bool(whole if dense is None else dense)] * (end - start)
    return solid


def _is_dense(known: Known, start: int, end: int) -> bool | None:
    """Whether hardly a blank line stands between the paragraphs of these lines; None where there are too few."""
    words = known.words
    pairs = [known.lines[i].after_blank for i in range(start, end) if words[i] >= RUNNING and words[i - 1] >= RUNNING]
    return sum(pairs) * 4 <= len(pairs) if len(pairs) > 1 or (pairs and end - start >= len(words) - 1) else None


def titles_above(known: Known) -> int:
    """1 where most imprints and ages of the page have running text right below them, so that titles stand above; -1
    where most have one short line first; 0 where it is undecided.
    """
    size = len(known.texts)
    votes = 0
    for i, imprint in enumerate(known.imprints):
        below = i + 1
        while imprint is not None and below < size and has_bullet(known.texts[below]):
            below += 1
        if imprint is None or below >= size or known.imprints[below] is not None or known.interface[below]:
            continue
        if known.is_sentence(below) and (known.stops[below] or known.is_text(below)):
            votes += 1
        elif below + 1 < size and known.is_sentence(below + 1):
            votes -= 1
    return (votes > 0) - (votes < 0)


def is_flattened(known: Known) -> bool:
    """Whether the page sets the whole body of an item in one line: below an age, one very long line that no running
    text follows, and nowhere, but for the main article's age above all text, two lines of running text.
    """
    size = len(known.words)
    first_text = next((i for i in range(size) if known.is_text(i)), size)
    flat = False
    for i, imprint in enumerate(known.imprints):
        below = range(i + 1, min(i + _FLATTENED_WITHIN, size)) if imprint is not None else ()
        text = next((k for k in below if known.is_text(k)), None)
        if text is None:
            continue
        followed = text + 1 < size and known.is_sentence(text + 1) and known.stops[text + 1]
        if followed and i > first_text:
            return False
        flat = flat or (not followed and known.words[text] >= _FLATTENED)
    return flat


def trailing(known: Known) -> list[bool]:
    """Whether no running text follows a line before the next item, or the end."""
    found = []
    followed = False
    for i in range(len(known.texts) - 1, -1, -1):
        if known.imprints[i] is not None or known.related[i]:
            followed = False
        found.append(not followed)
        followed = followed or known.is_sentence(i)
    return found[::-1]


def commented(known: Known) -> list[bool]:
    """Whether a line stands among what readers wrote: below a heading for comments that ages or replies follow, and
    above the next heading for other articles.
    """
    found = []
    under = False
    text_above = False
    for i, text in enumerate(known.texts):
        if known.interface[i]:
            if known.related[i]:
                under = False
            elif text_above and furniture.heads_comments(text):
                under = under or _has_replies(known, i + 1)
        found.append(under)
        text_above = text_above or known.words[i] >= RUNNING
    return found


def _has_replies(known: Known, start: int) -> bool:
    for i in range(start, min(start + _REPLIES, len(known.texts))):
        if known.related[i]:
            return False
        if known.is_age(i) or furniture.is_reply(known.texts[i]):
            return True
    return False
