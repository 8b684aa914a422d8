"""Actors of a case: they lie over the reference, and who acts often and is nobody's is suggested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import dataset_of, edit, edition_of, open_case, read_rows, tiny
from known import REFERENCE
from lagebild.analysis.changes import list_inputs, revise
from lagebild.coder.coder import draft_text
from lagebild.coder.gazetteer import find_names
from lagebild.core.csv_files import to_csv
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices
from lagebild.core.reference import Reference, join_names, read_reference
from lagebild.core.schema import TABLES
from lagebild.core.tables import append_case, read_case
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.unknown_actors import (
    Sight,
    describe_suggestions,
    find_nearest,
    find_unknown_names,
    rank_names,
    suggest_actors,
)
from lagebild.interactive.review_queue import describe_desk, open_queue
from lagebild.interactive.review_widget import add_actor
from lagebild.run.checks import check_case
from lagebild.run.pipeline import count_reports, name_missing

DAY = "2025-06-16"
UNION = {"actor_id": "hansa-union", "type": "organisation", "name_de": "Hansa-Union", "name_en": "Hansa Union"}
BERG = {"actor_id": "iris-berg", "type": "person", "name_de": "Iris Berg", "name_en": "Iris Berg"}
OFFICE = {"office_id": "o-berg", "actor_id": "iris-berg", "acts_for": "DEU", "office_de": "Amt", "office_en": "Office"}


def write(paths: Paths, name: str, *rows: dict[str, str]) -> None:
    """Write a table of the case with these rows; what they leave out is empty."""
    columns = list(TABLES[f"case/{name}"].columns)
    paths.inputs.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=columns)
    (paths.inputs / f"{name}.csv").write_text(to_csv(frame), encoding="utf-8")


def name(words: str, actor: str, **more: str) -> dict[str, str]:
    """Return a row of `names`."""
    return {"name": words, "kind": "name", "actor_id": actor} | more


def overlaid(root: Path, **tables: list[dict[str, str]]) -> Reference:
    """Return the reference with tables of a case over it."""
    paths = Paths("tiny", DAY, root=str(root))
    for table, rows in tables.items():
        write(paths, table, *rows)
    return read_reference(paths, REFERENCE)


def named(reference: Reference, text: str, language: str = "en") -> list[str]:
    """Return whom a text names."""
    return [one.actor_id for one in find_names(reference, text, language, DAY)]


# --- over the reference


def test_a_case_without_such_tables_has_the_reference_itself(tmp_path: Path) -> None:
    assert overlaid(tmp_path) is REFERENCE
    assert overlaid(tmp_path, actors=[], names=[], offices=[]) is REFERENCE


def test_an_added_actor_is_known_to_whoever_asks(tmp_path: Path) -> None:
    reference = overlaid(tmp_path, actors=[UNION, BERG], names=[name("Hansa Union", "hansa-union")], offices=[OFFICE])
    assert read_labels(reference, "en").actors["hansa-union"] == "Hansa Union"
    assert "iris-berg" in read_offices(reference).persons
    assert read_offices(reference).held["iris-berg"][0]["acts_for"] == "DEU"
    assert join_names(reference, "en")["hansa-union"] == "Hansa Union"
    assert len(reference.table("actors")) == len(REFERENCE.table("actors")) + 2
    assert "hansa-union" not in set(REFERENCE.table("actors")["actor_id"])


def test_an_added_person_acts_for_a_state_through_an_office_and_alone_without(tmp_path: Path) -> None:
    names = [name("Iris Berg", "iris-berg")]
    text = "Iris Berg condemned Israel."  # she holds no office, but the case adds her
    alone = overlaid(tmp_path / "a", actors=[BERG], names=names)
    office = overlaid(tmp_path / "b", actors=[BERG], names=names, offices=[OFFICE])
    acts = [draft_text(one, text, "en", DAY).events[0].source_actors for one in (alone, office)]
    assert acts == [("PER:Iris Berg",), ("DEU",)]
    assert not any(one.source_actors for one in draft_text(REFERENCE, text, "en", DAY).events)


NAMED = [  # rows of the case, text, language, whom it names
    ([name("Tehran", "hansa-union", reason="a street")], "Tehran and Iran", "en", ["hansa-union", "IRN"]),
    ([name("Tehran", "hansa-union", reason="a street", language="en")], "Tehran", "en", ["hansa-union"]),
    # all others keep what the reference says for one language or all
    ([name("Tehran", "hansa-union", reason="a street", language="en")], "Teheran", "de", ["IRN"]),
    ([name("Putin", "hansa-union", reason="a ship", language="en")], "Putin", "de", ["putin"]),
    ([name("Putin", "hansa-union", reason="a ship", language="en")], "Putin", "en", ["hansa-union"]),
    ([name("Putin", "", reason="a ship")], "Putin and Vladimir Putin", "en", ["putin"]),
    ([name("Putin", "", reason="a ship", kind="", language="de")], "Putin", "en", ["putin"]),
    # the longest of several wins, whoever gives it
    ([name("Iran", "hansa-union", reason="a ship")], "Iran Air flew, Iran went", "en", ["hansa-union"]),
    ([name("Iran Air Lines", "hansa-union")], "Iran Air Lines flew", "en", ["hansa-union"]),
    # an expression in which the reference says that a name means nobody
    ([name("Sea of Japan", "hansa-union", reason="a ship")], "the Sea of Japan", "en", ["hansa-union"]),
    ([], "the Sea of Japan", "en", []),
    # forms are made as for the reference
    ([name("Hansa-Union", "hansa-union", language="de")], "die Politik der Hansa-Union", "de", ["hansa-union"]),
    ([name("Lummerland", "hansa-union", language="de")], "Lummerlands Politik", "de", ["hansa-union"]),
    ([name("Lummerland", "hansa-union", language="de")], "Lummerland", "en", []),
]


@pytest.mark.parametrize(("rows", "text", "language", "actors"), NAMED)
def test_names_of_a_case_beat_those_of_the_reference(
    tmp_path: Path, rows: list[dict[str, str]], text: str, language: str, actors: list[str]
) -> None:
    assert named(overlaid(tmp_path, actors=[UNION], names=rows), text, language) == actors


def test_an_actor_or_office_that_a_case_replaces_stands_there_once(tmp_path: Path) -> None:
    office = next(row for row in REFERENCE.rows("offices") if row["actor_id"] == "putin")
    theirs = next(row for row in REFERENCE.rows("actors") if row["actor_id"] == "RUS")
    reference = overlaid(
        tmp_path,
        actors=[theirs | {"name_en": "Muscovy", "reason": "as the texts say"}],
        offices=[office | {"to": "2001", "reason": "the case is of an earlier time"}],
    )
    assert read_labels(reference, "en").actors["RUS"] == "Muscovy"
    assert [row["to"] for row in reference.rows("offices") if row["office_id"] == office["office_id"]] == ["2001"]
    assert len(reference.table("actors")) == len(REFERENCE.table("actors"))


FAULTS = [  # what is wrong, the tables of the case, how the message begins and what it says
    ("actor there", {"actors": [UNION | {"actor_id": "nato"}]}, "actors.csv, row 2: 'nato' stands in actors.csv of"),
    (
        "needless",
        {"actors": [UNION | {"reason": "new"}]},
        "actors.csv, row 2: 'hansa-union' does not stand in actors.c",
    ),
    (
        "slug",
        {"actors": [UNION, BERG | {"actor_id": "Iris_Berg"}]},
        "actors.csv, row 3: the actor_id of a person is of",
    ),
    (
        "state",
        {"actors": [UNION | {"type": "state"}]},
        "actors.csv, row 2: the actor_id of a state is of three capital",
    ),
    (
        "namesake",
        {"actors": [BERG | {"name_en": "Vladimir Putin"}]},
        "actors.csv, row 2: 'Vladimir Putin' is the name_",
    ),
    ("twice", {"actors": [UNION, UNION]}, "actors.csv, row 3: actor_id must be unique"),
    ("type", {"actors": [UNION | {"type": "firm"}]}, "actors.csv, row 2: type is 'firm', but must be one of"),
    (
        "nobody's name",
        {"names": [name("Union", "hansa")]},
        "names.csv, row 2: actor_id is 'hansa', which data/reference",
    ),
    (
        "name there",
        {"names": [name("Tehran", "RUS")]},
        "names.csv, row 2: 'Tehran' stands in names.csv of the reference",
    ),
    ("in one language", {"names": [name("Teheran", "RUS", language="de")]}, "names.csv, row 2: 'Teheran' stands in"),
    ("blocked there", {"names": [name("Sea of Japan", "JPN")]}, "names.csv, row 2: 'Sea of Japan' stands in names.csv"),
    ("needless name", {"names": [name("Lummer", "RUS", reason="so")]}, "names.csv, row 2: 'Lummer' does not stand in"),
    ("no reason", {"names": [name("Putin", "")]}, "names.csv, row 2: 'Putin' names nobody: give its actor_id, or the"),
    ("no kind", {"names": [name("Lummer", "RUS", kind="")]}, "names.csv, row 2: 'Lummer' has no kind"),
    (
        "no language",
        {"names": [name("Lummer", "RUS", language="fr")]},
        "names.csv, row 2: language is 'fr', but must be",
    ),
    ("whose office", {"offices": [OFFICE]}, "offices.csv, row 2: actor_id is 'iris-berg', which"),
    (
        "for whom",
        {"actors": [BERG], "offices": [OFFICE | {"acts_for": "XXX"}]},
        "offices.csv, row 2: acts_for is 'XXX'",
    ),
    ("day", {"actors": [BERG], "offices": [OFFICE | {"from": "soon"}]}, "offices.csv, row 2: from: The date 'soon' is"),
    (
        "itself",
        {"actors": [BERG], "offices": [OFFICE | {"acts_for": "iris-berg"}]},
        "offices.csv, row 2: iris-berg would",
    ),
    (
        "in a circle",
        {"actors": [UNION], "offices": [OFFICE | {"actor_id": "RUS", "acts_for": "kremlin"}]},
        "offices.csv, row 2: RUS would act for itself, by way of kremlin",
    ),
]


@pytest.mark.parametrize(("tables", "said"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_row_that_does_not_fit_is_named_with_its_file(tmp_path: Path, tables: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as raised:
        overlaid(tmp_path, **tables)
    assert str(raised.value).startswith(f"data/cases/tiny/{said}")


SOUND: list[dict[str, Any]] = [
    {"actors": [BERG], "offices": [OFFICE, OFFICE | {"office_id": "o-berg-2", "acts_for": "RUS", "from": "2024-05"}]},
    {
        "actors": [UNION],
        "names": [name("Union", "hansa-union"), name("Union", "nato"), name("Tehran", "", reason="so")],
    },
    {"actors": [{"actor_id": "XAA", "type": "state", "name_de": "Lummerland", "name_en": "Lummer"}]},
]


@pytest.mark.parametrize("tables", SOUND)
def test_a_row_that_fits_is_taken(tmp_path: Path, tables: dict[str, Any]) -> None:
    assert overlaid(tmp_path, **tables).case


def test_the_audit_names_the_fault_and_takes_what_fits(root: Path) -> None:
    paths = tiny(root)
    write(paths, "actors", UNION)
    edit(paths.inputs / "mentions.csv", "t02", speaker="hansa-union")
    assert not [line.text for line in check_case(paths) if line.is_fault]
    write(paths, "actors", UNION | {"actor_id": "nato"})
    assert [line.text[:38] for line in check_case(paths) if line.is_fault] == ["data/cases/tiny/actors.csv, row 2: 'na"]


def test_the_dataset_lists_an_actor_of_the_case(root: Path) -> None:
    paths = tiny(root)
    write(paths, "actors", UNION)
    edit(paths.inputs / "mentions.csv", "t02", speaker="hansa-union")
    assert "hansa-union" in set(dataset_of(paths).mentions["speaker"])
    assert "hansa-union" in set(lay_actors(paths))


def lay_actors(paths: Paths) -> list[str]:
    """Return the actors that the desk offers."""
    queue = open_queue(open_case(paths), read_labels(REFERENCE, "en"))
    return [one[0] for one in describe_desk(queue)["actors"]]


def test_a_run_knows_that_the_actors_of_a_case_changed(root: Path) -> None:
    paths = tiny(root)
    before = list_inputs(paths)
    write(paths, "actors", UNION)
    after = list_inputs(paths)
    added = after.merge(before, how="left", indicator=True).query("_merge == 'left_only'")
    assert added[["kind", "name"]].to_numpy().tolist() == [["rule", "actors.csv"]]
    write(paths, "actors", UNION, BERG)
    assert not list_inputs(paths).equals(after)


# --- suggestions

EN, DE = "en", "de"
GERMAN = "Der Sprecher erklärte die Lage. Die Ministerin sagte, die Lage sei ernst. "
SUGGESTED = [  # language, texts, the names that are suggested with their kinds
    (EN, ["Ana Brandt said it was late. Brandt condemned Iran. Brandt denied that."], ["Ana Brandt person"]),
    (EN, ["Ana Brandt said it was late.", "Minister Ana Brandt criticised Iran."], ["Ana Brandt person"]),
    (
        EN,
        ["The Bargain Workers Union said no.", "The Bargain Workers Union condemned Iran."],
        ["Bargain Workers Union organisation"],
    ),
    (
        EN,
        ["The British Bargain Union said no.", "The British Bargain Union condemned Iran."],
        ["British Bargain Union organisation"],
    ),
    (
        DE,
        ["Damals drohte die Deutsche Fischunion dem Iran.", "Nun verurteilte die Deutsche Fischunion den Iran."],
        ["Deutsche Fischunion organisation"],
    ),
    (EN, ["The Iraqi Security Forces said no.", "The Iraqi Security Forces attacked Iran."], []),
    (EN, ["The Bargain Workers Union (BWU) said no.", "BWU accused Iran."], ["Bargain Workers Union organisation"]),
    (EN, ['"We go," Ana Brandt told reporters.', "According to Ana Brandt, Iran attacked."], ["Ana Brandt person"]),
    (
        DE,
        ["Jana Brandt sagte, es sei spät. Brandt verurteilte den Iran. Brandts Nein kam. Brandt drohte dem Iran."],
        ["Jana Brandt person"],
    ),
    (
        DE,
        [GERMAN + "Konzernchef Uwe Brandt kritisierte den Iran.", "Ökonom Uwe Brandt warnte den Iran."],
        ["Uwe Brandt person"],
    ),
    (
        DE,
        ["Der Fischereiverband Nordsee verurteilte den Iran.", "Der Fischereiverband Nordsee drohte dem Iran."],
        ["Fischereiverband Nordsee organisation"],
    ),
    (DE, ["Die Linkspartei Lumos sagte Nein.", "Lumos verurteilte den Iran. Lumos drohte."], ["Lumos organisation"]),
    (DE, ["Die BSG kritisierte den Iran.", "Die BSG forderte Hilfe von Polen."], ["BSG organisation"]),
    (DE, ["Selahattin Demirtaz drohte Polen.", "Selahattin Demirtáz drohte dem Iran."], ["Selahattin Demirtaz"]),
    (DE, ["Uwe Brandt (CDU) sagte Nein. Die CDU drohte Polen.", "Die CDU verurteilte den Iran."], ["CDU organisation"]),
    # nobody: too seldom
    (EN, ["Ana Brandt said it was late. Brandt condemned Iran."], []),
    # nobody: known already, in full or with a name in between
    (EN, ["Vladimir Putin said no.", "Putin condemned Iran.", "Vladimir Vladimirovich Putin denied it."], []),
    (DE, ["Wladimir Wladimirowitsch Putin sagte Nein.", "Wladimir Wladimirowitsch Putin drohte dem Iran."], []),
    (EN, ["President Bush said no.", "President Bush condemned Iran."], []),
    # nobody: newspapers and agencies, which only tell
    (EN, ["The Dundee Gazette reported that Iran attacked.", "The Dundee Gazette said so.", "Reuters said so."], []),
    (DE, ["Die Nachrichtenagentur XYZ berichtete davon.", "XYZ berichtete davon.", "XYZ meldete Tote."], []),
    # nobody: common words, at the start of a sentence or with the capital letter of German nouns
    (EN, ["Researchers said no. Researchers condemned Iran. The researchers denied it. Researchers said so."], []),
    (DE, ["Kritiker verurteilten den Iran.", "Beobachter sagten Nein.", "Kritiker drohten dem Iran."], []),
    (DE, ["Die Polizei sagte Nein.", "Die Polizei verurteilte den Iran.", "Polizei warnte den Iran."], []),
    (DE, ["Ende Juni drohte der Iran.", "Zehn Millionen Euro kritisierte der Iran.", "Millionen Euro sagte er."], []),
    # nobody: only named, or of whom somebody is
    (EN, ["Iran met Ana Brandt.", "Iran attacked Ana Brandt.", "A spokesman of Ana Brandt condemned Iran."], []),
    (EN, ["Boeing engineers condemned Iran.", "Boeing engineers said no.", "Boeing engineers denied it."], []),
    (DE, ["Der Chef der Nordbau AG sagte Nein.", "Der Chef der Nordbau AG verurteilte den Iran."], []),
]


def suggest(language: str, texts: list[str], reference: Reference = REFERENCE) -> list[str]:
    """Return the names suggested from texts, each with its kind."""
    sights, common = list[Sight](), set[str]()
    for number, text in enumerate(texts):
        names = find_unknown_names(reference, text, language, DAY)
        common |= names.common
        sights += [Sight(one, (f"S{number}", language, text.count(". ", 0, one.start) + 1)) for one in names.named]
    return [f"{row[0]} {row[1]}" for row in rank_names(reference, sights, {language: common}, [])]


@pytest.mark.parametrize(("language", "texts", "names"), SUGGESTED)
def test_who_acts_often_and_is_nobodys_is_suggested_and_nothing_else(
    language: str, texts: list[str], names: list[str]
) -> None:
    found = suggest(language, texts)
    assert len(found) == len(names)
    assert all(one.startswith(name) for one, name in zip(found, names, strict=True)), found


def test_a_name_that_the_case_knows_or_rules_out_is_suggested_no_more(tmp_path: Path) -> None:
    texts = ["Minister Iris Berg condemned Iran.", "Iris Berg said no."]
    known = overlaid(tmp_path / "a", actors=[BERG], names=[name("Iris Berg", "iris-berg")])
    nobody = overlaid(tmp_path / "b", names=[name("Iris Berg", "", reason="a ship")])
    assert [suggest(EN, texts, one) for one in (REFERENCE, known, nobody)] == [["Iris Berg person"], [], []]


@pytest.mark.parametrize(("called", "nearest"), [("Ana Trump", "trump"), ("Hezbolah", "hezbollah"), ("Ana Brandt", "")])
def test_a_suggestion_names_the_known_actor_of_a_similar_name(called: str, nearest: str) -> None:
    assert find_nearest(REFERENCE, called) == nearest


@pytest.fixture
def drafted(tmp_path: Path) -> Paths:
    """Return a drafted case of two texts in which somebody acts who is in no table."""
    (tmp_path / "data" / "cases").mkdir(parents=True)
    for number, text in enumerate(
        ("Mayor Iris Berg condemned Iran. Iris Berg said no.", "Iris Berg threatened Iran with war.")
    ):
        (tmp_path / f"{number}.txt").write_text(f"A report of the day\n{text} {'Nobody knew why. ' * (number + 3)}")
    make_case("probe", [str(tmp_path / f"{n}.txt") for n in (0, 1)], Given(DAY, "en"), "", str(tmp_path))
    return Paths("probe", DAY, "en", str(tmp_path))


def test_step_02_writes_the_suggestions_of_a_drafted_case_and_none_of_a_coded_one(drafted: Paths, root: Path) -> None:
    (row,) = edition_of(drafted)["suggestions"].to_dict("records")
    assert (row["name"], row["kind"], row["n_sentences"], row["n_sources"]) == ("Iris Berg", "person", 3, 2)
    assert (row["source_id"], row["language"], row["sentence_no"]) == ("S001", "en", 2)
    assert suggest_actors(open_case(tiny(root)), open_case(tiny(root)).corpus).empty


def test_the_run_says_in_one_line_who_is_nobodys(drafted: Paths) -> None:
    edition_of(drafted)
    assert name_missing(drafted).startswith(
        "1 name acts often and is nobody's: Iris Berg (3 sentences) – add them to data/cases/probe/actors.csv and"
    )
    write(drafted, "actors", BERG)
    write(drafted, "names", name("Iris Berg", "iris-berg"))
    edition_of(drafted)
    assert name_missing(drafted) == ""
    assert count_reports(drafted).startswith(
        "1 of 2 texts reports acts between states, organisations or their officers; the others: other 1, see "
    )


def test_of_many_suggestions_the_line_names_three(drafted: Paths) -> None:
    row = edition_of(drafted)["suggestions"]
    several = pd.concat([row.assign(rank=n, nearest="trump", n_sentences=n) for n in range(1, 6)])
    line = describe_suggestions(several, "probe", "suggestions.csv")
    assert line.startswith(
        "5 names act often and are nobody's: Iris Berg (1 sentence; trump?), Iris Berg (2 sentences; "
    )
    assert line.count("Iris Berg") == 3
    assert line.endswith(", … – add them to data/cases/probe/actors.csv and names.csv, see suggestions.csv")


def test_what_an_added_actor_does_is_drafted_and_due_to_a_rule(drafted: Paths, tmp_path: Path) -> None:
    before = Paths("probe", DAY, "en", drafted.root, str(tmp_path / "before"))
    assert set(edition_of(before)["events"]["source_actors"]) == set()  # nobody known acts
    write(drafted, "actors", BERG)
    write(drafted, "names", name("Iris Berg", "iris-berg"))
    assert set(edition_of(drafted)["events"]["source_actors"]) == {"iris-berg"}
    assert "iris-berg" in set(edition_of(drafted)["actors"]["actor_id"])
    assert set(revise(before, drafted)["cause"]) == {"rule"}


# --- on the desk


def test_the_desk_adds_an_actor_to_the_case(drafted: Paths) -> None:
    queue = open_queue(open_case(drafted), read_labels(REFERENCE, "en"))
    queue, actor = add_actor(queue, "  Iris   Berg ", "person")
    assert actor == ["iris-berg", "Iris Berg", "person", "Iris Berg Iris Berg"]
    assert "iris-berg" in queue.known.actors
    queue, other = add_actor(queue, "Îris-Berg", "group")
    assert other[0] == "iris-berg-2"
    assert [row["actor_id"] for row in read_rows(drafted.inputs / "actors.csv")] == ["iris-berg", "iris-berg-2"]
    assert [row["name"] for row in read_rows(drafted.inputs / "names.csv")] == ["Iris Berg", "Îris-Berg"]
    assert "iris-berg" in lay_actors(drafted)
    assert set(edition_of(drafted)["events"]["source_actors"]) == {"iris-berg"}


@pytest.mark.parametrize(
    ("called", "kind", "fault"),
    [
        ("", "person", "An actor needs a name"),
        ("x" * 200, "person", "An actor needs a name"),
        ("Iris Berg", "state", "one of person, organisation, group"),
        ("Tehran", "person", "'Tehran' is a name of IRN already"),
        ("Iris\u202eBerg", "person", "holds U\\+202E"),
        ("ASEAN country", "organisation", "'ASEAN country' stands in names.csv of the reference, too"),
        ("Abbas Moghtadaei", "person", "is the name_en of abbas-moghtadaei, too: use that actor"),
    ],
)
def test_the_desk_refuses_an_actor_that_does_not_fit(drafted: Paths, called: str, kind: str, fault: str) -> None:
    queue = open_queue(open_case(drafted), read_labels(REFERENCE, "en"))
    with pytest.raises(InputError, match=fault):
        add_actor(queue, called, kind)
    assert not (drafted.inputs / "actors.csv").exists()
    assert not (drafted.inputs / "names.csv").exists()


def test_the_desk_adds_no_name_that_means_nobody_here(drafted: Paths) -> None:
    write(drafted, "names", name("Jordan", "", reason="here a ship"))
    queue = open_queue(open_case(drafted), read_labels(REFERENCE, "en"))
    with pytest.raises(InputError, match=r"'Jordan' stands in names.csv of the case already: correct it there."):
        add_actor(queue, "Jordan", "organisation")
    assert not (drafted.inputs / "actors.csv").exists()


def test_what_somebody_else_added_meanwhile_stays_theirs(drafted: Paths) -> None:
    queue = open_queue(open_case(drafted), read_labels(REFERENCE, "en"))
    write(drafted, "actors", BERG)
    write(drafted, "names", name("Iris Berg", "iris-berg"))
    _, actor = add_actor(queue, "Iris-Berg", "group")
    assert actor[0] == "iris-berg-2"


def test_rows_that_share_only_part_of_their_key_are_all_appended(root: Path) -> None:
    paths = tiny(root)
    columns = list(TABLES["case/names"].columns)
    rows = [dict.fromkeys(columns, "") | name("Union", actor) for actor in ("nato", "eu", "nato")]
    for row in rows:
        append_case(paths, "names", pd.DataFrame([row]))
    assert [row["actor_id"] for row in read_rows(paths.inputs / "names.csv")] == ["nato", "eu"]
    assert len(read_case(paths, "names")) == 2
