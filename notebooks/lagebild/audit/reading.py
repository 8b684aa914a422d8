"""A sentence as an audit compares it: what it names, counts, dates, quotes and says, each thing with its standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lagebild.audit.acts import Act, read_acts
from lagebild.audit.items import Item, list_items
from lagebild.audit.vocabulary import Vocabulary, lemmatize, read_vocabulary
from lagebild.coder import (
    FUTURE,
    PAST,
    PRESENT,
    Clause,
    Parse,
    Sentence,
    assess_clause,
    find_speaker,
    list_sentences,
)
from lagebild.core import Reference, is_day

# --- What a Clause Says of the Things in It ---


def is_denied(s: Sentence, i: int) -> bool:
    """Whether a negation stands before a noun, and no verb between them: without agreement, no compromise."""
    for one in reversed(s.tokens[max(i - 3, 0) : i]):
        if one.has("without", "none", "negator"):
            return True
        if one.word.verbs or not one.text[0].isalpha():
            return False
    return False


def is_cue(s: Sentence, place: int) -> bool:
    """Whether what stands at a place is itself the verb that attributes: she denied, he called him."""
    return any(one.cue and one.cue[0] <= place < one.cue[1] for one in s.attributions)


def find_acting(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of who acts in a clause: its subject, in the passive who is named by a preposition."""
    phrases = [clause.subject, *clause.subject.joined] if clause.subject is not None else []
    if is_passive(s, clause):
        phrases = [one for one in clause.phrases if one.prep in s.words.language.agents]
        phrases += [other for one in phrases for other in one.joined]
    return {i for one in phrases for i in range(one.first, one.last + 1)}


def is_passive(s: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what is done to its subject; of a verb that no table knows its helper tells it."""
    if clause.predicates:
        return any(one.voice == "passive" for one in clause.predicates)
    if s.words.language.capital_nouns:
        return any(s.tokens[i].has("become") for i in clause.tokens)
    return any(
        s.tokens[i].has("be") and any(s.tokens[k].low.endswith(("ed", "en")) for k in clause.tokens if i < k <= i + 3)
        for i in clause.tokens
    )


def find_verbs(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of a clause that tell what is done: verbs that tables know, and what stands in their place."""
    words = [i for i in clause.tokens if s.tokens[i].text[0].isalpha()]
    if not words:
        return set()
    full = [one.token for one in clause.predicates if one.form != "attr"]  # else of enriched uranium what is done to it
    found = {*full} or {one.token for one in clause.predicates}
    found |= {clause.finite} if clause.finite >= 0 else set()
    if s.words.language.capital_nouns:
        end = words[-2:] if s.tokens[words[-1]].word.helps or s.tokens[words[-1]].has("undergone") else words[-1:]
        found |= {i for i in end if s.tokens[i].text.islower() and s.tokens[i].text.isalpha()}
    elif clause.finite >= 0:
        behind = [i for i in words if i > clause.finite and not s.tokens[i].has("adverb", "neutral", "negator")]
        helps = s.tokens[clause.finite].word.helps
        found |= {i for i in behind[:2] if s.tokens[i].word.helps or s.tokens[i - 1].word.helps} if helps else set()
    return found


def find_tense(one: Parse, clauses: Sequence[Clause], language: str) -> str:
    """Return when a sentence plays: past if one of its main clauses tells what happened; empty if it has no verb."""
    mains = [clause for clause in clauses if clause.kind == "main" and clause.finite >= 0]
    told = [clause for clause in mains if clause.subject is not None] or [one for one in clauses if one.finite >= 0]
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


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence: its place in the text, its language, and what it says."""

    start: int
    end: int
    text: str
    language: str
    items: tuple[Item, ...]
    acts: tuple[Act, ...] = ()
    mains: frozenset[int] = frozenset()  # numbers of its main clauses
    parents: tuple[int, ...] = ()  # for each clause the one right above it, -1 if there is none or it hangs on a noun
    tense: str = ""  # of its main clauses: past if any is, else future or present; empty if it has no finite verb
    voices: frozenset[str] = frozenset()  # whom the names of those stand for who say what it reports

    def of(self, *kinds: str) -> list[Item]:
        """Return its items of some kinds."""
        return [one for one in self.items if one.kind in kinds]

    def find_word(self, place: int) -> Item | None:
        """Return the word that stands at a place of the text."""
        return next((one for one in self.of("word") if one.start <= place < one.end), None)

    def above(self, clause: int) -> list[Item]:
        """Return the verbs of the clauses above one."""
        places = set[int]()
        while 0 <= clause < len(self.parents) and (clause := self.parents[clause]) not in places:
            places.add(clause)
        return [one for one in self.items if one.verb and one.clause in places and one.clause >= 0]

    def says_another(self, voices: frozenset[str]) -> bool:
        """Whether it reports words, and none of some voices is among those who say or do something in it."""
        acting = [one.also for one in self.of("name") if one.acting]
        reports = any(one.status == "reported" for one in self.items)
        return bool(voices) and reports and not voices & self.voices.union(*acting)

    def quote(self, item: Item) -> str:
        """Return the words of a thing as they stand."""
        return self.text[item.start - self.start : item.end - self.start]


def read_claims(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a report, each with the acts that the draft coder finds in it."""
    acts = read_acts(reference, text, language, day)
    claims = read_sentences(reference, text, language, day)
    return [
        replace(
            one,
            acts=tuple(act for act in acts if one.start <= act.start < one.end),
            items=tuple(item for item in one.items if item.kind != "date" or _is_known(item, one, before, text)),
        )
        for before, one in zip([None, *claims], claims, strict=False)
    ]


def _is_known(one: Item, claim: Reading, before: Reading | None, text: str) -> bool:
    """Whether it is certain which day a claim means: one that counts from another needs the sentence before."""
    if one.rough != "later" or before is None:
        return one.rough not in ("relative", "later")
    days = [other for other in before.of("date") if not other.rough and is_day(other.key)]
    return len(days) == 1 and "\n" not in text[before.end : claim.start]


def read_sentences(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a text as an audit compares them; `day` is that from which its dates are counted."""
    vocabulary = read_vocabulary(reference, language)
    return [_read(reference, vocabulary, one, day) for one in list_sentences(reference, text, language, day)]


def _list_voices(sentence: Sentence, items: Sequence[Item]) -> frozenset[str]:
    """Return whom those stand for who are named where somebody says what a sentence reports."""
    spans = [span for one in sentence.attributions if (span := one.antecedent or one.source)]
    said = [one.also for one in items if one.kind == "name" and any(a <= one.start < b for a, b in spans)]
    return frozenset().union(*said)


def _read(reference: Reference, vocabulary: Vocabulary, sentence: Sentence, day: str) -> Reading:
    one = sentence.parse
    clauses = one.clauses if one.readable else []
    at = {i: n for n, clause in enumerate(clauses) for i in clause.tokens}
    standings = [assess_clause(sentence, clause) for clause in clauses]
    acting = {i for clause in clauses for i in find_acting(sentence, clause)}
    verbs = {i for clause in clauses for i in find_verbs(sentence, clause)}
    items = []
    for item, i in list_items(reference, one, vocabulary, day):
        n = at.get(i, -1)
        status = standings[n].status if n >= 0 else "asserted"
        if status in ("asserted", "reported"):
            status = "reported" if find_speaker(sentence, item.start) else status
            status = "asserted" if status == "reported" and is_cue(sentence, item.start) else status
        denied = item.kind in ("name", "word") and is_denied(sentence, i)
        status = "negated" if denied else status
        items.append(item._replace(clause=n, status=status, acting=i in acting, verb=i in verbs, denied=denied))
    text = one.text[one.start : one.end]
    mains = frozenset(n for n, clause in enumerate(clauses) if clause.kind == "main")
    places = {id(clause): n for n, clause in enumerate(clauses)}
    parents = tuple(-1 if clause.kind == "rel" else places.get(id(clause.parent), -1) for clause in clauses)
    return Reading(
        one.start,
        one.end,
        text,
        vocabulary.language,
        tuple(items),
        mains=mains,
        parents=parents,
        tense=find_tense(one, clauses, vocabulary.language),
        voices=_list_voices(sentence, items),
    )
