"""The draft coder: a text to events, dates and attributions, each with the rule that fired.

Nothing here decides what is true. A draft is a proposal that names its evidence; a person decides, at the desk. What
somebody says that others must do is drafted as a demand: Chad must leave, Niger's president said.
"""

from __future__ import annotations

import gc
import json
import logging
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lagebild.coder.article import ACTS, Matter, find_matter
from lagebild.coder.attribution import find_attributions
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.drafts import Draft, Statement, drop_unknown, lower, to_codes
from lagebild.coder.factuality import assess, find_day
from lagebild.coder.lexicon import read_language, read_lexicon
from lagebild.coder.model import Predicate
from lagebild.coder.nominal import draft_nouns
from lagebild.coder.parse import Parse, parse_text
from lagebild.coder.sentence import Sentence, deal_attributions
from lagebild.coder.speech import Attribution
from lagebild.coder.thresholds import JOINED
from lagebild.coder.verbal import draft_verbs, find_evidence
from lagebild.core import InputError, Reference, characters, edtf, schema, show


def find_events(sentence: Sentence) -> list[Draft]:
    """Return the events that a sentence describes."""
    drafts, fired = draft_verbs(sentence)
    for clause in sentence.clauses:
        drafts += draft_nouns(sentence, clause, fired, drafts)
    return drafts


def find_statements(sentence: Sentence) -> list[Statement]:
    """Return what a sentence says of what lasts or would follow; to be called after `find_events`."""
    statements = []
    for clause in sentence.clauses:
        for predicate in clause.predicates:
            effects = sentence.words.effects if predicate.lemma in sentence.words.effect_verbs else ()
            for rule, verbs, words, sign in effects:
                if predicate.lemma in verbs and words is not None and words.search(sentence.text_of(clause)):
                    statements.append(_state(sentence, predicate, rule, sign))
                    break
    return statements


def _state(sentence: Sentence, predicate: Predicate, rule: str, sign: str) -> Statement:
    clause = predicate.clause
    status, speaker, _ = assess(sentence, clause, predicate)
    phrase = find_day(sentence, clause)
    day = phrase.edtf if phrase else ""
    actors = to_codes(sentence, [(name, p) for p in clause.phrases for name in (*p.names, *p.adjectives)], day)
    kind = "option" if status == "hypothetical" else "condition"
    start, end = find_evidence(sentence, clause)
    return Statement(
        kind=kind,
        sign=sign,
        actors=actors,
        date=day,
        status=status,
        speaker=speaker,
        start=start,
        end=end,
        rule=rule,
    )


LOGGER = logging.getLogger(__name__)
RECURRING = "recurring"  # the rule of what comes back: every Friday is no date
EVENT = (  # columns of its JSON
    "event_type type_alt source_actors target_actors mutual date status speaker cue start end rule "
    "confidence probability readers other_source other_target unknown"
)
STATEMENT = "kind sign status start end rule actors date speaker"


@dataclass(frozen=True, slots=True)
class DraftedText:
    """All that is drafted from one text."""

    events: tuple[Draft, ...]
    candidates: tuple[Draft, ...]
    dates: tuple[DatePhrase, ...]
    statements: tuple[Statement, ...]
    sentences: tuple[tuple[int, int], ...]
    matter: Matter
    find_attributions: Callable[[], list[Attribution]] = field(default=list, compare=False, repr=False)

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what in the whole text; it is read anew for that."""
        return tuple(self.find_attributions())


# A text, its language and its day of publication → what is drafted from it, and more fields of its line.
ReadText = Callable[[str, str, str], tuple[DraftedText, dict[str, Any]]]


def draft_text(reference: Reference, text: str, language: str, published: str) -> DraftedText:
    """Draft the events, dates and attributions of a text.

    Parameters
    ----------
    reference
        The tables of words, names, offices and rules.
    text
        The article, as it stands.
    language
        One of the languages of the tables.
    published
        Day of publication, from which relative dates are counted.

    Returns
    -------
    DraftedText
        Events that count, candidates, dates, attributions and statements, each with its place in the text; and what
        the text is about.

    Raises
    ------
    InputError
        If the language has no tables, or no code.
    """
    read_language(reference, language)
    parses = parse_text(reference, text, language, published)
    dates = list(dict.fromkeys(d for parse in parses for d in parse.dates))
    drafts, statements = _read_sentences(text, parses, published)
    begins = [parse.start for parse in parses]
    drafts = _settle(drafts, begins)
    told = {bisect(begins, draft.start) for draft in drafts}
    matter = find_matter(reference, text, read_lexicon(reference, language), published, len(told), len(begins))
    if matter.kind != ACTS:
        drafts = [lower(draft) for draft in drafts]
    return DraftedText(
        events=tuple(draft for draft in drafts if draft.confidence != "C"),
        candidates=tuple(draft for draft in drafts if draft.confidence == "C"),
        dates=tuple(dates),
        statements=tuple(statements),
        sentences=tuple((parse.start, parse.end) for parse in parses),
        matter=matter,
        find_attributions=partial(find_attributions, text, parses),
    )


def _read_sentences(text: str, parses: Sequence[Parse], published: str) -> tuple[list[Draft], list[Statement]]:
    """Return what is drafted from the sentences that can describe an act; the others are passed over."""
    wanted = [parse for parse in parses if parse.readable and parse.names and parse.may_tell]
    drafts: list[Draft] = []
    statements: list[Statement] = []
    for parse, attributions in zip(
        parses, deal_attributions(parses, find_attributions(text, parses, wanted)), strict=True
    ):
        if not parse.readable:
            LOGGER.debug("not read, %s: %s", parse.kind or "too long", text[parse.start : parse.end])
        if parse in wanted:
            sentence = Sentence(parse, attributions, published)
            drafts += find_events(sentence)
            statements += find_statements(sentence)
    return drafts, statements


def list_sentences(reference: Reference, text: str, language: str, day: str) -> Iterator[Sentence]:
    """Yield the sentences of a text as acts are read in them; `day` is that from which its dates are counted."""
    parses = parse_text(reference, text, language, day)
    dealt = deal_attributions(parses, find_attributions(text, parses)) if parses else []
    for parse, attributions in zip(parses, dealt, strict=True):
        yield Sentence(parse, attributions, day)


def _settle(drafts: Sequence[Draft], begins: Sequence[int]) -> list[Draft]:
    """Drop what a sentence drafts twice, and sort; `begins` is where sentences begin.

    A headline is no part of the sentence below it, which tells the same in full.
    """
    reach = 0  # how far the drafts up to each one extend
    ends = []
    for draft in drafts:
        reach = max(reach, draft.end)
        ends.append(reach)
    shown = []
    for k, draft in enumerate(drafts):
        near = drafts[bisect_left(ends, draft.start - JOINED) : k]
        beside = [one for one in near if bisect(begins, one.start) == bisect(begins, draft.start)]
        if not any(_covers(earlier, draft) for earlier in beside):
            shown.append(draft)
    return sorted(shown, key=lambda d: (d.start, d.end, d.rule))


def _covers(earlier: Draft, draft: Draft) -> bool:
    """Whether an earlier draft describes the same: an air strike by Israel killed three is one act of Israel."""
    alike = {*earlier.source_actors} >= {*draft.source_actors} and {*earlier.target_actors} >= {*draft.target_actors}
    sure = earlier.confidence <= draft.confidence
    result = draft.event_type == "ASSAULT" and not draft.target_actors  # hit the town and killed three
    near = earlier.start < draft.end and draft.start <= earlier.end + (JOINED if result else 1)
    return earlier.event_type == draft.event_type and alike and sure and near


def _stop(fault: InputError) -> None:
    raise fault


def draft_lines(
    reference: Reference,
    lines: Iterable[str | bytes],
    refuse: Callable[[InputError], None] = _stop,
    read: ReadText | None = None,
) -> Iterator[str]:
    """Draft one text per line of JSON and yield one line of JSON for each, in the same order.

    Parameters
    ----------
    reference
        The tables of words, names, offices and rules.
    lines
        JSON objects with id, text, language and published; empty lines are left out.
    refuse
        Told of each line that is none, which is left out; unless given, it ends the work.
    read
        Who reads the texts; unless given, the rules alone do.
    """
    prepared: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = read_line(reference, line, number, any_language=read is not None)
        except InputError as fault:
            refuse(fault)
            continue
        drafted = _as_json(reference, *item, read)
        if (language := item[2]) not in prepared:
            prepared.add(language)
            gc.freeze()  # its words stay: to ask again and again whether they may go takes a twentieth of the time
        yield json.dumps(drafted, ensure_ascii=False)


def read_line(
    reference: Reference, line: str | bytes, number: int, *, any_language: bool = False
) -> tuple[str, str, str, str]:
    """Return id, text, language and day of publication of a line of JSON; `any_language` as BCP 47, or one with tables.

    Raises
    ------
    InputError
        If it is none that holds them, with its number.
    """
    try:
        item = json.loads(line)
        name, text, language, published = (str(item[key]) for key in ("id", "text", "language", "published"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError(
            f"standard input, line {number}: a JSON object with id, text, language and published belongs here."
        ) from None
    if half := characters.HALF.search(name + text):
        raise InputError(
            f"standard input, line {number}: id or text holds half a character, {show(half[0])}; delete it."
        )
    try:
        if not (any_language and schema.is_language_tag(language)):
            read_language(reference, language)
        return name, text, language, edtf.day_of_print(published)
    except InputError as fault:
        raise InputError(f"standard input, line {number}: {fault}") from None


def _as_json(
    reference: Reference, name: str, text: str, language: str, published: str, read: ReadText | None
) -> dict[str, Any]:
    drafted, fields = read(text, language, published) if read else _read_alone(reference, text, language, published)
    return {
        "id": name,
        "events": [_write(drop_unknown(draft), EVENT) for draft in drafted.events],
        "candidates": [_write(drop_unknown(draft), EVENT) for draft in drafted.candidates],
        "dates": [
            {"start": d.start, "end": d.end, "edtf": d.edtf or None} for d in drafted.dates if d.rule != RECURRING
        ],
        "attributions": [{"source": a.source, "cue": a.cue, "message": a.content} for a in drafted.attributions],
        "statements": [_write(statement, STATEMENT) for statement in drafted.statements],
    } | fields


def _read_alone(reference: Reference, text: str, language: str, published: str) -> tuple[DraftedText, dict[str, Any]]:
    return draft_text(reference, text, language, published), {}


def _write(row: Draft | Statement, columns: str) -> dict[str, Any]:
    """Return columns of a draft for JSON: what is empty is null, what holds several a list."""
    values = ((name, getattr(row, name)) for name in columns.split())
    return {name: list(cell) if isinstance(cell, tuple) else None if cell == "" else cell for name, cell in values}
