"""Mentions to their evidence: the place of the words in the text file, in each language in which a page is held.

A page is held in any language that is read; a mention quotes it in the columns ``quote_xx`` and ``cue_xx`` of each.
"""

from __future__ import annotations

import pandas as pd

from lagebild.core import TABLES, folders

CODED = list(TABLES["case/mentions"].columns)


def quotes(*more: str) -> list[str]:
    """Return the columns in which a mention holds evidence and cue, of every language that has tables, and of more."""
    languages = sorted({*folders.read_languages(), *more})
    return [f"{what}_{language}" for what in ("quote", "cue") for language in languages]


def add_quotes(coded: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Return coded mentions with those columns; people need not write them all."""
    return coded.assign(**{column: "" for column in quotes(*more) if column not in coded})


def locate_evidence(coded: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row per mention and language, with the evidence as offsets into the text file.

    A mention of the draft coder has one language, the one in which it was drafted.
    """
    parts, languages = [], sorted({*folders.read_languages(), *sentences["language"]})
    coded = add_quotes(coded, *languages)
    for language in languages:
        here = sentences[sentences["language"] == language].drop(columns="language")
        spoken = coded[coded["language"].isin(["", language])].drop(columns="language")
        part = spoken.merge(here, on=["source_id", "sentence_no"], how="inner")
        quote = part[f"quote_{language}"]
        part["evidence"] = quote.where(quote != "", part["text"])
        places = zip(part["text"], part["evidence"], part["at"] - part["start"], strict=True)
        # Where evidence was drafted, if it still stands there.
        part["start"] += [
            at if at >= 0 and text.startswith(words, at) else text.find(words) for text, words, at in places
        ]
        part["end"] = part["start"] + part["evidence"].str.len()
        parts.append(part.assign(language=language, cue=part[f"cue_{language}"]))
    return pd.concat(parts)[list(TABLES["mentions"].columns)].reset_index(drop=True)


def choose_wording(mentions: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return one row per mention, in the order of their ids: in `language`, if it is there in that."""
    foreign = mentions.assign(_foreign=mentions["language"] != language)
    chosen = foreign.sort_values(["mention_id", "_foreign"], kind="stable").drop_duplicates("mention_id")
    return chosen.drop(columns="_foreign")
