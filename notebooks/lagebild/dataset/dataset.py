"""From coded mentions and reviewers' decisions to the dataset of an edition, and the faults of a case.

What a person decided replaces what was coded; a case in which one row does not fit gives no dataset at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lagebild.core.edtf import parse
from lagebild.core.paths import LANGUAGES, InputError, Paths
from lagebild.core.schema import ID, TABLES, ids
from lagebild.core.tables import is_draft, read_case, read_reference, records
from lagebild.corpus.sources import known_sources, read_sentences, read_sources
from lagebild.dataset.coreference import describe_actors, grade, merge_conditions, merge_events
from lagebild.dataset.decisions import in_force, name_undone, read_place
from lagebild.dataset.matching import CODED, apply_reviews, draft_case, match_drafts, name_events, propose, propose_rest

# What a reviewer may change in a mention; where it stands and who added it stay as they are.
DECIDABLE = [column for column in CODED if column not in ("mention_id", "source_id", "sentence_no", "by", "added")]
# What an added mention is until edits say more.
BLANK = dict.fromkeys(CODED, "") | {"mutual": "no", "status": "asserted", "stance": "supports", "credibility": "6"}
MOVES = ("merge", "split")
NOTHING = pd.DataFrame(columns=list(TABLES["case/decisions"].columns), dtype=str)


@dataclass(frozen=True)
class Dataset:
    """The tables of one edition; columns as in `schema`."""

    sources: pd.DataFrame
    sentences: pd.DataFrame
    drafts: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    actors: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return dict(vars(self))


def build(paths: Paths, since: str = "") -> Dataset:
    """Build the dataset of an edition: what was known on the as-of date, and of that what touches `since` or later.

    Raises
    ------
    Fault
        On the first row of the case that does not fit.
    """
    fault = next(find_faults(paths), None)
    if fault:
        raise InputError(fault)
    sources = known_sources(read_sources(paths), paths.as_of)
    sentences = read_sentences(paths, sources)
    drafts = draft_case(paths, sources, sentences)
    coded, draft = read_case(paths, "mentions"), is_draft(paths)
    decided = decide(coded, read_case(paths, "decisions"), propose_case(coded, drafts, sources, sentences, draft))
    mentions = locate_evidence(decided[decided["source_id"].isin(set(sources["source_id"]))], sentences)
    if draft:
        drafts = apply_reviews(drafts, mentions)
    else:
        drafts, mentions = match_drafts(drafts, mentions, sources)
    graded = grade(mentions, sources)
    events = merge_events(graded, name_events(graded, read_case(paths, "events")), paths.as_of)
    conditions = merge_conditions(graded, read_case(paths, "conditions"), paths.as_of)
    events, conditions = (frame[~frame["latest"].between("0", since, "left")] for frame in (events, conditions))
    reported = set(events["event_id"]) | set(conditions["condition_id"])
    mentions = mentions[(mentions["event_id"] + mentions["condition_id"]).isin(reported)]
    drafts = drafts[drafts["event_id"].isin(reported | {""})]
    return Dataset(
        sources,
        sentences,
        drafts.reset_index(drop=True),
        mentions,
        events.reset_index(drop=True),
        conditions.reset_index(drop=True),
        describe_actors(events, conditions, mentions, paths.as_of),
    )


def propose_case(
    coded: pd.DataFrame, drafts: pd.DataFrame, sources: pd.DataFrame, sentences: pd.DataFrame, draft: bool
) -> pd.DataFrame:
    """Return the drafts as rows to review: in a `draft` case all, else those that no coded mention takes up."""
    if draft:
        return propose(drafts, sources)
    return propose_rest(drafts, locate_evidence(decide(coded, NOTHING), sentences), sources)


def decide(coded: pd.DataFrame, decisions: pd.DataFrame, proposed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Apply the reviewers' decisions to the mentions, in the order in which they were taken.

    `coded` are the mentions that people coded, `proposed` those of the draft coder; a candidate of the draft coder
    counts only once a reviewer has taken it up. A decision that was taken back never was. To merge or split an event
    moves its mentions, read or not: that reviews none of them, takes no candidate up, and brings none back.
    """
    by_hand = coded.assign(
        rule="coded by hand: " + coded["by"] + " " + coded["added"], origin="added", reviewed="yes", language="", at=0
    )
    frame = by_hand if proposed is None else pd.concat([by_hand, proposed], ignore_index=True)
    rows = {row["mention_id"]: row for row in records(frame)}
    rejected = set() if proposed is None else set(proposed.loc[proposed["candidate"] == "yes", "mention_id"])
    added = set[str]()
    for decision in records(in_force(decisions)):
        name, action = decision["row"], decision["action"]
        if action == "add":
            rows[name] = add_mention(decision)
            added.add(name)
        if name not in rows:
            continue  # a draft of a page that this edition does not know yet
        if action not in MOVES:
            rejected.discard(name)  # the last decision counts
            rows[name]["reviewed"] = "yes"
        if action == "reject":
            rejected.add(name)
        elif action in ("edit", *MOVES):
            rows[name][_field(decision)] = decision["value"]
            if name not in added:
                rows[name] |= {"origin": "edited", "rule": decision["decision_id"]}
    return pd.DataFrame([row for name, row in rows.items() if name not in rejected], columns=by_hand.columns)


def add_mention(decision: dict[str, Any]) -> dict[str, Any]:
    """Return the mention that an `add` begins, with its place; edits of the same mention say what it tells."""
    place = read_place(decision["value"])
    if place is None:
        raise InputError(f"The decision {decision['decision_id']} adds at {decision['value']!r}, which is no place.")
    said = {"reason": decision["reason"], "by": decision["by"], "added": decision["date"]}
    trace = {"rule": decision["decision_id"], "origin": "added", "reviewed": "yes", "candidate": "no"}
    where = {"source_id": place.source_id, "sentence_no": place.sentence_no, "language": place.language}
    return BLANK | {"mention_id": decision["row"], "at": place.start} | where | said | trace


def _field(decision: dict[str, Any]) -> str:
    """Return the field that an edit, a merge or a split changes."""
    return str(decision["field"]) if decision["action"] == "edit" else "event_id"


def locate_evidence(coded: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row per mention and language, with the evidence as offsets into the text file.

    A mention of the draft coder has one language, the one in which it was drafted.
    """
    parts = []
    for language in LANGUAGES:
        here = sentences[sentences["language"] == language].drop(columns="language")
        spoken = coded[coded["language"].isin(["", language])].drop(columns="language")
        part = spoken.merge(here, on=["source_id", "sentence_no"], how="inner")
        quote = part[f"quote_{language}"]
        part["evidence"] = quote.where(quote != "", part["text"])
        places = zip(part["text"], part["evidence"], part["at"] - part["start"], strict=True)
        part["start"] = part["start"] + [_find(*place) for place in places]
        part["end"] = part["start"] + part["evidence"].str.len()
        parts.append(part.assign(language=language, cue=part[f"cue_{language}"]))
    return pd.concat(parts)[list(TABLES["mentions"].columns)].reset_index(drop=True)


def _find(text: str, evidence: str, at: int) -> int:
    """Return where evidence stands in a sentence: at the place where it was drafted, if it still stands there."""
    return at if at >= 0 and text.startswith(evidence, at) else text.find(evidence)


@dataclass(frozen=True)
class Known:
    """What the rows of a case may refer to.

    `texts` are the sentences by source, number and language, each with the place of its first character; `mentions` the
    rows by id, coded or drafted; the sets hold ids.
    """

    texts: dict[tuple[str, int, str], tuple[str, int]]
    mentions: dict[str, dict[str, Any]]
    events: set[str]
    conditions: set[str]
    actors: set[str]


def read_known(paths: Paths) -> Known:
    """Return what the rows of a case may refer to, whatever the as-of date."""
    sources, coded = read_sources(paths), read_case(paths, "mentions")
    sentences = read_sentences(paths, sources)
    known = Known(
        {(s["source_id"], s["sentence_no"], s["language"]): (s["text"], s["start"]) for s in records(sentences)},
        {row["mention_id"]: row for row in records(coded)},
        set(read_case(paths, "events")["event_id"]),
        set(read_case(paths, "conditions")["condition_id"]),
        set(read_reference("actors")["actor_id"]),
    )
    sound = coded[[not any(_faults(row, known)) for row in records(coded)]]
    drafts = draft_case(paths, sources, sentences)
    proposed = propose_case(sound, drafts, sources, sentences, is_draft(paths))
    # Evidence and cue of a draft stand where the draft coder found them; only what a reviewer puts in is checked.
    unquoted = {f"{what}_{language}": "" for what in ("quote", "cue") for language in LANGUAGES}
    mentions = known.mentions | {row["mention_id"]: row | unquoted for row in records(proposed)}
    return replace(known, mentions=mentions, events=known.events | set(proposed["event_id"]))


def find_faults(paths: Paths) -> Iterator[str]:
    """Yield a sentence for each row of the case that does not fit: an id that does not resolve, evidence not there."""
    known, folder = read_known(paths), f"data/cases/{paths.case}"
    for row, mention in enumerate(records(read_case(paths, "mentions")), start=2):
        where = f"{folder}/mentions.csv, row {row} ({mention['mention_id']})"
        yield from (f"{where}: {fault}" for fault in _faults(mention, known))
    for row, name, fault in find_faulty_decisions(read_case(paths, "decisions"), known):
        yield f"{folder}/decisions.csv, row {row} ({name}): {fault}"


def find_faulty_decisions(decisions: pd.DataFrame, known: Known) -> Iterator[tuple[int, str, str]]:
    """Yield row, id and a sentence for each decision that does not fit; one that was taken back may be anything."""
    taken_back = dict(name_undone(decisions))
    standing = set(in_force(decisions)["decision_id"])
    moved = decisions.loc[decisions["action"] == "split", "value"].str.extract(f"^({ID})$")[0].dropna()
    known = replace(known, events=known.events | set(moved))
    rows, added = dict(known.mentions), dict[str, tuple[int, str]]()
    for number, decision in enumerate(records(decisions), start=2):
        name = decision["decision_id"]
        if number in taken_back:
            yield number, name, taken_back[number]
        elif name in standing:
            faults = list(_faults_of(decision, rows, known))
            yield from ((number, name, fault) for fault in faults)
            if not faults and decision["action"] == "add":
                rows[decision["row"]] = add_mention(decision)
                added[decision["row"]] = number, name
            elif not faults and decision["action"] in ("edit", *MOVES):
                changed = rows[decision["row"]] | {_field(decision): decision["value"]}
                if decision["row"] in added:
                    rows[decision["row"]] = changed  # it is whole only after its last edit
                else:
                    yield from ((number, name, fault) for fault in _faults(changed, known))
    for mention, (number, name) in added.items():
        yield from ((number, name, fault) for fault in _faults(rows[mention], known))


def _faults_of(decision: dict[str, Any], rows: dict[str, dict[str, Any]], known: Known) -> Iterator[str]:
    """Yield what is wrong with a decision in itself."""
    action, field, value = (decision[part] for part in ("action", "field", "value"))
    columns = TABLES["case/mentions"].columns
    if action == "add":
        place = read_place(value)
        if decision["row"] in rows:
            yield f"there is a mention {decision['row']!r} already; give the added one an id of its own."
        elif place is None:
            yield f"it adds at {value!r}, but must say where: SOURCE:LANGUAGE:SENTENCE:START."
        elif (place.source_id, place.sentence_no, place.language) not in known.texts:
            yield f"texts/{place.source_id}.{place.language}.txt has no sentence {place.sentence_no}; correct it."
    elif decision["row"] not in rows:
        yield f"there is no mention {decision['row']!r}; correct the id."
    elif action == "edit" and field not in DECIDABLE:
        yield f"{field!r} is no field that an edit can change; choose one of {', '.join(DECIDABLE)}."
    elif action == "edit" and not all(check(pd.Series([value])).check_passed for check in columns[field].checks):
        yield f"{field} is {value!r}, but must be {columns[field].checks[0].error}."


def _faults(mention: dict[str, Any], known: Known) -> Iterator[str]:
    if bool(mention["event_id"]) == bool(mention["condition_id"]):
        yield "it must tell either an event or a condition; fill exactly one of event_id and condition_id."
    if mention["event_id"] and not mention["event_type"]:
        yield "an event needs an event_type; choose a PLOVER root type."
    for column, names in (("event_id", known.events), ("condition_id", known.conditions)):
        if mention[column] and mention[column] not in names:
            yield f"there is no {column} {mention[column]!r}; add it to {column[:-3]}s.csv."
    for column in ("source_actors", "target_actors", "speaker"):
        for actor in ids(mention[column]):
            if actor not in known.actors:
                yield f"{column} names the unknown actor {actor!r}; add it to data/reference/actors.csv."
    if mention["date"]:
        try:
            parse(mention["date"])
        except InputError as fault:
            yield str(fault)
    source, number = mention["source_id"], mention["sentence_no"]
    held = [language for language in LANGUAGES if (source, number, language) in known.texts]
    if not held:
        yield f"the texts of source {source!r} have no sentence {number}; correct the number."
    for language in LANGUAGES:
        if held and language not in held and (mention[f"quote_{language}"] or mention[f"cue_{language}"]):
            yield f"the source {source!r} has no text in {language} to quote from; add texts/{source}.{language}.txt."
    for language in held:
        text, start = known.texts[source, number, language]
        for column, what in ((f"quote_{language}", "evidence"), (f"cue_{language}", "cue")):
            words = mention[column]
            placed = what == "evidence" and mention.get("language") == language
            if words and text.count(words) != 1 and not (placed and text.startswith(words, mention["at"] - start)):
                yield (
                    f"the {what} {words[:60]!r} does not stand once in sentence {number} of "
                    f"texts/{source}.{language}.txt; copy it from there."
                )
