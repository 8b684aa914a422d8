"""English verbs: which words are verbs, in which form, with which helpers.

English marks hardly anything by its endings: `strikes` is a noun or a verb, `seized` a past tense or a participle. So
every sentence is read once from left to right, and each word decided by what stands before it, what follows, and
whether its clause has a finite verb already. Clauses and phrases are built on these decisions.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.coder.lexicon import Analysis, Lexicon
from lagebild.coder.syntax import BREAK, Clause, Predicate, Token

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
ADJECTIVE_ENDINGS = ("al", "ed", "ive", "ous", "new", "ful", "ic")


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between the parts of a verb group."""
    return (
        (token.low.endswith("ly") and not token.names and not token.word.verbs)
        or token.low in ADVERBS
        or (token.has("negator", "hearsay", "maybe"))
    )


def verb_form(tokens: Sequence[Token], i: int, words: Lexicon) -> str:
    """Return the form in which a word is a verb here.

    Parameters
    ----------
    tokens
        A whole sentence.
    i
        The place of the word.
    words
        The words of English.

    Returns
    -------
    str
        inf, pres, past, part, ing or attr (a participle before its noun); empty if the word is no verb.
    """
    return read(tokens, words).forms[i]


def read(tokens: Sequence[Token], words: Lexicon) -> _Reader:
    """Return the reading of a sentence; the last one is kept, as every step asks for it again."""
    if not _LAST or _LAST[0].tokens is not tokens or len(_LAST[0].forms) != len(tokens):
        _LAST[:] = [_Reader(tokens, words)]
        _LAST[0].run()
    return _LAST[0]


class _Reader:
    """Decides from left to right which words of a sentence are verbs.

    `seen` is the finite verb of the stretch read so far (since the last mark or conjunction), -1 if there is none.
    """

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens, self.words = tokens, words
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
        forms = {analysis.form for analysis in token.word.verbs}
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
        governed = any("leaning" in self.words.word(analysis.lemma).classes for analysis in verbs)
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
        particle = after is not None and any(after.low in self._particles(r.lemma) for r in self.tokens[i].word.verbs)
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

    def _particles(self, lemma: str) -> set[str]:
        """Return the words that a frame of the verb begins with: by in stand by."""
        return {frame.particles[0] for frame in self.words.frames.get(lemma, ()) if frame.particles}

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
        return token.has("be", "have", "modal") or any(analysis.form in FINITE for analysis in token.word.verbs)

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


def _inhabitants(token: Token) -> bool:
    return any(name.kind == "inhabitant" for name in token.names) or token.low in ("houthis", "taliban")


def predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    found = []
    for i in clause.tokens:
        form = verb_form(tokens, i, words)
        analysis = _reading(tokens[i], form) if form else None
        if analysis is None:
            continue
        marks, passive = verb_group(tokens, clause, i, form, words)
        voice = "passive" if passive else "attr" if form == "attr" else "active"
        if form == "part" and not marks & {"perfect", "be", "been"}:
            voice = "passive"  # weapons supplied by Russia
        found.append(Predicate(analysis.lemma, i, voice, clause, frozenset(marks), form=form))
    return found


def _reading(token: Token, form: str) -> Analysis | None:
    analyses = {analysis.form: analysis for analysis in token.word.verbs}
    wanted = ("part", "past") if form == "attr" else (form, "part", "pres")
    return next((analyses[one] for one in wanted if one in analyses), None)


def verb_group(tokens: Sequence[Token], clause: Clause, i: int, form: str, words: Lexicon) -> tuple[set[str], bool]:
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
            k, shared = _joined_to(tokens, clause, k, form, words), True  # will send police and hold talks
        else:
            break
        k -= 1
    if "be" in marks and form == "inf":
        marks.add("modal")  # is to meet, were to close
    return marks, passive


def _joined_to(tokens: Sequence[Token], clause: Clause, k: int, form: str, words: Lexicon) -> int:
    """Return the place of the verb of the same form before a conjunction, else that of the conjunction."""
    return next((j for j in reversed(clause.tokens) if j < k and verb_form(tokens, j, words) == form), k)


_LAST: list[_Reader] = []  # the sentence read last
