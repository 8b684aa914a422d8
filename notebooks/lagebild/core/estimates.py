"""Words of estimative language in a sentence: how likely, how sure (ICD 203); the words are the table `estimates`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lagebild.core.reference import Reference, derived


class Estimate(NamedTuple):
    """A word of estimative language in a sentence: as it stands there, its kind, its value and its row of terms."""

    words: str
    kind: str
    value: str
    row: str


def find_estimates(reference: Reference, sentence: str, language: str) -> list[Estimate]:
    """Return the estimative words of a sentence, in order."""
    pattern, rows = _read_estimates(reference, language)
    text = " ".join(sentence.replace("’", "'").split())
    found = []
    for match in pattern.finditer(text):
        row = rows[match[0].lower()]
        if row["value"] or row["kind"] != "likelihood":
            suffix = re.search(r"-\d$", row["estimate_id"])
            found.append(Estimate(match[0], row["kind"], row["value"], suffix[0] if suffix else ""))
    return found


@derived
def _read_estimates(reference: Reference, language: str) -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    known = [row for row in reference.rows("estimates") if row["language"] == language]
    rows = {words: row for row in known for words in row["words"].split("|")}
    longest = sorted(rows, key=lambda words: (-len(words), words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE), rows
