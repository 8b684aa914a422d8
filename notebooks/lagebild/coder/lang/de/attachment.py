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
GENITIVE = ("aller", "beider", "mehrerer", "zweier", "seiner", "ihrer", "unserer")
NEUTER = ("dieses", "jenes")  # a genitive before a noun in -s, else what a subject or an object may begin with


def attach(found: Sequence[Phrase]) -> None:
    """Hang genitives on the phrase before them."""
    for before, phrase in pairwise(found):
        unnamed = before.head is not None and not before.names
        seat = any(name.kind == "seat" for name in phrase.names)
        officer = before.kind in ("office", "body") and (phrase.prep == "von" or (phrase.prep == "in" and seat))
        near = phrase.first <= before.last + 3 and phrase.root is None
        if (phrase.prep == "aus" or officer) and unnamed and near:
            before.owners.append(phrase)  # Truppen aus Vietnam, der König von Marokko
        if phrase.prep or phrase.pronoun or phrase.number == "joined":
            continue
        article, noun = phrase.number, phrase.head.low if phrase.head is not None else ""
        if phrase.case == "nom" and article == "der" and (FEMININE.search(noun) or PLURAL.search(noun)):
            phrase.case = "dat"
        genitive = (
            phrase.case == "gen"
            or (article == "der" and phrase.case in ("dat", "amb") and unnamed)
            or (article in NEUTER and noun.endswith("s"))
            or (article in GENITIVE and unnamed and noun and not phrase.names)
        )
        if genitive and phrase.first == before.last + 1 and not before.pronoun:
            phrase.case = "gen"
            before.owners.append(phrase)


def article_case(case: str, article: str, token: Token) -> str:
    """Return the case that an article shows before a name: der Iran is nominative, der Ukraine is not."""
    if article == "der":
        return "nom" if token.word.classes.get("masculine") is not None else "dat"
    if article == "den" and token.word.classes.get("plural") is not None:
        return "dat"
    return case
