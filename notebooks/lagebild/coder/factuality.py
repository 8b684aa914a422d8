"""How a sentence puts an act: when, as fact, report, thought, denied or open, and who says so.

The day is that of the date in the clause of the act, or is counted from that of another clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.model import Clause, Frame, Phrase, Predicate
from lagebild.coder.sentence import NONE_FIRED, Fired, Sentence
from lagebild.coder.syntax import ancestors

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_day(sentence: Sentence, clause: Clause) -> DatePhrase | None:
    """Return the date of the act of a verb, or of a noun; None if the text gives none."""
    inside = [d for d in sentence.dates if _is_in(sentence, d, clause)]
    if not inside and clause.after and clause.tokens and clause.finite < clause.tokens[0]:
        before = sentence.clauses[sentence.clauses.index(clause) - 1]
        inside = [d for d in sentence.dates if _is_in(sentence, d, before)]
    return next((d for d in inside if d.edtf and not _is_planned(sentence, d)), None) or _count_day(sentence, clause)


def find_day_near(s: Sentence, clause: Clause, last: int, fired: Fired) -> DatePhrase | None:
    """Return the date of the act of a noun that ends at token `last`: one beside it if the verb describes one too."""
    if clause not in fired:
        return find_day(s, clause)
    end = s.tokens[last].end
    return next((d for d in s.dates if d.edtf and 0 <= d.start - end <= 1), None)


def _count_day(sentence: Sentence, clause: Clause) -> DatePhrase | None:
    """Return a day that is counted from that of another clause: on Monday, a day after he flew to Baku."""
    opener = clause.opener if clause.kind == "sub" else ""
    step = sentence.words.word(opener).classes.get("sequence", "")  # a day after he came: he came a day before
    if not step or not clause.tokens:
        return None
    first, last = clause.tokens[0], clause.tokens[-1]
    places = (*range(first, -1, -1), *range(first, last))  # bereits bevor: not the first word of its clause
    place = next((i for i in places if sentence.tokens[i].low == opener), 0)
    if place < 2:
        return None
    number, unit = sentence.tokens[place - 2], sentence.tokens[place - 1]
    days = number.word.classes.get("number", "")
    if not days or not unit.has("dayunit"):
        return None
    for other in sentence.clauses:
        others = (d for d in sentence.dates if other is not clause and _is_in(sentence, d, other))
        if date_phrase := next((d for d in others if DAY.fullmatch(d.edtf)), None):
            day = date.fromisoformat(date_phrase.edtf) + timedelta(int(days) * int(step))
            return replace(date_phrase, edtf=day.isoformat(), basis="relative", rule=f"{date_phrase.rule}:counted")
    return None


def _is_planned(s: Sentence, phrase: DatePhrase) -> bool:  # der für Oktober geplante Besuch
    before = s.text[max(0, phrase.start - 8) : phrase.start].lower().split()
    first, blank, _ = phrase.text.lower().partition(" ")
    led = bool(before) and before[-1] in s.words.listed("purpose")
    return led or (bool(blank) and (first in s.words.listed("purpose") or first in s.words.listed("dating")))


def _is_in(s: Sentence, phrase: DatePhrase, clause: Clause) -> bool:
    tokens = (s.tokens[i] for i in clause.tokens)
    return any(phrase.start <= token.start < phrase.end or token.start <= phrase.start < token.end for token in tokens)


THOUGHT = {"modal", "hypothetical", "future", "maybe"}
TRIED = ("ASSAULT", "COERCE", "CONSULT", "MOBILIZE", "PROTEST", "REQUEST", "THREATEN")  # acts that trying is, too
PASSED_ON = {"negator", "modal", "future", "subj2"}  # what the verb above says of the truth of what hangs on it


class Standing(NamedTuple):
    """The status of an act, who says so, and the words that decided it."""

    status: str
    speaker: str = ""
    cue: str = ""


def assess_clause(sentence: Sentence, clause: Clause) -> Standing:
    """Return how a sentence puts a clause: by its verb, known or not, and what stands above it."""
    if not clause.tokens:
        return Standing("asserted")
    if clause.finite >= 0 and not clause.predicates and sentence.grammar.find_mood(clause.finite) == "subj2":
        return Standing("hypothetical")  # täte Moskau nichts: what would be
    standings = [assess(sentence, clause, predicate) for predicate in clause.predicates]
    if standings:
        return max(standings, key=lambda standing: standing.status != "asserted")
    place = clause.finite if clause.finite >= 0 else min(clause.tokens)
    marks = frozenset(sentence.grammar.read_marks(clause))
    return assess(sentence, clause, Predicate("", place, "active", clause, marks))


def assess(
    sentence: Sentence, clause: Clause, predicate: Predicate, event_type: str = "", fired: Fired = NONE_FIRED
) -> Standing:
    """Return the standing of the act of a verb: open, negated, hypothetical, reported or asserted, the first to fit."""
    spoken = find_speaker(sentence, sentence.tokens[predicate.token].start)
    speaker, cue = spoken or ("", "")
    above = _Above(sentence, clause, predicate, spoken=bool(speaker))
    marks = above.marks
    if sentence.question and not speaker:
        return Standing("open", speaker, "?")
    if above.whether:
        return Standing("open", speaker, cue or sentence.words.language.whether)
    if "negator" in marks or "negated" in above.effects:
        return _deny(sentence, clause, above, spoken)
    if _is_thought(above, event_type, said=bool(spoken)):
        return Standing("hypothetical", speaker, cue)
    if "want" in marks:
        return Standing("reported", speaker or sentence.subject_of(clause), cue)
    if _is_claim(sentence, clause, fired):
        return Standing("reported", speaker, cue or clause.opener)  # rejected the charge that it backs the rebels
    if spoken or marks & {"subj1", "shall", "hearsay"}:
        return Standing("reported", speaker, cue)
    return Standing("asserted")


def _deny(s: Sentence, clause: Clause, above: _Above, said: tuple[str, str] | None) -> Standing:
    """Return the standing of what is negated: it did not happen, or it is no more, which is a fact."""
    speaker, cue = said or ("", "")
    if "negator" in above.marks and is_no_more(s, clause):
        return Standing("reported", speaker, cue) if said else Standing("asserted")
    return Standing("negated", speaker or above.denier, cue)


def _is_thought(above: _Above, event_type: str, *, said: bool) -> bool:
    """Whether an act is planned, possible or wanted, and no more than that."""
    marks, effects = above.marks, above.effects
    if above.conditional or marks & THOUGHT or "hypothetical" in effects:
        return True
    if "attempted" in effects and event_type not in TRIED:
        return True
    if "perfect" in marks:  # hätten geliefert, sagte er: reported
        return "subj2" in marks and not said
    return bool(marks & {"subj2", "want", "shall"})


class _Above:
    """What the clauses above an act say of its truth: from the clause of the act up to the one that hangs on no other.

    `marks` and `effects` are those of its verb and of the verbs above it; `denier` is who denies it, `whether` says
    that it is left open, `conditional` that it would happen if something else did.
    """

    def __init__(self, sentence: Sentence, clause: Clause, predicate: Predicate, *, spoken: bool) -> None:
        self.sentence, self.spoken = sentence, spoken
        self.marks = {*predicate.marks}
        self.effects: list[str] = []
        self.denier, self.whether, self.conditional = "", False, False
        if _is_negated_beside(sentence, clause, predicate):
            self.marks.add("negator")
        place: Clause | None = clause
        while place is not None:
            self._read_opener(place)
            place = self._climb(place)

    def _climb(self, place: Clause) -> Clause | None:
        """Read what stands above a clause; return the next one to read, None if no other says anything of it."""
        sentence, parent = self.sentence, place.parent
        if place.kind == "rel":
            return None
        intent = sentence.parse.find_intent(place)
        if intent is not None:  # the decision to leave, a plan to leave: whatever else is said of it
            self.effects.append(intent[0].word.classes["intent"])
            return None
        if sentence.is_beside(place):  # denied it, accusing X
            return next((outer for outer in ancestors(parent) if outer.kind != "inf"), None)
        content = not place.opener or "complementizer" in sentence.words.word(place.opener).classes
        if parent is not None and (content or place.kind in ("inf", "ing")):
            self._read_parent(parent)
        if not content and place.kind == "sub" and not self.conditional:
            return None
        return parent

    def _read_opener(self, place: Clause) -> None:
        """Add what the word that opens a clause says of it: whether, if, without; or that it is unclear."""
        words, tokens = self.sentence.words, self.sentence.tokens
        opener = words.word(place.opener).classes if place.opener else {}
        if "whether" in opener:
            self.whether = True
        if "if" in opener and place.kind == "sub":
            self.conditional = True
        if "without" in opener and place.kind in ("inf", "ing"):
            self.effects.append("negated")
        if (
            place.parent is not None
            and place.kind == "sub"
            and any(tokens[i].has("unclear") for i in place.parent.tokens)
        ):
            self.whether = True

    def _read_parent(self, parent: Clause) -> None:
        """Add what the verb of a clause says of the complement that hangs on it."""
        effect = self.sentence.operator(parent)
        marks: set[str] = set()
        for predicate in parent.predicates:
            marks |= predicate.marks
        if effect == "negated" and "negator" in marks:
            return  # did not deny that it had bombed X: nobody says that it did not
        if effect:
            self.effects.append(effect)
        if effect == "negated" and not self.spoken:
            self.denier = self.sentence.subject_of(parent)
        if effect == "attempted":
            self.marks |= marks & {*PASSED_ON, "want"}  # will versuchen
        elif effect == "transparent" or (effect and "negator" in marks):
            self.marks |= marks & PASSED_ON


def _is_negated_beside(sentence: Sentence, clause: Clause, predicate: Predicate) -> bool:
    """Whether a negation stands not at the verb, but at its subject or object: no soldier left, gave Iran no help."""
    if sentence.words.language.fixed_order and clause.subject is not None and clause.kind != "inf":
        before = sentence.tokens[max(0, clause.subject.first - 1) : clause.subject.first + 1]
        if any(token.has("negator") for token in before):
            return True
    return any(sentence.tokens[i].has("none") and i > predicate.token for i in clause.tokens)


def _is_claim(s: Sentence, clause: Clause, fired: Fired) -> bool:
    """Whether a clause says what an act before it is about."""
    above = clause.parent
    that = clause.kind == "sub" and s.words.has(clause.opener, "complementizer")
    return that and above is not None and above in fired


def is_no_more(s: Sentence, clause: Clause) -> bool:
    """Whether something has been stopped: liefert keine Waffen mehr, no longer wants to supply (conventions, 21)."""
    above = clause.parent.tokens if clause.kind == "inf" and clause.parent is not None else ()
    lows = {s.tokens[i].low for i in (*above, *clause.tokens)}
    return not lows.isdisjoint(s.words.listed("continuing")) and not lows.isdisjoint(s.words.listed("negative"))


def assess_noun(sentence: Sentence, clause: Clause, phrase: Phrase, i: int, fired: Fired = NONE_FIRED) -> Standing:
    """Return the standing of the act of a noun, at token `i` of a phrase."""
    spoken = find_speaker(sentence, sentence.tokens[i].start)
    speaker, cue = spoken or ("", "")
    near = sentence.tokens[max(0, phrase.first - 1) : i]
    if any(token.has("negator") for token in near):
        return Standing("negated", speaker, cue)
    standing = _assess_complement(sentence, clause, phrase, fired)
    if standing is None and clause not in fired:
        standing = _assess_surroundings(sentence, clause)
    if standing is not None and standing.status != "asserted":
        return standing._replace(speaker=speaker or standing.speaker, cue=cue or standing.cue)
    if any(token.has("hearsay") for token in near):
        return Standing("reported", speaker, cue)
    if spoken is None or _is_presupposed(sentence, clause, phrase):
        return Standing("asserted")
    return Standing("reported", speaker, cue)


def _is_presupposed(sentence: Sentence, clause: Clause, phrase: Phrase) -> bool:
    """Whether a clause takes an act for granted: to end the attacks."""
    ends = any(predicate.lemma in sentence.words.endings for predicate in clause.predicates)
    return ends and clause.kind in ("inf", "ing") and sentence.tokens[phrase.first].has("this")


UNREAL = ("REQUEST", "REJECT", "THREATEN")  # acts whose object is not there yet, or never comes


def _assess_complement(sentence: Sentence, clause: Clause, phrase: Phrase, fired: Fired) -> Standing | None:
    """Return what a verb says of the truth of a noun that it governs; None if it says nothing of it.

    What is prevented or denied did not happen; what is demanded, refused or threatened is a thought.
    """
    frames = fired.get(clause, ())
    if not _is_governed(sentence, clause, phrase, frames):
        return None
    for predicate in clause.predicates:
        if sentence.words.operators.get(predicate.lemma) == "negated":
            if "negator" in predicate.marks:
                return Standing("asserted")  # did not prevent the attack
            cues = sentence.parse.cues.verbs.get(predicate.lemma, ())
            denied = any(cue.effect == "deny" for cue in cues)
            return Standing("negated", sentence.subject_of(clause) if denied else "")
    unreal = any(frame.event_type in UNREAL for frame in frames)
    return Standing("hypothetical") if unreal else None


def _is_governed(sentence: Sentence, clause: Clause, phrase: Phrase, frames: Sequence[Frame]) -> bool:
    """Whether a phrase is what the verb of its clause is about: its object, in the passive its subject.

    Also behind a preposition (warned of an attack), but neither where and when something happened nor what hangs on
    another noun: demanded an end to the attacks.
    """
    if phrase is clause.subject:
        return any(predicate.voice == "passive" for predicate in clause.predicates)
    if any(phrase in other.owners for other in clause.phrases):
        return False
    if not phrase.prep:
        return phrase.case != "gen"
    words = sentence.words
    if phrase.prep in words.language.agents or words.has(phrase.prep, "topic", "location", "instrument"):
        return False
    before = next((p for p in clause.phrases if p.last == phrase.first - 2 and p.head is not None), None)
    return before is None or before is clause.subject or bool(before.actors) or _is_of_frame(sentence, before, frames)


def _is_of_frame(sentence: Sentence, phrase: Phrase, frames: Sequence[Frame]) -> bool:
    """Whether a phrase belongs to the words of a frame: cast a veto against sanctions."""
    text = sentence.parse.words_of(phrase)
    return any(f.event_type != "REQUEST" and f.object is not None and f.object.search(text) for f in frames)


def _assess_surroundings(sentence: Sentence, clause: Clause) -> Standing | None:
    """Return what a clause whose verb describes no act says of the nouns in it; None if it states them."""
    marks = _read_marks(sentence, clause)
    opener = sentence.words.word(clause.opener).classes if clause.opener else {}
    if sentence.question or "whether" in opener:
        return Standing("open", "", clause.opener or "?")
    if "negator" in marks:
        return Standing("negated")
    planned = any(sentence.words.operators.get(predicate.lemma) == "hypothetical" for predicate in clause.predicates)
    looming = clause.subject is not None and any(sentence.words.has(p.lemma, "looming") for p in clause.predicates)
    if planned or looming or "if" in opener or marks & {*THOUGHT, "subj2"}:
        return Standing("hypothetical")
    return Standing("reported") if marks & {"subj1", "hearsay"} else None


def _read_marks(s: Sentence, clause: Clause) -> set[str]:
    """Return what the verbs, helpers and adverbs of a clause say of its truth."""
    marks = {*s.grammar.read_marks(clause)}
    for predicate in clause.predicates:
        marks |= predicate.marks
    return marks


def find_speaker(sentence: Sentence, place: int) -> tuple[str, str] | None:
    """Return who says what stands at a place of the text, and the cue; None if nobody does."""
    for attribution in sentence.attributions:
        within = attribution.content[0] <= place < attribution.content[1]
        if within and not (attribution.cue and attribution.cue[0] <= place < attribution.cue[1]):
            who = attribution.antecedent or attribution.source
            cue = sentence.text[slice(*attribution.cue)] if attribution.cue else ""
            return (sentence.text[slice(*who)] if who else "") or cue, cue
    return None
