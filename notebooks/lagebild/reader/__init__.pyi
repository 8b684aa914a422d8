from .fusion import (
    TextReading as TextReading,
    list_articles as list_articles,
    list_case_requests as list_case_requests,
    list_met as list_met,
    read_article as read_article,
)
from .request import AskedText as AskedText, Request as Request, list_requests as list_requests
from .server import (
    Address as Address,
    Asking as Asking,
    ask_all as ask_all,
    describe_cost as describe_cost,
    find_servers as find_servers,
    list_unanswered as list_unanswered,
    read_address as read_address,
)
