"""The door for analysts: typed frames of an edition, figures with real axes, and notebooks that begin in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lagebild
import numpy as np
import pandas as pd
import pytest
from hostile import SCRIPT
from lagebild.core.errors import InputError
from lagebild.core.schema import TABLES, built_tables
from lagebild.core.tables import records
from papermill.exceptions import PapermillExecutionError
from runs import copy_tiny, execute

DAY = "2025-06-16"


@pytest.fixture(scope="module")
def edition(tiny_run: Path) -> lagebild.OpenEdition:
    return lagebild.open_edition("tiny", DAY, "en", root=str(tiny_run))


# --- frames


@pytest.mark.parametrize("name", [*built_tables(), "decisions"])
def test_every_table_of_the_dictionary_is_a_frame_of_the_same_rows(name: str, edition: lagebild.OpenEdition) -> None:
    file = edition.paths.built / TABLES[name].file if name in TABLES else edition.paths.inputs / "decisions.csv"
    if not file.is_file():
        pytest.skip("no step wrote it")
    frame = getattr(edition, name)
    columns = TABLES[name if name in TABLES else f"case/{name}"].columns
    assert set(columns) <= set(frame)
    if name != "mentions":  # which have a row for each language on the disk
        assert len(frame) == len(pd.read_csv(file, dtype=str))


def test_a_frame_has_days_as_days_lists_as_lists_and_names_beside_ids(edition: lagebild.OpenEdition) -> None:
    events = edition.events
    assert {str(events[name].dtype) for name in ("earliest", "latest", "known_from")} == {"datetime64[us]"}
    assert events["mutual"].dtype == bool
    assert all(isinstance(cell, list) for cell in events["source_actors"])
    named = [[edition.names[actor] for actor in cell] for cell in events["source_actors"]]
    assert list(events["source_names"]) == named
    scale = edition.reference.table("event_types").set_index("event_type")
    assert events["intensity"].equals(events["event_type"].map(scale["intensity"]).rename("intensity"))
    assert list(events["summary"]) == list(events["summary_en"])


def test_a_frame_without_a_row_has_the_same_columns(edition: lagebild.OpenEdition) -> None:
    from lagebild.analysis.opening import type_columns

    table = TABLES["events"]
    empty = type_columns(pd.DataFrame(columns=list(table.columns), dtype=str), table)
    assert str(empty["latest"].dtype).startswith("datetime64")


def test_a_mention_stands_there_once_with_its_sentence_and_its_page(edition: lagebild.OpenEdition) -> None:
    mentions = edition.mentions
    assert mentions["mention_id"].is_unique
    pages = edition.sources.set_index("source_id")
    texts = edition.sentences.set_index(["source_id", "language", "sentence_no"])["text"]
    for row in records(mentions):
        sentence = texts[row["source_id"], row["language"], row["sentence_no"]]
        assert (row["sentence"], row["evidence"] in sentence) == (sentence, True)
        assert all(row[name] == pages[name][row["source_id"]] for name in ("publisher", "url"))


def test_the_acts_of_a_pair_sum_up_to_its_relation(edition: lagebild.OpenEdition) -> None:
    pair = ["source_actor", "target_actor"]
    acts = edition.acts[edition.acts["weighs"]]
    net = edition.relations.set_index(pair)["net"]
    assert (acts.groupby(pair)["adds"].sum().reindex(net.index, fill_value=0.0) - net).abs().max() < 0.05


def test_what_is_done_to_a_frame_leaves_the_next_one_whole(edition: lagebild.OpenEdition) -> None:
    spoilt = edition.events
    spoilt["summary"] = "nothing"
    del spoilt["latest"]
    assert "latest" in edition.events
    assert "nothing" not in set(edition.events["summary"])


def test_the_last_edition_is_opened_if_none_is_named(tiny_run: Path) -> None:
    opened = lagebild.open_edition("tiny", root=str(tiny_run))
    assert opened.paths.as_of == max(day.name for day in opened.paths.built.parent.glob("????-??-??"))


def test_an_edition_says_what_it_is_and_what_it_holds(edition: lagebild.OpenEdition) -> None:
    assert repr(edition) == f"<tiny, {DAY}, en: {len(edition.events)} events>"
    assert edition.question.endswith("?")
    assert {"events", "ties", "acts", "decisions"} <= set(dir(edition))
    assert edition.tables.loc["events", "rows"] == len(edition.events)
    assert SCRIPT not in edition._repr_html_()


WRONG = [
    (("tinny", DAY, "en"), r"^There is no case 'tinny'.*; the nearest is tiny\.$"),
    (("tiny", "2025-06-15", "en"), rf"^2025-06-15 is not built: the nearest edition that is built is {DAY}; or run"),
    (("tiny", "2025-06-31", "en"), r"^The as-of date '2025-06-31' is no day"),
    (("tiny", DAY, "fr"), r"^The language 'fr' is unknown: choose one of de, en\.$"),
    (("../tiny", DAY, "en"), r"^There is no case '../tiny': a name is up to 60 small letters"),
]


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_what_is_not_there_is_one_sentence_that_names_the_nearest(
    asked: tuple[str, str, str], said: str, tiny_run: Path
) -> None:
    with pytest.raises(InputError, match=said):
        lagebild.open_edition(*asked, root=str(tiny_run))


def test_a_case_that_nobody_ran_says_how_to(root: Path) -> None:
    with pytest.raises(InputError, match=r"^No edition of 'tiny' is built: run `lagebild run tiny` first\.$"):
        lagebild.open_edition("tiny", root=str(root))


def test_a_table_that_is_none_names_the_nearest(edition: lagebild.OpenEdition) -> None:
    with pytest.raises(AttributeError, match=r"no table 'relation'; the nearest is relations\.$"):
        _ = edition.relation


# --- figures


def test_a_timeline_has_every_dated_event_at_its_day_and_no_mark_on_another(edition: lagebild.OpenEdition) -> None:
    figure = lagebild.plots.timeline(edition.events)
    marks = [
        (pd.Timestamp(x), y)
        for trace in figure.data
        if trace.mode == "markers" and trace.hovertext is not None
        for x, y in zip(trace.x, trace.y, strict=True)
    ]
    dated = edition.events.dropna(subset=["earliest", "latest"], how="all")
    exact = dated[dated["earliest"] == dated["latest"]]
    assert len(marks) == len(set(marks)) == len(dated)
    assert set(exact["latest"]) <= {day for day, _ in marks}
    assert set(figure.layout.yaxis.ticktext) == set(dated["type"])


def test_a_list_column_parts_an_event_into_the_lanes_of_each(edition: lagebild.OpenEdition) -> None:
    figure = lagebild.plots.timeline(edition.events, lane="source_names")
    drawn = sum(len(trace.x) for trace in figure.data if trace.mode == "markers" and trace.hovertext is not None)
    assert drawn == edition.events.dropna(subset=["earliest", "latest"], how="all")["source_names"].str.len().sum()


def test_the_cells_of_a_matrix_are_the_relations(edition: lagebild.OpenEdition) -> None:
    (heat,) = lagebild.plots.matrix(edition.relations).data
    cells = {
        (heat.y[row], heat.x[column]): heat.z[row][column]
        for row, column in np.ndindex(*np.shape(heat.z))
        if not np.isnan(heat.z[row][column])
    }
    rows = edition.relations
    assert cells == {(row.source_name, row.target_name): row.net for row in rows.itertuples()}


def test_the_bars_of_a_course_add_up_to_the_net(edition: lagebild.OpenEdition) -> None:
    busiest = edition.relations.sort_values("n_events").iloc[-1]
    for ends in (("source_actor", "target_actor"), ("source_name", "target_name")):
        source, target = (busiest[end] for end in ends)
        figure = lagebild.plots.course(edition.acts, source, target, months=3)
        assert sum(sum(trace.y) for trace in figure.data) == pytest.approx(busiest["net"], abs=0.05)


def test_a_network_draws_each_tie_once(edition: lagebild.OpenEdition) -> None:
    figure = lagebild.plots.network(edition.ties)
    lines = [trace for trace in figure.data if trace.mode == "lines" and trace.x[0] is not None]
    assert len(lines) == len(edition.ties)
    assert {line.line.color for line in lines} <= {"#0072B2", "#C04A00", "#5F5F5F"}


def test_pointing_tells_sentence_and_page_and_no_markup_of_theirs(edition: lagebild.OpenEdition) -> None:
    hostile = edition.events.head(3).assign(summary=f"a {SCRIPT}", sentence=f"b {SCRIPT}", publisher=f"c {SCRIPT}")
    text = lagebild.plots.timeline(hostile).to_json()
    assert "alert" in text
    assert "<script" not in text.replace("\\u003c", "<")


@pytest.mark.parametrize("draw", ["timeline", "matrix", "course", "network"])
def test_a_figure_of_no_rows_is_an_empty_one_and_any_can_be_changed(draw: str, edition: lagebild.OpenEdition) -> None:
    frames = {"timeline": edition.events, "matrix": edition.relations, "course": edition.acts, "network": edition.ties}
    figure = getattr(lagebild.plots, draw)(frames[draw].head(0)).update_layout(title="Empty")
    assert figure.layout.title.text == "Empty"
    with pytest.raises(InputError, match=r"^The frame has no column '\w+'"):
        getattr(lagebild.plots, draw)(edition.sources)


def test_who_is_in_no_act_is_told_who_is_nearest(edition: lagebild.OpenEdition) -> None:
    with pytest.raises(InputError, match=r"^Nobody called 'Isreal' is the source .*; the nearest is Israel\. Persons"):
        lagebild.plots.course(edition.acts, "Isreal")
    with pytest.raises(InputError, match=r"^A bar cannot stand for 0 months"):
        lagebild.plots.course(edition.acts, months=0)


@pytest.mark.parametrize("months", [1, 3, 5, 24])
def test_a_bar_of_a_course_spans_its_months_and_stands_in_their_middle(
    months: int, edition: lagebild.OpenEdition
) -> None:
    figure = lagebild.plots.course(edition.acts, months=months)
    for trace in figure.data:
        for middle, width in zip(trace.x, trace.width if trace.width is not None else (), strict=True):
            half = pd.Timedelta(milliseconds=width / 0.85 / 2)
            begin, end = pd.Timestamp(middle) - half, pd.Timestamp(middle) + half
            assert (begin.round("h").day, end.round("h").day) == (1, 1)
            assert (end.year - begin.year) * 12 + end.month - begin.month in (months, months + 1, months - 1)


def test_a_date_of_which_only_the_end_is_known_is_a_bar_that_ends_in_its_mark(edition: lagebild.OpenEdition) -> None:
    event = edition.events.dropna(subset=["earliest", "latest"]).head(1)
    figure = lagebild.plots.timeline(event.assign(earliest=pd.Series([pd.NaT], event.index), date="../2025-06-13"))
    bars = [trace for trace in figure.data if trace.mode == "lines" and len(trace.x) == 3]
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.hovertext is not None and len(trace.x)]
    assert pd.Timestamp(bars[0].x[0]) < pd.Timestamp(bars[0].x[1]) == pd.Timestamp(marks[0].x[0])


@pytest.mark.parametrize("rows", [1, 2])
def test_a_few_rows_make_a_figure_too(rows: int, edition: lagebild.OpenEdition) -> None:
    lagebild.plots.matrix(edition.relations.head(rows))
    lagebild.plots.matrix(edition.relations, most=1)
    lagebild.plots.network(edition.ties.head(rows))
    lagebild.plots.timeline(edition.events.head(rows), lane="target_names")
    lagebild.plots.course(edition.acts.head(rows))


def test_a_figure_speaks_the_language_of_its_edition_or_the_one_that_is_asked_for(tiny_run: Path) -> None:
    edition = lagebild.open_edition("tiny", DAY, "de", root=str(tiny_run))
    assert "Zusammenarbeit" in lagebild.plots.timeline(edition.events).to_json()
    merged = edition.events.merge(edition.events[["event_id"]], on="event_id")
    assert "Zusammenarbeit" in lagebild.plots.timeline(merged, language="de").to_json()
    with pytest.raises(InputError, match=r"^The language 'fr' is unknown"):
        lagebild.plots.timeline(merged, language="fr")


def test_who_counts_for_whom_can_be_asked_anew(edition: lagebild.OpenEdition) -> None:
    folded, persons = edition.list_acts(), edition.list_acts("persons")
    assert folded.equals(edition.acts)
    assert set(persons["source_actor"]) > set(folded["source_actor"]) - set(persons["source_actor"])
    with pytest.raises(InputError, match="There is no way"):
        edition.list_acts("all")


def test_the_example_of_a_pair_has_the_sign_of_its_net(edition: lagebild.OpenEdition) -> None:
    adds = edition.acts[edition.acts["weighs"]].set_index(["source_actor", "target_actor", "summary"])["adds"]
    for row in records(edition.relations[edition.relations["net"] != 0]):
        told = adds.loc[row["source_actor"], row["target_actor"], row["summary"]]
        assert (np.sign(told) == np.sign(row["net"])).any()


# --- the beginning of a notebook


@pytest.mark.slow
def test_a_wrong_value_is_one_sentence_in_the_notebook_and_the_error(tmp_path: Path) -> None:
    copy_tiny(tmp_path)
    with pytest.raises(PapermillExecutionError) as error:
        execute("01-sources.ipynb", tmp_path, tmp_path, case="tinny")
    (line,) = error.value.traceback
    assert line.startswith("There is no case 'tinny'")
    assert "Traceback" not in (tmp_path / "01-sources.ipynb").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_parameter_whose_name_is_mistyped_stops_the_notebook(tmp_path: Path) -> None:
    copy_tiny(tmp_path)
    with pytest.raises(PapermillExecutionError) as error:
        execute("01-sources.ipynb", tmp_path, tmp_path, as_off=DAY)
    assert error.value.traceback == [
        "There is no parameter 'as_off': the nearest is as_of; this notebook has case, as_of, language, root, output."
    ]


@pytest.mark.slow
def test_importing_the_package_loads_no_pandas() -> None:
    code = "import lagebild, sys; sys.exit('pandas' in sys.modules or 'plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
