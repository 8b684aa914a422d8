"""Reviewing in the browser: keys, fields, text selection, what a dead kernel leaves, and a real JupyterLab."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bare import DARK, Bare
from checkers import AXE
from lab import kill_kernels, open_notebook, place_notebook, run_all, serve
from lagebild.decisions import in_force
from lagebild.desk import Desk, open_desk, show_rows
from lagebild.intake import Given
from lagebild.labels import read_labels
from lagebild.newcase import make_case
from lagebild.paths import Paths
from lagebild.review import build
from lagebild.reviewer import Reviewer
from lagebild.store import append_case, read_case, records
from playwright.sync_api import Browser, Page
from test_decisions import table

TEXT = (
    "Israel attacked Iran on Friday. China supplied Iran with weapons, the ministry said. 😀 The envoys of Turkey and "
    "Iran did what envoys do, and envoys came home. Russia condemned Israel. France condemned Israel. "
    "Turkey could deliver drones to Ukraine in July.\n"
    "According to the Kremlin, Putin and Netanyahu spoke by phone on Sunday. Poland expelled two Russian diplomats. "
    "Germany condemned Russia. Egypt condemned <img src=x onerror=window.hacked=1> Israel. "
    "The European Union imposed new sanctions on Belarus. Japan condemned Russia. China threatened Japan with war."
)
CUT = """() => Array.from(document.querySelectorAll(".review button, .review select, .review label"))
  .filter((node) => !node.closest(".near") && node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.textContent)"""


def make_probe(root: Path) -> Paths:
    """Make a case of one text below a folder."""
    (root / "data" / "cases").mkdir(parents=True)
    (root / "a.txt").write_text(TEXT, encoding="utf-8")
    make_case("probe", [str(root / "a.txt")], Given("2025-06-18", "en"), "", str(root))
    return Paths("probe", "2025-06-18", "en", str(root))


class Table(Bare):
    """A desk in a bare page."""

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self.paths, self.widget = desk.paths, Reviewer(desk, "A. Editor")
        self.mount()

    def mount(self) -> None:
        """Load the page anew, as after a crash, with what the kernel would say now."""
        self.put(self.widget)
        self.page.locator(".review .card form").wait_for()
        self.page.locator(".review .card").focus()

    @property
    def told(self) -> list[list[Any]]:
        """All rows as the kernel tells them."""
        return show_rows(self.widget._desk, read_case(self.paths, "decisions"))

    def press(self, *keys: str) -> None:
        """Press keys on the row, and wait until all is saved."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.locator(".review[data-waiting='0']").wait_for()

    def rows(self) -> list[dict[str, Any]]:
        """Return the decisions on the disk."""
        return records(read_case(self.paths, "decisions"))

    def said(self) -> list[tuple[str, ...]]:
        """Return row, action, field and value of the decisions on the disk."""
        return [tuple(row[name] for name in ("row", "action", "field", "value")) for row in self.rows()]

    @property
    def head(self) -> str:
        """What the row on the desk tells."""
        return self.page.locator(".review .card h3").inner_text()

    @property
    def note(self) -> str:
        """What is wrong."""
        return self.page.locator(".review .note").inner_text()

    def select(self, words: str, nth: int = 0) -> None:
        """Select words of the text, as with the mouse."""
        self.page.evaluate(
            """([words, nth]) => {
              for (const sentence of document.querySelectorAll(".review .sentence")) {
                const at = sentence.textContent.split(words).slice(0, nth + 1).join(words).length;
                if (sentence.textContent.split(words).length <= nth + 1) continue;
                const walk = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
                const find = (place) => {
                  walk.currentNode = sentence;
                  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    if (place <= node.length) return [node, place];
                    place -= node.length;
                  }
                };
                document.getSelection().setBaseAndExtent(...find(at), ...find(at + words.length));
                return;
              }
            }""",
            [words, nth],
        )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk on which nothing is decided; opening one takes longer than most of what is done on it."""
    return open_desk(make_probe(tmp_path_factory.mktemp("desk")), read_labels("en"))


@pytest.fixture
def desk(browser: Browser, opened: Desk, tmp_path: Path) -> Iterator[Table]:
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    root = shutil.copytree(opened.paths.root, tmp_path / "case")
    yield Table(page, replace(opened, paths=replace(opened.paths, root=str(root))))
    assert not page.evaluate("window.hacked")
    assert faults == []
    context.close()


# --- deciding by keys


def test_one_key_decides_and_the_next_open_row_comes(desk: Table) -> None:
    assert desk.head == "Israel → Iran: Assault"
    desk.press("a")
    assert desk.head == "China → Iran: Aid"
    desk.press("r", "n", "p")
    names = [row[0] for row in desk.told]
    assert desk.said() == [(names[0], "accept", "", ""), (names[1], "reject", "", "")]
    assert {(row["by"], row["reason"]) for row in desk.rows()} == {
        ("A. Editor", "read, it fits"),
        ("A. Editor", "read, it does not fit"),
    }
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in desk.rows())
    assert "2 of" in desk.page.locator(".review .counts").inner_text()


def test_the_reason_that_is_written_stands_in_the_decision(desk: Table) -> None:
    desk.page.locator(".review .bar .wide input").fill('=SUM(A1) "so", sagt er')
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert desk.rows()[0]["reason"] == '=SUM(A1) "so", sagt er'


def test_without_a_name_nothing_is_decided(desk: Table) -> None:
    desk.page.locator(".review .bar input").first.fill(" ")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert desk.note == "Enter your name first: each decision carries it."
    assert desk.rows() == []
    desk.page.keyboard.type("B. Reader")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert [row["by"] for row in desk.rows()] == ["B. Reader"]


def test_undo_takes_back_one_act_after_the_other_and_each_row_returns(desk: Table) -> None:
    first = desk.head
    desk.press("a", "r")
    desk.press("u")
    assert desk.head == "China → Iran: Aid"
    desk.press("u")
    assert desk.head == first
    assert [row["action"] for row in desk.rows()] == ["accept", "reject", "undo", "undo"]
    assert in_force(read_case(desk.paths, "decisions")).empty
    desk.press("u")
    assert desk.note == "There is nothing to undo."


def test_undo_reaches_what_was_decided_before_the_page_was_loaded(desk: Table) -> None:
    desk.press("2", "x", "a")
    desk.widget = Reviewer(open_desk(desk.paths, read_labels("en")), "A. Editor")
    desk.mount()
    desk.press("u")
    assert in_force(read_case(desk.paths, "decisions")).empty


def test_the_other_types_and_roles_are_one_key_away(desk: Table) -> None:
    for _ in range(4):
        desk.page.keyboard.press("n")
    assert desk.head == "Turkey → Ukraine: Aid"
    for key, head in (("x", "Ukraine → Turkey: Aid"), ("b", "Ukraine, Turkey: Aid"), ("b", "Turkey → Ukraine: Aid")):
        desk.press(key)
        assert sorted(re.findall(r"\w+", desk.head)) == sorted(re.findall(r"\w+", head))
        assert ("→" in desk.head) is ("→" in head)
    desk.press("x", "a")
    name = desk.told[4][0]
    assert desk.said() == [(name, "edit", "source_actors", "UKR"), (name, "edit", "target_actors", "TUR")]
    desk.press("n", "n", "n", "n", "2", "a")  # the candidate is an assault; a coercion would be defensible, too
    assert desk.said()[2:] == [(desk.told[9][0], "edit", "event_type", "COERCE")]


def test_a_changed_field_is_saved_with_the_row_and_only_then(desk: Table) -> None:
    desk.page.locator("[data-field=status]").select_option("reported")
    assert desk.rows() == []
    assert desk.page.locator(".review button.main").inner_text().startswith("Save change")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert desk.said() == [(desk.told[0][0], "edit", "status", "reported")]
    assert desk.rows()[0]["reason"] == "read, corrected"


def test_a_date_is_explained_in_words_and_a_wrong_one_refused_in_a_sentence(desk: Table) -> None:
    field, hint = desk.page.locator("[data-field=date]"), desk.page.locator(".field:has([data-field=date]) .hint").first
    for edtf, words in (
        ("2025-06~", "about June 2025"),
        ("2025-06-11~/2025-06-20~", "mid-June 2025"),
        ("2025-06-13", "13 June 2025"),
    ):
        field.fill(edtf)
        hint.get_by_text(words, exact=True).wait_for()
    field.fill("2025-13-99")
    hint.get_by_text("is no EDTF").wait_for()
    field.press("Control+Enter")
    desk.page.locator(".review .note", has_text="Not saved").wait_for()
    assert "is no EDTF" in desk.note
    assert desk.head == "China → Iran: Aid"  # the desk does not jump under the reviewer's hands
    desk.page.locator(".review .note button").click()
    assert desk.head == "Israel → Iran: Assault"
    assert desk.page.locator("[data-field=date]").input_value() == "2025-13-99"
    assert desk.rows() == []
    desk.page.locator("[data-field=date]").fill("2025-06-13~")
    desk.page.locator("[data-field=date]").press("Control+Enter")
    desk.press()
    assert desk.said()[0][2:] == ("date", "2025-06-13~")


@pytest.mark.parametrize(
    ("words", "actor"), [("Kremlin", "kremlin"), ("tehran", "IRN"), ("UKR", "UKR"), ("frankreich", "FRA")]
)
def test_an_actor_is_found_by_any_of_its_names(desk: Table, words: str, actor: str) -> None:
    field = desk.page.locator("input[data-field=target_actors]")
    field.fill(words)
    field.press("Enter")
    desk.page.locator("input[data-field=target_actors]").press("Backspace")
    desk.page.locator("input[data-field=target_actors]").fill(words)
    desk.page.locator("input[data-field=target_actors]").press("Enter")
    desk.page.locator("input[data-field=target_actors]").press("Control+Enter")
    desk.press()
    (value,) = [value for _, _, field_, value in desk.said() if field_ == "target_actors"] or ["IRN"]
    assert actor in value.split(";")


def test_only_what_is_held_down_may_repeat(desk: Table) -> None:
    for key in ("n", "p", "a", "r", "u", "s", "Enter"):
        desk.page.evaluate(
            """key => document.querySelector(".review .card").dispatchEvent(
              new KeyboardEvent("keydown", {key, repeat: true, bubbles: true}))""",
            key,
        )
    desk.press()
    assert desk.rows() == []
    assert desk.head == "Israel → Iran: Assault"


def test_a_reason_holds_for_one_act_and_a_second_accept_is_none(desk: Table) -> None:
    desk.page.locator(".review .bar .wide input").fill("a figure of speech")
    desk.page.locator(".review .card").focus()
    desk.press("r", "a")
    desk.press("p")
    desk.page.get_by_role("combobox", name="Show").select_option("all")
    desk.page.locator(".review .card").focus()
    desk.press("a", "a")
    assert [row["reason"] for row in desk.rows()[:2]] == ["a figure of speech", "read, it fits"]
    assert len({row["row"] for row in desk.rows()}) == len(desk.rows())


def test_the_name_is_remembered_by_the_browser(desk: Table) -> None:
    desk.widget.reviewer = ""
    desk.mount()
    field = desk.page.get_by_role("textbox", name="Reviewer")
    assert field.input_value() == desk.widget.login
    field.fill("B. Reader")
    desk.page.locator(".review .card").focus()
    desk.mount()
    assert field.input_value() == "B. Reader"


def test_undo_takes_back_the_reviewers_own_last_act(desk: Table) -> None:
    names = [row[0] for row in desk.told]
    desk.press("a", "a")
    append_case(desk.paths, "decisions", table(f"{names[3]} reject", by="B"))
    desk.press("r")  # now the desk has read the other's decision
    desk.page.evaluate("window.dead = true")
    for key in ("a", "u", "u"):
        desk.page.keyboard.press(key)
    desk.mount()
    desk.press()
    assert set(in_force(read_case(desk.paths, "decisions"))["row"]) == {names[0], names[1], names[3]}
    desk.press("u", "u", "u")
    assert desk.note == "There is nothing to undo."
    assert [row["by"] for row in records(in_force(read_case(desk.paths, "decisions")))] == ["B"]


# --- the text


def test_evidence_and_cue_are_marked_to_the_character(desk: Table) -> None:
    for _ in range(5):
        desk.page.keyboard.press("n")
    marked = desk.page.locator(".review mark").all_inner_texts()
    assert "".join(marked) == "According to the Kremlin, Putin and Netanyahu spoke by phone on Sunday"
    assert desk.page.locator(".review .cue").all_inner_texts() == ["According to"]
    assert desk.page.locator(".review .other").count() > 5


def test_a_text_from_outside_stays_a_text(desk: Table) -> None:
    assert "<img src=x onerror=window.hacked=1>" in desk.page.locator(".review .text").inner_text()
    assert desk.page.locator(".review img").count() == 0


@pytest.mark.parametrize(
    ("words", "nth"), [("Iran did what envoys do", 0), ("envoys", 1), (" envoys came ", 0), ("😀 The", 0)]
)
def test_selected_words_become_an_event_at_their_place(desk: Table, words: str, nth: int) -> None:
    desk.select(words, nth)
    desk.page.keyboard.press("i")
    desk.page.locator("[data-field=event_type]").select_option("CONSULT")
    field = desk.page.locator("input[data-field=source_actors]")
    field.fill("Turk")
    field.press("Enter")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    start = TEXT.index(words.strip())
    for _ in range(nth):
        start = TEXT.index(words.strip(), start + 1)
    data = build(desk.paths)
    (row,) = [row for row in records(data.mentions) if row["mention_id"].startswith("A-")]
    assert (row["start"], row["evidence"], row["event_type"], row["source_actors"]) == (
        start,
        words.strip(),
        "CONSULT",
        "TUR",
    )
    assert (row["origin"], row["reviewed"]) == ("added", "yes")
    assert row["event_id"] in set(data.events["event_id"])
    desk.press("u")
    assert not [name for name in build(desk.paths).mentions["mention_id"] if name.startswith("A-")]


def test_without_a_selection_or_a_type_nothing_is_added(desk: Table) -> None:
    desk.press("i")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert desk.note.startswith("First select words within one sentence, or type them")
    desk.press("Escape")
    desk.select("Iran did what envoys do")
    desk.press("i", "Escape")
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert desk.note == "Choose the type of the event first."
    desk.press("Escape")
    assert desk.head == "Israel → Iran: Assault"
    assert desk.rows() == []


def test_an_event_is_added_by_keys_alone(desk: Table) -> None:
    desk.press("i")
    desk.page.keyboard.type("no such words")
    assert desk.page.locator("[data-field=quote][aria-invalid=true]").count() == 1
    assert desk.page.locator(".review mark").count() == 0
    desk.page.locator("[data-field=quote]").fill("came home")  # the field of the words has the focus
    assert "".join(desk.page.locator(".review mark").all_inner_texts()) == "came home"
    desk.page.locator("[data-field=event_type]").select_option("RETREAT")
    desk.page.locator("[data-field=event_type]").press("Control+Enter")
    desk.press()
    (row,) = [row for row in records(build(desk.paths).mentions) if row["mention_id"].startswith("A-")]
    assert (row["evidence"], row["start"], row["event_type"]) == ("came home", TEXT.index("came home"), "RETREAT")


def test_while_an_event_is_added_no_key_reaches_the_row_below(desk: Table) -> None:
    desk.select("Iran did what envoys do")
    desk.press("i", "Escape")
    desk.page.locator(".review .card").focus()
    for key in ("m", "s", "l", "n", "r", "u"):
        desk.page.keyboard.press(key)
        assert desk.note == "Save or discard (Esc) the new event first."
    desk.page.locator(".near button").nth(1).click()
    assert desk.head.startswith("New event")
    assert desk.page.locator("[data-field=quote]").input_value() == "Iran did what envoys do"
    desk.page.locator("[data-field=event_type]").select_option("CONSULT")
    desk.page.locator("[data-field=date]").fill("someday")
    desk.page.locator("[data-field=date]").press("Control+Enter")
    desk.page.locator(".review .note", has_text="is no EDTF").wait_for()
    assert desk.page.locator("[data-field=date]").input_value() == "someday"  # what was refused is there still
    assert desk.rows() == []


def test_a_selection_can_replace_the_evidence(desk: Table) -> None:
    desk.select("attacked Iran")
    desk.page.get_by_role("button", name="Selection as evidence").click()
    assert "".join(desk.page.locator(".review mark").all_inner_texts()) == "attacked Iran"
    desk.page.locator(".review .card").focus()
    desk.press("a")
    row = build(desk.paths).mentions.set_index("mention_id").loc[desk.told[0][0]]
    assert (row["evidence"], row["start"]) == ("attacked Iran", TEXT.index("attacked Iran"))


# --- events and rules


def test_events_are_merged_and_split(desk: Table) -> None:
    one, other = (name for name, *_ in desk.told[2:4])
    desk.press("n", "n", "m")
    desk.page.locator(".panel input[type=search]").fill("France")
    desk.page.keyboard.press("Enter")
    desk.press()
    event = {row["mention_id"]: row["event_id"] for row in records(build(desk.paths).mentions)}
    assert event[one] == event[other]
    desk.press("s")
    event = {row["mention_id"]: row["event_id"] for row in records(build(desk.paths).mentions)}
    assert event[one] != event[other]
    assert [action for _, action, *_ in desk.said()] == ["merge", "split"]
    desk.press("s")
    assert desk.note == "Only this row tells it."


def test_a_merge_takes_all_rows_of_the_event_along_unless_told_otherwise(desk: Table) -> None:
    names = [row[0] for row in desk.told]
    desk.press("n", "n", "m")
    desk.page.locator(".panel li button").first.click()
    desk.press()
    desk.press("m")
    assert desk.page.locator(".panel .check").inner_text() == "only this row, not all 2 of the event"
    desk.page.locator(".panel li button").first.click()
    desk.press()
    assert len(desk.said()) == 3
    assert {row[0] for row in desk.said()} <= set(names)


def test_what_was_changed_is_saved_with_the_merge_and_left_out_of_all_of_a_rule(desk: Table) -> None:
    names = [row[0] for row in desk.told]
    desk.press("n", "n")
    desk.page.locator("[data-field=status]").select_option("reported")
    desk.page.locator(".review .card").focus()
    desk.press("l")
    assert [box.is_checked() for box in desk.page.locator(".panel li input").all()][:2] == [False, True]
    desk.press("Escape", "m")
    desk.page.locator(".panel input[type=search]").fill("France")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.press()
    assert [row[:3] for row in desk.said()] == [(names[2], "edit", "status"), (names[2], "merge", "")]


def test_a_rejected_row_is_not_moved(desk: Table) -> None:
    desk.page.get_by_role("combobox", name="Show").select_option("all")
    desk.page.locator(".review .card").focus()
    desk.press("r", "p")
    for key in ("m", "s"):
        desk.press(key)
        assert desk.note == "The row is rejected; accept it first."
    assert len(desk.rows()) == 1


def test_one_decision_for_all_open_rows_of_a_rule(desk: Table) -> None:
    column = desk.widget.desk["columns"].index
    alike = [row[0] for row in desk.told if row[column("rule")] == "en-v-condemn"]
    assert len(alike) >= 4
    while not desk.head.startswith("Russia → Israel"):
        desk.page.keyboard.press("n")
    desk.press("l")
    assert desk.page.locator(".panel li").count() == len(alike)
    desk.page.locator(".panel li input").nth(1).uncheck()
    desk.page.locator(".panel button.main").click()
    desk.press()
    assert desk.said() == [(name, "accept", "", "") for name in alike if name != alike[1]]
    assert {row["reason"] for row in desk.rows()} == {"same rule en-v-condemn, looked through"}
    desk.press("u")
    assert in_force(read_case(desk.paths, "decisions")).empty


def test_the_list_is_narrowed_by_state_confidence_and_words(desk: Table) -> None:
    n = len(desk.told)
    desk.press("a", "r")
    show, confidence = (desk.page.get_by_role("combobox", name=name) for name in ("Show", "Confidence"))
    place = desk.page.locator(".review .card .facts").first
    for value, number in (("decided", 2), ("all", n), ("open", n - 2)):
        show.select_option(value)
        assert re.search(rf"of {number}\b", place.inner_text())
    show.select_option("all")
    desk.page.get_by_role("searchbox", name="Search").fill("condemned")
    assert re.search(r"Row 1 of 6\b", place.inner_text())
    desk.page.get_by_role("searchbox", name="Search").fill("no such words")
    assert desk.page.locator(".review .card").inner_text() == "No row fits this choice."
    desk.page.get_by_role("searchbox", name="Search").fill("")
    confidence.select_option("C")
    assert "No row fits" in desk.page.locator(".review .card").inner_text() or "C: candidate" in place.inner_text()


# --- what survives


def test_what_a_dead_kernel_did_not_save_is_saved_by_the_next(desk: Table) -> None:
    names = [row[0] for row in desk.told]
    desk.press("a")
    desk.page.evaluate("window.dead = true")
    for key in ("a", "r", "a"):
        desk.page.keyboard.press(key)
    desk.page.locator(".review .alarm", has_text="wait in this browser: 3").wait_for()
    assert len(desk.rows()) == 1
    desk.mount()  # the page is loaded anew, with a kernel
    desk.press()
    assert [row[:2] for row in desk.said()] == list(zip(names, ("accept", "accept", "reject", "accept"), strict=False))
    desk.mount()
    desk.press()
    assert len(desk.rows()) == 4


def test_the_page_shows_what_is_on_the_disk_when_it_is_loaded_anew(desk: Table) -> None:
    desk.press("a", "r")
    desk.mount()  # the same kernel
    assert "2 of" in desk.page.locator(".review .counts").inner_text()
    desk.press("u")
    assert len(in_force(read_case(desk.paths, "decisions"))) == 1


def test_decisions_on_another_state_of_the_case_wait_for_a_word(desk: Table) -> None:
    desk.page.evaluate("window.dead = true")
    for key in ("a", "r"):
        desk.page.keyboard.press(key)
    desk.widget.desk = desk.widget.desk | {"content": "another"}
    desk.mount()
    desk.press()
    notice = desk.page.locator(".review .alarm", has_text="taken on an earlier state of this case: 2")
    assert desk.rows() == []
    desk.mount()  # they wait as long as it takes
    notice.get_by_role("button", name="Save them all the same").click()
    desk.press()
    assert [row[1] for row in desk.said()] == ["accept", "reject"]
    notice.wait_for(state="hidden")


@pytest.mark.parametrize("spoilt", ["{", "3", '[{"name": 1}]', '[{"name": "x-1", "rows": [{"row": "t"}]}]'])
def test_what_others_put_into_the_memory_of_the_browser_does_no_harm(desk: Table, spoilt: str) -> None:
    key = f"lagebild-review:{desk.widget.desk['place']}:{desk.widget.desk['content']}:old"
    desk.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, spoilt])
    desk.mount()
    desk.press("a")
    assert len(desk.rows()) == 1


def test_what_can_never_be_written_can_be_given_up(desk: Table) -> None:
    desk.press("a")
    (desk.paths.inputs / "decisions.csv").unlink()
    (desk.paths.inputs / "decisions.csv").mkdir()
    desk.page.keyboard.press("a")
    alarm = desk.page.locator(".review .alarm", has_text="Not written, trying again")
    alarm.get_by_role("button", name="Discard").click()
    (desk.paths.inputs / "decisions.csv").rmdir()
    alarm.get_by_role("button", name="Really discard 1?").click()
    desk.press()
    assert "1 of" in desk.page.locator(".review .counts").inner_text()


def test_rows_that_an_older_copy_has_swept_away_come_back(desk: Table) -> None:
    file = desk.paths.inputs / "decisions.csv"
    desk.press("a")
    older = file.read_bytes()
    desk.press("r")
    file.write_bytes(older)
    desk.press("a")
    desk.page.locator(".review .note", has_text="written again: 1").wait_for()
    assert [row[1] for row in desk.said()] == ["accept", "reject", "accept"]


def test_a_decision_whose_answer_was_lost_is_written_once(desk: Table) -> None:
    desk.page.evaluate(
        "window.said = window.ask; window.ask = async (message) => { await window.said(message); return 'null'; }; 0"
    )
    for key in ("a", "a"):
        desk.page.keyboard.press(key)
    desk.page.wait_for_timeout(200)
    assert len(desk.rows()) == 2
    desk.mount()
    desk.press()
    assert len(desk.rows()) == 2


def test_what_somebody_else_decided_meanwhile_is_shown(desk: Table) -> None:
    names = [row[0] for row in desk.told]
    append_case(desk.paths, "decisions", table(f"{names[3]} reject", by="B"))
    desk.press("a")
    assert {row[0]: row[1] for row in desk.said()} == {names[3]: "reject", names[0]: "accept"}
    assert "2 of" in desk.page.locator(".review .counts").inner_text()


def test_a_file_that_was_spoilt_meanwhile_loses_nothing(desk: Table) -> None:
    desk.press("a")
    file = desk.paths.inputs / "decisions.csv"
    whole = file.read_bytes()
    file.write_bytes(whole + b"broken\n")
    desk.page.keyboard.press("a")
    desk.page.locator(".review .alarm", has_text="row 3: 1 cells where 8 belong").wait_for()
    desk.page.keyboard.press("r")
    file.write_bytes(whole)
    desk.press()
    assert [row[1] for row in desk.said()] == ["accept", "accept", "reject"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [700, 1300])
def test_axe_finds_nothing_and_nothing_is_cut(desk: Table, theme: str, width: int) -> None:
    page = desk.page
    page.set_viewport_size({"width": width, "height": 1000})
    if theme == "dark":
        page.evaluate(DARK)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    desk.press("n")
    for keys in ((), ("?",), ("m",), ("Escape", "l")):
        desk.press(*keys)
        found = page.evaluate("axe.run('.review').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(CUT) == []


# --- a real JupyterLab


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return make_probe(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def lab(browser: Browser, probe: Paths, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    folder = tmp_path_factory.mktemp("lab")
    place_notebook("review.ipynb", folder, case=probe.case, as_of=probe.as_of, root=probe.root, reviewer="A. Editor")
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        yield page, address
        page.close()


def test_ten_rows_by_keyboard_and_a_kernel_killed_in_the_middle(lab: tuple[Page, str], probe: Paths) -> None:
    page, address = lab
    card = page.locator(".review .card form")
    open_notebook(page, address, "review.ipynb")
    run_all(page)
    card.wait_for(state="attached", timeout=90_000)
    page.evaluate("document.querySelector('.review').scrollIntoView()")
    cells = page.locator(".jp-Cell").count()
    page.locator(".review .card").focus()
    for _ in range(5):
        page.keyboard.press("a")
    page.locator(".review[data-waiting='0']").wait_for()
    assert kill_kernels(address) == 1
    for _ in range(5):
        page.keyboard.press("r")
    assert len(read_case(probe, "decisions")) == 5
    assert page.locator(".jp-Cell").count() == cells, "a key reached JupyterLab"
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=60_000)  # it says that the kernel died
    page.reload()
    open_notebook(page, address, "review.ipynb")
    run_all(page)
    card.wait_for(state="attached", timeout=90_000)
    page.locator(".review[data-waiting='0']").wait_for()
    decided = records(read_case(probe, "decisions"))
    assert [row["action"] for row in decided] == ["accept"] * 5 + ["reject"] * 5
    assert len({row["row"] for row in decided}) == 10
    assert "10 of" in page.locator(".review .counts").inner_text()
    reviewed = build(probe).mentions.set_index("mention_id")["reviewed"]
    assert {reviewed.get(row["row"], "gone") for row in decided} == {"yes", "gone"}
