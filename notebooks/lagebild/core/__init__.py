"""What all rooms share: where files lie, what tables are like, how they are read and written, dates, the case, words.

errors       what is wrong with what a user gave: `InputError`
folders      where every file lies, as functions of case, as-of date and language
log          what a module refuses or leaves out, as `lagebild -v` shows it
characters   which characters and words a text may hold, and how a message shows them
disk         files read as UTF-8, written whole or not at all, locked, fingerprinted
yaml_files   YAML that people write, read strictly, and fitted to dataclasses
schema       the tables as `schema.yml` describes them: columns, types, keys, steps; their data dictionary
csv_files    CSV files as columns and rows, without pandas, each checked against its schema
tables       the tables as pandas has them: read, written, appended to; foreign keys
edtf         the days that an EDTF date allows; what lies before, after and around it; its parts
overlay      what a case says of actors, laid over the tables of the reference
reference    what the method knows: the tables of `data/reference` as a value, and the names of actors
offices      who acts for whom, and when
answers      the file of what a language model answered
case         what people decide about a case: question, editions, lanes
judgements   the analyst's prose, dated: judgements, explanations, options, outlook; words of estimation
filters      which events one looks at, by scope and by words, and the line to see them again
labels       the words that the reader sees, in the reader's language
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
