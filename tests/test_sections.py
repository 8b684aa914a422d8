"""Sections of the report: what is wrong with a template is said in one sentence that names it."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

import pytest
from examples import edition_of, tiny
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.report import document as section
from lagebild.report.edition import Edition, gather_edition

WRONG = [
    ("{{ t('no.such.key') }}", "data/reference/words.csv has no row no.such.key: add it"),
    ("{{ find_figure('tone') }}", "There is no chart 'tone': let lagebild/charts draw it, or take one of"),
    ("\n{{ nothing.there }}", "report/templates/x.html.j2, line 2: UndefinedError: 'nothing' is undefined; correct"),
    ("\n\n{% if %}", "report/templates/x.html.j2, line 3: TemplateSyntaxError: Expected an expression"),
    ("{{ 1 // 0 }}", "report/templates/x.html.j2, line 1: ZeroDivisionError: "),
]


@pytest.fixture
def edition(root: Path) -> Edition:
    paths = tiny(root)
    edition_of(paths)
    return gather_edition(REFERENCE, paths)


def test_a_mistake_in_a_template_gets_a_sentence_that_no_notebook_loses(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(section, "TEMPLATES", tmp_path)
    for wrong, sentence in WRONG:
        (tmp_path / "x.html.j2").write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError) as raised:
            section.render(edition, "x")
        assert sentence in str(raised.value)
        # IPython formats no traceback that leads through a template: it would print no error at all
        assert raised.value.__suppress_context__
        assert not [frame for frame in extract_tb(raised.value.__traceback__) if frame.filename.endswith(".j2")]
