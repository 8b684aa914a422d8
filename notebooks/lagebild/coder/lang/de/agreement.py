"""Which phrase a German relative clause says more of: by the gender and number of its pronoun and of the article."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lagebild.coder.lang.de.attachment import FEMININE
from lagebild.coder.syntax import Clause, Phrase
from lagebild.coder.tokens import Token

FAR = 3  # phrases before a relative clause among which it has its own
EVERY = "mfnp"  # masculine, feminine, neuter, plural
RELATIVES = {"die": "fp", "das": "n", "dem": "mn", "den": "m", "denen": "p", "dessen": "mn", "deren": "fp"}
ARTICLES = {"die": "fp", "das": "n", "eine": "f", "einer": "f", "dem": "mn", "des": "mn", "den": "mp", "ein": "mn"}
FUSED = {"zur": "f"}  # prepositions that hold an article: im, vom and the like are masculine or neuter
ENDINGS = (("em", "mn"), ("es", "mn"), ("en", "mp"), ("er", "mfp"), ("e", "fp"))


def find_agreeing(tokens: Sequence[Token], clause: Clause) -> int:
    """Return the last token of what a relative clause says more of: of the last phrase before it that agrees."""
    before = [p for p in clause.parent.phrases if p.last <= clause.antecedent] if clause.parent is not None else []
    place = next((i for i in clause.tokens[:2] if tokens[i].has("relative")), -1)
    if place < 0:
        return clause.antecedent
    own = _read_relative(tokens[place].low, led=place != clause.tokens[0])
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


def _read_relative(low: str, *, led: bool) -> str:
    """Return the genders of a relative pronoun, which a preposition may lead."""
    return ("f" if led else "mf") if low == "der" else RELATIVES.get(low, EVERY)


def _read_genders(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return the genders that a phrase may have."""
    article, first = phrase.number, tokens[phrase.first]
    if phrase.pronoun or article == "joined":
        return EVERY
    if article == "der":
        return "fp" if phrase.prep else "mfp"
    if article in ARTICLES:
        feminine = article == "die" and phrase.head is not None and FEMININE.search(phrase.head.low)
        return "f" if feminine else ARTICLES[article]
    counted = first.word.classes.get("number", "1") != "1"
    if counted or not article:
        return "p" if counted else _read_bare(tokens, phrase)
    return next((genders for ending, genders in ENDINGS if article.endswith(ending)), EVERY)


def _read_bare(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return the genders of a phrase without an article: states are neuter."""
    before = tokens[max(phrase.first - 1, 0)]
    if phrase.first and before.has("fused"):
        return FUSED.get(before.low, "mn")
    state = bool(phrase.names) and phrase.head is None and all(name.type == "state" for name in phrase.names)
    return "n" if state and phrase.names[0].kind in ("name", "seat", "place") else EVERY
