from . import (
    display as display,
    evidence as evidence,
    explorer as explorer,
    missed_sentences as missed_sentences,
    review_queue as review_queue,
    review_widget as review_widget,
)
from .display import follow as follow
from .evidence import open_evidence as open_evidence
from .explorer import write_handout as write_handout
from .review_queue import list_acts as list_acts
from .widget import (
    LONGEST as LONGEST,
    Desk as Desk,
    Ledger as Ledger,
    find_meetings as find_meetings,
    name_folder as name_folder,
)
