"""What an audit finds of a report: how many claims have each verdict as a bar, and below it a cell for each claim.

A verdict has a colour and a sign, so that neither is needed to tell it from the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from lagebild.audit.finding import Audit, Finding
from lagebild.charts import (
    NARROW,
    STYLE,
    Chart,
    Drawing,
    Picture,
    Shape,
    Text,
    break_lines,
    make_box,
    measure_text,
)
from lagebild.core import Labels

NAME = "audit"
# The fill of each verdict and what is legible on it (Okabe and Ito 2008; the pale one is a tint of their yellow).
INKS = {
    "supported": (STYLE.cooperation, STYLE.white),
    "differs": (STYLE.conflict, STYLE.white),
    "contested": ("#E0A0C4", STYLE.ink),
    "not-found": ("#F3E98A", STYLE.ink),
    "not-checked": (STYLE.white, STYLE.soft),
}
TOLD = 120  # characters of a claim that a cell tells


class _Size(NamedTuple):
    """The pixels of a picture: its width, the side of a cell, its distance to the next, the letters of its sign."""

    width: int
    cell: float
    step: float
    sign: float


SIZES = {"": _Size(STYLE.width, 20.0, 22.0, 12.0), NARROW: _Size(STYLE.phone, 24.0, 27.0, 15.0)}
BAR, KEY, GUTTER = 22.0, 20.0, 30.0


def draw_verdicts(audit: Audit, labels: Labels) -> list[Chart]:
    """Draw the verdicts on a report for a page and for a small screen; a cell leads to ``at-cN``, the place of claim N.

    The table behind both has a row for each claim: `n` from 1, and its `verdict`.
    """
    frame = pd.DataFrame(
        {"n": range(1, len(audit.findings) + 1), "verdict": [one.verdict for one in audit.findings]}
    ).astype({"n": int, "verdict": str})
    counts = {verdict: n for verdict, n in audit.count().items() if n}
    words = {verdict: f"{n} {labels(f'audit.verdict.{verdict}')}" for verdict, n in counts.items()}
    if n := audit.count_claimless():
        words["not-checked"] = labels("audit.claimless.of", all=words["not-checked"], n=n)
    title, told = labels("audit.figure"), labels.enumerate(words.values())
    said = labels("audit.alt", title=title, counts=told, numbers=_say_numbers(frame, labels))
    return [
        Chart(f"{NAME}{kind}", _draw(audit.findings, counts, words, size, labels), frame, title, said.strip())
        for kind, size in SIZES.items()
    ]


def _say_numbers(frame: pd.DataFrame, labels: Labels) -> str:
    """Return which claims are not simply supported, by their numbers; most of the others nobody needs to look up."""
    told = []
    for verdict in ("differs", "not-found", "contested"):
        numbers = labels.enumerate(map(str, frame.loc[frame["verdict"] == verdict, "n"]))
        words = labels(f"audit.verdict.{verdict}")
        told += [labels("audit.alt.numbers", verdict=words, numbers=numbers)] if numbers else []
    return f"{'; '.join(told)}." if told else ""


def _draw(
    findings: Sequence[Finding], counts: Mapping[str, int], words: Mapping[str, str], size: _Size, labels: Labels
) -> Picture:
    drawing, y = _draw_bar(counts, words, size, labels)
    lines = tuple(break_lines(labels("audit.strip"), size.width, STYLE.text))
    drawing += Drawing(words=(Text(0, y + 8 + 7 * len(lines), lines, STYLE.text),))
    y += 22 + 14 * len(lines)
    strip, high = _draw_strip(findings, size, labels)
    return Picture(drawing + strip.lower(y), size.width, round(y + high))


def _draw_bar(
    counts: Mapping[str, int], named: Mapping[str, str], size: _Size, labels: Labels
) -> tuple[Drawing, float]:
    """Draw how many claims have each verdict, and below the bar what its parts mean; return how far down that goes."""
    drawing, left, total = Drawing(), 1.0, sum(counts.values())
    for verdict, n in counts.items():
        right = round(left + (size.width - 2) * n / total, 2)
        sign = f"{labels(f'audit.sign.{verdict}')} {n}"
        fits = measure_text(sign, STYLE.text, bold=True) + 6 < right - left
        words = (Text((left + right) / 2, 1 + BAR / 2, (sign,), STYLE.text, "center", True, INKS[verdict][1]),)
        drawing += Drawing((_box(left, 1, right, 1 + BAR, verdict),), words=words if fits else ())
        left = right
    x, y, side = 0.0, BAR + 18.0, 15.0
    for verdict, word in named.items():
        wide = side + 5 + measure_text(word, STYLE.text)
        if x and x + wide > size.width:
            x, y = 0.0, y + KEY
        drawing += _draw_cell(x + 1, y - side / 2, side, STYLE.text, verdict, labels)
        drawing += Drawing(words=(Text(round(x + side + 6, 2), y, (word,), STYLE.text),))
        x = round(x + wide + 18, 2)
    return drawing, y + KEY / 2


def _draw_strip(findings: Sequence[Finding], size: _Size, labels: Labels) -> tuple[Drawing, float]:
    """Draw a cell for each claim in its order, with the number of the first one before each row; return its height."""
    across = int((size.width - GUTTER) // size.step)
    drawing = Drawing()
    for at, one in enumerate(findings):
        x, y = GUTTER + at % across * size.step, 1 + at // across * size.step
        if at % across == 0:
            label = Text(GUTTER - 6, y + size.cell / 2, (str(at + 1),), STYLE.text, "right", colour=STYLE.soft)
            drawing += Drawing(words=(label,))
        claim = one.claim if len(one.claim) <= TOLD else f"{one.claim[:TOLD]} …"
        verdict = labels(f"audit.verdict.{one.verdict}")
        told = f"{at + 1} · {verdict}: {claim}"
        drawing += _draw_cell(x, y, size.cell, size.sign, one.verdict, labels, f"at-c{at + 1}", told)
    return drawing, 2 + -(-len(findings) // across) * size.step


def _draw_cell(
    x: float, y: float, side: float, letters: float, verdict: str, labels: Labels, name: str = "", hover: str = ""
) -> Drawing:
    box = _box(x, y, x + side, y + side, verdict)._replace(name=name, hover=hover)
    sign = (labels(f"audit.sign.{verdict}"),)
    words = Text(x + side / 2, y + side / 2, sign, letters, "center", True, INKS[verdict][1], name, hover)
    return Drawing((box,), words=(words,))


def _box(x0: float, y0: float, x1: float, y1: float, verdict: str) -> Shape:
    return make_box(x0, y0, x1, y1, INKS[verdict][0])._replace(stroke=STYLE.soft, width=0.8)
