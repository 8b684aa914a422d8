"""Which cases of a test every run tries, and which only `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet


def sample(cases: Iterable[Any], *kept: int, several: bool = False) -> list[Any]:
    """Return the cases of a parametrized test: those at the places `kept` for every run, the others marked as long.

    Of a test of `several` parameters a case is a tuple of their values.
    """
    return [case if place in kept else _mark(case, several) for place, case in enumerate(cases)]


def _mark(case: Any, several: bool) -> ParameterSet:
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.long], id=case.id)
    return pytest.param(*(case if several else (case,)), marks=pytest.mark.long)
