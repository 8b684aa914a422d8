"""What the desk offers for a row: its place in the order that pays, and at one key other actors, types and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from lagebild.coder import parse_text
from lagebild.core import HAPPENED, Reference, derived, ids, read_sets, records, schema
from lagebild.dataset import NOTHING, find_principal
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, show_rows

Row = Mapping[str, Any]
Pair = frozenset[str]

# --- Which Rows Pay Most ---
# Those do whose decision probably changes the dataset, and changes much in it. How likely a decision changes something
# follows from the draft's probability: one that counts changes the dataset when it is wrong, a candidate when it is
# right. How much it changes depends on what the pair of its sides rests on: whether the sum of its weighted acts turns
# without the row, or with it, and how few events carry it.

TURNS, CARRIES, LACKS, DOUBT = "turns", "carries", "lacks", "doubt"
EFFECT = {TURNS: 1.0, CARRIES: 0.7, LACKS: 0.4, DOUBT: 0.2}  # how much of the picture hangs on a row, the most first
FEW = 2  # events that carry a pair, beside which one more or less counts much
ASIDE = 0.6  # of an effect on a pair without the subject of the case
CODED = 0.95  # how sure a mention is that a person coded


def rank_rows(
    reference: Reference, subject: str, rows: Sequence[Row], probabilities: Mapping[str, float]
) -> dict[str, tuple[int, str, str, int | None]]:
    """Return for each row its place in the order that pays, from 0, and why it stands there.

    Parameters
    ----------
    reference
        The tables of the method; of the type of an act its intensity counts.
    subject
        The actor in the middle of the case; empty if there is none.
    rows
        All rows of the desk, in the order of the texts.
    probabilities
        How likely each draft is right, 0 to 1, by its id.

    Returns
    -------
    dict
        By mention: its place; what hangs on it (``turns``, ``carries``, ``lacks``, ``doubt``); the pair on which it
        has that effect, as a list cell; and its probability in percent, None for a mention that a person coded.
    """
    intensity = {row["event_type"]: float(row["intensity"]) for row in reference.rows("event_types")}
    acts: dict[Pair, dict[str, float]] = {}  # the weights of the events that tie a pair
    telling = Counter[str]()
    for row in rows:
        if row["event_id"] and row["confidence"] != "C" and row["status"] in HAPPENED:
            telling[row["event_id"]] += 1
            for pair in _list_pairs(row):
                acts.setdefault(pair, {}).setdefault(row["event_id"], intensity.get(row["event_type"], 0.0))
    scored = []
    for number, row in enumerate(rows):
        tied = acts if telling[row["event_id"]] <= 1 and row["status"] in HAPPENED else None
        why, pair = _find_effect(row, intensity.get(row["event_type"], 0.0), tied)
        change, percent = _rate_change(row, probabilities.get(row["mention_id"]))
        near = 1.0 if not subject or subject in pair else ASIDE
        scored.append((-change * near * EFFECT[why], number, (why, ";".join(sorted(pair)), percent)))
    ranked: dict[str, tuple[int, str, str, int | None]] = {}
    for place, (_, number, reason) in enumerate(sorted(scored, key=lambda one: one[:2])):
        ranked[rows[number]["mention_id"]] = (place, *reason)
    return ranked


def _rate_change(row: Row, probability: float | None) -> tuple[float, int | None]:
    """Return how likely a decision changes a row, and how likely a draft is right, in percent."""
    if probability is None:  # a person coded it
        return 1 - CODED, None
    change = probability if row["confidence"] == "C" else 1 - probability
    return change, round(100 * probability)


def _list_pairs(row: Row) -> list[Pair]:
    pairs = (frozenset(two) for two in product(ids(row["source_actors"]), ids(row["target_actors"])))
    return [pair for pair in dict.fromkeys(pairs) if len(pair) > 1]


def _find_effect(row: Row, weight: float, acts: Mapping[Pair, Mapping[str, float]] | None) -> tuple[str, Pair]:
    """Return the greatest effect that a decision on a row may have, and on which pair.

    `acts` are the weights of the events that tie each pair; none if another row tells the event, too.
    """
    sides = frozenset({*ids(row["source_actors"]), *ids(row["target_actors"])})
    lacks = not row["condition_id"] and row["mutual"] == "no" and not (row["source_actors"] and row["target_actors"])
    effects = [(LACKS if lacks else DOUBT, sides if lacks else frozenset(ids(row["source_actors"])))]
    for pair in _list_pairs(row) if acts is not None else ():
        events = (acts or {}).get(pair, {})
        without = sum(adds for name, adds in events.items() if name != row["event_id"])
        if (without > 0, without < 0) != (without + weight > 0, without + weight < 0):
            effects.append((TURNS, pair))
        elif len(events) <= FEW:
            effects.append((CARRIES, pair))
    return max(effects, key=lambda effect: EFFECT[effect[0]])


# --- Who May Stand on Each Side, and Which Type and Date a Row May Have ---

SIDES = ("source_actors", "target_actors")
OFFERED = {"source_actors": "other_source", "target_actors": "other_target"}
MOST = 9  # what can be offered for a side, a type or a date: a digit chooses
# What is known of an actor in the text of a row, and what it adds to his score: on the missing sides of 1,998 sentences
# of real news the right actor is among the first three for nine in ten, as with eighteen weights that were fitted.
WEIGHTS = {
    "sentence": 1.5,  # named in the sentence
    "evidence": 1.0,  # … in the evidence
    "coloured": -1.0,  # … by an adjective or as a place, so rarely as one who acts
    "most": 1.5,  # named most often in the text
    "second": 1.0,
    "act": 1.0,  # stands on this side in another row of the same type
    "text": 0.1,  # named anywhere in the text
    "main": 0.0,  # main actor of the case: its subject, or in its lanes
}
COLOURING = ("adjective", "place")  # kinds of names that rarely act


@dataclass(frozen=True, kw_only=True)
class ReadText:
    """A text as the offers read it: its names (from, to, actor, kind), its dates (from, EDTF), its rows."""

    published: str
    sentences: Mapping[int, Mapping[str, Any]]  # by number
    names: Sequence[tuple[int, int, str, str]]
    dates: Sequence[tuple[int, str]]
    rows: Sequence[Row]
    joints: frozenset[str]  # words that join the names of a list
    articles: frozenset[str]

    def list_named(self, row: Row) -> list[tuple[int, int, str, str]]:
        """Return the names in the sentence of a row."""
        sentence = self.sentences[row["sentence_no"]]
        return [name for name in self.names if sentence["start"] <= name[0] < sentence["end"]]

    def list_together(self, row: Row) -> list[str]:
        """Return as list cells those whom the sentence of a row names side by side, as in *Russia, Iran and Iraq*."""
        sentence, lists, together, joined = self.sentences[row["sentence_no"]], list[str](), list[str](), False
        end = -1
        for start, stop, actor, _ in [*self.list_named(row), (sentence["end"], 0, "", "")]:
            between = sentence["text"][end - sentence["start"] : start - sentence["start"]].replace(",", " , ").split()
            links = {word for word in between if word not in self.articles}
            if together and actor and links and links <= {",", *self.joints}:
                joined = joined or links != {","}  # a comma alone makes no list
            else:
                if len(together) > 1 and joined:
                    lists.append(";".join(together))
                together, joined = [], False
            together.append(actor)
            end = stop
        return [";".join(dict.fromkeys(cell.split(";"))) for cell in lists]


def offer_choices(queue: ReviewQueue) -> dict[str, Any]:
    """Return what the browser knows of the rows in advance: by row, what is offered, and its place in the order."""
    rows = [dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, NOTHING)]
    probabilities = dict(zip(queue.drafts["draft_id"], queue.drafts["probability"], strict=True))
    ranked = rank_rows(queue.inputs.reference, queue.inputs.case.subject, rows, probabilities)
    return {"offers": offer(queue, rows), "pays": ranked}


def offer(queue: ReviewQueue, rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return what is offered for each row that tells an event: its sides, `types` and `dates`, likeliest first.

    A side is a list of pairs: an actor, or several as a list cell, and which of the `WEIGHTS` says most for it; or
    ``listed`` for several that the sentence names in one list, ``within`` for who stands on the other side. A date is a
    pair, too: in EDTF and in words.
    """
    reference, case = queue.inputs.reference, queue.inputs.case
    main = [actor for actor in dict.fromkeys([case.subject, *sorted(case.lane_actors)]) if actor]
    suggestions: dict[str, dict[str, Any]] = {}
    for text in _read_texts(queue, rows):
        for row in text.rows:
            if row["condition_id"]:
                continue
            offered: dict[str, Any] = {side: _offer_side(text, row, side, main) for side in SIDES}
            offered["dates"] = [[edtf, queue.labels.date(edtf)] for edtf in _suggest_dates(text, row)]
            offered["types"] = _suggest_types(reference, row)
            suggestions[row["mention_id"]] = offered
    return suggestions


def _read_texts(queue: ReviewQueue, rows: Iterable[Row]) -> Iterator[ReadText]:
    """Yield the texts that have rows, each read once."""
    reference = queue.inputs.reference
    days = dict(zip(queue.corpus.sources["source_id"], queue.corpus.sources["known_from"], strict=True))
    inside: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        inside.setdefault((row["source_id"], row["language"]), []).append(row)
    sentences = {key: records(part) for key, part in queue.corpus.sentences.groupby(["source_id", "language"])}
    for (source_id, language), rows_of_text in inside.items():
        day, names, dates = days[source_id], list[tuple[int, int, str, str]](), list[tuple[int, str]]()
        for parse in parse_text(reference, queue.inputs.texts[source_id, language], language, day):
            for name in (*parse.dateline, *parse.names):
                if name.kind != "unsure":
                    names.append((name.start, name.end, find_principal(reference, name.actor_id, day), name.kind))
            dates += [(timex.start, timex.edtf) for timex in parse.dates if timex.edtf]
        beside = read_sets(reference, "beside", language) if language in reference.languages else {}
        yield ReadText(
            published=day,
            sentences={row["sentence_no"]: row for row in sentences[source_id, language]},
            names=names,
            dates=dates,
            rows=rows_of_text,
            joints=frozenset(beside.get("and", "").split("|")),
            articles=frozenset(beside.get("article", "").split("|")),
        )


def _offer_side(text: ReadText, row: Row, side: str, main: Sequence[str]) -> list[list[str]]:
    """Return who may stand on a side of a row, each with the reason, and lists of several behind the best of them."""
    features = _find_features(text, row, side, main)
    read = ids(row[OFFERED[side]])  # by rules or model, though the words of the act do not name him
    scores = {actor: sum(WEIGHTS[name] for name in known) for actor, known in features.items()}
    opposite = ids(row[SIDES[side == SIDES[0]]])
    offered = []
    for actor in sorted(features, key=lambda actor: (actor not in read, -scores[actor], actor)):
        if actor not in ids(row[side]):
            why = max(features[actor], key=lambda name: (WEIGHTS[name], name))
            offered.append([actor, "within" if actor in opposite else why])
    for cell in text.list_together(row):
        places = [place for place, (actor, _) in enumerate(offered) if actor in ids(cell)]
        offered.insert(min(places, default=len(offered)) + 1, [cell, "listed"])
    return offered[:MOST]


def _find_features(text: ReadText, row: Row, side: str, main: Sequence[str]) -> dict[str, set[str]]:
    """Return by actor what is known of everybody who may stand on a side of a row, by the names of the `WEIGHTS`."""
    features: dict[str, set[str]] = {actor: {"text"} for _, _, actor, _ in text.names}
    for actor in main:
        features.setdefault(actor, set()).add("main")
    opposite = ids(row[SIDES[side == SIDES[0]]])
    for start, end, actor, kind in text.list_named(row):
        if actor not in opposite:
            features[actor].add("sentence")
            if row["start"] <= start and end <= row["end"]:
                features[actor].add("evidence")
            if kind in COLOURING:
                features[actor].add("coloured")
    counted = Counter(actor for _, _, actor, _ in text.names)
    for rank, (actor, _) in zip(("most", "second"), counted.most_common(2), strict=False):
        features[actor].add(rank)
    for other in text.rows:
        if other["mention_id"] != row["mention_id"] and other["event_type"] == row["event_type"]:
            for actor in ids(other[side]):
                features.setdefault(actor, set()).add("act")
    return features


@derived
def _neighbours(reference: Reference) -> dict[str, list[str]]:
    """Return for each type the others that its frames hold for defensible, those of most frames first."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in schema.EVENT_TYPES}
    for language in reference.languages:
        for frame in reference.rows("frames", language):
            counted.setdefault(frame["event_type"], Counter()).update(filter(None, frame["type_alt"].split("|")))
    return {kind: [alternative for alternative, _ in counts.most_common()] for kind, counts in counted.items()}


def _suggest_types(reference: Reference, row: Row) -> list[str]:
    """Return the other types that a row may have: those of its own frame, then those that its type is taken for."""
    alternatives = dict.fromkeys([*ids(row["type_alt"]), *_neighbours(reference).get(row["event_type"], ())])
    return [kind for kind in alternatives if kind != row["event_type"]][:MOST]


def _suggest_dates(text: ReadText, row: Row) -> list[str]:
    """Return the other dates that a row may have: those nearest to its evidence, the day of publication, around it."""
    near = sorted(text.dates, key=lambda one: max(row["start"] - one[0], one[0] - row["end"], 0))
    day = date.fromisoformat(text.published)
    around = [text.published, (day - timedelta(1)).isoformat(), text.published[:7]]
    dates = dict.fromkeys([*(edtf for _, edtf in near[: MOST - len(around)]), *around])
    return [one for one in dates if one != row["date"]][:MOST]
