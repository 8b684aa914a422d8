"""Many articles to parquet: what is a row, what is made again, who may die meanwhile, and what is a copy."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from examples import PROJECT
from filelock import FileLock
from known import REFERENCE
from lagebild.archive import coding, shards as stream
from lagebild.archive.coding import ArchiveState, code_corpus
from lagebild.archive.parquet import ARTICLES, TABLES, ShardResult, describe_tables
from lagebild.archive.shards import Fault, cut_shards, find_id, list_inputs, read_row
from lagebild.archive.signatures import WIDTH, find_near, sign
from lagebild.coder.coder import draft_text
from lagebild.core.disk import LOCK
from lagebild.core.errors import InputError
from lagebild.corpus.intake import COPIED
from pyarrow import parquet
from runs import Call

TEXT = "Russia and Iran signed a treaty in Moscow on 17 January 2025. Israel attacked Iran, Tehran said."
PLAIN = {"id": "a1", "text": TEXT, "language": "en", "published": "2025-06-16"}
NEEDED = "a JSON object with id, text, published belongs here."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut small shards, and let this process know what it knows already."""
    monkeypatch.setattr(coding, "_prepare", lambda job: REFERENCE)
    monkeypatch.setattr(stream, "LEAST", 3)
    monkeypatch.setattr(stream, "USUAL", 4)


def rows_of(n: int) -> list[dict[str, Any]]:
    """Return so many rows, no two alike."""
    return [
        {"id": f"a{k:03}", "text": f"{TEXT} It was day {k}.", "published": f"2025-06-{1 + k % 28:02}", "language": "en"}
        for k in range(n)
    ]


def write(file: Path, rows: list[Any]) -> Path:
    """Write rows as lines of JSON; bytes as they are."""
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def make(folder: Path, *names: Path, count: int = 0, scheduler: str = "") -> ArchiveState:
    """Make a corpus in this process, or in more of them."""
    return code_corpus([str(name) for name in names], folder, REFERENCE.folder, count, scheduler, quiet=True)


def read(folder: Path, table: str) -> pd.DataFrame:
    """Return a table of a corpus, all shards together."""
    return pd.concat([pd.read_parquet(file) for file in sorted((folder / table).iterdir())], ignore_index=True)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a corpus with their bytes."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != ".lock")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def parts_of(folder: Path) -> dict[str, int]:
    """Return when each shard was made."""
    return {file.stem: file.stat().st_mtime_ns for file in sorted((folder / ARTICLES).glob("[0-9a-f]*.parquet"))}


# --- rows ---


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", NEEDED),
        (b"[1]", NEEDED),
        (b"\xff{}", NEEDED),
        (b"[" * 100_000, NEEDED),
        ({"text": TEXT}, "id is missing; each article has its id, text, published."),
        (PLAIN | {"text": " "}, "text is missing; each article has its id, text, published."),
        (PLAIN | {"text": ["a"]}, "text is no text; write it in quotation marks."),
        (PLAIN | {"published": None}, "published is missing; each article has its id, text, published."),
        (
            PLAIN | {"published": "June"},
            "The published date 'June' is no day: write it as YYYY-MM-DD, for example 2025",
        ),
        (PLAIN | {"published": "1066-01-01"}, "The published date '1066-01-01' must lie between"),
        (PLAIN | {"language": "xx"}, "the language 'xx' is not read; choose one of de, en."),
        (PLAIN | {"language": "../en"}, "the language '../en' is not read; choose one of de, en."),
        (PLAIN | {"language": "", "text": "Ja."}, "the language of the text is none of de, en, or not clear; name it."),
        (b'{"id": "a", "text": "\\ud800", "published": "2025-06-16"}', "text holds half a character, '\\ud800'; dele"),
    ],
)
def test_a_row_that_is_no_article_is_told_why(content: bytes | dict[str, Any], fault: str) -> None:
    line = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(InputError) as refused:
        read_row(REFERENCE, line)
    assert str(refused.value).startswith(fault)


def test_a_row_may_lack_its_language_and_what_is_not_needed() -> None:
    text = b"Die Regierung hat den Vertrag mit dem Nachbarn nicht verl\\u00e4ngert."
    line = b'{"published":"2025-06-16", "text":"%s", "id":7}' % text
    row = read_row(REFERENCE, line)
    assert (row.id, row.language, row.title, find_id(line)) == ("7", "de", "", b"7")


# --- the stream ---


def test_a_row_that_is_added_or_changed_leaves_the_other_shards_as_they_are(tmp_path: Path) -> None:
    rows = rows_of(200)
    before = digests(write(tmp_path / "a.jsonl", rows))
    for changed in ([*rows[:90], PLAIN, *rows[90:]], [*rows[:90], rows[90] | {"title": "New"}, *rows[91:]], rows[1:]):
        after = digests(write(tmp_path / "a.jsonl", changed))
        assert 0 < len(set(after) - set(before)) <= 3
        assert len(before) > 20


def refuse(fault: Fault) -> None:
    """Fail, for no row is at fault."""
    raise AssertionError(fault)


def digests(file: Path) -> list[str]:
    """Return the digests of the shards of a file."""
    return [shard.digest for shard in cut_shards(list_inputs([str(file)]), refuse)]


def test_all_kinds_of_files_hold_the_same_rows(tmp_path: Path) -> None:
    rows = rows_of(20)
    (tmp_path / "a").mkdir()
    plain = write(tmp_path / "a" / "a.jsonl", rows)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    days = pd.DataFrame(rows).assign(published=lambda frame: pd.to_datetime(frame["published"]), more=1)
    days.to_parquet(tmp_path / "c.parquet")
    made = [
        make(tmp_path / name, tmp_path / given) for name, given in (("1", "a"), ("2", "b.jsonl.gz"), ("3", "c.parquet"))
    ]
    assert {(one.articles, one.events, one.faults) for one in made} == {(20, made[0].events, 0)}
    first, *others = (read(tmp_path / name, "events").drop(columns="shard") for name in "123")
    assert all(first.equals(other) for other in others)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("none.jsonl", "'none.jsonl' is no file or folder: check its name."),
        ("a.csv", "'a.csv' is of another kind: articles are read from .jsonl, .jsonl.gz, .parquet."),
        ("empty", "'empty' holds no file whose name ends in .jsonl, .jsonl.gz, .parquet: name another folder."),
        ("broken.parquet", "'broken.parquet' cannot be read as parquet: write it again."),
        ("lacking.parquet", "'lacking.parquet' has no column text, published: add what is missing."),
        ("out/a.jsonl", "'out/a.jsonl' lies in the folder that is written, 'out': name another."),
    ],
)
def test_what_cannot_be_read_at_all_is_refused(name: str, fault: str, tmp_path: Path, call: Call) -> None:
    for folder in ("empty", "out"):
        (tmp_path / folder).mkdir()
    for file in ("a.csv", "broken.parquet", "out/a.jsonl"):
        (tmp_path / file).write_text("id")
    pd.DataFrame({"id": ["a"]}).to_parquet(tmp_path / "lacking.parquet")
    assert call("corpus", name, "out", project=tmp_path) == (1, "", f"lagebild: {fault}\n")


def test_faults_are_counted_and_listed_by_file_and_row(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LONGEST_LINE", 500)
    write(tmp_path / "a.jsonl", [PLAIN, b"", PLAIN | {"text": "x" * 999}, PLAIN | {"id": "=1", "published": "=now()"}])
    write(tmp_path / "b.jsonl", [PLAIN, PLAIN | {"id": "b1"}, b"no"])
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps(PLAIN | {"id": "c1"}).encode() + b"\n")[:-4])
    code, out, err = call("corpus", "a.jsonl", "b.jsonl", "c.jsonl.gz", "out", "--workers", "0", project=tmp_path)
    assert (code, err) == (1, "lagebild: 5 rows were left out: out/faults.csv names file, row and remedy of each.\n")
    assert out.startswith("3 articles (0 near-duplicates), ")
    assert [line.split(",", 2)[:2] for line in (tmp_path / "out/faults.csv").read_text().splitlines()[1:]] == [
        ["a.jsonl", "3"], ["a.jsonl", "4"], ["b.jsonl", "1"], ["b.jsonl", "3"], ["c.jsonl.gz", "2"]
    ]  # fmt: skip
    assert stream.TWICE in (tmp_path / "out/faults.csv").read_text()
    assert json.loads((tmp_path / "out/manifest.json").read_text())["faults"] == 5
    before = contents(tmp_path / "out")
    again = call("corpus", "a.jsonl", "b.jsonl", "c.jsonl.gz", "out", "--workers", "0", project=tmp_path)
    assert (again[0], again[2], "shards: 0 made, 1 kept" in again[1]) == (1, err, True)
    assert contents(tmp_path / "out") == before


def test_rows_of_parquet_are_told_by_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BATCH", 2)
    monkeypatch.setattr(stream, "LONGEST_LINE", 300)
    rows = [row | {"title": b"?" if k == 6 else None} for k, row in enumerate(rows_of(9))]
    rows[3]["id"], rows[7]["text"] = "a001", "x" * 999
    parquet.write_table(
        pa.Table.from_pylist(
            rows, pa.schema([(name, pa.binary() if name == "title" else pa.string()) for name in rows[0]])
        ),
        tmp_path / "a.parquet",
    )
    faults = list[Fault]()
    (shard,) = cut_shards(list_inputs([str(tmp_path / "a.parquet")]), faults.append)
    assert [place for _, place in shard.places] == [1, 2, 3, 5, 6, 9]
    assert [(one.row, one.fault[:11]) for one in faults] == [(4, "the id stan"), (7, "a cell is n"), (8, "the row has")]


def test_the_stream_holds_a_shard_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(f'{{"id": "{k}", "text": "{"x" * 1_000}"}}\n' for k in range(10_000)))
    tracemalloc.start()
    count = sum(len(shard.lines) for shard in cut_shards(list_inputs([str(file)]), refuse))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert most < 3_000_000  # of 10 MB, mostly the hashes of ids


# --- parts ---


def test_the_tables_hold_what_the_coder_drafts(tmp_path: Path) -> None:
    text = (
        "Putin met Iran's president on Friday. Israel attacked Iran, NATO said. Nobody knows whether Peru helps Iran."
    )
    row = PLAIN | {"text": text, "publisher": "Blatt", "title": "Headline"}
    made = make(tmp_path / "out", write(tmp_path / "a.jsonl", [row]))
    drafted = draft_text(REFERENCE, text, "en", "2025-06-16")
    for table in TABLES:
        (file,) = (tmp_path / "out" / table).iterdir()
        assert parquet.read_schema(file).remove_metadata().equals(describe_tables()[table])
    events = read(tmp_path / "out", "events")
    assert len(events) == len(drafted.events) + len(drafted.candidates) > 1
    assert made.events == len(drafted.events) == int((~events["candidate"]).sum())
    assert list(events["evidence"]) == [text[a:b] for a, b in zip(events["start"], events["end"], strict=True)]
    assert list(events["n"]) == list(range(1, len(events) + 1))
    assert set(events["publisher"]) == {"Blatt"}
    met = events[events["event_type"] == "CONSULT"].iloc[0]
    assert (list(met["source_actors"]), list(met["target_actors"])) == (["RUS"], ["IRN"])
    assert (met["date"], str(met["earliest"]), str(met["latest"])) == ("2025-06-13", "2025-06-13", "2025-06-13")
    article = read(tmp_path / "out", "articles").iloc[0]
    assert (article["title"], article["n_sentences"], len(article["signature"])) == ("Headline", 3, 4 * WIDTH)
    assert len(read(tmp_path / "out", "dates")) == 1
    assert len(read(tmp_path / "out", "attributions")) == len(drafted.attributions) > 0


def test_a_text_on_which_the_coder_fails_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("lagebild.archive.parquet.draft_text", fail)
    assert make(tmp_path / "out", write(tmp_path / "a.jsonl", [PLAIN])).faults == 1
    assert "the draft coder fails on this text ('IndexError: list index" in (tmp_path / "out/faults.csv").read_text()


def test_what_is_made_is_not_made_again_and_what_has_gone_is_removed(tmp_path: Path) -> None:
    rows, out = rows_of(60), tmp_path / "out"
    make(out, write(tmp_path / "a.jsonl", rows))
    first, before = parts_of(out), contents(out)
    assert make(out, tmp_path / "a.jsonl").made == 0
    assert (parts_of(out), contents(out)) == (first, before)

    (out / "events" / "mine.parquet").write_text("not ours")
    left = out / "articles" / f".{'0' * 16}.parquet.{'1' * 16}"
    left.write_text("half of a part of a worker that was killed")
    changed = make(out, write(tmp_path / "a.jsonl", [*rows[:30], rows[30] | {"title": "New"}, *rows[31:]]))
    second = parts_of(out)
    assert 0 < changed.made <= 3
    assert changed.kept == len(second) - changed.made == len({*first.items()} & {*second.items()})
    assert {len(list((out / table).glob("*.parquet"))) for table in ("articles", "dates")} == {len(second)}
    assert (out / "events" / "mine.parquet").is_file()
    assert not left.exists()


@pytest.mark.parametrize("table", TABLES)
def test_a_shard_that_lacks_a_part_is_made_again(table: str, tmp_path: Path) -> None:
    out, file = tmp_path / "out", write(tmp_path / "a.jsonl", rows_of(3))
    make(out, file)
    before = contents(out)
    (part,) = (out / table).iterdir()
    part.write_bytes(b"") if table == "articles" else part.unlink()
    assert make(out, file).made == 1
    assert contents(out) == before


def test_other_rules_make_other_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, file = tmp_path / "out", write(tmp_path / "a.jsonl", rows_of(3))
    make(out, file)
    before = set(parts_of(out))
    monkeypatch.setattr(coding, "hash_program", lambda _: "other")
    assert make(out, file).made == 1
    assert before.isdisjoint(parts_of(out))


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path, call: Call) -> None:
    write(tmp_path / "a.jsonl", [PLAIN])
    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / LOCK):
        code, _, err = call("corpus", "a.jsonl", "out", project=tmp_path)
    assert (code, err) == (1, "lagebild: Another run is writing to 'out': wait for it, or name another.\n")


# --- who may die ---


@contextmanager
def killing(times: int, folder: Path) -> Iterator[None]:
    """Kill a child of this process every now and then, so many times, once it works into a folder."""
    ended = threading.Event()

    def kill() -> None:
        killed = 0
        while not list((folder / ARTICLES).glob("[0-9a-f]*")) and not ended.wait(0.01):
            pass
        while killed < times and not ended.wait(0.3):
            for child in multiprocessing.active_children()[killed % 2 :][:1]:
                os.kill(child.pid or 0, signal.SIGKILL)
                killed += 1

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.slow
@pytest.mark.posix
def test_killed_workers_lose_and_double_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", rows_of(120))
    make(tmp_path / "one", file)
    with killing(3, tmp_path / "two"):
        coded = make(tmp_path / "two", file, count=2)
    assert coded.made > 12
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not multiprocessing.active_children()


TITLE = "deadly"
make_shard = coding._make


def _die_of_title(job: coding.Job, program: str, name: str, lines: list[bytes]) -> ShardResult:
    """Make a shard as a worker does, or die of one that holds the title."""
    if any(TITLE.encode() in line for line in lines):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return make_shard(job, program, name, lines)


@pytest.mark.long
@pytest.mark.slow
def test_a_shard_that_kills_its_workers_is_named_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "_make", _die_of_title)
    rows = rows_of(40)
    file = write(tmp_path / "a.jsonl", [*rows[:20], rows[20] | {"title": TITLE}, *rows[21:]])
    coded = make(tmp_path / "out", file, count=2)
    assert len(coded.lost) == 1
    assert coded.articles < 40
    assert coded.kept == 0
    (fault,) = (tmp_path / "out/faults.csv").read_text().splitlines()[1:]
    assert f"shard {coded.lost[0]} of {40 - coded.articles} rows from here on ended its workers" in fault


def _heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background: they would never notice Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.long
def test_ctrl_c_ends_at_once_and_the_next_run_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", [row | {"text": TEXT} for row in rows_of(6_000)])
    words = [sys.executable, "-m", "lagebild", "corpus", "a.jsonl", "out", "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "notebooks")}
    process = subprocess.Popen(
        words, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_interrupts
    )
    while not list((tmp_path / "out" / ARTICLES).glob("[0-9a-f]*.parquet")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    assert process.communicate()[1].endswith("lagebild: stopped; earlier outputs are as they were.\n")
    assert (process.returncode, time.monotonic() - begin < 3) == (130, True)
    assert not (tmp_path / "out" / "manifest.json").exists()
    before = parts_of(tmp_path / "out")
    done = subprocess.run([*words[:-1], "0", "-q"], cwd=tmp_path, env=environment, check=True)
    assert done.returncode == 0
    assert before.items() <= parts_of(tmp_path / "out").items()


@pytest.mark.slow
@pytest.mark.posix
def test_a_cluster_makes_the_same_also_if_a_worker_dies(tmp_path: Path) -> None:
    from distributed import LocalCluster

    file = write(tmp_path / "a.jsonl", rows_of(100))
    make(tmp_path / "one", file)
    started = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    with started, killing(1, tmp_path / "two"):
        make(tmp_path / "two", file, scheduler=started.scheduler_address)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at 'tcp://127.0.0.1:1': start one with `dask scheduler`, "),
        ("nonsense", "No Dask scheduler answers at 'nonsense': start one with `dask scheduler`, and name its address."),
    ],
)
def test_a_scheduler_that_does_not_answer_is_named(address: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^No Dask") as refused:
        make(tmp_path / "out", write(tmp_path / "a.jsonl", [PLAIN]), scheduler=address)
    assert str(refused.value).startswith(fault)


def test_a_worker_with_another_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^The cluster has another program"):
        coding._make(coding.Job(tmp_path, REFERENCE.folder), "other", "0" * 16, [])


# --- copies ---

WORDS = [f"word{k}" for k in range(3_000)]


def pick(seed: int, number: int) -> str:
    """Return a text of so many words, drawn at random."""
    return " ".join(np.random.default_rng(seed).choice(WORDS, number))


def sign_all(*texts: str) -> np.ndarray:
    """Return the signatures of texts, a column each."""
    return np.stack([np.frombuffer(sign(text), "<u4") for text in texts], axis=1)


FIRST, OTHER, QUOTED = pick(1, 300), pick(2, 300), pick(5, 60)


@pytest.mark.parametrize(
    ("texts", "copies"),
    [
        ([FIRST, FIRST], {1: 0}),
        ([FIRST, FIRST.upper() + "!"], {1: 0}),
        ([FIRST, OTHER, f"A headline\n{FIRST}", OTHER], {2: 0, 3: 1}),
        ([FIRST, " ".join(FIRST.split()[:150])], {1: 0}),
        ([FIRST, f"{FIRST}\n{pick(3, 150)}"], {1: 0}),
        ([OTHER, FIRST, pick(4, 300)], {}),
        ([f"{FIRST} {OTHER}", FIRST, OTHER], {1: 0, 2: 0}),
        ([FIRST, f"{FIRST} {OTHER}", OTHER], {1: 0, 2: 0}),  # by way of the second
        (["Four words are few.", "Four words are few."], {}),
        ([f"„{QUOTED}“, sagte er.", f"„{QUOTED}“, so der Minister."], {}),  # a quotation is nobody's own
        ([""], {}),
        ([], {}),
    ],
)
def test_copies_are_found_by_their_signatures(texts: list[str], copies: dict[int, int]) -> None:
    signatures = sign_all(*texts) if texts else np.empty((WIDTH, 0), np.uint32)
    found, firsts, shares = find_near(signatures.__getitem__, len(texts))
    assert dict(zip(found.tolist(), firsts.tolist(), strict=True)) == copies
    assert all(COPIED <= share <= 1 for share in shares)


def test_a_signature_stays_what_it_is() -> None:
    signed = np.frombuffer(sign("Russia and Iran signed a treaty in Moscow."), "<u4")
    assert (len(signed), signed[[0, 1, 125, 126]].tolist()) == (WIDTH, [3221783887, 3249616225, 1296803807, 6])


def test_the_first_one_of_copies_was_published_first(tmp_path: Path) -> None:
    days = {"d": "2025-06-03", "c": "2025-06-02", "b": "2025-06-01", "a": "2025-06-03", "e": "2025-06-01"}
    rows = [{"id": name, "text": FIRST, "published": day, "language": "en"} for name, day in days.items()]
    rows.append({"id": "z", "text": OTHER, "published": "2025-05-01", "language": "en"})
    assert make(tmp_path / "out", write(tmp_path / "a.jsonl", rows)).copies == 4
    copies = pd.read_parquet(tmp_path / "out" / "copies.parquet")
    assert list(copies["article_id"]) == ["a", "c", "d", "e"]
    assert set(copies["first_id"]) == {"b"}
    assert copies["similarity"].tolist() == [1, 1, 1, 1]


def test_without_articles_there_are_no_copies(tmp_path: Path) -> None:
    assert make(tmp_path / "out", write(tmp_path / "a.jsonl", [])) == ArchiveState(
        articles=0, events=0, copies=0, faults=0, made=0, kept=0, lost=()
    )
