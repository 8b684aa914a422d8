"""The audit of somebody else's report: the command and its files, lines, page and PDF; what it says is made by hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdfua
import pikepdf
import pytest
from audits import REPORT, make_audited
from checkers import AXE, check_html
from examples import DATA
from hostile import FORMULA, HOSTILE
from known import REFERENCE
from lagebild.audit.audit_page import compare_words, list_measured, set_audit_pdf, split_text, write_audit_page
from lagebild.audit.audit_tables import give_reason, tabulate_claims, tabulate_evidence, write_lines
from lagebild.audit.finding import VERDICTS, Finding
from lagebild.core.csv_files import to_csv
from lagebild.core.folders import Paths
from lagebild.core.labels import Labels, read_labels
from lagebild.run import audits
from long import sample
from pages import Page, read_sheets, squeeze, text_of
from playwright.sync_api import Browser
from runs import Call

SPOIL = " ".join(HOSTILE.values())
FORMS = (".html", ".pdf", ".csv", "-evidence.csv")


@pytest.fixture
def report(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a report beside the tiny case, of which an audit finds what stands in `audits`."""
    monkeypatch.setattr(audits, "audit_text", lambda *_: make_audited("en").audit)
    file = root / "Their report.md"
    file.write_text(make_audited("en").audit.text.replace("\n", "\n\n"), encoding="utf-8")
    return file


@cache
def _write(language: str, spoil: str = "") -> Page:
    labels = read_labels(REFERENCE, language)
    return Page(write_audit_page(make_audited(language, "report.md", spoil), REFERENCE, labels, []))


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_audit_writes_four_files_and_says_where_the_same_bytes_each_time(
    root: Path, report: Path, call: Call
) -> None:
    words = ("audit", str(report), "tiny", "--as-of", "2025-06-16", "--root", str(root))
    code, said, complaint = call(*words)
    assert (code, complaint) == (0, "")
    folder = root / "reports" / "tiny" / "audits"
    files = [folder / f"their-report-md-2025-06-16-en{form}" for form in FORMS]
    assert sorted(folder.iterdir()) == sorted(files)
    *named, counted = said.splitlines()
    assert [Path(line).name for line in named] == [file.name for file in files]
    assert counted == "24 claims: 8 supported, 6 differs, 2 contested, 4 not-found, 4 not-checked"
    made = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
    assert call(*words)[1] == said
    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in files] == made  # nothing has changed since
    files[1].unlink()
    call(*words)
    assert [file.read_bytes() for file in files] == [content for content, _ in made]
    assert files[0].stat().st_mtime_ns != made[0][1]


@pytest.mark.slow
@pytest.mark.long
def test_no_audit_takes_the_place_of_that_of_another_report_or_in_another_language(
    root: Path, report: Path, call: Call
) -> None:
    text = report.read_bytes()
    others = [report.with_suffix(".txt"), *(root / name / report.name for name in ("a", "b"))]
    for file in others:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text)

    def audit(file: Path, *more: str) -> str:
        code, said, complaint = call("audit", str(file), "tiny", "--root", str(root), *more)
        assert (code, complaint) == (0, "")
        return Path(said.splitlines()[0]).name

    made = [audit(report), audit(report, "--language", "de"), *map(audit, others)]
    assert len(set(made)) == len(made) == 5
    assert made[:3] == [
        f"their-report-{one}.html" for one in ("md-2025-06-16-en", "md-2025-06-16-de", "txt-2025-06-16-en")
    ]
    assert all(re.fullmatch(r"their-report-md-[0-9a-f]{6}-2025-06-16-en\.html", name) for name in made[3:])
    report.write_bytes(text + b"\n\nOne more sentence.\n")
    again = [audit(report), audit(report, "--language", "de"), *map(audit, others)]
    assert again == made  # each takes its own place, also with another text
    assert len(list((root / "reports" / "tiny" / "audits").iterdir())) == 5 * len(FORMS)


def test_without_a_day_the_last_edition_is_asked_and_lines_leave_no_file(root: Path, report: Path, call: Call) -> None:
    code, said, _ = call("audit", str(report), "tiny", "--jsonl", "--root", str(root), "--language", "de")
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert not (root / "reports").exists()
    assert {"claim", "start", "end", "verdict", "reason", "evidence"} <= lines[0].keys()
    text = report.read_text(encoding="utf-8")
    assert all(text[line["start"] : line["end"]] == line["claim"] for line in lines)
    assert [line["verdict"] for line in lines] == [verdict for _, verdict, _ in REPORT["en"] if verdict]
    assert lines[12]["evidence"] == ["S002.13", "S003.13"]
    german = read_labels(REFERENCE, "de")
    assert lines[0]["reason"] == german("audit.borne", n=1)  # as a model judged
    assert (lines[0]["judge"], lines[1]["judge"]) == ("a model", "rules")


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ("differs,not-found", 1, "The audit of 'Their report.md' fails (--fail-on): 6 differs, 4 not-found; see "),
        ("contested", 1, "2 contested; see "),
        ("", 2, "'' names no verdict (--fail-on): choose among supported, differs,"),
        (" ,,", 2, "' ,,' names no verdict (--fail-on): choose among supported, differs,"),
        ("nonsense", 2, "'nonsense' is no verdict (--fail-on): choose among supported, differs,"),
    ],
)
def test_a_pipeline_fails_on_the_verdicts_that_it_names(
    root: Path, report: Path, call: Call, asked: str, code: int, says: str
) -> None:
    got, _, complaint = call("audit", str(report), "tiny", "--jsonl", "--root", str(root), "--fail-on", asked)
    assert got == code
    assert says in complaint
    assert complaint.count("\n") == bool(code)


def test_a_day_before_the_first_page_is_refused_with_the_first_day(root: Path, call: Call) -> None:
    words = ("audit", str(DATA / "report-en.md"), "tiny", "--jsonl", "--root", str(root))
    code, said, complaint = call(*words, "--as-of", "1999-01-01")
    assert (code, said) == (1, "")
    first = re.fullmatch(
        r"lagebild: No page of tiny was certainly published by 1999-01-01: the first one is of (\S+)\.\n", complaint
    )
    assert first
    assert call(*words, "--as-of", first[1])[0] == 0


@pytest.mark.parametrize("given", ["held", "held/below"])
def test_a_folder_that_cannot_be_written_is_named_as_it_was_given(
    root: Path, report: Path, call: Call, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(audits, "set_audit_pdf", lambda *_: b"")
    (root / "held").write_text("a file", encoding="utf-8")
    code, _, complaint = call("audit", report.name, "tiny", "--output", given, project=root)
    assert code == 1
    assert complaint == f"lagebild: '{given}' cannot be written (Not a directory): give another folder with --output.\n"


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("", 2, "'' names no report: give its file."),
        (".", 1, "'.': this is a folder; give a file that lies in it."),
        ("data/cases", 1, "'cases': this is a folder; give a file that lies in it."),
    ],
)
def test_what_is_no_file_is_named_as_it_was_given(root: Path, call: Call, name: str, code: int, says: str) -> None:
    assert call("audit", name, "tiny", project=root) == (code, "", f"lagebild: {says}\n")


def test_a_case_that_is_given_as_an_option_is_told_its_place(root: Path, call: Call) -> None:
    code, _, complaint = call("audit", "report.md", "--case", "tiny", "--root", str(root))
    assert code == 2
    assert "write lagebild audit REPORT CASE, with 'tiny' as CASE." in complaint


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.posix
def test_lines_that_nobody_can_take_end_in_a_sentence_and_those_that_nobody_wants_in_none(root: Path) -> None:
    words = [sys.executable, "-m", "lagebild", "audit", str(DATA / "report-en.md"), "tiny", "--jsonl"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(words, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True)
    says = "lagebild: the output cannot be written (No space left on device): make room, or give it another place.\n"
    assert (ended.returncode, ended.stderr) == (1, says)
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as begun:
        assert begun.stdout and begun.stderr
        begun.stdout.close()
        assert begun.stderr.read() == ""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.md", None, "'none.md': there is no such file; check its name."),
        ("report.xyz", "x", "files of this kind cannot be read"),
        ("latin.md", "Lorem ipsum dolor sit amet consectetur adipiscing.", "its text is not clearly in one language"),
    ],
)
def test_a_report_that_cannot_be_read_is_refused(
    root: Path, call: Call, name: str, content: str | None, says: str
) -> None:
    if content is not None:
        (root / name).write_text(content, encoding="utf-8")
    code, _, complaint = call("audit", str(root / name), "tiny", "--root", str(root))
    assert code == 1
    assert says in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Bericht: Moskau & Teheran (2).docx", "bericht-moskau-teheran-2-docx"),
        ("../../etc/passwd", "passwd"),
        ("\x1b[31m<script>.md", "31m-script-md"),
        ("مطلب.md", "report-md"),
        ("a" * 300 + ".md", "a" * 60 + "-md"),
        ("a." + "b" * 300, "a-" + "b" * 59),
        ("-.-.MD", "report-md"),
    ],
)
def test_the_name_of_a_report_leads_to_no_other_folder(name: str, stem: str) -> None:
    paths = Paths("tiny", "2025-06-16", "de", root="/project")
    folder = Path("/project/reports/tiny/audits")
    assert paths.audit(name, "csv", "evidence") == folder / f"{stem}-2025-06-16-de-evidence.csv"
    assert paths.audit(name, "pdf", mark="0a1b2c") == folder / f"{stem}-0a1b2c-2025-06-16-de.pdf"


# --- the tables -----------------------------------------------------------------------------------------------------


def test_the_tables_hold_every_claim_and_sentence_and_no_formula(words: Labels) -> None:
    audited = make_audited(words.language, spoil=f"\n{FORMULA}")
    claims = to_csv(tabulate_claims(audited.audit, words))
    evidence = to_csv(tabulate_evidence(audited.audit, {"S001": "https://a.example"}))
    rows = [*csv.DictReader(io.StringIO(claims))]
    assert [row["claim_id"] for row in rows] == [one.claim_id for one in audited.audit.findings]
    assert {row["verdict"] for row in rows} == set(VERDICTS)
    held = [*csv.DictReader(io.StringIO(evidence))]
    assert len(held) == sum(len(one.witnesses or one.shown) for one in audited.audit.findings)
    assert {row["stance"] for row in held} == {"supports", "differs", "denies", "near"}
    assert {row["url"] for row in held} == {"", "https://a.example"}
    started = make_audited(words.language, spoil="").audit
    first = Finding(claim_id="c1", start=0, end=9, claim=FORMULA, verdict="not-found", reason="not-found")
    table = to_csv(tabulate_claims(replace(started, findings=[first]), words))
    assert next(csv.DictReader(io.StringIO(table)))["claim"] == f"'{FORMULA}"


def test_a_line_tells_the_place_in_the_file(words: Labels) -> None:
    lines = write_lines(make_audited("en").audit, words, lambda span: (span[0] + 7, span[1] + 7))
    first = json.loads(next(iter(lines)))
    assert first["end"] - first["start"] == len(first["claim"])
    assert first["start"] == make_audited("en").audit.findings[0].start + 7


def test_two_wordings_are_compared_word_by_word() -> None:
    pieces = [*compare_words("We are ready, if asked.", "We stand ready.")]
    assert pieces == [
        *(("same", "We "), ("del", "are"), ("ins", "stand"), ("same", " ready")),
        *(("del", ", if asked"), ("same", ".")),
    ]
    assert [*compare_words("a", "a")] == [("same", "a")]


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_tells_the_report_in_order_with_a_mark_for_each_claim(language: str) -> None:
    page, words = _write(language), read_labels(REFERENCE, language)
    assert [text_of(head) for head in page.all("h2")][:6] == [
        words(f"audit.section.{name}") for name in ("first", "evidence", "nearest", "report", "claimless", "method")
    ]
    told = [text_of(passage) for passage in page.all("span", class_="passage")]
    assert told == [sentence for sentence, verdict, _ in REPORT[language] if verdict]
    marks = page.all("a", class_="verdict")
    assert [mark.get("href") for mark in marks] == [f"#c{n}" for n in range(1, 25)]
    assert text_of(marks[2]) == f"[3 {words('audit.sign.differs')} {words('audit.verdict.differs')}]"
    assert REPORT[language][0][0] in map(text_of, page.all("p"))  # no claim: plain words
    items = page.all("article", class_="item")
    order = [int(item.get("id").removeprefix("c")) for item in items]
    assert sorted(order) == list(range(1, 25))
    assert order[:10] == [3, 7, 8, 9, 10, 11, 4, 16, 17, 22]  # what differs, then what is not found
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href")[1:] in ids for link in page.all("a") if link.get("href").startswith("#"))
    (answer,) = page.all("div", class_="answer")
    for said in (words("audit.unchecked", n=2, all=22, share=words.percent(2 / 22)), words("audit.claimless", n=2)):
        assert " ".join(said.split()) in text_of(answer)
    text = " ".join(map(text_of, page.all("section")))
    assert words("audit.reason.nearest") in text
    assert re.search(".{,3}".join(map(re.escape, [words("audit.reason.nothing-to-check"), "5, 19"])), text)


def test_the_foot_gives_the_digest_of_the_file_before_that_of_its_text(words: Labels) -> None:
    audited = make_audited(words.language)
    digests = [text_of(one) for one in _write(words.language).all("code")][-2:]
    assert digests == [audited.sha256, hashlib.sha256(audited.audit.text.encode()).hexdigest()]


def test_an_unreviewed_case_says_so_first_and_calls_nothing_supported(words: Labels) -> None:
    audited = make_audited(words.language)
    page = Page(write_audit_page(replace(audited, audit=replace(audited.audit, coded=False)), REFERENCE, words, []))
    assert words("audit.draft") in text_of(page.all("aside", class_="banner")[0])
    assert words("audit.draft.verdict") in text_of(page.all("article", id="c13")[0])
    assert not _write(words.language).all("aside", class_="banner")


def test_a_report_on_something_else_is_told_so(words: Labels) -> None:
    audited = make_audited(words.language)
    far = replace(audited, audit=replace(audited.audit, about=3))
    (answer,) = Page(write_audit_page(far, REFERENCE, words, [])).all("div", class_="answer")
    assert words("audit.about", n=3, of=24) in text_of(answer)
    near = replace(audited, audit=replace(audited.audit, about=20))
    assert words("audit.about", n=20, of=24) not in write_audit_page(near, REFERENCE, words, [])


def test_how_often_the_audit_is_right_is_told_of_claims_in_the_language_of_the_report(words: Labels) -> None:
    page, rows = _write(words.language), list_measured(REFERENCE, coded=True, judge="rules")
    (own,) = (row for row in rows if (row["language"], row["truth"], row["half"]) == (words.language, "true", "unread"))
    (told,) = (text_of(one) for one in page.all("p") if str(own["claims"]) in text_of(one) and "“" in text_of(one))
    assert words("audit.measured.in", language=words.tongue(words.language)) in told
    cells = {text_of(one) for one in page.all("td")}
    assert {words.tongue("de"), words.tongue("en"), words("audit.measured.all")} <= cells
    other = make_audited(words.language)
    other = replace(other, audit=replace(other.audit, language="fr"))
    assert words("audit.measured.every") in text_of(
        Page(write_audit_page(other, REFERENCE, words, [])).all("section")[-1]
    )


@pytest.mark.parametrize(("coded", "case"), [(True, "coded"), (False, "drafted")])
def test_the_head_says_how_far_to_trust_an_audit_of_a_case_like_this_one(
    words: Labels, case: str, *, coded: bool
) -> None:
    audited = make_audited(words.language)
    audited = replace(audited, audit=replace(audited.audit, coded=coded))
    page = Page(write_audit_page(audited, REFERENCE, words, []))
    (answer,) = page.all("div", class_="answer")
    assert words(f"audit.case.{case}") in text_of(answer)
    shown = list_measured(REFERENCE, coded=coded, judge="rules")
    assert {row["case"] for row in shown} == {case}
    (false,) = (
        r
        for r in shown
        if (r["half"], r["language"], r["truth"], r["kind"]) == ("unread", words.language, "false", "all")
    )
    share = words.percent(false["supported"] / false["claims"])
    assert " ".join(share.split()) in " ".join(text_of(answer).split())


def test_what_comes_nearest_is_shown_as_the_closest(words: Labels) -> None:
    (item,) = _write(words.language).all("article", id="c20")
    shown = f"{words('stance.near')}: A sentence that says something similar to claim 20."
    assert shown in text_of(item)
    finding = make_audited(words.language).audit.findings[19]
    assert (finding.sentences, [one.stance for one in finding.shown]) == ([], ["near"])
    assert replace(finding, verdict="supported").shown == []  # a reviewer knows better
    lines = [json.loads(line) for line in write_lines(make_audited("en").audit, words, lambda span: span)]
    assert lines[19]["evidence"] == []  # for no verdict rests on it


def test_a_difference_is_told_once_in_its_reason_and_a_quotation_word_by_word(words: Labels) -> None:
    page = _write(words.language)
    told = [text_of(page.all("article", id=f"c{n}")[0]) for n in (3, 8)]
    days = {"told": words.date("2025-06-13"), "claimed": words.date("2025-06-14")}
    assert words("audit.reason.day", **days) in told[0]
    assert words("audit.reason.number", told="30", claimed="300") in told[1]
    deleted, added = ([text_of(one) for one in page.all(tag)] for tag in ("del", "ins"))
    assert deleted and all(one.startswith(words("audit.deleted")) for one in deleted)
    assert added and all(one.startswith(words("audit.inserted")) for one in added)


def test_what_a_model_says_is_quoted_with_its_name(words: Labels) -> None:
    found = make_audited(words.language).audit.findings[0]
    told = give_reason(replace(found, verdict="differs", reason="judged"), words)
    assert told == words("audit.says", model="a model", why="They say so.")


@pytest.mark.parametrize("model", ["", "a model"])
def test_the_page_says_first_how_much_was_not_checked_and_never_reads_like_a_clean_bill(
    words: Labels, model: str
) -> None:
    audited = make_audited(words.language)
    some = [one for one in audited.audit.findings if one.verdict == "not-checked"]
    audited = replace(audited, audit=replace(audited.audit, findings=some, model=model))
    page = Page(write_audit_page(audited, REFERENCE, words, []))
    (answer,) = page.all("div", class_="answer")
    first = words("audit.unchecked", n=2, all=2, share=words.percent(1))
    assert text_of(answer).startswith(" ".join(first.split()))
    assert (words("audit.unchecked.rules") in text_of(answer)) == (not model)
    assert words("audit.nothing") in text_of(page.all("section")[1])


def test_each_verdict_has_a_bar_that_leads_to_its_claims(words: Labels) -> None:
    (bar,) = _write(words.language).all("ul", class_="bar")
    lines = text_of(bar)
    assert f"{words('audit.heading', verdict=words('audit.verdict.not-found'), n=4)}: 4 16 17 22" in lines


def test_evidence_names_publisher_day_grade_and_address(words: Labels) -> None:
    (item,) = _write("en").all("article", id="c13")
    for part in ("IRNA", "Reuters", "13 June 2025", "S002.13", ", B)", "For:", "Against:"):
        assert part in text_of(item)
    links = [link.get("href") for link in _write("en").all("a") if "example" in link.get("href")]
    assert "https://irna.example/S002" in links
    assert not [link for link in links if re.search("[<>\"' ]", link)]


def test_the_text_of_a_report_is_shown_whole_with_its_claims_in_their_paragraphs() -> None:
    text = "First line.\nHe came and went. So he did.\nLast."
    found = Finding(claim_id="c1", start=12, end=29, claim=text[12:29], verdict="supported", reason="supported")
    lines = [*split_text(replace(make_audited("en").audit, text=text, findings=[found]), [{"n": 1}])]
    assert lines == [[("First line.", [])], [("", []), (text[12:29], [{"n": 1}]), (" So he did.", [])], [("Last.", [])]]


def test_a_report_without_a_claim_has_a_page(words: Labels) -> None:
    empty = make_audited("en")
    audited = replace(empty, audit=replace(empty.audit, text="Nothing.", findings=[]))
    page = Page(write_audit_page(audited, REFERENCE, words, []))
    assert words("audit.answer.none") in text_of(page.all("div", class_="answer")[0])
    assert not page.all("ul", class_="bar")


@pytest.mark.parametrize("name", sample(sorted(HOSTILE), *range(0, len(HOSTILE), 6)))
def test_nothing_that_a_stranger_wrote_leaves_its_place(name: str) -> None:
    plain, spoilt = _write("en"), _write("en", spoil=HOSTILE[name])
    allowed = {"del", "ins"}  # a quotation that is altered in more places
    tags = [[one.tag for one in page.elements if one.tag not in allowed] for page in (plain, spoilt)]
    counted = {tag: tags[1].count(tag) - tags[0].count(tag) for tag in {*tags[0], *tags[1]}}
    # the address of a page is none here, and each drawn line of words may break elsewhere
    changed = {tag for tag, n in counted.items() if n and tag not in ("a", "tspan", "span")}
    assert changed == set()
    assert not [link for link in spoilt.all("a") if not re.match(r"#|https?://", link.get("href"))]
    assert squeeze(HOSTILE[name]) in squeeze(text_of(spoilt.all("article", id="c1")[0]))


# --- the PDF --------------------------------------------------------------------------------------------------------


def test_the_pdf_says_the_same_on_few_pages_and_is_accessible(words: Labels, tmp_path: Path) -> None:
    audited = make_audited(words.language)
    made = set_audit_pdf(audited, REFERENCE, words, {"claims.csv": "a\n"}, "A4")
    assert made == set_audit_pdf(audited, REFERENCE, words, {"claims.csv": "a\n"}, "A4")
    sheets = read_sheets(made)
    assert len(sheets) <= 2 + 24 / 12  # with the picture, the method and the citations
    text = squeeze("".join(sheets))
    assert all(squeeze(sentence) in text for sentence, *_ in REPORT[words.language])
    for key in ("audit.answer.none", "audit.limits"):
        assert (squeeze(words(key)) in text) == (key == "audit.limits")
    (tmp_path / "audit.pdf").write_bytes(made)
    assert not pdfua.validate(str(tmp_path / "audit.pdf")).findings
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert list(opened.attachments) == ["claims.csv"]


def test_a_hostile_report_is_set_as_words() -> None:
    labels = read_labels(REFERENCE, "en")
    made = set_audit_pdf(
        make_audited("en", "<x>.md", f" {HOSTILE['math mode']} #eval"), REFERENCE, labels, {}, "Letter"
    )
    assert "#eval" in "".join(read_sheets(made))


# --- in a browser, and before the checkers --------------------------------------------------------------------------


@pytest.mark.slow
def test_a_click_shows_the_evidence_and_axe_finds_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "audit.html"
    labels = read_labels(REFERENCE, "de")
    file.write_text(write_audit_page(make_audited("en"), REFERENCE, labels, []), encoding="utf-8")
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "axe.run(document, {resultTypes: ['violations']}).then((done) => done.violations.map((one) => one.id))"
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")  # frames measure anew
        assert page.evaluate(run) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator('ul.bar a[href="#at-c3"]').click()
    assert page.url.endswith("#at-c3")
    page.locator('a.verdict[href="#c3"]').click()
    assert "S001.3" in page.locator("#evidence-rows").inner_text()
    assert faults == []
    context.close()


@pytest.mark.slow
def test_the_html_checker_finds_nothing(tmp_path: Path) -> None:
    files = []
    for shown, language in (("de", "de"), ("en", "de")):
        files.append(tmp_path / f"{shown}-{language}.html")
        labels = read_labels(REFERENCE, shown)
        files[-1].write_text(write_audit_page(make_audited(language), REFERENCE, labels, []), encoding="utf-8")
    found = [one for one in check_html(*files) if one.get("subType") == "warning" or one["type"] != "info"]
    assert [one["message"] for one in found] == []
