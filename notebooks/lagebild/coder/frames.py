"""Which frames fit a verb in its clause, and whether what they describe is coded."""

from __future__ import annotations

from lagebild.coder.model import Clause, Frame, Predicate
from lagebild.coder.sentence import Fired, Sentence
from lagebild.coder.syntax import ancestors, find_antecedent, frames_of
from lagebild.coder.thresholds import PARTICLE

PERSON = "@person"  # stands in `frames.object` for a subject who is a person that the tables know


def find_frames(sentence: Sentence, predicate: Predicate, fired: Fired) -> list[Frame]:
    """Return the frames that fit, the most specific first: with an object, reflexive, with particles."""
    if predicate.lemma not in sentence.words.frames:
        return []
    text, wide, behind = _read_texts(sentence, predicate, fired)
    ranked = []
    for frame in sentence.words.frames.get(predicate.lemma, ()):
        if not _fits(sentence, predicate, frame, wide):
            continue
        near = 0  # 2: the object stands in the clause itself, 1: only in what hangs on it
        if frame.object is not None:
            near = (2 if frame.object.search(text) else 1) if frame.object.search(behind) else 0
            if not near and frame.event_type != "ASSAULT" and _is_act_alone(sentence, predicate):
                continue  # the blockade ended
        rank = (frame.organisation, frame.exact, near, frame.reflexive, len(frame.particles), frame.both_sides)
        ranked.append((rank, frame))
    return [frame for _, frame in sorted(ranked, key=lambda pair: pair[0], reverse=True)]


def _read_texts(sentence: Sentence, predicate: Predicate, fired: Fired) -> tuple[str, str, str]:
    """Return the words of a clause, those with what hangs on it, and of these all from the verb on."""
    clause = predicate.clause
    phrase, subject = find_antecedent(clause), clause.subject
    acts = predicate.voice == "active" and (subject is None or subject.pronoun == "rel")
    named = [sentence.parse.words_of(phrase)] if phrase is not None and not acts else []  # sanctions that X imposed
    text = " ".join([*named, *_name_kinds(sentence, clause, fired), sentence.text_of(clause)])
    if not sentence.words.language.fixed_order:
        return text, text, text
    # told France to leave: the words may stand in the infinitive
    below = find_complements(sentence, clause, "infinitive", "complementizer")
    wide = " ".join([text, *(f"{c.opener} {sentence.text_of(c)}" for c in below)])
    led = predicate.voice == "active" and clause.kind != "rel"
    return text, wide, wide[wide.find(sentence.tokens[predicate.token].text) :] if led else text


def _fits(sentence: Sentence, predicate: Predicate, frame: Frame, text: str) -> bool:
    """Whether all that a frame asks for stands in a text and in the clause, and nothing that it rules out."""
    if frame.blocked is not None and frame.blocked.search(text):
        return False
    if frame.object is not None and not frame.object.search(text):
        return False
    if frame.reflexive and not is_reflexive(sentence, predicate.clause):
        return False
    return not frame.particles or _has_particles(sentence, predicate, frame)


def _name_kinds(sentence: Sentence, clause: Clause, fired: Fired) -> list[str]:
    """Return what the objects of frames may ask for beside words.

    That is a person who acts, and for a clause joined to another the types of acts that this tells (@ASSAULT): drei
    wurden getötet und zwei verletzt.
    """
    actors = clause.subject.actors if clause.subject is not None else ()
    before = [c for c in sentence.clauses if clause.after and c.tokens and c.tokens[-1] == clause.tokens[0] - 2]
    kinds = [f"@{frame.event_type}" for c in before for frame in fired.get(c, ())]
    return [PERSON, *kinds] if any(name.type == "person" for name, _ in actors) else kinds


def is_reflexive(s: Sentence, clause: Clause) -> bool:
    """Whether a clause holds *sich*."""
    return any(s.tokens[i].has("reflexive") for i in clause.tokens)


def is_of_nature(s: Sentence, predicate: Predicate) -> bool:
    """Whether what a verb tells is done by an animal, the weather or a disease: that is no act."""
    if predicate.voice == "active":
        return predicate.clause.subject is not None and predicate.clause.subject.kind == "nature"
    agents = (*s.words.language.agents, *s.words.listed("instrument"))
    return any(p.kind == "nature" and p.prep in agents for p in predicate.clause.phrases)


def find_complements(sentence: Sentence, clause: Clause, *kinds: str) -> list[Clause]:
    """Return the clauses that say what is promised, refused or said, by the class of their opener: to leave, that …."""
    below, bare = sentence.below(clause, "inf", "sub"), "infinitive" in kinds  # which may have no opener
    return [c for c in below if sentence.words.has(c.opener, *kinds) or (bare and c.kind == "inf" and not c.opener)]


def find_ending(s: Sentence, clause: Clause) -> Predicate | None:
    """Return the verb that ends what a clause that hangs on it describes: stopped supplying."""
    above = clause.parent if clause.kind in ("inf", "ing") else None
    return next((p for p in above.predicates if p.lemma in s.words.endings), None) if above is not None else None


def is_next(clause: Clause, other: Clause) -> bool:
    """Whether only a mark parts two clauses, the one of them behind the other."""
    first, last = sorted((clause.tokens, other.tokens), key=lambda tokens: tokens[:1])
    return bool(first) and first[-1] + 2 == last[0]


def _has_particles(sentence: Sentence, predicate: Predicate, frame: Frame) -> bool:
    place, tokens = predicate.token, sentence.tokens
    for particle in frame.particles:
        fixed = particle == frame.particles[-1] and "preposition" in sentence.words.word(particle).classes
        named = False
        for k in range(place + 1, min(place + PARTICLE, len(tokens))):
            named = named or bool(tokens[k].names)
            far = k > place + 1 and not sentence.grammar.is_adverb(k - 1)
            if fixed and far and not (named and frame.target[:1] == ("obj",)):
                return False  # called the attacks on Iran unlawful is not called on
            if tokens[k].low == particle:
                place = k
                break
            if tokens[k].text in ".;:,":
                return False
        else:
            return False
    return True


def is_coded(sentence: Sentence, clause: Clause, fired: Fired) -> bool:
    """Whether what a clause describes is coded: the complement of an act is not (conventions, 8)."""
    if clause.kind not in ("inf", "ing"):
        return not (_is_threatened(sentence, clause, fired) or _is_demanded(sentence, clause, fired))
    adverbial = sentence.words.has(clause.opener, "adverbial")  # without, ohne
    for parent in ancestors(clause.parent):
        if parent in fired:
            return _is_beside(sentence, clause, parent)
        if clause.kind == "inf" and sentence.is_cause(parent):
            return True  # prompting X to leave
        if sentence.operator(parent) or sentence.parse.find_intent(clause) is not None:
            return parent.kind not in ("inf", "ing") or is_coded(
                sentence, parent, fired
            )  # urged Rwanda to stop arming rebels
        if parent.kind not in ("inf", "ing"):
            return adverbial or sentence.words.has(parent.opener, "whether") or _is_apart(sentence, clause)
    return adverbial or (clause.kind == "ing" and not clause.opener)


def _is_beside(s: Sentence, clause: Clause, parent: Clause) -> bool:
    """Whether a clause tells what goes on beside the act above it; not accused of arming, must stop arming."""
    return clause.kind == "ing" and not (s.words.has(clause.opener, "argument") or s.operator(parent))


def _is_apart(s: Sentence, clause: Clause) -> bool:  # crossed the river, attacking villages
    return s.is_beside(clause) and clause.subject is not None and bool(clause.subject.actors)


def _is_threatened(s: Sentence, clause: Clause, fired: Fired) -> bool:  # threatened war if it did not withdraw
    above = fired.get(clause.parent, ()) if clause.parent is not None and s.words.has(clause.opener, "if") else ()
    return any(frame.event_type == "THREATEN" for frame in above)


def _is_demanded(sentence: Sentence, clause: Clause, fired: Fired) -> bool:
    """Whether a clause says what somebody demands: demanded that the troops leave; X solle abziehen, forderte Y."""
    modal = clause.kind == "main" and sentence.tokens[clause.finite].has("modal")
    if modal and sentence.grammar.find_mood(clause.finite) == "subj1":
        beside = (c for c in sentence.clauses if c.kind == "main" and clause.tokens and is_next(clause, c))
        return any(frame.event_type == "REQUEST" for c in beside for frame in frames_of(sentence.words, c))
    led = clause.kind == "sub" and sentence.words.has(clause.opener, "complementizer")
    above = fired.get(clause.parent, ()) if clause.parent is not None and led else ()
    return any(frame.event_type == "REQUEST" for frame in above) or (led and _is_proposed(sentence, clause))


def _is_proposed(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says what somebody proposes: suggested that Cuba release them, not: that Cuba released them."""
    verb = sentence.tokens[clause.finite]
    base = any(p.lemma == verb.low for p in clause.predicates) or verb.has("modal")
    above = clause.parent.predicates if clause.parent is not None else ()
    proposing = any(sentence.words.has(p.lemma.replace("|", "/"), "proposing") for p in above)
    return proposing and (base or not sentence.words.language.fixed_order)


def _is_act_alone(s: Sentence, predicate: Predicate) -> bool:
    """Whether the subject of a verb is itself an act; where order is fixed, what the frame names is no object then."""
    subject = predicate.clause.subject
    head = subject.head if subject is not None and predicate.voice == "active" else None
    return s.words.language.fixed_order and head is not None and bool(head.word.nouns) and not head.word.head
