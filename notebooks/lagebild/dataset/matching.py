"""Drafts of a case beside what people decided on them: what the draft coder proposed, and what became of each draft.

In a reviewed case a mention that people coded is itself the decision on a draft that tells the same: it accepts the
draft, changes it, or adds what no rule found. In a case that nobody has reviewed the drafts are the mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from lagebild.coder.coder import DraftedText, draft_text
from lagebild.coder.events import Draft, Statement
from lagebild.coder.gazetteer import find_names
from lagebild.core.edtf import parse
from lagebild.core.offices import stands_for
from lagebild.core.paths import LANGUAGES, REFERENCE, Paths
from lagebild.core.reference import Reference
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import read_reference, records
from lagebild.corpus.sources import read_sources, read_text

DRAFTED = list(TABLES["drafts"].columns)
CODED = list(TABLES["case/mentions"].columns)
TRACED = ["rule", "origin", "reviewed", "language", "at", "candidate"]
COMPARED = ("event_type", "source_actors", "target_actors", "mutual", "date", "status")
SIDES = ("source_actors", "target_actors")
KNOWN = Reference(REFERENCE)
NEAR = 3  # days between two publications that may tell the same undated event
BY = "draft coder"


def draft_case(paths: Paths, sources: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Draft every text of the sources in every language; columns as in the table `drafts`, still without decisions.

    A draft is numbered within its sentence, so that its id stays when a rule for other words is added.
    """
    rows = []
    for sentence, drafted, published in _read(paths, sources, sentences):
        inside = [
            one for one in (*drafted.events, *drafted.candidates) if sentence["start"] <= one.start < sentence["end"]
        ]
        inside.sort(key=lambda one: (one.trigger, one.rule, one.start, one.end, one.source_actors))
        rows += [_row(one, number, sentence, published) for number, one in enumerate(inside, start=1)]
    return pd.DataFrame(rows, columns=DRAFTED)


def state_case(paths: Paths, sources: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return what the texts say of what lasts or what a choice would bring; columns as in the table `statements`."""
    rows = []
    for sentence, drafted, _ in _read(paths, sources, sentences):
        inside = [one for one in drafted.statements if sentence["start"] <= one.start < sentence["end"]]
        rows += [_statement(one, number, sentence) for number, one in enumerate(inside, start=1)]
    return pd.DataFrame(rows, columns=list(TABLES["statements"].columns))


def read_pairs(paths: Paths) -> list[tuple[str, str, str]]:
    """Return the German and the English text of every source that is held in both, with its day of publication."""
    rows = []
    for source in records(read_sources(paths)):
        texts = [read_text(paths, source["source_id"], language) for language in LANGUAGES]
        if all(texts):
            rows.append((texts[0], texts[1], source["known_from"]))
    return rows


def match_drafts(
    drafts: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the drafts with what became of each, and the mentions with where they come from.

    A draft and a mention belong together if they stand in the same sentence, of either language, with a type that is
    the same or also defensible, and share an actor on a side. Each takes the other once, the most alike first.
    """
    day = dict(zip(sources["source_id"], sources["known_from"], strict=True))
    at: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for draft in records(drafts[drafts["decision"] == "open"]):
        at.setdefault((draft["source_id"], draft["sentence_no"], draft["language"]), []).append(draft)
    pairs = []
    for mention in records(mentions[mentions["event_id"] != ""]):
        for draft in at.get((mention["source_id"], mention["sentence_no"], mention["language"]), []):
            if mention["event_type"] not in (draft["event_type"], *ids(draft["type_alt"])):
                continue
            on = mention["date"] or day[mention["source_id"]]
            if any(a & b for a, b in zip(_sides(draft, on), _sides(mention, on), strict=True)):
                shared = min(draft["end"], mention["end"]) - max(draft["start"], mention["start"])
                pairs.append((_differences(draft, mention, on), -shared, mention, draft))
    pairs.sort(key=lambda pair: (len(pair[0]), pair[1], pair[2]["mention_id"], pair[3]["draft_id"]))
    taken: dict[str, dict[str, str]] = {}
    reported: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for changed, _, mention, draft in pairs:
        name, by_language = mention["mention_id"], reported.setdefault(mention["mention_id"], {})
        if draft["draft_id"] not in taken and mention["language"] not in by_language:
            decision = "edited" if changed else "accepted"
            taken[draft["draft_id"]] = {"decision": decision, "mention_id": name, "event_id": mention["event_id"]}
            by_language[mention["language"]] = draft["rule"], changed
    none = {"mention_id": "", "event_id": ""}
    decided = [
        row | (none | {"decision": "rejected"} if row["decision"] == "open" else {}) | taken.get(row["draft_id"], {})
        for row in records(drafts)
    ]
    origin = {name: _origin(found) for name, found in reported.items() if found}
    traced = [
        row | (origin.get(row["mention_id"], {}) if row["origin"] == "added" else {}) for row in records(mentions)
    ]
    return pd.DataFrame(decided, columns=DRAFTED), pd.DataFrame(traced, columns=list(mentions.columns))


def propose(drafts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the drafts as mentions that nobody has reviewed, those of one event with one `event_id`.

    Columns: those of `case/mentions`, rule, origin and reviewed; language and place (`at`) of the evidence; and whether
    it is a candidate. Candidates come along so that a reviewer can take them up: they join an event that is told
    without them, or get one of their own. An event is named after its first draft, so that a decision which names it
    still does when other pages join the case.
    """
    day = dict(zip(sources["source_id"], sources["known_from"], strict=True))
    rows = records(drafts.assign(published=drafts["source_id"].map(day)))
    rows.sort(key=lambda row: (row["published"], row["source_id"], row["language"], row["start"], row["draft_id"]))
    alike: dict[tuple[str, ...], dict[str, list[dict[str, Any]]]] = {}  # by type and sides, then by event
    named, affirmed = dict[str, str](), set[str]()
    for row in sorted(rows, key=lambda row: row["decision"] == "candidate"):  # candidates join what stands already
        events = alike.setdefault(_identity(row), {})
        found = next((name for name, reported in events.items() if all(_same(row, one) for one in reported)), "")
        name = named[row["draft_id"]] = found or name_own(row["draft_id"])
        if row["decision"] != "candidate":
            events.setdefault(name, []).append(row)
            affirmed |= {name} if row["status"] != "negated" else set()
    proposed = [_mention(row, named[row["draft_id"]], named[row["draft_id"]] in affirmed) for row in rows]
    return pd.DataFrame(proposed, columns=[*CODED, *TRACED])


def name_own(mention_id: str) -> str:
    """Return the id of an event that is named after one of its mentions."""
    return f"V-{mention_id.partition('-')[2] or mention_id}"


def propose_rest(drafts: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the drafts that no mention takes up, all as candidates; columns as those of `propose`."""
    rest = match_drafts(drafts, mentions, sources)[0]
    rest = rest[rest["decision"].isin(["rejected", "candidate"])]
    return propose(rest.assign(decision="candidate"), sources)


def apply_reviews(drafts: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the drafts of a case whose mentions they are, with what the reviewers decided on each so far."""
    left = {row["mention_id"]: row for row in records(mentions)}
    rows = []
    for row in records(drafts):
        mention = left.get(row["draft_id"])
        if mention:
            seen = "edited" if mention["origin"] == "edited" else "accepted"
            row["decision"] = seen if mention["reviewed"] == "yes" else "open"
            row |= {"mention_id": mention["mention_id"], "event_id": mention["event_id"]}
        elif row["decision"] != "candidate":
            row["decision"] = "rejected"
        rows.append(row)
    return pd.DataFrame(rows, columns=DRAFTED)


def name_events(graded: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return the summaries of all events: what people wrote, else a pattern filled from the best told mention.

    A summary says that it is a draft as long as nobody has reviewed every mention of its event.
    """
    written = set(names["event_id"])
    rows = []
    for event_id, reported in graded[~graded["event_id"].isin(written | {""})].groupby("event_id", sort=True):
        first, reviewed = reported.iloc[0], bool((reported["reviewed"] == "yes").all())
        rows.append({"event_id": event_id} | {f"summary_{one}": _summarise(first, one, reviewed) for one in LANGUAGES})
    return pd.concat([names, pd.DataFrame(rows, columns=list(names.columns), dtype=str)], ignore_index=True)


def find_actor(code: str) -> str:
    """Return the id of the actor behind a code of the draft coder: ``IRN``, ``ORG:NATO`` or ``PER:Name``."""
    kind, _, name = code.partition(":")
    return _codes()[kind][name] if name else code


@cache
def _codes() -> dict[str, dict[str, str]]:
    codes: dict[str, dict[str, str]] = {"ORG": {}, "PER": {}}
    for row in records(read_reference("actors")):
        kind, name = ("PER", row["name_en"]) if row["type"] == "person" else ("ORG", row["actor_id"].upper())
        codes[kind].setdefault(name, row["actor_id"])
    return codes


@lru_cache(1024)  # the editions of a case read the same texts
def _draft(text: str, language: str, published: str) -> DraftedText:
    return draft_text(KNOWN, text, language, published)


def _read(
    paths: Paths, sources: pd.DataFrame, sentences: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], DraftedText, str]]:
    """Yield every sentence of the sources, with the draft of its text and the day of publication."""
    places = {key: records(part) for key, part in sentences.groupby(["source_id", "language"])}
    for source in records(sources):
        name, published = source["source_id"], source["known_from"]
        for language in source["languages"].split(";"):
            drafted = _draft(read_text(paths, name, language), language, published)
            for sentence in places.get((name, language), []):
                yield sentence, drafted, published


def _statement(one: Statement, number: int, sentence: dict[str, Any]) -> dict[str, Any]:
    name, language = sentence["source_id"], sentence["language"]
    return {
        "statement_id": f"S-{name}-{language}-{sentence['sentence_no']}.{number}",
        "source_id": name,
        "language": language,
        "sentence_no": sentence["sentence_no"],
        "start": one.start,
        "end": min(one.end, sentence["end"]),
        "evidence": sentence["text"][one.start - sentence["start"] : one.end - sentence["start"]],
        "kind": one.kind,
        "sign": one.sign,
        "actors": _join(map(find_actor, one.actors)),
        "date": one.date,
        "status": one.status,
        "speaker_text": one.speaker,
        "rule": one.rule,
    }


def _row(one: Draft, number: int, sentence: dict[str, Any], published: str) -> dict[str, Any]:
    source, target = (_join(map(find_actor, codes)) for codes in (one.source_actors, one.target_actors))
    if one.mutual:
        source = target = _join([*ids(source), *ids(target)])
    language, day = sentence["language"], one.date or published
    said = [stands_for(KNOWN, name.actor_id, day) for name in find_names(KNOWN, one.speaker, language, published)]
    return {
        "draft_id": f"D-{sentence['source_id']}-{language}-{sentence['sentence_no']}.{number}",
        "source_id": sentence["source_id"],
        "language": language,
        "sentence_no": sentence["sentence_no"],
        "start": one.start,
        "end": min(one.end, sentence["end"]),
        "evidence": sentence["text"][one.start - sentence["start"] : one.end - sentence["start"]],
        "event_type": one.event_type,
        "type_alt": ";".join(one.type_alt),
        "mode": one.mode,
        "source_actors": source,
        "target_actors": target,
        "mutual": "yes" if one.mutual else "no",
        "date": one.date or "",
        "date_text": one.date_text,
        "date_basis": one.date_basis if one.date else "",
        "status": one.status,
        "speaker": _join(map(find_actor, said)),
        "speaker_text": one.speaker or "",
        "cue": one.cue or "",
        "rule": one.rule,
        "confidence": one.confidence,
        "inferred": ";".join(one.inferred),
        "decision": "candidate" if one.confidence == "C" else "open",
        "mention_id": "",
        "event_id": "",
    }


def _join(actors: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(actors))


def _sides(row: dict[str, Any], day: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return whom the actors of a row stand for on a day, as source and as target."""
    source, target = (
        frozenset(find_actor(stands_for(KNOWN, actor, day)) for actor in ids(row[side])) for side in SIDES
    )
    return (source | target, source | target) if row["mutual"] == "yes" else (source, target)


def _differences(draft: dict[str, Any], mention: dict[str, Any], day: str) -> list[str]:
    """Return the fields in which a mention differs from the draft."""
    drafted, coded = _sides(draft, day), _sides(mention, day)
    changed = {name for name, a, b in zip(SIDES, drafted, coded, strict=True) if a != b}
    if draft["mutual"] != mention["mutual"] and drafted[0] | drafted[1] == coded[0] | coded[1]:
        changed = set()  # the same actors, once to each other
    changed |= {name for name in ("event_type", "mutual", "date", "status") if draft[name] != mention[name]}
    return [name for name in COMPARED if name in changed]


def _origin(found: dict[str, tuple[str, list[str]]]) -> dict[str, str]:
    """Return where a mention comes from, by the draft that is most alike, with what people changed in it."""
    rule, changed = min(found.values(), key=lambda pair: len(pair[1]))
    if not changed:
        return {"origin": "drafted", "rule": rule}
    return {"origin": "edited", "rule": f"{rule}; edited: {', '.join(changed)}"}


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two drafts of one identity may tell one event: days that do not exclude each other."""
    if one["date"] and other["date"]:
        (a, b), (c, d) = _span(one["date"]), _span(other["date"])
        return a <= d and c <= b
    return bool(one["source_id"] == other["source_id"] or _apart(one["published"], other["published"]) <= NEAR)


def _identity(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the type and the sides of an act, each side in one order."""
    sides = (";".join(sorted(set(ids(row[side])))) for side in SIDES)
    return (row["event_type"], row["mutual"], *sides)


def _span(edtf: str) -> tuple[str, str]:
    span = parse(edtf)
    return span.earliest, span.latest or "9999"


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _mention(row: dict[str, Any], event_id: str, affirmed: bool) -> dict[str, Any]:
    """Return a draft in the form in which people code a mention."""
    language = row["language"]
    other = {f"{what}_{one}": "" for what in ("quote", "cue") for one in LANGUAGES}
    inferred = f"; inferred: {', '.join(ids(row['inferred']))}" if row["inferred"] else ""
    shared = {name: row[name] for name in row if name in CODED and name not in ("mention_id", "event_id")}
    return (
        other
        | shared
        | {
            "mention_id": row["draft_id"],
            "event_id": event_id,
            "condition_id": "",
            f"quote_{language}": row["evidence"],
            f"cue_{language}": row["cue"],
            "context": "",
            "stance": "denies" if affirmed and row["status"] == "negated" else "supports",
            "credibility": "6",
            "reason": f"rule {row['rule']}, confidence {row['confidence']}{inferred}",
            "by": BY,
            "added": row["published"],
            "rule": row["rule"],
            "origin": "drafted",
            "reviewed": "no",
            "language": language,
            "at": row["start"],
            "candidate": "yes" if row["decision"] == "candidate" else "no",
        }
    )


def _summarise(row: pd.Series, language: str, reviewed: bool) -> str:
    words, names, types = _words(language)

    def side(cell: str, between: str) -> str:
        return between.join(names[one] for one in ids(cell)) or words["summary.unknown"]

    if row["mutual"] == "yes":
        who = side(row["source_actors"], " – ")
    else:
        who = words["summary.sides"].format(
            source=side(row["source_actors"], ", "), target=side(row["target_actors"], ", ")
        )
    pattern = words["summary.event" if reviewed else "summary.draft"]
    return str(pattern.format(who=who, type=types[row["event_type"]]))


@cache
def _words(language: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the words of the report, the names of the actors and those of the types of events in a language."""

    def column(table: str, key: str, name: str) -> dict[str, str]:
        frame = read_reference(table)
        return dict(zip(frame[key], frame[name], strict=True))

    return (
        column("words", "key", language),
        column("actors", "actor_id", f"name_{language}"),
        column("event_types", "event_type", f"name_{language}"),
    )
