"""Web addresses: read as browsers read them (WHATWG URL), and reduced to what makes them one page. Pure; asks nobody.

`clean` gives an address that can be shown and fetched. `canonical` gives a name for comparing only: two addresses of
one page have the same one, and what it names need not answer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import unquote_plus

WEB = {"http": 80, "https": 443}
LIMIT = 8192  # characters; what is longer is nobody's article

# An address of the web as the standard writes it: whatever else these marks could mean is encoded there.
_PARTS = re.compile(r"(https?)://(?:([^/?#@]+)@)?(\[[^\]]*\]|[^/?#:]*)(?::([0-9]+))?(/[^?#]*)(?:\?([^#]*))?")
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AMP_ENDING = re.compile(r"\.amp(?=(?:\.[a-z]{2,5})?$)", re.IGNORECASE)
_WRAPPED = re.compile(r"/amp/s/(?P<rest>[^/]+\.[^/]+/.*)")  # an AMP viewer, on whatever host
_CACHED = re.compile(r"/[a-z]{1,3}/(?:s/)?(?P<rest>[^/]+\.[^/]+/.*)")  # an AMP cache
_COUNTRY_LETTERS = 2


@dataclass(frozen=True)
class Address:
    """An absolute address in parts, each as the WHATWG standard writes it.

    `host` is "" where there is none and keeps the brackets of IPv6; `port` is None where it is the scheme's own;
    `query` has no "?". `credentials` says whether there is a user name or a password, which are kept nowhere else.
    """

    href: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    credentials: bool

    @property
    def web(self) -> bool:
        """Whether it is http or https."""
        return self.scheme in WEB

    @property
    def port_used(self) -> int | None:
        """The port that a connection would be made to."""
        return WEB.get(self.scheme) if self.port is None else self.port

    @property
    def origin(self) -> tuple[str, str, int | None]:
        """Scheme, host and port: what browsers call one origin."""
        return self.scheme, self.host, self.port_used

    @property
    def endpoint(self) -> str:
        """Host and port, "news.example:443": the form of the operator's allow-list."""
        return f"{self.host}:{self.port_used}"

    @property
    def target(self) -> str:
        """Path and query, as a request asks for them."""
        return f"{self.path}?{self.query}" if self.query else self.path


def parse(text: str, base: str | None = None) -> Address | None:
    """The address that `text` is, on a page at `base` where one is given; None where a browser would not take it.

    Source: https://url.spec.whatwg.org/ (Ada's parser).
    """
    from ada_url import join_url, normalize_url

    try:
        href = normalize_url(_scalar(text)) if base is None else join_url(_scalar(base), _scalar(text))
    except ValueError:
        return None
    found = _PARTS.match(href)
    if found is None:
        return _of_another_scheme(href)
    scheme, credentials, host, port, path, query = found.groups(default="")
    return Address(href, scheme, host, int(port) if port else None, path, query, credentials=bool(credentials))


def _of_another_scheme(href: str) -> Address:
    from ada_url import URL

    found = URL(href)
    return Address(
        href=href,
        scheme=found.protocol.removesuffix(":"),
        host=found.hostname,
        port=int(found.port) if found.port else None,
        path=found.pathname,
        query=found.search.removeprefix("?"),
        credentials=bool(found.username or found.password),
    )


def clean(text: str, base: str | None = None) -> str | None:
    """The address without fragment, credentials and what only measures: one to show and to fetch.

    None where `text` is no address of the web, or is longer than `LIMIT`. Cleaning twice changes nothing more.
    """
    return _settled(_cleaned, text, base)


def canonical(text: str, base: str | None = None) -> str | None:
    """The name of the page at this address, for comparing: the same for its AMP and mobile variants, with and without
    "www.", "https" and a closing slash, with parameters in any order and with whatever was added to measure.

    None where `text` is no address of the web, or is longer than `LIMIT`. The canonical of a canonical is itself.
    """
    return _settled(_folded, text, base)


def site(host: str) -> str:
    """The part of a host that one owner holds, as far as its form tells: "m.paper.co.uk" is "paper.co.uk"."""
    labels = host.split(".")
    if labels[-1].isdecimal() or host.startswith("["):
        return host  # a number is nobody's name
    return ".".join(labels[-_owned(labels) :])


def _settled(step: Callable[[Address], str], text: str, base: str | None) -> str | None:
    """What `step` leaves as it is: to take one thing away can bring out another, an AMP page in an AMP viewer."""
    address = _web(text, base)
    while address is not None:
        after = step(address)
        if after == address.href:
            return after
        address = parse(after)
    return None


def _scalar(text: str) -> str:
    """What a browser makes of half characters: U+FFFD (a USVString)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _web(text: str, base: str | None) -> Address | None:
    if len(text) > LIMIT:
        return None
    address = parse(text, base)
    return address if address and address.web and len(address.href) <= LIMIT else None


def _cleaned(address: Address) -> str:
    kept = [part for part in _parts(address.query) if not _measures(part)]
    return _written(address.scheme, _host(address), address.path, kept)


def _folded(address: Address) -> str:
    unwrapped = _unwrapped(address)
    if unwrapped:
        return unwrapped
    kept = [part for part in _parts(address.query) if not _measures(part) and not _varies(part)]
    kept = sorted(map(_decoded, kept), key=_name)
    scheme = "https" if address.port is None else address.scheme
    return _written(scheme, _desktop(_host(address)), _page(_decoded(address.path)), kept)


def _unwrapped(address: Address) -> str | None:
    """The address inside that of an AMP cache or viewer. Source: the AMP Cache URL format (amp.dev)."""
    cached = any(address.host.endswith(f".{one}") for one in _rules().caches)
    found = (_CACHED if cached else _WRAPPED).match(address.target)
    inner = parse(f"https://{found['rest']}") if found else None
    return inner.href if inner else None


def _host(address: Address) -> str:
    """Without the dot of the root, and with the port where it is not the scheme's own."""
    host = address.host.rstrip(".") or address.host
    return host if address.port is None else f"{host}:{address.port}"


def _desktop(host: str) -> str:
    """The host without what names a variant: "en.m.paper.example" as "en.paper.example"."""
    labels = host.split(".")
    own = _owned(labels)
    front = [label for label in labels[:-own] if label not in _rules().hosts]
    while front and front[0] == "www":
        del front[0]
    return ".".join([*front, *labels[-own:]])


def _owned(labels: list[str]) -> int:
    """How many labels at the end are the publisher's name."""
    return 3 if _is_registry(labels[-2:]) else 2


def _is_registry(labels: list[str]) -> bool:
    return len(labels) > 1 and len(labels[1].partition(":")[0]) == _COUNTRY_LETTERS and labels[0] in _rules().registries


def _page(path: str) -> str:
    """The path without what names a variant: "/news/1/amp/", "/news/amp/1.html", "/news/1.amp.html", "/news//1"."""
    segments = [segment for segment in path.split("/") if segment]
    segments = [segment for segment in segments if segment.lower() != "amp"] or segments[:1]
    if segments and segments[-1].lower() in _rules().indexes:
        segments.pop()
    if segments:
        segments[-1] = _AMP_ENDING.sub("", segments[-1]) or segments[-1]
    return "/" + "/".join(segments)


def _parts(query: str) -> Iterator[str]:
    return filter(None, query.split("&"))


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0]).lower()


def _value(part: str) -> str:
    return unquote_plus(part.partition("=")[2]).lower()


def _measures(part: str) -> bool:
    name, rules = _name(part), _rules()
    if name in rules.trackers or name.startswith(rules.prefixes):
        return True
    return name in rules.arrivals and _value(part) in rules.ways


def _varies(part: str) -> bool:
    values = _rules().parameters.get(_name(part), frozenset())
    return "*" in values or _value(part) in values


def _decoded(text: str) -> str:
    """With nothing encoded that need not be, and the rest in capitals. Source: RFC 3986, 6.2.2."""
    return _ENCODED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _written(scheme: str, host: str, path: str, parts: Iterable[str]) -> str:
    query = "&".join(parts)
    return f"{scheme}://{host}{path}{'?' if query else ''}{query}"


@dataclass(frozen=True)
class _Rules:
    """The data file, ready for questions."""

    trackers: frozenset[str]
    prefixes: tuple[str, ...]
    arrivals: frozenset[str]
    ways: frozenset[str]
    hosts: frozenset[str]
    caches: tuple[str, ...]
    indexes: frozenset[str]
    parameters: Mapping[str, frozenset[str]]
    registries: frozenset[str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads((resources.files(__package__) / "addresses.toml").read_text("utf-8"))
    variants = data["variants"]
    return _Rules(
        trackers=frozenset(data["tracking"]["names"]),
        prefixes=tuple(data["tracking"]["prefixes"]),
        arrivals=frozenset(data["arrivals"]["names"]),
        ways=frozenset(data["arrivals"]["values"]),
        hosts=frozenset(variants["hosts"]),
        caches=tuple(variants["caches"]),
        indexes=frozenset(variants["indexes"]),
        parameters={name: frozenset(values) for name, values in variants["parameters"].items()},
        registries=frozenset(data["registries"]["second"]),
    )
