"""Verbs of saying: who says something, and what, which may stand before, after, around, or be what it hangs in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lagebild.coder.model import Phrase, Span
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import OBJECT, find_antecedent, find_bare
from lagebild.coder.thresholds import UNSPOKEN
from lagebild.coder.unquoted import REPORTING, Passage, Saying, UnquotedClause

MUTE = ("nature", "object")  # kinds of heads that say nothing


class Candidate(NamedTuple):
    """A candidate; of those that overlap, the one of the lowest rank is kept."""

    rank: int
    source: Span | None
    cue: Span | None
    start: int
    end: int
    rule: str


class SpeechVerb:
    """A verb of saying where it stands: in part `n` of a passage."""

    def __init__(self, passage: Passage, n: int, saying: Saying) -> None:
        self.passage, self.n, self.saying, self.cue = passage, n, saying, saying.cue
        self.part = passage.parts[n]
        self.parse, self.clause = self.part.parse, self.part.clause
        self.tokens, self.words = self.parse.tokens, self.parse.words
        self.passive = saying.predicate.voice == "passive"
        who = self._find_source()
        asides = self.clause.asides if self.cue.effect == "hearsay" else ()  # hieß es aus Kreisen der Regierung
        circle = next((self.part.chars(*aside.source) for aside in asides), None)
        self.source = self.part.span_of(who) if who is not None else circle

    def candidate(self, rank: int, start: int, end: int, way: str, source: Span | None = None) -> Candidate:
        """Return a candidate."""
        span = self.part.chars(self.saying.tokens[0], self.saying.tokens[-1])
        return Candidate(rank, source or self.source, span, start, end, f"{self.cue.cue_id}:{way}")

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
        if subject is None:  # as the ministry said
            named = first.has("parenthetical")
            return next((p for p in clause.phrases if named and p.prep == first.low), None)
        if subject.pronoun == "rel" and clause.parent is not None:
            return find_antecedent(clause)
        neuter = self.tokens[subject.first].has("neuter") and not self.words.language.fixed_order  # hält es für …
        if neuter or self.passage.in_quotes(self.tokens[subject.first].start):
            return self._find_beside(subject, neuter)
        return self._find_behind(subject) or subject

    def _find_beside(self, subject: Phrase, neuter: bool) -> Phrase | None:
        """Return who stands, unquoted, beside what need not be the subject; a neuter may be it after all."""
        bare = (p for p in find_bare(self.clause) if not self.passage.in_quotes(self.tokens[p.first].start))
        return next((p for p in bare if p is not subject and p.case not in OBJECT), subject if neuter else None)

    def _find_behind(self, subject: Phrase) -> Phrase | None:
        """Return who stands behind the verb where what stands before it says nothing: Die Reise nannte X falsch."""
        fixed, verb = self.words.language.fixed_order, self.clause.finite
        act = subject.head is not None and bool(subject.head.word.nouns)
        mute = not subject.actors and (subject.kind in MUTE or (act and not subject.kind))
        if fixed or subject.first > verb or subject.case == "nom" or not mute:
            return None
        behind = (p for p in find_bare(self.clause) if p.first == verb + 1 and p.case not in OBJECT)
        return next((p for p in behind if p.actors or p.kind not in ("", *MUTE)), None)

    def _find_origin(self) -> Phrase | None:
        """Return who acts in the passive, or where something is heard or read."""
        limit = self.passage.parts[self.n + 1].start if self.n + 1 < len(self.passage.parts) else self.passage.end
        heard: Phrase | None = None
        for phrase in self.clause.phrases:
            timed = phrase.head is not None and phrase.head.has("time")
            if not phrase.prep or timed or self.tokens[phrase.first].start >= limit:
                continue
            if self.passive and phrase.prep in self.words.language.agents:
                return phrase
            if heard is None and self.words.has(phrase.prep, "origin") and not (self.passive and phrase.names):
                heard = phrase
        return heard


def find_messages(speech: SpeechVerb, before: Sequence[Attribution], earlier: Passage | None) -> Iterator[Candidate]:
    """Yield the messages of a verb of saying."""
    passage, part = speech.passage, speech.part
    if before and speech.n == 0 and part.mood == "subj1":
        # Die Behörde gehe davon aus, dass …: still reported by the speaker before
        yield speech.candidate(0, passage.start, passage.stop, "konjunktiv", before[-1].source)
    elif "negator" in speech.saying.predicate.marks and speech.cue.effect in ("say", "confirm", "claim"):
        return  # they did not say whether
    elif speech.words.has(speech.clause.opener, "parenthetical") or speech.tokens[part.inside[0]].has("parenthetical"):
        yield from _find_around(speech)
    elif speech.clause.kind == "rel" and part.mood == "subj1":
        return  # die Gefahr, die von ihm ausgehe: another's report as a whole
    elif speech.saying.predicate.form == "ing":
        if (after := _find_after(speech)) is not None:  # …, saying that it was shut
            yield speech.candidate(3, *after, "before")
    elif candidate := _find_inserted(speech):
        yield candidate
    else:
        yield from _find_beside(speech, earlier)


def _find_beside(speech: SpeechVerb, earlier: Passage | None) -> Iterator[Candidate]:
    """Yield what stands on one side of a verb of saying, or on both; else what it refers to."""
    after, left = _find_after(speech), _find_before(speech)
    if left is not None and (speech.opens or after is None or speech.passage.in_quotes(after[0])):
        yield speech.candidate(1, *left, "inverted" if speech.opens else "after")
        if after is not None:
            yield speech.candidate(1, *after, "rest")
    elif after is not None:
        yield speech.candidate(1, *after, "before")
    elif candidate := _find_earlier(speech, earlier) or _find_fragment(speech) or _find_act(speech):
        yield candidate


def _find_act(speech: SpeechVerb) -> Candidate | None:
    """Return the clause that tells what was said by naming an act of speech, or else its sentence."""
    if speech.cue.effect != "act" or not speech.source or speech.passive:
        return None
    if not speech.cue.words and all(p is speech.clause.subject for p in speech.clause.phrases):
        return None  # neither somebody beside the subject, nor other words of the cue
    if speech.clause.kind == "rel" or (speech.n and speech.clause.after):  # gab es zu, sprach aber von …
        return speech.candidate(4, speech.part.start, speech.part.end, "act")
    return speech.candidate(4, speech.passage.start, speech.passage.stop, "act")


def _find_earlier(speech: SpeechVerb, earlier: Passage | None) -> Candidate | None:
    """Return the sentence before: Dies bestätigte X."""
    first, verb = speech.part.inside[0], speech.clause.finite
    this = speech.n == 0 and speech.tokens[first].has("this") and verb == first + 1 and speech.cue.effect != "act"
    who = next((p for p in find_bare(speech.clause) if this and p.first > verb), None)
    heard = speech.source if this and speech.cue.effect == "hearsay" else None  # Das geht aus einem Bericht hervor.
    source = speech.part.span_of(who) if who is not None else heard
    if source is None or earlier is None:
        return None
    return speech.candidate(1, earlier.start, speech.tokens[first].end, "earlier", source)


def _find_fragment(speech: SpeechVerb) -> Candidate | None:
    """Return the words that are quoted as part of the clause: nannte das „aus der Luft gegriffen“."""
    passage, naming = speech.passage, speech.parse.cues.classes.get("naming", ())
    if speech.saying.predicate.form == "inf":
        return None
    for first, last in passage.quoted:
        inside = speech.part.start <= first < speech.part.end and (first, last) not in passage.quotes
        if passage.text[first + 1].isupper():  # a name: im Gespräch mit der „Zeitung“
            phrases = (p for p in speech.clause.phrases if p.prep and p.prep not in speech.cue.words)
            spans = (speech.part.chars(p.first, p.last) for p in phrases)
            inside = inside and not any(start <= first + 1 <= end for start, end in spans)
        if inside and (passage.text[first + 1].islower() or speech.saying.predicate.lemma in naming):
            return speech.candidate(3, first, last, "quote")
    return None


def _find_around(speech: SpeechVerb) -> Iterator[Candidate]:
    """Yield what *wie X mitteilte* says: what stands before it, or all around it."""
    passage, n, start = speech.passage, speech.n, speech.part.opened
    if speech.words.language.fixed_order and len(find_bare(speech.clause)) > 1:
        return  # as they welcomed him
    if speech.source is None and speech.cue.effect != "hearsay":  # wie bekannt wurde
        return
    if n and passage.between(passage.start, start):
        closed = n == len(passage.parts) - 1 and all(part.end <= start for part in passage.parts[:n])
        yield speech.candidate(2, passage.start, passage.finish(start) if closed else passage.end, "aside-after")
    elif n + 1 < len(passage.parts):
        yield speech.candidate(2, passage.parts[n + 1].start, passage.end, "aside-before")


def _find_inserted(speech: SpeechVerb) -> Candidate | None:
    """Return *Der Hafen, sagte die Ministerin, bleibe zu*: a clause that is cut in two by the one that says it."""
    passage, n, part = speech.passage, speech.n, speech.part
    if speech.clause.finite < 0 or n > 1:
        return None
    if n and speech.clause.kind == "main" and passage.parts[0].start < part.start and part.end < passage.parts[0].end:
        return speech.candidate(1, passage.start, passage.end, "around")  # The port, the mayor said, is shut
    follows = passage.parts[n + 1] if n + 1 < len(passage.parts) else None
    if follows is None or follows.clause.kind != "main" or passage.between(part.end, follows.start) != ",":
        return None
    opens = speech.words.language.fixed_order or follows.clause.finite == follows.inside[0]
    who = _find_inverted(speech) if opens else None
    return speech.candidate(1, passage.start, passage.end, "around", part.span_of(who)) if who is not None else None


def _find_inverted(speech: SpeechVerb) -> Phrase | None:
    """Return who speaks in what a comma, or a condition, parts from the message before it: …, sagte die Ministerin."""
    part, verb, fixed = speech.part, speech.clause.finite, speech.words.language.fixed_order
    phrases = [phrase for phrase in find_bare(speech.clause) if (phrase.last < verb if fixed else phrase.first > verb)]
    if not phrases:
        return None
    who = phrases[-1] if fixed else phrases[0]
    cut = who.first if fixed else verb
    led = cut - 1 if cut and speech.tokens[cut - 1].has("adverb") else cut  # …, so sagte die Ministerin, …
    if led == part.inside[0]:  # If so, the mayor said, …
        return who if speech.n == 1 and speech.passage.parts[0].clause.kind == "sub" else None
    return who if led > part.inside[0] and speech.tokens[led - 1].text == "," else None


def _find_before(speech: SpeechVerb) -> Span | None:
    """Return what stands before a clause that follows what it says: *…, sagte X*, *…, X said*."""
    passage, part, clause, start = speech.passage, speech.part, speech.clause, speech.part.start
    lead = passage.between(passage.start, start)
    if not lead or part.hangs or clause.kind not in ("main", "sub") or lead[-1] == ":":
        return None
    if (quote := passage.quote_before(start)) is not None:
        whole = (passage.between(passage.start, quote[0]) or ":")[-1] in ":–—-"
        return (quote[0] if whole else passage.start), quote[1]
    if lead[-1] not in ",–—-" or not _follows(speech):
        return None
    colon = passage.text.rfind(":", passage.start, start)
    return (passage.begin(colon + 1) if colon >= 0 else passage.start), passage.finish(start)


def _follows(speech: SpeechVerb) -> bool:
    """Whether a clause follows what it says, by its order and by what stands before it: …, so sagte X."""
    first, verb, earlier = speech.part.inside[0], speech.clause.finite, speech.passage.parts[: speech.n]
    fixed, moods = speech.words.language.fixed_order, [part.mood for part in earlier]
    ordered = speech.opens or fixed or (verb == first + 1 and speech.tokens[first].has("adverb"))
    if not ordered or speech.clause.after or not any(moods) or earlier[0].hangs:
        return False
    if fixed and earlier[0].parse.tokens[earlier[0].inside[0]].has("subordinator"):
        return False
    return speech.cue.effect != "act" or any(mood in REPORTING for mood in moods)


def _find_after(speech: SpeechVerb) -> Span | None:
    """Return what follows a verb of saying: a quotation, what a colon opens, or a clause."""
    passage = speech.passage
    later = [part for part in passage.parts[speech.n + 1 :] if part.start >= speech.last]
    quote = next((q for q in passage.quotes if q[0] >= speech.last), None)
    if quote is not None and _leads_to(speech, quote[0], later):
        return quote
    colon = passage.text.find(":", speech.last, passage.end)
    if colon >= 0 and all(part.start > colon for part in later):
        begin = passage.begin(colon + 1)
        return (begin, passage.end) if begin < passage.end else None
    for one in passage.parts[speech.n + 1 :]:
        if one.parse is not speech.parse:
            break
        if _is_message(speech, one):
            return one.opened, passage.find_stop(one, speech.clause)
        if one.clause.kind == "main" and one.mood:
            break
    return None


def _leads_to(speech: SpeechVerb, place: int, later: Sequence[UnquotedClause]) -> bool:
    """Whether a verb of saying leads to a quotation at a place: little, and no other message, stands in between."""
    if speech.part.asks and speech.passage.is_opened(place):
        return False  # Sie glaubt, dass …: „…“
    between = [part for part in later if part.start < place]
    near = sum(len(part.inside) for part in between) <= UNSPOKEN
    return near and all(part.hangs or not (part.mood or part.sayings) for part in between)


def _is_message(speech: SpeechVerb, part: UnquotedClause) -> bool:
    if part.governor is speech.clause:
        return _is_content(speech, part)
    if part.clause.kind != "main" or part.clause.after or not part.mood:
        return False
    if speech.part.hangs or speech.clause.kind not in ("main", "sub"):
        return False
    if part.mood in REPORTING:
        return True
    effect, fixed = speech.cue.effect, speech.words.language.fixed_order
    second = effect not in ("act", "hearsay") and not speech.passive and not fixed
    closes = speech.saying.tokens[-1] in (speech.part.inside[-1], speech.clause.finite)
    return second and closes and part.clause.finite > part.inside[0] and not part.sayings


def _is_content(speech: SpeechVerb, part: UnquotedClause) -> bool:  # that …, er komme, to leave, denied leaving
    kind, opener, effect = part.clause.kind, part.clause.opener, speech.cue.effect
    if kind == "sub":
        return part.asks or (not opener and not speech.is_a("strict") and effect != "act")
    if kind == "inf":
        return speech.is_a("infinitive") and not speech.words.has(opener, "adverbial", "unsaid")
    return kind == "ing" and effect == "deny"
