"""An audit in the browser: the marked report, the card, verdicts by key, undo, and what others decided meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audited import make_audit
from bare import ADDRESS, DARK, Bare, open_page
from checkers import AXE
from examples import DATA, tiny
from known import REFERENCE
from lagebild.audit.audit_desk import EXAMPLE, AuditDesk, AuditWidget, admit_verdicts, as_acts, lay_out, open_audit
from lagebild.audit.finding import VERDICTS, Finding, apply_verdicts
from lagebild.core.errors import InputError
from lagebild.core.labels import read_labels
from lagebild.core.tables import append_case, read_case, records
from playwright.sync_api import Browser
from runs import copy_tiny

AUDIT = make_audit()
SENT = {"decision_id": "x-1.1", "action": "differs", "reason": "so", "by": "B", "date": "2026-11-27"}


class Shown(Bare):
    """Audits in a page, one after the other."""

    def show(self, desk: AuditDesk, reviewer: str = "A. Editor") -> None:
        """Show an audit of which the browser remembers nothing."""
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.goto(ADDRESS)
        self.page.evaluate("localStorage.clear()")
        self.desk, self.widget = desk, AuditWidget(desk, reviewer)
        self.mount()

    def mount(self) -> None:
        """Load the page anew, as after a crash, with what the kernel would say now."""
        self.put(self.widget)
        self.page.locator(".audit .card h3").wait_for()
        self.page.locator(".audit .card").focus()

    def press(self, *keys: str) -> None:
        """Press keys, and wait until all is saved."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.locator(".audit[data-waiting='0']").wait_for()

    def rows(self) -> list[dict[str, Any]]:
        """Return the verdicts on the disk."""
        return records(read_case(self.desk.paths, "verdicts"))

    def text(self, selector: str) -> str:
        """Return what a part of the widget says."""
        return self.page.locator(f".audit {selector}").first.inner_text()

    @property
    def claim(self) -> str:
        """The claim on the card."""
        return self.text("blockquote")


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Shown, list[str]]]:
    """Return a page for audits, and what it complains of."""
    with open_page(browser) as (page, faults):
        yield Shown(page), faults


@pytest.fixture
def desk(root: Path) -> AuditDesk:
    """Return an audit of a report against the tiny case."""
    return AuditDesk(replace(AUDIT, case="tiny"), tiny(root), read_labels(REFERENCE, "en"))


@pytest.fixture
def shown(pages: tuple[Shown, list[str]], desk: AuditDesk) -> Iterator[Shown]:
    """Return the page with the audit."""
    there, faults = pages
    faults.clear()
    there.show(desk)
    yield there
    assert not there.page.evaluate("window.hacked")
    assert faults == []


@pytest.fixture
def timed(browser: Browser, desk: AuditDesk) -> Iterator[Shown]:
    """Return a page with the audit, whose time can be made to pass."""
    with open_page(browser) as (page, faults):
        page.clock.install()
        there = Shown(page)
        there.show(desk)
        yield there
        assert faults == []


def test_the_whole_report_is_shown_with_each_claim_marked_by_its_verdict(shown: Shown) -> None:
    marks = shown.page.locator(".audit .claim")
    assert marks.evaluate_all("all => all.map((one) => one.lastChild.textContent)") == [
        one.claim for one in AUDIT.findings
    ]
    assert [
        next(name for name in VERDICTS if name in classes.split())
        for classes in marks.evaluate_all("all => all.map((one) => one.className)")
    ] == [one.verdict for one in AUDIT.findings]
    assert shown.page.locator(".audit .text p").first.inner_text().endswith("Part 0.")
    assert "# Moscow and Tehran after the June war" in shown.text(".text")
    assert shown.page.locator(".audit img, .audit .card b b").count() == 0


def test_the_card_says_verdict_reason_and_evidence(shown: Shown) -> None:
    shown.press("N")
    assert shown.claim == "Iran attacked Russia in June 2025."
    assert "The nearest text has another number: 200, the report 20." in shown.text(".card")
    shown.press("N")
    diff = shown.page.locator(".audit .diff")
    assert diff.locator("del").all_text_contents() == ["only in the evidence: a", "only in the evidence: completely"]
    assert diff.locator("ins").all_text_contents() == ["only in the report: an", "only in the report: entirely"]
    assert "<b>Example Post · June 2025 · B · attributed · S001.1" in shown.text(".witnesses")
    shown.press("N", "N")
    assert shown.claim.startswith("China condemned")
    assert "no text was sought or found" in shown.text(".card")
    shown.press("P", "p")
    assert shown.claim.startswith("Putin offered")


def test_a_digit_asks_for_the_reason_and_saves_the_verdict(shown: Shown) -> None:
    shown.press("N", "1")
    shown.page.keyboard.type("it did, 3 times")
    shown.press("Enter")
    assert shown.text("h3").endswith("supported")
    assert "Overruled by A. Editor (audit: differs): it did, 3 times" in shown.text(".overruled")
    shown.press("N", "5", "2", "N", "4", "Enter")
    assert [(row["verdict"], row["reason"], row["by"]) for row in shown.rows()] == [
        ("supported", "it did, 3 times", "A. Editor"),
        ("not-checked", "the audit misread the sentence", "A. Editor"),
        ("not-found", "read and compared with the evidence", "A. Editor"),
    ]
    assert shown.text(".counts") == "3 of 5 objections decided"
    now = apply_verdicts(AUDIT, read_case(shown.desk.paths, "verdicts"))
    assert [one.verdict for one in now.findings if one.overruled[0]] == ["supported", "not-checked", "not-found"]
    assert shown.page.locator(".audit .claim.supported").count() == now.count()["supported"]
    shown.press("2", "Escape")
    assert len(shown.rows()) == 3
    shown.page.locator(".audit .claim.supported").first.click()
    shown.press("2", "2")
    assert len(shown.rows()) == 4
    assert shown.text(".counts").endswith("5 objections decided, and 1 of the other claims")


def test_undo_takes_back_one_verdict_after_the_other_also_of_an_earlier_page(shown: Shown) -> None:
    shown.press("N", "1", "1", "3", "1")
    shown.widget = AuditWidget(shown.desk, "A. Editor")
    shown.mount()
    shown.press("u")
    assert shown.text("h3").endswith("supported")
    shown.press("u", "u")
    assert shown.text("h3").endswith("differs")
    assert shown.text(".note") == "There is nothing to undo."
    assert [row["verdict"] for row in shown.rows()] == ["supported", "contested", "undo", "undo"]


def test_what_somebody_else_decided_meanwhile_is_shown_first_and_not_lost(shown: Shown) -> None:
    claim = shown.desk.claims["c7"]
    sent = {
        "decision_id": "x-1.1",
        "row": claim,
        "action": "contested",
        "reason": "so",
        "by": "B",
        "date": "2026-11-27",
    }
    append_case(shown.desk.paths, "verdicts", admit_verdicts(shown.desk, read_case(shown.desk.paths, "verdicts"), sent))
    shown.press("N", "1", "1")
    assert "Not saved, Claim 7: meanwhile decided by B (27 November 2026): contested." in shown.text(".note")
    assert [row["by"] for row in shown.rows()] == ["B"]
    shown.press("1", "1")
    assert [row["by"] for row in shown.rows()] == ["B", "A. Editor"]
    assert shown.rows()[1]["reason"].endswith("having seen the decision of B")


def test_what_a_dead_kernel_did_not_write_waits_in_the_browser(shown: Shown) -> None:
    shown.page.evaluate("window.dead = true")
    for key in ("N", "1", "1"):
        shown.page.keyboard.press(key)
    assert shown.rows() == []
    assert "To be saved: supported" in shown.text(".card")
    shown.mount()
    shown.press()
    assert [row["verdict"] for row in shown.rows()] == ["supported"]


def test_the_language_is_switched_with_place_decisions_and_what_waits(timed: Shown) -> None:
    timed.press("N", "1", "1", "N")
    claim = timed.claim
    timed.page.evaluate("window.dead = true")
    for key in ("1", "1"):
        timed.page.keyboard.press(key)
    timed.page.evaluate("window.dead = false")
    timed.page.get_by_role("combobox", name="Language").select_option("de")
    timed.page.locator(".audit[lang=de]").wait_for()
    assert timed.page.evaluate("document.activeElement.value") == "de"
    assert timed.claim == claim
    assert timed.text("h3").endswith("abweichend")
    assert "Gespeichert wird: belegt" in timed.text(".card")
    assert timed.text(".counts") == "1 von 5 Beanstandungen entschieden"
    assert "Der nächste Text" in timed.text(".card") or "Im Wortlaut" in timed.text(".card")
    timed.page.get_by_role("combobox", name="Sprache").select_option("en")
    timed.page.locator(".audit[lang=en]").wait_for()
    timed.page.locator(".audit .card").focus()
    timed.page.clock.fast_forward(10_000)  # what waits is sent again
    timed.press("u")
    assert [row["verdict"] for row in timed.rows()][:1] == ["supported"]
    assert timed.widget.language == "en"


def test_one_verdict_is_shown_alone(shown: Shown) -> None:
    shown.press("f", "f")  # supported, differs
    assert shown.claim == "Iran attacked Russia in June 2025."
    assert shown.page.locator(".audit .claim:not(.off)").count() == AUDIT.count()["differs"]
    shown.press("n", "n", "n")
    assert shown.claim.startswith("Donald Trump")
    shown.page.locator(".audit .filters button").first.click()
    assert shown.page.locator(".audit .claim.off").count() == 0
    shown.page.locator(".audit .claim").first.click()
    assert shown.claim == "Part 0."


def test_without_a_name_nothing_is_decided(shown: Shown, desk: AuditDesk) -> None:
    shown.show(desk, " ")
    shown.page.locator(".audit .bar input").fill(" ")
    shown.page.locator(".audit .card").focus()
    shown.press("1", "1")
    assert shown.text(".note") == "Enter your name first: each decision carries it."
    assert shown.rows() == []


def test_a_second_act_of_a_sentence_has_a_mark_of_its_own(shown: Shown, desk: AuditDesk) -> None:
    text = "😀 Iran thanked Russia and attacked Israel."
    said: list[tuple[int, Any]] = [(1, "supported"), (2, "contested")]
    acts = [
        Finding(claim_id=f"c{n}", start=2, end=len(text), claim=text[2:], verdict=what, reason=what) for n, what in said
    ]
    shown.show(replace(desk, audit=replace(AUDIT, text=text, findings=acts)))
    marks = shown.page.locator(".audit .claim")
    assert marks.all_text_contents() == [f"✓supported: {text[2:]}", "↔contested: "]
    assert shown.page.locator(".audit .text").text_content() == "😀 " + "".join(marks.all_text_contents())
    shown.press("n")
    assert shown.text(".facts") == "Claim 2 of 2"


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 390)])
@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing_and_nothing_is_cut(
    shown: Shown, desk: AuditDesk, theme: str, width: int, language: str
) -> None:
    page = shown.page
    shown.show(replace(desk, labels=read_labels(REFERENCE, language)))
    page.set_viewport_size({"width": width, "height": 1000})
    if theme == "dark":
        page.evaluate(DARK)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for keys in (("N",), ("N", "1"), ("1",), ("?",), ("Escape", "f")):
        shown.press(*keys)
        found = page.evaluate("axe.run('.audit').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_key_takes_no_tenth_of_a_second_among_300_claims(shown: Shown, desk: AuditDesk) -> None:
    shown.show(replace(desk, audit=make_audit(times=15)))
    assert shown.page.locator(".audit .claim").count() == 300
    asked = shown.page.context.new_cdp_session(shown.page)
    # What the page takes itself, however busy the machine is.
    asked.send("Performance.enable", {"timeDomain": "threadTicks"})

    def measure() -> float:
        told = asked.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))

    for key in "nNf" * 10:
        before = measure()
        shown.page.keyboard.press(key)
        shown.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")  # until it is drawn
        assert 0 < measure() - before < 0.1, key


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"row": "0" * 12}, "The report has no such claim"),
        ({"action": "true"}, "verdict is 'true', but must be one of"),
        ({"action": "undo", "value": "none"}, "there is no decision 'none' before it"),
        ({"reason": ""}, "reason"),
        ({"by": 7}, "A decision must be a row of texts"),
    ],
)
def test_a_verdict_that_does_not_fit_is_not_admitted(desk: AuditDesk, change: dict[str, Any], fault: str) -> None:
    sent = SENT | {"row": desk.claims["c7"]}
    none = read_case(desk.paths, "verdicts")
    assert as_acts(desk, admit_verdicts(desk, none, sent))["action"].tolist() == ["differs"]
    with pytest.raises(InputError, match=fault):
        admit_verdicts(desk, none, sent | change)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_report_in_either_language_is_read_and_held_against_an_edition(language: str, tiny_run: Path) -> None:
    desk = open_audit(REFERENCE, tiny(tiny_run), str(DATA / f"report-{language}.md"))
    assert desk.audit.language == language
    assert desk.audit.findings
    assert all(desk.audit.text[one.start : one.end] == one.claim for one in desk.audit.findings)
    near = [one.near.stance if one.near else "" for one in desk.audit.findings]
    for told, one in zip(near, desk.audit.findings, strict=True):
        assert bool(told) == (one.reason in ("nearest", "unsure", "short"))
    shown = [[told["stance"] for told in claim["witnesses"]] for claim in lay_out(desk)["claims"]]
    assert "near" in near
    assert all(one in ("", *told) for one, told in zip(near, shown, strict=True))


@pytest.mark.slow
def test_without_a_name_the_report_beside_the_case_is_read_or_else_our_own(tiny_run: Path, tmp_path: Path) -> None:
    paths = replace(tiny(copy_tiny(tmp_path)), output=str(tiny_run))
    own = open_audit(REFERENCE, paths).audit.text
    shutil.copy(DATA / "report-de.md", paths.inputs / EXAMPLE)
    assert (
        open_audit(REFERENCE, paths).audit.text == open_audit(REFERENCE, paths, str(DATA / "report-de.md")).audit.text
    )
    assert open_audit(REFERENCE, paths).audit.text != own


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("no.md", None, "there is no such file"),
        ("fr.txt", "Le chat dort sur le toit.", "its text is not clearly in one language"),
    ],
)
def test_a_report_that_cannot_be_read_is_named(
    name: str, content: str | None, fault: str, tiny_run: Path, tmp_path: Path
) -> None:
    if content:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name}'?: {fault}"):
        open_audit(REFERENCE, tiny(tiny_run), str(tmp_path / name))
    elsewhere = replace(tiny(tiny_run), language="xx")  # where no report of ours lies
    with pytest.raises(InputError, match=r"-xx\.docx is missing: name a report, or run `lagebild run tiny --as-of"):
        open_audit(REFERENCE, elsewhere)
