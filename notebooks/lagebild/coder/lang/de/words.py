"""The function words of German as speech asks for them: classes of the table `grammar` together."""

from __future__ import annotations

from functools import cached_property

from lagebild.coder.lang.de.phrases import RELATIVE_CASE
from lagebild.coder.lang.de.verbs import KONJ_FORM, find_mood
from lagebild.coder.speech import Words

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
    def verb_last(self) -> frozenset[str]:
        """What opens a clause whose verb comes last."""
        return self.subordinator | self.relative | {"dass", "ob"}

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

    def _mood(self, word: str) -> str:
        """Return subj1 or subj2 of a word that can be a Konjunktiv."""
        if word[0].isupper() or word in self.determiner | self.no_verb:
            return ""
        known = self.lexicon.word(word)
        if known.verbs or known.classes:
            return find_mood(known)
        return "subj1" if KONJ_FORM.fullmatch(word) else ""
