"""The attributions of an English sentence by words other than verbs of saying: *according to X*, *reportedly*."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.coder.lang.en.speech import end_apposition, find_source
from lagebild.coder.speech import CUTS, Cue, Found, Unit
from lagebild.coder.syntax import Span


def other(u: Unit, n: int, first: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what *according to X*, *reportedly*, *is said to*, *as saying* and nouns attribute."""
    en = u.known
    (s, e), low, rule, mark = u.parts[n], u.low, cue.cue_id, u.chars(first, v + 1)
    if cue.kind == "preposition" and v + 1 < e:
        ends = (
            j
            for j in range(v + 2, e)  # *according to the navy two ships …*, or *…, who …*
            if low[j] in en.relative or (low[j] in en.determiner and low[j - 1] not in en.adposition | {"and"})
        )
        stop = end_apposition(u, next(ends, e))
        who: Span | None = u.chars(v + 1, stop)
        if first == s and n == 0:
            start = stop + (stop < len(low) and u.words[stop] in CUTS)
            if start < len(low):
                yield Found(3, who, mark, u.spans[start][0], u.end, f"{rule}:first")
        elif low[v] not in {"citing", "quoting"} and stop == len(low):
            b = u.spans[first - 2 if u.words[first - 1] in CUTS else first - 1][1]
            yield Found(3, who, mark, u.start, b, f"{rule}:end")
        elif low[v] not in {"citing", "quoting"}:
            yield Found(3, who, mark, u.start, u.end, f"{rule}:inside")
    elif rule == "en-as-saying":
        k = next((i for i in range(first - 1, s - 1, -1) if low[i] in {"quoted", "cited", "quotes", "cites"}), None)
        a = next((i for i in range(v + 1, len(low)) if u.words[i] not in CUTS and low[i] != "that"), None)
        if k is not None and a is not None:
            passive = k > s and low[k - 1] in en.auxiliary
            who = find_source(u, n, k) if passive else u.some(k + 1, first)
            yield Found(0, who, mark, u.spans[a][0], u.end, f"{rule}:before")
    elif cue.kind == "noun":
        of = v > s + 1 and low[v - 1] == "'s"
        if s < v < e - 2 and low[v + 1] == "that" and (of or low[v - 1] in en.determiner):
            i = v - 2
            while i > s and u.words[i - 1][0].isupper():
                i -= 1
            verbs = [k for k in range(v + 3, e) if u.mood(k)]
            if v - s < 5 and len(verbs) > 1:  # *the claim that X had … was rejected*
                e = next((k for k in verbs[1:] if low[k] in en.auxiliary and not u.mood(k - 1)), e)
            who = u.chars(i, v - 1) if of else None
            yield Found(7, who, mark, u.spans[v + 2][0], u.chars(s, e)[1], f"{rule}:noun")
    elif cue.kind in {"adverb", "phrase"} and not (s < v < e - 1 and low[v - 1] in en.determiner and not cue.rest):
        a, b = u.chars(s, e) if n and low[s] in en.subordinator else (u.start, u.end)
        yield Found(7, None, mark, a, b, f"{rule}:{cue.kind}")
