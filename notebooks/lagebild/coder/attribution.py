"""Who says what: the source, the cue and the message of speech in news.

Each sentence is read as its analysis has it (`parse`): the clause in which a cue of the table `speech` stands decides
whether the message is before it, after it or around it. What verbs of saying say is in `saying_verbs`; here is what is
attributed without one (laut X, reportedly, soll … haben, the claim that …, X: „…“, the mood), and which of overlapping
candidates is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from lagebild.coder.model import Aside, Clause, Cue, Phrase, Span
from lagebild.coder.parse import Parse
from lagebild.coder.saying_verbs import MUTE, Candidate, SpeechVerb, find_messages
from lagebild.coder.speech import QUOTATION, Attribution
from lagebild.coder.syntax import ancestors
from lagebild.coder.tokens import BREAK
from lagebild.coder.unquoted import REPORTING, Passage, UnquotedClause

ENDS = frozenset(".!?")  # marks at the end of a sentence


def _find_around(passage: Passage, n: int, part: UnquotedClause, aside: Aside) -> Candidate:
    (start, end), rule = part.chars(aside.first, aside.last), aside.cue.cue_id
    who, mark = part.with_quotes(*part.chars(*aside.source)), part.chars(*aside.mark)
    if aside.cue.kind == "insertion":
        quote = passage.quote_before(start)
        resumed = part.clause.finite > aside.last or any(later.start >= end and later.mood for later in passage.parts)
        if quote is None and resumed:  # Der Hafen, so die Ministerin, bleibt zu
            return Candidate(1, who, mark, passage.start, passage.end, f"{rule}:around")
        return Candidate(1, who, mark, *(quote or (passage.start, passage.finish(start))), f"{rule}:after")
    if not passage.between(passage.start, start):
        return Candidate(3, who, mark, passage.begin(end), passage.end, f"{rule}:first")
    if n and part.clause.kind in ("rel", "sub") and not part.asks and aside.first > part.inside[0]:
        return Candidate(3, who, mark, part.start, part.end, f"{rule}:clause")
    if end >= passage.end and passage.between(passage.start, start)[-1] in BREAK:
        return Candidate(3, who, mark, passage.start, passage.finish(start), f"{rule}:end")
    return Candidate(3, who, mark, passage.start, passage.end, f"{rule}:inside")


def find_others(passage: Passage, n: int, before: Sequence[Attribution]) -> Iterator[Candidate]:
    """Yield what an adverb, a modal verb, a passive or a noun in part `n` attributes."""
    part = passage.parts[n]
    tokens, cues, cued = part.parse.tokens, part.parse.cues, part.parse.cued
    for i in part.inside:
        for cue in cues.others.get(tokens[i].low, ()) if i in cued else ():
            first = i if cue.kind == "passive" else i - len(cue.words) + 1
            last = first + len(cue.words) - 1
            if cue.kind == "noun":
                yield from _find_claim(passage, part, i, cue)
            elif tuple(token.low for token in tokens[max(0, first) : last + 1]) == cue.words:
                yield from _find_by_words(passage, n, first, last, cue, before)
    yield from _find_modal(passage, n, before)


def _find_modal(passage: Passage, n: int, before: Sequence[Attribution]) -> Iterator[Candidate]:
    part = passage.parts[n]
    cues, clause = part.parse.cues.modals, part.clause
    if clause.finite not in part.inside or not any(predicate.form == "part" for predicate in clause.predicates):
        return
    marks = part.parse.grammar.read_marks(clause)
    if "perfect" not in marks:
        return
    verb = part.chars(clause.finite, clause.finite)
    for mark in sorted(marks & cues.keys()):
        who = before[-1].source if before else None
        if cues[mark].effect == "claim" and clause.subject is not None:
            who = part.span_of(clause.subject)
        yield Candidate(6, who, verb, *_whole(passage, n), f"{cues[mark].cue_id}:modal")


def _whole(u: Passage, n: int) -> Span:
    """Return the clause of part `n` if it hangs on another, else the sentence."""
    part = u.parts[n]
    return (part.start, part.end) if n and part.clause.kind in ("rel", "sub") else (u.start, u.end)


def _find_by_words(
    passage: Passage, n: int, first: int, i: int, cue: Cue, before: Sequence[Attribution]
) -> Iterator[Candidate]:
    """Yield what words that stand together attribute: tokens `first` to `i`."""
    part = passage.parts[n]
    tokens, mark, rule = part.parse.tokens, part.chars(first, i), cue.cue_id
    if cue.kind == "anaphor":
        yield from _find_anaphor(passage, n, first, mark, rule, before)
    elif cue.kind == "adverb" and not (first and tokens[first - 1].has("determiner") and i + 1 < len(tokens)):
        yield Candidate(7, None, mark, *_whole(passage, n), f"{rule}:adverb")
    elif cue.kind == "passive" and any(p.token == first and p.voice == "passive" for p in part.clause.predicates):
        yield Candidate(7, None, mark, *_whole(passage, n), f"{rule}:phrase")
    elif cue.kind == "phrase" and part.governor is not None and part.governor.predicates:
        yield from _find_quoted_as(passage, part, part.governor, i, mark, rule)


def _find_quoted_as(
    passage: Passage, part: UnquotedClause, above: Clause, i: int, mark: Span, rule: str
) -> Iterator[Candidate]:
    """Yield what follows words, up to token `i`, that hang on a verb with its source: Reuters quoted X as saying …."""
    tokens, verb = part.parse.tokens, above.predicates[-1]
    objects = (p for p in above.phrases if p.first > verb.token and not p.prep)
    own = above.subject if verb.voice == "passive" else next(objects, None)
    last = i + 1 if i + 1 < len(tokens) and tokens[i + 1].has("complementizer") else i
    who = part.span_of(own) if own is not None else None
    yield Candidate(0, who, mark, passage.begin(tokens[last].end), passage.end, f"{rule}:before")


def _find_anaphor(
    passage: Passage, n: int, first: int, mark: Span, rule: str, before: Sequence[Attribution]
) -> Iterator[Candidate]:
    """Yield what follows words that point back to a source: Darin heißt es …; ein Bericht, in dem es heißt …."""
    part = passage.parts[n]
    if mark[0] == passage.start:
        source = before[-1].source if before else None
        yield Candidate(5, source, mark, passage.begin(mark[1]), passage.end, f"{rule}:first")
    elif first == part.inside[0]:
        near: Phrase | None = None  # the last phrase before it
        for lead in passage.parts[:n]:
            for phrase in lead.clause.phrases if lead.parse is part.parse else ():
                if phrase.last < first:
                    near = phrase
        who = part.span_of(near) if near is not None else None
        yield Candidate(2, who, mark, passage.begin(mark[1]), part.end, f"{rule}:relative")


def _find_claim(passage: Passage, part: UnquotedClause, i: int, cue: Cue) -> Iterator[Candidate]:
    """Yield what *die Behauptung von X, …* or *X's claim that …* says; its noun is token `i`."""
    tokens, parse = part.parse.tokens, part.parse
    phrase = next((p for p in part.clause.phrases if p.first <= i <= p.last), None)
    if phrase is None:
        return
    owner = next(((p.first, p.last) for p in phrase.owners), None)
    who = owner
    if who is None and i > phrase.first + 1 and parse.words.has(tokens[i - 1].low, "owning"):
        who = (phrase.first, i - 2)
    last = _find_attached(part, owner[1] if owner else i)
    comma = last + 1 < len(tokens) and tokens[last + 1].text == ","
    span = _find_content(passage, part, last + 1 + comma, comma)
    if span is not None:
        yield Candidate(7, part.chars(*who) if who else None, part.chars(i, i), *span, f"{cue.cue_id}:noun")


def _find_content(passage: Passage, part: UnquotedClause, begin: int, comma: bool) -> Span | None:
    """Return what a noun of saying says from the token `begin` on: a clause with *that*, an infinitive, or a mood."""
    tokens, parse = part.parse.tokens, part.parse
    inside = (later for later in passage.parts if later.parse is parse)
    below = next((later for later in inside if later.inside[0] in (begin, begin + 1)), None)
    if below is not None:
        that = below.clause.kind == "sub" and parse.words.has(below.clause.opener, "complementizer")
        if that or (below.clause.kind == "inf" and comma):
            return below.opened, passage.find_stop(below, part.clause)
    end = next((k for k in range(begin, len(tokens)) if tokens[k].text in BREAK), len(tokens))
    # with a mood of report, and not at the end as in a relative clause: die Behauptung, der Kapitän sei krank, …
    reports = comma and any(parse.grammar.find_mood(k) in REPORTING for k in range(begin, end - 1))
    return part.chars(begin, end - 1) if reports else None


def _find_attached(part: UnquotedClause, last: int) -> int:
    """Return the last token of what hangs on a noun: der Verdacht bei X, die Ankündigung ihres Trainers, Y."""
    tokens, phrases = part.parse.tokens, part.clause.phrases
    for phrase in phrases:
        if phrase.prep and phrase.first == last + 2 and tokens[last + 1].low == phrase.prep:
            last = phrase.last
    for phrase in phrases:
        between = phrase.first == last + 2 and phrase.last + 1 < len(tokens) and not (phrase.prep or phrase.pronoun)
        if between and tokens[last + 1].text == tokens[phrase.last + 1].text == ",":
            return phrase.last
    return last


def find_quoted(passage: Passage, before: Sequence[Attribution]) -> Iterator[Candidate]:
    """Yield a quotation that a colon opens, or that is all there is."""
    for quote in passage.quotes:
        lead = passage.between(passage.start, quote[0])
        if lead.endswith(":"):
            part = next((piece for piece in reversed(passage.parts) if piece.start < quote[0]), None)
            if part is None or not (part.mood or passage.text[quote[1] - 2] in ENDS):
                continue  # Im Kino: „Die Wand“
            source = _find_quoted_speaker(passage, part, quote[0], before)
            yield Candidate(5, source, None, *quote, "colon:quote")
        elif before and not lead and not passage.between(quote[1], passage.end, "."):
            yield Candidate(5, before[-1].source, None, *quote, "quote:free")


def _find_quoted_speaker(
    passage: Passage, part: UnquotedClause, place: int, before: Sequence[Attribution]
) -> Span | None:
    """Return who says what a colon opens at a place: who says something there already, or is named as a speaker."""
    named: list[Span | None] = []
    asides: list[Span | None] = []
    for n, lead in enumerate(passage.parts):
        if lead.start >= place or lead.clause.kind != "main":
            continue
        if lead.sayings:
            named.append(SpeechVerb(passage, n, lead.sayings[0]).source)
        asides += [lead.chars(*aside.source) for aside in lead.clause.asides]
    if (named or asides) and (source := (named + asides)[0]):
        return source
    if before:
        return before[-1].source
    who = next(iter([*ancestors(part.clause)][-1].phrases), None)
    return part.span_of(who) if who is not None else None


def find_free(passage: Passage, before: Sequence[Attribution], earlier: Passage | None) -> Iterator[Candidate]:
    """Yield a sentence that says by its mood alone that others say it."""
    teller = _find_teller(earlier)
    moods = REPORTING if before or teller else REPORTING[:1]
    for part in passage.parts:
        tokens, finite = part.parse.tokens, part.clause.finite
        if part.mood not in moods or part.clause.kind != "main":
            continue
        if part.mood == "subj2" and (finite == part.inside[0] or tokens[finite].has("modal")):
            continue  # Ließe …, könnte …: a thought
        who = before[-1].source if before else teller or _find_first(earlier)
        rule = "konjunktiv:free" if before else "konjunktiv:initial"
        yield Candidate(8, who, None, passage.start, passage.stop, rule)
        return
    yield from _find_dependent(passage)


def _find_dependent(passage: Passage) -> Iterator[Candidate]:
    """Yield the reasons that are another's: Der Minister lehnt das ab, weil es die Armen treffe."""
    for part in passage.parts:
        above, clause = part.governor, part.clause
        who = above.subject if above is not None else None
        perfect = part.mood == "subj2" and any(p.form == "part" and p.voice == "active" for p in clause.predicates)
        reported = part.mood == "subj1" or perfect
        if not (reported and part.hangs) or above is None or above.kind != "main" or who is None:
            continue
        if who.kind not in MUTE and not part.parse.tokens[who.first].has("neuter"):
            yield Candidate(8, part.span_of(who), None, part.opened, part.end, "konjunktiv:dependent")


def _find_teller(u: Passage | None) -> Span | None:  # Der Bericht schildert die Fehler
    sayings = (SpeechVerb(u, n, part.sayings[0]) for n, part in enumerate(u.parts) if part.sayings) if u else ()
    return next((saying.source for saying in sayings if saying.source and not saying.passive), None)


def _find_first(passage: Passage | None) -> Span | None:
    """Return whom a passage names first as acting."""
    for part in passage.parts if passage else ():
        passive = any(p.voice == "passive" for p in part.clause.predicates)
        agents = [p for p in part.clause.phrases if passive and p.prep in part.parse.words.language.agents]
        who = next(iter(agents), part.clause.subject)
        if who is not None and can_speak(who):
            return part.span_of(who)
    return None


def can_speak(phrase: Phrase) -> bool:
    """Whether a phrase may stand for somebody who says something: a name, or a word for persons or offices."""
    return bool(phrase.actors or phrase.kind) and phrase.kind not in MUTE


# How a rule found its message, where that makes the speech a report rather than a quotation.
REPORTED = {"first", "inside", "clause", "end", "adverb", "phrase", "modal", "act"}
SEMICOLON = re.compile(r";\s*")


def find_attributions(
    text: str, sentences: Sequence[Parse], wanted: Collection[Parse] | None = None
) -> list[Attribution]:
    """Return the attributions of a text, sorted by where their messages start; `sentences` are all that it has.

    If only some sentences are `wanted`, those of the others are left out, but for what one quotation spans.
    """
    attributions: list[Attribution] = []
    before: list[Attribution] = []  # those of the sentence before
    last: Passage | None = None
    for passage, busy in _cut(text, sentences, sentences if wanted is None else wanted):
        new: list[Attribution] = []
        if busy:
            new = _settle(passage, _find(passage, before, last), before)
            if before and before == attributions[-1:] and [a.kind for a in before + new] == ["free", "free"]:
                new = [replace(new[0], content=(attributions.pop().content[0], new[0].content[1]))]
        attributions += new
        last, before = passage, new
    return sorted(attributions, key=lambda a: (a.content, a.rule))


def _find(passage: Passage, before: list[Attribution], earlier: Passage | None) -> Iterator[Candidate]:
    found: list[Candidate] = []
    around: list[Candidate] = []
    for n, part in enumerate(passage.parts):
        for aside in part.clause.asides:  # laut X, X zufolge, so X
            if passage.start <= part.parse.tokens[aside.first].start < passage.stop:
                around.append(_find_around(passage, n, part, aside))
        for saying in part.sayings:
            found += find_messages(SpeechVerb(passage, n, saying), before, earlier)
        found += find_others(passage, n, before)
    found += [*around, *find_quoted(passage, before)]
    yield from found or find_free(passage, before, earlier)


def _settle(passage: Passage, found: Iterable[Candidate], before: Sequence[Attribution]) -> list[Attribution]:
    """Keep of overlapping candidates the one of the best rank; name the one speaker before for a pronoun."""
    speakers = {who for a in before if (who := a.antecedent or a.source)}
    words = passage.parses[0].words
    kept: list[Attribution] = []
    for _, source, cue, a, b, rule in sorted(found, key=lambda candidate: candidate.rank):
        if b <= a or any(a < k.content[1] and k.content[0] < b for k in kept):
            continue
        speaker: Span | None = None
        quoted = sum(max(0, min(b, y) - max(a, x)) for x, y in passage.quotes)
        if "konjunktiv" in rule:
            kind = "free"
        elif rule.split(":")[1] in REPORTED:
            kind = "reported"
        else:
            kind = "direct" if quoted * 2 > b - a else "indirect"
        if source and len(speakers) == 1 and words.has(passage.text[slice(*source)].lower(), "pronoun"):
            speaker, rule = next(iter(speakers)), f"{rule}:pronoun"
        kept.append(Attribution(source, cue, (a, b), kind, rule, speaker))
    return kept


def _cut(text: str, sentences: Sequence[Parse], wanted: Collection[Parse]) -> Iterator[tuple[Passage, bool]]:
    """Yield the sentences, and those that one quotation spans together, with whether there can be a cue in them."""
    starts = {parse.start for parse in wanted}
    for inside, quoted in _join_quoted(text, sentences):
        start, end = inside[0].start, inside[-1].end
        passage = Passage(text, start, end, inside)
        heard = any(parse.start in starts for parse in inside)
        if not (heard and all(parse.readable for parse in inside) and (quoted or _is_cued(inside))):
            yield passage, False
            continue
        for cut in SEMICOLON.finditer(text, start, end):  # what stands after a semicolon is a sentence of its own
            if start < cut.start() and not passage.is_quoted(cut.start()):
                yield Passage(text, start, cut.start(), inside, passage), True
                start = cut.end()
        if start < end:
            yield Passage(text, start, end, inside, passage if start > passage.start else None), True


def _join_quoted(text: str, sentences: Sequence[Parse]) -> Iterator[tuple[Sequence[Parse], bool]]:
    """Yield the sentences, those together that one quotation spans, with whether something is quoted in them."""
    quotes = [m.span() for m in QUOTATION.finditer(text)]
    n, q = 0, 0
    while n < len(sentences):
        first, n, quoted = n, n + 1, False
        while q < len(quotes) and quotes[q][0] < sentences[n - 1].end:
            quoted = True
            while quotes[q][1] > sentences[n - 1].end and n < len(sentences):
                n += 1
            q += 1
        yield sentences[first:n], quoted


def _is_cued(inside: Sequence[Parse]) -> bool:
    """Whether all words of a cue stand in sentences, or a verb whose mood says that others say so."""
    written = inside[0].cues.written
    words: set[str] = set()
    for parse in inside:
        for token in parse.tokens:
            if token.word.reports:
                return True
            words |= {token.low, token.tail.low}  # UN-Angaben
    forms: list[Collection[str]] = []
    for word in words & written.keys():
        forms += written[word]
    return any(words.issuperset(form) for form in forms)
