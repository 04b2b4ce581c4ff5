"""What a reader wants to see no more → what a list leaves out, and why. Pure.

A story is left out when it is muted itself, when every outlet that tells it is, or when its headline has a muted word,
name or hashtag, each word whole. An article likewise, by its own outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from readout.models import Coverage, Matter, Regard

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG = 4  # letters of a last name that is looked for alone
_RUN = 6  # words of which a hashtag may be made


@dataclass(frozen=True)
class Mutes:
    """What is muted: stories by id, outlets by name, and runs of words with what each was muted as."""

    stories: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def story(self, story: Coverage) -> str:
        """Why that story is left out; nothing where it is not."""
        if story.id in self.stories or story.storyline in self.stories:
            return "story"
        if self.outlets and story.outlets and self.outlets.issuperset(story.outlets):
            return "outlet"
        return self.title(story.headline.text if story.headline else "")

    def article(self, title: str, outlet: str | None) -> str:
        """Why that article is left out; nothing where it is not."""
        return "outlet" if outlet in self.outlets else self.title(title)

    def title(self, title: str) -> str:
        """As what the words of a headline are muted; nothing where they are not."""
        if not self.phrases and not self.tags:
            return ""
        words = _words(title)
        for at in range(len(words)):
            for end in range(at + 1, min(len(words), at + _RUN) + 1):
                run = words[at:end]
                found = self.phrases.get(run) or self.tags.get("".join(run))
                if found:
                    return found
        return ""


def mutes(regards: Iterable[Regard]) -> Mutes:
    """What those regards mute."""
    stories, outlets = set(), set()
    phrases: dict[tuple[str, ...], str] = {}
    tags: dict[str, str] = {}
    for one in regards:
        if one.what is Matter.STORY:
            stories.add(one.value)
        elif one.what is Matter.OUTLET:
            outlets.add(one.name)
        elif one.what is Matter.TAG:
            tags["".join(_words(one.value))] = "hashtag"
        else:
            words = _words(one.name if one.what is Matter.NAME else one.value)
            phrases[words[:_RUN]] = str(one.what)
            if one.what is Matter.NAME and len(words[-1:] and words[-1]) >= _LONG:
                phrases[words[-1:]] = str(one.what)
    phrases.pop((), None)
    return Mutes(frozenset(stories), frozenset(outlets), phrases, tags)


def _words(text: str) -> tuple[str, ...]:
    found = (one.removesuffix("'s").removesuffix("’s") for one in _WORDS.findall(text.casefold()))
    return tuple(found)
