"""What the desk offers for a row at one key, and in which order its rows come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import open_case
from known import REFERENCE
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.decisions import NOTHING
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, open_queue, show_rows
from lagebild.interactive.row_suggestions import SIDES, offer_choices, rank_rows
from playwright.sync_api import Browser
from test_lab_review import Table

TEXT = (
    "Turkey warned Greece on Tuesday. Two people were killed in an attack by Israel on Wednesday. "
    "Russia was condemned. France met Greece."
)


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> ReviewQueue:
    """Return the desk of a case of one text, with Greece as its subject."""
    root = tmp_path_factory.mktemp("offers")
    (root / "data" / "cases").mkdir(parents=True)
    (root / "a.txt").write_text(TEXT, encoding="utf-8")
    make_case("probe", [str(root / "a.txt")], Given("2025-06-18", "en"), "", str(root), subject="GRC")
    return open_queue(open_case(Paths("probe", "2025-06-18", "en", str(root))), read_labels(REFERENCE, "en"))


def test_everybody_named_is_offered_with_a_reason_and_nobody_who_stands_there(queue: ReviewQueue) -> None:
    told, words = offer_choices(queue), queue.labels.words
    for row in queue.drafts.to_dict("records"):
        offered = told["offers"][row["draft_id"]]
        for side in ("source_actors", "target_actors"):
            actors = [actor for actor, _ in offered[side]]
            assert len(set(actors)) == len(actors)
            assert not set(actors) & set(row[side].split(";"))
            assert {f"desk.offers.{why}" for _, why in offered[side]} <= {*words}
        assert row["event_type"] not in offered["types"]
        assert offered["types"][: 1 if row["type_alt"] else 0] == row["type_alt"].split(";")[:1] * bool(row["type_alt"])
        assert row["date"] not in {edtf for edtf, _ in offered["dates"]}


@pytest.mark.parametrize(
    ("language", "text", "lists"),
    [
        ("en", "Iran, Iraq and the United Kingdom threatened Israel.", ["IRN;IRQ;GBR"]),
        ("de", "Der Iran und die Türkei drohten Israel.", ["IRN;TUR"]),
        ("en", "In Iran, Iraq threatened Israel.", []),  # a comma alone makes no list
        ("en", "Iran threatened Israel and attacked Iraq.", []),
    ],
)
def test_those_who_are_named_side_by_side_are_offered_at_one_key(
    tmp_path: Path, language: str, text: str, lists: list[str]
) -> None:
    (tmp_path / "data" / "cases").mkdir(parents=True)
    (tmp_path / "a.txt").write_text(f"{text} {text}", encoding="utf-8")
    make_case("probe", [str(tmp_path / "a.txt")], Given("2025-06-18", language), "", str(tmp_path), subject="ISR")
    desk = open_queue(
        open_case(Paths("probe", "2025-06-18", language, str(tmp_path))), read_labels(REFERENCE, language)
    )
    offered = [pair for one in offer_choices(desk)["offers"].values() for pair in one["source_actors"]]
    assert sorted({cell for cell, why in offered if why == "listed"}) == lists


def test_who_is_named_in_the_sentence_comes_before_the_rest_of_the_text(queue: ReviewQueue) -> None:
    offers = offer_choices(queue)["offers"]
    warning = queue.drafts[queue.drafts["event_type"] == "THREATEN"]["draft_id"].iloc[0]
    condemned = queue.drafts[queue.drafts["target_actors"] == "RUS"]["draft_id"].iloc[0]
    assert offers[condemned]["source_actors"][0] == ["GRC", "most"]  # nobody else is named in that sentence
    assert {actor for actor, _ in offers[condemned]["source_actors"]} >= {"TUR", "GRC", "ISR", "FRA"}
    assert all(words for _, words in offers[warning]["dates"])


ROW = {"condition_id": "", "event_type": "AID", "mutual": "no", "status": "asserted", "confidence": "B"}


def rows_of(*told: str) -> list[dict[str, Any]]:
    """Return rows, each told as source, target, type and confidence; every row tells an event of its own."""
    cells = (one.split() for one in told)
    return [
        ROW
        | {"mention_id": f"m{n}", "event_id": f"E{n}", "source_actors": a.strip("-"), "target_actors": b.strip("-")}
        | {"event_type": kind, "confidence": sure}
        for n, (a, b, kind, sure) in enumerate(cells)
    ]


@pytest.mark.parametrize(
    ("rows", "p", "first", "why"),
    [
        # what may turn the sign of a pair comes before one more of many
        (["RUS IRN AID A", "RUS IRN AID A", "RUS IRN AID A", "ISR IRN AID A"], [0.5] * 4, "m3", "turns"),
        # of two that do the same, the one nearer to where drafts count
        (["RUS IRN AID A", "ISR USA AID A"], [0.9, 0.4], "m1", "turns"),
        (["RUS IRN AID C", "ISR USA AID C"], [0.3, 0.1], "m0", "turns"),
        # a candidate that would turn a pair, and one that would not
        (["RUS IRN AID A", "RUS IRN ASSAULT C", "RUS IRN AID C"], [0.9, 0.3, 0.3], "m1", "turns"),
        (["RUS - AID B", "RUS IRN AID A", "RUS IRN AID A", "RUS IRN AID A"], [0.5] * 4, "m0", "lacks"),
    ],
)
def test_rows_that_probably_change_much_come_first(rows: list[str], p: list[float], first: str, why: str) -> None:
    ranked = rank_rows(REFERENCE, "", rows_of(*rows), {f"m{n}": one for n, one in enumerate(p)})
    assert sorted(place for place, *_ in ranked.values()) == list(range(len(rows)))
    place, reason, _, percent = ranked[first]
    assert (place, reason) == (0, why)
    assert percent == round(100 * p[int(first[1:])])


def test_pairs_of_the_subject_come_first_and_what_people_coded_last() -> None:
    rows = rows_of("ISR USA AID A", "RUS IRN AID A", "FRA DEU AID A")
    ranked = rank_rows(REFERENCE, "RUS", rows, {"m0": 0.6, "m1": 0.6})
    assert [name for name, _ in sorted(ranked.items(), key=lambda one: one[1][0])] == ["m1", "m0", "m2"]
    assert ranked["m2"][3] is None


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Table]:
    """Return a page for desks."""
    page = browser.new_page()
    yield Table(page)
    page.close()


@pytest.fixture
def desk(shown: Table, queue: ReviewQueue, tmp_path: Path) -> Table:
    """Return the page with the desk, whose case lies in a folder of its own."""
    shown.show_copy(queue, tmp_path / "case")
    return shown


def go_to(desk: Table, words: str) -> None:
    """Go on to the row whose head holds some words."""
    for _ in desk.reported:
        if words not in desk.head:
            desk.page.keyboard.press("n")
    assert words in desk.head


def test_a_digit_fills_the_missing_side_and_saves_and_undo_takes_it_back(desk: Table) -> None:
    go_to(desk, "unknown → Russia")
    first = desk.page.locator(".review .offers button").first.inner_text()
    desk.press("1")
    ((_, action, field, value),) = desk.said()
    assert (action, field) == ("edit", "source_actors")
    assert next(row["name_en"] for row in REFERENCE.rows("actors") if row["actor_id"] == value) in first
    assert "unknown → Russia" not in desk.head
    desk.press("u")
    assert "unknown → Russia" in desk.head


def test_with_shift_the_row_stays_and_further_actors_join_or_leave(desk: Table) -> None:
    go_to(desk, "unknown → Russia")
    for key in ("Shift+Digit1", "Shift+Digit2", "Shift+Digit3", "Shift+Digit2"):
        desk.press(key)
        assert desk.said() == []
    desk.press("a")
    ((_, _, _, value),) = desk.said()
    assert len(value.split(";")) == 2


def test_letters_turn_the_digits_to_a_side_and_name_status_and_date(desk: Table) -> None:
    go_to(desk, "Turkey → Greece")
    desk.press("R", "d", "w", "0")
    fields = {field: value for _, _, field, value in desk.said()}
    assert fields == {"status": "reported", "date": "", "source_actors": ""}
    desk.press("u")
    go_to(desk, "Turkey → Greece")
    desk.press("w", "w", "W", "2")  # 1 is who stands there
    ((_, _, field, value),) = desk.said()[-1:]
    assert field == "target_actors"
    assert value not in ("", "GRC")


def test_the_side_that_is_asked_for_is_the_one_that_lacks_as_the_row_stands_on_the_desk(desk: Table) -> None:
    go_to(desk, "unknown → Russia")
    lead = desk.page.locator(".review .offers .hint")
    assert lead.inner_text().startswith("Who acts?")
    desk.press("x")
    assert lead.inner_text().startswith("To whom?")


def test_undo_first_drops_what_was_changed_and_not_saved(desk: Table) -> None:
    desk.press("r")
    go_to(desk, "unknown → Russia")
    desk.press("H", "u")
    assert "changed, not saved" not in desk.page.locator(".review .card").inner_text()
    assert [action for _, action, _, _ in desk.said()] == ["reject"]
    desk.press("u")
    assert [action for _, action, _, _ in desk.said()] == ["reject", "undo"]


def test_keys_are_said_to_wait_for_a_click_until_the_desk_has_the_focus(desk: Table) -> None:
    told = desk.page.get_by_text("Keys work once you click into the desk.")
    desk.page.evaluate("document.activeElement.blur()")
    assert told.is_visible()
    desk.page.locator(".review .card").focus()
    assert not told.is_visible()


def test_who_stands_on_the_other_side_is_offered_as_such(queue: ReviewQueue) -> None:
    reasons = {
        why
        for row in (dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, NOTHING))
        for one, other in (SIDES, SIDES[::-1])
        for actor, why in offer_choices(queue)["offers"].get(row["mention_id"], {}).get(one, ())
        if actor in row[other].split(";")
    }
    assert reasons == {"within"}


def test_rows_come_in_the_order_that_pays_with_the_reason_unless_another_one_is_chosen(desk: Table) -> None:
    order = desk.page.get_by_role("combobox", name="Order")
    order.select_option("pays")
    facts = desk.page.locator(".review header .facts").nth(1)
    assert "probably right" in facts.inner_text()
    places = {name: place for name, (place, *_) in desk.widget.queue["pays"].items()}
    near = desk.page.locator(".review .facts").first
    desk.page.locator(".review .card").focus()
    desk.press("a")
    assert places[near.inner_text().split(" · ")[1]] == min(
        place for name, place in places.items() if name not in {row[0] for row in desk.said()}
    )
    desk.mount()  # the browser remembers the order
    assert order.input_value() == "pays"


def test_on_a_laptop_all_that_decides_a_row_is_seen_at_once(desk: Table) -> None:
    desk.page.set_viewport_size({"width": 932, "height": 768})
    go_to(desk, "unknown → Russia")
    for part in ("button.main", ".offers", *(f"[data-field={field}]" for field in ("event_type", "status"))):
        assert desk.page.locator(f".review .card {part}").evaluate("(it) => it.getBoundingClientRect().bottom") < 768
    text, near = (desk.page.locator(f".review {part}").bounding_box() for part in (".text", ".near"))
    assert text
    assert near
    assert text["height"] > 400
    assert near["y"] + near["height"] < 768
    desk.press("?")
    assert desk.page.locator(".review .card").evaluate("(it) => it.scrollTop") == 0
