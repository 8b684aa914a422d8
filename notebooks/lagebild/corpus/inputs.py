"""All that people wrote for a case and all that the method knows, read once: what a run starts from.

Of each page it says from which day it was certainly known, and in which languages its text is held.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from lagebild.core import (
    ANSWERS,
    LANGUAGES,
    Answer,
    Answers,
    Case,
    InputError,
    Paths,
    Reference,
    UnknownActor,
    edtf,
    load,
    look_up_actor,
    read_case,
    read_case_file,
    read_reference,
    schema,
    show,
)
from lagebild.corpus.sentences import find_stops, find_text_fault, list_sentences


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
            read = edtf.day(str(source.retrieved), "retrieved")
            known.append(edtf.day_of_print(edtf.parse(str(source.published)).latest or read))
        except InputError as fault:
            raise InputError(f"{place}/sources.csv, row {row} ({name}): {fault}") from None
        if name not in held:
            raise InputError(
                f"{place}/sources.csv, row {row}: {name} has no text; write texts/{name}.de.txt or .en.txt."
            )
        languages.append(";".join(held[name]))
        # a report language without a text counts as empty
        ordered = (held[name].get(language, "") for language in sorted({*LANGUAGES, *held[name]}))
        hashes.append(hashlib.sha256("\0".join(ordered).encode()).hexdigest())
    described = rows.assign(known_from=known, languages=languages, sha256=hashes)
    return described.sort_values("source_id", kind="stable", ignore_index=True)


def known_sources(sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the sources certainly published on or before `as_of`; a source of doubtful day waits for its last."""
    return sources[sources["known_from"] <= as_of].reset_index(drop=True)


def find_states_without_publisher(sources: pd.DataFrame, states: Iterable[str]) -> list[str]:
    """Return the states of which no publisher is among the sources: their silence is ours, not theirs."""
    return sorted(set(states) - set(sources["country"]))


def voices(sources: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many pages and independent publishers report, per value of the column `by`, such as country.

    The columns are `by`, ``pages`` and ``publishers``; most pages come first.
    """
    groups = sources.groupby(by, sort=True)
    counts = pd.DataFrame({"pages": groups.size(), "publishers": groups["reporter"].nunique()})
    return counts.sort_values(["pages"], ascending=False, kind="stable").reset_index()


@dataclass(frozen=True, eq=False)
class Corpus:
    """The pages that are known on a day, and their sentences; columns as in the tables of these names."""

    sources: pd.DataFrame
    sentences: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Inputs:
    """A case as it lies on the disk, whatever the as-of date.

    Attributes
    ----------
    paths
        Where it lies, and for which edition it was opened.
    reference
        What the method knows.
    case
        The content of `case.yml`.
    corpus
        Every page with `known_from`, `languages` and `sha256`, and every sentence.
    texts
        The texts by source and language.
    answers
        What a language model answered about the texts, by the digests of the requests; empty if none reads the case.
    mentions, events, conditions, decisions, recoding
        The tables that people wrote, as they wrote them.
    """

    paths: Paths
    reference: Reference
    case: Case
    corpus: Corpus
    texts: dict[tuple[str, str], str] = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    decisions: pd.DataFrame
    recoding: pd.DataFrame

    def known(self, as_of: str) -> Corpus:
        """Return the pages certainly published on or before a day, and their sentences."""
        sources = known_sources(self.corpus.sources, as_of)
        held = self.corpus.sentences["source_id"].isin(set(sources["source_id"]))
        return Corpus(sources, self.corpus.sentences[held].reset_index(drop=True))


def read_inputs(paths: Paths, reference: Reference | None = None) -> Inputs:
    """Read a case and, unless it is given, what the method knows: each file once. What the case says of actors counts.

    Raises
    ------
    InputError
        On the first file that is missing or does not fit, with its row and what to do.
    """
    case, place = read_case_file(paths), f"data/cases/{paths.case}"
    reference = read_reference(paths, reference)
    _check_subject(reference, case.subject, place)
    rows = read_case(paths, "sources")
    texts = _read_texts(reference, paths, rows["source_id"])
    sources = describe_sources(rows, texts, place)
    return Inputs(
        paths,
        reference,
        case,
        Corpus(sources, list_sentences(reference, sources, texts, f"{place}/texts")),
        texts,
        Answers(paths.inputs / ANSWERS).kept if case.model else {},
        *(read_case(paths, name, case.draft) for name in ("mentions", "events", "conditions", "decisions", "recoding")),
    )


def _check_subject(reference: Reference, subject: str, place: str) -> None:
    """Refuse a case around nobody: the last step of a run would find it out."""
    try:
        actor = look_up_actor(reference, subject) if subject else ""
    except UnknownActor as fault:
        raise InputError(f"{place}/case.yml: subject: {fault}") from None
    if actor != subject:
        raise InputError(f"{place}/case.yml: the subject {show(subject)} is called {actor} here; write that.")


def pair_texts(inputs: Inputs) -> list[tuple[str, str, str]]:
    """Return the German and the English text of each source that has both, and the day from which it is known."""
    sources = inputs.corpus.sources
    texts = ([inputs.texts.get((name, language)) for language in ("de", "en")] for name in sources["source_id"])
    pairs = zip(texts, sources["known_from"], strict=True)
    return [(german, english, day) for (german, english), day in pairs if german and english]


def load_corpus(inputs: Inputs, paths: Paths) -> Corpus:
    """Return the pages and sentences that step 01 saved for an edition.

    Raises
    ------
    InputError
        If step 01 has not run, a page or its text has changed since, or none was published by then.
    """
    corpus = Corpus(load(paths, "sources"), load(paths, "sentences"))
    today = select_known_pages(inputs).sources
    if not corpus.sources.equals(today[corpus.sources.columns]):
        raise InputError(
            f"data/built/{paths.case}/{paths.as_of}/sources.csv is older than the pages or texts of the case: "
            "run step 01 again."
        )
    return corpus


def select_known_pages(inputs: Inputs) -> Corpus:
    """Return the pages and sentences that the edition of a case knows.

    Raises
    ------
    InputError
        If there are pages, but none that was published by then; it names the first day.
    """
    paths = inputs.paths
    known = inputs.known(paths.as_of)
    if known.sources.empty and len(inputs.corpus.sources):
        first = inputs.corpus.sources["known_from"].min()
        raise InputError(
            f"No page of {paths.case} was certainly published by {paths.as_of}: the first one is of {first}."
        )
    return known


def _read_texts(reference: Reference, paths: Paths, source_ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return the texts of the sources by source and language.

    Raises
    ------
    InputError
        If a text is not UTF-8 or holds what no text may hold, with its line.
    """
    texts = {}
    for source_id in source_ids:
        for file in sorted(paths.texts.glob(f"{glob.escape(source_id)}.*.txt")):
            language = file.name[len(source_id) + 1 : -len(".txt")]
            if not schema.is_language_tag(language):
                continue
            place = f"data/cases/{paths.case}/texts/{file.name}"
            try:
                text = file.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                raise InputError(f"{place} is not UTF-8: save it as plain text in UTF-8.") from None
            if fault := find_text_fault(text, find_stops(reference, language)):
                raise InputError(f"{place}, {fault}.")
            if text:
                texts[source_id, language] = text
    return texts
