"""What a statement does: claim, commit, demand, deny, refuse, set a condition, predict, judge, or decline to speak.

Where the verb of the cue tells it, that decides. Else rules on modality, person and negation in the content say what
they take it for, what nothing tells being a claim, and the model of acts weighs that with the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import NamedTuple

from readout.annotate import act_model, act_traits
from readout.annotate.act_traits import Case
from readout.annotate.frames import Frame
from readout.annotate.hung import hung
from readout.models import Act, SpeakerType

_SELF = r"(?:i|we|he|she|it|they|(?:its|their|his|her|our|my)\s+\w+)"
_NOT = r"(?:not|never|no\s+longer)"
_TOPICS = r"(?:comment|say|answer|be|confirm|name|give|discuss|elaborate|speak|reveal|disclose|specify)"
_SILENT = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:comment|response|reply|reaction|confirmation|answer)\b"
    r"|\b(?:not|yet)\b.*\b(?:respond|reply|comment|answer)"
    rf"|\b(?:declin|refus)\w+\s+to\s+{_TOPICS}\b"
    r"|\bwould\s+(?:not|neither|only|n[’']t)\s+(?:say|comment|be\s+drawn|name|confirm|give|discuss|elaborate|answer|reveal)\b",
)
_TO_COMMENT = re.compile(rf"(?:to\s+{_TOPICS}\b|on\b|about\b|whether\b)")
_NO_COMMENT = hung("comment", r"\bno\s+comment\b|\bcan(?:not|[’']t)\s+comment\b")
_IF = hung(
    "if unless provided providing long condition only exchange until once without",
    r"\b(?:if|unless|provided(?:\s+that)?|providing|so\s+long\s+as|on\s+condition|only\s+(?:if|when|after|once)|in\s+exchange\s+for"
    r"|no\s+(?:\w+\s+){1,8}until|once\s+(?:a|the|an|it|they|he|she)"
    r"|without\s+(?:a|an|the)\s+(?:\w+\s+){0,3}?(?:guarantee|word|agreement|deal|commitment))\b",
)
_WILLING = re.compile(
    r"\b(?:will|would|[’']ll|shall|can|could|ready|willing|prepared|readiness|no\s+\w+\s+(?:was|is)\s+possible|offer\w*|open)\b"
    r"|\A\W*if\b",
)
_WONT = hung(
    "not never longer won wouldn",
    rf"\b(?:(?:will|would|shall)\s+{_NOT}|won[’']t|wouldn[’']t|(?:am|is|are|was|were)\s+not\s+(?:going|willing|prepared|ready))\b",
)
_WILL = re.compile(
    rf"(?:\A[\W]*|\b(?:that|and|but|,)\s+){_SELF}\s+(?:\w+ly\s+|also\s+)?(?:will|would|shall|[’']ll|[’']d)\s+"
    rf"(?!{_NOT}\b|be\s+able|have\b|like\b|prefer\b|see\b)|\b(?:i|we)(?:[’']ll|\s+will|\s+shall)\s+(?!{_NOT}\b|see\b)"
    r"|\b(?:ready|willing|prepared|readiness|willingness|committed|open)\s+(?:to|for)\b|\bpromise\b"
    r"|\bwelcome\s+to\s+(?:visit|come|attend|join|return)\b",
)
_PLANNED = hung(
    "will would shall",
    r"\A\W*(?:\S+\s+){1,10}?(?:will|would|shall)\s+(?:\w+ly\s+|also\s+|soon\s+)?(?P<verb>\w+)(?:\s+(?P<next>\w+))?",
)
_BY_ITSELF = frozenset(
    """cost last rise fall follow happen become grow drop lose win collapse increase decline continue begin start end
    have need take mean make lead reach remain stay come see suffer help hurt benefit survive succeed fail pass
    change""".split()
)
_DONE = frozenset("held kept sent put made given taken built set paid left told brought sold met cut done".split())
_RELATIVE = re.compile(r"\s(?:that|which|who)\s")
_HOPE = re.compile(r"\W*(?:i|we)\s+(?:\w+ly\s+)?(?:hope|expect|anticipate)\b")
_THANKS = re.compile(r"\W*(?:thank|thanks|congratulations)\b")
_FUTURE = hung(
    """will would shall ll gonna going likely unlikely expect expects expected expecting expectation expectations could
    may might soon tomorrow eventually bound about imminent set""",
    r"\b(?:will|would|shall|[’']ll|going\s+to|likely|unlikely|expect(?:s|ed|ing|ations?)?|could|may|might|soon|tomorrow|eventually|bound\s+to"
    r"|about\s+to|imminent|set\s+to)\b",
)
_FUTURE_DIRECT = hung(
    " ".join(_FUTURE.words), _FUTURE.pattern.pattern.replace("|would", "").replace("going", "gonna|going")
)
_MUST = hung(
    """must should ought has have need needs require requires want wants demand demands demanded demanding call calls
    called calling urge urges urged let time""",
    r"\b(?:must|should|ought\s+to|has\s+to|have\s+to|needs?\s+to|need\s+(?:a|the|more|for|to)|requires?\s+us"
    r"|(?:i|we)\s+want\s+(?!to\s+(?:emphasi|stress|say|thank|make))|wants?\s+(?:my|the|a)\b|demand(?:s|ed|ing)?\b|call(?:s|ed|ing)?\s+(?:on|for)"
    r"|urge[sd]?\b|let\s+us|it\s+is\s+time)\b",
)
_IMPERATIVE = re.compile(
    r"\A[“\"‘'\W]*(?:please\s+)?(?:come|open|answer|stop|give|go|look|read|listen|tell|bring|take|show|put|end|do\s+not|don[’']t"
    r"|get|make|leave|keep|remember|pay|vote|join|stand|wake|release|sign|return)\b"
    r"(?!\s+(?:is|was|are|were|has|have|had|will|would|,))",
)
_NEGATION = re.compile(r"n(?:(?<=\bn)(?:ot|ever|o|obody|one|othing|either)\b|[’']t\b)")
_NEXT_CLAUSE = re.compile(r"[,;:.!?]|\b(?:but|and|that|which|who|because|if|when)\b")
_DENIES = hung(
    "no not never nothing nobody t",
    r"\A\W*(?:there\s+(?:is|was|were|are|had\s+been|has\s+been)\s+(?:no|not|never)\b"
    r"|(?:nothing|nobody|no\s+one)\s+(?:was|were|had|has|is|gave|said|asked)\b"
    r"|(?:\S+\s+){0,6}?(?:did|had|has|have|does|do|was|were)(?:\s+(?:not|never)|n[’']t)\s+\w+"
    r"|(?:\S+\s+){1,5}?(?:never)\s+\w+|no\s+(?:such\s+)?(?:\w+\s+){1,3}(?:was|were|had|has|appeared)\b"
    r"|(?:\S+\s+){1,5}?(?:accepted|named|contains|includes|offered|made|held)\s+no\b|(?:\S+\s+){1,3}?(?:is|are)\s+not\s+(?!an?\b|the\b|to\b|be\b))",
)
_FALSE = hung(
    """false fiction untrue fake fabricate fabricates fabricated fabricating fabrication fabrications truth baseless
    unfounded hoax""",
    r"\b(?:false|fiction|untrue|fake|fabricat(?:es?|ed|ing|ions?)|no\s+truth|baseless|unfounded|hoax)\b",
)
_SUBJUNCTIVE = re.compile(
    r"(?<!\bto)(?<!ll)(?<!\bwill)(?<!\bwould)(?<!must)(?<!can)(?<!could)(?<!may)(?<!might)(?<!should)\s+be\s+\w+ed\b"
)
_MANDATIVE = 6  # words among which a wish in the subjunctive has its verb
_BARE = frozenset(
    """be take have do give go leave open return release withdraw stay remain end hold keep come accept resign sign make
    begin""".split()
)
_NOT_SINGULAR = frozenset(
    """to not never will would shall should can could may might must do did does ll d i you we they people men women
    children police please let and or but""".split()
)
_UNREAL = hung("have", r"\b(?:would|could|might)\s+have\b")
_IS_A = hung("is are was were", r"\b(?:is|are|was|were)\s+(?:not\s+)?(?:only\s+)?[“\"‘]?(?:an?|like|for)\s+")
_OPINION = hung(
    "i we there",
    r"\b(?:i|we)\s+(?:(?:do|did)(?:\s+not|n[’']t)\s+)?(?:\w+ly\s+)?(?:think|believe|feel|like|love|hate|fear|wish|admire|look\s+forward|trust|doubt)\b"
    r"|\bthere\s+is\s+(?:a\s+)?(?:hope|tremendous|great|no\s+doubt)\b",
)
_RULED_OUT = re.compile(r"\b(?:rul\w+\s+out|refus\w+|reject\w*)\b")
_CLAIMED = re.compile(
    r"\b(?:that|claims?|reports?|allegations?|accusations?|suggestions?|assertions?|charges?|having)\b"
)
_LEAD = re.compile(r"\A[“\"‘]?(?:let[’']s\s+be\s+clear|in\s+fact|look|well|yes|frankly|of\s+course|again|so)\s*[,:]\s+")
_COPULAS = frozenset(
    "is are was were be been being am seem seems seemed sounds sounded looks felt feels made makes s re m".split()
)
_WORDS = re.compile(r"\w+")
_WILLING_WORDS = frozenset(
    "will would shall ll d ready willing prepared readiness willingness committed open promise welcome".split()
)
_TALKS = frozenset(
    "conversation conversations talk talks call discussion discussions meeting chat exchange dialogue".split()
)
_NEAR = 4  # words before a judging one among which its verb stands
_PROPOSING = frozenset({"announce", "threaten", "offer", "propose"})
_PROPOSED = re.compile(r"(?:to|a|an|three|the)\b")
_KEPT = 1 << 12
_SUBJECT = 4  # words before a verb that may be its subject
_STOP = re.compile(r"[,.!?](?:(?<!,)(?<!\.\.)(?=[”\"’]?\s+\S)|[”\"’](?=\s))")


@dataclass(frozen=True)
class _Words:
    verbs: dict[str, Act]
    judging: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(resources.files("readout.annotate").joinpath("acts.toml").read_text(encoding="utf-8"))
    verbs = {verb: Act(act) for act, line in table["verbs"].items() for verb in line.split()}
    return _Words(verbs, frozenset(table["evaluation"]["words"].split()))


@dataclass
class _Said:
    """What is judged: the cue's frame, the whole content in lower case without its lead-in, and the kind."""

    how: Frame
    whole: str
    kind: str

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORDS.findall(self.whole))

    @cached_property
    def first(self) -> str:
        """The first sentence."""
        stop = _STOP.search(self.whole)
        return self.whole[: stop.end()] if stop else self.whole

    @cached_property
    def judges(self) -> bool:
        """Whether the first sentence judges."""
        return _judges(self.first, self.kind, self.words)


def acts(cases: Sequence[Case]) -> list[Act]:
    """The acts of statements, which are weighed all at once."""
    told = [(one, act_traits.words(one.content, one.kind)) for one in cases if not one.by_verb]
    weighed = iter(act_model.shipped().choose([(act_traits.traits(one, words), words) for one, words in told]))
    return [one.ruled if one.by_verb else next(weighed) for one in cases]


def case(how: Frame, content: str, kind: str, speaker: SpeakerType) -> Case:
    """What the model of acts is asked to judge: a statement by the frame of its cue, the words of its content and what
    kind of source speaks, with what the rules take it for.
    """
    low = content.lower()
    lead = _LEAD.match(low)
    said = _Said(how, low[lead.end() :] if lead else low, kind)
    told = Act.NO_COMMENT if _is_silent(said) else _by_verb(said)
    ruled = _by_rules(said, content, speaker) if told is None else told
    return Case(how, content, kind, speaker, ruled, told is not None)


def _by_rules(said: _Said, content: str, speaker: SpeakerType) -> Act:
    if speaker is SpeakerType.DOCUMENT and not _MUST.search(said.whole, said.words):
        return Act.CLAIM
    told = next((told for test in _TESTS if (told := test(said, content)) is not None), None)
    return told or (Act.EVALUATION if said.judges else Act.CLAIM)


def negated(how: Frame, content: str) -> bool:
    """Whether what is said is negative: the content is denied, or its own main clause is."""
    denied = how.verb in {"deny", "refute", "disavow", "rebut", "dispute", "dismiss", "reject"}
    low = content.lower()
    met = _NEGATION.search(low)
    return denied != (met is not None and not _NEXT_CLAUSE.search(low, 0, met.start()))


class _Cue(NamedTuple):
    """What the words of a cue alone tell: that nothing was said, that something was ruled out, or a claim was."""

    silent: bool
    rules_out: bool
    claimed: bool


@lru_cache(maxsize=_KEPT)
def _cue(words: str) -> _Cue:
    return _Cue(*(bool(pattern.search(words)) for pattern in (_SILENT, _RULED_OUT, _CLAIMED)))


def _is_silent(said: _Said) -> bool:
    if _cue(said.how.text).silent or _NO_COMMENT.search(said.whole, said.words):
        return True
    return said.how.verb in {"decline", "refuse"} and bool(_TO_COMMENT.match(said.whole))


def _by_verb(said: _Said) -> Act | None:
    how, cue = said.how, _cue(said.how.text)
    if cue.rules_out:
        denied = how.verb == "reject" and (said.kind == "direct" or cue.claimed or _CLAIMED.search(said.whole))
        return Act.DENIAL if denied else Act.REFUSAL
    special = _SPECIAL.get(how.verb)
    if special is not None and (told := special(how, said.whole)) is not None:
        return told
    if how.words == ("agreed",) and said.whole.startswith("to "):
        return Act.COMMITMENT
    given = _words().verbs.get(how.verb)
    if given is Act.COMMITMENT and _IF.search(said.whole, said.words):
        return Act.CONDITION
    return given


def _called(how: Frame, content: str) -> Act | None:
    wanted = "for" in how.words or "on" in how.words or content.startswith(("for ", "on "))
    return Act.DEMAND if wanted else Act.EVALUATION


def _asked(how: Frame, content: str) -> Act | None:
    if "for" in how.words:
        return Act.DEMAND
    return Act.DEMAND if re.match(r"(?:\S+\s+){0,4}(?:to|for|not|a)\b", content) and "?" not in content else None


def _warned(how: Frame, content: str) -> Act | None:
    if content.startswith("not to"):
        return Act.DEMAND
    return Act.EVALUATION if "against" in how.words or content.startswith("against") else None


def _insisted(how: Frame, content: str) -> Act | None:
    wanted = "on" in how.words or content.startswith("on ") or _SUBJUNCTIVE.search(content) or _is_mandative(content)
    return Act.DEMAND if wanted else None


def _is_mandative(content: str) -> bool:
    """Whether the verb of a subject in the singular has no ending: "that filling take seven years"."""
    words = _WORDS.findall(content)[:_MANDATIVE]
    at = next((at for at, word in enumerate(words) if word in _BARE), 0)
    subject = words[at - 1] if at else ""
    return bool(subject) and not subject.endswith("s") and subject not in _NOT_SINGULAR and "and" not in words[:at]


def _described(_: Frame, content: str) -> Act | None:
    return Act.EVALUATION if re.search(r"\bas\b|[“\"‘]", content) else Act.CLAIM


def _accused(_: Frame, content: str) -> Act | None:
    return Act.EVALUATION if re.search(r"\bbeing\b", content) else Act.CLAIM


_SPECIAL = {
    "call": _called,
    "ask": _asked,
    "warn": _warned,
    "caution": _warned,
    "describe": _described,
    "accuse": _accused,
    "insist": _insisted,
}


def _condition(said: _Said, _: str) -> Act | None:
    met = _IF.search(said.first, said.words)
    if met is None or _RELATIVE.search(said.first, 0, met.start()):
        return None
    return Act.CONDITION if _WILLING.search(said.first) else None


def _refusal(said: _Said, content: str) -> Act | None:
    refused = _WONT.search(said.first, said.words)
    if refused is None or _WILL.search(said.first, 0, refused.start()):
        return None
    begun = len(content) - len(said.whole) + refused.start()
    subject = _WORDS.findall(content[:begun])[-_SUBJECT:]
    if not subject:
        return None
    return Act.REFUSAL if _is_self(subject, said.kind) else Act.PREDICTION


def _denial(said: _Said, _: str) -> Act | None:
    denied = _FALSE.search(said.first, said.words) or _DENIES.match(said.first, said.words)
    return Act.DENIAL if denied and not said.judges else None


def _demand(said: _Said, _: str) -> Act | None:
    wanted = (said.kind != "indirect" and _IMPERATIVE.match(said.whole)) or _MUST.search(said.first, said.words)
    return Act.DEMAND if wanted else None


def _commitment(said: _Said, _: str) -> Act | None:
    if said.first.rstrip("”\"’'").endswith("?"):
        return Act.CLAIM
    if not _WILLING_WORDS.isdisjoint(said.words) and _WILL.search(said.whole):
        return Act.COMMITMENT
    if said.how.verb in _PROPOSING and _PROPOSED.match(said.whole):
        return Act.COMMITMENT
    if said.how.verb == "confirm":
        return Act.CLAIM
    met = _PLANNED.match(said.first, said.words)
    if met is None or said.kind == "direct" or said.judges:
        return None
    verb, after = met["verb"], met["next"] or ""
    passive = verb == "be" and (after.endswith("ed") or after in _DONE)
    return Act.COMMITMENT if passive or (verb not in _BY_ITSELF and verb not in {"be", "not", "never"}) else None


def _prediction(said: _Said, _: str) -> Act | None:
    if _HOPE.match(said.first):
        return Act.PREDICTION
    opinion = _OPINION.search(said.first, said.words)
    if opinion is not None and opinion.start() < _NEAR:
        return None
    future = _FUTURE if said.kind != "direct" else _FUTURE_DIRECT
    told = future.search(said.first, said.words) and not _UNREAL.search(said.first, said.words)
    return Act.PREDICTION if told else None


_TESTS = (_condition, _refusal, _denial, _demand, _commitment, _prediction)


def _is_self(subject: Sequence[str], kind: str) -> bool:
    """Whether a subject is likely the speaker: a pronoun of the first person, or of the third in indirect speech."""
    low = [word.lower() for word in subject]
    if kind == "direct":
        return bool({"i", "we"} & set(low))
    own = bool({"his", "her", "its", "their", "our", "my"} & set(low))
    return own or low[-1] in {"he", "she", "it", "they", "we", "i"} or any(word[:1].isupper() for word in subject)


def _judges(content: str, kind: str, told: frozenset[str]) -> bool:
    """Whether a sentence judges, whose words are among those told."""
    if _OPINION.search(content, told) or _THANKS.match(content) or (kind != "indirect" and _IS_A.search(content, told)):
        return True
    judging = _words().judging
    if judging.isdisjoint(told):
        return False
    words = _WORDS.findall(content)
    return any(
        word in judging
        and (
            not _TALKS.isdisjoint(words[at + 1 : at + _NEAR]) or not _COPULAS.isdisjoint(words[max(0, at - _NEAR) : at])
        )
        for at, word in enumerate(words)
    )
