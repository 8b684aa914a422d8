"""A million articles, coded and asked. In: files of many articles. Out: an archive, what it tells, a case of a part.

shards           files of many articles to shards of rows, and a row to an article
signatures       which of millions of articles are copies, by signatures of their texts
parquet          the folder of a corpus: what is drafted from each shard, what was left out, which articles are copies
coding           a corpus, in one go: in this process, or on workers of Dask
query            a whole corpus, opened to be asked, and the mentions that one selects
coverage         what a selection tells: how much, of whom, when, who tells it, and its peaks
archive_charts   the same as charts: its course, who towards whom, and who tells it
to_case          a selection of a corpus to a new case
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
