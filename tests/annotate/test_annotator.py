"""The whole annotation on anything: bounded, without an exception, and every span where it says."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality.figures import Absent, shared
from readout.annotate import annotator
from readout.annotate.material import material
from readout.models import Annotation
from tests.annotate import laws
from tests.builders import article, published

SEED = 20_260_101
MUTANTS = 1_000
LONGEST = 240  # characters of a mutant: it is their number that counts
PROSE = (
    "HALMAR (Meridian) -- At least 12 soldiers were killed on Tuesday, President Orrin Valtec said. “We will not slow "
    "the filling,” he told Kanal 7 by phone. Caldria, whose prime minister Tamsin Okell flew to Eskby on March 4, "
    "denied that 40 percent of the flow was gone. "
)
HOSTILE = {
    "nothing": "",
    "blank lines": "\n \n\t\n",
    "no sentences": "valtec okell korvath " * 400,
    "all capitals": PROSE.upper() * 6,
    "a transcript": "\n".join(f"VALTEC: We will meet on Friday.\nOKELL: No, {n} of us will not." for n in range(60)),
    "a poem": "\n".join(["the river goes", "to where it goes,", "and 12 of us", "said no"] * 60),
    "a table": "\n".join(f"Halmar\t{n}\t{n * 7} percent\tMarch {n % 31}\t{n},000" for n in range(200)),
    "a mark on every line": "\n".join(['"We will meet on Friday' for _ in range(150)]),
    "marks alone": "“”\"'‘’«»„" * 300,
    "marks that only open": "“" * 2_000,
    "one word": "a" * 40_000,
    "one number": "1" * 40_000,
    "numbers": " ".join(f"{n},000 people" for n in range(1_500)),
    "number words": "one hundred and twenty " * 800,
    "times": "on Tuesday by Friday two days after June 5 " * 300,
    "said": "he said she said it said they said that " * 250,
    "names": "Orrin Valtec Tamsin Okell Mirela Dost Jory Penhale " * 200,
    "commas": ", ; : — – -- ( ) " * 500,
    "German": "Der Präsident sagte am Dienstag, dass 12 Soldaten getötet wurden. „Wir warten“, sagte er. " * 12,
    "Russian": "Президент заявил во вторник, что 12 солдат погибли. «Мы ждём», — сказал он. " * 12,
    "Arabic": "قال الرئيس يوم الثلاثاء إن ١٢ جنديا قتلوا. «نحن ننتظر». " * 20,
    "Hebrew": 'הנשיא אמר ביום שלישי כי 12 חיילים נהרגו. "אנחנו מחכים". ' * 20,
    "Chinese": "总统星期二说,十二名士兵死亡。“我们在等。”" * 30,
    "marks of direction": "\u202eValtec said\u202c on \u2066Tuesday\u2069 \u200fthat 12 men\u200e died. " * 40,
    "combining marks": "Va\u0301\u0302\u0303ltec sa\u0327\u0328id " * 200 + "e" + "\u0301" * 2_000,
    "no width": "Val\u200btec\u200d \ufeffsaid\u00ad on\u2060 Tues\u200bday. " * 60,
    "letters that grow": "İSTANBUL ẞ ﬁ ŉ ǰ said on Tuesday that İzmir ΐ lost 12 men. " * 40,
    "digits of all kinds": "١٢ people, १२ people, ①② people, ½ people, ² people, Ⅻ people. " * 40,
    "controls": "Valtec\x00said\x07 \x1b[31mon\x85Tuesday\u2028that\u2029it\x0c ended. " * 40,
    "surrogates": "Valtec \ud83d said \udc00 on Tuesday. " * 40,
    "emoji": "Valtec 👩‍👩‍👧‍👦 said 🇺🇸 on Tuesday that 12 🧑🏽‍🚀 died. " * 40,
}


def annotation(text: str) -> Annotation:
    """The annotation of an article whose paragraphs are the lines of a text."""
    return annotator.annotation(laws.lines(text)[1])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_anything_is_annotated_in_bounds(text: str) -> None:
    start = time.process_time()
    laws.check(article("", *filter(str.strip, text.split("\n")), published=published()))
    assert time.process_time() - start < 10  # what is not linear takes minutes


def test_everything_is_found_in_plain_prose() -> None:
    found = annotation(PROSE)
    assert found.statements
    assert found.entities
    assert found.times
    assert found.events
    assert [figure.low for figure in found.figures] == [12, 40]


def test_an_empty_article_has_an_empty_annotation() -> None:
    found = annotation("")
    assert (found.statements, found.entities, found.times, found.events, found.figures) == ((), (), (), (), ())


def test_the_same_article_gives_the_same_annotation() -> None:
    one = article("Talks resume", PROSE, published=published())
    assert annotator.annotation(one) == annotator.annotation(one)


def test_ids_stay_when_another_paragraph_changes() -> None:
    held = article("Talks resume", PROSE, "The end.", published=published(), address="https://a.example/1")
    edited = article("Talks resume", PROSE, "The very end.", published=published(), address="https://a.example/1")
    before, after = annotator.annotation(held), annotator.annotation(edited)
    assert [event.id for event in before.events] == [event.id for event in after.events]
    assert [one.id for one in before.statements] == [one.id for one in after.statements]


def test_time_and_memory_grow_with_the_text() -> None:
    """Four times the text takes about four times the time: a step that looks back over all would take sixteen."""
    took = []
    for copies in (25, 100):  # 1,200 and 4,800 words
        text = "\n".join(PROSE for _ in range(copies))
        took.append(min(_seconds(text) for _ in range(2)))
    assert took[1] < 9 * took[0]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4_000_000  # kB


def _seconds(text: str) -> float:
    read = laws.lines(text)[1]
    start = time.process_time()
    annotator.annotation(read)
    return time.process_time() - start


@pytest.mark.parametrize("path", laws.SAMPLE, ids=lambda path: path.stem)
def test_every_span_is_on_the_page_of_the_sample(path: Path) -> None:
    held, articles = laws.captured(path)
    assert sum(laws.check(one, held) for one in articles) > 0


def test_every_span_is_on_the_page_of_the_captures() -> None:
    try:
        paths = sorted(shared("captures").glob("*.txt"))
    except Absent as why:
        pytest.skip(str(why))
    for path in paths:
        held, articles = laws.captured(path)
        assert sum(laws.check(one, held) for one in articles) > 0


def test_a_thousand_mutated_articles_raise_nothing() -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    bodies = [one.body for path in laws.SAMPLE for one in laws.captured(path)[1] if one.body]
    for _ in range(MUTANTS):
        laws.check(laws.lines(_mutated(chance, chance.choice(bodies)))[1])


def _mutated(chance: random.Random, body: str) -> str:
    """A piece of a text, with pieces cut, doubled, moved, made capitals or strange."""
    start = chance.randrange(max(1, len(body) - LONGEST))
    text = body[start : start + chance.randint(40, LONGEST)]
    for _ in range(chance.randint(1, 8)):
        first = chance.randrange(len(text) + 1)
        last = min(len(text), first + chance.randint(0, 30))
        piece = text[first:last]
        text = text[:first] + chance.choice(_CHANGES)(chance, piece) + text[last:]
    return text


_STRANGE = (
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "\n",
    "\u202e",
    "\u200b",
    "İ",
    "\x00",
    "—",
    "$",
    "%",
    "1",
    "½",
    ".",
    ",",
    "said ",
)
_CHANGES = (
    lambda _, piece: piece[:0],
    lambda _, piece: piece * 3,
    lambda _, piece: piece.upper(),
    lambda _, piece: piece[::-1],
    lambda chance, piece: piece + chance.choice(_STRANGE),
    lambda chance, piece: chance.choice(_STRANGE) + piece,
    lambda chance, piece: chance.choice(_STRANGE).join(piece),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=40))
def test_any_text_keeps_the_laws(paragraphs: list[str], title: str) -> None:
    laws.check(article(title, *paragraphs, published=published()))


def test_material_and_annotation_share_one_text() -> None:
    one = article("Talks resume", PROSE, published=published())
    read = material(one)
    assert read.tokens.text == read.reading.text
    assert annotator.understood(read) == annotator.annotation(one)
