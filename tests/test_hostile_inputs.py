"""Hostile inputs: what is refused at reading, in which words, and what may stay; and that no small text takes long."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import edit, open_case, replace, tiny
from known import REFERENCE
from lagebild.charts.drawing import ticks
from lagebild.coder.coder import draft_lines, draft_text
from lagebild.core import tables as store
from lagebild.core.case import read_case_file
from lagebild.core.characters import find_unfit, line_number, make_printable, show
from lagebild.core.edtf import day_of_print, parse, shift_day
from lagebild.core.errors import InputError
from lagebild.core.folders import NOTEBOOKS, locate
from lagebild.core.judgements import read_judgements
from lagebild.core.labels import Labels
from lagebild.core.yaml_files import parse_yaml
from lagebild.corpus import intake, newcase, plaintext
from lagebild.corpus.intake import Given
from lagebild.corpus.readers import documents as markdown, documents as pdf
from lagebild.corpus.sentences import find_stops, split_sentences
from lagebild.run.executed import _open
from lagebild.run.steps import STEPS
from papermill.parameterize import parameterize_path

pytestmark = pytest.mark.usefixtures("today")

# a character, and how a message names it
REFUSED = [
    ("\0", "U+0000"),
    ("\x01", "U+0001"),
    ("\x0b", "U+000B"),
    ("\x0c", "U+000C"),
    ("\x1b", "U+001B"),
    ("\x7f", "U+007F"),
    ("\x85", "U+0085"),
    ("\x9b", "U+009B"),
    ("\u202a", "U+202A"),
    ("\u202e", "U+202E"),
    ("\u2066", "U+2066"),
    ("\u2069", "U+2069"),
    ("\ufdd0", "U+FDD0"),
    ("\ufffe", "U+FFFE"),
    ("\uffff", "U+FFFF"),
    ("\U0001fffe", "U+1FFFE"),
    ("\U0010ffff", "U+10FFFF"),
    ("\U000e0068", "U+E0068"),
    ("\U000e007f", "U+E007F"),
]
HARMLESS = {
    "soft hyphen": "Waffen\u00adstillstand",
    "joiner": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "non-joiner": "می\u200cخواهم",
    "marks of direction": "a\u200e\u200f\u061cb",
    "byte order mark": "\ufeffa",
    "blanks": "a\tb\u00a0c\u2009d",
    "line separators": "a\u2028b\u2029c",
    "variation": "☎\ufe0f",
    "right to left": "محمد بن سلمان",
    "longest word": "w" * 500,
    "list": "|".join(["word"] * 500),
}
IDS = [name for _, name in REFUSED]


def reported(call: Callable[[], object]) -> str:
    """Return the message of the fault that a call ends with: one sentence on one line, with nothing in it unseen."""
    with pytest.raises(InputError) as raised:
        call()
    message = str(raised.value)
    assert make_printable(message) == message
    assert message.endswith(".")
    assert len(message) < 500
    return message


# --- characters and words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "name"), REFUSED, ids=IDS)
def test_a_character_that_no_text_needs_is_found_and_named(sign: str, name: str) -> None:
    found = find_unfit(f"one\ntwo {sign}")
    assert found is not None
    assert found[0] == 8
    assert f"holds {name}, " in found[1]


def test_half_a_character_is_found() -> None:
    assert find_unfit("a\ud800") is not None


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_stands_in_honest_texts_is_let_be(text: str) -> None:
    assert find_unfit(text) is None


@pytest.mark.parametrize(
    ("text", "longest", "place"),
    [
        ("w" * 501, 500, 0),
        ("a b " + "w" * 501, 500, 4),
        ("a|" + "w" * 501, 500, 2),
        ("z" + "\u0301" * 1000, 500, 0),
        ("https://e.org/" + "a" * 1986, 2000, None),
        ("https://e.org/" + "a" * 1987, 2000, 0),
        ("w" * 9999, 0, None),
    ],
)
def test_a_word_may_have_so_many_characters(text: str, longest: int, place: int | None) -> None:
    found = find_unfit(text, longest)
    assert (found and found[0]) == place


@pytest.mark.parametrize(("text", "line"), [("x", 1), ("a\nx", 2), ("a\r\nb\rx", 3), ("\n\n\nx", 4), ("a\u2028x", 1)])
def test_lines_are_counted_as_an_editor_counts_them(text: str, line: int) -> None:
    assert line_number(text, text.index("x")) == line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tiny", "'tiny'"),
        ("ti\nny", r"'ti\nny'"),
        ("\u202etiny\x1b[31m", r"'\u202etiny\x1b[31m'"),
        ("it's", '"it\'s"'),
        ("a" * 5000, f"'{'a' * 80} …'"),
    ],
)
def test_a_message_shows_a_name_on_one_line_and_cut(text: str, shown: str) -> None:
    assert show(text) == shown


def test_a_message_as_a_whole_is_one_line_in_which_all_is_seen() -> None:
    assert make_printable("Größe –\n\u202ex\x1b") == r"Größe –\n\u202ex\x1b"
    assert make_printable("a" * 5000, 300) == f"{'a' * 300} …"


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "name"), REFUSED, ids=IDS)
def test_a_cell_with_such_a_character_names_file_row_and_column(root: Path, sign: str, name: str) -> None:
    edit(tiny(root).inputs / "events.csv", "E2", summary_en=f"a{sign}b")
    message = reported(lambda: store.read_case(tiny(root), "events"))
    assert message.startswith(f"data/cases/tiny/events.csv, row 3: summary_en holds {name}, ")
    assert message.endswith("; delete it.")


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_a_cell_with_a_harmless_one_is_read_as_it_is(root: Path, text: str) -> None:
    edit(tiny(root).inputs / "events.csv", "E2", summary_en=text)
    assert store.read_case(tiny(root), "events").set_index("event_id").at["E2", "summary_en"] == text


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"title": "w" * 501}, "row 2: title holds a word of more than 500 characters, 'wwwwwwwwwwwwwwwwwwww …'"),
        ({"title": "w" * 100_000}, "row 2: title holds a word of more than 500 characters"),
        ({"reporter": "z" + "\u0301" * 1000}, "row 2: reporter holds a word of more than 500 characters"),
        ({"url": "https://e.org/" + "a" * 3000}, "row 2: url holds a word of more than 2,000 characters"),
        ({"url": "https://e.org/\u202egpj"}, "row 2: url holds U+202E, "),
        ({"retrieved": "２０２５-06-16"}, "row 2: retrieved is '２０２５-06-16', but must be a day, YYYY-MM-DD"),
    ],
)
def test_a_source_that_is_too_strange_names_file_row_and_column(root: Path, cells: dict[str, str], fault: str) -> None:
    edit(tiny(root).inputs / "sources.csv", "T1", **cells)
    assert reported(lambda: open_case(tiny(root)).corpus.sources).startswith(f"data/cases/tiny/sources.csv, {fault}")


def test_an_address_may_be_longer_than_a_word(root: Path) -> None:
    url = "https://e.org/" + "a" * 1900
    edit(tiny(root).inputs / "sources.csv", "T1", url=url)
    assert store.read_case(tiny(root), "sources").at[0, "url"] == url


def test_columns_of_a_strange_name_are_shown_cut_and_seen(root: Path) -> None:
    file = tiny(root).inputs / "events.csv"
    file.write_text("\u202e\x1b" + "a" * 5000 + ",b\n", encoding="utf-8")
    assert "row 1: the columns do not fit" in reported(lambda: store.read_case(tiny(root), "events"))


def test_a_folder_in_the_place_of_a_table_is_refused(root: Path) -> None:
    file = tiny(root).inputs / "events.csv"
    file.unlink()
    file.mkdir()
    assert reported(lambda: store.read_case(tiny(root), "events")).startswith(
        "data/cases/tiny/events.csv cannot be read"
    )


# --- YAML -----------------------------------------------------------------------------------------------------------

LAUGHS = "l0: &l0 [lol]\n" + "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 10))
MERGES = "m0: &m0 {a: 1}\n" + "".join(f"m{i}: &m{i} {{<<: [{', '.join([f'*m{i - 1}'] * 9)}]}}\n" for i in range(1, 9))
YAML = [
    (LAUGHS, "line 1: anchors and aliases"),
    (MERGES, "line 1: anchors and aliases"),
    ("a: b\nx: &x [*x]\n", "line 2: anchors and aliases"),
    ("x: *gone\n", "line 1: anchors and aliases"),
    ('x: !!int ""\n', "line 1: tags"),
    ("x: !!bool zz\n", "line 1: tags"),
    ("x: !!timestamp zz\n", "line 1: tags"),
    ('x: !!binary "AAEC/w=="\n', "line 1: tags"),
    ("x: !!set {a, b}\n", "line 1: tags"),
    ('x: !!python/object/apply:os.system ["id"]\n', "line 1: tags"),
    ("x: ! y\n", "line 1: tags"),
    (f"x: {'[' * 5000}{']' * 5000}\n", "line 1: values are nested more than 20 deep"),
    (f"x: {'{a: ' * 30}{'}' * 30}\n", "line 1: values are nested more than 20 deep"),
    ("".join(f"{' ' * n}a:\n" for n in range(30)), "line 20: values are nested more than 20 deep"),
    ('a: b\nx: "\\Uffffffff"\n', "line 2: this is no valid YAML"),
    ('x: "\\q"\n', "line 1: this is no valid YAML"),
    (f"%YAML {'9' * 5000}.1\n---\na: b\n", "line 1: this is no valid YAML"),
    ("a: b\n---\na: b\n", "line 2: this is no valid YAML"),
    ("a: b\nx: c\x01\n", "line 2: this is no valid YAML"),
    ("? [a]\n: b\n", "line 1: this is no valid YAML"),
    ("a:\n\t- b\n", "line 2: this is no valid YAML"),
]


@pytest.mark.parametrize(("text", "fault"), YAML, ids=[f"{number}" for number in range(len(YAML))])
def test_yaml_that_asks_for_more_than_values_names_the_line(text: str, fault: str) -> None:
    assert reported(lambda: parse_yaml(text)).startswith(fault)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("12", "12"),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
        (":".join(["59"] * 20_000), ":".join(["59"] * 20_000)),
        ("9" * 5000, "9" * 5000),
        ("2025-02-31", "2025-02-31"),
        ("2025-06-16", "2025-06-16"),
        ("No", "No"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ("+", "+"),
        ("=", "="),
        ("[a, [b, 1]]", ["a", ["b", "1"]]),
        ("{a: {b: c}}", {"a": {"b": "c"}}),
    ],
    ids=lambda cell: str(cell)[:12],
)
def test_plain_values_of_yaml_are_texts_but_for_true_false_and_null(text: str, value: object) -> None:
    assert parse_yaml(f"x: {text}\n") == {"x": value}


@pytest.mark.parametrize("before", [text for text, _ in YAML[:14]], ids=range(14))
@pytest.mark.parametrize("name", ["case", "judgements"])
def test_a_file_of_the_case_is_read_as_strictly(root: Path, name: str, before: str) -> None:
    file = tiny(root).inputs / f"{name}.yml"
    file.write_text(before + file.read_text(encoding="utf-8"), encoding="utf-8")
    read = read_case_file if name == "case" else read_judgements
    assert re.match(rf"data/cases/tiny/{name}\.yml, line \d+: ", reported(lambda: read(tiny(root))))


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("a\u202eb", "line 4: it holds U+202E, "),
        ("a\x01b", "line 4: it holds U+0001, "),
        ("a\0b", "line 4: it holds U+0000, "),
        ('"a\\x01b"', "line 4: a value holds U+0001, "),
        ('"a\\uD800b"', "line 4: a value holds U+D800, "),
        ('"a\\u202Eb"', "line 4: a value holds U+202E, "),
        ('"a\\uFFFEb"', "line 4: a value holds U+FFFE, "),
        ("w" * 501, "line 4: a value holds a word of more than 500 characters"),
        ("0x" + "f" * 5000, "line 4: a value holds a word of more than 500 characters"),
    ],
    ids=ascii,
)
def test_a_value_that_no_text_may_hold_names_file_and_line(root: Path, title: str, fault: str) -> None:
    replace(tiny(root).inputs / "case.yml", "en: Tiny case", f"en: {title}")
    assert reported(lambda: read_case_file(tiny(root))).startswith(f"data/cases/tiny/case.yml, {fault}")


@pytest.mark.parametrize("title", ["Waffen\u00adruhe", '"a\\u200db"', "2025", "No", "1_000", "12:30:45"])
def test_a_title_is_the_text_that_is_written(root: Path, title: str) -> None:
    replace(tiny(root).inputs / "case.yml", "en: Tiny case", f"en: {title}")
    assert read_case_file(tiny(root)).title["en"] == title.strip('"').replace("\\u200d", "\u200d")


def test_a_byte_order_mark_is_no_part_of_a_file_of_the_case(root: Path) -> None:
    file = tiny(root).inputs / "case.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_case_file(tiny(root)).subject == "RUS"


CASE_SHAPES = [
    ("lanes:\n", "lanes:\nrest:\n", "'lanes' is no list"),
    ("lanes:\n", "lanes: 3\nrest:\n", "'lanes' is no list"),
    ("lanes:\n", "lanes: [a]\nrest:\n", "'lanes' is no list"),
    ("dyads: [[RUS, IRN]]", "dyads: [3]", "'dyads' is no list"),
    ("dyads: [[RUS, IRN]]", "dyads: [[{a: b}]]", "'dyads' is no list"),
    ("dyads: [[RUS, IRN]]", "dyads:", "lanes: 'dyads' is no list"),
    ("focus:\n", "focus:\nrest:\n", "'focus' is no list"),
    ("focus:\n", "focus: 3\nrest:\n", "'focus' is no list"),
    ("focus:\n", "focus: [null]\nrest:\n", "'focus' is no list"),
    ("subject: RUS", "subject: [RUS]", "'subject' is no text"),
    ("subject: RUS", "subject:", "'subject' is no text"),
    ("start: 2024-01-01", "start: {a: b}", "'start' is no text"),
    ("  en: Tiny case", "  en: [Tiny, case]", ", title: 'en' is no text"),
    ("  en: Tiny case", "  en: true", ", title: 'en' is no text"),
    ('"2025-06-16"]', "[2025-06-16]]", "'editions' is no list"),
    ('"2025-06-16"]', '""]', "'editions' is no list"),
    ('"2025-06-16"]', '"../../x"]', "The edition date '../../x' is no day"),
]


@pytest.mark.parametrize(("old", "new", "fault"), CASE_SHAPES, ids=[new.strip() for _, new, _ in CASE_SHAPES])
def test_a_value_of_another_shape_names_the_file_of_the_case(root: Path, old: str, new: str, fault: str) -> None:
    replace(tiny(root).inputs / "case.yml", old, new)
    message = reported(lambda: read_case_file(tiny(root)))
    assert message.startswith("data/cases/tiny/case.yml")
    assert fault in message


ENTRY_SHAPES = [
    ("replaces: [A1]", "replaces:", "entry A2: 'replaces' is no list"),
    ("replaces: [A1]", "replaces: 3", "entry A2: 'replaces' is no list"),
    ("against: [E1]", "against:", "entry J1: 'against' is no list"),
    ("against: [E1]", "against: 3", "entry J1: 'against' is no list"),
    ("against: [E1]", "against: [{a: b}]", "entry J1: 'against' is no list"),
    ("against: [E1]", "stakes: [x]", "entry J1: 'stakes' is no list"),
    ("against: [E1]", 'stakes: [{effect: "+"}]', "entry J1, stakes: 'criterion' is missing"),
    ("against: [E1]", 'stakes: [{criterion: [means], effect: "+"}]', "entry J1, stakes: 'criterion' is no text"),
    ("    actor: RUS\n", "    actor: [RUS]\n", "entry O1: 'actor' is no text"),
    ("    likelihood: unlikely\n", "    likelihood: [likely]\n", "entry J1: 'likelihood' is no text"),
    ("evidence: [E3]", "evidence: [[E3]]", "entry J1: 'evidence' is no list"),
    ("answers:\n", "answers: 3\nrest:\n", "'answers' is no list"),
    ("answers:\n", "answers: abc\nrest:\n", "'answers' is no list"),
    ("answers:\n", "answers: [abc]\nrest:\n", "'answers' is no list"),
    ("id: J1", "id: [J1]", "'id' is no text"),
    ("id: J1", "id: 'J 1\"><b>%zz'", "the id 'J 1\"><b>%zz' of an entry must be an id of letters"),
    ("id: J1", "id: 1", "the id '1' of an entry must be an id of letters"),
    ("against: [E1]", "true: [E1]", "entry J1: a name in it is no text"),
    ("against: [E1]", "~: [E1]", "entry J1: a name in it is no text"),
    ("id: A2", "id: A1", "entry A1: another entry has this id too"),
    ("id: Q1", "id: A1", "entry A1: another entry has this id too"),
    ("by: {", "by: [", "this is no valid YAML"),
    ('written: "2025-06-16"', "written:", "'written' is no text"),
]


@pytest.mark.parametrize(("old", "new", "fault"), ENTRY_SHAPES, ids=[new.strip() for _, new, _ in ENTRY_SHAPES])
def test_a_value_of_another_shape_names_file_and_entry(root: Path, old: str, new: str, fault: str) -> None:
    replace(tiny(root).inputs / "judgements.yml", old, new)
    message = reported(lambda: read_judgements(tiny(root)))
    assert message.startswith("data/cases/tiny/judgements.yml")
    assert fault in message


def test_a_part_without_entries_is_empty(root: Path) -> None:
    file = tiny(root).inputs / "judgements.yml"
    file.write_text(file.read_text(encoding="utf-8").partition("questions:")[0] + "questions:\n", encoding="utf-8")
    assert read_judgements(tiny(root)).questions == ()


def test_editions_are_days_in_one_form_each_once(root: Path) -> None:
    replace(tiny(root).inputs / "case.yml", '["2025-01-31", "2025-06-16"]', '["20250616", 2025-06-16, 20250131]')
    assert read_case_file(tiny(root)).editions == ("2025-01-31", "2025-06-16")


# --- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "name"), REFUSED, ids=IDS)
def test_a_text_with_such_a_character_names_file_and_line(root: Path, sign: str, name: str) -> None:
    (tiny(root).texts / "T2.en.txt").write_bytes(f"One.\r\nTwo {sign} three.\n".encode())
    message = reported(lambda: open_case(tiny(root)).corpus.sources)
    assert message.startswith(f"data/cases/tiny/texts/T2.en.txt, line 2: the text holds {name}, ")


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_a_text_with_a_harmless_one_is_read_as_it_is(root: Path, text: str) -> None:
    (tiny(root).texts / "T2.en.txt").write_bytes(text.encode())
    assert open_case(tiny(root)).texts["T2", "en"] == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"One.\nTwo {'w' * 501}.\n", "line 2: the text holds a word of more than 500 characters"),
        (f"One.\nIsrael attacked Iran {'word ' * 4000}.\n", "line 2: a sentence has more than 20,000 characters"),
    ],
)
def test_a_text_without_blanks_or_ends_names_file_and_line(root: Path, text: str, fault: str) -> None:
    (tiny(root).texts / "T2.en.txt").write_text(text, encoding="utf-8")
    assert reported(lambda: open_case(tiny(root)).corpus.sources).startswith(
        f"data/cases/tiny/texts/T2.en.txt, {fault}"
    )


# --- new ------------------------------------------------------------------------------------------------------------

GERMAN = "Die Armee des Landes hat am Montag mit Drohnen eine Stadt angegriffen. Der Nachbar drohte mit Vergeltung."


def write(folder: Path, name: str, text: str) -> str:
    path = folder / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


NEW = [
    ("a.txt", f"Titel\n\n{GERMAN} {'w' * 501}", ", line 2: the text holds a word of more than 500 characters"),
    ("a.txt", f"{GERMAN} {'und so weiter ' * 1500}", ", line 1: a sentence has more than 20,000 characters"),
    ("a.md", f"---\n{LAUGHS}---\n{GERMAN}", ": the front matter, line 2: anchors and aliases"),
    ("a.md", f"---\n{MERGES}---\n{GERMAN}", ": the front matter, line 2: anchors and aliases"),
    ("a.md", f'---\ntitle: !!int ""\n---\n{GERMAN}', ": the front matter, line 2: tags"),
    ("a.md", f"---\ntitle: !!bool zz\n---\n{GERMAN}", ": the front matter, line 2: tags"),
    ("a.md", f"---\na: b\nx: {'[' * 20_000}\n---\n{GERMAN}", ": the front matter, line 3: values are nested"),
    ("a.md", f"---\ndate: 2025-02-31\n---\n{GERMAN}", ": the date '2025-02-31' in the front matter is no past day"),
    ("a.md", f"---\ndate: '{'1' * 5000}'\n---\n{GERMAN}", ": the date '1111"),
    ("a.md", f'---\ntitle: "\\Uffffffff"\n---\n{GERMAN}', ": the front matter, line 2: this is no valid YAML"),
]


@pytest.mark.parametrize(("name", "text", "fault"), NEW, ids=[fault[:45] for _, _, fault in NEW])
def test_a_file_that_is_too_strange_makes_no_case(tmp_path: Path, name: str, text: str, fault: str) -> None:
    file = write(tmp_path, name, text)
    message = reported(lambda: newcase.make_case("red-sea", [file], Given("2025-06-16"), "", str(tmp_path)))
    assert message.startswith(f"{file}{fault}")
    assert not (tmp_path / "data").exists()


def test_what_is_unseen_in_a_file_is_stripped_and_the_case_can_be_read(tmp_path: Path) -> None:
    unseen = (
        "".join(sign for sign, _ in REFUSED if sign not in "\0\x0b\x0c\x85") + "\u034f\u115f\u1160\u3164\ufeff\u00ad"
    )
    head = f'---\ntitle: "An{ascii(unseen)[1:-1]}griff"\npublisher: {"w" * 3000}\nauthor: 0x{"f" * 5000}\n'
    head += f"url: https://{'e' * 300}.org/{'a' * 1990}\n---\n"
    file = write(tmp_path, "a.md", f"{head}Die Ar{unseen}mee. {GERMAN * 20}")
    newcase.make_case("red-sea", [file], Given("2025-06-16"), "x\u202e" + "w" * 3000, str(tmp_path))
    here = locate("red-sea", "2025-06-16", root=str(tmp_path))
    row = open_case(here).corpus.sources.iloc[0]
    assert (row["title"], row["url"]) == ("Angriff", "")
    assert open_case(here).texts["S001", "de"].startswith("Die Armee. Die Armee")
    assert read_case_file(here).title["en"] == "x" + "w" * 119


def test_an_address_that_new_keeps_is_one_that_a_run_reads(tmp_path: Path) -> None:
    for length, kept in ((1986, True), (1987, False)):
        file = write(tmp_path, "a.md", f"---\nurl: https://e.org/{'a' * length}\n---\n{GERMAN}")
        assert bool(intake.read_articles(REFERENCE, [file], Given("2025-06-16"), "2025-07-01").articles[0].url) is kept


@pytest.mark.parametrize("sign", ["\U000e0068", "\U0001fffe", "\u034f", "\u115f", "\u3164", "\uffa0", "\U000f0000"])
def test_a_clean_text_holds_no_character_that_cannot_be_seen(sign: str) -> None:
    assert plaintext.clean(f"a{sign}b") == "ab"


# --- names, dates, paths --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["a" * 61, "a" * 5000, "ti\nny", "\u202etiny", "ti\x1b[31mny", "tiny\n"], ids=ascii)
def test_a_strange_name_of_a_case_is_refused_in_one_line(root: Path, case: str) -> None:
    message = reported(lambda: locate(case, "2025-06-16", root=str(root)))
    assert message.startswith(f"There is no case {show(case)}: ")
    assert re.search(r"cases here: tiny(; the nearest is tiny)?\.$", message)


def test_a_folder_of_a_strange_name_is_not_offered_as_a_case(root: Path) -> None:
    strange = root / "data" / "cases" / "\u202eevil"
    strange.mkdir()
    (strange / "case.yml").touch()
    assert reported(lambda: locate("nowhere", "2025-06-16", root=str(root))).endswith("cases here: tiny.")


@pytest.mark.parametrize("as_of", ["2" * 5000, "2025-06-16\n", "\x1b[31m"], ids=ascii)
def test_a_strange_day_is_refused_in_one_line(root: Path, as_of: str) -> None:
    assert reported(lambda: locate("tiny", as_of, root=str(root))).startswith(f"The as-of date {show(as_of)} is no day")


@pytest.mark.parametrize("edtf", ["２０２５-01-17", "٢٠٢٥", "2025-0１", "19９X", "2025-06-16\n", "9" * 5000], ids=ascii)
def test_a_date_has_digits_from_0_to_9_alone(edtf: str) -> None:
    assert reported(lambda: parse(edtf)).startswith(f"The date {show(edtf)} is no EDTF")


@pytest.mark.parametrize("published", ["", "0001-01-01", "1599-12-31", "3000-01-01", "9999-12-31", "2025-02-31"])
def test_nothing_was_published_before_the_press_or_far_ahead(published: str) -> None:
    assert "published date" in reported(lambda: day_of_print(published))


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "0150~"])
def test_a_page_of_such_a_day_names_file_and_row(root: Path, published: str) -> None:
    edit(tiny(root).inputs / "sources.csv", "T1", published=published)
    message = reported(lambda: open_case(tiny(root)).corpus.sources)
    assert message.startswith("data/cases/tiny/sources.csv, row 2 (T1): The published date ")


def test_a_page_that_was_read_on_no_day_names_file_and_row(root: Path) -> None:
    edit(tiny(root).inputs / "sources.csv", "T1", retrieved="2025-99-99")
    message = reported(lambda: open_case(tiny(root)).corpus.sources)
    assert message.startswith("data/cases/tiny/sources.csv, row 2 (T1): The retrieved date '2025-99-99' is no day")


@pytest.mark.parametrize("start", ["0001-01-01", "1000-01-01", "2024-01-01", "2025-06-16"])
@pytest.mark.parametrize("end", ["2025-06-16", "9999-12-31"])
def test_an_axis_of_any_length_has_a_few_ticks_on_it(start: str, end: str, words: Labels) -> None:
    places, names = ticks(start, end, words)
    assert 1 <= len(places) == len(names) <= 12
    assert all(len(place) == 10 for place in places)


@pytest.mark.parametrize(
    ("day", "days", "moved"),
    [
        ("2025-06-16", 1, "2025-06-17"),
        ("2025-01-01", -1, "2024-12-31"),
        ("9999-12-31", 5, "9999-12-31"),
        ("0001-01-01", -9, "0001-01-01"),
    ],
)
def test_a_day_moves_as_far_as_there_are_days(day: str, days: int, moved: str) -> None:
    assert shift_day(day, days) == moved


@pytest.mark.parametrize("folder", ["o{x}", "o{case}", "{{}}{", "plain"])
def test_a_notebook_below_a_path_with_braces_is_found(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(NOTEBOOKS, tmp_path / folder, ignore=shutil.ignore_patterns("lagebild", ".*"))
    monkeypatch.setattr("lagebild.core.folders.NOTEBOOKS", tmp_path / folder)
    notebook = _open(STEPS[0], "en")
    assert parameterize_path(notebook, {"case": "tiny"}) is notebook


# --- drafts from lines of JSON --------------------------------------------------------------------------------------

LINE = {"id": "1", "text": "Israel attacked Iran on 13 June.", "language": "en", "published": "2025-06-16"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (json.dumps(LINE | {"id": "a\ud800"}), r"id or text holds half a character, '\ud800'; delete it"),
        (json.dumps(LINE | {"text": "a\udfff"}), r"id or text holds half a character, '\udfff'; delete it"),
        (json.dumps(LINE | {"published": "2025-02-31"}), "The published date '2025-02-31' is no day"),
        (json.dumps(LINE | {"published": ""}), "The published date '' must lie between"),
        (json.dumps(LINE | {"published": "<script>"}), "The published date '<script>' is no day"),
        (json.dumps(LINE | {"published": "0001-01-01"}), "The published date '0001-01-01' must lie between"),
        (json.dumps(LINE | {"published": "9999-12-31"}), "The published date '9999-12-31' must lie between"),
        (json.dumps(LINE | {"language": "x" * 5000}), "The language 'xxx"),
        ("[" * 100_000, "a JSON object with id"),
        ("1" * 5000, "a JSON object with id"),
    ],
    ids=range(10),
)
def test_a_strange_line_is_named_in_one_sentence(line: str, fault: str) -> None:
    message = reported(lambda: list(draft_lines(REFERENCE, [json.dumps(LINE), line])))
    assert message.startswith(f"standard input, line 2: {fault}")


@pytest.mark.parametrize("published", ["1600-01-01", "2999-12-31"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Last winter, 9000 years ago, in 9000 years, two centuries ago, next quarter, by 1 January he left."),
        ("de", "Letzten Winter, vor 9000 Jahren, in 9000 Jahren, vor zwei Jahrhunderten, bis Ende des Monats kam er."),
    ],
)
def test_a_text_of_the_first_and_of_the_last_day_is_drafted(language: str, text: str, published: str) -> None:
    for part in (text, *re.split("[,.] ", text)):
        draft_text(REFERENCE, part, language, published)


# --- time -----------------------------------------------------------------------------------------------------------

SLOW: list[tuple[str, Callable[[], object]]] = [
    ("initials", lambda: split_sentences("A. B. " * 30_000, find_stops(REFERENCE, "en"))),
    ("ordinals", lambda: split_sentences("5. " * 60_000, find_stops(REFERENCE, "de"))),
    ("marks of headings", lambda: markdown.read_markdown(f"# {'# ' * 30_000}x\n\ny".encode(), "2025-07-01")),
    ("closing marks", lambda: markdown.read_markdown(f"# x{' #' * 30_000}\n\ny".encode(), "2025-07-01")),
    ("open brackets", lambda: markdown.read_markdown(b"[" * 20_000, "2025-07-01")),
    ("long word in a PDF", lambda: pdf.pdf_paragraphs([f"{'a' * 100_000}\nnext"])),
    ("long divided word", lambda: pdf.pdf_paragraphs([f"{'a' * 100_000}-\nnext"])),
    ("days", lambda: draft_text(REFERENCE, "13 June " * 3000, "en", "2025-06-16")),
    ("parts of months", lambda: draft_text(REFERENCE, "Ende Juni " * 3000, "de", "2025-06-16")),
    ("days after full stops", lambda: draft_text(REFERENCE, "a.June 13 " * 5000, "en", "2025-06-16")),
    ("hours", lambda: draft_text(REFERENCE, "um 10 Uhr " * 5000, "de", "2025-06-16")),
    ("speech in speech", lambda: draft_text(REFERENCE, f"Er {'sagte und ' * 290}ging.\n" * 10, "de", "2025-06-16")),
    ("quotes in quotes", lambda: draft_text(REFERENCE, f"„{'Ja; „nein“; ' * 230}“, so er.\n" * 30, "de", "2025-06-16")),
    ("names of places", lambda: draft_text(REFERENCE, "Aa-Bb/Cc Dd, Ee " * 6_000, "en", "2025-06-16")),
    ("lines of places", lambda: draft_text(REFERENCE, "Aa-Bb/Cc Dd, Ee Ff, Gg\n" * 4_000, "en", "2025-06-16")),
    ("many acts", lambda: draft_text(REFERENCE, "Israel attacked Iran on 13 June 2025. " * 3000, "en", "2025-06-16")),
]


@pytest.mark.parametrize(("read"), [row[1] for row in SLOW], ids=[row[0] for row in SLOW])
def test_a_text_that_repeats_itself_takes_time_by_its_length_alone(read: Callable[[], object]) -> None:
    (
        draft_text(REFERENCE, "Israel attacked Iran.", "en", "2025-06-16"),
        draft_text(REFERENCE, "Er kam.", "de", "2025-06-16"),
    )  # reads the tables
    begun = time.process_time()
    read()
    assert time.process_time() - begun < 4  # seconds; each took from 18 to more than 60


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A title\n\nx", "A title"),
        ("## A title ##\n\nx", "A title"),
        ("# C# and F# \t#\n\nx", "C# and F#"),
        ("#   a # b #\n\nx", "a # b"),
        ("# #\n\nx", ""),
        ("####### x\n", ""),
    ],
)
def test_the_marks_around_a_heading_are_no_part_of_it(text: str, title: str) -> None:
    (page,) = markdown.read_markdown(text.encode(), "2025-07-01")
    assert page.title == title
    if title:
        assert page.text.split("\n")[0] == title
