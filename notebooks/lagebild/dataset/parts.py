"""The parts of a corpus: what is drafted from the articles of one shard, as parquet, a file for each table."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lagebild.coder.coder import OFTEN, draft_text
from lagebild.coder.drafts import Draft
from lagebild.core.characters import show
from lagebild.core.edtf import parse
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.rows import Row, read_row
from lagebild.corpus.signatures import sign
from lagebild.dataset.arrays import tabulate
from lagebild.dataset.codes import find_actor

ARTICLES = "articles"  # the table that is written last: where it lies, the shard is whole
TABLES = ("events", "attributions", "dates", ARTICLES)
NOTE = b"lagebild"  # what the part of the articles says of its shard besides

Rows = dict[str, list[dict[str, Any]]]  # of each table


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a shard.

    Attributes
    ----------
    articles, events
        How many; candidates are no events.
    faults
        The rows that were left out, by their places in the shard from 0, each with the reason in one sentence.
    """

    articles: int
    events: int
    faults: tuple[tuple[int, str], ...]


def code_rows(reference: Reference, shard: str, lines: Sequence[bytes]) -> tuple[Rows, Made]:
    """Draft the articles of a shard.

    Returns
    -------
    tuple
        The rows of each table, sorted by article and place, and what came of it all.
    """
    articles, faults = list[Row](), dict[int, str]()
    places = dict[str, int]()
    for place, line in enumerate(lines):
        try:
            row = read_row(reference, line)
        except InputError as fault:
            faults[place] = str(fault)
        else:
            articles.append(row)
            places[row.id] = place
    rows: Rows = {name: [] for name in TABLES}
    for row in sorted(articles, key=lambda one: one.id):
        try:
            coded = _code(reference, shard, row)
        except Exception as error:  # one text among a million must not end the work
            why = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
            faults[places[row.id]] = f"the draft coder fails on this text ({show(why)}); leave it out, and report it."
        else:
            for name, found in coded.items():
                rows[name] += found
    events = sum(not row["candidate"] for row in rows["events"])
    return rows, Made(len(rows[ARTICLES]), events, tuple(sorted(faults.items())))


def _code(reference: Reference, shard: str, row: Row) -> Rows:
    """Return the rows of each table that one article makes."""
    drafted = draft_text(reference, row.text, row.language, row.published)
    key = {"article_id": row.id, "shard": shard}
    shared = {"language": row.language, "published": date.fromisoformat(row.published), "publisher": row.publisher}
    article = {
        **{name: getattr(row, name) for name in ("title", "url", "author", "text")},
        "sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "n_sentences": len(drafted.sentences),
        "signature": sign(row.text),
    }
    found = sorted((*drafted.events, *drafted.candidates), key=lambda one: (one.start, one.end, one.rule))
    events = [{"n": n, **shared, **_describe(reference, row.text, one)} for n, one in enumerate(found, start=1)]
    attributions = [
        {**_span("source", one.source), **_span("cue", one.cue), **_span("message", one.content)}
        for one in drafted.attributions
    ]
    dates = [{"start": d.start, "end": d.end, "edtf": d.edtf} for d in drafted.dates if d.rule != OFTEN]
    tables = {ARTICLES: [{**shared, **article}], "events": events, "attributions": attributions, "dates": dates}
    return {name: [{**key, **one} for one in some] for name, some in tables.items()}


def _describe(reference: Reference, text: str, one: Draft) -> dict[str, Any]:
    """Return the columns of an event that are its own; the actors are those that a case would have."""
    source, target = (
        list(dict.fromkeys(find_actor(reference, code) for code in codes))
        for codes in (one.source_actors, one.target_actors)
    )
    if one.mutual:
        source = target = list(dict.fromkeys([*source, *target]))
    span = parse(one.date) if one.date else None
    names = ("event_type", "mode", "mutual", "date", "status", "speaker", "cue", "rule", "confidence", "probability")
    return {
        **{name: getattr(one, name) for name in (*names, "start", "end")},
        "type_alt": list(one.type_alt),
        "source_actors": source,
        "target_actors": target,
        "earliest": date.fromisoformat(span.earliest) if span and span.earliest else None,
        "latest": date.fromisoformat(span.latest) if span and span.latest else None,
        "evidence": text[one.start : one.end],
        "candidate": one.confidence == "C",
    }


def _span(part: str, span: tuple[int, int] | None) -> dict[str, int | None]:
    start, end = span or (None, None)
    return {f"{part}_start": start, f"{part}_end": end}


def name_part(folder: Path, table: str, shard: str) -> Path:
    """Return the file of a table of a shard."""
    return folder / table / f"{shard}.parquet"


def write_parts(folder: Path, shard: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], made: Made) -> None:
    """Write the tables of a shard, each beside its place and moved there: nobody ever reads half of one.

    That of the articles comes last, and notes what else came of the shard.
    """
    from pyarrow import parquet

    for name in TABLES:
        table = tabulate(name, rows[name])
        if name == ARTICLES:
            note = {"events": made.events, "faults": made.faults}
            table = table.replace_schema_metadata({NOTE: json.dumps(note, ensure_ascii=False)})
        file = name_part(folder, name, shard)
        beside = file.with_name(f".{file.name}.{os.urandom(8).hex()}")  # two machines may have one number of a process
        parquet.write_table(table, beside, compression="zstd")
        with beside.open("rb+") as written:
            os.fsync(written.fileno())  # so that not even after a power cut a part is there, and empty
        beside.replace(file)


def read_made(folder: Path, shard: str) -> Made | None:
    """Return what came of a shard, from its parts; None if it has not all of them."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        if not all(name_part(folder, name, shard).is_file() for name in TABLES):
            return None
        noted = parquet.read_metadata(name_part(folder, ARTICLES, shard))
        note = json.loads(noted.metadata[NOTE])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
    return Made(noted.num_rows, note["events"], tuple((place, why) for place, why in note["faults"]))


def list_parts(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the parts of articles in a folder, sorted by shard."""
    yield from ((file.stem, file) for file in sorted((folder / ARTICLES).glob("[0-9a-f]*.parquet")))
