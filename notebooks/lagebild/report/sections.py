"""From an edition to the sections of its report: every sentence that states a number computes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import jinja2
import pandas as pd

from lagebild import __version__
from lagebild.analysis.balance import around, measure_balance, signed_graph
from lagebild.analysis.coverage import count_days, find_main_actors
from lagebild.analysis.jackknife import UNITS
from lagebild.analysis.relations import PAIR
from lagebild.charts.egonet import NAME as EGONET
from lagebild.charts.options import describe_move
from lagebild.charts.render import find_browser_version
from lagebild.coder.quality import ALL, UNREAD, count_types, summarize
from lagebild.core.case import LIKELIHOODS
from lagebild.core.csv_form import to_csv
from lagebild.core.paths import FACTS, FILES, LANGUAGES, TEMPLATES
from lagebild.core.schema import BEARINGS, CONFIDENCE, EVENT_TYPES, STATUSES, TABLES, ids
from lagebild.core.tables import read_case, records
from lagebild.corpus.sources import voices
from lagebild.dataset.decisions import in_force
from lagebild.report.datapackage import describe_package
from lagebild.report.edition import Edition, find_figures, measure

SECTIONS = (
    "judgements",
    "timeline",
    "relations",
    "dilemma",
    "contested",
    "robustness",
    "changes",
    "actors",
    "method",
    "quality",
    "sources",
    "annex",
)
ANNEX = ("events", "conditions")
ENTRIES = ["judgement", "answer", "option"]
# What the lead of the section counts, as one and as many.
COUNTED = (
    ("changes.events_one", "changes.events"),
    ("changes.conditions_one", "changes.conditions"),
    ("changes.changed_one", "changes.changed"),
    ("changes.relations_one", "changes.relations"),
    ("changes.questions_one", "changes.questions"),
)


# Whose versions decide on the bytes of a report, beside the Chromium that draws the charts.
MAKERS = ("Babel", "kaleido", "networkx", "pandas", "plotly", "weasyprint")


@dataclass(frozen=True)
class Section:
    """A part of the report: HTML for people; the first one also holds facts and files for the exporters.

    The facts say which edition this is, the files are its tables, by name: with them, an executed notebook is all that
    an exporter needs.
    """

    html: str
    facts: dict[str, str] | None = None
    files: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = {"text/html": self.html, FACTS: self.facts, FILES: self.files}
        return {kind: content for kind, content in bundle.items() if content}


def title_block(edition: Edition) -> Section:
    """Return the title, the question and its answer, and what the report rests on."""
    facts = {
        "title": edition.case.title[edition.paths.language],
        "question": edition.case.question[edition.paths.language],
        "language": edition.paths.language,
        "as_of": edition.paths.as_of,
        "case": edition.paths.case,
        "data": edition.hash,
        "by": edition.judgements.by.get(edition.paths.language, ""),
        "draft": edition.labels("draft.banner") if edition.unreviewed else "",
    }
    described = describe_package(edition.paths, edition.case, edition.tables)
    files = {TABLES[name].file: to_csv(frame) for name, frame in sorted(edition.tables.items())}
    section = _render(
        edition,
        "title",
        figures=find_figures(edition, EGONET),
        number=edition.number,
        previous=edition.case.previous(edition.paths.as_of),
        others=[language for language in LANGUAGES if language != edition.paths.language],
    )
    return replace(section, facts=facts, files={"datapackage.json": described} | files)


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
    """Return who does what to whom, what changed and how, who says what about whom, and who contests what."""
    changes, claims = edition.relation_changes, edition.claims
    figures = find_figures(edition, "relation-") + find_figures(edition, "saying-")
    earlier = changes["since"].iloc[0] if len(changes) else ""
    shown = changes[(changes["flipped"] == "yes") | ((changes["sign_before"] == "") & (changes["n_since"] > 0))]
    shown = shown.sort_values(["flipped", *PAIR], ascending=[False, True, True])
    rank = claims["contested"].map({"occurrence": 0, "particulars": 1, "no": 2})
    return _render(
        edition,
        "relations",
        figures={drawn["chart"].name: drawn for drawn in figures},
        earlier=earlier,
        changed=_known(shown),
        sayings=_known(edition.sayings),
        claims=records(claims.assign(rank=rank).sort_values(["rank", "event_id"])),
        contested=int((claims["contested"] != "no").sum()),
    )


def dilemma(edition: Edition) -> Section:
    """Return what pulls apart: the balance, its triads around the subject, the options with what each would change."""
    subject, unbalanced = edition.case.subject, edition.triads[edition.triads["balanced"] == "no"]
    outcomes = {row["option_id"]: row for row in records(edition.outcomes)}
    named = [name for row in outcomes.values() for bearing in BEARINGS for name in ids(row[bearing])]
    named += [name for entry in edition.judgements.options for name in entry.constraints]
    said = edition.data.statements[edition.data.statements["kind"] == "option"]
    balance = measure_balance(signed_graph(edition.relations))
    frustrated = balance.frustration.frustrated
    return _render(
        edition,
        "dilemma",
        figures=find_figures(edition, "options"),
        subject=subject,
        triads=records(around(unbalanced, subject)),
        balance=balance,
        ties=edition.labels.enumerate("–".join(map(edition.labels.actor, tie)) for tie in frustrated),
        outcomes=outcomes,
        moves={name: records(rows) for name, rows in edition.options.groupby("option_id")},
        constraints=sorted(dict.fromkeys(named)),
        said=records(said[said["language"] == edition.paths.language]) or records(said),
        bearings=BEARINGS,
        describe_move=describe_move,
    )


def contested(edition: Edition) -> Section:
    """Return the events that are contested, both sides shown, and the open questions with what answered them."""
    disputed = edition.data.events[edition.data.events["contested"] != "no"]
    return _render(edition, "contested", disputed=list(disputed["event_id"]))


def robustness(edition: Edition) -> Section:
    """Return what hangs on whom, what nobody reports, and the rule behind the words of confidence."""
    table, coverage_gaps = edition.robustness, edition.coverage_gaps
    entries = sorted(
        records(table[table["kind"].isin(ENTRIES)]),
        key=lambda row: (ENTRIES.index(row["kind"]), row["share_left"], row["finding"]),
    )
    quiet = {kind: records(coverage_gaps[coverage_gaps["kind"] == kind]) for kind in ("pair", "voice", "press", "gap")}
    days = coverage_gaps[coverage_gaps["kind"] == "days"].sort_values("n_days", ascending=False, kind="stable")
    return _render(
        edition,
        "robustness",
        cells=table[table["kind"] == "cell"].sort_values(["share_left", "finding"]),
        triads=table[table["kind"] == "triad"].sort_values(["share_left", "finding"]),
        entries=entries,
        jackknife=edition.jackknife.set_index("replicate_id"),
        kinds=[kind for kind, _ in UNITS],
        main=find_main_actors(edition.relations, edition.case.subject),
        n_days=count_days(edition.case, edition.paths.as_of),
        days=days,
        quiet=quiet,
        text={entry.entry_id: entry for entry in edition.judgements.entries()},
        words=CONFIDENCE,
    )


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    table, reported = edition.changes, edition.reported
    events, conditions = (table[(table["table"] == name) & (table["change"] == "new")] for name in ANNEX)
    known = table[table["table"].isin(ANNEX) & (table["change"] != "new")]
    signs = table[(table["table"] == "relations") & (table["field"] == "sign")]
    nets = {row["row"]: (row["before"], row["after"]) for row in records(table[table["field"] == "net"])}
    cells = [
        row | {"source": source, "target": target, "sign": (row["before"], row["after"]), "net": nets[row["row"]]}
        for row in sorted(records(signs), key=lambda row: (row["change"] == "new", row["row"]))
        for source, target in [ids(row["row"])]
    ]
    questions = {entry.entry_id: entry for entry in edition.judgements.questions}
    answered = [(questions[row["row"]], row["cause"]) for row in records(table[table["table"] == "questions"])]
    amounts = (len(events), len(conditions), known["row"].nunique(), len(cells), len(answered))
    return _render(
        edition,
        "changes",
        previous=edition.case.previous(edition.paths.as_of),
        counted=[
            edition.labels(one) if n == 1 else edition.labels(many, n=n)
            for n, (one, many) in zip(amounts, COUNTED, strict=True)
            if n
        ],
        new={
            name: sorted((row for row in part["row"] if row in reported), key=lambda row: _in_time(edition, row))
            for name, part in zip(ANNEX, (events, conditions), strict=True)
        },
        changed=records(known),
        cells=cells,
        answered=answered,
    )


def actors(edition: Edition) -> Section:
    """Return the actors with the offices they hold."""
    return _render(edition, "actors")


def method(edition: Edition) -> Section:
    """Return the method, the limits, and how to build the edition again."""
    tables = {by: records(voices(edition.data.sources, by)) for by in ("country", "standing", "reliability")}
    limits = [{"note": "notes"}.get(kind, kind) for kind in edition.wordings]
    limits += ["selection", *(["reconstruction"] if edition.judgements.entries() else []), "dates", "balance", "draft"]
    versions = [f"Lagebild {__version__}", *(f"{name} {version(name)}" for name in MAKERS), find_browser_version()]
    return _render(
        edition,
        "method",
        voices=tables,
        figures=measure(edition),
        limits=limits,
        command=edition.command,
        versions=[one for one in versions if one],
    )


def quality(edition: Edition) -> Section:
    """Return what people reviewed, what became of the drafts, and how good the draft coder is where it was measured."""
    return _render(
        edition,
        "quality",
        figures=measure(edition),
        quality=records(summarize(edition.reference, edition.labels)),
        types=[row for row in records(count_types(edition.reference)) if row["event_type"] != ALL],
        splits=UNREAD,
    )


def sources(edition: Edition) -> Section:
    """Return the sources with their grades."""
    return _render(edition, "sources")


def annex(edition: Edition) -> Section:
    """Return every event and condition with its sentences, in the order of time, and what one can search them by."""
    order = sorted(edition.reported, key=lambda name: _in_time(edition, name))
    events = set(edition.data.events["event_id"])
    parts = {"events": [n for n in order if n in events], "conditions": [n for n in order if n not in events]}
    reported, labels = edition.reported, edition.labels
    acts_for = dict(zip(edition.data.actors["actor_id"], edition.data.actors["acts_for"], strict=True))
    parties = {name: _find_parties(reported[name], acts_for) for name in order}
    decisions = in_force(read_case(edition.paths, "decisions"))
    types = [
        (name, labels.types[name]) for name in EVENT_TYPES if any(reported[n]["event_type"] == name for n in events)
    ]
    types += [
        (kind, labels(f"condition.{kind}")) for kind in sorted({reported[n]["kind"] for n in parts["conditions"]})
    ]
    return _render(
        edition,
        "annex",
        parts=parts,
        parties=parties,
        types=types,
        actors=sorted(
            ((one, labels.actor(one)) for one in set().union(*parties.values())), key=lambda pair: pair[1].casefold()
        ),
        statuses=[
            (one, labels(f"status.{one}")) for one in STATUSES if any(reported[n]["status"] == one for n in order)
        ],
        decided={row: records(rows) for row, rows in decisions.groupby("row")},
    )


def _find_parties(row: dict[str, Any], acts_for: dict[str, str]) -> list[str]:
    """Return who takes part in an event or condition, and for whom they act."""
    named = [*ids(row.get("source_actors", "")), *ids(row.get("target_actors", "")), *ids(row.get("actors", ""))]
    return sorted({*named, *(acts_for.get(name, "") for name in named)} - {""})


def _render(edition: Edition, name: str, **values: Any) -> Section:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["host"] = lambda url: urlsplit(url).hostname or ""
    environment.globals.update(
        edition=edition,
        paths=edition.paths,
        data=edition.data,
        labels=edition.labels,
        t=edition.labels,
        lang=edition.paths.language,
        reported=edition.reported,
        ids=ids,
        measured=measure(edition),
        bands=LIKELIHOODS,
    )
    return Section(environment.get_template(f"{name}.html.j2").render(**values))


def _known(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table with None where a number is unknown."""
    return records(frame.astype(object).where(frame.notna(), None))


def _in_time(edition: Edition, name: str) -> tuple[str, str, str]:
    """Return what sorts an event or condition by time; what has no date comes last."""
    row = edition.reported[name]
    return row["earliest"] or row["latest"] or "9999", row["latest"], name
