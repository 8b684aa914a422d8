"""English sentences to clauses, read from left to right: what opens one, where it begins (even if, two days before)."""

from __future__ import annotations

from lagebild.coder.lang.en.tagger import MARKS, is_adverb, skip_adverbs
from lagebild.coder.lang.en.verbs import TaggedSentence, find_inserted
from lagebild.coder.model import Clause
from lagebild.coder.syntax import ancestors
from lagebild.coder.tokens import BREAK, CLOSES, OPENS, QUOTES

ADJECTIVE_ENDINGS = ("al", "ed", "ive", "ous", "new", "ful", "ic", "less", "ern", "ing")


def find_opening(read: TaggedSentence, i: int) -> int:
    """Return where a clause begins that the word at `i` opens: what stands before it may belong to it."""
    tokens, tags, k = read.tokens, read.tags, i
    if tokens[i].has("relative"):
        k -= tags[k - 1] == "P"
        first = k
        while k < i and tokens[k].low == "of" and tags[first - 1] in "NDS":
            first -= 1
        k = first if tokens[first - 1].text in MARKS else k
    elif tokens[i].has("sequence") and tokens[i - 1].has("time"):
        k -= 1
        while tags[k - 1] in "ND" and tags[k] != "D":
            k -= 1
    while tokens[k - 1].has("focus"):
        k -= 1
    return k


def is_relative(read: TaggedSentence, i: int, saying: bool) -> bool:
    """Whether a word is a relative pronoun: a plan that failed; not said that, nor the claim that."""
    token, before = read.tokens[i], read.tokens[i - 1]
    if not i or not token.has("relative"):
        return False
    if token.low != "that":
        return True
    if read.forms[i - 1] or before.has("be", "content") or i + 1 >= len(read.tokens):
        return False
    if read.finite[i + 1] or is_adverb(read.tokens[i + 1]):
        return True
    return (
        before.text[0].islower()
        and not saying
        and not before.has("pronoun", "person", "preposition")
        and not is_adverb(before)
        and not before.low.endswith(ADJECTIVE_ENDINGS)
    )


def is_announced(read: TaggedSentence, i: int) -> bool:
    """Whether the infinitive after the `to` at `i` is the only verb between marks of a headline."""
    tokens = read.tokens
    first = next((k + 1 for k in range(i - 1, -1, -1) if tokens[k].text in BREAK), 0)
    last = next((k for k in range(i, len(tokens)) if tokens[k].text in BREAK), len(tokens))
    return read.is_headline and not any(read.finite[first:last])


def opens_main(read: TaggedSentence, i: int) -> bool:
    """Whether another main clause begins after the conjunction at `i`: it has a subject and a finite verb."""
    tokens, verb = read.tokens, read.find_finite(i + 1)
    if read.tags[i + 1] == "P":  # left, and in Chile, it stayed
        mark = next((k for k in range(i, len(tokens)) if tokens[k].text == ","), i)
        if verb < 0 and read.tags[mark + 1 : mark + 2] != ["O"]:
            verb = read.find_finite(mark + 1)
        return tokens[i - 1].text == "," and i + 1 < read.find_subject(verb, i + 1) < verb
    if verb <= i + 1 or tokens[verb - 1].has("coordinator"):
        return False  # froze assets and visas and called
    contact = read.tags[read.find_subject(verb, i + 1)] == "S"
    return not (contact and read.tags[i + 1] in "NJD")  # and ships they had sold


def is_reduced(read: TaggedSentence, i: int) -> bool:
    """Whether the form of a verb at `i` says more of the noun before it: weapons supplied by, ships leaving."""
    before = read.tokens[i - 1]
    bare = before.text[0].isalnum() and not read.forms[i - 1] and not is_adverb(before)
    return bare and not before.has("preposition", "coordinator", "without")


def joins_subjects(read: TaggedSentence, i: int, said: int) -> bool:
    """Whether what is joined at `i` is the subject of what the verb at `said` says: said police and soldiers left."""
    verb = read.find_finite(i + 1)
    inside = [*read.tags[said + 1 : i], *read.tags[i + 1 : verb]]
    joins = 0 <= said < i - 1 and read.tokens[i].has("coordinator")
    return joins and all(tag in "NJDPMA" for tag in inside)


def is_verbless(read: TaggedSentence, clause: Clause) -> bool:
    """Whether a clause needs no finite verb."""
    if clause.kind in ("inf", "ing"):
        return True
    return clause.kind != "main" and bool(clause.tokens) and read.forms[clause.tokens[0]] in ("ing", "part")


def is_subject(read: TaggedSentence, i: int, clause: Clause) -> bool:
    """Whether a clause without finite verb is the subject of the one at `i`: they say adding iodine is best."""
    first, parent = clause.tokens[0], clause.parent
    begin = read.find_subject(i, first + 1)
    says = parent is not None and parent.finite == first - 1 and read.tokens[first - 1].has("says")
    return begin == i or (says and begin == first + 1)


def find_speaker(read: TaggedSentence, i: int) -> int:
    """Return where the subject of a verb of saying at `i` begins that stands between commas: …, the mayor, Ann, said.

    0 if the verb is another one.
    """
    tokens, k = read.tokens, i - 1
    if not (tokens[i].has("says") and tokens[k].text == ","):
        return 0
    while k and (read.tags[k - 1] in "NJDPMA" or tokens[k - 1].text == ","):
        k -= 1
    if read.tags[k - 1] != "C":  # what stands before the first comma belongs to the clause before
        k = next((n + 1 for n in range(k, i - 1) if tokens[n].text == ","), i)
    return k


SUBJECTS = ("whether", "what", "that", "who", "how", "why")  # words that open a clause which can be a subject


def split_clauses(read: TaggedSentence) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    splitter = _EnglishSplitter(read)
    splitter.run()
    return splitter.clauses


class _EnglishSplitter:
    """Walks through a sentence and opens a clause wherever a word or a mark asks for one."""

    def __init__(self, read: TaggedSentence) -> None:
        self.read = read
        self.tokens = read.tokens
        self.clauses: list[Clause] = []
        self.current: Clause | None = None
        self.main: Clause | None = None
        self.mark = ""
        self.outer: list[tuple[Clause | None, Clause | None]] = []  # what goes on after brackets and quoted speech

    def run(self) -> None:
        """Read the sentence."""
        i = 0
        while i < len(self.tokens):
            if self.tokens[i].text in MARKS:
                self._mark(i)
                i += 1
                continue
            verb, end = find_inserted(self.tokens, self.read.tags, i)
            if verb:  # The port, | the mayor said, | is shut
                self.clauses.append(Clause("main", [*range(i, end)], None, "", verb))
                i = end
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

    def _mark(self, i: int) -> None:
        """Note a mark; a semicolon ends all clauses, and after brackets and quoted speech those before them go on."""
        text, speech = self.tokens[i].text, self.tokens[i].speech
        if text in QUOTES and not speech:
            return  # it "will not pay" the fine
        self.mark = text
        begins = speech == OPENS and self._lacking() is None
        if begins or (text == "(" and self.current is not None):
            self.outer.append((self.current, self.main))
        elif speech == CLOSES or (text == ")" and self.outer):
            self.current, self.main = self.outer.pop() if self.outer else (None, None)
            self.mark = ""
        if begins or text == ";":
            self.current = self.main = None

    def _open(self, i: int) -> int:
        """Open a clause if the word opens one; return the place to go on, 0 if it opens none."""
        if self.read.tags[i] == "O":
            return self._conjunction(i)
        if self.read.tags[i] == "T":
            return self._infinitive(i)
        if self.read.forms[i] in ("ing", "part"):
            return self._participle(i)
        return self._coordinated(i) if "coordinator" in self.tokens[i].word.classes else 0

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
        if self.read.finite[i] and self.current.finite < 0:
            self.current.finite = i

    def _conjunction(self, i: int) -> int:
        relative = is_relative(self.read, i, self._said() >= 0)
        clause = self._new("rel" if relative else "sub", self.tokens[i].low, self.current)
        if (before := clause.parent) is not None:
            begin = find_opening(self.read, i)
            taken = [k for k in before.tokens if k >= begin]
            if taken != before.tokens or before.kind == "main":
                clause.tokens += taken
                before.tokens = [k for k in before.tokens if k < begin]
        clause.antecedent = i - 1
        if relative:
            while clause.antecedent > 0 and self.tokens[clause.antecedent].has("preposition"):
                clause.antecedent -= 1  # the state from which
            clause.tokens.append(i)
        return i + 1

    def _said(self) -> int:
        """Return the verb of saying of the clause so far; -1 if it has none."""
        inside = self.current.tokens if self.current is not None and self.current.finite >= 0 else ()
        return next((k for k in inside if self.tokens[k].has("says") and self.read.forms[k]), -1)

    def _infinitive(self, i: int) -> int:
        tokens, before = self.tokens, self.tokens[i - 1] if i else None
        if before is not None and (before.has("be", "have") or before.low == "yet"):
            return 0  # have yet to resume flights
        k = skip_adverbs(tokens, i + 1)
        if k >= len(tokens):
            return 0
        if self.current is not None and is_announced(self.read, i):
            self.current.tokens += range(i, k + 1)
            self.current.finite = k
            return k + 1
        self._new("inf", "to", self.current).tokens += range(i + 1, k + 1)
        return k + 1

    def _participle(self, i: int) -> int:
        """Open a clause with -ing, or one that a participle makes of the noun before: weapons supplied by."""
        form, current = self.read.forms[i], self.current
        if current is None or not current.tokens or self.read.has_helper(i) or self.read.is_question(current):
            return 0
        before, reduced = self.tokens[i - 1], not self.mark and is_reduced(self.read, i)
        if form == "part" and not reduced and self.mark != ",":
            return 0
        if form == "ing" and (not reduced or self._said() >= 0):
            self._new("ing", before.low if before.has("preposition", "without") else "", current).tokens.append(i)
            return i + 1
        clause = self._new("rel", "which", current)
        clause.antecedent = i - 1
        clause.tokens.append(i)
        return i + 1

    def _coordinated(self, i: int) -> int:
        """Open what a conjunction joins: a second verb of the same subject, or another main clause."""
        current, k = self.current, skip_adverbs(self.tokens, i + 1)
        if current is None or k >= len(self.tokens) or self.read.forms[k] == "ing":
            return 0
        if self.read.tags[k] == "O":  # said that she left and that he stayed
            opener = self.tokens[k].low
            alike = next((clause for clause in ancestors(current) if clause.opener == opener), None)
            if alike is not None or current.kind in ("sub", "rel"):
                self.current = (alike or current).parent
                return i + 1
        if self._share_subject(current, k):
            return k + 1
        if joins_subjects(self.read, i, self._said()):
            return 0  # said police and firefighters would
        lacks = current.finite < 0 and not is_verbless(self.read, current)  # that children and women have
        if not lacks and [*ancestors(current)][-1].finite >= 0 and opens_main(self.read, i):
            self.main = self._new("main", "", None)
            return i + 1
        return 0

    def _share_subject(self, current: Clause, k: int) -> bool:
        """Open a clause for the verb at `k` if it is joined to another one, which may stand further up."""
        form, finite = self.read.forms[k], self.read.finite[k]
        tops = [clause for clause in ancestors(current) if clause.kind not in ("inf", "ing")]
        forms = [token.word.forms for token in self.tokens]  # has told the story that he knew and says it is true
        alike = (c for c in tops if c.finite >= 0 and ("past" in forms[c.finite]) == ("past" in forms[k]))
        top = next(alike, next(iter(tops), None))
        if (finite or form == "part") and top is not None and (top.finite >= 0 or top.opener == "which"):
            clause = self._new(top.kind, top.opener, top.parent, True)
            clause.antecedent, clause.finite = top.antecedent, k if finite else top.finite
        elif form == "inf" and current.kind == "inf":
            clause = self._new("inf", "to", current.parent, True)
        else:
            return False
        clause.tokens.append(k)
        return True

    def _lacking(self) -> Clause | None:
        """Return the nearest clause, from this one upwards, that still lacks its finite verb."""
        lacking = (c for c in ancestors(self.current) if c.finite < 0 and not is_verbless(self.read, c))
        return next(lacking, None)

    def _after_mark(self, i: int) -> None:
        """Decide what goes on after a mark: the clause before it, one further up, or a new one."""
        current = self.current
        if current is None:
            return
        lacking = self._lacking()
        waits = self.main is not None and self.main.finite < 0 and current.kind == "main"
        if lacking is None and (begin := find_speaker(self.read, i)):
            self.main = self._new("main", "", None)  # …, Ann Smith, the mayor, said
            self.main.tokens += [k for k in current.tokens if k >= begin]
            current.tokens = [k for k in current.tokens if k < begin]
        elif self.read.find_finite(i) >= 0 and not waits:
            self._place_verb(current, lacking, self.read.finite[i])
        elif current.kind in ("rel", "sub") and lacking is not None:
            self.current = lacking

    def _place_verb(self, current: Clause, lacking: Clause | None, finite: bool) -> None:
        """Decide to which clause a finite verb belongs that follows a mark, right there or later."""
        if lacking is not None:
            self.current = lacking  # the subject stood before a clause in commas
        elif finite and current.kind == "rel":
            self.current = self._new("main", "", None, True)
        else:
            self.main = self._new("main", "", None)

    def _after_words(self, i: int) -> None:
        """Decide to which clause a finite verb belongs that no mark and no conjunction parts from what stands before.

        It is the verb that a clause further up still lacks (the men who were held were freed), or that of a clause of
        its own, whose subject is part of this one so far: said troops had left, the missiles Iran fired.
        """
        current = self.current
        if current is None or (current.finite < 0 and not is_verbless(self.read, current)):
            return
        lacking = self._lacking()
        if lacking is not None and self._said() >= 0:
            self._part(i, current)  # Norway, which said it had left, came back
        elif lacking is not None:
            self._resume_lacking(lacking, current, i)
        elif is_verbless(self.read, current) and is_subject(self.read, i, current):
            current.parent = self._new("sub", "", current.parent)  # they say adding iodine is best
        elif i >= self.read.find_group_end(current.finite):
            self._part(i, current)

    def _resume_lacking(self, lacking: Clause, current: Clause, i: int) -> None:
        """Go on with a clause that lacks its verb; its subject may have been taken for part of the one before it."""
        begin = self.read.find_subject(i, max(current.finite, current.tokens[0]) + 1)
        if begin < i and not any(self.read.tags[k] in "NS" for k in lacking.tokens):
            lacking.tokens += [k for k in current.tokens if k >= begin]  # and as you grow the problem will last
            current.tokens = [k for k in current.tokens if k < begin]
        self.current = lacking

    def _part(self, i: int, current: Clause) -> None:
        """Part a clause that has two finite verbs, the second at `i`."""
        begin = self.read.find_subject(i, max(current.finite, current.tokens[0]) + 1)
        joint = next((k for k in range(i - 1, max(self._said(), 0), -1) if self.read.tags[k] == "C"), i)
        if joins_subjects(self.read, joint, self._said()):
            begin = self._said() + 1
        first = current.kind == "sub" and current.parent is None
        if first and current.opener in SUBJECTS and self.read.tags[begin] != "S":
            current.parent = self.main = self._new("main", "", None)  # whether he attacked is unclear
        elif begin < i:
            moved = [k for k in current.tokens if k >= begin]
            current.tokens = [k for k in current.tokens if k < begin]
            if first and not self._said() >= 0:
                self.main = self._new("main", "", None)  # if it is serious you lose
                self.main.tokens += moved
            else:
                self._new("sub", "", current).tokens += moved
        elif 0 < (begin := self.read.find_subject(current.finite, current.tokens[0] + 1)) < current.finite:
            moved = [k for k in current.tokens if k >= begin]
            inner = Clause("rel", moved, current, "", current.finite, False, begin - 1)
            current.tokens, current.finite = [k for k in current.tokens if k < begin], -1
            self.clauses.append(inner)
