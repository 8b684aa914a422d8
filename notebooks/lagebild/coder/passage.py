"""A sentence, or several that one quotation spans, as attributions read it: its clauses outside what is quoted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from lagebild.coder.parse import Parse
from lagebild.coder.part import Part
from lagebild.coder.speech import QUOTATION
from lagebild.coder.syntax import Clause, Span, opens_with_verb, upwards

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
    def parts(self) -> list[Part]:
        """The clauses, in the order in which they begin, as far as they are not quoted."""
        if self.whole is not None:
            begun = takewhile(lambda one: one.start < self.stop, self.whole.parts)
            near = (one for one in begun if self.start < one.end)
            held = ((one, [i for i in one.inside if self._holds(one.parse.tokens[i].start)]) for one in near)
            return [replace(one, inside=inside) for one, inside in held if inside]
        found = []
        for parse in self.parses:
            if not self.quotes and self.start <= parse.start and parse.end <= self.stop:
                found += [Part(parse, clause, clause.tokens) for clause in parse.clauses if clause.tokens]
                continue
            heard = [self._holds(token.start) for token in parse.tokens]
            cut = ((clause, [i for i in clause.tokens if heard[i]]) for clause in parse.clauses)
            found += [Part(parse, clause, inside) for clause, inside in cut if inside]
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

    def find_stop(self, part: Part, above: Clause | None) -> int:
        """Return where a message that begins with a part ends: where a clause that it hangs on is taken up again."""
        outer = [*upwards(above)]
        opened = (self.finish(q[0]) for q in self.quotes if q[0] > part.start and self.is_opened(q[0]))
        end, led = min(opened, default=self.end), bool(outer) and outer[-1].kind == "sub"  # while X say …, Y does
        for one in self.parts:
            tokens = one.parse.tokens
            first = next((i for i in one.inside if tokens[i].start > part.start), None)
            if first is not None and (one.clause in outer or _is_apart(one, part, led)):
                while first and tokens[first - 1].has("coordinator"):
                    first -= 1
                end = min(end, self.finish(tokens[first].start))
        return end


def _is_apart(one: Part, part: Part, led: bool) -> bool:
    """Whether a main clause behind a message is no part of it: …, und kündigte X an; …, but he denied that …."""
    if one.clause.kind != "main" or one.mood != "ind" or one.start <= part.start:
        return False
    shares = one.clause.after and opens_with_verb(one.parse.tokens, one.clause)
    return shares or led or bool(one.sayings and one.governs)


def _lies_in(spans: Sequence[Span], place: int) -> bool:
    """Whether a place lies in one of some spans, which are sorted and do not overlap."""
    k = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return k >= 0 and place < spans[k][1]
