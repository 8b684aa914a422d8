"""Clauses outside quotations, as attributions see them: their verbs of saying, and whom their phrases name.

A passage is a sentence, or several that one quotation spans; its parts are the clauses as far as they are not quoted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lagebild.coder.model import Clause, Cue, Phrase, Predicate, Span
from lagebild.coder.parse import Parse
from lagebild.coder.speech import QUOTATION, find_end
from lagebild.coder.syntax import ancestors, opens_with_verb
from lagebild.coder.tokens import BREAK, QUOTES

REPORTING = ("subj1", "subj2")  # moods that may say that others say so


@dataclass(frozen=True)
class Saying:
    """A verb of saying in a clause, by the row `cue`: its predicate, and the tokens that belong to the cue."""

    cue: Cue
    predicate: Predicate
    tokens: Sequence[int]


@dataclass(frozen=True)
class UnquotedClause:
    """A clause as far as it is not quoted: the places of its tokens, from left to right."""

    parse: Parse
    clause: Clause
    inside: Sequence[int]

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return self.parse.tokens[self.inside[0]].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.parse.tokens[self.inside[-1]].end

    @property
    def opened(self) -> int:
        """Where it starts with the word that opens it, unless that only says that something follows: that."""
        tokens, first = self.parse.tokens, self.inside[0]
        before = tokens[first - 1] if first else None
        led = before is not None and before.low == self.clause.opener and not before.has("complementizer")
        return before.start if before is not None and led else self.start

    @cached_property
    def governor(self) -> Clause | None:
        """The clause that it hangs on; one that is nothing but its opening word (that, when …) counts as part of it."""
        return next((above for above in ancestors(self.clause.parent) if above.tokens), None)

    @cached_property
    def mood(self) -> str:
        """The mood of its finite verb; empty if it has none."""
        finite = self.clause.finite
        return self.parse.grammar.find_mood(finite) if finite in self.inside else ""

    @cached_property
    def asks(self) -> bool:
        """Whether it opens with a word that opens what somebody says, asks or knows."""
        opener, above = self.clause.opener, self.clause.parent
        if above is not None and not above.tokens:
            opener = above.opener
        if self.parse.words.has(self.parse.tokens[self.inside[0]].low, "unsaid"):
            return False  # …, so dass alle gingen
        return self.parse.words.has(opener, "complementizer", "whether", "question")

    @property
    def hangs(self) -> bool:
        """Whether it is a relative clause, or says when or why."""
        opens = self.clause.kind == "sub" and self.parse.words.has(self.clause.opener, "subordinator", "if")
        return self.clause.kind == "rel" or (opens and not self.asks)

    def chars(self, first: int, last: int) -> Span:
        """Return the characters of tokens."""
        return self.parse.tokens[first].start, self.parse.tokens[last].end

    @cached_property
    def sayings(self) -> Sequence[Saying]:
        """The verbs of saying in it, none of them a participle before a noun, or an infinitive with its mark."""
        verbs = self._find_verbs() if self.clause.kind != "inf" else []
        found = (self._match(predicate) for predicate in verbs if self._is_spoken(predicate))
        return [saying for saying in found if saying is not None]

    @cached_property
    def governs(self) -> bool:
        """Whether a clause that says what is said, or asked, hangs on it."""
        has, clauses = self.parse.words.has, self.parse.clauses
        below = (c for c in clauses if c.parent is self.clause and c.kind == "sub")
        return any(not c.opener or has(c.opener, "complementizer", "whether") for c in below)

    def _find_verbs(self) -> list[Predicate]:
        """Return the verbs in it, the finite one by all that it may be if only the table `speech` has it."""
        clause = self.clause
        predicates = [p for p in clause.predicates if p.token in self.inside]
        if clause.finite in self.inside and all(p.token != clause.finite for p in predicates):
            readings = self.parse.tokens[clause.finite].word.verbs
            verb, marks = clause.finite, frozenset[str]()
            predicates += [Predicate(a.lemma, verb, "active", clause, marks, -1, "fin") for a in readings]
        return predicates

    def _is_spoken(self, predicate: Predicate) -> bool:
        """Whether a verb is no mere participle (es ist bekannt; asked, he said), and no infinitive with its mark."""
        tokens, i, finite = self.parse.tokens, predicate.token, self.clause.finite
        helped = finite >= 0 and tokens[finite].has("be", "become", "have", "modal")
        if predicate.voice == "attr" or tokens[i].has("prefix") or (predicate.form == "part" and not helped):
            return False
        marked = (i and tokens[i - 1].has("infinitive")) or any(analysis.zu for analysis in tokens[i].word.verbs)
        return predicate.form != "inf" or not marked

    def _match(self, predicate: Predicate) -> Saying | None:
        """Return the cue of a verb whose other words are there too, that of most words."""
        tokens = self.parse.tokens
        particle = [predicate.particle] if predicate.particle >= 0 else []
        for cue in self.parse.cues.find(predicate, tokens):
            size = len(cue.words)
            starts = (i for i in self.inside if size > 1 and tuple(t.low for t in tokens[i : i + size]) == cue.words)
            if (first := next(starts, -1)) >= 0:
                places = [*range(first, first + size)]  # where they stand together
            else:
                places = [next((i for i in self.inside if tokens[i].low == word), -1) for word in cue.words]
            if -1 not in places:
                return Saying(cue, predicate, sorted({predicate.token, *places, *particle}))
        return None

    def span_of(self, phrase: Phrase) -> Span:
        """Return the characters of a noun phrase with all that hangs on it, an apposition too."""
        tokens, words = self.parse.tokens, self.parse.words
        if phrase.pronoun:
            return self.chars(phrase.first, phrase.last)
        clause = next((c for c in self.parse.clauses if phrase in c.phrases), self.clause)
        last = find_end(tokens, clause, phrase)
        first = self._find_begin(clause, phrase, last)
        if clause.finite > phrase.last and (clause.kind == "main" or words.language.fixed_order):
            last = max(last, self._find_front(clause, phrase))
        else:
            last = self._find_apposed(clause, last)
        return self.with_quotes(*self.chars(first, last))

    def _find_begin(self, clause: Clause, phrase: Phrase, last: int) -> int:
        """Return the first token of what stands before a phrase and means the same: security adviser | Sullivan."""
        tokens, first = self.parse.tokens, phrase.first
        fixed = self.parse.words.language.fixed_order
        touching = {p.last + 1: p for p in clause.phrases if not p.pronoun and fixed}
        while first in touching and not touching[first].prep:
            first = touching[first].first
        while clause.finite > last and first > 1 and tokens[first - 1].text == ",":  # Ann Smith, | the mayor of Oslo
            other = touching.get(first - 1)
            if other is None or other.prep or other.first not in clause.tokens:
                break
            if not tokens[other.last].text[0].isupper():
                break
            first = other.first
        return first

    def _find_front(self, clause: Clause, phrase: Phrase) -> int:
        """Return the last token of a subject before its verb: all in between that is no adverb and no date."""
        tokens, inside, last = self.parse.tokens, frozenset(clause.tokens), phrase.last
        for i in range(phrase.last + 1, clause.finite):
            token = tokens[i]
            dated = any(d.start <= token.start < d.end for d in self.parse.dates)
            if dated or (i not in inside and token.text not in ",()."):
                break
            if i in inside and (token.names or not token.has("adverb", "negator", "neutral", "have", "be", "modal")):
                last = i
        return last

    def _find_apposed(self, clause: Clause, last: int) -> int:
        """Return the last token of what is apposed to a phrase that ends at a token; that itself if nothing is."""
        tokens = self.parse.tokens
        marked = last + 2 < len(tokens) and tokens[last + 1].text == ","
        bare = (p for p in clause.phrases if marked and p.first == last + 2 and not p.prep and not p.pronoun)
        if (other := next(bare, None)) is None:
            return last
        end = find_end(tokens, clause, other)
        return end if end + 1 >= len(tokens) or tokens[end + 1].text in {*BREAK, "."} else last

    def with_quotes(self, start: int, end: int) -> Span:
        """Return a span with the marks of the quotation that begins or ends it."""
        text = self.parse.text
        if text[end : end + 1] in QUOTES and any(mark in QUOTES for mark in text[max(0, start - 1) : end]):
            return start - (start > 0 and text[start - 1] in QUOTES), end + 1
        return start, end


BLANKS = " \t\n\xa0\u2009\u202f"
MARKS = f"{BLANKS},:;–—-"  # what parts a message from who says it


class Passage:
    """The text from `start` to `end` (without the full stop) or `stop`, with its parts and quotations."""

    def __init__(self, text: str, start: int, stop: int, parses: Sequence[Parse], whole: Passage | None = None) -> None:
        """Take the parts of a `whole` passage that lie between, if it is cut from one."""
        self.whole, self.text, self.start, self.stop, self.parses = whole, text, start, stop, parses
        self.end = start + len(text[start:stop].rstrip(" .!?…") or text[start:stop])
        self.quoted = [(start + m.start(), start + m.end()) for m in QUOTATION.finditer(text[start:stop])]
        self.quotes = [span for span in self.quoted if self._is_speech(*span)]

    def _is_speech(self, first: int, last: int) -> bool:
        """Whether a quotation is speech and no name: it stands between marks and has several words, or ends so."""
        lead, inner = self.text[self.start : first].rstrip(), self.text[first + 1 : last - 1]
        inside = bool(lead) and lead[-1] not in ',;:–—”“«»"'
        whole = inner[-1] in ".!?," or (self.text[last : last + 1] == "," and not inside)
        size = inner.count(" ") + 1
        if lead.endswith(":"):
            return True
        if inside:  # das sei „ein Angriff auf uns alle“: part of a clause
            return inner[-1] in ".!?" and size >= 3 and inner[0].isupper()
        return size >= 4 or (whole and (size >= 2 or not lead))

    def is_quoted(self, place: int) -> bool:
        """Whether a place of the text lies in a quotation, speech or not."""
        return _lies_in(self.quoted, place)

    def in_quotes(self, place: int) -> bool:
        """Whether a place of the text lies in quoted speech."""
        return _lies_in(self.quotes, place)

    def quote_before(self, place: int) -> Span | None:
        """Return the quoted speech that ends right before a place, but for marks."""
        return next((q for q in self.quotes if q[1] <= place and not self.between(q[1], place, ",–—-")), None)

    def _holds(self, place: int) -> bool:
        return self.start <= place < self.stop and not self.in_quotes(place)

    @cached_property
    def parts(self) -> list[UnquotedClause]:
        """The clauses, in the order in which they begin, as far as they are not quoted."""
        whole: list[UnquotedClause] = [] if self.whole is None else self.whole.parts
        for parse in self.parses if self.whole is None else ():
            whole += [UnquotedClause(parse, clause, clause.tokens) for clause in parse.clauses]
        found = []
        for part in whole:
            inside = [i for i in part.inside if self._holds(part.parse.tokens[i].start)]
            if inside:
                found.append(replace(part, inside=inside))
        return sorted(found, key=lambda part: part.start)

    def between(self, first: int, last: int, marks: str = "") -> str:
        """Return what stands between two places, without blanks and `marks` around it."""
        return self.text[first:last].strip(BLANKS + marks)

    def begin(self, place: int) -> int:
        """Return where the next word after a place begins."""
        return place + len(self.text[place : self.end]) - len(self.text[place : self.end].lstrip(MARKS))

    def finish(self, place: int) -> int:
        """Return where the last word before a place ends."""
        return self.start + len(self.text[self.start : place].rstrip(MARKS))

    def is_opened(self, place: int) -> bool:
        """Whether a colon opens a quotation at a place."""
        return self.text[self.start : place].rstrip().endswith(":")

    def find_stop(self, part: UnquotedClause, above: Clause | None) -> int:
        """Return where a message that begins with a part ends: where a clause that it hangs on is taken up again."""
        outer = [*ancestors(above)]
        opened = (self.finish(q[0]) for q in self.quotes if q[0] > part.start and self.is_opened(q[0]))
        end, led = min(opened, default=self.end), bool(outer) and outer[-1].kind == "sub"  # while X say …, Y does
        for later in self.parts:
            tokens = later.parse.tokens
            first = next((i for i in later.inside if tokens[i].start > part.start), None)
            if first is not None and (later.clause in outer or _is_apart(later, part, led)):
                while first and tokens[first - 1].has("coordinator"):
                    first -= 1
                end = min(end, self.finish(tokens[first].start))
        return end


def _is_apart(later: UnquotedClause, part: UnquotedClause, led: bool) -> bool:
    """Whether a main clause behind a message is no part of it: …, und kündigte X an; …, but he denied that …."""
    if later.clause.kind != "main" or later.mood != "ind" or later.start <= part.start:
        return False
    shares = later.clause.after and opens_with_verb(later.parse.tokens, later.clause)
    return shares or led or bool(later.sayings and later.governs)


def _lies_in(spans: Sequence[Span], place: int) -> bool:
    k = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return k >= 0 and place < spans[k][1]
