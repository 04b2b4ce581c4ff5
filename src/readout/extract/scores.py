"""How well each label fits the look of a line: a table of facts and their weights, in arbitrary units of evidence.

Set by hand on what news pages have in common; `quality/captures.py` says how well they do.
"""

from __future__ import annotations

from readout.extract.looks import Look

FAR = -12.0  # a label that a line cannot have
_PARAGRAPH = 25  # words from which a line is surely running text
_SENTENCE = 8
_SHORT = 3
_TITLE = 35
_NAME = 8
_SUBHEAD = 12
_FLAT = 40


def scores(look: Look) -> list[float]:
    """One score for every `layout.Label`, in its order."""
    shown = _furniture(look) + (1.0 if look.apart else 0.0)
    title = _title(look)
    body = _running(look)
    return [
        shown + (-1.0 if _SHORT <= look.words <= _TITLE and not shown > 0 else 0.0),  # FRONT
        _name(look),  # OUTLET_OF_MAIN
        4.0 if look.age else FAR,  # AGE_OF_MAIN
        title - (2.0 if look.names_item else 0.0),  # TITLE
        3.0 if look.copy and not (look.interface or look.age or look.glued) else FAR,  # AGAIN
        4.5 if look.glued else FAR,  # META
        4.0 if look.photo else FAR,  # CAPTION
        body - (3.0 if look.copy or look.photo else 0.0) - (1.5 if look.apart else 0.0),  # BODY
        _subhead(look),  # SUBHEAD
        _aside(look),  # ASIDE
        _back(look, shown),  # BACK
        _pre(look),  # PRE
        _name(look),  # OUTLET
        4.0 if look.age else FAR,  # AGE
        3.0 if look.bullet and look.words <= _NAME else FAR,  # TOPIC
        title + (0.5 if look.copy else 0.0),  # HEAD
        body - (4.0 if look.flattened and look.words < _FLAT else 0.0),  # TEXT
        shown - 0.5,  # GAP
        shown,  # END
    ]


def _furniture(look: Look) -> float:  # noqa: PLR0911 - a line a look
    if look.age or look.glued:
        return -3.0
    if look.interface or look.tags:
        return 3.0
    if look.promotion:
        return 2.0
    if look.words >= _PARAGRAPH:
        return -4.0
    if look.words > 2 * _SENTENCE:
        return -1.5
    if look.stop:
        return -2.5 if look.words >= _SENTENCE else -0.8
    return 0.4


def _back(look: Look, shown: float) -> float:
    score = shown - (3.0 if look.names_item else 0.0) - (1.5 if look.joined else 0.0)
    return score - (1.0 if look.twin and not look.interface else 0.0)


def _title(look: Look) -> float:
    if look.age or look.glued or look.words > _TITLE:
        return -5.0
    score = 2.0 if look.words > 3 else 1.0 if look.words > 1 else 0.0  # noqa: PLR2004 - few headlines are so short
    score += 1.0 if look.twin else 0.0
    score -= 4.0 if look.interface or look.tags else 0.0
    score -= 2.0 if look.bullet and look.words < 3 else 0.0  # noqa: PLR2004 - an outlet or a topic
    return score - (0.7 if look.stop else 0.0) - (2.0 if look.colon else 0.0)


def _running(look: Look) -> float:
    if look.age or look.interface or look.tags:
        return -5.0
    score = 3.0 if look.words >= _PARAGRAPH else 2.0 if look.words >= _SENTENCE and look.stop else 0.0
    if look.words < _SENTENCE:
        score = 1.0 if look.stop else -1.5 if look.before_interface else -0.7
    score -= 4.0 if look.promotion else 0.0
    score -= 3.0 if look.names_item and not look.stop else 0.0
    score -= 3.0 if look.twin else 0.0
    return score - (2.5 if look.byline else 0.0) - (2.0 if look.glued else 0.0)


def _subhead(look: Look) -> float:
    if look.interface or look.age or look.copy or look.tags or look.photo or look.names_item or look.byline:
        return -5.0
    return 0.6 if look.words <= _SUBHEAD and not look.stop and look.before_text else -3.0


def _aside(look: Look) -> float:
    if look.interface or look.tags or look.byline:
        return 3.0
    if look.promotion or (look.photo and look.words <= _SENTENCE):
        return 2.5
    if look.bullet and look.words <= _NAME:
        return 0.5
    return -4.0 if look.words >= _PARAGRAPH else -1.2


def _pre(look: Look) -> float:
    if look.age or look.interface or look.words > _TITLE or look.words < 2:  # noqa: PLR2004 - a title has two words
        return -5.0
    return (3.0 if look.twin else -1.0) + (2.0 if look.leads_to_item else 0.0)


def _name(look: Look) -> float:
    if not look.names_item or look.interface or look.bullet:
        return FAR
    return 4.0 - (1.5 if look.stop else 0.0) - (5.0 if look.twin else 0.0)
