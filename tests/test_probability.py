"""How likely a draft is right: features, weights, bands; and how that is measured on real news."""

from __future__ import annotations

import ast
import json
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from examples import PROJECT
from known import REFERENCE
from lagebild.coder import drafts as confidence
from lagebild.coder.coder import draft_text
from lagebild.coder.drafts import BANDS, ONE_SIDED_THRESHOLD, Draft, band, rate
from lagebild.coder.quality import compare, judge, read_news, read_texts
from lagebild.core.errors import InputError

DAY = "2025-06-16"
WEIGHTS = {row["feature"]: float(row["weight"]) for row in REFERENCE.rows("weights")}
NEWS = PROJECT / "tests" / "gold" / "news.jsonl"


def draft(text: str, language: str) -> Draft:
    """Return the only draft of a text."""
    drafted = draft_text(REFERENCE, text, language, DAY)
    (one,) = (*drafted.events, *drafted.candidates)
    return one


def test_the_bands_part_what_counts_from_what_is_a_candidate() -> None:
    assert [band(p, incomplete=False) for p in (0.0, 0.33, 0.34, 0.64, 0.65, 1.0)] == ["C", "C", "B", "B", "A", "A"]
    assert [band(p, incomplete=True) for p in (0.3, ONE_SIDED_THRESHOLD - 0.01, ONE_SIDED_THRESHOLD, 0.9)] == [
        "C",
        "C",
        "A",
        "A",
    ]
    assert [name for name, _ in BANDS] == ["A", "B", "C"]


def test_a_probability_is_the_logistic_of_the_weights() -> None:
    assert rate(REFERENCE, ()) == pytest.approx(1 / (1 + 2.718281828 ** -WEIGHTS["intercept"]))
    assert rate(REFERENCE, ("agreed",)) > rate(REFERENCE, ()) > rate(REFERENCE, ("private",))
    assert rate(REFERENCE, ("a feature without a weight",)) == rate(REFERENCE, ())


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    tree = ast.parse(Path(confidence.__file__).read_text(encoding="utf-8"))
    yielded = [node.value.elts[0] for node in ast.walk(tree) if isinstance(node, ast.Yield)]  # type: ignore[union-attr]
    named = {one.value for one in yielded if isinstance(one, ast.Constant)}
    assert named | {"private", "source-inferred", "target-inferred", "intercept"} == WEIGHTS.keys()


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        ("de", "Russland griff die Ukraine an.", {"agreed"}),
        ("de", "Die Ukraine wurde von Russland angegriffen.", {"agreed"}),
        ("de", "Joe Biden kritisierte Russland.", {"private", "agreed"}),
        ("de", "Der frühere US-Präsident Joe Biden kritisierte Russland.", {"agreed"}),
        ("de", "Bei einem Anschlag in Kabul starben acht Menschen.", {"noun", "struck"}),
        ("en", "Russia attacked Ukraine.", {"agreed"}),
        ("en", "If Russia attacked Ukraine, nobody would help.", {"conditional", "agreed"}),
        ("en", "Iranians criticised Israel.", {"citizen", "agreed"}),
        ("en", "Turkey condemned the attack.", {"target-missing", "agreed"}),
    ],
)
def test_what_holds_of_a_draft(language: str, text: str, holds: set[str]) -> None:
    one = draft(text, language)
    assert set(one.features) == holds
    assert one.probability == pytest.approx(rate(REFERENCE, holds), abs=0.006)
    assert one.confidence == band(one.probability, incomplete=False)


def test_the_table_of_reliability_adds_up() -> None:
    rows = REFERENCE.rows("reliability")
    assert {row["half"] for row in rows} == {"read", "unread"}
    for row in rows:
        assert 0 <= row["right"] <= row["drafts"]
        assert float(row["begins"]) <= float(row["expected"]) <= float(row["begins"]) + 0.101
    assert sum(row["drafts"] for row in rows) == next(
        row["drafts"] for row in REFERENCE.rows("weights") if row["feature"] == "intercept"
    )


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
