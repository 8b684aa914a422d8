"""German clauses to noun phrases, from articles, capitals and endings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagebild.coder.lang.de.attachment import attach
from lagebild.coder.lang.de.verbs import before_noun
from lagebild.coder.syntax import Clause, Phrase, Token, stands_for_others


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
                one.case = "acc" if "him" in classes or "oblique" in classes else "nom" if "nominative" in classes else ""
            current = None
            continue
        if (
            token.word.verbs or "become" in classes or "have" in classes or "be" in classes or "modal" in classes
        ) and not upper:
            attr = any(r.form == "attr" for r in token.word.verbs) and before_noun(tokens, i, inside)
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
    attach(found)
    return found


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
