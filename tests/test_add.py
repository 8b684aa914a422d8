"""Articles that come to a case later: their ids, what they copy, the edition, and what people decided before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from examples import edition_of, open_case
from lagebild.__main__ import cli
from lagebild.core.case import read_case_file
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.tables import read_case
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import add_articles, add_edition, make_case
from lagebild.dataset.case_drafts import draft_case

pytestmark = pytest.mark.usefixtures("today")

FIRST = "Kyiv, 12 June 2025 (Reuters) – Russia attacked Ukraine with drones on Thursday. Iran condemned the attack."
SECOND = "Tehran, 14 June 2025 (Reuters) – Israel attacked Iran on Friday. Russia condemned the attack on its partner."
LONG = " ".join(f"On day {n} the envoys of both sides met in the town and spoke about item {n}." for n in range(12))

Write = Callable[[str, str], str]
Run = Callable[..., Result]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, text: str) -> str:
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make


@pytest.fixture
def paths(tmp_path: Path, write: Write) -> Paths:
    """Return a case of one article."""
    make_case("war", [write("first.txt", FIRST)], Given(), root=str(tmp_path))
    return Paths("war", "2025-06-12", root=str(tmp_path))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, words)


def test_an_article_gets_the_next_id_and_nothing_else_changes(paths: Paths, write: Write) -> None:
    before = (paths.inputs / "sources.csv").read_text(encoding="utf-8")
    made = add_articles(paths, [write("second.txt", SECOND)], Given())
    assert [row.source_id for row in made.filed] == ["S002"]
    assert (paths.inputs / "sources.csv").read_text(encoding="utf-8").startswith(before)
    assert (paths.texts / "S002.en.txt").read_text(encoding="utf-8") == f"{SECOND}\n"
    assert read_case_file(paths).editions == ("2025-06-12",)


def test_an_article_that_is_there_is_named_and_left_out(paths: Paths, write: Write) -> None:
    files = [write("second.txt", SECOND), write("again.txt", FIRST.upper())]
    made = add_articles(paths, files, Given("2025-06-12"))
    assert [row.source_id for row in made.filed] == ["S002"]
    assert [note.removeprefix(files[1]) for note in made.notes] == [
        ": it has the same text as S001 of the case; left out."
    ]
    with pytest.raises(InputError, match=r"again\.txt: it has the same text as S001 of the case"):
        add_articles(paths, [files[1]], Given("2025-06-12"))


def test_a_copy_of_what_is_there_is_the_report_of_the_same(paths: Paths, write: Write) -> None:
    one = write("one.txt", f"A headline\n\n{LONG}")
    two = write("two.txt", f"Another headline\n\n{LONG}")
    add_articles(paths, [one], Given("2025-06-12", publisher="The First"))
    add_articles(paths, [two], Given("2025-06-13", publisher="The Second"))
    rows = read_case(paths, "sources").set_index("source_id")
    assert list(rows["publisher"]) == ["[unknown publisher]", "The First", "The Second"]
    assert rows.loc["S003", "reporter"] == "The First"


def test_sources_by_hand_in_any_order_are_built_upon(paths: Paths, write: Write) -> None:
    add_articles(paths, [write("second.txt", SECOND)], Given())
    file = paths.inputs / "sources.csv"
    head, first, second = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, second.replace("S002", "S041"), first]), encoding="utf-8")
    (paths.texts / "S002.en.txt").rename(paths.texts / "S041.en.txt")
    (made,) = add_articles(paths, [write("third.txt", LONG)], Given("2025-06-14")).filed
    assert made.source_id == "S042"
    assert list(read_case(paths, "sources")["source_id"]) == ["S041", "S001", "S042"]
    assert edition_of(Paths("war", "2025-06-14", root=paths.root))


def test_a_text_that_no_row_names_is_never_overwritten(paths: Paths, write: Write) -> None:
    (paths.texts / "S002.en.txt").write_text("Left by a program that was stopped.\n", encoding="utf-8")
    (made,) = add_articles(paths, [write("second.txt", SECOND)], Given()).filed
    assert made.source_id == "S003"


def test_what_was_decided_before_stays_decided(paths: Paths, write: Write) -> None:
    draft = draft_case(open_case(paths)).events["draft_id"].iloc[0]
    decisions = paths.inputs / "decisions.csv"
    decisions.write_text(
        "decision_id,row,action,field,value,reason,by,date\n"
        f"d1,{draft},edit,status,reported,the agency says so,A. Editor,2025-06-20\n",
        encoding="utf-8",
    )
    later = Paths("war", "2025-06-14", root=paths.root)
    before = edition_of(later)["mentions"].set_index("mention_id")
    add_articles(paths, [write("second.txt", SECOND)], Given())
    after = edition_of(later)["mentions"].set_index("mention_id")
    assert len(after) > len(before)
    for column in ("event_id", "status", "origin", "reviewed"):
        assert list(after.loc[before.index, column]) == list(before[column])
    assert after.loc[before.index, "status"].iloc[0] == "reported"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("editions:\n- '2025-06-12'\ndraft: true\n", "editions:\n- '2025-06-12'\n- '2025-06-20'\ndraft: true\n"),
        ("editions: [2025-06-12] # one\ndraft: true\n", "editions: [2025-06-12, 2025-06-20] # one\ndraft: true\n"),
        (
            "draft: true\r\neditions:\r\n  - 2025-06-12 # why\r\n  # end\r\n",
            "draft: true\r\neditions:\r\n  - 2025-06-12 # why\r\n  - 2025-06-20\r\n  # end\r\n",
        ),
        ("editions: ['2025-01-01',\n  '2025-06-12']\n", "editions: ['2025-01-01',\n  '2025-06-12', '2025-06-20']\n"),
    ],
)
def test_an_edition_is_written_behind_the_others_and_comments_stay(paths: Paths, written: str, becomes: str) -> None:
    head = "# mine\ntitle: {de: War, en: War}\nquestion: {de: Wer, en: Who}\n"
    file = paths.inputs / "case.yml"
    file.write_bytes((head + written).encode())
    add_edition(paths, "2025-06-20")
    assert file.read_bytes().decode() == head + becomes
    assert read_case_file(paths).editions[-1] == "2025-06-20"


def test_the_command_says_what_came_in_and_what_to_do_next(paths: Paths, write: Write, run: Run) -> None:
    done = run("add", "war", write("second.txt", SECOND))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "S002  en  2025-06-14  Tehran, 14 June 2025 (Reuters) – Israel attacked Iran on …  "
        "(2 sentences; a report of Reuters; day in the dateline of the text)",
        "S002: published after the last edition, 2025-06-12; `lagebild add war --as-of 2025-06-14` adds one that knows "
        "them.",
        "Next: lagebild run war",
    ]
    done = run("add", "war", "--as-of", "2025-06-14")
    assert done.stdout.splitlines() == ["data/cases/war/case.yml has the edition 2025-06-14.", "Next: lagebild run war"]
    assert run("add", "war", "--as-of", "2025-06-14", "--quiet").output == ""
    assert read_case_file(paths).editions == ("2025-06-12", "2025-06-14")


def test_what_nobody_dates_is_listed_once_and_stops_nothing(tmp_path: Path, write: Write, run: Run) -> None:
    write("in/a.txt", FIRST)
    write("in/b.txt", LONG)
    write("in/c/d.txt", LONG.replace("town", "village"))
    write("in/e.png", "no text")
    write("in/f.txt", "Россия и Иран подписали договор о стратегическом партнёрстве.")
    done = run("new", "war", str(tmp_path / "inbox" / "in"))
    assert isinstance(done.exception, InputError)
    assert [one.source_id for one in open_case(Paths("war", "2025-06-12")).corpus.sources.itertuples()] == ["S001"]
    *_, strange, undated = done.stderr.splitlines()
    assert "f.txt: its text is neither clearly" in strange
    assert undated.startswith("2 texts do not say when they were published; give their day with --published")
    assert [undated.count(name) for name in ("a.txt", "b.txt", "d.txt")] == [0, 1, 1]
    assert "1 file of other kinds passed over (.png)." in done.stdout
    assert run("add", "war", str(tmp_path / "inbox" / "in" / "b.txt"), "--published", "2025-06-11").exit_code == 0


def test_what_belongs_to_a_saved_page_is_no_article(tmp_path: Path, write: Write) -> None:
    write("in/page.html", f"<html><body><article><p>{FIRST}</p><p>{LONG}</p></article></body></html>")
    write("in/page_files/frame.html", f"<p>{SECOND}</p>")
    write("in/other_files/kept.txt", SECOND)
    write("in/.hidden.txt", LONG)
    made = make_case("war", [str(tmp_path / "inbox" / "in")], Given("2025-06-15"), root=str(tmp_path))
    assert sorted(Path(row.article.file).name for row in made.filed) == ["kept.txt", "page.html"]


def test_a_folder_that_cannot_be_read_is_named_and_stops_nothing(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("in/a.txt", FIRST)
    write("in/closed/b.txt", SECOND)
    scan = os.scandir

    def refuse(folder: str) -> Any:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    made = make_case("war", [str(tmp_path / "inbox" / "in")], Given(), root=str(tmp_path))
    assert [row.source_id for row in made.filed] == ["S001"]
    (left,) = made.left
    assert left.endswith("in/closed: it cannot be read (Permission denied); check its rights.")


@pytest.mark.parametrize(
    ("subject", "actor"), [("EGY", "EGY"), ("egypt", "EGY"), ("Ägypten", "EGY"), ("Wladimir Putin", "putin")]
)
def test_the_subject_may_be_named(tmp_path: Path, write: Write, subject: str, actor: str) -> None:
    files = [write("a.txt", FIRST)]
    make_case("war", files, Given(), root=str(tmp_path), subject=subject, question="Who  pays?\n")
    case = read_case_file(Paths("war", "2025-06-12", root=str(tmp_path)))
    assert (case.subject, case.question) == (actor, {"de": "Who pays?", "en": "Who pays?"})


def test_a_subject_that_is_nobody_makes_no_case(tmp_path: Path, write: Write) -> None:
    with pytest.raises(InputError, match="no actor is called 'Egipt': the nearest known one is EGY"):
        make_case("war", [write("a.txt", FIRST)], Given(), root=str(tmp_path), subject="Egipt")
    assert not (tmp_path / "data").exists()
