"""The page that lists all editions of a case, the newest first.

An edition knows of no later one, so it cannot say that it is out of date; it leads to this page, which each run writes
anew from the reports that lie in the folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from lagebild.core.case import read_case_file
from lagebild.core.files import write_bytes
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import ANNEX, LANGUAGES, Paths
from lagebild.core.reference import read_reference
from lagebild.report.page import fingerprint, open_templates

# The file to go on writing in is not listed: it is not kept with the others, see .gitignore.
FORMS = (("", "html", "editions.html"), ("", "pdf", "page.pdf"), (ANNEX, "pdf", "page.annex"))  # part, kind, words


@dataclass(frozen=True)
class Listed:
    """An edition in one language: its day, and its files with the key of the words for each."""

    as_of: str
    files: tuple[tuple[str, str], ...]


def write_editions(paths: Paths) -> Path:
    """Write `index.html` beside the reports of a case, in all languages, and return where it lies.

    Raises
    ------
    InputError
        If `case.yml` cannot be read.
    """
    case, reference = read_case_file(paths), read_reference(paths)
    tongues: list[tuple[Labels, list[Listed]]] = [
        (read_labels(reference, language), list_editions(paths, language)) for language in LANGUAGES
    ]
    environment = open_templates()
    style = environment.get_template("editions.css").render()
    page = environment.get_template("editions.html.j2").render(
        case=case,
        title=" · ".join(case.title[labels.language] for labels, listed in tongues if listed),
        tongues=[(labels, listed) for labels, listed in tongues if listed],
        style=Markup(style),
        style_hash=fingerprint(style),
    )
    file = paths.reports / "index.html"
    write_bytes(file, page.encode())
    return file


def list_editions(paths: Paths, language: str) -> list[Listed]:
    """Return the editions whose page lies in the folder of the reports of a case, the newest first."""
    named = re.compile(rf"{re.escape(paths.case)}-(\d{{4}}-\d\d-\d\d)-{language}\.html")
    pages = filter(None, (named.fullmatch(file.name) for file in paths.reports.glob("*.html")))
    listed = []
    for day in sorted((page[1] for page in pages), reverse=True):
        at = replace(paths, as_of=day, language=language)
        files = ((at.report(kind, part=part), words) for part, kind, words in FORMS)
        listed.append(Listed(day, tuple((file.name, words) for file, words in files if file.is_file())))
    return listed
