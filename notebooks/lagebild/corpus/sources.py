"""The pages of a case: when each was certainly known, in which languages we hold it, and who is not heard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pandas as pd

from lagebild.core.edtf import day, day_of_print, parse
from lagebild.core.paths import LANGUAGES, InputError


def describe_sources(rows: pd.DataFrame, texts: Mapping[tuple[str, str], str], place: str) -> pd.DataFrame:
    """Return the sources of a case in the order of their ids, with `known_from`, `languages` and `sha256`.

    `rows` is the table as people wrote it, `texts` holds the texts by source and language, `place` is the folder of the
    case as a message names it.

    Raises
    ------
    InputError
        If a date is none, or a source has no text, with the row of the file.
    """
    held: dict[str, dict[str, str]] = {}
    for (source_id, language), text in sorted(texts.items()):
        held.setdefault(source_id, {})[language] = text
    known, languages, hashes = [], [], []
    for row, source in enumerate(rows.itertuples(), start=2):
        name = str(source.source_id)
        try:
            read = day(str(source.retrieved), "retrieved")
            known.append(day_of_print(parse(str(source.published)).latest or read))
        except InputError as fault:
            raise InputError(f"{place}/sources.csv, row {row} ({name}): {fault}") from None
        if name not in held:
            raise InputError(
                f"{place}/sources.csv, row {row}: {name} has no text; write texts/{name}.de.txt or .en.txt."
            )
        languages.append(";".join(held[name]))
        hashes.append(hash_texts(held[name]))
    described = rows.assign(known_from=known, languages=languages, sha256=hashes)
    return described.sort_values("source_id", kind="stable", ignore_index=True)


def hash_texts(texts: Mapping[str, str]) -> str:
    """Return one SHA-256 over the texts of a source, by language; a report language without a text counts as empty."""
    return hashlib.sha256("\0".join(texts.get(one, "") for one in sorted({*LANGUAGES, *texts})).encode()).hexdigest()


def known_sources(sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the sources certainly published on or before `as_of`; a source of doubtful day waits for its last."""
    return sources[sources["known_from"] <= as_of].reset_index(drop=True)


def find_unheard(sources: pd.DataFrame, states: Iterable[str]) -> list[str]:
    """Return the states of which no publisher is among the sources: their silence is ours, not theirs."""
    return sorted(set(states) - set(sources["country"]))


def voices(sources: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many pages and independent publishers report, per value of the column `by`, such as country."""
    groups = sources.groupby(by, sort=True)
    table = pd.DataFrame({"pages": groups.size(), "publishers": groups["reporter"].nunique()})
    return table.sort_values(["pages"], ascending=False, kind="stable").reset_index()
