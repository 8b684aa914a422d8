"""The texts of a case as the draft coder reads them: drafted events and statements, each with place and rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.coder import Draft, Statement, draft_text, find_names
from lagebild.core import TABLES, Reference, derived, ids, records, stands_for
from lagebild.corpus import Corpus, Inputs

# --- The codes by which the draft coder names actors, to their ids ---


def find_actor(reference: Reference, code: str) -> str:
    """Return the id of the actor behind a code of the draft coder: ``IRN``, ``ORG:NATO`` or ``PER:Name``."""
    kind, _, name = code.partition(":")
    return _codes(reference)[kind][name] if name else code


def find_principal(reference: Reference, actor_id: str, day: str) -> str:
    """Return the id of the actor for whom somebody stands on a day: who holds no office, for himself."""
    return find_actor(reference, stands_for(reference, actor_id, day))


@derived
def _codes(reference: Reference) -> dict[str, dict[str, str]]:
    codes: dict[str, dict[str, str]] = {"ORG": {}, "PER": {}}
    for row in reference.rows("actors"):
        kind, name = ("PER", row["name_en"]) if row["type"] == "person" else ("ORG", row["actor_id"].upper())
        codes[kind].setdefault(name, row["actor_id"])
    return codes


DRAFTED = list(TABLES["drafts"].columns)
STATED = list(TABLES["statements"].columns)


@dataclass(frozen=True, eq=False)
class Drafts:
    """What the draft coder finds in all texts of a case, whatever the as-of date.

    Attributes
    ----------
    events
        Drafted events, still without decisions; columns as in the table `drafts`.
    statements
        What the texts say of what lasts or what a choice would bring; columns as in the table `statements`.
    """

    events: pd.DataFrame
    statements: pd.DataFrame

    def known(self, corpus: Corpus) -> Drafts:
        """Return what was drafted from the pages of a corpus."""
        pages = set(corpus.sources["source_id"])
        kept = (frame[frame["source_id"].isin(pages)] for frame in (self.events, self.statements))
        return Drafts(*(frame.reset_index(drop=True) for frame in kept))


def code(inputs: Inputs) -> Drafts:
    """Draft every text of a case in every language.

    A draft is numbered within its sentence, so that its id stays when a rule for other words is added.
    """
    places = {key: records(part) for key, part in inputs.corpus.sentences.groupby(["source_id", "language"])}
    events, statements = list[dict[str, Any]](), list[dict[str, Any]]()
    for source in records(inputs.corpus.sources):
        name, published = source["source_id"], source["known_from"]
        for language in source["languages"].split(";"):
            drafted = draft_text(inputs.reference, inputs.texts[name, language], language, published)
            found = [*drafted.events, *drafted.candidates]
            found.sort(key=lambda one: (one.trigger, one.rule, one.start, one.end, one.source_actors))
            for sentence in places.get((name, language), []):
                rows = enumerate(_inside(sentence, found), start=1)
                events += [_row(inputs.reference, one, number, sentence, published) for number, one in rows]
                said = enumerate(_inside(sentence, drafted.statements), start=1)
                statements += [_statement(inputs.reference, one, number, sentence) for number, one in said]
    return Drafts(pd.DataFrame(events, columns=DRAFTED), pd.DataFrame(statements, columns=STATED))


def _inside(sentence: dict[str, Any], found: Iterable[Any]) -> list[Any]:
    """Return what begins in a sentence."""
    return [one for one in found if sentence["start"] <= one.start < sentence["end"]]


def _statement(reference: Reference, one: Statement, number: int, sentence: dict[str, Any]) -> dict[str, Any]:
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
        "actors": _join(find_actor(reference, actor) for actor in one.actors),
        "date": one.date,
        "status": one.status,
        "speaker_text": one.speaker,
        "rule": one.rule,
    }


def _row(reference: Reference, one: Draft, number: int, sentence: dict[str, Any], published: str) -> dict[str, Any]:
    source, target = (
        _join(find_actor(reference, code) for code in codes) for codes in (one.source_actors, one.target_actors)
    )
    if one.mutual:
        source = target = _join([*ids(source), *ids(target)])
    language, day = sentence["language"], one.date or published
    names = find_names(reference, one.speaker, language, published)
    said = [stands_for(reference, name.actor_id, day) for name in names]
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
        "speaker": _join(find_actor(reference, code) for code in said),
        "speaker_text": one.speaker or "",
        "cue": one.cue or "",
        "rule": one.rule,
        "confidence": one.confidence,
        "probability": one.probability,
        "inferred": ";".join(one.inferred),
        "decision": "candidate" if one.confidence == "C" else "open",
        "mention_id": "",
        "event_id": "",
    }


def _join(actors: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(actors))
