"""What each page of the web site holds: frozen values, worded and bounded, ready for a template. `views` makes them.

No behaviour but look-ups, no markup, no addresses of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readout.models import LossCount, Outlet, OutletCount, Rejection, Span, Totals
from readout.present.marks import Excerpt
from readout.present.pictures import Columns
from readout.present.told import Told
from readout.present.versions import Version
from readout.present.when import When

STATEMENTS, NAMES, TIMES = "statements", "names", "times"
KINDS = (STATEMENTS, NAMES, TIMES)  # of marks in an article


@dataclass(frozen=True)
class Item:
    """An article in a list. `note` says what is missing where not a whole text was captured; `age` is the age or date
    that the page shows, verbatim.
    """

    id: str
    title: str
    lead: str
    note: str
    outlet: str
    outlet_id: str
    when: When | None
    age: str
    role: str
    credits: tuple[str, ...]
    language: str
    read: bool = False


@dataclass(frozen=True)
class Day:
    """Articles under one date; `heading` is "5 June 2025", a month, a year or that none is known."""

    heading: str
    machine: str
    entries: tuple[Item, ...]


@dataclass(frozen=True)
class Paging:
    """Where a screen stands in a list: `number` counts from 1 to `last`."""

    number: int
    last: int


@dataclass(frozen=True)
class Front:
    """The front page: the first item of its first screen leads."""

    lead: Item | None
    days: tuple[Day, ...]
    totals: Totals
    outlets: tuple[OutletCount, ...]
    paging: Paging
    muted: int = 0


@dataclass(frozen=True)
class OutletScreen:
    """One outlet with its articles."""

    outlet: Outlet
    articles: int
    days: tuple[Day, ...]
    paging: Paging


@dataclass(frozen=True)
class Outlets:
    """Every outlet with how many articles it has, most first; `left_out` were too many for one screen."""

    counts: tuple[OutletCount, ...]
    left_out: int


@dataclass(frozen=True)
class Losses:
    """What was dropped: counts by reason, then one by one."""

    counts: tuple[LossCount, ...]
    total: int
    rejections: tuple[Rejection, ...]
    paging: Paging


@dataclass(frozen=True)
class Stretch:
    """Characters set as one readable paragraph, or as one cell of a table, from character `at` of the page."""

    text: str
    at: int | None


@dataclass(frozen=True)
class Piece:
    """A paragraph of an article, counted from 1, set in one or more stretches."""

    number: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Block:
    """Pieces of one kind that are set together: one paragraph, the items of a list, the rows of a table, or captions
    and photo credits that follow each other ("aside"; `labels` then say which is which).
    """

    kind: str
    pieces: tuple[Piece, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where an article was met. `edition` counts the versions of its text from 1, and is 0 where only the headline
    was captured; `here` marks the one shown.
    """

    page: str
    captured: When | None
    role: str
    edition: int
    edition_id: str
    at: int | None
    here: bool


@dataclass(frozen=True)
class Origin:
    """The captured page an article was rebuilt from, and which characters of it hold the body."""

    page: str
    name: str
    address: str
    captured: When | None
    span: Span | None
    start: int | None


@dataclass(frozen=True)
class Run:
    """Characters with one meaning. `statement`, `name` and `time` are numbers in the lists, 0 where it is none;
    `part` says which part of the statement it is; `begins` and `ends` number the statements whose content begins or
    ends here.
    """

    text: str
    statement: int = 0
    part: str = ""
    weak: bool = False
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    name: int = 0
    time: int = 0


@dataclass(frozen=True)
class Named:
    """An entity in the list of names."""

    number: int
    kind: str
    name: str
    roles: str
    forms: str
    mentions: int
    id: str = ""


@dataclass(frozen=True)
class Timed:
    """A time expression in the list of times: the words, and what they mean."""

    number: int
    words: str
    when: When | None
    value: str
    basis: str


@dataclass(frozen=True)
class Marked:
    """What is marked. `asked` are the kinds that are marked now, `counts` how many there are of every kind, and
    `placed` the numbers of the statements whose first words the runs hold: a headline's are not among them.
    """

    asked: tuple[str, ...]
    counts: Mapping[str, int]
    statements: tuple[Told, ...]
    names: tuple[Named, ...]
    times: tuple[Timed, ...]
    runs: Mapping[tuple[int, int], tuple[Run, ...]]
    placed: frozenset[int] = frozenset()

    def of(self, piece: Piece, place: int = 0) -> tuple[Run, ...]:
        """The runs of a stretch of a piece, by its place there."""
        return self.runs.get((piece.number, place)) or (Run(piece.stretches[place].text),)

    def toggled(self, kind: str) -> str:
        """What to ask for so that this kind is marked if it is not, or not if it is."""
        wanted = [one for one in KINDS if (one in self.asked) != (one == kind)]
        return ",".join(wanted) or "none"


NOTHING = Marked((), dict.fromkeys(KINDS, 0), (), (), (), {})


@dataclass(frozen=True)
class Disputed:
    """A point on which accounts of a story contradict each other or differ."""

    relation: str
    sign: str
    heading: str
    point: str = ""


@dataclass(frozen=True)
class Row:
    """A story in a list. `alone` is its article where it has but one; `by` is the outlet whose words the lead is.
    `coverage` is a small picture of it over time, `countries` are those of its outlets, `now` how many articles the
    last day brought where a list goes by that.
    """

    id: str
    title: str
    language: str
    lead: str
    by: str
    counts: str
    outlets: tuple[str, ...]
    others: int
    days: str
    machine: str
    alone: str
    storyline: str
    coverage: Columns | None = None
    countries: tuple[str, ...] = ()
    disputed: Disputed | None = None
    now: int = 0


@dataclass(frozen=True)
class Under:
    """A copy under its origin; what it left out of the origin's text, and what it added."""

    item: Item
    kind: str
    share: str
    why: str
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Because:
    """One reason: the fact, what it adds, and what proves it."""

    fact: str
    weight: str
    evidence: str
    against: bool


@dataclass(frozen=True)
class Belonging:
    """Where an article belongs: its story and why, and the text that it is a copy of or that is a copy of it."""

    row: Row
    articles: int
    unsure: bool
    nearest: Item | None
    reasons: tuple[Because, ...]
    copy: Under | None = None
    copies: int = 0


@dataclass(frozen=True)
class Kin:
    """A related article: why, how many copies are folded under it, and whether it is of the very text asked about."""

    item: Item
    why: tuple[str, ...]
    copies: int
    is_copy: bool


@dataclass(frozen=True)
class KinStory:
    """A related story and why."""

    row: Row
    why: tuple[str, ...]


@dataclass(frozen=True)
class Hashtag:
    """A hashtag: `text` is shown after its sign and stands in its address; `count` is 0 where it is not told."""

    text: str
    name: str
    count: int = 0


@dataclass(frozen=True)
class Kindred:
    """What stands beside an article or a story."""

    articles: tuple[Kin, ...] = ()
    stories: tuple[KinStory, ...] = ()
    tags: tuple[Hashtag, ...] = ()


@dataclass(frozen=True)
class ArticleScreen:
    """An article to be read, with everything that says where it comes from."""

    item: Item
    description: str
    authors: tuple[str, ...]
    modified: When | None
    dateline: str
    section: str
    address: str
    tags: tuple[str, ...]
    standfirst: tuple[Block, ...]
    body: tuple[Block, ...]
    left_out: int
    direction: str
    origin: Origin
    places: tuple[Place, ...]
    sightings: int
    editions: int
    versions: tuple[Version, ...]
    others: tuple[Item, ...]
    extractor: str
    reasons: tuple[str, ...]
    marked: Marked = NOTHING
    edition: str = ""  # where one was asked for
    belonging: Belonging | None = None
    kindred: Kindred = Kindred()


@dataclass(frozen=True)
class Jump:
    """An article of a page, and the character where it begins there."""

    item: Item
    at: int | None


@dataclass(frozen=True)
class PageScreen:
    """A captured page with the articles marked in its text. `anchors` are the characters that can be
    pointed at: where a mark begins, and the one asked for.
    """

    id: str
    name: str
    address: str
    media: str
    encoding: str
    size: str
    captured: When | None
    excerpt: Excerpt
    anchors: frozenset[int]
    jumps: tuple[Jump, ...]
    jumps_left_out: int
    rejections: tuple[Rejection, ...]
    whole: bool
