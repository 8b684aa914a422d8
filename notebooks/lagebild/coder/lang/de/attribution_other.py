"""The attributions of a German sentence by words other than verbs of saying: *laut X*, *so X*, *soll … haben*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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

PERFECT = ("haben", "sein")


def other(u: Unit, n: int, v: int, cue: Cue, before: Sequence[Attribution]) -> Iterator[Found]:
    """Yield what a preposition, an adverb, *so X*, *soll … haben* or a noun attributes; its head word is token `v`."""
    if cue.kind == "phrase":
        yield from _modal(u, n, v, cue.cue_id) if cue.rest else _find_so(u, n, v, cue.cue_id)
    elif cue.kind == "noun":
        yield from _content(u, n, v, cue.cue_id)
    elif cue.kind == "adverb":
        yield from _find_adverb(u, n, v, cue.cue_id, before)
    elif place := _find_aside(u, n, v, cue):
        yield _find_around(u, n, place, cue.cue_id)


def _modal(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield *soll … haben* and *will … haben*, which report what others, or oneself, say."""
    s, e = u.parts[n]
    tail = range(s, v) if v == e - 1 else range(v, e)
    if len(tail) > 2 and u.low[tail[-1]] in PERFECT and "part" in u.tokens[tail[-2]].word.forms:
        a, b = u.chars(s, e) if n and v == e - 1 else (u.start, u.end)
        who = subject(u, n, v, v == e - 1) if rule == "de-will" else None
        yield Found(6, who, u.spans[v], a, b, f"{rule}:modal")


def _find_so(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield what *…, so X* says."""
    s, e = u.parts[n]
    j = phrase(u, v + 1, e)
    place = n > 0 and v == s and j > v + 1 and u.low[v + 1] not in {"ein", "eine", "einen", "viele"}
    if place and (j == e or u.low[j] in u.known.no_verb):
        yield Found(1, u.chars(v + 1, apposed(u, j)), u.spans[v], *u.content_before(n), f"{rule}:after")


def _find_adverb(u: Unit, n: int, v: int, rule: str, before: Sequence[Attribution]) -> Iterator[Found]:
    """Yield what *angeblich*, *demnach* and *wonach* report."""
    de, low, (s, e) = u.known, u.low, u.parts[n]
    after = u.spans[v][1] + 1
    if low[v] in {"wonach", "denen"}:
        p, q = u.parts[n - 1] if n else (s, s)
        yield Found(2, u.some(ending(u, p, q), q), u.spans[v], after, u.end, f"{rule}:wonach")
    elif v == 0 and rule == "de-demnach":
        yield Found(5, before[-1].source if before else None, u.spans[v], after, u.end, f"{rule}:first")
    elif not (s < v < e - 1 and noun(u, v + 1) and low[v - 1] in de.determiner):
        a, b = u.chars(s, e) if n and low[s] in de.relative else (u.start, u.end)
        yield Found(7, None, u.spans[v], a, b, f"{rule}:adverb")


class _Aside(NamedTuple):
    """Tokens of a phrase that attributes: its first, the source, the first after it, and those of the cue."""

    first: int
    begin: int
    end: int
    after: int
    mark: tuple[int, int]


def _find_aside(u: Unit, n: int, v: int, cue: Cue) -> _Aside | None:
    """Return *laut X*, *nach Angaben von X*, *seiner Meinung nach*, *X zufolge*; None if it attributes nothing."""
    s, e = u.parts[n]
    if cue.cue_id == "de-nach-angaben":
        return _find_according(u, s, v, e)
    if cue.kind == "postposition":
        begin = ending(u, s, v)
        return _Aside(begin, begin, v, v + 1, (v, v + 1)) if begin < v else None
    first, begin = v - len(cue.rest), v + 1
    end = phrase(u, begin, e)
    if end == begin:
        if begin >= e or (u.words[begin].isalpha() and u.words[begin].islower()):
            return None  # *ein laut gesprochenes Wort*
        end = begin + 1
    return _Aside(first, begin, end, end, (first, v + 1) if cue.rest else (v, v + 1))


def _find_according(u: Unit, s: int, v: int, e: int) -> _Aside | None:
    """Return *nach Angaben von X*, *seiner Meinung nach*, whose noun is token `v`."""
    low, determiner = u.low, u.known.determiner
    i = v - 1
    while i > s and low[i] != "nach" and (ADJECTIVE.fullmatch(u.words[i]) or low[i] in determiner):
        i -= 1
    if i >= s and low[i] == "nach":
        end = phrase(u, i + 1, e)
        return _Aside(i, i + 1, end, end, (i, i + 1)) if end > v else None
    if v > s and v + 1 < e and low[v + 1] == "nach":
        begin = i if low[i] in determiner else i + 1
        return _Aside(begin, begin, v + 1, v + 2, (v + 1, v + 2))
    return None


def _find_around(u: Unit, n: int, place: _Aside, rule: str) -> Found:
    """Return what stands around a phrase that attributes."""
    (s, e), low, de = u.parts[n], u.low, u.known
    end = apposed(u, place.end)
    after = max(place.after, end)
    who, span = u.chars(place.begin, end), u.chars(*place.mark)
    if place.first == s and n == 0:
        after += after < len(low) and low[after] in CUTS
        start = u.spans[after][0] if after < len(low) else u.end
        return Found(3, who, span, start, u.end, f"{rule}:first")
    if n and low[s] in de.relative | de.subordinator:
        return Found(3, who, span, *u.chars(s, e), f"{rule}:clause")
    return Found(3, who, span, u.start, u.end, f"{rule}:inside")


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
    if low[a] == "dass" or mood or infinitive(u, a, b):
        heads = (u.parts[x][0] for x in range(m + 1, len(u.parts)))
        end = next((u.spans[h - 1][0] for h in heads if low[h] not in de.relative | de.complementizer | {"und"}), u.end)
        yield Found(7, u.some(j, apposed(u, k) if k > j else j), u.spans[v], u.spans[a][0], end, f"{rule}:noun")
