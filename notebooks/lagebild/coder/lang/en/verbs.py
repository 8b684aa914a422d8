"""English verbs: which words are verbs, and in which form.

English marks hardly anything by its endings: `strikes` is a noun or a verb, `seized` a past tense or a participle. So
every sentence is read once from left to right, and each word decided by what stands before it, what follows, and
whether its clause has a finite verb already. Clauses and phrases are built on these decisions.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.coder.lang.en.past import read_past
from lagebild.coder.lang.en.present import read_present
from lagebild.coder.lang.en.reading import AUXILIARY, BARE, FINITE, OPENERS, Reading
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import BREAK, Token

BARE_INFINITIVE = ("let", "help", "helped", "helping", "make", "made")


def read(tokens: Sequence[Token], words: Lexicon) -> Reading:
    """Decide which words of a sentence are verbs, and in which form."""
    r = Reading(tokens, words, [""] * len(tokens), [False] * len(tokens))
    for i, token in enumerate(tokens):
        if token.text in BREAK or token.has(*OPENERS):
            r.seen = -1
            if not token.has("if"):
                continue
        r.forms[i] = _decide(r, i)
        r.finite[i] = _is_finite(r, i)
        if r.finite[i]:
            r.seen = i
    return r


def _decide(r: Reading, i: int) -> str:
    token = r.tokens[i]
    if not token.word.verbs or token.names or (token.text[0].isupper() and i > 0 and token.text != "Has"):
        return ""
    forms = {analysis.form for analysis in token.word.verbs}
    k = r.before(i)
    if k < 0:
        return (
            "ing"
            if "ing" in forms
            else "part"
            if "part" in forms and "inf" not in forms
            else ("pres" if token.has("have", "be") else "")
        )
    before = r.tokens[k]
    helped = _helped(r, i, before, forms)
    if helped is not None:
        return helped
    if token.has("have", "be") and "ing" not in forms:
        return "pres" if "pres" in forms else "past"
    if r.is_nominal(k):
        return _in_phrase(r, i, forms)
    if "ing" in forms:
        return _read_ing(r, i, k)
    if forms & {"past", "part"}:
        return read_past(r, i, k, forms)
    return read_present(r, i, k, forms)


def _helped(r: Reading, i: int, before: Token, forms: set[str]) -> str | None:
    """Return the form that a helper before it asks for; None without a helper."""
    if before.low == "to" and "inf" in forms:
        return "" if _is_noun_after_to(r, i) else "inf"
    if before.has("modal") or before.low in AUXILIARY:
        return "inf" if "inf" in forms else ""
    if before.has("have"):
        return "part" if "part" in forms else None if r.is_nominal(i - 1) else ""
    if before.has("be") or before.low in ("been", "being", "got"):
        return "part" if "part" in forms else "ing" if "ing" in forms else ""
    if before.low in BARE_INFINITIVE and "inf" in forms and not r.tokens[i].word.nouns:
        return "inf"
    return None


def _is_noun_after_to(r: Reading, i: int) -> bool:
    """Whether what follows `to` is a noun: bowed to pressure from Washington."""
    token, after = r.tokens[i], r.at(i + 1)
    verbs = r.tokens[i - 2].word.verbs if i > 1 else ()
    governed = any("leaning" in r.words.word(analysis.lemma).classes for analysis in verbs)
    closes = after is None or after.text in BREAK or after.text == "." or after.low in ("of", "from", "by", "over")
    return governed and (bool(token.word.nouns) or closes)


def _in_phrase(r: Reading, i: int, forms: set[str]) -> str:
    """Return the form after an article, a possessive or an adjective of a state: a participle or none."""
    if "part" in forms and r.is_noun_like(i + 1) and not ("past" in forms and r.tokens[i].word.nouns):
        return "attr"
    return ""


def _read_ing(r: Reading, i: int, k: int) -> str:
    token, before, after = r.tokens[i], r.tokens[k], r.at(i + 1)
    if before.has("preposition"):
        return "" if after is not None and after.low == "of" else "ing"
    if after is not None and after.low == "of" and r.forms[k] not in ("inf", "ing"):
        return ""
    ends = after is None or after.text in BREAK or after.has("preposition", "have", "be", "modal")
    if token.word.nouns and not r.forms[k] and before.text not in BREAK and (ends or _is_past_ahead(r, i + 1)):
        return ""  # heavy fighting broke out
    return "ing"


def _is_past_ahead(r: Reading, i: int) -> bool:
    token = r.at(i)
    return token is not None and any(one.form == "past" for one in token.word.verbs)


def _is_finite(r: Reading, i: int) -> bool:
    token = r.tokens[i]
    if token.names or (token.text[0].isupper() and i > 0):
        return False
    if token.has("have", "be", "modal") or token.low in AUXILIARY:
        before = r.tokens[i - 1] if i else None
        if token.low in BARE:
            return False
        if token.has("have") and before is not None and (before.has("modal") or before.low == "to"):
            return False
        return not (token.has("modal") and before is not None and before.has("determiner"))
    return r.forms[i] in FINITE
