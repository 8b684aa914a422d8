"""Where clauses part, which verb each has, and who its subject is, in both languages."""

from __future__ import annotations

import pytest
from known import REFERENCE
from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import read_lexicon
from lagebild.coder.model import Token
from lagebild.coder.tokens import tokenize

DAY = "2025-06-18"


def read(language: str, text: str) -> list[tuple[str, str, str]]:
    """Return the clauses of a sentence: words, finite verb, subject."""
    known = read_lexicon(REFERENCE, language)
    names = find_names(REFERENCE, text, language, DAY)
    tokens = tokenize(REFERENCE, text, 0, len(text), names, known)
    grammar = known.language.grammar(tokens, known)
    found = []
    for clause in grammar.split_clauses():
        clause.phrases, clause.predicates = grammar.find_phrases(clause, frozenset()), grammar.find_predicates(clause)
        subject = grammar.find_subject(clause, lambda _: False)
        who = _write(tokens, range(subject.first, subject.last + 1)) if subject is not None else ""
        verb = tokens[clause.finite].text if clause.finite >= 0 else ""
        found.append((_write(tokens, clause.tokens), verb, who))
    return found


def _write(tokens: list[Token], places: list[int] | range) -> str:
    return " ".join(tokens[i].text for i in places)


ENGLISH = [
    # a word that is a noun as well is the verb if the clause has no other
    ("The envoy says talks resume.", [("The envoy says", "says", "The envoy"), ("talks resume", "resume", "talks")]),
    ("Every visit creates doubts.", [("Every visit creates doubts", "creates", "Every visit")]),
    (
        "Oslo houses groups that attack ports.",
        [("Oslo houses groups", "houses", "Oslo"), ("that attack ports", "attack", "that")],
    ),
    ("It's a port that's closed.", [("It 's a port", "'s", "It"), ("that 's closed", "'s", "that")]),
    # a clause without that, and one without who or which, begin with their subject
    (
        "The report says the decline in trade appears to last.",
        [
            ("The report says", "says", "The report"),
            ("the decline in trade appears", "appears", "the decline"),
            ("last", "", ""),
        ],
    ),
    (
        "The envoy told the papers the ministry will close the port.",
        [
            ("The envoy told the papers", "told", "The envoy"),
            ("the ministry will close the port", "will", "the ministry"),
        ],
    ),
    (
        "Guards opened the gates they had locked.",
        [("Guards opened the gates", "opened", "Guards"), ("they had locked", "had", "they")],
    ),
    (
        "The tolls they have raised have hurt trade.",
        [("The tolls have hurt trade", "have", "The tolls"), ("they have raised", "have", "they")],
    ),
    (
        "Peru praised the plan and the ships it had bought.",
        [("Peru praised the plan and the ships", "praised", "Peru"), ("it had bought", "had", "it")],
    ),
    (
        "Firms are building and repairing the ships they will need.",
        [
            ("Firms are building and", "are", "Firms"),
            ("repairing the ships", "", ""),
            ("they will need", "will", "they"),
        ],
    ),
    # a clause that is the subject of another
    (
        "Whether Peru paid Chile remained open.",
        [("Peru paid Chile", "paid", "Peru"), ("remained open", "remained", "")],
    ),
    # the main clause goes on after a clause in commas
    (
        "The army, which attacked the port, said troops had left.",
        [
            ("The army said", "said", "The army"),
            ("which attacked the port", "attacked", "which"),
            ("troops had left", "had", "troops"),
        ],
    ),
    (
        "If the port is shut you lose trade.",
        [("the port is shut", "is", "the port"), ("you lose trade", "lose", "you")],
    ),
    (
        "The fleet shrank, and as trade grows the ports will grow.",
        [
            ("The fleet shrank", "shrank", "The fleet"),
            ("the ports will grow", "will", "the ports"),
            ("trade grows", "grows", "trade"),
        ],
    ),
    (
        "The firms left (a few had paid) with the ships.",
        [("The firms left with the ships", "left", "The firms"), ("a few had paid", "had", "a few")],
    ),
    (
        "The crew slept while loading oil, and the guards left.",
        [
            ("The crew slept", "slept", "The crew"),
            ("loading oil", "", ""),
            ("the guards left", "left", "the guards"),
        ],
    ),
    # what stands before the word that opens a clause may belong to it
    # what is quoted has clauses of its own, and words quoted inside a clause part none
    (
        "“Ships wait,” the crew said, “oil is dear.”",
        [("Ships wait", "wait", "Ships"), ("the crew said", "said", "the crew"), ("oil is dear", "is", "oil")],
    ),
    (
        "The crew said it “will not sail” today.",
        [("The crew said", "said", "The crew"), ("it will not sail today", "will", "it")],
    ),
    # what is said may begin with several subjects; a joined verb belongs to the one of its tense
    (
        "The crew said ships and boats had left.",
        [("The crew said", "said", "The crew"), ("ships and boats had left", "had", "ships")],
    ),
    (
        "Peru, which said it had left, attacked Chile.",
        [("Peru attacked Chile", "attacked", "Peru"), ("which said", "said", "which"), ("it had left", "had", "it")],
    ),
    (
        "The envoy left even if talks go on.",
        [("The envoy left", "left", "The envoy"), ("even talks go on", "go", "talks")],
    ),
    (
        "Two days before the talks began the envoy left.",
        [("the envoy left", "left", "the envoy"), ("Two days the talks began", "began", "the talks")],
    ),
    (
        "The ministers, two of whom resigned, met.",
        [
            ("The ministers met", "met", "The ministers"),
            ("two of whom resigned", "resigned", "two of whom"),
        ],
    ),
    (
        "The bridge over which troops came fell.",
        [("The bridge fell", "fell", "The bridge"), ("over which troops came", "came", "troops")],
    ),
    ("They fled because of the storm.", [("They fled because of the storm", "fled", "They")]),
    # orders have no subject, and lines that are no sentences no verb
    (
        "Repair the ships they have sold.",
        [("Repair the ships", "Repair", ""), ("they have sold", "have", "they")],
    ),
    ("A list of ports", [("A list of ports", "", "")]),
    (
        "Peru's manufacture of ships stopped.",
        [("Peru 's manufacture of ships stopped", "stopped", "Peru 's manufacture")],
    ),
    (
        "The firm left Peru, and in Chile, it shut a port.",
        [("The firm left Peru", "left", "The firm"), ("in Chile it shut a port", "shut", "it")],
    ),
    # what is said may be two clauses, or have a clause as its subject
    (
        "Peru said that the port was shut and that ships had left.",
        [
            ("Peru said", "said", "Peru"),
            ("the port was shut", "was", "the port"),
            ("ships had left", "had", "ships"),
        ],
    ),
    (
        "Envoys say closing the port is dangerous.",
        [
            ("Envoys say", "say", "Envoys"),
            ("closing the port", "", ""),
            ("is dangerous", "is", ""),
        ],
    ),
    (
        "He said the first three ships will leave.",
        [("He said", "said", "He"), ("the first three ships will leave", "will", "the first three ships")],
    ),
    # in a question the subject stands behind the first verb
    ("Has the army left the port?", [("Has the army left the port", "Has", "the army")]),
    ("Were they attacked on Sunday?", [("Were they attacked on Sunday", "Were", "they")]),
    # two subjects of one verb are one
    (
        "Peru said that women and children have left.",
        [("Peru said", "said", "Peru"), ("women and children have left", "have", "women")],
    ),
    # appositions
    ("Chile, a former ally, left.", [("Chile a former ally left", "left", "Chile")]),
    ("The World Bank (WB) paid.", [("The World Bank paid", "paid", "The World Bank")]),
    ("“We agree,” said the minister.", [("We agree", "agree", "We"), ("said the minister", "said", "the minister")]),
]
GERMAN = [
    # the participle for which a helper waits may stand after commas
    (
        "Das Amt hat sich auf Häfen in Chile, Peru und Kuba konzentriert.",
        [("Das Amt hat sich auf Häfen in Chile Peru und Kuba konzentriert", "hat", "Das Amt")],
    ),
    # a verb in second place is finite, though it could be an infinitive or a participle
    (
        "Die Häfen sind voll und die Schiffe warten davor.",
        [("Die Häfen sind voll", "sind", "Die Häfen"), ("die Schiffe warten davor", "warten", "die Schiffe")],
    ),
    (
        "Das Amt ist klein und verfügt über zwei Schiffe.",
        [("Das Amt ist klein", "ist", "Das Amt"), ("verfügt über zwei Schiffe", "verfügt", "")],
    ),
    # no verbs
    ("Angaben zufolge wächst der Handel.", [("Angaben zufolge wächst der Handel", "wächst", "der Handel")]),
    ("Meine Fragen wurden beantwortet.", [("Meine Fragen wurden beantwortet", "wurden", "Meine Fragen")]),
    # adverbs are no subjects, and pronouns show their case
    ("Leider verspricht die Firma viel.", [("Leider verspricht die Firma viel", "verspricht", "die Firma")]),
    ("Den Hafen darf man nicht betreten.", [("Den Hafen darf man nicht betreten", "darf", "man")]),
    (
        "Es war ein Preis, den niemand erwartete.",
        [("Es war ein Preis", "war", "Es"), ("den niemand erwartete", "erwartete", "niemand")],
    ),
    (
        "Er sagte, dass uns Zeit bleibe.",
        [("Er sagte", "sagte", "Er"), ("dass uns Zeit bleibe", "bleibe", "Zeit")],
    ),
    # a helper is the verb rather than what may be its participle, and nothing is that a preposition governs
    ("Verkauft hat die Firma nichts.", [("Verkauft hat die Firma nichts", "hat", "die Firma")]),
    ("Für bessere Häfen zahlt das Amt.", [("Für bessere Häfen zahlt das Amt", "zahlt", "das Amt")]),
    # old spelling
    ("Das Amt wußte alles.", [("Das Amt wußte alles", "wußte", "Das Amt")]),
    # a comma may be missing
    ("Er kommt nur wenn das Amt zahlt.", [("Er kommt", "kommt", "Er"), ("nur wenn das Amt zahlt", "zahlt", "das Amt")]),
    (
        "Wenn das Amt zahlt kommt er.",
        [("Wenn das Amt zahlt", "zahlt", "das Amt"), ("kommt er", "kommt", "er")],
    ),
    # a verb that opens a request
    (
        "Melden Sie den Schaden, sonst droht Streit.",
        [("Melden Sie den Schaden", "Melden", "Sie"), ("sonst droht Streit", "droht", "Streit")],
    ),
    # a second verb at the end of a clause that und joins, and the infinitive for which a helper waits
    (
        "Es sind Leute, die Häfen bauten und dort Waren verkaufen.",
        [
            ("Es sind Leute", "sind", "Es"),
            ("die Häfen bauten", "bauten", "die"),
            ("dort Waren verkaufen", "verkaufen", ""),
        ],
    ),
    ("Er will das Schiff (fast neu) bald verkaufen.", [("Er will das Schiff fast neu bald verkaufen", "will", "Er")]),
    # words that only open a clause, and what is no subject of several
    ("Es klingt, als ob er zahlt.", [("Es klingt", "klingt", "Es"), ("als ob er zahlt", "zahlt", "er")]),
    ("Wer zahlt, wird gehört.", [("Wer zahlt", "zahlt", "Wer"), ("wird gehört", "wird", "")]),
    (
        "Es sind Leute, die ihr Schiff verkauften.",
        [("Es sind Leute", "sind", "Es"), ("die ihr Schiff verkauften", "verkauften", "die")],
    ),
    # a participle for which a helper waits, though another colours a noun
    (
        "Das Amt hat in den vergangenen Tagen Häfen (auch alte) und Schiffe verkauft.",
        [("Das Amt hat in den vergangenen Tagen Häfen auch alte und Schiffe verkauft", "hat", "Das Amt")],
    ),
    # an article may stand apart from its noun, or have another word for number behind it
    (
        "Der am Ufer in Rom gebaute Hafen wächst.",
        [("Der am Ufer in Rom gebaute Hafen wächst", "wächst", "Der am Ufer in Rom gebaute Hafen")],
    ),
    (
        "Eine im Haus der Firma gehaltene Rede gefiel.",
        [("Eine im Haus der Firma gehaltene Rede gefiel", "gefiel", "Eine im Haus der Firma gehaltene Rede")],
    ),
    ("Dort liegen die beiden Schiffe.", [("Dort liegen die beiden Schiffe", "liegen", "die beiden Schiffe")]),
    # dieses may be a subject, an object or a genitive
    ("Dieses Haus will niemand.", [("Dieses Haus will niemand", "will", "niemand")]),
    ("Dieses Haus bleibt leer.", [("Dieses Haus bleibt leer", "bleibt", "Dieses Haus")]),
    ("Das Ende dieses Landes kommt.", [("Das Ende dieses Landes kommt", "kommt", "Das Ende")]),
    # es is the subject of geben, and holds the place of another in front of verbs that say what is there
    ("Ein neues Schiff gibt es nicht.", [("Ein neues Schiff gibt es nicht", "gibt", "es")]),
    ("Es herrscht ein neuer Streit.", [("Es herrscht ein neuer Streit", "herrscht", "ein neuer Streit")]),
    # a pronoun behind a verb shows that it is one, and so does its article that a participle is none
    (
        "Heute versuchen wir den Hafen zu retten.",
        [("Heute versuchen wir den Hafen zu retten", "versuchen", "wir")],
    ),
    (
        "Den gestern verkauften Hafen verwaltete die Firma.",
        [("Den gestern verkauften Hafen verwaltete die Firma", "verwaltete", "die Firma")],
    ),
    # how long before or after
    (
        "Zwei Tage nachdem er ging, kam sie.",
        [("Zwei Tage nachdem er ging", "ging", "er"), ("kam sie", "kam", "sie")],
    ),
    # brackets part no clause, hyphens between spaces do, and marks for words do not count
    (
        "Das Amt warnt: Der Hafen (im Norden) ist voll.",
        [("Das Amt warnt", "warnt", "Das Amt"), ("Der Hafen im Norden ist voll", "ist", "Der Hafen")],
    ),
    (
        "Er fragte, ``ob das Amt zahlen wird'' - und schwieg.",
        [("Er fragte", "fragte", "Er"), ("ob das Amt zahlen wird", "wird", "das Amt"), ("und schwieg", "schwieg", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_clauses(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read("en", text) == expected


@pytest.mark.parametrize(("text", "expected"), GERMAN, ids=[text for text, _ in GERMAN])
def test_german_clauses(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read("de", text) == expected
