"""Whom the pronouns of a sentence stand for, and which state an office that names none: the government."""

from __future__ import annotations

from lagebild.coder.model import OFFICES, Clause, Name, Phrase, Sides, Token
from lagebild.coder.sentence import STATES, Sentence
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import find_antecedent, frames_of, ids_of

STATE = "state"


def resolve(sentence: Sentence, phrase: Phrase, others: Sides) -> tuple[Sides, str]:
    """Return whom a phrase stands for, nobody if that is not known, and how it was found if it names nobody itself.

    That is by a `pronoun`, or as an `office` that names no state, which is not that of the other side.
    """
    if phrase.pronoun:
        return _resolve_pronoun(sentence, phrase), "pronoun"
    if phrase.actors:
        members = (phrase, *phrase.joined) if phrase.joined else ()
        offices = [member for member in members if member.kind in OFFICES and not member.own]
        homes = [pair for office in offices for pair in _find_home(sentence, office, [*others, *phrase.actors])]
        return [*homes, *phrase.actors], "office" if homes else ""  # the prime minister and Macron
    return _find_meant(sentence, phrase, others) or _find_home(sentence, phrase, others), "office"


def _find_meant(sentence: Sentence, phrase: Phrase, opposite: Sides) -> Sides:
    """Return whom a common noun means that was named before: the country, the group, the alliance."""
    kind = _read_epithet(sentence, phrase)
    if not kind:
        return []
    if kind == STATE:
        return _find_country(sentence, phrase, opposite)
    before = {name.actor_id: (name, phrase) for token in sentence.tokens[: phrase.first] for name in token.names}
    for named in (before, sentence.memory.latest.get(kind, {})):
        actors = [pair for pair in named.values() if pair[0].type == kind and not _share([pair], opposite)]
        if actors:
            return actors if len(actors) == 1 else []
    return []


def _read_epithet(sentence: Sentence, phrase: Phrase) -> str:
    """Return the type of those for whom a common noun can stand that was named before; nothing if it means no one."""
    kind = phrase.head.word.classes.get("epithet", "") if phrase.head is not None else ""
    after = _token_after(sentence, phrase)
    more = after is not None and after.has("relative")  # the country that …
    if not kind or not sentence.tokens[phrase.first].has("this") or phrase.owners or phrase.former or more:
        return ""
    clause = _clause_of(sentence, phrase)
    asked = clause is not None and sentence.words.has(clause.opener, "question")
    return "" if asked else kind  # what the country can muster: no act


def _find_country(s: Sentence, phrase: Phrase, opposite: Sides) -> Sides:  # it names states alone
    before = [clause.subject for clause in s.clauses if clause.subject and clause.subject.last < phrase.first]
    subjects = (*(subject.actors for subject in reversed(before)), s.memory.subject_state)
    named = (side for side in subjects if side and not _share(side, opposite))
    return next((side for side in named if all(name.type == STATE for name, _ in side)), [])


def _token_after(s: Sentence, phrase: Phrase) -> Token | None:
    return s.tokens[phrase.last + 1] if phrase.last + 1 < len(s.tokens) else None


def _find_home(sentence: Sentence, phrase: Phrase, opposite: Sides) -> Sides:
    """Return the state of an office or body that names none: the one named before it, else what the text is about."""
    if sentence.ordinary or not _is_homeless(sentence, phrase):
        return []
    if phrase.kind == "office" and sentence.memory.subject and not _share(sentence.memory.subject, opposite):
        return sentence.memory.subject  # Lawrow sagte …. Der Minister …
    before = [name for token in sentence.tokens[: phrase.first] for name in token.names]
    return sentence.memory.find_home(sentence.reference, before, sentence.published, [name for name, _ in opposite])


def _is_homeless(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase means an office or body and does not say of which state: the government."""
    first, after = sentence.tokens[phrase.first], _token_after(sentence, phrase)
    definite = not first.has("determiner") or (first.has("this") and not first.has("possessive"))
    more = after is not None and after.low in sentence.words.listed("purpose")  # the minister for Central Asia
    if phrase.head is None or not definite or phrase.owners or phrase.former or more:
        return False
    return phrase.head.low in sentence.words.listed("home")


def _share(side: Sides, other: Sides) -> bool:
    return bool(ids_of(side) & ids_of(other))


def _resolve_pronoun(sentence: Sentence, phrase: Phrase) -> Sides:
    if phrase.pronoun == "rel":
        return _relative(sentence, phrase)
    if phrase.pronoun == "other" and sentence.tokens[phrase.first].has("us"):
        who = [pair for pair in sentence.memory.subject if pair[0].kind != "place"]
        # „Wir werden antworten“, sagte …
        return find_speaker_at(sentence, sentence.tokens[phrase.first].start) or sentence.memory.speaker or who
    if phrase.pronoun == "both":
        return sentence.memory.pair
    if phrase.pronoun == "own":
        speaker = find_speaker_at(sentence, sentence.tokens[phrase.first].start)
        return speaker or _earlier(sentence, phrase) or sentence.memory.subject
    if phrase.pronoun == "him" or (phrase.pronoun == "he" and _is_object(sentence, phrase)):
        return _other(sentence, phrase)
    return _he(sentence, phrase) if phrase.pronoun == "he" else []


def _he(s: Sentence, phrase: Phrase) -> Sides:  # the subject before it, in its sentence or the last one
    earlier = _earlier(s, phrase)
    if earlier is not None:
        return earlier
    return s.memory.subject_state if s.tokens[phrase.first].has("neuter") else s.memory.subject


def _is_object(sentence: Sentence, phrase: Phrase) -> bool:  # accused it of lying
    clause = _clause_of(sentence, phrase) if sentence.words.language.fixed_order else None
    verbs = [p.token for p in clause.predicates] if clause is not None and clause.subject is not phrase else []
    return phrase.first - 1 in verbs


def _clause_of(s: Sentence, phrase: Phrase) -> Clause | None:
    return next((clause for clause in s.clauses if phrase in clause.phrases), None)


def _relative(sentence: Sentence, phrase: Phrase) -> Sides:
    """Return what a relative pronoun stands for: the phrase before its clause, or who that belongs to."""
    clause = _clause_of(sentence, phrase)
    antecedent = find_antecedent(clause) if clause is not None else None
    if clause is None or clause.parent is None or antecedent is None:
        return []
    act = _find_act_before(antecedent, clause.parent)
    if act is not None and (sentence.words.has(antecedent.prep, "location") or _is_harm(sentence, clause, act)):
        return act.actors
    if sentence.is_genitive(antecedent):
        return antecedent.actors
    return antecedent.actors or [pair for owner in antecedent.owners for pair in owner.actors]


def _find_act_before(found: Phrase, above: Clause) -> Phrase | None:
    """Return the act that a phrase hangs on, unless it is one itself: attacks on a base in Baghdad which killed …."""
    chain = [found]
    for phrase in reversed([p for p in above.phrases if p.last < found.first]):
        if not chain[-1].prep or phrase.last < chain[-1].first - 2:
            break
        chain.append(phrase)
    heads = ((p, p.head.word) for p in chain if p.head is not None)
    act = next((p for p, word in heads if word.nouns and not word.head), None)
    return act if act is not found else None


def _is_harm(s: Sentence, clause: Clause, act: Phrase) -> bool:
    """Whether a clause and a phrase both tell an attack."""
    frames = act.head.word.nouns if act.head is not None else ()
    return all(any(frame.event_type == "ASSAULT" for frame in acts) for acts in (frames_of(s.words, clause), frames))


def _other(sentence: Sentence, phrase: Phrase) -> Sides:
    """Return the last one named before who is not the subject: wies Putins Angebot zurück und forderte ihn auf."""
    clause = _clause_of(sentence, phrase)
    subject = clause.subject if clause is not None else None
    own = ids_of(subject.actors) if subject is not None else set()
    before = [p for c in sentence.clauses for p in c.phrases if p.last < phrase.first and p.actors and p.root is None]
    personal = sentence.tokens[phrase.first].has("personal")
    for p in sorted(before, key=lambda p: (sentence.words.has(p.prep, "location"), -p.last)):
        actors = [pair for pair in p.actors if pair[0].actor_id not in own]
        if actors := [pair for pair in actors if not (personal and _is_thing(sentence, *pair))]:
            return actors
    return []


def _is_thing(s: Sentence, name: Name, phrase: Phrase) -> bool:  # unlike der Iran, or its president
    inside = s.tokens[phrase.first : phrase.last + 1]
    return name.kind in STATES and phrase.kind != "office" and not any(token.has("masculine") for token in inside)


def find_speaker_at(s: Sentence, place: int) -> Sides:
    """Return the names of who says what stands at a place of the text."""
    around = (attribution for attribution in s.attributions if attribution.content[0] <= place < attribution.content[1])
    return next((actors for attribution in around if (actors := _name_source(s, attribution))), [])


def find_spoken(s: Sentence) -> Sides:
    """Return the names of who says something in a sentence."""
    return next((actors for attribution in s.attributions if (actors := _name_source(s, attribution))), [])


def _name_source(sentence: Sentence, attribution: Attribution) -> Sides:
    """Return the names of the source of an attribution; of an office that names no state, that of its state."""
    start, end = attribution.source or (0, 0)
    inside = [p for clause in sentence.clauses for p in clause.phrases if start <= sentence.tokens[p.first].start < end]
    if any(p.pronoun == "he" for p in inside):
        return sentence.memory.speaker or sentence.memory.subject
    return next((actors for p in inside if not p.pronoun and (actors := p.actors or _find_home(sentence, p, []))), [])


def _earlier(sentence: Sentence, phrase: Phrase) -> Sides | None:
    """Return whom the last subject before a pronoun names in its sentence, also if nobody; None without one.

    A subject that is a thing says nothing, and a clause that opens the sentence has its subject in the next one.
    """
    subjects = [clause.subject for clause in sentence.clauses if clause.subject is not None]
    phrases = [p for p in subjects if p.last < phrase.first and not p.pronoun]
    thing = sentence.tokens[phrase.first].has("neuter")
    last = phrases[-1] if phrases and not thing and not phrases[-1].actors else None
    if last is not None and last.kind not in ("office", "member", "none"):
        crowd = last.head is not None and last.head.has("crowd")
        if not crowd and all(name.type != "person" for name in last.names):
            return _find_lone_person(sentence, phrase)
    return phrases[-1].actors if phrases else None


def _find_lone_person(s: Sentence, phrase: Phrase) -> Sides:
    """Return whom the one phrase before another that means a person names."""
    before = [p for c in s.clauses for p in c.phrases if p.last < phrase.first and p.actors]
    persons = [p for p in before if p.kind == "office" or any(name.type == "person" for name in p.names)]
    return persons[0].actors if len(persons) == 1 else []
