"""German sentences: clauses, verb groups and noun phrases from word order, capitals, articles and verb forms."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from lagebild.lexicon import Lexicon, Reading
from lagebild.syntax import BREAK, Clause, Phrase, Predicate, Token, stands_for_others

FINITE = ("pres", "past", "k1", "k2")
AUXILIARIES = ("have", "be", "become", "modal")
FEMININE = re.compile(
    r"(ung|schaft|ion|heit|keit|tät|ei|armee|marine|waffe|miliz|polizei|behörde|botschaft|spitze|agentur|union|liga|gruppe|organisation|republik|duma|garde|front|presse)$"
)


def split_clauses(tokens: Sequence[Token], words: Lexicon) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    clauses: list[Clause] = []
    main: Clause | None = None
    waiting: Clause | None = None  # a verb-final clause whose verb is still to come
    last: Clause | None = None
    pieces = list(_pieces(tokens))
    for number, (mark, piece) in enumerate(pieces):
        finite = [i for i in piece if is_finite(tokens, i, piece)]
        follows = pieces[number + 1][1] if number + 1 < len(pieces) and pieces[number + 1][0] == "," else [0]
        conditional = follows != [0] and (
            is_finite(tokens, follows[0], follows) or tokens[follows[0]].low in ("so", "dann")
        )
        opener, kind = _opening(tokens, piece, finite, mark, not clauses, conditional)
        if kind in ("sub", "rel"):
            clause = Clause(
                kind, list(piece), last if kind == "rel" else main, opener, _last_finite(tokens, piece, finite)
            )
            clause.antecedent = piece[0] - 2 if kind == "rel" else -1
            if kind == "rel" and last is not None and last.kind != "rel":
                clause.parent = last
            clauses.append(clause)
            waiting = clause if clause.finite < 0 else None
            last = clause
            if opener == "sollte":
                clause.finite = piece[0]
                waiting = None
            continue
        if waiting is not None:
            waiting.tokens += piece
            waiting.finite = _last_finite(tokens, piece, finite)
            if waiting.finite >= 0:
                waiting = None
            continue
        if kind in ("inf", "ing"):
            clause = Clause(kind, list(piece), last or main, opener)
            clauses.append(clause)
            last = clause
            continue
        if mark == "und" and last is not None and last.finite >= 0 and finite:
            verb_final = last.kind in ("sub", "rel") and finite[-1] == piece[-1]
            clause = Clause(
                last.kind if verb_final else "main",
                list(piece),
                last.parent if verb_final else None,
                last.opener if verb_final else "",
            )
            clause.finite = _last_finite(tokens, piece, finite) if verb_final else finite[0]
            clause.antecedent = last.antecedent if verb_final else -1
            clause.after = True
            clauses.append(clause)
            last = clause
            main = clause if not verb_final else main
            continue
        if mark == "und" and last is not None and not finite:  # hat A verurteilt und B aufgefordert
            clause = Clause(last.kind, list(piece), last.parent, last.opener, last.finite, True, last.antecedent)
            clauses.append(clause)
            last = clause
            continue
        if main is None or (finite and main.finite >= 0) or mark in (";", ":", "–quote"):
            main = Clause("main", list(piece), None, "", finite[0] if finite else -1)
            clauses.append(main)
        else:
            main.tokens += piece
            if main.finite < 0 and finite:
                main.finite = finite[0]
        last = main
    return clauses


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[str, list[int]]]:
    """Yield the stretches between marks, and the parts that und joins if each has a verb of its own."""
    mark, piece = "", list[int]()
    for i, token in enumerate(tokens):
        if token.text in BREAK:
            if piece:
                yield from _coordinated(tokens, mark, piece)
                piece = []
            mark = token.text if not (mark in (":", ";") and not piece) else mark
        elif token.text not in ".":
            piece.append(i)
    if piece:
        yield from _coordinated(tokens, mark, piece)


def _coordinated(tokens: Sequence[Token], mark: str, piece: list[int]) -> Iterator[tuple[str, list[int]]]:
    for k in range(1, len(piece) - 1):
        if not tokens[piece[k]].has("coordinator"):
            continue
        left, right = piece[:k], piece[k + 1 :]
        left_finite = [i for i in left if is_finite(tokens, i, left)]
        right_finite = [i for i in right if is_finite(tokens, i, right)]
        later = [i for i in right[:-1] if tokens[i].has("coordinator") and right_finite and i < right_finite[0]]
        if any(i + 1 == right_finite[0] for i in later):
            continue  # Rosneft und Lukoil und sagte … ab: the second one joins the verbs
        lexical = [i for i in left if tokens[i].word.verbs and i not in left_finite]
        ends_in_verb = bool(tokens[right[-1]].word.verbs) and not tokens[right[-1]].text[0].isupper()
        strong = [i for i in right_finite if not _nonfinite(tokens[i])]
        if (left_finite and strong and (right_finite[0] == right[0] or len(right) > 2)) or (
            left_finite and lexical and ends_in_verb and any(tokens[i].has(*AUXILIARIES) for i in left_finite)
        ):
            yield mark, left
            yield from _coordinated(tokens, "und", right)
            return
    yield mark, piece


def is_finite(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a token can be the finite verb of its stretch."""
    token = tokens[i]
    if token.names or (token.text[0].isupper() and i != piece[0]) or (i and tokens[i - 1].low == "zu"):
        return False
    for name in AUXILIARIES:
        value = token.word.classes.get(name)
        if value:
            return not (name == "be" and value == "inf")
    forms = {reading.form for reading in token.word.verbs}
    if token.text[0].isupper() and (
        token.low.endswith("en") or (forms <= {"k1", "inf", "pres"} and token.low[-1] != "t")
    ):
        forms -= {"pres", "k1"}  # Ende, Folgen, Bitte open a sentence as nouns
    if not forms.intersection(FINITE):
        return False
    return not ("attr" in forms and _before_noun(tokens, i, piece))


def _before_noun(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a participle stands before its noun: die verhängten Sanktionen, neu verhängte Sanktionen."""
    if i + 1 >= len(tokens) or i == piece[0]:
        return False
    after, before = tokens[i + 1], tokens[i - 1]
    noun = (after.text[0].isupper() and not after.names) or (bool(after.names) and after.names[0].kind == "adjective")
    if not noun:
        return False
    if before.has("determiner") or before.text.isdigit():
        return True
    others = [
        k
        for k in piece
        if k != i
        and not tokens[k].text[0].isupper()
        and (tokens[k].has(*AUXILIARIES) or any(r.form in FINITE for r in tokens[k].word.verbs))
    ]
    return bool(others)


def _nonfinite(token: Token) -> bool:
    return any(reading.form in ("part", "inf") for reading in token.word.verbs) or token.low in (
        "haben",
        "werden",
        "sein",
    )


def _last_finite(tokens: Sequence[Token], piece: Sequence[int], finite: Sequence[int]) -> int:
    """Return the finite verb of a verb-final clause."""
    strong = [i for i in finite if not _nonfinite(tokens[i])]
    return strong[-1] if strong else finite[-1] if finite else -1


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
    verb_last = bool(finite) and all(
        tokens[i].word.verbs or tokens[i].has(*AUXILIARIES, "worden") for i in piece if i >= finite[-1]
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
    if token.has("whether"):
        return token.low, "sub"
    if token.has("if", "subordinator") and not token.has("modal"):
        prepositional = token.has("preposition") or token.low in ("wie", "als", "da")
        if not prepositional or verb_last:
            return token.low, "sub"
    if _zu_infinitive(tokens, piece) and all(_nonfinite(tokens[i]) for i in finite):
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


def _zu_infinitive(tokens: Sequence[Token], piece: Sequence[int]) -> bool:
    for i in piece:
        if any(reading.zu for reading in tokens[i].word.verbs):
            return True
        if tokens[i].low == "zu" and i + 1 < len(tokens):
            after = tokens[i + 1]
            if not after.text[0].isupper() and (
                any(r.form == "inf" for r in after.word.verbs)
                or after.low in ("haben", "sein", "werden", "können", "müssen", "lassen")
            ):
                return True
    return False


def predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    inside = clause.tokens
    helper = tokens[clause.finite] if clause.finite >= 0 else None
    auxiliary = helper is not None and helper.has(*AUXILIARIES)
    has_become = any(
        tokens[i].has("become", "worden") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])]
    )
    has_have = any(tokens[i].has("have") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])])
    has_be = any(tokens[i].has("be") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])])
    marks = _marks(tokens, clause, helper)
    found = []
    for i in inside:
        token = tokens[i]
        if (
            not token.word.verbs
            or token.names
            or (token.text[0].isupper() and i != inside[0])
            or token.has(*AUXILIARIES)
        ):
            continue
        if i == clause.finite and not auxiliary:
            reading, particle = _with_particle(tokens, clause, token)
            if reading:
                found.append(Predicate(reading.lemma, i, "active", clause, marks | {reading.form}, particle, "fin"))
            continue
        forms = {reading.form: reading for reading in reversed(token.word.verbs) if not reading.particle}
        if "attr" in forms and _before_noun(tokens, i, inside):
            found.append(Predicate(forms["attr"].lemma, i, "attr", clause, marks, form="attr"))
        elif "part" in forms and (has_become or has_have or has_be or "inf" not in forms):
            plain = forms["part"].lemma.replace("|", "")
            moving = words.word(plain).classes.get("move") is not None
            passive = (
                ("worden" in [tokens[k].low for k in inside])
                or (has_become and not (has_have and not helper_is(helper, "become")))
                or (has_be and not has_have and not has_become and not moving)
            )
            perfect = marks | {"perfect"}
            found.append(
                Predicate(forms["part"].lemma, i, "passive" if passive else "active", clause, perfect, form="part")
            )
        elif "inf" in forms:
            found.append(Predicate(forms["inf"].lemma, i, "active", clause, marks, form="inf"))
        elif forms and clause.finite >= 0 and any(f in forms for f in FINITE) and clause.kind != "main":
            lemma = next(forms[f].lemma for f in FINITE if f in forms)
            found.append(Predicate(lemma, i, "active", clause, marks, form="fin"))
    return found


def helper_is(helper: Token | None, name: str) -> bool:
    """Whether the finite verb is the auxiliary called `name`."""
    return helper is not None and helper.has(name)


def _with_particle(tokens: Sequence[Token], clause: Clause, token: Token) -> tuple[Reading | None, int]:
    """Return the reading of a finite verb whose particle, if it has one, ends the clause."""
    inside = clause.tokens
    for reading in sorted(token.word.verbs, key=lambda one: -len(one.particle)):
        if not reading.particle or reading.form not in FINITE:
            continue
        for i in inside:
            if (
                i > clause.finite
                and tokens[i].low == reading.particle
                and (
                    i == inside[-1]
                    or i + 1 >= len(tokens)
                    or tokens[i + 1].text in BREAK
                    or tokens[i + 1].text == "."
                    or tokens[i + 1].has("coordinator")
                )
            ):
                return reading, i
    plain = next((r for r in token.word.verbs if not r.particle and r.form in FINITE), None)
    end = tokens[inside[-1]]
    if (
        plain is not None
        and inside[-1] > clause.finite
        and end.has("prefix")
        and not end.names
        and end.text[0].islower()
    ):
        return Reading(f"{end.low}|{plain.lemma}", plain.form), inside[-1]  # dringt … vor is not dringen
    return plain, -1


def _marks(tokens: Sequence[Token], clause: Clause, helper: Token | None) -> frozenset[str]:
    marks = set()
    inside = clause.tokens
    if helper is not None:
        classes = helper.word.classes
        nonfinite = {r.form for i in inside if i != clause.finite for r in tokens[i].word.verbs}
        for name in AUXILIARIES:
            value = classes.get(name)
            if value in ("k1", "k2"):
                marks.add(value)
            if (
                name == "become"
                and value in ("ind", "k1", "k2")
                and "inf" in nonfinite
                and not (nonfinite & {"part"} and _ends_in_participle(tokens, clause))
            ):
                marks.add("future")
            if name == "modal" and value:
                marks.add(value)
        if not any(name in classes for name in AUXILIARIES):
            forms = {r.form for r in helper.word.verbs}
            if forms & {"k1", "k2"} and not forms & {"pres", "past"}:
                marks.add("k1" if "k1" in forms else "k2")
    if any(tokens[i].low in ("haben", "sein") for i in inside[-2:]) and helper is not None and helper.has("modal"):
        marks.add("perfect")
    for i in inside:
        for name in ("negator", "hearsay", "maybe"):
            if name in tokens[i].word.classes:
                marks.add(name)
    return frozenset(marks)


def _ends_in_participle(tokens: Sequence[Token], clause: Clause) -> bool:
    rest = [i for i in clause.tokens if tokens[i].word.verbs and i != clause.finite and not tokens[i].text[0].isupper()]
    return (
        bool(rest)
        and any(r.form == "part" for r in tokens[rest[-1]].word.verbs)
        and not any(r.form == "inf" for r in tokens[rest[-1]].word.verbs)
    )


def find_phrases(tokens: Sequence[Token], clause: Clause, skip: frozenset[int]) -> list[Phrase]:
    """Return the noun phrases of a clause from left to right; `skip` are tokens of date phrases."""
    found: list[Phrase] = []
    current: Phrase | None = None
    prep, join, _adjacent = "", False, -9
    inside = clause.tokens

    def start(i: int, case: str = "") -> Phrase:
        nonlocal current, prep, join
        current = Phrase(i, i, prep, case)
        if found and join and (not prep or prep == found[-1].prep):
            root = found[-1].root or found[-1]
            root.joined.append(current)
            current.root, current.number = root, "joined"
            current.prep = prep or found[-1].prep
        found.append(current)
        prep, join = "", False
        return current

    for position, i in enumerate(inside):
        token = tokens[i]
        low = token.low
        classes = token.word.classes
        if i and tokens[i - 1].text == "," and position and inside[position - 1] < i - 1:
            join, current = bool(found) and found[-1].last == i - 2, None
        if i in skip:
            current, prep = None, ""
            continue
        upper = token.text[0].isupper() and not (
            i == 0 and (classes or token.word.verbs) and not token.word.nouns and not token.word.head
        )
        if position == 0 and clause.kind == "sub" and low == clause.opener:
            continue
        if token.names:
            current = _add_name(tokens, i, current, found, start)
            prep = "" if current else prep
            continue
        if "coordinator" in classes and not upper:
            join = bool(found) and found[-1].last == i - 1
            if not (current is not None and current.adjectives and not current.head and not current.names):
                current = None
            continue
        if (("preposition" in classes or "fused" in classes) and not upper) or (
            position == 0 and ("preposition" in classes or "fused" in classes)
        ):
            if low == "zu" and i + 1 < len(tokens) and not tokens[i + 1].text[0].isupper() and tokens[i + 1].word.verbs:
                current = None
                continue
            prep, current = classes.get("fused") or low, None
            continue
        if "determiner" in classes:
            case = classes["determiner"]
            if clause.kind == "rel" and position <= 1 and "relative" in classes and current is None:
                one = start(i, _relative_case(low))
                one.pronoun = "rel"
                current = None
                continue
            current = None
            start(i, case)
            if current is not None:
                current.number = low
            continue
        if "relative" in classes and clause.kind == "rel" and position <= 1:
            one = start(i, _relative_case(low))
            one.pronoun, current = "rel", None
            continue
        if "pronoun" in classes or "person" in classes or "him" in classes:
            if low != "sich":
                one = start(i)
                one.pronoun = "he" if "pronoun" in classes else "him" if "him" in classes else "other"
                one.case = "acc" if "him" in classes else ""
            current = None
            continue
        if (
            token.word.verbs or "become" in classes or "have" in classes or "be" in classes or "modal" in classes
        ) and not upper:
            attr = any(r.form == "attr" for r in token.word.verbs) and _before_noun(tokens, i, inside)
            if not attr:
                current, prep, join = None, "", False
            continue
        if upper or (token.text[0].isdigit()):
            if current is None or (current.names and not token.text[0].isdigit()):
                start(i)
            assert current is not None
            if upper and (current.head is None or not current.kind or token.word.head):
                current.head, current.kind = token, token.word.head
            current.last = i
            continue
        if "former" in classes and current is not None:
            current.former = True
        if (
            current is not None
            and current.head is None
            and not current.names
            and low.isalpha()
            and "negator" not in classes
        ):
            current.last = i  # an adjective
            continue
        noun_next = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
        if ("former" in classes and noun_next) or (
            low.isalpha()
            and low[-1:] in "enrsm"
            and noun_next
            and not classes
            and not token.word.verbs
            and current is None
            and position
            and tokens[i - 1].text != ","
        ):
            start(i)
            assert current is not None
            current.former = "former" in classes
            current.last = i
            continue
        current = None
    for phrase in found:
        phrase.pronoun = phrase.pronoun or stands_for_others(tokens, phrase)
    return _attach(tokens, found)


def _relative_case(low: str) -> str:
    return {"der": "nom", "den": "acc", "dem": "dat", "denen": "dat", "dessen": "gen", "deren": "gen"}.get(low, "")


def _add_name(
    tokens: Sequence[Token], i: int, current: Phrase | None, found: Sequence[Phrase], start: Callable[..., Phrase]
) -> Phrase | None:
    """Read a name: as adjective, as owner of what follows, in apposition, or as a phrase of its own."""
    token = tokens[i]
    name = token.names[0]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    noun_follows = after is not None and not after.names and after.text[0].isupper() and after.text[0].isalpha()
    adjective_follows = (
        after is not None
        and not after.text[0].isupper()
        and after.text[0].isalpha()
        and not (after.word.verbs or after.word.classes)
        and i + 2 < len(tokens)
        and tokens[i + 2].text[0].isupper()
    )
    if token.tail.low or name.kind == "adjective":  # US-Präsident, iranisch
        if current is None or current.names or (current.head is not None and not current.adjectives):
            current = start(i)
        if not token.loose:
            current.adjectives += token.names
        if token.tail.low:
            current.head, current.kind = token, token.tail.head
        current.last = i
        return current
    if name.genitive and (
        noun_follows or adjective_follows or (after is not None and after.names and after.names[0].kind == "adjective")
    ):
        head = found[-1].head if found and found[-1].last == i - 1 else None
        carries = head is not None and bool(head.word.head or head.word.nouns or head.tail.head or head.tail.nouns)
        if not carries:  # mit 13 Stimmen Irans Angriffe: the genitive belongs to what follows
            current = start(i)
            current.adjectives += token.names
            current.last = i
            return current
    if name.genitive and found and found[-1].last == i - 1 and (found[-1].head is not None) and not found[-1].names:
        owner = start(i, "gen")
        owner.names += token.names
        owner.last = i
        return owner
    if name.genitive and found and current is None and found[-1].case == "gen" and tokens[i - 1].has("coordinator"):
        owner = start(i, "gen")
        owner.names += token.names
        owner.last = i
        return owner
    unsure = name.kind == "unsure"
    if unsure and not (current is not None and current.kind == "office"):
        current = current or start(i)
        current.last = i
        current.head = current.head or token
        return current
    own = (
        current is not None
        and current.head is not None
        and current.head.has("own")
        and tokens[current.first].has("possessive")
    )
    if current is not None and not current.names and not own:  # sein Land Russland … überlassen: two phrases
        current.names += token.names
        current.last = i
        if current.head is None:
            current.case = _article_case(current.case, current.number, token)
        return current
    current = start(i)
    current.names += token.names
    current.last = i
    return current


def _article_case(case: str, article: str, token: Token) -> str:
    """Return the case that an article shows before a name: der Iran is nominative, der Ukraine is not."""
    if article == "der":
        return "nom" if token.word.classes.get("masculine") is not None else "dat"
    if article == "den" and token.word.classes.get("plural") is not None:
        return "dat"
    return case


def _attach(tokens: Sequence[Token], found: list[Phrase]) -> list[Phrase]:
    """Hang genitives on the phrase before them."""
    for before, phrase in itertools.pairwise(found):
        seat = any(name.kind == "seat" for name in phrase.names)
        origin = phrase.prep == "aus" or (
            before.kind in ("office", "body") and (phrase.prep == "von" or (phrase.prep == "in" and seat))
        )
        if (
            origin
            and before.head is not None
            and not before.names
            and phrase.first <= before.last + 3
            and phrase.root is None
        ):
            before.owners.append(phrase)  # Truppen aus Vietnam, der König von Marokko
        if phrase.prep or phrase.pronoun or phrase.number == "joined":
            continue
        article = phrase.number
        if phrase.case == "nom" and article == "der" and phrase.head is not None and FEMININE.search(phrase.head.low):
            phrase.case = "dat"
        touching = phrase.first == before.last + 1
        if not touching or before.pronoun:
            continue
        if (
            phrase.case == "gen"
            or (article == "der" and phrase.case in ("dat", "amb") and before.head is not None and not before.names)
            or (
                article in ("aller", "beider", "mehrerer", "zweier", "seiner", "ihrer", "unserer")
                and before.head is not None
                and not before.names
                and phrase.head is not None
                and not phrase.names
            )
        ):
            phrase.case = "gen"
            before.owners.append(phrase)
    return found
