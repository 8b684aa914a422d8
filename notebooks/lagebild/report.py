"""From an edition to the sections of its report: every sentence that states a number computes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import jinja2

from lagebild import __version__
from lagebild.balance import count_unbalanced, signed_graph
from lagebild.case import LIKELIHOODS
from lagebild.edition import Edition, find_figures, measure
from lagebild.paths import TEMPLATES
from lagebild.quality import UNREAD, summarize
from lagebild.schema import ids
from lagebild.sources import voices
from lagebild.store import records

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


@dataclass(frozen=True)
class Section:
    """A part of the report: HTML for people, and for the first one the facts about the edition for the exporters."""

    html: str
    facts: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.html}
        return bundle | ({"application/vnd.lagebild+json": self.facts} if self.facts else {})


def title_block(edition: Edition) -> Section:
    """Return the title, the question and its answer, and what the report rests on."""
    facts = {
        "title": edition.case.title[edition.paths.language],
        "language": edition.paths.language,
        "as_of": edition.paths.as_of,
        "case": edition.paths.case,
        "data": edition.hash,
        "by": edition.judgements.by.get(edition.paths.language, ""),
        "draft": edition.labels("draft.banner") if edition.unreviewed else "",
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
    return _render(edition, "timeline", figures=find_figures(edition, "timeline"), undated=list(undated["event_id"]))


def relations(edition: Edition) -> Section:
    """Return the relation matrix and the matrix of who says what about whom, each with its table."""
    return _render(edition, "relations", figures=find_figures(edition, "relation-") + find_figures(edition, "saying-"))


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
    return _render(
        edition,
        "dilemma",
        figures=find_figures(edition, "options"),
        triads=records(around),
        unbalanced=len(unbalanced),
        after=after,
        before=len(around),
        constraints=list(dict.fromkeys(c for entry in edition.judgements.options for c in entry.constraints)),
        today={(row["option_id"], row["target"]): row["today"] for row in records(edition.options)},
    )


def contested(edition: Edition) -> Section:
    """Return the events that are contested, both sides shown, and the open questions with what answered them."""
    disputed = edition.data.events[edition.data.events["contested"] != "no"]
    return _render(edition, "contested", disputed=list(disputed["event_id"]))


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    previous = edition.case.previous(edition.paths.as_of)
    new = edition.changes[edition.changes["change"] == "new"]
    order = sorted((row for row in new.loc[new["table"] == "events", "row"]), key=lambda name: _in_time(edition, name))
    other = edition.changes[edition.changes["change"] != "new"]
    counts = {table: int((new["table"] == table).sum()) for table in ("events", "conditions")}
    return _render(edition, "changes", previous=previous, new=order, other=other, counts=counts)


def actors(edition: Edition) -> Section:
    """Return the actors with the offices they hold."""
    return _render(edition, "actors")


def method(edition: Edition) -> Section:
    """Return the method, what was measured, and the limits."""
    tables = {by: records(voices(edition.data.sources, by)) for by in ("country", "standing", "reliability")}
    quality = records(summarize(edition.labels))
    limits = [{"note": "notes"}.get(kind, kind) for kind in edition.wordings]
    limits += ["selection", *(["reconstruction"] if edition.judgements.entries() else []), "dates", "balance"]
    limits += ["rules", "draft"]
    return _render(
        edition,
        "method",
        voices=tables,
        figures=measure(edition),
        version=__version__,
        quality=quality,
        splits=UNREAD,
        limits=limits,
    )


def sources(edition: Edition) -> Section:
    """Return the sources with their grades."""
    return _render(edition, "sources")


def annex(edition: Edition) -> Section:
    """Return every event and condition with its sentences, in the order of time."""
    order = sorted(edition.told, key=lambda name: _in_time(edition, name))
    events = set(edition.data.events["event_id"])
    parts = {"events": [n for n in order if n in events], "conditions": [n for n in order if n not in events]}
    return _render(edition, "annex", parts=parts)


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
    )
    return Section(environment.get_template(f"{name}.html.j2").render(**values))


def _in_time(edition: Edition, name: str) -> tuple[str, str, str]:
    """Return what sorts an event or condition by time; what has no date comes last."""
    row = edition.told[name]
    return row["earliest"] or row["latest"] or "9999", row["latest"], name
