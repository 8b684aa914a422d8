"""How a sentence puts an act: as fact, as a report, as a thought, as denied or open; who says so, and for which day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from lagebild.coder.context import Sentence
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.syntax import Clause, Phrase, Predicate

DAY = re.compile(r"\d{4}-\d\d-\d\d")
COUNTED = {"after": -1, "nachdem": -1, "before": 1, "bevor": 1}  # a day after he came: he came a day before


class AssessedSentence(Sentence):
    """A sentence that knows the status, the speaker and the day of the acts in it."""

    def _status(self, clause: Clause, predicate: Predicate) -> tuple[str, str, str]:
        """Return status, speaker and cue: open, negated, hypothetical, reported, asserted; the first that applies."""
        marks = set(predicate.marks)
        if any(self.tokens[i].has("none") and i > predicate.token for i in clause.tokens):
            marks.add("negator")  # gave Iran no help
        effects: list[str] = []
        place: Clause | None = clause
        said = self._said(self.tokens[predicate.token].start)
        speaker, cue = said if said else ("", "")
        deny = ""
        whether = conditional = False
        while place is not None:
            opener = self.words.word(place.opener).classes if place.opener else {}
            whether = whether or "whether" in opener
            if place.opener == "sollte" or ("if" in opener and place.kind == "sub"):
                conditional = True
            if place.kind == "rel":
                break
            complement = place.kind in ("inf", "ing") or place.opener in ("dass", "that", "")
            if "without" in opener and place.kind in ("inf", "ing"):
                effects.append("negated")
            parent = place.parent
            if (
                parent is not None
                and place.kind in ("sub", "rel")
                and any(self.tokens[i].has("unclear") for i in parent.tokens)
            ):
                whether = True
            if parent is not None and complement:
                effect = self._operator(parent)
                if effect:
                    effects.append(effect)
                    if effect == "negated" and not speaker:
                        deny = self._subject_text(parent)
                parent_marks = {m for p in self.predicates[id(parent)] for m in p.marks}
                if effect == "transparent" or (effect and parent_marks & {"negator"}):
                    marks |= parent_marks & {"negator", "modal", "future", "subj2"}
            if place.opener not in ("dass", "that", "") and place.kind == "sub" and not conditional:
                break
            place = parent
        if self.question and not speaker:
            return "open", speaker, "?"
        if whether:
            return "open", speaker, cue or self.words.language.whether
        if "negator" in marks and self._no_more(clause):
            return ("reported", speaker, cue) if said else ("asserted", "", "")
        if "negator" in marks or "negated" in effects:
            return "negated", speaker or deny, cue
        thought = bool(conditional or marks & {"modal", "hypothetical", "future", "maybe"} or "hypothetical" in effects)
        if thought or ("subj2" in marks and not (said and "perfect" in marks)):  # hätten geliefert, sagte er: reported
            return "hypothetical", speaker, cue
        if ("want" in marks or "shall" in marks) and "perfect" not in marks:
            return "hypothetical", speaker, cue
        if "want" in marks:
            return "reported", speaker or self._subject_text(clause), cue
        claimed = clause.parent is not None and clause.kind == "sub" and clause.opener in ("dass", "that")
        if (
            claimed
            and clause.parent is not None
            and any(frame.startswith(("de-", "en-")) for frame in self.fired.get(id(clause.parent), ()))
        ):
            return "reported", speaker, cue or clause.opener  # rejected the charge that it backs the rebels
        if said or marks & {"subj1", "shall", "hearsay"}:
            return "reported", speaker, cue
        return "asserted", "", ""

    def _no_more(self, clause: Clause) -> bool:
        """Whether something has been stopped: liefert keine Waffen mehr (conventions, 21)."""
        lows = [self.tokens[i].low for i in clause.tokens]
        return "mehr" in lows and any(low.startswith("kein") for low in lows)

    def _noun_status(self, clause: Clause, phrase: Phrase, i: int) -> tuple[str, str, str]:
        said = self._said(self.tokens[i].start)
        speaker, cue = said if said else ("", "")
        near = [self.tokens[k] for k in range(max(0, phrase.first - 1), i)]
        if any(token.has("negator") for token in near):
            return "negated", speaker, cue
        if not self.fired.get(id(clause)):
            marks = {m for p in self.predicates[id(clause)] for m in p.marks} | self.grammar.read_marks(clause)
            opener = self.words.word(clause.opener).classes if clause.opener else {}
            if self.question or "whether" in opener:
                return "open", speaker, clause.opener or "?"
            known = any(self.tokens[k].has("known") for k in clause.tokens)
            if any(self.tokens[k].has("unclear") for k in clause.tokens) or (known and "negator" in marks):
                return "open", speaker, cue
            if "negator" in marks:
                return "negated", speaker, cue
            planned = any(self.words.operators.get(p.lemma) == "hypothetical" for p in self.predicates[id(clause)])
            if planned or "if" in opener or marks & {"hypothetical", "future", "subj2", "maybe", "modal"}:
                return "hypothetical", speaker, cue
            if marks & {"subj1", "hearsay"}:
                return "reported", speaker, cue
        if any(token.has("hearsay") for token in near):
            return "reported", speaker, cue
        ends = any(p.lemma in self.words.endings for p in self.predicates[id(clause)])
        if ends and clause.kind in ("inf", "ing") and self.tokens[phrase.first].has("this"):
            return "asserted", "", ""  # to end the attacks: that there are attacks is taken for granted
        return ("reported", speaker, cue) if said else ("asserted", "", "")

    def _said(self, place: int) -> tuple[str, str] | None:
        """Return who says what stands at `place`, and the cue."""
        for one in self.attributions:
            if (
                one.content
                and one.content[0] <= place < one.content[1]
                and not (one.cue and one.cue[0] <= place < one.cue[1])
            ):
                who = one.antecedent or one.source
                speaker = self.text[slice(*who)] if who else ""
                cue = self.text[slice(*one.cue)] if one.cue else ""
                return speaker or cue, cue
        return None

    def _day(self, clause: Clause, trigger: int) -> DatePhrase | None:
        inside = [d for d in self.dates if self._in_clause(d, clause)]
        if not inside and clause.after and clause.tokens and clause.finite < clause.tokens[0]:
            before = self.clauses[self.clauses.index(clause) - 1]
            inside = [d for d in self.dates if self._in_clause(d, before)]
        stated = next((d for d in inside if d.edtf and not self._planned(d)), None)
        return stated or self._counted(clause)

    def _counted(self, clause: Clause) -> DatePhrase | None:
        """Return a day that is counted from that of another clause: on Monday, a day after he flew to Baku."""
        opener = clause.opener if clause.kind == "sub" else ""
        if opener not in COUNTED or not clause.tokens:
            return None
        place = next(i for i in range(clause.tokens[0], -1, -1) if self.tokens[i].low == opener)
        if place < 2:
            return None
        number, unit = self.tokens[place - 2], self.tokens[place - 1]
        days = number.word.classes.get("number", "")
        if not days or unit.low not in ("day", "days", "tag", "tage"):
            return None
        for other in self.clauses:
            stated = next(
                (d for d in self.dates if other is not clause and self._in_clause(d, other) and DAY.fullmatch(d.edtf)),
                None,
            )
            if stated:
                day = date.fromisoformat(stated.edtf) + timedelta(int(days) * COUNTED[opener])
                return replace(stated, edtf=day.isoformat(), basis="relative", rule=f"{stated.rule}:counted")
        return None

    def _planned(self, date: DatePhrase) -> bool:
        """Whether the day is that of something planned for it: der für Oktober geplante Besuch."""
        before = self.text[max(0, date.start - 8) : date.start].lower().split()
        return date.text.lower().startswith(("vom ", "of ")) or (
            bool(before) and before[-1] in ("für", "for", "vom", "of")
        )

    def _in_clause(self, date: DatePhrase, clause: Clause) -> bool:
        return any(
            date.start <= self.tokens[i].start < date.end or (self.tokens[i].start <= date.start < self.tokens[i].end)
            for i in clause.tokens
        )

    def _day_near(self, clause: Clause, last: int, verb_fired: bool) -> DatePhrase | None:
        if not verb_fired:
            return self._day(clause, last)
        end = self.tokens[last].end
        return next((d for d in self.dates if d.edtf and 0 <= d.start - end <= 1), None)
