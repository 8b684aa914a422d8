"""English sentences to clauses, read from left to right."""

from __future__ import annotations

from lagebild.coder.lang.en.parts import is_adverb, skip_adverbs
from lagebild.coder.lang.en.reading import ADJECTIVE_ENDINGS, Reading
from lagebild.coder.syntax import BREAK, Clause

SUBJECTS = ("whether", "what", "that", "who", "how", "why")  # words that open a clause which can be a subject


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
                if self.mark == ";":
                    self.current = self.main = None
                i += 1
                continue
            if not (follow := self._open(i)):
                if self.mark and self.mark != ".":
                    self._after_mark(i)
                elif self.read.finite[i]:
                    self._after_words(i)
                self._add(i)
                follow = i + 1
            self.mark = ""
            i = follow

    def _open(self, i: int) -> int:
        """Open a clause if the word opens one; return the place to go on, 0 if it opens none."""
        if self.read.tags[i] == "O":
            return self._conjunction(i)
        if self.read.tags[i] == "T":
            return self._infinitive(i)
        if self.read.forms[i] in ("ing", "part"):
            return self._participle(i)
        return self._coordinated(i) if self.tokens[i].has("coordinator") else 0

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
        """Open a subordinate or relative clause."""
        token = self.tokens[i]
        relative = i and token.has("relative") and (token.low != "that" or self._relative_that(i))
        kind = "rel" if relative else "sub"
        clause = self._new(kind, token.low, self.current)
        clause.antecedent = i - 1 if i and self.tokens[i - 1].text != "," else i - 2
        if kind == "rel":
            while clause.antecedent > 0 and self.tokens[clause.antecedent].has("preposition"):
                clause.antecedent -= 1  # the state from which
            clause.tokens.append(i)
        return i + 1

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
        """Open an infinitive with to."""
        if i and self.tokens[i - 1].has("be", "have"):
            return 0
        if i > 1 and self.tokens[i - 1].low == "yet" and self.tokens[i - 2].has("have"):
            return 0  # have yet to resume flights
        k = skip_adverbs(self.tokens, i + 1)
        if k >= len(self.tokens) or not (self.read.forms[k] == "inf" or self.tokens[k].low in ("be", "have")):
            return 0
        self._new("inf", "to", self.current).tokens += range(i + 1, k + 1)
        return k + 1

    def _participle(self, i: int) -> int:
        """Open a clause with -ing, or one that a participle makes of the noun before: weapons supplied by."""
        form = self.read.forms[i]
        if self.current is None or not self.current.tokens or self.read.has_helper(i):
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
        if current is None:
            return 0
        k = skip_adverbs(self.tokens, i + 1)
        if k < len(self.tokens):
            form, finite = self.read.forms[k], self.read.finite[k]
            top: Clause | None = current
            while top is not None and top.kind in ("inf", "ing"):  # the verb that it is joined to stands further up
                top = top.parent
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
        lacks = current.finite < 0 and not self._verbless(current)  # that children and women have
        shared = follow > 0 and self.tokens[follow - 1].has("coordinator")  # froze assets and visas and called
        if (
            not lacks
            and not shared
            and follow > i + 1
            and _root(current).finite >= 0
            and not self.tokens[i + 1].has("preposition")
        ):
            self.main = self._new("main", "", None)
            return i + 1
        return 0

    def _lacking(self) -> Clause | None:
        """Return the nearest clause, from this one upwards, that still lacks its finite verb."""
        clause = self.current
        while clause is not None and (clause.finite >= 0 or self._verbless(clause)):
            clause = clause.parent
        return clause

    def _after_mark(self, i: int) -> None:
        """Decide what goes on after a mark: the clause before it, one further up, or a new one."""
        current, top, finite = self.current, self.main, self.read.finite[i]
        if current is None:
            return
        lacking = self._lacking()
        if self.read.find_finite(i) >= 0 and (finite or top is None or top.finite >= 0 or current.kind != "main"):
            if lacking is not None and (current.kind != "main" or finite):
                self.current = lacking  # the subject stood before a clause in commas
            elif finite and current.kind == "rel" and top is not None and top.finite >= 0:
                self.current = self._new("main", "", None, True)
            else:
                self.main = self._new("main", "", None)
        elif current.kind in ("rel", "sub") and self.mark == "," and lacking is not None:
            self.current = lacking

    def _verbless(self, clause: Clause) -> bool:
        """Whether a clause needs no finite verb."""
        reduced = clause.kind == "rel" and not self.tokens[clause.tokens[0]].has("relative")  # weapons supplied by
        return clause.kind in ("inf", "ing") or reduced

    def _after_words(self, i: int) -> None:
        """Decide to which clause a finite verb belongs that no mark and no conjunction parts from what stands before.

        It is the verb that a clause further up still lacks (the men who were held were freed), or that of a clause of
        its own, whose subject is part of this one so far: said troops had left, the missiles Iran fired.
        """
        current = self.current
        if current is None or (not self._verbless(current) and current.finite < 0):
            return
        lacking = self._lacking()
        if lacking is not None:
            self.current = lacking
        elif self._verbless(current) and self.read.find_subject(i, current.tokens[0] + 1) == i:
            current.parent = self._new("sub", "", current.parent)  # they say adding iodine is best
        elif i >= self.read.find_group_end(current.finite):
            self._part(i, current)

    def _part(self, i: int, current: Clause) -> None:
        """Part a clause that has two finite verbs, the second at `i`."""
        begin = self.read.find_subject(i, max(current.finite, current.tokens[0]) + 1)
        first = current.kind == "sub" and current.parent is None
        if first and current.opener in SUBJECTS and self.read.tags[begin] != "S":
            current.parent = self.main = self._new("main", "", None)  # whether he attacked is unclear
        elif begin < i:
            moved = [k for k in current.tokens if k >= begin]
            current.tokens = [k for k in current.tokens if k < begin]
            if first:
                self.main = self._new("main", "", None)  # if it is serious you lose
                self.main.tokens += moved
            else:
                self._new("sub", "", current).tokens += moved
        elif 0 < (begin := self.read.find_subject(current.finite, current.tokens[0] + 1)) < current.finite:
            moved = [k for k in current.tokens if k >= begin]
            inner = Clause("rel", moved, current, "", current.finite, False, begin - 1)
            current.tokens, current.finite = [k for k in current.tokens if k < begin], -1
            self.clauses.append(inner)


def _root(clause: Clause) -> Clause:
    while clause.parent is not None:
        clause = clause.parent
    return clause
