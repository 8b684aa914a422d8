"""A section of the report: HTML that a template makes from an edition, with the figures that the template asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any
from urllib.parse import urlsplit

import jinja2
import pandas as pd
from markupsafe import Markup

from lagebild.charts.chart import Chart
from lagebild.charts.look import NARROW
from lagebild.charts.render import read_svg
from lagebild.core.csv_form import data_hash
from lagebild.core.judgements import LIKELIHOODS
from lagebild.core.paths import ANNEX, FACTS, FILES, FOLD, TEMPLATES, InputError
from lagebild.core.schema import ids
from lagebild.core.tables import records
from lagebild.report.edition import Edition
from lagebild.report.key_figures import count_key_figures

ANNEXED = re.compile(rf'\s*<section class="{ANNEX}\b[^>]*>.*?<h2[^>]*>(.*?)</h2>', re.DOTALL)
FOLDED = f'<details class="{FOLD}"><summary>{{summary}}</summary>{{section}}</details>'


@dataclass(frozen=True)
class Section:
    """A part of the report: HTML for people; the first one also holds facts and files for the exporters.

    The facts say which edition this is, the files are its tables, by name: with them, an executed notebook is all that
    an exporter needs. In the notebook, a section of the annex is closed until somebody opens it: it is long.
    """

    html: str
    facts: dict[str, str] | None = None
    files: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        annexed = ANNEXED.match(self.html)
        shown = FOLDED.format(summary=annexed[1], section=self.html) if annexed else self.html
        bundle = {"text/html": shown, FACTS: self.facts, FILES: self.files}
        # without words of its own, a notebook would keep the whole section once more, as Python writes it
        return {"text/plain": ""} | {kind: content for kind, content in bundle.items() if content}


NAMED = 3  # texts that a note names; of more it tells the pages
NOTHING = Section("")  # what has no content does not appear


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates for the sections that come: most of them import the same macros."""

    kept: dict[str, bytes] = {}  # noqa: RUF012 - one for the process: what a template says hangs on no edition

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a template that was compiled before; jinja compiles it anew if its file has changed."""
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a compiled template."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def render(edition: Edition, name: str, **values: Any) -> Section:
    """Return a section made from its template, with these values beside those of the edition.

    Raises
    ------
    InputError
        If the template cannot be read, or asks for a value, a word or a chart that is not there.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )
    environment.filters["host"] = lambda url: urlsplit(url).hostname or ""
    environment.globals.update(
        edition=edition,
        paths=edition.paths,
        data=edition.data,
        labels=edition.labels,
        t=edition.labels,
        lang=edition.paths.language,
        citable=edition.citable,
        ids=ids,
        count=partial(count_key_figures, edition),
        bands=LIKELIHOODS,
        find_figure=partial(find_figure, edition),
        find_texts=partial(find_texts, edition),
        most=NAMED,
    )
    try:
        return Section(environment.get_template(f"{name}.html.j2").render(**values))
    except InputError as fault:
        raise InputError(str(fault)) from None  # IPython loses an error whose traceback leads through a template
    except Exception as error:
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else f"{name}.html.j2"
        raise InputError(f"report/templates/{place}: {type(error).__name__}: {error}; correct the template.") from None


def find_figure(edition: Edition, name: str) -> dict[str, Any]:
    """Return a chart with its number in the report and its svg for page and phone.

    Raises
    ------
    InputError
        If the edition has no such chart, or its file is missing or older than its data.
    """

    def drawn(chart: Chart) -> Markup:
        return Markup(read_svg(edition.paths.figures / f"{chart.name}.svg", data_hash({chart.name: chart.frame})))

    wide = [one for one in edition.charts if not one.endswith(NARROW)]
    if name not in wide:
        raise InputError(f"There is no chart {name!r}: let lagebild/charts draw it, or take one of {', '.join(wide)}.")
    chart, narrow = edition.charts[name], edition.charts.get(name + NARROW)
    svg, small = drawn(chart), drawn(narrow) if narrow else ""
    return {"chart": chart, "number": wide.index(name) + 1, "svg": svg, "narrow": small}


def find_texts(edition: Edition, names: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return the texts that carry events and conditions best, each with the id of one of these.

    The most reliable come first; from the `NAMED`th on they stand in the order of the annex.
    """
    texts: dict[str, tuple[str, dict[str, Any]]] = {}
    for name in names:
        source = edition.citable[name]["lead"]["source"]
        texts.setdefault(source["source_id"], (name, source))
    ranked = sorted(texts.values(), key=lambda text: text[1]["reliability"])
    events = set(edition.data.events["event_id"])
    rest = sorted(ranked[NAMED:], key=lambda text: (text[0] not in events, in_time(edition, text[0])))
    return ranked[:NAMED] + rest


def known_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table with None where a number is unknown."""
    return records(frame.astype(object).where(frame.notna(), None))


def in_time(edition: Edition, name: str) -> tuple[str, str, str]:
    """Return what sorts an event or condition by time; what has no date comes last."""
    row = edition.citable[name]
    return row["earliest"] or row["latest"] or "9999", row["latest"], name
