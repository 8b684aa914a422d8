"""The sections of a report that say what the situation is: every sentence that states a number computes it."""

from __future__ import annotations

from dataclasses import replace

from lagebild.charts import describe_week, find_week
from lagebild.coder import ACTS, describe_accuracy, describe_news
from lagebild.core import LANGUAGES, TABLES, Entry, folders, records, schema
from lagebild.report.datapackage import describe_package
from lagebild.report.details import by_id, count_changed, list_disputed, list_rated, part_settled
from lagebild.report.document import NOTHING, Section, render
from lagebild.report.edition import Edition

PROPOSED = ("drafts", "statements")  # for whoever works on the case; a report hands on what people decided
UNGRADED = schema.RELIABILITY[-1]  # Admiralty: cannot be judged
GOOD = schema.RELIABILITY[: schema.RELIABILITY.index("C")]  # Admiralty: usually reliable or better
NEWS_OF_PAGE_1 = ("changes.events", "changes.questions")
DECISIVE = 10  # pieces of evidence that a reader takes in at a glance


def title_block(edition: Edition) -> Section:
    """Return the title, the question and its answer, and what the report rests on."""
    previous = edition.case.previous(edition.paths.as_of)
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
        "draft": edition.banner,
    }
    described = describe_package(edition.paths, edition.case, edition.data.sources, edition.written, PROPOSED)
    files = {TABLES[name].file: text for name, text in sorted(edition.written.items()) if name not in PROPOSED}
    section = render(
        edition,
        "title",
        number=edition.number,
        previous=previous,
        changed=count_changed(edition, NEWS_OF_PAGE_1) if previous else "",
        contested=bool(list_disputed(edition)),
        files=_name_files(edition),
        others=[language for language in LANGUAGES if language != edition.paths.language],
    )
    return replace(section, facts=facts, files={"datapackage.json": described} | files)


def brief(edition: Edition) -> Section:
    """Return the second page: what to expect and to watch, what is unknown, what follows."""
    _, scenarios = part_settled(edition, "scenarios")
    _, indicators = part_settled(edition, "indicators")
    _, questions = part_settled(edition, "questions")
    if not (scenarios or indicators or questions or edition.judgements.consequences):
        return NOTHING
    return render(
        edition,
        "brief",
        scenarios=scenarios,
        indicators=indicators,
        questions=questions,
        weighed=_weigh_courses(edition),
    )


def key_judgements(edition: Edition) -> Section:
    """Return the key judgements, each with its likelihood, its confidence and its evidence."""
    return render(edition, "judgements") if edition.judgements.key_judgements else NOTHING


def explanations(edition: Edition) -> Section:
    """Return the rival explanations, the evidence that tells them apart, and what would refute each."""
    table, entries = edition.findings.consistency, by_id(edition.judgements.hypotheses)
    if not entries:
        return NOTHING
    ranked = records(edition.findings.hypotheses.sort_values(["rank", "hypothesis"]))
    rated = list_rated(edition)
    telling = table[(table["diagnostic"] == "yes") & (table["counts"] == "yes")]
    against = (telling["rating"] == "inconsistent").groupby(telling["evidence"]).sum()
    spoken = telling[telling["rating"] != "neutral"].groupby("hypothesis").size()
    most = set(against.sort_values(ascending=False, kind="stable").index[:DECISIVE])
    return render(
        edition,
        "explanations",
        ranked=[(entries[row["hypothesis"]], row) for row in ranked],
        order=list(entries),
        rated=rated,
        decisive={name: ratings for name, ratings in rated.items() if name in most},
        untested=[entry.heading[edition.paths.language] for name, entry in entries.items() if spoken.get(name, 0) < 2],
        diagnostic=table.loc[table["diagnostic"] == "yes", "evidence"].nunique(),
        idle=table.loc[table["counts"] == "no", "evidence"].nunique(),
    )


def interests(edition: Edition) -> Section:
    """Return what those involved want and fear, and what they can do."""
    return render(edition, "interests") if edition.judgements.interests else NOTHING


def options(edition: Edition) -> Section:
    """Return the courses that are open, and the sign of each by each criterion."""
    if not edition.judgements.options:
        return NOTHING
    return render(
        edition,
        "options",
        criteria=edition.judgements.criteria,
        signs=_read_signs(edition),
    )


def outlook(edition: Edition) -> Section:
    """Return the scenarios with their likelihoods, and what to watch."""
    _, scenarios = part_settled(edition, "scenarios")
    _, indicators = part_settled(edition, "indicators")
    if not scenarios + indicators:
        return NOTHING
    return render(edition, "outlook", scenarios=scenarios, indicators=indicators)


def timeline(edition: Edition) -> Section:
    """Return the week that leads, below the whole time counted; of a machine draft the first page of all of it."""
    events, as_of = edition.data.events, edition.paths.as_of
    week, dated = find_week(events, edition.case, as_of), events[events["date"] != ""]
    previous = edition.case.previous(as_of)
    if not edition.has_times:
        return NOTHING
    words = describe_week(week, len(dated), previous, edition.labels) if week else ""
    return render(edition, "timeline", week=words, undated=len(events) - len(dated), dated=len(dated))


def relations(edition: Edition) -> Section:
    """Return how those that matter stand to each other, and how it came to that."""
    return render(edition, "relations") if len(edition.findings.relations) else NOTHING


def contested(edition: Edition) -> Section:
    """Return the events that are contested, and who says what of them: those with two sides."""
    disputed = list_disputed(edition)
    shown = [row for row in disputed if row["contested"] == "occurrence"] or disputed  # the particulars: in the annex
    return render(edition, "contested", shown=shown) if disputed else NOTHING


def basis(edition: Edition) -> Section:
    """Return what the report rests on, and what it cannot show, in half a page."""
    sources = edition.data.sources
    return render(
        edition,
        "basis",
        graded=bool((sources["reliability"] != UNGRADED).any()),
        good=int(sources["reliability"].isin(GOOD).sum()),
        state=int((sources["standing"] == "state").sum()),
        news=describe_news(edition.reference, edition.paths.language, read_too=bool(edition.case.model)),
        accuracy=describe_accuracy(edition.reference),
        mixed=bool((edition.data.matters["matter"] != ACTS).any()),
        limits=_list_limits(edition),
        files=_name_files(edition),
    )


def _list_limits(edition: Edition) -> list[str]:
    limits = ["notes" if kind == "note" else kind for kind in edition.wordings]
    limits.append("selection")
    if edition.judgements.entries():
        limits.append("reconstruction")
    limits.append("reports" if edition.case.draft else "dates")
    if len(edition.findings.relations):
        limits += ["balance", "draft"]
    return limits


def _name_files(edition: Edition) -> dict[str, str]:
    named = {kind: edition.paths.report(kind).name for kind in ("html", "pdf", "docx")}
    return named | {"annex": edition.paths.report("pdf", part=folders.ANNEX).name}


def _read_signs(edition: Edition) -> dict[tuple[str, str], tuple[str, str]]:
    """Return by option and criterion the sign, and whether evidence that counts carries it."""
    signs = {}
    for row in records(edition.findings.stakes):
        signs[row["option_id"], row["criterion"]] = (row["effect"], row["counts"])
    return signs


def _weigh_courses(edition: Edition) -> list[tuple[Entry, dict[str, list[str]]]]:
    """Return each course with the criteria that speak for and against it; in brackets what no firm evidence says."""
    if not edition.judgements.criteria:
        return []
    signs, weighed = _read_signs(edition), []
    for entry in edition.judgements.options:
        sides: dict[str, list[str]] = {"+": [], "-": []}
        for criterion in edition.judgements.criteria:
            name = criterion.name[edition.paths.language]
            effect, counts = signs.get((entry.entry_id, criterion.criterion_id), ("?", "no"))
            if effect in sides:
                sides[effect].append(name if counts == "yes" else f"({name})")
        weighed.append((entry, sides))
    return weighed
