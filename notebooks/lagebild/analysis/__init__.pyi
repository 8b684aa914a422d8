from . import (
    balance as balance,
    changes as changes,
    digest as digest,
    findings as findings,
    ladder as ladder,
    relations as relations,
)
from .balance import (
    Graph as Graph,
    UnbalancedTriad as UnbalancedTriad,
    around as around,
    find_blocs as find_blocs,
    find_unbalanced as find_unbalanced,
    keep_firm as keep_firm,
    measure_balance as measure_balance,
    signed_graph as signed_graph,
    tie_graph as tie_graph,
)
from .changes import (
    build_changes as build_changes,
    last_revisions as last_revisions,
    list_inputs as list_inputs,
    revise as revise,
    sum_up as sum_up,
)
from .digest import (
    KEY as KEY,
    centre_case as centre_case,
    choose_sayings as choose_sayings,
    choose_sentences as choose_sentences,
    count_actors as count_actors,
    list_told as list_told,
)
from .explanations import count_days as count_days, find_main_actors as find_main_actors
from .findings import (
    READ as READ,
    EditionTables as EditionTables,
    analyse as analyse,
    note_parameters as note_parameters,
)
from .firmness import UNITS as UNITS, undirected as undirected
from .ladder import Ladder as Ladder, climb as climb
from .parties import (
    choose_parties as choose_parties,
    find_start as find_start,
    find_turning_points as find_turning_points,
)
from .relations import (
    PAIR as PAIR,
    dyads as dyads,
    keep_counting as keep_counting,
    last_days as last_days,
    name_acts as name_acts,
    part_actors as part_actors,
    rate_ties as rate_ties,
)
from .statements_by_actor import SIDES as SIDES
