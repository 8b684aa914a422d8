"""A selection of a corpus to a new case: which of its articles, and the line that makes the same case again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lagebild.archive.query import Chosen, write_selection
from lagebild.core import InputError, Reference, show
from lagebild.corpus import (
    Batch,
    FilingResult,
    Given,
    Page,
    address,
    clean_line,
    describe_page,
    find_read_language,
    paragraphs,
    sort_articles,
    write_case,
)

MOST = 200  # articles of a case, unless the user says otherwise: what two people can review in some days
NAMED = 100  # characters of the id of an article that a message repeats

# Copies last, as they add no voice; then every week in turn, in a week every publisher in turn, and of a publisher the
# article with most mentions first: neither one loud week nor one loud outlet fills a case.
PICK = """
WITH told AS (
  SELECT article_id, any_value(published) AS published, any_value(publisher) AS publisher, count(*) AS n,
    any_value(copied) AS copied
  FROM found GROUP BY article_id
), heard AS (
  SELECT *, date_trunc('week', published) AS week, row_number() OVER (
    PARTITION BY copied, date_trunc('week', published), publisher ORDER BY n DESC, published, article_id) AS turn
  FROM told
), placed AS (
  SELECT *, row_number() OVER (PARTITION BY copied, week ORDER BY turn, n DESC, published, article_id) AS place
  FROM heard
)
SELECT article_id FROM placed ORDER BY copied, place, n DESC, published, article_id LIMIT ?"""
RULE = "weeks and in them publishers take turns, the article with most mentions first, copies last"
COUNT = "SELECT count(DISTINCT article_id) FROM found"
FETCH = """
SELECT article_id, title, publisher, url, author, language, published, text FROM articles
WHERE article_id IN (SELECT unnest(?)) ORDER BY published, article_id"""


@dataclass(frozen=True)
class Outline:
    """What the user says of the new case: see `corpus.make_case`; `most` articles at most."""

    case: str
    title: str = ""
    question: str = ""
    subject: str = ""
    most: int = MOST


def outline_case(case: str, most: str, title: str = "") -> Outline:
    """Return the outline that parameters describe; without a case, the one of which `write_line` gives the form.

    Raises
    ------
    InputError
        If `most` is no number from 1 on.
    """
    if not re.fullmatch("[1-9][0-9]{0,5}", most):
        raise InputError(
            f"The parameter most holds {show(most)}: give the greatest number of articles, such as {MOST}."
        )
    return Outline(case or "NAME", title, most=int(most))


def pick_articles(chosen: Chosen, most: int = MOST) -> tuple[list[str], int]:
    """Return the ids of at most so many articles of a selection, and how many it has; see `PICK` for which."""
    (selected,) = chosen.base.execute(COUNT).fetchall()[0]
    return [row[0] for row in chosen.base.execute(PICK, [most]).fetchall()], int(selected)


def write_line(chosen: Chosen, outline: Outline) -> str:
    """Return the command that makes this case again, for a POSIX shell."""
    values = {"corpus": chosen.archive.folder, **write_selection(chosen.selection), "most": str(outline.most)}
    values |= {name: clean_line(getattr(outline, name)) for name in ("title", "question", "subject")}
    words = [word for name, value in values.items() if value for word in (f"--{name}", value)]
    return shlex.join(["lagebild", "new", outline.case, *words])


def harvest_case(chosen: Chosen, outline: Outline, root: str = "") -> FilingResult:
    """Make a case of a selection, ready for a run and for review; the first note says how many articles that has.

    The same selection of the same corpus gives the same files on the same day (see `corpus.read_today`).

    Raises
    ------
    InputError
        If there is such a case, its name is none, or no article can be read.
    """
    ids, selected = pick_articles(chosen, outline.most)
    origin = f"# From the corpus with the manifest {chosen.archive.digest}:\n# {write_line(chosen, outline)}\n"

    def read(reference: Reference, today: str) -> Batch:
        described = (describe_page(reference, page, page.place, Given(), today) for page in _open_pages(chosen, ids))
        return sort_articles(((page, False) for page in described), [], [], {})

    made = write_case(
        outline.case, read, outline.title, root, question=outline.question, subject=outline.subject, origin=origin
    )
    says = f"{selected:,} article{'s' * (selected != 1)} of the corpus fit"
    if selected > len(ids):
        says += f"; by --most {outline.most} {selected - len(ids):,} of them are left out: {RULE}"
    return replace(made, notes=[f"{says}.", *made.notes])


def _open_pages(chosen: Chosen, ids: list[str]) -> Iterator[Page]:
    """Yield articles as the readers of files give them; their `place` is what messages call them."""
    for name, title, publisher, url, author, language, published, text in chosen.base.execute(FETCH, [ids]).fetchall():
        called = clean_line(name)[:NAMED]
        yield Page(
            paragraphs(text or ""),
            title=title or "",
            publisher=publisher or "",
            author=author or "",
            published=published.isoformat() if isinstance(published, date) else "",
            reason=f"as the corpus says of its article {called}",
            url=address(url or ""),
            language=find_read_language(language or ""),
            place=called,
        )
