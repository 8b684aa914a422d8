"""A sentence as an audit compares it: what it names, counts, dates, quotes and says, each thing with its standing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lagebild.analysis.audit.acts import Act, read_acts
from lagebild.analysis.audit.numbers import find_numbers, read_units
from lagebild.analysis.audit.vocabulary import Vocabulary, is_word, lemmatize, list_concepts, read_vocabulary
from lagebild.coder.attribution import find_attributions
from lagebild.coder.factuality import Standing, assess, find_speaker
from lagebild.coder.gazetteer import find_names
from lagebild.coder.memory import Memory
from lagebild.coder.parse import Parse, parse
from lagebild.coder.sentence import Sentence, deal
from lagebild.coder.speech import QUOTATION
from lagebild.coder.syntax import OFFICES, Clause, Predicate, upwards
from lagebild.coder.tense import FUTURE, PAST, PRESENT
from lagebild.coder.tokens import QUOTES
from lagebild.core.reference import Reference
from lagebild.dataset.codes import find_principal

# Classes of the table `grammar` whose words say nothing by themselves.
FUNCTION = frozenset(
    [
        "determiner",
        "preposition",
        "subordinator",
        "coordinator",
        "relative",
        "pronoun",
        "possessive",
        "modal",
        "be",
        "have",
        "become",
        "been",
        "adverb",
        "neutral",
        "negator",
        "question",
        "complementizer",
        "infinitive",
        "reflexive",
        "personal",
        "fused",
        "number",
        "prefix",
        "this",
        "there",
        "us",
        "him",
        "continuing",
        "whether",
        "maybe",
        "hearsay",
    ]
)
SHORTEST = 3  # letters of a word that counts


class Item(NamedTuple):
    """One thing that a sentence says.

    `kind` is name, word, number, date or quote; `key` the actor, the lemma, the value, the EDTF date or the words;
    `also` for whom an actor stands, the concepts of a word, or what a number counts. `status` is how the sentence puts
    the clause it stands in, `acting` whether it is who acts there, `proper` whether a word looks like a name, `light`
    whether it says little by itself: a title, an office, a word that a paraphrase leaves out, `verb` whether it tells what
    is done in its clause, `denied` whether a negation stands before it (no compromise). `value` and `rough` are those of a number; of a date,
    `rough` is yearless or relative if the text does not give its year.
    """

    kind: str
    key: str
    start: int
    end: int
    also: frozenset[str] = frozenset()
    clause: int = 0
    status: str = "asserted"
    acting: bool = False
    proper: bool = False
    light: bool = False
    verb: bool = False
    denied: bool = False
    value: float = 0.0
    rough: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence: its place in the text, its language, what it says, and who it names as saying so."""

    start: int
    end: int
    text: str
    language: str
    items: tuple[Item, ...]
    speakers: frozenset[str] = frozenset()
    said: bool = False
    acts: tuple[Act, ...] = ()
    mains: frozenset[int] = frozenset()  # numbers of its main clauses
    roots: tuple[int, ...] = ()  # for each clause the main clause that it hangs on
    passives: frozenset[int] = frozenset()  # clauses that tell what is done to their subject
    tense: str = ""  # of its main clauses: past if any is, else future or present; empty if it has no finite verb

    def of(self, *kinds: str) -> list[Item]:
        """Return its items of some kinds."""
        return [one for one in self.items if one.kind in kinds]


def read_claims(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a report, each with the acts that the draft coder finds in it."""
    acts = read_acts(reference, text, language, day)
    return [
        replace(
            one,
            acts=tuple(act for act in acts if one.start <= act.start < one.end),
            items=tuple(item for item in one.items if item.kind != "date" or item.rough != "relative"),
        )
        for one in read_sentences(reference, text, language, day)
    ]


def read_sentences(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a text as an audit compares them; `day` is that from which its dates are counted."""
    parses = parse(reference, text, language, day)
    vocabulary, memory = read_vocabulary(reference, language), Memory()
    spoken = deal(parses, find_attributions(text, parses)) if parses else []
    return [
        _read(reference, one, vocabulary, Sentence(one, said, day, memory), day)
        for one, said in zip(parses, spoken, strict=True)
    ]


def _read(reference: Reference, one: Parse, vocabulary: Vocabulary, sentence: Sentence, day: str) -> Reading:
    clauses = one.clauses if one.readable else []
    at = {i: n for n, clause in enumerate(clauses) for i in clause.tokens}
    standings = [_rate(sentence, clause) for clause in clauses]
    acting = {i for clause in clauses for i in _find_acting(sentence, clause)}
    verbs = {i for clause in clauses for i in _find_verbs(sentence, clause)}
    items = []
    for item, i in _list_items(reference, one, vocabulary, day):
        n = at.get(i, -1)
        status = standings[n].status if n >= 0 else "asserted"
        if status in ("asserted", "reported"):
            status = "reported" if find_speaker(sentence, item.start) else status
            status = "asserted" if status == "reported" and _is_cue(sentence, item.start) else status
        denied = item.kind in ("name", "word") and _is_denied(sentence, i)
        status = "negated" if denied else status
        items.append(item._replace(clause=n, status=status, acting=i in acting, verb=i in verbs, denied=denied))
    sources = [span for a in sentence.attributions if (span := a.antecedent or a.source)]
    speakers = {
        key
        for item in items
        if item.kind in ("name", "word") and any(start <= item.start < end for start, end in sources)
        for key in (item.key, *item.also)
    }
    text = one.text[one.start : one.end]
    said = bool(sentence.attributions)
    mains = frozenset(n for n, clause in enumerate(clauses) if clause.kind == "main")
    roots = tuple(_find_root(clauses, n) for n in range(len(clauses)))
    return Reading(
        one.start, one.end, text, vocabulary.language, tuple(items), frozenset(speakers), said, mains=mains, roots=roots,
        tense=_find_tense(one, clauses, vocabulary.language),
    )


def _find_tense(one: Parse, clauses: Sequence[Clause], language: str) -> str:
    """Return when a sentence plays: past if one of its main clauses tells what happened; empty if it has no verb."""
    mains = [clause for clause in clauses if clause.kind == "main" and clause.finite >= 0]
    told = [clause for clause in mains if clause.subject is not None]
    found = {_read_tense(one, clause, language) for clause in told}
    return next((tense for tense in (PAST, FUTURE, PRESENT) if tense in found), "")


def _read_tense(one: Parse, clause: Clause, language: str) -> str:
    """Return the tense of a clause; of a verb that no table knows by its form."""
    helper = one.tokens[clause.finite]
    known = one.tense(helper.start, helper.end)
    if helper.has("be", "become") and "past" in helper.word.forms and "pres" not in helper.word.forms:
        return PAST  # was held on Monday
    if known:
        return known
    words = [one.tokens[i].low for i in clause.tokens if one.tokens[i].text[0].isalpha() and i != clause.finite]
    if helper.has("have", "be", "become"):
        ends = ("t", "en") if language == "de" else ("ed", "en", "n", "t")
        last = words[-1:] if language == "de" else words
        done = any(word.endswith(ends) and lemmatize(word, language) != word for word in last)
        return PAST if done or "past" in helper.word.forms else PRESENT
    lemma = lemmatize(helper.low, language)
    if language == "de":
        regular = {f"{lemma.removesuffix('n').removesuffix('e')}{end}" for end in ("t", "et")}
        return PRESENT if helper.low == lemma or helper.low in regular else PAST
    return PRESENT if helper.low in (lemma, f"{lemma}s", f"{lemma}es") else PAST


def _find_root(clauses: Sequence[Clause], n: int) -> int:
    """Return the number of the main clause on which a clause hangs; of the last one before it, if it hangs on none."""
    top = [*upwards(clauses[n])][-1]
    if top.kind == "main":
        return next(k for k, one in enumerate(clauses) if one is top)
    before = [k for k, one in enumerate(clauses[: n + 1]) if one.kind == "main"]
    after = [k for k, one in enumerate(clauses) if one.kind == "main"]
    return (before or after or [0])[-1 if before else 0]


def split_claim(claim: Reading) -> list[Reading]:
    """Return a claim as the statements of its main clauses, each with what hangs on it; itself, if it makes but one.

    A clause that only says who says so, or that names nobody, is no statement of its own.
    """
    if len(claim.mains) < 2:
        return [claim]
    parts: dict[int, list[Item]] = {}
    for one in claim.items:
        parts.setdefault(claim.roots[one.clause] if 0 <= one.clause < len(claim.roots) else -1, []).append(one)
    told = {n: items for n, items in parts.items() if _is_statement(items)}
    rest = tuple(one for n, items in parts.items() if n not in told for one in items)
    if len(told) < 2:
        return [claim]
    made, before = [], list[Item]()
    for _, items in sorted(told.items()):
        acting = [one for one in items if one.acting]
        before = acting or before  # received him and handed over …: who does both is said once
        made.append(replace(claim, items=(*items, *(() if acting else before), *rest), acts=()))
    return made


def _is_statement(items: Sequence[Item]) -> bool:
    told = [one for one in items if one.kind == "word" and not one.light and not one.proper]
    named = [one for one in items if one.kind in ("name", "number", "quote") or one.proper]
    return len(told) >= 2 and bool(named)


def _rate(s: Sentence, clause: Clause) -> Standing:
    """Return how a sentence puts a clause: by its verb, known or not, and what stands above it."""
    if not clause.tokens:
        return Standing("asserted")
    if clause.finite >= 0 and not clause.predicates and s.grammar.find_mood(clause.finite) == "subj2":
        return Standing("hypothetical")  # täte Moskau nichts: what would be
    found = [assess(s, clause, one) for one in clause.predicates]
    if found:
        return max(found, key=lambda one: one.status != "asserted")
    place = clause.finite if clause.finite >= 0 else min(clause.tokens)
    return assess(s, clause, Predicate("", place, "active", clause, frozenset(s.grammar.read_marks(clause))))


def _is_denied(s: Sentence, i: int) -> bool:
    """Whether a noun is said not to be there: without agreement, no compromise."""
    before = s.tokens[max(i - 3, 0) : i]
    near = next((k for k, one in enumerate(reversed(before)) if one.has("without", "none", "negator")), None)
    return near is not None and all(one.text[0].isalpha() for one in before[len(before) - near :])


def _find_verbs(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of a clause that tell what is done: verbs that tables know, and what stands in their place."""
    if not clause.tokens:
        return set()
    words = [i for i in clause.tokens if s.tokens[i].text[0].isalpha()]
    found = {one.token for one in clause.predicates} | ({clause.finite} if clause.finite >= 0 else set())
    if s.words.language.capital_nouns:
        found |= {i for i in words[-2:] if s.tokens[i].text.islower() and s.tokens[i].text.isalpha()}
    elif clause.finite >= 0:
        behind = [i for i in words if i > clause.finite and not s.tokens[i].has("adverb", "neutral", "negator")]
        helps = s.tokens[clause.finite].word.helps
        found |= {i for i in behind[:2] if s.tokens[i].word.helps or s.tokens[i - 1].word.helps} if helps else set()
    return found


def _is_cue(s: Sentence, place: int) -> bool:
    """Whether what stands at a place is itself the verb that attributes: she denied, he called him."""
    return any(one.cue and one.cue[0] <= place < one.cue[1] for one in s.attributions)


def _find_acting(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of who acts in a clause: its subject, in the passive who is named by a preposition."""
    phrases = [clause.subject, *clause.subject.joined] if clause.subject is not None else []
    if _is_passive(s, clause):
        phrases = [one for one in clause.phrases if one.prep in s.words.language.agents]
        phrases += [other for one in phrases for other in one.joined]
    return {i for one in phrases for i in range(one.first, one.last + 1)}


def _is_passive(s: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what is done to its subject; of a verb that no table knows its helper tells it."""
    if clause.predicates:
        return any(one.voice == "passive" for one in clause.predicates)
    if s.words.language.capital_nouns:
        return any(s.tokens[i].has("become") for i in clause.tokens)
    return any(
        s.tokens[i].has("be") and any(s.tokens[k].low.endswith(("ed", "en")) for k in clause.tokens if i < k <= i + 3)
        for i in clause.tokens
    )


def _list_items(reference: Reference, one: Parse, vocabulary: Vocabulary, day: str) -> Iterator[tuple[Item, int]]:
    """Yield what a sentence holds, each thing with its token."""
    tokens, language = one.tokens, vocabulary.language
    starts = [token.start for token in tokens]
    dates = [date for date in one.dates if date.edtf and date.rule not in ("era", "recurring", "now")]
    dated = {
        i for date in one.dates for i, token in enumerate(tokens) if date.start <= token.start and token.end <= date.end
    }
    for date in dates:
        rough = "" if date.basis == "stated" else "yearless" if date.rule in ("date", "month") else "relative"
        yield Item("date", date.edtf, date.start, date.end, rough=rough), max(bisect_right(starts, date.start) - 1, 0)
    for match in QUOTATION.finditer(one.text, one.start, one.end):
        yield Item("quote", match[0], *match.span()), max(bisect_right(starts, match.start()) - 1, 0)
    numbers = find_numbers(reference, language, tokens, frozenset(dated))
    units = read_units(reference, language)
    counted = {i for number in numbers for i in range(number.first, number.last + 1)}
    counted |= {number.last + 1 for number in numbers if number.counted[:1] and number.counted[0].lower() in units}
    for number in numbers:
        start, end = tokens[number.first].start, tokens[number.last].end
        also = frozenset(_count(units, vocabulary, number.counted))
        yield (
            Item("number", f"{number.value:g}", start, end, also, value=number.value, rough=number.rough),
            number.first,
        )
    particles = _find_particles(one) if vocabulary.compounds else {}
    for i, token in enumerate(tokens):
        if i in counted or (i in dated and not token.names):
            continue
        for name in token.names:
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, name.start, name.end, frozenset([principal])), i
        if not token.names:
            for item in _read_word(reference, i, one, vocabulary, particles, day):
                yield item, i


def _read_word(
    reference: Reference, i: int, one: Parse, vocabulary: Vocabulary, particles: dict[int, int], day: str
) -> Iterator[Item]:
    """Yield what a word says: itself, and the first part of a compound, which may be a name: Kremlchef."""
    token = one.tokens[i]
    if not token.text[0].isalpha() or len(token.text) < SHORTEST or i in particles.values():
        return
    if not token.word.classes.keys().isdisjoint(FUNCTION) and not token.word.nouns:
        return
    *before, text = token.text.replace("‑", "-").split("-")
    lemma = lemmatize(text, vocabulary.language)
    known = next((verb.lemma for verb in token.word.verbs if not verb.particle), "") if text == token.text else ""
    if known and not vocabulary.find(lemma)[0] and (text[:1].islower() or not vocabulary.compounds):
        lemma = known.split("|")[-1] if "|" not in known else known.replace("|", "")
    if lemma not in vocabulary.words and (verb := vocabulary.find_verb(text.lower())):
        lemma = verb
    if i in particles:
        lemma = one.tokens[particles[i]].low + lemma
    concepts, head = vocabulary.find(lemma, noun=text[:1].isupper())
    behind = [other.low for other in one.tokens[i + 1 : i + 6]]
    concepts |= {c for particle, c in vocabulary.phrases.get(lemma, ()) if particle in behind}
    capital = text[:1].isupper() and one.tokens[0].start != token.start
    proper = capital and not concepts and (not vocabulary.compounds or not is_word(text, vocabulary.language))
    light = token.word.head in OFFICES or bool(concepts & list_concepts(reference, "weight", "light"))
    concepts -= list_concepts(reference, "kind", "carrier")
    if lemma:
        yield Item("word", lemma, token.start, token.end, concepts, proper=proper, light=light)
    for part in (*before, head):
        found = find_names(reference, part.capitalize(), vocabulary.language, day) if part else ()
        names = [name for name in found if name.type != "person"]  # a Kernaussage is not by a man called Kern
        for name in names:
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, token.start, token.end, frozenset([principal]))
        if part and not names:
            first = lemmatize(part, vocabulary.language)
            yield Item(
                "word", first, token.start, token.end, vocabulary.find(first, noun=True)[0], proper=part[:1].isupper()
            )


def _find_particles(one: Parse) -> dict[int, int]:
    """Return the place of the separable part of each finite verb: schloss … aus, regte an, … zu prüfen."""
    found = {}
    for clause in one.clauses if one.readable else ():
        behind = [i for i in clause.tokens if i > clause.finite] if clause.finite >= 0 else []
        for i in behind:
            after = one.tokens[i + 1] if i + 1 < len(one.tokens) else None
            ends = after is None or after.has("coordinator") or not (after.text[0].isalnum() or after.text in QUOTES)
            if one.tokens[i].has("prefix") and ends:
                found[clause.finite] = i
                break
    return found


def _count(units: Mapping[str, str], vocabulary: Vocabulary, counted: Sequence[str]) -> Iterator[str]:
    """Yield what a number counts: the name of its unit, or the words and concepts behind it."""
    for word in counted:
        if word.lower() in units:
            yield f"unit:{units[word.lower()]}"
            return
    for word in counted:
        lemma = lemmatize(word, vocabulary.language)
        yield lemma
        yield from vocabulary.find(lemma, noun=True)[0]
