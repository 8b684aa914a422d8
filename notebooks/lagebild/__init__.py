"""Lagebild: from news texts to a situation report that a reader can audit.

A room imports only rooms above it, and enters another by its door: the names in its `__init__.pyi`. The two engines
stand beside each other. What people decide at a desk of `interactive` is written to the case, from which the next run
reads it: `dataset` applies it.

core         what all share: paths, schema, tables, EDTF dates, the case file, offices, words of the report
corpus       files to articles, articles to a case; what was published by the as-of date; texts to sentences
coder        a text to drafted events, dates and attributions, each with the rule that fired
reader       a language model as the second reader: asked, gated, joined with what the coder drafts
dataset      drafts and decisions to mentions, events, conditions and actors
analysis     events to relations, ties, triads, explanations, stakes; what changed, and how robust it is
charts       tables to figures: timeline, matrices, picture of the relations; figures to files
report       an edition to sections, exports and files for other programs
interactive  what people work with in JupyterLab: the queue of review, the explorer
archive      a million articles, coded and asked: an engine of its own
audit        somebody else's report against the evidence: an engine of its own
run          the path of the data in one go, notebooks by papermill, checks

Words that mean one thing each:
mention: an event as one source tells it. event: something in the world, told by mentions that were merged.
act: what somebody does to somebody, as a sentence tells it. frame: words that describe an act, with its sides.
draft: a mention that the draft coder or a model proposes. candidate: a draft that is not sure enough to count.
decision: what a reviewer does with a mention: accept, reject, edit, add, merge, split.
dyad: two actors. relation: what one does to the other, summed up. tie: both directions; firm, thin or undecided.
edition: a case as it was known on a day, in a language. archive: a million articles; corpus: the texts of one case.
"""

__version__ = "0.1.0"

from lazy_loader import attach_stub

# The door for analysts, `open_edition` and `plots`: see `__init__.pyi`.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
