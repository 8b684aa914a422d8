"""The sections of a report that say what the situation is: every sentence that states a number computes it."""

from __future__ import annotations

from dataclasses import replace

from lagebild.analysis.balance import around, keep_firm, measure_balance, tie_graph
from lagebild.analysis.coverage import count_days, find_main_actors
from lagebild.analysis.jackknife import UNITS
from lagebild.analysis.relations import PAIR
from lagebild.core.csv_form import to_csv
from lagebild.core.paths import LANGUAGES
from lagebild.core.schema import DENSITY, TABLES, ids
from lagebild.core.tables import records
from lagebild.report.datapackage import describe_package
from lagebild.report.edition import Edition
from lagebild.report.section import Section, in_time, known_rows, render

SECTIONS = (
    "judgements",
    "explanations",
    "options",
    "outlook",
    "timeline",
    "relations",
    "contested",
    "robustness",
    "balance",
    "changes",
    "actors",
    "method",
    "quality",
    "sources",
    "annex",
)
ANNEX = ("events", "conditions")
PROPOSED = ("drafts", "statements")  # for whoever works on the case; a report hands on what people decided
ENTRIES = ["judgement", "answer", "option"]
# What the lead of the changes counts.
COUNTED = ("changes.events", "changes.conditions", "changes.changed", "changes.relations", "changes.questions")


def title_block(edition: Edition) -> Section:
    """Return the title, the question and its answer, and what the report rests on."""
    facts = {
        "title": edition.case.title[edition.paths.language],
        "question": edition.case.question[edition.paths.language],
        "language": edition.paths.language,
        "as_of": edition.paths.as_of,
        "case": edition.paths.case,
        "data": edition.hash,
        "edition": str(edition.number or ""),
        "by": edition.judgements.by.get(edition.paths.language, ""),
        "written": edition.judgements.written,
        "draft": edition.labels("draft.banner") if edition.unreviewed else "",
    }
    attached = {name: frame for name, frame in sorted(edition.tables.items()) if name not in PROPOSED}
    described = describe_package(edition.paths, edition.case, edition.tables, PROPOSED)
    files = {TABLES[name].file: to_csv(frame) for name, frame in attached.items()}
    section = render(
        edition,
        "title",
        number=edition.number,
        previous=edition.case.previous(edition.paths.as_of),
        others=[language for language in LANGUAGES if language != edition.paths.language],
    )
    return replace(section, facts=facts, files={"datapackage.json": described} | files)


def contents(edition: Edition) -> Section:
    """Return the table of contents."""
    return render(edition, "contents", sections=SECTIONS)


def key_judgements(edition: Edition) -> Section:
    """Return the key judgements, each with its likelihood, its confidence and its evidence."""
    return render(edition, "judgements")


def timeline(edition: Edition) -> Section:
    """Return the timeline: the whole time, then each period with every event labelled."""
    undated = edition.data.events[edition.data.events["date"] == ""]
    return render(edition, "timeline", undated=list(undated["event_id"]))


def relations(edition: Edition) -> Section:
    """Return who does what to whom, what changed and how, who says what about whom, and who contests what."""
    changes, claims = edition.relation_changes, edition.claims
    earlier = changes["since"].iloc[0] if len(changes) else ""
    shown = changes[(changes["flipped"] == "yes") | (changes["sign_before"] == "")]
    shown = shown.sort_values(["flipped", *PAIR], ascending=[False, True, True])
    rank = claims["contested"].map({"occurrence": 0, "particulars": 1, "no": 2})
    processes = edition.data.events.groupby("process")
    standing = edition.ties[edition.ties["strength"] != "thin"]  # of those that one act or outlet carries, the number
    return render(
        edition,
        "relations",
        ties=sorted(records(standing), key=lambda tie: (tie["strength"] != "firm", -abs(tie["net"]))),
        stages={str(name): list(told) for name, told in processes["event_id"]},
        outlets=dict(zip(edition.jackknife["replicate_id"], edition.jackknife["name"], strict=True)),
        earlier=earlier,
        changed=known_rows(shown),
        sayings=known_rows(edition.sayings),
        claims=records(claims.assign(rank=rank).sort_values(["rank", "event_id"])),
        contested=int((claims["contested"] != "no").sum()),
    )


def explanations(edition: Edition) -> Section:
    """Return the rival explanations, the evidence against each, and what would refute the one that leads."""
    table = edition.consistency
    rated = {str(name): {row["hypothesis"]: row for row in records(rows)} for name, rows in table.groupby("evidence")}
    entries = {entry.entry_id: entry for entry in edition.judgements.hypotheses}
    return render(
        edition,
        "explanations",
        ranked=[
            (entries[row["hypothesis"]], row) for row in records(edition.hypotheses.sort_values(["rank", "hypothesis"]))
        ],
        order=[entry.entry_id for entry in edition.judgements.hypotheses],
        rated={name: rated[name] for name in sorted(rated, key=lambda name: in_time(edition, name))},
        diagnostic=table.loc[table["diagnostic"] == "yes", "evidence"].nunique(),
        idle=table.loc[table["counts"] == "no", "evidence"].nunique(),
    )


def options(edition: Edition) -> Section:
    """Return the courses that are open, and what each would do by each criterion."""
    said = edition.data.statements[edition.data.statements["kind"] == "option"]
    return render(
        edition,
        "options",
        criteria=edition.judgements.criteria,
        stakes={entry.entry_id: {s.criterion: s for s in entry.stakes} for entry in edition.judgements.options},
        said=records(said[said["language"] == edition.paths.language]) or records(said),
    )


def outlook(edition: Edition) -> Section:
    """Return the scenarios with their likelihoods, what to watch, what became of either, and what follows for us."""
    known = set(edition.citable)
    foreseen = edition.judgements.scenarios + edition.judgements.indicators
    settled = {entry.entry_id for entry in foreseen if entry.answered_by and known.issuperset(entry.answered_by)}
    return render(edition, "outlook", settled=settled)


def balance(edition: Edition) -> Section:
    """Return which firm ties pull apart: the balance of the signed graph, and its triangles around the subject."""
    subject, unbalanced = edition.case.subject, edition.triads[edition.triads["balanced"] == "no"]
    measured = measure_balance(keep_firm(tie_graph(edition.ties)))
    frustrated = measured.frustration.frustrated
    return render(
        edition,
        "balance",
        subject=subject,
        triads=records(around(unbalanced, subject)) if subject else records(unbalanced),
        balance=measured,
        ties=edition.labels.enumerate("–".join(map(edition.labels.actor, tie)) for tie in frustrated),
    )


def contested(edition: Edition) -> Section:
    """Return the events that are contested, both sides shown, and the open questions with what answered them."""
    disputed = edition.data.events[edition.data.events["contested"] != "no"]
    return render(edition, "contested", disputed=list(disputed["event_id"]))


def robustness(edition: Edition) -> Section:
    """Return what hangs on whom, what nobody reports, and the rule behind the words of density."""
    table, coverage_gaps = edition.robustness, edition.coverage_gaps
    entries = sorted(
        records(table[table["kind"].isin(ENTRIES)]),
        key=lambda row: (ENTRIES.index(row["kind"]), row["share_left"], row["finding"]),
    )
    quiet = {kind: records(coverage_gaps[coverage_gaps["kind"] == kind]) for kind in ("pair", "voice", "press", "gap")}
    days = coverage_gaps[coverage_gaps["kind"] == "days"].sort_values("n_days", ascending=False, kind="stable")
    return render(
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
        words=DENSITY,
    )


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    table, citable = edition.changes, edition.citable
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
    return render(
        edition,
        "changes",
        previous=edition.case.previous(edition.paths.as_of),
        counted=[edition.labels(key, n=n) for n, key in zip(amounts, COUNTED, strict=True) if n],
        new={
            name: sorted((row for row in part["row"] if row in citable), key=lambda row: in_time(edition, row))
            for name, part in zip(ANNEX, (events, conditions), strict=True)
        },
        changed=records(known),
        cells=cells,
        answered=answered,
    )
