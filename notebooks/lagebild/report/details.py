"""The sections of the annex: method, quality and sources, then the evidence of each finding, and what has changed.

The digest stands on the first page of a case that nobody has judged yet: what its articles say, in their own sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lagebild import analysis, coder, core
from lagebild.charts import NARROW, OWN
from lagebild.corpus import voices
from lagebild.dataset import in_force
from lagebild.report.document import NOTHING, Section, in_time, known_rows, render
from lagebild.report.edition import Edition

# --- How the Report Was Made ---

UNKNOWN = {
    "country": "",
    "standing": "",
    "reliability": core.schema.RELIABILITY[-1],
}  # what a source is if nobody has looked


def opening(edition: Edition) -> Section:
    """Return what the annex holds, and the place of its contents."""
    return render(edition, "opening")


def actors(edition: Edition) -> Section:
    """Return the actors with the offices they hold."""
    return render(edition, "actors") if len(edition.data.actors) else NOTHING


def method(edition: Edition) -> Section:
    """Return the method, the limits, and how to build the edition again."""
    tables = {}
    for by, unknown in UNKNOWN.items():
        if (edition.data.sources[by] != unknown).any():
            tables[by] = core.records(voices(edition.data.sources, by))
    return render(edition, "method", voices=tables, command=edition.command)


def quality(edition: Edition) -> Section:
    """Return what people reviewed, what became of the drafts, and how good the readers are where they were measured."""
    splits = (coder.READ_TOO, *coder.UNREAD) if edition.case.model else coder.UNREAD
    by_type = coder.count_types(edition.reference)
    return render(
        edition,
        "quality",
        agreement=known_rows(edition.data.agreement),
        reviewers=known_rows(core.read_case(edition.paths, "agreement")),
        quality=core.records(coder.summarize(edition.reference, edition.labels, splits)),
        types=core.records(by_type[by_type["event_type"] != coder.ALL]),
        splits=splits,
        reliability=core.records(edition.charts["reliability"].frame),
        counts=coder.THRESHOLD,
    )


def sources(edition: Edition) -> Section:
    """Return the sources with their grades, and what each text of a machine draft is about."""
    titles = edition.data.sources[["source_id", "title"]]
    return render(edition, "sources", matters=core.records(edition.data.matters.merge(titles, on="source_id")))


def annex(edition: Edition) -> Section:
    """Return every event and condition with its sentences, in the order of time, and what one can search them by."""
    citable, labels = edition.citable, edition.labels
    known_events = set(edition.data.events["event_id"])
    acts_for = dict(zip(edition.data.actors["actor_id"], edition.data.actors["acts_for"], strict=True))
    events, conditions, parties = [], [], {}
    types_shown, kinds_shown, statuses_shown = set(), set(), set()
    for name in sorted(citable, key=lambda name: in_time(edition, name)):
        row = citable[name]
        parties[name] = _find_parties(row, acts_for)
        statuses_shown.add(row["status"])
        if name in known_events:
            events.append(name)
            types_shown.add(row["event_type"])
        else:
            conditions.append(name)
            kinds_shown.add(row["kind"])
    types = [(kind, labels.types[kind]) for kind in core.schema.EVENT_TYPES if kind in types_shown]
    types += [(kind, labels(f"condition.{kind}")) for kind in sorted(kinds_shown)]
    named = {actor: labels.actor(actor) for actor in set().union(*parties.values())}
    return render(
        edition,
        "annex",
        parts={"events": events, "conditions": conditions},
        parties=parties,
        types=types,
        actors=sorted(named.items(), key=lambda actor: actor[1].casefold()),
        statuses=[(status, labels(f"status.{status}")) for status in core.STATUSES if status in statuses_shown],
        decided=core.group_rows(in_force(core.read_case(edition.paths, "decisions")), "row"),
    )


def _find_parties(row: dict[str, Any], acts_for: dict[str, str]) -> list[str]:
    """Return who takes part in an event or condition, and for whom they act."""
    parties: set[str] = set()
    for column in ("source_actors", "target_actors", "actors"):
        for name in core.ids(row.get(column, "")):
            parties |= {name, acts_for.get(name, "")}
    return sorted(parties - {""})


# --- What Stands in for Judgements ---

# Shares of one event or two make nobody a key actor among many; of few events all actors are named.
FEW = 2


def digest(edition: Edition) -> Section:
    """Return what happened, who the key actors are, and who says what; of a case that people coded, nothing."""
    if not edition.case.draft:
        return NOTHING
    data, reference = edition.data, edition.reference
    lexicons = {language: coder.read_lexicon(reference, language) for language in reference.languages}
    reports = analysis.join_sentences(data.events, data.mentions, data.drafts, data.sources, data.sentences, lexicons)
    news = coder.describe_news(reference, edition.paths.language, read_too=bool(edition.case.model))
    subject, offices = core.read_case_file(edition.paths).subject, core.read_offices(reference)
    held = offices.table
    around = {subject, *held.loc[held["acts_for"] == subject, "actor_id"]} if subject else set[str]()
    sure = reports[reports["sure"]]  # five lines that are true are better than eight of which one is a joke
    chosen = analysis.choose_sentences(sure, around)
    types = reference.table("event_types")
    verbal = set(types.loc[types["quad"] == "verbal conflict", "event_type"])
    acts = data.events[data.events["event_id"].isin(set(sure["event_id"]))]
    counted = analysis.count_actors(acts, offices).head(analysis.KEY)
    several = counted[counted["n_events"] >= FEW]
    kinds = dict(zip(data.actors["actor_id"], data.actors["type"], strict=True))
    return render(
        edition,
        "digest",
        chosen=core.records(chosen),
        actors=core.records(several if len(several) > FEW else counted),
        kinds=kinds,
        sayings=core.records(analysis.choose_statements(sure, verbal, chosen["place"])),
        matters=data.matters,
        acts=int((data.matters["matter"] == coder.ACTS).sum()),
        found=news["recall"] if news else 0.0,
        outlets=data.sources["reporter"].nunique(),
        subject=subject,
    )


# --- What the Analysis Rests On ---

LISTED = ("events", "conditions")
ENTRIES = ["judgement", "answer", "option"]
QUIET = ("pair", "voice", "press", "gap")  # kinds of silence
# What the lead of the changes counts.
COUNTED = ("changes.events", "changes.conditions", "changes.changed", "changes.relations", "changes.questions")


def ratings(edition: Edition) -> Section:
    """Return every piece of evidence against every explanation."""
    rated = list_rated(edition)
    return (
        render(edition, "ratings", rated=rated, order=list(by_id(edition.judgements.hypotheses))) if rated else NOTHING
    )


def stakes(edition: Edition) -> Section:
    """Return what each course would do by each criterion, in words, with its evidence."""
    if edition.findings.stakes.empty:
        return NOTHING
    by_option = {}
    for option in edition.judgements.options:
        by_option[option.entry_id] = {stake.criterion: stake for stake in option.stakes}
    return render(edition, "stakes", criteria=edition.judgements.criteria, stakes=by_option)


def forecasts(edition: Edition) -> Section:
    """Return what earlier editions foresaw, and what became of it."""
    scenarios, _ = part_settled(edition, "scenarios")
    indicators, _ = part_settled(edition, "indicators")
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
    if edition.findings.relations.empty:
        return NOTHING
    # The days before a first pile of articles are no earlier state.
    is_first_draft = edition.case.draft and not edition.case.previous(edition.paths.as_of)
    changes = edition.findings.relation_changes
    shown = changes[(changes["flipped"] == "yes") | (changes["sign_before"] == "")]
    standing = edition.findings.ties[
        edition.findings.ties["strength"] != "thin"
    ]  # of those that one act or outlet carries, the number
    processes = edition.data.events.groupby("process")
    return render(
        edition,
        "ties",
        ties=sorted(core.records(standing), key=lambda tie: (tie["strength"] != "firm", -abs(tie["net"]))),
        stages={str(name): list(event_ids) for name, event_ids in processes["event_id"]},
        outlets=dict(zip(edition.findings.jackknife["replicate_id"], edition.findings.jackknife["name"], strict=True)),
        earlier="" if changes.empty or is_first_draft else changes["since"].iloc[0],
        changed=known_rows(shown.sort_values(["flipped", *analysis.PAIR], ascending=[False, True, True])),
    )


def own(edition: Edition) -> Section:
    """Return the charts of one's own, in the order of their names."""
    shown = [name for name in edition.charts if name.startswith(OWN)]
    return render(edition, "own", shown=shown) if shown else NOTHING


def disputes(edition: Edition) -> Section:
    """Return who says what about whom, who contests what, and both sides of what is contested, sentence by sentence."""
    claims = list_claims(edition)
    if not claims and edition.findings.sayings.empty:
        return NOTHING
    contested = edition.data.events[edition.data.events["contested"] != "no"]
    return render(
        edition,
        "disputes",
        sayings=known_rows(edition.findings.sayings),
        claims=claims,
        contested=sum(row["contested"] != "no" for row in claims),
        disputed=list(contested["event_id"]),
    )


def robustness(edition: Edition) -> Section:
    """Return what hangs on whom, what nobody reports, and the rule behind the words of density."""
    table, coverage_gaps = edition.findings.robustness, edition.findings.coverage_gaps
    if edition.case.draft and (table.empty or edition.data.sources["reporter"].nunique() < 2):
        return NOTHING  # what one outlet tells hangs on it: that is no finding
    entries = sorted(
        core.records(table[table["kind"].isin(ENTRIES)]),
        key=lambda row: (ENTRIES.index(row["kind"]), row["share_left"], row["finding"]),
    )
    quiet = {kind: core.records(coverage_gaps[coverage_gaps["kind"] == kind]) for kind in QUIET}
    days = coverage_gaps[coverage_gaps["kind"] == "days"].sort_values("n_days", ascending=False, kind="stable")
    return render(
        edition,
        "robustness",
        cells=table[table["kind"] == "cell"].sort_values(["share_left", "finding"]),
        triads=table[table["kind"] == "triad"].sort_values(["share_left", "finding"]),
        entries=entries,
        jackknife=edition.findings.jackknife.set_index("replicate_id"),
        kinds=[kind for kind, _ in analysis.UNITS],
        main=analysis.find_main_actors(edition.findings.relations, edition.case.subject),
        n_days=analysis.count_days(edition.case, edition.paths.as_of),
        days=days,
        quiet=quiet,
        searches=known_rows(edition.searches),
        text=by_id(edition.judgements.entries()),
        words=core.schema.DENSITY,
    )


def balance(edition: Edition) -> Section:
    """Return which firm ties pull apart: the balance of the signed graph, and its triangles around the subject."""
    subject, unbalanced = edition.case.subject, edition.findings.triads[edition.findings.triads["balanced"] == "no"]
    measured = analysis.measure_balance(analysis.keep_firm(analysis.tie_graph(edition.findings.ties)))
    if edition.case.draft and not measured.n:
        return NOTHING
    frustrated = measured.frustration.frustrated
    return render(
        edition,
        "balance",
        subject=subject,
        triads=core.records(analysis.keep_triads_of(unbalanced, subject)) if subject else core.records(unbalanced),
        balance=measured,
        ties=edition.labels.enumerate("–".join(map(edition.labels.actor, tie)) for tie in frustrated),
    )


LISTED_NEW = 60  # new events that a reader reads one by one; of more their ids lead to them


def changes(edition: Edition) -> Section:
    """Return what is new since the previous edition, and why."""
    previous = edition.case.previous(edition.paths.as_of)
    if not previous:
        return NOTHING
    found = find_changes(edition)
    new = {}
    for name, rows in found.new.items():
        shown = set(rows) & set(edition.citable)
        new[name] = sorted(shown, key=lambda row: in_time(edition, row))
    return render(
        edition,
        "changes",
        previous=previous,
        lead=count_changed(edition),
        listed=LISTED_NEW,
        new=new,
        changed=found.changed,
        cells=found.cells,
        answered=found.answered,
    )


@dataclass(frozen=True)
class _Changes:
    """What is new since the previous edition: ids of new rows by table, rows that changed, signs, answered questions.

    An answered question stands with the cause of its answer.
    """

    new: dict[str, list[str]]
    changed: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    answered: list[tuple[core.Entry, str]]


def find_changes(edition: Edition) -> _Changes:
    """Return what is new since the previous edition."""
    table = edition.changes
    is_new, in_relations = table["change"] == "new", table["table"] == "relations"
    new = {name: list(table.loc[(table["table"] == name) & is_new, "row"]) for name in LISTED}
    nets = table[table["field"] == "net"].set_index("row")[["before", "after"]]
    cells = []
    for row in core.records(table[in_relations & (table["field"] == "sign") & ~is_new].sort_values("row")):
        source, target = core.ids(row["row"])
        ends = {"source": source, "target": target}
        cells.append(row | ends | {"sign": (row["before"], row["after"]), "net": tuple(nets.loc[row["row"]])})
    questions = by_id(edition.judgements.questions)
    answered = [(questions[row["row"]], row["cause"]) for row in core.records(table[table["table"] == "questions"])]
    return _Changes(new, core.records(table[table["table"].isin(LISTED) & ~is_new]), cells, answered)


def count_changed(edition: Edition, keys: Sequence[str] = COUNTED) -> str:
    """Return in a sentence how much is new since the previous edition, of what `keys` name."""
    found = find_changes(edition)
    changed = {row["row"] for row in found.changed}
    amounts = map(len, (*found.new.values(), changed, found.cells, found.answered))
    counted = [edition.labels(key, n=n) for n, key in zip(amounts, COUNTED, strict=True) if n and key in keys]
    previous = edition.labels.day(edition.case.previous(edition.paths.as_of))
    if not counted:
        return edition.labels("changes.none", previous=previous)
    return edition.labels("changes.lead", previous=previous, what=edition.labels.enumerate(counted))


def list_rated(edition: Edition) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the ratings of each piece of evidence, in the order of time, by explanation."""
    rated: dict[str, dict[str, dict[str, Any]]] = {}
    rows = core.group_rows(edition.findings.consistency, "evidence")
    for evidence in sorted(rows, key=lambda name: in_time(edition, name)):
        rated[evidence] = {row["hypothesis"]: row for row in rows[evidence]}
    return rated


def list_claims(edition: Edition) -> list[dict[str, Any]]:
    """Return who claims, tells otherwise or denies which event, what is contested first."""
    rank = edition.findings.claims["contested"].map({"occurrence": 0, "particulars": 1, "no": 2})
    return core.records(edition.findings.claims.assign(rank=rank).sort_values(["rank", "event_id"]))


def list_disputed(edition: Edition) -> list[dict[str, Any]]:
    """Return what is contested and has voices on two sides: those that claim, tell otherwise or deny."""
    disputed = []
    for row in list_claims(edition):
        heard = 0
        for side in analysis.SIDES:
            heard += bool(row[f"{side}_by"] or row[f"{side}_publishers"])
        if row["contested"] != "no" and heard > 1:
            disputed.append(row)
    return disputed


def part_settled(edition: Edition, name: str) -> tuple[list[core.Entry], list[core.Entry]]:
    """Return the entries of a part of the judgements that this edition answers, and those that are open."""
    settled, still_open = [], []
    for entry in getattr(edition.judgements, name):
        if entry.answered_by and set(entry.answered_by) <= set(edition.citable):
            settled.append(entry)
        else:
            still_open.append(entry)
    return settled, still_open


def by_id(entries: Iterable[core.Entry]) -> dict[str, core.Entry]:
    """Return entries by their ids, in the order in which people wrote them."""
    return {entry.entry_id: entry for entry in entries}
