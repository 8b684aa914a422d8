"""The way through all rooms. In: a case and the parameters of a run. Out: tables, figures, reports, in place.

steps        the run as a table: notebook, parameters, reads, writes
options      what commands share: arguments and options that are read before anything runs, what they say of their work
pipeline     a case to the tables of an edition, in one go; what ends a run
kernels      the workers of a run, each with a kernel; the library that reads notebooks
step_cache   what a step reads, as digests; what steps of earlier runs made, by what they read
warm         all that workers import, loaded once
runner       parts taken from before or made side by side in a staging folder, results moved into place
executed     each notebook as it was executed, in the language of the run, ready to be executed again
workbench    the notebooks in a project of the user, copied and with the case filled in, as JupyterLab opens them
audits       somebody else's report against an edition, to files or lines
checks       a case and its reports as a sceptic would read them
asking       a case, or lines of texts, put to the language model that reads them
doctor       what a run needs, tried one by one
commands     the commands, a few lines between the user and what does the work
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
