"""Lays out the text captures of the invented aggregator Sevenfold in every layout such captures come in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quality.sample.markup import Article, Block, load
from quality.sample.sheet import Placed, Sheet

PROMO = (
    "DOWNLOAD THE APP\n\nNews From Seven Sides: Take It With You\n\nSevenfold puts the quay, the market square and the "
    "capital in one list. Find Sevenfold in your usual shop for apps.\nget-it-phoneget-it-tablet"
)
TOOLS = ("Try Our Smart Tools", "Let Sevenfold shorten, read aloud or explain this page:")
UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def age(captured: str, published: str) -> str:
    """How an aggregator words the time between publication and capture."""
    then, now = datetime.fromisoformat(published), datetime.fromisoformat(captured)
    seconds = int((now - then).total_seconds())
    assert seconds >= 60, (captured, published)
    for size, unit in UNITS:
        count = seconds // size
        if count == 1:
            return f"an {unit} ago" if unit == "hour" else f"a {unit} ago"
        if count > 1:
            return f"{count} {unit}s ago"
    raise AssertionError


def outlet_date(published: str) -> str:
    """The day-month-year form that Sevenfold glues to the outlet's name."""
    return datetime.fromisoformat(published).strftime("%d-%m-%Y")


def place(file: str, n: int, item: dict[str, Any], captured: str, role: str) -> Placed:
    """Start the record of one article of a capture."""
    article = load(str(item["article"]))
    published = article.header["published"]
    shown: str | None = None
    basis = "inferred"
    if item.get("time") == "date":
        shown, basis = outlet_date(published), "stated"
    elif item.get("time") != "none":
        shown = age(captured, published)
    outlet = None if item.get("time") == "none" or item.get("no_outlet") else article.header["outlet"]
    form = "teaser-list" if article.get("form") == "teaser-list" else "article"
    return Placed(
        file,
        n,
        article,
        role,
        outlet,
        shown,
        form,
        published[:10],
        basis,
        author=article.get("shown_author"),
    )


def text_line(block: Block) -> tuple[str, str]:
    """List items keep a dash in text captures, everything else stands bare."""
    return ("- ", "") if block.kind == "item" else ("", "")


def trailer(sheet: Sheet, placed: Placed, glue: str) -> None:
    """An author biography, a credit or a republication line after the body, outside it."""
    if placed.article.get("bio"):
        sheet.write(glue + placed.article.header["bio"])
    line = placed.article.get("credit_line")
    if line:
        sheet.write(glue)
        span = sheet.write(line)
        for name in credit_names(placed.article):
            shown = name if name in line else placed.article.header.get("credit_short", name)
            at = line.index(shown)
            placed.credit_spans.append([span[0] + at, span[0] + at + len(shown)])


def credit_names(article: Article) -> list[str]:
    """Agencies and republished outlets a text is credited to."""
    return [name.strip() for name in article.header.get("credits", "").split(";") if name.strip()]


def caption(sheet: Sheet, placed: Placed, glue: str) -> None:
    """The leading photo caption with its credit, before the body."""
    block = placed.article.caption
    if block:
        placed.captions.append(sheet.block(placed, block, "caption"))
        photo = placed.article.get("photo")
        if photo:
            sheet.write(" ")
            placed.photo_credits.append(sheet.write(photo))
        sheet.write(glue)


def head(sheet: Sheet, placed: Placed, after: str) -> None:
    """One copy of the title."""
    placed.title_copies.append(sheet.block(placed, placed.article.title, "title"))
    sheet.write(after)


def tools(sheet: Sheet, gap: str) -> None:
    """The block of reading tools and the empty comments box."""
    sheet.write(f"{TOOLS[0]}\n{gap}{TOOLS[1]}\n{gap}Comments\n{gap}No comments yet...\n{gap}Related Articles\n")


def one_line(sheet: Sheet, placed: Placed) -> None:
    """Caption, body and trailing credit of a related item, all in one line."""
    if not placed.article.blocks:
        placed.start = placed.end = sheet.pos
        return
    caption(sheet, placed, " ")
    sheet.body(placed, lambda _: ("", ""), " ")
    trailer(sheet, placed, " ")


def logo_item(sheet: Sheet, placed: Placed, item: dict[str, Any]) -> None:
    """A related item of the logo and hashtag layouts."""
    sheet.write("\n")
    head(sheet, placed, "\n")
    head(sheet, placed, "\n\n")
    if placed.outlet:
        sheet.write(f"{placed.outlet}\n\n")
    sheet.write(f"time{placed.age}\n\n")
    if item.get("topic"):
        sheet.write(f"  • {item['topic']}\n")
    sheet.write(f"  • {placed.article.header['outlet']}\n\n" if placed.outlet else "\n")
    head(sheet, placed, "\n\n")
    one_line(sheet, placed)
    sheet.write("\n")


def flat_item(sheet: Sheet, placed: Placed, item: dict[str, Any]) -> None:
    """A related item of the flat layout."""
    sheet.write("\n\n" if item.get("gap", True) else "")
    sheet.write(f"{placed.outlet}\n{placed.age}\n- {placed.outlet}\n")
    head(sheet, placed, "\n")
    one_line(sheet, placed)
    sheet.write("\n")


def logo(sheet: Sheet, main: Placed, plan: dict[str, Any]) -> None:
    """The main article of the logo layout."""
    sheet.write("logo\n")
    head(sheet, main, "\n\n")
    head(sheet, main, "\n\n")
    if main.outlet:
        sheet.write(f"{main.outlet}{main.age}\n")
    if plan.get("alt_title"):
        head(sheet, main, "\n")
    caption(sheet, main, "\n")
    sheet.body(main, text_line, "\n")
    trailer(sheet, main, " " if plan.get("glued_credit") else "\n")
    sheet.write(f"\n{plan.get('alt', 'Grey gradient')}\n\n")


def flat(sheet: Sheet, main: Placed, plan: dict[str, Any]) -> None:
    """The main article of the flat layout."""
    sheet.write("\n")
    head(sheet, main, "\n")
    if plan.get("no_body"):
        main.start = main.end = sheet.pos
    else:
        caption(sheet, main, "\n")
        sheet.body(main, text_line, " " if plan.get("one_line") else "\n")
        trailer(sheet, main, "\n")
        sheet.write("\n")
    if plan.get("hashtags", True):
        sheet.write("Hashtags\n" + "".join(f"#{tag}\n" for tag in plan.get("tags", [])))
    sheet.write("\n")


def bare(sheet: Sheet, main: Placed) -> None:
    """A capture with a title, paragraphs and nothing else; a standfirst stays outside the body."""
    head(sheet, main, "\n")
    if main.article.standfirst:
        sheet.write(main.article.standfirst.text + "\n")
    sheet.body(main, text_line, "\n")
    trailer(sheet, main, "\n")
    sheet.write("\n")


def capture(plan: dict[str, Any]) -> tuple[str, list[Placed]]:
    """One text capture: its text and the articles on it."""
    sheet, placed = Sheet(), list[Placed]()
    file, captured, layout = str(plan["file"]), str(plan["captured"]), str(plan["layout"])
    if layout == "hashtag":
        sheet.write(f"logo\n#\n\nLatest news with #{plan['tag']}\n")
    else:
        main = place(file, 0, plan, captured, "main")
        placed.append(main)
        if layout == "logo":
            logo(sheet, main, plan)
        elif layout == "flat":
            main.outlet = main.age = None
            main.basis = "inferred"
            flat(sheet, main, plan)
        else:
            main.outlet = main.age = None
            bare(sheet, main)
    if plan.get("related") and layout != "hashtag":
        tools(sheet, "\n" if layout == "logo" else "")
    for item in plan.get("related", []):
        one = place(file, len(placed), item, captured, "related")
        placed.append(one)
        (flat_item if layout == "flat" else logo_item)(sheet, one, item)
    if layout in {"logo", "hashtag"}:
        sheet.write(f"\n{PROMO}\n")
    return sheet.text(), placed
