"""Records the answers of a large model to the requests of the reader: writes requests out, and takes answers in.

    python tests/record.py ask FOLDER [--case DIR CASE | --gold SHARED]      requests as files, not answered yet
    python tests/record.py take FOLDER KEPT [--case DIR CASE | --gold SHARED]     answers into the file KEPT

A request is two files: `system-LANGUAGE.txt` and `DIGEST.user.json`; its answer is expected in `DIGEST.answer.json`,
from a model that sees the two texts and nothing else. `--gold` takes the coded articles of real news, whose texts lie
in SHARED and are not ours to keep: of their answers offsets are kept (`tests/gold/answers.jsonl`, by `fit_readers.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from known import REFERENCE
from lagebild.core import Answer, Answers, InputError, locate
from lagebild.corpus import read_inputs
from lagebild.reader import Request, list_case_requests, list_requests
from lagebild.reader.request import read_acts
from recorded import list_gold

MODEL = "recorded"  # the name by which recorded answers are known


def list_all(words: list[str]) -> Iterator[tuple[str, Request]]:
    """Yield what is to be asked, with the language of its text."""
    if words[0] == "--gold":
        for document in list_gold(Path(__file__).parent / "gold", Path(words[1])):
            for one in list_requests(REFERENCE, document.article, MODEL):
                yield document.article.language, one
    else:
        inputs = read_inputs(locate(words[2], "1980-01-01", root=words[1]))
        for one in list_case_requests(inputs, MODEL):
            yield one.language, one


def ask(folder: Path, requests: Iterator[tuple[str, Request]]) -> None:
    """Write the requests that have no answer yet, and list them."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for language, one in requests:
        system, user = (message["content"] for message in one.body["messages"])
        (folder / f"system-{language}.txt").write_text(system, encoding="utf-8")
        name = one.digest[:16]
        (folder / f"{name}.user.json").write_text(user, encoding="utf-8")
        if not (folder / f"{name}.answer.json").exists():
            listed.append(f"{language} {name}\n")
    (folder / "batch.txt").write_text("".join(sorted(set(listed))), encoding="utf-8")
    print(len(set(listed)), "requests without an answer")  # noqa: T201


def take(folder: Path, kept: Path, requests: Iterator[tuple[str, Request]]) -> None:
    """Keep the answers that are there, with the day on which they were given."""
    answers, taken = Answers(kept), 0
    for _, one in requests:
        file = folder / f"{one.digest[:16]}.answer.json"
        if one.digest in answers.kept or not file.exists():
            continue
        text = file.read_text(encoding="utf-8")
        try:
            read_acts(text)
        except InputError as fault:
            print(file, fault)  # noqa: T201
            continue
        day = date.fromtimestamp(file.stat().st_mtime).isoformat()
        answers.keep(one.digest, Answer(text, MODEL, day))
        taken += 1
    print(taken, "answers taken")  # noqa: T201


if __name__ == "__main__":
    command, folder, *words = sys.argv[1:]
    if command == "ask":
        ask(Path(folder), list_all(words))
    else:
        take(Path(folder), Path(words[0]), list_all(words[1:]))
