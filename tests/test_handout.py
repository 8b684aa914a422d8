"""The explorer as a page alone: written by the command line, opened from the disk, with texts that try to get out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace as change
from pathlib import Path

import pytest
from checkers import AXE, check_html
from examples import edit, replace, tiny
from hostile import HOSTILE
from known import REFERENCE
from lagebild.core.filters import Filters
from lagebild.core.folders import Paths
from lagebild.interactive import explorer
from lagebild.interactive.evidence import open_evidence
from lagebild.interactive.explorer import write_handout
from playwright.sync_api import Browser, Page
from runs import Call

TEXTS = [text for text in HOSTILE.values() if "\n" not in text]
BREAKS = "\u2028</script><script>window.got = 1</script>\u2029<!--<script>"
STATE = re.compile('<script type="application/gzip" id="explorer-state">([A-Za-z0-9+/=]*)</script>')


@pytest.fixture
def paths(tiny_run: Path, tmp_path: Path) -> Paths:
    """Return a copy of the tiny case with its built tables."""
    for folder in ("cases", "built"):
        shutil.copytree(tiny_run / "data" / folder, tmp_path / "data" / folder)
    return tiny(tmp_path)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page in which nothing may go wrong, and which fetches only what it is told to open."""
    page, faults = browser.new_page(color_scheme="dark", viewport={"width": 1280, "height": 900}), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda asked: None if asked.is_navigation_request() else faults.append(asked.url))
    yield page
    assert faults == []
    page.close()


def _open(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.locator(".explore[data-found]").wait_for()


def _search(page: Page, words: str) -> list[str]:
    page.locator("[name=words]").fill(words)
    page.locator("[name=words]").press("Enter")
    return page.locator(".explore .table .row").all_inner_texts()


def _save(page: Page, button: str) -> bytes:
    with page.expect_download() as saved:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(saved.value.path()).read_bytes()


# --- the command line


def test_the_page_is_written_whole_with_what_it_shows_at_first(paths: Paths, call: Call, page: Page) -> None:
    home, words = Path(paths.root), ("explore", "tiny", "--as-of", paths.as_of, "--language", "de")
    asked = ("--page", "out/seen.html", "--actors", "IRN;!ISR", "--until", "2025-06-12", "--words", "waffen")
    assert call(*words, *asked, project=home) == (0, "out/seen.html\n", "")
    file = home / "out" / "seen.html"
    written = file.read_bytes()
    assert call(*words, *asked, project=home)[0] == 0
    assert file.read_bytes() == written
    assert [one.name for one in file.parent.iterdir()] == ["seen.html"]
    _open(page, file)
    chips = page.locator(".chips .chip").all_inner_texts()
    assert chips == ["bis 12. Juni 2025 ×", "Iran ×", "nicht Israel ×", "„waffen“ ×"]
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.title() == "Ereignisse erkunden: Kleiner Fall – 2025-06-16"
    line = page.locator(".line code").text_content() or ""
    assert str(home) not in line, "the page says nothing of the machine on which it was made"
    assert line.endswith("-p until 2025-06-12 -p actors 'IRN;!ISR' -p words waffen")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--page", "x.html", "--actors", "RUSS"), 1, "actors holds 'RUSS', which is unknown here"),
        (("--page", "x.html", "--since", "2025-06-02", "--until", "2025-06-01"), 1, "before it begins"),
        (("--page", "x.pdf"), 2, "a name that ends in .html"),
        (("--undated",), 2, "name it with --page FILE.html"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_the_page_that_was_there(
    paths: Paths, call: Call, words: tuple[str, ...], code: int, says: str
) -> None:
    home = Path(paths.root)
    (home / "x.html").write_text("before", encoding="utf-8")
    exit_code, said, wrong = call("explore", "tiny", *words, project=home)
    assert (exit_code, said) == (code, "")
    assert says in wrong
    assert (home / "x.html").read_text(encoding="utf-8") == "before"


# --- in a browser alone


def test_all_that_a_kernel_would_be_asked_for_is_in_the_page(
    paths: Paths, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "SENT", 0)  # as of a large case
    file = Path(paths.root) / "x.html"
    file.write_text(write_handout(open_evidence(REFERENCE, paths), Filters()), encoding="utf-8")
    _open(page, file)
    assert _search(page, "washingt") == ["Putin–Trump call before the inauguration"]
    assert page.locator(".lacking").is_hidden()
    page.locator(".table .row").click()
    assert page.locator(".sentences mark.hit").all_inner_texts() == ["Washingt"]
    page.locator(".reset").click()
    assert _save(page, "Save Table as CSV").count(b"\r\n") == 9
    assert b"<svg" in _save(page, "Save Matrix as SVG")
    assert _save(page, "Save Timeline as PNG")[:8] == b"\x89PNG\r\n\x1a\n"
    page.get_by_role("button", name="Undated, and so not drawn: 1 event").click()
    assert page.locator(".explore").get_attribute("data-found") == "1"


def test_the_page_is_light_or_dark_and_axe_finds_nothing(paths: Paths, page: Page) -> None:
    file = Path(paths.root) / "x.html"
    file.write_text(write_handout(open_evidence(REFERENCE, paths), Filters(words="arms")), encoding="utf-8")
    _open(page, file)
    for scheme, ground in (("dark", "rgb(25, 25, 23)"), ("light", "rgb(255, 255, 255)")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("getComputedStyle(document.querySelector('.explore')).backgroundColor") == ground
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
            found = page.evaluate("axe.run().then((done) => done.violations)")
            assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


@pytest.mark.slow
def test_texts_from_outside_stay_texts(paths: Paths, page: Page) -> None:
    for number, name in enumerate(f"E{n}" for n in range(1, 9)):
        edit(paths.built / "events.csv", name, summary_en=f"{BREAKS} {' '.join(TEXTS[number::8])}")
    for name in ("T1", "T2"):
        edit(
            paths.built / "sources.csv",
            name,
            publisher=BREAKS,
            title=" ".join(TEXTS),
            url="https://evil.example/?<script>",
        )
    odd = json.dumps(f"{BREAKS} {HOSTILE['handler']} {HOSTILE['closers']}")
    replace(paths.inputs / "case.yml", "  en: Tiny case\n", f"  en: {odd}\n")
    replace(
        paths.inputs / "case.yml", "  en: What can a tiny case show?\n", f"  en: {json.dumps(HOSTILE['handler'])}\n"
    )
    written = write_handout(open_evidence(REFERENCE, paths), Filters())
    assert STATE.search(written), "what the page holds has no sign that means anything to HTML"
    assert (written.count("<script"), written.count("</script>")) == (2, 2)
    file = Path(paths.root) / "x.html"
    file.write_text(written, encoding="utf-8")
    _open(page, file)
    assert "</script><script>window.got = 1</script>" in page.locator("h1").inner_text()
    for row in range(8):
        page.locator(".table .row").nth(row).click()
        hrefs = page.locator(".sentences a").evaluate_all("all => all.map((one) => one.href)")
        assert all(href.startswith("https://evil.example/") for href in hrefs)
    assert page.locator("img, iframe, form, base, object, main script").count() == 0
    assert page.evaluate("window.got === undefined")
    said = [one["message"] for one in check_html(file) if one["type"] == "error"]
    assert [one for one in said if not one.startswith("CSS: ")] == []  # it knows no container of styles yet


def test_a_machine_draft_says_so(paths: Paths) -> None:
    replace(paths.inputs / "case.yml", "subject: RUS\n", "subject: RUS\ndraft: true\n")
    edit(paths.built / "mentions.csv", "t08", reviewed="no")
    written = write_handout(open_evidence(REFERENCE, change(paths, language="de")), Filters())
    assert re.search(r"<b>Maschineller Entwurf: \d+ von \d+ Einträgen geprüft</b>", written)
