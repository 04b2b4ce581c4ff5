"""Every address of this site, in one place. The routes of `app.py` are their counterpart; tests hold them together."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Links:
    """Addresses below `root`, the path under which a proxy may have put this site ("" or "/readout")."""

    root: str = ""

    def front(self, number: int = 1) -> str:
        """The front page, screen `number` of stories."""
        return f"{self.root}/{_screen(number)}"

    def hot(self, *, mine: bool = False) -> str:
        """The stories that most articles of the last day are in, of all outlets or of those that a reader follows."""
        return f"{self.root}/hot" + ("?of=mine" if mine else "")

    def latest(self, number: int = 1) -> str:
        """The latest articles, screen `number`."""
        return f"{self.root}/latest{_screen(number)}"

    def story(self, story_id: str, *, saved: bool = False) -> str:
        """A story or a storyline."""
        return f"{self.root}/story/{story_id}" + ("?saved=yes" if saved else "")

    def accounts(self, story_id: str, number: int) -> str:
        """The accounts of a story side by side, screen `number` of its points."""
        return f"{self.root}/story/{story_id}{_screen(number)}#accounts"

    def merge(self, story_id: str) -> str:
        """Where it is sent that a story is one with another."""
        return f"{self.root}/story/{story_id}/merge"

    def split(self, story_id: str) -> str:
        """Where it is sent that articles are a story of their own."""
        return f"{self.root}/story/{story_id}/split"

    def settle(self, story_id: str) -> str:
        """Where it is sent what is to become of a suggestion about a story."""
        return f"{self.root}/story/{story_id}/suggestion"

    def move(self, story_id: str) -> str:
        """Where it is sent that articles belong in another story."""
        return f"{self.root}/story/{story_id}/move"

    def judgements(self, number: int = 1, *, saved: bool = False) -> str:
        """Everything that was said of stories, screen `number`."""
        return f"{self.root}/judgements" + ("?saved=yes" if saved else _screen(number))

    def undo(self, judgement_id: str) -> str:
        """Where it is sent that a judgement is to count no more."""
        return f"{self.root}/judgements/{judgement_id}/undo"

    def article(self, article_id: str, edition: str = "") -> str:
        """An article, or one edition of it."""
        return f"{self.root}/article/{article_id}" + (f"?edition={edition}" if edition else "")

    def search(self, query: str = "", shelf: str = "", sorting: str = "", number: int = 1) -> str:
        """What answers a query, on that shelf, in that order, screen `number`; without a query, what can be asked."""
        asked = {"q": query, "in": shelf, "sort": sorting, "screen": str(number)}
        usual = {"q": "", "in": "articles", "sort": "best", "screen": "1"}
        said = {name: value for name, value in asked.items() if value and value != usual[name]}
        return f"{self.root}/search" + (f"?{urlencode(said)}" if said else "")

    def names(self) -> str:
        """Who and what is named most."""
        return f"{self.root}/names"

    def name(self, entity_id: str, number: int = 1, which: int = 1) -> str:
        """A person, an organisation or a place, screen `number` of what it said; of namesakes the `which`th."""
        query = [f"which={which}"] if which > 1 else []
        query += [f"screen={number}"] if number > 1 else []
        return f"{self.root}/name/{entity_id}" + (f"?{'&'.join(query)}" if query else "")

    def positions(self, entity_id: str, which: int = 1) -> str:
        """Where a name says something else than before."""
        return f"{self.root}/name/{entity_id}/positions" + (f"?which={which}" if which > 1 else "")

    def tags(self) -> str:
        """The list of hashtags."""
        return f"{self.root}/tags"

    def tag(self, text: str) -> str:
        """One hashtag, by its text."""
        return f"{self.root}/tag/{quote(text, safe='')}"

    def outlets(self) -> str:
        """The list of outlets."""
        return f"{self.root}/outlets"

    def outlet(self, outlet_id: str, number: int = 1) -> str:
        """One outlet, screen `number` of its articles."""
        return f"{self.root}/outlet/{outlet_id}{_screen(number)}"

    def page(
        self, page_id: str, at: int | None = None, to: int | None = None, *, whole: bool = False, marked: bool = True
    ) -> str:
        """A captured page, at character `at`, with those up to `to` marked; `whole` leaves no gaps, `marked` points at
        the mark that begins there.
        """
        query = [f"at={at}"] if at is not None else []
        query += [f"to={to}"] if to is not None else []
        query += ["whole=yes"] if whole else []
        anchor = f"#s{at}" if at is not None and marked else ""
        return f"{self.root}/page/{page_id}" + (f"?{'&'.join(query)}" if query else "") + anchor

    def losses(self, number: int = 1) -> str:
        """What was dropped, screen `number`."""
        return f"{self.root}/losses{_screen(number)}"

    def feeds(self, *, saved: bool = False) -> str:
        """What is followed, and the form to follow more."""
        return f"{self.root}/feeds" + ("?saved=yes" if saved else "")

    def adding(self, job_id: str) -> str:
        """How adding something is getting on."""
        return f"{self.root}/feeds/adding/{job_id}"

    def feed(self, feed_id: str, *, saved: bool = False) -> str:
        """One feed: how it is doing, and the form that corrects it."""
        return f"{self.root}/feeds/{feed_id}" + ("?saved=yes" if saved else "")

    def remove(self, feed_id: str) -> str:
        """Whether to follow a feed no more."""
        return f"{self.root}/feeds/{feed_id}/remove"

    def opml(self) -> str:
        """What is followed, as a list for other readers; and where such a list is sent to."""
        return f"{self.root}/feeds/opml"

    def sign_in(self, *, after: str = "") -> str:
        """Where users sign in; `after` is where they want to go."""
        return f"{self.root}/sign-in" + (f"?next={quote(after, safe='/')}" if after else "")

    def sign_out(self, *, everywhere: bool = False) -> str:
        """Where it is sent that a session is over, or all of that user."""
        return f"{self.root}/sign-out" + ("/everywhere" if everywhere else "")

    def first_run(self) -> str:
        """Where the first user is made."""
        return f"{self.root}/first-run"

    def invited(self, secret: str) -> str:
        """Where an invitation leads."""
        return f"{self.root}/invited/{secret}"

    def you(self, *, saved: bool = False) -> str:
        """What is a user's own."""
        return f"{self.root}/you" + ("?saved=yes" if saved else "")

    def password(self) -> str:
        """Where another password is sent."""
        return f"{self.root}/you/password"

    def users(self, *, saved: bool = False) -> str:
        """Who may sign in."""
        return f"{self.root}/users" + ("?saved=yes" if saved else "")

    def user(self, user_id: str) -> str:
        """Where changes of a user are sent."""
        return f"{self.root}/users/{user_id}"

    def invite(self) -> str:
        """Where it is sent that somebody is invited."""
        return f"{self.root}/users/invite"

    def withdraw(self, digest: str) -> str:
        """Where it is sent that an invitation is taken back."""
        return f"{self.root}/users/invitations/{digest}/withdraw"

    def about(self) -> str:
        """What this site is."""
        return f"{self.root}/about"

    def mine(self) -> str:
        """What a reader follows, saved and muted, and where that is sent."""
        return f"{self.root}/mine"

    def mine_file(self) -> str:
        """All of it as a file, and where such a file is sent."""
        return f"{self.root}/mine/file"

    def followed(self) -> str:
        """What is new of what a reader follows."""
        return f"{self.root}/followed"

    def saved(self, number: int = 1) -> str:
        """What a reader saved, screen `number`."""
        return f"{self.root}/saved{_screen(number)}"

    def comments(self, on: str, subject: str, *, waiting: bool = False) -> str:
        """What was said of a story, an article or a statement, and where more is sent."""
        return f"{self.root}/comments/{on}/{quote(subject, safe=':')}" + ("?waiting=yes" if waiting else "")

    def comment(self, comment_id: str, deed: str = "") -> str:
        """One comment, or where it is sent what is done with it."""
        return f"{self.root}/comment/{comment_id}" + (f"/{deed}" if deed else "")

    def moderation(self) -> str:
        """What waits for an editor."""
        return f"{self.root}/moderation"

    def look(self, *, saved: bool = False) -> str:
        """How the site looks on this device, and the form that changes it."""
        return f"{self.root}/look" + ("?saved=yes" if saved else "")

    def offline(self, *, unsent: bool = False) -> str:
        """What is shown without a network, or where something could not be sent for want of one."""
        return f"{self.root}/offline" + ("?unsent=yes" if unsent else "")

    def manifest(self) -> str:
        """What a device needs to install the site."""
        return f"{self.root}/manifest.webmanifest"

    def worker(self) -> str:
        """The script that reads without a network."""
        return f"{self.root}/sw.js"

    def static(self, name: str) -> str:
        """A static file, under its name with the digest."""
        return f"{self.root}/static/{name}"


def _screen(number: int) -> str:
    return f"?screen={number}" if number > 1 else ""
