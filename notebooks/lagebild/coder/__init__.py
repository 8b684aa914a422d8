"""From a text to drafts: events, statements, dates and attributions, each with its evidence and the rule that fired.

lang             the languages that are read: one folder each
model            what a sentence is read as: names, words, tokens, phrases, clauses, predicates; words to search for
lexicon          the words of a language: frames, verb forms, nouns of acts, function words; what a language must offer
gazetteer        names in a text
article          what stands in an article and is no part of its report (datelines, bylines, teasers), and its matter
tokens           a sentence as words, names and marks
syntax           relations between clauses and phrases, and the tense of a clause
dates            dates in a text, as EDTF
speech           the words of speech, and phrases that say according to whom
parse            a sentence as it is read, once for all who ask: clauses with their phrases, verbs and subjects
unquoted         what attributions see: clauses outside quotations, with their verbs of saying
saying_verbs     who says something by a verb of saying, and what
attribution      who says what, with a verb or without; which of overlapping candidates is kept
sentence         one sentence as acts are read in it
roles            who acts on whom in the frame of a verb, and which sides its words name
factuality       day, status and speaker of an act
frames           which frames fit a verb, and whether what they describe is coded
drafts           drafted events and statements, how likely nothing is false in each, and which count
nominal          acts that nouns describe
verbal           acts that verbs describe
coder            the draft coder: a text, or lines of JSON, to drafts
thresholds       from which numbers on something holds
quality          how good it is, as it was measured, and measured anew on gold sentences
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
