"""Exploring in the browser: linked parts, keys, vague dates, untrusted texts, and a real JupyterLab."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bare import DARK, Bare, open_page
from benchmark_explore import make_tables
from checkers import AXE
from examples import edit, tiny
from hostile import HOSTILE
from known import REFERENCE
from lagebild.analysis.relations import relate
from lagebild.core.csv_files import drop_guards, parse_csv, to_csv
from lagebild.core.filters import Filters, fold_all, write_filters, write_line
from lagebild.core.folders import Paths
from lagebild.core.offices import read_offices
from lagebild.core.tables import records
from lagebild.interactive.evidence import Evidence, open_evidence, select_events
from lagebild.interactive.explorer import Explorer
from modules import ask_modules, explore
from playwright.sync_api import Browser, Page

Mount = Callable[..., "Explorers"]
CUT = """() => Array.from(document.querySelectorAll(".explore button, .explore summary, .explore input"))
  .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.outerHTML)"""
ODD = [*HOSTILE.values(), "24", "=1", "it's", "%3B"]


class Explorers(Bare):
    """Explorers in a page, one after the other; making one takes longer than showing it, so each edition has one."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.made: dict[int, Explorer] = {}

    def show(
        self, evidence: Evidence, view: Filters | None = None, width: int = 1300, send_all: bool = True
    ) -> Explorers:
        """Load the page anew and show an edition, with all of its sentences or none."""
        if id(evidence) not in self.made:
            self.made[id(evidence)] = Explorer(evidence)
        self.widget = self.made[id(evidence)]
        self.page.set_viewport_size({"width": width, "height": 1000})
        self.put(self.widget, view=write_filters(view or Filters()), **({} if send_all else {"sentences": None}))
        self.page.locator(".explore[data-found]").wait_for()
        return self

    @property
    def found(self) -> int:
        """How many events are in view."""
        return int(self.page.locator(".explore").get_attribute("data-found") or -1)

    @property
    def line(self) -> str:
        """The line for papermill."""
        return self.page.locator(".explore .line code").text_content() or ""


def _copy(run: Path, root: Path) -> Paths:
    """Copy the tables of the tiny case below a folder."""
    for folder in ("cases", "built"):
        shutil.copytree(run / "data" / folder, root / "data" / folder)
    return tiny(root)


@pytest.fixture(scope="module")
def held(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Return the evidence of the tiny case."""
    return open_evidence(REFERENCE, _copy(tiny_run, tmp_path_factory.mktemp("explore")))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Return the evidence of 3,000 made-up events."""
    return open_evidence(REFERENCE, make_tables(3_000, tmp_path_factory.mktemp("many")))


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Explorers, list[str]]]:
    """Return a page for explorers, and what its pages complain of."""
    with open_page(browser) as (page, faults):
        yield Explorers(page), faults


@pytest.fixture
def mount(pages: tuple[Explorers, list[str]]) -> Iterator[Mount]:
    """Return a function that shows an explorer in the page, which must complain of nothing."""
    bare, faults = pages
    faults.clear()
    yield bare.show
    assert faults == []


@pytest.fixture
def tiny_page(mount: Mount, held: Evidence) -> Explorers:
    """Return the explorer of the tiny case."""
    return mount(held)


def _rows(page: Page) -> list[str]:
    return page.locator(".explore .table .row").all_inner_texts()


def _marks(page: Page) -> set[str]:
    return set(page.locator(".explore .lanes .mark").evaluate_all("all => all.map((one) => one.dataset.key)"))


def _summaries(held: Evidence, view: Filters) -> list[str]:
    return list(select_events(held, view)["summary_en"])


# --- the scripts filter as Python does

VIEWS = [
    Filters(),
    Filters(since="2025-06-14"),
    Filters(until="2025-01-14"),
    Filters("2025-05-10", "2025-05-20"),
    Filters(actors=("ISR", "RUS>IRN")),
    Filters(actors=("IRN~RUS",), status=("asserted", "negated")),
    Filters(types=("CONSULT",), publishers=("Agentur C", "Blatt A")),
    Filters(since="2030-01-01", types=("AID",)),
    Filters(actors=("RUS", "!IRN~RUS"), types=("!CONSULT",), status=("!open",)),
    Filters(actors=("!RUS>IRN",), publishers=("!Agentur C", "!Blatt A")),
    Filters(words="washington"),
    Filters(words='"delivery of arms" *enies'),
    Filters("2025-02-01", words="ISRAËL"),
    Filters("2025-02-01", undated=True),
]


@pytest.mark.slow
def test_the_scripts_select_and_write_what_python_does(held: Evidence) -> None:
    odd = [tuple(ODD), ("24",), ("nan",), ("１２",), ("2025-01-01",), ("a\nb",)]
    lines = [Filters(publishers=tuple(name.strip() for name in publishers)) for publishers in odd]
    for view, told in zip([*VIEWS, *lines], explore(Explorer(held), [*VIEWS, *lines]), strict=True):
        wanted = select_events(held, view)
        assert told["found"] == list(wanted["event_id"]), view
        assert told["line"] == write_line(held.paths, view)


@pytest.mark.parametrize("view", [VIEWS[0], VIEWS[5]], ids=str)
def test_what_is_selected_is_shown(mount: Mount, held: Evidence, view: Filters) -> None:
    shown = mount(held, view)
    wanted = select_events(held, view)
    assert shown.found == len(wanted)
    assert _rows(shown.page) == list(wanted["summary_en"])
    dated = wanted[wanted["date"] != ""]
    assert shown.page.locator(".lanes .mark").count() == len(dated)
    assert shown.line == write_line(held.paths, view)


@pytest.mark.slow
def test_the_cells_of_the_matrix_are_the_relations_of_the_view(many: Evidence) -> None:
    views = [
        Filters("2020-02-11", "2024-03-30"),
        Filters("2016-01-01", "2025-12-31", types=("ASSAULT", "REQUEST", "AID"), status=("asserted", "reported")),
        Filters(publishers=("R1", "R2")),
    ]
    offices, types = read_offices(REFERENCE), REFERENCE.table("event_types")
    for view, told in zip(views, explore(Explorer(many), views), strict=True):
        made = relate(select_events(many, view), many.mentions, many.sources, offices, types, many.paths.as_of)
        weighing = {f"{row['source_actor']}>{row['target_actor']}": row for row in records(made) if row["n_events"]}
        assert len(told["cells"]) > 20
        for pair, text in told["cells"].items():
            row = weighing.get(pair)
            if row:
                assert text == {"+": "+", "-": "−", "0": "±"}[row["sign"]], pair
            else:
                assert re.fullmatch(r"\(\d+\)", text), pair


@pytest.mark.slow
def test_the_scripts_fold_words_as_python_does() -> None:
    signs = [chr(code) for code in range(0x20, 0x3000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    texts = [*HOSTILE.values(), *(f"a{sign}b" for sign in signs)]
    assert ask_modules({"ask": "fold", "texts": texts}) == fold_all(texts)
    assert ask_modules({"ask": "lose", "texts": texts}) == []


@pytest.mark.slow
def test_a_control_counts_what_each_choice_would_bring(held: Evidence) -> None:
    (told,) = explore(Explorer(held), [Filters(types=("AID",))])
    assert (told["types"]["AID"], told["types"]["ASSAULT"]) == (2, 2)
    assert (told["status"]["negated"], told["status"]["asserted"]) == (1, 0)


@pytest.mark.slow
def test_an_edge_counts_each_event_once(held: Evidence) -> None:
    (told,) = explore(Explorer(held), [Filters()])
    assert told["edges"]
    for pair, number in told["edges"].items():
        assert number == len(select_events(held, Filters(actors=(pair,)))), pair


@pytest.mark.slow
def test_the_view_is_written_as_the_table_says_it(tiny_run: Path, tmp_path: Path) -> None:
    paths = _copy(tiny_run, tmp_path)
    odd = [text.replace("\n", " ") for text in (*HOSTILE.values(), "=1+1", "'=1", "-5", 'a"b,c', "@x")]
    for number in range(1, 9):
        edit(paths.built / "events.csv", f"E{number}", summary_en=odd[-number])
    held, view = open_evidence(REFERENCE, paths), Filters(since="2025-01-01", actors=("IRN",))
    text = explore(Explorer(held), [view])[0]["csv"]
    assert text.count("\r\n") == len(parse_csv(text, Path("x.csv")))
    header, *rows = drop_guards(parse_csv(text, Path("x.csv")), text)
    wanted = select_events(held, view)
    assert len(wanted) > 4
    assert rows == wanted[header].astype(str).to_numpy().tolist()
    assert text.replace("\r\n", "\n") == to_csv(wanted[header])


# --- words


def test_words_are_one_choice_and_go_back_as_one(tiny_page: Explorers) -> None:
    page = tiny_page.page
    page.locator("[name=words]").press_sequentially("arms iran")
    page.locator(".chip", has_text="“arms iran”").wait_for()
    assert (tiny_page.found, page.locator(".lacking").is_visible()) == (2, False)
    assert tiny_page.line.endswith("-p words 'arms iran'")
    page.locator(".undo").click()
    assert tiny_page.found == 8
    assert page.locator("[name=words]").input_value() == ""
    assert page.locator(".undo").is_disabled()


def test_of_a_large_case_the_kernel_searches_the_sentences(mount: Mount, held: Evidence) -> None:
    shown = mount(held, send_all=False)
    page, field = shown.page, shown.page.locator("[name=words]")
    field.fill("washington")
    field.press("Enter")
    page.locator(".explore[data-found='1']").wait_for()
    assert _rows(page) == ["Putin–Trump call before the inauguration"]
    page.evaluate(
        "() => { const slow = setTimeout; setTimeout = (run, ms) => slow(run, ms / 50); window.dead = true; }"
    )
    field.fill("putin")
    field.press("Enter")
    page.locator(".lacking", has_text="the kernel, which has the sentences, does not answer").wait_for()
    assert shown.found == 2


def _found(page: Page, part: str) -> list[str]:
    return page.locator(f".explore {part} mark.hit").all_inner_texts()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_found_words_are_marked_in_summaries_and_sentences(mount: Mount, held: Evidence, theme: str) -> None:
    shown = mount(held, Filters(words='PUTIN "trump spoké" washingt'))
    page = shown.page
    if theme == "dark":
        page.evaluate(DARK)
    assert _found(page, ".table") == ["Putin"], "the phrase stands in the sentence alone"
    page.locator(".table .row").click()
    assert _found(page, ".sentences h3") == ["Putin"]
    assert _found(page, ".sentences q") == ["Putin", "Trump spoke", "Washingt", "Putin", "Trump spoke"]
    whole = "According to the Kremlin, Putin and Trump spoke by phone between 13 and 15 January 2025"
    assert whole in (page.locator(".sentences q").first.text_content() or "")
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    rules = {"runOnly": ["color-contrast"]}
    ratios = page.evaluate(
        """(rules) => axe.run('.explore mark', rules).then((done) => [...done.passes, ...done.violations]
             .flatMap((rule) => rule.nodes).map((node) => node.any[0].data.contrastRatio))""",
        rules,
    )
    assert len(ratios) >= 6
    assert min(ratios) >= 4.5
    page.locator("[name=words]").fill("between")
    page.locator("[name=words]").press("Enter")
    assert _found(page, ".sentences q") == ["between"], "what is open follows"
    page.locator(".reset").click()
    assert (_found(page, ""), page.locator(".sentences q mark").count() > 0) == ([], True)


@pytest.mark.parametrize(("words", "found"), [("vladimir", 2), ("!?", 8)])
def test_words_that_no_summary_or_sentence_holds_mark_nothing(
    mount: Mount, held: Evidence, words: str, found: int
) -> None:
    shown = mount(held, Filters(words=words))
    assert shown.found == found
    shown.page.locator(".table .row").first.click()
    assert shown.page.locator(".sentences q").count() > 0
    assert _found(shown.page, "") == []


# --- what a mark is


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        (
            ".lanes .mark[data-key=e0]",
            "13–15 January 2025|Vladimir Putin, Donald Trump: Consultation|1 independent outlet",
        ),
        (".strip .bin", "January 2025|told by"),
        (".lane", "Cooperation in deeds"),
        (".matrix td[data-key='ISR>IRN']", "Israel towards Iran: −; 2 events|net −19|Assault 2|told by 4 outlets"),
        (".matrix th[data-key=rowIRN]", "Iran: 6 events"),
        (".graph .node[data-key=ISR]", "Israel: 3 events"),
        (".graph .edge[data-key='IRN~ISR']", "Iran and Israel: −; 2 events"),
        (".table tbody tr", "Putin–Trump call before the inauguration|13–15 January 2025|Consultation"),
    ],
)
def test_whatever_is_drawn_says_what_it_is(tiny_page: Explorers, selector: str, words: str) -> None:
    page, tip = tiny_page.page, tiny_page.page.locator(".tip")
    for way in ("pointer", "keys"):
        target = page.locator(selector).first
        if way == "pointer":
            target.dispatch_event("pointerover", {"clientX": 9, "bubbles": True})
        else:
            page.keyboard.press("Tab")  # so that the focus shows
            (target if target.get_attribute("tabindex") else target.locator("[tabindex]")).focus()
        tip.wait_for()
        assert [part for part in words.split("|") if part not in tip.inner_text()] == []
        page.keyboard.press("Escape")
        assert tip.is_hidden()
    assert tiny_page.found == 8


def test_what_is_said_stays_until_one_leaves_it_or_escapes(tiny_page: Explorers) -> None:
    page, tip = tiny_page.page, tiny_page.page.locator(".tip")
    cell = page.locator(".matrix td[data-key='ISR>IRN']")
    cell.hover()
    tip.hover()  # over the gap between both
    page.wait_for_timeout(400)
    assert tip.is_visible()
    assert cell.get_attribute("aria-describedby") == tip.locator("div").nth(1).get_attribute("id")
    page.locator(".found").hover()
    tip.wait_for(state="hidden")
    assert cell.get_attribute("aria-describedby") is None
    cell.click()
    assert (tip.is_hidden(), tiny_page.found) == (True, 2)
    page.keyboard.press("ArrowUp")
    tip.wait_for()
    page.keyboard.press("Escape")  # takes the words away, not the choice
    assert (tip.is_hidden(), tiny_page.found) == (True, 2)
    page.keyboard.press("Escape")
    assert tiny_page.found == 8


# --- what is shown, as files


def _save(page: Page, button: str) -> bytes:
    with page.expect_download() as saved:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(saved.value.path()).read_bytes()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_saved_as_a_drawing_for_paper(mount: Mount, held: Evidence, theme: str) -> None:
    page = mount(held, Filters(words="<b>&\x07 *a")).page
    if theme == "dark":
        page.evaluate(DARK)
    for name in ("Timeline", "Matrix", "Graph"):
        drawn = ElementTree.fromstring(_save(page, f"Save {name} as SVG"))
        texts = [one.text or "" for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
        assert texts[0] == name
        assert "“<b>&\ufffd *a”" in " ".join(texts), "the picture says what it shows"
        styles = " ".join(one.get("style", "") for one in drawn.iter())
        assert "rgb(17,17,17)" not in styles
    assert _save(page, "Save Table as CSV").startswith(b"event_id,date,")
    pixels = _save(page, "Save Graph as PNG")
    assert pixels[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(pixels[16:20]) > 1000


# --- a choice in one part filters all


def _state(page: Page) -> tuple[object, ...]:
    cells = page.locator(".matrix td.full").evaluate_all("all => all.map((td) => td.dataset.key + td.innerText)")
    edges = page.locator(".graph .edge:not(.ghost)").evaluate_all("all => all.map((one) => one.dataset.key)")
    return sorted(_marks(page)), cells, edges, _rows(page)


def test_each_control_filters_timeline_matrix_graph_and_table(tiny_page: Explorers) -> None:
    page = tiny_page.page
    whole = _state(page)
    page.locator("[name=since]").fill("2025-06-01")
    assert tiny_page.found == 3
    assert all(a != b for a, b in zip(whole, _state(page), strict=True))
    page.locator("[name=until]").fill("2025-06-13")
    page.locator(".picker summary", has_text="Types").click()
    page.locator("[name=types][value=ASSAULT]").check()
    assert _rows(page) == ["Israel attacks Iran"]
    chips = page.locator(".chips .chip")
    assert chips.all_inner_texts() == ["since 1 June 2025 ×", "until 13 June 2025 ×", "Assault ×"]
    page.locator(".chips .turn").click()
    assert chips.last.inner_text() == "not Assault ×"
    assert "Israel attacks Iran" not in _rows(page)
    assert tiny_page.line.endswith("-p types '!ASSAULT'")
    page.locator(".chips .turn").click()
    chips.nth(1).click()
    chips.first.click()
    assert tiny_page.found == 2
    page.locator(".picker summary", has_text="Status").click()
    page.locator("[name=status][value=asserted]").check()
    page.locator(".picker summary", has_text="Publishers").click()
    page.locator("[name=publishers][value='Agentur C']").check()
    assert tiny_page.line.endswith("-p types ASSAULT -p status asserted -p publishers 'Agentur C'")
    page.keyboard.press("Escape")  # closes the list
    page.locator(".reset").click()
    assert _state(page) == whole
    for _ in range(10):
        page.locator(".undo").click()
    assert _state(page) == whole
    assert page.locator(".undo").is_disabled()


@pytest.mark.parametrize(
    ("selector", "actors", "found"),
    [
        (".matrix td[data-key='ISR>IRN']", "'ISR>IRN'", 2),
        (".matrix tbody th[data-key=rowIRN]", "IRN", 6),
        (".graph .node[data-key=USA]", "", 0),
        (".graph .edge[data-key='IRN~RUS']", "'IRN~RUS'", 4),
    ],
)
def test_a_cell_is_a_dyad_a_node_an_actor_and_an_edge_a_pair(
    tiny_page: Explorers, selector: str, actors: str, found: int
) -> None:
    page = tiny_page.page
    whole = _state(page)
    chosen = page.locator(selector)
    if not found:
        assert chosen.count() == 0  # he was not in office yet
        return
    chosen.dispatch_event("click")
    assert tiny_page.found == found
    assert tiny_page.line.endswith(f"-p actors {actors}")
    assert len(_marks(page)) < len(whole[0])  # type: ignore[arg-type]
    assert page.locator(f"{selector}.chosen").count() == 1
    assert page.locator(".matrix .ghost").count() > 0, "what is left out stays, in grey"
    page.locator(selector).dispatch_event("click")
    assert _state(page) == whole


def test_a_table_without_room_for_the_status_still_tells_it(mount: Mount, held: Evidence) -> None:
    page = mount(held, Filters(status=("hypothetical", "negated")), 700).page
    for row in page.locator(".table tbody tr").all():
        assert row.locator(".dot").inner_text() in "△▽○"
        assert re.search("hypothetical|reported not to have happened", row.locator(".small").inner_text())


def test_an_actor_is_found_by_any_of_its_names(tiny_page: Explorers) -> None:
    field = tiny_page.page.locator("[name=actors]")
    for words in ("islamische republik", "Tehran", "IRN"):
        field.fill(words)
        option = tiny_page.page.locator("[role=option]").first
        if option.get_attribute("aria-disabled"):
            continue
        field.press("Enter")
        assert tiny_page.line.endswith("-p actors IRN")
        field.press("Escape")
    field.fill("no such actor")
    assert tiny_page.page.locator("[role=option]").all_inner_texts() == ["No other actor is called so."]


def test_a_drag_over_the_timeline_is_a_period(tiny_page: Explorers) -> None:
    page = tiny_page.page
    for part in (".lanes", ".strip"):
        box = page.locator(f"{part} svg").bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 8, steps=4)
        page.mouse.up()
        page.locator(".chips li", has_text="since").wait_for()
        assert 0 < tiny_page.found < 8
        page.locator(".reset").click()


def test_many_events_are_counted_and_a_bar_is_a_period(mount: Mount, many: Evidence) -> None:
    shown = mount(many)
    page = shown.page
    assert page.locator(".lanes .mark").count() == 0
    assert "Too many events to draw each" in (page.locator(".timeline .key").text_content() or "")
    bar = page.locator(".lanes .bin").nth(3)
    number = int(re.findall(r"(\d+) event", bar.get_attribute("aria-label") or "")[0])
    assert number > 0
    bar.dispatch_event("click")
    assert shown.found >= number
    assert page.locator(".lanes .mark").count() > 0
    assert page.locator(".table .pages").is_visible() is (shown.found > 10)


# --- vague dates


def test_a_date_is_drawn_as_exactly_as_it_is_known(tiny_page: Explorers, held: Evidence) -> None:
    page = tiny_page.page
    exact = {
        f"e{at}"
        for at, row in enumerate(records(held.events))
        if row["earliest"] == row["latest"] != "" and "~" not in row["date"]
    }
    drawn = page.locator(".lanes .mark:not(:has(.vague))").evaluate_all("all => all.map((one) => one.dataset.key)")
    assert set(drawn) == exact
    assert page.locator(".lanes .mark:has(.vague)").count() == 7 - len(exact)
    assert "Undated, and so not drawn: 1 event;" in page.locator(".timeline").inner_text()
    assert page.locator(".found").inner_text() == "8 of 8 events (1 undated)"


def test_undated_events_are_chosen_beside_the_timeline_and_left_again(tiny_page: Explorers) -> None:
    page = tiny_page.page
    whole, count = _state(page), page.locator(".timeline .link", has_text="1 event")
    count.focus()
    page.keyboard.press("Enter")
    assert _rows(page) == ["Khamenei praises Russia"]
    assert _marks(page) == set()
    assert page.locator(".chips .chip").all_inner_texts() == ["undated ×"]
    assert tiny_page.line.endswith("-p undated yes")
    assert page.evaluate("document.activeElement.textContent") == (
        "Undated alone, and so not drawn: 1 event; show all again"
    )
    page.keyboard.press("Enter")
    assert _state(page) == whole
    page.locator(".undo").click()
    assert tiny_page.found == 1
    page.locator(".chips .chip").click()
    assert tiny_page.found == 8
    count.click()
    page.locator(".reset").click()
    assert _state(page) == whole


# --- sentences


def test_a_mark_and_a_row_lead_to_the_sentences(tiny_page: Explorers) -> None:
    page = tiny_page.page
    page.locator(".table .row", has_text="Putin–Trump call").click()
    reported = page.locator(".sentences")
    assert (
        reported.locator("mark").all_inner_texts()
        == ["Putin and Trump spoke by phone between 13 and 15 January 2025", "Washington denies"]
        or reported.locator("mark").count() == 2
    )
    words = reported.inner_text()
    for part in ("Agentur A, carried by Blatt A", "Admiralty grade B3", "attributed", "speaker: Kremlin", "t02"):
        assert part in words
    link = reported.get_by_role("link").first
    assert link.get_attribute("href") == "https://example.org/treaty"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.locator(".lanes .mark.current").count() == 1
    assert page.locator(".graph .node.current").count() == 0  # before he was in office the call tied nobody
    page.keyboard.press("Escape")
    assert reported.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Putin–Trump call before the inauguration"
    page.locator(".lanes .mark").first.dispatch_event("click")
    assert reported.is_visible()
    reported.get_by_role("button", name="Only Consultation").click()
    assert tiny_page.line.endswith("-p types CONSULT")


def test_sentences_that_were_not_sent_are_asked_for(mount: Mount, held: Evidence) -> None:
    page = mount(held, send_all=False).page
    page.locator(".table .row").first.click()
    page.locator(".sentences mark").first.wait_for()
    page.evaluate(
        "() => { const slow = setTimeout; setTimeout = (run, ms) => slow(run, ms / 50); window.dead = true; }"
    )
    page.locator(".table .row").nth(1).click()
    page.locator(".sentences .wait", has_text="The kernel does not answer").wait_for()
    page.locator(".matrix td[data-key='ISR>IRN']").click()
    assert page.locator(".explore").get_attribute("data-found") == "2"


def test_texts_from_outside_stay_texts(tiny_run: Path, tmp_path: Path, mount: Mount) -> None:
    paths = _copy(tiny_run, tmp_path)
    texts = [text for text in HOSTILE.values() if "\n" not in text]
    for number, name in enumerate(f"E{n}" for n in range(1, 9)):
        edit(paths.built / "events.csv", name, summary_en=" ".join(texts[number::8]) or "x")
    for name, url in (("T1", "http://x.example/'><img>"), ("T2", "https://evil.example/?<script>")):
        edit(paths.built / "sources.csv", name, publisher=texts[0], title=" ".join(texts), url=url)
    page = mount(open_evidence(REFERENCE, paths)).page
    before = page.locator("img, script, iframe, form, base, meta[http-equiv]").count()
    assert before == 0
    for row in range(8):
        page.locator(".table .row").nth(row).click()
        hrefs = page.locator(".sentences a").evaluate_all("all => all.map((one) => one.href)")
        assert all(re.match(r"https?://(x|evil)\.example/", href) for href in hrefs)
    page.locator(".picker summary", has_text="Publishers").click()
    assert page.get_by_role("checkbox", name=texts[0]).count() == 1
    page.get_by_role("checkbox", name=texts[0]).check()
    assert page.locator(".chip").inner_text() == f"{texts[0]} ×"
    assert page.locator("img, script, iframe, form, base, meta[http-equiv]").count() == before


def test_only_an_address_of_the_web_is_a_link(mount: Mount, held: Evidence) -> None:
    page = mount(held).page
    page.evaluate(
        "() => { for (const one of Object.values(model.get('sentences')).flat()) one.url = 'javascript:alert(1)'; }"
    )
    page.locator(".table .row").first.click()
    assert page.locator(".sentences li").count() > 0
    assert page.locator(".sentences a").count() == 0


# --- keys


def test_everything_is_reached_and_chosen_by_keyboard(tiny_page: Explorers) -> None:
    page, press = tiny_page.page, tiny_page.page.keyboard.press

    def focused(name: str = "data-key") -> str:
        return page.evaluate(f"document.activeElement.getAttribute('{name}')") or ""

    def part() -> str:
        return page.evaluate("document.activeElement.closest('section')?.className") or ""

    page.locator("[name=since]").focus()
    seen = list[str]()
    for _ in range(40):
        press("Tab")
        if part() and part() not in seen:
            seen.append(part())
        if page.evaluate("document.activeElement === document.body"):
            break
    assert seen == ["timeline", "table", "matrix", "graph", "line"], "each part is one stop or a few"

    page.locator(".lanes [tabindex='0']").focus()
    assert focused() == "l0"  # the name of the first lane
    press("ArrowRight")
    first = focused()
    assert re.fullmatch(r"e\d", first)
    press("ArrowDown")
    assert focused() not in (first, "l0")
    press("ArrowUp")
    press("Enter")
    assert page.locator(".sentences").is_visible()
    assert page.evaluate("document.activeElement === document.querySelector('.sentences h3')")
    press("Escape")
    assert page.locator(".sentences").is_hidden()
    assert part() == "timeline"

    page.locator(".strip [tabindex='0']").focus()
    press("End")
    press("Shift+ArrowLeft")
    press("Enter")
    assert tiny_page.found < 8
    press("Escape")
    assert tiny_page.found == 8

    page.locator(".matrix [tabindex='0']").focus()
    press("ArrowDown")
    press("ArrowRight")
    cell = focused()
    assert ">" in cell
    press("Enter")
    assert tiny_page.line.endswith(f"-p actors '{cell}'")
    assert focused() == cell, "the focus stays on what was chosen"
    press("Escape")

    page.locator(".graph [tabindex='0']").focus()
    node = focused()
    press("ArrowDown")
    assert node in focused().split("~")
    press(" ")
    assert "~" in tiny_page.line
    press("Escape")

    page.locator(".table .row[tabindex='0']").focus()
    press("ArrowDown")
    row = focused()
    press("Enter")
    assert page.locator(".table tr.current").count() == 1
    press("Escape")
    assert focused() == row
    assert "8 of 8 events" in page.locator("[aria-live]").inner_text()


def test_the_table_turns_its_pages_by_keyboard_and_sorts(mount: Mount, many: Evidence) -> None:
    page = mount(many).page
    place, press = page.locator(".pages .place"), page.keyboard.press
    page.locator(".table .row").first.focus()
    press("PageDown")
    assert place.inner_text() == "11–20 of 3,000"
    press("ArrowUp")
    assert place.inner_text() == "1–10 of 3,000"
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 10
    press("ArrowDown")
    assert place.inner_text() == "11–20 of 3,000"
    page.locator("[data-sort=type]").click()
    assert page.locator("th[aria-sort]").inner_text().startswith("Type")
    first = page.locator(".table td.type").first.inner_text()
    page.locator("[data-sort=type]").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert page.locator(".table td.type").first.inner_text() != first


def test_a_key_in_a_field_does_not_undo_a_choice(tiny_page: Explorers) -> None:
    page = tiny_page.page
    page.locator(".matrix td[data-key='ISR>IRN']").click()
    page.locator("[name=actors]").fill("Isr")
    page.keyboard.press("Escape")
    assert tiny_page.found == 2
    page.locator(".picker summary").first.click()
    page.keyboard.press("Escape")
    assert tiny_page.found == 2
    page.keyboard.press("Escape")
    assert tiny_page.found == 8


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 700, 1300])
def test_axe_finds_nothing_and_nothing_is_cut(mount: Mount, held: Evidence, theme: str, width: int) -> None:
    page = mount(held, width=width).page
    if theme == "dark":
        page.evaluate(DARK)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")

    def check() -> None:
        found = page.evaluate("axe.run('.explore').then((done) => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(CUT) == []

    check()
    page.locator(".matrix td[data-key='ISR>IRN']").click()
    page.locator(".table .row").first.click()
    check()
    page.locator(".picker summary").nth(2).click()
    check()
    page.keyboard.press("Escape")
    page.locator("[name=actors]").fill("r")
    check()
