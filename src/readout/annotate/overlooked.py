"""A second look for cues that the labeller passes over: plain patterns around verbs of saying. No speaker here.

Each finds a content that nothing holds yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readout.annotate import conventions, hung, quoting, sources, weak
from readout.annotate.frames import is_finite
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.models import Span

_SURE = 0.6
_DESCRIBES = re.compile(r"[A-Z]|(?:the|a|an|his|her|its|their)\b|\w+(?:'s|’s)\b")
_LEAST = 20  # characters of a sentence before its final cue
_FEWEST = 4
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_FINAL = re.compile(
    r",\s+(?P<source>(?!(?:however|meanwhile|therefore|instead|though|although|but|and|or|which|who|that|as|in|on|at|for|with|while|when"
    r"|where|if|because|after|before|to|from|of|by|about|including|despite|not|then|also|too|even|[a-z]+(?:ly|ing))\b)(?:[\w’'.-]+,?\s+){1,8}?)(?P<cue>said|says|told|added|wrote|announced|confirmed|warned|reported|(?:was|were)\s+quoted\s+as\s+saying(?=\s+by\b))"
    r"(?:\s+(?:on|late|early|in\s+a\s+statement)?\s*[\w\s]{0,48})?(?=\.\s|\.?\n|\.?\Z|,\s)"
)
_INVERTED = re.compile(r",\s+(?P<cue>said|says)\s")
_CLAUSE = re.compile(r"\s+(?P<content>[^;“”\"\n]{12,700}?)(?=\s+[–—-]+\s|;|\.\s|\.?\n|\.?\Z|,\s+(?:but|while|and)\s)")
_APART = frozenset({",", ";", "–", "—", ":", "and", "but", "while"})
_TELLING = frozenset(
    "said says told tells announced claimed claims insisted argued added stressed confirmed reported".split()
)
_REACH = 11
_SILENT = re.compile(
    r"(?P<content>no\s+(?:immediate\s+)?(?:comment|response|reply|reaction|confirmation|answer))"
    r"(?:\s+\w+){0,3}?\s+from\s+(?P<source>[^,.;:]{3,60})|"
    r"(?P<who>[^,.;:“”\"]{2,50}?)\s+(?P<cue>(?:did(?:\s+not|n[’']t)\s+(?:immediately\s+)?(?:respond|reply|comment|answer(?=\s+(?:\w+\s+)?(?:questions?|calls?|requests?)\b))"
    r"|(?:has|have|had)\s+(?:not|yet\s+to)\s+(?:yet\s+)?(?:commented|comment|responded|respond|replied)"
    r"|(?:declined|refused)\s+to\s+(?:comment|say|answer|be\s+drawn)|would\s+not\s+(?:say|comment|be\s+drawn|name)"
    r"|gave\s+no\s+answer|had\s+no\s+(?:immediate\s+)?comment))"
    r"(?:\s+(?:to|on|about)\b|\s+when\s+asked(?:\s+about)?\b)?(?P<topic>[^.;,“”\"\n]{0,120})"
)
_PUT = re.compile(
    r"(?P<source>[A-Z][^,.;:“”\"]{2,50}?)\s+(?P<cue>puts|put|valued|values|estimates|estimated)\s+"
    r"(?P<content>(?:the|its|their|his|her)\s+[^.;“”\"]{3,50}?\s+at\s+(?:[^;,“”\"]|(?<=\d),(?=\d)){2,60}?)(?=[.,;](?:\s|\Z)|\s+(?:on|in)\s|\Z)"
)
_SPOKE = re.compile(
    r"(?P<source>[A-Z][^,.;:“”\"]{1,50}?)\s+(?P<cue>(?:has\s+|have\s+)?(?:spoke|spoken|speaks)\s+of)\s+(?P<content>(?:[^.;,“”\"]|(?<=\d)[.,](?=\d)){3,80})"
)
_MUTUAL = re.compile(
    r"(?P<source>(?:[A-Z][\w.’'-]*|the\s+two\s+\w+|both\s+\w+)(?:\s+and\s+(?:the\s+)?[A-Z][\w.’'-]*)?)\s+(?:have|had|has)?\s*(?:since|also)?\s*"
    r"(?P<cue>(?:traded\s+(?:blame|accusations)|(?:accused|blamed)\s+(?:each\s+other|one\s+another)|exchanged\s+accusations))"
    r"\s+(?:of|for|over)\s+(?P<content>[^.;,“”\"]{3,120})"
)
_PACT = re.compile(
    r"(?P<source>(?:[Bb]oth|[Tt]he\s+two)\s+[a-z]+|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2}\s+and\s+(?:the\s+)?[A-Z][\w’'-]*"
    r"(?:\s+[A-Z][\w’'-]*){0,2})\s+(?:have\s+|had\s+)?(?P<cue>agreed)\s+(?:on\s+[A-Z]\w+\s+)?(?P<content>to\s+[^.;“”\"\n]{8,160})"
)
_RELATIVE = re.compile(
    r",\s+(?:which|who)\s+(?P<source>(?!(?:is|was|are|were|has|had|have|will|would|also|later|then)\b)[\w’'-]+(?:\s+[\w’'-]+){0,4}?)"
    r"\s+(?P<cue>said|says)\s+(?P<content>(?:is|are|was|were|has|had|have|will|would|could|should|may|might|took|lasted|\w+ed)\s"
    r"[^,.;:“”\"\n]{3,150})(?=[,.;]|\s*(?:\n|\Z))"
)
_AS_SAYING = re.compile(
    r"(?:quoted|quotes|quoting|cited|cites|citing)\s+(?P<source>[^,.;:“”\"]{3,80}?)\s+as\s+(?P<cue>saying|telling|writing|arguing|stating)"
    r"\s+(?:that\s+)?(?P<content>[^;]{8,}?)(?=\.\s|\.?\Z|\.?\n|,\s+(?:adding|but|and)\s)"
)
_FOR = re.compile(
    r"\W*(?P<cue>For|In\s+the\s+(?:view|opinion|words|eyes)\s+of)\s+(?P<source>him|her|them|(?:[A-Z][\w’'-]+\s?){1,3}),\s+"
    r"(?P<content>(?!(?:who|whom|whose|which|where)\b)[^\n“\"]{12,}?(?:[“\"][^”\"\n]+[”\"]|(?=[.]\s|[.]?\n|[.]?\Z)))"
)
_ACCORDING = re.compile(
    r"(?P<cue>According\s+to)\s+(?P<source>[^,.;:“”\"\n]{2,70}),\s+(?P<content>[^\n“\"]{8,}?)(?=\.\s|\.?\n|\.?\Z|;|,\s+(?:but|while)\s)"
)
_NOMINAL = re.compile(
    r"(?P<cue>claims?|allegations?|assertions?|statements?|promises?|pledges?|warnings?|announcements?|suggestions?|insistence|arguments?|remarks?)"
    r"\s+(?:by|from)\s+(?P<source>[^,.;:“”\"]{2,60}?)\s+that\s+(?P<content>[^;“”\"]{8,}?)(?=\.\s|\.?\n|\.?\Z|,\s+(?:but|and)\s)"
)


class _Hung(NamedTuple):
    """A pattern, what it hangs on, the heads of that, and heads of which one must be in the text."""

    pattern: re.Pattern[str]
    trigger: re.Pattern[str]
    heads: str
    needed: str = ""


_SURE_ONES = (
    _Hung(_AS_SAYING, re.compile(r"\bas\s+(?:saying|telling|writing|arguing|stating)\b"), "as saying", "citing"),
    _Hung(
        _FOR,
        re.compile(r"\bIn\s+the\s+(?:view|opinion|words|eyes)\b|\bFor\s+[^,.]{1,30},|\bAccording\s+to\b"),
        "for",
    ),
    _Hung(_ACCORDING, re.compile(r"\bAccording\s+to\b"), "according"),
    _Hung(_MUTUAL, re.compile(r"\b(?:traded|accused|blamed|exchanged)\s+\w+"), "mutual"),
    _Hung(_NOMINAL, re.compile(rf"\b(?:{'|'.join(hung.HEADS['nominal'].split())})s?\s+(?:by|from)\b"), "nominal"),
)
_SILENCE = _Hung(
    _SILENT,
    re.compile(
        r"\bno\s+(?:immediate\s+)?(?:comment|response|reply|reaction|confirmation|answer)\b|\bgave\s+no\b"
        r"|\b(?:respond|reply|answer|comment|commented|responded|replied)\b|\b(?:declined|refused)\s+to\b|\bwould\s+not\b"
    ),
    "silence",
)
_OTHERS = (
    _Hung(
        _PUT,
        re.compile(r"\b(?:puts|put|valued|values|estimates|estimated)\s+(?:the|its|their|his|her)\b"),
        "put",
    ),
    _Hung(_PACT, re.compile(r"\bagreed\s+(?:on\s+[A-Z]\w+\s+)?to\b"), "pact"),
    _Hung(_SPOKE, re.compile(r"\b(?:spoke|spoken|speaks)\s+of\b"), "spoke"),
    _Hung(_RELATIVE, re.compile(r"\b(?:which|who)\s"), "relative"),
)
_BEFORE, _AFTER = 160, 260  # characters around the words that a pattern hangs on
_LINE = re.compile(r"(?P<source>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})(?P<cue>:)\s+(?P<content>\S.{8,})")


class _Taken:
    """Which characters are content, and which are cues, of what has been found."""

    def __init__(self, size: int, found: Sequence[Attribution]) -> None:
        self.contents, self.cues = bytearray(size + 1), bytearray(size + 1)
        for one in found:
            self.add(one)

    def add(self, one: Attribution) -> None:
        for start, end in one.content:
            self.contents[start:end] = b"\1" * (end - start)
        if one.cue is not None:
            self.cues[one.cue.start : one.cue.end] = b"\1" * (one.cue.end - one.cue.start)

    def touches(self, one: Attribution) -> bool:
        """Whether a content meets a content, or the cue a cue."""
        return self.has_cue(one) or any(self.contents.find(1, start, end) >= 0 for start, end in one.content)

    def has_cue(self, one: Attribution) -> bool:
        return one.cue is not None and self.cues.find(1, one.cue.start, one.cue.end) >= 0


def completed(ground: Ground, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions in `found`, with those of the patterns above that none of them touches.

    The surest patterns come first, and take the place of what they touch.
    """
    kept = list(found)
    taken = _Taken(len(ground.text), kept)
    for one in filter(None, (_fitted(ground, one) for one in _sure(ground))):
        if taken.touches(one):
            kept = [other for other in kept if not _touch(one, other) or _is_better(other, one)]
            taken = _Taken(len(ground.text), kept)
        if not taken.touches(one):
            kept.append(one)
            taken.add(one)
    for one in filter(None, (_fitted(ground, one) for one in _beside(ground, kept, taken))):
        kept.append(one)
        taken.add(one)
    for one in filter(None, (_fitted(ground, one) for one in _all(ground) if not taken.touches(one))):
        kept.append(one)
        taken.add(one)
    return kept


def _fitted(ground: Ground, one: Attribution) -> Attribution | None:
    return conventions.to_statement_spans(ground.text, sources.sourced(ground, one))


def _is_better(other: Attribution, one: Attribution) -> bool:
    """Whether an attribution found before has the same cue already."""
    return other.cue is not None and one.cue is not None and other.source is not None and other.cue == one.cue


def _around(ground: Ground, rule: _Hung) -> Iterator[re.Match[str]]:
    """The matches of a pattern in the clauses around the words that it hangs on, so that time stays linear."""
    if rule.needed and not ground.heads(rule.needed).offsets:
        return
    text, done, passed = ground.text, 0, 0
    for at in ground.heads(rule.heads).offsets:
        word = rule.trigger.match(text, at) if at >= passed else None
        if word is None:
            continue
        passed = word.end()
        if at < done:
            continue
        low = max(done, word.start() - _BEFORE, text.rfind("\n", 0, word.start()) + 1)
        stop = max(
            text.rfind(". ", low, word.start()),
            text.rfind('" ', low, word.start()),
            text.rfind("” ", low, word.start()),
        )
        low = stop + 1 if stop > low else low
        met = rule.pattern.search(text, low, min(len(text), word.end() + _AFTER))
        if met is not None:
            done = met.end()
            yield met


def _beside(ground: Ground, kept: Sequence[Attribution], taken: _Taken) -> Iterator[Attribution]:
    """Whole quotations and sentences with a cue right beside them that no attribution has."""
    for one in (*_quotations(ground), *_final(ground), *_inverted(ground)):
        if taken.has_cue(one):
            continue
        touched = [other for other in kept if _touch(one, other)] if taken.touches(one) else []
        if all(other.cue is not None and _meet(other.cue, one.content[0]) for other in touched):
            yield one


def _sure(ground: Ground) -> Iterator[Attribution]:
    for rule in _SURE_ONES:
        for met in _around(ground, rule):
            yield _plain(met)
    for met in _around(ground, _SILENCE):
        yield _silence(ground, met)


def _all(ground: Ground) -> Iterator[Attribution]:
    yield from (_plain(met) for rule in _OTHERS for met in _around(ground, rule))
    yield from _clauses(ground)
    lines = [met for part in ground.read.reading.parts if (met := _LINE.match(ground.text, part.start, part.end))]
    if len(lines) > 1:
        yield from (_plain(met) for met in lines)


def _quotations(ground: Ground) -> Iterator[Attribution]:
    """Quotations with a cue right beside them."""
    for quotation in ground.quotations:
        span = ground.span(quotation.first, quotation.last)
        if quotation.inner or quotation.last - quotation.first < _FEWEST or not quotation.closed:
            continue
        beside = quoting.after(ground, span)
        if beside is not None:
            yield Attribution((span,), beside.cue, beside.source, "direct", _SURE)


def _silence(ground: Ground, met: re.Match[str]) -> Attribution:
    if met["content"]:
        content = Span(*met.span("content"))
        return Attribution((content,), content, Span(*met.span("source")), "indirect", _SURE)
    topic = Span(*met.span("topic"))
    while topic.start < topic.end and ground.text[topic.start].isspace():
        topic = Span(topic.start + 1, topic.end)
    cue = Span(*met.span("cue"))
    content = topic if topic.end > topic.start else cue
    return Attribution((content,), cue, Span(*met.span("who")), "indirect", _SURE)


def _plain(met: re.Match[str]) -> Attribution:
    return Attribution(
        (Span(*met.span("content")),), Span(*met.span("cue")), Span(*met.span("source")), "indirect", _SURE
    )


def _final(ground: Ground) -> Iterator[Attribution]:
    """Sentences that end with a source and its verb."""
    for met in _FINAL.finditer(ground.text):
        start = ground.sentence_at(met.start()).start
        start += len(ground.text[start : met.start()]) - len(ground.text[start : met.start()].lstrip())
        source = _named_last(met)
        if met["cue"] == "told" and not ground.text[source.start].isupper():
            continue  # a pronoun before it has been looked at
        content = Span(start, max(start, start + len(ground.text[start : source.start].rstrip(" ,"))))
        if content.end - start > _LEAST and weak.has_clause(ground.words_of(content)):
            yield Attribution((content,), Span(*met.span("cue")), source, "indirect", _SURE)


def _inverted(ground: Ground) -> Iterator[Attribution]:
    """Sentences that end with a verb and its source: "It will rain, said the mayor."."""
    for met in _INVERTED.finditer(ground.text):
        cue = Span(*met.span("cue"))
        by = sources.said_by(ground, cue)
        if by is not None:
            content = Span(ground.sentence_at(cue.start).start, met.start())
            yield Attribution((content,), cue, Span(*by.span("source")), "indirect", _SURE)


def _named_last(met: re.Match[str]) -> Span:
    """The source, or what stands behind its last comma where words before it describe nobody."""
    words = met["source"].rstrip()
    start = met.start("source")
    head, comma, last = words.rpartition(",")
    if comma and not _DESCRIBES.match(head) and last.strip()[:1].isupper():
        start += len(words) - len(last.lstrip())
    return Span(start, met.start("source") + len(words))


def _clauses(ground: Ground) -> Iterator[Attribution]:
    """Clauses after a verb of saying and "that"."""
    for that in [at for at, word in enumerate(ground.lower) if word == "that"]:
        verb = _verb_before(ground, that)
        if verb is None:
            continue
        first = verb - 1
        while first >= 0 and ground.sentence[first] == ground.sentence[verb] and ground.words[first] not in _APART:
            first -= 1
        content = _CLAUSE.match(ground.text, ground.ends[that])
        if first + 1 < verb and content is not None:
            alone = ground.lower[verb - 1] in _PRONOUNS
            source = ground.span(verb - 1 if alone else first + 1, verb - 1)
            span = Span(*content.span("content"))
            yield Attribution((span,), ground.span(verb, verb), source, "indirect", _SURE)


def _verb_before(ground: Ground, that: int) -> int | None:
    """The verb of saying that "that" depends on: at most a few words before, no mark between."""
    for place in range(that - 1, max(-1, that - _REACH), -1):
        word = ground.lower[place]
        if not word[0].isalnum() or ground.sentence[place] != ground.sentence[that]:
            return None
        if is_finite(word):
            return place if place == that - 1 or word in _TELLING else None
    return None


def _touch(one: Attribution, other: Attribution) -> bool:
    if one.cue is not None and other.cue is not None and _meet(one.cue, other.cue):
        return True
    return any(_meet(a, b) for a in one.content for b in other.content)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
