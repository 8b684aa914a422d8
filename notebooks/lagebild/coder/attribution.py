"""Who says what: finds the source, the cue and the message of speech in news.

Each sentence is read as its analysis has it (`parse`): the clause in which a cue of the table `speech` stands decides
whether the message is before it, after it or around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lagebild.coder.messages import find_said
from lagebild.coder.others import find_by_asides, find_free, find_others, find_quoted
from lagebild.coder.parse import Parse
from lagebild.coder.passage import Passage
from lagebild.coder.said import Found, Said
from lagebild.coder.speech import QUOTATION, Attribution
from lagebild.coder.syntax import Span

# How a rule found its message, where that makes the speech a report rather than a quotation.
REPORTED = {"first", "inside", "clause", "end", "adverb", "phrase", "modal", "act"}
SEMICOLON = re.compile(r";\s*")


def find_attributions(text: str, sentences: Sequence[Parse]) -> list[Attribution]:
    """Return the attributions of a text, sorted by where their messages start; `sentences` are all that it has."""
    found: list[Attribution] = []
    before: list[Attribution] = []  # those of the sentence before
    last: Passage | None = None
    for passage, busy in _cut(text, sentences):
        new: list[Attribution] = []
        if busy:
            new = _settle(passage, _find(passage, before, last), before)
            if before and before == found[-1:] and [a.kind for a in before + new] == ["free", "free"]:
                new = [replace(new[0], content=(found.pop().content[0], new[0].content[1]))]
        found += new
        last, before = passage, new
    return sorted(found, key=lambda a: (a.content, a.rule))


def _find(u: Passage, before: list[Attribution], earlier: Passage | None) -> Iterator[Found]:
    """Yield the candidates of a passage."""
    found: list[Found] = []
    for n, part in enumerate(u.parts):
        for saying in part.sayings:
            found += find_said(Said(u, n, saying), before, earlier)
        found += find_others(u, n, before, earlier)
    found += [*find_by_asides(u), *find_quoted(u, before)]
    yield from found or find_free(u, before, earlier)


def _settle(u: Passage, found: Iterable[Found], before: Sequence[Attribution]) -> list[Attribution]:
    """Keep of overlapping candidates the one of the best rank; name the one speaker before for a pronoun."""
    speakers = {who for a in before if (who := a.antecedent or a.source)}
    words = u.parses[0].words
    kept: list[Attribution] = []
    for _, source, cue, a, b, rule in sorted(found, key=lambda one: one.rank):
        if b <= a or any(a < k.content[1] and k.content[0] < b for k in kept):
            continue
        speaker: Span | None = None
        quoted = sum(max(0, min(b, y) - max(a, x)) for x, y in u.quotes)
        kind = "direct" if quoted * 2 > b - a else "indirect"
        kind = "free" if "konjunktiv" in rule else "reported" if rule.split(":")[1] in REPORTED else kind
        if source and len(speakers) == 1 and words.has(u.text[slice(*source)].lower(), "pronoun"):
            speaker, rule = next(iter(speakers)), f"{rule}:pronoun"
        kept.append(Attribution(source, cue, (a, b), kind, rule, speaker))
    return kept


def _cut(text: str, sentences: Sequence[Parse]) -> Iterator[tuple[Passage, bool]]:
    """Yield the sentences, and those that one quotation spans together, with whether there can be a cue in them."""
    for inside, quoted in _join_quoted(text, sentences):
        start, end = inside[0].start, inside[-1].end
        passage = Passage(text, start, end, inside)
        if not all(one.readable for one in inside) or not (quoted or _is_cued(inside)):
            yield passage, False
            continue
        for cut in SEMICOLON.finditer(text, start, end):  # what stands after a semicolon is a sentence of its own
            if start < cut.start() and not passage.is_quoted(cut.start()):
                yield Passage(text, start, cut.start(), inside, passage), True
                start = cut.end()
        if start < end:
            yield Passage(text, start, end, inside, passage if start > passage.start else None), True


def _join_quoted(text: str, sentences: Sequence[Parse]) -> Iterator[tuple[Sequence[Parse], bool]]:
    """Yield the sentences, those together that one quotation spans, with whether something is quoted in them."""
    quotes = [m.span() for m in QUOTATION.finditer(text)]
    n, q = 0, 0
    while n < len(sentences):
        first, n, quoted = n, n + 1, False
        while q < len(quotes) and quotes[q][0] < sentences[n - 1].end:
            quoted = True
            while quotes[q][1] > sentences[n - 1].end and n < len(sentences):
                n += 1
            q += 1
        yield sentences[first:n], quoted


def _is_cued(inside: Sequence[Parse]) -> bool:
    """Whether all words of a cue stand in sentences, or a verb whose mood says that others say so."""
    written = inside[0].cues.written
    tokens = [token for one in inside for token in one.tokens]
    lows = [token.low for token in tokens] + [token.tail.low for token in tokens if token.tail.low]  # UN-Angaben
    forms = [form for low in lows if low in written for form in written[low]]
    words = {*lows} if forms else set()
    return any(form <= words for form in forms) or any(token.word.reports for token in tokens)
