"""The commands, each a few lines between the words of the user and the functions that do the work.

cases      a case: example, new, add, check, merge
runs       its reports and notebooks: run, explore, review
audits     somebody else's report against a case: audit
corpora    many articles: corpus
method     the draft coder alone and how good it is, what this machine lacks, the data dictionary

A command imports what it needs where it needs it: pandas and papermill would make `--help` wait for seconds.
"""
