"""English sentences to clauses, read from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.coder.lang.en.reading import ADJECTIVE_ENDINGS, Reading, is_adverb
from lagebild.coder.syntax import BREAK, Clause, Token


def split_clauses(read: Reading) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    splitter = _Splitter(read)
    splitter.run()
    return splitter.clauses


class _Splitter:
    """Walks through a sentence and opens a clause wherever a word or a mark asks for one."""

    def __init__(self, read: Reading) -> None:
        self.read = read
        self.tokens = read.tokens
        self.clauses: list[Clause] = []
        self.current: Clause | None = None
        self.main: Clause | None = None
        self.mark = ""

    def run(self) -> None:
        """Read the sentence."""
        i = 0
        while i < len(self.tokens):
            if self.tokens[i].text in BREAK or self.tokens[i].text == ".":
                self.mark = self.tokens[i].text
                i += 1
                continue
            follow = self._conjunction(i) or self._infinitive(i) or self._participle(i) or self._coordinated(i)
            if not follow:
                self._after_mark(i)
                self._add(i)
                follow = i + 1
            self.mark = ""
            i = follow

    def _new(self, kind: str, opener: str, parent: Clause | None, after: bool = False) -> Clause:
        clause = Clause(kind, [], parent, opener, -1, after)
        self.clauses.append(clause)
        self.current = clause
        return clause

    def _add(self, i: int) -> None:
        if self.current is None:
            self.main = self._new("main", "", None)
        assert self.current is not None
        self.current.tokens.append(i)
        if self.read.finite[i] and self.current.finite < 0 and self.current.kind not in ("inf", "ing"):
            self.current.finite = i

    def _conjunction(self, i: int) -> int:
        """Open a subordinate or relative clause; return the place to go on, 0 if none opens."""
        token = self.tokens[i]
        kind = self._opens(i, token)
        if not kind:
            return 0
        clause = self._new(kind, token.low, self.current)
        clause.antecedent = i - 1 if i and self.tokens[i - 1].text != "," else i - 2
        if kind == "rel":
            while clause.antecedent > 0 and self.tokens[clause.antecedent].has("preposition"):
                clause.antecedent -= 1  # the state from which
            clause.tokens.append(i)
        return i + 1

    def _opens(self, i: int, token: Token) -> str:
        follows = self.read.find_finite(i + 1)
        if token.has("whether"):
            return "sub"
        if token.has("if") and (token.low != "should" or i == 0) and self.read.find_past_commas(i + 1) >= 0:
            return "sub"
        if token.has("relative") and i and follows >= 0:
            if token.low != "that" or self._relative_that(i):
                return "rel"
            return "sub" if follows > i + 1 else ""
        if token.low == "that" or not token.has("subordinator") or follows < 0:
            return ""
        joined = token.has("preposition") and follows > i + 1 and self.tokens[follows - 1].has("coordinator")
        if joined:
            return ""  # since his return to office and agreed: the verb is joined to the one before
        return "" if i and self.tokens[i - 1].has("have", "be", "modal") else "sub"  # have since withdrawn

    def _relative_that(self, i: int) -> bool:
        """Whether `that` is a relative pronoun: a plan that failed, not said that, nor the claim that."""
        before = self.tokens[i - 1]
        if self.read.forms[i - 1] or before.has("be", "content") or i + 1 >= len(self.tokens):
            return False
        if self.read.finite[i + 1] or is_adverb(self.tokens[i + 1]):
            return True
        saying = self.current is not None and self.current.finite >= 0 and self.tokens[self.current.finite].has("says")
        return (
            before.text[0].islower()
            and before.text[0].isalpha()
            and not saying
            and not before.has("pronoun", "person", "preposition")
            and not is_adverb(before)
            and not before.low.endswith(ADJECTIVE_ENDINGS)
        )

    def _infinitive(self, i: int) -> int:
        if self.tokens[i].low != "to" or (i and self.tokens[i - 1].has("be", "have")):
            return 0
        if i > 1 and self.tokens[i - 1].low == "yet" and self.tokens[i - 2].has("have"):
            return 0  # have yet to resume flights
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        if k >= len(self.tokens) or not (self.read.forms[k] == "inf" or self.tokens[k].low in ("be", "have")):
            return 0
        self._new("inf", "to", self.current).tokens += range(i + 1, k + 1)
        return k + 1

    def _participle(self, i: int) -> int:
        """Open a clause with -ing, or one that a participle makes of the noun before: weapons supplied by."""
        form = self.read.forms[i]
        if self.current is None or not self.current.tokens or form not in ("ing", "part") or self.read.has_helper(i):
            return 0
        before = self.tokens[i - 1]
        saying = self.current.finite >= 0 and self.tokens[self.current.finite].has("says")
        reduced = (
            not self.mark
            and before.text[0].isalnum()
            and not self.read.forms[i - 1]
            and not before.has("preposition", "coordinator", "without")
            and not is_adverb(before)
        )
        if form == "part" and not reduced and not (self.mark == "," and i > 1):
            return 0
        if form == "ing" and (not reduced or saying):
            self._new("ing", before.low if before.has("preposition", "without") else "", self.current).tokens.append(i)
            return i + 1
        clause = self._new("rel", "which", self.current)
        clause.antecedent = i - 1 if not self.mark else i - 2
        clause.tokens.append(i)
        return i + 1

    def _coordinated(self, i: int) -> int:
        """Open what a conjunction joins: a second verb of the same subject, or another main clause."""
        current = self.current
        if not self.tokens[i].has("coordinator") or current is None:
            return 0
        k = i + 1
        while k < len(self.tokens) and is_adverb(self.tokens[k]):
            k += 1
        if k < len(self.tokens):
            form, finite = self.read.forms[k], self.read.finite[k]
            top = self._anchor(current, k)
            if (finite or form == "part") and top is not None and (top.finite >= 0 or top.opener == "which"):
                kind = top.kind if top.kind in ("main", "sub", "rel") else "main"
                clause = self._new(kind, top.opener, top.parent, True)
                clause.antecedent, clause.finite = top.antecedent, k if finite else top.finite
                clause.tokens.append(k)
                return k + 1
            if form == "inf" and current.kind == "inf":
                self._new("inf", "to", current.parent, True).tokens.append(k)
                return k + 1
        follow = self.read.find_finite(i + 1)
        if follow > i + 1 and _root(current).finite >= 0 and not self.tokens[i + 1].has("preposition"):
            self.main = self._new("main", "", None)
            return i + 1
        return 0

    def _anchor(self, current: Clause, k: int) -> Clause | None:
        """Return the clause whose verb the one at `k` is joined to: it may have an infinitive in between."""
        place: Clause | None = current
        while place is not None and place.kind in ("inf", "ing"):
            place = place.parent
        return place

    def _after_mark(self, i: int) -> None:
        """Decide what goes on after a mark: the clause before it, one further up, or a new one."""
        current, top, finite = self.current, self.main, self.read.finite[i]
        if current is None:
            return
        if self.mark and self.mark != ".":
            if self.read.find_finite(i) >= 0 and (finite or top is None or top.finite >= 0 or current.kind != "main"):
                if top is not None and top.finite < 0 and (current.kind != "main" or finite):
                    self.current = top  # the subject stood before a clause in commas
                elif finite and current.kind == "rel" and top is not None and top.finite >= 0:
                    self.current = self._new("main", "", None, True)
                else:
                    self.main = self._new("main", "", None)
            elif current.kind in ("rel", "sub") and self.mark == "," and top is not None and top.finite < 0:
                self.current = top
        elif finite and self._verbless(current) and top is not None and top.finite < 0 and top is not current:
            self.current = top  # weapons supplied by Russia were seized
        elif finite and current.finite >= 0 and i not in _group(self.tokens, current):
            self._second(i, current)

    def _verbless(self, clause: Clause) -> bool:
        if clause.kind in ("inf", "ing"):
            return True
        reduced = clause.kind == "rel" and clause.tokens[0] == clause.antecedent + 1
        return reduced and not self.tokens[clause.tokens[0]].has("relative")

    def _second(self, i: int, current: Clause) -> None:
        """Part off a second finite verb without a conjunction: what was said, or a clause without pronoun."""
        top = self.main
        if current.kind == "rel" and top is not None and top.finite < 0:
            self.current = top  # the men who were held were freed
            return
        begin = i
        while begin - 1 in current.tokens and begin - 1 > current.finite:
            token = self.tokens[begin - 1]
            if self.read.forms[begin - 1] or (token.has("preposition") and token.low != "of"):
                break
            begin -= 1
        moved = [k for k in current.tokens if k >= begin]
        if moved:
            current.tokens = [k for k in current.tokens if k < begin]
            self._new("sub", "", current).tokens += moved


def _root(clause: Clause) -> Clause:
    while clause.parent is not None:
        clause = clause.parent
    return clause


def _group(tokens: Sequence[Token], clause: Clause) -> set[int]:
    """Return the places that belong to the verb group of the clause."""
    k = clause.finite + 1
    while k < len(tokens) and (is_adverb(tokens[k]) or tokens[k].has("have", "be", "modal") or tokens[k].low == "been"):
        k += 1
    return set(range(clause.finite, k))
