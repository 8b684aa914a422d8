"""English clauses to noun phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lagebild.coder.lang.en.clauses import ADJECTIVE_ENDINGS
from lagebild.coder.lang.en.tagger import GENITIVES, is_adverb
from lagebild.coder.lang.en.verbs import AUXILIARY, TaggedSentence
from lagebild.coder.model import Clause, Name, Phrase, Token
from lagebild.coder.syntax import stands_for_others

CITY = 3  # words of the name of a city
HELD = ("force", "object")  # kinds of heads that are somebody's
OWNING = ("office", "body")  # kinds of heads that own what follows: the mayor of Rome's car
HANGING = {"of": (), "from": ("office", "body", "force"), "in": ("office", "body")}  # police in Kuala Lumpur


def find_phrases(read: TaggedSentence, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    tokens = read.tokens
    finder = _EnglishFinder(read, tokens, clause, skip)
    finder.run()
    for phrase in finder.found:
        phrase.pronoun = phrase.pronoun or stands_for_others(tokens, phrase)
        held = phrase.kind in HELD and not (phrase.owners or phrase.actors or phrase.pronoun)
        if held and tokens[phrase.first].has("possessive"):
            phrase.pronoun = "own"  # violated its airspace, killed its soldiers
    for before, phrase in pairwise(finder.found):
        near = phrase.first - 1 <= before.last + 1 and before.head is not None and not before.names
        if near and (phrase.prep == "of" or before.kind in HANGING.get(phrase.prep, ())):
            before.owners.append(phrase)  # with of on a noun, with from and in only on an office
    return finder.found


def _add_name(phrase: Phrase, token: Token) -> None:
    """Add a name to a phrase: as its adjective, its head or its name."""
    name = token.names[0]
    if name.kind == "adjective" or token.tail.low:
        phrase.adjectives += token.names
        if token.tail.low:
            phrase.head, phrase.kind = token, token.tail.head
    elif name.kind == "unsure":
        phrase.head = phrase.head or token
    else:
        phrase.names += token.names


@dataclass(slots=True)
class _EnglishFinder:
    """Gathers the noun phrases of a clause."""

    read: TaggedSentence
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
        reduced = self.clause.kind == "rel" and bool(inside)
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
            elif not self._function(i):
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
        phrase = self.current or self._start(i)
        phrase.last = i
        return phrase

    def _same_place(self, i: int) -> str:  # in Hilla, Iraq
        last = self.found[-1] if self.found else None
        if last is None or self.join or not self.tokens[i].names:
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
                begins = all(phrase.prep for phrase in self.found) and self.read.find_finite(k + 1) > 0
                return not begins and any(t.names for t in self.tokens[i:k])  # in Paris, Macron and Merz met
            if self.read.forms[k] or token.has("preposition", "modal", "relative"):
                return False
        return False

    def _own(self, i: int, current: Phrase) -> None:
        """Let a possessor colour the noun that follows."""
        owning, before = current.names or current.adjectives, self.found[-2] if len(self.found) > 1 else current
        if before.kind in OWNING and current.prep == "of":
            self.found.pop()  # the government of Iraq's offer
            self.current = current = before
        current.adjectives, current.names = owning, []
        current.head, current.kind, current.last = None, "", i

    def _name(self, i: int) -> None:
        """Read a name: in an adjective, in apposition, behind a noun, or as a phrase of its own."""
        token, current = self.tokens[i], self.current
        name = token.names[0]
        if self._is_compound(token):
            self._here(i)  # Iran-backed militias
            return
        if current is not None and current.names and current.names[-1].kind == "body":
            current.last = i  # Foreign Secretary Hague
            return
        head = current.head if current is not None and not current.names else None
        if current is not None and head is not None and head.has("kin"):
            current.kind, current.adjectives = "", []  # its ally India, the Lebanese group Hezbollah
        elif current is not None and self._begins_anew(current, name):
            former = current.former and current.kind == "office"
            self._start(i).former = former  # after Pakistani mediation | Trump announced; former US President | Obama
        _add_name(self._here(i), token)

    def _is_compound(self, token: Token) -> bool:  # Iran-backed
        known = not token.tail.low or self.read.words.has(token.tail.low, "holding")
        return not known and token.text.rsplit("-", 1)[-1][:1].islower()

    def _begins_anew(self, current: Phrase, name: Name) -> bool:
        """Whether a name begins a phrase of its own behind another one, which has a name or a common noun."""
        head = current.head
        if current.names or head is None:
            return bool(current.names)
        alone = current.prep or current.first == current.last  # in war-torn Sudan
        colours = not head.word.nouns and ("-" in head.text or head.low.endswith(ADJECTIVE_ENDINGS))
        word = head.text[0].islower() and not head.word.head and not (alone and colours)
        return word and name.kind not in ("adjective", "inhabitant")

    def _function(self, i: int) -> bool:
        """Deal with words that bound phrases; return whether the word is one."""
        token = self.tokens[i]
        if "coordinator" in token.word.classes:
            self._coordinate(i)
            return True
        return self._verb(i) or self._preposition(i) or self._pronoun(i) or self._article(i) or self._bound(i)

    def _verb(self, i: int) -> bool:
        """Read a verb, which ends a phrase unless it is a participle before its noun; return whether it is one."""
        token, form = self.tokens[i], self.read.forms[i]
        if form == "attr" and self.current is not None:
            self.current.last = i
        elif form or token.has("have", "be", "been", "modal") or token.low in AUXILIARY:
            self.current, self.prep, self.join = None, "", False
        else:
            return False
        return True

    def _preposition(self, i: int) -> bool:
        low = self.tokens[i].low
        if low == "than" and i + 1 < len(self.tokens) and self.tokens[i + 1].text[0].isdigit():
            self.current = None  # more than 200 Nigerians
        elif "preposition" in self.tokens[i].word.classes or low == "to":
            self.prep, self.current = low, None
            if i and self.read.forms[i - 1]:  # a particle of the verb before it opens no phrase: called in the envoy
                verbs = (analysis.lemma for analysis in self.tokens[i - 1].word.verbs)
                frames = [frame for lemma in verbs for frame in self.read.words.frames.get(lemma, ())]
                frames = [frame for frame in frames if frame.particles == (low,)]
                if frames and not any(low in (*frame.target, *frame.source) for frame in frames):
                    self.prep = ""
        else:
            return False
        return True

    def _pronoun(self, i: int) -> bool:
        classes, tag = self.tokens[i].word.classes, self.read.tags[i]
        if "relative" in classes and self.clause.kind == "rel" and tag == "O":
            if self.found:
                self.found = [Phrase(self.found[0].first, i, pronoun="rel")]  # most of whom
            else:
                self._start(i).pronoun = "rel"
            self.prep = ""
        elif self.tokens[i].has("pronoun", "person", "him") and tag != "A":
            self._start(i).pronoun = "he" if "pronoun" in classes else "him" if "him" in classes else "other"
        else:
            return False
        self.current = None
        return True

    def _article(self, i: int) -> bool:
        """Read an article or a number, which begins a phrase unless one has no noun yet; return whether it is one."""
        token, current = self.tokens[i], self.current
        if not (("determiner" in token.word.classes and self.read.tags[i] != "A") or token.text[0].isdigit()):
            return False
        if current is None or current.names or current.head is not None:
            self._start(i)
        self._here(i)
        return True

    def _bound(self, i: int) -> bool:
        """Read a mark or a conjunction, which ends a phrase, or an adverb within; return whether the word is one."""
        token = self.tokens[i]
        adverb = is_adverb(token)
        if not token.text[0].isalpha() or (adverb and self.current is None) or "subordinator" in token.word.classes:
            if token.text not in ("$", "%", "€", "£"):
                self.current = None
            return True
        return adverb or "negator" in token.word.classes

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
