"""A fetch without a network, under the contract of `answers.Fetch`: for tests, demonstrations and trying things out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from readout.capture.answers import NOT_MODIFIED, Failure, Reason, Redirect, Response

Answer = Response | Failure


@dataclass(frozen=True)
class Asked:
    """One question that was put to the fake."""

    address: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class FakeFetch:
    """Answers what it was told to answer; of several answers each is given once, and the last one for ever after.

    An address that it was told nothing about is not found (404). `asked` holds what was asked, in order.
    """

    asked: list[Asked] = field(default_factory=list)
    _answers: dict[str, deque[Answer]] = field(default_factory=dict)

    def page(self, address: str, content: bytes | str, media: str = "text/html; charset=utf-8") -> None:
        """Serve this content at that address from now on, with an ETag that follows from it."""
        raw = content.encode() if isinstance(content, str) else content
        headers = (("content-type", media),)
        self.answer(address, Response(address, address, 200, raw, headers, etag=f'"{hash(raw):x}"'))

    def answer(self, address: str, *answers: Answer) -> None:
        """Give these answers at that address, one after the other, in place of earlier ones."""
        self._answers[address] = deque(answers)

    def redirect(self, address: str, to: str, status: int = 302) -> None:
        """Lead from that address to another."""
        leads = (Redirect(status, to),)
        self.answer(address, Failure(address, to, Reason.REDIRECTED, to, redirects=leads))

    def fail(self, addresses: Iterable[str], reason: Reason, status: int | None = None) -> None:
        """Fail at each of these addresses."""
        for address in addresses:
            self.answer(address, Failure(address, address, reason, status=status))

    def __call__(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        after: tuple[Redirect, ...] | None = None,
    ) -> Answer:
        """See `answers.Fetch`. An answer with redirects is given whoever follows them; `redirect` gives one alone."""
        self.asked.append(Asked(address, etag, last_modified))
        answers = self._answers.get(address)
        if not answers:
            return Failure(address, address, Reason.STATUS, "404 Not Found", 404)
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        answer = replace(answer, redirects=(*(after or ()), *answer.redirects))
        if isinstance(answer, Failure) and answer.reason is Reason.REDIRECTED and after is None:
            there = self(answer.redirects[-1].to, etag=etag, last_modified=last_modified)
            return replace(there, address=address, redirects=(*answer.redirects, *there.redirects))
        return _unless_known(answer, etag, last_modified)


def _unless_known(answer: Answer, etag: str | None, last_modified: str | None) -> Answer:
    """The server's side of a conditional request: an ETag, where both have one, decides alone (RFC 9110, 13.2.2)."""
    if isinstance(answer, Failure):
        return answer
    if etag and answer.etag:
        known = etag == answer.etag
    else:
        known = bool(last_modified) and last_modified == answer.last_modified
    return replace(answer, status=NOT_MODIFIED, content=b"") if known else answer
