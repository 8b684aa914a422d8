"""The attributions of an English sentence: where a cue stands says where its message is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lang.en.attribution_other import other
from lagebild.coder.lang.en.speech import (
    end_phrase,
    find_next,
    find_source,
    is_clause,
    is_content_before,
    skip_adjuncts,
)
from lagebild.coder.speech import Attribution, Before, Cue, Found, Unit


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
                    yield from other(u, n, first, v, cue)


def _verb(u: Unit, n: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what a verb of saying says: before it, after it, or on both sides of it."""
    en = u.known
    (s, e), low, rule, span = u.parts[n], u.low, cue.cue_id, u.spans[v]
    lead = low[v - 1] if v > s else ""
    named = lead == "'s" or (v > 0 and u.words[v][0].isupper())
    if named or lead in en.modal | en.determiner | en.adposition - {"as"}:
        return
    if lead in en.auxiliary | en.other and set(low[max(s, v - 3) : v]) & en.auxiliary:  # *it was reported that …*
        if lead != "being" and v + 2 < e and low[v + 1] == "that":
            yield Found(2, None, span, u.spans[v + 2][0], u.end, f"{rule}:passive")
        return
    follows, end = find_next(u, n), u.end
    that = next((i for i in range(v + 1, min(e, v + 14)) if low[i] == "that"), None)
    after = skip_adjuncts(u, v + 1, e)
    plain = v + 1 < e and that is None and not is_clause(u, v + 1, e)
    quoted = n > 0 and v == s and (u.speech(s - 1) or u.speech(s - 2))
    who = find_source(u, n, v)
    # "…," said X
    bare = n > 0 and v == s and follows is None and v + 1 < e and that is None
    if (
        bare
        and (quoted or (plain and low[v + 1] not in en.pronoun and is_content_before(u, n)))
        and end_phrase(u, v + 1, e) > v + 1
    ):
        yield Found(1, u.chars(v + 1, end_phrase(u, v + 1, e)), span, *u.content_before(n), f"{rule}:inverted")
        return
    if quoted and v + 1 < e and (who is None or follows is not None):
        who = u.some(v + 1, end_phrase(u, v + 1, e)) or who
        yield Found(1, who, span, *u.content_before(n), f"{rule}:inverted")
        if follows is not None:
            yield Found(1, who, span, *u.spans[follows], f"{rule}:between")
        return
    if who is None and n and lead in {"who", "which"} and not is_clause(u, u.parts[n - 1][0], s - 1):
        who, end = u.chars(*u.parts[n - 1]), u.chars(s, e)[1]  # *the army, which said …*
    if who is None:
        return
    # …, X said · X said: "…"
    if after == e or (rule[3:] in en.told and (plain or low[v + 1 : v + 2] == ["reporters"])):
        led = is_content_before(u, n) and that is None and (follows is None or u.speech(follows))
        then = low[u.parts[n + 1][0]] if n + 1 < len(u.parts) else ""
        adds = then.endswith("ing") or then in en.lead | en.subordinator | en.adposition
        if led and (n == len(u.parts) - 1 or follows is not None or adds):
            yield Found(1, who, span, *u.content_before(n), f"{rule}:after")
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
        and (is_clause(u, after, e) or (rule[3:] in en.bare and len(rest) > 1))
    ):
        yield Found(1, who, span, u.spans[after][0], end, f"{rule}:before")
