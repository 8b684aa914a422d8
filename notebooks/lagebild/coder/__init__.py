"""From a text to drafts: events, statements, dates and attributions, each with its evidence and the rule that fired.

lang           the languages that are read: one folder each
search         words of the tables to search a text for, and to know a compound by its end
byword         what was worked out before, by word
lexicon        the words of a language: frames, verb forms, nouns of acts, function words
gazetteer      names in a text
dateline       where a report comes from and whose it is: Teheran (dpa) –
kinds          what stands in an article and is no part of its report: bylines, captions, teasers
tokens         a sentence as words, names and marks
syntax         its clauses, phrases and predicates
dates          dates in a text, as EDTF
speech         the words of speech, and phrases that say according to whom
tense          whether a clause is about the past or the future
parse          a sentence as it is read, once for all who ask: clauses with their phrases, verbs and subjects
part           a clause as attributions read it
passage        what attributions see: clauses outside quotations
said           a verb of saying where it stands, and who says it
messages       what a verb of saying says
others         what is attributed without one
attribution    who says what
memory         what a text has mentioned so far
sentence       one sentence, with the acts that it mentions
pronouns       whom the pronouns of a sentence stand for
slots          which phrases may fill the slots of the frame of a verb
roles          who acts on whom in the frame of a verb
noun_roles     who acts on whom in a noun of an act
places         who is hit or arrests, where only the place or the text tells it
complements    what the clauses that hang on an act, or stand beside it, say of its sides
factuality     status and speaker of an act
days           the day of an act
frames         which frames fit a verb
confidence     how likely a draft is right
drafts         drafted events and statements
verbal         acts that verbs describe
nominal        acts that nouns describe
duties         what others must do, somebody says: a demand
events         the events and statements of a sentence
coder          the draft coder: a text, or lines of JSON
quality        how good it is, as it was measured
evaluation     measures it on gold sentences
realnews       measures it on real news
"""
