"""The grammar of an English sentence: its verbs are decided once, with their helpers, and all else rests on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lagebild.coder.lang.en.clauses import split_clauses
from lagebild.coder.lang.en.phrases import find_phrases
from lagebild.coder.lang.en.tagger import FINITE, is_adverb, skip_adverbs
from lagebild.coder.lang.en.verbs import AUXILIARY, TaggedSentence, read
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.model import Analysis, Clause, Phrase, Predicate, Token
from lagebild.coder.syntax import find_bare
from lagebild.coder.tokens import BREAK

TRUTH = ("negator", "hearsay", "maybe", "modal")  # classes of words that say how true a verb is


def find_predicates(tagged: TaggedSentence, clause: Clause) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    predicates = []
    for i in clause.tokens:
        form = tagged.forms[i]
        analysis = _reading(tagged.tokens[i], form) if form else None
        if analysis is None or (tagged.tags[i] == "H" and _helps(tagged, i)):
            continue
        marks, passive = read_group(tagged, clause, i, form)
        voice = "passive" if passive else "attr" if form == "attr" else "active"
        if form == "part" and not marks & {"perfect", "be", "been"}:
            voice = "passive"  # weapons supplied by Russia
        if form == "past" and tagged.is_headline and _lacks_helper(tagged, i, analysis.lemma):
            voice = "passive"  # Two Killed in Israeli Strike
        predicates.append(Predicate(analysis.lemma, i, voice, clause, frozenset(marks), form=form))
    return predicates or [*_copula(tagged, clause)]


def _copula(tagged: TaggedSentence, clause: Clause) -> Iterator[Predicate]:
    """Yield the form of to be that is the only verb of a clause; a headline leaves it out: Modi in Tokyo for talks."""
    place = clause.finite if clause.finite >= 0 else clause.tokens[0] if clause.tokens else -1
    bare = clause.finite < 0 and clause.kind == "main" and tagged.is_headline
    if place >= 0 and (bare or tagged.tokens[place].has("be")):
        form = next((tense for tense in ("past", "pres") if tense in tagged.tokens[place].word.forms), "pres")
        marks, _ = read_group(tagged, clause, place, form)
        yield Predicate("be", place, "active", clause, frozenset(marks), form=form)


def _lacks_helper(r: TaggedSentence, i: int, lemma: str) -> bool:
    """Whether the past tense of a headline is a participle: no object follows, nor a preposition of the verb's own."""
    frames, after = r.words.frames.get(lemma, ()), r.tokens[i + 1].low if i + 1 < len(r.tokens) else ""
    own = any(frame.particles[:1] == (after,) or (after == "with" and after in frame.target) for frame in frames)
    takes = any(frame.target[:1] == ("obj",) for frame in frames if not frame.particles) and not own
    return takes and "part" in r.tokens[i].word.forms and (not after or (i > 0 and r.tags[i + 1] in "PTBO"))


def _helps(r: TaggedSentence, i: int) -> bool:  # has called the talks useful; not has talks
    k = skip_adverbs(r.tokens, i + 1)
    return k < len(r.tokens) and (r.forms[k] == "part" or r.tokens[k].low == "been")


def _reading(token: Token, form: str) -> Analysis | None:
    analyses = {analysis.form: analysis for analysis in token.word.verbs}
    wanted = ("part", "past") if form == "attr" else (form, "part", "pres")
    return next((analyses[kind] for kind in wanted if kind in analyses), None)


def read_group(tagged: TaggedSentence, clause: Clause, i: int, form: str) -> tuple[set[str], bool]:
    """Return the marks of a verb group and whether it is passive."""
    marks: set[str] = set()
    k, shared = i - 1, False
    while k >= 0:
        mark = _find_mark(tagged, k, i, form)
        if mark is None:
            k = -1 if shared else _find_shared_group(tagged, clause, k, i, form)
            shared = True
        elif mark:
            marks.add(mark)
        k -= 1
    passive = form == "part" and not marks.isdisjoint(("be", "been"))
    if any(tagged.tokens[k].low == "neither" for k in clause.tokens if k < i):
        marks.add("negator")  # neither Norway nor Iceland paid
    if "be" in marks and form == "inf":
        marks.add("modal")  # is to meet, were to close
    if form == "inf" and i == clause.finite and tagged.tags[i - 1] == "T":
        marks.add("future")  # Chad to Send Troops
    return marks, passive


def _find_mark(tagged: TaggedSentence, k: int, i: int, form: str) -> str | None:
    """Return what a word says of the verb at `i` that stands behind it; None if it does not belong to it."""
    token, classes = tagged.tokens[k], tagged.tokens[k].word.classes
    if known := next((kind for kind in TRUTH if kind in classes), ""):
        return known
    if token.has("be") or token.low == "been":
        return "been" if token.low == "been" else "be"
    if token.has("have") and not (form == "part" and tagged.tokens[k + 1].has("determiner")):
        return "perfect"
    if token.low == "yet" and k + 1 < i and tagged.tokens[k + 1].low == "to":
        return "negator"
    return "" if token.low in AUXILIARY or token.low == "to" or is_adverb(token) else None


def _find_shared_group(r: TaggedSentence, clause: Clause, k: int, i: int, form: str) -> int:
    """Return the place of the word at which a group goes on further up that is cut at `k`; -1 if nowhere."""
    if r.is_question(clause) or (clause.after and 0 <= clause.finite < k < clause.tokens[0]):
        return clause.finite + 1
    joined = r.tokens[k].has("coordinator") and form in ("inf", "part") and k + 1 in clause.tokens
    # the verb of the same form before the conjunction, else the conjunction: will send police and hold talks
    return next((j for j in reversed(clause.tokens) if j < k and r.forms[j] == form), k) if joined else -1


APPOSED = {",": (",",), "(": (")",), "–": ("–",), "—": ("—",)}  # marks around an apposition


class EnglishGrammar:
    """What English makes of the tokens of one sentence; see `lagebild.coder.lexicon.Grammar`."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.reading = read(tokens, words)

    def split_clauses(self) -> list[Clause]:
        """Return the clauses in the order in which they begin."""
        return split_clauses(self.reading)

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return the noun phrases of a clause from left to right."""
        return find_phrases(self.reading, clause, skip)

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verbs of a clause that a table knows."""
        return find_predicates(self.reading, clause)

    def find_subject(self, clause: Clause, object_at: Callable[[Phrase], bool]) -> Phrase | None:
        """Return the last phrase without preposition before the verb, or the one that an apposition describes."""
        if clause.kind in ("inf", "ing"):
            return self._find_for(clause)
        verb = clause.finite if clause.finite >= 0 else (clause.tokens[0] if clause.tokens else 0)
        bare = find_bare(clause)
        before = [phrase for phrase in bare if phrase.last < verb]
        if not before:
            inverted = self._precedes_subject(clause, verb)
            return next((phrase for phrase in bare if inverted and phrase.first == verb + 1), None)
        if len(before) > 1 and self._is_excluded(before[-1]):
            before.pop()
        while len(before) > 1 and self._is_apposition(before[-1], before[-2]):
            later = before.pop()
            if later.actors and not before[-1].actors:
                return later  # the president, Vladimir Putin, said
        return before[-1]

    def _find_for(self, clause: Clause) -> Phrase | None:  # a treaty for both states to work together
        if clause.kind != "inf" or clause.parent is None or not clause.tokens:
            return None
        return next((p for p in clause.parent.phrases if p.prep == "for" and p.last == clause.tokens[0] - 2), None)

    def _precedes_subject(self, clause: Clause, verb: int) -> bool:  # in a question, or …, said X
        if self.reading.tags[verb] == "X" or self.reading.is_question(clause):
            return True
        token = self.tokens[verb]
        return verb > 0 and self.tokens[verb - 1].text in BREAK and token.has("says") and not token.has("told")

    def _is_apposition(self, phrase: Phrase, before: Phrase) -> bool:
        """Whether a phrase between marks says more of the one before it: Iran, a former ally, said."""
        opens, closes = self.tokens[phrase.first - 1].text, [t.text for t in self.tokens[phrase.last + 1 :]]
        return opens in APPOSED and any(mark in closes[:6] for mark in APPOSED[opens]) and not before.joined

    def _is_excluded(self, phrase: Phrase) -> bool:  # Chad, not Sudan, left
        before = self.tokens[max(phrase.first - 2, 0) : phrase.first]
        return len(before) == 2 and before[1].has("negator") and before[0].text == ","

    def read_marks(self, clause: Clause) -> set[str]:
        """Return what the helpers at the end of a clause say of its truth."""
        return read_group(self.reading, clause, clause.tokens[-1] + 1, "")[0]

    def verb_form(self, i: int) -> str:
        """Return the form in which a word is a verb here: many English nouns are verbs too."""
        return self.reading.forms[i]

    def find_mood(self, i: int) -> str:
        """Return that a finite verb is in the indicative: English has no other mood for what others say."""
        return "ind" if self.reading.tags[i] in FINITE else ""

    def is_adverb(self, i: int) -> bool:
        """Whether a word may stand between a verb and its particle."""
        return is_adverb(self.tokens[i])
