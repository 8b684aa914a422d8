"""What leaves an edition for other programs: tables, a workbook, the graph, the timeline, the references.

The same tables give the same bytes: nothing is stamped with the time of the run. A new form is a function that returns
its text or its bytes, and a line in `save_exchange`.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Hashable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lagebild import core
from lagebild.analysis import find_blocs, signed_graph
from lagebild.charts import place_events
from lagebild.report.bibliography import write_csl_json
from lagebild.report.datapackage import describe_package

# --- Events as Slides of TimelineJS3 ---
# The storytelling tool of the Knight Lab shows one slide for each event; the form is described at
# https://timeline.knightlab.com/docs/json-format.html. A date is given to the year, month or day, as exactly as the
# event's own and no further; the words beside it say the rest ("about", "since"). TimelineJS shows the texts as HTML,
# so everything is escaped here.

Date = dict[str, int]


def write_timelinejs(
    reference: core.Reference, tables: Mapping[str, pd.DataFrame], case: core.Case, as_of: str, language: str
) -> str:
    """Return the dated events as JSON of TimelineJS3, in the order of their ids; the title says how many are left out.

    The group of an event is its lane in the charts.
    """
    labels = core.read_labels(reference, language)
    events, mentions = tables["events"], tables["mentions"].drop_duplicates("mention_id")
    pages = mentions.merge(tables["sources"], on="source_id", suffixes=("", "_page"))
    reported = core.group_rows(pages.sort_values("source_id", kind="stable"), "event_id")
    placed = place_events(events, case, core.read_offices(reference), reference.table("event_types"), labels)
    slides = [_make_slide(event, reported[event["event_id"]], labels) for event in core.records(placed)]
    slides.sort(key=lambda slide: str(slide["unique_id"]))
    undated = int((events["date"] == "").sum())
    notes = [case.question[language], labels("title.as_of", day=labels.day(as_of))]
    reviewed = mentions.drop_duplicates("mention_id")["reviewed"] == "yes"
    if case.draft and not reviewed.all():
        notes.append(labels("draft.banner", reviewed=int(reviewed.sum()), n=len(reviewed)))
    if undated:
        notes.append(labels("exchange.undated", n=undated))
    title = {
        "unique_id": "title",
        "text": {
            "headline": escape(case.title[language]),
            "text": "".join(f"<p>{escape(note)}</p>" for note in notes),
        },
    }
    return json.dumps({"title": title, "events": slides}, ensure_ascii=False, indent=1) + "\n"


def date_parts(edtf: str) -> tuple[Date, Date | None]:
    """Return start and end of a date as TimelineJS has them, never more exact than the date; no end if it has none.

    A date that leaves open since when stands at its end. An approximate day is given as its month, a season or quarter
    as its first and last month, a decade or century as its first and last year.
    """
    span = core.edtf.parse(edtf)
    start = _date_end(span.start, span.earliest) if span.earliest else _date_end(span.end, span.latest)
    end = _date_end(span.end, span.latest) if span.latest else start
    return start, end if end != start else None


def _date_end(part: str, bound: str) -> Date:
    """Return one end of a date: as exact as `part`, the day `bound` that it allows."""
    plain = part.rstrip("~?%")
    number = len(plain.split("-"))
    if plain != part:
        number = min(number, 2)  # about a day
    return dict(zip(("year", "month", "day")[:number], map(int, bound.split("-")), strict=False))


def _make_slide(event: Mapping[str, Any], reported: list[dict[str, Any]], labels: core.Labels) -> dict[str, Any]:
    start, end = date_parts(event["date"])
    standing = f"{labels.types[event['event_type']]}, {labels('status.' + event['status'])}"
    cited = {page["source_id"]: f"<li>{_cite(page, labels)}</li>" for page in reported}
    pages = "".join(cited.values())
    return {
        "unique_id": event["event_id"],
        "start_date": start,
        **({"end_date": end} if end else {}),
        "display_date": escape(labels.date(event["date"])),
        "group": escape(event["lane_name"]),
        "autolink": False,
        "text": {"headline": escape(event["label"]), "text": f"<p>{escape(standing)}</p><ul>{pages}</ul>"},
    }


def _cite(page: Mapping[str, Any], labels: core.Labels) -> str:
    title = escape(f"{labels.outlet(page['publisher'])}: {page['title']}")
    linked = f'<a href="{escape(page["url"])}">{title}</a>' if page["url"] else title
    return f"{linked}, {escape(labels.date(page['published']))}, {page['reliability']}{page['credibility']}"


# --- Tables, Workbook and Graph ---

LOGGER = logging.getLogger(__name__)
DiGraph: TypeAlias = "nx.DiGraph[str]"  # quoted: only the stubs of networkx know of the type of a node
EDGE = ("sign", "net", "cooperation", "conflict", "n_events", "n_contested", "n_publishers", "event_ids")
WIDEST = 400  # pixels: a column of sentences leaves room for its neighbours
LONGEST_CELL = 32_767  # characters: what a cell of a workbook can hold
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return a table as parquet; text, whole numbers and numbers keep their types."""
    buffer = io.BytesIO()
    texts: dict[Hashable, Any]
    texts = dict.fromkeys(frame.select_dtypes("str"), pd.StringDtype("pyarrow", na_value=np.nan))
    frame.astype(texts).to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


def to_xlsx(tables: Mapping[str, pd.DataFrame], as_of: str) -> bytes:
    """Return tables as a workbook for Excel and LibreOffice: a sheet for each, its head frozen, its rows to filter.

    A text stays a text, whatever it begins with: none is a formula, a link or a date; so dates are EDTF, as in the
    tables. The workbook says that it was written on the as-of date.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, AS_TEXT) as book:
        book.set_properties({"created": datetime.fromisoformat(as_of)})
        bold = book.add_format({"bold": True})
        for name, frame in tables.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(frame.columns), bold)
            for column, title in enumerate(frame.columns):
                for row, value in enumerate(frame[title], start=1):
                    _write_cell(sheet, row, column, value)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
            sheet.autofit(WIDEST)
    return buffer.getvalue()


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            LOGGER.debug("The workbook cuts a text of sheet %s, row %d: no cell holds so much.", sheet.name, row + 1)
        sheet.write_string(row, column, value[:LONGEST_CELL])
    elif not pd.isna(value):
        sheet.write_number(row, column, value)


def make_graph(reference: core.Reference, relations: pd.DataFrame) -> DiGraph:
    """Return the relation matrix as a signed directed graph: one edge for each direction in which something was done.

    Node attributes: label and name_en, name_de, type (state, person, …) and bloc, the number of the bloc in which the
    actor stands (see `balance`; empty if no signed tie holds it). Edge attributes: those of the table `relations`,
    and weight, the size of the net without its sign.
    """
    actors = {row["actor_id"]: row for row in reference.rows("actors")}
    tied = signed_graph(relations)
    tied.remove_nodes_from(list(nx.isolates(tied)))
    bloc_of: dict[str, str] = {}
    for number, bloc in enumerate(find_blocs(tied), start=1):
        bloc_of |= dict.fromkeys(bloc, str(number))
    graph: DiGraph = nx.DiGraph()
    for name in sorted({*relations["source_actor"], *relations["target_actor"]}):
        actor = actors.get(name, {"name_de": "", "name_en": "", "type": ""})
        graph.add_node(
            name,
            label=actor["name_en"] or name,
            name_de=actor["name_de"],
            name_en=actor["name_en"],
            type=actor["type"],
            bloc=bloc_of.get(name, ""),
        )
    for row in core.records(relations):
        tie = {column: row[column] for column in EDGE}
        graph.add_edge(row["source_actor"], row["target_actor"], **tie, weight=abs(row["net"]))
    return graph


def to_graphml(graph: DiGraph) -> bytes:
    """Return a graph as GraphML."""
    return ("\n".join(nx.generate_graphml(graph)) + "\n").encode()


# --- All Forms of an Edition ---


def save_exchange(
    reference: core.Reference, paths: core.Paths, held: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> list[Path]:
    """Write the tables of an edition in the forms of other programs, and return the files.

    Tables that are `held` already, by name, need not be read once more.

    Beside the tables: `datapackage.json`. In the folder `exchange`: a parquet file of each table and all of them as
    `tables.xlsx`, the relations as `relations.graphml`, the events as `timeline-LANGUAGE.json` for TimelineJS3, the
    pages as `sources.csl.json`.
    """
    case, tables = core.read_case_file(paths), read_built(paths, held)
    written = {name: (paths.built / core.TABLES[name].file).read_bytes().decode() for name in tables}
    timeline = write_timelinejs(reference, tables, case, paths.as_of, paths.language)
    english = core.read_labels(reference, "en")  # what bears no language in its name is the same in every one
    contents = {f"exchange/{name}.parquet": to_parquet(frame) for name, frame in tables.items()}
    contents |= {
        "exchange/tables.xlsx": to_xlsx(tables, paths.as_of),
        "exchange/relations.graphml": to_graphml(make_graph(reference, tables["relations"])),
        f"exchange/timeline-{paths.language}.json": timeline.encode(),
        "exchange/sources.csl.json": write_csl_json(tables["sources"], english).encode(),
        "datapackage.json": describe_package(paths, case, tables["sources"], written).encode(),
    }
    for name, content in contents.items():
        core.disk.write_bytes(paths.built / name, content)
    return [paths.built / name for name in contents]


def read_built(paths: core.Paths, held: Mapping[str, pd.DataFrame] = MappingProxyType({})) -> dict[str, pd.DataFrame]:
    """Return every table that the run has built for this edition so far, by name; those that are `held` as they are."""
    tables = {}
    for name in core.schema.built_tables():
        if name not in core.schema.ABOUT_THE_RUN and (paths.built / core.TABLES[name].file).is_file():
            tables[name] = held[name] if name in held else core.load(paths, name)
    return tables
