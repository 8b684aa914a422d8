"""A million articles, coded and asked. In: files of many articles. Out: an archive, what it tells, a case of a part.

coverage         what a corpus tells: how much, of whom, when, and who tells it
archive_charts   what a corpus tells: its course, who towards whom, and who tells it
signatures       the same among millions
query            a whole corpus, opened to be asked
to_case          a selection of a corpus to a new case
shards           such files to shards of rows
parquet          the folder of a corpus as a whole: what it was made of, what was left out, copies
coding           a corpus, in one go
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
