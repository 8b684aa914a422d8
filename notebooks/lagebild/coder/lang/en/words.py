"""The function words of English as speech asks for them: classes of the table `grammar` together."""

from __future__ import annotations

from functools import cached_property

from lagebild.coder.lang.en.reading import AUXILIARY
from lagebild.coder.speech import Words

PARTICLES = frozenset(("out", "up", "down", "back"))
SEVERAL = frozenset(("all", "many", "several"))  # may be a subject alone: many said


class English(Words):
    """The function words of English as speech asks for them: classes of the table `grammar` together."""

    @cached_property
    def auxiliary(self) -> frozenset[str]:
        """The forms of to be."""
        return self.all("be", "been")

    @cached_property
    def modal(self) -> frozenset[str]:
        """What stands before an infinitive."""
        return self.all("modal", "infinitive", "negator") | AUXILIARY | {"let"}

    @cached_property
    def determiner(self) -> frozenset[str]:
        """What opens a noun phrase, and is none."""
        return self.all("determiner") - self.all("number", "both") - SEVERAL

    @cached_property
    def adposition(self) -> frozenset[str]:
        """Prepositions, and what else belongs to a verb before it."""
        return self.all("preposition") | PARTICLES

    @cached_property
    def no_subject(self) -> frozenset[str]:
        """What stands before a word that is no finite verb."""
        return self.modal | self.determiner | (self.adposition - {"as"})

    @cached_property
    def relative(self) -> frozenset[str]:
        """What opens a relative clause."""
        return self.all("relative")

    @cached_property
    def subordinator(self) -> frozenset[str]:
        """What opens a clause that hangs on another."""
        known = self.all("subordinator", "relative", "whether", "if") - self.all("modal")
        return frozenset(word for word in known if not self.lexicon.word(word).verbs)

    @cached_property
    def aside(self) -> frozenset[str]:
        """What opens a clause that is no message."""
        return self.subordinator - self.all("complementizer", "whether", "if", "question") - {"where", "so"}

    @cached_property
    def end(self) -> frozenset[str]:
        """What ends the noun phrase behind a verb of saying."""
        return self.subordinator | {"told", "adding", "following", "during"}

    @cached_property
    def other(self) -> frozenset[str]:
        """Adverbs that stand between a subject and its verb."""
        return self.all("adverb") - self.all("determiner") - {"first"}

    @cached_property
    def lead(self) -> frozenset[str]:
        """What can stand before the subject of a clause."""
        opens = self.all("subordinator", "if") - self.all("complementizer", "question", "modal")
        return self.all("coordinator", "preposition") | self.other | opens | {"last"}

    @cached_property
    def question(self) -> frozenset[str]:
        """What opens a clause that is what somebody asks or knows."""
        return self.all("question", "whether") | {"if"}

    @cached_property
    def pronoun(self) -> frozenset[str]:
        """Pronouns that are a subject."""
        return self.all("pronoun", "person") - {"me", "us"}
