"""How good the draft coder is: its drafts against sentences that people coded, and one language against the other.

The gold sentences are ours (`tests/gold`). Some were read while the rules were written (acceptance, fresh, dev), some
never were (heldout; agency, in the plain words of agencies). What is admissible beside the first reading of a coder
(another type, the other side left empty) is in the gold and counts as right; optional events neither count nor cost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pandas as pd

from lagebild.coder.coder import draft_text
from lagebild.coder.events import Draft
from lagebild.coder.lang import read_languages
from lagebild.core.files import read_lines
from lagebild.core.labels import Labels
from lagebild.core.paths import PROJECT
from lagebild.core.reference import Reference, derived

GOLD = PROJECT / "tests" / "gold"
SPLITS = ("acceptance", "fresh", "dev", "heldout", "agency")
ALL = "all"  # types together
UNREAD = ("agency", "heldout")  # never read while the rules were written
MEASURES = ("precision", "recall", "f1", "roles", "status", "date", "false")


def measure(reference: Reference) -> pd.DataFrame:
    """Return the quality of the draft coder on the gold sentences.

    Returns
    -------
    pd.DataFrame
        One row per split and language: `split`, `language`, `sentences`, `events` (scored ones), `precision`, `recall`
        and `f1` of type and place (the spans overlap), `roles`, `status` and `date` (share right of those found), and
        `false` (share of the sentences without any event from which one was drafted).
    """
    rows = []
    for split in SPLITS:
        for language in read_languages():
            items = [item for item in read_gold() if (item["split"], item["lang"]) == (split, language)]
            rows.append({"split": split, "language": language, **score(reference, items)})
    return pd.DataFrame(rows)


def summarize(reference: Reference, labels: Labels) -> pd.DataFrame:
    """Return what was measured on the sentences never read before, in words; empty without the gold.

    Returns
    -------
    pd.DataFrame
        One row per measure: `measure`, and one column per split and language, such as `agency_de`.
    """
    places = [(split, language) for split in UNREAD for language in read_languages()]
    columns = ["measure", *(f"{split}_{language}" for split, language in places)]
    if not GOLD.is_dir():  # the package was copied without its tests
        return pd.DataFrame(columns=columns)
    table = _measured(reference).set_index(["split", "language"])
    rows = []
    for name in ("sentences", "events", *MEASURES):
        shown = [float(str(table.loc[place, name])) for place in places]
        counted = name in ("sentences", "events")
        rows.append((labels(f"measure.{name}"), *(f"{x:.0f}" if counted else labels.percent(x) for x in shown)))
    return pd.DataFrame(rows, columns=columns)


@derived
def _measured(reference: Reference) -> pd.DataFrame:
    return measure(reference)


@cache
def read_gold() -> tuple[dict[str, Any], ...]:
    """Return the gold sentences with the events that people coded in them."""
    return tuple(
        json.loads(line)
        for name in ("acceptance", "sentences", "agency")
        for line in read_lines(GOLD / f"{name}.jsonl")
    )


def score(reference: Reference, items: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return how well the drafts of gold sentences fit the events coded in them; see `measure`."""
    n: Counter[str] = Counter()
    for item in items:
        pairs, extra = match_drafts(reference, item)
        n["sentences"] += 1
        n["empty"] += not item["events"]
        n["false"] += not item["events"] and bool(extra)
        for event, found in pairs:
            n["events"] += 1
            n["found"] += found is not None
            n.update(_right(event, found) if found else ())
        n["extra"] += len(extra)
    precision, recall = n["found"] / max(n["found"] + n["extra"], 1), n["found"] / max(n["events"], 1)
    return {
        "sentences": n["sentences"],
        "events": n["events"],
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        **{name: n[name] / max(n["found"], 1) for name in ("roles", "status", "date")},
        "false": n["false"] / max(n["empty"], 1),
    }


def count_types(reference: Reference) -> pd.DataFrame:
    """Return how many events of each type were found in the sentences never read before, the worst first.

    Returns
    -------
    pd.DataFrame
        One row per PLOVER type and one called `ALL`: `event_type`, and for each language `events` (coded), `found`
        (of these) and `extra` (drafted where nobody coded that), such as `found_de`. Empty without the gold.
    """
    counted = [f"{count}_{language}" for language in read_languages() for count in ("events", "found", "extra")]
    if not GOLD.is_dir():  # the package was copied without its tests
        return pd.DataFrame(columns=["event_type", *counted])
    n: Counter[tuple[str, str]] = Counter()
    for item in read_gold():
        if item["split"] in UNREAD:
            pairs, extra = match_drafts(reference, item)
            counts = [(event["type"], "events") for event, _ in pairs]
            counts += [(event["type"], "found") for event, found in pairs if found]
            counts += [(draft.event_type, "extra") for draft in extra]
            n.update((name, f"{count}_{item['lang']}") for kind, count in counts for name in (kind, ALL))
    rows = [(name, *(n[name, count] for count in counted)) for name in sorted({name for name, _ in n})]
    table = pd.DataFrame(rows, columns=["event_type", *counted])
    recall = (table["found_de"] + table["found_en"]) / (table["events_de"] + table["events_en"]).clip(lower=1)
    return table.assign(recall=recall).sort_values(["recall", "event_type"]).drop(columns="recall")


def match_drafts(
    reference: Reference, item: dict[str, Any]
) -> tuple[list[tuple[dict[str, Any], Draft | None]], list[Draft]]:
    """Return each event coded in a gold sentence with the draft that fits it best, and the drafts that fit none.

    An optional event takes its draft away and is itself left out.
    """
    drafts = list(_draft(reference, item["text"], item["lang"], item["published"]))
    pairs = []
    for event in sorted(item["events"], key=lambda event: bool(event.get("optional"))):
        found = _best(event, drafts)
        if found:
            drafts.remove(found)
        if not event.get("optional"):
            pairs.append((event, found))
    return pairs, drafts


@derived
def _draft(reference: Reference, text: str, language: str, published: str) -> tuple[Draft, ...]:
    return tuple(draft_text(reference, text, language, published).events)


def _best(event: dict[str, Any], drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft of an admissible type that overlaps the event and fits it best."""
    types = {event["type"], *event.get("type_alt", ())}
    fits = [
        (len(_right(event, one)), min(one.end, event["span_end"]) - max(one.start, event["span_start"]), -k, one)
        for k, one in enumerate(drafts)
        if one.event_type in types and min(one.end, event["span_end"]) > max(one.start, event["span_start"])
    ]
    return max(fits, key=lambda fit: fit[:3])[3] if fits else None


def _right(event: dict[str, Any], draft: Draft) -> list[str]:
    """Return which of roles, status and date a draft has right."""
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


def agree(reference: Reference, pairs: Iterable[tuple[str, str, str]]) -> tuple[int, int, int]:
    """Compare the drafts of texts that say the same in both languages.

    Parameters
    ----------
    pairs
        German text, English text, day of publication.

    Returns
    -------
    tuple
        Events drafted from the German texts, from the English texts, and in both alike: in the same sentence, with the
        same type, sides and date.
    """
    totals: Counter[str] = Counter()
    for german, english, published in pairs:
        found = [_by_sentence(reference, text, name, published) for text, name in ((german, "de"), (english, "en"))]
        totals.update({"de": found[0].total(), "en": found[1].total(), "both": (found[0] & found[1]).total()})
    return totals["de"], totals["en"], totals["both"]


def _by_sentence(reference: Reference, text: str, language: str, published: str) -> Counter[tuple[Any, ...]]:
    drafted = draft_text(reference, text, language, published)
    place = {start: number for number, (start, _) in enumerate(drafted.sentences)}
    counted: Counter[tuple[Any, ...]] = Counter()
    for one in drafted.events:
        number = max(n for start, n in place.items() if start <= one.start)
        counted[number, one.event_type, frozenset(one.source_actors), frozenset(one.target_actors), one.date] += 1
    return counted
