"""What a statement does: claim, commit, demand, deny, refuse, set a condition, predict, judge, or decline to speak.

The verb of the cue first, then modality, person and negation in the content; what nothing tells is a claim.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from readout.annotate.frames import Frame
from readout.models import Act

_SELF = r"(?:i|we|he|she|it|they|(?:its|their|his|her|our|my)\s+\w+)"
_NOT = r"(?:not|never|no\s+longer)"
_I = re.IGNORECASE
_SILENT = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:comment|response|reply|reaction|confirmation|answer)\b|\b(?:not|yet)\b.*\b(?:respond|reply|comment|answer)"
    r"|\b(?:declin|refus)\w+\s+to\s+(?:comment|say|answer|be|confirm|name|give|discuss|elaborate|speak|reveal|disclose|specify)"
    r"|\bwould\s+(?:not|neither|only|n[’']t)\s+(?:say|comment|be\s+drawn|name|confirm|give|discuss|elaborate|answer|reveal|specify)"
    r"|\b(?:declined|refused)\Z",
    _I,
)
_NO_COMMENT = re.compile(r"\bno\s+comment\b|\bwere\s+not\s+on\s+the\s+line\b|\bcan(?:not|[’']t)\s+comment\b", _I)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?:\s+that)?|providing|as\s+long\s+as|so\s+long\s+as|on\s+condition|only\s+(?:if|when|after)|in\s+exchange\s+for"
    r"|once\s+(?:a|the|an|it|they|he|she)|until|without\s+(?:a|an|the)\s+(?:\w+\s+){0,3}?(?:guarantee|word|agreement|deal|commitment))\b",
    _I,
)
_WILLING = re.compile(
    r"\b(?:will|would|[’']ll|shall|can|could|ready|willing|prepared|readiness|no\s+\w+\s+(?:was|is)\s+possible|offer\w*|open)\b",
    _I,
)
_WONT = re.compile(
    rf"(?P<who>[\w’'.-]+(?:\s+[\w’'.-]+){{0,3}})\s+(?:(?:will|would|shall|can|could)\s+{_NOT}|won[’']t|wouldn[’']t|can[’']t|cannot|(?:am|is|are|was|were)\s+not\s+(?:going|willing|prepared|ready))\b",
    _I,
)
_WILL = re.compile(
    rf"(?:\A[\W]*|\b(?:that|and|but|,)\s+){_SELF}\s+(?:\w+ly\s+|also\s+)?(?:will|would|shall|[’']ll|[’']d)\s+(?!{_NOT}\b|be\s+able|have\b|like\b|prefer\b)|\b(?:i|we)(?:[’']ll|\s+will|\s+shall)\s+(?!{_NOT}\b)|\b(?:ready|willing|prepared|readiness|committed)\s+(?:to|for)\b|\bpromise\b|\bwe\s+(?:have\s+)?agreed\b",
    _I,
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|[’']ll|going\s+to|likely|unlikely|expect\w*|could|may|might|soon|tomorrow|next\s+(?:week|month|year)|eventually|bound\s+to|about\s+to|imminent|set\s+to)\b",
    _I,
)
_MUST = re.compile(
    r"\b(?:must|should|ought\s+to|has\s+to|have\s+to|needs?\s+to|need\s+(?:a|the|more)|required?\s+to|requires?\s+us|want\w*\s+(?:\w+\s+)?(?:my|the|a|to\s+see)|demand\w*|call\w*\s+(?:on|for)|urge\w*|let\s+us|it\s+is\s+time)\b",
    _I,
)
_IMPERATIVE = re.compile(
    r"\A[“\"‘'\W]*(?:please\s+)?(?:come|open|answer|stop|let|give|go|look|read|listen|tell|bring|take|show|put|end|do\s+not|don[’']t|never|get|make|leave|keep|remember|pay|vote|join|stand|wake|release|sign|return)\b(?!\s+(?:is|was|are|were|has|have|had|will|would|,))",
    _I,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|no\s+one|without)\b|n[’']t\b",
    _I,
)
_HEAD_NEGATED = re.compile(
    r"\A[\W]*(?:(?!\b(?:but|that|which|who|because|if|when)\b)[^,;:.!?]){0,80}?\b(?:not|never|no|nobody|none|nothing|neither|n[’']t)\b|\A[^,;:.!?]{0,80}?n[’']t\b",
    _I,
)
_FALSE = re.compile(
    r"\b(?:false|fiction|untrue|lie|lies|fake|fabricat\w+|no\s+truth|nonsense|baseless|unfounded|hoax)\b", _I
)
_COPULA = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|[’'](?:s|re|m)|seems?|seemed|sounds?|sounded|looks?|looked|feels?|felt|called|means?)\b",
    _I,
)
_OPINION = re.compile(
    r"\b(?:i|we)\s+(?:think|believe|feel|hope|like|love|hate|fear|wish|want|admire|am|are|look\s+forward|trust|doubt)\b|\bthere\s+is\s+(?:a\s+)?(?:hope|tremendous|great|no\s+doubt)\b|[’']m\s+(?:very|not|so)\b",
    _I,
)
_RULED_OUT = re.compile(r"\b(?:rul\w+\s+out|refus\w+|reject\w*)\b", _I)


@dataclass(frozen=True)
class _Words:
    verbs: dict[str, Act]
    judging: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(resources.files("readout.annotate").joinpath("acts.toml").read_text(encoding="utf-8"))
    verbs = {verb: Act(act) for act, line in table["verbs"].items() for verb in line.split()}
    return _Words(verbs, frozenset(table["evaluation"]["words"].split()))


def act(how: Frame, content: str, kind: str) -> Act:
    """The act of a statement, by the frame of its cue and the words of its content."""
    if _SILENT.search(how.text) or _NO_COMMENT.search(content):
        return Act.NO_COMMENT
    told = _by_verb(how, content)
    if told is not None:
        return told
    return _by_content(how, content, kind)


def negated(how: Frame, content: str) -> bool:
    """Whether what is said is negative: the content is denied, or its own main clause is."""
    denied = how.is_any("deny") and how.verb in {"deny", "refute", "disavow", "rebut", "dispute", "dismiss", "reject"}
    return denied != bool(_HEAD_NEGATED.search(content))


def _by_verb(how: Frame, content: str) -> Act | None:
    verb = how.verb
    if _RULED_OUT.search(how.text):
        return (
            Act.DENIAL
            if verb == "reject" and re.search(r"\b(?:that|claim|report|allegation|charge)", content)
            else Act.REFUSAL
        )
    words = how.words
    if verb == "call" and ("for" in words or "on" in words or content.lower().startswith(("for ", "on "))):
        return Act.DEMAND
    if verb == "ask" and (re.match(r"(?:\S+\s+){0,4}(?:to|for|not)\b", content) and "?" not in content):
        return Act.DEMAND
    if verb == "warn" and re.match(r"(?:against|not\s+to)\b", content):
        return Act.DEMAND if content.startswith("not") else Act.EVALUATION
    if verb == "accuse" and re.search(r"\bbeing\b", content):
        return Act.EVALUATION
    given = _words().verbs.get(verb)
    if given is Act.COMMITMENT and _CONDITION.search(content):
        return Act.CONDITION
    if given is Act.CLAIM and verb not in {"accuse", "allege", "charge"}:
        return None
    if given is Act.REFUSAL and not content:
        return Act.NO_COMMENT
    return given


def _by_content(how: Frame, content: str, kind: str) -> Act:  # noqa: PLR0911 - the order of trust
    first = re.split(r"(?<=[.!?])\s", content, maxsplit=1)[0]
    if _CONDITION.search(content) and _WILLING.search(content):
        return Act.CONDITION
    refused = _WONT.search(first)
    if refused is not None:
        return Act.REFUSAL if _is_self(refused["who"], kind) else Act.PREDICTION
    if _FALSE.search(first):
        return Act.DENIAL
    if _IMPERATIVE.match(content) and kind != "indirect":
        return Act.DEMAND
    if _HEAD_NEGATED.search(first) and not _judges(first):
        return Act.DENIAL
    if _MUST.search(first):
        return Act.DEMAND
    if _WILL.search(content):
        return Act.COMMITMENT
    if how.verb in {"announce", "threaten", "offer", "propose"} and re.match(r"(?:to|a|an|three|the)\b", content):
        return Act.COMMITMENT
    if _FUTURE.search(first) and not re.search(r"\b(?:would|could|might)\s+have\b", first):
        return Act.PREDICTION
    if _judges(content):
        return Act.EVALUATION
    return Act.CLAIM


def _is_self(who: str, kind: str) -> bool:
    """Whether a subject is likely the speaker: a pronoun of the first person, or of the third in indirect speech."""
    low = who.lower().split()
    if kind == "direct":
        return bool({"i", "we"} & set(low))
    return low[-1] in {"he", "she", "it", "they", "we", "i"} or who.strip()[:1].isupper()


def _judges(content: str) -> bool:
    if _OPINION.search(content):
        return True
    if not _COPULA.search(content):
        return False
    return any(word in _words().judging for word in re.findall(r"[a-z]+", content.lower()))
