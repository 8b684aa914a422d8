"""From mentions to sayings: who says what about whom, how that differs from what happened, and who contests what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagebild.analysis.relations import list_actors_of, rate_ties, weigh_ties
from lagebild.core import HAPPENED, TABLES, Offices

SAID = ["speaker", "actor"]
BY_EVENT = [*SAID, "event_id"]
SIDES = ("claimed", "differs", "denied")


def collect_sayings(
    events: pd.DataFrame, mentions: pd.DataFrame, offices: Offices, types: pd.DataFrame, actors: str = "folded"
) -> pd.DataFrame:
    """Return who says what about whom, beside what happened; columns as in the table `sayings`.

    Three kinds of saying count: events of another that a speaker tells to have happened (claims), those that he denies,
    and verbal acts towards another: praise, condemnation, refusal (words). The tone is the mean intensity of the types
    of events spoken of, over claims and words; a denial is no claim and has none, and what a speaker thinks of, plans
    or leaves open is neither. A claim keeps its tone if others contest it: that somebody says so is not contested. An
    event that is both is a word. What happened is the mean intensity of all events of the actor towards others that
    weigh, in the same table of events, whoever tells them. All are measured alike, as in the relations, so that their
    difference means something: an offer that nobody has taken up is no agreement.
    """
    acts = _collect_acts(events, offices, types, actors)
    words = _collect_words(acts, types)
    claims = _collect_claims(events, mentions, offices, types, actors)
    sayings = pd.concat([words[words["kind"] == "word"], claims, words[words["kind"] == ""]])
    sayings = sayings[sayings["speaker"] != sayings["actor"]]
    sayings = sayings.drop_duplicates([*BY_EVENT, "denies"])  # a word comes before a claim
    claim, word = sayings["kind"] == "claim", sayings["kind"] == "word"
    by_kind = {"tone_claims": sayings["tone"].where(claim), "tone_words": sayings["tone"].where(word)}
    sayings = sayings.assign(claim=claim, word=word, **by_kind)
    table = sayings.groupby(SAID).agg(
        n_claims=("claim", "sum"),
        tone_claims=("tone_claims", "mean"),
        n_denials=("denies", "sum"),
        n_words=("word", "sum"),
        tone_words=("tone_words", "mean"),
        tone=("tone", "mean"),
    )
    once = sayings.drop_duplicates(BY_EVENT).sort_values("event_id", kind="stable")
    disputed = once["event_id"].isin(events.loc[events["contested"] == "occurrence", "event_id"])
    by_pair = once.assign(disputed=disputed).groupby(SAID)
    table = table.assign(n_contested=by_pair["disputed"].sum(), event_ids=by_pair["event_id"].agg(";".join))
    happened = acts.drop_duplicates(["speaker", "event_id"]).groupby("speaker")["tone"].mean()
    table = table.reset_index()
    table = table.assign(happened=table["actor"].map(happened).astype(float))
    tones = ["tone_claims", "tone_words", "tone", "happened"]
    table[tones] = table[tones].round(1) + 0.0  # there is no minus zero
    table["difference"] = (table["tone"] - table["happened"]).round(1) + 0.0
    return table[list(TABLES["sayings"].columns)]


def collect_claims(
    events: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, offices: Offices, actors: str = "folded"
) -> pd.DataFrame:
    """Return the events that are contested, or that nobody tells but parties to them; columns as in the table `claims`.

    Each side is named: who claims the event, who tells it with other particulars, who denies it. Where a text names no
    speaker, its reporter stands for it. With `actors` "states" all speakers count: leaving some out would make the rest
    look alone.
    """
    actors = "folded" if actors == "states" else actors
    mentions = mentions.drop_duplicates("mention_id").merge(sources[["source_id", "reporter"]], on="source_id")
    spoken, plain = name_speakers(events, mentions, offices, actors), mentions[mentions["speaker"] == ""]
    table = events[["event_id", "contested"]]
    for side in SIDES:
        for name, voices, column in (("by", spoken, "speaker"), ("publishers", plain, "reporter")):
            once = voices[find_sides(voices) == side].drop_duplicates(["event_id", column]).sort_values(column)
            joined = once.groupby("event_id")[column].agg(";".join)
            table = table.assign(**{f"{side}_{name}": table["event_id"].map(joined).astype(str).fillna("")})
    facts = plain.loc[(find_sides(plain) == "claimed") & (plain["status"] == "asserted"), "event_id"]
    claimed = spoken[find_sides(spoken).isin(["claimed", "differs"])]
    parties = pd.concat([list_actors_of(events, side, offices, actors) for side in ("source_actors", "target_actors")])
    keys = pd.MultiIndex.from_arrays([events["event_id"].iloc[parties["row"]], parties["actor"]])
    strange = claimed.loc[~pd.MultiIndex.from_frame(claimed[["event_id", "speaker"]]).isin(keys), "event_id"]
    partial = table["event_id"].isin(claimed["event_id"]) & ~table["event_id"].isin(strange)
    partial &= (table["claimed_publishers"] == "") & (table["differs_publishers"] == "")
    table = table.assign(
        only_parties=np.where(partial, "yes", "no"),
        asserted=np.where(table["event_id"].isin(facts), "yes", "no"),
    )
    kept = (table["contested"] != "no") | partial
    return table.loc[kept, list(TABLES["claims"].columns)].reset_index(drop=True)


def name_speakers(events: pd.DataFrame, mentions: pd.DataFrame, offices: Offices, actors: str) -> pd.DataFrame:
    """Return one row per mention of an event and speaker, who stands for whom he spoke for on the day of the event.

    Columns: those of `mentions`, with one actor as `speaker`, and latest and known_from of the event.
    """
    spoken = mentions[mentions["speaker"] != ""].drop_duplicates("mention_id").sort_values("mention_id", kind="stable")
    spoken = spoken.merge(events[["event_id", "latest", "known_from"]], on="event_id")
    named = list_actors_of(spoken, "speaker", offices, actors)
    return spoken.iloc[named["row"]].assign(speaker=named["actor"].to_numpy()).reset_index(drop=True)


def find_sides(mentions: pd.DataFrame) -> pd.Series:
    """Return on which side each mention of an event is: claimed, differs or denied; empty if it takes none.

    A mention that tells that an act did not happen denies it; one that thinks of it or leaves it open takes no side.
    """
    denied = (mentions["stance"] == "denies") | (mentions["status"] == "negated")
    differs = mentions["stance"] == "differs"
    sides = np.select([denied, differs, mentions["status"].isin(HAPPENED)], ["denied", "differs", "claimed"], "")
    return pd.Series(sides, index=mentions.index, dtype=str)


def _collect_claims(
    events: pd.DataFrame, mentions: pd.DataFrame, offices: Offices, types: pd.DataFrame, actors: str
) -> pd.DataFrame:
    """Return the claims and denials: speaker, actor, event_id, kind, denies, and the tone of a claim."""
    spoken = name_speakers(events, mentions, offices, actors).assign(side=lambda frame: find_sides(frame))
    spoken = spoken[spoken["side"] != ""].reset_index(drop=True)
    acting = list_actors_of(spoken, "source_actors", offices, actors)
    targeted = list_actors_of(spoken, "target_actors", offices, actors)
    mutual = np.flatnonzero(spoken["mutual"] == "yes")
    acting = pd.concat([acting, targeted[targeted["row"].isin(mutual)]]).drop_duplicates().sort_values(["row", "actor"])
    claims = spoken.iloc[acting["row"]].assign(actor=acting["actor"].to_numpy())
    denies = claims["side"] == "denied"
    tone = rate_ties(claims.assign(joint=False), types)["intensity"].where(~denies)
    kind = np.where(denies, "denial", "claim")
    return claims.assign(kind=kind, denies=denies, tone=tone)[[*BY_EVENT, "kind", "denies", "tone"]]


def _collect_acts(events: pd.DataFrame, offices: Offices, types: pd.DataFrame, actors: str) -> pd.DataFrame:
    """Return the acts towards another: speaker, actor, event_id, event_type, weighs, and the tone of one that weighs.

    Those who act together say and do nothing to each other by that.
    """
    acts = weigh_ties(events, offices, types, actors)
    acts = acts[~acts["joint"]].rename(columns={"source_actor": "speaker", "target_actor": "actor"})
    return acts.assign(tone=acts["intensity"].where(acts["weighs"]))


def _collect_words(acts: pd.DataFrame, types: pd.DataFrame) -> pd.DataFrame:
    """Return the verbal acts as sayings; one whose occurrence is contested is listed, but is of no kind and tone."""
    verbal = types.loc[types["quad"].str.startswith("verbal") & (types["talk"] == "no"), "event_type"]
    words = acts[acts["event_type"].isin(verbal)]
    return words.assign(kind=np.where(words["weighs"], "word", ""), denies=False)[[*BY_EVENT, "kind", "denies", "tone"]]
