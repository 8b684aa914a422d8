"""Somebody else's report against the evidence of an edition: read, audited, and written to files.

Their names are that of the report with its suffix, the edition and the language of the audit. A report whose file has
the same name in another folder has a mark in them, too: no audit takes the place of that of another report.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from lagebild.audit import (
    VERDICTS,
    Audited,
    CaseEvidence,
    Span,
    apply_verdicts,
    audit_text,
    list_claim_requests,
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
    LANGUAGES,
    REFERENCE,
    Answers,
    InputError,
    Labels,
    Paths,
    Reference,
    csv_files,
    disk,
    folders,
    list_reference_files,
    read_case,
    read_case_file,
    read_labels,
    read_reference,
    records,
    show,
)
from lagebild.corpus import read_inputs, read_today, select_known_pages
from lagebild.reader import list_unanswered
from lagebild.report import PDF
from lagebild.run.asking import ask_claims, join_words
from lagebild.run.options import NOBODY, ReaderWords, show_progress
from lagebild.run.pipeline import build_dataset

DIGITS = 6  # of the place of a file, which tell it from others of its name
INSIDE = ("*.py", "*.pyi", "*.yml", "*.j2", "*.css", "*.typ")  # files of the program that an audit is made by


@dataclass(frozen=True)
class Checked:
    """A report that was audited, with the words of the language in which its audit is written.

    `whole` is whether the model that judges, if one does, answered all that it was asked.
    """

    audited: Audited
    reference: Reference
    labels: Labels
    place: Callable[[Span], Span]
    whole: bool = True


def audit_report(
    file: Path, paths: Paths, language: str, paper: str, words: ReaderWords, quiet: bool
) -> tuple[list[Path], dict[str, int]]:
    """Audit a report and write the files; those of an earlier audit stay if nothing has changed since.

    Returns
    -------
    tuple of files and counts
        Page, PDF, claims and evidence; how many claims have each verdict.

    Raises
    ------
    InputError
        As `check_report` and `write_audit` do.
    """
    asked = language, paper, words.model, words.endpoint
    if kept := find_made(file, paths, digest_audit(file, paths, *asked)):
        return kept
    checked = check_report(file, paths, language, words, quiet)
    made = digest_audit(file, paths, *asked)  # with what was answered meanwhile
    return write_audit(checked, paths, paper, made), checked.audited.audit.count()


def find_made(file: Path, paths: Paths, made: str) -> tuple[list[Path], dict[str, int]] | None:
    """Return the files of an earlier audit of a report, and its verdicts, if nothing that it was made of has changed.

    `made` is the digest of all that, by `digest_audit`.
    """
    mark = _hash_place(file, paths.home)[:DIGITS]
    for language, suffix in product(LANGUAGES, ("", mark)):
        page, *others = files = _list_files(file.name, replace(paths, language=language), suffix)
        if all(one.is_file() for one in files) and name_made(made).encode() in page.read_bytes():
            rows = csv_files.parse_csv(others[1].read_text(encoding="utf-8"), others[1])
            counts = Counter(row[rows[0].index("verdict")] for row in rows[1:])
            return files, {verdict: counts[verdict] for verdict in VERDICTS}
    return None


def digest_audit(file: Path, paths: Paths, *asked: str) -> str:
    """Return a digest of all that an audit is made of: report, case, tables, program, and what was `asked` for."""
    program = sorted(one for form in INSIDE for one in folders.PACKAGE.rglob(form))
    tables = list_reference_files(paths.reference if paths.reference.is_dir() else REFERENCE)
    case = sorted(one for one in paths.inputs.rglob("*") if one.is_file())
    parts = [disk.hash_files(files) for files in ([file], case, tables, program)]
    return hashlib.sha256(
        "\n".join([*parts, _hash_place(file, paths.home), paths.as_of, read_today(), *asked]).encode()
    ).hexdigest()


def name_made(made: str) -> str:
    """Return the words by which the page of an audit says what it was made of."""
    return f'<meta name="lagebild-made" content="{made}">'


def _list_files(name: str, paths: Paths, mark: str) -> list[Path]:
    """Return the files of an audit: page, PDF, claims, evidence."""
    parts = (("html", ""), ("pdf", ""), ("csv", ""), ("csv", "evidence"))
    return [paths.audit(name, kind, part, mark) for kind, part in parts]


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
    model, answers, whole = (reader.model if reader else ""), Answers(paths.inputs / ANSWERS), True
    if reader:
        requests = [one for one in list_claim_requests(evidence, report, weighed, model) if one]
        ask_claims(requests, answers, reader, words, paths, quiet)
        whole = not list_unanswered(requests, answers)
    audit = audit_text(report, evidence, weighed, model, answers.kept)
    audit = apply_verdicts(audit, read_case(paths, "verdicts"))
    audited = Audited(
        audit=audit,
        file=file.name.encode("utf-8", "replace").decode(),  # which a file system need not have kept in UTF-8
        title=report.title,
        day=report.day,
        case_title=inputs.case.title,
        sources=data.sources,
        sha256=report.sha256,
        origin=_hash_place(file, paths.home),
    )
    return Checked(audited, reference, read_labels(inputs.reference, language or report.language), report.place, whole)


def _follow(pages: Collection[Any], tell: Callable[[int], object]) -> Iterator[Any]:
    for page in pages:
        yield page
        tell(1)


def write_audit(checked: Checked, paths: Paths, paper: str, made: str = "") -> list[Path]:
    """Write an audit as page, PDF and two tables, each beside its place and moved there, and return the files.

    `made` is the digest of what it was made of, by which a second audit of the same need not be made. They take the
    place of those of an earlier audit of this file, in this language.

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
    page, pdf, claims, evidence = _list_files(audited.file, paths, mark)
    tables = {
        claims: csv_files.to_csv(tabulate_claims(audited.audit, labels)),
        evidence: csv_files.to_csv(tabulate_evidence(audited.audit, addresses)),
    }
    beside = [
        (pdf.name, PDF, "page.pdf", "page.beside"),
        (claims.name, "text/csv", "audit.claims", "page.beside"),
        (evidence.name, "text/csv", "audit.evidence", "page.beside"),
    ]
    attached = {file.name: text for file, text in tables.items()}
    head = name_made(made if checked.whole else "")
    written = {
        page: write_audit_page(audited, reference, labels, beside, head).encode(),
        pdf: set_audit_pdf(audited, reference, labels, attached, paper),
        **{file: text.encode() for file, text in tables.items()},
    }
    try:
        for file, content in written.items():
            disk.write_bytes(file, content)
    except OSError as error:
        folder = show(paths.output) if paths.output else disk.short_path(page.parent)
        raise InputError(f"{folder} cannot be written ({error.strerror}): give another folder with --output.") from None
    return list(written)


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
