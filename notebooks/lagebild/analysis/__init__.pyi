from . import (
    balance as balance,
    changes as changes,
    digest as digest,
    findings as findings,
    ladder as ladder,
    relations as relations,
)
from .balance import (
    find_blocs as find_blocs,
    keep_firm as keep_firm,
    keep_triads_of as keep_triads_of,
    measure_balance as measure_balance,
    signed_graph as signed_graph,
    tie_graph as tie_graph,
)
from .changes import (
    describe_revisions as describe_revisions,
    last_revisions as last_revisions,
    revise as revise,
)
from .digest import (
    KEY as KEY,
    centre_case as centre_case,
    choose_sentences as choose_sentences,
    choose_statements as choose_statements,
    count_actors as count_actors,
    join_sentences as join_sentences,
)
from .explanations import count_days as count_days, find_main_actors as find_main_actors
from .findings import (
    Findings as Findings,
    check_parameters as check_parameters,
    choose_parties as choose_parties,
    find_start as find_start,
)
from .firmness import UNITS as UNITS, undirected as undirected
from .ladder import (
    DOUBTFUL as DOUBTFUL,
    Ladder as Ladder,
    affirm_own_acts as affirm_own_acts,
    build_ladder as build_ladder,
)
from .opening import OpenEdition as OpenEdition, open_edition as open_edition
from .relations import (
    PAIR as PAIR,
    dyads as dyads,
    keep_counting as keep_counting,
    last_days as last_days,
    list_actors_of as list_actors_of,
    name_acts as name_acts,
    part_cells as part_cells,
    rate_ties as rate_ties,
)
from .statements_by_actor import SIDES as SIDES
