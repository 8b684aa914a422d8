"""Where clauses part, which verb each has, and who its subject is, in both languages."""

from __future__ import annotations

import pytest
from known import REFERENCE
from lagebild.coder.gazetteer import find_names
from lagebild.coder.lexicon import read_lexicon
from lagebild.coder.tokens import tokenize

DAY = "2025-06-18"


def read(language: str, text: str) -> str:
    """Return the clauses of a sentence, with the signs of the tables."""
    known = read_lexicon(REFERENCE, language)
    names = find_names(REFERENCE, text, language, DAY)
    tokens = tokenize(REFERENCE, text, 0, len(text), names, known)
    grammar = known.language.grammar(tokens, known)
    found = []
    for clause in grammar.split_clauses():
        clause.phrases, clause.predicates = grammar.find_phrases(clause, frozenset()), grammar.find_predicates(clause)
        words = {place: tokens[place].text for place in clause.tokens}
        if clause.finite >= 0:
            words[clause.finite] = f"*{words[clause.finite]}*"
        subject = grammar.find_subject(clause, lambda _: False)
        if subject is not None:
            words[subject.first] = f"[{words[subject.first]}"
            words[subject.last] += "]"
        found.append(" ".join(words.values()))
    return " / ".join(found)


# A sentence, and its clauses with their verb between stars and their subject in brackets.
ENGLISH = """
# a word that is a noun as well is the verb if the clause has no other
The envoy says talks resume. | [The envoy] *says* / [talks] *resume*
Every visit creates doubts. | [Every visit] *creates* doubts
Oslo houses groups that attack ports. | [Oslo] *houses* groups / [that] *attack* ports
It's a port that's closed. | [It] *'s* a port / [that] *'s* closed
# a clause without that, and one without who or which, begin with their subject
The report says the decline in trade appears to last. | [The report] *says* / [the decline] in trade *appears* / last
The envoy told the papers the ministry will close the port.
  | [The envoy] *told* the papers / [the ministry] *will* close the port
Guards opened the gates they had locked. | [Guards] *opened* the gates / [they] *had* locked
The tolls they have raised have hurt trade. | [The tolls] *have* hurt trade / [they] *have* raised
Peru praised the plan and the ships it had bought. | [Peru] *praised* the plan and the ships / [it] *had* bought
Firms are building and repairing the ships they will need.
  | [Firms] *are* building and / repairing the ships / [they] *will* need
# a clause that is the subject of another
Whether Peru paid Chile remained open. | [Peru] *paid* Chile / *remained* open
# the main clause goes on after a clause in commas
The army, which attacked the port, said troops had left.
  | [The army] *said* / [which] *attacked* the port / [troops] *had* left
If the port is shut you lose trade. | [the port] *is* shut / [you] *lose* trade
The fleet shrank, and as trade grows the ports will grow.
  | [The fleet] *shrank* / [the ports] *will* grow / [trade] *grows*
The firms left (a few had paid) with the ships. | [The firms] *left* with the ships / [a few] *had* paid
The crew slept while loading oil, and the guards left. | [The crew] *slept* / loading oil / [the guards] *left*
# what stands before the word that opens a clause may belong to it
# what is quoted has clauses of its own, and words quoted inside a clause part none
“Ships wait,” the crew said, “oil is dear.” | [Ships] *wait* / [the crew] *said* / [oil] *is* dear
The crew said it “will not sail” today. | [The crew] *said* / [it] *will* not sail today
# what is said may begin with several subjects; a joined verb belongs to the one of its tense
The crew said ships and boats had left. | [The crew] *said* / [ships] and boats *had* left
Peru, which said it had left, attacked Chile. | [Peru] *attacked* Chile / [which] *said* / [it] *had* left
The envoy left even if talks go on. | [The envoy] *left* / even [talks] *go* on
Two days before the talks began the envoy left. | [the envoy] *left* / Two days [the talks] *began*
The ministers, two of whom resigned, met. | [The ministers] *met* / [two of whom] *resigned*
The bridge over which troops came fell. | [The bridge] *fell* / over which [troops] *came*
They fled because of the storm. | [They] *fled* because of the storm
# orders have no subject, and lines that are no sentences no verb
Repair the ships they have sold. | *Repair* the ships / [they] *have* sold
A list of ports | A list of ports
Peru's manufacture of ships stopped. | [Peru 's manufacture] of ships *stopped*
The firm left Peru, and in Chile, it shut a port. | [The firm] *left* Peru / in Chile [it] *shut* a port
# what is said may be two clauses, or have a clause as its subject
Peru said that the port was shut and that ships had left. | [Peru] *said* / [the port] *was* shut / [ships] *had* left
Envoys say closing the port is dangerous. | [Envoys] *say* / closing the port / *is* dangerous
He said the first three ships will leave. | [He] *said* / [the first three ships] *will* leave
# in a question the subject stands behind the first verb
Has the army left the port? | *Has* [the army] left the port
Were they attacked on Sunday? | *Were* [they] attacked on Sunday
# two subjects of one verb are one
Peru said that women and children have left. | [Peru] *said* / [women] and children *have* left
# appositions
Chile, a former ally, left. | [Chile] a former ally *left*
The World Bank (WB) paid. | [The World Bank] *paid*
“We agree,” said the minister. | [We] *agree* / *said* [the minister]
"""
GERMAN = """
# the participle for which a helper waits may stand after commas
Das Amt hat sich auf Häfen in Chile, Peru und Kuba konzentriert.
  | [Das Amt] *hat* sich auf Häfen in Chile Peru und Kuba konzentriert
# a verb in second place is finite, though it could be an infinitive or a participle
Die Häfen sind voll und die Schiffe warten davor. | [Die Häfen] *sind* voll / [die Schiffe] *warten* davor
Das Amt ist klein und verfügt über zwei Schiffe. | [Das Amt] *ist* klein / *verfügt* über zwei Schiffe
# no verbs
Angaben zufolge wächst der Handel. | Angaben zufolge *wächst* [der Handel]
Meine Fragen wurden beantwortet. | [Meine Fragen] *wurden* beantwortet
# adverbs are no subjects, and pronouns show their case
Leider verspricht die Firma viel. | Leider *verspricht* [die Firma] viel
Den Hafen darf man nicht betreten. | Den Hafen *darf* [man] nicht betreten
Es war ein Preis, den niemand erwartete. | [Es] *war* ein Preis / den [niemand] *erwartete*
Er sagte, dass uns Zeit bleibe. | [Er] *sagte* / dass uns [Zeit] *bleibe*
# a helper is the verb rather than what may be its participle, and nothing is that a preposition governs
Verkauft hat die Firma nichts. | Verkauft *hat* [die Firma] nichts
Für bessere Häfen zahlt das Amt. | Für bessere Häfen *zahlt* [das Amt]
# old spelling
Das Amt wußte alles. | [Das Amt] *wußte* alles
# a comma may be missing
Er kommt nur wenn das Amt zahlt. | [Er] *kommt* / nur wenn [das Amt] *zahlt*
Wenn das Amt zahlt kommt er. | Wenn [das Amt] *zahlt* / *kommt* [er]
# a verb that opens a request
Melden Sie den Schaden, sonst droht Streit. | *Melden* [Sie] den Schaden / sonst *droht* [Streit]
# a second verb at the end of a clause that und joins, and the infinitive for which a helper waits
Es sind Leute, die Häfen bauten und dort Waren verkaufen.
  | [Es] *sind* Leute / [die] Häfen *bauten* / dort Waren *verkaufen*
Er will das Schiff (fast neu) bald verkaufen. | [Er] *will* das Schiff fast neu bald verkaufen
# words that only open a clause, and what is no subject of several
Es klingt, als ob er zahlt. | [Es] *klingt* / als ob [er] *zahlt*
Wer zahlt, wird gehört. | [Wer] *zahlt* / *wird* gehört
Es sind Leute, die ihr Schiff verkauften. | [Es] *sind* Leute / [die] ihr Schiff *verkauften*
# a participle for which a helper waits, though another colours a noun
Das Amt hat in den vergangenen Tagen Häfen (auch alte) und Schiffe verkauft.
  | [Das Amt] *hat* in den vergangenen Tagen Häfen auch alte und Schiffe verkauft
# an article may stand apart from its noun, or have another word for number behind it
Der am Ufer in Rom gebaute Hafen wächst. | [Der am Ufer in Rom gebaute Hafen] *wächst*
Eine im Haus der Firma gehaltene Rede gefiel. | [Eine im Haus der Firma gehaltene Rede] *gefiel*
Dort liegen die beiden Schiffe. | Dort *liegen* [die beiden Schiffe]
# dieses may be a subject, an object or a genitive
Dieses Haus will niemand. | Dieses Haus *will* [niemand]
Dieses Haus bleibt leer. | [Dieses Haus] *bleibt* leer
Das Ende dieses Landes kommt. | [Das Ende] dieses Landes *kommt*
# es is the subject of geben, and holds the place of another in front of verbs that say what is there
Ein neues Schiff gibt es nicht. | Ein neues Schiff *gibt* [es] nicht
Es herrscht ein neuer Streit. | Es *herrscht* [ein neuer Streit]
# a pronoun behind a verb shows that it is one, and so does its article that a participle is none
Heute versuchen wir den Hafen zu retten. | Heute *versuchen* [wir] den Hafen zu retten
Den gestern verkauften Hafen verwaltete die Firma. | Den gestern verkauften Hafen *verwaltete* [die Firma]
# how long before or after
Zwei Tage nachdem er ging, kam sie. | Zwei Tage nachdem [er] *ging* / *kam* [sie]
# brackets part no clause, hyphens between spaces do, and marks for words do not count
Das Amt warnt: Der Hafen (im Norden) ist voll. | [Das Amt] *warnt* / [Der Hafen] im Norden *ist* voll
Er fragte, ``ob das Amt zahlen wird'' - und schwieg. | [Er] *fragte* / ob [das Amt] zahlen *wird* / und *schwieg*
"""


def rows(block: str) -> list[tuple[str, str]]:
    lines = block.strip().replace("\n  | ", " | ").splitlines()
    return [(text, clauses) for text, _, clauses in (line.partition(" | ") for line in lines) if clauses]


@pytest.mark.parametrize(("text", "clauses"), rows(ENGLISH))
def test_english_clauses(text: str, clauses: str) -> None:
    assert read("en", text) == clauses


@pytest.mark.parametrize(("text", "clauses"), rows(GERMAN))
def test_german_clauses(text: str, clauses: str) -> None:
    assert read("de", text) == clauses
