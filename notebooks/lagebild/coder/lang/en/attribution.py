"""The attributions of an English sentence: where a cue stands says where its message is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lang.en.attribution_other import other
from lagebild.coder.lang.en.attribution_verbs import find_said
from lagebild.coder.speech import Attribution, Before, Cue, Found, Unit


def find_speech(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of an English sentence."""
    en = u.known
    for n, (s, e) in enumerate(u.parts):
        if u.speech(s) and len(u.parts) == 1 and before:
            yield Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on")
        elif u.speech(s) and n and u.cut(n) == ":":
            p, q = u.parts[n - 1]
            yield Found(5, u.chars(p, q) if q - p < 8 else None, None, *u.spans[s], "colon:quote")
        for v in range(s, e):
            for cue in en.cues.verbs.get(u.low[v], ()):
                yield from find_said(u, n, v, cue)
            for cue in en.cues.others.get(u.low[v], ()):
                if (first := _match(u, s, v, cue)) >= 0:
                    yield from other(u, n, first, v, cue)


def _match(u: Unit, s: int, v: int, cue: Cue) -> int:
    """Return the first token of a cue that ends at token `v`, adverbs in it allowed (is also said to); -1 if none."""
    first = v
    for word in reversed(cue.rest):
        first -= 1
        while first > s and u.low[first] != word and u.low[first] in u.known.other:
            first -= 1
        if first < s or u.low[first] != word:
            return -1
    return first
