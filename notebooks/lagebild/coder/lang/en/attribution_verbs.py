"""The attributions of an English sentence by verbs of saying: *X said that …*, *…, said X*, *X said: "…"*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lagebild.coder.lang.en.speech import (
    end_phrase,
    find_head,
    find_next,
    find_source,
    is_clause,
    is_content_before,
    skip_adjuncts,
)
from lagebild.coder.speech import Cue, Found, Unit
from lagebild.coder.syntax import Span

PLACES = frozenset(("in", "at", "on", "during", "after"))  # may end a clause after its verb: *…, X said in Vilnius*
NO_MESSAGE = frozenset(("so", "and", "or", "but", "yes", "no"))


@dataclass(frozen=True)
class Saying:
    """A verb of saying where it stands: token `v` of part `n`, by the row `cue` of the table."""

    u: Unit
    n: int
    v: int
    cue: Cue

    @property
    def lemma(self) -> str:
        """The verb, as the table names its row."""
        return self.cue.cue_id[3:]

    @property
    def lead(self) -> str:
        """The word before it in its part."""
        return self.u.low[self.v - 1] if self.v > self.u.parts[self.n][0] else ""

    @property
    def opens(self) -> bool:
        """Whether it opens its part, and not the sentence."""
        return self.n > 0 and self.v == self.u.parts[self.n][0]

    @cached_property
    def follows(self) -> int | None:
        """The quotation after it, or what a colon opens."""
        return find_next(self.u, self.n)

    @cached_property
    def that(self) -> int | None:
        """The token *that* which opens what is said, if it stands near in the same part."""
        stop = min(self.u.parts[self.n][1], self.v + 14)
        return next((i for i in range(self.v + 1, stop) if self.u.low[i] == "that"), None)

    @cached_property
    def after(self) -> int:
        """The token after the adjuncts that follow the verb."""
        return skip_adjuncts(self.u, self.v + 1, self.u.parts[self.n][1])

    @cached_property
    def plain(self) -> bool:
        """Whether what follows in its part is no clause."""
        e = self.u.parts[self.n][1]
        return self.v + 1 < e and self.that is None and not is_clause(self.u, self.v + 1, e)

    def found(self, source: Span | None, start: int, end: int, way: str) -> Found:
        """Return a candidate."""
        return Found(2 if way == "passive" else 1, source, self.u.spans[self.v], start, end, f"{self.cue.cue_id}:{way}")


def find_said(u: Unit, n: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what a verb of saying says: before it, after it, or on both sides of it."""
    verb, en, (s, e) = Saying(u, n, v, cue), u.known, u.parts[n]
    if _is_other(verb):
        return
    if verb.lead in en.auxiliary | en.other and set(u.low[max(s, v - 3) : v]) & en.auxiliary:
        if verb.lead != "being" and v + 2 < e and u.low[v + 1] == "that":  # *it was reported that …*
            yield verb.found(None, u.spans[v + 2][0], u.end, "passive")
        return
    who, end = find_source(u, n, v), u.end
    if inverted := [*_find_inverted(verb, who)]:
        yield from inverted
        return
    if who is None and n and verb.lead in {"who", "which"} and not is_clause(u, u.parts[n - 1][0], s - 1):
        who, end = u.chars(*u.parts[n - 1]), u.chars(s, e)[1]  # *the army, which said …*
    if who is not None:
        for rule in (_find_before, _find_that, _find_after):
            if found := [*rule(verb, who, end)]:
                yield from found
                return


def _is_other(verb: Saying) -> bool:
    """Whether a word that looks like a verb of saying is a noun, a name or an infinitive."""
    u, v, en = verb.u, verb.v, verb.u.known
    named = verb.lead == "'s" or (v > 0 and u.words[v][0].isupper())
    noun = bool(u.tokens[v].word.verbs) and not u.mood(v) and not u.form(v)
    return named or noun or verb.lead in en.no_subject


def _find_inverted(verb: Saying, who: Span | None) -> Iterator[Found]:
    """Yield *"…," said X*; `who` is what stands before the verb."""
    u, n, v, (s, e) = verb.u, verb.n, verb.v, verb.u.parts[verb.n]
    if not verb.opens or v + 1 >= e:
        return
    quoted, stop = u.speech(s - 1) or u.speech(s - 2), end_phrase(u, v + 1, e)
    subject = verb.plain and u.low[v + 1] not in u.known.pronoun | u.known.adposition
    bare = verb.follows is None and verb.that is None and stop > v + 1
    if bare and (quoted or (subject and is_content_before(u, n))):
        yield verb.found(u.chars(v + 1, stop), *u.content_before(n), "inverted")
    elif quoted and (who is None or verb.follows is not None):
        who = u.some(v + 1, stop) or who
        yield verb.found(who, *u.content_before(n), "inverted")
        if verb.follows is not None:
            yield verb.found(who, *u.spans[verb.follows], "between")


def _find_before(verb: Saying, who: Span, end: int) -> Iterator[Found]:
    """Yield *…, X said*, and *X said: "…"*: nothing of the message follows the verb in its part."""
    u, n, v, en, e = verb.u, verb.n, verb.v, verb.u.known, verb.u.parts[verb.n][1]
    closes = verb.after == e or (n > 0 and verb.plain and u.low[verb.after] in PLACES)
    if not closes and not (verb.lemma in en.told and (verb.plain or u.low[v + 1 : v + 2] == ["reporters"])):
        return
    m, follows = find_head(u, n) if v == u.parts[n][0] else n, verb.follows
    led = is_content_before(u, m) and verb.that is None and (follows is None or u.speech(follows))
    then = u.low[u.parts[n + 1][0]] if n + 1 < len(u.parts) else ""
    adds = then.endswith("ing") or then in en.lead | en.subordinator | en.adposition
    if led and (n == len(u.parts) - 1 or follows is not None or adds):
        yield verb.found(who, *u.content_before(m), "after")
        if follows is not None:
            yield verb.found(who, *u.spans[follows], "between")
    elif follows is not None:
        yield verb.found(who, u.spans[follows][0], u.spans[follows][1] if u.speech(follows) else end, "before")


def _find_that(verb: Saying, who: Span, end: int) -> Iterator[Found]:
    """Yield *X said that …*, *X said on Monday, that …*."""
    u, v, en, e = verb.u, verb.v, verb.u.known, verb.u.parts[verb.n][1]
    that, after = verb.that, verb.after
    if that is None and after >= e and u.low[e + 1 : e + 2] == ["that"]:
        that = e + 1
    if that is None or u.low[that - 1] in en.adposition or that + 1 >= len(u.low):
        return
    told = verb.lemma in en.told and that < v + 6
    if that == e + 1 or that < after + 2 or told or u.low[v + 1] in en.adposition | en.other:
        yield verb.found(who, u.spans[that + 1][0], end, "that")


def _find_after(verb: Saying, who: Span, end: int) -> Iterator[Found]:
    """Yield *X said …*, *X told Y …*, *X denied doing …*, *X claimed to have done …*."""
    u, v, en, e = verb.u, verb.v, verb.u.known, verb.u.parts[verb.n][1]
    low, after, lemma = u.low, verb.after, verb.lemma
    if after >= e or verb.that is not None:
        return
    if lemma in en.told:  # first whom
        whom = en.pronoun | en.determiner
        after = next((i for i in range(v + 2, min(e, v + 6)) if low[i] in whom or low[i - 1] == "reporters"), after)
    first = low[after]
    if u.speech(after) or first in en.adposition - {"to"} | NO_MESSAGE:
        return
    if (verb.cue.effect == "deny" and first.endswith("ing")) or (first == "to" and lemma in en.infinitive):
        yield verb.found(who, u.spans[after][0], end, "infinitive")
        return
    said = verb.cue.effect != "act" and first != "to" and lemma not in en.strict
    if said and (is_clause(u, after, e) or (lemma in en.bare and e - after > 1)):
        yield verb.found(who, u.spans[after][0], end, "before")
