"""What a notebook says and shows first: sentences computed from tables, and the pictures below them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import edition_of, read_counts, tiny
from hostile import SCRIPT
from known import REFERENCE
from lagebild.charts.bars import COUNTRIES, draw_likelihoods, draw_types, draw_voices
from lagebild.charts.chart import Chart
from lagebild.charts.style import WIDTH
from lagebild.core.case import Case
from lagebild.core.judgements import LIKELIHOODS, Entry, Judgements
from lagebild.core.labels import Labels, read_labels
from lagebild.core.schema import EVENT_TYPES, STATUSES
from lagebild.interactive import display as openings
from lagebild.report import edition as key_figures
from lagebild.report.edition import Edition, gather_edition

GERMAN, ENGLISH = (read_labels(REFERENCE, language) for language in ("de", "en"))
NO_BREAK = "\N{NO-BREAK SPACE}"  # written as ~ below
PRINT = 9.5  # pixels: 6.5 points on A4
CASE = Case({}, {}, "RUS", (), "2024-01-01", (), ())
TYPES = REFERENCE.table("event_types")


def outlets(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return sources, each given by its outlet, country and standing."""
    return pd.DataFrame(list(rows), columns=["reporter", "country", "standing"], dtype=str)


TWO = outlets(("IRNA", "IRN", "state"), ("IRNA", "IRN", "state"), ("Times", "GBR", "private"))


@pytest.mark.parametrize(
    ("sources", "states", "de", "en"),
    [
        (
            TWO,
            ["IRN", "GBR"],
            "Bekannt sind drei Texte von zwei unabhängigen Quellen aus zwei Ländern. "
            "Aus diesem Staat kommen nur staatliche oder staatsnahe Quellen: Iran.",
            "Three texts are known, by two independent outlets in two countries. "
            "This state is heard only through outlets of the state or close to it: Iran.",
        ),
        (
            TWO.tail(1),
            ["IRN", "RUS"],
            "Bekannt ist ein Text von einer unabhängigen Quelle aus einem Land. "
            "Ohne eigene Quelle sind diese Staaten: Iran und Russland.",
            "One text is known, by one independent outlet in one country. "
            "These states have no outlet among them: Iran and Russia.",
        ),
        (
            outlets(("Blog", "", "private")),
            [],
            "Bekannt ist ein Text von einer unabhängigen Quelle aus unbekannten Ländern.",
            "One text is known, by one independent outlet in unknown countries.",
        ),
        (
            pd.concat([TWO, outlets(("Exile", "IRN", "private"))]),
            ["IRN"],
            "Bekannt sind vier Texte von drei unabhängigen Quellen aus zwei Ländern.",
            "Four texts are known, by three independent outlets in two countries.",
        ),
    ],
)
def test_who_reports_and_who_is_silent(sources: pd.DataFrame, states: list[str], de: str, en: str) -> None:
    assert openings.say_sources(sources, states, GERMAN) == de
    assert openings.say_sources(sources, states, ENGLISH) == en


MENTIONS = pd.DataFrame(
    [("m1", "E1", "yes"), ("m1", "E1", "yes"), ("m2", "E1", "no"), ("m3", "", "yes"), ("m4", "E2", "yes")],
    columns=["mention_id", "event_id", "reviewed"],
)
EVENTS = pd.DataFrame({"contested": ["no", "occurrence"]})


@pytest.mark.parametrize(
    ("mentions", "events", "de", "en"),
    [
        (
            MENTIONS,
            EVENTS,
            "Drei Nennungen berichten von zwei Ereignissen; von Menschen kodiert oder geprüft sind zwei davon, "
            "strittig ist ein Ereignis.",
            "Three mentions tell of two events; people coded or reviewed two of these mentions, "
            "and one event is contested.",
        ),
        (
            MENTIONS.head(2),
            EVENTS.head(1),
            "Eine Nennung berichtet von einem Ereignis; alle haben Menschen kodiert oder geprüft, "
            "strittig ist kein Ereignis.",
            "One mention tells of one event; people coded or reviewed them all, and no event is contested.",
        ),
        (
            MENTIONS.head(0),
            EVENTS.head(0),
            "Keine Nennung berichtet von einem Ereignis; von Menschen kodiert oder geprüft ist keine davon, "
            "strittig ist kein Ereignis.",
            "No mention tells of an event; people coded or reviewed none of these mentions, and no event is contested.",
        ),
    ],
)
def test_how_many_events_of_how_many_mentions(mentions: pd.DataFrame, events: pd.DataFrame, de: str, en: str) -> None:
    assert openings.describe_dataset(mentions, events, GERMAN) == de
    assert openings.describe_dataset(mentions, events, ENGLISH) == en


def dated(*days: str) -> pd.DataFrame:
    """Return events on days; an empty one has no date."""
    return pd.DataFrame({"date": days, "earliest": days, "latest": days}, dtype=str)


@pytest.mark.parametrize(
    ("events", "de", "en"),
    [
        (
            dated("2025-06-13", "2025-06-20", ""),
            "Zwei von drei Ereignissen haben ein Datum. Zeitraum: 13.–20. Juni 2025.",
            "Two of three events have a date. Time span: 13–20 June 2025.",
        ),
        (
            dated("2025-06-13"),
            "Eines von einem Ereignis hat ein Datum. Zeitraum: 13. Juni 2025.",
            "One of one event has a date. Time span: 13 June 2025.",
        ),
        (dated(""), "Kein datiertes Ereignis.", "No dated events."),
        (dated(), "Kein datiertes Ereignis.", "No dated events."),
        (
            dated(*["2025-06-13"] * 6, "2025-01-01"),
            "Keine Woche ist ereignisreicher als die vom 13.–19. Juni 2025: 6 der 7",
            "No week is busier than that of 13–19 June 2025: 6 of the 7",
        ),
    ],
)
def test_when_it_happened(events: pd.DataFrame, de: str, en: str) -> None:
    assert openings.describe_timeline(events, CASE, "2025-06-30", GERMAN).startswith(de)
    assert openings.describe_timeline(events, CASE, "2025-06-30", ENGLISH).startswith(en)


def ties(*rows: tuple[str, str, str, int, str]) -> pd.DataFrame:
    """Return ties: both ends, sign, acts, strength."""
    return pd.DataFrame(list(rows), columns=["one", "other", "sign", "n_events", "strength"])


@pytest.mark.parametrize(
    ("table", "de", "en"),
    [
        (
            ties(
                ("IRN", "ISR", "-", 9, "firm"),
                ("IRN", "USA", "-", 14, "firm"),
                ("IRN", "RUS", "+", 31, "firm"),
                ("CHN", "RUS", "+", 99, "thin"),
            ),
            "Von vier Beziehungen sind drei fest, eine dünn und keine offen. Unter den festen am breitesten belegt: "
            "Iran~– Russland (mehr Zusammenarbeit, 31 Handlungen) und Iran~– USA (mehr Konflikt, 14 Handlungen).",
            "Of four relations, three are firm, one thin and none undecided. Best documented among the firm ones: "
            "Iran~– Russia (more cooperation, 31 acts) and Iran~– United States (more conflict, 14 acts).",
        ),
        (
            ties(("CHN", "RUS", "+", 2, "undecided")),
            "Von einer Beziehung ist keine fest, keine dünn und eine offen.",
            "Of one relation, none is firm, none thin and one undecided.",
        ),
        (ties(), "Keine Beziehung ist belegt.", "No relation is documented."),
    ],
)
def test_who_backs_or_opposes_whom_on_most_acts(table: pd.DataFrame, de: str, en: str) -> None:
    assert openings.describe_relations(table, GERMAN) == de.replace("~", NO_BREAK)
    assert openings.describe_relations(table, ENGLISH) == en.replace("~", NO_BREAK)


@pytest.fixture
def edition(root: Path) -> Edition:
    paths = tiny(root)
    edition_of(paths)
    return gather_edition(REFERENCE, paths)


def _entry(name: str, **more: Any) -> Entry:
    return Entry(name, "2025-06-16", {"de": "Wahrscheinlich.", "en": "It is likely."}, ("E1",), **more)


def test_the_answer_is_given_with_its_likelihood(edition: Edition) -> None:
    given = Judgements({}, "", answers=(_entry("A1", likelihood="likely"),))
    assert key_figures.state_answer(replace(edition, judgements=given)) == (
        "It is likely. Likelihood: 55–80% (“likely”)."
    )


@pytest.mark.parametrize("draft", [True, False])
def test_a_case_without_an_answer_says_what_it_rests_on_and_what_it_is(edition: Edition, draft: bool) -> None:
    mentions = edition.data.mentions.assign(reviewed="no" if draft else "yes")
    case = replace(edition.case, draft=draft)
    data = replace(edition.data, mentions=mentions)
    said = key_figures.state_answer(replace(edition, judgements=Judgements({}, ""), case=case, data=data))
    assert said.startswith("Machine draft: 0 of ") is draft
    assert read_counts(said.rpartition(" reviewed. ")[2], "en")[0] == len(edition.data.events)


# --- the pictures


@pytest.fixture
def crowd() -> pd.DataFrame:
    """Return outlets of more countries than have a bar, one of them unplaced; one has pages under two standings."""
    actors = [name for name in REFERENCE.table("actors")["actor_id"] if len(name) == 3 and name.isupper()]
    rows = [(f"{name}-{n}", name, "private") for n, name in enumerate(actors[: COUNTRIES + 3])]
    mixed = [("Mixed", actors[0], "state"), ("Mixed", actors[0], "exile"), ("Mixed", actors[0], "state")]
    return outlets(*rows, *mixed, ("Nobody", "", "aggregator"))


def test_each_outlet_is_counted_once_and_none_is_lost(crowd: pd.DataFrame, words: Labels) -> None:
    frame = draw_voices(crowd, ["PRK"], words).frame
    assert frame[["state", "exile", "other"]].to_numpy().sum() == crowd["reporter"].nunique()
    assert frame["row"].is_unique
    assert list(frame["row"][-3:]) == [words("voices.rest", n=3), words("standing.unknown"), words.actor("PRK")]
    assert frame.iloc[-1][["state", "exile", "other"]].sum() == 0
    assert list(frame.loc[0, ["state", "exile", "other"]]) == [1, 0, 1]


def test_types_stand_from_cooperation_to_conflict_with_every_event(words: Labels) -> None:
    events = pd.DataFrame(
        [(kind, status) for kind in EVENT_TYPES for status in STATUSES], columns=["event_type", "status"]
    )
    frame = draw_types(events, TYPES, words).frame
    assert frame[STATUSES].to_numpy().tolist() == [[1] * len(STATUSES)] * len(EVENT_TYPES)
    assert frame["row"].iloc[0] == words.types["RETREAT"]
    assert frame["row"].iloc[-1] == words.types["ASSAULT"]


def test_bars_stay_on_the_paper_and_add_up(crowd: pd.DataFrame, words: Labels) -> None:
    for chart in (
        draw_voices(crowd, [], words),
        draw_types(pd.DataFrame(columns=["event_type", "status"]), TYPES, words),
    ):
        right = [x for shape in chart.picture.drawing.shapes for x, _ in shape.points]
        assert max(right, default=0) < WIDTH
        assert min((text.size for text in chart.picture.drawing.words), default=PRINT) >= PRINT


def _bands(chart: Chart) -> list[tuple[str, int, int]]:
    return list(zip(chart.frame["entry"], chart.frame["low"], chart.frame["high"], strict=True))


def test_the_likelihood_of_what_is_still_open_is_drawn(words: Labels) -> None:
    heading = {"de": "Es geschieht", "en": "It happens"}
    judged = Judgements(
        {},
        "",
        answers=(_entry("A1", likelihood="likely", confidence="low"),),
        key_judgements=(_entry("K1", heading=heading), _entry("K2", heading=heading, likelihood="almost-certain")),
        scenarios=(
            _entry("S1", heading=heading, likelihood="unlikely", answered_by=("E9",)),
            _entry("S2", heading=heading, likelihood="almost-no-chance", answered_by=("E8",)),
        ),
    )
    (chart,) = draw_likelihoods(judged, {"E1", "E9"}, words)
    assert _bands(chart) == [
        ("A1", *LIKELIHOODS["likely"]),
        ("K2", *LIKELIHOODS["almost-certain"]),
        ("S2", *LIKELIHOODS["almost-no-chance"]),
    ]
    assert draw_likelihoods(Judgements({}, ""), (), words) == []
    for low, high in LIKELIHOODS.values():  # the numbers of a band stand beside it, never on it
        (one,) = draw_likelihoods(Judgements({}, "", answers=(_entry("A", likelihood=_term(low)),)), (), words)
        text = next(word for word in one.picture.drawing.words if word.lines == (words("band", low=low, high=high),))
        (*_, band) = [shape for shape in one.picture.drawing.shapes if shape.form == "rect"]
        assert not band.points[0][0] - 1 < text.x < band.points[1][0] + 1


def _term(low: int) -> str:
    return next(term for term, band in LIKELIHOODS.items() if band[0] == low)


def test_a_name_full_of_markup_stays_text(words: Labels) -> None:
    heading = {"de": SCRIPT, "en": SCRIPT}
    judged = Judgements({}, "", scenarios=(_entry("S1", heading=heading, likelihood="likely"),))
    (chart,) = draw_likelihoods(judged, (), words)
    assert "<script" not in chart.svg.lower()
