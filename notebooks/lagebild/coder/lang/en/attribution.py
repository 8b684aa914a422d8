"""The attributions of an English sentence: where a cue stands says where its message is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.coder.speech import CUTS, Attribution, Before, Cue, Found, Span, Unit

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


def find_speech(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of an English sentence."""
    en = u.known
    for n, (s, e) in enumerate(u.parts):
        if u.speech(s) and len(u.parts) == 1 and before:
            yield Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on")
        elif u.speech(s) and n and u.cut(n) == ":":
            p, q = u.parts[n - 1]
            yield Found(5, u.chars(p, q) if q - p < 8 else None, None, *u.spans[s], "colon:quote")
        for v in range(s, e):
            for cue in en.cues.verbs.get(u.low[v], ()):
                yield from _verb(u, n, v, cue)
            for cue in en.cues.others.get(u.low[v], ()):
                first = v - len(cue.rest)
                if first >= s and tuple(u.low[first:v]) == cue.rest:
                    yield from _other(u, n, first, v, cue)


def _past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed")


def _clause(u: Unit, first: int, stop: int) -> bool:
    """Return whether tokens are a clause: a subject and a finite verb after it."""
    words, en = u.low[first:stop], u.known
    if words and words[0] in en.pronoun | {"what", "how", "why", "whether", "if"}:
        return len(words) > 1 and words[1] not in {"and", "or", "but", "in", "on", "at", "to"}
    for i, word in enumerate(words[1:10], start=1):
        if word in en.verbs or (_past(word) and words[i - 1] not in en.determiner | en.adposition | en.auxiliary):
            return True
    return False


def _start(u: Unit, n: int, v: int) -> int:
    """Return the token where the subject of the verb at token `v` of part `n` starts."""
    en = u.known
    s = u.parts[n][0]
    for i in range(v - 1, s - 1, -1):
        if u.low[i] in en.relative and any(w in en.verbs or _past(w) for w in u.low[i + 1 : v]):
            continue  # *the man who was arrested said …*
        joins = u.low[i] in {"and", "but"} and any(w in en.verbs or _past(w) for w in u.low[s:i])
        if u.low[i] in en.subordinator or joins:
            s = i + 1
            break
    while s < v and u.low[s] in en.lead - en.adposition:
        s += 1
    return s


def _source(u: Unit, n: int, v: int) -> Span | None:
    """Return the noun phrase before the verb at token `v`, over the commas of an apposition."""
    en = u.known
    first, stop, s = _start(u, n, v), v, u.parts[n][0]
    while stop > first and u.low[stop - 1] in en.other | en.auxiliary | {"has", "have", "had", "not"}:
        stop -= 1
    if first < stop:
        head = next((i for i in range(first, stop) if u.low[i] in en.relative), stop)
        sound = u.low[first] not in en.adposition | {"according"} and not set(u.low[first:head]) & en.verbs
        return u.chars(first, stop) if sound else None
    if s == first and n:  # *John Smith, the minister, said*
        a = max(m for m in range(n) if m == 0 or u.cut(m) == ":")
        if a == 0 and u.low[0] in en.adposition | en.subordinator and n > 1:
            a = 1  # *On Monday, John Smith, the minister, said*
        p, q = u.parts[a]
        p = next((i for i in range(p, q) if u.low[i] not in en.lead), q - 1)
        if not set(u.low[p:q]) & (en.verbs - {"has"}) and not u.speech(p):
            return u.chars(p, s - 1 if u.words[s - 1] in CUTS else s)
    verbs = en.cues.verbs
    for i in range(s + 1, v):  # *X met Y and said*: the subject stands before the first verb
        if u.low[i] in en.verbs or _past(u.low[i]) or u.low[i] in verbs:
            return u.some(_start(u, n, i), i)
    return None


def _skip(u: Unit, i: int, e: int) -> int:
    """Return the token after the adjuncts (*on Monday*, *in a statement*) from token `i`."""
    found = ADJUNCT.match(" ".join(u.words[i:e]))
    return i + len(found.group().split()) if found else i


def _apposed(u: Unit, j: int) -> int:
    """Return the end of the apposition after a phrase that ends at token `j`."""
    if j + 1 < len(u.words) and u.words[j] == ",":
        a, b = u.parts[u.part(j + 1)]
        heads = u.known.determiner | {"head", "chief", "director", "spokesman", "spokeswoman", "president"}
        if a == j + 1 and u.low[a] in heads and not _clause(u, a, b):
            return b
    return j


def _after(u: Unit, i: int, e: int) -> int:
    """Return the end of the noun phrase that follows a verb, as in *said X on Monday*."""
    j = next((j for j in range(i, e) if u.low[j] in u.known.end or _skip(u, j, e) > j), e)
    return _apposed(u, j) if j > i else i


def _next(u: Unit, n: int) -> int | None:
    """Return the quotation, or what a colon opens, after part `n`, over one short part at most."""
    for m in range(n + 1, min(n + 3, len(u.parts))):
        a, b = u.parts[m]
        if u.speech(a) or (u.cut(m) == ":" and m == n + 1):
            return a
        if b - a > 8:
            break
    return None


def _reported(u: Unit, n: int) -> bool:
    """Return whether what stands before part `n` can be a message: a quotation or a clause."""
    en = u.known
    if not n or u.cut(n) == ":":
        return False
    for a, b in u.parts[:n]:
        verbs = (w in en.verbs or _past(w) or re.fullmatch(r"[a-z]{3,}s", w) for w in u.low[a:b])
        if u.speech(a) or (u.low[a] not in en.aside and b - a > 2 and any(verbs)):
            return True
    return False


def _verb(u: Unit, n: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what a verb of saying says: before it, after it, or on both sides of it."""
    en = u.known
    (s, e), low, rule, span = u.parts[n], u.low, cue.cue_id, u.spans[v]
    lead = low[v - 1] if v > s else ""
    named = lead[-2:] in {"'s", "’s"} or (v > 0 and u.words[v][0].isupper())
    if named or lead in en.modal | en.determiner | en.adposition - {"as"}:
        return
    if lead in en.auxiliary | en.other and set(low[max(s, v - 3) : v]) & en.auxiliary:  # *it was reported that …*
        if lead != "being" and v + 2 < e and low[v + 1] == "that":
            yield Found(2, None, span, u.spans[v + 2][0], u.end, f"{rule}:passive")
        return
    follows, end = _next(u, n), u.end
    that = next((i for i in range(v + 1, min(e, v + 14)) if low[i] == "that"), None)
    after = _skip(u, v + 1, e)
    plain = v + 1 < e and that is None and not _clause(u, v + 1, e)
    quoted = n > 0 and v == s and (u.speech(s - 1) or u.speech(s - 2))
    who = _source(u, n, v)
    # "…," said X
    bare = n > 0 and v == s and follows is None and v + 1 < e and that is None
    if (
        bare
        and (quoted or (plain and low[v + 1] not in en.pronoun and _reported(u, n)))
        and _after(u, v + 1, e) > v + 1
    ):
        yield Found(1, u.chars(v + 1, _after(u, v + 1, e)), span, *u.reported(n), f"{rule}:inverted")
        return
    if quoted and v + 1 < e and (who is None or follows is not None):
        who = u.some(v + 1, _after(u, v + 1, e)) or who
        yield Found(1, who, span, *u.reported(n), f"{rule}:inverted")
        if follows is not None:
            yield Found(1, who, span, *u.spans[follows], f"{rule}:between")
        return
    if who is None and n and lead in {"who", "which"} and not _clause(u, u.parts[n - 1][0], s - 1):
        who, end = u.chars(*u.parts[n - 1]), u.chars(s, e)[1]  # *the army, which said …*
    if who is None:
        return
    # …, X said · X said: "…"
    if after == e or (rule[3:] in en.told and (plain or low[v + 1 : v + 2] == ["reporters"])):
        reported = _reported(u, n) and that is None and (follows is None or u.speech(follows))
        then = low[u.parts[n + 1][0]] if n + 1 < len(u.parts) else ""
        adds = then.endswith("ing") or then in en.lead | en.subordinator | en.adposition
        if reported and (n == len(u.parts) - 1 or follows is not None or adds):
            yield Found(1, who, span, *u.reported(n), f"{rule}:after")
            if follows is not None:
                yield Found(1, who, span, *u.spans[follows], f"{rule}:between")
            return
        if follows is not None:
            stop = u.spans[follows][1] if u.speech(follows) else end
            yield Found(1, who, span, u.spans[follows][0], stop, f"{rule}:before")
            return
    # X said that … · X said …
    if that is None and after >= e and low[e + 1 : e + 2] == ["that"]:
        that = e + 1  # *said on Monday, that …*
    near = that is not None and (
        that in {v + 1, after, e + 1}
        or (that < after + 2)
        or (rule[3:] in en.told and that < v + 6)
        or low[v + 1] in en.adposition | en.other
    )
    if that is not None and near and low[that - 1] not in en.adposition and that + 1 < len(low):
        yield Found(1, who, span, u.spans[that + 1][0], end, f"{rule}:that")
        return
    if after >= e or that is not None:
        return
    if rule[3:] in en.told:  # first whom
        whom = en.pronoun | en.determiner
        after = next((i for i in range(v + 2, min(e, v + 6)) if low[i] in whom or low[i - 1] == "reporters"), after)
    rest = low[after:e]
    if u.speech(after) or rest[0] in en.adposition - {"to"} | {"so", "and", "or", "but", "yes", "no"}:
        return
    if (cue.effect == "deny" and rest[0].endswith("ing")) or (rest[0] == "to" and rule[3:] in en.infinitive):
        yield Found(1, who, span, u.spans[after][0], end, f"{rule}:infinitive")
    elif (
        cue.effect != "act"
        and rest[0] != "to"
        and rule[3:] not in en.strict
        and (_clause(u, after, e) or (rule[3:] in en.bare and len(rest) > 1))
    ):
        yield Found(1, who, span, u.spans[after][0], end, f"{rule}:before")


def _other(u: Unit, n: int, first: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what *according to X*, *reportedly*, *is said to*, *as saying* and nouns attribute."""
    en = u.known
    (s, e), low, rule, mark = u.parts[n], u.low, cue.cue_id, u.chars(first, v + 1)
    if cue.kind == "preposition" and v + 1 < e:
        ends = (
            j
            for j in range(v + 2, e)  # *according to the navy two ships …*, or *…, who …*
            if low[j] in en.relative or (low[j] in en.determiner and low[j - 1] not in en.adposition | {"and"})
        )
        stop = _apposed(u, next(ends, e))
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
            who = _source(u, n, k) if passive else u.some(k + 1, first)
            yield Found(0, who, mark, u.spans[a][0], u.end, f"{rule}:before")
    elif cue.kind == "noun":
        of = u.words[v - 1].endswith(("'s", "’s")) if v > s else False
        if s < v < e - 2 and low[v + 1] == "that" and (of or low[v - 1] in en.determiner):
            i = v - 1
            while i > s and u.words[i - 1][0].isupper():
                i -= 1
            verbs = [k for k in range(v + 3, e) if low[k] in en.verbs]
            if v - s < 4 and len(verbs) > 1:  # *the claim that X had … was rejected*
                e = next((k for k in verbs[1:] if low[k] in en.auxiliary and low[k - 1] not in en.verbs), e)
            who = (u.spans[i][0], u.spans[v - 1][1] - 2) if of else None
            yield Found(7, who, mark, u.spans[v + 2][0], u.chars(s, e)[1], f"{rule}:noun")
    elif cue.kind in {"adverb", "phrase"} and not (s < v < e - 1 and low[v - 1] in en.determiner and not cue.rest):
        a, b = u.chars(s, e) if n and low[s] in en.subordinator else (u.start, u.end)
        yield Found(7, None, mark, a, b, f"{rule}:{cue.kind}")
