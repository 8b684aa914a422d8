"""The commands, each a few lines between the words of the user and the functions that do the work.

cases     a case: example, new, add, check, merge
runs      its reports and notebooks: run, explore, review
method    the draft coder alone and how good it is, what this machine lacks, the data dictionary; the engines beside the
          path: somebody else's report against a case, a million articles (audit, corpus)

A command imports what it needs where it needs it: pandas and papermill would make `--help` wait for seconds.
"""

from lagebild.run.commands import cases, method, runs

# In the order in which a user needs them.
COMMANDS = (
    *(cases.new, cases.add, runs.run, runs.review, runs.explore, cases.check, cases.merge, cases.example),
    *(method.audit, method.corpus, method.doctor, method.draft, method.quality, method.print_dictionary),
)
