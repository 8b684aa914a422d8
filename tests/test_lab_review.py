"""Reviewing in the browser: keys, fields, text selection, what a dead kernel leaves, and a real JupyterLab."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bare import ADDRESS, DARK, Bare, open_page
from checkers import AXE
from examples import dataset_of, open_case
from known import REFERENCE
from lab import wait_until
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.tables import append_case, read_case, records
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.decisions import in_force
from lagebild.interactive.review_queue import ReviewQueue, open_queue, show_rows
from lagebild.interactive.review_widget import ReviewWidget
from playwright.sync_api import Browser
from test_decisions import table

TEXT = (
    "Israel attacked Iran on Friday. China supplied Iran with weapons, the ministry said. 😀 The envoys of Turkey and "
    "Iran did what envoys do, and envoys came home. Russia condemned Israel. France condemned Israel. "
    "Turkey could deliver drones to Ukraine in July.\n"
    "According to the Kremlin, Putin and Netanyahu spoke by phone on Sunday. Poland expelled two Russian diplomats. "
    "Germany condemned Russia. Egypt condemned <img src=x onerror=window.hacked=1> Israel. "
    "The European Union imposed new sanctions on Belarus. Japan condemned Russia. China threatened Japan with war. "
    "Iran hacked Kuwait."
)
PATIENCE = 10_000  # milliseconds; longer than that of the page
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
    """Queues in a page, one after the other."""

    def show(self, queue: ReviewQueue) -> None:
        """Show a queue of which the browser remembers nothing."""
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.goto(ADDRESS)
        self.page.evaluate("localStorage.clear()")
        self.page.evaluate("localStorage.setItem('lagebild-review-order', 'text')")
        self.paths, self.widget = queue.paths, ReviewWidget(queue, "A. Editor")
        self.mount()

    def show_copy(self, queue: ReviewQueue, folder: Path) -> None:
        """Show a queue whose case lies in a folder of its own."""
        root = str(shutil.copytree(queue.paths.root, folder))
        self.show(replace(queue, inputs=replace(queue.inputs, paths=replace(queue.paths, root=root))))

    def mount(self) -> None:
        """Load the page anew, as after a crash, with what the kernel would say now."""
        self.put(self.widget)
        self.page.locator(".review .card form").wait_for()
        self.page.locator(".review .card").focus()

    @property
    def reported(self) -> list[list[Any]]:
        """All rows as the kernel tells them."""
        return show_rows(self.widget._queue, read_case(self.paths, "decisions"))

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
def opened(tmp_path_factory: pytest.TempPathFactory) -> ReviewQueue:
    """Return a desk on which nothing is decided; opening one takes longer than most of what is done on it."""
    return open_queue(open_case(make_probe(tmp_path_factory.mktemp("desk"))), read_labels(REFERENCE, "en"))


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Table, list[str]]]:
    """Return a page for queues, and what it complains of."""
    with open_page(browser) as (page, faults):
        page.clock.install()  # so that no test waits as long as the page does for a kernel
        yield Table(page), faults


@pytest.fixture
def queue(pages: tuple[Table, list[str]], opened: ReviewQueue, tmp_path: Path) -> Iterator[Table]:
    """Return the page with a queue whose case lies in a folder of its own."""
    shown, faults = pages
    faults.clear()
    shown.show_copy(opened, tmp_path / "case")
    yield shown
    assert not shown.page.evaluate("window.hacked")
    assert faults == []


# --- deciding by keys


def test_one_key_decides_and_the_next_open_row_comes(queue: Table) -> None:
    assert queue.head == "Israel → Iran: Assault"
    queue.press("a")
    assert queue.head == "China → Iran: Aid"
    queue.press("r", "n", "p")
    names = [row[0] for row in queue.reported]
    assert queue.said() == [(names[0], "accept", "", ""), (names[1], "reject", "", "")]
    assert {(row["by"], row["reason"]) for row in queue.rows()} == {
        ("A. Editor", "read, it fits"),
        ("A. Editor", "read, it does not fit"),
    }
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in queue.rows())
    assert "2 of" in queue.page.locator(".review .counts").inner_text()


def test_without_a_name_nothing_is_decided(queue: Table) -> None:
    queue.page.locator(".review .bar input").first.fill(" ")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert queue.note == "Enter your name first: each decision carries it."
    assert queue.rows() == []
    queue.page.keyboard.type("B. Reader")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert [row["by"] for row in queue.rows()] == ["B. Reader"]


def test_undo_takes_back_one_act_after_the_other_and_each_row_returns(queue: Table) -> None:
    first = queue.head
    queue.press("a", "r")
    queue.press("u")
    assert queue.head == "China → Iran: Aid"
    queue.press("u")
    assert queue.head == first
    assert [row["action"] for row in queue.rows()] == ["accept", "reject", "undo", "undo"]
    assert in_force(read_case(queue.paths, "decisions")).empty
    queue.press("u")
    assert queue.note == "There is nothing to undo."


def test_undo_reaches_what_was_decided_before_the_page_was_loaded(queue: Table) -> None:
    queue.press("X", "a")
    queue.widget = ReviewWidget(open_queue(open_case(queue.paths), read_labels(REFERENCE, "en")), "A. Editor")
    queue.mount()
    queue.press("u")
    assert in_force(read_case(queue.paths, "decisions")).empty


def test_the_other_types_and_roles_are_one_key_away(queue: Table) -> None:
    for _ in range(4):
        queue.page.keyboard.press("n")
    assert queue.head == "Turkey → Ukraine: Aid"
    for key, head in (("X", "Ukraine → Turkey: Aid"), ("B", "Ukraine, Turkey: Aid"), ("B", "Turkey → Ukraine: Aid")):
        queue.press(key)
        assert sorted(re.findall(r"\w+", queue.head)) == sorted(re.findall(r"\w+", head))
        assert ("→" in queue.head) is ("→" in head)
    queue.press("x")
    name = queue.reported[4][0]
    assert queue.said() == [(name, "edit", "source_actors", "UKR"), (name, "edit", "target_actors", "TUR")]
    queue.press(*["n"] * 7, "T", "2")  # to hack is an assault; a coercion would be defensible, too
    assert queue.said()[2:] == [(queue.reported[12][0], "edit", "event_type", "COERCE")]


def test_a_changed_field_is_saved_with_the_row_and_only_then(queue: Table) -> None:
    queue.page.locator("[data-field=status]").select_option("reported")
    assert queue.rows() == []
    assert queue.page.locator(".review button.main").inner_text().startswith("Save change")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert queue.said() == [(queue.reported[0][0], "edit", "status", "reported")]
    assert queue.rows()[0]["reason"] == "read, corrected"


def test_a_date_is_explained_in_words_and_a_wrong_one_refused_in_a_sentence(queue: Table) -> None:
    field, hint = (
        queue.page.locator("[data-field=date]"),
        queue.page.locator(".field:has([data-field=date]) .hint").first,
    )
    for edtf, words in (
        ("2025-06~", "about June 2025"),
        ("2025-06-11~/2025-06-20~", "mid-June 2025"),
        ("2025-06-13", "13 June 2025"),
    ):
        field.fill(edtf)
        hint.get_by_text(words, exact=True).wait_for()
    field.fill("2025-13-99")
    hint.get_by_text("is no EDTF").wait_for()
    for key in ("Control+Enter", "Escape", "a"):
        queue.press(key)
    assert queue.head == "Israel → Iran: Assault"  # the row does not leave until it is right
    assert queue.page.locator("[data-field=date]").input_value() == "2025-13-99"
    assert queue.page.locator("[data-field=date]:focus[aria-invalid=true]").count() == 1
    assert queue.rows() == []
    queue.page.locator("[data-field=date]").fill("2025-06-13~")
    queue.page.locator("[data-field=date]").press("Control+Enter")
    queue.press()
    assert queue.said()[0][2:] == ("date", "2025-06-13~")


def test_a_date_that_the_kernel_has_not_judged_yet_holds_the_row_until_it_has(queue: Table) -> None:
    field = queue.page.locator("[data-field=date]")
    queue.page.evaluate("window.dead = true")
    field.fill("2025-06~")
    field.press("Control+Enter")
    assert queue.head == "Israel → Iran: Assault"
    queue.page.evaluate("window.dead = false")
    field.press("Control+Enter")
    queue.press()
    queue.page.locator(".review h3", has_text="China → Iran: Aid").wait_for()
    queue.page.evaluate("window.dead = true")
    queue.page.locator("[data-field=date]").fill("2025-07~")
    queue.page.locator("[data-field=date]").press("Control+Enter")
    queue.page.clock.fast_forward(PATIENCE)  # a kernel that is gone holds nobody up: the decision waits in the browser
    queue.page.locator(".review h3", has_text="Russia → Israel").first.wait_for()
    assert [row[2:] for row in queue.said()] == [("date", "2025-06~")]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("quote", "r", "These words stand more than once in the sentence"),
        ("source_actors", "Nobody at all", "Not an actor of the list: “Nobody at all”."),
    ],
)
def test_a_bad_value_is_refused_in_its_field_before_the_row_leaves(
    queue: Table, field: str, value: str, says: str
) -> None:
    queue.page.evaluate("document.querySelector('.review details').open = true")
    control = queue.page.locator(f"input[data-field={field}]")
    control.fill(value)
    queue.page.keyboard.press("Escape")
    control.fill(value)
    control.press("Control+Enter")
    assert queue.head == "Israel → Iran: Assault"
    assert control.get_attribute("aria-invalid") == "true"
    fault = queue.page.locator(f"#{control.get_attribute('aria-describedby')}")
    assert fault.inner_text().startswith(says)
    control.fill("")
    assert fault.count() == 0
    assert control.get_attribute("aria-invalid") != "true"
    assert queue.rows() == []


def test_the_desk_knows_the_actors_by_all_their_names(opened: ReviewQueue) -> None:
    names = {one[0]: f"{one[1]} {one[3]}".lower() for one in ReviewWidget(opened, "A. Editor").queue["actors"]}
    for actor, words in (("kremlin", "kremlin"), ("IRN", "tehran"), ("FRA", "frankreich"), ("FRA", "france")):
        assert words in names[actor]


@pytest.mark.parametrize(("words", "actor"), [("Kremlin", "kremlin")])
def test_an_actor_is_found_by_any_of_its_names(queue: Table, words: str, actor: str) -> None:
    field = queue.page.locator("input[data-field=target_actors]")
    field.fill(words)
    field.press("Enter")
    queue.page.locator("input[data-field=target_actors]").press("Backspace")
    queue.page.locator("input[data-field=target_actors]").fill(words)
    queue.page.locator("input[data-field=target_actors]").press("Enter")
    queue.page.locator("input[data-field=target_actors]").press("Control+Enter")
    queue.press()
    (value,) = [value for _, _, field_, value in queue.said() if field_ == "target_actors"] or ["IRN"]
    assert actor in value.split(";")


def test_an_actor_that_nobody_knows_is_added_to_the_case_and_found_from_then_on(queue: Table) -> None:
    field = queue.page.locator("input[data-field=source_actors]")
    field.fill("Iris <b>Berg")
    options = queue.page.locator(".review [role=option]:visible")
    assert "actors.csv and names.csv" in options.first.inner_text()
    assert options.all_inner_texts()[1:] == [f"“Iris <b>Berg”: {one}" for one in ("person", "organisation", "group")]
    field.press("Enter")  # alone it adds nobody
    assert not (queue.paths.inputs / "actors.csv").exists()
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    queue.page.locator(".review .chip", has_text="Iris <b>Berg").wait_for()
    (row,) = records(read_case(queue.paths, "actors"))
    assert (row["actor_id"], row["type"], row["name_en"]) == ("iris-b-berg", "organisation", "Iris <b>Berg")
    assert [one["actor_id"] for one in records(read_case(queue.paths, "names"))] == ["iris-b-berg"]
    queue.page.locator("input[data-field=target_actors]").fill("iris <b>")
    assert options.all_inner_texts()[0].startswith("Iris <b>Berg")
    queue.page.locator("input[data-field=target_actors]").press("Escape")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert queue.rows() == []  # what was typed and not chosen would be lost
    queue.page.locator("input[data-field=target_actors]").fill("")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert "iris-b-berg" in queue.said()[0][3].split(";")


def test_an_actor_that_cannot_be_added_is_refused_in_words(queue: Table) -> None:
    field = queue.page.locator("input[data-field=source_actors]")
    field.fill("x" * 200)
    field.press("ArrowDown")
    field.press("Enter")
    queue.page.locator(".review .note", has_text="An actor needs a name of up to").wait_for()
    assert not (queue.paths.inputs / "actors.csv").exists()


def test_only_what_is_held_down_may_repeat(queue: Table) -> None:
    for key in ("n", "p", "a", "r", "u", "s", "Enter"):
        queue.page.evaluate(
            """key => document.querySelector(".review .card").dispatchEvent(
              new KeyboardEvent("keydown", {key, repeat: true, bubbles: true}))""",
            key,
        )
    queue.press()
    assert queue.rows() == []
    assert queue.head == "Israel → Iran: Assault"


def test_the_name_is_remembered_by_the_browser(queue: Table) -> None:
    queue.widget.reviewer = ""
    queue.mount()
    field = queue.page.get_by_role("textbox", name="Reviewer")
    assert field.input_value() == queue.widget.login
    field.fill("B. Reader")
    queue.page.locator(".review .card").focus()
    queue.mount()
    assert field.input_value() == "B. Reader"


def test_the_language_is_switched_with_all_that_is_not_saved(queue: Table) -> None:
    queue.press("a")
    queue.page.locator("[data-field=status]").select_option("open")
    queue.page.locator("[data-field=cue]").fill("the ministry said")
    queue.page.locator(".review .bar .wide input").fill("because")
    queue.page.get_by_role("combobox", name="Language").select_option("de")
    queue.page.locator(".review[lang=de]").wait_for()
    assert queue.head == "China → Iran: Hilfe"
    assert queue.page.locator("[data-field=status]").input_value() == "open"
    assert queue.page.locator("[data-field=cue]").input_value() == "the ministry said"
    assert "1 von 13 geprüft · 12 von 13 offen: A 11, B 1" in queue.page.locator(".review .counts").inner_text()
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert {row["reason"] for row in queue.rows()[1:]} == {"because"}
    assert {row[2] for row in queue.said()[1:]} == {"status", "cue_en"}
    queue.select("Iran did what envoys do")
    queue.press("i")
    queue.page.get_by_role("combobox", name="Sprache").select_option("en")
    queue.page.locator(".review[lang=en]").wait_for()
    assert queue.page.locator("[data-field=quote]").input_value() == "Iran did what envoys do"
    queue.page.locator("[data-field=event_type]").select_option("CONSULT")
    queue.page.locator(".review .card").focus()
    queue.press("a", "u", "u", "u")
    assert in_force(read_case(queue.paths, "decisions")).empty


def test_a_kernel_that_is_gone_speaks_no_other_language(queue: Table) -> None:
    queue.page.evaluate("window.dead = true")
    choice = queue.page.get_by_role("combobox", name="Language")
    choice.select_option("de")
    queue.page.clock.fast_forward(PATIENCE)
    queue.page.locator(".review .note", has_text="the language stays").wait_for()
    assert choice.input_value() == "en"


# --- the text


def test_evidence_and_cue_are_marked_to_the_character(queue: Table) -> None:
    for _ in range(5):
        queue.page.keyboard.press("n")
    marked = queue.page.locator(".review mark").all_inner_texts()
    assert "".join(marked) == "According to the Kremlin, Putin and Netanyahu spoke by phone on Sunday"
    assert queue.page.locator(".review .cue").all_inner_texts() == ["According to"]
    assert queue.page.locator(".review .other").count() > 5


def test_a_text_from_outside_stays_a_text(queue: Table) -> None:
    assert "<img src=x onerror=window.hacked=1>" in queue.page.locator(".review .text").inner_text()
    assert queue.page.locator(".review img").count() == 0


@pytest.mark.parametrize(
    ("words", "nth"), [("Iran did what envoys do", 0), ("envoys", 1), (" envoys came ", 0), ("😀 The", 0)]
)
def test_selected_words_become_an_event_at_their_place(queue: Table, words: str, nth: int) -> None:
    queue.select(words, nth)
    queue.page.keyboard.press("i")
    queue.page.locator("[data-field=event_type]").select_option("CONSULT")
    field = queue.page.locator("input[data-field=source_actors]")
    field.fill("Turk")
    field.press("Enter")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    start = TEXT.index(words.strip())
    for _ in range(nth):
        start = TEXT.index(words.strip(), start + 1)
    data = dataset_of(queue.paths)
    (row,) = [row for row in records(data.mentions) if row["mention_id"].startswith("A-")]
    assert (row["start"], row["evidence"], row["event_type"], row["source_actors"]) == (
        start,
        words.strip(),
        "CONSULT",
        "TUR",
    )
    assert (row["origin"], row["reviewed"]) == ("added", "yes")
    assert row["event_id"] in set(data.events["event_id"])
    queue.press("u")
    assert not [name for name in dataset_of(queue.paths).mentions["mention_id"] if name.startswith("A-")]


def test_without_a_selection_or_a_type_nothing_is_added(queue: Table) -> None:
    queue.press("i")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert queue.note.startswith("First select words within one sentence, or type them")
    queue.press("Escape")
    queue.select("Iran did what envoys do")
    queue.press("i", "Escape")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert queue.note == "Choose the type of the event first."
    queue.press("Escape")
    assert queue.head == "Israel → Iran: Assault"
    assert queue.rows() == []


def test_an_event_is_added_by_keys_alone(queue: Table) -> None:
    queue.press("i")
    queue.page.keyboard.type("no such words")
    assert queue.page.locator("[data-field=quote][aria-invalid=true]").count() == 1
    assert queue.page.locator(".review mark").count() == 0
    queue.page.locator("[data-field=quote]").fill("came home")  # the field of the words has the focus
    assert "".join(queue.page.locator(".review mark").all_inner_texts()) == "came home"
    queue.page.locator("[data-field=event_type]").select_option("RETREAT")
    queue.page.locator("[data-field=event_type]").press("Control+Enter")
    queue.press()
    (row,) = [row for row in records(dataset_of(queue.paths).mentions) if row["mention_id"].startswith("A-")]
    assert (row["evidence"], row["start"], row["event_type"]) == ("came home", TEXT.index("came home"), "RETREAT")


def test_while_an_event_is_added_no_key_reaches_the_row_below(queue: Table) -> None:
    queue.select("Iran did what envoys do")
    queue.press("i", "Escape")
    queue.page.locator(".review .card").focus()
    for key in ("m", "s", "l", "n", "r", "u"):
        queue.page.keyboard.press(key)
        assert queue.note == "Save or discard (Esc) the new event first."
    queue.page.locator(".near button").nth(1).click()
    assert queue.head.startswith("New event")
    assert queue.page.locator("[data-field=quote]").input_value() == "Iran did what envoys do"
    queue.page.locator("[data-field=event_type]").select_option("CONSULT")
    queue.page.locator("[data-field=date]").fill("someday")
    queue.page.locator("[data-field=date]").press("Control+Enter")
    queue.page.locator(".review .hint", has_text="is no EDTF").wait_for()
    assert queue.page.locator("[data-field=date]").input_value() == "someday"  # what was refused is there still
    assert queue.rows() == []


def test_a_selection_can_replace_the_evidence(queue: Table) -> None:
    queue.select("attacked Iran")
    queue.page.get_by_role("button", name="Selection as evidence").click()
    assert "".join(queue.page.locator(".review mark").all_inner_texts()) == "attacked Iran"
    queue.page.locator(".review .card").focus()
    queue.press("a")
    row = dataset_of(queue.paths).mentions.set_index("mention_id").loc[queue.reported[0][0]]
    assert (row["evidence"], row["start"]) == ("attacked Iran", TEXT.index("attacked Iran"))


# --- events and rules


def test_events_are_merged_and_split(queue: Table) -> None:
    one, other = (name for name, *_ in queue.reported[2:4])
    queue.press("n", "n", "m")
    queue.page.locator(".panel input[type=search]").fill("France")
    queue.page.keyboard.press("Enter")
    queue.press()
    event = {row["mention_id"]: row["event_id"] for row in records(dataset_of(queue.paths).mentions)}
    assert event[one] == event[other]
    queue.press("s")
    event = {row["mention_id"]: row["event_id"] for row in records(dataset_of(queue.paths).mentions)}
    assert event[one] != event[other]
    assert [action for _, action, *_ in queue.said()] == ["merge", "split"]
    queue.press("s")
    assert queue.note == "Only this row tells it."


def test_what_was_changed_is_saved_with_the_merge_and_left_out_of_all_of_a_rule(queue: Table) -> None:
    names = [row[0] for row in queue.reported]
    queue.press("n", "n")
    queue.page.locator("[data-field=status]").select_option("reported")
    queue.page.locator(".review .card").focus()
    queue.press("l")
    assert [box.is_checked() for box in queue.page.locator(".panel li input").all()][:2] == [False, True]
    queue.press("Escape", "m")
    queue.page.locator(".panel input[type=search]").fill("France")
    queue.page.keyboard.press("ArrowDown")
    queue.page.keyboard.press("Enter")
    queue.press()
    assert [row[:3] for row in queue.said()] == [(names[2], "edit", "status"), (names[2], "merge", "")]


def test_one_decision_for_all_open_rows_of_a_rule(queue: Table) -> None:
    column = queue.widget.queue["columns"].index
    alike = [row[0] for row in queue.reported if row[column("rule")] == "en-v-condemn"]
    assert len(alike) >= 4
    while not queue.head.startswith("Russia → Israel"):
        queue.page.keyboard.press("n")
    queue.press("l")
    assert queue.page.locator(".panel li").count() == len(alike)
    queue.page.locator(".panel li input").nth(1).uncheck()
    queue.page.locator(".panel button.main").click()
    queue.press()
    assert queue.said() == [(name, "accept", "", "") for name in alike if name != alike[1]]
    assert {row["reason"] for row in queue.rows()} == {"same rule en-v-condemn, looked through"}
    queue.press("u")
    assert in_force(read_case(queue.paths, "decisions")).empty


def test_the_list_is_narrowed_by_state_confidence_and_words(queue: Table) -> None:
    n = len(queue.reported)
    queue.press("a", "r")
    show, confidence = (queue.page.get_by_role("combobox", name=name) for name in ("Show", "Confidence"))
    place = queue.page.locator(".review .card .facts").first
    for value, number in (("decided", 2), ("all", n), ("open", n - 2)):
        show.select_option(value)
        assert re.search(rf"of {number}\b", place.inner_text())
    show.select_option("all")
    queue.page.get_by_role("searchbox", name="Search").fill("condemned")
    assert re.search(r"Row 1 of 5\b", place.inner_text())
    queue.page.get_by_role("searchbox", name="Search").fill("no such words")
    assert queue.page.locator(".review .card").inner_text() == "No row fits this choice."
    queue.page.get_by_role("searchbox", name="Search").fill("")
    confidence.select_option("C")
    assert "No row fits" in queue.page.locator(".review .card").inner_text() or "C: candidate" in place.inner_text()


def test_a_row_that_is_put_off_is_told_and_the_browser_remembers_it(queue: Table) -> None:
    queue.press("y")
    assert queue.head == "China → Iran: Aid"
    assert queue.page.locator(".review .counts").inner_text().endswith("· 1 later")
    queue.mount()
    assert queue.head == "China → Iran: Aid"
    queue.press(*["n"] * 20)
    assert queue.head == "Israel → Iran: Assault"
    assert queue.page.locator(".review .card .facts").first.inner_text().endswith("for later")


def test_what_was_decided_last_comes_first_if_one_asks_for_it(queue: Table) -> None:
    queue.press("a", "n", "r", "p", "p", "a")
    order = queue.page.get_by_role("combobox", name="Order")
    order.select_option("latest")
    assert queue.page.get_by_role("combobox", name="Show").input_value() == "decided"
    heads = [queue.head]
    queue.page.locator(".review .card").focus()
    for _ in range(2):
        queue.press("n")
        heads.append(queue.head)
    assert heads == ["China → Iran: Aid", "Russia → Israel: Accusation", "Israel → Iran: Assault"]


def test_what_is_done_with_every_row_stands_above_and_the_keys_tell_all(queue: Table) -> None:
    above, below = queue.page.locator(".review [role=toolbar]").all()
    assert above.locator("button").all_inner_texts() == ["Accepta", "Rejectr", "Undou", "Previousp", "Nextn", "Keys?"]
    assert below.locator("button").count() == 12
    shortcuts = "Array.from(document.querySelectorAll('.card [aria-keyshortcuts]'), (one) => one.ariaKeyShortcuts)"
    keys = {key for key in queue.page.evaluate(shortcuts) if not key.isdigit()}
    queue.press("?")
    told = queue.page.locator(".review .keys kbd").all_inner_texts()
    assert len(told) == len(set(told))
    assert keys <= set(told)
    assert queue.page.locator(".review .keys caption").all_inner_texts() == ["Decide", "Read", "Mend", "Events", "Go"]


# --- what survives


def test_what_a_dead_kernel_did_not_save_is_saved_by_the_next(queue: Table) -> None:
    names = [row[0] for row in queue.reported]
    queue.press("a")
    queue.page.evaluate("window.dead = true")
    for key in ("a", "r", "a"):
        queue.page.keyboard.press(key)
    queue.page.clock.fast_forward(PATIENCE)
    queue.page.locator(".review .alarm", has_text="wait in this browser: 3").wait_for()
    assert len(queue.rows()) == 1
    queue.mount()  # the page is loaded anew, with a kernel
    queue.press()
    assert [row[:2] for row in queue.said()] == list(zip(names, ("accept", "accept", "reject", "accept"), strict=False))
    queue.mount()
    queue.press()
    assert len(queue.rows()) == 4


def test_the_page_shows_what_is_on_the_disk_when_it_is_loaded_anew(queue: Table) -> None:
    queue.press("a", "r")
    queue.mount()  # the same kernel
    assert "2 of" in queue.page.locator(".review .counts").inner_text()
    queue.press("u")
    assert len(in_force(read_case(queue.paths, "decisions"))) == 1


def test_decisions_on_another_state_of_the_case_wait_for_a_word(queue: Table) -> None:
    queue.page.evaluate("window.dead = true")
    for key in ("a", "r"):
        queue.page.keyboard.press(key)
    queue.widget.queue = queue.widget.queue | {"content": "another"}
    queue.mount()
    queue.press()
    notice = queue.page.locator(".review .alarm", has_text="taken on an earlier state of this case: 2")
    assert queue.rows() == []
    queue.mount()  # they wait as long as it takes
    notice.get_by_role("button", name="Save them all the same").click()
    queue.press()
    assert [row[1] for row in queue.said()] == ["accept", "reject"]
    notice.wait_for(state="hidden")


def test_what_can_never_be_written_can_be_given_up(queue: Table) -> None:
    queue.press("a")
    (queue.paths.inputs / "decisions.csv").unlink()
    (queue.paths.inputs / "decisions.csv").mkdir()
    queue.page.keyboard.press("a")
    alarm = queue.page.locator(".review .alarm", has_text="Not written, trying again")
    alarm.get_by_role("button", name="Discard").click()
    (queue.paths.inputs / "decisions.csv").rmdir()
    alarm.get_by_role("button", name="Really discard 1?").click()
    queue.press()
    assert "1 of" in queue.page.locator(".review .counts").inner_text()


def test_rows_that_an_older_copy_has_swept_away_come_back(queue: Table) -> None:
    file = queue.paths.inputs / "decisions.csv"
    queue.press("a")
    older = file.read_bytes()
    queue.press("r")
    file.write_bytes(older)
    queue.press("a")
    queue.page.locator(".review .note", has_text="written again: 1").wait_for()
    assert [row[1] for row in queue.said()] == ["accept", "reject", "accept"]


def test_a_decision_whose_answer_was_lost_is_written_once(queue: Table) -> None:
    queue.page.evaluate(
        "window.said = window.ask; window.ask = async (message) => { await window.said(message); return 'null'; }; 0"
    )
    for key in ("a", "a"):
        queue.page.keyboard.press(key)
    wait_until(queue.page, lambda: len(queue.rows()) == 2)
    queue.mount()
    queue.press()
    assert len(queue.rows()) == 2


def test_what_somebody_else_decided_meanwhile_is_shown(queue: Table) -> None:
    names = [row[0] for row in queue.reported]
    append_case(queue.paths, "decisions", table(f"{names[3]} reject", by="B"))
    queue.press("a")
    assert {row[0]: row[1] for row in queue.said()} == {names[3]: "reject", names[0]: "accept"}
    assert "2 of" in queue.page.locator(".review .counts").inner_text()


def test_what_somebody_else_decided_on_the_row_is_shown_before_a_decision_counts(queue: Table) -> None:
    names = [row[0] for row in queue.reported]
    append_case(queue.paths, "decisions", table(f"{names[0]} reject", by="B"))
    queue.press("a")
    queue.page.locator(".review .note", has_text="meanwhile decided by B (25 November 2026): rejected").wait_for()
    assert queue.said() == [(names[0], "reject", "", "")]
    assert queue.head != "China → Iran: Aid"  # the row stays on the desk until it is settled: the next key is for it
    assert "meanwhile decided by B" in queue.page.locator(".review .card .met").inner_text()
    assert "rejected" in queue.page.locator(".review .card .facts").first.inner_text()
    queue.press("a")
    assert [row[1] for row in queue.said()] == ["reject", "accept"]
    assert queue.head == "China → Iran: Aid"
    assert queue.rows()[-1]["reason"] == "read, it fits; having seen the decision of B"
    queue.press("u", "a")  # what this desk wrote itself, it knows
    assert [row[1] for row in queue.said()] == ["reject", "accept", "undo", "accept"]


def test_title_and_buttons_stay_in_sight_on_a_laptop(queue: Table) -> None:
    page = queue.page
    page.set_viewport_size({"width": 1280, "height": 757})
    page.locator(".review .card").scroll_into_view_if_needed()
    for key in ("", "?", "Escape", "m"):
        if key:
            queue.press(key)
        for scrolled in (0, 10_000):
            page.locator(".review .card").evaluate(f"one => one.scrollTop = {scrolled}")
            for part in (".review .card h3", ".review .card .actions .main"):
                box = page.locator(part).first.bounding_box()
                assert box
                assert 0 <= box["y"] < box["y"] + box["height"] <= 757, (key, scrolled, part)


def test_a_row_that_somebody_else_decided_meanwhile_stays_to_be_decided(queue: Table) -> None:
    names = [row[0] for row in queue.reported]
    append_case(queue.paths, "decisions", table(f"{names[0]} edit status open", by="B"))
    queue.press("r")
    queue.page.locator(".review .note", has_text="Status → open").wait_for()
    queue.press(*["n"] * 20)
    queue.press("r")  # the last row; then the first one that is open comes
    assert "meanwhile decided by B" in queue.page.locator(".review .card .met").inner_text()
    queue.press("r")
    assert [row[:2] for row in queue.said()][::2] == [(names[0], "edit"), (names[0], "reject")]


def test_a_file_that_was_spoilt_meanwhile_loses_nothing(queue: Table) -> None:
    queue.press("a")
    file = queue.paths.inputs / "decisions.csv"
    whole = file.read_bytes()
    file.write_bytes(whole + b"broken\n")
    queue.page.keyboard.press("a")
    queue.page.locator(".review .alarm", has_text="row 3: 1 cells where 8 belong").wait_for()
    queue.page.keyboard.press("r")
    file.write_bytes(whole)
    queue.page.clock.fast_forward(PATIENCE)
    queue.press()
    assert [row[1] for row in queue.said()] == ["accept", "accept", "reject"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [700, 1300])
def test_axe_finds_nothing_and_nothing_is_cut(queue: Table, theme: str, width: int) -> None:
    page = queue.page
    page.set_viewport_size({"width": width, "height": 1000})
    if theme == "dark":
        page.evaluate(DARK)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    queue.press("n")
    append_case(queue.paths, "decisions", table(f"{queue.reported[1][0]} reject", by="B"))
    for keys in ((), ("?",), ("m",), ("Escape", "l"), ("Escape", "a")):
        for key in keys:
            queue.press(key)
        if keys[-1:] == ("a",):
            page.locator(".review .met").wait_for()
            page.locator("[data-field=cue]").fill("no such words")
            page.locator("[data-field=cue]").press("Control+Enter")
            assert page.locator(".review .hint.wrong").count() == 1
        found = page.evaluate("axe.run('.review').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(CUT) == []
