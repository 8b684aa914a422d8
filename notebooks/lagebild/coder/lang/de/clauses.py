"""German sentences to clauses, from marks, conjunctions and the place of the finite verb.

First to stretches between marks, then to pieces where und joins verbs or a comma is missing, then to clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lagebild.coder.lang.de.verbs import is_finite, is_second, is_strong, nonfinite
from lagebild.coder.model import Clause, Token
from lagebild.coder.tokens import BREAK, CLOSES, OPENS

Stretch = tuple[str, list[int]]  # what stands between two marks, with the mark before it
Piece = tuple[str, list[int], list[int]]  # with what may be its verbs


def find_stretches(tokens: Sequence[Token]) -> Iterator[Stretch]:
    """Yield the stretches between marks, each with the mark before it."""
    mark, piece = "", list[int]()
    for i, token in enumerate(tokens):
        if token.text in BREAK or (token.text == "-" and _is_dash(tokens, i)):
            if piece:
                yield mark, piece
            if piece or mark not in (":", ";"):
                mark, piece = token.text, []
        elif token.text not in ".`'":
            piece.append(i)
    if piece:
        yield mark, piece


def _is_dash(tokens: Sequence[Token], i: int) -> bool:
    before, after = tokens[max(i - 1, 0)], tokens[min(i + 1, len(tokens) - 1)]
    apart = before.end < tokens[i].start and tokens[i].end < after.start
    return apart or "-" in (before.text if i else "", after.text if after is not tokens[i] else "")


def cut(tokens: Sequence[Token], mark: str, piece: list[int]) -> Iterator[Piece]:
    """Yield the parts of a stretch that have a verb each, with what may be their verbs."""
    finite = _finite(tokens, piece)
    if k := _find_clause(tokens, piece, finite):
        yield from cut(tokens, mark, piece[:k])
        yield from cut(tokens, ",", piece[k:])
        return
    if (k := _find_infinitive(tokens, piece)) and finite:
        yield from cut(tokens, mark, piece[:k])
        yield ",", piece[k:], []
        return
    joints = [k for k in range(1, len(piece) - 1) if "coordinator" in tokens[piece[k]].word.classes]
    for k in joints:
        left, right = piece[:k], piece[k + 1 :]
        left_finite, right_finite = _finite(tokens, left), _finite(tokens, right)
        if right_finite and any(piece[later] + 1 == right_finite[0] for later in joints if later > k):
            continue  # Rosneft und Lukoil und sagte … ab: the second one joins the verbs
        if _is_headline(tokens, left, right):
            yield mark, left, []
            yield "und", right, []
            return
        joins = _joins_verbs(tokens, left, left_finite, right, right_finite)
        if joins or (mark == "," and _is_list(tokens, left, right)):
            yield mark, left, left_finite
            yield from cut(tokens, "und", right)
            return
    yield mark, piece, finite


def _joins_verbs(
    tokens: Sequence[Token],
    left: Sequence[int],
    left_finite: Sequence[int],
    right: Sequence[int],
    right_finite: Sequence[int],
) -> bool:
    """Whether what und joins has a verb on each side: what stands left of it, and right."""
    end = tokens[left[-1]]
    strong = [i for i in right_finite if not nonfinite(tokens[i]) or is_second(tokens, i, right)]
    verb_next = bool(strong) and right_finite[0] == right[0]
    if not left_finite:
        return verb_next and end.has("prefix")  # hob um acht Uhr (MEZ) | ab und gab … frei
    final = left[-1] == left_finite[-1] and not nonfinite(end)  # die kamen und … Waren verkauften
    closes = final and right_finite[-1:] == right[-1:]
    apart = verb_next or (len(right) > 2 and (bool(strong) or closes))
    return apart or _shares_helper(tokens, left, left_finite, right[-1])


def _finite(tokens: Sequence[Token], piece: Sequence[int]) -> list[int]:
    return [i for i in piece if is_finite(tokens, i, piece)]


def _shares_helper(tokens: Sequence[Token], left: Sequence[int], finite: Sequence[int], end: int) -> bool:
    """Whether what und joins has one helper and two verbs: hat A verurteilt und B ersucht."""
    if not tokens[end].word.verbs or not any(tokens[i].word.helps for i in finite):
        return False
    return any(tokens[i].word.verbs and not tokens[i].word.helps for i in left)


def _is_list(tokens: Sequence[Token], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether what und joins are the last two participles of a list, whose helper stands before it."""
    ends = tokens[left[-1]], tokens[right[-1]]
    return all("part" in end.word.forms for end in ends)


def _is_headline(tokens: Sequence[Token], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether what und joins is two participles with a noun each and no helper: Zwei getötet und drei verletzt."""
    if right[-1] + 1 < len(tokens) or not _is_list(tokens, left, right):
        return False
    return not any(_finite(tokens, side[:-1]) for side in (left, right))


def is_conjunction(token: Token) -> bool:
    """Whether a word opens a clause whose verb comes last, and does nothing else."""
    return token.has(*CONJUNCTIONS) and not token.has("preposition", "modal")


def _find_infinitive(tokens: Sequence[Token], piece: Sequence[int]) -> int:
    """Return where an infinitive begins that no comma parts from the particle before it: bot an zu helfen; else 0."""
    k = len(piece) - 1
    if k > 1 and tokens[piece[k - 1]].has("infinitive"):
        k -= 1
    elif not any(analysis.zu for analysis in tokens[piece[k]].word.verbs):
        return 0
    led = k > 1 and tokens[piece[k - 1]].has("prefix")
    return k if led and "inf" in tokens[piece[-1]].word.forms else 0


def _find_clause(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int]) -> int:
    """Return where a clause begins that no comma parts from the one before it; 0 if nowhere."""
    strong = [piece.index(i) for i in finite if is_strong(tokens, i, piece)] if len(finite) > 1 else []
    if len(strong) < 2:
        return 0
    opens = any(is_conjunction(tokens[i]) or tokens[i].has("question") for i in piece[:2])
    if opens and (follows := next((k + 1 for k in strong if k + 1 in strong), 0)):
        return follows  # wenn er kommt gehen wir
    if strong[-1] + 1 == len(piece):
        for k in range(strong[0] + 1, strong[-1]):
            before, token, after = (tokens[i] for i in piece[k - 1 : k + 2])
            if _opens_within(before, token, after):
                return k - 1 if before.has("leading") else k
    return 0


def _opens_within(before: Token, token: Token, after: Token) -> bool:
    """Whether a word opens a clause without a comma: a conjunction, or a relative pronoun behind its noun."""
    relative = token.has("relative") and before.text[0].isupper() and not after.text[0].isupper()
    return relative or is_conjunction(token)


CONJUNCTIONS = ("complementizer", "if", "subordinator", "whether")
SUBJECTS = ("was", "wer", "wen", "wem", "ob", "wie", "warum")  # words that open a clause which can be a subject
State = tuple[Clause | None, Clause | None, Clause | None]
THEN = ("so", "dann")  # words that open a main clause after a condition without wenn


def split_clauses(tokens: Sequence[Token], stretches: Iterable[Stretch]) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    splitter = _GermanSplitter(tokens)
    splitter.run(stretches)
    return splitter.clauses


class _GermanSplitter:
    """Deals the pieces of a sentence out to clauses, from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.clauses: list[Clause] = []
        self.main: Clause | None = None
        self.last: Clause | None = None
        self.waiting: Clause | None = None  # a verb-final clause whose verb is still to come
        self.frame: State = None, None, None  # what goes on after quoted speech

    def run(self, stretches: Iterable[Stretch]) -> None:
        """Read the sentence."""
        pieces: list[Piece] = []
        for mark, stretch in stretches:
            pieces += cut(self.tokens, mark, stretch)
        end = 0
        for number, (mark, piece, finite) in enumerate(pieces):
            self._quote(end, piece[0])
            end = piece[-1]
            opener, kind = self._read_opening(pieces[number : number + 3])
            if kind in ("sub", "rel"):
                self._open(kind, opener, piece, finite)
            elif self.waiting is not None:
                self.waiting.tokens += piece
                self.waiting.finite = _last_finite(self.tokens, finite)
                self.waiting = self.waiting if self.waiting.finite < 0 else None
            elif kind:
                self._add(Clause(kind, piece, self.last or self.main, opener))
            elif self.last is not None and self._continues(self.last, mark, piece, finite):
                self._join(self.last, piece, finite)
            else:
                self._state(mark, piece, finite)

    def _read_opening(self, pieces: Sequence[Piece]) -> tuple[str, str]:
        """Return the opening word and the kind of the first of three pieces, which those behind it may tell."""
        (mark, piece, finite), *later = pieces
        first, conditional = self.tokens[piece[0]], False
        if later and later[0][0] == ",":
            _, after, verbs = later[0]
            conditional = after[0] in verbs or self.tokens[after[0]].low in THEN
        opener, kind = _opening(self.tokens, piece, finite, mark, not self.clauses, conditional)
        closes = any(verbs == inside[-1:] for _, inside, verbs in later)
        if closes and first.has("parenthetical"):
            return first.low, "sub"  # wie X, der Sprecher, mitteilte
        return opener, kind

    def _quote(self, first: int, last: int) -> None:
        """Leave the clauses so far where quoted speech opens, and take them up where it closes."""
        for token in self.tokens[first:last]:
            if token.speech == OPENS:
                self.frame = self.main, self.last, self.waiting
                self.main = self.last = self.waiting = None
            elif token.speech == CLOSES:
                self.main, self.last, self.waiting = self.frame
                self.frame = None, None, None

    def _add(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self.last = clause

    def _open(self, kind: str, opener: str, piece: list[int], finite: list[int]) -> None:
        last = self.last
        clause = Clause(kind, piece, last if kind == "rel" else self.main, opener)
        clause.finite = piece[0] if opener == "sollte" else _last_finite(self.tokens, finite)
        if kind == "rel":
            clause.antecedent = piece[0] - 2
        self.waiting = clause if clause.finite < 0 else None
        self._add(clause)

    def _continues(self, last: Clause, mark: str, piece: Sequence[int], finite: Sequence[int]) -> bool:
        """Whether a piece goes on with the last clause: by *und*, or as the next participle of a list.

        Hat Parteien verboten, Gegner verhaftet und Sender geschlossen: one helper and one subject for all.
        """
        if mark != "," or last.kind != "main" or last.finite < 0:
            return mark == "und"
        ends = finite == piece[-1:] and len(piece) > 1 and "part" in self.tokens[finite[0]].word.forms
        helped = self.tokens[last.finite].word.helps and not _waits(self.tokens, last)
        return helped and ends and nonfinite(self.tokens[finite[0]])

    def _join(self, last: Clause, piece: list[int], finite: list[int]) -> None:
        """Join a clause to the last one, with which it shares kind, opening and verb as far as it has none."""
        helped = last.finite >= 0 and self.tokens[last.finite].word.helps
        close = piece[:-1] if self.tokens[piece[-1]].has("undergone") else piece  # … und zwei verletzt worden
        ends = finite == close[-1:] and nonfinite(self.tokens[finite[0]])
        if helped and ends and _waits(self.tokens, last):
            last.tokens += piece  # wollen A und B ihr Treffen fortsetzen
            return
        if not finite or (helped and ends):  # habe A verurteilt und B ersucht
            self._add(Clause(last.kind, piece, last.parent, last.opener, last.finite, True, last.antecedent))
        elif last.kind in ("sub", "rel") and finite[-1] == piece[-1]:
            verb = _last_finite(self.tokens, finite)
            self._add(Clause(last.kind, piece, last.parent, last.opener, verb, True, last.antecedent))
        else:
            self.main = Clause("main", piece, None, "", _first_finite(self.tokens, piece, finite), True)
            self._add(self.main)

    def _state(self, mark: str, piece: list[int], finite: list[int]) -> None:
        """Go on with the main clause, or begin another."""
        main = self.main
        if main is not None and mark not in (";", ":") and _goes_on(self.tokens, main, piece, finite):
            main.tokens += piece  # habe sich auf Investoren in der Schweiz, den USA und Japan konzentriert
        elif main is None or (finite and main.finite >= 0) or mark in (";", ":"):
            main = self.main = Clause("main", piece, None, "", _first_finite(self.tokens, piece, finite))
            if self.last is not None and self.last.parent is None and self.last.opener in SUBJECTS:
                self.last.parent = main  # was sie vereinbarten, ist nicht bekannt
            self.clauses.append(main)
        else:
            main.tokens += piece
            if main.finite < 0:
                main.finite = _first_finite(self.tokens, piece, finite)
        self.last = main


def _goes_on(tokens: Sequence[Token], main: Clause, piece: Sequence[int], finite: Sequence[int]) -> bool:
    """Whether a piece holds the participle or infinitive for which the helper of the main clause waits."""
    if main.finite < 0 or not finite or not tokens[main.finite].word.helps:
        return False
    if not all(nonfinite(tokens[i]) for i in finite):
        return False
    return _waits(tokens, main) and finite[-1] == piece[-1] and finite[0] != piece[0]


def _waits(tokens: Sequence[Token], main: Clause) -> bool:
    """Whether the helper of a clause still has no participle or infinitive."""
    verbs = (i for i in main.tokens if nonfinite(tokens[i]) and not tokens[i].text[0].isupper())
    return all(i == main.finite for i in verbs)


def _first_finite(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int]) -> int:
    """Return the finite verb of a main clause: gefallen hat uns, haben ihn verhindern können."""
    strong = (i for i in finite if is_strong(tokens, i, piece))
    return next(strong, finite[0] if finite else -1)


def _last_finite(tokens: Sequence[Token], finite: Sequence[int]) -> int:
    return next((i for i in reversed(finite) if not nonfinite(tokens[i])), finite[-1] if finite else -1)


def _opening(
    tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int], mark: str, first: bool, conditional: bool
) -> tuple[str, str]:
    """Return the opening word and the kind of a stretch; an empty kind if it opens nothing."""
    begin = _find_opener(tokens, piece)
    token, final = tokens[piece[begin]], _find_final(tokens, piece, finite)
    fronted = first and conditional
    if finite[:1] == piece[:1] and (fronted or token.low in ("sollte", "sollten")):
        return "sollte", "sub"  # Stellte sich Moskau hinter Iran, könnte …: a condition without wenn
    if _subordinates(token, fronted, final >= 0, finite[:1] == piece[begin + 1 : begin + 2]):
        return token.low, "sub"
    if not any(is_strong(tokens, i, piece) for i in finite) and is_infinitive(tokens, piece):
        return (token.low if token.has("without") or token.low == "um" else ""), "inf"
    return _find_relative(tokens, piece[begin:], finite, final) if mark == "," else ("", "")


def _find_opener(tokens: Sequence[Token], piece: Sequence[int]) -> int:
    """Return the place of the word that may open a stretch, behind those that only lead to it."""
    last = len(piece) - 1
    return next((k for k in range(last) if not _leads([tokens[i] for i in piece[k : k + 3]])), last)


def _find_final(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int]) -> int:
    """Return the finite verb of a stretch if it comes last, with other verbs behind it at most; else -1."""
    verb = _last_finite(tokens, finite)
    return verb if all(tokens[i].word.verbs for i in piece if i > verb) else -1


def _subordinates(token: Token, fronted: bool, verb_last: bool, verb_next: bool) -> bool:
    """Whether a word opens a clause whose verb comes last; not as adverb or preposition: damit endet der Streit."""
    if token.has("whether") or (fronted and token.low in SUBJECTS):
        return True
    if not token.has("if", "subordinator"):
        return False
    return verb_last or not (token.has("preposition") or verb_next)


def _find_relative(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int], final: int) -> tuple[str, str]:
    """Return the relative pronoun that opens a clause, alone or behind a preposition; nothing if it is an article."""
    k = 1 if tokens[piece[0]].has("preposition") else 0
    if len(piece) <= k + 1 or not tokens[piece[k]].has("relative"):
        return "", ""
    follower = tokens[piece[k + 1]]
    ends = final >= 0 and _closes(tokens, piece, final)
    waits = follower.has("preposition", "pronoun", "person") and all(nonfinite(tokens[i]) for i in finite)
    return (tokens[piece[k]].low, "rel") if ends or waits else ("", "")


def _closes(tokens: Sequence[Token], piece: Sequence[int], verb: int) -> bool:  # der hätte kommen sollen
    return verb == piece[-1] or tokens[verb].has("have")


def _leads(three: Sequence[Token]) -> bool:  # und, so dass, zwei Tage nachdem
    first, second, third = three[0], three[1], three[-1]
    if first.has("coordinator", "neutral") or (first.has("leading") and is_conjunction(second)):
        return True
    return (first.has("time") and second.has("sequence")) or (second.has("time") and third.has("sequence"))


def is_infinitive(tokens: Sequence[Token], piece: Sequence[int]) -> bool:
    """Whether a stretch holds an infinitive with zu."""
    for i in piece:
        token = tokens[i]
        if any(analysis.zu for analysis in token.word.verbs):
            return True
        after = tokens[i + 1] if token.low == "zu" and i + 1 < len(tokens) else None
        if after is not None and after.text[0].islower() and "inf" in after.word.forms:
            return True
    return False
