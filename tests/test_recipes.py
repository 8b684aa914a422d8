"""The recipes of the guide, performed as they stand there: each file is written, each command says what it should.

A block of a recipe is a file, whose path stands in the line above it (or rows at the end of one), or a console:
commands behind ``$`` and what they print, where ``…`` stands for anything.
"""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from examples import PROJECT
from long import sample
from lxml import html
from runs import Call, copy_project, lagebild

PAGE = (PROJECT / "notebooks" / "guide" / "recipes.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"(?ms)^## Add (.+?)\n(.+?)(?=^## |\Z)", PAGE))
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`(?P<end>, at its end)?:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
NEEDS = {"a source": ("a case by hand",), "a chart": ("a case by hand",)}  # whose case it goes on with
LASTS = ("lagebild run ", "ls ", "cat ", "grep ")  # commands that start other processes, or look at what those made


class Step(NamedTuple):
    """A file to write, or rows for its end, or a command with what it prints; the other fields are empty."""

    file: str = ""
    at_end: bool = False
    text: str = ""
    command: str = ""


def list_steps(recipe: str) -> Iterator[Step]:
    """Yield what a recipe asks for, in its order."""
    for block in BLOCK.finditer(recipe):
        if block["kind"] != "console":
            assert block["file"], f"which file is that?\n{block['text']}"
            yield Step(block["file"], bool(block["end"]), block["text"])
            continue
        for asked in re.split(r"(?m)^\$ ", block["text"])[1:]:
            command, _, said = asked.partition("\n")
            yield Step(command=command, text=said)


def write(project: Path, step: Step) -> None:
    """Write a file of a recipe, or add to one."""
    file = project / step.file
    assert file.is_file() == step.at_end, step.file
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as there:
        there.write(step.text)


def compare(step: Step, said: str) -> None:
    """Refuse what a command said if the recipe says something else."""
    pattern = ".*".join(map(re.escape, step.text.split("…")))
    assert re.fullmatch(pattern, said, re.DOTALL), f"{step.command}\n{said}"


def follow(recipe: str, project: Path, call: Call, patch: pytest.MonkeyPatch) -> None:
    """Do what a recipe says, in this process; what would start another one is left out."""
    for step in list_steps(recipe):
        if not step.command:
            write(project, step)
        elif not step.command.startswith(LASTS):
            given, _, asked = step.command.rpartition(" | ")
            line = shlex.split(given)[1] if given else ""
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{line}\n".encode())))
            program, *words = shlex.split(asked)
            assert program == "lagebild"
            code, said, complaint = call(*words, project=project)
            assert code == 0, complaint
            compare(step, said)


def prepare(name: str, project: Path, call: Call, patch: pytest.MonkeyPatch) -> None:
    """Follow the recipes with whose case a recipe goes on."""
    for needed in NEEDS.get(name, ()):
        follow(RECIPES[needed], project, call, patch)


def test_the_guide_has_the_recipes_that_are_tried_here() -> None:
    assert [name for name, text in RECIPES.items() if BLOCK.search(text)] == [
        "a case by hand",
        "a source",
        "an actor",
        "a name, a verb or a frame",
        "a chart",
    ]


@pytest.mark.parametrize("name", [name for name, text in RECIPES.items() if BLOCK.search(text)])
def test_a_recipe_followed_literally_says_what_the_guide_says(
    name: str, project: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(name, project, call, monkeypatch)
    follow(RECIPES[name], project, call, monkeypatch)


FALSE = [  # a recipe, what it says, what would be false, or not work
    ("a case by hand", "M2,E2,S001,2,", "M2,E2,S001,3,"),
    ("a case by hand", "M1,E1,", "M1,E9,"),
    ("a case by hand", "SANCTION,MLT", "SANCTION,Malta"),
    ("a case by hand", "published,retrieved,language", "published,language,retrieved"),
    ("a case by hand", "title,publisher,published", "title,published"),
    ("a case by hand", "  en: Will", "  fr: Will"),
    ("a case by hand", "texts/S001.en.txt", "texts/S1.en.txt"),
    ("a case by hand", "2025-06-16: 2 events", "2025-06-16: 3 events"),
    ("a source", "S002  en", "S003  en"),
    ("a source", " --as-of 2025-06-20", ""),
    ("a source", "E3,S002,1", "E3,S002,2"),
    ("a source", "2025-06-20: 3 events", "2025-06-20: 2 events"),
    ("an actor", "Berg,surname,iris-berg", "Berg,weak,iris-berg"),
    ("an actor", "Jordan,,,here a ship", "Jordan,,,"),
    ("an actor", "Jordan,,,here a ship\n", ""),
    ("an actor", "iris-berg,person", "Iris Berg,person"),
    ("an actor", "o-berg,iris-berg,DEU", "o-berg,iris-berg,Germany"),
    ("an actor", "o-berg,iris-berg,DEU", "o-berg,iris-berg,FRA"),
    ("an actor", "minister,2025-05-06", "minister,2025-07-06"),
    ("an actor", " --case climate", ""),
    ("a name, a verb or a frame", "Binnenhof,seat,NLD", "Binnenhof,seat,BEL"),
    ("a name, a verb or a frame", "ACCUSE,,subj,obj", "ACCUSE,,obj,subj"),
    ("a name, a verb or a frame", "backbit,backbitten", "backbit,"),
    ("a name, a verb or a frame", "lang/en/frames.csv", "lang/de/frames.csv"),
]


@pytest.mark.parametrize(("name", "true", "false"), sample(FALSE, 0, 17, several=True))
def test_a_recipe_that_says_something_false_is_found(
    name: str, true: str, false: str, project: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert true in RECIPES[name]
    prepare(name, project, call, monkeypatch)
    with pytest.raises(AssertionError):
        follow(RECIPES[name].replace(true, false), project, call, monkeypatch)


@pytest.mark.slow
@pytest.mark.long
def test_a_case_by_hand_becomes_a_report_and_a_chart_of_ones_own_stands_in_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    for step in (step for name in ("a case by hand", "a chart") for step in list_steps(RECIPES[name])):
        if not step.command:
            write(project, step)
            continue
        program, *words = shlex.split(step.command)
        ours = program == "lagebild"
        done = lagebild(*words, project=project) if ours else run_in_shell(step.command, project)
        assert done.returncode == 0, done.stderr
        compare(step, done.stdout)
    page = html.parse(project / "reports/harbour/harbour-2025-06-16-en.html")
    (title,) = page.xpath("//section[.//*[@id='fig-own-acting']]//h2/text()")
    assert f"*{title}*" in RECIPES["a chart"]
    assert page.xpath("//*[@id='fig-own-acting']//b/text()")[0].startswith("Figure ")
    numbers = [int(text.split()[1].strip(".")) for text in page.xpath("//figcaption/b[@class='number']/text()")]
    assert numbers == sorted(numbers)


def run_in_shell(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    """Run a line in a shell, in a project."""
    return subprocess.run(["sh", "-c", command], cwd=project, capture_output=True, text=True, timeout=60)
