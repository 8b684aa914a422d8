"""The texts of a case as they are read: drafted events and statements, each with its place, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.coder import Draft, Matter, Statement, find_names
from lagebild.core import TABLES, Reference, derived, ids, records, stands_for
from lagebild.corpus import Corpus, Inputs
from lagebild.reader import TextReading, list_articles, read_article


def find_actor(reference: Reference, code: str) -> str:
    """Return the id of the actor behind a code of the draft coder: ``IRN``, ``ORG:NATO`` or ``PER:Name``.

    Empty for a name that is in no table, also not among the unknown actors of the case.
    """
    kind, _, name = code.partition(":")
    return _list_codes(reference)[kind].get(name, "") if name else code


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


@dataclass(frozen=True, eq=False)
class Drafts:
    """What is found in all texts of a case, whatever the as-of date.

    Attributes
    ----------
    events
        Drafted events, still without decisions; columns as in the table `drafts`.
    statements
        What the texts say of what lasts or what a choice would bring; columns as in the table `statements`.
    refused
        What the model that reads the case answered and was not admitted; columns as in the table `refused`.
    matters
        What each text is about; columns as in the table `matters`.
    """

    events: pd.DataFrame
    statements: pd.DataFrame
    refused: pd.DataFrame
    matters: pd.DataFrame

    def known(self, corpus: Corpus) -> Drafts:
        """Return what was drafted from the pages of a corpus."""
        pages = set(corpus.sources["source_id"])
        frames = (self.events, self.statements, self.refused, self.matters)
        kept = (frame[frame["source_id"].isin(pages)] for frame in frames)
        return Drafts(*(frame.reset_index(drop=True) for frame in kept))


def draft_case(inputs: Inputs) -> Drafts:
    """Draft every text of a case in every language: by the rules, and the model that reads it, as far as it answered.

    A draft is numbered within its sentence, so that its id stays when a rule for other words is added; what the model
    alone reads is numbered by itself, so that no id of the rules' changes when a model joins them.
    """
    places = {key: records(part) for key, part in inputs.corpus.sentences.groupby(["source_id", "language"])}
    reference, events, statements = inputs.reference, list[dict[str, Any]](), list[dict[str, Any]]()
    refused, matters = list[dict[str, Any]](), list[dict[str, Any]]()
    for name, language, article in list_articles(inputs):
        reading = read_article(reference, article, inputs.case.model, inputs.answers)
        drafted = reading.drafted
        drafts = [*drafted.events, *drafted.candidates]
        drafts.sort(key=lambda draft: (draft.trigger, draft.rule, draft.start, draft.end, draft.source_actors))
        for sentence in places.get((name, language), []):
            inside = _inside(sentence, drafts)
            for mark, of_model in (("", False), ("m", True)):
                chosen = (draft for draft in inside if (draft.readers == ("model",)) is of_model)
                numbered = ((f"{mark}{number}", draft) for number, draft in enumerate(chosen, start=1))
                events += [_make_row(reference, one, number, sentence, article.published) for number, one in numbered]
            rows = enumerate(_inside(sentence, drafted.statements), start=1)
            statements += [_make_statement(reference, statement, number, sentence) for number, statement in rows]
        refused += _list_refused(name, language, reading)
        matters.append(_describe_matter(name, language, drafted.matter))
    frames = {"drafts": events, "statements": statements, "refused": refused, "matters": matters}
    return Drafts(*(pd.DataFrame(rows, columns=list(TABLES[name].columns)) for name, rows in frames.items()))


def _describe_matter(name: str, language: str, matter: Matter) -> dict[str, Any]:
    return {
        "source_id": name,
        "language": language,
        "matter": matter.kind,
        "n_told": matter.told,
        "n_sentences": matter.sentences,
        "words": ";".join(matter.words),
    }


def _list_refused(name: str, language: str, reading: TextReading) -> list[dict[str, Any]]:
    rows = [*reading.gated.refused, *(("", "unanswered") for _ in reading.unanswered)]
    place = {"source_id": name, "language": language}
    return [place | {"number": k, "quote": quote, "reason": why} for k, (quote, why) in enumerate(rows, start=1)]


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
    reference: Reference, draft: Draft, number: str, sentence: dict[str, Any], published: str
) -> dict[str, Any]:
    sides = (draft.source_actors, draft.target_actors, draft.other_source, draft.other_target)
    source, target, *other = (_join_ids(find_actor(reference, code) for code in codes) for codes in sides)
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
        "rule": draft.rule if "rules" in draft.readers else "",
        "readers": ";".join(draft.readers),
        "mapped": ";".join(draft.mapped),
        "other_source": other[0],
        "other_target": other[1],
        "confidence": draft.confidence,
        "probability": draft.probability,
        "inferred": ";".join(draft.inferred),
        "decision": "candidate" if draft.confidence == "C" else "open",
        "mention_id": "",
        "event_id": "",
    }


def _join_ids(actors: Iterable[str]) -> str:
    return ";".join(actor for actor in dict.fromkeys(actors) if actor)
