"""English words that may be past tense or participle: seized, held, shelled."""

from __future__ import annotations

from lagebild.coder.lang.en.reading import FINITE, Reading, is_adverb
from lagebild.coder.syntax import BREAK


def read_past(r: Reading, i: int, k: int, forms: set[str]) -> str:
    """Return the form of a word that may be past tense or participle."""
    token, before = r.tokens[i], r.tokens[k]
    noun = r.is_noun_like(i + 1)
    if before.has("preposition") or before.low == "to":
        return "attr" if noun and "part" in forms and not token.word.nouns else ""
    if r.forms[k] and r.forms[k] != "attr":
        return "" if "inf" in forms else "attr" if noun else "part"
    if before.has("coordinator"):
        return _joined(r, i, k, forms, noun)
    if before.text.isdigit():
        if r.closed:
            return "attr" if noun and "part" in forms else "part"
        return "past" if "past" in forms else "part"
    if noun and "part" in forms and r.is_adjective_like(k) and (r.closed or before.text not in BREAK):
        return "attr"
    if "part" not in forms:
        return "past"
    if "past" not in forms:
        return "part"
    if "inf" in forms and r.closed:
        return ""
    return _past_or_part(r, i, k)


def _past_or_part(r: Reading, i: int, k: int) -> str:
    """Decide on a form that is both past tense and participle: seized, held, shelled."""
    before, after = r.tokens[k], r.at(r.after(i))
    particle = after is not None and any(after.low in _particles(r, one.lemma) for one in r.tokens[i].word.verbs)
    if before.has("pronoun", "person", "relative"):
        return "past"
    if after is not None and after.low == "by" and not particle:
        return "past" if _is_measure(r, i) else "part"
    contact = bool(before.names) and k > 0 and r.is_common(k - 1)  # the missiles Iran fired
    if r.closed and not contact:
        return "part"
    if before.text == "," and _is_set_off(r, i):
        return "part"
    led = after is not None and (after.has("preposition") or after.low == "to")
    if led and not r.closed and r.is_finite_later(i):
        return "part"
    return "past"


def _particles(r: Reading, lemma: str) -> set[str]:
    """Return the words that a frame of the verb begins with: by in stand by."""
    return {frame.particles[0] for frame in r.words.frames.get(lemma, ()) if frame.particles}


def _is_measure(r: Reading, i: int) -> bool:
    """Whether `by` says how or how much, not who: spoke by phone, rose by 3 per cent."""
    k = r.after(i) + 1
    token = r.at(k)
    return token is not None and (token.text.isdigit() or token.has("means") or r.forms[i - 1] == "ing")


def _is_set_off(r: Reading, i: int) -> bool:
    """Whether a participle opens a phrase between commas after which the verb of the clause comes."""
    end = next((k for k in range(i + 1, len(r.tokens)) if r.tokens[k].text in BREAK), -1)
    if end < 0 or not (r.tokens[i + 1].has("preposition") or is_adverb(r.tokens[i + 1])):
        return False
    k = r.after(end)
    token = r.at(k)
    if token is None:
        return False
    return token.has("be", "have", "modal") or any(analysis.form in FINITE for analysis in token.word.verbs)


def _joined(r: Reading, i: int, k: int, forms: set[str], noun: bool) -> str:
    """Return the form after a conjunction: that of the verb it joins to."""
    last = next((j for j in range(k - 1, -1, -1) if r.forms[j] and r.forms[j] != "attr"), -1)
    if noun and k and (r.forms[k - 1] == "attr" or r.is_adjective_like(k - 1)):
        return "attr"
    if last < 0:
        return "attr" if noun and "part" in forms else "past" if "past" in forms else "part"
    form = r.forms[last]
    if form == "part" and "part" in forms:
        return "part"
    if form == "inf" and "inf" in forms:
        return "inf"
    if "past" in forms:
        return "" if "inf" in forms and r.tokens[i].word.nouns and not r.starts_object(i + 1) else "past"
    return "part"
