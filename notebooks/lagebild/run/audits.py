"""Somebody else's report against the evidence of an edition: read, audited, and written to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagebild.analysis.audit.audit import audit_text
from lagebild.core.characters import show
from lagebild.core.csv_form import to_csv
from lagebild.core.files import short_path, write_bytes
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import LANGUAGES, InputError, Paths
from lagebild.core.reference import Reference, read_reference
from lagebild.core.tables import records
from lagebild.corpus.filing import read_today
from lagebild.corpus.formats import read_pages
from lagebild.corpus.inputs import read_inputs
from lagebild.corpus.language import find_language
from lagebild.report.audit_page import Audited, set_audit_pdf, write_audit_page
from lagebild.report.audit_tables import Span, tabulate_claims, tabulate_evidence
from lagebild.report.page import PDF
from lagebild.run.pipeline import build_dataset


@dataclass(frozen=True)
class ReportText:
    """The text of a report, one paragraph a line, with its language, title and day, and its places in the file."""

    text: str
    language: str
    title: str
    day: str
    place: Callable[[Span], Span]


def read_text(file: Path, reference: Reference) -> ReportText:
    """Return the text of a report.

    Raises
    ------
    InputError
        If there is none that can be read, in a language that reports are written in.
    """
    try:
        page = read_pages(str(file), read_today())[0]
    except IndexError:
        raise InputError(f"{show(file.name)}: there is no text in it.") from None
    except InputError as fault:
        raise InputError(f"{show(file.name)}: {fault}") from None
    language = find_language(reference, page.text)
    if language not in LANGUAGES:
        raise InputError(
            f"{show(file.name)}: its language is none of {', '.join(LANGUAGES)}; give a report in one of them."
        )
    return ReportText(page.text, language, page.title, "", lambda span: span)


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
        If the report cannot be read, or the case does not fit.
    """
    reference = read_reference(paths)
    report = read_text(file, reference)
    inputs = read_inputs(paths, reference)
    data = build_dataset(inputs)
    audit = audit_text(inputs.reference, data, paths.case, paths.as_of, report.text, report.language)
    audited = Audited(audit, file.name, report.title, report.day, inputs.case.title, data.sources)
    return Checked(audited, reference, read_labels(inputs.reference, language or report.language), report.place)


def write_audit(checked: Checked, paths: Paths, paper: str) -> list[Path]:
    """Write an audit as page, PDF and two tables, each beside its place and moved there, and return the files.

    Raises
    ------
    InputError
        If they cannot be written.
    """
    audited, reference, labels = checked.audited, checked.reference, checked.labels
    addresses = {row["source_id"]: row["url"] for row in records(audited.sources)}
    page, pdf, claims, evidence = (
        paths.audit(audited.file, kind, part)
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
        raise InputError(
            f"{short_path(page.parent)} cannot be written ({error.strerror}): give another folder with --output."
        ) from None
    return list(made)


def count_failing(checked: Checked, verdicts: Sequence[str]) -> dict[str, int]:
    """Return how many claims have each of some verdicts, those alone that any has."""
    counts = checked.audited.audit.count()
    return {verdict: counts[verdict] for verdict in verdicts if counts[verdict]}
