"""What a verb of saying says: the message stands after it, before it, on both sides, or is what it hangs in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lagebild.coder.part import REPORTING, Part, Saying
from lagebild.coder.passage import Passage
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import OBJECT, Phrase, Span, find_bare

NEAR = 8  # tokens of other clauses that may stand between a verb of saying and the quotation after it


class Found(NamedTuple):
    """A candidate; of those that overlap, the one of the lowest rank is kept."""

    rank: int
    source: Span | None
    cue: Span | None
    start: int
    end: int
    rule: str


class Said:
    """A verb of saying where it stands: in part `n` of a passage."""

    def __init__(self, u: Passage, n: int, saying: Saying) -> None:
        self.u, self.n, self.saying, self.cue = u, n, saying, saying.cue
        self.part = u.parts[n]
        self.parse, self.clause = self.part.parse, self.part.clause
        self.tokens, self.words = self.parse.tokens, self.parse.words
        self.passive = saying.predicate.voice == "passive"
        who = self._find_source()
        self.source = self.part.span_of(who) if who is not None else self._find_circle()

    def found(self, rank: int, start: int, end: int, way: str, source: Span | None = None) -> Found:
        """Return a candidate."""
        span = self.part.chars(self.saying.tokens[0], self.saying.tokens[-1])
        return Found(rank, source or self.source, span, start, end, f"{self.cue.cue_id}:{way}")

    @property
    def last(self) -> int:
        """Where the verb ends in the text."""
        return self.tokens[self.saying.tokens[-1]].end

    @property
    def opens(self) -> bool:
        """Whether its clause begins with the finite verb."""
        return self.clause.finite == self.part.inside[0]

    def is_a(self, kind: str) -> bool:
        """Whether the table puts the verb into a kind, or has none of that kind."""
        known = self.parse.cues.classes.get(kind)
        return known is None or self.saying.predicate.lemma in known

    def _find_source(self) -> Phrase | None:
        """Return who says it: the subject, of the passive who acts, of hearsay where it is heard."""
        clause, subject = self.clause, self.clause.subject
        own = subject is not None and subject.first in self.saying.tokens  # war die Rede: no speaker
        if self.passive or own or self.cue.effect == "hearsay":
            return self._find_origin()
        first = self.tokens[self.part.inside[0]]
        if subject is None and first.has("parenthetical"):
            return next((p for p in clause.phrases if p.prep == first.low), None)  # as the ministry said
        if subject is None or (subject.pronoun == "rel" and clause.parent is not None):
            above = clause.parent.phrases if subject is not None and clause.parent is not None else ()
            return next((p for p in reversed(above) if p.last <= clause.antecedent), None)
        object_too = self.tokens[subject.first].has("neuter") and not self.words.language.fixed_order  # hält es für …
        if object_too or self.u.in_quotes(self.tokens[subject.first].start):
            bare = (p for p in find_bare(clause) if not self.u.in_quotes(self.tokens[p.first].start))
            return next((p for p in bare if p is not subject and p.case not in OBJECT), subject if object_too else None)
        return subject

    def _find_origin(self) -> Phrase | None:
        """Return who acts in the passive, or where something is heard or read."""
        limit = self.u.parts[self.n + 1].start if self.n + 1 < len(self.u.parts) else self.u.end
        near = [p for p in self.clause.phrases if p.prep and self.tokens[p.first].start < limit]
        near = [p for p in near if not (p.head is not None and p.head.has("time"))]
        agents = [p for p in near if self.passive and p.prep in self.words.language.agents]
        heard = [p for p in near if self.words.has(p.prep, "origin") and not (self.passive and p.names)]
        return next(iter(agents or heard), None)

    def _find_circle(self) -> Span | None:
        """Return who is named in an aside of the clause: hieß es aus Kreisen der Regierung."""
        asides = self.clause.asides if self.cue.effect == "hearsay" else ()
        return next((self.part.chars(*one.source) for one in asides), None)


def find_said(said: Said, before: Sequence[Attribution], earlier: Passage | None) -> Iterator[Found]:
    """Yield the messages of a verb of saying."""
    u, part, effect = said.u, said.part, said.cue.effect
    if before and said.n == 0 and part.mood == "subj1":
        # Die Behörde gehe davon aus, dass …: still reported by the speaker before
        yield said.found(0, u.start, u.stop, "konjunktiv", before[-1].source)
    elif "negator" in said.saying.predicate.marks and effect in ("say", "confirm", "claim"):
        return  # they did not say whether
    elif said.words.has(said.clause.opener, "parenthetical") or said.tokens[part.inside[0]].has("parenthetical"):
        other = said.words.language.fixed_order and len(find_bare(said.clause)) > 1  # as they welcomed him
        yield from _find_around(said) if said.source and not other else ()
    elif said.saying.predicate.form == "ing":
        if (after := _find_after(said)) is not None:  # …, saying that it was shut
            yield said.found(3, *after, "before")
    elif one := _find_inserted(said):
        yield one
    else:
        after, left = _find_after(said), _find_before(said)
        if left is not None and (said.opens or after is None or u.in_quotes(after[0])):
            yield said.found(1, *left, "inverted" if said.opens else "after")
            yield from (said.found(1, *span, "rest") for span in (after,) if span is not None)
        elif after is not None:
            yield said.found(1, *after, "before")
        elif one := _find_earlier(said, earlier) or _find_fragment(said):
            yield one
        elif effect == "act" and said.source and not said.passive and _has_object(said):
            yield said.found(4, *((part.start, part.end) if said.clause.kind == "rel" else (u.start, u.stop)), "act")


def _has_object(said: Said) -> bool:
    """Whether the clause says what it is about: somebody beside the subject, or the other words of the cue."""
    return bool(said.cue.words) or any(p is not said.clause.subject for p in said.clause.phrases)


def _find_earlier(said: Said, earlier: Passage | None) -> Found | None:
    """Return the sentence before: Dies bestätigte X."""
    first, verb = said.part.inside[0], said.clause.finite
    this = said.n == 0 and said.tokens[first].has("this") and verb == first + 1 and said.cue.effect != "act"
    who = next((p for p in find_bare(said.clause) if this and p.first > verb), None)
    if who is None or earlier is None:
        return None
    return said.found(1, earlier.start, said.tokens[first].end, "earlier", said.part.span_of(who))


def _find_fragment(said: Said) -> Found | None:
    """Return the words that are quoted as part of the clause: nannte das „aus der Luft gegriffen“."""
    u, naming = said.u, said.parse.cues.classes.get("naming", ())
    if said.saying.predicate.form == "inf":
        return None
    for first, last in u.quoted:
        inside = said.part.start <= first < said.part.end and (first, last) not in u.quotes
        if inside and (u.text[first + 1].islower() or said.saying.predicate.lemma in naming):
            return said.found(3, first, last, "quote")
    return None


def _find_around(said: Said) -> Iterator[Found]:
    """Yield what *wie X mitteilte* says: what stands before it, or all around it."""
    u, n, start = said.u, said.n, said.part.opened
    if n and u.between(u.start, start):
        yield said.found(2, u.start, u.finish(start) if n == len(u.parts) - 1 else u.end, "aside-after")
    elif n + 1 < len(u.parts):
        yield said.found(2, u.parts[n + 1].start, u.end, "aside-before")


def _find_inserted(said: Said) -> Found | None:
    """Return *Der Hafen, sagte die Ministerin, bleibe zu*: a clause that is cut in two by the one that says it."""
    u, n, part, verb = said.u, said.n, said.part, said.clause.finite
    if verb < 0 or n > 1 or n + 1 >= len(u.parts):
        return None
    follows, fixed = u.parts[n + 1], said.words.language.fixed_order
    phrases = [p for p in find_bare(said.clause) if (p.last < verb if fixed else p.first > verb)]
    if not phrases:
        return None
    who = phrases[-1] if fixed else phrases[0]
    cut = who.first if fixed else verb
    opens = cut > part.inside[0] and said.tokens[cut - 1].text == ","
    resumed = follows.clause.finite == follows.inside[0] and u.between(part.end, follows.start) == ","
    if not (opens and resumed and follows.clause.kind == "main"):
        return None
    return said.found(1, u.start, u.end, "around", part.span_of(who))


def _find_before(said: Said) -> Span | None:
    """Return what stands before a clause that follows what it says: *…, sagte X*, *…, X said*."""
    u, part, clause, start = said.u, said.part, said.clause, said.part.start
    lead = u.between(u.start, start)
    if not lead or part.hangs or clause.kind not in ("main", "sub") or lead[-1] == ":":
        return None
    if (quote := u.quote_before(start)) is not None:
        whole = (u.between(u.start, quote[0]) or ":")[-1] in ":–—-"
        return (quote[0] if whole else u.start), quote[1]
    adverb = clause.finite == part.inside[0] + 1 and said.tokens[part.inside[0]].has("adverb")  # …, so sagte X
    order = said.opens or adverb or said.words.language.fixed_order
    earlier = u.parts[: said.n]
    if not order or clause.after or lead[-1] not in ",–—-" or not any(one.mood for one in earlier):
        return None
    leads = said.words.language.fixed_order and earlier[0].parse.tokens[earlier[0].inside[0]].has("subordinator")
    if earlier[0].hangs or leads or (said.cue.effect == "act" and all(one.mood not in REPORTING for one in earlier)):
        return None
    colon = u.text.rfind(":", u.start, start)
    return (u.begin(colon + 1) if colon >= 0 else u.start), u.finish(start)


def _find_after(said: Said) -> Span | None:
    """Return what follows a verb of saying: a quotation, what a colon opens, or a clause."""
    u, later = said.u, [one for one in said.u.parts[said.n + 1 :] if one.start >= said.last]
    if (quote := next((q for q in u.quotes if q[0] >= said.last), None)) is not None:
        between = [one for one in later if one.start < quote[0]]
        near = sum(len(one.inside) for one in between) <= NEAR
        if near and all(one.hangs or not (one.mood or one.sayings) for one in between):
            return quote
    colon = u.text.find(":", said.last, u.end)
    if colon >= 0 and all(one.start > colon for one in later):
        begin = u.begin(colon + 1)
        return (begin, u.end) if begin < u.end else None
    for one in u.parts[said.n + 1 :]:
        if one.parse is not said.parse:
            break
        if _is_message(said, one):
            return one.opened, u.find_stop(one, said.clause)
        if one.clause.kind == "main" and one.mood:
            break
    return None


def _is_message(said: Said, one: Part) -> bool:
    """Whether a clause is what a verb before it says."""
    kind, effect, hangs = one.clause.kind, said.cue.effect, said.part.hangs
    if one.governor is said.clause:
        if kind == "sub":
            return one.asks or (not one.clause.opener and not said.is_a("strict") and effect != "act")
        infinitive = kind == "inf" and said.is_a("infinitive") and not said.words.has(one.clause.opener, "adverbial")
        return infinitive or (kind == "ing" and effect == "deny")
    if kind != "main" or one.clause.after or hangs or said.clause.kind not in ("main", "sub") or not one.mood:
        return False
    if one.mood in REPORTING:
        return True
    second = effect not in ("act", "hearsay") and not said.passive and not said.words.language.fixed_order
    closes = said.saying.tokens[-1] in (said.part.inside[-1], said.clause.finite)
    return second and closes and one.clause.finite > one.inside[0] and not one.sayings
