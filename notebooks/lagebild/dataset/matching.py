"""Codings of one text side by side: draft and mention, two languages of a page, two people.

In a case that people coded a mention is itself the decision on a draft that reports the same: it accepts the draft,
changes it, or adds what no rule found. In a case that nobody has reviewed the drafts are the mentions. Twins are drafts
of one sentence in two languages of its page that report the same, to be decided together.

How far two people agree is given as a share, on a category as Cohen's kappa (1960) too, which takes off what chance
would give. Who codes anew does it without looking, and is compared with the coding as it first stood; what was settled
afterwards stands in `decisions.csv`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from lagebild.core import TABLES, Offices, Reference, edtf, group_rows, ids, records
from lagebild.dataset.case_drafts import DRAFTED, find_principal

# --- Agreement of two people ---

Pairs = list[tuple[str, str]]
CATEGORIES = ("kind", "event_type", "status")  # of which kappa means something


def measure_agreement(recoded: pd.DataFrame, mentions: pd.DataFrame, offices: Offices) -> pd.DataFrame:
    """Return how often the second coding agrees with the first; columns as in the table `agreement`.

    `recoded` is the table `case/recoding`, `mentions` the table `case/mentions`. Type and sides are compared where both
    see an event, sides as the states behind the actors, those of a mutual act together; dates where both give one: they
    agree if they share a day.
    """
    pairs: dict[str, Pairs] = {name: [] for name in ("kind", "event_type", "sides", "date", "status", "speaker")}
    first = {row["mention_id"]: row for row in records(mentions)}
    for second in records(recoded):
        coded = first[second["mention_id"]]
        kinds = "event" if coded["event_id"] else "condition", second["kind"]
        pairs["kind"].append(kinds)
        pairs["speaker"].append(
            (_fold_actors(coded, ("speaker",), offices), _fold_actors(second, ("speaker",), offices))
        )
        for name, values in pair_values(coded, second, offices, is_act=kinds == ("event", "event")).items():
            pairs[name].append(values)
    rows = tally(pairs, CATEGORIES)
    return pd.DataFrame(rows if len(recoded) else [], columns=list(TABLES["agreement"].columns))


def pair_values(
    first: Mapping[str, str], second: Mapping[str, str], offices: Offices, is_act: bool
) -> dict[str, tuple[str, str]]:
    """Return what two people say of one mention: status; dates, where both give one; of an act its type and sides."""
    values = {"status": (first["status"], second["status"])}
    if first["date"] and second["date"]:
        meets = edtf.parse(first["date"]).meets(edtf.parse(second["date"]))
        values["date"] = ("", "" if meets else "apart")
    if is_act:
        values["event_type"] = (first["event_type"], second["event_type"])
        values["sides"] = (_fold_sides(first, offices), _fold_sides(second, offices))
    return values


def tally(pairs: Mapping[str, Pairs], categories: Collection[str]) -> list[tuple[str, int, int, float]]:
    """Return field, pairs compared, pairs alike, and kappa of those fields that are `categories`, else NaN."""
    return [
        (name, len(codings), _count_equal(codings), _kappa(codings) if name in categories else np.nan)
        for name, codings in pairs.items()
    ]


def _fold_sides(row: Mapping[str, str], offices: Offices) -> str:
    """Return the states behind the actors of a row: who to whom, or those of a mutual act together."""
    if row["mutual"] == "yes":
        return _fold_actors(row, ("source_actors", "target_actors"), offices)
    return " > ".join(_fold_actors(row, (side,), offices) for side in ("source_actors", "target_actors"))


def _fold_actors(row: Mapping[str, str], sides: tuple[str, ...], offices: Offices) -> str:
    """Return the states behind the actors of a row; an office counts whenever it was held, for the day may be vague."""
    named = pd.Series([actor for side in sides for actor in ids(row[side])], dtype=str)
    return ";".join(sorted(set(offices.fold(named, pd.Series("", index=named.index)))))


def _count_equal(pairs: Pairs) -> int:
    return sum(first == second for first, second in pairs)


def _kappa(pairs: Pairs) -> float:
    """Return Cohen's kappa of two codings; 1 if both use one and the same category throughout, NaN without any."""
    if not pairs:
        return np.nan
    firsts, seconds = (pd.Series([pair[k] for pair in pairs], dtype=str).value_counts(normalize=True) for k in (0, 1))
    chance = float(firsts.mul(seconds, fill_value=0.0).sum())
    return 1.0 if chance == 1 else round((_count_equal(pairs) / len(pairs) - chance) / (1 - chance), 2)


# --- Drafts and coded mentions ---

COMPARED = ("event_type", "source_actors", "target_actors", "mutual", "date", "status")
SIDES = ("source_actors", "target_actors")


def match_drafts(
    reference: Reference, drafts: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the drafts with what became of each, and the mentions with where they come from.

    A draft and a mention belong together if they stand in the same sentence, of either language, with a type that is
    the same or also defensible, and share an actor on a side. Each takes the other once, the most alike first.
    """
    pairs = _find_pairs(
        reference, drafts, mentions, dict(zip(sources["source_id"], sources["known_from"], strict=True))
    )
    taken: dict[str, dict[str, str]] = {}
    matches: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for changed, _, mention, draft in pairs:
        name, by_language = mention["mention_id"], matches.setdefault(mention["mention_id"], {})
        if draft["draft_id"] not in taken and mention["language"] not in by_language:
            decision = "edited" if changed else "accepted"
            taken[draft["draft_id"]] = {"decision": decision, "mention_id": name, "event_id": mention["event_id"]}
            by_language[mention["language"]] = draft["rule"], changed
    none = {"mention_id": "", "event_id": ""}
    decided = [
        row | (none | {"decision": "rejected"} if row["decision"] == "open" else {}) | taken.get(row["draft_id"], {})
        for row in records(drafts)
    ]
    origin = {name: _describe_origin(drafted) for name, drafted in matches.items() if drafted}
    traced = [
        row | (origin.get(row["mention_id"], {}) if row["origin"] == "added" else {}) for row in records(mentions)
    ]
    return pd.DataFrame(decided, columns=DRAFTED), pd.DataFrame(traced, columns=list(mentions.columns))


def _find_pairs(
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
    kept = {row["mention_id"]: row for row in records(mentions)}
    rows = []
    for row in records(drafts):
        mention = kept.get(row["draft_id"])
        if mention:
            decision = "edited" if mention["origin"] == "edited" else "accepted"
            row["decision"] = decision if mention["reviewed"] == "yes" else "open"
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


def _describe_origin(drafted: dict[str, tuple[str, list[str]]]) -> dict[str, str]:
    """Return where a mention comes from, by the draft that is most alike, with what people changed in it."""
    rule, changed = min(drafted.values(), key=lambda pair: len(pair[1]))
    if not changed:
        return {"origin": "drafted", "rule": rule}
    return {"origin": "edited", "rule": f"{rule}; edited: {', '.join(changed)}"}


# --- Twins ---


def pair_twins(reference: Reference, drafts: pd.DataFrame, days: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the drafts that follow a twin, each with the one that leads it.

    Twins stand in the same sentence of a page (sentences bear the same number in each language), in two languages, with
    a type that one holds and the other holds or takes for defensible, and share an actor on a side. Each has one twin,
    the most alike first. The surer leads, of two alike the one in `language`.

    Parameters
    ----------
    drafts
        Columns as in the table `drafts`.
    days
        For each page the day on which it was known.
    """
    pairs = []
    at = [f"{page}:{number}" for page, number in zip(drafts["source_id"], drafts["sentence_no"], strict=True)]
    for rows in group_rows(drafts.assign(place=at), "place").values():
        for first, second in permutations(rows, 2):
            if first["language"] >= second["language"]:
                continue
            day = first["date"] or second["date"] or days[first["source_id"]]
            if _report_same(reference, first, second, day):
                differences = list_differences(reference, first, second, day)
                pairs.append((len(differences), first["draft_id"], second["draft_id"], first, second))
    pairs.sort(key=lambda pair: pair[:3])
    leads, paired = dict[str, str](), set[str]()
    for _, name, twin, first, second in pairs:
        if paired.isdisjoint((name, twin)):
            paired |= {name, twin}
            lead, follower = sorted((first, second), key=lambda row: (row["confidence"], row["language"] != language))
            leads[follower["draft_id"]] = lead["draft_id"]
    return leads


def _report_same(reference: Reference, first: dict[str, Any], second: dict[str, Any], day: str) -> bool:
    """Whether two drafts of a sentence in two languages report one act."""
    mine, theirs = ({row["event_type"], *ids(row["type_alt"])} for row in (first, second))
    if first["event_type"] not in theirs and second["event_type"] not in mine:
        return False
    sides = (list_sides(reference, row, day) for row in (first, second))
    return any(a & b for a, b in zip(*sides, strict=True))
