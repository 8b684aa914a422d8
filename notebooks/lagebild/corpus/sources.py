"""What was published by the as-of date, and its texts as sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import pandas as pd

from lagebild.core.characters import LONGEST_SENTENCE, find_unfit, line_of
from lagebild.core.edtf import day, day_of_print, parse
from lagebild.core.paths import LANGUAGES, InputError, Paths
from lagebild.core.tables import read_case

# A sentence ends at . ! ? before white space and a capital, a digit or a quotation mark.
END = re.compile(r"[.!?]['\"»«“”’)]*(?=\s+[\"„“»«'‘(]?[A-ZÄÖÜ0-9])")
# ... but not after an abbreviation, a single letter, or a German ordinal such as "16." before its month ...
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NO_END = re.compile(
    r"(\b(Dr|Prof|Mr|Mrs|Ms|St|Gen|Lt|Col|Sen|Rep|No|vs|ca|bzw|Nr|Abs|Art|Mio|Mrd|bspw|usw|etc|"
    r"Jan|Feb|Apr|Aug|Sep|Sept|Oct|Okt|Nov|Dec|Dez|[A-Za-zÄÖÜäöü])|(?<![\d.,])\d{1,2})\.$"
)
LONGEST_END = 40  # characters: more than any of these has, so that not all of a sentence need be searched
# ... whereas an English date such as "June 13." may well end one.
DAY_END = re.compile(rf"\b{MONTH} \d{{1,2}}\.$")


def read_sources(paths: Paths) -> pd.DataFrame:
    """Return every source of the case with `known_from`, `languages` and `sha256`, whatever the as-of date.

    Raises
    ------
    Fault
        If a date is none, or a source has no text.
    """
    frame = read_case(paths, "sources")
    known, languages, hashes = [], [], []
    for row, source in enumerate(frame.itertuples(), start=2):
        try:
            read = day(str(source.retrieved), "retrieved")
            known.append(day_of_print(parse(str(source.published)).latest or read))
        except InputError as fault:
            raise InputError(f"data/cases/{paths.case}/sources.csv, row {row} ({source.source_id}): {fault}") from None
        held = {language: read_text(paths, str(source.source_id), language) for language in LANGUAGES}
        if not any(held.values()):
            raise InputError(
                f"data/cases/{paths.case}/sources.csv, row {row}: {source.source_id} has no text; "
                f"write texts/{source.source_id}.de.txt or .en.txt."
            )
        languages.append(";".join(language for language, text in held.items() if text))
        hashes.append(hashlib.sha256("\0".join(held.values()).encode()).hexdigest())
    return frame.assign(known_from=known, languages=languages, sha256=hashes)


def known_sources(sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the sources certainly published on or before `as_of`; a source of doubtful day waits for its last."""
    return sources[sources["known_from"] <= as_of].reset_index(drop=True)


def read_text(paths: Paths, source_id: str, language: str) -> str:
    """Return the text of a source in a language; empty if there is none.

    Raises
    ------
    Fault
        If the text is not UTF-8 or holds what no text may hold, with its line.
    """
    file = paths.texts / f"{source_id}.{language}.txt"
    if not file.is_file():
        return ""
    place = f"data/cases/{paths.case}/texts/{file.name}"
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{place} is not UTF-8: save it as plain text in UTF-8.") from None
    if wrong := find_wrong(text):
        raise InputError(f"{place}, {wrong}.")
    return text


def find_wrong(text: str) -> str:
    """Say in which line an article holds what no text may hold, or a sentence without an end; empty if in none."""
    if unfit := find_unfit(text):
        return f"line {line_of(text, unfit[0])}: the text {unfit[1]}"
    for start, end in split_sentences(text):
        if end - start > LONGEST_SENTENCE:
            return (
                f"line {line_of(text, start)}: a sentence has more than {LONGEST_SENTENCE:,} characters; "
                "put line breaks between its parts"
            )
    return ""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as character offsets; a line break always ends a sentence."""
    spans = []
    for line in re.finditer(r"[^\r\n]+", text):
        start = line.start()
        for stop in END.finditer(line.group()):
            end = line.start() + stop.end()
            tail = text[max(start, end - LONGEST_END) : end]
            if not NO_END.search(tail) or DAY_END.search(tail):
                spans.append((start, end))
                start = end
        spans.append((start, line.end()))
    return [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in spans
        if text[a:b].strip()
    ]


def read_sentences(paths: Paths, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of every text of `sources`; columns as in the table `sentences`.

    Raises
    ------
    Fault
        If the texts of one source differ in their number of sentences: they must run in parallel.
    """
    rows = []
    for source in sources.itertuples():
        counts = {}
        for language in str(source.languages).split(";"):
            text = read_text(paths, str(source.source_id), language)
            spans = split_sentences(text)
            counts[language] = len(spans)
            for number, (start, end) in enumerate(spans, start=1):
                rows.append((source.source_id, language, number, start, end, text[start:end]))
        if len(set(counts.values())) > 1:
            reported = " and ".join(f"{n} in {language}" for language, n in counts.items())
            raise InputError(
                f"data/cases/{paths.case}/texts/{source.source_id}.*.txt: {reported} sentences; "
                "the texts of one source must have the same sentences in the same order."
            )
    return pd.DataFrame(rows, columns=["source_id", "language", "sentence_no", "start", "end", "text"])


def find_unheard(sources: pd.DataFrame, states: Iterable[str]) -> list[str]:
    """Return the states of which no publisher is among the sources: their silence is ours, not theirs."""
    return sorted(set(states) - set(sources["country"]))


def voices(sources: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many pages and independent publishers report, per value of the column `by`, such as country."""
    groups = sources.groupby(by, sort=True)
    table = pd.DataFrame({"pages": groups.size(), "publishers": groups["reporter"].nunique()})
    return table.sort_values(["pages"], ascending=False, kind="stable").reset_index()
