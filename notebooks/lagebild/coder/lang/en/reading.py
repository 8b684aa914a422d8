"""An English sentence while it is read, and what stands around a word of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import BREAK, Token

CLOSED = ("preposition", "determiner", "coordinator", "pronoun", "person", "subordinator", "relative")
OPENERS = ("coordinator", "relative", "if", "whether", "subordinator")  # words at which a stretch ends
AUXILIARY = frozenset(("do", "does", "did"))
BARE = frozenset(("be", "being", "been", "having"))  # auxiliaries that are no finite verb
FINITE = ("pres", "past")
ADJECTIVE_ENDINGS = ("al", "ed", "ive", "ous", "new", "ful", "ic")


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between the parts of a verb group."""
    return (token.low.endswith("ly") and not token.names and not token.word.verbs) or token.has(
        "adverb", "negator", "hearsay", "maybe"
    )


def is_inhabitants(token: Token) -> bool:
    """Whether a name is that of people, in the plural: Russians, Houthis."""
    return any(name.kind == "inhabitant" for name in token.names) or token.has("people")


@dataclass(slots=True)
class Reading:
    """The decisions on the words of a sentence, made from left to right.

    `forms` are inf, pres, past, part, ing or attr (a participle before its noun), empty where a word is no verb;
    `finite` says which are finite verbs or auxiliaries. `seen` is the finite verb of the stretch read so far (since the
    last mark or conjunction), -1 if there is none.
    """

    tokens: Sequence[Token]
    words: Lexicon
    forms: list[str] = field(default_factory=list)
    finite: list[bool] = field(default_factory=list)
    seen: int = -1

    def at(self, i: int) -> Token | None:
        """Return the word at a place; None outside the sentence."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def before(self, i: int) -> int:
        """Return the place of the word before, over adverbs; -1 if there is none."""
        k = i - 1
        while k >= 0 and is_adverb(self.tokens[k]):
            k -= 1
        return k

    def after(self, i: int) -> int:
        """Return the place of the word after, over adverbs."""
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        return k

    @property
    def closed(self) -> bool:
        """Whether the stretch has its finite verb, and no other can follow: after said, another clause can."""
        return self.seen >= 0 and not self.tokens[self.seen].has("says")

    def is_noun_like(self, i: int) -> bool:
        """Whether a noun phrase may go on with the word: an adjective, a noun, a name that colours one."""
        token = self.at(i)
        if token is None or not token.text[0].isalpha() or is_adverb(token):
            return False
        return not token.has(*CLOSED, "be", "have", "modal")

    def starts_object(self, i: int) -> bool:
        """Whether a noun phrase begins here, as after a verb that takes an object."""
        token = self.at(i)
        if token is None:
            return False
        return bool(token.names) or token.text.isdigit() or token.has("determiner", "pronoun", "person")

    def is_lone(self, i: int) -> bool:
        """Whether no other word of the sentence can be its finite verb."""
        return not any(
            k != i and not t.names and (t.has("have", "be", "modal") or any(one.form == "past" for one in t.word.verbs))
            for k, t in enumerate(self.tokens)
        )

    def is_nominal(self, k: int) -> bool:
        """Whether the word at `k` opens a noun phrase that has no noun yet."""
        before = self.tokens[k]
        if before.names:
            return before.names[0].kind == "adjective" and not is_inhabitants(before)
        return before.has("determiner") or before.low in ("'s", "’s", "'", "’")

    def is_finite_later(self, i: int) -> bool:
        """Whether the stretch goes on to an auxiliary or a past tense that no noun phrase of its own precedes."""
        free = False
        for k in range(i + 1, len(self.tokens)):
            token = self.tokens[k]
            if token.text in BREAK or token.has("coordinator", "relative", "if", "whether", "subordinator"):
                return False
            if token.has("be", "have", "modal") and token.low not in BARE and token.text[0].islower():
                return not free
            if token.has("preposition") or token.low == "to":
                free = False
                continue
            forms = set() if token.names or self.is_nominal(k - 1) else {one.form for one in token.word.verbs}
            if "past" in forms and "inf" not in forms and k > i + 1:
                return not free
            if k == i + 1 and not is_adverb(token):
                free = True
        return False

    def is_common(self, k: int) -> bool:
        """Whether a word can only be a common noun."""
        token = self.tokens[k]
        if not token.text[0].islower() or self.forms[k] or token.has(*CLOSED) or is_adverb(token):
            return False
        return not token.low.endswith(ADJECTIVE_ENDINGS) and token.word.head != "office"

    def is_adjective_like(self, k: int) -> bool:
        """Whether a word may be an adjective, or a mark stands there."""
        token = self.tokens[k]
        return token.text in BREAK or (
            not token.word.head and not token.names and not self.forms[k] and token.low.endswith(ADJECTIVE_ENDINGS)
        )

    def find_finite(self, i: int) -> int:
        """Return the next finite verb before a mark or a conjunction that opens a clause."""
        for k in range(i, len(self.tokens)):
            token = self.tokens[k]
            if (
                token.text in BREAK
                or token.has("if", "whether", "relative")
                or (k > i and token.has("subordinator") and not token.has("preposition"))
            ):
                return -1
            if self.finite[k]:
                return k
        return -1

    def find_past_commas(self, i: int) -> int:
        """Return the next finite verb of a clause whose subject is followed by words between commas."""
        found = self.find_finite(i)
        if found >= 0:
            return found
        end = next((k for k in range(i, len(self.tokens)) if self.tokens[k].text == ","), -1)
        close = next((k for k in range(end + 1, len(self.tokens)) if self.tokens[k].text == ","), -1)
        return close + 1 if 0 <= end < close and close + 1 < len(self.tokens) and self.finite[close + 1] else -1

    def has_helper(self, i: int) -> bool:
        """Whether a verb has an auxiliary before it, or is joined to one that has."""
        k = i - 1
        while k >= 0 and is_adverb(self.tokens[k]):
            k -= 1
        if k < 0:
            return False
        if self.tokens[k].has("be", "have") or self.tokens[k].low in ("been", "being", "got"):
            return True
        return self.tokens[k].has("coordinator") and self.forms[i] == "part"
