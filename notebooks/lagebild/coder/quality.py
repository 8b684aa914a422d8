"""How good the draft coder is, as it was measured: the table `quality`, which reports print.

`evaluation` measures it anew; the table says on which gold and with which rules it was measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from lagebild.core import Labels, Reference, hash_files, records

SPLITS = ("acceptance", "fresh", "dev", "heldout", "agency")
NEWS = "news"  # the first sentences of real articles; see `evaluation`
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
    rows = [
        {"split": row["split"], "language": row["language"], **rate_counts(row)}
        for row in records(table)
        if row["event_type"] == ALL
    ]
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


def summarize(reference: Reference, labels: Labels) -> pd.DataFrame:
    """Return what was measured on the sentences never read before, in words.

    Returns
    -------
    pd.DataFrame
        One row per measure: `measure`, and one column per split and language, such as `agency_de`.
    """
    table = rate(reference.table("quality"))
    places = [(split, language) for split in UNREAD for language in table["language"].unique()]
    by_place = table.set_index(["split", "language"])
    rows = []
    for name in ("sentences", "events", PAIR, *MEASURES):
        shown = [float(str(by_place.loc[place, name])) for place in places]
        counted = name in ("sentences", "events")
        rows.append((labels(f"measure.{name}"), *(f"{x:.0f}" if counted else labels.percent(x) for x in shown)))
    return pd.DataFrame(rows, columns=["measure", *(f"{split}_{language}" for split, language in places)])


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
    columns = [f"{name}_{language}" for language in languages for name in ("events", "found", "extra")]
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
    return hash_files(tables)[:DIGITS]
