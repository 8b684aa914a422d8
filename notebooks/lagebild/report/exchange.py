"""What leaves an edition for other programs: tables, graph, timeline, bibliography, annotations, threat intelligence.

The same tables give the same bytes: nothing is stamped with the time of the run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import pandas as pd

from lagebild.analysis.balance import signed_graph
from lagebild.analysis.frustration import find_blocs
from lagebild.core.case import Case, read_case_file
from lagebild.core.files import write_bytes
from lagebild.core.labels import read_labels
from lagebild.core.paths import LANGUAGES, Paths
from lagebild.core.reference import Reference
from lagebild.core.schema import ABOUT_THE_RUN, TABLES, built_tables
from lagebild.core.tables import load, read_case, records
from lagebild.report.annotations import write_annotations
from lagebild.report.bibliography import write_biblatex, write_csl_json
from lagebild.report.datapackage import describe_package
from lagebild.report.stix import write_stix
from lagebild.report.timelinejs import write_timelinejs

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
    graph = make_graph(reference, tables["relations"])
    timeline = write_timelinejs(reference, tables, case, paths.as_of, paths.language)
    spoken = {language: read_labels(reference, language) for language in LANGUAGES}
    coders, texts = read_coders(paths, case), read_texts(paths, tables["mentions"])
    english = spoken["en"]  # what bears no language in its name is the same in every language of the report
    contents = {f"exchange/{name}.parquet": to_parquet(frame) for name, frame in tables.items()}
    contents |= {
        "exchange/relations.graphml": to_graphml(graph),
        "exchange/relations.gexf": to_gexf(graph, paths.as_of),
        f"exchange/timeline-{paths.language}.json": timeline.encode(),
        "exchange/sources.csl.json": write_csl_json(tables["sources"], english).encode(),
        "exchange/sources.bib": write_biblatex(tables["sources"], english).encode(),
        "exchange/annotations.jsonld": write_annotations(
            paths, case, tables, texts, coders, list(spoken.values())
        ).encode(),
        "exchange/stix.json": write_stix(paths, case, tables, reference).encode(),
        "datapackage.json": describe_package(paths, case, tables["sources"], read_written(paths, tables)).encode(),
    }
    for name, content in contents.items():
        write_bytes(paths.built / name, content)
    return [paths.built / name for name in contents]


def read_built(paths: Paths, held: Mapping[str, pd.DataFrame] = MappingProxyType({})) -> dict[str, pd.DataFrame]:
    """Return every table that the run has built for this edition so far, by name; those that are `held` as they are."""
    built = [name for name in built_tables() if name not in ABOUT_THE_RUN]
    there = [name for name in built if (paths.built / TABLES[name].file).is_file()]
    return {name: held[name] if name in held else load(paths, name) for name in there}


def read_written(paths: Paths, names: Iterable[str]) -> dict[str, str]:
    """Return the files of tables that the run has built, as text, by the names of the tables."""
    return {name: (paths.built / TABLES[name].file).read_bytes().decode() for name in names}


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
    actor stands (see `frustration`; empty if no signed tie holds it). Edge attributes: those of the table `relations`,
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
