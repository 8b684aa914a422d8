"""Whom the pronouns of a sentence stand for, and which state an office that names none: the government."""

from __future__ import annotations

from lagebild.coder.model import OFFICES, Clause, Name, Phrase, Sides, Token
from lagebild.coder.sentence import STATES, Sentence
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import find_antecedent, frames_of, ids_of

STATE = "state"


def resolve(s: Sentence, phrase: Phrase, others: Sides) -> tuple[Sides, str]:
    """Return whom a phrase stands for, nobody if that is not known, and how it was found if it names nobody itself.

    An office that names no state does not belong to one of the `others`, who are on the other side.

    Returns
    -------
    tuple
        The sides; and `pronoun`, `office` (which names no state) or nothing.
    """
    if phrase.pronoun:
        return _resolve_pronoun(s, phrase), "pronoun"
    if phrase.actors:
        nameless = [one for one in (phrase, *phrase.joined) if phrase.joined and one.kind in OFFICES and not one.own]
        homes = [pair for one in nameless for pair in _find_home(s, one, [*others, *phrase.actors])]
        return [*homes, *phrase.actors], "office" if homes else ""  # the prime minister and Macron
    return _find_meant(s, phrase, others) or _find_home(s, phrase, others), "office"


def _find_meant(s: Sentence, phrase: Phrase, others: Sides) -> Sides:
    """Return whom a common noun means that was named before: the country, the group, the alliance."""
    kind = _read_epithet(s, phrase)
    if not kind:
        return []
    if kind == STATE:
        return _find_country(s, phrase, others)
    before = {name.actor_id: (name, phrase) for token in s.tokens[: phrase.first] for name in token.names}
    for named in (before, s.memory.latest.get(kind, {})):
        found = [one for one in named.values() if one[0].type == kind and not _share([one], others)]
        if found:
            return found if len(found) == 1 else []
    return []


def _read_epithet(s: Sentence, phrase: Phrase) -> str:
    """Return the type of those for whom a common noun can stand that was named before; nothing if it means no one."""
    kind = phrase.head.word.classes.get("epithet", "") if phrase.head is not None else ""
    after = _token_after(s, phrase)
    more = after is not None and after.has("relative")  # the country that …
    if not kind or not s.tokens[phrase.first].has("this") or phrase.owners or phrase.former or more:
        return ""
    clause = _clause_of(s, phrase)
    asked = clause is not None and s.words.has(clause.opener, "question")
    return "" if asked else kind  # what the country can muster: no act


def _find_country(s: Sentence, phrase: Phrase, others: Sides) -> Sides:
    """Return the last subject that *the country* can stand for: it names states alone."""
    before = [clause.subject for clause in s.clauses if clause.subject and clause.subject.last < phrase.first]
    subjects = (*(one.actors for one in reversed(before)), s.memory.subject_state)
    named = (one for one in subjects if one and not _share(one, others))
    return next((one for one in named if all(name.type == STATE for name, _ in one)), [])


def _token_after(s: Sentence, phrase: Phrase) -> Token | None:
    return s.tokens[phrase.last + 1] if phrase.last + 1 < len(s.tokens) else None


def _find_home(s: Sentence, phrase: Phrase, others: Sides) -> Sides:
    """Return the state of an office or body that names none: the one named before it, else what the text is about."""
    if s.ordinary or not _is_homeless(s, phrase):
        return []
    if phrase.kind == "office" and s.memory.subject and not _share(s.memory.subject, others):
        return s.memory.subject  # Lawrow sagte …. Der Minister …
    before = [name for token in s.tokens[: phrase.first] for name in token.names]
    return s.memory.find_home(s.reference, before, s.published, [name for name, _ in others])


def _is_homeless(s: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase means an office or body and does not say of which state: the government."""
    first, after = s.tokens[phrase.first], _token_after(s, phrase)
    definite = not first.has("determiner") or (first.has("this") and not first.has("possessive"))
    more = after is not None and after.low in s.words.listed("purpose")  # the minister for Central Asia
    if phrase.head is None or not definite or phrase.owners or phrase.former or more:
        return False
    return phrase.head.low in s.words.listed("home")


def _share(one: Sides, other: Sides) -> bool:
    """Whether the same actor is in both."""
    return bool(ids_of(one) & ids_of(other))


def _resolve_pronoun(s: Sentence, phrase: Phrase) -> Sides:
    """Return the names that a pronoun, or a phrase such as *beide Seiten*, stands for."""
    if phrase.pronoun == "rel":
        return _relative(s, phrase)
    if phrase.pronoun == "other" and s.tokens[phrase.first].has("us"):
        who = [pair for pair in s.memory.subject if pair[0].kind != "place"]
        return _speaker(s, phrase) or s.memory.speaker or who  # „Wir werden antworten“, sagte …
    if phrase.pronoun == "both":
        return s.memory.pair
    if phrase.pronoun == "own":
        return _speaker(s, phrase) or _earlier(s, phrase) or s.memory.subject
    if phrase.pronoun == "him" or (phrase.pronoun == "he" and _is_object(s, phrase)):
        return _other(s, phrase)
    return _he(s, phrase) if phrase.pronoun == "he" else []


def _he(s: Sentence, phrase: Phrase) -> Sides:
    """Return whom *he* or *it* stands for: the subject before it, in its sentence or the last one."""
    earlier = _earlier(s, phrase)
    if earlier is not None:
        return earlier
    return s.memory.subject_state if s.tokens[phrase.first].has("neuter") else s.memory.subject


def _is_object(s: Sentence, phrase: Phrase) -> bool:
    """Whether a pronoun that may be the subject stands right behind a verb: accused it of lying."""
    clause = _clause_of(s, phrase) if s.words.language.fixed_order else None
    return (
        clause is not None
        and clause.subject is not phrase
        and any(p.token == phrase.first - 1 for p in clause.predicates)
    )


def _clause_of(s: Sentence, phrase: Phrase) -> Clause | None:
    return next((clause for clause in s.clauses if phrase in clause.phrases), None)


def _relative(s: Sentence, phrase: Phrase) -> Sides:
    """Return what a relative pronoun stands for: the phrase before its clause, or who that belongs to."""
    clause = _clause_of(s, phrase)
    found = find_antecedent(clause) if clause is not None else None
    if clause is None or clause.parent is None or found is None:
        return []
    act = _find_act_before(found, clause.parent)
    if act is not None and (s.words.has(found.prep, "location") or _is_harm(s, clause, act)):
        return act.actors
    if s.is_genitive(found):
        return found.actors
    issuer = _find_issuer(s, found, clause.parent)
    if issuer is not None:
        return issuer.actors
    return found.actors or [pair for owner in found.owners for pair in owner.actors]


def _find_act_before(found: Phrase, above: Clause) -> Phrase | None:
    """Return the act that a phrase hangs on, unless it is one itself: attacks on a base in Baghdad which killed …."""
    chain = [found]
    for p in reversed([p for p in above.phrases if p.last < found.first]):
        if not chain[-1].prep or p.last < chain[-1].first - 2:
            break
        chain.append(p)
    heads = ((p, p.head.word) for p in chain if p.head is not None)
    act = next((p for p, word in heads if word.nouns and not word.head), None)
    return act if act is not found else None


def _is_harm(s: Sentence, clause: Clause, act: Phrase) -> bool:
    """Whether a clause and a phrase both tell an attack."""
    frames = act.head.word.nouns if act.head is not None else ()
    return all(any(one.event_type == "ASSAULT" for one in told) for told in (frames_of(s.words, clause), frames))


def _find_issuer(s: Sentence, found: Phrase, above: Clause) -> Phrase | None:
    """Return who issued a paper of which more is said: adopted a resolution demanding …."""
    issued = any(s.words.has(p.lemma, "issuing") and p.voice == "active" for p in above.predicates)
    paper = found.head is not None and found.head.has("paper") and not found.actors
    return above.subject if issued and paper else None


def _other(s: Sentence, phrase: Phrase) -> Sides:
    """Return the last one named before who is not the subject: wies Putins Angebot zurück und forderte ihn auf."""
    clause = _clause_of(s, phrase)
    subject = clause.subject if clause is not None else None
    own = ids_of(subject.actors) if subject is not None else set()
    before = [p for c in s.clauses for p in c.phrases if p.last < phrase.first and p.actors and p.root is None]
    personal = s.tokens[phrase.first].has("personal")
    for p in sorted(before, key=lambda p: (s.words.has(p.prep, "location"), -p.last)):
        found = [pair for pair in p.actors if pair[0].actor_id not in own and not (personal and _is_thing(s, *pair))]
        if found:
            return found
    return []


def _is_thing(s: Sentence, name: Name, phrase: Phrase) -> bool:
    """Whether a name is that of a state and *him* cannot stand for it: unlike der Iran, or its president."""
    inside = s.tokens[phrase.first : phrase.last + 1]
    return name.kind in STATES and phrase.kind != "office" and not any(one.has("masculine") for one in inside)


def _speaker(s: Sentence, phrase: Phrase) -> Sides:
    """Return the names of who says what a phrase is part of."""
    return find_speaker_at(s, s.tokens[phrase.first].start)


def find_speaker_at(s: Sentence, place: int) -> Sides:
    """Return the names of who says what stands at a place of the text."""
    said = (one for one in s.attributions if one.content[0] <= place < one.content[1])
    return next((found for one in said if (found := _name_source(s, one))), [])


def find_spoken(s: Sentence) -> Sides:
    """Return the names of who says something in a sentence."""
    return next((found for one in s.attributions if (found := _name_source(s, one))), [])


def _name_source(s: Sentence, one: Attribution) -> Sides:
    """Return the names of the source of an attribution; of an office that names no state, that of its state."""
    start, end = one.source or (0, 0)
    inside = [p for clause in s.clauses for p in clause.phrases if start <= s.tokens[p.first].start < end]
    if any(p.pronoun == "he" for p in inside):
        return s.memory.speaker or s.memory.subject
    return next((found for p in inside if not p.pronoun and (found := p.actors or _find_home(s, p, []))), [])


def _earlier(s: Sentence, phrase: Phrase) -> Sides | None:
    """Return whom the last subject before a pronoun names in its sentence, also if nobody; None without one.

    A subject that is a thing says nothing, and a clause that opens the sentence has its subject in the next one.
    """
    subjects = [clause.subject for clause in s.clauses if clause.subject is not None]
    found = [p for p in subjects if p.last < phrase.first and not p.pronoun]
    thing = s.tokens[phrase.first].has("neuter")
    if found and not thing and not found[-1].actors and not _is_person(found[-1]):
        return _find_lone_person(s, phrase)
    return found[-1].actors if found else None


def _find_lone_person(s: Sentence, phrase: Phrase) -> Sides:
    """Return whom the one phrase before another that means a person names."""
    before = [p for c in s.clauses for p in c.phrases if p.last < phrase.first and p.actors]
    persons = [p for p in before if p.kind == "office" or any(name.type == "person" for name in p.names)]
    return persons[0].actors if len(persons) == 1 else []


def _is_person(phrase: Phrase) -> bool:
    """Whether a phrase names a person, or may do so."""
    named = any(name.type == "person" for name in phrase.names) or phrase.kind in ("office", "member", "none")
    return named or (phrase.head is not None and phrase.head.has("crowd"))
