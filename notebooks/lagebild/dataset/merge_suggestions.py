"""Which events may be one happening, and which mention may tell another than its event.

These are suggestions for a person, precise rather than complete: `proposals` and decisions merge mentions, not these.
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
COMMON, SHARE = 3, 0.015  # a word is rare if so many sentences of a language hold it at most, or this share of them
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
class _Mention:
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

    def share_words(self, other: _Mention) -> tuple[str, ...]:
        """Return the rare words in common, of the language in which they are most."""
        shared = (
            {stem: word for stem, word in words.items() if stem in other.words.get(language, {})}.values()
            for language, words in self.words.items()
        )
        return max((tuple(sorted(words)) for words in shared), key=len, default=())

    def may_share_type(self, other: _Mention) -> bool:
        """Whether the type of one is held for defensible by the other."""
        return self.row["event_type"] in other.types or other.row["event_type"] in self.types

    def count_days_to(self, other: _Mention) -> int:
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
    groups: dict[object, list[_Mention]] = {}
    for mention in _list_mentions(reference, rows, sentences, days):
        if all(mention.sides):
            mutual = mention.row["mutual"] == "yes"
            sides = frozenset(mention.sides[0] | mention.sides[1]) if mutual else mention.sides
            groups.setdefault(sides, []).append(mention)
    best: dict[tuple[str, str], Doubt] = {}
    for mentions in groups.values():
        for mention, other in combinations(mentions, 2):
            events = mention.row["event_id"], other.row["event_id"]
            if events[0] == events[1] or mention.place == other.place or not mention.may_share_type(other):
                continue
            if reasons := _compare(mention, other):
                key = min(events), max(events)
                if key not in best or reasons[-1].n > best[key].reasons[-1].n:
                    best[key] = Doubt(mention.row["mention_id"], other.row["mention_id"], reasons)
    return sorted(best.values(), key=lambda doubt: (-doubt.reasons[-1].n, doubt.row, doubt.other))


def suggest_splits(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> list[Doubt]:
    """Return the mentions that differ from all others of their event in day, side or type; parameters as above.

    A draft that nobody decided on (`state` open, with a `rule`) is doubted for its words, too: if its sentence shares
    no rare one with the others, and no day tells that it is the same act.
    """
    events: dict[str, list[_Mention]] = {}
    for mention in _list_mentions(reference, rows, sentences, days):
        events.setdefault(mention.row["event_id"], []).append(mention)
    doubts = []
    for mentions in events.values():
        for mention in mentions:
            others = [each for each in mentions if each.place != mention.place]
            if others and (reasons := tuple(_find_differences(mention, others))):
                doubts.append(Doubt(mention.row["mention_id"], "", reasons))
    return sorted(doubts, key=lambda doubt: (-len(doubt.reasons), doubt.row))


def _list_mentions(
    reference: Reference, rows: Iterable[Row], sentences: pd.DataFrame, days: Mapping[str, str]
) -> Iterator[_Mention]:
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
        for language, rare_words in rare.get((row["source_id"], row["sentence_no"]), {}).items():
            for actor in actors:
                if (language, actor) not in named:
                    named[language, actor] = set(stem_words(join_names(reference, language).get(actor, "")))
            own = set().union(*(named[language, actor] for actor in actors))
            words[language] = {stem: word for stem, word in rare_words.items() if stem not in own}
        yield _Mention(row, types, sides, _find_window(row["date"], known), words)


def _list_rare_words(sentences: pd.DataFrame) -> dict[tuple[str, int], dict[str, dict[str, str]]]:
    rare: dict[tuple[str, int], dict[str, dict[str, str]]] = {}
    for language, rows in group_rows(sentences, "language").items():
        stems = [stem_words(row["text"]) for row in rows]
        counts = Counter(stem for words in stems for stem in words)
        most = max(COMMON, SHARE * len(rows))
        for row, words in zip(rows, stems, strict=True):
            kept = {stem: word for stem, word in words.items() if counts[stem] <= most}
            rare.setdefault((row["source_id"], row["sentence_no"]), {})[language] = kept
    return rare


def _find_window(edtf: str, known: str) -> _Window:
    span = parse(edtf) if edtf else None
    if span and span.earliest and span.latest:
        return _Window(span.earliest, span.latest, True)
    day = min(span.latest or known, known) if span else known
    return _Window(day, day, False)


def _count_days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _compare(mention: _Mention, other: _Mention) -> tuple[Reason, ...]:
    """Return why two mentions of the same sides may tell one act, the words in common last; or nothing."""
    apart = mention.count_days_to(other)
    if mention.window.dated and other.window.dated:
        wide = max(mention.window.width, other.window.width) > NARROW
        kind = ("wide" if wide else "day") if not apart else "touch" if apart <= CLOSE else ""
    else:
        kind = "near" if apart <= NEAR else ""
    words = mention.share_words(other) if kind else ()
    if not kind or len(words) < REACH[kind]:
        return ()
    same = mention.row["event_type"] == other.row["event_type"]
    return (
        Reason("sides"),
        Reason("type" if same else "type_alt"),
        Reason(kind, apart),
        Reason("words", len(words), words),
    )


def _find_differences(mention: _Mention, others: Sequence[_Mention]) -> Iterator[Reason]:
    """Yield how a mention differs from all others of its event."""
    undated = not all(mention.window.dated and other.window.dated for other in others)
    yield from _compare_days(mention, others, undated)
    for at, kind in enumerate(("other_source", "other_target")):
        if mention.sides[at] and all(other.sides[at] and not mention.sides[at] & other.sides[at] for other in others):
            yield Reason(kind)
    if not any(mention.may_share_type(other) for other in others):
        yield Reason("other_type")
    drafted = mention.row.get("state") == "open" and mention.row.get("rule")
    if drafted and undated and not any(mention.share_words(other) for other in others):
        yield Reason("no_words")


def _compare_days(mention: _Mention, others: Sequence[_Mention], undated: bool) -> Iterator[Reason]:
    """Yield that other days are told, or, of what is `undated`, that others told it long before or after."""
    gap = min(mention.count_days_to(other) for other in others)
    if not undated and gap > 1:
        yield Reason("other_day", gap)
    elif gap > FAR and all(other.place[0] != mention.place[0] for other in others):
        yield Reason("far", gap)
