"""Drafts and decisions to the dataset of an edition. In: inputs. Out: drafts, mentions, events, conditions, actors.

case_drafts         the texts of a case as the draft coder reads them
candidates          which of the acts that it proposes the text bears out
unknown_actors      who acts often and is in no table
quotes              mentions to the place of their words in the text
decisions           what reviewers decided: appended, taken back
matching            which draft and which coded mention report the same
proposals           drafts as mentions that nobody has reviewed
faults              what does not fit in a case
merge               the decisions of two copies to one
coreference         mentions of one happening to one event
merge_suggestions   which events may be one, which mention may tell another
dataset             all of it, in one go
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
