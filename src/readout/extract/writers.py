"""Bylines: lines that only say who wrote an article, and the authors' names in them. Knows no names.

A byline begins with a word for "by", and every name in it begins with a capital; "By train to the coast" is none.
"""

from __future__ import annotations

import re

_BY = re.compile(
    r"(?:(?:story|words|written|text|reported|analysis|opinion|exclusive|report) )?by:? "
    r"|von |par |por |di |door |av |af |od |text: ?|autora?: ?|author: ?|автор:? ?|بقلم:? ?|文/|记者:? ?",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:and|&|und|et|y|e|en|och|og|и|و) ")
_PLACE = re.compile(r" (?:in|at|for|from|à|en|em|aus|a|в) (?=[^\W\d_])")
_PARTICLES = frozenset(
    "de da do dos di del della der den des du el al la le los van von bin ibn ben y of the st for and in & et und"
    "".split()
)
_ROLES = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|columnist|staff|chief|bureau|contributor|professor|fellow|analyst|author"
    r"|producer|critic|head of|journalist|redakteurin?|korrespondent(?:in)?|journaliste|envoyée? spéciale?)\b",
    re.IGNORECASE,
)
_OUTLET_WORDS = re.compile(
    r"\A(?:the|le|la|el|il|die|der|das|de|het|al|an|o|a)\b"
    r"|\b(?:post|times|news|newshour|herald|gazette|wire|press|tribune|journal|daily|star|sun|mail|guardian|observer"
    r"|telegraph|standard|chronicle|today|tv|radio|broadcasting|network|media|agency|report|reporter|reports|review"
    r"|world|weekly|monthly|quarterly|magazine|online|zeitung|blatt|bote|kurier|anzeiger|presse|monde|correo|diario"
    r"|mundo|noticias|gazzetta|corriere|giornale|canal|kanal|channel|shimbun|express|independent|insider|globe|citizen"
    r"|nation|dispatch|courier|examiner|inquirer|sentinel|voice|monitor|outlook|week|business|live|digital|studio"
    r"|images|spectator|register|republic|democrat|beacon|institute|institution|university|center|centre|council"
    r"|foundation|association|society|union|research|policy|affairs|company|corporation|services)\b",
    re.IGNORECASE,
)
_LONGEST = 100
_POST_WORDS = 6
_NAME_WORDS = 5


def is_byline(line: str) -> bool:
    """Whether a line only says who wrote: "By Ana Poe and Jo Roe", "Story by Ana Poe, Harbour Post"."""
    return bool(authors(line))


def authors(line: str) -> tuple[str, ...]:
    """The names in a byline, in order; none where the line is no byline."""
    return read(line)[0]


def read(line: str) -> tuple[tuple[str, ...], str | None]:
    """The authors that a byline names, and what it names after them: their outlet, where that is no post of theirs."""
    match = _BY.match(line) if len(line) <= _LONGEST else None
    if match is None:
        return (), None
    pieces = [piece.strip() for piece in line[match.end() :].split(",")]
    if not pieces[-1]:
        pieces.pop()
    last = max((i for i, piece in enumerate(pieces) if _AND.search(f" {piece}")), default=0)
    names = [name for piece in pieces[: last + 1] for name in _AND.split(f" {piece}") if name.strip()]
    named = [_PLACE.split(name.strip(), maxsplit=1)[0] for name in names if not _is_lower_post(name.strip())]
    rest = pieces[last + 1 :]
    if not named or not all(map(is_name, named)) or len(rest) > 2:  # noqa: PLR2004 - a post and an outlet
        return (), None
    outlet = next((piece for piece in reversed(rest) if is_name(piece) and not _ROLES.search(piece)), None)
    return tuple(named), outlet


def _is_lower_post(text: str) -> bool:
    return text[0].islower() and _ROLES.search(text) is not None


def is_name(text: str, most: int = _NAME_WORDS) -> bool:
    """Whether every word of a text of at most so many begins as names do, in scripts that tell: "Ana de la Poe"."""
    words = text.split()
    if not 0 < len(words) <= most or text[-1] in "?!:;" or len(text) > _LONGEST:
        return False
    return not words[0][0].islower() and all(
        not word[0].islower() or word in _PARTICLES for word in words if word[0].isalnum()
    )


def bare(line: str) -> tuple[str, ...]:
    """The authors in a byline without a "by", which only its place on the page tells: "Ana Poe in Vessa and Jo Roe"."""
    pieces = [_PLACE.split(piece, maxsplit=1)[0] for piece in _AND.split(line.replace(",", " and"))]
    return tuple(pieces) if len(line) <= _LONGEST and all(map(is_person, pieces)) else ()


def is_person(text: str) -> bool:
    """Whether a name is built as people's are, and holds no word that outlets are named with."""
    words = text.split()
    return (
        all(word[0].isupper() for word in words[:1] + words[-1:])
        and 2 <= len(words) <= _NAME_WORDS  # noqa: PLR2004 - a first name and a last name
        and all(word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha() for word in words)
        and is_name(text)
        and not _OUTLET_WORDS.search(text)
    )


def is_post(text: str) -> bool:
    """Whether a short line names somebody's post: "Political editor", "Reporting from Vessa"."""
    if len(text) > _LONGEST or text.count(" ") >= _POST_WORDS or text[-1] in ".:;!?":
        return False
    return _ROLES.search(text) is not None or text.startswith(("Reporting from ", "Reported from "))
