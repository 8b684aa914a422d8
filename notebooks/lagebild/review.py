"""From coded mentions and reviewers' decisions to the dataset of an edition, and the faults of a case.

What a person decided replaces what was coded; a case in which one row does not fit gives no dataset at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.dates import parse
from lagebild.events import describe_actors, grade, merge_conditions, merge_events
from lagebild.paths import LANGUAGES, Fault, Paths
from lagebild.proposals import draft_case, name_events, propose, reconcile, settle
from lagebild.schema import ID, TABLES, ids
from lagebild.sources import known_sources, read_sentences, read_sources
from lagebild.store import is_draft, read_case, read_reference, records

# What a reviewer may change in a mention; where it stands and who added it stay as they are.
DECIDABLE = [
    column
    for column in TABLES["case/mentions"].columns
    if column not in ("mention_id", "source_id", "sentence_no", "by", "added")
]


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
        raise Fault(fault)
    sources = known_sources(read_sources(paths), paths.as_of)
    sentences = read_sentences(paths, sources)
    drafts = draft_case(paths, sources, sentences)
    names, draft = read_case(paths, "events"), is_draft(paths)
    proposed = propose(drafts, sources) if draft else None
    coded = decide(read_case(paths, "mentions"), read_case(paths, "decisions"), proposed)
    mentions = locate_evidence(coded[coded["source_id"].isin(set(sources["source_id"]))], sentences)
    if draft:
        drafts = settle(drafts, mentions)
    else:
        drafts, mentions = reconcile(drafts, mentions, sources)
    graded = grade(mentions, sources)
    events = merge_events(graded, name_events(graded, names) if draft else names, paths.as_of)
    conditions = merge_conditions(graded, read_case(paths, "conditions"), paths.as_of)
    events, conditions = (frame[~frame["latest"].between("0", since, "left")] for frame in (events, conditions))
    told = set(events["event_id"]) | set(conditions["condition_id"])
    mentions = mentions[(mentions["event_id"] + mentions["condition_id"]).isin(told)]
    drafts = drafts[drafts["event_id"].isin(told | {""})]
    return Dataset(
        sources,
        sentences,
        drafts.reset_index(drop=True),
        mentions,
        events.reset_index(drop=True),
        conditions.reset_index(drop=True),
        describe_actors(events, conditions, mentions, paths.as_of),
    )


def decide(coded: pd.DataFrame, decisions: pd.DataFrame, proposed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Apply the reviewers' decisions to the mentions, in the order in which they were taken.

    `coded` are the mentions that people coded, `proposed` those of the draft coder if it is their review; a candidate
    of the draft coder counts only once a reviewer has taken it up.
    """
    by_hand = coded.assign(
        rule="coded by hand: " + coded["by"] + " " + coded["added"], origin="added", reviewed="yes", language="", at=0
    )
    frame = by_hand if proposed is None else pd.concat([by_hand, proposed], ignore_index=True)
    rows = {row["mention_id"]: row for row in records(frame)}
    rejected = set() if proposed is None else set(proposed.loc[proposed["candidate"] == "yes", "mention_id"])
    for decision in records(decisions):
        name, action = decision["row"], decision["action"]
        if name not in rows:
            continue  # a draft of a page that this edition does not know yet
        rejected.discard(name)  # the last decision counts
        rows[name]["reviewed"] = "yes"
        if action == "reject":
            rejected.add(name)
        elif action in ("edit", "merge", "split"):
            field = decision["field"] if action == "edit" else "event_id"
            rows[name] |= {field: decision["value"], "origin": "edited", "rule": decision["decision_id"]}
    return pd.DataFrame([row for name, row in rows.items() if name not in rejected], columns=by_hand.columns)


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


def find_faults(paths: Paths) -> Iterator[str]:
    """Yield a sentence for each row of the case that does not fit: an id that does not resolve, evidence not there."""
    sources = read_sources(paths)
    sentences = read_sentences(paths, sources)
    text = {(s["source_id"], s["sentence_no"], s["language"]): s["text"] for s in records(sentences)}
    mentions, decisions = read_case(paths, "mentions"), read_case(paths, "decisions")
    named = {key: set(read_case(paths, f"{key[:-3]}s")[key]) for key in ("event_id", "condition_id")}
    actors = set(read_reference("actors")["actor_id"])
    known = {mention["mention_id"]: mention for mention in records(mentions)}
    if is_draft(paths):
        proposed = propose(draft_case(paths, sources, sentences), sources)
        named["event_id"] |= set(proposed["event_id"])
        # Evidence and cue of a draft stand where the draft coder found them; only what a reviewer puts in is checked.
        unquoted = {f"{what}_{language}": "" for what in ("quote", "cue") for language in LANGUAGES}
        known |= {row["mention_id"]: row | unquoted for row in records(proposed)}
        named["event_id"] |= set(
            decisions.loc[decisions["action"] == "split", "value"].str.extract(f"^({ID})$")[0].dropna()
        )
    for row, mention in enumerate(records(mentions), start=2):
        where = f"data/cases/{paths.case}/mentions.csv, row {row} ({mention['mention_id']})"
        yield from (f"{where}: {fault}" for fault in _faults(mention, text, named, actors))
    columns = TABLES["case/mentions"].columns
    for row, decision in enumerate(records(decisions), start=2):
        where = f"data/cases/{paths.case}/decisions.csv, row {row} ({decision['decision_id']})"
        name, action, field, value = (decision[part] for part in ("row", "action", "field", "value"))
        if name not in known:
            yield f"{where}: there is no mention {name!r}; correct the id."
        elif action == "edit" and field not in DECIDABLE:
            yield f"{where}: {field!r} is no field that an edit can change; choose one of {', '.join(DECIDABLE)}."
        elif action == "edit" and not all(check(pd.Series([value])).check_passed for check in columns[field].checks):
            yield f"{where}: {field} is {value!r}, but must be {columns[field].checks[0].error}."
        elif action in ("edit", "merge", "split"):
            decided = known[name] | {field if action == "edit" else "event_id": value}
            yield from (f"{where}: {fault}" for fault in _faults(decided, text, named, actors))


def _faults(
    mention: dict[str, Any], text: dict[tuple[str, int, str], str], named: dict[str, set[str]], actors: set[str]
) -> Iterator[str]:
    if bool(mention["event_id"]) == bool(mention["condition_id"]):
        yield "it must tell either an event or a condition; fill exactly one of event_id and condition_id."
    if mention["event_id"] and not mention["event_type"]:
        yield "an event needs an event_type; choose a PLOVER root type."
    for column, known in named.items():
        if mention[column] and mention[column] not in known:
            yield f"there is no {column} {mention[column]!r}; add it to {column[:-3]}s.csv."
    for column in ("source_actors", "target_actors", "speaker"):
        for actor in ids(mention[column]):
            if actor not in actors:
                yield f"{column} names the unknown actor {actor!r}; add it to data/reference/actors.csv."
    if mention["date"]:
        try:
            parse(mention["date"])
        except Fault as fault:
            yield str(fault)
    source, number = mention["source_id"], mention["sentence_no"]
    held = [language for language in LANGUAGES if (source, number, language) in text]
    if not held:
        yield f"the texts of source {source!r} have no sentence {number}; correct the number."
    for language in LANGUAGES:
        if held and language not in held and (mention[f"quote_{language}"] or mention[f"cue_{language}"]):
            yield f"the source {source!r} has no text in {language} to quote from; add texts/{source}.{language}.txt."
    for language in held:
        for column, what in ((f"quote_{language}", "evidence"), (f"cue_{language}", "cue")):
            words = mention[column]
            if words and text[source, number, language].count(words) != 1:
                yield (
                    f"the {what} {words[:60]!r} does not stand once in sentence {number} of "
                    f"texts/{source}.{language}.txt; copy it from there."
                )
