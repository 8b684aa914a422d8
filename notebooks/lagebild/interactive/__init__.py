"""What works in a notebook only while somebody works in it. In: a built edition or a case. Out: widgets, decisions.

display            whole tables to sort and search, charts to zoom
evidence           the events of an edition with all that they rest on
widget             what both widgets share
explorer           the widget in which one explores an edition
review_queue       the rows of a case that wait for a decision
row_suggestions    who may stand on the sides of each, and its other types and dates
missed_sentences   the sentences of a case that wait for nobody, the likeliest to report an event first
review_widget      the widget in which one decides
desk               what both desks share: who reviews, and how the browser is answered
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
