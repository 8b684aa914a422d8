"""How long a corpus takes: `python tests/benchmark_corpus.py N [FOLDER …] [--mixed] [--only NAME …]` prints one table.

N articles are made of real texts: those of the cases here, and of the .jsonl files in the folders (`text`, or
`paragraphs`). They are repeated as often as need be; with `--mixed` each article is made of sentences of several, so
that no two are alike. One worker, two, and a Dask cluster with one and with two make the same corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
WAYS = {
    "one": ("--workers", 1),
    "two": ("--workers", 2),
    "dask-one": ("--scheduler", 1),
    "dask-two": ("--scheduler", 2),
}
MILLION = 1_000_000


class Text(NamedTuple):
    """A real text and its language, if it is named."""

    text: str
    language: str


class Taken(NamedTuple):
    """What a run took: seconds on the clock and of the processors, and the memory of its largest worker over time."""

    wall: float
    processor: float
    megabytes: list[float]


def read_texts(folders: list[Path]) -> list[Text]:
    """Return the texts of the cases, and those in the files of folders, each once."""
    files = sorted((PROJECT / "data" / "cases").glob("*/texts/*.txt"))
    texts = [Text(file.read_text(encoding="utf-8"), file.suffixes[-2][1:]) for file in files]
    for file in sorted(file for folder in folders for file in folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            text = item.get("text") or "\n".join(item.get("paragraphs", []))
            if text:
                texts.append(Text(text, item.get("language", "")))
    return list(dict.fromkeys(texts))


def write_articles(file: Path, texts: list[Text], n: int, mixed: bool) -> None:
    """Write so many articles, the same for the same texts."""
    draw = random.Random(n)
    sentences: dict[str, list[str]] = {}
    for text, language in texts:
        sentences.setdefault(language, []).extend(s for s in re.split(r"(?<=[.!?])\s+", text) if s)
    with file.open("w", encoding="utf-8") as opened:
        for k in range(n):
            text, language = texts[k % len(texts)]
            if mixed:
                length = max(1, len(re.findall(r"[.!?]\s", text)))
                text = " ".join(draw.choice(sentences[language]) for _ in range(length))
            row = {"id": f"a{k:08}", "text": text, "published": f"{2000 + k % 26}-{1 + k % 12:02}-{1 + k % 28:02}"}
            row |= {"language": language, "publisher": f"Paper {k % 97}"}
            opened.write(json.dumps(row, ensure_ascii=False) + "\n")


def run(articles: Path, out: Path, option: str, value: str, watched: int) -> Taken:
    """Make a corpus as a user would, and watch the processes below one, or below the program itself (0)."""
    command = [sys.executable, "-m", "lagebild", "corpus", str(articles), str(out), option, value, "--quiet"]
    before, begin, sizes = _processor(watched), time.perf_counter(), list[float]()
    process = subprocess.Popen(command)
    while process.poll() is None:
        below = list(_below(watched or process.pid))
        sizes.append(max((_megabytes(one) for one in below if one not in (watched, process.pid)), default=0.0))
        time.sleep(0.5)
    if not (out / "manifest.json").is_file():
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Taken(time.perf_counter() - begin, _processor(watched) - before, sizes)


def _processor(watched: int) -> float:
    """Return the seconds of the processors that processes took: those that have ended, and those below a living one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    alive = [
        Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13] for one in list(_below(watched))[1:]
    ]
    return used.ru_utime + used.ru_stime + sum(int(t) for one in alive for t in one) / os.sysconf("SC_CLK_TCK")


def _below(number: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    if not number:
        return
    yield number
    for task in Path("/proc", str(number), "task").glob("*/children"):  # each thread has its own
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _below(int(child))


def _megabytes(number: int) -> float:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


@contextmanager
def start_way(option: str, count: int) -> Iterator[tuple[str, int]]:
    """Give the value of an option, and the process whose children are the workers; 0 for those of the program."""
    if option == "--workers":
        yield str(count), 0
        return
    from distributed import LocalCluster

    with LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address, os.getpid()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--mixed", action="store_true", help="no two articles alike")
    parser.add_argument("--only", nargs="+", choices=WAYS, default=list(WAYS), help="of the ways to work")
    asked = parser.parse_args()
    os.environ["PYTHONPATH"] = str(PROJECT / "notebooks")  # for all processes that are started here
    texts = read_texts(asked.folders)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles.jsonl")
        write_articles(articles, texts, asked.n, asked.mixed)
        size = articles.stat().st_size / 1e6
        kind = "mixed from" if asked.mixed else f"repeated {asked.n / len(texts):.1f} times:"
        print(f"{asked.n:,} articles, {size:.0f} MB, {kind} {len(texts)} different texts; {os.cpu_count()} cores")  # noqa: T201
        print("way        wall s  processor s  articles/s  against one  min per 1 M  MB at 10 % / 50 % / end / most")  # noqa: T201
        took: dict[str, Taken] = {}
        for name in asked.only:
            option, count = WAYS[name]
            with start_way(option, count) as (value, watched):
                took[name] = one = run(articles, Path(folder, name), option, value, watched)
            first = took.get(f"{name.rpartition('-')[0]}{'-' * ('-' in name)}one", one)
            m = [one.megabytes[int(share * (len(one.megabytes) - 1))] for share in (0.1, 0.5, 0.95)]
            print(  # noqa: T201
                f"{name:9} {one.wall:7.1f}  {one.processor:11.1f}  {asked.n / one.wall:10.0f}  "
                f"{first.wall / one.wall:11.2f}  {one.wall / asked.n * MILLION / 60:11.0f}  "
                f"{m[0]:.0f} / {m[1]:.0f} / {m[2]:.0f} / {max(one.megabytes):.0f}"
            )


if __name__ == "__main__":
    main()
