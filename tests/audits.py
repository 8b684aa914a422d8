"""A report of 25 sentences in two languages, with what an audit could find of it: every verdict, every difference."""

from __future__ import annotations

from typing import Any

import pandas as pd
from lagebild.audit.audit_page import Audited
from lagebild.audit.finding import Audit, Difference, Finding, Witness

# Of each sentence its verdict and in what it differs; an empty one ends a paragraph.
REPORT: dict[str, list[tuple[str, Any, Any]]] = {
    "en": [
        ("Moscow and Tehran after the June war", "", None),
        ("", "", None),
        ("In January 2025 Russia and Iran signed a treaty on a strategic partnership.", "supported", None),
        ("Both parliaments ratified it in the spring.", "supported", None),
        ("Israel attacked Iran on 14 June 2025.", "differs", ("day", "2025-06-14", "2025-06-13")),
        ("Iran attacked the Russian embassy.", "not-found", None),
        ("It is hard to see how this could have ended well.", "not-checked", None),
        ("", "", None),
        ("Russia condemned the attack.", "supported", None),
        ("Putin praised the strikes of 12 June.", "differs", ("day", "2025-06-12", "2025-06-13")),
        ("Russia sent 300 troops to Iran.", "differs", ("number", "300", "30")),
        ("Iran has two bombs.", "differs", ("number", "two", "no")),
        ("Russia delivered 40 aircraft.", "differs", ("number", "40 aircraft", "4 aircraft")),
        (
            "Peskov said: “We stand ready to help Iran at once.”",
            "differs",
            ("quotation", "We stand ready to help Iran at once.", "We are ready to help, if Iran asks."),
        ),
        ("", "", None),
        ("The United States hit Fordow on 22 June 2025.", "supported", None),
        ("The strike destroyed the plant.", "contested", None),
        ("Iran fired missiles at Al Udeid.", "supported", None),
        ("Qatar was warned beforehand.", "contested", None),
        ("China offered Tehran a loan of ten billion.", "not-found", None),
        ("Turkey closed its border.", "not-found", None),
        ("A ceasefire took hold on 24 June 2025.", "supported", None),
        ("", "", None),
        ("Moscow will think twice.", "not-checked", None),
        ("Partners in Africa are watching.", "not-checked", None),
        ("Russia offered to mediate.", "supported", None),
        ("Belarus signed nothing.", "not-found", None),
        ("The treaty holds no duty to assist.", "supported", None),
        ("The rest is speculation.", "not-checked", None),
    ],
    "de": [
        ("Moskau und Teheran nach dem Krieg im Juni", "", None),
        ("", "", None),
        ("Im Januar 2025 schlossen Russland und Iran einen Vertrag über eine Partnerschaft.", "supported", None),
        ("Beide Parlamente stimmten im Frühjahr zu.", "supported", None),
        ("Israel griff Iran am 14. Juni 2025 an.", "differs", ("day", "2025-06-14", "2025-06-13")),
        ("Iran griff die russische Botschaft an.", "not-found", None),
        ("Wie das gut hätte enden sollen, ist schwer zu sehen.", "not-checked", None),
        ("", "", None),
        ("Russland verurteilte den Angriff.", "supported", None),
        ("Putin lobte die Angriffe vom 12. Juni.", "differs", ("day", "2025-06-12", "2025-06-13")),
        ("Russland schickte 300 Soldaten.", "differs", ("number", "300", "30")),
        ("Iran hat zwei Bomben.", "differs", ("number", "zwei", "keine")),
        ("Russland lieferte 40 Flugzeuge.", "differs", ("number", "40 Flugzeuge", "4 Flugzeuge")),
        (
            "Peskow sagte: „Wir helfen Iran sofort.“",
            "differs",
            ("quotation", "Wir helfen Iran sofort.", "Wir helfen, wenn Iran darum bittet."),
        ),
        ("", "", None),
        ("Die USA trafen am 22. Juni 2025 Fordo.", "supported", None),
        ("Der Angriff zerstörte die Anlage.", "contested", None),
        ("Iran schoss Raketen auf Al-Udeid.", "supported", None),
        ("Katar war gewarnt.", "contested", None),
        ("China bot Teheran einen Kredit an.", "not-found", None),
        ("Die Türkei schloss ihre Grenze.", "not-found", None),
        ("Am 24. Juni 2025 begann eine Waffenruhe.", "supported", None),
        ("", "", None),
        ("Moskau wird es sich zweimal überlegen.", "not-checked", None),
        ("Partner in Afrika sehen genau hin.", "not-checked", None),
        ("Russland bot an zu vermitteln.", "supported", None),
        ("Belarus unterschrieb nichts.", "not-found", None),
        ("Der Vertrag enthält keine Beistandspflicht.", "supported", None),
        ("Alles andere ist Spekulation.", "not-checked", None),
    ],
}
STANCES: dict[str, tuple[Any, ...]] = {
    "supported": ("supports",),
    "differs": ("differs",),
    "contested": ("supports", "denies"),
}
HELD = {"S001": "Tass", "S002": "IRNA", "S003": "Reuters"}


def make_audited(language: str, file: str = "report.md", spoil: str = "") -> Audited:
    """Return a report with what was found of it; `spoil` ends all that a stranger could have written."""
    findings: list[Finding] = []
    text = ""
    for sentence, verdict, difference in REPORT[language]:
        if not sentence:
            text = text.rstrip() + "\n"
            continue
        sentence += spoil
        if verdict:
            findings.append(_find(len(findings) + 1, len(text), sentence, verdict, difference, language, spoil))
        text += f"{sentence} "
    audit = Audit(
        text=text.rstrip(), language=language, case="tiny", as_of="2025-06-16", findings=findings, coded=True, about=24
    )
    return Audited(
        audit=audit,
        file=file,
        title=f"Moscow, Tehran{spoil}",
        day="2025-07-01",
        case_title={"de": "Russland und Iran", "en": "Russia and Iran"},
        sources=list_sources(spoil),
        sha256="5ec0" * 16,
    )


def _find(
    n: int, start: int, claim: str, verdict: Any, told: tuple[Any, str, str] | None, language: str, spoil: str
) -> Finding:
    stances = STANCES.get(verdict, ())
    difference = None
    reason: Any = verdict if verdict != "not-checked" else "nothing-to-check" if n % 2 else "nearest"
    if told:
        kind, claimed, held = told
        reason = kind
        difference = Difference(kind, claimed + spoil, held + spoil)
    witnesses = []
    for at, stance in enumerate(stances):
        name = f"S00{1 + (n + at) % 3}"
        text = f"A sentence that tells of this, no. {n}.{spoil}"
        witness = Witness(
            source_id=name,
            language=("de", "en")[n % 2],
            sentence_no=n,
            text=text,
            publisher=HELD[name] + spoil,
            published="2025-06-13",
            reliability="B",
            status="reported",
            stance=stance,
            mentions=(f"M{n}",),
            share=0.75,
        )
        witnesses.append(witness)
    return Finding(
        claim_id=f"c{n}",
        start=start,
        end=start + len(claim),
        claim=claim,
        verdict=verdict,
        reason=reason,
        publishers=len(stances),
        witnesses=tuple(witnesses),
        difference=difference,
        near=_tell_nearest(n, spoil) if reason == "nearest" else None,
        judge="a model" if n == 1 else "",
        why=f"They say so.{spoil}" if n == 1 else "",
        overruled=("A. Reader", f"read it myself{spoil}", "not-found") if n == 2 else ("", "", ""),
    )


def _tell_nearest(n: int, spoil: str) -> Witness:
    return Witness(
        source_id="S001",
        language="en",
        sentence_no=50 + n,
        text=f"A sentence that says something similar to claim {n}.{spoil}",
        publisher=f"Tass{spoil}",
        published="2025-06-13",
        reliability="B",
        status="asserted",
        stance="near",
        share=0.4,
    )


def list_sources(spoil: str = "") -> pd.DataFrame:
    """Return the pages of the edition, with the columns of `sources` that an audit asks for."""
    rows = [
        {"source_id": name, "title": f"Report of {who}{spoil}", "publisher": who, "reporter": who, "wording": "note"}
        | {"url": "javascript:alert(1)" if spoil else f"https://{who.lower()}.example/{name}"}
        for name, who in HELD.items()
    ]
    return pd.DataFrame(rows)
