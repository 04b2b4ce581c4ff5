"""Lays out the HTML pages of the invented outlets, each outlet with a page template of its own."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from quality.sample.captures import credit_names
from quality.sample.markup import Block, load
from quality.sample.sheet import Dress, Placed, Sheet

FICTION = "Fiction: this page, its outlet, its people and its countries are invented as sample material for Readout."
TAGS = {"p": "p", "promo": "p", "subhead": "h2", "quote": "p", "item": "li", "row": "td"}
ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "‘": "&lsquo;", "’": "&rsquo;", "—": "&mdash;", "–": "&ndash;"}


def plain(character: str) -> str:
    """Escape what HTML text must escape."""
    return html.escape(character, quote=False)


def entity(character: str) -> str:
    """Escape typographic characters too, as older publishing systems do."""
    return ENTITIES.get(character, html.escape(character, quote=False))


def attribute(text: str) -> str:
    """Text for use inside an attribute."""
    return html.escape(text, quote=True)


def long_date(stamp: str) -> str:
    """`5 March 2031, 14:20`."""
    moment = datetime.fromisoformat(stamp)
    return f"{moment.day} {moment:%B %Y}, {moment:%H:%M}"


def open_graph(plan: dict[str, Any], placed: Placed) -> str:
    """The OpenGraph part of a head."""
    article = placed.article
    lines = [
        ("og:type", "article"),
        ("og:title", article.title.text),
        ("og:site_name", article.header["outlet"]),
        ("og:url", str(plan.get("canonical", plan["address"]))),
        ("article:published_time", article.header["published"]),
    ]
    if article.get("updated"):
        lines.append(("article:modified_time", article.header["updated"]))
    if article.standfirst:
        lines.append(("og:description", article.standfirst.text))
    return "".join(f'<meta property="{name}" content="{attribute(value)}">\n' for name, value in lines)


def json_ld(plan: dict[str, Any], placed: Placed, *, graph: bool) -> str:
    """A schema.org NewsArticle, alone or inside a graph."""
    article = placed.article
    node: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title.text,
        "mainEntityOfPage": str(plan.get("canonical", plan["address"])),
        "datePublished": article.header["published"],
        "dateModified": article.header.get("updated", article.header["published"]),
        "publisher": {"@type": "NewsMediaOrganization", "name": article.header["outlet"]},
        "inLanguage": article.header.get("language", "en"),
    }
    if article.get("author"):
        node["author"] = {"@type": "Person", "name": article.header["author"]}
    data = {"@context": "https://schema.org", **({"@graph": [{"@type": "WebSite"}, node]} if graph else node)}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>\n'


def open_groups(block: Block, before: Block | None, after: Block | None) -> tuple[str, str]:
    """Tags around a block, opening and closing lists, tables and quotations where a run begins and ends."""
    groups = {
        "item": ("<ul>\n", "</ul>\n"),
        "row": ("<table>\n", "</table>\n"),
        "quote": ("<blockquote>", "</blockquote>"),
    }
    start, stop = groups.get(block.kind, ("", ""))
    tag = TAGS[block.kind]
    inner = (f"<tr><{tag}>", f"</{tag}></tr>\n") if block.kind == "row" else (f"<{tag}>", f"</{tag}>\n")
    if block.kind == "promo":
        inner = ('<aside class="promo"><p>', "</p></aside>\n")
    return (
        ("" if before and before.kind == block.kind else start) + inner[0],
        inner[1] + ("" if after and after.kind == block.kind else stop),
    )


def write_body(
    sheet: Sheet,
    placed: Placed,
    escape: Callable[[str], str],
    *,
    bare: bool = False,
    link: tuple[str, str] = ('<a href="/topic/vessa">', "</a>"),
) -> None:
    """The article body as HTML."""
    blocks = placed.article.blocks
    spots = {id(block): at for at, block in enumerate(blocks)}

    def wrap(block: Block) -> tuple[str, str]:
        if bare:
            return ("", "<br><br>\n")
        at = spots[id(block)]
        return open_groups(block, blocks[at - 1] if at else None, blocks[at + 1] if at + 1 < len(blocks) else None)

    sheet.body(placed, wrap, "", Dress(escape, link, "</td><td>"))


def title(sheet: Sheet, placed: Placed, escape: Callable[[str], str], opening: str, closing: str) -> None:
    """The headline element."""
    sheet.write(opening)
    placed.title_copies.append(sheet.block(placed, placed.article.title, "title", escape))
    sheet.write(closing + "\n")


def figure(sheet: Sheet, placed: Placed, escape: Callable[[str], str]) -> None:
    """The leading picture with caption and photo credit."""
    block = placed.article.caption
    if not block:
        return
    sheet.write(f'<figure><img src="/pictures/{placed.article.key}.jpg" alt=""><figcaption>')
    placed.captions.append(sheet.block(placed, block, "caption", escape))
    photo = placed.article.get("photo")
    if photo:
        sheet.write(' <span class="credit">')
        placed.photo_credits.append(sheet.write(html.escape(photo, quote=False)))
        sheet.write("</span>")
    sheet.write("</figcaption></figure>\n")


def credit_line(sheet: Sheet, placed: Placed) -> None:
    """The author biography and the credit or republication line after the body."""
    if placed.article.get("bio"):
        sheet.write(f'<p class="bio">{html.escape(placed.article.header["bio"], quote=False)}</p>\n')
    line = placed.article.get("credit_line")
    if not line:
        return
    sheet.write('<p class="source">')
    span = sheet.write(html.escape(line, quote=False))
    for name in credit_names(placed.article):
        shown = name if name in line else placed.article.header.get("credit_short", name)
        at = line.index(shown)
        placed.credit_spans.append([span[0] + at, span[0] + at + len(shown)])
    sheet.write("</p>\n")


def related_list(plan: dict[str, Any]) -> str:
    """A list of other headlines, which is furniture."""
    return "".join(
        f'<li><a href="/{at}">{html.escape(text, quote=False)}</a></li>\n'
        for at, text in enumerate(plan.get("more", []), 1)
    )


def harbour(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """Harbour Post: JSON-LD and OpenGraph, share bar, related list, cookie line."""
    name = plan.get("brand", "Harbour Post")
    sheet.write(f"<title>{html.escape(placed.article.title.text, quote=False)} | {name}</title>\n")
    sheet.write(open_graph(plan, placed) + json_ld(plan, placed, graph=False) + "</head>\n<body>\n")
    sheet.write('<div id="cookies">We bake our own cookies and use a few. <button>Fine by me</button></div>\n')
    sheet.write(f'<header><a href="/">{name}</a><nav><a href="/news">News</a> <a href="/river">The River</a> ')
    sheet.write(
        '<a href="/quayside">Quayside</a> <a href="/sport">Sport</a> <a href="/subscribe">Subscribe</a></nav></header>\n'
    )
    sheet.write('<main><article>\n<p class="kicker">' + str(plan.get("section", "The River")) + "</p>\n")
    title(sheet, placed, plain, "<h1>", "</h1>")
    if placed.article.standfirst:
        sheet.write(f'<p class="standfirst">{plain(placed.article.standfirst.text)}</p>\n')
    stamp = placed.article.header["published"]
    sheet.write(
        f'<p class="byline">By {placed.author} · <time datetime="{stamp}">{long_date(stamp)}</time>'
        if placed.author
        else f'<p class="byline"><time datetime="{stamp}">{long_date(stamp)}</time>'
    )
    updated = placed.article.get("updated")
    sheet.write((f' · Updated <time datetime="{updated}">{long_date(updated)}</time>' if updated else "") + "</p>\n")
    sheet.write('<ul class="share"><li>Share on Lantern</li><li>Copy link</li><li>Print</li></ul>\n')
    figure(sheet, placed, plain)
    sheet.write('<div class="story-body">\n')
    write_body(sheet, placed, plain)
    sheet.write("</div>\n")
    if plan.get("correction"):
        placed.furniture.append(sheet.write(f'<p class="correction">{plan["correction"]}</p>'))
        placed.furniture.pop()
        sheet.write("\n")
    credit_line(sheet, placed)
    sheet.write(
        '</article>\n<section class="more"><h3>More from the quay</h3><ul>\n'
        + related_list(plan)
        + "</ul></section></main>\n"
    )
    sheet.write(f"<footer><p>© 2031 {name}. 4 Net Loft Lane, Port Ansel.</p><p>{FICTION}</p></footer>\n")


def courier(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """Halmar Courier: OpenGraph only, named entities, a newsletter box."""
    sheet.write(
        f"<title>{attribute(placed.article.title.text)} - Halmar Courier</title>\n"
        + open_graph(plan, placed)
        + "</head>\n<body>\n"
    )
    sheet.write(
        '<div class="top"><span>HALMAR COURIER</span> <a href="/state">State</a> <a href="/capital">Capital</a> '
    )
    sheet.write(
        '<a href="/provinces">Provinces</a> <a href="/opinion">Opinion</a></div>\n<div class="wrap"><div class="text">\n'
    )
    title(sheet, placed, entity, '<h1 class="hl">', "</h1>")
    if placed.article.standfirst:
        sheet.write('<p class="lead">' + "".join(entity(c) for c in placed.article.standfirst.text) + "</p>\n")
    sheet.write(
        f'<div class="meta"><span class="who">{placed.author or "Courier staff"}</span> <span class="when">{long_date(placed.article.header["published"])} Halmar time</span> <span>Reading time: 2 min</span></div>\n'
    )
    figure(sheet, placed, entity)
    write_body(sheet, placed, entity)
    credit_line(sheet, placed)
    sheet.write(
        '<div class="nl">The Courier in your letter box: <a href="/letters">register for our morning letter</a></div>\n</div>\n'
    )
    sheet.write('<div class="side"><h4>Most read</h4><ol>\n' + related_list(plan) + "</ol></div></div>\n")
    sheet.write(f'<div class="foot">Halmar Courier, Printers&rsquo; Row 1. {FICTION} This site sets cookies.</div>\n')


def tidende(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """Norholt Tidende: microdata."""
    article = placed.article
    sheet.write(f"<title>{attribute(article.title.text)} – Norholt Tidende</title>\n</head>\n<body>\n")
    sheet.write(
        '<nav id="m"><ul><li><a href="/">Front</a></li><li><a href="/world">World</a></li><li><a href="/fjord">Fjord</a></li><li><a href="/weather">Weather</a></li></ul></nav>\n'
    )
    sheet.write('<div itemscope itemtype="https://schema.org/NewsArticle">\n')
    title(sheet, placed, plain, '<h1 itemprop="headline">', "</h1>")
    if placed.author:
        sheet.write(
            f'<span itemprop="author" itemscope itemtype="https://schema.org/Person">By <span itemprop="name">{placed.author}</span></span>\n'
        )
    stamp = article.header["published"]
    sheet.write(f'<time itemprop="datePublished" datetime="{stamp}">{long_date(stamp)} (Eskby)</time>\n')
    if article.get("updated"):
        sheet.write(
            f'<time itemprop="dateModified" datetime="{article.header["updated"]}">Updated {long_date(article.header["updated"])}</time>\n'
        )
    figure(sheet, placed, plain)
    sheet.write('<div itemprop="articleBody">\n')
    write_body(sheet, placed, plain)
    sheet.write("</div>\n")
    credit_line(sheet, placed)
    sheet.write(
        '<p class="tip">Do you know something? Write to the desk.</p>\n</div>\n<div class="also"><p>Also in Tidende</p><ul>\n'
        + related_list(plan)
    )
    sheet.write(
        f"</ul></div>\n<footer>Norholt Tidende, Eskby. We store one cookie and it is plain. {FICTION}</footer>\n"
    )


def gazette(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """Isle Gazette: nothing but visible text, line breaks for paragraphs."""
    article = placed.article
    sheet.write(
        "<title>Isle Gazette</title></head>\n<body>\n<center><b>THE ISLE GAZETTE</b><br>Tides | Notices | News | Births and Boats</center><hr>\n"
    )
    title(sheet, placed, plain, "<font size=5><b>", "</b></font><br>")
    day = datetime.fromisoformat(article.header["published"])
    sheet.write(
        f"<i>{'By ' + placed.author + ', ' if placed.author else ''}{day:%A}, {day.day} {day:%B %Y}</i><br><br>\n"
    )
    write_body(sheet, placed, plain, bare=True, link=("", ""))
    credit_line(sheet, placed)
    sheet.write(
        f"<hr>Elsewhere in this edition:<br>\n{'<br>'.join(plan.get('more', []))}<hr>\nThe Isle Gazette, Fore Street, Sulehaven. {FICTION}\n"
    )


def meridian(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """Meridian Wire: JSON-LD graph, second-by-second stamps."""
    article = placed.article
    sheet.write(
        f"<title>{attribute(article.title.text)}</title>\n" + json_ld(plan, placed, graph=True) + "</head>\n<body>\n"
    )
    sheet.write(
        '<header>MERIDIAN WIRE <nav><a href="/desk">Desk</a> <a href="/pictures">Pictures</a> <a href="/clients">For clients</a></nav></header>\n<article>\n'
    )
    title(sheet, placed, plain, "<h1>", "</h1>")
    sheet.write(
        f'<div class="slug"><time datetime="{article.header["published"]}">{long_date(article.header["published"])}</time> · {len(article.blocks)} paragraphs · Copy and share</div>\n'
    )
    figure(sheet, placed, plain)
    write_body(sheet, placed, plain)
    credit_line(sheet, placed)
    sheet.write(
        "</article>\n<aside><h4>On the wire</h4><ul>\n"
        + related_list(plan)
        + f"</ul></aside>\n<footer>Meridian Wire, Eskby. Cookies: none but our own. {FICTION}</footer>\n"
    )


def amp(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """The mobile variant of a Kanal 7 page."""
    article = placed.article
    sheet.write(
        f'<title>{attribute(article.title.text)} | Kanal 7</title>\n<link rel="canonical" href="{plan["canonical"]}">\n'
        + json_ld(plan, placed, graph=False)
    )
    sheet.write(
        "</head>\n<body>\n<amp-sidebar id=s><ul><li>Live</li><li>Programmes</li></ul></amp-sidebar>\n<article>\n"
    )
    title(sheet, placed, plain, "<h1>", "</h1>")
    sheet.write(
        f'<p class="t">Kanal 7, {long_date(article.header["published"])}</p><amp-social-share type="lantern"></amp-social-share>\n'
    )
    figure(sheet, placed, plain)
    write_body(sheet, placed, plain)
    credit_line(sheet, placed)
    sheet.write(
        f"</article>\n<amp-list><ul>\n{related_list(plan)}</ul></amp-list>\n<footer>Kanal 7, Eskby. This site sets cookies. {FICTION}</footer>\n"
    )


def kanal(sheet: Sheet, placed: Placed, plan: dict[str, Any]) -> None:
    """The full page of a broadcaster: OpenGraph, player, programme list."""
    article = placed.article
    name = article.header["outlet"]
    sheet.write(
        f"<title>{attribute(article.title.text)} | {name}</title>\n" + open_graph(plan, placed) + "</head>\n<body>\n"
    )
    sheet.write(
        f'<header><b>{name}</b> <a href="/live">Live</a> <a href="/programmes">Programmes</a> <a href="/sign">Signed news</a></header>\n'
    )
    sheet.write('<div class="player">Video player. Your browser cannot play this clip.</div>\n<main>\n')
    title(sheet, placed, plain, "<h1>", "</h1>")
    sheet.write(
        f'<p class="info">{"By " + placed.author + " | " if placed.author else ""}Published {long_date(article.header["published"])}</p>\n'
    )
    figure(sheet, placed, plain)
    write_body(sheet, placed, plain)
    credit_line(sheet, placed)
    sheet.write(
        f'<p class="share">Tell a friend: Lantern, letter, loud voice</p></main>\n<section><h3>Watch next</h3><ul>\n{related_list(plan)}</ul></section>\n'
    )
    sheet.write(f"<footer>{name}. This site sets cookies and remembers what you watched. {FICTION}</footer>\n")


TEMPLATES: dict[str, Callable[[Sheet, Placed, dict[str, Any]], None]] = {
    "harbour": harbour,
    "courier": courier,
    "tidende": tidende,
    "gazette": gazette,
    "meridian": meridian,
    "amp": amp,
    "kanal": kanal,
}


def page(plan: dict[str, Any]) -> tuple[str, list[Placed]]:
    """One HTML page: its source and the article on it."""
    article = load(str(plan["article"]))
    published = article.header["published"]
    if plan["template"] == "gazette":
        published = published[:10]
    placed = Placed(
        str(plan["file"]),
        0,
        article,
        "main",
        article.header["outlet"],
        None,
        "article",
        published,
        "stated",
        author=article.get("author"),
    )
    sheet = Sheet()
    attributes = ' amp lang="en"' if plan["template"] == "amp" else f' lang="{article.header.get("language", "en")}"'
    sheet.write(f'<!DOCTYPE html>\n<html{attributes}>\n<head>\n<meta charset="utf-8">\n')
    TEMPLATES[str(plan["template"])](sheet, placed, plan)
    sheet.write("</body>\n</html>\n")
    return sheet.text(), [placed]


def rejected(plan: dict[str, Any]) -> str:
    """A page without an article: a consent wall, a list of links or a paywall stub."""
    inner = str(plan["html"]).strip()
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{attribute(str(plan["title"]))}</title>\n'
        f"</head>\n<body>\n{inner}\n<footer>{FICTION}</footer>\n</body>\n</html>\n"
    )
