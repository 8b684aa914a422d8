"""What does not fit in a case: ids that resolve to nothing, evidence that is not there, decisions that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lagebild.core import TABLES, InputError, csv_files, edtf, folders, ids, records, schema, tables
from lagebild.corpus import Inputs
from lagebild.dataset.case_drafts import Drafts
from lagebild.dataset.decisions import (
    DECIDABLE,
    MOVES,
    add_mention,
    field_of,
    find_faulty_title,
    in_force,
    name_undone,
    propose_case,
    read_place,
)
from lagebild.dataset.proposals import name_after
from lagebild.dataset.quotes import quotes

DRAFTED_IN = re.compile(r"[DV]-(.+)-[a-z]+-\d+\.m?\d+$")  # the id of a draft names its source
LOST = "{source} is not in sources.csv; restore its row, or delete the decisions on {name}."


@dataclass(frozen=True, kw_only=True)
class KnownIds:
    """What the rows of a case may refer to.

    `texts` are the sentences by source, number and language, each with the place of its first character; `mentions` the
    rows by id, coded or drafted; the sets hold ids.
    """

    texts: dict[tuple[str, int, str], tuple[str, int]]
    mentions: dict[str, dict[str, Any]]
    events: set[str]
    conditions: set[str]
    actors: set[str]
    sources: set[str]


def list_known(inputs: Inputs, drafts: Drafts) -> KnownIds:
    """Return what the rows of a case may refer to, whatever the as-of date."""
    corpus, coded = inputs.corpus, inputs.mentions
    texts: dict[tuple[str, int, str], tuple[str, int]] = {}
    for row in records(corpus.sentences):
        texts[row["source_id"], row["sentence_no"], row["language"]] = row["text"], row["start"]
    known = KnownIds(
        texts=texts,
        mentions={row["mention_id"]: row for row in records(coded)},
        events=set(inputs.events["event_id"]),
        conditions=set(inputs.conditions["condition_id"]),
        actors=set(inputs.reference.table("actors")["actor_id"]),
        sources=set(corpus.sources["source_id"]),
    )
    sound = coded[[not any(_check_mention(row, known)) for row in records(coded)]]
    proposed = propose_case(inputs, sound, drafts.events, corpus)
    # Evidence and cue of a draft stand where the draft coder found them; only what a reviewer puts in is checked.
    unquoted = dict.fromkeys(quotes(), "")
    mentions = known.mentions | {row["mention_id"]: row | unquoted for row in records(proposed)}
    # Decisions may regroup drafts, so that any of them may give an event its name.
    named = set(proposed["event_id"]) | set(proposed["mention_id"].map(name_after))
    return replace(known, mentions=mentions, events=known.events | named)


def find_faults(inputs: Inputs, drafts: Drafts) -> Iterator[str]:
    """Yield a sentence for each row of the case that does not fit: an id that does not resolve, evidence not there."""
    known, folder = list_known(inputs, drafts), f"data/cases/{inputs.paths.case}"
    for row, mention in enumerate(records(inputs.mentions), start=2):
        where = f"{folder}/mentions.csv, row {row} ({mention['mention_id']})"
        yield from (f"{where}: {fault}" for fault in _check_mention(mention, known))
    for row, event in enumerate(records(inputs.events), start=2):
        if taken := _find_name_owner(event["process"], known):
            where = f"{folder}/events.csv, row {row} ({event['event_id']})"
            yield f"{where}: the process {event['process']} is {taken}, but must have a name of its own"
    for row, name in enumerate(inputs.conditions["condition_id"], start=2):
        if name in known.events:
            yield f"{folder}/conditions.csv, row {row}: an event has the id {name} too; give the condition another."
    yield from (f"{folder}/recoding.csv, {fault}" for fault in _check_recoding(inputs))
    for row, name, fault in find_faulty_decisions(inputs.decisions, known):
        yield f"{folder}/decisions.csv, row {row} ({name}): {fault}"


def _find_name_owner(process: str, known: KnownIds) -> str:
    """Say what else has the name of a process: tables would take the one for the other; nothing has an empty one."""
    if process in known.events:
        return "an event"
    if process in known.conditions:
        return "a condition"
    if process in schema.EVENT_TYPES:
        return "a type of event"
    return (
        "what the trials of a run are called"
        if process.startswith(tuple(f"{kind}-" for kind in schema.LEFT_OUT))
        else ""
    )


def _check_recoding(inputs: Inputs) -> Iterator[str]:
    """Yield row and fault of each mention coded anew that does not fit."""
    beside = {"case/mentions": inputs.mentions, "reference/actors": inputs.reference.table("actors")}
    for broken in tables.find_broken_keys({"case/recoding": inputs.recoding}, beside):
        yield f"row {broken.row}: {broken.message.replace('/CASE/', f'/{inputs.paths.case}/')}"
    for row, second in enumerate(records(inputs.recoding), start=2):
        if second["kind"] == "event" and not second["event_type"]:
            yield f"row {row}: an event needs an event_type; choose a PLOVER root type."
        yield from (f"row {row}: {fault}" for fault in _check_date(second["date"]))


def _check_date(date: str) -> Iterator[str]:
    try:
        if date:
            edtf.parse(date)
    except InputError as fault:
        yield str(fault)


def find_faulty_decisions(decisions: pd.DataFrame, known: KnownIds) -> Iterator[tuple[int, str, str]]:
    """Yield row, id and a sentence for each decision that does not fit; one that was taken back may be anything."""
    taken_back = dict(name_undone(decisions))
    standing = set(in_force(decisions)["decision_id"])
    moved = decisions.loc[decisions["action"] == "split", "value"].str.extract(f"^({schema.ID})$")[0].dropna()
    known = replace(known, events=known.events | set(moved))
    rows, added = dict(known.mentions), dict[str, tuple[int, str]]()
    for number, decision in enumerate(records(decisions), start=2):
        name = decision["decision_id"]
        if number in taken_back:
            yield number, name, taken_back[number]
        elif name in standing:
            faults = list(_check_decision(decision, rows, known))
            yield from ((number, name, fault) for fault in faults)
            if not faults and decision["action"] == "add":
                rows[decision["row"]] = add_mention(decision)
                added[decision["row"]] = number, name
            elif not faults and decision["action"] in ("edit", *MOVES):
                changed = rows[decision["row"]] | {field_of(decision): decision["value"]}
                if decision["row"] in added:
                    rows[decision["row"]] = changed  # it is whole only after its last edit
                else:
                    yield from ((number, name, fault) for fault in _check_mention(changed, known))
    for mention, (number, name) in added.items():
        yield from ((number, name, fault) for fault in _check_mention(rows[mention], known))


def _say_no_sentence(source: str, number: int, known: KnownIds) -> str:
    """Say why a mention stands in no sentence: its source is gone, or has fewer."""
    if source in known.sources:
        return f"the texts of source {source!r} have no sentence {number}; correct the number."
    return f"{source} is not in sources.csv; restore its row, or delete the mention."


def _say_lost(name: str, otherwise: str, known: KnownIds) -> str:
    """Say that the source of a draft, or of an event named after one, is gone; else what is said otherwise."""
    drafted = DRAFTED_IN.match(name)
    if drafted is None or drafted[1] in known.sources:
        return otherwise
    return LOST.format(source=drafted[1], name=name)


def _check_decision(decision: dict[str, Any], rows: dict[str, dict[str, Any]], known: KnownIds) -> Iterator[str]:
    """Yield what is wrong with a decision in itself."""
    action, field, value = (decision[part] for part in ("action", "field", "value"))
    mentions = TABLES["case/mentions"]
    yield from _check_date(decision["date"])
    if action == "add":
        place = read_place(value)
        if decision["row"] in rows:
            yield f"there is a mention {decision['row']!r} already; give the added one an id of its own."
        elif place is None:
            yield f"it adds at {value!r}, but must say where: SOURCE:LANGUAGE:SENTENCE:START."
        elif place.source_id not in known.sources:
            yield LOST.format(source=place.source_id, name=decision["row"])
        elif (place.source_id, place.sentence_no, place.language) not in known.texts:
            yield f"texts/{place.source_id}.{place.language}.txt has no sentence {place.sentence_no}; correct it."
    elif action == "title":
        yield from find_faulty_title(decision["row"], field, value, known.events)
    elif decision["row"] not in rows:
        yield _say_lost(decision["row"], f"there is no mention {decision['row']!r}; correct the id.", known)
    elif action == "edit" and field not in DECIDABLE:
        yield f"{field!r} is no field that an edit can change; choose one of {', '.join(DECIDABLE)}."
    elif action == "edit" and not csv_files.find_rule(mentions, field)([value]):
        yield f"{field} is {value!r}, but must be {schema.describe_rule(mentions.columns[field])}."


def _check_mention(mention: dict[str, Any], known: KnownIds) -> Iterator[str]:
    """Yield what is wrong with a mention: what it refers to, its date, the words that it quotes."""
    yield from _check_ids(mention, known)
    yield from _check_date(mention["date"])
    yield from _check_words(mention, known)


def _check_ids(mention: dict[str, Any], known: KnownIds) -> Iterator[str]:
    if bool(mention["event_id"]) == bool(mention["condition_id"]):
        yield "it must tell either an event or a condition; fill exactly one of event_id and condition_id."
    if mention["event_id"] and not mention["event_type"]:
        yield "an event needs an event_type; choose a PLOVER root type."
    for column, names in (("event_id", known.events), ("condition_id", known.conditions)):
        if mention[column] and mention[column] not in names:
            missing = f"there is no {column} {mention[column]!r}; add it to {column[:-3]}s.csv."
            yield _say_lost(mention[column], missing, known)
    for column in ("source_actors", "target_actors", "speaker"):
        for actor in ids(mention[column]):
            if actor not in known.actors:
                yield f"{column} names the unknown actor {actor!r}; add it to actors.csv of the case."


def _check_words(mention: dict[str, Any], known: KnownIds) -> Iterator[str]:
    source, number = mention["source_id"], mention["sentence_no"]
    spoken = sorted({*folders.read_languages(), mention.get("language") or folders.read_languages()[0]})
    languages = [language for language in spoken if (source, number, language) in known.texts]
    if not languages:
        yield _say_no_sentence(source, number, known)
        return
    for language in folders.read_languages():
        if language not in languages and (mention.get(f"quote_{language}") or mention.get(f"cue_{language}")):
            yield f"the source {source!r} has no text in {language} to quote from; add texts/{source}.{language}.txt."
    for language in languages:
        text, start = known.texts[source, number, language]
        for column, part in ((f"quote_{language}", "evidence"), (f"cue_{language}", "cue")):
            words = mention.get(column, "")
            placed = part == "evidence" and mention.get("language") == language
            if words and text.count(words) != 1 and not (placed and text.startswith(words, mention["at"] - start)):
                yield (
                    f"the {part} {words[:60]!r} does not stand once in sentence {number} of "
                    f"texts/{source}.{language}.txt; copy it from there."
                )
