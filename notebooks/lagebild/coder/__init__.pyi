from .article import ACTS as ACTS, Matter as Matter
from .attribution import find_attributions as find_attributions
from .coder import (
    RECURRING as RECURRING,
    DraftedText as DraftedText,
    ReadText as ReadText,
    draft_lines as draft_lines,
    draft_text as draft_text,
    list_sentences as list_sentences,
    read_line as read_line,
)
from .drafts import (
    Draft as Draft,
    Statement as Statement,
    drop_unknown as drop_unknown,
    take_offers as take_offers,
)
from .factuality import assess_clause as assess_clause
from .gazetteer import find_names as find_names, first_names as first_names
from .lexicon import (
    Lexicon as Lexicon,
    read_language as read_language,
    read_lexicon as read_lexicon,
)
from .model import (
    OFFICES as OFFICES,
    Frame as Frame,
    Name as Name,
    Span as Span,
    Token as Token,
    Word as Word,
)
from .parse import Parse as Parse, parse_text as parse_text
from .quality import (
    ALL as ALL,
    NEWS as NEWS,
    READ_TOO as READ_TOO,
    UNREAD as UNREAD,
    agree as agree,
    count_types as count_types,
    describe_accuracy as describe_accuracy,
    describe_news as describe_news,
    hash_rules as hash_rules,
    match as match,
    measure as measure,
    rate as rate,
    read_gold as read_gold,
    summarize as summarize,
    tally as tally,
)
from .sentence import Sentence as Sentence
from .speech import QUOTATION as QUOTATION
from .syntax import frames_of as frames_of
from .thresholds import LONGEST_PARSED as LONGEST_PARSED, THRESHOLD as THRESHOLD
from .tokens import QUOTES as QUOTES
from .unquoted import UnquotedClause as UnquotedClause
