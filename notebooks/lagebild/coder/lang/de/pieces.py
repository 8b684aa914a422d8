"""German sentences to pieces: what stands between marks, what und joins, and where a comma is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lang.de.verbs import is_finite, is_second, is_strong, nonfinite
from lagebild.coder.tokens import BREAK, Token

Stretch = tuple[str, list[int]]  # what stands between two marks, with the mark before it
Piece = tuple[str, list[int], list[int]]  # with what may be its verbs
BEFORE = ("als", "auch", "außer", "erst", "kurz", "nur", "ohne", "selbst", "so")  # may open a clause with dass, wenn …


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
        if _joins_verbs(tokens, left, left_finite, right, right_finite):
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
    final = left[-1] == left_finite[-1] and not (nonfinite(end) or end.word.helps)  # die kamen und … Waren verkauften
    closes = final and right_finite[-1:] == right[-1:]
    apart = verb_next or (len(right) > 2 and (bool(strong) or closes))
    return apart or _shares_helper(tokens, left, left_finite, right[-1])


def _finite(tokens: Sequence[Token], piece: Sequence[int]) -> list[int]:
    return [i for i in piece if (tokens[i].word.verbs or tokens[i].word.helps) and is_finite(tokens, i, piece)]


def _shares_helper(tokens: Sequence[Token], left: Sequence[int], finite: Sequence[int], end: int) -> bool:
    """Whether what und joins has one helper and two verbs: hat A verurteilt und B ersucht."""
    return (
        any(tokens[i].word.verbs and not tokens[i].word.helps and (i not in finite or i == left[-1]) for i in left)
        and (bool(tokens[end].word.verbs) or tokens[end].has("undergone"))
        and not tokens[end].text[0].isupper()
        and any(tokens[i].word.helps for i in finite)
    )


def _is_headline(tokens: Sequence[Token], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether what und joins is two participles with a noun each and no helper: Zwei getötet und drei verletzt."""
    ends = [tokens[side[-1]] for side in (left, right)]
    if right[-1] + 1 < len(tokens) or not all("part" in end.word.forms and end.text.islower() for end in ends):
        return False
    if len(left) < 2 or (not tokens[right[0]].has("determiner") and not tokens[right[0]].text[0].isdigit()):
        return False
    return not any(_finite(tokens, side[:-1]) for side in (left, right))


def is_conjunction(token: Token) -> bool:
    """Whether a word opens a clause whose verb comes last, and does nothing else."""
    return token.has("complementizer", "if", "subordinator", "whether") and not (
        token.has("preposition", "modal") or token.low == "da"
    )


def _find_infinitive(tokens: Sequence[Token], piece: Sequence[int]) -> int:
    """Return where an infinitive begins that no comma parts from the particle before it: bot an zu helfen; else 0."""
    last = tokens[piece[-1]]
    k = len(piece) - 1 - any(tokens[i].has("infinitive") for i in piece[-2:-1])
    marked = k < len(piece) - 1 or any(one.zu for one in last.word.verbs)
    led = k > 1 and tokens[piece[k - 1]].has("prefix") and not tokens[piece[k - 1]].has("infinitive")
    return k if marked and led and last.text.islower() and "inf" in last.word.forms else 0


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
                return k - 1 if before.low in BEFORE else k
    return 0


def _opens_within(before: Token, token: Token, after: Token) -> bool:
    """Whether a word opens a clause without a comma: a conjunction, or a relative pronoun behind its noun."""
    relative = token.has("relative") and before.text[0].isupper() and not after.text[0].isupper()
    return relative or is_conjunction(token)
