"""Which attributions are statements in the full sense, which are weak and why, and which are none. By words and place.

Weak are beliefs, stances, hedged words, labels, acts of speech without content, what stands in a title or caption, and
what a quotation itself reports; they are kept, and said to be weak.
"""

from __future__ import annotations

import re
from functools import lru_cache

from readout.annotate.cues import lexicon
from readout.annotate.frames import Frame, frame
from readout.annotate.ground import Ground
from readout.annotate.labeller import Attribution
from readout.models import TITLE, ArticleKind, ParagraphKind, Span, Weak

_BELIEFS = frozenset("expect anticipate foresee envision envisage plan intend aim decide resolve want".split())
_ACTS = frozenset(
    "agree thank congratulate apologize apologise accept invite point greet salute commit volunteer".split()
)
_STANCES = frozenset(
    """welcome support back oppose favor favour endorse praise condemn criticize criticise hail applaud commend defend
    denounce blast slam attack mock celebrate reject dismiss rebuff challenge question doubt object disagree""".split()
)
_NOT_SAID = frozenset(
    """publish release issue unveil broadcast mention discuss address seek debate raise explore focus refer begin sing
    vote push press lobby describe explain outline detail quote cite document narrate introduce""".split()
)
_LABELS = frozenset("call label dub brand deride ridicule tout".split())
_EMPTY = frozenset({"which", "that", "who", "what", "it"})
_WHOM = frozenset("him her them me us you so".split())
_NOT_LAST = frozenset("own be been being was were is are".split())  # no source ends so
_FREE = frozenset({"according", "per", "for", "via"})
_NOBODY = re.compile(
    r"(?:nobody|no[\s-]one|anyone|anybody|one|you|everyone|somebody|people|no\s+\w+|none(?:\s+of\b.*)?|if)\Z",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"not\s+to\s+be\s+(?:named|identified|quoted)|(?:on\s+condition\s+of\s+)?anonymity", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|\w+(?:ed|n[’']t)"
    r"|went|came|made|took|got|gave|said|told|stood|lost|won|held|fell|rose)\b"
)
_QUESTION = frozenset({"whether", "if", "about", "how", "why", "what"})
_RELATIVE_BEFORE = re.compile(r"(?:\b(?:as|what|which|whom|that|who)|\bso-)\s*\Z", re.IGNORECASE)
_MODAL_SAYS = re.compile(r"\b(?:may|might|could|can|would|will|should|must|to)\b(?!\s+not)")
_DONE_TO = re.compile(r"\b(?:for|against|of|about|over|after)\b")
_RELATIVE = re.compile(r"\s(?:that|which|who)\s")
_THINGS = re.compile(r"(?:the|a|an|this|that|those|these|any|all|its|his|her|their)\s+(?:\w+\s*){1,3}", re.IGNORECASE)
_OF_CLAIMS = re.compile(
    r"\b(?:allegation|accusation|claim|report|charge|involvement|role|responsibility|link|wrongdoing|plan)",
    re.IGNORECASE,
)
_UNREACHED = frozenset(
    "fail fails failed failing yet hardly rarely seldom barely unable seem seems seemed appear appears appeared".split()
)
_NOTHING = re.compile(r"(?:on\s+)?(?:nothing|little|less|much|anything)\b", re.IGNORECASE)
_KEPT = 1 << 12
_SHORT = 3
_SURE = 0.5


def is_said(ground: Ground, one: Attribution) -> bool:
    """Whether anybody says anything here at all."""
    first = ground.words_of(one.content[0])
    if _UNNAMED.match(first) or first.endswith(" as") or first.lower() in _EMPTY or _is_nobody(ground, one.source):
        return False
    how = frame(ground.words_of(one.cue) if one.cue is not None else "")
    if one.cue is None or how.words == (":",):
        return one.kind != "indirect"
    if one.kind == "indirect" and _is_part_of_name(ground, one, how):
        return False
    if not _is_cue(ground, one, how) or (how.verb == "ask" and one.source is None) or _is_no_agreement(how, first):
        return False
    return one.kind != "indirect" or not _names_thing(how, first)


def _is_part_of_name(ground: Ground, one: Attribution, how: Frame) -> bool:
    """Whether the cue only describes what somebody has: "Dorna's proposed treaty was rejected"."""
    source, cue = one.source, one.cue
    if source is None or cue is None or len(how.words) > 1 or not how.text.endswith("ed"):
        return False
    return source.end + 1 == cue.start and ground.words_of(source).endswith(("'s", "’s"))


def _is_no_agreement(how: Frame, content: str) -> bool:
    """Whether nothing is agreed: "failed to agree on a date", "don't seem to agree at all", "agree on nothing"."""
    if how.verb != "agree":
        return False
    return how.negated or how.hedged or not _UNREACHED.isdisjoint(how.words) or bool(_NOTHING.match(content))


def _is_nobody(ground: Ground, source: Span | None) -> bool:
    if source is None:
        return False
    words = ground.words_of(source)
    return bool(_NOBODY.match(words)) or not _NOT_LAST.isdisjoint(words.lower().split()[-1:])


def _is_cue(ground: Ground, one: Attribution, how: Frame) -> bool:
    """Whether the words of a cue introduce speech here."""
    quoted = one.kind != "indirect"
    free = bool(how.words) and how.words[0] in _FREE and (quoted or one.source is not None)
    if not how.reports and not free:
        return quoted or _is_wide(how) or _is_clause(ground, one)
    return quoted or one.source is not None or _stands_alone(how)


def has_clause(content: str) -> bool:
    """Whether words hold a verb of their own, as a clause does."""
    return bool(_CLAUSE.search(content))


def _is_clause(ground: Ground, one: Attribution) -> bool:
    """Whether an unknown cue leads up to "that" and a clause, and the labeller is sure of it."""
    lead = ground.text[max(0, one.content[0].start - 6) : one.content[0].start]
    return one.source is not None and lead.split()[-1:] == ["that"] and one.confidence > _SURE


@lru_cache(maxsize=_KEPT)
def _is_wide(how: Frame) -> bool:
    return any(lexicon().has(word, "adjectives") for word in how.words)


def _stands_alone(how: Frame) -> bool:
    return how.passive or how.words[:1] == ("according",) or how.hedged


def _names_thing(how: Frame, content: str) -> bool:
    """Whether a thing is dealt with, not words reported: "published its own note"."""
    content = _RELATIVE.split(content, maxsplit=1)[0]
    if how.verb in _NOT_SAID and not (how.verb == "refer" and len(how.verbs) > 1):
        if how.verb == "describe" and how.words[-1] == "described" and len(content.split()) > _SHORT:
            return False
        return not _CLAUSE.search(content) and not re.search(r"\bat\b", content)
    if not how.verb and how.words and how.words[0] not in _FREE:
        return not _CLAUSE.search(content)
    return how.is_any("say") and len(content.split()) < _SHORT and not any(map(str.isdigit, content))


def weakness(ground: Ground, one: Attribution, how: Frame | None) -> Weak | None:
    """Why it is no statement in the full sense; None where it is one."""
    return _by_place(ground, one) or (None if how is None else _by_words(ground, one, how))


def _by_place(ground: Ground, one: Attribution) -> Weak | None:
    if ground.read.article.kind is ArticleKind.TEASER_LIST:
        return Weak.TEASER
    kind = ground.part(one.content[0].start).kind
    if kind in {TITLE, ParagraphKind.SUBHEAD}:
        return Weak.HEADLINE
    return Weak.CAPTION if kind == ParagraphKind.CAPTION else None


def _by_words(ground: Ground, one: Attribution, how: Frame) -> Weak | None:
    content = ground.words_of(one.content[0])
    indirect = one.kind == "indirect"
    if (how.hedged and not how.negated) or (indirect and _is_only_possible(how)):
        return Weak.HEDGED
    if one.kind != "direct" and _is_belief(how):
        return Weak.BELIEF
    if indirect and (
        how.verb in _ACTS or how.words == ("agreed",) or _only_names(how, content) or _is_topic(how, content)
    ):
        return Weak.ACT
    if how.verb in _LABELS and _is_label(ground, one, how):
        return Weak.LABEL
    stance = indirect and how.verb in _STANCES and not _says_much(how, content, _lead(ground, one))
    if stance:
        return Weak.STANCE
    return Weak.ACT if indirect and len(one.content) == 1 and content.lower() in _WHOM else None


def _is_topic(how: Frame, content: str) -> bool:
    """Whether only what was spoken about is told: "weighed in on the testimony"."""
    about = how.words[-1:] and how.words[-1] in {"on", "about", "over"} and not how.negated
    return bool(about) and how.is_any("say", "speak", "announce") and not has_clause(content)


def _only_names(how: Frame, content: str) -> bool:
    """Whether it only names what was denied or repeated: "denied the request"."""
    if not how.is_any("deny", "claim") or how.negated or how.verb in {"decline", "refuse"}:
        return False
    return bool(_THINGS.fullmatch(content)) and not has_clause(content) and not _OF_CLAIMS.search(content)


@lru_cache(maxsize=_KEPT)
def _is_only_possible(how: Frame) -> bool:
    if not how.is_any("say", "tell", "claim"):
        return False
    at = how.text.find(how.words[-1])
    return bool(_MODAL_SAYS.search(how.text[:at])) and not how.negated


@lru_cache(maxsize=_KEPT)
def _is_belief(how: Frame) -> bool:
    if how.verb in _BELIEFS or how.groups == {"believe"}:
        return True
    known = lexicon()
    if how.passive and known.has(how.words[-1], "adjectives"):
        return True
    if not how.verb and any(known.has(word, "thought") for word in how.words):
        return True
    return not how.verb and any(known.has(word, "adjectives") for word in how.words)


def _is_label(ground: Ground, one: Attribution, how: Frame) -> bool:
    start = min(one.source.start if one.source else one.content[0].start, (one.cue or one.content[0]).start)
    if _RELATIVE_BEFORE.search(ground.text, max(0, start - 12), start):
        return True
    words = sum(len(ground.words_of(piece).split()) for piece in one.content)
    return words <= _SHORT and one.kind != "indirect" and how.verb != "call"


def _lead(ground: Ground, one: Attribution) -> str:
    """The word right before the content."""
    start = one.content[0].start
    return "".join(ground.text[max(0, start - 6) : start].split()[-1:])


def _says_much(how: Frame, content: str, lead: str) -> bool:
    """Whether more is told than what the stance is on: "rejected claims that …", "denied having …"."""
    if lead == "that":
        return True
    return how.verb in {"reject", "dismiss"} and bool(
        re.search(r"\bthat\b|\bas\b|\ballegations?\b|\bclaims?\b", content)
    )
