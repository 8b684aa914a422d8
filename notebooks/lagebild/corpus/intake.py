"""Files from anywhere to articles, with what is known of each; reads, and writes nothing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lagebild.core.characters import show
from lagebild.core.edtf import day
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.formats import read_pages
from lagebild.corpus.headday import find_dateline_day
from lagebild.corpus.language import describe_language, find_language
from lagebild.corpus.page import EARLIEST, Page, address, host
from lagebild.corpus.plaintext import line
from lagebild.corpus.sentences import find_stops, find_wrong

TITLE_LENGTH = 120
UNKNOWN = "[unknown publisher]"
EMPTY = "there is no text in it; give a file with the article's text."


@dataclass(frozen=True)
class Given:
    """What the user says of files that do not say it themselves."""

    published: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Article:
    """One file as it was read: its text, one paragraph a line, and what is known of the page."""

    file: str
    text: str
    language: str
    title: str
    publisher: str
    author: str
    published: str
    basis: str
    reason: str
    url: str


def read_articles(reference: Reference, files: Iterable[str], given: Given, today: str) -> list[Article]:
    """Read files in the order of their day of publication.

    Parameters
    ----------
    reference
        What the method knows: by its words the language of a text is found.
    files
        Files as the user names them.
    given
        What holds for files that do not say it themselves.
    today
        The day of reading; nothing was published later.

    Raises
    ------
    InputError
        On the first file that is no article, with its name and the remedy.
    """
    known = reference.languages
    if given.language and given.language not in known:
        raise InputError(f"The language {show(line(given.language))} is unknown: choose one of {', '.join(known)}.")
    if given.published and not EARLIEST <= day(given.published, "--published") <= today:
        raise InputError(
            f"The --published date {show(given.published)} must lie between {EARLIEST} and today, {today}."
        )
    articles, seen = [], dict[str, str]()
    for file in files:
        for article in read_file(reference, file, given, today):
            same = " ".join(article.text.casefold().split())
            if same in seen:
                raise InputError(f"{article.file}: it has the same text as {seen[same]}; leave one of them out.")
            seen[same] = article.file
            articles.append(article)
    return sorted(articles, key=lambda article: (article.published, Path(article.file).name, article.file))


def read_file(reference: Reference, file: str, given: Given, today: str) -> list[Article]:
    """Read the articles in one file; parameters and faults are those of `read_articles`."""
    name = line(file)
    try:
        pages = read_pages(file, today)
    except InputError as fault:
        raise InputError(f"{name}: {fault}") from None
    return [_describe(reference, page, f"{name}, {page.place}" if page.place else name, given, today) for page in pages]


def _describe(reference: Reference, page: Page, name: str, given: Given, today: str) -> Article:
    """Return an article with what its page, or else the user, says of it."""
    if not re.search(r"[^\W\d_]", page.text):
        raise InputError(f"{name}: {page.fault or EMPTY}")
    language = _language(reference, page, given, name)
    if wrong := find_wrong(page.text, find_stops(reference, language)):
        raise InputError(f"{name}, {wrong}.")
    published, basis, reason = _date(reference, page, language, given, today, name)
    url = address(page.url)
    return Article(
        name,
        page.text,
        language,
        _short(page.title) or _short(page.text.split("\n", 1)[0]),
        _short(page.publisher) or host(url) or _short(given.publisher) or UNKNOWN,
        _short(page.author),
        published,
        basis,
        reason,
        url,
    )


def _language(reference: Reference, page: Page, given: Given, name: str) -> str:
    language = page.language or given.language or find_language(reference, page.text)
    if not language:
        names = " nor clearly ".join(describe_language(reference, one)["name"] for one in reference.languages)
        options = " or ".join(f"--language {one}" for one in reference.languages)
        raise InputError(
            f"{name}: its text is neither clearly {names}; give {options} if it is, or leave the file out."
        )
    return language


def _date(reference: Reference, page: Page, language: str, given: Given, today: str, name: str) -> tuple[str, str, str]:
    """Return the day of publication, whether the file states it, and where it stands."""
    if page.published:
        return page.published, "stated", page.reason
    if written := find_dateline_day(reference, page.text, language, given.published, today):
        return written, "estimated", "day in the dateline of the text"
    if not given.published:
        hint = f" ({page.hint} stands in it)" if page.hint else ""
        raise InputError(
            f"{name}: it does not say when it was published{hint}; give the day with --published YYYY-MM-DD."
        )
    return day(given.published, "--published"), "estimated", "given with --published by the user; the file names no day"


def _short(text: str) -> str:
    return textwrap.shorten(line(text), TITLE_LENGTH, placeholder=" …") if text else ""
