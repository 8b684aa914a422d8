"""Somebody else's report against the evidence of an edition: read, audited, and written to files.

Their names are that of the report with its suffix, the edition and the language of the audit. A report whose file has
the same name in another folder has a mark in them, too: no audit takes the place of that of another report.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lagebild.audit import (
    Audited,
    Span,
    apply_verdicts,
    audit_text,
    check_citations,
    name_citations,
    name_origin,
    read_report,
    set_audit_pdf,
    tabulate_claims,
    tabulate_evidence,
    write_audit_page,
)
from lagebild.core import (
    InputError,
    Labels,
    Paths,
    Reference,
    read_case,
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
from lagebild.run.pipeline import build_dataset

DIGITS = 6  # of the place of a file, which tell it from others of its name


@dataclass(frozen=True)
class Checked:
    """A report that was audited, with the words of the language in which its audit is written."""

    audited: Audited
    reference: Reference
    labels: Labels
    place: Callable[[Span], Span]


def check_report(file: Path, paths: Paths, language: str = "") -> Checked:
    """Audit a report against the edition of `paths`, which need not have been built; without a language, in its own.

    Raises
    ------
    InputError
        If the report cannot be read, the case does not fit, or none of its pages was published by then.
    """
    reference = read_reference(paths)
    report = read_report(file, read_today(), reference)
    inputs = read_inputs(paths, reference)
    select_known_pages(inputs)
    data = build_dataset(inputs)
    audit = audit_text(inputs.reference, data, paths.case, paths.as_of, report.text, report.language, report.day)
    audit = apply_verdicts(audit, read_case(paths, "verdicts"))
    cited = name_citations(audit, check_citations(report.citations, data.sources))
    name = file.name.encode("utf-8", "replace").decode()  # which a file system need not have kept in UTF-8
    audited = Audited(
        *(audit, name, report.title, report.day, inputs.case.title, data.sources, cited),
        sha256=report.sha256,
        origin=_hash_place(file, paths.home),
    )
    return Checked(audited, reference, read_labels(inputs.reference, language or report.language), report.place)


def write_audit(checked: Checked, paths: Paths, paper: str) -> list[Path]:
    """Write an audit as page, PDF and two tables, each beside its place and moved there, and return the files.

    They take the place of those of an earlier audit of this file, in this language.

    Raises
    ------
    InputError
        If they cannot be written.
    """
    audited, reference, labels = checked.audited, checked.reference, checked.labels
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
