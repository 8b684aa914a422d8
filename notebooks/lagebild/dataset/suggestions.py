"""Who acts often in a drafted case and is in no table: suggestions of actors to add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import pandas as pd

from lagebild.core.reference import Reference, derived
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.corpus.inputs import Corpus, Inputs
from lagebild.dataset.acting import find_unknown_names
from lagebild.dataset.name_forms import find_nearest, is_known, join_forms
from lagebild.dataset.name_signs import Sight, Signs

TEXTS, SENTENCES = 2, 3  # who acts in so many of them acts often: one is enough
SHOWN = 3  # names that one line tells


def suggest_actors(inputs: Inputs, corpus: Corpus) -> pd.DataFrame:
    """Return who acts often in the texts of a drafted case and is nobody's; columns as in the table `suggestions`.

    There is no row for a case that people coded: they name whom they code.
    """
    columns = list(TABLES["suggestions"].columns)
    if not inputs.case.draft:
        return pd.DataFrame(columns=columns)
    sights, common = list[Sight](), dict[str, set[str]]()
    sentences = {key: records(part) for key, part in corpus.sentences.groupby(["source_id", "language"])}
    for source in records(corpus.sources):
        for language in source["languages"].split(";"):
            page = (source["source_id"], language)
            names = find_unknown_names(inputs.reference, inputs.texts[page], language, source["known_from"])
            common.setdefault(language, set()).update(names.common)
            for row in sentences.get(page, []):
                inside = (one for one in names.named if row["start"] <= one.start < row["end"])
                sights += [Sight(one, (*page, row["sentence_no"])) for one in inside]
    publishers = {name for column in ("publisher", "reporter") for name in corpus.sources[column]}
    found = rank_names(inputs.reference, sights, common, publishers)
    return pd.DataFrame([(rank, *row) for rank, row in enumerate(found, start=1)], columns=columns)


def rank_names(
    reference: Reference, sights: Iterable[Sight], common: Mapping[str, Set[str]], publishers: Iterable[str]
) -> list[tuple[str, str, int, int, str, str, int, str]]:
    """Return the names that act often, who acts in most texts first; columns as in `suggestions` without its rank.

    Newspapers, agencies and broadcasters, which only report, are left out, and so are the `publishers` of the case.
    """
    sights = list(sights)
    signs = Signs(reference, common, frozenset(one.named.name for one in sights))
    trimmed = [signs.trim(one) for one in sights]
    outlets = {one.named.name for one in trimmed if one.named.mark == "outlet" or signs.is_kind(one.words, "outlet")}
    silent = {name.casefold() for name in outlets.union(publishers)} | _nobodys(reference)
    heard = [one for one in trimmed if one.named.name.casefold() not in silent]
    called = join_forms(signs, heard)
    groups: dict[str, list[Sight]] = {}
    for one in heard:
        if name := called.get(one.named.name):
            groups.setdefault(name, []).append(one)
    rows = []
    for name, seen in groups.items():
        places = _list_places(seen)
        n_sources = len({source for source, _, _ in places})
        often = n_sources >= TEXTS or len(places) >= SENTENCES
        if often and not is_known(reference, name):
            kind, nearest = signs.judge_kind(name, seen), find_nearest(reference, name)
            rows.append((name, kind, len(places), n_sources, *places[0], nearest))
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def _list_places(seen: Sequence[Sight]) -> list[tuple[str, str, int]]:
    """Return the sentences in which a name acts; one that is held in two languages counts once."""
    acts = sorted((one.place for one in seen if one.named.acts), reverse=True)
    return sorted({(source, number): (source, language, number) for source, language, number in acts}.values())


@derived
def _nobodys(reference: Reference) -> set[str]:
    """Return in small letters what speaks and acts for nobody: agencies, and what the tables rule out."""
    agencies = {name for row in reference.rows("agencies") for name in (row["agency"], row["name"])}
    blocked = {row["words"] for language in reference.languages for row in reference.rows("blocklist", language)}
    return {name.casefold() for name in agencies | blocked}


def sum_up(suggestions: pd.DataFrame, case: str, file: str) -> str:
    """Return the suggestions that lie in a file in one line, with what to do; empty if there is none."""
    shown = [_tell(row) for row in records(suggestions.head(SHOWN))]
    if not shown:
        return ""
    n = len(suggestions)
    who = f"{n} names act often and are nobody's" if n > 1 else "1 name acts often and is nobody's"
    names = ", ".join([*shown, "…"] if n > SHOWN else shown)
    return f"{who}: {names} – add them to data/cases/{case}/actors.csv and names.csv, see {file}"


def _tell(row: Mapping[str, Any]) -> str:
    """Return a suggestion in a few words: Hunter Biden (3 sentences; biden?)."""
    n, known = row["n_sentences"], f"; {row['nearest']}?" if row["nearest"] else ""
    return f"{row['name']} ({n} sentence{'s' * (n != 1)}{known})"
