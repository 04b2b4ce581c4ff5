"""Words that introduce speech and thought: verbs, nouns and adverbs, their meanings and frames. A list, no judgement.

The words are in cues.toml; here their inflections are built and looked up. Each word form has a set of classes, kept
as the bits of one integer so that a whole text's classes are one array.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

_VOWELS = "aeiou"


@dataclass(frozen=True)
class Lexicon:
    """Classes of words: `bits[form]` has bit k set where the lower-case form belongs to `classes[k]`.

    `frames[verb class]` names the frames its verbs stand in; `lemmas[form]` is a verb form's base form.
    """

    classes: tuple[str, ...]
    bits: dict[str, int]
    frames: dict[str, tuple[str, ...]]
    lemmas: dict[str, str]

    def has(self, form: str, name: str) -> bool:
        """Whether a lower-case word form belongs to the class `name`."""
        return bool(self.bits.get(form, 0) & self._masks[name])

    @cached_property
    def _masks(self) -> dict[str, int]:
        return {name: 1 << place for place, name in enumerate(self.classes)}


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    source = resources.files("readout.annotate").joinpath("cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(source)
    irregular: dict[str, list[str]] = tables["irregular"]
    classes: list[str] = []
    bits: dict[str, int] = {}
    lemmas: dict[str, str] = {}

    def put(name: str, forms: Iterator[str]) -> None:
        if name not in classes:
            classes.append(name)
        for form in forms:
            bits[form] = bits.get(form, 0) | 1 << classes.index(name)

    for group in tables["group"]:
        for verb in group["verbs"]:
            forms = {verb, *irregular.get(verb, _regular(verb)), *_present(verb)}
            put(group["name"], iter(forms))
            lemmas.update((form, verb) for form in forms if form not in lemmas)
            put("ing", (form for form in forms if form.endswith("ing")))
            put("past", (form for form in forms - {verb, *_present(verb)} if not form.endswith("ing")))
    for name in ("speech", "thought", "speaker"):
        put(name, (form for noun in tables["nouns"][name] for form in _plural(noun)))
    for name in ("adjectives", "adverbs"):
        put(name, iter(tables["nouns"][name]))
    for name, words in tables["closed"].items():
        put(name, iter(words))
    frames = {group["name"]: tuple(group["frames"]) for group in tables["group"]}
    return Lexicon(tuple(classes), bits, frames, lemmas)


def _regular(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return (verb[:-1] + "ied", verb + "ing")
    return (verb + "ed", verb + "ing")


def _present(verb: str) -> tuple[str, ...]:
    ing = () if verb.endswith("e") else (verb + "ing",)
    return (*_plural(verb)[1:], *ing)


def _plural(noun: str) -> tuple[str, str]:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun, noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun, noun + "es"
    if noun.endswith("man"):
        return noun, noun[:-3] + "men"
    return noun, noun + "s"
