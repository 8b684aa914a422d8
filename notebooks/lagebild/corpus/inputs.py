"""All that people wrote for a case and all that the method knows, read once: what a run starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from lagebild.core.case import Case, read_case_file
from lagebild.core.characters import show
from lagebild.core.names import UnknownActor, look_up_actor
from lagebild.core.paths import InputError, Paths, read_languages
from lagebild.core.reference import Reference, read_reference
from lagebild.core.tables import load, read_case
from lagebild.corpus.sentences import find_stops, find_wrong, list_sentences
from lagebild.corpus.sources import describe_sources, known_sources


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
    mentions, events, conditions, decisions, recoding
        The tables that people wrote, as they wrote them.
    """

    paths: Paths
    reference: Reference
    case: Case
    corpus: Corpus
    texts: dict[tuple[str, str], str] = field(repr=False)
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
        *(read_case(paths, name, case.draft) for name in ("mentions", "events", "conditions", "decisions", "recoding")),
    )


def _check_subject(reference: Reference, subject: str, place: str) -> None:
    """Refuse a case around nobody: the last step of a run would find it out."""
    try:
        found = look_up_actor(reference, subject) if subject else ""
    except UnknownActor as fault:
        raise InputError(f"{place}/case.yml: subject: {fault}") from None
    if found != subject:
        raise InputError(f"{place}/case.yml: the subject {show(subject)} is called {found} here; write that.")


def pair_texts(inputs: Inputs, one: str = "de", other: str = "en") -> list[tuple[str, str, str]]:
    """Return both texts of every source that is held in two languages, with the day from which it is known."""
    days = dict(zip(inputs.corpus.sources["source_id"], inputs.corpus.sources["known_from"], strict=True))
    held = ((inputs.texts.get((name, one)), inputs.texts.get((name, other)), day) for name, day in days.items())
    return [(first, second, day) for first, second, day in held if first and second]


def load_corpus(inputs: Inputs, paths: Paths) -> Corpus:
    """Return the pages and sentences that step 01 saved for an edition.

    Raises
    ------
    InputError
        If step 01 has not run, a page or its text has changed since, or none was published by then.
    """
    corpus = Corpus(load(paths, "sources"), load(paths, "sentences"))
    today = know_pages(inputs).sources
    if not corpus.sources.equals(today[corpus.sources.columns]):
        raise InputError(
            f"data/built/{paths.case}/{paths.as_of}/sources.csv is older than the pages or texts of the case: "
            "run step 01 again."
        )
    return corpus


def know_pages(inputs: Inputs) -> Corpus:
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
        for language in read_languages():
            file = paths.texts / f"{source_id}.{language}.txt"
            if not file.is_file():
                continue
            place = f"data/cases/{paths.case}/texts/{file.name}"
            try:
                text = file.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                raise InputError(f"{place} is not UTF-8: save it as plain text in UTF-8.") from None
            if wrong := find_wrong(text, find_stops(reference, language)):
                raise InputError(f"{place}, {wrong}.")
            if text:
                texts[source_id, language] = text
    return texts
