"""The coder that all languages share knows no word of any: the words stand in the tables of each language, once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from examples import PROJECT
from known import REFERENCE
from lagebild.coder.lexicon import read_lexicon
from lagebild.core.schema import TABLES

CODER = PROJECT / "notebooks" / "lagebild" / "coder"
SHARED = [file for file in sorted(CODER.rglob("*.py")) if file.parent.parent != CODER / "lang"]
WORDS = {  # where the tables of a language hold its words
    "calendar": ("words",),
    "effects": ("verbs",),
    "frames": ("lemma", "forms"),
    "grammar": ("word",),
    "heads": ("word", "forms"),
    "sets": ("words",),
    "speech": ("words",),
    "verbs": ("lemma", "present", "past", "participle", "subjunctive"),
}
TERMS = {  # where the tables hold names that the code asks for: of classes, kinds, readings, and what they come to
    "actors": ("type",),
    "calendar": ("kind", "value"),
    "date_patterns": ("kind", "name", "reading"),
    "frames": ("mode",),
    "grammar": ("readings",),
    "sets": ("class", "value"),
    "speech": ("kind", "effect"),
    "weights": ("feature",),
}
RESULTS = ("drafts", "quality", "statements", "weights")
LITTLE = {  # kinds of the table `calendar` that hold function words
    *("closes", "deictic", "every", "hedge", "joining", "later", "nowadays", "now", "number", "opens", "prefix"),
    *("upto", "vague"),
}
FUSED = "fused"  # a class whose values are words: am stands for an
ALLOWED = {
    "agency": "a split of the gold sentences",
    "all": "types together, in the table `quality`",
    "around": "how a rule found what is said",
    "candidates": "a field of the drafts as JSON",
    "dates": "a field of the drafts as JSON",
    "day": "a group of a pattern of dates",
    "direct": "a kind of attribution",
    "earlier": "how a rule found what is said",
    "first": "how a rule found what is said",
    "free": "a kind of attribution",
    "half": "a group of a pattern of dates",
    "history": "what a text is about",
    "initial": "how a rule found what is said",
    "joined": "a group of a pattern of dates",
    "lang": "a field of the gold sentences",
    "laughed": "a column of what is said of drafts",
    "measure": "a column of what is reported of the quality",
    "news": "a split of the gold sentences",
    "or": "in a message",
    "other": "a mark of pronouns (`Phrase.pronoun`)",
    "per": "in codes of persons, PER:",
    "published": "a field of texts and gold sentences",
    "quote": "how a rule found what is said",
    "range": "a rule of dates",
    "recall": "a measure of the quality",
    "rest": "how a rule found what is said",
    "sound": "a column of what is said of drafts",
    "trap": "the kind of a name that is none",
    "unsure": "the kind of a name that needs another",
    "week": "what a date leaves open",
}


def rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in all languages."""
    own, common = {"names", "date_patterns"}, {"actors", "weights"}
    for language in (*([""] if table in own | common else []), *(REFERENCE.languages if table not in common else ())):
        yield from REFERENCE.rows(table, language)


@cache
def words() -> frozenset[str]:
    """Return the words of all languages in small letters."""
    cells = (row[column] for table, columns in WORDS.items() for row in rows(table) for column in columns)
    found = {word.strip(" *").lower() for cell in cells for word in cell.split("|")}
    return frozenset(found.union(*(read_lexicon(REFERENCE, one).verbs for one in REFERENCE.languages)))


@cache
def terms() -> frozenset[str]:
    """Return the names that tables give to themselves, their columns, what these allow, and their classes of words."""
    known = [table for name, table in TABLES.items() if name.split("/")[-1] in {*WORDS, *TERMS, "names", *RESULTS}]
    found = {name.split("/")[-1] for name in TABLES}
    for table in known:
        found |= {field["name"] for field in table.fields}
        found |= {value.lower() for field in table.fields for value in field["constraints"].get("enum", ())}
    cells = [row[column] for name, columns in TERMS.items() for row in rows(name) for column in columns]
    named = (one.partition(":") for cell in cells for one in cell.split("|"))
    kept = (f"{kind} {'' if kind == FUSED else value}" for kind, _, value in named)
    return frozenset(found | {term.lower() for one in kept for term in re.split(r"[\s-]+", one)})


def literals(code: str) -> Iterator[str]:
    """Yield the strings of a program that are no docstrings, no messages, no identifiers and no paths."""
    tree = ast.parse(code)
    told = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    logged = [node for node in calls if ast.unparse(node.func).startswith("LOGGER.")]
    told |= {id(part) for node in logged for part in node.args}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(text, str) and not re.fullmatch(r"[\w./]*[_/][\w./]*", text):
            yield text


def find_words(code: str) -> set[str]:
    """Return the words of languages in the strings of a program, patterns among them."""
    found = set()
    for text in literals(code):
        plain = re.sub(r"\\[a-zA-Z]", " ", text).lower()  # \b and \s are no letters
        found |= {word for word in re.findall(r"[^\W\d_]{2,}", plain) if word in words()}
    return found - terms() - ALLOWED.keys()


@pytest.mark.parametrize("file", SHARED, ids=lambda file: str(file.relative_to(CODER)))
def test_the_shared_coder_knows_no_word_of_a_language(file: Path) -> None:
    assert not find_words(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", SHARED, ids=lambda file: str(file.relative_to(CODER)))
def test_the_shared_coder_knows_no_language(file: Path) -> None:
    assert not set(REFERENCE.languages) & set(literals(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"""By the word nach."""\nx = 1', set()),
        ('raise InputError("the dates and the words")', set()),
        ('low in ("nach", "into")', {"nach", "into"}),
        ('clause.opener == "sollte"', {"sollte"}),
        ('re.compile(r"\\s*(?:und|between)\\b")', {"und", "between"}),
        ('f"{x} gestern"', {"gestern"}),
        ('token.has("preposition")', set()),
    ],
)
def test_a_word_in_a_program_is_found(code: str, found: set[str]) -> None:
    assert find_words(code) == found


def test_what_is_allowed_is_needed() -> None:
    everything = " ".join(text for file in SHARED for text in literals(file.read_text(encoding="utf-8"))).lower()
    used = set(re.findall(r"[^\W\d_]+", everything))
    assert {word for word in ALLOWED if word not in used or word not in words() or word in terms()} == set()


def find_classes(language: str) -> dict[str, set[str]]:
    """Return the classes of every word of the table `grammar`."""
    return {
        row["word"]: {one.partition(":")[0] for one in row["readings"].split("|")}
        for row in REFERENCE.rows("grammar", language)
    }


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_a_function_word_has_one_row(language: str) -> None:
    found = [row["word"] for row in REFERENCE.rows("grammar", language)]
    assert len(found) == len(set(found))
    assert not [word for word in found if word != word.lower()]


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_what_one_part_of_the_coder_knew_is_settled_as_the_table_says(language: str) -> None:
    classes = find_classes(language)
    rows = REFERENCE.rows("settled", language)
    assert rows == sorted(rows, key=lambda row: (row["word"], row["class"]))
    assert not [row for row in rows if set(row["known_to"].split("|")) & set(row["missing_from"].split("|"))]
    shared = {(row["word"], row["class"]) for row in rows if row["class"] in classes.get(row["word"], ())}
    assert shared == {(row["word"], row["class"]) for row in rows if row["settled"] == "shared"}


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_the_function_words_of_dates_are_those_of_the_grammar_or_settled(language: str) -> None:
    forms = {
        form
        for row in REFERENCE.rows("calendar", language)
        if row["kind"] in LITTLE
        for form in row["words"].split("|")
    }
    little = {form for form in forms if form.islower() and not re.search(r"[ *]", form)}
    settled = {row["word"] for row in REFERENCE.rows("settled", language) if "dates" in row["known_to"]}
    assert not little - find_classes(language).keys() - settled


@pytest.mark.parametrize("language", REFERENCE.languages)
def test_somebody_asks_for_every_class_of_words(language: str) -> None:
    others = ("analysis/digest.py", "corpus/boilerplate.py", "audit/report_text.py", "audit/search.py")
    files = [*sorted(CODER.rglob("*.py")), *(CODER.parent / name for name in others)]
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    classes = {
        one.partition(":")[0] for row in REFERENCE.rows("grammar", language) for one in row["readings"].split("|")
    }
    classes |= {row["class"] for row in REFERENCE.rows("sets", language)}
    classes |= {row["kind"] for row in REFERENCE.rows("speech", language)}
    assert [one for one in sorted(classes) if f'"{one}"' not in code] == []
