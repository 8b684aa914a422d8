"""The function words of German as speech asks for them: classes of the table `grammar` together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from lagebild.coder.lang.de.phrases import RELATIVE_CASE
from lagebild.coder.lang.de.verbs import AUXILIARIES, find_mood, is_finite
from lagebild.coder.speech import Words
from lagebild.coder.syntax import Token

KONJ_FORM = re.compile(
    r"(?:be|er|ver|ent|zer|über|unter|wider)[a-zäöüß]{2,}(?<!t)(?<!nd)(?<!en)(?<!er)(?<!weis)e|[a-zäöüß]+iere"
)
PAST = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten)")
CONTRASTS = frozenset(("aber", "doch", "denn", "sondern"))  # conjunctions that join clauses alone
CUE = {"wonach"}  # opens a clause that is what somebody says, and says so itself


class German(Words):
    """The function words of German as speech asks for them: classes of the table `grammar` together."""

    @cached_property
    def determiner(self) -> frozenset[str]:
        """What opens a noun phrase."""
        return self.all("determiner") | {word for word, case in RELATIVE_CASE.items() if case == "gen"}

    @cached_property
    def second(self) -> frozenset[str]:
        """What can stand behind an article and before adjectives: die beiden, alle ihre."""
        return self.all("number", "both", "possessive")

    @cached_property
    def object(self) -> frozenset[str]:
        """Articles in a case that no subject has."""
        return self.all("determiner", value="acc") | self.all("determiner", value="dat")

    @cached_property
    def genitive(self) -> frozenset[str]:
        """Articles that may be a genitive."""
        return frozenset(word for word in self.all("determiner") if word.endswith(("er", "es")))

    @cached_property
    def pronoun(self) -> frozenset[str]:
        """What stands for a noun phrase."""
        return self.all("pronoun", "nominative")

    @cached_property
    def subject(self) -> frozenset[str]:
        """Pronouns that are nothing but a subject: er, ich, man."""
        return self.all("nominative") & self.all("pronoun", "person")

    @cached_property
    def adposition(self) -> frozenset[str]:
        """Prepositions, with and without an article."""
        return self.all("preposition", "fused")

    @cached_property
    def inside(self) -> frozenset[str]:
        """Prepositions by which a phrase goes on."""
        return self.all("inside")

    @cached_property
    def link(self) -> frozenset[str]:
        """What joins noun phrases."""
        return self.all("coordinator") - CONTRASTS | {"noch"}

    @cached_property
    def complementizer(self) -> frozenset[str]:
        """What opens a clause that is what somebody says or asks."""
        return self.all("complementizer", "whether", "question")

    @cached_property
    def subordinator(self) -> frozenset[str]:
        """What opens a clause that says when, why or on what condition."""
        known = self.all("subordinator", "if", "without") | {"um"}
        return known - self.complementizer - self.relative - self.modal - CUE

    @cached_property
    def relative(self) -> frozenset[str]:
        """What opens a relative clause: der, wobei."""
        return self.all("relative") | {word for word in self.all("subordinator") if word.startswith("wo")} - CUE

    @cached_property
    def particle(self) -> frozenset[str]:
        """What may be a part of a verb at the end of its clause."""
        return self.all("prefix") - {"gegenüber"}  # sagte er dem Sender gegenüber

    @cached_property
    def fillers(self) -> frozenset[str]:
        """What can follow the first phrase of a clause and is no part of a phrase."""
        adverbs = self.all("adverb", "neutral", "negator", "hearsay", "maybe", "person", "him", "oblique")
        found = adverbs | self.all("subordinator", "if") | self.complementizer | CONTRASTS
        return found - self.determiner - self.pronoun

    @cached_property
    def no_noun(self) -> frozenset[str]:
        """What is no noun though it is written with a capital letter."""
        return self.determiner | self.adposition | self.pronoun | self.fillers | self.link

    @cached_property
    def no_verb(self) -> frozenset[str]:
        """What is no verb, and no part of a noun phrase, though it may end like one."""
        return self.adposition | self.fillers

    @cached_property
    def no_subject(self) -> frozenset[str]:
        """What opens a phrase that is no subject."""
        return self.adposition | self.object

    def find_moods(self, tokens: Sequence[Token], part: range) -> Iterator[str]:
        """Yield of each token of a part its mood as a finite verb; that of an unknown word is told by its ending."""
        for i in part:
            token = tokens[i]
            unknown = not token.word.verbs and not token.word.classes and not token.names
            if is_finite(tokens, i, part):
                mood = find_mood(token.word)
                attributive = mood == "subj1" and not token.has(*AUXILIARIES) and self._colours(tokens, i, part)
                yield "" if attributive else mood or "ind"
            elif unknown and KONJ_FORM.fullmatch(token.text):
                yield "" if i + 1 in part and tokens[i + 1].text[0].isupper() else "subj1"
            else:
                yield "ind" if unknown and PAST.fullmatch(token.text) else ""

    def _colours(self, tokens: Sequence[Token], i: int, part: range) -> bool:
        """Whether a word in -e is an adjective before its noun: weite Teile, für weite Teile."""
        if i + 1 not in part or not tokens[i + 1].text[0].isupper():
            return False
        return i == part[0] or tokens[i - 1].low in self.determiner | self.adposition | self.link

    def _is_konj(self, word: str) -> bool:
        """Return whether a word can be a Konjunktiv I."""
        known = self.lexicon.word(word)
        if word[0].isupper() or word in self.determiner | self.no_verb:
            return False
        return find_mood(known) == "subj1" if known.verbs or known.classes else bool(KONJ_FORM.fullmatch(word))
