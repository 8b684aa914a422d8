"""plotly.js for the pages of single figures: the published bundle, cut down to what the charts of Lagebild draw.

plotly.py ships the whole library (4.8 MB: maps, 3D, WebGL …). plotly's partial bundles exist on npm only, and a fresh
machine has no npm. The published bundle is a list of modules that load each other by name, and one module that
registers the trace types; without the traces that we never draw, most modules are reached by nobody and can be left
out. It then weighs 1.3 MB. Scatter, shapes and annotations belong to the core and always stay.
"""

from __future__ import annotations

import re
from functools import cache

from plotly.offline import get_plotlyjs

START = re.compile(r"(?<=;)var [\w$]+=W\(\(")  # a module at top level; W is the bundler's wrapper
DEFINED = re.compile(r"(?:var |,)([\w$]+)=(?:W|Ea)\(")
REGISTERED = re.compile(r"\.register\(\[([\w$]+\(\),?)+\]\)")
NAME = re.compile(r"[A-Za-z_$][\w$]*")


@cache
def core_bundle() -> str:
    """Return plotly.js without the trace types that are not in its core.

    Whatever the reading of the bundle is unsure of stays in; a bundle that is not built as expected comes back whole.
    """
    whole = str(get_plotlyjs())
    starts = [match.start() for match in START.finditer(whole)]
    if not starts or not REGISTERED.search(whole, starts[-1]):
        return whole
    parts = [
        REGISTERED.sub(".register([])", whole[a:b]) for a, b in zip(starts, [*starts[1:], len(whole)], strict=True)
    ]
    defines = {name: number for number, part in enumerate(parts) for name in DEFINED.findall(part)}
    certain = {number for number, part in enumerate(parts) if not part.endswith("});")} | {len(parts) - 1}
    kept, waiting = set(certain), [whole[: starts[0]], *(parts[number] for number in certain)]
    while waiting:
        for name in set(NAME.findall(waiting.pop())):
            number = defines.get(name)
            if number is not None and number not in kept:
                kept.add(number)
                waiting.append(parts[number])
    return whole[: starts[0]] + "".join(parts[number] for number in sorted(kept))
