"""Who acts often in a drafted case and is in no table: suggestions of actors to add to it.

Names are sought where they act (say something, do what a frame tells). A list of which most is silly is not read. So a
name must show by its signs that it is one, for no list holds all names: by a title or a given name before it, a word
such as *Verband* in it, capital letters throughout, or, where nouns are written small, by its capital letter. The forms
of one name count together: the surname alone, the short form, another spelling.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import pandas as pd

from lagebild.coder import (
    OFFICES,
    QUOTES,
    Parse,
    Span,
    Token,
    UnquotedClause,
    find_attributions,
    first_names,
    frames_of,
    parse_text,
    read_language,
    read_lexicon,
)
from lagebild.core import TABLES, Reference, characters, derived, records
from lagebild.corpus import Corpus, Inputs

LOGGER = logging.getLogger(__name__)

# --- The names in a text that no table knows ---

SHORT = re.compile(r"[ \xa0]\(([A-Z][\w-]*[A-Z])\)")  # the short form behind a name: (DUH)
MARKS = ("outlet", "organisation", "title")  # kinds of words that may stand before a name
APOSTROPHES = "'’"
AFTER = ("preposition", "coordinator", "relative", "pronoun", "adverb", "be", "have")  # may follow one who acts
SMALL = ("determiner", "preposition", "pronoun", "coordinator", "subordinator", "number")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that no table knows: its words, and where they start.

    `acts` is whether it acts there, `mark` what stands before it (the kind in the table `name_words`: title,
    organisation, outlet; or nothing), `short` the short form that the text gives behind it.
    """

    words: tuple[str, ...]
    start: int
    acts: bool = False
    mark: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """The name as it is written."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Names:
    """What a text holds of unknown names, and which of its words, in small letters, it also uses as common words."""

    named: tuple[Named, ...]
    common: frozenset[str]


@derived
def words_of_kind(reference: Reference, language: str, kind: str) -> re.Pattern[str]:
    """Return what matches the words in small letters that the table `name_words` has of a kind in a language."""
    rows = [row["word"] for row in reference.rows("name_words", language) if row["kind"] == kind]
    whole = [re.escape(word) for word in rows if not word.startswith("*")]
    ends = "|".join(re.escape(word[1:]) for word in rows if word.startswith("*"))
    return re.compile("|".join([*whole, rf"[\w-]*(?:{ends})(?:s|es|n|en)?"] if ends else whole) or r"(?!)")


def find_unknown_names(reference: Reference, text: str, language: str, published: str) -> Names:
    """Return the names in a text that no table knows, in the order of the text, and which words are no names."""
    parses = parse_text(reference, text, language, published)
    speakers = [attribution.source for attribution in find_attributions(text, parses) if attribution.source]
    names: dict[int, Named] = {}
    common = set[str]()
    for parse in parses:
        if parse.readable:
            spans = [span for span in speakers if parse.start <= span[0] < parse.end]
            names |= {name.start: name for name in _Reader(parse, (parse.start, parse.end)).read(acts=False)}
            for span in (*spans, *_find_subjects(parse)):
                names |= {name.start: name for name in _Reader(parse, span).read(acts=True)}
            common.update(_find_common(parse))
    return Names(tuple(names[place] for place in sorted(names)), frozenset(common))


def _find_subjects(parse: Parse) -> Iterator[Span]:
    """Yield where the subjects of acts stand that their clause itself names."""
    for clause in parse.clauses:
        who = clause.subject
        if who is not None and who in clause.phrases and not who.pronoun and frames_of(parse.words, clause, "active"):
            yield UnquotedClause(parse, clause, clause.tokens).span_of(who)


def _find_common(parse: Parse) -> Iterator[str]:
    """Yield words that are no names: written small, or, where nouns have a capital letter, led by an article."""
    before: Token | None = None
    for token in parse.tokens:
        led = before is not None and (before.has("determiner", "possessive", "number") or before.text[0].isdigit())
        written = parse.text[token.start : token.end]  # the words of a headline are tokens in small letters
        if written.islower() or (led and parse.words.language.capital_nouns and not written.isupper()):
            yield token.low
        before = token


class _Reader:
    """The words of a sentence at a place, read for names that no table knows."""

    def __init__(self, parse: Parse, span: Span) -> None:
        self.parse, self.tokens = parse, parse.tokens
        self.language = parse.words.language
        inside = [k for k, token in enumerate(self.tokens) if span[0] <= token.start and token.end <= span[1]]
        self.first, self.stop = (inside[0], inside[-1] + 1) if inside else (0, 0)

    def read(self, acts: bool) -> Iterator[Named]:
        """Yield the names; in a phrase that says who `acts` not those that only hang on another noun."""
        k = self.first
        while k < self.stop:
            start = k
            while k < self.stop and (more := self._count_part(k, k > start)):
                k += more
            if k == start:
                k += 1
            elif not self._is_known(start, k) and not (acts and (self._depends(start) or self._modifies(k))):
                yield from self._trim(start, k, acts)

    def _count_part(self, k: int, begun: bool) -> int:
        """Return how many tokens at a place are part of a name: its next word, or a small one with the next."""
        if self._may_name(k):
            return 1
        small = self.tokens[k].text
        joins = small == "." and len(self.tokens[k - 1].text) == 1  # George W. Bush
        joins = begun and (joins or self._is(small, "particle", "joint"))
        return 2 if joins and k + 1 < self.stop and self._may_name(k + 1) else 0

    def _may_name(self, k: int) -> bool:
        token = self.tokens[k]
        dated = any(date.start <= token.start < date.end for date in self.parse.dates)
        function = token.has(*SMALL) or (k == 0 and bool(token.word.classes))
        return token.text[0].isupper() and not dated and not function and not self._names_known(k)

    def _names_known(self, k: int) -> bool:
        return 0 <= k < len(self.tokens) and any(name.kind != "unsure" for name in self.tokens[k].names)

    def _is(self, word: str, *kinds: str) -> bool:
        code, reference = self.language.code, self.parse.reference
        return any(words_of_kind(reference, code, kind).fullmatch(word.lower()) for kind in kinds)

    def _depends(self, start: int) -> bool:
        """Whether a name only says whose a noun is, or where: von, of the, der Chef der …."""
        k = start
        while k > self.first and self.tokens[k - 1].has("determiner", "possessive"):
            k -= 1
        before = self.tokens[k - 1] if k > self.first else None
        owned = k < start and before is not None and before.text[0].isupper() and self.language.capital_nouns
        quoted = self.parse.text[self.tokens[start].start - 1 : self.tokens[start].start] in QUOTES  # a title of a book
        return owned or quoted or (before is not None and before.has("preposition"))

    def _modifies(self, end: int) -> bool:
        """Whether a name only says of which kind, or whose, what follows is: Boeing engineers, Smith's lawyer."""
        token = self.tokens[end] if end < len(self.tokens) else None
        if token is None or token.text[0] in APOSTROPHES:
            return token is not None
        return end < self.stop and token.text[0].isalpha() and not token.has(*AFTER)

    def _is_known(self, start: int, end: int) -> bool:
        """Whether a known name stands beside: Wladimir Wladimirowitsch | Putin; the Iraqi | Security Forces."""
        beside = [name for k in (start - 1, end) if self._names_known(k) for name in self.tokens[k].names]
        return any(name.type == "person" or self.tokens[end - 1].word.head in OFFICES for name in beside)

    def _trim(self, start: int, end: int, acts: bool) -> Iterator[Named]:
        """Yield a name without what stands before it, such as titles, and of a person without what hangs on it."""
        marks = [k for k in range(max(start - 1, 0), end) if self._is_title(self.tokens[k])]
        begin = max(marks[-1] + 1, start) if marks else start
        words = [token.text for token in self.tokens[begin:end]]
        body = any(self._is(word, "organisation") for word in words)
        if body and not marks and start > 1 and self._is_adjective(start - 1):
            begin, words = start - 1, [self.tokens[start - 1].text, *words]
        if words and words[0][0].isupper():
            before = self.tokens[begin - 1].text if begin else ""
            mark = next((kind for kind in MARKS if self._is(before, kind)), "title" if marks else "")
            written = tuple(" ".join(words).replace(" .", ".").split(" "))  # each initial with its full stop: W. Bush
            short = SHORT.match(self.parse.text, self.tokens[begin + len(words) - 1].end)
            yield Named(written, self.tokens[begin].start, acts, mark, short[1] if short else "")

    def _is_adjective(self, k: int) -> bool:
        """Whether a known adjective with a capital letter stands at a place, inside a sentence: British, Deutsche."""
        token = self.tokens[k]
        return token.text[0].isupper() and any(name.kind in ("adjective", "inhabitant") for name in token.names)

    def _is_title(self, token: Token) -> bool:
        return "office" in (token.word.head, token.tail.head) or self._is(token.text, "title")


# --- Whether words with capital letters are a name, and of what ---

ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][a-z]{1,2}[A-Z]{1,2}")
INITIAL = re.compile(r"[A-Z]\.")
LONGEST_GIVEN = 10  # letters; a longer word before a name is a German compound: Friedensnobelpreisträger
LONGEST, LONGEST_SHOWN = 3, 8  # words of a name: of one that nothing else shows to be one, and of any other

Place = tuple[str, str, int]  # source, language and number of a sentence


@dataclass(frozen=True, slots=True)
class Sight:
    """An unknown name where it stands."""

    named: Named
    place: Place

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name."""
        return self.named.words

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.place[1]


@dataclass(frozen=True)
class Signs:
    """What tells a name from other words: the tables, and what the texts say.

    `common` are the words of a language that its texts also use as common ones, `alone` the names as they stand there.
    """

    reference: Reference
    common: Mapping[str, Set[str]]
    alone: Set[str]

    def has_capitals(self, sight: Sight) -> bool:
        """Whether the language of the text writes every noun with a capital letter."""
        return read_language(self.reference, sight.language).capital_nouns

    def is_common(self, word: str, language: str) -> bool:
        """Whether a word is also a common one, as the texts or the tables have it."""
        known = read_lexicon(self.reference, language).word(word)
        return word.lower() in self.common[language] or bool(known.head or known.nouns or known.classes)

    def is_kind(self, words: Iterable[str], kind: str) -> bool:
        """Whether one of some words is of a kind in the table `name_words`, in any language."""
        patterns = [words_of_kind(self.reference, language, kind) for language in self.reference.languages]
        return any(pattern.fullmatch(word.lower()) for pattern in patterns for word in words)

    def trim(self, sight: Sight) -> Sight:
        """Return a name without common nouns before it, where nouns have a capital letter: (Ökonom) Clemens Fuest.

        A word for an organisation is one only if the rest also stands alone, and is noted: (Linkspartei) Podemos.
        """
        words, mark = sight.words, sight.named.mark
        while len(words) > 1 and self.has_capitals(sight) and not self.is_kind(words[1:], "organisation"):
            if words[0] in first_names(self.reference) or not self._is_common_noun(words, sight.language):
                break
            mark = next((kind for kind in MARKS if self.is_kind(words[:1], kind)), mark)
            words = words[1:]
        return replace(sight, named=replace(sight.named, words=words, mark=mark))

    def _is_common_noun(self, words: tuple[str, ...], language: str) -> bool:
        """Whether the first of some words is a common noun, and no part of the name."""
        if len(words) > 2 and words[1] in first_names(self.reference):
            return True  # Anti-Islam-Bewegung Martin Konvička
        if self.is_kind(words[:1], "organisation"):
            return " ".join(words[1:]) in self.alone
        return (len(words[0]) > LONGEST_GIVEN and "-" not in words[0]) or self.is_common(words[0], language)

    def has_given(self, sight: Sight) -> bool:
        """Whether a name of several words begins with a given name that the tables know, or an initial."""
        given = sight.words[0] in first_names(self.reference) or bool(INITIAL.fullmatch(sight.words[0]))
        return len(sight.words) > 1 and given

    def is_person(self, sight: Sight) -> bool:
        """Whether a name of several words shows by a given name, an initial or a title that it is a person's."""
        return self.has_given(sight) or (len(sight.words) > 1 and sight.named.mark == "title")

    def is_name(self, sight: Sight) -> bool:
        """Whether words show by themselves that they are a name."""
        plain = [word for word in sight.words if not self.is_common(word, sight.language)]
        if len(sight.words) > 1:
            shown = self.is_person(sight) or self.is_kind(sight.words, "organisation")
            clear = len(plain) == len(sight.words) or (bool(plain) and not self.has_capitals(sight))
            return len(sight.words) <= (LONGEST_SHOWN if shown else LONGEST) and (shown or clear)
        marked = bool(ACRONYM.fullmatch(sight.words[0])) or sight.named.mark != "" or not self.has_capitals(sight)
        return bool(plain) and marked

    def judge_kind(self, name: str, sights: Iterable[Sight]) -> str:
        """Return what a name looks like, given where it stands: person, organisation, or unknown."""
        if self.is_kind(name.split(), "organisation") or ACRONYM.fullmatch(name):
            return "organisation"
        marks = {sight.named.mark for sight in sights}
        surname = " " in name and any(sight.words == (name.split()[-1],) for sight in sights)
        if surname or "title" in marks or any(self.is_person(sight) for sight in sights):
            return "person"
        return "organisation" if "organisation" in marks else "unknown"


# --- Which forms are of one name, and who of those known is alike ---

ALIKE = 0.86  # how far a name resembles a known one that may be its other spelling


def join_forms(signs: Signs, sights: Sequence[Sight]) -> dict[str, str]:
    """Return for each written form that is a name the one under which it counts: its usual full form, if it has one."""
    likely = [sight for sight in sights if signs.is_name(sight)]
    counts = Counter(sight.named.name for sight in likely)
    given = {sight.named.name for sight in likely if signs.has_given(sight)}
    full = [name for name in counts if " " in name]
    full.sort(key=lambda name: (name not in given, -counts[name], len(name), name))
    called = {name: next((longer for longer in full if _is_same(signs, longer, name)), name) for name in counts}
    shorter = _list_shorter(likely, full, called)
    for sight in sights:
        form = sight.named.name
        if " " not in form and not signs.is_common(form, sight.language):
            bare = form.removesuffix("s") if signs.has_capitals(sight) else form  # Müllers
            if known := shorter.get(form) or shorter.get(bare):
                called[form] = known
            elif bare in counts:
                called[form] = bare
    return called


def _list_shorter(likely: Sequence[Sight], full: Sequence[str], called: Mapping[str, str]) -> dict[str, str]:
    """Return the shorter forms of full names with what these are called; of two names, the first has the form."""
    shorter = {
        sight.named.short: called[sight.named.name]
        for sight in likely
        if _is_short(sight.named.short, sight.named.name)
    }
    for place in (-1, 0):  # the surname before a given name, or the first word of what an organisation is called
        for name in full:
            if not ACRONYM.fullmatch(word := name.split()[place]):
                shorter.setdefault(word, called[name])
    return shorter


def _is_same(signs: Signs, name: str, other: str) -> bool:
    """Whether two full names are the same: but for accents, names in between, or a word before that is no part of it.

    The names of persons gain such words (Brave Marina Lacerda), those of organisations lose them.
    """
    a, b = characters.strip_marks(name).split(), characters.strip_marks(other).split()
    if a == b:
        return True
    if signs.is_kind(a, "organisation"):
        return len(a) > len(b) > 1 and a[-len(b) :] == b
    return len(a) > 1 and (b[-len(a) :] == a or (a[0], a[-1]) == (b[0], b[-1]))


def _is_short(short: str, name: str) -> bool:
    """Whether a short form behind a name is one of it: (DUH) of Deutsche Umwelthilfe, not (CDU) of a politician."""
    letters = iter(name.lower())
    return bool(short) and " " in name and short[0] == name[0] and all(letter in letters for letter in short.lower())


def is_known(reference: Reference, name: str) -> bool:
    """Whether the tables have a name as it stands: a surname that they trust only beside its full name (Bush)."""
    return name in _known_names(reference)


def find_nearest(reference: Reference, name: str) -> str:
    """Return the known actor who has the same surname, or whose name is written almost alike; empty without one."""
    known = _known_names(reference)
    last = name.split()[-1]
    if last in known:
        return known[last]
    near = get_close_matches(name, [candidate for candidate in known if candidate[0] == name[0]], 1, ALIKE)
    return known[near[0]] if near else ""


@derived
def _known_names(reference: Reference) -> dict[str, str]:
    """Return the actors by their names and surnames; of several that share one, the first of the table."""
    rows = reference.rows_for("names", *reference.languages)
    return {row["name"]: row["actor_id"] for row in reversed(rows) if row["kind"] in ("name", "surname", "weak")}


# --- Who acts often ---

TEXTS, SENTENCES = 2, 3  # who acts in so many of them acts often: one is enough
SHOWN = 3  # names that one line tells


def suggest_actors(inputs: Inputs, corpus: Corpus) -> pd.DataFrame:
    """Return who acts often in the texts of a drafted case and is nobody's; columns as in the table `suggestions`.

    There is no row for a case that people coded: they name whom they code.
    """
    columns = list(TABLES["suggestions"].columns)
    if not inputs.case.draft:
        return pd.DataFrame(columns=columns)
    sights, common = list[Sight](), dict[str, set[str]]()
    sentences = {key: records(part) for key, part in corpus.sentences.groupby(["source_id", "language"])}
    for source in records(corpus.sources):
        for language in source["languages"].split(";"):
            page = (source["source_id"], language)
            names = find_unknown_names(inputs.reference, inputs.texts[page], language, source["known_from"])
            common.setdefault(language, set()).update(names.common)
            for row in sentences.get(page, []):
                inside = (named for named in names.named if row["start"] <= named.start < row["end"])
                sights += [Sight(named, (*page, row["sentence_no"])) for named in inside]
    publishers = {name for column in ("publisher", "reporter") for name in corpus.sources[column]}
    ranked = rank_names(inputs.reference, sights, common, publishers)
    return pd.DataFrame([(rank, *row) for rank, row in enumerate(ranked, start=1)], columns=columns)


def rank_names(
    reference: Reference, sights: Iterable[Sight], common: Mapping[str, Set[str]], publishers: Iterable[str]
) -> list[tuple[str, str, int, int, str, str, int, str]]:
    """Return the names that act often, who acts in most texts first; columns as in `suggestions` without its rank.

    Newspapers, agencies and broadcasters, which only report, are left out, and so are the `publishers` of the case.
    """
    sights = list(sights)
    signs = Signs(reference, common, frozenset(sight.named.name for sight in sights))
    trimmed = [signs.trim(sight) for sight in sights]
    outlets = {
        sight.named.name for sight in trimmed if sight.named.mark == "outlet" or signs.is_kind(sight.words, "outlet")
    }
    silent = {name.casefold() for name in outlets.union(publishers)} | _list_silent(reference)
    heard = [sight for sight in trimmed if sight.named.name.casefold() not in silent]
    called = join_forms(signs, heard)
    groups: dict[str, list[Sight]] = {}
    for sight in heard:
        if name := called.get(sight.named.name):
            groups.setdefault(name, []).append(sight)
    rows = []
    for name, of_name in groups.items():
        places = _list_places(of_name)
        n_sources = len({source for source, _, _ in places})
        often = n_sources >= TEXTS or len(places) >= SENTENCES
        if often and not is_known(reference, name):
            kind, nearest = signs.judge_kind(name, of_name), find_nearest(reference, name)
            rows.append((name, kind, len(places), n_sources, *places[0], nearest))
        else:
            LOGGER.debug("not suggested, acts too seldom or is known: %r, sentences %d", name, len(places))
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def _list_places(sights: Sequence[Sight]) -> list[tuple[str, str, int]]:
    """Return the sentences in which a name acts; one that is held in two languages counts once."""
    acts = sorted((sight.place for sight in sights if sight.named.acts), reverse=True)
    return sorted({(source, number): (source, language, number) for source, language, number in acts}.values())


@derived
def _list_silent(reference: Reference) -> set[str]:
    """Return in small letters what speaks and acts for nobody: agencies, and what the tables rule out."""
    agencies = {name for row in reference.rows("agencies") for name in (row["agency"], row["name"])}
    blocked = {row["words"] for language in reference.languages for row in reference.rows("blocklist", language)}
    return {name.casefold() for name in agencies | blocked}


def describe_suggestions(suggestions: pd.DataFrame, case: str, file: str) -> str:
    """Return the suggestions that lie in a file in one line, with what to do; empty if there is none."""
    shown = [_describe(row) for row in records(suggestions.head(SHOWN))]
    if not shown:
        return ""
    n = len(suggestions)
    summary = f"{n} names act often and are nobody's" if n > 1 else "1 name acts often and is nobody's"
    names = ", ".join([*shown, "…"] if n > SHOWN else shown)
    return f"{summary}: {names} – add them to data/cases/{case}/actors.csv and names.csv, see {file}"


def _describe(row: Mapping[str, Any]) -> str:
    """Return a suggestion in a few words: Hunter Biden (3 sentences; biden?)."""
    n, known = row["n_sentences"], f"; {row['nearest']}?" if row["nearest"] else ""
    return f"{row['name']} ({n} sentence{'s' * (n != 1)}{known})"
