from .client import (
    Asking as Asking,
    Unanswered as Unanswered,
    ask_all as ask_all,
    describe_cost as describe_cost,
    list_unanswered as list_unanswered,
)
from .engine import (
    EXTRA as EXTRA,
    is_file as is_file,
    open_engine as open_engine,
)
from .fusion import (
    TextReading as TextReading,
    list_articles as list_articles,
    list_case_requests as list_case_requests,
    list_met as list_met,
    read_article as read_article,
)
from .request import (
    AskedText as AskedText,
    Request as Request,
    find_json as find_json,
    list_requests as list_requests,
    make_request as make_request,
    read_acts as read_acts,
    shorten as shorten,
)
from .server import (
    AnotherMachine as AnotherMachine,
    Host as Host,
    find_servers as find_servers,
    is_named as is_named,
    look_up as look_up,
    read_address as read_address,
    read_key as read_key,
)
from .wire import (
    Address as Address,
    Unfit as Unfit,
    Unreachable as Unreachable,
)
