"""Doubts about coreference: two events that may be one happening, and a mention that may tell another than its event.

They are suggestions for a person, precise rather than complete: `proposals` and decisions merge mentions, not these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from lagebild.core import Reference, group_rows, ids, join_names, parse
from lagebild.dataset.matching import list_sides
from lagebild.dataset.proposals import stem_words

Row = Mapping[str, Any]
COMMON, SHARE = 3, 0.03  # a word is rare if so many sentences of a language hold it at most, or this share of them
NARROW = 3  # days that a date may span to tell an act without further words
CLOSE = 2  # days between two dates that may be one day, told differently
NEAR = 3  # days within which an act without a date is reported by others, too
FAR = 30  # days between reports of one act after which it is hardly news
REACH = {"touch": 2, "near": 1, "wide": 1, "day": 0}  # rare words in common that days of each kind need


class Reason(NamedTuple):
    """Why: its `kind`, by which it is put into words (``doubt.KIND``), with a number and some words of the texts."""

    kind: str
    n: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """A suggestion to merge the events of two mentions or, without an `other`, to split a mention off its event."""

    row: str
    other: str
    reasons: tuple[Reason, ...]


class _Window(NamedTuple):
    """The days of an act; of one without a date, or with one that is open to the past, the day by which it was told."""

    earliest: str
    latest: str
    dated: bool

    @property
    def width(self) -> int:
        return _count_days(self.earliest, self.latest)


@dataclass(frozen=True, eq=False)
class _Told:
    """A mention with what is compared of it.

    `words` are the rare ones of its sentence, by language and stem, without the names of who takes part.
    """

    row: Row
    types: frozenset[str]
    sides: tuple[frozenset[str], frozenset[str]]
    window: _Window
    words: Mapping[str, Mapping[str, str]]

    @property
    def place(self) -> tuple[str, int]:
        return self.row["source_id"], self.row["sentence_no"]

    def share(self, other: _Told) -> tuple[str, ...]:
        """Return the rare words in common, of the language in which they are most."""
        found = (
            {stem: word for stem, word in mine.items() if stem in other.words.get(language, {})}.values()
            for language, mine in self.words.items()
        )
        return max((tuple(sorted(words)) for words in found), key=len, default=())

    def agrees(self, other: _Told) -> bool:
        """Whether the type of one is held for defensible by the other."""
        return self.row["event_type"] in other.types or other.row["event_type"] in self.types

    def lies_apart(self, other: _Told) -> int:
        """Return how many days lie between both; 0 if they share one."""
        first, second = sorted((self.window, other.window))
        return max(_count_days(first.latest, second.earliest), 0)


def suggest_merges(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> list[Doubt]:
    """Return pairs of events that may be one, those with most words in common first; of each the pair most alike.

    Two mentions are taken for one act if who they stand for does the same, or what is defensible for both, to the same,
    on days that meet, and the more vaguely these are told, the more rare words their sentences share (in any language
    in which both pages are held).

    Parameters
    ----------
    rows
        Mentions that count: columns of the table `mentions`, and `type_alt`.
    sentences
        Columns as in the table `sentences`, all languages.
    days
        For each page the day on which it was known.
    """
    groups: dict[object, list[_Told]] = {}
    for one in _read(reference, rows, sentences, days):
        if all(one.sides):
            mutual = one.row["mutual"] == "yes"
            groups.setdefault(frozenset(one.sides[0] | one.sides[1]) if mutual else one.sides, []).append(one)
    best: dict[tuple[str, str], Doubt] = {}
    for told in groups.values():
        for one, other in combinations(told, 2):
            events = one.row["event_id"], other.row["event_id"]
            if events[0] == events[1] or one.place == other.place or not one.agrees(other):
                continue
            if reasons := _compare(one, other):
                key = min(events), max(events)
                if key not in best or reasons[-1].n > best[key].reasons[-1].n:
                    best[key] = Doubt(one.row["mention_id"], other.row["mention_id"], reasons)
    return sorted(best.values(), key=lambda doubt: (-doubt.reasons[-1].n, doubt.row, doubt.other))


def suggest_splits(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> list[Doubt]:
    """Return the mentions that differ from all others of their event in day, side or type; parameters as above.

    A draft that nobody decided on (`state` open, with a `rule`) is doubted for its words, too: if its sentence shares
    no rare one with the others, and no day tells that it is the same act.
    """
    events: dict[str, list[_Told]] = {}
    for one in _read(reference, rows, sentences, days):
        events.setdefault(one.row["event_id"], []).append(one)
    doubts = []
    for told in events.values():
        for one in told:
            others = [other for other in told if other.place != one.place]
            if others and (reasons := tuple(_set_apart(one, others))):
                doubts.append(Doubt(one.row["mention_id"], "", reasons))
    return sorted(doubts, key=lambda doubt: (-len(doubt.reasons), doubt.row))


def _read(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> Iterator[_Told]:
    rare = _list_rare_words(sentences)
    named: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if not row["event_id"]:
            continue
        types = frozenset((row["event_type"], *ids(row["type_alt"])))
        known = days[row["source_id"]]
        sides = list_sides(reference, dict(row), row["date"] or known)
        actors = {*sides[0], *sides[1], *ids(row["source_actors"]), *ids(row["target_actors"])}
        words = {}
        for language, held in rare.get((row["source_id"], row["sentence_no"]), {}).items():
            for actor in actors:
                if (language, actor) not in named:
                    named[language, actor] = set(stem_words(join_names(reference, language).get(actor, "")))
            own = set().union(*(named[language, actor] for actor in actors))
            words[language] = {stem: word for stem, word in held.items() if stem not in own}
        yield _Told(row, types, sides, _find_window(row["date"], known), words)


def _list_rare_words(sentences: pd.DataFrame) -> dict[tuple[str, int], dict[str, dict[str, str]]]:
    """Return the rare words of each sentence, by language and stem."""
    rare: dict[tuple[str, int], dict[str, dict[str, str]]] = {}
    for language, rows in group_rows(sentences, "language").items():
        stems = [stem_words(row["text"]) for row in rows]
        held = Counter(stem for one in stems for stem in one)
        most = max(COMMON, SHARE * len(rows))
        for row, one in zip(rows, stems, strict=True):
            kept = {stem: word for stem, word in one.items() if held[stem] <= most}
            rare.setdefault((row["source_id"], row["sentence_no"]), {})[language] = kept
    return rare


def _find_window(edtf: str, known: str) -> _Window:
    span = parse(edtf) if edtf else None
    if span and span.earliest and span.latest:
        return _Window(span.earliest, span.latest, True)
    told = min(span.latest or known, known) if span else known
    return _Window(told, told, False)


def _count_days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _compare(one: _Told, other: _Told) -> tuple[Reason, ...]:
    """Return why two mentions of the same sides may tell one act, the words in common last; or nothing."""
    apart = one.lies_apart(other)
    if one.window.dated and other.window.dated:
        wide = max(one.window.width, other.window.width) > NARROW
        kind = ("wide" if wide else "day") if not apart else "touch" if apart <= CLOSE else ""
    else:
        kind = "near" if apart <= NEAR else ""
    words = one.share(other) if kind else ()
    if not kind or len(words) < REACH[kind]:
        return ()
    same = one.row["event_type"] == other.row["event_type"]
    return (
        Reason("sides"),
        Reason("type" if same else "type_alt"),
        Reason(kind, apart),
        Reason("words", len(words), words),
    )


def _set_apart(one: _Told, others: Sequence[_Told]) -> Iterator[Reason]:
    """Yield what sets a mention apart from all others of its event."""
    undated = not all(one.window.dated and other.window.dated for other in others)
    yield from _set_apart_in_time(one, others, undated)
    for at, kind in enumerate(("other_source", "other_target")):
        if one.sides[at] and all(other.sides[at] and not one.sides[at] & other.sides[at] for other in others):
            yield Reason(kind)
    if not any(one.agrees(other) for other in others):
        yield Reason("other_type")
    drafted = one.row.get("state") == "open" and one.row.get("rule")
    if drafted and undated and not any(one.share(other) for other in others):
        yield Reason("no_words")


def _set_apart_in_time(one: _Told, others: Sequence[_Told], undated: bool) -> Iterator[Reason]:
    """Yield that other days are told, or, of what is `undated`, that others told it long before or after."""
    gap = min(one.lies_apart(other) for other in others)
    if not undated and gap > 1:
        yield Reason("other_day", gap)
    elif gap > FAR and all(other.place[0] != one.place[0] for other in others):
        yield Reason("far", gap)
