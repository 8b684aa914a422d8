"""The events of an edition with all that they rest on: who is tied to whom, who published it, and the sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from lagebild.analysis import PAIR, dyads, list_actors_of, rate_ties
from lagebild.charts import rank_actors, weigh_actors
from lagebild.core import (
    Labels,
    Paths,
    Reference,
    filters as views,
    load,
    read_case,
    read_labels,
    read_offices,
    records,
)
from lagebild.dataset import choose_wording, in_force

SIDES = ("source_actors", "target_actors")
OUTLETS = ("publisher", "reporter")
PLACE = ["source_id", "language", "sentence_no"]  # of a sentence
BUSIEST = 12  # actors of a matrix that is drawn at once: to find the blocs of hundreds takes minutes


@dataclass(frozen=True)
class Evidence:
    """The events in the order of time, undated ones last, and the tables that they rest on.

    `reported` has one row per event and name of a publisher (position in `events`, name); `people` one per event and
    actor that takes part, as named and as the state that he acts for; `ties` one per event and directed pair of the
    matrix, with the intensity that it would weigh there.
    """

    reference: Reference
    paths: Paths
    labels: Labels
    events: pd.DataFrame
    mentions: pd.DataFrame
    sources: pd.DataFrame
    reported: pd.DataFrame
    people: pd.DataFrame
    ties: pd.DataFrame

    @cached_property
    def actors(self) -> dict[str, str]:
        """The names of the actors that take part, by id."""
        return {actor: self.labels.actor(actor) for actor in sorted(self.people["actor"].unique())}

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """The sentences of the texts, loaded once they are asked for."""
        return load(self.paths, "sentences")

    @cached_property
    def fields(self) -> list[views.Field]:
        """What words are looked for in: the summaries, the names of those who take part, and the quoted sentences."""
        events, language = self.events, self.labels.language
        row = pd.Series(np.arange(len(events)), index=events["event_id"])
        quoted = choose_wording(self.mentions, language).merge(self.sentences, on=PLACE)
        summaries = pd.Series(events[f"summary_{language}"].to_numpy(), index=row)
        names = self.people.set_index("row")["actor"].map(self.actors)
        sentences = quoted.set_index(quoted["event_id"].map(row))["text"]
        return [_fold_field(texts) for texts in (summaries, names, sentences)]

    @cached_property
    def publishers(self) -> list[str]:
        """The names of those who published a page that mentions an event, or whose report it relays."""
        return sorted(self.reported["name"].unique(), key=lambda name: (name.casefold(), name))


def open_evidence(reference: Reference, paths: Paths) -> Evidence:
    """Load the events of an edition with what they rest on.

    Raises
    ------
    InputError
        If the edition was not built, with the command that builds it.
    """
    events, mentions, sources = (load(paths, name) for name in ("events", "mentions", "sources"))
    first = events["earliest"].where(events["earliest"] != "", events["latest"]).replace("", "9999")
    events = events.assign(first=first).sort_values(["first", "latest", "event_id"], kind="stable", ignore_index=True)
    mentions = mentions[mentions["event_id"] != ""]
    offices = read_offices(reference)
    sides = [list_actors_of(events, side, offices, who) for side, who in product(SIDES, ("persons", "folded"))]
    slim = events[["event_type", "source_actors", "target_actors", "mutual", "latest", "known_from"]]
    ties = rate_ties(dyads(slim.assign(row=np.arange(len(slim))), offices), reference.table("event_types"))
    return Evidence(
        reference,
        paths,
        read_labels(reference, paths.language),
        events,
        mentions,
        sources,
        _name_publishers(events, mentions, sources),
        pd.concat(sides).drop_duplicates().sort_values(["row", "actor"], ignore_index=True),
        ties[["row", *PAIR, "intensity"]].sort_values("row", kind="stable", ignore_index=True),
    )


def _name_publishers(events: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return one row per event and publisher or relayed outlet: row, name."""
    row = mentions["event_id"].map(pd.Series(np.arange(len(events)), index=events["event_id"]))
    pages = pd.DataFrame({"row": row.to_numpy(), "source_id": mentions["source_id"].to_numpy()}).drop_duplicates()
    names = pd.concat([sources[["source_id", column]].set_axis(["source_id", "name"], axis=1) for column in OUTLETS])
    reported = pages.merge(names.drop_duplicates(), on="source_id")[["row", "name"]]
    return reported.drop_duplicates().sort_values(["row", "name"], ignore_index=True)


def select_events(evidence: Evidence, filters: views.Filters) -> pd.DataFrame:
    """Return the events that filters leave, in the order of time; columns as in the table `events`, and their position.

    An event stays if the days that its date allows touch the period; one without a date stays in every period, as in a
    run with `--since`.
    """
    events = evidence.events
    stays = ~events["latest"].between("0", filters.since, "left")
    if filters.until:
        stays &= events["earliest"] <= filters.until
    if filters.undated:
        stays &= (events["earliest"] == "") & (events["latest"] == "")
    for column, values in (("event_type", filters.types), ("status", filters.status)):
        asked, left_out = views.part_values(values)
        stays &= (events[column].isin(asked) if asked else True) & ~events[column].isin(left_out)
    asked, left_out = views.part_values(filters.publishers)
    if asked:
        stays &= events.index.isin(evidence.reported.loc[evidence.reported["name"].isin(asked), "row"])
    if left_out:
        stays &= events.index.isin(evidence.reported.loc[~evidence.reported["name"].isin(left_out), "row"])
    asked, left_out = views.part_values(filters.actors)
    if asked:
        stays &= events.index.isin(_find_actors(evidence, asked))
    if left_out:
        stays &= ~events.index.isin(_find_actors(evidence, left_out))
    if filters.words:
        stays &= views.find_rows(evidence.fields, filters.words, len(events))
    return events[stays].drop(columns="first")


def _find_actors(evidence: Evidence, asked: tuple[str, ...]) -> set[int]:
    """Return the positions of the events in which one of the actors takes part, or that tie one of the pairs."""
    people, ties = evidence.people, evidence.ties
    pairs = [match.groups() for actor in asked if (match := views.TIE.fullmatch(actor))]
    wanted = {f"{a}>{b}" for a, _, b in pairs} | {f"{b}>{a}" for a, way, b in pairs if way == "~"}
    pair = ties["source_actor"] + ">" + ties["target_actor"]
    return {*people.loc[people["actor"].isin(asked), "row"], *ties.loc[pair.isin(wanted), "row"]}


def keep_busiest(relations: pd.DataFrame, most: int = BUSIEST) -> pd.DataFrame:
    """Return the relations among the actors with most events."""
    return relations[relations[PAIR].isin(rank_actors(weigh_actors(relations))[:most]).all(axis=1)]


def quote_events(evidence: Evidence, event_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the sentences that mention events, by event: those that deny it last, the others as they were published.

    Each has its evidence between what stands before and after it in the sentence, its page, grade and mention.
    """
    reported = evidence.mentions[evidence.mentions["event_id"].isin(event_ids)]
    reported = choose_wording(reported, evidence.labels.language)
    sentences = evidence.sentences[[*PLACE, "start", "text"]].rename(columns={"start": "from"})
    reported = reported.merge(sentences, on=PLACE).merge(evidence.sources, on="source_id", suffixes=("", "_page"))
    reported = reported.assign(_denies=reported["stance"] == "denies")
    reported = reported.sort_values(["event_id", "_denies", "known_from", "mention_id"], kind="stable")
    decided = in_force(read_case(evidence.paths, "decisions"))
    decided = decided[decided["row"].isin(set(reported["mention_id"]))]
    by_row = {name: list(_describe_decisions(rows, evidence.labels)) for name, rows in decided.groupby("row")}
    quotes: dict[str, list[dict[str, Any]]] = {name: [] for name in event_ids}
    for row in records(reported):
        quotes[row["event_id"]].append(_quote(row, evidence.labels) | {"decisions": by_row.get(row["mention_id"], [])})
    return quotes


def _fold_field(texts: pd.Series) -> views.Field:
    """Return texts, each under the position of its event, as what words are looked for in."""
    at, distinct = pd.factorize(texts)
    return views.Field(views.fold_all(distinct), texts.index.to_numpy(dtype=np.int64), at)


def _quote(row: dict[str, Any], labels: Labels) -> dict[str, Any]:
    """Return a mention with its sentence and page as the reader sees it."""
    start, end = row["start"] - row["from"], row["end"] - row["from"]
    names = ("mention_id", "language", "status", "cue", "stance", "origin", "reviewed", "rule", "title", "url")
    return {name: row[name] for name in (*names, *OUTLETS, "source_id")} | {
        "before": row["text"][:start],
        "evidence": row["text"][start:end],
        "after": row["text"][end:],
        "grade": row["reliability"] + row["credibility"],
        "published": labels.date(row["published"]),
        "speaker": labels.names(row["speaker"]) if row["speaker"] else "",
    }


def _describe_decisions(rows: pd.DataFrame, labels: Labels) -> Iterator[str]:
    for row in records(rows):
        day = labels.day(row["date"])
        yield labels("annex.decision", name=row["decision_id"], by=row["by"], day=day, reason=row["reason"])
