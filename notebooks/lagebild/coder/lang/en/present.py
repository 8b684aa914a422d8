"""English words that may be present tense, infinitive or noun: strikes, plan, test."""

from __future__ import annotations

from lagebild.coder.lang.en.reading import Reading, is_inhabitants
from lagebild.coder.syntax import BREAK


def read_present(r: Reading, i: int, k: int, forms: set[str]) -> str:
    """Return the form of a word that is a present tense, an infinitive or a noun."""
    token, before, after = r.tokens[i], r.tokens[k], r.at(i + 1)
    if before.has("preposition") or before.text.isdigit() or r.forms[k] == "attr":
        return ""
    if before.has("coordinator"):
        return _joined(r, i, k)
    if before.has("pronoun", "person", "relative"):
        return "pres"
    if r.closed:
        return ""
    to_noun = after is not None and after.has("preposition") and after.low != "to"
    if "inf" not in forms:
        return _third(r, i, k, to_noun)
    if token.word.nouns and not r.starts_object(i + 1) and not r.is_lone(i):
        return ""
    common = not before.names and (k == 0 or before.text[0].islower())
    plural = is_inhabitants(before) or (common and before.low.endswith("s"))
    joined = bool(before.names) and any(r.tokens[j].has("coordinator") for j in range(max(0, k - 4), k))
    return "pres" if plural or joined or before.text in ("”", "“") else ""


def _third(r: Reading, i: int, k: int, to_noun: bool) -> str:
    """Return whether a word in -s is a third person: Israel strikes Iran, not Israeli strikes on Iran."""
    token, before = r.tokens[i], r.tokens[k]
    if token.word.nouns and to_noun and not r.is_lone(i):
        return ""
    if before.text in BREAK:
        return "" if token.word.nouns or not (r.starts_object(i + 1) or r.is_lone(i)) else "pres"
    if before.names or before.word.head in ("office", "body"):
        return "" if token.word.nouns and not r.starts_object(i + 1) and not r.is_lone(i) else "pres"
    return "pres" if before.text[0].islower() and r.is_lone(i) and not token.word.nouns else ""


def _joined(r: Reading, i: int, k: int) -> str:
    """Return the form after a conjunction: to seize the ship and arrest its crew."""
    token = r.tokens[i]
    last = next((j for j in range(k - 1, max(-1, k - 16), -1) if r.forms[j] and r.forms[j] != "attr"), -1)
    if last < 0:
        return ""
    if r.forms[last] == "inf" and any(one.form == "inf" for one in token.word.verbs):
        return "inf" if not token.word.nouns or r.starts_object(i + 1) else ""
    if r.forms[last] == "pres" and (not token.word.nouns or r.starts_object(i + 1)):
        return "pres"
    return ""
