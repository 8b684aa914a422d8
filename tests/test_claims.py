"""The claims of reports on which an audit is measured: paraphrases, sentences of reports, short and free ones.

Paraphrases: two people wrote 90 claims each, without seeing the other's, on the first case and on German Wikinews (20
articles each): half of them true, the others false by kind, or nothing that evidence could tell. A third, who saw no
label, read all of them against the evidence and came to the same for 176 of 180; the four are acts outside period and
actors, which he did not find. One half, by the hash of the id, is for developing, the other for measuring.

Sentences of reports: two others each wrote briefings in German and English from the evidence, in the plain language of
such reports, and made half of their sentences wrong in one respect each. Every other one of a kind in a language is for
measuring. Nobody but its author read that half.

Short sentences: four more wrote what somebody first tries, of 4 to 14 words each, on the first case (p, q, s, t). All
of the first two and a half of the last two, by the hash of the id, are for developing; the rest nobody but its author
read.

Free ones: six more wrote 120 each, half of them true, and those as far from the words of the evidence as good prose
goes: an analyst's brief (u), a newspaper's analysis (v), a digest of Wikinews (w), what a language model might write
from memory (x), a plain chronicle (y), a briefing with the usual slips (z). Others, who saw no label, came to the same
for all, though they may have guessed the order in which the claims stood. Of u to x one half, by the hash of the claim,
is for developing; the rest, with y and z, nobody but these read.

Pairs (m): six more wrote 50 pairs each of a true and a false claim in one sentence frame, one thing changed, on the
first case and on real articles in German and English, so that the wording gives nothing away; halves by the hash of the
page. And a newcomer's (n), written to try the audit, on the same: all unread.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from hashlib import sha1, sha256
from typing import Any

import pytest
from examples import PROJECT
from lagebild.core.folders import EXAMPLE

CLAIMS = [json.loads(line) for line in (PROJECT / "tests/gold/claims.jsonl").read_text(encoding="utf-8").splitlines()]
FALSE = {"act", "day", "denied", "invented", "number", "quotation", "sides", "status"}


def test_claims_are_named_once_and_each_half_of_those_not_from_reports_is_chosen_by_its_id_or_its_words() -> None:
    assert len({one["id"] for one in CLAIMS}) == len(CLAIMS) == 1995
    styles = {"paraphrase": 180, "report": 156, "short": 288, "free": 479, "chronicle": 120, "briefing": 120}
    styles |= {"pair": 600, "newcomer": 52}
    assert Counter(one["style"] for one in CLAIMS) == styles
    for one in CLAIMS:
        if one["id"][0] in "abst":
            assert one["half"] == ("read" if int(sha1(one["id"].encode()).hexdigest(), 16) % 2 else "unread")
        elif one["id"][0] in "uvwx":
            assert one["half"] == ("unread" if int(sha256(one["claim"].encode()).hexdigest(), 16) % 2 else "read")
        elif one["id"][0] in "ynz":
            assert one["half"] == "unread"
        elif one["id"][0] == "m":
            page = sha256(one["evidence"][0][0].encode()).hexdigest()
            assert one["half"] == ("read" if int(page, 16) % 2 else "unread")


def test_of_a_pair_one_is_true_and_both_stand_on_one_sentence() -> None:
    pairs: dict[str, list[dict[str, Any]]] = {}
    for one in CLAIMS:
        if one["style"] == "pair":
            pairs.setdefault(one["id"][:-1], []).append(one)
    assert len(pairs) == 300
    for one, other in pairs.values():
        assert {one["truth"], other["truth"]} == {"true", "false"}
        assert all(one[name] == other[name] for name in ("evidence", "kind", "half", "set", "language"))


@pytest.mark.parametrize(
    ("half", "style", "least"),
    [
        (half, *one)
        for half in ("read", "unread")
        for one in (("paraphrase", 14), ("report", 14), ("short", 9), ("free", 40))
    ]
    + [("unread", "chronicle", 25), ("unread", "briefing", 25)],
)
def test_each_half_has_true_and_false_claims_of_all_kinds_in_both_languages(half: str, style: str, least: int) -> None:
    mine = [one for one in CLAIMS if (one["half"], one["style"]) == (half, style)]
    counted = Counter((one["truth"], one["language"]) for one in mine)
    assert min(counted[truth, language] for truth in ("true", "false") for language in ("de", "en")) >= least
    assert {one["kind"] for one in mine if one["truth"] == "false"} == FALSE - {"quotation" if style == "short" else ""}
    assert {one["kind"] for one in mine if one["truth"] == "none"} <= {"opinion"}


def test_the_evidence_of_true_claims_is_there() -> None:
    with (EXAMPLE / "sources.csv").open(encoding="utf-8", newline="") as file:
        known = {row["source_id"] for row in csv.DictReader(file)}
    for one in CLAIMS:
        assert one["evidence"] or one["truth"] != "true"
        if one["set"] == "russia-iran":
            assert {source for source, _ in one["evidence"]} <= known
