"""The attributions of a German sentence: where a cue stands says where its message is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.coder.lang.de.attribution_other import other
from lagebild.coder.lang.de.speech import (
    TIME,
    apposed,
    clausal,
    infinitive,
    moody,
    noun,
    opening,
    phrase,
    relative,
    subject,
    whole,
)
from lagebild.coder.speech import Attribution, Before, Cue, Found, Unit
from lagebild.coder.syntax import Span


def _right(u: Unit, n: int, bare: bool, second: bool, strict: bool) -> int | None:
    """Return the part after part `n` in which a message starts.

    A clause without mark or mood counts if the cue ends its part (`bare`) and main clauses are allowed (`second`);
    where the cue is `strict`, only *dass*, an infinitive or a quotation count.
    """
    de = u.known
    begun = None
    for m in range(n + 1, min(n + 5, len(u.parts))):
        a, b = u.parts[m]
        clause = u.low[a:b]
        if u.speech(a) or u.cut(m) == ":" or clause[0] in de.complementizer:
            return m
        if clause[0] in {"und", "aber", "sondern", "oder"}:
            return None
        if clause[0] in de.subordinator or relative(u, m):
            continue
        if (moody(u, a, b) and not strict) or infinitive(clause):
            return begun or m
        if whole(u, m):
            continue
        begun = begun or m
        j = phrase(u, a, b)  # without a mood the clause must start as a main clause does
        if second and ((a < j < b and u.low[j] in de.verbs) or (bare and set(clause[1:8]) & de.verbs)):
            return m
    return None


def _stop(u: Unit, first: int) -> int:
    """Return where a message that starts with part `first` ends: where the main clause is taken up again."""
    de = u.known
    for i in range(u.parts[first][0] + 1, len(u.words) - 1):
        again = u.words[i + 1] if u.low[i] == "und" else ""
        past = re.fullmatch(r"[a-zäöüß]{2,}te", again) and again not in de.conditional
        if past and not (i + 2 < len(u.words) and noun(u, i + 2)):
            return u.spans[i - 1][1]
    for m in range(first + 1, len(u.parts)):
        a = u.parts[m][0]
        if u.words[a] in de.verbs - de.subjunctive - de.conditional and u.low[u.parts[m - 1][0]] not in de.relative:
            return u.spans[a - 1][0]
    return u.end


def _match(u: Unit, n: int, v: int, cues: Sequence[Cue]) -> tuple[Cue, int, int] | None:
    """Return the cue at token `v` whose other words are there too, with its first and last token."""
    de = u.known
    s, e = u.parts[n]
    for cue in cues:
        if cue.cue_id == "de-sprechen-von" and "sich" in u.low[s:e]:
            continue  # *sprach sich für … aus*
        if not cue.rest:
            if e - 1 > v and u.words[e - 1] in de.particle:  # *sagte … ab* is another verb
                continue
            return cue, v, v
        first = end = v
        stop = e
        for word in cue.rest:
            closes = word in de.particle and word == cue.rest[-1]
            places = [i for i in range(end + 1, stop) if u.low[i] == word]
            if not places and n + 2 < len(u.parts) and whole(u, n + 1) and u.low[u.parts[n + 2][0]] == word:
                places, stop = [u.parts[n + 2][0]], u.parts[n + 2][1]  # *gab A, der Sprecher, bekannt*
            if closes:
                places = [i for i in places if any(i + 1 == b for _, b in u.parts) or u.low[i + 1] in de.link]
            if places:
                end = places[-1] if word in de.particle else places[0]
            elif word in u.low[s:v] and not (closes and word != "bekannt"):
                first = min(first, u.low.index(word, s))
            else:
                break
        else:
            return cue, first, end
    return None


def find_speech(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of a German sentence."""
    de = u.known
    found: list[Found] = []
    cues = de.cues
    heads = [v for v, low in enumerate(u.low) if low in cues.verbs or low in cues.others]
    for n, (s, e) in enumerate(u.parts):
        for v in (v for v in heads if s <= v < e):
            low = u.low[v]
            if low in cues.verbs and (u.words[v] == low or v == 0) and (hit := _match(u, n, v, cues.verbs[low])):
                found += _verb(u, n, v, hit, before, last)
            for cue in cues.others.get(low, ()):
                if not cue.rest or set(cue.rest) <= set(u.low[s:e]):
                    found += other(u, n, v, cue, before)
        if u.speech(s) and n and u.cut(n) == ":":
            p, q = u.parts[n - 1]
            finite = next((i for i in range(p, q) if de.is_finite(u.words[i])), q)
            if finite == q and u.text[u.spans[s][1] - 2] not in ".!?":
                continue  # *Im Kino: „Die Wand“*
            who = subject(u, n - 1, finite, False) if finite < q else u.some(p, phrase(u, p, q))
            found.append(Found(5, who, None, *u.spans[s], "colon:quote"))
        elif u.speech(s) and len(u.parts) == 1 and before:
            found.append(Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on"))
    yield from found
    if found or not any(de.is_konj(word) or (before and word in de.conditional) for word in u.words):
        return
    for n, (s, e) in enumerate(u.parts):
        fronted = n == 0 and s + 1 < e and moody(u, s + 1, s + 2)  # *damit seien …*
        hangs = (u.low[s] in de.complementizer | de.subordinator and not fronted) or (n and u.low[s] in de.relative)
        if hangs or "ich" in u.low[s:e]:
            continue
        for i in range(s, e):
            word = u.words[i]
            mood = de.is_konj(word) and (word in de.subjunctive or not (i + 1 < e and noun(u, i + 1)))
            if mood or (before and word in de.conditional):
                who = (before[-1].source if before else None) or opening(last())
                yield Found(8, who, None, u.start, u.stop, "konjunktiv:goes-on" if before else "konjunktiv:opens")
                return


def _verb(
    u: Unit, n: int, v: int, hit: tuple[Cue, int, int], before: Sequence[Attribution], last: Before
) -> Iterator[Found]:
    """Yield what a verb of saying says: after it, before it, or as *wie X mitteilte*."""
    de = u.known
    cue, first, close = hit
    (s, e), low, rule = u.parts[n], u.low, cue.cue_id
    hearsay = cue.effect == "hearsay"
    # The finite verb is the cue or the auxiliary that it goes with.
    aux = next((i for i in range(s, e) if low[i] in de.auxiliary and i != v), None)
    finite, final, passive = v, False, False
    if aux is not None and not hearsay:
        final = aux == v + 1
        finite = aux if final or aux < v else v
        passive = low[aux] in {"wird", "werden", "wurde", "wurden", "worden"}
    elif (
        not hearsay and re.match(r"(?:\w{2,7})?ge\w{3,}(?:t|en)$", low[v]) and not low[v].startswith(("gest", "gelang"))
    ):
        if (aux := next((i for i in range(s) if low[i] in de.auxiliary), None)) is None:
            return
        finite = aux
    if v > s and (low[v - 1] == "zu" or (v < e - 1 and noun(u, v + 1) and low[v - 1] in de.determiner)):
        return  # *zu zeigen*, *das gemeldete Schiff*
    span = u.chars(first, close + 1)
    if before and n == 0 and de.is_konj(u.words[finite]):
        # *Die Behörde gehe davon aus, dass …* is still reported by the speaker before
        yield Found(0, before[-1].source, span, u.start, u.stop, f"{rule}:konjunktiv")
        return
    hangs = n > 0 and (relative(u, n) or low[s] in de.subordinator)
    final = final or (n > 0 and v == e - 1 and low[s] in de.subordinator | de.relative | {"dass", "ob"})
    for m in range(n, max(-1, n - 3), -1):  # *wie X mitteilte*
        a, b = u.parts[m]
        if low[a] == "wie" and (v >= e - 2 or final) and all(whole(u, k) for k in range(m + 1, n)):
            i = next((i for i in range(a + 1, b) if low[i] not in de.fillers | {"es"}), b)
            j = phrase(u, i, b)
            who = u.some(i, apposed(u, j) if j > i else i)
            if m:
                end = u.spans[a - 1][0] if n == len(u.parts) - 1 else u.end
                yield Found(2, who, span, u.start, end, f"{rule}:wie-after")
            elif n + 1 < len(u.parts):
                yield Found(2, who, span, u.spans[u.parts[n + 1][0]][0], u.end, f"{rule}:wie-before")
            return
    if (hearsay or passive) and rule != "de-zitieren":
        who = _circle(u, n, v, {"aus", "in", "im", "bei", "von", "auf"} if hearsay else {"von", "vom"}, hearsay)
    else:
        who = subject(u, n, finite, final)
    second = cue.effect not in {"act", "hearsay"} and not passive and not hangs
    right = _right(u, u.part(close), low[e - 1] in low[first : close + 1], second, hangs)
    tail = u.words[close + 1 : e]
    if "und" in tail and any(de.is_finite(word) for word in tail[tail.index("und") :]):
        right = None  # *lehnte es ab und forderte, …*: the message is the second verb's
    left = n > 0 and finite == s and u.cut(n) != ":" and low[0] not in de.subordinator | de.complementizer - {"dass"}
    if left and u.speech(s - 1) and right is not None and low[u.parts[right][0]] in de.complementizer:
        left = False  # *„…“ zeige, dass …*
    if left and not u.speech(s - 1) and not u.speech(s - 2):  # *…, verurteilte den Angriff* goes on with its subject
        goes_on = v + 1 < e and low[v + 1] in {"aber", "jedoch", "zudem", "dagegen", "und"}
        left = not goes_on and (cue.effect != "act" or moody(u, 0, s))
    inserted = left and n == 1 and whole(u, 0) and right == 2 and moody(u, u.parts[2][0], u.parts[2][0] + 1)
    left = left and any(clausal(u, m) for m in range(n))
    if left and not u.speech(s - 1) and s > 2:  # not after *Der Sprecher, ein Offizier,*
        left = not any(whole(u, m) and (m == 0 or u.cut(m) == ":") for m in range(n))
    if inserted:  # *Der Hafen, sagte die Ministerin, bleibe zu*
        yield Found(1, subject(u, n, finite, False, fronted=True), span, u.start, u.end, f"{rule}:inserted")
    elif left:
        yield Found(1, who, span, *u.content_before(n), f"{rule}:after")
        if right is not None:
            yield Found(1, who, span, u.spans[u.parts[right][0]][0], u.end, f"{rule}:between")
    elif right is not None:
        a = u.parts[right][0]
        end = u.spans[a][1] if u.speech(a) else _stop(u, right)
        yield Found(1, who, span, u.spans[a][0], end, f"{rule}:before")
    elif n == 0 and low[0] in {"dies", "das"} and finite == 1 and (earlier := last()):
        who = subject(u, n, finite, False, fronted=True)
        yield Found(1, who, span, earlier.start, u.spans[0][1], f"{rule}:dies")
    elif cue.effect == "act" and who and not passive and low[finite] not in {"ist", "sind", "sei"}:
        a, b = u.chars(s, e) if relative(u, n) else (u.start, u.stop)
        yield Found(4, who, span, a, b, f"{rule}:act")


def _circle(u: Unit, n: int, v: int, words: set[str], opening: bool) -> Span | None:
    """Return who spoke by *hieß es aus X* or *wurde von X behauptet*."""
    s, e = u.parts[n]
    for i in range(s, e - 1):
        time = any(TIME.fullmatch(word) for word in u.words[i + 1 : i + 4])
        if u.low[i] in words and i != v and not time and (j := phrase(u, i + 1, e)) > i + 1:
            return u.chars(i + 1, j)
    if opening and n and u.low[0] in words:
        return u.some(1, phrase(u, 1, u.parts[0][1]))
    return None
