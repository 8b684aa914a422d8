"""Saved web pages: the article in one, and what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.blocks import list_blocks
from lagebild.corpus.column import choose_blocks
from lagebild.corpus.encoding import decode, mend
from lagebild.corpus.linked import Data, names_of, read_data, read_text, texts_of
from lagebild.corpus.page import Page, address, host, hush
from lagebild.corpus.pagedays import find_marked_day
from lagebild.corpus.plaintext import clean, line
from lagebild.corpus.titles import Site, choose_publisher, choose_title, find_label

# Where a browser, or the extension SingleFile, notes the address of a page that it saves.
SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)")
CHARSET = re.compile(rb"(?i)<(?:meta|\?xml)[^<>]*(?:charset|encoding)\s*=\s*[\"']?([\w-]+)")
BULLET = re.compile(r"^[-•*] (?=\S)")
HEADINGS = 3  # of a page among which its title is looked for
NAMES = 10  # authors that are kept
SOCIAL = ("og:title", "twitter:title")
SITES = ("og:site_name",)
APPS = ("application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "dcterms.publisher", "copyright")
AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "sailthru.description")


def read_webpage(content: bytes, today: str) -> list[Page]:
    """Read a web page that was saved."""
    from trafilatura import bare_extraction, load_html

    hush("trafilatura", "htmldate", "courlan", "justext")
    declared = CHARSET.search(content[:5000]) or CHARSET.search(content)
    page = mend(decode(content, declared[1].decode("ascii") if declared else ""))
    found: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    likely = clean(found.text or "") if found else ""
    if not likely.strip():
        raise InputError("there is no article in this page; save the page of the article itself, or its text as .txt.")
    tree: Any = load_html(page)
    data = read_data(tree)
    url = _find_address(page, tree, data)
    blocks = list_blocks(tree)
    site = Site(
        (*names_of(data.article.get("publisher")), *data.say(*SITES, *APPS), *data.hosts), find_label(host(url))
    )
    headline = next(iter(texts_of(data.article, ["headline"])), "")
    shown = [block.text for block in blocks if block.element.tag == "h1"][:HEADINGS]
    tab = read_text(tree.findtext(".//title"))
    social = data.say(*SOCIAL)
    title, name = choose_title(headline, shown, social, tab, site)
    described = [*data.say(*DESCRIPTIONS), *texts_of(data.article, ["description"])]
    titles = [title, *social, tab, *texts_of(data.article, ["headline", "alternativeHeadline"])]
    chosen = choose_blocks(blocks, likely, titles, described)
    rows = [BULLET.sub("", row) for block in chosen if (row := block.text)]
    text = "\n".join(rows) or "\n".join(BULLET.sub("", row) for row in likely.split("\n") if row)
    published, reason = find_marked_day(page, tree, data, url, today)
    publishers = [*names_of(data.article.get("publisher")), *data.say(*SITES), name, *data.hosts, *data.say(*APPS)]
    article = Page(
        text,
        title or line(found.title or ""),
        choose_publisher(publishers, site, text),
        _name_authors(data) or line(found.author or ""),
        published,
        reason,
        url,
        hint=line(found.date or ""),
        furnished=True,
    )
    return [article]


def _find_address(page: str, tree: Any, data: Data) -> str:
    """Return the address that a page gives as its own, or from which it was saved; rather not that of a front page."""
    saved = SAVED_FROM.search(page)
    links = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    named = [*links, *data.say("og:url"), *texts_of(data.article, ["url"]), saved[1] if saved else ""]
    known = [found for one in named if (found := address(one))]
    return next((one for one in known if one.rstrip("/").count("/") > 2), known[0] if known else "")


def _name_authors(data: Data) -> str:
    """Return the names of those who wrote an article, as the page lists them."""
    told = [*names_of(data.article.get("author")), *names_of(data.article.get("creator")), *data.say(*AUTHORS)]
    names = dict[str, str]()
    for text in told:
        name = re.sub(r"(?i)^(?:by|von) |\s*(?:https?://|\||\bE-?mail\b).*$", "", line(text)).strip(" ,;")
        if name and "@" not in name[:1] and re.search(r"[^\W\d_]", name):
            names.setdefault(name.casefold(), name)
    return ", ".join(list(names.values())[:NAMES])
