"""What all rooms share. In: files. Out: checked tables, dates, words.

characters       which characters and words a text may hold, and how a message shows them
paths            where every file lies, as functions of case, as-of date and language
schema           the tables: columns, types, allowed values, keys
yaml_files       YAML to plain values, read strictly
tables           reads and writes the tables, each checked against its schema
reference        what the method knows, as one value
edtf             EDTF: the earliest and the latest day that a date allows, and arithmetic with both
case             what people decide about a case: question, editions, judgements
offices          who acts for whom, and when
labels           the words that a reader sees, in the reader's language
"""
