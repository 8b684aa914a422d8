"""What works in a notebook only while somebody works in it. In: a built edition or a case. Out: widgets, decisions.

openings        what each notebook says first
display         whole tables to sort and search, charts to zoom
evidence        the events of an edition with all that they rest on
widget          what both widgets share
explorer        the widget in which one explores an edition
review_queue    the rows of a case that wait for a decision
priority        which of them pay most
offers          who may stand on the sides of each, and its other types and dates
likeness        how likely a sentence without a draft reports an event
overlooked      the sentences of a case that wait for nobody, the likeliest to report an event first
frame_gaps      the words and frames that would have caught them
event_desk      what the desk knows of events: twins, suggestions, titles
new_actor       an actor that a reviewer adds to the case
new_name        another name of an actor that is known
ledger          the table to which a desk appends, and what others wrote there
desk            what both desks share: who reviews, and how the browser is answered
meeting         what somebody else decided meanwhile on the rows of an act
review_widget   the widget in which one decides
audit_desk      the claims of an audited report, what was decided on them, and what fits
audit_widget    the widget in which one decides on them
"""
