"""A case that a language model reads: asked once, kept with the case, the same without a server, killed and resumed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from lagebild.__main__ import cli
from lagebild.core import Answer, Answers, InputError, locate, read_case_file, read_reference
from lagebild.corpus import read_inputs
from lagebild.dataset import build, draft_case
from lagebild.reader import list_case_requests
from model_server import say, serve

pytestmark = pytest.mark.usefixtures("today")

FIRST = "Peru condemned Bolivia on Saturday. Its president Ana Sorokina serenaded the ambassador of Chile."
SECOND = "Norway attacked Sweden on Friday. The Sorokin Brigade thanked Norway. Malta slept."


def act(quote: str, kind: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    given = {"quote": quote, "type": kind, "source": [source], "target": [target] if target else []}
    return given | {"date_text": "", "date": "", "status": "asserted"} | more


ACTS = [
    act("Peru condemned Bolivia", "ACCUSE", "Peru", "Bolivia", date_text="on Saturday", date="2025-06-14"),
    act("serenaded the ambassador of Chile", "CONSULT", "Ana Sorokina", "Chile", source_for=["PER"]),
    act("The Sorokin Brigade thanked Norway", "SUPPORT", "Sorokin Brigade", "Norway"),
    act("Norway attacked Sweden", "ASSAULT", "Sweden", "Norway", date_text="on Friday", date="2025-06-13"),
    act("Malta attacked Sweden", "ASSAULT", "Malta", "Sweden"),  # which no text says
]


def answer(body: dict[str, Any]) -> Any:
    text = json.loads(body["messages"][1]["content"])["text"]
    return say(json.dumps({"acts": [one for one in ACTS if one["quote"] in text or "Malta" in one["quote"]]}))


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    files = {"one.txt": FIRST, "two.txt": SECOND}
    for name, text in files.items():
        (tmp_path / name).write_text(f"{text}\n", encoding="utf-8")
    return [str(tmp_path / name) for name in files]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def new(root: Path, texts: list[str], *options: str) -> Result:
    words = ["new", "songs", *texts, "--published", "2025-06-16", "--language", "en", "--root", str(root)]
    return CliRunner().invoke(cli, [*words, *options])


def drafts(root: Path) -> Any:
    inputs = read_inputs(locate("songs", "2025-06-16", root=str(root)))
    return draft_case(inputs)


def test_a_case_is_read_by_both_and_drafted_the_same_without_a_server(root: Path, texts: list[str]) -> None:
    with serve(answer) as (address, asked):
        made = new(root, texts, "--model", "m", "--endpoint", address)
        assert made.exit_code == 0, made.output
        assert "m reads: 2 requests to this machine: about " in made.stderr
        assert len(asked) == 2
        again = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-20", "--root", str(root), "--model", "m"])
        assert (again.exit_code, len(asked)) == (0, 2)  # nothing is asked twice
    paths = locate("songs", "2025-06-16", root=str(root))
    reader = read_case_file(paths).reader
    assert reader and (reader.model, reader.endpoint) == ("m", address)
    found = drafts(root)
    rows = found.events.set_index("evidence")
    assert rows.loc["Peru condemned Bolivia", ["readers", "confidence"]].tolist() == ["rules;model", "A"]
    song = rows.loc["serenaded the ambassador of Chile"]
    assert (song["readers"], song["rule"], song["source_actors"], song["mapped"]) == ("model", "", "PER", "source")
    assert song["draft_id"].endswith(".m1")
    parted = rows.loc["Norway attacked Sweden"]
    assert (parted["source_actors"], parted["other_source"], parted["other_target"]) == ("SWE", "NOR", "SWE")
    assert rows.loc["The Sorokin Brigade thanked Norway", "source_actors"] == "sorokin-brigade"
    assert (paths.inputs / "unknown.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "sorokin-brigade,organisation,Sorokin Brigade"
    ]
    assert found.refused[["quote", "reason"]].drop_duplicates().to_numpy().tolist() == [
        ["Malta attacked Sweden", "quote"]
    ]


def test_who_is_added_to_the_case_is_no_unknown_actor_any_more(root: Path, texts: list[str]) -> None:
    with serve(answer) as (address, asked):
        new(root, texts, "--model", "m", "--endpoint", address)
        folder = locate("songs", "2025-06-16", root=str(root)).inputs
        (folder / "actors.csv").write_text(
            "actor_id,type,name_de,name_en,wikidata,born,reason\nbrigade,group,Brigade,Brigade,,,\n", encoding="utf-8"
        )
        (folder / "names.csv").write_text(
            "name,kind,language,actor_id,reason\nSorokin Brigade,name,,brigade,\n", encoding="utf-8"
        )
        done = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-20", "--root", str(root), "--model", "m"])
        assert (done.exit_code, len(asked)) == (0, 3), done.output  # one text names it: that is asked anew
    rows = drafts(root).events.set_index("evidence")
    assert rows.loc["The Sorokin Brigade thanked Norway", "source_actors"] == "brigade"
    assert "sorokin" not in (folder / "unknown.csv").read_text(encoding="utf-8")


def test_a_model_that_is_not_there_stops_who_named_it_and_nobody_else(root: Path, texts: list[str]) -> None:
    with serve({}) as (address, _):
        pass
    made = new(root, texts, "--model", "m", "--endpoint", address)
    assert isinstance(made.exception, InputError)
    assert str(made.exception).startswith("2 of 2 requests for the case songs got no answer: The server at 127.0.0.1")
    assert set(drafts(root).events["readers"]) == {"rules"}
    done = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-20", "--root", str(root)])
    assert done.exit_code == 0
    assert "2 of 2 requests for the case songs got no answer" in done.stderr
    assert drafts(root).refused["reason"].tolist() == ["unanswered"] * 2


def test_a_case_that_names_another_machine_sends_nothing_there(root: Path, texts: list[str]) -> None:
    assert new(root, texts).exit_code == 0
    file = locate("songs", "2025-06-16", root=str(root)).inputs / "case.yml"
    file.write_text(
        file.read_text(encoding="utf-8") + "reader: {model: m, endpoint: 'http://evil.example/v1', remote: true}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-20", "--root", str(root)])
    assert "is another machine, to which the texts would go: --endpoint with --remote allows that." in done.stderr
    again = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-21", "--root", str(root), "--remote"])
    assert "is another machine" in again.stderr  # who sent the case chose that address


def test_what_was_filed_is_said_and_what_is_left_to_do_although_no_model_answers(root: Path, texts: list[str]) -> None:
    with serve({}) as (address, _):
        pass
    made = new(root, texts, "--model", "m", "--endpoint", address)
    assert "S001  en  2025-06-16" in made.stdout
    assert str(made.exception).endswith("What was answered is kept; `lagebild run songs` asks for the rest.")
    with serve(answer) as (address, asked):
        words = ["add", "songs", "--as-of", "2025-06-20", "--root", str(root), "--model", "m", "--endpoint", address]
        assert CliRunner().invoke(cli, words).exit_code == 0
    assert len(asked) == 2


def test_a_case_file_that_cannot_be_added_to_is_left_as_it_is(root: Path, texts: list[str]) -> None:
    assert new(root, texts).exit_code == 0
    file = locate("songs", "2025-06-16", root=str(root)).inputs / "case.yml"
    whole = file.read_text(encoding="utf-8") + "...\n"
    file.write_text(whole, encoding="utf-8")
    done = CliRunner().invoke(cli, ["add", "songs", "--as-of", "2025-06-16", "--root", str(root), "--model", "m"])
    assert "case.yml cannot be added to as it is written: put `reader:` there yourself." in str(done.exception)
    assert file.read_text(encoding="utf-8") == whole


def test_an_actor_whom_no_text_names_is_not_listed(root: Path, texts: list[str]) -> None:
    told = [
        act("Nobody ever wrote this", "SUPPORT", "Invented Brigade", "Norway"),
        act("Sorokina serenaded the ambassador", "CONSULT", "Sorokina", "Chile", persons=["Sorokina"]),
        act("Nobody did", "SUPPORT", "Norway", "Peru", persons=["Leader <b>Invented</b> Sorokina", "\ud800 Sorokina"]),
    ]
    with serve(say(json.dumps({"acts": told}))) as (address, _):
        made = new(root, texts, "--model", "m", "--endpoint", address)
    assert made.exit_code == 0, made.output
    file = locate("songs", "2025-06-16", root=str(root)).inputs / "unknown.csv"
    assert file.read_text(encoding="utf-8").splitlines()[1:] == ["sorokina,person,Sorokina"]


def test_a_kept_answer_that_cannot_be_read_is_asked_for_again(root: Path, texts: list[str], tmp_path: Path) -> None:
    assert new(root, texts).exit_code == 0
    other = Answers(tmp_path / "other.jsonl")
    inputs = read_inputs(locate("songs", "2025-06-16", root=str(root)))
    for one in list_case_requests(inputs, "m"):
        other.keep(one.digest, Answer("Sure, no JSON"))
    with serve(answer) as (address, asked):
        words = ["add", "songs", "--as-of", "2025-06-20", "--root", str(root), "--model", "m", "--endpoint", address]
        done = CliRunner().invoke(cli, [*words, "--kept", str(other.file)])
    assert (done.exit_code, len(asked)) == (0, 2), done.output


@pytest.mark.parametrize("reader", ["reader: m", "reader: {endpoint: x}", "reader: {model: m, key: secret}"])
def test_a_reader_that_does_not_fit_is_named(root: Path, texts: list[str], reader: str) -> None:
    assert new(root, texts).exit_code == 0
    paths = locate("songs", "2025-06-16", root=str(root))
    file = paths.inputs / "case.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"{reader}\n", encoding="utf-8")
    with pytest.raises(InputError, match="reader"):
        read_case_file(paths)


def test_the_reader_is_written_into_the_case_file_and_nothing_else_changes(root: Path, texts: list[str]) -> None:
    assert new(root, texts).exit_code == 0
    paths = locate("songs", "2025-06-16", root=str(root))
    file = paths.inputs / "case.yml"
    before = "# mine\n" + file.read_text(encoding="utf-8")
    file.write_text(before + "reader: # who\n  model: old # it\n# behind\n", encoding="utf-8")
    with serve(answer) as (address, _):
        words = ["add", "songs", "--as-of", "2025-06-20", "--root", str(root), "--model", "m", "--endpoint", address]
        assert CliRunner().invoke(cli, words).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# mine\n") and text.endswith("# it\n# behind\n")
    assert read_case_file(paths).model == "m"


def test_an_unknown_actor_is_in_the_tables_of_a_case_alone(root: Path, texts: list[str]) -> None:
    with serve(answer) as (address, _):
        new(root, texts, "--model", "m", "--endpoint", address)
    reference = read_reference(locate("songs", "2025-06-16", root=str(root)))
    assert "sorokin-brigade" in set(reference.table("actors")["actor_id"])
    assert "Sorokin Brigade" not in set(reference.table("names", "en")["name"])


@pytest.fixture
def many(root: Path, tmp_path: Path) -> Iterator[tuple[Path, list[Any], list[str]]]:
    """Yield a case of many texts that is not read yet, what its server is asked, and the command that has it read."""
    for k in range(30):
        (tmp_path / f"t{k}.txt").write_text(f"{FIRST} It did so {k + 3} times.\n", encoding="utf-8")
    assert new(root, [str(tmp_path / f"t{k}.txt") for k in range(30)]).exit_code in (0, 1)
    with serve(answer, wait=0.05) as (address, asked):
        words = [
            "add",
            "songs",
            "--as-of",
            "2025-06-20",
            "--root",
            str(root),
            "--model",
            "m",
            "--endpoint",
            address,
            "-q",
        ]
        yield root, asked, [sys.executable, "-m", "lagebild", *words]


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.posix
def test_who_is_killed_at_any_moment_loses_nothing_and_asks_nothing_twice(
    many: tuple[Path, list[Any], list[str]],
) -> None:
    root, asked, command = many
    paths = locate("songs", "2025-06-16", root=str(root))
    chance, answered = random.Random(7), set[str]()
    for _ in range(20):
        running = subprocess.Popen(command, start_new_session=True)
        time.sleep(chance.uniform(0.1, 2.5))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        kept = set(Answers(paths.inputs / "answers.jsonl").kept)
        assert answered <= kept  # nothing is lost
        answered = kept
    assert subprocess.run(command, check=False).returncode == 0
    requests = {one.digest for one in list_case_requests(read_inputs(paths), "m")}
    assert set(Answers(paths.inputs / "answers.jsonl").kept) == requests
    bodies = [json.dumps(body["messages"][1]["content"]) for _, body in asked]
    again = len(bodies) - len(set(bodies))
    assert again <= 20 * 4  # only what was under way when it was killed


@pytest.mark.slow
def test_of_what_was_answered_nothing_is_asked_again(many: tuple[Path, list[Any], list[str]]) -> None:
    _, asked, command = many
    assert subprocess.run(command, check=False).returncode == 0
    before = len(asked)
    assert before == len({json.dumps(body["messages"][1]["content"]) for _, body in asked})
    assert subprocess.run(command, check=False).returncode == 0
    assert len(asked) == before


RUSSIAN = "Россия осудила удары Израиля. Москва готова к посредничеству."
ARABIC = "واتصل أمير قطر بالرئيس الأمريكي. نام الجميع."
FOREIGN = {
    "Россия": act(
        "Россия осудила удары Израиля", "ACCUSE", "Россия", "Израиля", source_for=["RUS"], target_for=["ISR"]
    ),
    "قطر": act("واتصل أمير قطر بالرئيس الأمريكي", "CONSULT", "أمير قطر", "الرئيس الأمريكي", source_for=["QAT"]),
}


def answer_abroad(body: dict[str, Any]) -> Any:
    text = json.loads(body["messages"][1]["content"])["text"]
    told = [one | {"source_en": ["Emir"], "target_en": ["US president"]} for key, one in FOREIGN.items() if key in text]
    return say(json.dumps({"acts": told}))


def test_a_text_in_a_language_without_tables_is_a_candidate_until_a_person_accepts_it(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "ru.txt").write_text(f"{RUSSIAN}\n", encoding="utf-8")
    (tmp_path / "ar.txt").write_text(f"{ARABIC}\n", encoding="utf-8")
    words = ["--published", "2025-06-16", "--root", str(root)]
    plain = CliRunner().invoke(cli, ["new", "songs", str(tmp_path / "ru.txt"), "--language", "ru", *words])
    assert "or another one by its code, such as ru, with a model that reads it" in str(plain.exception)
    with serve(answer_abroad) as (address, _):
        named = ["--model", "m", "--endpoint", address]
        made = CliRunner().invoke(cli, ["new", "songs", str(tmp_path / "ru.txt"), "--language", "ru", *words, *named])
        assert made.exit_code == 0, made.output
        more = CliRunner().invoke(cli, ["add", "songs", str(tmp_path / "ar.txt"), "--language", "ar", *words])
        assert more.exit_code == 0, more.output
    inputs = read_inputs(locate("songs", "2025-06-16", root=str(root)))
    assert sorted(name.suffixes[0] for name in inputs.paths.texts.glob("S*.txt")) == [".ar", ".ru"]
    found = draft_case(inputs)
    shown = found.events[["language", "source_actors", "target_actors", "mapped", "decision"]].to_numpy().tolist()
    assert shown == [["ru", "RUS", "ISR", "", "candidate"], ["ar", "QAT", "USA", "target", "candidate"]]
    corpus = inputs.known("2025-06-16")
    assert build(inputs, found, corpus, "2025-06-16").mentions.empty
    taken = dict.fromkeys(inputs.decisions.columns, "") | {"decision_id": "d1", "row": found.events["draft_id"].iloc[0]}
    taken |= {"action": "accept", "reason": "read", "by": "A", "date": "2026-11-30"}
    reviewed = replace(inputs, decisions=pd.DataFrame([taken]))
    mentions = build(reviewed, found, corpus, "2025-06-16").mentions
    assert mentions[["language", "evidence"]].to_numpy().tolist() == [["ru", "Россия осудила удары Израиля"]]
