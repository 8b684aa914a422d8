"""German verbs: their forms, which of them is finite, its mood, voice and particle, and what its helpers say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lagebild.coder.lexicon import Lexicon, split_cell
from lagebild.coder.model import Analysis, Clause, Predicate, Token, Word
from lagebild.coder.tokens import BREAK

# German prefixes without ge- in the participle; separable ones are marked by a bar in the lemma.
INSEPARABLE = re.compile(r"(be|ge|er|ver|ent|emp|zer|miss|über|unter|wider|hinter|durch|um|voll)(?=[a-zäöü]{4})")
LINKED = re.compile(r"([td]|chn|[^aeiouäöülrhmn][mn])$")  # stems with an e before the ending: arbeitet, rechnet
ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
OLD = re.compile(r"ss(?=t|$)")  # before 1996 with ß: mußte, gewußt


def verb_forms(lemma: str, parts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, Analysis]]:
    """Yield the forms of a verb; a bar in the lemma parts the separable prefix from it."""
    prefix, bar, base = lemma.rpartition("|")
    finite, participles = _base_forms(base, parts)
    for form, tense in finite:
        yield prefix + form, Analysis(lemma, tense)
        if bar:
            yield form, Analysis(lemma, tense, prefix)
    yield prefix + base, Analysis(lemma, "inf")
    if bar:
        yield f"{prefix}zu{base}", Analysis(lemma, "inf", zu=True)
    for participle in participles:
        yield prefix + participle, Analysis(lemma, "part")
        for ending in ADJECTIVE_ENDINGS:
            yield prefix + participle + ending, Analysis(lemma, "attr")


def _base_forms(base: str, parts: Mapping[str, Mapping[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the finite forms and the participles of a verb without separable prefix."""
    own, start = parts.get(base, {}), ""
    inseparable = INSEPARABLE.match(base)
    if not own.get("past") and inseparable:
        simple = parts.get(base[inseparable.end() :], {})
        if simple.get("past"):
            own, start = simple, inseparable[0]
    bare = base.removeprefix(start)
    stem = bare[:-2] if bare.endswith("en") else bare[:-1]
    weak = stem + ("et" if LINKED.search(stem) else "t")
    ge = "" if inseparable or base.endswith("ieren") else "ge"
    participles = split_cell(own.get("participle", "")) or [ge + weak]
    if start:
        participles = [participle.removeprefix("ge") for participle in participles]
    finite = _finite_forms(own, bare, stem, weak)
    return [(start + old, tense) for form, tense in finite for old in _with_old(form)], [
        start + old for one in participles for old in _with_old(one)
    ]


def _finite_forms(own: Mapping[str, str], bare: str, stem: str, weak: str) -> list[tuple[str, str]]:
    """Return the finite forms of a verb: its `own` as far as it is irregular, the others made of its `stem`."""
    pasts = split_cell(own.get("past", "")) or [weak + "e"]
    finite = [(bare, "pres"), *((form, "pres") for form in split_cell(own.get("present", "")) or [weak])]
    for form in pasts:
        finite += [(form, "past"), (form + ("n" if form.endswith("e") else "en"), "past")]
    if stem + "e" not in pasts:
        finite.append((stem + "e", "subj1"))
    for form in split_cell(own.get("subjunctive", "")):
        if form not in pasts:
            finite += [(form, "subj2"), (form + "n", "subj2")]
    return finite


def _with_old(form: str) -> Iterable[str]:
    """Return a form, and how it was written before 1996 if in another way."""
    return dict.fromkeys((form, OLD.sub("ß", form))) if "ss" in form else (form,)


def name_forms(name: str, kind: str) -> Iterable[tuple[str, bool]]:
    """Yield the written forms of a name, and whether each is a genitive."""
    if kind == "adjective" and name[:1].islower():
        for ending in ("", *ADJECTIVE_ENDINGS):
            yield name + ending, False
            yield name[:1].upper() + name[1:] + ending, False
        return
    yield name, False
    if kind not in ("adjective", "inhabitant") and name[-1:].isalpha():
        if name[-1] in "sxzß":
            yield name + "’", True
            yield name + "'", True
        else:
            yield name + "s", True


FINITE = ("pres", "past", "subj1", "subj2")
FINITES, NONFINITES = frozenset(FINITE), frozenset(("part", "inf"))
INDICATIVE, KONJUNKTIV = ("ind", "pres", "past"), ("subj1", "subj2")
KONJ_FORM = re.compile(
    r"(?:be|er|ver|ent|zer|über|unter|wider)[a-zäöüß]{2,}(?<!t)(?<!nd)(?<!en)(?<!er)(?<!weis)e|[a-zäöüß]+iere"
)
PAST = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten)")
HELPERS = ("have", "be", "become")
AFTER = ("prefix", "subordinator", "topic")  # classes of prepositions that may end a phrase or a clause
BETWEEN = ("preposition", "fused", "adverb", "neutral", "negator")  # classes of words behind an article without noun
FAR = 8  # tokens after nicht within which sondern opposes something else
INFLECTED = ("e", "en", "er")  # endings of an adjective
TRUTH = {"negator", "hearsay", "maybe"}  # classes of words that say how true a clause is


def is_finite(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a token can be the finite verb of its stretch."""
    token, word = tokens[i], tokens[i].word
    opens = token.text[0].isupper()
    if token.names or (opens and (i != piece[0] or token.has("crowd"))):
        return False
    if i and _leads_infinitive(tokens[i - 1]):
        return False
    if word.helps:
        return word.classes.get("be") != "inf"
    if token.has("preposition", "determiner") or is_apposed(tokens, i):
        return False  # zufolge, meine
    forms = _opening_forms(tokens, i) if opens else word.forms
    if forms.isdisjoint(FINITES):
        return False
    return "attr" not in forms or not before_noun(tokens, i, piece)


def _opening_forms(tokens: Sequence[Token], i: int) -> frozenset[str]:
    """Return the forms that a verb may have which opens a sentence, and may be a noun: Angaben, Ende, Folgen, Bitte."""
    forms = set[str]()
    for analysis in tokens[i].word.verbs:
        if "|" not in analysis.lemma:  # a particle comes later
            forms.add(analysis.form)
    asks = i + 1 < len(tokens) and tokens[i + 1].has("addressed")
    return frozenset(forms if asks else forms - {"pres", "subj1"})


def is_apposed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle opens what is said beside a clause: begleitet von seiner Ministerin, reiste er ab."""
    if "part" not in tokens[i].word.forms or not tokens[min(i + 1, len(tokens) - 1)].has("agent"):
        return False
    return not i or tokens[i - 1].text in BREAK


def _leads_infinitive(token: Token) -> bool:
    """Whether a verb behind a word is no finite one: zu verweilen, zum Verweilen."""
    return token.low == "zu" or governs(token)


def governs(token: Token) -> bool:
    """Whether a word is a preposition that stands before its noun only: zum Verweilen, aus, für."""
    return token.has("fused") or (token.has("preposition") and not token.has(*AFTER))


def find_mood(word: Word) -> str:
    """Return subj1 or subj2 if a word is a verb in the Konjunktiv and cannot be an indicative; else nothing."""
    helping = {word.classes[name] for name in HELPERS if word.classes.get(name)}
    forms = helping or word.forms
    if not forms.isdisjoint(INDICATIVE):
        return ""
    return next((mood for mood in KONJUNKTIV if mood in forms), "")


def is_reporting(word: Word) -> bool:
    """Whether a word can be a verb in the Konjunktiv I, which says that others say so."""
    if word.verbs or word.classes:
        return find_mood(word) == "subj1"
    return KONJ_FORM.fullmatch(word.low) is not None


def read_mood(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> str:
    """Return the mood of a token as the finite verb of its stretch: ind, subj1 or subj2; nothing if it is none."""
    token = tokens[i]
    colours = i < piece[-1] and tokens[i + 1].text[0].isupper()  # a noun follows
    if not token.word.verbs and not token.word.classes:
        return _guess_mood(token.text, colours)
    if not is_finite(tokens, i, piece):
        return ""
    mood = find_mood(token.word)
    if mood == "subj1" and colours and not token.word.helps:
        return "" if i == piece[0] or tokens[i - 1].has("determiner", "preposition", "fused", "coordinator") else mood
    return mood or "ind"


def _guess_mood(text: str, colours: bool) -> str:
    """Return the mood that its ending shows of a verb that no table knows."""
    if KONJ_FORM.fullmatch(text):
        return "" if colours else "subj1"
    return "ind" if PAST.fullmatch(text) else ""


def before_noun(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a participle stands before its noun: die verhängten Sanktionen, neu verhängte Sanktionen."""
    if i + 1 >= len(tokens) or i == piece[0]:
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    if after.text[0].isupper() and _is_apart(tokens, i, piece):
        return True
    noun = after.names[0].kind == "adjective" if after.names else after.text[0].isupper()
    if not noun:
        return False
    if before.has("determiner") or before.text.isdigit():
        return True
    others = (tokens[k] for k in piece if k != i)  # the finite verb stands elsewhere
    return any(not t.word.forms.isdisjoint(FINITES) for t in others if not t.text[0].isupper())


def _is_apart(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether the article of a participle stands further ahead: die am Montag in Rom verhängten Strafen."""
    for k in range(piece[0], i - 1):
        if tokens[k].has("determiner") and tokens[k + 1].has(*BETWEEN) and not tokens[k].has("continuing"):
            return True
    return False


def nonfinite(token: Token) -> bool:
    """Whether a word can also be a participle or an infinitive."""
    if token.has("modal"):
        return False
    return token.low in INFINITIVES or not token.word.forms.isdisjoint(NONFINITES)


INFINITIVES = ("haben", "werden", "sein")  # of helpers, of which the tables know no form of a verb


def is_strong(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a finite verb is nothing else here: by its form, or as a helper or first word that is not the end."""
    token = tokens[i]
    if not nonfinite(token) or (i + 1 < len(tokens) and tokens[i + 1].has("addressed")):
        return True
    return (i == piece[0] or token.word.helps) and is_second(tokens, i, piece)


def is_second(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a verb that may be an infinitive or participle too is finite, for it does not end its piece."""
    after = next((tokens[k] for k in piece if k > i), None)
    return after is not None and not after.word.verbs


def read_marks(tokens: Sequence[Token], clause: Clause) -> frozenset[str]:
    """Return what the helpers and adverbs of a clause say of its truth: future, shall, subj1, negator and the like."""
    marks = set[str]()
    for i in clause.tokens:
        said = tokens[i].word.classes.keys() & TRUTH
        if said and not _colours(tokens, i) and not limits(tokens, i):
            marks |= said
    if clause.finite < 0:
        return frozenset(marks)
    helper = tokens[clause.finite].word
    if modal := helper.classes.get("modal"):
        marks.add(modal)
        if any(tokens[i].low in ("haben", "sein") for i in clause.tokens[-2:]):
            marks.add("perfect")
    elif mood := find_mood(helper):
        marks.add(mood)
    if helper.classes.get("become") in ("ind", "subj1", "subj2") and _has_infinitive(tokens, clause):
        marks.add("future")
    return frozenset(marks)


def _colours(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word only says something of its noun: mutmaßliche Rebellen wurden getötet, that is certain."""
    if not tokens[i].has("hearsay") or not tokens[i].low.endswith(INFLECTED):
        return False
    return i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()


def limits(tokens: Sequence[Token], i: int) -> bool:
    """Whether what looks like a negation denies no verb: nicht nur Polen, nicht Polen, sondern Ungarn."""
    if not tokens[i].has("negator") or i + 1 == len(tokens):
        return False
    if tokens[i + 1].has("limiting"):
        return True
    for k in range(i + 1, min(i + FAR, len(tokens) - 1)):
        if tokens[k].text == ",":
            return k > i + 1 and tokens[k + 1].low == "sondern"
        if tokens[k].word.verbs:
            return False
    return False


def _has_infinitive(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause holds an infinitive, and its last verb is no participle."""
    forms = set[str]()
    last = frozenset[str]()
    for i in clause.tokens:
        if i != clause.finite:
            forms |= tokens[i].word.forms
            if tokens[i].word.verbs and not tokens[i].text[0].isupper():
                last = tokens[i].word.forms
    return "inf" in forms and "part" not in last


# --- The verbs of a clause ---


def find_predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    marks = read_marks(tokens, clause)
    predicates: list[Predicate] = []
    for i in clause.tokens:
        token = tokens[i]
        if not token.word.verbs or token.word.helps or (token.text[0].isupper() and i != clause.tokens[0]):
            continue
        finite = i == clause.finite
        found = _read_finite(tokens, clause, marks) if finite else _read_other_verb(tokens, clause, i, marks, words)
        if found is not None:
            predicates.append(found)
    if any(p.lemma in words.frames or p.lemma in words.operators for p in predicates):
        return predicates
    return [*predicates, *_copula(tokens, clause, marks)]


def _read_finite(tokens: Sequence[Token], clause: Clause, marks: frozenset[str]) -> Predicate | None:
    """Return the finite verb of a clause, with its particle."""
    analysis, particle = _with_particle(tokens, clause)
    if analysis is None:
        return None
    return Predicate(analysis.lemma, clause.finite, "active", clause, marks | {analysis.form}, particle, "fin")


def _read_other_verb(
    tokens: Sequence[Token], clause: Clause, i: int, marks: frozenset[str], words: Lexicon
) -> Predicate | None:
    """Return what a verb is that is not the finite one of its clause: a participle, an infinitive, or a second one."""
    forms = {analysis.form: analysis.lemma for analysis in reversed(tokens[i].word.verbs) if not analysis.particle}
    if "attr" in forms and before_noun(tokens, i, clause.tokens):
        return Predicate(forms["attr"], i, "attr", clause, marks, form="attr")
    if "part" in forms and ("inf" not in forms or _find_helpers(tokens, clause)):
        lemma, marks = forms["part"], marks | {"perfect"}
        if is_apposed(tokens, i):
            return Predicate(lemma, i, "passive", clause, marks, form="apposed")
        voice = _find_voice(tokens, clause, words.word(lemma.replace("|", "")))
        return Predicate(lemma, i, voice, clause, marks, form="part")
    if "inf" in forms:
        return Predicate(forms["inf"], i, "active", clause, marks, form="inf")
    finite = next((form for form in FINITE if form in forms), "")
    if clause.finite < 0 or clause.kind == "main" or not finite:
        return None
    return Predicate(forms[finite], i, "active", clause, marks, form="fin")


def _copula(tokens: Sequence[Token], clause: Clause, marks: frozenset[str]) -> Iterator[Predicate]:
    """Yield the form of sein that is the only verb of a clause; a headline leaves it out: Scholz zu Besuch in Paris."""
    bare = clause.finite < 0
    place = clause.tokens[0] if bare else clause.finite
    if tokens[place].has("be"):
        yield Predicate("sein", place, "active", clause, marks | tokens[place].word.forms, form="fin")
    elif bare and clause.kind == "main":
        yield Predicate("sein", place, "active", clause, marks, form="fin")


def _find_helpers(tokens: Sequence[Token], clause: Clause) -> set[str]:
    """Return the classes of the helpers in a clause, and of the one that it shares with another."""
    kinds = set[str]()
    for i in (*clause.tokens, clause.finite):
        if i >= 0:
            kinds |= tokens[i].word.classes.keys()
    return kinds & {*HELPERS, "undergone"}


def _find_voice(tokens: Sequence[Token], clause: Clause, verb: Word) -> str:
    """Return the voice of a participle: wurde beschossen, ist beschossen; but wird beschossen haben, ist gereist."""
    return "passive" if _is_passive(tokens, clause, moves="move" in verb.classes) else "active"


def _is_passive(tokens: Sequence[Token], clause: Clause, *, moves: bool) -> bool:
    helpers = _find_helpers(tokens, clause)
    if "undergone" in helpers:
        return True
    if "have" in helpers:
        return clause.finite >= 0 and tokens[clause.finite].has("become")
    if "become" in helpers:
        return True
    if moves:
        return False
    if "be" in helpers or (clause.finite < 0 and clause.kind == "main"):
        return True  # a headline: Minister von Demonstranten bedrängt
    inside = [tokens[i] for i in clause.tokens]  # sieht sich von X bedroht
    return any(token.low == "sich" for token in inside) and any(token.has("agent") for token in inside)


def _with_particle(tokens: Sequence[Token], clause: Clause) -> tuple[Analysis | None, int]:
    """Return the reading of a finite verb whose particle, if it has one, ends the clause."""
    behind = [i for i in clause.tokens if i > clause.finite]
    finite = [reading for reading in tokens[clause.finite].word.verbs if reading.form in FINITE]
    for analysis in sorted(finite, key=lambda reading: -len(reading.particle)):
        if analysis.particle:
            for i in behind:
                if tokens[i].low == analysis.particle and _ends(tokens, i, behind[-1]):
                    return analysis, i
    plain = next((reading for reading in finite if not reading.particle), None)
    if plain is not None and behind and _is_prefix(tokens[behind[-1]]):
        # dringt … vor is not dringen
        return Analysis(f"{tokens[behind[-1]].low}|{plain.lemma}", plain.form), behind[-1]
    return plain, -1


def _is_prefix(end: Token) -> bool:
    """Whether the last word of a clause is the particle of a verb that no table knows with it."""
    return end.has("prefix") and not (end.has("outlook") or end.text[0].isupper())


def _ends(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a token stands at the end of its clause, or before a mark or a conjunction."""
    if i == last or i + 1 >= len(tokens):
        return True
    after = tokens[i + 1]
    return after.text in BREAK or after.text == "." or after.has("coordinator", "infinitive")
