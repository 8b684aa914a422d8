"""The way through all rooms. In: a case and the parameters of a run. Out: tables, figures, reports, in place.

steps      the run as a table: notebook, parameters, reads, writes
options    arguments and options of the command line that are read before anything runs
pipeline   a case to the tables of an edition, in one go
notebooks  the library of notebooks, loaded without what it does not need
reads      what a step reads, as digests
kept       what steps of earlier runs made, by what they read
follow     a process that ends with its parent
kernel     the kernel in which a worker executes notebooks
warm       all that workers import, loaded once
pool       the workers of a run, each with a kernel
staging    the folder in which a run is made, locked, and from which it moves into place
prose      the explanations of the notebooks, in the language of a run
trail      each notebook as it was executed, ready to be executed again
parts      the parts of a run: a notebook or the export of a report, and what each waits for
closing    what ends a run: revisions, who is missing
runner     parts taken from before or made side by side, results moved into place
workbench  the notebooks in a project of the user, copied and with the case filled in
audits     somebody else's report against an edition, to files or lines
contents   the notebooks as JupyterLab opens them: unmodified
checks     a case and its reports as a sceptic would read them
workers    shards of a corpus made in this process, or in many
cluster    … and on the machines of a Dask cluster
coding     a corpus, in one go
endpoint   the server of a language model
answers    … and the file that keeps what it was asked and answered
doctor     what a run needs, tried one by one
commands   the commands, a few lines between the user and what does the work
"""
