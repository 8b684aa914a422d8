"""The words of speech, and a sentence cut into the parts in which they are looked for.

The cues come from the table `speech`, the function words from `grammar`, the tokens and their verbs from `parse`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from lagebild.coder.lang import Grammar
from lagebild.coder.lexicon import Word, lexicon
from lagebild.coder.parse import Parse
from lagebild.coder.syntax import Span, Token
from lagebild.core.reference import Reference

# A quotation that is speech, a quotation that is a name, and a bracket are one token each to all rules.
SPEECH, NAME, BRACKET = "\ue000", "\ue001", "\ue002"
QUOTES = re.compile(
    r"„[^“”\n]{1,1500}[“”]|“[^“”\n]{1,1500}”|»[^»«\n]{1,1500}«|«[^»«\n]{1,1500}»|\"[^\"\n]{1,1500}\"|"
    r"‚[^‘\n]{1,1500}‘|‘(?<!\w‘)[^‘\n]{3,1500}?’(?!\w)"
)
MASKED = re.compile(f"{SPEECH}+|{NAME}+|{BRACKET}+")
MARKS = r"[„“”\"»«‘’‚]"
BRACKETS = re.compile(r"\([^()\n]{1,90}\)")
LETTERS = re.compile(r"[^\W\d_]+")
CUTS = {",", ":", "–", "—", "-"}
WORDS_KEPT = 2**15  # distinct words whose forms are remembered
CUES = {"verb", "preposition", "postposition", "adverb", "phrase", "noun"}  # the kinds of words that attribute


class Cue(NamedTuple):
    """One form of one row of the table `speech`: the words that must stand in the clause besides the head word."""

    cue_id: str
    kind: str
    effect: str
    rest: tuple[str, ...]


class Cues(NamedTuple):
    """The cues of one language by their head word, and by its rarest word every form that must be there in full."""

    verbs: dict[str, list[Cue]]
    others: dict[str, list[Cue]]
    watch: dict[str, tuple[frozenset[str], ...]]


class Found(NamedTuple):
    """A candidate; of those that overlap, the one of the lowest rank is kept."""

    rank: int
    source: Span | None
    cue: Span | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Attribution:
    """One message with who says it.

    `kind` is ``direct``, ``indirect``, ``reported`` (by a preposition, an adverb or a modal verb, and acts that name
    what was said) or ``free`` (Konjunktiv carried over). `rule` is the row of the table that fired, or the sign
    (``colon``, ``quote``, ``konjunktiv``), and how it did; ``:act`` marks speech that is an event of its own, and
    ``:pronoun`` a source that is *er*, *sie*, *he*, whose `antecedent` is the one speaker of the sentence before.
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    kind: str
    rule: str
    antecedent: Span | None = None


class Unit:
    """A sentence, or several that one quotation spans, as tokens in parts."""

    def __init__(self, text: str, start: int, stop: int, sentences: Sequence[Parse], known: Words) -> None:
        """Mask the quotations and brackets among the tokens of the sentences it lies in, then cut into parts."""
        masked = sentence = text[start:stop]
        for quote in QUOTES.finditer(sentence):
            a, b = quote.span()
            lead, inner = sentence[:a].rstrip(), quote.group()[1:-1]
            inside = bool(lead) and lead[-1] not in ',;:–—”“«»"'  # part of a clause
            whole = inner[-1] in ".!?," or (sentence[b : b + 1] == "," and not inside)
            size = inner.count(" ") + 1
            speech = lead.endswith(":") or size >= 4 or (whole and (size >= 2 or not a))
            masked = masked[:a] + (SPEECH if speech else NAME) * (b - a) + masked[b:]
        masked = BRACKETS.sub(lambda m: BRACKET * len(m.group()), masked)
        body = masked.rstrip(" .!?…") or masked
        self.known, self.sentences, self.text = known, sentences, text
        self.start, self.end, self.stop = start, start + len(body), stop  # without and with the full stop
        masks = [(start + m.start(), start + m.end(), m[0][0]) for m in MASKED.finditer(body)]
        own = [token for one in sentences for token in one.tokens if start <= token.start < self.end]
        self.tokens = [*_fold(own, masks)] if masks else own
        self.words = [one.text for one in self.tokens]
        self.low = [one.word.low for one in self.tokens]
        self._moods: list[str | None] = [None] * len(self.tokens)
        self.parts: list[Span] = []  # token ranges
        first = 0
        for n in [n for n, word in enumerate(self.words) if word in CUTS or word[0] == SPEECH] + [len(self.words)]:
            self.parts += [(first, n)] if n > first else []
            self.parts += [(n, n + 1)] if self.speech(n) else []
            first = n + 1

    @cached_property
    def spans(self) -> list[Span]:
        """The characters of the tokens."""
        return [(one.start, one.end) for one in self.tokens]

    def place(self, i: int) -> tuple[Grammar, int] | None:
        """Return the grammar of the sentence of a token, and its place there; None for a quotation or bracket."""
        token = self.tokens[i]
        one = next((one for one in self.sentences if token.start < one.end), self.sentences[-1])
        k = bisect_left(one.tokens, token.start, key=_start)
        return (one.grammar, k) if k < len(one.tokens) and one.tokens[k] is token else None

    def mood(self, i: int) -> str:
        """Return the mood of a token as a finite verb, ind, subj1 or subj2; empty if it is none."""
        found = self._moods[i]
        if found is None:
            place = self.place(i)
            found = self._moods[i] = place[0].find_mood(place[1]) if place else ""
        return found

    def form(self, i: int) -> str:
        """Return the form of a token as a verb, where the grammar tells it from a noun; else nothing."""
        place = self.place(i)
        return place[0].verb_form(place[1]) if place else ""

    def chars(self, first: int, last: int) -> Span:
        """Return the characters of the tokens from `first` up to, not including, `last`."""
        return self.spans[first][0], self.spans[last - 1][1]

    def some(self, first: int, last: int) -> Span | None:
        """Return the characters of the tokens, if there are any."""
        return self.chars(first, last) if first < last else None

    def part(self, token: int) -> int:
        """Return the number of the part in which a token stands."""
        return next((n for n, (_, last) in enumerate(self.parts) if token < last), len(self.parts) - 1)

    def cut(self, n: int) -> str:
        """Return the sign, or the quotation, before part `n`."""
        return self.words[self.parts[n][0] - 1] if self.parts[n][0] else ""

    def speech(self, i: int) -> bool:
        """Return whether token `i` is a quotation that is speech."""
        return 0 <= i < len(self.words) and self.words[i][0] == SPEECH

    def content_before(self, n: int) -> Span:
        """Return the message that stands before part `n`: its quotation if that is not the end of a clause, or all."""
        s = self.parts[n][0]
        q = s - 2 if self.words[s - 1] in CUTS else s - 1
        own = q == 0 or (self.words[q - 1] in CUTS and self.words[q - 1] != ",") or self.speech(q - 1)
        return (self.spans[q][0] if self.speech(q) and own else self.start), self.spans[q][1]


_start = attrgetter("start")


def _fold(tokens: Iterable[Token], masks: Sequence[tuple[int, int, str]]) -> Iterator[Token]:
    """Yield tokens, and one for each mask instead of those that begin under it."""
    covered = n = 0
    for token in tokens:
        while n < len(masks) and masks[n][0] <= token.start:
            yield Token(*masks[n], Word(masks[n][2]))
            covered, n = masks[n][1], n + 1
        if token.start >= covered:
            yield token
    yield from (Token(*mask, Word(mask[2])) for mask in masks[n:])


Before = Callable[[], Unit | None]  # the sentence before, cut into parts only where it is needed


class Words:
    """The words of speech of one language: the `cues`, and the function words of its lexicon by class.

    What else the table `speech` tells apart, kinds of verbs, is found as an attribute.
    """

    def __init__(self, reference: Reference, language: str) -> None:
        rows = reference.rows("speech", language)
        self.lexicon = lexicon(reference, language)
        self._kinds = {row["kind"]: frozenset(row["words"].split("|")) for row in rows if row["kind"] not in CUES}
        self.anaphors = self.all("pronoun")  # he, she: who the last sentence said to have spoken
        alone = {row["words"] for row in rows if row["kind"] == "phrase"}
        signs = frozenset(word for word in alone if word.isalpha())  # of speech, without a word of saying: so
        little = "|".join(map(re.escape, sorted(signs))) or "(?!)"
        self.marks = re.compile(rf"{MARKS}|[,–] (?:{little}) ")  # may go with speech though no cue word is there
        self.cues = _read_cues(rows, self.all("preposition", "fused", "prefix"), signs)
        self.mood: Callable[[str], str] = lru_cache(WORDS_KEPT)(self._mood)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The head words of all cues."""
        return frozenset((*self.cues.verbs, *self.cues.others))

    def __getattr__(self, kind: str) -> frozenset[str]:
        """Return the words of a kind; those of a kind that the table does not have are an error."""
        if kind.startswith("_") or kind not in self._kinds:
            raise AttributeError(f"The table of speech has no words of the kind {kind!r}.")
        return self._kinds[kind]

    def all(self, *classes: str, value: str | None = None) -> frozenset[str]:
        """Return the words of classes of the table `grammar`, all or those of a value."""
        found = (word for name in classes for word in self.lexicon.listed(name))
        return frozenset(
            w for w in found if value is None or any(self.lexicon.word(w).classes[c] == value for c in classes)
        )

    @cached_property
    def modal(self) -> frozenset[str]:
        """Modal verbs."""
        return self.all("modal")

    def _mood(self, word: str) -> str:
        """Return subj1 or subj2 of a verb that says by its mood that others say it; only some languages have one."""
        return ""


def _read_cues(rows: Iterable[Mapping[str, str]], little: Collection[str], marks: Collection[str]) -> Cues:
    """Return the cues of a language; `little` words are the last by which one is looked for, `marks` need no cue."""
    found = Cues({}, {}, {})
    watch: dict[str, set[frozenset[str]]] = {}
    for row in rows:
        for form in row["words"].split("|") if row["kind"] in CUES else ():
            parts = form.replace("… ", "").lower().split()
            head = 0 if "…" in form else len(parts) - 1
            rest = (*parts[:head], *parts[head + 1 :])
            table = found.verbs if row["kind"] == "verb" else found.others
            table.setdefault(parts[head], []).append(Cue(row["cue_id"], row["kind"], row["effect"], rest))
            tokens = [word.lower() for word in LETTERS.findall(form)]
            rarest = max(tokens, key=lambda word: (word not in little, len(word)))
            if rarest not in marks:
                watch.setdefault(rarest, set()).add(frozenset(tokens))
    for verbs in found.verbs.values():
        verbs.sort(key=lambda cue: -len(cue.rest))  # *gab … bekannt* before a bare *gab*
    return found._replace(watch={word: tuple(forms) for word, forms in watch.items()})
