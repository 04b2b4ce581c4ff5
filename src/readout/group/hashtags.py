"""Hashtags of articles and stories: the few names and phrases that tell most, each thing by one tag.

    Article, Annotation → names (canonical) and key phrases → worth by rarity, place and mentions → Tag

A name goes by its fullest form: a surname alone by the one full name that it ends, here or among what the whole archive
calls somebody (`canon`). A key phrase is words that a text repeats and that are rare in news at large; rarity is known
of English alone. Outlets, agencies and bylines are not what an article is about, and tell nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log

from readout.group.features import BUCKETS, rarity, stems_of, stop_words
from readout.models import Annotation, Article, ArticleId, Entity, EntityKind, Tag, TagCount, TagKind
from readout.text import sounds
from readout.text.stems import stem

OF_ARTICLE, OF_STORY = 5, 8  # tags at most
_PHRASES = 2
LATEST = 50  # articles that a count names
_READ = 20_000  # characters of a body that phrases are looked for in
_LEAD = 500
_LONGEST_NAME, _LONGEST = 5, 40  # words of a name, characters of a tag
_IN_TITLE, _IN_LEAD, _PHRASE = 2.0, 1.3, 0.6
_LEAST = 5.0  # worth
_LEAST_SHARE = 0.25  # of the best one's worth
_RARE, _RARE_ALONE = 2.5, 3.5  # what a word of a phrase is worth at least; e to this is one article in how many
_MOST_RARE = 7.0  # what is rarer tells no more
_OFTEN = 2  # a phrase stands in a text so often
_OF_STORY_SHARE = 0.2  # of a story's texts that have a tag
_KINDS = {
    EntityKind.PERSON: TagKind.PERSON,
    EntityKind.BODY: TagKind.BODY,
    EntityKind.PLACE: TagKind.PLACE,
    EntityKind.WORK: TagKind.WORK,
    EntityKind.OTHER: TagKind.NAME,
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.,;:!?\n()\"“”«»—–]")
_PIECE = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?$")
_DERIVED = re.compile(r"(?:an|ese|ish|i|ic)s?$")  # Caldrian, Chinese, Danish: the land has its own name
_STEM_OF_LAND = 4
_ALIKE = 4  # letters

Canon = Mapping[str, str]


def of_article(
    article: Article, annotation: Annotation | None = None, *, canon: Canon | None = None
) -> tuple[Tag, ...]:
    """The tags of an article, the most telling first. `canon` leads from the key of a name to the name it goes by."""
    entities = annotation.entities if annotation else ()
    found = [*_names(article, entities, canon or {})]
    if (annotation.language if annotation else article.language) in {None, "en"}:
        found += _phrases(article, entities)
    return _mixed(_distinct(found))


def of_story(tags: Sequence[Sequence[Tag]]) -> tuple[Tag, ...]:
    """The tags of a story from those of its texts, each text once: those that several have."""
    counts: Counter[str] = Counter(tag.key for some in tags for tag in some)
    worth: dict[str, float] = defaultdict(float)
    best: dict[str, Tag] = {}
    for some in tags:
        for tag in some:
            worth[tag.key] += tag.weight
            best[tag.key] = min(best.get(tag.key, tag), tag, key=lambda one: (-one.weight, one.text))
    least = max(min(2, len(tags)), _OF_STORY_SHARE * len(tags))
    found = [replace(tag, weight=worth[key] / len(tags)) for key, tag in best.items() if counts[key] >= least]
    return _chosen(_distinct(found), OF_STORY, 0.0)


def packed(tags: Iterable[Tag]) -> str:
    """Tags as a text to keep, a line each."""
    return "\n".join(f"{tag.kind}\t{tag.weight:.2f}\t{' '.join(tag.name.split())}" for tag in tags)


def unpacked(kept: str) -> tuple[Tag, ...]:
    """What `packed` gave."""
    rows = (line.split("\t", 2) for line in kept.splitlines())
    return tuple(tag(name, TagKind(kind), float(weight)) for kind, weight, name in rows)


def renamed(tags: Iterable[Tag], canon: Canon) -> tuple[Tag, ...]:
    """Tags with the names that the whole archive has for what they name, places and phrases apart."""
    return tuple(_distinct(each_renamed(tags, canon)))


def each_renamed(tags: Iterable[Tag], canon: Canon) -> list[Tag]:
    """The same tag by tag, though two may be one then."""
    found = []
    for one in tags:
        name = None if one.kind in {TagKind.PLACE, TagKind.PHRASE} else canon.get(one.key)
        found.append(tag(name, TagKind.PERSON, one.weight) if name else one)
    return found


def counted(tagged: Iterable[tuple[ArticleId, date | None, Sequence[Tag]]]) -> tuple[TagCount, ...]:
    """How often each tag is met, from articles with the day of each and its tags: the most met first."""
    met: dict[str, list[tuple[date | None, ArticleId]]] = defaultdict(list)
    shown: dict[str, Counter[Tag]] = defaultdict(Counter)
    for article, day, some in tagged:
        for tag in {one.key: one for one in some}.values():
            met[tag.key].append((day, article))
            shown[tag.key][replace(tag, weight=0.0)] += 1
    counts = [count(shown[key], places) for key, places in met.items()]
    return tuple(sorted(counts, key=lambda one: (-one.articles, one.tag.key)))


def canonical(names: Iterable[str], least: int = 1) -> dict[str, str]:
    """From the key of each last name to the one person's name that it ends, from names with a title to those without,
    and from other spellings to the one most met; where several could be meant, to none. A full name counts that is met
    as often as `least`.
    """
    counts = Counter(names)
    distinct = {key(name): name for name in sorted(counts, key=lambda name: (counts[name], name)) if key(name)}
    meant: dict[str, set[str]] = defaultdict(set)
    spelled = _spelled_alike(distinct, counts)
    for whole, name in distinct.items():
        pieces = _pieces(name)
        if 1 < len(pieces) <= _LONGEST_NAME and counts[name] >= least:
            meant[key(pieces[-1])].add(spelled.get(whole, name))
    short = {one: next(iter(full)) for one, full in meant.items() if len(full) == 1}
    return short | _titled(distinct) | spelled


def _spelled_alike(distinct: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """From each spelling of a full name to the one most met: alike in sound, one word the same to the letter, the
    others alike at their beginning.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for whole, name in distinct.items():
        pieces = _pieces(name)
        if 1 < len(pieces) <= _LONGEST_NAME:
            groups[tuple(sounds.keys(" ".join(pieces)))].append(whole)
    found: dict[str, str] = {}
    for group in groups.values():
        head = min(group, key=lambda one: (-counts[distinct[one]], one))
        found |= {one: distinct[head] for one in group if one != head and _one_name(distinct[one], distinct[head])}
    return found


def _one_name(one: str, other: str) -> bool:
    pairs = list(zip(map(key, _pieces(one)), map(key, _pieces(other)), strict=False))
    same = sum(a == b for a, b in pairs)
    return bool(same) and all(a == b or (a[:_ALIKE] == b[:_ALIKE] and len(a) > _ALIKE) for a, b in pairs)


def _titled(distinct: Mapping[str, str]) -> dict[str, str]:
    """From names with something before them ("Chief Negotiator Ada Perrin") to those that they end with."""
    found = {}
    for long, name in distinct.items():
        pieces = _pieces(name)
        ends = (distinct.get(key(" ".join(pieces[at:]))) for at in range(1, len(pieces) - 1))
        held = next((end for end in ends if end), None)
        if held:
            found[long] = held
    return found


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """What makes two spellings of a tag one: letters and digits without marks, lower case, no genitive, no article."""
    pieces = _pieces(name)
    plain = unicodedata.normalize("NFKD", "".join(pieces).casefold())
    if plain.isascii():
        return plain
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def text(name: str) -> str:
    """A name as a tag shows it: its words run together, each with a capital."""
    return "".join(piece[0].upper() + piece[1:] for piece in _pieces(name))


def tag(name: str, kind: TagKind, weight: float = 0.0) -> Tag:
    """The tag that a name makes."""
    same = "".join(stem(word) for word in name.split()) if kind is TagKind.PHRASE else key(name)
    return Tag(same, text(name), name, kind, weight)


def _pieces(name: str) -> list[str]:
    bare = _GENITIVE.sub("", name.strip())
    pieces = _PIECE.findall(bare.replace("’", "").replace("'", ""))
    return pieces[1:] if len(pieces) > 1 and pieces[0].lower() == "the" else pieces


def _names(article: Article, entities: Sequence[Entity], canon: Canon) -> Iterator[Tag]:
    here = canonical(entity.name for entity in entities if entity.kind is EntityKind.PERSON)
    outlets = _not_about(article)
    title, lead = key(article.title), key(article.body[:_LEAD])
    for entity in entities:
        short = key(entity.name)
        name = entity.name if entity.kind is EntityKind.PLACE else canon.get(short) or here.get(short) or entity.name
        whole = key(name)
        name = canon.get(whole, name)
        if not _is_name(entity, name) or short in outlets or whole in outlets or _is_derived(entity, entities):
            continue
        named = sum(mention.form == "name" for mention in entity.mentions) or len(entity.mentions)
        forms = {short, whole, *map(key, entity.aliases), key((_pieces(name) or [""])[-1])} - {""}
        worth = _rarity(name) * log(1 + named)
        worth *= _IN_TITLE if any(form in title for form in forms) else 1.0
        worth *= _IN_LEAD if any(form in lead for form in forms) else 1.0
        yield tag(name, _KINDS[entity.kind], worth)


def _not_about(article: Article) -> set[str]:
    """Keys of names that only say where a text comes from."""
    names = [article.outlet or "", article.dateline or "", *article.authors, *(one.name for one in article.credits)]
    return {key(name) for name in names} - {""}


def _is_name(entity: Entity, name: str) -> bool:
    """Whether it can stand as a tag: a few words, not too long, no numbers on their own, no headline in capitals."""
    pieces = _pieces(name)
    size = len("".join(pieces))
    if not 0 < len(pieces) <= _LONGEST_NAME or not 1 < size <= _LONGEST or any(piece.isdigit() for piece in pieces):
        return False
    if entity.kind is EntityKind.OTHER and len(entity.mentions) < _OFTEN:
        return False
    shouted = len(pieces) > 1 and name.isupper()
    return any(sign.isalpha() for sign in name) and name[:1].upper() == name[:1] and not shouted


def _is_derived(entity: Entity, entities: Sequence[Entity]) -> bool:
    """Whether it is an adjective or a people's name made from another name that is there."""
    name = entity.name.casefold()
    if " " in name or not _DERIVED.search(name):
        return False
    start = _DERIVED.sub("", name)[:_STEM_OF_LAND]
    if entity.kind is EntityKind.OTHER:
        return True
    others = (other.name.casefold() for other in entities if other is not entity)
    return any(other.startswith(start) and not _DERIVED.search(other) for other in others)


def _phrases(article: Article, entities: Sequence[Entity]) -> Iterator[Tag]:
    """Words in lower case that stand side by side more than once, or single ones that the title has too, no verbs."""
    named = {stem(piece.lower()) for entity in entities for piece in _pieces(entity.name)}
    alone = {key(entity.name) for entity in entities}
    title = _runs(article.title.lower())
    heading = {stems for run in title for stems in _grams([stem(word) for word in run])}
    spelled = _spelled(_runs(article.body[:_READ]))
    for stems, forms in spelled.items():
        times = sum(forms.values())
        single, count = len(stems) == 1, times + (stems in heading)
        if count < _OFTEN or (single and (stems not in heading or _is_verb(forms))):
            continue
        if {key(form) for form in forms} & alone if single else named & set(stems):
            continue
        rare = [_rarity(piece) for piece in stems]
        if min(rare) < (_RARE_ALONE if single else _RARE) or len(set(stems)) < len(stems):
            continue
        name = min(sorted(forms), key=lambda form: -forms[form])
        place = _IN_TITLE if stems in heading else 1.0
        worth = _PHRASE * place * sum(rare) / len(rare) ** 0.5 * log(1 + count)
        yield tag(name, TagKind.PHRASE, worth)


def _spelled(runs: Iterable[Sequence[str]]) -> dict[tuple[str, ...], dict[str, int]]:
    """The words of runs and what stands side by side in them, by their stems: how often each spelling is met."""
    met: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        met.update((word,) for word in run)
        met.update(pairwise(run))
    found: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for words, times in met.items():
        found[tuple(map(stem, words))][" ".join(words)] = times
    return found


def _is_verb(forms: Iterable[str]) -> bool:
    return any(form.endswith(("ed", "ing")) for form in forms)


def _runs(body: str) -> list[list[str]]:
    """The telling words in lower case that stand side by side."""
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(body):
        if word[0].isalpha() and word.islower() and len(word) > 2 and word not in stop_words():  # noqa: PLR2004
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _grams(stems: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in (1, 2):
        yield from (tuple(stems[at : at + size]) for at in range(len(stems) - size + 1))


def _rarity(words: str) -> float:
    """The rarity of the rarest of some words."""
    idf = rarity()
    return min(_MOST_RARE, max((idf[id_ % BUCKETS] for id_ in stems_of(words)), default=0.0))


def _distinct(tags: Iterable[Tag]) -> list[Tag]:
    """One tag for one thing: equal keys are one, and a phrase within a better one goes."""
    best: dict[str, Tag] = {}
    for tag in tags:
        held = best.get(tag.key)
        if held is None or (tag.weight, tag.text) > (held.weight, held.text):
            best[tag.key] = tag
    ranked = sorted(best.values(), key=lambda one: (-one.weight, one.key))
    kept: list[Tag] = []
    for tag in ranked:
        parts = tag.kind is TagKind.PHRASE
        if not any(parts and (tag.key in other.key or other.key in tag.key) for other in kept):
            kept.append(tag)
    return kept


def _chosen(tags: Sequence[Tag], most: int, least: float = _LEAST) -> tuple[Tag, ...]:
    ranked = sorted(tags, key=lambda one: (-one.weight, one.key))
    bar = max(least, _LEAST_SHARE * ranked[0].weight) if ranked else least
    return tuple(tag for tag in ranked if tag.weight >= bar)[:most]


def _mixed(tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """The tags of an article: one place is a phrase's, which says what it is about where names only say who."""
    best = _chosen(tags, len(tags))
    phrases = [tag for tag in best if tag.kind is TagKind.PHRASE][:_PHRASES]
    names = [tag for tag in best if tag.kind is not TagKind.PHRASE][: OF_ARTICLE - min(1, len(phrases))]
    return _chosen([*names, *phrases], OF_ARTICLE)


def _most_shown(forms: Counter[Tag]) -> Tag:
    return min(forms, key=lambda tag: (-forms[tag], tag.text, tag.kind))


def count(shown: Counter[Tag], places: Sequence[tuple[date | None, ArticleId]]) -> TagCount:
    """How often a tag is met, from its forms with how many articles have each, and the articles with their days."""
    days = Counter(day for day, _ in places if day is not None)
    latest = sorted(places, key=lambda one: (one[0] is None, -(one[0] or date.min).toordinal(), one[1]))
    articles = tuple(article for _, article in latest[:LATEST])
    return TagCount(_most_shown(shown), len(places), tuple(sorted(days.items())), articles)
