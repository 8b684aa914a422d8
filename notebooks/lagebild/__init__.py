"""Lagebild: from news texts to a situation report that a reader can audit. A room imports only rooms above it.

core         what all share: paths, schema, tables, EDTF dates, the case file, offices, words of the report
corpus       files to articles, articles to a case; what was published by the as-of date; texts to sentences
coder        a text to drafted events, dates and attributions, each with the rule that fired
dataset      drafts and decisions to mentions, events, conditions and actors
analysis     events to relations, ties, triads, explanations, stakes; what changed, and how robust it is
charts       tables to figures: timeline, matrices, picture of the relations; figures to files
report       an edition to sections, exports and files for other programs
interactive  what people work with in JupyterLab: the queue of review, the explorer
archive      a million articles, coded and asked: an engine of its own
audit        somebody else's report against the evidence: an engine of its own
run          the path of the data in one go, notebooks by papermill, checks
"""

__version__ = "0.1.0"
