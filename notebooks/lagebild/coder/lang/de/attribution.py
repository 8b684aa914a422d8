"""The attributions of a German sentence: where a cue stands says where its message is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lang.de.attribution_other import other
from lagebild.coder.lang.de.attribution_verbs import find_said, read_saying
from lagebild.coder.lang.de.speech import moody, opening, phrase, subject
from lagebild.coder.lang.de.verbs import KONJUNKTIV
from lagebild.coder.speech import Attribution, Before, Found, Unit


def find_speech(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of a German sentence."""
    found = [*_find_cued(u, before, last)]
    for n, (s, _) in enumerate(u.parts):
        if u.speech(s):
            found += _find_quoted(u, n, before)
    yield from found or _find_free(u, before, last)


def _find_cued(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield what the words of the table `speech` attribute."""
    cues = u.known.cues
    for v in [v for v, low in enumerate(u.low) if low in u.known.heads]:
        low, n = u.low[v], u.part(v)
        s, e = u.parts[n]
        if low in cues.verbs and (u.words[v] == low or v == 0) and (verb := read_saying(u, n, v, cues.verbs[low])):
            yield from find_said(verb, before, last)
        for cue in cues.others.get(low, ()):
            if not cue.rest or set(cue.rest) <= set(u.low[s:e]):
                yield from other(u, n, v, cue, before)


def _find_quoted(u: Unit, n: int, before: Sequence[Attribution]) -> Iterator[Found]:
    """Yield the quotation in part `n` if a colon opens it, or if it is all there is."""
    s, _ = u.parts[n]
    if n and u.cut(n) == ":":
        p, q = u.parts[n - 1]
        finite = next((i for i in range(p, q) if u.mood(i)), q)
        if finite == q and u.text[u.spans[s][1] - 2] not in ".!?":
            return  # *Im Kino: „Die Wand“*
        who = subject(u, n - 1, finite, False) if finite < q else u.some(p, phrase(u, p, q))
        yield Found(5, who, None, *u.spans[s], "colon:quote")
    elif len(u.parts) == 1 and before:
        yield Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on")


def _find_free(u: Unit, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield a sentence that says by its mood alone that others say it."""
    moods = KONJUNKTIV if before else KONJUNKTIV[:1]
    if not any(mood in moods for mood in map(u.known.mood, u.words) if mood):
        return
    de, low = u.known, u.low
    for n, (s, e) in enumerate(u.parts):
        fronted = n == 0 and s + 1 < e and moody(u, s + 1, s + 2)  # *damit seien …*
        opens = low[s] in de.complementizer or low[s] in de.subordinator
        hangs = (opens and not fronted) or (n and low[s] in de.relative)
        if hangs or "ich" in low[s:e]:
            continue
        for i in range(s, e):
            thought = u.mood(i) == "subj2" and (not i or u.tokens[i].has("modal"))  # *Ließe …*, *könnte …*
            if u.mood(i) in moods and not thought:
                who = (before[-1].source if before else None) or opening(last())
                yield Found(8, who, None, u.start, u.stop, "konjunktiv:goes-on" if before else "konjunktiv:opens")
                return
