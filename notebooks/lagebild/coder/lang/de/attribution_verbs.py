"""The attributions of a German sentence by verbs of saying: *X sagte, …*, *…, sagte X*, *wie X mitteilte*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.coder.lang.de.speech import (
    apposed,
    circle,
    clausal,
    infinitive,
    moody,
    noun,
    phrase,
    relative,
    subject,
    whole,
)
from lagebild.coder.lang.de.verbs import HELPERS
from lagebild.coder.speech import Attribution, Before, Cue, Found, Unit
from lagebild.coder.syntax import Span

GOES_ON = frozenset(("aber", "jedoch", "zudem", "dagegen", "und"))  # …, verurteilte aber …: has the subject before it


@dataclass(frozen=True)
class Saying:
    """A verb of saying where it stands.

    Attributes
    ----------
    u, n
        The sentence, and the part.
    cue
        Its row of the table.
    v, first, close
        The tokens of its head word, of its first word and of its last one.
    finite, final, passive
        The token of the finite verb that it goes with, whether that ends its clause, and whether it is passive.
    """

    u: Unit
    n: int
    cue: Cue
    v: int
    first: int
    close: int
    finite: int
    final: bool
    passive: bool

    @property
    def span(self) -> Span:
        """The characters of the cue."""
        return self.u.chars(self.first, self.close + 1)

    @property
    def hangs(self) -> bool:
        """Whether its clause is a relative clause, or says when or why."""
        u, n = self.u, self.n
        return n > 0 and (relative(u, n) or u.low[u.parts[n][0]] in u.known.subordinator)

    def found(self, rank: int, source: Span | None, start: int, end: int, way: str) -> Found:
        """Return a candidate."""
        return Found(rank, source, self.span, start, end, f"{self.cue.cue_id}:{way}")


def read_saying(u: Unit, n: int, v: int, cues: Sequence[Cue]) -> Saying | None:
    """Return the verb of saying at a token; None if it is another verb, a participle before its noun, or infinitive."""
    de, (s, e) = u.known, u.parts[n]
    if (hit := _match(u, n, v, cues)) is None:
        return None
    cue, first, close = hit
    if v > s and (u.low[v - 1] == "zu" or (v < e - 1 and noun(u, v + 1) and u.low[v - 1] in de.determiner)):
        return None  # *zu zeigen*, *das gemeldete Schiff*
    finite, final, passive = v, False, False
    helper = next((i for i in range(s, e) if u.tokens[i].has(*HELPERS) and i != v), None)
    if cue.effect == "hearsay":
        pass
    elif helper is not None:
        final = helper == v + 1
        finite = helper if final or helper < v else v
        passive = u.tokens[helper].has("become", "worden")
    elif not u.mood(v) and "part" in u.tokens[v].word.forms:  # its helper stands before a comma
        if (helper := next((i for i in range(s) if u.tokens[i].has(*HELPERS)), None)) is None:
            return None
        finite = helper
    final = final or (n > 0 and v == e - 1 and u.low[s] in de.verb_last)
    return Saying(u, n, cue, v, first, close, finite, final, passive)


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
        if place := _match_rest(u, n, v, cue):
            return cue, *place
    return None


def _match_rest(u: Unit, n: int, v: int, cue: Cue) -> Span | None:
    """Return the first and the last token of a cue of several words; None if one of them is missing."""
    de = u.known
    (s, e), first, end = u.parts[n], v, v
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
            return None
    return first, end


def find_said(verb: Saying, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield what a verb of saying says: after it, before it, or as *wie X mitteilte*."""
    u, n, effect = verb.u, verb.n, verb.cue.effect
    if before and n == 0 and u.mood(verb.finite) == "subj1":
        # *Die Behörde gehe davon aus, dass …* is still reported by the speaker before
        yield verb.found(0, before[-1].source, u.start, u.stop, "konjunktiv")
        return
    for m in range(n, max(-1, n - 3), -1):
        final = verb.v >= u.parts[n][1] - 2 or verb.final
        if u.low[u.parts[m][0]] == "wie" and final and all(whole(u, k) for k in range(m + 1, n)):
            yield from _find_aside(verb, m)
            return
    hearsay = effect == "hearsay"
    if (hearsay or verb.passive) and verb.cue.cue_id != "de-zitieren":
        words = ("aus", "in", "im", "bei", "von", "auf") if hearsay else ("von", "vom")
        who = circle(u, n, verb.v, words, hearsay)
    else:
        who = subject(u, n, verb.finite, verb.final)
    right = _right(verb)
    left = _opens(verb, right)
    if left and n == 1 and whole(u, 0) and right == 2 and moody(u, u.parts[2][0], u.parts[2][0] + 1):
        who = subject(u, n, verb.finite, False, fronted=True)
        yield verb.found(1, who, u.start, u.end, "inserted")  # *Der Hafen, sagte die Ministerin, bleibe zu*
    elif left and _is_said(u, n):
        yield verb.found(1, who, *u.content_before(n), "after")
        if right is not None:
            yield verb.found(1, who, u.spans[u.parts[right][0]][0], u.end, "between")
    elif right is not None:
        a = u.parts[right][0]
        yield verb.found(1, who, u.spans[a][0], u.spans[a][1] if u.speech(a) else _stop(u, right), "before")
    elif n == 0 and u.low[0] in {"dies", "das"} and verb.finite == 1 and (earlier := last()):
        who = subject(u, n, verb.finite, False, fronted=True)
        yield verb.found(1, who, earlier.start, u.spans[0][1], "dies")
    elif effect == "act" and who and not verb.passive and not u.tokens[verb.finite].has("be"):
        yield verb.found(4, who, *(u.chars(*u.parts[n]) if relative(u, n) else (u.start, u.stop)), "act")


def _find_aside(verb: Saying, m: int) -> Iterator[Found]:
    """Yield what *wie X mitteilte* says, whose part `m` begins with *wie*."""
    u, n = verb.u, verb.n
    a, b = u.parts[m]
    i = next((i for i in range(a + 1, b) if u.low[i] not in u.known.fillers | {"es"}), b)
    j = phrase(u, i, b)
    who = u.some(i, apposed(u, j) if j > i else i)
    if m:
        end = u.spans[a - 1][0] if n == len(u.parts) - 1 else u.end
        yield verb.found(2, who, u.start, end, "wie-after")
    elif n + 1 < len(u.parts):
        yield verb.found(2, who, u.spans[u.parts[n + 1][0]][0], u.end, "wie-before")


def _opens(verb: Saying, right: int | None) -> bool:
    """Return whether a verb opens its part, so that what stands before may be what it says."""
    u, n, de = verb.u, verb.n, verb.u.known
    s, e = u.parts[n]
    if not n or verb.finite != s + (u.low[s] == "so") or u.cut(n) == ":":
        return False
    if u.low[0] in de.subordinator or (u.low[0] in de.complementizer and u.low[0] != "dass") or u.mood(0):
        return False  # *Wenn sie kommt, …*, *Sollte sie kommen, …*
    if u.speech(s - 1):  # but not *„…“ zeige, dass …*
        return right is None or u.low[u.parts[right][0]] not in de.complementizer
    if u.speech(s - 2):
        return True
    if verb.v + 1 < e and u.low[verb.v + 1] in GOES_ON:  # *…, verurteilte den Angriff* goes on with its subject
        return False
    return verb.cue.effect != "act" or moody(u, 0, s)


def _is_said(u: Unit, n: int) -> bool:
    """Return whether what stands before part `n` can be a message: not after *Der Sprecher, ein Offizier,*."""
    if not any(clausal(u, m) for m in range(n)):
        return False
    s = u.parts[n][0]
    return u.speech(s - 1) or s < 3 or not any(whole(u, m) and (m == 0 or u.cut(m) == ":") for m in range(n))


def _right(verb: Saying) -> int | None:
    """Return the part in which a message starts that follows the verb.

    A clause without mark or mood counts if the cue ends its part and main clauses are allowed; in a clause that hangs
    on another, only *dass*, an infinitive or a quotation count.
    """
    u, de, (_, e) = verb.u, verb.u.known, verb.u.parts[verb.n]
    tail = u.low[verb.close + 1 : e]
    if "und" in tail and any(map(u.mood, range(verb.close + 1 + tail.index("und"), e))):
        return None  # *lehnte es ab und forderte, …*: the message is the second verb's
    second = verb.cue.effect not in {"act", "hearsay"} and not verb.passive and not verb.hangs
    bare = u.low[e - 1] in u.low[verb.first : verb.close + 1]
    begun, n = None, u.part(verb.close)
    for m in range(n + 1, min(n + 5, len(u.parts))):
        a, b = u.parts[m]
        if u.speech(a) or u.cut(m) == ":" or u.low[a] in de.complementizer:
            return m
        if u.low[a] in {"und", "aber", "sondern", "oder"}:
            return None
        if u.low[a] in de.subordinator or relative(u, m):
            continue
        if (moody(u, a, b) and not verb.hangs) or infinitive(u, a, b):
            return begun or m
        if whole(u, m):
            continue
        begun = begun or m
        j = phrase(u, a, b)  # without a mood the clause must start as a main clause does
        if second and ((a < j < b and u.mood(j)) or (bare and any(map(u.mood, range(a + 1, min(b, a + 8)))))):
            return m
    return None


def _stop(u: Unit, first: int) -> int:
    """Return where a message that starts with part `first` ends: where the main clause is taken up again."""
    for i in range(u.parts[first][0] + 1, len(u.words) - 1):
        past = u.low[i] == "und" and u.mood(i + 1) == "ind" and u.low[i + 1].endswith("te")
        if past and not (i + 2 < len(u.words) and noun(u, i + 2)):
            return u.spans[i - 1][1]
    for m in range(first + 1, len(u.parts)):
        a = u.parts[m][0]
        if u.mood(a) == "ind" and u.low[u.parts[m - 1][0]] not in u.known.relative:
            return u.spans[a - 1][0]
    return u.end
