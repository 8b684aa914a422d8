"""English sentences: clauses, verb groups and noun phrases from word order and function words."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.lexicon import Lexicon
from lagebild.syntax import BREAK, Clause, Phrase, Predicate, Token

PLURAL_SUBJECTS = ("they", "we", "i", "you", "who", "which", "that")


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between the parts of a verb group."""
    return token.low.endswith("ly") or token.low in ADVERBS or token.has("negator", "hearsay", "maybe")


ADVERBS = frozenset(
    "also already again since now then still just yet even never ever soon once later twice today not n't both first only".split()
)


def verb_form(tokens: Sequence[Token], i: int) -> str:
    """Return the form in which a word is a verb here: inf, pres, past, part, ing, attr; empty if it is no verb."""
    token = tokens[i]
    if not token.word.verbs or token.names or (token.text[0].isupper() and i > 0 and token.text not in ("Has",)):
        return ""
    forms = {reading.form for reading in token.word.verbs}
    k = i - 1
    while k >= 0 and is_adverb(tokens[k]):
        k -= 1
    before = tokens[k] if k >= 0 else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is None:
        return "ing" if "ing" in forms else "part" if forms == {"part"} else ""
    if before.low == "to" and "inf" in forms:
        return "inf"
    if before.has("modal") or before.low in ("do", "does", "did"):
        return "inf" if "inf" in forms else ""
    if before.has("have") and "part" in forms:
        return "part"
    if before.has("be") or before.low in ("been", "being", "got"):
        return "part" if "part" in forms else "ing" if "ing" in forms else ""
    if before.low in ("let", "help", "helped") and "inf" in forms:
        return "inf"
    nominal = before.has("determiner") or before.low in ("'s", "’s") or (
        bool(before.names) and before.names[0].kind == "adjective" and not _inhabitants(before)
    )
    if "ing" in forms:
        return "" if nominal or (before.has("preposition") and after is not None and after.low == "of") else "ing"
    if "past" in forms or "part" in forms:
        if nominal or (before.has("preposition") and after is not None and not after.has("preposition", "determiner")):
            return "" if "past" in forms and token.word.nouns else "attr"
        if _noun_like(after) and _adjective_like(before):
            return "attr"
        return "past" if "past" in forms else "part"
    if nominal or before.has("preposition") or before.text.isdigit():
        return ""
    plural = token.low.endswith("s") and "pres" in forms and "inf" not in forms
    if plural:  # attacks: verb after a name, a pronoun, a title
        if token.word.nouns and after is not None and after.has("preposition") and not _lone(tokens, i):
            return ""
        if before.names or before.has("pronoun", "relative") or before.word.head in ("office", "body") or before.text == ",":
            return "pres"
        return "pres" if not token.word.nouns and before.text[0].islower() and _lone(tokens, i) else ""
    if before.has("pronoun", "person", "relative"):
        return "pres"
    if before.names and _inhabitants(before):
        return "pres"
    if before.low.endswith("s") and not before.names and not token.word.nouns:
        return "pres"
    if before.low.endswith("s") and before.word.head in ("office", "body", "force"):
        return "pres"
    if _joined_names(tokens, k):
        return "pres"
    if before.has("coordinator") and any(verb_form(tokens, j) == "inf" for j in range(max(0, k - 8), k)):
        return "inf"
    if before.has("coordinator") and not token.word.nouns and any(verb_form(tokens, j) == "pres" for j in range(max(0, k - 8), k)):
        return "pres"
    return ""


def _inhabitants(token: Token) -> bool:
    return any(name.kind == "inhabitant" for name in token.names) or token.low in ("houthis", "taliban")


def _lone(tokens: Sequence[Token], i: int) -> bool:
    """Whether no other word of the sentence can be its finite verb."""
    return not any(
        k != i and not t.names and (t.has("have", "be", "modal") or any(r.form == "past" for r in t.word.verbs))
        for k, t in enumerate(tokens)
    )


def _noun_like(token: Token | None) -> bool:
    return token is not None and token.text[0].isalpha() and not (
        token.has("preposition", "determiner", "coordinator", "pronoun", "person", "negator") or token.names or is_adverb(token)
    )


def _adjective_like(token: Token) -> bool:
    return token.has("preposition", "coordinator") or token.text in BREAK or token.word.head == "" and not token.names and (
        token.low.endswith(("al", "ed", "ive", "ous", "new", "ful", "ic"))
    )


def _joined_names(tokens: Sequence[Token], k: int) -> bool:
    """Whether the word at `k` ends a list: Russia and China sign."""
    return bool(tokens[k].names) and any(tokens[j].has("coordinator") for j in range(max(0, k - 4), k))


def is_finite(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a finite verb or auxiliary."""
    token = tokens[i]
    if token.names or (token.text[0].isupper() and i > 0):
        return False
    if token.has("have", "be", "modal") or token.low in ("do", "does", "did"):
        if token.low in ("be", "having", "being", "been"):
            return False
        if token.has("have") and i and (tokens[i - 1].has("modal") or tokens[i - 1].low == "to"):
            return False
        if token.low in ("may", "will", "can", "might", "must") and i and tokens[i - 1].has("determiner"):
            return False
        return True
    form = verb_form(tokens, i)
    if form == "part":
        return False
    return form in ("pres", "past")


def split_clauses(tokens: Sequence[Token], words: Lexicon) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    finite = [is_finite(tokens, i) for i in range(len(tokens))]
    clauses: list[Clause] = []
    current: Clause | None = None
    main: Clause | None = None
    mark = ""
    i, n = 0, len(tokens)

    def ahead(i: int) -> int:
        """Return the next finite verb before a mark or a conjunction that opens a clause."""
        for k in range(i, n):
            if tokens[k].text in BREAK or tokens[k].has("if", "whether", "relative") or (
                k > i and tokens[k].has("subordinator") and not tokens[k].has("preposition")
            ):
                return -1
            if finite[k]:
                return k
        return -1

    def new(kind: str, opener: str, parent: Clause | None, after: bool = False) -> Clause:
        clause = Clause(kind, [], parent, opener, -1, after)
        clauses.append(clause)
        return clause

    while i < n:
        token = tokens[i]
        if token.text in BREAK or token.text == ".":
            mark = token.text
            i += 1
            continue
        start = mark != "" or i == 0
        opens = ""
        if token.has("whether"):
            opens = "sub"
        elif token.has("if") and (token.low != "should" or i == 0) and ahead(i + 1) >= 0:
            opens = "sub"
        elif token.has("relative") and i and ahead(i + 1) >= 0 and (
            token.low in ("who", "which", "whose", "whom") or (token.low == "that" and _relative_that(tokens, i))
        ):
            opens = "rel"
        elif token.low == "that" and ahead(i + 1) >= 0 and i and (ahead(i + 1) > i + 1):
            opens = "sub"
        elif token.has("subordinator") and token.low != "that" and ahead(i + 1) >= 0 and not (
            i and tokens[i - 1].has("have", "be", "modal")  # have since withdrawn
        ) and not (
            token.low in ("as", "so", "how", "what", "why") and token.has("preposition") and ahead(i + 1) < 0
        ):
            opens = "sub"
        if opens:
            parent = current
            current = new(opens, token.low, parent)
            current.antecedent = i - 1 if tokens[i - 1].text != "," else i - 2
            if opens == "rel":
                current.tokens.append(i)
            mark = ""
            i += 1
            continue
        if token.low == "to" and i + 1 < n and not (i and tokens[i - 1].has("be")):
            k = i + 1
            while k < n and is_adverb(tokens[k]):
                k += 1
            if k < n and (verb_form(tokens, k) == "inf" or tokens[k].low in ("be", "have")):
                current = new("inf", "to", current)
                current.finite = -1
                current.tokens += list(range(i + 1, k + 1))
                mark = ""
                i = k + 1
                continue
        if verb_form(tokens, i) == "ing" and not (i and tokens[i - 1].has("be")) and current is not None and current.tokens:
            opener = tokens[i - 1].low if tokens[i - 1].has("preposition", "without") else ""
            current = new("ing", opener, current)
            current.tokens.append(i)
            mark = ""
            i += 1
            continue
        if token.has("coordinator") and not start and current is not None:
            k = i + 1
            while k < n and is_adverb(tokens[k]):
                k += 1
            follow = ahead(i + 1)
            if k < n and (finite[k] or verb_form(tokens, k) in ("part", "past")) and current.finite >= 0:
                clause = new(current.kind if current.kind in ("main", "sub", "rel") else "main", current.opener, current.parent, True)
                clause.antecedent = current.antecedent
                clause.finite = k if finite[k] else current.finite
                current = clause
                i = k
                current.tokens.append(i)
                i += 1
                continue
            if k < n and verb_form(tokens, k) == "inf" and current.kind == "inf":
                current = new("inf", "to", current.parent, True)
                current.tokens.append(k)
                i = k + 1
                continue
            if follow >= 0 and (_root(current).finite >= 0 or current.finite >= 0) and _subject_between(tokens, i + 1, follow):
                current = new("main", "", None)
                main = current
                i += 1
                continue
        if start and mark not in ("", ".") and current is not None:
            follow = ahead(i)
            top = main
            if follow >= 0 and (finite[i] or top is None or top.finite >= 0 or current.kind in ("sub", "rel", "inf", "ing")):
                if top is not None and top.finite < 0 and (current.kind != "main" or finite[i]):
                    current = top  # the subject stood before a clause in commas
                elif finite[i] and current.kind in ("rel",) and top is not None and top.finite >= 0:
                    current = new("main", "", None, True)
                else:
                    current = new("main", "", None)
                    main = current
            elif current.kind in ("rel", "sub") and mark == "," and top is not None and current.finite >= 0 and top.finite < 0:
                current = top
        elif current is not None and finite[i] and current.finite >= 0 and i not in _group(tokens, current):
            # a second finite verb without a conjunction: what was said follows, or a reduced clause
            begin = _subject_start(tokens, current, i)
            moved = [k for k in current.tokens if k >= begin]
            if moved:
                current.tokens = [k for k in current.tokens if k < begin]
                current = new("sub", "", current)
                current.tokens += moved
        mark = ""
        if current is None:
            current = new("main", "", None)
            main = current
        current.tokens.append(i)
        if finite[i] and current.finite < 0 and current.kind not in ("inf", "ing"):
            current.finite = i
        i += 1
    return clauses


def _root(clause: Clause) -> Clause:
    while clause.parent is not None:
        clause = clause.parent
    return clause


def _relative_that(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1]
    return not before.word.verbs and not before.has("be") and i + 1 < len(tokens) and (
        is_finite(tokens, i + 1) or is_adverb(tokens[i + 1])
    )


def _subject_between(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Whether a noun phrase without preposition stands between a conjunction and the next finite verb."""
    return verb > first and not tokens[first].has("preposition")


def _group(tokens: Sequence[Token], clause: Clause) -> set[int]:
    """Return the places that belong to the verb group of the clause."""
    k = clause.finite + 1
    while k < len(tokens) and (is_adverb(tokens[k]) or tokens[k].has("have", "be", "modal") or tokens[k].low == "been"):
        k += 1
    return set(range(clause.finite, k))


def _subject_start(tokens: Sequence[Token], clause: Clause, verb: int) -> int:
    k = verb
    while k - 1 in clause.tokens and k - 1 > clause.finite:
        token = tokens[k - 1]
        if token.word.verbs and verb_form(tokens, k - 1) or (token.has("preposition") and token.low != "of"):
            break
        k -= 1
    return k


def predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    found = []
    for i in clause.tokens:
        form = verb_form(tokens, i)
        if not form:
            continue
        marks, passive = _verb_group(tokens, clause, i, form)
        readings = {reading.form: reading for reading in token_readings(tokens[i])}
        reading = readings.get(form) or readings.get("part") or readings.get("pres")
        if form == "attr":
            reading = readings.get("part") or readings.get("past")
        if reading is None:
            continue
        voice = "passive" if passive else "attr" if form == "attr" else "active"
        if voice == "active" and form in ("past", "part") and "perfect" not in marks and _reduced(tokens, clause, i):
            voice = "passive"
        found.append(Predicate(reading.lemma, i, voice, clause, frozenset(marks), form=form))
    return found


def token_readings(token: Token) -> tuple:  # type: ignore[type-arg]
    """Return the readings of a token."""
    return token.word.verbs


def _reduced(tokens: Sequence[Token], clause: Clause, i: int) -> bool:
    """Whether a participle stands for a passive relative clause: weapons supplied by Russia."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if clause.finite == i or (clause.finite > i and clause.finite >= 0):
        return after is not None and after.low == "by"
    return clause.finite >= 0 and clause.finite != i and not clause.after and after is not None and after.has("preposition")


def _verb_group(tokens: Sequence[Token], clause: Clause, i: int, form: str) -> tuple[set[str], bool]:
    """Return the marks of a verb group and whether it is passive."""
    marks: set[str] = set()
    passive = False
    k = i - 1
    shared = False
    while k >= 0:
        token = tokens[k]
        if token.has("negator"):
            marks.add("negator")
        elif token.has("hearsay"):
            marks.add("hearsay")
        elif token.has("maybe"):
            marks.add("maybe")
        elif token.has("modal"):
            marks.add("modal")
        elif token.has("be") or token.low == "been":
            passive = passive or form == "part"
            marks.add("been" if token.low == "been" else "be")
        elif token.has("have"):
            marks.add("perfect")
        elif token.low in ("do", "does", "did", "to") or is_adverb(token):
            pass
        elif not shared and clause.after and k < clause.tokens[0] and clause.finite >= 0 and clause.finite < k:
            k, shared = clause.finite + 1, True
        else:
            break
        k -= 1
    if "be" in marks and form == "inf":
        marks.add("modal")  # is to meet, were to close
    return marks, passive


def find_phrases(tokens: Sequence[Token], clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    found: list[Phrase] = []
    current: Phrase | None = None
    prep, join = "", False
    inside = clause.tokens

    def start(i: int) -> Phrase:
        nonlocal current, prep, join
        current = Phrase(i, i, prep)
        if found and join and not prep:
            root = found[-1].root or found[-1]
            root.joined.append(current)
            current.root, current.number = root, "joined"
            current.prep = found[-1].prep
        found.append(current)
        prep, join = "", False
        return current

    for position, i in enumerate(inside):
        token = tokens[i]
        low, classes = token.low, token.word.classes
        if i and tokens[i - 1].text == "," and position and inside[position - 1] < i - 1:
            join, current = bool(found) and found[-1].last == i - 2, None
        elif position and inside[position - 1] < i - 1:
            current = None
        if i in skip:
            current, prep = None, ""
            continue
        if low in ("'s", "’s", "'", "’") and current is not None:  # the possessor colours the noun that follows
            current.adjectives, current.names = current.names or current.adjectives, []
            current.head, current.kind, current.last = None, "", i
            continue
        if token.names:
            token_name = token.names[0]
            if token.tail.low and token.tail.low not in ("led",) and not token.tail.head and token.tail.low[:1].islower():
                if current is None:
                    start(i)
                    assert current is not None
                current.last = i
                continue  # Iran-backed militias
            if current is None or (current.names and token_name.kind != "adjective" and not _apposition(current, token)) or (
                current.names and token_name.kind == "adjective"
            ):
                start(i)
            assert current is not None
            if token_name.kind == "adjective" or token.tail.low:
                current.adjectives += token.names
                if token.tail.low:
                    current.head, current.kind = token, token.tail.head
            elif token_name.kind == "unsure" and current.kind != "office":
                current.head = current.head or token
            else:
                current.names += token.names
            current.last = i
            continue
        if "coordinator" in classes:
            join = bool(found) and found[-1].last == i - 1
            keep = current is not None and bool(current.adjectives) and current.head is None and not current.names and (
                i + 1 < len(tokens) and bool(tokens[i + 1].names) and tokens[i + 1].names[0].kind == "adjective"
            )
            if keep:
                join = False
            else:
                current = None
            continue
        form = verb_form(tokens, i)
        if form == "attr" and current is not None:
            current.last = i
            continue
        if form or "have" in classes or "be" in classes or "modal" in classes or low in ("do", "does", "did", "been", "being"):
            current, prep, join = None, "", False
            continue
        if "preposition" in classes or low == "to":
            prep, current = low, None
            continue
        if "relative" in classes and clause.kind == "rel" and position == 0:
            one = start(i)
            one.pronoun, current = "rel", None
            continue
        if "pronoun" in classes or "person" in classes:
            one = start(i)
            one.pronoun, current = "he" if "pronoun" in classes else "other", None
            continue
        if "determiner" in classes or token.text[0].isdigit():
            if current is None or current.names or current.head is not None:
                start(i)
            assert current is not None
            current.last = i
            continue
        if not token.text[0].isalpha() or (is_adverb(token) and current is None) or "subordinator" in classes:
            if not (token.text in ("$", "%", "€")):
                current = None
            continue
        if is_adverb(token) or "negator" in classes:
            continue
        if "former" in classes:
            if current is None:
                start(i)
            assert current is not None
            current.former, current.last = True, i
            continue
        if current is None:
            start(i)
        assert current is not None
        if current.names and not current.adjectives and token.word.head not in ("", "none") and token.text[0].islower() and current.head is None:
            current.adjectives, current.names = current.names, []  # Ukraine forces
        if token.word.head or current.head is None or not current.kind:
            if not (current.names and current.kind):
                current.head, current.kind = token, token.word.head
        current.last = i
    for phrase in found:
        if phrase.head is not None and phrase.head.has("own") and not phrase.names and not phrase.adjectives:
            if tokens[phrase.first].has("possessive"):
                phrase.pronoun = "own"
    for before, phrase in zip(found, found[1:], strict=False):
        if phrase.prep in ("of", "from", "in") and phrase.first - 1 <= before.last + 1 and before.head is not None and not before.names:
            if phrase.prep == "of" or before.kind in ("office",):
                before.owners.append(phrase)
    return found


def _apposition(phrase: Phrase, token: Token) -> bool:
    """Whether a name continues the phrase: Syrian leader Ahmed al-Sharaa, Secretary Rubio."""
    return not phrase.names
