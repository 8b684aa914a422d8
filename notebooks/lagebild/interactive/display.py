"""How a notebook begins, and what it shows to who works in it: whole tables to sort and search, figures to zoom.

JupyterLab, Jupyter Notebook and VS Code name the cell in each request to run one; papermill and nbclient do not. So a
run leaves tables as they are, and needs of what stands here the beginning, how figures of plotly are shown, and the
findings: the first sentence of each notebook, computed from the tables in the reader's language. That of notebook
05 is the answer of its report (`report.say_answer`), that of the notebook of a corpus stands beside its charts
(`archive.say_corpus`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from html import escape, unescape
from importlib.util import find_spec
from typing import Any, TypeVar

import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import Pretty, clear_output, display
from pandas.io.formats.style import Styler
from plotly.io import renderers, templates
from plotly.io.base_renderers import PlotlyRenderer
from tqdm import tqdm

from lagebild.analysis import OpenEdition, check_parameters
from lagebild.charts import NARROW, TEMPLATE, Chart, describe_week, find_week
from lagebild.core import (
    Case,
    InputError,
    Labels,
    Paths,
    Reference,
    edtf,
    folders,
    locate,
    read_labels,
    read_reference,
    records,
    show,
)
from lagebild.corpus import find_states_without_publisher

# --- The Beginning of a Notebook ---


@dataclass(frozen=True, eq=False)
class OpenStep:
    """What a notebook works with: where its files lie, what the method knows, and from which day events count."""

    where: Paths
    reference: Reference
    since: str

    @cached_property
    def words(self) -> Labels:
        """The words of the reader's language."""
        return read_labels(self.reference, self.where.language)

    @cached_property
    def edition(self) -> OpenEdition:
        """What the steps before have built, as an analyst opens it; a table is read when it is first asked for."""
        return OpenEdition(self.where, self.reference)


def open_step(
    name: str, case: str, as_of: str, language: str = "en", root: str = "", output: str = "", **asked: str
) -> OpenStep:
    """Check the parameters of a notebook, and let it show tables and charts to whoever works in it.

    Parameters
    ----------
    name
        Number of the step, such as ``03``; empty for a notebook that is no step.
    case, as_of, language, root, output
        As `core.locate` takes them.
    **asked
        The other parameters by name: those that shaped tables of earlier steps have to be what they were there.

    Raises
    ------
    InputError
        If a parameter has a value that cannot be, or papermill was given one that the notebook does not have.
    """
    _check_names()
    where = locate(case, as_of, language, root, output)
    since = edtf.day(asked.get("since", ""), "since")
    check_parameters(where, name, **(asked | {"since": since}))
    return _greet(where, since)


def open_without_case(language: str, root: str) -> OpenStep:
    """Do the same in a notebook that reads no case."""
    _check_names()
    return _greet(Paths("", "", folders.check_language(language), root))


def _greet(where: Paths, since: str = "") -> OpenStep:
    reference = read_reference(where)
    make_interactive(reference, where.language)
    return OpenStep(where, reference, since)


def _check_names() -> None:
    """Refuse a parameter that the notebook does not have: papermill only warns, and the run would go on without it."""
    cells: list[str] = getattr(get_ipython(), "user_ns", {}).get("In", [])
    injected = next((cell for cell in reversed(cells) if cell.startswith("# Parameters")), "")
    known = re.findall(r"(?m)^(\w+): str = ", "\n".join(cells))
    for name in re.findall(r"(?m)^(\w+) = ", injected):
        if name not in known:
            near = "".join(f" the nearest is {nearest}; " for nearest in get_close_matches(name, known, 1))
            raise InputError(f"There is no parameter {show(name)}:{near or ' '}this notebook has {', '.join(known)}.")


# --- Findings ---

STRENGTHS = ("firm", "thin", "undecided")


def say_sources(sources: pd.DataFrame, states: Collection[str], labels: Labels) -> str:
    """Return how many texts of how many outlets are known, and which states of the case speak for themselves alone.

    `sources` has reporter, country and standing, `states` are those between which the case plays. Of these are named
    the ones without an outlet, and those whose outlets are all close to the state.
    """
    countries = sources["country"].replace("", pd.NA).nunique()
    sentences = [labels("finding.sources", n=len(sources), outlets=sources["reporter"].nunique(), countries=countries)]
    close = sources.loc[sources["standing"] == "state", "country"]
    official = sorted((set(states) & set(close)) - set(sources.loc[sources["standing"] != "state", "country"]))
    for key, named in (
        ("finding.unheard", find_states_without_publisher(sources, states)),
        ("finding.official", official),
    ):
        if named:
            sentences.append(labels(key, n=len(named), names=labels.names(named)))
    return " ".join(sentences)


def describe_dataset(mentions: pd.DataFrame, events: pd.DataFrame, labels: Labels) -> str:
    """Return how many events how many mentions tell, how many of these people saw, and how many events are contested.

    `mentions` has mention_id, event_id and reviewed, `events` has contested.
    """
    reports = mentions[mentions["event_id"] != ""].drop_duplicates("mention_id")
    reviewed, contested = int((reports["reviewed"] == "yes").sum()), int((events["contested"] != "no").sum())
    counts = {"mentions": len(reports), "n": len(events), "contested": contested}
    if 0 < len(reports) == reviewed:
        return labels("finding.dataset_reviewed", **counts)
    return labels("finding.dataset", reviewed=reviewed, **counts)


def describe_timeline(events: pd.DataFrame, case: Case, as_of: str, labels: Labels) -> str:
    """Return which week leads; of too few events for that, how many have a date, and which days they span.

    `events` has date, earliest and latest.
    """
    dated, week = events[events["date"] != ""], find_week(events, case, as_of)
    if week:
        return describe_week(week, len(dated), case.previous(as_of), labels)
    days = sorted({*dated["earliest"], *dated["latest"]} - {""})
    if not days:
        return labels("alt.no_events", n=0)
    span = labels("finding.span", span=labels.date(f"{days[0]}/{days[-1]}"))
    return f"{labels('finding.timeline', dated=len(dated), n=len(events))} {span}"


def describe_relations(ties: pd.DataFrame, labels: Labels) -> str:
    """Return how many ties are firm, and of these the one of cooperation and the one of conflict that most acts carry.

    `ties` is the table of that name. Acts are counted, as the net does not compare between pairs.
    """
    if ties.empty:
        return labels("finding.no_ties")
    count = {strength: int((ties["strength"] == strength).sum()) for strength in STRENGTHS}
    sentence = labels("ties.lead", n=len(ties), **count)
    firm = ties[ties["strength"] == "firm"].sort_values("n_events", ascending=False, kind="stable")
    best = records(firm.drop_duplicates("sign").sort_values("sign"))
    named = [
        labels(
            f"finding.{tie['sign']}", one=labels.actor(tie["one"]), other=labels.actor(tie["other"]), n=tie["n_events"]
        )
        for tie in best
    ]
    return f"{sentence} {labels('finding.firm', ties=labels.enumerate(named))}" if named else sentence


# --- Tables and Charts ---

PAGES = (10, 25, 100)  # rows; tables that fit on the first have nothing to search or turn
BRIEF = 24  # characters that stay on one line, such as an interval of dates
# Words in a column are searched as in the whole table: the list of other ways, which has no name for screen readers, is
# hidden. Long texts break into lines, and a table wider than the notebook scrolls in its own frame.
LOOK = """.dt-container { --dt-html-background: var(--jp-layout-color0, transparent); }
.dt-container .dt-layout-table { overflow-x: auto; }
.dt-container th :is(.dtcc, .dtcc-button-icon svg) { flex: none; width: 1.1em; }
.dtcc-dropdown .dtcc-search :is(select, .dtcc-search-type-icon) { display: none; }
.dt-container table.dataTable :is(td, th) { text-align: start; vertical-align: top; }
.dt-container table.dataTable td { min-width: 4em; max-width: 36em; overflow-wrap: anywhere; }
.dt-container table.dataTable td.dt-type-numeric { text-align: end; font-variant-numeric: tabular-nums; }"""

# Dark or light as the front end is; itables' own call of it comes before the library is there, and fails.
THEME = '<script type="module">(await window.{library}).set_or_remove_dark_class();</script>'
CONTROLS = {
    "search": "search",
    "lengthMenu": "length",
    "info": "info",
    "infoEmpty": "no_rows",
    "infoFiltered": "filtered",
    "zeroRecords": "none",
    "emptyTable": "no_rows",
}
SORTING = ("orderable", "orderableReverse", "orderableRemove")


def is_watched() -> bool:
    """Return whether the cell that runs was started in a front end, where somebody sees what it shows."""
    request: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    return bool(request.get("metadata", {}).get("cellId"))


def first(table: pd.DataFrame, n: int, by: str = "") -> pd.DataFrame:
    """Return the whole table for who works in the notebook, else its first `n` rows, for each value of column `by`."""
    return table if is_watched() else (table.groupby(by) if by else table).head(n)


def lead(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table of texts in several languages, those in one of them first."""
    return table.sort_values("language", key=lambda column: column != language, kind="stable")


def show_rows(table: pd.DataFrame, otherwise: str) -> pd.DataFrame | Pretty:
    """Return a table, or the sentence that says why it has no row."""
    return Pretty(otherwise) if table.empty else table  # type: ignore[no-untyped-call]


T = TypeVar("T")


def follow(steps: Collection[T]) -> Iterable[T]:
    """Yield what is given, under a bar of progress for who works in the notebook; the next output takes its place."""
    if not is_watched():
        yield from steps
        return
    yield from tqdm(steps, desc="Lagebild", file=sys.stdout)
    clear_output(wait=True)  # type: ignore[no-untyped-call]


def make_interactive(reference: Reference, language: str) -> None:
    """Show tables to sort, search and page, and charts in the theme, from now on, if somebody works in the notebook.

    The words of the tables are in the language given. Nothing is fetched: what runs in the browser, DataTables as
    itables packs it, becomes the output of the cell.
    """
    shell: Any = get_ipython()
    if not shell:
        return
    labels = read_labels(reference, language)
    templates["lagebild"] = TEMPLATE
    templates.default = "simple_white+lagebild"
    renderers["lagebild"] = FigureRenderer(labels("plot.unseen"))
    renderers.default = "lagebild+png" if find_spec("kaleido") else "lagebild"  # kaleido draws the pictures of plotly
    if not is_watched():
        return
    from itables import options
    from itables.javascript import generate_init_offline_itables_html

    library = generate_init_offline_itables_html(options.dt_bundle)
    name = re.findall(r"window\.(_itables_\w+) =", library)[0]
    charts = f"<style>{(folders.WIDGETS / 'explore-charts.css').read_text(encoding='utf-8')}</style>"
    shell.display_pub.publish({"text/html": library + charts + THEME.format(library=name), "text/plain": ""})
    html = shell.display_formatter.formatters["text/html"]
    for kind in (pd.DataFrame, pd.Series):
        html.for_type(kind, lambda table: draw_table(table, labels))
    html.for_type(Styler, lambda styled: draw_table(styled.data, labels))


MARKED = ("x", "y", "text", "hovertext", "customdata", "name", "labels")  # of a trace, what may hold words of texts


class FigureRenderer(PlotlyRenderer):  # type: ignore[misc] # plotly tells no types
    """Shows a figure of plotly to what runs scripts, and says to what runs none how to see it.

    What it draws comes from texts: of the markup that plotly knows, bold, italic and line breaks alone are left.
    """

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note

    def to_mimebundle(self, fig_dict: dict[str, Any]) -> dict[str, Any]:
        """Return the output of a cell by its media types."""
        bundle: dict[str, Any] = super().to_mimebundle(fig_dict)
        for figure in bundle.values():
            for trace in figure["data"]:
                trace.update({name: _clean_markup(trace[name]) for name in MARKED if name in trace})
        return bundle | {"text/plain": self.note}


def _clean_markup(value: Any) -> Any:
    """Return words in which plotly finds no markup but bold, italic and line breaks."""
    if isinstance(value, str):
        return re.sub("&lt;(/?(?:b|i|br))&gt;", r"<\1>", escape(unescape(value), quote=False))
    return [_clean_markup(item) for item in value] if isinstance(value, list) else value


def draw_table(table: pd.DataFrame | pd.Series, labels: Labels) -> str:
    """Return a table as HTML, whole and escaped, with which one can sort, search and page."""
    from itables.javascript import to_html_datatable

    frame = lay_flat(table, labels)
    search = {"extend": "searchText", "placeholder": labels("table.column")}
    column: Any = [{"extend": "dropdown", "icon": "search", "content": [search]}]
    brief = [place for place, name in enumerate(frame) if frame.iloc[:, place].astype(str).str.len().max() <= BRIEF]
    return to_html_datatable(
        frame,
        connected=False,
        allow_html=False,
        maxBytes=0,
        maxColumns=0,
        showIndex=False,
        classes="display compact",
        style="table-layout:auto;width:auto;margin:0",
        css=LOOK,
        pageLength=PAGES[0],
        lengthMenu=list(PAGES),
        columnDefs=[{"targets": brief, "className": "dt-nowrap"}],
        display_logo_when_loading=False,
        language=say_controls(labels),
        warn_on_unexpected_option_type=False,  # itables takes the words of column controls for a mistake
        **({"columnControl": column} if len(frame) > PAGES[0] else {}),
    )


def lay_flat(table: pd.DataFrame | pd.Series, labels: Labels) -> pd.DataFrame:
    """Return a table in which every column has a heading, also those of the index; mere row numbers are left out.

    A list in a cell becomes its items with commas between them.
    """
    frame = pd.DataFrame(table)
    lists = [name for name in frame if len(frame) and frame[name].map(lambda cell: isinstance(cell, list)).all()]
    frame = frame.assign(**{str(name): frame[name].str.join(", ") for name in lists})
    if isinstance(table, pd.Series) and table.name is None:
        frame.columns = [labels("table.value")]
    if frame.index.names == [None] and pd.api.types.is_integer_dtype(frame.index):
        return frame.reset_index(drop=True)
    names = [name or labels("table.name") for name in frame.index.names]
    return frame.reset_index(names=names, allow_duplicates=True).rename_axis(columns=None)


def say_controls(labels: Labels) -> dict[str, Any]:
    """Return the words of DataTables in the reader's language (https://datatables.net/reference/option/language)."""
    words = {key: labels(f"table.{name}") for key, name in CONTROLS.items()}
    turn = {key: labels(f"table.{key}") for key in ("first", "previous", "next", "last")}
    return words | {
        "aria": {key: labels(f"table.{key}") for key in SORTING} | {"paginate": turn},
        "columnControl": {"dropdown": labels("table.column")},
    }


def show_finding(sentence: str, charts: Sequence[Chart] = ()) -> None:
    """Show what a notebook found: a sentence, and below it the first chart that is not for small screens, if any."""
    chart = next((chart for chart in charts if not chart.name.endswith(NARROW)), None)
    headline = f'<p style="font-size:1.25em;line-height:1.45;max-width:44em">{escape(sentence)}</p>'
    named = f'<p style="max-width:46em">{escape(chart.title)}.</p>' if chart else ""
    display({"text/html": headline + named, "text/plain": sentence}, raw=True)  # type: ignore[no-untyped-call]
    if chart:
        display(chart)  # type: ignore[no-untyped-call]
