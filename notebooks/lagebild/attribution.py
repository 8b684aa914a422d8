"""Who says what: finds the source, the cue and the message of speech in German and English news.

There is no parser. A sentence is cut into parts at commas, colons, dashes and quotations; where a cue of
`data/reference/speech.csv` stands in its part then decides whether the message is before it, after it or around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from lagebild.paths import REFERENCE

Span = tuple[int, int]

# A quotation that is speech, a quotation that is a name, and a bracket are one token each to all rules.
SPEECH, NAME, BRACKET = "\ue000", "\ue001", "\ue002"
QUOTES = (
    r"„[^“”\n]{1,1500}[“”]|“[^“”\n]{1,1500}”|»[^»«\n]{1,1500}«|«[^»«\n]{1,1500}»|\"[^\"\n]{1,1500}\"|"
    r"‚[^‘\n]{1,1500}‘|(?<!\w)‘[^‘\n]{3,1500}?’(?!\w)"
)
TOKENS = rf"{SPEECH}+|{NAME}+|{BRACKET}+|\d+(?:[.,:]\d+)*(?:-[^\W\d_][\w-]*|\.)?|[^\W\d_]\w*(?:[-'’.&/]\w+)*|\S"
LONGEST = 4000  # characters of a sentence that are read; longer ones are tables or lists
CUTS = {",", ":", "–", "—", "-"}
# How a rule found its message, where that makes the speech a report rather than a quotation.
REPORTED = {"first", "inside", "clause", "end", "wonach", "adverb", "phrase", "modal", "act"}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Konjunktiv I is the mood of what others say; the forms of `KONJ_2` count only where speech has gone before.
KONJ = _set(
    "sei seien habe werde könne müsse solle dürfe wolle möge wisse gebe gehe komme stehe liege bleibe mache halte sehe "
    "führe brauche lasse nehme bringe trage fehle rechne gelte spiele plane tue finde laufe lebe drohe handle handele "
    "helfe treffe ziehe zeige diene gehöre leide suche sterbe arbeite stelle setze richte weise lehne kämpfe biete "
    "reiche falle fordere schütze lüge hoffe glaube denke sage wünsche kenne spreche heiße"
)
KONJ_FORM = r"(?:be|er|ver|ent|zer|über|unter|wider)[a-zäöüß]{2,}(?<!t)(?<!nd)(?<!en)(?<!er)(?<!weis)e|[a-zäöüß]+iere"
KONJ_2 = _set(
    "hätte hätten wäre wären würde würden müsste müssten gäbe gäben käme kämen brächte brächten ließe ließen fände "
    "fänden ginge gingen bliebe blieben stünde stünden dürfte dürften bräuchte bräuchten hielte nähme nähmen"
)
NO_KONJ = _set("beide ebene ehe ende ente erste erbe berge bekannte besondere verschiedene entlegene")
DE_BE = _set("ist sind war waren wird werden wurde wurden sei seien hat haben hatte hatten habe hätte hätten")
DE_FINITE = (
    DE_BE
    | KONJ_2
    | _set(
        "soll sollen sollte sollten will wollen wollte wollten kann können konnte konnten muss müssen musste mussten"
    )
    | _set("darf dürfen durfte durften mag mögen gibt gab steht stand liegt lag geht ging kommt kam sieht")
)
DE_DET = _set(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keiner sein seine seinen seinem seiner "
    "seines ihr ihre ihren ihrem ihrer ihres dieser diese dieses diesem diesen jener jene beide beiden alle aller "
    "mehrere mehrerer einige einiger viele vieler zahlreiche zwei drei vier fünf deren dessen unser unsere"
)
DE_SECOND = _set("beiden zwei drei vier fünf seine ihre seiner ihrer seinen ihren")  # *alle drei*
DE_OBJECT = _set("den dem einen einem diesen diesem seinem ihrem keinem")  # no subject starts so
DE_GENITIVE = _set("der des eines einer dieser dieses seiner seines ihrer ihres aller mehrerer einiger zweier")
DE_PRONOUN = _set("er sie es dieser diese dieses man beide viele einige jener ich wir")
DE_PREP = _set(
    "in im an am auf aus bei beim mit nach von vom zu zum zur für gegen über um unter vor während wegen durch seit bis "
    "trotz zwischen ohne laut neben hinter ab gegenüber innerhalb außer anlässlich angesichts "
    "aufgrund infolge gemäß bezüglich hinsichtlich"
)
DE_INSIDE = _set("von vom für im in aus bei beim zur zum über gegen zwischen gegenüber")  # may go on a noun phrase
DE_LINK = _set("und sowie oder bzw noch")
DE_ASK = _set("dass daß ob wie was wer wann warum weshalb inwieweit")
DE_SUB = _set("als da weil nachdem bevor obwohl während falls wenn damit sodass indem seit seitdem bis um ohne")
DE_REL = _set("der die das den dem denen deren dessen welche welcher welches welchem wobei worauf woraufhin")
DE_OTHER = DE_ASK | _set(
    "wo wenn als da weil nachdem bevor obwohl während falls damit sodass doch aber denn auch so nun jetzt dann dort "
    "hier heute gestern morgen zuvor zudem außerdem allerdings jedoch dabei dazu daher deshalb dagegen demnach danach "
    "bereits schon nur erst weiter weiterhin zunächst zuletzt später inzwischen mittlerweile offiziell angeblich "
    "mutmaßlich ferner hingegen hierzu darüber daraufhin nicht nichts ihm ihn ihnen ihr uns sich mir darin dafür davon "
    "damals sinngemäß wörtlich insbesondere schließlich anschließend ebenso ebenfalls trotzdem dennoch vielmehr zum "
    "immerhin allein zugleich seither seitdem bisher bislang demgegenüber überdies darunter vorher nachher kürzlich "
    "jüngst neuerdings zwar lediglich gleichzeitig entsprechend derzeit"
)
DE_PARTICLE = _set(
    "ab an auf aus ein vor zu nach mit um fest bei los weiter zurück hin her hinzu hervor heraus voraus vorher durch "
    "klar dar wieder teil statt bekannt fort nieder weg"
)
DE_TIME = (
    r"(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\w*|Mittwoch\w*|Sonnabend\w*|Januar|Februar|März|April|Mai|Juni|Juli|"
    r"August|September|Oktober|November|Dezember|Woche|Jahr|Morgen|Abend|Vormittag|Nachmittag|Nacht|Mittag|Anschluss|"
    r"Interview|Gespräch|Rede|Erklärung|Anfang|Ende|Mitte|Zusammenhang|Pressekonferenz|\d.*"
)
DE_ADJECTIVE = r"[a-zäöüß][a-zäöüß-]*(?:e|en|er|es|em)|\d[\d.,]*|[a-zäöü]*zig|[\w-]+-?jährigen?"

EN_BE = _set("is are was were be been being")
EN_FINITE = EN_BE | _set(
    "has have had will would could can cannot may might must should do does did shall won't wouldn't isn't wasn't "
    "weren't aren't hasn't haven't hadn't doesn't don't didn't can't couldn't shot fell rose hit struck went came took "
    "made left began won lost killed kept met sent fled put set led held found broke"
)
EN_MODAL = _set("to will would could can may might must should not never cannot do does did don't didn't let")
EN_DET = _set("the a an this that these those his her its their our my your some any no every each more most")
EN_PREP = _set(
    "of in on at by for from with to into over under about after before between against as than toward towards across "
    "near within along amid around off out up down back"
)
EN_SUB = _set("that if when while because although though as since whether which who whose where after before")
EN_LEAD = _set(
    "and but or so yet however meanwhile earlier later also then still on in at by after before when while although "
    "since as if because despite during last separately moreover instead for from with yesterday today"
)
EN_ADVERB = _set("also later earlier previously already repeatedly recently then again publicly once only now still")
EN_WHO = _set("who which that")
EN_THERE = _set("he she it they there we i you")
EN_DAY = (
    r"(?:(?:early|late|last|earlier|later) )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:night|morning|evening|afternoon))?"
)
EN_ADJUNCT = (
    rf"\s*(?:,?\s*(?:(?:on|late|early|last|since|by) )?(?:{EN_DAY}|"
    r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\w* \d{1,2}(?:, \d{4})?|yesterday|today|tonight|"
    r"earlier|later|again|repeatedly|previously|recently|separately|publicly|(?:last|this) (?:week|month|year))\b|"
    r"(?:in|at|during|to|via|after|on|through|before) (?:an?|the|his|her|its|their|separate)? ?(?:[\w-]+ ){0,2}?"
    r"(?:statement|interview|speech|report|post|letter|briefing|tweet|conference|release|address|remarks|meeting|"
    r"message|call|talks|article|hearing|session|email|reporters|journalists|Twitter|Telegram|Facebook|X|television)\b"
    r"(?: (?:with|to|on|from|in|by|for|at) (?:the |an? |his |her )?[\w’'-]+(?: [A-Z][\w’'-]+)*)?)+"
)
# These take a clause without *that*, whatever follows; the other verbs need a finite verb after them.
EN_BARE = _set("en-say en-insist en-think")
EN_THAT = _set(
    "en-show en-find en-rule en-point en-indicate en-record en-document en-detail en-outline en-see en-estimate"
)
EN_TOLD = _set(
    "en-tell en-inform en-assure en-notify en-remind en-reassure en-warn en-promise en-advise en-ask"
)  # first whom, then what
EN_INFINITIVE = _set("en-claim en-promise en-pledge en-vow en-threaten en-swear")


@dataclass(frozen=True)
class Attribution:
    """One message with who says it.

    `kind` is ``direct``, ``indirect``, ``reported`` (by a preposition, an adverb or a modal verb, and acts that name
    what was said) or ``free`` (Konjunktiv carried over). `rule` is the row of `speech.csv` that fired, or the sign
    (``colon``, ``quote``, ``konjunktiv``), and how it did; ``:act`` marks speech that is an event of its own, and
    ``:pronoun`` a source that stood for *er*, *sie*, *he*.
    """

    source: Span | None
    cue: Span | None
    message: Span | None
    kind: str
    rule: str


class Cue(NamedTuple):
    """One form of one row of `speech.csv`: the words that must stand in the clause besides the head word."""

    cue_id: str
    kind: str
    effect: str
    rest: tuple[str, ...]


class Cues(NamedTuple):
    """The cues of one language by their head word, and the words without which no cue can be in a sentence."""

    verbs: dict[str, list[Cue]]
    others: dict[str, list[Cue]]
    watch: frozenset[str]


class Found(NamedTuple):
    """A candidate; of those that overlap, the one of the lowest rank is kept."""

    rank: int
    source: Span | None
    cue: Span | None
    start: int
    end: int
    rule: str


class Unit:
    """A sentence, or several that one quotation spans, as tokens in parts."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        """Mask the quotations and brackets, then cut into tokens and parts."""
        masked = sentence = text[start:stop]
        for quote in re.finditer(QUOTES, sentence):
            a, b = quote.span()
            lead, inner = sentence[:a].rstrip(), quote.group()[1:-1]
            inside = bool(lead) and lead[-1] not in ',;:–—”“«»"'  # part of a clause
            whole = inner[-1] in ".!?," or (sentence[b : b + 1] == "," and not inside)
            size = inner.count(" ") + 1
            speech = lead.endswith(":") or size >= 4 or (whole and (size >= 2 or not a))
            masked = masked[:a] + (SPEECH if speech else NAME) * (b - a) + masked[b:]
        masked = re.sub(r"\([^()\n]{1,90}\)", lambda m: BRACKET * len(m.group()), masked)
        body = masked.rstrip(" .!?…") or masked
        tokens = [(m.group(), (start + m.start(), start + m.end())) for m in re.finditer(TOKENS, body)]
        self.text = text
        self.start, self.end, self.stop = start, start + len(body), stop  # without and with the full stop
        self.words = [word for word, _ in tokens]
        self.low = [word.lower() for word in self.words]
        self.spans = [span for _, span in tokens]
        self.parts: list[Span] = []  # token ranges
        first = 0
        for n, word in enumerate([*self.words, ","]):
            if word in CUTS or word[0] == SPEECH:
                self.parts += [(first, n)] if n > first else []
                self.parts += [(n, n + 1)] if word[0] == SPEECH else []
                first = n + 1

    def chars(self, first: int, last: int) -> Span:
        """Return the characters of the tokens from `first` up to, not including, `last`."""
        return self.spans[first][0], self.spans[last - 1][1]

    def some(self, first: int, last: int) -> Span | None:
        """Return the characters of the tokens, if there are any."""
        return self.chars(first, last) if first < last else None

    def part(self, token: int) -> int:
        """Return the number of the part in which a token stands."""
        return next((n for n, (_, last) in enumerate(self.parts) if token < last), len(self.parts) - 1)

    def cut(self, n: int) -> str:
        """Return the sign, or the quotation, before part `n`."""
        return self.words[self.parts[n][0] - 1] if self.parts[n][0] else ""

    def speech(self, i: int) -> bool:
        """Return whether token `i` is a quotation that is speech."""
        return 0 <= i < len(self.words) and self.words[i][0] == SPEECH

    def told(self, n: int) -> Span:
        """Return the message that stands before part `n`: its quotation if that is not the end of a clause, or all."""
        s = self.parts[n][0]
        q = s - 2 if self.words[s - 1] in CUTS else s - 1
        own = q == 0 or (self.words[q - 1] in CUTS and self.words[q - 1] != ",") or self.speech(q - 1)
        return (self.spans[q][0] if self.speech(q) and own else self.start), self.spans[q][1]


Before = Callable[[], Unit | None]  # the sentence before, cut into parts only where it is needed


def find_attributions(text: str, language: str, sentences: Sequence[Span]) -> list[Attribution]:
    """Return the attributions of a text, sorted by where their messages start.

    Parameters
    ----------
    text
        The whole text.
    language
        ``de`` or ``en``.
    sentences
        Its sentences as character offsets.
    """
    cues = _cues(language)
    find = _german if language == "de" else _english
    found: list[Attribution] = []
    before: list[Attribution] = []  # those of the sentence before
    last: Span | None = None
    for start, end, busy in _units(text, sentences, cues, language):
        new: list[Attribution] = []
        if busy:
            unit, at = Unit(text, start, min(end, start + LONGEST)), last

            def previous(at: Span | None = at) -> Unit | None:
                return Unit(text, *at) if at else None

            new = _settle(unit, find(unit, cues, before, previous), before, text)
            if before and before == found[-1:] and [a.kind for a in before + new] == ["free", "free"]:
                head, tail = found.pop().message or (start, end), new[0].message or (start, end)
                new = [replace(new[0], message=(head[0], tail[1]))]
        found += new
        last, before = (start, end), new
    return sorted(found, key=lambda a: (a.message or (0, 0), a.rule))


def _settle(u: Unit, found: Iterable[Found], before: Sequence[Attribution], text: str) -> list[Attribution]:
    """Keep of overlapping candidates the one of the best rank; put the one speaker before in a pronoun's place."""
    speakers = {a.source for a in before if a.source}
    kept: list[Attribution] = []
    for _, source, cue, a, b, rule in sorted(found, key=lambda one: one.rank):
        if b <= a or any(k.message and a < k.message[1] and k.message[0] < b for k in kept):
            continue
        quoted = sum(
            max(0, min(b, y) - max(a, x)) for (x, y), w in zip(u.spans, u.words, strict=True) if w[0] == SPEECH
        )
        kind = "direct" if quoted * 2 > b - a else "indirect"
        kind = "free" if "konjunktiv" in rule else "reported" if rule.split(":")[1] in REPORTED else kind
        if source and len(speakers) == 1 and text[slice(*source)].lower() in {"er", "sie", "he", "she", "they", "it"}:
            source, rule = next(iter(speakers)), f"{rule}:pronoun"
        kept.append(Attribution(source, cue, (a, b), kind, rule))
    return kept


@cache
def _marks() -> re.Pattern[str]:
    """Return the signs that may go with speech though no cue word is there."""
    return re.compile(r"[„“”\"»«‘’‚]|[,–] so |: ")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


def _units(text: str, sentences: Sequence[Span], cues: Cues, language: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the sentences, those that one quotation spans together, and whether there can be a cue in them."""
    quotes = [m.span() for m in re.finditer(QUOTES, text)] if _marks().search(text) else []
    n, q = 0, 0
    while n < len(sentences):
        (start, end), n = sentences[n], n + 1
        while q < len(quotes) and quotes[q][0] < end:
            while quotes[q][1] > end and n < len(sentences):
                end, n = sentences[n][1], n + 1
            q += 1
        sentence = text[start:end]
        words = _letters().findall(sentence)
        mood = language == "de" and any(_is_konj(word) for word in words if word[-1] in "eni")
        if not mood and cues.watch.isdisjoint(words) and not _marks().search(sentence):
            yield start, end, False
            continue
        base = start
        for cut in re.finditer(r";\s*", sentence):  # what stands after a semicolon is a sentence of its own
            at = base + cut.start()
            if start < at and not any(a < at < b for a, b in quotes):
                yield start, at, True
                start = base + cut.end()
        if start < end:
            yield start, end, True


@cache
def _cues(language: str) -> Cues:
    """Return the cues of a language, read once."""
    cues = Cues({}, {}, frozenset())
    watch: set[str] = set()
    for row in _rows():
        for form in row["words"].split("|") if row["language"] == language else ():
            words = form.replace("… ", "").lower().split()
            head = 0 if "…" in form else len(words) - 1
            rest = (*words[:head], *words[head + 1 :])
            table = cues.verbs if row["kind"] == "verb" else cues.others
            table.setdefault(words[head], []).append(Cue(row["cue_id"], row["kind"], row["effect"], rest))
            rarest = max(_letters().findall(form), key=lambda word: (word not in DE_PREP | DE_PARTICLE, len(word)))
            watch |= {rarest, rarest.capitalize()} - {"so", "So"}
    for found in cues.verbs.values():
        found.sort(key=lambda cue: -len(cue.rest))  # *gab … bekannt* before a bare *gab*
    return cues._replace(watch=frozenset(watch))


def _rows() -> list[dict[str, str]]:
    """Return the rows of the table of cues."""
    # TODO: replace by records(read_reference("speech")) once the schema knows the table.
    with (REFERENCE / "speech.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# German


@lru_cache(2**15)
def _is_konj(word: str) -> bool:
    """Return whether a word can be a Konjunktiv I."""
    return word in KONJ or (word[-1] == "e" and word not in NO_KONJ and bool(re.fullmatch(KONJ_FORM, word)))


@lru_cache(2**15)
def _is_finite(word: str) -> bool:
    """Return whether a word looks like a finite verb."""
    return word in DE_FINITE or (
        word not in DE_PREP | DE_OTHER and bool(re.fullmatch(r"[a-zäöüß]{2,}(?:t|te|ten)", word))
    )


def _noun(u: Unit, i: int) -> bool:
    word, low = u.words[i], u.low[i]
    return word[0] in NAME + BRACKET or (
        word[0].isupper() and low not in DE_DET | DE_PREP | DE_PRONOUN | DE_OTHER | DE_LINK
    )


def _core(u: Unit, i: int, stop: int) -> int:
    """Return the end of article, adjectives and nouns from token `i`; `i` if there are none."""
    j = i
    while j < min(stop, i + 2) and u.low[j] in (DE_DET if j == i else DE_SECOND):
        j += 1
    while j < min(stop, i + 7) and re.fullmatch(DE_ADJECTIVE, u.words[j]):
        if u.low[j] in DE_FINITE | DE_PREP | DE_OTHER:
            break
        j += 1
    if j >= stop or not _noun(u, j):
        return i
    if i and u.low[i - 1] == "von" and re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]{3,}e?r?n", u.words[i]):
        return j + 1  # *nach Angaben von Diplomaten Raketen geliefert*
    while j < stop and (_noun(u, j) or (u.words[j] in ".'’&/" and j + 1 < stop and u.words[j + 1][0].isupper())):
        j += 1
    return j


def _phrase(u: Unit, i: int, stop: int) -> int:
    """Return the end of the noun phrase from token `i`, with genitives, places and members; `i` if there is none."""
    j = _core(u, i, stop)
    if j == i:
        return i + (i < stop and u.low[i] in DE_PRONOUN)
    while j < stop:
        k, low = j, u.low[j]
        if low in DE_GENITIVE:
            k = _core(u, j, stop)
        elif low == "in" and j + 1 < stop and u.low[j + 1] in {"einem", "einer"}:
            break
        elif low in DE_LINK or (low in DE_INSIDE and not any(re.fullmatch(DE_TIME, w) for w in u.words[j + 1 : j + 3])):
            k = _core(u, j + 1, stop)
        if k <= j + (low not in DE_GENITIVE):
            break
        j = k
    return j


def _whole(u: Unit, n: int) -> bool:
    """Return whether part `n` is nothing but a noun phrase."""
    return _phrase(u, *u.parts[n]) == u.parts[n][1]


def _apposed(u: Unit, j: int) -> int:
    """Return the end of a phrase that ends at token `j` with the apposition after its comma, if there is one."""
    if j + 1 < len(u.words) and u.words[j] == ",":
        n = u.part(j + 1)
        a, b = u.parts[n]
        if a == j + 1 and _whole(u, n) and u.low[a] not in DE_PRONOUN:
            return b
    return j


def _ending(u: Unit, first: int, stop: int) -> int:
    """Return where the longest noun phrase starts that ends at token `stop`; `stop` if there is none."""
    return next((i for i in range(first, stop) if _phrase(u, i, stop) == stop), stop)


def _infinitive(clause: Sequence[str]) -> bool:
    """Return whether a clause is an infinitive with *zu*."""
    if clause[-1].endswith(("n", "t")) and any(a == "zu" and b.endswith("n") for a, b in pairwise(clause)):
        return True
    return any(re.fullmatch(r"\w{2,}zu\w+en", word) for word in clause[-2:])


def _moody(clause: Sequence[str]) -> bool:
    return any(_is_konj(word) or word in KONJ_2 for word in clause)


def _relative(u: Unit, n: int) -> bool:
    """Return whether part `n` is a relative clause: its pronoun first and its verb last."""
    a, b = u.parts[n]
    if _infinitive(u.low[a:b]):
        return False
    if u.low[a] in DE_PREP and b - a > 2:
        a += 1
        if _core(u, a, b) > a:  # *an den Staat*
            return False
    if u.low[a] not in DE_REL | {"wo", "worin", "womit", "wofür"} or b - a < 2:
        return False
    j, verb = _phrase(u, a, b), u.low[b - 1]
    second = a + 1 < j < b - 1 and (u.low[j] in DE_FINITE or _is_konj(u.low[j]))  # *die Lage sei ernst*
    verbal = verb in DE_FINITE or _is_konj(verb) or verb.endswith(("t", "te", "en"))
    return verbal and u.words[b - 1][0].islower() and not second


def _clausal(u: Unit, n: int) -> bool:
    """Return whether part `n` is a quotation or has a finite verb and is no relative clause."""
    a, b = u.parts[n]
    if u.speech(a):
        return True
    return not (n and u.low[a] in DE_REL) and any(_is_finite(w) or _is_konj(w) for w in u.words[a:b])


def _subject(u: Unit, n: int, finite: int, final: bool, fronted: bool = False) -> Span | None:
    """Return the subject of part `n`, whose finite verb is at token `finite`, last if `final`, first if `fronted`."""
    s, e = u.parts[n]
    while s < finite and u.low[s] in {"und", "aber", "doch", "denn", "auch", "wie", "schon", "so"}:
        s += 1
    if s < finite and not fronted:
        if n and u.low[s] in DE_REL and _relative(u, n):  # *der Kreml, der … mitteilte*
            return u.some(_ending(u, *u.parts[n - 1]), u.parts[n - 1][1])
        j = _phrase(u, s, e if final else finite)
        if j > s and u.low[s] not in DE_OBJECT and (j == finite or final or u.low[j] in DE_OTHER):
            m = n
            while m and "und" in u.low[s:j] and u.cut(m) == "," and _whole(u, m - 1):  # *A, B und C*
                m -= 1
            return u.chars(u.parts[m][0] if m < n else s, j)
        if final:
            for i in range(s + 1, finite):
                if (j := _phrase(u, i, finite)) > i and u.low[i - 1] not in DE_PREP and u.low[i] not in DE_OBJECT:
                    return u.chars(i, j)
            return None
    elif n and not fronted and u.low[finite - 1] not in DE_LINK:
        for m in range(max(0, n - 3), n):  # *A, der Sprecher von B, sagte*
            a, b = u.parts[m]
            between = (_whole(u, k) or u.low[u.parts[k][0]] in DE_REL | DE_PREP for k in range(m + 1, n))
            if (not m or u.cut(m) == ":") and _whole(u, m) and u.words[b] == "," and all(between):
                return u.chars(a, _apposed(u, b))
    i = finite + 1
    while i < e:
        j = _core(u, i + 1, e) if u.low[i] in DE_PREP else _phrase(u, i, e)
        if j > i and u.low[i] not in DE_PREP | DE_OBJECT | {"es"}:
            return u.chars(i, _apposed(u, j))
        i = max(j, i + 1) if u.low[i] in DE_PREP | DE_OBJECT else i + 1
    a, b = u.parts[0]  # *X kam und sagte*: the subject stands before or after the first verb
    if a < (j := _phrase(u, a, b)) <= finite:
        return u.chars(a, _apposed(u, j))
    i = next((i for i in range(a, min(b, finite)) if _is_finite(u.low[i]) and not _noun(u, i)), b)
    return u.some(i + 1, _phrase(u, i + 1, b)) if i < b else None


def _opening(u: Unit | None) -> Span | None:
    """Return the noun phrase that opens a sentence, or follows its first finite verb."""
    if u is None or not u.parts:
        return None
    s, e = u.parts[0]
    finite = next((i for i in range(s, e) if _is_finite(u.words[i])), s)
    return u.some(s, _phrase(u, s, e)) or _subject(u, 0, finite, False, fronted=True)


def _right(u: Unit, n: int, bare: bool, second: bool, strict: bool) -> int | None:
    """Return the part after part `n` in which a message starts.

    A clause without mark or mood counts if the cue ends its part (`bare`) and main clauses are allowed (`second`);
    where the cue is `strict`, only *dass*, an infinitive or a quotation count.
    """
    begun = None
    for m in range(n + 1, min(n + 5, len(u.parts))):
        a, b = u.parts[m]
        clause = u.low[a:b]
        if u.speech(a) or u.cut(m) == ":" or clause[0] in DE_ASK:
            return m
        if clause[0] in {"und", "aber", "sondern", "oder"}:
            return None
        if clause[0] in DE_SUB or _relative(u, m):
            continue
        if (_moody(clause) and not strict) or _infinitive(clause):
            return begun or m
        if _whole(u, m):
            continue
        begun = begun or m
        j = _phrase(u, a, b)  # without a mood the clause must start as a main clause does
        if second and ((a < j < b and u.low[j] in DE_FINITE) or (bare and set(clause[1:8]) & DE_FINITE)):
            return m
    return None


def _stop(u: Unit, first: int) -> int:
    """Return where a message that starts with part `first` ends: where the main clause is taken up again."""
    for i in range(u.parts[first][0] + 1, len(u.words) - 1):
        again = u.low[i] == "und" and re.fullmatch(r"[a-zäöüß]{2,}te", u.words[i + 1]) and u.words[i + 1] not in KONJ_2
        if again and not (i + 2 < len(u.words) and _noun(u, i + 2)):
            return u.spans[i - 1][1]
    for m in range(first + 1, len(u.parts)):
        a = u.parts[m][0]
        if u.words[a] in DE_FINITE - KONJ - KONJ_2 and u.low[u.parts[m - 1][0]] not in DE_REL:
            return u.spans[a - 1][0]
    return u.end


def _match(u: Unit, n: int, v: int, cues: Sequence[Cue]) -> tuple[Cue, int, int] | None:
    """Return the cue at token `v` whose other words are there too, with its first and last token."""
    s, e = u.parts[n]
    for cue in cues:
        if cue.cue_id == "de-sprechen-von" and "sich" in u.low[s:e]:
            continue  # *sprach sich für … aus*
        if not cue.rest:
            if e - 1 > v and u.words[e - 1] in DE_PARTICLE:  # *sagte … ab* is another verb
                continue
            return cue, v, v
        first = end = v
        stop = e
        for word in cue.rest:
            closes = word in DE_PARTICLE and word == cue.rest[-1]
            places = [i for i in range(end + 1, stop) if u.low[i] == word]
            if not places and n + 2 < len(u.parts) and _whole(u, n + 1) and u.low[u.parts[n + 2][0]] == word:
                places, stop = [u.parts[n + 2][0]], u.parts[n + 2][1]  # *gab A, der Sprecher, bekannt*
            if closes:
                places = [i for i in places if any(i + 1 == b for _, b in u.parts) or u.low[i + 1] in DE_LINK]
            if places:
                end = places[-1] if word in DE_PARTICLE else places[0]
            elif word in u.low[s:v] and not (closes and word != "bekannt"):
                first = min(first, u.low.index(word, s))
            else:
                break
        else:
            return cue, first, end
    return None


def _german(u: Unit, cues: Cues, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of a German sentence."""
    found: list[Found] = []
    for n, (s, e) in enumerate(u.parts):
        for v in range(s, e):
            low = u.low[v]
            if low in cues.verbs and (u.words[v] == low or v == 0) and (hit := _match(u, n, v, cues.verbs[low])):
                found += _de_verb(u, n, v, hit, before, last)
            for cue in cues.others.get(low, ()):
                if set(cue.rest) <= set(u.low[s:e]):
                    found += _de_other(u, n, v, cue, before)
        if u.speech(s) and n and u.cut(n) == ":":
            p, q = u.parts[n - 1]
            finite = next((i for i in range(p, q) if _is_finite(u.words[i])), q)
            if finite == q and u.text[u.spans[s][1] - 2] not in ".!?":
                continue  # *Im Kino: „Die Wand“*
            who = _subject(u, n - 1, finite, False) if finite < q else u.some(p, _phrase(u, p, q))
            found.append(Found(5, who, None, *u.spans[s], "colon:quote"))
        elif u.speech(s) and len(u.parts) == 1 and before:
            found.append(Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on"))
    yield from found
    for n, (s, e) in enumerate(u.parts if not found else ()):
        fronted = n == 0 and s + 1 < e and _moody(u.low[s + 1 : s + 2])  # *damit seien …*
        if (u.low[s] in DE_ASK | DE_SUB and not fronted) or (n and u.low[s] in DE_REL) or "ich" in u.low[s:e]:
            continue
        for i in range(s, e):
            word = u.words[i]
            mood = _is_konj(word) and (word in KONJ or not (i + 1 < e and _noun(u, i + 1)))
            if mood or (before and word in KONJ_2):
                who = (before[-1].source if before else None) or _opening(last())
                yield Found(8, who, None, u.start, u.stop, "konjunktiv:goes-on" if before else "konjunktiv:opens")
                return


def _de_modal(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield *soll … haben* and *will … haben*, which tell what others, or oneself, say."""
    s, e = u.parts[n]
    tail = u.low[s:v] if v == e - 1 else u.low[v:e]
    participle = r"(?:ge|be|er|ver|ent|zer)\w+(?:t|en)|\w{2,4}ge\w+(?:t|en)|worden|\w+iert"
    if len(tail) > 2 and tail[-1] in {"haben", "sein"} and re.fullmatch(participle, tail[-2]):
        a, b = u.chars(s, e) if n and v == e - 1 else (u.start, u.end)
        who = _subject(u, n, v, v == e - 1) if rule == "de-will" else None
        yield Found(6, who, u.spans[v], a, b, f"{rule}:modal")


def _de_verb(
    u: Unit, n: int, v: int, hit: tuple[Cue, int, int], before: Sequence[Attribution], last: Before
) -> Iterator[Found]:
    """Yield what a verb of saying says: after it, before it, or as *wie X mitteilte*."""
    cue, first, close = hit
    (s, e), low, rule = u.parts[n], u.low, cue.cue_id
    hearsay = cue.effect == "hearsay"
    # The finite verb is the cue or the auxiliary that it goes with.
    aux = next((i for i in range(s, e) if low[i] in DE_BE and i != v), None)
    finite, final, passive = v, False, False
    if aux is not None and not hearsay:
        final = aux == v + 1
        finite = aux if final or aux < v else v
        passive = low[aux] in {"wird", "werden", "wurde", "wurden", "worden"}
    elif (
        not hearsay and re.match(r"(?:\w{2,7})?ge\w{3,}(?:t|en)$", low[v]) and not low[v].startswith(("gest", "gelang"))
    ):
        if (aux := next((i for i in range(s) if low[i] in DE_BE), None)) is None:
            return
        finite = aux
    if v > s and (low[v - 1] == "zu" or (v < e - 1 and _noun(u, v + 1) and low[v - 1] in DE_DET)):
        return  # *zu zeigen*, *das gemeldete Schiff*
    span = u.chars(first, close + 1)
    if before and n == 0 and _is_konj(u.words[finite]):
        # *Die Behörde gehe davon aus, dass …* is still told by the speaker before
        yield Found(0, before[-1].source, span, u.start, u.stop, f"{rule}:konjunktiv")
        return
    relative = n > 0 and (_relative(u, n) or low[s] in DE_SUB)
    final = final or (n > 0 and v == e - 1 and low[s] in DE_SUB | DE_REL | {"dass", "ob"})
    for m in range(n, max(-1, n - 3), -1):  # *wie X mitteilte*
        a, b = u.parts[m]
        if low[a] == "wie" and (v >= e - 2 or final) and all(_whole(u, k) for k in range(m + 1, n)):
            i = next((i for i in range(a + 1, b) if low[i] not in DE_OTHER | {"es"}), b)
            j = _phrase(u, i, b)
            who = u.some(i, _apposed(u, j) if j > i else i)
            if m:
                end = u.spans[a - 1][0] if n == len(u.parts) - 1 else u.end
                yield Found(2, who, span, u.start, end, f"{rule}:wie-after")
            elif n + 1 < len(u.parts):
                yield Found(2, who, span, u.spans[u.parts[n + 1][0]][0], u.end, f"{rule}:wie-before")
            return
    if (hearsay or passive) and rule != "de-zitieren":
        who = _de_circle(u, n, v, {"aus", "in", "im", "bei", "von", "auf"} if hearsay else {"von", "vom"}, hearsay)
    else:
        who = _subject(u, n, finite, final)
    second = cue.effect not in {"act", "hearsay"} and not passive and not relative
    right = _right(u, u.part(close), low[e - 1] in low[first : close + 1], second, relative)
    tail = u.words[close + 1 : e]
    if "und" in tail and any(_is_finite(word) for word in tail[tail.index("und") :]):
        right = None  # *lehnte es ab und forderte, …*: the message is the second verb's
    left = n > 0 and finite == s and u.cut(n) != ":" and low[0] not in DE_SUB | DE_ASK - {"dass"}
    if left and u.speech(s - 1) and right is not None and low[u.parts[right][0]] in DE_ASK:
        left = False  # *„…“ zeige, dass …*
    if left and not u.speech(s - 1) and not u.speech(s - 2):  # *…, verurteilte den Angriff* goes on with its subject
        goes_on = v + 1 < e and low[v + 1] in {"aber", "jedoch", "zudem", "dagegen", "und"}
        left = not goes_on and (cue.effect != "act" or _moody(low[:s]))
    inserted = left and n == 1 and _whole(u, 0) and right == 2 and _moody(low[u.parts[2][0] : u.parts[2][0] + 1])
    left = left and any(_clausal(u, m) for m in range(n))
    if left and not u.speech(s - 1) and s > 2:  # not after *Der Sprecher, ein Offizier,*
        left = not any(_whole(u, m) and (m == 0 or u.cut(m) == ":") for m in range(n))
    if inserted:  # *Der Hafen, sagte die Ministerin, bleibe zu*
        yield Found(1, _subject(u, n, finite, False, fronted=True), span, u.start, u.end, f"{rule}:inserted")
    elif left:
        yield Found(1, who, span, *u.told(n), f"{rule}:after")
        if right is not None:
            yield Found(1, who, span, u.spans[u.parts[right][0]][0], u.end, f"{rule}:between")
    elif right is not None:
        a = u.parts[right][0]
        end = u.spans[a][1] if u.speech(a) else _stop(u, right)
        yield Found(1, who, span, u.spans[a][0], end, f"{rule}:before")
    elif n == 0 and low[0] in {"dies", "das"} and finite == 1 and (told := last()):
        who = _subject(u, n, finite, False, fronted=True)
        yield Found(1, who, span, told.start, u.spans[0][1], f"{rule}:dies")
    elif cue.effect == "act" and who and not passive and low[finite] not in {"ist", "sind", "sei"}:
        a, b = u.chars(s, e) if _relative(u, n) else (u.start, u.stop)
        yield Found(4, who, span, a, b, f"{rule}:act")


def _de_circle(u: Unit, n: int, v: int, words: set[str], opening: bool) -> Span | None:
    """Return who spoke by *hieß es aus X* or *wurde von X behauptet*."""
    s, e = u.parts[n]
    for i in range(s, e - 1):
        time = any(re.fullmatch(DE_TIME, word) for word in u.words[i + 1 : i + 4])
        if u.low[i] in words and i != v and not time and (j := _phrase(u, i + 1, e)) > i + 1:
            return u.chars(i + 1, j)
    if opening and n and u.low[0] in words:
        return u.some(1, _phrase(u, 1, u.parts[0][1]))
    return None


def _de_other(u: Unit, n: int, v: int, cue: Cue, before: Sequence[Attribution]) -> Iterator[Found]:
    """Yield what a preposition, an adverb, *so X* or a noun attributes."""
    (s, e), low, rule = u.parts[n], u.low, cue.cue_id
    mark = first = v
    if rule in {"de-soll", "de-will"}:
        yield from _de_modal(u, n, v, rule)
        return
    if cue.kind == "phrase":  # *…, so X*
        j = _phrase(u, v + 1, e)
        place = n > 0 and v == s and j > v + 1 and low[v + 1] not in {"ein", "eine", "einen", "viele"}
        if place and (j == e or low[j] in DE_PREP | DE_OTHER):
            yield Found(1, u.chars(v + 1, _apposed(u, j)), u.spans[v], *u.told(n), f"{rule}:after")
        return
    if cue.kind == "noun":
        yield from _de_noun(u, n, v, rule)
        return
    if cue.kind == "adverb":
        after = u.spans[v][1] + 1
        if low[v] in {"wonach", "denen"}:
            p, q = u.parts[n - 1] if n else (s, s)
            yield Found(2, u.some(_ending(u, p, q), q), u.spans[v], after, u.end, f"{rule}:wonach")
        elif v == 0 and rule == "de-demnach":
            yield Found(5, before[-1].source if before else None, u.spans[v], after, u.end, f"{rule}:first")
        elif not (s < v < e - 1 and _noun(u, v + 1) and low[v - 1] in DE_DET):
            a, b = u.chars(s, e) if n and low[s] in DE_REL else (u.start, u.end)
            yield Found(7, None, u.spans[v], a, b, f"{rule}:adverb")
        return
    if rule == "de-nach-angaben":
        i = v - 1
        while i > s and low[i] != "nach" and (re.fullmatch(DE_ADJECTIVE, u.words[i]) or low[i] in DE_DET):
            i -= 1
        if i >= s and low[i] == "nach":
            mark = first = i
            begin, j = i + 1, _phrase(u, i + 1, e)
            after = j
            if j <= v:
                return
        elif v > s and v + 1 < e and low[v + 1] == "nach":  # *seiner Meinung nach*
            begin = first = i if low[i] in DE_DET else i + 1
            mark, j, after = v + 1, v + 1, v + 2
        else:
            return
    elif cue.kind == "postposition":
        begin = first = _ending(u, s, v)
        j, after = v, v + 1
        if begin == v:
            return
    else:
        first, begin = v - len(cue.rest), v + 1
        j = _phrase(u, begin, e)
        if j == begin:
            if begin >= e or (u.words[begin].isalpha() and u.words[begin].islower()):
                return  # *ein laut gesprochenes Wort*
            j = begin + 1
        after = j
    j = _apposed(u, j)
    after = max(after, j)
    who, span = u.chars(begin, j), u.chars(first, v + 1) if cue.rest else u.spans[mark]
    if first == s and n == 0:
        after += after < len(low) and low[after] in CUTS
        if after < len(low):
            yield Found(3, who, span, u.spans[after][0], u.end, f"{rule}:first")
    elif n and low[s] in DE_REL | DE_SUB:
        yield Found(3, who, span, *u.chars(s, e), f"{rule}:clause")
    else:
        yield Found(3, who, span, u.start, u.end, f"{rule}:inside")


def _de_noun(u: Unit, n: int, v: int, rule: str) -> Iterator[Found]:
    """Yield what *die Behauptung von X, …* says."""
    low, e = u.low, u.parts[n][1]
    if n + 1 >= len(u.parts) or low[e] != "," or u.words[v].islower() or e - v > 8:
        return
    j = v + 1 + (v + 1 < e and low[v + 1] in {"von", "vom"})
    k = _phrase(u, j, e) if j < e and (low[j] in DE_GENITIVE or _noun(u, j) or j > v + 1) else j
    if v + 1 != e and k == j:
        return
    m = n + 1
    while m + 1 < len(u.parts) and _whole(u, m):
        m += 1
    a, b = u.parts[m]
    mood = _moody(low[a:b]) and low[a] not in DE_SUB and not _relative(u, m)
    if low[a] == "dass" or mood or _infinitive(low[a:b]):
        heads = (u.parts[x][0] for x in range(m + 1, len(u.parts)))
        end = next((u.spans[h - 1][0] for h in heads if low[h] not in DE_REL | DE_ASK | {"und"}), u.end)
        yield Found(7, u.some(j, _apposed(u, k) if k > j else j), u.spans[v], u.spans[a][0], end, f"{rule}:noun")


# English


def _english(u: Unit, cues: Cues, before: Sequence[Attribution], last: Before) -> Iterator[Found]:
    """Yield the candidates of an English sentence."""
    for n, (s, e) in enumerate(u.parts):
        if u.speech(s) and len(u.parts) == 1 and before:
            yield Found(5, before[-1].source, None, *u.spans[s], "quote:goes-on")
        elif u.speech(s) and n and u.cut(n) == ":":
            p, q = u.parts[n - 1]
            yield Found(5, u.chars(p, q) if q - p < 8 else None, None, *u.spans[s], "colon:quote")
        for v in range(s, e):
            for cue in cues.verbs.get(u.low[v], ()):
                yield from _en_verb(u, n, v, cue)
            for cue in cues.others.get(u.low[v], ()):
                first = v - len(cue.rest)
                if first >= s and tuple(u.low[first:v]) == cue.rest:
                    yield from _en_other(u, n, first, v, cue)


def _en_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed")


def _en_clause(words: Sequence[str]) -> bool:
    """Return whether words are a clause: a subject and a finite verb after it."""
    if words and words[0] in EN_THERE | {"what", "how", "why", "whether", "if"}:
        return len(words) > 1 and words[1] not in {"and", "or", "but", "in", "on", "at", "to"}
    for i, word in enumerate(words[1:10], start=1):
        if word in EN_FINITE or (_en_past(word) and words[i - 1] not in EN_DET | EN_PREP | EN_BE):
            return True
    return False


def _en_start(u: Unit, n: int, v: int) -> int:
    """Return the token where the subject of the verb at token `v` of part `n` starts."""
    s = u.parts[n][0]
    for i in range(v - 1, s - 1, -1):
        if u.low[i] in EN_WHO and any(w in EN_FINITE or _en_past(w) for w in u.low[i + 1 : v]):
            continue  # *the man who was arrested said …*
        joins = u.low[i] in {"and", "but"} and any(w in EN_FINITE or _en_past(w) for w in u.low[s:i])
        if u.low[i] in EN_SUB or joins:
            s = i + 1
            break
    while s < v and u.low[s] in EN_LEAD - EN_PREP:
        s += 1
    return s


def _en_source(u: Unit, n: int, v: int) -> Span | None:
    """Return the noun phrase before the verb at token `v`, over the commas of an apposition."""
    first, stop, s = _en_start(u, n, v), v, u.parts[n][0]
    while stop > first and u.low[stop - 1] in EN_ADVERB | EN_BE | {"has", "have", "had", "not"}:
        stop -= 1
    if first < stop:
        head = next((i for i in range(first, stop) if u.low[i] in EN_WHO), stop)
        sound = u.low[first] not in EN_PREP | {"according"} and not set(u.low[first:head]) & EN_FINITE
        return u.chars(first, stop) if sound else None
    if s == first and n:  # *John Smith, the minister, said*
        a = max(m for m in range(n) if m == 0 or u.cut(m) == ":")
        if a == 0 and u.low[0] in EN_PREP | EN_SUB and n > 1:
            a = 1  # *On Monday, John Smith, the minister, said*
        p, q = u.parts[a]
        p = next((i for i in range(p, q) if u.low[i] not in EN_LEAD), q - 1)
        if not set(u.low[p:q]) & (EN_FINITE - {"has"}) and not u.speech(p):
            return u.chars(p, s - 1 if u.words[s - 1] in CUTS else s)
    verbs = _cues("en").verbs
    for i in range(s + 1, v):  # *X met Y and said*: the subject stands before the first verb
        if u.low[i] in EN_FINITE or _en_past(u.low[i]) or u.low[i] in verbs:
            return u.some(_en_start(u, n, i), i)
    return None


def _en_skip(u: Unit, i: int, e: int) -> int:
    """Return the token after the adjuncts (*on Monday*, *in a statement*) from token `i`."""
    found = re.match(EN_ADJUNCT, " ".join(u.words[i:e]))
    return i + len(found.group().split()) if found else i


def _en_apposed(u: Unit, j: int) -> int:
    """Return the end of the apposition after a phrase that ends at token `j`."""
    if j + 1 < len(u.words) and u.words[j] == ",":
        a, b = u.parts[u.part(j + 1)]
        heads = EN_DET | {"head", "chief", "director", "spokesman", "spokeswoman", "president"}
        if a == j + 1 and u.low[a] in heads and not _en_clause(u.low[a:b]):
            return b
    return j


def _en_after(u: Unit, i: int, e: int) -> int:
    """Return the end of the noun phrase that follows a verb, as in *said X on Monday*."""
    stops = _set("that when while as who told adding following after during before")
    j = next((j for j in range(i, e) if u.low[j] in stops or _en_skip(u, j, e) > j), e)
    return _en_apposed(u, j) if j > i else i


def _en_next(u: Unit, n: int) -> int | None:
    """Return the quotation, or what a colon opens, after part `n`, over one short part at most."""
    for m in range(n + 1, min(n + 3, len(u.parts))):
        a, b = u.parts[m]
        if u.speech(a) or (u.cut(m) == ":" and m == n + 1):
            return a
        if b - a > 8:
            break
    return None


def _en_told(u: Unit, n: int) -> bool:
    """Return whether what stands before part `n` can be a message: a quotation or a clause."""
    if not n or u.cut(n) == ":":
        return False
    no_message = _set("when while after before although though because since as who which")
    for a, b in u.parts[:n]:
        verbs = (w in EN_FINITE or _en_past(w) or re.fullmatch(r"[a-z]{3,}s", w) for w in u.low[a:b])
        if u.speech(a) or (u.low[a] not in no_message and b - a > 2 and any(verbs)):
            return True
    return False


def _en_verb(u: Unit, n: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what a verb of saying says: before it, after it, or on both sides of it."""
    (s, e), low, rule, span = u.parts[n], u.low, cue.cue_id, u.spans[v]
    lead = low[v - 1] if v > s else ""
    if lead in EN_MODAL | EN_DET | EN_PREP - {"as"} or lead[-2:] in {"'s", "’s"} or (v and u.words[v][0].isupper()):
        return
    if lead in EN_BE | EN_ADVERB and set(low[max(s, v - 3) : v]) & EN_BE:  # *it was reported that …*
        if lead != "being" and v + 2 < e and low[v + 1] == "that":
            yield Found(2, None, span, u.spans[v + 2][0], u.end, f"{rule}:passive")
        return
    follows, end = _en_next(u, n), u.end
    that = next((i for i in range(v + 1, min(e, v + 14)) if low[i] == "that"), None)
    after = _en_skip(u, v + 1, e)
    plain = v + 1 < e and that is None and not _en_clause(low[v + 1 : e])
    quoted = n > 0 and v == s and (u.speech(s - 1) or u.speech(s - 2))
    who = _en_source(u, n, v)
    # "…," said X
    bare = n > 0 and v == s and follows is None and v + 1 < e and that is None
    if (
        bare
        and (quoted or (plain and low[v + 1] not in EN_THERE and _en_told(u, n)))
        and _en_after(u, v + 1, e) > v + 1
    ):
        yield Found(1, u.chars(v + 1, _en_after(u, v + 1, e)), span, *u.told(n), f"{rule}:inverted")
        return
    if quoted and v + 1 < e and (who is None or follows is not None):
        who = u.some(v + 1, _en_after(u, v + 1, e)) or who
        yield Found(1, who, span, *u.told(n), f"{rule}:inverted")
        if follows is not None:
            yield Found(1, who, span, *u.spans[follows], f"{rule}:between")
        return
    if who is None and n and lead in {"who", "which"} and not _en_clause(low[u.parts[n - 1][0] : s - 1]):
        who, end = u.chars(*u.parts[n - 1]), u.chars(s, e)[1]  # *the army, which said …*
    if who is None:
        return
    # …, X said · X said: "…"
    if after == e or (rule in EN_TOLD and (plain or low[v + 1 : v + 2] == ["reporters"])):
        told = _en_told(u, n) and that is None and (follows is None or u.speech(follows))
        adds = n + 1 < len(u.parts) and (
            low[u.parts[n + 1][0]].endswith("ing") or low[u.parts[n + 1][0]] in EN_LEAD | EN_SUB | EN_PREP
        )
        if told and (n == len(u.parts) - 1 or follows is not None or adds):
            yield Found(1, who, span, *u.told(n), f"{rule}:after")
            if follows is not None:
                yield Found(1, who, span, *u.spans[follows], f"{rule}:between")
            return
        if follows is not None:
            stop = u.spans[follows][1] if u.speech(follows) else end
            yield Found(1, who, span, u.spans[follows][0], stop, f"{rule}:before")
            return
    # X said that … · X said …
    if that is None and after >= e and low[e + 1 : e + 2] == ["that"]:
        that = e + 1  # *said on Monday, that …*
    near = that is not None and (
        that in {v + 1, after, e + 1}
        or (that < after + 2)
        or (rule in EN_TOLD and that < v + 6)
        or low[v + 1] in EN_PREP | EN_ADVERB
    )
    if that is not None and near and low[that - 1] not in EN_PREP and that + 1 < len(low):
        yield Found(1, who, span, u.spans[that + 1][0], end, f"{rule}:that")
        return
    if after >= e or that is not None:
        return
    if rule in EN_TOLD:  # first whom
        starts = (i for i in range(v + 2, min(e, v + 6)) if low[i] in EN_THERE | EN_DET or low[i - 1] == "reporters")
        after = next(starts, after)
    rest = low[after:e]
    if u.speech(after) or rest[0] in EN_PREP - {"to"} | {"so", "and", "or", "but", "yes", "no"}:
        return
    if (cue.effect == "deny" and rest[0].endswith("ing")) or (rest[0] == "to" and rule in EN_INFINITIVE):
        yield Found(1, who, span, u.spans[after][0], end, f"{rule}:infinitive")
    elif (
        cue.effect != "act"
        and rest[0] != "to"
        and rule not in EN_THAT
        and (_en_clause(rest) or (rule in EN_BARE and len(rest) > 1))
    ):
        yield Found(1, who, span, u.spans[after][0], end, f"{rule}:before")


def _en_other(u: Unit, n: int, first: int, v: int, cue: Cue) -> Iterator[Found]:
    """Yield what *according to X*, *reportedly*, *is said to*, *as saying* and nouns attribute."""
    (s, e), low, rule, mark = u.parts[n], u.low, cue.cue_id, u.chars(first, v + 1)
    if cue.kind == "preposition" and v + 1 < e:
        ends = (
            j
            for j in range(v + 2, e)  # *according to the navy two ships …*, or *…, who …*
            if low[j] in EN_WHO or (low[j] in EN_DET and low[j - 1] not in EN_PREP | {"and"})
        )
        stop = _en_apposed(u, next(ends, e))
        who: Span | None = u.chars(v + 1, stop)
        if first == s and n == 0:
            start = stop + (stop < len(low) and u.words[stop] in CUTS)
            if start < len(low):
                yield Found(3, who, mark, u.spans[start][0], u.end, f"{rule}:first")
        elif low[v] not in {"citing", "quoting"} and stop == len(low):
            b = u.spans[first - 2 if u.words[first - 1] in CUTS else first - 1][1]
            yield Found(3, who, mark, u.start, b, f"{rule}:end")
        elif low[v] not in {"citing", "quoting"}:
            yield Found(3, who, mark, u.start, u.end, f"{rule}:inside")
    elif rule == "en-as-saying":
        k = next((i for i in range(first - 1, s - 1, -1) if low[i] in {"quoted", "cited", "quotes", "cites"}), None)
        a = next((i for i in range(v + 1, len(low)) if u.words[i] not in CUTS and low[i] != "that"), None)
        if k is not None and a is not None:
            passive = k > s and low[k - 1] in EN_BE
            who = _en_source(u, n, k) if passive else u.some(k + 1, first)
            yield Found(0, who, mark, u.spans[a][0], u.end, f"{rule}:before")
    elif cue.kind == "noun":
        of = u.words[v - 1].endswith(("'s", "’s")) if v > s else False
        if s < v < e - 2 and low[v + 1] == "that" and (of or low[v - 1] in EN_DET):
            i = v - 1
            while i > s and u.words[i - 1][0].isupper():
                i -= 1
            verbs = [k for k in range(v + 3, e) if low[k] in EN_FINITE]
            if v - s < 4 and len(verbs) > 1:  # *the claim that X had … was rejected*
                e = next((k for k in verbs[1:] if low[k] in EN_BE and low[k - 1] not in EN_FINITE), e)
            who = (u.spans[i][0], u.spans[v - 1][1] - 2) if of else None
            yield Found(7, who, mark, u.spans[v + 2][0], u.chars(s, e)[1], f"{rule}:noun")
    elif cue.kind in {"adverb", "phrase"} and not (s < v < e - 1 and low[v - 1] in EN_DET and not cue.rest):
        a, b = u.chars(s, e) if n and low[s] in EN_SUB else (u.start, u.end)
        yield Found(7, None, mark, a, b, f"{rule}:{cue.kind}")
