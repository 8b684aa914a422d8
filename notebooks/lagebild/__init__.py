"""Lagebild: from news texts to a situation report that a reader can audit.

The modules, in the order of the data; each imports only modules that stand above it:

paths       where every file lies, as functions of case, as-of date and language
steps       the run as a table: notebook, reads, writes
schema      the tables: columns, types, allowed values, descriptions
store       reads and writes the tables, each checked against its schema
dates       EDTF: the earliest and the latest day that a date allows
case        what people decide about a case: question, editions, judgements
sources     what was published by the as-of date; texts to sentences
names       who acts for whom, and when
review      coded mentions and decisions to events, conditions and actors
relations   events to the signed relation matrix and the matrix of sayings
balance     the relation matrix as a signed graph: triads, options
labels      the words that the reader sees, in the reader's language
timeline    events to charts of time
matrices    relations to charts of who does and says what
plotlyjs    plotly.js, cut down to what the charts draw
figures     charts to files: svg, png, html and csv
report      tables to the sections of the report
audit       checks a case and its reports as a sceptic would
export      executed notebook to HTML and PDF
"""

__version__ = "0.1.0"
