"""Which events may be one happening: suggestions for a person, precise rather than complete.

`proposals` and decisions merge mentions, not these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from lagebild.core import Reference, edtf, group_rows, ids, join_names
from lagebild.dataset.coreference import count_span
from lagebild.dataset.matching import list_sides
from lagebild.dataset.proposals import stem_words

COMMON, SHARE = 3, 0.015  # a word is rare if so many sentences of a language hold it at most, or this share of them
NARROW = 3  # days that a date may span to tell an act without further words
CLOSE = 3  # days between two acts that may be one, told differently
WORDS = 2  # rare words in common that acts need whose dates do not tell that they are one
Row = Mapping[str, Any]
RareWords = dict[tuple[str, int], dict[str, dict[str, str]]]  # by sentence, language and stem


class MergeSuggestion(NamedTuple):
    """Two mentions whose events may be one, and the rare words that their sentences have in common."""

    row: str
    other: str
    words: tuple[str, ...]


def suggest_merges(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> list[MergeSuggestion]:
    """Return pairs of events that may be one, those with most words in common first; of each the pair most alike.

    Two mentions are taken for one act if who they stand for does the same, or what is defensible for both, to the same,
    on one day, or on days close to each other if their sentences share rare words (in any language in which both pages
    are held).

    Parameters
    ----------
    rows
        Mentions that count: columns of the table `mentions`, and `type_alt`.
    sentences
        Columns as in the table `sentences`, all languages.
    days
        For each page the day on which it was known.
    """
    groups: dict[object, list[Row]] = {}
    for row in rows:
        sides = list_sides(reference, dict(row), row["date"] or days[row["source_id"]])
        if row["event_id"] and all(sides):
            groups.setdefault(sides, []).append(row)
    rare, best = _list_rare_words(sentences), dict[tuple[str, str], MergeSuggestion]()
    for mentions in groups.values():
        names = _list_names(reference, mentions[0])
        for row, other in combinations(mentions, 2):
            key = min(row["event_id"], other["event_id"]), max(row["event_id"], other["event_id"])
            needed = _count_needed_words(row, other, days)
            if key[0] == key[1] or needed is None or not _may_share_type(row, other):
                continue
            words = _share_words(rare, row, other, names)
            if len(words) >= needed and (key not in best or len(words) > len(best[key].words)):
                best[key] = MergeSuggestion(row["mention_id"], other["mention_id"], words)
    return sorted(best.values(), key=lambda one: (-len(one.words), one.row, one.other))


def _may_share_type(row: Row, other: Row) -> bool:
    """Whether the type of one is defensible for the other, too."""
    types, other_types = ({each["event_type"], *ids(each["type_alt"])} for each in (row, other))
    return row["event_type"] in other_types or other["event_type"] in types


def _count_needed_words(row: Row, other: Row, days: Mapping[str, str]) -> int | None:
    """Return how many rare words two mentions must share to tell one act; None if they are far apart, or one place."""
    if (row["source_id"], row["sentence_no"]) == (other["source_id"], other["sentence_no"]):
        return None
    earlier, later = sorted((_find_days(row, days), _find_days(other, days)))
    apart = (date.fromisoformat(later[0]) - date.fromisoformat(earlier[1])).days
    narrow = all(each["date"] and count_span(each["date"]) <= NARROW for each in (row, other))
    if narrow and apart <= 0:
        return 0
    return WORDS if apart <= CLOSE else None


def _find_days(row: Row, days: Mapping[str, str]) -> tuple[str, str]:
    """Return the first and the last day of an act; without a date, or with an open one, the day of publication."""
    known = days[row["source_id"]]
    span = edtf.parse(row["date"]) if row["date"] else None
    if span and span.earliest and span.latest:
        return span.earliest, span.latest
    day = min(span.latest or known, known) if span else known
    return day, day


def _list_rare_words(sentences: pd.DataFrame) -> RareWords:
    rare: RareWords = {}
    for language, rows in group_rows(sentences, "language").items():
        stems = [stem_words(row["text"]) for row in rows]
        counts = Counter[str]()
        for words in stems:
            counts.update(words.keys())
        most = max(COMMON, SHARE * len(rows))
        for row, words in zip(rows, stems, strict=True):
            kept = {stem: word for stem, word in words.items() if counts[stem] <= most}
            rare.setdefault((row["source_id"], row["sentence_no"]), {})[language] = kept
    return rare


def _list_names(reference: Reference, row: Row) -> set[str]:
    """Return the stems of the names of those who take part: that they are named is no word in common."""
    stems = set[str]()
    for language in reference.languages:
        names = join_names(reference, language)
        for actor in ids(row["source_actors"]) + ids(row["target_actors"]):
            stems |= stem_words(names.get(actor, "")).keys()
    return stems


def _share_words(rare: RareWords, row: Row, other: Row, names: set[str]) -> tuple[str, ...]:
    """Return the rare words that two mentions have in common, of the language in which they are most."""
    most: tuple[str, ...] = ()
    here, there = (rare.get((each["source_id"], each["sentence_no"]), {}) for each in (row, other))
    for language, words in here.items():
        shared = words.keys() & there.get(language, {}).keys() - names
        if len(shared) > len(most):
            most = tuple(sorted(words[stem] for stem in shared))
    return most
