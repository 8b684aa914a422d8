"""How fast the draft coder is, on one core: `python tests/benchmark_coder.py [FOLDER] [--articles N]`.

Sentences a second by language, once for the notes of the first case and once for the real news that FOLDER holds (see
`news.py`). Every second text warms up, the others are measured, which are new to the coder. Then what
the first text of a process costs, with the reading of the tables; and the memory of a process that drafts N articles,
each put together anew from sentences of all texts.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "notebooks"))

from lagebild.coder.coder import draft_text
from lagebild.core.folders import EXAMPLE, REFERENCE
from lagebild.core.reference import Reference
from lagebild.corpus.sentences import find_language, find_stops, split_sentences
from news import read_texts

DAY = "2025-06-16"
ROUNDS = 3  # the best one counts: others use the machine, too
LENGTH = 12  # sentences of an article that is put together
STEPS = 5  # how often memory is looked at
FIRST = """
from time import process_time
from lagebild.coder.coder import draft_text
from lagebild.core.folders import REFERENCE
from lagebild.core.reference import Reference
draft_text(Reference(REFERENCE), {text!r}, {language!r}, {day!r})
print(process_time())
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="real news: the folder that holds gold and pages")
    parser.add_argument("--articles", type=int, default=20_000, help="articles that the memory is measured over")
    asked = parser.parse_args()
    reference = Reference(REFERENCE)
    texts = {"notes": read_notes()} | ({"news": read_real(reference, asked.folder)} if asked.folder else {})
    for name, by_language in texts.items():
        for language, inside in sorted(by_language.items()):
            speed, n = measure_speed(reference, inside, language)
            print(f"{name:6} {language}  {speed:6,.0f} sentences a second  ({n:,} sentences)")  # noqa: T201
    for language, inside in sorted(texts["notes"].items()):
        seconds = min(measure_start(inside[0], language) for _ in range(ROUNDS))
        print(f"start  {language}  {seconds:6.2f} s of processor time to the first draft of a process")  # noqa: T201
    every = {name: [one for by in texts.values() for one in by.get(name, ())] for name in reference.languages}
    for n, size in measure_memory(reference, every, asked.articles):
        print(f"memory     {size:6.0f} MB after {n:,} articles")  # noqa: T201


def read_notes() -> dict[str, list[str]]:
    """Return the texts of the first case by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted((EXAMPLE / "texts").glob("*.txt")):
        found[file.stem.rpartition(".")[2]].append(file.read_text(encoding="utf-8"))
    return found


def read_real(reference: Reference, folder: Path) -> dict[str, list[str]]:
    """Return the texts of real news by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, text in read_texts(folder).values():
        if language := find_language(reference, text):
            found[language].append(text)
    return found


def measure_speed(reference: Reference, texts: Sequence[str], language: str) -> tuple[float, int]:
    """Return the sentences a second, and how many were drafted."""

    def draft(some: Sequence[str]) -> int:
        return sum(len(draft_text(reference, text, language, DAY).sentences) for text in some)

    draft(texts[::2])
    gc.collect()
    gc.freeze()  # as `draft_lines` does
    best, n = float("inf"), 0
    for _ in range(ROUNDS):
        begun = process_time()
        n = draft(texts[1::2])
        best = min(best, process_time() - begun)
    return n / best, n


def measure_start(text: str, language: str) -> float:
    """Return the processor time of a process that drafts one text."""
    code = FIRST.format(text=text, language=language, day=DAY)
    environment = {"PYTHONPATH": sys.path[0]}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure_memory(reference: Reference, texts: dict[str, list[str]], articles: int) -> Iterator[tuple[int, float]]:
    """Yield how many articles were drafted and how many MB the process has taken at most."""
    draw = random.Random(articles)
    parts = {
        language: [text[a:b] for text in inside for a, b in split_sentences(text, find_stops(reference, language))]
        for language, inside in texts.items()
    }
    for n in range(1, articles + 1):
        language = draw.choice(sorted(parts))
        draft_text(reference, " ".join(draw.choices(parts[language], k=LENGTH)), language, DAY)
        if n % max(1, articles // STEPS) == 0:
            yield n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
