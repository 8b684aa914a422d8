"""The attributions of a German sentence by words other than verbs of saying: *laut X*, *so X*, *soll … haben*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.coder.lang.de.speech import (
    ADJECTIVE,
    apposed,
    ending,
    infinitive,
    moody,
    noun,
    phrase,
    relative,
    subject,
    whole,
)
from lagebild.coder.speech import CUTS, Attribution, Cue, Found, Unit


def _modal(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield *soll … haben* and *will … haben*, which report what others, or oneself, say."""
    s, e = u.parts[n]
    tail = u.low[s:v] if v == e - 1 else u.low[v:e]
    participle = r"(?:ge|be|er|ver|ent|zer)\w+(?:t|en)|\w{2,4}ge\w+(?:t|en)|worden|\w+iert"
    if len(tail) > 2 and tail[-1] in {"haben", "sein"} and re.fullmatch(participle, tail[-2]):
        a, b = u.chars(s, e) if n and v == e - 1 else (u.start, u.end)
        who = subject(u, n, v, v == e - 1) if rule == "de-will" else None
        yield Found(6, who, u.spans[v], a, b, f"{rule}:modal")


def other(u: Unit, n: int, v: int, cue: Cue, before: Sequence[Attribution]) -> Iterator[Found]:
    """Yield what a preposition, an adverb, *so X* or a noun attributes."""
    de = u.known
    (s, e), low, rule = u.parts[n], u.low, cue.cue_id
    mark = first = v
    if rule in {"de-soll", "de-will"}:
        yield from _modal(u, n, v, rule)
        return
    if cue.kind == "phrase":  # *…, so X*
        j = phrase(u, v + 1, e)
        place = n > 0 and v == s and j > v + 1 and low[v + 1] not in {"ein", "eine", "einen", "viele"}
        if place and (j == e or low[j] in de.no_verb):
            yield Found(1, u.chars(v + 1, apposed(u, j)), u.spans[v], *u.content_before(n), f"{rule}:after")
        return
    if cue.kind == "noun":
        yield from _content(u, n, v, rule)
        return
    if cue.kind == "adverb":
        after = u.spans[v][1] + 1
        if low[v] in {"wonach", "denen"}:
            p, q = u.parts[n - 1] if n else (s, s)
            yield Found(2, u.some(ending(u, p, q), q), u.spans[v], after, u.end, f"{rule}:wonach")
        elif v == 0 and rule == "de-demnach":
            yield Found(5, before[-1].source if before else None, u.spans[v], after, u.end, f"{rule}:first")
        elif not (s < v < e - 1 and noun(u, v + 1) and low[v - 1] in de.determiner):
            a, b = u.chars(s, e) if n and low[s] in de.relative else (u.start, u.end)
            yield Found(7, None, u.spans[v], a, b, f"{rule}:adverb")
        return
    if rule == "de-nach-angaben":
        i = v - 1
        while i > s and low[i] != "nach" and (ADJECTIVE.fullmatch(u.words[i]) or low[i] in de.determiner):
            i -= 1
        if i >= s and low[i] == "nach":
            mark = first = i
            begin, j = i + 1, phrase(u, i + 1, e)
            after = j
            if j <= v:
                return
        elif v > s and v + 1 < e and low[v + 1] == "nach":  # *seiner Meinung nach*
            begin = first = i if low[i] in de.determiner else i + 1
            mark, j, after = v + 1, v + 1, v + 2
        else:
            return
    elif cue.kind == "postposition":
        begin = first = ending(u, s, v)
        j, after = v, v + 1
        if begin == v:
            return
    else:
        first, begin = v - len(cue.rest), v + 1
        j = phrase(u, begin, e)
        if j == begin:
            if begin >= e or (u.words[begin].isalpha() and u.words[begin].islower()):
                return  # *ein laut gesprochenes Wort*
            j = begin + 1
        after = j
    j = apposed(u, j)
    after = max(after, j)
    who, span = u.chars(begin, j), u.chars(first, v + 1) if cue.rest else u.spans[mark]
    if first == s and n == 0:
        after += after < len(low) and low[after] in CUTS
        if after < len(low):
            yield Found(3, who, span, u.spans[after][0], u.end, f"{rule}:first")
    elif n and low[s] in de.relative | de.subordinator:
        yield Found(3, who, span, *u.chars(s, e), f"{rule}:clause")
    else:
        yield Found(3, who, span, u.start, u.end, f"{rule}:inside")


def _content(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield what *die Behauptung von X, …* says."""
    de = u.known
    low, e = u.low, u.parts[n][1]
    if n + 1 >= len(u.parts) or low[e] != "," or u.words[v].islower() or e - v > 8:
        return
    j = v + 1 + (v + 1 < e and low[v + 1] in {"von", "vom"})
    k = phrase(u, j, e) if j < e and (low[j] in de.genitive or noun(u, j) or j > v + 1) else j
    if v + 1 != e and k == j:
        return
    m = n + 1
    while m + 1 < len(u.parts) and whole(u, m):
        m += 1
    a, b = u.parts[m]
    mood = moody(u, a, b) and low[a] not in de.subordinator and not relative(u, m)
    if low[a] == "dass" or mood or infinitive(low[a:b]):
        heads = (u.parts[x][0] for x in range(m + 1, len(u.parts)))
        end = next((u.spans[h - 1][0] for h in heads if low[h] not in de.relative | de.complementizer | {"und"}), u.end)
        yield Found(7, u.some(j, apposed(u, k) if k > j else j), u.spans[v], u.spans[a][0], end, f"{rule}:noun")
