"""Acts that nouns describe: the visit, an attack on, Gespräche mit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from lagebild.coder.drafts import Draft, Mention, draft_event, to_codes
from lagebild.coder.factuality import assess_noun, find_day_near
from lagebild.coder.frames import is_coded
from lagebild.coder.inferred_roles import fill_noun, find_hanging, infer_home, infer_place, infer_unrest
from lagebild.coder.model import Clause, Frame, Phrase, Sides, Token
from lagebild.coder.pronouns import resolve
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import find_antecedent, ids_of

OPEN_STATUS = ("hypothetical", "negated", "open")
NOWHERE = 10**6


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun of an act, the token `i`, with the phrase that it stands in and the sides that its own words name."""

    sentence: Sentence
    clause: Clause
    i: int
    phrase: Phrase
    frame: Frame
    roles: Roles
    owned: frozenset[int]  # what hangs on it with of: the suspension of aid is one act


def draft_nouns(sentence: Sentence, clause: Clause, drafted: Sequence[Draft]) -> list[Draft]:
    """Return the events that the nouns of a clause describe; `drafted` are those of the sentence so far."""
    drafts: list[Draft] = []
    inner: set[int] = set()
    for i in clause.tokens:
        noun = _read_noun(sentence, clause, i) if i not in inner else None
        if noun is None:
            continue
        roles = noun.roles
        carried = _give_carrier(noun) or _give_subject(noun) or _recall(noun)
        several = bool(drafted) or bool(drafts)
        _complete(noun, several)
        if not roles.both and ((several and not carried) or not (roles.source or roles.target)):
            continue
        if any(_is_repeated(noun, draft) for draft in drafted):
            continue
        inner |= noun.owned
        drafts += _draft(noun)
    return drafts


def _read_noun(sentence: Sentence, clause: Clause, i: int) -> _Noun | None:
    """Return the noun of an act that a token of a clause is, with the sides that hang on it."""
    phrase = _find_phrase(sentence, clause, i)
    frame = _find_frame(sentence, clause, i) if phrase is not None else None
    if phrase is None or frame is None or _is_aside(sentence, phrase, clause) or _is_complement(sentence, clause):
        return None
    owned = frozenset(k for p in phrase.owners for k in range(p.first, p.last + 1))
    stop = _find_stop(sentence, clause, i, owned)
    hanging = (p for p in find_hanging(phrase, clause) if p.first < stop)
    if any(p.kind == "nature" for p in (*phrase.owners, *hanging)):
        return None  # the attack of bark beetles, the war on snails
    roles = fill_noun(frame, phrase, clause, sentence, stop)
    if frame.event_type == "CONSULT" and sentence.words.has(phrase.prep, "errand") and sentence.operator(clause):
        frame = replace(frame, event_type="AGREE", type_alt=("CONSULT",))  # ist zu Gesprächen bereit
    return _Noun(sentence, clause, i, phrase, frame, roles, owned)


def _find_stop(s: Sentence, clause: Clause, i: int, owned: Collection[int]) -> int:
    """Return the next verb or noun of an act behind a noun, past which nothing belongs to it."""
    verbs = {p.token for p in clause.predicates} | {clause.finite}
    after = (k for k in clause.tokens if k > i and k not in owned)
    return next((k for k in after if k in verbs or (s.tokens[k].word.nouns and _find_frame(s, clause, k))), NOWHERE)


def _complete(noun: _Noun, several: bool) -> None:
    """Fill what a noun leaves open; who is hit, only if the sentence tells no `others`."""
    sentence, roles, clause = noun.sentence, noun.roles, noun.clause
    if noun.frame.event_type == "ASSAULT" and not roles.target and not several:
        _infer_victims(noun)
    if noun.frame.event_type == "PROTEST" and not roles.target:
        infer_unrest(sentence, clause, roles)


def _draft(noun: _Noun) -> list[Draft]:
    sentence, clause, phrase, roles = noun.sentence, noun.clause, noun.phrase, noun.roles
    standing = assess_noun(sentence, clause, phrase, noun.i)
    has, prep = sentence.words.has, phrase.prep
    if prep and not roles.source and not roles.mutual and standing.status in OPEN_STATUS:
        return []  # would take no part in any attack on Iran
    if clause.finite >= 0 and has(prep, "topic") and has(prep, "place") and not roles.both:
        return []  # spoke about the war in Sudan
    if prep and roles.mutual and has(sentence.tokens[noun.i].low, "standing") and not has(prep, "location"):
        return []  # prices rose because of the war between X and Y
    last = max([phrase.last, *(p.last for p in roles.phrases)])
    span = (sentence.tokens[phrase.first].start, sentence.tokens[last].end)
    at = Mention(clause, noun.i, "noun")
    return draft_event(sentence, noun.frame, roles, span, standing, find_day_near(sentence, clause, last), at)


def _infer_victims(noun: _Noun) -> None:
    """Infer who is hit by an attack from who suffers in its clause, from its place, or from what the text is about."""
    sentence, roles, clause = noun.sentence, noun.roles, noun.clause
    subject = clause.subject
    hit = subject.actors if subject is not None and clause not in sentence.fired else []
    fatal = any(predicate.lemma in sentence.words.listed("fatal") for predicate in clause.predicates)
    if hit and (fatal or all(name.kind == "inhabitant" for name, _ in hit)):
        roles.target, roles.how["target"] = hit, "subj"  # bei Angriffen erlitten vier Israelis Verletzungen
    else:
        infer_place(sentence, clause, roles)
    victim = subject.head if subject is not None and not noun.phrase.joined else None
    if not (roles.target or roles.source) and victim is not None and victim.has("crowd") and noun.phrase.prep:
        infer_home(sentence, roles, "target")  # bei den Kämpfen starben sieben Soldaten


def _is_repeated(noun: _Noun, other: Draft) -> bool:  # wurden bei einem Luftangriff der USA getötet
    if not noun.frame.event_type == other.event_type == "ASSAULT" or not other.source_actors:
        return False
    inside = other.start <= noun.sentence.tokens[noun.i].start < other.end
    return inside and to_codes(noun.sentence, noun.roles.source, other.date) == other.source_actors


def _find_phrase(sentence: Sentence, clause: Clause, i: int) -> Phrase | None:
    """Return the phrase of a noun that may describe an act of its own; None if it may not."""
    token = sentence.tokens[i]
    if not (token.word.nouns or token.tail.nouns) or sentence.grammar.verb_form(i):
        return None
    phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
    if phrase is None or _is_consumed(sentence, token, clause):
        return None
    if token.names and clause.finite < 0 and sentence.tokens[i + 1 : i + 2] and sentence.tokens[i + 1].text == ":":
        return None  # Irak-Krieg: …: what a headline is about
    colours = phrase.head is not None and phrase.head.start > token.start  # attack helicopters
    return None if colours and not sentence.words.language.capital_nouns else phrase


def _find_frame(sentence: Sentence, clause: Clause, i: int) -> Frame | None:
    """Return the frame of a noun that fits in its clause, the most specific one."""
    token, text = sentence.tokens[i], sentence.text_of(clause)
    fitting = [
        frame
        for frame in token.word.nouns or token.tail.nouns
        if not (frame.blocked and frame.blocked.search(text))
        and not (frame.object and not frame.object.search(text))
        and tuple(token.low for token in sentence.tokens[i - len(frame.particles) : i]) == frame.particles
    ]
    return max(fitting, key=lambda frame: (len(frame.particles), frame.object is not None), default=None)


def _is_complement(s: Sentence, clause: Clause) -> bool:  # promised to halt war games (conventions, 8)
    above = clause.parent if s.words.language.fixed_order and clause.kind == "inf" else None
    while above is not None and above.kind == "inf" and above not in s.fired:
        above = above.parent  # asked Qatar to get Kenya to end its attacks
    return above is not None and above in s.fired


def _is_aside(s: Sentence, phrase: Phrase, clause: Clause) -> bool:
    """Whether a noun only names a circumstance: am Rande des Gipfels, on the sidelines of the summit."""
    margins = s.words.listed("margin")
    return any(phrase in p.owners and p.head is not None and p.head.low in margins for p in clause.phrases)


def _is_consumed(sentence: Sentence, token: Token, clause: Clause) -> bool:
    """Whether the noun is the object by which a verb's frame was recognized."""
    below = [c for c in sentence.below(clause) if (p := find_antecedent(c)) is not None and p.head is token]
    return any(
        frame.object is not None and frame.object.search(token.text) is not None
        for one in (clause, *below)
        for predicate in one.predicates
        for frame in sentence.words.frames.get(predicate.lemma, ())
        if frame in sentence.fired.get(one, ())
    )


def _give_carrier(noun: _Noun) -> bool:
    """Give a noun the subject of the verb that only carries it: Israel setzte die Angriffe fort."""
    sentence, roles, clause = noun.sentence, noun.roles, noun.clause
    dependent = clause.kind in ("inf", "ing")
    ending = any(predicate.lemma in sentence.words.endings for predicate in clause.predicates)
    if ending and not noun.phrase.prep and roles.target and not roles.source and dependent:
        roles.source = clause.subject.actors if clause.subject is not None else []
        roles.how["source"] = "subj"
        return bool(roles.source)
    if dependent and not is_coded(sentence, clause):
        return False  # accused of planning an attack: the complement of an act is not coded
    light = [predicate for predicate in clause.predicates if predicate.lemma in sentence.words.light]
    if not light or noun.phrase.prep or clause in sentence.fired:
        return False
    _infer_carrier(noun, light[0].voice)
    return bool(roles.source)


def _infer_carrier(noun: _Noun, voice: str) -> None:
    """Infer who acts from the subject of a verb that only carries the noun, in its voice."""
    roles, subject, mutual = noun.roles, noun.clause.subject, noun.frame.mutual
    if subject is not None and subject is not noun.phrase:
        if mutual and not roles.target and not roles.mutual:
            roles.source, roles.target = [], roles.source  # talks with Chad: who holds them is the other side
            roles.how["target"] = roles.how.pop("source", "prep")
        if not roles.source and voice == "active":
            roles.source, how = resolve(noun.sentence, subject, roles.target)
            roles.how["source"] = how or "subj"
    if mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True


def _give_subject(noun: _Noun) -> bool:  # bei seinem Besuch in Ghana sagte der Präsident
    """Give a noun that says whose it is, or for what somebody is there, the subject of its clause."""
    sentence, roles, clause, subject = noun.sentence, noun.roles, noun.clause, noun.clause.subject
    there = _is_errand(noun)
    if roles.source or not (there or _is_possessed(noun)):
        return False
    if subject is None or subject is noun.phrase or subject.kind == "object":
        return False
    actors, how = resolve(sentence, subject, roles.target)
    people = noun.frame.event_type == "CONSULT" and any(name.kind == "inhabitant" for name, _ in actors)
    if not actors or people or ids_of(roles.target) & ids_of(actors):
        return False
    roles.source, roles.how["source"] = actors, how or "subj"
    if there and not roles.target:
        infer_place(sentence, clause, roles)
    return True


def _is_possessed(noun: _Noun) -> bool:  # bei seinem Besuch
    s, first = noun.sentence, noun.sentence.tokens[noun.phrase.first]
    free = noun.phrase.prep or noun.clause not in s.fired
    return first.has("possessive") and not first.has("us") and bool(free) and not s.words.language.fixed_order


def _is_errand(noun: _Noun) -> bool:  # ist zu Gesprächen in Rom
    s, phrase = noun.sentence, noun.phrase
    bare = s.words.has(phrase.prep, "errand") and not s.tokens[phrase.first].has("determiner")
    return bare and noun.clause not in s.fired and noun.frame.event_type in ("CONSULT", "AGREE")


def _recall(noun: _Noun) -> bool:
    """Give a noun the sides that the text has named before: those who dealt with each other, or its topic."""
    sentence, roles, phrase = noun.sentence, noun.roles, noun.phrase
    bare = not roles.source and not roles.target
    # das Gespräch dauerte eine Stunde, this call: those who dealt with each other last
    this = sentence.tokens[phrase.first].has("this") and phrase is noun.clause.subject
    found = _find_topic(noun) if not bare else None
    if bare and noun.frame.event_type == "CONSULT" and this and sentence.memory.dealing[0]:
        found = sentence.memory.dealing
    elif bare and sentence.words.has(phrase.prep, "instrument"):  # durch die Lieferung: who acts in the clause
        found = sentence.sides.get(noun.clause)
    if found is None:
        return False
    roles.source, roles.target = found
    roles.mutual = noun.frame.mutual and not roles.target and len(roles.source) > 1
    roles.how |= dict.fromkeys(("source", "target") if bare else ("source",), "context")
    return True


def _find_topic(noun: _Noun) -> tuple[Sides, Sides] | None:  # eine Unterstützung des Iran könnte …
    """Return the sides of a noun that leaves open who would act: the actor that the text is about."""
    sentence, roles, phrase, clause = noun.sentence, noun.roles, noun.phrase, noun.clause
    if not roles.target or roles.source or phrase.prep or clause in sentence.fired:
        return None
    if sentence.operator(clause) == "hypothetical" and phrase is not clause.subject:
        return None  # der Entwurf sieht Hilfen für Mali vor
    topic, times = next(iter(sentence.memory.topic.most_common(1)), ("", 0))
    if times < 2 or topic in to_codes(sentence, roles.target, ""):
        return None
    if assess_noun(sentence, clause, phrase, phrase.last).status not in OPEN_STATUS:
        return None
    return [sentence.memory.named[topic]], roles.target
