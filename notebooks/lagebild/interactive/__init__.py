"""What works in a notebook only while somebody works in it. In: a built edition or a case. Out: widgets, decisions.

display            the finding of each notebook, whole tables to sort and search, charts to zoom
evidence           the events of an edition with all that they rest on, and those that filters leave
widget             what all widgets share; and the desks: the ledger, by which decisions reach the disk; who reviews
explorer           the widget in which one explores an edition, and the page that does without a kernel
review_queue       the rows of a case that wait for a decision
row_suggestions    which rows pay most; who may stand on the sides of each, and its other types and dates
missed_sentences   sentences from which nothing was drafted, the likeliest to report an event first
review_widget      the widget in which one decides, and adds actors and names
"""

from lazy_loader import attach_stub

# The door: what other rooms may use stands in `__init__.pyi`, and is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
