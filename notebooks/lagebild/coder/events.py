"""From the verbs and nouns of a sentence to drafted events: the frame that fits, its sides, its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.factuality import AssessedSentence
from lagebild.coder.gazetteer import Name
from lagebild.coder.lexicon import Frame
from lagebild.coder.roles import Roles, fill, fill_noun
from lagebild.coder.syntax import Clause, Phrase, Predicate, Token
from lagebild.core.edtf import parse
from lagebild.core.offices import is_organisation, stands_for

COMMITTING = ("AGREE", "THREATEN", "REJECT", "CONCEDE")  # acts whose other side may stand in the infinitive after them


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
class Statement:
    """What is no act: a fact that lasts (`condition`), or what a choice would bring (`option`), for better or worse."""

    kind: str
    sign: str
    actors: tuple[str, ...]
    date: str
    status: str
    speaker: str
    start: int
    end: int
    rule: str


class CodedSentence(AssessedSentence):
    """A sentence that tells its events."""

    def drafts(self) -> list[Draft]:
        """Return the events that the sentence tells, and remember what the next one may refer to."""
        if not self.read():
            return []
        found: list[Draft] = []
        for clause in self.clauses:
            for predicate in self.predicates[id(clause)]:
                found += self._verbal(predicate)
        for clause in self.clauses:
            found += self._nominal(clause, found)
        self._remember()
        return found

    def statements(self) -> list[Statement]:
        """Return what the sentence says of what lasts or would follow; to be called after `drafts`."""
        found = []
        for clause in self.clauses:
            text = self._clause_text(clause)
            for predicate in self.predicates[id(clause)]:
                for rule, verbs, words, sign in self.words.effects:
                    if predicate.lemma in verbs and words is not None and words.search(text):
                        found.append(self._statement(clause, predicate, rule, sign))
                        break
        return found

    def _statement(self, clause: Clause, predicate: Predicate, rule: str, sign: str) -> Statement:
        status, speaker, _ = self._status(clause, predicate)
        stated = self._day(clause, predicate.token)
        named = [(name, p) for p in clause.phrases for name in (*p.names, *p.adjectives)]
        start, end = self._clause_span(clause)
        day = stated.edtf if stated else ""
        kind = "option" if status == "hypothetical" else "condition"
        return Statement(kind, sign, self._codes(named, day), day, status, speaker, start, end, rule)

    def _verbal(self, predicate: Predicate) -> list[Draft]:
        clause = predicate.clause
        if predicate.lemma in self.words.operators and any(
            c.parent is clause and (c.kind in ("inf", "ing") or c.opener in ("dass", "that", "ob", "whether"))
            for c in self.clauses
        ):
            return []  # denied having …: the act is told by the clause that hangs on it
        best: tuple[Frame, Roles] | None = None
        for frame in self._frames(predicate):
            roles = fill(frame, predicate, self.context)
            if frame.organisation and not any(
                is_organisation(self.reference, name.actor_id) for name, _ in roles.target
            ):
                continue
            if not frame.both_sides or roles.mutual or (roles.source and roles.target):
                best = (frame, roles)
                break
            best = best or (frame, roles)
        if best is None or not self._counts(clause):
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
        stated = self._day(clause, predicate.token)
        return self._build(
            frame, roles, self._clause_span(clause), status, speaker, cue, stated, predicate.token, clause
        )

    def _complete(self, frame: Frame, roles: Roles, predicate: Predicate) -> None:
        """Fill what the clause itself leaves open but its surroundings tell."""
        clause = predicate.clause
        if frame.event_type == "MOBILIZE" and predicate.voice == "passive" and not roles.source:
            roles.source, roles.target = roles.target, []  # whose army was put on alert
        if frame.event_type in ("ASSAULT", "COERCE") and not roles.target and not roles.mutual:
            hit = [
                p
                for p in clause.phrases
                if p.prep in ("in", "at", "near", "bei", "nahe") and p.actors and p.root is None
            ]
            if len(hit) == 1 and not {id(n) for n, _ in hit[0].actors} & {id(n) for n, _ in roles.source}:
                roles.target = hit[0].actors  # positions in Pakistan: the place is all that is said of who is hit
                roles.inferred.add("target")
        if frame.event_type in COMMITTING and roles.source and not roles.target:
            taken = {name.actor_id for name, _ in roles.source}
            for other in self._complements(clause, "to"):  # vowed to retaliate against Israel
                hit = [
                    p for p in other.phrases if p.actors and (not p.prep or p.prep in frame.target) and p.root is None
                ]
                if hit and hit[0].actors[0][0].actor_id not in taken:
                    roles.target = hit[0].actors
                    roles.inferred.add("target")
                    break
        if frame.event_type in ("REQUEST", "ACCUSE") and roles.source and not roles.target:
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
        if self.words.language.fixed_order:  # told France to leave: the words may stand in the infinitive
            below = self._complements(predicate.clause, "to", "that")
            wide = " ".join([text, *(f"{c.opener} {self._clause_text(c)}" for c in below)])
            if predicate.voice == "active" and predicate.clause.kind != "rel":
                behind = wide[wide.find(self.tokens[predicate.token].text) :]
        lows = [self.tokens[i].low for i in predicate.clause.tokens]
        found = []
        for frame in self.words.frames.get(predicate.lemma, ()):
            reflexive = frame.lemma.startswith("sich ")
            if (
                (frame.blocked is not None and frame.blocked.search(wide))
                or (frame.object is not None and not frame.object.search(wide))
                or (reflexive and "sich" not in lows)
                or (frame.particles and not self._has_particles(predicate, frame))
            ):
                continue
            stated = 0  # 2: by the clause itself, 1: only by what hangs on it
            if frame.object is not None and frame.object.search(behind):
                stated = 2 if frame.object.search(text) else 1
            if frame.object is not None and not stated and frame.event_type != "ASSAULT" and self._act_alone(predicate):
                continue  # the blockade ended
            found.append(
                ((frame.organisation, frame.exact, stated, reflexive, len(frame.particles), frame.both_sides), frame)
            )
        return [frame for _, frame in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def _act_alone(self, predicate: Predicate) -> bool:
        """Whether the subject of an English verb is itself an act: the object of the frame is then no object."""
        subject = self.context.subjects.get(id(predicate.clause))
        head = subject.head if subject is not None and predicate.voice == "active" else None
        return self.words.language.fixed_order and head is not None and bool(head.word.nouns) and not head.word.head

    def _complements(self, clause: Clause, *openers: str) -> list[Clause]:
        """Return the clauses that tell what is promised, refused or said: to leave, that …."""
        return [c for c in self.clauses if c.parent is clause and c.kind in ("inf", "sub") and c.opener in openers]

    def _has_particles(self, predicate: Predicate, frame: Frame) -> bool:
        place, tokens = predicate.token, self.tokens
        for particle in frame.particles:
            fixed = self.words.word(particle).classes.get("preposition") is not None and particle == frame.particles[-1]
            named = False
            for k in range(place + 1, min(place + 8, len(tokens))):
                named = named or bool(tokens[k].names)
                if (
                    fixed
                    and k > place + 1
                    and not self.grammar.is_adverb(k - 1)
                    and not (named and frame.target[:1] == ("obj",))
                ):
                    return False  # called the attacks on Iran unlawful is not called on
                if tokens[k].low == particle:
                    place = k
                    break
                if tokens[k].text in ".;:,":
                    return False
            else:
                return False
        return True

    def _counts(self, clause: Clause) -> bool:
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
            return (
                clause.opener in ("ohne", "without", "after", "before", "by", "") and clause.kind == "ing"
            ) or clause.opener == "ohne"
        return True

    def _nominal(self, clause: Clause, verbal: Sequence[Draft]) -> list[Draft]:
        found: list[Draft] = []
        inner: set[int] = set()  # what hangs on a noun of an act with of
        for i in clause.tokens:
            token = self.tokens[i]
            frames = token.word.nouns or token.tail.nouns
            if not frames or self.grammar.verb_form(i):
                continue
            phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
            if phrase is None or self._consumed(token, clause):
                continue
            if phrase.head is not None and phrase.head.start > token.start and not self.words.language.capital_nouns:
                continue  # the word only colours another: attack helicopters
            verbs = {p.token for p in self.predicates[id(clause)]} | {clause.finite}
            owned = {k for p in phrase.owners if self.words.language.fixed_order for k in range(p.first, p.last + 1)}
            stop = next(
                (k for k in clause.tokens if k > i and k not in owned and (self.tokens[k].word.nouns or k in verbs)),
                10**6,
            )
            if i in inner:
                continue  # the suspension of aid: one act
            text = self._clause_text(clause)
            fitting = [
                f
                for f in frames
                if not (f.blocked and f.blocked.search(text))
                and not (f.object and not f.object.search(text))
                and tuple(t.low for t in self.tokens[i - len(f.particles) : i]) == f.particles
            ]
            frame = max(fitting, key=lambda f: (len(f.particles), f.object is not None), default=None)
            if frame is None or self._aside(phrase, clause) or self._reported_of(clause):
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
            stated = self._day_near(clause, last, bool(self.fired.get(id(clause))))
            found += self._build(frame, roles, span, status, speaker, cue, stated, i, clause)
        return found

    def _reported_of(self, clause: Clause) -> bool:
        """Whether an English infinitive hangs on an act: promised to halt war games (conventions, 8)."""
        above = clause.parent if self.words.language.fixed_order and clause.kind == "inf" else None
        return above is not None and bool(self.fired.get(id(above)))

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
        if clause.kind in ("inf", "ing") and not self._counts(clause):
            return False  # accused of planning an attack: the complement of an act is not coded
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
            if (
                not topic
                or topic[0][1] < 2
                or topic[0][0] in codes
                or status not in ("hypothetical", "negated", "open")
            ):
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

    def _clause_span(self, clause: Clause) -> tuple[int, int]:
        if clause.kind == "inf" and clause.parent is not None and self._operator(clause.parent) == "hypothetical":
            start, end = self._clause_span(clause.parent)  # plans to …: the plan is part of the evidence
            return min(start, self.tokens[clause.tokens[0]].start), max(end, self.tokens[clause.tokens[-1]].end)
        first, last = min(clause.tokens), max(clause.tokens)
        return self.tokens[first].start, self.tokens[last].end

    def _build(
        self,
        frame: Frame,
        roles: Roles,
        span: tuple[int, int],
        status: str,
        speaker: str,
        cue: str,
        stated: DatePhrase | None,
        trigger: int,
        clause: Clause,
    ) -> list[Draft]:
        day = stated.edtf if stated else ""
        source = self._codes(roles.source, day)
        target = self._codes(roles.target, day)
        target = tuple(code for code in target if code not in source)
        if roles.target and not target and not roles.mutual:
            roles.inferred.discard("target")
        if not source and not target:
            return []
        if status == "asserted" and day and (parse(day).earliest or "") > self.published:
            status, cue = "hypothetical", stated.text if stated else ""
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
                frame.event_type,
                frame.type_alt,
                source,
                target,
                mutual,
                day,
                stated.text if stated else "",
                stated.basis if stated else "",
                status,
                speaker,
                cue,
                span[0],
                span[1],
                frame.frame_id,
                confidence,
                frame.mode,
                tuple(sorted(roles.inferred)),
                (token.start, token.end),
            )
        ]

    def _codes(self, pairs: Sequence[tuple[Name, Phrase]], day: str) -> tuple[str, ...]:
        codes = []
        for name, phrase in pairs:
            state = next((one.actor_id for one in phrase.adjectives if one is not name), "")
            code = stands_for(self.reference, name.actor_id, day or self.published, state, phrase.former)
            if code not in codes:
                codes.append(code)
        return tuple(codes)
