"""German sentences to clauses, from marks, conjunctions and the place of the finite verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lagebild.coder.lang.de.verbs import AUXILIARIES, is_finite, nonfinite
from lagebild.coder.syntax import BREAK, Clause, Token

SUBJECTS = ("was", "wer", "wen", "wem", "ob", "wie", "warum")  # words that open a clause which can be a subject
Stretch = tuple[str, list[int]]  # what stands between two marks, with the mark before it
THEN = ("so", "dann")  # words that open a main clause after a condition without wenn


def split_clauses(tokens: Sequence[Token], stretches: Iterable[Stretch]) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    splitter = _Splitter(tokens)
    splitter.run(stretches)
    return splitter.clauses


class _Splitter:
    """Deals the pieces of a sentence out to clauses, from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.clauses: list[Clause] = []
        self.main: Clause | None = None
        self.last: Clause | None = None
        self.waiting: Clause | None = None  # a verb-final clause whose verb is still to come

    def run(self, stretches: Iterable[Stretch]) -> None:
        """Read the sentence."""
        pieces = [piece for mark, stretch in stretches for piece in _coordinated(self.tokens, mark, stretch)]
        for number, (mark, piece, finite) in enumerate(pieces):
            after = pieces[number + 1] if number + 1 < len(pieces) and pieces[number + 1][0] == "," else None
            verb_next = after is not None and after[1][0] in after[2]
            then = after is not None and self.tokens[after[1][0]].low in THEN
            opener, kind = _opening(self.tokens, piece, finite, mark, not self.clauses, verb_next or then)
            if kind in ("sub", "rel"):
                self._open(kind, opener, piece, finite)
            elif self.waiting is not None:
                self._go_on(self.waiting, piece, _last_finite(self.tokens, finite))
            elif kind:
                self._add(Clause(kind, piece, self.last or self.main, opener))
            elif mark == "und" and self.last is not None and (self.last.finite >= 0 or not finite):
                self._join(self.last, piece, finite)
            else:
                self._state(mark, piece, finite)

    def _add(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self.last = clause

    def _open(self, kind: str, opener: str, piece: list[int], finite: list[int]) -> None:
        """Open a clause whose verb comes last."""
        last = self.last
        clause = Clause(kind, piece, last if kind == "rel" else self.main, opener)
        clause.finite = piece[0] if opener == "sollte" else _last_finite(self.tokens, finite)
        if kind == "rel":
            clause.antecedent = piece[0] - 2
        self.waiting = clause if clause.finite < 0 else None
        self._add(clause)

    def _go_on(self, clause: Clause, piece: list[int], finite: int) -> None:
        """Go on with a clause that waits for its verb."""
        clause.tokens += piece
        clause.finite = finite
        if finite >= 0:
            self.waiting = None

    def _join(self, last: Clause, piece: list[int], finite: list[int]) -> None:
        """Join a clause to the last one, with which it shares kind, opening and verb as far as it has none."""
        helped = last.finite >= 0 and self.tokens[last.finite].has(*AUXILIARIES)
        ends = finite == [piece[-1]] and piece[0] != piece[-1] and nonfinite(self.tokens[piece[-1]])
        if not finite or (helped and ends and last.kind == "main"):  # habe A verurteilt und B ersucht
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
        if main is not None and mark == "," and _goes_on(self.tokens, main, piece, finite):
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
    """Whether a hyphen stands between spaces, or is one of two, as a dash does."""
    before, after = tokens[max(i - 1, 0)], tokens[min(i + 1, len(tokens) - 1)]
    apart = before.end < tokens[i].start and tokens[i].end < after.start
    return apart or "-" in (before.text if i else "", after.text if after is not tokens[i] else "")


def _coordinated(tokens: Sequence[Token], mark: str, piece: list[int]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield the parts of a stretch that und joins if each has a verb of its own, with what may be its verb."""
    joints = [k for k in range(1, len(piece) - 1) if tokens[piece[k]].has("coordinator")]
    for k in joints:
        left, right = piece[:k], piece[k + 1 :]
        left_finite, right_finite = _finite(tokens, left), _finite(tokens, right)
        if right_finite and any(piece[later] + 1 == right_finite[0] for later in joints if later > k):
            continue  # Rosneft und Lukoil und sagte … ab: the second one joins the verbs
        strong = [i for i in right_finite if not nonfinite(tokens[i]) or _is_second(tokens, i, right)]
        verb_next = bool(strong) and right_finite[0] == right[0]
        if left_finite:
            parts = verb_next or (strong and len(right) > 2) or _shares_helper(tokens, left, left_finite, right[-1])
        else:
            parts = verb_next and tokens[left[-1]].has("prefix")  # hob um acht Uhr (MEZ) | ab und gab … frei
        if parts:
            yield mark, left, left_finite
            yield from _coordinated(tokens, "und", right)
            return
    yield mark, piece, _finite(tokens, piece)


def _finite(tokens: Sequence[Token], piece: Sequence[int]) -> list[int]:
    return [i for i in piece if is_finite(tokens, i, piece)]


def _shares_helper(tokens: Sequence[Token], left: Sequence[int], finite: Sequence[int], end: int) -> bool:
    """Whether what und joins has one helper and two verbs: hat A verurteilt und B ersucht."""
    return (
        any(tokens[i].word.verbs for i in left if i not in finite)
        and bool(tokens[end].word.verbs)
        and not tokens[end].text[0].isupper()
        and any(tokens[i].has(*AUXILIARIES) for i in finite)
    )


def _is_second(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a verb that may be an infinitive or participle too is finite, for it does not end its piece."""
    after = next((tokens[k] for k in piece if k > i), None)
    return after is not None and not after.word.verbs and not after.has(*AUXILIARIES, "worden", "been")


def _goes_on(tokens: Sequence[Token], main: Clause, piece: Sequence[int], finite: Sequence[int]) -> bool:
    """Whether a piece holds the participle or infinitive for which the helper of the main clause waits."""
    if main.finite < 0 or not finite or not tokens[main.finite].has(*AUXILIARIES):
        return False
    if not all(nonfinite(tokens[i]) for i in finite):
        return False
    waits = not any(tokens[i].word.verbs and i != main.finite and not tokens[i].text[0].isupper() for i in main.tokens)
    return waits and finite[-1] == piece[-1] and finite[0] != piece[0]


def _first_finite(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int]) -> int:
    """Return the finite verb of a main clause: gefallen hat uns, haben ihn verhindern können."""
    strong = (
        i for i in finite if not nonfinite(tokens[i]) or (tokens[i].has(*AUXILIARIES) and _is_second(tokens, i, piece))
    )
    return next(strong, finite[0] if finite else -1)


def _last_finite(tokens: Sequence[Token], finite: Sequence[int]) -> int:
    """Return the finite verb of a verb-final clause."""
    return next((i for i in reversed(finite) if not nonfinite(tokens[i])), finite[-1] if finite else -1)


def _opening(
    tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int], mark: str, first: bool, conditional: bool
) -> tuple[str, str]:
    """Return the opening word and the kind of a stretch; an empty kind if it opens nothing."""
    begin = 0
    while (
        begin < len(piece) - 1
        and tokens[piece[begin]].has("coordinator", "neutral")
        and tokens[piece[begin]].low not in ("sobald",)
    ):
        begin += 1
    token = tokens[piece[begin]]
    verb = _last_finite(tokens, finite)
    verb_last = verb >= 0 and all(
        tokens[i].word.verbs or tokens[i].has(*AUXILIARIES, "worden") for i in piece if i > verb
    )
    if conditional and first and finite and finite[0] == piece[0]:
        return "sollte", "sub"  # Stellte sich Moskau hinter Iran, könnte …: a condition without wenn
    if (
        token.low in ("sollte", "sollten")
        and begin == 0
        and finite
        and finite[0] == piece[0]
        and (first or mark == ",")
    ):
        return "sollte", "sub"
    if token.has("whether") or (first and conditional and verb_last and token.low in SUBJECTS):
        return token.low, "sub"
    if token.has("if", "subordinator") and not token.has("modal"):
        prepositional = token.has("preposition") or token.low in ("wie", "als", "da")
        if not prepositional or verb_last:
            return token.low, "sub"
    if all(nonfinite(tokens[i]) for i in finite) and is_infinitive(tokens, piece):
        return (token.low if token.has("without") or token.low == "um" else ""), "inf"
    if mark == "," and not first:
        k = begin + 1 if token.has("preposition") and begin + 1 < len(piece) else begin
        if tokens[piece[k]].has("relative") and (verb_last or not finite) and len(piece) > k + 1:
            follower = tokens[piece[k + 1]]
            article = follower.text[0].isupper() and not follower.names and k + 2 >= len(piece)
            if verb_last and not article:
                return tokens[piece[k]].low, "rel"
            if not finite and not follower.text[0].isupper() and follower.has("preposition", "pronoun", "person"):
                return tokens[piece[k]].low, "rel"
    return "", ""


def is_infinitive(tokens: Sequence[Token], piece: Sequence[int]) -> bool:
    """Whether a stretch holds an infinitive with zu."""
    for i in piece:
        token = tokens[i]
        if token.word.verbs and any(one.zu for one in token.word.verbs):
            return True
        if token.low == "zu" and i + 1 < len(tokens):
            after = tokens[i + 1]
            if not after.text[0].isupper() and (
                "inf" in after.word.forms or after.low in ("haben", "sein", "werden", "können", "müssen", "lassen")
            ):
                return True
    return False
