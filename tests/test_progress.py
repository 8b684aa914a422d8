"""What a command says that it will take, and how far it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from examples import tiny
from lagebild.core.folders import Paths
from lagebild.run import options
from lagebild.run.options import Forecast, announce, forecast_reading, forecast_run, show_progress
from lagebild.run.steps import STEPS

SENTENCE = f"{'The army of the country attacked a town on the coast with drones on Monday, as its rulers said':<124}\n"

PARTS = (*STEPS, None)  # of one edition in one language


@pytest.fixture(autouse=True)
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forecast as on an idle machine, whatever else this one is at."""
    monkeypatch.setattr("os.getloadavg", lambda: (0.0, 0.0, 0.0), raising=False)


def lay_out(root: Path, texts: int, sentences: int) -> Paths:
    paths = Paths("war", "2025-06-16", root=str(root))
    paths.texts.mkdir(parents=True)
    for number in range(texts):
        language = ("de", "en")[number % 2]
        (paths.texts / f"S{number:03}.{language}.txt").write_text(SENTENCE * (sentences // texts), encoding="utf-8")
    return paths


@pytest.mark.parametrize(
    ("texts", "sentences", "seconds", "megabytes"),
    [(10, 105, 9.1, 10), (40, 630, 11.5, 15), (80, 1157, 13.5, 20), (120, 2144, 19.1, 26), (274, 4726, 33.8, 34)],
)
def test_a_run_takes_about_what_was_measured(
    tmp_path: Path, texts: int, sentences: int, seconds: float, megabytes: float
) -> None:
    paths = lay_out(tmp_path, texts, sentences)
    told = forecast_run(paths, PARTS, 2)
    assert told.seconds == pytest.approx(seconds, rel=1 / 3)
    assert told.megabytes == pytest.approx(megabytes, rel=1 / 3)
    assert told.what.startswith(f"Making 1 report from {texts} texts (about ")
    assert told.what.endswith(" sentences in de and en)")


def test_all_takes_longer_where_others_want_the_processors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "count_cores", lambda: 2)
    paths = lay_out(tmp_path, 40, 630)
    before = forecast_run(paths, PARTS, 2).seconds
    monkeypatch.setattr("os.getloadavg", lambda: (5.0, 0.0, 0.0), raising=False)
    assert forecast_run(paths, PARTS, 2).seconds == pytest.approx(2.5 * before)


def test_what_is_there_takes_no_time_again(tmp_path: Path) -> None:
    paths = lay_out(tmp_path, 100, 2000)
    whole, rest = forecast_run(paths, PARTS, 2), forecast_run(paths, PARTS[-2:], 2)
    assert rest.seconds < whole.seconds / 2


def test_what_people_coded_counts_for_the_size(root: Path) -> None:
    paths = tiny(root)
    before = forecast_run(paths, PARTS, 2)
    file = paths.inputs / "mentions.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([head, *rows * 40]), encoding="utf-8")
    after = forecast_run(paths, PARTS, 2)
    assert after.megabytes > before.megabytes + 10


def test_files_take_what_their_kind_takes(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}{kind}" for number in range(10) for kind in (".html", ".pdf")]
    for file in files:
        file.write_bytes(b" " * 500_000)
    page, scan = (forecast_reading([str(file) for file in files if file.suffix == kind]) for kind in (".html", ".pdf"))
    assert (page.what, round(page.seconds, 1), round(scan.seconds, 1)) == ("Reading 10 files", 0.8, 13.5)
    assert [forecast_reading([name]).what for name in ("gone.txt", "x" * 5000, "\0")] == ["Reading 1 file"] * 3


@pytest.mark.parametrize(
    ("seconds", "quiet", "says"),
    [
        (4.0, False, ""),
        (12.0, False, "Reading: about 10 seconds and 1 MB.\n"),
        (200.0, False, "Reading: about 3 minutes and 1 MB.\n"),
        (200.0, True, ""),
    ],
)
def test_what_takes_more_than_a_few_seconds_is_said_before(
    capsys: pytest.CaptureFixture[str], seconds: float, quiet: bool, says: str
) -> None:
    announce(Forecast("Reading", seconds, 0.2), quiet)
    assert capsys.readouterr() == ("", says)


@pytest.mark.parametrize("quiet", [False, True])
def test_without_a_terminal_a_line_says_at_times_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    clock = iter(range(0, 1000, 4))  # each time that it is asked, four seconds later
    monkeypatch.setattr(options, "monotonic", lambda: next(clock))
    with show_progress(12, "Reading", "file", quiet) as tell:
        for _ in range(12):
            tell(1)
    told = "".join(f"Reading: {n} of 12 files are done.\n" for n in (3, 6, 9))
    assert capsys.readouterr() == ("", "" if quiet else told)


def test_a_terminal_shows_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(options, "DELAY", 0)
    with show_progress(2, "Reading", "file", False) as tell:
        tell(2)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Reading: 100%" in printed.err
    assert "are done" not in printed.err
