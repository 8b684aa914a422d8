"""What an English word may be by itself: its parts of speech, with what each costs.

The parts of speech are: N noun (or adjective, or name), J name as adjective, D determiner, S pronoun as subject; F
finite full verb, X modal or do, H have, E be (all finite), Y be and have that are not finite, I infinitive, R past
participle, M participle before its noun, G form in -ing, T to before an infinitive; P preposition, O word that opens a
clause, C conjunction, B mark, and A adverb or quotation mark, which changes nothing. What else matters of a word is
marked behind them: s of a verb of saying, l of one that an infinitive without to may follow (let, help, make), n of a
name, e of a mark at which a clause must have its verb, b of one that opens speech, which needs no subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.tokens import BREAK, CLOSES, OPENS, QUOTES, Token

Parts = tuple[tuple[str, int], ...]
SAYS, LETS, NAMED, ENDS, OBJECT, BEGINS = "slneob"
ADVERB: Parts = (("A", 0),)
MARKS: dict[str, Parts] = {
    **dict.fromkeys((*BREAK, ".", "-"), (("B", 0),)),
    **dict.fromkeys(";:?!", (("B" + ENDS, 0),)),
    **dict.fromkeys(QUOTES, ADVERB),
}
SPEECH: dict[str, Parts] = {OPENS: (("B" + BEGINS, 0),), CLOSES: (("B" + ENDS, 0),)}
THAT: Parts = (("O", 0), ("S", 9))  # before a noun in the plural
NOUN: Parts = (("N", 0),)
NUMBER: Parts = (("N", 0), ("D", 2))
NAME: Parts = (("N" + NAMED, 0),)
ADJECTIVE: Parts = (("J" + NAMED, 0), ("N" + NAMED, 8))
UNKNOWN_VERB: Parts = (("F", 8), ("R", 3), ("M", 1))  # ends in -ed, and no table knows it
UNKNOWN_ING: Parts = (("N", 0), ("G", 4))
# The classes of the table `grammar` as parts of speech. A word may have several: before, after, since. What else a word
# may be stands in its class `tags`: that is O, D or S.
CLASSES = (
    ("modal", "X"),
    ("have", "H"),
    ("be", "E"),
    ("coordinator", "C"),
    ("relative", "O"),
    ("whether", "O"),
    ("if", "O"),
    ("subordinator", "O"),
    ("preposition", "P"),
    ("determiner", "D"),
    ("pronoun", "S"),
    ("person", "S"),
    ("him", "N"),
)
EITHER = {"O": 4, "P": 2}  # costs of a word that may open a clause or be a preposition: before, since
AUXILIARIES = frozenset("XHEY")
ADVERBS = ("adverb", "negator", "hearsay", "maybe")
GENITIVES = ("'s", "'")
CLITIC_AFTER = ("pronoun", "person", "relative", "this", "whether", "subordinator")  # it's, what's: is or has
OPENING = BREAK - {","}  # marks after which a sentence may begin
PRESENT = ("inf", "pres")
NEVER_NOUN, SELDOM_NOUN, OFTEN_NOUN = 30, 12, 4


def find_parts(tokens: Sequence[Token], i: int, words: Lexicon) -> Parts:
    """Return the parts of speech that the word at a place may be, with their costs."""
    if written := _read_written(tokens, i):
        return written
    token, word = tokens[i], tokens[i].word
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if word.low == "to":
        return _read_to(tokens, i, words)
    if word.low == "no" and after is not None and after.has("continuing"):
        return ADVERB  # no longer supplies
    if not word.classes and not word.verbs:
        return _guess(word.low)
    if "complementizer" in word.classes and after is not None and _is_many(after):
        return THAT  # that ships left
    known: Sequence[Parts] = words.kept.get(word.low) or words.kept.setdefault(word.low, _read_word(token, words))
    return known[0] if len(known) == 1 else known[_choose(tokens, i)]


def _read_written(tokens: Sequence[Token], i: int) -> Parts:
    """Return what a mark, a name, an apostrophe, a number or a word with a capital may be; nothing if it is another."""
    token = tokens[i]
    text, word = token.text, token.word
    if text in MARKS:
        return SPEECH.get(token.speech) or MARKS[text]
    if token.names:
        return ADJECTIVE if token.names[0].kind == "adjective" else NAME
    if word.low in GENITIVES:
        return _read_clitic(tokens, i)
    if text[0].isdigit() or ("number" in word.classes and i and tokens[i - 1].low in GENITIVES):
        return NUMBER  # 12 ships, Norway's three ships
    return _read_capital(token) if text[0].isupper() and i and tokens[i - 1].text not in OPENING else ()


def _choose(tokens: Sequence[Token], i: int) -> int:
    """Return which answer of `_read_word` what stands before and after a word asks for."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    plural = not tokens[i].word.forms.isdisjoint(PRESENT) and _is_plural(tokens, i)
    return 3 * plural + (1 if after == "by" else 2 if after in ("of", "between") else 0)


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between the parts of a verb group."""
    return token.has(*ADVERBS) or (token.low.endswith("ly") and not token.names and not token.word.verbs)


def skip_adverbs(tokens: Sequence[Token], i: int, step: int = 1) -> int:
    """Return the first place from one on, ahead or back, where no adverb stands; it may lie outside the sentence."""
    while 0 <= i < len(tokens) and is_adverb(tokens[i]):
        i += step
    return i


def _read_clitic(tokens: Sequence[Token], i: int) -> Parts:
    """Read 's: a genitive, is, or has; or an apostrophe alone."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    if tokens[i].word.low == "'":  # of a plural, else a quotation mark
        genitive = before is not None and before.end == tokens[i].start and before.low.endswith("s")
        return (("D", 0),) if genitive else ADVERB
    if before is not None and not before.names and (before.has(*CLITIC_AFTER) or before.low == "here"):
        return (("E", 0), ("H", 6), ("D", 30))
    alone = after is not None and after.has("coordinator")  # Russia's and Ukraine's leaders
    return (("N", 2), ("D", 40)) if alone else (("D", 0), ("E", 28), ("H", 40))


def _read_capital(token: Token) -> Parts:
    """Read a word that begins with a capital inside a sentence: a name, if it is no pronoun."""
    classes = token.word.classes
    known = [part for name, part in CLASSES if name in classes] if classes else ()
    if not known:
        return NOUN
    if "S" in known:
        return (("S", 0),)
    return (("N", 4), (known[0], 4)) if known[0] in "DPC" else (("N", 0), (known[0], 12))


def _read_to(tokens: Sequence[Token], i: int, words: Lexicon) -> Parts:
    """Read to: before an infinitive, or before a noun: bowed to pressure."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1].word.verbs if i else ()
    if any("leaning" in words.word(one.lemma).classes for one in before):
        return (("T", 6), ("P", 0))
    infinitive = after is not None and "inf" in after.word.forms
    return (("T", 0), ("P", 8 if infinitive else 2))


def _read_closed(token: Token) -> Iterator[tuple[str, int]]:
    """Yield what a function word may be."""
    if tags := token.word.classes.get("tags"):
        noun = "N" + OBJECT if "S" in tags else "N"
        yield from ((noun if one[0] == "N" else one[0], int(one[1:] or 0)) for one in tags.split())
        return
    known = dict.fromkeys(part for name, part in CLASSES if token.has(name))
    costs = EITHER if EITHER.keys() <= known.keys() else {}
    for part in known:
        yield part, costs.get(part, 0)
        if part in "XHEC":
            return
    if is_adverb(token):
        yield "A", 6 if known else 10 if token.word.verbs else 0


def _guess(low: str) -> Parts:
    """Return what a word may be that no table knows."""
    if low.endswith("ly"):
        return ADVERB
    if low.endswith("ed") and not low.endswith("eed") and len(low) > 4:
        return UNKNOWN_VERB
    return UNKNOWN_ING if low.endswith("ing") and len(low) > 5 else NOUN


def _read_word(token: Token, words: Lexicon) -> Sequence[Parts]:
    """Return what a word may be: one answer, or one for each of what may stand before and after it."""
    closed = tuple(_read_closed(token)) if token.word.classes else ()
    if not token.word.verbs or (closed and closed[0][0] in AUXILIARIES):
        return (closed or _guess(token.low),)
    mark = SAYS if any(words.has(one.lemma, "says") for one in token.word.verbs) else LETS if token.has("lets") else ""
    return [
        (*closed, *((part + mark, cost) for part, cost in _read_open(token, words, plural, after)))
        for plural in (False, True)
        for after in ("", "by", "of")
    ]


def _read_open(token: Token, words: Lexicon, plural: bool, after: str) -> Iterator[tuple[str, int]]:
    """Yield what a word may be as a noun, or as one of the forms of a verb."""
    forms, noun = token.word.forms, _find_noun_cost(token, words)
    if "inf" in forms:
        rare = 8 if after == "of" and noun < NEVER_NOUN else 0  # the manufacture of
        yield from (("I", 2), ("F", (4 if "past" in forms else 6 if plural else 16) + rare), ("N", noun))
    elif "pres" in forms:
        yield from (("F", 14 if plural else 6), ("N", max(0, noun - 1)))
    elif "past" in forms:
        yield "F", 9 if after == "by" else 1
        if noun < OFTEN_NOUN:
            yield "N", 6
    yield from _read_nonfinite(token, words, after, noun)


def _find_noun_cost(token: Token, words: Lexicon) -> int:
    """Return what it costs that a form of a verb is a noun."""
    if any("verbal" in words.word(one.lemma).classes for one in token.word.verbs):
        return NEVER_NOUN
    if token.word.nouns or token.word.head:
        return 0
    return SELDOM_NOUN if token.has("says") else OFTEN_NOUN


def _read_nonfinite(token: Token, words: Lexicon, after: str, noun: int) -> Iterator[tuple[str, int]]:
    """Yield what a past participle or a form in -ing may be; `noun` is what it costs that the word is a noun."""
    forms = token.word.forms
    if "part" in forms:
        yield "R", 0 if after == "by" or "past" not in forms else 3
        yield "M", 30 if token.has("says") else 3
    if "ing" in forms:
        seldom = any(words.has(one.lemma, "says") for one in token.word.verbs)  # a letter saying
        yield from (("G", 14 if after == "of" else 0), ("N", 4 if noun < OFTEN_NOUN else 16 if seldom else 8))


def _is_many(token: Token) -> bool:
    """Whether a word looks like a noun in the plural."""
    return token.low.endswith("s") and not token.low.endswith(("ss", "us", "'s", "is"))


def _is_plural(tokens: Sequence[Token], i: int) -> bool:
    """Whether what stands before a word can be a subject in the plural: troops attack, Russia and Iran attack."""
    k = skip_adverbs(tokens, i - 1, -1)
    before = tokens[k] if k >= 0 else None
    if before is None or before.text in BREAK:
        return True
    if before.has("relative"):
        return "inf" in tokens[i].word.forms
    if before.has("pronoun", "person", "coordinator"):
        return not before.has("singular")
    joined = k > 0 and tokens[k - 1].has("coordinator")
    joined |= k == 2 and tokens[1].text == "," and bool(tokens[0].names and before.names)  # Chad, Mali Sign Pact
    plural = _is_many(before)
    people = any(name.kind == "inhabitant" for name in before.names) or before.has("people")
    return plural or joined or people
