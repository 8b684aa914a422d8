"""What the desk offers for a row: its place in the order that pays, and at one key other actors, types and dates.

Whoever is named in the text of a row, and the main actors of the case, may stand on its sides. What holds of each of
them (named in the sentence, in the one before, most in the text …) weighs as the table `offers` says, whose weights
are fitted on real news (`tests/fit_offers.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product, zip_longest
from typing import Any

from lagebild.coder import find_names, parse_text
from lagebild.core import EVENT_TYPES, HAPPENED, Reference, derived, ids, read_sets, records
from lagebild.dataset import NOTHING, find_principal
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, show_rows

# --- Which Rows Pay Most ---
# Those do whose decision probably changes the dataset, and changes much in it. How likely a decision changes something
# follows from the draft's probability: one that counts changes the dataset when it is wrong, a candidate when it is
# right. So rows near the probability from which drafts count come first. How much it changes is told by what the pair
# of its sides rests on: whether the sum of its weighted acts turns without the row, or with it, and how few events
# carry it.

TURNS, CARRIES, LACKS, DOUBT = "turns", "carries", "lacks", "doubt"
EFFECT = {TURNS: 1.0, CARRIES: 0.7, LACKS: 0.4, DOUBT: 0.2}  # how much of the picture hangs on a row, the most first
FEW = 2  # events that carry a pair, beside which one more or less counts much
ASIDE = 0.6  # of an effect on a pair without the subject of the case
CODED = 0.95  # how sure a mention is that a person coded
Row = Mapping[str, Any]
Pair = frozenset[str]


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
    acts: dict[Pair, dict[str, float]] = defaultdict(dict)
    telling: dict[str, int] = defaultdict(int)
    for row in rows:
        if _counts(row):
            telling[row["event_id"]] += 1
            for pair in _list_pairs(row):
                acts[pair].setdefault(row["event_id"], intensity.get(row["event_type"], 0.0))
    scored = []
    for number, row in enumerate(rows):
        alone = telling[row["event_id"]] <= 1
        weight = intensity.get(row["event_type"], 0.0)
        why, pair = _find_effect(row, weight, [(pair, acts[pair]) for pair in _list_pairs(row)], alone)
        probability = probabilities.get(row["mention_id"])
        change = 1 - CODED if probability is None else probability if row["confidence"] == "C" else 1 - probability
        near = 1.0 if not subject or subject in pair else ASIDE
        score = change * near * EFFECT[why]
        percent = None if probability is None else round(100 * probability)
        scored.append((-score, number, row["mention_id"], why, ";".join(sorted(pair)), percent))
    return {name: (place, *rest) for place, (_, _, name, *rest) in enumerate(sorted(scored))}  # type: ignore[misc]


def _counts(row: Row) -> bool:
    """Whether a row weighs in the dataset as long as nobody decides."""
    return bool(row["event_id"]) and row["confidence"] != "C" and row["status"] in HAPPENED


def _list_pairs(row: Row) -> list[Pair]:
    pairs = (frozenset(two) for two in product(ids(row["source_actors"]), ids(row["target_actors"])))
    return [pair for pair in dict.fromkeys(pairs) if len(pair) > 1]


def _find_effect(
    row: Row, weight: float, tied: Iterable[tuple[Pair, Mapping[str, float]]], alone: bool
) -> tuple[str, Pair]:
    """Return the greatest effect that a decision on a row may have, and on which pair.

    `tied` are its pairs with the weight of each event that ties them, `alone` whether no other row tells its event.
    """
    effects = [(DOUBT, frozenset(ids(row["source_actors"])))]
    if not row["condition_id"] and row["mutual"] == "no" and not (row["source_actors"] and row["target_actors"]):
        effects.append((LACKS, frozenset({*ids(row["source_actors"]), *ids(row["target_actors"])})))
    for pair, events in tied if alone and row["status"] in HAPPENED else ():
        without = sum(adds for name, adds in events.items() if name != row["event_id"])
        if _sign(without) != _sign(without + weight):
            effects.append((TURNS, pair))
        elif len(events) <= FEW:
            effects.append((CARRIES, pair))
    return max(effects, key=lambda effect: EFFECT[effect[0]])


def _sign(net: float) -> int:
    return (net > 0) - (net < 0)


# --- Who May Stand on Each Side, and Which Type and Date a Row May Have ---

SIDES = ("source_actors", "target_actors")
OFFERED = {"source_actors": "other_source", "target_actors": "other_target"}
MOST = 9  # what can be offered for a side, a type or a date: a digit chooses
RANKS = ("most", "second", "third")  # who is named how often in the text
COLOURING = ("adjective", "place")  # kinds of names that rarely act
Features = dict[str, set[str]]  # what holds of each actor


@dataclass(frozen=True)
class ReadText:
    """A text as the offers read it: who is named where, and its rows."""

    published: str
    sentences: Sequence[Mapping[str, Any]]
    language: str
    at: Mapping[int, int]  # number of a sentence → its place among the sentences
    names: Sequence[tuple[int, int, str, str]]  # from, to, actor, kind
    dates: Sequence[tuple[int, str]]  # from, EDTF
    title: frozenset[str]
    rows: Sequence[Row]

    def named_in(self, place: int) -> list[str]:
        """Return who is named in the sentence at a place among all; nobody, if there is none."""
        if not 0 <= place < len(self.sentences):
            return []
        sentence = self.sentences[place]
        return [actor for start, _, actor, _ in self.names if sentence["start"] <= start < sentence["end"]]

    def list_together(self, row: Row, joints: Container[str], articles: Container[str]) -> list[str]:
        """Return the list cells of those whom the sentence of a row names side by side, as in *Russia, Iran and Iraq*.

        Between two names stand a comma or one of the `joints`, of which a list has one, and `articles`.
        """
        sentence = self.sentences[self.at[row["sentence_no"]]]
        start, words = sentence["start"], sentence["text"]
        named = [name for name in self.names if start <= name[0] < sentence["end"]]
        lists, together, joined = list[str](), dict[str, None](), False
        for name, following in zip_longest(named, named[1:]):
            together[name[2]] = None
            between = words[name[1] - start : following[0] - start].replace(",", " , ").split() if following else []
            links = [word for word in between if word not in articles]
            if links and all(word == "," or word in joints for word in links):
                joined = joined or set(links) != {","}
                continue
            if len(together) > 1 and joined:
                lists.append(";".join(together))
            together, joined = {}, False
        return lists


def offer_choices(queue: ReviewQueue) -> dict[str, Any]:
    """Return what the browser knows of the rows in advance: by row, what is offered, and its place in the order."""
    rows = [dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, NOTHING)]
    probabilities = dict(zip(queue.drafts["draft_id"], queue.drafts["probability"], strict=True))
    ranked = rank_rows(queue.inputs.reference, queue.inputs.case.subject, rows, probabilities)
    return {"offers": offer(queue, rows), "pays": ranked}


def offer(queue: ReviewQueue, rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return what is offered for each row that tells an event: its sides, `types` and `dates`, likeliest first.

    A side is a list of pairs: an actor, or several as a list cell, and the feature of the table `offers` that says most
    for it, or ``listed`` for several that the sentence names in one list. A date is a pair, too: in EDTF and in words.
    """
    reference, case = queue.inputs.reference, queue.inputs.case
    in_lanes = case.lane_actors
    main = [actor for actor in dict.fromkeys([case.subject, *sorted(in_lanes)]) if actor]
    weights, joints = _weights(reference), _list_joints(reference)
    suggestions = {}
    for text in read_texts(queue, rows):
        for row in text.rows:
            if row["condition_id"]:
                continue
            sides, lists = {}, text.list_together(row, *joints.get(text.language, ((), ())))
            for side in SIDES:
                features = find_features(text, row, side, main)
                scores = {actor: sum(weights.get(name, 0.0) for name in held) for actor, held in features.items()}
                read = ids(row[OFFERED[side]])  # by the rules, though the words of the act do not name him
                ranked = sorted(features, key=lambda actor: (actor not in read, -scores[actor], actor))
                best = [[one, _find_reason(weights, features[one])] for one in ranked if one not in ids(row[side])]
                sides[side] = _add_lists(best, lists)[:MOST]
            dates = [[edtf, queue.labels.date(edtf)] for edtf in _suggest_dates(text, row)]
            suggestions[row["mention_id"]] = sides | {"types": _suggest_types(reference, row), "dates": dates}
    return suggestions


def read_texts(queue: ReviewQueue, rows: Iterable[Row]) -> Iterator[ReadText]:
    """Yield the texts that have rows, each read once."""
    reference = queue.inputs.reference
    sources = {row["source_id"]: row for row in records(queue.corpus.sources)}
    inside: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        inside.setdefault((row["source_id"], row["language"]), []).append(row)
    sentences = {key: records(part) for key, part in queue.corpus.sentences.groupby(["source_id", "language"])}
    for (source_id, language), mine in inside.items():
        source, here = sources[source_id], sentences[source_id, language]
        day = source["known_from"]
        parses = parse_text(reference, queue.inputs.texts[source_id, language], language, day)
        names = [name for parse in parses for name in (*parse.dateline, *parse.names) if name.kind != "unsure"]
        named = [(name.start, name.end, find_principal(reference, name.actor_id, day), name.kind) for name in names]
        titled = frozenset(
            find_principal(reference, name.actor_id, day)
            for name in find_names(reference, source["title"], language, day)
            if name.kind != "unsure"
        )
        dates = [(timex.start, timex.edtf) for parse in parses for timex in parse.dates if timex.edtf]
        at = {row["sentence_no"]: place for place, row in enumerate(here)}
        yield ReadText(day, here, language, at, named, dates, titled, mine)


def find_features(text: ReadText, row: Row, side: str, main: Iterable[str] = ()) -> Features:
    """Return what holds of everybody who may stand on a side of a row, by the names of the table `offers`.

    `main` are the main actors of the case, who may stand there though the text does not name them.
    """
    opposite = ids(row[SIDES[side == SIDES[0]]])
    features: Features = {actor: {"text"} for _, _, actor, _ in text.names}
    known = ("main", main), (f"within-{row['event_type']}", opposite)
    for name, actors in (*_read_text(text, row, opposite), *known, *_read_rows(text, row, side, opposite)):
        for actor in actors:
            features.setdefault(actor, set()).add(name)
    return features


def _read_text(text: ReadText, row: Row, opposite: Sequence[str]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield whom the text names where: in the sentence of a row, around it, at the head, how often."""
    here = text.at[row["sentence_no"]]
    sentence = text.sentences[here]
    inside = [name for name in text.names if sentence["start"] <= name[0] < sentence["end"] and name[2] not in opposite]
    yield "sentence", [actor for _, _, actor, _ in inside]
    yield "evidence", [actor for start, end, actor, _ in inside if row["start"] <= start and end <= row["end"]]
    yield "coloured", [actor for _, _, actor, kind in inside if kind in COLOURING]
    yield "before", text.named_in(here - 1)
    yield "after", text.named_in(here + 1)
    yield "last", next((named[:1] for k in range(here - 1, -1, -1) if (named := text.named_in(k))), [])
    yield "title", text.title
    yield "lead", text.named_in(0)
    counted = Counter(actor for _, _, actor, _ in text.names)
    for name, (actor, _) in zip(RANKS, counted.most_common(len(RANKS)), strict=False):
        yield name, [actor]


def _read_rows(text: ReadText, row: Row, side: str, opposite: Sequence[str]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield who stands on that side of other rows of the text, of the same type or facing the same."""
    for other_row in text.rows:
        if other_row["mention_id"] == row["mention_id"]:
            continue
        mine, theirs = (ids(other_row[name]) for name in (side, SIDES[side == SIDES[0]]))
        same = other_row["event_type"] == row["event_type"]
        faces = not set(theirs).isdisjoint(opposite)
        yield "act", mine if same else ()
        yield "pair", mine if faces else () if set(mine).isdisjoint(opposite) else theirs
        yield "pair-act", mine if faces and same else ()


def _add_lists(ranked: list[list[str]], lists: Iterable[str]) -> list[list[str]]:
    """Return what is offered for a side with lists of several, each behind the best of those whom it names."""
    offered = list(ranked)
    for cell in lists:
        places = [place for place, (one, _) in enumerate(offered) if one in ids(cell)]
        offered.insert(min(places, default=len(offered)) + 1, [cell, "listed"])
    return offered


@derived
def _list_joints(reference: Reference) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return by language the words that join the names of a list, and the articles among them."""
    sets = {language: read_sets(reference, "beside", language) for language in reference.languages}

    def read(language: str, kind: str) -> frozenset[str]:
        return frozenset(sets[language].get(kind, "").split("|"))

    return {language: (read(language, "and"), read(language, "article")) for language in sets}


def _find_reason(weights: Mapping[str, float], features: Iterable[str]) -> str:
    """Return the feature that says most for an actor; of one who stands on the other side already, that he does."""
    within = (name for name in features if name.startswith("within-"))
    return next(within, "") or max(features, key=lambda name: (weights.get(name, 0), name))


@derived
def _weights(reference: Reference) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in reference.rows("offers")}


@derived
def _neighbours(reference: Reference) -> dict[str, list[str]]:
    """Return for each type the others that its frames hold for defensible, those of most frames first."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in EVENT_TYPES}
    for frame in (row for language in reference.languages for row in reference.rows("frames", language)):
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
