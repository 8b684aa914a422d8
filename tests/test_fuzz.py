"""Articles and files of a case that nobody thought of; `benchmark_fuzz.py` tries many more of the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fuzz import case_files, files, look_at_case, read_once, samples, take_in
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from long import sample
from runs import copy_tiny

pytestmark = pytest.mark.usefixtures("today")

FILES, EDITS, BUILT = 225, 75, 5
FEW = 5  # in every run, one for so many of `make test-all`
# The same ones each time: a test that fails by chance helps nobody. Nothing is written beside the tests.
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def run(look: Callable[[str, bytes], object], strategy: SearchStrategy[tuple[str, bytes]], examples: int) -> list[bool]:
    """Look at examples of files, and return which of them were refused."""
    refused = list[bool]()

    def check(one: tuple[str, bytes]) -> None:
        refused.append(bool(look(*one)))

    settings(FIXED, max_examples=examples)(given(strategy)(check))()
    return refused


@pytest.mark.parametrize("examples", sample([FILES // FEW, FILES], 0))
def test_any_file_becomes_a_case_or_is_refused_in_a_sentence(tmp_path: Path, examples: int) -> None:
    refused = run(partial(take_in, tmp_path), files(samples()), examples)
    assert len(refused) >= examples
    assert 0.2 < sum(refused) / len(refused) < 0.95  # both ends are reached


@pytest.mark.parametrize("examples", sample([EDITS // FEW, EDITS], 0))
def test_any_edit_of_a_case_is_named_or_can_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: int
) -> None:
    monkeypatch.setattr("lagebild.core.tables.read_table", read_once())
    wrong = run(
        partial(look_at_case, copy_tiny(tmp_path), builds=iter(range(max(1, BUILT * examples // EDITS)))),
        case_files(),
        examples,
    )
    assert len(wrong) >= examples
    assert 0.2 < sum(wrong) / len(wrong) < 0.98
