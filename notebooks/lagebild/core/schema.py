"""The tables: every column with its type, its allowed values and what it means.

The data dictionary (`data/README.md`) is printed from this module, and `store` checks every table against it on
reading and on writing. A list of ids is one cell, joined by ``;``. An empty cell means "not known" or "does not
apply", never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.pandas as pa

EVENT_TYPES = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
STATUSES = ["asserted", "reported", "hypothetical", "negated", "open"]
TRIAD_STATES = ["balanced", "unbalanced"]
DATE_BASES = ["stated", "relative", "publication"]
BASES = ["act", "text", "analyst"]
STANCES = ["supports", "differs", "denies"]
RELIABILITY = list("ABCDEF")
CREDIBILITY = list("123456")
CONFIDENCE = ["high", "moderate", "low"]
LIKELY = [
    "almost-no-chance",
    "very-unlikely",
    "unlikely",
    "roughly-even",
    "likely",
    "very-likely",
    "almost-certain",
]
CHANGING = ["events", "conditions", "relations", "questions"]
ACTIONS = ["accept", "reject", "edit", "merge", "split", "add", "undo"]
INPUTS = ["decision", "rule", "run"]
THEMES = ["treaty", "arms", "troops", "exports", "partners", "mediation", "restraint", "ties", "dilemma"]

ID = r"[A-Za-z][A-Za-z0-9._-]*"
IDS = rf"{ID}(;{ID})*"
FINDING = rf"{ID}([>~]{ID})*"
FINDINGS = rf"{FINDING}(;{FINDING})*"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ADDRESS = r"(https?://\S+)"
CHOICE = rf"({'|'.join(EVENT_TYPES)}):{ID}>{ID}"
CHOICES = rf"{CHOICE}(;{CHOICE})*"
TRIADS = rf"{ID}~{ID}~{ID}(;{ID}~{ID}~{ID})*"
TIES = rf"{ID}-{ID}:[+-](;{ID}-{ID}:[+-])*"
PLACE = rf"({ID}):(de|en):([1-9][0-9]{{0,8}}):(0|[1-9][0-9]{{0,8}})"
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
COUNTRY = r"[A-Z]{3}"
FORMS = {
    ID: "an id of letters, digits and . _ -",
    IDS: "ids joined by ;",
    FINDINGS: "findings joined by ;",
    CHOICES: "acts joined by ;, each TYPE:ACTOR>TARGET",
    TRIADS: "triads joined by ;, each A~B~C",
    TIES: "ties joined by ;, each ACTOR-OTHER:+ or ACTOR-OTHER:-, whoever chooses first",
    DAY: "a day, YYYY-MM-DD",
    ADDRESS: "an address, http:// or https://",
    LANGUAGE: "a BCP 47 tag such as de or en-GB",
    COUNTRY: "three capital letters",
}


@dataclass(frozen=True)
class Table:
    """One table: where it lies, its key, what a row is, and its columns."""

    name: str
    place: str
    key: tuple[str, ...]
    row: str
    columns: dict[str, Any]

    @property
    def file(self) -> str:
        """File name of the table."""
        return self.name.split("/")[-1] + ".csv"

    @property
    def schema(self) -> Any:
        """The pandera schema that `store` validates with."""
        return _schema(self.name)


def _text(meaning: str, values: list[str] | None = None, pattern: str = "", empty: bool = False) -> Any:
    blank = ", or empty" if empty else ""
    if values is not None:
        check = pa.Check.isin([*values, ""] if empty else values, error=f"one of {', '.join(values)}{blank}")
    elif pattern:
        whole = rf"({pattern})?\Z" if empty else rf"({pattern})\Z"
        check = pa.Check.str_matches(whole, error=FORMS.get(pattern, f"of the form {pattern}") + blank)
    else:
        check = pa.Check.str_length(min_value=0 if empty else 1, error="text" + blank)
    return pa.Column(str, check, description=meaning)


def _count(meaning: str) -> Any:
    return pa.Column(int, pa.Check.ge(0, error="zero or more"), coerce=True, description=meaning)


def _number(meaning: str, empty: bool = False) -> Any:
    return pa.Column(float, nullable=empty, coerce=True, description=meaning)


def _flag(meaning: str) -> Any:
    return _text(meaning, ["yes", "no"])


_EVENT_FIELDS = {
    "event_type": _text("PLOVER root type", EVENT_TYPES),
    "mode": _text("PLOVER mode: how it was done", empty=True),
    "context": _text("PLOVER context: in which field of policy", empty=True),
    "source_actors": _text("who acts (actor ids)", pattern=IDS, empty=True),
    "target_actors": _text("to whom (actor ids)", pattern=IDS, empty=True),
    "mutual": _flag("yes: every participant is source and target alike"),
}
_OPTIONAL_EVENT_FIELDS = _EVENT_FIELDS | {
    "event_type": _text("PLOVER root type; empty for a condition", EVENT_TYPES, empty=True),
}
_DATE = _text("when the act took place, EDTF level 0/1, never more exact than the text; empty if unknown", empty=True)
_REPORTING_FIELDS = {
    "date": _DATE,
    "date_basis": _text(
        "how the date is known: stated, relative to another date, or the day of publication",
        DATE_BASES,
        empty=True,
    ),
    "status": _text("how the text puts it: told as fact, attributed, thought of, denied, left open", STATUSES),
    "speaker": _text("who says so (actor ids), if the text attributes it", pattern=IDS, empty=True),
}
_SPOKEN = _text("language, empty for both", ["de", "en"], empty=True)
_STANCE = _text("supports, tells it with other particulars (differs), or denies it", STANCES)
_CREDIBILITY = _text("Admiralty code of the information, 1 (confirmed) to 5, 6 cannot be judged", CREDIBILITY)
BEARINGS = ["costs", "gains", "binds", "asks", "frees"]
_CHOICE_FIELDS = {
    "choice": _text("the act of which it states what follows or what stands against it", pattern=CHOICES, empty=True),
    "bearing": _text(
        "what it says of that act: its price (costs), its return (gains), what stands in its way (binds), what calls "
        "for it (asks), that nothing obliges to it (frees)",
        BEARINGS,
        empty=True,
    ),
    "ties": _text("ties that the act would change, and which way", pattern=TIES, empty=True),
}
_SUMMARIES = {
    "summary_de": _text("short neutral label in German, written without hindsight"),
    "summary_en": _text("the same in English"),
}
_SOURCE_FIELDS = {
    "source_id": _text("id of the page", pattern=ID),
    "title": _text("title of the page; [from URL] where it was rebuilt from the address"),
    "publisher": _text("who published the page"),
    "reporter": _text("whose report it is: the agency or outlet relayed; independent publishers are counted by it"),
    "author": _text("author, if named", empty=True),
    "published": _text("day of publication, EDTF; an interval if it could only be narrowed down"),
    "published_basis": _text("stated by the page, or estimated", ["stated", "estimated"]),
    "published_reason": _text("how an estimate was reached", empty=True),
    "retrieved": _text("day on which the page was read", pattern=DAY),
    "url": _text("address of the page", pattern=ADDRESS, empty=True),
    "language": _text("language of the page, BCP 47", pattern=LANGUAGE),
    "kind": _text("kind of page", ["article", "official", "analysis", "note"]),
    "country": _text("seat of the publisher, ISO 3166-1 alpha-3", pattern=COUNTRY, empty=True),
    "standing": _text(
        "standing of the publisher", ["state", "public", "private", "exile", "institute", "aggregator"], empty=True
    ),
    "reliability": _text("Admiralty code of the source, A (reliable) to E, F cannot be judged", RELIABILITY),
    "reliability_reason_de": _text("why this grade, in German"),
    "reliability_reason_en": _text("why this grade, in English"),
    "wording": _text("what the text is: our own wording of what the page says, or the page's", ["note", "original"]),
}

_ALL = [
    Table("case/sources", "data/cases/CASE", ("source_id",), "one page, as its editor describes it", _SOURCE_FIELDS),
    Table(
        "case/mentions",
        "data/cases/CASE",
        ("mention_id",),
        "one event or condition as one source tells it, coded by hand: each row is a decision to add",
        {
            "mention_id": _text("id of the mention", pattern=ID),
            "event_id": _text("the event that is told", pattern=ID, empty=True),
            "condition_id": _text("or the condition that is told", pattern=ID, empty=True),
            "source_id": _text("the page that tells it", pattern=ID),
            "sentence_no": _count("the sentence of its text, from 1"),
            "quote_de": _text("evidence span in the German text; empty for the whole sentence", empty=True),
            "quote_en": _text("evidence span in the English text; empty for the whole sentence", empty=True),
            **_OPTIONAL_EVENT_FIELDS,
            **_REPORTING_FIELDS,
            "cue_de": _text("words of the German sentence that decide the status", empty=True),
            "cue_en": _text("words of the English sentence that decide the status", empty=True),
            "stance": _STANCE,
            "credibility": _CREDIBILITY,
            "reason": _text("why it is coded so"),
            "by": _text("who decided"),
            "added": _text("when", pattern=DAY),
        },
    ),
    Table(
        "case/events",
        "data/cases/CASE",
        ("event_id",),
        "the name of one event in the world",
        {"event_id": _text("id of the event", pattern=ID), **_SUMMARIES},
    ),
    Table(
        "case/conditions",
        "data/cases/CASE",
        ("condition_id",),
        "the name of one standing fact, assessment or hypothesis",
        {
            "condition_id": _text("id of the condition", pattern=ID),
            "kind": _text("kind", ["condition", "assessment", "hypothesis"]),
            "theme": _text("what it bears on", THEMES),
            **_CHOICE_FIELDS,
            **_SUMMARIES,
        },
    ),
    Table(
        "case/decisions",
        "data/cases/CASE",
        ("decision_id",),
        "one decision of a reviewer on one mention; append-only, the last one that nobody took back counts",
        {
            "decision_id": _text("id of the decision", pattern=ID),
            "row": _text("mention_id that it is about", pattern=ID),
            "action": _text(
                "accept as it stands, reject, edit one field, merge into another event, split off as a new event, add "
                "what was missed, undo another decision on the same mention",
                ACTIONS,
            ),
            "field": _text("the field that an edit changes", empty=True),
            "value": _text(
                "its new value; for merge and split the event_id, for add the place of the evidence "
                "(SOURCE:LANGUAGE:SENTENCE:START, the character in the text file), for undo the decision_id",
                empty=True,
            ),
            "reason": _text("why"),
            "by": _text("who"),
            "date": _text("when", pattern=DAY),
        },
    ),
    Table(
        "reference/actors",
        "data/reference",
        ("actor_id",),
        "one state, person, organisation or group",
        {
            "actor_id": _text("ISO 3166-1 alpha-3 for states (Kosovo XKX), a slug otherwise", pattern=ID),
            "type": _text("type", ["state", "person", "organisation", "group"]),
            "name_de": _text("name in German"),
            "name_en": _text("name in English"),
            "wikidata": _text("Wikidata item", pattern=r"Q\d+", empty=True),
            "born": _text("day of birth of a person, if known", pattern=DAY, empty=True),
        },
    ),
    Table(
        "reference/names",
        "data/reference",
        ("name", "language", "kind", "actor_id"),
        "one written form of an actor's name; the program adds German genitives and the endings of adjectives",
        {
            "name": _text("as it is written; a German adjective without ending (iranisch)"),
            "language": _SPOKEN,
            "kind": _text(
                "full name or acronym, state adjective, inhabitant, capital or seat of power that stands for the "
                "state, organ of a state, surname that is safe alone, surname that is also a common word (weak), or a "
                "place of a state that can be hit but does not act",
                ["name", "adjective", "inhabitant", "seat", "body", "surname", "weak", "place"],
            ),
            "actor_id": _text("whom it names", pattern=ID),
        },
    ),
    Table(
        "reference/blocklist",
        "data/reference",
        ("words", "language"),
        "one expression in which a name means no actor: it must not match",
        {
            "words": _text("the expression"),
            "language": _SPOKEN,
            "why": _text("what it is instead"),
        },
    ),
    Table(
        "reference/frames",
        "data/reference",
        ("frame_id",),
        "words that tell an act, and where its sides stand; the rule that a draft cites",
        {
            "frame_id": _text("id of the rule", pattern=ID),
            "language": _text("language", ["de", "en"]),
            "kind": _text("kind", ["verb", "noun"]),
            "lemma": _text(
                "infinitive (German separable prefix before |, English with its particle) or noun; "
                "a leading * covers compounds that end so"
            ),
            "forms": _text("of a noun: its inflected forms, separated by |", empty=True),
            "object": _text("words one of which must stand in the clause; * for any letters", empty=True),
            "not": _text("words that forbid the reading in the clause", empty=True),
            "event_type": _text("PLOVER root type", EVENT_TYPES),
            "type_alt": _text("types that are defensible too, separated by |", empty=True),
            "source": _text("slots of the acting side, best first: subj, obj, gen, adj or a preposition", empty=True),
            "target": _text("slots of the affected side, best first", empty=True),
            "sides": _text("both: only an event if both sides are named; one: telling alone", ["both", "one"]),
            "mutual": _flag("yes: A and B do it to each other if there is no other side"),
            "mode": _text("PLOVER mode: how it was done", empty=True),
            "example": _text("a sentence of our own in which the rule fires"),
            "example_roles": _text("who to whom in it: RUS>UKR, RUS+CHN=, >BLR"),
        },
    ),
    Table(
        "reference/effects",
        "data/reference",
        ("effect_id",),
        "words that tell no act but what lasts or what a choice would cost: exports that fall, relations under strain",
        {
            "effect_id": _text("id of the rule", pattern=ID),
            "language": _text("language", ["de", "en"]),
            "verbs": _text("infinitives, separated by |; a German separable prefix before /"),
            "words": _text("words one of which must stand in the clause; * for any letters"),
            "sign": _text("for better or for worse", ["+", "-"]),
            "example": _text("a sentence of our own in which the rule fires"),
        },
    ),
    Table(
        "reference/verbs",
        "data/reference",
        ("language", "lemma"),
        "one verb; regular forms are left empty",
        {
            "language": _text("language", ["de", "en"]),
            "lemma": _text("infinitive without separable prefix"),
            "present": _text("third person singular", empty=True),
            "past": _text("third person singular of the past", empty=True),
            "participle": _text("past participle", empty=True),
            "subjunctive": _text("German subjunctive II", empty=True),
        },
    ),
    Table(
        "reference/heads",
        "data/reference",
        ("word", "language"),
        "one noun that carries a name (der Präsident Frankreichs) or keeps it from acting (die russische Opposition)",
        {
            "word": _text("the noun; a leading * covers compounds that end so"),
            "language": _text("language", ["de", "en"]),
            "kind": _text(
                "office, organ (body), what a state acts with (force), what can be acted on (object), "
                "or neither (none)",
                ["office", "body", "force", "object", "none"],
            ),
            "forms": _text("inflected forms, separated by |", empty=True),
        },
    ),
    Table(
        "reference/grammar",
        "data/reference",
        ("word_id",),
        "function words of one class, and verbs that decide the truth of what hangs on them (operator)",
        {
            "word_id": _text("id", pattern=r"[\w-]+"),
            "language": _text("language", ["de", "en"]),
            "class": _text("class of words", pattern=r"[a-z]+"),
            "value": _text("what the class says: mood, case, effect", empty=True),
            "words": _text("the words, separated by |"),
        },
    ),
    Table(
        "reference/speech",
        "data/reference",
        ("cue_id",),
        "words that attribute what is said",
        {
            "cue_id": _text("id of the rule", pattern=r"[\w-]+"),
            "language": _text("language", ["de", "en"]),
            "kind": _text("kind", pattern=r"[a-z]+"),
            "words": _text("all forms that occur, separated by |; … marks what stands between the parts of a verb"),
            "effect": _text("what it does: say, deny, confirm, claim, hearsay, or an act of its own"),
        },
    ),
    Table(
        "reference/estimates",
        "data/reference",
        ("estimate_id",),
        "words by which an analyst says how likely or how sure something is (ICD 203), for the check of prose",
        {
            "estimate_id": _text("id of the rule", pattern=r"[\w-]+"),
            "language": _text("language", ["de", "en"]),
            "kind": _text(
                "likelihood, a likelihood that has no band (vague), the analyst's confidence, or certainty",
                ["likelihood", "vague", "confidence", "certainty"],
            ),
            "value": _text(
                "band of likelihood or level of confidence; a likelihood without one is no estimate, such as a "
                "comparison: it keeps its words from being read otherwise",
                ["", *LIKELY, "low", "moderate", "high"],
            ),
            "words": _text("all forms that occur, separated by |; the longest that fits counts"),
            "example": _text("a sentence that holds one of them"),
        },
    ),
    Table(
        "reference/calendar",
        "data/reference",
        ("word_id",),
        "words of dates",
        {
            "word_id": _text("id of the rule", pattern=r"[\w-]+"),
            "language": _SPOKEN,
            "kind": _text("kind"),
            "words": _text("forms, separated by |"),
            "value": _text("what they mean", empty=True),
        },
    ),
    Table(
        "reference/offices",
        "data/reference",
        ("office_id",),
        "one office or affiliation: for whom an actor acts, and when",
        {
            "office_id": _text("id of the office", pattern=ID),
            "actor_id": _text("who holds it", pattern=ID),
            "acts_for": _text("for whom the actor acts in it", pattern=ID),
            "office_de": _text("office in German"),
            "office_en": _text("office in English"),
            "from": _text("first day, EDTF; empty if it does not matter here", empty=True),
            "to": _text("last day, EDTF; empty if it lasts", empty=True),
        },
    ),
    Table(
        "reference/event_types",
        "data/reference",
        ("event_type",),
        "one PLOVER root type",
        {
            "event_type": _text("PLOVER root type", EVENT_TYPES),
            "quad": _text(
                "quad class",
                ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"],
            ),
            "intensity": _number("intensity from -10 (conflict) to 10 (cooperation)"),
            "basis": _text("where the intensity comes from"),
            "name_de": _text("name in German"),
            "name_en": _text("name in English"),
            "definition_de": _text("what it covers, in German"),
            "definition_en": _text("what it covers, in English"),
        },
    ),
    Table(
        "reference/words",
        "data/reference",
        ("key",),
        "one word or sentence pattern of the report",
        {
            "key": _text("where it is used"),
            "de": _text("German; {name} marks what is filled in"),
            "en": _text("English; {name} marks what is filled in"),
        },
    ),
    Table(
        "sources",
        "data/built/CASE/AS_OF",
        ("source_id",),
        "one page that was known on the as-of date",
        _SOURCE_FIELDS
        | {
            "known_from": _text("last day of `published`: from then on a run may use the page", pattern=DAY),
            "languages": _text("languages in which its text is held"),
            "sha256": _text("hash of its texts", pattern=r"[0-9a-f]{64}"),
        },
    ),
    Table(
        "sentences",
        "data/built/CASE/AS_OF",
        ("source_id", "language", "sentence_no"),
        "one sentence of one text",
        {
            "source_id": _text("the page", pattern=ID),
            "language": _text("language of the text"),
            "sentence_no": _count("number of the sentence, from 1; the same in every language of a page"),
            "start": _count("first character in the text file, from 0"),
            "end": _count("first character after it"),
            "text": _text("the sentence"),
        },
    ),
    Table(
        "mentions",
        "data/built/CASE/AS_OF",
        ("mention_id", "language"),
        "one event or condition as one source tells it, in one language of its text",
        {
            "mention_id": _text("id of the mention", pattern=ID),
            "language": _text("language of the text"),
            "event_id": _text("the event that is told", pattern=ID, empty=True),
            "condition_id": _text("or the condition that is told", pattern=ID, empty=True),
            "source_id": _text("the page that tells it", pattern=ID),
            "sentence_no": _count("the sentence"),
            "start": _count("first character of the evidence in the text file, from 0"),
            "end": _count("first character after it"),
            "evidence": _text("the evidence, to the character"),
            **_OPTIONAL_EVENT_FIELDS,
            **_REPORTING_FIELDS,
            "cue": _text("words that decide the status", empty=True),
            "stance": _STANCE,
            "credibility": _CREDIBILITY,
            "rule": _text("the frame that drafted the row and what people changed in it, or the decision that made it"),
            "origin": _text(
                "drafted by rule, drafted and edited, or added by a person", ["drafted", "edited", "added"]
            ),
            "reviewed": _flag("yes: a person decided"),
            "reason": _text("why it is coded so"),
        },
    ),
    Table(
        "statements",
        "data/built/CASE/AS_OF",
        ("statement_id",),
        "one standing fact, or one consequence of a choice, drafted by rule; no event, and never counted as one",
        {
            "statement_id": _text("id", pattern=ID),
            "source_id": _text("the page", pattern=ID),
            "language": _text("language of the text"),
            "sentence_no": _count("the sentence"),
            "start": _count("first character of the evidence in the text file, from 0"),
            "end": _count("first character after it"),
            "evidence": _text("the evidence, to the character"),
            "kind": _text("a fact that lasts, or what a choice would bring", ["condition", "option"]),
            "sign": _text("for better or for worse", ["+", "-"]),
            "actors": _text("who is named (actor ids)", pattern=IDS, empty=True),
            "date": _text("EDTF; empty if unknown", empty=True),
            "status": _REPORTING_FIELDS["status"],
            "speaker_text": _text("who says so, in the words of the text", empty=True),
            "rule": _text("row of the table `effects`", pattern=ID),
        },
    ),
    Table(
        "drafts",
        "data/built/CASE/AS_OF",
        ("draft_id",),
        "one event as the draft coder reads it in one sentence, and what became of the draft",
        {
            "draft_id": _text("id of the draft: D, source, language, sentence and number in it", pattern=ID),
            "source_id": _text("the page", pattern=ID),
            "language": _text("language of the text"),
            "sentence_no": _count("the sentence"),
            "start": _count("first character of the evidence in the text file, from 0"),
            "end": _count("first character after it"),
            "evidence": _text("the evidence, to the character"),
            "event_type": _text("PLOVER root type", EVENT_TYPES),
            "type_alt": _text("types that are defensible too", pattern=IDS, empty=True),
            "mode": _EVENT_FIELDS["mode"],
            "source_actors": _EVENT_FIELDS["source_actors"],
            "target_actors": _EVENT_FIELDS["target_actors"],
            "mutual": _EVENT_FIELDS["mutual"],
            "date": _DATE,
            "date_text": _text("words that tell the date", empty=True),
            "date_basis": _REPORTING_FIELDS["date_basis"],
            "status": _REPORTING_FIELDS["status"],
            "speaker": _REPORTING_FIELDS["speaker"],
            "speaker_text": _text("words that name the speaker", empty=True),
            "cue": _text("words that decide the status", empty=True),
            "rule": _text("frame that fired (frame_id)"),
            "confidence": _text(
                "A: both sides told; B: one inferred, or only one told; C: a candidate, in no chart or count",
                ["A", "B", "C"],
            ),
            "inferred": _text("sides that another clause or sentence tells", pattern=IDS, empty=True),
            "decision": _text(
                "taken up as it stands, taken up with a change, not taken up, a candidate, or not decided yet",
                ["accepted", "edited", "rejected", "candidate", "open"],
            ),
            "mention_id": _text("the mention that takes it up", pattern=ID, empty=True),
            "event_id": _text("the event that this mention tells", pattern=ID, empty=True),
        },
    ),
    Table(
        "events",
        "data/built/CASE/AS_OF",
        ("event_id",),
        "one event in the world, however many sources tell it",
        {
            "event_id": _text("id of the event", pattern=ID),
            **_EVENT_FIELDS,
            "date": _DATE,
            "earliest": _text("first day that the date allows", pattern=DAY, empty=True),
            "latest": _text("last day that the date allows; the as-of date if it is open", pattern=DAY, empty=True),
            "date_basis": _REPORTING_FIELDS["date_basis"],
            "status": _REPORTING_FIELDS["status"],
            "credibility": _CREDIBILITY,
            "n_mentions": _count("sentences that tell it (one sentence in two languages is one)"),
            "n_publishers": _count("independent publishers that tell it"),
            "contested": _text(
                "no, its particulars, or its occurrence; an occurrence that is contested never weighs in a relation",
                ["no", "particulars", "occurrence"],
            ),
            "contested_by": _text("mentions that differ or deny", pattern=IDS, empty=True),
            "confidence": _text(
                "confidence that it took place as told, by the rule in the report; empty if nobody tells that it did",
                CONFIDENCE,
                empty=True,
            ),
            "known_from": _text("first day on which a known page told it", pattern=DAY),
            "mention_ids": _text("the mentions", pattern=IDS),
            **_SUMMARIES,
        },
    ),
    Table(
        "conditions",
        "data/built/CASE/AS_OF",
        ("condition_id",),
        "one standing fact, assessment or hypothesis",
        {
            "condition_id": _text("id of the condition", pattern=ID),
            "kind": _text("kind", ["condition", "assessment", "hypothesis"]),
            "theme": _text("what it bears on", THEMES),
            "actors": _text("whom it is about (actor ids)", pattern=IDS, empty=True),
            "date": _DATE,
            "earliest": _text("first day that the date allows", pattern=DAY, empty=True),
            "latest": _text("last day that the date allows; the as-of date if it is open", pattern=DAY, empty=True),
            "status": _REPORTING_FIELDS["status"],
            "credibility": _CREDIBILITY,
            "speaker": _REPORTING_FIELDS["speaker"],
            "n_mentions": _count("sentences that tell it"),
            "n_publishers": _count("independent publishers that tell it"),
            "contested": _text("no, its particulars, or its occurrence", ["no", "particulars", "occurrence"]),
            "contested_by": _text("mentions that differ or deny", pattern=IDS, empty=True),
            "known_from": _text("first day on which a known page told it", pattern=DAY),
            "mention_ids": _text("the mentions", pattern=IDS),
            **_CHOICE_FIELDS,
            **_SUMMARIES,
        },
    ),
    Table(
        "actors",
        "data/built/CASE/AS_OF",
        ("actor_id",),
        "one actor of the case",
        {
            "actor_id": _text("id of the actor", pattern=ID),
            "type": _text("type", ["state", "person", "organisation", "group"]),
            "name_de": _text("name in German"),
            "name_en": _text("name in English"),
            "wikidata": _text("Wikidata item", empty=True),
            "acts_for": _text("for whom the actor acts on the as-of date (actor id)", empty=True),
            "office_de": _text("office in German", empty=True),
            "office_en": _text("office in English", empty=True),
            "from": _text("first day in office", empty=True),
            "to": _text("last day in office", empty=True),
            "n_source": _count("events in which the actor acts"),
            "n_target": _count("events that are directed at the actor"),
            "n_speaker": _count("mentions that the actor speaks for"),
        },
    ),
    Table(
        "changes",
        "data/built/CASE/AS_OF",
        ("table", "row", "field"),
        "one difference to the previous edition",
        {
            "previous": _text("as-of date of the previous edition", pattern=DAY),
            "table": _text("what differs; relations: the sign of a cell", CHANGING),
            "row": _text("key of the row that differs", pattern=IDS),
            "change": _text("what happened to it; answered only of questions", ["new", "changed", "gone", "answered"]),
            "field": _text("the field that changed", empty=True),
            "before": _text("value in the previous edition", empty=True),
            "after": _text("value in this edition", empty=True),
            "reason": _text(
                "what explains it: the new mentions; for a relation the events that came into it or left it; for a "
                "question the events and conditions that answer it",
                pattern=IDS,
                empty=True,
            ),
            "cause": _text(
                "source: a page published since; time: the as-of date itself (a page that had perhaps been published "
                "before, an open date that goes on, an office that ended)",
                ["source", "time"],
            ),
        },
    ),
    Table(
        "inputs",
        "data/built/CASE/AS_OF",
        ("kind", "name"),
        "one thing that the run started from",
        {
            "kind": _text("what people decided, what the method knows, or how the run was narrowed", INPUTS),
            "name": _text("file, or parameter of the run"),
            "value": _text("SHA-256 of the file, or value of the parameter", empty=True),
        },
    ),
    Table(
        "revisions",
        "data/built/CASE/AS_OF",
        ("table", "row", "field"),
        "one difference to what the run before built for the same edition; empty after the first run",
        {
            "table": _text("what differs", ["events", "conditions"]),
            "row": _text("key of the row that differs", pattern=ID),
            "change": _text("what happened to it", ["new", "changed", "gone"]),
            "field": _text("the field that changed", empty=True),
            "before": _text("value built before", empty=True),
            "after": _text("value built now", empty=True),
            "reason": _text("the mentions that came or differ", pattern=IDS, empty=True),
            "cause": _text(
                "source: another page, or another text of it; decision: what people coded or decided; rule: the "
                "program or its reference tables",
                ["source", "decision", "rule"],
            ),
        },
    ),
    Table(
        "relations",
        "data/built/CASE/AS_OF",
        ("source_actor", "target_actor"),
        "one directed dyad: what one actor did to the other by the as-of date",
        {
            "as_of": _text("as-of date", pattern=DAY),
            "source_actor": _text("who acts; persons folded into the state they acted for", pattern=ID),
            "target_actor": _text("to whom", pattern=ID),
            "cooperation": _number("sum of the positive intensities"),
            "conflict": _number("sum of the negative intensities"),
            "net": _number("cooperation plus conflict"),
            "sign": _text("sign of the net", ["+", "-", "0"]),
            "n_events": _count("events that weigh"),
            "n_contested": _count("events left out because their occurrence is contested"),
            "n_publishers": _count("independent publishers behind the events that weigh"),
            "event_ids": _text("the events that weigh", pattern=IDS, empty=True),
            "contested_ids": _text("the events left out", pattern=IDS, empty=True),
        },
    ),
    Table(
        "relation_changes",
        "data/built/CASE/AS_OF",
        ("source_actor", "target_actor"),
        "one directed dyad, before and after an earlier day",
        {
            "since": _text("the earlier day; an event is later if its last day is", pattern=DAY),
            "source_actor": _text("who acts; persons folded into the state they acted for", pattern=ID),
            "target_actor": _text("to whom", pattern=ID),
            "sign_before": _text("sign of the net by that day; empty if unknown", ["+", "-", "0"], empty=True),
            "net_before": _number("net by that day; empty if unknown", empty=True),
            "n_before": _count("events that weigh by that day"),
            "net_since": _number("what the events since then add to it"),
            "n_since": _count("events that weigh since then"),
            "sign_now": _text("sign of the net on the as-of date", ["+", "-", "0"]),
            "net_now": _number("net on the as-of date"),
            "flipped": _flag("yes: from plus to minus, or from minus to plus"),
            "event_ids": _text("the events since then", pattern=IDS, empty=True),
        },
    ),
    Table(
        "relation_series",
        "data/built/CASE/AS_OF",
        ("source_actor", "target_actor", "event_id"),
        "one event that weighs in one direction of a chosen dyad",
        {
            "dyad": _text("the two actors (actor ids)", pattern=IDS),
            "source_actor": _text("who acts; persons folded into the state they acted for", pattern=ID),
            "target_actor": _text("to whom", pattern=ID),
            "date": _DATE,
            "day": _text("the day on which it enters: the last that its date allows", pattern=DAY),
            "vague": _flag("yes: the date allows more days than that"),
            "event_id": _text("the event", pattern=ID),
            "intensity": _number("what it adds"),
            "net": _number("sum of this direction up to here, in the order of day and event_id"),
        },
    ),
    Table(
        "sayings",
        "data/built/CASE/AS_OF",
        ("speaker", "actor"),
        "what one speaker says about one actor",
        {
            "speaker": _text("who speaks; persons folded into the state they spoke for", pattern=ID),
            "actor": _text("who is spoken of", pattern=ID),
            "n_claims": _count("events of the actor that the speaker tells to have happened"),
            "tone_claims": _number("mean intensity of their types, as the speaker has it; empty without", empty=True),
            "n_denials": _count("events of the actor that the speaker denies; they have no tone"),
            "n_words": _count("verbal acts towards the actor (praise, condemnation, refusal) that weigh"),
            "tone_words": _number("mean intensity of their types; empty without", empty=True),
            "tone": _number("mean over claims and words; empty without either", empty=True),
            "happened": _number("mean intensity of all events of the actor that weigh, whoever tells", empty=True),
            "difference": _number("tone minus happened; empty if one of them is", empty=True),
            "n_contested": _count("of the events spoken of, those whose occurrence is contested"),
            "event_ids": _text("the events spoken of", pattern=IDS),
        },
    ),
    Table(
        "claims",
        "data/built/CASE/AS_OF",
        ("event_id",),
        "one event that is contested, or that nobody tells but parties to it",
        {
            "event_id": _text("the event", pattern=ID),
            "contested": _text("no, its particulars, or its occurrence", ["no", "particulars", "occurrence"]),
            "only_parties": _flag("yes: whoever claims it takes part in it"),
            "claimed_by": _text("who claims it (actor ids)", pattern=IDS, empty=True),
            "claimed_publishers": _text("reporters of texts that tell it without a speaker, joined by ;", empty=True),
            "reported_as_fact": _flag("yes: one of these texts tells it as fact"),
            "differs_by": _text("who tells it with other particulars (actor ids)", pattern=IDS, empty=True),
            "differs_publishers": _text("reporters of texts that do so themselves, joined by ;", empty=True),
            "denied_by": _text("who denies it (actor ids)", pattern=IDS, empty=True),
            "denied_publishers": _text("reporters of texts that do so themselves, joined by ;", empty=True),
        },
    ),
    Table(
        "triads",
        "data/built/CASE/AS_OF",
        ("a", "b", "c"),
        "three actors that are all tied to each other by a sign",
        {
            "a": _text("first actor", pattern=ID),
            "b": _text("second actor", pattern=ID),
            "c": _text("third actor", pattern=ID),
            "sign_ab": _text("sign of the tie between a and b", ["+", "-"]),
            "sign_ac": _text("sign of the tie between a and c", ["+", "-"]),
            "sign_bc": _text("sign of the tie between b and c", ["+", "-"]),
            "balanced": _flag("yes: the product of the three signs is positive (strict theory)"),
            "weak": _flag("yes: balanced by the weak theory, for which three negative ties are balanced too"),
            "n_events": _count("events behind the weakest of the three ties"),
            "event_ids": _text("the events behind the three ties", pattern=IDS),
            "was": _text("state before the last change; empty if a tie was missing", TRIAD_STATES, empty=True),
            "tipped": _text("when it changed to its state: a month, or the vaguer EDTF of the event", empty=True),
            "tipped_by": _text("events that gave a tie the sign which made the change", pattern=IDS, empty=True),
        },
    ),
    Table(
        "transitions",
        "data/built/CASE/AS_OF",
        ("a", "b", "c", "latest"),
        "one change of state of a triad",
        {
            "a": _text("first actor", pattern=ID),
            "b": _text("second actor", pattern=ID),
            "c": _text("third actor", pattern=ID),
            "latest": _text("last day that the date allows, by which the changes are ordered", pattern=DAY),
            "date": _text("a month, or the vaguer EDTF of the event"),
            "was": _text("state before; empty if a tie was missing", TRIAD_STATES, empty=True),
            "state": _text("state after; empty if a tie has lost its sign", TRIAD_STATES, empty=True),
            "event_ids": _text("events that gave a tie the sign which made the change", pattern=IDS),
        },
    ),
    Table(
        "options",
        "data/built/CASE/AS_OF",
        ("option_id", "target", "change"),
        "one relation that an option of the case would move, one way",
        {
            "option_id": _text("id of the option", pattern=ID),
            "actor": _text("whose option it is", pattern=ID),
            "target": _text("the other side of the relation", pattern=ID),
            "today": _text("sign of the relation today; empty if it is unknown or undecided", ["+", "-"], empty=True),
            "change": _text("which way the option would move it", ["+", "-"]),
            "flips": _flag("yes: its sign would differ if it moved all the way; no if it is told to move both ways"),
            "basis": _text("the act itself, a source that says so, or the analyst's inference", BASES),
            "evidence": _text("events and conditions that speak for it, if any", pattern=IDS, empty=True),
        },
    ),
    Table(
        "outcomes",
        "data/built/CASE/AS_OF",
        ("option_id",),
        "one option, and what it would do to the balance if the ties that it flips moved all the way",
        {
            "option_id": _text("id of the option", pattern=ID),
            "choice": _text("the act that the option is", pattern=CHOICE, empty=True),
            "flips": _text("the other sides of the ties that it flips (actor ids)", pattern=IDS, empty=True),
            "settles": _text("unbalanced triads that it would balance", pattern=TRIADS, empty=True),
            "upsets": _text("balanced triads that it would unbalance", pattern=TRIADS, empty=True),
            "unbalanced_before": _count("unbalanced triads around its actor today"),
            "unbalanced_after": _count("unbalanced triads around its actor after it"),
            "frustration_before": _count("frustration index of the whole graph today"),
            "frustration_after": _count("frustration index of the whole graph after it"),
            "exact": _flag("no: the frustration indices are upper bounds"),
            **{
                bearing: _text(f"conditions that say what {words} the act", pattern=IDS, empty=True)
                for bearing, words in (
                    ("costs", "price follows from"),
                    ("gains", "return follows from"),
                    ("binds", "stands in the way of"),
                    ("asks", "calls for"),
                )
            },
            "frees": _text("conditions that say that nothing obliges to the act", pattern=IDS, empty=True),
        },
    ),
    Table(
        "jackknife",
        "data/built/CASE/AS_OF",
        ("replicate_id",),
        "one trial: the edition without one page, one publisher or all media of one country",
        {
            "replicate_id": _text(
                "page-S001, country-RUS, or publisher-S001: the publisher whose first page that is", pattern=ID
            ),
            "kind": _text("what is left out", ["page", "publisher", "country"]),
            "name": _text("the page (source_id), the publisher (reporter) or the country (ISO 3166-1 alpha-3)"),
            "n_pages": _count("pages left out"),
            "n_mentions": _count("mentions left out"),
            "n_lost": _count("events and conditions that nobody tells any more"),
            "changed": _text("findings that change their reading", pattern=FINDINGS, empty=True),
            "n_changed": _count("how many these are"),
        },
    ),
    Table(
        "robustness",
        "data/built/CASE/AS_OF",
        ("kind", "finding"),
        "one finding, and what of it remains when a page, a publisher or a country is left out",
        {
            "kind": _text("kind", ["judgement", "answer", "option", "triad", "cell"]),
            "finding": _text("id of the entry, or the actors: RUS>IRN for a cell, IRN~RUS~USA for a triad"),
            "value": _text(
                "sign of a cell (? if only contested events are left), balanced or unbalanced, or the number of ids "
                "that an entry cites"
            ),
            "confidence": _text(
                "of a cell by the rule in the report, of an entry as the analyst states it", CONFIDENCE, empty=True
            ),
            "n_replicates": _count("pages, publishers and countries left out, one at a time"),
            "n_holds": _count("trials in which the reading stays, or no id loses its last support"),
            "share_left": _number("smallest share that remains without any one publisher, 0 to 1"),
            "weakest_link": _text("the publisher without whom least remains (replicate_id)", pattern=ID, empty=True),
            "single": _text("ids that an entry cites and that a single publisher supports", pattern=IDS, empty=True),
            "outlook": _text(
                "the publisher who alone supports the hypotheses that an entry cites (replicate_id)",
                pattern=ID,
                empty=True,
            ),
            "changes": _text("omissions that change the reading or take an id away", pattern=IDS, empty=True),
            "turns": _text("of these, omissions that turn the sign or the balance", pattern=IDS, empty=True),
            "n_changes": _count("how many these are"),
        },
    ),
    Table(
        "coverage_gaps",
        "data/built/CASE/AS_OF",
        ("kind", "first", "second", "start"),
        "something that no page reports; that it is not told does not mean that it is not so",
        {
            "kind": _text(
                "two main actors without an event between them that weighs, a main actor whom no page quotes, a state "
                "without a publisher among the sources, days without a page or an event, or the longest such stretch "
                "without an event",
                ["pair", "voice", "press", "days", "gap"],
            ),
            "first": _text("the actor", pattern=ID, empty=True),
            "second": _text("the other actor of a pair", pattern=ID, empty=True),
            "start": _text("first day", pattern=DAY, empty=True),
            "end": _text("last day", pattern=DAY, empty=True),
            "n_days": _count("how many days; 0 for an actor or a pair"),
        },
    ),
]
TABLES = {table.name: table for table in _ALL}


@cache
def _schema(name: str) -> Any:
    table = TABLES[name]
    return pa.DataFrameSchema(
        table.columns, unique=list(table.key), strict=True, ordered=True, report_duplicates="exclude_first"
    )


def ids(cell: str) -> tuple[str, ...]:
    """Return the ids in a list cell."""
    return tuple(cell.split(";")) if cell else ()


def dictionary() -> str:
    """Return the data dictionary as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Printed from `notebooks/lagebild/schema.py` by `python -m lagebild dictionary`; a test compares the two.",
        "All tables are CSV in UTF-8, sorted by their key. A list of ids is one cell, joined by `;`. "
        "An empty cell means *not known* or *does not apply*, never zero.",
    ]
    for place, title in (
        ("data/cases/CASE", "What people write: `data/cases/CASE/`"),
        ("data/reference", "What the method knows: `data/reference/`"),
        ("data/built/CASE/AS_OF", "What a run makes: `data/built/CASE/AS_OF/`"),
    ):
        lines += ["", f"## {title}"]
        for table in (table for table in _ALL if table.place == place):
            lines += ["", f"### {table.file}", "", f"A row is {table.row}. Key: {', '.join(table.key)}.", ""]
            lines += ["| column | meaning | allowed |", "| --- | --- | --- |"]
            for name, column in table.columns.items():
                number = "a number, or empty" if column.nullable else "a number"
                rule = column.checks[0].error if column.checks else number
                lines.append(f"| {name} | {column.description} | {rule.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"
