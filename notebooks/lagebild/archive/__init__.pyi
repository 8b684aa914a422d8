from . import archive_charts as archive_charts, coverage as coverage, query as query, to_case as to_case
from .coding import code_corpus as code_corpus, code_example as code_example
from .query import (
    check_extra as check_extra,
    choose_mentions as choose_mentions,
    open_archive as open_archive,
    read_selection as read_selection,
)
from .to_case import MOST as MOST, Outline as Outline, harvest_case as harvest_case
