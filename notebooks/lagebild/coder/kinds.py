"""Kinds of text that stand in an article and are no part of its report, told by words of the tables `sets`.

A byline, a caption, a credit, a teaser of another story, a request for consent, a list of topics, a note on the
article: what they tell happened elsewhere, at another time, or to the page itself, so no act is drafted from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.tokens import ENDS
from lagebild.core.reference import Reference
from lagebild.corpus.furniture import SHORT, Forms, find_forms, find_line_kind, find_opening

HEADLINE, SEVERAL = 110, 3  # characters of a headline, and how many of them are a list
LINE = re.compile(r"\S[^\n]*(?<=\S)")
CROSSES = "+ "


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
    kind = find_line_kind(line, forms)
    return kind or ("" if first or line[-1] in ENDS else find_opening(forms["later"], line))


def _of_sentence(sentence: str, forms: Forms) -> str:
    """Return the kind of a sentence by how it begins, or by what it holds."""
    held = (kind for kind, form in forms["any"] if form.search(sentence))
    return find_opening(forms["start"], sentence) or next(held, "")


def trim_ticker(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without the crosses around it: +++ Israel greift Ziele in Syrien an +++."""
    inner = text[start:end].strip(CROSSES) if text[start] in CROSSES else ""
    begin = text.find(inner, start) if inner else start
    return begin, begin + len(inner) if inner else end
