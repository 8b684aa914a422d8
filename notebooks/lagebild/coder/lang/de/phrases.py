"""German clauses to noun phrases: their case, what hangs on what, and what a relative clause says more of.

Case comes from articles and endings; genitives and origins hang on the noun before them; gender and number of a
relative pronoun and of an article say which phrase it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lagebild.coder.lang.de.verbs import before_noun, governs, is_apposed, limits
from lagebild.coder.model import Clause, Phrase, Token
from lagebild.coder.syntax import OBJECT, stands_for_others

FEMININE = re.compile(
    r"(?:ung|schaft|ion|[hk]eit|tät|ei|[rt]in|enz|ianz|tur|(?<!e)ik|ie|age|ade|armee|marine|waffe|truppe|miliz|behörde|"
    r"spitze|union|liga|gruppe|duma|garde|front|presse|stadt|macht|kraft|zeit|seite|welt|kirche|schule|straße|nacht|"
    r"woche|frau|grenze|küste|insel|bank|börse|firma|rede|rakete|drohne|wahl|justiz|zone|linie|hilfe|krise|klage|reise|"
    r"stelle|mutter|tochter|schwester|provinz|kammer)$"
)
# Plurals, with der no nominative: Stellungen der Kurden; what ends so in the singular is no plural.
PLURAL = re.compile(r"(?<!haf|art|wag|bod|süd|ost|ord|est|ied|reg|had|lad|ück|ill|eid)en$")
# Bodies that are those of the state in which they are: die Regierung in Polen; not so an embassy or an army.
AT_HOME = re.compile(r"(?:regierung|führung|regime|parlament|behörden?|polizei|justiz|kabinett|junta|anwaltschaft)$")
PLURALS = re.compile(r"(?:en|[^e]er|[^s]e|s|eln)$")  # how nouns end that may be plurals
# The case that a relative pronoun shows; die, das, was show none.
RELATIVE_CASE = {"der": "nom", "den": "acc", "dem": "dat", "denen": "dat", "dessen": "gen", "deren": "gen"}
GENITIVE = ("aller", "beider", "mehrerer", "zweier", "seiner", "ihrer", "unserer")
GROUPS = ("organisation", "group")
NEUTER = ("dieses", "jenes")  # a genitive before a noun in -s, else what a subject or an object may begin with


def attach(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> None:
    """Hang genitives on the phrase before them, and phrases that say whose it is, or where it comes from."""
    for before, phrase in pairwise(phrases):
        if phrase.prep:
            if phrase.first == before.last + 2 and phrase.root is None and _is_owner(tokens, phrases, before, phrase):
                before.owners.append(phrase)
        elif not phrase.pronoun and phrase.number != "joined":
            if phrase.case == "nom" and phrase.number == "der" and _is_oblique(tokens, phrase):
                phrase.case = "dat"
            if phrase.first == before.last + 1 and _is_genitive(tokens, before, phrase):
                phrase.case = "gen"
                before.owners.append(phrase)


def _is_owner(tokens: Sequence[Token], phrases: Sequence[Phrase], before: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase with a preposition right behind a noun without name says whose that is."""
    if before.head is None or before.names:
        return False
    if phrase.prep == "aus":  # Truppen aus Vietnam
        return not any(before in one.owners and _is_leaving(one) for one in phrases)
    office = before.kind in ("office", "body")
    if phrase.prep == "von":  # der König von Marokko, Stellungen von Boko Haram
        return office or _is_fighting(before, phrase)
    seat = any(name.kind == "seat" for name in phrase.names)
    return phrase.prep == "in" and office and (seat or AT_HOME.search(before.head.low) is not None)


def _is_oblique(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether der shows no nominative: before a feminine noun or a plural, as in der saudischen Streitkräfte."""
    noun = phrase.head.low if phrase.head is not None else ""
    after = tokens[phrase.first + 1] if phrase.last > phrase.first else None
    bent = after is not None and after.text.islower() and after.low.endswith("en") and not after.word.classes
    return bool(bent or FEMININE.search(noun) or PLURAL.search(noun))


def _is_genitive(tokens: Sequence[Token], before: Phrase, phrase: Phrase) -> bool:
    article, noun = phrase.number, phrase.head.low if phrase.head is not None else ""
    if phrase.case == "gen" or (article in NEUTER and noun.endswith("s")):
        return True
    if before.head is None or before.names:
        return False
    if article == "der" and (phrase.case in ("dat", "amb") or (before.head.word.nouns and noun.endswith("e"))):
        return True  # der Proteste
    return (article in GENITIVE and noun != "") or _is_strong(tokens, phrase)


def _is_fighting(before: Phrase, phrase: Phrase) -> bool:
    return before.kind in ("force", "member", "object") and any(name.type in GROUPS for name in phrase.names)


def _is_leaving(phrase: Phrase) -> bool:  # der Abzug der Truppen aus Mali
    acts = phrase.head.word.nouns if phrase.head is not None else ()
    return any(frame.event_type == "RETREAT" and "aus" in frame.target for frame in acts)


def _is_strong(tokens: Sequence[Token], phrase: Phrase) -> bool:  # der Abzug russischer Truppen
    first, head = tokens[phrase.first], phrase.head
    adjective = first.text.islower() and first.low.endswith("er") and not (first.word.classes or first.word.verbs)
    return adjective and not phrase.case and head is not None and bool(PLURALS.search(head.low))


def colours_next(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun follows that a genitive may belong to, with or without an adjective: Irans neue Regierung."""
    after, second = (*tokens[i + 1 : i + 3], None, None)[:2]
    if after is None:
        return False
    if after.names:
        return after.names[0].kind == "adjective"
    if not after.text[0].isalpha():
        return False
    plain = not (after.word.verbs or after.word.classes)
    return after.text[0].isupper() or (plain and second is not None and second.text[0].isupper())


# --- What a relative clause says more of ---

FAR = 3  # phrases before a relative clause among which it has its own
EVERY = "mfnp"  # masculine, feminine, neuter, plural
RELATIVES = {"die": "fp", "das": "n", "dem": "mn", "den": "m", "denen": "p", "dessen": "mn", "deren": "fp"}
ARTICLES = {"die": "fp", "das": "n", "eine": "f", "einer": "f", "dem": "mn", "des": "mn", "den": "mp", "ein": "mn"}
ENDINGS = (("em", "mn"), ("es", "mn"), ("en", "mp"), ("er", "mfp"), ("e", "fp"))


def find_agreeing(tokens: Sequence[Token], clause: Clause) -> int:
    """Return the last token of what a relative clause says more of: of the last phrase before it that agrees."""
    before = [p for p in clause.parent.phrases if p.last <= clause.antecedent] if clause.parent is not None else []
    place = next((i for i in clause.tokens[:2] if tokens[i].has("relative")), -1)
    if place < 0:
        return clause.antecedent
    led, low = place != clause.tokens[0], tokens[place].low  # by a preposition
    own = ("f" if led else "mf") if low == "der" else RELATIVES.get(low, EVERY)
    for phrase in islice(reversed(before), FAR):
        if phrase.root is not None and "p" in own:
            return phrase.root.last  # Polen und Litauen, die …
        if not set(own).isdisjoint(_read_genders(tokens, phrase)):
            return phrase.last
    return clause.antecedent


def is_plural(tokens: Sequence[Token], clause: Clause) -> bool | None:
    """Return whether what a relative clause says more of is plural; None if that is not known."""
    phrases = clause.parent.phrases if clause.parent is not None else ()
    phrase = next((p for p in phrases if p.last == clause.antecedent), None)
    genders = "p" if phrase is not None and phrase.joined else _read_genders(tokens, phrase) if phrase else EVERY
    return None if "p" in genders and len(genders) > 1 else genders == "p"


def _read_genders(tokens: Sequence[Token], phrase: Phrase) -> str:
    article, first = phrase.number, tokens[phrase.first]
    if phrase.pronoun or article == "joined":
        return EVERY
    if article in ARTICLES:
        return ARTICLES[article]
    counted = first.word.classes.get("number", "1") != "1"
    if counted or not article:
        return "p" if counted else _read_bare(phrase)
    return next((genders for ending, genders in ENDINGS if article.endswith(ending)), EVERY)


def _read_bare(phrase: Phrase) -> str:
    """Return the genders of a phrase without an article: states are neuter."""
    state = bool(phrase.names) and phrase.head is None and all(name.type == "state" for name in phrase.names)
    return "n" if state and phrase.names[0].kind in ("name", "seat", "place") else EVERY


def find_phrases(tokens: Sequence[Token], clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    finder = _GermanFinder(tokens, clause, skip)
    finder.run()
    for phrase in finder.found:
        phrase.inner |= phrase.first > 1 and is_apposed(tokens, phrase.first - 2)
        phrase.pronoun = phrase.pronoun or stands_for_others(tokens, phrase)
    attach(tokens, finder.found)
    return finder.found


@dataclass(slots=True)
class _GermanFinder:
    """Gathers the noun phrases of a clause: `current` is the one that may go on, `prep` waits for the next one."""

    tokens: Sequence[Token]
    clause: Clause
    skip: frozenset[int]
    found: list[Phrase] = field(default_factory=list)
    current: Phrase | None = None
    opened: Phrase | None = None  # an article whose noun comes after more than adjectives: der in Rom verhaftete Mann
    prep: str = ""
    join: bool = False  # a conjunction or a comma joins the next phrase to the last

    def run(self) -> None:
        """Read the clause."""
        inside = self.clause.tokens
        low = [self.tokens[i].low for i in inside[:3]] if self.clause.kind == "sub" else []
        opener = self.clause.opener  # als ob, so dass only open it; wer is its subject
        opening = low.index(opener) + (opener != "wer") if opener in low else 0
        for position, i in enumerate(inside):
            token = self.tokens[i]
            if position and inside[position - 1] < i - 1 and self.tokens[i - 1].text == ",":
                self.join, self.current = bool(self.found) and self.found[-1].last == i - 2, None
            if i in self.skip:
                self.opened, self.current, self.prep = self._alone() or self.opened, None, ""
            elif position < opening:
                continue
            elif token.names:
                self.current = self._name(i)
                self.prep = ""
            else:
                upper = self._is_upper(i)
                if not self._function(i, position, upper):
                    self._word(i, position, upper)

    def _alone(self) -> Phrase | None:
        """Return the phrase that may go on if it has no noun yet, but an article."""
        phrase = self.current
        return phrase if phrase is not None and phrase.number and phrase.head is None and not phrase.own else None

    def _reopen(self) -> None:
        """Go on with the phrase whose article stands apart from its noun."""
        if self.opened is not None:
            place = self.found.index(self.opened)
            for inner in self.found[place + 1 :]:
                inner.inner = True
                inner.case = inner.case if inner.case in OBJECT else "gen"  # no subject of the clause
            self.found.append(self.found.pop(place))
            self.current, self.opened, self.prep = self.opened, None, ""

    def _start(self, i: int, case: str = "") -> Phrase:
        current = Phrase(i, i, self.prep, case)
        if self.found and self.join and (not self.prep or self.prep == self.found[-1].prep):
            root = self.found[-1].root or self.found[-1]
            root.joined.append(current)
            current.root, current.number = root, "joined"
            current.prep = self.prep or self.found[-1].prep
        self.found.append(current)
        self.prep, self.join, self.current = "", False, current
        return current

    def _after(self, i: int) -> Token | None:
        return self.tokens[i + 1] if i + 1 < len(self.tokens) else None

    def _is_upper(self, i: int) -> bool:  # with a capital, unless it opens the sentence as something else
        word = self.tokens[i].word
        noun = i or word.nouns or word.head or "crowd" in word.classes
        return self.tokens[i].text[0].isupper() and bool(noun or not (word.classes or word.verbs))

    def _function(self, i: int, position: int, upper: bool) -> bool:
        """Deal with words that bound phrases; return whether the word is one."""
        if self._coordinates(i, upper):
            self._coordinate(i)
            return True
        if self._preposition(i, position, upper) or self._relative_pronoun(i, position):
            return True
        return self._article(i) or self._pronoun(i) or (not upper and self._verb(i))

    def _coordinates(self, i: int, upper: bool) -> bool:  # und, als auch, weder … noch
        low, classes, after = self.tokens[i].low, self.tokens[i].word.classes, self._after(i)
        if low == "als" and after is not None and after.low == "auch":
            return True
        neither = low == "noch" and any(self.tokens[k].low == "weder" for k in self.clause.tokens if k < i)
        return neither or ("coordinator" in classes and not upper)

    def _coordinate(self, i: int) -> None:
        current = self.current
        # forget the phrase that is denied: nicht Polen, sondern Ungarn
        last = self.found[-1] if self.found and self.tokens[i].low == "sondern" else Phrase(0, 0)
        places = range(max(last.first - 2, 0), last.first if last.last == i - 2 else 0)
        if any(limits(self.tokens, k) and not self.tokens[k + 1].has("limiting") for k in places):
            self.found.pop()
        near = i - 2 if self.join and self.tokens[i - 1].text == "," else i - 1  # …, sondern auch X
        self.join = bool(self.found) and self.found[-1].last == near
        waits = current is not None and current.adjectives and not (current.head or current.names)
        self.current = current if waits else None

    def _preposition(self, i: int, position: int, upper: bool) -> bool:
        token, classes = self.tokens[i], self.tokens[i].word.classes
        if not ("preposition" in classes or "fused" in classes) or (upper and position):
            return False
        after = self._after(i)
        if not (token.low == "zu" and after is not None and not after.text[0].isupper() and after.word.verbs):
            spot = token.low == "von" and self.tokens[i - 1].has("place")
            self.prep = classes.get("fused") or self.tokens[i - spot].low  # südlich von Beirut: a place
        self.opened = self._alone() or self.opened
        self.current = None
        return True

    def _relative_pronoun(self, i: int, position: int) -> bool:
        low, classes = self.tokens[i].low, self.tokens[i].word.classes
        leads = "relative" in classes and self.clause.kind == "rel" and position <= 1 and not self.found
        if not leads:
            return False
        self._start(i, RELATIVE_CASE.get(low, "")).pronoun = "rel"
        self.current = None
        return True

    def _article(self, i: int) -> bool:
        classes = self.tokens[i].word.classes
        if "determiner" not in classes:
            return False
        alone = self._alone()
        if alone is not None and alone.first == i - 1 and "this" not in classes:
            alone.last = i  # eine weitere, die beiden
        else:
            self.opened = alone or self.opened  # die den Hafen schützende Mauer
            self._start(i, classes["determiner"]).number = self.tokens[i].low
        return True

    def _pronoun(self, i: int) -> bool:
        classes = self.tokens[i].word.classes
        if not ("pronoun" in classes or "person" in classes or "him" in classes):
            return False
        if self.tokens[i].low != "sich":
            phrase = self._start(i)
            phrase.pronoun = "he" if "pronoun" in classes else "him" if "him" in classes else "other"
            phrase.case = "acc" if {"him", "oblique"} & {*classes} else "nom" if "nominative" in classes else ""
        self.current = None
        return True

    def _verb(self, i: int) -> bool:
        """Read a verb, which ends a phrase unless it is a participle before its noun; return whether it ended one."""
        token = self.tokens[i]
        if not (token.word.verbs or token.word.helps) or (i and governs(self.tokens[i - 1])):
            return False
        if "attr" in token.word.forms and before_noun(self.tokens, i, self.clause.tokens):
            self._reopen()
        else:
            self.current, self.opened, self.prep, self.join = None, None, "", False
        return True

    def _word(self, i: int, position: int, upper: bool) -> None:
        token, current = self.tokens[i], self.current
        if upper or token.text[0].isdigit():
            self._noun(i, upper)
            return
        former = "former" in token.word.classes
        if former and current is not None:
            current.former = True
        open_noun = current is not None and not current.head and not current.names
        if current is not None and open_noun and token.low.isalpha() and "negator" not in token.word.classes:
            current.last = i  # an adjective
        elif (after := self._after(i)) is not None and after.text[0].isupper():
            self._adjective(i, position, former)
        else:
            self.current = None

    def _noun(self, i: int, upper: bool) -> None:
        """Read a noun or a number, which is part of the phrase so far unless that has a name or ends in a noun."""
        token, current = self.tokens[i], self.current
        other = current is not None and current.kind in ("body", "force") and token.has("crowd")
        phrase = current if current is not None and not (upper and (current.names or other)) else self._start(i)
        free = phrase.head is None or not (phrase.kind or phrase.head.has("crowd")) or token.word.head
        if upper and free:
            phrase.head, phrase.kind = token, token.word.head
        phrase.last = i

    def _adjective(self, i: int, position: int, former: bool) -> None:
        """Read an adjective before a noun that goes on with what an article opened, or begins a phrase."""
        low, word = self.tokens[i].low, self.tokens[i].word
        inflected = low.isalpha() and low[-1:] in "enrsm" and not word.classes
        if inflected and self.opened is not None:
            self._reopen()
        elif former or (inflected and self.current is None and position):
            self._start(i).former = former
        else:
            self.current = None

    def _name(self, i: int) -> Phrase:
        """Read a name: as adjective, as owner of what follows, in apposition, or as a phrase of its own."""
        token, current = self.tokens[i], self.current
        name = token.names[0]
        if token.tail.low or name.kind == "adjective":
            return self._modifier(i)
        if name.genitive and (owner := self._owner(i)) is not None:
            return owner
        if name.kind == "unsure" and not (current is not None and current.kind == "office"):
            current = current or self._start(i)
            current.head = current.head or token
        elif current is not None and current.names and current.names[-1].kind == "body" and current.last == i - 1:
            pass  # Bundesaußenminister Maas
        else:
            current = self._proper_name(i)
        current.last = i
        return current

    def _modifier(self, i: int) -> Phrase:
        """Read a name in an adjective, or in a compound with a noun: iranisch, US-Präsident."""
        token, current = self.tokens[i], self.current
        if current is None or current.names or (current.head is not None and not current.adjectives):
            current = self._start(i)
        if not token.loose:
            current.adjectives += token.names
        if token.tail.low:
            current.head, current.kind = token, token.tail.head
        current.last = i
        return current

    def _proper_name(self, i: int) -> Phrase:
        token, current = self.tokens[i], self.current
        own = current is not None and stands_for_others(self.tokens, current) == "own"
        if current is None or current.names or own:  # sein Land Russland … überlassen: two phrases
            current = self._start(i)
        elif current.head is None:
            if current.number == "der":  # der Iran is nominative, der Ukraine is not
                current.case = "nom" if token.has("masculine") else "dat"
        elif current.head.has("kin"):
            current.kind, current.adjectives = "", []  # sein Partner Indien, die libanesische Gruppe Hisbollah
        current.names += token.names
        return current

    def _owner(self, i: int) -> Phrase | None:
        """Read a name in the genitive: it belongs to the noun after it, or to the one before it; None if to neither."""
        token, last = self.tokens[i], self.found[-1] if self.found else None
        touching = last is not None and last.last == i - 1
        if colours_next(self.tokens, i):
            head = last.head if last is not None and touching else None
            if head is None or not _takes_genitive(head):  # mit 13 Stimmen Irans Angriffe: it belongs to what follows
                phrase = self._start(i)
                phrase.adjectives += token.names
                return phrase
        if last is None:
            return None
        joined = last.case == "gen" and self.tokens[i - 1].has("coordinator")
        if joined or (touching and last.head is not None and not last.names):
            owner = self._start(i, "gen")
            owner.names += token.names
            return owner
        return None


def _takes_genitive(noun: Token) -> bool:
    """Whether a genitive behind a noun may belong to it: a noun of an act, or one that carries a name."""
    return bool(noun.word.head or noun.word.nouns or noun.tail.head or noun.tail.nouns)
