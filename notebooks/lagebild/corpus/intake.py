"""Files from anywhere to articles, with what is known of each, and which are copies; reads, and writes nothing.

Outlets that print one report are one voice, not many. Copies are found by shingles (Broder 1997, "On the resemblance
and containment of documents"): runs of words that both texts hold. They are short, so that a copy with another spelling
is found, and leave out quotations, which two reporters of one speech share. Of 2,933 planted copies of 419 news texts
(other headline, half or 30 % of it, half as much added, one word in twelve changed, sentences in another order, or most
of this at once) 97 % were found; of 417 pairs of reports with the same 55 words of quotation two were taken for copies.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagebild.core import UNKNOWN_PUBLISHER, InputError, Reference, edtf, schema, show
from lagebild.corpus.boilerplate import find_agency, is_signature, strip_boilerplate
from lagebild.corpus.formats import list_files, read_pages
from lagebild.corpus.page import EARLIEST, Page, address, host
from lagebild.corpus.plaintext import clean_line, list_ngrams
from lagebild.corpus.publication import ALONE, find_publication, is_changed_later, read_dayline
from lagebild.corpus.sentences import describe_language, find_language, find_stops, find_text_fault, split_sentences

TITLE_LENGTH = 120
OPENING_LENGTH = 60  # of a text without headline: enough to tell it from others, and plainly no headline
PROSE = re.compile(r"\.[\"'»«”“’)\]]*$")  # a headline may ask or exclaim
FIRST = 4  # lines of a text among which its headline is
EMPTY = "there is no text in it; give a file with the article's text."


Follow = Callable[[list[str]], Iterator[str]]


@dataclass(frozen=True)
class Given:
    """What the user says of files that do not say it themselves."""

    published: str = ""
    language: str = ""
    publisher: str = ""
    foreign: bool = False  # whether the language may be one without tables: a model reads the texts
    days_found: bool = False  # whether the only day that stands in a file is taken for that of its publication


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of a file: its text, one paragraph a line, and what is known of the page.

    `title_basis` is ``opening`` if the text has no title and is called by its first words. `published` is empty if
    nothing gives the day; `reason` may then name those that stand in it. `agency` is the one whose report it is, empty
    if it is the publisher's own. `fault` says what of it could not be read, `changed` when it was last changed if that
    was long after its publication.
    """

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
    agency: str = ""
    fault: str = ""
    changed: str = ""
    title_basis: str = "stated"


@dataclass(frozen=True)
class Batch:
    """Files as they were read.

    Parameters
    ----------
    articles
        In the order of their days of publication.
    left
        One sentence on each file of a folder, and each item of a list, that is no article, on each folder that cannot
        be read, and on all that nobody dates; each names the remedy.
    notes
        One sentence on each copy, and on each folder with files of other kinds.
    """

    articles: list[Article]
    left: list[str]
    notes: list[str]


def read_articles(
    reference: Reference,
    files: Iterable[str],
    given: Given,
    today: str,
    held: Mapping[str, str] | None = None,
    follow: Follow = iter,
) -> Batch:
    """Read files and folders; what lies in a folder and is no article, and what nobody dates, is left out and named.

    Nothing was published later than `today`. What the case has already is `held`, by the name that a message gives it.
    The files are taken from what `follow` makes of their names, which can so say how far it is.

    Raises
    ------
    InputError
        If a file that the user names is no article, or none is left: with what is wrong, and the remedy.
    """
    known = reference.languages
    if (
        given.language
        and given.language not in known
        and not (given.foreign and schema.is_language_tag(given.language))
    ):
        raise InputError(
            f"The language {show(clean_line(given.language))} is unknown: choose one of {', '.join(known)}, or another "
            "one by its code, such as ru, with a model that reads it (--model NAME)."
        )
    if given.published and not EARLIEST <= edtf.day(given.published, "--published") <= today:
        raise InputError(
            f"The --published date {show(given.published)} must lie between {EARLIEST} and today, {today}."
        )
    asked, notes, left = list_files(files)
    described = (
        (outcome, asked[file] and not is_item)
        for file in follow(list(asked))
        for outcome, is_item in _read_file(reference, file, given, today)
    )
    return sort_articles(described, notes, left, held or {})


def sort_articles(
    described: Iterable[tuple[Article | str, bool]], notes: list[str], left: list[str], held: Mapping[str, str]
) -> Batch:
    """Sort out articles, and sentences on what is none, each with whether it must be an article; see `read_articles`.

    `notes` and `left` are sentences that are known before, `held` are texts of the case by their names.

    Raises
    ------
    InputError
        If anything that must be an article is none, or no dated article is left.
    """
    articles, undated = list[Article](), list[Article]()
    faults = list[str]()
    seen = {_fold(text): name for name, text in held.items()}
    for article, must_be_one in described:
        if isinstance(article, str):
            (faults if must_be_one else left).append(article)
            continue
        if (same := _fold(article.text)) in seen:
            notes.append(f"{article.file}: it has the same text as {seen[same]}; left out.")
            continue
        seen[same] = article.file
        if article.fault:
            notes.append(f"{article.file}: {article.fault} What else is told of it was read.")
        if article.changed:
            days = f"published on {article.published}, last changed on {article.changed}"
            notes.append(f"{article.file}: {days}: an edition between these days may know too much.")
        (articles if article.published else undated).append(article)
    left += _ask_for_days(undated)
    if faults or not articles:
        raise InputError(_sum_up(faults or left or notes))
    articles.sort(key=lambda article: (article.published, Path(article.file).name, article.file))
    return Batch(articles, left, notes)


def _read_file(reference: Reference, file: str, given: Given, today: str) -> Iterator[tuple[Article | str, bool]]:
    """Yield each article of a file, or the sentence that says why it is none, and whether the file holds many."""
    name = clean_line(file)
    try:
        pages = read_pages(file, today)
    except InputError as fault:
        yield f"{name}: {fault}", False
        return
    for page in pages:
        called = f"{name}, {page.place}" if page.place else name
        yield describe_page(reference, page, called, given, today), bool(page.place)


def describe_page(reference: Reference, page: Page, name: str, given: Given, today: str) -> Article | str:
    """Return the article of a page, or the sentence that says why it is none."""
    try:
        return _describe(reference, page, name, given, today)
    except InputError as fault:
        return str(fault)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _ask_for_days(undated: list[Article]) -> list[str]:
    """Return at most one sentence."""
    hints = [f" ({article.reason})" if article.reason else "" for article in undated]
    remedy = "with --published YYYY-MM-DD"
    if any(article.reason.endswith(ALONE) for article in undated):
        remedy += ", or take the only day found in a text with --days-found"
    if len(undated) == 1:
        return [f"{undated[0].file}: it does not say when it was published{hints[0]}; give the day {remedy}."]
    names = ", ".join(article.file + hint for article, hint in zip(undated, hints, strict=True))
    many = f"{len(undated)} texts do not say when they were published; give their day {remedy}"
    return [f"{many}: {names}."] if undated else []


def _sum_up(faults: list[str]) -> str:
    """Return in one line why nothing is made of the files."""
    first, *rest = faults or ["There is no file of a kind that can be read: name files of articles."]
    return f"{first} (And: {' '.join(rest)})" if rest else first


def _describe(reference: Reference, page: Page, name: str, given: Given, today: str) -> Article:
    """Return an article with what its page, or else the user, says of it."""
    if not re.search(r"[^\W\d_]", page.text):
        raise InputError(f"{name}: {page.fault or EMPTY}")
    language = _choose_language(reference, page, given, name)
    if fault := find_text_fault(page.text, find_stops(reference, language)):
        raise InputError(f"{name}, {fault}.")
    published, basis, reason = find_publication(
        reference, page, language, name, given.published, today, given.days_found
    )
    # before it is cleared: a line that is cut may name the agency or give the day
    agency = find_agency(reference, page.text, page.author, page.publisher, page.beside)
    page = strip_boilerplate(reference, page, language)
    url = address(page.url)
    title, title_basis = _shorten(page.title), "stated"
    if not title:
        title, title_basis = _find_headline(reference, page.text, language, today)
    return Article(
        file=name,
        text=page.text,
        language=language,
        title=title,
        title_basis=title_basis,
        publisher=_shorten(page.publisher) or host(url) or _shorten(given.publisher) or UNKNOWN_PUBLISHER,
        author=_shorten(page.author),
        published=published,
        basis=basis,
        reason=reason,
        url=url,
        agency=agency,
        fault=page.fault,
        changed=page.changed if is_changed_later(page) else "",
    )


def _find_headline(reference: Reference, text: str, language: str, today: str) -> tuple[str, str]:
    """Return the first line of a text that is no byline and no day, or else how the text begins, and which it is."""
    rows = text.split("\n")
    candidates = (
        row
        for row in rows[:FIRST]
        if not is_signature(reference, row) and not any(read_dayline(reference, language, row, today))
    )
    first = next(candidates, rows[0])
    if first != rows[-1] and len(first) <= TITLE_LENGTH and not PROSE.search(first):
        return _shorten(first), "stated"
    spans = split_sentences(first, find_stops(reference, language))
    return _shorten(first[slice(*spans[0])], OPENING_LENGTH), "opening"


def _choose_language(reference: Reference, page: Page, given: Given, name: str) -> str:
    language = page.language or given.language or find_language(reference, page.text)
    if not language:
        names = " nor clearly ".join(describe_language(reference, known)["name"] for known in reference.languages)
        options = " or ".join(f"--language {known}" for known in reference.languages)
        raise InputError(
            f"{name}: its text is neither clearly {names}; give {options} if it is, name its language and a model "
            "that reads it (--language ru --model NAME), or leave the file out."
        )
    return language


def _shorten(text: str, length: int = TITLE_LENGTH) -> str:
    return textwrap.shorten(clean_line(text), length, placeholder=" …") if text else ""


# --- Copies ---

SHINGLE = 3  # words
COPIED = 0.35  # share of the runs of the shorter text that the longer one holds
FEWEST = 20  # runs that both hold; short notes on one event share up to ten

QUOTATION = re.compile(r"[\"„“«»][^\"„“”«»\n]{1,600}[\"“”«»]")


def find_copied(texts: Sequence[str]) -> list[int]:
    """Return for each text the place of the first of those that are copies of each other: its own, if it is none."""
    runs = [list_shingles(text) for text in texts]
    first: list[int] = []
    for k, mine in enumerate(runs):
        least = [max(FEWEST, COPIED * min(len(mine), len(runs[n]))) for n in range(k)]
        same = {first[n] for n in range(k) if len(mine & runs[n]) >= least[n]}
        first.append(min(same, default=k))
        first = [first[k] if place in same else place for place in first]
    return first


def list_shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text outside its quotations."""
    return frozenset().union(*(list_ngrams(part, SHINGLE) for part in QUOTATION.split(text)))
