"""The languages that are read: each has tables and code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from known import REFERENCE
from lagebild.coder.coder import draft_text
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference

DAY = "2025-06-16"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE.folder, tmp_path / "data" / "reference"))


def test_tables_without_code_are_named(own: Path) -> None:
    shutil.copytree(own / "lang" / "en", own / "lang" / "xx")
    with pytest.raises(
        InputError, match=r"^data/reference/lang/xx has tables .+ add a module lagebild\.coder\.lang\.xx"
    ):
        draft_text(Reference(own), "Xa xo xe.", "xx", DAY)


def test_code_without_tables_is_named(own: Path) -> None:
    shutil.rmtree(own / "lang" / "de")
    with pytest.raises(InputError, match=r"^The language 'de' has code .+ but no tables: add .+/lang/de\.$"):
        draft_text(Reference(own), "Putin kam.", "de", DAY)


@pytest.mark.parametrize("code", ["fr", "", "../de", "d e", "de.en", "__init__"])
def test_a_language_with_neither_is_not_read(code: str) -> None:
    with pytest.raises(InputError, match=r"is not read; choose one of de, en\.$"):
        draft_text(REFERENCE, "Poutine est venu.", code, DAY)
