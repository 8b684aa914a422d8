"""The chart of claims: each side has a form of its own, nobody is left out, and no word is cut."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import columns_of, corners_of, rows_of, turned, width
from examples import events, read_counts
from known import REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.claims import FORMS, HIGH, LENGTH, MOST, draw_claims
from lagebild.charts.look import TEXT, WIDTH
from lagebild.charts.matrix import HEIGHT
from lagebild.core.labels import Labels, read_labels
from lagebild.core.schema import TABLES

CLAIM = dict.fromkeys(TABLES["claims"].columns, "") | {
    "event_id": "E1",
    "contested": "occurrence",
    "only_parties": "no",
    "asserted": "no",
}


def draw(*rows: dict[str, Any], language: str = "en") -> Chart:
    """Return the chart of claims about events E1, E2, …"""
    made = [CLAIM | {"event_id": f"E{number}"} | row for number, row in enumerate(rows, start=1)]
    reported = events(*({"summary_en": f"Event {number} & <b>co"} for number in range(1, len(rows) + 1)))
    return draw_claims(pd.DataFrame(made, columns=list(CLAIM)), reported, read_labels(REFERENCE, language))


def marks(chart: Chart) -> set[tuple[str, str, str]]:
    """Return the marks of a chart: event, column, form."""
    heads = columns_of(chart.picture)
    return {
        (mark.name, heads[min(heads, key=lambda x: abs(x - mark.x))], mark.symbol)
        for mark in chart.picture.drawing.marks
    }


def test_each_side_of_an_event_has_a_form_of_its_own() -> None:
    chart = draw({"claimed_by": "USA;anonymous", "denied_by": "IRN", "differs_by": "RUS"})
    names = read_labels(REFERENCE, "en")
    assert marks(chart) == {
        ("E1", names.actor("USA"), "circle"),
        ("E1", names.actor("anonymous"), "circle"),
        ("E1", names.actor("IRN"), "x-thin-open"),
        ("E1", names.actor("RUS"), "circle-open"),
    }
    assert len(set(FORMS.values())) == len(FORMS)


@pytest.mark.parametrize(("side", "form"), FORMS.items())
def test_a_text_that_names_no_speaker_speaks_itself(side: str, form: str) -> None:
    words = read_labels(REFERENCE, "en")
    chart = draw({f"{side}_publishers": "Agency A;Agency <i>B"})
    assert marks(chart) == {("E1", words("claims.texts"), form)}
    (hover,) = [mark.hover for mark in chart.picture.drawing.marks]
    assert "Agency A and Agency &lt;i&gt;B" in hover
    assert words(f"claims.{side}") in hover


def test_who_is_on_several_sides_has_marks_beside_each_other() -> None:
    chart = draw({"claimed_by": "IRN", "differs_by": "IRN", "denied_by": "IRN"})
    places = sorted(mark.x for mark in chart.picture.drawing.marks)
    assert all(b - a >= 7 for a, b in pairwise(places))


def test_events_stand_in_groups_the_contested_first_and_each_group_has_its_heading(words: Labels) -> None:
    rows: tuple[dict[str, Any], ...]
    rows = ({"contested": "no", "only_parties": "yes"}, {"contested": "particulars"}, {}, {"contested": "no"})
    chart = draw(*({"claimed_by": "IRN"} | row for row in rows), language=words.language)
    headings = [one.lines for one in chart.picture.drawing.words if one.bold]
    assert headings == [(words(f"claims.{name}"),) for name in ("occurrence", "particulars", "parties")]
    order = sorted((mark.y, mark.name) for mark in chart.picture.drawing.marks)
    assert [event for _, event in order] == ["E3", "E2", "E1", "E4"]


def test_speakers_for_whom_there_is_no_room_share_a_column() -> None:
    chart = draw(*({"claimed_by": f"A{number}"} for number in range(MOST + 5)))
    heads = list(columns_of(chart.picture).values())
    assert len(heads) == MOST - 1
    assert heads[-1] == read_labels(REFERENCE, "en")("claims.others")
    assert len(marks(chart)) == MOST + 5


def test_events_for_which_there_is_no_room_are_counted(words: Labels) -> None:
    chart = draw(
        *({"claimed_by": "IRN", "contested": "particulars"} for _ in range(LENGTH + 3)), language=words.language
    )
    assert len(marks(chart)) == LENGTH
    assert chart.alt.endswith(words("alt.more_events", n=3))
    assert len(chart.frame) == LENGTH + 3


def test_the_largest_chart_fits_a_page() -> None:
    kinds = ("occurrence", "particulars", "no")
    rows = ({"claimed_by": f"A{number}", "contested": kinds[number % 3]} for number in range(LENGTH + 3))
    picture = draw(*rows).picture
    assert picture.width <= WIDTH
    assert picture.height <= HEIGHT


def test_no_word_of_the_chart_is_cut(words: Labels) -> None:
    long = {"claimed_by": "anonymous;russian-foreign-ministry;eurasian-economic-commission", "denied_publishers": "A"}
    picture = draw(long, language=words.language).picture
    assert corners_of(picture)
    assert turned(picture)
    for one in picture.drawing.words:
        for line in one.lines:
            wide = width(line, round(one.size))
            assert one.anchor != "right" or one.x - wide >= 4, line
            assert not one.angle or one.y - wide >= 4, line
        assert one.y not in rows_of(picture) or len(one.lines) * TEXT * 1.3 <= HIGH


def test_the_alternative_text_counts_the_kinds_and_names_the_loudest(words: Labels) -> None:
    rows = ({"claimed_by": "USA", "denied_by": "IRN"}, {"claimed_by": "USA", "contested": "particulars"})
    alt = draw(*rows, {"claimed_by": "RUS", "contested": "no"}, {"claimed_by": "RUS;USA"}, language=words.language).alt
    assert read_counts(alt, words.language) == [4, 2, 1, 1]
    assert words.actor("USA") in alt
    assert words.actor("IRN") in alt
    assert words.actor("RUS") not in alt


def test_nothing_contested_draws_an_empty_chart(words: Labels) -> None:
    assert marks(draw(language=words.language)) == set()
