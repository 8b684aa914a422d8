"""From the tables of an edition to the sections of its report: every sentence that states a number computes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from lagebild import __version__
from lagebild.balance import count_unbalanced, signed_graph
from lagebild.case import LIKELIHOODS, Case, Judgements, read_case_file, read_judgements
from lagebild.figures import figure_json
from lagebild.labels import Labels, read_labels
from lagebild.matrices import draw_matrices
from lagebild.paths import TEMPLATES, Fault, Paths
from lagebild.review import Dataset
from lagebild.schema import ids
from lagebild.sources import voices
from lagebild.store import data_hash, load, read_reference, read_svg
from lagebild.timeline import Chart, draw_timeline

SECTIONS = (
    "judgements",
    "timeline",
    "relations",
    "dilemma",
    "contested",
    "changes",
    "actors",
    "method",
    "sources",
    "annex",
)
DATASET = ("sources", "sentences", "mentions", "events", "conditions", "actors")
DERIVED = ("changes", "relations", "sayings", "triads", "options")


@dataclass(frozen=True)
class Section:
    """A part of the report: HTML for people, and for the first one the facts about the edition for the exporters."""

    html: str
    facts: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.html}
        return bundle | ({"application/vnd.lagebild+json": self.facts} if self.facts else {})


@dataclass(frozen=True)
class Edition:
    """All that one report is made from."""

    paths: Paths
    case: Case
    judgements: Judgements
    labels: Labels
    data: Dataset
    changes: pd.DataFrame
    relations: pd.DataFrame
    sayings: pd.DataFrame
    triads: pd.DataFrame
    options: pd.DataFrame

    @cached_property
    def hash(self) -> str:
        """Fingerprint of the dataset."""
        tables = self.data.tables() | {name: getattr(self, name) for name in DERIVED}
        return data_hash(tables)

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """The charts of the report, by name, in the order in which they stand in it."""
        offices, types = read_reference("offices"), read_reference("event_types")
        subject, as_of = self.case.subject, self.paths.as_of
        drawn = draw_timeline(self.data.events, self.case, offices, types, as_of, self.labels)
        drawn += draw_matrices(self.relations, self.sayings, self.options, self.judgements, subject, self.labels)
        return {chart.name: chart for chart in drawn}

    @cached_property
    def told(self) -> dict[str, dict[str, Any]]:
        """Every event and condition with its mentions, ready to be shown, by id."""
        return dict(_tell(self))


def open_edition(paths: Paths) -> Edition:
    """Load everything that the report of an edition is made from.

    Raises
    ------
    Fault
        If a step before has not run, or a judgement cites what this edition does not know.
    """
    data = Dataset(**{name: load(paths, name) for name in DATASET})
    derived = {name: load(paths, name) for name in DERIVED}
    judgements = read_judgements(paths)
    fault = next(find_unknown(paths, judgements, data), None)
    if fault:
        raise Fault(fault)
    return Edition(paths, read_case_file(paths), judgements, read_labels(paths.language), data, **derived)


def find_unknown(paths: Paths, judgements: Judgements, data: Dataset) -> Iterator[str]:
    """Yield one sentence for each id that a judgement cites and the edition does not know."""
    known = set(data.events["event_id"]) | set(data.conditions["condition_id"])
    for entry in judgements.entries():
        cited = entry.evidence + entry.against + entry.constraints + tuple(e for c in entry.changes for e in c[2])
        for name in cited:
            if name not in known:
                yield (
                    f"data/cases/{paths.case}/judgements.yml, entry {entry.entry_id}: {name} is not known on "
                    f"{paths.as_of}; cite an event or condition that is, or give the entry a later as_of."
                )


def title_block(edition: Edition) -> Section:
    """Return the title, the question and its answer, and what the report rests on."""
    facts = {
        "title": edition.case.title[edition.paths.language],
        "language": edition.paths.language,
        "as_of": edition.paths.as_of,
        "case": edition.paths.case,
        "data": edition.hash,
        "by": edition.judgements.by or edition.case.by,
    }
    return replace(_render(edition, "title"), facts=facts)


def contents(edition: Edition) -> Section:
    """Return the table of contents."""
    return _render(edition, "contents", sections=SECTIONS)


def key_judgements(edition: Edition) -> Section:
    """Return the key judgements, each with its likelihood, its confidence and its evidence."""
    return _render(edition, "judgements")


def timeline(edition: Edition) -> Section:
    """Return the timeline: the whole time, then each period with every event labelled."""
    undated = edition.data.events[edition.data.events["date"] == ""]
    return _render(edition, "timeline", figures=_named(edition, "timeline"), undated=list(undated["event_id"]))


def relations(edition: Edition) -> Section:
    """Return the relation matrix and the matrix of who says what about whom, each with its table."""
    return _render(edition, "relations", figures=_named(edition, "relation-") + _named(edition, "saying-"))


def dilemma(edition: Edition) -> Section:
    """Return the options with the relations each would change, the constraints, and the triads that pull apart."""
    subject, graph = edition.case.subject, signed_graph(edition.relations)
    unbalanced = edition.triads[edition.triads["balanced"] == "no"]
    around = unbalanced[(unbalanced[["a", "b", "c"]] == subject).any(axis=1)]
    after = {}
    for entry in edition.judgements.options:
        flips = {
            target: 1 if change == "+" else -1
            for target, change, _ in entry.changes
            if graph.has_edge(entry.actor, target)
        }
        after[entry.entry_id] = count_unbalanced(graph, entry.actor, flips)
    constraints = list(dict.fromkeys(c for entry in edition.judgements.options for c in entry.constraints))
    today = {(row.option_id, row.target): row.today for row in edition.options.itertuples()}
    return _render(
        edition,
        "dilemma",
        figures=_named(edition, "options"),
        triads=around.to_dict("records"),
        unbalanced=len(unbalanced),
        after=after,
        before=len(around),
        constraints=constraints,
        today=today,
    )


def contested(edition: Edition) -> Section:
    """Return the events that are contested, both sides shown, and the open questions with what answered them."""
    disputed = edition.data.events[edition.data.events["contested"] != "no"]
    return _render(edition, "contested", disputed=list(disputed["event_id"]))


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    previous = edition.case.previous(edition.paths.as_of)
    new = edition.changes[edition.changes["change"] == "new"]
    other = edition.changes[edition.changes["change"] != "new"]
    counts = {table: int((new["table"] == table).sum()) for table in ("events", "conditions")}
    return _render(edition, "changes", previous=previous, new=new, other=other, counts=counts)


def actors(edition: Edition) -> Section:
    """Return the actors with the offices they hold."""
    return _render(edition, "actors")


def method(edition: Edition) -> Section:
    """Return the method, what was measured, and the limits."""
    sources = edition.data.sources
    tables = {by: voices(sources, by).to_dict("records") for by in ("country", "standing", "reliability")}
    return _render(edition, "method", voices=tables, figures=measure(edition), version=__version__)


def sources(edition: Edition) -> Section:
    """Return the sources with their grades."""
    return _render(edition, "sources")


def annex(edition: Edition) -> Section:
    """Return every event and condition with its sentences."""
    return _render(edition, "annex")


def measure(edition: Edition) -> dict[str, int]:
    """Return the figures about the dataset that the report states."""
    events, mentions, sentences = edition.data.events, edition.data.mentions, edition.data.sentences
    place = ["source_id", "sentence_no"]
    told = mentions[place].drop_duplicates()
    both = mentions.groupby("mention_id")["language"].nunique()
    return {
        "events": len(events),
        "conditions": len(edition.data.conditions),
        "mentions": mentions["mention_id"].nunique(),
        "sources": len(edition.data.sources),
        "publishers": edition.data.sources["reporter"].nunique(),
        "countries": edition.data.sources["country"].replace("", pd.NA).nunique(),
        "sentences": len(sentences[place].drop_duplicates()),
        "sentences_told": len(told),
        "bilingual": int((both > 1).sum()),
        "reviewed": mentions.loc[mentions["reviewed"] == "yes", "mention_id"].nunique(),
        "drafted": mentions.loc[mentions["origin"] == "drafted", "mention_id"].nunique(),
        "several_publishers": int((events["n_publishers"] > 1).sum()),
        "exact": int((events["earliest"].ne("") & (events["earliest"] == events["latest"])).sum()),
        "contested": int((events["contested"] != "no").sum()),
        "unknown_day": int((edition.data.sources["published_basis"] == "estimated").sum()),
    }


def _tell(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    language, labels = edition.paths.language, edition.labels
    sources = edition.data.sources.set_index("source_id").to_dict("index")
    mentions = edition.data.mentions
    texts = edition.data.sentences.set_index(["source_id", "language", "sentence_no"])
    order = mentions.assign(_own=mentions["language"] != language).sort_values(["mention_id", "_own"], kind="stable")
    shown = order.drop_duplicates("mention_id")
    for table, key in ((edition.data.events, "event_id"), (edition.data.conditions, "condition_id")):
        told_by = dict(iter(shown[shown[key] != ""].groupby(key)))
        for row in table.to_dict("records"):
            told = [
                mention
                | _sentence(mention, texts.loc[(mention["source_id"], mention["language"], mention["sentence_no"])])
                | {"source": sources[mention["source_id"]]}
                for mention in told_by[row[key]].to_dict("records")
            ]
            told.sort(key=lambda m: (m["stance"] == "denies", m["source"]["known_from"], m["mention_id"]))
            yield (
                row[key],
                row
                | {
                    "id": row[key],
                    "summary": row[f"summary_{language}"],
                    "when": labels.date(row["date"]),
                    "told": told,
                },
            )


def _sentence(mention: dict[str, Any], sentence: pd.Series) -> dict[str, str]:
    """Return the sentence in three parts: before the evidence, the evidence, after it."""
    start, end = mention["start"] - sentence["start"], mention["end"] - sentence["start"]
    return {"before": sentence["text"][:start], "after": sentence["text"][end:]}


def _named(edition: Edition, prefix: str) -> list[dict[str, Any]]:
    """Return the figures whose name starts so, with their number in the report, their svg and their JSON."""
    result = []
    for number, chart in enumerate(edition.charts.values(), start=1):
        if chart.name.startswith(prefix):
            svg = read_svg(edition.paths.figures / f"{chart.name}.svg", data_hash({chart.name: chart.frame}))
            result.append({"chart": chart, "number": number, "svg": Markup(svg), "json": Markup(figure_json(chart))})
    return result


def _render(edition: Edition, name: str, **values: Any) -> Section:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        edition=edition,
        paths=edition.paths,
        data=edition.data,
        labels=edition.labels,
        t=edition.labels,
        lang=edition.paths.language,
        told=edition.told,
        ids=ids,
        measured=measure(edition),
        bands=LIKELIHOODS,
        listed=_listed,
    )
    return Section(environment.get_template(f"{name}.html.j2").render(**values))


def _listed(cells: Iterable[str]) -> list[str]:
    """Return the ids of several list cells, each once, in order."""
    return list(dict.fromkeys(one for cell in cells for one in ids(cell)))
