"""What articles that nobody has judged yet say, in their own sentences: what happened, who is in it, who says what.

The rule of choice is general and printed in the report. It knows no case and no name, and takes no word away: what is
chosen is quoted whole. Extracts of leading sentences are hard to beat as summaries of news (Nenkova 2005, Automatic
Text Summarization of Newswire, AAAI), so among equals the sentence that stands earlier in its article wins. Pairs that
a machine draft relates are chosen, too: what one guess, or one sentence, says is no relation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set
from dataclasses import replace
from typing import Any

import pandas as pd

from lagebild.analysis.firmness import ENDS, undirected
from lagebild.analysis.relations import PAIR, keep_counting, list_actors_of
from lagebild.analysis.statements_by_actor import find_sides
from lagebild.coder import Lexicon
from lagebild.core import HAPPENED, Case, Offices, edtf, ids, records, schema

# --- The pairs that a machine draft may relate ---

SURE = "A"  # the band of drafts that are surer than others
LEAST = 2  # mentions


def find_sure(drafts: pd.DataFrame) -> set[str]:
    """Return the ids of the drafts that are surer than others."""
    return set(drafts.loc[drafts["confidence"] == SURE, "draft_id"])


def find_supported(weighed: pd.DataFrame, mentions: pd.DataFrame, drafts: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the pairs, in one order, between which drafted acts may stand as a relation.

    Either somebody has reviewed a mention of an act between the two, or at least `LEAST` mentions in band A tell such
    acts. `weighed` is what `relations.weigh_ties` returns.
    """
    affirmed = mentions[mentions["stance"] != "denies"].drop_duplicates("mention_id")
    affirmed = affirmed.assign(read=affirmed["reviewed"] == "yes")
    affirmed = affirmed[affirmed["read"] | affirmed["mention_id"].isin(find_sure(drafts))]
    between = undirected(weighed[weighed["weighs"]])[[*ENDS, "event_id"]].drop_duplicates()
    between = between.merge(affirmed[["event_id", "mention_id", "read"]], on="event_id")
    pairs = between.groupby(ENDS).agg(n=("mention_id", "nunique"), read=("read", "any"))
    return set(pairs.index[pairs["read"] | (pairs["n"] >= LEAST)])


def keep_pairs(table: pd.DataFrame, pairs: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the rows of a table of directed pairs, or of pairs as `ENDS`, whose pair is one of these."""
    ends = undirected(table) if PAIR[0] in table else table
    chosen = [pair in pairs for pair in zip(ends["one"], ends["other"], strict=True)]
    return table[pd.Series(chosen, table.index, dtype=bool)].reset_index(drop=True)


# --- The sentences and the actors that tell a case ---

MOST, FEWEST = 8, 5  # sentences that say what happened; what is no plain sentence only fills up to the fewer
KEY, VOICES = 7, 6  # actors that are named, and sayings that are quoted …
PAGE = 11  # … if a page has room for so many quotations in all
SHORTEST, LONGEST = 40, 260  # letters of a plain sentence
STEM, ALIKE = 5, 0.5  # letters of a word that are compared; share of the shorter sentence's words that make it the same
BESIDE = ("pronoun", "possessive", "us", "coordinator", "hanging")  # what opens so hangs on what stands before
PER_PAGE = 2  # sentences of one page, if there are others
WORD = re.compile(r"\w+")
MARKS = '„“”«»"'
SENTENCE_ENDS = re.compile(r"[.!][\"”“»«’)]*$")  # a headline has no full stop, a question and a teaser end otherwise


def join_sentences(
    events: pd.DataFrame,
    mentions: pd.DataFrame,
    drafts: pd.DataFrame,
    sources: pd.DataFrame,
    sentences: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
) -> pd.DataFrame:
    """Return the mentions of events that count with the sentence in which each stands, one row each.

    Columns: those of `mentions`, and text, plain (`is_plain`), sure (reviewed, or drafted in band A from a sentence
    that does not hang on another), place (source,
    language and number of the sentence), day (the first that the mention itself dates, or the one on which its page was
    known), n_publishers, density, publisher and published. `lexicons` are the words of the languages that have
    tables: a sentence in another one is never plain.
    """
    place = ["source_id", "language", "sentence_no"]
    counted = mentions.merge(keep_counting(events)[["event_id", "n_publishers", "density"]], on="event_id")
    counted = counted.merge(sentences[[*place, "text"]], on=place)
    counted = counted.merge(sources[["source_id", "publisher", "published", "known_from"]], on="source_id")
    texts = [_close_quotes(" ".join(text.split())) for text in counted["text"]]
    places = list(zip(counted["source_id"], counted["language"], counted["sentence_no"], strict=True))
    words = [lexicons.get(spoken) for spoken in counted["language"]]
    apart = [known is None or not _hangs(text, known) for text, known in zip(texts, words, strict=True)]
    sure = counted["mention_id"].isin(find_sure(drafts)) & pd.Series(apart, counted.index, dtype=bool)
    return counted.assign(
        text=texts,
        plain=[known is not None and is_plain(text, known) for text, known in zip(texts, words, strict=True)],
        sure=(counted["reviewed"] == "yes") | sure,
        place=pd.Series(places, counted.index, dtype=object),
        day=[_find_day(date) or known for date, known in zip(counted["date"], counted["known_from"], strict=True)],
    )


def is_plain(text: str, words: Lexicon) -> bool:
    """Whether a sentence can stand by itself: no headline, question or teaser, and nothing that hangs on another."""
    fits = SHORTEST <= len(text) <= LONGEST and SENTENCE_ENDS.search(text) is not None
    return fits and not _hangs(text, words)


def _hangs(text: str, words: Lexicon) -> bool:
    """Whether a sentence begins with what another one has said: they, and, or a part of a sentence."""
    first = WORD.search(text)
    return first is None or text[first.start()].islower() or words.has(first[0].lower(), *BESIDE)


def _close_quotes(text: str) -> str:
    """Return a sentence without the one mark of a quotation that goes on behind it, or began before it."""
    marks = [place for place, letter in enumerate(text) if letter in MARKS]
    return text.strip(MARKS) if marks in ([0], [len(text) - 1]) else text


def choose_sentences(mentions: pd.DataFrame, around: Set[str] = frozenset()) -> pd.DataFrame:
    """Return at most `MOST` sentences that say what happened, in the order of time.

    `mentions` has the columns event_id, mention_id, event_type, source_actors, target_actors, stance, status,
    place, sentence_no, text, plain, sure, day, n_publishers and density, as `join_sentences` makes them. First
    come sentences of events that several outlets tell, then those of one, last what is no plain sentence, and of this
    only so many that there are `FEWEST`. Of each one is taken from every part of the time (the days, in order, in
    `MOST` parts) that has none yet, then the best of all: reviewed, more outlets, better attested, surer, earlier in
    its article. No event is told twice, nor the same in other words, nor by a page that goes on telling of one act; no
    page has more than its share, or `PER_PAGE`.
    What somebody has reviewed ranks with what several outlets tell. If a case names whom it is `around`, events without
    these actors only fill up to `FEWEST`.

    Columns: those of `mentions`, and event_ids (all that the sentence tells).
    """
    affirmed = mentions[(mentions["stance"] != "denies") & mentions["status"].isin(HAPPENED)]
    rows = sorted(records(affirmed), key=_rank)
    days = sorted({row["day"] for row in rows})
    parts = {day: number * MOST // max(MOST, len(days)) for number, day in enumerate(days)}
    events = _group_by_place(affirmed)
    each = max(PER_PAGE, MOST // max(1, len({row["place"][0] for row in rows})))
    chosen: list[dict[str, Any]] = []
    for kind, most in _split_by_kind(rows, around):
        for spread in (True, False):
            for row in kind:
                filled = {parts[other["day"]] for other in chosen} if spread else set()
                room = len(chosen) < most and _count_page(row, chosen) < each
                if room and parts[row["day"]] not in filled and not _repeats(row, chosen, events):
                    chosen.append(row)
    chosen.sort(key=lambda row: (row["day"], row["place"]))
    listed = [row | {"event_ids": ";".join(events[row["place"]])} for row in chosen]
    return pd.DataFrame(listed, columns=[*mentions.columns, "event_ids"])


def _count_page(row: dict[str, Any], chosen: list[dict[str, Any]]) -> int:
    return sum(other["place"][0] == row["place"][0] for other in chosen)


def _split_by_kind(rows: list[dict[str, Any]], around: Set[str]) -> list[tuple[list[dict[str, Any]], int]]:
    """Return rows by the kinds of their sentences, the kind to choose from first, and up to how many in all."""
    near = [row for row in rows if not around or around & _list_actors(row)]
    far = [row for row in rows if around and not around & _list_actors(row)]
    return [
        ([row for row in near if row["plain"] and _is_attested(row)], MOST),
        ([row for row in near if row["plain"] and not _is_attested(row)], MOST),
        ([row for row in near if not row["plain"]], FEWEST),
        ([row for row in far if row["plain"]], FEWEST),
    ]


def choose_statements(
    mentions: pd.DataFrame, verbal: Set[str], taken: Collection[tuple[str, str, int]]
) -> pd.DataFrame:
    """Return at most `VOICES` sentences in which somebody says something, one of each voice before a second one.

    `mentions` is as for `choose_sentences`, with speaker, source_actors and event_type. Who is quoted denies or claims
    an event, and comes first; who acts in words (`verbal` types, such as accusing) says that. Sentences at the places
    `taken` stand elsewhere already, and both together are at most `PAGE`; of the rest none tells the same twice.

    Columns: those of `mentions`, and voice (actor ids) and said (claims, denies, or the type of a verbal act).
    """
    sides = find_sides(mentions)
    quoted = mentions.assign(voice=mentions["speaker"], said=sides.map({"denied": "denies"}).fillna("claims"))
    quoted = quoted[(quoted["speaker"] != "") & (sides != "")]
    acted = mentions.assign(voice=mentions["source_actors"], said=mentions["event_type"])
    acted = acted[acted["event_type"].isin(verbal) & (acted["source_actors"] != "") & (acted["speaker"] == "")]
    acted = acted[acted["mutual"] != "yes"]  # two who quarrel: neither says anything
    rows = sorted(records(quoted), key=lambda row: (row["said"] != "denies", _rank(row)))
    rows += sorted(records(acted), key=_rank)
    chosen: list[dict[str, Any]] = []
    places, events = set(taken), _group_by_place(mentions)
    room = min(VOICES, PAGE - len(places))
    for most in (1, VOICES):  # lines of one voice
        for row in rows:
            quoted_before = sum(other["voice"] == row["voice"] for other in chosen)
            fits = row["plain"] and row["place"] not in places and quoted_before < most
            if fits and len(chosen) < room and not _repeats(row, chosen, events):
                chosen.append(row)
    chosen.sort(key=lambda row: (row["voice"], row["day"], row["place"]))
    return pd.DataFrame(chosen, columns=[*mentions.columns, "voice", "said"])


def count_actors(events: pd.DataFrame, offices: Offices, actors: str = "persons") -> pd.DataFrame:
    """Return who takes part in how many events that count, the most frequent first; of equals, who acts more.

    Who does something together with another acts. `actors` is explained at `relations.dyads`.

    Columns: actor, n_events, n_acting, n_targeted.
    """
    counting = keep_counting(events).reset_index(drop=True)
    acting = list_actors_of(counting, "source_actors", offices, actors)
    targeted = list_actors_of(counting, "target_actors", offices, actors)
    mutual = targeted["row"].isin(counting.index[counting["mutual"] == "yes"])
    acting = pd.concat([acting, targeted[mutual]]).drop_duplicates()
    sides = {"n_acting": acting, "n_targeted": targeted[~mutual]}
    table = pd.DataFrame({name: side.groupby("actor")["row"].nunique() for name, side in sides.items()})
    table["n_events"] = pd.concat(list(sides.values())).drop_duplicates().groupby("actor")["row"].nunique()
    table = table.fillna(0).astype(int).rename_axis("actor").reset_index()
    order = table.sort_values(["n_events", "n_acting", "actor"], ascending=[False, False, True], kind="stable")
    return order[["actor", "n_events", "n_acting", "n_targeted"]].reset_index(drop=True)


def centre_case(case: Case, events: pd.DataFrame, offices: Offices) -> Case:
    """Return a case with its subject: whom `case.yml` names, else who takes part in most events that count.

    Persons count for the state they acted for; nobody is in the middle if nobody does anything.
    """
    if case.subject:
        return case
    counted = count_actors(events, offices, "folded")["actor"]
    return replace(case, subject=next((actor for actor in counted if actor not in offices.persons), ""))


def _list_actors(row: dict[str, Any]) -> set[str]:
    return {*ids(row["source_actors"]), *ids(row["target_actors"])}


def _is_attested(row: dict[str, Any]) -> bool:
    """Whether several outlets tell an event, or somebody has reviewed it."""
    return bool(row["n_publishers"] > 1 or row["reviewed"] == "yes")


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what sorts the best supported sentence first."""
    dense = ([*schema.DENSITY, ""]).index(row["density"])
    return (
        row["reviewed"] != "yes",
        -row["n_publishers"],
        dense,
        not row["sure"],
        row["sentence_no"],
        row["day"],
        row["mention_id"],
    )


def _find_day(date: str) -> str:
    """Return the first day that a date allows, or the last one if it leaves open since when; empty if it is."""
    span = edtf.parse(date) if date else None
    return str(span.earliest or span.latest or "") if span else ""


def _group_by_place(mentions: pd.DataFrame) -> dict[Any, list[str]]:
    events: dict[Any, list[str]] = {}
    for row in records(mentions.sort_values("event_id")):
        listed = events.setdefault(row["place"], [])
        if row["event_id"] not in listed:
            listed.append(row["event_id"])
    return events


def _repeats(row: dict[str, Any], chosen: list[dict[str, Any]], events: dict[Any, list[str]]) -> bool:
    """Whether a chosen sentence tells one of the same events, says the same, or the same page tells of the same act."""
    stems, tells = _list_stems(row["text"]), set(events[row["place"]])
    return any(
        tells.intersection(events[other["place"]])
        or (row["place"][0] == other["place"][0] and _is_same_act(row, other))
        or _overlap(stems, _list_stems(other["text"])) >= ALIKE
        for other in chosen
    )


def _is_same_act(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two acts that one page tells are of one type, and share somebody on each side."""
    sides = (({*ids(row[side])}, {*ids(other[side])}) for side in ("source_actors", "target_actors"))
    return bool(
        row["event_type"] == other["event_type"] and all(mine & theirs or mine == theirs for mine, theirs in sides)
    )


def _list_stems(text: str) -> set[str]:
    """Return the beginnings of the words of a sentence that carry its matter: longer ones, and numbers."""
    return {word[:STEM].casefold() for word in WORD.findall(text) if len(word) >= STEM or word.isdigit()}


def _overlap(stems: set[str], other: set[str]) -> float:
    return len(stems & other) / max(1, min(len(stems), len(other)))
