"""The draft coder: a text in German or English to events, dates and attributions, each with the rule that fired.

Nothing here decides what is true. A draft is a proposal that names its evidence; a person decides (`review`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from lagebild import english, german
from lagebild.attribution import Attribution, find_attributions
from lagebild.dates import parse
from lagebild.gazetteer import Name, find_names
from lagebild.lexicon import Frame, Lexicon, lexicon
from lagebild.names import birthdays, is_organisation, stands_for
from lagebild.paths import LANGUAGES, Fault
from lagebild.roles import Context, Roles, fill, fill_noun, find_subject
from lagebild.sources import split_sentences
from lagebild.store import read_reference, records
from lagebild.syntax import Clause, Phrase, Predicate, Token, tokenize
from lagebild.timex import DatePhrase, find_dates

DAY = re.compile(r"\d{4}-\d\d-\d\d")
COUNTED = {"after": -1, "nachdem": -1, "before": 1, "bevor": 1}  # a day after he came: he came a day before
GRAMMAR = {"de": german, "en": english}
COMMITTING = ("AGREE", "THREATEN", "REJECT")  # acts whose other side may stand in the infinitive after them


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as a text tells it, drafted by rule.

    Attributes
    ----------
    event_type, type_alt
        PLOVER root type, and the types that are defensible too.
    source_actors, target_actors
        ISO alpha-3 codes, ``ORG:NATO`` or ``PER:Name`` for a person who acts for no state on the day of the act.
    date, date_text, date_basis
        EDTF or empty, the phrase, and how it is known.
    status, speaker, cue
        How the text puts it, who says so, and the words that decided.
    start, end
        Evidence, as offsets into the text.
    confidence
        A: both roles told, and rule and word order agree; B: one inferred, or only one told; C: a candidate.
    """

    event_type: str
    type_alt: tuple[str, ...]
    source_actors: tuple[str, ...]
    target_actors: tuple[str, ...]
    mutual: bool
    date: str
    date_text: str
    date_basis: str
    status: str
    speaker: str
    cue: str
    start: int
    end: int
    rule: str
    confidence: str
    mode: str = ""
    inferred: tuple[str, ...] = ()
    trigger: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class DraftedText:
    """All that is drafted from one text."""

    events: tuple[Draft, ...]
    candidates: tuple[Draft, ...]
    dates: tuple[DatePhrase, ...]
    attributions: tuple[Attribution, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Memory:
    """What a text has told so far: for pronouns, definite nouns and the topic."""

    subject: list[tuple[Name, Phrase]] = field(default_factory=list)
    subject_state: list[tuple[Name, Phrase]] = field(default_factory=list)
    pair: list[tuple[Name, Phrase]] = field(default_factory=list)  # the sides of the last event that had two
    dealing: tuple[list[tuple[Name, Phrase]], list[tuple[Name, Phrase]]] = field(default_factory=lambda: ([], []))
    topic: Counter[str] = field(default_factory=Counter)  # how often each actor was named
    named: dict[str, tuple[Name, Phrase]] = field(default_factory=dict)


def draft_text(text: str, language: str, published: str) -> DraftedText:
    """Draft the events, dates and attributions of a text.

    Parameters
    ----------
    text
        The article, as it stands.
    language
        ``de`` or ``en``.
    published
        Day of publication, from which relative dates are counted.
    """
    sentences = split_sentences(text)
    words = lexicon(language)
    names = find_names(text, language, published)
    dates = find_dates(text, language, published, birthdays=birthdays())
    attributions = find_attributions(text, language, sentences)
    memory = _Memory()
    drafts: list[Draft] = []
    k = 0
    for start, end in sentences:
        inside = []
        while k < len(names) and names[k].start < end:
            if names[k].start >= start:
                inside.append(names[k])
            k += 1
        if not inside and not memory.pair:
            continue
        sentence = _Sentence(text, start, end, inside, words, dates, attributions, published, memory)
        drafts += sentence.drafts()
    drafts = _settle(drafts)
    return DraftedText(
        tuple(one for one in drafts if one.confidence != "C"),
        tuple(one for one in drafts if one.confidence == "C"),
        tuple(dates),
        tuple(attributions),
        tuple(sentences),
    )


class _Sentence:
    """One sentence on its way from tokens to drafted events."""

    def __init__(
        self, text: str, start: int, end: int, names: Sequence[Name], words: Lexicon, dates: Sequence[DatePhrase],
        attributions: Sequence[Attribution], published: str, memory: _Memory,
    ) -> None:
        self.text, self.start, self.end, self.words = text, start, end, words
        self.published, self.memory = published, memory
        self.dates = [d for d in dates if d.start < end and d.end > start]
        self.attributions = [a for a in attributions if _touches(a, start, end) and _cue_effect(a.rule) != "act"]
        self.tokens = tokenize(text, start, end, names, words)
        self.question = text[start:end].rstrip("”“\"'»« ").endswith("?")
        self.grammar = GRAMMAR[words.language]

    def drafts(self) -> list[Draft]:
        tokens, words = self.tokens, self.words
        if not any(self._telling(token) for token in tokens):
            self._remember_names()
            return []
        self.clauses = self.grammar.split_clauses(tokens, words)
        aside = [span for a in self.attributions if _cue_kind(a.rule) not in ("verb", "noun") for span in (a.source, a.cue) if span]
        skip = frozenset(
            i for i, token in enumerate(tokens)
            if any(d.start <= token.start and token.end <= d.end for d in self.dates)
            or any(start <= token.start and token.end <= end for start, end in aside)  # laut …, according to …
        )
        context = Context(
            words.language, tokens, {}, self._antecedent,
            lambda prep: words.word(prep).classes.get("topic") is not None,
            lambda prep: words.word(prep).classes.get("place") is not None,
            self._pronoun,
        )
        found: list[Draft] = []
        self.fired: dict[int, list[str]] = {}  # id of a clause -> frames
        self.acting: dict[int, tuple[list[tuple[Name, Phrase]], list[tuple[Name, Phrase]]]] = {}
        self.predicates: dict[int, list[Predicate]] = {}
        previous: Clause | None = None
        for clause in self.clauses:
            clause.phrases = self.grammar.find_phrases(tokens, clause, skip)
            self.predicates[id(clause)] = self.grammar.predicates(tokens, clause, words)
        spoken = [a.cue for a in self.attributions if a.cue]
        for number, clause in enumerate(self.clauses):
            verb = tokens[clause.finite].start if clause.finite >= 0 else -1
            if (
                clause.kind == "main" and clause.tokens and clause.tokens[0] == clause.finite
                and any(c.kind == "main" and c.finite >= 0 for c in self.clauses[:number])
                and not any(start <= verb < end for start, end in spoken)
            ):
                clause.after = True  # telefonierte mit X, verurteilte Y und bot an: one subject for all
            objects = self._object_patterns(clause)
            subject = find_subject(clause, context, lambda p: any(o.search(self._words(p)) for o in objects))  # noqa: B023
            if subject is None and clause.after and previous is not None:
                subject = context.subjects.get(id(previous))
            above = clause.parent
            while subject is None and above is not None and (clause.kind in ("inf", "ing") or clause.opener in ("whether", "ob")):
                subject, above = self._controller(clause, above, context), above.parent
            context.subjects[id(clause)] = subject
            previous = clause
        self.context = context
        for clause in self.clauses:
            for predicate in self.predicates[id(clause)]:
                found += self._verbal(predicate)
        for clause in self.clauses:
            found += self._nominal(clause, found)
        self._remember()
        return found

    def _controller(self, clause: Clause, above: Clause, context: Context) -> Phrase | None:
        """Return who is to act in an infinitive: the one asked (bat Trump, …), else the subject of the clause above."""
        asked = any(
            frame.event_type in ("REQUEST", "COERCE", "THREATEN") for p in self.predicates[id(above)] for frame in self.words.frames.get(p.lemma, ())
        )
        subject = context.subjects.get(id(above))
        if clause.kind == "inf" and (asked or above.kind == "inf"):
            others = [p for p in above.phrases if p.actors and p is not subject and p.root is None]
            if len(others) == 1:
                return others[0]
        return subject

    def _telling(self, token: Token) -> bool:
        word = token.word
        return bool(word.nouns or token.tail.nouns or any(r.lemma in self.words.frames for r in word.verbs))

    def _words(self, phrase: Phrase) -> str:
        return self.text[self.tokens[phrase.first].start : self.tokens[phrase.last].end]

    def _clause_text(self, clause: Clause) -> str:
        return " ".join(self.tokens[i].text for i in clause.tokens)

    def _object_patterns(self, clause: Clause) -> list[Any]:
        return [
            frame.object
            for predicate in self.predicates[id(clause)]
            for frame in self.words.frames.get(predicate.lemma, ())
            if frame.object is not None
        ]

    # --- verbs

    def _verbal(self, predicate: Predicate) -> list[Draft]:
        clause = predicate.clause
        if predicate.lemma in self.words.operators and any(
            c.parent is clause and (c.kind in ("inf", "ing") or c.opener in ("dass", "that", "ob", "whether")) for c in self.clauses
        ):
            return []  # denied having …: the act is told by the clause that hangs on it
        best: tuple[Frame, Roles] | None = None
        for frame in self._frames(predicate):
            roles = fill(frame, predicate, self.context)
            if frame.organisation and not any(is_organisation(name.actor_id) for name, _ in roles.target):
                continue
            if not frame.both_sides or roles.mutual or (roles.source and roles.target):
                best = (frame, roles)
                break
            best = best or (frame, roles)
        if best is None or not self._counts(clause, predicate):
            return []
        frame, roles = best
        if frame.event_type == "AID" and "negator" in predicate.marks and self._no_more(clause):
            frame = replace(frame, event_type="SANCTION", type_alt=("AID",))
        if predicate.voice != "attr" and (roles.source or roles.target):
            self.fired.setdefault(id(clause), []).append(frame.frame_id)
        self._complete(frame, roles, predicate)
        if roles.source and roles.target:
            self.acting[id(clause)] = (roles.source, roles.target)
        status, speaker, cue = self._status(clause, predicate)
        if frame.mode == "inaction":
            status = "negated"
        told = self._day(clause, predicate.token)
        return self._build(frame, roles, self._clause_span(clause), status, speaker, cue, told, predicate.token, clause)

    def _complete(self, frame: Frame, roles: Roles, predicate: Predicate) -> None:
        """Fill what the clause itself leaves open but its surroundings tell."""
        clause = predicate.clause
        if frame.event_type == "MOBILIZE" and predicate.voice == "passive" and not roles.source:
            roles.source, roles.target = roles.target, []  # whose army was put on alert
        if frame.event_type in ("ASSAULT", "COERCE") and not roles.target and not roles.mutual:
            hit = [p for p in clause.phrases if p.prep in ("in", "at", "near", "bei", "nahe") and p.actors and p.root is None]
            if len(hit) == 1 and not {id(n) for n, _ in hit[0].actors} & {id(n) for n, _ in roles.source}:
                roles.target = hit[0].actors  # positions in Pakistan: the place is all that is said of who is hit
                roles.inferred.add("target")
        if frame.event_type in COMMITTING and self.words.language == "en" and roles.source and not roles.target:
            taken = {name.actor_id for name, _ in roles.source}
            for other in self._complements(clause):  # vowed to retaliate against Israel
                hit = [p for p in other.phrases if p.actors and (not p.prep or p.prep in frame.target) and p.root is None]
                if hit and hit[0].actors[0][0].actor_id not in taken:
                    roles.target = hit[0].actors
                    roles.inferred.add("target")
                    break
        if frame.event_type == "REQUEST" and roles.source and not roles.target:
            for other in self.clauses:  # demands that Beijing stop
                if other.parent is clause and other.opener in ("dass", "that"):
                    subject = self.context.subjects.get(id(other))
                    if subject is not None and subject.actors:
                        roles.target = subject.actors
                        roles.inferred.add("target")

    def _frames(self, predicate: Predicate) -> list[Frame]:
        """Return the frames that fit, the most telling first: with an object, reflexive, with particles."""
        text = self._clause_text(predicate.clause)
        wide, behind = text, text
        if self.words.language == "en":  # told France to leave: the words may stand in the infinitive
            wide = " ".join([text, *("to " + self._clause_text(c) for c in self._complements(predicate.clause))])
            if predicate.voice == "active" and predicate.clause.kind != "rel":
                behind = wide[wide.find(self.tokens[predicate.token].text) :]
        lows = [self.tokens[i].low for i in predicate.clause.tokens]
        found = []
        for frame in self.words.frames.get(predicate.lemma, ()):
            reflexive = frame.lemma.startswith("sich ")
            if (
                (frame.blocked is not None and frame.blocked.search(text))
                or (frame.object is not None and not frame.object.search(wide))
                or (reflexive and "sich" not in lows)
                or (frame.particles and not self._has_particles(predicate, frame))
            ):
                continue
            told = frame.object is not None and frame.object.search(behind) is not None
            if frame.object is not None and not told and self._act_alone(predicate):
                continue  # the blockade ended
            found.append(((frame.organisation, told, reflexive, len(frame.particles), frame.both_sides), frame))
        return [frame for _, frame in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def _act_alone(self, predicate: Predicate) -> bool:
        """Whether the subject of an English verb is itself an act: the object of the frame is then no object."""
        subject = self.context.subjects.get(id(predicate.clause))
        head = subject.head if subject is not None and predicate.voice == "active" else None
        return self.words.language == "en" and head is not None and bool(head.word.nouns) and not head.word.head

    def _complements(self, clause: Clause) -> list[Clause]:
        return [c for c in self.clauses if c.parent is clause and c.kind == "inf" and c.opener == "to"]

    def _has_particles(self, predicate: Predicate, frame: Frame) -> bool:
        place, tokens = predicate.token, self.tokens
        for particle in frame.particles:
            fixed = self.words.word(particle).classes.get("preposition") is not None and particle == frame.particles[-1]
            named = False
            for k in range(place + 1, min(place + 8, len(tokens))):
                named = named or bool(tokens[k].names)
                if fixed and k > place + 1 and not english.is_adverb(tokens[k - 1]) and not (named and frame.target[:1] == ("obj",)):
                    return False  # called the attacks on Iran unlawful is not called on
                if tokens[k].low == particle:
                    place = k
                    break
                if tokens[k].text in ".;:,":
                    return False
            else:
                return False
        return True

    def _counts(self, clause: Clause, predicate: Predicate) -> bool:
        """Whether what a clause tells is coded: the complement of an act is not (conventions, 8)."""
        if clause.kind in ("inf", "ing"):
            parent = clause.parent
            while parent is not None:
                if self.fired.get(id(parent)):
                    return clause.kind == "ing" and clause.opener not in ("of", "from", "for", "with", "to", "against")
                if self._operator(parent):
                    return True
                if parent.kind not in ("inf", "ing"):
                    return self.words.word(parent.opener).classes.get("whether") is not None
                parent = parent.parent
            return clause.opener in ("ohne", "without", "after", "before", "by", "") and clause.kind == "ing" or clause.opener == "ohne"
        if clause.kind == "sub" and clause.opener in ("dass", "that") and clause.parent is not None:
            return True
        return True

    def _operator(self, clause: Clause) -> str:
        """Return what the verb of a clause does to the truth of an act that hangs on it."""
        for predicate in self.predicates.get(id(clause), ()):
            effect = self.words.operators.get(predicate.lemma)
            if effect:
                return effect
        return next((t.word.classes["outlook"] for t in map(self.tokens.__getitem__, clause.tokens) if t.has("outlook")), "")

    # --- nouns

    def _nominal(self, clause: Clause, verbal: Sequence[Draft]) -> list[Draft]:
        found = []
        inner: set[int] = set()  # what hangs on a noun of an act with of
        for i in clause.tokens:
            token = self.tokens[i]
            frames = token.word.nouns or token.tail.nouns
            if not frames or (self.words.language == "en" and english.verb_form(self.tokens, i)):
                continue
            phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
            if phrase is None or self._consumed(token, clause):
                continue
            if phrase.head is not None and phrase.head.start > token.start and self.words.language == "en":
                continue  # the word only colours another: attack helicopters
            verbs = {p.token for p in self.predicates[id(clause)]} | {clause.finite}
            owned = {k for p in phrase.owners if self.words.language == "en" for k in range(p.first, p.last + 1)}
            stop = next((k for k in clause.tokens if k > i and k not in owned and (self.tokens[k].word.nouns or k in verbs)), 10**6)
            if i in inner:
                continue  # the suspension of aid: one act
            text = self._clause_text(clause)
            fitting = [
                f for f in frames
                if not (f.blocked and f.blocked.search(text))
                and not (f.object and not f.object.search(text))
                and tuple(t.low for t in self.tokens[i - len(f.particles) : i]) == f.particles
            ]
            frame = max(fitting, key=lambda f: (len(f.particles), f.object is not None), default=None)
            if frame is None or self._aside(phrase, clause):
                continue
            roles = fill_noun(frame, phrase, clause, self.context, stop)
            carried = self._carry(roles, frame, phrase, clause) or self._recall(roles, frame, phrase, clause)
            both = bool(roles.source and roles.target) or roles.mutual
            others = (bool(verbal) or bool(found)) and not carried
            if not both and (others or frame.both_sides or not (roles.source or roles.target)):
                continue
            inner |= owned
            last = max([phrase.last, *(p.last for p in roles.phrases)])
            span = (self.tokens[phrase.first].start, self.tokens[last].end)
            status, speaker, cue = self._noun_status(clause, phrase, i)
            told = self._day_near(clause, last, bool(self.fired.get(id(clause))))
            found += self._build(frame, roles, span, status, speaker, cue, told, i, clause)
        return found

    def _aside(self, phrase: Phrase, clause: Clause) -> bool:
        """Whether a noun only tells the circumstance: am Rande des Gipfels, on the sidelines of the summit."""
        return any(
            phrase in p.owners and p.head is not None and p.head.low in ("rande", "rand", "sidelines", "margins")
            for p in clause.phrases
        )

    def _carry(self, roles: Roles, frame: Frame, phrase: Phrase, clause: Clause) -> bool:
        """Give a noun the subject of the verb that only carries it: Israel setzte die Angriffe fort."""
        ending = [p for p in self.predicates[id(clause)] if p.lemma in self.words.endings]
        if ending and not phrase.prep and roles.target and not roles.source and clause.kind in ("inf", "ing"):
            subject = self.context.subjects.get(id(clause))
            roles.source = subject.actors if subject is not None else []
            return bool(roles.source)
        light = [p for p in self.predicates[id(clause)] if p.lemma in self.words.light]
        if not light or phrase.prep or self.fired.get(id(clause)):
            return False
        subject = self.context.subjects.get(id(clause))
        if subject is not None and subject is not phrase and not roles.source and light[0].voice == "active":
            roles.source = self._pronoun(subject) if subject.pronoun else subject.actors
        if frame.mutual and not roles.target and len(roles.source) > 1:
            roles.mutual = True
        return bool(roles.source)

    def _recall(self, roles: Roles, frame: Frame, phrase: Phrase, clause: Clause) -> bool:
        """Give a noun the sides that the text has named before.

        Das Gespräch, this call: those who dealt with each other last. Durch die Lieferung: who acts in the clause. Eine
        Unterstützung des Iran könnte …: the actor that the text is about, if the sentence leaves open who would act.
        """
        bare = not roles.source and not roles.target
        article = self.tokens[phrase.first]
        source, target = self.memory.dealing
        if bare and frame.event_type == "CONSULT" and article.has("this") and source and not phrase.prep:
            roles.source, roles.target = source, target
        elif bare and phrase.prep == "durch" and self.acting.get(id(clause)):
            roles.source, roles.target = self.acting[id(clause)]
        elif roles.target and not roles.source and not phrase.prep and not self.fired.get(id(clause)):
            topic = self.memory.topic.most_common(1)
            status = self._noun_status(clause, phrase, phrase.last)[0]
            codes = self._codes(roles.target, "")
            if not topic or topic[0][1] < 2 or topic[0][0] in codes or status not in ("hypothetical", "negated", "open"):
                return False
            roles.source = [self.memory.named[topic[0][0]]]
        else:
            return False
        roles.mutual = frame.mutual and not roles.target and len(roles.source) > 1
        roles.inferred |= {"source", "target"} if bare else {"source"}
        return True

    def _consumed(self, token: Token, clause: Clause) -> bool:
        """Whether the noun is the object by which a verb's frame was recognized."""
        fired = set(self.fired.get(id(clause), ()))
        return any(
            frame.object is not None and frame.object.search(token.text) is not None
            for predicate in self.predicates[id(clause)]
            for frame in self.words.frames.get(predicate.lemma, ())
            if frame.frame_id in fired
        )

    # --- truth

    def _status(self, clause: Clause, predicate: Predicate) -> tuple[str, str, str]:
        """Return status, speaker and cue: open, negated, hypothetical, reported, asserted; the first that applies."""
        marks = set(predicate.marks)
        if self.words.language == "en" and any(self.tokens[i].low == "no" and i > predicate.token for i in clause.tokens):
            marks.add("negator")  # gave Iran no help
        effects: list[str] = []
        place: Clause | None = clause
        said = self._said(self.tokens[predicate.token].start)
        speaker, cue = said if said else ("", "")
        deny = ""
        whether = conditional = False
        while place is not None:
            opener = self.words.word(place.opener).classes if place.opener else {}
            whether = whether or "whether" in opener
            if place.opener == "sollte" or ("if" in opener and place.kind == "sub"):
                conditional = True
            if place.kind == "rel":
                break
            complement = place.kind in ("inf", "ing") or place.opener in ("dass", "that", "")
            if "without" in opener and place.kind in ("inf", "ing"):
                effects.append("negated")
            parent = place.parent
            if parent is not None and place.kind in ("sub", "rel") and any(self.tokens[i].has("unclear") for i in parent.tokens):
                whether = True
            if parent is not None and complement:
                effect = self._operator(parent)
                if effect:
                    effects.append(effect)
                    if effect == "negated" and not speaker:
                        deny = self._subject_text(parent)
                parent_marks = {m for p in self.predicates[id(parent)] for m in p.marks}
                if effect == "transparent" or (effect and parent_marks & {"negator"}):
                    marks |= parent_marks & {"negator", "modal", "future", "k2"}
            if place.opener not in ("dass", "that", "") and place.kind == "sub" and not conditional:
                break
            place = parent
        if self.question and not speaker:
            return "open", speaker, "?"
        if whether:
            return "open", speaker, cue or "ob" * (self.words.language == "de") or "whether"
        if "negator" in marks and self._no_more(clause):
            return ("reported", speaker, cue) if said else ("asserted", "", "")
        if "negator" in marks or "negated" in effects:
            return "negated", speaker or deny, cue
        if conditional or marks & {"modal", "hypothetical", "future", "maybe", "k2"} or "hypothetical" in effects:
            if not (said and marks & {"k2"} and not marks & {"modal", "hypothetical", "future", "maybe"} and not conditional and "perfect" in marks):
                return "hypothetical", speaker, cue
        if ("want" in marks or "shall" in marks) and "perfect" not in marks:
            return "hypothetical", speaker, cue
        if "want" in marks:
            return "reported", speaker or self._subject_text(clause), cue
        if said or marks & {"k1", "shall", "hearsay"}:
            return "reported", speaker, cue
        return "asserted", "", ""

    def _no_more(self, clause: Clause) -> bool:
        """Whether something has been stopped: liefert keine Waffen mehr (conventions, 21)."""
        lows = [self.tokens[i].low for i in clause.tokens]
        return "mehr" in lows and any(low.startswith("kein") for low in lows)

    def _noun_status(self, clause: Clause, phrase: Phrase, i: int) -> tuple[str, str, str]:
        said = self._said(self.tokens[i].start)
        speaker, cue = said if said else ("", "")
        near = [self.tokens[k] for k in range(max(0, phrase.first - 1), i)]
        if any(token.has("negator") for token in near):
            return "negated", speaker, cue
        if not self.fired.get(id(clause)):
            marks = {m for p in self.predicates[id(clause)] for m in p.marks} | set(
                german._marks(self.tokens, clause, self.tokens[clause.finite] if clause.finite >= 0 else None)
                if self.words.language == "de" else english._verb_group(self.tokens, clause, clause.tokens[-1] + 1, "")[0]
            )
            if self.question:
                return "open", speaker, "?"
            known = any(self.tokens[k].has("known") for k in clause.tokens)
            if any(self.tokens[k].has("unclear") for k in clause.tokens) or (known and "negator" in marks):
                return "open", speaker, cue
            if "negator" in marks:
                return "negated", speaker, cue
            if marks & {"hypothetical", "future", "k2", "maybe"} or "modal" in marks:
                return "hypothetical", speaker, cue
            if marks & {"k1", "hearsay"}:
                return "reported", speaker, cue
        if any(token.has("hearsay") for token in near):
            return "reported", speaker, cue
        ends = any(p.lemma in self.words.endings for p in self.predicates[id(clause)])
        if ends and clause.kind in ("inf", "ing") and self.tokens[phrase.first].has("this"):
            return "asserted", "", ""  # to end the attacks: that there are attacks is taken for granted
        return ("reported", speaker, cue) if said else ("asserted", "", "")

    def _said(self, place: int) -> tuple[str, str] | None:
        """Return who says what stands at `place`, and the cue."""
        for one in self.attributions:
            if one.message and one.message[0] <= place < one.message[1] and not (one.cue and one.cue[0] <= place < one.cue[1]):
                speaker = self.text[slice(*one.source)] if one.source else ""
                cue = self.text[slice(*one.cue)] if one.cue else ""
                return speaker or cue, cue
        return None

    def _subject_text(self, clause: Clause) -> str:
        subject = self.context.subjects.get(id(clause))
        return self._words(subject) if subject is not None else ""

    # --- dates

    def _day(self, clause: Clause, trigger: int) -> DatePhrase | None:
        inside = [d for d in self.dates if self._in_clause(d, clause)]
        if not inside and clause.after and clause.tokens and clause.finite < clause.tokens[0]:
            before = self.clauses[self.clauses.index(clause) - 1]
            inside = [d for d in self.dates if self._in_clause(d, before)]
        told = next((d for d in inside if d.edtf and not self._planned(d)), None)
        return told or self._counted(clause)

    def _counted(self, clause: Clause) -> DatePhrase | None:
        """Return the day of a clause that is counted from the day of another: on Monday, a day after he flew to Baku."""
        opener = clause.opener if clause.kind == "sub" else ""
        if opener not in COUNTED or not clause.tokens:
            return None
        place = next(i for i in range(clause.tokens[0], -1, -1) if self.tokens[i].low == opener)
        if place < 2:
            return None
        number, unit = self.tokens[place - 2], self.tokens[place - 1]
        days = number.word.classes.get("number", "")
        if not days or unit.low not in ("day", "days", "tag", "tage"):
            return None
        for other in self.clauses:
            told = next((d for d in self.dates if other is not clause and self._in_clause(d, other) and DAY.fullmatch(d.edtf)), None)
            if told:
                day = date.fromisoformat(told.edtf) + timedelta(int(days) * COUNTED[opener])
                return replace(told, edtf=day.isoformat(), basis="relative", rule=f"{told.rule}:counted")
        return None

    def _planned(self, date: DatePhrase) -> bool:
        """Whether the day is that of something planned for it: der für Oktober geplante Besuch."""
        before = self.text[max(0, date.start - 8) : date.start].lower().split()
        return date.text.lower().startswith(("vom ", "of ")) or (bool(before) and before[-1] in ("für", "for", "vom", "of"))

    def _in_clause(self, date: DatePhrase, clause: Clause) -> bool:
        return any(date.start <= self.tokens[i].start < date.end or (
            self.tokens[i].start <= date.start < self.tokens[i].end) for i in clause.tokens)

    def _day_near(self, clause: Clause, last: int, verb_fired: bool) -> DatePhrase | None:
        if not verb_fired:
            return self._day(clause, last)
        end = self.tokens[last].end
        return next((d for d in self.dates if d.edtf and 0 <= d.start - end <= 1), None)

    # --- actors

    def _antecedent(self, clause: Clause) -> Phrase | None:
        parent = clause.parent
        if parent is None:
            return None
        before = [p for p in parent.phrases if p.last <= clause.antecedent or (clause.tokens and p.last < clause.tokens[0])]
        return before[-1] if before else None

    def _pronoun(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        if phrase.pronoun == "rel":
            clause = next((c for c in self.clauses if any(p is phrase for p in c.phrases)), None)
            found = self._antecedent(clause) if clause is not None else None
            if found is None:
                return []
            if found.case == "gen" or found.prep == "of":
                return found.actors
            return found.actors or [pair for owner in found.owners for pair in owner.actors]
        if phrase.pronoun == "both":
            return self.memory.pair
        if phrase.pronoun == "own":
            return self._speaker_names(phrase) or self._earlier(phrase) or self.memory.subject
        if phrase.pronoun == "him":
            return self._other(phrase)
        if phrase.pronoun == "he":
            low = self.tokens[phrase.first].low
            if low in ("es", "it"):
                return self._earlier(phrase) or self.memory.subject_state
            return self._earlier(phrase) or self.memory.subject
        return []

    def _other(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the last one named before who is not the subject: wies Putins Angebot zurück und forderte ihn auf."""
        clause = next((c for c in self.clauses if any(p is phrase for p in c.phrases)), None)
        subject = self.context.subjects.get(id(clause)) if clause is not None else None
        own = {name.actor_id for name, _ in subject.actors} if subject is not None else set()
        before = [p for c in self.clauses for p in c.phrases if p.last < phrase.first and p.actors and p.root is None]
        for p in sorted(before, key=lambda p: -p.last):
            found = [pair for pair in p.actors if pair[0].actor_id not in own]
            if found:
                return found
        return []

    def _speaker_names(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the names of who says what a phrase is part of."""
        place = self.tokens[phrase.first].start
        for one in self.attributions:
            if one.source and one.message and one.message[0] <= place < one.message[1]:
                for clause in self.clauses:
                    for p in clause.phrases:
                        if p.actors and one.source[0] <= self.tokens[p.first].start < one.source[1]:
                            return p.actors
        return []

    def _earlier(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the subject of an earlier clause of this sentence."""
        best: list[tuple[Name, Phrase]] = []
        for clause in self.clauses:
            subject = self.context.subjects.get(id(clause))
            if subject is not None and subject.last < phrase.first and not subject.pronoun and subject.actors:
                best = subject.actors
        return best

    def _remember_names(self) -> None:
        """Count who is named: the topic of the text is who is named most."""
        for token in self.tokens:
            for name in token.names:
                if name.kind not in ("unsure", "place", "adjective") and not token.loose:
                    code = stands_for(name.actor_id, self.published)
                    self.memory.topic[code] += 1
                    self.memory.named.setdefault(code, (name, Phrase(0, 0, names=[name])))

    def _remember(self) -> None:
        for clause in self.clauses:
            subject = self.context.subjects.get(id(clause))
            if clause.kind == "main" and subject is not None and subject.actors and not subject.pronoun:
                self.memory.subject = subject.actors
                if any(name.kind in ("name", "seat", "body") for name, _ in subject.actors):
                    self.memory.subject_state = subject.actors
        self._remember_names()

    # --- assembly

    def _clause_span(self, clause: Clause) -> tuple[int, int]:
        if clause.kind == "inf" and clause.parent is not None and self._operator(clause.parent) == "hypothetical":
            start, end = self._clause_span(clause.parent)  # plans to …: the plan is part of the evidence
            return min(start, self.tokens[clause.tokens[0]].start), max(end, self.tokens[clause.tokens[-1]].end)
        first, last = min(clause.tokens), max(clause.tokens)
        return self.tokens[first].start, self.tokens[last].end

    def _build(
        self, frame: Frame, roles: Roles, span: tuple[int, int], status: str, speaker: str, cue: str,
        told: DatePhrase | None, trigger: int, clause: Clause,
    ) -> list[Draft]:
        day = told.edtf if told else ""
        source = self._codes(roles.source, day)
        target = self._codes(roles.target, day)
        target = tuple(code for code in target if code not in source)
        if roles.target and not target and not roles.mutual:
            roles.inferred.discard("target")
        if not source and not target:
            return []
        if status == "asserted" and day and (parse(day).earliest or "") > self.published:
            status, cue = "hypothetical", told.text if told else ""
        if len({*source, *target}) > 1 and frame.event_type != "ASSAULT":
            self.memory.pair = [*roles.source, *roles.target]
            self.memory.dealing = (roles.source, roles.target)
        mutual = roles.mutual and len(source) > 1
        both = bool(source and target) or mutual
        if both:
            confidence = "B" if roles.inferred else "A"
        elif frame.both_sides and not (roles.addressed and frame.event_type != "CONSULT"):
            confidence = "C"
        else:
            confidence = "B"
        token = self.tokens[trigger]
        return [
            Draft(
                frame.event_type, frame.type_alt, source, target, mutual, day, told.text if told else "",
                told.basis if told else "", status, speaker, cue, span[0], span[1], frame.frame_id, confidence,
                frame.mode, tuple(sorted(roles.inferred)), (token.start, token.end),
            )
        ]

    def _codes(self, pairs: Sequence[tuple[Name, Phrase]], day: str) -> tuple[str, ...]:
        codes = []
        for name, phrase in pairs:
            state = next((one.actor_id for one in phrase.adjectives if one is not name), "")
            code = stands_for(name.actor_id, day or self.published, state, phrase.former)
            if code not in codes:
                codes.append(code)
        return tuple(codes)


@cache
def _cues() -> dict[str, tuple[str, str]]:
    return {row["cue_id"]: (row["kind"], row["effect"]) for row in records(read_reference("speech"))}


def _cue_kind(rule: str) -> str:
    return _cues().get(rule.partition(":")[0], ("", ""))[0]


def _cue_effect(rule: str) -> str:
    return _cues().get(rule.partition(":")[0], ("", ""))[1]


def _touches(one: Attribution, start: int, end: int) -> bool:
    return any(span and span[0] < end and span[1] > start for span in (one.source, one.cue, one.message))


def _settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what is drafted twice, and sort."""
    kept: list[Draft] = []
    for one in drafts:
        sides = (one.source_actors, one.target_actors)
        k = next((k for k in range(len(kept) - 1, -1, -1) if (kept[k].source_actors, kept[k].target_actors) == sides), -1)
        before = kept[k] if k >= 0 else None
        if before and before.end < one.start:
            same, recalled = before.event_type == one.event_type, len(one.inferred) == 2
            if same and before.date and not one.date and not recalled and k == len(kept) - 1:  # Er traf dort …
                one = replace(one, date=before.date, date_text=before.date_text, date_basis="relative")
            elif one.date and not before.date and recalled and before.event_type in ("CONSULT", "REQUEST", "AGREE"):
                kept[k] = replace(before, date=one.date, date_text=one.date_text, date_basis="relative")  # Das Gespräch …
        kept.append(one)
    unique = {(d.event_type, d.source_actors, d.target_actors, d.start, d.end): d for d in reversed(kept)}
    return sorted(unique.values(), key=lambda d: (d.start, d.end, d.rule))


def draft_lines(lines: Iterable[str]) -> Iterator[str]:
    """Draft one text per line of JSON and yield one line of JSON for each, in the same order.

    Raises
    ------
    Fault
        Naming the line that is no JSON object with id, text, language and published.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_as_json(*_read_line(line, number)), ensure_ascii=False)


def _read_line(line: str, number: int) -> tuple[str, str, str, str]:
    try:
        item = json.loads(line)
        name, text, language, published = (str(item[key]) for key in ("id", "text", "language", "published"))
    except (ValueError, TypeError, KeyError):
        raise Fault(
            f"standard input, line {number}: a JSON object with id, text, language and published belongs here."
        ) from None
    if language not in LANGUAGES:
        raise Fault(f"standard input, line {number}: language is {language!r}; choose de or en.")
    return name, text, language, published


def _as_json(name: str, text: str, language: str, published: str) -> dict[str, Any]:
    drafted = draft_text(text, language, published)
    return {
        "id": name,
        "events": [_event(one) for one in drafted.events],
        "candidates": [_event(one) for one in drafted.candidates],
        "dates": [{"start": d.start, "end": d.end, "edtf": d.edtf or None} for d in drafted.dates],
        "attributions": [
            {"source": a.source, "cue": a.cue, "message": a.message} for a in drafted.attributions
        ],
    }


def _event(one: Draft) -> dict[str, Any]:
    return {
        "event_type": one.event_type,
        "type_alt": list(one.type_alt),
        "source_actors": list(one.source_actors),
        "target_actors": list(one.target_actors),
        "mutual": one.mutual,
        "date": one.date or None,
        "status": one.status,
        "speaker": one.speaker or None,
        "cue": one.cue or None,
        "start": one.start,
        "end": one.end,
        "rule": one.rule,
        "confidence": one.confidence,
    }
