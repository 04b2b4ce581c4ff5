"""Pages that hold no article, as they come over the network, and articles that look like such pages and are none."""

from __future__ import annotations

import json

import pytest

from readout.extract import gate, html
from tests.extract.articles import BODY, HEAD, TITLE, lawful, page, source

CARD = '<li class="card"><h3><a href="/news/{n}">{head}</a></h3><p>{text}</p><time>{n} June</time></li>'
HEADS = (
    "Harbour council agrees on ferry",
    "Drought empties the northern dam",
    "Two held over stolen church bell",
    "Island school to open in the autumn",
    "Herring quota cut by a third",
    "Night trains return to Port Ansel",
    "Bridge of Lenn closed until spring",
    "Mayor of Eskby will not stand again",
)
TEASERS = (
    "The line will run twice a day from April, with a boat that was bought in March.",
    "Reserves have fallen to a fifth of what they were, and rowing is forbidden.",
    "The bell of 1641 was found under straw in a barn near the border on Monday.",
    "Forty children have been enrolled so far, some of them from the mainland.",
    "Fishers say that they will tie up their boats if the ministry does not yield.",
    "The first departure is planned for December, with berths at half the old price.",
    "Engineers have found cracks in two of the four piers and will look at the others.",
    "She has led the town for nineteen years and wants to see her grandchildren.",
)
CARDS = "".join(
    CARD.format(n=n + 1, head=head, text=text) for n, (head, text) in enumerate(zip(HEADS, TEASERS, strict=True))
)
CONSENT = (
    "We and our 214 partners store and access information on your device, such as cookies, for personalised ads.",
    "We measure ads and content and look at audiences, and with your consent we may use precise location data.",
    "You can withdraw your consent at any time in the privacy settings, which you find at the foot of each page.",
    "Some partners rely on their legitimate interest. Choose accept all, reject all or manage settings.",
)
ZUSTIMMUNG = (
    "Mit Ihrer Zustimmung verwenden wir und unsere 180 Partner Cookies, um Werbung und Inhalte auf Sie zuzuschneiden.",
    "Ihre Einwilligung können Sie jederzeit widerrufen. Mehr dazu in der Datenschutzerklärung.",
    "Alle akzeptieren oder Einstellungen: Werbung und Tracking, Cookies für Messung, Cookies für Komfort.",
)
REFUS = (
    "Nous et nos partenaires utilisons des cookies et autres traceurs pour mesurer notre audience.",
    "Votre consentement peut être retiré à tout moment. Vos choix ne valent que pour ce site et pour un an.",
    "Tout accepter, tout refuser ou paramétrer les cookies. Les traceurs nécessaires ne demandent aucun consentement.",
)


def block(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def bare(title: str, body: str, head: str = "") -> str:
    """A page with nothing of an article's furniture."""
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def free(value: str) -> str:
    """A head that declares in JSON whether all can be read without paying."""
    node = f'{{"@type": "NewsArticle", "headline": {json.dumps(TITLE)}, "isAccessibleForFree": {value}}}'
    return f'{HEAD}<script type="application/ld+json">{node}</script>'


TILL = '<div class="offer"><p>Subscribe to continue reading.</p><p>Already a subscriber? Log in.</p></div>'
NOT_FOUND = "<p>Sorry, the page you requested could not be found. It may have been moved.</p>"
CASES = {
    "consent, English": (bare("Before you continue", block(*CONSENT)), gate.CONSENT),
    "consent, German": (bare("Willkommen", block(*ZUSTIMMUNG)), gate.CONSENT),
    "consent, French": (bare("Vos choix", block(*REFUS)), gate.CONSENT),
    "consent over a headline": (source(body=f"<div class=wall>{block(*CONSENT)}</div>"), gate.CONSENT),
    "till after one paragraph": (source(head=free("false"), body=block(BODY[1]), after=TILL), gate.PAYWALL),
    "till, told as text": (source(head=free('"False"'), body=block(BODY[1], BODY[2]), after=TILL), gate.PAYWALL),
    "till in the text": (source(body=block(BODY[1], "Subscribe to continue reading. Cancel any time.")), gate.PAYWALL),
    "not found": (bare("Page not found", NOT_FOUND), gate.ERROR),
    "not found, with what others read": (bare("404", f"{NOT_FOUND}<h2>Most read</h2><ul>{CARDS}</ul>"), gate.ERROR),
    "access denied": (
        bare("Access Denied", "<p>You do not have permission to view this page. Reference 18.2f</p>"),
        gate.ERROR,
    ),
    "are you human": (
        bare("Just a moment", "<p>Checking your browser before you go on. Please enable JavaScript and cookies.</p>"),
        gate.ERROR,
    ),
    "section front": (bare("World", f"<ul>{CARDS}</ul>"), gate.LIST),
    "section front in divs": (
        bare("World", f"<main>{CARDS}</main>".replace("<li", "<div").replace("</li", "</div")),
        gate.LIST,
    ),
    "link list": (bare("Archive", "".join(f'<p><a href="/{h}">{h}</a></p>' for h in HEADS * 2)), gate.LIST),
    "video": (source(body="<video src=x></video><p>Watch the boat leave.</p>"), gate.TOO_SHORT),
    "another's title": (
        source(title="Kingdom applauds pianist following triumphant recital", head="", body=block(*BODY * 3)),
        gate.OTHER_TITLE,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_without_an_article_is_turned_away_with_its_reason(case: str) -> None:
    text, reason = CASES[case]
    captured = page(text)
    found = html.articles(captured)
    assert lawful(captured, found)
    articles, rejections = found
    assert ([one.title for one in articles], [one.reason for one in rejections][-1:]) == ([], [reason])


WHOLE = {
    "behind a meter, but all there": source(head=free("false"), body=block(*BODY * 3), after=TILL),
    "a short report that is free": source(head=free("true"), body=block(*BODY[1:3]), after=TILL),
    "with a cookie banner below": source(after=f'<div class="banner">{block(*CONSENT)}</div>'),
    "with a rail of others": source(after=f"<aside><ul>{CARDS}</ul></aside>"),
    "with a rail that is no aside": source(after=f'<div class="rail"><ul>{CARDS}</ul></div>'),
    "about pages not found": source(title="Why every page not found tells a story", body=block(*BODY, *BODY[1:])),
}


@pytest.mark.parametrize("case", WHOLE)
def test_an_article_beside_such_things_passes(case: str) -> None:
    captured = page(WHOLE[case])
    found = html.articles(captured)
    assert lawful(captured, found)
    (article,), _ = found
    assert article.body.startswith((BODY[0], BODY[1]))
    assert not any(teaser in article.body for teaser in TEASERS)
