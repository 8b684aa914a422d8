from . import case_drafts as case_drafts, dataset as dataset, decisions as decisions, unknown_actors as unknown_actors
from .case_drafts import (
    Drafts as Drafts,
    draft_case as draft_case,
    find_actor as find_actor,
    find_principal as find_principal,
)
from .coreference import (
    grade_mentions as grade_mentions,
    merge_conditions as merge_conditions,
    merge_events as merge_events,
)
from .dataset import Dataset as Dataset, assemble as assemble, build as build, load_dataset as load_dataset
from .decisions import (
    COLUMNS as COLUMNS,
    MOVES as MOVES,
    NOTHING as NOTHING,
    apply_titles as apply_titles,
    as_decisions as as_decisions,
    decide as decide,
    find_faulty_verdicts as find_faulty_verdicts,
    hash_claim as hash_claim,
    hash_report as hash_report,
    in_force as in_force,
    in_force_on_mentions as in_force_on_mentions,
    list_parted as list_parted,
    propose_case as propose_case,
    read_titles as read_titles,
    verdicts_in_force as verdicts_in_force,
)
from .faults import (
    KnownIds as KnownIds,
    find_faults as find_faults,
    find_faulty_decisions as find_faulty_decisions,
    list_known as list_known,
)
from .matching import SIDES as SIDES, pair_twins as pair_twins
from .merge import merge_copies as merge_copies
from .merge_suggestions import suggest_merges as suggest_merges
from .proposals import name_events as name_events
from .quotes import choose_wording as choose_wording, locate_evidence as locate_evidence
from .unknown_actors import describe_suggestions as describe_suggestions
