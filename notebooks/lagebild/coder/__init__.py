"""From a text to drafts: events, statements, dates and attributions, each with its evidence and the rule that fired.

lang             the languages that are read: one folder each
search           words of the tables to search a text for, and to know a compound by its end
lexicon          the words of a language: frames, verb forms, nouns of acts, function words
gazetteer        names in a text
article          what stands in an article and is no part of its report: bylines, captions, teasers
tokens           a sentence as words, names and marks
syntax           its clauses, phrases and predicates
dates            dates in a text, as EDTF
speech           the words of speech, and phrases that say according to whom
parse            a sentence as it is read, once for all who ask: clauses with their phrases, verbs and subjects
unquoted         what attributions see: clauses outside quotations
saying_verbs     what a verb of saying says
attribution      who says what
sentence         one sentence, with the acts that it mentions
pronouns         whom the pronouns of a sentence stand for
roles            who acts on whom in the frame of a verb
inferred_roles   what the clauses that hang on an act, or stand beside it, say of its sides
factuality       status and speaker of an act
frames           which frames fit a verb
drafts           drafted events and statements
verbal           acts that verbs describe
nominal          acts that nouns describe
coder            the draft coder: a text, or lines of JSON
quality          how good it is, as it was measured
evaluation       measures it on gold sentences
model            ?
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
