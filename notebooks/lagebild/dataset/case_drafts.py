"""The texts of a case as the draft coder reads them: drafted events and statements, each with place and rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.coder import Draft, Statement, draft_text, find_names
from lagebild.core import TABLES, Reference, derived, ids, records, stands_for
from lagebild.corpus import Corpus, Inputs


def find_actor(reference: Reference, code: str) -> str:
    """Return the id of the actor behind a code of the draft coder: ``IRN``, ``ORG:NATO`` or ``PER:Name``."""
    kind, _, name = code.partition(":")
    return _list_codes(reference)[kind][name] if name else code


def find_principal(reference: Reference, actor_id: str, day: str) -> str:
    """Return the id of the actor for whom somebody stands on a day: who holds no office, for himself."""
    return find_actor(reference, stands_for(reference, actor_id, day))


@derived
def _list_codes(reference: Reference) -> dict[str, dict[str, str]]:
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


def draft_case(inputs: Inputs) -> Drafts:
    """Draft every text of a case in every language.

    A draft is numbered within its sentence, so that its id stays when a rule for other words is added.
    """
    places = {key: records(part) for key, part in inputs.corpus.sentences.groupby(["source_id", "language"])}
    reference, events, statements = inputs.reference, list[dict[str, Any]](), list[dict[str, Any]]()
    for source in records(inputs.corpus.sources):
        name, published = source["source_id"], source["known_from"]
        for language in source["languages"].split(";"):
            drafted = draft_text(reference, inputs.texts[name, language], language, published)
            drafts = [*drafted.events, *drafted.candidates]
            drafts.sort(key=lambda draft: (draft.trigger, draft.rule, draft.start, draft.end, draft.source_actors))
            for sentence in places.get((name, language), []):
                rows = enumerate(_inside(sentence, drafts), start=1)
                events += [_make_row(reference, draft, number, sentence, published) for number, draft in rows]
                rows = enumerate(_inside(sentence, drafted.statements), start=1)
                statements += [_make_statement(reference, statement, number, sentence) for number, statement in rows]
    return Drafts(pd.DataFrame(events, columns=DRAFTED), pd.DataFrame(statements, columns=STATED))


def _inside(sentence: dict[str, Any], drafts: Iterable[Any]) -> list[Any]:
    return [draft for draft in drafts if sentence["start"] <= draft.start < sentence["end"]]


def _make_statement(
    reference: Reference, statement: Statement, number: int, sentence: dict[str, Any]
) -> dict[str, Any]:
    name, language = sentence["source_id"], sentence["language"]
    return {
        "statement_id": f"S-{name}-{language}-{sentence['sentence_no']}.{number}",
        "source_id": name,
        "language": language,
        "sentence_no": sentence["sentence_no"],
        "start": statement.start,
        "end": min(statement.end, sentence["end"]),
        "evidence": sentence["text"][statement.start - sentence["start"] : statement.end - sentence["start"]],
        "kind": statement.kind,
        "sign": statement.sign,
        "actors": _join_ids(find_actor(reference, actor) for actor in statement.actors),
        "date": statement.date,
        "status": statement.status,
        "speaker_text": statement.speaker,
        "rule": statement.rule,
    }


def _make_row(
    reference: Reference, draft: Draft, number: int, sentence: dict[str, Any], published: str
) -> dict[str, Any]:
    source, target = (
        _join_ids(find_actor(reference, code) for code in codes) for codes in (draft.source_actors, draft.target_actors)
    )
    if draft.mutual:
        source = target = _join_ids([*ids(source), *ids(target)])
    language, day = sentence["language"], draft.date or published
    names = find_names(reference, draft.speaker, language, published)
    speakers = [stands_for(reference, name.actor_id, day) for name in names]
    return {
        "draft_id": f"D-{sentence['source_id']}-{language}-{sentence['sentence_no']}.{number}",
        "source_id": sentence["source_id"],
        "language": language,
        "sentence_no": sentence["sentence_no"],
        "start": draft.start,
        "end": min(draft.end, sentence["end"]),
        "evidence": sentence["text"][draft.start - sentence["start"] : draft.end - sentence["start"]],
        "event_type": draft.event_type,
        "type_alt": ";".join(draft.type_alt),
        "mode": draft.mode,
        "source_actors": source,
        "target_actors": target,
        "mutual": "yes" if draft.mutual else "no",
        "date": draft.date or "",
        "date_text": draft.date_text,
        "date_basis": draft.date_basis if draft.date else "",
        "status": draft.status,
        "speaker": _join_ids(find_actor(reference, code) for code in speakers),
        "speaker_text": draft.speaker or "",
        "cue": draft.cue or "",
        "rule": draft.rule,
        "confidence": draft.confidence,
        "probability": draft.probability,
        "inferred": ";".join(draft.inferred),
        "decision": "candidate" if draft.confidence == "C" else "open",
        "mention_id": "",
        "event_id": "",
    }


def _join_ids(actors: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(actors))
