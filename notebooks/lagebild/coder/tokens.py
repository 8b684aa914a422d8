"""A sentence as tokens: words with what the tables know of them, names, marks and quoted speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lagebild.coder.gazetteer import cities, first_names
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.model import NEVER, Name, Token
from lagebild.core import Reference

# didn't is did and n't: the negation is a word of its own; example.org is one word, and 3. is one.
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)+|\d+\.(?=\s\w)|(?=\w++['’]t\b)\w+(?=n['’]t\b)|n['’]t\b|"
    r"\w++(?:[-‑]\w++)*+(?:\.[a-z]{2,3}\b)?|['’](?:s|m|re|ve|ll|d)\b|\S"
)
COMPOUND = re.compile(r"[-‑]\w+(?:[-‑]\w+)*")  # what hangs on a name: US-Präsident
GIVEN = re.compile(r"(\w+) ([A-Z]\w+)")  # a name goes on
QUOTES = frozenset('„“”"»«‚‘’›‹')
OPENS, CLOSES = "opens", "closes"
LEADS, ENDS = frozenset(",:;.!?–—("), frozenset(",.!?…")  # marks before speech, and at its end
NAMESAKES = ("surname", "weak", "unsure")  # kinds of names that others may bear
LONG, TITLE = 4, 3  # letters of the words that a headline capitalises, and how many of them show one
BREAK = frozenset(',;:–—()„“”"»«‚‘’›‹?!…[]/')  # marks that part clauses


def tokenize(
    reference: Reference, text: str, start: int, end: int, names: Sequence[Name], words: Lexicon
) -> list[Token]:
    """Return the tokens of text[start:end]; `names` are those inside it, from left to right."""
    tokens: list[Token] = []
    place = start
    for name in names:
        if name.start < place:  # inside a compound that is already one token
            if tokens and tokens[-1].names:
                tokens[-1].names += (name,)
            continue
        tokens += _plain(text, place, name.start, words)
        if name.kind in NAMESAKES and _other_person(reference, tokens, text[name.start : end], words):
            tokens += _plain(text, name.start, name.end, words)
            place = name.end
            continue
        if tokens and tokens[-1].has("location"):
            state = cities(reference, words.language.code).get(text[name.start : name.end])
            name = replace(name, actor_id=state, kind="place", type="state") if state else name  # an attack in Brussels
        tokens.append(_join(text, end, name, names, words))
        place = tokens[-1].end
    tokens += _plain(text, place, end, words)
    if any(token.text == "(" for token in tokens):
        tokens = _without_short_asides(tokens)
    if any(token.text in QUOTES for token in tokens):
        tokens = _without_short_quotes(tokens)
        speech = _find_speech(tokens)
        for i, side in speech.items():
            tokens[i].speech = side
    return tokens


def _join(text: str, end: int, name: Name, names: Sequence[Name], words: Lexicon) -> Token:
    """Return the token of a name with what hangs on it: US-Präsident."""
    compound = COMPOUND.match(text, name.end, end)
    stop = compound.end() if compound else name.end
    tail, loose = NEVER, False
    if compound:
        tail = words.word(re.split(r"[-‑]", compound[0])[-1])
        loose = not (tail.head or tail.nouns) and not any(n.start > name.start and n.end == stop for n in names)
    whole = text[name.start : stop]
    return Token(name.start, stop, whole, words.word(whole), (name,), tail, loose)


def _without_short_asides(tokens: list[Token]) -> list[Token]:
    """Drop the short form in brackets behind a name: die Arbeiterpartei Kurdistans (PKK)."""
    kept: list[Token] = []
    k = 0
    while k < len(tokens):
        inside = tokens[k + 1] if k + 2 < len(tokens) and tokens[k].text == "(" and tokens[k + 2].text == ")" else None
        if inside is not None and inside.text.isupper() and kept and kept[-1].names:
            k += 3
        else:
            kept.append(tokens[k])
            k += 1
    return kept


def _without_short_quotes(tokens: list[Token]) -> list[Token]:
    """Drop the marks around up to three quoted words: dem Schiff „Aquarius“ is one phrase."""
    dropped: set[int] = set()
    opened = -1
    for i, token in enumerate(tokens):
        if token.text not in QUOTES:
            continue
        inside = tokens[opened + 1 : i]
        short = opened >= 0 and len(inside) <= 3
        if short and not any(t.text in ",.!?:;" or t.has("be", "have", "modal") for t in inside):
            dropped |= {opened, i}
            opened = -1
        else:
            opened = i
    return [token for i, token in enumerate(tokens) if i not in dropped] if dropped else tokens


def _find_speech(tokens: Sequence[Token]) -> dict[int, str]:
    """Return which marks of quotation open or close speech: those that stand after a mark and before one."""
    speech: dict[int, str] = {}
    opened = -1  # the mark that is open; -1 if none is
    for i, token in enumerate(tokens):
        if token.text not in QUOTES:
            continue
        closes = i > 0 and tokens[i - 1].end == token.start and tokens[i - 1].text not in LEADS - ENDS
        if not closes:
            opened = i
            continue
        if opened >= 0 and _is_speech(tokens, opened, i):
            speech |= {opened: OPENS, i: CLOSES}
        elif opened < 0 and tokens[i - 1].text in ENDS:
            speech[i] = CLOSES  # it was opened in an earlier sentence
        opened = -1
    if opened >= 0 and _is_led(tokens, opened):
        speech[opened] = OPENS  # it is closed in a later one
    return speech


def _is_speech(tokens: Sequence[Token], opened: int, closed: int) -> bool:
    ended = tokens[closed - 1].text in ENDS
    whole = ended or closed + 1 == len(tokens) or tokens[closed + 1].text in LEADS
    begins = _is_led(tokens, opened) or (ended and tokens[opened + 1].text[0].isupper())
    return closed - opened > 2 and whole and begins


def _is_led(tokens: Sequence[Token], opened: int) -> bool:
    """Whether a mark of quotation stands first, or behind a mark that leads to speech."""
    return opened == 0 or tokens[opened - 1].text in LEADS


def _other_person(reference: Reference, tokens: Sequence[Token], name: str, words: Lexicon) -> bool:
    """Whether a surname belongs to somebody else: Hunter Biden, Präsident Dioncounda Traoré, Fischer Black."""
    if _is_given_name(reference, name, words):
        return True
    before = tokens[-1] if tokens else None
    if before is None or not before.text[0].isupper() or before.names or before.word.head or before.word.classes:
        return False
    if before.text in first_names(reference):
        return True
    return len(tokens) > 1 and (tokens[-2].word.head or tokens[-2].tail.head) == "office"


def _is_given_name(reference: Reference, name: str, words: Lexicon) -> bool:  # Hunter Biden
    more = GIVEN.match(name)
    if not more or (words.language.capital_nouns and more[1] not in first_names(reference)):
        return False
    follows = words.word(more[2])
    return not (follows.head or follows.nouns or follows.classes or follows.verbs)


def _plain(text: str, start: int, end: int, words: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    look_up, before = words.word, ""
    for match in TOKEN.finditer(text, start, end):
        word = match[0]
        known, tail = look_up(word), NEVER
        if "-" in word and not known.nouns and not known.head:
            tail = look_up(word.rsplit("-", 1)[1])
            known = replace(known, nouns=tail.nouns, head=tail.head)
        pair = words.pairs.get(known.low)
        if pair and before in pair and "determiner" not in known.classes:
            # a rights group is no group of fighters, member states are a body
            known = replace(known, head=pair[before])
        before = known.low
        tokens.append(Token(*match.span(), word, known, (), tail))
    return tokens


def lower_title(tokens: Sequence[Token]) -> None:
    """Write the words of a headline in title case small, but names: U.S. Condemns Attacks in Iraq."""
    if not tokens or tokens[-1].text in ENDS:
        return
    capitals = 0
    for token in tokens:
        small = len(token.text) < LONG or token.has("preposition", "coordinator", "subordinator")
        if small or not token.text[0].isalpha():
            continue
        if not token.text[0].isupper():
            return
        capitals += 1
    if capitals < TITLE:
        return
    for token in tokens:
        if not token.names and token.text.istitle():
            token.text = token.text.lower()
