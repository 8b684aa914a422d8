"""English clauses to noun phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lagebild.coder.lang.en.openings import ADJECTIVE_ENDINGS
from lagebild.coder.lang.en.parts import GENITIVES, is_adverb
from lagebild.coder.lang.en.reading import AUXILIARY, Reading
from lagebild.coder.syntax import Clause, Phrase, stands_for_others
from lagebild.coder.tokens import Token

CITY = 3  # words of the name of a city
HELD = ("force", "object")  # kinds of heads that are somebody's
OWNING = ("office", "body")  # kinds of heads that own what follows: the mayor of Rome's car
HANGING = {"of": (), "from": ("office", "body", "force"), "in": ("office", "body")}  # police in Kuala Lumpur


def find_phrases(read: Reading, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    tokens = read.tokens
    finder = _Finder(read, tokens, clause, skip)
    finder.run()
    for phrase in finder.found:
        phrase.pronoun = phrase.pronoun or stands_for_others(tokens, phrase)
        held = phrase.kind in HELD and not (phrase.owners or phrase.actors or phrase.pronoun)
        if held and tokens[phrase.first].has("possessive"):
            phrase.pronoun = "own"  # violated its airspace, killed its soldiers
    _hang(finder.found)
    return finder.found


def _hang(found: Sequence[Phrase]) -> None:
    """Hang phrases with of on the noun before them; with from and in only on an office."""
    for before, phrase in pairwise(found):
        near = phrase.first - 1 <= before.last + 1 and before.head is not None and not before.names
        if near and (phrase.prep == "of" or before.kind in HANGING.get(phrase.prep, ())):
            before.owners.append(phrase)


@dataclass(slots=True)
class _Finder:
    """Gathers the noun phrases of a clause."""

    read: Reading
    tokens: Sequence[Token]
    clause: Clause
    skip: frozenset[int]
    found: list[Phrase] = field(default_factory=list)
    current: Phrase | None = None
    prep: str = ""
    join: bool = False

    def run(self) -> None:
        """Read the clause."""
        inside = self.clause.tokens
        reduced = self.clause.kind == "rel" and bool(inside) and not self.clause.after
        if reduced and self.read.forms[inside[0]] in ("ing", "part"):
            self.found.append(Phrase(inside[0] - 1, inside[0] - 1, pronoun="rel"))  # weapons supplied by
        for position, i in enumerate(inside):
            if position and inside[position - 1] < i - 1:
                self.join = self.tokens[i - 1].text == "," and self._enumerated(i)
                self.current = None
                self.prep = self._same_place(i)
            if i in self.skip:
                self.current, self.prep = None, ""
            elif self.tokens[i].names:
                self._name(i)
            elif self.tokens[i].low in GENITIVES and self.current is not None:
                self._own(i, self.current)
            elif not self._function(i, position):
                self._word(i)

    def _start(self, i: int) -> Phrase:
        current = Phrase(i, i, self.prep)
        if self.found and self.join and not self.prep:
            root = self.found[-1].root or self.found[-1]
            root.joined.append(current)
            current.root, current.number = root, "joined"
            current.prep = self.found[-1].prep
        self.found.append(current)
        self.prep, self.join, self.current = "", False, current
        return current

    def _here(self, i: int) -> Phrase:
        """Return the phrase that goes on here, or a new one."""
        phrase = self.current or self._start(i)
        phrase.last = i
        return phrase

    def _same_place(self, i: int) -> str:
        """Return the preposition that a state behind the comma after its city shares: in Hilla, Iraq."""
        last = self.found[-1] if self.found else None
        near = last is not None and last.last == i - 2 and self.tokens[i - 1].text == "," and not self.join
        if last is None or not near or not last.prep or not self.tokens[i].names:
            return ""
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else "."
        city = not self.tokens[last.last].text.islower() and last.last - last.first < CITY
        return last.prep if city and not after[0].isalnum() and after not in GENITIVES else ""

    def _enumerated(self, i: int) -> bool:
        """Whether a comma parts names of a list: Sweden, Denmark and Germany."""
        if not self.found or self.found[-1].last != i - 2 or not (self.found[-1].names or self.found[-1].adjectives):
            return False
        if self.found[-1].first == 0 and self.tokens[-1].text[-1].isalnum():
            return bool(self.tokens[i].names)  # India, Mauritius Upgrade Ties
        for k in range(i, min(i + 12, len(self.tokens))):
            token = self.tokens[k]
            if token.has("coordinator"):
                begins = all(p.prep for p in self.found) and self.read.find_finite(k + 1) > 0
                return not begins and any(t.names for t in self.tokens[i:k])  # in Paris, Macron and Merz met
            if self.read.forms[k] or token.has("preposition", "modal", "relative"):
                return False
        return False

    def _own(self, i: int, current: Phrase) -> None:
        """Let a possessor colour the noun that follows."""
        owning, before = current.names or current.adjectives, self.found[-2] if len(self.found) > 1 else current
        if before.kind in OWNING and current.prep == "of" and current.first == before.last + 2:
            self.found.pop()  # the government of Iraq's offer
            self.current = current = before
        current.adjectives, current.names = owning, []
        current.head, current.kind, current.last = None, "", i

    def _name(self, i: int) -> None:
        token = self.tokens[i]
        name = token.names[0]
        if (
            token.tail.low
            and not self.read.words.has(token.tail.low, "holding")
            and not token.tail.head
            and token.text.rsplit("-", 1)[-1][:1].islower()
        ):
            self._here(i)  # Iran-backed militias
            return
        if self.current is not None and self.current.names and self.current.names[-1].kind == "body":
            self.current.last = i  # Foreign Secretary Hague
            return
        head = self.current.head if self.current is not None else None
        kin = head is not None and name.type != "person" and head.has("kin")
        if kin and self.current is not None and not self.current.names:
            self.current.kind, self.current.adjectives = "", []  # its ally India, the Lebanese group Hezbollah
        word = head is not None and head.text[0].islower() and not head.word.head and not self._colours(head)
        plain = word and not kin
        if self.current is None or self.current.names or (plain and name.kind not in ("adjective", "inhabitant")):
            former = self.current is not None and self.current.former and self.current.kind == "office"
            self._start(i).former = former  # after Pakistani mediation | Trump announced; former US President | Obama
        current = self._here(i)
        if name.kind == "adjective" or token.tail.low:
            current.adjectives += token.names
            if token.tail.low:
                current.head, current.kind = token, token.tail.head
        elif name.kind == "unsure" and current.kind != "office":
            current.head = current.head or token
        else:
            current.names += token.names

    def _colours(self, head: Token) -> bool:
        """Whether what seems a noun is an adjective before a name: in war-torn Sudan."""
        current = self.current
        alone = current is not None and not current.adjectives and (current.prep or current.first == current.last)
        return bool(alone) and not head.word.nouns and ("-" in head.text or head.low.endswith(ADJECTIVE_ENDINGS))

    def _function(self, i: int, position: int) -> bool:
        """Deal with words that bound phrases; return whether the word is one."""
        token = self.tokens[i]
        low, classes = token.low, token.word.classes
        form = self.read.forms[i]
        if not classes and not form and token.text[0].isalpha():
            return is_adverb(token)
        if "coordinator" in classes:
            self._coordinate(i)
        elif form == "attr" and self.current is not None:
            self.current.last = i
        elif form or token.has("have", "be", "been", "modal") or low in AUXILIARY:
            self.current, self.prep, self.join = None, "", False
        elif low == "than" and i + 1 < len(self.tokens) and self.tokens[i + 1].text[0].isdigit():
            self.current = None  # more than 200 Nigerians
        elif "preposition" in classes or low == "to":
            self.prep, self.current = "" if self._particle(i) else low, None
        elif "relative" in classes and self.clause.kind == "rel" and self.read.tags[i] == "O":
            if self.found:
                self.found = [Phrase(self.found[0].first, i, pronoun="rel")]  # most of whom
            else:
                self._start(i).pronoun = "rel"
            self.current, self.prep = None, ""
        elif token.has("pronoun", "person", "him") and self.read.tags[i] != "A":
            self._start(i).pronoun = "he" if "pronoun" in classes else "him" if "him" in classes else "other"
            self.current = None
        elif ("determiner" in classes and self.read.tags[i] != "A") or token.text[0].isdigit():
            if self.current is None or self.current.names or self.current.head is not None:
                self._start(i)
            self._here(i)
        elif not token.text[0].isalpha() or (is_adverb(token) and self.current is None) or "subordinator" in classes:
            if token.text not in ("$", "%", "€", "£"):
                self.current = None
        else:
            return is_adverb(token) or "negator" in classes
        return True

    def _particle(self, i: int) -> bool:
        """Whether a preposition belongs to the verb before it and opens no phrase: called in the envoy."""
        low = self.tokens[i].low
        if not i or not self.read.forms[i - 1]:
            return False
        frames = [
            frame
            for analysis in self.tokens[i - 1].word.verbs
            for frame in self.read.words.frames.get(analysis.lemma, ())
            if frame.particles == (low,)
        ]
        return bool(frames) and not any(low in (*frame.target, *frame.source) for frame in frames)

    def _coordinate(self, i: int) -> None:
        current = self.current
        self.join = bool(self.found) and self.found[-1].last == i - 1
        following = self.tokens[i + 1].names if i + 1 < len(self.tokens) else ()
        if (
            current is not None
            and current.adjectives
            and current.head is None
            and not current.names
            and (following and following[0].kind == "adjective")
        ):
            self.join = False  # Russian and Chinese warships
        else:
            self.current = None

    def _serves(self, phrase: Phrase) -> bool:
        """Whether the last name in a phrase is the organisation to which somebody is sent."""
        return [*phrase.adjectives, *phrase.names][-1].type == "organisation"

    def _word(self, i: int) -> None:
        """Add a common word to the phrase, as its head if it can be one."""
        token = self.tokens[i]
        current = self._here(i)
        if "former" in token.word.classes:
            current.former = True
            return
        own = self.tokens[current.first].has("possessive")
        plain = bool(current.names) and current.head is None and (not current.adjectives or self._serves(current))
        if plain and token.word.head not in ("", "none") and token.text[0].islower():
            current.adjectives += current.names  # Ukraine forces, Iran's UN envoy
            current.names = []
            if own and self._serves(current):
                current.adjectives, current.pronoun = [], "own"  # his UN mission
        if (token.word.head or current.head is None or not current.kind) and not (current.names and current.kind):
            current.head, current.kind = token, token.word.head
