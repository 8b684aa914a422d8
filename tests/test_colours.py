"""Every chart reads without colour, on grey paper and aloud: colours, contrast, alternative texts, fonts of the PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pikepdf
import pytest
from colours import BLACK, SIGHTS, confused, contrast, is_grey, is_paper, name_colour, read_colour, same_hue, simulate
from examples import edition_of, read_counts, tiny
from inks import Ink, Sheet
from known import REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Shape, Text
from lagebild.charts.style import COLOURS, MARKS, has_letters
from lagebild.core.case import read_case_file
from lagebild.core.folders import ANNEX, Paths, locate
from lagebild.core.schema import STATUSES
from lagebild.report.edition import Edition, gather_edition
from long import sample
from runs import copy_tiny

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0  # WCAG 2.1, 1.4.3 and 1.4.11
REAL = read_case_file(locate("russia-iran", "2025-06-16")).editions
EDITIONS = [("tiny", "2025-01-31"), ("tiny", "2025-06-16"), *(("russia-iran", edition) for edition in REAL)]
LANGUAGES = ("de", "en")
TYPES = REFERENCE.table("event_types")
INTENSITY: dict[str, float] = dict(zip(TYPES["event_type"], TYPES["intensity"], strict=True))
OTHERS = {  # small words of the other language
    "de": r"\b(the|of|and|is|with|from|which|are|not|by|no)\b",
    "en": r"\b(der|die|das|und|von|mit|ist|sind|aus|nicht|kein|wird|zu)\b",
}
PLURALS = {"de": r"(?<![\d.,−+–])\b1 \w+(?:se|en)\b", "en": r"(?<![\d.,−+–])\b1 \w*[^\Ws]s\b"}


@pytest.mark.parametrize(("one", "two"), list(combinations(COLOURS, 2)))
def test_cooperation_conflict_and_neither_stay_apart_for_colour_blind_eyes_and_differ_in_form(
    one: int, two: int
) -> None:
    assert set(confused(read_colour(COLOURS[one])[0], read_colour(COLOURS[two])[0])) <= {"greyscale"}
    assert MARKS[one] != MARKS[two]


# The charts of the made-up case and of the real one


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, real_tables: Path) -> Callable[[str, str, str], Edition]:
    """Return what opens an edition of the made-up case or of the real one in a language, each once."""
    root = copy_tiny(tmp_path_factory.mktemp("colours"))

    @cache
    def open_once(case: str, as_of: str, language: str) -> Edition:
        if case == "tiny":
            edition_of(tiny(root, as_of))
            return gather_edition(REFERENCE, Paths(case, as_of, language, str(root), str(root)))
        return gather_edition(REFERENCE, Paths(case, as_of, language, "", str(real_tables)))

    return open_once


@pytest.fixture(
    params=sample([(*edition, language) for edition in EDITIONS for language in LANGUAGES], 2, 7), ids="-".join
)
def edition(request: pytest.FixtureRequest, opened: Callable[[str, str, str], Edition]) -> Edition:
    """Return an edition in a language."""
    return opened(*request.param)


def find_alike(sheet: Sheet) -> Iterator[str]:
    """Yield the pairs of looks that some take for one, though their colours differ and nothing else tells them apart.

    Tints of one hue are left out, and white is the first step of each: they say how much, and a table says it too.
    """
    looks = {
        (ink.kind, sheet.form(ink), name_colour(ink.colour)): ink.colour
        for ink in (*sheet.fills, *sheet.marks)
        if ink.kind != "shade"
    }
    for (kind, form, name1), (kind2, form2, name2) in combinations(sorted(looks), 2):
        one, two = looks[kind, form, name1], looks[kind2, form2, name2]
        scale = kind in ("fill", "fade") and (same_hue(one, two) or any(map(is_paper, (one, two))))
        if (kind, form) == (kind2, form2) and not scale and confused(one, two):
            yield f"{kind} {form!r}: {name1} and {name2} are alike in {confused(one, two)}"


def find_faint(sheet: Sheet) -> Iterator[str]:
    """Yield what has too little contrast with what lies beneath it.

    A fill may be paler if a mark or a text tells what it tells, such as the sign in a cell. A bar that fades may be
    pale, too: nobody knows on which day it begins, and a sharp edge would say one. But words must stand beside it.
    """

    def is_clear(ink: Ink) -> bool:
        return ink.contrast() >= (TEXT_CONTRAST if ink.kind == "text" else MARK_CONTRAST)

    for ink in (*sheet.texts, *sheet.marks, *(fill for fill in sheet.fills if fill.kind != "shade")):
        reported = sheet.reported(ink) if ink.kind == "fill" else sheet.named(ink) if ink.kind == "fade" else []
        if not is_clear(ink) and not any(map(is_clear, reported)):
            yield f"{ink}: {ink.contrast():.2f}"


def test_every_chart_reads_without_colour_and_stands_out_from_its_ground(edition: Edition) -> None:
    statuses = [STATUSES[number % len(STATUSES)] for number in range(len(edition.data.events))]
    other = replace(edition, data=replace(edition.data, events=edition.data.events.assign(status=statuses)))
    for name, chart in edition.charts.items():
        sheet = Sheet(chart.picture)
        assert sheet.texts, name
        assert not list(find_alike(sheet)), name
        assert not list(find_faint(sheet)), name
    for name, chart in other.charts.items():  # whatever became of events
        assert not list(find_alike(Sheet(chart.picture))), name


def test_the_steps_of_a_scale_keep_their_order_to_every_eye(edition: Edition) -> None:
    for name, chart in edition.charts.items():
        found = Sheet(chart.picture).fills
        fills = {name_colour(fill.colour): fill.colour for fill in found if not is_grey(fill.colour)}
        for sight in SIGHTS:
            light = {fill: contrast(simulate(colour, sight), BLACK) for fill, colour in fills.items()}
            for one, two in combinations(fills, 2):
                if same_hue(fills[one], fills[two]) and not np.allclose(fills[one], fills[two], atol=0.02):
                    paler = contrast(fills[one], BLACK) > contrast(fills[two], BLACK)
                    assert (light[one] > light[two]) is paler, (name, sight, one, two)


@pytest.mark.parametrize(
    ("colour", "symbol", "alike", "faint"),
    [
        ("#708040", "circle", True, False),  # red and green, one form
        ("#708040", "triangle-up", False, False),
        ("#c04040", "circle", False, False),
        ("#f0b0b0", "triangle-up", False, True),
    ],
)
def test_marks_that_some_take_for_one_or_hardly_see_are_found(
    colour: str, symbol: str, alike: bool, faint: bool
) -> None:
    marks = Mark(100, 100, "circle", "#c04040", 10, "", ""), Mark(200, 100, symbol, colour, 10, "", "")
    sheet = Sheet(Picture(Drawing(marks=marks), 600, 200))
    assert bool(list(find_alike(sheet))) is alike
    assert bool(list(find_faint(sheet))) is faint


# What is said of a chart


def read_numbers(text: str, language: str = "en") -> set[float]:
    """Return the numbers in a text of a language, without their signs."""
    point = {"de": ",", "en": "."}[language]
    found = re.findall(rf"\d+(?:{re.escape(point)}\d+)?", text)
    return {float(number.replace(point, ".")) for number in found}


def count_rows(frame: pd.DataFrame) -> set[float]:
    """Return how many rows or things a table has: all rows, those with a number above zero, the ids of its rows."""
    numbers = frame.select_dtypes("number")
    return {float(n) for n in (len(frame), frame.iloc[:, 0].nunique(), *(numbers > 0).sum())}


def count_frame(frame: pd.DataFrame) -> set[float]:
    """Return the numbers that stand in a table or that one gets by counting its rows, values and pairs of actors."""
    cells = frame.astype(object).where(frame.notna(), "").map(str)
    if "event_type" in cells:
        cells = cells.assign(side=cells["event_type"].map(INTENSITY).map(np.sign).map(str))
    found = count_rows(frame) | {0.0}
    for name, column in cells.items():
        for values in (column, column.str.split(";").explode()):
            counts = values[values != ""].value_counts()
            found |= {float(n) for n in (*counts, len(counts))}
        for other in set(cells) - {name}:
            ends = pd.concat([column, cells[other]]).nunique()
            found |= {float(ends), float(ends * (ends - 1))}
        found |= {float((column != "").sum())}  # rows that name something, such as events since a day
        found |= read_numbers(" ".join(column).replace("-", " "))
    for _, numbers in frame.select_dtypes("number").items():
        found |= {abs(round(float(n), 1)) for n in (numbers.sum(), *numbers.dropna())}
        found |= {float(n) for n in ((numbers < 0).sum(), (numbers == 0).sum(), numbers.isna().sum())}
    return found


def count_in_headings(sheets: Iterable[Sheet], alt: str, language: str) -> set[float]:
    """Return the numbers in the headings of the stretches of time that a text names, on whatever page they stand."""
    headings = [text.form for sheet in sheets for text in sheet.texts if " · " in text.form]
    spans = {heading: heading.partition(" · ")[2].rpartition(" (")[0] for heading in headings}
    named = [heading for heading, span in spans.items() if span and f" {span}" in alt]
    return read_numbers(" ".join(named), language)


def test_a_chart_is_described_in_few_words_of_its_language(
    edition: Edition, opened: Callable[[str, str, str], Edition]
) -> None:
    paths = edition.paths
    other = opened(paths.case, paths.as_of, "en" if paths.language == "de" else "de").charts
    assert {re.sub(r"^timeline-\d+", "timeline", name) for name in (*edition.charts, *other)} == {
        re.sub(r"^timeline-\d+", "timeline", name) for name in other
    }  # longer words may need one page more
    for name, chart in edition.charts.items():
        assert 20 <= len(chart.alt) <= 1000, (name, len(chart.alt))
        assert chart.title.strip(), name
        assert not re.search(r"</?b>|&\w+;", chart.alt), name  # words, no markup
        assert name not in other or chart.alt != other[name].alt, name
        assert not re.search(OTHERS[paths.language], chart.alt + chart.title), name
        assert not re.search(PLURALS[paths.language], chart.alt), name  # one thing is not said in the plural


def test_every_number_that_is_said_of_a_chart_comes_from_its_table_or_stands_in_it(edition: Edition) -> None:
    charts, language = edition.charts, edition.paths.language
    sheets = {name: Sheet(chart.picture) for name, chart in charts.items()}
    known = {float((edition.data.events["date"] != "").sum())}  # a chart of several pages tells of all
    known |= read_numbers(f"{edition.paths.as_of} {edition.case.start}".replace("-", " "))
    known |= {float(len(chart.frame)) for chart in charts.values()}
    for entry in edition.judgements.options:
        known |= read_numbers(entry.heading.get(language, ""), language)
    for name, chart in charts.items():
        said, counted = read_numbers(chart.alt, language), count_rows(chart.frame)
        spelt = said | set(map(float, read_counts(chart.alt, language)))
        sums = spelt | {one + two for one, two in combinations(spelt, 2)}  # events and conditions, say
        assert sums & counted, (name, chart.alt)
        printed = read_numbers(" ".join(text.form for text in sheets[name].texts), language)
        pages = [sheet for page, sheet in sheets.items() if page.startswith(name)]
        headed = count_in_headings(pages, chart.alt, language)
        undrawn = {float(len(chart.frame) - len(anchors_of(chart)))}  # rows that stand in the table only
        assert said <= known | printed | headed | undrawn | count_frame(chart.frame), (name, chart.alt)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", sample(["tiny", "russia-iran"], 0))
def test_other_data_is_described_otherwise(
    case: str, language: str, opened: Callable[[str, str, str], Edition]
) -> None:
    one, two = (opened(case, as_of, language).charts for name, as_of in EDITIONS if name == case)
    compared = 0
    for name in set(one) & set(two):
        if len(one[name].frame) != len(two[name].frame):
            compared += 1
            assert one[name].alt != two[name].alt, name
    assert compared


def ids_of(frame: pd.DataFrame) -> set[str]:
    """Return the ids in a table: cells, members of lists, and pairs in one row, such as RUS-IRN."""
    rows = [[str(cell) for cell in row] for row in frame.itertuples(index=False)]
    members = {part for row in rows for cell in row for part in re.split(r"[;\s]+", cell)}
    return members | {f"{one}-{two}" for row in rows for one, two in permutations(set(row), 2)}


def anchors_of(chart: Chart) -> set[str]:
    """Return what the marks of a chart lead to."""
    drawing = chart.picture.drawing
    items: tuple[Shape | Mark | Text, ...] = (*drawing.shapes, *drawing.marks, *drawing.words)
    return {item.name for item in items} - {""}  # a key leads nowhere


def test_every_mark_of_a_chart_stands_in_its_table(edition: Edition) -> None:
    for name, chart in edition.charts.items():
        anchors, ids = anchors_of(chart), ids_of(chart.frame)
        assert anchors and len(chart.frame), name
        strange = {anchor for anchor in anchors if anchor not in ids and anchor.partition("-")[2] not in ids}
        assert not strange, (name, strange)


# The fonts of the PDF


@pytest.mark.parametrize("as_of", sample(REAL, 0))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_of_the_pdf_is_embedded_and_has_the_letters_of_the_drawings(as_of: str, language: str) -> None:
    """Those of the real case, as they are committed."""
    paths = Paths("russia-iran", as_of, language, "")
    drawings = [file.read_text(encoding="utf-8") for file in paths.figures.glob("*.svg")]
    assert drawings
    for part in ("", ANNEX):
        with pikepdf.open(paths.report("pdf", part=part)) as pdf:
            held = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
            fonts = {str(one.BaseFont) for one in held if one.get("/Type") == "/Font" and "/DescendantFonts" not in one}
            files = {str(one.FontName) for one in held if {"/FontFile2", "/FontFile3"} & set(one.keys())}
        assert fonts and fonts == files
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts)  # subsets: a reader brings none of the 14 along
        assert {re.sub(r"^/[A-Z]{6}\+|-\w+$", "", name) for name in fonts} >= {"Inter"}
    for drawing in drawings:
        assert set(re.findall(r'font-family="(\w+)', drawing)) == {"Inter"}
        assert has_letters(drawing)
