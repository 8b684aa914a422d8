"""A sentence as an audit compares it: what it names, counts, dates, quotes and says, each thing with its standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lagebild.analysis.audit.acts import Act, read_acts
from lagebild.analysis.audit.clauses import (
    find_acting,
    find_root,
    find_tense,
    find_verbs,
    is_cue,
    is_denied,
)
from lagebild.analysis.audit.items import Item, list_items
from lagebild.analysis.audit.titles import find_holders
from lagebild.analysis.audit.vocabulary import Vocabulary, read_vocabulary
from lagebild.coder.coder import list_sentences
from lagebild.coder.factuality import assess_clause, find_speaker
from lagebild.coder.sentence import Sentence
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference


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
    parents: tuple[int, ...] = ()  # for each clause the one right above it, -1 if there is none or it hangs on a noun
    tense: str = ""  # of its main clauses: past if any is, else future or present; empty if it has no finite verb

    def of(self, *kinds: str) -> list[Item]:
        """Return its items of some kinds."""
        return [one for one in self.items if one.kind in kinds]

    @cached_property
    def full(self) -> set[int]:
        """The clauses with a verb that says by itself what is done."""
        return {one.clause for one in self.of("word") if one.verb and not one.light}

    def find_word(self, place: int) -> Item | None:
        """Return the word that stands at a place of the text."""
        return next((one for one in self.of("word") if one.start <= place < one.end), None)

    def above(self, clause: int) -> list[Item]:
        """Return the verbs of the clauses above one."""
        places = set[int]()
        while 0 <= clause < len(self.parents) and (clause := self.parents[clause]) not in places:
            places.add(clause)
        return [one for one in self.items if one.verb and one.clause in places and one.clause >= 0]

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
    items += find_holders(reference, one.text, vocabulary.language, items, one.tokens, day)
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
    roots = tuple(find_root(clauses, n) for n in range(len(clauses)))
    places = {id(clause): n for n, clause in enumerate(clauses)}
    parents = tuple(-1 if clause.kind == "rel" else places.get(id(clause.parent), -1) for clause in clauses)
    return Reading(
        one.start,
        one.end,
        text,
        vocabulary.language,
        tuple(items),
        frozenset(speakers),
        said,
        mains=mains,
        roots=roots,
        parents=parents,
        tense=find_tense(one, clauses, vocabulary.language),
    )


def split_claim(claim: Reading) -> list[Reading]:
    """Return a claim as the statements of its main clauses, each with what hangs on it; itself, if it makes but one.

    A clause that only says who says so, that names nobody, or that is quoted is no statement of its own.
    """
    if len(claim.mains) < 2:
        return [claim]
    parts: dict[int, list[Item]] = {}
    spans = [(one.start, one.end) for one in claim.of("quote")]
    for one in claim.items:
        free = 0 <= one.clause < len(claim.roots) and not any(start <= one.start < end for start, end in spans)
        parts.setdefault(claim.roots[one.clause] if free else -1, []).append(one)
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
    shares = not any(one.acting for one in items) and any(one.verb for one in told)  # condemned it and demanded …
    return bool(told) and (bool(named) or shares)
