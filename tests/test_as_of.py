"""An edition knows what had been published by its day, and nothing that came later."""

from __future__ import annotations

import re
import shutil
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import yaml
from babel.dates import format_date, get_month_names
from examples import dataset_of, edition_of, findings_of, open_case, render, visible
from known import REFERENCE
from lagebild.analysis.firmness import TALKS
from lagebild.charts.timeline.lanes import place_events, split_periods
from lagebild.core.case import read_case_file
from lagebild.core.csv_files import to_csv
from lagebild.core.edtf import parse
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import PARTS, Entry, read_judgements
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices
from lagebild.core.schema import built_tables, ids
from lagebild.core.tables import read_case, records
from lagebild.corpus.inputs import describe_sources, known_sources
from lagebild.report.integrity import find_unknown
from long import sample
from pages import Page

pytestmark = pytest.mark.slow  # whole editions

CASE = "russia-iran"
AS_OF = "2025-06-16"
DAYS = ["2024-12-31", "2025-01-31", "2025-05-25", "2025-06-13", AS_OF]
CODED = (
    "retrieved",
    "rule",
    "sha256",
    "start",
    "end",
)  # where a text stands, and when it was read and coded, is no knowledge
LAST = locate(CASE, read_case_file(locate(CASE, AS_OF)).editions[-1])


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_every_row_rests_on_sources_published_by_the_day(as_of: str) -> None:
    data = dataset_of(locate(CASE, as_of))
    assert len(data.sources) > 10
    assert (data.sources["known_from"] <= as_of).all()
    known = set(data.sources["source_id"])
    assert set(data.sentences["source_id"]) == known
    assert set(data.mentions["source_id"]) <= known
    for table in (data.events, data.conditions):
        assert (table["known_from"] <= as_of).all()
        done = table[table["status"] != "hypothetical"]  # a session may be announced for a later day
        assert (done["latest"] <= as_of).all()
        assert (done["earliest"] <= as_of).all()


def _last_day(published: str) -> str:
    """Return the last day on which a page may have been published: of a month or a year its last, of two days both."""
    text = published.split("/")[-1]
    if len(text) == 10:
        return text
    year, month = int(text[:4]), int(text[5:7] or 12)
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"


@pytest.mark.parametrize(
    ("published", "last"),
    [
        ("2025-06-16", "2025-06-16"),
        ("2025-06", "2025-06-30"),
        ("2024-02", "2024-02-29"),
        ("2025", "2025-12-31"),
        ("2025-06-14/2025-06-17", "2025-06-17"),
        ("2025-05/2025-06", "2025-06-30"),
    ],
)
def test_a_page_of_doubtful_day_is_known_from_the_last_that_it_may_be(published: str, last: str) -> None:
    assert _last_day(published) == last
    page = {"source_id": "S1", "published": published, "retrieved": "2026-11-24"}
    pages = describe_sources(pd.DataFrame([page]), {("S1", "en"): "Words."}, "somewhere")
    before = (date.fromisoformat(last) - timedelta(1)).isoformat()
    assert known_sources(pages, before).empty
    assert list(known_sources(pages, last)["source_id"]) == ["S1"]


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_an_edition_knows_exactly_the_pages_that_were_certainly_published_by_its_day(as_of: str) -> None:
    pages = read_case(locate(CASE, as_of), "sources")
    certain = {page["source_id"] for page in records(pages) if _last_day(page["published"]) <= as_of}
    assert set(dataset_of(locate(CASE, as_of)).sources["source_id"]) == certain
    assert set(pages["source_id"]) - certain


def test_pages_that_may_have_come_later_wait_though_they_may_have_come_earlier() -> None:
    pages = {page["source_id"]: page["published"] for page in records(read_case(locate(CASE, AS_OF), "sources"))}
    doubtful = {name for name, day in pages.items() if day[: len(day.split("/")[0])] <= AS_OF < _last_day(day)}
    by_month = {name for name in doubtful if pages[name] == AS_OF[:7]}
    between = {name for name in doubtful if "/" in pages[name]}
    assert by_month
    assert between
    known = dataset_of(locate(CASE, AS_OF))
    for table in (known.sources, known.sentences, known.mentions, known.drafts):
        assert not set(table["source_id"]) & doubtful


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_the_tables_are_those_of_a_case_that_never_heard_of_what_came_later(as_of: str, tmp_path: Path) -> None:
    paths = _case_without_what_came_later(tmp_path / "then", as_of)
    then = edition_of(paths)
    now = edition_of(Paths(CASE, as_of, output=str(tmp_path / "now")))
    assert then.keys() == now.keys()
    for name in then.keys() - {"inputs"}:  # the hashes of the files, which do differ
        assert to_csv(then[name]) == to_csv(now[name]), name


def _case_without_what_came_later(root: Path, as_of: str) -> Paths:
    """Write the case as it would have been written on a day: sources, mentions, names and judgements of that day."""
    before = locate(CASE, as_of)
    paths = Paths(CASE, as_of, root=str(root))
    paths.texts.mkdir(parents=True)
    sources, mentions = open_case(before).corpus.sources, read_case(before, "mentions")
    known = set(known_sources(sources, as_of)["source_id"])
    assert known < set(sources["source_id"])
    reported = mentions[mentions["source_id"].isin(known)]
    kept = {
        "sources": read_case(before, "sources").query("source_id in @known"),
        "mentions": reported,
        "decisions": read_case(before, "decisions").query("row in @reported.mention_id"),
        "events": read_case(before, "events").query("event_id in @reported.event_id"),
        "conditions": read_case(before, "conditions").query("condition_id in @reported.condition_id"),
    }
    told = {*reported["event_id"], *reported["condition_id"]}
    kept["recoding"] = read_case(before, "recoding").query("mention_id in @reported.mention_id")
    content = yaml.safe_load((before.inputs / "judgements.yml").read_text(encoding="utf-8"))
    for part in PARTS:
        content[part] = [entry for entry in content.get(part, []) if entry["as_of"] <= as_of]
    explained = {entry["id"] for entry in content["hypotheses"]}
    rated = read_case(before, "consistency")
    kept["consistency"] = rated[rated["evidence"].isin(told) & rated["hypothesis"].isin(explained)]
    (paths.inputs / "judgements.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    for name, frame in kept.items():
        (paths.inputs / f"{name}.csv").write_text(to_csv(frame), encoding="utf-8")
    for file in before.texts.glob("*.txt"):
        if file.name.split(".")[0] in known:
            shutil.copy(file, paths.texts)
    content = yaml.safe_load((before.inputs / "case.yml").read_text(encoding="utf-8"))
    content["editions"] = [edition for edition in content["editions"] if edition <= as_of] or [as_of]
    (paths.inputs / "case.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return paths


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_every_judgement_in_force_is_of_that_day_or_earlier(as_of: str) -> None:
    assert all(entry.as_of <= as_of for entry in read_judgements(locate(CASE, as_of)).entries())


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_no_period_of_the_timeline_reaches_beyond_the_day(as_of: str) -> None:
    paths = locate(CASE, as_of)
    case, words = read_case_file(paths), read_labels(REFERENCE, "en")
    events = dataset_of(paths).events
    events = events[events["status"] != "hypothetical"]  # a session may be announced for a later day
    placed = place_events(events, case, read_offices(REFERENCE), REFERENCE.table("event_types"), words)
    assert max(period.end for period in split_periods(placed, case, as_of)) <= as_of


# --- what the findings of an edition cite ---

CITED = {  # the columns with ids of events and conditions in the tables that rest on events
    "relations": ("event_ids", "contested_ids"),
    "ties": ("event_ids",),
    "relation_changes": ("event_ids",),
    "relation_series": ("event_id",),
    "triads": ("event_ids",),
    "claims": ("event_id",),
    "stakes": ("evidence",),
    "consistency": ("evidence",),
    "hypotheses": ("inconsistent_ids",),
    "robustness": ("single",),
}


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_ties_triads_and_options_cite_only_what_is_known_and_what_pages_of_the_day_tell(as_of: str) -> None:
    paths = locate(CASE, as_of)
    found, data = findings_of(paths), dataset_of(paths)
    known = {*data.events["event_id"], *data.conditions["condition_id"]}
    assert not found["ties"].empty
    for name, columns in CITED.items():
        for column in columns:
            cited = {one for cell in found[name][column] for one in ids(cell)}
            assert cited <= known, (name, column)
    told = {one for table in (data.events, data.conditions) for cell in table["mention_ids"] for one in ids(cell)}
    assert told == set(data.mentions["mention_id"])


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_whatever_would_turn_a_tie_is_an_act_a_publisher_or_an_event_of_the_edition(as_of: str) -> None:
    paths = locate(CASE, as_of)
    found, data = findings_of(paths), dataset_of(paths)
    acts = {*data.events["event_id"], *data.events["process"]} - {""}
    publishers = {f"publisher-{name}" for name in data.sources["source_id"]}
    retyped = {f"{event['event_id']}:{kind}" for event in records(data.events) for kind in ids(event["type_alt"])}
    turning = {one for cell in found["ties"]["turned_by"] for one in ids(cell)}
    assert turning
    assert turning <= acts | publishers | retyped | {TALKS}
    assert set(found["jackknife"]["replicate_id"]) & publishers
    assert {name for name in found["jackknife"]["replicate_id"] if name.startswith("publisher-")} <= publishers


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_the_firm_ties_of_an_edition_are_the_only_ones_in_its_triads(as_of: str) -> None:
    found = findings_of(locate(CASE, as_of))
    firm = {(row["one"], row["other"]): row["sign"] for row in records(found["ties"]) if row["strength"] == "firm"}
    for triad in records(found["triads"]):
        for one, other in ("ab", "ac", "bc"):
            assert firm[triad[one], triad[other]] == triad[f"sign_{one}{other}"]


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_every_judgement_in_force_cites_only_what_is_known(as_of: str) -> None:
    paths = locate(CASE, as_of)
    assert not list(find_unknown(paths, read_judgements(paths), dataset_of(paths)))


@pytest.mark.parametrize("as_of", sample(DAYS, 2, 4))
def test_the_name_of_a_process_tells_no_day_that_came_later(as_of: str) -> None:
    named = set(dataset_of(locate(CASE, as_of)).events["process"]) - {""}
    assert named
    later = {name for name in named for day in re.findall(r"20\d\d(?:-\d\d)?", name) if day > as_of}
    assert not later


# --- the whole output of the first edition ---


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what can be read of the first edition: in its tables, figures and reports in both languages."""
    folder, texts = str(tmp_path_factory.mktemp("first")), {}
    for name, frame in edition_of(Paths(CASE, AS_OF, output=folder)).items():
        kept = [column for column in frame.columns if column not in CODED]
        texts[name] = "\n".join(str(cell) for row in records(frame[kept]) for cell in row.values())
    for language in ("de", "en"):
        for name, section in render(Paths(CASE, AS_OF, language, output=folder)).items():
            section = re.sub(r'(?s)<span class="rule">.*?</span>', "", section)  # when it was coded, like `CODED`
            page = Page(section)
            named = [e.get(a) for e in page.elements for a in ("id", "href", "title", "alt", "aria-label") if e.get(a)]
            texts[f"{language} {name}"] = "\n".join([visible(section), *named, *_drawn(page)])
    sections = [{name[3:] for name in texts if name.startswith(f"{language} ")} for language in ("de", "en")]
    assert sections[0] == sections[1]
    assert len(sections[0]) > 14
    assert texts.keys() >= set(built_tables()) - {"revisions"}
    return texts


def _drawn(page: Page) -> Iterator[str]:
    """Yield every text of the drawings of a page, what shows on hovering, and what the marks lead to."""
    for element in page.elements:
        if "svg" in element.inside:
            yield from ("".join(element.text), element.get("href"))


@pytest.fixture(scope="module")
def later() -> dict[str, set[str]]:
    """Return the ids of what the last edition knows and the first one does not, by table."""
    first, last = dataset_of(locate(CASE, AS_OF)), dataset_of(LAST)
    keys = {"sources": "source_id", "mentions": "mention_id", "events": "event_id", "conditions": "condition_id"}
    return {t: set(last.tables()[t][key]) - set(first.tables()[t][key]) - {""} for t, key in keys.items()}


@pytest.mark.parametrize("table", ["sources", "mentions", "events", "conditions"])
def test_no_output_names_an_id_that_came_later(output: dict[str, str], later: dict[str, set[str]], table: str) -> None:
    assert len(later[table]) > 5
    for name, text in output.items():
        assert not set(re.findall(r"[A-Za-z0-9-]+", text)) & later[table], name


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    """Return every run of so many words."""
    words = _words(text)
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def _prose(entry: Entry) -> Iterator[str]:
    """Yield whatever an entry says in words, but not its answer, which may come later."""
    texts = entry.text, entry.basis, entry.heading, entry.refuted_by, entry.threshold, entry.where
    for part in (*texts, *(stake.text for stake in entry.stakes)):
        yield from part.values()


def test_no_output_repeats_the_words_of_a_source_that_came_later(output: dict[str, str]) -> None:
    sentences = open_case(LAST).corpus.sentences
    first = dataset_of(locate(CASE, AS_OF))
    new = ~sentences["source_id"].isin(set(first.sources["source_id"]))
    reported_later = set[tuple[str, ...]]().union(*(_runs(text) for text in sentences.loc[new, "text"]))
    known = [*sentences.loc[~new, "text"], *REFERENCE.table("words")["de"], *REFERENCE.table("words")["en"]]
    known += [text for entry in read_judgements(locate(CASE, AS_OF)).entries() for text in _prose(entry)]
    for table in (first.events, first.conditions):
        known += [*table["summary_de"], *table["summary_en"]]
    reported_later -= set[tuple[str, ...]]().union(*map(_runs, known))
    assert len(reported_later) > 1000
    for name, text in output.items():
        assert not _runs(text) & reported_later, name


def test_no_output_repeats_a_judgement_that_came_later(output: dict[str, str]) -> None:
    in_force = {entry.entry_id for entry in read_judgements(locate(CASE, AS_OF)).entries()}
    new = [entry for entry in read_judgements(LAST).entries() if entry.entry_id not in in_force]
    in_force_too = {text for entry in read_judgements(locate(CASE, AS_OF)).entries() for text in _prose(entry)}
    prose = [text for entry in new for text in _prose(entry) if text not in in_force_too and len(text.split()) > 5]
    assert len(prose) > 20
    for name, text in output.items():
        flat = " ".join(text.split())
        assert not [part for part in prose if part in flat], name


def test_no_output_answers_a_question_with_what_came_later(output: dict[str, str]) -> None:
    questions = read_judgements(locate(CASE, AS_OF)).questions
    known = set(dataset_of(locate(CASE, AS_OF)).events["event_id"])
    answers = [text for entry in questions if set(entry.answered_by) - known for text in entry.answer.values()]
    assert answers
    for name, text in output.items():
        flat = " ".join(text.split())
        assert not [answer for answer in answers if answer in flat], name


def _later_days() -> list[str]:
    """Return how the days, months and years after the edition are written."""
    first, last = date.fromisoformat(AS_OF) + timedelta(1), date(2026, 12, 31)
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    written = [
        form
        for day in days
        for form in (day.isoformat(), *(format_date(day, "long", locale) for locale in ("de_DE", "en_GB")))
    ]
    months = pd.period_range("2025-07", "2026-12", freq="M")
    written += [
        f"{get_month_names(locale=locale)[month.month]} {month.year}" for month in months for locale in ("de", "en")
    ]
    return [*written, *(str(month) for month in months), *map(str, range(2026, 2031))]


def test_no_output_names_a_day_that_came_later(output: dict[str, str]) -> None:
    written = read_judgements(locate(CASE, AS_OF)).written
    signed = {f"{read_labels(REFERENCE, language).day(written)}" for language in ("de", "en")} | {written}
    known = dataset_of(locate(CASE, AS_OF))
    vague = {
        row["date"]
        for table in (known.events, known.conditions, known.mentions)
        for row in records(table)
        if row["date"]
    }
    assert all(parse(day).earliest <= AS_OF for day in vague)
    # a date such as "mid-June", and a plan that a known source tells, may reach beyond the day
    spoken = {day for day in vague if parse(day).latest > AS_OF} | {
        read_labels(REFERENCE, w).date(day) for w in ("de", "en") for day in vague
    }
    spoken |= {text for text in known.sentences["text"] if re.search(r"\b20(2[6-9]|3\d)\b", text)}
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _later_days()))})(?![\d-])")
    for name, text in output.items():
        flat = " ".join(text.split())
        for allowed in sorted(signed | spoken, key=len, reverse=True):
            flat = flat.replace(allowed, " ")
        found = pattern.search(flat)
        assert not found, (name, flat[max(0, found.start() - 80) : found.end() + 20])
