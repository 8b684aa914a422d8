"""German verbs: what is finite, which mood it has, what its helpers say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.coder.lexicon import Word
from lagebild.coder.syntax import Clause
from lagebild.coder.tokens import BREAK, Token

FINITE = ("pres", "past", "subj1", "subj2")
FINITES, NONFINITES = frozenset(FINITE), frozenset(("part", "inf"))
INDICATIVE, KONJUNKTIV = ("ind", "pres", "past"), ("subj1", "subj2")
KONJ_FORM = re.compile(
    r"(?:be|er|ver|ent|zer|über|unter|wider)[a-zäöüß]{2,}(?<!t)(?<!nd)(?<!en)(?<!er)(?<!weis)e|[a-zäöüß]+iere"
)
PAST = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten)")
HELPERS = ("have", "be", "become")
AFTER = {"prefix", "subordinator", "topic"}  # classes of prepositions that may end a phrase or a clause
ADDRESSED = ("sie", "wir", "ich", "du", "er", "es", "man")  # pronouns that follow the verb of a request or question
BETWEEN = ("preposition", "fused", "adverb", "neutral", "negator")  # classes of words behind an article without noun
AGENTS = ("durch", "vom", "von")  # prepositions before who did what a participle tells
LIMITS = ("allein", "bloß", "nur", "zuletzt")  # words after nicht that leave true what it says
FAR = 8  # tokens after nicht within which sondern opposes something else
INFLECTED = ("e", "en", "er")  # endings of an adjective
TRUTH = {"negator", "hearsay", "maybe"}  # classes of words that say how true a clause is


def is_finite(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a token can be the finite verb of its stretch."""
    token, word = tokens[i], tokens[i].word
    if not (word.verbs or word.helps) or token.names:
        return False
    opens = token.text[0].isupper()
    if (opens and (i != piece[0] or token.has("crowd"))) or (i and _leads_infinitive(tokens[i - 1])):
        return False
    if word.helps:
        return word.classes.get("be") != "inf"
    if token.has("preposition", "determiner") or is_apposed(tokens, i):
        return False  # zufolge, meine
    forms = _opening_forms(tokens, i) if opens else word.forms
    return not (forms.isdisjoint(FINITES) or ("attr" in forms and before_noun(tokens, i, piece)))


def _opening_forms(tokens: Sequence[Token], i: int) -> frozenset[str]:
    """Return the forms that a verb may have which opens a sentence, and may be a noun: Angaben, Ende, Folgen, Bitte."""
    word = tokens[i].word
    forms = frozenset(one.form for one in word.verbs if one.particle or "|" not in one.lemma)  # a particle comes later
    asks = i + 1 < len(tokens) and tokens[i + 1].low in ADDRESSED
    noun = word.low.endswith("en") or (forms <= {"subj1", "inf", "pres"} and word.low[-1] != "t")
    return forms - {"pres", "subj1"} if noun and not asks else forms


def is_apposed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle opens what is said beside a clause: begleitet von seiner Ministerin, reiste er ab."""
    if "part" not in tokens[i].word.forms or tokens[min(i + 1, len(tokens) - 1)].low not in AGENTS:
        return False
    return not i or tokens[i - 1].text in BREAK


def _leads_infinitive(token: Token) -> bool:
    """Whether no finite verb stands right behind a word: zu verweilen, zum Verweilen."""
    return token.low == "zu" or governs(token)


def governs(token: Token) -> bool:
    """Whether a word is a preposition that stands before its noun only: zum Verweilen, aus, für."""
    classes = token.word.classes
    return "fused" in classes or ("preposition" in classes and classes.keys().isdisjoint(AFTER))


def find_mood(word: Word) -> str:
    """Return subj1 or subj2 if a word is a verb in the Konjunktiv and cannot be an indicative; else nothing."""
    forms = {value for name in HELPERS if (value := word.classes.get(name))} or word.forms
    if not forms.isdisjoint(INDICATIVE):
        return ""
    return next((one for one in KONJUNKTIV if one in forms), "")


def is_reporting(word: Word) -> bool:
    """Whether a word can be a verb in the Konjunktiv I, which says that others say so."""
    if word.verbs or word.classes:
        return find_mood(word) == "subj1"
    return KONJ_FORM.fullmatch(word.low) is not None


def read_mood(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> str:
    """Return the mood of a token as the finite verb of its stretch: ind, subj1 or subj2; nothing if it is none.

    That of a word that the tables do not know is told by its ending.
    """
    token = tokens[i]
    colours = i < piece[-1] and tokens[i + 1].text[0].isupper()  # a noun follows
    if not token.word.verbs and not token.word.classes:
        unknown = "" if token.names else token.text
        if KONJ_FORM.fullmatch(unknown):
            return "" if colours else "subj1"
        return "ind" if PAST.fullmatch(unknown) else ""
    if not is_finite(tokens, i, piece):
        return ""
    mood = find_mood(token.word)
    if mood == "subj1" and colours and not token.word.helps:
        opens = i == piece[0] or tokens[i - 1].has("determiner", "preposition", "fused", "coordinator")
        return "" if opens else mood  # weite Teile, für weite Teile
    return mood or "ind"


def before_noun(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a participle stands before its noun: die verhängten Sanktionen, neu verhängte Sanktionen."""
    if i + 1 >= len(tokens) or i == piece[0]:
        return False
    after, before = tokens[i + 1], tokens[i - 1]
    if after.text[0].isupper() and _is_apart(tokens, i, piece):
        return True
    if after.names[0].kind != "adjective" if after.names else not after.text[0].isupper():
        return False
    if before.has("determiner") or before.text.isdigit():
        return True
    others = (tokens[k] for k in piece if k != i and not tokens[k].text[0].isupper())
    return any(one.word.helps or not one.word.forms.isdisjoint(FINITES) for one in others)


def _is_apart(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether an article before a participle stands apart from it: die am Montag in Rom verhängten Strafen."""
    return any(
        tokens[k].has("determiner") and tokens[k + 1].has(*BETWEEN) and not tokens[k].has("continuing")
        for k in range(piece[0], i - 1)
    )


def nonfinite(token: Token) -> bool:
    """Whether a word can also be a participle or an infinitive."""
    if "modal" in token.word.classes:
        return False
    return not token.word.forms.isdisjoint(NONFINITES) or token.low in ("haben", "werden", "sein")


def is_strong(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a finite verb is nothing else here: by its form, or as a helper or first word that is not the end."""
    token = tokens[i]
    if not nonfinite(token) or (i + 1 < len(tokens) and tokens[i + 1].low in ADDRESSED):
        return True
    return (i == piece[0] or token.word.helps) and is_second(tokens, i, piece)


def is_second(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a verb that may be an infinitive or participle too is finite, for it does not end its piece."""
    after = next((tokens[k] for k in piece if k > i), None)
    return after is not None and not after.word.verbs and not (after.word.helps or after.has("undergone", "been"))


def read_marks(tokens: Sequence[Token], clause: Clause) -> frozenset[str]:
    """Return what the helpers and adverbs of a clause say of its truth: future, shall, subj1, negator and the like."""
    inside, marks = clause.tokens, set[str]()
    for i in inside:
        classes = tokens[i].word.classes
        if classes and not classes.keys().isdisjoint(TRUTH) and not (_colours(tokens, i) or limits(tokens, i)):
            marks |= classes.keys() & TRUTH
    if clause.finite < 0:
        return frozenset(marks)
    helper = tokens[clause.finite].word
    if modal := helper.classes.get("modal"):
        marks.add(modal)
        if any(tokens[i].low in ("haben", "sein") for i in inside[-2:]):
            marks.add("perfect")
    elif mood := find_mood(helper):
        marks.add(mood)
    if helper.classes.get("become") in ("ind", "subj1", "subj2") and _has_infinitive(tokens, clause):
        marks.add("future")
    return frozenset(marks)


def _colours(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word only colours the noun behind it: mutmaßliche Rebellen wurden getötet, that is certain."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    inflected = tokens[i].low.endswith(INFLECTED) and tokens[i].has("hearsay")
    return inflected and after is not None and after.text[0].isupper()


def limits(tokens: Sequence[Token], i: int) -> bool:
    """Whether what looks like a negation denies no verb: nicht nur Polen, nicht Polen, sondern Ungarn."""
    if not tokens[i].has("negator") or i + 1 == len(tokens):
        return False
    comma = next((k for k in range(i + 1, min(i + FAR, len(tokens) - 1)) if tokens[k].text == ","), i)
    between = tokens[i + 1 : comma]
    contrasts = tokens[comma + 1].low == "sondern" and not any(one.word.verbs or one.word.helps for one in between)
    return tokens[i + 1].low in LIMITS or (bool(between) and contrasts)


def _has_infinitive(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause has an infinitive beside its verb, and does not end in a participle."""
    rest = [tokens[i] for i in clause.tokens if tokens[i].word.verbs and i != clause.finite]
    last = next((one.word.forms for one in reversed(rest) if not one.text[0].isupper()), frozenset[str]())
    return any("inf" in one.word.forms for one in rest) and not ("part" in last and "inf" not in last)
