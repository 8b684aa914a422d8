"""Somebody else's report against the evidence of an edition: read, audited, and written to files.

Their names are that of the report with its suffix, the edition and the language of the audit. A report whose file has
the same name in another folder has a mark in them, too: no audit takes the place of that of another report.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lagebild.audit import (
    Audited,
    CaseEvidence,
    Span,
    apply_verdicts,
    audit_text,
    check_citations,
    list_claim_requests,
    name_citations,
    name_origin,
    name_verdicts,
    read_evidence,
    read_report,
    set_audit_pdf,
    tabulate_claims,
    tabulate_evidence,
    weigh_claims,
    write_audit_page,
)
from lagebild.core import (
    ANSWERS,
    Answers,
    InputError,
    Labels,
    Paths,
    Reference,
    read_case,
    read_case_file,
    read_labels,
    read_reference,
    records,
    short_path,
    show,
    to_csv,
    write_bytes,
)
from lagebild.corpus import read_inputs, read_today, select_known_pages
from lagebild.report import PDF
from lagebild.run.asking import ask_claims, join_words
from lagebild.run.options import NOBODY, ReaderWords, show_progress
from lagebild.run.pipeline import build_dataset

DIGITS = 6  # of the place of a file, which tell it from others of its name


@dataclass(frozen=True)
class Checked:
    """A report that was audited, with the words of the language in which its audit is written."""

    audited: Audited
    reference: Reference
    labels: Labels
    place: Callable[[Span], Span]


def check_report(
    file: Path, paths: Paths, language: str = "", words: ReaderWords = NOBODY, quiet: bool = False
) -> Checked:
    """Audit a report against the edition of `paths`, which need not have been built; without a language, in its own.

    A language model judges if `words` name one, or `case.yml` does; what it answers is kept with the case.

    Raises
    ------
    InputError
        If the report cannot be read, the case does not fit, none of its pages was published by then, or a model that
        `words` name cannot be asked.
    """
    reference = read_reference(paths)
    report = read_report(file, read_today(), reference)
    inputs = read_inputs(paths, reference)
    select_known_pages(inputs)
    data = build_dataset(inputs)
    with show_progress(data.sentences.groupby(["source_id", "language"]).ngroups, "Reading", "text", quiet) as tell:
        index = read_evidence(inputs.reference, data, lambda pages: _follow(pages, tell))
    evidence = CaseEvidence(inputs.reference, data, paths.case, paths.as_of, index)
    weighed = weigh_claims(evidence, report)
    reader = join_words(read_case_file(paths).reader, words)
    model, answers = (reader.model if reader else ""), Answers(paths.inputs / ANSWERS)
    if reader:
        requests = [one for one in list_claim_requests(evidence, report, weighed, model) if one]
        ask_claims(requests, answers, reader, words, paths, quiet)
    audit = audit_text(report, evidence, weighed, model, answers.kept)
    audit = apply_verdicts(audit, read_case(paths, "verdicts"))
    cited = name_citations(audit, check_citations(report.citations, data.sources))
    name = file.name.encode("utf-8", "replace").decode()  # which a file system need not have kept in UTF-8
    audited = Audited(
        *(audit, name, report.title, report.day, inputs.case.title, data.sources, cited),
        sha256=report.sha256,
        origin=_hash_place(file, paths.home),
    )
    return Checked(audited, reference, read_labels(inputs.reference, language or report.language), report.place)


def _follow(pages: Collection[Any], tell: Callable[[int], object]) -> Iterator[Any]:
    for page in pages:
        yield page
        tell(1)


def write_audit(checked: Checked, paths: Paths, paper: str) -> list[Path]:
    """Write an audit as page, PDF and two tables, each beside its place and moved there, and return the files.

    They take the place of those of an earlier audit of this file, in this language.

    Raises
    ------
    InputError
        If they cannot be written.
    """
    audited, reference = checked.audited, checked.reference
    labels = name_verdicts(audited.audit, checked.labels)
    addresses = {row["source_id"]: row["url"] for row in records(audited.sources)}
    paths = replace(paths, language=labels.language)
    mark = _find_mark(audited, paths)
    page, pdf, claims, evidence = (
        paths.audit(audited.file, kind, part, mark)
        for kind, part in (("html", ""), ("pdf", ""), ("csv", ""), ("csv", "evidence"))
    )
    tables = {
        claims: to_csv(tabulate_claims(audited.audit, labels)),
        evidence: to_csv(tabulate_evidence(audited.audit, addresses)),
    }
    beside = [
        (pdf.name, PDF, "page.pdf", "page.beside"),
        (claims.name, "text/csv", "audit.claims", "page.beside"),
        (evidence.name, "text/csv", "audit.evidence", "page.beside"),
    ]
    attached = {file.name: text for file, text in tables.items()}
    made = {
        page: write_audit_page(audited, reference, labels, beside).encode(),
        pdf: set_audit_pdf(audited, reference, labels, attached, paper),
        **{file: text.encode() for file, text in tables.items()},
    }
    try:
        for file, content in made.items():
            write_bytes(file, content)
    except OSError as error:
        folder = show(paths.output) if paths.output else short_path(page.parent)
        raise InputError(f"{folder} cannot be written ({error.strerror}): give another folder with --output.") from None
    return list(made)


def _hash_place(file: Path, home: Path) -> str:
    """Return by which digits the place of a file is known again, also if the project is moved as a whole."""
    place, home = file.resolve(), home.resolve()
    known = place.relative_to(home) if place.is_relative_to(home) else place
    return hashlib.sha256(os.fsencode(known)).hexdigest()[: 2 * DIGITS]


def _find_mark(audited: Audited, paths: Paths) -> str:
    """Return what the names of the files of an audit need besides that of the report; empty if they need nothing.

    They do if the audit of another file of that name lies there: its page says of which it is.
    """
    mark = audited.origin[:DIGITS]
    plain, marked = (paths.audit(audited.file, "html", mark=suffix) for suffix in ("", mark))
    try:
        own = not marked.is_file() and (
            not plain.is_file() or name_origin(audited.origin).encode() in plain.read_bytes()
        )
    except OSError:
        own = False
    return "" if own else mark
