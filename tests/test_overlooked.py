"""Overlooked sentences: which they are, in which order, and their panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bare import DARK, open_page
from checkers import AXE
from examples import open_case
from known import REFERENCE
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.tables import records
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.interactive.missed_sentences import find_overlooked, offer_overlooked, score_sentence
from lagebild.interactive.review_queue import ReviewQueue, open_queue, read_decisions
from playwright.sync_api import Browser
from test_decisions import table
from test_lab_review import CUT, Table

DRAFTED = "Israel attacked Iran on Friday. Poland expelled two Russian diplomats."
TALK = "Both men, for Norway and Sweden, put their names to a new deal on visits."
STRIKE = "A strike on a base that Syria and Iraq use was <b>bloody</b>."
DULL = "The weather was fine that day."
DREAM = "He likes to read old books about dogs."
TEXT = f"{DRAFTED} {DULL}\n{TALK} {DREAM} {STRIKE}"


@pytest.mark.parametrize(
    ("text", "language", "score", "types", "actors"),
    [
        ("The strikes of Israel on Iran went on.", "en", 4.5, ["ASSAULT"], ["ISR", "IRN"]),
        ("Die Gespräche zwischen Iran und Israel gingen weiter.", "de", 4, ["CONSULT"], ["IRN", "ISR"]),
        ("The food was good and the music loud.", "en", 0, [], []),
        ("Das Essen war gut und die Musik laut.", "de", 0, [], []),
        ("In Norway, the Spanish king and Putin sat.", "en", 3.5, ["CONSULT"], ["NOR", "ESP", "RUS"]),
        ("", "en", 0, [], []),
    ],
)
def test_a_sentence_that_names_two_actors_and_an_act_scores_most(
    text: str, language: str, score: float, types: list[str], actors: list[str]
) -> None:
    found, kinds, named = score_sentence(REFERENCE, text, language, "2025-06-18")
    assert found == score
    assert kinds[: len(types)] == types
    assert named == actors


# --- of a case


def make_probe(root: Path) -> Paths:
    """Make a case of one text below a folder."""
    (root / "data" / "cases").mkdir(parents=True)
    (root / "a.txt").write_text(TEXT, encoding="utf-8")
    make_case("probe", [str(root / "a.txt")], Given("2025-06-18", "en"), "", str(root))
    return Paths("probe", "2025-06-18", "en", str(root))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> ReviewQueue:
    """Return a desk on which nothing is decided."""
    return open_queue(open_case(make_probe(tmp_path_factory.mktemp("overlooked"))), read_labels(REFERENCE, "en"))


def test_a_sentence_is_overlooked_if_it_has_no_row_and_what_likely_reports_comes_first(opened: ReviewQueue) -> None:
    found = find_overlooked(opened, read_decisions(opened))
    assert {*found["text"][:2]} == {TALK, STRIKE}
    assert {*found["text"][2:]} == {DULL, DREAM}
    assert found["score"].is_monotonic_decreasing
    for row in records(found):
        assert opened.inputs.texts[row["source_id"], row["language"]][row["start"] : row["end"]] == row["text"]
    assert offer_overlooked(opened, read_decisions(opened))["n"] == 4


def test_an_added_row_covers_its_sentence_and_a_rejected_one_still_does(opened: ReviewQueue) -> None:
    sentence = find_overlooked(opened, read_decisions(opened)).iloc[0]
    place = ":".join(str(sentence[name]) for name in ("source_id", "language", "sentence_no", "start"))
    added = table(f"A-1 add {place}", "A-1 edit event_type AGREE")
    rejected = table(*(f"{name} reject" for name in opened.proposed["mention_id"]))
    assert sentence["text"] not in set(find_overlooked(opened, added)["text"])
    assert len(find_overlooked(opened, rejected)) == 4


class Panel(Table):
    """The panel of overlooked sentences."""

    @property
    def sentence(self) -> str:
        """The sentence that is looked at; empty if there is none."""
        found = self.page.locator(".review blockquote")
        return found.inner_text() if found.count() else ""

    @property
    def facts(self) -> str:
        """What is said of it."""
        return self.page.locator(".review .card header").inner_text()


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Panel, list[str]]]:
    """Return a page for desks, and what it complains of."""
    with open_page(browser) as (page, faults):
        yield Panel(page), faults


@pytest.fixture
def desk(pages: tuple[Panel, list[str]], opened: ReviewQueue, tmp_path: Path) -> Iterator[Panel]:
    """Return the page with a desk whose case lies in a folder of its own."""
    shown, faults = pages
    faults.clear()
    shown.show_copy(opened, tmp_path / "case")
    shown.press("o")
    shown.page.locator(".review blockquote").wait_for()
    yield shown
    assert faults == []


def test_a_digit_and_a_save_an_overlooked_event_with_its_sentence_type_and_sides(desk: Panel) -> None:
    assert "Sentence 1 of 4" in desk.facts
    assert "Sentences without a row: 4;" in desk.facts
    first, types = desk.sentence, desk.page.locator(".review .actions").first.locator("button").all_inner_texts()
    assert desk.page.locator(".review .text mark").inner_text() == first
    assert len(types) == 3
    desk.press("2")
    assert desk.page.locator("[data-field=quote]").input_value() == first
    kind = desk.page.locator("select[data-field=event_type]").input_value()
    assert types[1].startswith(desk.widget._queue.labels.types[kind])
    desk.press("3", "2", "a")
    add, *edits, split = desk.said()
    assert (add[1], split[1]) == ("add", "split")
    said = {field: value for _, _, field, value in edits}
    assert (said["quote_en"], said["event_type"]) == (first, kind)
    sides = {TALK: ("NOR", "SWE"), STRIKE: ("SYR", "IRQ")}[first]
    assert (said["source_actors"], said["target_actors"]) == sides
    assert "Sentence 1 of 3" in desk.facts  # it goes on with the next
    assert desk.sentence != first
    desk.press("u")
    desk.page.locator(".review header", has_text="Sentence 1 of 4").wait_for()


def test_what_holds_nothing_is_not_offered_again_and_can_be_taken_back(desk: Panel) -> None:
    first = desk.sentence
    desk.press("r")
    second = desk.sentence
    desk.press("Delete")
    assert len({first, second, desk.sentence}) == 3
    assert desk.rows() == []
    desk.mount()
    desk.press("o")
    desk.page.locator(".review header", has_text="Sentence 1 of 2").wait_for()
    assert desk.sentence not in (first, second)
    desk.press("r", "r")
    assert "No sentence is left" in desk.page.locator(".review .card").inner_text()
    desk.press("u")
    assert desk.sentence


def test_one_goes_through_by_keys_and_no_key_decides_on_a_row_that_is_not_shown(desk: Panel) -> None:
    first = desk.sentence
    desk.press("n", "ArrowDown", "j", "n")
    assert "Sentence 4 of 4" in desk.facts
    desk.press("a", "x", "b", "s", "l", "m", "Enter", "p", "k", "ArrowUp", "p")
    assert desk.sentence == first
    assert desk.rows() == []
    desk.press("1", "Escape")
    assert desk.sentence == first  # given up, back in the list
    desk.press("Escape")
    assert desk.head == "Israel → Iran: Assault"


@pytest.mark.parametrize("spoilt", ["{", "3", "[3, {}]"])
def test_what_others_put_into_the_memory_of_the_browser_does_no_harm(desk: Panel, spoilt: str) -> None:
    key = f"lagebild-overlooked:{desk.widget.queue['place']}"
    desk.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, spoilt])
    desk.mount()
    desk.press("o")
    desk.page.locator(".review header", has_text="Sentence 1 of 4").wait_for()


def test_axe_finds_nothing_in_the_panel_and_nothing_is_cut(desk: Panel) -> None:
    page = desk.page
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for width, theme in ((390, "light"), (1300, "dark")):
        page.set_viewport_size({"width": width, "height": 1000})
        if theme == "dark":
            page.evaluate(DARK)
        found = page.evaluate("axe.run('.review').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(CUT) == []
