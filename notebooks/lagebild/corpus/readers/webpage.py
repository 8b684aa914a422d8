"""Saved web pages: the article in one, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from lagebild.core import InputError
from lagebild.corpus.page import Page, address, host, silence_loggers
from lagebild.corpus.plaintext import clean, clean_line, decode, fix_mojibake, normalize
from lagebild.corpus.readers.column import find_standfirst, list_lines, strip_boxes
from lagebild.corpus.readers.metadata import (
    Data,
    Site,
    choose_publisher,
    choose_title,
    find_label,
    find_last_change,
    find_marked_day,
    names_of,
    read_data,
    read_text,
    strip_firm,
    texts_of,
)

LOGGER = logging.getLogger(__name__)

# Where a browser, or the extension SingleFile, notes the address of a page that it saves.
SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)")
CHARSET = re.compile(rb"(?i)<(?:meta|\?xml)[^<>]*(?:charset|encoding)\s*=\s*[\"']?([\w-]+)")
BULLET = re.compile(r"^[-•*] (?=\S)")
NO_NAME = re.compile(r"(?i)^(?:by|von) |\s*(?:https?://|\|).*$")
HEADINGS = 3  # of a page among which its title is looked for
AUTHORS = 10  # that are kept
BESIDE, BRIEF = 4, 60  # blocks before and after the text that may say whose it is, and characters of one
COMPLETE = 80  # words that a text in the data has if it is the article

# The names under which a page says in its head what it is.
IN_PREVIEW = ("og:title", "twitter:title")
IN_APPS = (
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "copyright",
)
TABLES = 0.9  # share of a text in rows of tables from which it is no article: the list of sources of a report
OF_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
OF_CONTENT = ("description", "og:description", "twitter:description", "dc.description", "sailthru.description")
OF_OWNER = ("creditText", "sourceOrganization", "copyrightHolder", "provider", "copyrightNotice")


def read_webpage(content: bytes, today: str, charset: str = "") -> list[Page]:
    """Read a web page that was saved; `charset` is the encoding that its server named, which goes before its own."""
    from trafilatura import extract_metadata, load_html

    silence_loggers("trafilatura", "htmldate", "courlan", "justext")
    declared = CHARSET.search(content)
    page = fix_mojibake(decode(content, charset or (declared[1].decode("ascii") if declared else "")))
    tree: Any = load_html(page)
    found = "" if tree is None else _extract_text(tree)
    if not found:
        raise InputError("there is no article in this page; save the page of the article itself, or its text as .txt.")
    # 1. what the page says of itself
    data, said = read_data(tree), extract_metadata(tree)
    url = _find_address(page, tree, data)
    firms = [*names_of(data.article.get("publisher")), *data.say("og:site_name")]
    apps = [*data.hosts, *data.say(*IN_APPS)]
    site = Site((*firms, *apps), find_label(host(url)))
    # 2. its title, which is no part of the text
    tab, previews = read_text(tree.findtext(".//title")), data.say(*IN_PREVIEW)
    headline = next(iter(texts_of(data.article, ["headline"])), "")
    shown = [clean_line(element.text_content()) for element in tree.iter("h1")][:HEADINGS]
    title, site_name = choose_title(headline, shown, previews, tab, site)
    # 3. its text
    lines = list_lines(tree)
    rows = _strip_titles(found.split("\n"), [title, tab, headline, *shown, *previews])
    described = [*data.say(*OF_CONTENT), *texts_of(data.article, ["description"])]
    if standfirst := find_standfirst(lines, rows, described):
        rows = [standfirst, *rows]
    rows = _choose_rows(rows, data.article.get("articleBody"))
    # 4. its day
    published, reason = find_marked_day(page, tree, data, url, today)
    article = Page(
        text="\n".join(filter(None, rows)),
        title=title or clean_line(said.title or ""),
        publisher=choose_publisher([*firms, site_name, *apps], site),
        author=_name_authors(data, site) or clean_line(said.author or ""),
        published=published,
        reason=reason,
        url=url,
        hint=clean_line(said.date or ""),
        changed=find_last_change(data, today),
        has_boilerplate=True,
        beside=(*_list_beside(lines, rows), *_name_owners(data)),
    )
    return [article]


def _extract_text(page: Any) -> str:
    """Return the article of a page as a library finds it, one paragraph a line; empty if there is none.

    Where nothing but tables is left without its boxes, all of it may be the article.
    """
    from trafilatura import bare_extraction

    text = ""
    for tree in (strip_boxes(page), deepcopy(page)):
        found: Any = bare_extraction(tree, with_metadata=False, include_comments=False, favor_precision=True)
        text = clean(found.text or "").strip() if found else ""
        in_tables = sum(len(line) for line in text.split("\n") if line.startswith("|"))
        if in_tables < TABLES * len(text):
            break
        LOGGER.debug("nothing but tables without the boxes of the page; they are read with it")
    return text


def _strip_titles(rows: Iterable[str], titles: Iterable[str]) -> list[str]:
    """Return rows without marks of a list, and without those that are a title."""
    named = set(map(normalize, titles))
    kept = []
    for line in rows:
        row = BULLET.sub("", line)
        if normalize(row) not in named:
            kept.append(row)
    return kept


def _choose_rows(rows: list[str], body: object) -> list[str]:
    """Return the paragraphs of an article: those that the page shows, or those of its data if it hides most of them."""
    hidden = [read_text(row) for row in body.split("\n")] if isinstance(body, str) else []
    words = sum(len(row.split()) for row in hidden)
    return hidden if words >= COMPLETE and sum(len(row.split()) for row in rows) < words / 2 else rows


def _find_address(page: str, tree: Any, data: Data) -> str:
    """Return the address that a page gives as its own, or from which it was saved; rather not that of a front page.

    A page that was taken over from another site may name that one as canonical.
    """
    saved = SAVED_FROM.search(page)
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    own = [*filter(None, map(address, (saved[1] if saved else "", *data.say("og:url"))))]
    named = [*filter(None, map(address, (*canonical, *texts_of(data.article, ["url"]))))]
    urls = [url for url in named if not own or host(url) == host(own[0])] + own[::-1] + named
    return next((url for url in urls if url.rstrip("/").count("/") > 2), urls[0] if urls else "")


def _name_authors(data: Data, site: Site) -> str:
    """Return the names of those who wrote an article, as the page lists them; not its publisher beside them."""
    texts = [*names_of(data.article.get("author")), *names_of(data.article.get("creator")), *data.say(*OF_AUTHOR)]
    names = dict[str, str]()
    for text in texts:
        name = NO_NAME.sub("", clean_line(text)).strip(" ,;")
        if name and not name.startswith("@") and re.search(r"[^\W\d_]", name):
            names.setdefault(name.casefold(), name)
    persons = [name for name in names.values() if not site.is_called(strip_firm(name))]
    return "; ".join((persons or list(names.values()))[:AUTHORS])


def _name_owners(data: Data) -> list[str]:
    return [name for key in OF_OWNER for name in names_of(data.article.get(key))]


def _list_beside(lines: Sequence[str], rows: Sequence[str]) -> list[str]:
    """Return the brief lines of a page next to the rows of its article."""
    held = set(rows)
    inside = [k for k, line in enumerate(lines) if line in held]
    if not inside:
        return []
    around = [*lines[max(0, inside[0] - BESIDE) : inside[0]], *lines[inside[-1] + 1 :][:BESIDE]]
    return [line for line in around if len(line) <= BRIEF]
