"""A corpus that is asked: what is selected, counted and drawn of it, its notebook, and the case that comes of it."""

from __future__ import annotations

import itertools
import json
import os
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import papermill
import pyarrow.parquet as pq
import pytest
from drawings import width
from examples import PROJECT, dataset_of, read_rows, tiny
from known import REFERENCE
from lagebild.archive import archive_charts as pictures, coverage as peaks, coverage as tellings
from lagebild.archive.archive_charts import say_corpus
from lagebild.archive.coding import SMALL, code_example
from lagebild.archive.coverage import Tied
from lagebild.archive.query import Archive, Chosen, choose_mentions, open_archive, read_selection, write_selection
from lagebild.archive.to_case import Outline, harvest_case, outline_case, pick_articles, write_line
from lagebild.charts.chart import Chart
from lagebild.core.case import read_case_file
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths, locate
from lagebild.core.labels import Labels, read_labels
from lagebild.core.offices import read_offices
from lagebild.run.checks import check_case
from long import sample
from papermill.exceptions import PapermillExecutionError
from parts import make_parts, write_parts
from runs import Call, fingerprint, run_cells

pytestmark = pytest.mark.usefixtures("today")

ACTORS = read_labels(REFERENCE, "en").actors
PERSONS, TYPES = read_offices(REFERENCE).persons, REFERENCE.table("event_types")
PERSON = min(PERSONS)
ATTACK = "Israel attacked Iran with missiles on 13 June 2025."
LONG = f"{ATTACK} " + " ".join(f"The witness number {n} told of house {n} and of street {n + 9}." for n in range(12))
DATED = {"date": "2025-06-13", "earliest": date(2025, 6, 13), "latest": date(2025, 6, 13)}


def day(number: int) -> date:
    """Return a day of June 2025."""
    return date(2025, 6, number)


# Ten articles by three publishers. The attack of 13 June stands in four of them, of which a3 copies a2; a9 holds only
# a candidate.
ARTICLES: list[dict[str, Any]] = [
    {"publisher": "A", "published": day(13), "text": f"{ATTACK} The army confirmed the attack."},
    {"publisher": "B", "published": day(14), "text": LONG},
    {"publisher": "C", "published": day(14), "text": f"{LONG} So it was printed."},
    {"publisher": "A", "published": day(15), "text": "Iran threatened Israel with war. Russia did not support Iran."},
    {"publisher": "B", "published": day(16), "text": "Russia and China supported Iran on Monday; 100% of it."},
    {
        "publisher": "C",
        "published": day(17),
        "text": "Putin met Khamenei in Moscow on Tuesday.",
        "title": "Ein TREFFEN",
    },
    {"publisher": "A", "published": day(18), "text": "Israel attacked again on Wednesday."},
    {"publisher": "B", "published": day(19), "text": "A former minister accused Iran of lying."},
    {"publisher": "C", "published": day(20), "text": "Perhaps something happened."},
    {"publisher": "A", "published": date(2025, 7, 1), "text": f"{ATTACK} Russia offered Iran its help."},
]
MENTIONS: list[dict[str, Any]] = [
    {"article_id": "a1", "end": len(ATTACK), **DATED},
    {"article_id": "a2", "end": len(ATTACK), **DATED},
    {"article_id": "a3", "end": len(ATTACK), **DATED},
    {"article_id": "a4", "event_type": "THREATEN", "source_actors": ["IRN"], "target_actors": ["ISR"]},
    {"article_id": "a4", "event_type": "SUPPORT", "source_actors": ["RUS"], "status": "negated"},
    {"article_id": "a5", "event_type": "SUPPORT", "source_actors": ["RUS", "CHN"], "status": "reported"},
    {"article_id": "a6", "event_type": "CONSULT", "source_actors": ["RUS"], "mutual": True},
    {"article_id": "a7", "target_actors": []},
    {"article_id": "a8", "event_type": "ACCUSE", "source_actors": [PERSON]},
    {"article_id": "a9", "candidate": True},
    {"article_id": "a10", "end": len(ATTACK), **DATED},
    {"article_id": "a10", "event_type": "AGREE", "source_actors": ["RUS"]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the corpus of ten articles; no part of its name is a pattern or an end."""
    return write_parts(tmp_path / "ten [1]* 'x'; ü", ARTICLES, MENTIONS, {"a3": "a2"})


@pytest.fixture
def held(folder: Path) -> Archive:
    return open_archive(str(folder))


def choose(held: Archive, **asked: str) -> Chosen:
    return choose_mentions(held, read_selection(asked, ACTORS, held))


def tie(held: Archive, **asked: str) -> Tied:
    return tellings.tie_mentions(choose(held, **asked), PERSONS)


def ids_of(chosen: Chosen) -> set[str]:
    """Return the articles of which a mention is selected, without their letter."""
    rows = chosen.base.execute("SELECT DISTINCT article_id FROM found").fetchall()
    return {row[0].removeprefix("a") for row in rows}


# --- what is counted ---


def test_ten_articles_are_counted_as_by_hand(held: Archive) -> None:
    told = tellings.count_selected(choose(held))
    assert told == tellings.Totals(9, 1, 3, 10, 9, 7, "2025-06-13", "2025-07-01")


def test_an_event_weighs_once_in_each_pair_however_often_it_is_told(held: Archive) -> None:
    table = tellings.relate_mentions(tie(held), TYPES).set_index(["source_actor", "target_actor"])
    columns = ["cooperation", "conflict", "net", "tone", "n_events", "n_mentions", "n_publishers"]
    assert {pair: tuple(row) for pair, row in zip(table.index, table[columns].to_numpy(), strict=True)} == {
        ("RUS", "IRN"): (5.5, 0.0, 5.5, 1.8, 3, 3, 3),  # supports, meets, offers alone
        ("CHN", "IRN"): (3.5, 0.0, 3.5, 3.5, 1, 1, 1),
        ("CHN", "RUS"): (1.0, 0.0, 1.0, 1.0, 1, 1, 1),  # act together: like a talk
        ("IRN", "ISR"): (0.0, -6.0, -6.0, -6.0, 1, 1, 1),
        ("IRN", "RUS"): (1.0, 0.0, 1.0, 1.0, 1, 1, 1),
        ("ISR", "IRN"): (0.0, -9.5, -9.5, -9.5, 1, 3, 2),
        ("RUS", "CHN"): (1.0, 0.0, 1.0, 1.0, 1, 1, 1),
    }


def test_a_copy_speaks_if_nothing_that_it_copies_is_selected(held: Archive) -> None:
    told = tellings.count_selected(choose(held, publishers="C"))
    assert (told.articles, told.copies, told.mentions) == (2, 0, 2)


def test_the_course_counts_each_mention_once_for_all_and_once_for_its_pair(held: Archive) -> None:
    tied = tie(held)
    pairs = tellings.rank_pairs(tied, 2)
    course = tellings.follow_pairs(tied, pairs, TYPES, "W-SUN")
    assert pairs == ["IRN;ISR", "IRN;RUS"]  # a meeting has two directions, and is one mention
    assert course.groupby("pair")["n"].sum().to_dict() == {"": 9, "IRN;ISR": 4, "IRN;RUS": 3}
    assert course[course["pair"] == "IRN;RUS"].to_numpy().tolist() == [
        ["IRN;RUS", "2025-06-16", "2025-06-22", 1, 2, "B", "C"],
        ["IRN;RUS", "2025-06-30", "2025-07-06", 1, 1, "A", "A"],
    ]


def test_a_publisher_is_listed_with_what_it_copies_and_what_it_tells(held: Archive) -> None:
    table = tellings.list_publishers(choose(held), TYPES)
    assert table.to_numpy().tolist() == [
        ["A", 4, 0, 5, -6.7, "ASSAULT"],  # -9.5, -6, -9.5, -9.5, +1
        ["B", 3, 0, 3, -2.7, "ACCUSE"],
        ["C", 2, 1, 1, 1.0, "CONSULT"],
    ]


# --- what is selected ---


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actors": "RUS"}, "4 5 6 10"),
        ({"actors": "CHN, ISR"}, "1 2 3 4 5 7 10"),
        ({"actors": "RUS>IRN"}, "4 5 6 10"),
        ({"actors": "IRN>RUS"}, "6"),
        ({"actors": "CHN~RUS"}, "5"),
        ({"actors": "IRN~ISR"}, "1 2 3 4 10"),
        ({"since": "2025-06-18"}, "7 8 10"),
        ({"until": "2025-06-13"}, "1"),
        ({"types": "ACCUSE,CONSULT"}, "6 8"),
        ({"status": "negated"}, "4"),
        ({"publishers": "B;C"}, "2 3 5 6 8"),
        ({"words": "treffen"}, "6"),  # a headline
        ({"words": "MISSILES"}, "1 2 3 10"),
        ({"words": "100%25"}, "5"),
        ({"words": "khamenei;former minister"}, "6 8"),
        ({"words": "missiles", "actors": "RUS", "since": "2025-06-01"}, "10"),
    ],
)
def test_a_selection_keeps_what_fits(held: Archive, asked: dict[str, str], found: str) -> None:
    chosen = choose(held, **asked)
    assert ids_of(chosen) == set(found.split())
    assert read_selection(write_selection(chosen.selection), ACTORS, held) == chosen.selection


@pytest.mark.parametrize(
    "words", ["') OR 1=1; DROP TABLE found; --", "%", "_", "' OR ''='", "x') UNION SELECT 1 --", "\\", "?"]
)
def test_a_word_is_looked_for_as_it_stands_and_never_run(held: Archive, words: str) -> None:
    if words == "%":  # stands in one article
        assert ids_of(choose(held, words=words)) == {"5"}
        return
    with pytest.raises(InputError, match=r"fits; there are 11 by 3 publishers, from 2025-06-13 to 2025-07-01\.$"):
        choose(held, words=words)
    assert len(ids_of(choose(held))) == 9


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"actors": "RUS'; DROP TABLE found; --"}, "unknown here"),
        ({"actors": "Russia"}, "the nearest known one is RUS"),
        ({"types": "WAR"}, "types holds 'WAR'"),
        ({"publishers": "D"}, "choose from A, B, C"),
        ({"since": "June"}, "since date 'June' is no day"),
        ({"since": "2025-07-01", "until": "2025-06-01"}, "swap since and until"),
        ({"words": "a\nb"}, "on one line"),
        ({"words": "a\u2028b"}, "on one line"),
        ({"words": "\u202eabc"}, "cannot be seen"),
        ({"words": "x" * 201}, "at most 200"),
    ],
)
def test_a_selection_that_cannot_be_is_refused_in_a_sentence(held: Archive, asked: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        choose(held, **asked)


def _spoil(folder: Path, what: str) -> None:
    manifest = folder / "manifest.json"
    if what == "broken":
        manifest.write_text("{", encoding="utf-8")
    elif what == "empty":
        manifest.write_text(json.dumps({"articles": 0, "events": 0, "faults": 3}), encoding="utf-8")
    elif what == "old":
        for file in (folder / "events").iterdir():
            pq.write_table(pq.read_table(file).drop_columns(["candidate"]), file)
    else:
        for file in folder.glob(what):
            file.unlink()


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("manifest.json", r"it has no manifest\.json; `lagebild corpus"),
        ("broken", r"manifest\.json of the corpus .* is none"),
        ("empty", "holds no article"),
        ("events/*", "is not whole: events"),
        ("copies.parquet", "is not whole: copies"),
        ("old", "of another version: events.* lacks candidate"),
    ],
)
def test_what_is_no_whole_corpus_is_refused_with_the_remedy(folder: Path, what: str, says: str) -> None:
    _spoil(folder, what)
    with pytest.raises(InputError, match=says):
        open_archive(str(folder))


def test_without_the_extra_the_remedy_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(InputError, match=r'^A corpus needs rensa: pip install "lagebild\[corpus\]"\.$'):
        open_archive(str(folder))


@pytest.mark.parametrize("name", ["", "gone", "a\0b", "a\nb", "n" * 300])
def test_a_name_of_no_folder_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="corpus"):
        open_archive(name)


# --- peaks ---


def course_of(*counts: int, pair: str = "IRN;RUS") -> pd.DataFrame:
    """Return a course with so many mentions in each week from 2 January 2023 on."""
    weeks = pd.period_range("2023-01-02", periods=len(counts), freq="W-SUN")
    bounds = {"start": weeks.start_time.strftime("%Y-%m-%d"), "end": weeks.end_time.strftime("%Y-%m-%d")}
    return pd.DataFrame({"pair": pair, **bounds, "side": 1, "n": counts, "one": "Reuters", "other": "Tass"})


@pytest.mark.parametrize(
    ("counts", "tops"),
    [
        ([10] * 20, []),
        ([10, 12, 9, 11, 13, 8, 10, 14, 9, 11], []),  # as much as chance does
        ([10, 12, 9, 11, 60, 8, 10, 14, 9, 11], [(4, 60)]),
        ([0] * 10 + [1] + [0] * 10, []),  # one mention is no peak
        ([0] * 10 + [9] + [0] * 10, [(10, 9)]),
        ([10] * 8 + [70, 40, 10, 10, 10, 80] + [10] * 9, [(13, 80)]),  # three between them: one peak
        ([10] * 8 + [70, 40, 10, 10, 10, 10, 80] + [10] * 9, [(8, 70), (14, 80)]),
        ([10, 90, 10, 10], []),  # too little to say what is usual
    ],
)
def test_a_peak_is_far_above_what_is_usual(counts: list[int], tops: list[tuple[int, int]]) -> None:
    course = course_of(*counts)
    found = peaks.find_peaks(course, "W-SUN")
    assert list(zip(found["top"], found["n"], strict=True)) == [(course["start"][at], n) for at, n in tops]
    assert list(found["number"]) == list(range(1, len(tops) + 1))
    assert (found["usual"] == pd.Series(counts).median()).all()


def test_weeks_without_a_mention_count_as_none() -> None:
    whole = pd.concat([course_of(*[5] * 20, pair=""), course_of(*[0] * 9, 8, *[0] * 10)])
    assert peaks.find_peaks(whole[whole["n"] > 0], "W-SUN").equals(peaks.find_peaks(whole, "W-SUN"))


def test_what_one_publisher_alone_tells_is_no_peak_unless_there_is_no_other() -> None:
    course = course_of(*[10] * 9, 60, *[10] * 10)
    alone = course.assign(other=["Reuters" if n == 60 else "Tass" for n in course["n"]])
    assert peaks.find_peaks(alone, "W-SUN").empty
    assert peaks.find_peaks(course, "W-SUN")["n"].tolist() == [60]
    assert peaks.find_peaks(course.assign(other="Reuters"), "W-SUN")["n"].tolist() == [60]


def test_of_many_peaks_the_highest_are_named_in_the_order_of_time() -> None:
    found = peaks.find_peaks(course_of(*itertools.chain(*([*[10] * 9, 40 + n] for n in range(12)))), "W-SUN", 3)
    assert found["n"].tolist() == [49, 50, 51]


def test_a_peak_is_shown_by_the_events_that_most_publishers_tell(held: Archive) -> None:
    asked = {"number": [1], "pair": ["IRN;ISR"], "start": ["2025-06-09"], "end": ["2025-06-15"]}
    quoted = peaks.quote_peaks(tie(held), pd.DataFrame(asked))
    columns = ["published", "publisher", "n_publishers", "event_type"]
    assert quoted[columns].to_numpy().tolist() == [
        ["2025-06-13", "A", 2, "ASSAULT"],
        ["2025-06-15", "A", 1, "THREATEN"],
    ]
    assert quoted["evidence"][0] == ATTACK


# --- a case ---


def test_weeks_and_publishers_take_turns_and_copies_come_last(tmp_path: Path) -> None:
    told = [("A", 2, 5), ("A", 3, 4), ("A", 4, 3), ("B", 5, 1), ("A", 9, 1), ("B", 10, 3)]  # publisher, day, mentions
    articles = [{"publisher": publisher, "published": day(at)} for publisher, at, _ in told]
    events = [{"article_id": f"a{k}"} for k, (_, _, n) in enumerate(told, start=1) for _ in range(n)]
    chosen = choose(open_archive(str(write_parts(tmp_path / "c", articles, events, {"a6": "a5"}))))
    assert pick_articles(chosen, 9) == (["a1", "a5", "a4", "a2", "a3", "a6"], 6)
    assert pick_articles(chosen, 2) == (["a1", "a5"], 6)


def test_a_selection_becomes_a_case_that_can_be_built_and_checked(held: Archive, tmp_path: Path) -> None:
    made = harvest_case(choose(held, actors="IRN~ISR;RUS"), Outline("tiny", most=6), str(tmp_path))
    assert made.notes[0].startswith("7 articles of the corpus fit; by --most 6 1 of them are left out: weeks")
    rows = read_rows(tmp_path / "data" / "cases" / "tiny" / "sources.csv")
    assert [(row["publisher"], row["published"], row["published_basis"]) for row in rows] == [
        ("A", "2025-06-13", "stated"),
        ("B", "2025-06-14", "stated"),
        ("A", "2025-06-15", "stated"),
        ("B", "2025-06-16", "stated"),
        ("C", "2025-06-17", "stated"),
        ("A", "2025-07-01", "stated"),
    ]
    paths = tiny(tmp_path, "2025-07-01")
    assert not [line.text for line in check_case(locate("tiny", "2025-07-01", root=str(tmp_path))) if line.is_fault]
    assert read_case_file(paths).draft
    assert len(dataset_of(paths).events) > 2


def test_a_copy_in_a_case_has_the_reporter_of_what_it_copies(held: Archive, tmp_path: Path) -> None:
    made = harvest_case(choose(held, words="witness"), Outline("copies"), str(tmp_path))
    assert [(row.article.publisher, row.reporter) for row in made.filed] == [("B", "B"), ("C", "B")]
    assert made.notes[0] == "2 articles of the corpus fit."


def test_the_line_in_the_case_makes_the_same_bytes_again(folder: Path, tmp_path: Path, call: Call) -> None:
    asked = ("--actors", "RUS,IRN", "--words", "it's; $(id) `x`;missiles", "--most", "3", "--title", "Ein Fall: #1")
    first, second = tmp_path / "first", tmp_path / "second"
    for project in (first, second):
        project.mkdir()
    code, said, _ = call("new", "war", "--corpus", str(folder), *asked, project=first)
    assert (code, "4 articles of the corpus fit; by --most 3 1 of them are left out" in said) == (0, True)
    head = (first / "data" / "cases" / "war" / "case.yml").read_text(encoding="utf-8").split("\n")[:3]
    assert all(row.startswith("# ") for row in head)
    program, *words = shlex.split(head[2][2:])
    assert program == "lagebild"
    assert call(*words, project=second)[0] == 0
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--corpus", "gone"), "There is no corpus in 'gone'"),
        (("--corpus", "gone", "a.txt"), "leave files and their options out"),
        (("--corpus", "gone", "--published", "2025-06-16"), "leave files and their options out"),
        (("--corpus", "gone", "--days-found"), "leave files and their options out"),
        (("--actors", "RUS", "a.txt"), "name it with --corpus DIR"),
        (("--most", "0", "--corpus", "gone"), "0 is not in the range"),
        (("--since", "June", "--corpus", "gone"), "is no day"),
    ],
)
def test_words_that_do_not_fit_together_are_refused(
    tmp_path: Path, call: Call, words: tuple[str, ...], says: str
) -> None:
    code, _, complaint = call("new", "war", *words, project=tmp_path)
    assert code > 0
    assert says in complaint


@pytest.mark.parametrize("name", ["../x", "a/b", "A b", "$(id)"])
def test_a_name_that_is_none_makes_no_case_of_a_corpus(held: Archive, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name of a case"):
        harvest_case(choose(held), Outline(name), str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("most", ["", "0", "-1", "many", "1.5"])
def test_a_number_of_articles_that_is_none_is_refused(most: str) -> None:
    with pytest.raises(InputError, match="The parameter most"):
        outline_case("war", most)


def test_a_text_that_no_case_can_hold_is_named_and_left_out(tmp_path: Path) -> None:
    texts = [{"text": "Israel attacked Iran."}, {"text": " \x07 "}, {"text": "x" * 600 + " Iran fell."}]
    corpus = write_parts(tmp_path / "c", texts, [{"article_id": f"a{n}"} for n in (1, 2, 3)])
    made = harvest_case(choose(open_archive(str(corpus))), Outline("war"), str(tmp_path))
    assert len(made.filed) == 1
    assert [line.split(":")[0].split(",")[0] for line in made.left] == ["a2", "a3"]


# --- pictures and the notebook ---


def charts_of(tied: Tied, labels: Labels) -> list[Chart]:
    told = tellings.count_selected(tied.chosen)
    unit = pictures.find_unit(told)
    course = tellings.follow_pairs(tied, tellings.rank_pairs(tied, 6), TYPES, unit)
    return [
        pictures.draw_course(course, peaks.find_peaks(course, unit), told, labels),
        pictures.draw_tones(tellings.relate_mentions(tied, TYPES), labels),
        pictures.draw_publishers(tellings.list_publishers(tied.chosen, TYPES), labels),
    ]


def test_pairs_are_ranked_by_the_mentions_that_their_courses_show(many: Archive) -> None:
    tied = tie(many)
    pairs = tellings.rank_pairs(tied, 40)
    counts = tellings.follow_pairs(tied, pairs, TYPES, "M").groupby("pair")["n"].sum()
    assert [counts[pair] for pair in pairs] == sorted((counts[pair] for pair in pairs), reverse=True)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Return a made-up corpus of 3,000 articles."""
    return open_archive(str(make_parts(tmp_path_factory.mktemp("many"), 3_000)))


@pytest.mark.parametrize("asked", [{}, {"since": "2025-03-01", "until": "2025-05-31"}, {"actors": "PAK"}])
def test_no_words_of_a_picture_overlap_or_leave_it(many: Archive, words: Labels, asked: dict[str, str]) -> None:
    for chart in charts_of(tie(many, **asked), words):
        level = [one for one in chart.picture.drawing.words if not one.angle]
        boxes = []
        for one in level:
            for at, line in enumerate(one.lines):
                wide, high = width(line, round(one.size), one.bold), one.size
                left = one.x - {"left": 0.0, "center": wide / 2, "right": wide}[one.anchor]
                middle = one.y + (at - (len(one.lines) - 1) / 2) * one.size * 1.26
                boxes.append((left, middle - high / 2, left + wide, middle + high / 2, line))
        for x0, y0, x1, y1, line in boxes:
            assert -1 <= x0 <= x1 <= chart.picture.width + 1, line
            assert -1 <= y0 <= y1 <= chart.picture.height + 1, line
        for box, other in itertools.combinations(boxes, 2):
            apart = box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            assert apart, (box, other)


def test_a_selection_of_what_did_not_happen_has_empty_pictures(held: Archive, words: Labels) -> None:
    tied = tie(held, status="negated")
    assert [len(chart.frame) for chart in charts_of(tied, words)] == [0, 0, 1]
    assert tellings.count_selected(tied.chosen).happened == 0
    assert peaks.quote_peaks(tied, peaks.find_peaks(course_of(), "W-SUN")).empty


def test_publishers_whose_names_begin_alike_have_a_bar_each(tmp_path: Path, words: Labels) -> None:
    alike = [{"publisher": "x" * 80 + end} for end in ("a", "b", "c")]
    corpus = write_parts(tmp_path / "c", alike, [{"article_id": f"a{n}"} for n in (1, 2, 3)])
    *_, tellers = charts_of(tie(open_archive(str(corpus))), words)
    assert tellers.frame["own"].tolist() == [1, 1, 1]


def test_a_mean_of_few_events_has_no_number(held: Archive, words: Labels) -> None:
    _, tones, _ = charts_of(tie(held), words)
    assert {one.lines for one in tones.picture.drawing.words if one.anchor == "center"} == {("·",)}


def test_what_a_corpus_says_of_itself_runs_nowhere(tmp_path: Path, words: Labels) -> None:
    evil = "<script>alert(1)</script>&<b>"
    corpus = write_parts(tmp_path / "c", [{"publisher": evil, "text": f"{evil} x"}], [{"article_id": "a1"}])
    for chart in charts_of(tie(open_archive(str(corpus))), words):
        assert "<script" not in chart.svg


def test_the_finding_says_that_mentions_are_no_events(held: Archive, words: Labels) -> None:
    said = say_corpus(tellings.count_selected(choose(held)), 10, ["IRN;RUS"], words)
    assert {"en": "roughly 7 different events", "de": "grob gerechnet 7 verschiedene Ereignisse"}[
        words.language
    ] in said
    assert {"en": "9 of 10 articles", "de": "9 von 10 Artikeln"}[words.language] in said
    assert {"en": "(3 publishers, ", "de": "(3 Herausgeber, "}[words.language] in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_notebook_makes_the_case_that_its_line_makes(
    folder: Path, tmp_path: Path, language: str, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    for project in (root, other):
        (project / "data" / "cases").mkdir(parents=True)
    place = os.path.relpath(folder, root)
    run_cells("corpus.ipynb", corpus=place, root=str(root), language=language, actors="RUS;IRN", case="war", most="4")
    capsys.readouterr()
    line = (root / "data" / "cases" / "war" / "case.yml").read_text(encoding="utf-8").split("\n")[2][2:]
    assert call(*shlex.split(line)[1:], project=other)[0] == 0
    assert fingerprint(root) == fingerprint(other)


def test_the_line_without_a_case_has_a_place_for_its_name(held: Archive) -> None:
    line = write_line(choose(held, since="2025-06-14"), outline_case("", "7"))
    assert shlex.split(line)[:4] == ["lagebild", "new", "NAME", "--corpus"]
    assert line.endswith(" --since 2025-06-14 --most 7")


@pytest.mark.parametrize("language", sample(["de", "en"], 1))
def test_without_a_corpus_the_notebook_codes_the_texts_of_the_first_case_once(language: str, tmp_path: Path) -> None:
    run_cells("corpus.ipynb", root=str(tmp_path), language=language)
    before = fingerprint(tmp_path)
    place = code_example(Paths("", "", language, str(tmp_path)))
    assert fingerprint(tmp_path) == before
    archive = open_archive(place, tmp_path)
    first, last = archive.base.execute("SELECT min(published), max(published) FROM articles").fetchall()[0]
    assert SMALL <= first.isoformat() <= last.isoformat() <= "2026-06-30"
    assert archive.counts["faults"] == 0 < archive.counts["events"]


def test_a_small_corpus_that_cannot_be_written_is_a_fault_of_the_place(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/built/russia-iran/corpus cannot be written"):
        code_example(Paths("", "", "en", str(tmp_path)))


@pytest.mark.slow
def test_the_notebook_runs_by_stock_papermill_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    before = fingerprint(folder)
    asked = {"corpus": str(folder), "root": str(PROJECT), "language": "de"}
    notebook = PROJECT / "notebooks" / "corpus.ipynb"
    papermill.execute_notebook(notebook, tmp_path / "out.ipynb", asked, cwd=tmp_path, progress_bar=False)
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    shown = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {output.output_type for output in shown} <= {"execute_result", "display_data"}
    drawn = [output.data.get("text/html", "").startswith("<img ") for output in shown]
    drawn += ["application/vnd.plotly.v1+json" in output.data for output in shown]
    assert sum(drawn) == 4
    assert fingerprint(folder) == before
    with pytest.raises(PapermillExecutionError, match="There is no parameter 'actor': the nearest is actors"):
        papermill.execute_notebook(notebook, tmp_path / "out.ipynb", {"actor": "RUS"}, cwd=tmp_path, progress_bar=False)
