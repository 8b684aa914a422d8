"""Drafts as mentions that nobody has reviewed: which of them report one event, and what its summary says.

An event that nobody has named is called by a piece of its evidence, word for word, short enough for a label: a pattern
of sides and type ("Thailand → unknown: Coercion") does not say what happened; the words of the text do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from textwrap import shorten as shorten_text
from typing import Any

import pandas as pd

from lagebild.coder import Frame, Lexicon, read_lexicon
from lagebild.core import LANGUAGES, Labels, Reference, edtf, group_rows, ids, read_labels, records
from lagebild.dataset.coreference import count_span
from lagebild.dataset.matching import SIDES, match_drafts
from lagebild.dataset.quotes import CODED, add_quotes, quotes

# --- The words of the evidence as a label ---

LONGEST = 64  # letters of a label: about as many as stand beside a mark
HEAD = 24  # … of these for the subject, where the act stands far behind it: in German the verb comes last
FEWEST = 3  # words that tell something by themselves: "the meeting" does not
MARKS = ".,;:–-!?…()[]„“”\"»«'’‘"
CUT = "…"
BOUND = ("preposition", "determiner", "coordinator", "complementizer", "relative", "infinitive")  # need a word behind
DEPENDENT = ("complementizer", "if", "relative", "subordinator", "whether")  # open a clause that hangs on another
HELPERS = ("be", "have", "become", "modal")
OPENERS = ("preposition", "determiner", "number")  # a phrase may begin with them


def shorten(words: Lexicon, evidence: str, rule: str = "") -> str:
    """Return evidence in at most `LONGEST` letters: whole words, beginning with the subject or the act, cuts marked.

    What leads in ("On 8 January, …") goes first. If the act, which the frame `rule` finds, stands too far behind, the
    middle goes, and subject and act stay.
    """
    tokens = evidence.split()
    if tokens:
        tokens[-1] = tokens[-1].rstrip(".,;:–-") or tokens[-1]
    if len(" ".join(tokens)) <= LONGEST:
        return " ".join(tokens)
    act = _find_act(words, tokens, rule)
    led = _find_lead(words, tokens, act)
    opening, tokens, act = [CUT] if led else [], tokens[led:], act - led
    if len(" ".join([*opening, *tokens])) <= LONGEST:
        return " ".join([*opening, *tokens])
    end = _count_fitting(tokens, LONGEST - 2 - 2 * len(opening))
    if act < end:
        return " ".join([*opening, *_trim(words, tokens[:end], act + 1), CUT])
    first = words.has(_normalise(tokens[0]), "preposition")
    head = [] if opening or first else _trim(words, tokens[: _count_fitting(tokens, HEAD)], 1)
    room = LONGEST - len(" ".join(head)) - 3
    return " ".join([*head, CUT, *_cut_out(words, tokens[len(head) :], act - len(head), room)])


def _find_act(words: Lexicon, tokens: Sequence[str], rule: str) -> int:
    """Return the place of the word with which the frame `rule` finds an act, the last one if there are several.

    0 if no word does: the rule may be a person's.
    """

    def acts(word: str) -> list[Frame]:
        known = words.word(word.strip(MARKS))
        return [*known.nouns, *(frame for verb in known.verbs for frame in words.frames.get(verb.lemma, ()))]

    hits = (place for place, word in enumerate(tokens) if any(frame.frame_id == rule for frame in acts(word)))
    return max(hits, default=0)


def _find_lead(words: Lexicon, tokens: Sequence[str], act: int) -> int:
    """Return how many words lead in to a clause that begins with a preposition: those up to a comma before the act.

    Where no order of words tells who acts, the verb may follow at once, and the subject comes behind it.
    """
    if not words.has(_normalise(tokens[0]), "preposition"):
        return 0
    before = tokens[: act or len(tokens) // 2]
    comma = next((place for place, word in enumerate(before) if word.endswith(",")), -1)
    # A helper before the act is the verb; the act, its participle, stands last.
    helped = any(words.has(_normalise(word), *HELPERS) for word in tokens[:act])
    fronted = comma < 0 < act < len(tokens) - 1 and not words.language.fixed_order and not helped
    return act if fronted else comma + 1


def _cut_out(words: Lexicon, tokens: Sequence[str], act: int, room: int) -> list[str]:
    """Return what stands around an act: the words behind it first, then those before it, from a phrase's beginning."""
    end = act + 1
    while end < len(tokens) and len(" ".join(tokens[act : end + 1])) <= room - 2:
        end += 1
    after = [] if end == len(tokens) else [CUT]
    room -= 2 * len(after)
    start = act
    while start > 0 and len(" ".join(tokens[start - 1 : end])) <= room:
        start -= 1
    opens = (place for place in range(start, act) if words.has(_normalise(tokens[place]), *OPENERS))
    start = next(opens, start)
    return [*_trim(words, tokens[start:end], act - start + 1), *after] if after else list(tokens[start:end])


def _trim(words: Lexicon, tokens: Sequence[str], least: int) -> list[str]:
    """Return words without those at their end that need another one behind them; `least` stay."""
    kept = list(tokens)
    while len(kept) > max(least, 1) and words.has(_normalise(kept[-1]), *BOUND):
        kept.pop()
    kept[-1] = kept[-1].rstrip(',;:–-(„“"') or kept[-1]
    return kept


def _count_fitting(tokens: Sequence[str], room: int) -> int:
    """Return how many words have room, at least one."""
    return max((n for n in range(1, len(tokens) + 1) if len(" ".join(tokens[:n])) <= room), default=1)


def _normalise(word: str) -> str:
    return word.strip(MARKS).lower()


# --- Drafts as mentions ---

TRACED = ["rule", "origin", "reviewed", "language", "at", "candidate"]
SPOKEN = ("ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN")  # acts whose matter tells them apart
STEM, FEW = 5, 2  # letters of a word that are compared; words that hardly say more than who did what
WORD = re.compile(r"\w+")
NEAR = 3  # days between two publications that may report the same undated event
RECENT = 7  # days before its publication in which an act without a date took place: news is of its week
VAGUE = 31  # days; a longer span tells no act from another within it
BY = "draft coder"
READ_BY = {"rules": "rule ", "model": "read by the model", "rules;model": "read by the model and rule "}
Row = dict[str, Any]


def propose(drafts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the drafts as mentions that nobody has reviewed, those of one event with one `event_id`.

    Columns: those of `case/mentions`, rule, origin and reviewed; language and place (`at`) of the evidence; and whether
    it is a candidate. Candidates come along so that a reviewer can take them up: they join an event that is told
    without them, or get one of their own. An event is named after its first draft, so that a decision which names it
    still does when other pages join the case.
    """
    day = dict(zip(sources["source_id"], sources["known_from"], strict=True))
    rows = [_make_mention(row) for row in records(drafts.assign(published=drafts["source_id"].map(day)))]
    rows.sort(key=_get_order)
    events = group_events(rows)
    proposed = [row | events[row["mention_id"]] for row in rows]
    columns = dict.fromkeys([*add_quotes(pd.DataFrame(columns=CODED)).columns, *TRACED])
    for row in proposed:  # quotations in languages without tables
        columns |= dict.fromkeys(row)
    return pd.DataFrame(proposed, columns=list(columns)).fillna("")


def propose_rest(
    reference: Reference, drafts: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the drafts that no mention takes up, all as candidates; columns as those of `propose`."""
    rest = match_drafts(reference, drafts, mentions, sources)[0]
    rest = rest[rest["decision"].isin(["rejected", "candidate"])]
    return propose(rest.assign(decision="candidate"), sources)


def name_events(reference: Reference, graded: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return the summaries of all events: what people wrote, else the words of the best told mention, shortened.

    Words in another language than that of the report are followed by the code of theirs. Where the evidence tells
    nothing by itself, a pattern of the sides stands before it; without evidence, or where that is a clause which hangs
    on another, the type.
    """
    written = set(names["event_id"])
    labels = [read_labels(reference, language) for language in LANGUAGES]
    rows = []
    for event_id, (first, *_) in group_rows(graded[~graded["event_id"].isin(written)], "event_id").items():
        words = first["evidence"]
        if first["language"] in reference.languages:
            known = read_lexicon(reference, first["language"])
            label = shorten(known, words, first["rule"]) if words and not _depends(known, words) else ""
        else:
            label = shorten_text(words, LONGEST, placeholder=f" {CUT}")
        named = {f"summary_{each.language}": _summarise(first, label, each) for each in labels}
        rows.append({"event_id": event_id} | named)
    return pd.concat([names, pd.DataFrame(rows, columns=list(names.columns), dtype=str).fillna("")], ignore_index=True)


def _depends(words: Lexicon, evidence: str) -> bool:
    """Whether evidence is a clause that says nothing without the one it hangs on: which it hopes for, that he must."""
    first, second, *_ = *map(_normalise, evidence.split()[:2]), ""
    opens = evidence[:1].islower() and words.has(first, *DEPENDENT)
    # die sie erhofft, that apply pressure; but: die Botschaft, that visit
    noun = words.has(first, "this") and not words.has(second, "person", "pronoun") and not words.word(second).verbs
    return opens and not noun


def name_after(draft_id: str) -> str:
    """Return the id of an event whose first mention is a draft."""
    return f"V-{draft_id.partition('-')[2] or draft_id}"


def _get_order(row: Row) -> tuple[Any, ...]:
    """Return what puts drafts in the order of their publication, and of the text."""
    return row["added"], row["source_id"], row["language"], row["at"], row["mention_id"]


def group_events(rows: Iterable[Row], referred: Set[str] = frozenset()) -> dict[str, dict[str, str]]:
    """Return for each drafted mention the `event_id` of its event, and its `stance` towards that.

    Parameters
    ----------
    rows
        Drafted mentions, with the event that each belonged to so far. Those whose `candidate` is yes do not count: they
        join an event of the others, or get one of their own.
    referred
        Ids of events that decisions refer to.

    Returns
    -------
    dict
        By `mention_id`. An event is named after its first mention. It keeps the id that it had if the draft after which
        it was named counts and belongs to no other event, or if a decision refers to it.
    """
    counting, aside = list[list[Row]](), list[Row]()
    alike: dict[tuple[str, ...], list[list[Row]]] = {}
    joined: dict[str, list[Row]] = {}  # by mention, the mentions of its event
    for row in sorted(rows, key=_get_order):
        if row["candidate"] == "yes":
            aside.append(row)
            continue
        event = _find_event(row, alike)
        if not event:
            counting.append(event)
            alike.setdefault(_get_identity(row), []).append(event)
        event.append(row)
        joined[row["mention_id"]] = event
    for row in aside:
        joined[row["mention_id"]] = _find_event(row, alike) or [row]
    names = _name_groups(counting, {name_after(row["mention_id"]) for row in aside}, referred)
    found: dict[str, dict[str, str]] = {}
    for mention_id, event in joined.items():
        name = names.get(event[0]["mention_id"], name_after(mention_id))
        affirmed = any(row["status"] != "negated" and row["candidate"] == "no" for row in event)
        status = next((row["status"] for row in event if row["mention_id"] == mention_id), "")
        found[mention_id] = {"event_id": name, "stance": "denies" if affirmed and status == "negated" else "supports"}
    return found


def _find_event(row: Row, alike: Mapping[tuple[str, ...], Sequence[list[Row]]]) -> list[Row]:
    """Return the mentions of the first event that a mention may tell, too; a new list if there is none."""
    for event in alike.get(_get_identity(row), ()):
        if all(_may_be_one_event(row, other) for other in event):
            return event
    return []


def _name_groups(events: Sequence[Sequence[Row]], aside: Set[str], referred: Set[str]) -> dict[str, str]:
    """Return the ids of events by their first mentions; `aside` are the ids after drafts that do not count."""
    home: dict[str, int] = {}
    for number, event in enumerate(events):
        home |= {name_after(row["mention_id"]): number for row in event}
    names, taken = dict[str, str](), set[str]()
    for number, event in enumerate(events):
        name = name_after(event[0]["mention_id"])
        for row in event:
            so_far = row["event_id"]
            lives = home.get(so_far, number) == number and (so_far not in aside or so_far in referred)
            if lives and so_far not in taken:
                name = so_far
                break
        taken.add(name)
        names[event[0]["mention_id"]] = name
    return names


def _may_be_one_event(row: Row, other: Row) -> bool:
    """Whether two drafts of one identity may tell one event: of one mode, on days that may be one, of one matter.

    Where both days and both sides are known, these tell who did what; where one of them is open, the words must, too.
    """
    if row["mode"] and other["mode"] and row["mode"] != other["mode"]:
        return False
    known = row["date"] and other["date"] and all(row[side] for side in SIDES)
    if (row["event_type"] in SPOKEN or not known) and _differ_in_matter(row, other):
        return False
    return _may_be_one_day(row, other)


def _may_be_one_day(row: Row, other: Row) -> bool:
    """Whether two drafts may be of one day; what has no date is of the week before it was published."""
    if row["date"] and row["date"] == other["date"]:
        return True
    if any(each["date"] and count_span(each["date"]) > VAGUE for each in (row, other)):
        return False
    if not (row["date"] and other["date"]):
        apart = date.fromisoformat(row["added"]) - date.fromisoformat(other["added"])
        if row["source_id"] != other["source_id"] and abs(apart.days) > NEAR:
            return False
    return edtf.parse(_write_days(row)).meets(edtf.parse(_write_days(other)))


def _write_days(row: Row) -> str:
    """Return the days on which an act may have taken place, in EDTF."""
    if row["date"]:
        return str(row["date"])
    published = date.fromisoformat(row["added"])
    return f"{published - timedelta(RECENT)}/{published}"


def _differ_in_matter(row: Row, other: Row) -> bool:
    """Whether two drafts in one language are about different things: a release demanded, and checks demanded.

    They are if both say more than who did what, and share hardly a word beside it.
    """
    if row["language"] != other["language"]:
        return False
    words, other_words = (stem_words(each[f"quote_{each['language']}"]).keys() for each in (row, other))
    more = min(len(words - other_words), len(other_words - words))
    return more >= FEW and len(words & other_words) <= FEW


def stem_words(text: str) -> dict[str, str]:
    """Return the longer words of a text by their beginnings."""
    return {word[:STEM].casefold(): word for word in WORD.findall(text) if len(word) > STEM}


def _get_identity(row: Row) -> tuple[str, ...]:
    """Return the type and the sides of an act, each side in one order."""
    source, target = (";".join(sorted(set(ids(row[side])))) for side in SIDES)
    return row["event_type"], row["mutual"], source, target


def _make_mention(row: Row) -> Row:
    """Return a draft in the form in which people code a mention, of an event of its own."""
    language = row["language"]
    inferred = f"; inferred: {', '.join(ids(row['inferred']))}" if row["inferred"] else ""
    shared = {name: row[name] for name in row if name in CODED}
    return (
        dict.fromkeys(quotes(), "")
        | shared
        | {
            "mention_id": row["draft_id"],
            "event_id": name_after(row["draft_id"]),
            "condition_id": "",
            f"quote_{language}": row["evidence"],
            f"cue_{language}": row["cue"],
            "context": "",
            "stance": "supports",
            "credibility": "6",
            "reason": f"{READ_BY[row['readers']]}{row['rule']}, confidence {row['confidence']}{inferred}",
            "by": BY,
            "added": row["published"],
            "rule": row["rule"] or "model",
            "origin": "drafted",
            "reviewed": "no",
            "language": language,
            "at": row["start"],
            "candidate": "yes" if row["decision"] == "candidate" else "no",
        }
    )


def _summarise(row: Mapping[str, Any], label: str, labels: Labels) -> str:
    """Return what a mention tells in a language of the report; `label` is its evidence, shortened."""
    if label and row["language"] != labels.language:
        label = labels("summary.spoken", words=label, language=row["language"])
    if label and len(row["evidence"].split()) >= FEWEST:
        return label

    def side(cell: str, between: str) -> str:
        return between.join(labels.actors[actor] for actor in ids(cell)) or labels("summary.unknown")

    if row["mutual"] == "yes":
        who = side(row["source_actors"], " – ")
    else:
        who = labels("summary.sides", source=side(row["source_actors"], ", "), target=side(row["target_actors"], ", "))
    return labels("summary.event", who=who, what=label or labels.types[row["event_type"]])
