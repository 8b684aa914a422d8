"""What a model copies from a text as it stands there: its quotations, its dates, its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining

from lagebild.coder.drafts import to_codes
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Phrase, upwards
from lagebild.core.characters import fold_typography

LEAST = 2  # words of a quotation


class Refused(Exception):
    """Why a proposal is not admitted."""


def find_quote(sentences: Sequence[Sentence], quote: str) -> tuple[int, int, int]:
    """Return the number of the one sentence that holds a quotation, and its place in the text."""
    found = [(k, *span) for k, one in enumerate(sentences) for span in find_words(one, quote)]
    if len(quote.split()) < LEAST or len({k for k, _, _ in found}) != 1:
        raise Refused("quote")
    return found[0]


def find_words(sentence: Sentence, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a sentence, to the letter but for typography."""
    first = sentence.parse.start
    text, places = fold_typography(sentence.text[first : sentence.parse.end])
    wanted = fold_typography(words)[0].strip()
    for match in re.finditer(re.escape(wanted), text) if wanted else ():
        around = text[: match.start()][-1:] + " " + text[match.end() :][:1]
        if not any(sign.isalnum() or combining(sign) for sign in around):
            yield first + places[match.start()], first + places[match.end() - 1] + 1


def find_date(sentence: Sentence, words: str, edtf: str) -> tuple[str, str, str]:
    """Return the date that our rules read where a model reads one; it must be the same."""
    if not words and not edtf:
        return "", "", ""
    spans = [*find_words(sentence, words)]
    for phrase in sentence.dates:
        if phrase.edtf == edtf != "" and any(start < phrase.end and phrase.start < end for start, end in spans):
            return phrase.edtf, phrase.text, phrase.basis
    raise Refused("date")


def list_clauses(sentence: Sentence, start: int, end: int) -> list[Clause]:
    """Return the clauses of which a quotation holds a part, and those that they hang on."""
    spans = [(one, [sentence.tokens[i].start for i in one.tokens]) for one in sentence.parse.clauses]
    held = [one for one, starts in spans if any(start <= place < end for place in starts)]
    return list({id(above): above for one in held for above in upwards(one)}.values())


def name_sides(
    sentence: Sentence, clauses: Iterable[Clause], names: Iterable[str], day: str, *, acts: bool
) -> Iterator[str]:
    """Yield for whom those named in a sentence act, as our rules read the phrase in which each stands.

    Critics of a president are not he, nor is who once was one; the ambassador of Chile acts for Chile.
    """
    phrases = _list_phrases(sentence, clauses, acts)
    codes = dict[str, None]()
    for name in names:
        spans = find_words(sentence, name)
        found = {code for start, end in spans for code in _read_name(sentence, phrases, (start, end), day)}
        if len(found) != 1:
            raise Refused("actor")
        codes |= dict.fromkeys(found)
    yield from codes


def _list_phrases(sentence: Sentence, clauses: Iterable[Clause], acts: bool) -> list[Phrase]:
    """Return the phrases of clauses, of what only `acts` those that may, without those that own another one."""
    agents = ("", *sentence.words.language.agents)
    heads = [one for clause in clauses for one in clause.phrases if not acts or one.prep in agents]
    owners = {id(owner) for head in heads for one in (head, *head.joined) for owner in one.owners}
    return [one for head in heads for one in (head, *head.joined) if id(one) not in owners]


def _read_name(sentence: Sentence, phrases: Iterable[Phrase], span: tuple[int, int], day: str) -> Iterator[str]:
    """Yield for whom the phrases act in which a name stands at a place."""
    start, end = span
    for phrase in phrases:
        last = max(one.last for one in (phrase, *phrase.owners))
        around = sentence.tokens[phrase.first].start <= start and end <= sentence.tokens[last].end
        if around and any(start <= one.start and one.end <= end for one in phrase.own):
            yield from to_codes(sentence, [(one, phrase) for one in phrase.own], day)
