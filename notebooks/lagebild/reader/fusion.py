"""Two readers, one draft: what the rules and a language model read in a text, put together.

Where both tell the same act, its type and sides are surest. Where they part on the sides, those of the model stand, and
those of the rules beside them. What the model alone reads counts as often as such drafts were right on real news; what
the rules alone read is a candidate. How often that is stands in the table `readers`, counted on recorded answers of a
large model for the coded sentences of real news (`tests/fit_readers.py`): a smaller model reads otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lagebild.coder import ACTS, Draft, DraftedText, Matter, Span, draft_text, drop_unknown, take_offers
from lagebild.core import Answer, Reference, derived, records
from lagebild.corpus import Inputs
from lagebild.reader.gate import Gated, admit_acts
from lagebild.reader.request import AskedText, Request, list_requests, read_acts

SAME, SIDES, MODEL, RULES = "same", "sides", "model", "rules"  # who reads an act, as in the table `readers`
BANDS = (("A", 0.93), ("B", 0.5), ("C", 0.0))  # from which probability on
PRIOR = 2  # drafts that count as half right before any was counted
DIGITS = 2  # of a probability


def join_readings(
    reference: Reference, language: str, drafted: DraftedText, read: Sequence[Draft], parts: Sequence[Span]
) -> DraftedText:
    """Return the drafts of a text as both readers have them.

    Parameters
    ----------
    reference
        The tables.
    language
        That of the text.
    drafted
        What the rules draft.
    read
        What of a model's reading is admitted.
    parts
        Which parts of the text the model read: elsewhere the rules count as they do alone.
    """
    own, joined = list[Draft](), list[Draft]()
    for draft in (*drafted.events, *drafted.candidates):
        if any(start <= draft.start < end for start, end in parts):
            own.append(take_offers(draft))
        else:
            joined.append(draft)
    pairs = _pair(own, read, drafted.sentences)
    paired = set(pairs.values())
    told = [_join(own[k], read[n]) for k, n in pairs.items()]
    told += [one for n, one in enumerate(read) if n not in paired]
    for one in told:
        rated = rate_reading(reference, language, one)
        if drafted.matter.kind != ACTS:  # the model reads it as well as a report, but it is none
            rated = replace(rated, confidence=max(rated.confidence, "B"))
        joined.append(rated)
    joined += [replace(one, confidence="C") for k, one in enumerate(own) if k not in pairs]
    joined.sort(key=lambda draft: (draft.start, draft.end, draft.rule))
    return replace(
        drafted,
        events=tuple(draft for draft in joined if draft.confidence != "C"),
        candidates=tuple(draft for draft in joined if draft.confidence == "C"),
    )


def _pair(own: Sequence[Draft], read: Sequence[Draft], sentences: Sequence[Span]) -> dict[int, int]:
    """Return which drafts of both readers tell one act: of one sentence and type, each once, the most alike first."""
    begins = [start for start, _ in sentences]
    alike = []
    for k, a in enumerate(own):
        for n, b in enumerate(read):
            is_one_type = b.event_type in (a.event_type, *a.type_alt)
            if is_one_type and bisect(begins, a.start) == bisect(begins, b.start):
                alike.append((not _have_same_sides(a, b), -_count_shared(a, b), k, n))
    pairs: dict[int, int] = {}
    for _, _, k, n in sorted(alike):
        if k not in pairs and n not in pairs.values():
            pairs[k] = n
    return pairs


def _have_same_sides(a: Draft, b: Draft) -> bool:
    a, b = drop_unknown(a), drop_unknown(b)
    first, second = set(a.source_actors), set(b.source_actors)
    third, fourth = set(a.target_actors), set(b.target_actors)
    return (first, third) == (second, fourth) or ((a.mutual or b.mutual) and first | third == second | fourth)


def _count_shared(a: Draft, b: Draft) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _join(own: Draft, read: Draft) -> Draft:
    """Return an act that both readers tell: as the model reads it, with the rule and the word by which the rules do.

    On the coded sentences of real news the model's types, sides, dates and statuses are right more often.
    """
    types = dict.fromkeys((own.event_type, *own.type_alt))
    types.pop(read.event_type)
    both = replace(
        read,
        readers=("rules", "model"),
        type_alt=tuple(types),
        mode=own.mode if own.event_type == read.event_type else "",
        cue=own.cue if own.status == read.status else "",
        rule=own.rule,
        trigger=own.trigger,
        features=own.features,
    )
    if _have_same_sides(own, read):
        return both
    return replace(both, other_source=own.source_actors, other_target=own.target_actors)


# --- How Sure ---


def classify(draft: Draft) -> str:
    """Return who reads a draft: both with the same sides, both with others, the model alone, or the rules alone."""
    if len(draft.readers) > 1:
        return SIDES if draft.other_source or draft.other_target else SAME
    return MODEL if draft.readers == ("model",) else RULES


def count_known(draft: Draft) -> int:
    """Return on how many sides of a draft an actor stands whom the tables know."""
    known = drop_unknown(draft)
    return bool(known.source_actors) + bool(known.target_actors)


def rate_reading(reference: Reference, language: str, draft: Draft) -> Draft:
    """Return a draft of the model, or of both readers, with its probability and band."""
    sides = count_known(draft)
    right, drafts = _count_right(reference).get((classify(draft), sides, language), (0, 0))
    probability = (right + PRIOR / 2) / (drafts + PRIOR)
    band = next(name for name, begin in BANDS if probability >= begin)
    measured = language in reference.languages and sides  # nobody has measured it elsewhere
    band = band if measured else "C"
    return replace(draft, probability=round(probability, DIGITS), confidence=band)


@derived
def _count_right(reference: Reference) -> dict[tuple[str, int, str], tuple[int, int]]:
    counts = {}
    for row in reference.rows("readers"):
        counts[row["reading"], row["sides"], row["language"]] = row["right"], row["drafts"]
    return counts


# --- Texts ---


@dataclass(frozen=True)
class TextReading:
    """A text as it was read: its drafts, what the gate refused of the model's, and the parts without an answer."""

    drafted: DraftedText
    gated: Gated
    unanswered: tuple[Span, ...]


def read_article(reference: Reference, article: AskedText, model: str, answers: Mapping[str, Answer]) -> TextReading:
    """Return a text as the rules and a model read it; where no answer is kept, as the rules read it alone.

    Parameters
    ----------
    reference
        The tables.
    article
        The text.
    model
        Name of the model; without one, the rules read alone.
    answers
        What it answered, by the digests of the requests.
    """
    drafted = NOTHING
    if article.language in reference.languages:
        drafted = draft_text(reference, article.text, article.language, article.published)
    parts: dict[bool, list[Span]] = {True: [], False: []}  # with and without an answer
    for one in list_requests(reference, article, model) if model else ():
        parts[one.digest in answers].append((one.start, one.end))
    gated = gate_answers(reference, article, model, answers)
    if parts[True]:
        drafted = join_readings(reference, article.language, drafted, gated.admitted, parts[True])
    return TextReading(drafted, gated, tuple(parts[False]))


def gate_answers(reference: Reference, article: AskedText, model: str, answers: Mapping[str, Answer]) -> Gated:
    """Return what is admitted of the answers of a model about a text."""
    acts = list[tuple[Span, Mapping[str, Any]]]()
    for one in list_requests(reference, article, model) if model else ():
        if one.digest in answers:
            for act in read_acts(answers[one.digest].text):
                acts.append(((one.start, one.end), act))
    return admit_acts(reference, article, acts, model)


NOTHING = DraftedText((), (), (), (), (), Matter(ACTS, 0, 0))  # what rules draft in a language without tables


def list_articles(inputs: Inputs) -> Iterator[tuple[str, str, AskedText]]:
    """Yield the texts of a case with source and language, as a model is asked about them."""
    for source in records(inputs.corpus.sources):
        for language in source["languages"].split(";"):
            text = inputs.texts[source["source_id"], language]
            yield source["source_id"], language, make_article(inputs, source, language, text)


def make_article(inputs: Inputs, source: Mapping[str, str], language: str, text: str) -> AskedText:
    """Return a text of a case with what helps a model to understand it: its title, and names that the case adds."""
    own = inputs.reference.case.names["name"] if inputs.reference.case else ()
    named = sorted({name for name in own if re.search(rf"\b{re.escape(name)}\b", text)})
    return AskedText(text, language, source["known_from"], source["title"], tuple(named))


def list_case_requests(inputs: Inputs, model: str) -> list[Request]:
    """Return what a model is asked for a case."""
    requests = list[Request]()
    for source_id, language, article in list_articles(inputs):
        for one in list_requests(inputs.reference, article, model):
            requests.append(replace(one, name=f"{source_id} ({language})"))
    return requests


def list_met(inputs: Inputs, model: str, answers: Mapping[str, Answer]) -> list[Mapping[str, str]]:
    """Return the actors whom a model names in a case and no table knows; columns as in ``case/unknown``."""
    met: dict[str, Mapping[str, str]] = {}
    for _, _, article in list_articles(inputs):
        for row in gate_answers(inputs.reference, article, model, answers).unknown:
            met.setdefault(row["actor_id"], row)
    return sorted(met.values(), key=lambda row: row["actor_id"])
