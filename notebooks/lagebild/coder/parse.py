"""A sentence as it is read, once for all who ask: tokens, clauses with their phrases, verbs and subjects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import pairwise

from lagebild.coder.article import find_datelines, find_kinds, trim_ticker
from lagebild.coder.dates.tagger import DatePhrase, find_dates
from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import Grammar, Lexicon, read_lexicon
from lagebild.coder.model import Clause, Name, Phrase, Token
from lagebild.coder.speech import find_asides, read_cues
from lagebild.coder.syntax import (
    OPEN,
    PRESENT,
    ancestors,
    find_antecedent,
    find_bare,
    find_tense,
    frames_of,
    lasts,
    opens_with_verb,
)
from lagebild.coder.thresholds import LONGEST_PARSED
from lagebild.coder.tokens import lower_title, tokenize
from lagebild.core import Reference, birthdays
from lagebild.corpus import find_stops, split_sentences

ANSWERS = ("ACCUSE", "AGREE", "CONCEDE", "REJECT", "SUPPORT")  # acts that answer others, which may be named first
ASKING = ("REQUEST", "COERCE", "THREATEN")  # acts whose other side is to do what the infinitive says


class Parse:
    """A sentence at a place of a text, with the names and dates in it.

    What is made of it is made when it is first asked for; what is made is not changed again.
    """

    def __init__(
        self, reference: Reference, words: Lexicon, text: str, start: int, end: int, names: Sequence[Name]
    ) -> None:
        self.reference, self.words = reference, words
        self.text, self.start, self.end, self.names = text, start, end, names
        self.dates: Sequence[DatePhrase] = ()
        self.dateline: Sequence[Name] = ()  # names in the dateline before it
        self.kind = ""  # what it is, if it is no part of the report
        self.cues = read_cues(reference, words.language.code)

    @property
    def readable(self) -> bool:
        """Whether it is a sentence of the report: what is too long is a table, or a list that lost its line breaks."""
        return not self.kind and self.end - self.start <= LONGEST_PARSED

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and marks."""
        tokens = tokenize(self.reference, self.text, self.start, self.end, self.names, self.words)
        if not self.words.language.capital_nouns:
            lower_title(tokens)
        return tokens

    @cached_property
    def may_tell(self) -> bool:
        """Whether a word of it can describe an act, or what lasts, with all that has to stand with it.

        No clause has to be told apart for that: most sentences hold no such word, and are passed over.
        """
        low = self.text[self.start : self.end].lower()
        lows = {token.low for token in self.tokens}
        cues = (cue for token in self.tokens for word in (token.word, token.tail) for cue in word.cues)
        return any((not part or part in lows) and (words is None or words.may_find(low)) for part, words in cues)

    @cached_property
    def cued(self) -> Sequence[int]:
        """The places of words that may end a cue which is no verb."""
        others = self.cues.others
        return [i for i, token in enumerate(self.tokens) if token.low in others or token.tail.low in others]

    @cached_property
    def grammar(self) -> Grammar:
        """What its language makes of them."""
        return self.words.language.grammar(self.tokens, self.words)

    @cached_property
    def outline(self) -> list[Clause]:
        """Its clauses with their verbs: what the tense of a date hangs on."""
        clauses = sorted(self.grammar.split_clauses(), key=lambda clause: clause.tokens[0] if clause.tokens else -1)
        for clause in clauses:
            clause.predicates = self.grammar.find_predicates(clause)
        return clauses

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses with their phrases, verbs and subjects; what is a date, or an aside, is no phrase."""
        clauses = self.outline
        self._set_phrases(clauses)
        self._mark_absolutes(clauses)
        for number, clause in enumerate(clauses):
            clause.after = clause.after or self._goes_on(clause, clauses[:number], clauses[number + 1 :])
        for number, clause in sorted(enumerate(clauses), key=lambda pair: len([*ancestors(pair[1])])):  # parents first
            clause.subject = self._find_subject(clause, clauses[:number])
        for clause, after in pairwise(clauses):
            if clause.subject is None and clause.parent is None and after.kind == "main" and self._is_bare(clause):
                clause.subject = after.subject  # while visiting X, Y said
        return clauses

    def _set_phrases(self, clauses: Sequence[Clause]) -> None:
        """Note the phrases and asides of clauses; what is a date, or an aside, is no phrase."""
        dated = self.dated
        # zwei Tage | nach dem Treffen: what the count hangs on is a phrase of its own
        ends = {i for i in dated if i + 1 not in dated and self.tokens[i].has("preposition")}
        skip = dated - {i for i in ends if not self.tokens[i].has("subordinator")}
        for clause in clauses:
            clause.phrases = self.grammar.find_phrases(clause, skip)
            asides = find_asides(self.tokens, clause, self.cues, self.cued)
            clause.asides = [aside for aside in asides if aside.first not in dated]
            if clause.asides:
                apart = skip | {i for aside in clause.asides for i in range(aside.first, aside.last + 1)}
                clause.phrases = self.grammar.find_phrases(clause, apart)

    def _mark_absolutes(self, clauses: Sequence[Clause]) -> None:
        """Note what is the subject of a participle and fills no slot: …, with Norway accusing Russia."""
        for clause in clauses:
            above = clause.parent if clause.finite < 0 and clause.kind in ("ing", "rel") else None
            for phrase in above.phrases if above is not None and clause.tokens else ():
                led = phrase.first < 2 or self.tokens[phrase.first - 2].text == ","
                if led and phrase.last == clause.tokens[0] - 1 and self.words.has(phrase.prep, "absolute"):
                    phrase.inner = True

    def clause_at(self, start: int, end: int) -> Clause | None:
        """Return the first clause that has a token at a place of the text."""
        clauses = self.outline if self.readable else ()
        return next((c for c in clauses if any(start <= self.tokens[i].start < end for i in c.tokens)), None)

    def is_relative(self, place: int) -> bool:
        """Whether a place of the text lies in a relative clause."""
        clause = self.clause_at(place, place + 1)
        return clause is not None and clause.kind == "rel"

    def tense(self, start: int, end: int) -> str:
        """Return the tense of the clause that a place of the text belongs to: past, future, present, or nothing."""
        clause = self.clause_at(start, end)
        if clause is not None and (clause.finite >= 0 or clause.predicates):
            tense = find_tense(self.tokens, clause, self.words)
            said = any(not cue.words for p in clause.predicates for cue in self.cues.find(p, self.tokens))
            return OPEN if tense == PRESENT and (said or self.words.language.fixed_order) else tense  # …, sagt er
        clauses = self.outline if self.readable else ()
        tenses = (find_tense(self.tokens, c, self.words) for c in clauses if c.finite >= 0)
        return next((tense for tense in tenses if tense), "")

    def lasts(self, place: int) -> bool:
        """Whether the clause around a place of the text tells in the present what lasts."""
        clause = self.clause_at(place, place + 1)
        return clause is not None and lasts(self.tokens, clause, self.words)

    def words_of(self, phrase: Phrase) -> str:
        """Return the words of a phrase as they are written."""
        return self.text[self.tokens[phrase.first].start : self.tokens[phrase.last].end]

    @cached_property
    def dated(self) -> frozenset[int]:
        """The places of the words of its dates."""
        return frozenset(self._find_dated() if self.dates else ())

    def _find_dated(self) -> Iterator[int]:
        for i, token in enumerate(self.tokens):
            if any(
                d.start <= token.start and token.end <= d.end and (not token.names or "birthday" in d.rule)
                for d in self.dates
                if d.rule != "era"  # the former president
            ):
                yield i

    def _goes_on(self, clause: Clause, before: Sequence[Clause], behind: Sequence[Clause]) -> bool:
        """Whether a clause shares its subject: telefonierte mit X, verurteilte Y und bot an: one subject for all.

        The last one, without a conjunction, which only says who demands what stands before it, does not.
        """
        if clause.kind != "main" or not opens_with_verb(self.tokens, clause):
            return False
        if not any(earlier.kind == "main" and earlier.finite >= 0 for earlier in before):
            return False
        if any(token.has("coordinator", "neutral") for token in self.tokens[clause.finite + 1 : clause.finite + 2]):
            return True  # …, kündigte aber keine Hilfe an
        own = self.grammar.find_subject(clause, lambda p: False)
        if own is None:
            return True
        if before[-1].finite >= 0 and self.grammar.find_mood(before[-1].finite) == "subj1":
            return False  # Mali müsse seine Truppen abziehen, forderte Niger
        return own.case != "nom" and not self._is_saying(clause, behind)  # …, sagte X; …, forderte er

    def _is_saying(self, clause: Clause, behind: Sequence[Clause]) -> bool:
        """Whether a clause says who says what stands before it; of an act of speech, only at the end."""
        cues = [cue for p in clause.predicates for cue in self.cues.find(p, self.tokens)]
        alone = clause.finite == clause.tokens[0] and len(find_bare(clause)) == 1
        alone = alone and all(later.kind != "main" for later in behind)
        return any(cue.effect != "act" or alone for cue in cues)

    def find_intent(self, clause: Clause) -> tuple[Token, Phrase] | None:
        """Return the noun whose content an infinitive says, and whose it is: France's decision to leave."""
        above = clause.parent if clause.kind == "inf" and clause.tokens else None
        before = [p for p in above.phrases if p.last < clause.tokens[0]] if above is not None else []
        whose = None
        for phrase in reversed(before):
            if phrase.head is not None and phrase.head.has("intent"):
                return phrase.head, phrase if phrase.actors or whose is None else whose
            if not phrase.prep:
                return None
            if phrase.prep in self.words.language.agents or self.words.has(phrase.prep, "genitive"):
                whose = phrase
        return None

    def _find_subject(self, clause: Clause, before: Sequence[Clause]) -> Phrase | None:
        """Return the subject of a clause: its own, that of the clause it is joined to, or of the one it hangs on."""
        subject = self.grammar.find_subject(clause, partial(self._is_object, clause))
        if subject is None and clause.after:
            like = [c for c in before if (c.kind, c.parent) == (clause.kind, clause.parent)]
            if self.grammar.find_mood(clause.finite) == "ind":  # X räumte ein, es gebe Fehler, sprach aber von …
                like = [c for c in like if self.grammar.find_mood(c.finite) == "ind"]
            subject = next((c.subject for c in (*reversed(like), *before[-1:])), None)
        above = clause.parent
        dependent = self._is_bare(clause) or self.words.has(clause.opener, "whether")
        while subject is None and above is not None and dependent:
            intent = self.find_intent(clause)  # whose decision it is, who is asked, else the subject above it
            asked = self._find_asked(above) if clause.kind == "inf" else None
            subject = intent[1] if intent is not None and intent[1].actors else asked or above.subject
            above = above.parent
        return subject

    def _is_object(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a phrase is what a clause acts on: eine Forderung lehnte … ab; but das Bündnis verurteilte …."""
        frames = frames_of(self.words, clause)
        phrase = (phrase.pronoun == "rel" and find_antecedent(clause)) or phrase  # Zölle, die Japan verhängt
        head = phrase.head if any(frame.event_type in ANSWERS for frame in frames) else None
        act = head is not None and bool(head.word.nouns) and not head.has("epithet")
        return act or any(frame.object and frame.object.search(self.words_of(phrase)) for frame in frames)

    def _is_bare(self, clause: Clause) -> bool:  # while visiting X, when asked
        return clause.kind in ("inf", "ing") or (clause.kind == "sub" and clause.finite < 0 and bool(clause.predicates))

    def _find_asked(self, above: Clause) -> Phrase | None:
        """Return the one who is asked, or let, to do what an infinitive says: envoys of the EU urged Chad to …."""
        asked = any(frame.event_type in ASKING for frame in frames_of(self.words, above))
        lets = any(self.words.has(p.lemma, "letting") and p.voice == "active" for p in above.predicates)
        if not (asked or lets or above.kind == "inf"):
            return None
        others = [p for p in above.phrases if p.actors and p is not above.subject and p.root is None]
        if lets:
            others = [phrase for phrase in others if not phrase.prep]
        if self.words.language.fixed_order:
            others = [phrase for phrase in others if phrase.first > max(above.finite, above.tokens[0])]
        return others[0] if len(others) == 1 else None


@lru_cache(maxsize=1)  # the draft coder, the gate of a model and the desk ask for one text after another
def parse_text(reference: Reference, text: str, language: str, published: str) -> Sequence[Parse]:
    """Return the sentences of a text, with the names and dates in them; none in a language without tables."""
    if language not in reference.languages:
        return []  # a model may read it, no rule does
    words = read_lexicon(reference, language)
    names = find_names(reference, text, language, published)
    spans = split_sentences(text, find_stops(reference, language))
    begins = {dateline.start: dateline.end for dateline in find_datelines(reference, text, spans, words)}
    parses, k, begin = [], 0, 0
    for (start, end), kind in zip(spans, find_kinds(reference, text, spans, words), strict=True):
        begin = max(begin, begins.get(start, start))
        start, end = trim_ticker(text, min(begin, end), end)
        inside: tuple[list[Name], list[Name]] = [], []  # in a dateline, and behind it
        while k < len(names) and names[k].start < end:
            inside[names[k].start >= start].append(names[k])
            k += 1
        parse = Parse(reference, words, text, start, end, inside[True])
        parse.dateline, parse.kind = inside[False], kind
        parses.append(parse)
    dates = find_dates(reference, text, language, published, parses, birthdays(reference))
    starts, ends = [date_phrase.start for date_phrase in dates], [date_phrase.end for date_phrase in dates]
    for parse in parses:
        parse.dates = dates[bisect_right(ends, parse.start) : bisect_left(starts, parse.end)]
    return parses
