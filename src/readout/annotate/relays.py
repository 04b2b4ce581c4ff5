"""Through whom and where something was said: the words around a cue. No speaker is resolved here.

"told Reuters" adds an outlet; "according to X" beside another cue adds X; "said in a statement", "told reporters",
"wrote on …" tell the channel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from readout.annotate.frames import Frame, is_finite
from readout.annotate.ground import Ground
from readout.annotate.hung import hung
from readout.annotate.kinds import kinds
from readout.annotate.labeller import Attribution
from readout.annotate.lists import lists
from readout.models import EntityKind, Span

_WORD = r"(?:[\w’'&-]|\.(?=\w))*"
_NAME = rf"(?:[Tt]he\s+)?[A-Z]{_WORD}(?:\s+(?:[A-Z\d]{_WORD}|of|and|magazine|television|radio|TV))*"
_TOLD = re.compile(
    rf"\A\s*(?:(?:the|our|state|public|local|national)\s+)*(?:(?:broadcaster|newspaper|daily|magazine|agency|channel|television|radio|programme|news|network)\s+)*(?P<name>{_NAME})"
)
_INTERVIEW = hung(
    "interview",
    rf"\b(?:in|during)\s+(?:an?|the|his|her)\s+(?:(?P<lead>{_NAME})\s+)?(?:[\w-]+\s+)?interview(?:\s+(?:with|by|on|to|published\s+by|in)\s+(?:the\s+(?:newspaper|broadcaster|magazine)\s+)?(?P<name>{_NAME}))?",
)
_ACCORDING = re.compile(
    r"\b(?:according\s+to|as\s+saying\s+by|quoted\s+by|cited\s+by|as\s+reported\s+by|reported\s+by|as\s+quoted\s+by|in\s+comments\s+carried\s+by)\s+(?P<source>(?=\S)[^,.;:“”\"]{2,70})"
)
_QUOTER = re.compile(
    r"(?P<source>\w[^,.;:“”\"]{1,50}?)\s+(?:has\s+|had\s+|also\s+)?"
    r"(?:(?:quoted|quotes|cited|cites)\s*|(?:said|says|added|reported|reports|wrote|recalled|recounted)(?:\s+on\s+\w+)?"
    r"(?:,\s+(?:citing|quoting)\s*(?P<cited>[^,.;:“”\"]{2,60},)?)?(?:,?\s+that)?\s*)\Z"
)
_MEDIA = re.compile(
    r"\s*(?:the\s+)?(?P<name>(?:[\w-]+\s+){0,2}?(?:radio|television|TV|media|broadcaster|newspaper|daily|magazine|news\s+agency))"
    r"(?=\s+(?:that|on|in|late|early|last|he|she|it|they|the|a)\b|[.,:;])"
)
_WORDS = re.compile(r"\w+")
_QUOTING = frozenset("quoted quotes cited cites citing quoting".split())
_REPORTING = frozenset("said says added reported reports wrote recalled recounted".split())
_CITING = frozenset({"citing", "quoting"})
_FEW = 8
_PLATFORM = hung(
    """truth telegram x twitter facebook instagram threads bluesky weibo wechat tiktok youtube linkedin vk mastodon""",
    r"\b(?:on|to|via)\s+(?:(?:his|her|its|their|the)\s+)?(?:own\s+)?"
    r"(?:(?:social\s+(?:media|network|platform)|platform|messaging\s+app|network)\s+)?"
    r"(?P<name>Truth\s+Social|Telegram|X|Twitter|Facebook|Instagram|Threads|Bluesky|Weibo|WeChat|TikTok|YouTube|LinkedIn|VK"
    r"|Mastodon)\b",
)
_SITE = re.compile(r"\A\s*(?:\w+\s+){0,2}?on\s+(?:(?:his|her|its|their|the)\s+)?(?P<name>[A-Z]\w+(?:\s+[A-Z]\w+)?)")
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_CHANNELS = (  # the channel, the words that its pattern hangs on, and the pattern
    (
        "press conference",
        "press news reporters journalists briefing",
        r"\b(?:press|news)\s+(?:conference|briefing)|\b(?:told|to)\s+(?:the\s+)?(?:reporters|journalists|the\s+press|a\s+briefing)\b|\bbriefing\b",
    ),
    (
        "phone call",
        "phone telephone call",
        r"\b(?:in|during|on|by|over)\s+(?:the|a|their|his|her|that)?\s*(?:\w+\s+)?(?:phone|telephone)\b|\b(?:in|during|on)\s+(?:the|a|their|his|her|that)\s+(?:\w+\s+)?call\b",
    ),
    ("interview", "interview", r"\binterview\b"),
    (
        "address",
        """speech address rally parliament congress commons senate lawmakers deputies crowd supporters assembly
        delegates nation""",
        r"\b(?:speech|address(?!ed|ing)|rally)\b|\btold\s+(?:the\s+)?(?:parliament|congress|commons|senate|lawmakers|deputies|crowd|supporters|assembly|delegates|nation)\b",
    ),
    (
        "statement",
        "statement readout communiqu fact press joint declaration message note",
        r"\b(?:statement|readout|communiqu|fact\s+sheet|press\s+release|joint\s+note|declaration)\b|\bin\s+a\s+(?:message|note)\b",
    ),
    (
        "document",
        "letter memo report email mail column essay book article filing document decree order",
        r"\b(?:in|by)\s+(?:a|the|an|his|her|its|their)\s+(?:\w+\s+){0,2}?(?:letter|memo|report|email|e-mail|column|essay|book|article|filing|document|decree|order)\b",
    ),
)
_COMPILED = tuple((name, hung(words, f"(?i:{pattern})")) for name, words, pattern in _CHANNELS)
_BREAK = re.compile(r"\s[–—-]+\s|[;“”]|,\s+(?:but|while|and)\s")
_MENTIONS = 3
_ENOUGH = 100  # words of a text in which a name that is used once says something
_REACH = 160


class Passage(NamedTuple):
    """How something came to be known: outlets by name, sources to resolve, and the channel."""

    outlets: tuple[str, ...] = ()
    sources: tuple[Span, ...] = ()
    channel: str | None = None


def passage(ground: Ground, one: Attribution, how: Frame) -> Passage:
    """What the clause of the cue tells of the way from the speaker to the page."""
    if one.cue is None:
        return Passage()
    beside = _beside(ground, one)
    words = frozenset(_WORDS.findall(beside.lower()))
    outlets = _outlets(ground, one, how, _INTERVIEW.search(beside, words))
    channel = _channel(beside, words, how)
    if channel is None and outlets and how.verb == "tell":
        channel = "interview"
    return Passage(outlets, _sources(ground, one, how), channel)


def _beside(ground: Ground, one: Attribution) -> str:
    """The words of the cue's clause: from the content before it, or the clause's head, to the content after it."""
    cue = one.cue or one.content[0]
    sentence = ground.sentence_at(cue.start)
    low = max(sentence.start, cue.start - _REACH, *(piece.end for piece in one.content if piece.end <= cue.start), 0)
    ends = [piece.start for piece in one.content if piece.start >= cue.end]
    high = min([max(sentence.end, cue.end), cue.end + _REACH, *ends])
    before = _BREAK.split(ground.text[min(low, cue.start) : cue.start])[-1]
    after = _BREAK.split(ground.text[cue.start : high])[0]
    return before + after


def _outlets(ground: Ground, one: Attribution, how: Frame, interview: re.Match[str] | None) -> tuple[str, ...]:
    cue = one.cue or one.content[0]
    found = []
    if how.verb == "tell":
        told = re.search(r"\b(?:told|tells|tell|telling)\b", ground.text[cue.start : cue.end + 1], re.IGNORECASE)
        at = cue.start + told.end() if told else cue.end
        met = _TOLD.match(ground.text, at, at + _REACH) or _TOLD.match(ground.text[at : at + _REACH])
        media = _MEDIA.match(ground.text, at, at + _REACH)
        if media is not None:
            found.append(media["name"])
        elif met is not None:
            name = _trimmed(met["name"])
            if is_outlet(ground, name) or _is_told(ground, name, at + met.start("name")):
                found.append(name)
    if interview is not None:
        found += [name for name in (interview["lead"], interview["name"]) if name and is_outlet(ground, _trimmed(name))]
    return tuple(dict.fromkeys(map(_trimmed, found)))


def _trimmed(name: str) -> str:
    name = re.sub(r"\s+(?:of|and)\Z", "", name)
    words = name.split()
    while words and words[-1] in _DAYS:
        words.pop()
    return re.sub(r"['’]s\Z", "", " ".join(words)).rstrip(".")


def is_outlet(ground: Ground, name: str) -> bool:
    """Whether a name is one of an outlet: known, or by a word of its own."""
    article = ground.read.article
    known = kinds()
    bare = name.removeprefix("the ").removeprefix("The ")
    own = {article.outlet, *(credit.name for credit in article.credits)}
    if name in own or bare in own or bare in known.agencies or name in known.agencies:
        return True
    return any(word in known.outlets for word in bare.lower().split())


def _is_told(ground: Ground, name: str, offset: int) -> bool:
    """Whether a name that something was told to may be an outlet's: nobody's, no place's, and it does not speak."""
    if any(word in kinds().not_outlets for word in name.lower().split()):
        return False
    most = _MENTIONS if " " in name else int(len(ground.words) > _ENOUGH)
    for mention, entity in ground.named_in(Span(offset, offset + _REACH))[:1]:
        if entity.kind is EntityKind.PLACE or len(entity.mentions) > most:
            return False
        named = entity.name.lower().split()
        if entity.roles or any(mention.form != "name" for mention in entity.mentions) or _is_persons(named):
            return False
        if entity.kind is EntityKind.PERSON and len(named) == 1:
            return False
        return not any(_speaks(ground, one.span) for one in entity.mentions if one != mention)
    return False


def _is_persons(named: Sequence[str]) -> bool:
    """Whether the first word of a name is one that persons have."""
    return named[0] in lists().families or named[0] in lists().genders


def _speaks(ground: Ground, span: Span) -> bool:
    at = ground.first(span.end)
    return at < len(ground.words) and is_finite(ground.lower[at])


def _sources(ground: Ground, one: Attribution, how: Frame) -> tuple[Span, ...]:
    """Who passes it on beside another cue: ", according to X"."""
    cue = one.cue or one.content[0]
    if how.words[:1] == ("according",):
        return ()
    quoter = _quoter(ground, one.source, cue) if one.source else None
    if one.source and quoter is not None:
        begin = one.source.start - len(quoter.string)
        spans = [
            Span(begin + quoter.start(name), begin + quoter.end(name)) for name in ("cited", "source") if quoter[name]
        ]
        return tuple(_bare(ground.text, span) for span in spans)
    sentence = ground.sentence_at(cue.start)
    end = min(max(sentence.end, cue.end), max(cue.end, one.content[-1].end) + _REACH)
    passed = 0
    for at in ground.heads("passed on").between(cue.end, end):
        met = _ACCORDING.match(ground.text, at, end) if at >= passed else None
        passed = met.end() if met else passed
        if met and not any(piece.start <= met.start() < piece.end for piece in one.content):
            return (_tight(met),)
    return ()


def _bare(text: str, span: Span) -> Span:
    """The span without what is not its own at the ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" ,"))
    return Span(start, span.end - len(words) + len(words.rstrip(" ,")))


def _quoter(ground: Ground, source: Span, cue: Span) -> re.Match[str] | None:
    """Who quotes the source: "X quoted | a minister | as saying"."""
    at = ground.first(source.start) - 1
    at -= at > 0 and ground.lower[at] == "that"
    at -= at > 0 and ground.words[at] == ","
    if (
        at < 1
        or not (ground.lower[at] in _QUOTING or _may_report(ground, at))
        or (cue.start <= ground.starts[at] < cue.end and ground.lower[at] not in _QUOTING)
    ):
        return None
    return _QUOTER.search(
        ground.text[max(ground.sentence_at(source.start).start, source.start - _REACH) : source.start]
    )


def _may_report(ground: Ground, at: int) -> bool:
    """Whether the words up to a token report what comes: "He said | the minister | had told …", ", citing X,"."""
    if ground.lower[at] in _REPORTING:
        return True
    return not _CITING.isdisjoint(ground.lower[max(0, at - _FEW) : at])


def _tight(met: re.Match[str]) -> Span:
    start = met.start("source")
    return Span(start, start + len(met["source"].rstrip()))


def _channel(beside: str, words: frozenset[str], how: Frame) -> str | None:
    platform = _PLATFORM.search(beside, words)
    if platform is not None:
        return " ".join(platform["name"].split())
    if how.verb in {"write", "post", "tweet"}:
        at = beside.find(how.verb[:4]) if how.verb != "write" else beside.find("wr")
        site = _SITE.match(re.sub(r"\A\w+", "", beside[max(0, at) :]))
        if site is not None and site["name"].split()[0] not in _DAYS:
            return str(site["name"])
    return next((name for name, pattern in _COMPILED if pattern.search(beside, words)), None)
