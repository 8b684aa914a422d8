"""What a German phrase hangs on, and its case: genitives, where somebody comes from, articles before names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lagebild.coder.syntax import Phrase
from lagebild.coder.tokens import Token

FEMININE = re.compile(
    r"(?:ung|schaft|ion|[hk]eit|tät|ei|[rt]in|enz|ianz|tur|(?<!e)ik|ie|age|ade|armee|marine|waffe|truppe|miliz|behörde|"
    r"spitze|union|liga|gruppe|duma|garde|front|presse|stadt|macht|kraft|zeit|seite|welt|kirche|schule|straße|nacht|"
    r"woche|frau|grenze|küste|insel|bank|börse|firma|rede|rakete|drohne|wahl|justiz|zone|linie|hilfe|krise|klage|reise|"
    r"stelle|mutter|tochter|schwester|provinz|kammer)$"
)
# Plurals, with der no nominative: Stellungen der Kurden; what ends so in the singular is no plural.
PLURAL = re.compile(r"(?<!haf|art|wag|bod|süd|ost|ord|est|ied|reg|had|lad|ück|ill|eid)en$")
# Bodies that are those of the state in which they are: die Regierung in Polen; not so an embassy or an army.
AT_HOME = re.compile(r"(?:regierung|führung|regime|parlament|behörden?|polizei|justiz|kabinett|junta|anwaltschaft)$")
PLURALS = re.compile(r"(?:en|[^e]er|[^s]e|s|eln)$")  # how nouns end that may be plurals
# The case that a relative pronoun shows; die, das, was show none.
RELATIVE_CASE = {"der": "nom", "den": "acc", "dem": "dat", "denen": "dat", "dessen": "gen", "deren": "gen"}
GENITIVE = ("aller", "beider", "mehrerer", "zweier", "seiner", "ihrer", "unserer")
GROUPS = ("organisation", "group")
NEUTER = ("dieses", "jenes")  # a genitive before a noun in -s, else what a subject or an object may begin with


def attach(tokens: Sequence[Token], found: Sequence[Phrase]) -> None:
    """Hang genitives on the phrase before them, and phrases that say whose it is, or where it comes from."""
    for before, phrase in pairwise(found):
        if phrase.prep:
            if phrase.first == before.last + 2 and phrase.root is None and _is_owner(tokens, found, before, phrase):
                before.owners.append(phrase)
        elif not phrase.pronoun and phrase.number != "joined":
            if phrase.case == "nom" and phrase.number == "der" and _is_oblique(tokens, phrase):
                phrase.case = "dat"
            if phrase.first == before.last + 1 and not before.pronoun and _is_genitive(tokens, before, phrase):
                phrase.case = "gen"
                before.owners.append(phrase)


def _is_owner(tokens: Sequence[Token], found: Sequence[Phrase], before: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase with a preposition right behind a noun without name says whose that is."""
    if before.head is None or before.names:
        return False
    if phrase.prep == "aus":  # Truppen aus Vietnam
        return not any(before in one.owners and _is_leaving(one) for one in found)
    office = before.kind in ("office", "body")
    if phrase.prep == "von":  # der König von Marokko, Stellungen von Boko Haram
        return office or (_is_fighting(before, phrase) and not _is_passive(tokens))
    seat = any(name.kind == "seat" for name in phrase.names) and not before.adjectives
    return phrase.prep == "in" and office and (seat or AT_HOME.search(before.head.low) is not None)


def _is_oblique(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether der shows no nominative: before a feminine noun or a plural, as in der saudischen Streitkräfte."""
    noun = phrase.head.low if phrase.head is not None else ""
    bent = phrase.last > phrase.first and _is_bent(tokens[phrase.first + 1])
    return bool(bent or FEMININE.search(noun) or PLURAL.search(noun))


def _is_genitive(tokens: Sequence[Token], before: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase right behind another one is a genitive."""
    article, noun = phrase.number, phrase.head.low if phrase.head is not None else ""
    if phrase.case == "gen" or (article in NEUTER and noun.endswith("s")):
        return True
    if before.head is None or before.names:
        return False
    if article == "der" and (phrase.case in ("dat", "amb") or (before.head.word.nouns and noun.endswith("e"))):
        return True  # der Proteste
    return not phrase.names and ((article in GENITIVE and noun != "") or _is_strong(tokens, phrase))


def _is_fighting(before: Phrase, phrase: Phrase) -> bool:
    """Whether a noun is of those who fight for a group, or of what they have."""
    return before.kind in ("force", "member", "object") and any(name.type in GROUPS for name in phrase.names)


def _is_passive(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a passive, in which von may say who acts: wurden Kämpfer von Boko Haram getötet."""
    return any(token.has("become") for token in tokens)


def _is_leaving(phrase: Phrase) -> bool:
    """Whether a noun says that somebody leaves a place: der Abzug der Truppen aus Mali."""
    acts = phrase.head.word.nouns if phrase.head is not None else ()
    return any(one.event_type == "RETREAT" and "aus" in one.target for one in acts)


def _is_strong(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase without article begins with an adjective that shows a genitive: der Abzug russischer Truppen."""
    first, head = tokens[phrase.first], phrase.head
    adjective = first.text.islower() and first.low.endswith("er") and not (first.word.classes or first.word.verbs)
    return adjective and not phrase.case and head is not None and bool(PLURALS.search(head.low))


def _is_bent(token: Token) -> bool:
    """Whether a word is an adjective in -en, with der no nominative: der saudischen Streitkräfte."""
    return token.text.islower() and token.low.endswith("en") and not token.word.classes


def article_case(case: str, article: str, token: Token) -> str:
    """Return the case that an article shows before a name: der Iran is nominative, der Ukraine is not."""
    if article == "der":
        return "nom" if token.word.classes.get("masculine") is not None else "dat"
    if article == "den" and token.word.classes.get("plural") is not None:
        return "dat"
    return case


def colours_next(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun follows that a genitive may belong to, with or without an adjective: Irans neue Regierung."""
    after, second = (*tokens[i + 1 : i + 3], None, None)[:2]
    if after is None:
        return False
    if after.names:
        return after.names[0].kind == "adjective"
    if not after.text[0].isalpha():
        return False
    plain = not (after.word.verbs or after.word.classes)
    return after.text[0].isupper() or (plain and second is not None and second.text[0].isupper())
