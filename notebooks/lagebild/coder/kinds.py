"""Kinds of text that stand in an article and are no part of its report, told by words of the tables `sets`.

A byline, a caption, a credit, a teaser of another story, a request for consent, a list of topics, a note on the
article: what they tell happened elsewhere, at another time, or to the page itself, so no act is drafted from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lagebild.coder.lexicon import Lexicon, split
from lagebild.coder.tokens import ENDS
from lagebild.core.reference import Reference, derived

CLASSES = ("byline", "caption", "consent", "credit", "note", "tags", "teaser")
PLACES = ("start", "later", "end", "line", "any")
SHORT = 300  # characters of a line that may be a caption
HEADLINE, SEVERAL = 110, 3  # characters of a headline, and how many of them are a list
LINE = re.compile(r"\S[^\n]*(?<=\S)")
PARTS = re.compile(r"[.!?(\[|] *(?=\S)")  # what a credit stands behind
MARKS = re.compile(r"[\s+•·▪●*→»>|–—-]*")  # before an item of a list or a ticker
CROSSES = "+ "
Forms = dict[str, list[tuple[str, re.Pattern[str]]]]  # the kinds by the place where their words stand


@derived
def find_forms(reference: Reference, language: str) -> Forms:
    """Return by which words a language tells each kind, by the place where they stand, in capitals as they are written.

    They open a sentence (`start`) or a headline below the first line (`later`), end a short line as a sentence of its
    own or in brackets (`end`), or stand anywhere in a short line (`line`) or in a sentence (`any`).
    """
    rows = [row for row in reference.rows("sets", language) if row["class"] in CLASSES]
    return {
        place: [(row["class"], _any_of(split(row["words"]))) for row in rows if row["value"] == place]
        for place in PLACES
    }


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of some words, which end where they end in the text."""
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}" + r"(?!\w)" * one[-1].isalnum() for one in words))


def find_kinds(reference: Reference, text: str, spans: Sequence[tuple[int, int]], words: Lexicon) -> Iterator[str]:
    """Yield of each sentence of a text what it is instead of a part of the report; nothing if it is one."""
    forms, end_of_line, whole = find_forms(reference, words.language.code), -1, ""
    listed = _find_listed(text)
    for number, (start, end) in enumerate(spans):
        opens = start > end_of_line
        if opens:
            stop = text.find("\n", end)
            end_of_line = stop if stop >= 0 else len(text)
            whole = _of_line(text[start:end_of_line].rstrip(), forms, first=number == 0)
            whole = whole or ("teaser" if start in listed else "")
        kind = whole or _of_sentence(text[start:end], forms)
        whole = kind if opens else whole  # what opens a line goes on to its end
        yield kind


def _find_listed(text: str) -> frozenset[int]:
    """Return where the lines begin that list headlines of other stories: several below a paragraph, with no mark."""
    rows = list(LINE.finditer(text))
    if len(rows) <= SEVERAL or any(row[0][0].islower() for row in rows):
        return frozenset()  # lines that were wrapped by hand begin anywhere
    found: list[int] = []
    run: list[int] = []
    told, before = False, ""  # whether a paragraph came before; the last mark before the run
    for row in (*rows, None):
        if row is not None and row[0][0].isalpha() and row[0][-1].isalnum() and len(row[0]) <= HEADLINE:
            run.append(row.start())
            continue
        if told and before != ":" and len(run) >= SEVERAL:
            found += run
        run, before = [], row[0][-1] if row is not None else ""
        told = told or before in ENDS
    return frozenset(found)


def _of_line(line: str, forms: Forms, *, first: bool) -> str:
    """Return the kind of a whole line; nothing if it is long."""
    if len(line) > SHORT:
        return ""
    held = next((kind for kind, form in forms["line"] if form.search(line)), "")
    last = PARTS.split(line.rstrip(".)] "))[1:][-1:]
    kind = held or (_opens(forms["end"], last[0]) if last else "")
    return kind or ("" if first or line[-1] in ENDS else _opens(forms["later"], line))


def _of_sentence(sentence: str, forms: Forms) -> str:
    """Return the kind of a sentence by how it begins, or by what it holds."""
    held = (kind for kind, form in forms["any"] if form.search(sentence))
    return _opens(forms["start"], sentence) or next(held, "")


def _opens(forms: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str:
    """Return the kind of a text by the words that open it, behind the mark of an item."""
    begin = MARKS.match(text)
    return next((kind for kind, form in forms if form.match(text, begin.end() if begin else 0)), "")


def trim_ticker(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without the crosses around it: +++ Israel greift Ziele in Syrien an +++."""
    inner = text[start:end].strip(CROSSES) if text[start] in CROSSES else ""
    begin = text.find(inner, start) if inner else start
    return begin, begin + len(inner) if inner else end
