"""The sections of the annex that hold what the analysis rests on: evidence, ties, disputes, robustness, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lagebild.analysis.balance import around, keep_firm, measure_balance, tie_graph
from lagebild.analysis.coverage import count_days, find_main_actors
from lagebild.analysis.jackknife import UNITS
from lagebild.analysis.relations import PAIR
from lagebild.analysis.sayings import SIDES
from lagebild.charts.look import NARROW
from lagebild.charts.own import OWN
from lagebild.core.judgements import Entry
from lagebild.core.schema import DENSITY, ids
from lagebild.core.tables import records
from lagebild.report.edition import Edition
from lagebild.report.section import NOTHING, Section, in_time, known_rows, render

LISTED = ("events", "conditions")
ENTRIES = ["judgement", "answer", "option"]
# What the lead of the changes counts.
COUNTED = ("changes.events", "changes.conditions", "changes.changed", "changes.relations", "changes.questions")


def ratings(edition: Edition) -> Section:
    """Return every piece of evidence against every explanation."""
    rated = list_rated(edition)
    return render(edition, "ratings", rated=rated, order=name_explanations(edition)) if rated else NOTHING


def stakes(edition: Edition) -> Section:
    """Return what each course would do by each criterion, in words, with its evidence."""
    if edition.stakes.empty:
        return NOTHING
    return render(
        edition,
        "stakes",
        criteria=edition.judgements.criteria,
        stakes={entry.entry_id: {s.criterion: s for s in entry.stakes} for entry in edition.judgements.options},
    )


def forecasts(edition: Edition) -> Section:
    """Return what earlier editions foresaw, and what became of it."""
    scenarios, indicators = (part_settled(edition, name)[0] for name in ("scenarios", "indicators"))
    if not scenarios + indicators:
        return NOTHING
    foreseen = min(entry.as_of for entry in scenarios + indicators)
    return render(edition, "forecasts", scenarios=scenarios, indicators=indicators, foreseen=foreseen)


def chronicle(edition: Edition) -> Section:
    """Return the whole timeline: all of it counted, then each period with every event labelled.

    Of a machine draft the first page stands in front already.
    """
    pages = [name for name in edition.charts if name.startswith("timeline") and not name.endswith(NARROW)]
    shown = pages[edition.case.draft :]
    if not shown:
        return NOTHING
    undated = edition.data.events[edition.data.events["date"] == ""]
    return render(edition, "chronicle", shown=shown, undated=[] if edition.case.draft else list(undated["event_id"]))


def ties(edition: Edition) -> Section:
    """Return who does what to whom in full, how firm each tie is, and what changed since an earlier day."""
    if edition.relations.empty:
        return NOTHING
    changes = edition.relation_changes
    shown = changes[(changes["flipped"] == "yes") | (changes["sign_before"] == "")]
    standing = edition.ties[edition.ties["strength"] != "thin"]  # of those that one act or outlet carries, the number
    processes = edition.data.events.groupby("process")
    return render(
        edition,
        "ties",
        ties=sorted(records(standing), key=lambda tie: (tie["strength"] != "firm", -abs(tie["net"]))),
        stages={str(name): list(told) for name, told in processes["event_id"]},
        outlets=dict(zip(edition.jackknife["replicate_id"], edition.jackknife["name"], strict=True)),
        earlier=changes["since"].iloc[0] if len(changes) and not _is_first_draft(edition) else "",
        changed=known_rows(shown.sort_values(["flipped", *PAIR], ascending=[False, True, True])),
    )


def own(edition: Edition) -> Section:
    """Return the charts of one's own, in the order of their names."""
    shown = [name for name in edition.charts if name.startswith(OWN)]
    return render(edition, "own", shown=shown) if shown else NOTHING


def disputes(edition: Edition) -> Section:
    """Return who says what about whom, who contests what, and both sides of what is contested, sentence by sentence."""
    claims = list_claims(edition)
    if not claims and edition.sayings.empty:
        return NOTHING
    contested = edition.data.events[edition.data.events["contested"] != "no"]
    return render(
        edition,
        "disputes",
        sayings=known_rows(edition.sayings),
        claims=claims,
        contested=sum(row["contested"] != "no" for row in claims),
        disputed=list(contested["event_id"]),
    )


def robustness(edition: Edition) -> Section:
    """Return what hangs on whom, what nobody reports, and the rule behind the words of density."""
    table, coverage_gaps = edition.robustness, edition.coverage_gaps
    if edition.case.draft and (table.empty or edition.data.sources["reporter"].nunique() < 2):
        return NOTHING  # what one outlet tells hangs on it: that is no finding
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


def balance(edition: Edition) -> Section:
    """Return which firm ties pull apart: the balance of the signed graph, and its triangles around the subject."""
    subject, unbalanced = edition.case.subject, edition.triads[edition.triads["balanced"] == "no"]
    measured = measure_balance(keep_firm(tie_graph(edition.ties)))
    if edition.case.draft and not measured.n:
        return NOTHING
    frustrated = measured.frustration.frustrated
    return render(
        edition,
        "balance",
        subject=subject,
        triads=records(around(unbalanced, subject)) if subject else records(unbalanced),
        balance=measured,
        ties=edition.labels.enumerate("–".join(map(edition.labels.actor, tie)) for tie in frustrated),
    )


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    previous = edition.case.previous(edition.paths.as_of)
    if not previous:
        return NOTHING
    new, known, cells, answered = find_changes(edition)
    return render(
        edition,
        "changes",
        previous=previous,
        lead=count_changed(edition),
        new={
            name: sorted((row for row in rows if row in edition.citable), key=lambda row: in_time(edition, row))
            for name, rows in new.items()
        },
        changed=known,
        cells=cells,
        answered=answered,
    )


def find_changes(
    edition: Edition,
) -> tuple[dict[str, list[str]], list[dict[str, Any]], list[dict[str, Any]], list[tuple[Entry, str]]]:
    """Return since the previous edition: ids of what is new, changed entries, changed signs, answered questions."""
    table = edition.changes
    new = {name: list(table.loc[(table["table"] == name) & (table["change"] == "new"), "row"]) for name in LISTED}
    known = records(table[table["table"].isin(LISTED) & (table["change"] != "new")])
    signs = table[(table["table"] == "relations") & (table["field"] == "sign")]
    nets = {row["row"]: (row["before"], row["after"]) for row in records(table[table["field"] == "net"])}
    cells = [
        row | {"source": source, "target": target, "sign": (row["before"], row["after"]), "net": nets[row["row"]]}
        for row in sorted(records(signs), key=lambda row: (row["change"] == "new", row["row"]))
        for source, target in [ids(row["row"])]
    ]
    questions = {entry.entry_id: entry for entry in edition.judgements.questions}
    answered = [(questions[row["row"]], row["cause"]) for row in records(table[table["table"] == "questions"])]
    return new, known, cells, answered


def count_changed(edition: Edition, told: Sequence[str] = COUNTED) -> str:
    """Return in a sentence how much of what is `told` is new since the previous edition."""
    new, known, cells, answered = find_changes(edition)
    amounts = (*map(len, new.values()), len({row["row"] for row in known}), len(cells), len(answered))
    counted = [edition.labels(key, n=n) for n, key in zip(amounts, COUNTED, strict=True) if n and key in told]
    previous = edition.labels.day(edition.case.previous(edition.paths.as_of))
    if not counted:
        return edition.labels("changes.none", previous=previous)
    return edition.labels("changes.lead", previous=previous, what=edition.labels.enumerate(counted))


def list_rated(edition: Edition) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the ratings of each piece of evidence, in the order of time, by explanation."""
    pieces = edition.consistency.groupby("evidence")
    rated = {str(name): {row["hypothesis"]: row for row in records(rows)} for name, rows in pieces}
    return {name: rated[name] for name in sorted(rated, key=lambda name: in_time(edition, name))}


def name_explanations(edition: Edition) -> list[str]:
    """Return the ids of the explanations in the order in which people wrote them."""
    return [entry.entry_id for entry in edition.judgements.hypotheses]


def list_claims(edition: Edition) -> list[dict[str, Any]]:
    """Return who claims, tells otherwise or denies which event, what is contested first."""
    rank = edition.claims["contested"].map({"occurrence": 0, "particulars": 1, "no": 2})
    return records(edition.claims.assign(rank=rank).sort_values(["rank", "event_id"]))


def _is_first_draft(edition: Edition) -> bool:
    """Whether nothing stood before: the days before a first pile of articles are no earlier state."""
    return edition.case.draft and not edition.case.previous(edition.paths.as_of)


def list_disputed(edition: Edition) -> list[dict[str, Any]]:
    """Return what is contested and has voices on two sides: those that claim, tell otherwise or deny."""
    sides = [(f"{side}_by", f"{side}_publishers") for side in SIDES]
    rows = (row for row in list_claims(edition) if row["contested"] != "no")
    return [row for row in rows if sum(any(row[voice] for voice in side) for side in sides) > 1]


def part_settled(edition: Edition, name: str) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of a part of the judgements that this edition answers, and those that are open."""
    entries, known = getattr(edition.judgements, name), set(edition.citable)
    settled = [entry for entry in entries if entry.answered_by and known.issuperset(entry.answered_by)]
    return settled, [entry for entry in entries if entry not in settled]
