"""English sentences: which words are verbs, where clauses part, what phrases stand for, and what is drafted."""

from __future__ import annotations

import pytest
from known import REFERENCE, read_acts
from lagebild.coder.gazetteer import find_names
from lagebild.coder.lang.en.grammar import EnglishGrammar
from lagebild.coder.lexicon import read_lexicon
from lagebild.coder.model import Clause, Token
from lagebild.coder.parse import parse_text
from lagebild.coder.tokens import tokenize

DAY = "2025-06-18"


def read(text: str) -> EnglishGrammar:
    words = read_lexicon(REFERENCE, "en")
    return EnglishGrammar(tokenize(REFERENCE, text, 0, len(text), find_names(REFERENCE, text, "en", DAY), words), words)


def form(text: str, word: str) -> str:
    grammar = read(text)
    return grammar.verb_form(next(i for i, token in enumerate(grammar.tokens) if token.text == word))


def clauses(text: str) -> tuple[list[Token], list[Clause]]:
    grammar = read(text)
    return list(grammar.tokens), grammar.split_clauses()


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Israel struck targets in Syria.", "struck", "past"),
        ("Israel struck targets in Syria.", "targets", ""),
        ("Israel hit a base in Syria.", "hit", "past"),
        ("The base was hit by Israel.", "hit", "part"),
        ("Israel plans to hit bases in Syria.", "plans", "pres"),
        ("Israel plans to hit bases in Syria.", "hit", "inf"),
        ("Israeli strikes on Iran killed nine people.", "strikes", ""),
        ("Iran's attacks on Israel continued.", "attacks", ""),
        ("Russia cut gas supplies to Poland.", "cut", "past"),
        ("Turkey's cut in gas supplies hurt Poland.", "cut", ""),
        ("Weapons supplied by Russia were destroyed.", "supplied", "part"),
        ("Fishermen detained in Libya were freed by Italy.", "detained", "part"),
        ("Libya detained three Italian fishermen.", "detained", "past"),
        ("Iceland boycotted the meeting hosted by Russia.", "hosted", "part"),
        ("Planes carrying deported migrants landed in Haiti.", "deported", "attr"),
        ("Romania treated wounded Ukrainian soldiers.", "wounded", "attr"),
        ("Mongolia bowed to pressure from China.", "pressure", ""),
        ("China has long tried to pressure Mongolia.", "pressure", "inf"),
        ("The leaders of Egypt and Cyprus spoke by phone.", "spoke", "past"),
        ("The Czech Republic stood by Lithuania.", "stood", "past"),
        ("Turkey approved Finland's membership bid.", "bid", ""),
        ("Germany apologised to Namibia in May.", "apologised", "past"),
        ("Chad will send police to Haiti and hold talks with Cuba.", "hold", "inf"),
        ("Iran seized a tanker after Greece boarded one of its ships.", "boarded", "past"),
        ("Officials said Iran seized a tanker.", "seized", "past"),
        ("Heavy fighting broke out in Sudan.", "fighting", ""),
        ("Villagers protest against Serbia.", "protest", "pres"),
        ("Russia and China sign a treaty.", "sign", "pres"),
        ("The test of a missile worried Japan.", "test", ""),
        ("Iran denied attacking the ship.", "attacking", "ing"),
    ],
)
def test_form_of_a_verb(text: str, word: str, expected: str) -> None:
    assert form(text, word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran freed a sailor.", ["main"]),
        ("Iran said that it freed a sailor.", ["main", "sub"]),
        ("Iran promised to free a sailor.", ["main", "inf"]),
        ("Iran freed a sailor and arrested a pilot.", ["main", "main"]),
        ("Iran freed a sailor who had entered its waters.", ["main", "rel"]),
        ("Weapons supplied by Russia were destroyed.", ["main", "rel"]),
        ("The tanker, which flew no flag, was seized by Iran.", ["main", "rel"]),
        ("When Iran freed a sailor, Britain thanked it.", ["sub", "main"]),
        ("Iran freed a sailor, citing his age.", ["main", "ing"]),
        ("It is unclear whether Iran will free the sailor.", ["main", "sub"]),
        ("Argentina and Britain have yet to resume flights.", ["main"]),
        ("The commander, Qassem Soleimani, was killed.", ["main"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [clause.kind for clause in clauses(text)[1]] == expected


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("Egypt, Qatar and Turkey met.", 0, ["EGY", "QAT", "TUR"]),
        ("Russia's and Ukraine's leaders met.", 0, ["RUS", "UKR"]),
        ("Chinese and Russian warships sailed.", 0, ["CHN", "RUS"]),
        ("The leaders of Egypt and Cyprus met.", 0, ["EGY", "CYP"]),
        ("Police in Libya met.", 0, ["LBY"]),
        ("Iran-backed militias met.", 0, []),
        ("A Turkish journalist met.", 0, []),
        ("Hundreds of Poles met.", 0, ["POL"]),
    ],
)
def test_phrases(text: str, first: int, expected: list[str]) -> None:
    grammar = read(text)
    phrases = grammar.find_phrases(grammar.split_clauses()[0], frozenset())
    assert [name.actor_id for name, _ in phrases[first].actors] == expected


def drafted(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.event_type, "+".join(one.source_actors), "+".join(one.target_actors)) for one in read_acts("en", text, DAY)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Villages in Lebanon were shelled by Israel.", ("ASSAULT", "ISR", "LBN")),
        ("British warplanes bombed Houthi positions on Tuesday.", ("ASSAULT", "GBR", "ORG:HOUTHIS")),
        ("Japan summoned the Chinese ambassador.", ("ACCUSE", "JPN", "CHN")),
        ("Norway handed over six fighter jets to Ukraine.", ("AID", "NOR", "UKR")),
        ("Ottawa imposed a tariff on steel from China.", ("SANCTION", "CAN", "")),
        ("Tehran freed two French tourists.", ("RETREAT", "IRN", "FRA")),
        ("Iran has vowed to retaliate against Israel.", ("THREATEN", "IRN", "")),
        ("When Norway called in the Russian ambassador, many were surprised.", ("ACCUSE", "NOR", "RUS")),
        ("The arrest of a Turkish journalist by Germany caused anger.", ("COERCE", "DEU", "TUR")),
        ("The suspension of aid to Mali by Denmark came as a shock.", ("SANCTION", "DNK", "MLI")),
        ("Egypt, Qatar and Turkey urged Israel to stop.", ("REQUEST", "EGY+QAT+TUR", "ISR")),
        ("Kenya has offered to send police officers to Haiti.", ("AGREE", "KEN", "")),
        ("Saudi Arabia cut off Qatar in 2017.", ("SANCTION", "SAU", "QAT")),
        ("Police in Kuala Lumpur sealed off Pyongyang's embassy.", ("COERCE", "MYS", "PRK")),
        ("Ghana deported more than 200 Nigerians.", ("COERCE", "GHA", "NGA")),
        ("Greece rushed rescue teams to southern Turkey.", ("AID", "GRC", "TUR")),
        ("Polish activists pelted the Russian ambassador with paint.", ("PROTEST", "", "RUS")),
    ],
)
def test_draft_holds(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in drafted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Italy hit the post twice against Spain.",
        "Norway beat Sweden in the final on Sunday.",
        "The tennis player from Serbia struck a fine shot.",
        "A storm battered Portugal and Spain.",
        "Shares in Tokyo fell after the yen rose.",
        "The Spanish striker signed for a club in Italy.",
        "The film won a prize in France.",
        "Germany is home to many Turkish restaurants.",
        "Tourists from Britain love Greece.",
        "The Mexican economy grew by two per cent.",
    ],
)
def test_no_event(text: str) -> None:
    assert drafted(text) == []


def test_coordinated_infinitive_shares_the_modal() -> None:
    events = read_acts("en", "Italy will send police to Libya and hold talks with Tunisia.", DAY)
    assert [one.status for one in events] == ["hypothetical", "hypothetical"]


def test_not_yet_is_negated() -> None:
    (event,) = read_acts("en", "India has yet to resume direct flights to China.", DAY)
    assert (event.event_type, event.status) == ("CONCEDE", "negated")  # to resume flights is to lift a ban


def test_a_line_may_end_with_any_word() -> None:
    grammar = read("No envoys have come yet")
    assert grammar.read_marks(grammar.split_clauses()[0]) == set()


@pytest.mark.parametrize(
    ("headline", "event_type", "source", "target"),
    [
        ("Turkey Rejects Greek Offer", "REJECT", ("TUR",), ("GRC",)),
        ("U.S. Condemns Car Bombs in Libya", "ACCUSE", ("USA",), ()),
        ("France Recalls Ambassador From Mali", "SANCTION", ("FRA",), ("MLI",)),
        ("EU Imposes New Sanctions on Belarus", "SANCTION", ("ORG:EU",), ("BLR",)),
        ("Lavrov Meets With Fidan in Ankara", "CONSULT", ("RUS",), ("TUR",)),
    ],
)
def test_a_headline_in_title_case_is_read(
    headline: str, event_type: str, source: tuple[str, ...], target: tuple[str, ...]
) -> None:
    for text in (headline, f"{headline}\n\nThe talks went on."):
        one = read_acts("en", text, DAY)[0]
        assert (one.event_type, one.source_actors, one.target_actors) == (event_type, source, target)
        assert text[one.start : one.end] in headline


def test_a_sentence_keeps_its_capitals() -> None:
    text = "Ann Smith Visited Peter Brown Yesterday."
    assert [token.text for token in parse_text(REFERENCE, text, "en", DAY)[0].tokens][2] == "Visited"
