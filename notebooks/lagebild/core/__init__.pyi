from . import (
    case as case,
    characters as characters,
    csv_files as csv_files,
    disk as disk,
    edtf as edtf,
    filters as filters,
    folders as folders,
    judgements as judgements,
    log as log,
    schema as schema,
    tables as tables,
    yaml_files as yaml_files,
)
from .answers import (
    ANSWERS as ANSWERS,
    Answer as Answer,
    Answers as Answers,
)
from .case import (
    Case as Case,
    ModelReader as ModelReader,
    Parameters as Parameters,
    Turn as Turn,
    read_case_file as read_case_file,
)
from .characters import (
    make_printable as make_printable,
    show as show,
)
from .errors import (
    InputError as InputError,
)
from .folders import (
    LANGUAGES as LANGUAGES,
    REFERENCE as REFERENCE,
    Paths as Paths,
    locate as locate,
)
from .judgements import (
    Entry as Entry,
    Judgements as Judgements,
    read_judgements as read_judgements,
)
from .labels import (
    LOCALES as LOCALES,
    UNKNOWN_PUBLISHER as UNKNOWN_PUBLISHER,
    Labels as Labels,
    read_labels as read_labels,
)
from .offices import (
    Offices as Offices,
    acts_for as acts_for,
    birthdays as birthdays,
    group_offices as group_offices,
    is_organisation as is_organisation,
    read_offices as read_offices,
    resolve_actor as resolve_actor,
    stands_for as stands_for,
)
from .overlay import (
    read_overlay as read_overlay,
)
from .reference import (
    Reference as Reference,
    UnknownActor as UnknownActor,
    derived as derived,
    join_names as join_names,
    list_reference_files as list_reference_files,
    look_up_actor as look_up_actor,
    read_reference as read_reference,
    read_sets as read_sets,
)
from .schema import (
    HAPPENED as HAPPENED,
    STATUSES as STATUSES,
    TABLES as TABLES,
    Table as Table,
    ids as ids,
)
from .tables import (
    group_rows as group_rows,
    load as load,
    read_case as read_case,
    records as records,
)
