"""A name for an event that nobody has named: a piece of its evidence, word for word, short enough for a label.

A pattern of sides and type ("Thailand → unknown: Coercion") does not say what happened; the words of the text do.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.coder.lexicon import Frame, Lexicon

LONGEST = 64  # letters of a label: about as many as stand beside a mark
HEAD = 24  # … of these for the subject, where the act stands far behind it: in German the verb comes last
FEWEST = 3  # words that tell something by themselves: "the meeting" does not
MARKS = ".,;:–-!?…()[]„“”\"»«'’‘"
CUT = "…"
BOUND = ("preposition", "determiner", "coordinator", "complementizer", "relative", "infinitive")  # need a word behind
HELPERS = ("be", "have", "become", "modal")
OPENERS = ("preposition", "determiner", "number")  # a phrase may begin with them


def shorten(words: Lexicon, evidence: str, rule: str = "") -> str:
    """Return evidence in at most `LONGEST` letters: whole words, beginning with the subject or the act, cuts marked.

    What leads in ("On 8 January, …") goes first. If the act, which the frame `rule` finds, stands too far behind, the
    middle goes, and subject and act stay.
    """
    told = evidence.split()
    if told:
        told[-1] = told[-1].rstrip(".,;:–-") or told[-1]
    if _fits(told):
        return " ".join(told)
    act = _find_act(words, told, rule)
    led = _find_lead(words, told, act)
    opening, told, act = [CUT] if led else [], told[led:], act - led
    if _fits([*opening, *told]):
        return " ".join([*opening, *told])
    end = _count_fitting(told, LONGEST - 2 - 2 * len(opening))
    if act < end:
        return " ".join([*opening, *_trim(words, told[:end], act + 1), CUT])
    first = words.has(_plain(told[0]), "preposition")
    head = [] if opening or first else _trim(words, told[: _count_fitting(told, HEAD)], 1)
    room = LONGEST - len(" ".join(head)) - 3
    return " ".join([*head, CUT, *_cut_out(words, told[len(head) :], act - len(head), room)])


def is_telling(evidence: str) -> bool:
    """Whether words tell something by themselves."""
    return len(evidence.split()) >= FEWEST


def _find_act(words: Lexicon, told: Sequence[str], rule: str) -> int:
    """Return the place of the word with which the frame `rule` finds an act, the last one if there are several.

    0 if no word does: the rule may be a person's.
    """

    def acts(word: str) -> list[Frame]:
        known = words.word(word.strip(MARKS))
        return [*known.nouns, *(frame for verb in known.verbs for frame in words.frames.get(verb.lemma, ()))]

    hits = (place for place, word in enumerate(told) if any(one.frame_id == rule for one in acts(word)))
    return max(hits, default=0)


def _find_lead(words: Lexicon, told: Sequence[str], act: int) -> int:
    """Return how many words lead in to a clause that begins with a preposition: those up to a comma before the act.

    Where no order of words tells who acts, the verb may follow at once, and the subject comes behind it.
    """
    if not words.has(_plain(told[0]), "preposition"):
        return 0
    before = told[: act or len(told) // 2]
    comma = next((place for place, word in enumerate(before) if word.endswith(",")), -1)
    helped = any(
        words.has(_plain(word), *HELPERS) for word in told[:act]
    )  # the verb stands before, its participle last
    fronted = comma < 0 < act < len(told) - 1 and not words.language.fixed_order and not helped
    return act if fronted else comma + 1


def _cut_out(words: Lexicon, told: Sequence[str], act: int, room: int) -> list[str]:
    """Return what stands around an act: the words behind it first, then those before it, from a phrase's beginning."""
    end = act + 1
    while end < len(told) and len(" ".join(told[act : end + 1])) <= room - 2:
        end += 1
    after = [] if end == len(told) else [CUT]
    room -= 2 * len(after)
    start = act
    while start > 0 and len(" ".join(told[start - 1 : end])) <= room:
        start -= 1
    opens = (place for place in range(start, act) if words.has(_plain(told[place]), *OPENERS))
    start = next(opens, start)
    return [*_trim(words, told[start:end], act - start + 1), *after] if after else list(told[start:end])


def _trim(words: Lexicon, told: Sequence[str], least: int) -> list[str]:
    """Return words without those at their end that need another one behind them; `least` stay."""
    kept = list(told)
    while len(kept) > max(least, 1) and words.has(_plain(kept[-1]), *BOUND):
        kept.pop()
    kept[-1] = kept[-1].rstrip(',;:–-(„“"') or kept[-1]
    return kept


def _count_fitting(told: Sequence[str], room: int) -> int:
    """Return how many words have room, at least one."""
    return max((n for n in range(1, len(told) + 1) if len(" ".join(told[:n])) <= room), default=1)


def _fits(told: Sequence[str]) -> bool:
    return len(" ".join(told)) <= LONGEST


def _plain(word: str) -> str:
    return word.strip(MARKS).lower()
