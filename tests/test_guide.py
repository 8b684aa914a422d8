"""The README and the guide: short, linked, true to the program, and a site that asks no other host for anything."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
import lagebild
import pytest
from examples import PROJECT
from lagebild.__main__ import cli
from lxml import html

GUIDE = PROJECT / "notebooks" / "guide"
README = PROJECT / "README.md"
PAGES = [README, *sorted(GUIDE.glob("*.md")), *sorted((PROJECT / ".github").glob("*.md"))]
NAMES = [str(page.relative_to(PROJECT)) for page in PAGES]
LONGEST = 8_192  # bytes of the README
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)


def read(name: str | Path) -> str:
    """Return the text of a page."""
    return (PROJECT / name).read_text(encoding="utf-8")


def find_anchors(page: Path) -> set[str]:
    """Return the anchors that a code host gives the headings of a page."""
    headings = re.findall(r"(?m)^#+ (.+)$", CODE.sub("", read(page)))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short() -> None:
    assert README.stat().st_size <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_every_link_into_the_project_leads_somewhere(name: str) -> None:
    page = PROJECT / name
    for link in LINK.findall(CODE.sub("", read(page))):
        if re.match(r"https?:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(PROJECT), link
        assert not anchor or anchor in find_anchors(target), link


def test_the_start_page_lists_every_page_and_notebook_once() -> None:
    listed = re.findall(r"(?m)^- \[.+?\]\(([^)#]+)\)", read(GUIDE / "index.md"))
    pages = [page.name for page in GUIDE.glob("*.md") if page.name != "index.md"]
    notebooks = [f"../{file.name}" for file in GUIDE.parent.glob("*.ipynb") if file.name.count("-") < 2]
    assert sorted(listed) == sorted([*pages, *notebooks, "../../data/README.md"])


def list_commands(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of the program that stands in code, with its options."""
    spans = re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, re.DOTALL)
    lines = "\n".join(block or span for block, span in spans).splitlines()
    found = [re.search(r"(?:^|[|&/ ])lagebild ([a-z]+)(?: (.*))?$", line) for line in lines]
    return [(one[1], re.findall(r"(?<!\S)--[a-z-]+", one[2] or "")) for one in found if one]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_that_a_page_names_is_there(name: str) -> None:
    for command, options in list_commands(read(name)):
        assert command in cli.commands, command
        known = {word for one in cli.commands[command].params if isinstance(one, click.Option) for word in one.opts}
        assert set(options) <= known, (command, options)


def test_commands_are_found_on_the_pages() -> None:
    assert {command for name in NAMES for command, _ in list_commands(read(name))} == {*cli.commands} - {"dictionary"}


@pytest.mark.parametrize("name", NAMES)
def test_every_target_of_make_that_a_page_names_is_there(name: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", read("Makefile")))
    assert set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", read(name))) <= targets


@pytest.mark.parametrize("name", NAMES)
def test_every_test_benchmark_and_table_of_the_reference_that_a_page_names_is_there(name: str) -> None:
    paths = re.findall(r"tests/[\w/]+\.\w+|data/reference/\w+\.\w+|(?<=`)\w+/\w+\.(?:py|yml)(?=`)", read(name))
    known = (PROJECT, GUIDE.parent / "lagebild")
    assert [path for path in paths if not any((folder / path).exists() for folder in known)] == []


def pick(table: str, **wanted: str) -> list[dict[str, str]]:
    """Return the rows of a table of the reference whose cells are these."""
    with (PROJECT / "data" / "reference" / f"{table}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if wanted.items() <= row.items()]


def share(rows: list[dict[str, str]], part: str, whole: str) -> str:
    """Return how much some columns, added up, are of others, in per cent as the pages print it."""
    sums = [sum(int(row[name]) for row in rows for name in names.split()) for names in (part, whole)]
    return f"{100 * sums[0] / sums[1]:.0f}"


def test_the_readme_and_the_limits_print_what_was_measured() -> None:
    short, long = (" ".join(read(page).split()) for page in (README, GUIDE / "limits.md"))
    news = [pick("quality", split="news", event_type="all", language=language) for language in ("de", "en")]
    right = [share(rows, "roles", "found extra") for rows in news]
    found = [share(rows, "found", "events") for rows in news]
    assert f"right in {right[0]} % of the German drafts and {right[1]} % of the English ones" in short
    assert f"{found[0]} % of the German and {found[1]} % of the English acts are counted" in short
    both = [pick("quality", split="reader", event_type="all", language=language) for language in ("de", "en")]
    right += [share(rows, "roles", "found extra") for rows in both]
    found += [share(rows, "found", "events") for rows in both]
    types = [share(rows, "found", "found extra") for rows in (*news, *both)]
    assert f"as second reader {right[2]} and {right[3]} % were right" in short
    assert f"with {found[2]} and {found[3]} % of the acts found" in short
    judged = pick("accuracy")
    sound, laughed = share(judged, "sound", "drafts"), share(judged, "laughed", "drafts")
    assert f"Of {sum(int(row['drafts']) for row in judged)} such drafts" in short
    assert f"{sound} % were sound and {laughed} % absurd" in short
    for what, figures in (("drafts right", right), ("in type alone", types), ("were found", found)):
        assert f"{what} | {' | '.join(f'{figure} %' for figure in figures)} |" in long


@pytest.mark.parametrize("judge", ["rules", "model"])
def test_the_readme_and_the_limits_print_how_the_audit_judges(judge: str) -> None:
    short, long = (" ".join(read(page).split()) for page in (README, GUIDE / "limits.md"))
    audited = {
        truth: pick("audit_quality", judge=judge, half="unread", language="all", kind="all", truth=truth)
        for truth in ("true", "false")
    }
    borne = {truth: tell_share(rows, "supported contested") for truth, rows in audited.items()}
    faulted = {truth: tell_share(rows, "differs not_found") for truth, rows in audited.items()}
    told = {
        "rules": f"bore out {borne['true']} % of the true ones and {borne['false']} % of the false ones, "
        f"faulted {faulted['true']} and {faulted['false']} %",
        "model": f"{borne['true']} % of the true ones were borne out and none of the false, "
        f"{faulted['true']} and {faulted['false']} % faulted",
    }
    assert told[judge] in short
    assert judge == "rules" or borne["false"] == "0"
    name = {"rules": "rules", "model": "recorded answers of a large model"}[judge]
    counts = {truth: sum(int(row["claims"]) for row in rows) for truth, rows in audited.items()}
    assert f"| {name}: true | {counts['true']} | **{borne['true']} %** | {faulted['true']} % |" in long
    assert f"| {name}: false | {counts['false']} | {borne['false']} % | **{faulted['false']} %** |" in long


def tell_share(rows: list[dict[str, str]], some: str) -> str:
    """Return the share of some columns in the claims, per cent, below two with a decimal."""
    part = 100 * sum(int(row[name]) for row in rows for name in some.split()) / sum(int(row["claims"]) for row in rows)
    return f"{part:.1f}".removesuffix(".0") if part < 2 else f"{part:.0f}"


@pytest.mark.parametrize("page", [README, GUIDE / "explore.md"], ids=["README", "explore"])
def test_an_own_question_is_answered_as_the_page_asks_it(
    page: Path, real_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lagebild, "open_edition", partial(lagebild.open_edition, output=str(real_tables)))
    known: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", read(page), re.DOTALL):
        exec(block, known)
    assert len(known["acts"])
    assert known["acts"]["weighs"].all()


@pytest.mark.long
@pytest.mark.slow
def test_the_site_is_built_without_a_warning_and_asks_no_other_host(tmp_path: Path) -> None:
    build = ["-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "-c", ".docs", ".", str(tmp_path)]
    done = subprocess.run([sys.executable, *build], cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        for address in html.parse(page).xpath("//@src | //link/@href | //@srcset | //object/@data"):
            assert not re.match(r"(?:https?:)?//", address), (page, address)
    for style in tmp_path.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", style.read_text(encoding="utf-8")), style
