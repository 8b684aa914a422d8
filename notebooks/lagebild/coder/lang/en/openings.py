"""What opens an English clause, from where on, and what it needs: even if, two days before, most of whom."""

from __future__ import annotations

from lagebild.coder.lang.en.parts import MARKS, is_adverb, skip_adverbs
from lagebild.coder.lang.en.reading import Reading
from lagebild.coder.syntax import Clause
from lagebild.coder.tokens import BREAK

ADJECTIVE_ENDINGS = ("al", "ed", "ive", "ous", "new", "ful", "ic", "less", "ern", "ing")


def find_opening(read: Reading, i: int) -> int:
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


def is_relative(read: Reading, i: int, saying: bool) -> bool:
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
        and before.text[0].isalpha()
        and not saying
        and not before.has("pronoun", "person", "preposition")
        and not is_adverb(before)
        and not before.low.endswith(ADJECTIVE_ENDINGS)
    )


def find_infinitive(read: Reading, i: int) -> int:
    """Return the place of the infinitive that the `to` at `i` opens a clause with; 0 if it opens none."""
    tokens = read.tokens
    if i and tokens[i - 1].has("be", "have"):
        return 0
    if i > 1 and tokens[i - 1].low == "yet" and tokens[i - 2].has("have"):
        return 0  # have yet to resume flights
    k = skip_adverbs(tokens, i + 1)
    return k if k < len(tokens) and (read.forms[k] == "inf" or tokens[k].low in ("be", "have")) else 0


def is_announced(read: Reading, i: int) -> bool:
    """Whether the infinitive after the `to` at `i` is the only verb between marks of a headline."""
    before, tokens = read.tokens[i - 1], read.tokens
    acts = bool(before.names) or before.word.head in ("office", "body", "force")
    first = next((k + 1 for k in range(i - 1, -1, -1) if tokens[k].text in BREAK), 0)
    last = next((k for k in range(i, len(tokens)) if tokens[k].text in BREAK), len(tokens))
    return acts and read.is_headline and "P" not in read.tags[first:i] and not any(read.finite[first:last])


def opens_main(read: Reading, i: int) -> bool:
    """Whether another main clause begins after the conjunction at `i`: it has a subject and a finite verb."""
    tokens, verb = read.tokens, read.find_finite(i + 1)
    if read.tags[i + 1] == "P":  # left, and in Chile, it stayed
        mark = next((k for k in range(i, len(tokens)) if tokens[k].text == ","), i)
        if verb < 0 and read.tags[mark + 1 : mark + 2] != ["O"]:
            verb = read.find_finite(mark + 1)
        return tokens[i - 1].text == "," and i + 1 < read.find_subject(verb, i + 1) < verb
    if verb <= i + 1 or tokens[verb - 1].has("coordinator"):
        return False  # froze assets and visas and called
    begin = read.find_subject(verb, i + 1)
    contact = begin > i + 1 and read.tags[begin] == "S" and not tokens[begin - 1].has("time")
    return not (contact and read.tags[i + 1] in "NJD")  # and ships they had sold


def is_reduced(read: Reading, i: int) -> bool:
    """Whether the form of a verb at `i` says more of the noun before it: weapons supplied by, ships leaving."""
    before = read.tokens[i - 1]
    bare = before.text[0].isalnum() and not read.forms[i - 1] and not is_adverb(before)
    return bare and not before.has("preposition", "coordinator", "without")


def goes_on(read: Reading, i: int, verb: int) -> bool:
    """Whether the verb at `i` is part of what the one at `verb` says, and another follows for the clause around it."""
    return verb + 1 < i and read.find_subject(i, verb + 1) == verb + 1 and any(read.finite[i + 1 :])


def joins_subjects(read: Reading, i: int, said: int) -> bool:
    """Whether what is joined at `i` is the subject of what the verb at `said` says: said police and soldiers left."""
    verb = read.find_finite(i + 1)
    inside = [*read.tags[said + 1 : i], *read.tags[i + 1 : verb]]
    joins = 0 <= said < i - 1 and verb > i + 1 and read.tokens[i].has("coordinator")
    return joins and all(tag in "NJDPMA" for tag in inside)


def is_verbless(read: Reading, clause: Clause) -> bool:
    """Whether a clause needs no finite verb."""
    if clause.kind in ("inf", "ing"):
        return True
    reduced = bool(clause.tokens) and read.forms[clause.tokens[0]] in ("ing", "part")
    return reduced and clause.kind != "main" and not read.words.has(clause.opener, "complementizer", "whether")


def is_subject(read: Reading, i: int, clause: Clause) -> bool:
    """Whether a clause without finite verb is the subject of the one at `i`: they say adding iodine is best."""
    first, parent = clause.tokens[0], clause.parent
    begin = read.find_subject(i, first + 1)
    said = parent is not None and parent.finite == first - 1 and read.tokens[first - 1].has("says")
    return begin == i or (said and begin == first + 1)


def find_speaker(read: Reading, i: int) -> int:
    """Return where the subject of a verb of saying at `i` begins that stands between commas: …, the mayor, Ann, said.

    0 if the verb is another one, or stands before who speaks: …, said the mayor.
    """
    tokens, k = read.tokens, i - 1
    if not (read.finite[i] and tokens[i].has("says") and tokens[k].text == ","):
        return 0
    while k and (read.tags[k - 1] in "NJDPMA" or tokens[k - 1].text == ","):
        k -= 1
    if read.tags[k - 1] != "C":  # what stands before the first comma belongs to the clause before
        k = next((n + 1 for n in range(k, i - 1) if tokens[n].text == ","), i)
    speaks = k < i - 1 and any(tag in "NS" for tag in read.tags[k : i - 1])
    return k if speaks and not _precedes_speaker(read, i) else 0


def _precedes_speaker(read: Reading, i: int) -> bool:
    """Whether who speaks stands behind the verb of saying at `i`: …, said the mayor."""
    follows = read.tags[i + 1 : i + 2]
    return bool(follows) and follows[0] in "NJDS" and read.find_finite(i + 1) < 0 and not read.tokens[i].has("told")
