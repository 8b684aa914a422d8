"""Drafts beside what people decided on them: what became of each draft, and where each mention comes from.

In a case that people coded a mention is itself the decision on a draft that reports the same: it accepts the draft,
changes it, or adds what no rule found. In a case that nobody has reviewed the drafts are the mentions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild.core.reference import Reference
from lagebild.core.schema import ids
from lagebild.core.tables import records
from lagebild.dataset.codes import find_principal
from lagebild.dataset.drafts import DRAFTED

COMPARED = ("event_type", "source_actors", "target_actors", "mutual", "date", "status")
SIDES = ("source_actors", "target_actors")


def match_drafts(
    reference: Reference, drafts: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the drafts with what became of each, and the mentions with where they come from.

    A draft and a mention belong together if they stand in the same sentence, of either language, with a type that is
    the same or also defensible, and share an actor on a side. Each takes the other once, the most alike first.
    """
    pairs = _pair(reference, drafts, mentions, dict(zip(sources["source_id"], sources["known_from"], strict=True)))
    taken: dict[str, dict[str, str]] = {}
    reported: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for changed, _, mention, draft in pairs:
        name, by_language = mention["mention_id"], reported.setdefault(mention["mention_id"], {})
        if draft["draft_id"] not in taken and mention["language"] not in by_language:
            decision = "edited" if changed else "accepted"
            taken[draft["draft_id"]] = {"decision": decision, "mention_id": name, "event_id": mention["event_id"]}
            by_language[mention["language"]] = draft["rule"], changed
    none = {"mention_id": "", "event_id": ""}
    decided = [
        row | (none | {"decision": "rejected"} if row["decision"] == "open" else {}) | taken.get(row["draft_id"], {})
        for row in records(drafts)
    ]
    origin = {name: _origin(found) for name, found in reported.items() if found}
    traced = [
        row | (origin.get(row["mention_id"], {}) if row["origin"] == "added" else {}) for row in records(mentions)
    ]
    return pd.DataFrame(decided, columns=DRAFTED), pd.DataFrame(traced, columns=list(mentions.columns))


def _pair(
    reference: Reference, drafts: pd.DataFrame, mentions: pd.DataFrame, day: Mapping[str, str]
) -> list[tuple[list[str], int, dict[str, Any], dict[str, Any]]]:
    """Return the mentions and drafts that belong together, the most alike first, after where and how far they differ.

    `day` is the one on which each source was known.
    """
    at: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for draft in records(drafts[drafts["decision"] == "open"]):
        at.setdefault((draft["source_id"], draft["sentence_no"], draft["language"]), []).append(draft)
    pairs = []
    for mention in records(mentions[mentions["event_id"] != ""]):
        for draft in at.get((mention["source_id"], mention["sentence_no"], mention["language"]), []):
            if mention["event_type"] not in (draft["event_type"], *ids(draft["type_alt"])):
                continue
            on = mention["date"] or day[mention["source_id"]]
            sides = (list_sides(reference, row, on) for row in (draft, mention))
            if any(a & b for a, b in zip(*sides, strict=True)):
                shared = min(draft["end"], mention["end"]) - max(draft["start"], mention["start"])
                pairs.append((list_differences(reference, draft, mention, on), -shared, mention, draft))
    return sorted(pairs, key=lambda pair: (len(pair[0]), pair[1], pair[2]["mention_id"], pair[3]["draft_id"]))


def apply_reviews(drafts: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the drafts of a case whose mentions they are, with what the reviewers decided on each so far."""
    left = {row["mention_id"]: row for row in records(mentions)}
    rows = []
    for row in records(drafts):
        mention = left.get(row["draft_id"])
        if mention:
            seen = "edited" if mention["origin"] == "edited" else "accepted"
            row["decision"] = seen if mention["reviewed"] == "yes" else "open"
            row |= {"mention_id": mention["mention_id"], "event_id": mention["event_id"]}
        elif row["decision"] != "candidate":
            row["decision"] = "rejected"
        rows.append(row)
    return pd.DataFrame(rows, columns=DRAFTED)


def list_sides(reference: Reference, row: dict[str, Any], day: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return whom the actors of a row stand for on a day, as source and as target."""
    source, target = (frozenset(find_principal(reference, actor, day) for actor in ids(row[side])) for side in SIDES)
    return (source | target, source | target) if row["mutual"] == "yes" else (source, target)


def list_differences(reference: Reference, draft: dict[str, Any], mention: dict[str, Any], day: str) -> list[str]:
    """Return the fields in which a mention differs from the draft."""
    drafted, coded = list_sides(reference, draft, day), list_sides(reference, mention, day)
    changed = {name for name, a, b in zip(SIDES, drafted, coded, strict=True) if a != b}
    if draft["mutual"] != mention["mutual"] and drafted[0] | drafted[1] == coded[0] | coded[1]:
        changed = set()  # the same actors, once to each other
    changed |= {name for name in ("event_type", "mutual", "date", "status") if draft[name] != mention[name]}
    return [name for name in COMPARED if name in changed]


def _origin(found: dict[str, tuple[str, list[str]]]) -> dict[str, str]:
    """Return where a mention comes from, by the draft that is most alike, with what people changed in it."""
    rule, changed = min(found.values(), key=lambda pair: len(pair[1]))
    if not changed:
        return {"origin": "drafted", "rule": rule}
    return {"origin": "edited", "rule": f"{rule}; edited: {', '.join(changed)}"}
