"""Drafts and decisions to the dataset of an edition. In: inputs. Out: drafts, mentions, events, conditions, actors.

codes         the codes by which the draft coder names actors
drafts        the texts of a case as the draft coder reads them
request       what a language model is asked about a text, and how its answer is read
copied        what a model copies from a text as it stands there: quotations, dates, names
candidates    which of the acts that it proposes the text bears out
acting        unknown names in a text, and where they act
name_signs    whether words are a name, and of what
name_forms    which forms are of one name
suggestions   who acts often and is in no table
evidence      mentions to the place of their words in the text
decisions     what reviewers decided: appended, taken back
titles        what reviewers call an event
matching      which draft and which coded mention report the same
twins         drafts of one sentence in two languages that report the same
wording       the words of the evidence as the name of an event
proposals     drafts as mentions that nobody has reviewed
review        decisions applied to mentions
verdicts      what reviewers decided on the claims of audited reports
faults        what does not fit in a case
merge         the decisions of two copies to one
recoding      how far a second, independent coding agrees
reviewers     how far two reviewers agree who decided apart
density       how densely an event is attested, by a printed rule
coreference   mentions of one happening to one event
doubts        which events may be one, which mention may tell another
dataset       all of it, in one go
arrays        columns of a corpus as Arrow has them
parts         what is drafted from a shard of a corpus, as parquet
manifest      the folder of a corpus as a whole: what it was made of, what was left out, copies
"""
