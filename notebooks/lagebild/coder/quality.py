"""Measures the draft coder: its drafts against sentences that people coded, and one language against the other.

Some of the gold sentences were read while the rules were written (acceptance, fresh, dev), some never were (heldout;
agency, in the plain words of agencies). What is admissible beside the first reading of a coder (another type, the other
side left empty) is in the gold and counts as right; optional events neither count nor cost.

What was measured on sentences of real news, whose texts belong to others, is measured by `tests/benchmark_news.py`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.coder.coder import draft_text
from lagebild.coder.drafts import Draft
from lagebild.core import LANGUAGES, TABLES, Labels, Reference, disk, records

# --- As It Was Measured ---

SPLITS = ("acceptance", "fresh", "dev", "heldout", "agency")
NEWS = "news"  # the first sentences of real articles; see `evaluation`
READ_TOO = "reader"  # the same, where a language model read them, too; see `fusion` and tests/fit_readers.py
UNREAD = (NEWS, "agency", "heldout")  # never read while the rules were written
ALL = "all"  # types together
COUNTS = ("sentences", "without", "events", "found", "extra", "roles", "status", "date", "false")
PAIR = "pair"  # of all drafts, those with type and both sides right
MEASURES = ("precision", "recall", "f1", "roles", "status", "date", "false")
DIGITS = 12  # of a fingerprint that are written down
# Tables that the draft coder reads beside those of a language.
RULES = ("actors", "agencies", "date_patterns", "names", "offices", "weights")
# Of the tables of a language, those that the draft coder does not read.
ASIDE = ("amounts", "concept_words", "imprint", "name_words", "settled")


def rate(table: pd.DataFrame) -> pd.DataFrame:
    """Return what the counts of the table `quality` come to, types together.

    Returns
    -------
    pd.DataFrame
        One row per split and language: `split`, `language`, `sentences`, `events` (scored ones), `precision`, `recall`
        and `f1` of type and place (the spans overlap), `roles`, `status` and `date` (share right of those found),
        `false` (share of the sentences without any event from which one was drafted), and `pair` (share of the drafts
        with type and both sides right).
    """
    rows = []
    for row in records(table[table["event_type"] == ALL]):
        rows.append({"split": row["split"], "language": row["language"], **rate_counts(row)})
    return pd.DataFrame(rows, columns=["split", "language", "sentences", "events", *MEASURES, PAIR])


def rate_counts(n: Mapping[str, int]) -> dict[str, float]:
    """Return what the counts of a row of the table `quality` come to; see `rate`."""
    precision, recall = n["found"] / max(n["found"] + n["extra"], 1), n["found"] / max(n["events"], 1)
    return {
        "sentences": n["sentences"],
        "events": n["events"],
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        **{name: n[name] / max(n["found"], 1) for name in ("roles", "status", "date")},
        "false": n["false"] / max(n["without"], 1),
        PAIR: n["roles"] / max(n["found"] + n["extra"], 1),
    }


def summarize(reference: Reference, labels: Labels, splits: Sequence[str] = UNREAD) -> pd.DataFrame:
    """Return what was measured on the sentences of some splits, in words; those never read before, if none are named.

    Returns
    -------
    pd.DataFrame
        One row per measure: `measure`, and one column per split and language, such as `agency_de`.
    """
    table = rate(reference.table("quality"))
    places = [(split, language) for split in splits for language in table["language"].unique()]
    by_place = table.set_index(["split", "language"])
    rows = []
    for name in ("sentences", "events", PAIR, *MEASURES):
        shown = [float(str(by_place.loc[place, name])) for place in places]
        counted = name in ("sentences", "events")
        rows.append((labels(f"measure.{name}"), *(f"{x:.0f}" if counted else labels.percent(x) for x in shown)))
    return pd.DataFrame(rows, columns=["measure", *(f"{split}_{language}" for split, language in places)])


def describe_news(reference: Reference, language: str, *, read_too: bool) -> dict[str, Any] | None:
    """Return how the readers do on unread real news in a language, a model among them or not; None if not measured."""
    rated = rate(reference.table("quality"))
    here = rated[(rated["split"] == (READ_TOO if read_too else NEWS)) & (rated["language"] == language)]
    return next(iter(records(here)), None)


Z = 1.96  # of the normal distribution, for an interval of 95 %


def describe_accuracy(reference: Reference) -> dict[str, dict[str, float]]:
    """Return what strict readers said of drafts that count, by what their text is about (`acts` or `other`).

    Each has `drafts`, `share` (of them without anything false), `low` and `high` (its interval of 95 % after Wilson,
    JASA 1927), and `laughed` (those at which a reader would laugh).
    """
    counted = reference.table("accuracy").groupby("matter")[["drafts", "sound", "laughed"]].sum()
    described = {}
    for matter, (n, sound, laughed) in zip(counted.index, counted.to_numpy(), strict=True):
        share, spread = sound / n, Z * (sound * (n - sound) / n + Z**2 / 4) ** 0.5 / n
        middle, whole = share + Z**2 / (2 * n), 1 + Z**2 / n
        interval = {"low": (middle - spread) / whole, "high": (middle + spread) / whole}
        described[str(matter)] = {"drafts": int(n), "share": share, "laughed": int(laughed)} | interval
    return described


def count_types(reference: Reference) -> pd.DataFrame:
    """Return how many events of each type were found in the sentences never read before, the worst first.

    Returns
    -------
    pd.DataFrame
        One row per PLOVER type and one called `ALL`: `event_type`, and for each language `events` (coded), `found`
        (of these) and `extra` (drafted where nobody coded that), such as `found_de`.
    """
    rows = [row for row in reference.rows("quality") if row["split"] in UNREAD]
    languages = dict.fromkeys(row["language"] for row in rows)
    n: Counter[tuple[str, str]] = Counter()
    for row in rows:
        n.update({(row["event_type"], f"{name}_{row['language']}"): row[name] for name in ("events", "found", "extra")})
    columns: list[str] = []
    for language in languages:
        columns += (f"events_{language}", f"found_{language}", f"extra_{language}")
    counted = [(kind, *(n[kind, name] for name in columns)) for kind in sorted({kind for kind, _ in n})]
    table = pd.DataFrame(counted, columns=["event_type", *columns])
    found, events = (table[[f"{name}_{code}" for code in languages]].sum(axis=1) for name in ("found", "events"))
    recall = found / events.clip(lower=1)
    return table.assign(recall=recall).sort_values(["recall", "event_type"]).drop(columns="recall")


def hash_rules(reference: Reference) -> str:
    """Return the fingerprint of the rules: the tables of the coder, not its code, which a test measures anew."""
    tables = [reference.place() / f"{name}.csv" for name in RULES]
    for language in reference.languages:
        files = sorted(reference.place(language).glob("*.csv"))
        tables += [file for file in files if file.stem not in ASIDE]
    return disk.hash_files(tables)[:DIGITS]


# --- Measured Anew ---

Matched = tuple[list[tuple[dict[str, Any], Draft | None, list[str]]], list[Draft]]  # what `match` returns
GOLD = ("acceptance", "sentences", "agency")  # files of gold sentences


def measure(reference: Reference, gold: Path) -> pd.DataFrame:
    """Return how the draft coder does on the gold sentences of a folder; columns as in the table `quality`.

    One row per split and language, followed by one per event type that was coded or drafted there.
    """
    items = read_gold(gold)
    rules, measured = hash_rules(reference), disk.hash_files(gold / f"{name}.jsonl" for name in GOLD)[:DIGITS]
    rows = []
    for split in SPLITS:
        for language in reference.languages:
            chosen = [item for item in items if (item["split"], item["lang"]) == (split, language)]
            for event_type, counts in count(reference, chosen).items():
                place = {"split": split, "language": language, "event_type": event_type}
                rows.append(place | counts | {"rules": rules, "gold": measured})
    return pd.DataFrame(rows, columns=list(TABLES["reference/quality"].columns))


def read_gold(gold: Path) -> list[dict[str, Any]]:
    """Return the gold sentences of a folder with the events that people coded in them."""
    items: list[dict[str, Any]] = []
    for name in GOLD:
        items += map(json.loads, disk.read_lines(gold / f"{name}.jsonl"))
    return items


def count(reference: Reference, items: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return the counts of the table `quality` for gold sentences; see `tally`."""
    drafts = (draft_text(reference, item["text"], item["lang"], item["published"]).events for item in items)
    return tally((item["events"], match(item["events"], drafted)) for item, drafted in zip(items, drafts, strict=True))


def tally(sentences: Iterable[tuple[Sequence[dict[str, Any]], Matched]]) -> dict[str, dict[str, int]]:
    """Return the counts of the table `quality` for the events coded in sentences and what `match` makes of them.

    They are of all types together, then of each one met.
    """
    n: Counter[tuple[str, str]] = Counter()
    total = 0
    for events, (pairs, extra) in sentences:
        total += 1
        n.update(_tally_one(events, pairs, extra))
    met = sorted({kind for kind, _ in n} - {ALL})
    for kind in (ALL, *met):
        n[kind, "sentences"], n[kind, "without"] = total, total - n[kind, "coded"]
    return {kind: {name: n[kind, name] for name in COUNTS} for kind in (ALL, *met)}


def _tally_one(
    events: Iterable[dict[str, Any]],
    pairs: Iterable[tuple[dict[str, Any], Draft | None, list[str]]],
    extra: Sequence[Draft],
) -> Counter[tuple[str, str]]:
    n: Counter[tuple[str, str]] = Counter()
    for event, found, fits in pairs:
        right = ["events", "found", *fits] if found else ["events"]
        for name in right:
            n.update([(ALL, name), (event["type"], name)])
    coded = {event["type"] for event in events}
    drafted = {draft.event_type for draft in extra}
    for draft in extra:
        n.update([(ALL, "extra"), (draft.event_type, "extra")])
    n.update((kind, "coded") for kind in coded)
    n.update((kind, "false") for kind in drafted - coded)
    if coded:
        n[ALL, "coded"] += 1
    elif extra:
        n[ALL, "false"] += 1
    return n


def match(events: Iterable[dict[str, Any]], drafts: Sequence[Draft], begin: int = 0) -> Matched:
    """Return each event coded in a sentence with the draft that fits it best and what is right in it, and the others.

    An optional event takes its draft away and is itself left out. The sentence begins at `begin` of the drafted text.
    """
    rest, pairs = list(drafts), []
    for event in sorted(events, key=lambda event: bool(event.get("optional"))):
        best: Draft | None = None
        best_fit = (0, 0)  # what is right in it, and the characters shared; the first of equals is taken
        for draft in rest:
            shared = overlap(event, draft, begin)
            fit = (len(find_right(event, draft)), shared)
            if shared and fit > best_fit:
                best, best_fit = draft, fit
        if best:
            rest.remove(best)
        if not event.get("optional"):
            pairs.append((event, best, find_right(event, best) if best else []))
    return pairs, rest


def overlap(event: dict[str, Any], draft: Draft, begin: int) -> int:
    """Return how many characters a draft of an admissible type shares with an event; 0 for one of another type."""
    if draft.event_type not in {event["type"], *event.get("type_alt", ())}:
        return 0
    start, end = int(begin + event["span_start"]), int(begin + event["span_end"])
    return max(0, min(draft.end, end) - max(draft.start, start))


def find_right(event: dict[str, Any], draft: Draft) -> list[str]:
    """Return what of an event is right in a draft: roles, status, date."""
    source, target = set(draft.source_actors), set(draft.target_actors)
    sources = [set(event["source"]), *map(set, event.get("source_alt", ()))]
    targets = [set(event["target"]), *map(set, event.get("target_alt", ()))]
    together = (event["mutual"] or event.get("mutual_ok")) and source | target == sources[0] | targets[0]
    right = {
        "roles": together or (source in sources and target in targets),
        "status": draft.status in (event["status"], *event.get("status_alt", ())),
        "date": (draft.date or None) in (event["date"], *event.get("date_alt", ())),
    }
    return [name for name, fits in right.items() if fits]


def agree(
    reference: Reference, pairs: Iterable[tuple[str, str, str]], languages: tuple[str, str] = LANGUAGES
) -> tuple[int, int, int]:
    """Compare the drafts of texts that say the same in both languages.

    Parameters
    ----------
    pairs
        Text in the first language, text in the second, day of publication.
    languages
        The two languages: German and English, if no others are named.

    Returns
    -------
    tuple
        Events drafted from the texts in the first language, from those in the second, and in both alike: in the same
        sentence, with the same type, sides and date.
    """
    first_language, second_language = languages
    firsts = seconds = both = 0
    for first, second, published in pairs:
        in_first = _by_sentence(reference, first, first_language, published)
        in_second = _by_sentence(reference, second, second_language, published)
        firsts += in_first.total()
        seconds += in_second.total()
        both += (in_first & in_second).total()
    return firsts, seconds, both


def _by_sentence(reference: Reference, text: str, language: str, published: str) -> Counter[tuple[Any, ...]]:
    drafted = draft_text(reference, text, language, published)
    starts = [start for start, _ in drafted.sentences]
    counted: Counter[tuple[Any, ...]] = Counter()
    for d in drafted.events:
        number = bisect_right(starts, d.start)
        counted[number, d.event_type, frozenset(d.source_actors), frozenset(d.target_actors), d.date] += 1
    return counted
