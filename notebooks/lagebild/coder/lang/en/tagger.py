"""English words as parts of speech: the reading of a whole sentence that costs least.

English marks hardly anything by its endings: `strikes` is a noun or a verb, `seized` a past tense or a participle. A
word alone decides little, its neighbours and one rule of grammar decide most: a clause has one finite verb. So each
reading of a word has a cost, each step from one to the next has one, and a clause that ends without its verb, or gets a
second one, costs too. The cheapest path is found by a beam search (Viterbi's, with the clauses as state).

The costs are set by hand, in tenths: 0 is what grammar expects, 10 happens, 60 is all but excluded.

The parts of speech are: N noun (or adjective, or name), J name as adjective, D determiner, S pronoun as subject; F
finite full verb, X modal or do, H have, E be (all finite), Y be and have that are not finite, I infinitive, R past
participle, M participle before its noun, G form in -ing, T to before an infinitive; P preposition, O word that opens a
clause, C conjunction, B mark, and A adverb or quotation mark, which changes nothing. What else matters of a word is
marked behind them: s of a verb of saying, l of one that an infinitive without to may follow (let, help, make), n of a
name, e of a mark at which a clause must have its verb, b of one that opens speech, which needs no subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple, Optional

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.model import Token
from lagebild.coder.tokens import BREAK, CLOSES, OPENS, QUOTES

Parts = tuple[tuple[str, int], ...]
SAYS, LETS, NAMED, ENDS, BEGINS = "slneb"
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
    return 3 * _is_plural(tokens, i) + (1 if after == "by" else 2 if after in ("of", "between") else 0)


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
    if before is not None and before.has(*CLITIC_AFTER):
        return (("E", 0), ("H", 6), ("D", 30))
    alone = after is not None and after.has("coordinator")  # Russia's and Ukraine's leaders
    return (("N", 2), ("D", 40)) if alone else (("D", 0), ("E", 28), ("H", 40))


def _read_capital(token: Token) -> Parts:
    """Read a word that begins with a capital inside a sentence: a name, if it is no pronoun."""
    classes = token.word.classes
    known = [part for name, part in CLASSES if name in classes]
    if not known:
        return NOUN
    if "S" in known:
        return (("S", 0),)
    return (("N", 0), (known[0], 12))


def _read_to(tokens: Sequence[Token], i: int, words: Lexicon) -> Parts:
    """Read to: before an infinitive, or before a noun: bowed to pressure."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1].word.verbs if i else ()
    if any("leaning" in words.word(analysis.lemma).classes for analysis in before):
        return (("T", 6), ("P", 0))
    infinitive = after is not None and "inf" in after.word.forms
    return (("T", 0), ("P", 8 if infinitive else 2))


def _read_closed(token: Token) -> Iterator[tuple[str, int]]:
    if tags := token.word.classes.get("tags"):
        yield from ((one[0], int(one[1:] or 0)) for one in tags.split())
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
    says = any(words.has(analysis.lemma, "says") for analysis in token.word.verbs)
    mark = SAYS if says else LETS if token.has("lets") else ""
    return [
        (*closed, *((part + mark, cost) for part, cost in _read_open(token, words, plural, after)))
        for plural in (False, True)
        for after in ("", "by", "of")
    ]


def _read_open(token: Token, words: Lexicon, plural: bool, after: str) -> Iterator[tuple[str, int]]:
    """Yield what a word may be as a noun, or as one of the forms of a verb."""
    forms, noun = token.word.forms, _find_noun_cost(token, words)
    if "inf" in forms:
        yield from (("I", 2), ("F", 4 if "past" in forms else 6 if plural else 16), ("N", noun))
    elif "pres" in forms:
        yield from (("F", 14 if plural else 6), ("N", max(0, noun - 1)))
    elif "past" in forms:
        yield "F", 9 if after == "by" else 1
    yield from _read_nonfinite(token, words, after, noun)


def _find_noun_cost(token: Token, words: Lexicon) -> int:
    if any("verbal" in words.word(analysis.lemma).classes for analysis in token.word.verbs):
        return NEVER_NOUN
    if token.word.nouns or token.word.head:
        return 0
    return SELDOM_NOUN if token.has("says") else OFTEN_NOUN


def _read_nonfinite(token: Token, words: Lexicon, after: str, noun: int) -> Iterator[tuple[str, int]]:
    """Yield what a past participle or a form in -ing may be; `noun` is what it costs that the word is a noun."""
    forms = token.word.forms
    if "part" in forms:
        yield "R", 0 if after == "by" else 3
        yield "M", 30 if token.has("says") else 3
    if "ing" in forms:
        seldom = any(words.has(analysis.lemma, "says") for analysis in token.word.verbs)  # a letter saying
        yield from (("G", 14 if after == "of" else 0), ("N", 4 if noun < OFTEN_NOUN else 16 if seldom else 8))


def _is_many(token: Token) -> bool:
    return token.low.endswith("s")


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


BEAM = 6  # readings of the words so far that are followed up
# What it costs to go on from one part of speech (row, ^ is the beginning) to the next (column).
STEPS = """
   N  J  D  S  F  X  H  E  Y  I  R  M  G  T  P  O  C  B
^  2  2  0  0 20  4  6  4 12 15 15  8  8  4  2  2 10  0
N  4 12 12 10  3  2  2  2 10 50 12 18 10  2  0  2  0  0
J  0  3 20 30 25 25 25 25 60 60 30  2 20 20 15 10  5  8
D  0  0 30 40 60 40 50 50 60 60 60  0 25 60 50 40 40 40
S 30 30 20 20  0  0  0  0 20 40 45 30 15  4  3  4  3  2
F  3  3  0  6 50 50 50 50 12 30 14  5  6  2  1  2  5  2
X 20 20  8  2 60 40 30 50  0  0 50 40 45 30 12 10 12  8
H  4  4  2  6 60 50 50 50  0 50  0 22 25  4 12 15 10  8
E  5  4  3  8 60 50 50 40  0 50  0 14  0  4  3  5  8  6
Y  5  4  3  8 60 50 50 50  0 50  0 14  2  4  3  5  8  6
I  3  3  0  5 50 40 40 40 12 40 14  5  6  2  1  3  3  2
R  6  6  5 12 40 35 35 35 20 40 30 12 10  1  0  3  2  1
M  0  0 60 60 60 60 60 60 60 60 60  5 40 60 40 40  8 30
G  2  2  0  5 40 25 25 25  8 40 10  8 10  3  1  3  3  3
T 60 60 60 60 60 60 60 60  0  0 60 60 60 60 60 60 40 40
P  0  0  0 10 60 50 50 50  2 60 50  3  0 30  6 10 30 20
O  2  2  0  0  0  1  1  1 20 45  9 10 12  5  4  5 20 12
C  2  2  1  3  5  5  5  5  6  6  6  8  7  3  2  3 30  8
B  2  2  1  2  4  4  4  4  6 15  9  8  5  4  1  2  1  5
"""
COLUMNS, *ROWS = (line.split() for line in STEPS.strip().splitlines())
COSTS = {(row[0], part): int(cost) for row in ROWS for part, cost in zip(COLUMNS, row[1:], strict=True)}
FINITE = frozenset("FXHE")
OPEN, DONE, MAYBE = 0, 1, 2  # a clause lacks its verb; has it; may begin here, or not
NEEDED, POSSIBLE = 1, 2  # a clause around this one lacks its verb; may follow
UNFINISHED = 25  # a clause ends without its verb
HEADING = 8  # the same at the end of a line without mark
SAID, FRESH, CONTACT = 4, 6, 22  # a second verb: of what was said; with a subject of its own; without
LONE, AGAIN = 8, 12  # a verb without subject; right after a comma
BARE = 2  # an infinitive without to: did the army attack, helped free them
JOINED = 10  # the verb of a clause whose subject is another one
ALIKE, UNLIKE = -4, 6  # a verb that a conjunction joins has the form of the one before, or not
LAST = {"D": 40, "M": 40, "T": 40, "P": 10, "J": 8}  # parts of speech that do not end a sentence


class State(NamedTuple):
    """What the reading of the words so far means for the next word."""

    last: str = "^"  # the part of speech of the last word
    clause: int = OPEN
    outer: int = 0  # whether a clause around this one is NEEDED or POSSIBLE
    verb: str = ""  # the last verb, by which a conjunction measures the next
    says: bool = False  # that verb may be followed by what was said, without that
    fresh: bool = False  # a noun phrase began where none was due: the subject of another clause
    subject: bool = False  # the clause has something that can be its subject


STATES = [State()]  # the few hundred that occur, by number
NUMBERS = {State(): 0}
Path = tuple[int, int, str, Optional["Path"]]  # its cost, its state, its last part of speech, and the path to there
COST = itemgetter(0)


def tag(tokens: Sequence[Token], words: Lexicon) -> list[str]:
    """Return the part of speech of each word."""
    paths: list[Path] = [(0, 0, "", None)]  # the cheapest one of each state
    for i in range(len(tokens)):
        steps = _steps(find_parts(tokens, i, words))
        best: dict[int, Path] = {}
        for path in paths:
            so_far, state = path[0], path[1]
            for after, part, cost in steps[state]:
                total, other = so_far + cost, best.get(after)
                if other is None or total < other[0]:
                    best[after] = total, after, part, path
        paths = [*best.values()]
        if len(paths) > BEAM:
            paths.sort(key=COST)
            del paths[BEAM:]
    path = min(paths, key=_end_cost)
    tags = []
    while path[3] is not None:
        tags.append(path[2])
        path = path[3]
    return tags[::-1]


def _end_cost(path: Path) -> int:
    state = STATES[path[1]]
    unfinished = UNFINISHED if state.last == "B" else HEADING
    return path[0] + LAST.get(state.last, 0) + unfinished * _count_missing(state)


def _count_missing(state: State) -> int:
    return (state.clause == OPEN) + (state.outer == NEEDED)


class _Steps(dict[int, Sequence[tuple[int, str, int]]]):
    """Where a word leads from each state: the states after it, with its part of speech and what that costs."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def __missing__(self, number: int) -> Sequence[tuple[int, str, int]]:
        steps = []
        for part, own in self.parts:
            for state, cost in _find_steps(STATES[number], part[0], part[1:]):
                if state not in NUMBERS:
                    NUMBERS[state] = len(STATES)
                    STATES.append(state)
                steps.append((NUMBERS[state], part[0], own + cost))
        self[number] = steps
        return steps


_steps = cache(_Steps)  # words may be few different things


def _find_steps(state: State, part: str, mark: str) -> Iterator[tuple[State, int]]:
    """Yield the states after a word with their costs: a verb may be part of what was said, or of a clause around it."""
    yield _step(state, part, mark)
    if part in FINITE and state.clause == DONE and state.outer and state.says:
        after, cost = _step(state._replace(outer=0), part, mark)
        yield after._replace(outer=state.outer), cost - SAID  # Norway, which said it had left, came back


def _step(state: State, part: str, mark: str) -> tuple[State, int]:
    """Return the state after a word, and what it costs to go on with it; `mark` is what the word adds to its part."""
    if part == "A":
        return state, 0
    change = CHANGES.get(part)
    after, extra = change(state, part, mark) if change is not None else (state, 0)
    if part in "HE":
        after = after._replace(verb=part if state.last in "^OCB" else "F")
    elif part in "FIRGX":
        after = after._replace(verb="L" if mark == LETS else part, says=after.says or mark == SAYS)
    return after._replace(last=part), _find_cost(state, part) + extra


def _find_cost(state: State, part: str) -> int:
    last, verb = state.last, state.verb
    pair = verb + part
    if (last in "NS" and pair in ("XI", "HR", "ER", "EG")) or (pair == "LI" and last in "NSFIRG"):
        return BARE
    if part in FINITE and last in "FXHERIG":
        return JOINED  # what they say is true
    measured = last == "C" and part in "FIRG" and verb in "FIRG"
    return COSTS[last, part] + (0 if not measured else ALIKE if part == verb else UNLIKE)


def _give_verb(state: State, part: str, mark: str) -> tuple[State, int]:
    """Give a clause its finite verb: a second one is that of another clause, and one without subject is seldom."""
    last, clause, outer, _, says, fresh, subject = state
    cost = 0
    if clause != OPEN and outer:
        outer = 0
    elif clause == DONE:
        cost = SAID if says and subject else FRESH if fresh else CONTACT
    elif not subject and last != "O" and mark != SAYS:
        cost = LONE + (AGAIN if (clause, last) == (MAYBE, "B") else 0)
    return state._replace(clause=DONE, outer=outer, says=mark == SAYS, fresh=False, subject=False), cost


def _open_inner(state: State, part: str, mark: str) -> tuple[State, int]:
    """Open a clause within the one so far, which may lack its verb."""
    outer = state.outer or (NEEDED if state.clause == OPEN else POSSIBLE if state.clause == MAYBE else 0)
    return state._replace(clause=OPEN, outer=outer, fresh=False, subject=False), 0


def _end_clause(state: State, part: str, mark: str) -> tuple[State, int]:
    """End a clause at a mark or a conjunction, or let it go on if it lacks its verb."""
    cost, verb = 0, "" if part == "B" and state.verb in "XLHE" else state.verb
    clause, outer, subject = state.clause, state.outer, state.subject
    if mark == ENDS:
        cost = UNFINISHED * _count_missing(state)
        clause, outer, subject = MAYBE, 0, False
    elif clause == DONE:
        clause, subject = MAYBE, part == "C"
    subject = subject or (mark == BEGINS and clause == MAYBE)
    return state._replace(clause=clause, outer=outer, verb=verb, fresh=False, subject=subject), cost


def _add_nominal(state: State, part: str, mark: str) -> tuple[State, int]:
    """Add a word of a noun phrase: it may be the subject, or that of a clause within."""
    last, clause, outer, _, _, fresh, subject = state
    if part == "S" and last == "N" and clause == OPEN and subject:
        outer = outer or POSSIBLE  # every move they make
    subject = subject or last in "^BCOGFRIY"
    fresh = fresh or (last == "N" and (part in "SD" or mark == NAMED))
    return state._replace(outer=outer, fresh=fresh, subject=subject), 0


def _add_nonfinite(state: State, part: str, mark: str) -> tuple[State, int]:  # as expected, if attacked
    if state.last != "O":
        return state, 0
    return state._replace(clause=MAYBE, outer=0), 0


CHANGES: dict[str, Callable[[State, str, str], tuple[State, int]]] = {  # what a part of speech means for its clause
    **dict.fromkeys(FINITE, _give_verb),
    **dict.fromkeys("CB", _end_clause),
    **dict.fromkeys("NJDS", _add_nominal),
    **dict.fromkeys("RG", _add_nonfinite),
    "O": _open_inner,
}
