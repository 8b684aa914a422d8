"""A sentence as it is read, once for all who ask: its tokens, and the grammar of its language over them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from lagebild.coder.gazetteer import Name
from lagebild.coder.lang import Grammar
from lagebild.coder.lexicon import Lexicon, lexicon
from lagebild.coder.syntax import Span, Token, tokenize
from lagebild.core.reference import Reference


class Parse:
    """A sentence at a place of a text, with the names in it; what is made of it is made when it is first asked for."""

    def __init__(
        self, reference: Reference, words: Lexicon, text: str, start: int, end: int, names: Sequence[Name]
    ) -> None:
        self.reference, self.words = reference, words
        self.text, self.start, self.end, self.names = text, start, end, names

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and marks."""
        return tokenize(self.reference, self.text, self.start, self.end, self.names, self.words)

    @cached_property
    def grammar(self) -> Grammar:
        """What its language makes of them."""
        return self.words.language.grammar(self.tokens, self.words)


def parse(
    reference: Reference, text: str, language: str, sentences: Sequence[Span], names: Sequence[Name]
) -> list[Parse]:
    """Return the sentences of a text; `names` are those in it, from left to right."""
    words = lexicon(reference, language)
    found, k = [], 0
    for start, end in sentences:
        inside = []
        while k < len(names) and names[k].start < end:
            if names[k].start >= start:
                inside.append(names[k])
            k += 1
        found.append(Parse(reference, words, text, start, end, inside))
    return found
