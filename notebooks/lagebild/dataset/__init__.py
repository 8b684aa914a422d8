"""Drafts and decisions to the dataset of an edition. In: inputs. Out: drafts, mentions, events, conditions, actors.

case_drafts         the texts of a case as they are read, by the rules and by a model
unknown_actors      who acts often and is in no table
quotes              mentions to the place of their words in the text
decisions           what reviewers decided on mentions, titles and verdicts, and what that means; the desks write it
matching            codings of one text side by side: draft and mention, two languages, two people
proposals           drafts as mentions that nobody has reviewed; which of them tell one event, and its name
faults              what does not fit in a case
merge               two copies of a case to one, and how far their reviewers agree
coreference         mentions that bear one event_id to that event, and how densely it is attested
merge_suggestions   which events may be one
dataset             all of it, in one go
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
