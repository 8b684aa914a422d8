"""The key figures of an edition, what its report states about the size and state of the dataset; and its answer."""

from __future__ import annotations

import pandas as pd

from lagebild.core.judgements import LIKELIHOODS
from lagebild.report.edition import Edition


def count_key_figures(edition: Edition) -> dict[str, int]:
    """Return how many events, mentions, sources and so on the dataset of an edition holds, by name."""
    events, mentions, sentences = edition.data.events, edition.data.mentions, edition.data.sentences
    place = ["source_id", "sentence_no"]
    reported = mentions[place].drop_duplicates()
    both = mentions.groupby("mention_id")["language"].nunique()
    once = mentions.drop_duplicates("mention_id")
    decided, proposed = once[once["event_id"] != ""], edition.data.drafts["decision"]
    by_draft, reviewed = decided["origin"] == "drafted", decided["reviewed"] == "yes"
    return {
        "events": len(events),
        "conditions": len(edition.data.conditions),
        "mentions": len(once),
        "reported": len(decided),
        "accepted": int((by_draft & reviewed).sum()),
        "edited": int(((decided["origin"] == "edited") & reviewed).sum()),
        "added": int((decided["origin"] == "added").sum()),
        "open": int((~reviewed).sum()),
        "drafts": int((proposed != "candidate").sum()),
        "candidates": int((proposed == "candidate").sum()),
        "rejected": int((proposed == "rejected").sum()),
        "sources": len(edition.data.sources),
        "publishers": edition.data.sources["reporter"].nunique(),
        "countries": edition.data.sources["country"].replace("", pd.NA).nunique(),
        "sentences": len(sentences[place].drop_duplicates()),
        "sentences_coded": len(reported),
        "bilingual": int((both > 1).sum()),
        "reviewed": int((once["reviewed"] == "yes").sum()),
        "drafted": int((once["reviewed"] == "no").sum()),
        "several_publishers": int((events["n_publishers"] > 1).sum()),
        "exact": int((events["earliest"].ne("") & (events["earliest"] == events["latest"])).sum()),
        "contested": int((events["contested"] != "no").sum()),
        "unknown_day": int((edition.data.sources["published_basis"] == "estimated").sum()),
    }


def say_answer(edition: Edition) -> str:
    """Return the answer of the edition with its likelihood; of a case without one, what it rests on and what it is."""
    labels, language = edition.labels, edition.paths.language
    if not edition.judgements.answers:
        measured = count_key_figures(edition)
        counts = labels("title.counts", **{name: measured[name] for name in ("events", "sources", "publishers")})
        return f"{edition.banner}. {counts}" if edition.unreviewed else counts
    said = []
    for entry in edition.judgements.answers:
        said.append(entry.text[language])
        if entry.likelihood:
            low, high = LIKELIHOODS[entry.likelihood]
            band = labels("judgement.band", low=low, high=high, word=labels(f"likelihood.{entry.likelihood}"))
            said.append(f"{labels('judgement.likelihood')} {band}.")
    return " ".join(said)
