"""What two desks at once and dead kernels cost: `python tests/benchmark_collisions.py 50`.

Two kernels decide on the same row at the same moment, so many times; then one kernel is killed at a random moment
while it writes, so many times, and the next one is sent what the dead one did not answer, as a browser does.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from examples import PROJECT
from known import REFERENCE
from lagebild.core.folders import Paths, locate
from lagebild.core.labels import read_labels
from lagebild.core.tables import read_case, records
from lagebild.corpus.inputs import read_inputs
from lagebild.interactive.review_queue import open_queue
from lagebild.interactive.review_widget import ReviewWidget

SENT = {"row": "", "action": "accept", "field": "", "value": "", "reason": "why", "by": "", "date": "2026-11-25"}


def serve(root: str) -> None:
    """Be a kernel: answer each line that holds a message by a line."""
    desk = ReviewWidget(open_queue(read_inputs(locate("tiny", "2025-06-16", root=root)), read_labels(REFERENCE, "en")))
    desk.send = lambda answer: sys.stdout.write(
        json.dumps({"met": answer.get("met", {}), "bad": answer["wait"] + answer["fault"]}) + "\n"
    )
    for line in sys.stdin:
        desk._answer(None, json.loads(line), None)
        sys.stdout.flush()


class Kernel:
    """A kernel in a process of its own."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, __file__, "serve", str(root)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, name: str, row: str, action: str, seen: dict[str, str]) -> None:
        """Send an act of one decision."""
        act = [SENT | {"decision_id": name, "row": row, "action": action, "by": name.partition("-")[0]}]
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"ask": "decide", "act": act, "seen": seen, "number": name}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any] | None:
        """Return the answer; none of a dead kernel."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def end(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.communicate()


def tell(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def collide(paths: Paths, names: list[str], times: int) -> None:
    """Let two desks decide on one row at once, and print how many were told, lost and doubled."""
    desks = {by: Kernel(Path(paths.root)) for by in ("one", "two")}
    told, sent = 0, set()
    for number in range(times):
        row = random.choice(names)
        seen = {row: latest(paths, row)}
        for by, desk in desks.items():
            desk.send(f"{by}-{number}.1", row, random.choice(("accept", "reject")), seen)
            sent.add(f"{by}-{number}.1")
        answers = {by: desk.hear() or {} for by, desk in desks.items()}
        assert [bool(one["met"]) for one in answers.values()].count(True) == 1, answers
        for by, answer in answers.items():
            if answer["met"]:  # confirmed by a second key
                told += 1
                desks[by].send(f"{by}-{number}.1", row, "accept", {row: latest(paths, row)})
                answer = desks[by].hear() or {}
                assert not answer["met"]
            assert not answer["bad"], answer
    for desk in desks.values():
        desk.end()
    tell(f"{times} collisions: {told} told before they counted, {count(paths, sent)}")


def die(paths: Paths, names: list[str], times: int) -> None:
    """Kill a kernel that writes, send the next one what was not answered, and print how many were lost and doubled."""
    desk, sent = Kernel(Path(paths.root)), set()
    desk.send("warm-1.1", names[0], "accept", {})
    desk.hear()
    for number in range(times):
        name, row = f"k{number}-1.1", random.choice(names)
        seen = {row: latest(paths, row)}
        sent.add(name)
        desk.send(name, row, "accept", seen)
        time.sleep(random.uniform(0, 0.03))
        desk.end()
        desk = Kernel(Path(paths.root))
        desk.send(name, row, "accept", seen)
        answer = desk.hear() or {}
        assert not answer["met"], answer
        assert not answer["bad"], answer
    desk.end()
    tell(f"{times} kernel deaths: {count(paths, sent)}")


def latest(paths: Paths, row: str) -> str:
    """Return the id of the latest decision on a row, as the desk shows it."""
    found = [one["decision_id"] for one in records(read_case(paths, "decisions")) if one["row"] == row]
    return found[-1] if found else ""


def count(paths: Paths, sent: set[str]) -> str:
    """Say how many of the decisions that were sent are lost or doubled."""
    held = list(read_case(paths, "decisions")["decision_id"])
    doubled = sum(held.count(name) > 1 for name in sent)
    return f"{len(sent)} decisions made, {len(sent - set(held))} lost, {doubled} doubled"


def main(times: int) -> None:
    """Measure in a case of its own."""
    random.seed(1)
    root = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(PROJECT / "tests" / "data" / "tiny", root / "data" / "cases" / "tiny")
        paths = locate("tiny", "2025-06-16", root=str(root))
        names = list(read_case(paths, "mentions")["mention_id"])
        for measure in (collide, die):
            measure(paths, names, times)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    serve(sys.argv[2]) if sys.argv[1:2] == ["serve"] else main(int(sys.argv[1]))
