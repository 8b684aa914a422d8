"""English sentences: clauses, verb groups and noun phrases from word order and function words.

English marks hardly anything by its endings: `strikes` is a noun or a verb, `seized` a past tense or a participle. So
every sentence is read once from left to right, and each word decided by what stands before it, what follows, and
whether its clause has a finite verb already. Clauses and phrases are built on these decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lagebild.lexicon import Lexicon, Reading, lexicon
from lagebild.syntax import BREAK, Clause, Phrase, Predicate, Token

ADVERBS = frozenset(
    (
        *("also", "already", "again", "since", "now", "then", "still", "just", "yet", "even", "ever", "once", "later"),
        *("twice", "today", "not", "n't", "both", "first", "only", "meanwhile", "however", "instead", "thus"),
        *("reportedly", "together", "abroad", "overnight", "soon", "never"),
    )
)
CLOSED = ("preposition", "determiner", "coordinator", "pronoun", "person", "subordinator", "relative")
BARE_INFINITIVE = ("let", "help", "helped", "helping", "make", "made")
AUXILIARY = frozenset(("do", "does", "did"))
BARE = frozenset(("be", "being", "been", "having"))  # auxiliaries that are no finite verb
FINITE = ("pres", "past")
HANGING = {"of": (), "from": ("office", "body", "force"), "in": ("office", "body")}  # police in Kuala Lumpur
ADJECTIVE_ENDINGS = ("al", "ed", "ive", "ous", "new", "ful", "ic")


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between the parts of a verb group."""
    return (
        (token.low.endswith("ly") and not token.names and not token.word.verbs)
        or token.low in ADVERBS
        or (token.has("negator", "hearsay", "maybe"))
    )


# --- verb forms


def verb_form(tokens: Sequence[Token], i: int) -> str:
    """Return the form in which a word is a verb here.

    Parameters
    ----------
    tokens
        A whole sentence.
    i
        The place of the word.

    Returns
    -------
    str
        inf, pres, past, part, ing or attr (a participle before its noun); empty if the word is no verb.
    """
    return _read(tokens).forms[i]


def is_finite(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a finite verb or auxiliary."""
    return _read(tokens).finite[i]


def _read(tokens: Sequence[Token]) -> _Reader:
    """Return the reading of a sentence; the last one is kept, as every step asks for it again."""
    if not _LAST or _LAST[0].tokens is not tokens or len(_LAST[0].forms) != len(tokens):
        _LAST[:] = [_Reader(tokens)]
        _LAST[0].run()
    return _LAST[0]


class _Reader:
    """Decides from left to right which words of a sentence are verbs.

    `seen` is the finite verb of the stretch read so far (since the last mark or conjunction), -1 if there is none.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.forms = [""] * len(tokens)
        self.finite = [False] * len(tokens)
        self.seen = -1

    def run(self) -> None:
        """Read the sentence."""
        for i, token in enumerate(self.tokens):
            if token.text in BREAK or token.has("coordinator", "relative", "if", "whether", "subordinator"):
                self.seen = -1
                if not token.has("if"):
                    continue
            self.forms[i] = self._form(i)
            self.finite[i] = self._is_finite(i)
            if self.finite[i]:
                self.seen = i

    # what stands around a word

    def _at(self, i: int) -> Token | None:
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def _before(self, i: int) -> int:
        k = i - 1
        while k >= 0 and is_adverb(self.tokens[k]):
            k -= 1
        return k

    def _after(self, i: int) -> int:
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        return k

    @property
    def closed(self) -> bool:
        """Whether the stretch has its finite verb, and no other can follow: after said, another clause can."""
        return self.seen >= 0 and not self.tokens[self.seen].has("says")

    def _noun_like(self, i: int) -> bool:
        """Whether a noun phrase may go on with the word: an adjective, a noun, a name that colours one."""
        token = self._at(i)
        if token is None or not token.text[0].isalpha() or is_adverb(token):
            return False
        return not token.has(*CLOSED, "be", "have", "modal")

    def _starts_object(self, i: int) -> bool:
        """Whether a noun phrase begins here, as after a verb that takes an object."""
        token = self._at(i)
        if token is None:
            return False
        return bool(token.names) or token.text.isdigit() or token.has("determiner", "pronoun", "person")

    def _lone(self, i: int) -> bool:
        """Whether no other word of the sentence can be its finite verb."""
        return not any(
            k != i and not t.names and (t.has("have", "be", "modal") or any(r.form == "past" for r in t.word.verbs))
            for k, t in enumerate(self.tokens)
        )

    def _nominal(self, k: int) -> bool:
        """Whether the word at `k` opens a noun phrase that has no noun yet."""
        before = self.tokens[k]
        if before.names:
            return before.names[0].kind == "adjective" and not _inhabitants(before)
        return before.has("determiner") or before.low in ("'s", "’s", "'", "’")

    def _finite_follows(self, i: int) -> bool:
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
            forms = set() if token.names or self._nominal(k - 1) else {r.form for r in token.word.verbs}
            if "past" in forms and "inf" not in forms and k > i + 1:
                return not free
            if k == i + 1 and not is_adverb(token):
                free = True
        return False

    # the decision

    def _form(self, i: int) -> str:
        token = self.tokens[i]
        if not token.word.verbs or token.names or (token.text[0].isupper() and i > 0 and token.text != "Has"):
            return ""
        forms = {reading.form for reading in token.word.verbs}
        k = self._before(i)
        if k < 0:
            return (
                "ing"
                if "ing" in forms
                else "part"
                if "part" in forms and "inf" not in forms
                else ("pres" if token.has("have", "be") else "")
            )
        before = self.tokens[k]
        helped = self._helped(i, before, forms)
        if helped is not None:
            return helped
        if token.has("have", "be") and "ing" not in forms:
            return "pres" if "pres" in forms else "past"
        if self._nominal(k):
            return self._in_phrase(i, forms)
        if "ing" in forms:
            return self._ing(i, k)
        if forms & {"past", "part"}:
            return self._past(i, k, forms)
        return self._present(i, k, forms)

    def _helped(self, i: int, before: Token, forms: set[str]) -> str | None:
        """Return the form that a helper before it asks for; None without a helper."""
        if before.low == "to" and "inf" in forms:
            return "" if self._noun_after_to(i) else "inf"
        if before.has("modal") or before.low in AUXILIARY:
            return "inf" if "inf" in forms else ""
        if before.has("have"):
            return "part" if "part" in forms else None if self._nominal(i - 1) else ""
        if before.has("be") or before.low in ("been", "being", "got"):
            return "part" if "part" in forms else "ing" if "ing" in forms else ""
        if before.low in BARE_INFINITIVE and "inf" in forms and not self.tokens[i].word.nouns:
            return "inf"
        return None

    def _noun_after_to(self, i: int) -> bool:
        """Whether what follows `to` is a noun: bowed to pressure from Washington."""
        token, after = self.tokens[i], self._at(i + 1)
        verbs = self.tokens[i - 2].word.verbs if i > 1 else ()
        governed = any("leaning" in lexicon("en").word(reading.lemma).classes for reading in verbs)
        closes = after is None or after.text in BREAK or after.text == "." or after.low in ("of", "from", "by", "over")
        return governed and (bool(token.word.nouns) or closes)

    def _in_phrase(self, i: int, forms: set[str]) -> str:
        """Return the form after an article, a possessive or an adjective of a state: a participle or none."""
        if "part" in forms and self._noun_like(i + 1) and not ("past" in forms and self.tokens[i].word.nouns):
            return "attr"
        return ""

    def _ing(self, i: int, k: int) -> str:
        token, before, after = self.tokens[i], self.tokens[k], self._at(i + 1)
        if before.has("preposition"):
            return "" if after is not None and after.low == "of" else "ing"
        if after is not None and after.low == "of" and self.forms[k] not in ("inf", "ing"):
            return ""
        ends = after is None or after.text in BREAK or after.has("preposition", "have", "be", "modal")
        if token.word.nouns and not self.forms[k] and before.text not in BREAK and (ends or self._past_ahead(i + 1)):
            return ""  # heavy fighting broke out
        return "ing"

    def _past_ahead(self, i: int) -> bool:
        token = self._at(i)
        return token is not None and any(r.form == "past" for r in token.word.verbs)

    def _past(self, i: int, k: int, forms: set[str]) -> str:
        """Return the form of a word that may be past tense or participle."""
        token, before = self.tokens[i], self.tokens[k]
        noun = self._noun_like(i + 1)
        if before.has("preposition") or before.low == "to":
            return "attr" if noun and "part" in forms and not token.word.nouns else ""
        if self.forms[k] and self.forms[k] != "attr":
            return "" if "inf" in forms else "attr" if noun else "part"
        if before.has("coordinator"):
            return self._joined(i, k, forms, noun)
        if before.text.isdigit():
            if self.closed:
                return "attr" if noun and "part" in forms else "part"
            return "past" if "past" in forms else "part"
        if noun and "part" in forms and self._adjective_like(k) and (self.closed or before.text not in BREAK):
            return "attr"
        if "part" not in forms:
            return "past"
        if "past" not in forms:
            return "part"
        if "inf" in forms and self.closed:
            return ""
        return self._past_or_part(i, k)

    def _past_or_part(self, i: int, k: int) -> str:
        """Decide on a form that is both past tense and participle: seized, held, shelled."""
        before, after = self.tokens[k], self._at(self._after(i))
        particle = after is not None and any(after.low in _particles(r.lemma) for r in self.tokens[i].word.verbs)
        if before.has("pronoun", "person", "relative"):
            return "past"
        if after is not None and after.low == "by" and not particle:
            return "past" if self._measure(i) else "part"
        contact = bool(before.names) and k > 0 and self._common(k - 1)  # the missiles Iran fired
        if self.closed and not contact:
            return "part"
        if before.text == "," and self._set_off(i):
            return "part"
        led = after is not None and (after.has("preposition") or after.low == "to")
        if led and not self.closed and self._finite_follows(i):
            return "part"
        return "past"

    def _measure(self, i: int) -> bool:
        """Whether `by` tells how or how much, not who: spoke by phone, rose by 3 per cent."""
        k = self._after(i) + 1
        token = self._at(k)
        return token is not None and (token.text.isdigit() or token.has("means") or self.forms[i - 1] == "ing")

    def _common(self, k: int) -> bool:
        token = self.tokens[k]
        if not token.text[0].islower() or self.forms[k] or token.has(*CLOSED) or is_adverb(token):
            return False
        return not token.low.endswith(ADJECTIVE_ENDINGS) and token.word.head != "office"

    def _set_off(self, i: int) -> bool:
        """Whether a participle opens a phrase between commas after which the verb of the clause comes."""
        end = next((k for k in range(i + 1, len(self.tokens)) if self.tokens[k].text in BREAK), -1)
        if end < 0 or not (self.tokens[i + 1].has("preposition") or is_adverb(self.tokens[i + 1])):
            return False
        k = self._after(end)
        token = self._at(k)
        if token is None:
            return False
        return token.has("be", "have", "modal") or any(reading.form in FINITE for reading in token.word.verbs)

    def _joined(self, i: int, k: int, forms: set[str], noun: bool) -> str:
        """Return the form after a conjunction: that of the verb it joins to."""
        last = next((j for j in range(k - 1, -1, -1) if self.forms[j] and self.forms[j] != "attr"), -1)
        if noun and k and (self.forms[k - 1] == "attr" or self._adjective_like(k - 1)):
            return "attr"
        if last < 0:
            return "attr" if noun and "part" in forms else "past" if "past" in forms else "part"
        form = self.forms[last]
        if form == "part" and "part" in forms:
            return "part"
        if form == "inf" and "inf" in forms:
            return "inf"
        if "past" in forms:
            return "" if "inf" in forms and self.tokens[i].word.nouns and not self._starts_object(i + 1) else "past"
        return "part"

    def _adjective_like(self, k: int) -> bool:
        token = self.tokens[k]
        return token.text in BREAK or (
            not token.word.head and not token.names and not self.forms[k] and token.low.endswith(ADJECTIVE_ENDINGS)
        )

    def _present(self, i: int, k: int, forms: set[str]) -> str:
        """Return the form of a word that is a present tense, an infinitive or a noun."""
        token, before, after = self.tokens[i], self.tokens[k], self._at(i + 1)
        if before.has("preposition") or before.text.isdigit() or self.forms[k] == "attr":
            return ""
        if before.has("coordinator"):
            return self._joined_present(i, k)
        if before.has("pronoun", "person", "relative"):
            return "pres"
        if self.closed:
            return ""
        to_noun = after is not None and after.has("preposition") and after.low != "to"
        if "inf" not in forms:
            return self._third(i, k, to_noun)
        if token.word.nouns and not self._starts_object(i + 1) and not self._lone(i):
            return ""
        common = not before.names and (k == 0 or before.text[0].islower())
        plural = _inhabitants(before) or (common and before.low.endswith("s"))
        joined = bool(before.names) and any(self.tokens[j].has("coordinator") for j in range(max(0, k - 4), k))
        return "pres" if plural or joined or before.text in ("”", "“") else ""

    def _third(self, i: int, k: int, to_noun: bool) -> str:
        """Return whether a word in -s is a third person: Israel strikes Iran, not Israeli strikes on Iran."""
        token, before = self.tokens[i], self.tokens[k]
        if token.word.nouns and to_noun and not self._lone(i):
            return ""
        if before.text in BREAK:
            return "" if token.word.nouns or not (self._starts_object(i + 1) or self._lone(i)) else "pres"
        if before.names or before.word.head in ("office", "body"):
            return "" if token.word.nouns and not self._starts_object(i + 1) and not self._lone(i) else "pres"
        return "pres" if before.text[0].islower() and self._lone(i) and not token.word.nouns else ""

    def _joined_present(self, i: int, k: int) -> str:
        """Return the form after a conjunction: to seize the ship and arrest its crew."""
        token = self.tokens[i]
        last = next((j for j in range(k - 1, max(-1, k - 16), -1) if self.forms[j] and self.forms[j] != "attr"), -1)
        if last < 0:
            return ""
        if self.forms[last] == "inf" and any(r.form == "inf" for r in token.word.verbs):
            return "inf" if not token.word.nouns or self._starts_object(i + 1) else ""
        if self.forms[last] == "pres" and (not token.word.nouns or self._starts_object(i + 1)):
            return "pres"
        return ""

    def _is_finite(self, i: int) -> bool:
        token = self.tokens[i]
        if token.names or (token.text[0].isupper() and i > 0):
            return False
        if token.has("have", "be", "modal") or token.low in AUXILIARY:
            before = self.tokens[i - 1] if i else None
            if token.low in BARE:
                return False
            if token.has("have") and before is not None and (before.has("modal") or before.low == "to"):
                return False
            return not (token.has("modal") and before is not None and before.has("determiner"))
        return self.forms[i] in FINITE


_LAST: list[_Reader] = []


def _inhabitants(token: Token) -> bool:
    return any(name.kind == "inhabitant" for name in token.names) or token.low in ("houthis", "taliban")


def _particles(lemma: str) -> set[str]:
    """Return the words that a frame of the verb begins with: by in stand by."""
    return {frame.particles[0] for frame in lexicon("en").frames.get(lemma, ()) if frame.particles}


# --- clauses


def split_clauses(tokens: Sequence[Token], words: Lexicon) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    splitter = _Splitter(tokens)
    splitter.run()
    return splitter.clauses


class _Splitter:
    """Walks through a sentence and opens a clause wherever a word or a mark asks for one."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.read = _read(tokens)
        self.clauses: list[Clause] = []
        self.current: Clause | None = None
        self.main: Clause | None = None
        self.mark = ""

    def run(self) -> None:
        """Read the sentence."""
        i = 0
        while i < len(self.tokens):
            if self.tokens[i].text in BREAK or self.tokens[i].text == ".":
                self.mark = self.tokens[i].text
                i += 1
                continue
            follow = self._conjunction(i) or self._infinitive(i) or self._participle(i) or self._coordinated(i)
            if not follow:
                self._after_mark(i)
                self._add(i)
                follow = i + 1
            self.mark = ""
            i = follow

    def _new(self, kind: str, opener: str, parent: Clause | None, after: bool = False) -> Clause:
        clause = Clause(kind, [], parent, opener, -1, after)
        self.clauses.append(clause)
        self.current = clause
        return clause

    def _add(self, i: int) -> None:
        if self.current is None:
            self.main = self._new("main", "", None)
        assert self.current is not None
        self.current.tokens.append(i)
        if self.read.finite[i] and self.current.finite < 0 and self.current.kind not in ("inf", "ing"):
            self.current.finite = i

    def _ahead(self, i: int) -> int:
        """Return the next finite verb before a mark or a conjunction that opens a clause."""
        for k in range(i, len(self.tokens)):
            token = self.tokens[k]
            if (
                token.text in BREAK
                or token.has("if", "whether", "relative")
                or (k > i and token.has("subordinator") and not token.has("preposition"))
            ):
                return -1
            if self.read.finite[k]:
                return k
        return -1

    def _past_commas(self, i: int) -> int:
        """Return the next finite verb of a clause whose subject is followed by words between commas."""
        found = self._ahead(i)
        if found >= 0:
            return found
        end = next((k for k in range(i, len(self.tokens)) if self.tokens[k].text == ","), -1)
        close = next((k for k in range(end + 1, len(self.tokens)) if self.tokens[k].text == ","), -1)
        return close + 1 if 0 <= end < close and close + 1 < len(self.tokens) and self.read.finite[close + 1] else -1

    def _conjunction(self, i: int) -> int:
        """Open a subordinate or relative clause; return the place to go on, 0 if none opens."""
        token = self.tokens[i]
        kind = self._opens(i, token)
        if not kind:
            return 0
        clause = self._new(kind, token.low, self.current)
        clause.antecedent = i - 1 if i and self.tokens[i - 1].text != "," else i - 2
        if kind == "rel":
            while clause.antecedent > 0 and self.tokens[clause.antecedent].has("preposition"):
                clause.antecedent -= 1  # the state from which
            clause.tokens.append(i)
        return i + 1

    def _opens(self, i: int, token: Token) -> str:
        follows = self._ahead(i + 1)
        if token.has("whether"):
            return "sub"
        if token.has("if") and (token.low != "should" or i == 0) and self._past_commas(i + 1) >= 0:
            return "sub"
        if token.has("relative") and i and follows >= 0:
            if token.low != "that" or self._relative_that(i):
                return "rel"
            return "sub" if follows > i + 1 else ""
        if token.low == "that" or not token.has("subordinator") or follows < 0:
            return ""
        joined = token.has("preposition") and follows > i + 1 and self.tokens[follows - 1].has("coordinator")
        if joined:
            return ""  # since his return to office and agreed: the verb is joined to the one before
        return "" if i and self.tokens[i - 1].has("have", "be", "modal") else "sub"  # have since withdrawn

    def _relative_that(self, i: int) -> bool:
        """Whether `that` is a relative pronoun: a plan that failed, not said that, nor the claim that."""
        before = self.tokens[i - 1]
        if self.read.forms[i - 1] or before.has("be", "content") or i + 1 >= len(self.tokens):
            return False
        if self.read.finite[i + 1] or is_adverb(self.tokens[i + 1]):
            return True
        told = self.current is not None and self.current.finite >= 0 and self.tokens[self.current.finite].has("says")
        return (
            before.text[0].islower()
            and before.text[0].isalpha()
            and not told
            and not before.has("pronoun", "person", "preposition")
            and not is_adverb(before)
            and not before.low.endswith(ADJECTIVE_ENDINGS)
        )

    def _infinitive(self, i: int) -> int:
        if self.tokens[i].low != "to" or (i and self.tokens[i - 1].has("be", "have")):
            return 0
        if i > 1 and self.tokens[i - 1].low == "yet" and self.tokens[i - 2].has("have"):
            return 0  # have yet to resume flights
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        if k >= len(self.tokens) or not (self.read.forms[k] == "inf" or self.tokens[k].low in ("be", "have")):
            return 0
        self._new("inf", "to", self.current).tokens += range(i + 1, k + 1)
        return k + 1

    def _participle(self, i: int) -> int:
        """Open a clause with -ing, or one that a participle makes of the noun before: weapons supplied by."""
        form = self.read.forms[i]
        if self.current is None or not self.current.tokens or form not in ("ing", "part") or self._has_helper(i):
            return 0
        before = self.tokens[i - 1]
        told = self.current.finite >= 0 and self.tokens[self.current.finite].has("says")
        reduced = (
            not self.mark
            and before.text[0].isalnum()
            and not self.read.forms[i - 1]
            and not before.has("preposition", "coordinator", "without")
            and not is_adverb(before)
        )
        if form == "part" and not reduced and not (self.mark == "," and i > 1):
            return 0
        if form == "ing" and (not reduced or told):
            self._new("ing", before.low if before.has("preposition", "without") else "", self.current).tokens.append(i)
            return i + 1
        clause = self._new("rel", "which", self.current)
        clause.antecedent = i - 1 if not self.mark else i - 2
        clause.tokens.append(i)
        return i + 1

    def _has_helper(self, i: int) -> bool:
        k = i - 1
        while k >= 0 and is_adverb(self.tokens[k]):
            k -= 1
        if k < 0:
            return False
        if self.tokens[k].has("be", "have") or self.tokens[k].low in ("been", "being", "got"):
            return True
        return self.tokens[k].has("coordinator") and self.read.forms[i] == "part"

    def _coordinated(self, i: int) -> int:
        """Open what a conjunction joins: a second verb of the same subject, or another main clause."""
        current = self.current
        if not self.tokens[i].has("coordinator") or current is None:
            return 0
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        if k < len(self.tokens):
            form, finite = self.read.forms[k], self.read.finite[k]
            top = self._anchor(current, k)
            if (finite or form == "part") and top is not None and (top.finite >= 0 or top.opener == "which"):
                kind = top.kind if top.kind in ("main", "sub", "rel") else "main"
                clause = self._new(kind, top.opener, top.parent, True)
                clause.antecedent, clause.finite = top.antecedent, k if finite else top.finite
                clause.tokens.append(k)
                return k + 1
            if form == "inf" and current.kind == "inf":
                self._new("inf", "to", current.parent, True).tokens.append(k)
                return k + 1
        follow = self._ahead(i + 1)
        if follow > i + 1 and _root(current).finite >= 0 and not self.tokens[i + 1].has("preposition"):
            self.main = self._new("main", "", None)
            return i + 1
        return 0

    def _anchor(self, current: Clause, k: int) -> Clause | None:
        """Return the clause whose verb the one at `k` is joined to: it may have an infinitive in between."""
        place: Clause | None = current
        while place is not None and place.kind in ("inf", "ing"):
            place = place.parent
        return place

    def _after_mark(self, i: int) -> None:
        """Decide what goes on after a mark: the clause before it, one further up, or a new one."""
        current, top, finite = self.current, self.main, self.read.finite[i]
        if current is None:
            return
        if self.mark and self.mark != ".":
            if self._ahead(i) >= 0 and (finite or top is None or top.finite >= 0 or current.kind != "main"):
                if top is not None and top.finite < 0 and (current.kind != "main" or finite):
                    self.current = top  # the subject stood before a clause in commas
                elif finite and current.kind == "rel" and top is not None and top.finite >= 0:
                    self.current = self._new("main", "", None, True)
                else:
                    self.main = self._new("main", "", None)
            elif current.kind in ("rel", "sub") and self.mark == "," and top is not None and top.finite < 0:
                self.current = top
        elif finite and self._verbless(current) and top is not None and top.finite < 0 and top is not current:
            self.current = top  # weapons supplied by Russia were seized
        elif finite and current.finite >= 0 and i not in _group(self.tokens, current):
            self._second(i, current)

    def _verbless(self, clause: Clause) -> bool:
        if clause.kind in ("inf", "ing"):
            return True
        reduced = clause.kind == "rel" and clause.tokens[0] == clause.antecedent + 1
        return reduced and not self.tokens[clause.tokens[0]].has("relative")

    def _second(self, i: int, current: Clause) -> None:
        """Part off a second finite verb without a conjunction: what was said, or a clause without pronoun."""
        top = self.main
        if current.kind == "rel" and top is not None and top.finite < 0:
            self.current = top  # the men who were held were freed
            return
        begin = i
        while begin - 1 in current.tokens and begin - 1 > current.finite:
            token = self.tokens[begin - 1]
            if self.read.forms[begin - 1] or (token.has("preposition") and token.low != "of"):
                break
            begin -= 1
        moved = [k for k in current.tokens if k >= begin]
        if moved:
            current.tokens = [k for k in current.tokens if k < begin]
            self._new("sub", "", current).tokens += moved


def _root(clause: Clause) -> Clause:
    while clause.parent is not None:
        clause = clause.parent
    return clause


def _group(tokens: Sequence[Token], clause: Clause) -> set[int]:
    """Return the places that belong to the verb group of the clause."""
    k = clause.finite + 1
    while k < len(tokens) and (is_adverb(tokens[k]) or tokens[k].has("have", "be", "modal") or tokens[k].low == "been"):
        k += 1
    return set(range(clause.finite, k))


# --- verb groups


def predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    found = []
    for i in clause.tokens:
        form = verb_form(tokens, i)
        reading = _reading(tokens[i], form) if form else None
        if reading is None:
            continue
        marks, passive = _verb_group(tokens, clause, i, form)
        voice = "passive" if passive else "attr" if form == "attr" else "active"
        if form == "part" and not marks & {"perfect", "be", "been"}:
            voice = "passive"  # weapons supplied by Russia
        found.append(Predicate(reading.lemma, i, voice, clause, frozenset(marks), form=form))
    return found


def _reading(token: Token, form: str) -> Reading | None:
    readings = {reading.form: reading for reading in token.word.verbs}
    wanted = ("part", "past") if form == "attr" else (form, "part", "pres")
    return next((readings[one] for one in wanted if one in readings), None)


def _verb_group(tokens: Sequence[Token], clause: Clause, i: int, form: str) -> tuple[set[str], bool]:
    """Return the marks of a verb group and whether it is passive."""
    marks: set[str] = set()
    passive = False
    k = i - 1
    shared = False
    while k >= 0:
        token = tokens[k]
        known = next((one for one in ("negator", "hearsay", "maybe", "modal") if token.has(one)), "")
        if known:
            marks.add(known)
        elif token.has("be") or token.low == "been":
            passive = passive or form == "part"
            marks.add("been" if token.low == "been" else "be")
        elif token.has("have") and not (form == "part" and tokens[k + 1].has("determiner")):
            marks.add("perfect")
        elif token.low == "yet" and tokens[k + 1].low == "to":
            marks.add("negator")
        elif token.low in AUXILIARY or token.low == "to" or is_adverb(token):
            pass
        elif not shared and clause.after and k < clause.tokens[0] and 0 <= clause.finite < k:
            k, shared = clause.finite + 1, True
        elif not shared and token.has("coordinator") and form in ("inf", "part") and k + 1 in clause.tokens:
            k, shared = _joined_to(tokens, clause, k, form), True  # will send police and hold talks
        else:
            break
        k -= 1
    if "be" in marks and form == "inf":
        marks.add("modal")  # is to meet, were to close
    return marks, passive


def _joined_to(tokens: Sequence[Token], clause: Clause, k: int, form: str) -> int:
    """Return the place of the verb of the same form before a conjunction, else that of the conjunction."""
    return next((j for j in reversed(clause.tokens) if j < k and verb_form(tokens, j) == form), k)


# --- noun phrases


def find_phrases(tokens: Sequence[Token], clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    finder = _Finder(tokens, clause, skip)
    finder.run()
    for phrase in finder.found:
        own = phrase.head is not None and phrase.head.has("own") and tokens[phrase.first].has("possessive")
        if own and not phrase.names and not phrase.adjectives:
            phrase.pronoun = "own"
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
        if reduced and not self.tokens[inside[0]].has("relative"):
            self.found.append(Phrase(inside[0] - 1, inside[0] - 1, pronoun="rel"))  # weapons supplied by
        for position, i in enumerate(inside):
            if position and inside[position - 1] < i - 1:
                self.join = self.tokens[i - 1].text == "," and self._enumerated(i)
                self.current = None
            if i in self.skip:
                self.current, self.prep = None, ""
            elif not self._mark(i) and not self._name(i) and not self._function(i, position):
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

    def _enumerated(self, i: int) -> bool:
        """Whether a comma parts names of a list: Sweden, Denmark and Germany."""
        if not self.found or self.found[-1].last != i - 2 or not (self.found[-1].names or self.found[-1].adjectives):
            return False
        for k in range(i, min(i + 12, len(self.tokens))):
            token = self.tokens[k]
            if token.has("coordinator"):
                return any(t.names for t in self.tokens[k + 1 : k + 4]) and any(t.names for t in self.tokens[i:k])
            if verb_form(self.tokens, k) or token.has("preposition", "modal", "relative"):
                return False
        return False

    def _mark(self, i: int) -> bool:
        token = self.tokens[i]
        if token.low not in ("'s", "’s", "'", "’") or self.current is None:
            return False
        current = self.current  # the possessor colours the noun that follows
        current.adjectives, current.names = current.names or current.adjectives, []
        current.head, current.kind, current.last = None, "", i
        return True

    def _name(self, i: int) -> bool:
        token = self.tokens[i]
        if not token.names:
            return False
        name = token.names[0]
        if (
            token.tail.low
            and token.tail.low != "led"
            and not token.tail.head
            and token.text.rsplit("-", 1)[-1][:1].islower()
        ):
            self._here(i)
            return True  # Iran-backed militias
        head = self.current.head if self.current is not None else None
        plain = head is not None and head.text[0].islower() and not head.word.head
        if self.current is None or self.current.names or (plain and name.kind != "adjective"):
            self._start(i)  # after Pakistani mediation | Trump announced
        current = self._here(i)
        if name.kind == "adjective" or token.tail.low:
            current.adjectives += token.names
            if token.tail.low:
                current.head, current.kind = token, token.tail.head
        elif name.kind == "unsure" and current.kind != "office":
            current.head = current.head or token
        else:
            current.names += token.names
        return True

    def _function(self, i: int, position: int) -> bool:
        """Deal with words that bound phrases; return whether the word is one."""
        token = self.tokens[i]
        low, classes = token.low, token.word.classes
        form = verb_form(self.tokens, i)
        if "coordinator" in classes:
            self._coordinate(i)
        elif form == "attr" and self.current is not None:
            self.current.last = i
        elif form or token.has("have", "be", "modal") or low in AUXILIARY or low in BARE:
            self.current, self.prep, self.join = None, "", False
        elif low == "than" and i + 1 < len(self.tokens) and self.tokens[i + 1].text[0].isdigit():
            self.current = None  # more than 200 Nigerians
        elif "preposition" in classes or low == "to":
            self.prep, self.current = "" if self._particle(i) else low, None
        elif "relative" in classes and self.clause.kind == "rel" and position == 0:
            self._start(i).pronoun = "rel"
            self.current = None
        elif token.has("pronoun", "person", "him"):
            self._start(i).pronoun = "he" if "pronoun" in classes else "him" if "him" in classes else "other"
            self.current = None
        elif "determiner" in classes or token.text[0].isdigit():
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
        if not i or not verb_form(self.tokens, i - 1):
            return False
        frames = [
            frame
            for reading in self.tokens[i - 1].word.verbs
            for frame in lexicon("en").frames.get(reading.lemma, ())
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

    def _word(self, i: int) -> None:
        """Add a common word to the phrase, as its head if it can be one."""
        token = self.tokens[i]
        current = self._here(i)
        if token.has("former"):
            current.former = True
            return
        plain = bool(current.names) and not current.adjectives and current.head is None
        if plain and token.word.head not in ("", "none") and token.text[0].islower():
            current.adjectives, current.names = current.names, []  # Ukraine forces
        if (token.word.head or current.head is None or not current.kind) and not (current.names and current.kind):
            current.head, current.kind = token, token.word.head
