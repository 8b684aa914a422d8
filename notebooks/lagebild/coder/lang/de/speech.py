"""The noun phrases, clauses and subjects of a German sentence, as far as speech needs them."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from lagebild.coder.lang.de.clauses import is_infinitive
from lagebild.coder.lang.de.verbs import AUXILIARIES, KONJUNKTIV, nonfinite
from lagebild.coder.speech import BRACKET, NAME, Unit
from lagebild.coder.syntax import Span

TIME = re.compile(
    r"(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\w*|Mittwoch\w*|Sonnabend\w*|Januar|Februar|März|April|Mai|Juni|Juli|"
    r"August|September|Oktober|November|Dezember|Woche|Jahr|Morgen|Abend|Vormittag|Nachmittag|Nacht|Mittag|Anschluss|"
    r"Interview|Gespräch|Rede|Erklärung|Anfang|Ende|Mitte|Zusammenhang|Pressekonferenz|\d.*"
)
INFINITIVE = re.compile(r"\w{2,}zu\w+en")
ADJECTIVE = re.compile(r"[a-zäöüß][a-zäöüß-]*(?:e|en|er|es|em)|\d[\d.,]*|[a-zäöü]*zig|[\w-]+-?jährigen?")


def noun(u: Unit, i: int) -> bool:
    """Return whether token `i` looks like a noun, a name or a quoted name."""
    word, low = u.words[i], u.low[i]
    return word[0] in NAME + BRACKET or (word[0].isupper() and low not in u.known.no_noun)


def is_verb(u: Unit, i: int, first: int) -> bool:
    """Return whether a token that ends like an adjective is a verb; its phrase would start at token `first`."""
    token = u.tokens[i]
    if token.has(*AUXILIARIES):
        return True
    alone = i == first and not (i and u.low[i - 1] in u.known.adposition)
    known = bool(u.mood(i)) and (u.mood(i) == "subj1" or bool(token.word.verbs))
    return alone and (known or "inf" in token.word.forms)


def core(u: Unit, i: int, stop: int) -> int:
    """Return the end of article, adjectives and nouns from token `i`; `i` if there are none."""
    de = u.known
    j = i
    while j < min(stop, i + 2) and u.low[j] in (de.determiner if j == i else de.second):
        j += 1
    while j < min(stop, i + 7) and ADJECTIVE.fullmatch(u.words[j]):
        if u.low[j] in de.no_verb or is_verb(u, j, i):
            break
        j += 1
    if j >= stop or not noun(u, j):
        return i
    if i and u.low[i - 1] == "von" and re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]{3,}e?r?n", u.words[i]):
        return j + 1  # *nach Angaben von Diplomaten Raketen geliefert*
    while j < stop and (noun(u, j) or (u.words[j] in ".'’&/" and j + 1 < stop and u.words[j + 1][0].isupper())):
        j += 1
    return j


def phrase(u: Unit, i: int, stop: int) -> int:
    """Return the end of the noun phrase from token `i`, with genitives, places and members; `i` if there is none."""
    de = u.known
    j = core(u, i, stop)
    if j == i:
        return i + (i < stop and u.low[i] in de.pronoun)
    while j < stop:
        k, low = j, u.low[j]
        if low in de.genitive:
            k = core(u, j, stop)
        elif low == "in" and j + 1 < stop and u.low[j + 1] in {"einem", "einer"}:
            break
        elif low in de.link or (low in de.inside and not any(TIME.fullmatch(w) for w in u.words[j + 1 : j + 3])):
            k = core(u, j + 1, stop)
        if k <= j + (low not in de.genitive):
            break
        j = k
    return j


def whole(u: Unit, n: int) -> bool:
    """Return whether part `n` is nothing but a noun phrase."""
    return phrase(u, *u.parts[n]) == u.parts[n][1]


def apposed(u: Unit, j: int) -> int:
    """Return the end of a phrase that ends at token `j` with the apposition after its comma, if there is one."""
    if j + 1 < len(u.words) and u.words[j] == ",":
        n = u.part(j + 1)
        a, b = u.parts[n]
        if a == j + 1 and whole(u, n) and u.low[a] not in u.known.pronoun:
            return b
    return j


def ending(u: Unit, first: int, stop: int) -> int:
    """Return where the longest noun phrase starts that ends at token `stop`; `stop` if there is none."""
    return next((i for i in range(first, stop) if phrase(u, i, stop) == stop), stop)


def infinitive(u: Unit, first: int, stop: int) -> bool:
    """Return whether tokens are an infinitive with *zu*."""
    if is_infinitive(u.tokens, range(first, stop)):
        return True
    words = u.low[first:stop]  # the verb may be unknown
    marked = "zu" in words and any(
        a == "zu" and b.endswith("n") and b not in u.known.determiner for a, b in pairwise(words)
    )
    return (marked and words[-1].endswith(("n", "t"))) or any(INFINITIVE.fullmatch(word) for word in words[-2:])


def moody(u: Unit, first: int, stop: int) -> bool:
    """Return whether tokens hold a verb in the mood of what others say."""
    return any(u.mood(i) in KONJUNKTIV for i in range(first, stop))


def relative(u: Unit, n: int) -> bool:
    """Return whether part `n` is a relative clause: its pronoun first and its verb last."""
    de = u.known
    a, b = u.parts[n]
    if infinitive(u, a, b):
        return False
    if u.low[a] in de.adposition and b - a > 2:
        a += 1
        if core(u, a, b) > a:  # *an den Staat*
            return False
    if u.low[a] not in de.relative or b - a < 2:
        return False
    j, verb = phrase(u, a, b), u.low[b - 1]
    second = a + 1 < j < b - 1 and bool(u.mood(j))  # *die Lage sei ernst*, not *der Piloten bewogen hätte*
    second = second and not (u.mood(b - 1) and nonfinite(u.tokens[j]))
    verbal = u.mood(b - 1) or verb.endswith(("t", "te", "en"))
    return verbal and u.words[b - 1][0].islower() and not second


def clausal(u: Unit, n: int) -> bool:
    """Return whether part `n` is a quotation or has a finite verb and is no relative clause."""
    de = u.known
    a, b = u.parts[n]
    if u.speech(a):
        return True
    return not (n and u.low[a] in de.relative) and any(map(u.mood, range(a, b)))


def subject(u: Unit, n: int, finite: int, final: bool, fronted: bool = False) -> Span | None:
    """Return the subject of part `n`, whose finite verb is at token `finite`, last if `final`, first if `fronted`."""
    de = u.known
    s, e = u.parts[n]
    while s < finite and u.low[s] in {"und", "aber", "doch", "denn", "auch", "wie", "schon", "so"}:
        s += 1
    if s < finite < e - 1 and u.low[finite + 1] in de.subject:  # *Die Arbeit lobte er*
        return u.spans[finite + 1]
    if s < finite and not fronted:
        if n and u.low[s] in de.relative and relative(u, n):  # *der Kreml, der … mitteilte*
            return u.some(ending(u, *u.parts[n - 1]), u.parts[n - 1][1])
        j = phrase(u, s, e if final else finite)
        if j > s and u.low[s] not in de.object and (j == finite or final or u.low[j] in de.fillers):
            m = n
            while m and "und" in u.low[s:j] and u.cut(m) == "," and whole(u, m - 1):  # *A, B und C*
                m -= 1
            return u.chars(u.parts[m][0] if m < n else s, j)
        if final:
            for i in range(s + 1, finite):
                if (j := phrase(u, i, finite)) > i and u.low[i - 1] not in de.adposition and u.low[i] not in de.object:
                    return u.chars(i, j)
            return None
    elif n and not fronted and u.low[finite - 1] not in de.link:
        for m in range(max(0, n - 3), n):  # *A, der Sprecher von B, sagte*
            a, b = u.parts[m]
            between = (whole(u, k) or u.low[u.parts[k][0]] in de.relative | de.adposition for k in range(m + 1, n))
            if (not m or u.cut(m) == ":") and whole(u, m) and u.words[b] == "," and all(between):
                return u.chars(a, apposed(u, b))
    i = finite + 1
    while i < e:
        j = core(u, i + 1, e) if u.low[i] in de.adposition else phrase(u, i, e)
        if j > i and u.low[i] not in de.no_subject | {"es"}:
            return u.chars(i, apposed(u, j))
        i = max(j, i + 1) if u.low[i] in de.no_subject else i + 1
    a, b = u.parts[0]  # *X kam und sagte*: the subject stands before or after the first verb
    if a < (j := phrase(u, a, b)) <= finite:
        return u.chars(a, apposed(u, j))
    i = next((i for i in range(a, min(b, finite)) if u.mood(i)), b)
    return u.some(i + 1, phrase(u, i + 1, b)) if i < b else None


def opening(u: Unit | None) -> Span | None:
    """Return the noun phrase that opens a sentence, or follows its first finite verb."""
    if u is None or not u.parts:
        return None
    s, e = u.parts[0]
    finite = next((i for i in range(s, e) if u.mood(i)), s)
    return u.some(s, phrase(u, s, e)) or subject(u, 0, finite, False, fronted=True)


def circle(u: Unit, n: int, v: int, words: Collection[str], opening: bool) -> Span | None:
    """Return who spoke by *hieß es aus X* or *wurde von X behauptet*."""
    s, e = u.parts[n]
    for i in range(s, e - 1):
        time = any(TIME.fullmatch(word) for word in u.words[i + 1 : i + 4])
        if u.low[i] in words and i != v and not time and (j := phrase(u, i + 1, e)) > i + 1:
            return u.chars(i + 1, j)
    if opening and n and u.low[0] in words:
        return u.some(1, phrase(u, 1, u.parts[0][1]))
    return None
