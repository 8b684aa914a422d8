"""How likely a draft is right: features, weights, bands; and how that is measured on real news."""

from __future__ import annotations

import ast
import json
from hashlib import sha1
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from examples import PROJECT
from known import REFERENCE
from lagebild.coder import drafts as confidence
from lagebild.coder.coder import draft_text
from lagebild.coder.drafts import Draft, rate
from lagebild.core.errors import InputError
from lagebild.core.schema import EVENT_TYPES
from news import compare, judge, read_news, read_texts

DAY = "2025-06-16"
WEIGHTS = {row["feature"]: float(row["weight"]) for row in REFERENCE.rows("weights")}
NEWS = PROJECT / "tests" / "gold" / "news.jsonl"


def draft(text: str, language: str) -> Draft:
    """Return the only draft of a text."""
    drafted = draft_text(REFERENCE, text, language, DAY)
    (one,) = (*drafted.events, *drafted.candidates)
    return one


def count(text: str, language: str) -> list[str]:
    """Return what counts of a text before a person has looked: the sides of its drafts, and their bands."""
    drafted = draft_text(REFERENCE, text, language, DAY)
    return [f"{'+'.join(one.source_actors)}>{'+'.join(one.target_actors)} {one.confidence}" for one in drafted.events]


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("de", "Russland griff die Ukraine an.", ["RUS>UKR A"]),
        ("en", "The United States warned Iran on Monday.", ["USA>IRN A"]),
        # only who is named by the words of the act counts: not the place …
        ("en", "The army of Chad attacked villages in Niger.", ["TCD> B"]),
        ("en", "The premier was detained in Miami on charges of smuggling.", []),
        ("de", "In Costa Rica demonstrierten Tausende.", []),
        ("de", "Die USA bombardierten Stellungen im Norden Syriens.", ["USA> B"]),
        ("en", "U.S. border guards apprehended 200 people at the border with Mexico.", ["USA> B"]),
        # … not who was named before, by a pronoun or a mere office …
        ("de", "Erdogan reiste nach Griechenland. Die Regierung verurteilte Israel.", ["TUR>GRC A", ">ISR B"]),
        ("en", "China reacted. It condemned Japan.", [">JPN B"]),
        ("de", "Deutsche und Franzosen sind Nachbarn. „Wir haben uns zufällig getroffen“, sagte ein Polizist.", []),
        # … not a state whose name only colours another word …
        ("en", "Israeli forces damaged the Indonesian Hospital.", ["ISR> B"]),
        ("de", "Frankreich kritisierte die Gründung der polnischen Bewegung.", ["FRA> B"]),
        ("en", "France welcomed new Syria sanctions.", ["FRA> B"]),
        ("de", "Die Pariser Anschläge erschütterten Europa.", []),
        ("de", "Die türkischen Angriffe auf Syrien gingen weiter.", ["TUR>SYR A"]),
        # … and no citizen.
        ("en", "Ghana accused three Nigerians of spying.", ["GHA> B"]),
        # An attack may be named by the state that flew it, and a place is none if an act is.
        ("en", "Israeli air strikes killed nine villagers.", ["ISR> B"]),
        # A person without office, somebody on himself, and what is long ago never count.
        ("de", "Angela Merkel kritisierte Russland.", []),
        ("de", "Die EU drängt auf eine Armee der EU.", []),
        ("de", "Im Jahr 1939 griff Deutschland Polen an.", []),
        ("de", "1938 forderte Ungarn von der Slowakei Gebiete, und es setzte die Slowakei unter Druck.", []),
        ("de", "Deutschland griff am 1. Juni 2025 Polen an.", ["DEU>POL A"]),
        # Nor do some politicians or a soldier count as their state …
        ("de", "Manche libanesische Politiker beschuldigten Syrien.", [">SYR B"]),
        ("de", "Libanesische Politiker beschuldigten Syrien.", ["LBN>SYR A"]),
        ("en", "The prime minister of Lebanon accused Syria.", ["LBN>SYR A"]),
        # … nor what the text itself puts in doubt.
        ("de", "Die Befürworter eines Angriffs Frankreichs auf Mali sahen sich bestätigt.", []),
        ("de", "Die Folgen des Angriffs Frankreichs auf Mali waren schwer.", ["FRA>MLI A"]),
        ("en", "Syria's “war” on Islamic State is a sham.", []),
        ("de", "Frankreichs „Angriff“ auf Mali war ein Spaziergang.", []),
        ("de", "„Frankreichs Angriff auf Mali“ begann am Montag.", ["FRA>MLI A"]),
    ],
)
def test_only_who_is_named_by_the_words_of_an_act_counts(language: str, text: str, counts: list[str]) -> None:
    assert count(text, language) == counts


def test_a_side_that_is_left_open_is_offered_beside_the_draft() -> None:
    (one,) = draft_text(REFERENCE, "Die USA bombardierten Stellungen im Norden Syriens.", "de", DAY).events
    assert (one.source_actors, one.target_actors) == (("USA",), ())
    assert (one.inferred, one.other_source, one.other_target) == ((), ("USA",), ("SYR",))
    (both,) = draft_text(REFERENCE, "Russland griff die Ukraine an.", "de", DAY).events
    assert (both.other_source, both.other_target) == ((), ())


def test_a_probability_is_the_logistic_of_the_weights() -> None:
    assert rate(REFERENCE, ()) == pytest.approx(1 / (1 + 2.718281828 ** -WEIGHTS["intercept"]))
    assert rate(REFERENCE, ("agreed",)) > rate(REFERENCE, ()) > rate(REFERENCE, ("negated",))
    assert rate(REFERENCE, ("a feature without a weight",)) == rate(REFERENCE, ())


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    tree = ast.parse(Path(confidence.__file__).read_text(encoding="utf-8"))
    yielded = [node.value.elts[0] for node in ast.walk(tree) if isinstance(node, ast.Yield)]  # type: ignore[union-attr]
    named = {one.value for one in yielded if isinstance(one, ast.Constant)}
    types = {kind.lower() for kind in EVENT_TYPES}
    assert named | types | {"hypothetical", "negated", "reported", "intercept"} == WEIGHTS.keys()


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        ("de", "Russland griff die Ukraine an.", {"assault", "agreed"}),
        ("de", "Die Ukraine wurde von Russland angegriffen.", {"assault", "passive", "agreed"}),
        ("de", "Der russische Präsident warnte die Nato.", {"threaten", "officer", "agreed"}),
        ("de", "Joe Biden kritisierte Russland.", {"accuse", "private", "agreed"}),
        ("de", "Der frühere US-Präsident Joe Biden kritisierte Russland.", {"accuse", "officer", "agreed"}),
        ("de", "Bei einem Anschlag in Kabul starben acht Menschen.", {"assault", "noun", "struck", "behind"}),
        ("en", "Russia attacked Ukraine.", {"assault", "agreed"}),
        ("en", "If Russia attacked Ukraine, nobody would help.", {"assault", "conditional", "hypothetical", "agreed"}),
        ("en", "Turkey condemned the attack.", {"accuse", "target-missing", "agreed"}),
    ],
)
def test_what_holds_of_a_draft(language: str, text: str, holds: set[str]) -> None:
    one = draft(text, language)
    assert set(one.features) == holds
    assert one.probability == pytest.approx(rate(REFERENCE, holds), abs=0.006)


def test_the_table_of_reliability_adds_up() -> None:
    rows = REFERENCE.rows("reliability")
    assert {(row["gold"], row["half"]) for row in rows} == set(product(("coded", "judged"), ("read", "unread")))
    for row in rows:
        assert 0 <= row["right"] <= row["drafts"]
        assert float(row["begins"]) <= float(row["expected"]) <= float(row["begins"]) + 0.101
    fitted = sum(row["drafts"] for row in rows if (row["gold"], row["half"]) != ("judged", "unread"))
    assert fitted == next(row["drafts"] for row in REFERENCE.rows("weights") if row["feature"] == "intercept")


# --- real news


def event(text: str, words: str, **different: Any) -> dict[str, Any]:
    """Return a coded event whose evidence are some words of a text."""
    start = text.index(words)
    plain = {"type": "ASSAULT", "source": ["RUS"], "target": ["UKR"], "mutual": False, "date": None}
    return plain | {"status": "asserted", "span_start": start, "span_end": start + len(words)} | different


def test_a_draft_is_right_if_type_and_sides_are_and_each_event_takes_one() -> None:
    text = "Russland griff die Ukraine an, und Israel griff den Iran an."
    drafts = draft_text(REFERENCE, text, "de", DAY).events
    first, second = event(text, "Russland griff die Ukraine an"), event(text, "Israel griff den Iran an")
    assert judge([first, second | {"source": ["ISR"], "target": ["IRN"]}], drafts, 0) == [True, True]
    assert judge([first, second], drafts, 0) == [True, False]
    assert judge([first | {"optional": True}], drafts, 0) == [True, False]
    assert judge([], drafts, 0) == [False, False]


def test_the_codings_hold_no_text() -> None:
    items = read_news(NEWS.parent)
    assert {frozenset(one) for one in items} == {
        frozenset(
            ("document", "source", "part", "sample", "lang", "published", "start", "end", "sha1", "half", "events")
        )
    }
    keys = set().union(*(event for one in items for event in one["events"]))
    coded = {"type", "source", "target", "date", "status"}
    assert keys == {"mutual", "mutual_ok", "optional", "span_start", "span_end", *coded, *(f"{k}_alt" for k in coded)}
    for half in ("read", "unread"):
        assert {one["lang"] for one in items if one["half"] == half} == {"de", "en"}


def folder(path: Path, text: str) -> Path:
    """Return a folder with the texts of one document."""
    (path / "gold").mkdir()
    (path / "pages").mkdir()
    lines = {"gold/news-a-de.jsonl": {"id": "d1", "title": "", "text": text}, "gold/quotations-de.jsonl": None}
    for name, row in (lines | {"pages/truth.jsonl": None}).items():
        (path / name).write_text(json.dumps(row) + "\n" if row else "", encoding="utf-8")
    return path


def test_a_text_that_is_not_the_one_coded_is_named(tmp_path: Path) -> None:
    text = "Russland griff die Ukraine an."
    item: dict[str, Any] = {
        "document": "d1",
        "source": "news-a-de",
        "part": "text",
        "sample": "lead",
        "lang": "de",
        "half": "read",
    }
    item |= {"published": DAY, "start": 0, "end": len(text), "events": [event(text, text)]}
    item |= {"sha1": sha1(text.encode()).hexdigest()}
    texts = read_texts(folder(tmp_path, text))
    (coded,) = compare(REFERENCE, [item], texts)
    assert [right for _, right in coded.judged] == [True]
    with pytest.raises(InputError, match=r"news-a-de, d1: the text is not the one that was coded"):
        list(compare(REFERENCE, [item | {"sha1": "0"}], texts))


def test_missing_texts_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the texts of real news are not here"):
        read_texts(tmp_path)
