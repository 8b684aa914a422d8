"""The picture of the first page: who stands round the actor in question, and which triangles pull apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from drawings import width
from known import REFERENCE
from lagebild.analysis.balance import find_triads, find_unbalanced, keep_firm, keep_triads_of, tie_graph
from lagebild.charts.chart import Chart
from lagebild.charts.egonet import AROUND, describe_triad, draw_egonet
from lagebild.charts.style import COLOURS, NARROW
from lagebild.core.folders import Paths
from lagebild.core.labels import Labels, read_labels
from lagebild.core.schema import TABLES
from lagebild.core.tables import load

EDITIONS = ("2025-06-16", "2026-06-30")


def _ties(*rows: tuple[str, str, float, str, str]) -> pd.DataFrame:
    """Return ties of two ends, net, events and strength."""
    columns = list(TABLES["ties"].columns)
    made: list[dict[str, Any]] = [
        dict.fromkeys(columns, "")
        | {
            "one": min(one, other),
            "other": max(one, other),
            "net": net,
            "sign": "+" if net > 0 else "-",
            "n_events": len(reported.split(";")),
            "n_publishers": 2,
            "strength": strength,
            "event_ids": reported,
        }
        for one, other, net, reported, strength in rows
    ]
    return pd.DataFrame(made, columns=columns)


DILEMMA = _ties(
    ("RUS", "IRN", 13, "E1;E2;E3", "firm"), ("RUS", "ISR", 3, "E4;E7", "firm"), ("ISR", "IRN", -9, "E5;E6", "firm")
)
HOSTILE = _ties(
    ("RUS", "IRN", -9, "E1;E2", "firm"), ("RUS", "ISR", -3, "E4;E7", "firm"), ("ISR", "IRN", -9, "E5;E6", "firm")
)


def test_who_stands_well_with_two_foes_stands_between_them(words: Labels) -> None:
    (triad,) = find_unbalanced(tie_graph(DILEMMA), "RUS")
    assert (triad.between, {triad.one, triad.other}, triad.hostile) == ("RUS", {"IRN", "ISR"}, False)
    assert all(words.actor(name) in describe_triad(triad, words) for name in triad.actors)


def test_seen_from_another_corner_the_same_actor_stands_between(words: Labels) -> None:
    assert [triad.between for triad in find_unbalanced(tie_graph(DILEMMA), "ISR")] == ["RUS"]


def test_three_foes_stand_against_one_another(words: Labels) -> None:
    (triad,) = find_unbalanced(tie_graph(HOSTILE), "RUS")
    assert triad.hostile
    assert words("egonet.hostile", actors=words.names(triad.actors)) == describe_triad(triad, words)


@pytest.mark.parametrize("as_of", EDITIONS)
def test_what_pulls_apart_are_the_unbalanced_triads_of_the_subject(real_tables: Path, as_of: str) -> None:
    graph = keep_firm(tie_graph(load(Paths("russia-iran", as_of, output=str(real_tables)), "ties")))
    triads = find_triads(graph)
    wanted = keep_triads_of(triads[triads["balanced"] == "no"], "RUS")[["a", "b", "c"]]
    assert {frozenset(triad.actors) for triad in find_unbalanced(graph, "RUS")} == set(
        map(frozenset, wanted.to_numpy())
    )


def test_without_a_tie_there_is_no_picture(words: Labels) -> None:
    assert draw_egonet(DILEMMA.head(0), "RUS", words) == []


def test_a_subject_without_ties_gives_way_to_whoever_has_most_events(words: Labels) -> None:
    wide, narrow = draw_egonet(DILEMMA, "CHN", words)
    assert words.actor("IRN") in wide.title
    assert narrow.name == wide.name + NARROW


def test_at_most_six_stand_round_the_middle_those_that_pull_apart_first(words: Labels) -> None:
    codes = ["BLR", "CHN", "IND", "TUR", "SYR", "PRK", "UKR", "MLI", "BFA"]
    many = _ties(*((code, "RUS", 5, f"E{n};F{n};G{n};H{n}", "firm") for n, code in enumerate(codes)))
    wide, _ = draw_egonet(pd.concat([many, DILEMMA], ignore_index=True), "RUS", words)
    shown = {*wide.frame["actor"], *wide.frame["other_actor"]} - {"RUS"}
    assert len(shown) == AROUND
    assert {"IRN", "ISR"} <= shown


def _boxes(chart: Chart) -> list[tuple[str, float, float, float, float]]:
    """Return the words of a chart with their boxes: left, right, top, bottom."""
    found = []
    for text in chart.picture.drawing.words:
        wide = max(width(line, text.size, text.bold) for line in text.lines)
        left = {"left": text.x, "center": text.x - wide / 2, "right": text.x - wide}[text.anchor]
        high = len(text.lines) * text.size * 1.3
        found.append((" ".join(text.lines), left, left + wide, text.y - high / 2, text.y + high / 2))
    return found


@pytest.mark.parametrize("as_of", EDITIONS)
def test_no_words_of_the_picture_cover_others_or_leave_it(real_tables: Path, as_of: str, words: Labels) -> None:
    ties = load(Paths("russia-iran", as_of, output=str(real_tables)), "ties")
    for chart in draw_egonet(ties, "RUS", words):
        boxes = _boxes(chart)
        assert len(boxes) > 10
        for name, left, right, top, bottom in boxes:
            assert left >= 0 and right <= chart.picture.width, name
            assert top >= 0 and bottom <= chart.picture.height, name
        for one, two in combinations(boxes, 2):
            apart = one[2] <= two[1] or two[2] <= one[1] or one[4] <= two[3] + 2 or two[4] <= one[3] + 2
            assert apart, (one[0], two[0])


def test_the_words_of_the_picture_tell_its_ties_and_pulls() -> None:
    for language in ("de", "en"):
        labels = read_labels(REFERENCE, language)
        wide, _ = draw_egonet(DILEMMA, "RUS", labels)
        assert all(labels.actor(name) in wide.alt for name in ("RUS", "IRN", "ISR"))
        assert describe_triad(find_unbalanced(tie_graph(DILEMMA), "RUS")[0], labels) in wide.alt
        assert list(wide.frame.columns) == ["actor", "other_actor", "sign", "strength", "net", "n_events", "event_ids"]
        assert wide.frame.set_index(["actor", "other_actor"]).loc[("IRN", "RUS"), "event_ids"] == "E1;E2;E3"


def test_a_tie_of_the_picture_tells_its_sign_and_neither_sum_nor_count(words: Labels) -> None:
    wide, _ = draw_egonet(DILEMMA, "RUS", words)
    blue = [text.lines for text in wide.picture.drawing.words if text.name and text.colour == COLOURS[1]]
    assert set(blue) == {("+",)}


def _signs(chart: Chart) -> list[str]:
    """Return the words that stand on lines."""
    return [text.lines[0] for text in chart.picture.drawing.words if text.name]


def test_an_undecided_tie_has_a_question_mark_and_makes_no_triangle(words: Labels) -> None:
    torn = DILEMMA.assign(strength=["firm", "undecided", "firm"])
    wide, _ = draw_egonet(torn, "RUS", words)
    assert sorted(_signs(wide)) == ["+", "?", "−"]
    assert words("egonet.between", actor=words.actor("RUS"), one=words.actor("IRN"), other=words.actor("ISR")) not in (
        wide.alt
    )


def test_who_has_but_a_thin_tie_to_the_middle_stands_there_only_if_there_is_nobody_else(words: Labels) -> None:
    thin = _ties(("BFA", "RUS", 2, "E8", "thin"))
    wide, _ = draw_egonet(pd.concat([thin, DILEMMA], ignore_index=True), "RUS", words)
    assert "BFA" not in {*wide.frame["actor"], *wide.frame["other_actor"]}
    alone, _ = draw_egonet(thin, "RUS", words)
    assert {*alone.frame["actor"], *alone.frame["other_actor"]} == {"BFA", "RUS"}
