"""What leaves an edition for other programs: tables, graph, timeline, bibliography, annotations, threat intelligence.

The same tables give the same bytes: nothing is stamped with the time of the run. A new form is a function `write_…` and
a line in `save_exchange`; one of more than a page, such as STIX or the references, is a module of its own.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import pandas as pd

from lagebild import __version__
from lagebild.analysis import find_blocs, signed_graph
from lagebild.charts import place_events
from lagebild.core import (
    ABOUT_THE_RUN,
    LANGUAGES,
    TABLES,
    Case,
    Labels,
    Paths,
    Reference,
    built_tables,
    group_rows,
    ids,
    load,
    parse,
    read_case,
    read_case_file,
    read_labels,
    read_offices,
    records,
    write_bytes,
)
from lagebild.report.bibliography import write_biblatex, write_csl_json
from lagebild.report.datapackage import LICENCE, describe_package, escape_address, is_own_wording, make_uuid, name_sides
from lagebild.report.stix import write_stix

# --- Events as Slides of TimelineJS3 ---
# The storytelling tool of the Knight Lab shows one slide for each event; the form is described at
# https://timeline.knightlab.com/docs/json-format.html. A date is given to the year, month or day, as exactly as the
# event's own and no further; the words beside it say the rest ("about", "since"). TimelineJS shows the texts as HTML,
# so everything is escaped here.

Date = dict[str, int]


def write_timelinejs(
    reference: Reference, tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, language: str
) -> str:
    """Return the dated events as JSON of TimelineJS3, in the order of their ids; the title says how many are left out.

    The group of an event is its lane in the charts.
    """
    labels = read_labels(reference, language)
    events, mentions = tables["events"], tables["mentions"].drop_duplicates("mention_id")
    pages = mentions.merge(tables["sources"], on="source_id", suffixes=("", "_page"))
    reported = group_rows(pages.sort_values("source_id", kind="stable"), "event_id")
    placed = place_events(events, case, read_offices(reference), reference.table("event_types"), labels)
    slides = [_make_slide(event, reported[event["event_id"]], labels) for event in records(placed)]
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
    span = parse(edtf)
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


def _make_slide(event: Mapping[str, Any], reported: list[dict[str, Any]], labels: Labels) -> dict[str, Any]:
    start, end = date_parts(event["date"])
    standing = f"{labels.types[event['event_type']]}, {labels('status.' + event['status'])}"
    pages = "".join(
        f"<li>{_cite(page, labels)}</li>" for page in {page["source_id"]: page for page in reported}.values()
    )
    return {
        "unique_id": event["event_id"],
        "start_date": start,
        **({"end_date": end} if end else {}),
        "display_date": escape(labels.date(event["date"])),
        "group": escape(event["lane_name"]),
        "autolink": False,
        "text": {"headline": escape(event["label"]), "text": f"<p>{escape(standing)}</p><ul>{pages}</ul>"},
    }


def _cite(page: Mapping[str, Any], labels: Labels) -> str:
    title = escape(f"{labels.outlet(page['publisher'])}: {page['title']}")
    linked = f'<a href="{escape(page["url"])}">{title}</a>' if page["url"] else title
    return f"{linked}, {escape(labels.date(page['published']))}, {page['reliability']}{page['credibility']}"


# --- The Evidence as Web Annotations ---
# Each mention points at its words, and says how they were coded. The form is the Web Annotation Data Model
# (https://www.w3.org/TR/annotation-model/) in JSON-LD: one collection with one page, in which every mention is one
# annotation. Its targets are
# - the span in the text file that we hold, in each language, as a quotation and as a position, which counts code points
#   as our offsets do; the file's address is relative to the place of `annotations.jsonld` in a project;
# - the page on the web: with the quotation if the text is its wording, and as a whole if the text is a note of our own,
#   of which no word stands on the page.
# Its bodies name event and actors, describe the event in both languages, tag it, and hold the whole coding as JSON.

TEXTS = "../../../../cases/{case}/texts/{source}.{language}.txt"  # from data/built/CASE/AS_OF/exchange
AROUND = 32  # characters before and after a quotation, by which it is found again
CODING = (
    *("event_id", "condition_id", "event_type", "mode", "context", "source_actors", "target_actors", "mutual"),
    *("date", "date_basis", "status", "speaker", "stance", "credibility", "rule", "origin", "reviewed", "reason"),
)
LISTS = ("source_actors", "target_actors", "speaker")
Row = Mapping[str, Any]


def write_annotations(
    paths: Paths,
    case: Case,
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[tuple[str, str], str],
    coders: Mapping[str, Sequence[str]],
    languages: Sequence[Labels],
) -> str:
    """Return the mentions of an edition as a collection of Web Annotations in JSON-LD, in the order of their ids.

    `texts` are those that we hold, by source and language, `coders` the people who coded or reviewed a mention,
    `languages` the words of each language in which it is described.
    """
    named = {row["event_id"]: row for row in records(tables["events"])}
    named |= {row["condition_id"]: row for row in records(tables["conditions"])}
    pages = {row["source_id"]: row for row in records(tables["sources"])}
    items_of = {row["actor_id"]: row["wikidata"] for row in records(tables["actors"])}
    annotations = []
    mentions = records(tables["mentions"].sort_values(["mention_id", "language"]))
    for mention_id, rows in groupby(mentions, lambda row: str(row["mention_id"])):
        spans = list(rows)
        first = spans[0]
        page, about = pages[first["source_id"]], named[first["event_id"] or first["condition_id"]]
        rule = {"type": "Software", "name": f"Lagebild {__version__}, {first['rule']}"}  # if no person has read it
        annotations.append(
            {
                "id": _name(paths.case, "mention", mention_id),
                "type": "Annotation",
                "motivation": "classifying",
                "creator": [{"name": name} for name in coders.get(mention_id, ())] or [rule],
                "body": [*_describe(first, about, languages), *_identify(first, items_of), _code(first, page)],
                "target": [*_point_at_texts(paths.case, spans, page, texts), *_point_at_page(spans, page)],
            }
        )
    rights = {"rights": LICENCE["path"]} if is_own_wording(tables["sources"]) else {}
    return json.dumps(_collect(paths, case, annotations, rights), ensure_ascii=False, indent=1) + "\n"


def _collect(paths: Paths, case: Case, annotations: list[dict[str, Any]], rights: Mapping[str, str]) -> dict[str, Any]:
    page = _name(paths.case, "annotations", paths.as_of, "page")
    filled = {"first": {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": annotations}, "last": page}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _name(paths.case, "annotations", paths.as_of),
        "type": "AnnotationCollection",
        "label": [f"{title} ({paths.as_of})" for title in case.title.values()],
        **rights,
        "generator": {"type": "Software", "name": f"Lagebild {__version__}"},
        "total": len(annotations),
    } | (filled if annotations else {})


def _describe(mention: Row, about: Row, languages: Sequence[Labels]) -> list[dict[str, Any]]:
    """Return what the words tell, in each language, and its type, or the kind of a condition."""
    described = [
        _text("describing", "; ".join(_list_facts(mention, about, labels)), language=labels.language)
        for labels in languages
    ]
    name = mention["event_id"] or mention["condition_id"]
    return [_text("identifying", name), *described, _text("classifying", mention["event_type"] or about["kind"])]


def _list_facts(mention: Row, about: Row, labels: Labels) -> list[str]:
    """Return the name of an event or condition, who does it to whom, when, how the text puts it, and who says so."""
    acting = name_sides(mention, labels)
    status, stance = labels(f"status.{mention['status']}"), labels(f"stance.{mention['stance']}")
    facts = [about[f"summary_{labels.language}"], acting, labels.date(mention["date"]), status]
    facts += [stance] if mention["stance"] != "supports" else []
    facts += [f"{labels('annex.speaker')} {labels.names(mention['speaker'])}"] if mention["speaker"] else []
    return [fact for fact in facts if fact]


def _identify(mention: Row, items_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a tag for each actor and for the status; an actor that Wikidata knows is its item."""
    acting = dict.fromkeys(actor for side in LISTS for actor in ids(mention[side]))
    known = [
        {"type": "SpecificResource", "purpose": "identifying", "source": f"http://www.wikidata.org/entity/{item}"}
        for actor in acting
        if (item := items_of.get(actor))
    ]
    return [*known, *(_text("tagging", tag) for tag in (mention["status"], *acting))]


def _code(mention: Row, page: Row) -> dict[str, Any]:
    """Return the whole coding as JSON, which no program need know the vocabulary of annotations to read."""
    coding = {name: list(ids(mention[name])) if name in LISTS else mention[name] for name in CODING}
    coding |= {"mention_id": mention["mention_id"], "source_id": page["source_id"], "reliability": page["reliability"]}
    held = {name: value for name, value in coding.items() if value}
    return _text("classifying", json.dumps(held, ensure_ascii=False), "application/json")


def _point_at_texts(
    case: str, spans: Sequence[Row], page: Row, texts: Mapping[tuple[str, str], str]
) -> Iterator[dict[str, Any]]:
    scope = {"scope": escape_address(page["url"])} if page["url"] else {}
    for span in spans:
        start, end, language = span["start"], span["end"], span["language"]
        address = TEXTS.format(case=case, source=page["source_id"], language=language)
        text = texts[page["source_id"], language]
        around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
        yield {
            "type": "SpecificResource",
            "source": {"id": address, "type": "Text", "format": "text/plain", "language": language},
            "selector": [_quote(span, around), {"type": "TextPositionSelector", "start": start, "end": end}],
        } | scope


def _point_at_page(spans: Sequence[Row], page: Row) -> list[dict[str, Any]]:
    if not page["url"]:
        return []
    address = escape_address(page["url"])
    if page["wording"] == "note":
        return [{"id": address, "type": "Text", "language": page["language"]}]
    own = [span for span in spans if page["language"].split("-")[0] == span["language"]]  # the others are translated
    return [{"type": "SpecificResource", "source": address, "selector": _quote(span, {})} for span in own]


def _quote(span: Row, around: Mapping[str, str]) -> dict[str, str]:
    held = {name: text for name, text in around.items() if text}
    return {"type": "TextQuoteSelector", "exact": span["evidence"]} | held


def _text(purpose: str, value: str, form: str = "text/plain", **more: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": form} | more


def _name(*names: str) -> str:
    return f"urn:uuid:{make_uuid(*names)}"


# --- All Forms of an Edition ---

DiGraph: TypeAlias = "nx.DiGraph[str]"  # quoted: only the stubs of networkx know of the type of a node
EDGE = ("sign", "net", "cooperation", "conflict", "n_events", "n_contested", "n_publishers", "event_ids")


def save_exchange(
    reference: Reference, paths: Paths, held: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> list[Path]:
    """Write the tables of an edition in the forms of other programs, and return the files.

    Tables that are `held` already, by name, need not be read once more.

    Beside the tables: `datapackage.json`. In the folder `exchange`: a parquet file of each table, the relations as
    `relations.graphml` and `relations.gexf`, the events as `timeline-LANGUAGE.json` for TimelineJS3, the pages as
    `sources.csl.json` and `sources.bib`, the evidence as `annotations.jsonld`, all of it as `stix.json`.
    """
    case, tables = read_case_file(paths), read_built(paths, held)
    written = {name: (paths.built / TABLES[name].file).read_bytes().decode() for name in tables}
    graph = make_graph(reference, tables["relations"])
    timeline = write_timelinejs(reference, tables, case, paths.as_of, paths.language)
    words = {language: read_labels(reference, language) for language in LANGUAGES}
    coders, texts = read_coders(paths, case), read_texts(paths, tables["mentions"])
    english = words["en"]  # what bears no language in its name is the same in every language of the report
    contents = {f"exchange/{name}.parquet": to_parquet(frame) for name, frame in tables.items()}
    contents |= {
        "exchange/relations.graphml": to_graphml(graph),
        "exchange/relations.gexf": to_gexf(graph, paths.as_of),
        f"exchange/timeline-{paths.language}.json": timeline.encode(),
        "exchange/sources.csl.json": write_csl_json(tables["sources"], english).encode(),
        "exchange/sources.bib": write_biblatex(tables["sources"], english).encode(),
        "exchange/annotations.jsonld": write_annotations(
            paths, case, tables, texts, coders, list(words.values())
        ).encode(),
        "exchange/stix.json": write_stix(paths, case, tables, reference).encode(),
        "datapackage.json": describe_package(paths, case, tables["sources"], written).encode(),
    }
    for name, content in contents.items():
        write_bytes(paths.built / name, content)
    return [paths.built / name for name in contents]


def read_built(paths: Paths, held: Mapping[str, pd.DataFrame] = MappingProxyType({})) -> dict[str, pd.DataFrame]:
    """Return every table that the run has built for this edition so far, by name; those that are `held` as they are."""
    built = [name for name in built_tables() if name not in ABOUT_THE_RUN]
    there = [name for name in built if (paths.built / TABLES[name].file).is_file()]
    return {name: held[name] if name in held else load(paths, name) for name in there}


def read_texts(paths: Paths, mentions: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the texts that hold the evidence, by source and language, to the character."""
    held = dict.fromkeys(zip(mentions["source_id"], mentions["language"], strict=True))
    return {(name, tongue): (paths.texts / f"{name}.{tongue}.txt").read_bytes().decode() for name, tongue in held}


def read_coders(paths: Paths, case: Case) -> dict[str, list[str]]:
    """Return the people who coded a mention or decided on it, by its id, each once."""
    coders: dict[str, list[str]] = {}
    for table, key in (("mentions", "mention_id"), ("decisions", "row")):
        for row in records(read_case(paths, table, case.draft)):
            known = coders.setdefault(row[key], [])
            known.extend([row["by"]] if row["by"] not in known else [])
    return coders


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return a table as parquet; text, whole numbers and numbers keep their types."""
    buffer = io.BytesIO()
    texts: dict[Hashable, Any]
    texts = dict.fromkeys(frame.select_dtypes("str"), pd.StringDtype("pyarrow", na_value=np.nan))
    frame.astype(texts).to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


def make_graph(reference: Reference, relations: pd.DataFrame) -> DiGraph:
    """Return the relation matrix as a signed directed graph: one edge for each direction in which something was done.

    Node attributes: label and name_en, name_de, type (state, person, …) and bloc, the number of the bloc in which the
    actor stands (see `balance`; empty if no signed tie holds it). Edge attributes: those of the table `relations`,
    and weight, the size of the net without its sign.
    """
    actors = {row["actor_id"]: row for row in reference.rows("actors")}
    tied = signed_graph(relations)
    tied.remove_nodes_from(list(nx.isolates(tied)))
    blocs = {actor: str(number) for number, bloc in enumerate(find_blocs(tied), 1) for actor in bloc}
    graph: DiGraph = nx.DiGraph()
    for name in sorted({*relations["source_actor"], *relations["target_actor"]}):
        known = {column: str(actors.get(name, {}).get(column, "")) for column in ("name_de", "name_en", "type")}
        graph.add_node(name, **{"label": known["name_en"] or name} | known, bloc=blocs.get(name, ""))
    for row in records(relations):
        tie = {column: row[column] for column in EDGE}
        graph.add_edge(row["source_actor"], row["target_actor"], **tie, weight=abs(row["net"]))
    return graph


def to_graphml(graph: DiGraph) -> bytes:
    """Return a graph as GraphML."""
    return ("\n".join(nx.generate_graphml(graph)) + "\n").encode()


def to_gexf(graph: DiGraph, as_of: str) -> bytes:
    """Return a graph as GEXF 1.2, dated with the as-of date: networkx would write the day of the run."""
    text = "\n".join(nx.generate_gexf(graph)) + "\n"
    return re.sub(r'lastmodifieddate="[^"]*"', f'lastmodifieddate="{as_of}"', text).encode()
