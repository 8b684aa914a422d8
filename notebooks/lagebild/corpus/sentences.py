"""In which language a text is, its sentences as places in the text file, and what no text of an article may hold.

The language shows in frequent words, those of the tables `language`, which refuse what is half in one language and half
in the other. A text of a sentence or two may have none of them: of such a one a library is asked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lagebild.core import InputError, Reference, characters, derived

if TYPE_CHECKING:  # the draft coder asks where a sentence ends, and need not wait for pandas
    import pandas as pd

LOGGER = logging.getLogger(__name__)

# --- The Language of a Text ---

ENOUGH = 0.15  # share of frequent words; German and English news have about 0.35, their neighbours below 0.1
# Words of a text of which the library is asked, and how sure it must be. Of the beginnings of 1,100 texts of news,
# 150 characters long, 4 are refused and none is taken for the other language (tables alone: 27); of 60 characters 49
# (353). Of 45 sentences in 21 other languages, and of their beginnings, it takes none.
BRIEF = range(5, 80)
SURE = 0.3


def describe_language(reference: Reference, language: str) -> dict[str, Any]:
    """Return the one row of the table `language`."""
    rows = reference.rows("language", language)
    if len(rows) != 1:
        raise InputError(f"data/reference/lang/{language}/language.csv must have one row, but has {len(rows)}.")
    return rows[0]


def find_language(reference: Reference, text: str) -> str:
    """Return the language of a text, such as ``de``, by its frequent words; empty if clearly none that is read."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = dict[str, int]()
    for language in reference.languages:
        frequent = set(describe_language(reference, language)["frequent"].split("|"))
        counts[language] = sum(word in frequent for word in words)
    first = max(counts, key=lambda language: counts[language])
    most, next_most = [*sorted(counts.values(), reverse=True), 0][:2]
    enough = ENOUGH if next_most else 0.6 * ENOUGH  # where none of the other language stands, fewer will do
    if most >= max(2, enough * len(words), 2 * next_most):
        return first
    is_mixed = next_most > 1
    return "" if is_mixed or len(words) not in BRIEF else _recognise_language(reference, text)


def _recognise_language(reference: Reference, text: str) -> str:
    """Return the language of a short text as a library has it; empty if it is not sure, or none that is read."""
    language, probability = _load_identifier().classify(text)
    if language in reference.languages and probability >= SURE:
        return str(language)
    LOGGER.debug("language of a short text: perhaps %s (%.2f)", language, probability)
    return ""


@cache
def _load_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


# --- Its Sentences ---

# A sentence ends at . ! ? before white space and a capital, a digit or a quotation mark; in a language without tables,
# whose script may have no capitals, at any stop of its script before white space.
CAPITALS = "".join(sign for sign in map(chr, range(0x250)) if sign.isupper())  # of all Latin alphabets: Élysée
END = re.compile(rf"[.!?]['\"»«“”’)]*(?=\s+[\"„“»«'‘(]?[{CAPITALS}0-9])")
ANY_END = re.compile(r"[.!?؟۔।…]['\"»«“”’)]*(?=\s)|[。！？]")
LONGEST_END = 40  # characters: more than what decides about a stop has, so that not all of a sentence need be searched


@dataclass(frozen=True)
class Stops:
    """The stops of a language inside a sentence, and those `behind` a day that may end one all the same."""

    inside: re.Pattern[str]
    behind: re.Pattern[str]
    ends: re.Pattern[str] = END


@derived
def find_stops(reference: Reference, language: str) -> Stops:
    """Return which stops end no sentence: of an abbreviation, a single letter, or an ordinal (the German 16. Juni)."""
    if language not in reference.languages:
        return Stops(re.compile(r"(?:\b[^\W\d_]|\d)\.$"), re.compile(r"(?!)"), ANY_END)
    row = describe_language(reference, language)
    short = "|".join([*map(re.escape, filter(None, row["abbreviations"].split("|"))), "[A-Za-zÄÖÜäöü]"])
    months = "|".join(map(re.escape, filter(None, row["months"].split("|")))) or "(?!)"
    return Stops(
        re.compile(rf"(\b({short})|(?<![\d.,])\d{{1,2}})\.$"),
        re.compile(rf"\b(?:{months}) \d{{1,2}}\.$"),
    )


def split_sentences(text: str, stops: Stops) -> list[tuple[int, int]]:
    """Return the sentences of a text as offsets, text[start:end]; a line break always ends a sentence."""
    spans = []
    for line in re.finditer(r"[^\r\n]+", text):
        start = line.start()
        for stop in stops.ends.finditer(line.group()):
            end = line.start() + stop.end()
            tail = text[max(start, end - LONGEST_END) : end]
            if not stops.inside.search(tail) or stops.behind.search(tail):
                spans.append((start, end))
                start = end
        spans.append((start, line.end()))
    return [
        (end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        for start, end in spans
        if text[start:end].strip()
    ]


def find_text_fault(text: str, stops: Stops) -> str:
    """Say in which line an article holds what no text may hold, or a sentence without an end; empty if in none."""
    if unfit := characters.find_unfit(text):
        return f"line {characters.line_number(text, unfit[0])}: the text {unfit[1]}"
    for start, end in split_sentences(text, stops):
        if end - start > characters.LONGEST_SENTENCE:
            return (
                f"line {characters.line_number(text, start)}: a sentence has more than "
                f"{characters.LONGEST_SENTENCE:,} characters; put line breaks between its parts"
            )
    return ""


def list_sentences(
    reference: Reference, sources: pd.DataFrame, texts: Mapping[tuple[str, str], str], place: str
) -> pd.DataFrame:
    """Return the sentences of every text of `sources`; columns as in the table `sentences`.

    `texts` holds the texts by source and language, `place` is the folder of them as a message names it.

    Raises
    ------
    InputError
        If the texts of one source differ in their number of sentences: they must run in parallel.
    """
    import pandas as pd

    rows = []
    for source in sources.itertuples():
        counts = {}
        for language in str(source.languages).split(";"):
            text = texts[str(source.source_id), language]
            spans = split_sentences(text, find_stops(reference, language))
            counts[language] = len(spans)
            for number, (start, end) in enumerate(spans, start=1):
                rows.append((source.source_id, language, number, start, end, text[start:end]))
        if len(set(counts.values())) > 1:
            counted = " and ".join(f"{n} in {language}" for language, n in counts.items())
            raise InputError(
                f"{place}/{source.source_id}.*.txt: {counted} sentences; "
                "the texts of one source must have the same sentences in the same order."
            )
    return pd.DataFrame(rows, columns=["source_id", "language", "sentence_no", "start", "end", "text"])
