"""The names in a text that no table knows: where they act (say something, do what a frame tells), and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.coder.attribution import find_attributions
from lagebild.coder.parse import Parse, parse
from lagebild.coder.part import Part
from lagebild.coder.syntax import OFFICES, Span, frames_of
from lagebild.coder.tokens import QUOTES, Token
from lagebild.core.reference import Reference, derived

SHORT = re.compile(r"[ \xa0]\(([A-Z][\w-]*[A-Z])\)")  # the short form behind a name: (DUH)
MARKS = ("outlet", "organisation", "title")  # kinds of words that may stand before a name
APOSTROPHES = "'’"
AFTER = ("preposition", "coordinator", "relative", "pronoun", "adverb", "be", "have")  # may follow one who acts
SMALL = ("determiner", "preposition", "pronoun", "coordinator", "subordinator", "number")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that no table knows: its words, and where they start.

    `acts` is whether it acts there, `mark` what stands before it (the kind in the table `name_words`: title,
    organisation, outlet; or nothing), `short` the short form that the text gives behind it.
    """

    words: tuple[str, ...]
    start: int
    acts: bool = False
    mark: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """The name as it is written."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Names:
    """What a text holds of unknown names, and which of its words, in small letters, it also uses as common words."""

    named: tuple[Named, ...]
    common: frozenset[str]


@derived
def words_of_kind(reference: Reference, language: str, kind: str) -> re.Pattern[str]:
    """Return what matches the words in small letters that the table `name_words` has of a kind in a language."""
    rows = [row["word"] for row in reference.rows("name_words", language) if row["kind"] == kind]
    whole = [re.escape(word) for word in rows if not word.startswith("*")]
    ends = "|".join(re.escape(word[1:]) for word in rows if word.startswith("*"))
    return re.compile("|".join([*whole, rf"[\w-]*(?:{ends})(?:s|es|n|en)?"] if ends else whole) or r"(?!)")


def find_unknown_names(reference: Reference, text: str, language: str, published: str) -> Names:
    """Return the names in a text that no table knows, in the order of the text, and which words are no names."""
    parses = parse(reference, text, language, published)
    said = [one.source for one in find_attributions(text, parses) if one.source]
    found: dict[int, Named] = {}
    common = set[str]()
    for one in parses:
        if one.readable:
            spans = [span for span in said if one.start <= span[0] < one.end]
            found |= {name.start: name for name in _Reader(one, (one.start, one.end)).read(acts=False)}
            for span in (*spans, *_find_subjects(one)):
                found |= {name.start: name for name in _Reader(one, span).read(acts=True)}
            common.update(_find_common(one))
    return Names(tuple(found[place] for place in sorted(found)), frozenset(common))


def _find_subjects(one: Parse) -> Iterator[Span]:
    """Yield where the subjects of acts stand that their clause itself names."""
    for clause in one.clauses:
        who = clause.subject
        if who is not None and who in clause.phrases and not who.pronoun and frames_of(one.words, clause, "active"):
            yield Part(one, clause, clause.tokens).span_of(who)


def _find_common(one: Parse) -> Iterator[str]:
    """Yield words that are no names: written small, or, where nouns have a capital letter, led by an article."""
    before: Token | None = None
    for token in one.tokens:
        led = before is not None and (before.has("determiner", "possessive", "number") or before.text[0].isdigit())
        written = one.text[token.start : token.end]  # the words of a headline are tokens in small letters
        if written.islower() or (led and one.words.language.capital_nouns and not written.isupper()):
            yield token.low
        before = token


class _Reader:
    """The words of a sentence at a place, read for names that no table knows."""

    def __init__(self, parse: Parse, span: Span) -> None:
        self.parse, self.tokens = parse, parse.tokens
        self.language = parse.words.language
        inside = [k for k, one in enumerate(self.tokens) if span[0] <= one.start and one.end <= span[1]]
        self.first, self.stop = (inside[0], inside[-1] + 1) if inside else (0, 0)

    def read(self, acts: bool) -> Iterator[Named]:
        """Yield the names; in a phrase that says who `acts` not those that only hang on another noun."""
        k = self.first
        while k < self.stop:
            start = k
            while k < self.stop and (more := self._go_on(k, k > start)):
                k += more
            if k == start:
                k += 1
            elif not self._is_known(start, k) and not (acts and (self._hangs(start) or self._leads_on(k))):
                yield from self._trim(start, k, acts)

    def _go_on(self, k: int, begun: bool) -> int:
        """Return how many tokens at a place are part of a name: its next word, or a small one with the next."""
        if self._may_name(k):
            return 1
        small = self.tokens[k].text
        joins = small == "." and len(self.tokens[k - 1].text) == 1  # George W. Bush
        joins = begun and (joins or self._is(small, "particle", "joint"))
        return 2 if joins and k + 1 < self.stop and self._may_name(k + 1) else 0

    def _may_name(self, k: int) -> bool:
        token = self.tokens[k]
        dated = any(date.start <= token.start < date.end for date in self.parse.dates)
        function = token.has(*SMALL) or (k == 0 and bool(token.word.classes))
        return token.text[0].isupper() and not dated and not function and not self._names_known(k)

    def _names_known(self, k: int) -> bool:
        return 0 <= k < len(self.tokens) and any(name.kind != "unsure" for name in self.tokens[k].names)

    def _is(self, word: str, *kinds: str) -> bool:
        code, reference = self.language.code, self.parse.reference
        return any(words_of_kind(reference, code, kind).fullmatch(word.lower()) for kind in kinds)

    def _hangs(self, start: int) -> bool:
        """Whether a name only says whose a noun is, or where: von, of the, der Chef der …."""
        k = start
        while k > self.first and self.tokens[k - 1].has("determiner", "possessive"):
            k -= 1
        before = self.tokens[k - 1] if k > self.first else None
        owned = k < start and before is not None and before.text[0].isupper() and self.language.capital_nouns
        quoted = self.parse.text[self.tokens[start].start - 1 : self.tokens[start].start] in QUOTES  # a title of a book
        return owned or quoted or (before is not None and before.has("preposition"))

    def _leads_on(self, end: int) -> bool:
        """Whether a name only says of which kind, or whose, what follows is: Boeing engineers, Smith's lawyer."""
        token = self.tokens[end] if end < len(self.tokens) else None
        if token is None or token.text[0] in APOSTROPHES:
            return token is not None
        return end < self.stop and token.text[0].isalpha() and not token.has(*AFTER)

    def _is_known(self, start: int, end: int) -> bool:
        """Whether a known name stands beside: Wladimir Wladimirowitsch | Putin; the Iraqi | Security Forces."""
        beside = [name for k in (start - 1, end) if self._names_known(k) for name in self.tokens[k].names]
        return any(name.type == "person" or self.tokens[end - 1].word.head in OFFICES for name in beside)

    def _trim(self, start: int, end: int, acts: bool) -> Iterator[Named]:
        """Yield a name without what stands before it, such as titles, and of a person without what hangs on it."""
        marks = [k for k in range(max(start - 1, 0), end) if self._is_title(self.tokens[k])]
        begin = max(marks[-1] + 1, start) if marks else start
        words = self._cut_place([token.text for token in self.tokens[begin:end]])
        body = any(self._is(word, "organisation") for word in words)
        if body and not marks and start > 1 and self._colours(start - 1):
            begin, words = start - 1, [self.tokens[start - 1].text, *words]
        if words and words[0][0].isupper():
            before = self.tokens[begin - 1].text if begin else ""
            mark = next((kind for kind in MARKS if self._is(before, kind)), "title" if marks else "")
            short = SHORT.match(self.parse.text, self.tokens[begin + len(words) - 1].end)
            yield Named(_mend(words), self.tokens[begin].start, acts, mark, short[1] if short else "")

    def _cut_place(self, words: list[str]) -> list[str]:
        """Return a name without where a person is from: Greg Taylor of Indianapolis; organisations keep it."""
        joint = next((k for k, word in enumerate(words) if self._is(word, "joint")), 0)
        cut = joint and not any(self._is(word, "organisation") for word in words[:joint])
        return words[:joint] if cut else words

    def _colours(self, k: int) -> bool:
        """Whether a known adjective with a capital letter stands at a place, inside a sentence: British, Deutsche."""
        token = self.tokens[k]
        return token.text[0].isupper() and any(name.kind in ("adjective", "inhabitant") for name in token.names)

    def _is_title(self, token: Token) -> bool:
        return "office" in (token.word.head, token.tail.head) or self._is(token.text, "title")


def _mend(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name, each initial with its full stop: George, W., Bush."""
    mended: list[str] = []
    for word in words:
        if word == ".":
            mended[-1] += word
        else:
            mended.append(word)
    return tuple(mended)
