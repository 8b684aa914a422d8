"""What stands in a page of news and is no part of its report, told by words of the tables `sets` of a language.

A byline, a caption, a credit, a teaser of another story, a request for consent, a list of topics, a note on the
article: a line that is nothing else is cut from what a page of the web holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lagebild.core.reference import Reference, derived
from lagebild.corpus.agencies import is_signature
from lagebild.corpus.page import Page

CLASSES = ("byline", "caption", "consent", "credit", "note", "tags", "teaser")
PLACES = ("start", "later", "end", "line", "any", "name", "stamp")
SHORT = 300  # characters of a line that may be a caption, or be cut as a whole
EDGE = 4  # lines at the beginning and at the end among which bylines, days and signatures are looked for
BRIEF = 100  # characters that such a line has at most
PARTS = re.compile(r"[.!?(\[|] *(?=\S)")  # what a credit stands behind
MARKS = re.compile(r"[\s+•·▪●*→»>|–—-]*")  # before an item of a list or a ticker
CLOSED = re.compile(r"[.!?…:;,][\"'»«”“’)\]]*$")
CAPITALS = re.compile(r"(?:[A-ZÄÖÜ][\w.'’-]*|[\d.:/|–,&-]+)")
LITTLE = 3  # letters of a word inside a name that need no capital: de la, und
Forms = dict[str, list[tuple[str, re.Pattern[str]]]]  # the kinds by the place where their words stand


@derived
def find_forms(reference: Reference, language: str) -> Forms:
    """Return by which words a language tells each kind, by the place where they stand, in capitals as they are written.

    They open a sentence (`start`) or a headline below the first line (`later`), end a short line as a sentence of its
    own or in brackets (`end`), stand anywhere in a short line (`line`) or in a sentence (`any`), open a line of names
    (`name`), or are what a line has beside days and hours (`stamp`).
    """
    rows = [row for row in reference.rows("sets", language) if row["class"] in CLASSES]
    return {
        place: [(row["class"], _any_of(row["words"].split("|"))) for row in rows if row["value"] == place]
        for place in PLACES
    }


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of some words, which end where they end in the text."""
    ends = "|".join(re.escape(one) + r"(?!\w)" * one[-1].isalnum() for one in words)
    return re.compile(rf"(?<!\w)(?:{ends})")


def find_opening(forms: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str:
    """Return the kind of a text by the words that open it, behind the mark of an item."""
    begin = MARKS.match(text)
    return next((kind for kind, form in forms if form.match(text, begin.end() if begin else 0)), "")


def find_line_kind(line: str, forms: Forms) -> str:
    """Return the kind of a short line by what it holds or how it ends; nothing if it is long."""
    if len(line) > SHORT:
        return ""
    held = next((kind for kind, form in forms["line"] if form.search(line)), "")
    last = PARTS.split(line.rstrip(".)] "))[1:][-1:]
    return held or (find_opening(forms["end"], last[0]) if last else "")


@derived
def _find_calendar(reference: Reference, language: str) -> frozenset[str]:
    """Return the names of months and days of the week, in small letters, also cut to three of them."""
    rows = [row for row in reference.rows("calendar", language) if row["kind"] in ("month", "weekday")]
    words = {word.casefold().rstrip(".") for row in rows for word in row["words"].split("|")}
    return frozenset(words | {word[:3] for word in words})


def clear_page(reference: Reference, page: Page, language: str) -> Page:
    """Return a page of the web without the lines of its text that are no part of its report.

    Who stands in its byline is its author if the page names none. If nothing would be left, all stays.
    """
    if not page.furnished:
        return page
    rows, forms, kept = page.text.split("\n"), find_forms(reference, language), list[str]()
    authors = list[str]()
    for number, row in enumerate(rows):
        edge = number < EDGE or number >= len(rows) - EDGE
        signed = edge and is_signature(reference, row)
        byline = _read_byline(row, forms) if edge else ""
        authors += [byline] if byline and not page.author else []
        if not (signed or byline or (len(row) <= SHORT and _is_furniture(reference, row, language, forms, edge=edge))):
            kept.append(row)
    return replace(page, text="\n".join(kept or rows), author=page.author or "; ".join(dict.fromkeys(authors)))


def _is_furniture(reference: Reference, row: str, language: str, forms: Forms, *, edge: bool) -> bool:
    """Whether a short line is no part of a report; what may stand in one, too, is so at the edges of a text only."""
    asked = sum(len(form.findall(row)) for _, form in forms["any"])
    kind, is_open = find_line_kind(row, forms), not CLOSED.search(row)
    return bool(
        find_opening(forms["start"], row)
        or asked > (not edge)
        or kind == "credit"
        or (is_open and (kind or find_opening(forms["later"], row)))
        or (edge and len(row) <= BRIEF and _is_stamp(reference, row, language, forms))
    )


def _read_byline(row: str, forms: Forms) -> str:
    """Return the names in a line that says by whom a text is: there is nothing else in it but short words."""
    opened = next((hit for _, form in forms["name"] if (hit := form.match(row))), None)
    rest = row[opened.end() :].strip() if opened is not None else ""
    words = rest.split()
    named = (
        bool(words) and len(row) <= BRIEF and not CLOSED.search(row) and any(word[0].isupper() for word in words[:2])
    )
    return rest if named and all(CAPITALS.match(word) or len(word) <= LITTLE for word in words) else ""


def _is_stamp(reference: Reference, row: str, language: str, forms: Forms) -> bool:
    """Whether a line is nothing but a day or an hour, and what is said with it: published, min read."""
    rest = row
    for _, form in forms["stamp"]:
        rest = re.sub(form.pattern, " ", rest, flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]+", rest.casefold())
    return bool(re.search(r"\d", row)) and all(word in _find_calendar(reference, language) for word in words)
