"""How well each label fits the look of a line: a table of facts and their weights, in arbitrary units of evidence.

Set by hand on what news pages have in common; `quality/captures.py` says how well they do.
"""

from __future__ import annotations

from functools import lru_cache

from readout.extract.looks import Look

UNIT = 10
FAR = -1000.0  # a label that a line cannot have
_LEAD = 20  # words from which a sentence is no title
_PARAGRAPH = 25  # words from which a line is surely running text
_SENTENCE = 8
_MENU = 3  # words that an entry of a menu has at most
_TITLE = 35
_LONGEST_TITLE = 60
_NAME = 8
_SUBHEAD = 12
_FLAT = 40


@lru_cache(maxsize=8192)
def scores(look: Look) -> tuple[int, ...]:
    """One score for every `layout.Label`, in its order, `UNIT` to one of the table's: whole numbers add up exactly."""
    return tuple(round(score * UNIT) for score in _weights(look))


def _weights(look: Look) -> tuple[float, ...]:
    shown = _furniture(look) + (1.0 if look.apart else 0.0)
    title = _title(look)
    body = _running(look)
    head = title - 0.3 * look.echo + (0.5 if look.copy else 0.0)
    topic = 3.0 if look.bullet and look.words <= _NAME else FAR
    age = 4.0 if look.age and not look.commented else FAR
    glued = 4.5 if look.imprint and not look.commented else FAR
    imprint = 4.5 if look.imprint else 4.0 if look.age else FAR
    caption = _caption(look)
    name = _name(look)
    name_of_main = name - (4.0 if look.post else 0.0)
    return (
        _front(look, shown),  # FRONT
        name_of_main,  # MAST
        imprint,  # IMPRINT_ABOVE
        title - (2.0 if look.names_item else 0.0),  # TITLE
        3.0 if look.copy and not (look.interface or look.age or look.imprint) else FAR,  # AGAIN
        name_of_main,  # OUTLET_OF_MAIN
        imprint,  # IMPRINT_OF_MAIN
        _standfirst(look),  # STANDFIRST
        _note(look),  # NOTE
        caption,  # PICTURE
        body - (3.0 if look.copy or look.photo or look.pulled else 0.0) - (1.5 if look.apart else 0.0),  # BODY
        caption,  # CAPTION
        _subhead(look),  # SUBHEAD
        _aside(look),  # ASIDE
        _back(look, shown),  # BACK
        name,  # OUTLET
        age,  # AGE
        glued,  # IMPRINT
        topic,  # TOPIC
        head,  # HEAD
        _pre(look),  # PRE
        name,  # OUTLET_BELOW
        age,  # AGE_BELOW
        glued,  # IMPRINT_BELOW
        topic,  # TOPIC_BELOW
        head + (0.5 if look.copy else -2.0),  # HEAD_AGAIN
        body - (4.0 if look.flattened and look.words < _FLAT else 0.0),  # TEXT
        _subhead(look) - (4.0 if look.flattened else 0.0),  # HEADING
        shown - (4.5 if look.related else 0.5),  # GAP
        shown,  # END
    )


def _furniture(look: Look) -> float:  # noqa: PLR0911 - a line a look
    if look.commented:
        return 2.0
    if look.age or look.imprint:
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
        return -2.5 if look.words >= _SENTENCE and not look.question else -0.8
    return 0.4


def _front(look: Look, shown: float) -> float:
    if look.section:
        return 2.0
    if look.interface or look.promotion:
        return shown
    return shown - (1.0 if look.words > _MENU else 0.0) - 1.1 * look.echo


def _back(look: Look, shown: float) -> float:
    score = shown - (3.0 if look.names_item and not look.commented else 0.0) - (1.5 if look.joined else 0.0)
    score -= 1.5 if look.leads_to_item and not look.interface else 0.0
    return score - (1.0 if look.twin and not look.interface else 0.0)


def _title(look: Look) -> float:
    if look.age or look.imprint:
        return -5.0
    if look.words > (_TITLE if look.stop else _LONGEST_TITLE) and not look.twin:
        return -5.0
    score = 2.0 if look.words > _MENU else 1.0 if look.words > 1 or look.twin else -0.5
    score += 0.3 * look.echo
    score -= 2.0 if look.words > _TITLE else 0.0
    score += 1.0 if look.twin else 0.0
    score -= 4.0 if look.interface or look.tags or look.commented else 3.0 if look.section else 0.0
    score -= 2.0 if look.lower or look.byline or look.photo or look.cells else 0.0
    score -= 2.0 if look.bullet else 0.0
    return score - (0.2 if look.question else 0.7 if look.stop else 0.0) - (2.0 if look.colon else 0.0)


def _standfirst(look: Look) -> float:
    if look.interface or look.age or look.imprint or look.tags or look.photo or look.byline or look.copy:
        return -5.0
    if look.words >= _PARAGRAPH and look.stop:
        return -3.0
    if look.words <= _MENU or look.words > _LONGEST_TITLE:
        return -1.0
    return (0.6 if look.stop else 1.0) - (3.0 if look.promotion or look.bullet else 0.0)


def _note(look: Look) -> float:
    if look.interface or look.tags or look.byline or look.post:
        return 2.0 if look.related else 3.0
    if look.promotion:
        return 2.5
    if look.writers:
        return 2.0
    if look.age or look.imprint:
        return -3.0
    if look.words >= _PARAGRAPH:
        return -4.0
    return 0.3 if look.words <= _NAME and not look.stop and not look.bullet else -1.2


def _caption(look: Look) -> float:
    if look.owner:
        return 3.5
    if look.photo:
        return 4.0
    if not (look.by_owner and _MENU < look.words <= _PARAGRAPH) or look.interface or look.age or look.imprint:
        return FAR
    if look.stop:
        return 2.3 if look.above_owner else FAR
    return 1.3 if look.above_owner else 2.0


def _running(look: Look) -> float:
    if look.age or look.interface or look.tags or look.commented:
        return -5.0
    score = 3.0 if look.words >= _PARAGRAPH else 2.0 if look.words >= _SENTENCE and look.stop else 0.0
    if look.words < _SENTENCE:
        score = _short_line(look)
    elif look.trailing and not look.stop and look.words < _PARAGRAPH:
        score -= 1.0
    score += 2.5 if look.credit else 0.8 if look.colon and look.above_list else 0.0
    score += 1.0 if look.cells else 0.0
    score -= 4.0 if look.promotion else 0.0
    score -= 3.0 if look.names_item and not look.stop else 0.0
    score -= 3.0 if look.twin else 0.0
    return score - (2.5 if look.byline else 0.0) - (2.0 if look.imprint or look.owner else 0.0)


def _short_line(look: Look) -> float:
    if look.stop or look.lower or look.cells:
        return 1.0
    if look.bullet and look.words > 2:  # noqa: PLR2004 - a bullet and a word name an outlet or a topic
        return 0.8
    return -1.5 if look.above_interface else -1.2 if look.trailing else -0.7


def _subhead(look: Look) -> float:
    if (
        look.interface
        or look.age
        or look.imprint
        or look.copy
        or look.tags
        or look.photo
        or look.names_item
        or look.byline
    ):
        return -5.0
    if look.lower or look.dash or look.cells or look.pulled or look.bullet or look.colon or look.amid_interface:
        return -3.0
    return 0.6 if look.words <= _SUBHEAD and not look.stop and look.heads_text else -3.0


def _aside(look: Look) -> float:
    if look.interface or look.tags or look.byline:
        return 2.0 if look.related else 3.0
    if look.imprint:
        return -2.5
    if look.promotion or (look.photo and look.words <= _SENTENCE):
        return 2.5
    if look.words >= _PARAGRAPH:
        return -4.0
    if look.pulled:
        return 2.0
    return 1.0 if look.amid_interface and not look.stop and not look.age else -1.2


def _pre(look: Look) -> float:
    if look.age or look.imprint or look.interface or look.lower or look.dash or look.cells or look.commented:
        return -5.0
    if not (1 < look.words <= _LONGEST_TITLE or look.twin):
        return -5.0
    if not (look.twin or look.leads_to_item) or (look.stop and not look.question and look.words > _LEAD):
        return -5.0
    score = 3.0 if look.twin else -2.5 if look.stop and not look.question else -1.0
    score += 2.5 + 0.8 * look.titles_above if look.leads_to_item else 0.0
    return score + 0.3 * look.echo


def _name(look: Look) -> float:
    if not look.names_item or look.interface or look.bullet or look.commented or look.byline:
        return FAR
    return 4.0 - (1.5 if look.stop else 0.0) - (5.0 if look.twin else 0.0)
