"""The page that lists the editions of a case: what lies in the folder, the newest first, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from lagebild.core.case import read_case_file
from lagebild.core.folders import LANGUAGES, Paths
from lagebild.report.html_page import fingerprint, list_editions, write_editions
from pages import Page, text_of
from runs import copy_tiny

TINY = "tiny-2025-06-16-en"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return where the reports of a copy of the tiny case would lie; there are none yet."""
    made = Paths("tiny", "2025-06-16", root=str(copy_tiny(tmp_path)))
    made.reports.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        ((), []),
        ((f"{TINY}.html",), [("2025-06-16", [f"{TINY}.html"])]),
        ((f"{TINY}.pdf",), []),  # a page it is that makes an edition
        ((f"{TINY}.html", f"{TINY}.pdf", f"{TINY}.docx"), [("2025-06-16", [f"{TINY}.html", f"{TINY}.pdf"])]),
        ((f"{TINY}.html", f"{TINY}-annex.pdf"), [("2025-06-16", [f"{TINY}.html", f"{TINY}-annex.pdf"])]),
        (
            ("tiny-2025-01-31-en.html", f"{TINY}.html"),
            [("2025-06-16", [f"{TINY}.html"]), ("2025-01-31", ["tiny-2025-01-31-en.html"])],
        ),
        (("tiny-2025-01-31-de.html", "other-2025-01-31-en.html", "tiny-draft-en.html", "index.html"), []),
    ],
)
def test_an_edition_is_listed_with_the_files_that_lie_there(
    paths: Paths, names: tuple[str, ...], listed: list[tuple[str, list[str]]]
) -> None:
    for name in names:
        (paths.reports / name).touch()
    found = [(one.as_of, [name for name, _ in one.files]) for one in list_editions(paths, "en")]
    assert found == listed


def test_the_page_leads_to_every_edition_and_marks_the_newest(paths: Paths) -> None:
    for day in ("2025-01-31", "2025-06-16"):
        for language in LANGUAGES:
            (paths.reports / f"tiny-{day}-{language}.html").touch()
    file = write_editions(paths)
    page, case = Page(file.read_text(encoding="utf-8")), read_case_file(paths)
    assert file == paths.reports / "index.html"
    assert [link.get("href") for link in page.all("a")] == [
        f"tiny-{day}-{language}.html" for language in LANGUAGES for day in ("2025-06-16", "2025-01-31")
    ]
    assert [text_of(heading) for heading in page.all("h1")] == [case.title[language] for language in LANGUAGES]
    assert [one.get("lang") for one in page.all("section")] == list(LANGUAGES)
    assert len(page.all("b")) == len(LANGUAGES)
    first = write_editions(paths).read_bytes()
    assert first == write_editions(paths).read_bytes()


def test_the_page_lets_nothing_in_and_shows_a_title_as_it_was_written(paths: Paths) -> None:
    (paths.reports / f"{TINY}.html").touch()
    file = paths.inputs / "case.yml"
    title = read_case_file(paths).title["en"]
    hostile = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"
    file.write_text(file.read_text(encoding="utf-8").replace(title, hostile), encoding="utf-8")
    page = Page(write_editions(paths).read_text(encoding="utf-8"))
    assert not page.all("script", "img")
    assert [text_of(heading) for heading in page.all("h1")] == [hostile]
    (style,) = page.all("style")
    (policy,) = [meta.get("content") for meta in page.all("meta") if meta.get("http-equiv")]
    assert policy == (
        f"default-src 'none'; style-src '{fingerprint(''.join(style.text))}'; base-uri 'none'; form-action 'none'"
    )


def test_a_run_lists_all_reports_of_its_case(tiny_run: Path) -> None:
    page = Page((tiny_run / "reports" / "tiny" / "index.html").read_text(encoding="utf-8"))
    linked = {link.get("href") for link in page.all("a")}
    assert linked == {file.name for file in (tiny_run / "reports" / "tiny").glob("tiny-*") if file.suffix != ".docx"}
