"""The parties that matter: who they are, what each does to the other, and how firm that looks without colour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from drawings import width
from examples import relations
from known import REFERENCE
from lagebild.analysis.findings import PANELS, PARTIES, choose_dyads, choose_parties, find_start
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Shape, Text
from lagebild.charts.net_bars import LEAST, draw_parties
from lagebild.charts.style import COLOURS, PHONE, TEXT, WHITE, WIDTH
from lagebild.core.labels import Labels, read_labels

LABELS = read_labels(REFERENCE, "en")


def act(source: str, target: str, cooperation: float = 0.0, conflict: float = 0.0, **cells: Any) -> dict[str, Any]:
    """Return a row of relations."""
    net = cooperation + conflict
    ends = {"source_actor": source, "target_actor": target}
    sums = {"cooperation": cooperation, "conflict": conflict, "net": net}
    return ends | sums | {"sign": "+" if net > 0 else "-" if net < 0 else "0"} | cells


def tie(one: str, other: str, strength: str = "firm", **cells: Any) -> dict[str, Any]:
    """Return a row of ties."""
    one, other = sorted((one, other))
    net = {"net": 1.0, "n_events": 2, "n_publishers": 2, "event_ids": "E1;E2", "turned_by": ""}
    return {"one": one, "other": other, "sign": "+", "strength": strength} | net | cells


def ties(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of ties."""
    return pd.DataFrame(rows, columns=list(tie("A", "B")))


@pytest.mark.parametrize(
    ("acts", "tied", "chosen"),
    [
        # a war of one act outweighs two talks; its victim has done nothing, and is a party all the same
        (
            [act("RUS", "CHN", 2.0), act("CHN", "RUS", 2.0), act("RUS", "UKR", 0, -9.5)],
            [tie("RUS", "CHN"), tie("RUS", "UKR")],
            ["RUS", "UKR", "CHN"],
        ),
        # cooperation and conflict do not cancel out
        (
            [act("RUS", "USA", 10.0, -10.0), act("RUS", "CHN", 8.0)],
            [tie("RUS", "USA", "undecided"), tie("RUS", "CHN")],
            ["RUS", "USA", "CHN"],
        ),
        # a thin tie makes no party …
        (
            [act("RUS", "IRN", 1.0), act("IRN", "QAT", 0, -9.5)],
            [tie("RUS", "IRN"), tie("IRN", "QAT", "thin")],
            ["RUS", "IRN"],
        ),
        # … but where there is no other
        ([act("IRN", "QAT", 0, -9.5)], [tie("IRN", "QAT", "thin")], ["IRN", "QAT"]),
        # the subject comes first, be it ever so light, but not without a tie
        (
            [act("USA", "ISR", 9.0), act("RUS", "ISR", 1.0)],
            [tie("USA", "ISR"), tie("RUS", "ISR", "thin")],
            ["RUS", "ISR", "USA"],
        ),
        ([act("USA", "ISR", 9.0)], [tie("USA", "ISR")], ["ISR", "USA"]),
        # a body has no tie
        ([act("RUS", "IRN", 1.0), act("RUS", "un-security-council", 0, -9.5)], [tie("RUS", "IRN")], ["RUS", "IRN"]),
        ([], [], []),
    ],
)
def test_the_parties_are_those_on_whose_solid_ties_most_weighs(
    acts: list[dict[str, Any]], tied: list[dict[str, Any]], chosen: list[str]
) -> None:
    assert choose_parties(relations(*acts), ties(*tied), "RUS") == chosen


def test_there_are_never_more_parties_than_fit_the_page() -> None:
    names = [f"A{n:02}" for n in range(20)]
    acts = [act("RUS", name, float(n + 1)) for n, name in enumerate(names)]
    found = choose_parties(relations(*acts), ties(*(tie("RUS", name) for name in names)), "RUS")
    assert found == ["RUS", *reversed(names[-PARTIES + 1 :])]


def test_the_courses_are_those_of_most_acts_the_subject_first_in_its_own() -> None:
    others = ("BLR", "CHN", "DEU", "FRA", "GBR")
    table = ties(
        tie("IRN", "RUS", n_events=4),
        tie("ISR", "IRN", n_events=9),
        tie("QAT", "IRN", "thin", n_events=1),
        tie("USA", "RUS", "undecided", n_events=5),
        *(tie("USA", other, net=float(n)) for n, other in enumerate(others)),
    )
    heavy = [("IRN", "ISR"), ("RUS", "USA"), ("RUS", "IRN"), ("GBR", "USA"), ("FRA", "USA"), ("DEU", "USA")]
    assert choose_dyads(table, "RUS") == heavy
    assert len(heavy) == PANELS
    assert choose_dyads(ties(tie("QAT", "IRN", "thin")), "RUS") == [("IRN", "QAT")]
    assert choose_dyads(ties(), "RUS") == []


@pytest.mark.parametrize(
    ("days", "earliest", "start"),
    [
        (["2001-03-12", "2024-10-01", "2025-02-12", "2025-06-13", "2025-06-14", "2025-06-16"], "", "2025-01-01"),
        (["2001-03-12", "2025-06-13"], "", "2001-03-01"),  # half of it is too much to leave out
        (["2025-06-13", "2025-06-14", "2025-06-16"], "", "2025-06-01"),  # a case of a few days
        (["2001-03-12", "2025-06-13"], "2022-01-01", "2022-01-01"),
        ([], "2022-01-01", "2022-01-01"),
    ],
)
def test_the_picture_begins_where_the_story_does(days: list[str], earliest: str, start: str) -> None:
    series = pd.DataFrame({"event_id": [f"E{n}" for n in range(len(days))], "day": days})
    assert find_start(series, earliest) == start


def draw(acts: list[dict[str, Any]], *tied: dict[str, Any], labels: Labels = LABELS) -> list[Chart]:
    """Return the charts of the parties that these relations have."""
    table = relations(*acts)
    parties = sorted({*table["source_actor"], *table["target_actor"]})
    return draw_parties(table, ties(*tied), parties, labels)


def bars_of(chart: Chart) -> dict[str, Shape]:
    """Return the bars by what they lead to."""
    return {one.name: one for one in chart.picture.drawing.shapes if one.name}


def numbers_of(chart: Chart) -> dict[str, Text]:
    """Return the numbers by what they lead to."""
    return {one.name: one for one in chart.picture.drawing.words if one.name}


def measure(bar: Shape) -> float:
    """Return how long a bar is."""
    return abs(bar.points[1][0] - bar.points[0][0])


THREE = [act("RUS", "IRN", 20.0), act("IRN", "USA", 0, -10.0), act("USA", "IRN", 1.0, n_contested=1)]


def test_a_bar_runs_from_the_middle_of_its_cell_as_long_as_the_net() -> None:
    page, _ = draw(THREE, tie("RUS", "IRN"), tie("IRN", "USA"))
    bars, numbers = bars_of(page), numbers_of(page)
    good, bad = bars["rel-RUS-IRN"], bars["rel-IRN-USA"]
    assert good.points[0][0] == pytest.approx(numbers["rel-RUS-IRN"].x, abs=0.02)  # to the right
    assert bad.points[1][0] == pytest.approx(numbers["rel-IRN-USA"].x, abs=0.02)  # to the left
    assert measure(good) == pytest.approx(2 * measure(bad), abs=0.1)
    assert measure(bars["rel-USA-IRN"]) >= LEAST
    assert (good.stroke, bad.stroke) == (COLOURS[1], COLOURS[-1])


@pytest.mark.parametrize(
    ("strength", "filled", "dashed", "bold", "text"),
    [
        ("firm", True, False, True, "+20"),
        ("thin", False, False, False, "+20"),
        ("undecided", False, True, False, "+20 ?"),
    ],
)
def test_form_and_letters_tell_how_firm_a_tie_is(
    strength: str, filled: bool, dashed: bool, bold: bool, text: str
) -> None:
    for chart in draw([act("RUS", "IRN", 20.0)], tie("RUS", "IRN", strength)):
        number = numbers_of(chart)["rel-RUS-IRN"]
        assert (number.lines, number.bold) == ((text,), bold)
        said = [" ".join(one.lines) for one in chart.picture.drawing.words]
        assert LABELS(f"parties.{strength}") in said
        assert not any(LABELS(f"parties.{other}") in said for other in {"firm", "thin", "undecided"} - {strength})
    bar = bars_of(draw([act("RUS", "IRN", 20.0)], tie("RUS", "IRN", strength))[0])["rel-RUS-IRN"]
    assert (bar.fill != WHITE, bool(bar.dash)) == (filled, dashed)
    assert LABELS(f"parties.{strength}") in bar.hover


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (act("RUS", "IRN", 3.5, n_contested=1), "+3.5*"),
        (act("RUS", "IRN", 0.0, n_events=0, n_contested=1), "*"),
        (act("RUS", "IRN", 2.0, -2.0), "0"),
    ],
)
def test_a_star_marks_what_is_contested_and_nothing_has_no_bar(row: dict[str, Any], text: str) -> None:
    page, phone = draw([row])
    assert numbers_of(page)["rel-RUS-IRN"].lines == numbers_of(phone)["rel-RUS-IRN"].lines == (text,)
    assert bool(bars_of(page)) is bool(row["net"])


def test_a_pair_of_which_nothing_is_known_is_blank_and_the_diagonal_is_crossed_out() -> None:
    page, phone = draw(THREE, tie("RUS", "IRN"), tie("IRN", "USA"))
    assert set(numbers_of(page)) == set(numbers_of(phone)) == {"rel-RUS-IRN", "rel-IRN-USA", "rel-USA-IRN"}
    slanting = [one for one in page.picture.drawing.shapes if one.form == "line" and _slants(one)]
    assert len(slanting) == 3


def _slants(line: Shape) -> bool:
    (x0, y0), (x1, y1) = line.points
    return x0 != x1 and y0 != y1


def test_the_parties_stand_in_the_order_in_which_they_were_chosen_without_groups(words: Labels) -> None:
    page, _ = draw(THREE, tie("RUS", "IRN"), tie("IRN", "USA", sign="-", net=-9.0), labels=words)
    names = [words.actor(one) for one in ("IRN", "RUS", "USA")]
    drawn = [one for one in page.picture.drawing.words if one.bold and one.anchor == "center"]
    heads = sorted((one.x, " ".join(one.lines)) for one in drawn if " ".join(one.lines) in names)
    assert [name for _, name in heads] == names
    assert max(one.width for one in page.picture.drawing.shapes if one.form == "line") <= 1


def test_the_alternative_text_names_extremes_and_what_is_one_sided(words: Labels) -> None:
    page, phone = draw(THREE, tie("RUS", "IRN"), labels=words)
    assert page.alt == phone.alt
    assert f"{words.actor('IRN')} → {words.actor('USA')} (" in page.alt
    assert page.alt.endswith(f"{words.actor('RUS')} → {words.actor('IRN')}.")


@pytest.mark.parametrize("n", [2, 5, PARTIES])
@pytest.mark.parametrize("name", ["ARE", "BIH", "PRK"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_names_and_numbers_fit_their_cells(n: int, name: str, language: str) -> None:
    labels = read_labels(REFERENCE, language)
    others = [name, *("RUS", "IRN", "USA", "ISR", "SAU", "GBR", "CHN")][:n]
    acts = [act(a, b, 0, -113.5, n_contested=1) for a in others for b in others if a != b]
    tied = [tie(a, b, "undecided") for a in others for b in others if a < b]
    page, phone = draw(acts, *tied, labels=labels)
    for chart, most in ((page, WIDTH), (phone, PHONE)):
        for text in chart.picture.drawing.words:
            wide = max(width(line, round(text.size), text.bold) for line in text.lines)
            left = text.x - {"left": 0.0, "right": wide, "center": wide / 2}[text.anchor]
            assert left >= 0, text
            assert left + wide <= most + 1, text
    heads = sorted(one.x for one in page.picture.drawing.words if one.bold and one.anchor == "center")
    step = heads[1] - heads[0]
    for text in page.picture.drawing.words:
        if text.anchor == "center":
            assert max(width(line, TEXT) for line in text.lines) <= step, text


def test_without_anything_between_two_parties_there_is_no_chart() -> None:
    assert draw([]) == []
    assert draw_parties(relations(act("RUS", "IRN", 1.0)), ties(), ["RUS", "USA"], LABELS) == []
