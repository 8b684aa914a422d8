"""What all rooms share: where files lie, what tables are like, how they are read and written, dates, the case, words.

paths              where every file lies, as functions of case, as-of date and language
characters         which characters and words a text may hold, and how a message shows them
files              files read as UTF-8, written whole or not at all, locked, fingerprinted
yaml_files         YAML that people write, read strictly
schema             the tables as `schema.yml` describes them: columns, types, keys, the step that writes each
parts              the tables of a corpus as `parts.yml` describes them
dictionary         the same as Markdown: `data/README.md`
csv_form           the form of our CSV: no cell can run as a formula; the hash of data
fit                whether the cells of a table fit its schema, and in which words it is refused if not
rows               reads tables as rows, without pandas, each checked against its schema
tables             reads and writes tables, each checked against its schema
grouping           the rows of a table by what they belong to
foreign_keys       which references between tables lead nowhere
appending          rows to the end of a table that people write, under a lock
edtf               the days that an EDTF date allows; what lies before, after and around it; its parts
overlay            what a case says of actors, over the tables of the reference
reference          what the method knows: the tables of `data/reference` as a value
names              how actors are called in a language
offices            who acts for whom, and when
forms              YAML against the form of a dataclass
case               what people decide about a case: question, editions, lanes
estimates          words that say how likely or how sure something is
judgements         the analyst's prose, dated: judgements, explanations, options, outlook
search             how words are looked for in texts
filters            which events one looks at, and the line to see them again
labels             the words that the reader sees, in the reader's language
"""
