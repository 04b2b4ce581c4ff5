"""Copies found as articles arrive: in any order the same in the end, bounded whatever comes, kept as a few bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout import pipeline
from readout.capture import manifest
from readout.group import copies, origins
from readout.group.copies import Text
from readout.group.finder import Finder, Kept, Sketch
from readout.models import ArticleId, Copy, CopyGroup, CopyKind
from tests.group.copying import lookup, paragraphs, sentence, text
from tests.sources import SAMPLE

REPORT = paragraphs(0, 10)


def _arrived(texts: Sequence[Text]) -> tuple[Finder, list[Copy]]:
    """The finder after they came in that order, and every relation as it reads when all are there."""
    finder, held = Finder(), lookup(texts)
    for one in texts:
        finder.add(one, held)
    found = {copy for one in texts for copy in finder.relations(one.id, held)}
    return finder, sorted(found, key=lambda copy: (copy.original, copy.copy))


def _groups(texts: Iterable[Text], found: Iterable[Copy]) -> tuple[CopyGroup, ...]:
    return origins.groups([one.member for one in texts], found)


def _world() -> list[Text]:
    """Reprints, cuts, excerpts, revisions, twins, and a box that one outlet puts under everything."""
    box = " ".join(sentence(n) for n in range(3_000, 3_004))
    own = [[*paragraphs(900 + 10 * n, 6), box] for n in range(5)]
    return [
        text("wire", REPORT, outlet="Meridian Wire", hours=3, credited=["Meridian"]),
        text("kanal", REPORT, outlet="Kanal 7", hours=4, credited=["Meridian"]),
        text("isle", REPORT[:5], outlet="Isle Gazette", hours=2),
        text("cut", [*REPORT[:8], *paragraphs(200, 1)], outlet="Southern Ledger", hours=5),
        text("quote", [*paragraphs(300, 8), REPORT[4]], outlet="Metro Express", hours=6),
        text("twin", REPORT[:5], outlet="Metro Express", hours=1),
        text("undated", REPORT[:5], outlet="Delta Daily", hours=None),
        text("first", paragraphs(400, 6), hours=0),
        text("revised", [*paragraphs(400, 6), *paragraphs(450, 1)], hours=1),
        *(text(f"boxed {n}", body, hours=30 * n) for n, body in enumerate(own)),
        text("alone", paragraphs(700, 5), outlet="Halmar Courier"),
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(len(_world()))))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    world = _world()
    _, wanted = _arrived(world)
    _, found = _arrived([world[n] for n in order])
    assert found == wanted
    assert _groups(world, found) == _groups(world, wanted)


def test_what_the_world_comes_to() -> None:
    world = _world()
    _, found = _arrived(world)
    kinds: dict[tuple[str, str], CopyKind] = {(copy.original, copy.copy): copy.kind for copy in found}
    assert kinds["wire", "kanal"] is CopyKind.REPRINT
    assert kinds["wire", "quote"] is CopyKind.EXCERPT
    assert kinds["first", "revised"] is CopyKind.UPDATE
    assert {kinds[pair] for pair in kinds if pair[0].startswith("boxed")} == {CopyKind.BOILERPLATE}
    groups = {group.origin: set(group.reprints) for group in _groups(world, found)}
    assert groups == {"wire": {"kanal", "isle", "cut", "twin", "undated"}, "first": {"revised"}}


def test_furniture_sends_back_to_what_was_found_before() -> None:
    box = " ".join(sentence(n) for n in range(3_000, 3_004))
    world = [text(f"boxed {n}", [box, *paragraphs(900 + 10 * n, 5)], hours=30 * n) for n in range(5)]
    finder, held = Finder(), lookup(world)
    found = [finder.add(one, held) for one in world]
    assert [one.again for one in found] == [(), (), (), ("boxed 0", "boxed 1", "boxed 2"), ()]
    assert found[1].copies[0].kind is CopyKind.EXCERPT
    assert finder.relations(ArticleId("boxed 0"), held)[0].kind is CopyKind.BOILERPLATE


def test_a_first_article_an_empty_one_and_one_of_two_words_have_no_copies() -> None:
    world = [text("a", []), text("b", ["Two words."]), text("c", ["Two words."]), text("d", []), text("e", REPORT)]
    assert _arrived(world)[1] == []


def test_an_article_that_comes_again_is_not_its_own_copy() -> None:
    finder, one = Finder(), text("a", REPORT)
    held = lookup([one])
    finder.add(one, held)
    assert finder.add(one, held).copies == ()
    assert len(finder) == 1


def test_taking_everything_in_again_changes_nothing() -> None:
    world = _world()
    finder, found = _arrived(world)
    held, size = lookup(world), len(finder)
    again = {copy for one in world for copy in finder.add(one, held).copies}
    assert again == set(found)
    assert len(finder) == size
    assert {copy for one in world for copy in finder.relations(one.id, held)} == set(found)


def test_twins_outlive_the_first_of_them() -> None:
    finder = Finder()
    one, twin = text("a", REPORT), text("b", REPORT, outlet="Kanal 7", hours=1)
    other, late = text("a", paragraphs(600, 5)), text("c", REPORT[:8], outlet="Isle Gazette", hours=2)
    held = {text.id: text for text in (one, twin)}
    finder.add(one, held.__getitem__)
    finder.add(twin, held.__getitem__)
    held |= {text.id: text for text in (other, late)}
    finder.add(other, held.__getitem__)
    assert [copy.original for copy in finder.add(late, held.__getitem__).copies] == ["b"]


def test_a_new_edition_takes_the_place_of_the_old() -> None:
    finder, other = Finder(), text("b", REPORT, outlet="Kanal 7", hours=1)
    old, new = text("a", REPORT), text("a", paragraphs(600, 10))
    finder.add(old, lookup([old]))
    finder.add(new, lookup([new]))
    assert finder.add(other, lookup([new, other])).copies == ()


def test_what_is_forgotten_is_found_no_more_and_may_come_again() -> None:
    finder, one, other = Finder(), text("a", REPORT), text("b", REPORT, outlet="Kanal 7", hours=1)
    held = lookup([one, other])
    finder.add(one, held)
    finder.forget([one.id, ArticleId("nobody")])
    assert one.id not in finder
    assert finder.add(other, held).copies == ()
    assert [copy.original for copy in finder.add(one, held).copies] == ["a"]


def test_the_index_comes_back_from_kept_sketches() -> None:
    world, late = _world(), text("late", [*paragraphs(250, 1), *REPORT[1:]], outlet="Der Flussbote", hours=9)
    held = lookup([*world, late])
    pairs: dict[str, set[ArticleId]] = {}
    before, after = Finder(), Finder(lambda article: pairs.get(article, set()))
    kept = [(one, before.add(one, held)) for one in world]
    sketches = ((one.id, one.outlet, found.sketch.encode()) for one, found in kept)
    for copy in (copy for _, found in kept for copy in found.copies):
        pairs.setdefault(copy.original, set()).add(copy.copy)
        pairs.setdefault(copy.copy, set()).add(copy.original)
    after.restore(sketches)
    assert len(after) == len(world)
    assert {copy.original for copy in after.add(late, held).copies} >= {"wire", "cut"}
    assert {copy.copy for copy in after.relations(ArticleId("wire"), held)} >= {"kanal", "cut", "quote", "late"}


class Cupboard:
    """A shelf that tells of what was put there."""

    def __init__(self) -> None:
        self.kept: dict[ArticleId, tuple[str, Sketch]] = {}

    def holding(self, fingerprints: Iterable[int]) -> list[Kept]:
        wanted = set(fingerprints)
        return self.footed(id_ for id_, (_, one) in self.kept.items() if not wanted.isdisjoint(one.keys.tolist()))

    def footed(self, articles: Iterable[ArticleId]) -> list[Kept]:
        return [(id_, self.kept[id_][0], self.kept[id_][1].encode()) for id_ in articles if id_ in self.kept]


@pytest.mark.parametrize("size", [1, 4, 100])
def test_a_finder_that_asks_for_what_matters_finds_what_one_that_holds_all_does(size: int) -> None:
    world = sorted(_world(), key=lambda one: origins.rank(one.member))
    held, shelf, whole = lookup(world), Cupboard(), Finder()
    pairs: dict[str, set[ArticleId]] = {}
    for at in range(0, len(world), size):
        asking = Finder(lambda article: pairs.get(article, set()), shelf)
        some = [(one, Sketch.of(one)) for one in world[at : at + size]]
        wanted, found = list(whole.take(some, held)), list(asking.take(some, held))
        assert [(set(one.copies), one.again) for one in found] == [(set(one.copies), one.again) for one in wanted]
        for copy in (copy for one in found for copy in one.copies):
            pairs.setdefault(copy.original, set()).add(copy.copy)
            pairs.setdefault(copy.copy, set()).add(copy.original)
        for other in (other for one in found for other in one.again):
            assert set(asking.relations(other, held)) == set(whole.relations(other, held))
        shelf.kept |= {one.id: (one.outlet, sketch) for one, sketch in some}


def test_ten_thousand_identical_articles_cost_little_and_are_one_group() -> None:
    """One of them is indexed; the rest stand behind it, in whichever order they come."""
    first = text("0000", REPORT[:2], hours=0)
    finder, held = Finder(), lookup([first])
    began = time.process_time()
    found: list[Copy] = []
    for n in range(10_000):
        found += finder.add(replace(first, id=ArticleId(f"{n:04}"), outlet=f"Outlet number {n % 50}"), held).copies
    assert time.process_time() - began < 60
    assert finder.size < 10_000 * 16
    members = [replace(first.member, id=ArticleId(f"{n:04}")) for n in range(10_000)]
    (group,) = origins.groups(members, found)
    assert (group.origin, len(group.reprints)) == ("0000", 9_999)


def test_a_flood_of_nearly_identical_articles_is_bounded() -> None:
    world = [text(f"{n:03}", [*REPORT, sentence(5_000 + n)], outlet=f"Outlet number {n}", hours=n) for n in range(100)]
    finder, held = Finder(), lookup(world)
    found = [copy for one in world for copy in finder.add(one, held).copies]
    assert len(found) <= 100 * 32
    assert [group.origin for group in _groups(world, found)] == ["000"]


def test_ten_languages_mix() -> None:
    alphabets = (0x61, 0x430, 0x3B1, 0x5D0, 0x628, 0x905, 0x0E01, 0x4E00, 0xAC00, 0x3041)
    world = []
    for n, base in enumerate(alphabets):
        body = [
            one.translate({code: chr(base + (code - 97) % 24) for code in range(97, 123)}).lower() for one in REPORT
        ]
        world += [text(f"{n} a", body), text(f"{n} b", body[:7], outlet="Kanal 7", hours=1)]
    _, found = _arrived(world)
    assert [(copy.original, copy.copy) for copy in found] == [(f"{n} a", f"{n} b") for n in range(len(alphabets))]


@pytest.fixture(scope="module")
def sample() -> dict[ArticleId, Text]:
    """The sample's articles by where they stand: "captures/dam-01.txt#2"."""
    found = {}
    for page in manifest.pages(SAMPLE):
        for article in pipeline.harvest(page).articles:
            name = ArticleId(f"{page.name.removeprefix('sample/')}#{article.position}")
            found[name] = replace(copies.text(article), id=name)
    return found


def test_every_copy_of_the_sample_is_found_under_its_origin(sample: dict[ArticleId, Text]) -> None:
    """Articles of the very same words are one: the origin's group is known by what the origin says."""
    answers = [json.loads(line) for line in (SAMPLE / "answers" / "copies.jsonl").read_text("utf-8").splitlines()]
    _, found = _arrived(list(sample.values()))
    pairs = {frozenset((copy.original, copy.copy)) for copy in found}
    words = {name: one.words.digest for name, one in sample.items()}
    related = {frozenset((words[one], words[other])) for one, other in map(sorted, pairs)}
    group = {id_: one for one in _groups(sample.values(), found) for id_ in (one.origin, *one.reprints)}
    for answer in answers:
        origin, copy = words[answer["origin"]], words[answer["copy"]]
        assert origin == copy or frozenset((origin, copy)) in related, answer
        if answer["kind"] in {"reprint", "partial"}:
            assert words[group[answer["copy"]].origin] == origin, answer
            assert group[answer["copy"]] == group[answer["origin"]]


def test_independent_reports_of_the_sample_stay_apart(sample: dict[ArticleId, Text]) -> None:
    _, found = _arrived(list(sample.values()))
    group = {id_: one.origin for one in _groups(sample.values(), found) for id_ in (one.origin, *one.reprints)}
    first_call = ("pages/mw-call1.html#0", "pages/hp-call1.html#0", "pages/hc-call1.html#0", "captures/dam-01.txt#3")
    assert len({group.get(ArticleId(name), ArticleId(name)) for name in first_call}) == 4


def test_the_agency_of_the_sample_is_named(sample: dict[ArticleId, Text]) -> None:
    _, found = _arrived(list(sample.values()))
    (group,) = (one for one in _groups(sample.values(), found) if "captures/dam-01.txt#2" in one.reprints)
    assert (sample[group.origin].outlet, group.agency, group.basis) == ("Meridian Wire", "Meridian", origins.CREDITED)
