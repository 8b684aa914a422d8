"""How the grammars do on dependency trees: `python tests/benchmark_trees.py LANGUAGE FILE… [--half 0|1]`.

The files are trees of Universal Dependencies (CoNLL-U); none is kept here. Three figures (precision, recall, F1):

finite     finite verbs and auxiliaries that some clause has as its verb
subjects   of verbs that a frame describes: the head of the subject stands in the phrase that was found
clauses    exactly right: for each finite verb the words of its clause, infinitives and participles below it included;
           punctuation, conjunctions, particles and words that only open a clause are left out
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from known import REFERENCE
from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import read_lexicon
from lagebild.coder.model import Clause, Token
from lagebild.coder.syntax import ancestors
from lagebild.coder.tokens import tokenize

DAY = "2020-01-01"  # on which names are read
LEFT_OUT = ("PUNCT", "CCONJ", "SCONJ", "SYM", "PART")
OPENERS = {"when", "where", "how", "why", "while", "what", "whether", "as", "that", "wie", "wo", "wann", "warum", "was"}
HELPERS = ("aux", "cop")
SHARED = ("conj", "xcomp", "advcl", "acl")  # relations of verbs that may share the subject of another
MEASURES = ("finite", "subjects", "clauses")


class Word(NamedTuple):
    """A word of a tree: its number and place, its head, and how it hangs on it."""

    number: int
    start: int
    form: str
    tag: str
    features: str
    head: int
    relation: str

    @property
    def finite(self) -> bool:
        """Whether the word is a finite verb or auxiliary."""
        return self.tag in ("VERB", "AUX") and "VerbForm=Fin" in self.features

    @property
    def counts(self) -> bool:
        """Whether the word counts in the comparison of clauses."""
        return self.tag not in LEFT_OUT and self.form.lower() not in OPENERS


def read_trees(file: Path) -> Iterator[tuple[str, list[Word]]]:
    """Yield each sentence of a file with its words, placed in the text; the parts of am, don't share its place."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        text = next((line[9:] for line in block.splitlines() if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        words, place, whole = list[Word](), 0, (0, 0, 0)
        for number, form, _, tag, _, features, head, relation, *_ in rows:
            if "." in number:
                continue
            if "-" in number:
                start = text.index(form, place)
                whole, place = (int(number.split("-")[1]), start, start + len(form)), start + len(form)
                inner = start
                continue
            n = int(number)
            if n <= whole[0]:
                found = text.find(form, inner, whole[2])
                start, inner = (found, found + len(form)) if found >= 0 else (whole[1], inner)
            else:
                start = text.index(form, place)
                place = start + len(form)
            words.append(Word(n, start, form, tag, features, int(head), relation.split(":")[0]))
        if words:
            yield text, words


def find_clauses(words: list[Word]) -> dict[int, set[int]]:
    """Return the places of the words of each clause by the place of its finite verb."""
    by_number = {word.number: word for word in words}
    verbs: dict[int, int] = {}  # the finite verb of each word that heads a clause
    for word in words:
        if word.relation not in HELPERS:
            group = (w for w in words if w == word or (w.head == word.number and w.relation in HELPERS))
            if (verb := next((w for w in group if w.finite), None)) is not None:
                verbs[word.number] = verb.start
    found: dict[int, set[int]] = defaultdict(set)
    for word in words:
        head = word.number
        while head and head not in verbs:
            head = by_number[head].head
        if head and word.counts:
            found[verbs[head]].add(word.start)
    return found


def above(clause: Clause | None) -> Clause | None:
    """Return the nearest clause with a finite verb, from this one upwards."""
    return next((one for one in ancestors(clause) if one.finite >= 0), None)


def compare(language: str, text: str, words: list[Word]) -> Counter[tuple[str, str]]:
    """Return how many of each measure are right, were found, and stand in the tree."""
    known = read_lexicon(REFERENCE, language)
    tokens = tokenize(REFERENCE, text, 0, len(text), find_names(REFERENCE, text, language, DAY), known)
    grammar = known.language.grammar(tokens, known)
    clauses = grammar.split_clauses()
    for clause in clauses:
        clause.phrases = grammar.find_phrases(clause, frozenset())
        clause.predicates = grammar.find_predicates(clause)
    verbs = {tokens[clause.finite].start for clause in clauses if clause.finite >= 0}
    finite, gold = {word.start for word in words if word.finite}, find_clauses(words)
    made = _words_of(clauses, tokens, words)
    n = Counter(
        {
            ("finite", "right"): len(verbs & finite),
            ("finite", "found"): len(verbs),
            ("finite", "gold"): len(finite),
            ("clauses", "right"): sum(made.get(verb) == inside for verb, inside in gold.items()),
            ("clauses", "found"): len(verbs),
            ("clauses", "gold"): len(gold),
        }
    )
    by_place = {word.start: word for word in words}
    for clause in clauses:
        acts = [p for p in clause.predicates if p.voice != "attr" and p.lemma in known.frames]
        verb = by_place.get(tokens[acts[0].token].start) if acts and clause.finite >= 0 else None
        if verb is None or verb.tag not in ("VERB", "AUX") or verb.relation in HELPERS:
            continue
        subject = next((w for w in words if w.head == verb.number and w.relation == "nsubj"), None)
        if subject is None and verb.relation in SHARED:
            continue
        phrase = grammar.find_subject(clause, lambda _: False)
        right = False
        if phrase is not None and subject is not None:
            right = tokens[phrase.first].start <= subject.start < tokens[phrase.last].end
        n.update({("subjects", "right"): right, ("subjects", "found"): phrase is not None})
        n["subjects", "gold"] += subject is not None
    return n


def _words_of(clauses: list[Clause], tokens: list[Token], words: list[Word]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for clause in clauses:
        if (whole := above(clause)) is not None:
            spans = [(tokens[i].start, tokens[i].end) for i in clause.tokens]
            inside = {w.start for w in words if w.counts and any(a <= w.start < b for a, b in spans)}
            found[tokens[whole.finite].start] |= inside
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other sentence, from the first or second")
    asked = parser.parse_args()
    trees = [tree for file in asked.files for tree in read_trees(file)]
    n: Counter[tuple[str, str]] = Counter()
    for text, words in trees if asked.half is None else trees[asked.half :: 2]:
        n.update(compare(asked.language, text, words))
    for name in MEASURES:
        right, found, gold = (n[name, key] for key in ("right", "found", "gold"))
        shares = (right / found, right / gold, 2 * right / (found + gold))
        print(f"{name:9} P {shares[0]:.3f}  R {shares[1]:.3f}  F1 {shares[2]:.3f}  ({right} of {gold})")  # noqa: T201


if __name__ == "__main__":
    main()
