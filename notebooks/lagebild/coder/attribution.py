"""Who says what: finds the source, the cue and the message of speech in news.

The tokens of a sentence, and which of them are finite verbs in which mood, are those that acts are read from (`parse`).
It is cut into parts at commas, colons, dashes and quotations; where a cue of the table `speech` stands in its part then
decides whether the message is before it, after it or around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from lagebild.coder.lang import read_language
from lagebild.coder.parse import Parse
from lagebild.coder.speech import QUOTES, SPEECH, Attribution, Found, Unit, Words
from lagebild.coder.syntax import Span
from lagebild.core.reference import Reference, derived

__all__ = ["Attribution", "find_attributions"]

LONGEST = 4000  # characters of a sentence that are read; longer ones are tables or lists
# How a rule found its message, where that makes the speech a report rather than a quotation; a language may have more.
REPORTED = {"first", "inside", "clause", "end", "adverb", "phrase", "modal", "act"}
SIGNS = re.compile(r"[^\w\s]")
SEMICOLON = re.compile(r";\s*")


def find_attributions(reference: Reference, text: str, language: str, sentences: Sequence[Parse]) -> list[Attribution]:
    """Return the attributions of a text, sorted by where their messages start.

    Parameters
    ----------
    reference
        The tables `speech` and `grammar`.
    text
        The whole text.
    language
        One of the languages of the tables.
    sentences
        Its sentences.
    """
    known = _words(reference, language)
    spoken = read_language(reference, language)
    found: list[Attribution] = []
    before: list[Attribution] = []  # those of the sentence before
    last: _Place | None = None
    for place in _units(text, sentences, known):
        new: list[Attribution] = []
        start, end = place.start, place.end
        if place.busy:
            unit, at = place.cut(text, known), last

            def previous(at: _Place | None = at) -> Unit | None:
                return at.cut(text, known) if at else None

            new = _settle(unit, spoken.find_speech(unit, before, previous), before, text, REPORTED | spoken.reports)
            if before and before == found[-1:] and [a.kind for a in before + new] == ["free", "free"]:
                head, tail = found.pop().content or (start, end), new[0].content or (start, end)
                new = [replace(new[0], content=(head[0], tail[1]))]
        found += new
        last, before = place, new
    return sorted(found, key=lambda a: (a.content or (0, 0), a.rule))


@derived
def _words(reference: Reference, language: str) -> Words:
    return read_language(reference, language).words(reference, language)


def _settle(
    u: Unit, found: Iterable[Found], before: Sequence[Attribution], text: str, reports: Collection[str]
) -> list[Attribution]:
    """Keep of overlapping candidates the one of the best rank; name the one speaker before for a pronoun."""
    speakers = {who for a in before if (who := a.antecedent or a.source)}
    kept: list[Attribution] = []
    for _, source, cue, a, b, rule in sorted(found, key=lambda one: one.rank):
        if b <= a or any(k.content and a < k.content[1] and k.content[0] < b for k in kept):
            continue
        speaker: Span | None = None
        quoted = sum(
            max(0, min(b, y) - max(a, x)) for (x, y), w in zip(u.spans, u.words, strict=True) if w[0] == SPEECH
        )
        kind = "direct" if quoted * 2 > b - a else "indirect"
        kind = "free" if "konjunktiv" in rule else "reported" if rule.split(":")[1] in reports else kind
        if source and len(speakers) == 1 and text[slice(*source)].lower() in u.known.anaphors:
            speaker, rule = next(iter(speakers)), f"{rule}:pronoun"
        kept.append(Attribution(source, cue, (a, b), kind, rule, speaker))
    return kept


class _Place(NamedTuple):
    """Where a unit starts and ends, the sentences that it lies in, and whether there can be a cue in it."""

    start: int
    end: int
    sentences: Sequence[Parse]
    busy: bool

    def cut(self, text: str, known: Words) -> Unit:
        """Return the unit."""
        return Unit(text, self.start, min(self.end, self.start + LONGEST), self.sentences, known)


def _units(text: str, sentences: Sequence[Parse], known: Words) -> Iterator[_Place]:
    """Yield the sentences, and those that one quotation spans together."""
    marks = [m.start() for m in known.marks.finditer(text)]
    quotes = [m.span() for m in QUOTES.finditer(text)] if marks else []
    plain = SIGNS.sub(" ", text)
    small = plain.lower()
    watch = known.cues.watch
    n, q = 0, 0
    while n < len(sentences):
        first, start, end, n = n, sentences[n].start, sentences[n].end, n + 1
        while q < len(quotes) and quotes[q][0] < end:
            while quotes[q][1] > end and n < len(sentences):
                end, n = sentences[n].end, n + 1
            q += 1
        inside = sentences[first:n]
        words = set(small[start:end].split())
        cue = any(form <= words for word in watch.keys() & words for form in watch[word])
        marked = bisect_left(marks, start) < bisect_left(marks, end)
        free = not cue and not marked and "subj1" in map(known.mood, plain[start:end].split())
        if not cue and not marked and not free:
            yield _Place(start, end, inside, False)
            continue
        for cut in SEMICOLON.finditer(text, start, end):  # what stands after a semicolon is a sentence of its own
            if start < cut.start() and not any(a < cut.start() < b for a, b in quotes):
                yield _Place(start, cut.start(), inside, True)
                start = cut.end()
        if start < end:
            yield _Place(start, end, inside, True)
