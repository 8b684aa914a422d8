"""The noun phrases, clauses and subjects of an English sentence, as far as speech needs them."""

from __future__ import annotations

import re

from lagebild.coder.speech import CUTS, Unit
from lagebild.coder.syntax import Span

DAY = (
    r"(?:(?:early|late|last|earlier|later) )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:night|morning|evening|afternoon))?"
)
ADJUNCT = re.compile(
    rf"\s*(?:,?\s*(?:(?:on|late|early|last|since|by) )?(?:{DAY}|"
    r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\w* \d{1,2}(?:, \d{4})?|yesterday|today|tonight|"
    r"earlier|later|again|repeatedly|previously|recently|separately|publicly|(?:last|this) (?:week|month|year))\b|"
    r"(?:in|at|during|to|via|after|on|through|before) (?:an?|the|his|her|its|their|separate)? ?(?:[\w-]+ ){0,2}?"
    r"(?:statement|interview|speech|report|post|letter|briefing|tweet|conference|release|address|remarks|meeting|"
    r"message|call|talks|article|hearing|session|email|reporters|journalists|Twitter|Telegram|Facebook|X|television)\b"
    r"(?: (?:with|to|on|from|in|by|for|at) (?:the |an? |his |her )?[\w’'-]+(?: [A-Z][\w’'-]+)*)?)+"
)


def is_clause(u: Unit, first: int, stop: int) -> bool:
    """Return whether tokens are a clause: a subject and a finite verb after it."""
    words, en = u.low[first:stop], u.known
    if words and words[0] in en.pronoun | en.question:
        return len(words) > 1 and words[1] not in {"and", "or", "but", "in", "on", "at", "to"}
    return any(map(u.mood, range(first + 1, min(stop, first + 10))))


def _find_start(u: Unit, n: int, v: int) -> int:
    """Return the token where the subject of the verb at token `v` of part `n` starts."""
    en = u.known
    s = u.parts[n][0]
    for i in range(v - 1, s - 1, -1):
        if u.low[i] in en.relative and any(map(u.mood, range(i + 1, v))):
            continue  # *the man who was arrested said …*
        joins = u.low[i] in {"and", "but"} and any(map(u.mood, range(s, i)))
        if u.low[i] in en.subordinator or joins:
            s = i + 1
            break
    while s < v and u.low[s] in en.lead - en.adposition:
        s += 1
    return s


def find_source(u: Unit, n: int, v: int) -> Span | None:
    """Return the noun phrase before the verb at token `v`, over the commas of an apposition."""
    en = u.known
    first, stop, s = _find_start(u, n, v), v, u.parts[n][0]
    while stop > first and u.low[stop - 1] in en.other | en.auxiliary | {"has", "have", "had", "not"}:
        stop -= 1
    if first < stop:
        head = next((i for i in range(first, stop) if u.low[i] in en.relative), stop)
        sound = u.low[first] not in en.adposition | {"according"} and not any(map(u.mood, range(first, head)))
        return u.chars(first, stop) if sound else None
    if s == first and n:  # *John Smith, the minister, said*
        a = find_head(u, n)
        p, q = u.parts[a]
        p = next((i for i in range(p, q) if u.low[i] not in en.lead), q - 1)
        if a < n:
            return u.chars(p, s - 1 if u.words[s - 1] in CUTS else s)
    for i in range(s + 1, v):  # *X met Y and said*: the subject stands before the first verb
        if u.mood(i):
            return u.some(_find_start(u, n, i), i)
    return None


def has_verb(u: Unit, first: int, stop: int) -> bool:
    """Return whether tokens hold a finite verb or an infinitive."""
    return any(u.mood(i) or u.form(i) == "inf" for i in range(first, stop))


def find_head(u: Unit, n: int) -> int:
    """Return the first of the parts before part `n` that are a subject: *…, its minister, John Smith, | said*."""
    en, m = u.known, n
    while m and (m == n or u.cut(m) != ":"):
        a, b = u.parts[m - 1]
        clause = u.low[a] not in en.relative and has_verb(u, a, b)
        if clause or u.speech(a) or (m > 1 and u.low[a] in en.adposition | en.subordinator - en.relative):
            break
        m -= 1
    if m < n and u.low[u.parts[m][0]] in en.adposition | en.subordinator:
        m += 1  # *On Monday, John Smith, the minister, said*
    return m


def skip_adjuncts(u: Unit, i: int, e: int) -> int:
    """Return the token after the adjuncts (*on Monday*, *in a statement*) from token `i`."""
    found = ADJUNCT.match(u.text, u.spans[i][0], u.spans[e - 1][1]) if i < e else None
    return next((j for j in range(i, e) if u.spans[j][0] >= found.end()), e) if found else i


def end_apposition(u: Unit, j: int) -> int:
    """Return the end of the apposition after a phrase that ends at token `j`."""
    if j + 1 < len(u.words) and u.words[j] == ",":
        a, b = u.parts[u.part(j + 1)]
        heads = u.known.determiner | {"head", "chief", "director", "spokesman", "spokeswoman", "president"}
        if a == j + 1 and u.low[a] in heads and not is_clause(u, a, b):
            return b
    return j


def end_phrase(u: Unit, i: int, e: int) -> int:
    """Return the end of the noun phrase that follows a verb, as in *said X on Monday*."""
    j = next((j for j in range(i, e) if u.low[j] in u.known.end or skip_adjuncts(u, j, e) > j), e)
    return end_apposition(u, j) if j > i else i


def find_next(u: Unit, n: int) -> int | None:
    """Return the quotation, or what a colon opens, after part `n`, over one short part at most."""
    for m in range(n + 1, min(n + 3, len(u.parts))):
        a, b = u.parts[m]
        if u.speech(a) or (u.cut(m) == ":" and m == n + 1):
            return a
        if b - a > 8:
            break
    return None


def is_content_before(u: Unit, n: int) -> bool:
    """Return whether what stands before part `n` can be a message: a quotation or a clause."""
    en = u.known
    if not n or u.cut(n) == ":":
        return False
    return any(u.speech(a) or (u.low[a] not in en.aside and b - a > 2 and has_verb(u, a, b)) for a, b in u.parts[:n])
