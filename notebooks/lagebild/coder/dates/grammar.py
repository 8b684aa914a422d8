"""The patterns of dates: what the words of the table `calendar` form, and where in a sentence each is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lagebild.core.reference import Reference, derived

ENDINGS = ("", "e", "en", "er", "em", "es")  # what * stands for in the table
TOKEN = re.compile(r"\d+|[^\W\d_]+")
# In a pattern, <kind> stands for any word of that kind in the table, <name:kind> also names the group, and these:
MACROS = {
    "NUMBER": r"(?:(?:<hedge:hedge>\s+)*(?P<n>\d{1,3}|<number>|<vague>)\s+)",
    "SECOND": r"TH(?:\s*(?:<to>|<and>)\s*(?:the\s+)?(?P<d2>\d{1,2})TH)?",
    "TH": r"(?:st|nd|rd|th)?",
    "OPTREL": r"(?:<r:rel>\s+)?",
    "CLOCK": r"(?<![\d.,:])\d{1,2}(?:[.:]\d\d)?",
    "ANYDAY": r"(?:<weekday>|<unit>|<units>|<time>|<season>)",
    "DEDAY": r"(?:<w:weekday>(?:<daypart>)?,?\s+(?:de[nmr]\s+)?)?(?<![\d.])(?P<d>\d{1,2})\.",
    "ENDAY": r"(?:<w:weekday>,?\s+(?:the\s+)?)?",
    "DIGITS": r"(?<![\w.,:/$€£#])(?:(?<=[Mm]id-)|(?<!\D-))(?P<y>[12]\d{3})(?![\w%€$£°]|[.,:]\d|-[A-Za-zÄÖÜäöü])",
}
YEAR = {
    "de": r"(?:\s+(?:im\s+Jahre?\s+)?(?P<y>[12]\d{3})(?![.,]?\d|\w)|\s+(?:des\s+)?(?P<yr><rel>)\s+Jahres)?",
    "en": r"(?:(?:,\s*|\s+(?:of\s+)?)(?P<y>[12]\d{3})(?![.,]?\d|\w)|(?:\s+of)?\s+(?P<yr>last|this|next)\s+year)?",
}
NUMBERS = {"D", "DD", "DDD", "YYYY", "*"}
NUM = "hedge number vague D DD DDD"
DAYS = "weekday unit units time season weekly"
# Name and reading, the language, the kinds of words (or words) of which one must be in the sentence, those at which
# the pattern starts (D, DD, DDD, YYYY are numbers, * is any word), and the pattern. The first has a place it claims.
PATTERNS: list[tuple[str, str, str, str, str]] = [
    (
        "recurring",
        "de",
        DAYS,
        "every weekly",
        r"<every>\s+(?:\w+\s+)?ANYDAY\w*(?:\s+im\s+(?:Monat|<month>))?|(?<!des )<weekly>",
    ),
    ("recurring", "en", DAYS, "every weekly", r"<every>\s+(?:\w+\s+)?ANYDAY(?:\s+<time>|\s+in\s+<month>)?|<weekly>"),
    ("iso date", "", "YYYY", "YYYY", r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)"),
    (
        "date",
        "de",
        "D DD",
        "weekday D DD",
        r"DEDAY\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4}|\d\d)(?![\d.:]|\s*Uhr))?(?!\d|\s?Uhr)",
    ),
    (
        "date",
        "de",
        "month",
        "weekday D DD",
        r"DEDAY(?:(?:,\s*\d{1,2}\.)*\s*(?:<to>|<and>|/)\s*(?:de[nm]\s+)?(?P<d2>\d{1,2})\.)?\s*<m:month>YEAR",
    ),
    ("date numbers", "en", "D DD", "D DD", r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>[12]\d{3})(?!\d)"),
    (
        "date",
        "en",
        "month",
        "weekday month",
        r"ENDAY<m:month>\s+(?:the\s+)?(?P<d>\d{1,2})SECOND(?![.,:]?\d|\s*(?:[ap]\.?m|percent|people))YEAR",
    ),
    ("date", "en", "month", "weekday D DD", r"ENDAY(?<![\d.,])(?P<d>\d{1,2})SECOND\s+(?:of\s+)?<m:month>YEAR"),
    ("date holiday", "", "month", "ordinal", r"<q:ordinal>\s+<w:weekday>\s+(?:im|in|of)\s+<m:month>YEAR"),
    ("birthday", "", "birthday", "birthday", r"Geburtstage?s?\s+von\s+(?:[A-ZÄÖÜ]\w+\s+)*(?P<name>[A-ZÄÖÜ]\w+)"),
    ("birthday", "", "birthday", "*", r"(?P<name>[A-ZÄÖÜ]\w+)['’]?s?\s+(?:\d+(?:\.|TH)\s+)?<birthday>"),
    ("ago", "de", "anyunit", "heute vor seit", r"(?:(?:[Hh]eute\s+)?[Vv]or|(?P<since>[Ss]eit))\s+NUMBER?<u:anyunit>"),
    ("ago", "en", "ago", f"anyunit {NUM}", r"NUMBER?<u:anyunit>\s+ago"),
    ("ahead", "", "anyunit", "in", r"(?<!time )[Ii]n\s+NUMBER<u:anyunit>(?!['’])"),
    ("stretch", "", "anyunit", "rel", r"<r:rel>\s+(?:NUMBER<u:anyunit>|<u2:units>)"),
    ("later", "", "dayafter", "dayafter", r"<day:dayafter>"),
    (
        "daypart",
        "de",
        "time",
        "am gegen in",
        r"(?:[Aa]m|[Gg]egen|[Ii]n\s+de[rn])\s+(?:(?:früh|spät)e[nr]\s+)?<time>(?!\s+(?:de[sr]|zu[mr]?|auf|vo[mn])\b)",
    ),
    (
        "daypart",
        "en",
        "time",
        "in on by during at around about",
        r"(?:[Ii]n|[Oo]n|[Bb]y|[Dd]uring|[Aa]t|[Aa]round|[Aa]bout)\s+(?:the\s+)?(?:early\s+|late\s+)?<time>(?!\s+(?:of|before|after)\b)",
    ),
    (
        "weekday",
        "en",
        "weekday",
        "weekday overnight night",
        r"(?P<night>[Oo]vernight\s+(?:into|to|on)|night\s+from\s+<weekday>\s+to|<weekday>(?:\s+night)?\s+into)\s+<w:weekday>",
    ),
    (
        "deictic",
        "de",
        "deictic",
        "deictic",
        r"<k:deictic>(?:\s+(?:<daypart>|<weekday>(?:<daypart>)?|Tage?s?))?(?P<vague>\s+(?:noch|längst|nicht\s+mehr|meist|oft)\b)?",
    ),
    ("deictic", "en", "deictic", "deictic", r"<k:deictic>(?:\s+<daypart>)?(?!\s+(?:stay|train|trip|bus))"),
    (
        "count",
        "de",
        "anyunit",
        f"units {NUM}",
        r"(?:NUMBER<u:anyunit>|<u2:units>)\s+(?P<k>nach|vor)(?=\s+(?:de[rmn]|(?:sein|ihr|ein|dies)e[rmn]|[A-ZÄÖÜ\d]))",
    ),
    ("count", "en", "anyunit", f"anyunit {NUM}", r"NUMBER?<u:anyunit>\s+(?P<k>after|before)(?=\s+\w)"),
    ("later", "", "anyunit", f"anyunit {NUM}", r"NUMBER?<u:anyunit>\s+<k:later>"),
    ("quarter", "de", "quarter", "ordinal", r"<q:ordinal>\s+(?:Quartal|(?P<half>Halbjahr|Jahreshälfte))s?YEAR"),
    (
        "quarter",
        "en",
        "quarter",
        "ordinal Q",
        r"(?:<q:ordinal>(?:\s+|-)(?:quarter|(?P<half>half))(?=\s+(?:of\s+)?(?:[12]\d{3}|last|this|next))|Q(?P<q2>[1-4]))YEAR",
    ),
    (
        "decade",
        "de",
        "D DD YYYY tens",
        "DD YYYY tens",
        r"(?P<y>\d{3}0)er(?:[-\s]Jahre?n?)?|(?P<t>\d0er|<tens>)[-\s]?[jJ]ahre?n?",
    ),
    (
        "decade",
        "en",
        "DD YYYY tens",
        "DD YYYY tens",
        r"(?P<y>\d{3}0)['’]?s|(?:(?<=the )|(?<=late )|(?<=early )|(?<=mid-))(?P<t>\d0s|<tens>)",
    ),
    ("century", "de", "century", "D DD", r"(?P<c>\d{1,2})\.\s+(?:Jahrhunderts?|Jh\.)"),
    ("century", "en", "century", "D DD ordinal", r"(?P<c>\d{1,2}(?=st|nd|rd|th)|<ordinal>)TH[-\s]century"),
    ("holiday", "", "holiday", "rel holiday", r"OPTREL<h:holiday>YEAR"),
    ("season", "", "season", "rel season", r"OPTREL<s:season>YEAR(?:/\d\d(?:\d\d)?)?"),
    ("month", "", "month", "rel month", r"OPTREL<m:month>YEAR"),
    ("weekday", "de", "weekday", "nacht", r"(?P<night>Nacht\s+vo[nm]\s+<weekday>\s+(?:auf|zum))\s+<w:weekday>"),
    ("weekday", "de", "weekday", "rel", r"<rw:rel>\s+Woche\s+(?:am\s+)?<w:weekday>(?:\s?<daypart>)?"),
    (
        "weekday",
        "de",
        "weekday",
        "rel weekday",
        r"OPTREL<w:weekday>(?:\s?<daypart>)?(?:,?\s+(?:(?:in\s+)?der\s+)?<rw:rel>\s+Woche)?",
    ),
    ("weekday", "en", "weekday", "rel weekday", r"OPTREL<w:weekday>(?:\s+<daypart>)?(?:\s+(?:of\s+)?<rw:rel>\s+week)?"),
    ("part", "", "bound", "bound", r"<b:bound>(?:\s+(?P<y>[12]\d{3})(?:/\d\d(?:\d\d)?)?)?"),
    ("part", "", "unit", "part", r"<part:part>\s+(?:des|der|(?:in\s+)?the)\s+<u:unit>(?:\s+(?P<y>[12]\d{3}))?"),
    ("elapsed", "", "unit", "later", r"<k:later>\s+(?:(?:in\s+)?this|in\s+the|in\s+diese[mr])\s+<u:unit>"),
    ("unit", "", "unit", "rel", r"<r:rel>\s+<u:unit>"),
    ("unit", "", "weekend", "weekend", r"<u:weekend>(?!\s+of)"),
    ("nth", "de", "unit", "der", r"(?:[Ii]n\s+)?der\s+<q:ordinal>\s+Woche"),
    ("years", "", "YYYY", "YYYY", r"(?<![\d.,/])(?P<y>[12]\d{3})/\s?(?P<y2>\d{4}|\d\d)(?![./]?\d)"),
    (
        "year",
        "",
        "YYYY",
        "im des anno in the YYYY",
        r"(?P<c>(?:[Ii]m|des)\s+Jahre?s?\s+|[Aa]nno\s+|(?:[Ii]n\s+t|T|t)he\s+year\s+)?DIGITS",
    ),
    (
        "clock",
        "de",
        "uhr",
        "D DD",
        r"CLOCK(?:(?=(?:\s*(?:[-–?/]|bis|und)\s*\d{1,2}(?:[.:]\d\d)?)+\s*[Uu]hr)|\s*[Uu]hr)",
    ),
    ("clock", "en", "D DD", "D DD", r"CLOCK(?:\s?(?:[ap]\.m\.|[ap]m)|\s*o['’]clock)"),
    ("now", "", "now", "now", r"<now>"),
]
KINDS = {"anyunit": ("unit", "units"), "before": ("prefix", "part")}  # kinds that are read together


@dataclass(frozen=True)
class Pattern:
    """A pattern with its name and the reading of its matches; it is tried at the kinds of words it starts with."""

    name: str
    reading: str
    starts: tuple[str, ...]
    regex: re.Pattern[str]


@dataclass(frozen=True)
class Grammar:
    """The compiled calendar of one language.

    `needed` gives the numbers of the patterns that a word makes possible, `starting` the kinds that a word starts.
    """

    words: Mapping[str, Mapping[str, str]]
    needed: Mapping[str, frozenset[int]]
    starting: Mapping[str, frozenset[str]]
    patterns: tuple[Pattern, ...]
    pair: re.Pattern[str]
    cue: re.Pattern[str]


def _pattern(form: str) -> str:
    """Return the pattern of a form of the table; its first letter may be a capital one at the start of a sentence."""
    plain = re.escape(form.rstrip("*")).replace(r"\ ", r"\s+")
    head = f"[{form[0]}{form[0].upper()}]{plain[1:]}" if form[0].islower() else plain
    return head + ("(?:e[nrms]?)?" if form.endswith("*") else "")


def _any(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(_pattern(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


def _full(form: str) -> list[str]:
    return [form.rstrip("*") + ending for ending in (ENDINGS if form.endswith("*") else ("",))]


def _tokens(forms: Mapping[str, list[str]], language: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the kinds of which a word is the longest, and those of which it is the first word of a form."""
    longest: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    literal = {
        w for _, _, need, start, _ in PATTERNS for w in f"{need} {start}".split() if w not in forms and w not in NUMBERS
    }
    entries = [(kind, full) for kind, many in forms.items() for form in many for full in _full(form)]
    entries += [(word, word) for word in literal] + [(word, word.capitalize()) for word in literal]
    entries += [("D" * len(n), n) for i in range(1000) for n in {f"{i}", f"{i:02}"}]
    entries += [("YYYY", f"{year}") for year in range(1000, 3000)]
    if language == "de":
        entries += [("weekday", day + part) for day in forms["weekday"] for part in forms["daypart"]]
        entries += [("tens", tens + years) for tens in forms["tens"] for years in ("jahre", "jahren")]
    for kind, full in entries:
        tokens = TOKEN.findall(full)
        for table, token in ((longest, max(tokens, key=len, default="")), (first, tokens[0] if tokens else "")):
            for word in (token, token[:1].upper() + token[1:]):
                table.setdefault(word, set()).add(kind)
    return longest, first


@derived
def grammar(reference: Reference, language: str) -> Grammar:
    """Return the compiled calendar of a language."""
    forms: dict[str, list[str]] = {}
    words: dict[str, dict[str, str]] = {}
    rows = [row for row in reference.rows("calendar") if row["language"] == language]
    rows += [{**row, "kind": kind} for kind, kinds in KINDS.items() for row in rows if row["kind"] in kinds]
    for row in rows:
        for form in row["words"].split("|"):
            forms.setdefault(row["kind"], []).append(form)
            for full in _full(form):
                words.setdefault(row["kind"], {})[full.casefold()] = row["value"]
    choice = {kind: _any(alternatives) for kind, alternatives in forms.items()}

    def expand(pattern: str) -> str:
        for macro, text in {**MACROS, "YEAR": YEAR[language]}.items():
            pattern = re.sub(rf"(?<![A-Z]){macro}(?![A-Z]{{2}})", text.replace("\\", r"\\"), pattern)
        pattern = re.sub(r"<(\w+):(\w+)>", r"(?P<\1><\2>)", pattern)
        return re.sub(r"(?<!\?P)<(\w+)>", lambda m: choice[m[1]], pattern)

    ending = {"de": r"[a-zäöüß]+t(?:e|en)", "en": r"[a-z]+ed"}[language]
    past = rf"(?<!be )(?:{choice['past']}|{ending})(?! w(?:erden|ird|erde)\b)"
    cues = rf"{choice['nopast']}|(?P<future>{choice['future']}|zu [a-zäöüß]+en)|(?P<past>{past})"
    spoken = [one for one in PATTERNS if one[1] in ("", language)]
    patterns = tuple(
        Pattern(name.split()[0], name.split()[-1], tuple(start.split()), re.compile(rf"(?<!\w)(?:{expand(p)})(?!\w)"))
        for name, _, _, start, p in spoken
    )
    longest, first = _tokens(forms, language)
    needs = [set(need.split()) for _, _, need, _, _ in spoken]
    needed = {word: frozenset(n for n, need in enumerate(needs) if need & kinds) for word, kinds in longest.items()}
    return Grammar(
        words,
        {word: numbers for word, numbers in needed.items() if numbers},
        {word: frozenset(kinds) for word, kinds in first.items()},
        patterns,
        re.compile(rf"\s*(?:{choice['to']}|(?P<and>{choice['and']}))\s*(?:(?:dem|den|der|the)\s+)?"),
        re.compile(rf"(?<!\w)(?:{cues})(?!\w)"),
    )
