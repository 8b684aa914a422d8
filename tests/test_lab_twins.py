"""Twins, suggestions, titles and names on the desk, by keys, in a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from bare import DARK, open_page
from checkers import AXE
from examples import dataset_of
from known import REFERENCE
from lagebild.core.labels import read_labels
from lagebild.core.tables import read_case, records
from lagebild.interactive.review_queue import ReviewQueue
from lagebild.interactive.review_widget import list_twins
from playwright.sync_api import Browser
from test_lab_review import CUT, Table
from test_twins import STORY, make_twins, open_desk


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> ReviewQueue:
    """Return a desk with a text in two languages."""
    return open_desk(make_twins(tmp_path_factory.mktemp("desk")))


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Table, list[str]]]:
    """Return a page for queues, and what it complains of."""
    with open_page(browser) as (page, faults):
        page.clock.install()
        yield Table(page), faults


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> ReviewQueue:
    """Return a desk with events that may be one, and one that may be two."""
    return open_desk(make_twins(tmp_path_factory.mktemp("story"), *STORY))


@contextmanager
def show(pages: tuple[Table, list[str]], opened: ReviewQueue, folder: Path) -> Iterator[Table]:
    """Show a queue whose case lies in a folder of its own."""
    shown, faults = pages
    faults.clear()
    shown.show_copy(opened, folder)
    yield shown
    assert faults == []


@pytest.fixture
def queue(pages: tuple[Table, list[str]], opened: ReviewQueue, tmp_path: Path) -> Iterator[Table]:
    """Return the page with the queue of a text in two languages."""
    with show(pages, opened, tmp_path / "case") as shown:
        yield shown


@pytest.fixture
def told(pages: tuple[Table, list[str]], story: ReviewQueue, tmp_path: Path) -> Iterator[Table]:
    """Return the page with the queue of a text that gives rise to suggestions."""
    with show(pages, story, tmp_path / "case") as shown:
        yield shown


def place(queue: Table) -> str:
    """Return where in its list the row on the desk stands."""
    return queue.page.locator(".review .card .facts").first.inner_text().split(" · ")[0]


def test_the_two_languages_of_a_sentence_are_one_row_and_one_key(queue: Table) -> None:
    assert place(queue) == "Row 1 of 4"
    twin = queue.page.locator(".review .twin").first
    assert "The same sentence in German" in twin.inner_text()
    assert twin.locator("[lang=de] mark").all_inner_texts() != []
    queue.press("a", "r")
    done = {row: action for row, action, *_ in queue.said()}
    assert sorted(done.values()) == ["accept", "accept", "reject", "reject"]
    assert len({row.partition("-S")[2][:8].replace("-de-", "").replace("-en-", "") for row in done}) <= 2
    assert place(queue) == "Row 1 of 2"
    assert queue.page.locator(".review .counts").inner_text().startswith("2 of 4 reviewed")
    assert queue.page.locator(".review progress").evaluate("(bar) => [bar.value, bar.max]") == [2, 4]
    queue.press("u")
    assert place(queue) == "Row 1 of 3"
    assert [row[1] for row in queue.said()].count("undo") == 2


def test_what_is_changed_in_a_row_is_changed_in_its_twin(queue: Table) -> None:
    queue.page.locator("[data-field=status]").select_option("reported")
    queue.page.locator(".review .card").focus()
    queue.press("a")
    assert [row[1:] for row in queue.said()] == [("edit", "status", "reported")] * 2
    events = dataset_of(queue.paths).events.set_index("event_type")
    assert events["status"]["ASSAULT"] == "reported"


def test_a_row_is_decided_without_its_twin_if_the_reviewer_says_so(queue: Table) -> None:
    queue.press("z")
    assert place(queue) == "Row 2 of 5"
    assert "decided on its own" in queue.page.locator(".review .twin").first.inner_text()
    queue.press("r")
    assert len(queue.said()) == 1
    assert place(queue).endswith("of 4")


def test_twins_of_two_events_become_one_when_they_are_accepted(queue: Table) -> None:
    (lead, follower), *_ = ((lead, follower) for follower, lead in list_twins(queue.widget._queue).items())
    queue.press("z", "s")
    queue.press("z", "a")
    said = queue.said()
    assert [action for _, action, *_ in said] == ["split", "accept", "accept", "merge"]
    assert said[-1][3] == said[0][3]
    mentions = dataset_of(queue.paths).mentions.set_index("mention_id")
    assert mentions["event_id"][lead] == mentions["event_id"][follower]


def test_the_mentions_of_an_event_stand_side_by_side_with_what_differs(queue: Table) -> None:
    queue.page.locator("[data-field=status]").select_option("reported")
    queue.page.locator(".review .card").focus()
    queue.press("v")
    table = queue.page.locator(".review .panel table")
    assert table.locator("tbody tr").count() == 2
    assert table.locator("mark").all_text_contents() == ["stated as fact (differs)"]
    queue.press("Escape")
    assert table.count() == 0


def test_a_suggestion_to_merge_stands_on_the_row_and_is_followed_at_one_key(told: Table) -> None:
    assert "Perhaps the same event as V-S001-de-2.1" in told.page.locator(".review .doubt").inner_text()
    told.press("M")
    assert {(row, action) for row, action, *_ in told.said()} == {
        (f"D-S001-{one}-1.1", "merge") for one in ("de", "en")
    }
    assert told.page.locator(".review .doubt").count() == 0
    told.press("M")
    assert told.note == "No suggestion to merge."
    assert dataset_of(told.paths).events["event_type"].tolist().count("AID") == 1


def test_all_suggestions_are_decided_in_a_list(told: Table) -> None:
    told.press("g")
    items = told.page.locator(".review .panel li")
    items.first.wait_for()
    left = items.count()
    items.first.get_by_role("button", name="Not the same").click()
    told.press()
    assert items.count() == left - 1


def test_a_title_given_on_the_desk_stands_in_the_dataset(queue: Table) -> None:
    queue.press("t")
    title = queue.page.locator("[data-title=en]")
    queue.page.wait_for_function("document.querySelector('[data-title=en]').value !== ''")
    title.fill("Israel <b>strikes</b> Iran")
    title.press("Enter")
    queue.press()
    ((event, action, field, value),) = queue.said()
    assert (action, field, value) == ("title", "summary_en", "Israel <b>strikes</b> Iran")
    assert "Israel <b>strikes</b> Iran" in queue.page.locator(".review .event h4").inner_text()
    assert dataset_of(queue.paths).events.set_index("event_id")["summary_en"][event] == value
    queue.press("u")
    assert "strikes" not in queue.page.locator(".review .event h4").inner_text()


def test_another_name_of_an_actor_is_taken_from_the_text(queue: Table) -> None:
    queue.select("Friday")
    queue.press("h")
    assert queue.page.locator(".review .panel input").first.input_value() == "Friday"
    finder = queue.page.locator(".review .panel [role=combobox]")
    finder.fill("beijing")
    finder.press("Enter")
    queue.page.locator(".review .panel").wait_for(state="detached")
    assert [(row["name"], row["actor_id"]) for row in records(read_case(queue.paths, "names"))] == [("Friday", "CHN")]
    field = queue.page.locator("input[data-field=target_actors]")
    field.fill("friday")
    queue.page.locator(".review [role=option]:visible", has_text="CHN").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(390, "de"), (1300, "en")])
def test_axe_finds_nothing_in_the_panels_of_events(queue: Table, theme: str, width: int, language: str) -> None:
    page = queue.page
    page.set_viewport_size({"width": width, "height": 1000})
    if language == "de":
        queue.show(replace(queue.widget._queue, labels=read_labels(REFERENCE, "de")))
        page.set_viewport_size({"width": width, "height": 1000})
    if theme == "dark":
        page.evaluate(DARK)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    queue.press("n", "m")
    page.locator(".panel li button").first.click()
    queue.press("Escape")
    for keys in ("v", "t", "g", "h"):
        page.locator(".review .card").focus()
        queue.press(keys)
        found = page.evaluate("axe.run('.review').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(CUT) == []
        page.keyboard.press("Escape")
