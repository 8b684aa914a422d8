from . import inputs as inputs
from .boilerplate import (
    SHORT as SHORT,
    LinePatterns as LinePatterns,
    classify_line as classify_line,
    make_line_patterns as make_line_patterns,
    match_opening as match_opening,
)
from .formats import READERS as READERS, open_kind as open_kind
from .inputs import (
    Corpus as Corpus,
    Inputs as Inputs,
    find_states_without_publisher as find_states_without_publisher,
    pair_texts as pair_texts,
    read_inputs as read_inputs,
    select_known_pages as select_known_pages,
    voices as voices,
)
from .intake import (
    COPIED as COPIED,
    FEWEST as FEWEST,
    Batch as Batch,
    Given as Given,
    describe_page as describe_page,
    list_shingles as list_shingles,
    sort_articles as sort_articles,
)
from .newcase import (
    FilingResult as FilingResult,
    add_articles as add_articles,
    copy_example as copy_example,
    make_case as make_case,
    read_today as read_today,
    set_reader as set_reader,
    write_case as write_case,
)
from .page import Page as Page, address as address, find_read_language as find_read_language
from .plaintext import (
    clean_line as clean_line,
    decode as decode,
    normalize as normalize,
    paragraphs as paragraphs,
)
from .publication import (
    find_written_dates as find_written_dates,
)
from .sentences import find_language as find_language, find_stops as find_stops, split_sentences as split_sentences
