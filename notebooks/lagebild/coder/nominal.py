"""Acts that nouns describe: the visit, an attack on, Gespräche mit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lagebild.coder.complements import take_avowed
from lagebild.coder.confidence import Mention
from lagebild.coder.days import find_day_near
from lagebild.coder.drafts import Draft, draft_event, to_codes
from lagebild.coder.factuality import assess_noun
from lagebild.coder.frames import is_coded
from lagebild.coder.lexicon import Frame
from lagebild.coder.noun_roles import fill_noun, find_hanging
from lagebild.coder.places import take_home, take_place, take_unrest
from lagebild.coder.pronouns import resolve
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Phrase, find_antecedent, ids_of
from lagebild.coder.tokens import Token

OPEN_STATUS = ("hypothetical", "negated", "open")
NOWHERE = 10**6


def draft_nouns(s: Sentence, clause: Clause, drafted: Sequence[Draft]) -> list[Draft]:
    """Return the events that the nouns of a clause describe; `drafted` are those of the sentence so far."""
    found: list[Draft] = []
    inner: set[int] = set()  # what hangs on a noun of an act with of: the suspension of aid is one act
    verbs = {p.token for p in clause.predicates} | {clause.finite}
    for i in clause.tokens:
        phrase = _find_phrase(s, clause, i)
        if phrase is None or i in inner:
            continue
        frame = _find_frame(s, clause, i)
        if frame is None or _is_aside(s, phrase, clause) or _is_complement(s, clause):
            continue
        owned = {k for p in phrase.owners if s.words.language.fixed_order for k in range(p.first, p.last + 1)}
        after = (k for k in clause.tokens if k > i and k not in owned)
        behind = (k for k in after if k in verbs or (s.tokens[k].word.nouns and _find_frame(s, clause, k)))
        stop = next(behind, NOWHERE)
        hanging = (p for p in find_hanging(phrase, clause) if p.first < stop)
        if any(p.kind == "nature" for p in (*phrase.owners, *hanging)):
            continue  # the attack of bark beetles, the war on snails
        roles = fill_noun(frame, phrase, clause, s, stop)
        if frame.event_type == "CONSULT" and s.words.has(phrase.prep, "errand") and s.operator(clause):
            frame = replace(frame, event_type="AGREE", type_alt=("CONSULT",))  # ist zu Gesprächen bereit
        ahead = _take_ahead(s, roles, phrase, clause)
        carried = ahead or _carry(s, roles, frame, phrase, clause) or _own(s, roles, frame, phrase, clause)
        carried = carried or _recall(s, roles, frame, phrase, clause)
        if frame.event_type == "ASSAULT" and not roles.target and not (drafted or found):
            _take_victims(s, roles, phrase, clause)
        if frame.event_type == "ASSAULT" and not roles.source and phrase is clause.subject:
            take_avowed(s, clause, roles)
        if frame.event_type == "PROTEST" and not roles.target:
            take_unrest(s, clause, roles)
        others = (bool(drafted) or bool(found)) and not carried
        if not roles.both and (others or not (roles.source or roles.target)):
            continue
        if any(_is_told(s, roles, frame, one, s.tokens[i]) for one in drafted):
            continue
        inner |= owned
        last = max([phrase.last, *(p.last for p in roles.phrases)])
        span = (s.tokens[phrase.first].start, s.tokens[last].end)
        standing = assess_noun(s, clause, phrase, i)
        if ahead:
            standing = standing._replace(status="hypothetical")
        if phrase.prep and not roles.source and not roles.mutual and standing.status in OPEN_STATUS:
            continue  # would take no part in any attack on Iran
        about = clause.finite >= 0 and s.words.has(phrase.prep, "topic") and s.words.has(phrase.prep, "place")
        if about and not roles.both:
            continue  # spoke about the war in Sudan
        passing = phrase.prep and not s.words.has(phrase.prep, "location")
        if passing and roles.mutual and s.words.has(s.tokens[i].low, "standing"):
            continue  # prices rose because of the war between X and Y
        at = Mention(clause, i, "noun")
        found += draft_event(s, frame, roles, span, standing, find_day_near(s, clause, last), at)
    return found


def _take_victims(s: Sentence, roles: Roles, phrase: Phrase, clause: Clause) -> None:
    """Take who is hit by an attack from who suffers in its clause, from its place, or from what the text is about."""
    hit = clause.subject.actors if clause.subject is not None and clause not in s.fired else []
    fatal = any(p.lemma in s.words.listed("fatal") for p in clause.predicates)
    if hit and (fatal or all(name.kind == "inhabitant" for name, _ in hit)):
        roles.target, roles.how["target"] = hit, "subj"  # bei Angriffen erlitten vier Israelis Verletzungen
    else:
        take_place(s, clause, roles)
    victim = clause.subject.head if clause.subject is not None and not phrase.joined else None
    if not (roles.target or roles.source) and victim is not None and victim.has("crowd") and phrase.prep:
        take_home(s, roles, "target")  # bei den Kämpfen starben sieben Soldaten


def _is_told(s: Sentence, roles: Roles, frame: Frame, other: Draft, token: Token) -> bool:
    """Whether a verb has told an attack already, and by whom: wurden bei einem Luftangriff der USA getötet."""
    alike = frame.event_type == other.event_type == "ASSAULT" and other.start <= token.start < other.end
    return alike and bool(other.source_actors) and to_codes(s, roles.source, other.date) == other.source_actors


def _find_phrase(s: Sentence, clause: Clause, i: int) -> Phrase | None:
    """Return the phrase of a noun that may describe an act of its own; None if it may not."""
    token = s.tokens[i]
    if not (token.word.nouns or token.tail.nouns) or s.grammar.verb_form(i):
        return None
    phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
    if phrase is None or _is_consumed(s, token, clause):
        return None
    if token.names and clause.finite < 0 and s.tokens[i + 1 : i + 2] and s.tokens[i + 1].text == ":":
        return None  # Irak-Krieg: …: what a headline is about
    colours = phrase.head is not None and phrase.head.start > token.start  # attack helicopters
    return None if colours and not s.words.language.capital_nouns else phrase


def _find_frame(s: Sentence, clause: Clause, i: int) -> Frame | None:
    """Return the frame of a noun that fits in its clause, the most specific one."""
    token, text = s.tokens[i], s.text_of(clause)
    fitting = [
        frame
        for frame in token.word.nouns or token.tail.nouns
        if not (frame.blocked and frame.blocked.search(text))
        and not (frame.object and not frame.object.search(text))
        and tuple(one.low for one in s.tokens[i - len(frame.particles) : i]) == frame.particles
    ]
    return max(fitting, key=lambda frame: (len(frame.particles), frame.object is not None), default=None)


def _is_complement(s: Sentence, clause: Clause) -> bool:
    """Whether an infinitive hangs on an act: promised to halt war games (conventions, 8)."""
    above = clause.parent if s.words.language.fixed_order and clause.kind == "inf" else None
    while above is not None and above.kind == "inf" and above not in s.fired:
        above = above.parent  # asked Qatar to get Kenya to end its attacks
    return above is not None and above in s.fired


def _is_aside(s: Sentence, phrase: Phrase, clause: Clause) -> bool:
    """Whether a noun only names a circumstance: am Rande des Gipfels, on the sidelines of the summit."""
    margins = s.words.listed("margin")
    return any(phrase in p.owners and p.head is not None and p.head.low in margins for p in clause.phrases)


def _is_consumed(s: Sentence, token: Token, clause: Clause) -> bool:
    """Whether the noun is the object by which a verb's frame was recognized."""
    below = (c for c in s.clauses if c.parent is clause and (p := find_antecedent(c)) is not None and p.head is token)
    return any(
        frame.object is not None and frame.object.search(token.text) is not None
        for one in (clause, *below)
        for predicate in one.predicates
        for frame in s.words.frames.get(predicate.lemma, ())
        if frame in s.fired.get(one, ())
    )


def _carry(s: Sentence, roles: Roles, frame: Frame, phrase: Phrase, clause: Clause) -> bool:
    """Give a noun the subject of the verb that only carries it: Israel setzte die Angriffe fort."""
    subject, dependent = clause.subject, clause.kind in ("inf", "ing")
    ending = any(p.lemma in s.words.endings for p in clause.predicates)
    if ending and not phrase.prep and roles.target and not roles.source and dependent:
        roles.source = subject.actors if subject is not None else []
        roles.how["source"] = "subj"
        return bool(roles.source)
    if dependent and not is_coded(s, clause):
        return False  # accused of planning an attack: the complement of an act is not coded
    light = [p for p in clause.predicates if p.lemma in s.words.light]
    measured = s.is_genitive(phrase) and any(
        phrase in p.owners and p.head is not None and p.head.has("stretch") for p in clause.phrases
    )  # led hours of talks
    if not light or (phrase.prep and not measured) or clause in s.fired:
        return False
    if frame.mutual and subject is not None and not roles.target and not roles.mutual and subject is not phrase:
        roles.source, roles.target = [], roles.source  # talks with Chad: who holds them is the other side
        roles.how["target"] = roles.how.pop("source", "prep")
    if subject is not None and subject is not phrase and not roles.source and light[0].voice == "active":
        roles.source, how = resolve(s, subject, roles.target)
        roles.how["source"] = how or "subj"
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    return bool(roles.source)


def _take_ahead(s: Sentence, roles: Roles, phrase: Phrase, clause: Clause) -> bool:
    """Take for who is about to act the subject of a headline without a verb: Chile vor Gesprächen mit Peru."""
    subject, bare = clause.subject, clause.kind == "main" and clause.finite < 0
    if subject is None or not bare or roles.source or roles.mutual or not s.words.has(phrase.prep, "ahead"):
        return False
    hit = ids_of(roles.target)
    roles.source = [one for one in subject.actors if one[0].actor_id not in hit]
    if roles.source:
        roles.how["source"] = "subj"
    return bool(roles.source)


def _own(s: Sentence, roles: Roles, frame: Frame, phrase: Phrase, clause: Clause) -> bool:
    """Give a noun that says whose it is, or for what somebody is there, the subject of its clause.

    Bei seinem Besuch in Ghana sagte der Präsident; ist zu Gesprächen in Rom.
    """
    subject, first = clause.subject, s.tokens[phrase.first]
    free = phrase.prep or clause not in s.fired  # no object of an act, which is taken for granted
    whose = first.has("possessive") and not first.has("us") and free and not s.words.language.fixed_order
    bare = s.words.has(phrase.prep, "errand") and not first.has("determiner") and clause not in s.fired
    there = bare and frame.event_type in ("CONSULT", "AGREE")
    if roles.source or not (whose or there) or subject is None or subject is phrase or subject.kind == "object":
        return False
    found, how = resolve(s, subject, roles.target)
    taken = ids_of(roles.target)
    people = frame.event_type == "CONSULT" and any(name.kind == "inhabitant" for name, _ in found)
    if not found or people or taken & ids_of(found):
        return False
    roles.source, roles.how["source"] = found, how or "subj"
    if there and not roles.target:
        take_place(s, clause, roles)
    return True


def _recall(s: Sentence, roles: Roles, frame: Frame, phrase: Phrase, clause: Clause) -> bool:
    """Give a noun the sides that the text has named before.

    Das Gespräch, this call: those who dealt with each other last. Durch die Lieferung: who acts in the clause. Eine
    Unterstützung des Iran könnte …: the actor that the text is about, if the sentence leaves open who would act.
    """
    bare = not roles.source and not roles.target
    source, target = s.memory.dealing
    this = s.tokens[phrase.first].has("this")
    told = phrase is clause.subject  # das Gespräch dauerte eine Stunde
    if bare and frame.event_type == "CONSULT" and this and told and source:
        roles.source, roles.target = source, target
    elif bare and s.words.has(phrase.prep, "instrument") and clause in s.sides:
        roles.source, roles.target = s.sides[clause]
    elif roles.target and not roles.source and not phrase.prep and clause not in s.fired:
        if s.operator(clause) == "hypothetical" and not told:
            return False  # der Entwurf sieht Hilfen für Mali vor
        topic = _find_topic(s, to_codes(s, roles.target, ""))
        if not topic or assess_noun(s, clause, phrase, phrase.last).status not in OPEN_STATUS:
            return False
        roles.source = [s.memory.named[topic]]
    else:
        return False
    roles.mutual = frame.mutual and not roles.target and len(roles.source) > 1
    roles.how |= dict.fromkeys(("source", "target") if bare else ("source",), "context")
    return True


def _find_topic(s: Sentence, others: Sequence[str]) -> str:
    """Return the actor that the text names most, if it does so twice and it is none of the others."""
    for code, times in s.memory.topic.most_common(1):
        if times > 1 and code not in others:
            return code
    return ""
